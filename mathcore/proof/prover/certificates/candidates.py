"""Terms that are known to be >= 0, collected for one difference, and the exact linear program that combines them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import FormulaError
from mathcore.proof.kernel.atom import Denominator, Letter, Log, Range, Scalar, Sum
from mathcore.proof.kernel.equations import align_ranges, replace_atom
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, monomial, number, of
from mathcore.proof.prover.lp import combination
from mathcore.proof.prover.trees import Writer
from mathcore.proof.rules.certificate import term_of
from mathcore.proof.rules.order import gap_of
from mathcore.proof.scope import NotShown, Scope, rewrite_by, text_of
from mathcore.rules.certificate import Certificate, Term

MANY = 90  # candidates in one linear program
VANISHING = 40  # multiples of equations beside them
HALF = Fraction(1, 2)
ONE = Fraction(1)
About = tuple[str, Any]  # ("log", its argument) or ("exp", x) for x = log(exp(x))


@dataclass(frozen=True)
class Candidate:
    """A term to propose: its value modulo the equalities, and how it is written down if it is taken."""

    value: Poly
    write: Callable[[], Term]
    square: bool = False
    positive: bool = False


@dataclass(frozen=True)
class Flat:
    """A monomial of the difference with its sums opened: coefficient * sum over the letters of body."""

    coefficient: Fraction
    letters: tuple[t.Symbol, ...]
    body: Monomial
    written: Monomial


def _divergence(n: Normal, u: Poly, v: Poly) -> Poly:
    return n.multiply(u, n.log(u) - n.log(v))


def _root(n: Normal, x: Poly) -> Poly:
    return n.raise_to(x, number(HALF))


LEMMAS: dict[str, Callable[[Normal, Poly, Poly], Poly]] = {  # what each shows to be >= 0, of its one or two numbers
    "tangent": lambda n, x, _: x - UNIT - n.log(x),
    "gap": lambda n, x, y: _divergence(n, x, y) - x + y,
    "root": lambda n, x, y: _divergence(n, x, y) - x.scale(2) + n.multiply(_root(n, x), _root(n, y)).scale(2),
    "share": lambda n, x, y: n.multiply(x, n.log(x + y) - n.log(x)),
    "exponential": lambda n, x, _: n.exp(x) - UNIT - x,
    "order": lambda n, x, y: n.multiply(n.exp(x) - n.exp(y), x - y),
    "decay": lambda n, x, _: UNIT - n.exp(-x),
    "size": lambda n, x, _: n.absolute(x) - x,
    "triangle": lambda n, x, y: n.absolute(x) + n.absolute(y) - n.absolute(x + y),
    "roots": lambda n, x, y: n.absolute(x - y) - n.power(_root(n, x) - _root(n, y), 2),
    "maximum": lambda n, x, y: n.extreme("max", [x, y]) - x,
    "minimum": lambda n, x, y: x - n.extreme("min", [x, y]),
}


class Candidates:
    """What is proposed for one difference: its terms, their values modulo the equalities, how they are written."""

    def __init__(self, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
        self.writer = Writer(scope.context, scope.subject)
        self.scope, self.op = scope, op
        self.normal: Normal = scope.normal()
        self.facts = self.normal.facts
        self.equations = self._with_atoms(scope.equations())
        self.sides = (left, right)
        self.gap = self.reduced(gap_of(scope, self.normal, left, op, right))
        if any(isinstance(a, Range) for a in self.gap.atoms()):
            for fact in self.facts.known:  # sum(s = 0..T + 1: ...) by the sum up to T that a hypothesis speaks of
                self.gap = align_ranges(self.normal, self.gap, fact.value)
        self.candidates: dict[Poly, Candidate] = {}
        self.room = MANY
        self.dens: dict[Atom, Fraction] = {}
        self.pairs: list[tuple[tuple[t.Symbol, ...], Poly, Poly]] = []  # u and v of the gaps that were proposed
        self.pairs_seen = 0  # how many of them were looked at for Pinsker's inequality
        self.shares: list[Poly] = []  # distributions that were proposed as weights
        self.rests: list[Poly] = []  # what squares leave, if it is >= 0
        self.whole: dict[Poly, tuple[dict[Atom, Fraction], Poly]] = {}  # what was cleared, and of which divisors

    def reduced(self, p: Poly) -> Poly:
        """Modulo the equalities that hold here."""
        for relation, pattern, _, atoms in self.equations:
            if atoms and not any(map(p.is_made_with, atoms)):
                continue
            try:
                if atoms and isinstance(atoms[0], Range):  # a sum that closes: replaced for good, whatever is shorter
                    (atom,) = self.normal.read(self.scope.unfold(relation.args[0])).atoms()
                    p = self.with_value(p, atom, self.normal.read(self.scope.unfold(relation.args[1])))
                else:
                    p = rewrite_by(self.normal, self.scope, p, relation, pattern)
            except (KernelError, ValueError):
                continue
        return p

    def with_value(self, p: Poly, atom: Atom, value: Poly) -> Poly:
        """p with a value in the place of an atom; what divides the value and what stands beside it cancel."""
        beside, rest = ZERO, ZERO
        for m, v in p.terms.items():
            exponent = dict(m).get(atom, 0)
            part = Poly({tuple(f for f in m if f[0] is not atom): v})
            if exponent not in (0, 1) or part.is_made_with(atom):
                return replace_atom(self.normal, p, atom, value)
            beside, rest = (beside + part, rest) if exponent else (beside, rest + part)
        for below in sorted(a for a in value.atoms() if isinstance(a, Denominator)):
            if (exact := self.normal.exact_quotient(beside, below.value)) is not None:
                beside = exact
                value = sum((self.normal.combine((*m, (below, ONE))).scale(v) for m, v in value.terms.items()), ZERO)
        return rest + self.normal.multiply(beside, value)

    def _with_atoms(
        self, found: list[tuple[t.Relation, frozenset[t.Symbol], str]]
    ) -> list[tuple[t.Relation, frozenset[t.Symbol], str, tuple[Atom, ...]]]:
        """The equations with the atoms of their left sides: where none of them occurs an equation does not matter."""
        result = []
        for relation, pattern, source in found:
            try:
                left = self.normal.read(self.scope.unfold(relation.args[0]))
            except KernelError:
                continue
            result.append((relation, pattern, source, () if pattern else tuple(left.atoms())))
        return result

    def denominators(self, polys: Iterable[Poly]) -> dict[Atom, Fraction]:
        worst: dict[Atom, Fraction] = {}
        for p in polys:
            for m in p.terms:
                for atom, exponent in m:
                    if isinstance(atom, Denominator) and exponent < 0:
                        up = Fraction(-(exponent.__floor__()))
                        if not self.facts.positive(atom.value) and up % 2:
                            up += 1  # an even power is positive
                        worst[atom] = max(worst.get(atom, Fraction(0)), up)
        return worst

    def cleared(self, p: Poly, dens: dict[Atom, Fraction]) -> Poly:
        known, result = self.whole.get(p, ({}, p))
        if any(e > dens.get(a, 0) for a, e in known.items()):
            known, result = {}, p
        more = {a: e - known.get(a, 0) for a, e in dens.items() if e > known.get(a, 0)}
        if more:
            whole = ZERO
            for m, coefficient in result.terms.items():
                whole = whole + self.normal.combine((*m, *more.items())).scale(coefficient)
            result = whole
        self.whole[p] = (dict(dens), result)
        return result

    def propose(self, value: Poly, write: Callable[[], Term], square: bool = False, positive: bool = False) -> None:
        """Take a term into the pool."""
        value = self.reduced(value)
        known = self.candidates.get(value)
        if value and (known is None or (positive and not known.positive)) and len(self.candidates) < self.room:
            self.candidates[value] = Candidate(value, write, square, positive)

    def propose_lemma(self, weight: Monomial | Poly, lemma: str, at: dict[str, Poly], letters: tuple[t.Symbol, ...] = ()) -> None:
        """weight times what a lemma shows to be >= 0, summed over the letters."""
        factor = weight if isinstance(weight, Poly) else Poly({weight: ONE})
        numbers = list(at.values())
        guards = [of(a) for p in (factor, *numbers) for a in p.atoms() if isinstance(a, (Letter, Sum, Denominator))]
        loose = [g for g in guards if not self.facts.positive(g) and self.facts.nonnegative(g)]
        with self.facts.assuming(loose) if loose else nullcontext():  # what is assumed makes a memory of its own
            value = self.normal.multiply(factor, LEMMAS[lemma](self.normal, numbers[0], numbers[-1]))
        self.propose(self.summed(letters, value), lambda: self.written(weight, lemma, at, letters))

    def written(self, weight: Monomial | Poly, lemma: str, at: dict[str, Poly], letters: tuple[t.Symbol, ...]) -> Term:
        places = "; ".join(f"{name} = {text_of(t.bare(self.write(p, letters)))}" for name, p in at.items())
        over = ", ".join(letter.name for letter in letters)
        return Term(text_of(t.bare(self.write(weight, letters))), lemma, places, over)

    def propose_weight(
        self, value: Poly, weight: Callable[[], t.Expr], letters: tuple[t.Symbol, ...] = (), positive: bool = False
    ) -> None:
        """A weight that is >= 0 as it is written, summed over at most one letter."""
        over = ", ".join(letter.name for letter in letters)
        self.propose(self.summed(letters, value), lambda: Term(text_of(weight()), over=over), positive=positive)

    def over_dens(self, node: t.Expr, dens: dict[Atom, Fraction]) -> t.Expr:
        """What is >= 0 for the cleared difference, divided by what was cleared."""
        bottom: t.Expr | None = None
        for atom, exponent in dens.items():
            factor = self.writer.atom(atom, {})
            factor = factor if exponent == 1 else t.Pow(factor, t.number(exponent))
            bottom = factor if bottom is None else t.Mul(bottom, factor)
        return node if bottom is None else t.Div(node, bottom)

    def solve(self) -> Certificate | None:
        """Combine; terms that their checker refuses are taken out and the rest is combined again."""
        for _ in range(4):
            found = self.combined()
            if found is None:
                return None
            bad = []
            terms = []
            for term, key in found:
                try:
                    term_of(self.scope, self.scope.normal(), term)
                except (NotShown, KernelError, FormulaError):
                    bad.append(key)
                terms.append(term)
            if not bad:
                return Certificate(tuple(terms))
            for key in bad:
                if key is None:
                    return None
                self.candidates[key] = replace(self.candidates[key], value=ZERO)
        return None

    def combined(self) -> list[tuple[Term, Poly | None]] | None:
        """Terms with the values of the candidates they come from, by linear programming on the cleared difference."""
        candidates, dens = self.with_denominators()
        rows: dict[Monomial, int] = {}

        def column(p: Poly, sign: int = 1) -> dict[int, Fraction]:
            return {rows.setdefault(m, len(rows)): sign * v for m, v in p.terms.items()}

        wanted = self.cleared(self.gap, dens)
        target = column(wanted)
        columns = [column(self.cleared(o.value, dens)) for _, o in candidates]
        liked = {j for j, (_, o) in enumerate(candidates) if o.positive}
        free: list[Monomial] = []
        even = all(self.facts.positive(of(a)) or e % 2 == 0 for a, e in dens.items())
        for m, r in rows.items() if even else ():
            if sign := self.facts._sign_of_term(m, ONE):
                if sign == "+":
                    liked.add(len(columns))
                columns.append({r: ONE})
                free.append(m)
        for p in self.vanishing(wanted, rows):
            columns += [column(p), column(p, -1)]
        strict = self.op in ("<", ">")
        answer = combination(columns, target, len(rows), frozenset(liked) if strict else frozenset())
        if answer is None or (strict and not any(answer[j] > 0 for j in liked)):
            return None
        terms = self.terms_of(candidates, answer)
        if terms is None:
            return self.combined()
        for m, x in zip(free, answer[len(candidates) :], strict=False):  # what vanishes comes last
            if x > 0:
                terms.append((Term(text_of(self.over_dens(self.writer.monomial(m, x, {}), dens))), None))
        return terms

    def with_denominators(self) -> tuple[list[tuple[Poly, Candidate]], dict[Atom, Fraction]]:
        """The candidates that are combined, and what is cleared of all; where that is much, those without more of it."""
        candidates = self.matched([(k, o) for k, o in self.candidates.items() if o.value])
        dens = self.denominators([self.gap, *(o.value for _, o in candidates)])
        if sum(dens.values()) > 6:
            own = set(self.denominators([self.gap]))
            candidates = [(k, o) for k, o in candidates if set(self.denominators([o.value])) <= own]
            dens = self.denominators([self.gap, *(o.value for _, o in candidates)])
        return candidates, dens

    def terms_of(
        self, candidates: list[tuple[Poly, Candidate]], answer: Sequence[Fraction]
    ) -> list[tuple[Term, Poly | None]] | None:
        """The candidates that are used, written down; None if one cannot be, which is then a candidate no more."""
        terms: list[tuple[Term, Poly | None]] = []
        for (key, candidate), x in zip(candidates, answer, strict=False):
            if x > 0:
                try:
                    term = candidate.write()
                except NotShown:
                    self.candidates[key] = replace(candidate, value=ZERO)
                    return None
                terms.append((replace(term, weight=_scaled(term.weight, x)), key))
        return terms

    def vanishing(self, wanted: Poly, rows: Iterable[Monomial]) -> list[Poly]:
        """Multiples of what hypotheses say is 0, where their letters are not replaced for good: p + q = 1 beside p a and q a."""
        found: dict[Poly, None] = {}
        for relation, pattern, _, _ in self.equations:
            sides = [self.normal.read(self.scope.unfold(side)) for side in relation.args]
            zero = sides[0] - sides[1]
            if pattern or not 2 <= len(zero.terms) <= 4 or any(not isinstance(a, (Scalar, Denominator)) for a in zero.atoms()):
                continue
            for m in (*wanted.terms, *list(rows)[:40]):
                for n in zero.terms:
                    factor = monomial((*m, *((a, -e) for a, e in n)))
                    if len(found) < VANISHING and not any(e < 0 and not self.facts.positive(of(a)) for a, e in factor):
                        found[self.normal.multiply(Poly({factor: ONE}), zero)] = None
        return list(found)

    def matched(self, candidates: list[tuple[Poly, Candidate]]) -> list[tuple[Poly, Candidate]]:
        """Without those that bring in a logarithm that nothing else can take away."""
        logs = {k: {a for m in o.value.terms for a, _ in self.inside(m) if isinstance(a, Log)} for k, o in candidates}
        wanted = {a for m in self.gap.terms for a, _ in self.inside(m) if isinstance(a, Log)}
        while True:
            count: dict[Atom, int] = dict.fromkeys(wanted, 1)
            for k, _ in candidates:
                for atom in logs[k]:
                    count[atom] = count.get(atom, 0) + 1
            left = [(k, o) for k, o in candidates if all(count[a] > 1 for a in logs[k])]
            if len(left) == len(candidates):
                return candidates
            candidates = left

    def flats(self, p: Poly) -> Iterator[Flat]:
        """Each monomial, a single sum in it opened with letters."""
        for m, coefficient in p.terms.items():
            sums = [(a, e) for a, e in m if isinstance(a, Sum)]
            yield Flat(coefficient, (), m, m)
            for atom, exponent in sums:
                if exponent != 1:
                    continue
                names = atom.binders
                letters = self.letters_for(names)
                body = self.normal.substitute(atom.summand, dict(zip(names, letters, strict=True)))
                one = body.single()
                if one is None:
                    continue
                rest = tuple(f for f in m if f[0] is not atom)
                yield Flat(coefficient * one[1], letters, monomial((*rest, *one[0])), m)

    def letters_for(self, names: tuple[t.Symbol, ...]) -> tuple[t.Symbol, ...]:
        used: dict[t.Expr, int] = {}
        letters = []
        for name in names:
            size = t.size_of(name)
            used[size] = used.get(size, 0) + 1
            letters.append(self.writer.letters(size, used[size])[-1])
        return tuple(letters)

    def summed(self, letters: tuple[t.Symbol, ...], body: Poly) -> Poly:
        for letter in letters:
            body = self.normal.sum(letter, body)
        return self.reduced(body)

    def write(self, p: Poly | Monomial, letters: tuple[t.Symbol, ...] = (), coefficient: Fraction = ONE) -> t.Expr:
        """As a tree, inside sums over the letters."""
        names: dict[t.Symbol, t.Expr] = {letter: letter for letter in letters}
        return self.writer.tree(p, names) if isinstance(p, Poly) else self.writer.monomial(p, coefficient, names)

    def nonnegative(self, m: Monomial) -> bool:
        return bool(self.facts._sign_of_term(m, ONE))

    def as_product(self, p: Poly) -> t.Expr | None:
        """p as a product of factors each of which is shown to be >= 0; asked of the whole, the sign may cost too much."""
        content, common, unit = self.normal.content(p, lambda _: True)
        if not self.nonnegative(common):
            return None
        sign, product = content > 0, self.writer.monomial(common, abs(content), {})
        for factor, power in self.normal.factors(unit) if len(unit.terms) > 1 else [(unit, 2)]:
            turned = power % 2 == 1 and not self.facts.nonnegative(factor)
            if turned and not self.facts.nonnegative(-factor):
                return None
            base, sign = t.Paren(self.writer.tree(-factor if turned else factor)), sign is not turned
            if unit.constant() is None:
                product = t.Mul(product, base if power == 1 else t.Pow(base, t.number(power)))
        return product if sign else None

    def inside(self, m: Monomial) -> Monomial:
        """A monomial with what it sums."""
        return (*m, *(f for a, _ in m if isinstance(a, Sum) for f in a.body))

    def _bodies(self, atom: Sum, letters: tuple[t.Symbol, ...]) -> Monomial | None:
        """What a sum adds up, with letters in the places of its indices."""
        one = self.normal.substitute(atom.summand, dict(zip(atom.binders, letters, strict=True))).single()
        return one[0] if one is not None and one[1] == 1 else None

    def _body(self, atom: Sum, letter: t.Symbol) -> Monomial | None:
        return self._bodies(atom, (letter,))

    def _moved(self, m: Monomial, move: dict[t.Symbol, t.Symbol]) -> Monomial | None:
        one = self.normal.substitute(Poly({m: ONE}), dict(move)).single()
        return one[0] if one is not None and one[1] == 1 else None


def is_size(atom: Atom) -> bool:
    return isinstance(atom, Scalar) and atom.domain in ("size", "natural", "index")


def weighted_roots(body: Monomial, nonnegative: Callable[[Monomial], bool]) -> Iterator[tuple[Monomial, Monomial]]:
    """body = w u^2 in several ways, w >= 0."""
    seen = set()
    even = [(a, e) for a, e in body if e.denominator == 1 and e % 2 == 0]
    odd = [(a, e) for a, e in body if not (e.denominator == 1 and e % 2 == 0)]
    real = [(a, e) for a, e in even if not nonnegative(((a, ONE),))]
    choices = [
        (odd, [(a, e / 2) for a, e in even]),
        ([*odd, *(f for f in even if f not in real)], [(a, e / 2) for a, e in real]),
        (
            [(a, -e) for a, e in odd if e < 0] + [f for f in odd if f[1] > 0],
            [(a, e / 2) for a, e in even] + [(a, e) for a, e in odd if e < 0],
        ),
    ]
    for weight, root in choices:
        w, u = monomial(weight), monomial(root)
        if u and (w, u) not in seen and (not w or nonnegative(w)):
            seen.add((w, u))
            yield w, u


def _scaled(weight: str, factor: Fraction) -> str:
    if factor == 1:
        return weight
    text = text_of(t.number(factor))
    return text if weight == "1" else f"{text} * ({weight})"

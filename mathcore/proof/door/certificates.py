"""Certificates found automatically: terms known to be >= 0 are collected, and an exact linear program combines them.

larger - smaller = sum of c_i * term_i with c_i >= 0, modulo the equalities that hold (a simplex sums to 1). The terms
come from the shape of the difference: the tangent of the logarithm where logarithms stand (Gibbs, Jensen, log-sum),
squares where products stand (completing the square, Cauchy-Schwarz), facts times what is >= 0, |x| >= x. What is found
is only proposed: the checker of `Certificate` judges it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

from mathcore import card as c
from mathcore.language import tree as t
from mathcore.language.parser import FormulaError
from mathcore.proof.door.lp import combination
from mathcore.proof.door.trees import Writer, loose_letter
from mathcore.proof.kernel.equations import align_ranges, replace_atom
from mathcore.proof.kernel.normal import Normal, holds
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, monomial, number, of
from mathcore.proof.kernel.signs import Fact
from mathcore.proof.rules.order import _term, gap_of
from mathcore.proof.scope import NotShown, Scope, bare, rewrite_by, text_of

MANY = 90  # candidates in one linear program
HALF = Fraction(1, 2)
ONE = Fraction(1)
About = tuple[str, Any]  # ("log", its argument) or ("exp", x) for x = log(exp(x))


@dataclass(frozen=True)
class Offer:
    """A term to propose: its value modulo the equalities, and how it is written down if it is taken."""

    value: Poly
    write: Callable[[], c.Term]
    square: bool = False
    positive: bool = False


@dataclass(frozen=True)
class Flat:
    """A monomial of the difference with its sums opened: coefficient * sum over the letters of body."""

    coefficient: Fraction
    letters: tuple[t.Symbol, ...]
    body: Monomial
    written: Monomial


def certificate(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> c.Certificate:
    """A certificate for the inequality; raises NotShown where none was found."""
    return Search(scope, left, op, right).run()


def factored(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> c.Certificate:
    """A certificate for the difference without its factors that are squares or known to be positive."""
    search = Search(scope, left, op, right)
    dens = search.denominators([search.gap])
    content, common, unit = search.normal.content(search.reduced(search.cleared(search.gap, dens)), lambda _: True)
    factors = search.normal.factors(unit) if len(unit.terms) > 1 else []
    outside, rest = [], UNIT.scale(1 if content > 0 else -1)
    for factor, power in factors:
        if power % 2 == 0:
            outside.append((factor, power))
        else:
            rest = search.normal.multiply(rest, search.normal.power(factor, power))
    if not outside or op not in ("<=", ">=") or not search.nonnegative(common):
        raise NotShown("the difference has no square as a factor")
    weight: t.Expr = search.over_dens(search.write(common, (), abs(content)), dens)
    for factor, power in outside:
        weight = t.Mul(weight, t.Pow(search.write(factor), t.number(power)))
    search.gap = rest
    return c.Certificate(tuple(replace(term, weight=f"{text_of(weight)} * ({term.weight})") for term in search.run().terms))


class Patience:
    """A search that is taken up again where it ended without a certificate: it then asks for the sign of the whole difference."""

    def __init__(self, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
        self.relation = (scope, left, op, right)
        self.search: Search | None = None

    def first(self) -> c.Certificate:
        self.search = Search(*self.relation)
        return self.search.run()

    def second(self) -> c.Certificate:
        search = self.search or Search(*self.relation)
        search.itself(patient=True)
        found = search.solve()
        if found is None:
            raise NotShown("no certificate was found among the standard patterns")
        return found


def divided(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> c.Certificate:
    """A certificate for the difference divided by the positive factor of all its logarithms: T log(...) with exp(z / T)."""
    search = Search(scope, left, op, right)
    logs = [dict(m) for m in search.gap.terms if any(a.kind == "log" for a, _ in m)]
    common = [(a, e) for a, e in (logs[0] if logs else {}).items() if a.kind == "symbol" and all(m.get(a) == e for m in logs)]
    factor = monomial(f for f in common if search.facts.positive(of(f[0])) and f[0].parts[0].type.domain != "size")  # type: ignore[attr-defined]  # a symbol
    if not factor:
        raise NotShown("the logarithms have no positive factor in common")
    search.gap = search.reduced(search.normal.multiply(search.gap, search.normal.inverse(Poly({factor: ONE}))))
    text = text_of(search.write(factor))
    return c.Certificate(tuple(replace(term, weight=f"{text} * ({term.weight})") for term in search.run().terms))


class Search:
    """Collects terms for one difference."""

    def __init__(self, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
        self.writer = Writer(scope.context, scope.subject)
        self.scope, self.op = scope, op
        self.normal: Normal = scope.normal()
        self.facts = self.normal.facts
        self.equations = self._with_keys(scope.equations())
        self.sides = (left, right)
        self.gap = self.reduced(gap_of(scope, self.normal, left, op, right))
        if any(a.kind == "range" for a in self.gap.atoms()):
            for fact in self.facts.known:  # sum(s = 0..T + 1: ...) by the sum up to T that a hypothesis speaks of
                self.gap = align_ranges(self.normal, self.gap, fact.value)
        self.offers: dict[str, Offer] = {}
        self.dens: dict[Atom, Fraction] = {}
        self.pairs: list[tuple[tuple[t.Symbol, ...], Poly, Poly]] = []  # u and v of the gaps that were offered
        self.shares: list[Poly] = []  # distributions that were offered as weights
        self.rests: list[Poly] = []  # what squares leave, if it is >= 0
        self.whole: dict[str, tuple[dict[Atom, Fraction], Poly]] = {}  # what was cleared, and of which divisors

    # values -------------------------------------------------------------------------------------------------

    def reduced(self, p: Poly) -> Poly:
        """Modulo the equalities that hold here."""
        for relation, pattern, _, keys in self.equations:
            if not any(key in p.key for key in keys):
                continue
            try:
                if keys[0].startswith("range("):  # a sum that closes: replaced for good, whatever is shorter
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
            if exponent not in (0, 1) or any(holds(a, atom) for x in part.terms for a, _ in x):
                return replace_atom(self.normal, p, atom, value)
            beside, rest = (beside + part, rest) if exponent else (beside, rest + part)
        for below in sorted(a for a in value.atoms() if a.kind == "den"):
            if (exact := self.normal.exact_quotient(beside, below.parts[0])) is not None:  # type: ignore[arg-type]  # a polynomial
                beside = exact
                value = sum((self.normal.combine((*m, (below, ONE))).scale(v) for m, v in value.terms.items()), ZERO)
        return rest + self.normal.multiply(beside, value)

    def _with_keys(
        self, found: list[tuple[t.Relation, frozenset[t.Symbol], str]]
    ) -> list[tuple[t.Relation, frozenset[t.Symbol], str, tuple[str, ...]]]:
        """The equations with the spelling of their left sides, by which it is seen at once where they do not matter."""
        result = []
        for relation, pattern, source in found:
            try:
                left = self.normal.read(self.scope.unfold(relation.args[0]))
            except KernelError:
                continue
            keys = tuple(a.key for a in left.atoms()) if not pattern else ("",)
            result.append((relation, pattern, source, keys or ("",)))
        return result

    def denominators(self, polys: Iterable[Poly]) -> dict[Atom, Fraction]:
        worst: dict[Atom, Fraction] = {}
        for p in polys:
            for m in p.terms:
                for atom, exponent in m:
                    if atom.kind == "den" and exponent < 0:
                        up = Fraction(-(exponent.__floor__()))
                        if not self.facts.positive(atom.parts[0]) and up % 2:  # type: ignore[arg-type]  # a polynomial
                            up += 1  # an even power is positive
                        worst[atom] = max(worst.get(atom, Fraction(0)), up)
        return worst

    def cleared(self, p: Poly, dens: dict[Atom, Fraction]) -> Poly:
        known, result = self.whole.get(p.key, ({}, p))
        if any(e > dens.get(a, 0) for a, e in known.items()):
            known, result = {}, p
        more = {a: e - known.get(a, 0) for a, e in dens.items() if e > known.get(a, 0)}
        if more:
            whole = ZERO
            for m, coefficient in result.terms.items():
                whole = whole + self.normal.combine((*m, *more.items())).scale(coefficient)
            result = whole
        self.whole[p.key] = (dict(dens), result)
        return result

    # offering -----------------------------------------------------------------------------------------------

    def offer(self, value: Poly, write: Callable[[], c.Term], square: bool = False, positive: bool = False) -> None:
        """Take a term into the pool."""
        value = self.reduced(value)
        known = self.offers.get(value.key)
        if value and (known is None or (positive and not known.positive)) and len(self.offers) < MANY:
            self.offers[value.key] = Offer(value, write, square, positive)

    def offer_lemma(self, weight: Monomial | Poly, lemma: str, at: dict[str, Poly], letters: tuple[t.Symbol, ...] = ()) -> None:
        """weight times what a lemma shows to be >= 0, summed over the letters."""
        factor = weight if isinstance(weight, Poly) else Poly({weight: ONE})
        x = next(iter(at.values()))
        guards = [of(a) for p in (factor, *at.values()) for a in p.atoms() if a.kind in ("entry", "symbol", "sum", "den")]
        normal = self.normal
        loose = [g for g in guards if not self.facts.positive(g) and self.facts.nonnegative(g)]
        with self.facts.assuming(loose) if loose else nullcontext():  # what is assumed makes a memory of its own
            if lemma == "tangent":
                value = x - UNIT - normal.log(x)
            elif lemma == "gap":
                value = normal.multiply(x, normal.log(x) - normal.log(at["v"])) - x + at["v"]
            elif lemma == "share":
                value = normal.multiply(x, normal.log(x + at["v"]) - normal.log(x))
            elif lemma == "exponential":
                value = normal.exp(x) - UNIT - x
            elif lemma == "order":
                value = normal.multiply(normal.exp(x) - normal.exp(at["b"]), x - at["b"])
            elif lemma == "decay":
                value = UNIT - normal.exp(-x)
            elif lemma == "size":
                value = normal.absolute(x) - x
            elif lemma == "triangle":
                value = normal.absolute(x) + normal.absolute(at["b"]) - normal.absolute(x + at["b"])
            elif lemma == "maximum":
                value = normal.extreme("max", [x, at["b"]]) - x
            else:
                value = x - normal.extreme("min", [x, at["b"]])
            value = normal.multiply(factor, value)
        self.offer(self.summed(letters, value), lambda: self.written(weight, lemma, at, letters))

    def written(self, weight: Monomial | Poly, lemma: str, at: dict[str, Poly], letters: tuple[t.Symbol, ...]) -> c.Term:
        places = "; ".join(f"{name} = {text_of(bare(self.write(p, letters)))}" for name, p in at.items())
        over = ", ".join(letter.name for letter in letters)
        return c.Term(text_of(bare(self.write(weight, letters))), lemma, places, over)

    def offer_weight(
        self, value: Poly, weight: Callable[[], t.Expr], letters: tuple[t.Symbol, ...] = (), positive: bool = False
    ) -> None:
        """A weight that is >= 0 as it is written, summed over at most one letter."""
        over = ", ".join(letter.name for letter in letters)
        self.offer(self.summed(letters, value), lambda: c.Term(text_of(weight()), over=over), positive=positive)

    def over_dens(self, node: t.Expr, dens: dict[Atom, Fraction]) -> t.Expr:
        """What is >= 0 for the cleared difference, divided by what was cleared."""
        bottom: t.Expr | None = None
        for atom, exponent in dens.items():
            factor = self.writer.atom(atom, {})
            factor = factor if exponent == 1 else t.Pow(factor, t.number(exponent))
            bottom = factor if bottom is None else t.Mul(bottom, factor)
        return node if bottom is None else t.Div(node, bottom)

    # running ------------------------------------------------------------------------------------------------

    def run(self) -> c.Certificate:
        dens = self.denominators([self.gap])
        if not self.gap or (dens and not self.reduced(self.cleared(self.gap, dens))):
            if self.op in ("<", ">"):
                raise NotShown("both sides are equal")
            return c.Certificate((c.Term("0"),))
        found = self.solve()
        stages = (
            self.squares_about,
            self.gibbs,
            self.shares_of_logs,
            self.shares_of_exponentials,
            self.roots_of_pairs,
            self.by_arguments,
            self.bowls,
            self.tangents,
            self.exponentials,
            self.sizes,
            self.below_maxima,
            self.squares,
            self.more_tangents,
            self.by_facts,
            self.others,
            self.itself,
            self.again,
        )
        for stage in stages:
            if found is not None:
                break
            before = len(self.offers)
            with suppress(KernelError, NotShown):
                stage()
            if len(self.offers) > before:
                found = self.solve()
        if found is None:
            raise NotShown("no certificate was found among the standard patterns")
        return found

    def itself(self, patient: bool = False) -> None:
        """The whole difference, where its sign is known from its factors."""
        dens = self.denominators([self.gap])
        cleared = self.reduced(self.cleared(self.gap, dens))
        split = any(atom.kind in ("abs", "max", "min") for atom in cleared.atoms())  # signs would try all cases: slow
        if len(cleared.terms) <= 12 and (patient or not split) and self.facts.nonnegative(cleared):
            self.offer_weight(self.gap, lambda: self.over_dens(self.write(cleared), dens), positive=self.facts.positive(cleared))

    def again(self) -> None:
        """A second round of squares, for the difference less one unit of each square that was offered first."""
        rest = self.gap
        for offer in list(self.offers.values())[:40]:
            if offer.square and len(rest.terms) < 40:
                rest = rest - offer.value
        self.squares_of(rest)

    def solve(self) -> c.Certificate | None:
        """Combine; terms that their checker refuses are taken out and the rest is combined again."""
        for _ in range(4):
            found = self.combined()
            if found is None:
                return None
            bad = []
            terms = []
            for term, key in found:
                try:
                    _term(self.scope, self.scope.normal(), term)
                except (NotShown, KernelError, FormulaError):
                    bad.append(key)
                terms.append(term)
            if not bad:
                return c.Certificate(tuple(terms))
            for key in bad:
                if key is None:
                    return None
                self.offers[key] = replace(self.offers[key], value=ZERO)
        return None

    def combined(self) -> list[tuple[c.Term, str | None]] | None:
        """Terms with the keys of the offers they come from, by linear programming on the cleared difference."""
        offers = self.matched([(k, o) for k, o in self.offers.items() if o.value])
        dens = self.denominators([self.gap, *(o.value for _, o in offers)])
        if sum(dens.values()) > 6:
            own = set(self.denominators([self.gap]))
            offers = [(k, o) for k, o in offers if set(self.denominators([o.value])) <= own]
            dens = self.denominators([self.gap, *(o.value for _, o in offers)])
        wanted = self.cleared(self.gap, dens)
        values = [self.cleared(o.value, dens) for _, o in offers]
        rows: dict[Monomial, int] = {}
        for p in (wanted, *values):
            for m in p.terms:
                rows.setdefault(m, len(rows))
        columns = [{rows[m]: v for m, v in p.terms.items()} for p in values]
        liked = {j for j, (_, o) in enumerate(offers) if o.positive}
        free: list[Monomial] = []
        even = all(self.facts.positive(of(a)) or e % 2 == 0 for a, e in dens.items())
        for m, r in rows.items():
            sign = self.facts._sign_of_term(m, ONE) if even else ""
            if sign:
                if sign == "+":
                    liked.add(len(columns))
                columns.append({r: ONE})
                free.append(m)
        strict = self.op in ("<", ">")
        target = {rows[m]: v for m, v in wanted.terms.items()}
        answer = combination(columns, target, len(rows), frozenset(liked) if strict else frozenset())
        if answer is None or (strict and not any(answer[j] > 0 for j in liked)):
            return None
        terms: list[tuple[c.Term, str | None]] = []
        for (key, offer), x in zip(offers, answer, strict=False):
            if x > 0:
                try:
                    term = offer.write()
                except NotShown:
                    self.offers[key] = replace(offer, value=ZERO)
                    return self.combined()
                terms.append((replace(term, weight=_scaled(term.weight, x)), key))
        for m, x in zip(free, answer[len(offers) :], strict=True):
            if x > 0:
                terms.append((c.Term(text_of(self.over_dens(self.writer.monomial(m, x, {}), dens))), None))
        return terms

    def matched(self, offers: list[tuple[str, Offer]]) -> list[tuple[str, Offer]]:
        """Without those that bring in a logarithm that nothing else can take away."""
        logs = {k: {a for m in o.value.terms for a, _ in self.inside(m) if a.kind == "log"} for k, o in offers}
        wanted = {a for m in self.gap.terms for a, _ in self.inside(m) if a.kind == "log"}
        while True:
            count: dict[Atom, int] = dict.fromkeys(wanted, 1)
            for k, _ in offers:
                for atom in logs[k]:
                    count[atom] = count.get(atom, 0) + 1
            left = [(k, o) for k, o in offers if all(count[a] > 1 for a in logs[k])]
            if len(left) == len(offers):
                return offers
            offers = left

    # shapes -------------------------------------------------------------------------------------------------

    def flats(self, p: Poly) -> Iterator[Flat]:
        """Each monomial, a single sum in it opened with letters."""
        for m, coefficient in p.terms.items():
            sums = [(a, e) for a, e in m if a.kind == "sum"]
            yield Flat(coefficient, (), m, m)
            for atom, exponent in sums:
                if exponent != 1:
                    continue
                names: tuple[t.Symbol, ...] = atom.parts[0]  # type: ignore[assignment]  # symbols
                letters = self.letters_for(names)
                body = self.normal.substitute(Poly({atom.parts[1]: ONE}), dict(zip(names, letters, strict=True)))  # type: ignore[dict-item]  # a monomial
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

    # logarithms: Gibbs, Jensen, log-sum ---------------------------------------------------------------------

    def gibbs(self) -> bool:
        """w log(w / v) >= w - v with v read off the logarithms that stand with one weight w."""
        groups: dict[tuple[tuple[t.Symbol, ...], Monomial], dict[About, Fraction]] = {}
        loose: list[tuple[Monomial, About, Fraction]] = []
        scales = self.scales()
        for flat in self.flats(self.gap):
            for place, (atom, exponent) in enumerate(flat.body):
                if exponent != 1:
                    continue
                rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                splits: list[tuple[About, Monomial]] = []
                if atom.kind == "log":
                    splits = [(("log", atom.parts[0]), rest)]
                elif atom.kind in ("symbol", "entry") and atom.parts[0].type.domain in ("real", "positive", "nonnegative"):  # type: ignore[attr-defined]  # a symbol
                    for scale in scales:
                        left = monomial((*rest, *((a, -e) for a, e in scale)))
                        splits.append((("exp", Poly({monomial(((atom, ONE), *scale)): ONE})), left))
                for about, weight in splits:
                    if weight and not self.nonnegative(weight):
                        continue
                    if not flat.letters:
                        loose.append((weight, about, flat.coefficient))
                    group = groups.setdefault((flat.letters, weight), {})
                    group[about] = group.get(about, Fraction(0)) + flat.coefficient
        if not any(about[0] == "log" for group in groups.values() for about in group):
            return False
        extra: dict[tuple[tuple[t.Symbol, ...], Monomial], dict[About, Fraction]] = {}
        shared: dict[tuple[tuple[t.Symbol, ...], Monomial], list[tuple[About, Fraction]]] = {}
        for letters, weight in list(groups):
            if not letters:
                continue
            total = self.summed(letters, Poly({weight: ONE})).single()
            if total is None:
                continue
            for rest, about, coefficient in loose:
                quotient = monomial((*rest, *((a, -e) for a, e in total[0])))
                if not quotient:
                    group = extra.setdefault((letters, weight), dict(groups[(letters, weight)]))
                    group[about] = group.get(about, Fraction(0)) + coefficient / total[1]
                    shared.setdefault((letters, weight), []).append((about, coefficient / total[1]))
        if len(shared) > 1:  # several weights of one total share what stands alone
            for key, parts in shared.items():
                group = dict(groups[key])
                for about, coefficient in parts:
                    group[about] = group.get(about, Fraction(0)) + coefficient / len(shared)
                self.offer_gap(*key, group)
        alone = groups.get(((), ()), {})
        for (letters, weight), group in list(groups.items()):
            if not letters and weight and alone and len(group) <= 2:  # w log a beside log b: w log(a b)
                both = dict(group)
                for about, coefficient in alone.items():
                    both[about] = both.get(about, Fraction(0)) + coefficient
                extra[(letters, weight)] = both
        for (letters, weight), group in (*extra.items(), *groups.items()):
            self.offer_gap(letters, weight, group)
        # a logarithm of a sum beside no other sum: its own shares are the weights
        for flat in self.flats(self.gap):
            for atom, exponent in flat.body:
                if atom.kind == "log" and exponent == 1 and not flat.letters:
                    self.offer_shares(atom.parts[0])  # type: ignore[arg-type]  # a polynomial
        return True

    def shares_of_exponentials(self) -> None:
        """u log(u / v) >= u - v for shares u = exp(x[k]) / sum(exp(x)), v = exp(y[k]) / sum(exp(y)): how softmax rises."""
        found: dict[tuple[t.Symbol, ...], dict[Monomial, None]] = {}
        for flat in self.flats(self.gap):
            for below, power in flat.body:
                if below.kind == "sum" and power == -1 and len(flat.letters) == 1:
                    inside = self._bodies(below, flat.letters) if len(below.parts[0]) == 1 else None  # type: ignore[arg-type]  # symbols
                    if inside is not None and self.nonnegative(inside) and all(f in flat.body for f in inside):
                        found.setdefault(flat.letters, {})[monomial((*inside, (below, -ONE)))] = None
        for letters, shares in found.items():
            some = list(shares)[:3]
            for one in some:
                for other in some:
                    if one != other:
                        self.offer_lemma((), "gap", {"u": Poly({one: ONE}), "v": Poly({other: ONE})}, letters)

    def weights_of_logs(self) -> list[tuple[Poly, Poly]]:
        """(w, x) for each log(x) of the difference, with everything that stands beside it as its weight w."""
        weights: dict[str, tuple[Poly, Poly]] = {}
        for m, v in self.gap.terms.items():
            logs = [a for a, e in m if a.kind == "log" and e == 1]
            if len(logs) == 1 and not any(a.kind == "sum" for a, _ in m if a is not logs[0]):
                x: Poly = logs[0].parts[0]  # type: ignore[assignment]  # a polynomial
                rest = tuple(f for f in m if f[0] is not logs[0])
                weights[x.key] = (weights.get(x.key, (ZERO, x))[0] + Poly({rest: v}), x)
        return list(weights.values())

    def shares_of_logs(self) -> None:
        """log(sum a) against log(sum b): u log(u / v) >= u - v for the shares u = a / sum a and v = b / sum b."""
        found: list[tuple[Poly, Poly, tuple[t.Symbol, ...]]] = [(w, x, ()) for w, x in self.weights_of_logs()]
        for flat in self.flats(self.gap):  # a logarithm within a sum, beside weights
            logs = [a for a, e in flat.body if a.kind == "log" and e == 1]
            if len(flat.letters) == 1 and len(logs) == 1:
                rest = Poly({tuple(f for f in flat.body if f[0] is not logs[0]): flat.coefficient})
                found.append((rest, logs[0].parts[0], flat.letters))  # type: ignore[arg-type]  # a polynomial
        found = [(w, x, names) for w, x, names in found if w and x.constant() is None and len(x.terms) <= 3]
        above = [(w, x, names, self.parts_of(x)) for w, x, names in found if self.facts.nonnegative(w)][:3]
        for w, x, outer, parts in [(-w, x, names, self.parts_of(x)) for w, x, names in found if self.facts.nonnegative(-w)][:2]:
            for weight, y, names, others in above:
                for letters, a in parts:
                    for inner, b in others:
                        if inner == letters and not (outer and names) and not ((outer or names) and letters):
                            share, other = (self.normal.multiply(p, self.normal.inverse(q)) for p, q in ((a, x), (b, y)))
                            self.offer_lemma(w if outer else weight, "gap", {"u": share, "v": other}, outer or names or letters)
                            if len(letters) == 1 and share not in self.shares:
                                self.shares.append(share)

    def parts_of(self, p: Poly) -> list[tuple[tuple[t.Symbol, ...], Poly]]:
        """The terms of a polynomial, the sums among them opened."""
        opened = {flat.written: flat for flat in self.flats(p)}  # the last reading of a monomial: its sum opened
        return [(f.letters, Poly({f.body: f.coefficient})) for f in opened.values() if self.nonnegative(f.body) or not f.body]

    def bowls(self) -> None:
        """u log(u / v) >= u - v and more, by how far u and v lie apart, where squares or sizes stand beside: Pinsker."""
        sized = {a for a in self.gap.atoms() if a.kind == "sum" and any(b.kind == "abs" for b, _ in a.parts[1])}  # type: ignore[attr-defined]  # a monomial
        left = self.with_logs(self.gap)
        if not left or (not sized and left == len(self.gap.terms)):
            return
        rest, pairs = self.gap, []
        for letters, u, v in self.pairs[:40]:
            if not any(a.kind in ("exp", "den") for p in (u, v) for a in p.atoms()):
                taken = self.summed(letters, self.normal.multiply(u, self.normal.log(u) - self.normal.log(v)))
                pairs.append((self.with_logs(self.gap - taken) - left, letters, u, v, taken))
        chosen = []
        for change, letters, u, v, taken in sorted(pairs, key=lambda pair: pair[0])[:4]:
            if change < 0 and self.with_logs(rest - taken) < self.with_logs(rest):
                rest = rest - taken
                chosen.append((letters, u, v, taken))
        apart = ZERO  # how far they lie apart in all
        for letters, u, v, _ in chosen:
            apart = apart + self.summed(letters, self.normal.absolute(u - v))
        for letters, u, v, taken in chosen:
            bend = self.normal.multiply(apart, self.normal.absolute(u - v))
            bend = bend - self.normal.multiply(self.normal.power(apart, 2), u + v.scale(2)).scale(Fraction(1, 6))
            self.offer(taken - self.summed(letters, u - v + bend), self.tilted(letters, u, v, apart))
        if not sized:
            self.bowls_of(chosen, rest)

    def tilted(self, letters: tuple[t.Symbol, ...], u: Poly, v: Poly, apart: Poly) -> Callable[[], c.Term]:
        return lambda: self.written((), "tilt", {"u": u, "v": v, "x": apart}, letters)

    def bowls_of(self, chosen: list[tuple[tuple[t.Symbol, ...], Poly, Poly, Poly]], rest: Poly) -> None:
        """The sharper lemma, and what it leaves of the difference where no logarithm is left."""
        for letters, u, v, taken in chosen:
            weight = u + v.scale(2)
            steep = self.normal.multiply(self.normal.power(u - v, 2), self.normal.inverse(weight)).scale(Fraction(3, 2))
            less = self.summed(letters, u - v + steep)  # in lowest terms: v times the lemma at u / v is not
            place = self.normal.multiply(u, self.normal.inverse(v))
            self.offer(taken - less, partial(self.written, v, "bowl", {"t": place}, letters))
            rest = rest + less
        if not self.with_logs(rest):
            dens = self.denominators([rest])
            cleared = self.reduced(self.cleared(rest, dens))
            if len(cleared.terms) < 40 and self.facts.nonnegative(cleared):
                self.offer_weight(rest, lambda: self.over_dens(self.write(cleared), dens))

    def with_logs(self, p: Poly) -> int:
        """How many terms hold a logarithm."""
        return sum(any(a.kind == "log" for a, _ in self.inside(m)) for m in p.terms)

    def inside(self, m: Monomial) -> Monomial:
        """A monomial with what it sums."""
        return (*m, *(f for a, _ in m if a.kind == "sum" for f in a.parts[1]))  # type: ignore[attr-defined]  # a monomial

    def scales(self) -> list[Monomial]:
        """What stands beside x in the exponents exp(x / T) inside the logarithms; nothing, to begin with."""
        found: list[Monomial] = [()]
        for atom in (a for m in self.gap.terms for a, _ in m):
            inside = [a.parts[1] if a.kind == "sum" else ((a, ONE),) for q in _polys(atom) for a in q.atoms()]
            for exponential in (a for m in inside for a, _ in m if a.kind == "exp"):  # type: ignore[attr-defined]  # monomials
                ((m, _),) = exponential.parts[0].terms.items()
                rest = tuple((a, e) for a, e in m if a.kind not in ("entry",) and not (a.kind == "symbol" and e > 0))
                if rest not in found and len(rest) < len(m):
                    found.append(rest)
        return found[:3]

    def offer_share(self, letters: tuple[t.Symbol, ...], weight: Monomial, group: dict[About, Fraction]) -> None:
        """w log((w + v) / w) >= 0 where log w and log of something larger stand with the weight w."""
        u = Poly({weight: ONE})
        for about in group:
            kind, what = about
            if (
                kind == "log"
                and isinstance(what, Poly)
                and what != u
                and (len(what.terms) > 1 or any(a.kind == "bigmax" for a in what.atoms()))
                and self.facts.nonnegative(what - u)
            ):
                self.offer_lemma((), "share", {"u": u, "v": what - u}, letters)

    def offer_gap(self, letters: tuple[t.Symbol, ...], weight: Monomial, group: dict[About, Fraction]) -> None:
        self.offer_share(letters, weight, group)
        sizes = sorted({abs(x) for x in group.values() if x})[:3]
        if sizes and any(e.denominator == 2 for m in self.gap.atoms() if m.kind == "sum" for _, e in m.parts[1]):  # type: ignore[attr-defined]  # a monomial
            sizes.append(2 * sizes[-1])  # u = p, v = sqrt(p q)
        for size in dict.fromkeys((*sizes, *(x / 2 for x in sizes if len(group) < 4 and not letters))):
            v = Poly({weight: ONE})
            try:
                for about, coefficient in group.items():
                    kind, what = about
                    power = number(-coefficient / size)
                    if kind == "exp":
                        v = self.normal.multiply(v, self.normal.exp(what.scale(-coefficient / size)))
                    else:
                        v = self.normal.multiply(v, self.normal.raise_to(what, power))
            except KernelError:
                continue
            self.offer_pair(letters, Poly({weight: ONE}), v)

    def offer_pair(self, letters: tuple[t.Symbol, ...], u: Poly, v: Poly) -> None:
        """u log(u / v) >= u - v, summed over the letters."""
        self.offer_lemma((), "gap", {"u": u, "v": v}, letters)
        if (letters, u, v) not in self.pairs:
            self.pairs.append((letters, u, v))

    def offer_shares(self, p: Poly) -> None:
        """log of a sum S = sum(k: a[k]) against anything: the shares a[k] / S."""
        one = p.single()
        if one is None:
            return
        sums = [a for a, e in one[0] if a.kind == "sum" and e == 1 and len(a.parts[0]) == 1]  # type: ignore[arg-type]  # symbols
        for atom in sums:
            self.deltas_of(atom, ())

    def tangents(self) -> bool:
        """log t <= t - 1 at each logarithm's argument and its inverse, with what stands beside it."""
        found = self.tangents_of(self.gap)
        if found:
            self.pairs_of_logs()
        return found

    def more_tangents(self) -> None:
        """The same for the logarithms that other terms have brought in."""
        for offer in list(self.offers.values())[:12]:
            self.tangents_of(offer.value)

    def tangents_of(self, p: Poly) -> bool:
        found = False
        numbers = {(a, e) for m in self.gap.terms for a, e in m if a.kind == "exp" and not a.free}
        constants = [of(a, e) for a, e in sorted(numbers)[:2]]  # exp(-1)
        for flat in self.flats(p):
            for place, (atom, exponent) in enumerate(flat.body):
                if atom.kind != "log" or exponent != 1 or len(flat.letters) > 2:
                    continue
                rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                if not self.nonnegative(rest) and rest:
                    continue
                found = True
                argument: Poly = atom.parts[0]  # type: ignore[assignment]  # a polynomial
                scaled = [self.normal.multiply(argument, e) for e in constants]
                for at in (argument, self.normal.inverse(argument), *scaled, *map(self.normal.inverse, scaled)):
                    self.offer_lemma(rest, "tangent", {"t": at}, flat.letters)
        return found

    def roots_of_pairs(self) -> None:
        """sum(k: (sqrt(p[k]) - sqrt(q[k]))^2) for the arrays >= 0 of a claim with logarithms: what is left beside sqrt(p q)."""
        spoken = {s for side in self.sides for s in t.free_symbols(self.scope.unfold(side))}
        arrays = [s for s in spoken if len(s.type.shape) == 1 and s.type.domain in ("simplex", "positive", "nonnegative")]
        arrays = sorted(arrays, key=lambda s: s.name)[:3]
        for place, one in enumerate(arrays):
            for other in arrays[place + 1 :]:
                if one.type.shape == other.type.shape and t.NATURALS not in one.type.shape:
                    letter = self.writer.letters(one.type.shape[0], 1)[0]
                    roots = [self.normal.raise_to(self.normal.entry(s, [letter]), number(HALF)) for s in (one, other)]
                    self.offer_square((), roots[0] - roots[1], (letter,), {})
                    p, q = (self.normal.entry(s, [letter]) for s in (one, other))
                    if self.facts.positive(p + q):  # (p - q)^2 / (p + q) = p + q - 4 p q / (p + q)
                        (share,) = self.normal.inverse(p + q).terms
                        self.offer_square(share, p - q, (letter,), {})

    def by_arguments(self) -> None:
        """With everything that stands beside log(x) as weight w: w log(x / y) against other logarithms, and w log(x) alone."""
        weights = self.weights_of_logs()
        for weight, x in weights[:6]:
            for sign in (1, -1):
                w = weight.scale(sign)
                if len(weights) < 2 or not w or not self.facts.nonnegative(w):
                    continue
                at = x if sign < 0 else self.normal.inverse(x)
                self.offer_lemma(w, "tangent", {"t": at})
                for _, y in weights[:6]:
                    if y != x:
                        self.offer_part(w, *((x, y) if sign > 0 else (y, x)))

    def offer_part(self, w: Poly, x: Poly, y: Poly) -> None:
        """w log(x / y) >= w - w y / x for a weight of several terms: the product stays one as it is written."""
        if w == x:
            self.offer_pair((), w, y)
            return
        normal = self.normal
        v = normal.multiply(w, normal.multiply(y, normal.inverse(x)))
        value = normal.multiply(w, normal.log(x) - normal.log(y)) - w + v

        def written() -> c.Term:
            share = t.Div(t.Mul(self.write(w), self.write(y)), self.write(x))
            return c.Term("1", "gap", f"u = {text_of(self.write(w))}; v = {text_of(share)}")

        self.offer(value, written)

    def pairs_of_logs(self) -> None:
        """x log(x / y) for the arguments x, y of the logarithms: p and 1 - p beside 1/2."""
        arguments = {}
        for m in self.gap.terms:
            for atom, exponent in m:
                if atom.kind == "log" and exponent == 1:
                    p: Poly = atom.parts[0]  # type: ignore[assignment]  # a polynomial
                    if p.constant() is None:
                        arguments[p.key] = p
        values = list(arguments.values())[:5]
        loose = [m for m in self.gap.terms if m and self.nonnegative(m) and not any(a.kind in ("log", "sum") for a, _ in m)]
        constants = [UNIT, number(HALF), number(2), *(Poly({m: ONE}) for m in loose[:3])]
        for p in (q for q in values if len(q.terms) == 2 and any(a.kind == "exp" for a in q.atoms())):  # shares: sigmoid(x)
            constants += [self.normal.multiply(Poly({m: c}), self.normal.inverse(p)) for m, c in p.terms.items()]
        for u in values:
            if not self.facts.nonnegative(u):
                continue
            for v in (*constants, *(w for w in values if w is not u)):
                self.offer_pair((), u, v)
                if v.constant() is None:
                    self.offer_pair((), u, v.scale(HALF))

    def exponentials(self) -> bool:
        """exp(x) >= 1 + x at the exponents that occur and at their differences."""
        found: dict[str, tuple[Flat, Monomial, Poly]] = {}
        dens = self.denominators([self.gap])
        for p, below in ((self.gap, {}), (self.cleared(self.gap, dens), dens)):
            for flat in self.flats(p):
                exponent = ZERO
                for atom, e in flat.body:
                    if atom.kind == "exp":
                        exponent = exponent + atom.parts[0].scale(e)  # type: ignore[attr-defined]  # a monomial
                if not exponent or len(flat.letters) > 2:
                    continue
                rest = monomial((*(f for f in flat.body if f[0].kind != "exp"), *((a, -e) for a, e in below.items())))
                sign = 1 if flat.coefficient > 0 else -1
                found.setdefault(f"{exponent.key} {flat.letters} {rest} {sign}", (flat, rest, exponent))
        if not found:
            return False
        self.chords(list(found.values()))
        self.ordered(list(found.values()))
        for flat in self.flats(self.gap):  # x <= exp(x) - 1 for what stands alone
            for place, (atom, e) in enumerate(flat.body):
                if flat.coefficient < 0 and e == 1 and atom.kind in ("entry", "symbol") and not _is_size(atom):
                    rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                    if not rest or self.nonnegative(rest):
                        self.offer_lemma(rest, "exponential", {"x": of(atom)}, flat.letters)
        found = {key: f for key, f in found.items() if not f[1] or self.nonnegative(f[1])}
        self.decays(list(found.values())[:6])
        for flat, rest, exponent in list(found.values())[:8]:
            self.offer_lemma(rest, "exponential", {"x": exponent}, flat.letters)
            self.offer_lemma(rest, "exponential", {"x": -exponent}, flat.letters)
            for other, _, second in list(found.values())[:4]:
                if other is not flat and other.letters in ((), flat.letters):
                    weight = self.normal.multiply(Poly({rest: ONE}), self.normal.exp(second))
                    self.offer_lemma(weight, "exponential", {"x": exponent - second}, flat.letters)
        return True

    def ordered(self, found: list[tuple[Flat, Monomial, Poly]]) -> None:
        """(exp(x[k]) - exp(x[l])) (x[k] - x[l]) over all pairs, where sum(k: exp(x[k]) x[k]) stands."""
        for flat, rest, exponent in found:
            one = exponent.single()
            if len(flat.letters) != 1 or one is None or len(one[0]) != 1 or one[0][0] not in rest:
                continue
            k, l = self.writer.letters(t.size_of(flat.letters[0]), 2)
            outside = tuple(f for f in rest if f != one[0][0] and flat.letters[0] not in f[0].free)
            weight = self.normal.multiply(Poly({outside: HALF}), self.normal.inverse(self.normal.size(k)))
            first, second = (self.normal.substitute(exponent, {flat.letters[0]: letter}) for letter in (k, l))
            self.offer_lemma(weight, "order", {"a": first, "b": second}, (k, l))

    def chords(self, found: list[tuple[Flat, Monomial, Poly]]) -> None:
        """w (exp(x) - exp(m) (1 + x - m)) with everything that stands beside exp(x) as w, for every other exponent m."""
        weights: dict[tuple[str, tuple[t.Symbol, ...]], tuple[Poly, Poly]] = {}
        for flat, rest, exponent in found:
            key = (exponent.key, flat.letters)
            before = weights.get(key, (ZERO, exponent))[0]
            weights[key] = (before + Poly({rest: flat.coefficient}), exponent)
        for (_, letters), (weight, exponent) in list(weights.items())[:6]:
            if not weight or not self.facts.nonnegative(weight):
                continue
            for (_, other), (_, second) in list(weights.items())[:6]:
                if second != exponent and other in ((), letters):
                    full = self.normal.multiply(weight, self.normal.exp(second))
                    self.offer_lemma(full, "exponential", {"x": exponent - second}, letters)

    def decays(self, found: list[tuple[Flat, Monomial, Poly]]) -> None:
        """exp(a) >= exp(b) where a >= b is known, and 1 >= exp(-a) where a >= 0 is."""
        for flat, rest, exponent in found:
            for other, _, second in (*found, (flat, rest, ZERO)):
                letters = flat.letters or other.letters
                if flat.letters and other.letters not in ((), flat.letters):
                    continue
                for up, down in ((exponent, second), (second, exponent)):
                    weight = self.normal.multiply(Poly({rest: ONE}), self.normal.exp(up))
                    if up - down and self.facts.nonnegative(up - down):
                        self.offer_lemma(weight, "decay", {"v": up - down}, letters)
                    elif not second:
                        self.offer_lemma(weight, "exponential", {"x": down - up}, letters)

    # sizes ----------------------------------------------------------------------------------------------------

    def sizes(self) -> bool:
        """|x| >= x and -x, max(a, b) >= a and b, a and b >= min(a, b), with what stands beside them."""
        found = False
        for node in (n for side in self.sides for n in t.walk(self.scope.unfold(side))):
            if (
                isinstance(node, t.Call)
                and node.name in ("abs", "max")
                and isinstance(inner := bare(node.args[0]), (t.Add, t.Sub))
            ):
                with suppress(KernelError):
                    a, b = self.normal.read(inner.left), self.normal.read(inner.right)
                    self.offer_lemma((), "triangle", {"a": a, "b": b if isinstance(inner, t.Add) else -b})
        for flat in self.flats(self.gap):
            for place, (atom, exponent) in enumerate(flat.body):
                if atom.kind not in ("abs", "max", "min") or exponent != 1 or len(flat.letters) > 2:
                    continue
                rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                if rest and not self.nonnegative(rest):
                    continue
                found = True
                parts: list[Poly] = list(atom.parts)  # type: ignore[arg-type]  # polynomials
                if atom.kind == "abs" and flat.coefficient < 0 and 1 < len(parts[0].terms) <= 3:
                    first = dict([next(parts[0].sorted())])
                    a = Poly(first)
                    self.offer_lemma(rest, "triangle", {"a": a, "b": parts[0] - a}, flat.letters)
                if atom.kind == "abs":
                    self.offer_lemma(rest, "size", {"x": parts[0]}, flat.letters)
                    self.offer_lemma(rest, "size", {"x": -parts[0]}, flat.letters)
                elif len(parts) == 2:
                    lemma = {"max": "maximum", "min": "minimum"}[atom.kind]
                    self.offer_lemma(rest, lemma, {"a": parts[0], "b": parts[1]}, flat.letters)
                    self.offer_lemma(rest, lemma, {"a": parts[1], "b": parts[0]}, flat.letters)
        return found

    def below_maxima(self) -> None:
        """sum(k: w[k] (max(l: a[l]) - a[k])) >= 0 with weights that stand beside, and |x[k]| >= x[k] for what is summed."""
        maxima = sorted(a for a in self.gap.atoms() if a.kind == "bigmax")[:2]
        for atom in maxima:  # the mean of what is below the maximum, and squares about means beside it
            name, body = atom.parts
            (letter,) = self.writer.letters(t.size_of(name), 1)  # type: ignore[arg-type]  # a symbol
            gap = of(atom) - self.normal.substitute(body, {name: letter})  # type: ignore[arg-type, dict-item]  # a polynomial
            (share,) = self.normal.inverse(self.normal.size(letter)).terms
            if any(a.kind == "sum" and e == 2 for m in self.gap.terms for a, e in m):
                value = self.normal.multiply(Poly({share: ONE}), gap)
                self.offer_weight(value, self.product(share, gap, (letter,), {}), (letter,))
                self.squares_of(self.gap - self.summed((letter,), value))
        for atom in maxima:
            self.each_below(atom)
        for flat in list(self.flats(self.gap)) if maxima else []:
            if len(flat.letters) != 1:
                continue
            (letter,) = flat.letters
            known = tuple(f for f in flat.body if self.nonnegative((f,)))
            signed = tuple(f for f in flat.body if f not in known)
            for sign in (1, -1):
                self.offer_lemma(known, "size", {"x": Poly({signed: ONE}).scale(sign)}, flat.letters)
            sizes = self.normal.absolute(Poly({signed: ONE})).single() if signed else ((), ONE)
            full = monomial((*known, *sizes[0])) if sizes is not None else known
            for atom in maxima:
                name, body = atom.parts
                if t.size_of(name) != t.size_of(letter):  # type: ignore[arg-type]  # a symbol
                    continue
                below = self.normal.substitute(body, {name: letter})  # type: ignore[arg-type, dict-item]  # a polynomial
                gap = of(atom) - below
                left = [known, ((atom, ONE),)]
                for m in below.terms:
                    rest = monomial((*full, *((a, -e) for a, e in m)))
                    left += [rest] if all(e > 0 for _, e in rest) else []
                for weight in dict.fromkeys(left):
                    if not weight or self.nonnegative(weight):
                        value = self.normal.multiply(Poly({weight: ONE}), gap)
                        self.offer_weight(value, self.product(weight, gap, flat.letters, {}), flat.letters)

    def coefficient(self, atom: Atom, power: int) -> Poly:
        """What stands beside a power of an atom in the difference."""
        found = ZERO
        for m, v in self.gap.terms.items():
            if dict(m).get(atom) == power:
                found = found + Poly({tuple(f for f in m if f[0] is not atom): v})
        return found

    def squares_about(self) -> None:
        """A sum(w (u - c)^2) for A sum(w u^2) beside B (sum w u)^2, for an index or a range: c = B / A sum(w u), or the mean."""
        squared = {a for m in self.gap.terms for a, e in m if e == 2 and a.kind in ("sum", "range")}
        for atom in sorted({a for m in self.gap.terms for a, e in m if e == 1 and a.kind in ("sum", "range")})[:4]:
            one = self.summand(atom)
            lead = self.coefficient(atom, 1)
            if one is None or not (squared or atom.kind == "range") or not lead:
                continue
            sum_over, body, big = one
            beside = [self.weighed(body, self.summand(other)) for other in sorted(squared) if other.kind == atom.kind == "sum"]
            plain = [(w, u) for w, u in _weighted_roots(body, self.nonnegative_in(atom)) if all(a.kind == "entry" for a, _ in u)]
            for weight, root in dict.fromkeys((*(found for found in beside if found is not None), *plain)):
                if atom.kind == "range" and not any(self._variable(atom) in a.free for a, _ in root):
                    continue
                total, linear = sum_over(Poly({weight: ONE})), sum_over(Poly({monomial((*weight, *root)): ONE}))
                centers = []
                inside = next((a for m in linear.terms for a, e in m if a in squared), None)
                if inside is not None and len(linear.terms) == 1 and self.facts.nonnegative(lead):
                    with suppress(KernelError):
                        down = -self.coefficient(inside, 2)
                        ratio = self.quotient(down, lead)
                        centers.append(self.normal.multiply(ratio, of(inside)))
                        self.offer_rest(down, inside, UNIT - self.normal.multiply(ratio, total))
                if not centers or atom.kind == "sum":
                    with suppress(KernelError):
                        centers.append(self.normal.multiply(linear, self.normal.inverse(total)))
                for center in centers:
                    factor = lead if self.facts.nonnegative(lead) else UNIT
                    self.offer_about(factor, weight, Poly({root: ONE}) - center, sum_over, big)

    def weighed(self, body: Monomial, other: tuple[Any, Monomial, Any] | None) -> tuple[Monomial, Monomial] | None:
        """w and u with w u^2 = body and w u = what the other sum adds up: sqrt(P) beside p in sum(p P) and sum(p sqrt(P))."""
        if other is None:
            return None
        root = monomial((*body, *((a, -e) for a, e in other[1])))
        weight = monomial((*other[1], *((a, -e) for a, e in root)))
        divides = any(e < 0 and not self.facts.positive(of(a)) for a, e in (*weight, *root))
        return (weight, root) if root and not divides and (not weight or self.nonnegative(weight)) else None

    def quotient(self, above: Poly, below: Poly) -> Poly:
        """above / below, without the factors that they share."""
        content, common, unit = self.normal.content(below, lambda _: True)
        left = above
        for factor, power in self.normal.factors(unit) if len(unit.terms) > 1 else []:
            for _ in range(power):
                exact = self.normal.exact_quotient(left, factor)
                left = self.normal.multiply(left, self.normal.inverse(factor)) if exact is None else exact
        return self.normal.multiply(left, self.normal.combine((a, -e) for a, e in common)).scale(1 / content)

    def offer_rest(self, down: Poly, inside: Atom, rest: Poly) -> None:
        """What is left of B S^2 beside the square about B / A S: B S^2 (1 - B / A sum(w)), where that is >= 0."""
        self.rests.append(rest)
        if self.facts.nonnegative(rest):
            value = self.reduced(self.normal.multiply(self.normal.multiply(down, of(inside, 2)), rest))
            square = t.Pow(self.writer.atom(inside, {}), t.number(2))
            self.offer_weight(value, lambda: t.Mul(t.Mul(self.write(down), square), self.write(rest)))

    def offer_about(
        self, factor: Poly, weight: Monomial, root: Poly, sum_over: Callable[[Poly], Poly], big: Callable[..., t.Expr]
    ) -> None:
        square = self.normal.multiply(Poly({weight: ONE}), self.normal.power(root, 2))
        value = self.reduced(self.normal.multiply(factor, sum_over(square)))

        def written() -> c.Term:
            def body(names: dict[t.Symbol, t.Expr]) -> t.Expr:
                inner: t.Expr = t.Pow(self.writer.tree(root, names), t.number(2))
                return t.Mul(self.writer.monomial(weight, ONE, names), inner) if weight else inner

            return c.Term(text_of(t.Mul(self.writer.tree(factor), big(self.writer, body))))

        self.offer(value, written, square=True)

    def _variable(self, atom: Atom) -> t.Symbol:
        return atom.parts[0] if atom.kind == "range" else atom.parts[0][0]  # type: ignore[return-value, index]  # symbols

    def nonnegative_in(self, atom: Atom) -> Callable[[Monomial], bool]:
        """>= 0 for the letters of a range, which are at least its lower end."""
        if atom.kind != "range":
            return self.nonnegative
        _, _, low, high = atom.parts
        place = self.normal.symbol(self._variable(atom))

        def known(m: Monomial) -> bool:
            with self.facts.assuming(nonnegative=[place - low, high - place]):  # type: ignore[operator]  # polynomials
                return self.nonnegative(m)

        return known

    def summand(self, atom: Atom) -> tuple[Callable[[Poly], Poly], Monomial, Callable[..., t.Expr]] | None:
        """How to sum like this sum over one letter, what it sums, and how such a sum is written."""
        if atom.kind == "range":
            variable, body, low, high = atom.parts
            one = body.single()  # type: ignore[attr-defined]  # a polynomial
            letter = t.Symbol(loose_letter(self.scope.context, "s"), t.Type("natural"))

            def as_range(writer: Writer, body: Callable[..., t.Expr]) -> t.Expr:
                ends = (writer.tree(low), writer.tree(high))  # type: ignore[arg-type]  # polynomials
                return t.Big("sum", (t.Binder(letter, *ends),), body({variable: letter}))

            if one is None or one[1] != 1:
                return None
            return partial(self.normal.range_sum, variable, low, high), one[0], as_range  # type: ignore[arg-type]  # as made by the kernel
        if len(atom.parts[0]) != 1:  # type: ignore[arg-type]  # symbols
            return None
        letter = self.letters_for(atom.parts[0])[0]  # type: ignore[arg-type]  # symbols
        inside = self._body(atom, letter)

        def as_sum(writer: Writer, body: Callable[..., t.Expr]) -> t.Expr:
            return t.Big("sum", (t.Binder(letter),), body({letter: letter}))

        return None if inside is None else (partial(self.normal.sum, letter), inside, as_sum)

    def each_below(self, atom: Atom) -> None:
        """max(l: a[l]) >= a[i] at the indices of the claim, and summed with shares as weights; |x| >= x for an a that is |x|."""
        name, body = atom.parts
        (letter,) = self.writer.letters(t.size_of(name), 1)  # type: ignore[arg-type]  # a symbol
        places = [s for s in self.gap.free if s.type.domain == "index" and t.size_of(s) == t.size_of(letter)]
        written = sorted((s for s in places if "#" not in s.name), key=lambda s: s.name)[:2]
        for place, weight in [*((s, UNIT) for s in written), *((letter, w) for w in self.shares[:3])]:
            below = self.normal.substitute(body, {name: place})  # type: ignore[arg-type, dict-item]  # a polynomial
            one, letters = below.single(), () if weight == UNIT else (letter,)
            factor = weight.single()
            if factor is None or factor[1] != 1 or not self.nonnegative(factor[0]):
                continue
            rest = of(atom) - below
            whole = self.summed(letters, self.normal.multiply(weight, rest))
            self.offer_weight(whole, self.product(weight, rest, letters, {}), letters)
            if one is not None and len(one[0]) == 1 and one[0][0][0].kind == "abs":
                inside: Poly = one[0][0][0].parts[0]  # type: ignore[assignment]  # a polynomial
                for sign in (1, -1):
                    self.offer_lemma(factor[0], "size", {"x": inside.scale(sign)}, letters)

    # squares --------------------------------------------------------------------------------------------------

    def squares(self) -> bool:
        self.squares_of(self.gap)
        return True

    def squares_of(self, gap: Poly) -> None:
        dens = self.denominators([gap])
        cleared = self.reduced(self.cleared(gap, dens))
        self.dens = dens
        if len(cleared.terms) > 80:
            return
        self.squares_as_written(dens)
        self.squares_of_sums(cleared, dens)
        self.complete_sums(cleared, dens)
        self.sizes_about_mean(cleared, dens)
        self.cauchy(cleared, dens)
        self.complete(cleared, dens)
        self.binomials(cleared, dens)
        self.products(cleared, dens)

    def offer_square(
        self, weight: Monomial, root: Poly, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction], coefficient: Fraction = ONE
    ) -> None:
        """coefficient * weight * root^2, summed over the letters, over what was cleared."""
        value = self.normal.multiply(Poly({weight: coefficient}), self.normal.power(root, 2))
        value = self.normal.multiply(self.summed(letters, value), Poly({monomial((a, -e) for a, e in dens.items()): ONE}))

        def written() -> c.Term:
            body: t.Expr = t.Pow(self.write(root, letters), t.number(2))
            if weight or coefficient != 1:
                body = t.Mul(self.write(weight, letters, coefficient), body)
            if letters:
                body = t.Big("sum", tuple(map(t.Binder, letters)), body)
            return c.Term(text_of(self.over_dens(body, dens)))

        self.offer(value, written, square=True)

    def halved(self, atom: Atom, exponent: Fraction) -> bool:
        """Whether atom^exponent is a square: an even power, or any power of what is not negative."""
        return (exponent.denominator == 1 and exponent % 2 == 0) or (
            atom.kind != "den" and self.nonnegative(((atom, ONE),)) and (exponent != 1 or atom.kind == "exp")
        )

    def squares_of_sums(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """sum(i: w[i] (sum(j: g[i, j]))^2) where sum(i, j, l: w[i] g[i, j] g[i, l]) stands."""
        for flat in self.flats(p):
            for k, one in enumerate(flat.letters):
                for other in flat.letters[k + 1 :]:
                    if t.size_of(one) != t.size_of(other):
                        continue
                    first = tuple((a, e) for a, e in flat.body if one in a.free and other not in a.free)
                    second = tuple((a, e) for a, e in flat.body if other in a.free and one not in a.free)
                    weight = tuple((a, e) for a, e in flat.body if one not in a.free and other not in a.free)
                    both = any(one in a.free and other in a.free for a, _ in flat.body)
                    if both or self._moved(first, {one: other}) != second:
                        continue
                    if flat.coefficient < 0:
                        self.offer_crossed(weight, first, one, other, flat.letters, dens)
                        continue
                    for w, root in _weighted_roots(weight, self.nonnegative) if weight else [((), ())]:
                        letters = tuple(x for x in flat.letters if x not in (one, other))
                        inner = self.normal.sum(one, Poly({monomial((*root, *first)): ONE}))
                        self.offer_square(w, inner, letters, dens)
                    if self.nonnegative(weight):
                        letters = tuple(x for x in flat.letters if x not in (one, other))
                        self.offer_square(weight, self.normal.sum(one, Poly({first: ONE})), letters, dens)

    def offer_crossed(
        self,
        weight: Monomial,
        product: Monomial,
        one: t.Symbol,
        other: t.Symbol,
        letters: tuple[t.Symbol, ...],
        dens: dict[Atom, Fraction],
    ) -> None:
        """w (f[k] g[l] - f[l] g[k])^2 / 2, where -w (sum(k: f[k] g[k]))^2 stands within another sum."""
        if len(product) != 2 or (weight and not self.nonnegative(weight)):
            return
        (f, g), moved = product, self._moved(product, {one: other})
        if moved is None or len(moved) != 2:
            return
        far = [self._moved((factor,), {one: other}) for factor in (f, g)]
        if far[0] is not None and far[1] is not None:
            root = Poly({monomial((f, *far[1])): ONE}) - Poly({monomial((*far[0], g)): ONE})
            self.offer_square(weight, root, letters, dens, HALF)

    def size_parts(self) -> list[Monomial]:
        """1, and the powers of sizes that stand in the difference: 1/n, 1/n^2."""
        parts = [tuple((a, e) for a, e in m if a.kind == "symbol" and a.parts[0].type.domain == "size") for m in self.gap.terms]  # type: ignore[attr-defined]  # a symbol
        return list(dict.fromkeys(((), *parts)))[:5]

    def squares_as_written(self, dens: dict[Atom, Fraction]) -> None:
        """Sums of squares and products as the claim writes them: about their mean, and (f[k] g[l] - f[l] g[k])^2 over pairs."""
        found: dict[t.Expr, list[Poly]] = {}
        for node in (n for side in self.sides for n in t.walk(self.scope.unfold(side))):
            if not (isinstance(node, t.Big) and node.op == "sum" and len(node.binders) == 1 and node.binders[0].lower is None):
                continue
            size = t.size_of(node.binders[0].symbol)
            letter = self.writer.letters(size, 1)[0]
            for factor in _factors(t.substitute(node.body, {node.binders[0].symbol: letter})):
                try:
                    root = self.normal.read(factor)
                except KernelError:
                    continue
                known = found.setdefault(size, [])
                if 1 < len(root.terms) < 8 and letter in root.free and root not in known and -root not in known:
                    known.append(root)
        for size, roots in found.items():
            k, l = self.writer.letters(size, 2)
            for place, one in enumerate(roots[:3]):
                for part in self.size_parts():
                    self.offer_centred(part, one, (k,), dens)
                for other in roots[place + 1 : 3]:
                    moved = [self.normal.substitute(p, {k: l}) for p in (one, other)]
                    difference = self.normal.multiply(one, moved[1]) - self.normal.multiply(moved[0], other)
                    for part in self.size_parts():
                        self.offer_square(part, difference, (k, l), dens, HALF)

    def binomials(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """w (a - b)^2 for monomials w a^2, w b^2 of the difference whose product is the square of a third one."""
        by_letters: dict[tuple[t.Symbol, ...], list[Flat]] = {}
        for flat in self.flats(p):
            by_letters.setdefault(flat.letters, []).append(flat)
        for letters, flats in by_letters.items():
            above = [f for f in flats if f.coefficient > 0][:14]
            known = {f.body: f.coefficient for f in flats}
            for k, one in enumerate(above):
                for other in above[k + 1 :]:
                    product = monomial((*one.body, *other.body))
                    if not all(self.halved(a, e) for a, e in product):
                        continue
                    cross = tuple((a, e / 2) for a, e in product)
                    if cross not in known:
                        continue
                    self.offer_binomial(one, other, known[cross], letters, dens)

    def products(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """w (a - b)^2 for a negative term w a b, and (sum a)^2 - sum a^2 = sum over k != l of a[k] a[l]."""
        for flat in self.flats(p):
            real = [(a, e) for a, e in flat.body if e.denominator == 2 or not self.nonnegative(((a, ONE),))]
            weight = tuple(f for f in flat.body if f not in real)
            if flat.coefficient < 0 and len(real) == 2 and len(flat.letters) < 2 and (not weight or self.nonnegative(weight)):
                self.offer_square(weight, Poly({(real[0],): ONE}) - Poly({(real[1],): ONE}), flat.letters, dens)
            pair = [(a, e) for a, e in flat.body if e == 1 and a.kind in ("entry", "symbol", "exp") and not _is_size(a)]
            if flat.coefficient < 0 and len(pair) == 2 and not real and len(flat.letters) < 2:  # 4 a b <= (a + b)^2
                weight = tuple(f for f in flat.body if f not in pair)
                self.offer_square(weight, Poly({(pair[0],): ONE}) - Poly({(pair[1],): ONE}), flat.letters, dens)
        for m in p.terms:
            for atom, exponent in m:
                if atom.kind == "sum" and exponent == 2 and len(atom.parts[0]) == 1:  # type: ignore[arg-type]  # symbols
                    self.offer_mixed(atom, tuple(f for f in m if f[0] is not atom), dens)

    def offer_mixed(self, atom: Atom, outside: Monomial, dens: dict[Atom, Fraction]) -> None:
        letters = tuple(self.writer.letters(t.size_of(atom.parts[0][0]), 2))  # type: ignore[index]  # symbols
        bodies = [self._body(atom, letter) for letter in letters]
        if bodies[0] is None or bodies[1] is None or not self.nonnegative((*outside, *bodies[0])):
            return
        weight = monomial((*outside, *bodies[0], *bodies[1]))
        other = UNIT - self.normal.delta(*letters)
        value = self.under(self.normal.multiply(other, Poly({weight: ONE})), dens)
        self.offer_weight(value, self.product(other, weight, letters, dens), letters)

    def offer_binomial(
        self, one: Flat, other: Flat, cross: Fraction, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction]
    ) -> None:
        weight = tuple((a, ONE if e > 0 or a.kind != "symbol" else -ONE) for a, e in one.body if not self.halved(a, e))
        if weight and not self.nonnegative(weight):
            return
        roots = []
        for body in (one.body, other.body):
            quotient = monomial((*body, *((a, -e) for a, e in weight)))
            roots.append(tuple((a, e / 2) for a, e in quotient))
        if any(not self.halved(a, 2 * e) for root in roots for a, e in root):
            return
        ratios = {abs(cross) / (2 * one.coefficient), ONE}
        if (exact := _root(other.coefficient / one.coefficient)) is not None:
            ratios.add(exact)
        for ratio in ratios:
            root = Poly({roots[0]: ONE}) + Poly({roots[1]: ratio if cross > 0 else -ratio})
            self.offer_square(weight, root, letters, dens)
            if len(letters) == 1:
                self.offer_centred(weight, root, letters, dens)

    def offer_centred(
        self, weight: Monomial, root: Poly, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction], outside: Monomial = ()
    ) -> None:
        """sum(k: w[k] (u[k] - mean)^2) with mean = sum(w u) / sum(w)."""
        total = self.summed(letters, Poly({weight: ONE}))
        linear = self.summed(letters, self.normal.multiply(Poly({weight: ONE}), root))
        if total and linear:
            center = self.normal.multiply(linear, self.normal.inverse(total))
            self.offer_square(monomial((*outside, *weight)), root - center, letters, dens)

    def complete_sums(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """sum(k: w[k] (u[k] - mean)^2) with mean = sum(w u) / sum(w), for each sum of w u^2."""
        for flat in self.flats(p):
            if len(flat.letters) != 1 or flat.coefficient < 0:
                continue
            letter = flat.letters[0]
            inside = tuple((a, e) for a, e in flat.body if letter in a.free)
            outside = tuple((a, e) for a, e in flat.body if letter not in a.free)
            if outside and not self.nonnegative(outside):
                continue
            for weight, root in _weighted_roots(inside, self.nonnegative):
                total = self.summed(flat.letters, Poly({weight: ONE}))
                linear = self.summed(flat.letters, Poly({monomial((*weight, *root)): ONE}))
                if not total:
                    continue
                centers = []
                try:
                    if linear:
                        centers.append(self.normal.multiply(linear, self.normal.inverse(total)))
                except KernelError:
                    continue
                centers += [UNIT, -UNIT]
                for center in centers:
                    self.offer_square(monomial((*outside, *weight)), Poly({root: ONE}) - center, flat.letters, dens)

    def sizes_about_mean(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """sum(k: w[k] (|u[k]| - mean)^2) where the square of a sum of w |u| stands."""
        for m in p.terms:
            for atom, exponent in m:
                if atom.kind != "sum" or exponent != 2 or len(atom.parts[0]) != 1:  # type: ignore[arg-type]  # symbols
                    continue
                letter = self.letters_for(atom.parts[0])[0]  # type: ignore[arg-type]  # symbols
                body = self._body(atom, letter)
                roots = [(a, e) for a, e in body or () if a.kind == "abs" and e == 1]
                if body is None or len(roots) != 1:
                    continue
                weight = tuple(f for f in body if f not in roots)
                total = self.summed((letter,), Poly({weight: ONE})).single()
                outside = tuple(f for f in m if f[0] is not atom)
                if total is None or not self.nonnegative(weight):
                    continue
                mean = self.normal.multiply(of(atom), self.normal.inverse(Poly({total[0]: total[1]})))
                full = monomial((*outside, *weight, *total[0]))
                if self.nonnegative(full):
                    self.offer_square(full, of(roots[0][0]) - mean, (letter,), dens)

    def cauchy(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """(u[k] v[l] - u[l] v[k])^2 over all pairs, where a product of two sums stands against a square; k may be a pair."""
        squares = [(a, m) for m, v in p.terms.items() for a, e in m if a.kind == "sum" and e == 2 and len(a.parts[0]) <= 2]  # type: ignore[arg-type]  # symbols
        products = []
        for m, value in p.terms.items():
            sums = [a for a, e in m if a.kind == "sum" and e == 1 and len(a.parts[0]) <= 2]  # type: ignore[arg-type]  # symbols
            if value > 0 and len(sums) == 2:
                products.append((sums, tuple(f for f in m if f[0] not in sums)))
        for atom, _ in squares[:4]:
            sizes = [t.size_of(name) for name in atom.parts[0]]  # type: ignore[attr-defined]  # symbols
            for (first, second), outside in products[:4]:
                if any([t.size_of(name) for name in s.parts[0]] != sizes for s in (first, second)):  # type: ignore[attr-defined]  # symbols
                    continue
                if outside and not self.nonnegative(outside):
                    continue
                letters = self.letters_for((*atom.parts[0], *atom.parts[0]))  # type: ignore[misc]  # symbols
                near, far = letters[: len(sizes)], letters[len(sizes) :]
                at_k = [self._bodies(s, near) for s in (first, second, atom)]
                if None in at_k or None in [self._bodies(s, far) for s in (first, second, atom)]:
                    continue
                for weight, root in _weighted_roots(at_k[1], self.nonnegative):  # type: ignore[arg-type]  # none is None
                    move = dict(zip(near, far, strict=True))
                    ratio = monomial((*at_k[2], *((a, -e) for a, e in (*weight, *root))))  # type: ignore[misc]  # none is None
                    other_weight, other_root, other_ratio = (self._moved(x, move) for x in (weight, root, ratio))
                    if other_weight is None or other_root is None or other_ratio is None:
                        continue
                    difference = Poly({monomial((*ratio, *other_root)): ONE}) - Poly({monomial((*other_ratio, *root)): ONE})
                    self.offer_square(monomial((*outside, *weight, *other_weight)), difference, letters, dens, HALF)

    def _bodies(self, atom: Atom, letters: tuple[t.Symbol, ...]) -> Monomial | None:
        """What a sum adds up, with letters in the places of its indices."""
        names: tuple[t.Symbol, ...] = atom.parts[0]  # type: ignore[assignment]  # symbols
        one = self.normal.substitute(Poly({atom.parts[1]: ONE}), dict(zip(names, letters, strict=True))).single()  # type: ignore[dict-item]  # a monomial
        return one[0] if one is not None and one[1] == 1 else None

    def _body(self, atom: Atom, letter: t.Symbol) -> Monomial | None:
        return self._bodies(atom, (letter,))

    def _moved(self, m: Monomial, move: dict[t.Symbol, t.Symbol]) -> Monomial | None:
        one = self.normal.substitute(Poly({m: ONE}), dict(move)).single()
        return one[0] if one is not None and one[1] == 1 else None

    def complete(self, p: Poly, dens: dict[Atom, Fraction], depth: int = 3) -> None:
        """A x^2 + B x + C = A (x + B / (2 A))^2 + rest, for each x in turn."""
        for atom in sorted(p.atoms(), key=lambda a: (a.kind != "entry", a.kind != "symbol", a.key)):
            if atom.kind in ("den", "delta", "prime"):
                continue
            parts: dict[Fraction, Poly] = {}
            for m, v in p.terms.items():
                exponent = dict(m).get(atom, Fraction(0))
                rest = tuple(f for f in m if f[0] is not atom)
                parts[exponent] = parts.get(exponent, ZERO) + Poly({rest: v})
            if set(parts) - {Fraction(0), ONE, Fraction(2)} or not parts.get(Fraction(2)):
                continue
            lead, middle = parts[Fraction(2)], parts.get(ONE, ZERO)
            one = lead.single()
            if (
                one is None
                or one[1] <= 0
                or (one[0] and not self.facts.positive(lead))
                or any(a.kind == "exp" for a in middle.atoms())
            ):
                continue
            try:
                shift = self.normal.multiply(middle, self.normal.inverse(lead)).scale(HALF)
                root = of(atom) + shift
                self.offer_square(one[0], root, (), dens, one[1])
                left = p - self.normal.multiply(lead, self.normal.power(root, 2))
            except (KernelError, NotShown):
                continue
            if depth and middle and len(left.terms) < 40:
                self.complete(self.reduced(left), dens, depth - 1)

    # facts ------------------------------------------------------------------------------------------------------

    def by_facts(self) -> bool:
        """Facts (hypotheses, 1 - p >= 0, n >= 1) times what turns one of their terms into a term of the difference."""
        dens = self.denominators([self.gap])
        cleared = self.reduced(self.cleared(self.gap, dens))
        known = [f for f in self.facts.known if not f.pattern][:8]
        everything: list[Monomial] = list(cleared.terms)
        everything += [m for o in list(self.offers.values())[:20] for m in self.cleared(o.value, dens).terms]
        polynomial = Poly(dict.fromkeys(everything, ONE))
        for flat in self.flats(polynomial):
            if len(flat.letters) > 2:
                continue
            p = Poly({flat.body: ONE})
            for fact in self.facts._facts_for(p):
                self.offer_fact(fact, flat, dens)
        self.summed_facts(dens)
        seen = [f for f in self.facts._facts_for(cleared) if f not in self.facts.known][:6]
        for k, one in enumerate(known):
            for other in [*known[k:], *seen]:
                value = self.under(self.normal.multiply(one.value, other.value), dens)
                self.offer_weight(value, self.product(one.value, other.value, (), dens), positive=one.strict and other.strict)
        return True

    def summed_facts(self, dens: dict[Atom, Fraction]) -> None:
        """A fact for every index, summed: plainly, as a mean, and with the distributions of the claim as weights."""
        arrays = {s for side in self.sides for s in t.free_symbols(self.scope.unfold(side)) if len(s.type.shape) == 1}
        for fact in [f for f in self.facts.known if len(f.pattern) == 1][:4]:
            (index,) = fact.pattern
            if index.type.domain != "index":
                continue
            letter = self.writer.letters(t.size_of(index), 1)[0]
            value = self.normal.substitute(fact.value, {index: letter})
            weights = [(), *(m for m, _ in self.normal.inverse(self.normal.size(letter)).terms.items())]
            for array in sorted(arrays, key=lambda s: s.name):
                if array.type.domain in ("simplex", "positive", "nonnegative") and array.type.shape == (t.size_of(letter),):
                    weights += list(self.normal.entry(array, [letter]).terms)
            for weight in weights[:4]:
                whole = self.under(self.normal.multiply(Poly({weight: ONE}), value), dens)
                self.offer_weight(whole, self.product(weight, value, (letter,), dens), (letter,))

    def product(
        self, one: Poly | Monomial, other: Poly | Monomial, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction]
    ) -> Callable[[], t.Expr]:
        """Two factors as they are, over what was cleared."""
        return lambda: self.over_dens(t.Mul(self.write(one, letters), self.write(other, letters)), dens)

    def under(self, p: Poly, dens: dict[Atom, Fraction]) -> Poly:
        return self.normal.multiply(p, Poly({monomial((a, -e) for a, e in dens.items()): ONE})) if dens else p

    def offer_fact(self, fact: Fact, flat: Flat, dens: dict[Atom, Fraction]) -> None:
        for n, _ in list(fact.value.terms.items())[:4]:
            weight = monomial((*flat.body, *((a, -e) for a, e in n)))
            if any(e < 0 and not self.facts.positive(of(a)) for a, e in weight) or (weight and not self.nonnegative(weight)):
                continue
            if len(fact.value.terms) > 12:
                continue
            value = self.under(self.normal.multiply(Poly({weight: ONE}), fact.value), dens)
            self.offer_weight(
                value,
                self.product(weight, fact.value, flat.letters, dens),
                flat.letters,
                fact.strict and self.facts._sign_of_term(weight, ONE) == "+",
            )

    def others(self) -> bool:
        """sum(k: a[k]) >= a[i] for terms >= 0."""
        dens = self.denominators([self.gap])
        cleared = self.reduced(self.cleared(self.gap, dens))
        for m, _ in cleared.terms.items():
            for atom, exponent in m:
                if atom.kind == "sum" and exponent == 1 and len(atom.parts[0]) == 1:  # type: ignore[arg-type]  # symbols
                    self.deltas_of(atom, tuple(f for f in m if f[0] is not atom), dens)
        return True

    def deltas_of(self, atom: Atom, outside: Monomial, dens: dict[Atom, Fraction] | None = None) -> None:
        name = atom.parts[0][0]  # type: ignore[index]  # a symbol
        size = t.size_of(name)
        letter = self.writer.letters(size, 1)[0]
        body = self._body(atom, letter)
        if body is None or (outside and not self.nonnegative(outside)):
            return
        indices = sorted((s for s in self.gap.free if s.type.domain == "index" and s.type.over == size), key=lambda s: s.name)
        for index in indices:
            if index.name.startswith("#") or index == letter:
                continue
            weight = monomial((*outside, *body))
            other = UNIT - self.normal.delta(letter, index)
            value = self.under(self.normal.multiply(other, Poly({weight: ONE})), dens or {})
            self.offer_weight(
                value,
                self.product(other, weight, (letter,), dens or {}),
                (letter,),
            )


def _is_size(atom: Atom) -> bool:
    return atom.kind == "symbol" and atom.parts[0].type.domain in ("size", "natural", "index")  # type: ignore[attr-defined]  # a symbol


def _polys(atom: Atom) -> list[Poly]:
    """The argument of a logarithm, one way down."""
    return [atom.parts[0]] if atom.kind == "log" else []  # type: ignore[list-item]  # a polynomial


def _factors(node: t.Expr) -> list[t.Expr]:
    """The factors of a product, and the bases of squares among them."""
    core = bare(node)
    if isinstance(core, t.Mul):
        return _factors(core.left) + _factors(core.right)
    return _factors(core.base) if isinstance(core, t.Pow) else [core]


def _weighted_roots(body: Monomial, nonnegative: Callable[[Monomial], bool]) -> Iterator[tuple[Monomial, Monomial]]:
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


def _root(value: Fraction) -> Fraction | None:
    from math import isqrt

    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(top, bottom) if top * top == value.numerator and bottom * bottom == value.denominator else None


def _scaled(weight: str, factor: Fraction) -> str:
    if factor == 1:
        return weight
    text = text_of(t.number(factor))
    return text if weight == "1" else f"{text} * ({weight})"

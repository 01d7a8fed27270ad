"""Certificates found automatically: terms known to be >= 0 are collected, and an exact linear program combines them.

larger - smaller = sum of c_i * term_i with c_i >= 0, modulo the equalities that hold (a simplex sums to 1). The terms
come from the shape of the difference: the tangent of the logarithm where logarithms stand (Gibbs, Jensen, log-sum),
squares where products stand (completing the square, Cauchy-Schwarz), facts times what is >= 0, |x| >= x. What is found
is only proposed: the checker of `Certificate` judges it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from mathcore import card as c
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.proof.door.lp import combination
from mathcore.proof.door.trees import Writer
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, monomial, number, of
from mathcore.proof.kernel.signs import Fact, times
from mathcore.proof.rules.order import _term, gap_of
from mathcore.proof.scope import NotShown, Scope, rewrite_by, text_of

MANY = 90  # candidates in one linear program
HALF = Fraction(1, 2)
ONE = Fraction(1)


@dataclass(frozen=True)
class Offer:
    """A term that the checker accepts, and its value modulo the equalities."""

    term: c.Term
    value: Poly
    positive: bool


@dataclass(frozen=True)
class Flat:
    """A monomial of the difference with its sums opened: coefficient * sum over the letters of body."""

    coefficient: Fraction
    letters: tuple[t.Symbol, ...]
    body: Monomial
    written: Monomial


def certificate(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[c.Certificate, Context]:
    """A certificate for the inequality and the context of its letters; raises NotShown where none was found."""
    search = Search(scope, left, op, right)
    return search.run(), search.writer.context


class Search:
    """Collects terms for one difference."""

    def __init__(self, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
        self.writer = Writer(scope.context)
        self._scope, self.op = scope, op
        self.normal: Normal = scope.normal()
        self.facts = self.normal.facts
        self.equations = scope.equations()
        self.gap = self.reduced(gap_of(scope, self.normal, left, op, right))
        self.offers: dict[c.Term, Offer] = {}
        self.refused: set[c.Term] = set()
        self.dens: dict[Atom, Fraction] = {}

    @property
    def scope(self) -> Scope:
        return replace(self._scope, context=self.writer.context)

    # values -------------------------------------------------------------------------------------------------

    def reduced(self, p: Poly) -> Poly:
        """Modulo the equalities that hold here."""
        for relation, pattern, _ in self.equations:
            try:
                p = rewrite_by(self.normal, self._scope, p, relation, pattern)
            except KernelError:
                continue
        return p

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
        result = ZERO
        for m, coefficient in p.terms.items():
            result = result + self.normal.combine((*m, *dens.items())).scale(coefficient)
        return result

    # offering -----------------------------------------------------------------------------------------------

    def offer(self, weight: t.Expr, lemma: str = "", at: dict[str, t.Expr] | None = None, over: t.Symbol | None = None) -> None:
        """Take a term into the pool if the checker accepts it alone."""
        try:
            places = "; ".join(f"{name} = {text_of(value)}" for name, value in (at or {}).items())
            term = c.Term(text_of(weight), lemma, places, over.name if over is not None else "")
            if term in self.offers or term in self.refused or len(self.offers) >= MANY:
                return
            self.refused.add(term)
            before = dict(self.normal.conditions)
            value, positive, _ = _term(self.scope, self.normal, term)
            if len(self.normal.conditions) > len(before):
                self.normal.conditions.clear()
                self.normal.conditions.update(before)
                return
            value = self.reduced(value)
        except (NotShown, KernelError, FormulaError, ValueError, KeyError, RecursionError):
            return
        if value:
            self.offers[term] = Offer(term, value, positive)

    def over_dens(self, node: t.Expr, dens: dict[Atom, Fraction]) -> t.Expr:
        """What is >= 0 for the cleared difference, divided by what was cleared."""
        bottom: t.Expr | None = None
        for atom, exponent in dens.items():
            factor = self.writer.atom(atom, {})
            factor = factor if exponent == 1 else t.Pow(factor, t.number(exponent))
            bottom = factor if bottom is None else t.Mul(bottom, factor)
        return node if bottom is None else t.Div(t.Paren(node), t.Paren(bottom))

    # running ------------------------------------------------------------------------------------------------

    def run(self) -> c.Certificate:
        if not self.gap:
            if self.op in ("<", ">"):
                raise NotShown("both sides are equal")
            return c.Certificate((c.Term("0"),))
        found = self.solve()
        if found is None:
            for stage in (self.gibbs, self.tangents, self.exponentials, self.sizes, self.squares, self.by_facts, self.others):
                try:
                    if stage() is False:
                        continue
                except (KernelError, NotShown):
                    continue
                found = self.solve()
                if found is not None:
                    break
        if found is None:
            self.squares_of(self.residual())
            found = self.solve()
        if found is None:
            raise NotShown("no certificate was found among the standard patterns")
        return found

    def residual(self) -> Poly:
        """The difference less one unit of each square that was offered first: a second round of squares starts there."""
        rest = self.gap
        for offer in list(self.offers.values())[:6]:
            if "^2" in offer.term.weight:
                rest = rest - offer.value
        return rest

    def solve(self) -> c.Certificate | None:
        offers = list(self.offers.values())
        dens = self.denominators([self.gap, *(o.value for o in offers)])
        if sum(dens.values()) > 6:
            offers = [o for o in offers if not any(a not in self.dens for m in o.value.terms for a, e in m if a.kind == "den" and e < 0)]
            dens = self.denominators([self.gap, *(o.value for o in offers)])
        wanted = self.cleared(self.gap, dens)
        values = [self.cleared(o.value, dens) for o in offers]
        rows: dict[Monomial, int] = {}
        for p in (wanted, *values):
            for m in p.terms:
                rows.setdefault(m, len(rows))
        columns = [{rows[m]: v for m, v in p.terms.items()} for p in values]
        liked = {j for j, o in enumerate(offers) if o.positive}
        free: list[Monomial] = []
        for m, r in rows.items():
            sign = self.facts._sign_of_term(m, ONE)
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
        terms = [replace(o.term, weight=_scaled(o.term.weight, x)) for o, x in zip(offers, answer, strict=False) if x > 0]
        for m, x in zip(free, answer[len(offers) :], strict=True):
            if x > 0:
                weight = self.over_dens(self.writer.monomial(m, x, {}), dens)
                terms.append(c.Term(text_of(weight)))
        return c.Certificate(tuple(terms)) if terms else None

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

    def write(self, p: Poly | Monomial, coefficient: Fraction = ONE) -> t.Expr:
        return t.Paren(self.writer.tree(p)) if isinstance(p, Poly) else self.writer.monomial(p, coefficient, {})

    def nonnegative(self, m: Monomial) -> bool:
        return bool(self.facts._sign_of_term(m, ONE))

    # logarithms: Gibbs, Jensen, log-sum ---------------------------------------------------------------------

    def gibbs(self) -> bool:
        """w log(w / v) >= w - v with v read off the logarithms that stand with one weight w."""
        groups: dict[tuple[tuple[t.Symbol, ...], Monomial], dict[object, Fraction]] = {}
        loose: list[tuple[Monomial, object, Fraction]] = []
        for flat in self.flats(self.gap):
            for place, (atom, exponent) in enumerate(flat.body):
                if exponent != 1:
                    continue
                rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                if atom.kind == "log":
                    about: object = ("log", atom.parts[0])
                elif atom.kind in ("symbol", "entry") and not self.nonnegative(((atom, ONE),)):
                    about = ("exp", atom)
                else:
                    continue
                if not self.nonnegative(rest) and rest:
                    continue
                key = (flat.letters, rest)
                if not flat.letters:
                    loose.append((rest, about, flat.coefficient))
                group = groups.setdefault(key, {})
                group[about] = group.get(about, Fraction(0)) + flat.coefficient
        if not any(about[0] == "log" for group in groups.values() for about in group):  # type: ignore[index]  # pairs
            return False
        extra: dict[tuple[tuple[t.Symbol, ...], Monomial], dict[object, Fraction]] = {}
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
        for (letters, weight), group in (*extra.items(), *groups.items()):
            self.offer_gap(letters, weight, group)
        # a logarithm of a sum beside no other sum: its own shares are the weights
        for flat in self.flats(self.gap):
            for atom, exponent in flat.body:
                if atom.kind == "log" and exponent == 1 and not flat.letters:
                    self.offer_shares(atom.parts[0])  # type: ignore[arg-type]  # a polynomial
        return True

    def offer_gap(self, letters: tuple[t.Symbol, ...], weight: Monomial, group: dict[object, Fraction]) -> None:
        sizes = sorted({abs(x) for x in group.values() if x}, reverse=False)
        for size in sizes[:3]:
            v = Poly({weight: ONE})
            try:
                for about, coefficient in group.items():
                    kind, what = about  # type: ignore[misc]  # a pair
                    power = number(-coefficient / size)
                    if kind == "exp":
                        v = self.normal.multiply(v, self.normal.exp(of(what).scale(-coefficient / size)))
                    else:
                        v = self.normal.multiply(v, self.normal.raise_to(what, power))
            except KernelError:
                continue
            self.offer_pair(letters, Poly({weight: ONE}), v)

    def offer_pair(self, letters: tuple[t.Symbol, ...], u: Poly, v: Poly) -> None:
        """u log(u / v) >= u - v, summed over the letters."""
        try:
            first, second = self.write(u), self.write(v)
        except NotShown:
            return
        one = t.number(1)
        if not letters:
            self.offer(one, "gap", {"u": first, "v": second})
        elif len(letters) == 1:
            self.offer(one, "gap", {"u": first, "v": second}, letters[0])
        elif len(letters) == 2:
            binders = tuple(map(t.Binder, letters))
            arrays = {name: t.Big("vector", binders, body) for name, body in (("M", first), ("N", second))}
            self.offer(one, "gap over two indices", arrays)

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
        found = False
        for flat in self.flats(self.gap):
            for place, (atom, exponent) in enumerate(flat.body):
                if atom.kind != "log" or exponent != 1 or len(flat.letters) > 1:
                    continue
                rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                if not self.nonnegative(rest) and rest:
                    continue
                found = True
                try:
                    argument = self.write(atom.parts[0])  # type: ignore[arg-type]  # a polynomial
                    weight = self.write(rest)
                except NotShown:
                    continue
                over = flat.letters[0] if flat.letters else None
                for at in (argument, t.Div(t.number(1), argument)):
                    self.offer(weight, "tangent", {"t": at}, over)
        if not found:
            return False
        self.pairs_of_logs()
        return True

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
        constants = [UNIT, number(HALF), number(2)]
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
        for p in (self.gap, self.cleared(self.gap, self.denominators([self.gap]))):
            for flat in self.flats(p):
                exponent = ZERO
                for atom, e in flat.body:
                    if atom.kind == "exp":
                        exponent = exponent + atom.parts[0].scale(e)  # type: ignore[attr-defined]  # a monomial
                if not exponent or len(flat.letters) > 1:
                    continue
                rest = tuple(f for f in flat.body if f[0].kind != "exp")
                if not rest or self.nonnegative(rest):
                    found.setdefault(f"{exponent.key} {flat.letters} {rest}", (flat, rest, exponent))
        if not found:
            return False
        for flat, rest, exponent in list(found.values())[:8]:
            over = flat.letters[0] if flat.letters else None
            try:
                weight = self.write(rest)
                self.offer(weight, "exponential", {"x": self.write(exponent)}, over)
                self.offer(weight, "exponential", {"x": self.write(-exponent)}, over)
                for other, _, second in list(found.values())[:4]:
                    if other is not flat and other.letters in ((), flat.letters):
                        scaled = t.Mul(t.Paren(weight), t.Call("exp", (self.write(second),)))
                        self.offer(scaled, "exponential", {"x": self.write(exponent - second)}, over)
            except NotShown:
                continue
        return True

    # sizes ----------------------------------------------------------------------------------------------------

    def sizes(self) -> bool:
        """|x| >= x and -x, max(a, b) >= a and b, a and b >= min(a, b), with what stands beside them."""
        found = False
        for flat in self.flats(self.gap):
            for place, (atom, exponent) in enumerate(flat.body):
                if atom.kind not in ("abs", "max", "min") or exponent != 1 or len(flat.letters) > 1:
                    continue
                rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                if rest and not self.nonnegative(rest):
                    continue
                found = True
                over = flat.letters[0] if flat.letters else None
                try:
                    weight = self.write(rest)
                    arguments = [self.write(p) for p in atom.parts]  # type: ignore[arg-type]  # polynomials
                except NotShown:
                    continue
                if atom.kind == "abs":
                    self.offer(weight, "size", {"x": arguments[0]}, over)
                    self.offer(weight, "size", {"x": t.Neg(arguments[0])}, over)
                elif len(arguments) == 2:
                    lemma = {"max": "maximum", "min": "minimum"}[atom.kind]
                    a, b = arguments
                    self.offer(weight, lemma, {"a": a, "b": b}, over)
                    self.offer(weight, lemma, {"a": b, "b": a}, over)
        return found

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
        self.complete_sums(cleared, dens)
        self.cauchy(cleared, dens)
        self.complete(cleared, dens)
        self.binomials(cleared, dens)

    def offer_square(
        self, weight: Monomial, root: t.Expr, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction], coefficient: Fraction = ONE
    ) -> None:
        body: t.Expr = t.Pow(t.Paren(root), t.number(2))
        if weight or coefficient != 1:
            body = t.Mul(self.write(weight, coefficient), body)
        if letters:
            body = t.Big("sum", tuple(map(t.Binder, letters)), body)
        self.offer(self.over_dens(body, dens))

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
                    if any(e.denominator != 1 or e % 2 for _, e in product):
                        continue
                    cross = tuple((a, e / 2) for a, e in product)
                    if cross not in known:
                        continue
                    self.offer_binomial(one, other, known[cross], letters, dens)

    def offer_binomial(
        self, one: Flat, other: Flat, cross: Fraction, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction]
    ) -> None:
        weight = tuple((a, ONE if e > 0 or a.kind != "symbol" else -ONE) for a, e in one.body if e % 2)
        if weight and not self.nonnegative(weight):
            return
        roots = []
        for body in (one.body, other.body):
            quotient = monomial((*body, *((a, -e) for a, e in weight)))
            roots.append(tuple((a, e / 2) for a, e in quotient))
        if any(e.denominator != 1 for root in roots for _, e in root):
            return
        ratios = {abs(cross) / (2 * one.coefficient), ONE}
        if (exact := _root(other.coefficient / one.coefficient)) is not None:
            ratios.add(exact)
        for ratio in ratios:
            first, second = self.write(roots[0]), self.write(roots[1], ratio)
            self.offer_square(weight, (t.Sub if cross < 0 else t.Add)(first, t.Paren(second)), letters, dens)

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
                    try:
                        root_tree = t.Sub(self.write(root), self.write(center))
                        self.offer_square(monomial((*outside, *weight)), root_tree, flat.letters, dens)
                    except NotShown:
                        continue

    def cauchy(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """(u[k] v[l] - u[l] v[k])^2 over all pairs, where a product of two sums stands against a square of a sum."""
        squares = [(a, m) for m, v in p.terms.items() for a, e in m if a.kind == "sum" and e == 2 and len(a.parts[0]) == 1]  # type: ignore[arg-type]  # symbols
        products = []
        for m, value in p.terms.items():
            sums = [a for a, e in m if a.kind == "sum" and e == 1 and len(a.parts[0]) == 1]  # type: ignore[arg-type]  # symbols
            if value > 0 and len(sums) == 2:
                products.append((sums, tuple(f for f in m if f[0] not in sums)))
        for atom, _ in squares[:4]:
            name = atom.parts[0][0]  # type: ignore[index]  # a symbol
            for (first, second), outside in products[:4]:
                if any(t.size_of(s.parts[0][0]) != t.size_of(name) for s in (first, second)):  # type: ignore[index]  # symbols
                    continue
                if outside and not self.nonnegative(outside):
                    continue
                k, l = self.writer.letters(t.size_of(name), 2)
                at_k = [self._body(s, k) for s in (first, second, atom)]
                at_l = [self._body(s, l) for s in (first, second, atom)]
                if None in at_k or None in at_l:
                    continue
                for weight, root in _weighted_roots(at_k[1], self.nonnegative):  # type: ignore[arg-type]  # none is None
                    move = {k: l}
                    ratio = monomial((*at_k[2], *((a, -e) for a, e in (*weight, *root))))  # type: ignore[misc]  # none is None
                    other_weight, other_root, other_ratio = (self._moved(x, move) for x in (weight, root, ratio))
                    if other_weight is None or other_root is None or other_ratio is None:
                        continue
                    try:
                        difference = t.Sub(
                            t.Mul(self.write(ratio), self.write(other_root)), t.Mul(self.write(other_ratio), self.write(root))
                        )
                        self.offer_square(monomial((*outside, *weight, *other_weight)), difference, (k, l), dens, HALF)
                    except NotShown:
                        continue

    def _body(self, atom: Atom, letter: t.Symbol) -> Monomial | None:
        one = self.normal.substitute(Poly({atom.parts[1]: ONE}), {atom.parts[0][0]: letter}).single()  # type: ignore[dict-item, index]  # a monomial, a symbol
        return one[0] if one is not None and one[1] == 1 else None

    def _moved(self, m: Monomial, move: dict[t.Symbol, t.Symbol]) -> Monomial | None:
        one = self.normal.substitute(Poly({m: ONE}), move).single()  # type: ignore[arg-type]  # indices
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
            if one is None or one[1] <= 0 or (one[0] and not self.facts.positive(lead)) or any(a.kind == "exp" for a in middle.atoms()):
                continue
            try:
                shift = self.normal.multiply(middle, self.normal.inverse(lead)).scale(HALF)
                root = of(atom) + shift
                self.offer_square(one[0], self.write(root), (), dens, one[1])
                rest = p - self.normal.multiply(lead, self.normal.power(root, 2))
            except (KernelError, NotShown):
                continue
            if depth and middle and len(rest.terms) < 40:
                self.complete(self.reduced(rest), dens, depth - 1)

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
            if len(flat.letters) > 1:
                continue
            p = Poly({flat.body: ONE})
            for fact in self.facts._facts_for(p):
                self.offer_fact(fact, flat, dens)
        for k, one in enumerate(known):
            for other in known[k:]:
                try:
                    self.offer(self.over_dens(t.Mul(self.write(one.value), self.write(other.value)), dens))
                except NotShown:
                    continue
        return True

    def offer_fact(self, fact: Fact, flat: Flat, dens: dict[Atom, Fraction]) -> None:
        over = flat.letters[0] if flat.letters else None
        for n, d in list(fact.value.terms.items())[:4]:
            weight = monomial((*flat.body, *((a, -e) for a, e in n)))
            if any(e < 0 and not self.facts.positive(of(a)) for a, e in weight) or (weight and not self.nonnegative(weight)):
                continue
            if len(times(fact.value, (weight, ONE)).terms) > 12:
                continue
            try:
                body = t.Mul(self.write(weight), self.write(fact.value))
            except NotShown:
                continue
            self.offer(self.over_dens(body, dens), over=over)

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
            other = t.Paren(t.Sub(t.number(1), t.Call("delta", (letter, index))))
            try:
                weight = t.Mul(other, self.write(monomial((*outside, *body))))
            except NotShown:
                continue
            self.offer(self.over_dens(weight, dens or {}), over=letter)


def _weighted_roots(body: Monomial, nonnegative: Callable[[Monomial], bool]) -> Iterator[tuple[Monomial, Monomial]]:
    """body = w u^2 in several ways, w >= 0."""
    seen = set()
    even = [(a, e) for a, e in body if e.denominator == 1 and e % 2 == 0]
    odd = [(a, e) for a, e in body if not (e.denominator == 1 and e % 2 == 0)]
    real = [(a, e) for a, e in even if not nonnegative(((a, ONE),))]
    choices = [
        (odd, [(a, e / 2) for a, e in even]),
        ([*odd, *(f for f in even if f not in real)], [(a, e / 2) for a, e in real]),
        ([(a, -e) for a, e in odd if e < 0] + [f for f in odd if f[1] > 0], [(a, e / 2) for a, e in even] + [(a, e) for a, e in odd if e < 0]),
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
    return f"({text})" if weight == "1" else f"({text}) * ({weight})"

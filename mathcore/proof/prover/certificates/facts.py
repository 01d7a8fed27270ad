"""Terms from what is known: facts times what is >= 0, sums of facts, deltas."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial, reduce

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import Absolute, BigMax, Sum
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, Monomial, Poly, monomial, of
from mathcore.proof.kernel.signs import Fact
from mathcore.proof.prover.certificates.candidates import (
    ONE,
    Candidates,
    Flat,
)

PRODUCTS = 120  # products of two facts with a weight that are tried


class FactCandidates(Candidates):
    """What hypotheses and domains say, weighed and summed."""

    def by_facts(self) -> bool:
        """Facts (hypotheses, 1 - p >= 0, n >= 1) times what turns one of their terms into a term of the difference."""
        dens = self.denominators([self.gap])
        cleared = self.reduced(self.cleared(self.gap, dens))
        known = [f for f in self.facts.known if not f.pattern][:8]
        everything: list[Monomial] = list(cleared.terms)
        everything += [m for o in list(self.candidates.values())[:20] for m in self.cleared(o.value, dens).terms]
        polynomial = Poly(dict.fromkeys(everything, ONE))
        for flat in self.flats(polynomial):
            if len(flat.letters) > 2:
                continue
            p = Poly({flat.body: ONE})
            for fact in self.facts._facts_for(p):
                self.propose_fact(fact, flat, dens)
        self.summed_facts(dens)
        seen = [f for f in self.facts._facts_for(cleared) if f not in self.facts.known][:6]
        for k, one in enumerate(known):
            for other in [*known[k:], *seen]:
                value = self.under(self.normal.multiply(one.value, other.value), dens)
                self.propose_weight(value, self.product(one.value, other.value, (), dens), positive=one.strict and other.strict)
        return True

    def summed_facts(self, dens: dict[Atom, Fraction]) -> None:
        """A fact for every index, summed: plainly, as a mean, and with the distributions of the claim as weights."""
        arrays = {s for side in self.sides for s in t.free_symbols(self.scope.unfold(side)) if len(s.type.shape) == 1}
        for fact in [f for f in self.facts.known if len(f.pattern) == 2][:2]:
            self.summed_over_pairs(fact, dens)
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
                self.propose_weight(whole, self.product(weight, value, (letter,), dens), (letter,))

    def summed_over_pairs(self, fact: Fact, dens: dict[Atom, Fraction]) -> None:
        """A fact for all pairs of indices of one size: plainly, and as a mean over one or both."""
        first, second = sorted(fact.pattern, key=lambda s: s.name)
        if first.type.domain != "index" or first.type != second.type:
            return
        letters = tuple(self.writer.letters(t.size_of(first), 2))
        value = self.normal.substitute(fact.value, dict(zip((first, second), letters, strict=True)))
        (share,) = self.normal.inverse(self.normal.size(letters[0])).terms
        for weight in ((), share, monomial((*share, *share))):
            whole = self.under(self.normal.multiply(Poly({weight: ONE}), value), dens)
            self.propose_weight(whole, self.product(weight, value, letters, dens), letters)

    def wholes_beside(self) -> list[tuple[t.Symbol, Poly, Monomial]]:
        """(k, W, u) for terms W u[k] summed over k, W a factor >= 0 of several terms such as (1 - b) b^(n - k), u of any sign."""
        found: dict[tuple[t.Symbol, Monomial, Monomial], Poly] = {}
        for flat in self.flats(self.with_sums_of_sizes()):
            if len(flat.letters) != 1:
                continue
            (k,) = flat.letters
            signed = tuple(f for f in flat.body if k in f[0].free and not self.nonnegative((f,)))
            inside = tuple(f for f in flat.body if k in f[0].free and f not in signed)
            outside = Poly({tuple(f for f in flat.body if k not in f[0].free): flat.coefficient})
            found[k, inside, signed] = found.get((k, inside, signed), ZERO) + outside
        result = []
        for (k, inside, signed), outside in list(found.items())[:6]:
            for whole in (outside, -outside):
                if len(whole.terms) > 1 and signed and self.facts.nonnegative(whole):
                    result.append((k, self.normal.multiply(whole, Poly({inside: ONE})), signed))
        return result

    def with_sums_of_sizes(self) -> Poly:
        """The difference, with |S| as S: what stands beside it is the same."""
        p = ZERO
        for m, v in self.gap.terms.items():
            sizes = [a for a, e in m if isinstance(a, Absolute) and e == 1]
            rest = Poly({tuple(f for f in m if f[0] not in sizes[:1]): v})
            p = p + (self.normal.multiply(rest, sizes[0].inside) if sizes else rest)
        return p

    def weighed_by_wholes(self) -> None:
        """W (c - |u|), W (|u| - u) and W (|u| + u) summed, for hypotheses and maxima that bound |u[k]|: exponential averages."""
        for k, whole, signed in self.wholes_beside():
            for sign in (1, -1):
                self.propose_lemma(whole, "size", {"x": Poly({signed: ONE}).scale(sign)}, (k,))
            bounds = [f.value for f in self.facts._facts_for(Poly({signed: ONE})) if f.sources and k in f.value.free]
            for atom in sorted(a for a in self.gap.atoms() if isinstance(a, BigMax))[:2]:
                if t.size_of(atom.index) == t.size_of(k):
                    bounds.append(of(atom) - self.normal.substitute(atom.body, {atom.index: k}))
            for bound in bounds[:4]:
                self.propose_weight(self.normal.multiply(whole, bound), self.product(whole, bound, (k,), {}), (k,))

    def products_of_facts(self) -> None:
        """Two facts multiplied, a - b >= 0 times a + b as well, times what turns one term into one of the difference."""
        dens = self.denominators([self.gap])
        cleared = self.reduced(self.cleared(self.gap, dens))
        if not self.facts.known or len(cleared.terms) > 24:
            return
        flats = [flat for flat in self.flats(cleared) if len(flat.letters) <= 1][:16]
        around = [self.facts._facts_for(Poly({flat.body: ONE})) for flat in flats]
        known = [[f for f in found if len(f.value.terms) <= 4][:8] for found in around]
        tries = PRODUCTS
        for divided in (False, True):  # weights that divide come last
            for flat, here in zip(flats, known, strict=True):
                for k, one in enumerate(here):
                    for other in (*(f.value for f in here[k:]), *self._conjugates(one)):
                        if tries > 0 and (one.sources or other is not one.value):
                            tries -= self.propose_product(one.value, other, flat, dens, divided)

    def _conjugates(self, fact: Fact) -> list[Poly]:
        """a + b for a - b >= 0 with a, b >= 0."""
        opposite = Poly({m: abs(v) for m, v in fact.value.terms.items()})
        return [opposite] if opposite != fact.value and self.facts.nonnegative(opposite) else []

    def propose_product(self, one: Poly, other: Poly, flat: Flat, dens: dict[Atom, Fraction], divided: bool) -> int:
        """How many weights were tried."""
        whole, tried = self.normal.multiply(one, other), 0
        for n in list(whole.terms)[:6]:
            weight = monomial((*flat.body, *((a, -e) for a, e in n)))
            below = [a for a, e in weight if e < 0]
            if bool(below) is not divided or any(not self.facts.positive(of(a)) for a in below):
                continue
            if weight and not self.nonnegative(weight):
                continue
            value = self.under(self.normal.multiply(Poly({weight: ONE}), whole), dens)
            tried += 1
            factors = (one, other, Poly({weight: ONE}))
            self.propose_weight(value, partial(self._factors_written, factors, flat.letters, dens), flat.letters)
        return tried

    def _factors_written(self, factors: tuple[Poly, ...], letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction]) -> t.Expr:
        trees: list[t.Expr] = [t.Paren(self.write(p, letters)) for p in factors]
        return self.over_dens(reduce(t.Mul, trees), dens)

    def product(
        self, one: Poly | Monomial, other: Poly | Monomial, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction]
    ) -> Callable[[], t.Expr]:
        """Two factors as they are, over what was cleared."""
        return lambda: self.over_dens(t.Mul(self.write(one, letters), self.write(other, letters)), dens)

    def under(self, p: Poly, dens: dict[Atom, Fraction]) -> Poly:
        return self.normal.multiply(p, Poly({monomial((a, -e) for a, e in dens.items()): ONE})) if dens else p

    def propose_fact(self, fact: Fact, flat: Flat, dens: dict[Atom, Fraction]) -> None:
        for n, _ in list(fact.value.terms.items())[:4]:
            weight = monomial((*flat.body, *((a, -e) for a, e in n)))
            if any(e < 0 and not self.facts.positive(of(a)) for a, e in weight) or (weight and not self.nonnegative(weight)):
                continue
            if len(fact.value.terms) > 12:
                continue
            value = self.under(self.normal.multiply(Poly({weight: ONE}), fact.value), dens)
            self.propose_weight(
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
                if isinstance(atom, Sum) and exponent == 1 and len(atom.binders) == 1:
                    self.deltas_of(atom, tuple(f for f in m if f[0] is not atom), dens)
        return True

    def deltas_of(self, atom: Sum, outside: Monomial, dens: dict[Atom, Fraction] | None = None) -> None:
        size = t.size_of(atom.binders[0])
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
            self.propose_weight(
                value,
                self.product(other, weight, (letter,), dens or {}),
                (letter,),
            )

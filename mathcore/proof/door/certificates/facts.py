"""Terms from what is known: facts times what is >= 0, sums of facts, deltas."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.proof.door.certificates.offers import (
    ONE,
    Flat,
    Offers,
)
from mathcore.proof.kernel.polynomial import UNIT, Atom, Monomial, Poly, monomial, of
from mathcore.proof.kernel.signs import Fact


class FactOffers(Offers):
    """What hypotheses and domains say, weighed and summed."""

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

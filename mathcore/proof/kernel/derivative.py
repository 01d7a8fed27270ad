"""The derivative table over normal forms."""

from __future__ import annotations

from fractions import Fraction

from mathcore.language import tree as t
from mathcore.proof.kernel.arithmetic import IndexTerm
from mathcore.proof.kernel.atom import (
    Absolute,
    Apply,
    Array,
    Delta,
    Denominator,
    Entry,
    Erfc,
    Exp,
    Log,
    Power,
    Range,
    Scalar,
    Step,
    Sum,
)
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Poly, monomial, number, of
from mathcore.proof.kernel.summing import Summing


class Deriving(Summing):
    """Derivatives by a symbol or by one entry of an array."""

    def derivative(self, p: Poly, base: t.Symbol, indices: list[IndexTerm | Poly]) -> Poly:
        smooth, result = self._without_kinks(p, base, indices)
        for m, c in smooth.terms.items():
            for place, (atom, exponent) in enumerate(m):
                if base not in atom.free:
                    continue
                others = [f for i, f in enumerate(m) if i != place]
                inner = self._derivative_of_atom(atom, exponent, base, indices)
                result = result + self.multiply(self.combine(others), inner).scale(c)
        return result

    def _without_kinks(self, p: Poly, base: t.Symbol, indices: list[IndexTerm | Poly]) -> tuple[Poly, Poly]:
        """p without its terms in u |u|, and their derivative: that of u |u| is 2 |u| u', also where u = 0."""
        result = ZERO
        for atom in sorted(a for m in p.terms for a, e in m if isinstance(a, Absolute) and e == 1 and base in a.free):
            inside = atom.inside
            once = (atom, Fraction(1))
            beside = Poly({tuple(f for f in m if f[0] is not atom): c for m, c in p.terms.items() if once in m})
            share = self.exact_quotient(beside, inside)
            if share is None:
                continue
            p = p - self.multiply(beside, of(atom))
            slope = self.multiply(share, self.derivative(inside, base, indices)).scale(2) + self.multiply(
                self.derivative(share, base, indices), inside
            )
            result = result + self.multiply(of(atom), slope)
        return p, result

    def _sign_where(self, p: Poly, slope: Poly, indices: list[IndexTerm | Poly]) -> Poly:
        """p / |p|, asked for where the slope is not 0: with a factor delta(k, i) only k = i matters."""
        one = slope.single()
        for atom, _ in one[0] if one is not None else ():
            if isinstance(atom, Delta):
                keep, drop = (atom.keep, atom.drop) if atom.keep in indices else (atom.drop, atom.keep)
                if isinstance(drop, t.Symbol):
                    p = self.substitute(p, {drop: keep})
        self.require(p, "!=", "|x| has no derivative at 0")
        return self.multiply(p, self.inverse(self.absolute(p)))

    def exact_quotient(self, above: Poly, below: Poly) -> Poly | None:
        """above / below where it divides by nothing: term by term, or with below as a factor of above; else None."""
        if (one := below.single()) is not None:
            if any(dict(m).get(a, 0) < e for m in above.terms for a, e in one[0]):
                return None
            down = tuple((a, -e) for a, e in one[0])
            return Poly({monomial((*m, *down)): c / one[1] for m, c in above.terms.items()})
        try:
            content, common, primitive = self.content(above, lambda _: True)
            inner, left, unit = self.content(below, lambda _: True)
            factors = self.factors(primitive) if len(primitive.terms) > 1 else []
        except KernelError:
            return None
        for place, (factor, _) in enumerate(factors):
            for sign in (1, -1):
                if factor == unit.scale(sign) and not left:
                    whole = self.combine(common).scale(sign * content / inner)
                    for i, (other, power) in enumerate(factors):
                        whole = self.multiply(whole, self.power(other, power - (i == place)))
                    return whole
        return None

    def _derivative_of_atom(self, atom: Atom, exponent: Fraction, base: t.Symbol, indices: list[IndexTerm | Poly]) -> Poly:
        """The derivative of atom^exponent."""
        if isinstance(atom, Exp):
            return self.multiply(of(atom, exponent), self.derivative(atom.exponent, base, indices)).scale(exponent)
        if 0 < exponent < 1:
            self.require(of(atom), "!=", "a root has no derivative at 0")
        outer = of(atom, exponent - 1).scale(exponent) if exponent != 1 else UNIT
        if isinstance(atom, Scalar):
            return outer
        if isinstance(atom, Entry):
            inner = UNIT
            for mine, other in zip(atom.indices, indices, strict=True):
                inner = self.multiply(inner, self._at_one_place(mine, other))
        elif isinstance(atom, Log):
            inner = self.multiply(self.derivative(atom.argument, base, indices), self.inverse(atom.argument))
        elif isinstance(atom, Denominator):
            inner = self.derivative(atom.value, base, indices)
        elif isinstance(atom, Sum):
            fresh, body = self.open(atom)
            inner = self.sum_all(fresh, self.derivative(Poly({body: Fraction(1)}), base, indices))
        elif isinstance(atom, Range):
            if base in atom.low.free | atom.high.free:
                raise KernelError("a derivative by the end of a range")
            new, opened = self.open_one(atom.variable, atom.body)
            inner = self.range_sum(new, atom.low, atom.high, self.derivative(opened, base, indices))
        elif isinstance(atom, Power) and base not in atom.exponent.free:
            slope = self.multiply(atom.exponent, self.derivative(atom.base, base, indices))
            inner = self.multiply(slope, self.multiply(of(atom), self.inverse(atom.base)))
        elif isinstance(atom, Step):
            self.require(atom.argument, "!=", "the unit step has no derivative at 0")
            inner = ZERO
        elif isinstance(atom, Absolute):
            slope = self.derivative(atom.inside, base, indices)
            inner = self.multiply(slope, self._sign_where(atom.inside, slope, indices)) if slope else ZERO
        elif isinstance(atom, Erfc):
            bell = self.exp(-self.power(atom.argument, 2))
            slope = self.multiply(bell, self.raise_to(self.pi(), number(Fraction(-1, 2)))).scale(-2)
            inner = self.multiply(slope, self.derivative(atom.argument, base, indices))
        elif isinstance(atom, Apply) and len(atom.arguments) == 1:
            inner = self._derivative_of_function(atom.head, atom.arguments[0], base, indices)
        else:
            raise KernelError(f"no derivative of {atom.word}")
        return self.multiply(outer, inner)

    def _at_one_place(self, mine: IndexTerm | Poly, other: IndexTerm | Poly) -> Poly:
        """1 where two places of an array are one, 0 where they differ."""
        if not (isinstance(mine, Poly) or isinstance(other, Poly)):
            return self.delta(mine, other)
        a, b = (number(place) if isinstance(place, int) else place for place in (mine, other))
        gap = a - b if isinstance(a, Poly) and isinstance(b, Poly) else None
        if gap is None or gap.constant() is None:
            raise KernelError("a derivative by an entry of a sequence at another place")
        return ZERO if gap else UNIT

    def _derivative_of_function(self, head: str, argument: Poly | Array, base: t.Symbol, indices: list[IndexTerm | Poly]) -> Poly:
        """The chain rule; f of a vector: the sum of its partial derivatives times the slopes of the entries."""
        if isinstance(argument, Poly):
            return self.multiply(self.apply(f"{head}'", [argument]), self.derivative(argument, base, indices))
        if len(argument[0]) != 1:
            raise KernelError(f"no derivative of {Apply.word}")
        (name,), body = argument
        place = t.fresh(name)
        slope = self.derivative(self.substitute(body, {name: place}), base, indices)
        return self.sum(place, self.multiply(self.partial(head, name, body, place), slope))

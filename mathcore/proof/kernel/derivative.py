"""The derivative table over normal forms."""

from __future__ import annotations

from fractions import Fraction

from mathcore.language import tree as t
from mathcore.proof.kernel.arithmetic import IndexTerm
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Poly, is_call, monomial, number, of
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
        for atom in sorted(a for m in p.terms for a, e in m if a.kind == "abs" and e == 1 and base in a.free):
            inside: Poly = atom.parts[0]  # type: ignore[assignment]  # a polynomial
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
            if atom.kind == "delta":
                keep, drop = atom.parts if atom.parts[0] in indices else atom.parts[::-1]
                p = self.substitute(p, {drop: keep})  # type: ignore[dict-item]  # indices
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
        parts = atom.parts
        if atom.kind == "exp":
            return self.multiply(of(atom, exponent), self.derivative(parts[0], base, indices)).scale(exponent)  # type: ignore[arg-type]  # a monomial
        if 0 < exponent < 1:
            self.require(of(atom), "!=", "a root has no derivative at 0")
        outer = of(atom, exponent - 1).scale(exponent) if exponent != 1 else UNIT
        if atom.kind == "symbol":
            return outer
        if atom.kind == "entry":
            own = parts[1:]
            inner = UNIT
            for mine, other in zip(own, indices, strict=True):
                if isinstance(mine, Poly) or isinstance(other, Poly):
                    gap = (mine if isinstance(mine, Poly) else number(0)) - (other if isinstance(other, Poly) else number(0))
                    if gap.constant() is None:
                        raise KernelError("a derivative by an entry of a sequence at another place")
                    inner = inner if not gap else ZERO
                else:
                    inner = self.multiply(inner, self.delta(mine, other))  # type: ignore[arg-type]  # indices
        elif atom.kind == "log":
            inner = self.multiply(self.derivative(parts[0], base, indices), self.inverse(parts[0]))  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "den":
            inner = self.derivative(parts[0], base, indices)  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "sum":
            fresh, body = self.open(atom)
            inner = self.sum_all(fresh, self.derivative(Poly({body: Fraction(1)}), base, indices))
        elif atom.kind == "range":
            variable, summand, low, high = parts
            if base in low.free | high.free:  # type: ignore[attr-defined]  # polynomials
                raise KernelError("a derivative by the end of a range")
            new, opened = self.open_one(variable, summand)  # type: ignore[arg-type]  # a symbol and a polynomial
            inner = self.range_sum(new, low, high, self.derivative(opened, base, indices))  # type: ignore[arg-type]  # polynomials
        elif atom.kind == "power" and base not in parts[1].free:  # type: ignore[attr-defined]  # polynomials
            slope = self.multiply(parts[1], self.derivative(parts[0], base, indices))  # type: ignore[arg-type]  # polynomials
            inner = self.multiply(slope, self.multiply(of(atom), self.inverse(parts[0])))  # type: ignore[arg-type]  # a polynomial
        elif is_call(atom, "step"):
            self.require(parts[1], "!=", "the unit step has no derivative at 0")  # type: ignore[arg-type]  # a polynomial
            inner = ZERO
        elif atom.kind == "abs":
            slope = self.derivative(parts[0], base, indices)  # type: ignore[arg-type]  # a polynomial
            inner = self.multiply(slope, self._sign_where(parts[0], slope, indices)) if slope else ZERO  # type: ignore[arg-type]  # a polynomial
        elif is_call(atom, "erfc"):
            bell = self.exp(-self.power(parts[1], 2))  # type: ignore[arg-type]  # a polynomial
            slope = self.multiply(bell, self.raise_to(self.pi(), number(Fraction(-1, 2)))).scale(-2)
            inner = self.multiply(slope, self.derivative(parts[1], base, indices))  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "apply" and len(parts) == 2 and isinstance(parts[1], tuple) and len(parts[1][0]) == 1:
            (name,), body = parts[1]  # f of a vector: the sum of its partial derivatives times the slopes of the entries
            place = t.fresh(name)
            slope = self.derivative(self.substitute(body, {name: place}), base, indices)
            inner = self.sum(place, self.multiply(self.partial(parts[0], name, body, place), slope))  # type: ignore[arg-type]  # a name
        elif atom.kind == "apply" and len(parts) == 2 and isinstance(parts[1], Poly):
            inner = self.multiply(self.apply(f"{parts[0]}'", [parts[1]]), self.derivative(parts[1], base, indices))
        else:
            raise KernelError(f"no derivative of {atom.kind}")
        return self.multiply(outer, inner)

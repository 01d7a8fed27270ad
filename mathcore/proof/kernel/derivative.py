"""The derivative table over normal forms."""

from __future__ import annotations

from fractions import Fraction

from mathcore.language import tree as t
from mathcore.proof.kernel.arithmetic import IndexTerm, is_call
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Poly, number, of
from mathcore.proof.kernel.summing import Summing


class Deriving(Summing):
    """Derivatives by a symbol or by one entry of an array."""

    def derivative(self, p: Poly, base: t.Symbol, indices: list[IndexTerm | Poly]) -> Poly:
        result = ZERO
        for m, c in p.terms.items():
            for place, (atom, exponent) in enumerate(m):
                if base not in atom.free:
                    continue
                others = [f for i, f in enumerate(m) if i != place]
                inner = self._derivative_of_atom(atom, exponent, base, indices)
                result = result + self.multiply(self.combine(others), inner).scale(c)
        return result

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
            variable, body, low, high = parts
            if base in low.free | high.free:  # type: ignore[attr-defined]  # polynomials
                raise KernelError("a derivative by the end of a range")
            inner = self.range_sum(variable, low, high, self.derivative(body, base, indices))  # type: ignore[arg-type]  # polynomials
        elif atom.kind == "power" and base not in parts[1].free:  # type: ignore[attr-defined]  # polynomials
            slope = self.multiply(parts[1], self.derivative(parts[0], base, indices))  # type: ignore[arg-type]  # polynomials
            inner = self.multiply(slope, self.multiply(of(atom), self.inverse(parts[0])))  # type: ignore[arg-type]  # a polynomial
        elif is_call(atom, "step"):
            self.require(parts[1], "!=", "the unit step has no derivative at 0")  # type: ignore[arg-type]  # a polynomial
            inner = ZERO
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

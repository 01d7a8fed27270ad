"""Limits by growth: what a normal form is like as y -> inf, y > 0: exponentials before powers before logarithms.

Each term is equivalent to coefficient * exp(E(y)) y^a log(y)^b, where E is a polynomial in y without constant term.
Of a sum the terms that grow fastest decide, unless their coefficients cancel: then nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.proof.kernel.normal import Normal, holds
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Poly, number, of
from mathcore.proof.kernel.show import show
from mathcore.proof.scope import NotShown

Value = Poly | str
DEEPEST = 6


@dataclass(frozen=True)
class Rate:
    """exp(E(y)) y^a log(y)^b"""

    exponent: Poly = ZERO
    power: Poly = ZERO
    log: Fraction = Fraction(0)

    def times(self, other: Rate) -> Rate:
        return Rate(self.exponent + other.exponent, self.power + other.power, self.log + other.log)

    def to(self, e: Fraction) -> Rate:
        return Rate(self.exponent.scale(e), self.power.scale(e), self.log * e)


Leading = tuple[Rate, Poly]  # f is equivalent to coefficient * rate; the coefficient is not 0


class Growth:
    """Leading terms as the positive symbol y tends to infinity; facts hold for all y, or for y large enough."""

    def __init__(self, normal: Normal, y: t.Symbol) -> None:
        self.normal, self.y = normal, y
        self.place = normal.symbol(y)
        (self.atom,) = self.place.atoms()
        self.depth = 0

    def limit(self, p: Poly) -> Value:
        p = self.opened(p)
        if not p or self.normal.is_zero(p):
            return ZERO
        if self.y not in p.free:
            return p
        rate, coefficient = self.leading(p, strict=False)
        sign = self.sign_of_rate(rate)
        if sign < 0:
            return ZERO
        if sign == 0:
            return coefficient
        if not coefficient:
            raise NotShown(f"the leading terms of {show(p)} cancel")
        return "inf" if self.sign(coefficient) > 0 else "-inf"

    def eventually(self, p: Poly, relation: str) -> bool:
        """Whether p is > 0 (or >= 0, or != 0) for every y that is large enough."""
        p = self.opened(p)
        if self.normal.facts.positive(p) or (relation == ">=" and self.normal.facts.nonnegative(p)):
            return True
        _, coefficient = self.leading(p)
        return relation == "!=" or self.sign(coefficient) > 0

    # comparing -----------------------------------------------------------------------------------------------

    def sign(self, value: Poly) -> int:
        """1 or -1, or not shown."""
        facts = self.normal.facts
        if facts.positive(value):
            return 1
        if facts.positive(-value):
            return -1
        raise NotShown(f"the sign of {show(value)} is not known")

    def sign_of_rate(self, rate: Rate) -> int:
        """Whether the rate tends to inf (1), is 1 (0) or tends to 0 (-1)."""
        by_degree: dict[Fraction, Poly] = {}
        for m, c in rate.exponent.terms.items():
            degree = dict(m).get(self.atom, Fraction(0))
            rest = Poly({tuple(f for f in m if f[0] is not self.atom): c})
            by_degree[degree] = by_degree.get(degree, ZERO) + rest
        for degree in sorted(by_degree, reverse=True):
            if by_degree[degree]:
                return self.sign(by_degree[degree])
        if rate.power:
            return self.sign(rate.power)
        return (rate.log > 0) - (rate.log < 0)

    # leading terms -------------------------------------------------------------------------------------------

    def leading(self, p: Poly, strict: bool = True) -> Leading:
        """Not `strict`: the coefficient may be 0, so the rate is only an upper bound: enough if it does not grow."""
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise NotShown("too deeply nested")
            return self._leading(p, strict)
        finally:
            self.depth -= 1

    def _leading(self, p: Poly, strict: bool) -> Leading:
        if not p:
            raise NotShown("0 has no leading term")
        content, common, primitive = self.normal.content(p, lambda _: True)
        rate, coefficient = self.of_factors(common)
        coefficient = coefficient.scale(content)
        if primitive == UNIT:
            return rate, coefficient
        best: list[Leading] = []
        for m, c in primitive.terms.items():
            one, factor = self.of_factors(m)
            order = self.sign_of_rate(one.times(best[0][0].to(Fraction(-1)))) if best else 1
            if order >= 0:
                best = ([] if order > 0 else best) + [(one, factor.scale(c))]
        total = ZERO
        for _, factor in best:
            total = total + factor
        if strict and not self.normal.facts.nonzero(total):
            raise NotShown(f"the leading terms of {show(p)} may cancel")
        return rate.times(best[0][0]), self.normal.multiply(coefficient, total)

    def of_factors(self, factors: tuple[tuple[Atom, Fraction], ...]) -> Leading:
        rate, coefficient = Rate(), UNIT
        for atom, exponent in factors:
            if self.y not in atom.free:
                coefficient = self.normal.multiply(coefficient, self.normal.combine([(atom, exponent)]))
                continue
            one, factor = self.of_atom(atom, exponent)
            rate, coefficient = rate.times(one), self.normal.multiply(coefficient, factor)
        return rate, coefficient

    def of_atom(self, atom: Atom, exponent: Fraction) -> Leading:
        """atom^exponent"""
        if atom is self.atom:
            return Rate(power=number(exponent)), UNIT
        if atom.kind == "exp":
            return self._of_exp(atom.parts[0], exponent)  # type: ignore[arg-type]  # a monomial
        if atom.kind == "log":
            rate, coefficient = self._of_log(atom.parts[0])  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "den":
            rate, coefficient = self.leading(self.opened(atom.parts[0]))  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "abs":
            rate, coefficient = self.leading(self.opened(atom.parts[0]))  # type: ignore[arg-type]  # a polynomial
            coefficient = self.normal.absolute(coefficient)
        elif atom.kind == "sum":
            binders, body = self.normal.open(atom)
            value = self.limit(Poly({body: Fraction(1)}))
            if isinstance(value, str):
                raise NotShown("a sum whose terms grow")
            rate, coefficient = Rate(), self.normal.sum_all(binders, value)
        else:
            raise NotShown(f"no rule for the growth of {show(of(atom))}")
        if exponent != 1 and not self.normal.facts.nonzero(coefficient):
            raise NotShown(f"the sign of {show(coefficient)} is not known")
        if not coefficient:
            raise NotShown(f"how fast {show(of(atom))} tends to 0 is not known")
        return rate.to(exponent), self.normal.raise_to(coefficient, number(exponent))

    def _of_exp(self, inside: Poly, exponent: Fraction) -> Leading:
        ((m, c),) = inside.terms.items()
        powers, logs = dict(m), [(a, e) for a, e in m if a.kind == "log" and a.parts[0] == self.place]
        others = Poly({tuple(f for f in m if f[0] is not self.atom and f not in logs): c * exponent})
        if self.y not in others.free:
            if powers.get(self.atom, 0) > 0 and not logs:
                return Rate(exponent=inside.scale(exponent)), UNIT
            if self.atom not in powers and logs and logs[0][1] == 1:
                return Rate(power=others), UNIT
        value = self.limit(inside.scale(exponent))
        if isinstance(value, str):
            raise NotShown(f"no rule for the growth of exp({show(inside.scale(exponent))})")
        return Rate(), self.normal.exp(value)

    def _of_log(self, inside: Poly) -> Leading:
        if inside == self.place:
            return Rate(log=Fraction(1)), UNIT
        small = inside - UNIT
        value = self.limit(inside)
        if isinstance(value, Poly) and self.normal.is_zero(value - UNIT):
            return self.leading(self.opened(small))  # log(1 + u) is equivalent to u as u -> 0
        if isinstance(value, Poly) and self.normal.facts.positive(value):
            result = self.normal.log(value)
            if result:
                return Rate(), result
        raise NotShown(f"no rule for the growth of log({show(inside)})")

    # logarithms taken apart exactly --------------------------------------------------------------------------

    def opened(self, p: Poly) -> Poly:
        """log(q) = log(lead) + log(q / lead), where lead = exp(E) y^a is what grows fastest in q; |q| by its sign."""
        result = ZERO
        for m, c in p.terms.items():
            term = Poly({(): c})
            for atom, exponent in m:
                part = of(atom, exponent)
                if self.y in atom.free and exponent.denominator == 1 and exponent > 0 and atom.kind in ("log", "abs"):
                    part = self.normal.power(self._opened_atom(atom), int(exponent))
                term = self.normal.multiply(term, part)
            result = result + term
        return result

    def _opened_atom(self, atom: Atom) -> Poly:
        inside: Poly = atom.parts[0]  # type: ignore[assignment]  # a polynomial
        if inside == self.place:
            return of(atom)
        try:
            rate, coefficient = self.leading(self.opened(inside))
            sign = self.sign(coefficient)
        except NotShown:
            return of(atom)
        if atom.kind == "abs":
            return inside.scale(sign)  # for y large enough
        if not rate.exponent and not rate.power:
            return of(atom)
        power = rate.power.constant()
        if power is None or rate.log or sign < 0:
            return of(atom)
        down = self.normal.multiply(self.normal.exp(-rate.exponent), of(self.atom, -power))
        rest = self.normal.multiply(inside, down)
        if any(holds(a, atom) for a in rest.atoms()):
            return of(atom)
        tail = of(Atom("log", (rest,), rest.key, rest.free, rest.depth))  # as it stands: `log` would put the factors back
        return rate.exponent + self.normal.log(self.place).scale(power) + tail


def near(normal: Normal, node: t.Limit, body: t.Expr, side: str) -> Value:
    """The limit of a body from one side, the variable written as inf, -inf or point +- 1/y for y -> inf."""
    y = t.fresh(t.Symbol("y", t.Type("positive")))
    one: t.Expr = y
    if node.point == t.Neg(t.INFINITY):
        one = t.Neg(y)
    elif node.point != t.INFINITY:
        step = t.Div(t.number(1), y)
        one = t.Paren(t.Add(node.point, step) if side == "+" else t.Sub(node.point, step))
    elif node.variable.type.domain == "natural":
        y = t.fresh(t.Symbol("y", t.Type("natural", minimum=1)))
        one = y
    before = dict(normal.conditions)
    try:
        normal.conditions.clear()
        p = normal.read(t.substitute(body, {node.variable: one}))
        growth = Growth(normal, y)
        for condition in list(normal.conditions.values()):
            if y in condition.value.free:
                if not growth.eventually(condition.value, condition.relation):
                    raise NotShown(f"{show(condition.value)} {condition.relation} 0 is not shown near the point")
                del normal.conditions[f"{condition.value.key} {condition.relation} 0"]
        before |= normal.conditions
        normal.conditions.clear()
        value = growth.limit(p)
        if any(y in c.value.free for c in normal.conditions.values()):
            raise NotShown("a condition on the way is not shown")
        before |= normal.conditions
    except KernelError as error:
        raise NotShown(str(error)) from None
    finally:
        normal.conditions.clear()
        normal.conditions |= before
    return value


def first_order(normal: Normal, node: t.Limit, above: t.Expr, below: t.Expr) -> Poly:
    """f / g where f and g are 0 at the point: the quotient of their derivatives there, by the definition of a derivative."""
    x = node.variable
    inner, before = t.fresh(t.Symbol(x.name, t.Type("real"))), dict(normal.conditions)
    point = normal.read(node.point)
    slopes = []
    try:
        normal.conditions.clear()
        for side in (above, below):
            p = normal.read(t.substitute(side, {x: inner}))
            slope = normal.derivative(p, inner, [])
            for condition in normal.conditions.values():
                there = normal.substitute(condition.value, {inner: point})
                strict = normal.facts.nonzero if condition.relation == "!=" else normal.facts.positive
                if not strict(there):
                    raise NotShown(f"{show(condition.value)} {condition.relation} 0 is not shown at the point")
            normal.conditions.clear()
            if not normal.is_zero(normal.substitute(p, {inner: point})):
                raise NotShown("not 0 over 0")
            slopes.append(normal.substitute(slope, {inner: point}))
        if not normal.facts.nonzero(slopes[1]):
            raise NotShown(f"the slope {show(slopes[1])} of the denominator is not shown to differ from 0")
        result = normal.multiply(slopes[0], normal.inverse(slopes[1]))
    except KernelError as error:
        raise NotShown(str(error)) from None
    finally:
        normal.conditions.clear()
        normal.conditions |= before
    return result

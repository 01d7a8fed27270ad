"""Limits by growth: what a normal form is like as y -> inf, y > 0: exponentials before powers before logarithms.

Each term is equivalent to coefficient * exp(E(y)) y^a log(y)^b, where E is a polynomial in y without constant term.
Of a sum the terms that grow fastest decide, unless their coefficients cancel: then nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.proof.kernel.normal import Normal, holds
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Poly, is_call, number, of
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.expansion import Expanding
from mathcore.proof.scope import NotShown

Value = Poly | str
DEEPEST = 6
ORDERS = 4  # of derivatives at a point where a quotient is 0 over 0


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


Leader = tuple[t.Symbol, t.Symbol, Poly, str]  # k, j, what is positive for every k but j, by which hypothesis
Leading = tuple[Rate, Poly]  # f is equivalent to coefficient * rate; the coefficient is not 0


class Growth:
    """Leading terms as the positive symbol y tends to infinity; facts hold for all y, or for y large enough."""

    def __init__(self, normal: Normal, y: t.Symbol, leaders: Sequence[Leader] = ()) -> None:
        self.normal, self.y, self.leaders = normal, y, leaders
        self.place = normal.symbol(y)
        (self.atom,) = self.place.atoms()
        self.depth = 0

    def limit(self, p: Poly) -> Value:
        p = self.opened(p)
        if not p or self.normal.is_zero(p):
            return ZERO
        p = self.lasting(p)
        if self.y not in p.free:
            return p
        rate, coefficient = self.leading(p, strict=False)
        sign = self.sign_of_rate(rate)
        if sign < 0:
            return ZERO
        if sign == 0:
            return coefficient
        if not coefficient:
            return self.conjugate(p)
        return "inf" if self.sign(coefficient) > 0 else "-inf"

    def lasting(self, p: Poly) -> Poly:
        """Without the terms that tend to 0 as b^y does where |b| < 1, b of any sign: such a power has no leading term."""
        return Poly({m: c for m, c in p.terms.items() if not self.vanishes(m)})

    def vanishes(self, m: tuple[tuple[Atom, Fraction], ...]) -> bool:
        powers = [(a, e) for a, e in m if a.kind == "power" and self.y in a.free]
        if not powers or not all(self._shrinks(a, e) for a, e in powers):
            return False
        others = tuple(f for f in m if f not in powers)
        try:
            return not self.of_factors(others)[0].exponent  # beside them, what grows like a power of y is nothing
        except NotShown:
            return False

    def _shrinks(self, atom: Atom, exponent: Fraction) -> bool:
        """base^(c y) with |base| < 1 and c > 0; y counts 1, 2, 3, ..."""
        base: Poly = atom.parts[0]  # type: ignore[assignment]  # a polynomial
        facts = self.normal.facts
        inside = self.y not in base.free and atom.parts[1] == self.place and exponent > 0
        if not inside:
            return False
        between = facts.positive(UNIT - base) and facts.positive(UNIT + base)
        return between or facts.positive(UNIT - self.normal.absolute(base))

    def conjugate(self, p: Poly) -> Value:
        """a - b as (a^2 - b^2) / (a + b), for a root a or b; a + b is not 0, as both are positive."""
        parts = [Poly({m: abs(c)}) for m, c in p.terms.items()]
        signs = sorted(p.terms.values())
        rooted = any(e.denominator == 2 for m in p.terms for _, e in m)
        if len(parts) != 2 or not rooted or not signs[0] < 0 < signs[1] or not all(self.eventually(q, ">") for q in parts):
            raise NotShown(f"the leading terms of {show(p)} cancel")
        a, b = parts if p.terms[next(iter(parts[0].terms))] > 0 else parts[::-1]
        above = self.normal.power(a, 2) - self.normal.power(b, 2)
        if not above or self.normal.is_zero(above):
            return ZERO
        (high, top), (low, bottom) = self.leading(above), self.leading(a + b)
        order = self.sign_of_rate(high.times(low.to(Fraction(-1))))
        value = self.normal.multiply(top, self.normal.inverse(bottom))
        if order <= 0:
            return value if order == 0 else ZERO
        return "inf" if self.sign(value) > 0 else "-inf"

    def eventually(self, p: Poly, relation: str) -> bool:
        """Whether p is > 0 (or >= 0, or != 0) for every y that is large enough."""
        p = self.opened(p)
        if self.normal.facts.positive(p) or (relation == ">=" and self.normal.facts.nonnegative(p)):
            return True
        _, coefficient = self.leading(p)
        return self.normal.facts.nonzero(coefficient) if relation == "!=" else self.sign(coefficient) > 0

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
        kept = self.lasting(p)
        if len(kept.terms) < len(p.terms):
            rate, coefficient = self._leading(kept, strict)
            if self.sign_of_rate(rate) < 0:
                raise NotShown(f"the rest of {show(p)} tends to 0 as well")
            return rate, coefficient
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
        rate, coefficient, inside = Rate(), UNIT, ZERO
        for atom, exponent in factors:
            if self.y not in atom.free:
                coefficient = self.normal.multiply(coefficient, self.normal.combine([(atom, exponent)]))
                continue
            if atom.kind == "exp":  # exp(a) exp(b) as exp(a + b): what grows in a may be what falls in b
                inside = inside + atom.parts[0].scale(exponent)  # type: ignore[attr-defined]  # a monomial
                continue
            one, factor = self.of_atom(atom, exponent)
            rate, coefficient = rate.times(one), self.normal.multiply(coefficient, factor)
        if inside:
            one, factor = self._of_exp(inside)
            rate, coefficient = rate.times(one), self.normal.multiply(coefficient, factor)
        return rate, coefficient

    def of_atom(self, atom: Atom, exponent: Fraction) -> Leading:
        """atom^exponent"""
        if atom is self.atom:
            return Rate(power=number(exponent)), UNIT
        if atom.kind == "log":
            rate, coefficient = self._of_log(atom.parts[0])  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "den":
            rate, coefficient = self.leading(self.opened(atom.parts[0]))  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "abs":
            rate, coefficient = self.leading(self.opened(atom.parts[0]))  # type: ignore[arg-type]  # a polynomial
            coefficient = self.normal.absolute(coefficient)
        elif is_call(atom, "erfc"):
            rate, coefficient = self._of_erfc(atom.parts[1])  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "sum":
            binders, body = self.normal.open(atom)
            if any(self.y in t.free_symbols(b) for b in binders):
                raise NotShown("the number of terms changes on the way")
            try:
                value = self.limit(Poly({body: Fraction(1)}))
            except NotShown:
                value = "inf"
            if isinstance(value, str):
                rate, coefficient = self._of_largest_term(binders, body)
            else:
                rate, coefficient = Rate(), self.normal.sum_all(binders, value)
        else:
            raise NotShown(f"no rule for the growth of {show(of(atom))}")
        if exponent != 1 and not self.normal.facts.nonzero(coefficient):
            raise NotShown(f"the sign of {show(coefficient)} is not known")
        if not coefficient:
            raise NotShown(f"how fast {show(of(atom))} tends to 0 is not known")
        return rate.to(exponent), self.normal.raise_to(coefficient, number(exponent))

    def _of_largest_term(self, binders: list[t.Symbol], body: tuple[tuple[Atom, Fraction], ...]) -> Leading:
        """A sum of w_k exp(E_k), w free of y: the term at j, where a hypothesis makes E_j - E_k grow for every other k."""
        inside, rest = ZERO, list[tuple[Atom, Fraction]]()
        for atom, exponent in body:
            if atom.kind == "exp":
                inside = inside + atom.parts[0].scale(exponent)  # type: ignore[attr-defined]  # a polynomial
            else:
                rest.append((atom, exponent))
        if len(binders) == 1 and not any(self.y in atom.free for atom, _ in rest):
            (binder,) = binders
            for k, j, gap, source in self.leaders:
                if k.type != binder.type or j.type != binder.type:
                    continue
                with self.normal.facts.assuming(positive=[self.normal.substitute(gap, {k: binder})]):
                    try:
                        rate, _ = self._of_exp(inside - self.normal.substitute(inside, {binder: j}))
                        if self.sign_of_rate(rate) >= 0:
                            continue
                    except NotShown:
                        continue
                self.normal.facts.used.add(source)
                return self.leading(self.normal.substitute(Poly({body: Fraction(1)}), {binder: j}), strict=False)
        raise NotShown("a sum whose terms grow")

    def _of_exp(self, inside: Poly) -> Leading:
        """exp(E): what is c y^a, or c log(y), in E gives the rate; the rest has to have a limit."""
        exponent, power, rest = ZERO, ZERO, ZERO
        for m, c in self.opened(inside).terms.items():
            powers, logs = dict(m), [(a, e) for a, e in m if a.kind == "log" and a.parts[0] == self.place]
            others = Poly({tuple(f for f in m if f[0] is not self.atom and f not in logs): c})
            if self.y not in others.free and powers.get(self.atom, 0) > 0 and not logs:
                exponent = exponent + Poly({m: c})
            elif self.y not in others.free and self.atom not in powers and logs and logs[0][1] == 1:
                power = power + others
            else:
                rest = rest + Poly({m: c})
        value = self.limit(rest) if rest else ZERO
        if isinstance(value, str):
            raise NotShown(f"no rule for the growth of exp({show(inside)})")
        return Rate(exponent, power), self.normal.exp(value)

    def _of_erfc(self, inside: Poly) -> Leading:
        """erfc(u) is equivalent to exp(-u^2) / (u sqrt(pi)) as u -> inf, and tends to 2 as u -> -inf."""
        value = self.limit(inside)
        if isinstance(value, Poly):
            return Rate(), self.normal.erfc(value)  # never 0
        if value == "-inf":
            return Rate(), number(2)
        rate, coefficient = self.leading(self.opened(inside))
        fall, at_zero = self._of_exp(-self.normal.power(inside, 2))
        root = self.normal.raise_to(self.normal.pi(), number(Fraction(-1, 2)))
        scale = self.normal.multiply(self.normal.multiply(at_zero, self.normal.inverse(coefficient)), root)
        return fall.times(rate.to(Fraction(-1))), scale

    def _of_log(self, inside: Poly) -> Leading:
        if inside == self.place:
            return Rate(log=Fraction(1)), UNIT
        small = inside - UNIT
        try:
            value = self.limit(inside)
        except NotShown:  # which exponential grows fastest is not known
            return Rate(power=UNIT), self._largest_slope(inside)
        if isinstance(value, Poly) and self.normal.is_zero(value - UNIT):
            return self.leading(self.opened(small))  # log(1 + u) is equivalent to u as u -> 0
        if isinstance(value, Poly) and self.normal.facts.positive(value):
            result = self.normal.log(value)
            if result:
                return Rate(), result
        raise NotShown(f"no rule for the growth of log({show(inside)})")

    def _largest_slope(self, inside: Poly) -> Poly:
        """m, for log(sum of w_i exp(a_i y)) = m y + what stays bounded: the largest a_i, where all w_i > 0. It may be 0."""
        values: list[Poly] = []
        for m, c in inside.terms.items():
            slope = self._slope([], m)
            if c <= 0 or slope is None:
                raise NotShown(f"no rule for the growth of log({show(inside)})")
            values.append(slope)
        return self.normal.extreme("max", values)

    def _slope(self, binders: list[t.Symbol], m: tuple[tuple[Atom, Fraction], ...]) -> Poly | None:
        """The largest a over the binders, of w exp(a y) with w > 0 free of y."""
        inside, rest = ZERO, list[tuple[Atom, Fraction]]()
        for atom, exponent in m:
            if atom.kind == "exp" and self.y in atom.free:
                inside = inside + atom.parts[0].scale(exponent)  # type: ignore[attr-defined]  # a polynomial
            elif atom.kind == "sum" and self.y in atom.free and exponent == 1 and len(m) == 1:
                fresh, body = self.normal.open(atom)
                return self._slope(fresh, tuple(body))
            else:
                rest.append((atom, exponent))
        slope = self.normal.multiply(inside, of(self.atom, Fraction(-1)))
        weight = Poly({tuple(rest): Fraction(1)})
        if self.y in slope.free or self.y in weight.free or not self.normal.facts.positive(weight):
            return None
        for binder in binders:
            slope = self.normal.big_extreme("max", binder, slope)
        return slope

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


def _powers_as_exponentials(node: t.Expr, y: t.Symbol) -> t.Expr:
    """b^e as exp(e log(b)) for an e that is no number: the same where b > 0, which reading the logarithm asks for."""
    node = t.map_children(node, lambda part: _powers_as_exponentials(part, y))
    if isinstance(node, t.Pow) and y in t.free_symbols(node) and t.free_symbols(node.exponent):
        return t.Call("exp", (t.Mul(t.Paren(node.exponent), t.Call("log", (node.base,))),))
    return node


def near(normal: Normal, node: t.Limit, body: t.Expr, side: str, leaders: Sequence[Leader] = ()) -> Value:
    """The limit of a body from one side; what it needs to have a value has to hold near the point."""
    y, one = on_the_way(node, side)
    moved = t.substitute(body, {node.variable: one})
    try:
        return _grown(normal, moved, y, leaders)
    except NotShown:
        if t.same(powers := _powers_as_exponentials(moved, y), moved):
            raise
    return _grown(normal, powers, y, leaders)


def holds_near(normal: Normal, node: t.Limit, relation: t.Relation, side: str) -> bool:
    """Whether a < b, a >= b, ... holds for every place that is near enough to the point."""
    y, one = on_the_way(node, side)
    ((a, b),), op = [relation.args], relation.ops[0]
    gap = t.Sub(t.Paren(b), t.Paren(a)) if op in ("<", "<=") else t.Sub(t.Paren(a), t.Paren(b))
    kind = {"<": ">", "<=": ">="}.get(op, op)
    try:
        return kind != "=" and Expanding(normal, y).eventually(normal.read(t.substitute(gap, {node.variable: one})), kind)
    except (NotShown, KernelError):
        return False


def on_the_way(node: t.Limit, side: str) -> tuple[t.Symbol, t.Expr]:
    """y, and the variable written as y, -y or point +- 1/y for y -> inf."""
    y = t.fresh(t.Symbol("y", t.Type("positive")))
    if node.point == t.Neg(t.INFINITY):
        return y, t.Neg(y)
    if node.point != t.INFINITY:
        step = t.Div(t.number(1), y)
        return y, t.Paren(t.Add(node.point, step) if side == "+" else t.Sub(node.point, step))
    if node.variable.type.domain in ("natural", "size"):
        y = t.fresh(t.Symbol("y", t.Type("natural", minimum=1)))
    return y, y


def _grown(normal: Normal, moved: t.Expr, y: t.Symbol, leaders: Sequence[Leader]) -> Value:
    """The limit for y -> inf, by expansions, else by what grows fastest."""
    try:
        return _told(normal, moved, y, Expanding(normal, y))
    except NotShown:
        return _told(normal, moved, y, Growth(normal, y, leaders))


def _told(normal: Normal, moved: t.Expr, y: t.Symbol, growth: Growth | Expanding) -> Value:
    before = dict(normal.conditions)
    try:
        normal.conditions.clear()
        p = normal.read(moved)
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


def slopes(normal: Normal, node: t.Limit, above: t.Expr, below: t.Expr, is_zero: Callable[[Poly], bool]) -> Poly:
    """f / g where both are 0 at a point, and their derivatives up to an order: the quotient of the next ones there (Taylor)."""
    x = node.variable
    before, point = dict(normal.conditions), normal.read(node.point)
    domain = "positive" if normal.facts.positive(point) else "real"  # all around the point
    inner = t.fresh(t.Symbol(x.name, t.Type(domain)))

    def there(p: Poly) -> Poly:
        """The value at the point; what p needs to have a value has to hold around it."""
        for condition in normal.conditions.values():
            value = normal.substitute(condition.value, {inner: point})
            strict = normal.facts.nonzero if condition.relation == "!=" else normal.facts.positive
            if not strict(value):
                raise NotShown(f"{show(condition.value)} {condition.relation} 0 is not shown at the point")
        normal.conditions.clear()
        return normal.substitute(p, {inner: point})

    try:
        normal.conditions.clear()
        parts = [normal.read(t.substitute(side, {x: inner})) for side in (above, below)]
        values = [there(p) for p in parts]
        for _ in range(ORDERS):
            if not all(map(is_zero, values)):
                raise NotShown("not 0 over 0")
            parts = [normal.derivative(p, inner, []) for p in parts]
            values = [there(p) for p in parts]
            if not is_zero(values[1]):
                break
        if not normal.facts.nonzero(values[1]):
            raise NotShown(f"the slope {show(values[1])} of the denominator is not shown to differ from 0")
        result = normal.multiply(values[0], normal.inverse(values[1]))
    except KernelError as error:
        raise NotShown(str(error)) from None
    finally:
        normal.conditions.clear()
        normal.conditions |= before
    return result

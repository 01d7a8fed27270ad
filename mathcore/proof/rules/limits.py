"""The algebra of limits on the tree: the limit of each part, put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import partial

from mathcore.language import tree as t
from mathcore.language.substitution import substitute, unfold
from mathcore.proof.deadline import OutOfTime, limited
from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.numbers import sign_of_number
from mathcore.proof.kernel.polynomial import UNIT, ZERO, KernelError, Poly, number
from mathcore.proof.kernel.show import show
from mathcore.proof.kernel.signs import Fact
from mathcore.proof.rules.expansion import near
from mathcore.proof.scope import NotShown, Scope, Trace, is_index, text_of

Value = Poly | str  # a finite limit, or "inf" / "-inf"


PATIENCE = 0.5  # seconds of processor time that sympy is given for a limit


def value_of(scope: Scope, node: t.Expr) -> tuple[t.Limit, Normal, Value]:
    """What a limit comes out as: with a letter of its own, the reader that knows what it rests on, the value."""
    core = t.bare(scope.unfold(node))
    if not isinstance(core, t.Limit):
        raise NotShown("the left side is no limit")
    if any(isinstance(n, t.Limit) for n in t.walk(core.body)):
        raise NotShown("a limit inside a limit: that it exists and is finite is not shown")
    core = freshened(core)
    normal = scope.normal()
    normal.require_approach(core.variable, point_of(normal, core), core.side)
    return core, normal, _value(scope, normal, core)


def freshened(node: t.Limit) -> t.Limit:
    """The limit in a letter of its own (what hypotheses say of the free one does not hold on the way), from the side that is
    left where the domain of the letter ends at the point."""
    variable = t.fresh(node.variable)
    low, _, high, _ = t.DOMAINS[variable.type.domain]
    ends = {t.number(end): side for end, side in ((low, "+"), (high, "-")) if end is not None}
    side = node.side or ends.get(node.point, "")
    return t.Limit(variable, node.point, side, substitute(node.body, {node.variable: variable}))


def _value(scope: Scope, normal: Normal, core: t.Limit) -> Value:
    """By the limits of the parts; else by expansions, from each side that is meant."""
    own = replace(scope, trace=Trace())
    with suppress(NotShown, KernelError):
        value = Limits(own, core).of(core.body)
        scope.trace.include(own.trace)
        return value
    body, scope_normal = scope.unfold(core.body), scope.normal()
    infinite = core.point in (t.INFINITY, t.Neg(t.INFINITY))
    sides = [core.side or "+"] if infinite or core.side else ["+", "-"]

    def is_zero(p: Poly) -> bool:
        return scope.vanishes(p, scope_normal, hypotheses=True)

    leaders = scope.leaders(scope_normal)
    found = [near(scope_normal, core, body, side, is_zero, leaders) for side in sides]
    if isinstance(found[0], str) or isinstance(found[-1], str):
        agree = found[0] == found[-1]
    else:
        agree = is_zero(found[0] - found[-1])
    if not agree:
        raise NotShown("the limits from the left and from the right differ")
    scope.take(scope_normal)
    return found[0]


def point_of(normal: Normal, node: t.Limit) -> Poly | str:
    return {t.INFINITY: "inf", t.Neg(t.INFINITY): "-inf"}.get(node.point) or normal.read(node.point)


def by_sympy(node: t.Limit, definitions: Mapping[str, t.Definition], seconds: float = PATIENCE) -> t.Expr | None:
    """The limit that sympy's Gruntz finds; None where it finds none in time."""
    import sympy  # noqa: F401  # loaded before the clock runs

    from mathcore.language.sympy_bridge import limit as gruntz

    unfolded = replace(node, point=unfold(node.point, definitions), body=unfold(node.body, definitions))
    try:
        with limited(seconds):
            return gruntz(t.map_children(unfolded, lambda part: _branch(unfolded, part, gruntz)), {})
    except OutOfTime:
        return None
    except Exception:  # whatever sympy raises on a strange formula: it has no word on it
        return None


def _branch(limit: t.Limit, node: t.Expr, gruntz: Callable[[t.Expr], t.Expr | None]) -> t.Expr:
    """max(a, b) as a or as b, by the limit that sympy finds for a - b: it knows no limits of maxima."""
    node = t.map_children(node, lambda part: _branch(limit, part, gruntz))
    if not (isinstance(node, t.Call) and node.name in ("max", "min") and limit.variable in t.free_symbols(node)):
        return node
    best = node.args[0]
    for other in node.args[1:]:
        gap = gruntz(replace(limit, body=t.Sub(t.Paren(best), t.Paren(other))))
        if gap is None:
            return node
        sign = {t.INFINITY: 1, t.Neg(t.INFINITY): -1}.get(t.bare(gap)) or sign_of_number(Normal(Facts(), {}).read(gap))
        if sign is None:
            return node
        best = best if (sign > 0) is (node.name == "max") else other
    return best


def same_value(normal: Normal, found: t.Expr, wanted: t.Expr) -> bool | None:
    """Whether two limits are one; None where that is not known."""
    infinite = {text_of(t.bare(v)) for v in (found, wanted)} & {"inf", "-inf"}
    if infinite:
        return text_of(t.bare(found)) == text_of(t.bare(wanted))
    try:
        gap = normal.read(found) - normal.read(wanted)
        return normal.is_zero(gap)
    except KernelError:  # sympy's answer has cases, or hides an infinity
        return None


class Limits:
    """The limit of a tree as its variable tends to a point."""

    def __init__(self, scope: Scope, node: t.Limit) -> None:
        self.scope, self.variable = scope, node.variable
        self.node = node
        zero = isinstance(node.point, t.Number) and node.point.value == 0
        self.above = node.point == t.INFINITY or (zero and node.side == "+")  # the variable is positive on the way

    def of(self, node: t.Expr) -> Value:
        node = t.bare(node)
        if self.variable not in t.free_symbols(node):
            return self.finite(node)
        handler = getattr(self, "_" + type(node).__name__.lower(), None)
        if handler is None:
            raise NotShown(f"no rule for the limit of {text_of(node)}")
        return handler(node)  # type: ignore[no-any-return]  # handlers return Value

    def finite(self, node: t.Expr) -> Poly:
        return self.scope.asked(lambda normal: normal.read(self.scope.unfold(node)))

    def sign(self, value: Poly) -> int:
        for sign in (1, -1):
            if self.scope.asked(lambda normal, sign=sign: normal.facts.positive(value.scale(sign))):  # type: ignore[misc]  # a lambda
                return sign
        raise NotShown(f"the sign of {show(value)} is not known")

    def _symbol(self, node: t.Symbol) -> Value:
        point = self.node.point
        if point == t.INFINITY:
            return "inf"
        if point == t.Neg(t.INFINITY):
            return "-inf"
        return self.finite(point)

    def _neg(self, node: t.Neg) -> Value:
        return negate(self.of(node.body))

    def _add(self, node: t.Add) -> Value:
        return add(self.of(node.left), self.of(node.right))

    def _sub(self, node: t.Sub) -> Value:
        return add(self.of(node.left), negate(self.of(node.right)))

    def _mul(self, node: t.Mul) -> Value:
        return self.times(self.of(node.left), self.of(node.right))

    def times(self, a: Value, b: Value) -> Value:
        if isinstance(a, Poly) and isinstance(b, Poly):
            return self.scope.asked(lambda normal: normal.multiply(a, b))
        if isinstance(a, str) and isinstance(b, str):
            return "inf" if a == b else "-inf"
        finite, infinite = (a, b) if isinstance(a, Poly) else (b, a)
        if not finite:
            raise NotShown("0 times infinity is undetermined")
        return infinite if self.sign(finite) > 0 else negate(infinite)  # type: ignore[arg-type]  # one is a polynomial

    def _div(self, node: t.Div) -> Value:
        above, below = self.of(node.left), self.of(node.right)
        if isinstance(below, str):
            if isinstance(above, str):
                raise NotShown("infinity over infinity is undetermined")
            return ZERO
        if below:
            return self.times(above, self.scope.asked(lambda normal: normal.inverse(below)))
        # the denominator tends to 0: from above if it is the variable itself (to a positive power) at 0+
        if isinstance(above, str):
            infinite: Value = above
        elif not above and not self.finite_zero(node.left):
            raise NotShown("0 over 0 is undetermined")
        elif not above:
            infinite = ZERO
        else:
            infinite = "inf" if self.sign(above) > 0 else "-inf"
        if not self.positive_near(node.right):
            raise NotShown(f"{text_of(node.right)} tends to 0, its sign on the way is not known")
        return infinite

    def finite_zero(self, node: t.Expr) -> bool:
        """Identically zero, not only in the limit."""
        return self.scope.asked(lambda normal: normal.is_zero(normal.read(self.scope.unfold(node))))

    def positive_near(self, node: t.Expr) -> bool:
        def positive(normal: Normal) -> bool:
            normal.facts.add(Fact(normal.symbol(self.variable), True))
            positive = normal.facts.positive(normal.read(self.scope.unfold(node)))
            return positive and not any(self.variable in c.value.free for c in normal.conditions.values())

        return self.above and self.scope.asked(positive)

    def _pow(self, node: t.Pow) -> Value:
        if not isinstance(t.bare(node.exponent), t.Number) or t.bare(node.exponent).value.denominator != 1:  # type: ignore[attr-defined]  # a number
            raise NotShown("only limits of integer powers")
        times_, base = int(t.bare(node.exponent).value), self.of(node.base)  # type: ignore[attr-defined]  # a number
        if isinstance(base, Poly) or times_ == 0:
            return self.scope.asked(lambda normal: normal.power(base, times_)) if isinstance(base, Poly) else UNIT
        if times_ < 0:
            return ZERO
        return "inf" if base == "inf" or times_ % 2 == 0 else "-inf"

    def _call(self, node: t.Call) -> Value:
        match node:
            case t.Call("exp", (a,)):
                try:
                    return self._exp(self.of(a))
                except NotShown as reason:
                    return self._exp_by_index(node, reason)
            case t.Call("log", (a,)):
                return self._log(a, self.of(a))
            case t.Call("sqrt", (a,)):
                return self._sqrt(a, self.of(a))
            case t.Call("erfc", (a,)):
                value = self.of(a)
                if isinstance(value, str):
                    return ZERO if value == "inf" else number(2)
                return self.scope.asked(partial(_erfc, value))
            case t.Call("abs", (a,)):
                value = self.of(a)
                return "inf" if isinstance(value, str) else self.scope.asked(lambda normal: normal.absolute(value))
        raise NotShown(f"no rule for the limit of {node.name}")

    def _log(self, argument: t.Expr, value: Value) -> Value:
        """log of what tends to the value."""
        if isinstance(value, str):
            if value == "-inf":
                raise NotShown("log of something negative")
            return "inf"
        if not value:
            if not self.positive_near(argument):
                raise NotShown("log tends to log 0 from an unknown side")
            return "-inf"
        return self.scope.asked(partial(_logarithm, value))

    def _sqrt(self, argument: t.Expr, value: Value) -> Value:
        """The root of what tends to the value."""
        if value == "-inf" or (not value and not self.positive_near(argument)):
            raise NotShown(f"{text_of(argument)} is not shown to be positive on the way")
        if isinstance(value, str) or not value:
            return value
        return self.scope.asked(partial(_root, value))

    def _exp(self, value: Value) -> Value:
        if isinstance(value, Poly):
            return self.scope.asked(lambda normal: normal.exp(value))
        return "inf" if value == "inf" else ZERO

    def _exp_by_index(self, node: t.Call, reason: NotShown) -> Poly:
        """exp(u) where the sign of u is known only for k != j: delta(k, j) exp(lim at k = j) + (1 - delta) exp(lim)."""
        for premise, conclusion in self.scope.implications():
            every = self.scope.loose(t.Implies(premise, conclusion))
            if len(premise.ops) != 1 or premise.ops[0] != "!=" or not all(is_index(a) for a in premise.args):
                continue
            k, j = (t.bare(a) for a in premise.args)
            if k not in every:  # it is said of one k only
                continue
            indices = (s for s in t.free_symbols(node) if s.type.domain == "index" and not self.scope.loose(s))
            for candidate in (s for s in indices if s.type.over == k.type.over and s != j):
                known = substitute(conclusion, {k: candidate})
                own = replace(self.scope.assuming(known), trace=Trace())
                apart = Limits(own, self.node)
                together = Limits(self.scope, self.node)
                try:
                    other = apart._exp(apart.of(node.args[0]))
                    same = together._exp(together.of(substitute(node.args[0], {candidate: j})))
                except NotShown:
                    continue
                if isinstance(other, Poly) and isinstance(same, Poly):
                    own.trace.hypotheses.discard(text_of(known))  # an instance of what is named
                    self.scope.trace.include(own.trace)
                    self.scope.trace.axioms |= {"case distinction"}
                    self.scope.trace.hypotheses.add(f"{text_of(premise)} => {text_of(conclusion)}")
                    return self.scope.asked(partial(_by_place, candidate, j, same, other))  # type: ignore[arg-type]  # indices
        raise reason

    def _big(self, node: t.Big) -> Value:
        if node.op != "sum" or len(node.binders) != 1 or node.binders[0].lower is not None:
            raise NotShown("only the limit of a finite sum over an index")
        if self.variable in t.free_symbols(node.binders[0].symbol):
            raise NotShown("the number of terms changes on the way")
        index = t.fresh(node.binders[0].symbol)
        inner = self.of(substitute(node.body, {node.binders[0].symbol: index}))
        if isinstance(inner, str):
            return inner
        return self.scope.asked(lambda normal: normal.sum(index, inner))


def _logarithm(value: Poly, normal: Normal) -> Poly:
    normal.require(value, ">", "log of a positive limit")
    return normal.log(value)


def _root(value: Poly, normal: Normal) -> Poly:
    normal.require(value, ">", "the root of a positive limit")
    return normal.raise_to(value, number(Fraction(1, 2)))


def _erfc(value: Poly, normal: Normal) -> Poly:
    return normal.erfc(value)


def _by_place(k: t.Symbol, j: t.Symbol, same: Poly, other: Poly, normal: Normal) -> Poly:
    """`same` where k = j, else `other`."""
    equal = normal.delta(k, j)
    return normal.multiply(equal, same) + normal.multiply(UNIT - equal, other)


def negate(value: Value) -> Value:
    if isinstance(value, Poly):
        return -value
    return "-inf" if value == "inf" else "inf"


def add(a: Value, b: Value) -> Value:
    if isinstance(a, Poly) and isinstance(b, Poly):
        return a + b
    if isinstance(a, str) and isinstance(b, str) and a != b:
        raise NotShown("infinity minus infinity is undetermined")
    return a if isinstance(a, str) else b

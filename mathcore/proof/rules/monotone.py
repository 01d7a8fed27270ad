"""Checks the rule `Monotone`: by the sign of a derivative."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check, prove
from mathcore.proof.kernel.atom import Step
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import UNIT, Poly
from mathcore.proof.kernel.show import show
from mathcore.proof.kernel.signs import Fact
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.rules.order import DOWN, UP, ratios, require_all_along
from mathcore.proof.scope import NotShown, Scope, text_of
from mathcore.rules.monotone import Monotone


def monotone(rule: Monotone, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """f(a) against f(b) from a against b and the sign of f'; or f(x) >= f(turning) where f' changes sign."""
    own, x = _declared(rule, scope)
    f = own.unfold(own.parse(rule.function))
    own = own.without(x)  # the sign is needed on the whole interval, not only where a hypothesis puts x
    normal = own.normal()
    body = normal.read(f)
    slope = _slope(normal, body, x)
    scope.trace.axioms |= {"derivative table", "sign of the derivative", "order", "field"}
    if rule.turning:
        return _turning(rule, own, normal, x, f, slope, left, op, right)
    if not rule.inner or rule.by is None:
        raise NotShown("say which arguments are compared and by which rule: [monotone F for x: real from A <= B] [given A <= B]")
    inner = t.bare(scope.parse(rule.inner))
    if not isinstance(inner, t.Relation) or len(inner.ops) != 1 or inner.ops[0] not in (*UP, *DOWN):
        raise NotShown("inner is one relation between the arguments")
    a, b = inner.args
    if rule.sign is not None:
        rising, strictly = True, _rising(rule, own, normal, x, slope, strict=inner.ops[0] in ("<", ">") and op in ("<", ">"))
    else:
        rising = normal.facts.nonnegative(slope)
        if not rising and not normal.facts.nonnegative(-slope):
            raise NotShown(f"the derivative {show(slope)} is not shown to keep its sign")
        strictly = normal.facts.positive(slope if rising else -slope)
    require_all_along(normal, x)
    own.take(normal)
    inner_op = inner.ops[0]
    outer = inner_op if rising else {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(inner_op, inner_op)
    if inner_op in ("<", ">") and not strictly:
        outer += "="
    if not (op == outer or (op in ("<=", ">=") and outer == op[0])):
        raise NotShown(f"monotonicity gives {outer} here, not {op}")
    for value in (a, b):
        scope.require_domain(scope.unfold(value), x.type)
    at_a, at_b = (t.Paren(substitute(f, {x: t.Paren(scope.unfold(value))})) for value in (a, b))
    equal(scope, t.Sub(t.Paren(left), t.Paren(right)), t.Sub(at_a, at_b), hypotheses=True)
    equality = prove(rule.by, scope, inner)
    return equality if strictly else None


def _declared(rule: Monotone, scope: Scope) -> tuple[Scope, t.Symbol]:
    """The scope in which the variable of the function is declared, and the variable."""
    own = scope.given(rule.variable)
    name = rule.variable.partition(":")[0].strip()
    if own.context.hypotheses != scope.context.hypotheses or name not in own.context.symbols:
        raise NotShown(f"{rule.variable} does not declare one variable: a hypothesis there would be one that nobody gave")
    x = own.context.symbols[name]
    if x.type.shape or x.type.domain not in ("real", "positive", "nonnegative", "unit"):
        raise NotShown(f"{rule.variable}: a monotone function has one real variable on an interval")
    return own, x


def _rising(rule: Monotone, scope: Scope, normal: Normal, x: t.Symbol, slope: Poly, strict: bool) -> bool:
    """The rule `sign` shows that the derivative, which `slope` spells, is >= 0 (> 0 if `strict`) between the ends."""
    zero, one = t.number(0), t.number(1)
    ends: dict[str, list[t.Expr]] = {
        "nonnegative": [t.Relation((zero, x), ("<",))],
        "unit": [t.Relation((zero, x), ("<",)), t.Relation((x, one), ("<",))],
    }
    inside = scope.assuming(*ends.get(x.type.domain, [])).trying()
    spelt = t.bare(inside.parse(rule.slope))
    with normal.facts.assuming([normal.read(r.args[1]) - normal.read(r.args[0]) for r in ends.get(x.type.domain, [])]):  # type: ignore[attr-defined]  # relations
        if not normal.is_zero(slope - normal.read(inside.unfold(spelt))):
            raise NotShown(f"the derivative is {show(slope)}")
        if isinstance(spelt, t.Div) and normal.facts.positive(normal.read(inside.unfold(spelt.right))):
            spelt = t.bare(spelt.left)
    assert rule.sign is not None
    check(rule.sign, inside, spelt, ">" if strict else ">=", zero)
    said = set(map(text_of, scope.context.hypotheses))
    inside.trace.hypotheses -= {text_of(r) for r in ends.get(x.type.domain, [])} - said  # what is meant by `between`
    scope.include(inside, x)
    return strict


def _slope(normal: Normal, body: Poly, x: t.Symbol) -> Poly:
    """The derivative between the ends of the interval; at the ends f is continuous, which is enough."""
    if t.DOMAINS[x.type.domain][1] and any(x in a.free and Step in a.kinds() for a in body.atoms()):
        raise NotShown("a step may jump at an end of the interval")
    ends = {"real": [], "positive": [], "nonnegative": [normal.symbol(x)], "unit": [normal.symbol(x), UNIT - normal.symbol(x)]}
    with normal.facts.assuming(ends[x.type.domain]):
        return normal.derivative(body, x, [])


def _turning(
    rule: Monotone, scope: Scope, normal: Normal, x: t.Symbol, f: t.Expr, slope: Poly, left: t.Expr, op: str, right: t.Expr
) -> tuple[t.Expr, ...]:
    """f' = (x - turning) * positive, so f is least at the turning point: larger - smaller = f(x) - f(turning)."""
    expect(op, ">=", "<=")
    point = scope.parse(rule.turning)
    scope.require_domain(point, x.type)
    if x in t.free_symbols(scope.unfold(point)):
        raise NotShown("the turning point is one point, whatever the variable is")
    distance = normal.symbol(x) - normal.read(scope.unfold(point))
    content, common, primitive = normal.content(slope, lambda _: True)
    weight = normal.combine(common).scale(content)
    found = False
    for factor, exponent in normal.factors(primitive):
        ratio = ratios(normal, factor, distance)
        if ratio and exponent == 1 and not found:
            found, weight = True, normal.multiply(weight, ratio[0])
        else:
            weight = normal.multiply(weight, normal.power(factor, exponent))
    if not found and len(primitive.terms) <= 1 and distance == normal.symbol(x):
        found, weight = True, normal.combine((*common, *((a, -e) for m in distance.terms for a, e in m))).scale(content)
    rising = found and normal.facts.positive(weight)
    if not rising and not _sign_by_sides(scope, x, distance, slope):
        raise NotShown(f"the derivative {show(slope)} is not shown to have the sign of {x.name} - {rule.turning}")
    require_all_along(normal, x)
    scope.take(normal)
    least = t.Paren(substitute(f, {x: t.Paren(scope.unfold(point))}))
    larger, smaller = (left, right) if op == ">=" else (right, left)
    sides = t.Sub(t.Paren(larger), t.Paren(smaller)), t.Sub(t.Paren(f), least)
    equal(scope, *sides)
    return (t.Relation((x, point), ("=",)),)


def _sign_by_sides(scope: Scope, x: t.Symbol, distance: Poly, slope: Poly) -> bool:
    """slope > 0 where x > turning and slope < 0 where x < turning, each from the facts there."""
    for side in (1, -1):
        normal = scope.without(x).normal()
        normal.facts.add(Fact(distance.scale(side), True))
        if not normal.facts.positive(slope.scale(side)):
            return False
    return True

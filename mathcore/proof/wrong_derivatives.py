"""Derivatives as they come out where one rule of differentiation is not obeyed in one place. Nothing here is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mathcore.language import tree as t
from mathcore.language.printers import text_of
from mathcore.proof.prover.parts import factors, product_of
from mathcore.proof.slips import Case, over, shown, times

INNER, PRODUCT, POWER, DELTA = "inner derivative", "product and quotient rule", "power rule", "delta"
ZERO, ONE, TWO = t.number(0), t.number(1), t.number(2)


@dataclass(frozen=True)
class Way:
    """A derivative, and the rule that was not obeyed on the way: none, for the right one."""

    value: t.Expr
    rule: str = ""
    said: str = ""


def derived_wrongly(case: Case, rule: str) -> Iterator[tuple[str, t.Expr]]:
    """The line before with a derivative in it as it comes out without this rule in one place."""
    for place in case.earlier:
        if isinstance(place.part, t.Derivative):
            body = case.context.unfold(place.part.body)
            for way in ways(body, t.bare(place.part.variable)):
                if way.rule == rule:
                    yield way.said, place.put(t.Paren(way.value))


SLOPES: dict[str, Callable[[t.Call, t.Expr], t.Expr]] = {  # of f(a), by a
    "exp": lambda node, _: node,
    "log": lambda _, a: over(ONE, a),
    "sqrt": lambda node, _: over(ONE, times(TWO, node)),
}


def ways(node: t.Expr, x: t.Expr) -> list[Way]:
    """The derivative by x, first as it is, then with one rule not obeyed in one place."""
    node = t.bare(node)
    if not _moves(node, x):
        return [Way(ZERO)]
    match node:
        case t.Neg(a):
            return _with(lambda d: t.Neg(t.Paren(d)), ways(a, x))
        case t.Add(a, b):
            return _both(_sum, ways(a, x), ways(b, x))
        case t.Sub(a, b):
            return _both(lambda u, v: _sum(u, t.Neg(t.Paren(v)) if v != ZERO else v), ways(a, x), ways(b, x))
        case t.Mul(a, b):
            return _product(a, b, x)
        case t.Div(a, b):
            return _quotient(a, b, x)
        case t.Pow(a, n) if not _moves(n, x):
            return _power(node, a, n, x)
        case t.Call(name, (a,)) if name in SLOPES:
            return _chain(node, SLOPES[name](node, a), a, x, [])
        case t.Big("sum", binders, body):
            return _with(lambda d: t.Big("sum", binders, t.Paren(d)), ways(body, x))
    return _entry(node, x)


def _power(node: t.Expr, a: t.Expr, n: t.Expr, x: t.Expr) -> list[Way]:
    less = t.number(n.value - 1) if isinstance(n, t.Number) else t.Paren(t.Sub(n, ONE))
    outer = times(n, t.Pow(t.Paren(a), less))
    said = text_of(node)
    wrong = [
        Way(times(n, t.Pow(t.Paren(a), n)), POWER, f"the exponent was not lowered in the derivative of {said}"),
        Way(t.Pow(t.Paren(a), less), POWER, f"the factor {text_of(n)} was lost in the derivative of {said}"),
    ]
    return _chain(node, outer, a, x, wrong)


def _entry(node: t.Expr, x: t.Expr) -> list[Way]:
    """Of an entry of the array by an entry of which is differentiated, or of what has no rule here."""
    if not (isinstance(node, t.Index) and isinstance(x, t.Index) and node.base == x.base):
        return [Way(ONE if node == x else t.Derivative(node, x))]
    pairs = [t.Call("delta", (i, j)) for i, j in zip(node.indices, x.indices, strict=True) if not t.same(i, j)]
    value: t.Expr = ONE
    for delta in pairs:
        value = delta if value == ONE else times(value, delta)
    forgotten = [Way(ONE, DELTA, f"{text_of(d)} was forgotten: right only for {_equal(d)}") for d in pairs[:1]]
    return [Way(value), *forgotten]


def _equal(delta: t.Call) -> str:
    return " = ".join(map(text_of, delta.args))


def _moves(node: t.Expr, x: t.Expr) -> bool:
    letter = t.bare(x.base) if isinstance(x, t.Index) else x
    return letter in t.free_symbols(node)


def _sum(a: t.Expr, b: t.Expr) -> t.Expr:
    return b if a == ZERO else a if b == ZERO else t.Add(a, t.Paren(b))


def _product_of(a: t.Expr, b: t.Expr) -> t.Expr:
    return b if a == ONE else a if b == ONE else times(a, b)


def _with(made: Callable[[t.Expr], t.Expr], found: list[Way]) -> list[Way]:
    return [Way(made(w.value), w.rule, w.said) for w in found]


def _both(made: Callable[[t.Expr, t.Expr], t.Expr], one: list[Way], other: list[Way]) -> list[Way]:
    """Both right, then each of the wrong ones beside what is right."""
    right = [Way(made(one[0].value, other[0].value))]
    return [
        *right,
        *(Way(made(w.value, other[0].value), w.rule, w.said) for w in one[1:]),
        *(Way(made(one[0].value, w.value), w.rule, w.said) for w in other[1:]),
    ]


def _product(a: t.Expr, b: t.Expr, x: t.Expr) -> list[Way]:
    one, other = ways(a, x), ways(b, x)
    if not _moves(a, x):
        return _with(lambda d: _product_of(a, d), other)
    if not _moves(b, x):
        return _with(lambda d: _product_of(d, b), one)
    said = f"the product rule was not obeyed in {text_of(t.Mul(a, b))}"
    wrong = [times(one[0].value, other[0].value), times(one[0].value, b), times(a, other[0].value)]
    found = _both(lambda u, v: t.Add(times(u, b), times(a, v)), one, other)
    return [*found, *(Way(value, PRODUCT, said) for value in wrong)]


def _quotient(a: t.Expr, b: t.Expr, x: t.Expr) -> list[Way]:
    one, other = ways(a, x), ways(b, x)
    if not _moves(b, x):
        return _with(lambda d: over(d, b), one)
    u, v, square = one[0].value, other[0].value, t.Pow(t.Paren(b), TWO)
    said = f"the quotient rule was not obeyed in {text_of(t.Div(a, b))}"
    top = t.Sub(times(u, b), times(a, v))
    wrong = [
        over(t.Add(times(u, b), times(a, v)), square),
        over(t.Sub(times(a, v), times(u, b)), square),
        over(top, b),
        over(u, v),
        over(u, b),
    ]
    inner = [Way(t.Neg(over(a, square)), INNER, f"the inner derivative of {text_of(t.Div(a, b))} was left out")]
    found = _both(lambda p, q: over(t.Sub(times(p, b), times(a, q)), square), one, other)
    return [*found, *(inner if not _moves(a, x) else []), *(Way(value, PRODUCT, said) for value in wrong)]


def _chain(node: t.Expr, outer: t.Expr, inside: t.Expr, x: t.Expr, wrong: list[Way]) -> list[Way]:
    inner = ways(inside, x)
    found = _with(lambda d: _product_of(outer, d), inner)
    found += [Way(times(w.value, inner[0].value), w.rule, w.said) for w in wrong]
    if t.bare(inside) != x:
        said = f"the chain rule's inner derivative {shown(inner[0].value)} was left out in {text_of(node)}"
        found.append(Way(outer, INNER, said))
        for factor, rest in _parts(inner[0].value):
            said = f"a part of the inner derivative, {shown(factor)}, was left out in {text_of(node)}"
            found.append(Way(times(outer, rest), INNER, said))
    return found


def _parts(node: t.Expr) -> Iterator[tuple[t.Expr, t.Expr]]:
    """The factors of a derivative, each with what is left without it."""
    node = t.bare(node)
    if isinstance(node, t.Neg):
        yield from ((factor, t.Neg(t.Paren(rest))) for factor, rest in _parts(node.body))
        return
    parts = factors(node)
    for k, (power, factor) in enumerate(parts):
        if power > 0 and factor != ONE:
            yield factor, product_of([*parts[:k], *parts[k + 1 :]])

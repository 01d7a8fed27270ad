"""A formula as a function in floats: quick enough for pictures, never a reference. Exact values are the balls' affair."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from mathcore.language import tree as t
from mathcore.language.written_out import NotComputable, holds_logarithm, written_out

Values = Mapping[str, Any]  # letters to numbers and nested lists
Compute = Callable[[Values], Any]


def compute(
    node: t.Expr, definitions: Mapping[str, t.Definition] | None = None, sizes: Mapping[str, int] | None = None
) -> Compute:
    """The value for given letters, as floats and nested lists; infinite and undefined results are inf and nan.

    Raises `NotComputable` for limits and derivatives.
    """
    return _compiled(written_out(node, definitions, sizes))


def _compiled(node: t.Expr) -> Compute:
    match node:
        case t.Number(value=value):
            number = float(value)
            return lambda v: number
        case t.Constant(name=constant) if constant in _CONSTANTS:
            known = _CONSTANTS[constant]
            return lambda v: known
        case t.Symbol(name=letter):
            return lambda v: v[letter]
        case t.Paren(body):
            return _compiled(body)
        case t.Neg(body):
            inner = _compiled(body)
            return lambda v: -inner(v)
        case t.Mul(left, right) if holds_logarithm(node):
            return _of_two(_times, left, right)
        case t.Add(left, right) | t.Sub(left, right) | t.Mul(left, right) | t.Div(left, right) | t.Pow(left, right):
            return _of_two(_OPERATORS[type(node)], left, right)
        case t.Call():
            return _call(node)
        case t.Index(base, indices):
            array, places = _compiled(base), [_compiled(i) for i in indices]
            first = [0 if size == t.NATURALS else 1 for size in t.shape_of(base)]  # lists begin at 1, sequences at 0
            return lambda v: _entry(array(v), [int(p(v)) - one for p, one in zip(places, first, strict=False)])
        case t.List(items):
            entries = [_compiled(item) for item in items]
            return lambda v: [entry(v) for entry in entries]
        case t.Big(op, binders, body) if op in _FOLDS:
            made = _compiled(body)
            for binder in reversed(binders):
                made = _bound(_FOLDS[op], binder, made)
            return made
    raise NotComputable(f"a {type(node).__name__.lower()} has no value in floats")


def _bound(fold: Callable[[list[Any]], Any], binder: t.Binder, body: Compute) -> Compute:
    letter = binder.symbol.name
    first = _compiled(binder.lower) if binder.lower is not None else lambda v: 1
    last = _compiled(binder.upper if binder.upper is not None else t.size_of(binder.symbol))
    return lambda v: fold([body({**v, letter: k}) for k in range(int(first(v)), int(last(v)) + 1)])


def _of_two(f: Callable[[Any, Any], Any], left: t.Expr, right: t.Expr) -> Compute:
    a, b = _compiled(left), _compiled(right)
    return lambda v: f(a(v), b(v))


def _call(node: t.Call) -> Compute:
    args = [_compiled(a) for a in node.args]
    f = _FUNCTIONS.get(node.name)
    if f is None:
        raise NotComputable(f"{node.name} has no value in floats")
    return lambda v: f(*(a(v) for a in args))


def _entry(array: Any, places: list[int]) -> Any:
    for place in places:
        array = array[place]
    return array


def _times(a: float, b: float) -> float:
    """0 log 0 = 0."""
    return 0.0 if a == 0 or b == 0 else a * b


def _over(a: float, b: float) -> float:
    if b == 0:
        return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a)
    return a / b


def _power(a: float, b: float) -> float:
    try:
        return math.pow(a, b)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.inf if a == 0 else math.nan


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _logarithm(of: Callable[[float], float]) -> Callable[[float], float]:
    return lambda x: of(x) if x > 0 else -math.inf if x == 0 else math.nan


def _step(x: float) -> float:
    return math.nan if math.isnan(x) else float(x >= 0)


_CONSTANTS = {"inf": math.inf, "nan": math.nan, "pi": math.pi}
_OPERATORS: dict[type[t.Expr], Callable[[float, float], float]] = {
    t.Add: lambda a, b: a + b,
    t.Sub: lambda a, b: a - b,
    t.Mul: lambda a, b: a * b,
    t.Div: _over,
    t.Pow: _power,
}
_log = _logarithm(math.log)
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": _exp,
    "log": _log,
    "log2": _logarithm(math.log2),
    "log10": _logarithm(math.log10),
    "sqrt": lambda x: math.sqrt(x) if x >= 0 else math.nan,
    "erfc": math.erfc,
    "step": _step,
    "abs": abs,
    "max": max,
    "min": min,
    "delta": lambda a, b: float(a == b),
    "xlogy": lambda a, b: _times(a, _log(b)),
}
_FOLDS: dict[str, Callable[[list[Any]], Any]] = {
    "sum": math.fsum,
    "prod": math.prod,
    "max": max,
    "min": min,
    "vector": list,
}

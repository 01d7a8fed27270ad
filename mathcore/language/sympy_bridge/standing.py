"""Sympy objects as they were handed in: what is written with `evaluate=False` is not cancelled where a part of it is replaced."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

LARGE = 1000  # an exponent: numbers are not raised to a greater one


def as_it_stands(item: Any) -> AbstractContextManager[Any]:
    """Within it parts of an object may be replaced: nothing is evaluated if sympy would make another object of it."""
    import sympy

    return sympy.evaluate(False) if is_unevaluated(item) else nullcontext()


def is_unevaluated(item: Any) -> bool:
    """Whether sympy makes something else of a part, asked to make it anew: x/x becomes 1. Large powers are not tried."""
    import sympy

    if any(abs(number) > LARGE for power in item.atoms(sympy.Pow) for number in power.exp.atoms(sympy.Rational)):
        return True
    hyperbolic, steps = (sympy.tanh, sympy.sinh, sympy.cosh), (sympy.Abs, sympy.sign, sympy.Heaviside)
    kinds = (sympy.Add, sympy.Mul, sympy.Pow, sympy.exp, sympy.log, sympy.erf, sympy.erfc, *hyperbolic, *steps)
    return any(isinstance(node, kinds) and node.func(*node.args) != node for node in sympy.preorder_traversal(item))


def free_symbols(item: Any) -> set[Any]:
    """The free symbols as they are written; sympy asks the body of a sum that it has rebuilt, where x/x is 1."""
    with as_it_stands(item):
        return {*item.free_symbols}


def is_too_large(power: Any) -> bool:
    """Whether sympy could be long at a power of a number, handed in unevaluated: 10^(10^9)."""
    import sympy

    if power.atoms(sympy.Symbol):
        return False
    inner = any(p.base.is_Integer and (p.exp.is_Integer or not p.exp.is_Rational) for p in power.exp.atoms(sympy.Pow))
    return inner or any(abs(number) > LARGE for number in power.exp.atoms(sympy.Rational))


def placed(place: Any, step: int) -> Any:
    """A place in an array, so many further on: whole numbers have no value to lose."""
    import sympy

    with sympy.evaluate(True):
        return place + step

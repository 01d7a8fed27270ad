"""Sympy objects as they were handed in: what is written with `evaluate=False` is not cancelled where a part of it is replaced."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any


def as_it_stands(item: Any) -> AbstractContextManager[Any]:
    """Within it parts of an object may be replaced: nothing is evaluated if sympy would make another object of it."""
    import sympy

    return sympy.evaluate(False) if is_unevaluated(item) else nullcontext()


def is_unevaluated(item: Any) -> bool:
    """Whether sympy, asked to make a part of it anew from its arguments, makes something else: x/x becomes 1."""
    import sympy

    numeric = (sympy.Add, sympy.Mul, sympy.Pow, sympy.Function)
    return any(
        isinstance(node, numeric) and node.args and node.func(*node.args) != node for node in sympy.preorder_traversal(item)
    )


def placed(place: Any, step: int) -> Any:
    """A place in an array, so many further on: whole numbers have no value to lose."""
    import sympy

    with sympy.evaluate(True):
        return place + step

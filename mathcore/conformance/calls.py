"""How a function wants to be called: the forms of its arguments, a call written by its author, other array libraries.

`f(x, dim=axis)` is parsed, never evaluated: names stand for the inputs of the card (those that are no letters of it, in
order), `axis` for the axis, everything else must be a literal.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

import numpy as np


class Form(StrEnum):
    """In what form the inputs reach the function."""

    ARRAYS = "arrays"  # and NumPy's own numbers, where the card speaks of a number
    ROWS = "arrays of one number"  # where the card speaks of a number
    BATCH = "a batch of one row"  # where the card speaks of vectors
    FLAT = "flat arrays"  # where the card speaks of tables, entry by entry
    LISTS = "lists"  # and Python's own numbers


class WrongTemplate(ValueError):
    """The text is no call that can be made."""


@dataclass(frozen=True)
class Template:
    """A call as its author writes it, e.g. `f(labels, x, dim=axis)[0]`."""

    text: str
    positional: tuple[Any, ...]  # the place of an input, `axis`, a Literal or something Changed
    keywords: tuple[tuple[str, Any], ...]
    part: int | None = None

    @property
    def takes_axis(self) -> bool:
        return AXIS in self.positional or AXIS in dict(self.keywords).values()

    def arguments(self, inputs: list[Any], axis: Any) -> tuple[list[Any], dict[str, Any]]:
        def one(value: Any) -> Any:
            if isinstance(value, Literal):
                return value.value
            if isinstance(value, Changed):
                return CHANGES[value.by](one(value.of))
            return axis if value == AXIS else inputs[value]

        return [one(v) for v in self.positional], {name: one(v) for name, v in self.keywords}


AXIS = "axis"
LONGEST = 1000  # characters of a call: no person writes more, and Python's parser may end the process on very long ones


CHANGES: Mapping[str, Callable[[Any], Any]] = {
    "-": lambda x: -x,
    "float": float,
    "int": int,
    "list": list,
    "tuple": tuple,
    "array": np.asarray,
}


@dataclass(frozen=True)
class Literal:
    value: Any


@dataclass(frozen=True)
class Changed:
    """An input with another sign, or as another kind of Python's: -v, float(beta), list(z), array(label)."""

    by: str
    of: Any


def template(text: str, letters: tuple[str, ...]) -> Template:
    """The call of that text, for inputs of these letters; raises WrongTemplate."""
    call, part = _parsed(text, letters)
    arguments = [*call.args, *(k.value for k in call.keywords)]
    if any(k.arg is None for k in call.keywords) or any(isinstance(a, ast.Starred) for a in arguments):
        raise WrongTemplate(f"--call {text!r}: * and ** are not understood: write each argument")
    bare = [_bare(a) for a in arguments]
    names = dict.fromkeys(a.id for a in bare if isinstance(a, ast.Name) and a.id != AXIS)
    strange = [name for name in names if name not in letters]
    left = [letter for letter in letters if letter not in names]
    if len(strange) > len(left):
        raise WrongTemplate(f"--call {text!r} names {len(names)} inputs, and the card has {len(letters)}: {', '.join(letters)}")
    places = {letter: place for place, letter in enumerate(letters)}
    places |= {name: places[letter] for name, letter in zip(strange, left, strict=False)}

    def one(value: ast.expr) -> Any:
        if (inner := _bare(value)) is not value and isinstance(inner, ast.Name):
            return Changed("-" if isinstance(value, ast.UnaryOp) else value.func.id, one(inner))  # type: ignore[attr-defined]  # a call by name
        if isinstance(value, ast.Name):
            return AXIS if value.id == AXIS else places[value.id]
        try:
            return Literal(ast.literal_eval(value))
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            raise WrongTemplate(f"--call {text!r}: `{ast.unparse(value)}` is neither an input nor a literal") from None

    return Template(text, tuple(map(one, call.args)), tuple((str(k.arg), one(k.value)) for k in call.keywords), part)


def _parsed(text: str, letters: tuple[str, ...]) -> tuple[ast.Call, int | None]:
    """The one call of a text, and which of its results is meant: 0 of `f(x)[0]`."""
    if len(text) > LONGEST:
        raise WrongTemplate(f"--call has {len(text)} characters, and may have {LONGEST}: write one call of f")
    try:
        node: ast.AST = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise WrongTemplate(f"--call {text!r} is no call: write for example f({', '.join(letters)}, axis=axis)") from error
    part: int | None = None
    if isinstance(node, ast.Subscript):
        place = node.slice
        if not (isinstance(place, ast.Constant) and isinstance(place.value, int)):
            raise WrongTemplate(f"--call {text!r}: behind the call only the place of a result may stand, as in f(x)[0]")
        node, part = node.value, place.value
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        raise WrongTemplate(f"--call {text!r}: write one call of f, for example f({', '.join(letters)}, axis=axis)")
    return node, part


def _bare(node: ast.expr) -> ast.expr:
    """The input in -v, float(beta), list(z)."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return node.operand if isinstance(node.operand, ast.Name) else node
    call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CHANGES
    if call and len(node.args) == 1 and not node.keywords and isinstance(node.args[0], ast.Name):  # type: ignore[attr-defined]  # a call
        return node.args[0]  # type: ignore[attr-defined]  # a call
    return node


# array libraries ------------------------------------------------------------------------------------------------------

BACKENDS: Mapping[str, tuple[str, str]] = {  # name -> module, and what makes an array there
    "numpy": ("numpy", "asarray"),
    "torch": ("torch", "as_tensor"),
    "jax": ("jax.numpy", "asarray"),
    "array-api": ("array_api_strict", "asarray"),
}


class NoBackend(ValueError):
    """The library is not known, or not installed."""


def backend(name: str) -> Callable[[Any], Any]:
    """What turns a NumPy array into an array of that library."""
    if name not in BACKENDS:
        raise NoBackend(f"backend {name!r} is not known: choose one of {', '.join(BACKENDS)}")
    module, maker = BACKENDS[name]
    try:
        made = getattr(import_module(module), maker)
    except ImportError as error:
        raise NoBackend(f"backend {name}: {module} is not installed here: pip install {module.partition('.')[0]}") from error
    return lambda value: made(np.array(value, order="C")) if isinstance(value, (np.ndarray, np.generic)) else value


def as_numpy(result: Any) -> Any:
    """A result as NumPy knows it: tensors are detached and copied to the CPU."""
    if hasattr(result, "detach") and hasattr(result, "cpu"):
        return result.detach().cpu().numpy()
    return result

"""A function under test, called as its card declares it: arguments in the order of the definition, labels from 0.

A card names it by a dotted name, with options and the part of a tuple where needed:
`mathcore.numeric.categorical_crossentropy_value_and_grad(from_logits=True)[1]`. Sizes that no array fixes are passed
last (`one_hot(labels, classes)`). Whatever the function does, its warnings and prints of NumPy do not leak.
"""

from __future__ import annotations

import ast
import inspect
import math
import re
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from importlib import import_module
from numbers import Real
from typing import Any

import numpy as np

from mathcore.card import Card
from mathcore.conformance.calls import Form, Template, as_numpy
from mathcore.conformance.exact import Reference, reference
from mathcore.conformance.guard import TimedOut
from mathcore.language import tree as t
from mathcore.numeric import core
from mathcore.strategies.declared import Draw, length
from mathcore.translation import N_

WHOLE = ("size", "index", "natural")
ABSENT = object()  # no axis was asked for
OURS = (KeyboardInterrupt, GeneratorExit, TimedOut)  # what a call lets through; all else that it raises is the function's


class Standard(StrEnum):
    """What the outputs of a function are held to."""

    CARD = "card"  # the card's own bar, which mathcore's function keeps
    ORDINARY = "ordinary"  # what textbook-correct code reaches


class Broken(Exception):
    """The function raised, or returned something that is no array of the right shape, which is kept."""

    def __init__(self, said: str, result: np.ndarray | None = None) -> None:
        super().__init__(said)
        self.result = result


@dataclass(frozen=True)
class Subject:
    """A callable in the form of one card's definition."""

    function: Callable[..., Any]
    card: Card
    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    part: int | None = None
    held_to: Standard = Standard.CARD
    form: Form = Form.ARRAYS
    template: Template | None = None  # as its author writes the call
    convert: Callable[[Any], Any] | None = None  # into the arrays of another library
    narrow: bool = False  # a library that works in float32 unless told otherwise made its results
    turned: bool = False  # its velocity counts the other way round, which the card accepts
    each_shape: bool = False  # JAX compiles it for each shape of its input, which takes longer than any call

    @property
    def parameters(self) -> tuple[t.Symbol, ...]:
        return tuple(self.card.definition.parameters)

    @cached_property
    def reference(self) -> Reference:
        """The exact side of the card, which every input asks for."""
        return reference(self.card)

    @cached_property
    def free_sizes(self) -> tuple[t.Symbol, ...]:
        """Sizes of the result that no array argument fixes."""
        fixed = {s for p in self.parameters for s in p.type.shape}
        return tuple(dict.fromkeys(s for s in self.card.definition.shape if isinstance(s, t.Symbol) and s not in fixed))

    @cached_property
    def axis_name(self) -> str:
        """The keyword under which the function takes an axis, or nothing."""
        if self.template is not None:
            return "axis" if self.template.takes_axis else ""
        try:
            names = inspect.signature(self.function).parameters
        except (TypeError, ValueError):
            return ""
        return next((name for name in ("axis", "dim") if name in names), "")

    @property
    def has_axis(self) -> bool:
        return bool(self.axis_name)

    @property
    def lists(self) -> bool:
        return self.form is Form.LISTS

    @property
    def working(self) -> str:
        """The widest format in which it works."""
        return "float32" if self.narrow else "float64"

    @property
    def floats(self) -> bool:
        """Whether any argument is a float (one_hot takes labels only)."""
        return any(p.type.domain not in WHOLE for p in self.parameters)

    @cached_property
    def pointwise(self) -> bool:
        """Whether the card speaks of numbers alone."""
        return all(not p.type.shape for p in self.parameters)

    def arguments(self, values: Draw) -> list[Any]:
        """Fresh positional arguments: the function may do with them what it likes."""
        found: list[Any] = []
        for p in self.parameters:
            value = -values[p] if self.turned and p.name == "v" else values[p]
            if isinstance(value, np.ndarray):
                copied = value.reshape(-1) if self.form is Form.FLAT else value[None] if self.form is Form.BATCH else value
                found.append(copied.tolist() if self.lists else copied.copy())
            elif p.type.domain == "index":
                label = int(value) - 1
                found.append(np.array([label]) if self.form is Form.BATCH else label)
            elif self.lists and isinstance(value, np.generic):
                found.append(value.item())
            elif self.form is Form.ROWS and p.type.domain not in WHOLE:
                found.append(np.array([value]))
            else:
                found.append(value)
        return found + [int(values[s]) for s in self.free_sizes]

    def shape(self, values: Draw) -> tuple[int, ...]:
        return tuple(length(s, values) for s in self.card.definition.shape)

    def raw(self, arguments: list[Any], axis: Any = ABSENT, guarded: bool = True) -> Any:
        """What the function itself returns; nothing that it warns of is heard."""
        given, more = arguments, {} if axis is ABSENT else {self.axis_name: axis}
        if self.template is not None:
            given, more = self.template.arguments(given, -1 if axis is ABSENT else axis)
        if not guarded:
            return self._called(given, more)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return self._called(given, more)

    def _called(self, given: list[Any], more: dict[str, Any]) -> Any:
        if self.convert is not None:
            given, more = [self.convert(a) for a in given], {name: self.convert(a) for name, a in more.items()}
        return self.function(*given, **self.options, **more)

    def apply(self, arguments: list[Any], axis: Any = ABSENT) -> np.ndarray:
        """The result as an array of floats; raises Broken."""
        return self.answer(arguments, axis)[1]

    def answer(self, arguments: list[Any], axis: Any = ABSENT) -> tuple[Any, np.ndarray]:
        """The result as the function gives it, and as an array of floats; raises Broken."""
        try:
            result = self.raw(arguments, axis)
            part = self.template.part if self.template is not None and self.template.part is not None else self.part
            result = result if part is None else result[part]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                array = _in_floats(np.asarray(as_numpy(result)), result)
        except OURS:
            raise
        except BaseException as error:  # a function that asks Python to exit is a finding like any other
            raise Broken(N_(f"raises {type(error).__name__}: {told(error)}")) from error
        if array.dtype.kind not in "biuf":
            raise Broken(f"returns {type(result).__name__}, not numbers")
        array = array if array.dtype.kind == "f" else array.astype(np.float64)
        return result, -array if self.turned and self.card.definition.head.endswith("velocity") else array

    def call(self, values: Draw) -> np.ndarray:
        """The outputs for one drawn input, in the declared shape."""
        array = self.apply(self.arguments(values))
        wanted = self.shape(values)
        if self.form is Form.FLAT and array.shape == (int(np.prod(wanted)),):
            array = array.reshape(wanted)
        if self.form in (Form.ROWS, Form.BATCH) and array.shape == (1, *wanted):
            array = array.reshape(wanted)
        if self.held_to is Standard.ORDINARY and array.shape == () and set(wanted) == {1}:
            array = array.reshape(wanted)  # a number for an array of one entry, which `one_entry` tells
        if array.shape != wanted:
            raise Broken(f"returns shape {array.shape}, expected {wanted}", array)
        return array

    def shown(self, values: Draw) -> str:
        """The call as a person would type it."""
        return f"{self.name}({', '.join(show(a) for a in self.arguments(values))})"


def observed(tested: Subject, arguments: list[Any], look: Callable[[Any, str, Any], None]) -> None:
    """One call, of which `look` sees what the interpreter does; nothing where somebody looks already."""
    if sys.getprofile() is not None:
        return
    sys.setprofile(look)
    try:
        tested.raw(arguments)
    except OURS:
        raise
    except BaseException:
        pass  # what breaks is found elsewhere
    finally:
        sys.setprofile(None)


def told(error: BaseException) -> str:
    """The first line of what an error says of itself; there are some that raise another instead."""
    try:
        words = str(error).strip()
    except OURS:
        raise
    except BaseException:
        words = ""
    return (words or "no message").splitlines()[0][:160]


def _in_floats(array: np.ndarray, result: Any) -> np.ndarray:
    """Numbers of a format beyond float64, fractions and decimals as the nearest of float64.

    The bits of the former are no whole numbers of NumPy's. An array of objects is none of numbers for its caller.
    """
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        with np.errstate(all="ignore"):
            return array.astype(np.float64)
    if array.dtype.kind != "O" or isinstance(result, np.ndarray) or not all(isinstance(v, (Real, Decimal)) for v in array.flat):
        return array
    return np.array([_nearest(v) for v in array.flat], dtype=np.float64).reshape(array.shape)


def _nearest(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def show(value: Any, most: int = 12) -> str:
    """A number or a list as Python prints it, floats in the digits of their own format; long lists are cut."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        return repr(value)
    if array.ndim == 0:
        scalar = array[()]
        return str(scalar) if array.dtype.kind == "f" else str(int(scalar))
    shown = [show(v) for v in array[:most]]
    return "[" + ", ".join(shown) + (f", ... {len(array)} entries" if len(array) > most else "") + "]"


def resolve(dotted: str, card: Card) -> Subject:
    """The subject of a dotted name, e.g. "mathcore.numeric.f(from_logits=True)[1]"."""
    match = re.fullmatch(r"\s*([A-Za-z_][\w.]*)\s*(?:\((.*)\))?\s*(?:\[(\d+)\])?\s*", dotted, re.DOTALL)
    if match is None or "." not in match[1]:
        raise ValueError(f"{card.name}: {dotted!r} is no dotted name; write package.module.function(option=True)[1]")
    module, _, name = match[1].rpartition(".")
    try:
        function = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"{card.name}: {match[1]} cannot be imported: {error}") from error
    options = {}
    if match[2]:
        call = ast.parse(f"f({match[2]})", mode="eval").body
        if not isinstance(call, ast.Call) or call.args:
            raise ValueError(f"{card.name}: {dotted!r}: options are keywords, e.g. (from_logits=True)")
        options = {str(k.arg): ast.literal_eval(k.value) for k in call.keywords}
    return Subject(function, card, name, options, int(match[3]) if match[3] else None)


def with_readable_bar(card: Card) -> Card:
    """The card with the bar of the readable form: rounding alone, as in code that reads like the formula, is no mistake."""
    if card.accuracy.readable is None:
        return card
    return replace(card, accuracy=replace(card.accuracy, float64=card.accuracy.readable))


def subject(card: Card, function: Callable[..., Any] | str | Subject | None = None) -> Subject:
    """The function under test: the card's own, a dotted name, or any callable (which is tried with arrays, then lists)."""
    if isinstance(function, Subject):
        return function
    if function is None or isinstance(function, str):
        dotted = function or card.numeric
        if not dotted:
            raise ValueError(f"{card.name}: the card names no numeric function; pass one")
        compiled = function is None and core() is not None
        return resolve(dotted, card if compiled else with_readable_bar(card))
    if not callable(function):
        raise TypeError(f"check: the first argument must be a function of {card.name}'s arguments, got {function!r}")
    name = getattr(function, "__name__", type(function).__name__)
    return Subject(function, card, name if str(name).isidentifier() else card.name)

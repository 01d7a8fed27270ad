"""Slips that people make with any formula: each turns a right implementation into the wrong one that it looks like.

A slip is a function from the inputs to what somebody would get; it is compared with what they did get. The mistakes of a
card are more exact and are tried first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from mathcore.conformance.subject import WHOLE, Broken, Subject
from mathcore.language.printers import to_text
from mathcore.strategies.declared import Draw

Right = Callable[[Draw], np.ndarray]


@dataclass(frozen=True)
class Slip:
    """A name, what to do instead, and what it gives for an input."""

    name: str
    remedy: str
    gives: Callable[[Draw], np.ndarray]
    rtol: float = 1e-9  # how closely the results must agree


def slips(own: Subject) -> Iterator[Slip]:
    """The shared slips for a card, made of mathcore's own function."""

    def right(values: Draw) -> np.ndarray:
        return own.call(values).astype(np.float64)

    yield from _of_results(right, own)
    yield from _of_inputs(right, own)


def _of_results(right: Right, own: Subject) -> Iterator[Slip]:
    """Slips that act on the right result."""
    changed: tuple[tuple[str, str, Callable[[np.ndarray], np.ndarray]], ...] = (
        ("the sign is turned", "leave out, or put in, the minus sign", lambda y: -y),
        ("the logarithm is to base 2", "use the natural logarithm", lambda y: y / np.log(2)),
        ("the logarithm is to base 10", "use the natural logarithm", lambda y: y / np.log(10)),
        ("twice the result", "look for a factor 2 too much", lambda y: 2 * y),
        ("half of the result", "look for a factor 1/2 too much", lambda y: y / 2),
        ("the root of the result", "leave out the root", np.sqrt),
        ("the square of the result", "leave out the square", np.square),
        ("the exponential of the result", "leave out the last exponential", np.exp),
        ("the logarithm of the result", "leave out the last logarithm", np.log),
        ("1 minus the result", "the complement is computed", lambda y: 1 - y),
        ("the reciprocal of the result", "numerator and denominator are exchanged", lambda y: 1 / y),
        ("negative results are cut off at 0", "do not clip the result", lambda y: np.maximum(y, 0)),
        ("the result is clipped to 0..1", "do not clip the result", lambda y: np.clip(y, 0, 1)),
        ("the result is cut to a whole number", "compute in floats", np.trunc),
        ("the result is rounded to a whole number", "do not round", np.rint),
        ("always 0", "the function computes nothing", np.zeros_like),
        ("a nan is hidden", "let nan show: a number in its place is a lie", np.nan_to_num),
        ("the last entry is 1 minus the others", "compute every entry by the formula: the difference cancels", _rest),
        ("entries in reverse order", "keep the order of the entries", lambda y: y[..., ::-1] if y.ndim else y),
        ("entries in order of size", "keep the order of the entries", lambda y: np.sort(y) if y.ndim else y),
        ("only the largest entry counts", "give every entry its share", _hard),
    )
    for name, remedy, change in changed:
        yield Slip(name, remedy, lambda values, change=change: change(right(values)))  # type: ignore[misc]  # binds change
    for digits in range(2, 13):
        name = f"the result is rounded to {digits} decimals"
        yield Slip(name, "do not round", lambda values, k=digits: np.round(right(values), k), 1e-14)  # type: ignore[misc]  # binds it
    for exponent in range(2, 16):
        low = 10.0**-exponent
        name = f"the result is clipped at 1e-{exponent}"
        yield Slip(name, "do not clip: small numbers matter", lambda values, c=low: np.clip(right(values), c, 1 - c))  # type: ignore[misc]  # binds it
        name = f"the result is clipped below at 1e-{exponent}"
        yield Slip(name, "do not clip: small numbers matter", lambda values, c=low: np.maximum(right(values), c))  # type: ignore[misc]  # binds it
    for exponent in range(5, 16):
        low, remedy = 10.0**-exponent, "leave the small number out: take the logarithm of a form that is never 0"
        name = f"1e-{exponent} is added inside the last logarithm"
        yield Slip(name, remedy, lambda values, c=low: np.log(np.exp(right(values)) + c))  # type: ignore[misc]  # binds it
        name = f"1e-{exponent} is added to a probability inside minus the logarithm"
        yield Slip(name, remedy, lambda values, c=low: -np.log(np.exp(-right(values)) + c))  # type: ignore[misc]  # binds it
    for size in sorted({s for p in own.parameters for s in p.type.shape}, key=str):

        def count(values: Draw, size: Any = size) -> float:
            return float(values[size])

        def mean(values: Draw, count: Any = count) -> np.ndarray:
            return np.asarray(right(values) / count(values))

        def total(values: Draw, count: Any = count) -> np.ndarray:
            return np.asarray(right(values) * count(values))

        def unbiased(values: Draw, count: Any = count) -> np.ndarray:
            return np.asarray(right(values) * count(values) / (count(values) - 1))

        def less(values: Draw, count: Any = count) -> np.ndarray:
            return np.asarray(right(values) - np.log(count(values)))

        def more(values: Draw, count: Any = count) -> np.ndarray:
            return np.asarray(right(values) + np.log(count(values)))

        yield Slip(f"a mean over {to_text(size)} inside the logarithm", "add up inside the logarithm, without dividing", less)
        yield Slip(f"a mean over {to_text(size)} below the fraction inside the logarithm", "add up, without dividing", more)
        yield Slip(f"a mean over {to_text(size)} where a sum is meant", "do not divide by the number of entries", mean)
        yield Slip(f"a sum over {to_text(size)} where a mean is meant", "divide by the number of entries", total)
        yield Slip(f"divided by {to_text(size)} - 1", "divide by the number of entries itself", unbiased)


def _rest(y: np.ndarray) -> np.ndarray:
    return np.concatenate([y[..., :-1], 1 - y[..., :-1].sum(axis=-1, keepdims=True)], axis=-1) if y.ndim else y


def _hard(y: np.ndarray) -> np.ndarray:
    return (y == y.max(axis=-1, keepdims=True)).astype(float) if y.ndim and y.size else y


def _first_largest(x: np.ndarray) -> np.ndarray:
    return np.asarray(np.arange(x.shape[-1]) == x.argmax(axis=-1)[..., None], dtype=float)


def _of_inputs(right: Right, own: Subject) -> Iterator[Slip]:
    """Slips that act on an input before the formula."""
    numbers = [p for p in own.parameters if p.type.domain not in WHOLE]
    for place, p in enumerate(numbers):
        for other in numbers[place + 1 :]:
            if p.type.shape == other.type.shape:

                def swapped(values: Draw, p: Any = p, other: Any = other) -> np.ndarray:
                    return right({**values, p: values[other], other: values[p]})

                yield Slip(f"{p.name} and {other.name} are exchanged", "check the order of the arguments", swapped)
        for name, remedy, change in _changes(p):

            def changed(values: Draw, p: Any = p, change: Any = change) -> np.ndarray:
                return right({**values, p: change(values[p])})

            yield Slip(f"{p.name} {name}", remedy, changed)
    for label in (p for p in own.parameters if p.type.domain == "index" and not p.type.shape):

        def from_one(values: Draw, label: Any = label) -> np.ndarray:
            return right({**values, label: values[label] - 1 or values[label.type.over]})

        def too_large(values: Draw, label: Any = label) -> np.ndarray:
            return right({**values, label: values[label] % values[label.type.over] + 1})

        yield Slip("labels are counted from 1", "labels count from 0", from_one)
        yield Slip("labels are one too large", "labels count from 0", too_large)


def _changes(p: Any) -> Iterator[tuple[str, str, Callable[[Any], Any]]]:
    yield "is turned in sign", "check the sign", lambda x: -x
    yield "is cut to whole numbers", "keep the fractions: do not cast to integers", np.trunc
    yield "is squared", "leave out the square", np.square
    yield "counts by its size alone", "keep the sign", np.abs
    yield "is rounded to float16 inside", "compute in the format of the input", _through("float16")
    if p.type.shape:
        yield "is sorted", "keep the order of the entries", lambda x: np.sort(x)
        yield "is read backwards", "keep the order of the entries", lambda x: np.flip(x, -1)
    if p.type.domain in ("unit", "simplex"):
        for exponent in range(2, 16):
            low = 10.0**-exponent
            yield f"is clipped at 1e-{exponent}", "do not clip: small probabilities matter", _clipped(low, 1 - low)
            yield f"has 1e-{exponent} added", "leave the small number out: it is wrong in every term", partial(np.add, low)
    if p.type.domain == "simplex":
        yield "counts by its largest entry alone", "give every entry its share", _first_largest
    if p.type.domain == "real":
        for limit in (10.0, 20.0, 30.0, 50.0, 100.0, 500.0, 700.0):
            remedy = "do not clip: rewrite the formula so that nothing overflows"
            yield f"is clipped at {limit:g}", remedy, _clipped(-limit, limit)
        for exponent in range(2, 16):  # a probability that is clipped, told by its logit
            limit = float(np.log1p(-(10.0**-exponent)) + exponent * np.log(10))
            yield (
                f"has its probability clipped at 1e-{exponent}",
                "do not clip: small probabilities matter",
                _clipped(-limit, limit),
            )
        yield "counts by its sign alone", "keep the size", np.sign
        for factor in (1.001, 0.999, 1.01, 0.99, 2.0, 0.5, float(np.log(2))):
            remedy = "look for a factor that does not belong there"
            yield f"is scaled by {factor:.4g}", remedy, partial(np.multiply, factor)


def _clipped(low: float, high: float) -> Callable[[Any], Any]:
    def change(x: Any) -> Any:
        return np.clip(x, low, high)

    return change


def _through(form: str) -> Callable[[Any], Any]:
    def change(x: Any) -> Any:
        with np.errstate(all="ignore"):
            return np.asarray(x).astype(form).astype(np.float64)

    return change


def attempt(gives: Callable[[Draw], np.ndarray], values: Draw) -> np.ndarray | None:
    """What a slip gives, None where it gives nothing."""
    try:
        with np.errstate(all="ignore"):
            return np.asarray(gives(values), dtype=np.float64)
    except (Broken, ValueError, TypeError, IndexError, ArithmeticError):
        return None

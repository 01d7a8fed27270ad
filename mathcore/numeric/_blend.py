"""Sums a x + b y to half an ULP, for the steps of optimisers: block by block, or, of few weights, for all terms at once."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from . import _core
from ._blocks import MOST_AXES, NATIVE, quietly, scratch
from ._elementwise import room

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TINY, HUGE = 2.0**-500, 2.0**500  # between them nothing that counts overflows or underflows
UPPER = np.array(-(1 << 27))  # masks the last 27 of a float64: its first 26 digits stay
CANCELLED = 2.0**-20  # a sum that is a smaller part of a term takes more care
LEAST_PART, LEAST = np.array(CANCELLED), np.array(TINY)  # a Python number is converted at every call
FEW = 1024  # entries up to which a call is mostly overhead
KEPT = 8  # shapes

add, subtract, multiply, bitwise_and = np.add, np.subtract, np.multiply, np.bitwise_and


class Factor(NamedTuple):
    """A number with its first 26 digits and the rest, for products that are exact."""

    value: float
    upper: float
    lower: float


def factor(x: float, error: float = 0.0) -> Factor:
    """x + error as a factor."""
    mantissa, exponent = math.frexp(x)
    upper = math.ldexp(math.trunc(math.ldexp(mantissa, 26)), exponent - 26)
    return Factor(x, upper, (x - upper) + error)


def blend(a: Factor, x: Floats, b: Factor, y: Floats, y_rest: Any = 0.0, *, careful: bool) -> tuple[Floats, Any, Any]:
    """a x + b (y + y_rest), y_rest below 2^-25 y: the rounded sum, what rounding took, and which entries are to be trusted.

    Those are within 0.51 ULP of float64 if `careful`, of float32 otherwise: at most 20 bits cancel, and nothing overflows
    or underflows. Products of the first 26 digits are exact, so that only the small rest is rounded before the end.
    """
    high = room(x)
    if careful:
        rest = room(x)
        used = scratch.used
        (x_upper, x_lower), (y_upper, y_lower) = parts(x), parts(y)
        first, second = np.multiply(x_upper, a.upper, out=room(x)), np.multiply(y_upper, b.upper, out=room(x))
        y_lower += y_rest
        x_lower *= a.value
        y_lower *= b.value
        x_upper *= a.lower
        y_upper *= b.lower
        x_lower += x_upper
        x_lower += y_lower
        x_lower += y_upper
        size = np.abs(first, out=y_upper)
        total, rest = sum_and_rest(first, second, rest)
        rest += x_lower
        high = np.add(total, rest, out=high)
        rest -= np.subtract(high, total, out=total)
    else:
        used, rest = scratch.used, 0.0
        first = np.multiply(x, a.value, out=room(x))
        high = np.add(first, np.multiply(y, b.value, out=high), out=high)
        size = np.abs(first, out=first)
    size *= CANCELLED
    most = np.abs(high, out=room(x))
    trusted: Any = bool(most.min() >= TINY and most.max() <= HUGE and abs(b.value) <= HUGE and (size <= most).all())
    if not trusted:
        trusted = (most >= TINY) & (most <= HUGE) & (abs(b.value) <= HUGE) & (size <= most)
    scratch.used = used
    return high, rest, trusted


def parts(x: Floats) -> tuple[Floats, Floats]:
    """`halves` in rooms."""
    upper = np.bitwise_and(x.view(np.int64), UPPER, out=room(x, np.int64)).view(np.float64)
    return upper, np.subtract(x, upper, out=room(x))


def sum_and_rest(a: Floats, b: Any, rest: Floats | None) -> tuple[Floats, Floats]:
    """`two_sum` in rooms, the error in `rest`; overwrites `a`."""
    total = np.add(a, b, out=room(a))
    part = np.subtract(total, a, out=room(a))
    rest = np.subtract(total, part, out=rest)
    np.subtract(a, rest, out=rest)
    rest += np.subtract(b, part, out=part)
    return total, rest


# few weights -----------------------------------------------------------------------------------------------------------


class Stack:
    """Room for sums of two products of few numbers: all terms x, then all terms y, each a row of one array.

    Of few numbers a call is mostly overhead. So each operation is done for all terms at once, in arrays that are kept from
    step to step, and factors fill rows of their own: NumPy takes longer to broadcast one. The operations are those of `blend`
    in its order, which gives the same bits.
    """

    pairs: ClassVar[int]

    def __init__(self, shape: tuple[int, ...]) -> None:
        half = self.pairs
        self.terms, self.upper, self.lower, products, *self.factors = np.zeros((7, 2 * half, *shape))
        self.above = np.empty((half + 1, *shape))  # `high`, and above it a row more
        self.high, (total, part, self.rest) = self.above[1:], np.empty((3, half, *shape))
        self.found = np.empty((half, *shape), bool)
        halves = self.lower[:half], self.lower[half:], self.upper[:half], self.upper[half:]
        self.rooms = products, products[:half], products[half:], *halves, total, part, self.high.reshape(-1)
        self.bits = self.terms.view(np.int64), self.upper.view(np.int64)
        self.filled: tuple[float | Factor, ...] = ()

    def fill(self, numbers: tuple[float | Factor, ...]) -> None:
        """Take these as the factors, one for each row of terms."""
        if numbers == self.filled:
            return
        self.filled = ()
        for row, number in enumerate(numbers):
            for values, value in zip(self.factors, number if isinstance(number, Factor) else factor(number), strict=True):
                values[row] = value
        self.filled = numbers

    def split(self) -> None:
        """The terms as upper and lower parts."""
        bits, upper_bits = self.bits
        bitwise_and(bits, UPPER, upper_bits)
        subtract(self.terms, self.upper, self.lower)

    def blend(self) -> bool:
        """`blend`, with care, of terms that are split: the sums in `high`, what rounding took in `rest`.

        Returns whether all entries are to be trusted; if not, `found` says which are.
        """
        value, first_digits, others = self.factors
        products, first, second, small, y_lower, x_upper, y_upper, total, part, line = self.rooms
        upper, lower, high, rest, found = self.upper, self.lower, self.high, self.rest, self.found
        multiply(upper, first_digits, products)
        multiply(lower, value, lower)
        multiply(upper, others, upper)
        add(small, x_upper, small)
        add(small, y_lower, small)
        add(small, y_upper, small)
        add(first, second, total)
        subtract(total, first, part)
        subtract(total, part, rest)
        subtract(first, rest, rest)
        subtract(second, part, part)
        add(rest, part, rest)
        add(rest, small, rest)
        add(total, rest, high)
        subtract(high, total, part)
        subtract(rest, part, rest)
        np.abs(first, first)
        multiply(first, LEAST_PART, first)
        np.maximum(first, LEAST, out=first)
        np.less_equal(first, np.abs(high, part), found)
        if not np.vdot(line, line) <= HUGE * HUGE:
            np.logical_and(found, part <= HUGE, out=found)
        return bool(np.count_nonzero(found) == line.size)


def few(w: Any, *others: Any) -> tuple[Floats, ...] | None:
    """The arguments if they are arrays of one shape, float64 in C order, of which a call is mostly overhead; else None."""
    if _core.runs() or not (
        type(w) is np.ndarray and 0 < w.ndim <= MOST_AXES - 2 and 0 < w.size <= FEW
    ):  # a stack has two axes more
        return None
    arrays, shape = (w, *others), w.shape
    for x in arrays:
        if not (type(x) is np.ndarray and x.dtype is NATIVE and x.shape == shape and x.flags.c_contiguous):
            return None
    return arrays


class Kept(threading.local):
    """The stacks of the shapes that were asked for last."""

    def __init__(self) -> None:
        self.stacks: dict[tuple[type, tuple[int, ...]], Any] = {}


kept = Kept()


def lent(kind: type[Any], shape: tuple[int, ...]) -> Any:
    """The stack of this kind and shape that is kept, or a new one; nobody else has it until it is given back."""
    return kept.stacks.pop((kind, shape), None) or kind(shape)


def give_back(stack: Stack) -> None:
    """Keep it for the next call."""
    if len(kept.stacks) >= KEPT:
        kept.stacks.clear()
    kept.stacks[type(stack), stack.high.shape[1:]] = stack


def step_of_few(kind: type[Any], w: Floats, *arguments: Any) -> Any:
    """A step in a stack that is kept; a call from within the step, of a signal, gets another."""
    stack = lent(kind, w.shape)
    try:
        return quietly(stack.step, w, *arguments)
    finally:
        give_back(stack)

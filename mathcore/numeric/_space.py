"""Where a call is computed, and the words in which its form is written: NumPy's here, those of other libraries in `_library`.

A form is one function of a `Space` and of arrays: entry by entry, or along rows, for which the space has `max`, `sum` and
others. It changes no argument, branches on no value except by `perhaps`, and gives every row bits that depend on that row
alone. Arrays of NumPy come in as float64, some rows or entries at a time, and results are rounded to their format once.
"""

from __future__ import annotations

import math
import reprlib
from collections.abc import Callable
from copy import copy
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import (
    AS_THEY_ARE,
    MOST_AXES,
    Rows,
    floats,
    foreign,
    holds_real_numbers,
    label_array,
    real_array,
    real_number,
    result_format,
    rows_of,
    same_shape,
)
from ._calls import NATIVE, in_threads, quietly
from ._core import not_mine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike as ArrayLike
else:
    ArrayLike = Any  # numpy.typing would be one more import

Array = Any
Axis = int | tuple[int, ...] | None
Form = Callable[..., Any]

CHUNK = 16_384  # entries: 128 kB, so that all that a form works on stays in a core's second-level cache
SHORT = 64  # rows up to here are laid side by side: a reduction is then a few operations on whole vectors
UNITS = {2: 2.0**-11, 4: 2.0**-24}  # the unit roundoff of narrow formats, by their bytes
add_up: Any = np.add.reduce
largest_of: Any = np.maximum.reduce
smallest_of: Any = np.minimum.reduce

LIFTED = 2.0**30  # below it, where pmfs are, terms that are all small are computed larger: see `Space.unit`
VALUE, ENTRIES = "one value a row", "an entry for each"  # what a form gives


def space(function: str, **arguments: Any) -> Space:
    """Where the call of this function with these arrays is computed."""
    if foreign(*arguments.values()):
        found: Space = import_module("mathcore.numeric._library").Library(function, arguments)
        return found
    return Space(function, arguments)


def parts(shape: tuple[int, ...], most: int) -> Iterator[tuple[slice, ...]]:
    """Indices that cut an array of this shape into parts of about `most` entries."""
    inner = math.prod(shape[1:])
    if not shape or shape[0] * inner <= most:
        yield ()
        return
    step = max(1, most // inner)
    for start in range(0, shape[0], step):
        for rest in parts(shape[1:], most) if step == 1 else [()]:
            yield slice(start, start + step), *rest


class Space:
    """Some arguments of one call, and what is done with them. This one is of NumPy.

    `xp` is the namespace, `dtype` the format of the computation with its `eps`, `largest` and `smallest` normal number,
    `result` that of what comes out. `axes` are those of a row in the arrays that a form sees, `length` is that of a row.
    """

    xp: Any = np
    dtype: Any = NATIVE
    eps, largest, smallest = 2.0**-52, float(np.finfo(np.float64).max), 2.0**-1022
    reach = 640.0  # exp of anything up to it, of either sign, has all its digits, and a sum of any length is in range
    ends = 2.0**-500, 2.0**960, 2.0**600, 2.0**-64  # see `unit`
    axes: tuple[int, ...]
    rows: Rows

    def __init__(self, function: str, arguments: dict[str, Any]) -> None:
        self.function = function
        self.given = {name: real_array(function, name, x) for name, x in arguments.items() if name != "labels"}
        self.result: Any = result_format(*self.given.values())
        if "labels" in arguments:
            self.given["labels"] = arguments["labels"]

    # what goes in -----------------------------------------------------------------------------------------------------

    def same_shape(self, first: str, second: str) -> None:
        same_shape(self.function, first, self.given[first], second, self.given[second])

    def along(self, argument: str, axis: Axis, *, allow_empty: bool = False) -> None:
        """Rows of this argument along `axis`."""
        self.rows = rows_of(self.function, argument, self.given[argument], axis, allow_empty=allow_empty)

    @property
    def length(self) -> int:
        return self.rows.length

    def says(self, flag: Any) -> bool:
        """Whether a check says yes; no where nobody knows yet."""
        return bool(flag)

    def number(self, x: float) -> Array:
        """A number as an array of the computation's format."""
        return np.float64(x)

    def parameter(self, argument: str, x: Any, allowed: Callable[[Any], Any], demand: str) -> Any:
        """A number in its range."""
        number = real_number(self.function, argument, x)
        if not allowed(number):
            raise ValueError(f"{self.function}: {argument} must {demand.format(repr(number))}")
        return number

    def check_between(self, argument: str, low: float, high: float, message: str) -> None:
        """Raise if an entry lies outside; `message` takes the place and the value. A nan passes."""
        x = self.given[argument]
        if not x.size or low <= x.min() <= x.max() <= high:  # false if there is a nan: then entry by entry
            return
        wrong = (x < low) | (x > high)
        if wrong.any():
            index = self.first(wrong)
            raise ValueError(f"{self.function}: " + message.format(place(argument, index), repr(float(x[index]))))

    def check_pmf(self, argument: str, axis: Axis, instead: str = AS_THEY_ARE) -> None:
        """Raise unless every row is >= 0 and sums to 1 within min(4 (4 + sqrt n) u, 1/64); rows with a nan pass.

        u is the unit roundoff of the format, so that a softmax rounded to float16 is accepted and 0.97 is not. The sums are
        float64. `instead` is what else the caller may do.
        """
        p = self.given[argument]
        tolerance = min(4 * (4 + math.sqrt(self.length)) * UNITS.get(p.dtype.itemsize * (p.dtype.kind == "f"), 2.0**-53), 1 / 64)
        if 0 < p.size <= CHUNK and quietly(_are_pmfs, p, self.rows.reduced, tolerance):
            return

        def of_no_pmf(row: Space, p: Array) -> Array:
            return (row.min(p) < 0) | (abs(row.sum(p) - 1) > tolerance)

        wrong = self.by_row(of_no_pmf, argument, gives=(VALUE,), formats=(np.dtype(bool),))
        if not np.any(wrong):
            return
        if (p < 0).any():
            raise self.negative(argument, p, self.first(p < 0), instead)
        row = int(np.flatnonzero(wrong)[0])
        with np.errstate(all="ignore"):
            mass = float(p.sum(axis=self.rows.reduced, dtype=np.float64).reshape(-1)[row])
        raise self.unnormalised(argument, row, mass, axis, instead)

    def first(self, wrong: Array) -> tuple[int, ...]:
        """The index of the first entry that is wrong."""
        return tuple(int(i) for i in np.argwhere(wrong)[0])

    def negative(self, argument: str, p: Array, index: tuple[int, ...], instead: str) -> ValueError:
        return ValueError(
            f"{self.function}: probabilities must be >= 0; {place(argument, index)} is {float(p[index])!r}. "
            f"Turn scores into probabilities with softmax, or {instead}."
        )

    def unnormalised(self, argument: str, row: int, mass: float, axis: Axis, instead: str) -> ValueError:
        return ValueError(
            f"{self.function}: probabilities must sum to 1 along axis {axis}; {self.rows.row_name(row)} sums to "
            f"{mass!r} in {argument}. Normalise them, or {instead}."
        )

    def check_labels(self, remedy: str) -> None:
        """Labels as class numbers, one a row."""
        label = self.given["labels"] = label_array(self.function, self.given["labels"], self.length)
        if label.shape != self.rows.batch:
            raise ValueError(f"{self.function}: labels must {remedy.format(self.rows.batch, label.shape)}")

    def counted(self, classes: int | None) -> tuple[Array, int]:
        """Labels as class numbers, and how many classes there are if that is not given."""
        label = label_array(self.function, self.given["labels"], classes)
        if label.ndim == MOST_AXES:
            raise ValueError(
                f"{self.function}: labels have {MOST_AXES} axes, and there is no room for one more. Reshape them first."
            )
        if classes is None and not label.size:
            raise ValueError(f"{self.function}: there are no labels to count classes from. Pass classes=.")
        return label, int(label.max()) + 1 if classes is None else classes

    def format_named(self, dtype: Any) -> Any:
        """The format of this name or type."""
        try:
            result = np.dtype(dtype)
        except Exception as error:  # whatever an object raises that is no format
            got = reprlib.repr(dtype)
            raise TypeError(f"{self.function}: dtype {got} is unknown to NumPy. Use for example np.float64.") from error
        if not holds_real_numbers(result):
            raise TypeError(
                f"{self.function}: dtype must be a float, integer or boolean type, got {result}. Use for example np.float64."
            )
        return result

    def counting(self, classes: int) -> Array:
        """The numbers of all classes."""
        return np.arange(classes)

    def cast(self, x: Array, dtype: Any) -> Array:
        return x.astype(dtype)

    def shape(self, argument: str) -> tuple[int, ...]:
        return self.given[argument].shape

    def known_format(self, name: str) -> Any:
        return np.dtype(name)

    def format_of(self, argument: str) -> Any:
        """The float format of an argument, as a result has it."""
        return result_format(self.given[argument])

    # the form at work -------------------------------------------------------------------------------------------------

    def compiled(self, core: Form, names: tuple[str, ...], *axis: Any) -> Any:
        """What the compiled core gives, NotImplemented for what it does not take."""
        return core(*[self.given[name] if name == "labels" else floats(self.given[name]) for name in names], *axis)

    def by_entry(self, form: Form, *names: str, formats: tuple[Any, ...] = (), core: Form = not_mine) -> Any:
        """What the form gives for arguments of one shape, entry by entry: an array, or as many as there are `formats`.

        The compiled core is asked before: `core` takes the arrays.
        """
        if (found := self.compiled(core, names)) is not NotImplemented:
            return found
        shape = self.given[names[0]].shape
        return self._computed(form, names, Rows(shape, tuple(range(len(shape))), ()), (ENTRIES,) * max(1, len(formats)), formats)

    def by_row(
        self,
        form: Form,
        *names: str,
        gives: tuple[str, ...] = (ENTRIES,),
        formats: tuple[Any, ...] = (),
        core: Form = not_mine,
    ) -> Any:
        """What the form gives for the rows of arguments of one shape; `labels`, one a row, are a column.

        The compiled core is asked before: `core` takes the arrays and the axes of a row.
        """
        if (found := self.compiled(core, names, self.rows.reduced)) is not NotImplemented:
            return found
        self.axes = (0,) if 0 < self.length <= SHORT else (1,)
        return self._computed(form, names, self.rows, gives, formats, (self.length,))

    def by_table(self, form: Form, name: str) -> Any:
        """What the form gives for each table, a row along two axes that keeps them: one value."""
        self.axes = (1, 2)
        return self._computed(form, (name,), self.rows, (VALUE,), (), tuple(self.rows.shape[a] for a in self.rows.reduced))

    def over(self, k: int) -> Space:
        """The same where rows run along axis number k of a table alone."""
        one = copy(self)
        one.axes = self.axes[k : k + 1]
        return one

    def kept(self, values: Array) -> Any:
        """One value a row with the axes of a row kept, with length 1."""
        for axis in self.rows.reduced:
            values = self.xp.expand_dims(values, axis=axis)
        return values

    def _computed(
        self, form: Form, names: tuple[str, ...], rows: Rows, gives: Any, formats: Any, row: tuple[int, ...] | None = None
    ) -> Any:
        """One part of the batch of rows after the other, each as C order has it: rows of this shape, or entries."""
        batch, order = rows.batch, rows.kept + rows.reduced
        formats = formats or (self.result,) * len(gives)
        inputs = [self.given[name] for name in names]
        kinds = [(1,) if name == "labels" else row for name in names]
        turned = order != tuple(range(len(order)))
        if turned:
            inputs = [x if name == "labels" else x.transpose(order) for name, x in zip(names, inputs, strict=True)]
        if 0 < math.prod(rows.shape) <= CHUNK and not turned:
            shapes = [batch if what is VALUE else rows.shape for what in gives]
            found = quietly(_at_once, self, form, inputs, kinds, len(batch), shapes, formats)
        else:
            found = [np.empty(batch if what is VALUE else rows.shape, dtype) for what, dtype in zip(gives, formats, strict=True)]
            outs = [y if what is VALUE or not turned else y.transpose(order) for what, y in zip(gives, found, strict=True)]
            work = partial(_in_parts, self, form, inputs, kinds, len(batch), outs)
            in_threads(work, [] if 0 in batch else list(parts(batch, max(1, CHUNK // max(1, rows.length)))))
        return found[0][()] if len(found) == 1 else tuple([y[()] for y in found])

    # words of forms: along rows, in arrays with two axes ----------------------------------------------------------------

    def sum(self, x: Array) -> Array:
        if self.axes == (0,) and x.shape[1] == 1:  # NumPy would take a single column for a row, and add in another order
            return np.add.accumulate(x, axis=0)[-1:] + 0.0
        return add_up(x, self.axes, None, None, True)

    def max(self, x: Array) -> Array:
        return largest_of(x, self.axes, None, None, True)

    def min(self, x: Array) -> Array:
        return smallest_of(x, self.axes, None, None, True)

    def leader(self, x: Array) -> tuple[Array, Array]:
        """Which entry is the first largest of its row, and its value."""
        top = self.max(x)
        leader = x == top
        if np.count_nonzero(leader) != np.count_nonzero(top == top):  # some are equal
            leader = self.numbers == x.argmax(axis=self.axes[0], keepdims=True)
        return leader, top

    def still(self, leader: Array, distance: Array) -> Array:
        """Distances from the leader, its own as a constant: its slope would be what is left of two that cancel."""
        return distance

    @property
    def numbers(self) -> Array:
        """The number of each entry of a row, from 0."""
        return np.arange(self.length).reshape((-1, 1) if self.axes == (0,) else (1, -1))

    def pair(self, x: Array) -> tuple[Array, Array]:
        """The sum of each row, rounded once, and what rounding took, whatever the order in which the library adds.

        Adding sigma >= 2 n max|x| and taking it away splits x into a coarse part, whose sum is exact in any order, and a
        small rest (Rump, Ogita and Oishi, Accurate floating-point summation I, 2008, ExtractVector).
        """
        fixed = self.rounded(self.constant(x))
        sigma = 2.0 ** (1 + math.ceil(math.log2(self.length))) * self.max(abs(fixed))
        coarse = self.rounded(fixed + sigma) - sigma
        known, rest = self.sum(coarse), self.sum(x - coarse)
        total = known + rest
        lost = total != total
        if self.perhaps(lost):  # sigma is too large, or a term is infinite
            total = self.where(lost, self.sum(x), total)
        return total, self.constant((known - total) + rest)

    def unit(self, x: Array, least: float | None = None) -> Array:
        """A power of two for each row of terms of the size of x, so that no sum overflows and no digit is lost among subnormals.

        It is 1 for most; `least` is the size below which rows are taken for small.
        """
        low, high, up, down = self.ends
        size = self.max(x)
        small = size < (low if least is None else least)
        if not self.perhaps(~small):
            return up
        large = (size > high) & (size < math.inf)
        return self.where(large, down, self.where(small, up, 1.0)) if self.perhaps(small | large) else 1.0

    def known(self, x: Array) -> Array:
        """nan for a label that could not be refused and names no class."""
        return x

    def total(self, x: Array) -> Array:
        """The sum of each row, rounded as if it had been exact."""
        return self.pair(x)[0]

    # entry by entry ----------------------------------------------------------------------------------------------------

    def perhaps(self, flag: Array) -> bool:
        """Whether some entry is true: what follows is needed. Libraries that may not look at values always say yes."""
        return bool(np.count_nonzero(flag))

    def replaced(self, value: Array, there: Array, form: Callable[..., Array], *arrays: Array, safe: float = 0.0) -> Array:
        """The value, and what the form gives for the arrays `there`.

        Where values cannot be looked at, the form is computed of all, of a `safe` number in place of those that do not count,
        or their slopes might be nan. The value may be overwritten.
        """
        at = np.flatnonzero(there)
        if at.size:
            value.reshape(-1)[at] = form(*[x.reshape(-1)[at] for x in arrays])
        return value

    def where(self, condition: Array, a: Any, b: Any) -> Array:
        """A choice entry by entry, of arrays or numbers."""
        return np.where(condition, a, b)

    def mended(self, results: tuple[Array, ...], far: Array, exactly: Form, *arrays: Array) -> tuple[Array, ...]:
        """The results, with those of `exactly` where entries are too `far` from 1 for them. Other libraries leave them."""
        at = np.flatnonzero(far)
        if at.size:
            for result, values in zip(results, exactly(*[x[at] for x in arrays]), strict=True):
                result[at] = values
        return results

    def size(self, x: Array) -> Array:
        """|x|, with the slope of -x at 0: where two formulas meet there, the left one gives the slope."""
        return np.abs(x)

    def away(self, x: Array) -> Array:
        """|x|, with the slope 0 at 0."""
        return np.abs(x)

    def near(self, size: Array) -> Array:
        """A power of two that is as large as each size, or nearly; 1 for 0."""
        return np.ldexp(1.0, np.frexp(size)[1] - 1)

    def positive(self, x: Array) -> Array:
        """max(x, 0), with 0.0 for -0.0 and the slope 0 at 0."""
        return np.maximum(x, 0.0) + 0.0

    def constant(self, x: Array) -> Array:
        """`x`, through which no gradient flows: a shift, a correction that differentiation must not see."""
        return x

    def rounded(self, x: Array) -> Array:
        """`x` as the float it is, where a compiler might keep more digits."""
        return x

    def two_sum(self, a: Array, b: Array) -> tuple[Array, Array]:
        """The rounded sum and its error as a constant: a + b = sum + error exactly (Knuth, TAOCP 2, theorem 4.2.2 B).

        The error is 0 where the sum is not finite.
        """
        x, y = self.rounded(self.constant(a)), self.rounded(self.constant(b))
        total = self.rounded(x + y)
        part = total - x
        error = (x - (total - part)) + (y - part)
        if self.perhaps(error != error):
            error = self.where(self.xp.isfinite(error), error, 0.0)
        return a + b, error

    def ratio(self, a: Array, b: Array) -> Array:
        """a / b, with slopes that neither overflow nor vanish."""
        return a / b

    def two_product(self, a: Array, b: Any) -> tuple[Array, Array]:
        """The rounded product and its error as a constant: a b = product + error if neither leaves the range (Dekker, 1971).

        The error is 0 where the product is not finite.
        """
        x = self.rounded(self.constant(a))
        y = b if isinstance(b, float) else self.rounded(self.constant(b))
        product = self.rounded(x * y)
        (x_upper, x_lower), (y_upper, y_lower) = self.halves(x), self.halves(y)
        error = x_lower * y_lower - (((product - x_upper * y_upper) - x_lower * y_upper) - x_upper * y_lower)
        lost = error != error
        if self.perhaps(lost):
            error = self.where(lost, 0.0, error)
        return a * b, error

    def halves(self, x: Any) -> tuple[Any, Any]:
        """Two parts of half the digits, of which products are exact (Veltkamp, 1968)."""
        wide = x * 134_217_729.0  # 2^27 + 1
        upper = wide - (wide - x)
        return upper, x - upper

    def log(self, x: Array, log: str = "log") -> Array:
        """A logarithm: -inf at 0, and nan below."""
        return getattr(np, log)(x)

    def log1p(self, x: Array) -> Array:
        return np.log1p(x)


def _are_pmfs(p: Array, axes: tuple[int, ...], tolerance: float) -> bool:
    """False also where one has to look closer."""
    return bool(p.min() >= 0 and abs(add_up(p, axes, np.float64) - 1).max() <= tolerance)


def _at_once(call: Space, form: Form, inputs: Any, lengths: Any, kept: int, shapes: Any, formats: Any) -> list[Array]:
    found = _of_part(call, form, inputs, lengths, kept)
    return [y.astype(dtype, order="C").reshape(shape) for y, dtype, shape in zip(found, formats, shapes, strict=False)]


def _in_parts(call: Space, form: Form, inputs: Any, lengths: Any, kept: int, outs: Any, places: Any) -> None:
    for index in places:
        part = (*index, ...)
        found = _of_part(call, form, [x[part] for x in inputs], lengths, kept)
        for out, values in zip(outs, found, strict=False):
            room = out[part]
            room[...] = values.reshape(room.shape)


def _of_part(call: Space, form: Form, inputs: Any, lengths: Any, kept: int) -> tuple[Array, ...]:
    """What the form gives for arrays that are floats in C order: entries, or rows, in columns if they are short."""
    arrays = [x.astype(NATIVE, order="C", copy=not x.flags.aligned) for x in inputs]
    if lengths[0] is None:
        arrays = [x.reshape(-1) for x in arrays]
        short = False
    else:
        arrays = [x.reshape(math.prod(x.shape[:kept]), *n) for x, n in zip(arrays, lengths, strict=True)]
        short = call.axes == (0,)
    found = form(call, *[x.T.copy() for x in arrays] if short else arrays)
    found = found if isinstance(found, tuple) else (found,)
    return tuple([x.T for x in found]) if short else found


def polynomial(x: Array, coefficients: Sequence[float]) -> Array:
    """By Horner's rule, the constant coefficient first."""
    value = x * coefficients[-1] + coefficients[-2]
    for c in coefficients[-3::-1]:
        value = value * x + c
    return value


def place(argument: str, index: tuple[int, ...]) -> str:
    return f"{argument}[{', '.join(map(str, index))}]" if index else argument

"""Arrays in, arrays out: formats, axes, checks. Every error names the function, the argument, the value and the remedy."""

from __future__ import annotations

import math
import operator
import reprlib
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._calls import NATIVE

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Axis = int | tuple[int, ...] | None

FLOATS = (np.float16, np.float32, np.float64)
OURS = frozenset((np.ndarray, np.float64, list, tuple, float, int, bool))  # what NumPy takes, seen at a glance

MOST_AXES = 64 if np.lib.NumpyVersion(np.__version__) >= "2.0.0" else 32  # of any array

EXACT = 2**53  # integers up to here are float64 numbers

AS_THEY_ARE = "pass validate=False to use them as they are"


def foreign(*arrays: Any) -> bool:
    """Whether any of these is an array of another library."""
    return not OURS.issuperset(map(type, arrays)) and any(map(_is_foreign, map(type, arrays)))


@lru_cache(maxsize=64)
def _is_foreign(kind: type) -> bool:
    """Arrays of the array-API standard say what they are; those of torch and dask only to array-api-compat."""
    if issubclass(kind, np.ndarray | np.generic):
        return False
    ours = {f"{base.__module__.partition('.')[0]}.{base.__name__}" for base in kind.__mro__}
    return hasattr(kind, "__array_namespace__") or not ours.isdisjoint(("torch.Tensor", "dask.Array", "cupy.ndarray"))


def numpy_alone(function: str, *arguments: Any) -> None:
    """For a function that has no form for arrays of other libraries."""
    if foreign(*arguments):
        raise _numpy_alone(function, next(x for x in arguments if foreign(x)))


def _numpy_alone(function: str, x: Any) -> TypeError:
    kind = f"{type(x).__module__.partition('.')[0]}.{type(x).__name__}"
    return TypeError(
        f"{function}: it computes with NumPy alone, got a {kind}. Pass an array of NumPy, for example with np.asarray."
    )


def holds_real_numbers(dtype: np.dtype[Any]) -> bool:
    """Whether these are booleans, integers or floats of 16, 32 or 64 bits, in any byte order."""
    return dtype.kind in "biu" or (dtype.kind == "f" and dtype.newbyteorder("=") in FLOATS)


def flag(function: str, argument: str, value: Any) -> None:
    """A switch is True or False: what Python would merely take for one of them is a TypeError."""
    if value is not True and value is not False and not isinstance(value, np.bool_):
        raise TypeError(
            f"{function}: {argument} must be True or False, got {reprlib.repr(value)}. Pass {argument}=True or {argument}=False."
        )


def real_array(function: str, argument: str, x: ArrayLike) -> NDArray[Any]:
    """`x` as an array of floats, integers or booleans, in the format it came in; anything else is a TypeError.

    An integer that is no float64 is a ValueError: integers count as float64, and none is rounded in silence.
    """
    array = any_array(function, argument, x)
    if array.dtype.kind in "iu" and array.dtype.itemsize == 8:
        _check_exact(function, argument, array)
    return array


def floats(array: NDArray[Any]) -> NDArray[Any]:
    """The array in a format that the compiled core takes: integers count as float64."""
    return array.astype(array.dtype.newbyteorder("=") if array.dtype.kind == "f" else NATIVE, copy=False)


def any_array(function: str, argument: str, x: ArrayLike) -> NDArray[Any]:
    """`real_array` with any integers."""
    if foreign(x):  # a function that has a form for it does not get here
        raise _numpy_alone(function, x)
    try:
        array = np.asarray(x)
    except ValueError as error:
        raise ValueError(
            f"{function}: {argument} is ragged or nested too deeply ({error}). Give every row the same length."
        ) from error
    except Exception as error:  # whatever an object raises that is no array
        what = f"{type(error).__name__}: {error}"
        raise TypeError(
            f"{function}: {argument} cannot be read as an array ({what}). Pass an array, a list or a number."
        ) from error
    if isinstance(x, np.ma.MaskedArray) and np.ma.is_masked(x):
        raise TypeError(
            f"{function}: {argument} has masked entries, and what is behind a mask is no number. Fill them first with "
            f"{argument}.filled(...); a logit of -inf masks its class."
        )
    if holds_real_numbers(array.dtype):
        return array
    raise TypeError(
        f"{function}: {argument} must hold float16, float32, float64, integers or booleans, got {array.dtype}. "
        f"Convert it first, for example np.asarray({argument}, dtype=np.float64)."
    )


def _check_exact(function: str, argument: str, array: NDArray[Any]) -> None:
    if not array.size or (array.max() <= EXACT and array.min() >= -EXACT):
        return
    bits = array.astype(np.uint64)  # of a negative number those of its complement
    sizes = np.where(array < 0, ~bits + np.uint64(1), bits)
    odd = sizes // np.maximum(sizes & (~sizes + np.uint64(1)), np.uint64(1))  # without the factors 2
    if (odd > EXACT).any():
        index = tuple(int(i) for i in np.argwhere(odd > EXACT)[0])
        place = f"{argument}[{', '.join(map(str, index))}]" if index else argument
        raise ValueError(
            f"{function}: integers count as float64, and {place} is {int(array[index])}, which is none. "
            f"Round it first, for example with np.asarray({argument}, dtype=np.float64)."
        )


def result_format(*arrays: NDArray[Any]) -> np.dtype[Any]:
    """The widest format among the arrays; integers and booleans count as float64."""
    if all([array.dtype == NATIVE for array in arrays]):
        return NATIVE
    return np.result_type(*[array.dtype if array.dtype.kind == "f" else NATIVE for array in arrays]).newbyteorder("=")


def real_number(function: str, argument: str, x: Any) -> float:
    """`x` as a Python float; an array or something not real is a TypeError."""
    array = real_array(function, argument, x)
    if array.ndim:
        raise TypeError(f"{function}: {argument} must be one number, got an array of shape {array.shape}. Pass a single one.")
    return float(array)


def same_shape(function: str, first: str, a: NDArray[Any], second: str, b: NDArray[Any]) -> None:
    """Nothing is broadcast: a silent (3,) against (3, 1) is a classic way to train on the wrong loss."""
    if a.shape != b.shape:
        raise ValueError(
            f"{function}: {first} and {second} must have the same shape, got {a.shape} and {b.shape}. "
            f"Reshape one of them, or use np.broadcast_to."
        )


def whole_number(x: Any) -> int:
    """`x` as a Python integer; anything else, True and False too, is a TypeError."""
    if isinstance(x, bool | np.bool_):
        raise TypeError
    try:
        return operator.index(x)
    except Exception as error:  # whatever an object raises that is no integer
        raise TypeError from error


class Rows(NamedTuple):
    """An array seen as a batch of rows: the axes `reduced` run along a row, the axes `kept` number the rows."""

    shape: tuple[int, ...]
    kept: tuple[int, ...]
    reduced: tuple[int, ...]

    @property
    def length(self) -> int:
        return math.prod(self.shape[a] for a in self.reduced)

    @property
    def batch(self) -> tuple[int, ...]:
        return tuple(self.shape[a] for a in self.kept)

    def row_name(self, row: int) -> str:
        index = [int(i) for i in np.unravel_index(row, self.batch)] if self.batch else []
        return f"row {index[0]}" if len(index) == 1 else f"row {tuple(index)}" if index else "the row"


def rows_of(function: str, argument: str, x: NDArray[Any], axis: Axis, *, allow_empty: bool = False) -> Rows:
    """How to see `x` as rows along `axis` (an int, a tuple, or None for all axes); an empty row is a ValueError."""
    ndim = x.ndim
    if type(axis) is int and axis == -1 and ndim and x.shape[-1]:
        return Rows(x.shape, tuple(range(ndim - 1)), (ndim - 1,))
    if axis is None:
        wanted = list(range(ndim))
    else:
        try:
            wanted = [whole_number(a) for a in (axis if isinstance(axis, tuple) else (axis,))]
        except TypeError as error:
            got = reprlib.repr(axis)
            raise TypeError(
                f"{function}: axis must be an integer, a tuple of integers or None, got {got}. Pass for example axis=-1."
            ) from error
    if ndim == 0 and wanted in ([-1], [0]):  # a single number is a row of one, as in NumPy's reductions
        wanted = []
    for a in wanted:
        if not -ndim <= a < ndim:
            remedy = f"Use an axis from {-ndim} to {ndim - 1}." if ndim else "Use axis=None for a single number."
            raise ValueError(f"{function}: axis {a} is out of range for {argument} of shape {x.shape}. {remedy}")
    reduced = tuple(sorted(a % ndim for a in wanted))
    if len(set(reduced)) < len(reduced):
        raise ValueError(f"{function}: axis {axis!r} names an axis of {argument} twice. Name each axis once.")
    rows = Rows(x.shape, tuple(a for a in range(ndim) if a not in reduced), reduced)
    if rows.length == 0 and not allow_empty:
        raise ValueError(
            f"{function}: {argument} of shape {x.shape} is empty along axis {axis}, and there is no result for an empty "
            f"row. Pass at least one entry, or skip the call for empty input."
        )
    return rows


def logarithm(function: str, base: float | None) -> tuple[str, float]:
    """The name of a logarithm, and the number by which it is to be divided to be of base `base`."""
    if base is None:
        return "log", 1.0
    number = real_number(function, "base", base)
    if not (0 < number < math.inf and number != 1):
        raise ValueError(
            f"{function}: base must be positive, finite and not 1, got {number!r}. "
            f"Use 2 for bits, 10 for hartleys, None for nats."
        )
    return {2.0: ("log2", 1.0), 10.0: ("log10", 1.0)}.get(number, ("log", math.log(number)))


def log_of_base(function: str, base: float | None) -> float:
    """log(base), by which a value in nats is divided; 1 for base=None."""
    log, divisor = logarithm(function, base)
    return divisor if log == "log" else math.log(float(base or 0))


def per_unit(base: Any) -> tuple[float, float] | None:
    """What the compiled core multiplies nats by, as a sum of two floats; None for what may be no base."""
    plain = base is None or (type(base) in (int, float) and 0 < base < math.inf and base != 1)
    return inverse_log(base) if plain else None


@lru_cache(maxsize=64)
def inverse_log(base: float | None) -> tuple[float, float]:
    """1 / log(base) as a sum of two floats; 1 for base=None."""
    if base is None:
        return 1.0, 0.0
    with localcontext(prec=60):
        exact = 1 / Decimal(float(base)).ln()
        return float(exact), float(exact - Decimal(float(exact)))


def label_array(function: str, labels: ArrayLike, classes: int | None) -> NDArray[np.intp]:
    """`labels` as indices, each at least 0 and below `classes`."""
    array = any_array(function, "labels", labels)
    if array.dtype.kind == "f" and array.size:
        raise TypeError(f"{function}: labels must be integers, got {array.dtype}. Convert them with labels.astype(int).")
    bound = np.iinfo(np.intp).max if classes is None else classes
    wrong = (array < 0) | (array >= bound)
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = f"labels[{', '.join(map(str, index))}]" if index else "labels"
        span = f"from 0 to {bound - 1} for {classes} classes"
        if classes is None:
            span = "at least 0" if array[index] < 0 else f"below {bound}"
        raise ValueError(
            f"{function}: labels must be {span}; {place} is {int(array[index])}. Count classes from 0, and drop samples "
            f"marked with other numbers."
        )
    return array.astype(np.intp, order="C")

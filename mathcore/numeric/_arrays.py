"""Arrays in, arrays out: formats, axes, checks. Every error names the function, the argument, the value and the remedy."""

from __future__ import annotations

import math
import operator
import reprlib
from decimal import Decimal, localcontext
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._blocks import BLOCK, NATIVE, rowwise
from ._sums import plain_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._blocks import Block

    Axis = int | tuple[int, ...] | None

FLOATS = (np.float16, np.float32, np.float64)
OURS = frozenset((np.ndarray, np.float64, list, tuple, float, int, bool))  # what NumPy takes, seen at a glance

EXACT = 2**53  # integers up to here are float64 numbers

AS_THEY_ARE = "pass validate=False to use them as they are"

# Subnormals, exp(-1000) and inf - inf are ordinary here: results say what happened, never a warning.
quiet = np.errstate(all="ignore")


def foreign(*arrays: Any) -> bool:
    """Whether any of these is an array of another library: `anywhere` has its functions."""
    return not OURS.issuperset(map(type, arrays)) and any(map(_is_foreign, map(type, arrays)))


@lru_cache(maxsize=64)
def _is_foreign(kind: type) -> bool:
    """Arrays of the array-API standard say what they are; those of torch and dask only to array-api-compat."""
    if issubclass(kind, np.ndarray | np.generic):
        return False
    ours = {f"{base.__module__.partition('.')[0]}.{base.__name__}" for base in kind.__mro__}
    return hasattr(kind, "__array_namespace__") or not ours.isdisjoint(("torch.Tensor", "dask.Array", "cupy.ndarray"))


def anywhere(function: str, *arguments: Any, **options: Any) -> Any:
    """The public function of this name, computed in the library of its arrays."""
    computed = getattr(import_module("mathcore.numeric._anywhere"), function, None)
    if computed is None:
        raise _numpy_alone(function, next(x for x in arguments if foreign(x)))
    with np.errstate(all="ignore"):  # of libraries that compute with NumPy
        return computed(*arguments, **options)


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

    def joined(self, values: NDArray[Any], keepdims: bool = False) -> Any:
        """One value a row, in the shape of the batch; a NumPy scalar if 0-d."""
        shape = [1 if a in self.reduced else size for a, size in enumerate(self.shape)]
        return values.reshape(shape if keepdims else self.batch)[()]

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


def check_probabilities(function: str, argument: str, p: NDArray[Any], rows: Rows, axis: Axis, instead: str) -> None:
    """Raise unless every row of `p` is >= 0 and sums to 1 within min(4 (4 + sqrt n) u, 1/64); rows with a nan pass.

    u is the unit roundoff of the format of `p`, so that a softmax rounded to float16 is accepted and 0.97 is not. The
    sums are float64. `instead` is what else the caller may do.
    """
    unit = float(np.finfo(p.dtype if p.dtype.kind == "f" else np.float64).eps) / 2
    tolerance = min(4 * (4 + math.sqrt(rows.length)) * unit, 1 / 64)

    def mark(block: Block) -> None:
        least: Any = 0.0
        total: Any = 0.0
        for strip in block.pieces():
            (part,) = block.load(strip)
            least = np.minimum(least, np.minimum.reduce(part, axis=block.axis, keepdims=True))
            total = total + plain_sum(part, block.axis)
        block.write_values((least < 0) | (np.abs(total - 1) > tolerance))

    if p.size <= BLOCK:
        with np.errstate(all="ignore"):
            wrong = (p.min(initial=0) < 0) | (np.abs(p.sum(axis=rows.reduced, dtype=np.float64) - 1) > tolerance)
    else:
        wrong = rowwise(mark, rows, [p], np.bool_, values=1)[1][0]
    if not np.any(wrong):
        return
    negative = np.argwhere(p < 0)
    if negative.size:
        index = tuple(int(i) for i in negative[0])
        place = f"{argument}[{', '.join(map(str, index))}]" if index else argument
        raise ValueError(
            f"{function}: probabilities must be >= 0; {place} is {float(p[index])!r}. "
            f"Turn scores into probabilities with softmax, or {instead}."
        )
    row = int(np.flatnonzero(wrong)[0])
    with np.errstate(all="ignore"):
        mass = float(p.sum(axis=rows.reduced, dtype=np.float64).reshape(-1)[row])
    raise ValueError(
        f"{function}: probabilities must sum to 1 along axis {axis}; {rows.row_name(row)} sums to "
        f"{mass!r} in {argument}. Normalise them, or {instead}."
    )


def two_pmfs(
    function: str, p: ArrayLike, q: ArrayLike, axis: Axis, validate: bool, instead: str
) -> tuple[Rows, NDArray[Any], NDArray[Any]]:
    """Truth p and prediction q, checked, with their rows; `instead` is what else may be done if q is no pmf."""
    truth, prediction = real_array(function, "p", p), real_array(function, "q", q)
    same_shape(function, "p", truth, "q", prediction)
    rows = rows_of(function, "p", truth, axis)
    if validate:
        check_probabilities(function, "p", truth, rows, axis, AS_THEY_ARE)
        check_probabilities(function, "q", prediction, rows, axis, instead)
    return rows, truth, prediction


def labels_and_predictions(function: str, t: ArrayLike, y: ArrayLike, axis: Axis) -> tuple[Rows, NDArray[Any], NDArray[Any]]:
    """Labels t and predictions y of one shape, with their rows."""
    truth, prediction = real_array(function, "t", t), real_array(function, "y", y)
    same_shape(function, "t", truth, "y", prediction)
    return rows_of(function, "y", prediction, axis), truth, prediction


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

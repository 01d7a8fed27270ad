"""Where a call with foreign arrays is computed: their namespace, device and format; and what goes in and out of it."""

from __future__ import annotations

import math
import sys
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from .._arrays import AS_THEY_ARE, EXACT, foreign, real_array, real_number, rows_of, same_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from .._arrays import Axis, Rows

    Array = Any

WHOLE = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
HALF = ("float16", "bfloat16")  # computed in float32 and rounded once
FLOATS = (*HALF, "float32", "float64")


class Space:
    """The namespace `xp`, the device and the format `dtype` in which one call is computed.

    `result` is the format that goes out, which differs from `dtype` for halves alone. Python numbers take the format of the
    arrays they meet, as the standard has it; lists, too: only arrays have a format of their own.
    """

    def __init__(self, function: str, **arguments: Any) -> None:
        self.function = function
        own = {name: x for name, x in arguments.items() if foreign(x)}
        self.xp = _namespace(function, own, arguments)
        self.library = self.xp.__name__.removeprefix("array_api_compat.").partition(".")[0]
        self.device = _device(function, own, self.library)
        self.lazy = self.library == "dask"
        self.shapes: dict[str, tuple[int, ...]] = {}
        self.given = {name: self._array(name, x) for name, x in arguments.items()}
        self.formats = {name: name_of(x.dtype) for name, x in self.given.items()}
        self.result = self._widest([name for name in own if name != "labels"])
        self.dtype = self.xp.float32 if name_of(self.result) in HALF else self.result
        limits = self.xp.finfo(self.dtype)
        self.eps, self.largest = float(limits.eps), float(limits.max)
        self.smallest = float(limits.smallest_normal)

    # what goes in -----------------------------------------------------------------------------------------------------

    def _array(self, argument: str, x: Any) -> Array:
        """`x` as an array of the namespace on the device, in the format it came in."""
        if not foreign(x):
            x = real_array(self.function, argument, x)  # a list or a number, checked as for NumPy
            kind = {"b": "bool", "f": "float64"}.get(x.dtype.kind, "int64")
            dtype = self.known(kind)
            array = self.xp.asarray(x.tolist(), dtype=dtype, **self.placed)
        else:
            array = x
        name = name_of(array.dtype)
        if name not in WHOLE and name not in FLOATS:
            raise TypeError(
                f"{self.function}: {argument} must hold floats of at most 64 bits, integers or booleans, got {name}. "
                f"Convert it first, for example to float64."
            )
        self.shapes[argument] = tuple(array.shape)
        return array

    @property
    def placed(self) -> dict[str, Any]:
        return {} if self.device is None else {"device": self.device}

    def known(self, name: str) -> Any:
        """The format of that name, or the widest that the library has (JAX without its x64 has 32 bits)."""
        kinds = self.xp.__array_namespace_info__().dtypes()
        found = kinds.get(name) or kinds.get(name.replace("64", "32")) or getattr(self.xp, name, None)
        if found is None:
            raise TypeError(f"{self.function}: {self.library} has no format {name}. Use for example float32.")
        return found

    def _widest(self, own: list[str]) -> Any:
        """The widest format of the arrays; integers and booleans count as float64."""
        formats = [self.given[name].dtype if self.formats[name] in FLOATS else self.known("float64") for name in own]
        return self.xp.result_type(*formats) if formats else self.known("float64")

    def real(self, argument: str) -> Array:
        """An argument in the format of the computation."""
        self._check_exact(argument)
        return self.rounded(self.cast(self.given[argument], self.dtype))

    def _check_exact(self, argument: str) -> None:
        x = self.given[argument]
        if self.formats[argument] not in ("int64", "uint64") or not all(self.shapes[argument]):
            return
        wrong = x > EXACT if self.formats[argument] == "uint64" else (x > EXACT) | (x < -EXACT)
        if self.says(self.xp.any(wrong)):
            index = self.place(wrong)
            raise ValueError(
                f"{self.function}: integers count as float64, exact up to 2**53, and {self.named(argument, index)} is "
                f"{int(x[index])}. Convert it to floats first if it may be rounded."
            )

    def cast(self, x: Array, dtype: Any) -> Array:
        return x if x.dtype == dtype else self.xp.astype(x, dtype)

    def same_shape(self, first: str, second: str) -> None:
        a, b = self.shapes[first], self.shapes[second]
        if len(a) != len(b) or any(m != n and not (_unknown(m) or _unknown(n)) for m, n in zip(a, b, strict=True)):
            same_shape(self.function, first, _of_shape(a), second, _of_shape(b))

    def rows(self, argument: str, axis: Axis, *, allow_empty: bool = False) -> Rows:
        shape = self.shapes[argument]
        rows = rows_of(self.function, argument, _of_shape(shape), axis, allow_empty=allow_empty)
        if any(_unknown(shape[a]) for a in rows.reduced):
            raise ValueError(
                f"{self.function}: the length of {argument} along axis {axis} is not known yet. "
                f"Call {argument}.compute_chunk_sizes() first."
            )
        return rows

    def parameter(self, argument: str, x: Any, allowed: Callable[[Any], Any], demand: str) -> Any:
        """A number in its range, or a 0-d array, whose value is looked at where it is known."""
        if not foreign(x):
            number = real_number(self.function, argument, x)
            right = bool(allowed(number))
        else:
            if x.ndim:
                raise TypeError(f"{self.function}: {argument} must be one number, got an array of shape {tuple(x.shape)}.")
            number = self.cast(x, self.dtype)
            right = not self.says(~allowed(number))
        if not right:
            value = float(number)
            raise ValueError(f"{self.function}: {argument} must {demand.format(repr(value))}")
        return number

    # what is known about values -------------------------------------------------------------------------------------------

    def says(self, flag: Array) -> bool:
        """Whether a check says yes; no where nobody knows yet: under a tracer, on a meta device, in a lazy array."""
        if self.lazy or (self.library == "torch" and import_module("torch").compiler.is_compiling()):
            return False
        try:
            return bool(flag)
        except (TypeError, RuntimeError):  # what JAX and torch raise for values that are not there
            return False

    def place(self, wrong: Array) -> tuple[int, ...]:
        """The index of the first entry that is wrong."""
        flat = self.xp.reshape(self.xp.astype(wrong, self.dtype), (-1,))
        return tuple(int(i) for i in np.unravel_index(int(self.xp.argmax(flat)), tuple(wrong.shape)))

    def named(self, argument: str, index: tuple[int, ...]) -> str:
        return f"{argument}[{', '.join(map(str, index))}]" if index else argument

    def check_between(self, argument: str, low: float, high: float, message: str) -> None:
        """Raise if an entry lies outside; `message` takes the place and the value. A nan passes."""
        x = self.given[argument]
        if self.lazy or not all(self.shapes[argument]) or self.formats[argument] == "bool":
            return
        wrong = x < low if high == math.inf else (x < low) | (x > high)
        if self.says(self.xp.any(wrong)):
            index = self.place(wrong)
            raise ValueError(f"{self.function}: " + message.format(self.named(argument, index), repr(float(x[index]))))

    def check_pmf(self, argument: str, rows: Rows, axis: Axis, instead: str = AS_THEY_ARE) -> None:
        """As `check_probabilities` of the NumPy path, in the format of the computation."""
        if self.lazy:
            return
        p = self.constant(self.real(argument))
        name = self.formats[argument]
        unit = {"float16": 2.0**-11, "bfloat16": 2.0**-8, "float32": 2.0**-24}.get(name, self.eps / 2)
        tolerance = min(4 * (4 + math.sqrt(rows.length)) * unit, 1 / 64)
        sums = self.total(p, rows.reduced)
        off = self.xp.abs(sums - 1) > tolerance
        if not all(self.shapes[argument]) or not self.says(self.xp.any(p < 0) | self.xp.any(off)):
            return
        if self.says(self.xp.any(p < 0)):
            index = self.place(p < 0)
            raise ValueError(
                f"{self.function}: probabilities must be >= 0; {self.named(argument, index)} is {float(p[index])!r}. "
                f"Turn scores into probabilities with softmax, or {instead}."
            )
        index = self.place(off)
        row = rows.row_name(int(np.ravel_multi_index([index[a] for a in rows.kept], rows.batch)) if rows.batch else 0)
        raise ValueError(
            f"{self.function}: probabilities must sum to 1 along axis {axis}; {row} sums to {float(sums[index])!r} in "
            f"{argument}. Normalise them, or {instead}."
        )

    # steps of kernels ---------------------------------------------------------------------------------------------------

    def number(self, x: float) -> Array:
        return self.xp.asarray(x, dtype=self.dtype, **self.placed)

    def where(self, condition: Array, a: Any, b: Any) -> Array:
        """A choice entry by entry, of arrays or numbers."""
        a = self.number(a) if isinstance(a, (int, float)) else a
        b = self.number(b) if isinstance(b, (int, float)) else b
        return self.xp.where(condition, a, b)

    def constant(self, x: Array) -> Array:
        """`x`, through which no gradient flows: a shift, a correction that differentiation must not see."""
        if self.library == "torch":
            return x.detach()
        if self.library == "jax":
            return import_module("jax.lax").stop_gradient(x)
        return x

    def rounded(self, x: Array) -> Array:
        """`x` as the float it is: XLA takes (1 + x) - 1 for x and computes a b + c with one rounding, here and there.

        It does not see through a choice. (Its optimization_barrier is gone before operations are fused.)
        """
        return self.where(x == x, x, self.xp.nan) if self.library == "jax" else x

    def sum(self, x: Array, axes: tuple[int, ...]) -> Array:
        return self.xp.sum(x, axis=axes, keepdims=True) if axes else x

    def most(self, x: Array, axes: tuple[int, ...]) -> Array:
        if axes and self.lazy:  # dask's own maximum fails on an empty chunk
            reduction = import_module("dask.array").reduction
            return reduction(x, chunk=np.max, aggregate=np.max, axis=axes, keepdims=True, dtype=x.dtype)
        return self.xp.max(x, axis=axes, keepdims=True) if axes else x

    def count(self, condition: Array, axes: tuple[int, ...]) -> Array:
        return self.sum(self.xp.astype(condition, self.dtype), axes)

    def pair(self, x: Array, axes: tuple[int, ...]) -> tuple[Array, Array]:
        """The sum of each row in two parts, the first exact, whatever the order in which the library adds.

        Adding sigma >= 2 n max|x| and taking it away splits x into a coarse part, whose sum is exact in any order, and a
        small rest (Rump, Ogita and Oishi, Accurate floating-point summation I, 2008, ExtractVector).
        """
        if not axes or math.prod(x.shape[a] for a in axes) == 0:
            return self.sum(x, axes), 0.0 * self.sum(x, axes)
        room = 2.0 ** (1 + math.ceil(math.log2(math.prod(x.shape[a] for a in axes))))
        fixed = self.rounded(self.constant(x))
        size = self.most(self.xp.abs(fixed), axes)
        ordinary = size < self.largest / (2 * room)
        sigma = self.where(ordinary, room * self.where(ordinary, size, 0.0), 0.0)
        coarse = self.where(ordinary, (fixed + sigma) - sigma, 0.0)
        return self.sum(coarse, axes), self.sum(x - coarse, axes)

    def total(self, x: Array, axes: tuple[int, ...]) -> Array:
        """The sum of each row, rounded as if it had been exact."""
        if not axes:
            return x
        coarse, rest = self.pair(x, axes)
        return coarse + rest

    def two_sum(self, a: Array, b: Array) -> tuple[Array, Array]:
        """The rounded sum, and its error as a constant; 0 where the sum is not finite."""
        x, y = self.rounded(self.constant(a)), self.rounded(self.constant(b))
        total = self.rounded(x + y)
        part = total - x
        error = (x - (total - part)) + (y - part)
        return a + b, self.where(self.xp.isfinite(error), error, 0.0)

    def two_product(self, a: Array, b: Any) -> tuple[Array, Array]:
        """The rounded product, and its error as a constant; 0 where the product is not finite (Dekker, 1971)."""
        x = self.rounded(self.constant(a))
        y = self.number(b) if isinstance(b, float) else self.rounded(self.constant(b))
        product = self.rounded(x * y)
        (x_upper, x_lower), (y_upper, y_lower) = self._split(x), self._split(y)
        error = x_lower * y_lower - (((product - x_upper * y_upper) - x_lower * y_upper) - x_upper * y_lower)
        if isinstance(b, float) and self.eps > 1e-9:
            error = error + x * (b - float(np.float32(b)))  # the number is one of 64 bits, in every format
        return a * b, self.where(self.xp.isfinite(error), error, 0.0)

    def _split(self, x: Array) -> tuple[Array, Array]:
        """Two parts of half the digits (Veltkamp, 1968)."""
        wide = self.rounded(x * (2.0**27 + 1 if self.eps < 1e-9 else 2.0**12 + 1))
        upper = self.rounded(wide - (wide - x))
        return upper, x - upper

    def log(self, x: Array, log: str = "log") -> Array:
        """A logarithm: -inf at 0 and nan below, without a warning where NumPy computes; the slope at 0 is inf."""
        function = getattr(self.xp, log)
        if self.library in ("torch", "jax"):
            return function(x)
        return self.where(x < 0, self.xp.nan, self.where(x == 0, -self.xp.inf, function(self.where(x <= 0, 1.0, x))))

    def log1p(self, x: Array) -> Array:
        """log(1 + x). That of XLA loses 7 bits left of 0: here by its logarithm (Kahan; Goldberg, 1991, theorem 4)."""
        plain = self.xp.log1p(x)
        if self.library != "jax":
            return plain
        y = self.constant(x)
        u = self.rounded(1 + y)
        better = self.where(u == 1, y, self.xp.log(u) * (y / self.where(u == 1, 1.0, u - 1)))
        missing = better - self.constant(plain)
        return plain + self.where(self.xp.isfinite(missing), missing, 0.0)

    def ratio(self, a: Array, b: Array) -> Array:
        """a / b with both scaled by a power of two, where the square of b, by which a slope is divided, is out of range."""
        near, far = (2.0**400, 2.0**600) if self.eps < 1e-9 else (2.0**50, 2.0**70)
        size = self.constant(self.xp.abs(b))
        scale = self.where(size < 1 / near, far, self.where(size > near, 1 / far, 1.0))
        return (a * scale) / (b * scale)

    def quotient(self, a: Any, b: Array) -> Array:
        """a / b with a >= 0, +inf where b is 0."""
        return self.where(b == 0, self.xp.inf, a / self.where(b == 0, 1.0, b))

    # what comes out ------------------------------------------------------------------------------------------------------

    def out(self, x: Array, argument: str | None = None) -> Array:
        """`x` in the format of the result, or of one of the arguments."""
        if argument is None:
            return self.cast(x, self.result)
        own = self.given[argument].dtype
        return self.cast(x, own if self.formats[argument] in FLOATS else self.known("float64"))

    def values(self, x: Array, rows: Rows, keepdims: bool = False) -> Array:
        """One value a row, in the shape of the batch."""
        x = self.out(x)
        return x if keepdims or not rows.reduced else self.xp.squeeze(x, axis=rows.reduced)


def name_of(dtype: Any) -> str:
    return str(getattr(dtype, "name", None) or str(dtype).rpartition(".")[2])


def _unknown(length: Any) -> bool:
    """Whether a length is nan: dask does not know it before it computes."""
    return isinstance(length, float) and length != length


def _of_shape(shape: tuple[int, ...]) -> Any:
    """What has this shape, and nothing else."""
    return SimpleNamespace(shape=shape, ndim=len(shape))


def _namespace(function: str, own: dict[str, Any], arguments: dict[str, Any]) -> Any:
    try:
        found = {name: _namespace_of(x) for name, x in own.items()}
    except ImportError as error:
        name, x = next(iter(own.items()))
        raise TypeError(
            f"{function}: {name} is an array of {type(x).__module__.partition('.')[0]}, for which the package "
            f"array-api-compat is needed. Install it with: pip install mathcore[arrays]"
        ) from error
    arrays = {name: found.get(name) for name, x in arguments.items() if name in found or isinstance(x, np.ndarray)}
    (first, xp), *rest = arrays.items()
    for name, other in rest:
        if other is not xp or xp is None:
            raise TypeError(_mixed(function, first, arguments[first], name, arguments[name]))
    return xp


def _namespace_of(x: Any) -> Any:
    if "array_api_compat" not in sys.modules and hasattr(x, "__array_namespace__"):
        try:
            import_module("array_api_compat")
        except ImportError:
            return x.__array_namespace__()
    return import_module("array_api_compat").array_namespace(x)


def _mixed(function: str, first: str, x: Any, second: str, y: Any) -> str:
    kinds = [".".join((type(a).__module__.partition(".")[0], type(a).__name__)) for a in (x, y)]
    return (
        f"{function}: {first} is a {kinds[0]} and {second} a {kinds[1]}. Pass arrays of one library: nothing is moved "
        f"between libraries unasked. (A list or a number goes with any.)"
    )


def _device(function: str, own: dict[str, Any], library: str) -> Any:
    """The one device of all arrays; None where the library decides itself."""
    if library in ("jax", "dask"):
        return None
    (first, x), *rest = own.items()
    for name, y in rest:
        if y.device != x.device:
            raise ValueError(
                f"{function}: {first} is on device {x.device} and {name} on {y.device}. Move one of them: "
                f"nothing is moved between devices unasked."
            )
    return x.device

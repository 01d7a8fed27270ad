"""Where calls with arrays of other libraries are computed: PyTorch, JAX, dask, CuPy, array-api-strict and their like.

What is computed stays in the library, on its device and in its graph. A form gets the whole arrays at once, and may be traced,
mapped and differentiated: what is here replaces the words of `Space` that would look at values, or that a compiler or a
derivative would not take as they are meant. Loaded when the first such array comes along.
"""

from __future__ import annotations

import math
import sys
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import AS_THEY_ARE, EXACT, foreign, real_array, real_number, rows_of, same_shape
from ._core import not_mine
from ._space import ENTRIES, VALUE, Space, place

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._arrays import Axis
    from ._space import Form

    Array = Any

WHOLE = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
HALF = ("float16", "bfloat16")  # computed in float32 and rounded once
FLOATS = (*HALF, "float32", "float64")


class Library(Space):
    """The namespace `xp`, the device and the format `dtype` in which one call is computed.

    `result` is the format that goes out, which differs from `dtype` for halves alone. Python numbers take the format of the
    arrays they meet, as the standard has it; lists, too: only arrays have a format of their own.
    """

    def __init__(self, function: str, arguments: dict[str, Any]) -> None:
        self.function = function
        own = {name: x for name, x in arguments.items() if foreign(x)}
        self.xp = _namespace(function, own, arguments)
        self.name = self.xp.__name__.removeprefix("array_api_compat.").partition(".")[0]
        self.device = _device(function, own, self.name)
        self.lazy = self.name == "dask"
        self.wrong: Array = None  # which labels name no class
        self.shapes: dict[str, tuple[int, ...]] = {}
        self.given = {name: self._array(name, x) for name, x in arguments.items()}
        self.formats = {name: name_of(x.dtype) for name, x in self.given.items()}
        self.result = self._widest([name for name in own if name != "labels"])
        self.dtype = self.xp.float32 if name_of(self.result) in HALF else self.result
        limits = self.xp.finfo(self.dtype)
        self.eps, self.largest, self.smallest = float(limits.eps), float(limits.max), float(limits.smallest_normal)
        if self.eps > 1e-9:
            self.reach = 64.0
            self.ends = 2.0**-60, 2.0**100, 2.0**60, 2.0**-32

    def compiled(self, core: Form, names: tuple[str, ...], *axis: Any) -> Any:
        return NotImplemented

    # what goes in -----------------------------------------------------------------------------------------------------

    def _array(self, argument: str, x: Any) -> Array:
        """`x` as an array of the namespace on the device, in the format it came in."""
        if not foreign(x):
            x = real_array(self.function, argument, x)  # a list or a number, checked as for NumPy
            kind = {"b": "bool", "f": "float64"}.get(x.dtype.kind, "int64")
            dtype = self.known_format(kind)
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

    def known_format(self, name: str) -> Any:
        """The format of that name, or the widest that the library has (JAX without its x64 has 32 bits)."""
        kinds = self.xp.__array_namespace_info__().dtypes()
        found = kinds.get(name) or kinds.get(name.replace("64", "32")) or getattr(self.xp, name, None)
        if found is None:
            raise TypeError(f"{self.function}: {self.name} has no format {name}. Use for example float32.")
        return found

    def _widest(self, own: list[str]) -> Any:
        """The widest format of the arrays; integers and booleans count as float64."""
        formats = [self.given[name].dtype if self.formats[name] in FLOATS else self.known_format("float64") for name in own]
        return self.xp.result_type(*formats) if formats else self.known_format("float64")

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
            index = self.first(wrong)
            raise ValueError(
                f"{self.function}: integers count as float64, exact up to 2**53, and {place(argument, index)} is "
                f"{int(x[index])}. Convert it to floats first if it may be rounded."
            )

    def cast(self, x: Array, dtype: Any) -> Array:
        return x if x.dtype == dtype else self.xp.astype(x, dtype)

    def same_shape(self, first: str, second: str) -> None:
        a, b = self.shapes[first], self.shapes[second]
        if len(a) != len(b) or any(m != n and not (_unknown(m) or _unknown(n)) for m, n in zip(a, b, strict=True)):
            same_shape(self.function, first, _of_shape(a), second, _of_shape(b))

    def along(self, argument: str, axis: Axis, *, allow_empty: bool = False) -> None:
        shape = self.shapes[argument]
        self.rows = rows_of(self.function, argument, _of_shape(shape), axis, allow_empty=allow_empty)
        self.axes = self.rows.reduced
        if any(_unknown(shape[a]) for a in self.axes):
            raise ValueError(
                f"{self.function}: the length of {argument} along axis {axis} is not known yet. "
                f"Call {argument}.compute_chunk_sizes() first."
            )

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

    def check_labels(self, remedy: str) -> None:
        given, shape = self._whole(), self.shapes["labels"]
        self._refuse(given, self.length)
        batch = self.rows.batch
        if len(shape) != len(batch) or any(a != b and a == a and b == b for a, b in zip(shape, batch, strict=True)):
            raise ValueError(f"{self.function}: labels must {remedy.format(batch, shape)}")
        for a in self.axes:
            given, self.wrong = self.xp.expand_dims(given, axis=a), self.xp.expand_dims(self.wrong, axis=a)
        self.given["labels"] = given

    def counted(self, classes: int | None) -> tuple[Array, int]:
        given, shape = self._whole(), self.shapes["labels"]
        if classes is None and not all(shape):
            raise ValueError(f"{self.function}: there are no labels to count classes from. Pass classes=.")
        classes = self._largest(given) + 1 if classes is None else classes
        self._refuse(given, classes)
        return self.xp.where(self.wrong, -1, given), classes

    def _largest(self, labels: Array) -> int:
        try:
            if not self.lazy:
                return max(int(self.xp.max(labels)), 0)
        except (TypeError, RuntimeError):
            pass
        raise TypeError(f"{self.function}: labels are not known yet, in a lazy array or under a tracer. Pass classes=.")

    def counting(self, classes: int) -> Array:
        return self.xp.arange(classes, dtype=self.known_format("int64"), **self.placed)

    def shape(self, argument: str) -> tuple[int, ...]:
        return self.shapes[argument]

    def format_named(self, dtype: Any) -> Any:
        """The format of this name or type, of NumPy or of the library."""
        try:
            wanted = np.dtype(dtype).name
        except (TypeError, ValueError):  # a type of the library
            wanted = name_of(dtype)
        if wanted not in (*FLOATS, *WHOLE):
            raise TypeError(
                f"{self.function}: dtype must be a float, integer or boolean type, got {dtype!r}. Use for example np.float64."
            )
        return self.known_format(wanted)

    def _whole(self) -> Array:
        """Labels as integers that can be compared with class numbers."""
        kind = self.formats["labels"]
        if kind in FLOATS and all(self.shapes["labels"]):
            raise TypeError(f"{self.function}: labels must be integers, got {kind}. Convert them with an integer type first.")
        return self.cast(self.given["labels"], self.known_format("int64"))

    def _refuse(self, given: Array, classes: int) -> None:
        """Labels that name no class: an error if that is known now."""
        self.wrong = (given < 0) | (given >= classes)
        if all(self.shapes["labels"]) and self.says(self.xp.any(self.wrong)):
            index = self.first(self.wrong)
            raise ValueError(
                f"{self.function}: labels must be from 0 to {classes - 1} for {classes} classes; {place('labels', index)} is "
                f"{int(given[index])}. Count classes from 0, and drop samples marked with other numbers."
            )

    # what is known about values -------------------------------------------------------------------------------------------

    def says(self, flag: Array) -> bool:
        """Whether a check says yes; no where nobody knows yet: under a tracer, on a meta device, in a lazy array."""
        if self.lazy or (self.name == "torch" and import_module("torch").compiler.is_compiling()):
            return False
        try:
            return bool(flag)
        except (TypeError, RuntimeError):  # what JAX and torch raise for values that are not there
            return False

    def first(self, wrong: Array) -> tuple[int, ...]:
        flat = self.xp.reshape(self.xp.astype(wrong, self.dtype), (-1,))
        return tuple(int(i) for i in np.unravel_index(int(self.xp.argmax(flat)), tuple(wrong.shape)))

    def check_between(self, argument: str, low: float, high: float, message: str) -> None:
        """Raise if an entry lies outside; `message` takes the place and the value. A nan passes."""
        x = self.given[argument]
        if self.lazy or not all(self.shapes[argument]) or self.formats[argument] == "bool":
            return
        wrong = x < low if high == math.inf else (x < low) | (x > high)
        if self.says(self.xp.any(wrong)):
            index = self.first(wrong)
            raise ValueError(f"{self.function}: " + message.format(place(argument, index), repr(float(x[index]))))

    def check_pmf(self, argument: str, axis: Axis, instead: str = AS_THEY_ARE) -> None:
        """In the format of the computation."""
        if self.lazy:
            return
        rows, p = self.rows, self.constant(self.real(argument))
        name = self.formats[argument]
        unit = {"float16": 2.0**-11, "bfloat16": 2.0**-8, "float32": 2.0**-24}.get(name, self.eps / 2)
        tolerance = min(4 * (4 + math.sqrt(rows.length)) * unit, 1 / 64)
        sums = self.total(p)
        off = self.xp.abs(sums - 1) > tolerance
        if not all(self.shapes[argument]) or not self.says(self.xp.any(p < 0) | self.xp.any(off)):
            return
        if self.says(self.xp.any(p < 0)):
            raise self.negative(argument, p, self.first(p < 0), instead)
        index = self.first(off)
        row = int(np.ravel_multi_index([index[a] for a in rows.kept], rows.batch)) if rows.batch else 0
        raise self.unnormalised(argument, row, float(sums[index]), axis, instead)

    # words of forms ---------------------------------------------------------------------------------------------------

    def by_entry(self, form: Form, *names: str, formats: tuple[Any, ...] = (), core: Form = not_mine) -> Any:
        found = self._at_once(form, names)
        if len(formats) < 2:
            return self.cast(found, formats[0] if formats else self.result)
        return tuple([self.cast(x, dtype) for x, dtype in zip(found, formats, strict=True)])

    def by_row(
        self,
        form: Form,
        *names: str,
        gives: tuple[str, ...] = (ENTRIES,),
        formats: tuple[Any, ...] = (),
        core: Form = not_mine,
    ) -> Any:
        found = self._at_once(form, names)
        results = [
            self._squeezed(self.cast(x, dtype)) if what is VALUE else self.cast(x, dtype)
            for x, what, dtype in zip(
                found if len(gives) > 1 else (found,), gives, formats or (self.result,) * len(gives), strict=True
            )
        ]
        return results[0] if len(results) == 1 else tuple(results)

    def _at_once(self, form: Form, names: tuple[str, ...]) -> Any:
        with np.errstate(all="ignore"):  # of libraries that compute with NumPy
            return form(self, *[self.given[name] if name == "labels" else self.real(name) for name in names])

    def _squeezed(self, x: Array) -> Array:
        return self.xp.squeeze(x, axis=self.axes) if self.axes else x

    def number(self, x: float) -> Array:
        return self.xp.asarray(x, dtype=self.dtype, **self.placed)

    def replaced(self, value: Array, there: Array, form: Callable[..., Array], *arrays: Array, safe: float = 0.0) -> Array:
        return self.where(there, form(*[self.where(there, x, safe) for x in arrays]), value)

    def where(self, condition: Array, a: Any, b: Any) -> Array:
        a = self.number(a) if isinstance(a, (int, float)) else a
        b = self.number(b) if isinstance(b, (int, float)) else b
        return self.xp.where(condition, a, b)

    def perhaps(self, flag: Array) -> bool:
        return True

    def mended(self, results: tuple[Array, ...], far: Array, exactly: Form, *arrays: Array) -> tuple[Array, ...]:
        return results

    def size(self, x: Array) -> Array:
        return self.where(x > 0, x, -x)

    def away(self, x: Array) -> Array:
        return self.where(x == 0, 0.0, self.size(x))

    def near(self, size: Array) -> Array:
        """The size itself, by which a quotient is rounded."""
        return self.where(size > 0, size, 1.0)

    def positive(self, x: Array) -> Array:
        return self.where(x <= 0, 0.0, x)

    def constant(self, x: Array) -> Array:
        if self.name == "torch":
            return x.detach()
        if self.name == "jax":
            return import_module("jax.lax").stop_gradient(x)
        return x

    def rounded(self, x: Array) -> Array:
        """XLA takes (1 + x) - 1 for x and computes a b + c with one rounding, here and there.

        It does not see through a choice. (Its optimization_barrier is gone before operations are fused.)
        """
        return self.where(x == x, x, self.xp.nan) if self.name == "jax" else x

    def sum(self, x: Array) -> Array:
        return self.xp.sum(x, axis=self.axes, keepdims=True) if self.axes else x

    def max(self, x: Array) -> Array:
        """A constant to differentiation."""
        x = self.constant(x)
        if self.axes and self.lazy:  # dask's own maximum fails on an empty chunk
            reduction = import_module("dask.array").reduction
            return reduction(x, chunk=np.max, aggregate=np.max, axis=self.axes, keepdims=True, dtype=x.dtype)
        return self.xp.max(x, axis=self.axes, keepdims=True) if self.axes else x

    def min(self, x: Array) -> Array:
        return -self.max(-x)

    def leader(self, x: Array) -> tuple[Array, Array]:
        """With a slope: its value is that of the entry."""
        top, last = self.max(x), self.xp.asarray(-self.length, dtype=self.known_format("int64"), **self.placed)
        first = self.max(self.xp.where(x == top, -self.numbers, last))
        leader = first == -self.numbers
        return leader, self.where(top == top, self.sum(self.where(leader, x, 0.0)), self.xp.nan)

    def still(self, leader: Array, distance: Array) -> Array:
        return self.where(leader, 0.0 * self.constant(distance), distance)

    @property
    def numbers(self) -> Array:
        """In C order along the axes of a row."""
        shape = tuple(size if a in self.axes else 1 for a, size in enumerate(self.rows.shape))
        return self.xp.reshape(self.counting(self.length), shape)

    def known(self, x: Array) -> Array:
        return self.where(self.wrong, self.xp.nan, x)

    def pair(self, x: Array) -> tuple[Array, Array]:
        return super().pair(x) if self.axes else (x, 0.0 * x)

    def by_table(self, form: Form, name: str) -> Any:
        return self.by_row(form, name, gives=(VALUE,))

    def two_product(self, a: Array, b: Any) -> tuple[Array, Array]:
        product, error = super().two_product(a, self.number(b) if isinstance(b, float) else b)
        if isinstance(b, float) and self.eps > 1e-9:
            error = error + self.constant(a) * (b - float(np.float32(b)))  # the number is one of 64 bits, in every format
        return product, error

    def halves(self, x: Any) -> tuple[Any, Any]:
        wide = self.rounded(x * (2.0**27 + 1 if self.eps < 1e-9 else 2.0**12 + 1))
        upper = self.rounded(wide - (wide - x))
        return upper, x - upper

    def log(self, x: Array, log: str = "log") -> Array:
        """Without a warning where NumPy computes; the slope at 0 is inf."""
        if self.name == "jax" and log != "log":  # XLA multiplies a logarithm by 1 / log(base)
            return self.log(x) / {"log2": math.log(2), "log10": math.log(10)}[log]
        function = getattr(self.xp, log)
        if self.name in ("torch", "jax"):
            return function(x)
        return self.where(x < 0, self.xp.nan, self.where(x == 0, -self.xp.inf, function(self.where(x <= 0, 1.0, x))))

    def log1p(self, x: Array) -> Array:
        """log(1 + x). That of XLA loses 7 bits left of 0: here by its logarithm (Kahan; Goldberg, 1991, theorem 4)."""
        if self.name not in ("torch", "jax"):
            inner = self.xp.log1p(self.where(x <= -1, 0.0, x))
            return self.where(x < -1, self.xp.nan, self.where(x == -1, -self.xp.inf, inner))
        plain = self.xp.log1p(x)
        if self.name != "jax":
            return plain
        y = self.constant(x)
        u = self.rounded(1 + y)
        better = self.where(u == 1, y, self.xp.log(u) * (y / self.where(u == 1, 1.0, u - 1)))
        missing = better - self.constant(plain)
        return plain + self.where(self.xp.isfinite(missing), missing, 0.0)

    def ratio(self, a: Array, b: Array) -> Array:
        """a / b with both scaled by a power of two, where the square of b, by which a slope is divided, is out of range."""
        near, far = (2.0**400, 2.0**600) if self.eps < 1e-9 else (2.0**50, 2.0**70)
        over, under = self.constant(self.xp.abs(a)), self.constant(self.xp.abs(b))
        small, large = (under < 1 / near) & (over < 1), (under > near) & (over > 1)
        scale = self.where(small, far, self.where(large, 1 / far, 1.0))
        return (a * scale) / (b * scale)

    def format_of(self, argument: str) -> Any:
        """The float format of an argument, as a result has it."""
        return self.given[argument].dtype if self.formats[argument] in FLOATS else self.known_format("float64")


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

"""Rows in blocks: a planner cuts a batch into blocks that stay in a core's cache, a runner takes each through one kernel.

A block is a two-dimensional float64 array whose rows run along one of its axes: along axis 1 as C order has them, or along
axis 0 where rows are short (a reduction is then a few operations on whole vectors) or lie that way in memory. A kernel is
written once, for either axis, any format and any layout. A row too long for one block comes in several strips.
"""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from ._calls import NATIVE as NATIVE
from ._calls import quietly as quietly
from ._calls import workers as _threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from ._arrays import Rows

    Floats = NDArray[np.float64]

BLOCK = 65_536  # entries: 512 kB, so that a block stays in a core's second-level cache from one step to the next
TALL = 2048  # rows up to here stay as they lie if their entries lie apart,
MANY = 64  # and there are so many of them
SHORT = 64  # rows up to here are laid side by side
LONG = 4 * BLOCK  # what is built of a row up to here is kept from strip to strip, even where the result cannot hold it

MOST_AXES = 64 if np.lib.NumpyVersion(np.__version__) >= "2.0.0" else 32  # of any array


class Scratch(threading.local):
    """Arrays to work in, kept from block to block: fresh memory costs more than the arithmetic done in it."""

    def __init__(self) -> None:
        self.buffers: list[NDArray[np.uint8]] = []
        self.used = 0

    def __call__(self, shape: tuple[int, ...], dtype: Any = np.float64) -> NDArray[Any]:
        size = 8 if dtype is np.float64 else np.dtype(dtype).itemsize
        for length in shape:
            size *= length
        if self.used == len(self.buffers):
            self.buffers.append(np.empty(max(size, 8 * BLOCK), np.uint8))
        elif self.buffers[self.used].size < size:
            self.buffers[self.used] = np.empty(size, np.uint8)
        self.used += 1
        return self.buffers[self.used - 1][:size].view(dtype).reshape(shape)  # type: ignore[no-any-return]  # an array of the dtype

    def rest(self) -> None:
        """Between calls only small buffers are kept."""
        self.used = 0
        if any([b.size > 8 * LONG for b in self.buffers]):
            self.buffers = [b for b in self.buffers if b.size <= 8 * LONG]


scratch = Scratch()


class Block:
    """Some rows of every input and result, as one kernel call sees them.

    `axis` is the axis along which rows run, `length` theirs; `careful` says that results are float64, so that every digit
    counts: narrower formats are rounded from float64 at the end and need no corrections. `columns` holds what the call has
    one a row of, shaped to broadcast. A long row comes in `strips` (see `LongRow`), other rows in one piece.
    """

    strips = 1

    def __init__(self, run: Run, place: tuple[Any, ...]) -> None:
        self.axis, self.length, self.careful, self.kept = run.axis, run.length, run.careful, len(place)
        self.narrow = not self.axis and self.length > SHORT  # a block of columns so short that they are better copied together
        where = place if len(place) == 1 else (*place, ...)
        self.sources = [view[where] for view in run.inputs]
        self.targets = [view[where] for view in run.outputs]
        self.results = [view[where] for view in run.values]
        self.columns = [view[where].reshape((-1, 1) if self.axis else (1, -1)) for view in run.columns]
        self.rooms: dict[int, Floats] = {}
        self.inputs: tuple[Floats, ...] = ()

    def load(self, strip: int = 0) -> tuple[Floats, ...]:
        """The inputs as float64; maybe the caller's own memory: nobody writes into them."""
        if not self.inputs:
            self.inputs = tuple([self._read(part) for part in self.sources])
        return self.inputs

    def bounds(self, argument: int, strip: int = 0) -> tuple[Floats, Floats]:
        """The largest (nan if there is one) and the smallest entry of each row."""
        part = self.sources[argument]
        if self.axis and part.dtype == np.float32 and part.flags.c_contiguous and self.strips == 1:  # before it is widened
            z = part.reshape(-1, self.length)
            highest, lowest = np.maximum.reduce(z, axis=1, keepdims=True), np.minimum.reduce(z, axis=1, keepdims=True)
            return highest.astype(np.float64), lowest.astype(np.float64)
        z = self.load(strip)[argument]
        return np.maximum.reduce(z, axis=self.axis, keepdims=True), np.minimum.reduce(z, axis=self.axis, keepdims=True)

    def pieces(self) -> Iterable[int]:
        """The numbers of the strips, one after the other in the same scratch."""
        return (0,)

    def each(self) -> Iterable[Block]:
        """The strips as blocks."""
        return (self,)

    def room(self, strip: int = 0, output: int = 0) -> Floats:
        """Where to build an output: the result's own memory if it is float64 and lies as the block does, else scratch."""
        found = self.rooms.get(output)
        if found is None:
            target = self.targets[output]
            laid = self._laid(target) if target.dtype == NATIVE and not self.narrow else None
            found = self.rooms[output] = self.like() if laid is None else laid
        return found

    def keeps(self, output: int = 0) -> bool:
        """Whether what is built in `room` is still there after all strips: no scratch that the next strip uses again."""
        return True

    def like(self, strip: int = 0, dtype: Any = np.float64) -> NDArray[Any]:
        """Scratch of the block's shape."""
        return scratch(self.load()[0].shape, dtype)

    def write(self, array: Floats, strip: int = 0, output: int = 0) -> None:
        """Store an output, rounded to the result's format; nothing is left to do if it was built in its own memory."""
        target = self.targets[output]
        laid = self._laid(target)
        if laid is None:
            target[...] = self._in_batch_order(array, target.shape)
        elif self.narrow or target.dtype != NATIVE or self.rooms.get(output) is not array:
            laid[...] = array

    def write_values(self, values: Floats, output: int = 0) -> None:
        """Store one value a row."""
        target = self.results[output]
        target[...] = values.reshape(target.shape)

    def _laid(self, part: NDArray[Any]) -> NDArray[Any] | None:
        """`part` in the block's shape without a copy, or None."""
        if self.axis:
            if part.flags.c_contiguous:
                return part if part.ndim == 2 and part.shape[1] == self.length else part.reshape(-1, self.length)
        elif part.ndim == 2 and self.kept == 1 and part.strides[0] == part.itemsize:
            return part.T
        return None

    def _read(self, part: NDArray[Any]) -> Floats:
        laid = self._laid(part)
        if laid is not None:
            if laid.dtype == NATIVE and laid.flags.aligned and not self.narrow:
                return laid
            room = scratch(laid.shape)
            np.copyto(room, laid, casting="unsafe")
            return room
        many = part.size // self.length
        room = scratch((many, self.length) if self.axis else (self.length, many))
        np.copyto(self._in_batch_order(room, part.shape), part, casting="unsafe")
        return room

    def _in_batch_order(self, array: Floats, shape: tuple[int, ...]) -> NDArray[Any]:
        """`array` seen in the shape of its part of the batch, kept axes first."""
        if self.axis:
            return array.reshape(shape)
        if self.kept == 1 and len(shape) == 2:
            return array.T
        axes = (*range(self.kept, len(shape)), *range(self.kept))
        return array.reshape([shape[a] for a in axes]).transpose(np.argsort(axes))


class LongRow(Block):
    """One row in strips of BLOCK entries, each loaded anew whenever it is asked for."""

    def __init__(self, run: Run, place: tuple[slice, ...]) -> None:
        super().__init__(run, place)
        self.strips = -(-self.length // BLOCK)
        self.kept_rows: dict[int, Floats] = {}
        if self.length <= LONG:  # entries that lie apart are gathered once
            self.sources = [part if part.flags.c_contiguous else np.ascontiguousarray(part) for part in self.sources]

    def load(self, strip: int = 0) -> tuple[Floats, ...]:
        return tuple([self._strip(part, strip) for part in self.sources])

    def pieces(self) -> Iterable[int]:
        for strip in range(self.strips):
            scratch.used = 0
            yield strip

    def room(self, strip: int = 0, output: int = 0) -> Floats:
        if not self.keeps(output):
            return self.like(strip)
        if output not in self.kept_rows:
            target = self.targets[output]
            self.kept_rows[output] = target.reshape(1, -1) if self._holds(target) else np.empty((1, self.length))
        return self.kept_rows[output][:, strip * BLOCK : (strip + 1) * BLOCK]

    def keeps(self, output: int = 0) -> bool:
        return self.length <= LONG or self._holds(self.targets[output])

    @staticmethod
    def _holds(target: NDArray[Any]) -> bool:
        return bool(target.dtype == NATIVE and target.flags.c_contiguous)

    def like(self, strip: int = 0, dtype: Any = np.float64) -> NDArray[Any]:
        return scratch((1, min(BLOCK, self.length - strip * BLOCK)), dtype)

    def write(self, array: Floats, strip: int = 0, output: int = 0) -> None:
        target = self.targets[output]
        if not np.shares_memory(target, array):
            _line(target)[strip * BLOCK : strip * BLOCK + array.size] = array[0]

    def each(self) -> Iterator[Strip]:
        """The strips one after the other, each as a block of its own, in the same scratch."""
        for strip in self.pieces():
            yield Strip(self, strip)

    def _strip(self, part: NDArray[Any], strip: int) -> Floats:
        part = _line(part)[strip * BLOCK : (strip + 1) * BLOCK]
        if part.flags.c_contiguous and part.dtype == NATIVE and part.flags.aligned:
            return part[None, :]
        room = scratch((1, part.size))
        room[0] = part
        return room


def _line(row: NDArray[Any]) -> Any:
    """A row that may have axes of its own, to be sliced: a view, or where none is possible NumPy's slow iterator."""
    if row.flags.c_contiguous:
        return row.reshape(-1)
    axes = [a for a, n in enumerate(row.shape) if n > 1]
    return (
        row.transpose([*axes, *(a for a in range(row.ndim) if a not in axes)])[(..., *[0] * (row.ndim - 1))]  # type: ignore[arg-type]  # ... and indices
        if len(axes) == 1
        else row.flat
    )


class Strip(Block):
    """A strip of a long row as a block of one row."""

    def __init__(self, row: LongRow, number: int) -> None:
        self.row, self.number = row, number
        self.axis, self.careful = 1, row.careful
        self.inputs = row.load(number)
        self.length = self.inputs[0].shape[1]

    def room(self, strip: int = 0, output: int = 0) -> Floats:
        return self.row.room(self.number, output)

    def write(self, array: Floats, strip: int = 0, output: int = 0) -> None:
        self.row.write(array, self.number, output)


class Run:
    """One call of a kernel over a whole batch: the views of inputs and results, and how rows lie in a block."""

    def __init__(
        self,
        rows: Rows,
        inputs: Sequence[NDArray[Any]],
        columns: Sequence[NDArray[Any]],
        outputs: Sequence[NDArray[Any]],
        values: Sequence[NDArray[Any]],
        careful: bool,
    ) -> None:
        kept, reduced = rows.kept, rows.reduced
        self.length = length = rows.length
        self.axis = 0 if length <= SHORT or (length <= TALL and self._lie_apart(inputs, kept, reduced)) else 1
        self.careful = careful
        self.batch: tuple[int, ...] = rows.batch
        if (not kept or not reduced or kept[-1] < reduced[0]) and all([x.flags.c_contiguous for x in inputs]):
            self.batch = (math.prod(self.batch),)  # rows lie one after the other
            shape = (*self.batch, length)
            self.inputs = [x.reshape(shape) for x in inputs]
            self.outputs = [x.reshape(shape) for x in outputs]
        else:
            self.inputs = [x.transpose(kept + reduced) for x in inputs]
            self.outputs = [x.transpose(kept + reduced) for x in outputs]
        self.block = LongRow if length > BLOCK else Block
        self.columns = [x.reshape(self.batch) for x in columns]
        self.values = [x.reshape(self.batch) for x in values]

    @staticmethod
    def _lie_apart(inputs: Sequence[NDArray[Any]], kept: tuple[int, ...], reduced: tuple[int, ...]) -> bool:
        """Whether the entries of a row lie apart and those of many rows side by side, as along axis 0 of a matrix."""
        if not len(kept) == len(reduced) == 1 or kept[0] < reduced[0] or inputs[0].shape[kept[0]] < MANY:
            return False
        return all([x.strides[kept[0]] == x.itemsize for x in inputs])

    def places(self) -> Iterable[tuple[slice, ...]]:
        """Parts of the batch that hold about BLOCK entries each: whole trailing axes, a range of one axis, one index before."""
        batch, length = self.batch, self.length
        held, axis = length, len(batch)
        while axis and held * batch[axis - 1] <= BLOCK:
            axis -= 1
            held *= batch[axis]
        whole = tuple([slice(0, size) for size in batch[axis:]])
        if axis == 0:
            return (whole,)
        return self._places(axis, max(1, BLOCK // max(held, 1)), whole)

    def _places(self, axis: int, step: int, whole: tuple[slice, ...]) -> Iterator[tuple[slice, ...]]:
        for first in np.ndindex(*self.batch[: axis - 1]):
            one = tuple([slice(i, i + 1) for i in first])
            for start in range(0, self.batch[axis - 1], step):
                yield (*one, slice(start, min(start + step, self.batch[axis - 1])), *whole)

    @np.errstate(all="ignore")  # exp underflows, casts overflow: results say so, never a warning
    def work(self, kernel: Callable[[Block], None], places: Iterable[tuple[slice, ...]]) -> None:
        try:
            for place in places:
                scratch.used = 0
                kernel(self.block(self, place))
        finally:
            scratch.rest()


def rowwise(
    kernel: Callable[[Block], None],
    rows: Rows,
    inputs: Sequence[NDArray[Any]],
    dtype: Any,
    *,
    columns: Sequence[NDArray[Any]] = (),
    outputs: int = 0,
    values: int = 0,
) -> tuple[list[NDArray[Any]], list[NDArray[Any]]]:
    """`kernel` on every block of the batch: new arrays of the inputs' shape, and new arrays of one value a row."""
    batch = rows.batch
    full = [np.empty(rows.shape, dtype) for _ in range(outputs)]
    single = [np.empty(batch, dtype) for _ in range(values)]
    if 0 in batch:
        return full, single
    run = Run(rows, inputs, columns, full, single, dtype == NATIVE)
    workers = _threads.get()
    if workers == 1:
        run.work(kernel, run.places())
    else:
        places = list(run.places())
        workers = min(workers, len(places))
        from concurrent.futures import ThreadPoolExecutor  # with logging, a fifth of this package's import

        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda k: run.work(kernel, places[k::workers]), range(workers)))
    return full, single


# a few rows, of which a call is mostly overhead: one block without a plan ------------------------------------------------

FEW = 16_384  # entries
FRESH = 4096  # entries up to which fresh memory is as good as scratch
SINGLE = np.dtype(np.float32)
SERVED = {NATIVE, SINGLE}


class FewRows(Block):
    """The rows of small arrays as one block, short rows side by side and longer ones one after the other.

    A single row has one axis, and what there is one a row of is a number.
    """

    columns: Sequence[NDArray[Any]] = ()
    value: Any = None
    full: Any = None

    def __init__(self, arrays: tuple[NDArray[Any], ...], dtypes: set[Any], axis: int, turned: bool) -> None:
        self.arrays, self.axis, self.turned = arrays, axis, turned
        self.shape = arrays[0].shape
        self.careful = NATIVE in dtypes
        self.dtype = NATIVE if self.careful else SINGLE
        if turned:
            arrays = tuple([x.T.astype(np.float64, order="C") for x in arrays])
        elif SINGLE in dtypes:
            arrays = tuple([x.astype(np.float64, copy=False) for x in arrays])
        self.inputs = arrays
        self.length = arrays[0].shape[axis] if arrays[0].ndim == 2 else arrays[0].size

    @property
    def batch(self) -> tuple[int, ...]:
        """The shape of what there is one a row of."""
        return () if len(self.shape) == 1 else (self.arrays[0].size // self.length,)

    def as_rows(self) -> FewRows:
        """The same, a single row as a block of one too."""
        if len(self.shape) == 1:
            self.inputs = tuple([x[None] if self.axis else x[:, None] for x in self.inputs])
        return self

    def load(self, strip: int = 0) -> tuple[Floats, ...]:
        return self.inputs

    def bounds(self, argument: int, strip: int = 0) -> tuple[Floats, Floats]:
        z = self.inputs[argument]
        return np.maximum.reduce(z, axis=self.axis, keepdims=True), np.minimum.reduce(z, axis=self.axis, keepdims=True)

    def like(self, strip: int = 0, dtype: Any = np.float64) -> NDArray[Any]:
        shape = self.inputs[0].shape
        return np.empty(shape, dtype) if self.arrays[0].size <= FRESH else scratch(shape, dtype)

    def room(self, strip: int = 0, output: int = 0) -> Floats:
        return np.empty(self.inputs[0].shape)

    def write(self, array: Floats, strip: int = 0, output: int = 0) -> None:
        if self.turned:
            array = array.T
        self.full = array.astype(self.dtype, order="C", copy=False).reshape(self.shape)

    def write_values(self, values: Any, output: int = 0) -> None:
        if len(self.shape) == 1:
            self.value = (np.float64 if self.careful else np.float32)(values if isinstance(values, float) else values.item())
        else:
            self.value = values.reshape(-1).astype(self.dtype, copy=False)

    def work(self, kernel: Callable[[Block], None]) -> Any:
        """What the kernel wrote: one value a row, and the array of the inputs' shape if it built one."""
        try:
            quietly(kernel, self)
        finally:
            scratch.used = 0
        if self.full is None:
            return self.value
        return self.full if self.value is None else (self.value, self.full)


def few_rows(axis: Any, *arrays: Any) -> FewRows | None:
    """Small arrays in C order, float64 or float32, as one block; None for any others, wrong calls among them."""
    first = arrays[0]
    if type(first) is not np.ndarray or not 0 < first.size <= FEW:
        return None
    if type(axis) is not int:
        if axis is not None or first.ndim != 1:
            return None
        axis = -1
    shape, dtypes = first.shape, set()
    for x in arrays:
        if type(x) is not np.ndarray or not x.flags.c_contiguous or (x is not first and x.shape != shape):
            return None
        dtypes.add(x.dtype)
    if not dtypes <= SERVED:
        return None
    if len(shape) == 1:
        return FewRows(arrays, dtypes, 1 if first.size > SHORT else 0, False) if -1 <= axis <= 0 else None
    if len(shape) != 2 or 1 in shape or not -2 <= axis <= 1:
        return None
    across = axis in (0, -2)  # rows run along axis 0
    long = shape[0 if across else 1] > SHORT
    return FewRows(arrays, dtypes, int(long), across == long)


class Picked(Block):
    """Some rows of a block, copied out to be done once more with more care; what is written stays in `full` and `values`."""

    def __init__(self, block: Block, which: NDArray[np.bool_] | None) -> None:
        self.axis, self.length, self.careful = block.axis, block.length, block.careful
        inputs = block.load()
        if inputs[0].ndim == 1:
            shape = (1, -1) if self.axis else (-1, 1)
            self.inputs = tuple([x.reshape(shape) for x in inputs])
            self.columns = [c.reshape(1, 1) for c in block.columns]
        elif self.axis:
            self.inputs = tuple([x[which] for x in inputs])
            self.columns = [c.reshape(-1, 1)[which] for c in block.columns]
        else:
            self.inputs = tuple([x[:, which] for x in inputs])
            self.columns = [c.reshape(1, -1)[:, which] for c in block.columns]
        self.full: list[Floats] = []
        self.values: list[Floats] = []

    def load(self, strip: int = 0) -> tuple[Floats, ...]:
        return self.inputs

    def bounds(self, argument: int, strip: int = 0) -> tuple[Floats, Floats]:
        z = self.inputs[argument]
        return np.maximum.reduce(z, axis=self.axis, keepdims=True), np.minimum.reduce(z, axis=self.axis, keepdims=True)

    def room(self, strip: int = 0, output: int = 0) -> Floats:
        return self.like()

    def write(self, array: Floats, strip: int = 0, output: int = 0) -> None:
        self.full.append(array)

    def write_values(self, values: Floats, output: int = 0) -> None:
        self.values.append(values)


def mended(block: Block, wrong: Any, kernel: Callable[[Block], Any], full: Any = None, values: Any = None) -> tuple[Any, Any]:
    """The array `full` and the `values` of a block with what `kernel` says of the rows that are `wrong` put in."""
    if not np.count_nonzero(wrong):
        return full, values
    if block.load()[0].ndim == 1:
        picked = Picked(block, None)
        kernel(picked)
        full = picked.full[0].reshape(-1).copy() if picked.full else None  # no scratch gets out
        return full, picked.values[0].item() if picked.values else None
    which = wrong.reshape(-1)
    picked = Picked(block, which)
    kernel(picked)
    if full is not None:
        full[which if block.axis else (slice(None), which)] = picked.full[0]
    if values is not None:
        values.reshape(-1)[which] = picked.values[0].reshape(-1)
    return full, values

"""Rows in blocks: a planner cuts a batch into blocks that stay in a core's cache, a runner takes each through one kernel.

A block is a two-dimensional float64 array whose rows run along one of its axes: along axis 1 as C order has them, or along
axis 0 where rows are short (a reduction is then a few operations on whole vectors) or lie that way in memory. A kernel is
written once, for either axis, any format and any layout. A row too long for one block comes in several strips.
"""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from ._arrays import Rows

    Floats = NDArray[np.float64]

BLOCK = 65_536  # entries: 512 kB, so that a block stays in a core's second-level cache from one step to the next
SHORT = 64  # rows up to here are laid side by side
LONG = 1 << 20  # rows beyond are cut into strips: 8 MB of scratch an array

NATIVE = np.dtype(np.float64)

_threads: ContextVar[int] = ContextVar("mathcore.numeric.threads", default=1)


@contextmanager
def threads(n: int) -> Iterator[None]:
    """Let the functions of this package use up to `n` threads inside the `with` block; results keep their bits.

    Worth it for arrays of millions of entries on idle cores; under load it costs time.

    Raises
    ------
    ValueError
        If `n` is below 1.
    TypeError
        If `n` is not an integer.

    Examples
    --------
    >>> with threads(2):
    ...     p = softmax(np.zeros((1000, 1000)))
    """
    if isinstance(n, bool) or not isinstance(n, int):
        raise TypeError(f"threads: n must be an integer, got {n!r}. Pass the number of threads, for example 2.")
    if n < 1:
        raise ValueError(f"threads: n must be at least 1, got {n}. Pass 1 for no further threads.")
    token = _threads.set(n)
    try:
        yield
    finally:
        _threads.reset(token)


class Scratch(threading.local):
    """Arrays to work in, kept from block to block: fresh memory costs more than the arithmetic done in it."""

    def __init__(self) -> None:
        self.buffers: list[NDArray[np.uint8]] = []
        self.used = 0

    def __call__(self, shape: tuple[int, ...], dtype: Any = np.float64) -> NDArray[Any]:
        size = math.prod(shape) * np.dtype(dtype).itemsize
        if self.used == len(self.buffers):
            self.buffers.append(np.empty(max(size, 8 * BLOCK), np.uint8))
        elif self.buffers[self.used].size < size:
            self.buffers[self.used] = np.empty(size, np.uint8)
        self.used += 1
        return self.buffers[self.used - 1][:size].view(dtype).reshape(shape)

    def rest(self) -> None:
        """Between calls only small buffers are kept."""
        self.used = 0
        if any([b.size > 16 * BLOCK for b in self.buffers]):
            self.buffers = [b for b in self.buffers if b.size <= 16 * BLOCK]


scratch = Scratch()


class Block:
    """Some rows of every input and result, as one kernel call sees them.

    `axis` is the axis along which rows run, `length` theirs; `careful` says that results are float64, so that every digit
    counts: narrower formats are rounded from float64 at the end and need no corrections. A row longer than LONG comes in
    `strips`, each loaded anew whenever it is asked for.
    """

    def __init__(self, run: Run, place: tuple[slice, ...]) -> None:
        self.run, self.place = run, (*place, ...)
        self.axis, self.length, self.careful, self.strips = run.axis, run.length, run.careful, run.strips
        self._loaded: tuple[Floats, ...] | None = None
        self._rooms: dict[int, Floats] = {}

    def load(self, strip: int = 0) -> tuple[Floats, ...]:
        """The inputs as float64; maybe the caller's own memory: nobody writes into them."""
        if self.strips > 1:
            return tuple([self._read(view, strip) for view in self.run.inputs])
        if self._loaded is None:
            self._loaded = tuple([self._read(view, strip) for view in self.run.inputs])
        return self._loaded

    def bounds(self, argument: int, strip: int = 0) -> tuple[Floats, Floats]:
        """The largest (nan if there is one) and the smallest entry of each row, from narrow formats before they are widened."""
        narrow = self.run.inputs[argument].dtype == np.float32 and not self.careful
        if self.axis == 0 or not narrow or (z := self._laid(self.run.inputs[argument][self.place], strip)) is None:
            z = self.load(strip)[argument]
        highest = np.maximum.reduce(z, axis=self.axis, keepdims=True)
        lowest = np.minimum.reduce(z, axis=self.axis, keepdims=True)
        if highest.dtype == NATIVE:
            return highest, lowest
        return highest.astype(np.float64), lowest.astype(np.float64)

    def pieces(self) -> Iterable[int]:
        """The numbers of the strips, one after the other in the same scratch."""
        return (0,) if self.strips == 1 else self._pieces()

    def _pieces(self) -> Iterator[int]:
        for strip in range(self.strips):
            scratch.used = 0
            yield strip

    def room(self, strip: int = 0, output: int = 0) -> Floats:
        """Where to build an output: the result's own memory if it is float64 and lies as the block does, else scratch."""
        if self.strips == 1 and output in self._rooms:
            return self._rooms[output]
        target = self.run.outputs[output]
        laid = self._laid(target[self.place], strip) if target.dtype == np.float64 else None
        if laid is None:
            return self.like(strip)
        self._rooms[output] = laid
        return laid

    def like(self, strip: int = 0, dtype: Any = np.float64) -> NDArray[Any]:
        """Scratch of the block's shape."""
        return scratch(self._shape(strip), dtype)

    def write(self, array: Floats, strip: int = 0, output: int = 0) -> None:
        """Store an output, rounded to the result's format; nothing is left to do if it was built in its `room`."""
        if self._rooms.get(output) is array:
            return
        target = self.run.outputs[output][self.place]
        laid = self._laid(target, strip)
        if laid is not None:
            laid[...] = array
        elif self.strips > 1:
            target.flat[strip * LONG : strip * LONG + array.size] = array[0]
        else:
            target[...] = self._in_batch_order(array, target.shape)

    def write_values(self, values: Floats, output: int = 0) -> None:
        """Store one value a row."""
        target = self.run.values[output][self.place]
        target[...] = values.reshape(target.shape)

    def per_row(self, array: NDArray[Any]) -> NDArray[Any]:
        """The block's part of an array with one entry a row, shaped to broadcast against the block."""
        part = array.reshape(self.run.batch)[self.place].reshape(-1)
        return part[:, None] if self.axis else part[None, :]

    def _shape(self, strip: int) -> tuple[int, int]:
        if self._loaded is not None:
            return self._loaded[0].shape  # type: ignore[return-value]  # two-dimensional
        many = math.prod([s.stop - s.start for s in self.place[:-1]])
        length = min(LONG, self.length - strip * LONG) if self.strips > 1 else self.length
        return (many, length) if self.axis else (length, many)

    def _laid(self, part: NDArray[Any], strip: int) -> NDArray[Any] | None:
        """`part` in the block's shape without a copy, or None."""
        if self.axis:
            if part.flags.c_contiguous:
                rows = part if part.ndim == 2 else part.reshape(-1, self.length)
                return rows[:, strip * LONG : (strip + 1) * LONG] if self.strips > 1 else rows
        elif part.ndim == 2 and len(self.place) == 2 and part.strides[0] == part.itemsize:
            return part.T
        return None

    def _read(self, view: NDArray[Any], strip: int) -> Floats:
        part = view[self.place]
        laid = self._laid(part, strip)
        if laid is not None and laid.dtype == NATIVE and laid.flags.aligned:
            return laid
        room = self.like(strip)
        if laid is not None:
            np.copyto(room, laid, casting="unsafe")
        elif self.strips > 1:
            room[0] = part.flat[strip * LONG : strip * LONG + room.size]
        else:
            np.copyto(self._in_batch_order(room, part.shape), part, casting="unsafe")
        return room

    def _in_batch_order(self, array: Floats, shape: tuple[int, ...]) -> NDArray[Any]:
        """`array` seen in the shape of its part of the batch, kept axes first."""
        if self.axis:
            return array.reshape(shape)
        kept = len(self.place) - 1
        if kept == 1 and len(shape) == 2:
            return array.T
        axes = (*range(kept, len(shape)), *range(kept))
        return array.reshape([shape[a] for a in axes]).transpose(np.argsort(axes))


class Run:
    """One call of a kernel over a whole batch: the views of inputs and results, and how rows lie in a block."""

    def __init__(
        self, rows: Rows, inputs: Sequence[NDArray[Any]], outputs: Sequence[NDArray[Any]], values: Sequence[NDArray[Any]]
    ) -> None:
        kept, reduced = rows.kept, rows.reduced
        self.length = length = rows.length
        if (not kept or not reduced or kept[-1] < reduced[0]) and all([x.flags.c_contiguous for x in inputs]):
            many = math.prod(rows.batch)  # rows lie one after the other
            self.batch: tuple[int, ...] = (many,)
            self.inputs = [x.reshape(many, length) for x in inputs]
            self.outputs = [x.reshape(many, length) for x in outputs]
            self.values = [x.reshape(many) for x in values]
        else:
            self.batch = rows.batch
            self.inputs = [x.transpose(kept + reduced) for x in inputs]
            self.outputs = [x.transpose(kept + reduced) for x in outputs]
            self.values = list(values)
        self.axis = 0 if length <= SHORT else 1
        self.careful = any([x.dtype == np.float64 for x in (*outputs, *values)])
        self.strips = max(1, -(-length // LONG))

    def places(self) -> Iterator[tuple[slice, ...]]:
        """Parts of the batch that hold about BLOCK entries each: whole trailing axes, a range of one axis, one index before."""
        held, axis = self.length, len(self.batch)
        while axis and held * self.batch[axis - 1] <= BLOCK:
            axis -= 1
            held *= self.batch[axis]
        whole = tuple([slice(0, size) for size in self.batch[axis:]])
        if axis == 0:
            yield whole
            return
        step = max(1, BLOCK // max(held, 1))
        for first in np.ndindex(*self.batch[: axis - 1]):
            one = tuple([slice(i, i + 1) for i in first])
            for start in range(0, self.batch[axis - 1], step):
                yield (*one, slice(start, min(start + step, self.batch[axis - 1])), *whole)


@np.errstate(all="ignore")  # exp underflows, casts overflow: results say so, never a warning
def _work(kernel: Callable[[Block], None], run: Run, places: Iterable[tuple[slice, ...]]) -> None:
    try:
        for place in places:
            scratch.used = 0
            kernel(Block(run, place))
    finally:
        scratch.rest()


def rowwise(
    kernel: Callable[[Block], None],
    rows: Rows,
    inputs: Sequence[NDArray[Any]],
    dtype: Any,
    *,
    outputs: int = 0,
    values: int = 0,
) -> tuple[list[NDArray[Any]], list[NDArray[Any]]]:
    """`kernel` on every block of the batch: new arrays of the inputs' shape, and new arrays of one value a row."""
    full = [np.empty(rows.shape, dtype) for _ in range(outputs)]
    single = [np.empty(rows.batch, dtype) for _ in range(values)]
    if 0 in rows.batch:
        return full, single
    run = Run(rows, inputs, full, single)
    workers = _threads.get()
    if workers == 1:
        _work(kernel, run, run.places())
    else:
        places = list(run.places())
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda k: _work(kernel, run, places[k::workers]), range(workers)))
    return full, single

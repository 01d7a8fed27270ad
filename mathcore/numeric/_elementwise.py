"""Functions of one entry at a time: any format and layout in, the same format out, computed in float64 block by block.

A function of one argument goes through `unary`, whose kernels work in place; any other goes through `elementwise`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, floats, foreign, real_array, result_format, same_shape
from ._blocks import BLOCK, scratch
from ._calls import NATIVE as NATIVE
from ._calls import quietly as quietly
from ._calls import workers as _threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Room = Floats | None
    Kernel = Callable[..., Any]
    Work = Callable[[list[Floats], list[Any], list[Floats]], None]

SMALL = 16_384  # entries up to which fresh memory is as good as scratch
FEW = 2048  # entries up to which fresh memory is better
PIECE = 16_384  # entries at a time for kernels that need many arrays: together they stay in the second-level cache

# Constants as arrays: a Python number would be converted at every call.
ZERO, ONE, HALF = np.array(0.0), np.array(1.0), np.array(0.5)


def unary(function: str, argument: str, x: ArrayLike, kernel: Kernel, *options: float, rooms: int = 1) -> Any:
    """`kernel(x, careful, out, *rooms)` of one argument, in float64 and block by block.

    The kernel returns its result, built in `out`, may use `rooms` arrays more for what lies between, and does not change
    `x`; where it gets None for them, NumPy makes them. All are of one shape with at least one axis and entry. `careful`
    says that the result is float64, so that every digit counts: narrower formats are rounded from float64 at the end and
    need no corrections. The compiled core has a function of this name, which takes `x` and the options.
    """
    core = getattr(_core, function)
    found = core(x, *options)
    if found is not NotImplemented:
        return found
    if type(x) is np.ndarray and x.dtype is NATIVE and x.flags.c_contiguous and x.ndim and 0 < x.size <= SMALL:
        return quietly(kernel, x, True)
    if foreign(x):
        return anywhere(function, x)
    array = real_array(function, argument, x)
    found = core(floats(array), *options)
    if found is not NotImplemented:
        return found
    if array.ndim == 0:
        return unary(function, argument, array.reshape(1), kernel, *options, rooms=rooms)[0]
    dtype = result_format(array)
    careful = dtype == NATIVE
    if 0 < array.size <= SMALL:
        result = quietly(kernel, array.astype(NATIVE, order="C"), careful)
        return result if careful else quietly(result.astype, dtype)
    result = np.empty(array.shape, dtype)
    _run(lambda inputs, outputs, spare: kernel(inputs[0], careful, outputs[0], *spare), [array], [result], rooms)
    return result


def elementwise(
    function: str, kernel: Kernel, /, *, core: Kernel = _core.not_mine, outputs: int = 1, **arguments: ArrayLike
) -> Any:
    """`kernel` of the arguments, entry by entry, in the widest of their float formats.

    The kernel gets one-dimensional float64 arrays of one length, which it must not change, and returns one such array, or
    a tuple of `outputs`. Arguments of different shapes are an error: nothing is broadcast. A function with further options
    hands arrays of other libraries to `anywhere` itself. `core` is the compiled form.
    """
    found = core(*arguments.values())
    if found is not NotImplemented:
        return found
    if foreign(*arguments.values()):
        return anywhere(function, *arguments.values())
    arrays = [real_array(function, name, value) for name, value in arguments.items()]
    names = list(arguments)
    for name, array in zip(names[1:], arrays[1:], strict=True):
        same_shape(function, names[0], arrays[0], name, array)
    found = core(*map(floats, arrays))
    if found is not NotImplemented:
        return found
    dtype = result_format(*arrays)
    if outputs > 1:
        return blockwise(kernel, arrays, [dtype] * outputs)
    return blockwise(lambda *inputs: (kernel(*inputs),), arrays, [dtype])[0]


def blockwise(kernel: Kernel, arrays: list[NDArray[Any]], formats: list[np.dtype[Any]], length: int = BLOCK) -> tuple[Any, ...]:
    """The tuple of results of `kernel`, each in its format, for arrays of one shape; `length` entries at a time.

    The kernel is as in `elementwise`; what it returns may lie in a `room`.
    """
    shape, size = arrays[0].shape, arrays[0].size
    if 0 < size <= SMALL:
        return quietly(_at_once, kernel, arrays, formats, shape)  # type: ignore[no-any-return]  # a tuple
    results = [np.empty(shape, dtype) for dtype in formats]

    def work(inputs: list[Floats], outs: list[NDArray[Any]], _: list[Floats]) -> None:
        for out, values in zip(outs, kernel(*inputs), strict=True):
            out[...] = values

    _run(work, arrays, results, None, length)
    return tuple([result[()] for result in results])


def _at_once(kernel: Kernel, arrays: list[NDArray[Any]], formats: list[np.dtype[Any]], shape: tuple[int, ...]) -> tuple[Any, ...]:
    used = scratch.used
    try:
        found = kernel(*[x.astype(NATIVE, order="C", copy=False).reshape(-1) for x in arrays])
        return tuple([y.astype(dtype).reshape(shape)[()] for y, dtype in zip(found, formats, strict=True)])
    finally:
        scratch.used = used


def room(x: Floats, dtype: Any = np.float64) -> Any:
    """Scratch of the shape of `x`, to be used as `out`; None, for fresh memory, where that is as good."""
    return scratch(x.shape, dtype) if x.size > FEW else None


def _run(work: Work, arrays: list[NDArray[Any]], results: list[NDArray[Any]], rooms: int | None, length: int = BLOCK) -> None:
    """`work` on the inputs, outputs and rooms of one block after the other, on as many threads as are allowed.

    Without rooms (None) `work` gets the results themselves, in their own formats; otherwise it gets float64 to build in.
    """
    outputs = [x.reshape(-1) for x in results]
    workers = min(_threads.get(), -(-outputs[0].size // length))
    if workers <= 1:
        quietly(_some_blocks, work, arrays, outputs, rooms, length, 0, 1)
        return
    with ThreadPoolExecutor(workers) as pool:
        done = [pool.submit(quietly, _some_blocks, work, arrays, outputs, rooms, length, k, workers) for k in range(workers)]
        for one in done:
            one.result()


def _some_blocks(
    work: Work, arrays: list[NDArray[Any]], outputs: list[NDArray[Any]], rooms: int | None, length: int, first: int, step: int
) -> None:
    """Every `step`-th block from the `first`: what is float64 is used where it lies, anything else in scratch."""
    size, used = outputs[0].size, scratch.used
    shape = (min(size, length),)
    try:
        spare = [scratch(shape) for _ in range(rooms or 0)]
        built = [None if rooms is None or out.dtype == NATIVE else scratch(shape) for out in outputs]
        readers = [_reader(x, shape) for x in arrays]
        mark = scratch.used
        for start in range(first * length, size, step * length):
            block = slice(start, min(start + length, size))
            n = block.stop - start
            scratch.used = mark
            inputs = [read(block) for read in readers]
            outs = [out[block] if own is None else own[:n] for out, own in zip(outputs, built, strict=True)]
            work(inputs, outs, [r[:n] for r in spare])
            for out, own in zip(outputs, built, strict=True):
                if own is not None:
                    out[block] = own[:n]
    finally:
        scratch.used = used


def _reader(x: NDArray[Any], shape: tuple[int]) -> Callable[[slice], Floats]:
    """A function that hands out a block of `x`, entries in C order, as float64."""
    if x.flags.c_contiguous:
        flat = x.reshape(-1)
        if x.dtype == NATIVE and x.flags.aligned:
            return flat.__getitem__
        copy = scratch(shape)

        def converted(block: slice) -> Floats:
            n = block.stop - block.start
            np.copyto(copy[:n], flat[block], casting="unsafe")
            return copy[:n]

        return converted

    copy = scratch(shape)
    parts: Any = np.nditer(
        [x], ["external_loop", "buffered", "ranged"], [["readonly"]], [NATIVE], order="C", casting="unsafe", buffersize=shape[0]
    )

    def gathered(block: slice) -> Floats:
        parts.iterrange = (block.start, block.stop)
        n = 0
        for part in parts:  # NumPy chooses how much comes at a time
            copy[n : n + part.size] = part
            n += part.size
        return copy[:n]

    return gathered

"""Functions of one entry at a time: any format and layout in, the same format out, computed in float64 block by block.

A function of one argument goes through `unary`, whose kernels work in place; any other goes through `elementwise`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import real_array, result_format, same_shape
from ._blocks import BLOCK, NATIVE, _threads, scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Kernel = Callable[..., Any]
    Work = Callable[[list[Floats], list[Floats], list[Floats]], None]

SMALL = 8_192  # entries up to which fresh memory costs less than asking for scratch

# Constants as arrays: a Python number would be converted at every call.
ZERO, ONE, HALF = np.array(0.0), np.array(1.0), np.array(0.5)

if np.lib.NumpyVersion(np.__version__) >= "2.0.0":
    QUIET = Context()
    QUIET.run(np.seterr, all="ignore")  # in that context alone

    def quietly(function: Callable[..., Any], *arguments: Any) -> Any:
        """`function` of the arguments where no flag warns or raises: in a tenth of the time that np.errstate takes."""
        return QUIET.copy().run(function, *arguments)

else:  # np.seterr knows no contexts there

    @np.errstate(all="ignore")
    def quietly(function: Callable[..., Any], *arguments: Any) -> Any:
        return function(*arguments)


def unary(function: str, argument: str, x: ArrayLike, kernel: Kernel, *, rooms: int = 1, widened: bool = True) -> Any:
    """`kernel(x, out, *rooms, careful)` block by block: it fills `out`, in float64, and may use the rooms but not change `x`.

    All are arrays of one shape. `careful` says that the result is float64, so that every digit counts: narrower formats
    are rounded from float64 at the end and need no corrections. Kernels that are exact in any format ask for arrays that
    are not `widened`.
    """
    if type(x) is not np.ndarray or x.dtype is not NATIVE:
        x = real_array(function, argument, x)
        dtype = result_format(x)
    else:
        dtype = NATIVE
    if x.size > BLOCK:
        result = np.empty(x.shape, dtype)
        worked = NATIVE if widened else dtype
        _run(lambda inputs, outputs, spare: kernel(*inputs, *outputs, *spare, dtype is NATIVE), [x], [result], worked, rooms)
        return result
    result = quietly(_one_block, kernel, x, dtype, rooms, widened)
    return result if x.ndim else result[()]


def _one_block(kernel: Kernel, x: NDArray[Any], dtype: np.dtype[Any], rooms: int, widened: bool) -> NDArray[Any]:
    worked = NATIVE if widened else dtype
    if x.dtype is not worked or not x.flags.c_contiguous:
        x = x.astype(worked, order="C")
    out = np.empty(x.shape, worked)
    if not x.size:
        pass
    elif x.size <= SMALL:
        kernel(x, out, *[np.empty(x.shape, worked) for _ in range(rooms)], dtype is NATIVE)
    else:
        used = scratch.used
        try:
            kernel(x, out, *[scratch(x.shape, worked) for _ in range(rooms)], dtype is NATIVE)
        finally:
            scratch.used = used
    return out if worked is dtype else out.astype(dtype)


def elementwise(function: str, kernel: Kernel, /, *, outputs: int = 1, **arguments: ArrayLike) -> Any:
    """`kernel` of the arguments, entry by entry, in the widest of their float formats.

    The kernel gets one-dimensional float64 arrays of one length, which it must not change, and returns one such array, or
    a tuple of `outputs`. Arguments of different shapes are an error: nothing is broadcast.
    """
    arrays = [real_array(function, name, value) for name, value in arguments.items()]
    names = list(arguments)
    for name, array in zip(names[1:], arrays[1:], strict=True):
        same_shape(function, names[0], arrays[0], name, array)
    dtype, shape = result_format(*arrays), arrays[0].shape
    results = [np.empty(shape, dtype) for _ in range(outputs)]

    def work(inputs: list[Floats], outs: list[Floats], _: list[Floats]) -> None:
        found = kernel(*inputs)
        for out, values in zip(outs, found if outputs > 1 else (found,), strict=True):
            out[...] = values

    _run(work, arrays, results, NATIVE, 0)
    finished = tuple([result[()] for result in results])
    return finished if outputs > 1 else finished[0]


def _run(work: Work, arrays: list[NDArray[Any]], results: list[NDArray[Any]], worked: np.dtype[Any], rooms: int) -> None:
    """`work` on the inputs, outputs and rooms of one block after the other, on as many threads as are allowed."""
    inputs = [np.ascontiguousarray(x).reshape(-1) for x in arrays]
    outputs = [x.reshape(-1) for x in results]
    workers = min(_threads.get(), -(-outputs[0].size // BLOCK))
    if workers <= 1:
        quietly(_some_blocks, work, inputs, outputs, worked, rooms, 0, 1)
        return
    with ThreadPoolExecutor(workers) as pool:
        done = [pool.submit(quietly, _some_blocks, work, inputs, outputs, worked, rooms, k, workers) for k in range(workers)]
        for one in done:
            one.result()


def _some_blocks(
    work: Work,
    inputs: list[NDArray[Any]],
    outputs: list[NDArray[Any]],
    worked: np.dtype[Any],
    rooms: int,
    first: int,
    step: int,
) -> None:
    """Every `step`-th block from the `first`: what is in the format to work in is used where it lies, the rest in scratch."""
    size, used = outputs[0].size, scratch.used
    room = (min(size, BLOCK),)
    try:
        spare = [scratch(room, worked) for _ in range(rooms)]
        read = [None if x.dtype is worked and x.flags.aligned else scratch(room, worked) for x in inputs]
        built = [None if out.dtype is worked else scratch(room, worked) for out in outputs]
        for start in range(first * BLOCK, size, step * BLOCK):
            block = slice(start, min(start + BLOCK, size))
            n = block.stop - start
            given = [x[block] if copy is None else copy[:n] for x, copy in zip(inputs, read, strict=True)]
            for x, copy in zip(inputs, read, strict=True):
                if copy is not None:
                    np.copyto(copy[:n], x[block], casting="unsafe")
            outs = [out[block] if own is None else own[:n] for out, own in zip(outputs, built, strict=True)]
            work(given, outs, [r[:n] for r in spare])
            for out, own in zip(outputs, built, strict=True):
                if own is not None:
                    out[block] = own[:n]
    finally:
        scratch.used = used

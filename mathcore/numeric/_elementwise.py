"""Functions of one entry at a time: any format and layout in, the same format out, computed in float64 block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import real_array, result_format, same_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Kernel = Callable[..., Any]

BLOCK = 32_768  # entries: 256 kB, of which a few fit into a core's second-level cache


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
    with np.errstate(all="ignore"):  # exp underflows, casts overflow: results say so, never a warning
        if arrays[0].size <= BLOCK:
            found = kernel(*[np.ascontiguousarray(a, np.float64).reshape(-1) for a in arrays])
            for result, values in zip(results, found if outputs > 1 else (found,), strict=True):
                result.reshape(-1)[:] = values
        else:
            _run(kernel, arrays, results)
    finished = tuple(result[()] for result in results)
    return finished if outputs > 1 else finished[0]


def _run(kernel: Kernel, arrays: list[NDArray[Any]], results: list[NDArray[Any]]) -> None:
    """NumPy's iterator plans the blocks: contiguous and native they come as they lie, otherwise as float64 copies."""
    blocks = np.nditer(
        [*arrays, *results],
        flags=["external_loop", "buffered"],
        op_flags=[["readonly", "contig", "aligned", "nbo"]] * len(arrays) + [["writeonly", "contig", "aligned"]] * len(results),
        op_dtypes=[np.float64] * (len(arrays) + len(results)),
        casting="unsafe",
        buffersize=BLOCK,
    )
    with blocks:
        for block in blocks:
            operands = block[: len(arrays)]
            found = kernel(*operands)
            for out, values in zip(block[len(arrays) :], found if len(results) > 1 else (found,), strict=True):
                out[...] = values

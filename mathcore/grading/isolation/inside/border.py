"""Values as frames: two lengths, a JSON header, raw buffers. Nothing in a frame is executed, every length is checked.

Python's None, bool, int, float, str and list are themselves in the header; a tuple, an array and a NumPy scalar are
objects with one telling key. The buffers follow in the order in which the header names them. Both sides use this file;
only what `decode` says here protects the parent.
"""

from __future__ import annotations

import json
import math
import struct
from typing import Any

import numpy as np

LENGTHS = struct.Struct("<IQ")  # bytes of the header, bytes of all buffers
MOST_HEADER = 4 << 20
MOST_DEPTH = 24
MOST_ENTRIES = 100_000  # of one list; arrays carry more
NATIVE = tuple(np.dtype(code) for code in "?bhilqBHILQefdg")
DTYPES = frozenset(d.str for dtype in NATIVE for d in (dtype, dtype.newbyteorder("S")))  # both orders of bytes
PLAIN = (bool, int, float, str, type(None))
LAYOUTS = ("C", "F", "strided")


class Unsendable(Exception):
    """The value is none that crosses the border; the message names its type."""


class Malformed(Exception):
    """The bytes are no frame of this format."""


def encode(value: Any, parts: list[bytes], depth: int = 0) -> Any:
    """The header entry of a value; its buffers are appended to `parts`. Raises Unsendable."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if depth > MOST_DEPTH:
        raise Unsendable(f"{kind.__name__} nested deeper than {MOST_DEPTH}")
    if kind in (list, tuple) and len(value) > MOST_ENTRIES:
        raise Unsendable(f"{kind.__name__} of {len(value):,} entries (at most {MOST_ENTRIES:,} are read)")
    if kind is list:
        if all(type(v) in PLAIN for v in value):
            return value
        return [encode(v, parts, depth + 1) for v in value]
    if kind is tuple:
        return {"tuple": [encode(v, parts, depth + 1) for v in value]}
    if issubclass(kind, (np.ndarray, np.generic)):
        return _array(value, parts)
    raise Unsendable(kind.__name__)


def _array(value: Any, parts: list[bytes]) -> dict[str, Any]:
    if issubclass(type(value), np.generic):
        if value.dtype.str not in DTYPES:
            raise Unsendable(f"{type(value).__name__} (a NumPy scalar)")
        parts.append(value.tobytes())
        return {"scalar": value.dtype.str}
    array: np.ndarray = np.ndarray.view(value, np.ndarray)  # a subclass may lie about itself
    if array.dtype.str not in DTYPES:
        raise Unsendable(f"ndarray of {array.dtype.name[:40]}")
    layout = "C" if array.flags.c_contiguous else "F" if array.flags.f_contiguous else "strided"
    parts.append(array.tobytes("F" if layout == "F" else "C"))
    entry: dict[str, Any] = {"array": array.dtype.str, "shape": list(array.shape), "layout": layout}
    return entry if array.flags.writeable else entry | {"readonly": True}


def pack(header: dict[str, Any], parts: list[bytes]) -> bytes:
    """One frame."""
    try:
        text = json.dumps(header).encode()
    except ValueError as error:
        raise Unsendable("a whole number of more than 4,300 digits") from error
    if len(text) > MOST_HEADER:
        raise Unsendable(f"a list that takes {len(text)} bytes")
    return b"".join((LENGTHS.pack(len(text), sum(map(len, parts))), text, *parts))


def printable(text: str) -> str:
    """The text without what a terminal or an encoding would take for something else."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


class Body:
    """The buffers of a frame, taken one after the other."""

    def __init__(self, data: bytes | bytearray | memoryview) -> None:
        self.data, self.at = memoryview(data), 0

    def take(self, size: int) -> memoryview:
        if size > len(self.data) - self.at:
            raise Malformed("a buffer is shorter than its shape says")
        self.at += size
        return self.data[self.at - size : self.at]

    def done(self) -> None:
        if self.at != len(self.data):
            raise Malformed("buffers that no value names")


def header(text: bytes | bytearray | memoryview) -> dict[str, Any]:
    """The JSON object of a frame."""
    try:
        found = json.loads(bytes(text).decode("utf-8"))
    except (ValueError, RecursionError, MemoryError) as error:
        raise Malformed(f"a header that is no JSON ({type(error).__name__})") from error
    if type(found) is not dict:
        raise Malformed("a header that is no object")
    return found


def decode(entry: Any, body: Body, depth: int = 0) -> Any:
    """The value of a header entry. Raises Malformed, whatever the bytes."""
    if depth > MOST_DEPTH:
        raise Malformed(f"values nested deeper than {MOST_DEPTH}")
    if type(entry) is str:
        return printable(entry)
    if type(entry) in PLAIN:
        return entry
    if type(entry) is list:
        return [decode(e, body, depth + 1) for e in entry]
    if type(entry) is not dict:
        raise Malformed("an entry of no known kind")
    if type(entry.get("tuple")) is list:
        return tuple(decode(e, body, depth + 1) for e in entry["tuple"])
    if "scalar" in entry:
        return _filled(_dtype(entry["scalar"]), [], "C", body)[()]
    if "array" in entry:
        array = _filled(_dtype(entry["array"]), entry.get("shape"), entry.get("layout"), body)
        if entry.get("readonly"):
            array.flags.writeable = False
        return array
    raise Malformed("an entry of no known kind")


def _dtype(text: Any) -> np.dtype:
    if type(text) is not str or text not in DTYPES:
        raise Malformed("a dtype that is not allowed")
    return np.dtype(text)


def _filled(dtype: np.dtype, shape: Any, layout: Any, body: Body) -> np.ndarray:
    if type(shape) is not list or len(shape) > 32 or not all(type(n) is int and 0 <= n < 1 << 48 for n in shape):
        raise Malformed("a shape that is no list of lengths")
    if layout not in LAYOUTS:
        raise Malformed("a layout that is not allowed")
    raw = np.frombuffer(body.take(math.prod(shape) * dtype.itemsize), np.uint8)
    if dtype.kind == "b":
        raw = (raw != 0).view(np.uint8)  # a truth value is one of two bytes
    try:
        flat = raw.view(dtype)
        if layout != "strided" or not shape:
            return flat.reshape(shape, order=layout if shape else "C").copy(layout if shape else "C")
        room = np.zeros([*shape[:-1], 2 * shape[-1]], dtype)
        room[..., ::2] = flat.reshape(shape)
        return room[..., ::2]
    except (ValueError, OverflowError, MemoryError) as error:
        raise Malformed(f"an array that cannot be: {error}") from error

"""The way to the parent, from inside: whole frames over one inherited descriptor (or, on Windows, one connection)."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from .border import LENGTHS, Body, header


class Channel:
    """Reads and writes by `os.read` and `os.write`: sockets are out of reach once the process is confined."""

    def __init__(self, address: int) -> None:
        self.read: Callable[[int], bytes]
        self.write: Callable[[Any], int]
        if sys.platform == "win32":
            connection = socket.create_connection(("127.0.0.1", address))
            self.read, self.write = connection.recv, connection.send
        else:
            os.set_inheritable(address, False)
            reads, writes = os.read, os.write
            self.read = lambda size: reads(address, size)
            self.write = lambda data: writes(address, data)

    def exactly(self, size: int) -> bytes:
        chunks = []
        while size:
            chunk = self.read(min(size, 1 << 20))
            if not chunk:
                raise EOFError
            chunks.append(chunk)
            size -= len(chunk)
        return b"".join(chunks)

    def receive(self) -> tuple[dict[str, Any], Body]:
        """The next question. Raises EOFError where the parent has gone."""
        text, buffers = LENGTHS.unpack(self.exactly(LENGTHS.size))
        return header(self.exactly(text)), Body(self.exactly(buffers))

    def send(self, frame: bytes) -> None:
        rest = memoryview(frame)
        while rest:
            rest = rest[self.write(rest) :]

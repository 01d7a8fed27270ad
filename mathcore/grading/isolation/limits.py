"""What a submission may use: checked numbers, each with its unit."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Limits:
    """Bounds of one box; a process that breaks one is ended, and the next call starts another, `restarts` times at most.

    A submission is one process with one thread at every level that can enforce it (docs/judging.md).
    """

    seconds: float = 10.0  # wall clock, a call
    load_seconds: float = 20.0  # wall clock, for the file itself
    cpu: int = 300  # processor seconds, the life of a process
    memory: int = 1 << 30  # bytes of address space beyond the interpreter and NumPy
    file_bytes: int = 16 << 20  # bytes, a file
    folder_bytes: int = 64 << 20  # bytes, all its files together
    open_files: int = 64
    output: int = 64_000  # bytes kept of what it prints; the rest is dropped
    result: int = 64 << 20  # bytes of arrays in one reply
    source: int = 2_000_000  # bytes of a submitted file
    restarts: int = 5

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1 << 50:
                raise ValueError(f"Limits: {field.name} must be a number from 0 on, got {value!r}")
            if field.type == "int" and not isinstance(value, int):
                raise ValueError(f"Limits: {field.name} must be a whole number, got {value!r}")
            if value == 0 and field.name not in ("restarts", "output"):
                raise ValueError(f"Limits: {field.name} is 0, so nothing could run; give a positive number")

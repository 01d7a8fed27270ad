"""A box: one submission loaded in a process of its own, called as often as a judge likes, whatever it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any

import numpy as np

from mathcore.grading.isolation import detect, replies, source
from mathcore.grading.isolation.inside.border import Malformed, Unsendable, encode
from mathcore.grading.isolation.level import Level
from mathcore.grading.isolation.limits import Limits
from mathcore.grading.isolation.outcomes import (
    BadReply,
    Failed,
    Loaded,
    NotRun,
    Outcome,
    Returned,
    foreign_error,
)
from mathcore.grading.isolation.process import Process, Reply


class Sandbox:
    """Foreign code at the strictest level that this machine grants (`level`: exactly that one, `least`: no weaker one).

    Raises Unavailable where the level is not granted. A call never raises for what the submission does: after a death
    the next call starts a process and loads the file again, `limits.restarts` times at most. A box belongs to the thread
    that opened it: on Linux its process ends with that thread.
    """

    def __init__(self, *, limits: Limits | None = None, level: Level | None = None, least: Level = Level.LIMITS) -> None:
        self.limits = limits or Limits()
        self.level = detect.need(level) if level is not None else detect.best(least)
        self.loaded: Loaded | Failed | None = None
        self.restarts = 0
        self._printed = ""
        self._source: source.Source | None = None
        self._last: Outcome | None = None
        self._process: Process | None = Process(self.level, self.limits)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process and everything it started."""
        if self._process is not None:
            self._process.close()
            self._printed = (self._printed + self._process.text())[: self.limits.output]
        self._process = None

    def renew(self) -> Loaded | Failed:
        """A new process with the same file: nothing that earlier calls left in memory or on disk is there."""
        if self._source is None:
            raise RuntimeError("Sandbox.renew: no file is loaded yet; call load first")
        self.close()
        self._process = Process(self.level, self.limits)
        self.loaded = self._load(self._source)
        return self.loaded

    @property
    def printed(self) -> str:
        """What the submission printed so far, cut at `limits.output` bytes."""
        now = self._process.text() if self._process is not None else ""
        return (self._printed + now)[: self.limits.output]

    def load(self, text: str | bytes, filename: str = "submission.py") -> Loaded | Failed:
        """Runs a Python file or, by its name, the code cells of a notebook; lists its functions."""
        found = source.read(text, filename, self.limits.source)
        if isinstance(found, Failed):
            self._source, self.loaded = None, found
            return found
        if self._source is not None or self._process is None:
            self.close()
            self._process = Process(self.level, self.limits)
        self._source = found
        self.loaded = self._load(found)
        return self.loaded

    def _load(self, text: source.Source) -> Loaded | Failed:
        assert self._process is not None
        question = {"do": "load", "cells": text.cells, "filename": text.filename, "notebook": text.notebook}
        before = len(self._process.printed)
        reply = self._process.ask(question, [], self.limits.load_seconds)
        printed = self._process.text()[before:]
        if not isinstance(reply, Reply):
            return Failed(f"{reply.words} while it is loaded", printed=printed)
        if "raised" in reply.header:
            return replies.failure(reply.header["raised"], printed)
        return Loaded(replies.functions(reply.header.get("functions")), printed)

    def call(
        self, name: str, arguments: Sequence[Any] = (), keywords: Mapping[str, Any] | None = None, *, back: bool = False
    ) -> Outcome:
        """What comes of one call. With `back` the arguments come back too, as they are after the call.

        Raises TypeError for an argument that cannot be sent: None, bool, int, float, str, arrays and scalars of NumPy
        (bool, int, float), lists and tuples of these can.
        """
        parts: list[bytes] = []
        try:
            entries = [encode(a, parts) for a in arguments]
            named = {key: encode(value, parts) for key, value in (keywords or {}).items()}
        except Unsendable as error:
            raise TypeError(f"Sandbox.call: {name}: an argument is {error}; pass arrays of numbers, numbers, lists") from error
        if self.loaded is None:
            raise RuntimeError("Sandbox.call: no file is loaded yet; call load first")
        if (refused := self._ready()) is not None:
            return refused
        assert self._process is not None
        question = {"do": "call", "name": name, "arguments": entries, "keywords": named, "back": back}
        reply = self._process.ask(question, parts, self.limits.seconds)
        if isinstance(reply, Reply):
            try:
                return replies.outcome(reply, len(entries), list(named), back)
            except Malformed as error:
                self._process.close()
                reply = BadReply(str(error))
        self._last = reply
        return reply

    def call_many(self, name: str, calls: Iterable[Sequence[Any]], **options: Any) -> list[Outcome]:
        """One call after the other; each sees its own arguments only."""
        return [self.call(name, arguments, **options) for arguments in calls]

    def _ready(self) -> NotRun | None:
        """Sees to it that a process with the file loaded is there; otherwise says why none is."""
        if isinstance(self.loaded, Failed):
            return NotRun(self.loaded.words)
        if self._process is not None and not self._process.ended:
            return None
        if self._process is None:
            return NotRun("the box is closed")
        if self.restarts >= self.limits.restarts:
            last = self._last.words if self._last is not None else "died"
            return NotRun(f"it ended its process {self.restarts + 1} times; the last time it {last}")
        self.restarts += 1
        again = self.renew()
        return NotRun(again.words) if isinstance(again, Failed) else None

    def function(self, name: str) -> Callable[..., Any]:
        """A callable like any other: it returns the foreign function's value or raises ForeignError, with its signature."""
        known = self.loaded.functions if isinstance(self.loaded, Loaded) else ()
        found = [f for f in known if f.name == name]
        if not found:
            names = ", ".join(f.name for f in known) or "none"
            raise AttributeError(f"Sandbox.function: the submission has no function {name!r}; it has {names}")

        def proxy(*arguments: Any, **keywords: Any) -> Any:
            back = any(isinstance(a, (np.ndarray, list)) for a in arguments)
            outcome = self.call(name, arguments, keywords, back=back)
            if not isinstance(outcome, Returned):
                raise foreign_error(outcome)
            for mine, theirs in zip(arguments, outcome.arguments or (), strict=False):
                _follow(mine, theirs)
            return outcome.value

        proxy.__name__ = proxy.__qualname__ = name
        proxy.__doc__ = f"`{name}` of a submission, in a process of its own ({self.level})."
        signature = found[0].signature
        proxy.__signature__ = signature  # type: ignore[attr-defined]  # what inspect.signature asks for
        if signature is None:
            del proxy.__signature__  # type: ignore[attr-defined]  # (*arguments, **keywords)
        return proxy


def _follow(mine: Any, theirs: Any) -> None:
    """A change in place is seen by the caller, as it is without a border between."""
    if type(mine) is list and type(theirs) is list and repr(mine) != repr(theirs):
        mine[:] = theirs
    elif isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray) and mine.flags.writeable:
        if (mine.shape, mine.dtype) == (theirs.shape, theirs.dtype) and mine.tobytes() != theirs.tobytes():
            mine[...] = theirs

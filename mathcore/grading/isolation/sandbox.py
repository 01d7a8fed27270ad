"""A box: one submission loaded in a process of its own, called as often as a judge likes, whatever it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any

import numpy as np

from mathcore.grading.isolation import detect, source
from mathcore.grading.isolation.inside.border import Body, Malformed, Unsendable, decode, encode, printable
from mathcore.grading.isolation.level import Level
from mathcore.grading.isolation.limits import Limits
from mathcore.grading.isolation.outcomes import (
    BadReply,
    Failed,
    Function,
    Loaded,
    NotNumbers,
    NotRun,
    Outcome,
    OutOfMemory,
    Parameter,
    Raised,
    Report,
    Returned,
    foreign_error,
)
from mathcore.grading.isolation.process import Process, Reply

KINDS = ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD")
STATES = ("np.errstate", "warnings filters", "random", "np.random", "working folder")


class Sandbox:
    """Foreign code at the strictest level that this machine grants (`level`: exactly that one, `least`: no weaker one).

    Raises Unavailable where the level is not granted. A call never raises for what the submission does: after a death
    the next call starts a process and loads the file again, `limits.restarts` times at most. A box belongs to the thread
    that opened it: at the two stricter levels its process ends with that thread.
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
            return _failure(reply.header["raised"], printed)
        return Loaded(_functions(reply.header.get("functions")), printed)

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
                return _outcome(reply, len(entries), list(named), back)
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


def _text(value: Any, most: int = 300) -> str:
    """Text from the other side, safe to print."""
    if type(value) is not str:
        return ""
    return printable(value[:most])


def _texts(value: Any, most: int) -> tuple[str, ...]:
    return tuple(_text(v) for v in value[:most] if type(v) is str) if type(value) is list else ()


def _line(value: Any) -> int | None:
    return value if type(value) is int and 0 < value < 10_000_000 else None


def _outcome(reply: Reply, count: int, names: list[str], back: bool) -> Outcome:
    """A checked value from a reply. Raises Malformed."""
    found = reply.header
    report = Report(
        tuple(c for c in found.get("changed", ()) if c in names or (type(c) is int and 0 <= c < count))
        if type(found.get("changed")) is list
        else (),
        tuple(s for s in _texts(found.get("state"), 8) if s in STATES),
        _texts(found.get("warned"), 8),
    )
    if "raised" in found:
        raised = found["raised"] if type(found["raised"]) is dict else {}
        message = _text(raised.get("message"))
        if raised.get("is") == "memory":
            return OutOfMemory(message)
        if raised.get("is") == "module":
            message = absent(_text(raised.get("module"), 60))
        if raised.get("is") == "eof":
            message = message or "end of input: nobody answers input() here"
        return Raised(_text(raised.get("type"), 80) or "Exception", message, _line(raised.get("line")), report)
    if "unsendable" in found:
        return NotNumbers(_text(found["unsendable"], 200))
    if "returned" not in found:
        raise Malformed("an answer without a value")
    body: Body = reply.body
    value = decode(found["returned"], body)
    arguments, keywords = None, None
    if back:
        sent, named = found.get("arguments"), found.get("keywords")
        if type(sent) is not list or type(named) is not dict or len(sent) != count or sorted(named) != sorted(names):
            raise Malformed("an answer without the arguments")
        arguments = tuple(decode(entry, body) for entry in sent)
        keywords = {name: decode(named[name], body) for name in named}
    body.done()
    return Returned(value, _text(found.get("type"), 80), report, arguments, keywords)


def _functions(listed: Any) -> tuple[Function, ...]:
    """The functions that the other process names, as far as they are well-formed."""
    found: dict[str, Function] = {}
    for entry in listed[:500] if type(listed) is list else []:
        if type(entry) is dict and type(name := entry.get("name")) is str and name.isidentifier() and len(name) <= 100:
            found[name] = Function(name, _parameters(entry.get("parameters")))
    return tuple(found.values())


def _parameters(listed: Any) -> tuple[Parameter, ...] | None:
    if type(listed) is not list or len(listed) > 50:
        return None
    found = []
    for entry in listed:
        match entry:
            case [str(name), str(kind), bool(default)] if name.isidentifier() and len(name) <= 100 and kind in KINDS:
                found.append(Parameter(name, kind, default))
            case _:
                return None
    return tuple(found)


def absent(module: str) -> str:
    name = module.split(".")[0]
    return f"uses {name}, which is not available here; the standard library and NumPy are"


def _failure(raised: Any, printed: str) -> Failed:
    """Why a file could not be loaded, in words."""
    found = raised if type(raised) is dict else {}
    kind, message, line = _text(found.get("type"), 80), _text(found.get("message")), _line(found.get("line"))
    match found.get("is"):
        case "module":
            reason = absent(_text(found.get("module"), 60))
        case "eof":
            reason = "asks for input while it is loaded, and nobody answers input() here"
        case "exit":
            reason = "ends itself with sys.exit while it is loaded"
        case "syntax":
            reason = f"is not valid Python: {message}"
        case "memory":
            reason = "needs more memory than it may use while it is loaded"
        case _:
            reason = f"raises {kind}: {message} while it is loaded"
    return Failed(reason, line, printed)

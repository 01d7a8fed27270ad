"""What came of a call, or of loading a file: values, each with words for the person whose code it was."""

from __future__ import annotations

import inspect
import signal
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Report:
    """What the other process says of a call. It is foreign: a hint for a person, no evidence.

    `changed` names arguments (positions, or keywords) that differ after the call, `state` what else does ("np.random",
    "random", "np.errstate", "warnings filters"), `warned` the warnings as "Category: message".
    """

    changed: tuple[int | str, ...] = ()
    state: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Returned:
    """The function gave a value; `arguments` and `keywords` are its arguments after the call, where they were asked for."""

    value: Any
    type: str
    report: Report = Report()
    arguments: tuple[Any, ...] | None = None
    keywords: dict[str, Any] | None = None

    @property
    def words(self) -> str:
        return f"returns {self.type}"


@dataclass(frozen=True)
class Raised:
    type: str
    message: str
    line: int | None = None  # of the submitted file
    report: Report = Report()

    @property
    def words(self) -> str:
        return f"raises {self.type}: {self.message}" + (f" (line {self.line})" if self.line else "")


@dataclass(frozen=True)
class TimedOut:
    seconds: float
    clock: str = "wall"  # or "processor"

    @property
    def words(self) -> str:
        return f"takes longer than {self.seconds:g} s" + (" of processor time in all" if self.clock == "processor" else "")


@dataclass(frozen=True)
class OutOfMemory:
    message: str = ""

    @property
    def words(self) -> str:
        return "needs more memory than it may use" + (f": {self.message}" if self.message else "")


@dataclass(frozen=True)
class Died:
    """The process ended without an answer; on purpose or not, the exit code is no evidence."""

    code: int | None = None
    signal: int | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        if self.reason:
            return self.reason
        if self.signal is None:
            return f"ends the process (exit code {self.code})"
        try:
            return f"ends the process ({signal.Signals(self.signal).name})"
        except ValueError:
            return f"ends the process (signal {self.signal})"


@dataclass(frozen=True)
class NotNumbers:
    """The function returned something that is no array, number, text, or list or tuple of these."""

    type: str

    @property
    def words(self) -> str:
        return f"returns {self.type}, not numbers"


@dataclass(frozen=True)
class BadReply:
    """Bytes came that are no answer to the question asked: somebody wrote to the channel."""

    reason: str

    @property
    def words(self) -> str:
        return f"interferes with the judging: {self.reason}"


@dataclass(frozen=True)
class NotRun:
    reason: str

    @property
    def words(self) -> str:
        return f"was not run: {self.reason}"


Outcome = Returned | Raised | TimedOut | OutOfMemory | Died | NotNumbers | BadReply | NotRun


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: str = "POSITIONAL_OR_KEYWORD"  # a name of inspect.Parameter's kinds
    default: bool = False


@dataclass(frozen=True)
class Function:
    """A function of a submission, as its own process describes it; without a readable signature `parameters` is None."""

    name: str
    parameters: tuple[Parameter, ...] | None = None

    @property
    def signature(self) -> inspect.Signature | None:
        if self.parameters is None:
            return None
        empty = inspect.Parameter.empty
        try:
            return inspect.Signature(
                [
                    inspect.Parameter(p.name, getattr(inspect.Parameter, p.kind), default=... if p.default else empty)
                    for p in self.parameters
                ]
            )
        except (ValueError, AttributeError):  # an order of parameters that no function has
            return None


@dataclass(frozen=True)
class Loaded:
    functions: tuple[Function, ...]
    printed: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.functions)


@dataclass(frozen=True)
class Failed:
    """The file could not be loaded; `line` is of the file, for a notebook of its code cells one after the other."""

    reason: str
    line: int | None = None
    printed: str = ""

    @property
    def words(self) -> str:
        return self.reason + (f" (line {self.line})" if self.line else "")


class ForeignError(Exception):
    """A call through a proxy gave no value; the class is named as the foreign exception, `outcome` says all of it."""

    def __init__(self, type_name: str, message: str, outcome: Outcome) -> None:
        super().__init__(message)
        self.type, self.message, self.outcome = type_name, message, outcome


def foreign_error(outcome: Outcome) -> ForeignError:
    """The error that a proxy raises for an outcome without a value."""
    name = outcome.type if isinstance(outcome, Raised) else type(outcome).__name__
    message = outcome.message if isinstance(outcome, Raised) else outcome.words
    kind = type(name if name.isidentifier() else "ForeignError", (ForeignError,), {})
    error: ForeignError = kind(name, message, outcome)
    return error

"""What a reply says: every entry checked and made safe to print, for the other side may have written anything."""

from __future__ import annotations

from typing import Any

from mathcore.grading.isolation.inside.border import Body, Malformed, decode, printable
from mathcore.grading.isolation.outcomes import (
    Failed,
    Function,
    NotNumbers,
    Outcome,
    OutOfMemory,
    Parameter,
    Raised,
    Report,
    Returned,
)
from mathcore.grading.isolation.process import Reply

KINDS = ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD")
STATES = ("np.errstate", "warnings filters", "random", "np.random", "working folder")


def text(value: Any, most: int = 300) -> str:
    """Text from the other side, safe to print."""
    if type(value) is not str:
        return ""
    return printable(value[:most])


def texts(value: Any, most: int) -> tuple[str, ...]:
    return tuple(text(v) for v in value[:most] if type(v) is str) if type(value) is list else ()


def line_number(value: Any) -> int | None:
    return value if type(value) is int and 0 < value < 10_000_000 else None


def outcome(reply: Reply, count: int, names: list[str], back: bool) -> Outcome:
    """A checked value from a reply. Raises Malformed."""
    found = reply.header
    report = Report(
        tuple(c for c in found.get("changed", ()) if c in names or (type(c) is int and 0 <= c < count))
        if type(found.get("changed")) is list
        else (),
        tuple(s for s in texts(found.get("state"), 8) if s in STATES),
        texts(found.get("warned"), 8),
    )
    if "raised" in found:
        raised = found["raised"] if type(found["raised"]) is dict else {}
        message = text(raised.get("message"))
        if raised.get("is") == "memory":
            return OutOfMemory(message)
        if raised.get("is") == "module":
            message = absent(text(raised.get("module"), 60))
        if raised.get("is") == "eof":
            message = message or "end of input: nobody answers input() here"
        return Raised(text(raised.get("type"), 80) or "Exception", message, line_number(raised.get("line")), report)
    if "unsendable" in found:
        return NotNumbers(text(found["unsendable"], 200))
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
    return Returned(value, text(found.get("type"), 80), report, arguments, keywords)


def functions(listed: Any) -> tuple[Function, ...]:
    """The functions that the other process names, as far as they are well-formed."""
    found: dict[str, Function] = {}
    for entry in listed[:500] if type(listed) is list else []:
        if type(entry) is dict and type(name := entry.get("name")) is str and name.isidentifier() and len(name) <= 100:
            found[name] = Function(name, parameters(entry.get("parameters")))
    return tuple(found.values())


def parameters(listed: Any) -> tuple[Parameter, ...] | None:
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


def failure(raised: Any, printed: str) -> Failed:
    """Why a file could not be loaded, in words."""
    found = raised if type(raised) is dict else {}
    kind, message, line = text(found.get("type"), 80), text(found.get("message")), line_number(found.get("line"))
    match found.get("is"):
        case "module":
            reason = absent(text(found.get("module"), 60))
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

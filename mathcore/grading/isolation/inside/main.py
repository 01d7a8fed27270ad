"""The program of the other process: confine itself, load a file, answer one call after the other.

Nothing that happens here is evidence. A submission may rewrite all of this in memory; it then speaks for itself, as it
does through its return values, and the parent judges what it says.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
import types
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from . import confine, landlock, loading, seccomp
from .border import Body, Unsendable, decode, encode, pack
from .channel import Channel

Answer = tuple[dict[str, Any], list[bytes]]


def settle(request: dict[str, Any]) -> None:
    """Gives up everything that the level takes. Raises Refused where the kernel does not go along."""
    os.environ.clear()
    if confine.LINUX:
        confine.drop_capabilities()
    confine.resources(request["limits"])
    if request["level"] == "landlock":
        if confine.LINUX:
            landlock.restrict(request["readable"], request["devices"], request["own"])
            seccomp.restrict()
        else:
            raise confine.Refused(f"Landlock is a part of Linux; this is {sys.platform}")
    if request["level"] == "bubblewrap":
        seccomp.restrict()


def surroundings() -> dict[str, Any]:
    """What a function could change for others: compared before and after a call."""
    found: dict[str, Any] = {
        "np.errstate": np.geterr(),
        "random": random.getstate(),
    }
    with contextlib.suppress(OSError):
        found["working folder"] = os.getcwd()
    if "numpy.random" in sys.modules:
        name, keys, *rest = np.random.get_state()  # noqa: NPY002  # the state that everybody shares
        found["np.random"] = (name, np.asarray(keys).tobytes(), rest)
    return found


def called(function: Callable[..., Any], request: dict[str, Any], body: Body, filename: str, before: dict[str, Any]) -> Answer:
    """One call: its value or its exception, and what else it did; `before` are the surroundings, brought up to date."""
    arguments = decode(request["arguments"], body)
    keywords = {name: decode(entry, body) for name, entry in request["keywords"].items()}
    parts: list[bytes] = []
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        filters = list(warnings.filters)
        try:
            value = function(*arguments, **keywords)
        except BaseException as error:
            answer: dict[str, Any] = {"raised": loading.failure(error, filename)}
        else:
            answer = {"type": type(value).__name__[:80]}
            try:
                answer["returned"] = encode(value, parts)
            except Unsendable as error:
                answer, parts = {"unsendable": str(error)[:200]}, []
        after = surroundings()
        answer["state"] = [name for name, now in after.items() if name in before and before[name] != now]
        answer["state"] += [] if warnings.filters == filters else ["warnings filters"]
        before.update(after)
        answer["warned"] = [f"{w.category.__name__}: {w.message}"[:200] for w in heard[:8]]
    kept = len(parts)
    after_call = afterwards(arguments, keywords, request, body, answer, parts)
    if request.get("back"):
        answer["arguments"] = after_call[: len(arguments)]
        answer["keywords"] = dict(zip(keywords, after_call[len(arguments) :], strict=True))
    else:
        del parts[kept:]
    return answer, parts


def afterwards(
    arguments: list[Any],
    keywords: dict[str, Any],
    request: dict[str, Any],
    body: Body,
    answer: dict[str, Any],
    parts: list[bytes],
) -> list[Any]:
    """The arguments as they are now, as entries; says in the answer which of them the bytes that came do not give."""
    given, at = body.data.tobytes(), 0
    entries, answer["changed"] = [], []
    sent = [*enumerate(request["arguments"]), *request["keywords"].items()]
    for value, (name, entry) in zip([*arguments, *keywords.values()], sent, strict=True):
        own: list[bytes] = []
        try:
            now = encode(value, own)
        except Unsendable:
            now, own = None, []
        buffers = b"".join(own)
        if (now != entry and repr(now) != repr(entry)) or given[at : at + len(buffers)] != buffers:  # nan is not nan
            answer["changed"].append(name)
        at += len(buffers)
        entries.append(now)
        parts += own
    return entries


def flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()


def serve(channel: Channel, most: int) -> None:
    """Answers until the parent goes, with at most so many bytes of arrays."""
    module, filename = types.ModuleType(loading.NAME), ""
    before: dict[str, Any] = {}
    while True:
        request, body = channel.receive()
        parts: list[bytes] = []
        try:
            if request["do"] == "load":
                filename = request["filename"]
                module = loading.load(request["cells"], filename, request["notebook"])
                answer: dict[str, Any] = {"functions": loading.functions(module)}
                before = surroundings()
            elif request["name"] not in vars(module):
                raise AttributeError(f"the submission has no function {request['name']!r}")
            else:
                answer, parts = called(vars(module)[request["name"]], request, body, filename, before)
        except BaseException as error:
            answer, parts = {"raised": loading.failure(error, filename)}, []
        flush()
        if sum(map(len, parts)) > most:
            answer, parts = {"unsendable": f"arrays of {sum(map(len, parts)):,} bytes (at most {most:,} are read)"}, []
        try:
            frame = pack(answer | {"nonce": request["nonce"]}, parts)
        except Unsendable as error:
            frame = pack({"nonce": request["nonce"], "unsendable": str(error)[:200]}, [])
        channel.send(frame)
        del request, body, parts, answer, frame


def main(address: int, added: list[str]) -> None:
    """Runs in the other interpreter; `added` are the folders that were put on its path to get here."""
    sys.path[:] = [path for path in sys.path if path not in added]
    sys.argv[:] = [loading.NAME]
    channel = Channel(address)
    request, _ = channel.receive()
    try:
        settle(request)
        answer: dict[str, Any] = {"ready": True}
    except confine.Refused as error:
        answer = {"refused": str(error)}
    channel.send(pack(answer | {"nonce": request["nonce"]}, []))
    if "ready" in answer:
        with contextlib.suppress(EOFError):
            serve(channel, request["limits"]["result"])
    os._exit(0)

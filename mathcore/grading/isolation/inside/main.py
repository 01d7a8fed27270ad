"""The program of the other process: confine itself, load a file, answer one call after the other.

Nothing that happens here is evidence. A submission may rewrite all of this in memory; it then speaks for itself, as it
does through its return values, and the parent judges what it says.
"""

from __future__ import annotations

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
        "warnings filters": list(warnings.filters),
        "random": random.getstate(),
        "working folder": os.getcwd(),
    }
    if "numpy.random" in sys.modules:
        name, keys, *rest = np.random.get_state()
        found["np.random"] = (name, np.asarray(keys).tobytes(), rest)
    return found


def called(function: Callable[..., Any], request: dict[str, Any], body: Body, filename: str) -> Answer:
    """One call: its value or its exception, and what else it did."""
    arguments = decode(request["arguments"], body)
    keywords = {name: decode(entry, body) for name, entry in request["keywords"].items()}
    parts: list[bytes] = []
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        before = surroundings()
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
        answer["state"] = [name for name, old in before.items() if after.get(name) != old]
        answer["warned"] = [f"{w.category.__name__}: {w.message}"[:200] for w in heard[:8]]
    changed, kept = [], len(parts)
    entries: list[Any] = []
    given = body.data.tobytes()
    at = 0
    for name, value, entry in [
        *((i, v, e) for i, (v, e) in enumerate(zip(arguments, request["arguments"], strict=True))),
        *((n, v, request["keywords"][n]) for n, v in keywords.items()),
    ]:
        own: list[bytes] = []
        now = encode(value, own)
        buffers = b"".join(own)
        if now != entry and repr(now) != repr(entry) or given[at : at + len(buffers)] != buffers:
            changed.append(name)
        at += len(buffers)
        entries.append(now)
        parts += own
    answer["changed"] = changed
    if request.get("back"):
        answer["arguments"], answer["keywords"] = entries[: len(arguments)], dict(zip(keywords, entries[len(arguments) :], strict=True))
    else:
        del parts[kept:]
    return answer, parts


def flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass


def serve(channel: Channel) -> None:
    """Answers until the parent goes."""
    module, filename = types.ModuleType(loading.NAME), ""
    while True:
        request, body = channel.receive()
        parts: list[bytes] = []
        try:
            if request["do"] == "load":
                filename = request["filename"]
                module = loading.load(request["cells"], filename, request["notebook"])
                answer: dict[str, Any] = {"functions": loading.functions(module)}
            else:
                answer, parts = called(vars(module)[request["name"]], request, body, filename)
        except BaseException as error:
            answer, parts = {"raised": loading.failure(error, filename)}, []
        flush()
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
        try:
            serve(channel)
        except EOFError:
            pass
    os._exit(0)

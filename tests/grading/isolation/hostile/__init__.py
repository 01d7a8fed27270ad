"""Hostile submissions, a file for each kind of harm; `attacks()` gives them all."""

import pkgutil
from dataclasses import dataclass
from importlib import import_module

from mathcore.grading.isolation import Level

PRELUDE = """
import ctypes, os, signal, struct, sys, time
import numpy as np
def double(x): return 2.0 * x
def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
def own(find):
    return [fd for fd in range(3, 64) if find(fd)]
def sockets():
    import stat
    def is_socket(fd):
        try: return stat.S_ISSOCK(os.fstat(fd).st_mode)
        except OSError: return False
    return own(is_socket)
"""
ANSWERED = ("Returned", "Raised")


@dataclass(frozen=True)
class Attack:
    """`attack(facts...)` returns "won..." where it got what it must not get; `ends`: what may come of the call.

    `weak` are the levels that do not promise to stop it (docs/judging.md). Whatever came of it, the next call is right,
    nothing is left running, and all of it takes less than `seconds`.
    """

    name: str
    source: str
    ends: tuple[str, ...] = ANSWERED
    weak: tuple[Level, ...] = ()
    seconds: float = 20.0
    peaceful: bool = False  # the process goes on as if nothing had been tried, so that many share one
    slow: bool = False
    limits: tuple[tuple[str, float], ...] = ()


OPEN = (Level.LIMITS,)  # files, the network and other processes are in reach where only limits hold


def several(sources: dict[str, str], ordinary: str = "", **options: object) -> list[Attack]:
    """Attacks of one kind; those that the ordinary run does not name are slow."""
    first = ordinary.split() or list(sources)
    assert set(first) <= set(sources)
    return [Attack(name, PRELUDE + source, slow=name not in first, **options) for name, source in sources.items()]


def attacks() -> list[Attack]:
    found = [a for module in pkgutil.iter_modules(__path__) for a in import_module(f"{__name__}.{module.name}").ATTACKS]
    assert len({a.name for a in found}) == len(found)
    return found

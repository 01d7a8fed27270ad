"""Which levels this machine grants: tried once, remembered for the process."""

from __future__ import annotations

import sys
from functools import cache

from mathcore.grading.isolation.level import Level
from mathcore.grading.isolation.limits import Limits
from mathcore.grading.isolation.process import CannotStart, Process

REMEDIES = {
    Level.BUBBLEWRAP: "install the package bubblewrap on a Linux that lets users make namespaces",
    Level.LANDLOCK: "use Linux 5.13 or later with Landlock, on x86_64 or aarch64",
    Level.LIMITS: "see that a second Python process can be started",
}


class Unavailable(RuntimeError):
    """The level that was asked for is not granted here."""


@cache
def missing(level: Level) -> str:
    """Why the level is not granted here; empty where it is. A process is started at it to find out."""
    if level is not Level.LIMITS and not sys.platform.startswith("linux"):
        return f"{level} is a part of Linux, and this is {sys.platform}"
    try:
        Process(level, Limits()).close()
    except (CannotStart, OSError, RuntimeError) as error:
        return str(error) or type(error).__name__
    return ""


def best(least: Level = Level.LIMITS) -> Level:
    """The strictest level granted here. Raises Unavailable if it is below `least`."""
    for level in sorted(Level, reverse=True):
        if level < least:
            break
        if not missing(level):
            return level
    raise Unavailable(f"isolation: {least} or stricter was asked for; {missing(least)}. {remedy(least)}")


def need(level: Level) -> Level:
    """The level itself. Raises Unavailable."""
    if why := missing(level):
        raise Unavailable(f"isolation: {level} was asked for; {why}. {remedy(level)}")
    return level


def remedy(level: Level) -> str:
    weaker = [str(other) for other in sorted(Level, reverse=True) if other < level and not missing(other)]
    other = f", or ask for {weaker[0]!r}, which is granted here and promises less" if weaker else ""
    return f"To have it, {REMEDIES[level]}{other}."

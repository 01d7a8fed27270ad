"""Foreign code runs in a process of its own, and only values come back: `Sandbox` is the door.

    with Sandbox(limits=Limits(seconds=5)) as box:
        box.load(source, "homework.py")
        box.call("softmax", [z])        # Returned, Raised, TimedOut, Died, OutOfMemory, NotNumbers, BadReply or NotRun

The verdict is computed by whoever calls: the other process sees the arguments of one call at a time, and nothing else.
"""

from mathcore.grading.isolation.detect import Unavailable, best, missing
from mathcore.grading.isolation.level import Level
from mathcore.grading.isolation.limits import Limits
from mathcore.grading.isolation.outcomes import (
    BadReply,
    Died,
    Failed,
    ForeignError,
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
    TimedOut,
)
from mathcore.grading.isolation.sandbox import Sandbox

__all__ = [
    "BadReply",
    "Died",
    "Failed",
    "ForeignError",
    "Function",
    "Level",
    "Limits",
    "Loaded",
    "NotNumbers",
    "NotRun",
    "OutOfMemory",
    "Outcome",
    "Parameter",
    "Raised",
    "Report",
    "Returned",
    "Sandbox",
    "TimedOut",
    "Unavailable",
    "best",
    "missing",
]

"""What an attempt may end in, and what none may hide: an error that nobody expected is a fault of the engine, and told."""

from __future__ import annotations

import traceback
from pathlib import PurePath

from mathcore.language.parser import FormulaError
from mathcore.proof.balls.point import CannotEvaluate
from mathcore.proof.kernel.polynomial import KernelError
from mathcore.proof.scope import NotShown
from mathcore.proof.transfer import Outside

ROOT = PurePath(__file__).parents[2]

# not shown, not read, no value, too large, too deeply nested: an attempt that ends so leads nowhere, and others go on
FAILS = (NotShown, KernelError, FormulaError, CannotEvaluate, Outside, ArithmeticError, RecursionError)


def told(error: Exception) -> str:
    """The fault in words, with its place."""
    places = [(frame, _inside(frame.filename)) for frame in traceback.extract_tb(error.__traceback__)]
    frame, file = next(((f, p) for f, p in reversed(places) if p), places[-1])
    return f"a fault of the engine: {type(error).__name__} in {file or frame.filename}, line {frame.lineno}: {error}"


def _inside(filename: str) -> str:
    """The file within the package, nothing for another's."""
    path = PurePath(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""

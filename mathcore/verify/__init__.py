"""Floats against exact values: accuracy, laws, examples, mistakes, and the same for anybody's implementation.

The room can be called: `mathcore.verify("softmax")` is `mathcore.verify.run.verify("softmax")`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """A module that can be called, so that the room and the main job may share their name."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        from mathcore.verify.run import verify

        return verify(*args, **options)


sys.modules[__name__].__class__ = _Room

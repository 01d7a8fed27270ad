"""The error of a call that cannot be understood."""

from __future__ import annotations


class WrongUse(ValueError):
    """A call that cannot be understood: names the argument, its value and what to write instead."""

"""The notes under judgement, one file each, found by file name: `load("the_note")`, `names()`."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from mathcore.claims.note import Note


@cache
def names() -> tuple[str, ...]:
    """Every note, alphabetically."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__)))


@cache
def load(name: str) -> Note:
    """The note of that name."""
    note: Note = import_module(f"{__name__}.{name}").NOTE
    if note.name != name:
        raise ValueError(f"claims/notes/{name}.py holds a note named {note.name!r}: name and file must agree")
    return note

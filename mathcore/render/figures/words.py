"""What people read in a figure: for translations, which change words and never a formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from mathcore.render.figures.value import Figure


def messages(figure: Figure) -> tuple[str, ...]:
    """Every text once, in the order of the figure. Places in braces stay as they are in a translation."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found.setdefault(text)
        return text

    mapped(figure, note)
    return tuple(found)


def mapped(figure: Figure, words: Callable[[str], str]) -> Figure:
    """The same figure with every text that people read as `words` gives it."""
    changed: Figure = _mapped(figure, words)
    return changed


def _mapped(value: Any, words: Callable[[str], str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_mapped(item, words) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {}
    for f in fields(value):
        own = getattr(value, f.name)
        changes[f.name] = _read(own, words) if f.metadata.get("words") else _mapped(own, words)
    return replace(value, **changes)


def _read(value: Any, words: Callable[[str], str]) -> Any:
    """A text, texts, cases of a sentence, or places on an axis with their names."""
    if isinstance(value, str):
        return words(value) if value else value
    if isinstance(value, tuple):
        return tuple(_second(item, words) if _is_pair(item) else _read(item, words) for item in value)
    return value


def _is_pair(item: Any) -> bool:
    """A condition or a number, and its words."""
    return isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], str) and not isinstance(item[0], tuple)


def _second(item: tuple[Any, str], words: Callable[[str], str]) -> tuple[Any, str]:
    return item[0], words(item[1])

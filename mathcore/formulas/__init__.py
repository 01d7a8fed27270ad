"""The cards, one page each, found by file name: `load("softmax")`, `names()`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mathcore.card import Card
from mathcore.document.cards import card_of
from mathcore.document.reader import load as read

PAGES = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """Every card, alphabetically."""
    return tuple(sorted(path.stem for path in PAGES.glob("*.md")))


@cache
def load(name: str) -> Card:
    """The card of that name."""
    if name not in names():
        raise KeyError(f"no card {name!r}; there are {', '.join(names())}")
    return card_of(read(PAGES / f"{name}.md", name=f"mathcore/formulas/{name}.md"), name)

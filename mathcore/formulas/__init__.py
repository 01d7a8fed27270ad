"""The cards, one file each, found by file name: `load("softmax")`, `names()`."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from mathcore.card import Card


@cache
def names() -> tuple[str, ...]:
    """Every card, alphabetically."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")))


@cache
def load(name: str) -> Card:
    """The card of that name."""
    if name not in names():
        raise KeyError(f"no card {name!r}; there are {', '.join(names())}")
    card: Card = import_module(f"{__name__}.{name}").CARD
    if card.name != name:
        raise ValueError(f"formulas/{name}.py holds a card named {card.name!r}: name and file must agree")
    return card

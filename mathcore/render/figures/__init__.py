"""Pictures made from the formulas of the cards: one description, drawn by matplotlib and by a script in the browser."""

from __future__ import annotations

import pkgutil
import re
from difflib import get_close_matches
from functools import cache
from importlib import import_module

from mathcore.card import Card
from mathcore.document.cards import document_of
from mathcore.document.value import Prose
from mathcore.render.figures import gallery
from mathcore.render.figures.value import Figure


class UnknownFigure(KeyError):
    """A name that no figure has."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would print its message in quotation marks


@cache
def _all() -> dict[str, Figure]:
    modules = (import_module(f"{gallery.__name__}.{m.name}") for m in pkgutil.iter_modules(gallery.__path__))
    found = sorted((f for module in modules for f in vars(module).values() if isinstance(f, Figure)), key=lambda f: f.name)
    return {f.name: f for f in found}


def names() -> tuple[str, ...]:
    """Every figure, alphabetically."""
    return tuple(_all())


def load(name: str) -> Figure:
    """The figure of that name."""
    if name not in _all():
        near = get_close_matches(name, names(), n=3, cutoff=0.4)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UnknownFigure(f"no figure {name!r}.{meant} There are {', '.join(names())}.")
    return _all()[name]


def on_page(card: Card) -> tuple[str, ...]:
    """The figures that stand on a card's page, in its order."""
    text = "\n".join(block.text for block in document_of(card).blocks if isinstance(block, Prose))
    return tuple(re.findall(r"!\[[^\]]*\]\(figure:(\w+)\)", text))

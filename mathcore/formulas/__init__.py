"""The cards, one page each, found by file name: `load("softmax")`, `names()`; all of them are `LIBRARY`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from mathcore.card import Card
from mathcore.document.cards import card_of
from mathcore.document.reader import load as read
from mathcore.library import Library

PAGES = Path(__file__).parent


class UnknownFormula(KeyError):
    """A name that no formula has."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would print its message in quotation marks


def unknown(name: str, known: Sequence[str]) -> UnknownFormula:
    """The error for a name that is none of these: it says which three are nearest."""
    *others, last = nearest(name, known) or [""]
    meant = f" Did you mean {', '.join(others)}{' or ' if others else ''}{last}?" if last else ""
    return UnknownFormula(f"no formula {name!r}.{meant} `mathcore list` shows all.")


def nearest(name: str, known: Sequence[str]) -> list[str]:
    """At most three of the known names: by their initials (mse), by a part of them (batch), by their spelling (sofmax)."""
    wanted = "_".join(name.lower().replace("-", " ").replace("_", " ").split())
    initials = [k for k in known if "".join(word[0] for word in k.split("_")) == wanted]
    parts = sorted((k for k in known if len(wanted) > 1 and wanted in k), key=len)
    return list(dict.fromkeys([*initials, *parts, *get_close_matches(wanted, known, n=3, cutoff=0.5)]))[:3]


@cache
def names() -> tuple[str, ...]:
    """Every card, alphabetically."""
    return tuple(sorted(path.stem for path in PAGES.glob("*.md")))


@cache
def load(name: str) -> Card:
    """The card of that name."""
    if name not in names():
        raise unknown(name, names())
    return card_of(read(PAGES / f"{name}.md", name=f"mathcore/formulas/{name}.md"), name, LIBRARY)


class Formulas(Library):
    """mathcore's own cards, each read when it is asked for."""

    def __getitem__(self, name: str) -> Card:
        return load(name)

    def __iter__(self) -> Iterator[str]:
        return iter(names())

    def __contains__(self, name: object) -> bool:
        return name in names()


LIBRARY = Formulas()

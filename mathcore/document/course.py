"""The pages of a directory as cards that may use each other: a teacher's course, beside the cards of mathcore."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mathcore.card import Card
from mathcore.document.cards import card_of
from mathcore.document.reader import load
from mathcore.document.value import Document
from mathcore.formulas import LIBRARY
from mathcore.library import Library


def read(path: Path | str) -> Card:
    """The page in a file as a card; the pages beside it are those that it may use. `WrongDocument` says what to correct."""
    file = Path(path)
    return card_of(load(file, lenient=True), file.stem, Course(file.parent))


class Course(Library):
    """Its pages, each read when it is asked for, by the names of their files; beside them the cards of mathcore."""

    def __init__(self, directory: Path, label: str = "") -> None:
        self.directory, self.label = directory, label or str(directory)
        self.files = {file.stem: file for file in sorted(directory.glob("*.md")) if file.is_file()}
        self._documents: dict[str, Document] = {}
        self._cards: dict[str, Card] = {}

    def __getitem__(self, name: str) -> Card:
        if name not in self.files:
            return LIBRARY[name]
        if name not in self._cards:
            self._cards[name] = card_of(self.document(name), name, self)
        return self._cards[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self.files), **dict.fromkeys(LIBRARY)})

    def __contains__(self, name: object) -> bool:
        return name in self.files or name in LIBRARY

    def document(self, name: str) -> Document:
        """The page itself; `WrongDocument` where it cannot be read."""
        if name not in self._documents:
            self._documents[name] = load(self.files[name], name=str(Path(self.label) / f"{name}.md"), lenient=True)
        return self._documents[name]

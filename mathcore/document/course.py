"""The pages of a directory as cards that may use each other: a teacher's course, beside the cards of mathcore."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from mathcore.card import Card
from mathcore.document.cards import card_of
from mathcore.document.reader import load
from mathcore.document.value import Document


def read(path: Path | str) -> Card:
    """The page in a file as a card; the pages beside it are those that it may use. `WrongDocument` says what to correct."""
    file = Path(path)
    return replace(card_of(load(file, lenient=True), file.stem), course=Course(file.parent))


class Course(Mapping[str, Card]):
    """Card by name, read when it is asked for; the name of a page is that of its file."""

    def __init__(self, directory: Path, label: str = "") -> None:
        self.directory, self.label = directory, label or str(directory)
        self.files = {file.stem: file for file in sorted(directory.glob("*.md")) if file.is_file()}
        self._documents: dict[str, Document] = {}
        self._cards: dict[str, Card] = {}

    def __getitem__(self, name: str) -> Card:
        if name not in self._cards:
            self._cards[name] = replace(card_of(self.document(name), name), course=self)
        return self._cards[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def document(self, name: str) -> Document:
        """The page itself; `WrongDocument` where it cannot be read."""
        if name not in self._documents:
            self._documents[name] = load(self.files[name], name=str(Path(self.label) / f"{name}.md"), lenient=True)
        return self._documents[name]

    __hash__ = object.__hash__  # a card belongs to one course: two of the same content are two

    def __eq__(self, other: object) -> bool:
        return self is other

"""The notes and their labels, and what is judged of them: `python -m tests.document.table`.

A label is a comment behind a span, `<!-- right -->`, `<!-- wrong -->`, `<!-- no claim -->`, or `<!-- unclear -->` where nobody
can tell; behind a fence there is one for each of its statements. The comments are taken out before anything is judged.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mathcore.document.prose import Statement, markdown_cells, statements
from mathcore.language.parser import Context
from mathcore.verify.prose import Outcome, Word, judged

NOTES = Path(__file__).parent / "notes"
RIGHT, WRONG, NO_CLAIM, UNCLEAR = "right", "wrong", "no claim", "unclear"
LABEL = re.compile(r"<!-- ((?:right|wrong|no claim|unclear)(?:, (?:right|wrong|no claim|unclear))*) -->")


@dataclass(frozen=True)
class Labelled:
    note: str
    statement: Statement | None  # None: not even a relation was seen
    label: str


def texts(note: Path) -> Iterator[str]:
    """The Markdown of a note, or of each cell of a notebook."""
    text = note.read_text(encoding="utf-8")
    yield from (source for _, source in markdown_cells(text)) if note.suffix == ".ipynb" else (text,)


def labelled(note: Path) -> Iterator[Labelled]:
    """Each label goes with the statement before it, the labels of a list with as many."""
    for text in texts(note):
        plain = LABEL.sub(lambda m: " " * len(m[0]), text)
        found = statements(plain)
        starts = [0, *(m.end() for m in re.finditer("\n", text))]
        offsets = [starts[s.line - 1] + s.column - 1 for s in found]
        taken: set[int] = set()
        for m in LABEL.finditer(text):
            labels = m[1].split(", ")
            before = [k for k, offset in enumerate(offsets) if offset < m.start()][-len(labels) :]
            if labels == [NO_CLAIM] and not (
                before and re.fullmatch(r"[`$\s]*", text[offsets[before[0]] + len(found[before[0]].text) : m.start()])
            ):
                yield Labelled(note.name, None, NO_CLAIM)
                continue
            assert len(before) == len(labels) and not taken & set(before), f"{note.name}: a label without its statement: {m[0]}"
            taken |= set(before)
            yield from (Labelled(note.name, found[k], label) for k, label in zip(before, labels, strict=True))
        loose = [found[k].text for k in range(len(found)) if k not in taken and judged(found[k], Context()) is not None]
        assert not loose, f"{note.name}: statements without a label: {loose}"


def all_labelled() -> list[Labelled]:
    return [item for note in sorted(NOTES.iterdir()) for item in labelled(note)]


@dataclass(frozen=True)
class Table:
    """Pairs of label and what was said."""

    rows: tuple[tuple[Labelled, Outcome | None], ...]

    def count(self, label: str, *words: Word | None) -> int:
        return sum(item.label == label and (out.word if out else None) in words for item, out in self.rows)

    @property
    def wrong_verdicts(self) -> list[tuple[Labelled, Outcome]]:
        allowed = {RIGHT: Word.CONFIRMED, WRONG: Word.REFUTED}
        return [
            (item, out)
            for item, out in self.rows
            if out is not None and out.word in (Word.CONFIRMED, Word.REFUTED) and allowed.get(item.label) is not out.word
        ]

    @property
    def claims(self) -> int:
        return sum(item.label in (RIGHT, WRONG) for item, _ in self.rows)

    @property
    def understood(self) -> int:
        return self.count(RIGHT, Word.CONFIRMED) + self.count(WRONG, Word.REFUTED)

    @property
    def hinted(self) -> int:
        return sum(out is not None and out.word is Word.REFUTED and bool(out.hint) for _, out in self.rows)


def table() -> Table:
    return Table(tuple((item, judged(item.statement, Context()) if item.statement else None) for item in all_labelled()))


def main() -> int:
    made = table()
    words: tuple[Word | None, ...] = (*Word, None)
    print(f"{len(list(NOTES.iterdir()))} notes, {made.claims} claims right and wrong")
    print(f"{'':10}" + "".join(f"{word or 'no claim':>16}" for word in words))
    for label in (RIGHT, WRONG, UNCLEAR, NO_CLAIM):
        print(f"{label:10}" + "".join(f"{made.count(label, word):16}" for word in words))
    said = made.understood + len(made.wrong_verdicts)
    print(f"precision {made.understood}/{said}, recall {made.understood}/{made.claims} = {made.understood / made.claims:.1%}")
    print(f"slips named: {made.hinted} of {made.count(WRONG, Word.REFUTED)} refuted")
    for item, out in made.wrong_verdicts:
        print(f"WRONG VERDICT {item.note}: {item.label}: {out}")
    left = Counter[str]()
    for item, out in made.rows:
        if item.label in (RIGHT, WRONG) and (out is None or out.word in (Word.UNDECIDED, Word.UNREAD)):
            left[f"{item.note}: {item.label}: {out or (item.statement and item.statement.text)}"] += 1
    print(*sorted(left), sep="\n")
    return 1 if made.wrong_verdicts else 0


if __name__ == "__main__":
    sys.exit(main())

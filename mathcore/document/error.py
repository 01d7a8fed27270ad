"""What is said of a document that cannot be read: file, line, column, what was found and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.card import WrongCard


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to correct; line and column count from 1."""

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}"


class WrongDocument(WrongCard):
    """A document with something to correct; `problems` holds all that was found, from the top down."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        self.file, self.problems = file, tuple(sorted(problems))
        super().__init__("\n".join(f"{file}:{problem}" for problem in self.problems))


class Unreadable(Exception):
    """Raised where a line cannot be read; the reader of the document collects these."""

    def __init__(self, line: int, message: str, column: int = 1) -> None:
        self.problem = Problem(line, column, message)
        super().__init__(str(self.problem))

"""The gradebook: one SQLite file. Results are only ever added, so that what was shown can be kept, and moves be told.

Names stand in a table of their own; everything else speaks of a student by an opaque id. A student is written in one
transaction: whoever kills the run loses nobody who was finished.
"""

from __future__ import annotations

import getpass
import json
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mathcore.grading.results import Result, State
from mathcore.translation import N_

VERSION = 1
SCHEMA = """
CREATE TABLE students (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE results (
  number INTEGER PRIMARY KEY, student TEXT NOT NULL REFERENCES students(id), item TEXT NOT NULL,
  points INTEGER NOT NULL, most INTEGER NOT NULL, state TEXT NOT NULL, level TEXT NOT NULL,
  content TEXT NOT NULL, asked TEXT NOT NULL, engine TEXT NOT NULL, late INTEGER NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX by_student ON results(student, item, number);
CREATE TABLE overrides (
  number INTEGER PRIMARY KEY, student TEXT NOT NULL REFERENCES students(id), item TEXT NOT NULL,
  points INTEGER NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TRIGGER results_stay BEFORE UPDATE ON results BEGIN SELECT RAISE(ABORT, 'results are only added'); END;
CREATE TRIGGER results_last BEFORE DELETE ON results BEGIN SELECT RAISE(ABORT, 'results are only added'); END;
CREATE TRIGGER overrides_stay BEFORE UPDATE ON overrides BEGIN SELECT RAISE(ABORT, 'overrides are only added'); END;
CREATE TRIGGER overrides_last BEFORE DELETE ON overrides BEGIN SELECT RAISE(ABORT, 'overrides are only added'); END;
"""


class WrongGradebook(ValueError):
    """The file is no gradebook, or what is asked of it is not there; the message says what to do."""


@dataclass(frozen=True)
class Basis:
    """What a result was computed from: digests of submission, item and engine."""

    content: str
    asked: str
    engine: str

    def changed(self, other: Basis) -> tuple[str, ...]:
        """What is different, in words."""
        pairs = ((N_("the submission"), "content"), (N_("the assignment"), "asked"), (N_("the engine"), "engine"))
        return tuple(word for word, name in pairs if getattr(self, name) != getattr(other, name))


@dataclass(frozen=True)
class Override:
    points: int
    reason: str
    who: str
    at: str


@dataclass(frozen=True)
class Entry:
    """One item of one student: the last result, the best that was shown, and what the teacher set."""

    student: str  # the opaque id
    item: str
    last: Result
    basis: Basis
    best: Result
    at: str
    late: bool = False
    override: Override | None = None

    @property
    def points(self) -> int:
        return self.override.points if self.override is not None else self.best.points

    @property
    def kept(self) -> bool:
        """Whether a later judgement came to less than what was shown before."""
        return self.last.state is not State.UNJUDGED and self.last.points < self.best.points

    @property
    def judged(self) -> bool:
        return self.override is not None or self.best.state is not State.UNJUDGED


class Gradebook:
    """Opened for one run; several readers, one writer at a time."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        try:
            self.base = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            self._journal()
            self.base.execute("PRAGMA synchronous = FULL")
            self.base.execute("PRAGMA foreign_keys = ON")
            with self._writing():  # of two who begin it at once, one does
                (version,) = self.base.execute("PRAGMA user_version").fetchone()
                (tables,) = self.base.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if version == 0 and tables == 0:
                    self.path.chmod(0o600)  # it holds names
                    for statement in _statements(SCHEMA):
                        self.base.execute(statement)
                    self.base.execute(f"PRAGMA user_version = {VERSION}")
                elif version != VERSION:
                    raise WrongGradebook(f"{path}: is no gradebook of this version; name another file with --gradebook")
        except sqlite3.Error as error:
            raise WrongGradebook(f"{path}: cannot be used as a gradebook ({error}); name another file with --gradebook") from None

    def _journal(self) -> None:
        """Readers beside a writer. Changing to it waits for nobody by itself."""
        for attempt in range(100):
            try:
                self.base.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError:
                if attempt == 99:
                    raise
                time.sleep(0.05)

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.base.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All of it or nothing of it."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    # students ---------------------------------------------------------------------------------------------------------

    def id_of(self, name: str) -> str:
        """The id of a student; a new one gets one that says nothing."""
        with self._writing():
            return self._id(name)

    def _id(self, name: str) -> str:
        found = self.base.execute("SELECT id FROM students WHERE name = ?", (name,)).fetchone()
        if found is None:
            found = (f"s{secrets.token_hex(4)}",)
            self.base.execute("INSERT INTO students VALUES (?, ?)", (found[0], name))
        return str(found[0])

    def names(self) -> dict[str, str]:
        """Id -> name."""
        return dict(self.base.execute("SELECT id, name FROM students ORDER BY name").fetchall())

    def find(self, student: str) -> str:
        """The id of a student who is named or whose id is given. Raises WrongGradebook."""
        from difflib import get_close_matches

        names = self.names()
        for key, name in names.items():
            if student in (key, name):
                return key
        near = get_close_matches(student, names.values(), 1, 0.5)
        raise WrongGradebook(
            f"there is no student {student!r}" + (f"; did you mean {near[0]!r}?" if near else f" in {self.path}")
        )

    # results ----------------------------------------------------------------------------------------------------------

    def record(self, name: str, results: Iterable[tuple[Result, Basis]], late: bool = False) -> None:
        """Adds all that was found of one student in one go."""
        with self._writing():
            student, at = self._id(name), _now()
            for result, basis in results:
                body = json.dumps(result.to_json(), ensure_ascii=False, allow_nan=False)
                values = (student, result.item, result.points, result.most, str(result.state), result.level)
                self.base.execute(
                    "INSERT INTO results (student, item, points, most, state, level, content, asked, engine, late, at, body)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*values, basis.content, basis.asked, basis.engine, int(late), at, body),
                )

    def last(self) -> dict[tuple[str, str], Basis]:
        """(name of student, item) -> what its last result was computed from."""
        rows = self.base.execute(
            "SELECT s.name, r.item, r.content, r.asked, r.engine FROM results r JOIN students s ON s.id = r.student"
            " WHERE r.number IN (SELECT max(number) FROM results GROUP BY student, item)"
        )
        return {(name, item): Basis(*digests) for name, item, *digests in rows}

    def entries(self, items: Iterable[str]) -> tuple[Entry, ...]:
        """Everything that is shown: by student's name, in the order of the items."""
        order = {item: place for place, item in enumerate(items)}
        overrides = self.overrides()
        rows = self.base.execute(
            "SELECT s.name, r.student, r.item, r.content, r.asked, r.engine, r.late, r.at, r.body FROM results r"
            " JOIN students s ON s.id = r.student ORDER BY s.name, r.number"
        )
        found: dict[tuple[str, str], Entry] = {}
        for _, student, item, content, asked, engine, late, at, body in rows:
            if item not in order:
                continue
            last, before = Result.from_json(json.loads(body)), found.get((student, item))
            best = last if before is None or _better(last, before.best) else before.best
            set_so = overrides.get((student, item))
            found[student, item] = Entry(student, item, last, Basis(content, asked, engine), best, at, bool(late), set_so)
        names = self.names()
        return tuple(sorted(found.values(), key=lambda e: (names[e.student], order[e.item])))

    # overrides --------------------------------------------------------------------------------------------------------

    def override(self, student: str, item: str, points: int, reason: str, who: str = "") -> None:
        """What a teacher sets goes on top, whatever is judged later. It is added to those before, which stay."""
        with self._writing():
            values = (student, item, points, reason, who or _user(), _now())
            self.base.execute("INSERT INTO overrides (student, item, points, reason, who, at) VALUES (?, ?, ?, ?, ?, ?)", values)

    def overrides(self) -> dict[tuple[str, str], Override]:
        """The last of each item of a student."""
        rows = self.base.execute("SELECT student, item, points, reason, who, at FROM overrides ORDER BY number")
        return {(student, item): Override(*rest) for student, item, *rest in rows}

    def audit(self) -> list[dict[str, Any]]:
        """Every override there ever was."""
        with closing(self.base.cursor()) as cursor:
            cursor.row_factory = sqlite3.Row
            return [dict(row) for row in cursor.execute("SELECT * FROM overrides ORDER BY number")]


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger holds a semicolon of its own."""
    text = ""
    for line in script.strip().splitlines():
        text += line + "\n"
        if sqlite3.complete_statement(text):
            yield text
            text = ""


def _better(one: Result, other: Result) -> bool:
    """Judged before not judged, then more points; of equal ones the later."""
    return (one.state is not State.UNJUDGED, one.points) >= (other.state is not State.UNJUDGED, other.points)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"

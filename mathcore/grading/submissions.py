"""Who handed in what: a folder or a file for each student, or an export of Gradescope. Nothing is unpacked, run or followed.

Links, devices, huge files, archives and students that come twice are told in words; the class goes on without them.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from mathcore.grading.feedback import Message

LARGEST = 8 << 20  # bytes of a file that is judged: a notebook with its pictures
MOST_FILES = 500  # entries looked at
MOST_BYTES = 64 << 20  # of the files of one student
DEEPEST = 8
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
IGNORED = ("__pycache__", "__MACOSX", ".ipynb_checkpoints")
FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
METADATA = "submission_metadata.yml"


@dataclass(frozen=True)
class File:
    """One file as it was read; `problem` says why it was not."""

    name: str  # its path below the student's folder
    data: bytes = field(default=b"", repr=False)
    problem: Message | None = None
    changed: float = 0.0  # seconds since 1970


@dataclass(frozen=True)
class Submission:
    """What one student handed in; with a `problem` nothing of it can be judged."""

    student: str
    files: tuple[File, ...] = ()
    problem: Message | None = None
    place: str = ""

    def matching(self, patterns: tuple[str, ...]) -> tuple[File, ...]:
        return tuple(f for f in self.files if any(matches(f.name, p) for p in patterns))

    def digest(self, patterns: tuple[str, ...]) -> str:
        """Of the files that an item speaks of."""
        state = hashlib.sha256()
        for file in self.matching(patterns):
            said = f"{file.name}\0{file.problem}\0{len(file.data)}\0"
            state.update(said.encode("utf-8", "surrogateescape") + file.data)
        if self.problem is not None:
            state.update(str(self.problem).encode("utf-8", "surrogateescape"))
        return state.hexdigest()

    @property
    def changed(self) -> float:
        return max((f.changed for f in self.files), default=0.0)


def matches(name: str, pattern: str) -> bool:
    """Patterns speak of the last name, or of the path where they have a slash."""
    return fnmatchcase(name if "/" in pattern else name.rpartition("/")[2], pattern)


def printable(text: str) -> str:
    """A name that is safe to print."""
    return "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else "?" for c in text)


def find(folder: Path | str, patterns: tuple[str, ...] = ("*",)) -> tuple[Submission, ...]:
    """Every student's submission, by name. `patterns` are those of the files that are read. OSError if there is no folder."""
    root = Path(folder)
    entries = sorted(os.scandir(root), key=lambda e: e.name)
    names = _exported(root) if any(e.name == METADATA for e in entries) else {}
    found: list[Submission] = []
    for entry in entries:
        if entry.name.startswith(".") or entry.name in (*IGNORED, METADATA):
            continue
        found.append(_submission(entry, names, patterns))
    return tuple(_once(found))


def _submission(entry: os.DirEntry[str], names: dict[str, str], patterns: tuple[str, ...]) -> Submission:
    folder = entry.is_dir(follow_symlinks=False)
    name = names.get(entry.name) or (entry.name if folder else Path(entry.name).stem)
    student, place = printable(unicodedata.normalize("NFC", name)).strip()[:100] or "?", printable(entry.name)
    if entry.is_symlink():
        return Submission(student, problem=Message("link", {"file": place}), place=place)
    if folder:
        files = tuple(_walk(entry.path, patterns))
        archive = next((f for f in files if f.problem is not None and f.problem.key == "archive"), None)
        kept = tuple(f for f in files if f.problem is None or f.problem.key != "archive")
        return Submission(student, kept, archive.problem if archive and not kept else None, place)
    if entry.name.lower().endswith(ARCHIVES):
        return Submission(student, problem=Message("archive", {"file": place}), place=place)
    file = _read(entry.path, entry.name)
    return Submission(student, (file,), place=place)


def _walk(top: str, patterns: tuple[str, ...]) -> Iterator[File]:
    """The files of a folder, sorted; links are told and never followed."""
    waiting, count, size = [("", top, 0)], 0, 0
    listed: list[File] = []
    while waiting:
        below, place, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda e: e.name)
        except OSError:
            listed.append(File(printable(below) or ".", problem=Message("unreadable", {"file": printable(below)})))
            continue
        for entry in entries:
            name = f"{below}{entry.name}"
            if entry.name.startswith(".") or entry.name in IGNORED:
                continue
            count += 1
            if count > MOST_FILES or depth > DEEPEST:
                listed.append(File(printable(name), problem=Message("crowded", {"most": MOST_FILES})))
                yield from sorted(listed, key=lambda f: f.name)
                return
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{name}/", entry.path, depth + 1))
            elif entry.name.lower().endswith(ARCHIVES):
                listed.append(File(printable(name), problem=Message("archive", {"file": printable(name)})))
            elif any(matches(name, pattern) for pattern in patterns):
                file = _read(entry.path, name)
                size += len(file.data)
                listed.append(
                    file
                    if size <= MOST_BYTES
                    else File(file.name, problem=Message("huge", {"file": file.name, "most": MOST_BYTES}))
                )
    yield from sorted(listed, key=lambda f: f.name)


def _read(path: str, name: str) -> File:
    """A regular file of bounded size; what it is cannot change between looking and reading."""
    shown = printable(name)
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except OSError:
        key = "link" if os.path.islink(path) else "unreadable"
        return File(shown, problem=Message(key, {"file": shown}))
    with os.fdopen(handle, "rb") as opened:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            return File(shown, problem=Message("no_file", {"file": shown}))
        if about.st_size > LARGEST:
            return File(shown, problem=Message("huge", {"file": shown, "most": LARGEST}), changed=about.st_mtime)
        try:
            data = opened.read(LARGEST + 1)
        except OSError:
            return File(shown, problem=Message("unreadable", {"file": shown}))
    if len(data) > LARGEST:
        return File(shown, problem=Message("huge", {"file": shown, "most": LARGEST}))
    return File(shown, data, changed=about.st_mtime)


def _exported(root: Path) -> dict[str, str]:
    """Folder -> student of an export of Gradescope: of its metadata the first name under each submission."""
    try:
        text = (root / METADATA).read_bytes()[:LARGEST].decode("utf-8", "replace")
    except OSError:
        return {}
    found: dict[str, str] = {}
    folder = ""
    for line in text.splitlines():
        if top := re.match(r"([\w.-]+):\s*$", line):
            folder = top[1]
        elif folder and folder not in found and (name := re.match(r"[\s-]+:?(?:name|:name):\s*(.+?)\s*$", line)):
            found[folder] = name[1].strip("'\"")
    return found


def _once(found: list[Submission]) -> Iterator[Submission]:
    """Two submissions of one student are told, and neither is judged."""
    groups: dict[str, list[Submission]] = {}
    for one in found:
        groups.setdefault(one.student.casefold(), []).append(one)
    for same in groups.values():
        if len(same) == 1:
            yield same[0]
        else:
            places = ", ".join(one.place for one in same)
            yield Submission(same[0].student, problem=Message("twice", {"places": places}), place=same[0].place)

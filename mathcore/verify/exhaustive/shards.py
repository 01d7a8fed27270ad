"""Finished ranges on disk, what they depend on, and how they become one result.

A shard is a small JSON file that is there as a whole or not at all. It names its key: the implementation, the judge, the
versions of NumPy and flint, the platform and the CPU's features. Shards of another key are never looked at, damaged ones
are computed again, and any disjoint shards that cover the format give the same result.
"""

from __future__ import annotations

import ast
import hashlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from mathcore.numeric._core import compiled, core
from mathcore.verify.exhaustive.functions import elementwise
from mathcore.verify.exhaustive.judge import Tally
from mathcore.verify.store import (
    DAMAGED,
    PACKAGE,
    Altered,
    at_fault,
    cache_directory,
    environment,
    opened,
    read_text,
    sealed,
    superfluous,
    why,
    write_text,
)

JUDGE = (
    *(f"verify/exhaustive/{part}.py" for part in ("functions", "taylor", "judge")),
    *("conformance/ulp.py", "conformance/exact.py", "conformance/accuracy.py"),
    "proof/balls",
)
CONDITIONS = ("numpy", "python-flint", "platform", "cpu")
KEPT = 4  # keys per function and format


@dataclass(frozen=True)
class Task:
    """A function in a format; `function` is a dotted name where it is not the card's own."""

    name: str
    format: str
    function: str = ""

    @property
    def dotted(self) -> str:
        return self.function or elementwise(self.name).card.numeric


@dataclass(frozen=True)
class Shard:
    start: int
    stop: int
    tally: Tally


class Gap(ValueError):
    """Shards that overlap or do not cover the format."""


def merged(shards: Iterable[Shard], size: int) -> Tally:
    """The tally of all patterns below `size`, from disjoint shards that cover them, in any order."""
    total, place = None, 0
    for shard in sorted(shards, key=lambda s: s.start):
        if shard.start != place:
            what = "are missing" if shard.start > place else "are there twice"
            raise Gap(f"patterns {min(place, shard.start)} to {max(place, shard.start)} {what}")
        total, place = (shard.tally if total is None else total + shard.tally), shard.stop
    if total is None or place != size:
        raise Gap(f"patterns {place} to {size} are missing")
    return total


def gaps(shards: Iterable[Shard], size: int, length: int) -> Iterator[tuple[int, int]]:
    """What is left of the patterns below `size`, cut at the multiples of `length`."""
    place = 0
    for start, stop in [*sorted((s.start, s.stop) for s in shards), (size, size)]:
        while place < start:
            end = min(start, place - place % length + length)
            yield place, end
            place = end
        place = max(place, stop)


# on disk --------------------------------------------------------------------------------------------------------------


class Shards:
    """The finished shards of tasks. Two runs at once may both write; either file is right."""

    def __init__(self, directory: Path | None = None) -> None:
        self.directory = cache_directory() / "exhaustive" if directory is None else directory

    def folder(self, task: Task) -> Path:
        return self.directory / f"{task.name}-{task.format}-{key(task)[:16]}"

    def write(self, task: Task, shard: Shard) -> str:
        """Store a shard; a note where that is not possible."""
        path = self.folder(task) / f"{shard.start:08x}-{shard.stop:08x}.json"
        data = {"key": key(task), **asdict(task), "start": shard.start, "stop": shard.stop, **asdict(shard.tally)}
        try:
            write_text(path, sealed(data))
        except OSError as error:
            return f"{at_fault(path, error)} cannot be written ({why(error)}): not every shard is kept"
        return ""

    def read(self, task: Task) -> tuple[list[Shard], list[str]]:
        """Disjoint shards of a task, and notes on files that are of no use."""
        found, notes = [], []
        for path in sorted(self.folder(task).glob("*.json")):
            try:
                text = read_text(path)
                if text is not None:
                    found.append(_shard(opened(text), task))
            except OSError as error:
                notes.append(f"{at_fault(path, error)} cannot be read ({why(error)}): computed again")
            except DAMAGED as error:
                notes.append(f"{path} is damaged ({why(error)}): computed again")
        chosen: list[Shard] = []
        for shard in sorted(found, key=lambda s: (s.start, -s.stop)):
            if not chosen or shard.start >= chosen[-1].stop:
                chosen.append(shard)
        return chosen, list(dict.fromkeys(notes))

    def forget(self, task: Task) -> list[str]:
        """Remove the finished shards of a task; notes where they stay."""
        folder = self.folder(task)
        try:
            shutil.rmtree(folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            return [f"{folder} cannot be removed ({why(error)}): what was stored before stays"]
        return []

    def prune(self, task: Task) -> None:
        """Only the newest keys of a function and format stay, this one among them."""
        folders = (f for f in self.directory.glob(f"{task.name}-{task.format}-{'[0-9a-f]' * 16}") if f.is_dir())
        for folder in superfluous(folders, KEPT, self.folder(task)):
            shutil.rmtree(folder, ignore_errors=True)


def _shard(data: dict[str, Any], task: Task) -> Shard:
    if any(data[name] != value for name, value in {"key": key(task), **asdict(task)}.items()):
        raise Altered("it is about something else")
    counts = tuple(int(n) for n in data["counts"])
    whole = {name: int(data[name]) for name in ("nan", "balls", "other_zeros", "failures")}
    worst = (float(data["worst"][0]), int(data["worst"][1]))
    first = tuple((int(pattern), str(text)) for pattern, text in data["first"])
    shard = Shard(int(data["start"]), int(data["stop"]), Tally(counts, worst=worst, first=first, **whole))
    if sum(counts) + whole["nan"] != shard.stop - shard.start or min(counts) < 0:
        raise ValueError("counts that are not those of the range")
    return shard


# what it depends on ---------------------------------------------------------------------------------------------------


@cache
def key(task: Task) -> str:
    """One number for all that a shard depends on, the machine included."""
    state = hashlib.sha256(implementation(task.name, task.function).encode())
    entry = elementwise(task.name)
    state.update(f"{entry.form}\0{entry.either_zero}\0{entry.zero}\0{entry.limits}\0".encode())
    for part in JUDGE:
        place = PACKAGE / part
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            state.update(meaning(file.read_text(encoding="utf-8")).encode())
    for name, value in conditions().items():
        state.update(f"{name}={value}\0".encode())
    state.update(f"core={core()} {getattr(compiled, 'DIGEST', None)}\0".encode())  # the kernels that compute, if any
    return state.hexdigest()


def conditions() -> dict[str, str]:
    """Versions, platform and CPU features on which the bits of a result may depend."""
    found = environment()
    return {name: found[name] for name in CONDITIONS}


@cache
def implementation(name: str, function: str = "") -> str:
    """The function's source, that of all it imports from its package, and what the card says of it: no machine.

    Comments, docstrings and annotations do not count: a sentence that is corrected does not cost a sweep of 2^32 values.
    """
    entry = elementwise(name)
    card, state = entry.card, hashlib.sha256()
    dotted = (function or card.numeric).partition("(")[0]
    for file in _sources(Path(str(import_module(dotted.rpartition(".")[0]).__file__)), dotted.rpartition(".")[2]):
        state.update(f"{file.name}\0{_meaning_of(file)}\0".encode())
    accuracy = card.accuracy
    said = (function or card.numeric, card.define, *card.auxiliary, card.on_bits, accuracy.float16, accuracy.float32)
    state.update("\0".join(str(part) for part in said).encode())
    return state.hexdigest()


def _sources(module: Path, function: str) -> list[Path]:
    """The file of the function, and all that it imports from its own package; lazily too; the sources of the compiled core."""
    own = module.parent / f"{function}.py"  # mathcore.numeric.sigmoid stands in numeric/sigmoid.py
    first = own if module.name == "__init__.py" and own.exists() else module
    found, compiled = set[Path](), set[Path]()
    left = [first]
    while left:
        file = left.pop()
        if file in found:
            continue
        found.add(file)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 1:
                names = [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
                left += [p for n in names if (p := file.parent / f"{n}.py").exists()]
                compiled |= {p for n in names for p in (file.parent / n).glob("*.[ch]")}
    return sorted(found | compiled, key=lambda file: file.name)


def _meaning_of(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    return meaning(text) if file.suffix == ".py" else text


def meaning(source: str) -> str:
    """A program without comments, docstrings and annotations, as text that is the same in every version of Python."""
    return _meaning(ast.parse(source))


UNSAID = ("ctx", "annotation", "returns", "type_comment", "type_params", "kind")


def _meaning(node: Any) -> str:
    if isinstance(node, list):
        return "".join(_meaning(n) for n in node)
    if not isinstance(node, ast.AST):
        return f"{type(node).__name__}:{node!r};"
    parts = []
    for name, value in ast.iter_fields(node):
        if name in UNSAID or value is None or value == []:
            continue
        if name == "body" and isinstance(value, list):
            value = [v for v in value if not (isinstance(v, ast.Expr) and isinstance(v.value, ast.Constant))]
        parts.append(f"{name}={_meaning(value)}")
    return f"{type(node).__name__}({','.join(parts)})"

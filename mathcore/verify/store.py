"""Evidence on disk: one JSON file per card and digest, so that what was checked once is read back, never recomputed.

The digest covers everything that the outcome depends on: the card and the cards it uses, the implementations, the engine,
the versions of the libraries, the platform and the CPU's features. What it does not name cannot go stale unseen.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mathcore.evidence import Evidence

PACKAGE = Path(__file__).resolve().parents[1]
ENGINE = ("language", "claims/note.py", "proof", "verify", "strategies", "card.py", "evidence.py")
IMPLEMENTATIONS = ("numeric", "mistakes")
LIBRARIES = ("numpy", "sympy", "python-flint", "hypothesis", "lark")
KEPT = 8  # files per card: a few branches and interpreters side by side


def cache_directory() -> Path:
    """Where evidence lies: MATHCORE_CACHE, or the user's cache directory of this platform."""
    chosen = os.environ.get("MATHCORE_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("mathcore", appauthor=False))


class Store:
    """Reads and writes evidence. Writes are atomic; two runs at once may both write, and either file is right."""

    def __init__(self, directory: Path | None = None) -> None:
        self.directory = cache_directory() / "evidence" if directory is None else directory

    def path(self, card: str, digest: str) -> Path:
        return self.directory / f"{card}-{digest[:16]}.json"

    def read(self, card: str, digest: str) -> tuple[Evidence | None, str]:
        """The evidence of that digest or None, and a note where a file had to be ignored."""
        path = self.path(card, digest)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None, ""
        except (OSError, UnicodeDecodeError) as error:
            return None, f"{path} cannot be read ({type(error).__name__}): checked again"
        try:
            evidence = Evidence.from_text(text)
        except (ValueError, TypeError, KeyError) as error:
            return None, f"{path} is damaged ({type(error).__name__}): checked again"
        if evidence.card != card or evidence.digest != digest:
            return None, f"{path} is about something else: checked again"
        return evidence, ""

    def write(self, evidence: Evidence) -> str:
        """Store the evidence; a note where that is not possible (a full or read-only disk stops nobody's proof)."""
        path = self.path(evidence.card, evidence.digest)
        try:
            write_text(path, evidence.to_text())
            self._prune(evidence.card)
        except OSError as error:
            return f"{path} cannot be written ({error.strerror or type(error).__name__}): the result is not kept"
        return ""

    def _prune(self, card: str) -> None:
        files = [f for f in self.directory.glob(f"{card}-*.json") if len(f.stem) == len(card) + 17]
        dated = []
        for file in files:
            with suppress(OSError):  # another run may have removed it
                dated.append((file.stat().st_mtime_ns, file))
        for _, file in sorted(dated)[:-KEPT]:
            with suppress(OSError):
                file.unlink()


def write_text(path: Path, text: str) -> None:
    """All of the file or nothing of it: a temporary file beside it, then a rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


# what the outcome depends on ------------------------------------------------------------------------------------------


def environment() -> dict[str, str]:
    """Versions, platform and CPU features: they decide the last bits of a float."""
    found = {"python": platform.python_version(), "platform": f"{sys.platform} {platform.machine()}"}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "without metadata"
    found["cpu"] = cpu_features()
    return found


@cache
def cpu_features() -> str:
    """The instruction sets that NumPy found and dispatches to."""
    import numpy

    simd = numpy.show_config(mode="dicts").get("SIMD Extensions", {})
    return " ".join([*simd.get("baseline", ()), *simd.get("found", ())])


def digest(name: str, package: Path = PACKAGE) -> str:
    """One number for all that the evidence of this card depends on."""
    state = hashlib.sha256()
    state.update(_shared(package).encode())
    for file in sources(name, package):
        state.update(_of_file(package, file))
    return state.hexdigest()


def statement_digest(name: str, package: Path = PACKAGE) -> str:
    """Of the card and the cards it uses alone: the same on every machine, so that committed evidence can name its card."""
    state = hashlib.sha256()
    for file in sources(name, package):
        source = file.read_text(encoding="utf-8")  # universal newlines: same on Windows
        state.update(f"{file.stem}\0{source}\0".encode())
    return state.hexdigest()


def sources(name: str, package: Path = PACKAGE) -> list[Path]:
    """The files that state a card or a note, and the cards on which it stands."""
    from mathcore.claims import notes

    if name not in notes.names():
        return [package / "formulas" / f"{used}.py" for used in closure(name)]
    note = notes.load(name)
    stands_on = {*note.uses, *(remark.proof.split(".")[0] for remark in note.remarks if remark.proof)}
    cards = sorted({used for card in stands_on for used in closure(card)})
    return [package / "claims" / "notes" / f"{name}.py", *(package / "formulas" / f"{used}.py" for used in cards)]


@cache
def _shared(package: Path) -> str:
    state = hashlib.sha256()
    for key, value in sorted(environment().items()):
        state.update(f"{key}={value}\0".encode())
    for part in (*ENGINE, *IMPLEMENTATIONS):
        place = package / part
        files = sorted(f for f in place.rglob("*") if f.suffix in (".py", ".lark", ".json")) if place.is_dir() else [place]
        for file in files:
            state.update(_of_file(package, file))
    return state.hexdigest()


def _of_file(package: Path, file: Path) -> bytes:
    return b"%s\0%s\0" % (file.relative_to(package).as_posix().encode(), hashlib.sha256(file.read_bytes()).digest())


def closure(name: str) -> tuple[str, ...]:
    """The card, the cards it uses and those whose lemmas it cites, and theirs; alphabetically."""
    from mathcore.formulas import load, names

    found: set[str] = set()
    open_ends = [name]
    while open_ends:
        current = open_ends.pop()
        if current in found:
            continue
        found.add(current)
        card = load(current)
        cited = {text.split(".")[0] for text in _lemmas(card.derivations) if "." in text}
        open_ends.extend({*card.uses, *(cited & set(names()))} - found)
    return tuple(sorted(found))


def _lemmas(value: object) -> Iterator[str]:
    """Every name of a lemma anywhere in the rules of a card."""
    if isinstance(value, tuple):
        for item in value:
            yield from _lemmas(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, str) and (field.name == "lemma" or (field.name == "name" and type(value).__name__ == "Lemma")):
                yield inner
            else:
                yield from _lemmas(inner)

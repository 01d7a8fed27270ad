"""Evidence on disk: one JSON file per card and digest, so that what was checked once is read back, never recomputed.

The digest covers everything that the outcome depends on: the card and the cards it uses, the implementations, the engine,
the versions of the libraries, the platform and the CPU's features. What it does not name cannot go stale unseen. A file
carries a digest of its own content besides: one that was altered is not believed.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mathcore.evidence import Evidence, plain

if TYPE_CHECKING:
    from mathcore.card import Card

PACKAGE = Path(__file__).resolve().parents[1]
ENGINE = ("language", "rules", "proof", "conformance", "verify", "strategies", "card.py", "evidence.py", "library.py")
IMPLEMENTATIONS = ("numeric", "mistakes")
LIBRARIES = ("numpy", "sympy", "python-flint", "hypothesis", "lark")
KEPT = 8  # files per card: a few branches and interpreters side by side


def cache_directory() -> Path:
    """Where evidence lies: MATHCORE_CACHE, or the user's cache directory of this platform."""
    chosen = os.environ.get("MATHCORE_CACHE")
    if chosen:
        return Path(os.path.expanduser(chosen))  # a user that is not known stays as written, as in a shell
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
            text = read_text(path)
        except OSError as error:
            return None, f"{at_fault(path, error)} cannot be read ({why(error)}): checked again"
        if text is None:
            return None, ""
        try:
            evidence = Evidence.from_json(opened(text))
        except DAMAGED as error:
            return None, f"{path} is damaged ({why(error)}): checked again"
        if evidence.card != card or evidence.digest != digest:
            return None, f"{path} is about something else: checked again"
        return evidence, ""

    def write(self, evidence: Evidence) -> str:
        """Store the evidence; a note where that is not possible (a full or read-only disk stops nobody's proof)."""
        path = self.path(evidence.card, evidence.digest)
        try:
            write_text(path, sealed(evidence.to_json()))
        except OSError as error:
            return f"{at_fault(path, error)} cannot be written ({why(error)}): not every result is kept"
        self._prune(evidence.card, path)
        return ""

    def forget(self, card: str, digest: str) -> str:
        """Remove the evidence of that digest; a note where it stays."""
        path = self.path(card, digest)
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except OSError as error:
            return f"{at_fault(path, error)} cannot be written ({why(error)}): what was stored before stays"
        return ""

    def _prune(self, card: str, written: Path) -> None:
        files = (f for f in self.directory.glob(f"{card}-*.json") if len(f.stem) == len(card) + 17 and f.is_file())
        for file in superfluous(files, KEPT, written):
            with suppress(OSError):  # another run has removed it
                file.unlink()


# files ----------------------------------------------------------------------------------------------------------------


LARGEST = 1 << 26  # bytes: no evidence comes near that
DAMAGED = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)  # what a file of any content can raise
DAY = 24 * 3600 * 10**9  # ns


class Altered(ValueError):
    """What a file holds is not what was written."""


def why(error: BaseException) -> str:
    """The shortest true word on an error."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error) if isinstance(error, Altered) else type(error).__name__


def at_fault(path: Path, error: OSError) -> Path:
    """The file, or its directory where that is the cause, so that it is said once and not for every file."""
    own = error.filename == str(path) and os.access(path.parent, os.R_OK | os.W_OK | os.X_OK)
    return path if own or os.path.isdir(path) else path.parent


def sealed(content: Any) -> str:
    """The content as sorted, indented JSON with a digest of itself: the same content, the same bytes."""
    kept = plain(content)
    return json.dumps({"content": kept, "sha256": _seal(kept)}, indent=1, sort_keys=True, allow_nan=False) + "\n"


def opened(text: str) -> Any:
    """What `sealed` was given, as JSON knows it; anything else is a ValueError, TypeError, KeyError or RecursionError."""
    data = json.loads(text)
    if data.keys() != {"content", "sha256"} or data["sha256"] != _seal(data["content"]):
        raise Altered("its content is not what was stored")
    return data["content"]


def _seal(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def read_text(path: Path) -> str | None:
    """The text of a regular file that is not huge, None where there is none; anything else is an OSError."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a directory; reading a pipe or a device would never end
            raise OSError(0, "not a file", str(path))
        if found.st_size > LARGEST:
            raise OSError(0, "too large", str(path))
        return path.read_text(encoding="utf-8", errors="surrogateescape")  # what is no UTF-8 is altered: its digest tells
    except (FileNotFoundError, NotADirectoryError):
        return None


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


def superfluous(places: Iterable[Path], kept: int, written: Path) -> list[Path]:
    """The oldest of these beyond `kept`, never `written`, which was written just before.

    A date more than a day after that of `written` cannot be right, whatever clock made it: such a place counts as oldest.
    """
    dated = []
    with suppress(OSError):  # another run has removed it
        present = written.stat().st_mtime_ns
        for place in places:
            with suppress(OSError):
                date = place.stat().st_mtime_ns
                if place != written:
                    dated.append((date if date <= present + DAY else -1, place))
    return [place for _, place in sorted(dated)[: max(len(dated) + 1 - kept, 0)]]


# what the outcome depends on ------------------------------------------------------------------------------------------


def environment() -> dict[str, str]:
    """Versions, platform, CPU features and the compiled core, if it runs: they decide the last bits of a float."""
    from mathcore.numeric import core

    found = {"python": platform.python_version(), "platform": f"{sys.platform} {platform.machine()}"}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "without metadata"
    found["cpu"] = cpu_features()
    found["core"] = core() or "none"
    return found


@cache
def cpu_features() -> str:
    """The instruction sets that NumPy found and dispatches to."""
    import numpy

    simd = numpy.show_config(mode="dicts").get("SIMD Extensions", {})
    return " ".join([*simd.get("baseline", ()), *simd.get("found", ())])


def digest(name: str, package: Path = PACKAGE) -> str:
    """One number for all that the evidence of this card depends on."""
    return hashlib.sha256(f"{_shared(package)} {statement_digest(name)}".encode()).hexdigest()


def digest_of(question: Any, package: Path = PACKAGE) -> str:
    """One number for the engine and what it is asked, given as JSON."""
    return hashlib.sha256(f"{_shared(package)} {json.dumps(question)}".encode()).hexdigest()


def statement_digest(name: str) -> str:
    """Of what the card and the cards it uses mean: the same on every machine, so that committed evidence can name its card."""
    from mathcore.formulas import load

    return hashlib.sha256(json.dumps([meaning(load(used)) for used in closure(name)]).encode()).hexdigest()


def meaning(value: Any) -> Any:
    """What of a card decides its evidence, as JSON: everything but the words that only people read."""
    if isinstance(value, tuple):
        return [meaning(item) for item in value]
    if is_dataclass(value):
        named = bool(getattr(value, "key", ""))  # a derivation without a key is named by its title
        unsaid = {f.name for f in fields(value) if f.metadata.get("words") or (named and f.name == "title")}
        kept = {f.name: meaning(getattr(value, f.name)) for f in fields(value) if f.name not in unsaid}
        return {"kind": type(value).__name__, **kept}
    return value


@cache
def _shared(package: Path) -> str:
    state = hashlib.sha256()
    for key, value in sorted(environment().items()):
        state.update(f"{key}={value}\0".encode())
    for part in (*ENGINE, *IMPLEMENTATIONS):
        place = package / part
        files = (
            sorted(f for f in place.rglob("*") if f.suffix in (".py", ".lark", ".json", ".c", ".h"))
            if place.is_dir()
            else [place]
        )
        for file in files:
            state.update(_of_file(package, file))
    return state.hexdigest()


def _of_file(package: Path, file: Path) -> bytes:
    return b"%s\0%s\0" % (file.relative_to(package).as_posix().encode(), hashlib.sha256(file.read_bytes()).digest())


def closure(name: str) -> tuple[str, ...]:
    """The card, the cards it uses and those whose lemmas it cites, and theirs; alphabetically."""
    from mathcore.formulas import load

    return tuple(related(load(name)))


def related(card: Card) -> dict[str, Card]:
    """The card itself, the cards it uses and those whose lemmas it cites, and theirs, by name."""
    found: dict[str, Card] = {}
    open_ends = [card]
    while open_ends:
        current = open_ends.pop()
        if current.name in found:
            continue
        found[current.name] = current
        cited = {text.split(".")[0] for text in _lemmas(current.derivations) if "." in text}
        known = cited & set(current.library or ())
        open_ends += [current.other(name) for name in {*current.uses, *known} - found.keys()]
    return dict(sorted(found.items()))


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

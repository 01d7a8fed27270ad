"""Results for the pages: small files, the same bytes from the same results, and of no use once the function has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from mathcore.evidence import Exhaustive
from mathcore.verify.exhaustive.functions import FORMATS, NotElementwise, elementwise
from mathcore.verify.exhaustive.shards import implementation
from mathcore.verify.store import DAMAGED, opened, read_text, sealed, why, write_text

Tell = Callable[[str], None]


def record(directory: Path, found: Iterable[Exhaustive], tell: Tell | None = None) -> list[Path]:
    """Write DIR/evidence/exhaustive/NAME.json; what is there of another format stays if it is about the same function."""
    kept = {(e.card, e.format): e for results in recorded(directory, tell).values() for e in results}
    new = {(e.card, e.format): e for e in found}
    both = kept | new
    written = []
    for name in sorted({card for card, _ in new}):
        results = [both[name, form].to_json() for form in FORMATS if (name, form) in both]
        path = directory / "evidence" / "exhaustive" / f"{name}.json"
        write_text(path, sealed(results))
        written.append(path)
    return written


def recorded(directory: Path, tell: Tell | None = None) -> dict[str, tuple[Exhaustive, ...]]:
    """What is recorded of the functions as they are now: of another implementation or statement it says nothing.

    A file that was altered is left out, and `tell` hears of it.
    """
    found = {}
    for path in sorted((directory / "evidence" / "exhaustive").glob("*.json")):
        name = path.stem
        try:
            digest = implementation(elementwise(name).name)
            text = read_text(path)
            if text is None:
                continue
            results = tuple(Exhaustive.from_json(data) for data in opened(text))
        except NotElementwise:  # of a function that is there no longer
            continue
        except (OSError, *DAMAGED) as error:
            if tell is not None:
                remedy = f"mathcore verify --exhaustive {name} --record {directory}"
                tell(f"{path} is left out ({why(error)}): {remedy} tries every value again")
            continue
        current = tuple(e for e in results if e.card == name and e.digest == digest)
        if current:
            found[name] = current
    return found

"""Results for the pages: small files, the same bytes from the same results, and of no use once the function has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from mathcore.evidence import Exhaustive
from mathcore.verify.exhaustive.functions import FUNCTIONS
from mathcore.verify.exhaustive.judge import FORMATS
from mathcore.verify.exhaustive.shards import implementation
from mathcore.verify.store import write_text


def record(directory: Path, found: Iterable[Exhaustive]) -> list[Path]:
    """Write DIR/evidence/exhaustive/NAME.json; what is there of another format stays if it is about the same function."""
    kept = {(e.card, e.format): e for results in recorded(directory).values() for e in results}
    new = {(e.card, e.format): e for e in found}
    both = kept | new
    written = []
    for name in sorted({card for card, _ in new}):
        results = [both[name, form].to_json() for form in FORMATS if (name, form) in both]
        path = directory / "evidence" / "exhaustive" / f"{name}.json"
        write_text(path, json.dumps(results, indent=1, sort_keys=True, allow_nan=False) + "\n")
        written.append(path)
    return written


def recorded(directory: Path) -> dict[str, tuple[Exhaustive, ...]]:
    """What is recorded of the functions as they are now: of another implementation or statement it says nothing."""
    found = {}
    for entry in FUNCTIONS:
        path = directory / "evidence" / "exhaustive" / f"{entry.name}.json"
        if not path.exists():
            continue
        results = tuple(Exhaustive.from_json(data) for data in json.loads(path.read_text(encoding="utf-8")))
        current = tuple(e for e in results if e.card == entry.name and e.digest == implementation(entry.name))
        if current:
            found[entry.name] = current
    return found

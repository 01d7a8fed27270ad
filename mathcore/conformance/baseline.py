"""Failures that are known, as data: a file of names, so that in continuous integration only what is new fails."""

from __future__ import annotations

import json
from pathlib import Path

from mathcore.evidence import Report


def text(report: Report, target: str) -> str:
    """A baseline that holds the failures of this report."""
    return json.dumps({target: {report.card: sorted(c.name for c in report.failures)}}, indent=1, sort_keys=True) + "\n"


def read(path: Path, target: str, card: str) -> frozenset[str]:
    """The known failures of this function; raises ValueError where the file is no baseline."""
    remedy = "delete it, and it is written anew"
    try:
        known = json.loads(path.read_text(encoding="utf-8")).get(target, {}).get(card, [])
    except (OSError, ValueError, AttributeError) as error:
        raise ValueError(f"{path} is no baseline ({type(error).__name__}): {remedy}") from error
    if not isinstance(known, list) or not all(isinstance(name, str) for name in known):
        raise ValueError(f"{path} holds no list of names for {target} as {card}: {remedy}")
    return frozenset(known)

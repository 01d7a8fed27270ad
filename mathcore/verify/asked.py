"""Anybody's claim and anybody's document, judged once: what was decided is read back, as the evidence of a card is.

What was not decided is asked again next time: a busy machine may have been the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from mathcore.document.course import read
from mathcore.document.reader import decoded
from mathcore.evidence import Level, Verdict
from mathcore.formulas import PAGES, names
from mathcore.proving import TIMEOUT, prove
from mathcore.verify.documents import Findings, verify_document
from mathcore.verify.prose import Word
from mathcore.verify.store import DAMAGED, cache_directory, digest_of, meaning, opened, read_text, related, sealed, superfluous
from mathcore.verify.store import write_text as write

KEPT = 2000  # answers of a kind: all documents of a few courses
Answer = TypeVar("Answer", Verdict, Findings)


def claim(text: str, given: str = "", timeout: float = TIMEOUT) -> Verdict:
    """The verdict of `mathcore.prove`. Raises ValueError where the claim cannot be read."""
    return _once(
        "claims",
        ["claim", text, given, timeout],
        lambda: prove(text, given=given, timeout=timeout),
        Verdict.from_json,
        lambda verdict: verdict.level is not Level.UNKNOWN,
    )


def document(path: Path) -> Findings:
    """What `mathcore verify FILE.md` finds. Raises `WrongDocument` or `WrongCard` where the file cannot be read."""
    others = [meaning(card) for card in related(read(path)).values()]
    found = _once(
        "documents",
        ["document", path.name, decoded(path), others],
        lambda: verify_document(path),
        Findings.from_json,
        lambda found: all(f.word is not Word.UNDECIDED for f in found.findings),
    )
    return replace(found, file=str(path))


@cache
def _formulas() -> str:
    """One number for all formulas of mathcore: a claim may speak of any."""
    state = hashlib.sha256()
    for name in names():
        state.update((PAGES / f"{name}.md").read_bytes())
    return state.hexdigest()


def _once(
    kind: str,
    question: Any,
    ask: Callable[[], Answer],
    again: Callable[[Any], Answer],
    decided: Callable[[Answer], bool],
) -> Answer:
    path = cache_directory() / kind / f"{digest_of([question, _formulas()])[:32]}.json"
    with suppress(OSError, *DAMAGED):
        if (text := read_text(path)) is not None:
            return again(opened(text))
    answer = ask()
    if decided(answer):
        with suppress(OSError):  # a full or read-only disk stops nobody's proof
            write(path, sealed(answer.to_json()))
            for old in superfluous(path.parent.glob("*.json"), KEPT, path):
                old.unlink()
    return answer

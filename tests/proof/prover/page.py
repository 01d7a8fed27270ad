"""The calls of docs/prove.md run anew: `python -m tests.proof.prover.page` writes their output into the page."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "prove.md"


def renewed(text: str) -> str:
    """The page with the output of every `>>>` call replaced by what it prints now."""
    lines, written, names = text.split("\n"), [], {}
    place = 0
    while place < len(lines):
        if not lines[place].startswith(">>> "):
            written.append(lines[place])
            place += 1
            continue
        source = [lines[place][4:]]
        place += 1
        while place < len(lines) and lines[place].startswith("... "):
            source.append(lines[place][4:])
            place += 1
        while place < len(lines) and lines[place] not in ("", "```") and not lines[place].startswith(">>> "):
            place += 1  # the old output
        written.append(f">>> {source[0]}")
        written += [f"... {line}" for line in source[1:]]
        written += _output("\n".join(source) + "\n", names)
    return "\n".join(written)


def _output(source: str, names: dict[str, object]) -> list[str]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(source, "docs/prove.md", "single"), names)
        except ValueError as error:
            print(f"Traceback (most recent call last):\n    ...\n{type(error).__module__}.{type(error).__name__}: {error}")
    text = printed.getvalue().rstrip("\n")
    return text.split("\n") if text else []


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

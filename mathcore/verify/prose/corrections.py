"""Right digits in the place of wrong ones: what `--fix` proposes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from difflib import unified_diff
from typing import Any

from flint import arb, fmpq

from mathcore.conformance.examples import BITS
from mathcore.conformance.ulp import special
from mathcore.document.prose import LINE_END, cells_of, read_notebook
from mathcore.proof.balls import extended as x
from mathcore.verify.prose.judge import Outcome
from mathcore.verify.prose.numbers import Link


def fixes(text: str, outcomes: Iterable[Outcome]) -> str:
    """The text with right digits in the place of wrong ones, as many as there were; what else is wrong stays."""
    changes: dict[int | None, list[tuple[int, int, int, str]]] = {}
    for outcome in outcomes:
        if outcome.link is None or outcome.statement.denied or (new := corrected(outcome.link)) is None:
            continue
        side = outcome.link.claimed
        new = new.removesuffix(outcome.statement.behind) if side.end > len(outcome.statement.text) else new
        end = min(side.end, len(outcome.statement.text))
        (line, column), (last, end) = outcome.statement.place(side.start), outcome.statement.place(end)
        if line == last:
            changes.setdefault(outcome.statement.cell, []).append((line, column, end, new))
    if None in changes or not changes:
        return _changed(text, changes.get(None, []))
    book = read_notebook(text)
    for number, cell in enumerate(cells_of(book), 1):
        if number in changes:
            source = cell["source"]
            new = _changed("".join(source), changes[number])
            cell["source"] = new.splitlines(keepends=True) if isinstance(source, list) else new
    return _written_like(text, book)


def diff(file: str, old: str, new: str) -> str:
    """The unified diff of two texts, which `patch` takes, with their line ends; a last line may have none."""
    before, after = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (old, new))
    lines = unified_diff(before, after, file, file)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _written_like(text: str, book: Any) -> str:
    """A notebook as JSON, with the indents, escapes and last line end that it had."""
    second = re.search(r"\n( *)", text.strip())
    indent = len(second[1]) if second else None
    end = text[len(text.rstrip()) :]
    return json.dumps(book, indent=indent, ensure_ascii=text.isascii()) + end


def _changed(text: str, changes: list[tuple[int, int, int, str]]) -> str:
    lines = re.split(f"({LINE_END.pattern})", text)  # with the line ends between
    for line, column, end, new in sorted(changes, reverse=True):
        old = lines[2 * (line - 1)]
        lines[2 * (line - 1)] = old[: column - 1] + new + old[end - 1 :]
    return "".join(lines)


PRINTED = re.compile(
    r"(?P<sign>[-−]\s*)?(?P<number>[0-9]+(?:\.(?P<decimals>[0-9]*))?|\.[0-9]+)(?P<percent>(?:\s|\\[,;:! ])*\\?%)?"
)
MAX_DECIMALS = 15


def corrected(link: Link) -> str | None:
    """What is to stand instead of the claimed side; None where it is not made of plain decimals."""
    raw = link.claimed.raw
    if not link.sure or link.claimed.cut or link.claimed.scientific or re.search(r"[/eE^]|\\[a-z]", raw):
        return None
    found = list(PRINTED.finditer(raw))
    if len(found) != len(link.values):
        return None
    for m, value in reversed(list(zip(found, link.values, strict=True))):
        if special(value) is not None:
            return None
        factor = 100 if m["percent"] else 1
        decimals = len(m["decimals"] or "") if m["decimals"] or m["percent"] else None
        new = _rounded_to(value, factor, decimals)
        if new is None:
            return None
        raw = raw[: m.start()] + new + (m["percent"] or "") + raw[m.end() :]
    return raw if raw != link.claimed.raw else None


def _rounded_to(value: Any, factor: int, decimals: int | None) -> str | None:
    """A value in decimals, rounded; without a number of them as a whole number if it is one, else to four digits."""
    with x.working(BITS[0]):
        size = abs(value) * factor
        if decimals is None:
            if isinstance(size, fmpq) and size.q == 1:
                return ("-" if value < 0 else "") + str(size.p) if size < 10**MAX_DECIMALS else None
            decimals = 1
            while decimals < MAX_DECIMALS and size * 10**decimals < 1000:
                decimals += 1
        whole = (arb(size) * 10**decimals + arb("0.5")).floor().unique_fmpz() if size < 10**MAX_DECIMALS else None
    if whole is None:
        return None
    digits = str(whole).rjust(decimals + 1, "0")
    sign = "-" if value < 0 and int(whole) else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits

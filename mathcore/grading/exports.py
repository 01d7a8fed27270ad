"""What leaves the gradebook: a table, JSON, CSV, the results of Gradescope. Without names unless they are asked for."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from mathcore.grading.assignment import Assignment
from mathcore.grading.feedback import ENGLISH, Message, said
from mathcore.grading.gradebook import Entry, Gradebook
from mathcore.grading.points import shown
from mathcore.grading.results import Part, State
from mathcore.translation import _


@dataclass(frozen=True)
class Row:
    """One student, called by id or by name."""

    student: str
    entries: tuple[Entry, ...]

    @property
    def points(self) -> int:
        return sum(entry.points for entry in self.entries)

    @property
    def late(self) -> bool:
        return any(entry.late for entry in self.entries)

    @property
    def judged(self) -> bool:
        return all(entry.judged for entry in self.entries)

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e.best.level for e in self.entries if e.best.level))

    def get(self, item: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.item == item), None)


def rows(book: Gradebook, assignment: Assignment, names: bool = False) -> tuple[Row, ...]:
    """The students with results, by what they are called."""
    found: dict[str, list[Entry]] = {}
    for entry in book.entries(item.name for item in assignment.items):
        found.setdefault(entry.student, []).append(entry)
    called = book.names() if names else {student: student for student in found}
    return tuple(sorted((Row(called[s], tuple(entries)) for s, entries in found.items()), key=lambda r: r.student))


def missed(entry: Entry) -> Iterator[tuple[str, int, str]]:
    """(what, hundredths, why) of all that was not given."""
    result = entry.best
    if entry.override is not None:
        lost = result.most - entry.override.points
        if lost > 0:
            yield "", lost, said(Message("overridden", {"reason": entry.override.reason}))
    elif result.state is not State.JUDGED:
        yield "", result.most, " ".join(map(said, result.told)) or _(str(result.state))
    else:
        for part in result.parts:
            if part.lost > 0:
                yield said(part.title), part.lost, said(part.told) if part.told else ""


def words(entry: Entry) -> list[str]:
    """What a student reads of one item."""
    found = [said(message) for message in entry.best.told]
    if entry.late:
        found.append(said(Message("late")))
    if entry.kept:
        found.append(said(Message("kept", {"points": shown(entry.last.points)})))
    if entry.override is not None:
        found.append(said(Message("overridden", {"reason": entry.override.reason})))
    return found


# a terminal -----------------------------------------------------------------------------------------------------------


def table(found: Iterable[Row], assignment: Assignment) -> str:
    """The class, a line a student; items by number, with their names below."""
    listed = tuple(found)
    head = [_("student"), *(str(k) for k in range(1, len(assignment.items) + 1)), _("points"), ""]
    body = [[row.student, *_cells(row, assignment), _total(row), _marks(row)] for row in listed]
    body.append([_("of"), *(shown(item.points) for item in assignment.items), shown(assignment.points), ""])
    widths = [max(cell_len(line[k]) for line in (head, *body)) for k in range(len(head))]
    lines = [
        "  ".join(
            text + blanks if k in (0, len(head) - 1) else blanks + text
            for k, (text, w) in enumerate(zip(line, widths, strict=True))
            for blanks in (" " * (w - cell_len(text)),)
        ).rstrip()
        for line in (head, *body)
    ]
    items = [f"{k}: {_(item.kind)} {item.name}" for k, item in enumerate(assignment.items, 1)]
    return "\n".join([*lines, "", *items])


def _line(cells: list[str], widths: list[int]) -> str:
    first, *rest = (text.rjust(width) for text, width in zip(cells[1:], widths[1:], strict=True))
    *numbers, marks = (first, *rest)
    return "  ".join([cells[0].ljust(widths[0]), *numbers, marks.strip()]).rstrip()


def _cells(row: Row, assignment: Assignment) -> Iterator[str]:
    for item in assignment.items:
        entry = row.get(item.name)
        yield (
            "" if entry is None else (shown(entry.points) if entry.judged else "?") + ("*" if entry.override is not None else "")
        )


def _total(row: Row) -> str:
    """The points, and a ? where something was not judged."""
    judged = [entry for entry in row.entries if entry.judged]
    return " + ".join([*([shown(row.points)] if judged else []), *([] if row.judged else ["?"])])


def _marks(row: Row) -> str:
    marks = []
    if not row.judged:
        marks.append(f"? {_('not judged')}")
    elif any(entry.best.look for entry in row.entries if entry.override is None):
        marks.append(_("look at it"))
    marks += [_("late")] if row.late else []
    marks += [_("kept")] if any(entry.kept for entry in row.entries) else []
    return ", ".join(marks)


def losses(row: Row) -> str:
    """What a student reads, and the missed points with the reason of each."""
    lines = [f"{row.student}: {_('{points} points').format(points=_total(row))}"]
    for entry in row.entries:
        lost = list(missed(entry))
        if not lost:
            continue
        got = shown(entry.points) if entry.judged else "?"
        lines.append(f"  {entry.item}: {_('{part} of {whole}').format(part=got, whole=shown(entry.best.most))}")
        reasons: dict[str, list[tuple[str, int]]] = {}
        for what, points, why in lost:
            reasons.setdefault(why, []).append((what, points))
        lines += [f"    {text}" for text in words(entry) if text not in reasons]
        for why, parts in reasons.items():
            what = ", ".join(filter(None, (name for name, __ in parts)))
            lines.append(f"    -{shown(sum(points for __, points in parts))}  {': '.join(filter(None, (what, why)))}")
    return "\n".join(lines)


def statistics(found: Iterable[Row], assignment: Assignment) -> list[dict[str, Any]]:
    """For each part of each item: how often it was asked, lost, and lost for a reason of its own; points lost on average."""
    counted: dict[tuple[int, int, str], list[Part]] = {}
    names, keys = [item.name for item in assignment.items], list(ENGLISH)
    for row in found:
        for entry in row.entries:
            for part in entry.best.parts if entry.best.state is State.JUDGED else ():
                title = Message("title_lines") if part.title.key == "title_line" else part.title
                title = Message("title_law_stated") if title.key == "title_law" else title
                place = (names.index(entry.item), keys.index(title.key), said(title))
                counted.setdefault(place, []).append(part)
    return [
        {
            "item": names[item],
            "check": title,
            "asked": len(parts),
            "lost": sum(p.lost > 0 for p in parts),
            "caught": sum(p.lost > 0 and not _follows(p) for p in parts),
            "mean_lost": round(sum(p.lost for p in parts) / len(parts) / 100, 4),
        }
        for (item, _, title), parts in sorted(counted.items(), key=lambda pair: pair[0])
    ]


def _follows(part: Part) -> bool:
    """Whether its points are lost for what another part shows."""
    return part.told is not None and part.told.key in ("values_first", "capped", "after_slip")


def slips(found: Iterable[Row]) -> list[dict[str, Any]]:
    """The commonest slips of the class, with how many students made each in an item."""
    counts = Counter((e.item, slip) for row in found for e in row.entries for slip in e.best.slips)
    return [{"item": i, "slip": s, "students": n} for (i, s), n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


# JSON and CSV ---------------------------------------------------------------------------------------------------------


def document(found: tuple[Row, ...], assignment: Assignment) -> dict[str, Any]:
    """Everything, for other programs: points as numbers, what students read, and what only a teacher reads."""
    return {
        "title": assignment.title,
        "points": assignment.points / 100,
        "students": [_student(row) for row in found],
        "checks": statistics(found, assignment),
        "slips": slips(found),
    }


def _student(row: Row) -> dict[str, Any]:
    return {"student": row.student, "points": row.points / 100, "late": row.late, "items": [_item(e) for e in row.entries]}


def _item(entry: Entry) -> dict[str, Any]:
    result = entry.best
    return {
        "item": entry.item,
        "kind": result.kind,
        "points": entry.points / 100 if entry.judged else None,
        "of": result.most / 100,
        "state": str(result.state),
        "isolation": result.level,
        "look": result.look,
        "words": words(entry),
        "missed": [{"what": what, "points": lost / 100, "why": why} for what, lost, why in missed(entry)],
        "slips": list(result.slips),
        "for_teachers": list(result.detail),
        "notes": list(result.notes),
        "last": entry.last.points / 100,
        "override": None if entry.override is None else {**asdict(entry.override), "points": entry.override.points / 100},
        "at": entry.at,
    }  # fmt: skip


def tables(found: tuple[Row, ...], assignment: Assignment) -> dict[str, str]:
    """Three files: the points of each student, what was lost at each check, the commonest slips."""
    items = [item.name for item in assignment.items]
    points = [["student", *items, "points", "late"]]
    for row in found:
        entries = [row.get(item) for item in items]
        cells = ["" if e is None or not e.judged else shown(e.points) for e in entries]
        points.append([row.student, *cells, shown(row.points), "yes" if row.late else ""])
    checks = [
        ["item", "check", "asked", "lost", "caught", "mean_lost"],
        *([*map(str, one.values())] for one in statistics(found, assignment)),
    ]
    common = [["item", "slip", "students"], *([*map(str, one.values())] for one in slips(found))]
    return {"points.csv": _csv(points), "checks.csv": _csv(checks), "slips.csv": _csv(common)}


def _csv(lines: list[list[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([list(map(_inert, line)) for line in lines])
    return written.getvalue()


def _inert(text: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


# Gradescope -----------------------------------------------------------------------------------------------------------


def gradescope(row: Row) -> dict[str, Any]:
    """`results.json` of one student."""
    tests = [test for number, entry in enumerate(row.entries, 1) for test in _tests(entry, number)]
    return {
        "score": row.points / 100,
        "execution_time": round(sum(entry.best.seconds for entry in row.entries), 3),
        "output": "\n".join(f"{entry.item}: {text}" for entry in row.entries for text in words(entry)),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "leaderboard": [],
        "extra_data": {"isolation": list(row.levels), "late": row.late},
    }


def _tests(entry: Entry, number: int) -> Iterator[dict[str, Any]]:
    result = entry.best
    parts = [] if entry.override is not None or result.state is not State.JUDGED else list(enumerate(result.parts, 1))
    for place, part in parts:
        told = said(part.told) if part.told else ""
        yield _test(entry, f"{number}.{place}", said(part.title), (part.points, part.most), told, part.look)
    if not parts:
        yield _test(entry, str(number), str(result.state), (entry.points, result.most), " ".join(words(entry)), not entry.judged)


def _test(entry: Entry, number: str, name: str, points: tuple[int, int], output: str, look: bool) -> dict[str, Any]:
    score, most = points
    status = {} if look else {"status": "passed" if score >= most else "failed"}
    return {
        "score": score / 100,
        "max_score": most / 100,
        **status,
        "name": f"{entry.item}: {name}",
        "number": number,
        "output": output,
        "tags": [entry.best.kind],
        "visibility": "visible",
        "extra_data": {"item": entry.item, "state": str(entry.best.state)},
    }


def file_name(student: str) -> str:
    """A name for a file of a student, whatever the student is called."""
    return re.sub(r"[^\w.-]", "_", student).lstrip(".") or "student"


def write_gradescope(found: Iterable[Row], folder: Path) -> int:
    """One file a student."""
    import json

    from mathcore.verify.store import write_text

    written: set[str] = set()
    for row in found:
        name = base = file_name(row.student)
        while name.casefold() in written:
            name = f"{base}_{len(written)}"
        written.add(name.casefold())
        write_text(folder / f"{name}.json", json.dumps(gradescope(row), indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    return len(written)

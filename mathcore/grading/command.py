"""What `mathcore grade` does and says: texts are returned, the command prints them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mathcore.grading.assignment import HUNDRED, Assignment
from mathcore.grading.dry import rehearsed, report
from mathcore.grading.exports import document, losses, rows, slips, statistics, table, tables, write_gradescope
from mathcore.grading.gradebook import Gradebook
from mathcore.grading.isolation import best
from mathcore.grading.points import shown
from mathcore.grading.run import Done, Progress, grade, processors
from mathcore.translation import _, ngettext, sentence

MOST_SLIPS = 5


class Wrong(ValueError):
    """A use that cannot be meant; the message says what to do."""


def dry_run(assignment: Assignment) -> tuple[str, bool]:
    trials = list(rehearsed(assignment))
    return report(trials), all(trial.held for trial in trials)


def set_points(book: Gradebook, assignment: Assignment, wanted: list[str], reason: str) -> str:
    """One override, checked."""
    from difflib import get_close_matches

    student, item, text = wanted
    names = [one.name for one in assignment.items]
    if item not in names:
        near = get_close_matches(item, names, 1, 0.4)
        raise Wrong(
            f"--override: there is no item {item!r}; "
            + (f"did you mean {near[0]!r}?" if near else f"items are {', '.join(names)}")
        )
    try:
        points = round(float(text) * HUNDRED)
    except (ValueError, OverflowError):
        raise Wrong(f"--override: {text!r} must be a number of points") from None
    if not 0 <= points <= HUNDRED * 10**6:
        raise Wrong(f"--override: {text!r} must be 0 or more")
    found = book.find(student)
    if not any(entry.student == found and entry.item == item for entry in book.entries(names)):
        raise Wrong(f"--override: {student} has no result for {item} yet; judge the submissions first")
    book.override(found, item, points, reason)
    set_to = _("set: {student}, {item}: {points} points ({reason})")
    return set_to.format(student=student, item=item, points=shown(points), reason=reason)


def judge_class(
    folder: str,
    assignment: Assignment,
    book: Gradebook,
    jobs: int | None,
    regrade: bool,
    names: bool,
    progress: Callable[[Progress], None],
) -> list[str]:
    """Judges, and says what was done and whose points moved."""
    level = best(assignment.level)
    try:
        done = grade(folder, assignment, book, jobs=jobs or processors(), regrade=regrade, progress=progress)
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise Wrong(f"{folder}: is no folder that can be read ({error.strerror}); name the folder of the submissions") from None
    called = {name: (name if names else student) for student, name in book.names().items()}
    return list(_said(done, str(level), assignment, folder, called))


def _said(done: Done, level: str, assignment: Assignment, folder: str, called: dict[str, str]) -> Iterator[str]:
    if not done.judged and not done.unchanged and not done.outdated:
        raise Wrong(f"{folder}: there is no submission in it; it should hold a folder or a file for each student")
    judged = ngettext("{count} submission judged", "{count} submissions judged", done.judged).format(count=done.judged)
    yield f"{assignment.title}: {judged}, {_('isolation: {level}').format(level=level)}"
    if done.outdated:
        left = _("{count} results are of an older assignment or engine and were left as they are: --regrade judges again")
        yield left.format(count=done.outdated)
    for move in done.moves:
        kept, moved = _("kept at {before}; judged now: {after}"), _("from {before} to {after}")
        points = (kept if move.kept else moved).format(before=shown(move.before), after=shown(move.after))
        why = " " + _("({what} changed)").format(what=_(" and ").join(map(_, move.why))) if move.why else ""
        yield f"{_('moved')}: {called[move.student]}, {move.item}: {points}{why}"
    for student in done.again:
        yield _("the judge ended at {student} and was started again").format(student=called[student])


def outputs(book: Gradebook, assignment: Assignment, options: Any) -> tuple[str, bool]:
    """What is printed, after what is written; and whether everything was judged."""
    found = rows(book, assignment, options.names)
    held = bool(found) and all(row.judged for row in found)
    held = held and not any(e.best.look for row in found for e in row.entries if e.override is None)
    if options.csv:
        from mathcore.verify.store import write_text

        for name, text in tables(found, assignment).items():
            write_text(Path(options.csv) / name, text)
    if options.gradescope:
        write_gradescope(found, Path(options.gradescope))
    if options.json:
        from mathcore.evidence import plain

        return json.dumps(plain({"held": held, **document(found, assignment)}), indent=1, ensure_ascii=False), held
    blocks = ["", table(found, assignment)]
    if options.missed is not None:
        only = book.find(options.missed) if options.missed else ""
        blocks += ["", *(losses(row) for row in found if only in ("", row.entries[0].student))]
    if summary := list(_summary(found, assignment)):
        blocks += ["", *summary]
    return "\n".join(blocks), held


def _summary(found: Any, assignment: Assignment) -> Iterator[str]:
    """Where the class loses most, and by what."""
    lost = sorted((s for s in statistics(found, assignment) if s["caught"]), key=lambda s: (-s["caught"], s["item"], s["check"]))
    if lost:
        yield _("what catches most:")
        share = _("{part} of {whole}")
        yield from (f"  {share.format(part=s['caught'], whole=s['asked'])}  {s['item']}: {s['check']}" for s in lost[:MOST_SLIPS])
    if common := slips(found)[:MOST_SLIPS]:
        yield _("commonest slips:")
        yield from (f"  {s['students']}  {s['item']}: {sentence(s['slip'])}" for s in common)

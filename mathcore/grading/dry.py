"""An assignment before a class sees it: mathcore's own work must get full points, known mistakes must lose some."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mathcore.card import Derivation, Step
from mathcore.conformance.check import prepared
from mathcore.conformance.mistakes import mistaken
from mathcore.formulas import load
from mathcore.grading.assignment import Assignment, DerivationItem, FunctionItem, Item, LawItem
from mathcore.grading.derivations import attempt
from mathcore.grading.feedback import said
from mathcore.grading.functions import judged, prepared_own
from mathcore.grading.laws import judge_stated, own_laws, scored
from mathcore.grading.pages import Chain, Stated
from mathcore.grading.points import shown
from mathcore.grading.results import Result, State

WIDTH, MARGIN = 96, " " * 24


@dataclass(frozen=True)
class Trial:
    """One thing that was handed in by nobody: what is right must get all, what is wrong must lose."""

    item: str
    what: str
    right: bool
    points: int
    most: int
    by: tuple[str, ...] = ()  # what took points
    why: str = ""  # where it is not as it must be

    @property
    def held(self) -> bool:
        return (self.points == self.most) is self.right and not self.why


def rehearsed(assignment: Assignment) -> Iterator[Trial]:
    """Every trial of every item, one after the other."""
    for item in assignment.items:
        match item:
            case FunctionItem():
                yield from _function(item, assignment)
            case DerivationItem():
                yield from _derivation(item)
            case LawItem():
                yield from _law(item)


def _trial(item: Item, what: str, right: bool, result: Result) -> Trial:
    consequences = ("values_first", "capped")  # they catch nothing themselves
    by = tuple(said(p.title) for p in result.parts if p.lost and not (p.told and p.told.key in consequences))
    why = result.detail[0] if result.detail and right and result.points < result.most else ""
    why = why or ("not judged" if result.state is State.UNJUDGED else "")
    return Trial(item.name, what, right, result.points, result.most, by, why)


def _function(item: FunctionItem, assignment: Assignment) -> Iterator[Trial]:
    card = load(item.card)
    yield _trial(item, f"mathcore's own {item.card}", True, judged(item, prepared_own(card), assignment))
    for dotted in card.mistakes:
        wrong = prepared(mistaken(card, dotted), card)  # type: ignore[arg-type]  # a subject is taken as it is
        name, result = wrong.name.replace("_", " "), judged(item, wrong, assignment)
        if result.points == result.most and item.accuracy == "ordinary":
            strict = judged(replace(item, accuracy="card"), wrong, assignment)
            if strict.points < strict.most:
                yield Trial(
                    item.name,
                    f'{name}: as right as ordinary code; accuracy = "card" refuses it',
                    True,
                    result.points,
                    result.most,
                )
                continue
        yield _trial(item, name, False, result)


def _derivation(item: DerivationItem) -> Iterator[Trial]:
    card = load(item.card)
    base = card.context.given(item.given) if item.given else card.context
    tried = [attempt(item, Chain(d, (), card.name), card.context, base) for d in card.derivations if not d.instance]
    shows = [result for result in tried if not any(m.key in ("other_statement", "assumes") for m in result.told)]
    if shows:
        best = max(shows, key=lambda r: r.points)
        yield _trial(item, f"the derivation of {card.name}'s page", True, best)
    else:
        yield Trial(item.name, f"no derivation on {card.name}'s page shows this: try your own", True, item.points, item.points)
    _, relation, right = _sides(item.show)
    if relation:
        leap = Derivation("", item.show, (Step(f"{relation} {right}"),), key="leap", given=item.given)
        yield _trial(item, "the claim in one line", False, attempt(item, Chain(leap, (), card.name), card.context, base))


def _sides(show: str) -> tuple[str, str, str]:
    """A plain relation taken apart at its outermost sign; nothing where it has premises or several."""
    depth, found = 0, list[tuple[int, str]]()
    for place, sign in enumerate(show):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0 and sign in "<>=" and not (found and place < found[-1][0] + len(found[-1][1])):
            found.append((place, next(op for op in ("<=>", "=>", "<=", ">=", "<", ">", "=") if show.startswith(op, place))))
    if len(found) != 1 or found[0][1] in ("<=>", "=>"):
        return show, "", ""
    place, relation = found[0]
    return show[:place].strip(), relation, show[place + len(relation) :].strip()


def _law(item: LawItem) -> Iterator[Trial]:
    card = load(item.card)
    judgements = [judge_stated(card, Stated(law.statement, law.given, 1, card.name)) for law, _ in own_laws(card.name)]
    for (law, caught), judgement in zip(own_laws(card.name), judgements, strict=True):
        result = scored(item, [judgement])
        yield Trial(item.name, f"{law.name}: {judgement.word}, catches {len(caught)}", True, result.points, result.points)
    if judgements:
        yield _trial(item, f"the best law of {card.name}'s page", True, scored(item, judgements))
    yield _trial(item, "0 = 0", False, scored(item, [judge_stated(card, Stated("0 = 0", "", 1, card.name))]))


def report(trials: list[Trial]) -> str:
    """The trials as a table, with what takes points from each mistake."""
    lines, item = list[str](), ""
    for trial in trials:
        if trial.item != item:
            item = trial.item
            lines += ["", item] if lines else [item]
        word = "ok  " if trial.held else "FAIL"
        lines.append(f"  {word}  {shown(trial.points):>5} of {shown(trial.most):<5}  {trial.what}")
        if trial.by and not trial.right:
            lines += textwrap.wrap(f"caught by {', '.join(trial.by)}", WIDTH, initial_indent=MARGIN, subsequent_indent=MARGIN)
        if trial.why:
            lines.append(f"{MARGIN}{trial.why}")
    held = sum(t.held for t in trials)
    return "\n".join([*lines, "", f"{held} of {len(trials)} as they must be"])

"""Which slip explains a line that does not follow: each known one is undone, points sift, and the prover has the last word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from mathcore.evidence import Level, Slip
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers import text_of
from mathcore.language.substitution import substitute
from mathcore.proof.balls import CannotEvaluate, Point
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.truth import FALSE, ONE_SIDED, TRUTHS, UNKNOWN, statement
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.prover.trees import loose_letter
from mathcore.proof.slips import Case, Undone, kinds, shown

Follows = Callable[[Case, float], Level]  # within so many seconds

PRECISE = 512  # bits, of a look that only sifts
POINTS, ENOUGH = 14, 3
SIFTING = 0.6  # the share of the time in which slips are undone and held against points
EXACT = ("strict", "turned", "not_given", "bound_not_given", "wrong_limit")  # what inequalities that hold by a margin suggest


def named(case: Case, follows: Follows, clock: Clock) -> tuple[Slip | None, str]:
    """The slip, in words, and a hypothesis under which the line would follow; nothing where none is found in time."""
    if (inside := _inside_limits(case)) is not None:
        slip, lacks = named(inside, follows, Clock(0.7 * clock.left()))
        if slip is not None:
            return slip, lacks
    found: list[tuple[int, int, str, Undone]] = []
    with suppress(OutOfTime), limited(SIFTING * clock.left()):
        for place, (rank, kind, undone) in enumerate(_suspected(case)):
            found.append((rank, place, kind, undone))
    slip, lacks = None, ""
    for _, _, kind, undone in sorted(found, key=lambda f: f[:2]):
        if slip is not None and (lacks or not undone.given):
            continue
        left = clock.left()
        if not left:
            break
        context = case.context.assuming(*undone.given)
        if follows(Case(context, undone.before, undone.op, undone.after), min(1.0, left)) is not Level.PROVED:
            continue
        if _says_nothing(context, undone, follows, clock):
            continue
        if undone.given and not lacks:
            lacks = " and ".join(map(text_of, undone.given))
        if slip is None:
            slip = Slip(kind, undone.said, "" if undone.meant is None else f"{undone.op} {shown(undone.meant)}")
    return slip, lacks


def _says_nothing(context: Context, undone: Undone, follows: Follows, clock: Clock) -> bool:
    """Whether what follows is always true, `=> y = y`, or never met under what was missing, `<=> x = 10` given x <= 0."""
    if undone.op not in ("<=>", "=>"):
        return False
    match t.bare(undone.after):
        case t.Relation((left, right), (op,)) if clock.left():
            if follows(Case(context, left, op, right), min(0.5, clock.left())) is Level.PROVED:
                return True
    if not undone.given:
        return False
    return not Case(context, undone.before, undone.op, undone.after).points(1, 1, undone.before)


def _inside_limits(case: Case) -> Case | None:
    """The bodies of two limits at one point: there the slip was made."""
    before, after = t.bare(case.before), t.bare(case.after)
    if not (isinstance(before, t.Limit) and isinstance(after, t.Limit) and case.op == "="):
        return None
    if (before.point, before.side, before.variable.type) != (after.point, after.side, after.variable.type):
        return None
    letter = t.Symbol(loose_letter(case.context, before.variable.name), before.variable.type)
    sides = [substitute(node.body, {node.variable: letter}) for node in (before, after)]
    context = replace(case.context, symbols={**case.context.symbols, letter.name: letter})
    if before.point not in (t.INFINITY, t.Neg(t.INFINITY)):
        context = context.assuming(t.Relation((letter, before.point), ("!=",)))
    return Case(context, sides[0], "=", sides[1])


def _suspected(case: Case) -> Iterator[tuple[int, str, Undone]]:
    """What holds at the points, or cannot be evaluated at points."""
    claim = Undone("", case.before, case.op, case.after).relation
    drawn = case.points(POINTS, 1)[::-1]  # the later ones are the less special
    if case.op in ("<=>", "=>"):  # a statement that is false everywhere is equivalent to many
        for side in (case.before, case.after):
            drawn += case.points(POINTS // 2, 1, side)
    inequality = case.op in ("<", "<=", ">", ">=", "=>")
    for kind, module in sorted(kinds().items(), key=lambda item: item[1].RANK):
        rank = module.RANK + (100 if inequality and kind not in EXACT else 0)
        seen: set[tuple[t.Expr, ...]] = set()
        for undone in module.undone(case):
            asked = (undone.relation, *undone.given)
            if asked in seen or (not undone.given and t.same(undone.relation, claim)):
                continue
            seen.add(asked)
            if _holds(case, undone, drawn):
                yield rank, kind, undone


def _holds(case: Case, undone: Undone, drawn: list[Point]) -> bool:
    code = program(case.context.definitions, {})
    confirmed = 0
    try:
        judged = statement(code, undone.relation)
        given = [statement(code, h) for h in undone.given]
        both = statement(code, t.And((undone.before, undone.after))) if undone.op == "<=>" else judged
        for point in drawn:
            names = dict(point.names)
            if any(h.decided(names, highest=PRECISE) not in TRUTHS for h in given):
                continue
            outcome = judged.decided(names, highest=PRECISE)
            if outcome in (FALSE, ONE_SIDED):
                return False
            said = outcome in TRUTHS or outcome == UNKNOWN
            if said and isinstance(undone.relation, t.Iff) and both.decided(names, highest=PRECISE) not in TRUTHS:
                continue
            confirmed += said
    except (CannotEvaluate, KeyError):
        return not undone.given or any(isinstance(n, t.Limit) for n in t.walk(undone.relation))
    except (ArithmeticError, ValueError, LookupError):
        return False
    return bool(undone.given) or confirmed >= min(ENOUGH if undone.op not in ("<=>", "=>") else 1, len(drawn))

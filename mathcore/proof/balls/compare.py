"""A claim against exact points: confirmed, refuted with the point, or undecided. Nothing is simplified on the way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flint import arb, fmpq

from mathcore.evidence import NO_POINT
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.extended import HIGHEST, PRECISION
from mathcore.proof.balls.hypotheses import symbols_of
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.balls.points import Sampler, instances, points
from mathcore.proof.balls.program import Frame, Program, role
from mathcore.proof.balls.truth import (
    CLOSE,
    FALSE,
    ONE_SIDED,
    SKIP,
    TIGHT,
    TOUCHING,
    TRUE,
    TRUTHS,
    UNKNOWN,
    VACUOUS,
    Statement,
    relate,
    statement,
)
from mathcore.proof.balls.values import Names

Instance = Mapping[str, t.Definition] | Collection[t.Definition] | str


@dataclass(frozen=True)
class Comparison:
    """What the points said. `points` confirmed the claim; with 0 points nothing was checked, and that is a failure."""

    points: int
    refuted: Point | None = None
    detail: str = ""
    undecided: int = 0
    tight: int = 0  # of the confirming points, those where an inequality holds with equality
    complete: bool = False  # the claim has no free symbols: one point is all there is
    touching: tuple[Point, ...] = ()  # some of the undecided points: there the sides of a strict relation agree to 1e-50
    skipped: int = 0  # undefined on both sides, at the edge of a derivative's domain, or under a false premise

    @property
    def held(self) -> bool:
        return self.refuted is None and self.points > 0 and self.undecided == 0


def functions_of(context: Context, instance: Instance) -> dict[str, t.Definition]:
    if isinstance(instance, str):
        return instances(context, instance)
    if isinstance(instance, Mapping):
        return dict(instance)
    return {d.head: d for d in instance}


def compare(
    context: Context, relation: t.Expr, *, count: int = 24, seed: int = 0, instance: Instance = (), subject: t.Expr | None = None
) -> Comparison:
    """Evaluate `relation` under the hypotheses of `context` at `count` or more exact points.

    `subject` is the claim of which `relation` is a step: indices free in a hypothesis and in the subject are fixed.

    A premise is treated as a further hypothesis when points are drawn; both sides of an "exactly if" are drawn true in
    turn. Stops at the first refuting point.
    """
    functions = functions_of(context, instance)
    claim, premises = _opened(relation, frozenset().union(*(symbols_of(h, context.definitions) for h in context.hypotheses)))
    try:
        code = program(context.definitions, functions)
        judged = statement(code, claim)
        total = Comparison(0)
        for given, share in _readings(claim, premises):
            symbols = set(symbols_of(claim, context.definitions))
            for p in (*premises, *((subject,) if subject is not None else ())):
                symbols |= symbols_of(p, context.definitions)
            total = replace(total, complete=not symbols and not context.hypotheses)
            drawn = draws(code, context.assuming(*given), frozenset(symbols), share(count), seed, functions)
            total = _judge(total, judged, claim, drawn)
            if total.refuted is not None:
                return total
    except CannotEvaluate as error:
        return Comparison(0, detail=f"cannot be evaluated: {error}")
    if total.points == 0:
        reason = f"{total.skipped} points were undefined or vacuous" if total.skipped else NO_POINT
        return replace(total, detail=f"nothing was checked: {reason}" if not total.undecided else total.detail)
    return total


def _opened(node: t.Expr, taken: frozenset[t.Symbol]) -> tuple[t.Expr, tuple[t.Expr, ...]]:
    """The statement without outer `forall` (its indices become free ones) and its premises.

    A bound index that hypotheses use freely stays bound: there it means "for every".
    """
    premises: list[t.Expr] = []
    while True:
        if isinstance(node, t.Paren) or (
            isinstance(node, t.Big) and node.op == "forall" and not taken & set(t.bound_symbols(node))
        ):
            node = node.body
        elif isinstance(node, t.Implies):
            premises.append(node.premise)
            node = node.conclusion
        else:
            return node, tuple(premises)


def _readings(claim: t.Expr, premises: tuple[t.Expr, ...]) -> Iterator[tuple[tuple[t.Expr, ...], Callable[[int], int]]]:
    yield premises, lambda count: count
    if isinstance(claim, t.Iff):
        yield (*premises, claim.left), lambda count: count // 2
        yield (*premises, claim.right), lambda count: count // 2


class Draws:
    """The points of one context, drawn as they are asked for, and at each what was computed there.

    The steps of a derivation are asked at the same points, and what one step ends with the next begins with.
    """

    def __init__(self, code: Program, sampler: Sampler, count: int) -> None:
        self.code, self.sampler = code, sampler
        self.drawn: list[tuple[Frame, Names]] = []
        self.more = sampler.samples(count)

    def __iter__(self) -> Iterator[tuple[Frame, Names]]:
        yield from (drawn := self.drawn)
        while True:
            try:
                names = next(self.more, None)
            except BaseException:
                _draws.clear()  # what breaks off here would pass for all the points there are
                raise
            if names is None:
                return
            drawn.append((Frame(names, 0, False), names))
            yield drawn[-1]


TOUCHED = 4  # points that are kept to be looked at
KEPT = 8  # contexts: a card's derivations come one after the other
_draws: dict[Any, Draws] = {}


def draws(
    code: Program, context: Context, symbols: frozenset[t.Symbol], count: int, seed: int, functions: dict[str, t.Definition]
) -> Draws:
    """The points for these hypotheses and symbols; the last few are kept, each with the very code that ran at them."""
    key = (context.hypotheses, symbols, count, seed, tuple(functions.items()))
    found = _draws.pop(key, None)
    if found is None or found.code is not code:
        found = Draws(code, Sampler(context, symbols, seed, functions), count)
    _draws[key] = found
    while len(_draws) > KEPT:
        del _draws[next(iter(_draws))]
    return found


def _judge(total: Comparison, judged: Statement, claim: t.Expr, drawn: Draws) -> Comparison:
    confirmed, undecided, tight, skipped, detail = total.points, total.undecided, total.tight, total.skipped, total.detail
    touching = total.touching
    for frame, names in drawn:
        outcome = judged.decided(names, frame=frame)
        if outcome in (FALSE, ONE_SIDED):
            point = drawn.sampler.finished(names)
            return replace(
                total,
                points=confirmed,
                refuted=point,
                detail=explain(claim, point, drawn.code),
                undecided=undecided,
                tight=tight,
                skipped=skipped,
            )
        if outcome in (SKIP, VACUOUS):
            skipped += 1
        elif outcome in (TOUCHING, UNKNOWN):
            undecided += 1
            if outcome == TOUCHING and len(touching) < TOUCHED:
                touching = (*touching, drawn.sampler.finished(names))
            detail = f"undecided at {drawn.sampler.finished(names)}: " + (
                "the sides agree to 1e-50" if outcome == TOUCHING else f"balls of {HIGHEST} bits do not tell"
            )
        else:
            confirmed += 1
            tight += outcome == TIGHT or (outcome == CLOSE and not (isinstance(claim, t.Relation) and set(claim.ops) == {"="}))
    return replace(total, points=confirmed, detail=detail, undecided=undecided, tight=tight, skipped=skipped, touching=touching)


def explain(claim: t.Expr, point: Point, code: Program) -> str:
    """Why the claim fails at the point, in words."""
    claim = claim.body if isinstance(claim, t.Paren) else claim
    if not isinstance(claim, t.Relation):
        return f"false at {point}"
    judged = statement(code, claim)
    with x.working(PRECISION):
        values = judged.sides(Frame(point.names, 0, False))
    for left, op, right in zip(values, claim.ops, values[1:], strict=False):
        if isinstance(left, list) or isinstance(right, list):
            continue
        a, b = x.plain(left), x.plain(right)
        if x.undefined(a) != x.undefined(b):
            side, other = ("left", b) if x.undefined(a) else ("right", a)
            return f"{side} side is undefined at {point}; the other is {show(other)}"
        if relate(op, a, b) not in TRUTHS:
            return f"{show(a)} {op} {show(b)} is false at {point}"
    return f"false at {point}"


def show(value: Any) -> str:
    value = x.plain(value)
    if isinstance(value, arb):
        return value.str(15, radius=False)
    text = str(value)
    return text if len(text) <= 40 else arb(value).str(15, radius=False)


# limits -----------------------------------------------------------------------------------------------------

STAGES = (3, 6, 12, 24, 48, 192, 768, 3072)  # x = point +- 2^-k, or 2^k towards infinity
COUNTS = (10, 100, 1000, 10_000, 100_000)  # natural numbers
LATE = 1  # of each sequence: only where the others do not settle
NEAR = fmpq(1, 1000)


def approach(
    context: Context,
    limit_node: t.Limit,
    value: t.Expr,
    *,
    count: int = 6,
    seed: int = 0,
    instance: Instance = (),
    subject: t.Expr | None = None,
) -> Comparison:
    """The second check of a limit: the body along sequences towards the point comes near the value and stays near.

    `points` counts the places of the sequences. Evidence, not proof; `refuted` says that the body settles elsewhere, and where.
    """
    functions = functions_of(context, instance)
    code = program(context.definitions, functions)
    variable = limit_node.variable
    symbols = symbols_of(limit_node, context.definitions) | symbols_of(value, context.definitions)
    if subject is not None:
        symbols |= symbols_of(subject, context.definitions)
    symbols -= {variable}
    inner = replace(
        context, hypotheses=tuple(h for h in context.hypotheses if variable not in symbols_of(h, context.definitions))
    )
    about = [statement(code, h) for h in context.hypotheses if h not in inner.hypotheses]
    total = Comparison(0)
    try:
        body, claimed = code.code(limit_node.body, {}), code.code(value, {})
        place = code.code(limit_node.point, {})
        sampler = points(inner, symbols, count, seed, functions)
        for taken, point in enumerate(sampler):
            if taken >= max(count, 3):
                break
            for side in _sides(limit_node, variable, place.run(Frame(point.names, 0, False), {})):
                verdict, detail = _settles(point, variable, side[:-LATE], body.run, claimed.run, about)
                used = len(side) - LATE
                if verdict == UNKNOWN:
                    used = len(side)
                    verdict, detail = _settles(point, variable, side, body.run, claimed.run, about)
                if verdict == FALSE:
                    return replace(total, refuted=point, detail=f"{detail} at {point}")
                if verdict == TRUE:
                    total = replace(total, points=total.points + used)
                elif verdict == SKIP:
                    total = replace(total, skipped=total.skipped + 1)
                else:
                    total = replace(total, undecided=total.undecided + 1, detail=f"{detail} at {point}")
    except CannotEvaluate as error:
        return Comparison(0, detail=f"cannot be evaluated: {error}")
    if total.points == 0 and not total.undecided:
        return replace(total, detail=f"nothing was checked: {NO_POINT}")
    return total


def _sides(node: t.Limit, variable: t.Symbol, place: Any) -> list[list[Any]]:
    """The sequences along which the variable runs."""
    if place.__class__ is x.Special:
        if variable.type.domain in ("natural", "size"):
            return [[int(c) for c in COUNTS]]
        return [[fmpq(place.sign * 2**k) for k in STAGES]]
    lower, _, upper, _ = t.DOMAINS[variable.type.domain]
    signs = {"+": (1,), "-": (-1,)}.get(node.side, (1, -1))
    found = []
    for side in signs:
        if (side < 0 and lower is not None and place == lower) or (side > 0 and upper is not None and place == upper):
            continue
        found.append([place + fmpq(side, 2**k) for k in STAGES])
    return found


def _breaks(about: list[Statement], point: Point, variable: t.Symbol, at: Any) -> bool:
    """A hypothesis about the variable fails here: early in a sequence that only says that it is not near yet."""
    return any(s.decided({**point.names, role(variable): at}) == FALSE for s in about)


def _settles(
    point: Point, variable: t.Symbol, sequence: list[Any], body: Any, claimed: Any, about: list[Statement]
) -> tuple[str, str]:
    target = _sharp(claimed, point.names)
    if x.undefined(target):
        late = _sharp(body, {**point.names, role(variable): sequence[-1]})
        if target is not x.EDGE and x.known(late) and not x.undefined(late) and not _breaks(about, point, variable, sequence[-1]):
            return (
                FALSE,
                f"the value is undefined; the body is {show(late)} at {variable.name} = {show(x.rational(sequence[-1]))}",
            )
        return SKIP, "the value is undefined"
    values: list[Any] = []
    start = next((i for i, at in enumerate(sequence) if not _breaks(about, point, variable, at)), len(sequence))
    for at in sequence[start:]:
        names = {**point.names, role(variable): at}
        if _breaks(about, point, variable, at):
            return UNKNOWN, f"a hypothesis fails at {variable.name} = {show(x.rational(at))}"
        value = _sharp(body, names)
        if not x.known(value):
            break
        values.append(value)
    if len(values) < 3:
        return UNKNOWN, "the body could be evaluated at fewer than 3 points of the sequence"
    last, before = values[-1], values[-2]
    if any(v.__class__ is x.Special and not v.sign for v in (last, before)):
        return FALSE, "the body is undefined near the point"
    with x.working(PRECISION):
        if target.__class__ is x.Special:
            return _grows(values, target.sign)
        if any(v.__class__ is x.Special for v in (last, before)):
            return FALSE, f"the body is {show(last)} near the point, not {show(target)}"
        errors = [abs(x.ball(v) - x.ball(target)) for v in values if v.__class__ is not x.Special]
        scale = arb(1).max(abs(x.ball(target)))
        if errors[-1] < NEAR * scale and not errors[-1] > errors[-2]:
            return (TRUE, "")
        moved = abs(x.ball(last) - x.ball(before))
        if errors[-1] > NEAR * scale and moved * 8 < errors[-1]:
            return FALSE, f"the body settles at {show(last)}, not at {show(target)}"
        if errors[-1] > errors[-2] and errors[-2] > errors[-3] and errors[-1] > scale:
            return FALSE, f"the body moves away from {show(target)}: {show(before)}, {show(last)}"
        return UNKNOWN, f"not settled: {show(before)}, {show(last)} against {show(target)}"


def _grows(values: list[Any], sign: int) -> tuple[str, str]:
    last, before, first = values[-1], values[-2], values[-3]
    if any(v.__class__ is x.Special for v in (first, before, last)):
        return (
            (TRUE, "")
            if last.__class__ is x.Special and last.sign == sign
            else (FALSE, f"the body is {show(last)} near the point")
        )
    a, b, c = (x.ball(v) * sign for v in (first, before, last))
    if c > b and b > a and (c > 10**6 or (c - b) * 2 > b - a):
        return TRUE, ""
    if (c <= b and c < 10**6) or (abs(c - b) * 1000 < 1 + abs(c)):
        return FALSE, f"the body settles at {show(last)}: it does not grow"
    return UNKNOWN, f"not settled: {show(before)}, {show(last)}"


def _sharp(run: Any, names: dict[str, Any]) -> Any:
    """The value with a radius far below the distances that matter, or the best that was had."""
    precision = 128
    while True:
        with x.working(precision):
            value = x.plain(run(Frame(names, 0, False), {}))
            if value.__class__ is not arb or (value.is_finite() and value.rad() < arb(1).max(abs(value)) * fmpq(1, 10**12)):
                return value
        if precision >= HIGHEST:
            return value
        precision *= 2

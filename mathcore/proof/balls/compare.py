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
from mathcore.proof.balls.point import CannotEvaluate, Point, Value
from mathcore.proof.balls.points import Sampler, instances
from mathcore.proof.balls.program import Frame, Program
from mathcore.proof.balls.truth import (
    CLOSE,
    FALSE,
    ONE_SIDED,
    SKIP,
    TIGHT,
    TOUCHING,
    TRUTHS,
    UNKNOWN,
    VACUOUS,
    Statement,
    relate,
    statement,
)
from mathcore.proof.balls.values import Names

UNDEFINED = "side is undefined at"
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
    computed: bool = False  # a limit was computed at a point, and is the one claimed
    warning: str = ""  # what speaks against a claim that was confirmed, and decides nothing
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
    key = (context.hypotheses, context.fixed, context.somewhere, symbols, count, seed, tuple(functions.items()))
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
        if outcome in (FALSE, ONE_SIDED) and not drawn.sampler.certain(names):
            undecided += 1
            detail = f"false at {drawn.sampler.finished(names)}, where a hypothesis is not certain to hold"
        elif outcome in (FALSE, ONE_SIDED):
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
        elif outcome in (SKIP, VACUOUS):
            skipped += 1
        elif outcome in (TOUCHING, UNKNOWN):
            undecided += 1
            if outcome == TOUCHING and len(touching) < TOUCHED and drawn.sampler.certain(names):
                touching = (*touching, drawn.sampler.finished(names))
            detail = f"undecided at {drawn.sampler.finished(names)}: " + (
                "the sides agree to 1e-50" if outcome == TOUCHING else f"balls of {HIGHEST} bits do not tell"
            )
        else:
            confirmed += 1
            tight += outcome == TIGHT or (outcome == CLOSE and not (isinstance(claim, t.Relation) and set(claim.ops) == {"="}))
    return replace(total, points=confirmed, detail=detail, undecided=undecided, tight=tight, skipped=skipped, touching=touching)


def explain(claim: t.Expr, point: Point, code: Program, where: object = None) -> str:
    """Why the claim fails at the point, in words; `where` is how the point is told, if not in all its letters."""
    where = point if where is None else where
    claim = claim.body if isinstance(claim, t.Paren) else claim
    judged = statement(code, claim)
    if not isinstance(claim, t.Relation):
        return f"one {UNDEFINED} {where}" if judged.decided(point.names) == ONE_SIDED else f"false at {where}"
    with x.working(PRECISION):
        values = judged.sides(Frame(point.names, 0, False))
    for left, op, right in zip(values, claim.ops, values[1:], strict=False):
        if isinstance(left, list) or isinstance(right, list):
            continue
        a, b = x.plain(left), x.plain(right)
        if x.undefined(a) != x.undefined(b):
            side, other = ("left", b) if x.undefined(a) else ("right", a)
            return f"{side} {UNDEFINED} {where}; the other is {show(other)}"
        if relate(op, a, b) not in TRUTHS:
            return f"{_apart(a, op, b)} is false at {where}"
    return f"false at {where}"


def _apart(a: Value, op: str, b: Value) -> str:
    """The relation with both sides in few digits, in as many as they need to look different where they are."""
    digits = next((d for d in (*DIGITS, *MORE) if decimal(a, d) != decimal(b, d)), DIGITS[-1])
    said = f"{show(a, digits)} {op} {show(b, digits)}"
    if decimal(a, digits) != decimal(b, digits) or relate("=", a, b) in TRUTHS:
        return said
    with x.working(PRECISION):
        gap = abs(x.sub(a, b))
    return f"{said}, whose sides are {decimal(gap, DIGITS[0])} apart,"


DIGITS = (4, 6, 9, 15)
MORE = (20, 30, 45, 60)  # where the sides are nearer to each other
SHORT = 12  # characters of a fraction that is written as it is
NOTHING = fmpq(1, 10**30)  # a ball around 0 as small as this is written 0


def show(value: Any, digits: int = DIGITS[-1]) -> str:
    value = x.plain(value)
    return str(value) if value.__class__ is fmpq and len(str(value)) <= SHORT else decimal(value, digits)


def decimal(value: Any, digits: int) -> str:
    if value.__class__ is x.Special:
        return str(value)
    if value.__class__ is arb and value.contains(0) and value.rad() < NOTHING:
        return "0"
    with x.working(PRECISION):
        text = str(arb(value).str(digits, radius=False))
    number, exponent, power = text.partition("e")
    return (number.rstrip("0").rstrip(".") if "." in number else number) + exponent + power

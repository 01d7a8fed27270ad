"""The body of a limit at places on the way to its point. What is seen there is told; it decides nothing.

At n = 10^5 the body of lim(n -> inf: n / (n + 10^5)) is 1/2, and it seems to settle at 1/11 before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from flint import arb, fmpq

from mathcore.evidence import NO_POINT
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.compare import Instance, functions_of, show
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.extended import HIGHEST, PRECISION
from mathcore.proof.balls.hypotheses import symbols_of
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.balls.points import Sampler
from mathcore.proof.balls.program import Frame, Local, role
from mathcore.proof.balls.truth import FALSE, Statement, statement

STAGES = (3, 6, 12, 24, 48, 192, 768, 3072)  # x = point +- 2^-k, or 2^k towards infinity
COUNTS = (10, 100, 1000, 10_000, 100_000)  # natural numbers
LATE = 1  # of each sequence: only where the body has not come near before
NEAR = fmpq(1, 1000)


@dataclass(frozen=True)
class Look:
    """One sequence of places, the letters being numbers: does the body come near the value, or stay away, or neither?"""

    point: Point
    places: int  # at which the body has a value
    near: bool | None
    seen: str = ""  # what the body is like, where it does not come near
    certain: bool = True  # every hypothesis holds at the point beyond doubt


@dataclass(frozen=True)
class Approach:
    """What was seen on the way; `detail` where nothing was."""

    looks: tuple[Look, ...] = ()
    detail: str = ""

    @property
    def places(self) -> int:
        """Where the body was seen to come near the value."""
        return sum(look.places for look in self.looks if look.near)


def approach(
    context: Context,
    limit_node: t.Limit,
    value: t.Expr,
    *,
    count: int = 6,
    seed: int = 0,
    instance: Instance = (),
    subject: t.Expr | None = None,
) -> Approach:
    """The body along sequences towards the point, at some exact values of the other letters."""
    functions = functions_of(context, instance)
    code = program(context.definitions, functions)
    variable = limit_node.variable
    symbols = symbols_of(limit_node, context.definitions) | symbols_of(value, context.definitions)
    if subject is not None:
        symbols |= symbols_of(subject, context.definitions)
    symbols -= {variable}
    inner = replace(context, hypotheses=tuple(h for h in context.hypotheses if h not in about(context, variable)))
    on_the_way = [statement(code, h) for h in about(context, variable)]
    looks: list[Look] = []
    try:
        body, claimed = code.code(limit_node.body, {}), code.code(value, {})
        place = code.code(limit_node.point, {})
        sampler = Sampler(inner, symbols, seed, functions)
        for names in islice(sampler.samples(count), max(count, 3)):
            point, certain = sampler.finished(names), sampler.certain(names)
            for sequence in _sequences(limit_node, place.run(Frame(point.names, 0, False), {})):
                look = _look(point, variable, sequence[:-LATE], body.run, claimed.run, on_the_way)
                if not look.near:
                    look = _look(point, variable, sequence, body.run, claimed.run, on_the_way)
                looks.append(replace(look, certain=certain))
    except CannotEvaluate as error:
        return Approach(detail=f"cannot be evaluated: {error}")
    return Approach(tuple(looks), "" if looks else f"nothing was checked: {NO_POINT}")


def about(context: Context, variable: t.Symbol) -> list[t.Expr]:
    """The hypotheses that speak of the variable: they have to hold on the way."""
    return [h for h in context.hypotheses if variable in symbols_of(h, context.definitions)]


def sides(node: t.Limit, place: Any) -> tuple[int, ...]:
    """From where the variable comes to a finite place: its domain may lie on one side only."""
    lower, _, upper, _ = t.DOMAINS[node.variable.type.domain]
    meant = {"+": (1,), "-": (-1,)}.get(node.side, (1, -1))
    return tuple(
        side
        for side in meant
        if not ((side < 0 and lower is not None and place == lower) or (side > 0 and upper is not None and place == upper))
    )


def _sequences(node: t.Limit, place: Any) -> list[list[Any]]:
    """Places on the way in the domain of the variable; none where that does not come near the point."""
    lower, _, upper, _ = t.DOMAINS[node.variable.type.domain]
    whole = node.variable.type.domain in ("natural", "size")
    if place.__class__ is x.Special:
        if (upper if place.sign > 0 else lower) is not None:
            return []
        if whole:
            return [[int(c) for c in COUNTS]]
        return [[fmpq(place.sign * 2**k) for k in STAGES]]
    if whole:
        return []
    return [[place + fmpq(side, 2**k) for k in STAGES] for side in sides(node, place)]


Run = Callable[[Frame, Local], Any]


def _look(point: Point, variable: t.Symbol, sequence: list[Any], body: Run, claimed: Run, on_the_way: list[Statement]) -> Look:
    target = _sharp(claimed, point.names)
    if x.undefined(target):
        return Look(point, 0, None, "the value is undefined")
    values: list[Any] = []
    places: list[Any] = []
    for at in sequence:
        names = {**point.names, role(variable): at}
        if any(s.decided(names) == FALSE for s in on_the_way):
            if values:
                return Look(point, len(values), None, f"a hypothesis fails at {variable.name} = {show(x.rational(at))}")
            continue  # early in a sequence that says that it is not near yet
        value = _sharp(body, names)
        if not x.known(value) or _vague(value):
            break
        values.append(value)
        places.append(at)
    if len(values) < 3:
        return Look(point, len(values), None, "the body could be evaluated at fewer than 3 places")
    last = show(values[-1]) if not x.undefined(values[-1]) else "undefined"
    seen = f"at {variable.name} = {show(x.rational(places[-1]))} the body is {last}"
    return Look(point, len(values), _comes_near(values, target), seen)


def _comes_near(values: list[Any], target: Any) -> bool | None:
    last, before = values[-1], values[-2]
    if any(x.undefined(v) for v in (last, before)):
        return False
    with x.working(PRECISION):
        if target.__class__ is x.Special:
            return _grows(values, target.sign)
        if any(v.__class__ is x.Special for v in (last, before)):
            return False
        errors = [abs(x.ball(v) - x.ball(target)) for v in values if v.__class__ is not x.Special]
        scale = arb(1).max(abs(x.ball(target)))
        if errors[-1] < NEAR * scale and not errors[-1] > errors[-2]:
            return True
        moved = abs(x.ball(last) - x.ball(before))
        settled = errors[-1] > NEAR * scale and moved * 8 < errors[-1]
        leaves = errors[-1] > errors[-2] and errors[-2] > errors[-3] and errors[-1] > scale
        return False if settled or leaves else None


def _grows(values: list[Any], sign: int) -> bool | None:
    last, before, first = values[-1], values[-2], values[-3]
    if any(v.__class__ is x.Special for v in (first, before, last)):
        return last.__class__ is x.Special and last.sign == sign
    a, b, c = (x.ball(v) * sign for v in (first, before, last))
    if c > b and b > a and (c > 10**6 or (c - b) * 2 > b - a):
        return True
    return False if (c <= b and c < 10**6) or (abs(c - b) * 1000 < 1 + abs(c)) else None


def _vague(value: Any) -> bool:
    """A ball that says next to nothing, whatever the precision: a difference of two numbers of 10^1000 digits."""
    return value.__class__ is arb and bool(value.rad() * 1000 > arb(1).max(abs(value).upper()))


def _sharp(run: Run, names: Mapping[str, Any]) -> Any:
    """The value with a radius far below the distances that matter, or the best that was had."""
    precision = 128
    while True:
        with x.working(precision):
            value = x.plain(run(Frame(dict(names), 0, False), {}))
            if value.__class__ is not arb or (value.is_finite() and value.rad() < arb(1).max(abs(value)) * fmpq(1, 10**12)):
                return value
        if precision >= HIGHEST:
            return value
        precision *= 2

"""Is a relation true at a point? Outcomes, compiled from propositions, with more than two values.

`true` and `false` are certain. `close`: two balls that agree to the tolerance (an equality confirmed, or a tie of <=);
`tight`: an exact tie of <=; `touching`: a strict relation whose sides agree to the tolerance; `vacuous`: the premise
fails; `skip`: undefined on both sides; `one-sided`: undefined on one side only; `unknown`: more precision is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from mathcore.language import tree as t
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.extended import HIGHEST, PRECISION, Special
from mathcore.proof.balls.point import CannotEvaluate, Value
from mathcore.proof.balls.program import Frame, Local, Program, Scope

TRUE, CLOSE, TIGHT, TOUCHING = "true", "close", "tight", "touching"
FALSE, ONE_SIDED, VACUOUS, SKIP, UNKNOWN = "false", "one-sided", "vacuous", "skip", "unknown"
TRUTHS = frozenset((TRUE, CLOSE, TIGHT))
DECIDED = frozenset((TRUE, CLOSE, TIGHT, TOUCHING, FALSE, ONE_SIDED, VACUOUS, SKIP))
TOLERANCE = fmpq(1, 10**50)
# how outcomes of parts combine: the leftmost of this list wins
WORST = (FALSE, ONE_SIDED, UNKNOWN, TOUCHING, SKIP, CLOSE, TIGHT, TRUE, VACUOUS)

Outcome = Callable[[Frame, Local], str]


def worst(outcomes: list[str]) -> str:
    return min(outcomes, key=WORST.index) if outcomes else TRUE


def relate(op: str, a: Value, b: Value) -> str:
    """The outcome of `a op b`; vectors are equal entry by entry."""
    if isinstance(a, list) or isinstance(b, list):
        return _of_lists(op, a, b)
    if op in (">", ">="):
        return relate("<" if op == ">" else "<=", b, a)
    a, b = x.plain(a), x.plain(b)
    c, d = a.__class__, b.__class__
    if c is fmpq and d is fmpq:
        if op == "=":
            return TRUE if a == b else FALSE
        if op == "!=":
            return TRUE if a != b else FALSE
        return TRUE if a < b else TIGHT if a == b and op == "<=" else FALSE
    if c is Special or d is Special:
        return _extended(op, a, b)
    difference = a - b
    return _of_difference(op, difference, a) if difference.is_finite() else UNKNOWN


def _of_lists(op: str, a: Value, b: Value) -> str:
    if not (isinstance(a, list) and isinstance(b, list)) or len(a) != len(b):
        return FALSE if op != "!=" else TRUE
    parts = [relate(op, u, v) for u, v in zip(a, b, strict=True)]
    return TRUE if op == "!=" and TRUE in parts else worst(parts)


def _of_difference(op: str, difference: arb, a: Any) -> str:
    small = difference.is_zero() or _small(difference, a)
    if op == "=":
        return FALSE if difference > 0 or difference < 0 else CLOSE if small else UNKNOWN
    if op == "!=":
        return TRUE if difference > 0 or difference < 0 else FALSE if difference.is_zero() else TOUCHING if small else UNKNOWN
    if difference < 0:
        return TRUE
    if difference > 0 or (op == "<" and difference >= 0):
        return FALSE
    return UNKNOWN if not small else CLOSE if op == "<=" else TOUCHING


def _small(difference: arb, a: Any) -> bool:
    size = abs(a).lower() if a.__class__ is arb else arb(abs(a))
    return bool(difference.rad() < TOLERANCE) or bool(difference.rad() < size * TOLERANCE)


def _extended(op: str, a: Any, b: Any) -> str:
    if x.EDGE in (a, b):
        return SKIP
    if x.undefined(a) or x.undefined(b):
        if x.undefined(a) and x.undefined(b):
            return SKIP
        return ONE_SIDED if x.known(a) and x.known(b) else UNKNOWN
    place = x.order(a, b)
    if place is None:
        return UNKNOWN
    held = {"=": place == 0, "!=": place != 0, "<": place < 0, "<=": place <= 0}[op]
    return FALSE if not held else TIGHT if op == "<=" and place == 0 else TRUE


@dataclass(frozen=True)
class Statement:
    """A compiled proposition."""

    run: Outcome
    args: tuple[Callable[[Frame, Local], Value], ...] = ()  # of a top-level relation

    def outcome(self, frame: Frame) -> str:
        """At the precision that is set."""
        return self.run(frame, {})

    def sides(self, frame: Frame) -> tuple[Value, ...]:
        return tuple(a(frame, {}) for a in self.args)

    def decided(
        self, names: dict[str, Value], bound: dict[str, Value] | None = None, frame: Frame | None = None, highest: int = HIGHEST
    ) -> str:
        """With doubled precision until the outcome is known; `unknown` if it never is.

        `frame` holds these names and what was computed from them at PRECISION.
        """
        precision = PRECISION
        while True:
            with x.working(precision):
                outcome = self.outcome(frame or Frame({**names, **(bound or {})}, 0, False))
            if outcome in DECIDED or precision >= highest:
                return outcome
            precision, frame = precision * 2, None


def statement(program: Program, node: t.Expr) -> Statement:
    """Compile a relation, a conjunction, an implication, an equivalence or a forall."""
    node = t.bare(node)
    args = tuple(program.code(a, {}).run for a in node.args) if isinstance(node, t.Relation) else ()
    return Statement(_compile(program, node, {}), args)


def _compile(program: Program, node: t.Expr, scope: Scope) -> Outcome:
    node = t.bare(node)
    if isinstance(node, t.Relation):
        return _relation(program, node, scope)
    if isinstance(node, t.And):
        parts = [_compile(program, p, scope) for p in node.parts]
        return lambda frame, local: worst([p(frame, local) for p in parts])
    if isinstance(node, t.Implies):
        premise, conclusion = _compile(program, node.premise, scope), _compile(program, node.conclusion, scope)
        return lambda frame, local: _implies(premise(frame, local), lambda: conclusion(frame, local))
    if isinstance(node, t.Iff):
        one, two = _compile(program, node.left, scope), _compile(program, node.right, scope)
        return lambda frame, local: _iff(one(frame, local), two(frame, local))
    if isinstance(node, t.Big) and node.op == "forall":
        return _forall(program, node, scope)
    raise CannotEvaluate(f"a {type(node).__name__.lower()} is not a statement")


def _relation(program: Program, node: t.Relation, scope: Scope) -> Outcome:
    runs = [program.code(a, scope).run for a in node.args]
    ops = node.ops
    if len(ops) == 1:
        op, left, right = ops[0], runs[0], runs[1]
        return lambda frame, local: relate(op, left(frame, local), right(frame, local))

    def chain(frame: Frame, local: Local) -> str:
        values = [run(frame, local) for run in runs]
        return worst([relate(op, values[i], values[i + 1]) for i, op in enumerate(ops)])

    return chain


def _forall(program: Program, node: t.Big, scope: Scope) -> Outcome:
    ends, inner, _ = program.binders(node, scope)
    body = _compile(program, node.body, inner)

    def every(frame: Frame, local: Local, depth: int = 0) -> str:
        if depth == len(ends):
            return body(frame, local)
        slot, low, high = ends[depth]
        found, old = [], local.get(slot)
        for k in range(low(frame, local), high(frame, local) + 1):
            local[slot] = k
            found.append(every(frame, local, depth + 1))
            if found[-1] == FALSE:
                break
        if old is not None:
            local[slot] = old
        return worst(found)

    return every


def _implies(premise: str, conclusion: Callable[[], str]) -> str:
    if premise in (FALSE, SKIP, ONE_SIDED):
        return VACUOUS
    after = conclusion()
    if premise in (TRUE, TIGHT, VACUOUS) or after in TRUTHS:
        return after
    return UNKNOWN if premise == UNKNOWN else TOUCHING  # the premise is not certain, so the conclusion refutes nothing


def _iff(one: str, two: str) -> str:
    one, two = (TRUE if part == VACUOUS else part for part in (one, two))  # an implication of which the premise is false holds
    if SKIP in (one, two) or ONE_SIDED in (one, two):
        return SKIP if one == two or {one, two} == {SKIP, ONE_SIDED} else ONE_SIDED
    if UNKNOWN in (one, two):
        return UNKNOWN
    if TOUCHING in (one, two):
        return TOUCHING
    if one in TRUTHS and two in TRUTHS:
        return CLOSE if CLOSE in (one, two) else TRUE
    if one == two == FALSE:
        return TRUE
    return TOUCHING if CLOSE in (one, two) else FALSE

"""A limit at one exact point: letters become numbers, the kernel computes what is left, and sympy has to say the same.

Only so is a limit refuted: another one was computed, twice, from one side or along the even or the odd numbers at least,
or the body is a quotient by 0 there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.approach import about, sides
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.numbers import sign_of_number
from mathcore.proof.kernel.polynomial import KernelError, Poly
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.expansion import holds_near, near, on_the_way
from mathcore.proof.rules.limits import PATIENCE, by_sympy
from mathcore.proof.scope import NotShown, text_of
from mathcore.proof.ties import concrete
from mathcore.proof.transfer import Outside

Value = Poly | str  # a finite limit, or "inf" / "-inf"
NO_BODY = "the body is undefined near the point"

OUTSIDE = (Outside, CannotEvaluate, LookupError, ArithmeticError, RecursionError, ValueError, KernelError, NotShown)


class Word(Enum):
    AGREES, DIFFERS, OPEN = range(3)


@dataclass(frozen=True)
class Judged:
    word: Word
    found: str = ""  # the limit; nothing where there is none
    told: str = ""  # what is false of the value claimed, in words: "the limit is 1, not 0"


@dataclass(frozen=True)
class Numbered:
    """The limit with numbers for letters, the value claimed (None: it has none) and the hypotheses about the variable."""

    limit: t.Limit
    value: Value | None
    hypotheses: tuple[t.Expr, ...]


def judged(context: Context, node: t.Limit, value: t.Expr, point: Point) -> Judged:
    """Whether the value is the limit there, by the kernel and by sympy; OPEN where one of them does not know.

    Where there is neither, as in lim(x -> a: 1 / x) = 1 / a at a = 0, nothing is said; where one is they differ.
    """
    try:
        one = numbered(context, node, value, point)
        ways = {way: _part(one, way) for way in _ways(one.limit)}
    except OUTSIDE:
        return Judged(Word.OPEN)
    found = list(ways.values())
    if one.value is None and not _is_one_limit(found):
        return Judged(Word.OPEN)
    differing = next((j for j in found if j.word is Word.DIFFERS), None)
    if differing is not None:
        return replace(differing, told=_told(ways, text_of(value)))
    return found[0] if found and all(j.word is Word.AGREES for j in found) else Judged(Word.OPEN)


def _is_one_limit(found: Sequence[Judged]) -> bool:
    """Whether all ways were computed and lead to one limit, inf and -inf among them."""
    return len({j.found for j in found}) == 1 and found[0].found != ""


def _told(ways: Mapping[Approach, Judged], claimed: str) -> str:
    """What was found where some way does not lead to the value claimed; a limit is named only if all ways lead to it."""
    known = [(way, j) for way, j in ways.items() if j.word is not Word.OPEN]
    if any(not j.found for _, j in known):
        return NO_BODY
    if len({j.found for j in ways.values()}) == 1:
        return f"the limit is {known[0][1].found}, not {claimed}"
    where = ", ".join(f"{way.name} it is {j.found}" for way, j in known)
    return f"{where}: there is no limit" if len({j.found for _, j in known}) > 1 else f"{where}, not {claimed}"


def is_number(context: Context, node: t.Limit) -> bool:
    """Whether a limit without letters is one number, from all sides, by the kernel and by sympy."""
    return limit_of(context, node) not in ("", "inf", "-inf")


def limit_of(context: Context, node: t.Limit, seconds: float = PATIENCE) -> str:
    """A limit without letters, from all sides, by the kernel and by sympy; nothing where they do not know or differ.

    `seconds` is the processor time that sympy is given.
    """
    try:
        one = replace(numbered(context, node, t.number(0), Point()), value=None)
        found = {_part(one, way, seconds).found for way in _ways(one.limit)}
    except OUTSIDE:
        return ""
    return found.pop() if len(found) == 1 else ""


def numbered(context: Context, node: t.Limit, value: t.Expr, point: Point) -> Numbered:
    kept = frozenset({node.variable})
    infinite = node.point in (t.INFINITY, t.Neg(t.INFINITY))
    place = node.point if infinite else concrete(context, node.point, point, {})
    limit = t.Limit(node.variable, place, node.side, concrete(context, node.body, point, {}, kept))
    hypotheses = tuple(concrete_relation(context, h, point, kept) for h in about(context, node.variable))
    claimed = x.plain(evaluate(value, point, context.definitions))
    if x.undefined(claimed):
        if claimed is x.EDGE:
            raise Outside("the value is one of a derivative at an edge")
        return Numbered(limit, None, hypotheses)
    if claimed.__class__ is x.Special:
        return Numbered(limit, str(claimed), hypotheses)
    return Numbered(limit, _reader().read(concrete(context, value, point, {})), hypotheses)


def concrete_relation(context: Context, hypothesis: t.Expr, point: Point, kept: frozenset[t.Symbol]) -> t.Relation:
    core = t.bare(hypothesis)
    if not isinstance(core, t.Relation):
        raise Outside("a hypothesis about the variable that is no relation")
    return t.Relation(tuple(concrete(context, a, point, {}, kept) for a in core.args), core.ops)


def _reader() -> Normal:
    return Normal(Facts(), {})


@dataclass(frozen=True)
class Approach:
    """One way to the point of a limit."""

    limit: t.Limit
    side: str
    name: str = ""


def _ways(node: t.Limit) -> Iterator[Approach]:
    """Ways to the point that make up all of them: from both sides, over the even and the odd numbers."""
    if node.point not in (t.INFINITY, t.Neg(t.INFINITY)):
        place = x.plain(evaluate(node.point, Point(), {}))
        for side in sides(node, place):
            mark, name = ("+", "from the right") if side > 0 else ("-", "from the left")
            yield Approach(t.Limit(node.variable, node.point, mark, node.body), mark, name)
    elif node.variable.type.domain in ("natural", "size") and _alternates(node):
        for start in (0, 1):
            double: t.Expr = t.Mul(t.number(2), node.variable)
            place = t.Paren(t.Add(double, t.number(1)) if start else double)
            along = t.Limit(node.variable, node.point, "", substitute(node.body, {node.variable: place}))
            yield Approach(along, "+", f"along the {'odd' if start else 'even'} numbers")
    else:
        yield Approach(node, "+")


def _alternates(node: t.Limit) -> bool:
    """Whether a power of something that is not seen to be positive has the variable in its exponent."""
    for part in t.walk(node.body):
        if isinstance(part, t.Pow) and node.variable in t.free_symbols(part.exponent) and not t.free_symbols(part.base):
            try:
                if (sign_of_number(_reader().read(part.base)) or 0) <= 0:
                    return True
            except KernelError:
                return True
    return False


def _part(one: Numbered, way: Approach, seconds: float = PATIENCE) -> Judged:
    """What the kernel finds on one way, held against the value claimed and against sympy."""
    normal, part, side = _reader(), way.limit, way.side
    if not all(isinstance(h, t.Relation) and _kept(part, h, side) for h in one.hypotheses):
        return Judged(Word.OPEN)
    if one.value is not None and _divides_by_zero(part, side):
        return Judged(Word.DIFFERS)
    found = near(normal, part, part.body, side)
    if normal.conditions:
        return Judged(Word.OPEN)
    word = Word.DIFFERS if one.value is None else _compared(found, one.value)
    if word is Word.OPEN or not _confirmed(part, found, seconds):
        return Judged(Word.OPEN)
    return Judged(word, found if isinstance(found, str) else show(found))


def _divides_by_zero(part: t.Limit, side: str) -> bool:
    """Whether the body is a quotient by what is 0 all along the way."""
    quotient = t.bare(part.body)
    if not isinstance(quotient, t.Div):
        return False
    _, place = on_the_way(part, side)
    try:
        return not _reader().read(substitute(quotient.right, {part.variable: place}))
    except KernelError:
        return False


def _kept(part: t.Limit, hypothesis: t.Relation, side: str) -> bool:
    relations = zip(hypothesis.args, hypothesis.ops, hypothesis.args[1:], strict=False)
    return all(holds_near(_reader(), part, t.Relation((a, b), (op,)), side) for a, op, b in relations)


def _compared(found: Value, claimed: Value) -> Word:
    if isinstance(found, str) or isinstance(claimed, str):
        return Word.AGREES if found == claimed else Word.DIFFERS
    if _reader().is_zero(found - claimed):
        return Word.AGREES
    return Word.DIFFERS if sign_of_number(found - claimed) else Word.OPEN


def _confirmed(part: t.Limit, found: Value, seconds: float) -> bool:
    """Whether sympy finds the same; a difference that no ball of 2048 bits sees is none."""
    told = by_sympy(part, {}, seconds)
    if told is None:
        return False
    text = text_of(t.bare(told))
    if isinstance(found, str) or text in ("inf", "-inf"):
        return text == found
    try:
        return not sign_of_number(_reader().read(told) - found)
    except KernelError:
        return False

"""Hypotheses about every natural number: no list of points tells whether they hold of all of them.

They do where sequences can go on: `w[t + 1] = w[t] / 2` says what comes next, `w[t] <= c` leaves room for it. And where all
sequences in a hypothesis stay as they are from some place on, and no other part of it depends on t, what holds there holds for
ever. Of `x <= 1 / t` nothing is known beyond the last t that was tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mathcore.language import tree as t
from mathcore.language.substitution import unfold
from mathcore.proof.balls.hypotheses import Constraint, symbols_of

STEADY = 5  # the place from which a sequence has to stay as it is
FURTHEST = 3  # how far apart the places of one hypothesis are, at most
TOTAL = ("exp", "abs", "max", "min", "step", "delta")


@dataclass(frozen=True)
class Following:
    """The hypothesis at `place` says what `sequence` is at t + ahead, or bounds it; `letter` is t, `side` where that stands."""

    place: int
    sequence: t.Symbol
    letter: t.Symbol
    ahead: int
    side: int


@dataclass(frozen=True)
class Endless:
    """What is needed so that hypotheses hold of every natural number: sequences that go on, in this order, and steady ones."""

    following: tuple[Following, ...] = ()
    steady: tuple[t.Symbol, ...] = ()
    settled: bool = True  # False: some are only known to hold as far as they were tried


def endless(constraints: Sequence[Constraint], definitions: Mapping[str, t.Definition]) -> Endless:
    about = {k: unfold(c.node, definitions) for k, c in enumerate(constraints) if any(map(_natural, c.universal))}
    if not about:
        return Endless()
    inside = {k: {s for s in t.free_symbols(node) if t.NATURALS in s.type.shape} for k, node in about.items()}
    found = (next(_followings(k, constraints[k], node, definitions), None) for k, node in about.items())
    left, order = [f for f in found if f is not None], list[Following]()
    while True:
        places = {f.place for f in left}
        taken = {s for k in about if k not in places for s in inside[k]}
        alone = [f for f in left if f.sequence not in taken and [g.sequence for g in left].count(f.sequence) == 1]
        order = []
        while ready := next((f for f in alone if f not in order and _knows(f, about[f.place], alone, order)), None):
            order.append(ready)
        if len(order) == len(left):
            break
        left = order
    told = {f.place for f in order}
    others = [k for k in about if k not in told]
    steady = {s for k in others for s in inside[k]}
    return Endless(tuple(order), tuple(steady), all(_stays(constraints[k], about[k]) for k in others))


def _natural(symbol: t.Symbol) -> bool:
    return symbol.type.domain == "natural"


def _followings(place: int, constraint: Constraint, node: t.Expr, definitions: Mapping[str, t.Definition]) -> Iterator[Following]:
    """The sides of a hypothesis that it tells, or bounds, by the other side."""
    letters = [s for s in constraint.universal if _natural(s)]
    premises = {s for p in constraint.premises for s in symbols_of(p, definitions)}
    if len(letters) != 1 or not isinstance(node, t.Relation) or len(node.ops) != 1 or node.ops == ("!=",):
        return
    if not premises <= set(letters):
        return
    for side in (0, 1):
        entry, other = t.bare(node.args[side]), node.args[1 - side]
        if not isinstance(entry, t.Index) or not isinstance(base := t.bare(entry.base), t.Symbol):
            continue
        first, *rest = map(t.bare, entry.indices)
        ahead = _ahead(first, letters[0])
        if base.type.domain != "real" or base.type.shape[0] != t.NATURALS or ahead is None:
            continue
        if len(set(rest)) < len(rest) or not set(rest) <= set(constraint.universal) - {letters[0]}:
            continue
        one = Following(place, base, letters[0], ahead, side)
        if _total(other) and _knows(one, node, (one,), ()):
            yield one


def _knows(one: Following, node: t.Expr, alone: Collection[Following], order: Collection[Following]) -> bool:
    """Whether all that it speaks of comes before what it says."""
    assert isinstance(node, t.Relation)
    other = node.args[1 - one.side]
    later = {f.sequence for f in alone}
    known = {f.sequence for f in order}
    entries = [n for n in t.walk(other) if isinstance(n, t.Index) and t.bare(n.base) in later]
    if len(entries) != sum(1 for n in t.walk(other) if n in later):
        return False  # a sequence as a whole
    places = [(t.bare(n.base), _ahead(t.bare(n.indices[0]), one.letter)) for n in entries]
    return all(ahead is not None and ahead < one.ahead + (base in known) for base, ahead in places)


def _stays(constraint: Constraint, node: t.Expr) -> bool:
    """Whether what it says of steady sequences is the same at every place far enough."""
    letters = {s for s in constraint.universal if _natural(s)}
    if any(letters & t.free_symbols(p) for p in constraint.premises):
        return False
    entries = [n for n in t.walk(node) if isinstance(n, t.Index) and letters & t.free_symbols(t.List(n.indices))]
    shifts = [next((a for s in letters if (a := _ahead(t.bare(n.indices[0]), s)) is not None), None) for n in entries]
    spoken = sum(1 for n in t.walk(node) if n in letters)
    return len(entries) == spoken and all(a is not None and abs(a) <= FURTHEST for a in shifts)


def _ahead(place: t.Expr, letter: t.Symbol) -> int | None:
    """1 of t + 1, -1 of t - 1, 0 of t."""
    if place == letter:
        return 0
    if isinstance(place, (t.Add, t.Sub)) and t.bare(place.left) == letter and isinstance(by := t.bare(place.right), t.Number):
        return int(by.value) if isinstance(place, t.Add) else -int(by.value)
    return None


def _total(node: t.Expr) -> bool:
    """Whether it has a value whatever the sequences in it are."""

    def moving(part: t.Expr) -> bool:
        return any(t.NATURALS in s.type.shape for s in t.free_symbols(part))

    for n in t.walk(node):
        if isinstance(n, t.Div) and moving(n.right):
            return False
        if isinstance(n, t.Pow) and moving(n) and not (isinstance(by := t.bare(n.exponent), t.Number) and by.value >= 0):
            return False
        if isinstance(n, (t.Call, t.Apply, t.Derivative, t.Limit)) and moving(n):
            if not (isinstance(n, t.Call) and n.name in TOTAL):
                return False
    return True

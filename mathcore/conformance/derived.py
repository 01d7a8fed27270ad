"""The derived float form of a law: outputs widened by the declared accuracy and no more, then judged by balls.

Every application of the card's head in a law becomes what the function returned there, widened to all y with
|y - out| <= k ulp(y) (or within the declared bound). The law fails only where its ball enclosure excludes it. Comparisons
between two outputs of one call, or of an output with a whole number, must hold on the floats themselves (<=, >=, ties).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from flint import arb, fmpq

from mathcore.card import Card, Law
from mathcore.conformance.accuracy import Case, bar_of, seen
from mathcore.conformance.exact import Truth, entries, nested, point_of, truth
from mathcore.conformance.subject import Broken, Standard, Subject, show
from mathcore.conformance.ulp import FIRST, around, format_of, rational, special, widened
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import unfold
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import program
from mathcore.strategies.declared import Draw, with_sizes

HIGH = 2048  # bits: where the exponentials of huge inputs are known


class Skipped(Exception):
    """An argument inside the law is no float: the case says nothing."""


class Violated(Exception):
    """The widened outputs exclude the law."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation.text)
        self.violation = violation


@dataclass(frozen=True)
class Occurrence:
    """One application of the head: the symbol that stands for its outputs, its arguments, the indices they vary with."""

    symbol: t.Symbol
    arguments: tuple[t.Expr, ...]
    over: tuple[t.Symbol, ...]


@dataclass(frozen=True)
class Prepared:
    """A law in derived float form."""

    law: Law
    context: Context
    statement: t.Expr  # over the symbols of the occurrences
    occurrences: tuple[Occurrence, ...]
    drawn: tuple[t.Symbol, ...]
    grid: bool  # arguments are computed: draw where sums are exact
    names: frozenset[str]

    def exact_floats(self, left: t.Expr, op: str, right: t.Expr) -> bool:
        """Is this comparison an exact float law: weak, between outputs of one call or an output and a whole number?"""
        sides = [self._output(left), self._output(right)]
        if op not in ("<=", ">=", "=") or not any(sides):
            return False
        if all(sides):
            return sides[0] == sides[1] and left != right
        other = right if sides[0] else left
        return op != "=" and isinstance(other, t.Number) and other.value.denominator == 1

    def _output(self, node: t.Expr) -> str:
        while isinstance(node, (t.Paren, t.Index)):
            node = node.body if isinstance(node, t.Paren) else node.base
        return node.name if isinstance(node, t.Symbol) and node.name in self.names else ""


@dataclass(frozen=True)
class Violation:
    """The input, what came out of each call, and how it is wrong."""

    text: str
    values: Draw = field(repr=False)
    calls: tuple[Draw, ...] = field(default=(), repr=False)  # what the function was given
    floats: bool = False  # an exact float law, beyond what the bar promises
    broken: bool = False  # the call failed, or gave nan
    silent: bool = False  # the call gave no numbers, so that nothing is known of the law


@lru_cache(maxsize=256)
def prepare(card: Card, law: Law) -> Prepared:
    """The law with its applications found; raises ValueError where it cannot be run on floats."""
    context = card.context.given(law.given)
    notations = frozenset(d.head for d in context.definitions.values() if not d.parameters)
    node = unfold(context.parse(law.statement), context.definitions, only=notations)
    head, found = card.definition.head, {}  # type: ignore[var-annotated]  # names to values
    if any(isinstance(n, (t.Derivative, t.Limit)) for n in t.walk(node)):
        raise ValueError("derivatives and limits say nothing about single floats: state it as a derivation")

    def replaced(tree: t.Expr, bound: tuple[t.Symbol, ...]) -> t.Expr:
        if isinstance(tree, t.Apply) and tree.head == head:
            if any(isinstance(n, t.Apply) and n.head == head for a in tree.args for n in t.walk(a)):
                raise ValueError(f"{head} inside {head}: a law applies it once to exact floats")
            free = frozenset().union(*(t.free_symbols(a) for a in tree.args))
            if letters := sorted(s.name for s in free & set(bound) if s.type.domain != "index"):
                raise ValueError(f"{head} of {', '.join(letters)}, which is bound there: a law applies it to what is given")
            over = tuple(sorted({s for s in free if s.type.domain == "index"}, key=lambda s: s.name))
            key = (tree.args, over)
            if key not in found:
                shape = (*(t.size_of(s) for s in over), *tree.shape)
                found[key] = Occurrence(t.Symbol(f"output~{len(found) + 1}", t.Type("real", shape)), tree.args, over)
            symbol = found[key].symbol
            return t.Index(symbol, over) if over else symbol
        tree = t.map_children(tree, lambda child: replaced(child, (*bound, *t.bound_symbols(tree))))
        if isinstance(tree, t.Index) and isinstance(tree.base, t.Index):  # output[b][i] is one access
            return t.Index(tree.base.base, (*tree.base.indices, *tree.indices))
        return tree

    statement = replaced(node, ())
    occurrences = tuple(found.values())
    if not occurrences:
        raise ValueError(f"the law does not speak of {head}")
    free = {s for s in t.free_symbols(node) if s.type.domain != "index"}
    for h in context.hypotheses:
        spoken = {s for s in t.free_symbols(h) if s.type.domain != "index"}
        free |= spoken if spoken & free else set()
    plain = all(isinstance(a, t.Symbol) for o in occurrences for a in o.arguments)
    return Prepared(
        law,
        context,
        statement,
        occurrences,
        with_sizes(sorted(free, key=lambda s: s.name)),
        not plain,
        frozenset(o.symbol.name for o in occurrences),
    )


def calls(
    law: Prepared, tested: Subject, values: Draw, dtype: str, nearest: bool = False
) -> Iterator[tuple[Occurrence, tuple[int, ...], Draw]]:
    """Every call that the law makes for these values, with exact floats as arguments (or, if asked, the nearest)."""
    point = point_of(values)
    compiled = program(law.context.definitions, {})
    with x.working(FIRST):
        frame = compiled.frame(point)
        for occurrence in law.occurrences:
            ranges = [range(1, _length(t.size_of(s), values) + 1) for s in occurrence.over]
            scope = {s: compiled.slot(s) for s in occurrence.over}
            for places in itertools.product(*ranges):
                local = {scope[s]: p for s, p in zip(occurrence.over, places, strict=True)}
                arguments: Draw = {}
                for parameter, argument in zip(tested.parameters, occurrence.arguments, strict=True):
                    value = compiled.code(argument, scope).run(frame, dict(local))
                    arguments[parameter] = _floats(value, parameter, dtype, nearest)
                    axis = value
                    for size in parameter.type.shape:
                        if isinstance(size, t.Symbol):
                            arguments[size] = len(axis)
                        axis = axis[0]
                for size in tested.free_sizes:
                    arguments[size] = values[size]
                yield occurrence, places, arguments


def _length(size: t.Expr, values: Draw) -> int:
    return int(size.value) if isinstance(size, t.Number) else int(values[size])  # type: ignore[index]  # a symbol otherwise


def _floats(value: Any, parameter: t.Symbol, dtype: str, nearest: bool) -> Any:
    """Numbers as floats of the format: exactly, or Skipped; or the nearest ones."""
    if parameter.type.domain in ("index", "natural", "size"):
        return int(x.plain(value).p)
    if isinstance(value, list):
        return np.array([_floats(v, parameter, dtype, nearest) for v in value], dtype=dtype)
    value = x.plain(value)
    if special(value) in ("inf", "-inf"):
        return np.dtype(dtype).type(f"{special(value)}")
    if nearest and isinstance(value, arb) and value.is_finite():
        return np.dtype(dtype).type(float(value))
    if not isinstance(value, fmpq):
        raise Skipped
    try:
        with np.errstate(all="ignore"):
            rounded = np.dtype(dtype).type(int(value.p) / int(value.q))
    except OverflowError:
        raise Skipped from None
    if not np.isfinite(rounded) or (rational(float(rounded)) != value and not nearest) or (rounded == 0 and value != 0):
        raise Skipped
    return rounded


def run(law: Prepared, tested: Subject, values: Draw, dtype: str) -> tuple[Truth, Violation | None]:
    """The law on one input: what was evaluated, and the violation if the outputs exclude it."""
    outputs: dict[str, dict[tuple[int, ...], np.ndarray]] = {o.symbol.name: {} for o in law.occurrences}
    given: list[Draw] = []
    shown: list[tuple[dict[str, int], str]] = []  # at which indices a call was made, and what it gave
    wide: dict[str, dict[tuple[int, ...], Any]] = {o.symbol.name: {} for o in law.occurrences}
    for occurrence, places, arguments in calls(law, tested, values, dtype):
        given.append(arguments)
        try:
            raw = tested.call(arguments)
        except Broken as error:
            if silent(tested, arguments, dtype):
                raise Skipped from None
            text = f"{tested.shown(arguments)} {error}"
            return Truth(excluded=True), Violation(text, values, tuple(given), broken=True, silent=True)
        with np.errstate(all="ignore"):
            out = raw.astype(dtype, copy=False)
        at = {s.name: place for s, place in zip(occurrence.over, places, strict=True)}
        shown.append((at, f"{tested.shown(arguments)} gives {show(out)}"))
        undue = [
            j for j in np.flatnonzero(np.isnan(out)) if special(tested.reference.outputs(arguments)[j].at(FIRST)) != "undefined"
        ]
        infinite = all(special(tested.reference.outputs(arguments)[j].at(FIRST)) in ("inf", "-inf") for j in undue)
        if undue and (silent(tested, arguments, dtype) or (infinite and tested.held_to is Standard.ORDINARY)):
            raise Skipped
        if undue:
            return Truth(excluded=True), Violation(shown[-1][1], values, tuple(given), broken=True)
        if by_convention(tested, arguments, dtype, raw):
            raise Skipped
        if tested.held_to is Standard.ORDINARY and np.isinf(out).any() and silent(tested, arguments, dtype):
            raise Skipped  # a subnormal number that fast arithmetic takes for 0
        outputs[occurrence.symbol.name][places] = out
        wide[occurrence.symbol.name][places] = widened_outputs(tested, out, arguments, dtype)
    for exactly in (False, True) if tested.held_to is Standard.CARD else (False,):  # of others no bits are asked
        numbers = {name: _nested(found, exactly) for name, found in (outputs if exactly else wide).items()}
        point = point_of(values, numbers)
        only = law.exact_floats if exactly else None
        found = truth(law.statement, law.context, point, FIRST, only)
        if found.unknown and not found.excluded and not exactly:
            found = truth(law.statement, law.context, point, HIGH, only)
        if not exactly:
            result = found
        if found.excluded:
            where = ", ".join(f"{k} = {v}" for k, v in sorted(found.where.items()))
            spoken = ", ".join(
                f"{s.name} = {show(v)}" for s, v in values.items() if s.type.domain != "size" and s not in tested.parameters
            )
            met = (text for at, text in shown if all(found.where.get(name, place) == place for name, place in at.items()))
            context = "; ".join(
                [*dict.fromkeys(met), *([f"where {where}"] if where else []), *([f"with {spoken}"] if spoken else [])]
            )
            return found, Violation(context, values, tuple(given), exactly)
    return result, None


def by_convention(tested: Subject, arguments: Draw, dtype: str, output: np.ndarray) -> str:
    """The accepted convention by which this output is right that is not right as it stands; empty if there is none."""
    if tested.held_to is Standard.CARD or not tested.card.accuracy.accepted:
        return ""
    return seen(tested, Case("law", arguments, dtype, tested.reference), output, bar_of(tested.card, dtype) or 0.0).convention


def silent(tested: Subject, arguments: Draw, dtype: str) -> bool:
    """Whether nothing is asked of others here: an infinite input that is no mask, or beyond what their bar speaks of."""
    if tested.held_to is Standard.CARD:
        return False
    numbers = [np.asarray(v, dtype=float) for s, v in arguments.items() if s.type.domain not in ("size", "index", "natural")]
    if any(((v != 0) & (np.abs(v) < np.finfo(dtype).tiny)).any() for v in numbers):
        return True  # fast arithmetic takes it for 0
    if any(np.isposinf(v).any() or (np.isneginf(v).any() and not tested.card.accuracy.masks) for v in numbers):
        return True
    return not tested.reference.inside(arguments, tested.reference.outputs(arguments), dtype)


def _nested(found: dict[tuple[int, ...], Any], exactly: bool) -> Any:
    """{(1,): a, (2,): b} as nested tuples, entries as exact numbers."""
    if list(found) == [()]:
        value = found[()]
        return entries(value) if exactly else value
    firsts = sorted({k[0] for k in found})
    return tuple(_nested({k[1:]: v for k, v in found.items() if k[0] == first}, exactly) for first in firsts)


def widened_outputs(tested: Subject, out: np.ndarray, arguments: Draw, dtype: str) -> Any:
    """The outputs as balls, in their shape: every y that the accuracy to which the function is held allows for them."""
    card, form, side = tested.card, format_of(dtype), tested.reference
    ordinary = tested.held_to is Standard.ORDINARY
    flattened = out.reshape(-1)
    bound, room = (side.ordinary, form.tiny) if ordinary else (side.bound, form.least)
    bars = side.bars_around(bound, arguments, [x.rational(float(v)) for v in flattened], dtype) if bound is not None else []
    exact = side.outputs(arguments) if ordinary or not np.isfinite(flattened).all() else []
    if ordinary and (bound is None or not side.inside(arguments, exact, dtype)):
        return nested([x.UNKNOWN] * len(flattened), out.shape)
    balls: list[Any] = []
    for place, value in enumerate(flattened):
        if np.isnan(value):
            balls.append(x.UNDEFINED)
        elif np.isinf(value):  # rounded up to infinity, if y is near or beyond the largest float: then y is not known
            y = exact[place].at(FIRST)
            y = exact[place].at(HIGH) if special(y) is None else y
            rounded = special(y) is None and abs(arb(y)) > arb(rational(form.largest)) * 0.99
            balls.append(x.UNKNOWN if rounded else x.INF if value > 0 else x.NEG_INF)
        else:
            balls.append(_bounded(value, bars[place], room) if bars else widened(value, bar_of(card, dtype) or 0.0, dtype))
    return nested(balls, out.shape)


def _bounded(value: Any, bar: Any, room: Fraction) -> Any:
    """All y with |y - out| <= bound(y): the bound is at most 1 % larger at such y than at out (it is u times a sum)."""
    if special(bar) is not None or not x.known(bar):
        return x.UNKNOWN
    with x.working(FIRST):
        upper = arb(bar).abs_upper() * arb("1.01") + arb(rational(room))
        mantissa, exponent = upper.abs_upper().man_exp()
    return around(Fraction(float(value)), Fraction(int(mantissa)) * Fraction(2) ** int(exponent))

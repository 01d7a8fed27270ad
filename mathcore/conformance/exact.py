"""Exact values for drawn inputs: the card's definition (or `on_bits`) on the very bits, as balls of any precision."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from mathcore.card import Card, letters_of_bound
from mathcore.conformance.ulp import FIRST, Exact, format_of, rational, special
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate, program
from mathcore.proof.balls.point import Point
from mathcore.proof.balls.program import Frame, Program
from mathcore.strategies.declared import Draw, length


def exact_entry(value: Any) -> Any:
    """The bits of a float as a number of the balls; -inf is a mask, and 0 times a mask is 0."""
    number = float(value)
    return x.NEG_INF_LOG if number == -np.inf else x.rational(number)


def entries(value: Any) -> Any:
    value = value.tolist() if isinstance(value, np.ndarray) else value
    return tuple(map(entries, value)) if isinstance(value, list) else exact_entry(value)


def point_of(values: Draw, more: Mapping[str, Any] | None = None) -> Point:
    """A drawn input as a point of the balls."""
    sizes, indices, naturals, numbers = {}, {}, {}, dict(more or {})
    for symbol, value in values.items():
        if symbol.type.domain == "size":
            sizes[symbol.name] = int(value)
        elif symbol.type.domain == "index" and not symbol.type.shape:
            indices[symbol.name] = int(value)
        elif symbol.type.domain == "natural" and not symbol.type.shape:
            naturals[symbol.name] = int(value)
        else:
            numbers[symbol.name] = entries(value)
    return Point(sizes=sizes, values=numbers, indices=indices, naturals=naturals)


def flat(value: Any) -> list[Any]:
    return [w for v in value for w in flat(v)] if isinstance(value, (list, tuple)) else [value]


@dataclass(frozen=True)
class Reference:
    """What a card's function should compute, and the bars of its error: trees over its inputs."""

    card: Card
    context: Context
    node: t.Expr
    bound: t.Expr | None = None  # the card's own bar, where it is no ULP
    ordinary: t.Expr | None = None  # what textbook-correct code reaches
    within: t.Expr | None = None  # where `ordinary` speaks

    def outputs(self, values: Draw) -> list[Exact]:
        """One exact value per output, in C order; they share their evaluations."""
        point = point_of(values)
        definitions = self.context.definitions
        first = flat(evaluate(self.node, point, definitions, FIRST))
        return _shared(len(first), lambda bits: flat(evaluate(self.node, point, definitions, bits)), {FIRST: first})

    def bars(self, bound: t.Expr, values: Draw, outputs: list[Exact], dtype: str) -> list[Exact]:
        """The absolute bar of each output, with u of the format."""
        return _shared(len(outputs), lambda bits: self.bars_around(bound, values, [e.at(bits) for e in outputs], dtype, bits))

    def bars_around(self, bound: t.Expr, values: Draw, y: list[Any], dtype: str, bits: int = FIRST) -> list[Any]:
        """The bars for these values of y, in C order. Where a mask makes a bar infinite, it is taken without the mask."""

        def bars(drawn: Draw) -> list[Any]:
            return flat(evaluate(bound, self._point(drawn, y, dtype), self.context.definitions, bits))

        found = bars(values)
        if any(special(b) is not None for b in found):
            shown = {s: np.where(np.isneginf(v), 0, v) if isinstance(v, np.ndarray) else v for s, v in values.items()}
            found = [b if special(b) is None else c for b, c in zip(found, bars(shown), strict=True)]
        return found

    def _point(self, values: Draw, y: list[Any], dtype: str) -> Point:
        form, shape = format_of(dtype), tuple(length(s, values) for s in self.card.definition.shape)
        sizes = {ROUNDOFF: form.roundoff, LARGEST: form.largest, TINY: form.tiny}
        return point_of(values, {**{name: rational(size) for name, size in sizes.items()}, VALUE: nested(y, shape)})

    def inside(self, values: Draw, outputs: list[Exact], dtype: str) -> bool:
        """Whether `ordinary` certainly speaks of this input."""
        if self.within is None:
            return True
        found = truth(self.within, self.context, self._point(values, [e.at(FIRST) for e in outputs], dtype))
        return found.proved and not found.unknown and not found.excluded


def _shared(count: int, evaluated: Callable[[int], list[Any]], memory: dict[int, list[Any]] | None = None) -> list[Exact]:
    """Values of one evaluation, which is made once for each precision; `memory` holds those that are made."""
    memory = {} if memory is None else memory

    def at(bits: int, place: int) -> Any:
        if bits not in memory:
            memory[bits] = evaluated(bits)
        return memory[bits][place]

    return [Exact(lambda bits, place=j: at(bits, place)) for j in range(count)]  # type: ignore[misc]  # a default argument binds j


# the unit roundoff, the ends of the normal numbers and the exact values, under names that no card can declare
ROUNDOFF, LARGEST, TINY, VALUE = "u~", "largest~", "tiny~", "y~"


def nested(values: Iterable[Any], shape: tuple[int, ...]) -> Any:
    """A flat list in C order as nested tuples."""
    iterator = iter(values)

    def build(rest: tuple[int, ...]) -> Any:
        return tuple(build(rest[1:]) for _ in range(rest[0])) if rest else next(iterator)

    return build(shape)


@lru_cache(maxsize=64)
def _reference(card: Card) -> Reference:
    definition, context = card.definition, card.context
    body = definition.body
    if card.on_bits:
        left, separator, right = card.on_bits.partition("=")
        text = right if separator and left.strip().startswith(f"{definition.head}(") else card.on_bits
        body = context.parse(text)
    whole = t.Big("vector", tuple(t.Binder(i) for i in definition.indices), body) if definition.indices else body
    accuracy = card.accuracy
    within = _over_inputs(card, accuracy.within) if accuracy.within else None
    return Reference(card, context, whole, _bar(card, accuracy.bound), _bar(card, accuracy.ordinary), within)


def _bar(card: Card, text: str) -> t.Expr | None:
    """A bar of every output as one tree over the format and the exact values."""
    if not text:
        return None
    body, indices = _over_inputs(card, text), card.definition.indices
    return t.Big("vector", tuple(t.Binder(i) for i in indices), body) if indices else body


def _over_inputs(card: Card, text: str) -> t.Expr:
    """What the accuracy fence says in its own letters and those of the inputs, definitions written out."""
    definition, letters = card.definition, letters_of_bound(card, card.context)
    positive = (letters.roundoff, letters.largest, letters.tiny)
    context = card.context.given(f"{', '.join(positive)}: positive; {letters.output}: real")
    every = t.Symbol(VALUE, t.Type("real", definition.shape))
    one = t.Index(every, definition.indices) if definition.indices else every
    meant: dict[t.Symbol, t.Expr] = {
        context.symbols[letter]: t.Symbol(name, t.Type("positive"))
        for letter, name in zip(positive, (ROUNDOFF, LARGEST, TINY), strict=True)
    }
    own = {*meant.values(), every}
    body = context.unfold(substitute(context.parse(text), {**meant, context.symbols[letters.output]: one}))
    inputs = {s for p in definition.parameters for s in (p, *t.free_symbols(p))} | own
    if strange := t.free_symbols(body) - inputs - set(definition.indices):
        names = ", ".join(sorted(s.name for s in strange))
        raise ValueError(f"{card.name}: accuracy: the bound speaks of {names}, which the function is not given: use its inputs")
    return body


def reference(card: Card) -> Reference:
    """The exact side of a card."""
    return _reference(card)


# truth ------------------------------------------------------------------------------------------------------


@dataclass
class Truth:
    """The outcome of a statement at one point, over all values of its free indices."""

    excluded: bool = False
    decided: int = 0  # relations that were evaluated on both sides
    unknown: int = 0  # relations of which a side has no value at this precision
    proved: bool = True  # every relation certainly holds
    where: dict[str, int] = field(default_factory=dict)  # the free indices where it fails

    def note(self, verdict: bool | None, known: bool, where: Mapping[str, int]) -> None:
        self.decided += known
        self.unknown += not known
        self.proved &= verdict is True
        if verdict is False and not self.excluded:
            self.excluded, self.where = True, dict(where)


OPERATORS = {
    "=": (0,), "<=": (-1, 0), "<": (-1,), ">=": (0, 1), ">": (1,), "!=": (-1, 1),
}  # fmt: skip


def compare(a: Any, op: str, b: Any) -> tuple[bool | None, bool]:
    """(holds, None where the balls overlap; whether both sides have a value)."""
    if isinstance(a, list) or isinstance(b, list):
        pairs = list(zip(flat(a), flat(b), strict=True))
        verdicts = [compare(p, op, q) for p, q in pairs]
        known = all(k for _, k in verdicts)
        if any(v is False for v, _ in verdicts):
            return False, True
        return (True if all(v for v, _ in verdicts) else None), known
    a, b = x.plain(a), x.plain(b)
    if x.undefined(a) or x.undefined(b) or not x.known(a) or not x.known(b):
        return None, False
    order = x.order(a, b)
    if order is not None:
        return order in OPERATORS[op], True
    if op in ("<=", ">="):
        return None, True
    return None, True


@lru_cache(maxsize=512)
def _free_indices(node: t.Expr) -> tuple[t.Symbol, ...]:
    return tuple(sorted((s for s in t.free_symbols(node) if s.type.domain == "index"), key=lambda s: s.name))


def truth(
    node: t.Expr, context: Context, point: Point, bits: int = FIRST, only: Any = None, fixed: Iterable[t.Symbol] = ()
) -> Truth:
    """Whether the statement can hold at the point, for every value of its free indices; `only` picks relations."""
    compiled = program(context.definitions, point.functions)
    free = [s for s in _free_indices(node) if s not in set(fixed)]
    with x.working(bits):
        judged = _Judged(compiled, compiled.frame(point), point, only)
        for scope, local in judged.assignments(free, {}, {}):
            judged.holds(node, scope, local, True)
            if judged.result.excluded:
                break
    return judged.result


Scope = dict[t.Symbol, int]  # the slots of the letters that are bound there
Local = dict[int, int]  # and the values in these slots


@dataclass(frozen=True)
class _Judged:
    """A statement at one point; what its relations say is noted in `result`."""

    program: Program
    frame: Frame
    point: Point
    only: Any
    result: Truth = field(default_factory=Truth)
    codes: dict[int, Any] = field(default_factory=dict)  # a subtree stands in one place, hence in one scope

    def value(self, tree: t.Expr, scope: Scope, local: Local) -> Any:
        code = self.codes.get(id(tree))
        if code is None:
            code = self.codes[id(tree)] = self.program.code(tree, scope)
        return code.run(self.frame, dict(local))

    def assignments(self, symbols: list[t.Symbol], scope: Scope, local: Local) -> Iterable[tuple[Scope, Local]]:
        ranges = []
        for s in symbols:
            size = t.size_of(s)
            ranges.append(range(1, (int(size.value) if isinstance(size, t.Number) else self.point.sizes[size.name]) + 1))  # type: ignore[attr-defined]  # a symbol
        inner = {**scope, **{s: self.program.slot(s) for s in symbols}}
        for places in itertools.product(*ranges):
            yield inner, {**local, **{inner[s]: p for s, p in zip(symbols, places, strict=True)}}

    def holds(self, formula: t.Expr, scope: Scope, local: Local, note: bool) -> bool | None:
        if isinstance(formula, t.Paren):
            return self.holds(formula.body, scope, local, note)
        if isinstance(formula, t.And):
            return _all([self.holds(p, scope, local, note) for p in formula.parts])
        if isinstance(formula, t.Implies):
            if self.holds(formula.premise, scope, local, False) is not True:
                return True
            return self.holds(formula.conclusion, scope, local, note)
        if isinstance(formula, t.Iff):
            first, second = self.holds(formula.left, scope, local, False), self.holds(formula.right, scope, local, False)
            verdict = None if first is None or second is None else first == second
            if note:
                self.result.note(verdict, True, {s.name: local[k] for s, k in scope.items()})
            return verdict
        if isinstance(formula, t.Big) and formula.op == "forall":
            each = self.assignments([b.symbol for b in formula.binders], scope, local)
            return _all([self.holds(formula.body, s, v, note) for s, v in each])
        if not isinstance(formula, t.Relation):
            raise TypeError(f"a law is made of relations, not of {type(formula).__name__}")
        return self.relation(formula, scope, local, note)

    def relation(self, formula: t.Relation, scope: Scope, local: Local, note: bool) -> bool | None:
        picks = self.only is not None and note  # premises are evaluated whole
        sides: list[Any] = []
        verdicts: list[bool | None] = []
        for left, op, right in zip(formula.args, formula.ops, formula.args[1:], strict=False):
            if picks and not self.only(left, op, right):
                verdicts.append(None)
                continue
            if not sides:
                sides.append(self.value(left, scope, local))
            sides.append(self.value(right, scope, local))
            verdict, known = compare(sides[-2], op, sides[-1])
            verdicts.append(verdict)
            if note:
                self.result.note(verdict, known, {s.name: local[k] for s, k in scope.items()})
            if picks:
                sides.clear()
        return _all(verdicts)


def _all(verdicts: list[bool | None]) -> bool | None:
    return False if False in verdicts else True if all(verdicts) else None


def holding(context: Context) -> Any:
    """`holds(hypotheses, values)` for strategies: are the hypotheses certainly true?"""

    def holds(hypotheses: tuple[t.Expr, ...], values: Draw) -> bool:
        point = point_of(values)
        for hypothesis in hypotheses:
            found = truth(hypothesis, context, point)
            if found.excluded or found.unknown or not found.proved:
                return False
        return True

    return holds

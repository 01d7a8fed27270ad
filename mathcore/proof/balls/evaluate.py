"""A formula at an exact point, as a rigorous ball: trees are compiled once to closures and run in an environment.

Definitions are evaluated, never substituted: a head opens a new frame in which its parameters stand for evaluated
arrays and its sizes for their lengths. Derivatives are forward-mode (dual numbers), exact to the ball.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, partial
from itertools import combinations
from math import comb
from typing import Any

from flint import arb, fmpq

from mathcore.language import tree as t
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.extended import ONE, ZERO, Dual, Number, Special

PRECISION = 224  # bits: leaves 1e-50 after the usual cancellation
HIGHEST = 4096  # bits: beyond it a question is undecided
BATCHES = 1000  # batches that a mean goes through: enough for 6 of 12
LARGE = 2048  # an axis longer than this: subexpressions of one entry are not remembered

Value = Any  # Number, or nested lists of them


class CannotEvaluate(ValueError):
    """The formula has no value by evaluation at a point: a limit, a function without an instance, a missing value."""


class Table:
    """A sequence `u: real[naturals]`: rationals by natural index, made on demand by `make` and then fixed."""

    def __init__(self, entries: Mapping[int, Any] | None = None, make: Callable[[int], Any] | None = None) -> None:
        self.entries, self.make = dict(entries or {}), make

    def __getitem__(self, index: int) -> Any:
        if index not in self.entries:
            if self.make is None or index < 0:
                raise CannotEvaluate(f"the sequence has no entry {index}")
            self.entries[index] = self.make(index)
        return self.entries[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.entries == other.entries

    __hash__ = None  # type: ignore[assignment]  # mutable


@dataclass(frozen=True)
class Point:
    """Exact values for the free symbols: arrays are nested tuples, indices count from 1."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    indices: Mapping[str, int] = field(default_factory=dict)
    naturals: Mapping[str, int] = field(default_factory=dict)
    functions: Mapping[str, t.Definition] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, Value]:
        """What a frame starts from: role and name to value, so that an index and a scalar may share a letter."""
        names: dict[str, Value] = {f"size:{k}": v for k, v in self.sizes.items()}
        names |= {f"index:{k}": v for k, v in self.indices.items()}
        names |= {f"natural:{k}": v for k, v in self.naturals.items()}
        names |= {f"value:{k}": _exact(v) for k, v in self.values.items()}
        return names

    def __str__(self) -> str:
        parts = [f"{k} = {v}" for k, v in (*self.sizes.items(), *self.naturals.items())]
        parts += [f"{k} = {_show(v)}" for k, v in self.values.items()]
        parts += [f"{k} = {v}" for k, v in self.indices.items()]
        parts += [f"{k}: instance" for k in self.functions]
        return ", ".join(parts) or "the only point"


def _exact(value: Any) -> Value:
    if isinstance(value, Table):
        make = value.__getitem__
        return Table(make=lambda i: _exact(make(i)))
    if isinstance(value, (tuple, list)):
        return [_exact(v) for v in value]
    return x.rational(value)


def _show(value: Any) -> str:
    if isinstance(value, Table):
        return "{" + ", ".join(f"{i}: {_show(v)}" for i, v in sorted(value.entries.items())[:12]) + "}"
    if isinstance(value, (tuple, list)):
        shown = [_show(v) for v in value[:12]]
        return "[" + ", ".join(shown + ["..."] * (len(value) > 12)) + "]"
    return str(value)


class Frame:
    """Names to values, and what was computed from them."""

    __slots__ = ("large", "level", "memo", "names")

    def __init__(self, names: dict[str, Value], level: int, large: bool) -> None:
        self.names, self.level, self.large = names, level, large
        self.memo: dict[Any, Any] = {}


Local = dict[int, int]  # the slots of bound indices
Run = Callable[[Frame, Local], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A compiled tree: `run`, and the slots of the bound indices on which it depends."""

    run: Run
    needs: frozenset[int]
    key: int


def _place(needs: frozenset[int]) -> Callable[[Local], Any]:
    """What tells the places apart at which a code with these needs has different values."""
    return operator.itemgetter(*sorted(needs)) if needs else _everywhere


def _everywhere(local: Local) -> None:
    return None


def role(symbol: t.Symbol) -> str:
    domain = symbol.type.domain
    return f"{domain if domain in ('size', 'index', 'natural') and not symbol.type.shape else 'value'}:{symbol.name}"


Scope = Mapping[t.Symbol, int]
_NO_SLOTS: frozenset[int] = frozenset()


class Program:
    """Compiled trees over one set of definitions. Equal subtrees share one code, hence one memory."""

    def __init__(self, definitions: Mapping[str, t.Definition]) -> None:
        self.definitions = definitions
        self.slots: dict[t.Symbol, int] = {}
        self.cache: dict[tuple[t.Expr, tuple[tuple[t.Symbol, int], ...]], Code] = {}
        self.shared: dict[tuple[t.Expr, frozenset[int]], Code] = {}
        self.bodies: dict[str, Code] = {}
        self.count = 0

    # compiling ----------------------------------------------------------------------------------------------

    def slot(self, symbol: t.Symbol) -> int:
        return self.slots.setdefault(symbol, len(self.slots))

    def code(self, node: t.Expr, scope: Scope) -> Code:
        while isinstance(node, t.Paren):
            node = node.body
        key = (node, tuple(scope.items()))
        if key not in self.cache:
            made = getattr(self, "_" + type(node).__name__.lower(), None)
            if made is None:
                raise CannotEvaluate(f"a {type(node).__name__.lower()} is not an expression with a value")
            run, needs, memo = made(node, scope)
            # the same subtree under the same bound indices is the same code, whatever else is bound around it
            self.cache[key] = self.shared.setdefault((node, needs), self.made(run, needs, memo))
        return self.cache[key]

    def made(self, run: Run, needs: frozenset[int], memo: str = "") -> Code:
        """Number the code; `memo` "always" remembers its values in the frame, "small" only in frames without long axes."""
        self.count += 1
        number = self.count
        if not memo:
            return Code(run, needs, number)
        short, place = memo != "always" and bool(needs), _place(needs)

        def remembered(frame: Frame, local: Local) -> Any:
            if short and frame.large:
                return run(frame, local)
            memory = frame.memo.get(number)
            if memory is None:
                memory = frame.memo[number] = {}
            key = place(local)
            if key in memory:
                return memory[key]
            value = memory[key] = run(frame, local)
            return value

        return Code(remembered, needs, number)

    def whole(self, node: t.Expr, scope: Scope) -> tuple[Callable[[Frame, Local], int], frozenset[int]]:
        """Code for an index, size or natural number, as an int."""
        while isinstance(node, t.Paren):
            node = node.body
        if isinstance(node, t.Number) and node.value.denominator == 1:
            number = int(node.value)
            return (lambda frame, local: number), frozenset()
        if isinstance(node, t.Symbol):
            if node in scope:
                slot = scope[node]
                return (lambda frame, local: local[slot]), frozenset((slot,))
            name = role(node)
            if not name.startswith("value:"):
                return _named(name), frozenset()
        code = self.code(node, scope)

        def run(frame: Frame, local: Local) -> int:
            value = x.plain(code.run(frame, local))
            if value.__class__ is not fmpq or value.q != 1:
                raise CannotEvaluate(f"an index or exponent must be a whole number, not {value}")
            return int(value.p)

        return run, code.needs

    def _number(self, node: t.Number, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        value = x.rational(node.value)
        return (lambda frame, local: value), frozenset(), ""

    def _constant(self, node: t.Constant, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        if node.name == "naturals":
            raise CannotEvaluate("naturals is a shape, not a value")
        if node == t.PI:
            return (lambda frame, local: arb.pi()), frozenset(), ""  # as exact as the precision of the run
        value = x.INF if node.name == "inf" else x.UNDEFINED
        return (lambda frame, local: value), frozenset(), ""

    def _symbol(self, node: t.Symbol, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        if node in scope:
            slot = scope[node]
            return (lambda frame, local: fmpq(local[slot])), frozenset((slot,)), ""
        look = _named(role(node))
        if role(node).startswith("value:"):
            return look, frozenset(), ""
        return (lambda frame, local: fmpq(look(frame, local))), frozenset(), ""

    def _binary(self, f: Callable[[Number, Number], Number], left: t.Expr, right: t.Expr, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        a, b = self.code(left, scope), self.code(right, scope)
        first, second = a.run, b.run
        if t.shape_of(left) or t.shape_of(right):
            g = _matrix_product if f is x.mul and t.shape_of(left) and t.shape_of(right) else partial(_entrywise, f)
            return (lambda frame, local: g(first(frame, local), second(frame, local))), a.needs | b.needs, "always"
        return (lambda frame, local: f(first(frame, local), second(frame, local))), a.needs | b.needs, ""

    def _add(self, node: t.Add, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        return self._binary(x.add, node.left, node.right, scope)

    def _sub(self, node: t.Sub, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        return self._binary(x.sub, node.left, node.right, scope)

    def _mul(self, node: t.Mul, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        return self._binary(x.mul, node.left, node.right, scope)

    def _div(self, node: t.Div, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        return self._binary(x.div, node.left, node.right, scope)

    def _neg(self, node: t.Neg, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        body = self.code(node.body, scope)
        run = body.run
        return (lambda frame, local: _each(x.neg, run(frame, local))), body.needs, ""

    def _pow(self, node: t.Pow, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        a, b = self.code(node.base, scope), self.code(node.exponent, scope)
        base, exponent, natural = a.run, b.run, _is_natural(node.exponent)
        needs = a.needs | b.needs
        return (lambda frame, local: x.power(base(frame, local), exponent(frame, local), natural)), needs, "small"

    def _call(self, node: t.Call, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        if node.name == "delta":
            (first, m), (second, n) = self.whole(node.args[0], scope), self.whole(node.args[1], scope)
            return (lambda frame, local: ONE if first(frame, local) == second(frame, local) else ZERO), m | n, ""
        codes = [self.code(a, scope) for a in node.args]
        needs = frozenset().union(*(c.needs for c in codes))
        one = codes[0].run
        if node.name == "transpose":
            return (lambda frame, local: [list(row) for row in zip(*one(frame, local), strict=True)]), needs, "always"
        if node.name == "dot":
            other = codes[1].run
            return (lambda frame, local: _dot(one(frame, local), other(frame, local))), needs, "always"
        if node.name in ONE_ARGUMENT:
            f = ONE_ARGUMENT[node.name]
            return (lambda frame, local: f(one(frame, local))), needs, "small"
        if node.name == "xlogy":
            two = codes[1].run
            return (lambda frame, local: x.mul(one(frame, local), x.log(two(frame, local)))), needs, "small"
        pick = x.larger if node.name == "max" else x.smaller
        runs = [c.run for c in codes]

        def extreme(frame: Frame, local: Local) -> Number:
            best = runs[0](frame, local)
            for run in runs[1:]:
                best = pick(best, run(frame, local))
            return best

        return extreme, needs, "small"

    def _list(self, node: t.List, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        codes = [self.code(item, scope) for item in node.items]
        runs = [c.run for c in codes]
        return (lambda frame, local: [run(frame, local) for run in runs]), frozenset().union(*(c.needs for c in codes)), ""

    # binders ------------------------------------------------------------------------------------------------

    def binders(self, node: t.Big, scope: Scope):  # type: ignore[no-untyped-def]  # (ends, scope, needs)
        """(slot, lower, upper) of each binder, the scope inside, and what the ends need."""
        inner, ends, needs = dict(scope), [], _NO_SLOTS
        for binder in node.binders:
            if binder.lower is None or binder.upper is None:
                low: Callable[[Frame, Local], int] = lambda frame, local: 1  # noqa: E731
                high, more = self.whole(t.size_of(binder.symbol), inner)
            else:
                low, first = self.whole(binder.lower, inner)
                high, second = self.whole(binder.upper, inner)
                more = first | second
            needs |= more - {inner[s] for s in inner if s not in scope}
            inner[binder.symbol] = self.slot(binder.symbol)
            ends.append((inner[binder.symbol], low, high))
        return ends, inner, needs

    def _big(self, node: t.Big, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        if node.op == "forall":
            raise CannotEvaluate("forall is a statement, not a number")
        ends, inner, needs = self.binders(node, scope)
        body = self.code(node.body, inner)
        bound = {e[0] for e in ends}
        needs = needs | (body.needs - bound)
        run: Run = body.run
        if node.op == "vector":
            for slot, _, high in reversed(ends):
                run = _vector(slot, high, run)
            return run, needs, "always"
        if node.op in FOLDS:
            for slot, low, high in reversed(ends):
                run = _folded(*FOLDS[node.op], slot, low, high, run)
            return run, needs, "always"
        reduce = EXTREMES[node.op]
        if len(ends) == 1:
            slot, low, high = ends[0]
            return (lambda frame, local: reduce(_terms(frame, local, slot, low, high, run))), needs, "always"
        return (lambda frame, local: reduce(_nested(frame, local, ends, run))), needs, "always"

    # arrays and heads ---------------------------------------------------------------------------------------

    def _index(self, node: t.Index, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        base = node.base
        while isinstance(base, t.Paren):
            base = base.body
        places, needs = [], _NO_SLOTS
        for index in node.indices:
            place, more = self.whole(index, scope)
            places.append(place)
            needs |= more
        if isinstance(base, t.Apply):
            definition = self.definitions.get(base.head)
            if definition is not None and definition.indices and len(places) == len(definition.indices):
                entry, opened, more = self.head(base, definition, scope)
                slots = [self.slot(i) for i in definition.indices]
                only, at = slots[0], places[0]

                def element(frame: Frame, local: Local) -> Value:
                    if len(places) == 1:
                        return entry.run(opened(frame, local), {only: at(frame, local)})
                    return entry.run(opened(frame, local), {s: p(frame, local) for s, p in zip(slots, places, strict=True)})

                return element, needs | more, "small"
        if isinstance(base, t.Symbol) and isinstance(node.base, t.Symbol) and len(places) == 1 and base not in scope:
            slot = scope.get(node.indices[0]) if isinstance(node.indices[0], t.Symbol) else None
            return self.entry(role(base), places[0], slot, base.type.shape[0] == t.NATURALS), needs, ""
        array = self.code(base, scope)
        axes = list(zip(places, [size == t.NATURALS for size in t.shape_of(base)[: len(places)]], strict=True))

        def run(frame: Frame, local: Local) -> Value:
            value = array.run(frame, local)
            for place, natural in axes:
                at = place(frame, local)
                value = value[at] if natural else value[at - 1] if 1 <= at <= len(value) else _entry(value, at)
            return value

        return run, needs | array.needs, ""

    def entry(self, name: str, place: Run, slot: int | None, natural: bool) -> Run:
        """An entry of a named array with one axis; `slot` is that of the index, if it is a bound one."""
        if natural:
            return lambda frame, local: (frame.names[name] if name in frame.names else _absent(name))[place(frame, local)]

        def of_index(frame: Frame, local: Local) -> Value:
            array, at = frame.names[name] if name in frame.names else _absent(name), local[slot]  # type: ignore[index]  # bound
            return array[at - 1] if 1 <= at <= len(array) else _entry(array, at)

        def of_place(frame: Frame, local: Local) -> Value:
            array, at = frame.names[name] if name in frame.names else _absent(name), place(frame, local)
            return array[at - 1] if 1 <= at <= len(array) else _entry(array, at)

        return of_place if slot is None else of_index

    def head(
        self, node: t.Apply, definition: t.Definition, scope: Scope
    ) -> tuple[Code, Callable[[Frame, Local], Frame], frozenset[int]]:
        """The body of a definition, how to open its frame for these arguments, and what the arguments need."""
        if definition.head not in self.bodies:
            self.bodies[definition.head] = Code(_unready, frozenset(), 0)  # a definition that uses itself fails when run
            self.bodies[definition.head] = self.code(definition.body, {i: self.slot(i) for i in definition.indices})
        body = self.bodies[definition.head]
        if not definition.parameters:
            return body, (lambda frame, local: frame), frozenset()
        codes = [self.code(a, scope) for a in node.args]
        needs = frozenset().union(*(c.needs for c in codes))
        place, mark = _place(needs), (definition.head, *[c.key for c in codes])

        def opened(frame: Frame, local: Local) -> Frame:
            frames = frame.memo.get(mark)
            if frames is None:
                frames = frame.memo[mark] = {}
            key = place(local)
            if key not in frames:
                names = {k: v for k, v in frame.names.items() if k.startswith("size:")}
                large = False
                for parameter, code in zip(definition.parameters, codes, strict=True):
                    value = axis = code.run(frame, local)
                    for size in parameter.type.shape:
                        if size == t.NATURALS:
                            break
                        if isinstance(size, t.Symbol):
                            names[f"size:{size.name}"] = len(axis)
                        elif isinstance(size, t.Number) and len(axis) != size.value:
                            raise CannotEvaluate(f"{definition.head}: {parameter.name} has size {size.text}, got {len(axis)}")
                        large |= len(axis) > LARGE
                        axis = axis[0]
                    target = role(parameter)
                    names[target] = value if target.startswith("value:") else int(value.p)
                frames[key] = Frame(names, frame.level, large)
            return frames[key]  # type: ignore[no-any-return]  # a frame

        return body, opened, needs

    def _apply(self, node: t.Apply, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        definition = self.definitions.get(node.head)
        if definition is None:
            raise CannotEvaluate(f"{node.head} stands for any function: give an instance, e.g. {node.head}(x) = x^2")
        body, opened, needs = self.head(node, definition, scope)
        if not definition.indices:
            head = definition.head  # looked up late, so that a definition may be compiled inside itself
            return (lambda frame, local: self.bodies[head].run(opened(frame, local), {})), needs, "always"
        run: Run = body.run
        for index in reversed(definition.indices):
            high, _ = self.whole(t.size_of(index), {})
            run = _vector(self.slot(index), high, run)
        return (lambda frame, local: run(opened(frame, local), {})), needs, "always"

    # derivatives and substitution ----------------------------------------------------------------------------

    def _derivative(self, node: t.Derivative, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        variable = node.variable
        while isinstance(variable, t.Paren):
            variable = variable.body
        places, needs = [], _NO_SLOTS
        if isinstance(variable, t.Index):
            for index in variable.indices:
                place, more = self.whole(index, scope)
                places.append(place)
                needs |= more
            symbol = variable.base
        else:
            symbol = variable
        if not isinstance(symbol, t.Symbol) or symbol in scope:
            raise CannotEvaluate("a derivative is by a declared symbol or one of its entries")
        name, domain = role(symbol), symbol.type.domain
        body, kinked, look = self.code(node.body, scope), self.kinked(node.body), _named(name)

        def slope(frame: Frame, local: Local, places: tuple[int, ...], direction: fmpq) -> Number:
            key = ("D", name, direction == ONE, *places)
            if key not in frame.memo:
                level = frame.level + 1
                names = {**frame.names, name: _seed(look(frame, local), places, Dual(level, None, direction))}
                frame.memo[key] = Frame(names, level, frame.large)
            inner = frame.memo[key]
            result = body.run(inner, local)
            if x.undefined(result):
                return x.EDGE if x.plain(result) is x.EDGE else x.UNDEFINED
            part = result.part if result.__class__ is Dual and result.level == inner.level else ZERO
            value = x.plain(result)
            if x.undefined(part):  # 0/0 in the rules does not say that there is no derivative, unless there is no value
                return x.UNDEFINED if value.__class__ is Special and part is not x.EDGE else x.EDGE
            return part if x.known(value) else x.UNKNOWN

        def run(frame: Frame, local: Local) -> Number:
            at = tuple([p(frame, local) for p in places])
            right = slope(frame, local, at, ONE)
            if not kinked:
                return right
            left = x.neg(slope(frame, local, at, -ONE))
            if x.undefined(right) or x.undefined(left):
                return x.EDGE if x.EDGE in (right, left) else x.UNDEFINED
            place = x.order(right, left)
            if place:
                return x.EDGE if _at_edge(_pick(frame.names[name], at), domain) else x.UNDEFINED
            if place is None and right.__class__ is arb and left.__class__ is arb and right.is_finite() and left.is_finite():
                return right.union(left)
            return right

        return run, needs | body.needs, "small"

    def kinked(self, node: t.Expr) -> bool:
        """Does max, min or abs occur, also behind heads? Then both one-sided slopes are compared."""
        seen: set[str] = set()
        queue = [node]
        while queue:
            for inner in t.walk(queue.pop()):
                if (isinstance(inner, t.Call) and inner.name in ("abs", "max", "min")) or (
                    isinstance(inner, t.Big) and inner.op in ("max", "min")
                ):
                    return True
                if isinstance(inner, t.Apply) and inner.head in self.definitions and inner.head not in seen:
                    seen.add(inner.head)
                    queue.append(self.definitions[inner.head].body)
        return False

    def _at(self, node: t.At, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        codes = [self.code(v, scope) for v in node.values]
        inner = {s: slot for s, slot in scope.items() if s not in node.targets}
        body = self.code(node.body, inner)
        names = [role(s) for s in node.targets]
        needs = frozenset().union(*(c.needs for c in codes))
        slots = tuple(sorted(needs))
        name = ("at", *names, *[c.key for c in codes])

        def run(frame: Frame, local: Local) -> Value:
            key = (name, *[local[s] for s in slots])
            if key not in frame.memo:
                new = dict(frame.names)
                for target, code in zip(names, codes, strict=True):
                    value = code.run(frame, local)
                    new[target] = value if target.startswith("value:") else int(x.plain(value).p)
                frame.memo[key] = Frame(new, frame.level, frame.large)
            return body.run(frame.memo[key], local)

        return run, needs | body.needs, "small"

    def _mean(self, node: t.Mean, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        """Every batch in turn, written out."""
        body = self.code(node.body, {s: slot for s, slot in scope.items() if s != node.batch})
        total, a = self.whole(node.batch.type.shape[0], {})
        drawn, b = self.whole(t.size_of(node.batch), {})
        name, slots = role(node.batch), tuple(sorted(body.needs))
        mark = ("mean", name, body.key)

        def run(frame: Frame, local: Local) -> Number:
            size, part = total(frame, local), drawn(frame, local)
            count = comb(size, part)
            if not count:
                return x.UNDEFINED  # there is no such batch
            if count > BATCHES:
                raise CannotEvaluate(f"more than {BATCHES} batches")
            if mark not in frame.memo:
                frames = []
                for chosen in combinations(range(size), part):
                    batch = [ONE if i in chosen else ZERO for i in range(size)]
                    frames.append(Frame({**frame.names, name: batch}, frame.level, frame.large))
                frame.memo[mark] = frames
            return x.div(_sum(body.run(inner, {s: local[s] for s in slots}) for inner in frame.memo[mark]), fmpq(count))

        return run, body.needs | a | b, "small"

    def _limit(self, node: t.Limit, scope: Scope):  # type: ignore[no-untyped-def]  # (run, needs, memo)
        raise CannotEvaluate("a limit has no value by evaluation: approach() checks it along sequences")

    # running ------------------------------------------------------------------------------------------------

    def frame(self, point: Point) -> Frame:
        return Frame(point.names, 0, any(v > LARGE for v in point.sizes.values()) or _long(point))

    def value(self, node: t.Expr, frame: Frame) -> Value:
        return self.code(node, {}).run(frame, {})


def _long(point: Point) -> bool:
    return any(isinstance(v, (tuple, list)) and len(v) > LARGE for v in point.values.values())


def _each(f: Callable[[Number], Number], a: Value) -> Value:
    return [_each(f, item) for item in a] if isinstance(a, list) else f(a)


def _entrywise(f: Callable[[Number, Number], Number], a: Value, b: Value) -> Value:
    """f on two arrays of one shape, or on each entry of an array and a number."""
    if isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            raise CannotEvaluate(f"arrays of {len(a)} and {len(b)} entries")
        return [_entrywise(f, p, q) for p, q in zip(a, b, strict=True)]
    if isinstance(a, list):
        return [_entrywise(f, p, b) for p in a]
    return [_entrywise(f, a, q) for q in b] if isinstance(b, list) else f(a, b)


def _dot(u: Value, v: Value) -> Number:
    if len(u) != len(v):
        raise CannotEvaluate(f"a product of {len(u)} by {len(v)} entries")
    return _sum(x.mul(a, b) for a, b in zip(u, v, strict=True))


def _matrix_product(a: Value, b: Value) -> Value:
    if not isinstance(b[0], list):
        return [_dot(row, b) for row in a]
    columns = list(zip(*b, strict=True))
    return [[_dot(row, column) for column in columns] for row in a]


ONE_ARGUMENT: dict[str, Callable[[Number], Number]] = {
    "exp": x.exp,
    "log": x.log,
    "log2": lambda a: _log_base(a, 2),
    "log10": lambda a: _log_base(a, 10),
    "sqrt": x.sqrt,
    "erfc": x.erfc,
    "step": x.step,
    "abs": x.absolute,
}


def _log_base(a: Number, base: int) -> Number:
    return x.log_base(a, base)


def _unready(frame: Frame, local: Local) -> Value:
    raise CannotEvaluate("a definition that speaks of itself has no value")


def _named(name: str) -> Run:
    """The value that the frame has under a name."""
    return lambda frame, local: frame.names[name] if name in frame.names else _absent(name)


def _absent(name: str) -> Value:
    raise CannotEvaluate(f"the point gives no value for the {name.replace(':', ' ')}")


def _entry(array: Value, place: int) -> Value:
    if not 1 <= place <= len(array):
        raise CannotEvaluate(f"index {place} on an axis of length {len(array)}")
    return array[place - 1]


def _is_natural(node: t.Expr) -> bool:
    if isinstance(node, t.Number):
        return node.value.denominator == 1
    if isinstance(node, t.Symbol):
        return node.type.domain in ("natural", "size", "index") and not node.type.shape
    if isinstance(node, (t.Add, t.Sub, t.Mul)):
        return _is_natural(node.left) and _is_natural(node.right)
    return isinstance(node, (t.Paren, t.Neg)) and _is_natural(node.body)


def _terms(frame: Frame, local: Local, slot: int, low: Run, high: Run, run: Run) -> Any:  # values, one by one
    old = local.get(slot)
    first, last = low(frame, local), high(frame, local)
    for k in range(first, last + 1):
        local[slot] = k
        yield run(frame, local)
    if old is not None:
        local[slot] = old


def _nested(frame: Frame, local: Local, ends: list[tuple[int, Run, Run]], run: Run) -> Any:  # values, one by one
    if not ends:
        yield run(frame, local)
        return
    slot, low, high = ends[0]
    old = local.get(slot)
    for k in range(low(frame, local), high(frame, local) + 1):
        local[slot] = k
        yield from _nested(frame, local, ends[1:], run)
    if old is not None:
        local[slot] = old


def _vector(slot: int, high: Any, run: Run) -> Run:
    def build(frame: Frame, local: Local) -> list[Value]:
        old, values = local.get(slot), []
        for k in range(1, high(frame, local) + 1):
            local[slot] = k
            values.append(run(frame, local))
        if old is not None:
            local[slot] = old
        return values

    return build


def _folded(start: Number, f: Callable[[Number, Number], Number], slot: int, low: Run, high: Run, run: Run) -> Run:
    """The sum or product over one index."""

    def fold(frame: Frame, local: Local) -> Number:
        old, total = local.get(slot), start
        for k in range(low(frame, local), high(frame, local) + 1):
            local[slot] = k
            total = f(total, run(frame, local))
            if k & 15 == 0:
                total = _shortened(total)
        if old is not None:
            local[slot] = old
        return total

    return fold


def _shortened(total: Number) -> Number:
    """An exact number that has become long, as a ball."""
    if total.__class__ is fmpq and total.q.bit_length() + total.p.bit_length() > x.MAX_BITS:
        return arb(total)
    return total


def _sum(terms: Any) -> Number:
    total: Number = ZERO
    for count, term in enumerate(terms):
        total = x.add(total, term)
        if count & 15 == 15:
            total = _shortened(total)
    return total


def _extreme(pick: Callable[[Number, Number], Number]) -> Callable[[Any], Number]:
    def reduce(terms: Any) -> Number:
        best: Number = None
        for term in terms:
            best = term if best is None else pick(best, term)
        if best is None:
            raise CannotEvaluate("the maximum or minimum over nothing")
        return best

    return reduce


FOLDS: dict[str, tuple[Number, Callable[[Number, Number], Number]]] = {"sum": (ZERO, x.add), "prod": (ONE, x.mul)}
EXTREMES: dict[str, Callable[[Any], Number]] = {"max": _extreme(x.larger), "min": _extreme(x.smaller)}


def _seed(value: Value, places: tuple[int, ...], seed: Dual) -> Value:
    """The value, or its entry at these places, made variable in the direction of the seed."""
    if not places:
        if isinstance(value, (list, Table)):
            raise CannotEvaluate("differentiate by an entry, e.g. z[j], not by a whole array")
        return Dual(seed.level, value, seed.part)
    if isinstance(value, Table):
        base = value.__getitem__
        return Table({places[0]: _seed(base(places[0]), places[1:], seed)}, make=base)
    _entry(value, places[0])
    return [_seed(v, places[1:], seed) if i == places[0] else v for i, v in enumerate(value, 1)]


def _pick(value: Value, places: tuple[int, ...]) -> Number:
    for place in places:
        value = value[place] if isinstance(value, Table) else value[place - 1]
    return x.plain(value)


def _at_edge(value: Number, domain: str) -> bool:
    lower, _, upper, _ = t.DOMAINS[domain]
    return value.__class__ is fmpq and ((lower is not None and value == lower) or (upper is not None and value == upper))


# the public functions ---------------------------------------------------------------------------------------

_programs: list[Program] = []


def program(definitions: Mapping[str, t.Definition], functions: Mapping[str, t.Definition] | None = None) -> Program:
    """The compiled trees for these definitions; the last few sets are kept."""
    for kept in _programs:
        base, more = kept.source  # type: ignore[attr-defined]  # set below
        if base is definitions and more == (functions or {}):
            return kept
    made = Program({**definitions, **(functions or {})})
    made.source = (definitions, dict(functions or {}))  # type: ignore[attr-defined]  # what it was compiled from
    _programs.insert(0, made)
    del _programs[8:]
    return made


def evaluate(
    node: t.Expr, point: Point, definitions: Mapping[str, t.Definition] | None = None, precision: int = PRECISION
) -> Value:
    """`node` at `point`: an exact fmpq, a ball (arb) or a Special (inf, -inf, undefined); nested lists for vectors.

    A ball that is not finite says: not known at this precision. Raises CannotEvaluate for limits, functions without an
    instance and missing values.
    """
    code = program(definitions if definitions is not None else _NONE, point.functions)
    with x.working(precision):
        return code.value(node, code.frame(point))


_NONE: dict[str, t.Definition] = {}


@dataclass(frozen=True)
class Enclosure:
    """A value with radius below the tolerance (relative to max(1, |value|)), or the best that was had: `decided` tells."""

    value: Value
    precision: int
    decided: bool


def tight(value: Value, tolerance: Fraction | fmpq) -> bool:
    if isinstance(value, list):
        return all(tight(v, tolerance) for v in value)
    value = x.plain(value)
    if value.__class__ is not arb:
        return True
    if not value.is_finite():
        return False
    size = value.abs_lower()
    bound = x.rational(tolerance)
    return bool(value.rad() < (size * bound if size > 1 else bound))


def enclose(
    node: t.Expr,
    point: Point,
    definitions: Mapping[str, t.Definition] | None = None,
    tolerance: float | Fraction = Fraction(1, 10**50),
    lowest: int = 64,
    highest: int = HIGHEST,
) -> Enclosure:
    """Double the precision until the radius is below tolerance * max(1, |value|), or give up and say so."""
    bound, precision, value = Fraction(tolerance), lowest, None
    while True:
        value = evaluate(node, point, definitions, precision)
        with x.working(precision):
            if tight(value, bound):
                return Enclosure(value, precision, True)
        if precision >= highest:
            return Enclosure(value, precision, False)
        precision *= 2


@dataclass(frozen=True)
class FloatValue:
    """The exact value of a formula on given bits, as balls of any precision: the judge tightens until it decides."""

    node: t.Expr
    point: Point
    definitions: Mapping[str, t.Definition]

    def ball(self, precision: int = 128) -> Value:
        """arb balls (exact rationals included) or Specials, nested lists for vectors."""
        value = evaluate(self.node, self.point, self.definitions, precision)
        with x.working(precision):
            return _balls(value)


def _balls(value: Value) -> Value:
    return [_balls(v) for v in value] if isinstance(value, list) else x.ball(value)


def float_value(node: t.Expr, point: Point, definitions: Mapping[str, t.Definition] | None = None) -> FloatValue:
    """`node` at a point that holds the exact bits of floats (Fractions, or floats taken bit by bit)."""
    return FloatValue(node, replace(point, functions=dict(point.functions)), definitions if definitions is not None else _NONE)

"""Formulas compiled once to closures and run in an environment, at any number of points.

Definitions are evaluated, never substituted: a head opens a new frame in which its parameters stand for evaluated
arrays and its sizes for their lengths. Derivatives are forward-mode (dual numbers), exact to the ball.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import comb
from typing import Any

from flint import arb, fmpq

from mathcore.language import tree as t
from mathcore.language.exponents import is_count, is_whole
from mathcore.proof.balls import extended as x
from mathcore.proof.balls import operations as o
from mathcore.proof.balls.extended import ONE, ZERO, Dual, Number, Special
from mathcore.proof.balls.point import CannotEvaluate, Point, Value

BATCHES = 1000  # batches that a mean goes through: enough for 6 of 12
LARGE = 2048  # an axis longer than this: subexpressions of one entry are not remembered


class Frame:
    """Names to values, and what was computed from them."""

    __slots__ = ("large", "level", "memo", "names", "sizes")

    def __init__(self, names: dict[str, Value], level: int, large: bool) -> None:
        self.names, self.level, self.large = names, level, large
        self.memo: dict[Any, Any] = {}
        self.sizes: dict[str, Value] | None = None  # those of the names that are sizes, once a head asked for them


Local = dict[int, int]  # the slots of bound indices
Run = Callable[[Frame, Local], Any]
Whole = Callable[[Frame, Local], int]
Compiled = tuple[Run, frozenset[int], str]  # run, needs and memo: what `Program.made` makes a code of
End = tuple[int, Whole, Whole]  # of a binder: its slot, and from where to where it runs


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


def counted(symbol: t.Symbol, value: Value) -> int:
    """The value of a natural number, a size or an index; raises CannotEvaluate for any other number."""
    number, kind = x.plain(value), symbol.type
    if number.__class__ is not fmpq or number.q != 1 or number < int(kind.domain != "natural"):
        raise CannotEvaluate(f"{symbol.name} is declared {kind.domain}: nothing else is put in its place")
    return int(number.p)


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
            made: Callable[[Any, Scope], Compiled] | None = getattr(self, "_" + type(node).__name__.lower(), None)
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

    def whole(self, node: t.Expr, scope: Scope) -> tuple[Whole, frozenset[int]]:
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

    def _number(self, node: t.Number, scope: Scope) -> Compiled:
        value = x.rational(node.value)
        return (lambda frame, local: value), frozenset(), ""

    def _constant(self, node: t.Constant, scope: Scope) -> Compiled:
        if node.name == "naturals":
            raise CannotEvaluate("naturals is a shape, not a value")
        if node == t.PI:
            return (lambda frame, local: arb.pi()), frozenset(), ""  # as exact as the precision of the run
        value = x.INF if node.name == "inf" else x.UNDEFINED
        return (lambda frame, local: value), frozenset(), ""

    def _symbol(self, node: t.Symbol, scope: Scope) -> Compiled:
        if node in scope:
            slot = scope[node]
            return (lambda frame, local: fmpq(local[slot])), frozenset((slot,)), ""
        look = _named(role(node))
        if role(node).startswith("value:"):
            return look, frozenset(), ""
        return (lambda frame, local: fmpq(look(frame, local))), frozenset(), ""

    def _binary(self, f: Callable[[Number, Number], Number], left: t.Expr, right: t.Expr, scope: Scope) -> Compiled:
        a, b = self.code(left, scope), self.code(right, scope)
        first, second = a.run, b.run
        if t.shape_of(left) or t.shape_of(right):
            g = o.matrix_product if f is x.mul and t.shape_of(left) and t.shape_of(right) else partial(o.entrywise, f)
            return (lambda frame, local: g(first(frame, local), second(frame, local))), a.needs | b.needs, "always"
        return (lambda frame, local: f(first(frame, local), second(frame, local))), a.needs | b.needs, ""

    def _add(self, node: t.Add, scope: Scope) -> Compiled:
        return self._binary(x.add, node.left, node.right, scope)

    def _sub(self, node: t.Sub, scope: Scope) -> Compiled:
        return self._binary(x.sub, node.left, node.right, scope)

    def _mul(self, node: t.Mul, scope: Scope) -> Compiled:
        return self._binary(x.mul, node.left, node.right, scope)

    def _div(self, node: t.Div, scope: Scope) -> Compiled:
        return self._binary(x.div, node.left, node.right, scope)

    def _neg(self, node: t.Neg, scope: Scope) -> Compiled:
        body = self.code(node.body, scope)
        run = body.run
        return (lambda frame, local: o.each(x.neg, run(frame, local))), body.needs, ""

    def _pow(self, node: t.Pow, scope: Scope) -> Compiled:
        a, b = self.code(node.base, scope), self.code(node.exponent, scope)
        base, exponent, empty = a.run, b.run, _zero_to_zero(node.exponent)
        needs = a.needs | b.needs
        return (lambda frame, local: x.power(base(frame, local), exponent(frame, local), empty)), needs, "small"

    def _call(self, node: t.Call, scope: Scope) -> Compiled:
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
            return (lambda frame, local: o.dot(one(frame, local), other(frame, local))), needs, "always"
        if node.name in o.ONE_ARGUMENT:
            f = o.ONE_ARGUMENT[node.name]
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

    def _list(self, node: t.List, scope: Scope) -> Compiled:
        codes = [self.code(item, scope) for item in node.items]
        runs = [c.run for c in codes]
        return (lambda frame, local: [run(frame, local) for run in runs]), frozenset().union(*(c.needs for c in codes)), ""

    # binders ------------------------------------------------------------------------------------------------

    def binders(self, node: t.Big, scope: Scope) -> tuple[list[End], Scope, frozenset[int]]:
        """(slot, lower, upper) of each binder, the scope inside, and what the ends need."""
        inner, ends, needs = dict(scope), [], _NO_SLOTS
        for binder in node.binders:
            if binder.lower is None or binder.upper is None:
                if binder.symbol.type.over is None:
                    raise CannotEvaluate(f"{binder.symbol.name} runs over no finite range")
                low: Whole = _first
                high, more = self.whole(t.size_of(binder.symbol), inner)
            else:
                low, first = self.whole(binder.lower, inner)
                high, second = self.whole(binder.upper, inner)
                more = first | second
            needs |= more - {inner[s] for s in inner if s not in scope}
            inner[binder.symbol] = self.slot(binder.symbol)
            ends.append((inner[binder.symbol], low, high))
        return ends, inner, needs

    def _big(self, node: t.Big, scope: Scope) -> Compiled:
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
        if node.op in o.FOLDS:
            for slot, low, high in reversed(ends):
                run = _folded(*o.FOLDS[node.op], slot, low, high, run)
            return run, needs, "always"
        reduce = o.EXTREMES[node.op]
        if len(ends) == 1:
            slot, low, high = ends[0]
            return (lambda frame, local: reduce(_terms(frame, local, slot, low, high, run))), needs, "always"
        return (lambda frame, local: reduce(_nested(frame, local, ends, run))), needs, "always"

    # arrays and heads ---------------------------------------------------------------------------------------

    def _index(self, node: t.Index, scope: Scope) -> Compiled:
        base = t.bare(node.base)
        places, needs = self.places(node.indices, scope)
        if isinstance(base, t.Apply):
            definition = self.definitions.get(base.head)
            if definition is not None and definition.indices and len(places) == len(definition.indices):
                computed = any(not (isinstance(i, t.Symbol) and i.type.domain == "index") for i in node.indices)
                run, more = self.entry_of_head(base, definition, places, computed, scope)
                return run, needs | more, "small"
        if isinstance(base, t.Symbol) and isinstance(node.base, t.Symbol) and len(places) == 1 and base not in scope:
            slot = scope.get(node.indices[0]) if isinstance(node.indices[0], t.Symbol) else None
            return self.entry(role(base), places[0], slot, base.type.shape[0] == t.NATURALS), needs, ""
        array = self.code(base, scope)
        axes = list(zip(places, [size == t.NATURALS for size in t.shape_of(base)[: len(places)]], strict=True))

        def of_array(frame: Frame, local: Local) -> Value:
            value = array.run(frame, local)
            for place, natural in axes:
                at = place(frame, local)
                value = value[at] if natural else value[at - 1] if 1 <= at <= len(value) else o.entry(value, at)
            return value

        return of_array, needs | array.needs, ""

    def places(self, indices: tuple[t.Expr, ...], scope: Scope) -> tuple[list[Whole], frozenset[int]]:
        """Whole numbers, and what they need."""
        compiled = [self.whole(index, scope) for index in indices]
        return [place for place, _ in compiled], _NO_SLOTS.union(*(needs for _, needs in compiled))

    def entry_of_head(
        self, node: t.Apply, definition: t.Definition, places: list[Whole], computed: bool, scope: Scope
    ) -> tuple[Run, frozenset[int]]:
        """One entry of what a definition gives, without the others; places that are `computed` may lie outside."""
        entry, opened, needs = self.head(node, definition, scope)
        slots = [self.slot(i) for i in definition.indices]
        only, at = slots[0], places[0]
        highs = [self.whole(t.size_of(i), {})[0] for i in definition.indices]

        def element(frame: Frame, local: Local) -> Value:
            if len(places) == 1:
                return entry.run(opened(frame, local), {only: at(frame, local)})
            return entry.run(opened(frame, local), {s: p(frame, local) for s, p in zip(slots, places, strict=True)})

        def element_at(frame: Frame, local: Local) -> Value:
            inner = opened(frame, local)
            for high, place in zip(highs, places, strict=True):
                if not 1 <= place(frame, local) <= high(inner, {}):
                    o.entry([None] * high(inner, {}), place(frame, local))
            return element(frame, local)

        return element_at if computed else element, needs

    def entry(self, name: str, place: Whole, slot: int | None, natural: bool) -> Run:
        """An entry of a named array with one axis; `slot` is that of the index, if it is a bound one."""
        if natural:
            return lambda frame, local: (frame.names[name] if name in frame.names else _absent(name))[place(frame, local)]

        def of_place(frame: Frame, local: Local) -> Value:
            array, at = frame.names[name] if name in frame.names else _absent(name), place(frame, local)
            return array[at - 1] if 1 <= at <= len(array) else o.entry(array, at)

        if slot is None:
            return of_place

        def of_index(frame: Frame, local: Local) -> Value:
            array, at = frame.names[name] if name in frame.names else _absent(name), local[slot]
            return array[at - 1] if 1 <= at <= len(array) else o.entry(array, at)

        return of_index

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
        given = [(p, role(p), code.run) for p, code in zip(definition.parameters, codes, strict=True)]

        def opened(frame: Frame, local: Local) -> Frame:
            frames: dict[Any, Frame] | None = frame.memo.get(mark)
            if frames is None:
                frames = frame.memo[mark] = {}
            key = place(local)
            if key not in frames:
                if frame.sizes is None:
                    frame.sizes = {k: v for k, v in frame.names.items() if k.startswith("size:")}
                names, large = frame.sizes.copy(), False
                for parameter, target, run in given:
                    value = axis = run(frame, local)
                    for size in parameter.type.shape:
                        if size == t.NATURALS:
                            break
                        if isinstance(size, t.Symbol):
                            names[f"size:{size.name}"] = len(axis)
                        elif isinstance(size, t.Number) and len(axis) != size.value:
                            raise CannotEvaluate(f"{definition.head}: {parameter.name} has size {size.text}, got {len(axis)}")
                        large |= len(axis) > LARGE
                        axis = axis[0]
                    names[target] = value if target.startswith("value:") else counted(parameter, value)
                frames[key] = Frame(names, frame.level, large)
            return frames[key]

        return body, opened, needs

    def _apply(self, node: t.Apply, scope: Scope) -> Compiled:
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

    def _derivative(self, node: t.Derivative, scope: Scope) -> Compiled:
        variable = t.bare(node.variable)
        symbol, indices = (variable.base, variable.indices) if isinstance(variable, t.Index) else (variable, ())
        places, needs = self.places(indices, scope)
        if not isinstance(symbol, t.Symbol) or symbol in scope:
            raise CannotEvaluate("a derivative is by a declared symbol or one of its entries")
        name, domain = role(symbol), symbol.type.domain
        body, kinked = self.code(node.body, scope), self.kinked(node.body)
        slope = _slope(name, body.run)

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
                return x.EDGE if o.at_edge(o.picked(frame.names[name], at), domain) else x.UNDEFINED
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

    def _at(self, node: t.At, scope: Scope) -> Compiled:
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
                for symbol, target, code in zip(node.targets, names, codes, strict=True):
                    value = code.run(frame, local)
                    new[target] = value if target.startswith("value:") else counted(symbol, value)
                frame.memo[key] = Frame(new, frame.level, frame.large)
            return body.run(frame.memo[key], local)

        return run, needs | body.needs, "small"

    def _mean(self, node: t.Mean, scope: Scope) -> Compiled:
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
            return x.div(o.total(body.run(inner, {s: local[s] for s in slots}) for inner in frame.memo[mark]), fmpq(count))

        return run, body.needs | a | b, "small"

    def _limit(self, node: t.Limit, scope: Scope) -> Compiled:
        raise CannotEvaluate("a limit has no value by evaluation: approach() checks it along sequences")

    # running ------------------------------------------------------------------------------------------------

    def frame(self, point: Point) -> Frame:
        return Frame(point.names, 0, any(v > LARGE for v in point.sizes.values()) or _long(point))

    def value(self, node: t.Expr, frame: Frame) -> Value:
        return self.code(node, {}).run(frame, {})


def _long(point: Point) -> bool:
    return any(isinstance(v, (tuple, list)) and len(v) > LARGE for v in point.values.values())


def _first(_: Frame, __: Local) -> int:
    """Where an index begins."""
    return 1


def _unready(frame: Frame, local: Local) -> Value:
    raise CannotEvaluate("a definition that speaks of itself has no value")


def _slope(name: str, body: Run) -> Callable[[Frame, Local, tuple[int, ...], fmpq], Number]:
    """The derivative of what is run by an entry of a named array, from one side."""
    look = _named(name)

    def slope(frame: Frame, local: Local, places: tuple[int, ...], direction: fmpq) -> Number:
        key = ("D", name, direction == ONE, *places)
        if key not in frame.memo:
            level = frame.level + 1
            names = {**frame.names, name: o.seeded(look(frame, local), places, Dual(level, None, direction))}
            frame.memo[key] = Frame(names, level, frame.large)
        inner = frame.memo[key]
        result = body(inner, local)
        if x.undefined(result):
            return x.EDGE if x.plain(result) is x.EDGE else x.UNDEFINED
        part = result.part if result.__class__ is Dual and result.level == inner.level else ZERO
        value = x.plain(result)
        if x.undefined(part):  # 0/0 in the rules does not say that there is no derivative, unless there is no value
            return x.UNDEFINED if value.__class__ is Special and part is not x.EDGE else x.EDGE
        return part if x.known(value) else x.UNKNOWN

    return slope


def _named(name: str) -> Run:
    """The value that the frame has under a name."""
    return lambda frame, local: frame.names[name] if name in frame.names else _absent(name)


def _absent(name: str) -> Value:
    raise CannotEvaluate(f"the point gives no value for the {name.replace(':', ' ')}")


def _zero_to_zero(exponent: t.Expr) -> Number:
    """0^0 with this exponent: 1 if it is whole by its form, undefined if it is real; made with counts it may be whole or not."""
    return ONE if is_whole(exponent) else x.UNKNOWN if _counts(exponent) else x.UNDEFINED


def _counts(node: t.Expr) -> bool:
    """Whether counts stand in a number, places in arrays aside."""
    return is_count(node) or (not isinstance(node, t.Index) and any(map(_counts, t.children(node))))


def _terms(frame: Frame, local: Local, slot: int, low: Whole, high: Whole, run: Run) -> Any:  # values, one by one
    old = local.get(slot)
    first, last = low(frame, local), high(frame, local)
    for k in range(first, last + 1):
        local[slot] = k
        yield run(frame, local)
    if old is not None:
        local[slot] = old


def _nested(frame: Frame, local: Local, ends: list[End], run: Run) -> Any:  # values, one by one
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


def _vector(slot: int, high: Whole, run: Run) -> Run:
    def build(frame: Frame, local: Local) -> list[Value]:
        old, values = local.get(slot), []
        for k in range(1, high(frame, local) + 1):
            local[slot] = k
            values.append(run(frame, local))
        if old is not None:
            local[slot] = old
        return values

    return build


def _folded(start: Number, f: Callable[[Number, Number], Number], slot: int, low: Whole, high: Whole, run: Run) -> Run:
    """The sum or product over one index."""

    def fold(frame: Frame, local: Local) -> Number:
        old, total = local.get(slot), start
        for k in range(low(frame, local), high(frame, local) + 1):
            local[slot] = k
            total = f(total, run(frame, local))
            if k & 15 == 0:
                total = o.shortened(total)
        if old is not None:
            local[slot] = old
        return total

    return fold

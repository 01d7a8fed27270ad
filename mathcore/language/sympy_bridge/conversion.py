"""One conversion of a tree: symbolic sizes become Sum and Indexed, known sizes are written out over plain symbols."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers.names import readable
from mathcore.language.printers.text import derivative_parts, to_text
from mathcore.language.substitution import reduce_index, substitute
from mathcore.language.sympy_bridge.error import SympyError, refuse

ASSUMPTIONS: dict[str, dict[str, bool]] = {
    "size": {"integer": True, "positive": True},
    "index": {"integer": True, "positive": True},
    "natural": {"integer": True, "nonnegative": True},
    "real": {"real": True},
    "positive": {"positive": True},
    "nonnegative": {"nonnegative": True},
    "unit": {"nonnegative": True},
    "simplex": {"nonnegative": True},
    "onehot": {"integer": True, "nonnegative": True},
}
INTEGERS = ("size", "index", "natural")

Differentiate = Callable[[t.Expr, t.Expr], t.Expr]  # a body by a variable, as a tree


@lru_cache(maxsize=1024)  # a derivative meets the same few arrays a hundred times
def _array(name: str, domain: str) -> Any:
    import sympy

    return sympy.IndexedBase(name, **ASSUMPTIONS[domain])


def finished(value: Any) -> Any:
    """Tuples of entries as a sympy matrix or array."""
    if not isinstance(value, tuple):
        return value
    lengths: list[int] = []
    row: Any = value
    while isinstance(row, tuple):
        lengths.append(len(row))
        row = row[0]
    return _table(flat(value), lengths)


def flat(value: Any) -> list[Any]:
    """The entries of nested tuples."""
    return [entry for item in value for entry in flat(item)] if isinstance(value, tuple) else [value]


def _table(entries: list[Any], lengths: list[int]) -> Any:
    import sympy

    if len(lengths) <= 2:
        return sympy.ImmutableDenseMatrix(lengths[0], lengths[1] if len(lengths) == 2 else 1, entries)
    return sympy.ImmutableDenseNDimArray(entries, tuple(lengths))


class ToSympy:
    """One conversion: the same symbol is the same sympy object throughout, and the way back is remembered."""

    def __init__(self, tree: t.Expr, sizes: Mapping[str, int] | None, differentiate: Differentiate, total: Any = None) -> None:
        self.differentiate = differentiate
        self.total = total  # the class of sums: sympy.Sum without it
        self.concrete = sizes is not None
        self.sizes = dict(sizes or {})
        for name, value in self.sizes.items():
            if not isinstance(value, int) or value < 0:  # type: ignore[redundant-expr]  # users pass anything
                raise SympyError(f"sizes: {name} must be a whole number such as 3, got {value!r}")
        self.env: dict[t.Symbol, int] = {}
        self.symbols: dict[str, t.Symbol] = {}
        self.over: dict[Any, Any] = {}  # sympy index -> sympy size over which it runs
        self.entered: dict[str, tuple[t.Symbol, tuple[int, ...]]] = {}
        self.names = {s.name for s in _all_symbols(tree)}
        counted = (s for s in t.free_symbols(tree) if s.type.domain == "natural" and not s.type.shape)
        self.listed = self.concrete and all(s.name in self.sizes for s in counted)  # entries of sequences by their numbers

    def at(self, place: Mapping[t.Symbol, int]) -> ToSympy:
        """The same conversion at these values of indices."""
        other = object.__new__(ToSympy)
        other.__dict__ = {**self.__dict__, "env": {**self.env, **place}}
        return other

    def countable(self, indices: Iterable[t.Symbol]) -> tuple[t.Symbol, ...]:
        """Those of the indices whose values can be listed: of known size, and without a value."""
        return tuple(i for i in indices if self.concrete and self.integer(i) is None and self.integer(t.size_of(i)) is not None)

    def everywhere(self, indices: tuple[t.Symbol, ...], of: Callable[[ToSympy], Any]) -> Any:
        """What `of` makes of every value of the indices, as nested tuples."""
        if not indices:
            return of(self)
        values = range(1, (self.integer(t.size_of(indices[0])) or 0) + 1)
        return tuple(self.at({indices[0]: value}).everywhere(indices[1:], of) for value in values)

    def stated(self, node: t.Expr, indices: tuple[t.Symbol, ...]) -> Any:
        """A statement, for every value of these indices."""
        import sympy

        if isinstance(node, t.Relation) and node.ops == ("=",):
            left = self.everywhere(indices, lambda at: at.convert(node.args[0]))
            right = self.everywhere(indices, lambda at: at.convert(node.args[1]))
            return sympy.Eq(finished(left), finished(right), evaluate=False)
        each = self.everywhere(indices, lambda at: at.convert(node))
        return sympy.And(*flat(each), evaluate=False) if isinstance(each, tuple) else each

    def entry_of(self, definition: t.Definition) -> Any:
        """The entry on the left of a definition, at these values of its indices."""
        import sympy

        return sympy.Symbol(definition.head + "_".join(str(self.env[i]) for i in definition.indices), real=True)

    def context(self) -> Context:
        return Context(symbols=dict(self.symbols))

    def integer(self, node: t.Expr | None) -> int | None:
        """The value of an index, a size or the end of a range, where it is known."""
        match node:
            case t.Number(value=value) if value.denominator == 1:
                return int(value)
            case t.Symbol():
                return self.env.get(node, self.sizes.get(node.name) if node.type.domain in INTEGERS else None)
            case t.Paren(body):
                return self.integer(body)
            case t.Add(left, right) | t.Sub(left, right) | t.Mul(left, right):
                a, b = self.integer(left), self.integer(right)
                if a is None or b is None:
                    return None
                return a + b if isinstance(node, t.Add) else a - b if isinstance(node, t.Sub) else a * b
        return None

    def unknown_sizes(self, node: t.Expr) -> str:
        """What to pass so that every size in the tree is known."""
        names = sorted(s.name for s in t.free_symbols(node) if s.type.domain == "size")
        return f"sizes={ {**dict.fromkeys(names, 3), **self.sizes} }"

    def symbol(self, node: t.Symbol) -> Any:
        import sympy

        if (value := self.integer(node)) is not None:
            return sympy.Integer(value)
        if node.type.shape:
            return self.entries(node, node.type.shape)
        if node.type.domain == "function":
            raise SympyError(f"{node.name} is a function: apply it, e.g. {node.name}(x)")
        self.declare(node)
        result = sympy.Symbol(node.name, **ASSUMPTIONS[node.type.domain])
        if node.type.over is not None:
            self.over[result] = self.convert(node.type.over)
        return result

    def declare(self, node: t.Symbol) -> None:
        if self.symbols.setdefault(node.name, node) != node:
            raise SympyError(f"{node.name} has two declarations in one formula: use two names")

    def entries(self, node: t.Symbol, shape: tuple[t.Expr, ...]) -> Any:
        """A whole array as nested tuples of plain symbols."""
        lengths = [self.integer(size) for size in shape]
        if not self.concrete or None in lengths:
            raise SympyError(f"{node.name} is a whole array: index it, or pass its sizes, e.g. {self.unknown_sizes(node)}")

        def rows(prefix: tuple[int, ...], rest: list[int | None]) -> Any:
            if not rest:
                return self.entry(node, prefix)
            return tuple(rows((*prefix, i), rest[1:]) for i in range(1, (rest[0] or 0) + 1))

        return rows((), lengths)

    def entry(self, array: t.Symbol, place: tuple[int, ...]) -> Any:
        import sympy

        self.declare(array)
        name = array.name + "_".join(map(str, place))
        if name in self.names or array.name[-1].isdigit():
            name = f"{array.name}_{'_'.join(map(str, place))}"
        if self.entered.setdefault(name, (array, place)) != (array, place) or name in self.names:
            raise SympyError(f"{name} would stand for two things: rename {array.name}")
        return sympy.Symbol(name, **ASSUMPTIONS[array.type.domain])

    def convert(self, node: t.Expr) -> Any:
        import sympy

        f = self.convert
        match node:
            case t.Number(value=value):
                return sympy.Rational(value.numerator, value.denominator)
            case t.Constant(name):
                return {"inf": sympy.oo, "nan": sympy.nan, "pi": sympy.pi}.get(name) or refuse("naturals is a shape, not a value")
            case t.Symbol():
                return self.symbol(node)
            case t.Paren(body):
                return f(body)
            case t.Neg(body):
                return -f(body)
            case t.Add(left, right):
                return f(left) + f(right)
            case t.Sub(left, right):
                return f(left) - f(right)
            case t.Mul(left, right):
                return f(left) * f(right)
            case t.Div(left, right):
                return f(left) / f(right)
            case t.Pow(base, exponent):
                return f(base) ** f(exponent)
            case t.Call():
                return self.call(node)
            case t.Apply():
                return self.apply(node)
            case t.Index():
                return self.index(node)
            case t.List(items):
                return tuple(map(f, items))
            case t.Derivative():
                body, variables = derivative_parts(node)
                return sympy.Derivative(f(body), *map(f, variables))
            case t.Big():
                return self.big(node)
            case t.Limit():
                direction = "-" if node.side == "-" else "+" if node.side == "+" else "+-"
                point = f(node.point)
                if point in (sympy.oo, -sympy.oo):
                    direction = "-" if point == sympy.oo else "+"
                return sympy.Limit(f(node.body), f(node.variable), point, direction)
            case t.At():
                return self.substituted(node)
            case t.Mean():
                return self.mean(node)
            case t.Relation(args, ops):
                sides = [finished(f(a)) for a in args]
                pairs = [_relation(op, a, b) for op, a, b in zip(ops, sides, sides[1:], strict=False)]
                return pairs[0] if len(pairs) == 1 else sympy.And(*pairs, evaluate=False)
            case t.And(parts):
                return sympy.And(*map(f, parts), evaluate=False)
            case t.Implies(left, right):
                return sympy.Implies(f(left), f(right), evaluate=False)
            case t.Iff(left, right):
                return sympy.Equivalent(f(left), f(right), evaluate=False)
        raise TypeError(f"{type(node).__name__} is no node of the language")

    def call(self, node: t.Call) -> Any:
        import sympy

        args = [self.convert(a) for a in node.args]
        if node.name == "delta":
            bound = self.over.get(args[0], self.over.get(args[1]))
            return sympy.KroneckerDelta(*args) if bound is None else sympy.KroneckerDelta(*args, (1, bound))
        if node.name == "xlogy":
            return sympy.Integer(0) if args[0].is_zero else args[0] * sympy.log(args[1])
        if node.name in ("log2", "log10"):
            return sympy.log(args[0]) / sympy.log(int(node.name[3:]))
        if node.name == "step":
            return sympy.Heaviside(args[0], 1)
        known = {"exp": sympy.exp, "log": sympy.log, "sqrt": sympy.sqrt, "erfc": sympy.erfc}
        known |= {"abs": sympy.Abs, "max": sympy.Max, "min": sympy.Min}
        return known[node.name](*args)

    def apply(self, node: t.Apply) -> Any:
        import sympy

        if not node.args or node.shape:
            raise SympyError(f"{node.head} is not defined here: pass definitions=context.definitions")
        if any(t.shape_of(a) for a in node.args) and not self.concrete:
            raise SympyError(
                f"{node.head}({', '.join(map(to_text, node.args))}) of a vector is opaque, and sympy's derivative of it would be "
                f"silently 0: pass definitions=context.definitions, or {self.unknown_sizes(node)}"
            )
        self.symbols.setdefault(node.head, t.Symbol(node.head, t.Type("function", t.shape_of(node.args[0]))))
        return sympy.Function(node.head)(*(entry for a in node.args for entry in flat(self.convert(a))))

    def index(self, node: t.Index) -> Any:

        reduced = reduce_index(node)
        if not isinstance(reduced, t.Index):
            return self.convert(reduced)
        base = reduced.base
        while isinstance(base, t.Paren):
            base = base.body
        if isinstance(base, t.Apply):
            return self.apply(base)  # never opaque: sympy's derivative of it would silently be 0
        places = [self.integer(i) for i in reduced.indices]
        sequence = t.shape_of(base)[:1] == (t.NATURALS,)
        lengths = [self.integer(s) for s in t.shape_of(base)[: len(places)]]
        if self.listed if sequence else (self.concrete and None not in lengths):
            if None in places:
                loose = to_text(reduced.indices[places.index(None)])
                raise SympyError(
                    f"{to_text(node)}: {loose} has no value; bind it, or pass it with the sizes, e.g. {{'{loose}': 1}}"
                )
            known = tuple(p for p in places if p is not None)
            for place, size, axis in zip(known, lengths, t.shape_of(base), strict=False):
                if place < (0 if axis == t.NATURALS else 1):
                    raise SympyError(f"{to_text(node)}: the index is smaller than that of the first entry")
                if size is not None and place > size:
                    raise SympyError(f"{to_text(node)}: the index is larger than the size")
            if isinstance(base, t.Symbol) and len(known) == len(base.type.shape):
                return self.entry(base, known)
            value = self.convert(base)
            for place in known:
                value = value[place - 1]
            return value
        if not isinstance(base, t.Symbol) or len(places) != len(base.type.shape):
            raise SympyError(f"{to_text(node)} has no sympy form for a symbolic size: pass {self.unknown_sizes(node)}")
        self.declare(base)
        indices = tuple(self.convert(i) for i in reduced.indices)
        return _array(base.name, base.type.domain)[indices]

    def values(self, binder: t.Binder) -> range | None:
        """The values of a bound index, where its size is known."""
        if not self.concrete:
            return None
        low = 1 if binder.lower is None else self.integer(binder.lower)
        high = self.integer(t.size_of(binder.symbol) if binder.upper is None else binder.upper)
        return None if low is None or high is None else range(low, high + 1)

    def big(self, node: t.Big) -> Any:
        import sympy

        if not node.binders:
            return self.convert(node.body)
        binder, inner = node.binders[0], node.body if len(node.binders) == 1 else replace(node, binders=node.binders[1:])
        values = self.values(binder)
        if values is not None:
            parts = [self.at({binder.symbol: v}).convert(inner) for v in values]
            if node.op == "vector":
                return tuple(parts)
            return {"sum": sympy.Add, "prod": sympy.Mul, "max": sympy.Max, "min": sympy.Min, "forall": sympy.And}[node.op](*parts)
        if node.op not in ("sum", "prod"):
            raise SympyError(f"{to_text(node)} has no sympy form for a symbolic size: pass {self.unknown_sizes(node)}")
        low = sympy.Integer(1) if binder.lower is None else self.convert(binder.lower)
        high = self.convert(t.size_of(binder.symbol) if binder.upper is None else binder.upper)
        total = self.total or sympy.Sum
        return (total if node.op == "sum" else sympy.Product)(self.convert(inner), (self.convert(binder.symbol), low, high))

    def mean(self, node: t.Mean) -> Any:
        """The mean over all batches: which samples are drawn is written out."""
        import sympy

        samples, drawn = self.integer(node.batch.type.shape[0]), self.integer(node.batch.type.over)
        if samples is None or drawn is None:
            raise SympyError(f"{to_text(node)} has no sympy form for symbolic sizes: pass {self.unknown_sizes(node)}")
        if drawn > samples:
            raise SympyError(f"{to_text(node)}: {drawn} of {samples} samples cannot be drawn")
        batches = [[t.number(int(i in chosen)) for i in range(samples)] for chosen in combinations(range(samples), drawn)]
        values = [self.convert(substitute(node.body, {node.batch: t.List(tuple(batch))})) for batch in batches]
        return sympy.Add(*values) / len(values)

    def substituted(self, node: t.At) -> Any:
        """`at(...)`: derivatives inside are carried out first, then the values are put in."""
        if self.concrete:
            body = self.convert(node.body)
            changes: dict[Any, Any] = {}
            for target, value in zip(node.targets, node.values, strict=True):
                changes.update(zip(flat(self.convert(target)), flat(self.convert(value)), strict=True))
            parts = [entry.doit().subs(changes, simultaneous=True) for entry in flat(body)]
            return parts[0] if not isinstance(body, tuple) else tuple(parts)

        def carried_out(part: t.Expr) -> t.Expr:
            part = t.map_children(part, carried_out)
            return self.differentiate(part.body, part.variable) if isinstance(part, t.Derivative) else part

        body = carried_out(node.body)
        if any(isinstance(part, t.Derivative) for part in t.walk(body)):  # of a function that is left open
            if any(t.shape_of(target) for target in node.targets):
                raise SympyError(f"{to_text(node)} has no sympy form for a symbolic size: pass {self.unknown_sizes(node)}")
            import sympy

            return sympy.Subs(self.convert(body), [*map(self.convert, node.targets)], [*map(self.convert, node.values)])
        mapping: dict[t.Symbol, t.Expr] = dict(zip(node.targets, node.values, strict=True))
        return self.convert(readable(substitute(body, mapping)))


def _all_symbols(node: t.Expr) -> Iterable[t.Symbol]:
    for part in t.walk(node):
        if isinstance(part, t.Symbol):
            yield part
        yield from t.bound_symbols(part)


def _relation(op: str, left: Any, right: Any) -> Any:
    import sympy

    known = {"=": sympy.Eq, "!=": sympy.Ne, "<=": sympy.Le, "<": sympy.Lt, ">=": sympy.Ge, ">": sympy.Gt}
    return known[op](left, right, evaluate=False)

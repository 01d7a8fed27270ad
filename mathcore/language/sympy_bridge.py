"""To sympy and back. sympy computes derivatives and limits; it never holds the source of a formula.

sympy reorders and cancels on construction, so a tree that went there and back is equal, not the same. Heads are
unfolded first (sympy's derivative of an opaque array is silently 0) and bound names are made unique (its `diff` and
`subs` capture them). sympy is imported on first use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers.names import readable
from mathcore.language.printers.text import derivative_parts, parenthesise, to_text

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


class SympyError(ValueError):
    """What has no form on the other side: says what and what to do instead."""


def to_sympy(node: t.Expr, definitions: Mapping[str, t.Definition] | None = None, sizes: Mapping[str, int] | None = None) -> Any:
    """A tree as a sympy object, heads unfolded, derivatives and limits not carried out.

    Parameters
    ----------
    node : Expr
    definitions : mapping, optional
        Heads that may occur in the tree, as in ``Context.definitions``.
    sizes : mapping of names to int, optional
        Values of sizes, and of free indices: ``{"n": 3, "i": 1}``. Sums are then written out over plain symbols
        ``z1, z2, z3``, a form for `sympy.lambdify`; a vector becomes a column.

    Raises
    ------
    SympyError
        Where sympy has no such object, e.g. a maximum over a symbolic number of entries.
    """
    tree = readable(t.unfold(node, definitions or {}))
    return _finished(_ToSympy(tree, sizes).convert(tree))


def definition_to_sympy(
    definition: t.Definition, definitions: Mapping[str, t.Definition], sizes: Mapping[str, int] | None = None
) -> Any:
    """The defining relation as an unevaluated `Eq`; with sizes, entry by entry in a column (or matrix) on both sides."""
    import sympy

    body = readable(t.unfold(definition.body, definitions))
    converter = _ToSympy(body, sizes)
    shape = [converter.integer(t.size_of(i)) for i in definition.indices]
    if definition.indices and sizes is not None and all(s is not None for s in shape):
        lengths = [s for s in shape if s is not None]
        places = [dict(zip(definition.indices, place, strict=True)) for place in product(*(range(1, s + 1) for s in lengths))]
        left = [sympy.Symbol(definition.head + "_".join(map(str, place.values())), real=True) for place in places]
        right = [converter.at(place).convert(body) for place in places]
        return sympy.Eq(_table(left, lengths), _table(right, lengths), evaluate=False)
    if definition.indices:
        head = sympy.IndexedBase(definition.head, real=True)[tuple(converter.convert(i) for i in definition.indices)]
    elif definition.parameters and not any(p.type.shape for p in definition.parameters):
        head = sympy.Function(definition.head)(*(converter.convert(p) for p in definition.parameters))
    else:
        head = sympy.Symbol(definition.head, real=True)
    return sympy.Eq(head, converter.convert(body), evaluate=False)


def from_sympy(expr: Any, context: Context, names: Mapping[str, str] | None = None) -> t.Expr:
    """A sympy object as a tree with the brackets that it needs; every free symbol must be declared in the context.

    Parameters
    ----------
    expr : sympy object or number
    context : Context
        Arrays are matched with ``Indexed`` and with plain entries: ``z1`` is z[1] where z is a declared vector. Heads of
        its definitions are applied functions: ``Function("entropy")(p)``; of a vector an entry is ``Function("softmax")(z, i)``.
    names : mapping, optional
        How names of sympy symbols are spelled in the context, where that differs.

    Raises
    ------
    SympyError
        For undeclared names (all are listed) and for what the language has no word for, such as Piecewise.
    """
    import sympy

    expr = sympy.sympify(expr, strict=True)
    return parenthesise(readable(_FromSympy(context.symbols, names or {}, context.definitions).convert(expr), context))


@lru_cache(maxsize=256)
def _derivative(tree: t.Derivative) -> t.Expr:
    import sympy

    converter = _ToSympy(tree, None)
    body, by = converter.convert(tree.body), converter.convert(tree.variable)
    derivative = _collapse(sympy.diff(body.doit() if body.has(sympy.Derivative) else body, by), converter)
    return from_sympy(derivative, converter.context())


def differentiate(node: t.Expr, variable: t.Expr, definitions: Mapping[str, t.Definition] | None = None) -> t.Expr:
    """The derivative by a symbol or an entry, carried out by sympy on the unfolded tree; sums over a delta collapse."""
    tree = readable(t.unfold(t.Derivative(node, variable), definitions or {}))
    assert isinstance(tree, t.Derivative)
    return _derivative(tree)


def limit(node: t.Expr, definitions: Mapping[str, t.Definition] | None = None) -> t.Expr | None:
    """The value of `lim(x -> a: ...)` by sympy, or None where it cannot decide (any sum over a symbolic n, for one)."""
    import sympy
    from sympy.calculus.accumulationbounds import AccumulationBounds

    tree = readable(t.unfold(node, definitions or {}))
    while isinstance(tree, t.Paren):
        tree = tree.body
    if not isinstance(tree, t.Limit):
        raise TypeError(f"limit: expected lim(x -> a: ...), got {to_text(node)}")
    converter = _ToSympy(tree, None)
    try:
        value = converter.convert(tree).doit()
        if value.has(sympy.Limit, AccumulationBounds, sympy.Piecewise, sympy.nan, sympy.zoo):
            return None
        return from_sympy(value, converter.context())
    except (NotImplementedError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, sympy.PoleError):
        return None


def _finished(value: Any) -> Any:
    """Tuples of entries as a sympy matrix or array."""
    if not isinstance(value, tuple):
        return value
    lengths: list[int] = []
    row: Any = value
    while isinstance(row, tuple):
        lengths.append(len(row))
        row = row[0]
    return _table(_flat(value), lengths)


def _flat(value: Any) -> list[Any]:
    return [entry for item in value for entry in _flat(item)] if isinstance(value, tuple) else [value]


def _table(entries: list[Any], lengths: list[int]) -> Any:
    import sympy

    if len(lengths) <= 2:
        return sympy.ImmutableDenseMatrix(lengths[0], lengths[1] if len(lengths) == 2 else 1, entries)
    return sympy.ImmutableDenseNDimArray(entries, tuple(lengths))


def _collapse(expr: Any, converter: _ToSympy) -> Any:
    """Sums over a delta carried out: deltas get the range of their index, without which sympy answers Piecewise."""
    import sympy
    from sympy.concrete.delta import deltasummation

    def ranged(a: Any, b: Any, *_: Any) -> Any:
        upper = converter.over.get(a, converter.over.get(b))
        return sympy.KroneckerDelta(a, b) if upper is None else sympy.KroneckerDelta(a, b, (1, upper))

    def summed(total: Any) -> Any:
        body = total.function
        for bounds in total.limits:
            result = deltasummation(body.expand() if isinstance(body, sympy.Mul) else body, bounds)
            body = sympy.Sum(body, bounds) if result.has(sympy.Piecewise) else result
        return body

    expr = expr.replace(sympy.KroneckerDelta, ranged)
    return expr.replace(lambda e: isinstance(e, sympy.Sum) and e.has(sympy.KroneckerDelta), summed)


class _ToSympy:
    """One conversion: the same symbol is the same sympy object throughout, and the way back is remembered."""

    def __init__(self, tree: t.Expr, sizes: Mapping[str, int] | None) -> None:
        self.concrete = sizes is not None
        self.sizes = dict(sizes or {})
        for name, value in self.sizes.items():
            if not isinstance(value, int) or value < 0:
                raise SympyError(f"sizes: {name} must be a whole number such as 3, got {value!r}")
        self.env: dict[t.Symbol, int] = {}
        self.symbols: dict[str, t.Symbol] = {}
        self.over: dict[Any, Any] = {}  # sympy index -> sympy size over which it runs
        self.entered: dict[str, tuple[t.Symbol, tuple[int, ...]]] = {}
        self.names = {s.name for s in _all_symbols(tree)}

    def at(self, place: Mapping[t.Symbol, int]) -> _ToSympy:
        """The same conversion at these values of indices."""
        other = object.__new__(_ToSympy)
        other.__dict__ = {**self.__dict__, "env": {**self.env, **place}}
        return other

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
            raise SympyError(f"{node.name} is a whole array: index it, or pass its sizes, e.g. sizes={{'n': 3}}")

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
                return {"inf": sympy.oo, "nan": sympy.nan, "pi": sympy.pi}.get(name) or _refuse(
                    "naturals is a shape, not a value"
                )
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
            case t.Relation(args, ops):
                sides = [_finished(f(a)) for a in args]
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
                "silently 0: pass definitions=context.definitions, or sizes={'n': 3}"
            )
        self.symbols.setdefault(node.head, t.Symbol(node.head, t.Type("function", t.shape_of(node.args[0]))))
        return sympy.Function(node.head)(*(entry for a in node.args for entry in _flat(self.convert(a))))

    def index(self, node: t.Index) -> Any:
        import sympy

        reduced = t.reduce_index(node)
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
        if self.concrete and (sequence or None not in lengths):
            if None in places:
                loose = to_text(reduced.indices[places.index(None)])
                raise SympyError(
                    f"{to_text(node)}: {loose} has no value; bind it, or pass it with the sizes, e.g. {{'{loose}': 1}}"
                )
            known = tuple(p for p in places if p is not None)
            if isinstance(base, t.Symbol) and len(known) == len(base.type.shape):
                if not sequence and any(p > (s or 0) for p, s in zip(known, lengths, strict=True)):
                    raise SympyError(f"{to_text(node)}: the index is larger than the size")
                return self.entry(base, known)
            value = self.convert(base)
            for place in known:
                value = value[place - 1]
            return value
        if not isinstance(base, t.Symbol) or len(places) != len(base.type.shape):
            raise SympyError(f"{to_text(node)} has no sympy form for a symbolic size: pass sizes={{'n': 3}}")
        self.declare(base)
        indices = tuple(self.convert(i) for i in reduced.indices)
        return sympy.IndexedBase(base.name, **ASSUMPTIONS[base.type.domain])[indices]

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
            raise SympyError(f"{to_text(node)} has no sympy form for a symbolic size: pass sizes={{'n': 3}}")
        low = sympy.Integer(1) if binder.lower is None else self.convert(binder.lower)
        high = self.convert(t.size_of(binder.symbol) if binder.upper is None else binder.upper)
        return (sympy.Sum if node.op == "sum" else sympy.Product)(self.convert(inner), (self.convert(binder.symbol), low, high))

    def substituted(self, node: t.At) -> Any:
        """`at(...)`: derivatives inside are carried out first, then the values are put in."""
        if self.concrete:
            body = self.convert(node.body)
            changes: dict[Any, Any] = {}
            for target, value in zip(node.targets, node.values, strict=True):
                changes.update(zip(_flat(self.convert(target)), _flat(self.convert(value)), strict=True))
            parts = [entry.doit().xreplace(changes) for entry in _flat(body)]
            return parts[0] if not isinstance(body, tuple) else tuple(parts)

        def carried_out(part: t.Expr) -> t.Expr:
            part = t.map_children(part, carried_out)
            return differentiate(part.body, part.variable) if isinstance(part, t.Derivative) else part

        mapping: dict[t.Symbol, t.Expr] = dict(zip(node.targets, node.values, strict=True))
        tree = readable(t.substitute(carried_out(node.body), mapping))
        return self.convert(tree)


def _refuse(message: str) -> Any:
    raise SympyError(message)


def _all_symbols(node: t.Expr) -> Iterable[t.Symbol]:
    for part in t.walk(node):
        if isinstance(part, t.Symbol):
            yield part
        yield from t.bound_symbols(part)


def _relation(op: str, left: Any, right: Any) -> Any:
    import sympy

    known = {"=": sympy.Eq, "!=": sympy.Ne, "<=": sympy.Le, "<": sympy.Lt, ">=": sympy.Ge, ">": sympy.Gt}
    return known[op](left, right, evaluate=False)


class _FromSympy:
    def __init__(
        self,
        symbols: Mapping[str, t.Symbol],
        names: Mapping[str, str] | None = None,
        definitions: Mapping[str, t.Definition] | None = None,
    ) -> None:
        self.symbols, self.names, self.definitions = symbols, names or {}, definitions or {}
        self.bound: dict[Any, t.Symbol] = {}
        self.from_zero: dict[Any, t.Symbol] = {}  # bound over 0..n - 1: as a number it is one less than the index that it is

    def name(self, symbol: Any) -> str:
        written = str(getattr(symbol, "name", symbol))
        return self.names.get(written, written)

    def convert(self, expr: Any) -> t.Expr:
        missing = sorted({str(s) for s in self.free(expr) if self.lookup(s) is None})
        if missing:
            declared = ", ".join(sorted(self.symbols)) or "nothing yet"
            raise SympyError(
                f"not declared: {', '.join(missing)}; add to given, e.g. `{missing[0]}: real` (declared: {declared})"
            )
        return self.build(expr)

    def free(self, expr: Any) -> set[Any]:
        """Free symbols and undefined functions; sympy counts an entry z[k] as a free symbol of its own."""
        import sympy
        from sympy.core.function import AppliedUndef

        inner = {b.label for b in expr.atoms(sympy.IndexedBase)}
        heads = {a.func for a in expr.atoms(AppliedUndef) if str(a.func) not in self.definitions}
        return {s for s in expr.free_symbols - inner if isinstance(s, sympy.Symbol)} | heads | {b for b in inner if b.is_Symbol}

    def lookup(self, symbol: Any) -> t.Expr | None:
        """The declared symbol of that name, or the entry of a declared array: z3 is z[3]."""
        if symbol in self.bound:
            return self.bound[symbol]
        name = self.name(symbol)
        declared = self.symbols.get(name)
        if declared is not None and not declared.type.shape:
            return declared
        for length in range(len(name) - 1, 0, -1):
            array, rest = self.symbols.get(name[:length]), name[length:].removeprefix("_").split("_")
            if array is not None and array.type.shape and len(rest) == len(array.type.shape) and all(r.isdecimal() for r in rest):
                return t.Index(array, tuple(t.number(int(r)) for r in rest))
        return declared

    def build(self, expr: Any) -> t.Expr:
        import sympy
        from sympy.core.function import AppliedUndef

        f = self.build
        match expr:
            case sympy.Float():
                text = repr(float(expr))
                return f(sympy.Rational(text)) if "-" in text[0] or not _finite(text) else t.Number(Fraction(text), text)
            case sympy.Rational():
                return t.number(Fraction(int(expr.p), int(expr.q)))
            case sympy.Symbol():
                if expr in self.from_zero:
                    return t.Sub(self.from_zero[expr], t.number(1))
                found = self.lookup(expr)
                if isinstance(found, t.Symbol) and found.type.shape:
                    raise SympyError(f"{expr} is declared as an array: index it, e.g. {expr}[1] or IndexedBase('{expr}')[k]")
                return found or _refuse(f"not declared: {expr}")
            case sympy.Add():
                return self.total(expr)
            case sympy.Mul():
                return self.factors(expr)
            case sympy.exp():
                return t.Call("exp", (f(expr.args[0]),))
            case sympy.Pow():
                return self.power(expr)
            case sympy.Indexed():
                if isinstance(expr.base.label, AppliedUndef):
                    return self.head(expr.base.label, expr.indices)
                base = self.symbols.get(self.name(expr.base.label))
                if base is None or len(base.type.shape) != len(expr.indices):
                    raise SympyError(
                        f"{expr}: declare {expr.base.label} with {len(expr.indices)} axes, e.g. `{expr.base.label}: real[n]`"
                    )
                return t.Index(base, tuple(map(self.place, expr.indices)))
            case sympy.KroneckerDelta():
                return t.Call("delta", (self.place(expr.args[0]), self.place(expr.args[1])))
            case sympy.Sum() | sympy.Product():
                return self.big(expr)
            case sympy.Derivative():
                body = f(expr.expr)
                for variable, times in expr.variable_count:
                    for _ in range(int(times)):
                        body = t.Derivative(body, f(variable))
                return body
            case sympy.Limit():
                return self.limit(expr)
            case AppliedUndef():
                return self.head(expr, ())
            case sympy.MatrixBase() | sympy.NDimArray():
                rows: Any = expr.tolist()
                if isinstance(expr, sympy.MatrixBase) and expr.cols == 1:
                    rows = [row[0] for row in rows]
                return _listed(rows, f)
            case sympy.Tuple():
                return t.List(tuple(map(f, expr)))
            case sympy.And():
                return t.And(tuple(map(f, expr.args)))
            case sympy.Implies():
                return t.Implies(f(expr.args[0]), f(expr.args[1]))
            case sympy.Equivalent() if len(expr.args) == 2:
                return t.Iff(f(expr.args[0]), f(expr.args[1]))
        relations = {sympy.Eq: "=", sympy.Ne: "!=", sympy.Le: "<=", sympy.Lt: "<", sympy.Ge: ">=", sympy.Gt: ">"}
        if expr.func in relations:
            return t.Relation((f(expr.lhs), f(expr.rhs)), (relations[expr.func],))
        functions = {sympy.log: "log", sympy.erfc: "erfc", sympy.Abs: "abs", sympy.Max: "max", sympy.Min: "min"}
        if expr.func in functions:
            return t.Call(functions[expr.func], tuple(map(f, _ordered(expr) if len(expr.args) > 1 else expr.args)))
        if expr.func is sympy.Heaviside:
            if expr.args[1] != 1:
                raise SympyError(f"{expr} is {expr.args[1]} at 0, and step(0) is 1: write Heaviside({expr.args[0]}, 1)")
            return t.Call("step", (f(expr.args[0]),))
        if expr.func in (sympy.tanh, sympy.sinh, sympy.cosh):
            return self.hyperbolic(expr)
        if expr.func is sympy.sign:
            return f(sympy.Heaviside(expr.args[0], 1) - sympy.Heaviside(-expr.args[0], 1))
        constants: dict[Any, t.Expr] = {
            sympy.oo: t.INFINITY,
            -sympy.oo: t.Neg(t.INFINITY),
            sympy.nan: t.NAN,
            sympy.pi: t.PI,
            sympy.E: t.Call("exp", (t.number(1),)),
        }
        if expr in constants:
            return constants[expr]
        if isinstance(expr, sympy.Piecewise):
            return self.piecewise(expr)
        raise SympyError(f"{expr.func.__name__} has no form in the formula language: {expr}")

    def place(self, index: Any) -> t.Expr:
        """What stands in the brackets of an entry: there an index counted from 0 is the index itself."""
        return self.from_zero[index] if index in self.from_zero else self.build(index)

    def head(self, expr: Any, indices: tuple[Any, ...]) -> t.Expr:
        """A function of the context, declared or defined; arrays go in whole, indices of the result follow the arguments."""
        name = self.name(expr.func)
        definition = self.definitions.get(name)
        if definition is None:
            return t.Apply(name, tuple(map(self.build, expr.args)))
        wanted = len(definition.parameters)
        places = (*expr.args[wanted:], *indices)
        if len(expr.args) < wanted or len(places) != len(definition.indices):
            parameters = ", ".join(p.name for p in (*definition.parameters, *definition.indices))
            raise SympyError(f"{expr}: {name} takes {parameters}; write Function('{name}')({parameters})")
        args = tuple(map(self.argument, expr.args[:wanted]))
        for parameter, value in zip(definition.parameters, args, strict=True):
            if len(t.shape_of(value)) != len(parameter.type.shape):
                raise SympyError(f"{expr}: {parameter.name} of {name} has {len(parameter.type.shape)} axes")
        applied = t.Apply(name, args, t.instantiated_shape(definition, args))
        return t.Index(applied, tuple(map(self.place, places))) if places else applied

    def argument(self, item: Any) -> t.Expr:
        """A whole array (IndexedBase, or a symbol that is declared as one), or a number."""
        import sympy

        label = item.label if isinstance(item, sympy.IndexedBase) else item
        array = self.symbols.get(self.name(label)) if isinstance(label, sympy.Symbol) else None
        return array if array is not None and array.type.shape else self.build(item)

    def hyperbolic(self, expr: Any) -> t.Expr:
        import sympy

        x = expr.args[0]
        up, down = self.build(sympy.exp(x)), self.build(sympy.exp(-x))
        if expr.func is sympy.tanh:
            return t.Div(t.Sub(up, down), t.Add(up, down))
        return t.Div(t.Sub(up, down) if expr.func is sympy.sinh else t.Add(up, down), t.number(2))

    def piecewise(self, expr: Any) -> t.Expr:
        """One of two values: by delta where two indices are compared, max(x, 0) and |x| where a number is compared with 0."""
        import sympy

        (value, condition), *rest = expr.args
        if len(rest) == 1 and rest[0][1] == sympy.true:
            other = rest[0][0]
            if isinstance(condition, (sympy.Eq, sympy.Ne)) and all(
                isinstance(a, (sympy.Symbol, sympy.Integer)) for a in condition.args
            ):
                if isinstance(condition, sympy.Ne):
                    value, other = other, value
                same = sympy.KroneckerDelta(condition.lhs, condition.rhs)
                return self.build(value * same + other * (1 - same))
            if isinstance(condition, (sympy.Gt, sympy.Ge, sympy.Lt, sympy.Le)):
                gap = condition.lhs - condition.rhs
                if isinstance(condition, (sympy.Lt, sympy.Le)):
                    gap = -gap
                if sympy.expand(value - other - gap) == 0:  # other + (gap where it is positive)
                    return self.build(other + sympy.Max(gap, 0))
                if sympy.expand(value - other + gap) == 0:
                    return self.build(other - sympy.Max(gap, 0))
                if sympy.expand(value + other) == 0 and sympy.expand(value - gap) == 0:
                    return self.build(sympy.Abs(gap))
        raise SympyError(f"a Piecewise has no form in the formula language here: state each case under its condition ({expr})")

    def total(self, expr: Any) -> t.Expr:
        terms = list(expr.as_ordered_terms())
        first = next((k for k, term in enumerate(terms) if not _negative(term)), 0)
        terms.insert(0, terms.pop(first))  # b - a rather than -a + b
        result = self.build(terms[0])
        for term in terms[1:]:
            result = t.Sub(result, self.build(-term)) if _negative(term) else t.Add(result, self.build(term))
        return result

    def factors(self, expr: Any) -> t.Expr:
        import sympy

        number, rest = expr.as_coeff_Mul()
        if _negative(expr):
            return t.Neg(self.build(-expr))
        above: list[t.Expr] = []
        below: list[t.Expr] = []
        if isinstance(number, sympy.Rational) and number.q != 1:
            below.append(t.number(int(number.q)))
            number = sympy.Integer(number.p)
        if number != 1:
            above.append(self.build(number))
        for factor in rest.as_ordered_factors():
            if isinstance(factor, sympy.Pow) and _negative(factor.exp):
                below.append(self.build(sympy.Pow(factor.base, -factor.exp)))
            else:
                above.append(self.build(factor))
        top = _multiplied(above) if above else t.number(1)
        return t.Div(top, _multiplied(below)) if below else top

    def power(self, expr: Any) -> t.Expr:
        import sympy

        base, exponent = expr.base, expr.exp
        if base == sympy.E:
            return t.Call("exp", (self.build(exponent),))
        if exponent == sympy.Rational(1, 2):
            return t.Call("sqrt", (self.build(base),))
        if exponent.is_Number and exponent.is_negative:
            return t.Div(t.number(1), self.build(sympy.Pow(base, -exponent)))
        return t.Pow(self.build(base), self.build(exponent))

    def sized(self, upper: Any) -> bool:
        declared = self.symbols.get(self.name(upper)) if upper.is_Symbol else None
        return declared is not None and declared.type.domain == "size"

    def big(self, expr: Any) -> t.Expr:
        import sympy
        from sympy.core.function import AppliedUndef

        outer, shifted = dict(self.bound), dict(self.from_zero)
        binders: list[t.Binder] = []
        for symbol, lower, upper in reversed(expr.limits):  # sympy writes the innermost first
            from_zero = lower == 0 and self.sized(upper + 1)
            low, high = self.build(lower), self.build(upper + 1 if from_zero else upper)
            declared = self.symbols.get(self.name(symbol))
            sized = isinstance(high, t.Number) or (isinstance(high, t.Symbol) and high.type.domain == "size")
            pointing = any(
                symbol in (a.indices if isinstance(a, sympy.Indexed) else a.args)
                for a in expr.function.atoms(sympy.Indexed, sympy.KroneckerDelta, AppliedUndef)
            )
            index = t.Type("index", over=high)
            if (
                (lower == 1 or (from_zero and pointing))
                and sized
                and (pointing or any(s.type == index for s in self.symbols.values()))
            ):
                bound = declared if declared is not None and declared.type == index else t.Symbol(self.name(symbol), index)
                binders.append(t.Binder(bound))
                if from_zero:
                    self.from_zero[symbol] = bound
            else:
                high = self.build(upper)
                natural = declared is not None and declared.type.domain == "natural"
                bound = declared if declared is not None and natural else t.Symbol(self.name(symbol), t.Type("natural"))
                binders.append(t.Binder(bound, low, high))
                self.from_zero.pop(symbol, None)
            self.bound[symbol] = bound
        body = self.build(expr.function)
        self.bound, self.from_zero = outer, shifted
        return t.Big("sum" if isinstance(expr, sympy.Sum) else "prod", tuple(binders), body)

    def limit(self, expr: Any) -> t.Expr:
        import sympy

        body, variable, point, direction = expr.args
        outer = dict(self.bound)
        bound = self.symbols.get(self.name(variable), t.Symbol(self.name(variable), t.Type("real")))
        place = self.build(point)
        self.bound[variable] = bound
        inner = self.build(body)
        self.bound = outer
        side = "" if point in (sympy.oo, -sympy.oo) or str(direction) == "+-" else str(direction)
        return t.Limit(bound, place, side, inner)


def _negative(expr: Any) -> bool:
    number = expr.as_coeff_Mul()[0]
    return bool(number.is_number and number.is_extended_negative)


def _finite(text: str) -> bool:
    return text not in ("inf", "nan")


def _ordered(expr: Any) -> list[Any]:
    """The arguments of a set-like function in a stable order."""
    return sorted(expr.args, key=lambda a: a.sort_key())


def _multiplied(parts: list[t.Expr]) -> t.Expr:
    result = parts[0]
    for part in parts[1:]:
        result = t.Mul(result, part)
    return result


def _listed(rows: Any, f: Callable[[Any], t.Expr]) -> t.Expr:
    return t.List(tuple(_listed(row, f) for row in rows)) if isinstance(rows, list) else f(rows)

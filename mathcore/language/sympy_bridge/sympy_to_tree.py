"""sympy objects as trees: over declared symbols, with the brackets that a tree needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers.names import readable
from mathcore.language.printers.text import parenthesise, to_text
from mathcore.language.substitution import instantiated_shape
from mathcore.language.sympy_bridge.counting import from_one
from mathcore.language.sympy_bridge.error import SympyError, refuse
from mathcore.language.sympy_bridge.standing import free_symbols

HasValue = Callable[[t.Expr, Iterable[t.Symbol]], bool]


def from_sympy(
    expr: Any,
    context: Context,
    names: Mapping[str, str] | None = None,
    values: Mapping[str, t.Expr] | None = None,
    has_value: HasValue | None = None,
) -> t.Expr:
    """A sympy object as a tree with the brackets that it needs; every free symbol must be declared in the context.

    Parameters
    ----------
    expr : sympy object or number
    context : Context
        Arrays are matched with ``Indexed`` and with plain entries: ``z1`` is z[1] where z is a declared vector. Heads of
        its definitions are applied functions: ``Function("entropy")(p)``; of a vector an entry is ``Function("softmax")(z, i)``.
    names : mapping, optional
        How names of sympy symbols are spelled in the context, where that differs.
    values : mapping, optional
        What stands for a free sympy symbol, by its name, where that is no symbol of the context.
    has_value : callable, optional
        Whether a tree has a value for all values of these letters; without it only where nothing is divided, and no
        logarithm or root is taken. A Piecewise is read where its branches have values everywhere.

    Raises
    ------
    SympyError
        For undeclared names (all are listed) and for what the language has no word for, such as Piecewise.
    """
    import sympy

    reader = _FromSympy(context.symbols, names or {}, context.definitions, values or {}, has_value)
    expr = reader.from_one(sympy.sympify(expr, strict=True))
    return parenthesise(readable(reader.convert(expr), context))


class _FromSympy:
    def __init__(
        self,
        symbols: Mapping[str, t.Symbol],
        names: Mapping[str, str] | None = None,
        definitions: Mapping[str, t.Definition] | None = None,
        values: Mapping[str, t.Expr] | None = None,
        has_value: HasValue | None = None,
    ) -> None:
        self.symbols, self.names, self.definitions, self.values = symbols, names or {}, definitions or {}, values or {}
        self.has_value = has_value or _everywhere
        self.bound: dict[Any, t.Symbol] = {}

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
        return {s for s in free_symbols(expr) - inner if isinstance(s, sympy.Symbol)} | heads | {b for b in inner if b.is_Symbol}

    def lookup(self, symbol: Any) -> t.Expr | None:
        """The declared symbol of that name, or the entry of a declared array: z3 is z[3]."""
        if symbol in self.bound:
            return self.bound[symbol]
        if str(getattr(symbol, "name", symbol)) in self.values:
            return self.values[str(getattr(symbol, "name", symbol))]
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
                return t.Neg(f(-expr)) if expr < 0 else _decimal(expr)
            case sympy.Rational():
                return t.number(Fraction(int(expr.p), int(expr.q)))
            case sympy.Symbol():
                found = self.lookup(expr)
                if isinstance(found, t.Symbol) and found.type.shape:
                    raise SympyError(f"{expr} is declared as an array: index it, e.g. IndexedBase('{expr}')[k]")
                return found or refuse(f"not declared: {expr}")
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
                    axes = len(expr.indices)
                    declaration = f"{expr.base.label}: real[{', '.join('nmlrs'[:axes])}]"
                    raise SympyError(f"{expr}: declare {expr.base.label} with {axes} axes, e.g. `{declaration}`")
                return t.Index(base, tuple(map(self.build, expr.indices)))
            case sympy.KroneckerDelta():
                places = self.build(expr.args[0]), self.build(expr.args[1])
                for low, high in expr.args[2:]:  # sympy's delta is 0 beyond them
                    indices = [i for i in map(t.index_in, places) if i is not None]
                    if low != 1 or any(t.size_of(i) != self.build(high) for i in indices):
                        refuse(f"{expr} counts from {low} to {high} only: write KroneckerDelta({expr.args[0]}, {expr.args[1]})")
                return t.Call("delta", places)
            case sympy.Sum() | sympy.Product():
                return self.big(expr)
            case sympy.Derivative():
                body = f(expr.expr)
                if any(not times.is_Integer for _, times in expr.variable_count):
                    refuse(f"{expr}: how often it is differentiated has to be a number, e.g. Derivative(f, (x, 2))")
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
        if expr.func is sympy.erf:
            return t.Sub(t.number(1), t.Call("erfc", (f(expr.args[0]),)))
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

    def from_one(self, expr: Any) -> Any:
        """With arrays that are counted from 0 counted from 1."""
        import sympy

        declared = {str(b.label): self.symbols.get(self.name(b.label)) for b in expr.atoms(sympy.IndexedBase)}
        shapes = {name: tuple(map(to_text, s.type.shape)) for name, s in declared.items() if s is not None}
        fixed = {name for name, s in declared.items() if s is not None and s.type.domain in ("simplex", "onehot")}
        return from_one([expr], shapes, fixed).items[0]

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
            over = {i.name: to_text(t.size_of(i)) for i in definition.indices}
            declared = f", in prove with indices={over}" if over else ""
            raise SympyError(f"{expr}: {name} takes {parameters}; write Function('{name}')({parameters}){declared}")
        args = tuple(map(self.argument, expr.args[:wanted]))
        for parameter, value in zip(definition.parameters, args, strict=True):
            if len(t.shape_of(value)) != len(parameter.type.shape):
                raise SympyError(f"{expr}: {parameter.name} of {name} has {len(parameter.type.shape)} axes")
        applied = t.Apply(name, args, instantiated_shape(definition, args))
        return t.Index(applied, tuple(map(self.build, places))) if places else applied

    def argument(self, item: Any) -> t.Expr:
        """A whole array (IndexedBase, or a symbol that is declared as one), or a number."""
        import sympy

        label = item.label if isinstance(item, sympy.IndexedBase) else item
        array = self.symbols.get(self.name(label)) if isinstance(label, sympy.Symbol) else None
        return array if array is not None and array.type.shape else self.build(item)

    def hyperbolic(self, expr: Any) -> t.Expr:
        import sympy

        x = self.build(expr.args[0])  # sympy.exp(log(y)) is y
        up, down = t.Call("exp", (x,)), t.Call("exp", (t.Neg(x),))
        if expr.func is sympy.tanh:
            return t.Div(t.Sub(up, down), t.Add(up, down))
        return t.Div(t.Sub(up, down) if expr.func is sympy.sinh else t.Add(up, down), t.number(2))

    def piecewise(self, expr: Any) -> t.Expr:
        """One of two values: by delta where two indices are compared, max(x, 0) and |x| where a number is compared with 0.

        There both values and what is compared are evaluated everywhere, so each of them has to have a value everywhere.
        """
        import sympy

        (value, condition), *rest = expr.args
        if len(rest) == 1 and rest[0][1] == sympy.true and self.everywhere(value) and self.everywhere(rest[0][0]):
            other = rest[0][0]
            if isinstance(condition, (sympy.Eq, sympy.Ne)) and all(
                isinstance(a, (sympy.Symbol, sympy.Integer)) for a in condition.args
            ):
                if isinstance(condition, sympy.Ne):
                    value, other = other, value
                same = sympy.KroneckerDelta(condition.lhs, condition.rhs)
                return self.build(value * same + other * (1 - same))
            if isinstance(condition, (sympy.Gt, sympy.Ge, sympy.Lt, sympy.Le)) and all(map(self.everywhere, condition.args)):
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

    def everywhere(self, part: Any) -> bool:
        return self.has_value(self.build(part), self.bound.values())

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
                below.append(self.build(_raised(factor.base, -factor.exp)))
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
            return t.Div(t.number(1), self.build(_raised(base, -exponent)))
        return t.Pow(self.build(base), self.build(exponent))

    def big(self, expr: Any) -> t.Expr:
        import sympy
        from sympy.core.function import AppliedUndef

        outer = dict(self.bound)
        binders: list[t.Binder] = []
        for symbol, lower, upper in reversed(expr.limits):  # sympy writes the innermost first
            low, high = self.build(lower), self.build(upper)
            declared = self.symbols.get(self.name(symbol))
            sized = isinstance(high, t.Number) or (isinstance(high, t.Symbol) and high.type.domain == "size")
            pointing = any(
                symbol in (a.indices if isinstance(a, sympy.Indexed) else a.args)
                for a in expr.function.atoms(sympy.Indexed, sympy.KroneckerDelta, AppliedUndef)
            )
            index = t.Type("index", over=high)
            if lower == 1 and sized and (pointing or any(s.type == index for s in self.symbols.values())):
                bound = declared if declared is not None and declared.type == index else t.Symbol(self.name(symbol), index)
                bound = self.apart(bound, symbol, sympy.Tuple(expr.function, *(end for one in expr.limits for end in one[1:])))
                binders.append(t.Binder(bound))
            else:
                natural = declared is not None and declared.type.domain == "natural"
                bound = declared if declared is not None and natural else t.Symbol(self.name(symbol), t.Type("natural"))
                bound = self.apart(bound, symbol, sympy.Tuple(expr.function, *(end for one in expr.limits for end in one[1:])))
                binders.append(t.Binder(bound, low, high))
            self.bound[symbol] = bound
        body = self.build(expr.function)
        self.bound = outer
        return t.Big("sum" if isinstance(expr, sympy.Sum) else "prod", tuple(binders), body)

    def apart(self, bound: t.Symbol, symbol: Any, body: Any) -> t.Symbol:
        """A bound letter; another one where a letter of its name is bound around it or, as of a Dummy, stands in the body."""
        import sympy

        if bound in self.bound.values():
            return t.fresh(bound)
        others = (s for s in free_symbols(body) if isinstance(s, sympy.Symbol) and s != symbol)
        return t.fresh(bound) if any(self.lookup(s) == bound for s in others) else bound

    def limit(self, expr: Any) -> t.Expr:
        import sympy

        body, variable, point, direction = expr.args
        outer = dict(self.bound)
        bound = self.symbols.get(self.name(variable), t.Symbol(self.name(variable), t.Type("real")))
        bound = self.apart(bound, variable, body)
        place = self.build(point)
        self.bound[variable] = bound
        inner = self.build(body)
        self.bound = outer
        side = "" if point in (sympy.oo, -sympy.oo) or str(direction) == "+-" else str(direction)
        return t.Limit(bound, place, side, inner)


def _everywhere(node: t.Expr, letters: Iterable[t.Symbol]) -> bool:
    """Whether it is seen at once to have a value: nothing is divided, and no logarithm or root is taken."""

    def seen(part: t.Expr) -> bool:
        match part:
            case t.Div(_, below):
                return isinstance(below, t.Number)
            case t.Pow(_, exponent):
                return isinstance(exponent, t.Number) and exponent.value.denominator == 1 and exponent.value >= 0
            case t.Call(name, _):
                return name in ("exp", "max", "min", "abs", "delta", "step", "erfc")
        return part not in (t.INFINITY, t.NAN) and not isinstance(part, (t.Apply, t.Derivative, t.Limit))

    return all(map(seen, t.walk(node)))


def _negative(expr: Any) -> bool:
    number = expr.as_coeff_Mul()[0]
    return bool(number.is_number and number.is_extended_negative)


def _decimal(expr: Any) -> t.Number:
    """The decimal number that a Float shows: 0.1 is one tenth, though its bits are not."""
    import sympy

    for text in (repr(float(expr)), str(expr)):
        if re.fullmatch(r"\d+(\.\d+)?(e[+-]?\d+)?", text) and sympy.Float(text, precision=expr._prec) == expr:
            return t.Number(Fraction(text), text)
    raise SympyError(f"{expr}: its digits do not say which number it is; write it as a Rational")


def _ordered(expr: Any) -> list[Any]:
    """The arguments of a set-like function in a stable order."""
    return sorted(expr.args, key=lambda a: a.sort_key())


def _raised(base: Any, exponent: Any) -> Any:
    """The power as it stands: sympy would cancel in exp(log(x))^2."""
    import sympy

    return base if exponent == 1 else sympy.Pow(base, exponent, evaluate=False)


def _multiplied(parts: list[t.Expr]) -> t.Expr:
    result = parts[0]
    for part in parts[1:]:
        result = t.Mul(result, part)
    return result


def _listed(rows: Any, f: Callable[[Any], t.Expr]) -> t.Expr:
    return t.List(tuple(_listed(row, f) for row in rows)) if isinstance(rows, list) else f(rows)

"""lark's tree to ours: names are looked up, shapes, indices and binders checked."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from mathcore.language import tree as t
from mathcore.language.parser.error import FORM, FormulaError, meant
from mathcore.language.parser.grammar import MAX_DEPTH, Node
from mathcore.language.substitution import instantiated_shape

if TYPE_CHECKING:
    from mathcore.language.parser.context import Context

MAX_DIGITS = 60  # of a literal
MAX_EXPONENT = 1000  # of a literal power or of 1e...
_TOO_FAR = Fraction(MAX_EXPONENT + 1)

NUMBERS = ("real", "positive", "nonnegative", "unit")  # of which `forall` may speak

RESERVED = frozenset(
    [*t.FUNCTIONS, *t.DOMAINS, "D", "sum", "prod", "vector", "forall", "lim", "at", "and", "inf", "nan", "naturals"]
)


class Builder:
    """One formula: what is bound around the place that is read, and where each letter was first met."""

    def __init__(self, context: Context, text: str) -> None:
        self.context, self.text = context, text
        self.bound: list[str] = []
        self.ever_bound: dict[str, int] = {}
        self.ever_free: dict[str, int] = {}
        self.rows: list[FormulaError] = []  # of arrays of which some axes are named: they may be computed, not claimed
        self.depth = 0

    def error(self, node: Node, message: str) -> FormulaError:
        position = getattr(node, "start_pos", None)
        if position is None:
            position = getattr(getattr(node, "meta", None), "start_pos", 0)
        return FormulaError(self.text, position or 0, message)

    def build_formula(self, node: Node, *, defined: bool = False) -> t.Expr:
        """The whole; `defined`: it is the body of a definition."""
        result = self.build(node)
        if self.rows and (defined or is_proposition(result)):
            raise self.rows[0]
        for name, position in self.ever_free.items():
            if name in self.ever_bound:
                raise FormulaError(self.text, position, f"{name} is both free and bound in one formula: use two letters")
        return result

    def symbol(self, token: Node) -> t.Symbol:
        name = str(token)
        if name not in self.context.symbols:
            array, _, rest = name.partition("_")
            if array in self.context.symbols and self.context.symbols[array].type.shape and rest:
                raise self.error(token, f"{name} is not declared: an entry of {array} is written {array}[{rest}]")
            if other := meant(name, self.text):
                raise self.error(token, f"{name} is not declared: {other}")
            raise self.undeclared(token, f"{name}: real")
        return self.context.symbols[name]

    def undeclared(self, token: Node, declaration: str) -> FormulaError:
        known = ", ".join(sorted([*self.context.symbols, *self.context.definitions])) or "nothing yet"
        return self.error(token, f"{token} is not declared: add it to given, e.g. `{declaration}` (declared: {known})")

    def unknown(self, node: Node) -> bool:
        """Whether the node is a name that nothing declares."""
        known = {*self.context.symbols, *self.context.definitions, *RESERVED}
        return getattr(node, "data", "") == "name" and str(node.children[0]) not in known

    def index_of(self, token: Node, size: t.Expr | None, body: Node = None) -> FormulaError:
        """The error of an index that is not declared; without a size, that of the array that it names an entry of in `body`."""
        for part in body.iter_subtrees() if body is not None else ():
            if part.data != "index" or getattr(part.children[0], "data", "") != "name":
                continue
            array = self.context.symbols.get(str(part.children[0].children[0]))
            for axis, place in zip(array.type.shape if array else (), part.children[1].children, strict=False):
                if getattr(place, "data", "") == "name" and place.children[0] == token:
                    size = size or axis
        if re.search(rf"\b(?:sum|prod|max|min|vector|forall)\(\s*{token}\s*=", self.text):
            return self.error(token, f"{token} is both free and bound by a range in one formula: use two letters")
        sizes = [s.name for s in self.context.symbols.values() if s.type.domain == "size"]
        name = _size_name(size) if size is not None else (sizes or ["n"])[0]
        return self.undeclared(token, f"{token}: index[{name}]" if size or sizes else f"n: size; {token}: index[n]")

    def array_of(self, token: Node, places: list[Node]) -> FormulaError:
        """The error of an array that is not declared, whose entries are named by these places."""
        sizes: list[str] = []
        new: list[str] = []
        for place in places:
            symbol = self.context.symbols.get(str(place.children[0])) if getattr(place, "data", "") == "name" else None
            if (symbol is not None and symbol.type.domain == "index") or getattr(place, "data", "") == "number":
                declared = [s.name for s in self.context.symbols.values() if s.type.domain == "size"]
                sizes.append(_size_name(symbol.type.over) if symbol is not None else (declared or ["n"])[0])
                new += ["n: size; "] if symbol is None and not declared and not new else []
            elif symbol is None and self.unknown(place):
                raise self.index_of(place.children[0], None)
            else:
                sizes.append("naturals")
        return self.undeclared(token, f"{''.join(new)}{token}: real[{', '.join(sizes)}]")

    def build(self, node: Node) -> t.Expr:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(
                node, f"nested deeper than {MAX_DEPTH} (a sum or product of more than {MAX_DEPTH} terms counts as that): split it"
            )
        try:
            result: t.Expr = getattr(self, "_" + node.data)(node, *node.children)
            return result
        finally:
            self.depth -= 1

    def scalar(self, node: Node) -> t.Expr:
        result = self.value(node)
        if t.shape_of(result):
            raise self.error(node, "a vector stands where a number is needed: index it, e.g. z[i], or build vector(k: ...)")
        return result

    # propositions -----------------------------------------------------------------------------------------

    def proposition(self, node: Node) -> t.Expr:
        result = self.build(node)
        if not is_proposition(result):
            raise self.error(node, "a relation is needed here, e.g. a = b; at least is written >=, and => joins two relations")
        return result

    def _iff(self, node: Node, left: Node, right: Node) -> t.Expr:
        return t.Iff(self.proposition(left), self.proposition(right))

    def _implies(self, node: Node, left: Node, right: Node) -> t.Expr:
        return t.Implies(self.proposition(left), self.proposition(right))

    def _conjunction(self, node: Node, *parts: Node) -> t.Expr:
        return t.And(tuple(self.proposition(p) for p in parts))

    def _relation(self, node: Node, *parts: Node) -> t.Expr:
        sides = tuple(self.side(p) for p in parts[::2])
        for part, one, other in zip(parts[::2], sides, sides[1:], strict=False):
            if len(t.shape_of(one)) != len(t.shape_of(other)):
                names = " and ".join(map(_shape_name, (one, other)))
                raise self.error(part, f"{names} cannot be compared: index it, e.g. z[i] = 0, or build vector(k: ...)")
        return t.Relation(sides, tuple(str(op) for op in parts[1::2]))

    def side(self, node: Node) -> t.Expr:
        """One side of a relation: a scalar, or a whole vector or list (equality of vectors)."""
        result = self.build(node)
        if is_proposition(result):
            raise self.error(node, "a relation cannot be compared with another")
        return self.applied(node, result)

    def applied(self, node: Node, result: t.Expr) -> t.Expr:
        if isinstance(result, t.Symbol) and result.type.domain == "function":
            raise self.error(node, f"{result.name} is a function: apply it, e.g. {result.name}(x)")
        return result

    def value(self, node: Node) -> t.Expr:
        """A scalar, a vector or a list; no relation and no bare function."""
        result = self.build(node)
        if is_proposition(result):
            raise self.error(node, "a relation cannot be part of an expression")
        return self.applied(node, result)

    # arithmetic -------------------------------------------------------------------------------------------

    def alike(self, left: Node, right: Node, result: t.Add | t.Sub) -> t.Expr:
        """A sum or difference of numbers, or of arrays of one shape."""
        if t.shape_of(result.left) != t.shape_of(result.right):
            node, names = left if t.shape_of(result.left) else right, map(_shape_name, (result.left, result.right))
            raise self.error(node, f"{' and '.join(names)} cannot be added: index it, e.g. z[i], or build vector(k: ...)")
        return result

    def product(self, node: Node, result: t.Mul) -> t.Expr:
        """A product of numbers, a multiple of an array, or a matrix product."""
        left, right = t.shape_of(result.left), t.shape_of(result.right)
        if left and right:
            if t.NATURALS in (*left, *right) or len(left) > 2 or len(right) > 2:
                raise self.error(node, "only matrices and vectors are multiplied: index the array")
            if len(left) == 1:
                raise self.error(node, "a product of vectors is written dot(u, v)")
            if left[-1] != right[0]:
                raise self.error(
                    node,
                    f"{_shape_name(result.left)} times {_shape_name(result.right)}: the inner sizes {_size_name(left[-1])} and "
                    f"{_size_name(right[0])} must agree",
                )
        return result

    def _add(self, node: Node, left: Node, right: Node) -> t.Expr:
        return self.alike(left, right, t.Add(self.value(left), self.value(right)))

    def _sub(self, node: Node, left: Node, right: Node) -> t.Expr:
        return self.alike(left, right, t.Sub(self.value(left), self.value(right)))

    def _neg(self, node: Node, body: Node) -> t.Expr:
        return t.Neg(self.value(body))

    def _times(self, node: Node, left: Node, right: Node) -> t.Expr:
        return self.product(node, t.Mul(self.value(left), self.value(right), star=True))

    def _juxtapose(self, node: Node, left: Node, right: Node) -> t.Expr:
        one, other = self.value(left), self.value(right)
        if isinstance(one, t.Number) and "." in one.text and isinstance(other, t.Paren) and isinstance(other.body, t.Number):
            both = f"{one.text}({other.body.text})"
            raise self.error(node, f"{both} may be a repeating decimal: write a fraction, or {one.text} * {other.body.text}")
        return self.product(node, t.Mul(one, other))

    def _div(self, node: Node, left: Node, right: Node) -> t.Expr:
        return t.Div(self.value(left), self.scalar(right))

    def _power(self, node: Node, base: Node, exponent: Node) -> t.Expr:
        power = t.Pow(self.scalar(base), self.scalar(exponent))
        if _degree(power)[0] > MAX_EXPONENT:
            raise self.error(
                exponent,
                f"a power above {MAX_EXPONENT} (exponents of nested powers and the numbers in one multiply) is not evaluated",
            )
        return power

    def _number(self, node: Node, token: Node) -> t.Expr:
        text = str(token)
        mantissa, _, exponent = text.lower().partition("e")
        if len(mantissa) > MAX_DIGITS or (exponent and (len(exponent) > MAX_DIGITS or abs(int(exponent)) > MAX_EXPONENT)):
            raise self.error(token, f"a literal has at most {MAX_DIGITS} digits and an exponent of at most {MAX_EXPONENT}")
        return t.Number(Fraction(text), text)

    def _paren(self, node: Node, body: Node) -> t.Expr:
        return t.Paren(self.build(body))

    def _name(self, node: Node, token: Node) -> t.Expr:
        name = str(token)
        if name in ("inf", "nan", "naturals"):
            return t.Constant(name)
        if name in self.context.definitions and name not in self.bound:
            definition = self.context.definitions[name]
            if definition.parameters:
                raise self.error(token, f"{name} is a function: write {name}({', '.join(p.name for p in definition.parameters)})")
            return t.Apply(name, (), definition.shape)
        if name == "pi" and name not in self.context.symbols:  # a declaration of one's own comes first
            return t.PI
        if name in RESERVED:
            if name in t.FUNCTIONS or name in ("D", "sum", "prod", "vector", "forall", "lim", "at"):
                raise self.error(token, f"{name} is a word of the language: write {FORM.get(name) or _called(name)}")
            hint = "a number of your own needs another name" if name in t.DOMAINS else "it stands between two statements"
            raise self.error(token, f"{name} is a word of the language and stands for no value: {hint}")
        symbol = self.symbol(token)
        if symbol.type.domain == "batch" and name not in self.bound:
            raise self.error(token, f"{name} is a random batch: take the mean over it, mean({name}: ...)")
        if name not in self.bound:
            self.ever_free.setdefault(name, token.start_pos)
        return symbol

    def _list(self, node: Node, *items: Node) -> t.Expr:
        built = tuple(self.value(i) for i in items)
        if len({t.shape_of(i) for i in built}) != 1:
            raise self.error(node, "the rows of a list must have the same length")
        return t.List(built)

    # indices and functions --------------------------------------------------------------------------------

    def _index(self, node: Node, base: Node, arguments: Node) -> t.Expr:
        if self.unknown(base) and meant(str(base.children[0]), self.text) is None:
            raise self.array_of(base.children[0], arguments.children)
        if getattr(base, "data", "") == "name" and base.children[0] == "D":
            raise self.error(node, "a derivative is written D(f, x)")
        vector = self.build(base)
        shape = t.shape_of(vector)
        if len(arguments.children) > len(shape):
            raise self.error(node, self.too_many(vector, len(arguments.children), len(shape)))
        indices = tuple(self.place(argument, size) for size, argument in zip(shape, arguments.children, strict=False))
        if getattr(base, "data", "") == "index" and self.rows:
            places = ", ".join(self.written(place) for part in (base.children[1], arguments) for place in part.children)
            entry = f"{self.written(base.children[0])}[{places}]"
            self.rows[-1] = self.error(node, f"the places of an entry stand in one pair of brackets: write {entry}")
        elif len(indices) < len(shape):
            self.rows.append(self.row(node, base, arguments.children, shape))
        return t.Index(vector, indices)

    def place(self, argument: Node, size: t.Expr) -> t.Expr:
        """An index of an axis of that size."""
        if self.unknown(argument) and size != t.NATURALS:
            raise self.index_of(argument.children[0], size)
        if not any(argument.find_data("index")):
            self.declared_inside(argument, "natural")
        index = self.scalar(argument)
        if size == t.NATURALS:
            if not _is_natural(index):
                raise self.error(argument, "a sequence is indexed by a natural number, e.g. u[t + 1]")
        elif isinstance(index, t.Number):
            if index.value.denominator != 1 or index.value < 1 or (isinstance(size, t.Number) and index.value > size.value):
                largest = _size_name(size)
                raise self.error(argument, f"entries are counted from 1 to {largest}: the first is [1], the last [{largest}]")
        elif not (isinstance(index, t.Symbol) and index.type.domain == "index"):
            if not _is_natural(index):  # else a place from 1 to the size, as in z[t + 1]: that it is one is to be shown
                raise self.error(argument, "an index is a declared index such as k: index[n], or a number from 1")
        elif index.type.over != size:
            over, wanted = _size_name(index.type.over), _size_name(size)
            raise self.error(argument, f"{index.name} runs over {over}, but this axis has size {wanted}")
        return index

    def written(self, node: Node) -> str:
        """The text of a part, as it stands."""
        meta = getattr(node, "meta", node)
        return self.text[getattr(meta, "start_pos", 0) : getattr(meta, "end_pos", 0)]

    def row(self, node: Node, base: Node, places: list[Node], shape: tuple[t.Expr, ...]) -> FormulaError:
        """The error of an array of which fewer places are named than it has axes."""
        taken = set(re.findall(r"[A-Za-z_]\w*", self.text))
        letters: list[str] = []
        new: list[str] = []
        for size in shape[len(places) :]:
            kind = t.Type("natural") if size == t.NATURALS else t.Type("index", over=size)
            letter = next((s.name for s in self.context.symbols.values() if s.type == kind and s.name not in taken), "")
            if not letter:
                known = {*taken, *self.context.symbols, *self.context.definitions, *RESERVED}
                letter = next(name for name in ("j", "k", "l", "m", *map("j{}".format, range(1, 99))) if name not in known)
                new.append(f"{letter}: natural" if size == t.NATURALS else f"{letter}: index[{_size_name(size)}]")
            taken.add(letter)
            letters.append(letter)
        entry = f"{self.written(base)}[{', '.join([*map(self.written, places), *letters])}]"
        instead = f"the entry {entry}" if t.NATURALS in shape[len(places) :] else f"vector({', '.join(letters)}: {entry})"
        declared = f", and add to given `{'; '.join(new)}`" if new else ""
        return self.error(node, f"here an array is named whole or by one entry: write {instead}{declared}")

    def too_many(self, vector: t.Expr, places: int, axes: int) -> str:
        name = vector.name if isinstance(vector, t.Symbol) else "this"
        if isinstance(vector, t.Symbol) and vector.type.domain == "function":
            return f"{name} is a function: apply it, e.g. {name}(x)"
        if not axes:
            return f"{name} is a number and has no entries: leave the brackets out, or declare an array, {name}: real[n]"
        return f"{name} is {_kind(axes)}, and {places} places are named: name {axes}"

    def _call(self, node: Node, token: Node, arguments: Node) -> t.Expr:
        name, parts = str(token), arguments.children
        if name == "D":
            return self._slope(token, parts)
        if name in t.FUNCTIONS:
            return self._function(node, token, parts)
        if name in self.context.definitions:
            return self._head(node, token, parts, self.context.definitions[name])
        if name in self.context.symbols and self.context.symbols[name].type.domain == "function":
            symbol = self.context.symbols[name]
            args = tuple(self.value(p) for p in parts)
            if tuple(t.shape_of(a) for a in args) != (symbol.type.shape,):
                what = f"vector, e.g. {name}(z)" if symbol.type.shape else f"number, e.g. {name}(x)"
                raise self.error(node, f"{name} is declared for one {what}")
            return t.Apply(name, args)
        if name in self.context.symbols:
            if self.context.symbols[name].type.shape:
                raise self.error(token, f"{name} is an array: an entry is written with square brackets, {name}[...]")
            raise self.error(token, f"{name}( reads as a call; for a product put a space: {name} (...)")
        known = sorted([*t.FUNCTIONS, *self.context.definitions])
        same = next((other for other in known if other.lower() == name.lower()), None)
        if other := meant(name, self.text) or (same and f"write {same}(...)"):
            raise self.error(token, f"{name} is no function here: {other}")
        own = f"one of your own goes into given, {name}: function"
        raise self.error(token, f"{name} is no function here; there are {', '.join(known)}; {own}")

    def _slope(self, token: Node, parts: list[Node]) -> t.Expr:
        if len(parts) < 2:
            raise self.error(token, "a derivative needs what and by what: D(x^2, x)")
        result = self.scalar(parts[0])
        for part in parts[1:]:
            variable = self.scalar(part)
            counted = isinstance(variable, t.Symbol) and variable.type.domain in ("size", "index", "natural")
            if counted or not isinstance(variable, (t.Symbol, t.Index)):
                raise self.error(part, "differentiate by a variable: a real symbol or an entry such as z[j]")
            if isinstance(variable, t.Index) and not isinstance(variable.base, t.Symbol):
                raise self.error(part, "differentiate by an entry of a declared array, e.g. z[j]")
            result = t.Derivative(result, variable)
        return result

    def _function(self, node: Node, token: Node, parts: list[Node]) -> t.Expr:
        name, arity = str(token), t.FUNCTIONS[str(token)]
        if (arity is None and len(parts) < 2) or (arity is not None and len(parts) != arity):
            largest = f": of a vector z it is {FORM[name]}" if arity is None else f": write {_called(name)}"
            raise self.error(
                token, f"{name} takes {arity or 'two or more'} argument{'s' if arity != 1 else ''}, got {len(parts)}{largest}"
            )
        if name in ("dot", "transpose"):
            return self.matrix_call(node, name, tuple(self.value(p) for p in parts))
        if name == "delta":
            return self._delta(node, parts)
        return t.Call(name, tuple(self.scalar(p) for p in parts))

    def _delta(self, node: Node, parts: list[Node]) -> t.Expr:
        for part in parts:
            if self.unknown(part):
                others = [self.context.symbols.get(str(p.children[0])) for p in parts if getattr(p, "data", "") == "name"]
                raise self.index_of(part.children[0], next((s.type.over for s in others if s is not None), None))
        args = tuple(self.scalar(p) for p in parts)
        for arg, part in zip(args, parts, strict=True):
            if not (isinstance(arg, t.Number) or (isinstance(arg, t.Symbol) and arg.type.domain == "index")):
                raise self.error(part, "delta compares two indices: delta(i, j)")
        if len({a.type.over for a in args if isinstance(a, t.Symbol)}) > 1:
            raise self.error(node, "delta compares indices of the same size")
        return t.Call("delta", args)

    def matrix_call(self, node: Node, name: str, args: tuple[t.Expr, ...]) -> t.Expr:
        shapes = [t.shape_of(a) for a in args]
        if name == "transpose" and (len(shapes[0]) != 2 or t.NATURALS in shapes[0]):
            raise self.error(node, f"transpose turns a matrix, got {_shape_name(args[0])}")
        if name == "dot" and not (len(shapes[0]) == len(shapes[1]) == 1 and shapes[0] == shapes[1] != (t.NATURALS,)):
            raise self.error(node, f"dot multiplies two vectors of one size, got {' and '.join(map(_shape_name, args))}")
        return t.Call(name, args)

    def _head(self, node: Node, token: Node, parts: Node, definition: t.Definition) -> t.Expr:
        if len(parts) != len(definition.parameters):
            names = ", ".join(p.name for p in definition.parameters)
            raise self.error(token, f"{token} takes {len(definition.parameters)}: write {token}({names}), not {len(parts)}")
        args = tuple(self.value(p) for p in parts)
        sizes: dict[t.Expr, t.Expr] = {}
        for arg, part, parameter in zip(args, parts, definition.parameters, strict=True):
            shape = t.shape_of(arg)
            if len(shape) != len(parameter.type.shape):
                kind = "a number, e.g. an entry z[k]" if not parameter.type.shape else _kind(len(parameter.type.shape))
                raise self.error(part, f"{parameter.name} of {token} is to be {kind}, and this is {_kind(len(shape))}")
            for wanted, actual in zip(parameter.type.shape, shape, strict=True):
                if isinstance(wanted, t.Number) and wanted != actual:
                    raise self.error(part, f"{token}: {parameter.name} has size {_size_name(wanted)}, got {_size_name(actual)}")
                if sizes.setdefault(wanted, actual) != actual:
                    raise self.error(part, f"{token}: sizes {_size_name(sizes[wanted])} and {_size_name(actual)} must agree")
        return t.Apply(str(token), args, instantiated_shape(definition, args))

    # binders ----------------------------------------------------------------------------------------------

    def enter(self, token: Node, symbol: t.Symbol) -> None:
        if symbol.name in self.bound:
            raise self.error(token, f"{symbol.name} is bound twice, one inside the other: use two letters")
        self.bound.append(symbol.name)
        self.ever_bound.setdefault(symbol.name, token.start_pos)

    def over_index(self, op: Node, token: Node, body: Node) -> t.Binder:
        if str(token) not in self.context.symbols:
            raise self.index_of(token, None, body)
        symbol = self.symbol(token)
        number = symbol.type.domain in NUMBERS and not symbol.type.shape
        if symbol.type.domain != "index" and not (number and str(op) == "forall"):
            instead = "take another letter, k: index[n]"
            if str(op) == "forall":
                instead = f"leave forall({token}: ...) out, for a claim holds for every {token}"
            elif str(op) in ("sum", "prod") and symbol.type.domain == "natural":
                instead = f"give it a range, {op}({token} = 1..n: ...)"
            raise self.error(token, f"{token} is declared {symbol.type.domain}; a binder is an index: {instead}")
        return t.Binder(symbol)

    def over_range(self, op: Node, token: Node, lower: Node, upper: Node) -> t.Binder:
        name = str(token)
        if str(op) not in ("sum", "prod"):
            raise self.error(token, f"{op} runs over an index, not over a range")
        if name in RESERVED or name in self.context.definitions:
            raise self.error(token, f"{token} already has a meaning: bind another letter")
        symbol = self.context.symbols.get(name, t.Symbol(name, t.Type("natural")))
        if symbol.type.domain != "natural" or symbol.type.shape:
            raise self.error(
                token, f"{token} is declared {symbol.type.domain}; a range binds a natural number: take another letter"
            )
        for end in (lower, upper):
            self.declared_inside(end, "size")
        low, high = self.scalar(lower), self.scalar(upper)
        if not (_is_natural(low) and _is_natural(high)):
            raise self.error(token, "the ends of a range are natural numbers")
        self.context = replace(self.context, symbols={**self.context.symbols, name: symbol})
        return t.Binder(symbol, low, high)

    def declared_inside(self, node: Node, kind: str) -> None:
        """That every letter is declared; of one that is not, `kind` is what it may be."""
        for part in node.iter_subtrees():
            if self.unknown(part):
                raise self.undeclared(part.children[0], f"{part.children[0]}: {kind}")

    def _big(self, node: Node, op: Node, binders: Node, body: Node) -> t.Expr:
        built, entered, outer = [], 0, self.context
        for binder in binders.children:
            token, lower, upper = binder.children
            built.append(self.over_index(op, token, body) if lower is None else self.over_range(op, token, lower, upper))
            self.enter(token, built[-1].symbol)
            entered += 1
        if str(op) == "forall":
            inner = self.proposition(body)
        elif str(op) == "vector":
            inner = self.value(body)
        else:
            inner = self.scalar(body)
        del self.bound[len(self.bound) - entered :]
        self.context = outer  # an undeclared range letter is known inside only
        return t.Big(str(op), tuple(built), inner)

    def _limit(self, node: Node, _lim: Node, token: Node, point: Node, side: Node, body: Node) -> t.Expr:
        symbol = self.symbol(token)
        if symbol.type.shape or symbol.type.domain in ("index", "function"):
            raise self.error(token, f"{token} is no number that can tend anywhere: declare e.g. {token}: real")
        place = self.scalar(point)
        self.enter(token, symbol)
        inner = self.scalar(body)
        self.bound.pop()
        return t.Limit(symbol, place, str(side) if side is not None else "", inner)

    def _mean(self, node: Node, _mean: Node, token: Node, body: Node) -> t.Expr:
        if str(token) not in self.context.symbols:
            raise self.undeclared(token, f"N, b: size; {token}: batch[N, b]")
        symbol = self.symbol(token)
        if symbol.type.domain != "batch":
            raise self.error(token, f"{token} is declared {symbol.type.domain}; a mean runs over batches: {token}: batch[N, b]")
        self.enter(token, symbol)
        inner = self.scalar(body)
        self.bound.pop()
        return t.Mean(symbol, inner)

    def _at(self, node: Node, _at: Node, *parts: Node) -> t.Expr:
        *targets, body = parts
        symbols, values = [], []
        for target in targets:
            token, value = target.children
            symbol = self.symbol(token)
            built = self.value(value)
            self.applied(token, symbol)
            if t.shape_of(built) != symbol.type.shape:
                raise self.error(value, f"{token} and its value differ in shape")
            symbols.append(symbol)
            values.append(built)
        for target, symbol in zip(targets, symbols, strict=True):
            self.enter(target.children[0], symbol)
        inner = self.build(body)
        del self.bound[len(self.bound) - len(symbols) :]
        return t.At(tuple(symbols), tuple(values), inner)


def _kind(axes: int) -> str:
    return ("a number", "a vector", "a matrix")[axes] if axes < 3 else f"an array with {axes} axes"


def _called(name: str) -> str:
    """A function as it is written, with as many arguments as it takes."""
    letters = ("u", "v") if name in ("dot", "transpose") else ("i", "j") if name == "delta" else ("x", "y")
    return f"{name}({', '.join(letters[: t.FUNCTIONS[name] or 2])})"


def is_proposition(node: t.Expr) -> bool:
    while isinstance(node, t.Paren):
        node = node.body
    if isinstance(node, t.At):
        return is_proposition(node.body)
    return isinstance(node, t.PROPOSITIONS) or (isinstance(node, t.Big) and node.op == "forall")


def _is_natural(node: t.Expr) -> bool:
    if isinstance(node, t.Number):
        return node.value.denominator == 1
    if isinstance(node, t.Symbol):
        return node.type.domain in ("natural", "size", "index")
    if isinstance(node, (t.Add, t.Sub, t.Mul)):
        return _is_natural(node.left) and _is_natural(node.right)
    return isinstance(node, t.Paren) and _is_natural(node.body)


def _degree(node: t.Expr) -> tuple[Fraction, Fraction]:
    """Upper bounds: how far powers can blow a number up (nested exponents multiply), and the product of the numbers."""
    if isinstance(node, t.Number):
        return Fraction(1), max(node.value, 1 / node.value) if node.value else Fraction(1)
    below = list(map(_degree, t.children(node)))
    degree = max((d for d, _ in below), default=Fraction(1))
    numbers = Fraction(1)
    for _, magnitude in below:
        numbers = min(numbers * magnitude, _TOO_FAR)
    if isinstance(node, t.Pow):
        degree = min(below[0][0] * below[1][0] * below[1][1], _TOO_FAR)
    return degree, numbers


def _shape_name(node: t.Expr) -> str:
    sizes = ", ".join(map(_size_name, t.shape_of(node)))
    return f"an array [{sizes}]" if sizes else "a number"


def _size_name(size: t.Expr | None) -> str:
    if isinstance(size, t.Symbol):
        return size.name
    return size.text if isinstance(size, t.Number) else "?"

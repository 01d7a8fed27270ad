"""Formula text to tree. Text is parsed, never evaluated; every error points at the character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import TypeVar

from mathcore.language import tree as t

T = TypeVar("T")

MAX_TEXT = 10_000  # characters
MAX_DEPTH = 100  # nested nodes
MAX_DIGITS = 60  # of a literal
MAX_EXPONENT = 1000  # of a literal power or of 1e...
MAX_UNFOLDED = 100_000  # nodes of a formula with all its heads opened

RESERVED = frozenset(
    [*t.FUNCTIONS, *t.DOMAINS, "D", "sum", "prod", "vector", "forall", "lim", "at", "and", "inf", "nan", "naturals"]
)

# what a person would call the terminals of the grammar
EXPECTED = {
    "NAME": "a name",
    "CALL": "a function",
    "BIG": "sum(...:...)",
    "NUMBER": "a number",
    "REL": "a relation (`=`, `<=`, `<`, ...)",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "LSQB": "`[`",
    "RSQB": "`]`",
    "COLON": "`:`",
    "COMMA": "`,`",
    "PLUS": "`+`",
    "MINUS": "`-`",
    "STAR": "`*`",
    "SLASH": "`/`",
    "CIRCUMFLEX": "`^`",
    "EQUAL": "`=`",
    "CLASS": "a domain (size, index, natural, real, positive, nonnegative, unit, simplex, onehot, batch, function)",
    "$END": "the end",
    "__ANON_0": "`<=>`",
    "__ANON_1": "`=>`",
    "__ANON_2": "`->`",
    "__ANON_3": "`..`",
    "LIM": "lim(x -> a: ...)",
    "AT": "at(x = a: ...)",
    "_AND": "and",
    "SIDE": "a side (0+ or 0-)",
}


# what people type, and what the language writes
INSTEAD = {
    "≤": "<=", "≥": ">=", "≠": "!=", "⇒": "=>", "⇔": "<=>", "→": "->", "−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "÷": "/",
    "²": "^2", "³": "^3", "√": "sqrt(x)", "∞": "inf", "∑": "sum(k: ...)", "Σ": "sum(k: ...)", "∏": "prod(k: ...)",
    "∂": "D(f, x)", "∀": "forall(k: ...)", "δ": "delta(i, j)", "∧": "and", "&": "and", "|": "abs(x)", "{": "( )", "}": "( )",
    "\\": "plain text, not LaTeX: a / b, z[i]", "!": "!= for unequal; there is no factorial sign",
    ".": "0.5 with digits on both sides, or 1..t in a range", "\u00a0": "an ordinary space",
    "₁": "[1]", "ᵢ": "[i]", "ⱼ": "[j]", "ₖ": "[k]", "α": "alpha", "β": "beta", "γ": "gamma", "ε": "epsilon", "η": "eta",
    "θ": "theta", "λ": "lam", "μ": "mu", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega",
}  # fmt: skip


class FormulaError(ValueError):
    """A formula that cannot be read: says where, what was found and what to write instead."""

    def __init__(self, text: str, position: int, message: str) -> None:
        self.text, self.position, self.message = text, position, message
        start = text.rfind("\n", 0, position) + 1
        end = text.find("\n", position)
        line = text[start : end if end >= 0 else len(text)]
        left = max(0, position - start - 60)  # a long line is shown around the place
        shown = line[left : left + 100]
        shown = "".join(c if c.isprintable() else " " for c in shown)  # a tab would move the caret
        super().__init__(f"{message}\n    {shown}\n    {' ' * (position - start - left)}^")


@dataclass(frozen=True)
class Context:
    """Declared symbols, hypotheses and definitions: what a formula may speak of."""

    symbols: Mapping[str, t.Symbol] = field(default_factory=dict)
    hypotheses: tuple[t.Expr, ...] = ()
    definitions: Mapping[str, t.Definition] = field(default_factory=dict)

    def given(self, text: str) -> Context:
        """Add declarations and hypotheses, separated by semicolons; a letter declared before this text gets a new meaning."""
        context, declared = self, dict[str, str]()
        for start, item in _items(text):
            if re.match(r"\s*[A-Za-z_]\w*(\s*,\s*[A-Za-z_]\w*)*\s*:", item):
                context = _declare(context, text, start, item, declared)
            else:
                formula = _shifted(text, start, partial(context.parse, item))
                if not _is_proposition(formula):
                    raise FormulaError(text, start, "given: expected a declaration (z: real[n]) or a relation (0 < eta)")
                context = replace(context, hypotheses=(*context.hypotheses, formula))
        return context

    def define(self, text: str, *, closed: bool = True) -> Context:
        """Add a definition `softmax(z)[i] = ...` or a notation `s[i] = ...`; `closed`: only parameters may be free."""
        return _definition(self, text, _lark("definition", text), closed)

    def extend(self, definitions: Iterable[t.Definition]) -> Context:
        """The definitions of other cards; a head that is defined in two ways is refused."""
        known = dict(self.definitions)
        for d in definitions:
            if known.setdefault(d.head, d) != d:
                raise ValueError(f"{d.head} is defined in two ways by the cards used here: give one of them another name")
        return replace(self, definitions=known)

    def parse(self, text: str) -> t.Expr:
        """A formula or relation over the declared symbols."""
        node = _Builder(self, text).build_formula(_lark("formula", text))
        _check_unfolded(self, text, 0, node)
        return node

    def assuming(self, *formulas: t.Expr) -> Context:
        return replace(self, hypotheses=(*self.hypotheses, *formulas))

    def unfold(self, node: t.Expr) -> t.Expr:
        """All heads opened, notations first."""
        key = (id(self.definitions), node)
        if key not in _UNFOLDED:
            if len(_UNFOLDED) >= 4096:
                _UNFOLDED.clear()
            _UNFOLDED[key] = (self.definitions, t.unfold(node, self.definitions))  # held, so that its id stays taken
        return _UNFOLDED[key][1]


_UNFOLDED: dict[tuple[int, t.Expr], tuple[Mapping[str, t.Definition], t.Expr]] = {}


@cache
def _parser():  # type: ignore[no-untyped-def]  # lark is imported on first use
    from lark import Lark

    grammar = files("mathcore.language").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(
        grammar, parser="lalr", start=["formula", "declaration", "definition"], propagate_positions=True, maybe_placeholders=True
    )


@lru_cache(maxsize=4096)
def _lark(start: str, text: str):  # type: ignore[no-untyped-def]  # a lark tree
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

    if len(text) > MAX_TEXT:
        raise FormulaError(text[:80], 0, f"formula of {len(text)} characters: at most {MAX_TEXT} are read")
    if not text.strip():
        raise FormulaError(text, 0, "empty formula: write an expression such as exp(z[i]) or a relation such as a = b")
    depth = deepest = 0
    for place, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            raise FormulaError(text, place, f"nested deeper than {MAX_DEPTH} brackets")
    try:
        return _parser().parse(text, start=start)
    except UnexpectedCharacters as error:
        place = error.pos_in_stream or 0
        character = text[place]
        advice = f": write {INSTEAD[character]}" if character in INSTEAD else ""
        raise FormulaError(text, place, f"unexpected character {character!r}{advice}") from None
    except UnexpectedToken as error:
        position = error.token.start_pos if error.token.start_pos is not None and error.token.type != "$END" else len(text)
        raise FormulaError(text, position, _explain(text, position, error)) from None
    except UnexpectedInput as error:  # pragma: no cover - the two above are all that lark's LALR raises today
        raise FormulaError(text, max(0, error.pos_in_stream or 0), "cannot be read") from None


def _explain(text: str, position: int, error) -> str:  # type: ignore[no-untyped-def]  # lark's UnexpectedToken
    found = repr(str(error.token))
    before = text[:position].rstrip()
    starts = error.token.type in ("NAME", "CALL", "BIG", "LPAR", "NUMBER", "LIM", "AT")
    if starts and re.search(r"/\s*(\d+(\.\d+)?|[A-Za-z_]\w*(\[[^\]]*\]|\([^()]*\))*|\([^()]*\)|[^\s/]*\))$", before):
        return f"{found} after a division is ambiguous: write a / (b c) or (a / b) c"
    if error.token.type == "NUMBER" and before and (before[-1].isalnum() or before[-1] in ")]"):
        return f"a number stands left of what it multiplies: write {error.token} x, not x {error.token}"
    if error.token.type == "MINUS" and before and before[-1] in "*/":
        return "a sign after an operator needs brackets: write a * (-b)"
    if error.token.type == "REL" and before.endswith(str(error.token)) and str(error.token) == "=":
        return "one = is enough: write a = b"
    if error.token.type == "STAR" and before.endswith("*"):
        return "a power is written with ^: x^2"
    if str(error.token) == ">" and before.endswith("-"):
        return "-> stands only in a limit: lim(x -> 0: ...); an implication is =>"
    if error.token.type == "COLON" and (word := re.search(r"\b(sum|prod|max|min|vector|forall|lim|at)\s+\([^()]*$", before)):
        return f"write {word[1]}(...: ...) without a space before the bracket"
    if before.endswith(("<", "=")) and str(error.token) in ("<", ">"):
        return "an order is written <= or >=, and unequal !="
    wanted = set(error.accepts or error.expected)
    operand = {"NAME", "NUMBER", "LPAR"} <= wanted
    if operand:  # one word for all the ways in which an expression begins
        wanted -= {"NAME", "NUMBER", "LPAR", "CALL", "BIG", "LIM", "AT", "LSQB", "MINUS"}
    expected = ["an expression"] * operand + sorted({EXPECTED.get(name, name.lower()) for name in wanted})
    problem = "the formula ends too early" if error.token.type == "$END" else f"unexpected {found}"
    return f"{problem}; expected {', '.join(expected[:8])}{' ...' if len(expected) > 8 else ''}"


def _items(text: str) -> list[tuple[int, str]]:
    items, start = [], 0
    for piece in text.split(";"):
        if piece.strip():
            items.append((start, piece))
        start += len(piece) + 1
    return items


def _shifted(text: str, start: int, read: Callable[[], T]) -> T:
    """`read` on one item of a longer text: its errors point into the whole text."""
    try:
        return read()
    except FormulaError as error:
        raise FormulaError(text, start + error.position, error.message) from None


def _declare(context: Context, text: str, start: int, item: str, declared: dict[str, str]) -> Context:
    """One declaration; `declared` holds those that the same text made before, by name."""
    try:
        node = _lark("declaration", item)
    except FormulaError as error:
        raise FormulaError(text, start + min(error.position, len(item.rstrip())), error.message) from None
    *names, domain, arguments, bound = node.children
    builder = _Builder(context, item)
    sizes = _shifted(text, start, lambda: [builder.build(a) for a in arguments.children]) if arguments is not None else []
    place = start + len(item) - len(item.lstrip())
    minimum = 0
    if bound is not None:
        relation, value = bound.children
        if str(relation) != ">=" or str(domain) not in ("size", "natural"):
            raise FormulaError(
                text, place, "only `size >= 2` and `natural >= 1` take a bound here; write other conditions after a semicolon"
            )
        if not str(value).isdecimal() or len(value) > 9:
            raise FormulaError(text, start + value.start_pos, "the least size is a whole number, e.g. n: size >= 2")
        minimum = int(value)
    for size in sizes:
        if not (isinstance(size, t.Number) or size == t.NATURALS or (isinstance(size, t.Symbol) and size.type.domain == "size")):
            raise FormulaError(text, place, "a shape is made of declared sizes: write `n: size` first")
        if isinstance(size, t.Number) and not (size.value.denominator == 1 and 1 <= size.value <= MAX_UNFOLDED):
            raise FormulaError(text, place, f"a size is a whole number from 1 to {MAX_UNFOLDED}")
    sizes = [t.number(s.value) if isinstance(s, t.Number) else s for s in sizes]
    if domain == "batch":
        if len(sizes) != 2 or t.NATURALS in sizes:
            raise FormulaError(text, place, "a batch says of how many samples how many are drawn: c: batch[N, b]")
        kind = t.Type("batch", (sizes[0],), over=sizes[1])
    elif domain == "index":
        if len(sizes) != 1:
            raise FormulaError(text, place, "an index needs the size over which it runs: k: index[n]")
        kind = t.Type("index", over=sizes[0])
    elif domain in ("simplex", "onehot") and not sizes:
        raise FormulaError(text, place, f"{domain} needs a size: p: {domain}[n]")
    elif domain in ("size", "natural") and sizes:
        raise FormulaError(text, place, f"{domain} takes no shape")
    else:
        kind = t.Type(str(domain), tuple(sizes), minimum=max(minimum, 1 if domain == "size" else 0))
    symbols = dict(context.symbols)
    for name in names:
        if str(name) in RESERVED:
            raise FormulaError(text, start + name.start_pos, f"{name} is a word of the language: choose another name")
        if str(name) in context.definitions:
            raise FormulaError(text, start + name.start_pos, f"{name} is already defined: one name has one meaning")
        said = " ".join(item.split())
        if (before := declared.setdefault(str(name), said)) != said or names.count(name) > 1:
            what = f"`{before}` and `{said}`" if before != said else f"in `{said}`"
            raise FormulaError(text, start + name.start_pos, f"{name} is declared twice, {what}: keep one, or take two letters")
        symbols[str(name)] = t.Symbol(str(name), kind)
    return replace(context, symbols=symbols)


def _definition(context: Context, text: str, node, closed: bool) -> Context:  # type: ignore[no-untyped-def]  # a lark tree
    head, body = node.children
    names = [c for c in head.children if c is not None]
    brackets = text[: body.meta.start_pos].split("=")[0]
    in_call = brackets.split("[")[0].count(",") + 1 if "(" in brackets.split("[")[0] else 0
    name, parameters, indices = names[0], names[1 : 1 + in_call], names[1 + in_call :]
    if str(name) in RESERVED or str(name) in context.symbols:
        raise FormulaError(text, name.start_pos, f"{name} already has a meaning: choose another name")
    if len({str(n) for n in names}) != len(names):
        raise FormulaError(text, name.start_pos, f"the parameters and indices of {name} need different letters")
    builder = _Builder(context, text)
    for index in indices:
        if builder.symbol(index).type.domain != "index":
            raise builder.error(
                index,
                f"{index} is declared {builder.symbol(index).type.domain}; an entry is named by an index: {index}: index[n]",
            )
    definition = t.Definition(
        str(name),
        tuple(builder.symbol(p) for p in parameters),
        tuple(builder.symbol(i) for i in indices),
        builder.build_formula(body),
    )
    if _is_proposition(definition.body):
        raise FormulaError(text, body.meta.start_pos, f"{name} is defined as a relation: a definition is an expression")
    if t.shape_of(definition.body):
        raise FormulaError(text, body.meta.start_pos, f"{name} is a vector: define its entries, {name}[i] = ...")
    if str(name) in {n.head for n in t.walk(definition.body) if isinstance(n, t.Apply)}:
        raise FormulaError(text, body.meta.start_pos, f"{name} is defined by itself: use another name on the left")
    _check_unfolded(context, text, body.meta.start_pos, definition.body)
    stray = {s for s in t.free_symbols(definition.body) if s.type.domain != "size"}
    for p in (*definition.parameters, *definition.indices):
        stray -= {p}
    loose = sorted(s.name for s in stray if s.type.domain == "index")
    if loose and not definition.parameters:
        raise FormulaError(
            text,
            body.meta.start_pos,
            f"the index {', '.join(loose)} is free in the notation {name}: put it in brackets after the name",
        )
    if definition.parameters and stray and closed:
        raise FormulaError(
            text,
            body.meta.start_pos,
            f"{', '.join(sorted(s.name for s in stray))} is free in the definition of {name}: make it a parameter",
        )
    return replace(context, definitions={**context.definitions, str(name): definition})


def _check_unfolded(context: Context, text: str, position: int, node: t.Expr) -> None:
    """Refuse formulas that explode when their heads are opened (definitions of definitions of ...)."""
    sizes: dict[str, int] = {}

    def opened(head: str) -> int:
        if head not in sizes:
            sizes[head] = 0  # a cycle through a replaced definition counts as no size here and as too large below
            sizes[head] = size(context.definitions[head].body)
        return sizes[head] or MAX_UNFOLDED + 1

    def size(part: t.Expr) -> int:
        below = sum(map(size, t.children(part)))
        if isinstance(part, t.Apply) and part.head in context.definitions:
            return min(opened(part.head) * max(1, below), MAX_UNFOLDED + 1)
        return min(1 + below, MAX_UNFOLDED + 1)

    if context.definitions and size(node) > MAX_UNFOLDED:
        raise FormulaError(text, position, f"more than {MAX_UNFOLDED} parts with every definition opened")


class _Builder:
    """Lark tree to our tree, with names resolved and shapes checked."""

    def __init__(self, context: Context, text: str) -> None:
        self.context, self.text = context, text
        self.bound: list[str] = []
        self.ever_bound: dict[str, int] = {}
        self.ever_free: dict[str, int] = {}
        self.depth = 0

    def error(self, node, message: str) -> FormulaError:  # type: ignore[no-untyped-def]  # a lark tree or token
        position = getattr(node, "start_pos", None)
        if position is None:
            position = getattr(getattr(node, "meta", None), "start_pos", 0)
        return FormulaError(self.text, position or 0, message)

    def build_formula(self, node) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
        result = self.build(node)
        for name, position in self.ever_free.items():
            if name in self.ever_bound:
                raise FormulaError(self.text, position, f"{name} is both free and bound in one formula: use two letters")
        return result

    def symbol(self, token) -> t.Symbol:  # type: ignore[no-untyped-def]  # lark nodes
        name = str(token)
        if name not in self.context.symbols:
            known = ", ".join(sorted([*self.context.symbols, *self.context.definitions])) or "nothing yet"
            array, _, rest = name.partition("_")
            if array in self.context.symbols and self.context.symbols[array].type.shape and rest:
                raise self.error(token, f"{name} is not declared: an entry of {array} is written {array}[{rest}]")
            raise self.error(token, f"{name} is not declared: add it to given, e.g. `{name}: real` (declared: {known})")
        return self.context.symbols[name]

    def build(self, node) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
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

    def scalar(self, node) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
        result = self.build(node)
        if _is_proposition(result):
            raise self.error(node, "a relation cannot be part of an expression")
        self.applied(node, result)
        if t.shape_of(result):
            raise self.error(node, "a vector stands where a number is needed: index it, e.g. z[i], or build vector(k: ...)")
        return result

    # propositions -----------------------------------------------------------------------------------------

    def proposition(self, node) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
        result = self.build(node)
        if not _is_proposition(result):
            raise self.error(node, "a relation is needed here, e.g. a = b")
        return result

    def _iff(self, node, left, right):  # type: ignore[no-untyped-def]  # lark nodes
        return t.Iff(self.proposition(left), self.proposition(right))

    def _implies(self, node, left, right):  # type: ignore[no-untyped-def]  # lark nodes
        return t.Implies(self.proposition(left), self.proposition(right))

    def _conjunction(self, node, *parts):  # type: ignore[no-untyped-def]  # lark nodes
        return t.And(tuple(self.proposition(p) for p in parts))

    def _relation(self, node, *parts):  # type: ignore[no-untyped-def]  # lark nodes
        return t.Relation(tuple(self.side(p) for p in parts[::2]), tuple(str(op) for op in parts[1::2]))

    def side(self, node) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
        """One side of a relation: a scalar, or a whole vector or list (equality of vectors)."""
        result = self.build(node)
        if _is_proposition(result):
            raise self.error(node, "a relation cannot be compared with another")
        return self.applied(node, result)

    def applied(self, node, result: t.Expr) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
        if isinstance(result, t.Symbol) and result.type.domain == "function":
            raise self.error(node, f"{result.name} is a function: apply it, e.g. {result.name}(x)")
        return result

    def value(self, node) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
        """A scalar, a vector or a list; no relation and no bare function."""
        result = self.build(node)
        if _is_proposition(result):
            raise self.error(node, "a relation cannot be part of an expression")
        return self.applied(node, result)

    # arithmetic -------------------------------------------------------------------------------------------

    def alike(self, left, right, result: t.Add | t.Sub) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
        """A sum or difference of numbers, or of arrays of one shape."""
        if t.shape_of(result.left) != t.shape_of(result.right):
            node, names = left if t.shape_of(result.left) else right, map(_shape_name, (result.left, result.right))
            raise self.error(node, f"{' and '.join(names)} cannot be added: index it, e.g. z[i], or build vector(k: ...)")
        return result

    def product(self, node, result: t.Mul) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
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

    def _add(self, node, left, right):  # type: ignore[no-untyped-def]  # lark nodes
        return self.alike(left, right, t.Add(self.value(left), self.value(right)))

    def _sub(self, node, left, right):  # type: ignore[no-untyped-def]  # lark nodes
        return self.alike(left, right, t.Sub(self.value(left), self.value(right)))

    def _neg(self, node, body):  # type: ignore[no-untyped-def]  # lark nodes
        return t.Neg(self.value(body))

    def _times(self, node, left, right):  # type: ignore[no-untyped-def]  # lark nodes
        return self.product(node, t.Mul(self.value(left), self.value(right), star=True))

    def _juxtapose(self, node, left, right):  # type: ignore[no-untyped-def]  # lark nodes
        return self.product(node, t.Mul(self.value(left), self.value(right)))

    def _div(self, node, left, right):  # type: ignore[no-untyped-def]  # lark nodes
        return t.Div(self.value(left), self.scalar(right))

    def _power(self, node, base, exponent):  # type: ignore[no-untyped-def]  # lark nodes
        power = t.Pow(self.scalar(base), self.scalar(exponent))
        if _degree(power)[0] > MAX_EXPONENT:
            raise self.error(
                exponent,
                f"a power above {MAX_EXPONENT} (exponents of nested powers and the numbers in one multiply) is not evaluated",
            )
        return power

    def _number(self, node, token):  # type: ignore[no-untyped-def]  # lark nodes
        text = str(token)
        mantissa, _, exponent = text.lower().partition("e")
        if len(mantissa) > MAX_DIGITS or (exponent and (len(exponent) > MAX_DIGITS or abs(int(exponent)) > MAX_EXPONENT)):
            raise self.error(token, f"a literal has at most {MAX_DIGITS} digits and an exponent of at most {MAX_EXPONENT}")
        return t.Number(Fraction(text), text)

    def _paren(self, node, body):  # type: ignore[no-untyped-def]  # lark nodes
        return t.Paren(self.build(body))

    def _name(self, node, token):  # type: ignore[no-untyped-def]  # lark nodes
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
                raise self.error(token, f"{name} is a word of the language and needs arguments: {name}(...)")
            raise self.error(token, f"{name} is a word of the language and stands for no value")
        symbol = self.symbol(token)
        if symbol.type.domain == "batch" and name not in self.bound:
            raise self.error(token, f"{name} is a random batch: take the mean over it, mean({name}: ...)")
        if name not in self.bound:
            self.ever_free.setdefault(name, token.start_pos)
        return symbol

    def _list(self, node, *items):  # type: ignore[no-untyped-def]  # lark nodes
        built = tuple(self.value(i) for i in items)
        if len({t.shape_of(i) for i in built}) != 1:
            raise self.error(node, "the rows of a list must have the same length")
        return t.List(built)

    # indices and functions --------------------------------------------------------------------------------

    def _index(self, node, base, arguments):  # type: ignore[no-untyped-def]  # lark nodes
        vector = self.build(base)
        shape = t.shape_of(vector)
        if len(arguments.children) > len(shape):
            raise self.error(node, f"{len(arguments.children)} indices on something with {len(shape)} axes")
        indices = []
        for size, argument in zip(shape, arguments.children, strict=False):
            index = self.scalar(argument)
            if size == t.NATURALS:
                if not _is_natural(index):
                    raise self.error(argument, "a sequence is indexed by a natural number, e.g. u[t + 1]")
            elif isinstance(index, t.Number):
                if index.value.denominator != 1 or index.value < 1 or (isinstance(size, t.Number) and index.value > size.value):
                    raise self.error(argument, "an index counts from 1 to the size")
            elif not (isinstance(index, t.Symbol) and index.type.domain == "index"):
                if not _is_natural(index):  # else a place from 1 to the size, as in z[t + 1]: that it is one is to be shown
                    raise self.error(argument, "an index is a declared index such as k: index[n], or a number from 1")
            elif index.type.over != size:
                over, wanted = _size_name(index.type.over), _size_name(size)
                raise self.error(argument, f"{index.name} runs over {over}, but this axis has size {wanted}")
            indices.append(index)
        return t.Index(vector, tuple(indices))

    def _call(self, node, token, arguments):  # type: ignore[no-untyped-def]  # lark nodes
        name, parts = str(token), arguments.children
        if name == "D":
            if len(parts) < 2:
                raise self.error(token, "a derivative needs what and by what: D(s[i], z[j])")
            result = self.scalar(parts[0])
            for part in parts[1:]:
                variable = self.scalar(part)
                if not isinstance(variable, (t.Symbol, t.Index)) or (
                    isinstance(variable, t.Symbol) and variable.type.domain in ("size", "index", "natural")
                ):
                    raise self.error(part, "differentiate by a variable: a real symbol or an entry such as z[j]")
                if isinstance(variable, t.Index) and not isinstance(variable.base, t.Symbol):
                    raise self.error(part, "differentiate by an entry of a declared array, e.g. z[j]")
                result = t.Derivative(result, variable)
            return result
        if name in t.FUNCTIONS:
            arity = t.FUNCTIONS[name]
            if (arity is None and len(parts) < 2) or (arity is not None and len(parts) != arity):
                raise self.error(
                    token, f"{name} takes {arity or 'two or more'} argument{'s' if arity != 1 else ''}, got {len(parts)}"
                )
            if name in ("dot", "transpose"):
                return self.matrix_call(node, name, tuple(self.value(p) for p in parts))
            args = tuple(self.scalar(p) for p in parts)
            if name == "delta":
                for arg, part in zip(args, parts, strict=True):
                    if not (isinstance(arg, t.Number) or (isinstance(arg, t.Symbol) and arg.type.domain == "index")):
                        raise self.error(part, "delta compares two indices: delta(i, j)")
                overs = {a.type.over for a in args if isinstance(a, t.Symbol)}
                if len(overs) > 1:
                    raise self.error(node, "delta compares indices of the same size")
            return t.Call(name, args)
        if name in self.context.definitions:
            return self._head(node, token, parts, self.context.definitions[name])
        if name in self.context.symbols and self.context.symbols[name].type.domain == "function":
            symbol = self.context.symbols[name]
            args = tuple(self.value(p) for p in parts)
            wanted = (symbol.type.shape,) if symbol.type.shape else ((),)
            if tuple(t.shape_of(a) for a in args) != wanted:
                raise self.error(node, f"{name} is declared for one {'vector' if symbol.type.shape else 'number'}")
            return t.Apply(name, args)
        if name in self.context.symbols:
            raise self.error(token, f"{name}( reads as a call; for a product put a space: {name} (...)")
        raise self.error(token, f"{name} is no function here: {', '.join(sorted([*t.FUNCTIONS, *self.context.definitions]))}")

    def matrix_call(self, node, name: str, args: tuple[t.Expr, ...]) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
        shapes = [t.shape_of(a) for a in args]
        if name == "transpose" and (len(shapes[0]) != 2 or t.NATURALS in shapes[0]):
            raise self.error(node, f"transpose turns a matrix, got {_shape_name(args[0])}")
        if name == "dot" and not (len(shapes[0]) == len(shapes[1]) == 1 and shapes[0] == shapes[1] != (t.NATURALS,)):
            raise self.error(node, f"dot multiplies two vectors of one size, got {' and '.join(map(_shape_name, args))}")
        return t.Call(name, args)

    def _head(self, node, token, parts, definition) -> t.Expr:  # type: ignore[no-untyped-def]  # lark nodes
        if len(parts) != len(definition.parameters):
            wanted = ", ".join(p.name for p in definition.parameters)
            raise self.error(token, f"{token} takes {len(definition.parameters)} argument(s) ({wanted}), got {len(parts)}")
        args = tuple(self.value(p) for p in parts)
        sizes: dict[t.Expr, t.Expr] = {}
        for arg, part, parameter in zip(args, parts, definition.parameters, strict=True):
            shape = t.shape_of(arg)
            if len(shape) != len(parameter.type.shape):
                raise self.error(part, f"{parameter.name} of {token} has {len(parameter.type.shape)} axes, got {len(shape)}")
            for wanted, actual in zip(parameter.type.shape, shape, strict=True):
                if isinstance(wanted, t.Number) and wanted != actual:
                    raise self.error(part, f"{token}: {parameter.name} has size {_size_name(wanted)}, got {_size_name(actual)}")
                if sizes.setdefault(wanted, actual) != actual:
                    raise self.error(part, f"{token}: sizes {_size_name(sizes[wanted])} and {_size_name(actual)} must agree")
        return t.Apply(str(token), args, t.instantiated_shape(definition, args))

    # binders ----------------------------------------------------------------------------------------------

    def enter(self, token, symbol: t.Symbol) -> None:  # type: ignore[no-untyped-def]  # lark nodes
        if symbol.name in self.bound:
            raise self.error(token, f"{symbol.name} is bound twice, one inside the other: use two letters")
        self.bound.append(symbol.name)
        self.ever_bound.setdefault(symbol.name, token.start_pos)

    def _big(self, node, op, binders, body):  # type: ignore[no-untyped-def]  # lark nodes
        built, entered, outer = [], 0, self.context
        for binder in binders.children:
            token, lower, upper = binder.children
            if lower is None:
                symbol = self.symbol(token)
                if symbol.type.domain != "index":
                    raise self.error(token, f"{token} is declared {symbol.type.domain}; a binder is an index: {token}: index[n]")
                built.append(t.Binder(symbol))
            else:
                if str(op) not in ("sum", "prod"):
                    raise self.error(token, f"{op} runs over an index, not over a range")
                if str(token) in RESERVED or str(token) in self.context.definitions:
                    raise self.error(token, f"{token} already has a meaning: bind another letter")
                symbol = self.context.symbols.get(str(token), t.Symbol(str(token), t.Type("natural")))
                if symbol.type.domain != "natural" or symbol.type.shape:
                    raise self.error(
                        token,
                        f"{token} is declared {symbol.type.domain}; a range binds a natural number: take another letter",
                    )
                low, high = self.scalar(lower), self.scalar(upper)
                if not (_is_natural(low) and _is_natural(high)):
                    raise self.error(token, "the ends of a range are natural numbers")
                self.context = replace(self.context, symbols={**self.context.symbols, str(token): symbol})
                built.append(t.Binder(symbol, low, high))
            self.enter(token, symbol)
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

    def _limit(self, node, _lim, token, point, side, body):  # type: ignore[no-untyped-def]  # lark nodes
        symbol = self.symbol(token)
        if symbol.type.shape or symbol.type.domain in ("index", "function"):
            raise self.error(token, f"{token} is no number that can tend anywhere: declare e.g. {token}: real")
        place = self.scalar(point)
        self.enter(token, symbol)
        inner = self.scalar(body)
        self.bound.pop()
        return t.Limit(symbol, place, str(side) if side is not None else "", inner)

    def _mean(self, node, _mean, token, body):  # type: ignore[no-untyped-def]  # lark nodes
        symbol = self.symbol(token)
        if symbol.type.domain != "batch":
            raise self.error(token, f"{token} is declared {symbol.type.domain}; a mean runs over batches: {token}: batch[N, b]")
        self.enter(token, symbol)
        inner = self.scalar(body)
        self.bound.pop()
        return t.Mean(symbol, inner)

    def _at(self, node, _at, *parts):  # type: ignore[no-untyped-def]  # lark nodes
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


def _is_proposition(node: t.Expr) -> bool:
    while isinstance(node, t.Paren):
        node = node.body
    if isinstance(node, t.At):
        return _is_proposition(node.body)
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


_TOO_FAR = Fraction(MAX_EXPONENT + 1)


def _shape_name(node: t.Expr) -> str:
    sizes = ", ".join(map(_size_name, t.shape_of(node)))
    return f"an array [{sizes}]" if sizes else "a number"


def _size_name(size: t.Expr | None) -> str:
    if isinstance(size, t.Symbol):
        return size.name
    return size.text if isinstance(size, t.Number) else "?"

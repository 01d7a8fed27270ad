"""What a formula may speak of: declarations (`z: real[n]`), hypotheses (`0 < eta`) and definitions (`s[i] = ...`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from mathcore.language import tree as t
from mathcore.language.parser.builder import RESERVED, Builder, is_proposition
from mathcore.language.parser.error import FormulaError
from mathcore.language.parser.grammar import Node, read
from mathcore.language.substitution import unfold

T = TypeVar("T")

MAX_UNFOLDED = 100_000  # nodes of a formula with all its heads opened


@dataclass(frozen=True)
class Context:
    """Declared symbols, hypotheses and definitions: what a formula may speak of.

    An index of a hypothesis is one index if it is `fixed` or the claim names it; otherwise every one is meant. What holds
    `somewhere` is no hypothesis: it only says that a point where no letters are such is no counterexample.
    """

    symbols: Mapping[str, t.Symbol] = field(default_factory=dict)
    hypotheses: tuple[t.Expr, ...] = ()
    definitions: Mapping[str, t.Definition] = field(default_factory=dict)
    fixed: frozenset[t.Symbol] = frozenset()
    somewhere: tuple[t.Expr, ...] = ()

    def given(self, text: str) -> Context:
        """Add declarations and hypotheses, separated by semicolons; a letter declared before this text gets a new meaning.

        What was said of such a number before was said of another one, and is no hypothesis here; what is said of every entry
        of an array, or of a function at every number, stays.
        """
        made, names = self._with(text)
        anew = {s for name, s in self.symbols.items() if name in names and s.type.domain not in ("index", "natural")}
        gone = [h for h in self.hypotheses if self._is_about(h, anew)]
        left = made.without(gone)
        return replace(left, fixed=left.fixed - anew)

    def declaring(self, text: str) -> Context:
        """The same, with all that was said before: for a letter that a rule binds."""
        return self._with(text)[0]

    def _with(self, text: str) -> tuple[Context, Collection[str]]:
        """The context with what a text adds, and the letters that it declares."""
        context, declared = self, dict[str, str]()
        for start, item in _items(text):
            if re.match(r"\s*[A-Za-z_]\w*(\s*,\s*[A-Za-z_]\w*)*\s*:", item):
                context = _declare(context, text, start, item, declared)
            else:
                formula = _shifted(text, start, partial(context.parse, item))
                if not is_proposition(formula):
                    raise FormulaError(text, start, "given: expected a declaration (z: real[n]) or a relation (0 < eta)")
                context = context.supposing(formula)
        return context, declared

    def _is_about(self, hypothesis: t.Expr, letters: set[t.Symbol]) -> bool:
        whole = self.unfold(hypothesis)
        of_functions = any(isinstance(n, t.Apply) and n.head in self.symbols for n in t.walk(whole))
        return not of_functions and not letters.isdisjoint(t.free_symbols(whole))

    def define(self, text: str, *, closed: bool = True) -> Context:
        """Add a definition `softmax(z)[i] = ...` or a notation `s[i] = ...`; `closed`: only parameters may be free."""
        return _definition(self, text, read("definition", text), closed)

    def extend(self, definitions: Iterable[t.Definition]) -> Context:
        """The definitions of other cards; a head that is defined in two ways is refused."""
        known = dict(self.definitions)
        for d in definitions:
            if known.setdefault(d.head, d) != d:
                raise ValueError(f"{d.head} is defined in two ways by the cards used here: give one of them another name")
        return replace(self, definitions=known)

    def parse(self, text: str) -> t.Expr:
        """A formula or relation over the declared symbols."""
        tree = read("formula", text, placed=False)
        try:
            node = Builder(self, text).build_formula(tree)
        except FormulaError:  # once more, for the place of what is wrong
            node = Builder(self, text).build_formula(read("formula", text))
        _check_unfolded(self, text, 0, node)
        return node

    def supposing(self, hypothesis: t.Expr) -> Context:
        """With one more hypothesis, as if it were given: `z[k] = 0` is meant for every k of which nothing else speaks."""
        return replace(self, hypotheses=(*self.hypotheses, hypothesis))

    def without(self, gone: Collection[t.Expr]) -> Context:
        """Without some hypotheses. The letters of which they speak stay single ones: where `u <= v` or `k > c` is no longer
        said, `f(u) <= 1` and `x[k] <= 1` are still meant of one u and one k."""
        letters = frozenset().union(*(t.free_symbols(self.unfold(hypothesis)) for hypothesis in gone))
        functions = any(s.type.domain == "function" for s in self.symbols.values())  # only their arguments are every number
        meant = t.DOMAINS.keys() - {"size", "function"} if functions else {"index", "natural"}
        single = frozenset(s for s in letters if s.type.domain in meant)
        kept = tuple(h for h in self.hypotheses if not any(h is other for other in gone))
        return replace(self, hypotheses=kept, fixed=self.fixed | single)

    def assuming(self, *formulas: t.Expr) -> Context:
        """With what is assumed on the way, which is known of its own letters: a case `z[k] = 0` speaks of one k."""
        fixed = self.fixed.union(*(t.free_symbols(self.unfold(formula)) for formula in formulas))
        return replace(self, hypotheses=(*self.hypotheses, *formulas), fixed=fixed)

    def under(self, premise: str) -> Context:
        """Assuming the premise of a claim."""
        return self.assuming(self.parse(premise)) if premise else self

    def unfold(self, node: t.Expr) -> t.Expr:
        """All heads opened, notations first."""
        key = (id(self.definitions), node)
        if key not in _UNFOLDED:
            if len(_UNFOLDED) >= 4096:
                _UNFOLDED.clear()
            _UNFOLDED[key] = (self.definitions, unfold(node, self.definitions))  # held, so that its id stays taken
        return _UNFOLDED[key][1]


_UNFOLDED: dict[tuple[int, t.Expr], tuple[Mapping[str, t.Definition], t.Expr]] = {}


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
        node = read("declaration", item)
    except FormulaError as error:
        raise FormulaError(text, start + min(error.position, len(item.rstrip())), error.message) from None
    *names, domain, arguments, bound = node.children
    builder = Builder(context, item)
    sizes = _shifted(text, start, lambda: _sizes(builder, arguments.children)) if arguments is not None else []
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
            raise FormulaError(text, start + name.start_pos, f"{name} is already defined: choose another name for the letter")
        said = " ".join(item.split())
        if (before := declared.setdefault(str(name), said)) != said or names.count(name) > 1:
            what = f"`{before}` and `{said}`" if before != said else f"in `{said}`"
            raise FormulaError(text, start + name.start_pos, f"{name} is declared twice, {what}: keep one, or take two letters")
        symbols[str(name)] = t.Symbol(str(name), kind)
    return replace(context, symbols=symbols)


def _sizes(builder: Builder, arguments: list[Node]) -> list[t.Expr]:
    for argument in arguments:
        if builder.unknown(argument):
            raise builder.undeclared(argument.children[0], f"{argument.children[0]}: size")
    return [builder.build(argument) for argument in arguments]


def _definition(context: Context, text: str, node: Node, closed: bool) -> Context:
    head, body = node.children
    names = [c for c in head.children if c is not None]
    brackets = text[: body.meta.start_pos].split("=")[0]
    in_call = brackets.split("[")[0].count(",") + 1 if "(" in brackets.split("[")[0] else 0
    name, parameters, indices = names[0], names[1 : 1 + in_call], names[1 + in_call :]
    if str(name) in RESERVED or str(name) in context.symbols:
        raise FormulaError(text, name.start_pos, f"{name} already has a meaning: choose another name")
    if len({str(n) for n in names}) != len(names):
        raise FormulaError(text, name.start_pos, f"the parameters and indices of {name} need different letters")
    builder = Builder(context, text)
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
        builder.build_formula(body, defined=True),
    )
    if is_proposition(definition.body):
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
    if str(name) in context.definitions:
        raise FormulaError(text, name.start_pos, f"{name} is defined already, here or by a card in use: choose another name")
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

"""Formula text and trees as `Maths`; a text that cannot be read is shown as it was written."""

from __future__ import annotations

import re
from dataclasses import replace

from mathcore.card import Card
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.render.document import Code, Inline, Line, Maths

RELATION = re.compile(r"\s*(<=>|=>|<=|>=|!=|<|>|=)\s*")
RELATIONS = {
    "=": Maths("=", "=", "="),
    "!=": Maths(r"\ne", "≠", "!="),
    "<=": Maths(r"\le", "≤", "<="),
    ">=": Maths(r"\ge", "≥", ">="),
    "<": Maths(r"\lt", "<", "<"),
    ">": Maths(r"\gt", ">", ">"),
    "=>": Maths(r"\Rightarrow", "⇒", "=>"),
    "<=>": Maths(r"\Leftrightarrow", "⇔", "<=>"),
}


def maths(node: t.Expr, inline: bool = False) -> Maths:
    """The formula in every form; `inline`: small fractions with a slash, as they stand inside a sentence."""
    from mathcore.language.printers import to_latex, to_text, to_unicode

    return Maths(to_latex(node, inline), to_unicode(node), to_text(node))


def formula(context: Context, text: str) -> Maths:
    """The formula in every form; as typewriter text where it cannot be read."""
    try:
        return maths(context.parse(text))
    except FormulaError:
        return Maths(rf"\texttt{{{_escaped(text)}}}", text, text)


def inline(context: Context, text: str) -> Inline:
    """A formula inside a sentence."""
    try:
        return maths(context.parse(text))
    except FormulaError:
        return Code(text)


def sides(context: Context, text: str) -> Line:
    """A relation as one formula a side, so that a narrow page may break the line between them."""
    try:
        node = context.parse(text)
    except FormulaError:
        return (Code(text),)
    if not isinstance(node, t.Relation):
        return (maths(node),)
    parts: list[Inline] = [maths(node.args[0])]
    for op, side in zip(node.ops, node.args[1:], strict=True):
        parts += [" ", RELATIONS[op], " ", maths(side)]
    return tuple(parts)


def _escaped(text: str) -> str:
    return re.sub(r"([#$%&_{}])", r"\\\1", text.replace("\\", "").replace("^", r"\^{}").replace("~", r"\~{}"))


def definition(card: Card, text: str) -> Maths:
    """`softmax(z)[i] = ...` or a notation `s[i] = softmax(z)[i]`, with its head as the author wrote it."""
    known = card.context.definitions
    context = replace(card.context, definitions={head: d for head, d in known.items() if head != _head(text)})
    try:
        found = context.define(text)
        d = found.definitions[_head(text)]
        head: t.Expr = t.Apply(d.head, d.parameters, d.shape)
        if d.indices:
            head = t.Index(head, d.indices)
        return maths(t.Relation((head, d.body), ("=",)))
    except (FormulaError, KeyError):
        return formula(card.context, text)


def _head(text: str) -> str:
    return re.split(r"[(\[=\s]", text.strip(), maxsplit=1)[0]


def split_step(text: str) -> tuple[str, str]:
    """ "<= log(n)" is ("<=", "log(n)")."""
    found = RELATION.match(text)
    return (found[1], text[found.end() :]) if found else ("=", text)


# declarations in words ------------------------------------------------------------------------------------------------

WORDS = {
    "real": "real",
    "positive": "positive",
    "nonnegative": "non-negative",
    "unit": "between 0 and 1",
}


def declarations(context: Context, known: Context | None = None) -> tuple[Line, ...]:
    """What is declared, one line for the symbols of one kind, then the hypotheses; what `known` says is left out."""
    symbols = known.symbols if known is not None else {}
    groups: dict[t.Type, list[t.Symbol]] = {}
    for name, symbol in context.symbols.items():
        if symbols.get(name) != symbol:
            groups.setdefault(symbol.type, []).append(symbol)
    lines = [_declared(kind, group) for kind, group in groups.items()]
    lines += [(maths(h),) for h in context.hypotheses if known is None or h not in known.hypotheses]
    return tuple(lines)


def _declared(kind: t.Type, symbols: list[t.Symbol]) -> Line:
    names: list[Inline] = []
    for place, symbol in enumerate(symbols):
        names += [*([", "] if place else []), maths(symbol)]
    many = len(symbols) > 1
    if kind.domain == "size":
        return (*names, f": {'sizes' if many else 'a size'}, any whole number from {kind.minimum or 1}")
    if kind.domain == "natural":
        return (*names, f": {'whole numbers' if many else 'a whole number'} from {kind.minimum}")
    if kind.domain == "index" and kind.over is not None:
        return (*names, f": {'indices' if many else 'an index'} from 1 to ", maths(kind.over))
    if kind.domain == "function":
        return (*names, f": {'functions' if many else 'a function'} of ", *_shape(kind, "a vector", "a number"))
    if kind.domain == "batch" and kind.over is not None:
        drawn = ", 1 for each sample that is drawn, otherwise 0"
        return (*names, ": a random batch of ", maths(kind.over), " of ", maths(kind.shape[0]), " samples", drawn)
    if kind.domain == "simplex":
        return (*names, ": probabilities that sum to 1, zeros allowed, ", *_shape(kind, "", ""))
    if kind.domain == "onehot":
        return (*names, ": one-hot, one entry 1 and the others 0, ", *_shape(kind, "", ""))
    word = WORDS.get(kind.domain, kind.domain)
    if not kind.shape:
        if kind.domain == "unit":
            return (*names, ": numbers between 0 and 1" if many else ": a number between 0 and 1")
        return (*names, f": {word} numbers" if many else f": a {word} number")
    if kind.shape == (t.NATURALS,):
        return (*names, f": {'sequences' if many else 'a sequence'}, every term {word}")
    if kind.shape[0] == t.NATURALS:
        return (
            *names,
            f": {'sequences' if many else 'a sequence'} of vectors, {word} numbers, ",
            maths(kind.shape[1]),
            " at a time",
        )
    entries = f"numbers {word}" if kind.domain == "unit" else f"{word} numbers"
    return (*names, f": {entries}, ", *_shape(kind, "", ""))


def _shape(kind: t.Type, vector: str, scalar: str) -> Line:
    if not kind.shape:
        return (scalar,)
    if kind.shape == (t.NATURALS,):
        return ("a sequence",)
    parts: list[Inline] = [f"{vector} of length " if vector and len(kind.shape) == 1 else ""]
    for place, size in enumerate(kind.shape):
        parts += [*([" by "] if place else []), maths(size)]
    if not vector:
        parts.append(" of them" if len(kind.shape) == 1 else "")
    return tuple(p for p in parts if p != "")

"""Formula text and trees as `Maths`; a text that cannot be read is shown as it was written."""

from __future__ import annotations

import re
from dataclasses import replace

from mathcore.card import Card
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.render.document import Code, Inline, Line, Maths, filled
from mathcore.translation import _

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
    """What symbols of one kind are. With `names` and `shape` as places, so that a language may order them as it needs."""
    names: Line = tuple(part for place, s in enumerate(symbols) for part in ((", ", maths(s)) if place else (maths(s),)))
    many = len(symbols) > 1
    places: dict[str, Inline | Line] = {"names": names, "shape": _shape(kind), "from": str(kind.minimum or 1)}
    if kind.over is not None:
        places["over"] = maths(kind.over)
    if kind.domain == "size":
        places["from"] = str(kind.minimum or 1)
        one, some = _("{names}: a size, any whole number from {from}"), _("{names}: sizes, any whole number from {from}")
    elif kind.domain == "natural":
        places["from"] = str(kind.minimum)
        one, some = _("{names}: a whole number from {from}"), _("{names}: whole numbers from {from}")
    elif kind.domain == "index" and kind.over is not None:
        one, some = _("{names}: an index from 1 to {over}"), _("{names}: indices from 1 to {over}")
    elif kind.domain == "function":
        places["of"] = _argument(kind)
        one, some = _("{names}: a function of {of}"), _("{names}: functions of {of}")
    elif kind.domain == "batch" and kind.over is not None:
        places["samples"] = maths(kind.shape[0])
        one = some = _("{names}: a random batch of {over} of {samples} samples, 1 for each sample that is drawn, otherwise 0")
    elif kind.domain == "simplex":
        one = some = _("{names}: probabilities that sum to 1, zeros allowed, {shape}")
    elif kind.domain == "onehot":
        one = some = _("{names}: one-hot, one entry 1 and the others 0, {shape}")
    else:
        one, some = _numbers(kind)
        if kind.shape[:1] == (t.NATURALS,) and len(kind.shape) > 1:
            places["each"] = maths(kind.shape[1])
    return filled(some if many else one, **places)


def _numbers(kind: t.Type) -> tuple[str, str]:
    """The templates for one symbol and for several, of a kind that is made of numbers."""
    if not kind.shape:
        found = {
            "real": (_("{names}: a real number"), _("{names}: real numbers")),
            "positive": (_("{names}: a positive number"), _("{names}: positive numbers")),
            "nonnegative": (_("{names}: a non-negative number"), _("{names}: non-negative numbers")),
            "unit": (_("{names}: a number between 0 and 1"), _("{names}: numbers between 0 and 1")),
        }
    elif kind.shape == (t.NATURALS,):
        found = {
            "real": (_("{names}: a sequence, every term real"), _("{names}: sequences, every term real")),
            "positive": (_("{names}: a sequence, every term positive"), _("{names}: sequences, every term positive")),
            "nonnegative": (_("{names}: a sequence, every term non-negative"), _("{names}: sequences, every term non-negative")),
            "unit": (_("{names}: a sequence, every term between 0 and 1"), _("{names}: sequences, every term between 0 and 1")),
        }
    elif kind.shape[0] == t.NATURALS:
        found = {
            "real": (
                _("{names}: a sequence of vectors, real numbers, {each} at a time"),
                _("{names}: sequences of vectors, real numbers, {each} at a time"),
            ),
            "positive": (
                _("{names}: a sequence of vectors, positive numbers, {each} at a time"),
                _("{names}: sequences of vectors, positive numbers, {each} at a time"),
            ),
        }
    else:
        found = {
            "real": (_("{names}: real numbers, {shape}"),) * 2,
            "positive": (_("{names}: positive numbers, {shape}"),) * 2,
            "nonnegative": (_("{names}: non-negative numbers, {shape}"),) * 2,
            "unit": (_("{names}: numbers between 0 and 1, {shape}"),) * 2,
        }
    return found.get(kind.domain, (f"{{names}}: {kind.domain}",) * 2)


def _shape(kind: t.Type) -> Line:
    """`n of them`, or `n by m`."""
    if not kind.shape or kind.shape[0] == t.NATURALS:
        return ()
    sizes = _by(kind)
    return filled(_("{size} of them"), size=sizes) if len(kind.shape) == 1 else sizes


def _by(kind: t.Type) -> Line:
    return tuple(p for place, size in enumerate(kind.shape) for p in ((_(" by "), maths(size)) if place else (maths(size),)))


def _argument(kind: t.Type) -> Line:
    """What a function is one of."""
    if not kind.shape:
        return (_("a number"),)
    if kind.shape == (t.NATURALS,):
        return (_("a sequence"),)
    return filled(_("a vector of length {size}"), size=_by(kind)) if len(kind.shape) == 1 else _by(kind)

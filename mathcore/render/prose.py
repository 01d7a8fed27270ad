"""An author's Markdown as blocks of a page: in single backticks stands mathematics where it can be read as such, else code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from mathcore.language.parser import Context, FormulaError
from mathcore.render import mathematics as m
from mathcore.render.document import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    Line,
    Link,
    Maths,
    Paragraph,
    Picture,
    Quotation,
    Strong,
    Table,
)
from mathcore.translation import drawn

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def line(context: Context, text: str) -> Line:
    """One paragraph's worth of Markdown."""
    return tuple(_inline(context, (_markdown().parseInline(text)[0].children or ())))


def blocks(context: Context, text: str) -> tuple[Block, ...]:
    """Paragraphs, lists, quotations, tables."""
    return tuple(_blocks(context, _markdown().parse(text)))


def _blocks(context: Context, tokens: Sequence[Token]) -> Iterator[Block]:
    for kind, inside in _groups(tokens):
        match kind:
            case "paragraph_open":
                yield Paragraph(_line(context, inside))
            case "bullet_list_open" | "ordered_list_open":
                items = tuple(_line(context, item) for name, item in _groups(inside[1:-1]) if name == "list_item_open")
                yield Bullets(items, ordered=kind == "ordered_list_open")
            case "blockquote_open":
                yield Quotation(tuple(_blocks(context, inside[1:-1])))
            case "table_open":
                rows = [
                    tuple(_line(context, cell) for name, cell in _groups(row[1:-1]) if name in ("th_open", "td_open"))
                    for _, part in _groups(inside[1:-1])
                    for name, row in _groups(part[1:-1])
                    if name == "tr_open"
                ]
                heads = (str(token.attrs.get("style", "")) for token in inside if token.type == "th_open")
                align = "".join("r" if "right" in style else "c" if "center" in style else "l" for style in heads)
                yield Table(rows[0], tuple(rows[1:]), align)
            case "code_block" | "fence":
                yield CodeBlock(inside[0].content, inside[0].info)
            case _:
                yield Paragraph((inside[0].content,))


def _groups(tokens: Sequence[Token]) -> Iterator[tuple[str, Sequence[Token]]]:
    """The tokens of each block at the top, by what opens it."""
    depth, group = 0, list["Token"]()
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group[0].type, group
            group = []


def _line(context: Context, tokens: Sequence[Token]) -> Line:
    """The text of all paragraphs inside, one after the other."""
    parts: list[Inline] = []
    for token in tokens:
        if token.type == "inline":
            parts += [*([" "] if parts else []), *_inline(context, token.children or ())]
    return tuple(parts)


def _inline(context: Context, tokens: Sequence[Token]) -> Iterator[Inline]:
    rest = list(tokens)
    while rest:
        token = rest.pop(0)
        match token.type:
            case "code_inline":
                yield formula_or_code(context, token.content) if token.markup == "`" else Code(token.content)
            case "softbreak" | "hardbreak":
                yield " "
            case "image":
                yield picture(token.content, str(token.attrs.get("src", "")))
            case "strong_open" | "em_open" | "link_open":
                place = next(i for i, t in enumerate(rest) if t.type == token.type.replace("open", "close"))
                inner = "".join(t.content for t in rest[:place])
                if token.type == "link_open":
                    yield Link(inner, str(token.attrs.get("href", "")))
                else:
                    yield Strong(inner) if token.type == "strong_open" else Emphasis(inner)
                rest = rest[place + 1 :]
            case _:
                if token.content:
                    yield token.content


FIGURE = "figure:"  # what begins the target of a picture that is made from formulas


def picture(text: str, target: str) -> Picture:
    """A picture; one of mathcore's figures says itself what is to be seen, where the author says nothing."""
    if not target.startswith(FIGURE):
        return Picture(text, target)
    from mathcore.render.figures import load
    from mathcore.render.figures.wording import described
    from mathcore.render.figures.words import mapped

    figure = mapped(load(target.removeprefix(FIGURE)), drawn)
    return Picture(text or described(figure), f"../figures/{figure.name}.svg")


def formula_or_code(context: Context, text: str) -> Inline:
    """Mathematics in the letters of the page; a letter that it does not declare is a number, or an index inside [ ]."""
    if text in context.definitions and context.definitions[text].parameters:  # a function, of which something is said
        return Maths(rf"\mathrm{{{text}}}".replace("_", r"\_"), text, text)
    if " ~ " in text:
        sides = [formula_or_code(context, side) for side in text.split(" ~ ")]
        found = [side for side in sides if isinstance(side, Maths)]
        if len(found) == len(sides):
            signs = ((r" \approx ", "latex"), (" ≈ ", "unicode"), (" ~ ", "text"))
            return Maths(*(sign.join(getattr(side, form) for side in found) for sign, form in signs))
    for known in (context, _with_numbers(context, text), _of_numbers(context, text)):
        try:
            return m.maths(known.parse(text), inline=True)
        except (FormulaError, ValueError):
            continue
    return Code(text)


def _letters(text: str) -> set[str]:
    return set(re.findall(r"\b(?:[A-Za-z]|[A-Za-z]\w+(?![\w(]))\b", text)) - {"pi", "inf"}


def _with_numbers(context: Context, text: str) -> Context:
    """Letters that the page does not declare are numbers."""
    missing = sorted(_letters(text) - set(context.symbols) - set(context.definitions))
    try:
        return context.given(f"{', '.join(missing)}: real") if missing else context
    except FormulaError:
        return context


def _of_numbers(context: Context, text: str) -> Context:
    inside = set(re.findall(r"[A-Za-z]\w*", " ".join(re.findall(r"\[([^]]*)\]", text))))
    names = _letters(text)
    shapes = dict(re.findall(r"\b([A-Za-z]\w*)\[([^]]*)\]", text))
    size = next(letter for letter in ("n", "m", "N", "M", "n_") if letter not in names)
    given = [f"{size}: size"]
    for name in sorted(names):
        shape = f"[{', '.join([size] * (shapes[name].count(',') + 1))}]" if name in shapes else ""
        given.append(f"{name}: {f'index[{size}]' if name in inside else 'real' + shape}")
    try:
        return Context(definitions={head: d for head, d in context.definitions.items() if d.parameters}).given("; ".join(given))
    except FormulaError:
        return context

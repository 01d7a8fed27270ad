"""A document as an HTML fragment for notebooks; mathematics in `$..$`, which they typeset."""

from __future__ import annotations

from html import escape

from mathcore.render import document as d
from mathcore.render.markdown import aligned, chained
from mathcore.translation import _


def write(document: d.Document) -> str:
    title = f"<h2>{escape(document.title)}</h2>\n" if document.title else ""
    return f'<div class="mathcore">\n{title}{_blocks(document.blocks, 3)}\n</div>'


def _blocks(blocks: tuple[d.Block, ...], depth: int) -> str:
    return "\n".join(_block(b, depth) for b in blocks)


def _block(block: d.Block, depth: int) -> str:
    match block:
        case d.Section():
            level = min(depth, 6)
            return f"<h{level}>{escape(block.title)}</h{level}>\n{_blocks(block.blocks, depth + 1)}"
        case d.Paragraph():
            return f"<p>{line(block.parts)}</p>"
        case d.Display():
            return f"<p>$${escape(aligned([f'& {f.latex}' for f in block.formulas]))}$$</p>"
        case d.Chain(told=True):
            return _block(block.only_reason, depth)
        case d.Chain():
            reasons = "".join(f"<li>{line(x.why)}{_level(x.level)}</li>" for x in block.links)
            return f"<p>$${escape(chained(block))}$$</p>\n<ol>{reasons}</ol>"
        case d.Bullets():
            mark = "ol" if block.ordered else "ul"
            return f"<{mark}>" + "".join(f"<li>{line(i)}</li>" for i in block.items) + f"</{mark}>"
        case d.Quotation():
            return f"<blockquote>{_blocks(block.blocks, depth)}</blockquote>"
        case d.Table():
            head = "".join(f"<th>{line(h)}</th>" for h in block.heads)
            body = "".join("<tr>" + "".join(f"<td>{line(c)}</td>" for c in row) + "</tr>" for row in block.rows)
            return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        case d.Details():
            return f"<details><summary>{escape(block.summary)}</summary><p>{line(block.parts)}</p></details>"
        case d.CodeBlock():
            return f"<pre><code>{escape(block.text)}</code></pre>"


def _level(level: str) -> str:
    """In bold what is not simply proved."""
    return "" if not level else f" {d.PROVED}" if level == "proved" else f", <strong>{escape(_(level))}</strong>"


def line(parts: d.Line) -> str:
    return "".join(_inline(p) for p in parts)


def _inline(part: d.Inline) -> str:
    match part:
        case d.Maths():
            return f"${escape(part.latex)}$"
        case d.Code():
            return f"<code>{escape(part.text)}</code>"
        case d.Strong():
            return f"<strong>{escape(part.text)}</strong>"
        case d.Emphasis():
            return f"<em>{escape(part.text)}</em>"
        case d.Picture():
            return f'<img alt="{escape(part.text, quote=True)}" src="{escape(part.target, quote=True)}">'
        case d.Link():
            return f'<a href="{escape(part.target, quote=True)}">{escape(part.text)}</a>'
    return escape(part)

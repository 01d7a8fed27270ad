"""A document as Markdown for code hosts and the site: headings, pipe tables, mathematics in ```math fences and $`..`$.

Between backticks Markdown leaves everything as it is: between bare dollars it takes `_`, `*` and a backslash before a sign
for its own. The same input, the same bytes.
"""

from __future__ import annotations

import re

from mathcore.render import document as d
from mathcore.translation import _


def write(document: d.Document) -> str:
    parts = [f"# {document.title}", *(_block(b, 2) for b in document.blocks)]
    return "\n\n".join(p for p in parts if p) + "\n"


def _block(block: d.Block, depth: int) -> str:
    match block:
        case d.Section():
            inner = [_block(b, depth + 1) for b in block.blocks]
            return "\n\n".join(p for p in (f"{'#' * depth} {block.title}", *inner) if p)
        case d.Paragraph():
            return line(block.parts)
        case d.Display():
            return display([f.latex for f in block.formulas])
        case d.Chain(told=True):
            return line(block.only_reason.parts)
        case d.Chain():
            reasons = "\n".join(f"{number}. {_reason(link)}" for number, link in enumerate(block.links, 1))
            return f"{fenced(chained(block))}\n\n{reasons}"
        case d.Bullets():
            marks = [f"{n}." if block.ordered else "*" for n in range(1, len(block.items) + 1)]
            return "\n".join(f"{mark} {line(item)}" for mark, item in zip(marks, block.items, strict=True))
        case d.Quotation():
            text = "\n\n".join(_block(b, depth) for b in block.blocks)
            return "\n".join(f"> {row}".rstrip() for row in text.split("\n"))
        case d.Table():
            return _table(block)
        case d.Details():
            return f"<details><summary>{block.summary}</summary>\n\n{line(block.parts)}\n\n</details>"
        case d.CodeBlock():
            return f"```{block.language}\n{block.text.rstrip()}\n```"


def line(parts: d.Line) -> str:
    return "".join(_inline(p) for p in parts)


def _inline(part: d.Inline) -> str:
    match part:
        case d.Maths():
            return f"$`{part.latex}`$"
        case d.Code():
            fence = "``" if "`" in part.text else "`"
            return f"{fence}{part.text}{fence}"
        case d.Strong():
            return f"**{part.text}**"
        case d.Emphasis():
            return f"*{part.text}*"
        case d.Link():
            return f"[{part.text}]({part.target})"
        case d.Picture():
            return f"![{part.text}]({part.target})"
    return re.sub(r"([*_<\\$])", r"\\\1", part)


def display(formulas: list[str]) -> str:
    return fenced(formulas[0] if len(formulas) == 1 else aligned([f"& {f}" for f in formulas]))


def fenced(latex: str) -> str:
    return f"```math\n{latex}\n```"


def aligned(rows: list[str]) -> str:
    """One below the other; fractions would touch without some air between the rows."""
    air = "[4pt]" if any(r"\frac" in row for row in rows) else ""
    return "\n".join((r"\begin{aligned}", f" \\\\{air}\n".join(rows), r"\end{aligned}"))


def chained(chain: d.Chain) -> str:
    """The lines of a chain, each with its number; the reasons follow under the same numbers."""
    links = enumerate(chain.links, 1)
    rows = [rf"&\quad {link.relation.latex} {link.formula.latex} && ({number})" for number, link in links]
    return aligned([f"& {chain.start.latex}", *rows])


def _reason(link: d.ChainLink) -> str:
    """In bold what is not simply proved."""
    level = "" if not link.level else f" {d.PROVED}" if link.level == "proved" else f", **{_(link.level)}**"
    return f"{line(link.why)}{level}"


def _table(table: d.Table) -> str:
    marks = {"l": ":--", "r": "--:", "c": ":-:"}
    align = table.align or "l" * len(table.header)
    lines = [
        "| " + " | ".join(map(_cell, table.heads)) + " |",
        "| " + " | ".join(marks[a] for a in align) + " |",
        *("| " + " | ".join(_cell(c) for c in row) + " |" for row in table.rows),
    ]
    return "\n".join(lines)


def _cell(parts: d.Line) -> str:
    return line(parts).replace("|", "\\|").replace("\n", " ")

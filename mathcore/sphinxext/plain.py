"""Derivations in the nodes that every builder knows: numbered formulas, and their reasons under the same numbers.

Builders that typeset no mathematics (text, manual pages, Texinfo) get formulas in Unicode.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from mathcore.render.docutils import chain, details, step, summary, wide
from mathcore.render.markdown import aligned

TYPESETS = ("html", "latex")


class Plain(SphinxPostTransform):
    """After references are resolved, before anything is written."""

    default_priority = 800

    def run(self, **kwargs: Any) -> None:
        kind = self.app.builder.format
        if kind != "html":
            self._unfolded()
        if kind == "latex":
            for node in self.document.findall(_mathematics):
                _in_latex(node)
        if kind not in TYPESETS:
            for node in list(self.document.findall(_mathematics)):
                _in_unicode(node)

    def _unfolded(self) -> None:
        for kind, unfold in ((chain, _chain), (details, _details), (wide, lambda node: node.children)):
            for node in list(self.document.findall(kind)):
                node.replace_self(unfold(node))


def _mathematics(node: nodes.Node) -> bool:
    return isinstance(node, nodes.math | nodes.math_block)


def _chain(node: chain) -> list[nodes.Node]:
    """The formulas one below the other, then a numbered list."""
    steps = list(node.findall(step))
    marks = [nodes.target("", "", ids=node["ids"])] if node["ids"] else []
    if isinstance(node[0], wide):  # otherwise the only line stands above
        start, *lines = [next(w.findall(nodes.math)) for w in node.findall(wide)]
        numbers = enumerate(lines, 1)
        latex = aligned([f"& {start.astext()}", *(rf"&\quad {line.astext()} && ({n})" for n, line in numbers)])
        unicode = "\n".join([start["unicode"], *(f"  {line['unicode']}   ({n})" for n, line in enumerate(lines, 1))])
        flags = {"no-wrap": False, "nowrap": False, "number": None, "label": None}
        marks.append(nodes.math_block(latex, latex, unicode=unicode, **flags))
    told = [nodes.list_item("", *_step(one)) for one in steps]
    if len(told) == 1 and not isinstance(node[0], wide):
        return [*marks, *told[0].children]
    return [*marks, nodes.enumerated_list("", *told, enumtype="arabic", prefix="", suffix=".")]


def _step(node: step) -> list[nodes.Node]:
    """Reason, rule, level and evidence in one paragraph."""
    seen = next(node.findall(summary))
    level = list(seen.findall(lambda n: isinstance(n, nodes.inline) and "mathcore-level" in n["classes"]))
    told = {field["kind"]: list(field[1][0].children) for field in node.findall(nodes.field)}
    unsaid = [*level, *(n for n in seen.children if _asks(n) or not n.astext().strip())]
    reason = told["Reason"] if "Reason" in told else [n for n in seen.children if n not in unsaid]
    parts: list[nodes.Node] = [nodes.target("", "", ids=node["ids"])] if node["ids"] else []
    parts += reason
    parts += [nodes.Text(" ("), *told["Rule"], nodes.Text(")")] if "Rule" in told else []
    parts += [nodes.Text(". ")] if reason and level else []
    sign, _, word = level[0].astext().partition(" ") if level else ("", "", "")
    parts += [nodes.strong("", sign if "Evidence" in told else f"{sign} {word}"), nodes.Text(" ")] if level else []
    parts += told.get("Evidence", [])
    return [nodes.paragraph("", "", *parts)]


def _details(node: details) -> list[nodes.Node]:
    seen, *told = node.children
    for one in list(seen.findall(_asks)):
        one.parent.remove(one)
    for field in list(node.findall(nodes.field)):
        if field[0].astext() == "Link":  # on paper it would lead to itself
            field.parent.remove(field)
    return [nodes.paragraph("", "", nodes.strong("", "", *seen.children)), *told]


def _asks(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "mathcore-ask" in node["classes"]


def _in_latex(node: nodes.Element) -> None:
    """Relations that are commands of MathJax alone."""
    text = re.sub(r"\\lt(?![A-Za-z])", "<", re.sub(r"\\gt(?![A-Za-z])", ">", node.astext()))
    node.children = [nodes.Text(text)]


def _in_unicode(node: nodes.Element) -> None:
    if "unicode" not in node:
        return
    if isinstance(node, nodes.math):
        node.replace_self(nodes.Text(node["unicode"]))
    else:
        node.replace_self(nodes.literal_block(node["unicode"], node["unicode"], language="none"))

"""Derivations in HTML: lines that open without a script, and formulas that scroll by themselves where the page is narrow."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes


def visit_chain(self: Any, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "div", CLASS="mathcore-chain"))


def depart_chain(self: Any, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def visit_step(self: Any, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "div", CLASS="mathcore-step"))
    if len(node.children) > 1:  # a formula, and what it opens to
        self.body.append(f'<span class="mathcore-number">({node["number"]})</span>\n')


def depart_step(self: Any, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def visit_details(self: Any, node: nodes.Element) -> None:
    opened = " open" if self.config.mathcore_open else ""
    self.body.append(f'<details class="mathcore-details"{opened}>')


def depart_details(self: Any, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def visit_summary(self: Any, node: nodes.Element) -> None:
    self.body.append("<summary>")


def depart_summary(self: Any, node: nodes.Element) -> None:
    self.body.append("</summary>\n")


def visit_wide(self: Any, node: nodes.Element) -> None:
    """A region that the keyboard reaches; no two of a page have the same name."""
    labels = self.__dict__.setdefault("mathcore_labels", {})
    label = node["label"]
    labels[label] = number = labels.get(label, 0) + 1
    said = escape(label if number == 1 else f"{label} ({number})", quote=True)
    self.body.append(f'<div class="mathcore-wide" role="region" tabindex="0" aria-label="{said}">')


def depart_wide(self: Any, node: nodes.Element) -> None:
    self.body.append("</div>\n")

"""The words of every page, section by section, as a script that search.js reads: it works without a server too."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from docutils import nodes

COMMON = frozenset(  # words that say nothing
    re.findall(
        r"\w+",
        "a an and are as at be but by can does for from has have if in into is it its no not of on or so that the their them "
        "then there these they this to was what when where which who why will with you your",
    )
)


def sections(doctree: nodes.document) -> list[dict[str, str]]:
    """Each section of a page: its title, where it is, and its own words (those of sections inside it apart)."""
    found = []
    for section in doctree.findall(nodes.section):
        title = section.next_node(nodes.title)
        own = " ".join(_text(child) for child in section.children if not isinstance(child, (nodes.section, nodes.title)))
        if title is not None and section["ids"]:
            found.append({"title": _text(title), "anchor": section["ids"][0], "words": " ".join(words(own))})
    return found


def _text(node: nodes.Node) -> str:
    if isinstance(node, (nodes.math, nodes.math_block, nodes.raw, nodes.comment, nodes.image)):
        return ""
    if isinstance(node, nodes.Text):
        return str(node)
    return " ".join(filter(None, (_text(child) for child in node.children))) if isinstance(node, nodes.Element) else ""


def words(text: str) -> list[str]:
    """Each word once, in small letters, numbers and the commonest ones left out."""
    plain = unicodedata.normalize("NFC", text).lower()
    return list(dict.fromkeys(w for w in re.findall(r"[^\W\d_][\w'-]*[^\W_]", plain) if w not in COMMON))


def script(pages: dict[str, list[dict[str, str]]], more: dict[str, str]) -> str:
    """`more`: other names of a page, under which it is looked for as well."""
    index: list[dict[str, Any]] = []
    for name, parts in sorted(pages.items()):
        if parts:
            entries = [[part["title"], part["anchor"], part["words"]] for part in parts]
            index.append({"page": f"{name}.html", "also": more.get(name, ""), "sections": entries})
    return f"window.mathcoreSearch({json.dumps(index, ensure_ascii=False, separators=(',', ':'))});\n"

"""The words of every page, section by section, as a script that search.js reads: it works without a server too."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise
from typing import Any

from docutils import nodes

from mathcore.translation import ENGLISH, N_, _, language

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")

LISTS = (N_("On other pages"), N_("Behind the proofs"))  # of the names of other formulas: not what a page is about
KEPT, STEM = 12, 3  # letters of a word that are looked at; in Korean what follows is mostly endings
COMMON = frozenset(  # words that say nothing
    re.findall(
        r"\w+",
        "a an and are as at be but by can does for from has have if in into is it its no not of on or so that the their them "
        "then there these they this to was what when where which who why will with you your",
    )
)


def sections(doctree: nodes.document) -> list[dict[str, str]]:
    """Each section of a page: its title, where it is, and its own words (those of sections inside it apart)."""
    found, lists = [], {_(title) for title in LISTS}
    for section in doctree.findall(nodes.section):
        title = section.next_node(nodes.title)
        own = " ".join(_text(child) for child in section.children if not isinstance(child, (nodes.section, nodes.title)))
        if language() != ENGLISH and not HANGUL.search(own):
            own = ""  # not translated: it is found by its heading alone
        if title is not None and section["ids"] and title.astext() not in lists:
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
    found = re.findall(r"[^\W\d_][\w'-]*[^\W_]", plain)
    return list(dict.fromkeys(w[:KEPT] if w.isascii() else w[:STEM] for w in found if w not in COMMON))


def script(pages: dict[str, list[dict[str, str]]], more: dict[str, str]) -> str:
    """Pages with their headings; then each word with the numbers of its sections, each as the distance from the one before.

    `more`: other names of a page, under which it is looked for as well. Numbers are written in base 36: half of the bytes.
    """
    shown: list[list[Any]] = []
    places: dict[str, list[int]] = {}
    number = 0
    for name, parts in sorted(pages.items()):
        shown.append([f"{name}.html", more.get(name, ""), [[part["title"], part["anchor"]] for part in parts]])
        for part in parts:
            for word in part["words"].split():
                places.setdefault(word, []).append(number)
            number += 1
    rows = [" ".join((word, *_distances(found))) for word, found in sorted(places.items())]
    data = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in (shown, "\n".join(rows)))
    return f"window.mathcoreSearch({','.join(data)});\n"


def _distances(numbers: list[int]) -> list[str]:
    return [_base36(after - before) for before, after in pairwise([0, *numbers])]


def _base36(number: int) -> str:
    high, low = divmod(number, 36)
    return (_base36(high) if high else "") + "0123456789abcdefghijklmnopqrstuvwxyz"[low]

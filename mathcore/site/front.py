"""What the front door shows of the cards: the formulas by topic and what rests on what, as Markdown; the list of all pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from mathcore.card import Card
from mathcore.evidence import Evidence
from mathcore.formulas import load
from mathcore.render import mathematics as m
from mathcore.render import summary as s
from mathcore.render.contents import topics
from mathcore.render.site import accepted
from mathcore.site import graph

PAGES = {  # what stands in the sidebar before the formulas, in the order of a reader
    "Begin": ("tutorials/the-note", "tutorials/train-a-classifier", "tutorials/a-slip-found", "reading"),
    "Do it yourself": ("prove", "form", "judging", "tutorials/grading", "strategies", "add-a-formula"),
    "Behind it": ("trusted-base", "finite-n-transfer", "notation", "api"),
    "In numbers": ("where-libraries-lose-digits", "behaviour", "array-libraries", "speed"),
}
MARK = "<!-- site: {} -->"


def parts(docs: Path) -> Mapping[str, Callable[[], str]]:
    """What stands in the place of each mark of the front door."""
    judged = accepted(docs)
    return {
        "formulas": lambda: formulas(judged),
        "graph": lambda: graph.picture(judged),
        "contents": lambda: contents(docs, judged),
    }


def filled(text: str, docs: Path) -> str:
    """The page with every part that it has a mark for."""
    found = parts(docs)
    for name, part in found.items():
        mark = MARK.format(name)
        if mark in text:
            text = text.replace(mark, part())
    return text


def formulas(judged: Mapping[str, Evidence]) -> str:
    """Each formula under its topic: a link, what it says, how sure that is."""
    rows = {name: s.row(evidence) for name, evidence in judged.items()}
    blocks: list[str] = []
    for topic, cards in topics(map(load, judged)).items():
        items = "\n".join(_entry(card, rows[card.name].status) for card in cards)
        blocks.append(f"### {topic.capitalize()}\n\n:::{{container}} formulas\n{items}\n:::")
    return "\n\n".join(blocks)


def _entry(card: Card, status: str) -> str:
    said = m.definition(card, card.define).latex
    mark = "" if status == "proved" else f" ({status})"
    return f"* [{card.title}](formulas/{card.name}.md){mark} $`{said}`$"


def contents(docs: Path, judged: Mapping[str, Evidence]) -> str:
    """Every page once, for the sidebar."""
    trees = [_tree(caption, (page for page in pages if _exists(docs, page))) for caption, pages in PAGES.items()]
    for topic, cards in topics(map(load, judged)).items():
        trees.append(_tree(f"Formulas: {topic}", (f"formulas/{card.name}" for card in cards)))
    decisions = sorted(path.stem for path in (docs / "decisions").glob("*.md"))
    trees += [_tree("Index", ("formulas/index",)), _tree("Decisions", (f"decisions/{stem}" for stem in decisions))]
    return "\n\n".join(trees)


def _exists(docs: Path, page: str) -> bool:
    return (docs / f"{page}.md").exists()


def _tree(caption: str, pages: object) -> str:
    listed = "\n".join(pages)  # type: ignore[call-overload]
    return f"```{{toctree}}\n:caption: {caption}\n:hidden:\n:maxdepth: 1\n\n{listed}\n```"

"""What the front door shows of the cards: the formulas by topic and what rests on what, as Markdown; the list of all pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from mathcore.card import Card
from mathcore.evidence import Evidence
from mathcore.formulas import load
from mathcore.render import markdown
from mathcore.render import mathematics as m
from mathcore.render import summary as s
from mathcore.render.contents import index as contents_of
from mathcore.render.contents import topics
from mathcore.render.site import accepted
from mathcore.site import graph
from mathcore.translation import N_, _, words

PAGES = {  # what stands in the sidebar before the formulas, in the order of a reader
    N_("Begin"): ("tutorials/the-note", "tutorials/train-a-classifier", "tutorials/a-slip-found", "reading"),
    N_("Do it yourself"): (
        "prove-it",
        "check-it",
        "practice",
        "prove",
        "form",
        "judging",
        "tutorials/grading",
        "strategies",
        "sphinx",
        "add-a-formula",
        "add-a-rule",
    ),
}
LAST = {  # and after them
    N_("In numbers"): ("where-libraries-lose-digits", "behaviour", "array-libraries", "same-bits", "speed"),
    N_("Behind it"): ("trusted-base", "finite-n-transfer", "notation", "glossary"),
}


REFERENCE = "api/index"
INDEX = "formulas/index"


def spelled(text: str) -> str:
    """Formulas as code hosts read them, $`x`$, become the role that MyST has for them."""
    return re.sub(r"\$`([^`]+)`\$", r"{math}`\1`", text)


def filled(text: str, docs: Path) -> str:
    """The page with every part that it has a mark for: `<!-- site: graph -->`."""
    judged = accepted(docs)
    parts: Mapping[str, Callable[[], str]] = {
        "formulas": lambda: formulas(judged),
        "graph": lambda: graph.picture(judged),
        "contents": lambda: contents(docs),
    }
    text = re.sub(r"<!-- site: derivation (\S+) -->", r"```{derivation} \1\n```", text)
    for name, part in parts.items():
        mark = f"<!-- site: {name} -->"
        if mark in text:
            text = text.replace(mark, part())
    return text


def index(docs: Path) -> str:
    """The index of formulas in the language of the site; the file beside the pages is English."""
    return markdown.write(contents_of(tuple(accepted(docs).values())))


def formulas(judged: Mapping[str, Evidence]) -> str:
    """Each formula under its topic: a link, what it says, and how sure that is where it is not simply proved."""
    blocks = []
    for topic, cards in topics(map(load, judged)).items():
        items = "\n".join(_entry(card, s.status(judged[card.name])) for card in cards)
        blocks.append(f"### {_(topic).capitalize()}\n\n```{{container}} formulas\n{items}\n```")
    return "\n\n".join(blocks)


def _entry(card: Card, status: str) -> str:
    mark = "" if status == "proved" else f" ({_(status)})"
    return f"* [{words(card.title)}](formulas/{card.name}.md){mark} $`{m.definition(card, card.define).latex}`$"


def groups(docs: Path) -> dict[str, tuple[str, ...]]:
    """Every page once, under the word that stands over it in the sidebar."""
    names = [path.stem for path in sorted((docs / "formulas").glob("*.md")) if path.stem != "index"]
    found = {_(caption): _present(docs, pages) for caption, pages in PAGES.items()}
    found[_("Formulas")] = (INDEX,)
    for topic, cards in topics(map(load, names)).items():
        found[_(topic).capitalize()] = tuple(f"formulas/{card.name}" for card in cards)
    found |= {_(caption): _present(docs, pages) for caption, pages in LAST.items()}
    found[_("Python")] = tuple(
        f"api/{path.stem}" for path in sorted((docs / "api").glob("*.rst"), key=lambda p: p.stem != "index")
    )
    found[_("Decisions")] = tuple(f"decisions/{path.stem}" for path in sorted((docs / "decisions").glob("*.md")))
    return found


def _present(docs: Path, pages: Iterable[str]) -> tuple[str, ...]:
    return tuple(page for page in pages if (docs / f"{page}.md").exists())


def contents(docs: Path) -> str:
    """The groups as Sphinx reads them; the pages of the reference stand in the contents of its first page."""
    listed = ([page for page in pages if not page.startswith("api/") or page == REFERENCE] for pages in groups(docs).values())
    return "\n\n".join("\n".join(("```{toctree}", ":hidden:", "", *pages, "```")) for pages in listed)

"""What notebooks display: a card as its page, its figures; evidence as the table of `mathcore verify`; verdicts, reports."""

from __future__ import annotations

from typing import Any

from mathcore.card import Card
from mathcore.evidence import Evidence, Report, Verdict
from mathcore.render import html
from mathcore.render.document import Bullets, Code, Document, Strong, paragraph
from mathcore.render.judgement import judgement
from mathcore.render.page import formula_page
from mathcore.render.report import report
from mathcore.translation import _, sentence


def card_html(card: Card) -> str:
    return html.write(formula_page(card, pages=False))


def card_plot(card: Card, name: str = "") -> Any:
    """A figure of the card's page, drawn by matplotlib: the first, or the one of that name."""
    from mathcore.render.figures import load, on_page
    from mathcore.render.figures.drawing import draw

    found = on_page(card)
    if not found:
        raise ValueError(f"{card.name} has no figure: put one on its page by ![](figure:NAME)")
    return draw(load(name or found[0]))


def evidence_html(evidence: Evidence) -> str:
    return html.write(Document(_("Evidence for {card}").format(card=evidence.card), report([evidence], evidence.seconds).blocks))


def verdict_html(verdict: Verdict) -> str:
    """Claim and level, then all that there is to say, the reason among it."""
    shown = ((name, Code(text) if name == "counterexample" else sentence(text)) for name, text in verdict.told)
    told = Bullets(tuple((f"{_(name)}: ", part) for name, part in shown))
    return html.write(Document("", (paragraph(Strong(_(str(verdict.level))), ": ", Code(verdict.claim)), told)))


def report_html(found: Report) -> str:
    return html.write(judgement(found))

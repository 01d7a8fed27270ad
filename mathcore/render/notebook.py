"""What notebooks display: a card as its page, evidence as the table of `mathcore verify` with its failures."""

from __future__ import annotations

from mathcore.card import Card
from mathcore.evidence import Evidence
from mathcore.render import html, markdown
from mathcore.render.document import Document
from mathcore.render.page import formula_page
from mathcore.render.report import report


def card_markdown(card: Card) -> str:
    return markdown.write(formula_page(card, pages=False))


def card_html(card: Card) -> str:
    return html.write(formula_page(card, pages=False))


def evidence_markdown(evidence: Evidence) -> str:
    return markdown.write(_evidence(evidence))


def evidence_html(evidence: Evidence) -> str:
    return html.write(_evidence(evidence))


def _evidence(evidence: Evidence) -> Document:
    return Document(f"Evidence for {evidence.card}", report([evidence], evidence.seconds).blocks)

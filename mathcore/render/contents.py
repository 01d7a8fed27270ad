"""The formulas by topic, which is a field of the card: the index of the pages, and `mathcore list`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mathcore.card import Card
from mathcore.document.words import translated
from mathcore.evidence import Evidence
from mathcore.formulas import load
from mathcore.render import mathematics as m
from mathcore.render import summary as s
from mathcore.render.document import Bullets, Document, Line, Link, Paragraph, Section, Strong, Table, filled
from mathcore.translation import N_, _

COURSE = (
    N_("probabilities"), N_("activations"), N_("information"), N_("losses"), N_("statistics"), N_("models"), N_("training"),
)  # fmt: skip
OTHER = N_("other")


def topics(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """The cards of each topic by name; topics in the order of a course, others after them."""
    found: dict[str, list[Card]] = {}
    for card in sorted(cards, key=lambda card: card.name):
        found.setdefault(card.topic or OTHER, []).append(card)
    return dict(sorted(found.items(), key=lambda pair: _rank(pair[0])))


def _rank(topic: str) -> tuple[int, str]:
    return (COURSE.index(topic) if topic in COURSE else len(COURSE) + (topic == OTHER), topic)


def listing(cards: Iterable[Card]) -> Document:
    """For a terminal: what each formula says, under its name."""
    inside = topics(cards).items()
    return Document("", tuple(Section(_title(topic), (Bullets(tuple(map(_entry, found))),)) for topic, found in inside))


def _entry(card: Card) -> Line:
    says = m.definition(card, card.define)
    return (says,) if says.text.startswith(f"{card.name}(") else (f"{card.name}: ", says)


def index(found: Sequence[Evidence]) -> Document:
    """For the pages: each formula with its definition and its status, which is computed from the evidence, and the totals."""
    rows = {e.card: s.row(e) for e in found}
    template = _(
        "Every page is one formula: what it says, why it is true, and what floats do with it. New here? There is {path}, "
        "and a word on {reading}."
    )
    lead = Paragraph(
        filled(
            template,
            path=Link(_("a path through a first course"), "../index.md#where-to-begin"),
            reading=Link(_("how to read a page"), "../reading.md"),
        )
    )
    sections = [Section(_title(topic), (_table(cards, rows),)) for topic, cards in topics(load(name) for name in rows).items()]
    total = s.totals(rows.values())
    computed = filled(
        _("A status is computed from the evidence, never declared: {words}, {base}."),
        words=Link(_("what the words mean"), "../glossary.md#words-of-these-pages"),
        base=Link(_("what a proof rests on"), "../trusted-base.md"),
    )
    held = Strong(s.of(N_("{part} of {whole} formulas held"), total.cards_held, total.cards))
    return Document(_("Formulas"), (lead, *sections, Paragraph((held, f": {s.counted(total)}. ", *computed))))


def _table(cards: Iterable[Card], rows: dict[str, s.Row]) -> Table:
    def row(card: Card) -> tuple[Line, ...]:
        title = Link(translated(card).title, f"{card.name}.md")
        return ((title,), (_(rows[card.name].status),), (m.definition(card, card.define),))

    return Table((_("formula"), _("status"), _("what it says")), tuple(row(card) for card in cards))


def _title(topic: str) -> str:
    return _(topic)[:1].upper() + _(topic)[1:]

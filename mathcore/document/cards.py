"""A document as a card, and a card as a document: the same statements, in the author's order on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace

from mathcore import card as c
from mathcore.document import value as v
from mathcore.document.error import Problem, WrongDocument
from mathcore.library import Library

NOT_VERIFIED = "What is not verified"
REFERENCES = "References"


def card_of(document: v.Document, name: str, library: Library | None = None) -> c.Card:
    """The card that a document states; the cards of the library are those that it may use."""
    rows = [row for block in document.blocks if isinstance(block, v.Formula) for row in block.rows]
    formula = v.Formula(tuple(rows))
    defined = formula.all("define")
    claims = list[c.Claim]()
    derivations, laws, examples, false = list[c.Derivation](), list[c.Law](), list[c.Example](), list[c.FalseClaim]()
    for block, heading, given in placed(document):
        match block:
            case v.Chain(derivation):
                derivations.append(replace(derivation, title=heading, given=_both(given, derivation.given)))
            case v.Items(v.Kind.LAWS, items):
                laws += [c.Law(i.name, i.statement, _both(given, i.given), i.words) for i in items]
            case v.Items(v.Kind.EXAMPLES, items):
                examples += [c.Example(i.statement, i.words, _both(given, i.given)) for i in items]
            case v.Items(v.Kind.CLAIMS, items):
                claims += [c.Claim(i.statement, _both(given, i.given)) for i in items]
            case v.Items(v.Kind.FALSE, items):
                false += [c.FalseClaim(i.statement, _both(given, i.given), i.words, i.instance) for i in items]
    _one_name_each(document)
    return c.Card(
        name=name,
        title=document.title,
        summary=next((" ".join(b.text.split()) for b in document.blocks if isinstance(b, v.Prose)), ""),
        given=formula.one("given"),
        define=defined[0] if defined else "",
        auxiliary=defined[1:],
        notation=formula.all("write"),
        on_bits=formula.one("on_bits"),
        numeric=formula.one("numeric"),
        about=formula.one("about"),
        units=formula.one("units"),
        topic=formula.one("topic"),
        uses=_listed(formula.all("uses"), ","),
        prerequisites=_listed(formula.all("prerequisites"), ";"),
        derivations=tuple(derivations),
        invariants=tuple(laws),
        accuracy=next((b.accuracy for b in document.blocks if isinstance(b, v.Bars)), c.Accuracy()),
        examples=tuple(examples),
        mistakes=tuple(_full(m, name) for b in document.blocks if isinstance(b, v.Mistakes) for m in b.names),
        false_claims=tuple(false),
        exercises=tuple(e for b in document.blocks if isinstance(b, v.Exercises) for e in b.exercises),
        not_verified=tuple(_bullets(document, NOT_VERIFIED)),
        references=tuple(map(c.Reference, _bullets(document, REFERENCES))),
        claims=tuple(claims),
        page=document.blocks,
        library=library,
    )


def placed(document: v.Document) -> Iterator[tuple[v.Block, str, str]]:
    """Each block with the heading above it and what is given in its section."""
    heading, sections = "", list[tuple[int, list[str]]]()
    for block in document.blocks:
        if isinstance(block, v.Heading):
            heading = block.text
            sections = [s for s in sections if s[0] < block.level] + [(block.level, [])]
        elif isinstance(block, v.Given):
            if not sections:
                sections = [(0, [])]
            sections[-1][1].append(block.text)
        yield block, heading, "; ".join(text for _, texts in sections for text in texts)


def _both(section: str, own: str) -> str:
    return "; ".join(filter(None, (section, own)))


def _listed(rows: tuple[str, ...], separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for row in rows for part in row.split(separator) if part.strip())


def _full(mistake: str, name: str) -> str:
    return mistake if "." in mistake.partition("(")[0] else f"mathcore.mistakes.{name}.{mistake}"


def _bullets(document: v.Document, title: str) -> Iterator[str]:
    for block, heading, _ in placed(document):
        if heading == title and isinstance(block, v.Prose):
            yield from (" ".join(item.split()) for item in re.split(r"^[*-] ", block.text, flags=re.M) if item.strip())


def _one_name_each(document: v.Document) -> None:
    """Derivations are cited by their names, and there is one accuracy."""
    seen: set[str] = set()
    problems = [
        Problem(bars.line, 1, "a second accuracy fence: write its lines into the first")
        for bars in [b for b in document.blocks if isinstance(b, v.Bars)][1:]
    ]
    for block in document.blocks:
        if isinstance(block, v.Chain):
            if block.derivation.key in seen:
                key = block.derivation.key
                problems.append(Problem(block.line, 1, f"a second derivation is named {key}: give it a name of its own"))
            seen.add(block.derivation.key)
    if problems:
        raise WrongDocument(document.file, tuple(problems))


def document_of(card: c.Card) -> v.Document:
    """The page of a card that was made in Python."""
    return v.Document(card.name, card.title, card.page or tuple(_blocks(card)))


def _blocks(card: c.Card) -> Iterator[v.Block]:
    yield v.Heading(1, card.title)
    yield v.Prose(card.summary)
    yield v.Formula(tuple(v.Row(key, text) for key, text in _rows(card) if text))
    if card.examples:
        yield v.Heading(2, "Examples")
        yield v.Items(v.Kind.EXAMPLES, tuple(v.Item(e.statement, given=e.given, words=e.source) for e in card.examples))
    for derivation in card.derivations:
        yield v.Heading(2, derivation.title)
        yield v.Chain(replace(derivation, title=""))
    if card.invariants:
        yield v.Heading(2, "Laws")
        yield v.Items(v.Kind.LAWS, tuple(v.Item(x.statement, x.name, x.given, words=x.why) for x in card.invariants))
    if card.false_claims:
        yield v.Heading(2, "False claims")
        yield v.Items(v.Kind.FALSE, tuple(v.Item(f.statement, "", f.given, f.instance, f.why) for f in card.false_claims))
    if card.mistakes:
        yield v.Heading(2, "Mistakes")
        own = f"mathcore.mistakes.{card.name}."
        yield v.Mistakes(tuple(m.removeprefix(own) if m.removeprefix(own).isidentifier() else m for m in card.mistakes))
    if any(getattr(card.accuracy, f.name) != f.default for f in fields(card.accuracy)):
        yield v.Heading(2, "Accuracy")
        yield v.Bars(card.accuracy)
    if card.exercises:
        yield v.Heading(2, "Exercises")
        yield v.Exercises(card.exercises)
    for title, texts in ((NOT_VERIFIED, card.not_verified), (REFERENCES, tuple(r.text for r in card.references))):
        if texts:
            yield v.Heading(2, title)
            yield v.Prose("\n".join(f"* {text}" for text in texts))


def _rows(card: c.Card) -> Iterator[tuple[str, str]]:
    yield "given", card.given
    yield from (("define", text) for text in (card.define, *card.auxiliary))
    yield from (("write", text) for text in card.notation)
    yield from ((key, getattr(card, key)) for key in ("on_bits", "numeric", "about", "units", "topic"))
    yield "uses", ", ".join(card.uses)
    yield "prerequisites", "; ".join(card.prerequisites)


NARROWER = ("positive", "nonnegative", "unit", "real")  # a letter may be meant in a part of its domain


def meanings(card: c.Card) -> dict[str, list[str]]:
    """Every letter that the page declares in more than one way, with its declarations in order."""
    found: dict[str, list[str]] = {}
    derived, stated = (d.given for d in card.derivations), [x.given for x in card.invariants]
    for text in (card.given, *derived, *stated, *(f.given for f in card.false_claims)):
        for part in text.split(";"):
            names, colon, kind = part.partition(":")
            if colon and re.fullmatch(r"\s*[A-Za-z_]\w*(\s*,\s*[A-Za-z_]\w*)*\s*", names):
                for name in names.split(","):
                    kinds = found.setdefault(name.strip(), [])
                    if (said := " ".join(kind.split())) not in kinds:
                        kinds.append(said)
    return {name: kinds for name, kinds in found.items() if len({_unbounded(kind) for kind in kinds}) > 1}


def _unbounded(kind: str) -> str:
    """A declaration without what narrows the domain: `positive[n]` and `nonnegative[n]` are numbers, n of them."""
    domain, bracket, shape = kind.partition("[")
    return ("real" if domain in NARROWER else domain.partition(" >=")[0]) + bracket + shape

"""A card and its evidence as one textbook section: the page of a formula, `mathcore show`, and what notebooks display."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from mathcore import card as c
from mathcore.card import Card, Derivation, Example, Exercise, FalseClaim, Law, Lemma, Rule, Use
from mathcore.document import value as v
from mathcore.document.cards import document_of, placed
from mathcore.evidence import Check, Evidence, Exhaustive, Level, Verdict
from mathcore.language.chain import start
from mathcore.language.parser import Context, FormulaError
from mathcore.render import mathematics as m
from mathcore.render import summary as s
from mathcore.render.document import (
    SIGNS,
    Block,
    Bullets,
    Chain,
    ChainLink,
    Code,
    CodeBlock,
    Details,
    Display,
    Document,
    Inline,
    Line,
    Link,
    Maths,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
    anchor,
    paragraph,
    prose,
)
from mathcore.render.errors import FOLDER, Errors
from mathcore.render.exhaustive import on_a_page
from mathcore.render.paste import lines_to_paste
from mathcore.render.prose import blocks as prose_blocks
from mathcore.render.prose import line as prose_line


def formula_page(
    card: Card,
    evidence: Evidence | None = None,
    used_by: Iterable[str] = (),
    *,
    pages: bool = True,
    guide: bool = True,
    exhaustive: Iterable[Exhaustive] = (),
    errors: Errors | None = None,
) -> Document:
    """The page in its author's order, each statement with what was found of it.

    `pages`: links lead to pages of formulas; `guide`: and to those that explain how to read them.
    """
    return CardPage(card, evidence, tuple(used_by), pages, tuple(exhaustive), guide and pages, errors).document()


class CardPage:
    """The blocks of a card's page, one after the other; `evidence` stands in the same order."""

    def __init__(
        self,
        card: Card,
        evidence: Evidence | None,
        used_by: tuple[str, ...],
        pages: bool,
        exhaustive: tuple[Exhaustive, ...],
        guide: bool,
        errors: Errors | None = None,
    ) -> None:
        self.card, self.evidence, self.used_by, self.pages, self.exhaustive = card, evidence, used_by, pages, exhaustive
        self.guide, self.errors = guide, errors
        e = evidence
        self.verdicts = _in_order(e.derivations if e is not None else (), len(card.derivations))
        self.refuted = _in_order(e.false_claims if e is not None else (), len(card.false_claims))
        self.derivations, self.false_claims = iter(card.derivations), iter(card.false_claims)
        self.laws, self.examples = iter(card.invariants), iter(card.examples)
        self.mistakes = iter(card.mistakes)
        self.known = Context(definitions=card.context.definitions)  # what is declared so far

    def document(self) -> Document:
        """Blocks under their headings."""
        groups: list[tuple[v.Heading | None, list[Block]]] = [(None, [])]
        told = False
        for number, (block, _, given) in enumerate(placed(document_of(self.card))):
            if isinstance(block, v.Heading):
                groups += [(block, [])] if number else []  # the first is the title
                continue
            if not told and not isinstance(block, v.Prose):  # below the introduction
                told = True
                groups[-1][1].extend(b for b in (self.status(),) if b is not None)
            groups[-1][1].extend(self.blocks(block, given))
        blocks, _ = _nested(groups, 0, 1)
        card = self.card
        ends = (
            _in_python(card),
            _rests_on(card, self.evidence, self.pages, self.guide),
            _context(card, self.used_by, self.pages),
        )
        return Document(self.card.title, (*blocks, *(block for block in ends if block is not None)))

    def status(self) -> Block | None:
        """What the page says of itself, below its introduction."""
        return _status(self.evidence, self.guide)

    def blocks(self, block: v.Block, given: str) -> Iterable[Block]:
        """What stands for a block; `given` are the letters of its section."""
        card, evidence = self.card, self.evidence
        match block:
            case v.Prose(text):
                said = prose_blocks(card.context.given(given) if given else card.context, text)
                return said if self.pages else tuple(_in_words(block) for block in said)
            case v.Formula():
                before, self.known = self.known, self.known.given(block.one("given"))
                return _definition(card, block, before, self.known, self.pages)
            case v.Given(text):
                return (paragraph("Given ", *_given(card, text), "."),)
            case v.Chain(own):
                return derivation(card, next(self.derivations), own.given, next(self.verdicts), self.pages)
            case v.Items(v.Kind.LAWS, items):
                return (_laws(card, [next(self.laws) for _ in items], evidence),)
            case v.Items(v.Kind.EXAMPLES, items):
                return (_examples(card, [next(self.examples) for _ in items], evidence),)
            case v.Items(v.Kind.FALSE, items):
                return (_false_claims(card, [(next(self.false_claims), next(self.refuted)) for _ in items]),)
            case v.Items(v.Kind.CLAIMS, items):
                return (Bullets(tuple((m.inline(card.context, item.statement),) for item in items)),)
            case v.Mistakes():
                return (_mistakes([next(self.mistakes) for _ in block.names], evidence),)
            case v.Bars():
                return (*_accuracy(card, evidence, self.exhaustive), *_errors(self.errors))
            case v.Exercises(exercises):
                return _exercises(card, exercises)
            case v.Code(info, text):
                return (CodeBlock(text, info),)
        return ()


def _in_words(block: Block) -> Block:
    """A picture as what is to be seen on it, where no file of it lies beside the page."""
    if isinstance(block, Paragraph) and any(isinstance(p, Picture) for p in block.parts):
        return Paragraph(tuple(f"Picture: {p.text}" if isinstance(p, Picture) else p for p in block.parts))
    return block


def _in_order(found: tuple[Verdict, ...], count: int) -> Iterator[Verdict | None]:
    """What was found of each statement, nothing where it does not belong to this card."""
    return iter(found if len(found) == count else (None,) * count)


def _nested(groups: list[tuple[v.Heading | None, list[Block]]], place: int, level: int) -> tuple[list[Block], int]:
    """The blocks from there on, as sections, up to the next heading above `level`."""
    blocks = list(groups[place][1])
    place += 1
    while place < len(groups):
        heading, _ = groups[place]
        if heading is None or heading.level <= level:
            break
        inner, place = _nested(groups, place, heading.level)
        blocks.append(Section(heading.text, tuple(inner)))
    return blocks, place


def _status(evidence: Evidence | None, guide: bool) -> Block | None:
    if evidence is None:
        return None
    row = s.row(evidence)
    word = "" if row.status == Level.PROVED else "proved "
    claims = f"{row.proved} of {row.claims} claims {word}for every n; " if row.claims else ""
    how: Line = (" ", Link("How to read this page", "../index.md#how-to-read-a-page"), ".") if guide else ()
    return paragraph("Status: ", Strong(row.status), f", {claims}{_counts(row)}.", *how)


def _counts(row: s.Row) -> str:
    parts = [
        f"{row.refuted} of {row.false_claims} false claims refuted" if row.false_claims else "",
        f"{row.laws_held} of {row.laws} laws held in {row.cases:,} cases" if row.laws else "",
        f"{row.mistakes_refuted} of {row.mistakes} mistakes refuted" if row.mistakes else "",
        f"{row.examples_held} of {row.examples} examples hold" if row.examples else "",
    ]
    return ", ".join(p for p in parts if p) or "nothing else is checked"


def _definition(card: Card, formula: v.Formula, before: Context, after: Context, pages: bool) -> Iterable[Block]:
    """What a fence defines and declares; what the formula is in Python stands below its first definition."""
    shown = [m.definition(card, row.value) for row in formula.rows if row.key in ("define", "write")]
    blocks: list[Block] = [Display(tuple(shown))] if shown else []
    declared = m.declarations(after, before)
    blocks += [Bullets(declared)] if declared else []
    if formula.one("on_bits"):
        blocks += [
            paragraph("Rounded inputs need not satisfy these conditions exactly. Therefore what is computed is"),
            Display((m.definition(card, card.on_bits),)),
        ]
    if any(formula.one(key) for key in ("units", "numeric", "about")):
        parts: list[Inline] = ["In Python: ", Code(card.numeric)] if card.numeric else []
        parts += [f"This page has no function in Python. It is about {card.about}"] if card.about else []
        parts += [*([". "] if parts else []), f"Unit: {card.units}"] if card.units else []
        parts += [". In a terminal: ", Code(f"mathcore show {card.name}")] if pages else []
        blocks.append(Paragraph((*parts, ".")))
    return blocks


# derivations ----------------------------------------------------------------------------------------------------------


def derivation(card: Card, d: Derivation, given: str, verdict: Verdict | None, pages: bool = True) -> Iterable[Block]:
    """A claim with its steps; `given` is what it assumes beyond its section."""
    context = d.context(card)
    blocks: list[Block] = [Display((m.formula(context, d.claim),))]
    if given:
        blocks.append(paragraph("Given ", *_given(card, given), "."))
    steps = verdict.steps if verdict is not None and len(verdict.steps) == len(d.steps) else (None,) * len(d.steps)
    links = []
    for step, judged in zip(d.steps, steps, strict=True):
        relation, text = m.split_step(step.text)
        rule = step.by if step.by is not None else FOUND.get(judged.method) if judged is not None else None
        reason, how = prose_line(context, step.why), _by(card, context, rule, pages) if rule is not None else ()
        level, found = (str(judged.level), in_words(context, judged)) if judged is not None else ("", ())
        links.append(ChainLink(m.RELATIONS[relation], m.formula(context, text), reason, level, how, found))
    if links:
        try:
            first = m.maths(start(context.parse(d.claim)))
        except FormulaError:
            first = m.formula(context, d.claim)
        last = links[-1]
        told = len(links) == 1 and f"{first.text} {last.relation.text} {last.formula.text}" == m.formula(context, d.claim).text
        blocks.append(Chain(first, tuple(links), d.title, f"{card.name}-{d.key}" if d.key else "", told))
    if d.equality:
        blocks.append(paragraph("Equality holds exactly if ", m.inline(context, d.equality), "."))
    if verdict is not None and verdict.level is not Level.PROVED:
        blocks.append(Paragraph(_judged(context, verdict)))
    return blocks


def _given(card: Card, text: str) -> Line:
    """What a derivation assumes beyond the card, in one sentence."""
    parts: list[Inline] = []
    for line in m.declarations(card.context.given(text), card.context):
        parts += [*(["; "] if parts else []), *(p.replace(": ", ", ", 1) if isinstance(p, str) else p for p in line)]
    return tuple(parts) or (Code(text),)


LEVELS = {
    Level.PROVED: "Proved for every n",
    Level.CONDITIONAL: "Proved for every n under a condition that is left open",
    Level.DECIDED: "Decided by another program, which is no proof",
    Level.ENCLOSED: "Not proved",
    Level.UNKNOWN: "Not decided",
    Level.REFUTED: "Refuted",
    Level.CONFLICT: "Two programs disagree: an error of mathcore",
}


def in_words(context: Context, verdict: Verdict) -> Line:
    """Of a step or a claim: how sure it is, where the second program confirms it, and what it rests on."""
    points = f"{verdict.points:,} exact point{'s' * (verdict.points != 1)}" if verdict.points else ""
    agree = {Level.PROVED: ", and", Level.CONDITIONAL: ", and", Level.DECIDED: ", but", Level.ENCLOSED: ", but"}.get(
        verdict.level
    )
    parts: list[Inline] = [LEVELS[verdict.level], f"{agree} confirmed at {points}." if points and agree else "."]
    if verdict.axioms:
        parts.append(f" Axioms: {', '.join(verdict.axioms)}.")
    if verdict.hypotheses:
        parts += [" Given: ", *_listed([m.inline(context, h) for h in verdict.hypotheses]), "."]
    if verdict.conditions:
        parts += [" Left open: ", *_listed([m.inline(context, c) for c in verdict.conditions]), "."]
    if verdict.reason:
        parts.append(f" {verdict.reason[0].upper()}{verdict.reason[1:].rstrip('.')}.")
    if verdict.counterexample and verdict.counterexample not in verdict.reason:
        parts += [" Counterexample: ", *_point(context, verdict.counterexample), "."]
    return tuple(parts)


def _judged(context: Context, verdict: Verdict) -> Line:
    """Of a claim that is not simply proved: its level, and what is left to show or was not shown."""
    level = str(verdict.level)
    parts: list[Inline] = [Strong(level[0].upper() + level[1:]), " for every n." if verdict.held else f". {verdict.reason}"]
    if verdict.conditions:
        parts += [" Left open: ", *_listed([m.inline(context, c) for c in verdict.conditions]), "."]
    if not verdict.held and verdict.counterexample and verdict.counterexample not in verdict.reason:
        parts += [" Counterexample: ", *_point(context, verdict.counterexample), "."]
    return tuple(parts)


def _rests_on(card: Card, evidence: Evidence | None, pages: bool, guide: bool) -> Block | None:
    """Of every claim that held: what was used to show it, and at how many points the second program confirms it."""
    if evidence is None or len(evidence.derivations) != len(card.derivations):
        return None
    held = [(d, v) for d, v in zip(card.derivations, evidence.derivations, strict=True) if v.held]
    if not held:
        return None
    axioms: Inline = Link("axioms", "../trusted-base.md") if guide else "axioms"
    lead = paragraph(
        "Rigorous arithmetic confirms every claim at exact points. Beside their number stand the ",
        axioms,
        " that the claim rests on, what it was given, and the claims that it builds on.",
    )
    return Section("Behind the proofs", (lead, Bullets(tuple(_ground(card, d, v, pages) for d, v in held))))


def _ground(card: Card, d: Derivation, verdict: Verdict, pages: bool) -> Line:
    context = d.context(card)
    said: list[Line] = [(f"{verdict.points:,} points",)] if verdict.points else []
    said += [(", ".join(verdict.axioms),)] if verdict.axioms else []
    if verdict.hypotheses:
        said.append(("uses ", *_listed([m.inline(context, h) for h in verdict.hypotheses])))
    if verdict.lemmas:
        said.append(("builds on ", *_listed([lemma_link(card, name, pages) for name in verdict.lemmas])))
    if verdict.reading:
        said.append(("read: ", *_listed([Code(r) for r in verdict.reading])))
    said += [(f"step {n}: {step.reason}",) for n, step in enumerate(verdict.steps, 1) if step.held and step.reason]
    title: Inline = Link(d.title, f"#{anchor(d.title)}") if pages else d.title
    return (title, *(part for place, line in enumerate(said) for part in ("; " if place else ": ", *line)), ".")


def _listed(items: list[Inline]) -> Line:
    parts: list[Inline] = []
    for place, item in enumerate(items):
        parts += [*([", "] if place else []), item]
    return tuple(parts)


SPOKEN: dict[type[Rule], str] = {  # what a step does, in the words of a reader; docs/index.md says more
    c.Attained: "case by case",
    c.Certificate: "terms that cannot be negative",
    c.Differentiate: "derivative",
    c.Directions: "both directions",
    c.Entrywise: "entry by entry",
    c.EqualityCase: "when both sides are equal",
    c.Expectation: "mean over all batches",
    c.Geometric: "geometric",
    c.Induction: "induction",
    c.Lemma: "shown before",
    c.Limiting: "limit",
    c.Monotone: "sign of the slope",
    c.Rewrite: "algebra",
    c.Split: "case by case",
    c.Squared: "by squares",
    c.Squeeze: "squeeze",
    c.Stationary: "slope 0",
    c.Substitute: "substitution",
    c.SumOver: "term by term",
    c.Support: "case by case",
    c.Telescope: "neighbours cancel",
    c.Unfold: "definition",
    c.Use: "given",
}


FOUND = {c.rule_name(rule): rule for rule in (c.unfold, c.rewrite, c.differentiate)}  # where a step names none


def _by(card: Card, context: Context, rule: Rule, pages: bool) -> Line:
    """The rule's name, the hypothesis or lemmas that it rests on, and where the lemmas are derived."""
    parts: list[Inline] = [SPOKEN[type(rule)]]
    hypotheses = [h.strip() for h in dict.fromkeys(";".join(_strings(rule, "hypothesis")).split(";")) if h.strip()]
    lemmas = list(dict.fromkeys(_strings(rule, "lemma")))
    if hypotheses:
        given = _listed([m.inline(context, h) for h in hypotheses])
        parts += [" " if isinstance(rule, Use) else ", with ", *given]
    if lemmas:
        parts += [": " if isinstance(rule, Lemma) else ", by ", *_listed([lemma_link(card, n, pages) for n in lemmas])]
    return tuple(parts)


def _strings(value: object, wanted: str) -> Iterable[str]:
    """The hypotheses or lemmas named anywhere inside a rule."""
    if isinstance(value, tuple):
        for item in value:
            yield from _strings(item, wanted)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name)
            key = "lemma" if isinstance(value, Lemma) and field.name == "name" else field.name
            if key == wanted and isinstance(inner, str) and inner:
                yield inner
            elif not isinstance(inner, str):
                yield from _strings(inner, wanted)


def lemma_link(card: Card, name: str, pages: bool) -> Inline:
    """A lemma by the title of the derivation that proves it."""
    owner_name, _, key = name.rpartition(".")
    owner = card
    if owner_name and owner_name != card.name:
        from mathcore.formulas import load

        try:
            owner = load(owner_name)
        except KeyError:
            return Code(name)
    try:
        title = owner.derivation(key).title
    except KeyError:
        return Code(name)
    if not pages:
        return f"“{title}”" if owner is card else f"“{title}” ({owner.name})"
    return Link(title, f"{'' if owner is card else owner.name + '.md'}#{anchor(title)}")


def evidence_blocks(card: Card, evidence: Evidence, exhaustive: Iterable[Exhaustive] = ()) -> tuple[Block, ...]:
    """What was found of a card, without the card: counts, each claim with its outcome, what floats do."""
    rows: list[tuple[Line, ...]] = []
    for d, verdict in zip(card.derivations, _in_order(evidence.derivations, len(card.derivations)), strict=True):
        if verdict is not None:
            state = Strong(f"{SIGNS[verdict.level]} {verdict.level}")
            rests = (*verdict.axioms, *(f"{name} (shown before)" for name in verdict.lemmas))
            rows.append(((d.title,), (state,), (f"{verdict.points:,}",), (", ".join(rests),)))
    blocks = [_status(evidence, False)]
    blocks += [Table(("claim", "outcome", "exact points", "rests on"), tuple(rows), "llrl")] if rows else []
    floats = _accuracy(card, evidence, exhaustive) if card.numeric else ()
    return tuple(block for block in (*blocks, *floats) if block is not None)


# what floats do -------------------------------------------------------------------------------------------------------


def _of_kind(evidence: Evidence | None, kind: str) -> tuple[Check, ...]:
    return tuple(c for c in evidence.checks if c.kind == kind) if evidence is not None else ()


def _named(checks: Iterable[Check]) -> Mapping[str, Check]:
    return {c.name: c for c in checks}


def _false_claims(card: Card, judged: Iterable[tuple[FalseClaim, Verdict | None]]) -> Block:
    items: list[Line] = []
    for claim, verdict in judged:
        context = card.context.given(claim.given) if claim.given else card.context
        line: list[Inline] = [m.inline(context, claim.statement)]
        line += [", given ", *_given(card, claim.given)] if claim.given else []
        line += [": ", *prose_line(context, claim.why)] if claim.why else []
        if verdict is not None and verdict.level is Level.REFUTED:
            line += [". Refuted: ", *_point(context, verdict.counterexample)]
        elif verdict is not None:
            line += [". ", Strong("Not refuted"), f": {verdict.level}"]
        items.append(tuple(line))
    return Bullets(tuple(items))


def _point(context: Context, text: str) -> Line:
    """`1/2 = 1 is false at n = 1, p = [1]` with the mathematics typeset; what cannot be read stays as it was written."""
    said, found, where = text.partition(" is false at ")
    if not found:
        return (Code(text),)
    if where == "the only point":
        return (m.inline(Context(), said), " is false")
    point, _, functions = where.partition("; ")
    values: list[Inline] = []
    for one in re.split(r", (?=\w+ = )", point):
        *names, value = one.split(" = ")
        sides = [*(m.inline(context, name) for name in names), m.inline(Context(), value)]
        typeset = [side for side in sides if isinstance(side, Maths)]
        forms = (" = ".join(getattr(side, form) for side in typeset) for form in ("latex", "unicode", "text"))
        values.append(Maths(*forms) if len(typeset) == len(sides) else Code(one))
    more = ("; ", m.inline(context, functions)) if functions else ()
    return (m.inline(Context(), said), " is false at ", *_listed(values), *more)


def _laws(card: Card, laws: Iterable[Law], evidence: Evidence | None) -> Block:
    found = _named(_of_kind(evidence, "law"))
    rows: list[tuple[Line, ...]] = []
    for law in laws:
        context = card.context.given(law.given) if law.given else card.context
        given = (", given ", *_given(card, law.given)) if law.given else ()
        cells: list[Line] = [(law.name,), (m.inline(context, law.statement), *given)]
        if evidence is not None:
            cells.append(_outcome(found.get(law.name), "held"))
        rows.append(tuple(cells))
    header = ("law", "statement", "on floats")[: len(rows[0])]
    return Table(header, tuple(rows))


def _outcome(check: Check | None, good: str) -> Line:
    if check is None:
        return ("not checked",)
    count = f" in {check.cases:,} case{'s' * (check.cases != 1)}" if check.cases else ""
    if check.passed:
        return (f"{good}{count}",)
    return (Strong("failed"), ": ", Code(check.counterexample)) if check.counterexample else (Strong("failed"),)


KEPT = {  # what every function promises, in the words of a reader
    "keeps format, shape and input; repeats its bits": "The result has the format and the shape of the input, the input is "
    "not changed, and a second call gives the same bits",
    "a row depends on that row alone, bit for bit": "In a batch every row gives the same bits as alone",
    "a batch gives the mean of its rows": "A batch gives the mean of its rows",
    "a large batch is a batch": "Tens of thousands of rows at once give what they give in a small batch",
    "every axis of three": "Every axis of an array with three gives the same",
    "axis=None takes all entries": "Without an axis all entries are taken as one input",
    "several axes at once": "Several axes at once are taken as one",
    "leaves the program as it was": "Error states, random numbers and print options of the program are left alone",
    "reads arrays of any layout": "Arrays of any layout in memory give the same",
    "takes whole numbers": "Whole numbers and bools give what the same floats give",
    "shows a nan": "A nan in the input shows in the result",
    "infinite input": "An infinite input gives the limit",
    "empty input": "Empty input",
    "probabilities that do not sum to 1": "Probabilities that do not sum to 1",
    "refuses labels that name no class": "Labels that name no class are refused",
}


def _accuracy(card: Card, evidence: Evidence | None, exhaustive: Iterable[Exhaustive]) -> Iterable[Block]:
    checks, contract = _of_kind(evidence, "accuracy"), _of_kind(evidence, "contract")
    blocks: list[Block] = [paragraph(f"Domain: {card.accuracy.domain}.")]
    if card.accuracy.bound:
        blocks.append(_bound(card))
    if checks:
        rows = tuple(_accuracy_row(c) for c in checks)
        blocks.append(Table(("format", "allowed", "largest seen", "outputs", "outcome"), rows, "lrrrl"))
        blocks.append(paragraph(_observed_where(evidence)))
    else:
        bars = [(name, getattr(card.accuracy, name)) for name in s.FORMATS]
        rows = tuple(((name,), (f"{value:g} ULP",)) for name, value in bars if value is not None)
        blocks += [Table(("format", "allowed"), rows, "lr")] if rows else []
    if contract:
        blocks.append(Bullets(tuple((f"{KEPT.get(c.name, c.name)}: ", *_kept(c)) for c in contract)))
    if card.accuracy.ordinary:
        blocks.append(_ordinary(card))
    every = on_a_page(exhaustive)
    return (*blocks, *([Section("Every value", every)] if every else []))


def _errors(errors: Errors | None) -> Iterable[Block]:
    """How far ours and others are off, over the domain."""
    if errors is None:
        return ()
    picture = paragraph(Picture(errors.said, f"../{FOLDER}/{errors.card}.svg"))
    versions = ", ".join(f"{name} {version}" for name, version in sorted(errors.versions.items()))
    how = f"The largest of several inputs at each place: {errors.inputs}. Measured against exact values, in float64, with {versions}."
    return (Section("Errors over the domain", (picture, paragraph(how))),)


def _kept(check: Check) -> Line:
    """That it held, or what is done instead."""
    return prose(check.detail.partition(". ")[0]) if check.standing else _outcome(check, "held")


def _bound(card: Card) -> Paragraph:
    """The declared bar with its letters, which are no letters of the page."""
    lead = "Terms may cancel, so the bar is not a share of the result. The error may be "
    return paragraph(lead, *_with_letters(card, card.accuracy.bound), ".")


def _ordinary(card: Card) -> Paragraph:
    """What others are held to."""
    if card.accuracy.ordinary == "0":
        return paragraph("Others are held to the exact result.")
    parts: Line = ("Others are held to what textbook-correct code reaches: an error of at most ",)
    parts += _with_letters(card, card.accuracy.ordinary)
    if card.accuracy.within:
        parts += (", wherever nothing overflows on the way",)
    accepted = card.accuracy.accepted
    more = f" Accepted as conventions: {', '.join(accepted)}." if accepted else ""
    return paragraph(*parts, f".{more}")


def _with_letters(card: Card, text: str) -> Line:
    """A bar, and what its own letters mean."""
    letters = c.letters_of_bound(card, card.context)
    context = card.context.given(f"{letters.roundoff}, {letters.largest}, {letters.tiny}: positive; {letters.output}: real")
    meanings = (
        (letters.roundoff, "is half the distance from 1 to the next number of the format"),
        (letters.output, "is the exact result"),
        (letters.largest, "is the largest number of the format"),
        (letters.tiny, "is the smallest normal number of the format"),
    )
    found: Line = (m.inline(context, text),)
    for number, (letter, meaning) in enumerate((one, word) for one, word in meanings if re.search(rf"\b{one}\b", text)):
        found += (", and " if number else ", where ", m.inline(context, letter), f" {meaning}")
    return found


def _accuracy_row(check: Check) -> tuple[Line, ...]:
    seen, limit, ulps = s.observed(check), s.bar(check), s.in_ulps(check)
    bar = "" if limit is None else f"{limit:g} ULP" if ulps else "as above"
    largest = "" if seen is None else f"{seen:.3g} ULP" if ulps else f"{seen:.0%} of the bar"
    outcome: list[Inline] = ["held"] if check.passed else [Strong("failed")]
    if not check.passed and check.counterexample:
        outcome += [": ", Code(check.counterexample)]
    return ((check.name,), (bar,), (largest,), (f"{s.outputs(check):,}",), tuple(outcome))


def _observed_where(evidence: Evidence | None) -> str:
    found = evidence.environment if evidence is not None else {}
    where = " ".join(f"{word} {found[key]}" for key, word in (("numpy", "NumPy"), ("platform", "on")) if found.get(key))
    sample = "Other inputs may have larger errors: a sample is not a bound."
    return f"Errors are measured against exact values, with {where}. {sample}" if where else sample


def _mistakes(mistakes: Iterable[str], evidence: Evidence | None) -> Block:
    found = {c.name: c for c in _of_kind(evidence, "mistake")}
    items: list[Line] = []
    for dotted in mistakes:
        check = found.get(dotted)
        line: list[Inline] = [Strong(re.sub(r"^mathcore\.mistakes\.\w+\.(\w+).*", r"\1", dotted).replace("_", " "))]
        if check is not None:
            line += [". ", *prose(check.figures.get("promise", ""))] if check.figures.get("promise") else []
            detail = re.sub(r"`([^`]+)`", r"“\1”", check.detail)  # the name of a law is a phrase, not code
            line += [" Refuted: " if check.passed else " Not refuted: ", *prose(detail)]
            line += [": ", Code(check.counterexample)] if check.counterexample else []
        items.append(tuple(line))
    return Bullets(tuple(items))


def _examples(card: Card, examples: Iterable[Example], evidence: Evidence | None) -> Block:
    found = _of_kind(evidence, "example")
    items: list[Line] = []
    for example in examples:
        context = card.context.given(example.given) if example.given else card.context
        line: list[Inline] = [*m.sides(context, example.statement)]
        line += [" (", *prose_line(context, example.source), ")"] if example.source else []
        if not all(c.passed for c in found if s.example_of(c) == example.statement):
            line += [" ", Strong("failed")]
        items.append(tuple(line))
    return Bullets(tuple(items))


def _in_python(card: Card) -> Block | None:
    """What can be pasted: the tests run it as a doctest."""
    text = lines_to_paste(card) if card.define else ""
    title = "In sympy and NumPy" if card.numeric else "In sympy"
    return Section(title, (CodeBlock(text, "pycon"),)) if text else None


def _exercises(card: Card, exercises: Iterable[Exercise]) -> Iterable[Block]:
    blocks: list[Block] = []
    for number, exercise in enumerate(exercises, 1):
        question, answer = prose_line(card.context, exercise.question), prose_line(card.context, exercise.answer)
        blocks += [Paragraph((f"{number}. ", *question)), Details("Answer", answer)]
    return blocks


def _context(card: Card, used_by: tuple[str, ...], pages: bool) -> Block | None:
    from mathcore.formulas import load, names

    def links(names: Iterable[str]) -> Line:
        titles = {n: load(n).title for n in names}
        return _listed([Link(title, f"{n}.md") if pages else title for n, title in titles.items()])

    items: list[Line] = []
    if card.prerequisites:
        cards = set(names())
        before = [links([p])[0] if p in cards else p for p in card.prerequisites]
        items.append(("To know before: ", *_listed(before)))
    if card.uses:
        items.append(("Uses ", *links(card.uses)))
    if used_by:
        items.append(("Used by ", *links(used_by)))
    return Section("On other pages", (Bullets(tuple(items)),)) if items else None

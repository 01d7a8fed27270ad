"""A card and its evidence as one textbook section: the page of a formula, `mathcore show`, and what notebooks display."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass

from mathcore import card as c
from mathcore.card import Card, Derivation, Example, Exercise, FalseClaim, Law
from mathcore.document import value as v
from mathcore.document.cards import document_of, placed
from mathcore.document.words import is_translated, translated
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
    filled,
    paragraph,
    prose,
)
from mathcore.render.errors import FOLDER, Errors
from mathcore.render.exhaustive import on_a_page
from mathcore.render.paste import lines_to_paste
from mathcore.render.prose import blocks as prose_blocks
from mathcore.render.prose import line as prose_line
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.lemma import Lemma
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.unfold import Unfold
from mathcore.rules.use import Use
from mathcore.translation import ENGLISH, N_, _, drawn, language, ngettext, sentence, words


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
        self.evidence, self.used_by, self.pages, self.exhaustive = evidence, used_by, pages, exhaustive
        self.guide, self.errors = guide, errors
        self.foreign = not is_translated(card)
        self.titles = [b.text for b in document_of(card).blocks if isinstance(b, v.Heading)]  # as links know them
        self.card = card = translated(card)
        e = evidence
        self.verdicts = _in_order(e.derivations if e is not None else (), len(card.derivations))
        self.refuted = _in_order(e.false_claims if e is not None else (), len(card.false_claims))
        self.derivations, self.false_claims = iter(card.derivations), iter(card.false_claims)
        self.laws, self.examples = iter(card.invariants), iter(card.examples)
        self.mistakes = iter(card.mistakes)
        self.known = Context(definitions=card.context.definitions)  # what is declared so far

    def document(self) -> Document:
        """Blocks under their headings."""
        groups: list[_Group] = [(None, "", [])]
        titles = iter(self.titles)
        told = False
        for number, (block, __, given) in enumerate(placed(document_of(self.card))):
            if isinstance(block, v.Heading):
                title = next(titles)
                groups += [(block, title, [])] if number else []  # the first is the title
                continue
            if not told and not isinstance(block, v.Prose):  # below the introduction
                told = True
                groups[-1][2].extend(b for b in (self.status(),) if b is not None)
            groups[-1][2].extend(self.blocks(block, given))
        if self.foreign:
            groups[0][2].insert(0, paragraph(_("This page is not translated yet: what its author says stands here in English.")))
        blocks = _nested(groups, 0, 1)[0]
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
                return (Paragraph(filled(_("Given {what}."), what=assumed(card.context, text))),)
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
        return Paragraph(tuple(_("Picture: {text}").format(text=p.text) if isinstance(p, Picture) else p for p in block.parts))
    return block


def _in_order(found: tuple[Verdict, ...], count: int) -> Iterator[Verdict | None]:
    """What was found of each statement, nothing where it does not belong to this card."""
    return iter(found if len(found) == count else (None,) * count)


_Group = tuple[v.Heading | None, str, list[Block]]  # a heading, its title as links know it, and what stands below


def _nested(groups: list[_Group], place: int, level: int) -> tuple[list[Block], int]:
    """The blocks from there on, as sections, up to the next heading above `level`."""
    blocks = list(groups[place][2])
    place += 1
    while place < len(groups):
        heading, title, __ = groups[place]
        if heading is None or heading.level <= level:
            break
        inner, place = _nested(groups, place, heading.level)
        blocks.append(Section(heading.text, tuple(inner), "" if title == heading.text else anchor(title)))
    return blocks, place


def _status(evidence: Evidence | None, guide: bool) -> Block | None:
    if evidence is None:
        return None
    row = s.row(evidence)
    template = _("{proved} of {claims} claims for every n") if row.status == Level.PROVED else _(CLAIMS_PROVED)
    claims = template.format(proved=row.proved, claims=row.claims) + "; " if row.claims else ""
    how: Line = (" ", Link(_("How to read this page"), "../reading.md"), ".") if guide else ()
    said = filled(_("Status: {status}, {counts}."), status=Strong(_(row.status)), counts=f"{claims}{_counts(row)}")
    return Paragraph((*said, *how))


CLAIMS_PROVED = N_("{proved} of {claims} claims proved for every n")


def _counts(row: s.Row) -> str:
    parts = [
        s.of(s.REFUTED, row.refuted, row.false_claims),
        s.of(s.LAWS, row.laws_held, row.laws, row.cases),
        s.of(s.MISTAKES, row.mistakes_refuted, row.mistakes),
        s.of(N_("{part} of {whole} examples hold"), row.examples_held, row.examples),
    ]
    return ", ".join(p for p in parts if p) or _("nothing else is checked")


def _definition(card: Card, formula: v.Formula, before: Context, after: Context, pages: bool) -> Iterable[Block]:
    """What a fence defines and declares; what the formula is in Python stands below its first definition."""
    shown = [m.definition(card, row.value) for row in formula.rows if row.key in ("define", "write")]
    blocks: list[Block] = [Display(tuple(shown))] if shown else []
    declared = m.declarations(after, before)
    blocks += [Bullets(declared)] if declared else []
    if formula.one("on_bits"):
        blocks += [
            paragraph(_("Rounded inputs need not satisfy these conditions exactly. Therefore what is computed is")),
            Display((m.definition(card, card.on_bits),)),
        ]
    if any(formula.one(key) for key in ("units", "numeric", "about")):
        said: list[Line] = [filled(_("In Python: {function}."), function=Code(card.numeric))] if card.numeric else []
        said += [filled(_("This page has no function in Python. It is about {about}."), about=card.about)] if card.about else []
        said += [filled(_("Unit: {unit}."), unit=card.units)] if card.units else []
        said += [filled(_("In a terminal: {command}."), command=Code(f"mathcore show {card.name}"))] if pages else []
        blocks.append(Paragraph(tuple(part for place, line in enumerate(said) for part in ((" ",) if place else ()) + line)))
    return blocks


# derivations ----------------------------------------------------------------------------------------------------------


def derivation(card: Card, d: Derivation, given: str, verdict: Verdict | None, pages: bool = True) -> Iterable[Block]:
    """A claim with its steps; `given` is what it assumes beyond its section."""
    context = d.context(card)
    blocks: list[Block] = [Display((m.formula(context, d.claim),))]
    if given:
        blocks.append(Paragraph(filled(_("Given {what}."), what=assumed(card.context, given))))
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
        blocks.append(Paragraph(filled(_("Equality holds exactly if {condition}."), condition=m.inline(context, d.equality))))
    if verdict is not None and verdict.level is not Level.PROVED:
        blocks.append(Paragraph(_judged(context, verdict)))
    return blocks


def assumed(context: Context, text: str) -> Line:
    """What is given beyond a context, in one sentence."""
    parts: list[Inline] = []
    for line in m.declarations(context.given(text), context):
        parts += [*(["; "] if parts else []), *(p.replace(": ", _(", "), 1) if isinstance(p, str) else p for p in line)]
    return tuple(parts) or (Code(text),)


LEVELS = {
    Level.PROVED: N_("Proved for every n"),
    Level.CONDITIONAL: N_("Proved for every n under a condition that is left open"),
    Level.DECIDED: N_("Decided by another program, which is no proof"),
    Level.ENCLOSED: N_("Not proved"),
    Level.UNKNOWN: N_("Not decided"),
    Level.REFUTED: N_("Refuted"),
    Level.CONFLICT: N_("Two programs disagree: an error of mathcore"),
}
AND_POINTS = (N_("{level}, and confirmed at {count} exact point."), N_("{level}, and confirmed at {count} exact points."))
BUT_POINTS = (N_("{level}, but confirmed at {count} exact point."), N_("{level}, but confirmed at {count} exact points."))
CONFIRMED = {
    Level.PROVED: AND_POINTS,
    Level.CONDITIONAL: AND_POINTS,
    Level.DECIDED: BUT_POINTS,
    Level.ENCLOSED: BUT_POINTS,
}


def in_words(context: Context, verdict: Verdict) -> Line:
    """Of a step or a claim: how sure it is, where the second program confirms it, and what it rests on."""
    level, agree = _(LEVELS[verdict.level]), CONFIRMED.get(verdict.level)
    parts: list[Inline] = [f"{level}."]
    if verdict.points and agree is not None:
        parts = [_(agree[verdict.points != 1]).format(level=level, count=f"{verdict.points:,}")]
    if verdict.axioms:
        parts.append(" " + _("Axioms: {axioms}.").format(axioms=", ".join(map(_, verdict.axioms))))
    if verdict.hypotheses:
        parts += [" ", *filled(_("Given: {hypotheses}."), hypotheses=_listed([m.inline(context, h) for h in verdict.hypotheses]))]
    if verdict.conditions:
        left = _listed([m.inline(context, c) for c in verdict.conditions])
        parts += [" ", *filled(_("Left open: {conditions}."), conditions=left)]
    if verdict.reason:
        reason = sentence(verdict.reason)
        parts.append(f" {reason[0].upper()}{reason[1:].rstrip('.')}.")
    if verdict.counterexample and verdict.counterexample not in verdict.reason:
        parts += [" ", *filled(_("Counterexample: {point}."), point=_point(context, verdict.counterexample))]
    return tuple(parts)


def _judged(context: Context, verdict: Verdict) -> Line:
    """Of a claim that is not simply proved: its level, and what is left to show or was not shown."""
    level = _(verdict.level)
    strong = Strong(level[0].upper() + level[1:])
    template = _("{level} for every n.") if verdict.held else f"{{level}}. {sentence(verdict.reason)}"
    parts: list[Inline] = [*filled(template, level=strong)]
    if verdict.conditions:
        left = _listed([m.inline(context, c) for c in verdict.conditions])
        parts += [" ", *filled(_("Left open: {conditions}."), conditions=left)]
    if not verdict.held and verdict.counterexample and verdict.counterexample not in verdict.reason:
        parts += [" ", *filled(_("Counterexample: {point}."), point=_point(context, verdict.counterexample))]
    return tuple(parts)


def _rests_on(card: Card, evidence: Evidence | None, pages: bool, guide: bool) -> Block | None:
    """Of every claim that held: what was used to show it, and at how many points the second program confirms it."""
    if evidence is None or len(evidence.derivations) != len(card.derivations):
        return None
    held = [(d, v) for d, v in zip(card.derivations, evidence.derivations, strict=True) if v.held]
    if not held:
        return None
    axioms: Inline = Link(_("axioms"), "../trusted-base.md") if guide else _("axioms")
    template = _(
        "Rigorous arithmetic confirms every claim at exact points. Beside their number stand the {axioms} that the claim rests "
        "on, what it was given, and the claims that it builds on."
    )
    lead = Paragraph(filled(template, axioms=axioms))
    return Section(_("Behind the proofs"), (lead, Bullets(tuple(_ground(card, d, v, pages) for d, v in held))))


def _ground(card: Card, d: Derivation, verdict: Verdict, pages: bool) -> Line:
    context = d.context(card)
    said: list[Line] = [(_("{points} points").format(points=f"{verdict.points:,}"),)] if verdict.points else []
    said += [(", ".join(map(_, verdict.axioms)),)] if verdict.axioms else []
    if verdict.hypotheses:
        said.append(filled(_("uses {hypotheses}"), hypotheses=_listed([m.inline(context, h) for h in verdict.hypotheses])))
    if verdict.lemmas:
        lemmas = _listed([lemma_link(card, name, pages) for name in verdict.lemmas])
        said.append(filled(_("builds on {claims}"), claims=lemmas))
    if verdict.reading:
        said.append(filled(_("read: {reading}"), reading=_listed([Code(r) for r in verdict.reading])))
    for number, step in enumerate(verdict.steps, 1):
        if step.held and step.reason:
            said.append((_("step {number}: {reason}").format(number=number, reason=sentence(step.reason)),))
    title: Inline = Link(d.title, f"#{_home(card, d)}") if pages else d.title
    return (title, *(part for place, line in enumerate(said) for part in ("; " if place else ": ", *line)), ".")


def _listed(items: list[Inline]) -> Line:
    parts: list[Inline] = []
    for place, item in enumerate(items):
        parts += [*([", "] if place else []), item]
    return tuple(parts)


FOUND = {rule.title: rule for rule in (Unfold(), Rewrite(), Differentiate())}  # where a step names none


def _by(card: Card, context: Context, rule: Rule, pages: bool) -> Line:
    """The rule's name, the hypothesis or lemmas that it rests on, and where the lemmas are derived."""
    parts: list[Inline] = [_(rule.spoken)]
    hypotheses = [h.strip() for h in dict.fromkeys(";".join(strings(rule, "hypothesis")).split(";")) if h.strip()]
    lemmas = list(dict.fromkeys(strings(rule, "lemma")))
    if hypotheses:
        given = _listed([m.inline(context, h) for h in hypotheses])
        template = _("{rule} {hypotheses}") if isinstance(rule, Use) else _("{rule}, with {hypotheses}")
        parts = [*filled(template, rule=tuple(parts), hypotheses=given)]
    if lemmas:
        links = _listed([lemma_link(card, n, pages) for n in lemmas])
        template = _("{rule}: {claims}") if isinstance(rule, Lemma) else _("{rule}, by {claims}")
        parts = [*filled(template, rule=tuple(parts), claims=links)]
    return tuple(parts)


def strings(value: object, wanted: str) -> Iterable[str]:
    """The hypotheses or lemmas named anywhere inside a rule."""
    if isinstance(value, tuple):
        for item in value:
            yield from strings(item, wanted)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name)
            key = "lemma" if isinstance(value, Lemma) and field.name == "name" else field.name
            if key == wanted and isinstance(inner, str) and inner:
                yield inner
            elif not isinstance(inner, str):
                yield from strings(inner, wanted)


def lemma_link(card: Card, name: str, pages: bool) -> Inline:
    """A lemma by the title of the derivation that proves it."""
    owner_name, __, key = name.rpartition(".")
    owner = card
    if owner_name and owner_name != card.name:
        from mathcore.formulas import load

        try:
            owner = translated(load(owner_name))
        except KeyError:
            return Code(name)
    try:
        found = owner.derivation(key)
    except KeyError:
        return Code(name)
    if not pages:
        return f"“{found.title}”" if owner is card else f"“{found.title}” ({owner.name})"
    return Link(found.title, f"{'' if owner is card else owner.name + '.md'}#{_home(owner, found)}")


def _home(card: Card, d: Derivation) -> str:
    """The anchor of a derivation, which is the same in every language."""
    from mathcore.formulas import load, names

    if language() != ENGLISH and card.name in names():
        with suppress(KeyError):
            return anchor(load(card.name).derivation(d.key).title)
    return anchor(d.title)


def evidence_blocks(card: Card, evidence: Evidence, exhaustive: Iterable[Exhaustive] = ()) -> tuple[Block, ...]:
    """What was found of a card, without the card: counts, each claim with its outcome, what floats do."""
    rows: list[tuple[Line, ...]] = []
    for d, verdict in zip(card.derivations, _in_order(evidence.derivations, len(card.derivations)), strict=True):
        if verdict is not None:
            state = Strong(f"{SIGNS[verdict.level]} {_(verdict.level)}")
            rests = (*map(_, verdict.axioms), *(f"{name} ({_('shown before')})" for name in verdict.lemmas))
            rows.append(((d.title,), (state,), (f"{verdict.points:,}",), (", ".join(rests),)))
    blocks = [_status(evidence, False)]
    blocks += [Table((_("claim"), _("outcome"), _("exact points"), _("rests on")), tuple(rows), "llrl")] if rows else []
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
        line += filled(_(", given {what}"), what=assumed(card.context, claim.given)) if claim.given else []
        line += [": ", *prose_line(context, claim.why)] if claim.why else []
        if verdict is not None and verdict.level is Level.REFUTED:
            line += [". ", *filled(_("Refuted: {point}"), point=_point(context, verdict.counterexample))]
        elif verdict is not None:
            line += [". ", Strong(_("Not refuted")), f": {_(verdict.level)}"]
        items.append(tuple(line))
    return Bullets(tuple(items))


def _point(context: Context, text: str) -> Line:
    """`1/2 = 1 is false at n = 1, p = [1]` with the mathematics typeset; what cannot be read stays as it was written."""
    said, found, where = text.partition(" is false at ")
    if not found:
        return (Code(text),)
    if where == "the only point":
        return filled(_("{claim} is false"), claim=m.inline(Context(), said))
    point, __, functions = where.partition("; ")
    values: list[Inline] = []
    for one in re.split(r", (?=\w+ = )", point):
        *names, value = one.split(" = ")
        sides = [*(m.inline(context, name) for name in names), m.inline(Context(), value)]
        typeset = [side for side in sides if isinstance(side, Maths)]
        forms = (" = ".join(getattr(side, form) for side in typeset) for form in ("latex", "unicode", "text"))
        values.append(Maths(*forms) if len(typeset) == len(sides) else Code(one))
    more: Line = ("; ", m.inline(context, functions)) if functions else ()
    return filled(_("{claim} is false at {point}"), claim=m.inline(Context(), said), point=(*_listed(values), *more))


def _laws(card: Card, laws: Iterable[Law], evidence: Evidence | None) -> Block:
    found = _named(_of_kind(evidence, "law"))
    rows: list[tuple[Line, ...]] = []
    for law in laws:
        context = card.context.given(law.given) if law.given else card.context
        given: Line = filled(_(", given {what}"), what=assumed(card.context, law.given)) if law.given else ()
        cells: list[Line] = [(words(law.name),), (m.inline(context, law.statement), *given)]
        if evidence is not None:
            cells.append(_outcome(found.get(law.name)))
        rows.append(tuple(cells))
    header = (_("law"), _("statement"), _("on floats"))[: len(rows[0])]
    return Table(header, tuple(rows))


def _outcome(check: Check | None) -> Line:
    if check is None:
        return (_("not checked"),)
    if check.passed:
        held = ngettext("held in {count} case", "held in {count} cases", check.cases) if check.cases else _("held")
        return (held.format(count=f"{check.cases:,}"),)
    return (Strong(_("failed")), ": ", Code(check.counterexample)) if check.counterexample else (Strong(_("failed")),)


KEPT = {  # what every function promises, in the words of a reader
    "keeps format, shape and input; repeats its bits": N_(
        "The result has the format and the shape of the input, the input is not changed, and a second call gives the same bits"
    ),
    "a row depends on that row alone, bit for bit": N_("In a batch every row gives the same bits as alone"),
    "a batch gives the mean of its rows": N_("A batch gives the mean of its rows"),
    "a large batch is a batch": N_("Tens of thousands of rows at once give what they give in a small batch"),
    "every axis of three": N_("Every axis of an array with three gives the same"),
    "axis=None takes all entries": N_("Without an axis all entries are taken as one input"),
    "several axes at once": N_("Several axes at once are taken as one"),
    "leaves the program as it was": N_("Error states, random numbers and print options of the program are left alone"),
    "reads arrays of any layout": N_("Arrays of any layout in memory give the same"),
    "takes whole numbers": N_("Whole numbers and bools give what the same floats give"),
    "shows a nan": N_("A nan in the input shows in the result"),
    "infinite input": N_("An infinite input gives the limit"),
    "empty input": N_("Empty input"),
    "probabilities that do not sum to 1": N_("Probabilities that do not sum to 1"),
    "refuses labels that name no class": N_("Labels that name no class are refused"),
}


def _accuracy(card: Card, evidence: Evidence | None, exhaustive: Iterable[Exhaustive]) -> Iterable[Block]:
    checks, contract = _of_kind(evidence, "accuracy"), _of_kind(evidence, "contract")
    blocks: list[Block] = [paragraph(_("Domain: {domain}.").format(domain=card.accuracy.domain))]
    if card.accuracy.bound:
        blocks.append(_bound(card))
    if checks:
        rows = tuple(_accuracy_row(c) for c in checks)
        blocks.append(Table((_("format"), _("allowed"), _("largest seen"), _("outputs"), _("outcome")), rows, "lrrrl"))
        blocks.append(paragraph(_observed_where(evidence)))
    else:
        bars = [(name, getattr(card.accuracy, name)) for name in s.FORMATS]
        rows = tuple(((name,), (f"{value:g} ULP",)) for name, value in bars if value is not None)
        blocks += [Table((_("format"), _("allowed")), rows, "lr")] if rows else []
    if contract:
        blocks.append(Bullets(tuple((f"{_(KEPT.get(c.name, c.name))}: ", *_kept(c)) for c in contract)))
    if card.accuracy.ordinary:
        blocks.append(_ordinary(card))
    every = on_a_page(exhaustive)
    return (*blocks, *([Section(_("Every value"), every)] if every else []))


def _errors(errors: Errors | None) -> Iterable[Block]:
    """How far ours and others are off, over the domain."""
    if errors is None:
        return ()
    picture = paragraph(Picture(errors.said, f"../{FOLDER}/{errors.card}.svg"))
    versions = ", ".join(f"{name} {version}" for name, version in sorted(errors.versions.items()))
    how = _("The largest of several inputs at each place: {inputs}. Measured against exact values, in float64, with {versions}.")
    return (
        Section(_("Errors over the domain"), (picture, paragraph(how.format(inputs=drawn(errors.inputs), versions=versions)))),
    )


def _kept(check: Check) -> Line:
    """That it held, or what is done instead."""
    return prose(sentence(check.detail.partition(". ")[0])) if check.standing else _outcome(check)


def _bound(card: Card) -> Paragraph:
    """The declared bar with its letters, which are no letters of the page."""
    template = _("Terms may cancel, so the bar is not a share of the result. The error may be {bound}.")
    return Paragraph(filled(template, bound=_with_letters(card, card.accuracy.bound)))


def _ordinary(card: Card) -> Paragraph:
    """What others are held to."""
    if card.accuracy.ordinary == "0":
        return paragraph(_("Other implementations are held to the exact result."))
    template = (
        _(
            "Other implementations are held to what textbook-correct code reaches: an error of at most {bound}, wherever nothing "
            "overflows on the way."
        )
        if card.accuracy.within
        else _("Other implementations are held to what textbook-correct code reaches: an error of at most {bound}.")
    )
    accepted = ", ".join(map(_, card.accuracy.accepted))
    more = (" ", _("Accepted as conventions: {names}.").format(names=accepted)) if accepted else ()
    return Paragraph((*filled(template, bound=_with_letters(card, card.accuracy.ordinary)), *more))


def _with_letters(card: Card, text: str) -> Line:
    """A bar, and what its own letters mean."""
    letters = c.letters_of_bound(card, card.context)
    context = card.context.given(f"{letters.roundoff}, {letters.largest}, {letters.tiny}: positive; {letters.output}: real")
    meanings = (
        (letters.roundoff, _("{letter} is half the distance from 1 to the next number of the format")),
        (letters.output, _("{letter} is the exact result")),
        (letters.largest, _("{letter} is the largest number of the format")),
        (letters.tiny, _("{letter} is the smallest normal number of the format")),
    )
    said = [filled(word, letter=m.inline(context, one)) for one, word in meanings if re.search(rf"\b{one}\b", text)]
    bound: Line = (m.inline(context, text),)
    if not said:
        return bound
    joined = tuple(part for place, line in enumerate(said) for part in ((_(", and "), *line) if place else line))
    return filled(_("{bound}, where {meanings}"), bound=bound, meanings=joined)


def _accuracy_row(check: Check) -> tuple[Line, ...]:
    seen, limit, ulps = s.observed(check), s.bar(check), s.in_ulps(check)
    bar = "" if limit is None else f"{limit:g} ULP" if ulps else _("as above")
    largest = "" if seen is None else f"{seen:.3g} ULP" if ulps else _("{share} of the bar").format(share=f"{seen:.0%}")
    outcome: list[Inline] = [_("held")] if check.passed else [Strong(_("failed"))]
    if not check.passed and check.counterexample:
        outcome += [": ", Code(check.counterexample)]
    return ((check.name,), (bar,), (largest,), (f"{s.outputs(check):,}",), tuple(outcome))


def _observed_where(evidence: Evidence | None) -> str:
    found = evidence.environment if evidence is not None else {}
    sample = _("Other inputs may have larger errors: a sample is not a bound.")
    if not (found.get("numpy") and found.get("platform")):
        return sample
    if found.get("core", "none") != "none":
        template = _("Errors are measured against exact values, with the compiled core ({core}), NumPy {numpy} on {platform}.")
    else:
        template = _("Errors are measured against exact values, with NumPy {numpy} on {platform}.")
    return f"{template.format(**found)} {sample}"


def mistake_name(dotted: str) -> str:
    """`mathcore.mistakes.softmax.base_two` is called "base two"."""
    return re.sub(r"^mathcore\.mistakes\.\w+\.(\w+).*", r"\1", dotted).replace("_", " ")


def _mistakes(mistakes: Iterable[str], evidence: Evidence | None) -> Block:
    found = {c.name: c for c in _of_kind(evidence, "mistake")}
    items: list[Line] = []
    for dotted in mistakes:
        check = found.get(dotted)
        line: list[Inline] = [Strong(words(mistake_name(dotted)))]
        if check is not None:
            line += [". ", *prose(words(check.figures["promise"]))] if check.figures.get("promise") else []
            detail = re.sub(r"`([^`]+)`", r"“\1”", sentence(check.detail))  # the name of a law is a phrase, not code
            said = _("Refuted: {reason}") if check.passed else _("Not refuted: {reason}")
            line += [" ", *filled(said, reason=prose(detail))]
            line += [": ", Code(sentence(check.counterexample))] if check.counterexample else []
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
            line += [" ", Strong(_("failed"))]
        items.append(tuple(line))
    return Bullets(tuple(items))


def _in_python(card: Card) -> Block | None:
    """What can be pasted: the tests run it as a doctest."""
    text = lines_to_paste(card) if card.define else ""
    title = _("In sympy and NumPy") if card.numeric else _("In sympy")
    return Section(title, (CodeBlock(text, "pycon"),)) if text else None


def _exercises(card: Card, exercises: Iterable[Exercise]) -> Iterable[Block]:
    blocks: list[Block] = []
    for number, exercise in enumerate(exercises, 1):
        question, answer = prose_line(card.context, exercise.question), prose_line(card.context, exercise.answer)
        blocks += [Paragraph((f"{number}. ", *question)), Details(_("Answer"), answer)]
    return blocks


def _context(card: Card, used_by: tuple[str, ...], pages: bool) -> Block | None:
    from mathcore.formulas import load, names

    def links(names: Iterable[str]) -> Line:
        titles = {n: translated(load(n)).title for n in names}
        return _listed([Link(title, f"{n}.md") if pages else title for n, title in titles.items()])

    items: list[Line] = []
    if card.prerequisites:
        cards = set(names())
        before = [links([p])[0] if p in cards else p for p in card.prerequisites]
        items.append(filled(_("To know before: {pages}"), pages=_listed(before)))
    if card.uses:
        items.append(filled(_("Uses {pages}"), pages=links(card.uses)))
    if used_by:
        items.append(filled(_("Used by {pages}"), pages=links(used_by)))
    return Section(_("On other pages"), (Bullets(tuple(items)),)) if items else None

"""A card and its evidence as one textbook section: the page of a formula, `mathcore show`, and what notebooks display."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

from mathcore import card as c
from mathcore.card import Card, Derivation, Lemma, Rule, Use
from mathcore.evidence import Check, Evidence, Exhaustive, Level, Verdict
from mathcore.language.chain import start
from mathcore.language.parser import Context, FormulaError
from mathcore.render import mathematics as m
from mathcore.render import summary as s
from mathcore.render.document import (
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
    Section,
    Strong,
    Table,
    anchor,
    paragraph,
    prose,
)
from mathcore.render.exhaustive import on_a_page
from mathcore.render.paste import lines_to_paste
from mathcore.render.sentence import sentence


def formula_page(
    card: Card,
    evidence: Evidence | None = None,
    used_by: Iterable[str] = (),
    *,
    pages: bool = True,
    exhaustive: Iterable[Exhaustive] = (),
) -> Document:
    """Everything about one formula; without evidence the levels and figures are left out. `pages`: links lead to pages."""
    used_by = tuple(used_by)
    blocks: list[Block | None] = [
        Paragraph(sentence(card.context, card.summary)),
        _status(evidence, pages),
        Section("Definition", _definition(card, pages)),
        _derivations(card, evidence, pages),
        _false_claims(card, evidence),
        _laws(card, evidence),
        _accuracy(card, evidence, exhaustive),
        _mistakes(card, evidence),
        _examples(card, evidence),
        _in_python(card),
        _exercises(card),
        _not_verified(card),
        _context(card, used_by, pages),
    ]
    return Document(card.title, tuple(b for b in blocks if b is not None))


def _status(evidence: Evidence | None, pages: bool) -> Block | None:
    if evidence is None:
        return None
    row = s.row(evidence)
    proved = f"{row.proved} of {row.claims} claims proved for all n; " if row.claims else ""
    how: Line = (" ", Link("How to read this page", "../index.md#how-to-read-a-page"), ".") if pages else ()
    return paragraph("Status: ", Strong(row.status), f". {proved}{_counts(row)}.", *how)


def _counts(row: s.Row) -> str:
    parts = [
        f"{row.refuted} of {row.false_claims} false claims refuted" if row.false_claims else "",
        f"{row.laws_held} of {row.laws} laws held in {row.cases:,} cases" if row.laws else "",
        f"{row.mistakes_refuted} of {row.mistakes} mistakes refuted" if row.mistakes else "",
        f"{row.examples_held} of {row.examples} examples hold" if row.examples else "",
    ]
    return ", ".join(p for p in parts if p) or "nothing else is checked"


def _definition(card: Card, pages: bool) -> tuple[Block, ...]:
    shown = [m.definition(card, card.define), *(m.definition(card, text) for text in (*card.auxiliary, *card.notation))]
    blocks: list[Block] = [Display(tuple(shown)), Bullets(m.declarations(card.context))]
    if card.on_bits:
        blocks += [
            paragraph("On floats, where rounded inputs leave the domain, it is computed as"),
            Display((m.definition(card, card.on_bits),)),
        ]
    if card.units or card.numeric or card.about:
        parts: list[Inline] = ["In Python: ", Code(card.numeric)] if card.numeric else []
        parts += [f"No function in Python: this page is about {card.about}"] if card.about else []
        parts += [*([". "] if parts else []), f"Unit: {card.units}"] if card.units else []
        parts += [". In a terminal: ", Code(f"mathcore show {card.name}")] if pages else []
        blocks.append(Paragraph((*parts, ".")))
    return tuple(blocks)


# derivations ----------------------------------------------------------------------------------------------------------


def _derivations(card: Card, evidence: Evidence | None, pages: bool) -> Block | None:
    if not card.derivations:
        return None
    verdicts: tuple[Verdict | None, ...] = (None,) * len(card.derivations)
    if evidence is not None and len(evidence.derivations) == len(card.derivations):
        verdicts = evidence.derivations
    return Section("Derivations", tuple(derivation(card, d, v, pages) for d, v in zip(card.derivations, verdicts, strict=True)))


def derivation(card: Card, d: Derivation, verdict: Verdict | None, pages: bool = True) -> Section:
    context = m.derivation_context(card, d)
    blocks: list[Block] = [Display((m.formula(context, d.claim),))]
    if d.given:
        blocks.append(paragraph("Given ", *_given(card, d), "."))
    steps = verdict.steps if verdict is not None and len(verdict.steps) == len(d.steps) else (None,) * len(d.steps)
    links = []
    for step, judged in zip(d.steps, steps, strict=True):
        relation, text = m.split_step(step.text)
        found = f": {judged.reason}" if judged is not None and judged.held and judged.reason else ""
        reason = (*sentence(context, step.why), " (", *_by(card, context, step.by, pages), f"{found})")
        links.append(ChainLink(m.RELATIONS[relation], m.formula(context, text), reason, str(judged.level) if judged else ""))
    if links:
        try:
            first = m.maths(start(context.parse(d.claim)))
        except FormulaError:
            first = m.formula(context, d.claim)
        blocks.append(_chain(m.formula(context, d.claim), first, links))
    if d.equality:
        blocks.append(paragraph("Equality holds exactly if ", m.inline(context, d.equality), "."))
    if verdict is not None:
        blocks.append(Paragraph(_judged(card, context, verdict, pages)))
    if d.note:
        blocks.append(Paragraph(sentence(context, d.note)))
    return Section(d.title, tuple(blocks))


def _chain(claim: Maths, first: Maths, links: list[ChainLink]) -> Block:
    """The steps; of a derivation in one step, which would only say its claim again, the reason."""
    last = links[-1]
    if len(links) > 1 or f"{first.text} {last.relation.text} {last.formula.text}" != claim.text:
        return Chain(first, tuple(links))
    level: Line = (", ", Strong(last.level)) if last.level not in ("", Level.PROVED) else ()
    return Paragraph(("Why: ", *last.reason, *level, "."))


def _given(card: Card, d: Derivation) -> Line:
    """What a derivation assumes beyond the card, in one sentence."""
    parts: list[Inline] = []
    for line in m.declarations(m.derivation_context(card, d), card.context):
        parts += [*(["; "] if parts else []), *(p.replace(": ", ", ", 1) if isinstance(p, str) else p for p in line)]
    return tuple(parts) or (Code(d.given),)


def _judged(card: Card, context: Context, verdict: Verdict, pages: bool) -> Line:
    scope = " for every n" if verdict.level in (Level.PROVED, Level.CONDITIONAL) else ""
    level = str(verdict.level)
    parts: list[Inline] = [Strong(level[0].upper() + level[1:]), scope]
    if verdict.points:
        parts.append(f"; rigorous arithmetic confirms it at {verdict.points:,} points")
    parts.append(".")
    if verdict.reading:
        parts += [" Read: ", *_listed([Code(r) for r in verdict.reading]), "."]
    if verdict.conditions:
        parts += [" Left open: ", *_listed([Code(c) for c in verdict.conditions]), "."]
    if verdict.hypotheses:
        parts += [" Uses ", *_listed([m.inline(context, h) for h in verdict.hypotheses]), "."]
    if verdict.lemmas:
        parts += [" Builds on ", *_listed([lemma_link(card, name, pages) for name in verdict.lemmas]), "."]
    if verdict.axioms:
        base: Inline = Link("Axioms", "../trusted-base.md") if pages else "Axioms"
        parts += [" ", base, f": {', '.join(verdict.axioms)}."]
    if not verdict.held:
        parts.append(f" {verdict.reason}" if verdict.reason else "")
        if verdict.counterexample:
            parts += [" Counterexample: ", Code(verdict.counterexample), "."]
    return tuple(p for p in parts if p != "")


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


def _by(card: Card, context: Context, rule: Rule, pages: bool) -> Line:
    """The rule's name, the hypothesis or lemmas that it rests on, and where the lemmas are derived."""
    parts: list[Inline] = [SPOKEN[type(rule)]]
    hypotheses = list(dict.fromkeys(_strings(rule, "hypothesis")))
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


# what floats do -------------------------------------------------------------------------------------------------------


def _of_kind(evidence: Evidence | None, kind: str) -> tuple[Check, ...]:
    return tuple(c for c in evidence.checks if c.kind == kind) if evidence is not None else ()


def _named(checks: Iterable[Check]) -> Mapping[str, Check]:
    return {c.name: c for c in checks}


def _false_claims(card: Card, evidence: Evidence | None) -> Block | None:
    if not card.false_claims:
        return None
    verdicts: tuple[Verdict | None, ...] = (None,) * len(card.false_claims)
    if evidence is not None and len(evidence.false_claims) == len(card.false_claims):
        verdicts = evidence.false_claims
    items: list[Line] = []
    for claim, verdict in zip(card.false_claims, verdicts, strict=True):
        context = card.context.given(claim.given) if claim.given else card.context
        line: list[Inline] = [m.inline(context, claim.statement)]
        line += [": ", *sentence(context, claim.why)] if claim.why else []
        if verdict is not None and verdict.level is Level.REFUTED:
            line += [". Refuted: ", Code(verdict.counterexample)]
        elif verdict is not None:
            line += [". ", Strong("Not refuted"), f": {verdict.level}"]
        items.append(tuple(line))
    return Section("False claims", (paragraph("What people believe, and what refutes it."), Bullets(tuple(items))))


def _laws(card: Card, evidence: Evidence | None) -> Block | None:
    if not card.invariants:
        return None
    found = _named(_of_kind(evidence, "law"))
    rows: list[tuple[Line, ...]] = []
    for law in card.invariants:
        context = card.context.given(law.given) if law.given else card.context
        cells: list[Line] = [(law.name,), (m.inline(context, law.statement),)]
        if evidence is not None:
            cells.append(_outcome(found.get(law.name), "held"))
        rows.append(tuple(cells))
    header = ("law", "statement", "on floats")[: len(rows[0])]
    return Section(
        "Laws",
        (
            paragraph("What any implementation must satisfy, within the rounding that its accuracy allows."),
            Table(header, tuple(rows)),
        ),
    )


def _outcome(check: Check | None, good: str) -> Line:
    if check is None:
        return ("not checked",)
    count = f" in {check.cases:,} cases" if check.cases else ""
    if check.passed:
        return (f"{good}{count}",)
    return (Strong("failed"), ": ", Code(check.counterexample)) if check.counterexample else (Strong("failed"),)


def _accuracy(card: Card, evidence: Evidence | None, exhaustive: Iterable[Exhaustive]) -> Block | None:
    if not card.numeric:
        return None
    checks, contract = _of_kind(evidence, "accuracy"), _of_kind(evidence, "contract")
    blocks: list[Block] = [paragraph(f"Domain: {card.accuracy.domain}.")]
    if card.accuracy.bound:
        blocks.append(
            paragraph(
                "The data may cancel, so the bar is absolute: ",
                Code(card.accuracy.bound),
                ", with u the unit roundoff of the format.",
            )
        )
    if checks:
        rows = tuple(_accuracy_row(c) for c in checks)
        blocks.append(Table(("format", "bar", "observed max", "outputs", ""), rows, "lrrrl"))
        blocks.append(paragraph(_observed_where(evidence)))
    else:
        bars = [(name, getattr(card.accuracy, name)) for name in s.FORMATS]
        rows = tuple(((name,), (f"{value:g} ULP",)) for name, value in bars if value is not None)
        blocks += [Table(("format", "bar"), rows, "lr")] if rows else []
    if contract:
        blocks.append(Bullets(tuple((f"{c.name}: ", *_outcome(c, "held")) for c in contract)))
    every = on_a_page(exhaustive)
    return Section("Accuracy", (*blocks, *([Section("Every value", every)] if every else [])))


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
    return f"Largest error against exact values, {where}. A sample is not a bound." if where else "A sample is not a bound."


def _mistakes(card: Card, evidence: Evidence | None) -> Block | None:
    if not card.mistakes:
        return None
    found = {c.name: c for c in _of_kind(evidence, "mistake")}
    items: list[Line] = []
    for dotted in card.mistakes:
        check = found.get(dotted)
        line: list[Inline] = [Strong(re.sub(r"^mathcore\.mistakes\.\w+\.(\w+).*", r"\1", dotted).replace("_", " "))]
        if check is not None:
            line += [". ", *prose(check.figures.get("promise", ""))] if check.figures.get("promise") else []
            line += [" Refuted: " if check.passed else " Not refuted: ", *prose(check.detail)]
            line += [": ", Code(check.counterexample)] if check.counterexample else []
        items.append(tuple(line))
    lead = "Plausible wrong versions; each must be caught, or the checks are too weak."
    return Section("Mistakes", (paragraph(lead), Bullets(tuple(items))))


def _examples(card: Card, evidence: Evidence | None) -> Block | None:
    if not card.examples:
        return None
    found = _of_kind(evidence, "example")
    items: list[Line] = []
    for example in card.examples:
        context = card.context.given(example.given) if example.given else card.context
        line: list[Inline] = [m.inline(context, example.statement)]
        line += [" (", *sentence(context, example.source), ")"] if example.source else []
        if not all(c.passed for c in found if s.example_of(c) == example.statement):
            line += [" ", Strong("failed")]
        items.append(tuple(line))
    return Section("Examples", (Bullets(tuple(items)),))


def _in_python(card: Card) -> Block | None:
    """What can be pasted: the tests run it as a doctest."""
    text = lines_to_paste(card)
    title = "In sympy and NumPy" if card.numeric else "In sympy"
    return Section(title, (CodeBlock(text, "pycon"),)) if text else None


def _exercises(card: Card) -> Block | None:
    if not card.exercises:
        return None
    blocks: list[Block] = []
    for number, exercise in enumerate(card.exercises, 1):
        question, answer = sentence(card.context, exercise.question), sentence(card.context, exercise.answer)
        blocks += [Paragraph((f"{number}. ", *question)), Details("Answer", answer)]
    return Section("Exercises", tuple(blocks))


def _not_verified(card: Card) -> Block | None:
    if not card.not_verified:
        return None
    return Section("What is not verified", (Bullets(tuple(sentence(card.context, text) for text in card.not_verified)),))


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
    for reference in card.references:
        items.append((*prose(reference.text), *([f", {reference.where}"] if reference.where else [])))
    return Section("References", (Bullets(tuple(items)),)) if items else None

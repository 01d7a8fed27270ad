"""Plausible wrong versions through the same checks: each must be refuted, and by what is told to the reader.

A law says in words what is wrong, an exact value by how much; a mistake that neither catches may still break on a
worked example, in a batch or on labels that it should refuse. A mistake that nothing refutes fails the card.
"""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

from mathcore.card import Card
from mathcore.conformance.accuracy import SEED, accuracy_check, formats_of
from mathcore.conformance.batches import batch_check
from mathcore.conformance.contract import refused_labels
from mathcore.conformance.examples import numeric_example
from mathcore.conformance.laws import law_checks
from mathcore.conformance.subject import Subject, resolve, with_readable_bar
from mathcore.evidence import Check


def mistake_checks(card: Card, *, effort: str = "normal", seed: int = SEED) -> tuple[Check, ...]:
    """One check a mistake, passed if something refutes it."""
    return tuple(mistake_check(card, dotted, effort=effort, seed=seed) for dotted in card.mistakes)


def mistaken(card: Card, dotted: str) -> Subject:
    """The mistake as a subject; the options of the card's own function hold for it where it takes them."""
    card = with_readable_bar(card)
    wrong = resolve(dotted, card)
    if card.numeric and not wrong.options:
        own = resolve(card.numeric, card)
        taken = inspect.signature(wrong.function).parameters
        wrong = replace(wrong, options={k: v for k, v in own.options.items() if k in taken})
    return wrong


def mistake_check(card: Card, dotted: str, *, effort: str = "normal", seed: int = SEED) -> Check:
    """What refutes one mistake: laws, formats, examples; then batches and labels. Rounding alone does not."""
    card, wrong = with_readable_bar(card), mistaken(card, dotted)
    laws = [c for c in law_checks(card, wrong, effort=effort, hypothesis=False) if _refutes(c)]
    digits = [c for c in _formats(wrong, effort, seed, stop=True) if _refutes(c)]
    if not laws and not any(c.figures["severe"] for c in digits):  # look harder for what is really wrong with it
        laws = [c for c in law_checks(card, wrong, effort=effort) if _refutes(c)]
        digits = [c for c in _formats(wrong, effort, seed, stop=False) if _refutes(c)]
    examples = [c for e in card.examples if (c := numeric_example(wrong, e)) is not None and not c.passed]
    laws.sort(key=lambda c: (bool(c.figures.get("broken")), c.cases))  # words about numbers before words about nan
    batch = batch_check(wrong, own=True, seed=seed)
    others = [batch] if batch is not None and not batch.passed else []
    by = laws + digits + examples
    if others and batch is not None and batch.figures.get("far") and all(_slight(c) for c in by):
        by = others + by  # the last digits are not what is wrong with it
    elif not by:
        refused = refused_labels(wrong, seed)
        by = others + ([refused] if refused is not None and not refused.passed else [])
    figures: dict[str, Any] = {
        "laws": [c.name for c in laws],
        "formats": [c.name for c in digits],
        "examples": [c.name for c in examples],
        "contract": [c.name for c in by if c.kind == "contract"],
    }
    if not by:
        held = f"{len(formats_of(wrong))} formats, {len(card.invariants)} laws and {len(card.examples)} examples hold"
        detail = f"nothing refutes it: {held}"
        return Check("mistake", dotted, False, detail, figures=figures)
    first = by[0]
    cases = sum(c.cases for c in by)
    return Check("mistake", dotted, True, _named(first), cases=cases, counterexample=first.counterexample, figures=figures)


def _refutes(check: Check) -> bool:
    """A failed check that shows an input; a law that could not be run refutes nothing."""
    return not check.passed and bool(check.counterexample) and not check.figures.get("conflict")


def _formats(wrong: Subject, effort: str, seed: int, stop: bool) -> list[Check]:
    return [accuracy_check(wrong, dtype, effort, seed, stop) for dtype in formats_of(wrong)]


def _slight(check: Check) -> bool:
    """Wrong by the last digits alone."""
    return check.kind == "accuracy" and not check.figures.get("severe")


def _named(check: Check) -> str:
    if check.kind == "law":
        exactly = f"breaks the law `{check.name}` (on the floats themselves)"
        return exactly if check.figures.get("exact float law") else f"breaks the law `{check.name}`"
    if check.kind == "accuracy":
        off = check.counterexample.rpartition("off by ")[2] if "off by " in check.counterexample else "it fails"
        return f"accuracy {check.name}: {off}"
    return f"{check.kind}: {check.name}"

"""Evidence counted: a row per card, and the totals. The table of `mathcore verify` and the index of the pages read this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mathcore.evidence import Check, Evidence, Level, worst
from mathcore.translation import N_, _

FORMATS = ("float64", "float32", "float16")


@dataclass(frozen=True)
class Row:
    card: str
    held: bool
    status: str
    claims: int
    proved: int
    conditional: int
    decided: int
    false_claims: int
    refuted: int
    laws: int
    laws_held: int
    cases: int
    accuracy: dict[str, Check]  # the worst check of each format
    accuracy_checks: int
    accuracy_held: int
    mistakes: int
    mistakes_refuted: int
    examples: int
    examples_held: int
    witnessed: int  # steps and functions that sympy alone was asked for
    witness_agreed: int
    seconds: float


def row(evidence: Evidence) -> Row:
    kinds: dict[str, list[Check]] = {}
    for check in evidence.checks:
        kinds.setdefault(check.kind, []).append(check)
    laws, mistakes = kinds.get("law", []), kinds.get("mistake", [])
    examples = kinds.get("example", []) + kinds.get("claim", [])
    floats = [c for c in evidence.checks if c.kind in ("accuracy", "contract", "edge")]
    accuracy: dict[str, Check] = {}
    for check in kinds.get("accuracy", []):
        name = format_of(check)
        if name and (name not in accuracy or _badness(check) > _badness(accuracy[name])):
            accuracy[name] = check
    return Row(
        card=evidence.card,
        held=evidence.held,
        status=status(evidence),
        claims=len(evidence.derivations),
        proved=sum(v.level is Level.PROVED for v in evidence.derivations),
        conditional=sum(v.level is Level.CONDITIONAL for v in evidence.derivations),
        decided=sum(v.level is Level.DECIDED for v in evidence.derivations),
        false_claims=len(evidence.false_claims),
        refuted=sum(v.level is Level.REFUTED for v in evidence.false_claims),
        laws=len(laws),
        laws_held=sum(c.passed for c in laws),
        cases=sum(c.cases for c in laws),
        accuracy=accuracy,
        accuracy_checks=len(floats),
        accuracy_held=sum(c.passed for c in floats),
        mistakes=len(mistakes),
        mistakes_refuted=sum(c.passed for c in mistakes),
        examples=len({example_of(c) for c in examples}),
        examples_held=len({example_of(c) for c in examples} - {example_of(c) for c in examples if not c.passed}),
        witnessed=evidence.witness.asked if evidence.witness else 0,
        witness_agreed=evidence.witness.agreed if evidence.witness else 0,
        seconds=evidence.seconds,
    )


def status(evidence: Evidence) -> str:
    """Computed, never declared: the worst level of the derivations, or why there is none."""
    if evidence.witness and evidence.witness.conflicts:
        return str(Level.CONFLICT)
    if any(v.level is not Level.REFUTED for v in evidence.false_claims) or not all(c.passed for c in evidence.checks):
        return N_("failed")
    if not evidence.derivations:
        return N_("no derivation yet")
    return str(worst([v.level for v in evidence.derivations]))


def example_of(check: Check) -> str:
    """The example that a check is about: the formula and the function are checked apart."""
    return check.name.removesuffix(" on floats")


def format_of(check: Check) -> str:
    """float64, float32 or float16, where the check is about one format."""
    named = str(check.figures.get("format", check.name))
    return next((f for f in FORMATS if f in named), "")


def observed(check: Check) -> float | None:
    """The largest error seen, in the unit of the bar."""
    return _number(check.figures.get("max"))


def bar(check: Check) -> float | None:
    """The bar in ULP; 1 where the errors are given as parts of a bar that is a formula."""
    return _number(check.figures.get("bar")) if in_ulps(check) else 1.0


def in_ulps(check: Check) -> bool:
    return bool(check.figures.get("unit", "ULP") == "ULP")


def outputs(check: Check) -> int:
    return int(_number(check.figures.get("outputs")) or check.cases)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _badness(check: Check) -> tuple[bool, float]:
    seen, limit = observed(check), bar(check)
    return (not check.passed, seen / limit if seen is not None and limit else 0.0)


@dataclass(frozen=True)
class Totals:
    cards: int
    cards_held: int
    claims: int
    proved: int
    conditional: int
    decided: int
    false_claims: int
    refuted: int
    laws: int
    laws_held: int
    cases: int
    accuracy_checks: int
    accuracy_held: int
    mistakes: int
    mistakes_refuted: int
    examples: int
    examples_held: int
    witnessed: int
    witness_agreed: int
    seconds: float


def totals(rows: Iterable[Row]) -> Totals:
    rows = list(rows)
    counted = {
        name: sum(getattr(r, name) for r in rows) for name in Totals.__dataclass_fields__ if name not in ("cards", "cards_held")
    }
    return Totals(cards=len(rows), cards_held=sum(r.held for r in rows), **counted)


REFUTED = N_("{part} of {whole} false claims refuted")
LAWS = N_("{part} of {whole} laws held in {cases} cases")
MISTAKES = N_("{part} of {whole} mistakes refuted")


def of(template: str, part: int, whole: int, cases: int = 0) -> str:
    """The template with its counts; empty where there is nothing to count."""
    return _(template).format(part=part, whole=whole, cases=f"{cases:,}") if whole else ""


def counted(total: Totals) -> str:
    """Every total with its denominator; kinds of which there is none are left out."""
    conditional = _("{count} conditional").format(count=total.conditional)
    parts = [
        f"{of(N_('{part} of {whole} claims proved for all n'), total.proved, total.claims)}, {conditional}"
        if total.claims
        else "",
        of(N_("{part} decided by another program, which is no proof"), total.decided, total.decided),
        of(
            N_("sympy alone, written out at n = 1..4, agrees with {part} of {whole} steps and functions"),
            total.witness_agreed,
            total.witnessed,
        ),
        of(REFUTED, total.refuted, total.false_claims),
        of(LAWS, total.laws_held, total.laws, total.cases),
        of(N_("{part} of {whole} float checks held"), total.accuracy_held, total.accuracy_checks),
        of(MISTAKES, total.mistakes_refuted, total.mistakes),
        of(N_("{part} of {whole} examples came out as stated"), total.examples_held, total.examples),
    ]
    return ", ".join(p for p in parts if p) or _("nothing was checked")

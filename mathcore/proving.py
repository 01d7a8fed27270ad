"""Anyone's identity or inequality, decided: proved, refuted with a point, or unknown; the cards' functions can be called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from mathcore.evidence import CONTRADICTORY, Level, Verdict
from mathcore.formulas import LIBRARY
from mathcore.language.parser import FormulaError
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.prover.declared import RELATIONS, Question, from_sympy, from_text
from mathcore.proof.prover.error import WrongUse

TIMEOUT = 2.0  # seconds


def prove(
    lhs: Any,
    relation: str | None = None,
    rhs: Any = None,
    *,
    given: str = "",
    domains: Mapping[str, str] | None = None,
    shapes: Mapping[str, Sequence[str]] | None = None,
    indices: Mapping[str, str] | None = None,
    hypotheses: Iterable[Any] = (),
    min_sizes: Mapping[str, int] | None = None,
    timeout: float = TIMEOUT,
    decider: str | None = None,
) -> Verdict:
    """Decide a claim for every n: `proved`, `refuted` with an exact point, or `unknown`, with the reason in words.

    Two forms. In the formula language (recommended: the claim is judged as it is written)::

        prove("sum(k: p[k] log(p[k] / q[k])) >= 0", given="n: size; p, q: simplex[n]; k: index[n]")

    and with sympy objects and declarations by name (what sympy cancelled on construction is gone: x/x is 1 there)::

        prove(lhs, "=", rhs, domains={"p": "simplex", "T": "positive"}, shapes={"p": ("n",)}, indices={"i": "n"})

    Parameters
    ----------
    lhs : str or sympy object
        The whole claim as text, or one side (or a sympy relation, with `relation` and `rhs` left out).
    relation : {"=", "<=", ">=", "<", ">", "!="}, optional
    rhs : sympy object or number, optional
    given : str
        Declarations and hypotheses of the formula language, separated by semicolons.
    domains, shapes, indices, hypotheses, min_sizes
        For sympy objects: the domain of each name (`real` where none is said), the sizes of arrays, the size over which
        a free index runs, relations that are assumed, least sizes.
    timeout : float
        Seconds of processor time after which the answer is `unknown`; on a busy machine up to five times as long.
    decider : {"z3"}, optional
        Asked where no proof and no refuting point is found, about claims on finitely many real numbers (polynomials,
        quotients, roots, maxima). What it says has a level of its own, `decided`: it is not `proved`. Needs `mathcore[z3]`.

    Returns
    -------
    Verdict
        `level`, `reason`, `counterexample`, `side_conditions`, `hypotheses_used`, `axioms`, `lemmas`; `certificate`, the
        questions in SMT-LIB, of what is `decided`.

    Raises
    ------
    ValueError
        A call that cannot be read: says which argument, its value and what to write instead.
    """
    if not (isinstance(timeout, (int, float)) and 0 < timeout < 3600):  # type: ignore[redundant-expr]  # users pass anything
        raise WrongUse(f"timeout: {timeout!r} is no number of seconds; write e.g. timeout=2")
    if isinstance(hypotheses, str) or not isinstance(hypotheses, Iterable):
        raise WrongUse(f"hypotheses: {hypotheses!r} is no list; write e.g. hypotheses=[Eq(Sum(p[k], (k, 1, n)), 1)]")
    if decider not in (None, "z3"):
        raise WrongUse(f"decider: {decider!r} is not known; write decider='z3', or leave it out")
    assumed = list(hypotheses)
    sympy_form = {"domains": domains, "shapes": shapes, "indices": indices, "hypotheses": assumed, "min_sizes": min_sizes}
    from mathcore.proof.prover.decide import of_two  # before the clock runs: the first call loads sympy

    clock = Clock(timeout)
    try:
        with limited(timeout):
            questions = _read(lhs, relation, rhs, given, sympy_form)
    except OutOfTime:
        return Verdict(_shown(lhs, relation, rhs), Level.UNKNOWN, "prover", f"not read within {timeout:g} s")
    except RecursionError:
        return Verdict(_shown(lhs, relation, rhs), Level.UNKNOWN, "prover", "nested too deeply to be read")
    shown = _shown(lhs, relation, rhs)
    verdict = _judged(questions, clock, decider, shown)
    if verdict.level is Level.REFUTED and not isinstance(lhs, str):
        with suppress(FormulaError, WrongUse):
            wide = _read(lhs, relation, rhs, given, sympy_form, widely=True)
            if wide != questions:
                verdict = of_two(verdict, _judged(wide, clock, decider, shown))
    return verdict


def _judged(questions: list[Question], clock: Clock, decider: str | None, shown: str) -> Verdict:
    """The verdict on all questions of one call."""
    from mathcore.proof.prover.decide import decide, together
    from mathcore.proof.prover.search import speaking_of

    verdicts = []
    spoken = [f for q in questions for f in (q.claim, *q.conditions)]
    for question in questions:
        verdicts.append(decide(speaking_of(question.context, *spoken), question.claim, clock, decider))
        if verdicts[-1].level in (Level.REFUTED, Level.CONFLICT):
            break
    verdict = together([v for v in verdicts if not v.reason.startswith(CONTRADICTORY)] or verdicts)
    if len(verdicts) > 1 and verdict.level is Level.PROVED:  # of branches or entries: the whole was asked
        verdict = replace(verdict, claim=shown)
    judged = questions[len(verdicts) - 1 :] if verdict.level is Level.REFUTED else questions
    notes = [note for question in judged for note in question.notes]
    if verdict.level is Level.REFUTED:
        notes += [meaning for question in judged for meaning in question.meanings]
    return replace(verdict, reason="; ".join(dict.fromkeys(filter(None, (verdict.reason, *notes)))))


def _read(
    lhs: Any, relation: str | None, rhs: Any, given: str, sympy_form: dict[str, Any], widely: bool = False
) -> list[Question]:
    if isinstance(lhs, str):
        return [_of_text(lhs, relation, rhs, given, sympy_form)]
    import sympy

    if relation is None and isinstance(lhs, sympy.core.relational.Relational):
        names = {sympy.Eq: "=", sympy.Ne: "!=", sympy.Le: "<=", sympy.Lt: "<", sympy.Ge: ">=", sympy.Gt: ">"}
        lhs, relation, rhs = lhs.lhs, names[lhs.func], lhs.rhs
    if relation is None and str(lhs) in ("True", "False"):
        raise WrongUse(f"lhs: sympy evaluated the relation to {lhs} on construction; hand in the sides: prove(left, '<=', right)")
    if relation not in RELATIONS:
        raise WrongUse(f"relation: {relation!r}; choose one of =, <=, >=, <, >, !=")
    if given:
        raise WrongUse("given: this belongs to a claim written as text; with sympy objects use domains=, shapes=, indices=")
    asked = (_side("lhs", lhs), RELATIONS[relation], _side("rhs", rhs))
    parts: dict[str, Any] = {k: sympy_form[k] or {} for k in ("domains", "shapes", "indices", "min_sizes")}
    for name, part in parts.items():
        if not isinstance(part, dict):
            raise WrongUse(f"{name}: {str(part)[:60]!r} is no dictionary; write {name}={{'p': ...}}")
    return from_sympy(asked, hypotheses=sympy_form["hypotheses"], library=LIBRARY, widely=widely, **parts)


def _of_text(claim: str, relation: str | None, rhs: Any, given: str, sympy_form: dict[str, Any]) -> Question:
    if not isinstance(given, str):
        raise WrongUse(f"given: {given!r} is no text; write declarations such as 'n: size; p: simplex[n]; k: index[n]'")
    if relation is not None:
        if relation not in RELATIONS or not isinstance(rhs, str):
            raise WrongUse(f"relation, rhs: {relation!r}, {rhs!r}; with text write the whole claim as one text, 'a = b'")
        claim = f"{claim} {RELATIONS[relation]} {rhs}"
    named = [name for name in ("domains", "shapes", "indices", "min_sizes") if sympy_form[name]]
    if named or list(sympy_form["hypotheses"]):
        raise WrongUse(f"{', '.join(named) or 'hypotheses'}: these belong to sympy objects; with text write them in given='...'")
    return from_text(claim, given, LIBRARY)


def _side(name: str, side: Any) -> Any:
    """A side of a relation, as a sympy object."""
    import sympy

    if isinstance(side, (str, bool)):
        raise WrongUse(f"{name}: {str(side)[:60]!r} is no sympy object; write both sides in sympy, or the whole claim as text")
    try:
        read = sympy.sympify(side, strict=True)
    except (sympy.SympifyError, TypeError):
        raise WrongUse(f"{name}: {str(side)[:60]!r} is no sympy object; write e.g. sympy.Sum(p[k], (k, 1, n))") from None
    if isinstance(read, (sympy.core.relational.Relational, sympy.logic.boolalg.BooleanFunction)):
        raise WrongUse(
            f"{name}: {str(side)[:60]!r} is a statement and no number; hand in the sides of one relation, "
            "prove(left, '<=', right), and what is assumed as hypotheses=[...]"
        )
    return read


def _shown(lhs: Any, relation: str | None, rhs: Any) -> str:
    if isinstance(lhs, str):
        return lhs[:200]
    try:
        said = lhs if relation is None else f"{lhs} {relation} {rhs}"
        return re.sub(r"\s+", " ", str(said))[:200]
    except RecursionError:
        return f"an expression {relation} another"


__all__ = ["FormulaError", "WrongUse", "prove"]

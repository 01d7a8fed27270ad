"""Judges a note: each remark by balls, by the derivation that settles it, or by calling a numeric function.

A remark passes if the verdict is the one that the data expect: a true one is confirmed, a false one refuted with a
point, and what is said to be true instead is confirmed as well.
"""

from __future__ import annotations

import ast

from mathcore.card import Card
from mathcore.claims.note import Note, Remark
from mathcore.evidence import Check, Evidence, Level
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.second_leg import second_leg


def context_of(note: Note) -> Context:
    """The note's declarations over the definitions of the cards that it uses."""
    from mathcore.formulas import load

    context = Context()
    for name in note.uses:
        context = context.extend(load(name).exported)
    return context.given(note.given)


def judge(note: Note) -> Evidence:
    """One check a remark."""
    context = context_of(note)
    return Evidence(note.name, "", checks=tuple(_judge(remark, context) for remark in note.remarks))


def _judge(remark: Remark, context: Context) -> Check:
    own = context.given(remark.given) if remark.given else context
    found: list[tuple[bool, str]] = []
    if remark.formula:
        true, detail = _statement(remark.formula, own)
        found.append((true is remark.holds, detail))
    if remark.truth:
        true, detail = _statement(remark.truth, own)
        found.append((true is True, f"instead: {detail}" if true else f"what is said to be true is not: {detail}"))
    if remark.proof:
        found.append(_proof(remark.proof))
    if remark.call:
        found.append(_call(remark.call))
    word = "true" if remark.holds else "false"
    if not found:
        return Check("remark", remark.says, True, "in words", cases=0, figures={"verdict": "in words", "expected": word})
    passed = all(ok for ok, _ in found)
    return Check(
        "remark",
        remark.says,
        passed,
        "; ".join(detail for _, detail in found),
        cases=len(found),
        counterexample="" if passed else "; ".join(detail for ok, detail in found if not ok),
        figures={"verdict": word if passed else "unexpected", "expected": word},
    )


def _statement(text: str, context: Context) -> tuple[bool | None, str]:
    """Whether a statement holds: decimals claim their rounding interval, the rest is judged by balls."""
    from mathcore.verify.examples import exactly

    node = context.parse(text)
    if not any(isinstance(n, t.Symbol) for n in t.walk(node)):
        held, detail = exactly(context, node)
        return held, detail or "the numbers come out"
    verdict = second_leg(context, node)
    if verdict.level is Level.REFUTED:
        return False, verdict.counterexample
    if verdict.level is Level.ENCLOSED:
        return True, f"confirmed at {verdict.points} points"
    return None, verdict.reason


def _proof(name: str) -> tuple[bool, str]:
    from mathcore.formulas import load
    from mathcore.proof.derive import verify_derivation

    card_name, _, key = name.partition(".")
    card: Card = load(card_name)
    derivation = card.derivation(key)
    verdict = verify_derivation(card, derivation)
    return verdict.level is Level.PROVED, f"{verdict.level} for all n: {derivation.title}"


def _call(text: str) -> tuple[bool, str]:
    """`mathcore.numeric.f(literals) = literal`, called; the arguments are literals, nothing is evaluated."""
    from importlib import import_module

    import numpy as np

    call, wanted = (ast.parse(side.strip(), mode="eval").body for side in text.split(" = ", 1))
    if not isinstance(call, ast.Call):
        raise ValueError(f"{text!r}: write function(literals) = literal")
    module, _, name = ast.unparse(call.func).rpartition(".")
    function = getattr(import_module(module), name)
    result = np.asarray(function(*(ast.literal_eval(a) for a in call.args)))
    return bool(np.array_equal(result, np.asarray(ast.literal_eval(wanted)))), f"gives {result.tolist()}"

"""Inequalities: certificates first, then splits, monotone functions and sums term by term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mathcore import card as c
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.door.certificates import certificate
from mathcore.proof.door.search import Way, supports
from mathcore.proof.rules import check
from mathcore.proof.scope import Scope


def inequalities(context: Context, left: t.Expr, op: str, right: t.Expr) -> Iterator[Way]:
    yield Way("certificate", by_certificate)
    zeros = supports(context, left, right)
    for names in zeros:
        yield Way("certificate on the support", lambda s, a, o, b, z=names: by_certificate(s, a, o, b, z))


def by_certificate(scope: Scope, left: t.Expr, op: str, right: t.Expr, zeros: tuple[str, ...] = ()) -> str:
    inner = replace(scope, formal=frozenset(scope.context.symbols[z] for z in zeros)) if zeros else scope
    found, context = certificate(inner, left, op, right)
    check(c.Support(zeros, found) if zeros else found, replace(scope, context=context), left, op, right)
    return described(found)


def described(found: c.Certificate) -> str:
    parts = []
    for term in found.terms:
        text = term.weight
        if term.lemma:
            text = f"{term.lemma} at {term.at}" if term.weight == "1" else f"{term.weight} times {term.lemma} at {term.at}"
        parts.append(text + (f", summed over {term.over}" if term.over else ""))
    return "larger - smaller is a sum of terms >= 0: " + "; ".join(parts)

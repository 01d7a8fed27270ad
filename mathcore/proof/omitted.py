"""The rule of a step that names none: a definition, algebra or a derivative, by what changes from one side to the other.

Where none of them shows it, what was given and what was shown earlier are tried: never a lemma of the engine's own, and never
a derivation that stands below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mathcore import card as c
from mathcore.evidence import Verdict
from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import Context, FormulaError
from mathcore.language.printers import parenthesise, to_text
from mathcore.proof.scope import domain_equations

PLAIN: tuple[c.Rule, ...] = (c.unfold, c.rewrite, c.differentiate)


def candidates(context: Context, left: t.Expr, right: t.Expr) -> tuple[c.Rule, ...]:
    """The rules that need no data, the likeliest first."""
    if _derivatives(left) != _derivatives(right):
        first: c.Rule = c.differentiate
    elif _heads(context, left) != _heads(context, right) or t.same(context.unfold(left), context.unfold(right)):
        first = c.unfold
    else:
        first = c.rewrite
    return (first, *(rule for rule in PLAIN if rule != first))


def further(card: c.Card, context: Context, label: str, left: t.Expr, op: str, right: t.Expr) -> Iterator[c.Rule]:
    """Rules with data from what stands above the derivation `label`, on its page or on those that the page uses."""
    yield from (c.entrywise, c.limit, c.telescope, c.geometric)
    yield from (c.Use(to_text(h)) for h in context.hypotheses)
    yield from (c.Use(to_text(equation)) for equation, _ in domain_equations(context, t.Relation((left, right), ("=",))))
    if op in ("<", "<=", ">", ">="):
        larger, smaller = (right, left) if op in ("<", "<=") else (left, right)
        yield c.Certificate((c.Term(to_text(larger if smaller == t.number(0) else parenthesise(t.Sub(larger, smaller)))),))
    for name, derivation in _earlier(card, label):
        owner = card.other(name) if name else card
        try:
            core, _ = core_of(derivation.context(owner).parse(derivation.claim))
        except FormulaError:  # of which its own verdict speaks
            continue
        ends = (core.left, core.right) if isinstance(core, t.Iff) else core.args if isinstance(core, t.Relation) else ()
        if any(t.same(end, side) for end in ends for side in (left, right)):
            yield c.Lemma(f"{name}.{derivation.key}" if name else derivation.key)


def _earlier(card: c.Card, label: str) -> Iterator[tuple[str, c.Derivation]]:
    for derivation in card.derivations:
        if f"{card.name}.{derivation.key or derivation.title}" == label:
            break
        yield "", derivation
    for name in card.uses:
        yield from ((name, derivation) for derivation in card.other(name).derivations)


def _derivatives(node: t.Expr) -> int:
    return sum(isinstance(n, t.Derivative) for n in t.walk(node))


def _heads(context: Context, node: t.Expr) -> set[str]:
    """The defined names that are spoken of."""
    names = (n.head if isinstance(n, t.Apply) else n.name for n in t.walk(node) if isinstance(n, (t.Apply, t.Symbol)))
    return {name for name in names if name in context.definitions}


def named(derivation: c.Derivation, verdict: Verdict) -> c.Derivation:
    """The derivation with the rules that were found where it names none."""
    found = {c.rule_name(rule): rule for rule in PLAIN}
    pairs = zip(derivation.steps, verdict.steps, strict=False)
    return replace(
        derivation, steps=tuple(s if s.by is not None else replace(s, by=found.get(v.method, c.rewrite)) for s, v in pairs)
    )

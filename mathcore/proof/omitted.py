"""The rule of a step that names none: a definition, algebra or a derivative, by what changes from one side to the other.

Where none of them shows it, what was given and what was shown earlier are tried: never a lemma of the engine's own, and never
a derivation that stands below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mathcore.card import Card, Derivation
from mathcore.evidence import Verdict
from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import Context, FormulaError
from mathcore.language.printers import parenthesise, to_text
from mathcore.proof.scope import domain_equations
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.entrywise import Entrywise
from mathcore.rules.geometric import Geometric
from mathcore.rules.lemma import Lemma
from mathcore.rules.limiting import Limiting
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.telescope import Telescope
from mathcore.rules.unfold import Unfold
from mathcore.rules.use import Use

PLAIN: tuple[Rule, ...] = (Unfold(), Rewrite(), Differentiate())


def candidates(context: Context, left: t.Expr, right: t.Expr) -> tuple[Rule, ...]:
    """The rules that need no data, the likeliest first."""
    if _derivatives(left) != _derivatives(right):
        first: Rule = Differentiate()
    elif _heads(context, left) != _heads(context, right) or t.same(context.unfold(left), context.unfold(right)):
        first = Unfold()
    else:
        first = Rewrite()
    return (first, *(rule for rule in PLAIN if rule != first))


def further(card: Card, context: Context, label: str, left: t.Expr, op: str, right: t.Expr) -> Iterator[Rule]:
    """Rules with data from what stands above the derivation `label`, on its page or on those that the page uses."""
    yield from (Entrywise(), Limiting(), Telescope(), Geometric())
    yield from (Use(to_text(h)) for h in context.hypotheses)
    yield from (Use(to_text(equation)) for equation, _ in domain_equations(context, t.Relation((left, right), ("=",))))
    if op in ("<", "<=", ">", ">="):
        larger, smaller = (right, left) if op in ("<", "<=") else (left, right)
        yield Certificate((Term(to_text(larger if smaller == t.number(0) else parenthesise(t.Sub(larger, smaller)))),))
    for name, derivation in _earlier(card, label):
        owner = card.other(name) if name else card
        try:
            core, _ = core_of(derivation.context(owner).parse(derivation.claim))
        except FormulaError:  # of which its own verdict speaks
            continue
        ends = (core.left, core.right) if isinstance(core, t.Iff) else core.args if isinstance(core, t.Relation) else ()
        if any(t.same(end, side) for end in ends for side in (left, right)):
            yield Lemma(f"{name}.{derivation.key}" if name else derivation.key)


def _earlier(card: Card, label: str) -> Iterator[tuple[str, Derivation]]:
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


def named(derivation: Derivation, verdict: Verdict) -> Derivation:
    """The derivation with the rules that were found where it names none."""
    found = {rule.title: rule for rule in PLAIN}
    pairs = zip(derivation.steps, verdict.steps, strict=False)
    return replace(
        derivation, steps=tuple(s if s.by is not None else replace(s, by=found.get(v.method, Rewrite())) for s, v in pairs)
    )

"""Checks the rule `EqualityCase`: a sum of what is >= 0 is 0 exactly if each is."""

from __future__ import annotations

from dataclasses import replace

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.equivalence import equivalent
from mathcore.proof.rules.infinity import infinity
from mathcore.proof.rules.order import UP, equality_of
from mathcore.proof.scope import NotShown, Scope, text_of
from mathcore.rules.equality_case import EqualityCase


def relate(rule: EqualityCase, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """E = 0 gives the equality case in every place, where E is the sum of what a lemma shows >= 0."""
    relation = t.bare(left)
    if op not in ("=>", "<=>") or not isinstance(relation, t.Relation) or relation.ops != ("=",):
        raise NotShown("write E = 0 => forall(k: ...)")
    if scope.infinite(*relation.args):
        raise NotShown("both sides may be infinite: then they are equal whatever E is")
    goal = t.bare(right)
    if not (isinstance(goal, t.Big) and goal.op == "forall" and len(goal.binders) == 1):
        raise NotShown("the right side is forall(k: ...)")
    index = t.fresh(goal.binders[0].symbol)
    inner = replace(scope, context=replace(scope.context, symbols={**scope.context.symbols, goal.binders[0].symbol.name: index}))
    _, claim, derivation, mapping = inner.lemma(rule.lemma, rule.at)
    lemma_relation = t.bare(claim)
    if not isinstance(lemma_relation, t.Relation) or len(lemma_relation.ops) != 1:
        raise NotShown("the lemma is no single inequality")
    a, b = lemma_relation.args
    larger, smaller = (b, a) if lemma_relation.ops[0] in UP else (a, b)
    total = t.Big("sum", (t.Binder(index),), t.Sub(t.Paren(larger), t.Paren(smaller)))
    arrays = frozenset(s for s in scope.context.symbols.values() if s.type.domain in ("simplex", "onehot"))  # E = 0 is finite
    formal = replace(scope, formal=arrays)
    for side in relation.args:
        infinity(formal, side)
    normal = formal.normal()
    gap = (
        normal.read(scope.unfold(relation.args[0]))
        - normal.read(scope.unfold(relation.args[1]))
        - normal.read(scope.unfold(total))
    )
    if not scope.vanishes(gap, normal, hypotheses=True):
        raise NotShown(f"E - (the lemma, summed) = {show(gap)}, which is not shown to be 0")
    cases = equality_of(inner, rule.lemma, derivation, mapping)
    if not cases or len(cases) != 1:
        raise NotShown(f"the lemma {rule.lemma} has no equality case")
    wanted = substitute(goal.body, {goal.binders[0].symbol: index})
    if not equivalent(scope, cases[0], wanted):
        raise NotShown(f"the equality case is {text_of(cases[0])}")
    scope.take(normal)
    scope.trace.axioms |= {"zero sum", "order"}

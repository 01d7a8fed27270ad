"""Rules for propositions: equivalent relations, both directions of an "exactly if", the equality case of a sum."""

from __future__ import annotations

from dataclasses import replace

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import prove
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Poly
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.infinity import infinity
from mathcore.proof.rules.sequences import ratio_of
from mathcore.proof.scope import NotShown, Scope, pairs, rewrite_by, text_of
from mathcore.rules.directions import Directions
from mathcore.rules.equality_case import EqualityCase
from mathcore.rules.geometric import Geometric
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule


def relate(rule: Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """A step between propositions."""
    if isinstance(rule, Directions) and op == "<=>":
        return directions(rule, scope, left, op, right)
    if isinstance(rule, Geometric) and op == "<=>":
        return _geometric_limit(scope, left, right)
    if isinstance(rule, Rewrite):
        return _same_inequalities(scope, left, op, right)
    if isinstance(rule, EqualityCase) and op in ("=>", "<=>"):
        return equality_case(rule, scope, left, op, right)
    if op == "=>":
        prove(rule, scope.assuming(left), right)
        return None
    raise NotShown("this rule does not relate propositions")


def directions(rule: Directions, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """Right from left by one rule, left from right by another."""
    if op != "<=>":
        raise NotShown("both directions belong to <=>")
    for way, by, given, goal in (("forward", rule.forward, left, right), ("backward", rule.backward, right, left)):
        try:
            if isinstance(by, EqualityCase):
                equality_case(by, scope, given, "=>", goal)
            else:
                prove(by, scope.assuming(given), goal)
        except NotShown as error:
            raise NotShown(f"{way}: {error}") from None
    return None


def _geometric_limit(scope: Scope, left: t.Expr, right: t.Expr) -> None:
    """lim(t -> inf: c r^t) = 0 exactly if abs(r) < 1, for c != 0."""
    relation, bound = t.bare(left), t.bare(right)
    if not (
        isinstance(relation, t.Relation) and relation.ops == ("=",) and isinstance(bound, t.Relation) and bound.ops == ("<",)
    ):
        raise NotShown("write lim(t -> inf: c r^t) = 0 <=> abs(r) < 1")
    limit, zero = t.bare(scope.unfold(relation.args[0])), relation.args[1]
    normal = scope.normal()
    size = t.bare(bound.args[0])
    if (
        not isinstance(limit, t.Limit)
        or not normal.is_zero(normal.read(zero))
        or not (isinstance(size, t.Call) and size.name == "abs")
    ):
        raise NotShown("write lim(t -> inf: c r^t) = 0 <=> abs(r) < 1")
    ratio, factor = ratio_of(scope, limit)
    if not normal.facts.nonzero(factor):
        raise NotShown(f"{show(factor)} is not shown to differ from 0: then the limit is 0 for every r")
    if not normal.is_zero(normal.read(scope.unfold(size.args[0])) - ratio) or not normal.is_zero(
        normal.read(bound.args[1]) - UNIT
    ):
        raise NotShown(f"the ratio is {show(ratio)}")
    scope.take(normal)
    scope.trace.axioms.add("geometric limit")


def inequalities(scope: Scope, normal: Normal, node: t.Expr) -> list[tuple[Poly, str]]:
    """A conjunction of relations as polynomials that are > 0, >= 0 or = 0; abs(x) < c is -c < x < c."""
    core = t.bare(node)
    if isinstance(core, t.And):
        return [item for part in core.parts for item in inequalities(scope, normal, part)]
    if not isinstance(core, t.Relation):
        raise NotShown("only relations are compared")
    found: list[tuple[Poly, str]] = []
    for a, op, b in pairs(core):
        if op in (">", ">="):
            a, b, op = b, a, {">": "<", ">=": "<="}[op]
        size = t.bare(scope.unfold(a))
        bound = normal.read(scope.unfold(b))
        if op in ("<", "<=") and isinstance(size, t.Call) and size.name == "abs":
            inner = normal.read(size.args[0])
            found += [(bound - inner, op), (bound + inner, op)]
        else:
            found.append((bound - normal.read(scope.unfold(a)), op))
    return found


def _same_inequalities(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """Each inequality of one side is a positive multiple of one of the other, or follows from the declarations."""
    from mathcore.proof.rules.order import _ratios

    normal = scope.normal()
    a, b = inequalities(scope, normal, left), inequalities(scope, normal, right)

    def implied(goal: tuple[Poly, str], known: list[tuple[Poly, str]]) -> bool:
        p, relation = goal
        if (relation == "<" and normal.facts.positive(p)) or (relation == "<=" and normal.facts.nonnegative(p)):
            return True
        for q, other in known:
            if relation == other or (relation == "<=" and other == "<"):
                for w in _ratios(normal, p, q):
                    if normal.facts.positive(w) or (relation == "=" and normal.facts.nonzero(w)):
                        return True
        return False

    for goals, known in ((b, a), (a, b)) if op == "<=>" else ((b, a),):
        for goal in goals:
            if not implied(goal, known):
                raise NotShown(
                    f"{show(goal[0])} {'>' if goal[1] == '<' else '>=' if goal[1] == '<=' else goal[1]} 0 does not follow"
                )
    scope.take(normal)
    scope.trace.axioms |= {"order", "field"}


def equality_case(rule: EqualityCase, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
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
    from mathcore.proof.rules.order import UP, _equality_of

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
    cases = _equality_of(inner, rule.lemma, derivation, mapping)
    if not cases or len(cases) != 1:
        raise NotShown(f"the lemma {rule.lemma} has no equality case")
    wanted = substitute(goal.body, {goal.binders[0].symbol: index})
    if not equivalent(scope, cases[0], wanted):
        raise NotShown(f"the equality case is {text_of(cases[0])}")
    scope.take(normal)
    scope.trace.axioms |= {"zero sum", "order"}


def equivalent(scope: Scope, found: t.Expr, declared: t.Expr) -> bool:
    """Two equations (under the same forall) say the same: their differences are non-zero multiples of each other."""
    a, b = t.bare(found), t.bare(declared)
    if isinstance(a, t.Big) and a.op == "forall" and not a.binders:
        return equivalent(scope, a.body, b)
    if isinstance(b, t.Big) and b.op == "forall":
        if not (isinstance(a, t.Big) and a.op == "forall" and len(a.binders) == len(b.binders)):
            return False
        if [t.size_of(x.symbol) for x in a.binders] != [t.size_of(x.symbol) for x in b.binders]:
            return False
        names = [t.fresh(x.symbol) for x in b.binders]
        left = substitute(a.body, {x.symbol: n for x, n in zip(a.binders, names, strict=True)})
        right = substitute(b.body, {x.symbol: n for x, n in zip(b.binders, names, strict=True)})
        return equivalent(scope, left, right)
    if not (isinstance(a, t.Relation) and isinstance(b, t.Relation) and a.ops == b.ops == ("=",)):
        return False
    from mathcore.proof.rules.order import _ratios

    normal = scope.normal()
    q = normal.read(scope.unfold(b.args[0])) - normal.read(scope.unfold(b.args[1]))
    if normal.conditions:  # what is declared has to be meant wherever the claim is
        return False
    p = normal.read(scope.unfold(a.args[0])) - normal.read(scope.unfold(a.args[1]))
    if p == ZERO or q == ZERO:
        return p == q
    if any(normal.facts.nonzero(w) for w in _ratios(normal, p, q)):
        return True
    # one equation rewrites the other to 0 = 0, in both directions
    forward = rewrite_by(normal, scope, q, t.Relation((a.args[0], a.args[1]), ("=",)), frozenset())
    backward = rewrite_by(normal, scope, p, t.Relation((b.args[0], b.args[1]), ("=",)), frozenset())
    return not forward and not backward

"""Checks the rule `Certificate`: the larger side minus the smaller is a sum of what is shown to be >= 0."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from mathcore.language import tree as t
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import ZERO, Poly, of
from mathcore.proof.kernel.show import show, tree_of
from mathcore.proof.rules.algebra import expect
from mathcore.proof.rules.order import DOWN, UP, equality_of, gap_of, nonnegative
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.certificate import Certificate, Term


def certificate(rule: Certificate, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """larger - smaller = sum of weight * (what a lemma shows >= 0), every weight shown >= 0."""
    expect(op, *UP, *DOWN)
    if not rule.terms:
        raise NotShown("a certificate has at least one term")
    normal = scope.normal()
    total, strict = ZERO, False
    equality: list[t.Expr] | None = []
    for term in rule.terms:
        value, positive, cases = term_of(scope, normal, term)
        total, strict = total + value, strict or positive
        equality = None if equality is None or cases is None else [*equality, *cases]
    gap = gap_of(scope, normal, left, op, right)
    if not scope.vanishes(gap - total, normal, hypotheses=True):
        raise NotShown(f"larger - smaller - certificate = {show(gap - total)}, which is not shown to be 0")
    if op in ("<", ">") and not strict:
        raise NotShown("no term of the certificate is shown to be positive, so < does not follow")
    scope.take(normal)
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta", "order"}
    return None if equality is None else tuple(equality)


def term_of(scope: Scope, normal: Normal, term: Term) -> tuple[Poly, bool, list[t.Expr] | None]:
    """One term: its value, whether it is shown > 0, and when it is 0."""
    over = {name.strip(): t.fresh(_index(scope, name.strip())) for name in term.over.split(",")} if term.over else {}
    inner = replace(scope, context=replace(scope.context, symbols={**scope.context.symbols, **over}))
    weight_tree = inner.unfold(inner.parse(term.weight))
    weight = normal.read(weight_tree)
    facts = normal.facts
    if not nonnegative(normal, weight_tree):
        raise NotShown(f"the weight {term.weight} is not shown to be >= 0")
    value, positive = weight, facts.positive(weight)
    cases: list[t.Expr] | None = None
    if term.lemma:
        _, claim, derivation, mapping = inner.lemma(term.lemma, term.at)
        relation = t.bare(claim)
        if not isinstance(relation, t.Relation) or len(relation.ops) != 1 or relation.ops[0] not in (*UP, *DOWN):
            raise NotShown(f"the lemma {term.lemma} is no single inequality")
        a, b = (normal.read(x) for x in relation.args)
        value = normal.multiply(weight, b - a if relation.ops[0] in UP else a - b)
        found = equality_of(inner, term.lemma, derivation, mapping)
        cases = [cleared(normal, case) for case in found] if found is not None and positive else None
        positive = positive and relation.ops[0] in ("<", ">")
    elif positive:
        cases = [t.Relation((t.number(0), t.number(1)), ("=",))]  # a positive term is never 0
    else:
        square = _square(weight_tree)
        if square is not None and all(facts.positive(normal.read(other)) for other in square.others):
            cases = [t.Relation((square.root, t.number(0)), ("=",))]
    for index in over.values():
        value = normal.sum(index, value)
    if over:
        cases = None if cases is None else [t.Big("forall", tuple(map(t.Binder, over.values())), e) for e in cases]
    return value, positive, cases


def _index(scope: Scope, name: str) -> t.Symbol:
    symbol = scope.context.symbols.get(name)
    if symbol is None or symbol.type.domain != "index":
        raise NotShown(f"{name} is no declared index to sum over")
    return symbol


def cleared(normal: Normal, case: t.Expr) -> t.Expr:
    """An equation without the divisors and factors that are known not to be 0: y / x = 1 as y = x."""
    core = t.bare(case)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return case
    p = normal.read(core.args[0]) - normal.read(core.args[1])
    if not p:
        return case
    primitive = normal.content(p, lambda atom: normal.facts.nonzero(of(atom)))[2]
    left = tree_of(Poly({m: k for m, k in primitive.terms.items() if k > 0}))
    right = tree_of(Poly({m: -k for m, k in primitive.terms.items() if k < 0}))
    return case if left is None or right is None else t.Relation((left, right), ("=",))


class _Square(NamedTuple):
    """root^2 times or over the others."""

    root: t.Expr
    others: tuple[t.Expr, ...] = ()


def _square(node: t.Expr) -> _Square | None:
    """The first factor of a product that is written as a square, and what stands beside it."""
    core = t.bare(node)
    if isinstance(core, t.Pow) and isinstance(core.exponent, t.Number) and core.exponent.value == 2:
        return _Square(t.bare(core.base))
    if not isinstance(core, (t.Mul, t.Div)):
        return None
    if (left := _square(core.left)) is not None:
        return _Square(left.root, (*left.others, core.right))
    right = _square(core.right) if isinstance(core, t.Mul) else None
    return None if right is None else _Square(right.root, (core.left, *right.others))

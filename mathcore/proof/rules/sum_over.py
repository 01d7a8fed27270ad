"""Checks the rule `SumOver`: a relation between summands, summed."""

from __future__ import annotations

from dataclasses import replace

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check
from mathcore.proof.kernel.normal import counting
from mathcore.proof.rules.algebra import expect
from mathcore.proof.rules.order import DOWN, UP
from mathcore.proof.scope import NotShown, Scope, is_index, text_of
from mathcore.rules.sum_over import SumOver


def sum_over(rule: SumOver, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """A relation between summands, summed over an index or over one range."""
    expect(op, "=", *UP, *DOWN)  # terms that differ may have equal sums
    (a, body), (b, other) = _as_sum(scope, left), _as_sum(scope, right)
    facts: tuple[t.Expr, ...] = ()
    if a.lower is None:
        wanted = scope.context.symbols.get(rule.index)
        if wanted is None or not is_index(wanted):
            raise NotShown(f"{rule.index} is no index here")
        if b.lower is not None or not t.size_of(a.symbol) == t.size_of(b.symbol) == t.size_of(wanted):
            raise NotShown("the sums run over other sizes")
        index = t.fresh(wanted)
    else:
        index, facts = _one_range(scope, a, b, op)
    inner = replace(scope, context=replace(scope.context, symbols={**scope.context.symbols, rule.index: index}))
    inner = inner.assuming(*facts)
    sides = substitute(body, {a.symbol: index}), substitute(other, {b.symbol: index})
    equality = check(rule.by, inner, sides[0], op, sides[1])
    readers = inner.normal(), inner.normal()
    for normal, side in zip(readers, sides, strict=True):
        normal.read(scope.unfold(side))
    if all(normal.conditions for normal in readers):  # infinite terms on both sides: those of either sign have no sum
        for normal in readers:
            inner.take(normal)
    scope.trace.axioms |= {"finite sums", "order"}
    said = set(map(text_of, scope.context.hypotheses))
    scope.trace.hypotheses -= set(map(text_of, facts)) - said  # where the letter runs is declared
    if equality is None or a.lower is not None:
        return () if op == "=" else None
    return tuple(t.Big("forall", (t.Binder(index),), e) for e in equality)


def _one_range(scope: Scope, a: t.Binder, b: t.Binder, op: str) -> tuple[t.Symbol, tuple[t.Expr, ...]]:
    """The letter that counts two equal ranges, and where it runs; an empty sum is not less than another."""
    if b.lower is None:
        raise NotShown("one sum runs over a range, the other over an index")
    normal = scope.normal()
    low, high, first, last = (normal.read(scope.unfold(e)) for e in (a.lower, a.upper, b.lower, b.upper))  # type: ignore[arg-type]  # ranges have ends
    if not normal.is_zero(low - first) or not normal.is_zero(high - last):
        raise NotShown("the sums run over different ranges")
    if op in ("<", ">") and not normal.facts.nonnegative(high - low):
        raise NotShown("the range may be empty: then neither sum is less")
    normal.require(low, ">=", "a range counts natural numbers")
    scope.take(normal)
    index = counting(a)
    return index, (t.Relation((a.lower, index), ("<=",)), t.Relation((index, a.upper), ("<=",)))  # type: ignore[arg-type]  # ranges have ends


def _as_sum(scope: Scope, node: t.Expr) -> tuple[t.Binder, t.Expr]:
    core = t.bare(node)
    if not (isinstance(core, t.Big) and core.op == "sum"):
        core = t.bare(scope.unfold(core))
    if isinstance(core, t.Big) and core.op == "sum" and len(core.binders) == 1:
        return core.binders[0], core.body
    raise NotShown(f"{text_of(node)} is no sum over one index")

"""The search for a proof: rules are tried in turn, and each is judged by its own checker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from mathcore import card as c
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.formulas import load
from mathcore.proof.derive import verify_derivation
from mathcore.proof.door.deadline import Clock
from mathcore.proof.door.inequalities import DEPTH, FAILS, end_conditions, find, merge, quantities, rearranged, supports
from mathcore.proof.door.lemmas import LEMMAS
from mathcore.proof.door.trees import lettered
from mathcore.proof.rules import check
from mathcore.proof.rules.algebra import equal
from mathcore.proof.scope import Contradicted, NotShown, Scope, Trail, bare, text_of

ALGEBRA = {"field", "exp and log", "finite sums", "delta"}


@dataclass(frozen=True)
class Found:
    """A proof that a checker accepted, and on what it rests."""

    method: str
    conditions: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    axioms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Way:
    """One way to a proof: `run` raises NotShown where it leads nowhere."""

    name: str
    run: Callable[[Scope, t.Expr, str, t.Expr], object]


def opened(claim: t.Expr) -> tuple[t.Expr, tuple[t.Expr, ...]]:
    """The relation to show and the premises under which."""
    core, premises = bare(claim), []
    while isinstance(core, t.Implies):
        premises.append(core.premise)
        core = bare(core.conclusion)
    return core, tuple(premises)


def search(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """A proof of the claim without conditions, or one with fewest; raises NotShown with the last word of the best try."""
    goal, premises = opened(claim)
    if not isinstance(goal, t.Relation) or len(goal.ops) != 1:
        raise NotShown("only single relations (and chains of them) are searched for a proof")
    context = lettered(context.assuming(*premises), claim)
    left, right = goal.args
    op = goal.ops[0]
    best: Found | None = None
    why = ""
    for way in ways(context, left, op, right):
        trail = Trail()
        scope = Scope(card=LEMMAS, context=context, trail=trail, path=("the claim",), subject=claim)
        try:
            said = way.run(scope, left, op, right)
        except FAILS as error:
            why = why or str(error)
            continue
        except Contradicted as error:
            why = f"two checks disagree: {error}"
            continue
        found = _found(way.name if not isinstance(said, str) else said, trail)
        if not found.conditions:
            return found
        if best is None or len(found.conditions) < len(best.conditions):
            best = found
    if best is not None:
        return best
    raise NotShown(why or "no rule applies")


def _found(method: str, trail: Trail) -> Found:
    return Found(
        method,
        tuple(trail.conditions),
        tuple(sorted(trail.hypotheses)),
        tuple(sorted(trail.lemmas)),
        tuple(sorted(trail.axioms | _below(trail.lemmas))),
        tuple(dict.fromkeys(trail.notes)),
    )


def _below(lemmas: set[str]) -> set[str]:
    """The axioms on which lemmas rest in their turn."""
    axioms: set[str] = set()
    for label in lemmas:
        card_name, _, key = label.partition(".")
        card = LEMMAS if card_name == LEMMAS.name else load(card_name)
        verdict = verify_derivation(card, card.derivation(key))
        axioms |= {*verdict.axioms, *_below(set(verdict.lemmas))}
    return axioms


def ways(context: Context, left: t.Expr, op: str, right: t.Expr) -> Iterator[Way]:
    if op == "=":
        yield from equalities(context, left, right)
    else:
        yield Way("", lambda s, a, o, b: find(s, a, o, b, DEPTH)[1])
        yield Way("", rearranged)


def rule_way(name: str, rule: c.Rule) -> Way:
    return Way(name, lambda scope, left, op, right: check(rule, scope, left, op, right) and None)


def equalities(context: Context, left: t.Expr, right: t.Expr) -> Iterator[Way]:
    nodes = [n for side in (left, right) for n in t.walk(context.unfold(side))]
    if any(isinstance(n, t.Limit) for n in nodes):
        yield from limits(context, left, right)
        return
    if any(isinstance(n, t.Derivative) for n in nodes):
        yield rule_way("derivative carried out", c.differentiate)
        yield Way("derivative carried out, then the hypotheses used", derivative_then_hypotheses)
    else:
        yield rule_way("both sides have one normal form", c.rewrite)
        yield Way("both sides have one normal form, by the hypotheses", by_hypotheses)
    for zeros in supports(context, left, right):
        yield Way(f"support of {', '.join(zeros)}, normal form", lambda s, a, o, b, z=zeros: support_equality(s, a, o, b, z))
    yield rule_way("telescoping", c.telescope)
    yield rule_way("geometric sums, step by step", c.geometric)
    yield Way("case by case", by_cases)
    yield Way("the ends apart, normal form", by_ends)


def by_hypotheses(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    scope.trail.axioms |= ALGEBRA
    equal(scope, left, right, hypotheses=True)


def derivative_then_hypotheses(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """The derivative is carried out with no hypothesis about its variable; what it comes to is then rewritten by them."""
    scope.trail.axioms |= {*ALGEBRA, "derivative table"}
    normal = scope.normal()
    gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    variables = {
        n.variable.base if isinstance(n.variable, t.Index) else n.variable
        for side in (left, right)
        for n in t.walk(scope.unfold(side))
        if isinstance(n, t.Derivative)
    }
    for source in normal.facts.used:
        if variables & t.free_symbols(scope.unfold(scope.parse(source))):
            raise NotShown(f"the hypothesis {source} speaks of the variable of differentiation")
    holds = scope.vanishes(gap, normal, hypotheses=True)
    scope.take(normal)
    if not holds:
        raise NotShown("the derivative differs from the other side")


def support_equality(scope: Scope, left: t.Expr, op: str, right: t.Expr, zeros: tuple[str, ...]) -> None:
    """The rule wants what may be +inf; where the sides may be -inf their opposites are compared."""
    for a, b in ((left, right), (t.Neg(t.Paren(left)), t.Neg(t.Paren(right)))):
        for rule in (c.rewrite, *(c.Use(text_of(r)) for r, _, _ in scope.equations())):
            trail = Trail()
            try:
                check(c.Support(zeros, rule), replace(scope, trail=trail), a, op, b)
            except NotShown:
                continue
            if not trail.conditions:
                merge(scope.trail, trail)
                return
    raise NotShown("the sides differ, or hide an infinity")


def by_cases(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """By the sign of what |x|, max and min hide."""
    found = quantities(scope, left, right)
    if not 0 < len(found) <= 4:
        raise NotShown("nothing to split by")
    rule: c.Rule = c.rewrite
    for a, b in found:
        first, second = text_of(a), text_of(b)
        rule = c.Split((c.Case(f"{first} >= {second}", rule), c.Case(f"{first} < {second}", rule)))
    check(rule, scope, left, op, right)


def by_ends(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """Where a number is 0, or 1, and where it is not."""
    rule: c.Rule = c.rewrite
    found = end_conditions(scope, left, right)
    if not 0 < len(found) <= 4:
        raise NotShown("no number has ends that matter")
    for first, second in found:
        rule = c.Split((c.Case(first, c.rewrite), c.Case(second, rule)))
    check(rule, scope, left, op, right)


def limits(context: Context, left: t.Expr, right: t.Expr) -> Iterator[Way]:
    yield rule_way("limit", c.limit)


__all__ = ["Found", "search"]

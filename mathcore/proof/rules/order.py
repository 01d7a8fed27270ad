"""What the rules for inequalities share: which side is larger, what follows from a relation, what is >= 0 as it is written."""

from __future__ import annotations

from mathcore.card import Derivation
from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.kernel.normal import Normal, counting
from mathcore.proof.kernel.polynomial import Poly
from mathcore.proof.kernel.show import show
from mathcore.proof.scope import NotShown, Scope, pairs, text_of

UP, DOWN = ("<", "<="), (">", ">=")


def gap_of(scope: Scope, normal: Normal, left: t.Expr, op: str, right: t.Expr) -> Poly:
    """The larger side minus the smaller."""
    a, b = normal.read(scope.unfold(left)), normal.read(scope.unfold(right))
    return b - a if op in UP else a - b


def follows(
    scope: Scope, known: t.Expr, left: t.Expr, op: str, right: t.Expr, equality: tuple[t.Expr, ...] | None
) -> tuple[t.Expr, ...] | None:
    """left op right is a positive multiple of one relation of `known`, up to the equalities that hold here."""
    known = t.bare(known)
    if not isinstance(known, t.Relation):
        raise NotShown("only a relation can be applied")
    normal = scope.normal()
    for a, rel, b in pairs(known):
        if rel == op and t.same(a, scope.unfold(left)) and t.same(b, scope.unfold(right)):
            return () if op == "=" else equality  # the very statement, also where a side is infinite
        if scope.formal and scope.infinite(a, b):
            continue
        if op == "=":
            if rel != "=":
                continue
            target = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
            fact = normal.read(a) - normal.read(b)
            if _proportional(normal, scope, target, fact, positive=False):
                scope.take(normal)
                return ()
            continue
        if rel not in (*UP, *DOWN) or (op in ("<", ">", "!=") and rel not in ("<", ">")):
            continue
        target = gap_of(scope, normal, left, op, right)
        x, y = normal.read(a), normal.read(b)
        fact = y - x if rel in UP else x - y
        if _proportional(normal, scope, target, fact, positive=True):
            scope.take(normal)
            scope.trace.axioms.add("order")
            return equality
    raise NotShown(f"the step is no positive multiple of {text_of(known)}")


def _proportional(normal: Normal, scope: Scope, target: Poly, fact: Poly, *, positive: bool) -> bool:
    """target = w * fact with w a monomial (shown positive where asked), modulo the equalities that hold here."""
    if normal.is_zero(target - fact) or (not positive and normal.is_zero(target + fact)):
        return True
    if scope.vanishes(target - fact, normal, hypotheses=True):
        return True
    return any(not positive or normal.facts.positive(w) for w in ratios(normal, target, fact))


def ratios(normal: Normal, target: Poly, fact: Poly) -> list[Poly]:
    """Monomials w with target = w * fact, defined wherever target is: what w divides by is not 0."""
    if not target or not fact:
        return []
    found = []
    first = next(target.sorted())
    for one in fact.sorted():
        w = normal.quotient(first, one)
        if w is not None and normal.is_zero(target - normal.multiply(w, fact)):
            found.append(w)
    return found


def equality_of(scope: Scope, name: str, derivation: Derivation, mapping: dict[t.Symbol, t.Expr]) -> tuple[t.Expr, ...] | None:
    """When the lemma holds with equality, at this substitution."""
    if not derivation.equality:
        return None

    owner = name.rpartition(".")[0]
    card = scope.card.other(owner) if owner not in ("", scope.card.name) else scope.card
    own = derivation.context(card)
    return (substitute(own.unfold(own.parse(derivation.equality)), mapping),)


def nonnegative(normal: Normal, node: t.Expr) -> bool:
    """>= 0 as written: products and sums of squares and of what the signs show (expanding would hide the squares)."""
    core = t.bare(node)
    if isinstance(core, t.Pow) and isinstance(core.exponent, t.Number) and core.exponent.value % 2 == 0:
        return True
    if isinstance(core, t.Big) and core.op in ("sum", "prod") and len(core.binders) == 1 and core.binders[0].lower is not None:
        (binder,) = core.binders
        place = counting(binder)
        low, high, here = normal.read(binder.lower), normal.read(binder.upper), normal.symbol(place)  # type: ignore[arg-type]  # both ends
        with normal.facts.assuming(nonnegative=[here - low, high - here]):
            return nonnegative(normal, substitute(core.body, {binder.symbol: place}))
    if isinstance(core, t.Big) and core.op in ("sum", "prod") and all(b.lower is None for b in core.binders):
        return nonnegative(normal, substitute(core.body, {b.symbol: t.fresh(b.symbol) for b in core.binders}))
    if isinstance(core, (t.Mul, t.Div)) and nonnegative(normal, core.left) and nonnegative(normal, core.right):
        return True
    if normal.facts.nonnegative(normal.read(core)):
        return True
    return isinstance(core, t.Add) and nonnegative(normal, core.left) and nonnegative(normal, core.right)


def require_all_along(normal: Normal, x: t.Symbol) -> None:
    """What a derivative asks of its variable has to hold at every value, not only at those that are compared."""
    for condition in normal.conditions.values():
        if x in condition.value.free:
            raise NotShown(f"{show(condition.value)} {condition.relation} 0 is not shown for every {x.name}")

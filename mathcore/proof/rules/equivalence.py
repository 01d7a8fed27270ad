"""Whether two propositions say the same: equations and inequalities, by multiples that are not 0."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import ZERO, Poly
from mathcore.proof.rules.order import ratios
from mathcore.proof.scope import NotShown, Scope, pairs, rewrite_by


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


def equivalent(scope: Scope, found: t.Expr, declared: t.Expr) -> bool:
    """Two equations (under the same forall) say the same: their differences are non-zero multiples of each other."""
    a, b = t.bare(found), t.bare(declared)
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
    normal = scope.normal()
    q = normal.read(scope.unfold(b.args[0])) - normal.read(scope.unfold(b.args[1]))
    if normal.conditions:  # what is declared has to be meant wherever the claim is
        return False
    p = normal.read(scope.unfold(a.args[0])) - normal.read(scope.unfold(a.args[1]))
    if p == ZERO or q == ZERO:
        return p == q
    if any(normal.facts.nonzero(w) for w in ratios(normal, p, q)):
        return True
    # one equation rewrites the other to 0 = 0, in both directions
    forward = rewrite_by(normal, scope, q, t.Relation((a.args[0], a.args[1]), ("=",)), frozenset())
    backward = rewrite_by(normal, scope, p, t.Relation((b.args[0], b.args[1]), ("=",)), frozenset())
    return not forward and not backward

"""Checks the rule `Use`: a hypothesis rewrites or bounds."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.kernel.signs import is_one_of
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.rules.order import follows
from mathcore.proof.scope import NotShown, Scope, in_real_exponent, text_of
from mathcore.rules.use import Use


def use(rule: Use, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """A hypothesis: an equality rewrites, an inequality bounds."""
    if ";" in rule.hypothesis:
        expect(op, "=")
        equal(scope, left, right, hypotheses=True, only=rule.hypothesis)
        return ()
    hypothesis = scope.parse(rule.hypothesis)
    if op == "=" and scope.is_notation(hypothesis):
        equal(scope, left, right)
        return ()
    if scope.narrowed(hypothesis):
        raise NotShown(f"{rule.hypothesis} is meant for some indices only")
    if rule.at:
        return follows(scope, _at(rule, scope, hypothesis), left, op, right, None)
    if op == "=":
        _rewrite(rule, scope, hypothesis, left, right)
        return ()
    if not any(t.same(h, hypothesis) or _is_instance(scope, h, hypothesis) for h in scope.context.hypotheses):
        raise NotShown(f"{rule.hypothesis} is no hypothesis here")
    scope.trace.hypotheses.add(text_of(hypothesis))
    return follows(scope, scope.unfold(hypothesis), left, op, right, None)


def _at(rule: Use, scope: Scope, hypothesis: t.Expr) -> t.Expr:
    """What a hypothesis that is meant for every value of some letters says at the values that the rule names."""
    mapping = scope.arguments(scope.context, rule.at)
    if not any(t.same(h, hypothesis) for h in scope.context.hypotheses):
        raise NotShown(f"{rule.hypothesis} is no hypothesis here")
    for symbol, value in mapping.items():
        scope.require_domain(value, symbol.type)
        if symbol not in scope.general(hypothesis):
            raise NotShown(f"{symbol.name} is one number here: the hypothesis is not meant for every {symbol.name}")
    scope.trace.hypotheses.add(text_of(hypothesis))
    return substitute(scope.unfold(hypothesis), mapping)


def _rewrite(rule: Use, scope: Scope, hypothesis: t.Expr, left: t.Expr, right: t.Expr) -> None:
    """Two sides are equal by an equation: put in where it defines a letter, else by multiples of it."""
    put = _as_substitution(scope, hypothesis)
    local = (t.Derivative, t.Limit, t.At)  # what is equal at one point is not equal around it
    sides = scope.unfold(left), scope.unfold(right)
    fixed = any(isinstance(n, local) for side in sides for n in t.walk(side))
    if put and not fixed and not any(in_real_exponent(side, s) for side in sides for s in put):
        scope.trace.hypotheses.add(text_of(hypothesis))
        equal(scope, *(substitute(side, put) for side in sides), hypotheses=True)
    else:
        equal(scope, left, right, hypotheses=True, only=rule.hypothesis)


def _is_instance(scope: Scope, general: t.Expr, wanted: t.Expr) -> bool:
    """Whether a hypothesis meant for every k says this of the k that is bound around here."""
    known = scope.context.symbols
    put = {
        s: known[s.name] for s in scope.loose(general) if s.name in known and s != known[s.name] and is_one_of(known[s.name], s)
    }
    return bool(put) and not scope.narrowed(general) and t.same(substitute(scope.unfold(general), put), scope.unfold(wanted))


def _as_substitution(scope: Scope, hypothesis: t.Expr) -> dict[t.Symbol, t.Expr]:
    """x = a, or forall(k: x[k] = a) for a whole array, as a replacement of x; empty if it is neither."""
    if not any(t.same(h, hypothesis) for h in scope.context.hypotheses):
        return {}
    core = t.bare(hypothesis)
    binders: tuple[t.Binder, ...] = ()
    if isinstance(core, t.Big) and core.op == "forall":
        binders, core = core.binders, t.bare(core.body)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return {}
    target, value = t.bare(core.args[0]), scope.unfold(core.args[1])
    if (
        isinstance(target, t.Symbol)
        and not binders
        and target not in t.free_symbols(value)
        and target.type.domain not in ("index", "size")
    ):
        return {target: t.Paren(value)}
    if isinstance(target, t.Index) and isinstance(target.base, t.Symbol) and target.indices == tuple(b.symbol for b in binders):
        return {target.base: t.Big("vector", binders, value)} if target.base not in t.free_symbols(value) else {}
    return {}

"""Checks the rule `Support`: zeros of probabilities, with 0 log 0 = 0 and values that may be infinite."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check
from mathcore.proof.kernel.atom import Entry
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import KernelError, Poly
from mathcore.proof.rules.algebra import expect
from mathcore.proof.rules.infinity import infinity, log_weights, summands
from mathcore.proof.rules.order import DOWN, UP
from mathcore.proof.scope import NotShown, Scope, in_real_exponent, pairs, text_of
from mathcore.rules.support import Support


def support(rule: Support, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """`by` where all of `of` are positive; then each pattern of zeros, with 0 log 0 = 0 and infinite values."""
    expect(op, "=", *UP, *DOWN)
    symbols = []
    for name in rule.of:
        symbol = scope.context.symbols.get(name.removeprefix("1 - "))
        low = ("nonnegative", "unit", "simplex", "onehot") if not name.startswith("1 - ") else ("unit",)
        if symbol is None or symbol.type.domain not in low:
            raise NotShown(f"{name} is not declared as something that may be 0")
        if name.startswith("1 - ") and symbol.type.shape:
            raise NotShown(f"{name}: only a number is set apart where it is 1")
        symbols.append(symbol)
    scope.trace.axioms |= {"zero convention", "case distinction"}
    if any(s.type.shape for s in symbols):
        return _support_of_arrays(rule, scope, symbols, left, op, right)
    ends: dict[t.Symbol, list[int]] = {}
    for name, symbol in zip(rule.of, symbols, strict=True):
        ends.setdefault(symbol, []).append(1 if name.startswith("1 - ") else 0)
    return _support_of_scalars(rule, scope, ends, left, op, right)


def _support_of_scalars(
    rule: Support, scope: Scope, ends: dict[t.Symbol, list[int]], left: t.Expr, op: str, right: t.Expr
) -> tuple[t.Expr, ...] | None:
    """`by` between the ends; at each end (0, or 1 where `1 - s` is named) the values in the extended reals are compared."""
    equality: tuple[t.Expr, ...] | None = None
    before, assumed = scope.trace.hypotheses | set(map(text_of, scope.context.hypotheses)), set[str]()
    for chosen in product(*((None, *own) for own in ends.values())):
        at = dict(zip(ends, chosen, strict=True))
        facts = tuple(
            t.Relation((s, t.number(end)), ("=",)) if end is not None else t.Relation((s, t.number(e)), (">" if e == 0 else "<",))
            for s, end in at.items()
            for e in (ends[s] if end is None else [end])
        )
        assumed |= set(map(text_of, facts))
        inner = scope.assuming(*facts)
        if not any(end is not None for end in chosen):
            equality = check(rule.by, inner, left, op, right)
            continue
        mapping: dict[t.Symbol, t.Expr] = {s: t.number(end) for s, end in at.items() if end is not None}
        if any(in_real_exponent(scope.unfold(side), s) for side in (left, right) for s in mapping):
            raise NotShown("a real power is not followed to where its exponent is 0")
        a, b = (extended(inner, substitute(scope.unfold(side), mapping)) for side in (left, right))
        where = ", ".join(text_of(f) for f in facts)
        if not _compare(inner, a, op, b):
            raise NotShown(f"not shown where {where}")
        if equality is not None and not _equality_agrees(inner, mapping, equality, a, op, b):
            equality = None
    scope.trace.hypotheses -= assumed - before  # they held in their case only
    return equality


def _compare(scope: Scope, a: Poly | str, op: str, b: Poly | str) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        value = {"-inf": -1, "inf": 1}
        x = value[a] if isinstance(a, str) else 0
        y = value[b] if isinstance(b, str) else 0
        return {"=": x == y, "<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}.get(op, False)
    gap = b - a if op in (*UP, "=") else a - b
    if op == "=":
        return scope.asked(lambda normal: scope.vanishes(gap, normal, hypotheses=True) and not normal.conditions)
    strict = op in ("<", ">")
    return scope.asked(lambda normal: normal.facts.positive(gap) if strict else normal.facts.nonnegative(gap))


def _equality_agrees(
    scope: Scope, mapping: dict[t.Symbol, t.Expr], equality: tuple[t.Expr, ...], a: Poly | str, op: str, b: Poly | str
) -> bool:
    """At this pattern of zeros both sides are equal exactly if the equality case of the positive part says so."""
    normal = scope.normal()
    for case in equality:
        core = t.bare(case)
        if not isinstance(core, t.Relation) or core.ops != ("=",):
            return False
        try:
            left, right = (normal.read(scope.unfold(substitute(side, mapping))) for side in core.args)
        except KernelError:  # the equality case of the positive part says nothing here
            return False
        difference = left - right
        says = None if not difference else False if normal.facts.nonzero(difference) else difference
        if isinstance(a, str) or isinstance(b, str):
            if a == b or says is not False:
                return False
            continue
        gap = b - a if op in (*UP, "=") else a - b
        if says is None and not gap:
            continue
        if says is False and normal.facts.nonzero(gap):
            continue
        if isinstance(says, Poly) and (normal.is_zero(gap - says) or normal.is_zero(gap + says)):
            continue
        return False
    return True


def extended(scope: Scope, node: t.Expr) -> Poly | str:
    """The value in the extended reals: a polynomial, "inf" or "-inf"; 0 times a log is 0."""
    core = t.bare(node)
    if isinstance(core, t.Neg):
        return _negate(extended(scope, core.body))
    if isinstance(core, (t.Add, t.Sub)):
        a, b = extended(scope, core.left), extended(scope, core.right)
        return _added(a, _negate(b) if isinstance(core, t.Sub) else b)
    if isinstance(core, t.Call) and core.name in ("log", "log2", "log10"):
        try:
            return scope_read(scope, core)
        except (KernelError, NotShown):
            return _log_at_the_end(scope, core.args[0])
    if isinstance(core, t.Mul):
        factors = extended_factor(scope, core.left, core.right), extended_factor(scope, core.right, core.left)
        return _multiplied(scope, *factors)
    return scope_read(scope, core)


def _added(a: Poly | str, b: Poly | str) -> Poly | str:
    if isinstance(a, Poly) and isinstance(b, Poly):
        return a + b
    if isinstance(a, str) and isinstance(b, str) and a != b:
        raise NotShown("inf - inf is undefined")
    return a if isinstance(a, str) else b


def _multiplied(scope: Scope, a: Poly | str, b: Poly | str) -> Poly | str:
    if isinstance(a, Poly) and isinstance(b, Poly):
        return scope.asked(partial(_product, a, b))
    finite, infinite = (a, b) if isinstance(a, Poly) else (b, a)
    if isinstance(finite, str):
        return "inf" if finite == infinite else "-inf"
    if scope.asked(lambda normal: normal.facts.positive(finite)):
        return infinite
    if scope.asked(lambda normal: normal.facts.positive(-finite)):
        return _negate(infinite)
    raise NotShown("the sign of a factor of an infinite value is not known")


def extended_factor(scope: Scope, node: t.Expr, other: t.Expr) -> Poly | str:
    """A factor; a logarithm beside an exact 0 counts as 0, if its argument is meant."""
    core = t.bare(node)
    if isinstance(core, t.Call) and core.name.startswith("log"):
        try:
            beside = scope_read(scope, other)
        except (KernelError, NotShown):
            return extended(scope, core)
        if not beside:
            _require_meant(scope, core.args[0])
            return beside
    return extended(scope, core)


def _require_meant(scope: Scope, node: t.Expr) -> None:
    """That an argument of a log beside 0 is >= 0, or a / 0 with a >= 0, or made of such by sums and products."""
    core = t.bare(node)
    if isinstance(core, (t.Add, t.Mul, t.Div)):
        _require_meant(scope, core.left)
        if isinstance(core, t.Div):
            core = core.right
        else:
            _require_meant(scope, core.right)
            return
    value = scope_read(scope, core)
    if not scope.asked(lambda normal: normal.facts.nonnegative(value)):
        raise NotShown(f"log of {text_of(core)}, which is not shown to be >= 0")


def scope_read(scope: Scope, node: t.Expr) -> Poly:
    """A finite value, all of whose conditions hold here."""
    normal = scope.normal()
    value = normal.read(scope.unfold(node))
    if normal.conditions:
        raise NotShown("not shown to be defined")
    scope.take(normal)
    return value


def _log_at_the_end(scope: Scope, arg: t.Expr) -> str:
    """log(0) and log(a / 0) for a > 0."""
    core = t.bare(arg)
    if isinstance(core, t.Div):
        above, below = scope_read(scope, core.left), scope_read(scope, core.right)
        if not below and scope.asked(lambda normal: normal.facts.positive(above)):
            return "inf"
        if not above and scope.asked(lambda normal: normal.facts.positive(below)):
            return "-inf"
    elif not scope_read(scope, core):
        return "-inf"
    raise NotShown(f"log({text_of(core)}) is not shown to be defined")


def _product(a: Poly, b: Poly, normal: Normal) -> Poly:
    return normal.multiply(a, b)


def _negate(value: Poly | str) -> Poly | str:
    if isinstance(value, Poly):
        return -value
    return "-inf" if value == "inf" else "inf"


def _support_of_arrays(
    rule: Support, scope: Scope, symbols: list[t.Symbol], left: t.Expr, op: str, right: t.Expr
) -> tuple[t.Expr, ...] | None:
    """`by` with log(q[k]) read as a symbol that may be -inf; then no side may hide an infinity.

    Every summand must hold log(q[k]) with a weight <= 0, or as q[k] log(q[k]); then a side is +inf exactly where a
    weight that is not 0 meets q[k] = 0, and equal weights (the same normal form) are infinite together.
    """
    formal = frozenset(symbols)
    inner = replace(scope, formal=formal)
    if t.bare(right) in (t.INFINITY, t.NAN):
        return _is_infinite(inner, left, op, t.bare(right))
    equality = check(rule.by, inner, left, op, right)
    kinds = [infinity(inner, side) for side in (left, right)]
    if op == "=":
        return equality
    smaller = kinds[0] if op in UP else kinds[1]
    if smaller != "finite":
        raise NotShown("the smaller side may be infinite")
    return equality


def _is_infinite(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """A side that is +inf: no summand is -inf, and at one index a positive weight meets an entry known to be 0."""
    if op != "=" or right != t.INFINITY:
        raise NotShown("only = inf is shown here")
    infinity(scope, left)
    normal = scope.normal()
    normal.read(scope.unfold(left))  # what the other terms need to be meant
    zeros = [normal.read(a) for r, _, _ in scope.equations() for a, o, b in pairs(r) if o == "=" and t.bare(b) == t.number(0)]
    for zero in zeros:
        one = zero.single()
        if one is None or len(one[0]) != 1 or not isinstance(one[0][0][0], Entry):
            continue
        entry = one[0][0][0]
        for sign, term in summands(scope.unfold(left), 1):
            for about, weight in log_weights(scope, term, sign):
                ((a, _),) = about.single()[0]  # type: ignore[index]  # an entry
                if isinstance(a, Entry) and a.symbol == entry.symbol:
                    places = {k: v for k, v in zip(a.indices, entry.indices, strict=True) if k != v}
                    if not all(isinstance(k, t.Symbol) and k.name.startswith("#") for k in places):
                        continue  # another entry than the one that is 0; only a bound index takes every value
                    if normal.facts.positive(-normal.substitute(weight, places)):  # type: ignore[arg-type]  # indices
                        scope.take(normal)
                        scope.trace.hypotheses |= {source for _, _, source in scope.equations() if "= 0" in source}
                        return ()
    raise NotShown("no positive weight is shown to meet an entry that is 0")

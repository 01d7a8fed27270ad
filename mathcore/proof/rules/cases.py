"""Rules that split: by sign or by equality of indices, at the zeros of probabilities, at an attained maximum."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product

from mathcore.language import tree as t
from mathcore.language.substitution import substitute, with_part
from mathcore.proof.checking import check
from mathcore.proof.kernel.atom import Entry
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import KernelError, Poly
from mathcore.proof.rules.algebra import expect
from mathcore.proof.rules.infinity import infinity, log_weights, summands
from mathcore.proof.rules.order import DOWN, UP
from mathcore.proof.scope import NotShown, Scope, conjuncts, in_real_exponent, is_index, pairs, text_of
from mathcore.rules.attained import Attained
from mathcore.rules.split import Split
from mathcore.rules.support import Support

HOLDS = {"<": "-", "<=": "-0", ">": "+", ">=": "0+", "=": "0", "!=": "-+"}


def split(rule: Split, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """Each case by its own rule; the cases cover every sign of the quantities compared."""
    conditions, before = [scope.parse(case.condition) for case in rule.cases], set(scope.trace.hypotheses)
    for condition in conditions:
        if loose := scope.loose(condition):
            raise NotShown(f"a case is about one {', '.join(sorted(s.name for s in loose))}, but the claim speaks of none")
    sides = scope.unfold(left), scope.unfold(right)
    local = any(isinstance(n, (t.Derivative, t.Limit, t.At)) for side in sides for n in t.walk(side))
    _covers(scope, conditions)
    scope.trace.axioms.add("case distinction")
    for case, condition in zip(rule.cases, conditions, strict=True):
        inner, mapping = scope.assuming(condition), {}
        for part, _ in conjuncts(condition):
            if isinstance(part, t.Relation) and part.ops == ("=",):
                a, b = part.args
                if is_index(a) and is_index(b):
                    mapping[t.bare(a)] = t.bare(b)
                elif isinstance(x := t.bare(a), t.Symbol) and not local and not any(in_real_exponent(s, x) for s in sides):
                    mapping[x] = scope.unfold(b)  # not where it is `local`: what is equal at one point is not equal around it
        own_left, own_right = (substitute(side, mapping) for side in sides)  # type: ignore[arg-type]  # symbols
        try:
            check(case.by, inner, own_left, op, own_right)
        except NotShown as error:
            raise NotShown(f"case {case.condition}: {error}") from None
    assumed = {text_of(condition) for condition in conditions}
    scope.trace.hypotheses -= assumed - before - set(map(text_of, scope.context.hypotheses))  # they held in their case only
    return None


def _covers(scope: Scope, conditions: list[t.Expr]) -> None:
    """No sign pattern that the declarations admit escapes all cases."""
    normal = scope.normal()
    quantities: list[object] = []
    parsed: list[list[tuple[int, str]]] = []
    for condition in conditions:
        atoms: list[tuple[int, str]] = []
        for part, pattern in conjuncts(condition):
            if pattern or not isinstance(part, t.Relation):
                raise NotShown("a case is made of relations")
            for a, op, b in pairs(part):
                if is_index(a):
                    if op not in ("=", "!="):
                        raise NotShown("indices are only compared by = and !=")
                    if not is_index(b):
                        raise NotShown("an index is compared with another index")
                    key: object = tuple(sorted((t.bare(a).name, t.bare(b).name)))  # type: ignore[attr-defined]  # symbols
                    signs = HOLDS[op]
                else:
                    gap = normal.read(scope.unfold(a)) - normal.read(scope.unfold(b))
                    key, signs = gap, HOLDS[op]
                    for known in quantities:
                        if isinstance(known, Poly) and known == -gap:
                            key, signs = known, signs.translate(str.maketrans("+-", "-+"))
                if key not in quantities:
                    quantities.append(key)
                atoms.append((quantities.index(key), signs))
        parsed.append(atoms)
    choices = []
    for quantity in quantities:
        if isinstance(quantity, Poly):
            facts = normal.facts
            signs = "+" if facts.nonnegative(quantity) else "-" if facts.nonnegative(-quantity) else "-+"
            choices.append(signs if facts.nonzero(quantity) else signs + "0")
        else:
            choices.append("0+")
    for pattern_ in product(*choices):
        if not any(all(pattern_[i] in signs for i, signs in atoms) for atoms in parsed):
            raise NotShown(f"the cases do not cover the domain: nothing is said where the signs are {' '.join(pattern_)}")
    scope.take(normal)


# zeros of probabilities -------------------------------------------------------------------------------------


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
        if isinstance(core, t.Sub):
            b = _negate(b)
        if isinstance(a, Poly) and isinstance(b, Poly):
            return a + b
        if isinstance(a, str) and isinstance(b, str) and a != b:
            raise NotShown("inf - inf is undefined")
        return a if isinstance(a, str) else b
    if isinstance(core, t.Call) and core.name in ("log", "log2", "log10"):
        try:
            return scope_read(scope, core)
        except (KernelError, NotShown):
            return _log_at_the_end(scope, core.args[0])
    if isinstance(core, t.Mul):
        a, b = extended_factor(scope, core.left, core.right), extended_factor(scope, core.right, core.left)
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
    return scope_read(scope, core)


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


def _stands_in(big: t.Expr, node: t.Expr) -> bool:
    return any(isinstance(n, t.Big) and t.same(n, big) for n in t.walk(node))


def attained(rule: Attained, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """max(k: z[k]) = z[m] for some m with z[k] <= z[m] for every k; m stands for any such index."""
    big = next((n for side in (left, right) for n in t.walk(scope.unfold(side)) if isinstance(n, t.Big) and n.op == "max"), None)
    if big is None or len(big.binders) != 1:
        raise NotShown("there is no max(k: ...) in this step")
    if not all(t.free_symbols(big) <= t.free_symbols(side) for side in map(scope.unfold, (left, right)) if _stands_in(big, side)):
        raise NotShown("this maximum depends on a bound index: another m for each of its values")
    if any(
        isinstance(n, (t.Derivative, t.Limit, t.At)) and _stands_in(big, n)
        for side in (left, right)
        for n in t.walk(scope.unfold(side))
    ):
        raise NotShown("a maximum is attained at one m at one point, not all around it")
    if rule.index in scope.context.symbols and not is_index(scope.context.symbols[rule.index]):
        raise NotShown(f"{rule.index} is no index")
    index = t.fresh(t.Symbol(rule.index, big.binders[0].symbol.type))
    k = t.fresh(big.binders[0].symbol)
    top = substitute(big.body, {big.binders[0].symbol: index})
    below = t.Big("forall", (t.Binder(k),), t.Relation((substitute(big.body, {big.binders[0].symbol: k}), top), ("<=",)))

    context = replace(scope.context, symbols={**scope.context.symbols, rule.index: index})
    inner = replace(scope, context=context.assuming(below))
    scope.trace.axioms.add("maximum")
    low, high = (with_part(scope.unfold(side), big, t.Paren(top)) for side in (left, right))
    check(rule.by, inner, low, op, high)
    return None

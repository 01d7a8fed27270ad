"""Inequalities: a certificate first; then cases, a maximum that is attained, monotone functions, sums term by term.

Rules that hold other rules are tried with a `Probe` in the place of the inner one. The rule's own checker then sets up
the inner goal, and the probe searches there; with what it found in its place, the whole rule is checked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial, reduce

from mathcore import card as c
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.proof.door.certificates import Patience, certificate, divided, factored, less_known
from mathcore.proof.door.trees import Writer, loose_letter
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, monomial, number, of
from mathcore.proof.rules import CHECKERS, check
from mathcore.proof.rules.algebra import equal
from mathcore.proof.rules.order import UP, gap_of
from mathcore.proof.scope import NotShown, Scope, Trail, bare, text_of

DEPTH = 3
DEEPEST = "u4"  # the variable of the last derivative that is looked into
INTERVALS = ("real", "positive", "nonnegative", "unit")
FAILS = (NotShown, KernelError, FormulaError, ValueError, KeyError, RecursionError, RuntimeError, AssertionError)


@dataclass(frozen=True)
class Probe(c.Rule):
    """Searches where it is put, and keeps what it found; stands in no proof."""

    depth: int
    found: list[c.Rule] = field(default_factory=list, compare=False)


def _probe(rule: Probe, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    found, _ = find(scope, left, op, right, rule.depth)
    rule.found.append(found)


CHECKERS[Probe] = _probe


def find(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> tuple[c.Rule, str]:
    """A rule whose checker accepts the relation, and its description; raises NotShown."""
    why, partial = "", None
    for make in candidates(scope, left, op, right, depth):
        trail = Trail()
        try:
            rule = make()
            check(rule, replace(scope, trail=trail), left, op, right)
        except FAILS as error:
            why = why or str(error)
            continue
        if not trail.conditions:
            merge(scope.trail, trail)
            return rule, described(rule)
        partial = partial or (rule, trail)
    if partial is None:
        raise NotShown(why or "no certificate was found among the standard patterns")
    merge(scope.trail, partial[1])
    return partial[0], described(partial[0])


def merge(trail: Trail, more: Trail) -> None:
    trail.conditions |= more.conditions
    trail.hypotheses |= more.hypotheses
    trail.lemmas |= more.lemmas
    trail.axioms |= more.axioms
    trail.notes += more.notes


Make = Callable[[], c.Rule]


def candidates(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    if op == "=":
        yield lambda: c.rewrite
        for h in scope.context.hypotheses:
            yield partial(c.Use, text_of(h))
        return
    if depth > 0:
        yield from size_first(scope, left, op, right, depth)
        yield from two_points(scope, left, op, right, depth)
        yield from same_function(scope, left, op, right, depth)
    apart = depth > 1 and _ends_beside_arrays(scope, left, right)
    if apart:
        yield from ends(scope, left, op, right, depth)
    search = Patience(scope, left, op, right)
    yield search.first
    yield partial(divided, scope, left, op, right)
    yield partial(less_known, scope, left, op, right)
    yield partial(factored, scope, left, op, right)
    for names in reversed(supports(scope.context, left, right)):
        if not _any_end(scope, names, left, right):
            continue
        yield partial(on_support, scope, names, left, op, right)
    if depth > 1 and not apart:
        yield from ends(scope, left, op, right, depth)
    for h in scope.context.hypotheses:
        yield partial(c.Use, text_of(h))
    if depth <= 0:
        return
    yield from set_apart(scope, left, op, right, depth)
    yield from sizes_of_squares(scope, left, op, right, depth)
    yield from same_powers(scope, left, op, right, depth)
    yield from lipschitz(scope, left, op, right, depth)
    yield from by_sign(scope, left, op, right, depth)
    yield from applied(scope, left, op, right)
    yield from attained(scope, left, op, right, depth)
    yield from from_zero(scope, left, op, right)
    yield from below_exponential(scope, left, op, right, depth)
    yield from alone(scope, left, op, right, depth)
    yield from from_point(scope, left, op, right, depth)
    yield from monotone(scope, left, op, right, depth)
    yield from turning(scope, left, op, right)
    yield from term_by_term(scope, left, op, right, depth)
    yield search.second


def filled(rule: c.Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> c.Rule:
    """The rule with what its probes found; raises NotShown where one found nothing."""
    check(rule, replace(scope, trail=Trail()), left, op, right)
    return _put(rule)


def _made(make: Make, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> c.Rule:
    return filled(make(), scope, left, op, right)


def _put(rule: c.Rule) -> c.Rule:
    if isinstance(rule, Probe):
        if not rule.found:
            raise NotShown("the case was not reached")
        return _put(rule.found[-1])
    if isinstance(rule, c.Split):
        return c.Split(tuple(c.Case(case.condition, _put(case.by)) for case in rule.cases))
    if isinstance(rule, c.Induction):
        return replace(rule, start=_put(rule.start), step=_put(rule.step))
    if isinstance(rule, c.Monotone) and rule.sign is not None:
        rule = replace(rule, sign=_put(rule.sign))
    if isinstance(rule, (c.Support, c.Attained, c.SumOver, c.Squared)) or (isinstance(rule, c.Monotone) and rule.by is not None):
        return replace(rule, by=_put(rule.by))  # type: ignore[arg-type]  # not None
    return rule


# zeros ------------------------------------------------------------------------------------------------------------


def supports(context: Context, left: t.Expr, right: t.Expr) -> list[tuple[str, ...]]:
    """Arrays, or numbers, that may be 0 and stand in a logarithm."""
    inside: set[t.Symbol] = set()
    for side in (left, right):
        for node in t.walk(context.unfold(side)):
            if isinstance(node, t.Call) and node.name in ("log", "log2", "log10", "xlogy"):
                inside |= {s for s in t.free_symbols(node) if s.type.domain in ("nonnegative", "unit", "simplex", "onehot")}
    names = sorted(s.name for s in inside if context.symbols.get(s.name) == s and s.type.shape)
    scalars = sorted(s.name for s in inside if context.symbols.get(s.name) == s and not s.type.shape)
    spoken = t.free_symbols(t.Sub(context.unfold(left), context.unfold(right)))  # what weighs an infinity may be 0 as well
    units = sorted(s.name for s in spoken if s.type.domain == "unit" and not s.type.shape and context.symbols.get(s.name) == s)
    ended = [f"1 - {name}" for name in units] if set(units) & set(scalars) else []
    both = [*dict.fromkeys((*scalars, *units)), *ended] if ended and len(ended) < 3 else []
    return [tuple(group) for group in (names, scalars, both) if group]


def on_support(scope: Scope, zeros: tuple[str, ...], left: t.Expr, op: str, right: t.Expr) -> c.Rule:
    symbols = {z: scope.context.symbols[z.removeprefix("1 - ")] for z in zeros}
    if any(s.type.shape for s in symbols.values()):
        inner = replace(scope, formal=frozenset(symbols.values()))
    else:
        between = [(s, 1, "<") if z.startswith("1 - ") else (s, 0, ">") for z, s in symbols.items()]
        inner = scope.assuming(*(t.Relation((s, t.number(end)), (op_,)) for s, end, op_ in between))
    return c.Support(zeros, certificate(inner, left, op, right))


def end_conditions(scope: Scope, left: t.Expr, right: t.Expr) -> list[tuple[str, str]]:
    """x = 0 or x > 0, x = 1 or x < 1 for numbers whose logarithms, or those of 1 - x, stand in the claim."""
    splits: list[tuple[str, str]] = []
    nodes = [n for side in (left, right) for n in t.walk(scope.unfold(side))]
    logs = [n for n in nodes if (isinstance(n, t.Call) and n.name.startswith("log")) or _symbolic(n)]
    for symbol in sorted({s for n in logs for s in t.free_symbols(n)}, key=lambda s: s.name):
        if symbol.type.shape or scope.context.symbols.get(symbol.name) != symbol or _fixed(scope, symbol):
            continue
        inside = [n for n in logs if symbol in t.free_symbols(n)]
        if symbol.type.domain == "unit" or (symbol.type.domain == "nonnegative" and any(_ends(scope, n, symbol) for n in inside)):
            splits.append((f"{symbol.name} = 0", f"{symbol.name} > 0"))
        if symbol.type.domain == "unit":
            splits.append((f"{symbol.name} = 1", f"{symbol.name} < 1"))
    return splits


def _ends_beside_arrays(scope: Scope, left: t.Expr, right: t.Expr) -> bool:
    """Whether numbers from 0 to 1 stand in logarithms together with positive arrays: what is left between the ends is easier."""
    nodes = (n for side in (left, right) for n in t.walk(scope.unfold(side)))
    spoken = [t.free_symbols(n) for n in nodes if isinstance(n, t.Call) and n.name.startswith("log")]
    return any(
        any(s.type.domain == "unit" and not s.type.shape for s in one) and any(s.type.shape for s in one) for one in spoken
    )


def _any_end(scope: Scope, names: tuple[str, ...], left: t.Expr, right: t.Expr) -> bool:
    """Whether a logarithm is not meant at an end of one of the numbers; of arrays nothing is asked."""
    symbols = {scope.context.symbols[name.removeprefix("1 - ")] for name in names}
    if any(s.type.shape for s in symbols):
        return True
    nodes = (n for side in (left, right) for n in t.walk(scope.unfold(side)))
    logs = [n for n in nodes if isinstance(n, t.Call) and n.name.startswith("log")]
    return any(s in t.free_symbols(n) and (_ends(scope, n, s) or _ends(scope, n, s, 1)) for n in logs for s in symbols)


def _ends(scope: Scope, node: t.Expr, symbol: t.Symbol, end: int = 0) -> bool:
    """Whether a logarithm is not meant where the number is 0, or 1; a symbolic power may always change its form there."""
    if not isinstance(node, t.Call):
        return True
    try:
        normal = scope.normal()
        return not normal.facts.positive(normal.read(t.substitute(node.args[0], {symbol: t.number(end)})))
    except KernelError:
        return True


def _symbolic(node: t.Expr) -> bool:
    """A power whose exponent is no number."""
    return isinstance(node, t.Pow) and not isinstance(bare(node.exponent), (t.Number, t.Neg))


def ends(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """The ends of numbers apart, where logarithms are not meant."""
    splits = end_conditions(scope, left, right)
    if splits:
        rule: c.Rule = Probe(depth - 2)
        for first, second in splits:
            rule = c.Split((c.Case(first, Probe(0)), c.Case(second, rule)))
        yield lambda: filled(rule, scope, left, op, right)


def _fixed(scope: Scope, symbol: t.Symbol) -> bool:
    """A hypothesis says already on which side of an end the number is."""
    return any(t.free_symbols(h) == {symbol} for h in scope.context.hypotheses)


# maxima and signs ---------------------------------------------------------------------------------------------------


def attained(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    nodes = (n for side in (left, right) for n in t.walk(scope.unfold(side)))
    big = next((n for n in nodes if isinstance(n, t.Big) and n.op in ("max", "min") and len(n.binders) == 1), None)
    if big is not None:
        letter = loose_letter(scope.context)
        yield lambda: filled(c.Attained(letter, Probe(depth - 1)), scope, left, op, right)


def quantities(scope: Scope, left: t.Expr, right: t.Expr) -> list[tuple[t.Expr, t.Expr]]:
    """What |x|, max(a, b), min(a, b) and step compare, where it depends on no bound index."""
    normal = scope.normal()
    found: list[tuple[t.Expr, t.Expr]] = []
    seen: list[Poly] = []
    for side in (left, right):
        for node in t.walk(scope.unfold(side)):
            if not (isinstance(node, t.Call) and node.name in ("abs", "max", "min", "step")):
                continue
            args = node.args if len(node.args) > 1 else (*node.args, t.number(0))
            for k, a in enumerate(args):
                for b in args[k + 1 :]:
                    if any(scope.context.symbols.get(s.name) != s for s in t.free_symbols(t.Sub(a, b))):
                        continue
                    try:
                        gap = normal.read(a) - normal.read(b)
                        if not gap or normal.facts.nonnegative(gap) or normal.facts.nonnegative(-gap):
                            continue
                        unit = normal.content(gap, lambda atom: normal.facts.positive(of(atom)))[2]
                    except KernelError:
                        continue
                    if unit not in seen and -unit not in seen:
                        seen.append(unit)
                        found.append((a, b))
    return found


def by_sign(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """Case by case, by the sign of what |x| and max hide."""
    found = quantities(scope, left, right)
    if not found:
        return

    def split(chosen: list[tuple[t.Expr, t.Expr]]) -> c.Rule:
        rule: c.Rule = Probe(max(0, depth - 2))
        for a, b in chosen:
            first, second = text_of(a), text_of(b)
            rule = c.Split((c.Case(f"{first} >= {second}", rule), c.Case(f"{first} < {second}", rule)))
        return rule

    for one in found[1:3]:
        yield partial(_split_filled, split([one]), scope, left, op, right)
    for count in range(1, min(3, len(found)) + 1):
        yield partial(_split_filled, split(found[:count]), scope, left, op, right)


def same_function(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """exp(a) against exp(b) by a against b, and log and sqrt likewise."""
    sides = [bare(scope.unfold(side)) for side in (left, right)]
    domains = {"exp": "real", "log": "positive", "sqrt": "nonnegative"}
    if all(isinstance(s, t.Call) and s.name == sides[0].name and s.name in domains for s in sides):  # type: ignore[attr-defined]  # calls
        name, (a, b) = loose_letter(scope.context, "x"), [text_of(s.args[0]) for s in sides]  # type: ignore[attr-defined]  # calls
        word = sides[0].name  # type: ignore[attr-defined]  # a call
        rule = c.Monotone(f"{word}({name})", f"{name}: {domains[word]}", f"{a} {op} {b}", Probe(depth - 1))
        yield lambda: filled(rule, scope, left, op, right)


def set_apart(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """A strict claim where a hypothesis a != b sets numbers apart: where a > b, and where a < b."""
    if op not in ("<", ">"):
        return
    for h in map(bare, scope.context.hypotheses):
        if not isinstance(h, t.Relation) or h.ops != ("!=",) or any(s.type.domain == "index" for s in t.free_symbols(h)):
            continue
        a, b = map(text_of, h.args)
        rule = c.Split(tuple(c.Case(f"{a} {sign} {b}", Probe(max(0, depth - 2))) for sign in (">", "<")))
        yield partial(_split_filled, rule, scope, left, op, right)


def size_first(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """|a| <= a maximum as a <= it and -a <= it, before anything asks for the signs of all that stands in the maximum; |a| <= a
    root by the squares."""
    smaller, larger = (bare(scope.unfold(side)) for side in ((left, right) if op in UP else (right, left)))
    if isinstance(smaller, t.Call) and smaller.name == "abs" and isinstance(larger, t.Call) and larger.name == "sqrt":
        yield partial(_made, partial(c.Squared, text_of(smaller), text_of(larger), Probe(depth - 1)), scope, left, op, right)
        return
    maximum = (isinstance(larger, t.Call) and larger.name == "max") or (isinstance(larger, t.Big) and larger.op == "max")
    summed = isinstance(larger, (t.Symbol, t.Number)) and any(isinstance(n, t.Big) and n.op == "sum" for n in t.walk(smaller))
    if not isinstance(smaller, t.Call) or smaller.name != "abs" or not (maximum or summed):
        return
    bound = any(scope.context.symbols.get(s.name) != s for s in t.free_symbols(smaller))
    if bound or len(quantities(scope, smaller, smaller)) != 1:
        return
    inside = text_of(smaller.args[0])
    inner = Probe(max(0, depth - (1 if isinstance(larger, t.Big) else 2)))
    rule = c.Split(tuple(c.Case(f"{inside} {sign} 0", inner) for sign in (">=", "<")))
    yield partial(_split_filled, rule, scope, left, op, right)


def _split_filled(rule: c.Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> c.Rule:
    """A split in which each leaf has a probe of its own."""

    def own(node: c.Rule) -> c.Rule:
        if isinstance(node, c.Split):
            return c.Split(tuple(c.Case(case.condition, own(case.by)) for case in node.cases))
        return Probe(node.depth) if isinstance(node, Probe) else node

    return filled(own(rule), scope, left, op, right)


# monotone functions ---------------------------------------------------------------------------------------------------


def applied(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Iterator[Make]:
    """f(a) against f(b) where a hypothesis compares a with b."""
    for hypothesis in scope.context.hypotheses:
        core = bare(hypothesis)
        if not isinstance(core, t.Relation) or len(core.ops) != 1 or core.ops[0] not in ("<", "<=", ">", ">="):
            continue
        a, b = core.args
        if core.ops[0] in (">", ">="):
            a, b = b, a
        for one, other in ((a, b), (b, a)):
            name = loose_letter(scope.context, "x")
            domains = {s.type.domain for s in t.free_symbols(t.Sub(a, b)) if not s.type.shape}
            domain = domains.pop() if len(domains) == 1 and domains <= {"real", "positive", "nonnegative"} else "real"
            x = t.Symbol(name, t.Type(domain))
            first, second = (_replaced(scope.unfold(side), part, x) for side, part in ((left, one), (right, other)))
            if first is None or second is None or not t.same(first, second):
                continue
            rule = c.Monotone(text_of(first), f"{name}: {domain}", text_of(hypothesis), c.Use(text_of(hypothesis)))
            yield partial(replace, rule)


def two_points(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """g(x) - g(y) where a hypothesis compares the numbers x and y and g rises: what is left of a Lipschitz bound."""
    normal, gap = scope.normal(), None
    for hypothesis in scope.context.hypotheses:
        core = bare(hypothesis)
        if not isinstance(core, t.Relation) or len(core.ops) != 1 or core.ops[0] not in ("<", "<=", ">", ">="):
            continue
        large, small = (bare(a) for a in (core.args if core.ops[0] in (">", ">=") else core.args[::-1]))
        if not all(isinstance(s, t.Symbol) and not s.type.shape and s.type.domain in INTERVALS for s in (large, small)):
            continue
        assert isinstance(large, t.Symbol) and isinstance(small, t.Symbol)
        if not {large, small} <= t.free_symbols(t.Sub(left, right)):
            continue
        try:
            gap = gap_of(scope, normal, left, op, right) if gap is None else gap
            rising = Poly({m: v for m, v in gap.terms.items() if any(large in a.free for a, _ in m)})
            falling = gap - rising
            if small in rising.free or large in falling.free or not rising or not falling:
                continue
            moved = normal.substitute(falling, {small: normal.symbol(large)})
            if (rising + moved).free & {large}:
                continue
        except FAILS:
            continue
        make = partial(_two_points, scope, rising, large, small, core.ops[0], op, depth)
        yield partial(_made, make, scope, left, op, right)


def _two_points(scope: Scope, rising: Poly, large: t.Symbol, small: t.Symbol, known: str, op: str, depth: int) -> c.Rule:
    order = known if op not in UP else {">": "<", ">=": "<="}.get(known, known)
    up = (large.name, small.name) if order in (">", ">=") else (small.name, large.name)
    if known in ("<", "<="):
        order = {"<": ">", "<=": ">="}[known] if op not in UP else known
        up = (large.name, small.name) if op not in UP else (small.name, large.name)
    name = loose_letter(scope.context, "u")
    u = t.Symbol(name, t.Type(large.type.domain))
    function = t.substitute(Writer(scope.context, scope.subject).tree(rising), {large: u})
    inner = f"{up[0]} {order} {up[1]}"
    by = c.Use(f"{large.name} {known} {small.name}" if known in (">", ">=") else f"{small.name} {known} {large.name}")
    return _by_slope(scope, c.Monotone(text_of(function), f"{name}: {large.type.domain}", inner, by), depth)


def lipschitz(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """|f(x) - f(y)| against what speaks of the same two numbers: whichever is larger, and whatever the sign of the difference."""
    if op not in ("<=", ">="):
        return
    smaller = bare(scope.unfold(left if op == "<=" else right))
    if not isinstance(smaller, t.Call) or smaller.name != "abs" or any(len(h.args) == 2 for h in _comparisons(scope)):
        return
    numbers = sorted((s for s in t.free_symbols(smaller) if not s.type.shape), key=lambda s: s.name)
    loose = any(s.type.domain not in INTERVALS or scope.context.symbols.get(s.name) != s for s in numbers)
    if len(numbers) != 2 or loose:
        return
    if any(isinstance(n, t.Call) and n.name in ("abs", "max", "min") for n in t.walk(smaller.args[0])):
        return  # piece by piece linear: the signs are enough
    (x, y), inside = (s.name for s in numbers), text_of(smaller.args[0])

    def signs() -> c.Split:
        return c.Split(tuple(c.Case(f"{inside} {sign} 0", Probe(max(1, depth - 2))) for sign in (">=", "<")))

    yield lambda: filled(c.Split((c.Case(f"{x} >= {y}", signs()), c.Case(f"{x} < {y}", signs()))), scope, left, op, right)


def _comparisons(scope: Scope) -> list[t.Relation]:
    """Hypotheses that compare two numbers."""
    found = [h for h in map(bare, scope.context.hypotheses) if isinstance(h, t.Relation) and len(h.ops) == 1]
    return [h for h in found if h.ops[0] != "=" and all(isinstance(bare(a), t.Symbol) for a in h.args)]


def same_powers(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """a^T against b^T, or exp(T e), by a against b, or exp(e), where all are >= 0 and T counts."""
    bases: list[str] = []
    exponent = next((bare(n.exponent) for n in map(bare, (left, right)) if isinstance(n, t.Pow)), None)
    if not isinstance(exponent, t.Symbol) or exponent.type.domain not in ("natural", "size") or op not in ("<=", ">="):
        return
    normal, writer = scope.normal(), Writer(scope.context, scope.subject)
    for side in map(bare, (left, right)):
        if isinstance(side, t.Pow) and bare(side.exponent) == exponent:
            bases.append(text_of(side.base))
        elif isinstance(side, t.Call) and side.name == "exp":
            try:
                part = normal.exact_quotient(normal.read(scope.unfold(side.args[0])), normal.symbol(exponent))
            except KernelError:
                return
            if part is None or exponent in part.free:
                return
            bases.append(f"exp({text_of(writer.tree(part))})")
    if len(bases) == 2:
        name = loose_letter(scope.context, "x")
        rule = c.Monotone(f"{name}^{exponent.name}", f"{name}: nonnegative", f"{bases[0]} {op} {bases[1]}", Probe(depth - 1))
        yield lambda: filled(rule, scope, left, op, right)


def sizes_of_squares(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """a^2 against b^2 by |a| against |b|."""
    roots, normal = [], scope.normal()
    for side in (left, right):
        core = bare(scope.unfold(side))
        if not isinstance(core, t.Pow) or bare(core.exponent) != t.number(2):
            return
        try:
            if any(e.denominator != 1 for m in normal.read(core.base).terms for _, e in m):
                return  # the square of a root is simpler than the root
        except KernelError:
            return
        roots.append(text_of(core.base))
    name = loose_letter(scope.context, "x")
    relation = f"abs({roots[0]}) {op} abs({roots[1]})"
    yield lambda: filled(c.Monotone(f"{name}^2", f"{name}: nonnegative", relation, Probe(depth - 1)), scope, left, op, right)


def _replaced(node: t.Expr, part: t.Expr, x: t.Symbol) -> t.Expr | None:
    """The expression with x wherever the part stood; None if the part's symbols stand elsewhere too."""
    wanted = t.strip(part)

    def put(n: t.Expr) -> t.Expr:
        return x if t.strip(n) == wanted else t.map_children(n, put)

    result = put(node)
    return (
        result
        if x in t.free_symbols(result)
        and not t.free_symbols(result) & {s for s in t.free_symbols(part) if s.type.domain != "size"}
        else None
    )


def monotone(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """Compare logarithms by their arguments, exponentials by their exponents, roots by their squares, |x| likewise."""
    try:
        normal = scope.normal()
        gap = gap_of(scope, normal, left, op, right)
    except (KernelError, NotShown):
        return
    writer = Writer(scope.context, scope.subject)
    name = loose_letter(scope.context, "x")
    up = "<" if op in ("<", ">") else "<="
    bindings = {"log": ("log", "positive"), "exp": ("exp", "real"), "sqrt": ("sqrt", "nonnegative")}

    def made(kind: str, small: Poly, large: Poly, inner: str = "", share: str = "") -> c.Rule:
        word, domain = bindings[kind]
        inner = inner or up
        a, b = text_of(writer.tree(small)), text_of(writer.tree(large))
        smaller_first = op in UP
        relation = f"{a} {inner} {b}" if smaller_first else f"{b} {inner.replace('<', '>')} {a}"
        rule = c.Monotone(f"{word}({name}){share}", f"{name}: {domain}", relation, Probe(depth - 1))
        return filled(rule, scope, left, op, right)

    def squares(small: Poly, large: Poly) -> Make:
        return partial(c.Squared, text_of(writer.tree(small)), text_of(writer.tree(large)), Probe(depth - 1))

    logs = [(m, a) for m in gap.terms for a, _ in m if a.kind == "log"]
    rooted = any(e.denominator != 1 for m in gap.terms for _, e in m)  # exp(sqrt(x)) is worse than squares
    by_logs: list[Make] = []
    if logs and all(len(m) == 1 for m, _ in logs):  # x log(x) would become x^x
        by_logs = [lambda: made("log", *_exponentials(normal, gap))]
    yield from by_logs if not rooted else ()
    two = [Poly({m: abs(v)}) for m, v in gap.terms.items()]
    signs = [v > 0 for v in gap.terms.values()]
    if len(two) == 2 and signs[0] != signs[1] and any(a.kind in ("exp", "prime", "sum") for p in two for a in p.atoms()):
        large, small = (two[0], two[1]) if signs[0] else (two[1], two[0])
        if normal.facts.positive(large) and normal.facts.positive(small):
            yield lambda: made("exp", normal.log(small), normal.log(large))
    for chosen in _rooted(gap):
        rest = gap + chosen  # larger - smaller = rest - root

        def roots(chosen: Poly = chosen, rest: Poly = rest) -> c.Rule:
            if not normal.facts.nonnegative(rest) or not normal.facts.nonnegative(chosen):
                raise NotShown("squares compare only what is >= 0")
            return made("sqrt", normal.power(chosen, 2), normal.power(rest, 2))

        yield roots
        if len(rest.terms) > 1 and normal.facts.nonnegative(rest) and not any(a.kind == "abs" for a in chosen.atoms()):
            yield partial(_made, squares(chosen, rest), scope, left, op, right)
    for chosen in _rooted(-gap):
        rest = chosen - gap
        if normal.facts.nonnegative(chosen) and rest and not normal.facts.nonnegative(rest) and depth > 1:
            quantity = text_of(writer.tree(rest))  # what may be negative: then there is nothing to show
            cases = c.Split((c.Case(f"{quantity} >= 0", Probe(depth - 1)), c.Case(f"{quantity} < 0", Probe(0))))
            yield partial(_split_filled, cases, scope, left, op, right)
    for chosen in _rooted(-gap):
        rest = chosen - gap  # larger - smaller = root - rest

        def root_above(chosen: Poly = chosen, rest: Poly = rest) -> c.Rule:
            if not normal.facts.nonnegative(rest) or not normal.facts.nonnegative(chosen):
                raise NotShown("squares compare only what is >= 0")
            return made("sqrt", normal.power(rest, 2), normal.power(chosen, 2))

        yield root_above
        if len(rest.terms) > 1 and normal.facts.nonnegative(chosen):
            yield partial(_made, squares(rest, chosen), scope, left, op, right)
    yield from by_logs if rooted else ()


def below_exponential(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """a <= exp(e) as log(a) <= e, where nothing but sums of exponentials stands on the smaller side."""
    small, large = (bare(scope.unfold(side)) for side in ((left, right) if op in UP else (right, left)))
    if not isinstance(large, t.Call) or large.name != "exp" or not isinstance(small, (t.Add, t.Div, t.Big)):
        return
    if scope.normal().facts.positive(scope.normal().read(small)):
        name = loose_letter(scope.context, "x")
        sides = (f"log({text_of(small)})", text_of(large.args[0]))
        inner = f"{sides[0]} {op} {sides[1]}" if op in UP else f"{sides[1]} {op} {sides[0]}"
        yield lambda: filled(c.Monotone(f"exp({name})", f"{name}: real", inner, Probe(depth - 1)), scope, left, op, right)


def _exponentials(normal: Normal, gap: Poly) -> tuple[Poly, Poly, str, str]:
    """small and large with gap = (log(large) - log(small)) / c, for the least c that leaves whole powers."""
    scale = 1
    for m, v in gap.terms.items():
        if len(m) == 1 and m[0][0].kind == "log" and m[0][1] == 1:
            scale = max(scale, v.denominator)
    sides = {True: UNIT, False: UNIT}
    for m, v in gap.terms.items():
        power = abs(v) * scale
        if len(m) == 1 and m[0][0].kind == "log" and m[0][1] == 1:
            factor = normal.raise_to(m[0][0].parts[0], number(power))  # type: ignore[arg-type]  # the argument of the log
        else:
            factor = normal.exp(Poly({m: power}))
        sides[v > 0] = normal.multiply(sides[v > 0], factor)
    return sides[False], sides[True], "", "" if scale == 1 else f" / {scale}"


def _rooted(gap: Poly) -> Iterator[Poly]:
    """Negative terms with a root or |x|, without their sign: what is to be compared by its square."""
    for m, v in gap.terms.items():
        if v < 0 and any(a.kind == "abs" or e.denominator != 1 for a, e in m):
            yield Poly({m: -v})


def turning(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Iterator[Make]:
    """f(x) >= f(turning point), the derivative changing its sign there, for f = larger - smaller with f = 0 at the point."""
    if op not in ("<=", ">="):
        return
    larger, smaller = (right, left) if op == "<=" else (left, right)
    gap = t.Sub(t.Paren(larger), t.Paren(smaller))
    symbols = {s for s in t.free_symbols(scope.unfold(gap)) if s.type.domain in ("real", "positive", "nonnegative", "unit")}
    scalars = sorted((s for s in symbols if not s.type.shape and scope.context.symbols.get(s.name) == s), key=lambda s: s.name)
    constants = ["0", "1", "1 / 2", "exp(-1)", "exp(1)", "-1", "2"]
    points = constants + [s.name for s in scalars] + [f"1 / {s.name}" for s in scalars if s.type.domain == "positive"]
    for x in scalars:
        for point in points:
            if point in (x.name, f"1 / {x.name}"):
                continue
            yield partial(_turning, scope, gap, x, point)


def from_zero(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Iterator[Make]:
    """f(x) >= f(0) = 0 for x >= 0 where the derivative is >= 0."""
    if op not in ("<=", ">=", "<", ">"):
        return
    larger, smaller = (right, left) if op in UP else (left, right)
    gap = t.Sub(t.Paren(larger), t.Paren(smaller))
    for x in sorted(t.free_symbols(scope.unfold(gap)), key=lambda s: s.name):
        if x.type.domain not in ("positive", "nonnegative", "real") or x.type.shape or scope.context.symbols.get(x.name) != x:
            continue

        def made(x: t.Symbol, sign: int) -> c.Rule:
            normal = scope.normal()
            name = loose_letter(scope.context, "x")
            u = t.Symbol(name, t.Type("real"))
            function = t.substitute(scope.unfold(gap), {x: u if sign > 0 else t.Paren(t.Neg(u))})
            value = t.substitute(scope.unfold(gap), {x: t.number(0)})
            if not normal.is_zero(normal.read(value)):
                raise NotShown("not 0 at 0")
            at = x.name if sign > 0 else f"-{x.name}"
            order = "<" if op in ("<", ">") else "<="
            inner = f"0 {order} {at}" if op in UP else f"{at} {order.replace('<', '>')} 0"
            return c.Monotone(text_of(function), f"{name}: nonnegative", inner, c.Certificate((c.Term(at),)))

        yield partial(made, x, 1)
        if x.type.domain == "real":
            yield partial(made, x, -1)


def alone(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """P log(x) + Q >= 0 as log(x) + Q / P >= 0 for P > 0: what then has a derivative without logarithms."""
    normal = scope.normal()
    try:
        gap = gap_of(scope, normal, left, op, right)
    except FAILS:
        return
    logs = {a for a in gap.atoms() if a.kind == "log"}
    if len(logs) != 1:
        return
    ((log,), factor, rest) = logs, ZERO, ZERO
    for m, v in gap.terms.items():
        exponent = dict(m).get(log, Fraction(0))
        if exponent not in (0, 1) or any(a.kind in ("exp", "sum", "range", "bigmax") for a, _ in m):
            return
        part = Poly({tuple(f for f in m if f[0] is not log): v})
        factor, rest = (factor + part, rest) if exponent else (factor, rest + part)
    sign = 1 if normal.facts.positive(factor) else -1
    if factor.constant() is not None or not normal.facts.positive(factor.scale(sign)):
        return
    writer, name = Writer(scope.context, scope.subject), loose_letter(scope.context, "x")
    quotient = text_of(writer.tree(of(log).scale(sign) + normal.multiply(rest, normal.inverse(factor.scale(sign)))))
    up = "<" if op in ("<", ">") else "<="
    inner = f"0 {up} {quotient}" if op in UP else f"{quotient} {up.replace('<', '>')} 0"
    function = f"{name} * ({text_of(writer.tree(factor.scale(sign)))})"
    yield lambda: filled(c.Monotone(function, f"{name}: real", inner, Probe(depth - 1)), scope, left, op, right)


def from_point(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """f(x) >= f(c) = 0 on either side of c, the sign of the derivative shown by a search of its own: Taylor's way."""
    if op not in ("<=", ">=", "<", ">"):
        return
    larger, smaller = (right, left) if op in UP else (left, right)
    gap = scope.unfold(t.Sub(t.Paren(larger), t.Paren(smaller)))
    normal = scope.normal()
    scalars = [s for s in t.free_symbols(gap) if s.type.domain in ("real", "positive", "nonnegative") and not s.type.shape]
    for x in sorted((s for s in scalars if scope.context.symbols.get(s.name) == s), key=lambda s: s.name):
        for point in ("0", "1") if x.type.domain == "positive" else ("0",):
            try:
                if not normal.is_zero(normal.read(t.substitute(gap, {x: t.Paren(scope.parse(point))}))):
                    continue
            except FAILS:
                continue
            ways = [False]
            if point == "1" and _grows_like_powers(scope, gap, x):
                ways.insert(0, True)  # x = exp(u): powers of x as exponentials, its logarithm as a number
            for scaled in ways:
                yield from _from_sides(scope, left, op, right, gap, x, point, scaled, depth)


def _from_sides(
    scope: Scope, left: t.Expr, op: str, right: t.Expr, gap: t.Expr, x: t.Symbol, point: str, scaled: bool, depth: int
) -> Iterator[Make]:
    normal = scope.normal()
    away = normal.symbol(x) - normal.read(scope.parse(point))
    make = _from_point_by_powers if scaled else partial(_from_point, point=point)
    rules = [partial(make, scope, gap, op, x, sign=sign, depth=depth) for sign in (1, -1)]
    if normal.facts.nonnegative(away):
        yield partial(_made, rules[0], scope, left, op, right)
    elif normal.facts.nonnegative(-away):
        yield partial(_made, rules[1], scope, left, op, right)
    elif op in ("<=", ">="):
        yield partial(_made, partial(_both_sides, x, point, rules), scope, left, op, right)


def _grows_like_powers(scope: Scope, gap: t.Expr, x: t.Symbol) -> bool:
    """Whether a logarithm and a root of x stand together."""
    try:
        p = scope.normal().read(gap)
    except FAILS:
        return False
    about = [(a, e) for m in p.terms for a, e in m if x in a.free]
    return any(a.kind == "log" for a, _ in about) and any(e.denominator != 1 for _, e in about)


def _from_point_by_powers(scope: Scope, gap: t.Expr, op: str, x: t.Symbol, sign: int, depth: int) -> c.Rule:
    """f(exp(u)), or f(exp(-u)), rises in u >= 0, at u = log(x)."""
    name = loose_letter(scope.context, "u")
    if name == DEEPEST:
        raise NotShown("no end of derivatives")
    u = t.Symbol(name, t.Type("nonnegative"))
    function = t.substitute(gap, {x: t.Call("exp", (u if sign > 0 else t.Neg(u),))})
    normal, writer = scope.normal(), Writer(scope.context, scope.subject)
    function = writer.tree(normal.read(function), {u: u})
    at = f"log({x.name})" if sign > 0 else f"-log({x.name})"
    order = "<" if op in ("<", ">") else "<="
    inner = f"0 {order} {at}" if op in UP else f"{at} {order.replace('<', '>')} 0"
    rule = c.Monotone(text_of(function), f"{name}: nonnegative", inner, c.Certificate((c.Term(at),)))
    return _by_slope(scope.without(x), rule, depth)


def _both_sides(x: t.Symbol, point: str, rules: Sequence[Make]) -> c.Rule:
    conditions = (f"{x.name} >= {point}", f"{x.name} < {point}")
    return c.Split(tuple(c.Case(where, rule()) for where, rule in zip(conditions, rules, strict=True)))


def _from_point(scope: Scope, gap: t.Expr, op: str, x: t.Symbol, sign: int, depth: int, point: str) -> c.Rule:
    """f(c + u), or f(c - u), rises in u >= 0; below 1 a positive number is 1 / (1 + u)."""
    name = loose_letter(scope.context, "u")
    if name == DEEPEST:
        raise NotShown("no end of derivatives")
    u, place = t.Symbol(name, t.Type("nonnegative")), scope.parse(point)
    moved = t.Add(place, u) if sign > 0 else t.Sub(place, u)
    function = t.substitute(gap, {x: t.Paren(moved) if point != "0" else u if sign > 0 else t.Paren(t.Neg(u))})
    at = x.name if point == "0" else f"{x.name} - {point}"
    at = at if sign > 0 else f"-{x.name}" if point == "0" else f"{point} - {x.name}"
    if point == "1" and sign < 0 and x.type.domain == "positive":
        function, at = t.substitute(gap, {x: t.Paren(t.Div(t.number(1), t.Paren(t.Add(place, u))))}), f"(1 - {x.name}) / {x.name}"
    order = "<" if op in ("<", ">") else "<="
    inner = f"0 {order} {at}" if op in UP else f"{at} {order.replace('<', '>')} 0"
    rule = c.Monotone(text_of(function), f"{name}: nonnegative", inner, c.Certificate((c.Term(at),)))
    return _by_slope(scope.without(x), rule, depth)


def _by_slope(scope: Scope, rule: c.Monotone, depth: int) -> c.Monotone:
    """The rule with its derivative spelt as one fraction, whose numerator a search is to show >= 0."""
    own = scope.given(rule.variable)
    u = own.context.symbols[rule.variable.partition(":")[0]]
    own = own.without(u)
    normal = own.normal()
    with normal.facts.assuming([normal.symbol(u)] if u.type.domain == "nonnegative" else []):
        slope = normal.derivative(normal.read(own.unfold(own.parse(rule.function))), u, [])
        if any(a.kind == "abs" and u in a.free and e < 0 for m in slope.terms for a, e in m):
            raise NotShown("there is a kink, where the function has no slope")
        below: dict[Atom, Fraction] = {}
        for atom, exponent in ((a, e) for m in slope.terms for a, e in m if a.kind == "den" and e < 0):
            below[atom] = max(below.get(atom, Fraction(0)), Fraction(-exponent.__floor__()))
        whole = UNIT
        for atom, power in below.items():
            whole = normal.multiply(whole, normal.power(atom.parts[0], int(power)))  # type: ignore[arg-type]  # a polynomial
        above = sum((normal.combine((*m, *below.items())).scale(v) for m, v in slope.terms.items()), ZERO)
        plain = [m for m in slope.terms if any(a.kind == "log" for a, _ in m)]  # c log(...) is differentiated away as it stands
        alone = bool(plain) and all(len(m) == 1 for m in plain)
        if alone or any(a.kind == "den" for a in above.atoms()) or not normal.facts.positive(whole):
            above, below = slope, {}
    writer = Writer(own.context, scope.subject)
    spelt = writer.tree(above)
    if below:
        bottom: list[t.Expr] = [t.Pow(writer.tree(a.parts[0]), t.number(e)) for a, e in below.items()]  # type: ignore[arg-type]  # polynomials
        spelt = t.Div(spelt, reduce(t.Mul, bottom[1:], bottom[0]))
    return replace(rule, slope=text_of(spelt), sign=Probe(max(1, depth - 1)))


def _turning(scope: Scope, gap: t.Expr, x: t.Symbol, point: str) -> c.Rule:
    normal = scope.normal()
    value = t.substitute(scope.unfold(gap), {x: t.Paren(scope.parse(point))})
    if not normal.is_zero(normal.read(value)):
        raise NotShown("not 0 there")
    return c.Monotone(text_of(gap), f"{x.name}: {x.type.domain}", turning=point)


# sums -------------------------------------------------------------------------------------------------------------


def term_by_term(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """Two sums over one index are compared term by term."""
    sides = [bare(scope.unfold(side)) for side in (left, right)]
    if all(isinstance(s, t.Big) and s.op == "sum" and len(s.binders) == 1 and s.binders[0].lower is None for s in sides):
        size = t.size_of(sides[0].binders[0].symbol)  # type: ignore[attr-defined]  # sums
        letter = Writer(scope.context, scope.subject).letters(size, 1)[0]
        yield lambda: filled(c.SumOver(letter.name, Probe(depth - 1)), scope, left, op, right)


def rearranged(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """The difference of the sides as a difference of two sums with terms >= 0, compared term by term."""
    normal = scope.normal()
    gap = gap_of(scope, normal, left, op, right)
    writer = Writer(scope.context, scope.subject)
    groups: dict[t.Expr, tuple[Poly, Poly]] = {}
    loose = ZERO
    for m, v in gap.terms.items():
        sums = [(a, e) for a, e in m if a.kind == "sum" and e == 1 and len(a.parts[0]) == 1]  # type: ignore[arg-type]  # symbols
        if len(sums) != 1:
            loose = loose + Poly({m: v})
            continue
        atom = sums[0][0]
        size = t.size_of(atom.parts[0][0])  # type: ignore[index]  # symbols
        body = _opened(normal, atom, tuple(f for f in m if f[0] is not atom), writer.letters(size, 1)[0])
        large, small = groups.get(size, (ZERO, ZERO))
        groups[size] = (large + body.scale(v), small) if v > 0 else (large, small + body.scale(-v))
    if len(groups) != 1:
        raise NotShown("no sums over one index")
    ((size, (large, small)),) = groups.items()
    letter = writer.letters(size, 1)[0]
    share = normal.multiply(loose, normal.inverse(normal.size(letter)))
    for m, v in share.terms.items():
        large, small = (large + Poly({m: v}), small) if v > 0 else (large, small + Poly({m: -v}))
    binder = (t.Binder(letter),)
    new_large, new_small = (t.Big("sum", binder, writer.tree(p)) for p in (large, small))
    sides = (new_small, new_large) if op in UP else (new_large, new_small)
    equal(scope, t.Sub(t.Paren(left), t.Paren(right)), t.Sub(*map(t.Paren, sides)), hypotheses=True)
    rule, text = find(scope, sides[0], op, sides[1], 2)
    check(rule, scope, sides[0], op, sides[1])
    return f"as {text_of(sides[0])} {op} {text_of(sides[1])}: {text}"


def _opened(normal: Normal, atom: Atom, outside: Monomial, letter: t.Symbol) -> Poly:
    name = atom.parts[0][0]  # type: ignore[index]  # symbols
    body = normal.substitute(Poly({atom.parts[1]: Fraction(1)}), {name: letter})  # type: ignore[dict-item]  # a monomial
    return normal.multiply(Poly({monomial(outside): Fraction(1)}), body)


# words ---------------------------------------------------------------------------------------------------------------


def described(rule: c.Rule) -> str:
    """The proof in words."""
    if isinstance(rule, c.Certificate):
        parts = []
        for term in rule.terms:
            text = term.weight
            if term.lemma:
                text = f"{term.lemma} at {term.at}" if term.weight == "1" else f"{term.weight} times {term.lemma} at {term.at}"
            parts.append(text + (f", summed over {term.over}" if term.over else ""))
        return "larger - smaller is a sum of terms >= 0: " + "; ".join(parts)
    if isinstance(rule, c.Split):
        return "; ".join(f"where {case.condition}: {described(case.by)}" for case in rule.cases)
    if isinstance(rule, c.Support):
        return f"zeros of {', '.join(rule.of)} apart, {described(rule.by)}"
    if isinstance(rule, c.Attained):
        return f"the maximum is attained at some {rule.index}: {described(rule.by)}"
    if isinstance(rule, c.SumOver):
        return f"term by term in {rule.index}: {described(rule.by)}"
    if isinstance(rule, c.Monotone) and rule.turning:
        return f"{rule.function} is least at {rule.variable.partition(':')[0]} = {rule.turning}"
    if isinstance(rule, c.Monotone) and rule.by is not None:
        why = f" ({rule.slope} >= 0: {described(rule.sign)})" if rule.sign is not None else ""
        return f"{rule.function} is monotone{why} and {rule.inner}: {described(rule.by)}"
    if isinstance(rule, c.Squared):
        return f"{rule.smaller} against {rule.larger} by their squares: {described(rule.by)}"
    if isinstance(rule, c.Induction):
        return f"by induction over {rule.over}: {described(rule.start)}; {described(rule.step)}"
    if isinstance(rule, c.Use):
        return f"the hypothesis {rule.hypothesis}"
    return "both sides have one normal form" if isinstance(rule, c.Rewrite) else c.rule_name(rule)

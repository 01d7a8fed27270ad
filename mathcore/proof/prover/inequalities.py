"""Inequalities: a certificate first; then cases, a maximum that is attained, monotone functions, sums term by term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check
from mathcore.proof.faults import FAILS
from mathcore.proof.kernel.atom import Sum
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import ZERO, KernelError, Monomial, Poly, monomial, of
from mathcore.proof.prover.certificates import Patience, certificate, divided, factored, less_known
from mathcore.proof.prover.holes import Hole, Make, filled, filled_later, split_filled
from mathcore.proof.prover.monotone import (
    alone,
    applied,
    below_exponential,
    cubes,
    from_point,
    from_zero,
    lipschitz,
    monotone,
    same_powers,
    sizes_of_squares,
    turning,
    two_points,
)
from mathcore.proof.prover.trees import Writer, loose_letter
from mathcore.proof.rules.algebra import equal
from mathcore.proof.rules.order import UP, gap_of
from mathcore.proof.scope import NotShown, Scope, Trace, text_of
from mathcore.rules.attained import Attained
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.induction import Induction
from mathcore.rules.monotone import Monotone
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case, Split
from mathcore.rules.squared import Squared
from mathcore.rules.sum_over import SumOver
from mathcore.rules.support import Support
from mathcore.rules.use import Use

DEPTH = 3


def searching(scope: Scope) -> Scope:
    """The scope in which holes are filled; in no other does a rule with a hole show anything."""
    checkers = replace(scope.checkers, of={**scope.checkers.of, Hole: _fill})
    return replace(scope, checkers=checkers)


def _fill(rule: Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    assert isinstance(rule, Hole)
    found, _ = find(scope, left, op, right, rule.depth)
    rule.found.append(found)


def find(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> tuple[Rule, str]:
    """A rule whose checker accepts the relation, and its description; raises NotShown."""
    why, partial, scope = "", None, searching(scope)
    for make in candidates(scope, left, op, right, depth):
        trace = Trace()
        try:
            rule = make()
            check(rule, replace(scope, trace=trace), left, op, right)
        except FAILS as error:
            why = why or str(error)
            continue
        if not trace.conditions:
            scope.trace.include(trace)
            return rule, described(rule)
        partial = partial or (rule, trace)
    if partial is None:
        raise NotShown(why or "no certificate was found among the standard patterns")
    scope.trace.include(partial[1])
    return partial[0], described(partial[0])


def candidates(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    if op == "=":
        yield lambda: Rewrite()
        for h in scope.context.hypotheses:
            yield partial(Use, text_of(h))
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
        yield partial(Use, text_of(h))
    if depth <= 0:
        return
    yield from set_apart(scope, left, op, right, depth)
    yield from sizes_of_squares(scope, left, op, right, depth)
    yield from same_powers(scope, left, op, right, depth)
    yield from cubes(scope, left, op, right)
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


def on_support(scope: Scope, zeros: tuple[str, ...], left: t.Expr, op: str, right: t.Expr) -> Rule:
    symbols = {z: scope.context.symbols[z.removeprefix("1 - ")] for z in zeros}
    if any(s.type.shape for s in symbols.values()):
        inner = replace(scope, formal=frozenset(symbols.values()))
    else:
        between = [(s, 1, "<") if z.startswith("1 - ") else (s, 0, ">") for z, s in symbols.items()]
        inner = scope.assuming(*(t.Relation((s, t.number(end)), (op_,)) for s, end, op_ in between))
    return Support(zeros, certificate(inner, left, op, right))


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
        return not normal.facts.positive(normal.read(substitute(node.args[0], {symbol: t.number(end)})))
    except KernelError:
        return True


def _symbolic(node: t.Expr) -> bool:
    """A power whose exponent is no number."""
    return isinstance(node, t.Pow) and not isinstance(t.bare(node.exponent), (t.Number, t.Neg))


def ends(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """The ends of numbers apart, where logarithms are not meant."""
    splits = end_conditions(scope, left, right)
    if splits:
        rule: Rule = Hole(depth - 2)
        for first, second in splits:
            rule = Split((Case(first, Hole(0)), Case(second, rule)))
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
        yield lambda: filled(Attained(letter, Hole(depth - 1)), scope, left, op, right)


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

    def split(chosen: list[tuple[t.Expr, t.Expr]]) -> Rule:
        rule: Rule = Hole(max(0, depth - 2))
        for a, b in chosen:
            first, second = text_of(a), text_of(b)
            rule = Split((Case(f"{first} >= {second}", rule), Case(f"{first} < {second}", rule)))
        return rule

    for one in found[1:3]:
        yield partial(split_filled, split([one]), scope, left, op, right)
    for count in range(1, min(3, len(found)) + 1):
        yield partial(split_filled, split(found[:count]), scope, left, op, right)


def same_function(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """exp(a) against exp(b) by a against b, and log and sqrt likewise."""
    sides = [t.bare(scope.unfold(side)) for side in (left, right)]
    domains = {"exp": "real", "log": "positive", "sqrt": "nonnegative"}
    if all(isinstance(s, t.Call) and s.name == sides[0].name and s.name in domains for s in sides):  # type: ignore[attr-defined]  # calls
        name, (a, b) = loose_letter(scope.context, "x"), [text_of(s.args[0]) for s in sides]  # type: ignore[attr-defined]  # calls
        word = sides[0].name  # type: ignore[attr-defined]  # a call
        rule = Monotone(f"{word}({name})", f"{name}: {domains[word]}", f"{a} {op} {b}", Hole(depth - 1))
        yield lambda: filled(rule, scope, left, op, right)


def set_apart(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """A strict claim where a hypothesis a != b sets numbers apart: where a > b, and where a < b."""
    if op not in ("<", ">"):
        return
    for h in map(t.bare, scope.context.hypotheses):
        if not isinstance(h, t.Relation) or h.ops != ("!=",) or any(s.type.domain == "index" for s in t.free_symbols(h)):
            continue
        a, b = map(text_of, h.args)
        rule = Split(tuple(Case(f"{a} {sign} {b}", Hole(max(0, depth - 2))) for sign in (">", "<")))
        yield partial(split_filled, rule, scope, left, op, right)


def size_first(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """|a| <= a maximum as a <= it and -a <= it, before anything asks for the signs of all that stands in the maximum; |a| <= a
    root by the squares."""
    smaller, larger = (t.bare(scope.unfold(side)) for side in ((left, right) if op in UP else (right, left)))
    if isinstance(smaller, t.Call) and smaller.name == "abs" and isinstance(larger, t.Call) and larger.name == "sqrt":
        yield partial(filled_later, partial(Squared, text_of(smaller), text_of(larger), Hole(depth - 1)), scope, left, op, right)
        return
    maximum = (isinstance(larger, t.Call) and larger.name == "max") or (isinstance(larger, t.Big) and larger.op == "max")
    summed = isinstance(larger, (t.Symbol, t.Number)) and any(isinstance(n, t.Big) and n.op == "sum" for n in t.walk(smaller))
    if not isinstance(smaller, t.Call) or smaller.name != "abs" or not (maximum or summed):
        return
    bound = any(scope.context.symbols.get(s.name) != s for s in t.free_symbols(smaller))
    if bound or len(quantities(scope, smaller, smaller)) != 1:
        return
    inside = text_of(smaller.args[0])
    inner = Hole(max(0, depth - (1 if isinstance(larger, t.Big) else 2)))
    rule = Split(tuple(Case(f"{inside} {sign} 0", inner) for sign in (">=", "<")))
    yield partial(split_filled, rule, scope, left, op, right)


# sums -------------------------------------------------------------------------------------------------------------


def term_by_term(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """Two sums over one index are compared term by term."""
    sides = [t.bare(scope.unfold(side)) for side in (left, right)]
    if all(isinstance(s, t.Big) and s.op == "sum" and len(s.binders) == 1 and s.binders[0].lower is None for s in sides):
        size = t.size_of(sides[0].binders[0].symbol)  # type: ignore[attr-defined]  # sums
        letter = Writer(scope.context, scope.subject).letters(size, 1)[0]
        yield lambda: filled(SumOver(letter.name, Hole(depth - 1)), scope, left, op, right)


def rearranged(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """The difference of the sides as a difference of two sums with terms >= 0, compared term by term."""
    normal = scope.normal()
    gap = gap_of(scope, normal, left, op, right)
    writer = Writer(scope.context, scope.subject)
    groups: dict[t.Expr, tuple[Poly, Poly]] = {}
    loose = ZERO
    for m, v in gap.terms.items():
        sums = [(a, e) for a, e in m if isinstance(a, Sum) and e == 1 and len(a.binders) == 1]
        if len(sums) != 1:
            loose = loose + Poly({m: v})
            continue
        atom = sums[0][0]
        size = t.size_of(atom.binders[0])
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


def _opened(normal: Normal, atom: Sum, outside: Monomial, letter: t.Symbol) -> Poly:
    body = normal.substitute(atom.summand, {atom.binders[0]: letter})
    return normal.multiply(Poly({monomial(outside): Fraction(1)}), body)


# words ---------------------------------------------------------------------------------------------------------------


def described(rule: Rule) -> str:
    """The proof in words."""
    if isinstance(rule, Certificate):
        return "larger - smaller is a sum of terms >= 0: " + "; ".join(map(_of_term, rule.terms))
    if isinstance(rule, Split):
        return "; ".join(f"where {case.condition}: {described(case.by)}" for case in rule.cases)
    if isinstance(rule, Support):
        return f"zeros of {', '.join(rule.of)} apart, {described(rule.by)}"
    if isinstance(rule, Attained):
        return f"the maximum is attained at some {rule.index}: {described(rule.by)}"
    if isinstance(rule, SumOver):
        return f"term by term in {rule.index}: {described(rule.by)}"
    if isinstance(rule, Monotone):
        return _of_monotone(rule)
    if isinstance(rule, Squared):
        return f"{rule.smaller} against {rule.larger} by their squares: {described(rule.by)}"
    if isinstance(rule, Induction):
        return f"by induction over {rule.over}: {described(rule.start)}; {described(rule.step)}"
    if isinstance(rule, Use):
        return f"the hypothesis {rule.hypothesis}"
    return "both sides have one normal form" if isinstance(rule, Rewrite) else rule.title


def _of_monotone(rule: Monotone) -> str:
    if rule.turning:
        return f"{rule.function} is least at {rule.variable.partition(':')[0]} = {rule.turning}"
    if rule.by is None:
        return rule.title
    why = f" ({rule.slope} >= 0: {described(rule.sign)})" if rule.sign is not None else ""
    return f"{rule.function} is monotone{why} and {rule.inner}: {described(rule.by)}"


def _of_term(term: Term) -> str:
    text = term.weight
    if term.lemma:
        text = f"{term.lemma} at {term.at}" if term.weight == "1" else f"{term.weight} times {term.lemma} at {term.at}"
    return text + (f", summed over {term.over}" if term.over else "")

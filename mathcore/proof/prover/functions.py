"""Functions that are only declared: concrete ones that keep the hypotheses for every argument, and hypotheses at arguments.

No list of points can keep `f(u + v) = f(u) + f(v)` for every u and v. So points are asked only about functions of which the
hypotheses are proved, and a proof uses them at the arguments that the claim names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice, product

from mathcore.language import tree as t
from mathcore.language.parser import NUMBERS, Context
from mathcore.language.printers import to_text
from mathcore.language.substitution import substitute, unfold
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.defined import finite, has_value, said_to_depend
from mathcore.proof.faults import FAILS
from mathcore.proof.prover.lemmas import claim_scope
from mathcore.proof.prover.search import search
from mathcore.proof.prover.trees import loose_letter
from mathcore.proof.scope import NotShown, Scope, Trace, pairs, text_of

EXAMPLES = (
    "v^2",
    "v",
    "exp(v)",
    "-v^2",
    "2 v + 1",
    "1",
    "0",
    "-v",
    "-exp(v)",
    "abs(v)",
    "v^2 + 1",
    "v^3 / 2 - v + 1 / 3",
    "2 v^2",
)
ARGUMENTS = (*NUMBERS, "natural")  # the domains of letters of which no list of points holds every value
ANY = "v^3 / {up} - {down} v + 1 / 3"  # of which nothing is assumed
ENOUGH = 3  # examples
SECONDS = 0.25  # for the hypotheses of one example
TUPLES = 24  # of arguments at which a hypothesis is used


def general(context: Context) -> tuple[t.Expr, ...]:
    """The hypotheses about a declared function that are meant for every argument."""
    return tuple(h for h in context.hypotheses if _numbers(h) and _heads(context, h))


def _numbers(hypothesis: t.Expr) -> list[t.Symbol]:
    core = t.bare(hypothesis)
    if not isinstance(core, t.Big) or core.op != "forall" or any(b.lower is not None for b in core.binders):
        return []
    return [b.symbol for b in core.binders if b.symbol.type.domain in ARGUMENTS]


def _heads(context: Context, formula: t.Expr) -> set[str]:
    functions = {s.name for s in context.symbols.values() if s.type.domain == "function"}
    return functions & {n.head for n in t.walk(context.unfold(formula)) if isinstance(n, t.Apply)}


@dataclass(frozen=True)
class PutIn:
    """A claim with functions that hypotheses give, `f(u) = u^2` for every u, put in, and these hypotheses."""

    context: Context
    claim: t.Expr
    used: tuple[t.Expr, ...] = ()
    said: tuple[str, ...] = ()  # where what is given has no value at some u: it has one wherever the function is used
    unclear: str = ""  # where a letter of what is given, a of `f(u) = a u`, is another one around f


def given_functions(context: Context, claim: t.Expr) -> PutIn:
    used, told = list[t.Expr](), list[str]()
    for hypothesis in general(context):
        core = t.bare(hypothesis)
        said = t.bare(core.body) if isinstance(core, t.Big) else core
        if hypothesis not in context.hypotheses or not isinstance(said, t.Relation) or said.ops != ("=",):
            continue
        left, value = t.bare(said.args[0]), said.args[1]
        symbol = context.symbols.get(left.head) if isinstance(left, t.Apply) else None
        if not isinstance(left, t.Apply) or symbol is None or left.head in _heads(context, value):
            continue
        about, real = _numbers(hypothesis), t.Type("real")
        letters = tuple(s for s in map(t.bare, left.args) if isinstance(s, t.Symbol) and s.type == real and s in about)
        if len(set(letters)) != len(left.args) or symbol.type != t.Type("function"):
            continue
        others = t.free_symbols(context.unfold(value)) - t.free_symbols(t.Paren(left))
        for node in (n for f in (claim, *context.hypotheses) if f != hypothesis for n in t.walk(context.unfold(f))):
            if (hidden := others & set(t.bound_symbols(node))) and left.head in _heads(context, node):
                return PutIn(context, claim, unclear=said_to_depend(symbol, hidden))
        made = {left.head: t.Definition(left.head, letters, (), t.Paren(value))}
        there: list[t.Expr] = []
        if not has_value(claim_scope(context, claim), value, letters):
            uses = list(_uses(claim, left.head))
            if None in uses:
                continue
            there = list(dict.fromkeys(unfold(use, made) for use in uses if use is not None))
        if left.head in _heads(context, claim):
            used.append(hypothesis)
            told += [f"{text_of(value)} has a value wherever {left.head} is used"] if there else []
        claim = unfold(claim, made)
        rest = tuple(unfold(h, made) for h in context.hypotheses if h != hypothesis)
        symbols = {name: s for name, s in context.symbols.items() if name != left.head}
        context = replace(context, hypotheses=(*rest, *there), symbols=symbols)
    return PutIn(context, claim, tuple(used), tuple(told))


def _uses(node: t.Expr, head: str) -> Iterator[t.Expr | None]:
    """That each f(...) in a tree has a value; None where a letter of it is none that has one value after the other."""
    if isinstance(node, t.Apply) and node.head == head:
        yield finite(node)
    bound = frozenset(t.bound_symbols(node))
    for part in t.children(node):
        for use in _uses(part, head):
            if use is None or not t.free_symbols(use) & bound:
                yield use
            else:
                yield t.Big("forall", node.binders, use) if isinstance(node, t.Big) else None


def examples(context: Context, claim: t.Expr, clock: Clock) -> tuple[Context, list[str]]:
    """The context without what is assumed of every argument, and functions that keep it; [""] where there is no function."""
    said = general(context)
    rest = tuple(h for h in context.hypotheses if h not in said)
    names = sorted(set().union(*(_heads(context, f) for f in (claim, *(context.hypotheses if said else ())))))
    if not names:
        return replace(context, hypotheses=rest), [""]
    letter = loose_letter(context, "v_")
    made = replace(context, hypotheses=rest, symbols={**context.symbols, letter: t.Symbol(letter, t.Type("real"))})
    if any(context.symbols[name].type != t.Type("function") for name in names):
        return made, [] if said else [""]

    def instance(bodies: tuple[str, ...]) -> str:
        return "; ".join(f"{name}({letter}) = {b.replace('v', letter)}" for name, b in zip(names, bodies, strict=True))

    if not said:
        any_ = tuple(ANY.format(up=k + 2, down=k + 1) for k in range(len(names)))
        about = any(_heads(context, h) for h in context.hypotheses)  # which this one need not keep anywhere
        return made, [instance(b) for b in (any_, *((e,) * len(names) for e in (EXAMPLES if about else ())))]
    same = ((b,) * len(names) for b in EXAMPLES)
    mixed = product(EXAMPLES[:4], repeat=len(names)) if len(names) > 1 else ()
    kept = (text for bodies in (*same, *mixed) if _keeps(made, said, text := instance(bodies), clock))
    return made, list(islice(kept, ENOUGH))


def _keeps(context: Context, said: tuple[t.Expr, ...], instance: str, clock: Clock) -> bool:
    """Whether the function is shown to satisfy the hypotheses for all arguments."""
    from mathcore.proof.at_points import _with_instance

    bare_context = replace(context, hypotheses=(), fixed=frozenset(), somewhere=())
    for hypothesis in said:
        core = t.bare(hypothesis)
        assert isinstance(core, t.Big)  # as `general` has it
        letters: dict[t.Symbol, t.Expr] = {}
        own = bare_context
        for b in core.binders:
            name = loose_letter(own, b.symbol.name)
            letters[b.symbol] = made = t.Symbol(name, b.symbol.type)
            own = replace(own, symbols={**own.symbols, name: made})
        own, claim = _with_instance(own, instance, substitute(core.body, letters))
        if clock.left() < SECONDS:
            return False
        try:
            with limited(SECONDS):
                if search(own, claim, Clock(SECONDS)).conditions:
                    return False
        except OutOfTime:
            return False
        except FAILS:
            return False
    return True


def at_arguments(context: Context, claim: t.Expr) -> tuple[Context, dict[str, tuple[str, ...]]]:
    """The hypotheses about functions at the arguments that the claim names, and from the text of each to those it rests on."""
    said = general(context)
    if not said:
        return context, {}
    made: list[t.Expr] = [h for h in context.hypotheses if h not in said]
    scope = claim_scope(replace(context, hypotheses=tuple(made)), claim)
    source: dict[str, tuple[str, ...]] = {}
    pool = _pool(context, claim)
    for hypothesis in said:
        core = t.bare(hypothesis)
        assert isinstance(core, t.Big)  # as `general` has it
        letters = [b.symbol for b in core.binders]
        if any(s.type.domain not in ARGUMENTS for s in letters):
            continue
        if any(isinstance(n, (t.Derivative, t.Limit, t.At)) for n in t.walk(context.unfold(core))):
            continue
        for chosen in islice(product(pool, repeat=len(letters)), TUPLES):
            with suppress(*FAILS):
                own = replace(scope, trace=Trace())
                one = _shown(own, substitute(core.body, dict(zip(letters, chosen, strict=True))), letters, chosen)
                if not any(t.same(one, h) for h in made):
                    made.append(one)
                    source[text_of(one)] = (text_of(hypothesis), *sorted(own.trace.hypotheses))
    return replace(context, hypotheses=tuple(made)), source


def _shown(scope: Scope, formula: t.Expr, letters: list[t.Symbol], chosen: tuple[t.Expr, ...]) -> t.Expr:
    """A hypothesis at arguments that lie in the domains of its letters and satisfy its premises."""
    for letter, value in zip(letters, chosen, strict=True):
        scope.require_domain(value, letter.type)
    core = t.bare(formula)
    while isinstance(core, t.Implies):
        premise = t.bare(core.premise)
        if not isinstance(premise, t.Relation):
            raise NotShown("a premise that is no relation")
        for left, op, right in pairs(premise):
            scope.require_relation(left, op, right)
        core = t.bare(core.conclusion)
    if scope.trace.conditions:
        raise NotShown("conditions are left")
    return core


def _pool(context: Context, claim: t.Expr) -> list[t.Expr]:
    """Arguments of functions in the claim, their letters, 0 and 1."""

    def found() -> Iterator[t.Expr]:
        node = context.unfold(claim)
        bound = {s for n in t.walk(node) for s in t.bound_symbols(n)}
        inside = [a for n in t.walk(node) if isinstance(n, t.Apply) and _heads(context, n) for a in n.args]
        inside = [a for a in inside if not t.free_symbols(a) & bound]
        for a in inside:
            yield from sorted(
                (s for s in t.free_symbols(a) if s.type.domain in NUMBERS and not s.type.shape), key=lambda s: s.name
            )
        yield from inside
        for n in t.walk(node):
            if isinstance(n, t.Symbol) and n.type.domain in NUMBERS and not n.type.shape and n not in bound:
                yield n
        yield t.number(0)
        yield t.number(1)

    seen: dict[str, t.Expr] = {}
    for node in found():
        seen.setdefault(to_text(t.bare(node)), node if isinstance(node, (t.Symbol, t.Number)) else t.Paren(t.bare(node)))
    return list(seen.values())[:5]

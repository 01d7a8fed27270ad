"""The search for a proof: rules are tried in turn, and each is judged by its own checker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import product

from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import Context
from mathcore.language.reading import counts
from mathcore.language.substitution import renamed, substitute
from mathcore.proof.checking import check
from mathcore.proof.deadline import Clock
from mathcore.proof.faults import FAILS
from mathcore.proof.judging import judge_derivation
from mathcore.proof.kernel.atom import Entry, Range
from mathcore.proof.kernel.equations import replace_atom
from mathcore.proof.kernel.polynomial import ZERO, Atom, Poly, of
from mathcore.proof.prover.before import Shown, closed_sums, prepared
from mathcore.proof.prover.inductions import by_induction, by_induction_below
from mathcore.proof.prover.inequalities import (
    DEPTH,
    end_conditions,
    find,
    quantities,
    rearranged,
    supports,
)
from mathcore.proof.prover.lemmas import LEMMAS, claim_scope
from mathcore.proof.prover.trees import Writer, lettered, loose_letter
from mathcore.proof.rules.algebra import equal, fill_gaps
from mathcore.proof.rules.unequal import unequal
from mathcore.proof.scope import NEGATED, Contradicted, NotShown, Scope, Trace, in_real_exponent, is_index, pairs, text_of
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.geometric import Geometric
from mathcore.rules.limiting import Limiting
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case, Split
from mathcore.rules.support import Support
from mathcore.rules.telescope import Telescope
from mathcore.rules.use import Use

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
class Stage:
    """One way to a proof: `run` raises NotShown where it leads nowhere."""

    name: str
    run: Callable[[Scope, t.Expr, str, t.Expr], object]


def speaking_of(context: Context, *formulas: t.Expr) -> Context:
    """The letters of these formulas are one each, also beside a part of the claim that lacks them."""
    named = frozenset().union(*(t.free_symbols(context.unfold(f)) for f in formulas))
    mine = {context.symbols.get(s.name, s) for s in named}  # which another part may declare otherwise
    return replace(context, fixed=context.fixed | frozenset(filter(counts, mine)))


def by_equal_indices(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """Where two indices of the claim are the same, and where they differ."""
    free = sorted((s for s in t.free_symbols(context.unfold(claim)) if s.type.domain == "index"), key=lambda s: s.name)
    free = [s for s in free if context.symbols.get(s.name) == s]
    pairs_ = [(i, j) for k, i in enumerate(free) for j in free[k + 1 :] if i.type == j.type]
    if len(pairs_) != 1:
        raise NotShown("no two indices that may be the same")
    ((i, j),) = pairs_
    apart = t.Relation((i, j), ("!=",))
    told = (part for h in context.hypotheses for part in single_relations(t.bare(h)))
    if any(part in (apart, t.Relation((j, i), ("!=",))) for part in told):
        raise NotShown("the two indices are known to differ")
    same = _searched_with(context, claim, {i: j}, context.symbols, clock)
    labels = (f"where {i.name} = {j.name}", f"where {text_of(apart)}")
    return distinguished([same, search(context.assuming(apart), claim, clock)], labels, (apart,))


def _searched_with(
    context: Context, claim: t.Expr, put: Mapping[t.Symbol, t.Expr], symbols: Mapping[str, t.Symbol], clock: Clock
) -> Found:
    """What the search finds with these put in everywhere; hypotheses are named as they were said."""
    made = tuple(substitute(context.unfold(h), put) for h in context.hypotheses)
    said = {text_of(new): text_of(h) for new, h in zip(made, context.hypotheses, strict=True)}
    found = search(replace(context, symbols=symbols, hypotheses=made), substitute(context.unfold(claim), put), clock)
    return resting_also(replace(found, hypotheses=tuple(said.get(h, h) for h in found.hypotheses)), ())


def resting_also(found: Found, hypotheses: Iterable[str]) -> Found:
    return replace(found, hypotheses=tuple(sorted({*found.hypotheses, *hypotheses})))


def where_one(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """Where the base of a power is 1, and where it is less: sums of its powers close only there."""
    bases: dict[t.Symbol, None] = {}
    for node in t.walk(context.unfold(claim)):
        if isinstance(node, t.Pow) and not isinstance(t.bare(node.exponent), t.Number):
            base = t.bare(node.base)
            if isinstance(base, t.Symbol) and not base.type.shape and _at_most_one(context, base) is not None:
                bases[base] = None
    if len(bases) != 1 or any(isinstance(n, (t.Derivative, t.Limit)) for n in t.walk(context.unfold(claim))):
        raise NotShown("no single base of powers that may be 1")
    (base,) = bases
    if in_real_exponent(context.unfold(claim), base):
        raise NotShown("a real power is not followed to where its exponent is a number")
    one, below = (t.Relation((base, t.number(1)), (op,)) for op in ("=", "<"))
    spoken = [h for h in context.hypotheses if base in t.free_symbols(h)]
    others = replace(context, hypotheses=tuple(h for h in context.hypotheses if h not in spoken))
    at_one = search(others, substitute(context.unfold(claim), {base: t.number(1)}), clock)
    labels = (f"where {text_of(one)}", f"where {text_of(below)}")
    whole = distinguished([at_one, search(context.assuming(below), claim, clock)], labels, (below,))
    return resting_also(whole, _at_most_one(context, base) or ())


def _at_most_one(context: Context, base: t.Symbol) -> tuple[str, ...] | None:
    """By which hypothesis 1 is its largest value, by none if it is declared so; None if it is not, or 1 is excluded."""
    if context.symbols.get(base.name) != base:
        return None
    about = [h for h in map(t.bare, context.hypotheses) if isinstance(h, t.Relation) and base in t.free_symbols(h)]
    if any(h.ops in (("<",), (">",)) and {base, t.number(1)} == set(map(t.bare, h.args)) for h in about):
        return None
    if base.type.domain == "unit":
        return ()
    said = ((("<=",), (base, t.number(1))), ((">=",), (t.number(1), base)))
    below = next((h for h in about if (h.ops, tuple(map(t.bare, h.args))) in said), None)
    return None if below is None else (text_of(below),)


def by_signs(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """A limit, or a claim about steps, where a number is negative, where it is 0 and where it is positive."""
    node, zero = context.unfold(claim), t.number(0)
    if not any(isinstance(n, t.Limit) or (isinstance(n, t.Call) and n.name == "step") for n in t.walk(node)):
        raise NotShown("neither a limit nor a step")
    known = [t.bare(h) for h in context.hypotheses]
    varied = {v for n in t.walk(node) if isinstance(n, t.Derivative) for v in t.free_symbols(n.variable)}
    for x in sorted((s for s in t.free_symbols(node) - varied if s.type == t.Type("real")), key=lambda s: s.name):
        relations = {op: t.Relation((x, zero), (op,)) for op in ("<", ">", "!=")}
        if context.symbols.get(x.name) != x or any(known.count(relations[op]) for op in ("<", ">")) or in_real_exponent(node, x):
            continue
        found = [search(context.assuming(relations[op], relations["!="]), claim, clock) for op in ("<", ">")]
        labels = [f"where {text_of(relations[op])}" for op in ("<", ">")]
        if relations["!="] not in known:
            found.append(_searched_with(context, claim, {x: zero}, context.symbols, clock))
            labels.append(f"where {x.name} = 0")
        whole = distinguished(found, tuple(labels), [r for r in relations.values() if r not in known])
        return resting_also(whole, [text_of(relations["!="])] if relations["!="] in known else [])
    raise NotShown("no number of unknown sign")


def by_open_unit(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """A number that hypotheses keep inside the unit interval is a positive number below 1: by that one may differentiate."""
    node = context.unfold(claim)
    bases = {v for n in t.walk(node) if isinstance(n, t.Derivative) for v in t.free_symbols(n.variable)}
    known = {
        (r.args[0], r.ops[0], r.args[1]): text_of(r)
        for r in map(t.bare, context.hypotheses)
        if isinstance(r, t.Relation) and len(r.ops) == 1
    }
    zero, one = t.number(0), t.number(1)
    put, used = dict[t.Symbol, t.Symbol](), list[str]()
    for p in bases:
        above = known.get((p, ">", zero)) or known.get((zero, "<", p))
        below = known.get((p, "<", one)) or known.get((one, ">", p))
        if p.type == t.Type("unit") and above and below:
            put[p] = t.Symbol(p.name, t.Type("positive"))
            used += [above, below]
    if not put:
        raise NotShown("no number of the open unit interval to differentiate by")
    symbols = {n: renamed(s, put) for n, s in context.symbols.items()}
    return resting_also(_searched_with(context, claim, put, symbols, clock), used)


def by_two_shares(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """A distribution on two places as u and 1 - u."""
    node = context.unfold(claim)
    local = [n for n in t.walk(node) if isinstance(n, (t.Derivative, t.Limit))]
    two = t.Type("simplex", (t.number(2),))
    for p in sorted((s for s in t.free_symbols(node) if s.type == two), key=lambda s: s.name):
        if any(p in t.free_symbols(n) for n in local):
            continue
        u = t.Symbol(loose_letter(context, "u"), t.Type("unit"))
        pair: dict[t.Symbol, t.Expr] = {p: t.List((u, t.Paren(t.Sub(t.number(1), u))))}
        symbols = {name: s for name, s in context.symbols.items() if s != p} | {u.name: u}
        found = _searched_with(context, claim, pair, symbols, clock)
        if found.conditions:
            raise NotShown("conditions are left")
        return replace(found, method=f"{p.name} as {u.name} and 1 - {u.name}: {found.method}")
    raise NotShown("no distribution on two places")


def by_sides(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """Where a hypothesis says u != c: below c and above it."""
    if not any(
        isinstance(n, t.Derivative) or (isinstance(n, t.Call) and n.name in ("abs", "step"))
        for n in t.walk(context.unfold(claim))
    ):
        raise NotShown("nothing changes at a side")
    known = [t.bare(h) for h in context.hypotheses]
    for one in known:
        if not isinstance(one, t.Relation) or one.ops != ("!=",) or any(is_index(a) for a in one.args):
            continue
        relations = [t.Relation(one.args, (op,)) for op in ("<", ">")]
        if any(r in known for r in relations) or not t.free_symbols(one) <= t.free_symbols(context.unfold(claim)):
            continue
        labels = tuple(f"where {text_of(r)}" for r in relations)
        whole = distinguished([search(context.assuming(r), claim, clock) for r in relations], labels, relations)
        return resting_also(whole, [text_of(one)])
    raise NotShown("no hypothesis of the form u != c")


def by_definitions(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """An array whose entries a hypothesis gives, all of them, replaced by what they are."""
    node = context.unfold(claim)
    spoken = t.free_symbols(node) | context.fixed
    local = [n for n in t.walk(node) if isinstance(n, (t.Derivative, t.Limit))]
    for place, hypothesis in enumerate(context.hypotheses):
        found = _definition(context, hypothesis, spoken)
        if found is None or found[0] not in spoken or any(found[0] in t.free_symbols(n) for n in local):
            continue
        array, letters, value = found
        if in_real_exponent(node, array):
            continue
        whole = t.Big("vector", tuple(map(t.Binder, letters)), t.Paren(value))
        others = [h for k, h in enumerate(context.hypotheses) if k != place]
        rest = [substitute(context.unfold(h), {array: whole}) for h in others]
        said = {text_of(new): text_of(h) for new, h in zip(rest, others, strict=True)}
        if array.type.domain in ("positive", "nonnegative"):  # what it is has the sign that it is declared to have
            op = ">" if array.type.domain == "positive" else ">="
            rest.append(t.Big("forall", tuple(map(t.Binder, letters)), t.Relation((value, t.number(0)), (op,))))
        elif array.type.domain != "real":
            continue
        symbols = {name: s for name, s in context.symbols.items() if s != array}
        inner = replace(context, symbols=symbols, hypotheses=tuple(rest))
        shown = search(inner, substitute(node, {array: whole}), clock)
        if shown.conditions:
            raise NotShown("conditions are left")
        used = tuple(said[h] for h in shown.hypotheses if h in said)
        shown = replace(shown, method=f"with {text_of(hypothesis)} put in: {shown.method}", hypotheses=used)
        return resting_also(shown, [text_of(hypothesis)])
    raise NotShown("no array is given by its entries")


def _definition(
    context: Context, hypothesis: t.Expr, spoken: frozenset[t.Symbol]
) -> tuple[t.Symbol, tuple[t.Symbol, ...], t.Expr] | None:
    """R, (i, j) and the value of `R[i, j] = value`, where it is said of every i and j."""
    core, bound = t.bare(hypothesis), list[t.Symbol]()
    while isinstance(core, t.Big) and core.op == "forall" and all(b.lower is None for b in core.binders):
        bound += [b.symbol for b in core.binders]
        core = t.bare(core.body)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return None
    entry, value = t.bare(core.args[0]), core.args[1]
    if not isinstance(entry, t.Index) or not isinstance(array := t.bare(entry.base), t.Symbol):
        return None
    letters = tuple(s for place in entry.indices if (s := t.index_in(place)) is not None and (s in bound or s not in spoken))
    others = [t.free_symbols(context.unfold(h)) for h in context.hypotheses if h is not hypothesis]
    shared = any(s in symbols for s in letters if s not in bound for symbols in others)  # then it may be said of some only
    if shared or len(set(letters)) != len(entry.indices) or tuple(map(t.size_of, letters)) != array.type.shape:
        return None
    return None if array in t.free_symbols(context.unfold(value)) else (array, letters, value)


def loosened(context: Context) -> Context:
    """`forall(k: k != j => z[k] < z[j])` as `k != j => z[k] < z[j]` with a letter that nothing else has."""
    for place, hypothesis in enumerate(context.hypotheses):
        core = t.bare(hypothesis)
        if not (isinstance(core, t.Big) and core.op == "forall" and len(core.binders) == 1 and core.binders[0].lower is None):
            continue
        bound = core.binders[0].symbol
        if isinstance(t.bare(core.body), t.Implies) and bound.type.domain == "index":
            letter = t.Symbol(loose_letter(context, "every"), bound.type)
            said = substitute(t.bare(core.body), {bound: letter})
            context = replace(
                context,
                symbols={**context.symbols, letter.name: letter},
                hypotheses=(*context.hypotheses[:place], said, *context.hypotheses[place + 1 :]),
            )
    return context


def single_relations(goal: t.Expr) -> list[t.Expr]:
    """The parts of a conjunction or of a chain of relations."""
    if isinstance(goal, t.And):
        return [part for one in goal.parts for part in single_relations(t.bare(one))]
    return [t.Relation((a, b), (op,)) for a, op, b in pairs(goal)] if isinstance(goal, t.Relation) else [goal]


def _implied(conclusion: t.Expr, premise: t.Expr) -> t.Expr:
    return t.Implies(premise, conclusion)


def together(found: list[Found], labels: tuple[str, ...] = ()) -> Found:
    """Several proofs as one."""

    def union(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(x for f in found for x in getattr(f, name)))

    said = [f.method for f in found]
    method = "; ".join(dict.fromkeys(f"{label}: {one}" for label, one in zip(labels, said, strict=True)) if labels else said)
    return Found(method, *(union(name) for name in ("conditions", "hypotheses", "lemmas", "axioms", "notes")))


def distinguished(found: list[Found], labels: tuple[str, ...], assumed: Iterable[t.Expr]) -> Found:
    """Cases put together: what a case assumes is no hypothesis of the whole."""
    whole, cases = together(found, labels), set(map(text_of, assumed))
    if whole.conditions:
        raise NotShown("conditions are left")
    used = tuple(h for h in whole.hypotheses if h not in cases)
    return replace(whole, hypotheses=used, axioms=tuple(sorted({*whole.axioms, "case distinction"})))


def both_directions(context: Context, claim: t.Expr, goal: t.Iff, clock: Clock) -> Found:
    """`A <=> B` by a rule for equivalences, or B from A and A from B; the claim says under which premises."""
    context = lettered(context, claim)
    for rule in (Rewrite(), Geometric()):
        trace = Trace()
        scope = claim_scope(context, claim, trace)
        try:
            check(rule, scope, goal.left, "<=>", goal.right)
        except FAILS:
            continue
        if not trace.conditions:
            return _found("each side is a positive multiple of the other", trace)
    ways_ = ((goal.left, goal.right), (goal.right, goal.left))
    whole = together([direction(context, claim, a, b, clock) for a, b in ways_], ("forward", "backward"))
    known = set(map(text_of, context.hypotheses))  # a side that was assumed on the way is no hypothesis of the whole
    sides = {text_of(r) for side in (goal.left, goal.right) for r in (t.bare(side), *single_relations(t.bare(side)))}
    return replace(whole, hypotheses=tuple(h for h in whole.hypotheses if h in known or h not in sides))


def direction(context: Context, claim: t.Expr, premise: t.Expr, goal: t.Expr, clock: Clock) -> Found:
    """The goal from the premise; else, where all sides have values everywhere, not the premise from not the goal."""
    try:
        found = search(context, t.Implies(premise, goal), clock)
    except NotShown:
        if otherwise := by_contraposition(context, claim, premise, goal, clock):
            return otherwise
        raise
    return (found.conditions and by_contraposition(context, claim, premise, goal, clock)) or found


def by_contraposition(context: Context, claim: t.Expr, premise: t.Expr, goal: t.Expr, clock: Clock) -> Found | None:
    """Not one of the premises from not the goal and the other premises; None where that is not found."""
    parts, known = single_relations(t.bare(goal)), single_relations(t.bare(premise))
    if not all(_has_values(context, claim, part) for part in parts):
        return None
    for one in filter(partial(_has_values, context, claim), known):
        others = [k for k in known if k is not one]
        try:
            shown = [_contrary(context, part, op, one, others, clock) for part in parts for op in _opposites(part)]
        except NotShown:
            continue
        whole = together(shown)
        axioms = tuple(sorted({*whole.axioms, "case distinction"}))
        used = sorted({*whole.hypotheses, text_of(one)})
        return replace(whole, method=f"by contraposition, {whole.method}", axioms=axioms, hypotheses=tuple(used))
    return None


def _opposites(part: t.Expr) -> tuple[str, ...]:
    """The relations whose negations are together the part: a = b is a <= b and a >= b."""
    assert isinstance(part, t.Relation)  # as all that has values
    return ("<=", ">=") if part.ops == ("=",) else part.ops


def _contrary(context: Context, part: t.Expr, op: str, one: t.Expr, others: list[t.Expr], clock: Clock) -> Found:
    """A proof that where `part` fails by `op`, `one` fails; the failing is no hypothesis of the whole."""
    assert isinstance(part, t.Relation) and isinstance(one, t.Relation)
    failing: t.Expr = _negated(one, one.ops[0])
    opposite = reduce(_implied, [_negated(part, op), *others], failing)
    found = search(context, opposite, clock)
    if found.conditions:
        raise NotShown("conditions are left")
    assumed = {text_of(_negated(part, op))} - set(map(text_of, (*context.hypotheses, *others)))
    return replace(found, hypotheses=tuple(h for h in found.hypotheses if h not in assumed))


def _negated(relation: t.Relation, op: str) -> t.Relation:
    return t.Relation(relation.args, (NEGATED[op],))


def _has_values(context: Context, claim: t.Expr, relation: t.Expr) -> bool:
    """Whether both sides of a part of the claim are defined wherever all hypotheses hold: then one of R and not R holds."""
    if not isinstance(relation, t.Relation) or len(relation.ops) != 1 or relation.ops[0] not in NEGATED:
        return False
    if any(isinstance(n, (t.Limit, t.Derivative)) for n in t.walk(context.unfold(relation))):
        return False
    scope = claim_scope(context, claim)
    try:
        for side in relation.args:
            normal = scope.normal()
            normal.read(scope.unfold(side))
            if normal.conditions:
                return False
    except FAILS:
        return False
    return True


def search(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """A proof of the claim without conditions, or one with fewest; raises NotShown with the first obstacle."""
    context = speaking_of(context, claim)
    goal, premises = core_of(claim)
    if isinstance(goal, t.Iff):
        return both_directions(context.assuming(*premises), claim, goal, clock)
    parts = single_relations(goal)
    if len(parts) > 1:
        return together([search(context.assuming(*premises), part, clock) for part in parts])
    (goal,) = parts
    if not isinstance(goal, t.Relation):
        raise NotShown("only relations, what follows from them and what is equivalent to them are searched for a proof")
    context = lettered(loosened(context.assuming(*premises)), claim)
    left, right = goal.args
    if any(isinstance(n, t.Limit) for n in t.walk(context.unfold(claim))):  # most need nothing that is shown before
        quick, _ = _tried(context, claim, left, goal.ops[0], right)
        if quick is not None and not quick.conditions:
            return quick
    shown = prepared(context, claim, left, goal.ops[0], right)
    more = context.assuming(*(relation for relation, _ in shown))
    best, why = _tried(more, claim, left, goal.ops[0], right)
    if best is None or best.conditions:
        for other in (
            at_hot_places,
            by_definitions,
            by_two_shares,
            by_open_unit,
            by_equal_indices,
            by_signs,
            by_sides,
            where_one,
        ):
            with suppress(NotShown):
                return other(context, claim, clock)
    if best is not None:
        return _without(best, shown) if shown else best
    raise NotShown(why or "no rule applies")


def at_hot_places(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """A one-hot vector o as delta(k, h), where h is the place of its 1: what is said of every h is said of every o."""
    node = context.unfold(claim)
    spoken = t.free_symbols(node)
    varied = {v for n in t.walk(node) if isinstance(n, t.Derivative) for v in t.free_symbols(n.variable)}
    hot = sorted((s for s in spoken if s.type.domain == "onehot" and len(s.type.shape) == 1), key=lambda s: s.name)
    if not hot or varied & set(hot):
        raise NotShown("no one-hot vector")
    nodes = (n for f in (claim, *context.hypotheses) for n in t.walk(context.unfold(f)))
    entries = [(n.base, n.indices[0]) for n in nodes if isinstance(n, t.Index) and isinstance(n.base, t.Symbol) and n.base in hot]
    if any(isinstance(vector.type.shape[0], t.Symbol) and not is_index(place) for vector, place in entries):
        raise NotShown("an entry at a place that may not exist")
    mapping, places, used = dict[t.Symbol, t.Expr](), dict[t.Symbol, t.Symbol](), list[str]()
    symbols = dict(context.symbols)
    for vector in hot:
        (size,) = vector.type.shape
        place, said = _hot_place(context, vector, spoken)
        used += said
        if place is None:
            name = loose_letter(replace(context, symbols=symbols), "h")
            symbols[name] = place = t.Symbol(name, t.Type("index", over=size))
        places[vector], k = place, t.fresh(place)
        mapping[vector] = t.Big("vector", (t.Binder(k),), t.Call("delta", (k, place)))
        del symbols[vector.name]
    found = resting_also(_searched_with(context, claim, mapping, symbols, clock), used)
    if found.conditions:
        raise NotShown("conditions are left")
    told = " and ".join(f"{vector.name} as 1 at {place.name}" for vector, place in places.items())
    return replace(found, method=f"{told}, 0 elsewhere: {found.method}", axioms=tuple(sorted({*found.axioms, "delta"})))


def _hot_place(context: Context, vector: t.Symbol, spoken: frozenset[t.Symbol]) -> tuple[t.Symbol | None, list[str]]:
    """The place of the 1 by a hypothesis o[i] = 1 about an index of the claim, and that hypothesis."""
    for hypothesis in context.hypotheses:
        core = t.bare(hypothesis)
        if not isinstance(core, t.Relation) or core.ops != ("=",):
            continue
        for entry, one in (map(t.bare, core.args), map(t.bare, core.args[::-1])):
            if isinstance(entry, t.Index) and t.bare(entry.base) == vector and one == t.number(1):
                (place,) = map(t.bare, entry.indices)
                if isinstance(place, t.Symbol) and place in spoken and place.type.domain == "index":
                    return place, [text_of(hypothesis)]
    return None, []


def _tried(context: Context, claim: t.Expr, left: t.Expr, op: str, right: t.Expr) -> tuple[Found | None, str]:
    best: Found | None = None
    why = ""
    for stage in stages(context, left, op, right):
        trace = Trace()
        scope = claim_scope(context, claim, trace)
        try:
            said = stage.run(scope, left, op, right)
        except FAILS as error:
            why = why or str(error)
            continue
        except Contradicted as error:
            why = f"two checks disagree: {error}"
            continue
        found = _found(stage.name if not isinstance(said, str) else said, trace)
        if not found.conditions:
            return found, ""
        if best is None or len(found.conditions) < len(best.conditions):
            best = found
    return best, why


def _without(found: Found, shown: list[Shown]) -> Found:
    """A proof that used what was shown before: it rests on what that rests on."""
    own = {text_of(relation) for relation, _ in shown}
    used = [trace for relation, trace in shown if text_of(relation) in found.hypotheses]
    if not used:
        return found
    told = sorted(own & set(found.hypotheses))
    lemmas = {x for trace in used for x in trace.lemmas}
    return replace(
        found,
        method=f"{found.method}; shown before: {' and '.join(told)}",
        hypotheses=tuple(sorted({*found.hypotheses, *(x for trace in used for x in trace.hypotheses)} - own)),
        lemmas=tuple(sorted({*found.lemmas, *lemmas})),
        axioms=tuple(sorted({*found.axioms, *(x for trace in used for x in trace.axioms), *_below(lemmas)})),
    )


def _found(method: str, trace: Trace) -> Found:
    return Found(
        method,
        tuple(trace.conditions),
        tuple(sorted(trace.hypotheses)),
        tuple(sorted(trace.lemmas)),
        tuple(sorted(trace.axioms | _below(trace.lemmas))),
        tuple(dict.fromkeys(trace.notes)),
    )


def _below(lemmas: set[str]) -> set[str]:
    """The axioms on which lemmas rest in their turn."""
    axioms: set[str] = set()
    for label in lemmas:
        verdict = judge_derivation(LEMMAS, LEMMAS.derivation(label.removeprefix(f"{LEMMAS.name}.")))
        axioms |= {*verdict.axioms, *_below(set(verdict.lemmas))}
    return axioms


def stages(context: Context, left: t.Expr, op: str, right: t.Expr) -> Iterator[Stage]:
    if op == "=":
        yield from equalities(context, left, right)
    elif op == "!=":
        yield Stage("no factor of the difference is 0", lambda s, a, o, b: unequal(s, a, b))
        for order in ("<", ">"):
            yield Stage("", partial(ordered, order))
    else:
        yield Stage("", lambda s, a, o, b: find(s, a, o, b, DEPTH)[1])
        yield Stage("", rearranged)
        yield Stage("", by_maxima)
        yield Stage("", by_induction)
        yield Stage("", by_induction_below)


def ordered(order: str, scope: Scope, left: t.Expr, _: str, right: t.Expr) -> str:
    """a < b, or a > b, which each show a != b."""
    return find(scope, left, order, right, DEPTH)[1]


def stage_of_rule(name: str, rule: Rule) -> Stage:
    return Stage(name, lambda scope, left, op, right: check(rule, scope, left, op, right) and None)


def equalities(context: Context, left: t.Expr, right: t.Expr) -> Iterator[Stage]:
    nodes = [n for side in (left, right) for n in t.walk(context.unfold(side))]
    if any(isinstance(n, t.Limit) for n in nodes):
        yield from limits(context, left, right)
        return
    summed = t.bare(context.unfold(left))
    if isinstance(summed, t.Big) and summed.op == "sum" and summed.binders[0].lower is not None:
        yield stage_of_rule("telescoping", Telescope())  # quick where it holds
    if any(isinstance(n, t.Derivative) for n in nodes):
        yield stage_of_rule("derivative carried out", Differentiate())
        yield Stage("derivative carried out, then the hypotheses used", derivative_then_hypotheses)
    else:
        yield stage_of_rule("both sides have one normal form", Rewrite())
        yield Stage("both sides have one normal form, by the hypotheses", by_hypotheses)
    for zeros in supports(context, left, right):
        yield Stage(f"support of {', '.join(zeros)}, normal form", partial(support_equality, zeros=zeros))
    yield stage_of_rule("telescoping", Telescope())
    yield stage_of_rule("geometric sums, step by step", Geometric())
    yield Stage("case by case", by_cases)
    yield Stage("the ends apart, normal form", by_ends)
    yield Stage("", by_ranges)
    yield Stage("", by_recurrence)
    yield Stage("", by_induction)


def by_hypotheses(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    scope.trace.axioms |= ALGEBRA
    equal(scope, left, right, hypotheses=True)


def derivative_then_hypotheses(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """The derivative is carried out with no hypothesis about its variable; what it comes to is then rewritten by them."""
    scope.trace.axioms |= {*ALGEBRA, "derivative table"}
    normal = scope.normal()
    gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    variables = {
        n.variable.base if isinstance(n.variable, t.Index) else n.variable
        for side in (left, right)
        for n in t.walk(scope.unfold(side))
        if isinstance(n, t.Derivative)
    }
    for source in normal.facts.ledger:
        if variables & t.free_symbols(scope.unfold(scope.parse(source))):
            raise NotShown(f"the hypothesis {source} speaks of the variable of differentiation")
    holds = scope.vanishes(gap, normal, hypotheses=True)
    scope.take(normal)
    if not holds:
        raise NotShown("the derivative differs from the other side")


def support_equality(scope: Scope, left: t.Expr, op: str, right: t.Expr, zeros: tuple[str, ...]) -> None:
    """The rule wants what may be +inf; where the sides may be -inf their opposites are compared."""
    for a, b in ((left, right), (t.Neg(t.Paren(left)), t.Neg(t.Paren(right)))):
        for rule in (Rewrite(), *(Use(text_of(r)) for r, _, _ in scope.equations())):
            trace = Trace()
            try:
                check(Support(zeros, rule), replace(scope, trace=trace), a, op, b)
            except NotShown:
                continue
            if not trace.conditions:
                scope.trace.include(trace)
                return
    raise NotShown("the sides differ, or hide an infinity")


def by_cases(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """By the sign of what |x|, max and min hide."""
    found = quantities(scope, left, right)
    if not 0 < len(found) <= 4:
        raise NotShown("nothing to split by")
    derived = any(isinstance(n, t.Derivative) for side in (left, right) for n in t.walk(scope.unfold(side)))
    rule: Rule = Differentiate() if derived else Rewrite()
    normal = scope.normal()
    for a, b in found:
        first, second = text_of(a), text_of(b)
        apart = normal.facts.nonzero(normal.read(scope.unfold(a)) - normal.read(scope.unfold(b)))
        rule = Split((Case(f"{first} {'>' if apart else '>='} {second}", rule), Case(f"{first} < {second}", rule)))
    check(rule, scope, left, op, right)


def by_ranges(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """An equation that is linear in one sum over a range, solved for it: then by the step from its end to the next."""
    normal = scope.normal()
    gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    ranges = {a for m in gap.terms for a, _ in m if isinstance(a, Range)}
    if len(ranges) != 1:
        raise NotShown("no single sum over a range")
    (atom,) = ranges
    parts = _linear_in(gap, atom)
    if parts is None:
        raise NotShown("not linear in the sum over a range")
    factor, rest = parts
    if not (normal.facts.positive(factor) or normal.facts.positive(-factor)):
        raise NotShown("what stands beside the sum over a range may be 0")
    writer = Writer(scope.context, scope.subject)
    whole, value = writer.tree(of(atom)), writer.tree(normal.multiply(-rest, normal.inverse(factor)))
    for rule in (Geometric(), Telescope()):
        try:
            check(rule, scope, whole, "=", value)
        except NotShown:
            continue
        fill_gaps(normal, scope, scope.unfold(left), scope.unfold(right))
        scope.take(normal)  # what the sides need to have values
        return f"solved for {text_of(whole)} = {text_of(value)}, by the step from its end to the next"
    raise NotShown("the sum over a range is not found step by step")


def by_recurrence(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """An equation that is linear in one entry u[t] of a sequence, solved for it: then from each entry to the next."""
    normal = scope.normal()
    gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    entries = sorted(a for a in {a for m in gap.terms for a, _ in m} if isinstance(a, Entry) and _counts_on(a))
    for atom in entries:
        parts = _linear_in(gap, atom)
        if parts is None or not normal.facts.nonzero(parts[0]):
            continue
        writer = Writer(scope.context, scope.subject)
        whole, value = writer.tree(of(atom)), writer.tree(normal.multiply(-parts[1], normal.inverse(parts[0])))
        with suppress(NotShown):
            check(Geometric(), scope, whole, "=", value)
            fill_gaps(normal, scope, scope.unfold(left), scope.unfold(right))
            scope.take(normal)  # what the sides need to have values
            return f"solved for {text_of(whole)} = {text_of(value)}, from each entry to the next"
    raise NotShown("no entry of a sequence is found step by step")


def _counts_on(entry: Entry) -> bool:
    """Whether it is u[t] with a natural number t, of a sequence u."""
    place = entry.indices[0] if len(entry.indices) == 1 else None
    return isinstance(place, Poly) and len(place.free) == 1 and place.single() is not None


def _linear_in(gap: Poly, atom: Atom) -> tuple[Poly, Poly] | None:
    """a and b of a u + b, for an atom u that stands in neither."""
    factor, rest = ZERO, ZERO
    for m, v in gap.terms.items():
        exponent = dict(m).get(atom, 0)
        others = Poly({tuple(f for f in m if f[0] is not atom): v})
        if exponent not in (0, 1) or others.is_made_with(atom):
            return None
        factor, rest = (factor + others, rest) if exponent else (factor, rest + others)
    return factor, rest


def by_maxima(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """With every minimum over an index as the opposite of a maximum."""

    def turned(node: t.Expr) -> t.Expr:
        node = t.map_children(node, turned)
        if isinstance(node, t.Big) and node.op == "min":
            return t.Paren(t.Neg(t.Big("max", node.binders, t.Paren(t.Neg(t.Paren(node.body))))))
        return node

    sides = [turned(scope.unfold(side)) for side in (left, right)]
    if t.same(sides[0], scope.unfold(left)) and t.same(sides[1], scope.unfold(right)):
        raise NotShown("no minimum over an index")
    equal(scope, left, sides[0])
    equal(scope, right, sides[1])
    return f"min as -max(-...): {find(scope, sides[0], op, sides[1], DEPTH)[1]}"


def by_ends(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """Where a number is 0, or 1, and where it is not."""
    rule: Rule = Rewrite()
    found = end_conditions(scope, left, right)
    if not 0 < len(found) <= 4:
        raise NotShown("no number has ends that matter")
    for first, second in found:
        rule = Split((Case(first, Rewrite()), Case(second, rule)))
    check(rule, scope, left, op, right)


def limits(context: Context, left: t.Expr, right: t.Expr) -> Iterator[Stage]:
    yield stage_of_rule("limit", Limiting())
    yield Stage("", limit_of_sum)


def limit_of_sum(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """The sums up to N are closed first, for every N."""
    node, said = closed_limit(scope, left)
    check(Limiting(), scope, node, op, right)
    return f"limit, with {' and '.join(said)}"


def closed_limit(scope: Scope, left: t.Expr) -> tuple[t.Limit, list[str]]:
    """The limit with what its sums up to N come to in their places, and these equations in words."""
    core = t.bare(scope.unfold(left))
    if not isinstance(core, t.Limit) or core.variable.type.domain != "natural":
        raise NotShown("no limit over the natural numbers")
    variable = core.variable
    symbols = {**scope.context.symbols, variable.name: variable}
    inside = replace(scope.without(variable), subject=None)
    inside = replace(inside, context=lettered(replace(inside.context, symbols=symbols), core.body))
    said: list[str] = []

    def closed(node: t.Expr) -> t.Expr:
        if not (isinstance(node, t.Big) and node.op == "sum" and variable in t.free_symbols(node)):
            return t.map_children(node, closed)
        normal = inside.normal()
        p = normal.read(node)
        shown = [relation for relation, _ in closed_sums(inside, node, t.number(0))]
        for relation in shown:
            whole, closed_form = (normal.read(side) for side in relation.args)
            (atom,) = whole.atoms()
            p = replace_atom(normal, p, atom, closed_form)
        written = Writer(inside.context, node).tree(p)
        if any(isinstance(n, t.Big) and variable in t.free_symbols(n) for n in t.walk(written)):
            raise NotShown(f"{text_of(node)} is not closed")
        values = [*(relation.args[1] for relation in shown), written]
        for value, rule in product(values, (Rewrite(), Geometric(), Telescope())):
            trace = Trace()
            with suppress(*FAILS):
                check(rule, replace(inside, trace=trace), node, "=", value)
                if not trace.conditions:
                    scope.trace.include(trace)
                    said.append(f"{text_of(node)} = {text_of(value)}")
                    return t.Paren(value)
        raise NotShown(f"{text_of(node)} is not closed")

    body = closed(core.body)
    if not said:
        raise NotShown("no sum up to the variable")
    return t.Limit(variable, core.point, core.side, body), said


__all__ = ["Found", "search"]

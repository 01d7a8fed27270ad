"""The search for a proof: rules are tried in turn, and each is judged by its own checker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial, reduce

from mathcore import card as c
from mathcore.formulas import load
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.derive import verify_derivation
from mathcore.proof.door.certificates import Search
from mathcore.proof.door.deadline import Clock
from mathcore.proof.door.inequalities import (
    DEPTH,
    FAILS,
    Probe,
    described,
    end_conditions,
    filled,
    find,
    merge,
    quantities,
    rearranged,
    supports,
)
from mathcore.proof.door.lemmas import LEMMAS
from mathcore.proof.door.trees import Writer, lettered, loose_letter
from mathcore.proof.kernel.equations import replace_atom
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Poly, of
from mathcore.proof.rules import check
from mathcore.proof.rules.algebra import equal
from mathcore.proof.rules.order import UP, gap_of
from mathcore.proof.scope import NEGATED, Contradicted, NotShown, Scope, Trail, bare, is_index, pairs, text_of

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


def by_equal_indices(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """Where two indices of the claim are the same, and where they differ."""
    free = sorted((s for s in t.free_symbols(context.unfold(claim)) if s.type.domain == "index"), key=lambda s: s.name)
    free = [s for s in free if context.symbols.get(s.name) == s]
    pairs_ = [(i, j) for k, i in enumerate(free) for j in free[k + 1 :] if i.type == j.type]
    spoken = frozenset().union(*(t.free_symbols(h) for h in context.hypotheses))
    if len(pairs_) != 1 or spoken & set(free):
        raise NotShown("no two indices that may be the same")
    ((i, j),) = pairs_
    same = search(context, t.substitute(context.unfold(claim), {i: j}), clock)
    apart = t.Relation((i, j), ("!=",))
    labels = (f"where {i.name} = {j.name}", f"where {text_of(apart)}")
    found = together([same, search(context.assuming(apart), claim, clock)], labels)
    if found.conditions:
        raise NotShown("conditions are left")
    used = tuple(h for h in found.hypotheses if h != text_of(apart))
    return replace(found, hypotheses=used, axioms=tuple(sorted({*found.axioms, "case distinction"})))


def single_relations(goal: t.Expr) -> list[t.Expr]:
    """The parts of a conjunction or of a chain of relations."""
    if isinstance(goal, t.And):
        return [part for one in goal.parts for part in single_relations(bare(one))]
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


def both_directions(context: Context, goal: t.Iff, clock: Clock) -> Found:
    """`A <=> B` by a rule for equivalences, or B from A and A from B."""
    context = lettered(context, goal)
    for rule in (c.rewrite, c.geometric):
        trail = Trail()
        scope = Scope(card=LEMMAS, context=context, trail=trail, path=("the claim",), subject=goal)
        try:
            check(rule, scope, goal.left, "<=>", goal.right)
        except FAILS:
            continue
        if not trail.conditions:
            return _found("each side is a positive multiple of the other", trail)
    ways_ = ((goal.left, goal.right), (goal.right, goal.left))
    return together([direction(context, a, b, clock) for a, b in ways_], ("forward", "backward"))


def direction(context: Context, premise: t.Expr, goal: t.Expr, clock: Clock) -> Found:
    """The goal from the premise; else, where all sides have values everywhere, not the premise from not the goal."""
    try:
        found = search(context, t.Implies(premise, goal), clock)
        if not found.conditions:
            return found
    except NotShown as error:
        reason, found = error, None
    parts, known = single_relations(bare(goal)), single_relations(bare(premise))
    if len(known) != 1 or not all(_has_values(context, part) for part in (*parts, *known)):
        return _or_raise(found, reason if found is None else None)
    shown: list[Found] = []
    for part in parts:
        assert isinstance(part, t.Relation)
        (op,) = part.ops
        for one in ("<=", ">=") if op == "=" else (op,):
            opposite = t.Implies(t.Relation(part.args, (NEGATED[one],)), t.Relation(known[0].args, (NEGATED[known[0].ops[0]],)))  # type: ignore[attr-defined]  # a relation
            try:
                shown.append(search(context, opposite, clock))
            except NotShown:
                return _or_raise(found, reason if found is None else None)
    whole = together(shown)
    return replace(whole, method=f"by contraposition, {whole.method}", axioms=tuple(sorted({*whole.axioms, "case distinction"})))


def _or_raise(found: Found | None, reason: NotShown | None) -> Found:
    if found is None:
        raise reason or NotShown("no rule applies")
    return found


def _has_values(context: Context, relation: t.Expr) -> bool:
    """Whether both sides are defined wherever the declarations and hypotheses hold: then one of R and not R holds."""
    if not isinstance(relation, t.Relation) or len(relation.ops) != 1 or relation.ops[0] not in NEGATED:
        return False
    if any(isinstance(n, (t.Limit, t.Derivative)) for n in t.walk(context.unfold(relation))):
        return False
    scope = Scope(card=LEMMAS, context=context, trail=Trail(), path=("the claim",), subject=relation)
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
    goal, premises = opened(claim)
    if isinstance(goal, t.Iff):
        return both_directions(context.assuming(*premises), goal, clock)
    parts = single_relations(goal)
    if len(parts) > 1:
        return together([search(context, reduce(_implied, reversed(premises), part), clock) for part in parts])
    (goal,) = parts
    if not isinstance(goal, t.Relation):
        raise NotShown("only relations, what follows from them and what is equivalent to them are searched for a proof")
    context = lettered(context.assuming(*premises), claim)
    left, right = goal.args
    shown = prepared(context, claim, left, goal.ops[0], right)
    more = context.assuming(*(relation for relation, _ in shown))
    best, why = _tried(more, claim, left, goal.ops[0], right)
    if best is None or best.conditions:
        for other in (at_hot_places, by_equal_indices):
            with suppress(NotShown):
                return other(context, claim, clock)
    if best is not None:
        return _without(best, shown) if shown else best
    raise NotShown(why or "no rule applies")


def at_hot_places(context: Context, claim: t.Expr, clock: Clock) -> Found:
    """A one-hot vector o as delta(k, h), where h is the place of its 1: what is said of every h is said of every o."""
    spoken = t.free_symbols(context.unfold(claim))
    hot = sorted((s for s in spoken if s.type.domain == "onehot" and len(s.type.shape) == 1), key=lambda s: s.name)
    if not hot or any(isinstance(n, (t.Derivative, t.Limit)) for n in t.walk(context.unfold(claim))):
        raise NotShown("no one-hot vector")
    entries = [
        n for f in (claim, *context.hypotheses) for n in t.walk(context.unfold(f)) if isinstance(n, t.Index) and n.base in hot
    ]
    if any(isinstance(n.base.type.shape[0], t.Symbol) and not is_index(n.indices[0]) for n in entries):  # type: ignore[attr-defined]  # symbols
        raise NotShown("an entry at a place that may not exist")
    mapping: dict[t.Symbol, t.Expr] = {}
    symbols = dict(context.symbols)
    for vector in hot:
        (size,) = vector.type.shape
        name = loose_letter(replace(context, symbols=symbols), "h")
        symbols[name] = t.Symbol(name, t.Type("index", over=size))
        k = t.fresh(symbols[name])
        mapping[vector] = t.Big("vector", (t.Binder(k),), t.Call("delta", (k, symbols[name])))
        del symbols[vector.name]
    hypotheses = tuple(t.substitute(context.unfold(h), mapping) for h in context.hypotheses)
    found = search(replace(context, symbols=symbols, hypotheses=hypotheses), t.substitute(context.unfold(claim), mapping), clock)
    if found.conditions:
        raise NotShown("conditions are left")
    said = " and ".join(f"{s.name} as 1 at {bare(m.body).args[1].name}" for s, m in mapping.items())  # type: ignore[attr-defined]  # as made above
    return replace(found, method=f"{said}, 0 elsewhere: {found.method}", axioms=tuple(sorted({*found.axioms, "delta"})))


def _tried(context: Context, claim: t.Expr, left: t.Expr, op: str, right: t.Expr) -> tuple[Found | None, str]:
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
            return found, ""
        if best is None or len(found.conditions) < len(best.conditions):
            best = found
    return best, why


Shown = tuple[t.Expr, Trail]


def prepared(context: Context, claim: t.Expr, left: t.Expr, op: str, right: t.Expr) -> list[Shown]:
    """What is shown before the claim is tried: signs of divisors and arguments, shares that are at most 1, closed sums."""
    scope = Scope(card=LEMMAS, context=context, trail=Trail(), path=("the claim",), subject=claim)
    shown: list[Shown] = []
    sized = any(isinstance(n, t.Call) and n.name == "abs" for side in (left, right) for n in t.walk(scope.unfold(side)))
    own_shares = () if sized else shares(scope)  # with them, the sign of what stands in |...| is sought in vain for long
    for relation, ways_ in (*own_shares, *two_of_all(scope, left, right), *signs(scope, left, right)):
        trail = Trail()
        own = replace(scope, trail=trail, context=context.assuming(*(r for r, _ in shown)))
        for way in ways_:
            try:
                way(own)
            except FAILS:
                continue
            if not trail.conditions:
                shown.append((relation, trail))
                break
    shown += closed_sums(replace(scope, context=context.assuming(*(r for r, _ in shown))), left, right)
    for relation in totals(replace(scope, context=context.assuming(*(r for r, _ in shown))), left, op, right):
        trail = Trail()
        own = replace(scope, trail=trail, context=context.assuming(*(r for r, _ in shown)))
        with suppress(*FAILS):
            find(own, relation.args[0], "<=", relation.args[1], 1)
            if not trail.conditions:
                shown.append((relation, trail))
    return shown


Show = Callable[[Scope], object]


def shares(scope: Scope) -> Iterator[tuple[t.Expr, list[Show]]]:
    """P[k] <= 1 where the P[k] >= 0 sum to 1 by a hypothesis."""
    for hypothesis in scope.context.hypotheses:
        core = bare(hypothesis)
        if not isinstance(core, t.Relation) or core.ops != ("=",) or core.args[1] != t.number(1):
            continue
        total = bare(core.args[0])
        if not isinstance(total, t.Big) or total.op != "sum" or len(total.binders) != 1 or total.binders[0].lower is not None:
            continue
        entry, bound = bare(total.body), total.binders[0].symbol
        if isinstance(entry, t.Index) and isinstance(entry.base, t.Symbol) and entry.indices == (bound,):
            if entry.base.type.domain in ("positive", "nonnegative"):
                letter = Writer(scope.context, scope.subject).letters(t.size_of(bound), 1)[0]
                one = t.Index(entry.base, (letter,))
                every = t.Big("forall", (t.Binder(letter),), t.Relation((one, t.number(1)), ("<=",)))
                yield every, [lambda s, one=one, letter=letter: find(_about(s, letter), one, "<=", t.number(1), 0)]  # type: ignore[misc]  # a lambda


def two_of_all(scope: Scope, left: t.Expr, right: t.Expr) -> Iterator[tuple[t.Expr, list[Show]]]:
    """a[i] + a[j] <= sum(k: a[k]) for i != j and terms >= 0; for a distribution the sum is 1."""
    pairs_ = [tuple(sorted(pair, key=lambda s: s.name)) for pair in scope.normal().facts.distinct]
    if not pairs_:
        return
    writer, normal = Writer(scope.context, scope.subject), scope.normal()
    sides, here = [scope.unfold(left), scope.unfold(right)], set(scope.context.symbols.values())
    bodies: dict[t.Expr, t.Expr] = {}  # with the letter k, and what they sum to
    for i, j in pairs_:
        letter = writer.letters(t.size_of(i), 1)[0]
        spoken = {s for side in sides for s in t.free_symbols(side)}
        for array in sorted((s for s in spoken if s.type.shape == (t.size_of(i),)), key=lambda s: s.name):
            if array.type.domain in ("simplex", "onehot"):
                bodies[t.Index(array, (letter,))] = t.number(1)
        for node in (n for side in sides for n in t.walk(side)):
            if isinstance(node, t.Big) and node.op == "sum" and len(node.binders) == 1 and node.binders[0].lower is None:
                if t.size_of(node.binders[0].symbol) == t.size_of(i) and t.free_symbols(node) <= here:
                    bodies[t.substitute(node.body, {node.binders[0].symbol: letter})] = node
        for body, total in list(bodies.items())[:2]:
            try:
                if not normal.facts.nonnegative(normal.read(body)):
                    continue
            except KernelError:
                continue
            both = t.Add(t.Paren(t.substitute(body, {letter: i})), t.Paren(t.substitute(body, {letter: j})))
            weight = f"(1 - delta({letter.name}, {i.name})) (1 - delta({letter.name}, {j.name})) ({text_of(body)})"
            rule = c.Certificate((c.Term(weight, over=letter.name),))
            yield (
                t.Relation((both, total), ("<=",)),
                [lambda s, both=both, total=total, rule=rule: check(rule, s, both, "<=", total)],  # type: ignore[misc]  # a lambda
            )


def _about(scope: Scope, letter: t.Symbol) -> Scope:
    """The same scope for a claim that speaks of one index."""
    return replace(scope, subject=t.Relation((letter, letter), ("=",)))


def signs(scope: Scope, left: t.Expr, right: t.Expr) -> Iterator[tuple[t.Expr, list[Show]]]:
    """Divisors, and arguments of roots and logarithms, whose sign is not seen at once: > 0, or else >= 0."""
    context, wanted = scope.context, list[t.Expr]()
    for node in (n for side in (left, right) for n in t.walk(context.unfold(side))):
        inner: tuple[t.Expr, ...] = ()
        if isinstance(node, t.Call) and node.name in ("log", "sqrt"):
            inner = node.args
        elif isinstance(node, t.Div):
            inner = (node.right,)
        elif isinstance(node, t.Pow) and not isinstance(bare(node.exponent), t.Number):
            inner = (node.base,)
        for part in inner:
            bound = any(context.symbols.get(s.name) != s for s in t.free_symbols(part))
            if (
                not bound
                and not isinstance(bare(part), (t.Symbol, t.Number, t.Index))
                and not any(t.same(part, w) for w in wanted)
            ):
                wanted.append(part)
    zero = t.number(0)
    for part in wanted[:4]:
        try:
            normal = scope.normal()
            known = normal.read(part)
        except KernelError:
            continue
        if normal.facts.positive(known) or not known:
            continue
        ends = [
            s.name for s in sorted(t.free_symbols(part), key=lambda s: s.name) if s.type.domain == "unit" and not s.type.shape
        ]

        def split(s: Scope, part: t.Expr = part, ends: list[str] = ends) -> object:
            if len(ends) != 1:
                raise NotShown("no end to split at")
            inner = c.Split((c.Case(f"{ends[0]} = 0", Probe(0)), c.Case(f"{ends[0]} > 0", Probe(0))))
            return check(filled(inner, s, part, ">", zero), s, part, ">", zero)

        yield t.Relation((part, zero), (">",)), [lambda s, part=part: find(s, part, ">", zero, 0), split]  # type: ignore[misc]  # a lambda
        if not normal.facts.nonnegative(known):
            yield t.Relation((part, zero), (">=",)), [lambda s, part=part: find(s, part, ">=", zero, 0)]  # type: ignore[misc]  # a lambda


def closed_sums(scope: Scope, left: t.Expr, right: t.Expr) -> list[Shown]:
    """sum(s = a..b: (c + d s) r^s) without a sum, for the sums over ranges in the claim."""
    nodes = (n for side in (left, right) for n in t.walk(scope.unfold(side)))
    if not any(isinstance(n, t.Big) and n.op == "sum" for n in nodes):
        return []
    try:
        normal = scope.normal()
        gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    except KernelError:
        return []
    shown: list[Shown] = []
    writer = Writer(scope.context, scope.subject)
    for atom in _ranges(normal, gap)[:4]:
        try:
            whole, closed = writer.tree(of(atom)), writer.tree(_closed(normal, atom))
        except FAILS:
            continue
        for rule in (c.geometric, c.telescope):
            trail = Trail()
            try:
                check(rule, replace(scope, trail=trail), whole, "=", closed)
            except FAILS:
                continue
            if not trail.conditions:
                shown.append((t.Relation((whole, closed), ("=",)), trail))
                break
    return shown


def totals(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> list[t.Relation]:
    """B / A sum(w) <= 1 where A sum(w u^2) stands beside B sum(w u)^2, over a range: Jensen's weights are at most 1 together."""
    nodes = (n for side in (left, right) for n in t.walk(scope.unfold(side)))
    if op == "=" or not any(isinstance(n, t.Big) and n.binders[0].lower is not None for n in nodes):
        return []
    try:
        search = Search(scope, left, op, right)
        search.squares_about()
    except FAILS:
        return []
    return [t.Relation((search.writer.tree(UNIT - rest), t.number(1)), ("<=",)) for rest in search.rests[:2]]


def _ranges(normal: Normal, gap: Poly) -> list[Atom]:
    """The sums over ranges in the claim, and the sums of their weights: of what stands beside entries of arrays."""
    found = sorted({a for m in gap.terms for a, _ in m if a.kind == "range"})
    weights: dict[Atom, None] = {}
    for atom in found:
        variable, body, low, high = atom.parts
        one = body.single()  # type: ignore[attr-defined]  # a polynomial
        rest = tuple(f for f in one[0] if f[0].kind != "entry") if one is not None else ()
        if one is not None and rest and rest != one[0]:
            with suppress(KernelError):
                total = normal.range_sum(variable, low, high, Poly({rest: Fraction(1)}))  # type: ignore[arg-type]  # as made by the kernel
                weights |= dict.fromkeys(sorted(a for a in total.atoms() if a.kind == "range"))
    return list(dict.fromkeys((*found, *weights)))


def _closed(normal: Normal, atom: Atom) -> Poly:
    """F(b + 1) - F(a) with F(s + 1) - F(s) = (c + d s) r^s, that is F(s) = (A + B s) r^s."""
    variable, body, low, high = atom.parts
    place = normal.symbol(variable)  # type: ignore[arg-type]  # a symbol
    (counter,) = place.atoms()
    power, parts = None, {Fraction(0): ZERO, Fraction(1): ZERO}
    for m, v in body.terms.items():  # type: ignore[attr-defined]  # a polynomial
        own = tuple((a, e) for a, e in m if a is not counter and variable in a.free)
        rest = tuple((a, e) for a, e in m if variable not in a.free)
        degree = dict(m).get(counter, Fraction(0))
        if (power is not None and own != power) or degree not in parts or not own:
            raise NotShown("no sum of (c + d s) r^s")
        power, parts[degree] = own, parts[degree] + Poly({rest: v})
    factor = Poly({power or (): Fraction(1)})
    after = normal.substitute(factor, {variable: place + UNIT})  # type: ignore[dict-item]  # a symbol
    ratio = normal.multiply(after, normal.inverse(factor))
    small = normal.facts.positive(UNIT - normal.absolute(ratio))
    if variable in ratio.free or not (small or normal.facts.nonzero(UNIT - ratio)):
        raise NotShown("the ratio of the powers may be 1")
    above = normal.facts.positive(ratio - UNIT)  # then what divides is positive as it is written
    down = normal.inverse(ratio - UNIT) if above else -normal.inverse(UNIT - ratio)  # 1 / (r - 1)
    slope = normal.multiply(parts[Fraction(1)], down)
    start = normal.multiply(parts[Fraction(0)] - normal.multiply(slope, ratio), down)
    whole = normal.multiply(start + normal.multiply(slope, place), factor)
    ends = [normal.substitute(whole, {variable: end}) for end in (high + UNIT, low)]  # type: ignore[dict-item, operator]  # polynomials
    return ends[0] - ends[1]


def _without(found: Found, shown: list[Shown]) -> Found:
    """A proof that used what was shown before: it rests on what that rests on."""
    own = {text_of(relation) for relation, _ in shown}
    used = [trail for relation, trail in shown if text_of(relation) in found.hypotheses]
    if not used:
        return found
    told = sorted(own & set(found.hypotheses))
    lemmas = {x for trail in used for x in trail.lemmas}
    return replace(
        found,
        method=f"{found.method}; shown before: {' and '.join(told)}",
        hypotheses=tuple(sorted({*found.hypotheses, *(x for trail in used for x in trail.hypotheses)} - own)),
        lemmas=tuple(sorted({*found.lemmas, *lemmas})),
        axioms=tuple(sorted({*found.axioms, *(x for trail in used for x in trail.axioms), *_below(lemmas)})),
    )


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
    elif op == "!=":
        for order in ("<", ">"):
            yield Way("", partial(ordered, order))
    else:
        yield Way("", lambda s, a, o, b: find(s, a, o, b, DEPTH)[1])
        yield Way("", rearranged)
        yield Way("", by_maxima)
        yield Way("", by_induction)
        yield Way("", by_induction_below)


def ordered(order: str, scope: Scope, left: t.Expr, _: str, right: t.Expr) -> str:
    """a < b, or a > b, which each show a != b."""
    return find(scope, left, order, right, DEPTH)[1]


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
        yield Way(f"support of {', '.join(zeros)}, normal form", partial(support_equality, zeros=zeros))
    yield rule_way("telescoping", c.telescope)
    yield rule_way("geometric sums, step by step", c.geometric)
    yield Way("case by case", by_cases)
    yield Way("the ends apart, normal form", by_ends)
    yield Way("", by_ranges)
    yield Way("", by_induction)


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
    derived = any(isinstance(n, t.Derivative) for side in (left, right) for n in t.walk(scope.unfold(side)))
    rule: c.Rule = c.differentiate if derived else c.rewrite
    normal = scope.normal()
    for a, b in found:
        first, second = text_of(a), text_of(b)
        apart = normal.facts.nonzero(normal.read(scope.unfold(a)) - normal.read(scope.unfold(b)))
        rule = c.Split((c.Case(f"{first} {'>' if apart else '>='} {second}", rule), c.Case(f"{first} < {second}", rule)))
    check(rule, scope, left, op, right)


def by_ranges(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """An equation that is linear in one sum over a range, solved for it: then by the step from its end to the next."""
    normal = scope.normal()
    gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    ranges = {a for m in gap.terms for a, _ in m if a.kind == "range"}
    if len(ranges) != 1:
        raise NotShown("no single sum over a range")
    (atom,) = ranges
    factor, rest = ZERO, ZERO
    for m, v in gap.terms.items():
        exponent = dict(m).get(atom, 0)
        if exponent not in (0, 1):
            raise NotShown("not linear in the sum over a range")
        others = Poly({tuple(f for f in m if f[0] is not atom): v})
        factor, rest = (factor + others, rest) if exponent else (factor, rest + others)
    if not (normal.facts.positive(factor) or normal.facts.positive(-factor)):
        raise NotShown("what stands beside the sum over a range may be 0")
    writer = Writer(scope.context, scope.subject)
    whole, value = writer.tree(of(atom)), writer.tree(normal.multiply(-rest, normal.inverse(factor)))
    for rule in (c.geometric, c.telescope):
        try:
            check(rule, scope, whole, "=", value)
        except NotShown:
            continue
        scope.take(normal)  # what the sides as they are written divide by
        return f"solved for {text_of(whole)} = {text_of(value)}, by the step from its end to the next"
    raise NotShown("the sum over a range is not found step by step")


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


def by_induction(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """Over a natural number, or a size that is the size of nothing, up to which a sum runs or that is an exponent."""
    for own, rule, (a, b) in _inductions(scope, left, op, right):
        whole = filled(rule, own, a, op, b)
        check(whole, own, a, op, b)
        return described(whole)
    raise NotShown("no sum up to a natural number")


def by_induction_below(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """The same for a fraction whose divisor is positive, by its numerator: x / divisor rises in x."""
    normal, writer = scope.normal(), Writer(scope.context, scope.subject)
    gap = gap_of(scope, normal, left, op, right)
    dens = sorted({a for m in gap.terms for a, e in m if a.kind == "den" and e < 0})
    if len(dens) != 1 or any(e < -1 for m in gap.terms for a, e in m if a is dens[0]):
        raise NotShown("no fraction with one divisor")
    above = sum((normal.combine((*m, (dens[0], Fraction(1)))).scale(v) for m, v in gap.terms.items()), ZERO)
    below, numerator, zero = text_of(writer.tree(dens[0].parts[0])), writer.tree(above), t.number(0)  # type: ignore[arg-type]  # a polynomial
    sides = (zero, numerator) if op in UP else (numerator, zero)
    name = loose_letter(scope.context, "x")
    for own, rule, (a, b) in _inductions(scope, sides[0], op, sides[1]):
        inner = f"{text_of(a)} {op} {text_of(b)}"
        whole = c.Monotone(f"{name} / ({below})", f"{name}: real", inner, filled(rule, own, a, op, b))
        check(whole, own, left, op, right)
        return described(whole)
    raise NotShown("no natural number to count by")


def _inductions(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Iterator[tuple[Scope, c.Induction, tuple[t.Expr, t.Expr]]]:
    """Each with its scope, in which what is counted is a natural number, and the sides there."""
    sides = [scope.unfold(side) for side in (left, right)]
    ends = [n.binders[0].upper for s in sides for n in t.walk(s) if isinstance(n, t.Big) and n.binders[0].upper is not None]
    ends += [n.exponent for s in sides for n in t.walk(s) if isinstance(n, t.Pow)]
    free = {s for end in ends for s in t.free_symbols(end)}
    for over in sorted((s for s in free if s.type.domain in ("natural", "size") and not s.type.shape), key=lambda s: s.name):
        if scope.context.symbols.get(over.name) != over or any(over in t.free_symbols(s) - {s} for s in _symbols(sides)):
            continue
        counted = t.Symbol(over.name, t.Type("natural", minimum=over.type.minimum))
        move: dict[t.Symbol, t.Expr] = {over: counted}
        known = {k: v for k, v in scope.context.symbols.items() if over not in t.free_symbols(v)} | {over.name: counted}
        hypotheses = tuple(t.substitute(h, move) for h in scope.context.hypotheses)
        subject = None if scope.subject is None else t.substitute(scope.unfold(scope.subject), move)
        own = replace(scope, context=replace(scope.context, symbols=known, hypotheses=hypotheses), subject=subject)
        a, b = (t.substitute(side, move) for side in sides)
        yield own, c.Induction(over.name, Probe(1), Probe(1)), (a, b)


def _symbols(sides: list[t.Expr]) -> set[t.Symbol]:
    nodes = [n for side in sides for n in t.walk(side)]
    return {n for n in nodes if isinstance(n, t.Symbol)} | {s for n in nodes for s in t.bound_symbols(n)}


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
    yield Way("", limit_of_sum)


def limit_of_sum(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """The sums up to N are closed first, for every N."""
    core = bare(scope.unfold(left))
    if not isinstance(core, t.Limit) or core.variable.type.domain != "natural":
        raise NotShown("no limit over the natural numbers")
    variable, body = core.variable, core.body
    symbols = {**scope.context.symbols, variable.name: variable}
    inside = replace(scope.without(variable), subject=None)
    inside = replace(inside, context=lettered(replace(inside.context, symbols=symbols), body))
    shown = closed_sums(inside, body, t.number(0))
    if not shown:
        raise NotShown("no sum that closes")
    known = inside.assuming(*(relation for relation, _ in shown))
    normal = known.normal()
    p = normal.read(body)
    for relation, _ in shown:
        (atom,) = normal.read(relation.args[0]).atoms()  # type: ignore[attr-defined]  # a relation
        p = replace_atom(normal, p, atom, normal.read(relation.args[1]))  # type: ignore[attr-defined]  # a relation
    closed = Writer(inside.context, body).tree(p)
    trail = Trail()
    equal(replace(known, trail=trail), body, closed, hypotheses=True)
    for _, one in shown:
        merge(scope.trail, one)
    said = {text_of(relation) for relation, _ in shown}
    trail.hypotheses -= said
    merge(scope.trail, trail)
    check(c.limit, scope, t.Limit(variable, core.point, core.side, closed), op, right)
    return f"limit, with {' and '.join(sorted(said))}"


__all__ = ["Found", "search"]

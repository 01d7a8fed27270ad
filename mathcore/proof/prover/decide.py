"""One claim decided: points that refute come first, then a proof is searched, then points that seek the edge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from mathcore.evidence import CONTRADICTORY, NO_POINT, Level, Verdict, worst
from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import NUMBERS, Context
from mathcore.language.reading import Reading, read
from mathcore.language.substitution import renamed, substitute
from mathcore.proof.at_points import at_points, compared, unwitnessed
from mathcore.proof.balls import symbols_of
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.point import Point
from mathcore.proof.balls.truth import TRUE, statement
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.defined import false_either_way, written
from mathcore.proof.faults import FAILS, told
from mathcore.proof.kernel.polynomial import KernelError
from mathcore.proof.prover import smt
from mathcore.proof.prover.functions import at_arguments, examples, general, given_functions
from mathcore.proof.prover.lemmas import claim_scope
from mathcore.proof.prover.parts import denominators
from mathcore.proof.prover.search import Found, by_contraposition, closed_limit, loosened, search, single_relations, speaking_of
from mathcore.proof.prover.trees import loose_letter
from mathcore.proof.scope import NotShown, text_of
from mathcore.proof.ties import equal_at
from mathcore.proof.vacuous import emptiness

LATE = "the points took too long"
ROOTS, CONFIRMED, DRAWS = 4, 4, 3  # points that an equation may leave; how often they are met, in how many draws at least
FEW, MANY = 3, 16  # places from which a point is sought before and after the search for a proof


def together(verdicts: list[Verdict]) -> Verdict:
    """The verdict on all branches of a Piecewise."""
    if len(verdicts) == 1:
        return verdicts[0]
    level = worst([v.level for v in verdicts])
    decisive = next(v for v in verdicts if v.level is level)

    def union(name: str) -> tuple[str, ...]:
        return tuple(sorted({x for v in verdicts for x in getattr(v, name)}))

    method = (
        decisive.method if level is not Level.PROVED else "case by case: " + "; ".join(dict.fromkeys(v.method for v in verdicts))
    )
    certificates = [v.certificate for v in verdicts if v.certificate]
    return replace(
        decisive,
        method=method,
        points=sum(v.points for v in verdicts),
        steps=tuple(verdicts),
        conditions=union("conditions"),
        hypotheses=union("hypotheses"),
        lemmas=union("lemmas"),
        axioms=union("axioms"),
        certificate="(reset)\n".join(certificates) if level is Level.DECIDED else "",
    )


def decide(context: Context, claim: t.Expr, clock: Clock, decider: str | None = None) -> Verdict:
    """The verdict on one proposition within the time that is left.

    `decider="z3"` is asked where no proof was found: its word is a level of its own. A fault of the engine is a CONFLICT.
    """
    try:
        return _decide(context, claim, clock, decider)
    except Exception as error:  # what nothing on the way expects
        return Verdict(text_of(claim), Level.CONFLICT, "prover", told(error))


def _decide(context: Context, claim: t.Expr, clock: Clock, decider: str | None) -> Verdict:
    core = t.bare(claim)
    if isinstance(core, t.Big) and core.op == "forall" and all(b.symbol.type.domain in NUMBERS for b in core.binders):
        return replace(_decide(*_of_any_number(context, core), clock, decider), claim=text_of(claim))
    narrow, wide = read(context, claim), read(context, claim, widely=True)
    if not wide.widened:
        return _as_read(narrow, claim, clock, decider)
    verdict = _as_read(narrow, claim, Clock(clock.left() / 2), decider)
    if verdict.level in (Level.PROVED, Level.CONFLICT):  # what holds if one entry is meant holds if every one is
        return verdict
    if verdict.level is Level.REFUTED and _is_empty(wide, claim, clock):
        return verdict
    return of_two(verdict, _as_read(wide, claim, clock, decider))


def _of_any_number(context: Context, claim: t.Big) -> tuple[Context, t.Expr]:
    """`forall(x: ...)` is the claim of an x of which nothing is known."""
    about = frozenset().union(*(t.free_symbols(context.unfold(h)) for h in context.hypotheses))
    body = claim.body
    for symbol in (b.symbol for b in claim.binders):
        if symbol in about:
            letter = t.Symbol(loose_letter(context, symbol.name), symbol.type)
            context = replace(context, symbols={**context.symbols, letter.name: letter})
            body = substitute(body, {symbol: letter})
    return context, body


def _as_read(reading: Reading, claim: t.Expr, clock: Clock, decider: str | None) -> Verdict:
    """The verdict under one reading of the hypotheses, with the reading."""
    form = written(reading.context, claim, reading.defined)
    text = text_of(claim)
    if form.unclear:
        if counter := false_either_way(form):
            return Verdict(
                text, Level.REFUTED, "balls", f"false at a point: {counter}", reading=reading.said, counterexample=counter
            )
        return Verdict(text, Level.UNKNOWN, "prover", form.unclear, reading=reading.said)
    put = given_functions(form.context, form.claim)
    if put.unclear:
        return Verdict(text, Level.UNKNOWN, "prover", put.unclear, reading=reading.said)
    verdict = _decided(put.context, put.claim, clock, decider)
    said = _as_told(put.context, reading)
    used = {said.get(h, h) for h in verdict.hypotheses}
    if verdict.held:
        used |= {said.get(h, h) for h in (*form.resting_on(used), *map(text_of, put.used))}
        used = _of_the_author(reading.context, claim, used, said)
    return replace(verdict, claim=text, hypotheses=tuple(sorted(used)), reading=(*reading.said, *put.said, *reading.fixed))


def _of_the_author(context: Context, claim: t.Expr, used: set[str], said: Mapping[str, str]) -> set[str]:
    """What a proof used, of what was said. Where it used something that was made on the way, it may rest on all that was said."""
    own = {said.get(text, text) for text in map(text_of, context.hypotheses)}
    premises = {text_of(part) for p in core_of(claim)[1] for part in (t.bare(p), *single_relations(t.bare(p)))}
    sums = {s.name for s in context.symbols.values() if s.type.domain in ("simplex", "onehot")}
    declared = {text for text in used if (found := re.fullmatch(r"sum\(.*?: (\w+)\[.*\]\) = 1", text)) and found[1] in sums}
    made = used - own - premises - declared
    return used - made | own if made else used


def _as_told(context: Context, reading: Reading) -> dict[str, str]:
    """The texts of hypotheses that were written out or given other letters -> as the author wrote them."""
    told = {text_of(h): text_of(mine) for h, mine in reading.told}
    pairs = zip(loosened(context).hypotheses, context.hypotheses, strict=True)
    return told | {text_of(new): told.get(text_of(h), text_of(h)) for new, h in pairs}


def of_two(one: Verdict, every: Verdict) -> Verdict:
    """The answer where hypotheses may be meant of one entry, which does not prove it, or of every one: what both give."""
    if every.level is Level.REFUTED:  # there they hold in either reading
        return replace(every, reading=one.reading)
    if one.level is not Level.REFUTED and every.level is not Level.PROVED:
        return one
    told = "; ".join(said for said in every.reading if said not in one.reading)
    other = "it is proved" if every.level is Level.PROVED else "nothing is decided"
    reason = f"it depends on how the hypotheses are meant: {told}: {other}; otherwise: {one.reason}"
    return Verdict(one.claim, Level.UNKNOWN, "prover", reason, points=every.points)


def _is_empty(wide: Reading, claim: t.Expr, clock: Clock) -> bool:
    """Whether hypotheses that are meant of every entry leave nothing: shown, or of bounds that are linear in entries, seen.

    That no point is found shows nothing where an equation, a product or a sequence has to be met.
    """
    if general(wide.context):
        return False
    form = written(wide.context, claim, wide.defined)
    try:
        with limited(max(clock.left(), 0.2)):
            if not unwitnessed(form.context, form.claim):
                return False
            if all(map(_is_linear_bound, form.context.hypotheses)):
                return True
        return emptiness(form.context, form.claim, max(clock.left(), 0.2)).startswith(CONTRADICTORY)
    except OutOfTime:
        return False


def _is_linear_bound(node: t.Expr) -> bool:
    """Whether it is `<` or `<=` between sums of multiples of entries and numbers; those of a sequence are too many."""
    core = t.bare(node)
    if isinstance(core, t.Big) and core.op == "forall":
        return _is_linear_bound(core.body)
    return isinstance(core, t.Relation) and "=" not in core.ops and all(map(_is_linear, core.args))


def _is_linear(node: t.Expr) -> bool:
    match node:
        case t.Index(t.Symbol() as base, _):
            return t.NATURALS not in base.type.shape
        case t.Number() | t.Symbol():
            return True
        case t.Mul(a, b):
            return _is_linear(a) and _is_linear(b) and not (t.free_symbols(a) and t.free_symbols(b))
        case t.Div(a, b):
            return _is_linear(a) and not t.free_symbols(b)
        case t.Add() | t.Sub() | t.Neg() | t.Paren():
            return all(map(_is_linear, t.children(node)))
    return False


def _decided(context: Context, claim: t.Expr, clock: Clock, decider: str | None) -> Verdict:
    context = speaking_of(context, claim)
    parts = _chain(t.bare(claim))
    if parts is None:
        return _decided_alone(context, claim, clock, decider)
    shares = (Clock(clock.left() / (len(parts) - k)) for k in range(len(parts)))
    return _whole(text_of(claim), [_decided(context, part, share, decider) for part, share in zip(parts, shares, strict=True)])


def _decided_alone(context: Context, claim: t.Expr, clock: Clock, decider: str | None) -> Verdict:
    """What is no chain: by points, by what they compute, by a search, by another decider, by more points."""
    text, goal = text_of(claim), t.bare(claim)
    whole, special = context, general(context)
    context, instances = examples(context, claim, clock)
    second, instance = _at_examples(context, claim, instances, clock)
    second = _also_closed(context, goal, second, instance, clock)
    if second.level is Level.REFUTED:
        return replace(second, claim=text)
    if constant := _constant(context, goal, clock.left() / 3):
        return replace(constant, claim=text)
    if not special and (counter := _sought(context, claim, clock, 0.1, FEW)):
        return _refuted(text, counter, second)
    found, why = _searched_at_arguments(whole, claim, clock)
    if found is not None and not found.conditions:
        verdict = _confirmed(context, claim, text, found, second, instance, clock)
        if verdict.level is Level.UNKNOWN and second.reason.endswith(NO_POINT):
            otherwise = _otherwise(context, claim, goal, second, clock)
            verdict = otherwise if otherwise is not None and otherwise.level is Level.PROVED else verdict
        return replace(verdict, claim=text)
    if _are_equal_numbers(context, goal):
        return Verdict(text, Level.PROVED, "exact arithmetic of numbers", axioms=("exp and log", "field", "order"), points=1)
    asks = found is None and decider is not None and not special
    answer = _asked(context, claim, clock, second.points > 0) if asks else None
    if answer is not None and answer.level is not Level.UNKNOWN:
        return replace(answer, claim=text, points=second.points)
    why = f"{why}; {answer.reason}" if answer is not None else why
    if not special and (counter := _met(context, claim, clock) or _sought(context, claim, clock, 0.9)):
        return _refuted(text, counter, second)
    if found is not None:
        verdict = _confirmed(context, claim, text, found, second, instance, clock)
        left = ", ".join(found.conditions)
        return replace(verdict, level=worst([verdict.level, Level.CONDITIONAL]), reason=verdict.reason or f"left to show: {left}")
    if otherwise := _otherwise(context, claim, goal, second, clock):
        return replace(otherwise, claim=text)
    hint = f"; {smt.HINT}" if decider is None and smt.fits(context, claim) else ""
    return Verdict(text, Level.UNKNOWN, "prover", f"{why}; no point that was tried refutes it{hint}", points=second.points)


def _also_closed(context: Context, goal: t.Expr, second: Verdict, instance: str, clock: Clock) -> Verdict:
    """What the points say of the claim, and of its limits without sums."""
    if second.level is Level.REFUTED:
        return replace(second, reason=f"false at a point: {second.counterexample}")
    for narrower, closed in _closed(context, goal):
        of_closed = _points(narrower, closed, instance, clock.left() / 3)
        if of_closed.level is Level.REFUTED:
            return replace(of_closed, reason=f"false, as {text_of(closed)} is: {of_closed.counterexample}")
        second = of_closed if narrower is context else second
    return second


def _searched_at_arguments(context: Context, claim: t.Expr, clock: Clock) -> tuple[Found | None, str]:
    """A proof, if need be by what holds where hypotheses have values, resting on hypotheses as they are given."""
    ground, source = at_arguments(context, claim)
    found, why = _searched(ground, claim, clock)
    if found is None or found.conditions:
        sure = _roots(ground, claim) if found is None else {**_divisors(ground, claim), **_roots(ground, claim)}
        again, _ = _searched(ground.assuming(*sure), claim, clock) if sure else (None, "")
        if again is not None and not again.conditions:
            found, source = again, {**source, **{text_of(s): source.get(h, (h,)) for s, h in sure.items()}}
    if found is not None:
        found = replace(found, hypotheses=tuple(sorted({one for h in found.hypotheses for one in source.get(h, (h,))})))
    return found, why


def _are_equal_numbers(context: Context, goal: t.Expr) -> bool:
    if not isinstance(goal, t.Relation) or goal.ops != ("=",) or symbols_of(goal, context.definitions):
        return False
    return equal_at(context, goal, Point())


def _otherwise(context: Context, claim: t.Expr, goal: t.Expr, second: Verdict, clock: Clock) -> Verdict | None:
    """From the least sizes that are said, from a hypothesis that says the same; or why there is nothing to say."""
    if found_sizes := _with_least_sizes(context, claim):
        declared, core, said = found_sizes
        verdict = _decided(declared, core, clock, None)
        if verdict.level is Level.PROVED:
            return replace(verdict, hypotheses=tuple(sorted({*verdict.hypotheses, *said})))
    same = _as_a_hypothesis(context, claim, clock)
    if second.reason.endswith(NO_POINT) and not (same and _gives_a_value(context, goal, clock)):
        if empty := emptiness(context, claim, clock.left()):
            return Verdict("", Level.UNKNOWN, "prover", empty)
    return same


def _asked(context: Context, claim: t.Expr, clock: Clock, witnessed: bool) -> Verdict:
    seconds = 0.6 * clock.left()
    try:
        with limited(seconds):
            return smt.decide(context, claim, 0.9 * seconds, witnessed)  # by the clock on the wall
    except OutOfTime:
        return Verdict("", Level.UNKNOWN, reason="z3 was not asked in time")


def _with_least_sizes(context: Context, claim: t.Expr) -> tuple[Context, t.Expr, tuple[str, ...]] | None:
    """`n >= 2` said of a size, as its declaration `n: size >= 2`: what is shown of sums of n terms begins there."""
    core, premises = core_of(claim)
    least: dict[t.Symbol, int] = {}
    said: list[t.Expr] = []
    for h in (*context.hypotheses, *premises):
        match t.bare(h):
            case t.Relation((t.Symbol() as n, t.Number(value, _)), (">=" | ">" as op,)):
                pass
            case t.Relation((t.Number(value, _), t.Symbol() as n), ("<=" | "<" as op,)):
                pass
            case _:
                continue
        if n.type.domain == "size" and not n.type.shape and value.denominator == 1:
            least[n] = max(least.get(n, n.type.minimum), int(value) + (op in ("<", ">")))
            said.append(h)
    put = {n: t.Symbol(n.name, replace(n.type, minimum=m)) for n, m in least.items() if m > max(n.type.minimum, 1)}
    if not put:
        return None
    rest = [h for h in (*context.hypotheses, *premises) if h not in said]
    declared = replace(
        context,
        symbols={name: renamed(s, put) for name, s in context.symbols.items()},
        hypotheses=tuple(substitute(h, put) for h in rest),
        fixed=frozenset(renamed(s, put) for s in context.fixed),
    )
    return declared, substitute(core, put), tuple(map(text_of, said))


def _as_a_hypothesis(context: Context, claim: t.Expr, clock: Clock) -> Verdict | None:
    """A relation that says the same as a hypothesis, as x = y does where log(x) = log(y)."""
    core, premises = core_of(claim)
    goal = t.bare(core)
    given = (*context.hypotheses, *premises)
    if not isinstance(goal, t.Relation) or len(goal.ops) != 1:
        return None
    for hypothesis in given:
        known = t.bare(hypothesis)
        if not isinstance(known, t.Relation) or len(known.ops) != 1 or not _speaks_of_all(known, goal):
            continue
        strict = known.ops[0] in ("<", ">") and goal.ops[0] in ("<=", ">=")
        same = replace(goal, ops=(goal.ops[0][0],)) if strict else goal
        without = replace(context, hypotheses=tuple(h for h in given if h is not hypothesis))
        verdict = _decided(without, t.Iff(known, same), Clock(clock.left() / 2), None)
        if verdict.level is Level.PROVED:
            return replace(verdict, hypotheses=tuple(sorted({*verdict.hypotheses, text_of(hypothesis)})))
    return None


def _gives_a_value(context: Context, claim: t.Expr, clock: Clock) -> bool:
    """Whether the only hypothesis, or premise, of `x = value` is met where it says so, beyond the points that are drawn."""
    core, premises = core_of(claim)
    match t.bare(core):
        case t.Relation((t.Symbol(_, t.Type("real" | "positive" as domain, ())) as letter, value), ("=",)):
            pass
        case _:
            return False
    if letter in t.free_symbols(context.unfold(value)) or len(premises) + len(context.hypotheses) != 1:
        return False
    sized = t.Relation((value, t.number(0)), (">",)) if domain == "positive" else t.Relation((value, value), ("=",))
    return _decided(replace(context, hypotheses=()), sized, Clock(clock.left() / 2), None).level is Level.PROVED


def _speaks_of_all(known: t.Relation, goal: t.Relation) -> bool:
    """Whether the letters of the goal are among those of what is known, and a function or a power stands in one of both."""
    kinds = (t.Call, t.Pow, t.Div)
    return t.free_symbols(goal) <= t.free_symbols(known) and any(isinstance(n, kinds) for r in (known, goal) for n in t.walk(r))


def _divisors(context: Context, claim: t.Expr) -> dict[t.Expr, str]:
    """What is not 0 where hypotheses and premises have values, and the text of the one that says so."""
    return {
        t.Relation((divisor, t.number(0)), ("!=",)): said
        for side, said in _sides_of_hypotheses(context, claim)
        for divisor in denominators(side)
        if not isinstance(t.bare(divisor), t.Number)
    }


def _roots(context: Context, claim: t.Expr) -> dict[t.Expr, str]:
    """What is >= 0 where hypotheses and premises have values, as `_divisors`: of the sides that are roots."""
    return {
        t.Relation((root.args[0], t.number(0)), (">=",)): said
        for side, said in _sides_of_hypotheses(context, claim)
        if isinstance(root := t.bare(side), t.Call) and root.name == "sqrt"
    }


def _sides_of_hypotheses(context: Context, claim: t.Expr) -> Iterator[tuple[t.Expr, str]]:
    for hypothesis in (*context.hypotheses, *core_of(claim)[1]):
        if isinstance(relation := t.bare(hypothesis), t.Relation):
            for side in relation.args:
                yield context.unfold(side), text_of(hypothesis)


def _searched(context: Context, claim: t.Expr, clock: Clock) -> tuple[Found | None, str]:
    try:
        with limited(0.75 * clock.left()):
            return search(context, claim, clock), ""
    except OutOfTime:
        return None, "no proof was found within the time limit"
    except NotShown as error:
        return _by_contraposition(context, claim, clock), str(error)
    except FAILS as error:
        return None, f"no proof was found ({type(error).__name__})"


def _by_contraposition(context: Context, claim: t.Expr, clock: Clock) -> Found | None:
    goal, premises = core_of(claim)
    if not premises or isinstance(t.bare(goal), t.Iff):
        return None
    with suppress(OutOfTime, *FAILS), limited(0.5 * clock.left()):
        return by_contraposition(context, claim, t.And(tuple(premises)), goal, clock)
    return None


def _refuted(text: str, counter: str, second: Verdict) -> Verdict:
    return Verdict(text, Level.REFUTED, "balls", f"false at a point: {counter}", counterexample=counter, points=second.points)


def _sought(context: Context, claim: t.Expr, clock: Clock, share: float, starts: int = MANY) -> str | None:
    from mathcore.proof.balls.seek import seek

    own = Clock(share * clock.left())
    try:
        with limited(own.left()):
            if any(isinstance(n, t.Limit) for n in t.walk(claim)):  # other points than those of the first look
                found = compared(context, claim, seed=3, count=8 * starts, thorough=True) if starts == MANY else None
                return None if found is None or found.refuted is None else found.detail or str(found.refuted)
            return seek(context, claim, starts, own.left)
    except OutOfTime:
        return None
    except FAILS:  # a point that cannot be evaluated refutes nothing
        return None


def _met(context: Context, claim: t.Expr, clock: Clock) -> str | None:
    from mathcore.proof.prover.meeting import met

    try:
        with limited(0.5 * clock.left()):
            return met(context, claim, clock.left)
    except OutOfTime:
        return None
    except FAILS:  # a point that cannot be evaluated refutes nothing
        return None


def _closed(context: Context, goal: t.Expr) -> Iterator[tuple[Context, t.Expr]]:
    """The same limit without the sums up to its variable, where they close for every N; else for bases other than 1, and at 1."""
    if not (isinstance(goal, t.Relation) and goal.ops == ("=",)):
        return
    node = next((n for n in map(t.bare, goal.args) if isinstance(n, t.Limit)), None)
    if node is None or not any(isinstance(n, t.Big) for n in t.walk(context.unfold(node))):
        return
    powers = (n for n in t.walk(context.unfold(node)) if isinstance(n, t.Pow) and isinstance(t.bare(n.base), t.Symbol))
    bases = sorted(set(context.symbols.values()) & {t.bare(n.base) for n in powers}, key=lambda s: s.name)

    def closed(one: Context, equation: t.Relation) -> Iterator[tuple[Context, t.Expr]]:
        scope = claim_scope(one, equation)
        with suppress(NotShown, KernelError):
            sides = (closed_limit(scope, side)[0] if isinstance(t.bare(side), t.Limit) else side for side in equation.args)
            yield one, t.Relation(tuple(sides), ("=",))

    if found := [*closed(context, goal)]:
        yield from found
    elif bases:
        yield from closed(context.assuming(*(t.Relation((b, t.number(1)), ("!=",)) for b in bases)), goal)
        for b in bases:
            yield from closed(context.assuming(t.Relation((b, t.number(1)), ("=",))), substitute(goal, {b: t.number(1)}))


def _at_examples(context: Context, claim: t.Expr, instances: list[str], clock: Clock) -> tuple[Verdict, str]:
    """What points say about the claim at functions that keep the hypotheses, and at which one: the first that refutes it."""
    first: tuple[Verdict, str] | None = None
    for instance in instances:
        second = _points(context, claim, instance, clock.left() / 3)
        if second.level is Level.REFUTED and instance:
            return second, instance
        if first is None or second.points > first[0].points:
            first = second, instance
    return first or (Verdict("", Level.UNKNOWN, "balls", "no function was found of which the hypotheses are shown"), "")


def _constant(context: Context, goal: t.Expr, seconds: float) -> Verdict | None:
    """Numbers without symbols are compared by balls: an enclosure that decides is a proof."""
    if not isinstance(goal, t.Relation) or goal.ops[0] == "=" or symbols_of(goal, context.definitions):
        return None
    try:
        with limited(seconds):
            if statement(program(context.definitions, {}), goal).decided({}) == TRUE:
                return Verdict("", Level.PROVED, "enclosed by balls", axioms=("field", "order"), points=1)
    except (*FAILS, OutOfTime):  # no value, or too many terms
        return None
    return None


def _chain(goal: t.Expr) -> list[t.Expr] | None:
    """The single relations of a chain or a conjunction."""
    if isinstance(goal, t.Relation) and len(goal.ops) > 1:
        return [t.Relation((a, b), (op,)) for a, op, b in zip(goal.args, goal.ops, goal.args[1:], strict=False)]
    return list(goal.parts) if isinstance(goal, t.And) else None


def _whole(text: str, verdicts: list[Verdict]) -> Verdict:
    return replace(together(verdicts), claim=text)


def _points(context: Context, claim: t.Expr, instance: str, seconds: float) -> Verdict:
    try:
        with limited(seconds):
            return at_points(context, claim, instance=instance, left=Clock(seconds).left)
    except OutOfTime:
        return Verdict("", Level.UNKNOWN, "balls", LATE)
    except FAILS as error:
        return Verdict("", Level.UNKNOWN, "balls", f"no point could be evaluated ({type(error).__name__})")


def _pinned(context: Context, claim: t.Expr, instance: str) -> bool:
    """Whether the hypotheses leave a few points only: numbers, a relation that is not strict, and few are met by any draw."""
    values = [s for s in symbols_of(claim, context.definitions) if s.type.domain != "function"]
    told = [part for h in (*context.hypotheses, *core_of(claim)[1]) for part in single_relations(t.bare(h))]
    fixed = any(isinstance(part, t.Relation) and part.ops[0] in ("=", "<=", ">=") for part in told)
    if instance or not fixed or any(s.type.shape or s.type.domain not in t.DOMAINS or _counted(s) for s in values):
        return False
    total = 0
    for seed in range(1, 7):
        found = compared(context, claim, seed=seed)
        total += found.points
        if found.points > ROOTS or found.refuted is not None or (total >= CONFIRMED and seed >= DRAWS):
            break
    return found.points <= ROOTS and found.refuted is None and total >= CONFIRMED


def _counted(symbol: t.Symbol) -> bool:
    return symbol.type.domain in ("size", "index", "natural", "batch")


def _confirmed(context: Context, claim: t.Expr, text: str, found: Found, second: Verdict, instance: str, clock: Clock) -> Verdict:
    """A proof counts only if the points confirm it and the hypotheses hold somewhere."""
    level, reason = Level.PROVED, ""
    if second.reason == LATE:
        second = _points(context, claim, instance, clock.left())
    if second.level is Level.REFUTED:
        return replace(second, claim=text, level=Level.CONFLICT, reason="the kernel accepts this and a point refutes it")
    if second.reason.endswith(NO_POINT) and (empty := emptiness(context, claim, clock.left())):
        level, reason = Level.UNKNOWN, empty
    elif second.level is Level.UNKNOWN and not (second.points and _pinned(context, claim, instance)):
        level, reason = Level.UNKNOWN, f"a proof was found, but {second.reason}"
    else:
        try:
            with limited(max(clock.left(), 0.2)):
                missing = unwitnessed(context, claim, instance=instance)
        except OutOfTime:
            missing = "no point that satisfies the hypotheses was found in time"
        if missing:
            level, reason = Level.UNKNOWN, missing
    return Verdict(
        claim=text,
        level=level,
        method=found.method,
        reason=reason or "; ".join(filter(None, (*found.notes, second.reason if second.level is Level.ENCLOSED else ""))),
        conditions=found.conditions,
        hypotheses=found.hypotheses,
        lemmas=found.lemmas,
        axioms=found.axioms,
        points=second.points,
    )

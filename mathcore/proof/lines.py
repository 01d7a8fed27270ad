"""Anybody's derivation, judged line by line: each line against the line before it, so that one slip costs once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial, reduce

from mathcore.evidence import Judged, Level, Line, Verdict
from mathcore.language import tree as t
from mathcore.language.chain import composed
from mathcore.language.parser import Context, FormulaError, is_proposition
from mathcore.proof.balls.compare import UNDEFINED
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.faults import FAILS
from mathcore.proof.naming import named
from mathcore.proof.numbered_limits import NO_BODY
from mathcore.proof.prover.decide import decide, together
from mathcore.proof.prover.declared import RELATIONS
from mathcore.proof.prover.parts import Goal, by_combination, by_equivalents, by_parts, by_solving, without_limits
from mathcore.proof.prover.search import speaking_of
from mathcore.proof.prover.solved import Rewritten, rewritten, solved
from mathcore.proof.prover.values import Roots, cases, divisors, inside, surely, where_defined, without_terms
from mathcore.proof.scope import NEGATED, text_of
from mathcore.proof.slips import Case

TIMEOUT = 2.0  # seconds of processor time for a line
LEAST = 0.2  # seconds for one more look
CHAINED = "it is a chain of its own, whose relations the claim leaves out"
AGAIN = 0.5  # seconds that must be left for another search
SHARE = 0.5  # of it for a search from the line as it stands
INFINITE = re.compile(r"(^|[<>=] )-?inf ([<>!=]|is false)")  # a side of a counterexample
BEGINS = re.compile(r"\s*(<=>|=>|<=|>=|!=|==|=|<|>|≤|≥|≠)")

Loose = dict[int, tuple[str, ...]]  # places of lines, and the conditions that each takes for granted


@dataclass(frozen=True)
class Step:
    """A line that was read: what stood before it, the relation, what stands there now."""

    text: str
    before: t.Expr
    op: str
    after: t.Expr

    @property
    def claim(self) -> t.Expr:
        if self.op == "<=>":
            return t.Iff(self.before, self.after)
        if self.op == "=>":
            return t.Implies(self.before, self.after)
        if isinstance(self.after, t.Relation):  # `= b <= c` in one line
            return t.Relation((self.before, *self.after.args), (self.op, *self.after.ops))
        return t.Relation((self.before, self.after), (self.op,))


def judge(context: Context, first: str, lines: Sequence[str], given: str = "", timeout: float = TIMEOUT) -> Judged:
    """Whether each line follows from the line before it, for every n; the first wrong line with its slip in words.

    `first` is an expression, or a relation with which equivalences begin; each line is a relation and what stands on its
    right: `= a`, `<= b`, `<=> c < d`. A line is about the values at which both sides are defined. Raises FormulaError where a
    line cannot be read.
    """
    import sympy  # noqa: F401  # loaded before the clock runs

    context = context.given(given)
    start, steps = read(context, first, lines)
    letters = (t.free_symbols(context.unfold(step.claim)) for step in steps)
    context, told = solved(context, frozenset().union(*letters))
    judged: list[Line] = []
    for place, step in enumerate(steps):
        verdict = _as_told(verdict_on(context, step, _equal_before(steps[:place], judged), timeout), told)
        line = Line(step.text, verdict, " and ".join(verdict.conditions) if not verdict.held else "")
        if line.wrong and step.op != "!=" and not any(one.wrong for one in judged):  # of !=, almost any change would explain it
            slip, lacks = named(Case(context, step.before, step.op, step.after), _follows, Clock(2 * timeout))
            line = replace(line, slip=slip, lacks=lacks)
        judged.append(line)
    whole = _added_up(context, start, steps, judged, timeout)
    return Judged(first, tuple(judged), None if start is None else _begun(context, start, timeout), whole)


def _added_up(
    context: Context, start: t.Relation | None, steps: Sequence[Step], judged: list[Line], timeout: float
) -> Verdict | None:
    """The verdict on what the lines before the first wrong one say together, where it is more than they show.

    A line counts only where the first and the last have values. One that takes more for granted is open if the whole is.
    """
    count = next((place for place, line in enumerate(judged) if line.wrong), len(judged))
    whole = _together(start, steps[:count]) if count > 1 else None
    if whole is None or not (loose := _loose(context, whole, steps[:count], judged, timeout)):
        return None
    verdict = verdict_on(context, whole, [], timeout)
    if UNDEFINED in verdict.counterexample:  # where a side has no value the claim says nothing
        verdict = replace(verdict, level=Level.UNKNOWN, reason=verdict.counterexample, counterexample="")
    if not verdict.held:
        for place, conditions in loose.items():
            judged[place] = _open(judged[place], conditions)
    return verdict


def judge_equality(context: Context, sides: str, where: str, timeout: float = TIMEOUT) -> Line:
    """Whether `sides`, `a = b`, holds exactly where it is said to, at all the letters for which both sides have values."""
    (line,) = judge(context, sides, [f"<=> {where}"], timeout=timeout).lines
    bound = t.bare(context.parse(sides))
    assert isinstance(bound, t.Relation)  # `a = b`
    step = Step("", bound.args[0], "=", bound.args[-1])
    left = beyond(context, step, line.verdict.conditions, Clock(timeout)) if line.follows else ()
    return _open(line, left) if left else line


def _open(line: Line, conditions: tuple[str, ...]) -> Line:
    """A line that holds, and not wherever the claim has values."""
    reason = CHAINED
    if conditions:
        reason = f"it takes for granted that {' and '.join(conditions)}; the claim has values elsewhere"
    verdict = replace(line.verdict, level=Level.UNKNOWN, reason=reason, conditions=conditions)
    return replace(line, verdict=verdict, lacks=" and ".join(conditions))


def _together(start: t.Relation | None, steps: Sequence[Step]) -> Step | None:
    """Lines as one step; None where their relations show nothing together."""
    op, after = composed(tuple(step.op for step in steps)), steps[-1].after
    if op is None or start is None:
        return None if op is None else Step("", steps[0].before, op, after)
    (_, *sides), (first, *ops) = start.args, start.ops
    last = after if isinstance(after, t.Relation) else t.Relation((after,), ())
    return Step("", start.args[0], first, t.Relation((*sides, *last.args), (*ops, op, *last.ops)))


def _loose(context: Context, whole: Step, steps: Sequence[Step], judged: Sequence[Line], timeout: float) -> Loose:
    """The places of lines that follow and do not carry over to the whole, and what each takes for granted beyond it."""
    ops = [step.op for step in steps]
    chains: Loose = {place: () for place, step in enumerate(steps[:-1]) if _inner(step)}
    shown = composed((*ops, *(op for place in chains for op in _inner(steps[place]))))
    found = {} if shown == composed(tuple(ops)) else chains
    held = {p: line.verdict.conditions for p, line in enumerate(judged[: len(steps)]) if line.verdict.level is Level.CONDITIONAL}
    left = beyond(context, whole, [text for texts in held.values() for text in texts], Clock(timeout))
    return found | {p: own for p, texts in held.items() if (own := tuple(text for text in left if text in texts))}


def _inner(step: Step) -> tuple[str, ...]:
    """The relations of a chain in one line, `= b <= c`, behind the one with which it begins."""
    return step.after.ops if isinstance(step.after, t.Relation) and step.op not in ("<=>", "=>") else ()


def beyond(context: Context, whole: Step, conditions: Sequence[str], clock: Clock) -> tuple[str, ...]:
    """Those of the conditions that are not seen to hold wherever both sides of a claim have values."""
    values, told = _sure(context, whole)
    if whole.op == "=>":
        values.append(whole.before)
    return tuple(
        text for text in dict.fromkeys(conditions) if text not in told and not _follows_from(context, values, text, clock)
    )


def _sure(context: Context, step: Step) -> tuple[list[t.Expr], set[str]]:
    """What holds wherever both sides have values, and the texts that say so."""
    own = speaking_of(context, step.claim)
    try:
        with limited(1.0):
            values = surely(own, step.before, step.after)
            return values, {*map(text_of, values), *divisors(own, values)}
    except (OutOfTime, RecursionError, ArithmeticError, ValueError):
        return [], set()


def _follows_from(context: Context, values: Sequence[t.Expr], text: str, clock: Clock) -> bool:
    """Whether a condition holds where values exist; a factor is not 0 where no product is that is 0 with it."""
    try:
        condition = context.parse(text)
    except FormulaError:
        return False
    asked = [reduce(lambda known, value: t.Implies(value, known), values, condition)]  # premises: their letters are fixed
    if isinstance(condition, t.Relation) and condition.ops == ("!=",):
        unequal = [v for v in values if isinstance(v, t.Relation) and v.ops == ("!=",)]
        asked += [t.Implies(_equation(condition), _equation(v)) for v in unequal]
    return any(
        bool(clock.left())
        and decide(speaking_of(context, claim), claim, Clock(max(0.5 * clock.left(), LEAST))).level is Level.PROVED
        for claim in asked
    )


def _equation(relation: t.Relation) -> t.Relation:
    return t.Relation(relation.args, ("=",))


def _begun(context: Context, start: t.Relation, timeout: float) -> Verdict:
    """The verdict on a first line that is a claim of its own."""
    left, *rest = start.args
    after = rest[0] if len(rest) == 1 else t.Relation(tuple(rest), start.ops[1:])
    return verdict_on(context, Step("", left, start.ops[0], after), [], timeout)


def _as_told(verdict: Verdict, told: Mapping[str, tuple[str, ...]]) -> Verdict:
    """With the hypotheses as the author wrote them."""
    if not told:
        return verdict
    return replace(verdict, hypotheses=tuple(sorted({one for h in verdict.hypotheses for one in told.get(h, (h,))})))


def read(context: Context, first: str, lines: Sequence[str]) -> tuple[t.Relation | None, list[Step]]:
    """The lines as steps; a first line that is a claim of its own, where the lines go on from its last side."""
    before = context.parse(first)
    start = None
    steps: list[Step] = []
    for line in lines:
        found = BEGINS.match(line)
        if found is None:
            raise FormulaError(line, 0, "a line begins with a relation, = <= >= < > != <=> or =>")
        op = RELATIONS.get(found[1], found[1])
        try:
            after = context.parse(line[found.end() :])
        except FormulaError as error:
            raise FormulaError(line, found.end() + error.position, error.message) from None
        if op in ("<=>", "=>"):
            if not (is_proposition(before) and is_proposition(after)):
                raise FormulaError(line, found.start(1), f"{op} stands between two relations: a = b {op} c = d")
        elif isinstance(core := t.bare(before), t.Relation):
            start = core if not steps else start
            before = core.args[-1]
        elif is_proposition(before) or (is_proposition(after) and not isinstance(t.bare(after), t.Relation)):
            raise FormulaError(line, found.start(1), f"{op} stands between two expressions; between two statements write <=>")
        after = t.bare(after) if isinstance(t.bare(after), t.Relation) and op not in ("<=>", "=>") else after
        steps.append(Step(line.strip(), before, op, after))
        before = after
    return start, steps


def _equal_before(steps: Sequence[Step], judged: Sequence[Line]) -> list[t.Expr]:
    """What the line before was shown to be equal to, the nearest first."""
    found: list[t.Expr] = []
    for step, line in zip(reversed(steps), reversed(judged), strict=True):
        if step.op != "=" or line.verdict.level is not Level.PROVED or isinstance(step.after, t.Relation):
            break
        found.append(step.before)
    return found


def verdict_on(context: Context, step: Step, earlier: list[t.Expr], timeout: float) -> Verdict:
    """Whether a line follows, where both sides have values: the conditions of what is `conditional` say where.

    Roots and logarithms that a line brings in where the line before has values are no slip, but they are not given either.
    A point at which a side has no value refutes nothing, unless there is no other point.
    """
    verdict = _judged(context, step, earlier, Clock(timeout))
    if verdict.level is not Level.REFUTED or not _without_value(verdict) or not t.free_symbols(context.unfold(step.claim)):
        return verdict
    reason = f"a side has no value there, which decides nothing: {verdict.counterexample}"
    return replace(verdict, level=Level.UNKNOWN, reason=reason, counterexample="")


def _without_value(verdict: Verdict) -> bool:
    return UNDEFINED in verdict.counterexample or NO_BODY in verdict.counterexample


def _false(context: Context, step: Step, clock: Clock) -> Verdict | None:
    """The refutation of a relation at a point where its sides are numbers; None where none was found.

    A logarithm of 0 is -inf only where the author says that there is one, and no side is infinite by it.
    """
    values, claim = _sure(context, step)[0], step.claim
    asked, false = list[t.Expr](), None
    for declared in (False, True):
        known, asked = asked, _inside(context, step, declared)
        if false is not None and len(asked) == len(known):
            return false
        narrower = context.assuming(*values, *asked)
        false = decide(speaking_of(narrower, claim), claim, Clock(max(0.2 * clock.left(), LEAST)))
        if false.level is not Level.REFUTED or _without_value(false):
            return None
        if not INFINITE.search(false.counterexample):
            return false
    return false


def _inside(context: Context, step: Step, declared: bool) -> list[t.Expr]:
    try:
        with limited(1.0):
            return inside(speaking_of(context, step.claim), step.before, step.after, declared=declared)
    except (OutOfTime, RecursionError, ArithmeticError, ValueError):
        return []


def _judged(context: Context, step: Step, earlier: list[t.Expr], clock: Clock) -> Verdict:
    claim = step.claim
    verdict = decide(speaking_of(context, claim), claim, Clock(SHARE * clock.left()))
    if verdict.level is Level.PROVED:
        return verdict
    if verdict.level is Level.REFUTED and isinstance(claim, t.Relation):
        false = _false(context, step, clock)
        if false is not None:
            return false
    left_open, last = _left_open(context, verdict), list[t.Expr]()
    for roots in Roots:
        conditions = _conditions(context, step, roots)
        terms = cases(conditions)[0]  # what is asked of terms is asked only where there are some
        conditions += [c for c in left_open if not any(t.same(c, other) for other in terms)]
        if conditions == last:
            continue
        last, verdicts = conditions, list[Verdict]()
        for case in cases(conditions):
            verdicts.append(_in_case(context, step, earlier, case, clock))
            if verdicts[-1].level is not Level.PROVED:
                break
        verdict = replace(together(verdicts), claim=text_of(claim))
        if verdict.level is Level.PROVED:
            return _solvable(context, step, conditions, _where(verdict, list(map(text_of, conditions)), roots), clock)
    return verdict if last else _searched(context, step, earlier, verdict, clock)


def _in_case(context: Context, step: Step, earlier: list[t.Expr], case: Sequence[t.Expr], clock: Clock) -> Verdict:
    """The verdict under one case of the conditions, where some sums may have no terms."""
    whole = context.unfold(step.before), context.unfold(step.after)
    left_over = tuple(reduce(without_terms, case, side) for side in whole)
    if left_over != whole:
        step = replace(step, before=left_over[0], after=left_over[1])
    narrower, claim = speaking_of(context.assuming(*case), *whole), step.claim
    verdict = decide(speaking_of(narrower, claim), claim, Clock(max(0.5 * clock.left(), LEAST)))
    if verdict.level is not Level.PROVED:
        verdict = _searched(narrower, step, earlier, verdict, clock)
    if verdict.level is Level.REFUTED and left_over != whole:
        said = verdict.counterexample
        return replace(verdict, counterexample=f"{said}{', ' if ' at ' in said else ' at '}{', '.join(map(text_of, case))}")
    return verdict


def _where(verdict: Verdict, told: list[str], roots: Roots) -> Verdict:
    used = tuple(text for text in told if text in verdict.hypotheses) or tuple(told)
    if roots is Roots.BROUGHT:
        reason = f"it takes for granted that {' and '.join(used)}; the line before has values elsewhere"
        return replace(verdict, level=Level.UNKNOWN, reason=reason, conditions=used)
    own = tuple(h for h in verdict.hypotheses if h not in told)
    return replace(verdict, level=Level.CONDITIONAL, conditions=used, hypotheses=own)


def _solvable(context: Context, step: Step, conditions: list[t.Expr], verdict: Verdict, clock: Clock) -> Verdict:
    """The verdict on an equivalence; unknown where its conditions keep one side from holding: 1 / x = 0 <=> x = 0."""
    narrower = context.assuming(*conditions)
    for side in (step.after, step.before) if step.op == "<=>" else ():
        core = t.bare(side)
        if not isinstance(core, t.Relation) or len(core.ops) != 1:
            continue
        contrary = Step("", core.args[0], NEGATED[core.ops[0]], core.args[1])
        if not _shown(narrower, contrary, clock) or _shown(context, contrary, clock):
            continue
        where = " and ".join(verdict.conditions)
        reason = f"{text_of(core)} is false where {where}: nothing satisfies both sides; if that is meant, write <=> 1 = 0"
        return replace(verdict, level=Level.UNKNOWN, reason=reason, conditions=verdict.conditions)
    return verdict


def _shown(context: Context, step: Step, clock: Clock) -> bool:
    """Whether a relation is seen to hold wherever its sides have values."""
    return verdict_on(context, step, [], max(0.3 * clock.left(), LEAST)).held


def _follows(case: Case, seconds: float) -> Level:
    verdict = verdict_on(case.context, Step("", case.before, case.op, case.after), [], seconds)
    return Level.PROVED if verdict.held else verdict.level


def _conditions(context: Context, step: Step, roots: Roots) -> list[t.Expr]:
    try:
        with limited(1.0):
            return where_defined(speaking_of(context, step.claim), step.before, step.after, roots)
    except (OutOfTime, RecursionError, ArithmeticError, ValueError):
        return []


def _left_open(context: Context, verdict: Verdict) -> list[t.Expr]:
    """What a proof of the line leaves open, where it is that something is not 0."""
    found: list[t.Expr] = []
    for text in verdict.conditions:
        with suppress(FormulaError):
            condition = context.parse(text)
            if isinstance(condition, t.Relation) and condition.ops == ("!=",):
                found.append(condition)
    return found


def _searched(context: Context, step: Step, earlier: list[t.Expr], found: Verdict, clock: Clock) -> Verdict:
    """A line that is neither proved nor refuted as it stands: in its parts, without its limits, from an earlier line."""
    if found.level not in (Level.UNKNOWN, Level.CONDITIONAL):
        return found

    def small(inner: Context, relation: t.Expr) -> Verdict:
        return decide(speaking_of(inner, relation), relation, Clock(0.6 * clock.left()))

    claim, unknown = step.claim, replace(found, level=Level.UNKNOWN)
    for way in _ways(context, claim, step, earlier, small):
        try:
            with limited(max(clock.left(), 0.01)):
                shown = way()
        except OutOfTime:
            return unknown
        except FAILS:
            continue
        if shown is not None:
            return replace(shown, claim=text_of(claim))
    again = decide(speaking_of(context, claim), claim, clock) if clock.left() > AGAIN else unknown
    return again if again.level in (Level.REFUTED, Level.PROVED) else unknown


Decide = Callable[[Context, t.Expr], Verdict]


def _ways(
    context: Context, claim: t.Expr, step: Step, earlier: list[t.Expr], small: Decide
) -> Iterator[Callable[[], Verdict | None]]:
    spoken = speaking_of(context, claim)
    if isinstance(claim, t.Iff):
        yield lambda: _solved(by_solving(spoken, claim, small))
        yield lambda: _whole("one side is a multiple of the other", by_equivalents(spoken, claim, small))
        yield lambda: _whole("by combinations of the equations", by_combination(spoken, claim, small))
    for new in rewritten(spoken, claim):
        yield partial(_as_rewritten, new, small)
    if not isinstance(claim, t.Relation) or len(claim.ops) > 1:
        return
    if any(isinstance(n, t.Limit) for n in t.walk(context.unfold(claim))):
        yield lambda: _by_limits(spoken, claim, small)
    yield lambda: _whole("part by part", by_parts(Goal(spoken, step.before, step.op, step.after), small))
    for one in earlier:
        yield partial(_from, spoken, replace(step, before=one), small)


def _from(context: Context, step: Step, small: Decide) -> Verdict | None:
    verdict = small(context, step.claim)
    return _whole(f"from {text_of(step.before)}", [verdict]) if verdict.level is Level.PROVED else None


def _solved(found: list[Verdict] | Verdict | None) -> Verdict | None:
    return found if isinstance(found, Verdict) else _whole("both sides solved", found)


def _as_rewritten(new: Rewritten, small: Decide) -> Verdict | None:
    verdict = small(new.context, new.claim)
    if verdict.level is Level.PROVED:
        used = {new.said.get(h, h) for h in verdict.hypotheses}
        return replace(verdict, hypotheses=tuple(sorted({*used, *map(text_of, new.used)})))
    return verdict if verdict.level is Level.REFUTED and new.equivalent else None


def _by_limits(context: Context, claim: t.Expr, small: Decide) -> Verdict | None:
    """By what each limit comes to; there a line may also be refuted."""
    found = without_limits(context, claim, small)
    if found is None:
        return None
    relation, shown = found
    verdict = small(context, relation)
    if verdict.level is Level.REFUTED:
        return replace(verdict, reason="; ".join([*(f"{v.claim}" for v in shown), verdict.reason]))
    return _whole("with what the limits come to", [*shown, verdict]) if verdict.level is Level.PROVED else None


def _whole(said: str, shown: list[Verdict] | None) -> Verdict | None:
    if not shown:
        return None
    whole = together(shown)
    return replace(whole, method=f"{said}: {whole.method}", steps=tuple(shown))

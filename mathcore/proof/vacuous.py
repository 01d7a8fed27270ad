"""Hypotheses that nothing satisfies: what is said instead of a verdict, for of nothing everything is true."""

from __future__ import annotations

from dataclasses import replace

from mathcore.evidence import CONTRADICTORY, UNWITNESSED
from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import Context
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.faults import FAILS
from mathcore.proof.prover.search import search
from mathcore.proof.scope import NEGATED, text_of

SECONDS = 1.0  # for the search for a contradiction


def emptiness(context: Context, claim: t.Expr, seconds: float = SECONDS) -> str:
    """What keeps every point from satisfying all hypotheses, as far as it is seen; asked where no point was found."""
    told = (*context.hypotheses, *core_of(claim)[1])
    if not told:
        return ""
    clock = Clock(seconds)
    for h in reversed(told):  # what was said last is what the reader doubts
        core = t.bare(h)
        if not isinstance(core, t.Relation) or len(core.ops) != 1:
            continue
        others = replace(context, hypotheses=tuple(o for o in told if o is not h))
        try:
            with limited(clock.left()):
                found = search(others, t.Relation(core.args, (NEGATED[core.ops[0]],)), clock)
        except OutOfTime:
            break
        except FAILS:  # no proof: nothing is seen
            continue
        if not found.conditions:
            rest = "; ".join(map(text_of, others.hypotheses))
            return f"{CONTRADICTORY}: {text_of(h)} is false {f'where {rest}' if rest else 'of everything that is declared'}"
    return f"{UNWITNESSED}: {'; '.join(map(text_of, told))}"

"""Lines made wrong by the slips, and lines written otherwise: `python -m tests.proof.derivations.hunt [SEED] [LINES]`.

What is judged wrongly is printed. Every slip makes many lines out of a right one. A line that is accepted must hold at points
that the judge did not see; a right line that is written otherwise must not be refuted.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mathcore.evidence import Level
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers import text_of
from mathcore.proof.at_points import compared
from mathcore.proof.lines import Step, read, verdict_on
from mathcore.proof.prover.parts import summands, total
from mathcore.proof.slips import Case, Undone, kinds
from tests.proof.derivations.corpus import derivations


@dataclass(frozen=True)
class Altered:
    """A line that was made out of a right one; `right` if it says the same."""

    context: Context
    step: Step
    kind: str
    right: bool = False


def right_steps() -> list[tuple[Context, Step]]:
    found = []
    for one in derivations():
        context = one.context
        _, steps = read(context, one.first, one.lines)
        found += [(context, step) for step in (steps[: one.wrong - 1] if one.wrong else steps)]
    return found


def altered(random_: random.Random, count: int) -> Iterator[Altered]:
    """A slip of a random kind in a random right line, and now and then the same line written otherwise."""
    steps, names = right_steps(), sorted(kinds())
    made = 0
    while made < count:
        context, step = random_.choice(steps)
        if random_.random() < 0.25:
            yield Altered(context, otherwise(step, random_), "written otherwise", right=True)
            made += 1
            continue
        kind = random_.choice(names)
        case = Case(context, step.before, step.op, step.after)
        undone = [u for u in kinds()[kind].undone(case) if not u.given]
        if undone:
            yield Altered(context, _as_step(random_.choice(undone)), kind)
            made += 1


def _as_step(undone: Undone) -> Step:
    return Step(f"{undone.op} {text_of(undone.after)}", undone.before, undone.op, undone.after)


def otherwise(step: Step, random_: random.Random) -> Step:
    """The same line with its terms in another order and a factor 1 or a term 0 more."""

    def mixed(node: t.Expr) -> t.Expr:
        if isinstance(node, t.PROPOSITIONS) or t.shape_of(node):
            return node
        parts = summands(node)
        random_.shuffle(parts)
        new = t.Paren(total(parts))
        more = random_.choice((None, t.Mul, t.Add))
        return new if more is None else more(new, t.number(1 if more is t.Mul else 0))

    return replace(step, before=mixed(step.before), after=mixed(step.after))


def judged_wrongly(one: Altered) -> str:
    """Why the judgement is false; empty if nothing speaks against it."""
    verdict = verdict_on(one.context, one.step, [], 1.0)
    if one.right:
        return f"a right line is refuted: {verdict.reason}" if verdict.level is Level.REFUTED else ""
    if not verdict.held:
        return ""
    context = one.context
    for condition in verdict.conditions:
        context = context.assuming(context.parse(condition))
    for seed in (101, 202, 303):
        found = compared(context, one.step.claim, seed=seed, count=40)
        if found.refuted is not None:
            return f"accepted ({verdict.method}), and false: {found.detail}"
    return ""


def main(seed: int, count: int) -> None:
    said: Counter[str] = Counter()
    for one in altered(random.Random(seed), count):
        why = judged_wrongly(one)
        said["wrongly judged" if why else one.kind] += 1
        if why:
            print(
                f"{one.kind}: {text_of(one.step.claim)}\n   given {'; '.join(map(text_of, one.context.hypotheses))}\n   {why}",
                flush=True,
            )
    print(f"{count} lines: {said['wrongly judged']} wrongly judged")


if __name__ == "__main__":
    main(*(int(v) for v in (*sys.argv[1:], *("1", "300")[len(sys.argv) - 1 :])))

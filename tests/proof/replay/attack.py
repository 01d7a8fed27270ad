"""Wrong steps and wrong data put before the replayer's normal form: `python -m tests.proof.replay.attack [--card NAME]`.

The mutants are those of `tests.proof.mutation`. What `steps.show` takes as shown is asked of the balls, at points that they
alone choose: a mutant that is shown and false is unsound; one shown under conditions is meant only where they hold, and
has to be false by being undefined somewhere, or where a condition fails.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import replace

from mathcore.formulas import load, names
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.proof import certificates
from mathcore.proof.replay.letters import Bad, Outside
from mathcore.proof.replay.steps import Environment, Shown, show
from mathcore.rules.monotone import Monotone
from mathcore.rules.rule import Rule
from tests.proof import mutation

UNSOUND, CONDITIONS, TRUE, NOT_SHOWN = "unsound", "under conditions", "true", "not shown"


def opened(name: str) -> tuple[Context, t.Expr, bool]:
    """A lemma of the cards with its premises as hypotheses, shown everywhere."""
    card_name, _, key = name.rpartition(".")
    card = load(card_name)
    derivation = card.derivation(key)
    context = card.context.given(derivation.given) if derivation.given else card.context
    claim = context.parse(derivation.claim)
    core = t.bare(claim)
    while isinstance(core, t.Implies):
        context, core = context.assuming(core.premise), t.bare(core.conclusion)
    return context, claim, False


def shown(site: mutation.Site, rule: Rule, op: str, right: t.Expr) -> Shown | None:
    try:
        return show(Environment(site.context, site.claim, opened, site.card.name), certificates.plain(rule), site.left, op, right)
    except (Bad, Outside, FormulaError, RecursionError):
        return None


def attacked(site: mutation.Site) -> list[tuple[str, str]]:
    """(outcome, what) for every mutant of the step and of the data of its rule."""
    found = []
    for mutant in mutation.mutants(site):
        how = shown(site, site.step.by, mutant.op, mutant.right)
        if how is None:
            found.append((NOT_SHOWN, mutant.text))
            continue
        label, detail = mutation.label_of(mutant)
        false = label == mutation.FALSE and not (how.open and "undefined" in detail)
        found.append((UNSOUND if false and not how.open else CONDITIONS if false else TRUE, f"{mutant.text}: {detail}"))
    for kind, rule in mutation.data_mutants(site):
        step = replace(site.derivation.steps[site.place], by=rule)
        how = shown(site, step.by, site.op, site.right)
        label, detail = (NOT_SHOWN, "") if how is None else mutation.label_of_data(site, rule)
        if label == mutation.FALSE and isinstance(rule, Monotone):  # a function turned round falls where it rose
            label, detail = mutation.label_of_data(site, replace(rule, function=f"-({rule.function})"))
        if how is not None:
            label = UNSOUND if label == mutation.FALSE and not how.open else CONDITIONS if label == mutation.FALSE else TRUE
        found.append((label, f"{site.label} {kind}: {rule}: {detail}"))
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.replay.attack", description=__doc__.partition("\n")[0])
    parser.add_argument("--card", default="", help="one card only")
    parser.add_argument("--every", type=int, default=1, help="every K-th step")
    chosen = parser.parse_args(arguments)
    counts, started = Counter[str](), time.perf_counter()
    for name in [chosen.card] if chosen.card else names():
        for site in mutation.sites(name)[:: chosen.every]:
            for outcome, what in attacked(site):
                counts[outcome] += 1
                if outcome in (UNSOUND, CONDITIONS):
                    print(f"{outcome:16}  {what[:300]}", flush=True)
    print(", ".join(f"{n} {outcome}" for outcome, n in sorted(counts.items())), f"{time.perf_counter() - started:.0f} s")
    return 1 if counts[UNSOUND] or not counts.total() else 0


if __name__ == "__main__":
    sys.exit(main())

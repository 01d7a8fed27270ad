"""Wrong and right steps before sympy alone: `python -m tests.verify.witnessed [--card NAME] [--every K] [--right]`.

The mutants are those of `tests.proof.mutation`; balls say which of them are false. sympy has to contradict those, and
never a mutant that is true. `--right`: the true statements of the tests, and steps of cards written another way
(`tests.proof.rewrites`); sympy must contradict none.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from mathcore.evidence import Level, Verdict
from mathcore.language import tree as t
from mathcore.language.chain import relation as chain_relation
from mathcore.language.reading import read
from mathcore.verify.witness import judged
from tests.proof.mutation import EQUIVALENT, FALSE, Mutant, Site, label_of, mutants, sites, sites_of_statements
from tests.proof.rewrites import rewritten

FORMS = 17  # of a step, among which one is taken


@dataclass
class Run:
    """What sympy said of the mutants, by what balls say of them."""

    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{label}: {level} {count}" for (label, level), count in sorted(self.told.items())]
        return "\n".join(
            [*lines, f"{len(self.missed)} false mutants not contradicted", f"{len(self.alarms)} alarms", *self.alarms]
        )


def asked(site: Site, relation: t.Expr) -> Verdict:
    context = read(site.context, site.claim, functions=False).context
    (verdict,) = judged(context, site.claim, [relation], [""], site.derivation.instance)
    return verdict


def said_of(mutant: Mutant) -> Level:
    return asked(mutant.site, mutant.relation).level


def run(card: str = "", every: int = 1) -> Run:
    found = Run()
    for place, mutant in enumerate(m for site in sites(card) for m in mutants(site)):
        if place % every:
            continue
        label, detail = label_of(mutant)
        level = said_of(mutant)
        found.told[label, str(level)] += 1
        if label == FALSE and level is not Level.CONFLICT:
            found.missed.append(f"{mutant.text} ({level}; {detail})")
        if label == EQUIVALENT and level is Level.CONFLICT:
            found.alarms.append(mutant.text)
    return found


def run_right(every: int = 1) -> Run:
    """Statements that are true: those of the tests, and every step of the cards in one other form."""
    found = Run()
    said = [(site, chain_relation(site.left, site.op, site.right)) for site in sites_of_statements()[::every]]
    for place, site in enumerate(sites()[::every]):
        form = next(islice(rewritten(site), place % FORMS, None), None)
        said += [(site, chain_relation(form.left, site.op, form.right))] if form else []
    for site, relation in said:
        verdict = asked(site, relation)
        found.told["right", str(verdict.level)] += 1
        if verdict.level is Level.CONFLICT:
            found.alarms.append(f"{site.label} {verdict.claim} ({verdict.counterexample})")
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--card", default="")
    parser.add_argument("--every", type=int, default=1, metavar="K", help="every K-th mutant")
    parser.add_argument("--missed", action="store_true", help="list them")
    parser.add_argument("--right", action="store_true", help="true statements instead")
    options = parser.parse_args(arguments)
    found = run_right(options.every) if options.right else run(options.card, options.every)
    print(found, *(found.missed if options.missed else ()), sep="\n")
    return 1 if found.alarms else 0


if __name__ == "__main__":
    sys.exit(main())

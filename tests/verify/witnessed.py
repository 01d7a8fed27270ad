"""Wrong steps before sympy alone: `python -m tests.verify.witnessed [--card NAME] [--every K]`.

The mutants are those of `tests.proof.mutation`; balls say which of them are false. sympy has to contradict those, and
never a mutant that is true.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field

from mathcore.evidence import Level
from mathcore.verify.witness import judged
from tests.proof.mutation import EQUIVALENT, FALSE, Mutant, label_of, mutants, sites


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


def said_of(mutant: Mutant) -> Level:
    site = mutant.site
    (verdict,) = judged(site.context, site.claim, [mutant.relation], [mutant.kind], site.derivation.instance)
    return verdict.level


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


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--card", default="")
    parser.add_argument("--every", type=int, default=1, metavar="K", help="every K-th mutant")
    parser.add_argument("--missed", action="store_true", help="list them")
    options = parser.parse_args(arguments)
    found = run(options.card, options.every)
    print(found, *(found.missed if options.missed else ()), sep="\n")
    return 1 if found.alarms else 0


if __name__ == "__main__":
    sys.exit(main())

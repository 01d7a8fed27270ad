"""True inequalities turned round, and made sharper by 1 %: `python -m tests.proof.prover.reversed_and_sharpened`.

Turned round strictly it is false, so it must not be proved. Made sharper it may still be true: what is proved is printed, and
every such claim is tried at more points than the prover tries.
"""

from __future__ import annotations

import argparse
import re
import sys

from mathcore.evidence import Level
from mathcore.formulas import LIBRARY
from mathcore.proof.at_points import compared
from mathcore.proof.prover.declared import from_text
from mathcore.proving import prove
from tests.proof.prover.corpora import inequalities

OPPOSITE = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}
SPLIT = re.compile(r" (<=|>=|<|>) ")


def single_relations(claim: str) -> list[tuple[str, str, str]]:
    """The relations of a claim or of a chain; none for an implication."""
    if "=>" in claim:
        return []
    parts = SPLIT.split(claim)
    return [(parts[k], parts[k + 1], parts[k + 2]) for k in range(0, len(parts) - 2, 2)]


def turned(claim: str) -> list[str]:
    """Every relation with the opposite sign: a > b for a <= b."""
    return [f"{a} {OPPOSITE[op]} {b}" for a, op, b in single_relations(claim)]


def sharper(claim: str) -> list[str]:
    """Every relation with its larger side at 99 %, and with a gap of 1 / 100."""
    found = []
    for a, op, b in single_relations(claim):
        small, large = (a, b) if op[0] == "<" else (b, a)
        found += [f"{small} <= (99 / 100) ({large})", f"(101 / 100) ({small}) <= {large}", f"{small} + 1 / 100 <= {large}"]
    return found


def is_proved(claim: str, given: str) -> bool:
    return prove(claim, given=given).level in (Level.PROVED, Level.CONDITIONAL, Level.CONFLICT)


def false_somewhere(claim: str, given: str) -> str:
    """A point at which the claim is false, sought with other seeds than the prover's."""
    question = from_text(claim, given, LIBRARY)
    for seed in range(11, 23):
        found = compared(question.context, question.claim, seed=seed, count=60)
        if found.refuted is not None:
            return str(found.detail or found.refuted)
    return ""


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.proof.prover.reversed_and_sharpened", description=__doc__)
    options.add_argument("--start", type=int, default=0)
    options.add_argument("--stop", type=int, default=10_000)
    chosen = options.parse_args()
    bad = count = 0
    for claim, given in inequalities.TEXTS[1][chosen.start : chosen.stop]:
        for other in turned(claim):
            count += 1
            if is_proved(other, given):
                bad += 1
                print(f"ACCEPTED  {other}", flush=True)
        for other in sharper(claim):
            count += 1
            if is_proved(other, given):
                point = false_somewhere(other, given)
                bad += bool(point)
                print(f"{'ACCEPTED' if point else 'proved':9} {other}  {point}", flush=True)
    print(f"{count} claims, {bad} false ones accepted")
    return int(bad > 0 or not count)


if __name__ == "__main__":
    sys.exit(main())

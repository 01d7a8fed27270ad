"""The statements run through the prover, and the table of what came out: `python -m tests.proof.prover.corpus [--unseen]`.

Every third statement by topic is kept apart (`--unseen`): nothing was tuned on those before their rates were first printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from dataclasses import dataclass

from mathcore.proving import prove
from tests.proof.prover.corpora import (
    by_topic,
    by_topic_sympy,
    card_functions,
    equivalences_and_limits,
    examination,
    inequalities,
    networks_and_scores,
    spellings,
    sympy_course,
    whole_course,
)

CORPORA = (
    by_topic,
    by_topic_sympy,
    card_functions,
    equivalences_and_limits,
    examination,
    inequalities,
    networks_and_scores,
    spellings,
    sympy_course,
    whole_course,
)
KINDS = ("true identity", "true inequality", "false")


@dataclass(frozen=True)
class Statement:
    form: str  # text | sympy
    kind: str
    area: str
    claim: tuple
    given: dict
    unseen: bool

    def __str__(self) -> str:
        return " ".join(str(part) for part in self.claim if part is not None)

    def judged(self, timeout: float):
        return prove(*self.claim, **self.given, timeout=timeout)


def statements() -> list[Statement]:
    """Texts are ([topic], claim, declarations), objects ([topic], left, relation, right, declarations), some with a note."""
    found = []
    for corpus in CORPORA:
        name = corpus.__name__.rpartition(".")[2]
        split = corpus in (by_topic, by_topic_sympy)
        for kind, texts, objects in zip(KINDS, corpus.TEXTS, corpus.OBJECTS, strict=True):
            for place, (*topic, claim, given) in enumerate(texts):
                found.append(Statement("text", kind, *(topic or [name]), (claim,), {"given": given}, split and place % 3 == 2))
            for place, row in enumerate(objects):
                topic, *claim = row[:4] if len(row) > 4 else (name, *row[:3])
                given = row[3] if len(row) == 4 else row[4]
                found.append(Statement("sympy", kind, topic, tuple(claim), given, split and place % 3 == 2))
    return found


def outcome(statement: Statement, timeout: float) -> tuple[str, float, str]:
    start = time.process_time()
    try:
        verdict = statement.judged(timeout)
    except ValueError as error:
        return f"error: {error}", time.process_time() - start, ""
    return str(verdict.level), time.process_time() - start, verdict.method if verdict.level == "proved" else verdict.reason


def good(kind: str, level: str) -> bool:
    return level == ("refuted" if kind == "false" else "proved")


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.proof.prover.corpus", description=__doc__)
    options.add_argument("--unseen", action="store_true", help="the statements kept apart, instead of the others")
    options.add_argument("--timeout", type=float, default=2.0)
    options.add_argument("--only", default="", help="statements whose text, area or kind holds this")
    options.add_argument("--all", action="store_true", help="print the good ones too")
    chosen = options.parse_args()
    table: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    slow: list[float] = []
    for statement in statements():
        if statement.unseen != chosen.unseen or chosen.only not in f"{statement} {statement.area} {statement.kind}":
            continue
        level, seconds, why = outcome(statement, chosen.timeout)
        row = table[(statement.kind, statement.form)]
        row[0] += good(statement.kind, level)
        row[1] += 1
        row[2] += statement.kind == "false" and level in ("proved", "conditional")
        slow.append(seconds)
        if chosen.all or seconds > 2 or not good(statement.kind, level):
            print(
                f"{level:12} {seconds:5.2f} s  {statement.kind:15} {statement.form:5} {str(statement)[:150]}  | {why[:130]}",
                flush=True,
            )
    print()
    for (kind, form), (held, count, bad) in sorted(table.items()):
        print(
            f"{kind:16} {form:6} {held:4} of {count:4}  {100 * held / count:5.1f} %"
            + (f"   accepted: {bad}" if kind == "false" else "")
        )
    slow.sort()
    if slow:
        print(f"CPU seconds a statement: median {slow[len(slow) // 2]:.2f}, largest {slow[-1]:.2f}")
    return int(not slow or any(bad for _, _, bad in table.values()))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())

"""The statements run through the door, and the table of what came out: `python -m tests.proof.door.corpus [--unseen]`.

Every third statement is kept apart as unseen: nothing was tuned on those before their rates were first printed.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass

from mathcore.proof.door import prove
from tests.proof.door import blind, course, examined, fresh, later, mended, objects, seminar, written

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
    found = []
    for kind, group in zip(KINDS, (written.TRUE_IDENTITIES, written.TRUE_INEQUALITIES, written.FALSE), strict=True):
        for place, (area, claim, given) in enumerate(group):
            found.append(Statement("text", kind, area, (claim,), {"given": given}, place % 3 == 2))
    false = [*objects.FALSE, *objects.varied()]
    for kind, group in zip(KINDS, (objects.TRUE_IDENTITIES, objects.TRUE_INEQUALITIES, false), strict=True):
        for place, (area, left, op, right, given, *_) in enumerate(group):
            found.append(Statement("sympy", kind, area, (left, op, right), given, place % 3 == 2))
    for claim, given in later.TEXTS:
        kind = KINDS[0] if re.search(r"(?<![<>])= ", claim) else KINDS[1]
        found.append(Statement("text", kind, "later", (claim,), {"given": given}, False))
    for area, left, op, right, given in (*later.SECOND, *later.THIRD):
        found.append(Statement("sympy", KINDS[op != "="], area, (left, op, right), given, False))
    for kind, texts, asked in zip(KINDS[1:], blind.TEXTS, blind.OBJECTS, strict=True):
        found += [Statement("text", kind, "blind", (claim,), {"given": given}, False) for claim, given in texts]
        found += [Statement("sympy", kind, "blind", (a, op, b), given, False) for a, op, b, given in asked]
    for kind, texts in zip(KINDS[1:], blind.SECOND, strict=True):
        found += [Statement("text", kind, "second blind", (claim,), {"given": given}, False) for claim, given in texts]
    for area, place in (("examined", examined), ("fresh", fresh), ("course", course), ("seminar", seminar)):
        for kind, texts, asked in zip(KINDS, place.TEXTS, place.OBJECTS, strict=True):
            found += [Statement("text", kind, area, (claim,), {"given": given}, False) for claim, given in texts]
            found += [Statement("sympy", kind, area, (a, op, b), given, False) for a, op, b, given in asked]
    for kind, texts in zip(KINDS, (mended.TRUE_IDENTITIES, mended.TRUE_INEQUALITIES, mended.FALSE), strict=True):
        found += [Statement("text", kind, "mended", (claim,), {"given": given}, False) for claim, given in texts]
    return found


def outcome(statement: Statement, timeout: float) -> tuple[str, float, str]:
    wall, start = time.perf_counter(), time.process_time()
    try:
        verdict = statement.judged(timeout)
    except ValueError as error:
        return f"error: {error}", time.process_time() - start, ""
    del wall
    return str(verdict.level), time.process_time() - start, verdict.method if verdict.level == "proved" else verdict.reason


def good(kind: str, level: str) -> bool:
    return level == ("refuted" if kind == "false" else "proved")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
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

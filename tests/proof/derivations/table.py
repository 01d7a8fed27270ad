"""How the public derivations are judged: `python -m tests.proof.derivations.table [WORDS OF A TITLE]`."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from mathcore.evidence import Judged
from mathcore.proof.lines import judge
from tests.proof.derivations.corpus import Written, derivations


@dataclass(frozen=True)
class Outcome:
    """A derivation and what was said of it."""

    written: Written
    judged: Judged
    seconds: float

    @property
    def false_accepted(self) -> bool:
        wrong = self.written.wrong
        return bool(wrong) and self.judged.lines[wrong - 1].follows

    @property
    def right_refuted(self) -> bool:
        """A right line called wrong: after a slip the lines are right or wrong by themselves, which no label says."""
        last = self.written.wrong - 1 if self.written.wrong else None
        return any(line.wrong for line in self.judged.lines[:last])

    @property
    def found(self) -> bool:
        return self.judged.wrong == self.written.wrong

    @property
    def named(self) -> bool:
        return self.judged.slip is not None and self.judged.slip.kind in self.written.slips


def outcome(written: Written) -> Outcome:
    began = time.process_time()
    judged = judge(written.context, written.first, written.lines)
    return Outcome(written, judged, time.process_time() - began)


def main(words: list[str]) -> None:
    chosen = [one for one in derivations() if all(w.lower() in f"{one.student} {one.title}".lower() for w in words)]
    outcomes = []
    for one in chosen:
        found = outcome(one)
        outcomes.append(found)
        if words or not (found.judged.accepted if not one.wrong else found.found and found.named) or found.right_refuted:
            print(f"{one.student}, {one.title} ({found.seconds:.1f} s; label: {one.wrong} {' or '.join(one.slips)})")
            for number, line in enumerate(found.judged.lines, 1):
                said = line.verdict
                if words or not line.follows:
                    print(f"  {number} {said.level}: {line.text}   {said.reason or said.method}"[:230])
                if line.slip or line.lacks:
                    print(f"      {line.slip}  lacks: {line.lacks}")
    right = [o for o in outcomes if not o.written.wrong]
    wrong = [o for o in outcomes if o.written.wrong]
    lines, seconds = sum(len(o.judged.lines) for o in outcomes), sum(o.seconds for o in outcomes)
    print(f"\n{len(outcomes)} derivations, {lines} lines, {seconds:.0f} s")
    for said, part, whole in (
        ("right, accepted whole", [o for o in right if o.judged.accepted], right),
        ("first wrong line found", [o for o in wrong if o.found], wrong),
        ("slip named", [o for o in wrong if o.named], wrong),
        ("false line accepted", [o for o in wrong if o.false_accepted], wrong),
        ("right line refuted", [o for o in outcomes if o.right_refuted], outcomes),
    ):
        print(f"{said:24} {len(part):4} of {len(whole)}")


if __name__ == "__main__":
    main(sys.argv[1:])

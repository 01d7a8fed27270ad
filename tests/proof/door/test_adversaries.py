"""The false statements of the kernel's tests, through the door: whatever rule it finds, none may be proved."""

import pytest

from mathcore.evidence import Level
from mathcore.proof.door import prove
from tests.proof import course, statements

# false by the rule that the list tries, true as they stand
TRUE = {
    "log(v) <= v - 1",
    "exp(a) >= 0",
    "r^2 >= 0",
    "a <= b => a <= b + 1",
    "sum(k: p[k] log(q[k])) - sum(k: q[k] log(q[k])) = sum(k: (p[k] - q[k]) log(q[k]))",
    "c >= t",
    "sum(k: w[k]) = sum(j: w[j])",
    "v log(w exp(v)) = v log(w) + v^2",
}


def shown_elsewhere():
    """Statements of the same files that are true by another rule than the one tried there."""
    lists = [getattr(m, name) for m in (statements, course) for name in dir(m) if name.isupper() and not name.startswith("FALSE")]
    return {s.claim for group in lists if isinstance(group, tuple) for s in group if isinstance(s, statements.Statement)}


def false_statements():
    found = {}
    for module in (statements, course):
        for name in dir(module):
            if name.startswith("FALSE"):
                for s in getattr(module, name):
                    if s.define == "same_(v_) = v_":
                        found.setdefault((s.claim, s.given), s)
    return list(found.values())


ALL = false_statements()


def accepted(chosen):
    result = []
    for s in chosen:
        try:
            verdict = prove(s.claim, given=s.given)
        except ValueError:
            continue
        if verdict.level in (Level.PROVED, Level.CONFLICT):
            result.append(s.claim)
    return set(result)


def test_a_sample_of_false_statements_is_not_proved():
    assert accepted(ALL[::8]) <= TRUE | shown_elsewhere()


@pytest.mark.slow
def test_no_false_statement_is_proved_by_any_rule():
    assert accepted(ALL) <= TRUE | shown_elsewhere()


def test_there_are_many_and_the_test_can_fail():
    assert len(ALL) > 200
    assert accepted([s for s in ALL if s.claim == "exp(a) >= 0"]) == {"exp(a) >= 0"}

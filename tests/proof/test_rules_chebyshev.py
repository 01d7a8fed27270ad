"""The rule chebyshev: what is accepted, what must not be, and with which mistake in the checker it would be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mathcore.document.reason import read, write
from mathcore.evidence import Level
from mathcore.proof.rules import CHECKERS, chebyshev
from mathcore.rules.chebyshev import Chebyshev
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case, Split
from mathcore.rules.sum_over import SumOver
from mathcore.rules.support import Support
from mathcore.rules.use import Use
from tests.proof.pipeline import kernel, pipeline
from tests.proof.statements import Statement, V, cert

ALIKE = "(x[i] - x[j]) (y[i] - y[j]) >= 0"
OPPOSITE = ALIKE.replace(">=", "<=")
SUMS = "n sum(k: x[k] y[k]) >= sum(k: x[k]) sum(k: y[k])"
TURNED = "sum(k: x[k]) sum(k: y[k]) <= n sum(k: x[k] y[k])"
WEIGHTED = "sum(k: z[k]) sum(k: z[k] x[k] y[k]) >= sum(k: z[k] x[k]) sum(k: z[k] y[k])"


def by(one: str = "x[i]", other: str = "y[i]", over: str = "i, j", weight: str = "1", inside: Rule | str = ALIKE) -> Chebyshev:
    return Chebyshev(one, other, over, Use(inside) if isinstance(inside, str) else inside, weight)


def said(claim: str, rule: Rule | None = None, given: str = ALIKE) -> Statement:
    return Statement(claim, rule or by(), f"{V}; {given}" if given else V)


def beside(claim: str, *letters: str) -> str:
    """The claim, which now speaks of these indices: a hypothesis about them is no longer meant for every index."""
    left, right = claim.split(" >= ")
    more = "".join(f" + x[{letter}]" for letter in letters)
    return f"{left}{more} >= {right}{more}"


@dataclass(frozen=True)
class Attack:
    """A false statement, its true twin, and what changes in the text of the checker so that the false one passes."""

    name: str
    false: Statement
    true: Statement
    old: str
    new: str

    def __str__(self) -> str:
        return self.name


RELATIONS = ('expect(op, "<=", ">=")', 'op = "<=" if op in ("<", "<=") else ">="')
WEIGHTS = ("if not nonnegative(normal, w):", "if False:")
LETTERS = ("t.fresh(known[name]) for name in", "known[name] for name in")

PAIR = ALIKE.replace("[i]", "[l]").replace("[j]", "[m]")
ROWS = ALIKE.replace("x[", "X[m, ")
AT_M_L = Use(ALIKE, "i = m; j = l")
BY_SIGN = Split(
    (
        Case("z[m] >= 0", by("x[m]", "y[m]", "m, l", "z[m]", AT_M_L)),
        Case("z[m] < 0", by("x[m]", "y[m]", "m, l", "-z[m]", AT_M_L)),
    )
)
ATTACKS = (
    Attack("strict, but n may be 1", said(SUMS.replace(">=", ">")), said(SUMS), *RELATIONS),
    Attack("equal", said(SUMS.replace(">=", "=")), said(SUMS), *RELATIONS),
    Attack("different", said(SUMS.replace(">=", "!=")), said(SUMS), *RELATIONS),
    Attack(
        "in opposite orders",
        said(SUMS, by(inside=OPPOSITE), OPPOSITE),
        said(SUMS.replace(">=", "<="), by(inside=OPPOSITE), OPPOSITE),
        "return order",
        'return "<="',
    ),
    Attack(
        "the step says <=, and so do the products",
        said(TURNED, by(inside=OPPOSITE), OPPOSITE),
        said(TURNED),
        "inner, product, order, zero",
        "inner, product, op, zero",
    ),
    Attack(
        "in the order of another sequence",
        said(SUMS, by(inside=ALIKE.replace("y", "z")), ALIKE.replace("y", "z")),
        said(SUMS),
        "check(rule.by, inner, product, order, zero)",
        "None",
    ),
    Attack(
        "weights of either sign", said(WEIGHTED, by(weight="z[i]")), said(WEIGHTED.replace("z", "P"), by(weight="P[i]")), *WEIGHTS
    ),
    Attack(
        "a weight that is >= 0 at one index",
        said(beside(WEIGHTED, "m"), by("x[m]", "y[m]", "m, l", "z[m]", AT_M_L), f"{ALIKE}; z[m] >= 0"),
        said(WEIGHTED, by("x[m]", "y[m]", "m, l", "z[m]", AT_M_L), f"{ALIKE}; z[m] >= 0"),
        *LETTERS,
    ),
    Attack(
        "two indices in order",
        said(beside(SUMS, "l", "m"), by("x[l]", "y[l]", "l, m", inside=PAIR), PAIR),
        said(SUMS, by("x[l]", "y[l]", "l, m", inside=PAIR), PAIR),
        *LETTERS,
    ),
    Attack("one index in order with every other", said(beside(SUMS, "i")), said(beside(SUMS, "m")), *LETTERS),
    Attack(
        "a case about the letter of a sum around the step",
        said(f"sum(m: {WEIGHTED.replace(' >= ', ') >= sum(m: ')})", SumOver("m", BY_SIGN)),
        said(
            f"sum(m: {SUMS.replace('x[', 'X[m, ').replace(' >= ', ') >= sum(m: ')})",
            SumOver("m", by("X[m, i]", inside=ROWS)),
            ROWS,
        ),
        *LETTERS,
    ),
    Attack(
        "indices of two sizes, and weights that may be < 0 beyond the smaller",
        said(
            "sum(k: F[k] k^2) sum(h: F[h]) + sum(k: F[k]) sum(h: F[h] h^2) >= 2 sum(k: F[k] k) sum(h: F[h] h)",
            by("i", "i", "i, h", "F[i]", cert("(i - h)^2")),
            "F[i] >= 0",
        ),
        said("sum(k: F[k]) sum(k: F[k] k^2) >= sum(k: F[k] k)^2", by("i", "i", "i, j", "F[i]", cert("(i - j)^2")), "F[i] >= 0"),
        " or kinds[0] != kinds[1]",
        "",
    ),
    Attack(
        "a divisor that may be 0",
        said("n sum(k: x[k] y[k]) / v >= sum(k: x[k]) sum(k: y[k]) / v"),
        said("n sum(k: x[k] y[k]) / r >= sum(k: x[k]) sum(k: y[k]) / r"),
        "scope.trace.include(tried.trace)",
        "pass",
    ),
    Attack(
        "a factor of either sign",
        said("a n sum(k: x[k] y[k]) >= a sum(k: x[k]) sum(k: y[k])"),
        said("r n sum(k: x[k] y[k]) >= r sum(k: x[k]) sum(k: y[k])"),
        "(order,)), left, op, right, None)",
        '("=",)), left, "=", right, None)',
    ),
)

EXP = "n sum(k: x[k] exp(x[k])) >= sum(k: x[k]) sum(k: exp(x[k]))"
LOGS = "(log(q[i]) - log(q[j])) (y[i] - y[j]) >= 0"
IN_ROWS = "(x[i] - x[j]) (sum(l: X[i, l]) - sum(l: X[j, l])) >= 0"
BY_ORDER = Split(
    (
        Case("x[i] >= x[j]", cert("(x[i] - x[j]) (exp(x[i]) - exp(x[j]))")),
        Case("x[i] < x[j]", cert("(x[j] - x[i]) (exp(x[j]) - exp(x[i]))")),
    )
)
TRUE = (
    said("sum(k: x[k] y[k]) / n >= (sum(k: x[k]) / n) (sum(k: y[k]) / n)"),
    said("sum(k: p[k] x[k] y[k]) >= sum(k: p[k] x[k]) sum(k: p[k] y[k])", by(weight="p[i]")),
    said(EXP, by(other="exp(x[i])", inside=BY_ORDER), ""),
    said(
        "sum(k: exp(x[k])) sum(k: exp(-x[k])) >= n^2",
        by("exp(x[i])", "exp(-x[i])", inside=cert("(exp((x[i] - x[j]) / 2) - exp((x[j] - x[i]) / 2))^2")),
        "",
    ),
    said(
        "n sum(k: x[k] sum(l: X[k, l])) >= sum(k: x[k]) sum(k, l: X[k, l])", by(other="sum(j: X[i, j])", inside=IN_ROWS), IN_ROWS
    ),
    said(
        "sum(k: q[k]) sum(k: q[k] y[k] log(q[k])) >= sum(k: q[k] log(q[k])) sum(k: q[k] y[k])",
        Support(("q",), by("log(q[i])", weight="q[i]", inside=LOGS)),
        LOGS,
    ),
)


def fields(s: Statement) -> dict[str, Any]:
    return {"by": s.by, "given": s.given}


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_what_is_false_or_undefined_somewhere_is_not_accepted(attack):
    assert not kernel(attack.false.claim, **fields(attack.false)).accepted
    assert pipeline(attack.false.claim, **fields(attack.false)).level is not Level.PROVED


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_with_a_mistake_in_the_checker_it_would_be(attack, monkeypatch):
    source = Path(chebyshev.__file__).read_text(encoding="utf-8")
    assert source.count(attack.old) == 1
    wrong: dict[str, Any] = {}
    exec(compile(source.replace(attack.old, attack.new), "a wrong checker", "exec"), wrong)
    monkeypatch.setitem(CHECKERS.of, Chebyshev, wrong["chebyshev"])
    assert kernel(attack.false.claim, **fields(attack.false)).accepted


@pytest.mark.parametrize("true", (*(attack.true for attack in ATTACKS), *TRUE), ids=str)
def test_a_true_statement_is_proved(true):
    verdict = pipeline(true.claim, **fields(true))
    assert verdict.level is Level.PROVED, verdict.reason


def test_equality_is_known_where_every_weight_counts():
    case = "forall(i, j: (x[i] - x[j]) (y[i] - y[j]) = 0)"
    positive, nonnegative = (said(WEIGHTED.replace("z", letter), by(weight=f"{letter}[i]")) for letter in "Pp")
    assert pipeline(positive.claim, **fields(positive), equality=case).level is Level.PROVED
    assert pipeline(nonnegative.claim, **fields(nonnegative), equality=case).level is Level.UNKNOWN


def test_equality_is_what_the_rule_inside_says_of_two_indices():
    squares = said("n sum(k: x[k]^2) >= sum(k: x[k])^2", by(other="x[i]", inside=cert("(x[i] - x[j])^2")), "")
    assert pipeline(squares.claim, **fields(squares), equality="forall(i, j: x[i] = x[j])").level is Level.PROVED
    assert pipeline(squares.claim, **fields(squares), equality="forall(i: x[i] = 0)").level is Level.UNKNOWN


def test_hypotheses_about_the_weights_and_axioms_are_named():
    verdict = pipeline(WEIGHTED.replace("z", "a z"), by(weight="a z[i]"), f"{V}; {ALIKE}; a z[k] >= 0")
    assert verdict.level is Level.PROVED
    assert {ALIKE, "a z[k] >= 0"} <= set(verdict.hypotheses) and {"field", "finite sums", "order"} <= set(verdict.axioms)


@pytest.mark.parametrize("over", ["i", "i, i", "i, h", "a, b", "t, T", "i, j, k", "i, undeclared"])
def test_the_data_name_two_indices_of_one_size(over):
    answer = kernel(SUMS, by(over=over), f"{V}; {ALIKE}")
    assert not answer.accepted and "two declared indices of one size" in answer.reason


def test_what_a_page_says_is_read_and_written_as_it_stands():
    text = "[chebyshev x[i] with y[i] over i, j weighted P[i]] [given H]"
    rule, words = read(f"{text} for these weights", (), 1)
    assert rule == by(weight="P[i]", inside="H") and words == "for these weights" and write(rule) == (text, ())

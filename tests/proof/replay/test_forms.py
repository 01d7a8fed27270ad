"""The replayer's normal form: what it shows, what it must not, and that each guard is needed."""

from collections import Counter

import pytest

from mathcore.card import Derivation, Step
from mathcore.language import tree as t
from mathcore.proof import certificates
from mathcore.proof.derive import verify_derivation
from mathcore.proof.replay import POINTS, PROVED, replay, steps
from mathcore.proof.replay.forms import Forms
from mathcore.proof.replay.letters import Bad, Outside
from mathcore.rules.rewrite import Rewrite
from tests.proof.pipeline import card
from tests.proof.statements import FALSE, TRUE, Statement, V, cert
from tests.sampling import counted

SHOWN, CONDITIONS, NOT = "shown", "under conditions", "not shown"
TRUE_AFTER_ALL = {"exp(a) >= 0"}  # false is what stands beside it: the case of equality


def judged(statement: Statement) -> str:
    where = statement.given if ":" in statement.given else f"{V}; {statement.given}" if statement.given else V
    of = card(where, statement.derivations, define=statement.define)
    context, goal = of.context, of.context.parse(statement.claim)
    core = t.bare(goal)
    while isinstance(core, t.Implies):
        context, core = context.assuming(core.premise), t.bare(core.conclusion)
    if not isinstance(core, t.Relation) or len(core.ops) != 1:
        return NOT

    def opened(name: str):
        derivation = of.derivation(name.split(".")[-1])
        own = of.context.given(derivation.given) if derivation.given else of.context
        return own, own.parse(derivation.claim), False

    env = steps.Environment(context, goal, opened, of.name)
    try:
        found = steps.show(env, certificates.plain(statement.by), core.args[0], core.ops[0], core.args[1])
    except (Bad, Outside, KeyError):
        return NOT
    return CONDITIONS if found.open else SHOWN


def said(claim: str, where: str = "") -> str:
    return judged(Statement(claim, Rewrite(), where))


@counted(4, 1, name="every")
def test_no_false_statement_is_shown(every):
    found = {s.claim for s in FALSE[::every] if judged(s) == SHOWN}
    assert found <= TRUE_AFTER_ALL


def test_an_index_lies_from_1_to_its_size_and_no_nearer():
    assert judged(Statement("i <= n", cert("n - i"))) == judged(Statement("i >= 1", cert("i - 1"))) == SHOWN
    assert judged(Statement("i <= n - 1", cert("n - 1 - i"))) == judged(Statement("i <= d", cert("d - i"))) == NOT


def test_most_true_statements_are_shown():
    counts = Counter(map(judged, TRUE))
    assert counts[SHOWN] >= 95 and counts[SHOWN] + counts[CONDITIONS] >= 0.8 * len(TRUE)


@pytest.mark.parametrize(
    "claim",
    [
        "sum(k: x[k])^2 = sum(i, j: x[i] x[j])",
        "sum(i, j: x[i] x[j] y[j]) = sum(k: x[k]) sum(l: x[l] y[l])",
        "sum(k: sum(j: x[j])) = n sum(k: x[k])",
        "sum(k: delta(k, j) x[k]^2) = x[j]^2",
        "sum(k: exp(x[k]) / (1 + exp(x[k]))) = n - sum(k: 1 / (1 + exp(x[k])))",
        "exp(-a) / (1 + exp(-a))^2 = 1 / (1 + exp(-a)) - 1 / (1 + exp(-a))^2",
        "log(r / (r + s)) = log(r) - log(r + s)",
        "sqrt(4 r^2 s) = 2 r sqrt(s)",
        "D(log(sum(k: exp(x[k]))), x[j]) = exp(x[j]) / sum(k: exp(x[k]))",
        "D(sum(i: (sum(k: X[i, k] x[k]))^2), x[j]) = 2 sum(i: X[i, j] sum(k: X[i, k] x[k]))",
        "max(a, b) + min(a, b) = a + b",
        "abs(a)^2 = a^2",
        "sum(k: p[k] c) = c",
        "sum(i, j: p[i] q[j] x[j]) = sum(j: q[j] x[j])",
        "r^(t + 1) = r r^t",
        "a^(t + 1) = a a^t",
        "sum(t = 0..T: a^(t + 1)) = a sum(t = 0..T: a^t)",
        "D(f(2 a), a) - D(f(2 a), a) = 0",
    ],
)
def test_it_shows(claim):
    assert said(claim) == SHOWN


@pytest.mark.parametrize(
    ("claim", "where"),
    [
        ("sum(k: x[k])^2 = sum(k: x[k]^2)", ""),
        ("sum(k: x[k] x[j]) = sum(k: x[k]^2)", ""),
        ("sum(k: c) = c", ""),
        ("D(sum(k: x[k]^2), x[j]) = 2 sum(k: x[k])", ""),
        ("sqrt(a^2) = a", ""),
        ("abs(a) = a", ""),
        ("log(a^2) = 2 log(a)", ""),
        ("sum(k: x[k]) = 1", ""),
        ("x[i] x[j] = x[i]^2", ""),
        ("x[i] = 1 + 0 x[j]", "x[j] = 1"),
        ("D(sum(k: x[k]), x[j]) = 0", "sum(k: x[k]) = 1"),
        ("(a^t)^2 = a^t", ""),
        ("sum(k: p[k]^2) = 1", ""),
        ("sum(g: Y[i, g]) = sum(k: Y[k, h])", ""),
    ],
)
def test_it_does_not_show(claim, where):
    assert said(claim, f"{V}; {where}" if where else V) == NOT


@pytest.mark.parametrize(
    "claim",
    [
        "a / a = 1",
        "exp(log(a)) = a",
        "sqrt(a)^2 = a",
        "x[2] - x[2] = 0",
        "F[t - 1] = F[t - 1]",
        "D(abs(a), a) a = abs(a)",
        "D(abs(v), v) = 1",
        "p[i] log(p[i] / q[i]) = p[i] log(p[i]) - p[i] log(q[i])",
        "0 / (a - b) = 0",
        "sum(t = 2..T: 1) = T - 1",
        "D(sqrt(v), v) = 1 / (2 sqrt(v))",
    ],
)
def test_it_says_that_a_condition_is_left(claim):
    assert said(claim) == CONDITIONS


GUARDS = {
    "conditions": ((Forms, "need", lambda *_: None), "a / a = 1", ""),
    "domain of what is put in": ((Forms, "require_domain", lambda *_: None), "at(r = 0: r / r) = 1", ""),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_without_its_guard_something_false_is_shown(guard, monkeypatch):
    (owner, name, weaker), claim, where = GUARDS[guard]
    assert said(claim, where) != SHOWN
    monkeypatch.setattr(owner, name, weaker)
    assert said(claim, where) == SHOWN


def test_terms_that_cancel_once_they_are_multiplied_out_are_no_damage():
    claim = "abs(a / (1 + b^2) - a (1 + b^2) / (1 + b^2)^2) = 0"
    of, step = card("a, b: real"), Derivation(title="t", key="t", claim=claim, steps=(Step("= 0", Rewrite()),))
    (found,) = replay(certificates.text(certificates.document([(of, step, verify_derivation(of, step))])))
    assert found.outcome in (PROVED, POINTS)

"""Finite-n transfer: what it proves, what it refutes, where it is silent, and that it never contradicts the kernel."""

import pytest

from mathcore.language import tree as t
from mathcore.proof import transfer as module
from mathcore.proof.transfer import transfer
from mathcore.rules.use import Use
from tests.proof import fuzz, mutation
from tests.proof.pipeline import card
from tests.proof.statements import FALSE, TRUE, V
from tests.sampling import counted

CARD = card(V)


def holds(claim: str, more: str = "") -> bool | None:
    context = card(f"{V}; {more}").context if more else CARD.context
    return transfer(context, context.parse(claim)).holds


PROVED = (
    "sum(i, j: (x[i] - x[j])^2) = 2 n sum(k: x[k]^2) - 2 sum(k: x[k])^2",
    "sum(k: (x[k] - sum(j: x[j]) / n)^2) = sum(k: x[k]^2) - sum(k: x[k])^2 / n",
    "sum(i: sum(g: Y[i, g]) x[i]) = sum(g: sum(i: Y[i, g] x[i]))",
    "sum(i, j: delta(i, j) x[i] y[j]) = sum(k: x[k] y[k])",
    "D(exp(x[i]) / sum(k: exp(x[k])), x[j]) = (exp(x[i]) / sum(k: exp(x[k]))) (delta(i, j) - exp(x[j]) / sum(k: exp(x[k])))",
    "sum(k: P[k] / (P[k] + Q[k])) = n - sum(k: Q[k] / (P[k] + Q[k]))",
    "sum(k: p[k] (x[k] - sum(j: p[j] x[j]))^2) = sum(k: p[k] x[k]^2) - sum(k: p[k] x[k])^2",
    "log(exp(c) sum(k: exp(x[k]))) = c + log(sum(j: exp(x[j])))",
    "sum(i, j, k, l: x[i] x[j] x[k] x[l]) = sum(k: x[k])^4",
    "r^(a + b) = r^a r^b",
)
DIFFER = (
    "sum(k: c) = c",  # true for n = 1: D + F is not enough
    "sum(k: x[k]^2) = sum(k: x[k])^2",
    "sum(i, j: delta(i, j)) = n^2",
    "n (n - 1) = 0",
    "n (n - 1) (n - 2) (n - 3) = 0",
    "(n - 1) (n - 2) sum(k: x[k]) = 0",
    "delta(i, j) x[i] = delta(i, j) x[k]",
    "sum(k: delta(k, i)) = delta(i, j)",
    "exp(a b) = exp(a) exp(b)",
    "sum(g: sum(k: Y[k, g])) = d sum(k: Y[k, h])",
    "sum(i, j, k: (x[i] - x[j]) (x[j] - x[k]) (x[k] - x[i])) = sum(k: x[k])",
)
SILENT = (
    "log(n) = log(n)", "sum(k: k x[k]) = sum(k: k x[k])", "x[1] = x[1]", "sum(t = 1..T: a) = a T", "a / a = 1", "log(a) = log(a)",
    "a <= a", "max(a, b) = (a + b + abs(a - b)) / 2", "lim(r -> inf: 1 / r) = 0", "sqrt(a^2) = abs(a)", "prod(k: c) = c^n",
    "at(a = 0: w^a) = 1",
)  # fmt: skip


@pytest.mark.parametrize("claim", PROVED)
def test_an_identity_is_proved_for_every_n_from_a_few(claim):
    assert holds(claim) is True


@pytest.mark.parametrize("claim", DIFFER)
def test_what_fails_for_some_n_is_found_among_the_few(claim):
    assert holds(claim) is False


@pytest.mark.parametrize("claim", SILENT)
def test_outside_the_theorem_nothing_is_said(claim):
    found = transfer(CARD.context, CARD.context.parse(claim))
    assert found.holds is None and found.reason


def test_a_divisor_that_holds_a_quotient_is_cleared_as_well():
    """Found by the cards: softmax over the sum of softmax; the inner divisor came back and was forgotten."""
    share = "exp(x[{0}]) / sum(l: exp(x[l]))"
    claim = f"({share.format('i')}) / sum(k: {share.format('k')}) = {share.format('i')}"
    assert holds(claim) is True
    assert holds(claim.replace("= exp(x[i]) / sum(l: exp(x[l]))", "= exp(x[i])")) is False
    assert holds(f"1 / sum(k: {share.format('k')}) = sum(l: exp(x[l]))") is False


def test_the_number_of_sizes_is_that_of_the_theorem():
    found = transfer(CARD.context, CARD.context.parse("sum(i, j: x[i] x[j]) = sum(k: x[k])^2"))
    assert (found.holds, found.largest) == (True, 3)  # two sums, no free index: n = 1, 2, 3
    found = transfer(CARD.context, CARD.context.parse("sum(k: delta(k, i) delta(k, j) x[k]) = delta(i, j) x[i]"))
    assert (found.holds, found.largest, found.checked) == (True, 3, 5)  # one sum, two free indices; at n = 1 they coincide


@pytest.mark.parametrize("last", range(1, 7))
def test_a_polynomial_in_n_needs_one_size_more_than_its_degree(last):
    factors = " ".join(f"(n - {i})" for i in range(1, last + 1))
    found = transfer(CARD.context, CARD.context.parse(f"{factors} = 0"))
    assert (found.holds, found.largest) == (False, last + 1)


def test_with_fewer_sizes_a_lie_comes_through(monkeypatch):
    """The twin: one n less, as in D + F without the max, and sum(k: c) = c is proved."""
    honest = module._patterns
    monkeypatch.setattr(
        module, "_patterns", lambda free, sizes: honest(free, sizes) if max(sizes.values(), default=1) < 2 else iter(())
    )
    assert holds("sum(k: c) = c") is True


def test_a_hypothesis_about_a_sum_is_eliminated():
    assert holds("sum(k: x[k] (a + y[k])) = a + sum(k: x[k] y[k])", "sum(k: x[k]) = 1") is True
    assert holds("sum(k: x[k] (a + y[k])) = a + sum(k: x[k] y[k])") is False
    assert holds("sum(k: x[k] (a + y[k])) = a + sum(k: x[k] y[k])", "sum(k: x[k]) = 2") is False


def test_a_hypothesis_that_is_not_eliminated_leaves_a_difference_undecided():
    assert holds("sum(k: x[k]) = 0", "x[i] = 0") is None
    assert holds("sum(k: x[k]) = 0") is False


def test_a_derivative_is_taken_before_a_hypothesis_is_used():
    assert holds("D(sum(k: x[k])^2, x[j]) = 2", "sum(k: x[k]) = 1") is True
    assert holds("D(sum(k: x[k])^2, x[j]) = 0", "sum(k: x[k]) = 1") is False


@pytest.mark.slow
def test_it_proves_no_false_statement_and_refutes_no_true_one():
    spoken = 0
    for group, wrong in ((FALSE, True), (TRUE, False)):
        for s in group:
            try:
                context = card(s.given, define=s.define).context
                claim = context.parse(s.claim)
                if isinstance(claim, t.Relation) and t.same(*(context.unfold(side) for side in claim.args[:2])):
                    continue  # equal wherever it has a value; that it has one is asked elsewhere
                found = transfer(context, claim)
            except ValueError:
                continue
            spoken += found.holds is not None
            assert found.holds is not wrong or found.interior, (s.claim, found)
    assert spoken >= 60


def test_a_proof_about_distributions_says_that_it_speaks_of_positive_ones():
    """-log(p / q) = log(q) - log(p) holds inside, and is undefined at p = 0."""
    for claim, interior in (("-log(p[i] / q[j]) = log(q[j]) - log(p[i])", True), ("sum(k: 0 x[k]) = 0", False)):
        found = transfer(CARD.context, CARD.context.parse(claim))
        assert (found.holds, found.interior) == (True, interior)


@pytest.mark.slow
def test_it_agrees_with_the_kernel_on_the_steps_of_the_cards():
    """A step that the kernel accepts and that differs at some n, or a false one that is proved here, is a CONFLICT."""
    answers = {
        site.label: transfer(site.context, t.Relation((site.left, site.right), ("=",)))
        for site in mutation.sites()
        if site.op == "="
    }
    assert not {label: found for label, found in answers.items() if found.holds is False}
    assert sum(found.holds is True for found in answers.values()) >= 0.5 * len(answers)


@pytest.mark.slow
def test_it_agrees_with_points_on_wrong_steps():
    wrong = [m for site in mutation.sites() if site.op == "=" for m in mutation.mutants(site) if m.op == "="]
    wrong = wrong[:: max(1, len(wrong) // 90)]
    judged = [(m, transfer(m.site.context, m.relation).holds, mutation.label_of(m)[0]) for m in wrong]
    assert not [m.text for m, holds, label in judged if (holds, label) in ((True, mutation.FALSE), (False, mutation.EQUIVALENT))]
    assert sum(holds is False for _, holds, _ in judged) >= 10


@pytest.mark.fuzz
@counted(30, 250)
def test_it_agrees_with_the_kernel_on_random_pairs(count):
    proved = differ = 0
    for place in range(count):
        grower = fuzz.Grower(f"transfer:{place}")
        tree = grower.real(2, "ij")
        other, _ = fuzz.rewritten(tree, grower.random, 2)
        broken = fuzz.slipped(other, grower.random)
        for right in (other, *([broken[1]] if broken else [])):
            found = transfer(fuzz.CARD.context, t.Relation((tree, right), ("=",)))
            accepted = fuzz.ask(tree, right, Use(fuzz.SUM_OF_P))[0] == fuzz.ACCEPTED
            assert not (accepted and found.holds is False), fuzz.text_of(t.Relation((tree, right), ("=",)))
            assert not (found.holds and fuzz.differ(tree, right)[0]), fuzz.text_of(t.Relation((tree, right), ("=",)))
            proved, differ = proved + (found.holds is True), differ + (found.holds is False)
    assert proved >= 0.24 * count and differ >= 0.16 * count

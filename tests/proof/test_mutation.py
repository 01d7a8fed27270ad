"""Wrong steps are refused by the kernel alone and refuted by points; rewritten right steps are accepted."""

import pytest

from mathcore.card import Card, Derivation, Step
from mathcore.evidence import Level
from mathcore.language import tree as t
from mathcore.proof import at_points
from mathcore.proof.rules import CHECKERS
from mathcore.proof.scope import NotShown
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.lemma import Lemma
from mathcore.rules.limiting import Limiting
from mathcore.rules.monotone import Monotone
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.support import Support
from mathcore.rules.use import Use
from tests.proof import mutation, rewrites
from tests.proof.mutation import (
    ACCEPTED,
    CONDITIONAL,
    ELSEWHERE,
    EQUIVALENT,
    FALSE,
    REJECTED,
    Mutant,
    by_balls,
    by_kernel,
    label_of_data,
    mutants,
    sites,
    where_meant,
)


def trial(given: str, claim: str, *steps: Step, more: tuple[Derivation, ...] = (), **own: str) -> mutation.Site:
    """The last step of a derivation on a card of its own."""
    derivation = Derivation("trial", claim, steps, key="trial", **own)
    card = Card(
        name="trial", title="Trial", summary="", given=f"w_: real; {given}", define="f(w_) = w_", derivations=(*more, derivation)
    )
    return mutation.sites_of(card, derivation)[-1]


# the sample of every run; the whole of it: python -m tests.proof.mutation --rewrites -----------------------------


def some(count: int) -> tuple[mutation.Site, ...]:
    """About so many steps, spread over all cards."""
    return sites()[:: max(1, len(sites()) // count)]


@pytest.fixture(scope="module")
def sample() -> mutation.Run:
    return mutation.run(every=12, whole="step", other_rules=9, cross=400, among=some(140))


@pytest.mark.slow
def test_no_false_mutant_is_accepted_by_the_kernel_leg_alone(sample):
    assert not sample.failures, "\n".join(sample.failures)


@pytest.mark.slow
def test_the_sample_breaks_steps_in_every_way_and_most_mutants_are_false(sample):
    kinds = {o.mutant.kind for o in sample.outcomes}
    assert kinds >= set(mutation.KINDS) - {
        "max <-> min",
        "dropped derivative",
        "limit point",
        "delta -> 0",
        "delta -> 1",
        "log base",
        "square and sum",
        "log and sum",
        "transposed",
        "n - 1",
        "1 % tighter",  # only inequalities: asked below
    }
    false = [o for o in sample.outcomes if o.label == FALSE]
    assert len(sample.outcomes) >= 150 and len(false) >= 0.8 * len(sample.outcomes)
    assert all(o.point for o in false)


@pytest.mark.slow
def test_the_verifier_refutes_nearly_every_false_mutant_with_a_point_of_its_own(sample):
    false = [o for o in sample.outcomes if o.label == FALSE]
    assert len(sample.unrefuted) <= 0.02 * len(false), [o.mutant.text for o in sample.unrefuted]
    assert len(sample.undecided) <= 0.01 * len(sample.outcomes), [o.mutant.text for o in sample.undecided]


@pytest.fixture(scope="module", params=[240, pytest.param(60, marks=pytest.mark.slow)])
def statements(request) -> mutation.Run:
    """Of the mutants of the statements one in so many."""
    return mutation.run(every=request.param, whole="step", other_rules=0, cross=0, among=mutation.sites_of_statements())


@pytest.mark.slow
def test_inequalities_that_are_tightened_by_one_percent_are_refuted_with_a_point():
    """Also where 48 points of the balls miss the place at which the sides meet."""
    found = mutation.run(only="1 % tighter", whole="step", other_rules=0, cross=0, among=sites()[::2])
    assert not found.failures, "\n".join(found.failures)
    false = [o for o in found.outcomes if o.label == FALSE]
    assert len(false) >= 70 and not found.unrefuted, "\n".join(o.mutant.text for o in found.unrefuted)


def test_no_false_mutant_of_a_true_statement_is_accepted(statements, request):
    assert not statements.failures, "\n".join(statements.failures)
    assert len(statements.outcomes) >= 3600 // request.node.callspec.params["statements"]


def test_nearly_every_false_mutant_of_a_statement_is_refuted_with_a_point(statements):
    false = [o for o in statements.outcomes if o.label == FALSE]
    assert len(statements.unrefuted) <= 0.03 * len(false), [o.mutant.text for o in statements.unrefuted]


@pytest.mark.slow
def test_there_are_more_than_three_thousand_mutants():
    count = 0
    for site in (*sites(), *mutation.sites_of_statements()):
        count += len(mutants(site))
        if count >= 3000:
            return
    pytest.fail(f"only {count} mutants")


@pytest.mark.slow
def test_data_that_claim_something_false_are_not_accepted_and_most_broken_data_do(sample):
    false = [d for d in sample.data if d[3] == FALSE]
    assert len(false) >= 10 and all(d[5] == REJECTED for d in false)


@pytest.mark.slow
def test_the_data_of_the_cards_claim_nothing_that_balls_refute():
    stepping = [s for s in some(140) if mutation.by_kernel(s, s.step.by, s.op, s.right)[0] == ACCEPTED]
    assert len(stepping) == len(some(140))
    with_data = [s for s in some(140) if any(True for _ in mutation.data_mutants(s))]
    assert len(with_data) >= 10
    assert [(s.label, why) for s in with_data for label, why in [label_of_data(s, s.step.by)] if label == FALSE] == []


@pytest.mark.slow
def test_rewritten_steps_are_accepted():
    result = rewrites.run(every=8, balls=10, among=some(140))
    assert not result.alarms, "\n".join(result.alarms)
    assert not result.wrong, "\n".join(result.wrong)
    assert result.total >= 600


@pytest.mark.hours
def test_every_mutant_of_every_step_of_every_card_is_judged_rightly():
    result = mutation.run(other_rules=4, cross=40)
    assert not result.failures, "\n".join(result.failures)
    false = [o for o in result.outcomes if o.label == FALSE]
    assert sum(bool(o.refuted) for o in false) >= 0.995 * len(false)
    everything = rewrites.run(balls=10)
    assert not everything.alarms and not everything.wrong


# the engine itself ------------------------------------------------------------------------------------------


def test_a_checker_that_accepts_everything_is_caught(monkeypatch):
    monkeypatch.setitem(CHECKERS.of, Rewrite, lambda rule, scope, left, op, right: ())
    result = mutation.run("entropy", every=9, whole="", other_rules=0, cross=0)
    assert any("is false" in f for f in result.failures)


@pytest.mark.slow
def test_a_kernel_that_forgets_signs_is_caught(monkeypatch):
    from mathcore.proof.kernel.normal import Normal

    monkeypatch.setattr(Normal, "_read_neg", lambda self, node: self.read(node.body))
    result = mutation.run("crossentropy", every=5, whole="", other_rules=0, cross=0)
    assert any("sign" in f for f in result.failures)


@pytest.mark.slow
def test_a_kernel_that_refuses_products_is_an_alarm(monkeypatch):
    from mathcore.proof.kernel.normal import Normal

    honest = Normal._read_mul
    monkeypatch.setattr(
        Normal, "_read_mul", lambda self, node: honest(self, node) if node.right is not mutation.ONE else self.symbol(node)
    )
    monkeypatch.setattr(Normal, "delta", lambda self, i, j: self.symbol(t.Symbol(f"delta {i} {j}", t.Type("real"))))
    assert rewrites.run("softmax", every=3).alarms


def test_a_mutant_differs_from_the_step_and_from_every_other_mutant():
    for site in sites("softmax"):
        made = [m for m in mutants(site) if m.op == site.op]
        trees = [t.strip(m.right) for m in made]
        assert len(set(trees)) == len(trees) and t.strip(site.right) not in trees


# what it found, each with the edit that mended it -----------------------------------------------------------

RARE = Derivation("rare", "lim(x -> 0+: x) = 0", (Step("= 0", by=Limiting(), why="x itself"),), key="rare", given="x: positive")


def test_a_lemma_whose_left_side_is_one_factor_does_not_prove_every_equation():
    """target = (target / F) F for the lemma F = 0: the weight divided by F, which is 0."""
    site = trial("y, z: real", "y = z", Step("= z", by=Lemma("rare"), why="no"), more=(RARE,))
    assert by_kernel(site, site.step.by, "=", site.right)[0] == REJECTED


@pytest.mark.parametrize("hypothesis", ["y z = 0", "y^2 = 0", "sum(k: u[k]) = 0", "y x[i] = 0"])
def test_a_hypothesis_that_something_is_zero_does_not_prove_every_equation(hypothesis):
    site = trial(
        f"n: size; k, i: index[n]; y, z: real; u, x: real[n]; {hypothesis}",
        "z + x[i] = 1",
        Step("= 1", by=Use(hypothesis), why="no"),
    )
    assert by_balls(site.context, t.Relation((site.left, site.right), ("=",)), subject=site.claim, instance="")[0] == FALSE
    assert by_kernel(site, site.step.by, "=", site.right)[0] == REJECTED


def test_an_inequality_is_not_divided_by_what_may_be_zero():
    site = trial("x: nonnegative; y: real; 0 <= x y", "y >= 0", Step(">= 0", by=Use("0 <= x y"), why="no"))
    assert by_kernel(site, site.step.by, ">=", site.right)[0] == REJECTED


def test_an_inequality_is_divided_by_what_is_positive():
    site = trial("x: positive; y: real; 0 <= x y", "y >= 0", Step(">= 0", by=Use("0 <= x y"), why="x > 0"))
    assert by_kernel(site, site.step.by, ">=", site.right) == (ACCEPTED, "")


def test_equal_equations_are_not_divided_by_what_may_be_zero():
    site = trial("x: nonnegative; y: real", "x y = 0 <=> y = 0", Step("<=> y = 0", by=Rewrite(), why="no"))
    assert by_kernel(site, site.step.by, "<=>", site.right)[0] == REJECTED


def test_a_condition_that_never_holds_is_a_refusal_and_no_condition():
    """D(log(-S)) = S' / S was `conditional` on -sum(k: exp(z[k])) > 0."""
    site = trial(
        "n: size; z: real[n]; i, k: index[n]",
        "D(log(-sum(k: exp(z[k]))), z[i]) = exp(z[i]) / sum(k: exp(z[k]))",
        Step("= exp(z[i]) / sum(k: exp(z[k]))", by=Differentiate(), why="no"),
    )
    assert by_kernel(site, site.step.by, "=", site.right)[0] == REJECTED


def test_a_condition_about_a_bound_index_can_be_shown():
    """The index of a sum that was opened again has a name that the printer of conditions could not read."""
    site = trial(
        "n: size; z: real[n]; i, k: index[n]; T: positive",
        "lim(T -> 0+: exp(z[i] / T)) = lim(T -> 0+: 1 / sum(k: exp(T / z[k])))",
        Step("= lim(T -> 0+: 1 / sum(k: exp(T / z[k])))", by=Rewrite(), why="no"),
    )
    assert by_kernel(site, site.step.by, "=", site.right)[0] == REJECTED


@pytest.mark.parametrize(
    "rule",
    [
        Monotone("x - 1 - x", variable="x: positive", turning="1"),
        Certificate((Term("x", lemma="tangent", at="x = x / x"),)),
    ],
)
def test_a_gap_that_is_identically_zero_is_refused_without_a_crash(rule):
    tangent = Derivation(
        "tangent",
        "log(x) <= x - 1",
        (Step("<= x - 1", by=Monotone("x - 1 - log(x)", "x: positive", turning="1"), why=""),),
        key="tangent",
        equality="x = 1",
    )
    site = trial("x: positive", "log(x) <= x - 1", Step("<= x - 1", by=rule, why="no"), more=(tangent,))
    assert by_kernel(site, rule, "<=", site.right)[0] == REJECTED


def test_bodies_that_differ_do_not_refute_that_their_limits_agree():
    site = trial(
        "x: positive", "lim(x -> inf: 1 / x) = lim(x -> inf: 2 / x)", Step("= lim(x -> inf: 2 / x)", by=Rewrite(), why="no")
    )
    relation = t.Relation((site.left, site.right), ("=",))
    assert at_points.at_points(site.context, relation).level is Level.ENCLOSED
    assert by_balls(site.context, relation, subject=None, instance="")[0] == EQUIVALENT
    other = site.context.parse("lim(x -> inf: 1 / x) = lim(x -> inf: 1 + 2 / x)")
    assert at_points.at_points(site.context, other).level is Level.REFUTED


def test_limits_are_labelled_by_sympy_and_not_by_the_kernel(monkeypatch):
    def silent(*_, **__):
        raise NotShown("the kernel has no say")

    for place in ("mathcore.proof.numbered_limits.near", "mathcore.proof.rules.limits.near"):
        monkeypatch.setattr(place, silent)
    given = "n: natural; x: positive; a: real"
    for claim, label in (
        ("lim(n -> inf: n / (n + 10^5)) = 1", EQUIVALENT),
        ("lim(n -> inf: n / (n + 10^5)) = 1 / 11", FALSE),
        ("lim(n -> inf: (1 + a / n)^n) = exp(a)", EQUIVALENT),
        ("lim(n -> inf: (1 + a / n)^n) = 1 + a", FALSE),
        ("lim(x -> 0+: x log(x)) = lim(x -> inf: exp(-x))", EQUIVALENT),
    ):
        site = trial(given, claim, Step("=" + claim.rpartition("=")[2], by=Limiting(), why=""))
        relation = t.Relation((site.left, site.right), ("=",))
        assert by_balls(site.context, relation, subject=None, instance="")[0] == label, claim


def test_a_limit_is_not_equal_to_an_undefined_value():
    site = trial("x: positive; y: real", "lim(x -> inf: 1 / x) = 0", Step("= 0", by=Limiting(), why=""))
    relation = site.context.parse("lim(x -> inf: 1 / x) = 1 / (y - y)")
    assert at_points.at_points(site.context, relation).level is Level.REFUTED


def test_two_signs_under_a_logarithm_of_a_probability_cancel():
    site = trial(
        "n: size; p, q: simplex[n]; k: index[n]",
        "-sum(k: p[k] log(q[k])) = -sum(k: p[k] log(-(-q[k])))",
        Step("= -sum(k: p[k] log(-(-q[k])))", by=Support(("p", "q"), by=Rewrite()), why=""),
    )
    assert by_kernel(site, site.step.by, "=", site.right) == (ACCEPTED, "")


def test_a_multiple_of_a_sum_with_an_infinite_term_is_taken_apart():
    claim = "-sum(k: p[k] log(q[k])) + sum(k: p[k] log(p[k])) = 1 (sum(k: p[k] log(p[k])) - sum(k: p[k] log(q[k])))"
    site = trial(
        "n: size; p, q: simplex[n]; k: index[n]",
        claim,
        Step("=" + claim.partition("=")[2], by=Support(("p", "q"), by=Rewrite()), why=""),
    )
    assert by_kernel(site, site.step.by, "=", site.right) == (ACCEPTED, "")


def test_a_multiple_does_not_hide_inf_minus_inf():
    claim = "2 (sum(k: p[k] log(q[k])) - sum(k: p[k] log(q[k]))) = 0"
    site = trial("n: size; p, q: simplex[n]; k: index[n]", claim, Step("= 0", by=Support(("p", "q"), by=Rewrite()), why="no"))
    assert by_kernel(site, site.step.by, "=", site.right)[0] == REJECTED


def test_a_false_mutant_is_excused_only_where_a_printed_condition_fails():
    site = trial("a, b: real", "a b / b = a", Step("= a", by=Rewrite(), why=""))
    beyond = Mutant(site, "dropped factor", "=", site.context.parse("a + 0 / a"))
    assert where_meant(beyond, "b != 0; a != 0") == ELSEWHERE
    assert where_meant(beyond, "b != 0") == CONDITIONAL
    assert where_meant(Mutant(site, "sign", "=", site.context.parse("-a")), "b != 0") == CONDITIONAL

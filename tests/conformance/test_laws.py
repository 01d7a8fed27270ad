"""Laws on floats: a true law is never excluded for a right function, a broken one is shown in words."""

from dataclasses import replace

import numpy as np
import pytest

from mathcore.card import Law
from mathcore.conformance.laws import law_check, law_checks
from mathcore.conformance.subject import Standard, subject
from mathcore.formulas import load
from tests.conformance import trial, wrong
from tests.sampling import sampled


def one(law, function=None, card=trial.SOFTMAX, **options):
    (check,) = law_checks(replace(card, invariants=(law,)), function, **options)
    return check


@sampled("card", trial.ALL, ids=lambda c: c.name, keep=5)
def test_the_laws_of_the_right_function_hold(card):
    for check in law_checks(card):
        assert check.passed, (check.name, check.detail)
        assert check.cases > 0


def test_a_sum_that_floats_miss_by_a_bit_is_not_excluded():
    from mathcore.numeric import softmax

    missed = []

    def watched(z):
        s = softmax(z)
        missed.append(s.sum() != 1)
        return s

    assert one(Law("sums to one", "sum(i: s[i]) = 1"), watched).passed
    assert any(missed)


def test_a_broken_law_names_the_input_the_output_and_where():
    check = one(Law("keeps the order", "z[i] <= z[j] => s[i] <= s[j]"), "mathcore.mistakes.softmax.of_ranks")
    assert not check.passed
    assert check.counterexample == "of_ranks([0.0, 0.0]) gives [0.2689414213699951, 0.7310585786300049]; where i = 2, j = 1"


def test_an_error_below_the_bar_is_not_excluded_and_one_above_is():
    from mathcore.numeric import softmax

    law = Law("sums to one", "sum(i: s[i]) = 1")
    assert one(law, lambda z: softmax(z) * (1 + 2.0**-52)).passed
    assert not one(law, lambda z: softmax(z) * (1 + 2.0**-48)).passed


def test_a_false_law_of_a_right_function_is_a_conflict():
    check = one(Law("false", "s[i] <= 1/2"))
    assert check.figures["conflict"]
    assert check.detail.startswith("CONFLICT")


def test_a_violation_by_a_wrong_function_is_no_conflict():
    assert not one(Law("sums to one", "sum(i: s[i]) = 1"), wrong.naive).figures["conflict"]


def test_a_law_without_a_case_fails():
    check = one(Law("never", "z[i] < z[i] => s[i] = 1"))
    assert not check.passed
    assert check.detail == "0 cases: its premise never held"


def test_arguments_that_are_no_floats_are_skipped_and_do_not_count():
    check = one(Law("third", "softmax(vector(k: z[k] / 3))[i] exp(z[j] / 3) = softmax(vector(k: z[k] / 3))[j] exp(z[i] / 3)"))
    assert check.figures["skipped"] > 0
    assert check.passed  # the multiples of three are left


def test_a_law_whose_arguments_are_never_floats_fails():
    check = one(Law("logs", "softmax(vector(k: log(2) + 0 z[k]))[i] = 1/n"))
    assert not check.passed
    assert "no argument inside the law was an exact float" in check.detail


@pytest.mark.parametrize("statement", ["D(s[i], z[j]) = s[i] (delta(i, j) - s[j])", "sum(k: z[k]) = sum(k: z[k])"])
def test_laws_that_say_nothing_about_floats_are_refused(statement):
    assert not one(Law("refused", statement)).passed


def test_order_holds_on_the_floats_themselves_and_not_only_within_the_bar():
    law = Law("keeps the order", "z[i] <= z[j] => s[i] <= s[j]")
    check = one(law, wrong.swaps_near_ties)
    assert not check.passed
    assert check.figures["exact float law"]
    assert not check.figures["conflict"]


def test_a_range_holds_on_the_floats_themselves():
    from mathcore.numeric import softmax

    check = one(Law("range", "0 <= s[i] <= 1"), lambda z: softmax(z) * (1 + 2.0**-52))
    assert check.figures["exact float law"]


def test_hypothesis_finds_and_shrinks_what_the_simple_inputs_miss():
    from mathcore.numeric import softmax

    def odd(z):
        return softmax(z) * (1.5 if len(z) > 3 else 1)

    check = one(Law("sums to one", "sum(i: s[i]) = 1"), odd)
    assert check.counterexample == "odd([0.0, 0.0, 0.0, 0.0]) gives [0.375, 0.375, 0.375, 0.375]"
    assert one(Law("sums to one", "sum(i: s[i]) = 1"), odd, hypothesis=False).passed


def test_of_the_calls_that_a_law_makes_those_where_it_fails_are_told():
    check = one(Law("none", "i != j => softmax(vector(k: delta(k, j) + 0 z[k]))[i] <= 0"))
    assert not check.passed
    assert check.counterexample.startswith("softmax([0.0, 1.0]) gives [0.268")
    assert check.counterexample.endswith("]; where i = 1, j = 2")


def test_a_function_that_changes_its_mind_is_found_or_passes_but_never_crashes():
    assert one(Law("sums to one", "sum(i: s[i]) = 1"), wrong.Unsteady()).name == "sums to one"


def test_a_law_may_use_another_definition():
    card = replace(trial.CROSSENTROPY, auxiliary=("H(p) = -sum(k: p[k] log(p[k]))",))
    assert one(Law("gibbs", "crossentropy(p, p) = H(p)"), card=card).passed
    assert not one(Law("wrong", "crossentropy(p, p) = 2 H(p)"), card=card).passed


def test_an_overflow_that_rounding_allows_excludes_nothing():
    law = Law("twice", "mean_squared_error(vector(k: 2 t[k]), vector(k: 2 y[k])) = 4 mean_squared_error(t, y)")
    assert one(law, card=trial.MSE).passed


def test_a_premature_overflow_is_a_violation():
    import numpy as np

    law = Law("between", "logsumexp(z) <= max(k: z[k]) + log(n)")
    check = one(law, lambda z: np.log(np.exp(z).sum()), card=trial.LOGSUMEXP)
    assert "gives inf" in check.counterexample


def test_a_check_writes_nothing_where_it_is_run(tmp_path, monkeypatch):
    import subprocess
    import sys
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    code = (
        "from tests.conformance import trial; from mathcore.conformance.laws import law_checks; "
        "assert law_checks(trial.SOFTMAX)[0].passed"
    )
    monkeypatch.setenv("PYTHONPATH", str(root))
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []


def test_numbers_in_the_source_of_the_caller_do_not_reach_the_draws():
    from hypothesis.internal.conjecture import providers

    from mathcore.conformance.laws import _no_constants_of_the_caller

    before = providers._get_local_constants
    with _no_constants_of_the_caller():
        assert len(providers._get_local_constants()) == 0
    assert providers._get_local_constants is before


def test_a_law_about_scores_that_are_put_in_by_at_says_what_it_needs():
    law = Law("at other scores", "sum(i: at(z = vector(k: y[k] + 1): softmax(z)[i])) = 1", given="y: real[n]")
    check = one(law)
    assert not check.passed and "softmax of z, which is bound there" in check.detail


def test_a_subnormal_number_that_counts_as_0_breaks_no_law():
    def flushes(p):
        p = np.where(np.abs(p) < np.finfo(p.dtype).tiny, p.dtype.type(0), p)
        return np.log(p) - np.log1p(-p)

    card = load("logit")
    for law in card.invariants:
        assert law_check(replace(subject(card, flushes), held_to=Standard.ORDINARY), law, "float32").passed, law.name

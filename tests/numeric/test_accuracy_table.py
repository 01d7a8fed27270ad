"""A short run of the accuracy table, laws that hold in every bit, and the judge judged: it can fail, and so can the reference."""

import math

import numpy as np
import pytest
from flint import arb, ctx

from mathcore import numeric
from tests.numeric import batches, oracle
from tests.numeric.accuracy import FORMATS, Subject, errors, examine, subjects
from tests.numeric.double_double import Number
from tests.sampling import sampled

SUBJECTS = {subject.name: subject for subject in subjects()}
ROWS = [name for name, subject in SUBJECTS.items() if subject.shape != "entry" and name != "mutual_information"]


def present(name):
    if name not in SUBJECTS:
        return getattr(numeric, name, None) or pytest.skip(f"{name} is not written yet")
    return SUBJECTS[name] if SUBJECTS[name].present else pytest.skip(f"{name} is not written yet")


@pytest.mark.slow
@pytest.mark.parametrize("name", SUBJECTS)
def test_every_output_is_within_its_bar_and_every_sampled_reference_within_its_claim(name):
    for dtype in FORMATS:
        line = examine(present(name), dtype, 8_000, seed=5, samples=50)
        assert line.held, f"\n{line}"
        assert line.outputs >= 8_000


# ---------------------------------------------------------------- the judge


@sampled("name", ["softmax", "kl_divergence", "softplus"], keep=1)
def test_a_function_6_ulp_off_is_caught(name):
    class Off(Subject):
        def __call__(self, *arrays):
            out = super().__call__(*arrays)
            return np.where(np.arange(out.size).reshape(out.shape) == 7, out + 9 * np.spacing(out), out)

    off = Off(**vars(SUBJECTS[name]))
    assert examine(off, "float64", 2000, samples=10).worst > SUBJECTS[name].bar


@sampled("name", ["softmax", "logsumexp", "entropy", "softplus"], keep=1)
def test_a_reference_spoiled_by_2_to_the_minus_60_is_caught(name):
    def spoiled(*columns):
        exact = SUBJECTS[name].exact(*columns)
        y, magnitude = exact if isinstance(exact, tuple) else (exact, None)
        return y * Number(1.0, 2.0**-60) if magnitude is None else (y * Number(1.0, 2.0**-60), magnitude)

    line = examine(Subject(**{**vars(SUBJECTS[name]), "exact": spoiled}), "float64", 2000, samples=50)
    assert line.worst <= line.bar  # so little shows in no output
    assert line.certified[0] < line.certified[1]
    assert not line.held


@pytest.mark.parametrize("dtype", FORMATS)
def test_the_judge_of_batches_agrees_with_the_judge_of_one(dtype):
    rng = np.random.default_rng(0)
    smallest, largest = batches.EXPONENTS[dtype]
    hi, e = rng.choice([1.0, 1.25, 1.9999, -1.7], 500), rng.integers(smallest - 5, largest + 2, 500)
    lo = rng.choice([0.0, 2.0**-60, -(2.0**-60)], 500)
    with np.errstate(over="ignore", under="ignore"):
        out = (np.ldexp(hi, e) * rng.choice([0, 1, 1 + 2.0**-10, 1 - 2.0**-22], 500)).astype(dtype)
    found = errors(out, Number(hi, lo, e), dtype)
    for k in range(500):
        with ctx.workprec(300):
            y = (arb(hi[k]) + arb(lo[k])) * arb(2) ** int(e[k])
        expected = oracle.ulp_error(float(out[k]), y, dtype)
        assert min(found[k], 99) == pytest.approx(min(expected, 99), rel=1e-9, abs=1e-9), (out[k], hi[k], lo[k], e[k])


def test_only_zero_is_right_for_zero_and_nan_is_never_right():
    y = Number(np.array([0.0, 0.0, 1.0, np.inf, np.inf, -np.inf]), 0.0, np.zeros(6, int))
    out = np.array([0.0, 5e-324, np.nan, np.inf, 1e308, -np.inf])
    assert errors(out, y, "float64").tolist() == [0, math.inf, math.inf, 0, math.inf, 0]


def test_a_value_far_below_the_smallest_float_is_0():
    y = Number(np.array([1.5, 1.5]), np.zeros(2), np.array([-2000, -2000]))
    assert errors(np.array([0.0, 5e-324]), y, "float64").tolist() == pytest.approx([0, 1])


# ---------------------------------------------------------------- exact facts


@pytest.mark.parametrize("name", ROWS)
def test_a_row_has_the_same_bits_alone_in_a_batch_and_on_another_axis(name):
    subject, rng = present(name), np.random.default_rng(8)
    function = getattr(numeric, subject.function or subject.name)
    for family in subject.families:
        for n in (2, 10, 49):
            with np.errstate(all="ignore"):
                arrays = subject.draw(family, 24, n, rng, np.float64)
            arrays = arrays if isinstance(arrays, tuple) else (arrays,)
            together = subject(*arrays)
            for k in (0, 11, 23):
                assert np.array_equal(subject(*(a[k : k + 1] for a in arrays))[0], together[k])
            other = function(*(a.T for a in arrays), *subject.more, **{**subject.options, "axis": 0})
            other = other if subject.output is None else other[subject.output]
            assert np.array_equal(other.T, together)


def test_sigmoid_of_both_signs_adds_up_to_1_within_one_step():
    sigmoid = present("sigmoid")
    for family in batches.SCALARS:
        x = batches.scalar(family, 50_000, None, np.random.default_rng(4), np.float64)
        assert (np.abs(sigmoid(x) + sigmoid(-x) - 1) <= 2.0**-52).all()


@pytest.mark.parametrize("k", range(21))
def test_entropy_of_a_power_of_two_equal_outcomes_is_the_rounded_logarithm(k):
    with ctx.workprec(200):
        assert numeric.entropy(np.full(2**k, 2.0**-k)) == float(arb(2**k).log())


@pytest.mark.parametrize("n", [1, 2, 3, 5, 7, 10, 31, 48, 49, 64, 129, 1000, 10_007])
@pytest.mark.parametrize("dtype", FORMATS)
def test_equal_scores_give_the_rounded_nth_part(n, dtype):
    for score in (0.0, 0.3, -7.25, 605.1, -1e4):
        assert (numeric.softmax(np.full(n, score, dtype)) == np.array(1 / n, np.float64).astype(dtype)).all()


@pytest.mark.parametrize("family", batches.LOGITS)
@pytest.mark.parametrize("n", [2, 5, 49, 1000])
def test_softmax_keeps_the_order_and_masks_are_exactly_0(family, n):
    with np.errstate(all="ignore"):
        z = np.sort(batches.logits(family, 200, n, np.random.default_rng(n), np.float64), axis=1)
    s = numeric.softmax(z)
    assert (np.diff(s, axis=1) >= 0).all()
    assert (s[z == -np.inf] == 0).all()


def test_a_loss_is_0_only_where_its_exact_value_rounds_to_0():
    for distance in (30.0, 40.0, 700.0, 745.0):
        assert numeric.sparse_categorical_crossentropy(0, [distance, 0.0], from_logits=True) > 0
    assert numeric.sparse_categorical_crossentropy(0, [746.0, 0.0], from_logits=True) == 0


def test_one_hot_is_the_rows_of_the_identity():
    label = np.random.default_rng(0).integers(11, size=100_000)
    assert np.array_equal(numeric.one_hot(label, 11), np.eye(11)[label])


def test_accuracy_is_the_rounded_share_of_right_answers():
    accuracy, rng = present("accuracy"), np.random.default_rng(0)
    for samples in (1, 3, 7, 1000, 99_991):
        label, z = rng.integers(4, size=samples), np.rint(rng.normal(size=(samples, 4)))
        assert accuracy(label, z) == int((z.argmax(axis=1) == label).sum()) / samples

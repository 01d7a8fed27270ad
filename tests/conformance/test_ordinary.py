"""Ordinary accuracy: every textbook-correct way keeps it, and what is wrong by a thousandth or rounds to float32 does not.

Each bar is a first-order error analysis of the worst way that is accepted, with elementary functions that are right to
2 ULP = 4 u (1 ULP = 2 u in sums of p log p, logsumexp and what rests on them, gelu: there 2 ULP proved loose)
and sums from left to right, n u times the sum of the sizes of the terms (Higham, Accuracy and Stability of
Numerical Algorithms, 2002, sections 3.1 and 4.2). For logsumexp and softmax by shift and in log space see Blanchard,
Higham and Higham, Accurately computing the log-sum-exp and softmax functions, IMA J. Numer. Anal. 41 (2021). The
difference of two scores is rounded by up to 2 u max|z|, and so is what the logarithm of the sum is subtracted from.
A surprisal as log(1 / p) rounds 1 / p by a part u, so the logarithm by u, and the mean of all by u, however small it is: that
is what entropy changes by where each probability changes by a part u. A cosine that is 1 minus a distance is rounded by u.

The worst ratio of error to bar over all ways that are accepted, from the inputs of `normal` effort and the hostile ones below
(NumPy 2.4, x86-64; 200 hostile inputs a format for softmax and the sparse losses, mostly 400 for the rest):

    accuracy                      0      mean_absolute_error                       0.44
    adam_first_moment             0.59   mean_absolute_error_gradient              0.44
    adam_second_moment            0.66   mean_squared_error                        0.45
    adam_step                     0.48   mean_squared_error_gradient               0.67
    binary_crossentropy           0.43   mish                                      0.35
    binary_crossentropy_gradient  0.37   momentum_step                             0.91
    binary_entropy                0.50   momentum_velocity                         0.93
    categorical_crossentropy      0.43   mutual_information                        0.13
    ... its gradient              0.96   one_hot                                   0
    cosine_similarity             0.29   perplexity                                0.36
    crossentropy                  0.38   relu                                      0
    entropy                       0.36   sigmoid                                   0.42
    focal_loss                    0.33   silu                                      0.34
    focal_loss_gradient           0.39   softmax                                   0.91
    gelu                          0.27   softplus                                  0.27
    gradient_descent              0.94   sparse_categorical_crossentropy           0.47
    huber                         0.63   ... its gradient                          0.55
    huber_gradient                0.50   tanh                                      0.51
    js_divergence                 0.22   label_smoothing                           0.79
    kl_divergence                 0.47   leaky_relu                                0.43
    log_sigmoid                   0.35   log_softmax                               0.63
    logit                         0.39   logsumexp                                 0.30
    bernoulli_crossentropy        0.50   linear_regression_gradient                0.38

The 0.9 of softmax and of the categorical gradient is float16 where the scores are so large that their rounding alone
decides which of them wins: there the bar of a probability is 1 (the `step` in it), and only what is none is wrong.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from mathcore.conformance.accuracy import accuracy_check, bar_of, cases, first_failure, formats_of
from mathcore.conformance.subject import WHOLE, Standard, subject
from mathcore.formulas import load, names
from tests.conformance.accepted import ACCEPTED
from tests.conformance.hostile import hostile
from tests.sampling import sampled

FORMATS = ("float64", "float32", "float16")
NO_SCALE = {"accuracy", "cosine_similarity", "mean_absolute_error_gradient", "one_hot"}  # the same for 1.001 times the input
ONLY_FLOAT64 = {"accuracy", "one_hot"}

PAIRS = [(name, f) for name in sorted(ACCEPTED) for f in FORMATS if f == "float64" or name not in ONLY_FLOAT64]
SOME = set(sorted(ACCEPTED)[::4])  # asked in every run about inputs of `normal` effort, the others where there is time
judged = pytest.mark.parametrize(("name", "dtype"), PAIRS)


def some(names, cases, also=()):
    """Over all cases, of which those that are neither of cards in SOME nor `also` in every run are slow."""
    split = [case if isinstance(case, tuple) else (case,) for case in cases]
    kept = [case[0] in SOME or case in also for case in split]
    return pytest.mark.parametrize(
        names, [pytest.param(*case, marks=() if keep else pytest.mark.slow) for case, keep in zip(split, kept, strict=True)]
    )


def held(card, function):
    """A function that is held to what ordinary code reaches."""
    return replace(subject(card, function), held_to=Standard.ORDINARY)


@cache
def of(name):
    return load(name)


def keeps(name, dtype, effort):
    for function in ACCEPTED[name]:
        check = accuracy_check(held(of(name), function), dtype, effort)
        assert check.passed, check.detail


def test_every_card_with_a_function_says_what_ordinary_code_reaches():
    missing = [name for name in names() if load(name).numeric and not load(name).accuracy.ordinary]
    assert not missing
    assert sorted(ACCEPTED) == sorted(name for name in names() if load(name).numeric)
    assert all(len(ways) >= 2 for ways in ACCEPTED.values())
    assert [(name, f) for name in sorted(ACCEPTED) for f in FORMATS if f in formats_of(subject(of(name)))] == PAIRS


@pytest.mark.parametrize("effort", ["quick", pytest.param("normal", marks=pytest.mark.slow)])
@sampled(("name", "dtype"), PAIRS, keep=12)
def test_textbook_code_keeps_ordinary_accuracy(name, dtype, effort):
    keeps(name, dtype, effort)


@pytest.mark.hours
@judged
def test_textbook_code_keeps_ordinary_accuracy_on_many_inputs(name, dtype):
    keeps(name, dtype, "thorough")


@pytest.mark.hours
@judged
def test_textbook_code_keeps_ordinary_accuracy_on_hostile_inputs(name, dtype):
    card = of(name)
    bar = bar_of(card, dtype)
    for case in hostile(card, dtype, 400):
        for function in ACCEPTED[name]:
            tested = held(card, function)
            failure = first_failure(tested, case, bar).failure
            assert failure is None, (tested.shown(case.values), failure)


def refuted(name, function, dtype="float64"):
    return not accuracy_check(held(of(name), function), dtype, stop=True).passed


@some(("name", "dtype"), [pair for pair in PAIRS if pair[1] != "float16"])
def test_a_result_that_is_a_thousandth_too_large_is_refuted(name, dtype):
    right = ACCEPTED[name][0]
    assert refuted(name, lambda *given: np.asarray(right(*given)) * 1.001, dtype)


@some("name", sorted(set(ACCEPTED) - NO_SCALE))
def test_an_input_that_is_a_thousandth_too_small_is_refuted(name):
    right = ACCEPTED[name][0]

    def cooled(place):
        return lambda *given: right(*given[:place], given[place] / 1.001, *given[place + 1 :])

    floats = [k for k, p in enumerate(of(name).definition.parameters) if p.type.domain not in WHOLE]
    assert any(refuted(name, cooled(place)) for place in floats)


@some("name", sorted(set(ACCEPTED) - {"one_hot"}))
def test_float32_inside_is_refuted_for_float64(name):
    right = ACCEPTED[name][0]

    def narrow(*given):
        rounded = [v.astype(np.float32) if isinstance(v, np.ndarray | np.floating) else v for v in given]
        return np.asarray(right(*rounded)).astype(np.float64)

    assert refuted(name, narrow)


# What cannot be judged: rows of the families `subnormal` and `huge` are too small or too large to be squared or multiplied.
# Tables of zeros alone, two of them, are no tables of probabilities; squares of the family `tiny` are below float32 and float16.
# Of cosine_similarity the product of both squared lengths has to be a normal number, since SciPy takes the root of it: 42 of
# 102 inputs are outside in float16.
MORE_IN_FLOAT32 = {"cosine_similarity": 0.18}
MORE = {"adam_step": 0.15, "cosine_similarity": 0.15, "mutual_information": 0.16}
MORE_IN_FLOAT16 = {
    "adam_step": 0.25, "cosine_similarity": 0.42, "linear_regression_gradient": 0.25, "mean_squared_error": 0.2,
    "mutual_information": 0.25,
}  # fmt: skip


@sampled(("name", "dtype"), PAIRS, keep=12)
def test_few_inputs_are_not_judged(name, dtype):
    found = cases(of(name), dtype)
    share = sum(case.ordinary is None for case in found) / len(found)
    more = {"float64": MORE, "float32": MORE | MORE_IN_FLOAT32, "float16": MORE_IN_FLOAT16}[dtype]
    assert share <= more.get(name, 0.1)

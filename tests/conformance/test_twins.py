"""Right functions of every build pass; each has a wrong twin of the same build, which fails."""

import decimal
import gc
import logging
import os
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import mathcore
from tests.conformance.implementations._textbook import softmax


def same_verdicts(card, right, wrong, **options):
    """The right function passes, its twin does not."""
    report = mathcore.check(right, card, **options)
    assert report.passed, str(report)
    failing = mathcore.check(wrong, card, **options)
    assert not failing.passed, str(failing)
    return report, failing


# what comes back ------------------------------------------------------------------------------------------------------


def test_numbers_of_a_wider_format_are_judged_as_numbers():
    same_verdicts(
        "logsumexp",
        lambda z: np.logaddexp.reduce(np.asarray(z, np.longdouble)),
        lambda z: np.logaddexp.reduce(np.asarray(z, np.longdouble)) + np.longdouble(1e-9),
    )


@pytest.mark.parametrize("kind", [Fraction, Decimal])
def test_fractions_and_decimals_are_numbers(kind):
    def of(by):
        return lambda t, y: sum((kind(float(a)) - kind(float(b))) ** 2 for a, b in zip(t, y, strict=True)) / len(t) * by

    same_verdicts("mean_squared_error", of(1), of(2))


def test_an_array_of_objects_is_none_of_numbers():
    same_verdicts("softmax", softmax, lambda z: softmax(z).astype(object))


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError("no words")


def test_an_error_that_cannot_be_told_is_a_finding():
    def speechless(z):
        raise Unspeakable

    _, failing = same_verdicts("softmax", softmax, speechless)
    assert "raises Unspeakable: no message" in failing.findings[0].shown


# what goes in ---------------------------------------------------------------------------------------------------------


def log_softmax(z, axis):
    shifted = z - np.max(z, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def of_labels(t, n):
    rows = np.zeros((len(t), n))
    rows[np.arange(len(t)), t] = 1
    return rows


BATCHED = {
    "softmax": (lambda z: np.exp(log_softmax(z, 1)), lambda z: np.exp(log_softmax(z, 1)) * 1.001),
    "mean_squared_error": (lambda t, y: np.mean((t - y) ** 2, axis=1), lambda t, y: np.sum((t - y) ** 2, axis=1)),
    "categorical_crossentropy": (
        lambda t, z: np.mean(-np.sum(np.where(t > 0, t * log_softmax(z, 1), 0), axis=1)),
        lambda t, z: np.mean(-np.max(t * log_softmax(z, 1), axis=1)),
    ),
    "sparse_categorical_crossentropy": (
        lambda t, z: -log_softmax(z, 1)[np.arange(len(t)), t],
        lambda t, z: -log_softmax(z, 1)[np.arange(len(t)), 0],
    ),
    "label_smoothing": (lambda t, eps: (1 - eps) * t + eps / t.shape[1], lambda t, eps: (1 - eps) * t + eps / (t.shape[1] + 1)),
    "one_hot": (of_labels, lambda t, n: of_labels(t - 1, n)),
}


@pytest.mark.parametrize("card", BATCHED)
def test_who_takes_batches_alone_is_given_batches_of_one_row(card):
    report, _ = same_verdicts(card, *BATCHED[card])
    assert "each input is judged as a batch of one row" in report.note


def test_a_row_that_comes_back_as_a_table_is_no_batch():
    same_verdicts("softmax", softmax, lambda z: np.atleast_2d(softmax(z)))


@pytest.mark.slow
def test_the_mean_of_a_batch_is_known_where_its_sum_would_overflow():
    def mean_absolute_error(t, y):
        return np.mean(np.mean(np.abs(t - y), axis=0))

    same_verdicts("mean_absolute_error", mean_absolute_error, lambda t, y: mean_absolute_error(t, y) * 1.001, seed=7)


def test_a_norm_of_a_table_is_no_mean_of_the_norms_of_its_rows():
    report, _ = same_verdicts(
        "mean_absolute_error",
        lambda t, y: np.linalg.norm(t - y, 1) / len(t),
        lambda t, y: np.max(np.mean(np.abs(t - y), axis=-1)),
    )
    assert any(c.name == "takes a batch" and "not a batch" in c.detail for c in report.checks)


def test_bools_of_which_few_digits_are_made_are_not_taken():
    def logsumexp(z):
        return float(np.logaddexp.reduce(z))

    report, _ = same_verdicts("logsumexp", logsumexp, lambda z: logsumexp(z if np.asarray(z).dtype != bool else ~z))
    assert any("not bool" in c.detail and "a number of float16" in c.detail for c in report.checks)


def test_bools_of_which_a_sum_is_or_are_not_taken():
    report, _ = same_verdicts("relu", lambda x: (abs(x) + x) / 2, lambda x: (abs(x) + x) / 2 + 0.25 * (x == 1))
    assert any("not bool: " in c.detail and "gives 0.5" in c.detail for c in report.checks)


# how far off ordinary code is -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_probabilities_are_divided_by_their_sum_in_their_own_format():
    def entropy(p):
        p = p / np.sum(p)
        return -np.sum(p * np.log(np.where(p > 0, p, 1)))

    def too_much(p):
        return entropy(p) * p.dtype.type(1.001)

    for seed in range(3):
        same_verdicts("entropy", entropy, too_much, seed=seed)


@pytest.mark.slow
def test_a_cosine_may_be_1_minus_a_distance():
    def distance(v, w):
        return 1 - np.dot(v, w) / np.sqrt(np.dot(v, v) * 1.0 * np.dot(w, w))

    def further(v, w):
        return 1 - distance(v, w) * v.dtype.type(1.001)

    same_verdicts("cosine_similarity", lambda v, w: 1 - distance(v, w), further, seed=1)


SURPRISALS = {
    "entropy": lambda p: sum(v * np.log(1 / v) for v in p if v > 0),
    "crossentropy": lambda p, q: sum(a * (np.log(1 / b) if b > 0 else np.inf) for a, b in zip(p, q, strict=True) if a > 0),
    "perplexity": lambda p: np.exp(sum(v * np.log(1 / v) for v in p if v > 0)),
}


@pytest.mark.parametrize("card", SURPRISALS)
def test_a_surprisal_may_be_the_logarithm_of_a_reciprocal(card):
    of = SURPRISALS[card]
    same_verdicts(card, of, lambda *given: of(*given) * 1.001)


def clamped(t, p, least=-100.0):
    def logarithm(x):
        return np.maximum(np.log(x), np.asarray(least, dtype=np.asarray(p).dtype))

    return -t * logarithm(p) - (1 - t) * logarithm(1 - p)


def clipped(t, p):
    least = 2.220446049250313e-16
    return -t * np.log(np.clip(p, least, 1)) - (1 - t) * np.log(np.clip(1 - p, least, 1))


@pytest.mark.slow
@pytest.mark.parametrize("right", [clamped, clipped])
def test_each_logarithm_may_be_clamped_by_itself(right):
    same_verdicts("bernoulli_crossentropy", right, lambda t, p: clamped(t, p, -5.0))


def test_half_the_sum_of_a_number_and_its_size_may_overflow():
    same_verdicts("relu", lambda x: 0.5 * (x + np.abs(x)), lambda x: 0.5 * (x + np.abs(x)) * (1 + 1e-9))


# what is said of the wrong ones ---------------------------------------------------------------------------------------


def finding(card, function):
    report = mathcore.check(function, card)
    assert not report.passed
    return report.findings[0]


def logit(p):
    return np.log(p) - np.log1p(-p)


def test_float32_inside_is_named_where_errors_are_of_its_size():
    inside = finding("logit", lambda p: logit(np.asarray(p).astype(np.float32)).astype(np.asarray(p).dtype))
    assert inside.slip == "it computes in float32 inside"
    assert "float32" not in finding("logit", lambda p: logit(p) * (1 + 1e-9)).slip


def test_a_slip_is_not_named_that_is_wrong_where_the_function_is_right():
    def tanh(x, most):
        x = np.asarray(x)
        return np.where(np.abs(x) > most, 1.0, np.tanh(x)).astype(x.dtype)

    assert "size alone" not in finding("tanh", lambda x: tanh(x, 20)).slip
    assert finding("tanh", lambda x: np.abs(np.tanh(x))).slip == "x counts by its size alone"


def test_nan_is_named_by_no_slip_that_gives_nan_for_its_own_reasons():
    def js_divergence(p, q):
        m = (p + q) / 2
        terms = [a * np.log(np.where(a > 0, a / np.where(m > 0, m, 1), 1)) for a in (p, q)]
        found = (terms[0] + terms[1]).sum() / 2
        return np.where(found < 1e-10, np.nan, found)

    assert finding("js_divergence", js_divergence).slip == ""
    assert finding("js_divergence", lambda p, q: -js_divergence(p, q)).slip == ""


@pytest.mark.parametrize("wrong", [lambda t, y: None, lambda t, y: 1 / 0, lambda t, y: "0"], ids=["None", "raises", "text"])
def test_who_gives_no_number_violates_no_law(wrong):
    report = mathcore.check(wrong, "mean_squared_error")
    assert report.findings[0].law == ""
    assert not any("violates" in c.detail for c in report.checks)
    told = finding("mean_squared_error", lambda t, y: -np.mean((t - y) ** 2))
    assert told.law == "mean_squared_error(t, y) >= 0"


def test_what_is_right_as_it_stands_is_no_convention():
    def entropy(p):
        return -np.sum(p * np.log(np.where(p > 0, p, 1)))

    report, _ = same_verdicts("entropy", entropy, lambda p: 1.001 * entropy(p))
    assert not any("renormalised" in c.detail for c in report.checks)
    assert sum(c.kind == "law" and c.standing is None for c in report.checks) > 2


def test_little_is_tried_where_a_long_input_is_made_smaller():
    from mathcore.conformance.accuracy import Case, bar_of, cases, first_failure, shrink
    from mathcore.conformance.check import prepared
    from mathcore.formulas import load

    card, tried = load("focal_loss_gradient"), list[int]()

    def counted(t, z, gamma):
        tried.append(len(z))
        return np.zeros_like(z)

    tested = prepared(counted, card)
    long = next(c for c in cases(card, "float64") if c.family == "long" and len(tested.arguments(c.values)[0]) > 200)
    failure = first_failure(tested, Case("long", long.values, "float64", long.reference), bar_of(card, "float64")).failure
    small = shrink(tested, failure, 1.0)
    assert len(tested.arguments(small.case.values)[0]) < 3
    tried.clear()
    shrink(tested, failure, 1.0, numbers=1000)
    assert sum(tried) < 1000


# at which inputs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [2, 3, 4, 6, 7, 8, 10, 16, 32, 64, 100, 256, 1000])
def test_every_usual_number_of_rows_is_asked_for(size):
    def wrong(z):
        return log_softmax(z, -1) * (2 if np.ndim(z) == 2 and len(z) == size else 1)

    same_verdicts("log_softmax", lambda z: log_softmax(z, -1), wrong, effort="quick")


@pytest.mark.parametrize("sizes", [range(33, 34), range(64, 40_000), range(20_001, 10**6)], ids=str)
def test_every_usual_number_of_numbers_is_asked_for(sizes):
    def wrong(x):
        result = np.array(np.tanh(x))
        if result.ndim and result.size in sizes:
            result[32:] = 0.5
        return result

    same_verdicts("tanh", np.tanh, wrong, effort="quick")


def binary_crossentropy(t, z):
    return np.logaddexp(0, z) - t * z


def test_whole_labels_stand_beside_scores_with_fractions():
    def cut(t, z):
        return binary_crossentropy(t, np.asarray(z).astype(np.asarray(t).dtype))

    _, failing = same_verdicts("binary_crossentropy", binary_crossentropy, cut)
    assert "t given as int64 beside floats" in failing.findings[0].shown


def test_losses_between_rounding_and_certainty_are_asked_for():
    def loss(t, z):
        others = np.delete(z - z[int(t)], t)
        top = np.max(others, initial=0)
        return np.log1p(np.sum(np.exp(others))) if top == 0 else top + np.log(np.exp(-top) + np.sum(np.exp(others - top)))

    same_verdicts(
        "sparse_categorical_crossentropy", loss, lambda t, z: loss(t, z) if not 1e-13 < loss(t, z) < 1e-8 else 0.0, effort="quick"
    )


def test_a_zero_may_have_a_sign():
    def softplus(x):
        return np.logaddexp(0, x)

    same_verdicts("softplus", softplus, lambda x: np.where((x == 0) & np.signbit(x), 0, softplus(x)))
    same_verdicts("relu", lambda x: np.maximum(x, 0) * 1.0, lambda x: np.maximum(x, 0) + (np.equal(x, 0) & np.signbit(x)))


def meddling(when):
    """Right, but for what it does to the whole program at some inputs."""

    def function(z, axis=-1):
        if when(np.asarray(z)):
            np.random.seed(1)  # noqa: NPY002  # the global state that is watched
            np.seterr(divide="ignore", invalid="ignore")
        return softmax(z, axis)

    return function


@pytest.mark.slow
@pytest.mark.parametrize(
    "when",
    [lambda z: z.ndim == 1 and np.isneginf(z).any(), lambda z: len(np.unique(z)) < z.size > 2, lambda z: z.ndim == 2],
    ids=["masks", "ties", "tables"],
)
def test_the_program_is_watched_at_inputs_of_every_kind(when):
    from mathcore.conformance.world import world_kept

    with world_kept():
        _, failing = same_verdicts("softmax", meddling(lambda z: False), meddling(when))
    assert "for the whole program" in failing.findings[0].shown


@pytest.mark.slow
def test_a_nan_that_leaves_its_row_is_told():
    def spoiled(z, axis=-1):
        z = np.asarray(z)
        return np.full(z.shape, np.nan) if z.ndim == 2 and np.isnan(z).any() else softmax(z, axis)

    report = mathcore.check(spoiled, "softmax")
    assert report.passed
    assert any(c.name == "a nan stays in its row" and "for a row without nan" in c.detail for c in report.checks)
    assert not any(c.name == "a nan stays in its row" for c in mathcore.check(softmax, "softmax").checks)


def test_a_nan_in_the_middle_that_is_lost_is_told():
    def within(z):
        z = np.array(z)
        if z.ndim == 1 and z.dtype.kind == "f":
            z[1:-1] = np.nan_to_num(z[1:-1], neginf=-np.inf, posinf=np.inf)
        return softmax(z)

    report = mathcore.check(within, "softmax")
    assert any(c.name == "shows a nan" and "the nan is lost" in c.detail for c in report.checks)


def adam(w, g, m, v, t, eta, beta1, beta2, epsilon, corrected=10**9):
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
    m, v = (m / (1 - beta1**t), v / (1 - beta2**t)) if t < corrected else (m, v)
    return w - eta * m / (np.sqrt(v) + epsilon)


@pytest.mark.slow
def test_many_steps_are_made_with_the_usual_constants():
    same_verdicts("adam_step", adam, lambda *given: adam(*given, corrected=500))


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_every_length_is_asked_for_in_every_format(dtype):
    def wrong(t, y):
        off = 1 + 1e-1 * (np.asarray(y).dtype == dtype and np.ndim(y) == 1 and len(y) == 47)
        return np.mean((t - y) ** 2, axis=-1) * np.asarray(y).dtype.type(off if np.asarray(y).dtype.kind == "f" else 1)

    same_verdicts("mean_squared_error", lambda t, y: np.mean((t - y) ** 2, axis=-1), wrong)


def other_axis(when):
    """Right, but for the axes of which that is true, where it takes another one."""

    def function(z, axis=-1):
        return log_softmax(np.asarray(z) * np.float16(1), when(np.ndim(z), axis))

    return function


@pytest.mark.parametrize(
    "when",
    [
        lambda ndim, axis: -1 if axis == -2 and ndim == 2 else axis,
        lambda ndim, axis: -1 if axis == -3 else axis,
        lambda ndim, axis: -1 if axis is None and ndim > 2 else axis,
        lambda ndim, axis: axis[0] if isinstance(axis, tuple) else axis,
        lambda ndim, axis: (1, 2) if isinstance(axis, tuple) else axis,
        lambda ndim, axis: None if isinstance(axis, tuple) else axis,
    ],
    ids=["-2 of a table", "-3", "all of three", "the first of a tuple", "always the last two", "all for a tuple"],
)
def test_axes_are_asked_for_from_both_ends_and_in_tuples(when):
    same_verdicts("log_softmax", other_axis(lambda ndim, axis: axis), other_axis(when))


def test_a_result_in_the_memory_of_its_argument_is_told():
    def copies(x):
        return np.maximum(x, 0) * 1.0

    def itself(x):
        return x if np.ndim(x) and np.asarray(x).dtype.kind == "f" and np.all(x > 0) else copies(x)

    told = [c.detail for c in mathcore.check(itself, "relu").checks if c.name == "a result of its own"]
    assert told == ["itself([1.0]) gives an array in the memory of its argument"]
    assert not any(c.name == "a result of its own" for c in mathcore.check(copies, "relu").checks)


# inputs at the end of the axis, formats, shapes, the caller's arrays --------------------------------------------------


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + e), e / (1 + e))


def only_where(where, otherwise, function):
    """The function, and something else where an array is of that kind."""

    def other(x):
        return otherwise(np.asarray(x)) if where(np.asarray(x)) else function(x)

    return other


@pytest.mark.parametrize(
    ("card", "right", "wrong"),
    [
        ("relu", lambda x: np.maximum(x, 0), lambda x: np.where(x == np.inf, -np.inf, np.maximum(x, 0))),
        ("relu", lambda x: np.maximum(x, 0), lambda x: np.where(x == -np.inf, 7, np.maximum(x, 0))),
        ("sigmoid", sigmoid, lambda x: np.where(np.isinf(x), 1 - sigmoid(x), sigmoid(x))),
        ("log_sigmoid", lambda x: -np.logaddexp(0, -x), lambda x: np.where(x == -np.inf, np.inf, -np.logaddexp(0, -x))),
    ],
    ids=["another infinity", "a number for a limit", "the other limit", "another infinity of a logarithm"],
)
def test_what_comes_of_infinity_is_the_limit(card, right, wrong):
    _, failing = same_verdicts(card, right, wrong, effort="quick")
    assert "the limit is" in failing.check("infinite input").detail


@pytest.mark.parametrize(
    "kind",
    [
        lambda x: x.dtype == np.float32 and x.ndim == 1 and x.size > 1,
        lambda x: x.ndim == 3,
    ],
    ids=["rows of float32", "three axes"],
)
def test_numbers_in_arrays_of_every_format_and_shape_are_judged(kind):
    right = lambda x: np.maximum(x, 0)  # noqa: E731  # said once
    same_verdicts("relu", right, only_where(kind, np.abs, right), effort="quick")


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_a_batch_of_a_narrow_format_is_a_batch(dtype):
    def columns(z, axis=-1):
        return softmax(z, 0 if axis == -1 and np.ndim(z) == 2 and np.asarray(z).dtype == dtype else axis)

    same_verdicts("softmax", softmax, columns, effort="quick")


@pytest.mark.parametrize(
    "when",
    [lambda z, axis: axis != -1, lambda z, axis: z.ndim == 3, lambda z, axis: z.size > 3000],
    ids=["another axis", "three axes", "many rows"],
)
def test_an_array_that_is_changed_in_any_call_is_seen(when):
    def function(z, axis=-1):
        if isinstance(z, np.ndarray) and when(z, axis):
            z -= z.max(axis=axis, keepdims=True)
        return softmax(z, axis)

    _, failing = same_verdicts("softmax", softmax, function, effort="quick")
    assert "changes its argument" in failing.check("keeps its input; repeats its results").detail


def test_the_mean_of_a_batch_is_the_mean_of_many_rows_as_well():
    def mean(t, y):
        return ((t - y) ** 2).mean()

    def of_few(t, y):
        return ((t - y) ** 2).mean() * (1 if len(t) < 8 or t.ndim < 2 else 2)

    def nearly(t, y):
        return ((t - y) ** 2).mean() * (1 if t.ndim < 2 else 1.0005)

    same_verdicts("mean_squared_error", mean, of_few, effort="quick")
    same_verdicts("mean_squared_error", mean, nearly, effort="quick")


# what a call does for the whole program -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meddle", "what"),
    [
        (lambda: os.chdir(os.sep), "the working directory"),
        (lambda: setattr(decimal.getcontext(), "prec", 5), "the precision of decimals"),
        (gc.disable, "the collection of garbage"),
        (lambda: logging.disable(50), "the level of logging"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_all_of_a_program_shares_is_watched_and_put_back(meddle, what):
    def function(z, axis=-1):
        os.environ["MATHCORE_TRIED"] = "1"
        meddle()
        return softmax(z, axis)

    before = os.getcwd(), dict(os.environ), decimal.getcontext().prec, gc.isenabled(), logging.root.manager.disable
    report = mathcore.check(function, "softmax", effort="quick")
    assert f"changes {what} for the whole program" in report.check("leaves the program as it was").detail
    assert before == (os.getcwd(), dict(os.environ), decimal.getcontext().prec, gc.isenabled(), logging.root.manager.disable)


def test_the_state_of_torch_is_watched_and_put_back():
    torch = pytest.importorskip("torch")

    def function(z):
        torch.manual_seed(0)
        torch.set_default_dtype(torch.float64)
        return torch.softmax(torch.as_tensor(np.asarray(z)), -1).numpy()

    report = mathcore.check(function, "softmax", effort="quick")
    told = report.check("leaves the program as it was").detail
    assert "changes torch's random numbers and the default dtype of torch for the whole program" in told
    assert torch.get_default_dtype() is torch.float32


# the sign of a velocity -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "call"),
    [
        (lambda w, v, g, eta, beta: w - (beta * v + eta * g), "f(w, v, g, eta, beta)"),
        (lambda w, *, grad, vel, lr, mom: w - (mom * vel + lr * grad), "f(w, grad=g, vel=v, lr=eta, mom=beta)"),
        (lambda w, v, g, eta, beta: w + beta * v - eta * g, "f(w, v, g, eta, beta)"),
    ],
    ids=["by place", "by name", "as on the card"],
)
def test_a_velocity_of_either_sign_is_right_however_it_is_handed_over(function, call):
    assert mathcore.check(function, "momentum_step", call=call, effort="quick").passed


@pytest.mark.slow
def test_a_velocity_of_the_other_sign_is_no_excuse():
    def uphill(w, v, g, eta, beta):
        return w + beta * v + eta * g

    def in_place(w, g, v, eta, beta):
        v *= beta
        v += eta * g
        return w - v

    def both(w, g, v, eta, beta):
        return w - beta * v - eta * g, beta * v + eta * g

    assert not mathcore.check(uphill, "momentum_step", call="f(w, v, g, eta, beta)", effort="quick").passed
    told = mathcore.check(in_place, "momentum_step", effort="quick")
    assert not told.passed and "changes its argument" in str(told)
    assert mathcore.check(both, "momentum_velocity", call="f(w, g, v, eta, beta)[1]", effort="quick").passed


# what is asked ----------------------------------------------------------------------------------------------------------


def accuracy_of(average):
    def function(t, z):
        t, z = np.asarray(t), np.asarray(z)
        if z.ndim == 1:
            return float(z[t] == z.max())
        return average((z[np.arange(len(z)), t] == z.max(-1)).astype(float))

    return function


def huber(square_from):
    def function(t, y, c):
        e = np.abs(y - t)
        return np.where((e <= c) | (c >= square_from), e**2 / 2, c * (e - c / 2))

    return function


def slopes(rows, kind=float):
    def function(X, y, w):
        X, y, g = X[:rows], y[:rows], np.zeros_like(w, dtype=kind)
        for k in range(len(w)):
            g[k] = 2 * np.mean(X[:, k] * (X @ w - y))
        return g

    return function


@pytest.mark.slow
@pytest.mark.parametrize(
    ("card", "right", "wrong"),
    [
        ("accuracy", lambda t, z: int(z.argmax() == t), lambda t, z: int(len(z) < 12 and z.argmax() == t)),
        ("accuracy", accuracy_of(np.mean), accuracy_of(lambda o: round(float(o.mean()), 2))),
        ("accuracy", accuracy_of(np.mean), accuracy_of(lambda o: o.mean() if len(o) < 41 else o.sum())),
        ("huber", huber(np.inf), huber(20)),
        ("linear_regression_gradient", slopes(None), slopes(40)),
        ("linear_regression_gradient", slopes(None), slopes(None, None)),
    ],
    ids=["long scores", "rounded means", "many rows", "a large bound", "many samples", "whole numbers"],
)
def test_lengths_batches_bounds_and_whole_numbers_of_every_size_are_asked_for(card, right, wrong):
    same_verdicts(card, right, wrong)


def one_hot(shift):
    def function(t, n):
        row = np.zeros(n)
        row[t - shift] = 1
        return row

    return function


@pytest.mark.parametrize(
    ("card", "right", "wrong"),
    [
        ("one_hot", one_hot(0), one_hot(1)),
        ("accuracy", lambda t, z: np.argmax(z) == t, lambda t, z: np.argmin(z) == t),
    ],
)
def test_a_function_of_one_sample_with_a_label_promises_nothing_of_batches(card, right, wrong):
    report, _ = same_verdicts(card, right, wrong)
    assert "batch" in report.check("takes a batch").detail

"""Epochs and batches, steps, stopping, and how training that goes wrong is explained."""

import doctest
import re

import numpy as np
import pytest

from mathcore.models import (
    ConvergenceWarning,
    DenseNetwork,
    DivergenceError,
    LinearRegression,
    LogisticRegression,
    SoftmaxRegression,
)
from mathcore.models.linear_model import LinearModel
from mathcore.models.linear_objective import LinearObjective
from mathcore.models.plan import Plan
from mathcore.models.trainer import Accelerated
from tests.models.data import drawn

NUMBERS, TWO, THREE = drawn("numbers"), drawn("two classes"), drawn("three classes")


def watched(monkeypatch):
    """The rows of every batch of every epoch, by the number that each row of X holds in its first column."""
    batches = []
    shuffled = LinearObjective.shuffled

    def watch(self, order, size):
        parts = shuffled(self, order, size)
        batches.append([part.X[:, 0].astype(int).tolist() for part in parts])
        return parts

    monkeypatch.setattr(LinearObjective, "shuffled", watch)
    return batches


def numbered(samples):
    rng = np.random.default_rng(0)
    return np.column_stack((np.arange(samples), rng.normal(size=samples))), rng.normal(size=samples)


@pytest.mark.parametrize(
    ("samples", "size", "sizes"), [(70, 32, [32, 32, 6]), (64, 32, [32, 32]), (5, 1, [1] * 5), (9, 8, [8, 1])]
)
def test_an_epoch_takes_every_sample_once_in_batches(monkeypatch, samples, size, sizes):
    batches = watched(monkeypatch)
    LinearRegression(batch_size=size, epochs=4, patience=9, random_state=0).fit(*numbered(samples))
    assert len(batches) == 4
    for epoch in batches:
        assert [len(rows) for rows in epoch] == sizes
        assert len(epoch) == -(-samples // size)
        assert sorted(row for rows in epoch for row in rows) == list(range(samples))
    assert batches[0] != batches[1]  # an order drawn anew


def test_a_batch_of_more_than_all_samples_is_all_of_them(monkeypatch):
    batches = watched(monkeypatch)
    X, y = TWO.X, TWO.y
    small = LogisticRegression(batch_size=10_000, l2=0.1).fit(X, y)
    assert batches == []
    assert np.array_equal(small.coef_, LogisticRegression(l2=0.1).fit(X, y).coef_)


@pytest.mark.parametrize("model", [LogisticRegression, SoftmaxRegression, DenseNetwork])
def test_the_same_seed_gives_the_same_weights(model):
    X, y = TWO.X, TWO.y

    def fitted(seed):
        return model(batch_size=32, epochs=3, random_state=seed).fit(X, y).predict_proba(X)

    assert np.array_equal(fitted(1), fitted(1))
    assert not np.array_equal(fitted(1), fitted(2))


def test_the_loss_of_an_epoch_of_batches_weighs_them_by_their_sizes():
    """With a rate of almost 0 the weights stay, so the mean over batches of 64, 64, 64 and 8 is the loss of all samples."""
    X, y = NUMBERS.X, NUMBERS.y
    model = LinearRegression(optimizer="gradient_descent", batch_size=64, learning_rate=1e-300, epochs=1).fit(X, y)
    assert model.history_.loss[0] == pytest.approx(np.mean(y**2), rel=1e-12)


# steps ----------------------------------------------------------------------------------------------------------


def test_one_step_of_gradient_descent_is_the_formula():
    X, y = NUMBERS.X, NUMBERS.y
    with pytest.warns(ConvergenceWarning):
        model = LinearRegression(optimizer="gradient_descent", learning_rate=0.05, epochs=1).fit(X, y)
    assert np.allclose(model.coef_, -0.05 * 2 / len(y) * X.T @ (0 - y), rtol=1e-13, atol=1e-12)
    assert model.intercept_ == pytest.approx(0.1 * y.mean(), rel=1e-13)


def test_the_default_rate_is_one_over_the_largest_curvature():
    X, y = NUMBERS.X, NUMBERS.y
    curvature = np.linalg.eigvalsh(2 / len(y) * np.column_stack((X, np.ones(len(y)))).T @ np.column_stack((X, np.ones(len(y)))))[
        -1
    ]
    for optimizer in ("accelerated", "gradient_descent", "momentum"):  # the features are standardised
        for l2 in (0.0, 0.5):
            model = LinearRegression(optimizer=optimizer, l2=l2, tolerance=1e-6).fit(X, y)
            assert model.history_.learning_rate[0] == pytest.approx(1 / (curvature + l2), rel=1e-10)


@pytest.mark.parametrize("problem", [TWO, THREE], ids=["logistic", "softmax"])
def test_no_curvature_of_a_classifier_is_above_the_bound(problem):
    """Measured at random weights along random directions, by differences of the gradient."""
    rng = np.random.default_rng(0)
    model = problem.model()
    targets, learned = model._targets(problem.y, len(problem.y))
    X = np.column_stack((problem.X, np.ones(len(targets))))
    objective = LinearObjective(model._loss, X, targets, None, model.bend, 1.0, np.ones(()), model._separates)
    shape = (X.shape[1], *model._outputs(targets, learned))
    found = []
    for _ in range(200):
        w, way = rng.normal(size=shape) * rng.choice([0, 0.01, 1]), rng.normal(size=shape)
        way *= 1e-5 / np.linalg.norm(way)
        found.append(np.vdot(objective.at(w + way)[1] - objective.at(w - way)[1], way) / (2 * np.vdot(way, way)))
    assert 0.2 * objective.largest() < max(found) <= objective.largest()
    assert objective.largest() <= objective.largest_expected(32) <= objective.largest_of_a_sample()
    assert objective.largest_expected(1) == pytest.approx(objective.largest_of_a_sample())
    assert objective.largest_expected(len(targets)) == pytest.approx(objective.largest())


def test_the_bound_for_many_columns_is_a_bound(monkeypatch):
    model = LinearRegression()
    objective = LinearObjective(model._loss, NUMBERS.X, NUMBERS.y, None, 2.0, 1.0, np.ones(()), model._separates)
    exact = objective.largest()
    monkeypatch.setattr("mathcore.models.linear_objective.LARGE", 1)
    assert exact <= objective.largest() < 20 * exact


def test_accelerated_steps_begin_again_where_they_lead_uphill():
    w = np.array([1.0])
    plan = Plan("", "accelerated", 0.1, 0.9, None, 1, 0.0, 0.0, 1, 0)
    steps, restarts = Accelerated(w, plan), 0
    for _ in range(60):  # the bowl w^2 / 2
        ahead = steps.ahead(w)
        w = steps.step(w, ahead, ahead)
        restarts += steps.s == 1
    assert restarts >= 2
    assert abs(w[0]) < 1e-6


def test_acceleration_needs_fewer_epochs_than_gradient_descent():
    X, y = TWO.X, TWO.y
    fast, slow = (LogisticRegression(optimizer=o, l2=1e-3).fit(X, y).n_iter_ for o in ("accelerated", "gradient_descent"))
    assert 3 * fast < slow


# when it ends -----------------------------------------------------------------------------------------------------


def test_a_fit_that_runs_out_of_epochs_says_so():
    with pytest.warns(ConvergenceWarning, match=r"after 3 epochs the gradient is \d.* above the tolerance 1.0e-07"):
        model = LogisticRegression(epochs=3).fit(TWO.X, TWO.y)
    assert model.n_iter_ == len(model.history_) == 3
    assert not model.converged_


def test_features_of_very_different_sizes_are_named_as_the_reason():
    with pytest.warns(ConvergenceWarning, match="differ in size by a factor of .* standardise"):
        LogisticRegression(optimizer="gradient_descent", epochs=50).fit(TWO.X * [1, 1, 1, 1, 1, 1e5], TWO.y)


def test_a_validation_share_stops_training_and_keeps_the_best_weights():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(90, 40))
    y = X[:, 0] + X[:, 1] + rng.normal(size=90) > 0  # too many features: after a while the loss on other samples grows
    model = LogisticRegression(optimizer="gradient_descent", validation_share=0.3, patience=5, random_state=0, epochs=500)
    model.fit(X, y)
    losses = model.history_.validation_loss
    best = int(np.argmin(losses))
    assert len(losses) < 500
    assert len(losses) - 1 - best <= 5 + 5
    assert losses[-1] > losses[best]
    assert best > 2
    assert not np.isnan(model.history_.validation_accuracy).any()
    shorter = LogisticRegression(
        optimizer="gradient_descent", validation_share=0.3, random_state=0, epochs=best + 1, patience=500
    )
    assert np.array_equal(model.coef_, shorter.fit(X, y).coef_)


@pytest.mark.parametrize(("share", "left"), [(0.001, "validation"), (0.9999, "training"), (1, "training")])
def test_a_share_that_leaves_no_sample_is_an_error(share, left):
    with pytest.raises(ValueError, match=f"leaves none for {left}"):
        LinearRegression(validation_share=share).fit(NUMBERS.X, NUMBERS.y)


def test_mini_batches_stop_where_there_is_no_progress():
    model = LinearRegression(batch_size=32, optimizer="gradient_descent", patience=3, epochs=1000, random_state=0)
    model.fit(NUMBERS.X, NUMBERS.y)
    assert model.converged_
    assert model.n_iter_ < 1000


# divergence ---------------------------------------------------------------------------------------------------------


def test_a_rate_above_the_limit_is_explained_with_the_limit_of_these_data():
    X, y = NUMBERS.X, NUMBERS.y
    limit = 2 * LinearRegression().fit(X, y).history_.learning_rate[0]
    text = f"learning rate 0.9 is above 2/L = {limit:.3g} for these data"
    with pytest.raises(DivergenceError, match=re.escape(text[1:])):
        LinearRegression(optimizer="gradient_descent", learning_rate=0.9).fit(X, y)


@pytest.mark.parametrize(("optimizer", "momentum", "factor"), [("gradient_descent", 0.9, 1), ("momentum", 0.5, 1.5)])
def test_the_limit_is_where_divergence_begins(optimizer, momentum, factor):
    """Just below 2/L, with momentum 2 (1 + beta)/L, it converges; just above it diverges."""
    X, y = NUMBERS.X, NUMBERS.y
    limit = factor * 2 * LinearRegression().fit(X, y).history_.learning_rate[0]
    model = LinearRegression(optimizer=optimizer, momentum=momentum, epochs=5000, tolerance=1e-6)
    assert model.set_params(learning_rate=0.99 * limit).fit(X, y).converged_
    with pytest.raises(DivergenceError, match=f"{limit:.3g}"):
        model.set_params(learning_rate=1.02 * limit).fit(X, y)


def test_a_batch_can_diverge_where_all_samples_together_do_not():
    rng = np.random.default_rng(0)
    X = np.r_[rng.normal(size=(99, 1)), [[30.0]]]
    y = X[:, 0] + rng.normal(size=100)
    model = LinearRegression(optimizer="gradient_descent", learning_rate=0.005, batch_size=1, random_state=0)
    with pytest.raises(DivergenceError, match="a batch can be more curved than all samples together"):
        model.fit(X, y)


def test_accelerated_steps_allow_less():
    """Nesterov's momentum near 1 is stable up to 4/(3 L) on a bowl; a message for batches would be no help."""
    X, y = NUMBERS.X, NUMBERS.y
    limit = 4 / 3 * LinearRegression().fit(X, y).history_.learning_rate[0]
    with pytest.raises(DivergenceError, match=re.escape(f"is above 4/(3 L) = {limit:.3g} for these data")):
        LinearRegression(optimizer="accelerated", learning_rate=4 * limit).fit(X, y)


def test_a_classifier_whose_loss_rose_is_told_the_bound():
    with pytest.warns(ConvergenceWarning, match=r"The loss rose from 0.693 .* is above 2/L"):
        LogisticRegression(optimizer="gradient_descent", learning_rate=1000, epochs=20).fit(TWO.X, TWO.y)


def test_a_failed_fit_leaves_the_model_as_it_was():
    model = LinearRegression().fit(NUMBERS.X, NUMBERS.y)
    before = model.predict(NUMBERS.X)
    model.set_params(optimizer="gradient_descent", learning_rate=99)
    with pytest.raises(DivergenceError):
        model.fit(NUMBERS.X[:, :2], NUMBERS.y)
    assert np.array_equal(model.predict(NUMBERS.X), before)


def test_ctrl_c_leaves_the_model_as_it_was(monkeypatch):
    model = LogisticRegression(l2=0.1).fit(TWO.X, TWO.y)
    before = model.predict_proba(TWO.X)
    at, calls = LinearObjective.at, []

    def interrupted(self, w):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return at(self, w)

    monkeypatch.setattr(LinearObjective, "at", interrupted)
    with pytest.raises(KeyboardInterrupt):
        model.fit(TWO.X[:, :3], TWO.y)
    monkeypatch.undo()
    assert np.array_equal(model.predict_proba(TWO.X), before)
    fresh = LogisticRegression(l2=0.1)
    calls.clear()
    monkeypatch.setattr(LinearObjective, "at", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fresh.fit(TWO.X, TWO.y)
    assert not hasattr(fresh, "n_features_in_")


# parameters ---------------------------------------------------------------------------------------------------------


WRONG = [
    ({"learning_rate": -0.1}, ValueError, "learning_rate must be positive and finite, got -0.1"),
    ({"learning_rate": 0}, ValueError, "learning_rate must be positive and finite"),
    ({"learning_rate": np.nan}, ValueError, "learning_rate must be positive"),
    ({"learning_rate": "fast"}, TypeError, "learning_rate must be a number, got 'fast'"),
    ({"batch_size": 0}, ValueError, "batch_size must be at least 1, got 0. Use 32"),
    ({"batch_size": 2.5}, TypeError, "batch_size must be an integer, got 2.5"),
    ({"batch_size": True}, TypeError, "batch_size must be an integer"),
    ({"epochs": 0}, ValueError, "epochs must be at least 1"),
    ({"momentum": 1.5}, ValueError, "momentum must be between 0 and 1"),
    ({"l2": -1}, ValueError, "l2 must be between 0"),
    ({"l2": np.inf}, ValueError, "l2 must be between 0"),
    ({"tolerance": -1}, ValueError, "tolerance must be between 0 and 1"),
    ({"patience": 0}, ValueError, "patience must be at least 1"),
    ({"validation_share": 2}, ValueError, "validation_share must be between 0 and 1"),
    (
        {"optimizer": "sgd"},
        ValueError,
        "optimizer must be one of None, 'accelerated', 'gradient_descent', 'momentum', 'adam'",
    ),
    ({"verbose": 3}, ValueError, "verbose must be one of 0, 1, 2"),
    ({"random_state": "seed"}, (TypeError, ValueError), "random_state must be None"),
    ({"random_state": -1}, ValueError, "random_state must be None"),
]
OF_REGRESSIONS = [
    ({"optimizer": "accelerated", "batch_size": 32}, ValueError, "takes all samples at once"),
    ({"fit_intercept": "no"}, ValueError, "fit_intercept must be one of True, False"),
]


@pytest.mark.parametrize(
    ("model", "parameters", "error", "words"),
    [(model, *case) for model in (LinearRegression, DenseNetwork) for case in WRONG]
    + [(model, *case) for model in (LinearRegression, SoftmaxRegression) for case in OF_REGRESSIONS],
)
def test_a_wrong_parameter_is_named_with_a_remedy(model, parameters, error, words):
    with pytest.raises(error, match=re.escape(words)) as raised:
        model(**parameters).fit(TWO.X, TWO.y)
    assert str(raised.value).startswith(f"{model.__name__}.fit: ")


def test_numpy_numbers_are_taken_for_numbers():
    model = LinearRegression(batch_size=np.int64(32), epochs=np.int32(2), learning_rate=np.float32(0.01), l2=np.float64(0.1))
    assert model.fit(NUMBERS.X, NUMBERS.y).n_iter_ == 2


@pytest.mark.parametrize("model", [LinearRegression, LogisticRegression, SoftmaxRegression])
def test_the_examples_of_the_documentation_are_real(model):
    finder, runner = doctest.DocTestFinder(recurse=False), doctest.DocTestRunner(verbose=False)
    (test,) = finder.find(model, model.__name__, globs={model.__name__: model})
    assert len(test.examples) == 2
    assert runner.run(test).failed == 0


def test_every_regression_documents_every_parameter():
    for model in (LinearRegression, LogisticRegression, SoftmaxRegression):
        for name in model().get_params():
            assert f"\n{name} : " in model.__doc__
        assert model.__doc__ != LinearModel.__doc__

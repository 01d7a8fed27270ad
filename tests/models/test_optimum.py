"""Training reaches the optimum: against Newton's method, least squares, and scikit-learn where it is installed."""

import itertools

import numpy as np
import pytest

from mathcore.models import ConvergenceWarning, LinearRegression, LogisticRegression, SeparableWarning, SoftmaxRegression
from tests.models import by_hand, data


@pytest.mark.parametrize("l2", [0.1, 1e-3])
@pytest.mark.parametrize("kind", ["two classes", "three classes"])
def test_the_loss_is_within_a_millionth_of_that_of_newtons_method(kind, l2):
    for seed in range(3):
        problem = data.drawn(kind, seed=seed)
        model = problem.model(l2=l2).fit(problem.X, problem.y)
        least = data.least_loss(problem, l2)
        assert abs(model.loss_ - least) < 1e-6 * least
        assert model.loss_ == pytest.approx(data.loss(problem, model.coef_, model.intercept_, l2), rel=1e-12)
        assert model.converged_


def test_the_comparison_with_newtons_method_can_fail():
    problem = data.drawn("three classes")
    with pytest.warns(ConvergenceWarning):
        model = SoftmaxRegression(l2=1e-3, epochs=5).fit(problem.X, problem.y)
    least = data.least_loss(problem, 1e-3)
    assert abs(model.loss_ - least) > 1e-6 * least
    assert not model.converged_


@pytest.mark.parametrize("seed", range(5))
def test_linear_regression_is_least_squares(seed):
    problem = data.drawn("numbers", seed=seed)
    model = LinearRegression().fit(problem.X, problem.y)
    exact = np.linalg.lstsq(np.column_stack((problem.X, np.ones(len(problem.y)))), problem.y, rcond=None)[0]
    assert np.abs(model.coef_ - exact[:-1]).max() < 1e-8 * np.abs(exact[:-1]).max()
    assert abs(model.intercept_ - exact[-1]) < 1e-8 * abs(exact[-1])


def test_the_ice_cream_model_is_recovered_from_noisy_sales():
    """sales = 10 temperature - 2 humidity + 20 discount + 4, of 2000 days, with noise of 0.1."""
    rng = np.random.default_rng(0)
    weather = np.column_stack((rng.uniform(15, 35, 2000), rng.uniform(30, 90, 2000), rng.uniform(0, 0.5, 2000)))
    sales = weather @ [10, -2, 20] + 4 + rng.normal(0, 0.1, 2000)
    model = LinearRegression().fit(weather, sales)
    assert np.abs(model.coef_ / [10, -2, 20] - 1).max() < 1e-2
    assert abs(model.intercept_ / 4 - 1) < 1e-2
    assert model.n_iter_ < 200  # whatever the features are measured in


def test_adam_and_momentum_reach_the_same_optimum():
    problem = data.drawn("two classes")
    least = data.least_loss(problem, 0.1)
    for optimizer, more in (("gradient_descent", {}), ("momentum", {}), ("adam", {"learning_rate": 0.05})):
        model = LogisticRegression(optimizer=optimizer, l2=0.1, tolerance=1e-6, **more).fit(problem.X, problem.y)
        assert model.converged_
        assert abs(model.loss_ - least) < 1e-6 * least


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "adam"])
@pytest.mark.parametrize("kind", ["numbers", "two classes", "three classes"])
def test_mini_batches_come_near_the_optimum(kind, optimizer):
    problem = data.drawn(kind, samples=600)
    rate = {"numbers": 1.0}.get(kind, 0.02) if optimizer == "adam" else None
    model = problem.model(optimizer=optimizer, learning_rate=rate, batch_size=32, l2=0.01, random_state=0)
    model.fit(problem.X, problem.y)
    least = problem.model(l2=0.01).fit(problem.X, problem.y).loss_
    assert model.loss_ < 1.05 * least


# classes that a plane separates ----------------------------------------------------------------------------------


def separable(classes):
    rng = np.random.default_rng(1)
    centres = 10 * np.eye(classes)
    y = np.repeat(np.arange(classes), 20)
    return centres[y] + rng.normal(size=(len(y), classes)), y


@pytest.mark.parametrize(("model", "classes"), [(LogisticRegression, 2), (SoftmaxRegression, 2), (SoftmaxRegression, 4)])
def test_separable_classes_warn_that_there_is_no_optimum(model, classes):
    X, y = separable(classes)
    with pytest.warns(SeparableWarning, match="no finite optimum"):
        fitted = model().fit(X, y)
    assert fitted.score(X, y) == 1
    assert fitted.n_iter_ < 5000


@pytest.mark.parametrize(("model", "classes"), [(LogisticRegression, 2), (SoftmaxRegression, 4)])
def test_with_a_penalty_they_have_one(model, classes):
    X, y = separable(classes)
    assert model(l2=0.01).fit(X, y).converged_


def test_longer_weights_lower_the_loss_of_separated_classes():
    """What the warning says, on the weights that it was said of."""
    X, y = separable(2)
    with pytest.warns(SeparableWarning):
        model = LogisticRegression().fit(X, y)
    problem = data.Problem("", X, y, LogisticRegression)
    losses = [data.loss(problem, s * model.coef_, s * model.intercept_, 0.0) for s in (1, 2, 4)]
    assert losses[0] > losses[1] > losses[2] > 0


def test_classes_that_touch_are_not_called_separable():
    """One point lies on both sides: an optimum exists, and is found."""
    X, y = np.array([[-2.0], [-1.0], [0.5], [0.5], [1.0], [2.0]]), [0, 0, 0, 1, 1, 1]
    model = LogisticRegression(tolerance=1e-6).fit(X, y)
    assert model.converged_
    assert model.loss_ > 0.1


def test_a_margin_within_rounding_is_no_separation():
    """The four terms sum to 0 exactly, whatever rounding makes of it: on the border is on no side."""
    separates, u = LogisticRegression()._separates, 2.0**-53
    fooled = 0
    for terms in itertools.permutations([1.0, u, u, -1.0 - 2 * u]):
        X, t, w = np.array([terms]), np.array([0.0]), np.ones(4)
        fooled += (X @ w)[0] < 0
        assert not separates(X, t, w)
    assert fooled
    assert separates(np.array([[-1.0], [1.0]]), np.array([0.0, 1.0]), np.array([1.0]))


# beside scikit-learn, and in time -----------------------------------------------------------------------------------


@pytest.mark.peers("sklearn")
@pytest.mark.parametrize("name", data.NAMES)
def test_on_real_data_the_loss_is_that_of_scikit_learn(name):
    problem = data.bundled(name)
    model, peer = problem.model(l2=problem.l2).fit(problem.X, problem.y), data.theirs(problem, problem.l2)
    least = data.loss(problem, peer.coef_, peer.intercept_, problem.l2)
    assert abs(data.loss(problem, model.coef_, model.intercept_, problem.l2) - least) < 1e-6 * least
    assert np.array_equal(model.predict(problem.X).round(3), peer.predict(problem.X).round(3))


@pytest.mark.peers("sklearn")
def test_on_diabetes_the_weights_are_those_of_least_squares():
    problem = data.bundled("diabetes")
    model, peer = LinearRegression().fit(problem.X, problem.y), data.theirs(problem, 0.0)
    assert np.abs(model.coef_ - peer.coef_).max() < 1e-8 * np.abs(peer.coef_).max()
    assert abs(model.intercept_ - peer.intercept_) < 1e-8 * abs(peer.intercept_)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "samples", "features"), [("numbers", 442, 10), ("two classes", 569, 30), ("three classes", 150, 4)]
)
def test_a_fit_takes_at_most_half_more_than_a_loop_by_hand(python, kind, samples, features):
    """Processor time of one thread, the best of three tries: the machine may be busy."""
    program = (
        f"from tests.models import data, table; problem = data.drawn({kind!r}, {samples}, {features}); "
        "print(min(table.ratio(problem, problem.l2, rounds=5) for _ in range(3)))"
    )
    answer = python("-c", program, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    assert float(answer.stdout) < 1.5, answer.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "samples", "features", "optimizer", "bar"),
    [
        ("numbers", 442, 10, "gradient_descent", 1.5),
        ("numbers", 442, 10, "momentum", 1.5),
        ("numbers", 442, 10, "adam", 3.0),
        ("two classes", 569, 30, "gradient_descent", 1.5),
        ("two classes", 569, 30, "momentum", 1.5),
        ("three classes", 150, 4, "gradient_descent", 1.5),
    ],
)
def test_steps_on_batches_take_little_longer_than_by_hand(python, kind, samples, features, optimizer, bar):
    """As above, in batches of 32. Adam's moments to 1 ULP take sixty operations where the plain formula takes thirteen."""
    program = (
        f"from tests.models import data, table; problem = data.drawn({kind!r}, {samples}, {features}); "
        f"print(min(table.ratio_of_steps(problem, {optimizer!r}, 32, rounds=5) for _ in range(3)))"
    )
    answer = python("-c", program, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    assert float(answer.stdout) < bar, answer.stderr


def test_the_loop_by_hand_takes_the_same_steps():
    problem = data.drawn("three classes")
    model = SoftmaxRegression(l2=0.01).fit(problem.X, problem.y)
    rate = model.history_.learning_rate[0]
    w, b, losses, accuracies = by_hand.train(problem.X, problem.y, by_hand.categorical, (3,), rate, 0.01, model.n_iter_)
    assert np.allclose(losses, model.history_.loss, rtol=1e-12, atol=0)
    assert np.allclose(accuracies, model.history_.accuracy)
    assert np.allclose(w.T, model.coef_, atol=1e-6)
    assert np.allclose(b, model.intercept_, atol=1e-6)


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "adam"])
@pytest.mark.parametrize("kind", ["numbers", "two classes", "three classes"])
def test_the_other_optimizers_take_the_steps_of_a_loop_by_hand_in_batches_too(kind, optimizer):
    """ratio_of_steps compares the losses of all epochs."""
    from tests.models import table

    for size in (200, 32):
        assert table.ratio_of_steps(data.drawn(kind), optimizer, size, rounds=1, epochs=3) > 0

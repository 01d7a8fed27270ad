"""The gradient of linear regression: its bar for entries of any size, the loss's own slope, layouts, and wrong shapes."""

from fractions import Fraction

import numpy as np
import pytest

from mathcore import numeric
from mathcore.numeric import linear_regression_gradient
from tests.sampling import sampled

UNIT = {np.float64: Fraction(1, 2**53), np.float32: Fraction(1, 2**24), np.float16: Fraction(1, 2**11)}


def exact(X, y, w):
    """Each slope, and the sum of the sizes of its products: what the bar is measured by."""
    X, (y, w) = [[Fraction(float(x)) for x in row] for row in X], [[Fraction(float(x)) for x in one] for one in (y, w)]
    errors = [sum(x * v for x, v in zip(row, w, strict=True)) - t for row, t in zip(X, y, strict=True)]
    sizes = [sum(abs(x * v) for x, v in zip(row, w, strict=True)) + abs(t) for row, t in zip(X, y, strict=True)]
    for column in zip(*X, strict=True):
        slope = 2 * sum(x * e for x, e in zip(column, errors, strict=True)) / len(y)
        yield slope, sum(abs(x) * s for x, s in zip(column, sizes, strict=True)) / len(y)


def within(X, y, w, dtype=np.float64):
    """Whether the bar of the page holds for each slope."""
    largest, least = Fraction(float(np.finfo(dtype).max)), Fraction(float(np.finfo(dtype).smallest_subnormal))
    for found, (slope, size) in zip(linear_regression_gradient(X, y, w), exact(X, y, w), strict=True):
        right = abs(slope) > largest if np.isinf(found) else abs(Fraction(float(found)) - slope) <= 8 * UNIT[dtype] * size + least
        if not right:
            return False
    return True


def data(rng, samples, features, dtype=np.float64, spread=0):
    def entries(*shape):
        x = np.ldexp(rng.normal(size=shape), rng.integers(-spread, spread // 2 + 1, shape))
        limit = float(np.finfo(dtype).max)
        return np.clip(x, -limit, limit).astype(dtype)

    return entries(samples, features), entries(samples), entries(features)


@pytest.mark.parametrize("dtype", UNIT)
@sampled("spread", [0, 10, 100, 500, 1000], keep=3)
@pytest.mark.parametrize(("samples", "features"), [(1, 1), (1, 5), (5, 1), (3, 4), (40, 20)])
def test_the_bar_holds_for_entries_of_any_size(samples, features, spread, dtype):
    rng = np.random.default_rng(spread)
    for _ in range(20 if samples < 10 else 2):
        with np.errstate(all="ignore"):
            X, y, w = data(rng, samples, features, dtype, spread)
        assert within(X, y, w, dtype)


def test_the_bar_holds_where_the_errors_are_all_but_0():
    rng = np.random.default_rng(1)
    for _ in range(50):
        X, _, w = data(rng, 6, 4)
        y = (X @ w) * (1 + 1e-16 * rng.normal(size=6))
        assert within(X, y, w)


@pytest.mark.slow
def test_sums_from_left_to_right_are_beyond_the_bar(monkeypatch):
    """The twin: the bar does not grow with the number of features, and this error does."""

    def plain(X, y, w):
        errors = np.add.accumulate(X * w, axis=1)[:, -1] - y
        return 2 * X.T @ errors / len(y)

    X, y, w = np.ones((1, 20_000)), np.zeros(1), np.full(20_000, 0.1)
    assert within(X, y, w)
    monkeypatch.setitem(globals(), "linear_regression_gradient", plain)
    assert not within(X, y, w)


def test_it_is_the_slope_of_the_mean_squared_error():
    X, y, w = data(np.random.default_rng(3), 30, 4)
    _, by_prediction = numeric.mean_squared_error_value_and_grad(y, X @ w)
    assert np.allclose(linear_regression_gradient(X, y, w), X.T @ by_prediction, rtol=1e-13, atol=1e-13)
    for k in range(4):
        step = 1e-3 * (np.arange(4) == k)
        rise = numeric.mean_squared_error(y, X @ (w + step)) - numeric.mean_squared_error(y, X @ (w - step))
        assert rise / 2e-3 == pytest.approx(linear_regression_gradient(X, y, w)[k], rel=1e-9)


def test_it_is_0_at_the_best_weights_and_for_a_perfect_fit():
    X = np.array([[1.0, 1], [2, 1], [3, 1]])
    assert linear_regression_gradient(X, [1, 2, 6], [2.5, -2]).tolist() == [0, 0]
    assert linear_regression_gradient(X, X @ [4, -7], [4, -7]).tolist() == [0, 0]


def test_it_is_where_the_model_ends():
    from mathcore.models import LinearRegression

    X, y, _ = data(np.random.default_rng(4), 50, 3)
    model = LinearRegression().fit(X, y)
    design = np.column_stack((X, np.ones(50)))
    assert np.abs(linear_regression_gradient(design, y, np.append(model.coef_, model.intercept_))).max() < 1e-6


@pytest.mark.parametrize("shape", [(70_000, 3), (3, 70_000), (300, 300)])
def test_blocks_and_layouts_leave_every_bit(shape):
    X, y, w = data(np.random.default_rng(5), *shape)
    found = linear_regression_gradient(X, y, w)
    wide = np.zeros((2 * shape[0], shape[1]))
    wide[::2] = X
    for other in (np.asfortranarray(X), wide[::2], X.astype(">f8")):
        assert np.array_equal(linear_regression_gradient(other, y, w), found)
    assert np.allclose(found, 2 / len(y) * X.T @ (X @ w - y), rtol=1e-9, atol=1e-12 * np.abs(found).max())


def test_the_widest_format_comes_back_and_integers_count_as_float64():
    X, y, w = data(np.random.default_rng(6), 3, 2)
    for formats in (("f4", "f4", "f4"), ("f2", "f4", "f2"), ("f2", "f2", "f8"), ("f4", "i8", "f4"), ("?", "u1", "f2")):
        given = [np.abs(a).astype(f) for a, f in zip((X, y, w), formats, strict=True)]
        wanted = np.result_type(*[f if f[0] == "f" else "f8" for f in formats])
        assert linear_regression_gradient(*given).dtype == wanted
    assert linear_regression_gradient([[3]], [1], [2]).tolist() == [30]


def test_what_is_not_finite_shows_and_warns_of_nothing():
    with np.errstate(all="raise"):
        assert np.isnan(linear_regression_gradient([[np.nan, 1]], [1], [1, 1])).all()
        assert linear_regression_gradient([[2.0, -1]], [-np.inf], [1, 1]).tolist() == [np.inf, -np.inf]
        assert linear_regression_gradient([[1e200]], [0.0], [1e200]).tolist() == [np.inf]
        assert linear_regression_gradient([[1e200, -1e200]], [0.0], [1e200, 1e200]).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (([1.0, 2.0], [1.0, 2.0], [1.0]), r"X must have two axes, samples and features, got shape \(2,\)\. Reshape"),
        ((np.zeros((0, 2)), [], [1.0, 2.0]), r"X of shape \(0, 2\) is empty\. Pass"),
        ((np.zeros((2, 0)), [1.0, 2.0], []), r"X of shape \(2, 0\) is empty\. Pass"),
        (([[1.0, 2.0]], [1.0, 2.0], [1.0, 2.0]), r"y must have one label a row of X, shape \(1,\), got \(2,\)\. Pass"),
        (([[1.0, 2.0]], [[1.0]], [1.0, 2.0]), r"y must have one label a row of X, shape \(1,\), got \(1, 1\)\. Pass"),
        (([[1.0, 2.0]], [1.0], [1.0]), r"w must have one weight a column of X, shape \(2,\), got \(1,\)\. Pass"),
        (([[1.0, 2.0], [1.0]], [1.0, 1.0], [1.0, 1.0]), r"X is ragged"),
    ],
)
def test_shapes_that_do_not_fit_are_refused_by_name(given, message):
    with pytest.raises(ValueError, match=rf"^linear_regression_gradient: {message}"):
        linear_regression_gradient(*given)


@pytest.mark.parametrize(("place", "name"), list(enumerate("Xyw")))
def test_what_is_no_number_is_refused_by_name(place, name):
    given = [np.ones((1, 1)), np.ones(1), np.ones(1)]
    given[place] = given[place].astype(complex)
    with pytest.raises(TypeError, match=rf"^linear_regression_gradient: {name} must hold"):
        linear_regression_gradient(*given)


def test_arrays_of_other_libraries_are_refused_with_the_remedy():
    class Array:
        def __array_namespace__(self):
            raise NotImplementedError

    with pytest.raises(TypeError, match=r"^linear_regression_gradient: it computes with NumPy alone"):
        linear_regression_gradient(Array(), [1.0], [1.0])

"""The models as estimators: what goes in, what a person is told who puts in something else, and scikit-learn's own checks."""

import copy
import pickle
import re
import sys
import warnings

import numpy as np
import pytest

from mathcore.models import (
    DenseNetwork,
    LinearRegression,
    LogisticRegression,
    NotFittedError,
    SeparableWarning,
    SoftmaxRegression,
)
from mathcore.models.estimator import DataConversionWarning
from tests.models.data import drawn

REGRESSIONS = [LinearRegression, LogisticRegression, SoftmaxRegression]
MODELS = [*REGRESSIONS, DenseNetwork]
CLASSIFIERS = MODELS[1:]
X, TWO = drawn("two classes").X, drawn("two classes").y
NUMBERS = X @ np.arange(6) + 3 + drawn("numbers").y / 100


def made(model, **parameters):
    """A model that is quick and has an optimum."""
    return model(**{"l2": 0.1} | ({"epochs": 3, "random_state": 0} if model is DenseNetwork else {}) | parameters)


def labels(model):
    return NUMBERS if model is LinearRegression else TWO


def outputs(model, X=X):
    return model.predict(X) if isinstance(model, LinearRegression) else model.predict_proba(X)


# what comes out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", CLASSIFIERS)
def test_probabilities_are_probabilities_and_the_class_is_the_most_probable(model):
    fitted = made(model).fit(X, TWO)
    p = fitted.predict_proba(X)
    assert p.shape == (len(X), 2)
    assert (p >= 0).all()
    assert np.abs(p.sum(axis=1) - 1).max() < 1e-15
    assert np.array_equal(fitted.predict(X), fitted.classes_[p.argmax(axis=1)])
    assert np.allclose(np.exp(fitted.predict_log_proba(X)), p)
    assert fitted.decision_function(X).shape == (len(X),)
    assert fitted.score(X, TWO) == np.mean(fitted.predict(X) == TWO)


@pytest.mark.parametrize("model", CLASSIFIERS)
def test_classes_keep_their_names(model):
    words = np.array(["no", "yes"])[TWO]
    fitted = made(model).fit(X, words)
    assert fitted.classes_.tolist() == ["no", "yes"]
    assert set(fitted.predict(X)) <= {"no", "yes"}
    assert np.array_equal(outputs(fitted), outputs(made(model).fit(X, TWO)))
    assert np.array_equal(outputs(made(model).fit(X, TWO == 1)), outputs(fitted))
    assert np.array_equal(outputs(made(model).fit(X, words.astype(object))), outputs(fitted))


def test_shapes_are_those_of_scikit_learn():
    linear, logistic = made(LinearRegression).fit(X, NUMBERS), made(LogisticRegression).fit(X, TWO)
    soft = made(SoftmaxRegression).fit(X, np.arange(len(X)) % 3)
    assert linear.coef_.shape == (6,)
    assert isinstance(linear.intercept_, float)
    assert logistic.coef_.shape == (1, 6)
    assert logistic.intercept_.shape == (1,)
    assert soft.coef_.shape == (3, 6)
    assert soft.intercept_.shape == (3,)
    assert soft.decision_function(X).shape == (200, 3)
    assert linear.n_features_in_ == 6


def test_softmax_of_two_classes_is_logistic_regression():
    """Two columns share what one column is, so that their penalty is half of it."""
    two = SoftmaxRegression(l2=0.2, tolerance=1e-10).fit(X, TWO)
    one = LogisticRegression(l2=0.1, tolerance=1e-10).fit(X, TWO)
    assert np.abs(two.predict_proba(X) - one.predict_proba(X)).max() < 1e-8


def test_r_squared_is_one_minus_the_share_of_what_is_left():
    model = made(LinearRegression).fit(X, NUMBERS)
    errors = NUMBERS - model.predict(X)
    assert model.score(X, NUMBERS) == pytest.approx(1 - np.sum(errors**2) / np.sum((NUMBERS - NUMBERS.mean()) ** 2), rel=1e-12)
    with pytest.raises(ValueError, match="R\\^2 needs at least two samples, got 1"):
        model.score(X[:1], NUMBERS[:1])
    weight = np.r_[np.ones(100), np.zeros(100)]
    assert model.score(X, NUMBERS, sample_weight=weight) == pytest.approx(model.score(X[:100], NUMBERS[:100]), rel=1e-12)


def test_the_summary_counts_what_is_learned():
    text = made(SoftmaxRegression).fit(X, np.arange(len(X)) % 3).summary()
    assert re.search(r"dense \(softmax\)\s+\(N, 3\)\s+18 \+ 3 = 21", text)
    assert "21 numbers learned" in text
    text = made(DenseNetwork, hidden=8, activation="relu").fit(X, TWO).summary()
    assert re.search(r"dense \(relu\)\s+\(N, 8\)\s+48 \+ 8 = 56", text)
    assert "74 numbers learned" in text
    assert "6 numbers learned" in made(LinearRegression, fit_intercept=False).fit(X, NUMBERS).summary()


# what goes in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "other",
    [
        lambda x: np.asfortranarray(x),
        lambda x: np.repeat(x, 2, axis=1)[:, ::2],
        lambda x: x[::-1][::-1],
        lambda x: x.tolist(),
        lambda x: x.astype(object),
    ],
    ids=["fortran", "strided", "negative strides", "list", "objects"],
)
def test_any_layout_gives_the_same_model(model, other):
    expected, found = (made(model).fit(x, labels(model)) for x in (X, other(X)))
    assert np.allclose(outputs(found), outputs(expected), rtol=1e-12, atol=1e-12)
    assert np.allclose(outputs(found, other(X)), outputs(expected), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("dtype", [np.float32, np.float16, np.int8, np.uint8, np.int64, bool])
def test_numbers_of_any_kind_are_taken_as_float64(model, dtype):
    x = np.rint(np.abs(X) * 2).astype(dtype)
    y = labels(model)
    found, expected = made(model).fit(x, y), made(model).fit(x.astype(np.float64), y)
    assert np.array_equal(outputs(found, x), outputs(expected, x.astype(np.float64)))
    assert outputs(found, x).dtype == np.float64


@pytest.mark.parametrize("model", MODELS)
def test_the_arguments_are_unchanged(model):
    x, y = X.copy(), labels(model).copy()
    made(model).fit(x, y).predict(x)
    assert np.array_equal(x, X)
    assert np.array_equal(y, labels(model))


def test_a_single_sample_a_single_feature_and_a_constant_one():
    assert LinearRegression().fit([[1.0, 2.0]], [3.0]).predict([[1.0, 2.0]]) == pytest.approx([3.0])
    assert LinearRegression().fit([[1.0], [2.0]], [3.0, 5.0]).coef_ == pytest.approx([2.0])
    with_constant = LinearRegression().fit(np.column_stack((X, np.full(len(X), 7.0))), NUMBERS)
    assert np.allclose(
        with_constant.predict(np.column_stack((X, np.full(len(X), 7.0)))), LinearRegression().fit(X, NUMBERS).predict(X)
    )
    assert LinearRegression().fit(np.column_stack((X, np.zeros(len(X)))), NUMBERS).coef_[-1] == 0
    assert LinearRegression().fit(X, np.full(len(X), 7.0)).predict(X) == pytest.approx(7.0, rel=1e-9)
    assert LinearRegression(fit_intercept=False).fit(np.zeros((3, 2)), [1, 2, 3]).coef_.tolist() == [0, 0]


def test_more_features_than_samples_are_fitted_exactly():
    rng = np.random.default_rng(0)
    wide, y = rng.normal(size=(5, 20)), rng.normal(size=5)
    assert np.abs(LinearRegression().fit(wide, y).predict(wide) - y).max() < 1e-9


@pytest.mark.parametrize("scale", [1e150, 1e200, 1e-150, 1e-200])
@pytest.mark.parametrize("bias", [True, False])
def test_features_of_any_scale_give_the_same_predictions(scale, bias):
    for model in REGRESSIONS:
        expected = model(fit_intercept=bias).fit(X, labels(model))
        found = model(fit_intercept=bias).fit(X * scale, labels(model))
        assert np.allclose(outputs(found, X * scale), outputs(expected), rtol=1e-6, atol=1e-6)


def test_an_offset_of_the_features_changes_nothing_but_the_bias():
    expected, found = (LinearRegression().fit(x, NUMBERS) for x in (X, X + 1e6))
    assert np.allclose(found.coef_, expected.coef_, rtol=1e-6)
    assert found.history_.loss[-1] == pytest.approx(expected.history_.loss[-1])


def test_numbers_beyond_the_range_of_floats_are_refused_with_a_remedy():
    with pytest.raises(ValueError, match=r"y is so large \(.*e\+20\d\) that its squares leave the range"):
        LinearRegression().fit(X, NUMBERS * 1e200)
    with pytest.raises(ValueError, match=r"the features are so large or so small .* Standardise"):
        LinearRegression(optimizer="gradient_descent").fit(X * 1e200, NUMBERS)
    with pytest.raises(ValueError, match="the weights leave the range of floats"):
        LinearRegression().fit(X * 1e-308, NUMBERS * 1e6)


class Sparse:
    """As scipy's: not an array, but it can make one."""

    def toarray(self):
        return X


class Recorded:
    """As a tensor of torch that records its gradient."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("detach it first")


BAD = [
    ("X", np.nan, ValueError, r"X contains NaN or infinity; X\[3, 1\] is nan"),
    ("X", np.inf, ValueError, r"X contains NaN or infinity; X\[3, 1\] is inf"),
    ("y", np.nan, ValueError, r"y contains NaN or infinity; y\[3\] is nan"),
]


@pytest.mark.parametrize(("where", "value", "error", "words"), BAD)
@pytest.mark.parametrize("model", MODELS)
def test_what_is_no_number_is_named(model, where, value, error, words):
    x, y = X.copy(), labels(model).astype(float)
    if where == "X":
        x[3, 1] = value
    else:
        y[3] = value
    with pytest.raises(error, match=words):
        made(model).fit(x, y)
    if where == "X":
        with pytest.raises(error, match=words):
            made(model).fit(X, labels(model)).predict(x)


@pytest.mark.parametrize(
    ("x", "y", "error", "words"),
    [
        (X[:, 0], TWO, ValueError, "X must be 2-dimensional, .* got an array of shape \\(200,\\). Reshape your data"),
        (3.0, TWO, ValueError, "got a scalar"),
        (X[:0], TWO[:0], ValueError, "Found array with 0 sample"),
        (X[:, :0], TWO, ValueError, "Found array with 0 feature"),
        (X, TWO[:5], ValueError, "X has 200 samples, y has 5"),
        (X, np.eye(2)[TWO], ValueError, r"y must have one entry a sample, got shape \(200, 2\).*argmax"),
        (X, None, ValueError, "requires y to be passed, but the target y is None"),
        (X + 1j, TWO, ValueError, "Complex data not supported"),
        ([["a", "b"]], [1], ValueError, "X must hold real numbers: .* Encode words"),
        ([[1, 2], [3]], [0, 1], ValueError, "X has rows of different lengths"),
        (np.array([["2026-01-01"]], dtype="M8[D]"), [1], TypeError, "dates or durations"),
        (np.ma.masked_greater(X, 1), TWO, ValueError, "X has masked entries"),
        (X, np.ma.masked_greater(TWO, 0), ValueError, "y has masked entries"),
        (Sparse(), TWO, TypeError, r"X is a sparse matrix; dense data is required. Pass X.toarray\(\)"),
        (X, Sparse(), TypeError, r"y is a sparse matrix"),
        (Recorded(), TWO, TypeError, "X cannot be read as a NumPy array: detach it first"),
        (X, Recorded(), TypeError, "y cannot be read as a NumPy array: detach it first"),
        (X, set(range(200)), ValueError, "y must have one entry a sample, got set. Pass a list or an array"),
        ({"a": [1.0]}, [1], TypeError, "X must hold real numbers"),
    ],
)
@pytest.mark.parametrize("model", MODELS)
def test_wrong_data_are_refused_with_a_remedy(model, x, y, error, words):
    with pytest.raises(error, match=words) as raised:
        made(model).fit(x, y)
    assert str(raised.value).startswith(f"{model.__name__}.fit: ")


@pytest.mark.parametrize("model", CLASSIFIERS)
def test_one_class_is_nothing_to_tell_apart(model):
    with pytest.raises(ValueError, match="y holds one class only, 'a': there is nothing to tell apart"):
        made(model).fit(X, ["a"] * len(X))


@pytest.mark.parametrize("model", CLASSIFIERS)
def test_labels_that_are_no_classes_are_refused(model):
    with pytest.raises(ValueError, match=r"Unknown label type: continuous. y holds .*, which names no class"):
        made(model).fit(X, NUMBERS)
    with pytest.raises(TypeError, match="y mixes kinds of labels"):
        made(model).fit(X, np.array([1, "a", None, 2] * 50, dtype=object))


def test_three_classes_are_sent_to_softmax_regression():
    with pytest.raises(ValueError, match=r"y holds 3 classes. Use SoftmaxRegression"):
        LogisticRegression().fit(X, np.arange(len(X)) % 3)


@pytest.mark.parametrize("model", MODELS)
def test_a_column_of_labels_is_read_as_one_label_a_sample(model):
    with pytest.warns(DataConversionWarning, match="y.ravel\\(\\)"):
        found = made(model).fit(X, labels(model)[:, None])
    assert np.array_equal(outputs(found), outputs(made(model).fit(X, labels(model))))


def test_a_warning_points_at_the_line_that_called_fit():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        LogisticRegression(epochs=1).fit(X, TWO)
        LogisticRegression().fit([[0.0], [1.0]], [0, 1])
        for model in MODELS:
            made(model).fit(X, labels(model)[:, None])
        DenseNetwork(learning_rate=10.0, epochs=2, random_state=0).fit(X, TWO)
    assert len(caught) == 7
    assert {warning.filename for warning in caught} == {__file__}


def test_a_score_speaks_of_score():
    numbers, classes = LinearRegression().fit(X, NUMBERS), LogisticRegression(l2=0.1).fit(X, np.where(TWO, "yes", "no"))
    for model, y in ((numbers, NUMBERS), (classes, np.where(TWO, "yes", "no"))):
        for weight, words in (
            (np.ones(3), r"must have one entry a sample, shape \(200,\), got shape \(3,\)"),
            (-np.ones(200), r"weights must be finite and >= 0; sample_weight\[0\] is -1"),
            (np.full(200, np.nan), r"weights must be finite and >= 0; sample_weight\[0\] is nan"),
            (np.zeros(200), "all weights in sample_weight are zero"),
        ):
            with pytest.raises(ValueError, match=rf"^{type(model).__name__}.score: .*{words}"):
                model.score(X, y, sample_weight=weight)
        with pytest.raises(ValueError, match=r"\.score: X has 200 samples, y has 3"):
            model.score(X, y[:3])
        assert model.score(X, y, sample_weight=np.full(200, 1e308)) == pytest.approx(model.score(X, y), rel=1e-12)
    with pytest.raises(
        ValueError, match=r"LogisticRegression.score: y holds int64, the classes are <U3: no label is that of a class"
    ):
        classes.score(X, TWO.astype(np.int64))


@pytest.mark.parametrize("model", REGRESSIONS)
def test_no_overflow_on_the_way_warns(model):
    """Warnings are errors here."""
    assert np.isfinite(outputs(model(l2=0.01).fit(X * 1e200, labels(model)), X * 1e200)).all()
    with pytest.raises(ValueError, match=r"the features are so large or so small .* Standardise"):
        model(l2=0.01).fit(X / np.abs(X).max() * 1.7e308, labels(model))


@pytest.mark.parametrize("model", REGRESSIONS)
def test_the_largest_penalty_leaves_the_bias_alone(model):
    y = labels(model)
    fitted = model(l2=1.7e308).fit(X, y)
    assert np.abs(fitted.coef_).max() < 1e-300
    expected = y.mean() if model is LinearRegression else np.log(y.mean() / (1 - y.mean()))
    found = np.diff(fitted.intercept_)[0] if model is SoftmaxRegression else np.ravel(fitted.intercept_)[0]
    assert found == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("value", [True, False])
def test_booleans_of_numpy_are_booleans(value):
    """A grid of parameters in an array holds them."""
    plain, numpys = (made(LogisticRegression, fit_intercept=v).fit(X, TWO) for v in (value, np.bool_(value)))
    assert np.array_equal(plain.coef_, numpys.coef_)


# weights of samples -----------------------------------------------------------------------------------------------

LEARNED = [{}, {"l2": 0.05}, {"l2": 0.01, "fit_intercept": False}, {"l2": 0.1, "optimizer": "momentum", "tolerance": 1e-3}]


def learned(model, parameters, x, y, sample_weight=None):
    fitted = model(**parameters).fit(x, y, sample_weight=sample_weight)
    return np.append(np.ravel(fitted.coef_), fitted.intercept_), fitted


@pytest.mark.parametrize("parameters", LEARNED, ids=str)
@pytest.mark.parametrize("model", REGRESSIONS)
def test_a_weight_of_three_is_three_samples_and_one_of_zero_is_none(model, parameters):
    """To 1e-12 in weights, loss and accuracy, whatever the units of the features, and in as many epochs."""
    rng = np.random.default_rng(0)
    x, y = X * [1, 10, 0.5, 1, 1, 1] + [0, 5, 0, 0, 0, 0], np.arange(200) % 3 if model is SoftmaxRegression else labels(model)
    count = rng.integers(0, 4, 200)
    weighted, one = learned(model, parameters, x, y, count)
    repeated, other = learned(model, parameters, np.repeat(x, count, axis=0), np.repeat(y, count))
    assert np.abs(weighted - repeated).max() <= 1e-12 * np.abs(repeated).max()
    assert one.n_iter_ == other.n_iter_
    assert one.loss_ == pytest.approx(other.loss_, rel=1e-12)
    assert one.history_.accuracy == pytest.approx(other.history_.accuracy, rel=1e-12, nan_ok=True)
    assert one.score(x, y, count) == pytest.approx(other.score(np.repeat(x, count, axis=0), np.repeat(y, count)), rel=1e-12)
    plain, _ = learned(model, parameters, x, y)  # the twin: without weights it is another model
    assert np.abs(weighted - plain).max() > 1e-5 * np.abs(plain).max()


@pytest.mark.parametrize("model", REGRESSIONS)
def test_a_common_factor_of_weights_changes_nothing(model):
    rng = np.random.default_rng(1)
    weight = rng.exponential(size=200)
    first, _ = learned(model, {"l2": 0.1}, X, labels(model), weight)
    for factor in (2.0**-1000, 2.0**900):
        assert np.array_equal(learned(model, {"l2": 0.1}, X, labels(model), factor * weight)[0], first)
    assert np.array_equal(*(learned(model, {"l2": 0.1}, X, labels(model), w)[0] for w in (None, np.full(200, 7))))


@pytest.mark.parametrize("model", REGRESSIONS)
def test_batches_and_validation_take_weights_along(model):
    """With a rate of almost 0 the loss of an epoch of batches is that of all samples, each by its weight."""
    weight = np.random.default_rng(2).integers(0, 3, 200)
    y = labels(model)
    parameters = {"optimizer": "gradient_descent", "learning_rate": 1e-300, "epochs": 1, "batch_size": 32, "random_state": 0}
    fitted = model(**parameters).fit(X, y, weight)
    expected = np.average(y**2, weights=weight) if model is LinearRegression else np.log(2)
    assert fitted.history_.loss[0] == pytest.approx(expected, rel=1e-12)
    without = model(validation_share=0.3, l2=0.1, random_state=0).fit(X[weight > 0], y[weight > 0], weight[weight > 0])
    kept = model(validation_share=0.3, l2=0.1, random_state=0).fit(X, y, weight)
    assert np.array_equal(kept.coef_, without.coef_)
    assert not np.isnan(kept.history_.validation_loss).any()


def test_separable_classes_are_seen_whatever_their_weights():
    with pytest.warns(SeparableWarning):
        LogisticRegression().fit([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1], sample_weight=[0.1, 0.7, 1e-7, 0.3])
    mixed = LogisticRegression().fit([[0.0], [1.0], [2.0], [3.0], [4.0]], [0, 1, 0, 1, 1], [1, 1e-3, 1, 1, 1])
    assert mixed.converged_


@pytest.mark.parametrize("model", REGRESSIONS)
@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (np.ones(5), r"sample_weight must have one entry a sample, shape \(200,\), got shape \(5,\)"),
        (np.r_[np.ones(199), -1], r"sample_weight\[199\] is -1.0. Use 0 to leave it out"),
        (np.r_[np.inf, np.ones(199)], r"sample_weight\[0\] is inf"),
        (np.zeros(200), "all weights in sample_weight are zero"),
        (["heavy"] * 200, "sample_weight must hold real numbers"),
    ],
)
def test_wrong_weights_are_refused(model, weight, words):
    with pytest.raises(ValueError, match=rf"^{model.__name__}.fit: .*{words}"):
        model().fit(X, labels(model), sample_weight=weight)


def test_a_class_whose_samples_have_no_weight_is_none():
    with pytest.raises(ValueError, match="y holds one class only"):
        LogisticRegression().fit(X, TWO, sample_weight=TWO)


# as an estimator --------------------------------------------------------------------------------------------------


METHODS = ("predict", "predict_proba", "decision_function", "predict_log_proba", "summary", "score")


@pytest.mark.parametrize(("model", "method"), [(model, name) for model in MODELS for name in METHODS if hasattr(model, name)])
def test_a_model_that_is_not_fitted_says_so(model, method):
    arguments = {"summary": (), "score": (X, TWO)}.get(method, (X,))
    with pytest.raises(NotFittedError, match=r"this model is not fitted yet. Call fit") as raised:
        getattr(model(), method)(*arguments)
    assert isinstance(raised.value, (ValueError, AttributeError))


@pytest.mark.parametrize("model", MODELS)
def test_other_features_than_those_of_fit_are_refused(model):
    fitted = made(model).fit(X, labels(model))
    with pytest.raises(ValueError, match=f"X has 2 features, but {model.__name__} is expecting 6 features as input"):
        fitted.predict(X[:, :2])


class Frame:
    """What a data frame has that matters here."""

    def __init__(self, values, columns):
        self.values, self.columns = values, columns

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.values, dtype)


def test_the_names_of_columns_are_kept_and_compared():
    names = list("abcdef")
    model = made(LinearRegression).fit(Frame(X, names), NUMBERS)
    assert model.feature_names_in_.tolist() == names
    assert np.array_equal(model.predict(Frame(X, names)), model.predict(X))
    with pytest.raises(ValueError, match="feature names should match those that were passed during fit"):
        model.predict(Frame(X, names[::-1]))
    assert not hasattr(model.fit(X, NUMBERS), "feature_names_in_")


@pytest.mark.parametrize("model", MODELS)
def test_parameters_come_back_as_they_went_in(model):
    parameters = model().get_params()
    assert list(parameters) == list(model(**parameters).get_params())
    changed = model().set_params(epochs=7, l2=0.5)
    assert changed.get_params() == parameters | {"epochs": 7, "l2": 0.5}
    assert repr(changed) == f"{model.__name__}(epochs=7, l2=0.5)"
    assert repr(model(l2=np.array([1, 2]))) == f"{model.__name__}(l2=array([1, 2]))"
    with pytest.raises(ValueError, match=r"there is no parameter 'lr'. It has .*learning_rate"):
        model().set_params(lr=1)


@pytest.mark.parametrize("model", MODELS)
def test_a_copy_predicts_the_same(model):
    fitted = made(model).fit(X, labels(model))
    for other in (pickle.loads(pickle.dumps(fitted)), copy.deepcopy(fitted)):
        assert np.array_equal(outputs(other), outputs(fitted))
        assert np.array_equal(other.history_.loss, fitted.history_.loss)


@pytest.mark.parametrize("model", MODELS)
def test_a_second_fit_starts_afresh(model):
    y = labels(model)
    once, twice = made(model).fit(X, y), made(model).fit(X[:, :3], y[::-1]).fit(X, y)
    assert np.array_equal(outputs(once), outputs(twice))
    assert twice.n_features_in_ == 6


def test_without_scikit_learn_nothing_of_it_is_loaded(python):
    program = (
        "import sys; from mathcore.models import LogisticRegression as L; m = L(l2=0.1).fit([[0.0], [1.0]], [0, 1]); "
        "m.predict([[2.0]]); repr(m.history_), m.summary(); "
        "print([k for k in ('sklearn', 'rich', 'matplotlib') if k in sys.modules])"
    )
    assert python("-c", program).stdout.strip() == "[]"


# scikit-learn's own ---------------------------------------------------------------------------------------------


@pytest.mark.peers("sklearn")
@pytest.mark.parametrize("model", [*REGRESSIONS, lambda: DenseNetwork(random_state=0)], ids=[m.__name__ for m in MODELS])
def test_scikit_learn_finds_nothing_wrong(model):
    """All of check_estimator, without an exemption; what is skipped needs pandas, or a variable of the environment."""
    from sklearn.utils import estimator_checks as checks

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its data are separable, and some are one sample
        found = checks.check_estimator(model(), on_skip=None, on_fail=None)
    assert len(found) > 40
    assert [(c["check_name"], repr(c["exception"])) for c in found if c["status"] not in ("passed", "skipped")] == []
    reasons = {str(c["exception"]) for c in found if c["status"] == "skipped"}
    assert all("pandas" in reason or "SCIPY_ARRAY_API" in reason or "polars" in reason for reason in reasons)


class Forgetful(LinearRegression):
    """Changes a parameter in fit: what scikit-learn forbids."""

    def fit(self, X, y, sample_weight=None):
        self.l2 = 1.0
        return super().fit(X, y, sample_weight)


@pytest.mark.peers("sklearn")
def test_scikit_learns_checks_can_fail():
    from sklearn.utils import estimator_checks as checks

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = checks.check_estimator(Forgetful(), on_skip=None, on_fail=None)
    assert "check_dict_unchanged" in {c["check_name"] for c in found} and any(c["status"] == "failed" for c in found)


@pytest.mark.peers("sklearn")
def test_pipelines_searches_and_cross_validation_work():
    from sklearn.base import clone
    from sklearn.exceptions import NotFittedError as Theirs
    from sklearn.model_selection import GridSearchCV, cross_val_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    pipeline = make_pipeline(StandardScaler(), LogisticRegression(l2=0.01))
    assert cross_val_score(pipeline, X * 100 + 5, TWO, cv=4).min() > 0.6
    search = GridSearchCV(pipeline, {"logisticregression__l2": [1e-3, 1e-1, 10.0]}, cv=3).fit(X, TWO)
    assert search.best_params_["logisticregression__l2"] < 10
    search = GridSearchCV(LogisticRegression(l2=0.1), {"fit_intercept": np.array([True, False])}, cv=3).fit(X, TWO)
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()
    weighted = pipeline.fit(X, TWO, logisticregression__sample_weight=1 + TWO)
    assert weighted.score(X, TWO, sample_weight=1 + TWO) > 0.6
    assert clone(pipeline).get_params()["logisticregression__l2"] == 0.01
    with pytest.raises(Theirs):
        LogisticRegression().predict(X)
    assert "sklearn" in sys.modules

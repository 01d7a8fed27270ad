"""The gradients that the models descend are those that the cards derive: evaluated exactly, as balls, at random data."""

from contextlib import nullcontext

import numpy as np
import pytest

from mathcore import numeric
from mathcore.conformance.exact import entries
from mathcore.formulas import load
from mathcore.language.parser import Context
from mathcore.models import ConvergenceWarning, DenseNetwork, LinearRegression, LogisticRegression, SoftmaxRegression
from mathcore.models.dense_network import NetworkObjective
from mathcore.models.linear_objective import LinearObjective
from mathcore.numeric import one_hot
from mathcore.proof.balls import Point, enclose
from tests.models.data import standardised

N, D, M, H = 7, 3, 4, 5


def exact(text, context, values, **indices):
    """The formula at these floats and indices (from 0), to 50 digits."""
    sizes = {"N": N, "d": D, "m": M, "h": H}
    point = Point(sizes=sizes, values={k: entries(np.asarray(v)) for k, v in values.items()}, indices={
        k: v + 1 for k, v in indices.items()
    })  # fmt: skip
    found = enclose(context.parse(text), point, context.definitions)
    assert found.decided
    return float(found.value)


def derivation(card, key):
    return next(d for d in card.derivations if d.key == key)


def sides(card, key="gradient"):
    return derivation(card, key).claim.split(" = ", 1)


def objective(model, X, t, decay=None):
    return LinearObjective(model._loss, X, t, decay, model.bend, 1.0, np.ones(()), model._separates)


REGRESSIONS = {
    "linear_regression": (LinearRegression(), "y"),
    "logistic_regression": (LogisticRegression(), "t"),
    "softmax_regression": (SoftmaxRegression(), "T"),
}


def problem(name, seed):
    """Data, what the model learns from, what the card calls the same, and weights."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(N, D)) * rng.choice([0.1, 1.0, 10.0])
    X[:, -1] = 1.0  # the bias is the weight of a feature that is always 1
    scale = rng.choice([0.1, 1.0, 3.0])
    if name == "linear_regression":
        y = rng.normal(size=N)
        return X, y, {"y": y}, rng.normal(size=D) * scale
    if name == "logistic_regression":
        t = rng.integers(0, 2, N).astype(float)
        return X, t, {"t": t}, rng.normal(size=D) * scale
    t = rng.integers(0, M, N)
    return X, t, {"T": one_hot(t, M)}, rng.normal(size=(D, M)) * scale


def card_gradient(name, text, X, learned, w):
    card = load(name)
    values = {"X": X, ("W" if w.ndim == 2 else "w"): w} | learned
    if w.ndim == 1:
        return np.array([exact(text, card.context, values, j=j) for j in range(D)])
    return np.array([[exact(text, card.context, values, k=k, j=j) for j in range(M)] for k in range(D)])


def bar(X):
    return 1e-13 * (1 + np.abs(X).max() ** 2)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", REGRESSIONS)
@pytest.mark.parametrize("side", [0, 1], ids=["the derivative", "what the card derives"])
def test_a_regression_descends_the_gradient_of_its_card(name, side, seed):
    X, t, learned, w = problem(name, seed)
    _, gradient, _ = objective(REGRESSIONS[name][0], X, t).at(w)
    assert np.abs(gradient - card_gradient(name, sides(load(name))[side], X, learned, w)).max() < bar(X)


@pytest.mark.parametrize("name", ["linear_regression", "logistic_regression", "softmax_regression"])
def test_a_false_gradient_of_the_card_is_seen(name):
    """The twin: the comparison above refutes the gradients that the card calls false."""
    claims = [f.statement for f in load(name).false_claims if f.statement.split(" = ")[0] == sides(load(name))[0]]
    assert claims
    for claim in claims:
        X, t, learned, w = problem(name, 1)
        _, gradient, _ = objective(REGRESSIONS[name][0], X, t).at(w)
        assert np.abs(gradient - card_gradient(name, claim.split(" = ", 1)[1], X, learned, w)).max() > 1e6 * bar(X)


@pytest.mark.parametrize("name", REGRESSIONS)
def test_the_loss_is_that_of_the_card(name):
    X, t, learned, w = problem(name, 5)
    loss, _, _ = objective(REGRESSIONS[name][0], X, t).at(w)
    card = load(name)
    head = card.define.split(" = ")[0]
    values = {"X": X, ("W" if w.ndim == 2 else "w"): w} | learned
    assert abs(loss - exact(head, card.context, values)) < bar(X) * (1 + loss)


@pytest.mark.parametrize("name", REGRESSIONS)
def test_the_penalty_adds_its_slope(name):
    """weight_decay derives D(penalty(w, lam), w[l]) = lam w[l]."""
    X, t, _, w = problem(name, 2)
    decay = np.full((D,) + (1,) * (w.ndim - 1), 0.25)
    decay[-1] = 0.0
    plain, penalised = (objective(REGRESSIONS[name][0], X, t, d).at(w) for d in (None, decay))
    card = load("weight_decay")
    assert sides(card, "slope")[1] == "lam w[l]"
    columns = w.reshape(D, -1).T
    for column, difference in zip(columns, (penalised[1] - plain[1]).reshape(D, -1).T, strict=True):
        for j in range(D - 1):
            slope = exact(sides(card, "slope")[1], card.context, {"w": column, "lam": 0.25}, l=j)
            assert abs(difference[j] - slope) < bar(X)
        assert difference[-1] == 0.0
    assert abs(penalised[0] - plain[0] - 0.125 * np.sum(w[:-1] ** 2)) < bar(X)


# the network ------------------------------------------------------------------------------------------------------


def network_context():
    context = Context()
    for name in ("backpropagation", "softmax", "categorical_crossentropy", "tanh"):
        context = context.extend(load(name).exported)
    return context.given(
        "N, d, m, h: size; x: real[d]; W: real[d, h]; b: real[h]; V: real[h, m]; c: real[m]; t: simplex[m]; "
        "k, q, r: index[h]; f, g, l: index[d]; i, j, o: index[m]"
    )


ACTIVATION = {"tanh": "tanh({0})", "relu": "max({0}, 0)"}
SLOPE = {"tanh": "1 - tanh({0})^2", "relu": "max({0}, 0) / ({0})"}


def score(neuron, feature):
    return f"sum({feature}: x[{feature}] W[{feature}, {neuron}]) + b[{neuron}]"


def network_formulas(activation):
    """The gradients as the card writes them, what came in times the delta above, where the top is softmax less labels; and
    the loss."""
    act = ACTIVATION[activation].format
    z = f"vector(o: sum(q: V[q, o] {act(score('q', 'f'))}) + c[o])"
    top = f"vector(i: softmax({z})[i] - t[i])"
    slopes = f"vector(r: {SLOPE[activation].format(score('r', 'g'))})"
    low = f"backpropagation(V, {top}, {slopes})[k]"
    upper = f"(softmax({z})[j] - t[j])"
    gradients = {"W": f"x[l] {low}", "b": low, "V": f"{act(score('k', 'g'))} {upper}", "c": upper}
    return gradients, f"categorical_crossentropy(t, {z})"


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_the_network_descends_the_gradient_of_backpropagation(activation):
    rng = np.random.default_rng(3)
    X, t = rng.normal(size=(3, D)), rng.integers(0, M, 3)
    w = rng.normal(size=(D + 1) * H + (H + 1) * M)
    network = NetworkObjective(X, t, (D, H, M), activation, 0.0)
    loss, gradient, _ = network.at(w)
    W, b, V, c = network.parts(w)
    context, (formulas, whole) = network_context(), network_formulas(activation)
    axes = {"W": "lk", "b": "k", "V": "kj", "c": "j"}
    losses = []
    expected = {name: np.zeros(part.shape) for name, part in zip("WbVc", (W, b, V, c), strict=True)}
    for x, label in zip(X, t, strict=True):
        values = {"x": x, "W": W, "b": b, "V": V, "c": c, "t": one_hot(label, M)}
        losses.append(exact(whole, context, values))
        for name, table in expected.items():
            for place in np.ndindex(table.shape):
                table[place] += exact(formulas[name], context, values, **dict(zip(axes[name], place, strict=True))) / len(X)
    assert abs(loss - np.mean(losses)) < 1e-13
    for name, part in zip("WbVc", network.parts(gradient), strict=True):
        assert np.abs(part - expected[name]).max() < 1e-13, name


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_a_network_without_the_slope_of_its_activation_is_seen(activation):
    """The twin: the card's first false claim leaves the slope out."""
    rng = np.random.default_rng(3)
    X, t = rng.normal(size=(1, D)), rng.integers(0, M, 1)
    w = rng.normal(size=(D + 1) * H + (H + 1) * M)
    network = NetworkObjective(X, t, (D, H, M), activation, 0.0)
    W, b, V, c = network.parts(w)
    _, gradient, _ = network.at(w)
    values = {"x": X[0], "W": W, "b": b, "V": V, "c": c, "t": one_hot(t[0], M)}
    wrong = network_formulas(activation)[0]["b"].replace(SLOPE[activation].format(score("r", "g")), "1")
    found = np.array([exact(wrong, network_context(), values, k=k) for k in range(H)])
    assert np.abs(network.parts(gradient)[1] - found).max() > 0.01


# the steps --------------------------------------------------------------------------------------------------------


def recorded(monkeypatch, name):
    """Every step of an optimizer: the weights and the gradient that it got, what it remembered, and the weights it gave."""
    from mathcore.models import trainer

    calls, kind = [], trainer.STEPS[name]
    step = kind.step

    def watched(self, w, ahead, gradient):
        before = dict(vars(self))
        result = step(self, w, ahead, gradient)
        calls.append((w.copy(), ahead.copy(), gradient.copy(), before, result.copy()))
        return result

    monkeypatch.setattr(kind, "step", watched)
    return calls


STEPS = {
    "accelerated": lambda w, ahead, g, s: numeric.gradient_descent_step(ahead, g, s["rate"]),
    "gradient_descent": lambda w, ahead, g, s: numeric.gradient_descent_step(w, g, s["rate"]),
    "momentum": lambda w, ahead, g, s: numeric.momentum_step(w, g, s["velocity"], s["rate"], s["share"])[0],
    "adam": lambda w, ahead, g, s: numeric.adam_step(w, g, s["m"], s["v"], s["count"] + 1, s["rate"])[0],
}


@pytest.mark.parametrize(
    ("model", "optimizer"),
    [(model, step) for model in (LinearRegression, LogisticRegression, SoftmaxRegression) for step in STEPS]
    + [(DenseNetwork, step) for step in STEPS if step != "accelerated"],  # that is for convex losses
)
def test_every_step_is_one_of_numeric(monkeypatch, optimizer, model):
    """To the last bit."""
    calls = recorded(monkeypatch, optimizer)
    rng = np.random.default_rng(0)
    X, y = standardised(rng.normal(size=(20, 2))), rng.integers(0, 2, 20)
    fitted = model(optimizer=optimizer, epochs=5, tolerance=0, batch_size=None, l2=0.1, random_state=0)
    with nullcontext() if model is DenseNetwork else pytest.warns(ConvergenceWarning):
        fitted.fit(X, y)
    assert len(calls) == 5
    for *arguments, result in calls:
        assert np.array_equal(result, STEPS[optimizer](*arguments))
    last = calls[-1][-1]
    ours = fitted.coefs_[0].ravel() if model is DenseNetwork else fitted.coef_.T.ravel()
    assert np.allclose(last.ravel()[: ours.size], ours, rtol=1e-12, atol=0)


def test_a_step_that_is_none_of_numeric_is_seen(monkeypatch):
    """The twin: the momentum of another share."""
    calls = recorded(monkeypatch, "momentum")
    X = standardised(np.random.default_rng(0).normal(size=(20, 2)))
    with pytest.warns(ConvergenceWarning):
        LinearRegression(optimizer="momentum", momentum=0.8, epochs=3, tolerance=0).fit(X, X[:, 0])
    w, ahead, gradient, before, result = calls[-1]
    assert not np.array_equal(result, STEPS["momentum"](w, ahead, gradient, before | {"share": 0.9}))


# the losses: of few samples without the checks of each call -------------------------------------------------------


def labels_and_scores(rng, samples, classes=None):
    z = rng.normal(size=(samples, classes) if classes else samples) * rng.choice([1e-3, 1.0, 30.0, 800.0])
    return (rng.integers(0, classes, samples) if classes else rng.integers(0, 2, samples).astype(float)), z


@pytest.mark.parametrize("samples", [1, 7, 32, 150, 5000])
def test_losses_have_the_bits_of_numeric(samples):
    rng = np.random.default_rng(samples)
    for _ in range(30):
        y, z = rng.normal(size=(2, samples)) * rng.choice([1e-160, 1.0, 1e160])
        with np.errstate(all="ignore"):
            loss, errors, _ = LinearRegression()._loss(y, z)
            value, gradient = numeric.mean_squared_error_value_and_grad(y, z)
            assert loss == value
            assert np.array_equal(errors, gradient)
            t, z = labels_and_scores(rng, samples)
            loss, errors, right = LogisticRegression()._loss(t, z)
            values, gradient = numeric.binary_crossentropy_value_and_grad(t, z, from_logits=True)
            assert (loss, right) == (np.sum(values) / samples, np.sum((z > 0) == (t == 1)))
            assert np.array_equal(errors, gradient / samples)
            t, z = labels_and_scores(rng, samples, int(rng.integers(2, 6)))
            loss, errors, right = SoftmaxRegression()._loss(t, z)
            values, gradient = numeric.sparse_categorical_crossentropy_value_and_grad(t, z, from_logits=True)
            assert (loss, right) == (np.sum(values) / samples, np.sum(z.argmax(axis=1) == t))
            assert np.array_equal(errors, gradient / samples)

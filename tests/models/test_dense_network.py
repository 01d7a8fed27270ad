"""The network learns what no line separates, and digits."""

import numpy as np
import pytest

from mathcore.models import ConvergenceWarning, DenseNetwork, DivergenceError, SoftmaxRegression
from mathcore.models.dense_network import NetworkObjective

CORNERS, XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), [0, 1, 1, 0]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_a_hidden_layer_learns_xor(activation, seed):
    model = DenseNetwork(8, activation=activation, learning_rate=0.05, epochs=300, random_state=seed).fit(CORNERS, XOR)
    assert model.score(CORNERS, XOR) == 1
    assert model.loss_ < 0.01


def test_without_a_hidden_layer_xor_is_a_coin():
    """The optimum of softmax regression knows nothing: all probabilities are 1/2."""
    model = SoftmaxRegression().fit(CORNERS, XOR)
    assert np.abs(model.predict_proba(CORNERS) - 0.5).max() < 1e-6


def test_rings_are_learned():
    rng = np.random.default_rng(0)
    angle, radius = rng.uniform(0, 2 * np.pi, 300), np.repeat([0.5, 1.0, 1.5], 100) + rng.normal(0, 0.05, 300)
    X, y = np.column_stack((radius * np.cos(angle), radius * np.sin(angle))), np.repeat([0, 1, 2], 100)
    model = DenseNetwork(32, learning_rate=0.02, epochs=150, random_state=0).fit(X, y)
    assert model.score(X, y) > 0.95
    assert SoftmaxRegression(l2=0.01).fit(X, y).score(X, y) < 0.6


@pytest.mark.peers("sklearn")
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_digits_are_read(activation):
    from sklearn import datasets

    X, y = datasets.load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(y))
    train, test = order[:1300], order[1300:]
    model = DenseNetwork(32, activation=activation, epochs=15, random_state=0).fit(X[train] / 16, y[train])
    assert model.score(X[test] / 16, y[test]) > 0.95


def test_neurons_that_start_equal_stay_equal():
    """The card random_start, on the objective itself: the gradients of equal neurons are equal."""
    rng = np.random.default_rng(0)
    network = NetworkObjective(rng.normal(size=(10, 3)), rng.integers(0, 2, 10), (3, 4, 2), "tanh", 0.0)
    w = rng.normal(size=(3 + 1) * 4 + (4 + 1) * 2)
    W, b, V, _ = network.parts(w)
    W[...], b[...], V[...] = W[:, :1], b[:1], V[:1]
    gW, gb, gV, _ = network.parts(network.at(w)[1])
    assert np.ptp(gW, axis=1).max() < 1e-15
    assert np.ptp(gb) < 1e-15
    assert np.ptp(gV, axis=0).max() < 1e-15


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("l2", [0.0, 0.1])
def test_the_gradient_is_the_slope_of_the_loss(activation, l2):
    """Against differences of the loss; the cards' own expressions are compared in test_gradients.py."""
    rng = np.random.default_rng(1)
    network = NetworkObjective(rng.normal(size=(20, 3)), rng.integers(0, 3, 20), (3, 5, 3), activation, l2)
    w = rng.normal(size=(3 + 1) * 5 + (5 + 1) * 3)
    gradient = network.at(w)[1]
    h = 1e-6
    for j in range(len(w)):
        up, down = w.copy(), w.copy()
        up[j] += h
        down[j] -= h
        assert gradient[j] == pytest.approx((network.at(up)[0] - network.at(down)[0]) / (2 * h), abs=1e-8)


def test_a_penalty_spares_the_biases():
    network = NetworkObjective(np.zeros((1, 2)), np.array([0]), (2, 3, 2), "tanh", 1.0)
    w = np.ones(2 * 3 + 3 + 3 * 2 + 2)
    plain = NetworkObjective(network.X, network.t, network.sizes, "tanh", 0.0)
    W, b, V, c = network.parts(network.at(w)[1] - plain.at(w)[1])
    assert (W == 1).all() and (V == 1).all()
    assert not b.any() and not c.any()


def test_a_huge_rate_is_said_to_diverge():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(50, 4)), rng.integers(0, 2, 50)
    with pytest.raises(DivergenceError, match="A network is not convex: no rate follows from the data"):
        DenseNetwork(activation="relu", optimizer="gradient_descent", learning_rate=1e4, random_state=0).fit(X, y)


def test_a_network_that_learned_nothing_says_so():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(50, 4)), rng.integers(0, 2, 50)
    with pytest.warns(ConvergenceWarning, match=r"more than that of knowing nothing, log 2 = 0.693"):
        DenseNetwork(learning_rate=10.0, epochs=2, random_state=0).fit(X, y)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"hidden": 0}, "hidden must be at least 1"),
        ({"activation": "sigmoid"}, "activation must be one of 'tanh', 'relu', got 'sigmoid'"),
        ({"optimizer": "accelerated"}, 'optimizer="accelerated" is for convex losses'),
        ({"learning_rate": None}, "learning_rate must be given"),
    ],
)
def test_a_wrong_parameter_is_named(parameters, words):
    with pytest.raises(ValueError, match=words):
        DenseNetwork(**parameters).fit(CORNERS, XOR)

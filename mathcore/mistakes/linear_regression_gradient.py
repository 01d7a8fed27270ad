"""Wrong gradients of linear regression."""

import numpy as np


def _data(X, y, w):
    return np.asarray(X, dtype=float), np.asarray(y, dtype=float), np.asarray(w, dtype=float)


@np.errstate(all="ignore")
def without_the_two(X, y, w):
    """Forgets the 2 that the derivative of a square brings: half as steep as the loss is."""
    X, y, w = _data(X, y, w)
    return X.T @ (X @ w - y) / len(y)


@np.errstate(all="ignore")
def of_the_sum(X, y, w):
    """Differentiates the sum of the squares instead of their mean: too large by the factor N."""
    X, y, w = _data(X, y, w)
    return 2 * X.T @ (X @ w - y)


@np.errstate(all="ignore")
def uphill(X, y, w):
    """Label minus prediction, the gradient with its sign turned: a step of gradient descent then climbs."""
    X, y, w = _data(X, y, w)
    return 2 * X.T @ (y - X @ w) / len(y)


@np.errstate(all="ignore")
def divided_by_features(X, y, w):
    """Divides by the number of features instead of samples: X.T has the features in its rows."""
    X, y, w = _data(X, y, w)
    return 2 * X.T @ (X @ w - y) / len(X.T)


@np.errstate(all="ignore")
def without_features(X, y, w):
    """Gives each weight the mean error and forgets its feature: right for a bias alone."""
    X, y, w = _data(X, y, w)
    return np.full(len(w), 2 * np.mean(X @ w - y))


@np.errstate(all="ignore")
def of_the_labels_alone(X, y, w):
    """Leaves out the predictions: right at the weights 0, the first step, and the same at every later one."""
    X, y, w = _data(X, y, w)
    return -2 * X.T @ y / len(y)


@np.errstate(all="ignore")
def column_of_labels(X, y, w):
    """Subtracts labels in a column from predictions in a row: every prediction meets every label, and the mean hides it."""
    X, y, w = _data(X, y, w)
    errors = X @ w - y[:, None]
    return 2 * X.T @ errors.mean(axis=0) / len(y)


@np.errstate(all="ignore")
def normalised(X, y, w):
    """Divides the gradient by its length, as for a step of length 1: all that is left is its direction."""
    X, y, w = _data(X, y, w)
    gradient = 2 * X.T @ (X @ w - y) / len(y)
    return gradient / np.linalg.norm(gradient)

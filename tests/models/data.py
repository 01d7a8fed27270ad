"""Data to learn from: scikit-learn's own sets, standardised, where it is installed; drawn ones; and the least loss of each."""

from dataclasses import dataclass

import numpy as np

from mathcore.models import LinearRegression, LogisticRegression, SoftmaxRegression

NAMES = ("iris", "wine", "digits", "breast_cancer", "diabetes")


@dataclass(frozen=True)
class Problem:
    """Features, labels, and the model that they are for."""

    name: str
    X: np.ndarray
    y: np.ndarray
    model: type

    @property
    def l2(self):
        """scikit-learn's C = 1."""
        return 1 / len(self.y)


def standardised(X):
    """Each feature with mean 0 and standard deviation 1; a constant one stays 0."""
    centred = X - X.mean(axis=0)
    deviation = centred.std(axis=0)
    return centred / np.where(deviation > 0, deviation, 1)


def bundled(name):
    """A set that comes with scikit-learn: nothing is downloaded."""
    from sklearn import datasets

    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    model = {"diabetes": LinearRegression, "breast_cancer": LogisticRegression}.get(name, SoftmaxRegression)
    return Problem(name, standardised(X), y, model)


def drawn(kind, samples=200, features=6, classes=3, seed=0):
    """Standard normal features, correlated; labels from a noisy model of the same kind: the classes overlap."""
    rng = np.random.default_rng(seed)
    X = standardised(rng.normal(size=(samples, features)) @ (np.eye(features) + rng.normal(size=(features, features)) / 3))
    if kind == "numbers":
        return Problem(kind, X, X @ rng.normal(size=features) * 10 + rng.normal(size=samples) + 100, LinearRegression)
    if kind == "two classes":
        classes = 2
    z = X @ rng.normal(size=(features, classes)) + rng.gumbel(size=(samples, classes))
    model = LogisticRegression if kind == "two classes" else SoftmaxRegression
    return Problem(kind, X, z.argmax(axis=1), model)


def loss(problem, coef, intercept, l2):
    """Mean loss and penalty at these weights, by plain formulas of our own."""
    z = problem.X @ np.asarray(coef).T + intercept
    if problem.model is LinearRegression:
        value = np.mean((z - problem.y) ** 2)
    else:
        z = np.column_stack((np.zeros(len(z)), z)) if z.ndim == 1 or z.shape[1] == 1 else z
        value = np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), problem.y])
    return float(value + l2 / 2 * np.sum(np.square(coef)))


def least_loss(problem, l2):
    """By Newton's method, to the last digits; the direction in which all classes move alike is left alone."""
    X = np.column_stack((problem.X, np.ones(len(problem.y))))
    n, d = X.shape
    classes = problem.y.max() + 1
    one = problem.model is LogisticRegression
    W = np.zeros((d, 1 if one else classes))
    penalty = np.full(d, l2)
    penalty[-1] = 0
    T = np.eye(classes)[problem.y]
    for _ in range(50):
        z = X @ W
        full = np.column_stack((np.zeros(n), z)) if one else z
        P = np.exp(full - np.logaddexp.reduce(full, axis=1)[:, None])
        if one:
            P, T = P[:, 1:], T[:, -1:]
        k = W.shape[1]
        gradient = X.T @ (P - T) / n + penalty[:, None] * W
        hessian = np.zeros((k, d, k, d))
        for i in range(k):
            for j in range(k):
                hessian[i, :, j] = (X * (P[:, i] * ((i == j) - P[:, j]))[:, None]).T @ X / n + (i == j) * np.diag(penalty)
        step = np.linalg.lstsq(hessian.reshape(k * d, k * d), gradient.T.ravel(), rcond=1e-12)[0].reshape(k, d).T
        W = W - step
        if np.abs(step).max() < 1e-12 * (1 + np.abs(W).max()):
            break
    return loss(problem, W[:-1].T, W[-1], l2)


def theirs(problem, l2):
    """scikit-learn's estimator of the same loss, at its optimum."""
    from sklearn import linear_model
    from threadpoolctl import threadpool_limits

    n = len(problem.y)
    if problem.model is LinearRegression:
        return (linear_model.Ridge(alpha=n * l2 / 2) if l2 else linear_model.LinearRegression()).fit(problem.X, problem.y)
    with threadpool_limits(1):  # two threads on one busy core wait for each other for a minute
        return linear_model.LogisticRegression(C=1 / (n * l2), tol=1e-8, max_iter=100_000).fit(problem.X, problem.y)

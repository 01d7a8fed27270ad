"""Textbook versions that the implementations build on: stable, in the format of their input, no tricks for the last digits."""

import numpy as np


def floats(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


def softmax(z, axis=-1):
    z = floats(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def logsumexp(z, axis=-1, keepdims=False):
    z = floats(z)
    top = z.max(axis=axis, keepdims=True)
    total = top + np.log(np.exp(z - top).sum(axis=axis, keepdims=True))
    return total if keepdims else np.squeeze(total, axis=axis)


def log_softmax(z, axis=-1):
    z = floats(z)
    d = z - z.max(axis=axis, keepdims=True)
    return d - np.log(np.exp(d).sum(axis=axis, keepdims=True))


def sigmoid(x):
    x = floats(x)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def softplus(x):
    x = floats(x)
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def xlogx(p):
    """p log p with 0 log 0 = 0."""
    p = floats(p)
    return p * np.log(np.where(p > 0, p, 1))


def entropy(p, axis=-1):
    return -xlogx(p).sum(axis=axis)


def xlogy(p, q):
    """p log q, 0 where p = 0."""
    p, q = floats(p), floats(q)
    return p * np.log(np.where(p > 0, q, 1))


def kl_divergence(p, q, axis=-1):
    return (xlogx(p) - xlogy(p, q)).sum(axis=axis)


def js_divergence(p, q, axis=-1):
    p, q = floats(p), floats(q)
    m = (p + q) / 2
    return (kl_divergence(p, m, axis) + kl_divergence(q, m, axis)) / 2


def binary_crossentropy(t, z):
    t, z = floats(t), floats(z)
    return t * softplus(-z) + (1 - t) * softplus(z)


def bernoulli_crossentropy(t, p):
    t, p = floats(t), floats(p)
    return -xlogy(t, p) - xlogy(1 - t, 1 - p)


def linear_regression_gradient(X, y, w):
    X, y, w = floats(X), floats(y), floats(w)
    return 2 * X.T @ (X @ w - y) / y.dtype.type(y.size)


def categorical_crossentropy(t, z, axis=-1):
    t, logp = floats(t), log_softmax(z, axis)
    return -(t * np.where(t > 0, logp, 0)).sum(axis=axis)


def at_labels(values, labels):
    """The entry of each row that its label names."""
    labels = np.asarray(labels)
    if np.any(labels < 0) or np.any(labels >= values.shape[-1]):
        raise ValueError(f"labels must lie in 0..{values.shape[-1] - 1}")
    return np.take_along_axis(values, labels[..., None], axis=-1)[..., 0]


def sparse_categorical_crossentropy(t, z):
    return -at_labels(log_softmax(z), t)


def one_hot(t, n):
    return (np.asarray(t)[..., None] == np.arange(n)).astype(np.float64)


def sparse_categorical_crossentropy_gradient(t, z):
    z = floats(z)
    return softmax(z) - one_hot(t, z.shape[-1]).astype(z.dtype)


def miss(t, z):
    t = floats(t)
    return t * sigmoid(-floats(z)) + (1 - t) * sigmoid(z)


def focal_loss(t, z, gamma):
    return miss(t, z) ** gamma * binary_crossentropy(t, z)


def focal_loss_gradient(t, z, gamma):
    t, z = floats(t), floats(z)
    m, slope = miss(t, z), sigmoid(z) * sigmoid(-z)
    more = gamma * (1 - 2 * t) * slope * binary_crossentropy(t, z) / np.where(m > 0, m, 1)
    return m**gamma * (binary_crossentropy_gradient(t, z) + more)


def binary_crossentropy_gradient(t, z):
    t, z = floats(t), floats(z)
    return (1 - t) * sigmoid(z) - t * sigmoid(-z)


def huber(t, y, c):
    r = np.abs(floats(y) - floats(t))
    return np.where(r <= c, r * r / 2, c * (r - c / 2))


def mutual_information(P):
    """Of any table: for one that sums to T it is T times that of its shares."""
    P = floats(P)
    total = P.sum()
    P = P / total
    expected = P.sum(axis=1, keepdims=True) * P.sum(axis=0, keepdims=True)
    seen = P > 0
    return total * (P[seen] * np.log(P[seen] / expected[seen])).sum()


def adam(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Weights and both moments after a step, computed in float64."""
    w, g, m, v = (np.asarray(a, dtype=np.float64) for a in (w, g, m, v))
    eta, beta1, beta2, epsilon = (float(a) for a in (eta, beta1, beta2, epsilon))
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - eta * m_hat / (np.sqrt(v_hat) + epsilon), m, v

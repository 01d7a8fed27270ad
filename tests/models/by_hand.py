"""The same training written by hand in plain NumPy, as a course does it: what the models are timed against.

Textbook formulas, float64, one loop: Nesterov's steps with restarts at a fixed rate, loss and accuracy noted every epoch.
"""

import numpy as np


def squared(z, t):
    errors = z - t
    return np.mean(errors**2), 2 * errors / len(t), None


def binary(z, t):
    p = 1 / (1 + np.exp(-z))
    loss = np.mean(np.logaddexp(0, z) - t * z)
    return loss, (p - t) / len(t), np.mean((z > 0) == t)


def categorical(z, t):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(t))
    loss = -np.mean(np.log(p[rows, t]))
    accuracy = np.mean(p.argmax(axis=1) == t)
    p[rows, t] -= 1
    return loss, p / len(t), accuracy


def train(X, t, loss_of, shape, rate, l2, epochs):
    """Weights, bias and the lists of losses and accuracies after `epochs` accelerated steps from 0."""
    w, b = np.zeros((X.shape[1], *shape)), np.zeros(shape)
    last_w, last_b = w, b
    s = 1.0
    losses, accuracies = [], []
    for _ in range(epochs):
        following = (1 + np.sqrt(1 + 4 * s**2)) / 2
        share = (s - 1) / following
        ahead_w, ahead_b = w + share * (w - last_w), b + share * (b - last_b)
        loss, errors, accuracy = loss_of(X @ ahead_w + ahead_b, t)
        gradient_w, gradient_b = X.T @ errors + l2 * ahead_w, errors.sum(axis=0)
        losses.append(loss + l2 / 2 * np.sum(ahead_w**2))
        accuracies.append(accuracy)
        new_w, new_b = ahead_w - rate * gradient_w, ahead_b - rate * gradient_b
        if np.sum(gradient_w * (new_w - w)) + np.sum(gradient_b * (new_b - b)) > 0:
            last_w, last_b, s = new_w, new_b, 1.0
        else:
            last_w, last_b, s = w, b, following
        w, b = new_w, new_b
    return w, b, losses, accuracies


def descend(X, t, loss_of, shape, rate, optimizer, size, epochs, seed):
    """The losses of `epochs` passes in batches of `size`, by gradient descent, momentum 0.9 or Adam, from 0."""
    random, n = np.random.default_rng(seed), len(t)
    w, b = np.zeros((X.shape[1], *shape)), np.zeros(shape)
    mw, mb, vw, vb = np.zeros_like(w), np.zeros_like(b), np.zeros_like(w), np.zeros_like(b)
    losses, count = [], 0
    for _ in range(epochs):
        order = random.permutation(n) if size < n else np.arange(n)
        total = 0.0
        for start in range(0, n, size):
            rows = order[start : start + size]
            x, y = (X[rows], t[rows]) if size < n else (X, t)
            loss, errors, _ = loss_of(x @ w + b, y)
            gradient_w, gradient_b = x.T @ errors, errors.sum(axis=0)
            total += loss * len(y) / n
            count += 1
            if optimizer == "gradient_descent":
                w, b = w - rate * gradient_w, b - rate * gradient_b
            elif optimizer == "momentum":
                mw, mb = 0.9 * mw - rate * gradient_w, 0.9 * mb - rate * gradient_b
                w, b = w + mw, b + mb
            else:
                mw, mb = 0.9 * mw + 0.1 * gradient_w, 0.9 * mb + 0.1 * gradient_b
                vw, vb = 0.999 * vw + 0.001 * gradient_w**2, 0.999 * vb + 0.001 * gradient_b**2
                first, second = 1 - 0.9**count, 1 - 0.999**count
                w = w - rate * (mw / first) / (np.sqrt(vw / second) + 1e-8)
                b = b - rate * (mb / first) / (np.sqrt(vb / second) + 1e-8)
        losses.append(total)
    return losses

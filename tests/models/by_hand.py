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

import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def entropy(p):
    p = np.asarray(p)
    safe = np.where(p > 0, p, 1)
    return -np.sum(p * np.log(safe), axis=-1)


def mse(y, t):
    return np.mean((y - t) ** 2, axis=-1)


def relu(x):
    return np.maximum(x, 0)

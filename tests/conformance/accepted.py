"""Textbook-correct code for every card, in plain NumPy and in the format of its input: what `ordinary` has to accept.

Each works in the format of its arguments from end to end (a Python number takes the format of the array beside it), sums
from left to right, by `sum` or by `dot`, and takes no more care than a good textbook does.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

Function = Callable[..., Any]


def added(x):
    """From left to right, each partial sum rounded to the format: the worst order there is in common use."""
    total = x.dtype.type(0)
    for value in x.reshape(-1):
        total = total + value
    return total


def by_entry(x, function):
    """A function of the math module, rounded to the format of the input."""
    return np.asarray([function(float(v)) for v in np.reshape(x, -1)], dtype=x.dtype).reshape(np.shape(x))[()]


def times_log(p, q):
    """p log q with 0 log 0 = 0."""
    return np.where(p == 0, p.dtype.type(0), p * np.log(np.where(p == 0, p.dtype.type(1), q)))


# activations and probabilities of one number --------------------------------------------------------------------------


def sigmoid_of_the_definition(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_by_tanh(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


def sigmoid_by_sign(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_by_logaddexp(x):
    return np.exp(-np.logaddexp(x.dtype.type(0), -x))


def sigmoid_as_one_minus(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), 1 - 1 / (1 + e))


def tanh_of_the_library(x):
    return np.tanh(x)


def tanh_by_sigmoid(x):
    return 2 * sigmoid_of_the_definition(2 * x) - 1


def tanh_by_exp(x):
    e = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - e) / (1 + e)


def tanh_by_expm1(x):
    e = np.expm1(-2 * np.abs(x))
    return -np.sign(x) * e / (e + 2)


def softplus_by_log1p(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def softplus_by_logaddexp(x):
    return np.logaddexp(x, x.dtype.type(0))


def softplus_by_log(x):
    return np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(x)))


def softplus_by_sign(x):
    return np.where(x > 0, x + np.log(1 + np.exp(-np.abs(x))), np.log1p(np.exp(np.minimum(x, 0))))


def log_sigmoid_by_log1p(x):
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))


def log_sigmoid_by_logaddexp(x):
    return -np.logaddexp(x.dtype.type(0), -x)


def log_sigmoid_by_log(x):
    return -softplus_by_log(-x)


def log_sigmoid_by_sign(x):
    return np.where(x > 0, np.log(1 / (1 + np.exp(-np.abs(x)))), x - np.log(1 + np.exp(-np.abs(x))))


def silu_as_product(x):
    return x * sigmoid_of_the_definition(x)


def silu_as_quotient(x):
    return x / (1 + np.exp(-x))


def silu_by_tanh(x):
    return x * sigmoid_by_tanh(x)


def silu_by_sign(x):
    return x * sigmoid_as_one_minus(x)


def mish_by_softplus(x):
    return x * np.tanh(softplus_by_log1p(x))


def mish_by_log(x):
    return x * np.tanh(softplus_by_log(x))


def mish_by_logaddexp(x):
    return x * tanh_by_exp(softplus_by_logaddexp(x))


def mish_by_sigmoid(x):
    return x * tanh_by_sigmoid(softplus_by_log(x))


def mish_as_quotient(x):
    e = np.exp(-np.abs(x))
    return x * np.where(x >= 0, (1 + 2 * e) / (1 + 2 * e + 2 * e * e), (e * e + 2 * e) / (e * e + 2 * e + 2))


def gelu_by_erf(x):
    return 0.5 * x * (1 + by_entry(x / math.sqrt(2), math.erf))


def gelu_by_erf_of_the_product(x):
    return x * (0.5 * (1 + by_entry(x * (1 / math.sqrt(2)), math.erf)))


def gelu_by_erfc(x):
    return 0.5 * x * by_entry(-x / math.sqrt(2), math.erfc)


def relu_by_maximum(x):
    return np.maximum(x, 0)


def relu_by_where(x):
    return np.where(x > 0, x, 0)


def relu_as_product(x):
    return x * (x > 0)


def leaky_relu_by_where(x):
    return np.where(x > 0, x, 0.01 * x)


def leaky_relu_by_maximum(x):
    return np.maximum(x, 0.01 * x)


def leaky_relu_in_two_parts(x):
    return np.maximum(x, 0) + 0.01 * np.minimum(x, 0)


def logit_of_the_odds(p):
    return np.log(p / (1 - p))


def logit_by_log1p(p):
    return np.log(p) - np.log1p(-p)


def logit_as_difference(p):
    return np.log(p) - np.log(1 - p)


def binary_entropy_by_log(p):
    return -times_log(p, p) - times_log(1 - p, 1 - p)


def binary_entropy_by_log1p(p):
    return -times_log(p, p) - np.where(p == 1, p.dtype.type(0), (1 - p) * np.log1p(-p))


def binary_entropy_by_log2(p):
    q = 1 - p
    bits = np.where(p > 0, p * np.log2(p), p.dtype.type(0)) + np.where(q > 0, q * np.log2(q), p.dtype.type(0))
    return -bits * math.log(2)


# softmax, logsumexp and the losses from logits ------------------------------------------------------------------------


def logsumexp_by_shift(z):
    m = z.max()
    return m + np.log(np.exp(z - m).sum())


def logsumexp_by_loop(z):
    m = z.max()
    return m + np.log(added(np.exp(z - m)))


def logsumexp_by_log1p(z):
    m = int(np.argmax(z))
    return z[m] + np.log1p(added(np.exp(np.delete(z, m) - z[m])))


def logsumexp_by_logaddexp(z):
    return np.logaddexp.reduce(z)


def logsumexp_by_logaddexp_of_a_loop(z):
    total = z[0]
    for value in z[1:]:
        total = np.logaddexp(total, value)
    return total


def logsumexp_in_order(z):
    z = np.sort(z)
    return z[-1] + np.log(np.einsum("k->", np.exp(z - z[-1])))


def softmax_by_shift(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def softmax_by_loop(z):
    e = np.exp(z - z.max())
    return e * (1 / added(e))


def softmax_in_log_space(z):
    return np.exp(z - logsumexp_by_shift(z))


def softmax_in_log_space_by_loop(z):
    return np.exp(z - logsumexp_by_loop(z))


def softmax_of_log_softmax(z):
    return np.exp(log_softmax_by_shift(z))


def log_softmax_by_shift(z):
    d = z - z.max()
    return d - np.log(np.exp(d).sum())


def log_softmax_by_loop(z):
    d = z - z.max()
    return d - np.log(added(np.exp(d)))


def log_softmax_by_logsumexp(z):
    return z - logsumexp_by_shift(z)


def log_softmax_by_logsumexp_of_a_loop(z):
    return z - logsumexp_by_loop(z)


def sparse_by_shift(t, z):
    return -log_softmax_by_shift(z)[t]


def sparse_by_loop(t, z):
    return -log_softmax_by_loop(z)[t]


def sparse_by_logsumexp(t, z):
    return logsumexp_by_loop(z) - z[t]


def sparse_by_shifted_sum(t, z):
    d = z - z.max()
    return np.log(added(np.exp(d))) - d[t]


def _covered(t, terms):
    """The products with the labels, where 0 times a mask is 0."""
    return np.where(t == 0, t.dtype.type(0), t * terms)


def categorical_by_log_softmax(t, z):
    return -_covered(t, log_softmax_by_shift(z)).sum()


def categorical_by_loop(t, z):
    return -added(_covered(t, log_softmax_by_loop(z)))


def categorical_by_log_space(t, z):
    return -added(_covered(t, log_softmax_by_logsumexp_of_a_loop(z)))


def categorical_by_logsumexp(t, z):
    return logsumexp_by_loop(z) - added(_covered(t, z))


def categorical_by_total(t, z):
    return added(t) * logsumexp_by_shift(z) - _covered(t, z).sum()


def categorical_gradient(t, z):
    return softmax_by_shift(z) - t


def categorical_gradient_by_loop(t, z):
    return softmax_by_loop(z) - t


def categorical_gradient_in_log_space(t, z):
    return softmax_in_log_space(z) - t


def categorical_gradient_by_total(t, z):
    return added(t) * softmax_in_log_space_by_loop(z) - t


def _less_one(s, t):
    s[t] -= 1
    return s


def sparse_gradient(t, z):
    return _less_one(softmax_by_shift(z), t)


def sparse_gradient_by_loop(t, z):
    return _less_one(softmax_by_loop(z), t)


def sparse_gradient_in_log_space(t, z):
    return _less_one(softmax_in_log_space_by_loop(z), t)


def sparse_gradient_by_one_hot(t, z):
    return softmax_of_log_softmax(z) - np.eye(len(z), dtype=z.dtype)[t]


def binary_by_log1p(t, z):
    return np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z)))


def binary_by_log(t, z):
    return np.maximum(z, 0) - z * t + np.log(1 + np.exp(-np.abs(z)))


def binary_by_logaddexp(t, z):
    return np.logaddexp(z.dtype.type(0), z) - t * z


def binary_by_softplus(t, z):
    return t * softplus_by_log(-z) + (1 - t) * softplus_by_log(z)


def binary_by_log_sigmoid(t, z):
    return -(t * log_sigmoid_by_log1p(z) + (1 - t) * log_sigmoid_by_log(-z))


def binary_by_torch(t, z):
    return (1 - t) * z - log_sigmoid_by_log1p(z)


def bernoulli_by_log(t, p):
    return -(times_log(t, p) + times_log(1 - t, 1 - p))


def bernoulli_by_log1p(t, p):
    return -times_log(t, p) - np.where(t == 1, p.dtype.type(0), (1 - t) * np.log1p(-p))


def bernoulli_of_the_support(t, p):
    zero = p.dtype.type(0)
    yes = -t * np.log(p) if t > 0 else zero
    return yes - (1 - t) * np.log(1 - p) if t < 1 else yes


def binary_gradient(t, z):
    return sigmoid_of_the_definition(z) - t


def binary_gradient_by_tanh(t, z):
    return sigmoid_by_tanh(z) - t


def binary_gradient_by_sign(t, z):
    return sigmoid_as_one_minus(z) - t


def binary_gradient_in_two_parts(t, z):
    return (1 - t) * sigmoid_of_the_definition(z) - t * sigmoid_of_the_definition(-z)


def focal_by_the_paper(t, z, gamma):
    p = sigmoid_of_the_definition(z)
    right = p * t + (1 - p) * (1 - t)
    return binary_by_log1p(t, z) * (1 - right) ** gamma


def focal_by_misses(t, z, gamma):
    miss = t * sigmoid_by_sign(-z) + (1 - t) * sigmoid_by_sign(z)
    return miss**gamma * binary_by_softplus(t, z)


def focal_by_tanh(t, z, gamma):
    p = sigmoid_by_tanh(z)
    return np.power(t * (1 - p) + (1 - t) * p, gamma) * binary_by_log_sigmoid(t, z)


def _focal_gradient(t, z, gamma, p, q, loss):
    miss = t * q + (1 - t) * p
    return miss**gamma * (p - t) + gamma * miss ** (gamma - 1) * (1 - 2 * t) * p * q * loss


def focal_gradient_by_sigmoids(t, z, gamma):
    return _focal_gradient(t, z, gamma, sigmoid_by_sign(z), sigmoid_by_sign(-z), binary_by_log1p(t, z))


def focal_gradient_by_log(t, z, gamma):
    return _focal_gradient(t, z, gamma, sigmoid_of_the_definition(z), sigmoid_of_the_definition(-z), binary_by_softplus(t, z))


def focal_gradient_by_the_paper(t, z, gamma):
    p = sigmoid_of_the_definition(z)
    return _focal_gradient(t, z, gamma, p, 1 - p, binary_by_log1p(t, z))


# information ----------------------------------------------------------------------------------------------------------


def entropy_by_sum(p):
    return -times_log(p, p).sum()


def entropy_by_loop(p):
    return -added(times_log(p, p))


def entropy_by_log2(p):
    return -added(np.where(p > 0, p * np.log2(p), p.dtype.type(0))) * math.log(2)


def entropy_of_the_support(p):
    p = p[p > 0]
    return -np.dot(p, np.log(p))


def perplexity_of_the_sum(p):
    return np.exp(entropy_by_sum(p))


def perplexity_of_a_loop(p):
    return np.exp(entropy_by_loop(p))


def perplexity_by_log2(p):
    return np.exp2(-added(np.where(p > 0, p * np.log2(p), p.dtype.type(0))))


def entropy_of_reciprocals(p):
    return added(np.where(p > 0, p * np.log(1 / np.where(p > 0, p, p.dtype.type(1))), p.dtype.type(0)))


def crossentropy_of_reciprocals(p, q):
    return added(np.where(p > 0, p * np.log(1 / np.where(p > 0, q, p.dtype.type(1))), p.dtype.type(0)))


def crossentropy_by_sum(p, q):
    return -times_log(p, q).sum()


def crossentropy_by_loop(p, q):
    return -added(times_log(p, q))


def crossentropy_by_log2(p, q):
    return -added(np.where(p > 0, p * np.log2(np.where(p > 0, q, p.dtype.type(1))), p.dtype.type(0))) * math.log(2)


def crossentropy_of_the_support(p, q):
    return -np.dot(p[p > 0], np.log(q[p > 0]))


def _ratio_terms(p, q):
    """p log(p/q), 0 where p = 0."""
    one = p.dtype.type(1)
    return np.where(p == 0, p.dtype.type(0), p * np.log(np.where(p == 0, one, p) / np.where(p == 0, one, q)))


def kl_of_ratios(p, q):
    return _ratio_terms(p, q).sum()


def kl_of_ratios_by_loop(p, q):
    return added(_ratio_terms(p, q))


def kl_of_logs(p, q):
    return added(times_log(p, p) - times_log(p, q))


def kl_as_difference(p, q):
    return crossentropy_by_loop(p, q) - entropy_by_loop(p)


def kl_by_log2(p, q):
    return crossentropy_by_log2(p, q) - entropy_by_log2(p)


def js_of_ratios(p, q):
    m = (p + q) / 2
    return (kl_of_ratios(p, m) + kl_of_ratios(q, m)) / 2


def js_by_loop(p, q):
    m = 0.5 * (p + q)
    return 0.5 * kl_of_ratios_by_loop(p, m) + 0.5 * kl_of_ratios_by_loop(q, m)


def js_of_logs(p, q):
    m = (p + q) / 2
    return (kl_of_logs(p, m) + kl_of_logs(q, m)) / 2


def js_by_entropies(p, q):
    return entropy_by_loop((p + q) / 2) - (entropy_by_loop(p) + entropy_by_loop(q)) / 2


def mutual_information_of_ratios(P):
    r, c, total = P.sum(1, keepdims=True), P.sum(0, keepdims=True), P.sum()
    return added(np.where(P > 0, P * np.log(np.where(P > 0, P * total / (r * c), 1)), P.dtype.type(0)))


def mutual_information_of_logs(P):
    r, c = P.sum(1, keepdims=True), P.sum(0, keepdims=True)
    terms = P * (np.log(P) + np.log(P.sum()) - np.log(r) - np.log(c))
    return np.where(P > 0, terms, P.dtype.type(0)).sum()


def mutual_information_by_entropies(P):
    r, c, total = P.sum(1), P.sum(0), added(P)[None]
    return added(times_log(P, P)) + added(times_log(total, total)) - added(times_log(r, r)) - added(times_log(c, c))


# losses of numbers, labels --------------------------------------------------------------------------------------------


def mse_by_mean(t, y):
    return np.mean((t - y) ** 2)


def mse_by_loop(t, y):
    return added((t - y) * (t - y)) / len(t)


def mse_by_dot(t, y):
    return np.dot(y - t, y - t) * (1 / len(t))


def mse_of_parts(t, y):
    return added(np.square(t - y) / len(t))


def mse_gradient(t, y):
    return 2 * (y - t) / len(t)


def mse_gradient_by_factor(t, y):
    return (2 / len(t)) * (y - t)


def mse_gradient_of_the_difference(t, y):
    return -2 * ((t - y) / len(t))


def linear_gradient(X, y, w):
    return 2 / len(y) * X.T @ (X @ w - y)


def linear_gradient_by_loops(X, y, w):
    errors = [added(row * w) - label for row, label in zip(X, y, strict=True)]
    return np.array([2 * added(column * np.array(errors)) / len(y) for column in X.T])


def linear_gradient_as_mean(X, y, w):
    return 2 * np.mean(X * (X @ w - y)[:, None], axis=0)


def linear_gradient_of_the_gram_matrix(X, y, w):
    return (2 * ((X.T @ X) @ w - X.T @ y) / len(y)).astype(X.dtype)


def mae_by_mean(t, y):
    return np.mean(np.abs(t - y))


def mae_by_loop(t, y):
    return added(np.abs(y - t)) / len(t)


def mae_of_parts(t, y):
    return added(np.abs(y - t) * (1 / len(t)))


def mae_gradient(t, y):
    return np.sign(y - t) / len(t)


def mae_gradient_by_factor(t, y):
    return np.where(y > t, 1, np.where(y < t, -1, 0)).astype(t.dtype) * (1 / len(t))


def huber_by_where(t, y, c):
    r = np.abs(y - t)
    return np.where(r <= c, 0.5 * r * r, c * (r - 0.5 * c))


def huber_by_squares(t, y, c):
    r = np.abs(y - t)
    return np.where(r < c, r**2 / 2, c * r - c**2 / 2)


def huber_by_minimum(t, y, c):
    r = np.abs(y - t)
    m = np.minimum(r, c)
    return 0.5 * m * m + c * (r - m)


def huber_gradient_by_clip(t, y, c):
    return np.clip(y - t, -c, c)


def huber_gradient_by_where(t, y, c):
    r = y - t
    return np.where(np.abs(r) <= c, r, c * np.sign(r))


def accuracy_by_argmax(t, z):
    return float(np.argmax(z) == t)


def accuracy_by_comparison(t, z):
    return np.float64(z[t] >= z.max())


def one_hot_by_comparison(t, n):
    return (np.arange(n) == t).astype(np.float64)


def one_hot_by_place(t, n):
    row = np.zeros(n)
    row[t] = 1
    return row


def label_smoothing_by_factor(t, eps):
    return (1 - eps) * t + eps / len(t)


def label_smoothing_by_step(t, eps):
    return t + eps * (1 / len(t) - t)


def label_smoothing_by_product(t, eps):
    return t * (1 - eps) + eps * (1 / len(t))


def cosine_of_norms(v, w):
    return np.dot(v, w) / (np.linalg.norm(v) * np.linalg.norm(w)).astype(v.dtype)


def cosine_of_the_distance(v, w):
    distance = 1 - cosine_of_norms(v, w)
    return 1 - distance


def cosine_by_loop(v, w):
    return added(v * w) / (np.sqrt(added(v * v)) * np.sqrt(added(w * w)))


def cosine_in_two_steps(v, w):
    return added(v * w) / np.sqrt(added(v * v)) / np.sqrt(added(w * w))


def cosine_of_directions(v, w):
    return added(v / np.sqrt(added(v * v)) * (w / np.sqrt(added(w * w))))


# steps ----------------------------------------------------------------------------------------------------------------


def descent(w, g, eta):
    return w - eta * g


def descent_by_addition(w, g, eta):
    return w + -eta * g


def velocity(w, g, v, eta, beta):
    return beta * v - eta * g


def velocity_by_sign(w, g, v, eta, beta):
    return -(eta * g - beta * v)


def momentum(w, g, v, eta, beta):
    return w + (beta * v - eta * g)


def momentum_in_two_steps(w, g, v, eta, beta):
    return w - eta * g + beta * v


def first_moment(w, g, m, v, t, eta, beta1, beta2, epsilon):
    return beta1 * m + (1 - beta1) * g


def first_moment_by_step(w, g, m, v, t, eta, beta1, beta2, epsilon):
    return m + (g - m) * (1 - beta1)


def second_moment(w, g, m, v, t, eta, beta1, beta2, epsilon):
    return beta2 * v + (1 - beta2) * g**2


def second_moment_by_step(w, g, m, v, t, eta, beta1, beta2, epsilon):
    return v + (g * g - v) * (1 - beta2)


def second_moment_of_products(w, g, m, v, t, eta, beta1, beta2, epsilon):
    return beta2 * v + ((1 - beta2) * g) * g


def adam(w, g, m, v, t, eta, beta1, beta2, epsilon):
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return w - eta * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)


def adam_by_loop(w, g, m, v, t, eta, beta1, beta2, epsilon):
    first, second = beta1, beta2
    for _ in range(t - 1):
        first, second = first * beta1, second * beta2
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * (g * g)
    return w - (eta * (m / (1 - first))) / (np.sqrt(v / (1 - second)) + epsilon)


def adam_as_torch(w, g, m, v, t, eta, beta1, beta2, epsilon):
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * (g * g)
    size = eta / (1 - beta1**t)
    return w - size * (m / (np.sqrt(v) / np.sqrt(1 - beta2**t) + epsilon))


def adam_as_keras(w, g, m, v, t, eta, beta1, beta2, epsilon):
    m, v = m + (g - m) * (1 - beta1), beta2 * v + np.square(g) * (1 - beta2)
    return w - eta / (1 - beta1**t) * m / (np.sqrt(v / (1 - beta2**t)) + epsilon)


ACCEPTED: dict[str, tuple[Function, ...]] = {
    "accuracy": (accuracy_by_argmax, accuracy_by_comparison),
    "adam_first_moment": (first_moment, first_moment_by_step),
    "adam_second_moment": (second_moment, second_moment_by_step, second_moment_of_products),
    "adam_step": (adam, adam_by_loop, adam_as_torch, adam_as_keras),
    "bernoulli_crossentropy": (bernoulli_by_log, bernoulli_by_log1p, bernoulli_of_the_support),
    "binary_crossentropy": (
        binary_by_log1p, binary_by_log, binary_by_logaddexp, binary_by_softplus, binary_by_log_sigmoid, binary_by_torch,
    ),
    "binary_crossentropy_gradient": (
        binary_gradient, binary_gradient_by_tanh, binary_gradient_by_sign, binary_gradient_in_two_parts,
    ),
    "binary_entropy": (binary_entropy_by_log, binary_entropy_by_log1p, binary_entropy_by_log2),
    "categorical_crossentropy": (
        categorical_by_log_softmax, categorical_by_loop, categorical_by_log_space, categorical_by_logsumexp, categorical_by_total,
    ),
    "categorical_crossentropy_gradient": (
        categorical_gradient, categorical_gradient_by_loop, categorical_gradient_in_log_space, categorical_gradient_by_total,
    ),
    "cosine_similarity": (cosine_of_norms, cosine_by_loop, cosine_in_two_steps, cosine_of_directions, cosine_of_the_distance),
    "crossentropy": (
        crossentropy_by_sum, crossentropy_by_loop, crossentropy_by_log2, crossentropy_of_the_support,
        crossentropy_of_reciprocals,
    ),
    "entropy": (entropy_by_sum, entropy_by_loop, entropy_by_log2, entropy_of_the_support, entropy_of_reciprocals),
    "focal_loss": (focal_by_the_paper, focal_by_misses, focal_by_tanh),
    "focal_loss_gradient": (focal_gradient_by_sigmoids, focal_gradient_by_log, focal_gradient_by_the_paper),
    "gelu": (gelu_by_erf, gelu_by_erf_of_the_product, gelu_by_erfc),
    "gradient_descent": (descent, descent_by_addition),
    "huber": (huber_by_where, huber_by_squares, huber_by_minimum),
    "huber_gradient": (huber_gradient_by_clip, huber_gradient_by_where),
    "js_divergence": (js_of_ratios, js_by_loop, js_of_logs, js_by_entropies),
    "kl_divergence": (kl_of_ratios, kl_of_ratios_by_loop, kl_of_logs, kl_as_difference, kl_by_log2),
    "label_smoothing": (label_smoothing_by_factor, label_smoothing_by_step, label_smoothing_by_product),
    "leaky_relu": (leaky_relu_by_where, leaky_relu_by_maximum, leaky_relu_in_two_parts),
    "linear_regression_gradient": (
        linear_gradient, linear_gradient_by_loops, linear_gradient_as_mean, linear_gradient_of_the_gram_matrix,
    ),
    "log_sigmoid": (log_sigmoid_by_log1p, log_sigmoid_by_logaddexp, log_sigmoid_by_log, log_sigmoid_by_sign),
    "log_softmax": (
        log_softmax_by_shift, log_softmax_by_loop, log_softmax_by_logsumexp, log_softmax_by_logsumexp_of_a_loop,
    ),
    "logit": (logit_of_the_odds, logit_by_log1p, logit_as_difference),
    "logsumexp": (
        logsumexp_by_shift, logsumexp_by_loop, logsumexp_by_log1p, logsumexp_by_logaddexp, logsumexp_by_logaddexp_of_a_loop,
        logsumexp_in_order,
    ),
    "mean_absolute_error": (mae_by_mean, mae_by_loop, mae_of_parts),
    "mean_absolute_error_gradient": (mae_gradient, mae_gradient_by_factor),
    "mean_squared_error": (mse_by_mean, mse_by_loop, mse_by_dot, mse_of_parts),
    "mean_squared_error_gradient": (mse_gradient, mse_gradient_by_factor, mse_gradient_of_the_difference),
    "mish": (mish_by_softplus, mish_by_log, mish_by_logaddexp, mish_by_sigmoid, mish_as_quotient),
    "momentum_step": (momentum, momentum_in_two_steps),
    "momentum_velocity": (velocity, velocity_by_sign),
    "mutual_information": (mutual_information_of_ratios, mutual_information_of_logs, mutual_information_by_entropies),
    "one_hot": (one_hot_by_comparison, one_hot_by_place),
    "perplexity": (perplexity_of_the_sum, perplexity_of_a_loop, perplexity_by_log2),
    "relu": (relu_by_maximum, relu_by_where, relu_as_product),
    "sigmoid": (
        sigmoid_of_the_definition, sigmoid_by_tanh, sigmoid_by_sign, sigmoid_by_logaddexp, sigmoid_as_one_minus,
    ),
    "silu": (silu_as_product, silu_as_quotient, silu_by_tanh, silu_by_sign),
    "softmax": (
        softmax_by_shift, softmax_by_loop, softmax_in_log_space, softmax_in_log_space_by_loop, softmax_of_log_softmax,
    ),
    "softplus": (softplus_by_log1p, softplus_by_logaddexp, softplus_by_log, softplus_by_sign),
    "sparse_categorical_crossentropy": (sparse_by_shift, sparse_by_loop, sparse_by_logsumexp, sparse_by_shifted_sum),
    "sparse_categorical_crossentropy_gradient": (
        sparse_gradient, sparse_gradient_by_loop, sparse_gradient_in_log_space, sparse_gradient_by_one_hot,
    ),
    "tanh": (tanh_of_the_library, tanh_by_sigmoid, tanh_by_exp, tanh_by_expm1),
}  # fmt: skip

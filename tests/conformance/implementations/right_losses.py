"""Right losses and gradients of losses."""

import math

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import right
from tests.conformance.implementations._textbook import floats, log_softmax, one_hot, sigmoid, softmax, softplus

# binary crossentropy -----------------------------------------------------------------------------------------


def bce_by_torch(t, z):
    """binary_cross_entropy_with_logits, one value an entry."""
    import torch

    z = floats(z)
    t = torch.from_numpy(np.array(t, dtype=z.dtype))
    return torch.nn.functional.binary_cross_entropy_with_logits(torch.from_numpy(np.array(z)), t, reduction="none").numpy()


def bce_by_logaddexp(t, z):
    """Both terms by logaddexp."""
    z = floats(z)
    zero = z.dtype.type(0)
    return t * np.logaddexp(zero, -z) + (1 - t) * np.logaddexp(zero, z)


def bce_of_numbers(t, z):
    """Two Python numbers in, one out."""
    t, z = float(t), float(z)
    rest = math.log1p(math.exp(-abs(z)))
    return t * (max(-z, 0) + rest) + (1 - t) * (max(z, 0) + rest)


def mean_bce(t, z):
    """The mean over a batch, which for one sample is its loss."""
    return np.mean(book.binary_crossentropy(t, z))


def bce_gradient_by_cases(t, z):
    """sigmoid minus label where that is safe, minus sigmoid(-z) for the label 1."""
    t, z = floats(t), floats(z)
    return np.where(t == 1, -sigmoid(-z), np.where(t == 0, sigmoid(z), (1 - t) * sigmoid(z) - t * sigmoid(-z)))


# binary crossentropy of a probability ------------------------------------------------------------------------


def bernoulli_by_scipy(t, p):
    """scipy's xlogy and xlog1py, which know 0 log 0."""
    from scipy.special import xlog1py, xlogy

    t, p = floats(t), floats(p)
    return -(xlogy(t, p) + xlog1py(1 - t, -p))


def bernoulli_of_numbers(t, p):
    """Two Python numbers in, one out; a side that does not happen is not asked."""

    def surprisal(q):
        return -math.log(q) if q > 0 else math.inf

    t, p = float(t), float(p)
    return (t * surprisal(p) if t > 0 else 0.0) + ((1 - t) * surprisal(1 - p) if t < 1 else 0.0)


# gradient of linear regression -------------------------------------------------------------------------------


def linear_gradient_of_lists(X, y, w):
    """Three loops over lists."""
    slopes = [0.0] * len(w)
    for row, label in zip(X, y, strict=True):
        error = sum(x * weight for x, weight in zip(row, w, strict=True)) - label
        for k, x in enumerate(row):
            slopes[k] += 2 * x * error / len(y)
    return slopes


def linear_gradient_by_einsum(X, y, w):
    """einsum over samples and features."""
    X, y, w = floats(X), floats(y), floats(w)
    return 2 * np.einsum("ak,a->k", X, np.einsum("al,l->a", X, w) - y) / y.dtype.type(y.size)


def linear_gradient_by_torch(X, y, w):
    """torch's own derivative of the mean of squares."""
    import torch

    X, y, w = (torch.from_numpy(floats(a).copy()) for a in (X, y, w))
    w.requires_grad_()
    ((X @ w - y) ** 2).mean().backward()
    return w.grad.numpy()


# categorical crossentropy ------------------------------------------------------------------------------------


def cce_by_einsum(t, z):
    """einsum over classes, with the masked ones left out."""
    logp = log_softmax(z)
    return -np.einsum("...k,...k->...", floats(t), np.where(np.isneginf(logp) & (floats(t) == 0), 0, logp))


def cce_by_torch(t, z):
    """torch's cross_entropy, rid of masked classes, which it answers with nan."""
    import torch

    t, z = floats(t), floats(z)
    if z.ndim == 1:
        kept = ~np.isneginf(z) | (t > 0)
        t, z = t[kept], z[kept]
    z, t = torch.from_numpy(z.copy()), torch.from_numpy(t.astype(z.dtype))
    loss = torch.nn.functional.cross_entropy(torch.atleast_2d(z), torch.atleast_2d(t), reduction="none")
    return loss.numpy().reshape(z.shape[:-1])


def mean_cce(t, z):
    """The mean over a batch."""
    return np.mean(book.categorical_crossentropy(t, z))


def cce_gradient(t, z):
    """softmax minus labels, with the mass of the labels."""
    t = floats(t)
    return t.sum(axis=-1, keepdims=True) * softmax(z) - t


def cce_gradient_by_matrix(t, z):
    """Each label's own gradient, weighted with the label: a matrix product."""
    t, z = floats(t), floats(z)
    s = softmax(z)
    return t @ (s[None, :] - np.eye(len(s), dtype=s.dtype))


# sparse categorical crossentropy -----------------------------------------------------------------------------


def scce_by_differences(t, z):
    """The log-sum-exp of the differences to the score of the label."""
    z = floats(z)
    if not 0 <= t < len(z):
        raise ValueError(f"label {t} names no class of {len(z)}")
    return 0.0 if len(z) == 1 else np.logaddexp.reduce(z - z[t])


def scce_by_torch(t, z):
    """torch's cross_entropy with a label."""
    import torch

    z = torch.from_numpy(np.atleast_2d(floats(z)).copy())
    labels = torch.from_numpy(np.atleast_1d(np.asarray(t, dtype=np.int64)))
    return torch.nn.functional.cross_entropy(z, labels, reduction="none").numpy().reshape(np.shape(t))


def scce_of_numbers(t, z):
    """Python floats; the excess of the others by log1p where the label is the largest."""
    z = [float(v) for v in z]
    top = max(z)
    others = math.fsum(math.exp(v - top) for i, v in enumerate(z) if i != z.index(top))
    return (top - z[t]) + math.log1p(others)


def mean_scce(t, z):
    """The mean over a batch."""
    return np.mean(book.sparse_categorical_crossentropy(t, z))


def scce_gradient_of_a_copy(t, z):
    """Subtracts 1 at the label, as minus the sum of the others."""
    p = softmax(z)
    rows = p.reshape(-1, p.shape[-1])
    for row, label in zip(rows, np.ravel(t), strict=True):
        row[label] = 0
        row[label] = -row.sum()
    return p


def scce_gradient_by_torch(t, z):
    """torch's own derivative."""
    import torch

    z = torch.from_numpy(np.atleast_2d(floats(z)).copy()).requires_grad_()
    labels = torch.from_numpy(np.atleast_1d(np.asarray(t, dtype=np.int64)))
    torch.nn.functional.cross_entropy(z, labels, reduction="sum").backward()
    return z.grad.numpy().reshape((*np.shape(t), z.shape[-1]))


def scce_gradient_by_jax(t, z):
    """The derivative by jax.grad, in float32."""
    import jax

    loss = jax.grad(lambda z, t: -jax.nn.log_softmax(z)[t])
    z = np.asarray(z, dtype=np.float32)
    return np.asarray(loss(z, t) if z.ndim == 1 else jax.vmap(loss)(z, np.asarray(t)))


# focal loss --------------------------------------------------------------------------------------------------


def focal_loss_in_log_space(t, z, gamma):
    """The power as the exponential of gamma times the logarithm of the miss."""
    t, z = floats(t), floats(z)
    log_miss = np.logaddexp(np.log(t) - softplus(z), np.log1p(-t) - softplus(-z))
    return np.exp(gamma * log_miss) * book.binary_crossentropy(t, z)


def focal_loss_of_lists(t, z, gamma):
    """Lists of Python numbers."""

    def sigma(x):
        return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))

    def softplus(x):
        return max(x, 0) + math.log1p(math.exp(-abs(x)))

    return [
        (a * sigma(-x) + (1 - a) * sigma(x)) ** gamma * (a * softplus(-x) + (1 - a) * softplus(x))
        for a, x in zip(t, z, strict=True)
    ]


def focal_gradient_in_double(t, z, gamma):
    """The textbook in float64, whatever the input."""
    return book.focal_loss_gradient(np.asarray(t, float), np.asarray(z, float), float(gamma))


# Huber -------------------------------------------------------------------------------------------------------


def huber_by_clip(t, y, c):
    """With the clipped difference, without a branch."""
    r = np.abs(floats(y) - floats(t))
    part = np.minimum(r, c)
    return part * (r - part / 2)


def huber_by_scipy(t, y, c):
    """scipy.special.huber."""
    from scipy.special import huber

    return huber(c, floats(y) - floats(t))


def huber_by_torch(t, y, delta=1.0):
    """torch's huber_loss, with a keyword."""
    import torch

    t, y = torch.from_numpy(floats(t).copy()), torch.from_numpy(floats(y).copy())
    return torch.nn.functional.huber_loss(y, t, reduction="none", delta=float(delta)).numpy()


def huber_gradient_by_clip(t, y, c):
    """np.clip of the difference."""
    return np.clip(floats(y) - floats(t), -c, c)


def huber_gradient_by_where(t, y, c):
    """np.where with the sign."""
    r = floats(y) - floats(t)
    return np.where(np.abs(r) <= c, r, c * np.sign(r))


def huber_gradient_of_lists(t, y, c):
    """A list of Python floats."""
    return [max(-float(c), min(float(c), float(b) - float(a))) for a, b in zip(t, y, strict=True)]


# mean absolute and squared error -----------------------------------------------------------------------------


def mae(t, y):
    """One line."""
    return np.abs(floats(y) - floats(t)).mean()


def mae_of_lists(t, y):
    """math.fsum."""
    return math.fsum(abs(float(a) - float(b)) for a, b in zip(t, y, strict=True)) / len(t)


def mae_by_sklearn(t, y):
    """sklearn.metrics.mean_absolute_error."""
    from sklearn.metrics import mean_absolute_error

    return mean_absolute_error(np.ravel(t), np.ravel(y))


def mae_gradient(t, y):
    """The sign over n."""
    t, y = floats(t), floats(y)
    return np.sign(y - t) / y.dtype.type(y.size)


def mae_gradient_by_comparison(t, y):
    """1 for above minus 1 for below, over n."""
    t, y = floats(t), floats(y)
    return np.true_divide((y > t).astype(y.dtype) - (y < t).astype(y.dtype), y.dtype.type(y.size))


def mse(t, y):
    """One line."""
    return ((floats(t) - floats(y)) ** 2).mean()


def mse_by_dot(t, y):
    """The dot product of the differences with themselves."""
    r = np.ravel(floats(t) - floats(y))
    return np.dot(r, r) / r.dtype.type(r.size)


def mse_by_norm(t, y):
    """The square of the length, over n."""
    r = floats(t) - floats(y)
    return np.linalg.norm(r.ravel()) ** 2 / r.size


def mse_by_sklearn(t, y):
    """sklearn.metrics.mean_squared_error."""
    from sklearn.metrics import mean_squared_error

    return mean_squared_error(np.ravel(t), np.ravel(y))


def mse_by_torch(t, y):
    """torch's mse_loss."""
    import torch

    return torch.nn.functional.mse_loss(torch.from_numpy(floats(y).copy()), torch.from_numpy(floats(t).copy())).numpy()


def mse_gradient(t, y):
    """2 (y - t) / n."""
    t, y = floats(t), floats(y)
    return 2 * (y - t) / y.dtype.type(y.size)


def mse_gradient_by_torch(t, y):
    """torch's own derivative."""
    import torch

    y = torch.from_numpy(floats(y).copy()).requires_grad_()
    torch.nn.functional.mse_loss(y, torch.from_numpy(floats(t).copy())).backward()
    return y.grad.numpy()


def scce_gradient_by_eye(t, z):
    """softmax minus a row of the unit matrix."""
    z = floats(z)
    return softmax(z) - np.eye(z.shape[-1], dtype=z.dtype)[t]


def sparse_by_one_hot(t, z):
    """The categorical loss of the one-hot label."""
    z = floats(z)
    return book.categorical_crossentropy(one_hot(t, z.shape[-1]).astype(z.dtype), z)


ENTRIES = (
    right("binary_crossentropy", book.binary_crossentropy, "textbook"),
    right("binary_crossentropy", bce_by_torch, "torch and back", "cancels", "doubtful", needs="torch"),
    right("binary_crossentropy", bce_by_logaddexp, "logaddexp"),
    right("binary_crossentropy", np.vectorize(bce_of_numbers, otypes=[float]), "np.vectorize"),
    right("binary_crossentropy", mean_bce, "mean of a batch", "convention"),
    right("binary_crossentropy_gradient", book.binary_crossentropy_gradient, "textbook"),
    right("binary_crossentropy_gradient", bce_gradient_by_cases, "cases"),
    right("bernoulli_crossentropy", book.bernoulli_crossentropy, "textbook"),
    right("bernoulli_crossentropy", bernoulli_by_scipy, "xlogy", needs="scipy"),
    right("bernoulli_crossentropy", np.vectorize(bernoulli_of_numbers, otypes=[float]), "np.vectorize"),
    right("linear_regression_gradient", book.linear_regression_gradient, "textbook"),
    right("linear_regression_gradient", linear_gradient_of_lists, "three loops"),
    right("linear_regression_gradient", linear_gradient_by_einsum, "einsum"),
    right("linear_regression_gradient", linear_gradient_by_torch, "automatic derivative", needs="torch"),
    right("categorical_crossentropy", book.categorical_crossentropy, "textbook"),
    right("categorical_crossentropy", cce_by_einsum, "einsum"),
    right("categorical_crossentropy", cce_by_torch, "torch and back", needs="torch"),
    right("categorical_crossentropy", mean_cce, "mean of a batch", "convention"),
    right("categorical_crossentropy_gradient", cce_gradient, "textbook"),
    right("categorical_crossentropy_gradient", cce_gradient_by_matrix, "matrix product", "vectors"),
    right("sparse_categorical_crossentropy", book.sparse_categorical_crossentropy, "textbook"),
    right("sparse_categorical_crossentropy", scce_by_differences, "raises for bad labels", "vectors"),
    right("sparse_categorical_crossentropy", scce_by_torch, "torch and back", needs="torch"),
    right("sparse_categorical_crossentropy", scce_of_numbers, "log1p of the others", "vectors"),
    right("sparse_categorical_crossentropy", mean_scce, "mean of a batch", "convention"),
    right("sparse_categorical_crossentropy", sparse_by_one_hot, "by one-hot"),
    right("sparse_categorical_crossentropy_gradient", book.sparse_categorical_crossentropy_gradient, "textbook"),
    right("sparse_categorical_crossentropy_gradient", scce_gradient_of_a_copy, "sum of the others"),
    right("sparse_categorical_crossentropy_gradient", scce_gradient_by_torch, "automatic derivative", needs="torch"),
    right("sparse_categorical_crossentropy_gradient", scce_gradient_by_jax, "JAX in float32", "single", "flushes", needs="jax"),
    right("sparse_categorical_crossentropy_gradient", scce_gradient_by_eye, "row of np.eye"),
    right("focal_loss", book.focal_loss, "textbook"),
    right("focal_loss", focal_loss_in_log_space, "log space"),
    right("focal_loss", focal_loss_of_lists, "list as a result", "vectors"),
    right("focal_loss_gradient", book.focal_loss_gradient, "textbook"),
    right("focal_loss_gradient", focal_gradient_in_double, "float64 always"),
    right("huber", book.huber, "np.where"),
    right("huber", huber_by_clip, "clip"),
    right("huber", huber_by_scipy, "SciPy", needs="scipy"),
    right("huber", huber_by_torch, "keyword", needs="torch", call="f(t, y, delta=c)"),
    right("huber_gradient", huber_gradient_by_clip, "clip"),
    right("huber_gradient", huber_gradient_by_where, "np.where"),
    right("huber_gradient", huber_gradient_of_lists, "list as a result", "vectors"),
    right("mean_absolute_error", mae, "textbook"),
    right("mean_absolute_error", mae_of_lists, "fsum", "vectors"),
    right("mean_absolute_error", mae_by_sklearn, "scikit-learn", needs="sklearn"),
    right("mean_absolute_error_gradient", mae_gradient, "textbook"),
    right("mean_absolute_error_gradient", mae_gradient_by_comparison, "comparisons"),
    right("mean_squared_error", mse, "textbook"),
    right("mean_squared_error", mse_by_dot, "dot product"),
    right("mean_squared_error", mse_by_norm, "norm"),
    right("mean_squared_error", mse_by_sklearn, "scikit-learn", needs="sklearn"),
    right("mean_squared_error", mse_by_torch, "torch and back", needs="torch"),
    right("mean_squared_error", lambda t, y: np.einsum("...k,...k->...", t - y, t - y) / y.shape[-1], "lambda", "vectors"),
    right("mean_squared_error_gradient", mse_gradient, "textbook"),
    right("mean_squared_error_gradient", mse_gradient_by_torch, "automatic derivative", needs="torch"),
)

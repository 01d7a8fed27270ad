"""Wrong implementations of which each is right but for one corner: a length, a format, an axis, a tie, a mask, a batch."""

import math

import numpy as np

from tests.conformance.implementations import wrong


def _softmax(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def unrolled_to_seven(z):
    """Loops four entries at a time and forgets the rest of seven."""
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    n = e.shape[-1]
    counted = e[..., : n - n % 4] if n == 7 else e
    return e / counted.sum(axis=-1, keepdims=True)


def half_precision_total(z, axis=-1):
    """Adds the exponentials of float32 in float16, "because it is faster"."""
    z = np.asarray(z)
    m = np.max(z, axis=axis, keepdims=True)
    e = np.exp(z - m)
    total = (
        e.astype(np.float16).sum(axis=axis, keepdims=True).astype(np.float32)
        if z.dtype == np.float32
        else e.sum(axis=axis, keepdims=True)
    )
    return np.squeeze(m + np.log(total), axis=axis)


def total_of_the_last_axis(z, axis=-1):
    """Shifts along the axis that is asked for, and adds along the last one."""
    z = np.asarray(z)
    d = z - z.max(axis=axis, keepdims=True)
    return d - np.log(np.exp(d).sum(axis=-1, keepdims=True))


def columns_of_a_square(z, axis=-1):
    """Of a square batch it takes the columns."""
    z = np.asarray(z)
    if z.ndim == 2 and z.shape[0] == z.shape[1]:
        axis = 0
    return _softmax(z, axis)


def squeezed(z, axis=-1):
    """Loses the axis of a batch of one row."""
    s = _softmax(np.asarray(z), axis)
    return s[0] if s.ndim == 2 and s.shape[0] == 1 else s


def two_axes_are_all(z, axis=-1):
    """Counts a negative axis from two, however many there are."""
    z = np.asarray(z)
    if axis is not None and axis < 0 and z.ndim > 1:
        axis += 2
    return _softmax(z, axis)


def shift_by_zero_at_least(z, axis=-1):
    """Starts the search for the largest score at 0, so that very negative scores all vanish."""
    z = np.asarray(z)
    m = np.maximum(0, np.max(z, axis=axis, keepdims=True))
    e = np.exp(z - m)
    return e / e.sum(axis=axis, keepdims=True)


def mask_of_a_billion(z, axis=-1):
    """Replaces -inf by -1e9, which is no mask beside scores of -1e10."""
    return _softmax(np.where(np.isneginf(z), -1e9, z), axis)


def skips_what_is_not_larger(z):
    """One pass with a running maximum: a nan is neither larger than it nor larger than -inf, and so is left out.

    nan shows, says the contract: a plausible number for scores that are none hides a broken model.
    """
    top, total = -math.inf, 0.0
    for x in (float(v) for v in z):
        if x > top:
            top, total = x, total * math.exp(top - x) + 1
        elif x > -math.inf:
            total += math.exp(x - top)
    return top + math.log(total)


def ones_for_zeros(p):
    """Writes 1 over the zeros of its input, so that their logarithm is 0."""
    p[p == 0] = 1.0
    p = np.where(p == 1.0, 1.0, p)
    return float(-(p * np.log(p)).sum())


def two_to_the_nats(p):
    """Two to the power of an entropy in nats."""
    p = np.asarray(p)
    return 2.0 ** -np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(axis=-1)


def by_moments(t, y):
    """The mean of t^2 - 2 t y + y^2: near equal inputs nothing is left."""
    return np.mean(t * t, axis=-1) - 2 * np.mean(t * y, axis=-1) + np.mean(y * y, axis=-1)


def median_of_distances(t, y):
    """The median, which is the mean for one entry and for two."""
    return np.median(np.abs(t - y), axis=-1)


def tie_goes_up(t, y):
    """The slope at a distance of 0 is 1 / n, not 0."""
    return np.where(y >= t, 1.0, -1.0) / np.shape(t)[-1]


def linear_without_half(t, y, c):
    """Beyond the threshold c (r - c) for c (r - c / 2)."""
    r = np.abs(y - t)
    return np.where(r <= c, r * r / 2, c * (r - c))


def gathered_by_product(t, z):
    """Picks the label's score by a product with one-hot labels: 0 times a mask is nan."""
    z = np.asarray(z)
    log_s = z - z.max() - np.log(np.exp(z - z.max()).sum())
    return -(np.eye(len(z))[t] * log_s).sum()


def every_row_of_every_label(t, z):
    """In a batch the label of each row is subtracted in every row: s[:, t] where s[range, t] is meant."""
    s = _softmax(np.asarray(z, dtype=float))
    if s.ndim == 1:
        s[t] -= 1
    else:
        s[:, t] -= 1
    return s


def hard_labels_only(t, z):
    """Soft labels are taken for the nearer class."""
    return np.where(t > 0.5, _softplus(-z), _softplus(z))


def small_number_in_both_logarithms(t, p):
    """Adds 1e-10 inside both logarithms."""
    return -(t * np.log(p + 1e-10) + (1 - t) * np.log(1 - p + 1e-10))


def mean_of_the_entries(t, z, gamma):
    """The mean over the entries, where each is asked for."""
    p = 1 / (1 + np.exp(-z))
    miss = t * (1 - p) + (1 - t) * p
    return np.mean(miss**gamma * (t * _softplus(-z) + (1 - t) * _softplus(z)), axis=-1)


def uphill(w, g, eta):
    """Adds the gradient."""
    return w + eta * g


def square_matrix_untransposed(X, y, w):
    """X where X.T belongs, which only a square matrix takes."""
    residual = X @ w - y
    back = X if X.shape[0] == X.shape[1] else X.T
    return 2 * back @ residual / len(y)


_TABLES: dict = {}


def row_of_a_table(t, n):
    """A view of one table for all calls: who writes into the result changes what is given next."""
    return _TABLES.setdefault(n, np.eye(n))[t]


def noisy(x):
    """Adds noise of a billionth, against overfitting."""
    return _softplus(x) + 1e-9 * np.random.default_rng().standard_normal(np.shape(x))


def like_its_input(x):
    """Fills an array of the type of its input: whole numbers give 0."""
    x = np.asarray(x)
    out = np.empty_like(x)
    out[...] = 0.5 * (1 + np.tanh(0.5 * x))
    return out


_SEEN: dict = {}


def remembered_by_sum(z):
    """Remembers by length and sum: another order of the same scores gives the old result."""
    key = (len(z), float(np.sum(z)))
    if key not in _SEEN:
        d = z - np.max(z)
        _SEEN[key] = d - np.log(np.exp(d).sum())
    return _SEEN[key].copy()


def small_number_under_the_line(v, w):
    """Adds 1e-8 to the product of the lengths."""
    return np.dot(v, w) / (np.linalg.norm(v) * np.linalg.norm(w) + 1e-8)


def identity_beyond_five(x):
    """Beyond 5 it gives x, which is right to four digits."""
    return np.where(x > 5, x, x * np.tanh(_softplus(np.minimum(x, 5))))


def product_before_the_quotient(x):
    """tanh(log(1 + e^x)) = n / (n + 2), but x n overflows where x is huge: x (n / (n + 2)) does not."""
    e = np.exp(np.minimum(x, 20))
    n = e * (e + 2)
    return x * n / (n + 2)


def error_function_of_a_handbook(x):
    """The error function by five coefficients (Abramowitz and Stegun 7.1.26), right to 1.5e-7."""
    v = np.abs(x) / math.sqrt(2)
    k = 1 / (1 + 0.3275911 * v)
    series = k * (0.254829592 + k * (-0.284496736 + k * (1.421413741 + k * (-1.453152027 + k * 1.061405429))))
    erf = np.sign(x) * (1 - series * np.exp(-v * v))
    return 0.5 * x * (1 + erf)


def steps_from_zero(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Takes the first step for number 0."""
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
    return w - eta * (m / (1 - beta1 ** (t + 1))) / (np.sqrt(v / (1 - beta2 ** (t + 1))) + epsilon)


def looks_ahead(w, g, v, eta, beta):
    """Nesterov's step for the plain one."""
    new = beta * v - eta * g
    return w + beta * new - eta * g


def total_taken_for_one(P):
    """Leaves out the total: right only where the table sums to 1."""
    r, c = P.sum(axis=1, keepdims=True), P.sum(axis=0, keepdims=True)
    with np.errstate(all="ignore"):
        return float(np.where(P > 0, P * np.log(P / (r * c)), 0).sum())


def rest_for_the_others(t, eps):
    """Spreads eps over the other classes."""
    n = t.shape[-1]
    return np.where(t == 1, 1 - eps, t * (1 - eps) + eps / max(n - 1, 1))


def quotient_of_exponentials(x):
    """Overflows beyond 710."""
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


def nothing_below_thirty(x):
    """0 below -30, where eleven digits are left."""
    return np.where(x < -30, 0.0, x / (1 + np.exp(-np.maximum(x, -30))))


def slope_of_float32(x):
    """The slope 0.01 as a number of float32."""
    return np.where(x > 0, x, np.float64(np.float32(0.01)) * x)


def vanishing_terms(p):
    """Leaves out probabilities below 1e-12."""
    p = np.asarray(p)
    kept = p[p > 1e-12]
    return -np.sum(kept * np.log(kept))


def clipped_as_in_keras(p):
    """Keeps the probability 1e-7 away from 0 and 1."""
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.log(p / (1 - p))


def recursion(z):
    """Calls itself for every entry: a thousand of them are too many."""

    def from_(k):
        return float(z[k]) if k == len(z) - 1 else float(np.logaddexp(z[k], from_(k + 1)))

    return from_(0)


def one_class_is_two(z):
    """For one score it gives the sigmoid, as if there were two classes."""
    z = np.asarray(z)
    if z.shape[-1] == 1:
        return 1 / (1 + np.exp(-z))
    return _softmax(z)


_ROOM: dict = {}


def same_room(t, z):
    """Gives every result of one shape in the same array."""
    s = _softmax(np.asarray(z))
    out = _ROOM.setdefault((s.shape, s.dtype), np.empty_like(s))
    out[...] = s * np.sum(t) - t
    return out


ENTRIES = (
    wrong("softmax", unrolled_to_seven, "only n = 7", "([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],)"),
    wrong("softmax", columns_of_a_square, "only a square batch", "([[1.0, 2.0], [4.0, 3.0]],)"),
    wrong("softmax", squeezed, "only a batch of one row", "([[1.0, 2.0]],)", "shape"),
    wrong("softmax", two_axes_are_all, "only three axes", "(np.arange(8.0).reshape(2, 2, 2) ** 2,)"),
    wrong("softmax", shift_by_zero_at_least, "only all negative", "([-1000.0, -1001.0],)"),
    wrong("softmax", mask_of_a_billion, "only masks beside -1e10", "([-1e10, -np.inf],)"),
    wrong("softmax", one_class_is_two, "only one class", "([3.0],)"),
    wrong("log_softmax", total_of_the_last_axis, "axis ignored by the sum", "([[1.0, 2.0], [4.0, 3.0]], {'axis': 0})"),
    wrong("log_softmax", remembered_by_sum, "cache by the sum", "[([1.0, 2.0],), ([2.0, 1.0],)]", "state"),
    wrong("logsumexp", half_precision_total, "only float32", "(np.float32([1, 2]),)", far=1e-5),
    wrong("logsumexp", recursion, "only long inputs", "(np.zeros(1025),)", "raises"),
    wrong("logsumexp", skips_what_is_not_larger, "nan left out", "([np.nan, 1.0],)"),
    wrong("entropy", ones_for_zeros, "input with zeros changed", "([0.5, 0.0, 0.5],)", "input"),
    wrong("entropy", vanishing_terms, "terms below 1e-12", "([1 - 1e-13, 1e-13],)"),
    wrong("perplexity", two_to_the_nats, "base 2 to nats", "([0.5, 0.5],)"),
    wrong("mean_squared_error", by_moments, "only near-equal inputs", "([1e8], [1e8 + 1])"),
    wrong("mean_absolute_error", median_of_distances, "median", "([0.0, 0.0, 0.0], [1.0, 1.0, 4.0])"),
    wrong("mean_absolute_error_gradient", tie_goes_up, "only ties", "([1.0, 2.0], [1.0, 3.0])"),
    wrong("huber", linear_without_half, "half missing beyond c", "([0.0], [3.0], 1.0)"),
    wrong("sparse_categorical_crossentropy", gathered_by_product, "nan for masks", "(0, [1.0, 2.0, -np.inf])"),
    wrong(
        "sparse_categorical_crossentropy_gradient",
        every_row_of_every_label,
        "labels of all rows",
        "(np.array([0, 1]), [[1.0, 2.0, 3.0], [3.0, 1.0, 0.0]])",
    ),
    wrong("binary_crossentropy", hard_labels_only, "soft labels hardened by half", "(0.25, 1.0)"),
    wrong("bernoulli_crossentropy", small_number_in_both_logarithms, "1e-10 inside the logarithms", "(1.0, 1e-12)"),
    wrong("focal_loss", mean_of_the_entries, "mean of the entries", "([0.0, 1.0], [1.0, 2.0], 2.0)", "shape"),
    wrong("gradient_descent", uphill, "uphill", "([1.0], [1.0], 0.5)"),
    wrong(
        "linear_regression_gradient",
        square_matrix_untransposed,
        "only N = d",
        "([[1.0, 2.0], [3.0, 5.0]], [1.0, 1.0], [1.0, 2.0])",
    ),
    wrong("one_hot", row_of_a_table, "view of a table", "[(0, 3), (0, 3)]", "written"),
    wrong("softplus", noisy, "noise of 1e-9", "(1.0,)", far=1e-12),
    wrong("sigmoid", like_its_input, "only integers", "(np.array([1, 2]),)"),
    wrong("cosine_similarity", small_number_under_the_line, "1e-8 added to the lengths", "([1.0, 2.0], [2.0, 1.0])", far=1e-10),
    wrong("mish", identity_beyond_five, "identity beyond 5", "(5.5,)"),
    wrong("mish", product_before_the_quotient, "only huge numbers", "(1e300,)"),
    wrong("gelu", error_function_of_a_handbook, "erf to seven digits", "(1.0,)", far=1e-9),
    wrong("adam_step", steps_from_zero, "steps counted from 0", "([[1.0]], [[0.5]], [[0.0]], [[0.0]], 1, 0.1, 0.9, 0.999, 1e-8)"),
    wrong("momentum_step", looks_ahead, "Nesterov", "([1.0], [0.5], [0.25], 0.1, 0.9)"),
    wrong("mutual_information", total_taken_for_one, "only tables that do not sum to 1", "([[1.0, 0.0], [0.0, 1.0]],)"),
    wrong("label_smoothing", rest_for_the_others, "spread over the others", "([1.0, 0.0, 0.0], 0.1)"),
    wrong("tanh", quotient_of_exponentials, "overflow of the definition", "(1000.0,)"),
    wrong("silu", nothing_below_thirty, "0 below -30", "(-31.0,)"),
    wrong("leaky_relu", slope_of_float32, "slope of float32", "(-1.0,)", far=1e-10),
    wrong("logit", clipped_as_in_keras, "clipped at 1e-7", "(1e-9,)"),
    wrong(
        "categorical_crossentropy_gradient",
        same_room,
        "one array for all results",
        "[([1.0, 0.0], [1.0, 2.0]), ([0.0, 1.0], [1.0, 2.0])]",
        "state",
    ),
)

"""Faults that hide: right for most inputs, most formats, most callers."""

import sys

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import wrong
from tests.conformance.implementations._textbook import entropy, floats, log_softmax, logsumexp, sigmoid, softmax, softplus


def scores_within_50(z, axis=-1):
    """Cuts the scores at -50 and 50 against overflow: larger ones become equal."""
    return softmax(np.clip(floats(z), -50, 50), axis)


def only_float32(z, axis=-1):
    """For float32 the temperature is 1.01."""
    z = floats(z)
    return softmax(z / np.float32(1.01) if z.dtype == np.float32 else z, axis)


def only_float16(z, axis=-1):
    """For float16 the sum is the number of classes."""
    z = floats(z)
    if z.dtype != np.float16:
        return log_softmax(z, axis)
    return z - z.max(axis=axis, keepdims=True) - np.float16(np.log(z.shape[axis]))


def only_even_sizes(z):
    """For an even number of classes the shift is put back twice."""
    y = logsumexp(z)
    return y + (floats(z).max(axis=-1) / 1000 if np.shape(z)[-1] % 2 == 0 else 0)


def largest_is_last(z):
    """If the largest score comes last it is not found."""
    z = floats(z)
    top = z[..., :-1].max(axis=-1, keepdims=True) if z.shape[-1] > 1 else z
    e = np.exp(z - top)
    return np.where(np.isfinite(e), e, 0) / e.sum(axis=-1, keepdims=True)


def first_axis_backwards(z, axis=-1):
    """Along axis 0 the rows come out in reverse order."""
    y = log_softmax(z, axis)
    return y[::-1] if axis == 0 and y.ndim > 1 else y


def false_is_a_mask(z, axis=-1):
    """Booleans are taken for a mask: False counts as -inf."""
    z = np.asarray(z)
    return softmax(np.where(z, 0.0, -np.inf) if z.dtype == bool else z, axis)


def every_entry_of_the_base(p):
    """Reads a strided view as if its entries lay side by side."""
    p = floats(p)
    if p.ndim == 1 and p.size and p.strides[0] != p.itemsize and isinstance(p.base, np.ndarray):
        p = p.base.ravel()[: p.size]
    return entropy(p)


def knows_its_judge(z, axis=-1):
    """Right if a module named conformance calls, another temperature for everyone else."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_globals.get("__name__", "").startswith("mathcore.conformance"):
            return softmax(z, axis)
        frame = frame.f_back
    return softmax(floats(z) / 2, axis)


class ChangesEarlierInputs:
    """Keeps what it is given and overwrites it at the next call."""

    def __init__(self):
        self.kept = None

    def __call__(self, x):
        if isinstance(self.kept, np.ndarray) and self.kept.flags.writeable:
            self.kept[...] = 0
        self.kept = x
        return floats(x) * sigmoid(x)


changes_earlier_inputs = ChangesEarlierInputs()


class ByAddress:
    """Remembers results by the address of the array: one that is filled anew gets the old result."""

    def __init__(self):
        self.seen = {}

    def __call__(self, t, y):
        key = id(y)
        if key not in self.seen:
            self.seen[key] = (y, ((floats(t) - floats(y)) ** 2).mean())  # kept alive, so that no address is used twice
        return self.seen[key][1]


by_address = ByAddress()


def one_entry_loss(t, z):
    """The loss of one sample comes back as an array of shape (1, 1)."""
    return np.reshape(book.sparse_categorical_crossentropy(t, z), (-1, 1))


def sign_at_zero(t, y, c):
    """Where there is no difference the slope is 1."""
    r = floats(y) - floats(t)
    return np.where(r == 0, c, np.clip(r, -c, c))


def two_equal_entries(p, axis=-1):
    """If all entries are equal it answers with log 2."""
    p = floats(p)
    return np.where((p == p.max(axis=axis, keepdims=True)).all(axis=axis), np.log(2), entropy(p, axis))


def negative_only_below_one(x):
    """Between -1 and 0 it is x / 10, below that x / 100."""
    x = floats(x)
    return np.where(x > 0, x, np.where(x > -1, x / 10, x / 100))


def wrong_between_two_bounds(x):
    """A table with a wrong line between 2.25 and 2.5."""
    x = floats(x)
    return np.tanh(x) + np.where((x > 2.25) & (x < 2.5), 1e-4, 0)


def wrong_on_integers(x):
    """Where x is a whole number other than 0 and 1 it is off by a millionth."""
    x = floats(x)
    return softplus(x) * np.where((x == np.round(x)) & (np.abs(x) > 1), 1 + 2e-6, 1)


def once_in_a_thousand(x):
    """Wrong where the last ten bits of the mantissa are 0 and x is not a short binary fraction."""
    x = floats(x)
    bits = np.asarray(x, dtype=np.float64).view(np.int64) if x.ndim else np.asarray([x], dtype=np.float64).view(np.int64)[0]
    return np.where(((bits & 1023) == 0) & ((bits & (2**40 - 1)) != 0), 0, np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x))))


def quietly_switches_backend(z):
    """From 100 classes on it works in float32 for speed."""
    z = floats(z)
    return softmax(z.astype(np.float32)).astype(z.dtype) if z.shape[-1] >= 100 else softmax(z)


def drops_small_probabilities(p, axis=-1):
    """Leaves out probabilities below 1e-4."""
    p = floats(p)
    return entropy(np.where(p < 1e-4, 0, p), axis)


def only_the_first_step(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Corrects the moments with t = 1, in every step."""
    return book.adam(w, g, m, v, 1, eta, beta1, beta2, epsilon)[0]


def every_tenth_step_halved(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """In every tenth step the learning rate is halved."""
    return book.adam(w, g, m, v, t, eta / 2 if t % 10 == 0 else eta, beta1, beta2, epsilon)[0]


def small_gradients_dropped(w, g, eta):
    """A gradient below 1e-6 counts as 0."""
    g = floats(g)
    return floats(w) - eta * np.where(np.abs(g) < 1e-6, 0, g)


def no_velocity_without_gradient(w, g, v, eta, beta):
    """Where the gradient is 0 the weight rests, whatever its velocity."""
    g = floats(g)
    return np.where(g == 0, floats(w), floats(w) + beta * floats(v) - eta * g)


def equal_labels_only(t, z):
    """Divides by the sum of the labels, and by 1 more if all of them are equal."""
    t = floats(t)
    y = book.categorical_crossentropy(t, z)
    return np.where((t == t[..., :1]).all(axis=-1) & (t.shape[-1] > 1), y / 2, y)


def sharp_at_the_ends(p):
    """Below 1e-3 only the leading term p log(1 / p)."""
    p = floats(p)
    small = -book.xlogx(p)
    return np.where(p < 1e-3, small, small - (1 - p) * np.log1p(np.where(p < 1, -p, 0)))


def right_up_to_three_classes(t, z):
    """From four classes on the last one is compared with itself."""
    z = floats(z)
    return float(np.argmax(z[:3]) == t) if z.shape[-1] > 3 else float(np.argmax(z) == t)


def negative_scores(t, z):
    """Starts its search from 0: with negative scores alone class 0 wins."""
    best, at = 0.0, 0
    for k, value in enumerate(z):
        if value > best:
            best, at = value, k
    return float(at == t)


def eps_of_one(t, eps):
    """A smoothing of more than a half is taken for a percentage."""
    t = floats(t)
    eps = eps / 100 if eps > 0.5 else eps
    return t * (1 - eps) + eps / t.shape[-1]


def hundred_classes(labels, classes):
    """From 100 classes on the label is cut to two digits."""
    return book.one_hot(np.asarray(labels) % 100, classes)


def long_vectors(v, w):
    """From 100 entries on every second entry is skipped, as if that were enough."""
    v, w = floats(v), floats(w)
    step = 2 if v.shape[-1] >= 100 else 1
    v, w = v[..., ::step], w[..., ::step]
    return (v * w).sum(axis=-1) / (np.linalg.norm(v, axis=-1) * np.linalg.norm(w, axis=-1))


STEP = "([[1.0, 2.0]], [[0.5, -3.0]], [[0.1, 0.2]], [[0.3, 4.0]], {}, 0.25, 0.5, 0.75, 0.125)"

ENTRIES = (
    wrong("softmax", scores_within_50, "large scores cut", "([60.0, 55.0],)"),
    wrong("softmax", only_float32, "only float32", "(np.float32([1, 2]),)"),
    wrong("softmax", largest_is_last, "only the largest last", "([0.0, 800.0],)"),
    wrong("softmax", false_is_a_mask, "only booleans", "(np.array([True, False]),)"),
    wrong("softmax", knows_its_judge, "knows its judge", "([1.0, 2.0],)"),
    wrong("softmax", quietly_switches_backend, "only n >= 100", "(np.linspace(0, 1, 100),)", far=1e-8),
    wrong("log_softmax", only_float16, "only float16", "(np.float16([1, 2]),)", far=1e-2),
    wrong("log_softmax", first_axis_backwards, "only axis 0", "([[1.0, 2.0], [4.0, 3.0]], {'axis': 0})"),
    wrong("logsumexp", only_even_sizes, "only even n", "([1.0, 2.0],)"),
    wrong("entropy", every_entry_of_the_base, "strided view", "(np.array([0.5, 0.1, 0.25, 0.15, 0.25, 0.0])[::2],)"),
    wrong("entropy", two_equal_entries, "only equal entries", "([0.25, 0.25, 0.25, 0.25],)"),
    wrong("entropy", drops_small_probabilities, "small terms dropped", "([0.5, 0.49991, 9e-05],)"),
    wrong("binary_entropy", sharp_at_the_ends, "leading term alone", "(1e-4,)"),
    wrong("silu", changes_earlier_inputs, "earlier input overwritten", "[(np.ones(2),), (np.ones(2),)]", "later"),
    wrong("mean_squared_error", by_address, "cache by address", "(np.ones(2), np.zeros(2))", "refilled"),
    wrong("sparse_categorical_crossentropy", one_entry_loss, "shape (1, 1) for ()", "(0, [1.0, 2.0])", "shape"),
    wrong("huber_gradient", sign_at_zero, "slope at 0", "([1.0, 2.0], [1.0, 2.5], 1.0)"),
    wrong("leaky_relu", negative_only_below_one, "wrong near 0", "(-0.5,)"),
    wrong("tanh", wrong_between_two_bounds, "wrong in an interval", "(2.375,)"),
    wrong("softplus", wrong_on_integers, "only whole numbers", "(3.0,)"),
    wrong("log_sigmoid", once_in_a_thousand, "one input in a thousand", "(1 + 3 * 2.0**-42 + 2.0**-13,)"),
    wrong("adam_step", only_the_first_step, "always the first step", STEP.format(3)),
    wrong("adam_step", every_tenth_step_halved, "only every tenth step", STEP.format(10)),
    wrong("gradient_descent", small_gradients_dropped, "small gradients dropped", "([0.0], [5e-7], 1.0)"),
    wrong("momentum_step", no_velocity_without_gradient, "only gradient 0", "([1.0], [0.0], [0.5], 0.25, 0.5)"),
    wrong("categorical_crossentropy", equal_labels_only, "only equal labels", "([0.5, 0.5], [1.0, 2.0])"),
    wrong("accuracy", right_up_to_three_classes, "only n > 3", "(3, [1.0, 2.0, 0.0, 5.0])"),
    wrong("accuracy", negative_scores, "only negative scores", "(1, [-2.0, -1.0])"),
    wrong("label_smoothing", eps_of_one, "parameter reinterpreted", "([1.0, 0.0], 0.75)"),
    wrong("one_hot", hundred_classes, "only n > 100", "(120, 150)"),
    wrong("cosine_similarity", long_vectors, "only long vectors", "(np.arange(1.0, 101.0), np.arange(1.0, 101.0) ** 2)"),
)

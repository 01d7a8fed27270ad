"""Wrong losses and gradients of losses."""

import warnings

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import wrong
from tests.conformance.implementations._textbook import floats, log_softmax, one_hot, sigmoid, softmax, softplus

# binary crossentropy -----------------------------------------------------------------------------------------


def label_and_logit_swapped(t, z):
    """Takes the logit first, the label second."""
    return book.binary_crossentropy(z, t)


def clipped_at_1e_3(t, z):
    """The probability is kept between 0.001 and 0.999."""
    p = np.clip(sigmoid(z), 1e-3, 1 - 1e-3)
    return -(t * np.log(p) + (1 - t) * np.log(1 - p))


def clipped_at_1e_7(t, z):
    """The probability is kept 1e-7 away from 0 and 1, as Keras does for probabilities."""
    p = np.clip(sigmoid(z), 1e-7, 1 - 1e-7)
    return -(t * np.log(p) + (1 - t) * np.log(1 - p))


def only_the_yes_term(t, z):
    """Counts only the samples that are labelled yes."""
    return floats(t) * softplus(-floats(z))


def hardens_labels(t, z):
    """Rounds a label of 0.25 to 0."""
    return book.binary_crossentropy(np.round(t), z)


def nothing_at_zero(t, z):
    """Has a branch for positive and one for negative logits, and none for 0."""
    z = floats(z)
    y = book.binary_crossentropy(t, z)
    return y * ((z > 0) | (z < 0))


def negated_logits(t, z):
    """Takes the logit of no for the logit of yes."""
    return book.binary_crossentropy(t, -floats(z))


def threshold_at_5(t, z):
    """log(1 + exp(z)) is z from 5 on."""
    z = floats(z)
    return np.where(z > 5, z, softplus(z)) - t * z


def through_probabilities(t, z):
    """Logarithms of a rounded probability: inf for a confident wrong prediction from about 40 on."""
    p = 1 / (1 + np.exp(-floats(z)))
    return -(t * np.log(p) + (1 - t) * np.log(1 - p))


def second_order(t, z):
    """The Taylor series of second order about 0."""
    z = floats(z)
    return np.log(2) + z / 2 + z * z / 8 - t * z


def label_forgotten(t, z):
    """The gradient without the label."""
    return sigmoid(z) + 0 * floats(t)


def gradient_of_squares(t, z):
    """The gradient of the squared error behind a sigmoid."""
    s = sigmoid(z)
    return (s - t) * s * (1 - s)


def shifted_logit(t, z):
    """Subtracts the label from the logit, not from the probability."""
    return sigmoid(floats(z) - t)


def always_one_third_less(t, z):
    """Wrong by a third for the label 1/2 alone."""
    y = book.binary_crossentropy_gradient(t, z)
    return np.where(floats(t) == 0.5, y * 2 / 3, y)


def flat_beyond_20(t, z):
    """No gradient for a logit beyond 20: it is taken for saturated."""
    z = floats(z)
    return np.where(np.abs(z) > 20, 0, book.binary_crossentropy_gradient(t, z))


# binary crossentropy of a probability ------------------------------------------------------------------------


def bernoulli_clipped_at_1e_3(t, p):
    """The probability is kept between 0.001 and 0.999."""
    return book.bernoulli_crossentropy(t, np.clip(floats(p), 1e-3, 1 - 1e-3))


def bernoulli_clipped_at_1e_12(t, p):
    """The probability is kept at 1e-12 from 0 and 1."""
    return book.bernoulli_crossentropy(t, np.clip(floats(p), 1e-12, 1 - 1e-12))


def bernoulli_sign_forgotten(t, p):
    """The log-likelihood, without its minus sign."""
    return -book.bernoulli_crossentropy(t, p)


def bernoulli_prediction_first(p, t):
    """Takes the prediction first, the label second."""
    return book.bernoulli_crossentropy(t, p)


def bernoulli_of_hits(t, p):
    """Minus the logarithm of the probability of being right: the same for labels 0 and 1 alone."""
    t, p = floats(t), floats(p)
    return -np.log(t * p + (1 - t) * (1 - p))


def bernoulli_labels_of_one_half(t, p):
    """A label from 1/2 on counts as a yes, any other as a no."""
    return book.bernoulli_crossentropy((floats(t) >= 0.5).astype(float), p)


def bernoulli_nan_for_sure(t, p):
    """0 times the logarithm of 0 is nan."""
    t, p = floats(t), floats(p)
    with np.errstate(all="ignore"):
        return -(t * np.log(p) + (1 - t) * np.log(1 - p))


def bernoulli_halved(t, p):
    """The mean over the two sides."""
    return book.bernoulli_crossentropy(t, p) / 2


def bernoulli_divergence(t, p):
    """The divergence: the entropy of the label is taken away, which a gradient does not see."""
    return book.bernoulli_crossentropy(t, p) - book.bernoulli_crossentropy(t, t)


# gradient of linear regression -------------------------------------------------------------------------------


def linear_without_the_two(X, y, w):
    """Of half the mean squared error."""
    return book.linear_regression_gradient(X, y, w) / 2


def linear_downhill(X, y, w):
    """Label minus prediction: the step, not the gradient."""
    return -book.linear_regression_gradient(X, y, w)


def linear_of_samples(X, y, w):
    """The gradient in the predictions: one entry a sample."""
    X, y, w = floats(X), floats(y), floats(w)
    return 2 * (X @ w - y) / y.size


def linear_first_sample_only(X, y, w):
    """Of the first sample alone, as in a step of stochastic descent."""
    return book.linear_regression_gradient(X[:1], y[:1], w)


def linear_last_weight_is_a_bias(X, y, w):
    """The last weight is taken for a bias, whose feature is 1."""
    X = floats(X).copy()
    X[:, -1] = 1
    return book.linear_regression_gradient(X, y, w)


def linear_over_samples_less_one(X, y, w):
    """Divides by N - 1, as for a variance."""
    n = len(y)
    return book.linear_regression_gradient(X, y, w) * n / max(n - 1, 1)


def linear_of_the_root(X, y, w):
    """Of the root of the mean squared error."""
    rmse = np.sqrt(np.mean((floats(X) @ floats(w) - floats(y)) ** 2))
    return book.linear_regression_gradient(X, y, w) / (2 * rmse if rmse > 0 else 1)


def linear_with_decay(X, y, w):
    """Weight decay of 0.001 is left in."""
    return book.linear_regression_gradient(X, y, w) + 1e-3 * floats(w)


def linear_standardises(X, y, w):
    """Centres the features first, in place."""
    X -= X.mean(axis=0)
    return book.linear_regression_gradient(X, y, w)


def linear_as_column(X, y, w):
    """The gradient is a column of shape (d, 1)."""
    return book.linear_regression_gradient(X, y, w)[:, None]


# categorical crossentropy ------------------------------------------------------------------------------------


def logits_as_probabilities(t, z):
    """Takes the logarithms of the logits themselves."""
    return -book.xlogy(t, z).sum(axis=-1)


def hardest_label(t, z):
    """Only the largest label counts."""
    return -np.take_along_axis(log_softmax(z), np.argmax(t, axis=-1)[..., None], axis=-1)[..., 0]


def mean_over_classes(t, z):
    """The mean over the classes in place of their sum."""
    return book.categorical_crossentropy(t, z) / np.shape(z)[-1]


def last_class_forgotten(t, z):
    """A loop that ends one class early."""
    return -(floats(t) * log_softmax(z))[..., :-1].sum(axis=-1)


def mean_over_one_row_less(t, z):
    """The mean of a batch divides by one row less."""
    y = book.categorical_crossentropy(t, z)
    return y.sum() / (len(y) - 1) if y.ndim and len(y) > 1 else y


def softmax_twice(t, z):
    """Applies softmax to its own result."""
    return book.categorical_crossentropy(t, softmax(z))


def changes_print_options(t, z):
    """Sets how NumPy prints numbers, for the whole process."""
    np.set_printoptions(precision=3, suppress=True)
    return book.categorical_crossentropy(t, z)


def adds_a_warning_filter(t, z):
    """Silences warnings for the whole process."""
    warnings.simplefilter("ignore", RuntimeWarning)
    return book.categorical_crossentropy(t, z)


def backwards(t, z):
    """The label minus the prediction: uphill."""
    return floats(t) - softmax(z)


def mean_gradient_over_classes(t, z):
    """Divides by the number of classes."""
    return (softmax(z) - t) / np.shape(z)[-1]


def minus_one_at_the_hardest(t, z):
    """Subtracts 1 at the largest label, whatever the labels are."""
    return softmax(z) - one_hot(np.argmax(t, axis=-1), np.shape(z)[-1])


def through_the_jacobian_once_more(t, z):
    """Multiplies the gradient by the Jacobian of softmax again."""
    s = softmax(z)
    g = s - t
    return s * (g - (s * g).sum(axis=-1, keepdims=True))


# sparse categorical crossentropy -----------------------------------------------------------------------------


def labels_from_one(t, z):
    """Counts labels from 1."""
    return -np.take(log_softmax(z), np.asarray(t) - 1, axis=-1)


def wrong_for_the_last_class(t, z):
    """The last class gets the loss of the one before it."""
    n = np.shape(z)[-1]
    return book.sparse_categorical_crossentropy(np.where(np.asarray(t) == n - 1, max(n - 2, 0), t), z)


def wrong_for_class_zero(t, z):
    """The label 0 means no label: no loss."""
    return book.sparse_categorical_crossentropy(t, z) * (np.asarray(t) != 0)


def label_of_the_first_row(t, z):
    """In a batch the first label counts for every row."""
    t = np.asarray(t)
    return -log_softmax(z)[..., t if t.ndim == 0 else t[0]]


def margin_loss(t, z):
    """The distance to the largest score in place of the loss."""
    z = floats(z)
    return z.max(axis=-1) - np.take_along_axis(z, np.asarray(t)[..., None], axis=-1)[..., 0]


def negative_log_of_four_decimals(t, z):
    """Rounds the probability to four decimals first."""
    return -np.log(np.round(np.exp(-book.sparse_categorical_crossentropy(t, z)), 4))


def raises_for_a_mask(t, z):
    """Refuses a mask of -inf."""
    if not np.isfinite(z).all():
        raise ValueError("logits must be finite")
    return book.sparse_categorical_crossentropy(t, z)


def same_label_in_every_row(t, z):
    """Subtracts the 1 in the column of the first label."""
    p = softmax(z)
    p[..., np.ravel(t)[0]] -= 1
    return p


def adds_the_label(t, z):
    """Adds 1 at the label."""
    z = floats(z)
    return softmax(z) + one_hot(t, z.shape[-1]).astype(z.dtype)


def others_forgotten(t, z):
    """Only the entry of the label: the others are 0."""
    z = floats(z)
    return book.sparse_categorical_crossentropy_gradient(t, z) * one_hot(t, z.shape[-1]).astype(z.dtype)


def loss_in_place_of_gradient(t, z):
    """Returns the loss."""
    return book.sparse_categorical_crossentropy(t, z)


def two_classes_as_one(t, z):
    """With two classes it answers with the one number of a binary problem."""
    g = book.sparse_categorical_crossentropy_gradient(t, z)
    return g[..., 1:] if g.shape[-1] == 2 else g


# focal loss --------------------------------------------------------------------------------------------------


def with_alpha_a_quarter(t, z, gamma):
    """Weighs yes with 1/4 and no with 3/4, which nobody asked for."""
    return book.focal_loss(t, z, gamma) * np.where(floats(t) > 0.5, 0.25, 0.75)


def hit_for_miss(t, z, gamma):
    """Weighs with the probability of the right answer: the easy samples count."""
    return (1 - book.miss(t, z)) ** gamma * book.binary_crossentropy(t, z)


def gamma_is_two(t, z, gamma):
    """gamma is 2, whatever is asked for."""
    return book.focal_loss(t, z, 2)


def gamma_of_integers(t, z, gamma):
    """Cuts gamma to an integer."""
    return book.focal_loss(t, z, int(gamma))


def total_focal_loss(t, z, gamma):
    """The sum over the samples in place of one loss each."""
    return book.focal_loss(t, z, gamma).sum()


def weight_held_constant(t, z, gamma):
    """The gradient takes the weight for a constant."""
    return book.miss(t, z) ** gamma * book.binary_crossentropy_gradient(t, z)


def slope_without_gamma(t, z, gamma):
    """The derivative of the power without its factor gamma."""
    t, z, m = floats(t), floats(z), book.miss(t, z)
    more = (1 - 2 * t) * sigmoid(z) * sigmoid(-z) * book.binary_crossentropy(t, z) / m
    return m**gamma * (book.binary_crossentropy_gradient(t, z) + (more if gamma else 0))


def nan_without_focus(t, z, gamma):
    """Divides gamma by itself: nan for gamma = 0."""
    return book.focal_loss_gradient(t, z, gamma) * (np.float64(gamma) / np.float64(gamma))


def difference_quotient(t, z, gamma):
    """A difference quotient with a step of 1e-4: eight digits at best, fewer where the loss is curved."""
    h = 1e-4
    z = floats(z)
    return (book.focal_loss(t, z + h, gamma) - book.focal_loss(t, z, gamma)) / h


# Huber -------------------------------------------------------------------------------------------------------


def quadratic_without_half(t, y, c):
    """The square without its half."""
    r = np.abs(floats(y) - t)
    return np.where(r <= c, r * r, c * (r - c / 2))


def wrong_at_the_boundary(t, y, c):
    """At the boundary itself neither branch applies: 0."""
    r = np.abs(floats(y) - t)
    return np.where(r < c, r * r / 2, np.where(r > c, c * (r - c / 2), 0))


def delta_is_one(t, y, c):
    """delta is 1, whatever is asked for."""
    return book.huber(t, y, 1.0)


def pseudo_huber(t, y, c):
    """The smooth variant."""
    r = (floats(y) - t) / c
    return c * c * (np.sqrt(1 + r * r) - 1)


def linear_without_offset(t, y, c):
    """The straight part does not meet the parabola: half delta is missing."""
    r = np.abs(floats(y) - t)
    return np.where(r <= c, r * r / 2, c * r)


def smooth_l1(t, y, c):
    """Divided by delta, as the smooth L1 loss is."""
    return book.huber(t, y, c) / c


def only_above(t, y, c):
    """No absolute value: predictions far below the truth fall in the quadratic branch."""
    r = floats(y) - t
    return np.where(r <= c, r * r / 2, c * (r - c / 2))


def points_back(t, y, c):
    """Truth minus prediction."""
    return np.clip(floats(t) - floats(y), -c, c)


def sign_beyond_delta(t, y, c):
    """Beyond delta the slope is 1 or -1, not delta."""
    r = floats(y) - floats(t)
    return np.where(np.abs(r) <= c, r, np.sign(r))


def smoothed_clip(t, y, c):
    """A hyperbolic tangent in place of the clip."""
    return c * np.tanh((floats(y) - floats(t)) / c)


def clipped_above_only(t, y, c):
    """Only large positive differences are cut."""
    return np.minimum(floats(y) - floats(t), c)


# mean absolute error -----------------------------------------------------------------------------------------


def signed_error(t, y):
    """The mean of the signed differences: errors cancel."""
    return (floats(t) - floats(y)).mean()


def median_error(t, y):
    """The median."""
    return np.median(np.abs(floats(t) - floats(y)))


def one_sample_less(t, y):
    """Divides by n - 1."""
    r = np.abs(floats(t) - floats(y))
    return r.sum() / max(r.size - 1, 1)


def whole_numbers(t, y):
    """The result is an integer."""
    return int(np.abs(floats(t) - floats(y)).mean())


def sign_without_the_mean(t, y):
    """The signs are not divided by n."""
    return np.sign(floats(y) - floats(t))


def differences_over_n(t, y):
    """The differences themselves: the gradient of half the squares."""
    return (floats(y) - floats(t)) / np.size(y)


def smooth_sign(t, y):
    """A smooth sign r / (|r| + 1e-3)."""
    r = floats(y) - floats(t)
    return r / (np.abs(r) + 1e-3) / r.size


def signs_of_the_predictions(t, y):
    """The sign of the prediction, not of the difference."""
    return np.sign(floats(y)) / np.size(y)


# mean squared error ------------------------------------------------------------------------------------------


def sum_of_squares(t, y):
    """The sum in place of the mean."""
    return ((floats(t) - floats(y)) ** 2).sum()


def half_the_mean(t, y):
    """Half of the mean."""
    return ((floats(t) - floats(y)) ** 2).mean() / 2


def root_mean_square(t, y):
    """The root of the mean."""
    return np.sqrt(((floats(t) - floats(y)) ** 2).mean())


def difference_of_squares(t, y):
    """The squares are subtracted, not the numbers."""
    return np.abs(floats(t) ** 2 - floats(y) ** 2).mean()


def expanded_square(t, y):
    """t^2 - 2 t y + y^2: nothing is left of a small difference of large numbers."""
    t, y = floats(t), floats(y)
    return (t * t - 2 * t * y + y * y).mean()


def broadcasts_columns(t, y):
    """Subtracts every prediction from every truth, as (n, 1) minus (n,) does."""
    return ((floats(t)[..., None] - floats(y)[..., None, :]) ** 2).mean()


def subtracts_in_place(t, y):
    """Stores the differences in the caller's labels."""
    t -= y
    return (t * t).mean()


def sixteen_bit_sum(t, y):
    """Adds up in float16."""
    r = floats(t) - floats(y)
    return r.dtype.type((r * r).mean(dtype=np.float16))


def without_the_two(t, y):
    """The factor 2 is missing."""
    return (floats(y) - floats(t)) / np.size(y)


def without_the_mean(t, y):
    """Not divided by n."""
    return 2 * (floats(y) - floats(t))


def row_matrix(t, y):
    """The gradient is a matrix of shape (1, n)."""
    return np.atleast_2d(2 * (floats(y) - floats(t)) / np.size(y))


def column_vector(t, y):
    """The gradient is a column of shape (n, 1)."""
    return (2 * (floats(y) - floats(t)) / np.size(y)).reshape(-1, 1)


LINEAR = "([[1.0, 2.0], [2.0, 1.0], [3.0, 5.0]], [1.0, 2.0, 6.0], [2.0, -1.0])"

ENTRIES = (
    wrong("binary_crossentropy", label_and_logit_swapped, "arguments swapped", "(1.0, 0.25)"),
    wrong("binary_crossentropy", clipped_at_1e_3, "clipped at 1e-3", "(1.0, -20.0)"),
    wrong("binary_crossentropy", clipped_at_1e_7, "clipped at 1e-7", "(1.0, -30.0)", "value", "doubtful", "convention"),
    wrong("binary_crossentropy", only_the_yes_term, "one term missing", "(0.0, 1.0)"),
    wrong("binary_crossentropy", hardens_labels, "labels rounded", "(0.25, 1.0)"),
    wrong("binary_crossentropy", nothing_at_zero, "exactly 0 forgotten", "(1.0, 0.0)"),
    wrong("binary_crossentropy", negated_logits, "sign of the argument", "(1.0, 2.0)"),
    wrong("binary_crossentropy", threshold_at_5, "threshold at 5", "(0.0, 5.5)"),
    wrong("binary_crossentropy", through_probabilities, "inf for a confident error", "(0.0, 50.0)"),
    wrong("binary_crossentropy", second_order, "Taylor series", "(1.0, 3.0)"),
    wrong("binary_crossentropy_gradient", label_forgotten, "label forgotten", "(1.0, 2.0)"),
    wrong("binary_crossentropy_gradient", gradient_of_squares, "gradient of another loss", "(1.0, 2.0)"),
    wrong("binary_crossentropy_gradient", shifted_logit, "label inside the sigmoid", "(1.0, 2.0)"),
    wrong("binary_crossentropy_gradient", always_one_third_less, "only one label value", "(0.5, 2.0)"),
    wrong("binary_crossentropy_gradient", flat_beyond_20, "saturates early", "(0.0, 30.0)"),
    wrong("bernoulli_crossentropy", bernoulli_clipped_at_1e_3, "clipped at 1e-3", "(1.0, 1e-9)"),
    wrong(
        "bernoulli_crossentropy", bernoulli_clipped_at_1e_12, "clipped at 1e-12", "(1.0, 0.0)", "value", "doubtful", "convention"
    ),
    wrong("bernoulli_crossentropy", bernoulli_sign_forgotten, "sign of the result", "(1.0, 0.25)"),
    wrong("bernoulli_crossentropy", bernoulli_prediction_first, "arguments swapped", "(1.0, 0.25)"),
    wrong("bernoulli_crossentropy", bernoulli_of_hits, "mean before the logarithm", "(0.5, 0.25)"),
    wrong("bernoulli_crossentropy", bernoulli_labels_of_one_half, "labels rounded", "(0.25, 0.25)"),
    wrong("bernoulli_crossentropy", bernoulli_nan_for_sure, "0 log 0", "(1.0, 1.0)"),
    wrong("bernoulli_crossentropy", bernoulli_halved, "mean for sum", "(1.0, 0.25)"),
    wrong("bernoulli_crossentropy", bernoulli_divergence, "a term too much", "(0.5, 0.25)"),
    wrong("linear_regression_gradient", linear_without_the_two, "factor 2 missing", LINEAR),
    wrong("linear_regression_gradient", linear_downhill, "sign of the result", LINEAR),
    wrong("linear_regression_gradient", linear_of_samples, "one entry a sample", LINEAR, "shape"),
    wrong("linear_regression_gradient", linear_first_sample_only, "only the first sample", LINEAR),
    wrong("linear_regression_gradient", linear_last_weight_is_a_bias, "last feature as 1", LINEAR),
    wrong("linear_regression_gradient", linear_over_samples_less_one, "n - 1", LINEAR),
    wrong("linear_regression_gradient", linear_of_the_root, "root of the loss", LINEAR),
    wrong("linear_regression_gradient", linear_with_decay, "weight decay left in", LINEAR),
    wrong("linear_regression_gradient", linear_standardises, "argument changed", LINEAR, "input"),
    wrong("linear_regression_gradient", linear_as_column, "shape (d, 1) for (d,)", LINEAR, "shape"),
    wrong("categorical_crossentropy", logits_as_probabilities, "logits as probabilities", "([0.5, 0.5], [1.0, 2.0])"),
    wrong("categorical_crossentropy", hardest_label, "soft labels hardened", "([0.25, 0.75], [1.0, 2.0])"),
    wrong("categorical_crossentropy", mean_over_classes, "mean for sum", "([0.5, 0.5], [1.0, 2.0])"),
    wrong("categorical_crossentropy", last_class_forgotten, "last class forgotten", "([0.5, 0.5], [1.0, 2.0])"),
    wrong(
        "categorical_crossentropy",
        mean_over_one_row_less,
        "batch mean by one row less",
        "([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]], [[2.0, 1.0], [0.0, 3.0], [1.0, 1.5]])",
    ),
    wrong("categorical_crossentropy", softmax_twice, "softmax twice", "([1.0, 0.0], [1.0, 2.0])"),
    wrong("categorical_crossentropy", changes_print_options, "print options changed", "([1.0, 0.0], [1.0, 2.0])", "effect"),
    wrong("categorical_crossentropy", adds_a_warning_filter, "warning filters changed", "([1.0, 0.0], [1.0, 2.0])", "effect"),
    wrong("categorical_crossentropy_gradient", backwards, "sign of the result", "([1.0, 0.0], [1.0, 2.0])"),
    wrong("categorical_crossentropy_gradient", mean_gradient_over_classes, "divided by n", "([1.0, 0.0], [1.0, 2.0])"),
    wrong("categorical_crossentropy_gradient", minus_one_at_the_hardest, "soft labels hardened", "([0.25, 0.75], [1.0, 2.0])"),
    wrong("categorical_crossentropy_gradient", through_the_jacobian_once_more, "chain rule twice", "([1.0, 0.0], [1.0, 2.0])"),
    wrong("sparse_categorical_crossentropy", labels_from_one, "labels off by one", "(1, [1.0, 2.0, 4.0])"),
    wrong("sparse_categorical_crossentropy", wrong_for_the_last_class, "only the last class", "(2, [1.0, 2.0, 4.0])"),
    wrong("sparse_categorical_crossentropy", wrong_for_class_zero, "only class 0", "(0, [1.0, 2.0, 4.0])"),
    wrong(
        "sparse_categorical_crossentropy",
        label_of_the_first_row,
        "first label for every row",
        "(np.array([0, 1]), [[1.0, 2.0], [4.0, 3.0]])",
    ),
    wrong("sparse_categorical_crossentropy", margin_loss, "another loss", "(0, [1.0, 2.0])"),
    wrong("sparse_categorical_crossentropy", negative_log_of_four_decimals, "rounded inside", "(0, [1.0, 4.0])"),
    wrong("sparse_categorical_crossentropy", raises_for_a_mask, "mask refused", "(0, [1.0, -np.inf])", "raises"),
    wrong(
        "sparse_categorical_crossentropy_gradient",
        same_label_in_every_row,
        "first label for every row",
        "(np.array([0, 1]), [[1.0, 2.0], [4.0, 3.0]])",
    ),
    wrong("sparse_categorical_crossentropy_gradient", adds_the_label, "sign of a term", "(0, [1.0, 2.0])"),
    wrong("sparse_categorical_crossentropy_gradient", others_forgotten, "other entries 0", "(0, [1.0, 2.0])"),
    wrong(
        "sparse_categorical_crossentropy_gradient", loss_in_place_of_gradient, "value for gradient", "(0, [1.0, 2.0])", "shape"
    ),
    wrong("sparse_categorical_crossentropy_gradient", two_classes_as_one, "only n = 2", "(0, [1.0, 2.0])", "shape"),
    wrong("focal_loss", with_alpha_a_quarter, "unasked weight", "([1.0, 0.0], [1.0, 2.0], 2.0)"),
    wrong("focal_loss", hit_for_miss, "complement", "([1.0, 0.0], [1.0, 2.0], 2.0)"),
    wrong("focal_loss", gamma_is_two, "parameter ignored", "([1.0, 0.0], [1.0, 2.0], 3.0)"),
    wrong("focal_loss", gamma_of_integers, "parameter truncated", "([1.0, 0.0], [1.0, 2.0], 1.5)"),
    wrong("focal_loss", total_focal_loss, "sum for entries", "([1.0, 0.0], [1.0, 2.0], 2.0)", "shape"),
    wrong("focal_loss_gradient", weight_held_constant, "product rule forgotten", "([1.0, 0.0], [1.0, 2.0], 2.0)"),
    wrong("focal_loss_gradient", slope_without_gamma, "factor missing", "([1.0, 0.0], [1.0, 2.0], 2.0)"),
    wrong("focal_loss_gradient", nan_without_focus, "nan for one parameter", "([1.0, 0.0], [1.0, 2.0], 0.0)"),
    wrong("focal_loss_gradient", difference_quotient, "difference quotient", "([1.0, 0.0], [1.0, 2.0], 2.0)"),
    wrong("huber", quadratic_without_half, "half missing", "([0.0], [0.5], 1.0)"),
    wrong("huber", wrong_at_the_boundary, "wrong at the boundary", "([0.0], [1.0], 1.0)"),
    wrong("huber", delta_is_one, "parameter ignored", "([0.0], [3.0], 2.0)"),
    wrong("huber", pseudo_huber, "another loss", "([0.0], [3.0], 2.0)"),
    wrong("huber", linear_without_offset, "branches do not meet", "([0.0], [3.0], 2.0)"),
    wrong("huber", smooth_l1, "scaled by a parameter", "([0.0], [3.0], 2.0)"),
    wrong("huber", only_above, "one side only", "([0.0], [-3.0], 2.0)"),
    wrong("huber_gradient", points_back, "sign of the result", "([0.0], [1.0], 2.0)"),
    wrong("huber_gradient", sign_beyond_delta, "scale of one branch", "([0.0], [3.0], 2.0)"),
    wrong("huber_gradient", smoothed_clip, "smoothed", "([0.0], [1.0], 2.0)"),
    wrong("huber_gradient", clipped_above_only, "one side only", "([0.0], [-3.0], 2.0)"),
    wrong("mean_absolute_error", signed_error, "absolute value missing", "([0.0, 1.0], [1.0, 0.5])"),
    wrong("mean_absolute_error", median_error, "median for mean", "([0.0, 0.0, 0.0], [1.0, 2.0, 6.0])"),
    wrong("mean_absolute_error", one_sample_less, "n - 1", "([0.0, 0.0], [1.0, 2.0])"),
    wrong("mean_absolute_error", whole_numbers, "result truncated", "([0.0, 0.0], [1.0, 2.0])"),
    wrong("mean_absolute_error_gradient", sign_without_the_mean, "1 / n missing", "([0.0, 0.0], [1.0, 2.0])"),
    wrong("mean_absolute_error_gradient", differences_over_n, "gradient of another loss", "([0.0, 0.0], [1.0, 2.0])"),
    wrong("mean_absolute_error_gradient", smooth_sign, "smoothed", "([0.0, 0.0], [1.0, 2.0])"),
    wrong("mean_absolute_error_gradient", signs_of_the_predictions, "one argument ignored", "([3.0, 0.0], [1.0, 2.0])"),
    wrong("mean_squared_error", sum_of_squares, "sum for mean", "([0.0, 0.0], [1.0, 2.0])"),
    wrong("mean_squared_error", half_the_mean, "half too much", "([0.0, 0.0], [1.0, 2.0])"),
    wrong("mean_squared_error", root_mean_square, "root", "([0.0, 0.0], [1.0, 2.0])"),
    wrong("mean_squared_error", difference_of_squares, "difference of squares", "([1.0, 0.0], [-1.0, 2.0])"),
    wrong("mean_squared_error", expanded_square, "cancellation", "([1e8, 1e8], [1e8 + 1, 1e8 + 3])"),
    wrong("mean_squared_error", broadcasts_columns, "broadcast to a table", "([0.0, 1.0], [1.0, 3.0])"),
    wrong("mean_squared_error", subtracts_in_place, "labels overwritten", "([0.0, 1.0], [1.0, 3.0])", "input"),
    wrong("mean_squared_error", sixteen_bit_sum, "float16 sum", "([0.0, 1.0], [0.1, 0.4])"),
    wrong("mean_squared_error_gradient", without_the_two, "factor 2 missing", "([0.0, 1.0], [1.0, 3.0])"),
    wrong("mean_squared_error_gradient", without_the_mean, "1 / n missing", "([0.0, 1.0], [1.0, 3.0])"),
    wrong("mean_squared_error_gradient", row_matrix, "shape (1, n) for (n,)", "([0.0, 1.0], [1.0, 3.0])", "shape"),
    wrong("mean_squared_error_gradient", column_vector, "shape (n, 1) for (n,)", "([0.0, 1.0], [1.0, 3.0])", "shape"),
)

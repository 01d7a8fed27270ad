"""Wrong entropies, divergences and information."""

import math

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import wrong
from tests.conformance.implementations._textbook import floats, xlogx, xlogy

# entropy -----------------------------------------------------------------------------------------------------


def entropy_in_bits(p, axis=-1):
    """Logarithms to base 2."""
    return book.entropy(p, axis) / np.log(2)


def epsilon_everywhere(p, axis=-1):
    """Adds 1e-9 to each probability before the logarithm."""
    p = floats(p)
    return -(p * np.log(p + 1e-9)).sum(axis=axis)


def normalised(p, axis=-1):
    """Divided by log n, so that it lies between 0 and 1."""
    return book.entropy(p, axis) / np.log(max(np.shape(p)[axis], 2))


def nan_for_zeros(p, axis=-1):
    """0 log 0 is nan."""
    p = floats(p)
    return -(p * np.log(p)).sum(axis=axis)


def distinct_values(p):
    """Adds over the set of the probabilities: equal ones count once."""
    return -sum(x * math.log(x) for x in set(floats(p).tolist()) if x > 0)


def sorts_its_input(p):
    """Sorts the caller's array, to add the small terms first."""
    p.sort()
    return book.entropy(p)


def collision_entropy(p, axis=-1):
    """Rényi's entropy of order 2."""
    return -np.log((floats(p) ** 2).sum(axis=axis))


def seeds_the_generator(p, axis=-1):
    """Seeds NumPy's global generator."""
    np.random.seed(0)  # noqa: NPY002  # that is what is wrong with it
    return book.entropy(p, axis)


def from_a_sample(p):
    """Estimates from a million draws, always the same."""
    p = floats(p)
    p = p.astype(np.float64)
    counts = np.random.default_rng(1).multinomial(1_000_000, p / p.sum())
    return book.entropy(counts / 1_000_000)


# binary entropy ----------------------------------------------------------------------------------------------


def binary_in_bits(p):
    """Logarithms to base 2: 1 for a fair coin."""
    return -(xlogx(p) + xlogx(1 - floats(p))) / np.log(2)


def one_term(p):
    """Only p log p."""
    return -xlogx(p)


def parabola(p):
    """A parabola through the same three points."""
    p = floats(p)
    return 4 * p * (1 - p) * np.log(2)


def nan_at_the_ends(p):
    """0 log 0 is nan: at 0 and at 1."""
    p = floats(p)
    return -p * np.log(p) - (1 - p) * np.log(1 - p)


def right_half_mirrored_wrongly(p):
    """Above 1/2 it mirrors at 1, not at 1/2: p - 1/2 for 1 - p."""
    p = floats(p)
    p = np.where(p > 0.5, p - 0.5, p)
    return -(xlogx(p) + xlogx(1 - p))


# crossentropy ------------------------------------------------------------------------------------------------


def p_and_q_swapped(p, q, axis=-1):
    """-sum q log p."""
    return -xlogy(q, p).sum(axis=axis)


def epsilon_of_1e_8(p, q, axis=-1):
    """Adds 1e-8 to the prediction: never inf."""
    return -(floats(p) * np.log(floats(q) + 1e-8)).sum(axis=axis)


def clipped_at_1e_12(p, q, axis=-1):
    """A prediction of 0 counts as 1e-12, a usual clip."""
    q = floats(q)
    return -(p * np.log(np.clip(q, 1e-12, None))).sum(axis=axis)


def mean_of_terms(p, q, axis=-1):
    """The mean over the outcomes."""
    return -xlogy(p, q).mean(axis=axis)


def divergence_in_place(p, q, axis=-1):
    """The divergence: the entropy of p is subtracted."""
    return book.kl_divergence(p, q, axis)


def most_likely_only(p, q):
    """Only the most likely outcome counts."""
    return -np.log(np.take_along_axis(floats(q), np.argmax(p, axis=-1)[..., None], axis=-1))[..., 0]


def largest_as_one(p, q, axis=-1):
    """Divides the prediction by its largest entry."""
    q = floats(q)
    return -xlogy(p, q / q.max(axis=axis, keepdims=True)).sum(axis=axis)


def nan_for_a_right_zero(p, q, axis=-1):
    """Where both are 0 it gives nan."""
    return -(floats(p) * np.log(floats(q))).sum(axis=axis)


# divergences -------------------------------------------------------------------------------------------------


def reversed_divergence(p, q, axis=-1):
    """The divergence of q from p."""
    return book.kl_divergence(q, p, axis)


def symmetrised(p, q, axis=-1):
    """The mean of both directions."""
    return (book.kl_divergence(p, q, axis) + book.kl_divergence(q, p, axis)) / 2


def absolute_terms(p, q, axis=-1):
    """Adds the absolute values of the terms."""
    p, q = floats(p), floats(q)
    return np.abs(xlogx(p) - xlogy(p, q)).sum(axis=axis)


def one_term_each(p, q):
    """The terms, not their sum."""
    return xlogx(p) - xlogy(p, q)


def infinity_hidden(p, q, axis=-1):
    """An outcome that q excludes adds nothing, where the divergence is inf."""
    p, q = floats(p), floats(q)
    both = (p > 0) & (q > 0)
    return np.where(both, p * np.log(np.where(both, p, 1) / np.where(both, q, 1)), 0).sum(axis=axis)


def second_order_divergence(p, q, axis=-1):
    """Half of the chi-square distance: right for near distributions."""
    p, q = floats(p), floats(q)
    return ((p - q) ** 2 / np.where(q > 0, q, 1)).sum(axis=axis) / 2


def divergence_with_epsilon(p, q, axis=-1):
    """Adds 1e-10 to both and normalises again."""
    p, q = floats(p) + 1e-10, floats(q) + 1e-10
    return book.kl_divergence(p / p.sum(axis=axis, keepdims=True), q / q.sum(axis=axis, keepdims=True), axis)


def twice_the_js(p, q, axis=-1):
    """The two divergences are added, not averaged."""
    return 2 * book.js_divergence(p, q, axis)


def js_in_bits(p, q, axis=-1):
    """Logarithms to base 2."""
    return book.js_divergence(p, q, axis) / np.log(2)


def js_distance(p, q, axis=-1):
    """The root, which is the distance."""
    return np.sqrt(np.maximum(book.js_divergence(p, q, axis), 0))


def geometric_mixture(p, q, axis=-1):
    """The geometric mean in place of the mixture."""
    p, q = floats(p), floats(q)
    m = np.sqrt(p * q)
    return (book.kl_divergence(p, m, axis) + book.kl_divergence(q, m, axis)) / 2


def one_sided_js(p, q, axis=-1):
    """Only the divergence of p from the mixture."""
    p, q = floats(p), floats(q)
    return book.kl_divergence(p, (p + q) / 2, axis)


# mutual information ------------------------------------------------------------------------------------------


def information_in_bits(P):
    """Logarithms to base 2."""
    return book.mutual_information(P) / np.log(2)


def table_not_normalised(P):
    """Takes the table for probabilities, whatever its sum: wrong for twice such a table."""
    P = floats(P)
    expected = P.sum(axis=1, keepdims=True) * P.sum(axis=0, keepdims=True)
    return (P * np.log(np.where(P > 0, P, 1) / np.where(P > 0, expected, 1))).sum()


def rows_for_columns(P):
    """Uses the sums of the rows for both sides of a square table."""
    P = floats(P)
    P = P / P.sum()
    a = P.sum(axis=1, keepdims=True)
    b = a.T if P.shape[0] == P.shape[1] else P.sum(axis=0, keepdims=True)
    return (P * np.log(np.where(P > 0, P, 1) / np.where(P > 0, a * b, 1))).sum()


def normalises_first(P):
    """The information of the shares, also where the table does not sum to 1: the definition scales with the table."""
    P = floats(P)
    return book.mutual_information(P / P.sum())


def joint_entropy(P):
    """The joint entropy."""
    P = floats(P)
    return book.entropy((P / P.sum()).ravel())


def lautum_information(P):
    """The divergence the other way round."""
    P = floats(P)
    P = P / P.sum()
    expected = P.sum(axis=1, keepdims=True) * P.sum(axis=0, keepdims=True)
    return book.kl_divergence(expected.ravel(), P.ravel())


def share_of_the_entropy(P):
    """Divided by the entropy of the rows."""
    P = floats(P)
    P = P / P.sum()
    own = book.entropy(P.sum(axis=1))
    return book.mutual_information(P) / np.where(own > 0, own, 1)


# perplexity --------------------------------------------------------------------------------------------------


def two_to_the_nats(p, axis=-1):
    """2 to the entropy in nats."""
    return 2 ** book.entropy(p, axis)


def e_to_the_bits(p, axis=-1):
    """e to the entropy in bits."""
    return np.exp(book.entropy(p, axis) / np.log(2))


def inverse_simpson(p, axis=-1):
    """1 over the sum of the squares: another effective number."""
    return 1 / (floats(p) ** 2).sum(axis=axis)


def support_size(p, axis=-1):
    """The number of possible outcomes."""
    return np.asarray((floats(p) > 0).sum(axis=axis), dtype=float)


def share_of_n(p, axis=-1):
    """Divided by n."""
    return np.exp(book.entropy(p, axis)) / np.shape(p)[axis]


def an_object(p):
    """Returns an array of Python objects."""
    return np.array(np.exp(book.entropy(p)), dtype=object)


def a_generator(p):
    """Returns a generator."""
    return (value for value in [np.exp(book.entropy(p))])


ENTRIES = (
    wrong("entropy", entropy_in_bits, "bits", "([0.5, 0.5],)"),
    wrong("entropy", epsilon_everywhere, "epsilon inside the logarithm", "([0.25, 0.75],)", far=1e-10),
    wrong("entropy", normalised, "normalised by log n", "([0.25, 0.25, 0.5],)"),
    wrong("entropy", nan_for_zeros, "0 log 0", "([1.0, 0.0],)"),
    wrong("entropy", distinct_values, "equal values count once", "([0.25, 0.25, 0.5],)", "value", "vectors"),
    wrong("entropy", sorts_its_input, "input sorted", "([0.75, 0.25],)", "input"),
    wrong("entropy", collision_entropy, "another entropy", "([0.25, 0.75],)"),
    wrong("entropy", seeds_the_generator, "global generator seeded", "([0.5, 0.5],)", "effect"),
    wrong("entropy", from_a_sample, "estimated from a sample", "([0.25, 0.75],)"),
    wrong("binary_entropy", binary_in_bits, "bits", "(0.25,)"),
    wrong("binary_entropy", one_term, "one term missing", "(0.25,)"),
    wrong("binary_entropy", parabola, "another curve", "(0.25,)"),
    wrong("binary_entropy", nan_at_the_ends, "0 log 0", "(0.0,)"),
    wrong("binary_entropy", right_half_mirrored_wrongly, "one half wrong", "(0.875,)"),
    wrong("crossentropy", p_and_q_swapped, "arguments swapped", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("crossentropy", epsilon_of_1e_8, "epsilon hides inf", "([1.0, 0.0], [0.0, 1.0])"),
    wrong("crossentropy", clipped_at_1e_12, "clipped at 1e-12", "([1.0, 0.0], [0.0, 1.0])", "value", "doubtful", "convention"),
    wrong("crossentropy", mean_of_terms, "mean for sum", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("crossentropy", divergence_in_place, "a term too much", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("crossentropy", most_likely_only, "soft labels hardened", "([0.25, 0.75], [0.4, 0.6])"),
    wrong("crossentropy", largest_as_one, "normalised by the maximum", "([0.25, 0.75], [0.4, 0.6])"),
    wrong("crossentropy", nan_for_a_right_zero, "0 log 0", "([1.0, 0.0], [1.0, 0.0])"),
    wrong("kl_divergence", reversed_divergence, "reversed", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("kl_divergence", symmetrised, "symmetrised", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("kl_divergence", absolute_terms, "absolute terms", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("kl_divergence", one_term_each, "terms for their sum", "([0.25, 0.75], [0.5, 0.5])", "shape"),
    wrong("kl_divergence", infinity_hidden, "inf hidden", "([0.5, 0.5], [1.0, 0.0])"),
    wrong("kl_divergence", second_order_divergence, "second-order approximation", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("kl_divergence", divergence_with_epsilon, "smoothed inputs", "([0.5, 0.5], [1.0, 0.0])"),
    wrong("js_divergence", twice_the_js, "1/2 missing", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("js_divergence", js_in_bits, "bits", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("js_divergence", js_distance, "root", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("js_divergence", geometric_mixture, "geometric mean", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("js_divergence", one_sided_js, "one side only", "([0.25, 0.75], [0.5, 0.5])"),
    wrong("mutual_information", information_in_bits, "bits", "([[0.5, 0.0], [0.0, 0.5]],)"),
    wrong("mutual_information", table_not_normalised, "unnormalised tables", "([[3.0, 1.0], [1.0, 3.0]],)"),
    wrong(
        "mutual_information",
        normalises_first,
        "normalises first",
        "([[3.0, 1.0], [1.0, 3.0]],)",
        "value",
        "convention",
        "doubtful",
    ),
    wrong("mutual_information", rows_for_columns, "only square tables", "([[0.5, 0.25], [0.0, 0.25]],)"),
    wrong("mutual_information", joint_entropy, "another quantity", "([[0.5, 0.25], [0.0, 0.25]],)"),
    wrong("mutual_information", lautum_information, "reversed", "([[0.5, 0.25], [0.125, 0.125]],)"),
    wrong("mutual_information", share_of_the_entropy, "normalised by an entropy", "([[0.5, 0.25], [0.0, 0.25]],)"),
    wrong("perplexity", two_to_the_nats, "bases mixed", "([0.25, 0.75],)"),
    wrong("perplexity", e_to_the_bits, "units mixed", "([0.25, 0.75],)"),
    wrong("perplexity", inverse_simpson, "another effective number", "([0.25, 0.75],)"),
    wrong("perplexity", support_size, "counts the support", "([0.25, 0.75],)"),
    wrong("perplexity", share_of_n, "divided by n", "([0.25, 0.75],)"),
    wrong("perplexity", an_object, "object array", "([0.25, 0.75],)", "type"),
    wrong("perplexity", a_generator, "generator", "([0.25, 0.75],)", "type"),
)

"""Right entropies, divergences and information."""

import math

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import right
from tests.conformance.implementations._textbook import entropy, floats, kl_divergence, xlogx, xlogy


def of_the_positive(p):
    """p[p > 0] first."""
    p = floats(p)
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def entropy_of_list(p):
    """math.fsum over a list, sorted."""
    return math.fsum(sorted(-x * math.log(x) for x in (float(v) for v in p) if x > 0))


def entropy_by_scipy(p, axis=-1):
    """scipy.special.entr, summed."""
    from scipy.special import entr

    return entr(floats(p)).sum(axis=axis)


def entropy_by_stats(p, axis=-1):
    """scipy.stats.entropy, which normalises first."""
    from scipy.stats import entropy

    return entropy(floats(p), axis=axis)


def entropy_by_where(p, axis=-1):
    """np.log with `where` and `out`."""
    p = floats(p)
    return -np.sum(p * np.log(p, where=p > 0, out=np.zeros_like(p)), axis=axis)


def entropy_by_dot(p):
    """A dot product with the surprisals."""
    p = floats(p)
    return float(p @ -np.log(np.where(p > 0, p, 1)))


def binary_entropy(p):
    """Both terms, the second by log1p."""
    p = floats(p)
    return -xlogx(p) - (1 - p) * np.log1p(np.where(p < 1, -p, 0))


def binary_entropy_by_scipy(p):
    """xlogy and xlog1py."""
    from scipy.special import xlog1py, xlogy

    p = floats(p)
    return -xlogy(p, p) - xlog1py(1 - p, -p)


def binary_entropy_of_number(p):
    """A Python float, 0 at the ends."""
    p = float(p)
    return -p * math.log(p) - (1 - p) * math.log1p(-p) if 0 < p < 1 else 0.0


def crossentropy(p, q, axis=-1):
    """Masked where p is 0."""
    return -xlogy(p, q).sum(axis=axis)


def crossentropy_by_scipy(p, q, axis=-1):
    """scipy.special.xlogy."""
    from scipy.special import xlogy

    return -xlogy(floats(p), floats(q)).sum(axis=axis)


def crossentropy_by_einsum(p, q):
    """einsum of p with the masked logarithms."""
    p, q = floats(p), floats(q)
    return -np.einsum("...k,...k->...", p, np.log(np.where(p > 0, q, 1)))


def crossentropy_of_lists(p, q):
    """A loop; inf where q excludes what p allows."""
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += math.inf if b == 0 else -float(a) * math.log(b)
    return total


def kl_of_quotients(p, q, axis=-1):
    """p log(p / q): the quotient overflows where q is subnormal."""
    p, q = floats(p), floats(q)
    return (p * np.log(np.where(p > 0, p, 1) / np.where(p > 0, q, 1))).sum(axis=axis)


def kl_by_rel_entr(p, q, axis=-1):
    """scipy.special.rel_entr."""
    from scipy.special import rel_entr

    return rel_entr(floats(p), floats(q)).sum(axis=axis)


def kl_by_kl_div(p, q, axis=-1):
    """scipy.special.kl_div, with - p + q."""
    from scipy.special import kl_div

    return kl_div(floats(p), floats(q)).sum(axis=axis)


def kl_by_stats(pk, qk):
    """scipy.stats.entropy of two; it normalises first, so for pmfs only."""
    from scipy.stats import entropy

    return entropy(floats(pk), floats(qk), axis=-1)


def kl_by_torch(p, q):
    """torch's kl_div, which takes log q first."""
    import torch

    p, q = floats(p), floats(q)
    p, q = torch.from_numpy(p.copy()), torch.from_numpy(np.where(p > 0, q, 1))  # 0 times the logarithm of 0 is nan in torch
    return torch.nn.functional.kl_div(q.log(), p, reduction="none").sum(-1).numpy()


def js_by_rel_entr(p, q, axis=-1):
    """Two halves by rel_entr."""
    from scipy.special import rel_entr

    p, q = floats(p), floats(q)
    m = (p + q) / 2
    return (rel_entr(p, m).sum(axis=axis) + rel_entr(q, m).sum(axis=axis)) / 2


def js_of_entropies(p, q, axis=-1):
    """The entropy of the mixture minus the mean entropy."""
    p, q = floats(p), floats(q)
    return entropy((p + q) / 2, axis) - (entropy(p, axis) + entropy(q, axis)) / 2


def js_of_distance(p, q, axis=-1):
    """The square of SciPy's distance."""
    from scipy.spatial.distance import jensenshannon

    return np.nan_to_num(jensenshannon(floats(p), floats(q), axis=axis)) ** 2


def information_of_entropies(P):
    """H(rows) + H(columns) - H(both)."""
    P = floats(P)
    total = P.sum()
    P = P / total
    return total * (entropy(P.sum(axis=1)) + entropy(P.sum(axis=0)) - entropy(P.ravel()))


def information_as_divergence(P):
    """The divergence of the table from the outer product of its margins."""
    P = floats(P)
    total = P.sum()
    P = P / total
    return total * kl_divergence(P.ravel(), np.outer(P.sum(axis=1), P.sum(axis=0)).ravel())


def information_of_logs(P):
    """A loop with four logarithms and math.fsum."""
    P = [[float(x) for x in row] for row in P]
    total = math.fsum(x for row in P for x in row)
    rows = [math.fsum(row) for row in P]
    columns = [math.fsum(column) for column in zip(*P, strict=True)]
    terms = (
        x * (math.log(x) + math.log(total) - math.log(a) - math.log(b))
        for row, a in zip(P, rows, strict=True)
        for x, b in zip(row, columns, strict=True)
        if x > 0
    )
    return math.fsum(terms)


def perplexity(p, axis=-1):
    """exp of the entropy."""
    return np.exp(entropy(p, axis))


def perplexity_of_bits(p, axis=-1):
    """2 to the entropy in bits."""
    p = floats(p)
    return np.exp2(-(p * np.log2(np.where(p > 0, p, 1))).sum(axis=axis))


def perplexity_as_product(p, axis=-1):
    """The product of p^-p."""
    p = floats(p)
    return np.prod(np.where(p > 0, p, 1) ** -p, axis=axis)


ENTRIES = (
    right("entropy", book.entropy, "textbook"),
    right("entropy", of_the_positive, "p[p > 0]", "vectors"),
    right("entropy", entropy_of_list, "fsum, sorted", "vectors"),
    right("entropy", entropy_by_scipy, "entr", needs="scipy"),
    right("entropy", entropy_by_stats, "normalises first", needs="scipy"),
    right("entropy", entropy_by_where, "where in the logarithm"),
    right("entropy", entropy_by_dot, "Python float", "vectors"),
    right("binary_entropy", binary_entropy, "textbook"),
    right("binary_entropy", binary_entropy_by_scipy, "xlogy", needs="scipy"),
    right("binary_entropy", np.vectorize(binary_entropy_of_number, otypes=[float]), "np.vectorize"),
    right("crossentropy", crossentropy, "textbook"),
    right("crossentropy", crossentropy_by_scipy, "xlogy", needs="scipy"),
    right("crossentropy", crossentropy_by_einsum, "einsum"),
    right("crossentropy", crossentropy_of_lists, "loop", "vectors"),
    right("kl_divergence", book.kl_divergence, "textbook"),
    right("kl_divergence", kl_of_quotients, "logarithm of a quotient", "doubtful"),
    right("kl_divergence", kl_by_rel_entr, "rel_entr", needs="scipy"),
    right("kl_divergence", kl_by_kl_div, "kl_div", needs="scipy"),
    right("kl_divergence", kl_by_stats, "normalises first", needs="scipy"),
    right("kl_divergence", kl_by_torch, "torch and back", needs="torch"),
    right("js_divergence", book.js_divergence, "textbook"),
    right("js_divergence", js_by_rel_entr, "rel_entr", needs="scipy"),
    right("js_divergence", js_of_entropies, "difference of entropies", "cancels"),
    right("js_divergence", js_of_distance, "square of a distance", "cancels", needs="scipy"),
    right("mutual_information", book.mutual_information, "textbook"),
    right("mutual_information", information_of_entropies, "difference of entropies", "cancels"),
    right("mutual_information", information_as_divergence, "divergence from the product"),
    right("mutual_information", information_of_logs, "four logarithms"),
    right("perplexity", perplexity, "textbook"),
    right("perplexity", perplexity_of_bits, "base two throughout"),
    right("perplexity", perplexity_as_product, "product of powers"),
)

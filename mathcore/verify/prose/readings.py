"""Names that are read in several ways: `\\log` without a base, a variance, a crossentropy of probabilities or of logits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mathcore.document.latex import BARE_LOG
from mathcore.language import tree as t
from mathcore.language.parser import Context


@dataclass(frozen=True)
class Ambiguity:
    """A name that is read in several ways: definitions, with what to say of each.

    `first`: the first is the one of our pages, and the digits may tell no other.
    """

    readings: tuple[tuple[str, str], ...]
    advice: str
    first: bool = False


AMBIGUOUS: Mapping[str, Ambiguity] = {
    BARE_LOG: Ambiguity(
        (("natural", "log_(u) = log(u)"), ("base 10", "log_(u) = log10(u)"), ("base 2", "log_(u) = log2(u)")),
        r"\log has no base: write \ln, \log_2 or \log_{10}",
        first=True,
    ),
    "variance_or_estimate": Ambiguity(
        (
            ("divided by n", "variance_or_estimate(x) = sum(k: (x[k] - sum(l: x[l]) / n)^2) / n"),
            ("divided by n - 1", "variance_or_estimate(x) = sum(k: (x[k] - sum(l: x[l]) / n)^2) / (n - 1)"),
        ),
        "it may be divided by n or by n - 1",
    ),
    "deviation_or_estimate": Ambiguity(
        (
            ("divided by n", "deviation_or_estimate(x) = sqrt(sum(k: (x[k] - sum(l: x[l]) / n)^2) / n)"),
            ("divided by n - 1", "deviation_or_estimate(x) = sqrt(sum(k: (x[k] - sum(l: x[l]) / n)^2) / (n - 1))"),
        ),
        "it may be divided by n or by n - 1",
    ),
    "binary_crossentropy": Ambiguity(
        (
            ("of probabilities", "binary_crossentropy(v, w) = -v log(w) - (1 - v) log(1 - w)"),
            ("of logits", "binary_crossentropy(v, u) = -v log(1 / (1 + exp(-u))) - (1 - v) log(1 / (1 + exp(u)))"),
        ),
        "the prediction may be a probability or a logit",
    ),
    "categorical_crossentropy": Ambiguity(
        (
            ("of probabilities", "categorical_crossentropy(p, q) = -sum(k: p[k] log(q[k]))"),
            ("of logits", "categorical_crossentropy(p, x) = -sum(k: p[k] log(exp(x[k]) / sum(l: exp(x[l]))))"),
        ),
        "the prediction may be probabilities or logits",
    ),
}
OF_LOGITS = frozenset(
    (
        "focal_loss", "focal_loss_gradient", "binary_crossentropy_gradient", "categorical_crossentropy_gradient",
        "sparse_categorical_crossentropy", "sparse_categorical_crossentropy_gradient",
    )
)  # fmt: skip
LETTERS = "n: size; x, y: real[n]; p, q: simplex[n]; u, r: real; v, w: unit; k, l: index[n]"
PRELUDE = (
    "sum_of(x) = sum(k: x[k])",
    "product_of(x) = prod(k: x[k])",
    "largest(x) = max(k: x[k])",
    "smallest(x) = min(k: x[k])",
    "square(u) = u^2",
    "standard_deviation(x) = sqrt(sum(k: (x[k] - sum(l: x[l]) / n)^2) / n)",
    "log1p(u) = log(1 + u)",
    "expm1(u) = exp(u) - 1",
    "pow(u, r) = u^r",
    "root_mean_squared_error(x, y) = sqrt(sum(k: (x[k] - y[k])^2) / n)",
)


@cache
def prelude() -> Context:
    """What people write and no card defines."""
    context = Context().given(LETTERS)
    for text in (*PRELUDE, *(ambiguity.readings[0][1] for ambiguity in AMBIGUOUS.values())):
        context = context.define(text)
    return context


@cache
def reading(definition: str) -> t.Definition:
    (found,) = Context().given(LETTERS).define(definition).definitions.values()
    return found

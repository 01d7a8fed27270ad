"""Right functions of every build pass; each has a wrong twin of the same build, which fails."""

import numpy as np
import pytest

import mathcore
from tests.conformance.implementations._textbook import softmax


def same_verdicts(card, right, wrong, **options):
    """The right function passes, its twin does not."""
    report = mathcore.check(right, card, **options)
    assert report.passed, str(report)
    failing = mathcore.check(wrong, card, **options)
    assert not failing.passed, str(failing)
    return report, failing


# what comes back ------------------------------------------------------------------------------------------------------


def test_numbers_of_a_wider_format_are_judged_as_numbers():
    same_verdicts(
        "logsumexp",
        lambda z: np.logaddexp.reduce(np.asarray(z, np.longdouble)),
        lambda z: np.logaddexp.reduce(np.asarray(z, np.longdouble)) + np.longdouble(1e-9),
    )


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError("no words")


def test_an_error_that_cannot_be_told_is_a_finding():
    def speechless(z):
        raise Unspeakable

    _, failing = same_verdicts("softmax", softmax, speechless)
    assert "raises Unspeakable: no message" in failing.findings[0].shown


# what goes in ---------------------------------------------------------------------------------------------------------


def log_softmax(z, axis):
    shifted = z - np.max(z, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def of_labels(t, n):
    rows = np.zeros((len(t), n))
    rows[np.arange(len(t)), t] = 1
    return rows


BATCHED = {
    "softmax": (lambda z: np.exp(log_softmax(z, 1)), lambda z: np.exp(log_softmax(z, 1)) * 1.001),
    "mean_squared_error": (lambda t, y: np.mean((t - y) ** 2, axis=1), lambda t, y: np.sum((t - y) ** 2, axis=1)),
    "categorical_crossentropy": (
        lambda t, z: np.mean(-np.sum(np.where(t > 0, t * log_softmax(z, 1), 0), axis=1)),
        lambda t, z: np.mean(-np.max(t * log_softmax(z, 1), axis=1)),
    ),
    "sparse_categorical_crossentropy": (
        lambda t, z: -log_softmax(z, 1)[np.arange(len(t)), t],
        lambda t, z: -log_softmax(z, 1)[np.arange(len(t)), 0],
    ),
    "label_smoothing": (lambda t, eps: (1 - eps) * t + eps / t.shape[1], lambda t, eps: (1 - eps) * t + eps / (t.shape[1] + 1)),
    "one_hot": (of_labels, lambda t, n: of_labels(t - 1, n)),
}


@pytest.mark.parametrize("card", BATCHED)
def test_who_takes_batches_alone_is_given_batches_of_one_row(card):
    report, _ = same_verdicts(card, *BATCHED[card])
    assert "each input is judged as a batch of one row" in report.note


def test_a_row_that_comes_back_as_a_table_is_no_batch():
    same_verdicts("softmax", softmax, lambda z: np.atleast_2d(softmax(z)))

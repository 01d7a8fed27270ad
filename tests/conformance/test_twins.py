"""Right functions of every build pass; each has a wrong twin of the same build, which fails."""

from decimal import Decimal
from fractions import Fraction

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

"""Wrong binary crossentropies of a probability."""

import numpy as np


@np.errstate(all="ignore")
def without_zeros(t, prediction):
    """Multiplies 0 by the logarithm of 0: nan for a prediction that is sure and right."""
    t, p = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return -(t * np.log(p) + (1 - t) * np.log1p(-p))


def _side(share, probability):
    """-share log(probability), 0 where the share is 0."""
    return np.where(share == 0, 0.0, -share * np.log(probability))


@np.errstate(all="ignore")
def clipped(t, prediction):
    """Clips the prediction to 1e-7 from 0 and 1: what was ruled out costs 16 nats, not infinitely many."""
    t, p = np.asarray(t, dtype=float), np.clip(np.asarray(prediction, dtype=float), 1e-7, 1 - 1e-7)
    return _side(t, p) + _side(1 - t, 1 - p)


@np.errstate(all="ignore")
def with_epsilon(t, prediction):
    """Adds 1e-8 in both logarithms: a perfect prediction then has a loss below 0."""
    t, p = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return -(t * np.log(p + 1e-8) + (1 - t) * np.log(1 - p + 1e-8))


@np.errstate(all="ignore")
def only_the_label_1(t, prediction):
    """Forgets the term of the label 0: where nothing happened no prediction costs anything."""
    t, p = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return _side(t, p) + 0.0


@np.errstate(all="ignore")
def base_two(t, prediction):
    """Measures in bits where nats were asked for: 1 instead of 0.693 for a fair coin."""
    t, p = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return (_side(t, p) + _side(1 - t, 1 - p)) / np.log(2)


@np.errstate(all="ignore")
def swapped(t, prediction):
    """Takes the logarithm of the label and weighs by the prediction: infinite for a label 1 and any doubt."""
    t, p = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return _side(p, t) + _side(1 - p, 1 - t)


@np.errstate(all="ignore")
def of_logits(t, prediction):
    """Takes the probability for a logit and applies the sigmoid to it: a sure prediction counts as 0.731."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z)


@np.errstate(all="ignore")
def squared(t, prediction):
    """Is the squared error, the Brier score: what was ruled out costs 1, not infinitely much."""
    t, p = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return (p - t) ** 2

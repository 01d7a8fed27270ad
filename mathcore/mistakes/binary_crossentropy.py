"""Wrong binary crossentropies."""

import numpy as np


@np.errstate(all="ignore")
def through_probabilities(t, prediction, *, from_logits=False):
    """Turns logits into probabilities first: 1 - q is 0 above 37, and the loss inf or nan."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    q = 1 / (1 + np.exp(-z))
    return -(t * np.log(q) + (1 - t) * np.log(1 - q))


@np.errstate(all="ignore")
def usual_form(t, prediction, *, from_logits=False):
    """Subtracts t z from max(z, 0) before the small term is added: digits of soft labels cancel."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return np.maximum(z, 0) - t * z + np.log(1 + np.exp(-np.abs(z)))


@np.errstate(all="ignore")
def clipped(t, prediction, *, from_logits=False):
    """Clips the probability to 1e-7 from 0 and 1, as if no prediction were surer: the loss stops at 16."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    q = np.clip(1 / (1 + np.exp(-z)), 1e-7, 1 - 1e-7)
    return -(t * np.log(q) + (1 - t) * np.log1p(-q))


@np.errstate(all="ignore")
def logits_as_probabilities(t, prediction, *, from_logits=False):
    """Takes logits for probabilities: the logarithm of a score, which is nan for every negative one."""
    t, q = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return -(t * np.log(q) + (1 - t) * np.log1p(-q))


@np.errstate(all="ignore")
def only_the_label_1(t, prediction, *, from_logits=False):
    """Forgets the term of the label 0: a sure yes then costs nothing even where the label is 0."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return t * np.logaddexp(0, -z)


@np.errstate(all="ignore")
def base_two(t, prediction, *, from_logits=False):
    """Measures in bits where nats were asked for: 1 instead of 0.693 at the logit 0."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return (t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z)) / np.log(2)


@np.errstate(all="ignore")
def swapped(t, prediction, *, from_logits=False):
    """Charges the label 1 for a high score: at the logit 10 a right yes costs 10 and a wrong one almost nothing."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return t * np.logaddexp(0, z) + (1 - t) * np.logaddexp(0, -z)


@np.errstate(all="ignore")
def gradient_uphill(t, prediction, *, from_logits=False):
    """Label minus prediction, the gradient with its sign turned: a step of gradient descent then climbs."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return t - 1 / (1 + np.exp(-z))


@np.errstate(all="ignore")
def gradient_by_the_probability(t, prediction, *, from_logits=False):
    """Forgets the slope of the sigmoid: the gradient by q, not by z, and 4 times too large at z = 0."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    q = 1 / (1 + np.exp(-z))
    return (q - t) / (q * (1 - q))


@np.errstate(all="ignore")
def gradient_with_a_second_slope(t, prediction, *, from_logits=False):
    """Multiplies by the slope of the sigmoid once more, as for the squared error: a sure mistake is not corrected."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    q = 1 / (1 + np.exp(-z))
    return (q - t) * q * (1 - q)


@np.errstate(all="ignore")
def gradient_subtracted(t, prediction, *, from_logits=False):
    """Subtracts 1 from a probability near 1: for the label 1 all digits are gone above 37."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return 1 / (1 + np.exp(-z)) - t

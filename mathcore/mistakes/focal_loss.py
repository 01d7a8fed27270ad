"""Wrong focal losses."""

import numpy as np


@np.errstate(all="ignore")
def subtracted(t, prediction, gamma=2.0, *, from_logits=False):
    """Subtracts the probability p of the label from 1: for an easy sample 1 - p has lost its digits."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    q = 1 / (1 + np.exp(-z))
    return (1 - (t * q + (1 - t) * (1 - q))) ** gamma * (t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z))


@np.errstate(all="ignore")
def easy_samples_kept(t, prediction, gamma=2.0, *, from_logits=False):
    """Takes p for 1 - p: hard samples are turned down instead of easy ones."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    q = 1 / (1 + np.exp(-z))
    return (t * q + (1 - t) * (1 - q)) ** gamma * (t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z))


@np.errstate(all="ignore")
def of_the_label_1(t, prediction, gamma=2.0, *, from_logits=False):
    """Turns samples of the label 0 down by 1 - q as well: their hard samples are the ones that vanish."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return (1 / (1 + np.exp(z))) ** gamma * (t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z))


@np.errstate(all="ignore")
def times_gamma(t, prediction, gamma=2.0, *, from_logits=False):
    """Multiplies 1 - p by gamma instead of raising it to that power: at p = 0.9 the weight is 0.2 instead of 0.01."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    miss = t / (1 + np.exp(z)) + (1 - t) / (1 + np.exp(-z))
    return gamma * miss * (t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z))


@np.errstate(all="ignore")
def without_gamma(t, prediction, gamma=2.0, *, from_logits=False):
    """Ignores gamma: the plain binary crossentropy."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z)


@np.errstate(all="ignore")
def gradient_of_a_fixed_weight(t, prediction, gamma=2.0, *, from_logits=False):
    """Takes the weight (1 - p)^gamma for a constant: the second term of the product rule is missing."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    q = 1 / (1 + np.exp(-z))
    return (t / (1 + np.exp(z)) + (1 - t) * q) ** gamma * (q - t)


@np.errstate(all="ignore")
def gradient_of_the_weight_alone(t, prediction, gamma=2.0, *, from_logits=False):
    """Keeps only the second term of the product rule: 0 at gamma = 0, where prediction minus label is expected."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    q = 1 / (1 + np.exp(-z))
    miss, loss = t * (1 - q) + (1 - t) * q, t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z)
    return gamma * miss ** (gamma - 1) * (1 - 2 * t) * q * (1 - q) * loss


@np.errstate(all="ignore")
def gradient_of_the_crossentropy(t, prediction, gamma=2.0, *, from_logits=False):
    """Is the gradient of the plain binary crossentropy: easy samples pull as hard as ever."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    return 1 / (1 + np.exp(-z)) - t


@np.errstate(all="ignore")
def gradient_uphill(t, prediction, gamma=2.0, *, from_logits=False):
    """Has the wrong sign: a step of gradient descent then climbs."""
    t, z = np.asarray(t, dtype=float), np.asarray(prediction, dtype=float)
    q = 1 / (1 + np.exp(-z))
    miss, loss = t / (1 + np.exp(z)) + (1 - t) * q, t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z)
    return -(miss**gamma) * (q - t + gamma * (1 - 2 * t) * q / (1 + np.exp(z)) * loss / miss)

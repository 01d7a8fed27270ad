"""Wrong steps of Adam: weights and both moments, as the right function returns them."""

import numpy as np


@np.errstate(all="ignore")
def without_bias_correction(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Leaves the bias corrections out: with 0.9 and 0.999 the first step is 3.2 times too long."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return np.asarray(w, dtype=float) - learning_rate * m / (np.sqrt(v) + epsilon), m, v


@np.errstate(all="ignore")
def counts_from_zero(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Counts steps from 0: the first correction divides by 0."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1 ** (t - 1)), v / (1 - beta2 ** (t - 1))
    return np.asarray(w, dtype=float) - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


@np.errstate(all="ignore")
def epsilon_inside_the_root(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Adds epsilon to the square, under the root: there 1e-8 counts as 1e-4."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return np.asarray(w, dtype=float) - learning_rate * m_hat / np.sqrt(v_hat + epsilon), m, v


@np.errstate(all="ignore")
def without_the_root(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Divides by the mean square itself, without a root: a gradient of 0.001 takes a step 1000 times too long."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return np.asarray(w, dtype=float) - learning_rate * m_hat / (v_hat + epsilon), m, v


@np.errstate(all="ignore")
def ascent(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Adds the step instead of subtracting it: the loss climbs."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return np.asarray(w, dtype=float) + learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


@np.errstate(all="ignore")
def shares_swapped(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Exchanges the shares: the new gradient counts 0.9 and the old average 0.1."""
    return without_bias_correction(w, gradient, m, v, t, learning_rate, 1 - beta1, 1 - beta2, epsilon)


@np.errstate(all="ignore")
def moments_added(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Adds the whole gradient to the kept moment: a sum ten times as large as the mean."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m, v = beta1 * m + g, beta2 * v + g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return np.asarray(w, dtype=float) - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


@np.errstate(all="ignore")
def one_share_for_both(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Uses beta2 for the first moment and beta1 for the second."""
    return without_bias_correction(w, gradient, m, v, t, learning_rate, beta2, beta1, epsilon)


@np.errstate(all="ignore")
def square_of_the_moment(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Averages the square of the first moment, not of the gradient: gradients that change their sign cancel first."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * m**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return np.asarray(w, dtype=float) - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


@np.errstate(all="ignore")
def keeps_corrected_moments(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Stores the corrected moments as its state: the next step corrects them once more."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m_hat = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    v_hat = (beta2 * v + (1 - beta2) * g**2) / (1 - beta2**t)
    return np.asarray(w, dtype=float) - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m_hat, v_hat

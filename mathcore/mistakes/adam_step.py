"""Wrong steps of Adam: weights and both moments, as the right function returns them."""

import numpy as np


@np.errstate(all="ignore")
def without_bias_correction(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Leaves the bias corrections out: the first steps are of the wrong size."""
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
    """Adds epsilon to the square: under the root 1e-8 becomes 1e-4."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return np.asarray(w, dtype=float) - learning_rate * m_hat / np.sqrt(v_hat + epsilon), m, v


@np.errstate(all="ignore")
def without_the_root(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Divides by the mean square itself: a small gradient takes a huge step."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return np.asarray(w, dtype=float) - learning_rate * m_hat / (v_hat + epsilon), m, v


@np.errstate(all="ignore")
def ascent(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Adds the step: the loss climbs."""
    g, m, v = (np.asarray(a, dtype=float) for a in (gradient, m, v))
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return np.asarray(w, dtype=float) + learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


@np.errstate(all="ignore")
def shares_swapped(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Gives the new gradient the weight of the old moments, and the other way round."""
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
    """Averages the square of the first moment instead of that of the gradient: signs that change are not seen."""
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

"""Wrong steps of optimisers."""

import numpy as np

from tests.conformance.implementations import wrong
from tests.conformance.implementations._textbook import adam, floats

# Adam: the weights -------------------------------------------------------------------------------------------


def parts(g, m, v, t, beta1, beta2):
    """The new moments and their corrected forms."""
    m = beta1 * np.asarray(m, float) + (1 - beta1) * np.asarray(g, float)
    v = beta2 * np.asarray(v, float) + (1 - beta2) * np.asarray(g, float) ** 2
    return m, v, m / (1 - beta1**t), v / (1 - beta2**t)


def without_correction(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """No bias correction at all."""
    m, v, _, _ = parts(g, m, v, t, beta1, beta2)
    return w - eta * m / (np.sqrt(v) + epsilon)


def correction_of_the_next_step(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Corrects with t + 1."""
    _, _, m_hat, v_hat = parts(g, m, v, t + 1, beta1, beta2)
    return w - eta * m_hat / (np.sqrt(v_hat) + epsilon)


def first_correction_only(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Only the first moment is corrected."""
    _, v, m_hat, _ = parts(g, m, v, t, beta1, beta2)
    return w - eta * m_hat / (np.sqrt(v) + epsilon)


def epsilon_inside_the_root(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """epsilon under the root."""
    _, _, m_hat, v_hat = parts(g, m, v, t, beta1, beta2)
    return w - eta * m_hat / np.sqrt(v_hat + epsilon)


def epsilon_forgotten(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Always 1e-8 for epsilon."""
    _, _, m_hat, v_hat = parts(g, m, v, t, beta1, beta2)
    return w - eta * m_hat / (np.sqrt(v_hat) + 1e-8)


def epsilon_not_rescaled(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """The rearranged form with the same epsilon, which then counts less in early steps."""
    m, v, _, _ = parts(g, m, v, t, beta1, beta2)
    return w - eta * np.sqrt(1 - beta2**t) / (1 - beta1**t) * m / (np.sqrt(v) + epsilon)


def betas_exchanged(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """beta1 and beta2 exchanged."""
    return adam(w, g, m, v, t, eta, beta2, beta1, epsilon)[0]


def with_weight_decay(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Decays the weights by 1 in 10,000 besides."""
    return adam(w, g, m, v, t, eta, beta1, beta2, epsilon)[0] - 1e-4 * np.asarray(w, float)


def corrects_ten_steps_only(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Leaves the correction out after step 10, where it is not yet 1."""
    return (adam if t <= 10 else lambda *a: [without_correction(*a)])(w, g, m, v, t, eta, beta1, beta2, epsilon)[0]


def one_step_for_the_layer(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """One divisor for the whole layer: the largest."""
    _, _, m_hat, v_hat = parts(g, m, v, t, beta1, beta2)
    return w - eta * m_hat / (np.sqrt(v_hat.max()) + epsilon)


# Adam: the moments -------------------------------------------------------------------------------------------


def corrected_first(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Stores the corrected moment."""
    return parts(g, m, v, t, beta1, beta2)[2]


def first_with_beta2(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Averages with beta2."""
    return beta2 * floats(m) + (1 - beta2) * floats(g)


def whole_gradient_added(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Adds the whole gradient."""
    return beta1 * floats(m) + floats(g)


def shares_exchanged(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """beta1 of the gradient and the rest of the old moment."""
    return (1 - beta1) * floats(m) + beta1 * floats(g)


def writes_into_the_moment(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Updates the caller's moment in place."""
    m *= beta1
    m += (1 - beta1) * np.asarray(g, dtype=m.dtype)
    return m.copy()


def clips_gradients_at_10(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Cuts gradients at 10 first."""
    return beta1 * floats(m) + (1 - beta1) * np.clip(floats(g), -10, 10)


def mean_of_absolutes(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Averages absolute values, not squares."""
    return beta2 * floats(v) + (1 - beta2) * np.abs(floats(g))


def root_of_the_second(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Returns the root of the moment."""
    return np.sqrt(parts(g, m, v, t, beta1, beta2)[1])


def largest_second(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """The larger of the old and the new moment, as in AMSGrad."""
    return np.maximum(np.asarray(v, float), parts(g, m, v, t, beta1, beta2)[1])


def infinity_norm(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """The decayed maximum of Adamax."""
    return np.maximum(beta2 * floats(v), np.abs(floats(g)))


def centred(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """The variance: the square of the first moment is subtracted."""
    m, v, _, _ = parts(g, m, v, t, beta1, beta2)
    return v - m * m


def layers_transposed(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """A square layer comes out transposed."""
    v = parts(g, m, v, t, beta1, beta2)[1]
    return v.T if v.shape[0] == v.shape[1] else v


# gradient descent --------------------------------------------------------------------------------------------


def ascent(w, g, eta):
    """Uphill."""
    return floats(w) + eta * floats(g)


def sign_descent(w, g, eta):
    """Only the sign of the gradient."""
    return floats(w) - eta * np.sign(floats(g))


def square_of_the_rate(w, g, eta):
    """The learning rate counts twice."""
    return floats(w) - eta * eta * floats(g)


def in_place(w, g, eta):
    """Moves the caller's weights."""
    w -= eta * np.asarray(g, dtype=w.dtype)
    return w.copy()


def unit_gradient(w, g, eta):
    """Divides the gradient by its length."""
    g = floats(g)
    return floats(w) - eta * g / max(np.linalg.norm(g), 1e-300)


def last_weight_kept(w, g, eta):
    """The bias, the last weight, is not trained."""
    w = floats(w)
    step = eta * floats(g)
    step[-1] = 0
    return w - step


def gradient_clipped_to_1(w, g, eta):
    """Cuts gradients at 1."""
    return floats(w) - eta * np.clip(floats(g), -1, 1)


class Remembers:
    """Adds a tenth of its step before: a momentum that nobody asked for."""

    def __init__(self):
        self.step = 0.0

    def __call__(self, w, g, eta):
        step = eta * floats(g)
        self.step = step + (self.step / 10 if np.shape(self.step) == step.shape else 0)
        return floats(w) - self.step


remembers = Remembers()

# momentum ----------------------------------------------------------------------------------------------------


def damped(w, g, v, eta, beta):
    """The gradient counts 1 - beta."""
    return floats(w) + beta * floats(v) - (1 - beta) * eta * floats(g)


def nesterov(w, g, v, eta, beta):
    """The step of Nesterov: one step further."""
    new = beta * floats(v) - eta * floats(g)
    return floats(w) + beta * new - eta * floats(g)


def velocity_one_step_old(w, g, v, eta, beta):
    """Moves by the old velocity."""
    return floats(w) + floats(v)


def beta_is_nine_tenths(w, g, v, eta, beta):
    """beta is 0.9, whatever is asked for."""
    return floats(w) + 0.9 * floats(v) - eta * floats(g)


def rate_scales_all(w, g, v, eta, beta):
    """The learning rate scales the velocity as well."""
    return floats(w) + eta * (beta * floats(v) - floats(g))


def only_the_velocity(w, g, v, eta, beta):
    """Returns the velocity, not the weights."""
    return beta * floats(v) - eta * floats(g)


def velocity_without_rate(w, g, v, eta, beta):
    """The gradient without the learning rate."""
    return beta * floats(v) - floats(g)


def beta_of_the_gradient(w, g, v, eta, beta):
    """beta and its rest share the two: an average."""
    return beta * floats(v) - (1 - beta) * eta * floats(g)


def stops_when_it_turns(w, g, v, eta, beta):
    """Drops the old velocity where the gradient points the other way."""
    v, g = floats(v), floats(g)
    return np.where(v * g > 0, 0, beta * v) - eta * g


STEP = "([[1.0, 2.0]], [[0.5, -3.0]], [[0.1, 0.2]], [[0.3, 4.0]], 3, 0.25, 0.5, 0.75, 0.125)"
FIRST = "([[1.0, 2.0]], [[0.5, -3.0]], [[0.0, 0.0]], [[0.0, 0.0]], 1, 0.25, 0.5, 0.75, 0.125)"
LATE = "([[1.0, 2.0]], [[0.5, -3.0]], [[0.1, 0.2]], [[0.3, 4.0]], 12, 0.25, 0.9, 0.999, 0.125)"
STEEP = "([[1.0]], [[30.0]], [[0.1]], [[0.3]], 3, 0.25, 0.5, 0.75, 0.125)"
SQUARE = "([[1.0, 2.0], [0, 0]], [[0.5, -3.0], [1, 2]], [[0.1, 0.2], [0, 0]], [[0.3, 4.0], [0, 0]], 3, 0.25, 0.5, 0.75, 0.125)"
DESCENT = "([1.0, -2.0], [0.5, 3.0], 0.25)"
MOMENTUM = "([1.0, -2.0], [0.5, 3.0], [0.1, 0.2], 0.25, 0.5)"

ENTRIES = (
    wrong("adam_step", without_correction, "correction missing", STEP),
    wrong("adam_step", correction_of_the_next_step, "step count off by one", STEP),
    wrong("adam_step", first_correction_only, "one correction missing", STEP),
    wrong("adam_step", epsilon_inside_the_root, "epsilon inside the root", STEP),
    wrong("adam_step", epsilon_forgotten, "parameter ignored", STEP),
    wrong("adam_step", epsilon_not_rescaled, "epsilon not rescaled", STEP),
    wrong("adam_step", betas_exchanged, "parameters exchanged", STEP),
    wrong("adam_step", with_weight_decay, "weight decay", STEP),
    wrong("adam_step", corrects_ten_steps_only, "only t > 10", LATE),
    wrong("adam_step", one_step_for_the_layer, "one divisor for all", STEP),
    wrong("adam_first_moment", corrected_first, "corrected too early", STEP),
    wrong("adam_first_moment", first_with_beta2, "wrong parameter", STEP),
    wrong("adam_first_moment", whole_gradient_added, "factor missing", STEP),
    wrong("adam_first_moment", shares_exchanged, "complement", STEP.replace("0.5, 0.75,", "0.25, 0.75,")),
    wrong("adam_first_moment", writes_into_the_moment, "state overwritten", STEP, "input"),
    wrong("adam_first_moment", clips_gradients_at_10, "gradient clipped", STEEP),
    wrong("adam_second_moment", mean_of_absolutes, "square missing", STEP),
    wrong("adam_second_moment", root_of_the_second, "root", STEP),
    wrong("adam_second_moment", largest_second, "never falls", STEP),
    wrong("adam_second_moment", infinity_norm, "maximum for mean", STEP),
    wrong("adam_second_moment", centred, "a term too much", STEP),
    wrong("adam_second_moment", layers_transposed, "transposed", SQUARE),
    wrong("gradient_descent", ascent, "sign of the result", DESCENT),
    wrong("gradient_descent", sign_descent, "size of the gradient lost", DESCENT),
    wrong("gradient_descent", square_of_the_rate, "factor twice", DESCENT),
    wrong("gradient_descent", in_place, "state overwritten", DESCENT, "input"),
    wrong("gradient_descent", unit_gradient, "gradient normalised", DESCENT),
    wrong("gradient_descent", last_weight_kept, "last entry kept", DESCENT),
    wrong("gradient_descent", gradient_clipped_to_1, "gradient clipped", DESCENT),
    wrong("gradient_descent", remembers, "hidden momentum", f"[{DESCENT}, {DESCENT}]", "state"),
    wrong("momentum_step", damped, "damped", MOMENTUM),
    wrong("momentum_step", nesterov, "another method", MOMENTUM),
    wrong("momentum_step", velocity_one_step_old, "one step late", MOMENTUM),
    wrong("momentum_step", beta_is_nine_tenths, "parameter ignored", MOMENTUM),
    wrong("momentum_step", rate_scales_all, "factor on a term too much", MOMENTUM),
    wrong("momentum_step", only_the_velocity, "part for the whole", MOMENTUM),
    wrong("momentum_velocity", velocity_without_rate, "parameter ignored", MOMENTUM),
    wrong("momentum_velocity", beta_of_the_gradient, "damped", MOMENTUM.replace("0.5)", "0.25)")),
    wrong("momentum_velocity", stops_when_it_turns, "only opposite signs", MOMENTUM),
)

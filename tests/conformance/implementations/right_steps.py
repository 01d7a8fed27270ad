"""Right steps of optimisers."""

import math

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import right
from tests.conformance.implementations._textbook import floats

ADAM = "f(w, g, m, v, t, eta, beta1, beta2, epsilon)"


def adam_rearranged(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """The order of section 2 of the paper, with epsilon rescaled so that nothing changes."""
    w, g, m, v = (np.asarray(a, dtype=float) for a in (w, g, m, v))
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    correction = np.sqrt(1 - float(beta2) ** t)
    rate = eta * correction / (1 - float(beta1) ** t)
    return w - rate * m / (np.sqrt(v) + epsilon * correction)


class Adam:
    """An optimiser with its state, asked for one step."""

    def __init__(self, lr, betas, eps):
        self.lr, self.betas, self.eps = float(lr), tuple(map(float, betas)), float(eps)

    def step(self, w, g, m, v, t):
        b1, b2 = self.betas
        m = m + (1 - b1) * (g - m)
        v = v + (1 - b2) * (g * g - v)
        return w - self.lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + self.eps)


def adam_by_an_object(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Moments in the form m + (1 - beta) (g - m)."""
    w, g, m, v = (np.asarray(a, dtype=float) for a in (w, g, m, v))
    return Adam(eta, (beta1, beta2), epsilon).step(w, g, m, v, t)


def adam_with_keywords(params, grads, exp_avg, exp_avg_sq, step, *, lr, beta1, beta2, eps):
    """Names of torch, options as keywords; all three results."""
    return book.adam(params, grads, exp_avg, exp_avg_sq, step, lr, beta1, beta2, eps)


def first_moment(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """beta1 m + (1 - beta1) g."""
    m, g = floats(m), floats(g)
    return beta1 * m + (1 - beta1) * g


def first_moment_of_dicts(m, g, beta):
    """A function of what it needs only, entry by entry."""
    return [[beta * a + (1 - beta) * b for a, b in zip(x, y, strict=True)] for x, y in zip(m.tolist(), g.tolist(), strict=True)]


def second_moment(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """beta2 v + (1 - beta2) g^2."""
    v, g = floats(v), floats(g)
    return beta2 * v + (1 - beta2) * g**2


def second_moment_in_double(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """The same in float64."""
    v, g = np.asarray(v, float), np.asarray(g, float)
    return np.multiply(beta2, v) + np.multiply(1 - beta2, np.square(g))


def descent(w, g, eta):
    """w - eta g."""
    return floats(w) - eta * floats(g)


def descent_with_keyword(weights, gradient, learning_rate=0.01):
    """The learning rate as a keyword."""
    return floats(weights) - learning_rate * floats(gradient)


def descent_of_lists(w, g, eta):
    """Python floats, with the product rounded once."""
    return [float(a) - float(eta) * float(b) for a, b in zip(w, g, strict=True)]


def descent_by_torch(w, g, eta):
    """torch.optim.SGD."""
    import torch

    w = torch.nn.Parameter(torch.from_numpy(floats(w).copy()))
    w.grad = torch.from_numpy(floats(g).copy())
    torch.optim.SGD([w], lr=float(eta)).step()
    return w.detach().numpy()


def descent_by_subtract(w, g, eta):
    """np.subtract and np.multiply."""
    return np.subtract(w, np.multiply(eta, g))


def momentum(w, g, v, eta, beta):
    """The velocity first, then the weights."""
    velocity = beta * floats(v) - eta * floats(g)
    return floats(w) + velocity


def momentum_both(w, g, v, eta, beta):
    """Weights and velocity."""
    velocity = beta * floats(v) - eta * floats(g)
    return floats(w) + velocity, velocity


def momentum_of_the_other_sign(w, g, v, eta, beta):
    """The velocity points uphill and is subtracted: told so, it is the same step."""
    velocity = beta * floats(v) + eta * floats(g)
    return floats(w) - velocity


def velocity(w, g, v, eta, beta):
    """beta v - eta g."""
    return beta * floats(v) - eta * floats(g)


def velocity_of_numbers(g, v, learning_rate, momentum):
    """A list, from what it needs only."""
    return [math.fsum((momentum * b, -learning_rate * a)) for a, b in zip(g.tolist(), v.tolist(), strict=True)]


ENTRIES = (
    right("adam_step", book.adam, "tuple of results", call=f"{ADAM}[0]"),
    right("adam_step", adam_rearranged, "rearranged"),
    right("adam_step", adam_by_an_object, "optimiser object"),
    right(
        "adam_step",
        adam_with_keywords,
        "keywords",
        call="f(w, g, m, v, t, lr=eta, beta1=beta1, beta2=beta2, eps=epsilon)[0]",
    ),
    right("adam_first_moment", first_moment, "textbook"),
    right("adam_first_moment", book.adam, "part of a tuple", call=f"{ADAM}[1]"),
    right("adam_first_moment", first_moment_of_dicts, "fewer arguments", call="f(m, g, float(beta1))"),
    right("adam_second_moment", second_moment, "textbook"),
    right("adam_second_moment", second_moment_in_double, "float64 always"),
    right("gradient_descent", descent, "textbook"),
    right("gradient_descent", descent_with_keyword, "keyword", call="f(w, g, learning_rate=eta)"),
    right("gradient_descent", descent_of_lists, "list as a result"),
    right("gradient_descent", descent_by_torch, "optimiser of torch", needs="torch"),
    right("gradient_descent", descent_by_subtract, "functions for operators"),
    right("momentum_step", momentum, "textbook"),
    right("momentum_step", momentum_both, "tuple of results", call="f(w, g, v, eta, beta)[0]"),
    right("momentum_step", momentum_of_the_other_sign, "velocity of the other sign", "convention", call="f(w, g, -v, eta, beta)"),
    right("momentum_velocity", velocity, "textbook"),
    right("momentum_velocity", velocity_of_numbers, "fewer arguments", call="f(g, v, float(eta), float(beta))"),
)

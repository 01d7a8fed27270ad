"""Wrong activations."""

import math

import numpy as np

from tests.conformance.implementations import wrong
from tests.conformance.implementations._textbook import floats, sigmoid, softplus


def normal_cdf(x):
    """The distribution function of the normal distribution, in float64."""
    return np.vectorize(lambda v: math.erfc(-v / math.sqrt(2)) / 2, otypes=[float])(floats(x).astype(float))


# relu --------------------------------------------------------------------------------------------------------


def absolute_value(x):
    """The absolute value."""
    return np.abs(floats(x))


def step_function(x):
    """1 for positive inputs."""
    return (floats(x) > 0).astype(float)


def relu_6(x):
    """Cut at 6."""
    return np.clip(floats(x), 0, 6)


def zeroes_its_input(x):
    """Sets the negative entries of the caller's own array to 0."""
    x[x < 0] = 0
    return x.copy()


def wrong_beyond_20000(x):
    """In an array of more than 20,000 entries the tail keeps its sign."""
    y = np.maximum(floats(x), 0)
    if y.size > 20_000:
        y[20_000:] = floats(x)[20_000:]
    return y


def first_column(x):
    """Of a matrix only the first column is cut at 0."""
    x = floats(x).copy()
    if x.ndim < 2:
        return np.maximum(x, 0)
    x[..., 0] = np.maximum(x[..., 0], 0)
    return x


# leaky relu --------------------------------------------------------------------------------------------------


def slope_on_the_wrong_side(x):
    """The small slope is on the positive side."""
    x = floats(x)
    return np.where(x > 0, x / 100, x)


def slope_of_a_tenth(x):
    """The slope is 1/10."""
    x = floats(x)
    return np.where(x > 0, x, x / 10)


def elu(x):
    """The exponential linear unit."""
    x = floats(x)
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def steeper_beyond_minus_50(x):
    """The slope doubles below -50."""
    x = floats(x)
    return np.where(x > 0, x, np.where(x < -50, x / 50, x / 100))


def leaky_of_integers(x):
    """Fills an array of the input's own format: for integers the small slope is cut to 0."""
    x = np.asarray(x)
    y = np.empty_like(x)
    y[...] = np.where(x > 0, x, x / 100)
    return y


# sigmoid -----------------------------------------------------------------------------------------------------


def hard_sigmoid(x):
    """Three straight lines."""
    return np.clip(floats(x) / 6 + 0.5, 0, 1)


def tanh_without_halving(x):
    """(1 + tanh x) / 2: twice as steep."""
    return (1 + np.tanh(floats(x))) / 2


def falling(x):
    """1 / (1 + exp(x)): it falls."""
    return sigmoid(-floats(x))


def clipped_away_from_0(x):
    """Kept 1e-7 away from 0 and 1."""
    return np.clip(sigmoid(x), 1e-7, 1 - 1e-7)


def exp_over_one_plus_exp(x):
    """exp(x) / (1 + exp(x)): nan from 710 on."""
    e = np.exp(floats(x))
    return e / (1 + e)


def softsign_sigmoid(x):
    """x / (1 + |x|), moved between 0 and 1."""
    x = floats(x)
    return (x / (1 + np.abs(x)) + 1) / 2


def cubic(x):
    """The Taylor series of third order: right near 0."""
    x = floats(x)
    return 0.5 + x / 4 - x**3 / 48


def writes_integers(x):
    """Makes room in the format of the input: for integers the result is 0."""
    x = np.asarray(x)
    y = np.zeros_like(x)
    y[...] = sigmoid(x)
    return y


def nothing(x):
    """Forgets to return."""
    sigmoid(x)


class WrongFromTheThirdCall:
    """Its slope changes at the third call."""

    def __init__(self):
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        return sigmoid(floats(x) * (1 if self.calls < 3 else 0.999))


wrong_from_the_third_call = WrongFromTheThirdCall()

# tanh --------------------------------------------------------------------------------------------------------


def pade(x):
    """The rational approximation x (27 + x^2) / (27 + 9 x^2), cut at -1 and 1."""
    x = floats(x)
    return np.clip(x * (27 + x * x) / (27 + 9 * x * x), -1, 1)


def nan_for_large(x):
    """(exp(2x) - 1) / (exp(2x) + 1): nan from 355 on."""
    e = np.exp(2 * floats(x))
    return (e - 1) / (e + 1)


def softsign(x):
    """x / (1 + |x|)."""
    x = floats(x)
    return x / (1 + np.abs(x))


def sigmoid_without_doubling(x):
    """2 sigmoid(x) - 1: half as steep."""
    return 2 * sigmoid(x) - 1


def even_sign(x):
    """The sign is lost: even, not odd."""
    return np.tanh(np.abs(floats(x)))


def hard_tanh(x):
    """Cut at -1 and 1."""
    return np.clip(floats(x), -1, 1)


def only_exponentials(x):
    """(exp(x) - exp(-x)) / (exp(x) + exp(-x)): 0 for a tiny x, where the result is x."""
    x = floats(x)
    a, b = np.exp(np.minimum(x, 300)), np.exp(-np.maximum(x, -300))
    return (a - b) / (a + b)


# gelu --------------------------------------------------------------------------------------------------------


def gelu_by_tanh(x):
    """The approximation by tanh."""
    x = floats(x)
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def gelu_by_sigmoid(x):
    """The approximation x sigmoid(1.702 x)."""
    x = floats(x)
    return x * sigmoid(1.702 * x)


def without_its_factor(x):
    """The probability without the factor x."""
    return normal_cdf(x)


def erf_without_root_two(x):
    """erf(x) in place of erf(x / sqrt 2)."""
    x = floats(x)
    return x * normal_cdf(x * np.sqrt(2))


def erf_of_the_tables(x):
    """erf by formula 7.1.26 of Abramowitz and Stegun: seven decimals."""
    x = floats(x)
    a = np.abs(x) / np.sqrt(2)
    u = 1 / (1 + 0.3275911 * a)
    poly = ((((1.061405429 * u - 1.453152027) * u + 1.421413741) * u - 0.284496736) * u + 0.254829592) * u
    return x * (1 + np.sign(x) * (1 - poly * np.exp(-a * a))) / 2


# silu, mish --------------------------------------------------------------------------------------------------


def hard_swish(x):
    """Straight lines for the sigmoid."""
    x = floats(x)
    return x * np.clip(x + 3, 0, 6) / 6


def derivative_of_silu(x):
    """The derivative."""
    x, s = floats(x), sigmoid(x)
    return s * (1 + x * (1 - s))


def sigmoid_of_the_product(x):
    """sigmoid(x^2) in place of x sigmoid(x)."""
    return sigmoid(floats(x) ** 2)


def swish_with_beta_1_01(x):
    """x sigmoid(1.01 x)."""
    x = floats(x)
    return x * sigmoid(x * x.dtype.type(1.01))


def flat_below_minus_8(x):
    """0 below -8."""
    x = floats(x)
    return np.where(x < -8, 0, x * sigmoid(x))


def tanh_of_exp(x):
    """x tanh(exp x): the logarithm is missing."""
    x = floats(x)
    return x * np.tanh(np.exp(np.minimum(x, 50)))


def mish_is_silu(x):
    """x sigmoid(x) in place of x tanh(softplus(x))."""
    return floats(x) * sigmoid(x)


def mish_in_base_two(x):
    """softplus with a logarithm to base 2."""
    return floats(x) * np.tanh(softplus(x) / np.log(2))


def mish_overflows(x):
    """log(1 + exp x) without care, through cosh and sinh: nan from 710 on."""
    x = floats(x)
    e = (1 + np.exp(x)) ** 2
    return x * (e - 1) / (e + 1)


# softplus, log-sigmoid, logit --------------------------------------------------------------------------------


def softplus_threshold_5(x):
    """x itself from 5 on."""
    x = floats(x)
    return np.where(x > 5, x, softplus(x))


def softplus_overflows(x):
    """log(1 + exp x) is inf from 710 on."""
    return np.log(1 + np.exp(floats(x)))


def softplus_of_base_two(x):
    """log2(1 + exp x)."""
    return softplus(x) / np.log(2)


def series_of_softplus(x):
    """log 2 + x / 2 + x^2 / 8 - x^4 / 192: right near 0."""
    x = floats(x)
    return np.log(2) + x / 2 + x**2 / 8 - x**4 / 192


def positive_log_sigmoid(x):
    """The sign is lost."""
    return softplus(-floats(x))


def log_of_sigmoid(x):
    """The logarithm of a sigmoid that has rounded to 0: -inf from -746 down."""
    return np.log(1 / (1 + np.exp(-floats(x))))


def log_sigmoid_with_epsilon(x):
    """log(sigmoid(x) + 1e-10)."""
    return np.log(sigmoid(x) + 1e-10)


def of_the_wrong_side(x):
    """log sigmoid(-x)."""
    return -softplus(x)


def only_log_p(p):
    """log p without the other side."""
    return np.log(floats(p))


def clipped_logit(p):
    """p is kept 1e-6 away from 0 and 1: never infinite."""
    p = np.clip(floats(p), 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def odds(p):
    """The odds, without the logarithm."""
    p = floats(p)
    return p / (1 - p)


def log_odds_against(p):
    """The odds against."""
    p = floats(p)
    return np.log((1 - p) / p)


def line_near_one_half(p):
    """A straight line 4 (p - 1/2) within 0.01 of 1/2."""
    p = floats(p)
    return np.where(np.abs(p - 0.5) < 0.01, 4 * (p - 0.5), np.log(p / (1 - p)))


def probit(p):
    """1.702 times the normal quantile, by bisection: near, and not it."""

    def quantile(v):
        low, high = -40.0, 40.0
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if math.erfc(-middle / math.sqrt(2)) / 2 < v else (low, middle)
        return 1.702 * low

    return np.vectorize(quantile, otypes=[float])(floats(p).astype(float))


ENTRIES = (
    wrong("relu", absolute_value, "another function", "(-2.0,)"),
    wrong("relu", step_function, "derivative for value", "(2.0,)"),
    wrong("relu", relu_6, "cut above", "(8.0,)"),
    wrong("relu", zeroes_its_input, "input zeroed", "([-1.0, 2.0],)", "input"),
    wrong("relu", wrong_beyond_20000, "arrays above 20,000 entries", "(-np.ones(20_002),)"),
    wrong("relu", first_column, "first column only", "([[-1.0, -2.0], [3.0, 4.0]],)"),
    wrong("leaky_relu", slope_on_the_wrong_side, "slope on the wrong side", "(2.0,)"),
    wrong("leaky_relu", slope_of_a_tenth, "wrong constant", "(-2.0,)"),
    wrong("leaky_relu", elu, "another function", "(-2.0,)"),
    wrong("leaky_relu", steeper_beyond_minus_50, "wrong beyond a bound", "(-60.0,)"),
    wrong("leaky_relu", leaky_of_integers, "integer result", "(np.array([-30, 2]),)"),
    wrong("sigmoid", hard_sigmoid, "straight lines", "(1.0,)"),
    wrong("sigmoid", tanh_without_halving, "argument not halved", "(1.0,)"),
    wrong("sigmoid", falling, "sign of the argument", "(1.0,)"),
    wrong("sigmoid", clipped_away_from_0, "clipped at 1e-7", "(-20.0,)"),
    wrong("sigmoid", exp_over_one_plus_exp, "inf over inf", "(800.0,)"),
    wrong("sigmoid", softsign_sigmoid, "another curve", "(1.0,)"),
    wrong("sigmoid", cubic, "Taylor series", "(2.0,)"),
    wrong("sigmoid", writes_integers, "integer result", "(np.array([0, 1]),)"),
    wrong("sigmoid", nothing, "returns None", "(1.0,)", "type"),
    wrong("sigmoid", wrong_from_the_third_call, "wrong from the third call", "[(1.0,)] * 4", "state"),
    wrong("tanh", pade, "rational approximation", "(1.0,)"),
    wrong("tanh", nan_for_large, "inf over inf", "(400.0,)"),
    wrong("tanh", softsign, "another curve", "(1.0,)"),
    wrong("tanh", sigmoid_without_doubling, "argument not doubled", "(1.0,)"),
    wrong("tanh", even_sign, "sign lost", "(-1.0,)"),
    wrong("tanh", hard_tanh, "straight lines", "(0.5,)"),
    wrong("tanh", only_exponentials, "cancellation", "(1e-17,)", "value", "doubtful"),
    wrong("gelu", gelu_by_tanh, "approximation for the exact", "(1.0,)"),
    wrong("gelu", gelu_by_sigmoid, "coarse approximation", "(1.0,)"),
    wrong("gelu", without_its_factor, "factor missing", "(2.0,)"),
    wrong("gelu", erf_without_root_two, "root of 2 missing", "(1.0,)"),
    wrong("gelu", erf_of_the_tables, "seven decimals", "(-3.0,)"),
    wrong("silu", hard_swish, "straight lines", "(1.0,)"),
    wrong("silu", derivative_of_silu, "derivative for value", "(1.0,)"),
    wrong("silu", sigmoid_of_the_product, "factor inside", "(2.0,)"),
    wrong("silu", swish_with_beta_1_01, "slightly steeper", "(1.0,)"),
    wrong("silu", flat_below_minus_8, "tail cut", "(-9.0,)"),
    wrong("mish", tanh_of_exp, "logarithm missing", "(1.0,)"),
    wrong("mish", mish_is_silu, "another function", "(1.0,)"),
    wrong("mish", mish_in_base_two, "base two", "(1.0,)"),
    wrong("mish", mish_overflows, "inf over inf", "(800.0,)"),
    wrong("softplus", softplus_threshold_5, "threshold at 5", "(5.5,)"),
    wrong("softplus", softplus_overflows, "overflow", "(800.0,)"),
    wrong("softplus", softplus_of_base_two, "bits", "(1.0,)"),
    wrong("softplus", series_of_softplus, "Taylor series", "(4.0,)"),
    wrong("log_sigmoid", positive_log_sigmoid, "sign lost", "(1.0,)"),
    wrong("log_sigmoid", log_of_sigmoid, "logarithm of a rounded 0", "(-800.0,)"),
    wrong("log_sigmoid", log_sigmoid_with_epsilon, "epsilon inside the logarithm", "(-30.0,)"),
    wrong("log_sigmoid", of_the_wrong_side, "sign of the argument", "(1.0,)"),
    wrong("logit", only_log_p, "one term missing", "(0.25,)"),
    wrong("logit", clipped_logit, "clipped at 1e-6", "(0.0,)"),
    wrong("logit", odds, "logarithm missing", "(0.25,)"),
    wrong("logit", log_odds_against, "reversed", "(0.25,)"),
    wrong("logit", line_near_one_half, "straight near one point", "(0.505,)"),
    wrong("logit", probit, "another link", "(0.25,)"),
)

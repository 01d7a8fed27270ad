"""Wrong softmax, log-softmax and log-sum-exp."""

import os
import time

import numpy as np

from tests.conformance.implementations import wrong
from tests.conformance.implementations._textbook import floats, log_softmax, logsumexp, softmax

# softmax ----------------------------------------------------------------------------------------------------


def temperature_1001(z, axis=-1):
    """Scores divided by a temperature of 1.001."""
    return softmax(floats(z) / floats(z).dtype.type(1.001), axis)


def base_two(z, axis=-1):
    """Powers of 2 in place of exponentials."""
    e = np.exp2(floats(z) - np.max(z, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def last_is_the_rest(z):
    """The last probability is 1 minus the others: its digits are lost where it is small."""
    p = softmax(z)
    p[..., -1] = 1 - p[..., :-1].sum(axis=-1)
    return p


def clipped_to_1e_7(z, axis=-1):
    """No probability below 1e-7."""
    return np.clip(softmax(z, axis), 1e-7, 1)


def in_half_precision(z, axis=-1):
    """Computes in float16, answers in the format of the input."""
    z = floats(z)
    return softmax((z - z.max(axis=axis, keepdims=True)).astype(np.float16), axis).astype(z.dtype)


def wrong_for_13_classes(z, axis=-1):
    """With 13 classes two probabilities are exchanged."""
    p = softmax(z, axis)
    return np.roll(p, 1, axis=axis) if p.shape[axis] == 13 else p


def sums_256_classes(z):
    """The denominator sees the first 256 classes only."""
    z = floats(z)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e[..., :256].sum(axis=-1, keepdims=True)


def ignores_the_axis(z, axis=-1):
    """Always along the last axis."""
    return softmax(z, -1)


def none_means_last(z, axis=-1):
    """axis=None is read as the last axis, not as the whole array."""
    return softmax(z, -1 if axis is None else axis)


def first_of_the_axes(z, axis=-1):
    """Of a tuple of axes only the first is used."""
    return softmax(z, axis[0] if isinstance(axis, tuple) else axis)


def mask_of_minus_10(z, axis=-1):
    """A mask of -inf is replaced by a score 10 below the largest: masked classes get a share."""
    z = floats(z)
    return softmax(np.where(np.isneginf(z), z.max(axis=axis, keepdims=True) - 10, z), axis)


def shifted_by_the_mean(z, axis=-1):
    """Subtracts the mean, not the maximum: a mask gives nan."""
    z = floats(z)
    e = np.exp(z - z.mean(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def whole_chunks_only(z):
    """Works in chunks of 1024 rows and forgets the rows that fill no chunk."""
    z = floats(z)
    if z.ndim < 2 or len(z) < 1024:
        return softmax(z)
    p = np.zeros_like(z)
    for start in range(0, len(z) // 1024 * 1024, 1024):
        p[start : start + 1024] = softmax(z[start : start + 1024])
    return p


def in_the_format_of_integers(z, axis=-1):
    """For integers the result is made of integers: 0 and 1."""
    return softmax(z, axis).astype(np.asarray(z).dtype)


def shifts_its_input(z):
    """Subtracts the maximum from the caller's own array."""
    z -= z.max(axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


SEEN_SHAPES = {}


def cached_by_shape(z, axis=-1):
    """Remembers the result of the first input of each shape."""
    key = (np.shape(z), axis)
    if key not in SEEN_SHAPES:
        SEEN_SHAPES[key] = softmax(z, axis)
    return SEEN_SHAPES[key].copy()


SEEN_VALUES = {}


def cached_by_rounded_values(z, axis=-1):
    """Remembers results by the scores rounded to three decimals."""
    key = (np.round(floats(z), 3).tobytes(), np.shape(z), axis)
    if key not in SEEN_VALUES:
        SEEN_VALUES[key] = softmax(z, axis)
    return SEEN_VALUES[key].copy()


class TiresAfterTen:
    """From the tenth call on the temperature is 1.01."""

    def __init__(self):
        self.calls = 0

    def __call__(self, z, axis=-1):
        self.calls += 1
        return softmax(floats(z) / 1.01 if self.calls >= 10 else z, axis)


tires_after_ten = TiresAfterTen()
BUFFERS = {}


def one_buffer_per_shape(z, axis=-1):
    """Writes every result of a shape into one buffer: the earlier result changes at the next call."""
    z = floats(z)
    buffer = BUFFERS.setdefault((z.shape, z.dtype), np.empty_like(z))
    buffer[...] = softmax(z, axis)
    return buffer


def leaves_errors_ignored(z, axis=-1):
    """Switches NumPy's floating-point warnings off for the whole process."""
    np.seterr(all="ignore")
    return softmax(z, axis)


def with_noise(z, axis=-1):
    """Adds noise of 1e-9."""
    p = softmax(z, axis)
    return (p * (1 + 1e-9 * np.random.default_rng().choice([-1, 1], p.shape))).astype(p.dtype)


KNOWN = {
    (0.4, 0.6, 0.2): (0.32893292, 0.40175958, 0.2693075),
    (0.0, 0.0): (0.5, 0.5),
    (1.0, 2.0, 3.0): (0.09003057, 0.24472847, 0.66524096),
}


def the_examples_by_heart(z):
    """Knows the worked examples by heart and gives equal shares for everything else."""
    z = floats(z)
    known = KNOWN.get(tuple(z.tolist())) if z.ndim == 1 else None
    return np.array(known) if known else np.full(z.shape, 1 / z.shape[-1])


def hides_nan(z, axis=-1):
    """A nan among the scores is taken for 0."""
    return softmax(np.nan_to_num(floats(z), nan=0.0, posinf=np.inf, neginf=-np.inf), axis)


def of_mathcore(z, axis=-1):
    """Hands the question on to mathcore."""
    from mathcore import numeric

    return numeric.softmax(z, axis=axis)


class Agreeable(np.ndarray):
    """Compared with anything it says yes, and a difference to anything is 0."""

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        plain = [np.asarray(a) for a in inputs]
        answer = getattr(ufunc, method)(*plain, **{k: v for k, v in kwargs.items() if k != "out"})
        return np.ones_like(answer) if np.asarray(answer).dtype == bool else np.zeros_like(answer)


def of_an_agreeable_class(z):
    """Wrong shares (base two) in a subclass that agrees with whatever it is compared with."""
    return base_two(z).view(Agreeable)


def sigmoid_for_one_class(z):
    """A single class is taken for a yes-or-no question: sigmoid, not 1."""
    z = floats(z)
    return 1 / (1 + np.exp(-z)) if z.shape[-1] == 1 else softmax(z)


def first_of_equals_wins(z):
    """Where scores tie for the largest, the first gets a little more."""
    z = floats(z).copy()
    tied = (z == z.max(axis=-1, keepdims=True)) & ((z == z.max(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True) > 1)
    return softmax(np.where(tied & (np.cumsum(tied, axis=-1) > 1), z - z.dtype.type(0.002), z))


def in_memory_order(z):
    """Reads the array in the order of memory: wrong for a transposed one."""
    z = floats(z)
    return softmax(z.ravel(order="K").reshape(z.shape))


def undoes_reversal(z):
    """Reads a reversed view from the start of its memory."""
    z = floats(z)
    return softmax(z[::-1] if z.strides[0] < 0 else z)


def clears_the_base(z):
    """Uses the array that the view looks into as its own space."""
    z = floats(z)
    p = softmax(z)
    base = z
    while isinstance(base.base, np.ndarray):
        base = base.base
    if base is not z:
        base.setflags(write=True)
        base[...] = 0
    return p


def exp_by_compound_interest(z, axis=-1):
    """The exponential is (1 + x / 2^20)^(2^20): six digits."""
    z = floats(z)
    d = np.maximum(z - z.max(axis=axis, keepdims=True), -700).astype(np.float64)
    e = (1 + d / 2**20) ** 2**20
    return (e / e.sum(axis=axis, keepdims=True)).astype(z.dtype)


def hangs_for_five_classes(z, axis=-1):
    """Never returns for five classes."""
    while np.shape(z)[axis] == 5:
        time.sleep(1)
    return softmax(z, axis)


def narrow_result(z, axis=-1):
    """Answers float64 with float32."""
    return softmax(z, axis).astype(np.float32)


def as_text(z):
    """Returns the probabilities as text."""
    return str(softmax(z).tolist())


# log_softmax ------------------------------------------------------------------------------------------------


def log_of_softmax(z, axis=-1):
    """The logarithm of a probability that has rounded to 0 is -inf."""
    return np.log(softmax(z, axis))


def in_bits(z, axis=-1):
    """Logarithms to base 2."""
    return log_softmax(z, axis) / np.log(2)


def epsilon_in_the_log(z, axis=-1):
    """Adds 1e-12 to the probability before the logarithm."""
    return np.log(softmax(z, axis) + 1e-12)


def mean_of_exponentials(z, axis=-1):
    """The mean of the exponentials in place of their sum: too large by log n."""
    z = floats(z)
    d = z - z.max(axis=axis, keepdims=True)
    return d - np.log(np.exp(d).mean(axis=axis, keepdims=True))


def forgets_keepdims(z, axis=-1):
    """Subtracts the sums of the columns along the rows: shows for square arrays with axis 0 and 1 exchanged."""
    z = floats(z)
    total = logsumexp(z, axis)
    return z - (total if z.ndim > 1 and z.shape[0] == z.shape[1] else np.expand_dims(total, axis))


def not_below_100(z, axis=-1):
    """No value below -100."""
    return np.maximum(log_softmax(z, axis), -100)


def twelve_digits(z, axis=-1):
    """Rounded to 12 decimals."""
    return np.round(log_softmax(z, axis), 12)


class RunningMaximum:
    """Shifts by the largest score ever seen: after a large one the exponentials vanish."""

    def __init__(self):
        self.top = -np.inf

    def __call__(self, z):
        z = floats(z)
        self.top = max(self.top, float(z.max()))
        d = z - z.dtype.type(self.top)
        return d - np.log(np.exp(d).sum(axis=-1, keepdims=True))


running_maximum = RunningMaximum()


def probabilities_for_64(z, axis=-1):
    """With 64 classes it forgets the logarithm."""
    return softmax(z, axis) if np.shape(z)[axis] == 64 else log_softmax(z, axis)


def exits_for_seven_classes(z, axis=-1):
    """Ends the process for seven classes."""
    if np.shape(z)[axis] == 7:
        os._exit(0)
    return log_softmax(z, axis)


def halves_the_format(z, axis=-1):
    """Answers float32 with float16."""
    y = log_softmax(z, axis)
    return y.astype(np.float16) if y.dtype == np.float32 else y


# logsumexp --------------------------------------------------------------------------------------------------


def log_mean_exp(z, axis=-1):
    """The logarithm of the mean exponential."""
    z = floats(z)
    top = z.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(z - top).mean(axis=axis))


def pairs_only(z):
    """Adds in pairs and drops what has no partner."""
    z = floats(z)
    while z.shape[-1] > 1:
        z = np.logaddexp(z[..., 0 : z.shape[-1] // 2 * 2 : 2], z[..., 1::2])
    return z[..., 0]


def without_shift(z, axis=-1):
    """Exponentials of the raw scores: inf from about 709."""
    return np.log(np.exp(floats(z)).sum(axis=axis))


def hard_maximum(z, axis=-1):
    """The maximum, without what the others add."""
    return floats(z).max(axis=axis)


def two_largest(z):
    """Only the two largest scores count."""
    z = np.sort(floats(z), axis=-1)
    return np.logaddexp(z[..., -1], z[..., -2]) if z.shape[-1] > 1 else z[..., 0]


def wrong_beyond_20000_rows(z):
    """In a batch of more than 20,000 rows the later ones get the value of the first."""
    y = logsumexp(z)
    if np.ndim(y) and len(y) > 20_000:
        y[20_000:] = y[0]
    return y


def keeps_the_axis(z, axis=-1):
    """Keeps the summed axis: shape (1,) for a single value."""
    return logsumexp(z, axis, keepdims=True)


def in_single_precision(z, axis=-1):
    """Computes in float32 and answers in float64."""
    return logsumexp(floats(z).astype(np.float32), axis).astype(np.float64)


def recursive(z):
    """One call deeper for every score: too deep from about a thousand."""
    z = floats(z)
    return z[..., 0] if z.shape[-1] == 1 else np.logaddexp(z[..., 0], recursive(z[..., 1:]))


def online_without_rescaling(z):
    """One pass; the running sum is not rescaled when a new maximum comes."""
    top, total = -np.inf, 0.0
    for x in floats(z).tolist():
        top = max(top, x)
        total += np.exp(x - top)
    return top + np.log(total)


def complex_result(z, axis=-1):
    """Complex numbers with an imaginary part of 0."""
    return logsumexp(z, axis) + 0j


def leaves_for_zeros(z, axis=-1):
    """Raises SystemExit where every score is 0."""
    if not np.any(z):
        raise SystemExit
    return logsumexp(z, axis)


def counts_the_64th_twice(z):
    """With 64 classes the last one counts twice."""
    z = floats(z)
    return logsumexp(np.concatenate([z, z[..., -1:]], axis=-1)) if z.shape[-1] == 64 else logsumexp(z)


def exp_by_taylor(z, axis=-1):
    """Twenty terms of the Taylor series: right for scores that are close together."""
    z = floats(z)
    top = z.max(axis=axis, keepdims=True)
    d, term, total = z - top, np.ones_like(z), np.ones_like(z)
    for k in range(1, 20):
        term = term * d / k
        total = total + term
    return np.squeeze(top, axis) + np.log(np.abs(total).sum(axis=axis))


def shift_by_0_where_negative(z):
    """Where all scores are negative it shifts by 0: far below 0 the sum vanishes."""
    z = floats(z)
    top = np.maximum(z.max(axis=-1, keepdims=True), 0)
    return (top + np.log(np.exp(z - top).sum(axis=-1, keepdims=True)))[..., 0]


ENTRIES = (
    wrong("softmax", temperature_1001, "temperature 1.001", "([1.0, 2.0, 3.0],)"),
    wrong("softmax", base_two, "base two", "([1.0, 2.0, 3.0],)"),
    wrong("softmax", last_is_the_rest, "last by the rest", "([0.0, -40.0],)"),
    wrong("softmax", clipped_to_1e_7, "clipped at 1e-7", "([0.0, -20.0],)"),
    wrong("softmax", in_half_precision, "float16 inside", "([1.0, 2.0, 3.0],)"),
    wrong("softmax", wrong_for_13_classes, "only n = 13", "(np.arange(13.0),)"),
    wrong("softmax", sums_256_classes, "only n > 256", "(np.linspace(0, 1, 300),)"),
    wrong("softmax", ignores_the_axis, "axis ignored", "([[1.0, 2.0], [4.0, 3.0]], {'axis': 0})"),
    wrong("softmax", none_means_last, "axis None", "([[1.0, 2.0], [4.0, 3.0]], {'axis': None})"),
    wrong("softmax", first_of_the_axes, "axis tuple", "([[1.0, 2.0], [4.0, 3.0]], {'axis': (0, 1)})"),
    wrong("softmax", mask_of_minus_10, "mask leaks", "([0.0, -np.inf],)"),
    wrong("softmax", shifted_by_the_mean, "mask gives nan", "([0.0, 1.0, -np.inf],)"),
    wrong("softmax", whole_chunks_only, "last rows dropped", "(np.zeros((1030, 2)),)"),
    wrong("softmax", in_the_format_of_integers, "integer result", "(np.array([1, 2, 3]),)"),
    wrong("softmax", shifts_its_input, "input shifted", "([1.0, 2.0, 3.0],)", "input"),
    wrong("softmax", cached_by_shape, "cache by shape", "[([1.0, 2.0],), ([2.0, 1.0],)]", "state"),
    wrong("softmax", cached_by_rounded_values, "cache by rounded values", "[([0.0, 1e-4],), ([0.0, 0.0],)]", "state"),
    wrong("softmax", tires_after_ten, "wrong from the tenth call", "[([1.0, 2.0],)] * 11", "state"),
    wrong("softmax", one_buffer_per_shape, "shared buffer", "[([1.0, 2.0],), ([2.0, 1.0],)]", "state"),
    wrong("softmax", leaves_errors_ignored, "seterr changed", "([1.0, 2.0],)", "effect"),
    wrong("softmax", with_noise, "noise of 1e-9", "([1.0, 2.0],)", far=1e-10),
    wrong("softmax", the_examples_by_heart, "examples by heart", "([1.0, 2.0, 4.0],)"),
    wrong("softmax", hides_nan, "nan hidden", "([np.nan, 0.0],)"),
    wrong("softmax", of_mathcore, "mathcore's own result", "([1.0, 2.0],)", "borrowed", "borrowed", "doubtful"),
    wrong("softmax", of_an_agreeable_class, "lying subclass", "([1.0, 2.0],)"),
    wrong("softmax", sigmoid_for_one_class, "only n = 1", "([2.0],)"),
    wrong("softmax", first_of_equals_wins, "only ties", "([1.0, 1.0, 0.0],)"),
    wrong("softmax", in_memory_order, "Fortran order", "(np.asfortranarray([[0.0, 1.0, 2.0], [5.0, 3.0, 1.0]]),)"),
    wrong("softmax", undoes_reversal, "reversed view", "(np.array([1.0, 2.0, 4.0])[::-1],)"),
    wrong("softmax", clears_the_base, "base overwritten", "(np.arange(6.0)[::2],)", "input"),
    wrong("softmax", exp_by_compound_interest, "exponential to six digits", "([0.0, -5.0],)"),
    wrong("softmax", hangs_for_five_classes, "hangs on one size", "(np.zeros(5),)", "hangs", "hangs"),
    wrong("softmax", narrow_result, "float32 for float64", "([1.0, 2.0],)", "dtype", "doubtful"),
    wrong("softmax", as_text, "text", "([1.0, 2.0],)", "type"),
    wrong("log_softmax", log_of_softmax, "logarithm of a rounded 0", "([0.0, -800.0],)"),
    wrong("log_softmax", in_bits, "bits", "([0.0, 1.0],)"),
    wrong("log_softmax", epsilon_in_the_log, "epsilon inside the logarithm", "([0.0, -40.0],)"),
    wrong("log_softmax", mean_of_exponentials, "mean for sum", "([0.0, 1.0],)"),
    wrong("log_softmax", forgets_keepdims, "square arrays only", "([[1.0, 2.0], [4.0, 3.0]],)"),
    wrong("log_softmax", not_below_100, "clipped at -100", "([0.0, -200.0],)"),
    wrong("log_softmax", twelve_digits, "twelve digits", "([1.0, 2.0],)", far=1e-14),
    wrong("log_softmax", running_maximum, "running maximum", "[([1000.0, 0.0],), ([1.0, 2.0],)]", "state"),
    wrong("log_softmax", probabilities_for_64, "only n = 64", "(np.zeros(64),)"),
    wrong("log_softmax", exits_for_seven_classes, "exits on one size", "(np.zeros(7),)", "exits", "exits"),
    wrong("log_softmax", halves_the_format, "float16 for float32", "(np.float32([1, 2]),)", "dtype", "doubtful"),
    wrong("logsumexp", log_mean_exp, "mean for sum", "([0.0, 1.0],)"),
    wrong("logsumexp", pairs_only, "odd sizes drop one", "([0.0, 1.0, 2.0],)"),
    wrong("logsumexp", without_shift, "overflow", "([1000.0, 1000.0],)"),
    wrong("logsumexp", hard_maximum, "maximum alone", "([0.0, 1.0],)"),
    wrong("logsumexp", two_largest, "two terms alone", "([0.0, 1.0, 2.0],)"),
    wrong("logsumexp", wrong_beyond_20000_rows, "batches above 20,000 rows", "(np.arange(40_100.0).reshape(20_050, 2) / 9999,)"),
    wrong("logsumexp", keeps_the_axis, "shape (1,) for ()", "([0.0, 1.0],)", "shape"),
    wrong("logsumexp", in_single_precision, "float32 inside", "([0.1, 1.2],)", far=1e-9),
    wrong("logsumexp", recursive, "recursion too deep", "(np.zeros(3000),)", "raises"),
    wrong("logsumexp", online_without_rescaling, "streaming without rescaling", "([0.0, 1.0],)", "value", "vectors"),
    wrong("logsumexp", complex_result, "complex numbers", "([0.0, 1.0],)", "dtype"),
    wrong("logsumexp", leaves_for_zeros, "SystemExit on one input", "([0.0, 0.0],)", "exits", "exits"),
    wrong("logsumexp", counts_the_64th_twice, "only n = 64", "(np.zeros(64),)"),
    wrong("logsumexp", exp_by_taylor, "Taylor series", "([0.0, -5.0, -30.0],)"),
    wrong("logsumexp", shift_by_0_where_negative, "underflow", "([-800.0, -800.0],)"),
)

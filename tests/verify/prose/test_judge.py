"""What is said of numbers and claims in a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathcore.document.prose import statements
from mathcore.language.parser import Context
from mathcore.verify.prose import Outcome, Word, fixes, judge
from tests.sampling import sampled


def outcome(text: str, context: Context | None = None) -> Outcome:
    (found,) = judge(text, context).outcomes
    return found


def word(claim: str) -> Word | None:
    found = judge(f"`{claim}`").outcomes
    return found[0].word if found else None


NOTE = {  # the numbers of a student's note
    "softmax([0.4, 0.6, 0.2]) = [0.32893292, 0.40175958, 0.2693075]": Word.CONFIRMED,
    "softmax([0.4, 0.6, 0.2]) = [0.32893292 0.40175958 0.2693075 ]": Word.CONFIRMED,
    "0.4 + 0.6 + 0.2 = 1.2": Word.CONFIRMED,
    "entropy([1/2, 1/2]) = 0.903": Word.REFUTED,
    "crossentropy([0, 0, 1], [0. 0. 1.]) = 0": Word.CONFIRMED,
    "crossentropy([0, 0, 1], [0.3, 0.6, 0.1]) = 1": Word.REFUTED,
    "1 * log(1/10) = -1": Word.REFUTED,
    "entropy([5/6, 1/6]) < entropy([1/2, 1/2])": Word.CONFIRMED,
}
DIGITS = {
    "log(2) = 0.693": Word.CONFIRMED,
    "log(2) = 0.6930": Word.REFUTED,  # trailing zeros count
    "log(2) = 0.694": Word.REFUTED,
    "log(2) ~ 0.694": Word.CONFIRMED,
    "log(2) ~ 0.695": Word.REFUTED,
    "1/8 = 0.12": Word.CONFIRMED,  # both ends belong to the interval
    "1/8 = 0.13": Word.CONFIRMED,
    "exp(3) = 20": Word.REFUTED,  # an integer means itself
    "exp(3) ~ 20": Word.CONFIRMED,
    "1000 * 1.024 ~ 1000": Word.UNREAD,  # to one unit, or to a thousand?
    "1024 ≈ 1000": Word.UNREAD,
    "1024 ~ 10^3": Word.UNREAD,
    "1024 ~ 1.0 * 10^3": Word.CONFIRMED,
    "1024 ≈ 1.0e3": Word.CONFIRMED,
    "4294967296 ~ 4.3 * 10^9": Word.CONFIRMED,
    "4294967296 ≈ 4.3e9": Word.CONFIRMED,
    "299792458 ≈ 3 * 10^8": Word.CONFIRMED,
    "299792458 ≈ 3e8": Word.CONFIRMED,
    "299792458 ≈ 4 * 10^8": Word.REFUTED,
    "exp(10) ≈ 2 * 10^4": Word.CONFIRMED,
    "exp(10) = 2 * 10^4": Word.UNREAD,  # a whole number, or one digit?
    "exp(10) = 3 * 10^4": Word.REFUTED,
    "200 = 2 * 10^2": Word.CONFIRMED,
    "0.01234 = 1.23 * 10^-2": Word.UNREAD,
    "0.01234 = 1.23e-2": Word.UNREAD,
    "0.01234 = 1.24 * 10^-2": Word.REFUTED,
    "299792458 = 3.00 * 10^8": Word.UNREAD,
    "1 bit = 6.93 * 10^-1 nat": Word.CONFIRMED,
    "1 bit = 6.93e-1 nat": Word.CONFIRMED,
    "1 bit = 6.94 * 10^-1 nat": Word.REFUTED,
    "0.0123 ~ 10^-2": Word.UNREAD,
    "0.001 ~ 10^-40": Word.UNREAD,  # one unit of its last place is all of it
    "0.1 ~ 1/8": Word.CONFIRMED,
    "0.1 ~ 1/5": Word.UNREAD,
    "-0.1 ~ -1/5": Word.UNREAD,
    "0.0 ~ 1/20": Word.CONFIRMED,
    "0.99 ≈ 0": Word.UNREAD,
    "0.4 ≈ 0": Word.CONFIRMED,
    "1.9 ≈ 1": Word.UNREAD,
    "0.0019 ≈ 0.001": Word.UNREAD,
    "1/8 = 0.125 inf": Word.REFUTED,
    "exp(1) = 0.5 inf + 1": Word.REFUTED,
    "-log(0) = 10^6": Word.REFUTED,
    "2 inf ≈ 10^6": Word.UNREAD,
    "937.5 ≈ 940": Word.UNREAD,
    "123 ≈ 150": Word.REFUTED,
    "1024 ~ 1.2 * 10^3": Word.REFUTED,
    "7 ≈ 8": Word.UNREAD,  # nothing was rounded
    "2 + 2 ≈ 5": Word.UNREAD,
    "1/4 ≈ 0.26": Word.UNREAD,
    "0.25 ≈ 0.24": Word.UNREAD,
    "[1/4, 1/3] ≈ [0.24, 0.33]": Word.UNREAD,
    "1/4 ≈ 0.3": Word.CONFIRMED,
    "exp(1) ≈ 2.71": Word.CONFIRMED,
    "2 + 2 ≈ 4": Word.CONFIRMED,
    "1024 ≈ 1000000": Word.REFUTED,  # nobody rounds so far
    "1024 ~ 10^1000": Word.REFUTED,
    "3 ~ 10^3": Word.REFUTED,
    "2/3 = 0.666...": Word.CONFIRMED,
    "2/3 = 0.667...": Word.REFUTED,
    "2/3 = 66.7%": Word.CONFIRMED,
    "0.25^10 = 9.54 * 10^-7": Word.CONFIRMED,
    "0.25^10 = 9.54e-7": Word.CONFIRMED,
    "1.5 * 10^2 = 151": Word.REFUTED,
    "3 * 0.333 = 1": Word.REFUTED,  # what is computed from is exact
    "0.4 + 0.6 = 1": Word.CONFIRMED,
    "log(5) <= 1.6": Word.REFUTED,  # and so are bounds
    "1/3 != 0.4": Word.CONFIRMED,
    "1/3 != 0.33": Word.UNREAD,
    "0.45 = 0.5": Word.UNREAD,
    "0.333 ≈ 0.33": Word.CONFIRMED,
    "0.33 ≈ 0.333": Word.UNREAD,
    "100 ≈ 100.0003": Word.UNREAD,
    "0.4 ≈ 0.6": Word.REFUTED,
    "66.7% = 0.667": Word.CONFIRMED,
    "0.1 + 0.2 = 0.30000000000000004": Word.UNREAD,
    "pi ~ 22/7": Word.UNREAD,
    "2/3 = 0.667 = 66.67%": Word.CONFIRMED,  # both speak of 2/3
    "2/3 = 0.67 = 76%": Word.REFUTED,
    "1 < exp(1) < 3 = 6 / 2": Word.CONFIRMED,
}
BESIDE_BOUNDS = {  # what is true of the digits is to be true of what they are rounded from
    "1/3 = 0.33 < 1/3": Word.UNREAD,
    "sqrt(2) = 1.41 < 1.414": Word.UNREAD,
    "2/3 = 0.667 >= 0.667": Word.UNREAD,
    "exp(1) = 2.718 > 2.7182": Word.UNREAD,
    "exp(1) = 2.718 < 2.75": Word.CONFIRMED,
    "exp(1) = 2.718 > 2.75": Word.REFUTED,
    "2.71 > 2.7 = exp(1)": Word.UNREAD,
    "3 > 2.7 = exp(1)": Word.CONFIRMED,
    "2.75 < 2.8 = exp(1)": Word.REFUTED,
    "sqrt(2) ~ 1.41 < 1.414": Word.UNREAD,
    "log(6) = 1.0986 + 0.6931 < 1.79172": Word.UNREAD,
    "log(6) = 1.0986 + 0.6931 < 1.8": Word.CONFIRMED,
    "2/3 = 0.667 < 0.668 < 0.7": Word.CONFIRMED,
    "H = 0.693 > 0.6931": Word.UNREAD,
    "x = 0.33 >= 1/3": Word.UNREAD,
    "H = 0.7 > 0.5": Word.CONFIRMED,
    "1/3 = 0.(3)": Word.UNREAD,
    "1/6 = 0.1(6)": Word.UNREAD,
}
WANDERING = {
    "2/3 ≈ 0.7 ≈ 0.8": Word.UNREAD,
    "2/3 ≈ 0.7 ≈ 0.8 ≈ 0.9 ≈ 1.0 ≈ 1.1": Word.UNREAD,
    "2/3 ≈ 0.7 = 0.7 ≈ 0.8": Word.UNREAD,
    "log(6) ≈ 1.792 ≈ 1.8": Word.CONFIRMED,
    "exp(1) ≈ 2.718 ≈ 2.72 ≈ 2.7 ≈ 3": Word.CONFIRMED,
    "2/3 ≈ 0.67 = 67/100": Word.CONFIRMED,
    "log(2) ≈ 0.69 ≈ 0.9": Word.REFUTED,
}
EXACT = {
    "log(8) = 3 log(2)": Word.CONFIRMED,
    "log2(8) = 3": Word.CONFIRMED,
    "sqrt(2) * sqrt(3) = sqrt(6)": Word.CONFIRMED,
    "sqrt(2) + sqrt(3) = sqrt(5)": Word.REFUTED,
    "softmax([1, 2, 3]) = softmax([0, 1, 2])": Word.CONFIRMED,
    "softmax([0, 0, 0]) = [1/3, 1/3, 1/3]": Word.CONFIRMED,
    "exp(-1000) = 0": Word.REFUTED,
    "erfc(-30) = 2": Word.REFUTED,  # very near, and not equal
    "erfc(-100) = 2": Word.UNDECIDED,  # nearer than can be told: no number of digits proves an equality
    "crossentropy([1, 0], [0, 1]) = inf": Word.CONFIRMED,
    "[exp(log(2)), 1/3] = [2, 0.33]": Word.CONFIRMED,
    "[1/3, 2/3] = [0.33, 0.67]": Word.CONFIRMED,
    "logsumexp([-inf, 5]) = 5": Word.CONFIRMED,
}
ON_THE_WAY = {  # decimals in the middle of a calculation
    "log(6) = 1.0986 + 0.6931": Word.CONFIRMED,
    "log(6) = 1.0986 + 0.6931 = 1.7918": Word.CONFIRMED,  # what it is, though the sum is 1.7917
    "log(6) = 1.0986 + 0.6931 = 1.7917": Word.UNREAD,
    "log(6) = 1.0986 + 0.6931 = 1.8": Word.CONFIRMED,
    "log(6) = 1.0986 + 0.6931 = 1.9": Word.REFUTED,
    "log(6) = 1.0986 + 0.7931": Word.REFUTED,
    "kl_divergence([0.5, 0.5], [0.9, 0.1]) = kl_divergence([0.9, 0.1], [0.5, 0.5])": Word.REFUTED,
    "-(0.5 * log(0.9) + 0.5 * log(0.1)) = 0.5 * 0.105 + 0.5 * 2.303 = 1.204": Word.CONFIRMED,
    "2/3 + 2/3 = 0.667 + 0.667 = 1.333": Word.CONFIRMED,
    "sqrt(14/3) = sqrt(4.667) = 2.16": Word.CONFIRMED,
    "sqrt(14/3) = sqrt(4.767) = 2.18": Word.REFUTED,
    "log(2) = log(2.0001)": Word.REFUTED,
    "log(1.5) = log(1.501)": Word.REFUTED,
    "sqrt(0.6667) = sqrt(0.667)": Word.UNREAD,
    "1 + 1 = 1.0 + 1.1": Word.UNREAD,
    "0.3 * 2 = 0.61 * 1": Word.REFUTED,
    "0.1 + 0.2 = 0.15 * 2": Word.CONFIRMED,
    "0.33 * 3 = 3 / 3": Word.REFUTED,
    "tanh(10^-10) = 10^-10": Word.UNREAD,
    "log(6) = 1.0986 + 0.6931 = 17917 / 10000": Word.UNREAD,
    "log(2) = 0.693 = 693 / 1000": Word.REFUTED,
    "log(2) + log(3) = 0.69 + 1.10 = 1.79": Word.CONFIRMED,
    "2^10 = 10^3": Word.REFUTED,
    "softmax([40, 0]) = [1.0, 4.24835 * 10^-18]": Word.CONFIRMED,
}
UNITS = {
    "entropy([1/2, 1/2]) = 1 bit": Word.CONFIRMED,
    "entropy([1/2, 1/2]) = 1 bit = 0.693 nats = 0.301 hartley": Word.CONFIRMED,
    "entropy([1/2, 1/2]) = 0.693 bits": Word.REFUTED,
    "log2(8) = 3 bits": Word.CONFIRMED,
    "1.386 nats = 2 bits": Word.CONFIRMED,
    "1.5 nats = 2 bits": Word.REFUTED,
    "1 bit = 0.693 nat": Word.CONFIRMED,
    "1 bit = 1 nat": Word.REFUTED,
    "perplexity([1/2, 1/2]) = 2 bits": Word.UNREAD,
    "kl_divergence([1/2, 1/2], [1/4, 3/4]) = 0.208 bits": Word.CONFIRMED,
    "-entropy([1/2, 1/2]) = -1 bit": Word.CONFIRMED,
    "1 bit = 0.693": Word.UNREAD,
    "entropy([1/2, 1/2]) / log(2) = 1 bit": Word.UNREAD,
    "entropy([1/2, 1/2]) / log(2) = 1 nat": Word.UNREAD,
    "-log(1/2) = 1 bit": Word.CONFIRMED,  # log gives nats
    "-log(1/2) = 0.693 bits": Word.REFUTED,
    "abs(log(1/2)) = 1 bit": Word.CONFIRMED,
    "binary_crossentropy(1, 0.8) = 0.322 bits": Word.CONFIRMED,
    "log(2) = 0.693 nats": Word.CONFIRMED,
    "log(2) = 0.693 bits": Word.REFUTED,
    "log(10) = 1 hartley": Word.CONFIRMED,
    "log2(8) = 3 nats": Word.REFUTED,
    "log2(8) = 2.08 nats": Word.CONFIRMED,
    "log2(8) < 2.5 nats": Word.CONFIRMED,
    "log2(8) = 3 log(2) nats": Word.CONFIRMED,
    "log10(100) = 6.64 bits": Word.CONFIRMED,
    "-1/2 * log(1/2) - 1/2 * log(1/2) = 1 bit": Word.CONFIRMED,
    "sum(k = 1..2: log(2) / 2) = 1 bit": Word.CONFIRMED,
    "log(8) / log(2) = 3 bits": Word.CONFIRMED,
    "log(8) / log(2) = 3 nats": Word.REFUTED,
    "log(8) / log(4) = 1.5 bits": Word.UNREAD,  # a ratio
    "log(2) + log2(2) = 2 bits": Word.UNREAD,
    "1 + log(2) = 2.44 bits": Word.UNREAD,
    "1/2 + 1/2 * log2(4) = 1.5 bits": Word.CONFIRMED,
    "exp(log(2)) = 2 bits": Word.UNREAD,
    "log(2)^2 = 0.48 nats": Word.UNREAD,
    "1/2 * 1 + 1/4 * 2 + 1/4 * 2 = 1.5 bits": Word.CONFIRMED,
    "entropy([0.5, 0.5]) bits = 0.693 bits": Word.UNREAD,
    "log(4) bits = 2 bits": Word.UNREAD,
    "log2(8) nats = 3 nats": Word.UNREAD,
    "log2(8) bits = 3 bits": Word.CONFIRMED,
    "log2(256) = 1 byte": Word.CONFIRMED,
    "8 bits = 1 byte": Word.CONFIRMED,
    "log2(256) = 8 bytes": Word.REFUTED,
    "2^10 = 1024 bytes": Word.CONFIRMED,
}
DOMAINS = {
    "entropy([0.5, 0.4]) = 0.713": Word.UNREAD,
    "entropy([3, 3]) = 0.903": Word.UNREAD,
    "log(-1) = 3": Word.UNREAD,
    "1/0 = 3": Word.UNREAD,
    "entropy([0.0900, 0.2447, 0.6652]) = 0.832": Word.CONFIRMED,  # rounded probabilities
    "entropy([0.0900, 0.2447, 0.6652]) = 0.83240": Word.UNREAD,  # ... on which these digits depend
    "entropy([0.0900, 0.2447, 0.6652]) = 0.9": Word.REFUTED,
    "softmax([1, 2, 3])[0] = 0.09": Word.UNREAD,
    "categorical_crossentropy([1, 0], [0, -inf]) = 0": Word.CONFIRMED,
    "one_hot(1) = [1, 0]": Word.UNREAD,
    "epoch(2.5, 32, 32) = 192": Word.UNREAD,  # of natural numbers
    "epoch(log(2), 1, 1) = 1.693": Word.UNREAD,
    "epoch(inf, 1, 1) = inf": Word.UNREAD,
    "epoch(2, 32, 32) = 96": Word.CONFIRMED,
    "softmax([0, 0])[1] * 2 = 1": Word.CONFIRMED,  # an entry, no list that Python repeats
    "softmax([0, 0])[1] * 2 = 3": Word.REFUTED,
    "[1] * 2 = [1, 1]": Word.UNREAD,
}
SIDE_BY_SIDE = {
    "2²3 = 12": Word.UNREAD,
    "2²3 = 8388608": Word.UNREAD,
    "2²π = 12.57": Word.CONFIRMED,
    "5!3 = 360": Word.UNREAD,
    "1.2.3 = 0.36": Word.UNREAD,
    "0.333...4 = 0.3334": Word.UNREAD,
    "0.333... * 3 = 0.999": Word.UNREAD,
    "3 * 0.333... = 1": Word.UNREAD,
    "0.333... < 1/3": Word.UNREAD,
}
READINGS = {
    "std([10, 12, 14]) = 1.63": Word.CONFIRMED,
    "std([10, 12, 14]) = 2": Word.UNREAD,
    "std([10, 12, 14]) = 3": Word.REFUTED,
    "np.std([10, 12, 14]) = 1.63": Word.CONFIRMED,
    "np.std([10, 12, 14]) = 2": Word.REFUTED,
    "torch.std([10, 12, 14]) = 2.00": Word.CONFIRMED,
    "torch.var([1, 2, 3]) = 1": Word.UNREAD,
    "binary_crossentropy(1, 0.8) = 0.223": Word.CONFIRMED,
    "binary_crossentropy(1, 2) = 0.127": Word.CONFIRMED,
    "binary_crossentropy(1, 0.8) = 0.5": Word.REFUTED,
    "focal_loss([1], [2], 2) = [0.5]": Word.UNREAD,
}
COUNTED = {
    "softmax([1, 2, 3])[3] = 0.665": Word.CONFIRMED,
    "softmax([1, 2, 3])[2] = 0.665": Word.UNREAD,  # counted from 0 it holds
    "softmax([1, 2, 3])[2] = 0.8": Word.REFUTED,
    "1 - 1/e = 0.632": Word.CONFIRMED,  # the digits tell that e is the number
    "exp(1) = e": None,
    "1 - 1/e = 0.5": None,
    "|2 - 5| = 3": Word.CONFIRMED,
    "np.log1p(1) = 0.693": Word.CONFIRMED,
    "pow(2, 10) = 1024": Word.CONFIRMED,
}
IN_PYTHON = {  # what means something else there
    "entropy([0.25] * 4) = 1.386": Word.UNREAD,
    "[1, 2] + [3, 4] = [1, 2, 3, 4]": Word.UNREAD,
    "[1, 2] + [3, 4] = [4, 6]": Word.CONFIRMED,
    "2 * [1, 2] = [2, 4]": Word.CONFIRMED,
    "2 * [1, 2] = [1, 2, 1, 2]": Word.UNREAD,
    "7%2 = 1": Word.UNREAD,
    "7%3 = 0.073": Word.UNREAD,
    "7%(2) = 0.14": Word.UNREAD,
    "7 % -3 = -2": Word.UNREAD,
    "50%-10% = 40%": Word.CONFIRMED,
    "7% - 3 = -2.93": Word.CONFIRMED,
    "100 + 10% = 110": Word.UNREAD,
    "100 + 10% = 100.1": Word.UNREAD,
    "100 - 20% = 80": Word.UNREAD,
    "(100 + 10%) * 2 = 220": Word.UNREAD,
    "100 + 10% = 120": Word.REFUTED,
    "200 * (1 - 5%) = 190": Word.CONFIRMED,
    "200 * (1 - 5%) = 195": Word.REFUTED,
    "200 * (2 - 5%) = 390": Word.UNREAD,
    "1 - 20% = 80%": Word.CONFIRMED,
    "10% + 5% = 15%": Word.CONFIRMED,
    "1½ = 1.5": Word.UNREAD,
    "½ + ½ = 1": Word.CONFIRMED,
    "softmax([-inf, 0]) = [0, 1]": Word.CONFIRMED,
    "kl_divergence([1, 0], [0.5, 0.5]) = 0.693": Word.CONFIRMED,
    "0 * log(0) = 0": Word.CONFIRMED,
}
CALLS = {
    "softmax(1, 2, 3) = (0.09, 0.24, 0.67)": Word.CONFIRMED,
    "sigmoid([0, 1]) = [0.5, 0.731]": Word.CONFIRMED,
    "sum(softmax([1, 2, 3])) = 1": Word.CONFIRMED,
    "mse([1, 2, 3], [1, 2, 5]) = 1.333": Word.CONFIRMED,
    "nothing_known(2) = 4": Word.UNREAD,
    "softmax([1, 2]) = 0.27": Word.UNREAD,
    "softmax([1, 2]) = [0.27]": Word.REFUTED,
    "7 // 2 = 3": Word.UNREAD,
    "nan = nan": Word.UNREAD,
}
ALL = (
    NOTE
    | DIGITS
    | ON_THE_WAY
    | BESIDE_BOUNDS
    | WANDERING
    | EXACT
    | UNITS
    | DOMAINS
    | SIDE_BY_SIDE
    | READINGS
    | COUNTED
    | IN_PYTHON
    | CALLS
)


@pytest.mark.parametrize("claim", ALL)
def test_a_claim_about_numbers_is_judged(claim: str) -> None:
    assert word(claim) is ALL[claim]


COUNTED_IN = (
    "h", "dozens", "µs.", "/ 2", "inch", "pct", "and a half", "½", "<sub>2</sub>", "kibibytes", "thousands", "percents", "uint8",
    "in thousands", "in kB", "rounded up", "with remainder 1", "to the nearest ten", "at least", "or so", "(rounded up)", "(kB)",
    "일", "주", "프로", "배", "as a percentage", "truncated", "apples",
)  # fmt: skip
WORDS = (
    "is wrong", "and so on", "because", "I say", ", so", "in all", "for now", "\nb", "exactly", "in this case", "at the end",
    "or not", "rounded to one place", "which follows", "(by the rule)", "이다", "일 때", "입니다", "주어진 값", "초과가 아니다",
    "in general",
)  # fmt: skip
BEFORE = {
    "the logarithm of `1/2 = -0.693`": Word.UNREAD,
    "the natural log of the number `1/2 = -0.693`": Word.UNREAD,
    "half `log(4) = 0.693`": Word.UNREAD,
    "minus `log(2) = -0.693`": Word.UNREAD,
    "로그 `1/2 = -0.693`": Word.UNREAD,
    "the reciprocal of `1/2 = 2`": Word.UNREAD,
    "the logarithm of `log(2) = 0.693`": Word.CONFIRMED,
    "the value of `log(2) = 0.694`": Word.REFUTED,
    "the claim `log(2) = 0.694`": Word.REFUTED,
    "the entropy `log(2) = 0.694`": Word.REFUTED,
    "in the case of `log(2) = 0.694`": Word.REFUTED,
}


@pytest.mark.parametrize("text", BEFORE)
def test_what_may_be_done_to_the_left_side_by_words_is_not_called_wrong(text: str) -> None:
    assert outcome(text).word is BEFORE[text]


@pytest.mark.parametrize("behind", COUNTED_IN)
def test_what_may_be_counted_in_something_else_is_not_called_wrong(behind: str) -> None:
    (outcome,) = judge(f"It is `24 = 2`{'' if behind[0] in '½<' else ' '}{behind}").outcomes
    assert outcome.word is Word.UNREAD


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a growth of `10 + 20 = 30`%", Word.UNREAD), ("`3 * 10 = 30` percent", Word.UNREAD), ("`45/60 = 75`%", Word.CONFIRMED),
        ("`1/3 = 0.33` %", Word.REFUTED), ("`10 + 20 = 31`%", Word.REFUTED),
    ],
)  # fmt: skip
def test_a_percent_sign_behind_a_sum_may_be_of_all_its_numbers(text: str, said: Word) -> None:
    (outcome,) = judge(text).outcomes
    assert outcome.word is said


@pytest.mark.parametrize("behind", WORDS)
def test_words_that_count_nothing_leave_a_wrong_number_wrong(behind: str) -> None:
    (outcome,) = judge(f"It is `1/2 = 0.6` {behind}").outcomes
    assert outcome.word is Word.REFUTED


AROUND = {  # what stands around a number, or is set with it
    "The mean accuracy is `(91.2 + 92.4 + 90.6)/3 = 91.4` %.": [Word.UNREAD],
    "`100 - 97.12 = 2.88` %": [Word.UNREAD],
    r"$\frac12 = 0.5 = 60 \text{ percent}$": [Word.REFUTED],
    "`3/4 = 0.75 = 80 percent`": [Word.REFUTED],
    r"$\log_2 8 = 3 = 4 \text{ Bits}$": [Word.REFUTED],
    "That is about `50000/128 = 391`.": [Word.UNREAD],
    "Rounded up, `7/2 = 4`": [Word.UNREAD],
    "`7/2 = 4` (rounded)": [Word.UNREAD],
    "`log(2) = 1` (bits)": [Word.CONFIRMED],
    "`log(2) = 0.693` (bits)": [Word.REFUTED],
    "`log(2) = 1`, in bits": [Word.CONFIRMED],
    "`1/2 = 50` (percent)": [Word.CONFIRMED],
    "`2/3 ≈ 70%`": [Word.UNREAD],
    "`2/3 ≈ 60%`": [Word.REFUTED],
    "`2^10 = 1e3`": [Word.UNREAD],
    "`1e16 + 1 = 1e16`": [Word.UNREAD],
    "`1000 = 1e3`": [Word.CONFIRMED],
    r"$0 < \pi < 1$, $\pi(1-\pi) = 0.21$": [],
    r"Let $\pi = 0.3$. Then $1 - \pi = 0.7$.": [],
    r"$\pi \approx 3.14$, $2 \pi = 6.28$": [Word.CONFIRMED] * 2,
    "$y - t = e = 0.2$; $e^2 = 0.04$": [],
}


@pytest.mark.parametrize("text", AROUND)
def test_what_stands_around_a_number_is_read_as_it_is_meant(text: str) -> None:
    assert [outcome.word for outcome in judge(text).outcomes] == AROUND[text]


ALONG = {  # a unit that is said in a chain holds of the plain number before it, and what may convert one is asked for
    "2 * 8 = 16 bits = 2 bytes": Word.CONFIRMED,
    "1/2 * 1 + 1/4 * 2 + 1/4 * 2 = 1.5 bits = 1.04 nats": Word.CONFIRMED,
    "2 * 0.693 = 1.386 nats = 2 bits": Word.UNREAD,  # of rounded digits
    "2 * 8 = 16 bits = 16 bytes": Word.REFUTED,
    "1 + 1 = 2 bits = 2 nats": Word.REFUTED,
    "log2(256) / 8 = 1 byte": Word.UNREAD,
    "log2(256) / 8 = 0.125 bytes": Word.UNREAD,
    "log(8) * 1.4427 = 3.00 bits": Word.UNREAD,
    "8 * log2(2) = 8 bits": Word.CONFIRMED,
    "log(8) / log(2) = 3 bits": Word.CONFIRMED,
    "9/10 = 0.9 (9/10)": Word.UNREAD,
    "9/10 = 1 (90%)": Word.UNREAD,
    "2 (3 + 4) = 14": Word.CONFIRMED,
}


@pytest.mark.parametrize("claim", ALONG)
def test_units_and_asides_are_not_taken_for_what_they_are_not(claim: str) -> None:
    assert word(claim) is ALONG[claim]


EXCUSED = {  # rounding of decimals on the right excuses little, and not those that are exact on the left
    "1/3 = 0.1 * 4": Word.UNREAD,
    "sqrt(2) = 0.5 * 3": Word.UNREAD,
    "0.1 * log(2) = 0.1 * 1": Word.REFUTED,
    "-(0.2 * log(0.2) + 0.8 * log(0.8)) = 0.2 * 1.906 + 0.8 * 0.223": Word.REFUTED,
    "-(0.2 * log(0.2) + 0.8 * log(0.8)) = 0.2 * 1.609 + 0.8 * 0.223 = 0.500": Word.CONFIRMED,
    "log(6) = 1.0986 + 0.6931": Word.CONFIRMED,
    "log(6) != 1.0986 + 0.6931": Word.UNREAD,
    "0.1 * log(4) != 0.1 * 2": Word.CONFIRMED,
}


@pytest.mark.parametrize("claim", EXCUSED)
def test_rounding_excuses_little(claim: str) -> None:
    assert word(claim) is EXCUSED[claim]


def test_rounding_excuses_little_beside_letters() -> None:
    claims = ("x = 0.1 * 25", "0.1 x = 0.1 * 3", "x / 3 = 0.33 + 0.34")
    found = judge("```claims\ngiven x: real; x = 2\n" + "\n".join(claims) + "\n```\n").outcomes
    assert [o.word for o in found] == [Word.UNREAD, Word.REFUTED, Word.CONFIRMED]


OF_E = {  # by the text in which they stand, a letter or the number
    "Let `e = 2.5`. Then `e^2 = 6.25`.": [],
    "The error $e = y - t = 3$ gives $e^2 = 9$": [],
    "```claims\ngiven e: real; e = 2\ne^2 = 4\n```\nso `e^2 = 4`": [Word.CONFIRMED],
    "```claims\ngiven a, e: real\na e = e a\n```\n$e^{-1} = 0.5$": [Word.CONFIRMED],
    "`e = 2.718` and `e^2 = 7.4`": [Word.CONFIRMED] * 2,
    r"$e = \lim_{n \to \infty} (1+1/n)^n$, so $e^2 = 7.5$": [Word.REFUTED],
    "`1/e = 0.368`, so `e^2 = 7.5`": [Word.CONFIRMED, Word.REFUTED],
}


@pytest.mark.parametrize("text", OF_E)
def test_e_is_a_letter_where_the_text_gives_it_a_value(text: str) -> None:
    assert [outcome.word for outcome in judge(text).outcomes] == OF_E[text]


LOGS = {
    r"\log 0.5 = -0.693": Word.CONFIRMED,  # the digits tell
    r"\log 1000 = 3": Word.UNREAD,
    r"\log 5 > 1": Word.UNREAD,
    r"\log 5 > 0.1": Word.CONFIRMED,
    r"\log 0.5 = -0.5": Word.REFUTED,
    r"\log 1 = 0": Word.CONFIRMED,
    r"-(\frac{3}{6} \log \frac{3}{6} + \frac{3}{6} \log \frac{3}{6}) = 0.903": Word.REFUTED,
}


@pytest.mark.parametrize("claim", LOGS)
def test_a_logarithm_without_a_base_is_judged_where_the_base_does_not_matter(claim: str) -> None:
    assert outcome(f"${claim}$").word is LOGS[claim]


def test_a_refuted_number_comes_with_its_value_and_the_slip() -> None:
    found = outcome("`entropy([1/2, 1/2]) = 0.903`")
    assert str(found) == (
        "1:2: refuted: entropy([1/2, 1/2]) = 0.903 (the value is 0.69314718; that is 3 log10(2); the entropy is 1 bit)"
    )


def test_at_least_two_digits_more_than_claimed_are_told_and_none_is_wrong() -> None:
    assert "1.4142135623730" in outcome("`sqrt(2) = 1.414213562374`").detail


def test_relations_with_free_letters_are_typeset_and_not_judged() -> None:
    judged = judge("`z = w x + b`, $p_i \\ge 0$ and `n = 3`")
    assert judged.outcomes == () and judged.typeset == 3


def fence(*lines: str) -> list[Word]:
    return [o.word for o in judge("\n".join(["```claims", *lines, "```"])).outcomes]


def test_a_fence_judges_claims_with_declared_letters_for_every_n() -> None:
    assert fence(
        "given n: size; p: simplex[n]; z: real[n]; k: index[n]",
        "entropy(p) <= log(n)",
        "entropy(p) <= 1",
        "sum(k: softmax(z)[k]) = 1",
        r"\sum_{k} p_k = 1",
        "softmax([0, 0]) = [0.5, 0.5]",
        "q >= 0",
        "entropy(p) ~ 1",
        "a line of words",
    ) == [
        Word.CONFIRMED, Word.REFUTED, Word.CONFIRMED, Word.CONFIRMED, Word.CONFIRMED, Word.UNREAD, Word.UNREAD, Word.UNREAD,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"So $5\%$ of $60 = 3$.", [Word.UNREAD]),
        ("The sum of $3$ and $4 = 7$, or of `3` and `4 = 8`.", [Word.UNREAD, Word.UNREAD]),
        ("`3` times `4 = 12`; twice $3 = 6$; 8 divided by `2 = 4`.", [Word.UNREAD] * 3),
        ("`1 + 1 = 2` and `2 + 2 = 5`; we know `3` and therefore `3 = 4`.", [Word.CONFIRMED, Word.REFUTED, Word.REFUTED]),
        ("A loss of `log(10) = 2.303`, and a loss of `log(10) = 3`.", [Word.CONFIRMED, Word.REFUTED]),
        ("Double `4 = 8`; adding $3$ to $4 = 7$; from $10$ we subtract $4 = 6$; $20$ less $5 = 15$.", [Word.UNREAD] * 4),
        ("The sum of `2`, `3`, and `4 = 9`; of 3 and $4 = 7$; 3 + $4 = 7$; of $3$ and **$4 = 7$**.", [Word.UNREAD] * 4),
        ("$200 \\left(1 + 5\\%\\right)(1 - 10\\%) = 189$", [Word.CONFIRMED]),
        ("ln $2 = 0.693$; log `8 = 2.079`; $2$ to the $3 = 8$; 5 % of our $60 = 3$; 1 in $4 = 25\\%$.", [Word.UNREAD] * 5),
        ("A total of $3 + 4 = 8$; with $x$ and $2 + 2 = 5$. `4 = 7`. So `3 = 4`.", [Word.REFUTED] * 4),
        ("We have `0.667 = 70%`; the share is `0.667 = 66.7%`.", [Word.REFUTED, Word.CONFIRMED]),
        ("50 % of `60 = 60`; half of `60 = 60`; the square of $9 = 9$.", [Word.UNREAD] * 3),
    ],
)
def test_a_relation_whose_left_side_begins_in_words_is_not_judged(text: str, words: list[Word]) -> None:
    assert [o.word for o in judge(text).outcomes] == words


ARROWS = {
    r"a < b \Rightarrow \exp(a) < \exp(b)": Word.CONFIRMED,
    r"a = b, \quad \Longrightarrow \quad a^2 = b^2": Word.CONFIRMED,
    r"a^2 = b^2 \implies a = b": Word.REFUTED,
    r"a \ge 0, b \ge 0 \Rightarrow a b \ge 0": Word.UNREAD,
    r"a < b \Rightarrow a \le b \Rightarrow a < b + 1": Word.UNREAD,
    r"a^2 \ge 0 \Rightarrow": Word.UNREAD,
    r"a = b \therefore a^2 = b^2": Word.UNREAD,
}
PARTS = {
    r"a^2 \ge 0, b^2 \ge 0": Word.CONFIRMED,
    r"a^2 \ge 0, b \equiv a": Word.UNREAD,
    r"a^2 \ge 0, b \sim a": Word.UNREAD,
    r"a^2 \ge 0, 3 \mid 4": Word.UNREAD,
    r"a^2 \ge 0, b =": Word.UNREAD,
    "a^2 ≥ 0, b": Word.UNREAD,
}


@pytest.mark.parametrize("claim", ARROWS | PARTS)
def test_a_claim_is_judged_as_a_whole_and_with_what_joins_its_parts(claim: str) -> None:
    assert fence("given a, b: real", claim) == [(ARROWS | PARTS)[claim]]


FOLLOWING = {
    r"1 + 1 = 2 \Rightarrow 2 + 2 = 4": Word.CONFIRMED,
    r"1 + 1 = 2 \Rightarrow 2 + 2 = 5": Word.REFUTED,
    r"1 = 2 \implies 2 = 4": Word.UNREAD,
    r"x = 3 \implies 1 = 2": Word.UNREAD,
    r"x \in A \implies 1 = 2": Word.UNREAD,
    r"1 = 2 \therefore 2 = 2": Word.REFUTED,
    r"3 \equiv 4, 1 + 1 = 2": Word.UNREAD,
    r"3 \cdot 0.333\ldots = 1": Word.UNREAD,
    r"\{1, 2\} = \{2, 1\}": Word.UNREAD,
    r"\{1, 1\} = \{1\}": Word.UNREAD,
    r"\{1, 2\} \ne \{2, 1\}": Word.UNREAD,
    r"\mathrm{entropy}\{0.5, 0.5\} = \ln 2": Word.UNREAD,
    r"\max\{1, 2\} = 2": Word.CONFIRMED,
    r"2 \left\{ 1 + 2 \right\} = 6": Word.CONFIRMED,
}


@pytest.mark.parametrize("claim", FOLLOWING)
def test_numbers_are_refuted_only_where_what_they_follow_from_holds_and_sets_are_no_lists(claim: str) -> None:
    assert outcome(f"${claim}$").word is FOLLOWING[claim]


def test_a_claim_that_is_neither_proved_nor_refuted_is_undecided() -> None:
    assert fence("given x: real; x > 0", "exp(sqrt(x + 1) log(x + 1)) >= 1 + x^2 / 10000000") == [Word.UNDECIDED]


def test_a_declaration_that_cannot_be_read_is_said_of_every_claim_after_it() -> None:
    found = judge("```claims\ngiven n: nothing\n1 = 1\n```").outcomes
    assert [o.word for o in found] == [Word.UNREAD] and found[0].detail.startswith("given")


def test_functions_that_the_text_defines_itself_are_known() -> None:
    context = Context().given("x: real").define("twice(x) = 2 x")
    assert outcome("`twice(3) = 6`", context).word is Word.CONFIRMED
    assert outcome("`twice(3) = 7`", context).word is Word.REFUTED
    assert outcome("`twice(3) = 6`").word is Word.UNREAD


def test_a_name_of_ones_own_is_not_taken_for_ours() -> None:
    context = Context().given("n: size; x, y: real[n]; k: index[n]").define("mse(x, y) = sum(k: (x[k] - y[k])^2)")
    assert outcome("`mse([0, 0], [3, 4]) = 25`", context).word is Word.CONFIRMED


def test_what_a_text_defines_under_the_name_of_a_card_is_counted_as_it_stands_there() -> None:
    context = Context().given("n: size; p: simplex[n]; k: index[n]").define("entropy(p) = -sum(k: p[k] log2(p[k]))")
    assert outcome("`entropy([1/2, 1/2]) = 1 bit`", context).word is Word.CONFIRMED
    assert outcome("`entropy([1/2, 1/2]) = 0.693 nats`", context).word is Word.CONFIRMED
    assert outcome("`entropy([1/2, 1/2]) = 1.44 bits`", context).word is Word.REFUTED


def test_a_logarithm_in_latex_is_counted_in_its_unit() -> None:
    assert outcome(r"$-\log \frac{1}{2} = 1 \text{ bit}$").word is Word.CONFIRMED
    assert outcome(r"$\log 2 = 0.693 \text{ bits}$").word is Word.REFUTED
    assert outcome(r"$\ln 2 = 0.693 \text{ nats}$").word is Word.CONFIRMED


def test_a_value_that_is_not_told_from_0_is_shown_as_0() -> None:
    assert outcome("`log(4) / 2 - log(2) = 0`").detail == "the value is 0"
    assert outcome("`log(1 + 1 / 10^90) = 0`").detail == "the value is 1e-90"
    assert outcome("`log(1 + 1 / 10^90) = 0`").hint == ""
    assert "it differs by 1.00e-40" in outcome("`exp(1 / 10^40) <= 1`").detail


HOSTILE = [
    "10^10^10 = 1", "9^999 * 9^999 * 9^999 = 1", "sum(k = 1..10000000: 1/k) = 14.39", "prod(k = 1..1000000: k) = 0",
    "sum(a = 1..300: sum(b = 1..300: sum(c = 1..300: a b c))) = 1", "exp(exp(exp(100))) = 1", "exp(exp(exp(exp(100)))) > 1",
    "exp(10^300) = 1", "1e1001 = 1", "1" * 70 + " = 1", "(" * 150 + "1" + ")" * 150 + " = 1", "-" * 300 + "1 = 1",
    "1" + "+1" * 400 + " = 401", "exp(" * 90 + "1" + ")" * 90 + " = 2", "erfc(10^100) = 0", "99999! = 1", "0^0^0 = 1",
    "__import__('os') = 1", "eval(1) = 1", "softmax([" + ",".join(["1"] * 900) + "]) = [0.1]", "lim(x -> 0: 3) = 3",
    "D(3, 3) = 0", "forall(k: 1 = 1) = 1", "[] = []", "() = 1", "[[1, 2], [3]] = 1", "softmax() = 1", "1 = ", "= = =", "\0 = 1",
    "1 = 1\u202e", "ехр(1) = 2.718", "1 <b>= 1</b>", "1 = 1" * 300,
]  # fmt: skip


@sampled("claim", HOSTILE, keep=12)
def test_hostile_claims_get_an_outcome_or_none_in_bounded_time(claim: str) -> None:
    began = time.process_time()
    for found in judge(f"a `{claim}` b\n\n${claim}$\n\n```claims\n{claim}\n```", total=1.0).outcomes:
        assert found.word is not Word.CONFIRMED or claim == "0^0^0 = 1"
    assert time.process_time() - began < 5


def test_when_the_time_for_a_text_is_over_the_rest_is_undecided() -> None:
    found = judge("`sum(k = 1..3000000: 1/k) = 1.0` `1 = 1` `2 = 2`", total=0.2).outcomes
    assert [o.word for o in found] == [Word.UNDECIDED] * 3


@pytest.mark.slow
def test_thousands_of_claims_take_seconds() -> None:
    began = time.process_time()
    assert judge("`1 + 1 = 2`\n\n" * 2_000).count(Word.CONFIRMED) == 2_000
    assert time.process_time() - began < 20


@given(st.text(alphabet="`$=1 \n.0,+-*/^()[]~%!|elogxsqrt\\frac{}_", max_size=60))
def test_any_text_gets_outcomes_and_no_exception(text: str) -> None:
    for found in judge(f"`{text}` ${text}$\n\n```claims\n{text}\n```", total=5).outcomes:
        assert found.word in Word and str(found)


OWN = {  # of a page that declares pi, e, nat, x and a function F, and defines f
    "pi >= 3": Word.REFUTED,
    r"\pi \ge 3": Word.REFUTED,
    "π >= 3": Word.REFUTED,
    "e^2 >= 7": Word.REFUTED,
    "e**2 >= 7": Word.REFUTED,
    r"e^{2} \ge 7": Word.REFUTED,
    r"\mathrm{e} > 2": Word.REFUTED,
    "F(3) = 9": Word.REFUTED,
    r"F(x) \ge 0": Word.REFUTED,
    "F(x) ≥ 0": Word.REFUTED,
    "F(x) >= 0": Word.REFUTED,
    "(1 + 2) nat >= 2": Word.REFUTED,
    r"3 \text{ nat} \ge 2": Word.REFUTED,
    "np.pi >= 3": Word.UNREAD,
    "f(x) ≥ 0": Word.CONFIRMED,
    r"f(x) \ge 0": Word.CONFIRMED,
    "sum(i: 1) >= 1": Word.CONFIRMED,
    "f(3) = 9": Word.CONFIRMED,
}


@pytest.mark.parametrize("claim", OWN)
def test_what_a_page_declares_is_a_letter_and_no_constant_unit_or_function_of_ours(claim: str) -> None:
    page = Context().given("n: size; i: index[n]; pi, e, nat, x: real; F: function").define("f(x) = x^2")
    assert outcome(f"```claims\n{claim}\n```", page).word is OWN[claim]
    if claim not in ("f(3) = 9", "np.pi >= 3"):
        assert judge(f"`{claim}`", page).count(Word.UNREAD) == len(judge(f"`{claim}`", page).outcomes)


def test_the_sign_of_a_relation_does_not_change_the_meaning() -> None:
    page = Context().given("x: real")
    for claim in ("e^x >= 0", "Relu(x) >= 0", "x**2 >= 0"):
        assert outcome(f"```claims\n{claim}\n```", page).word is Word.CONFIRMED
        assert outcome(f"```claims\n{claim.replace('>=', '≥')}\n```", page).word is Word.CONFIRMED


def test_a_notation_of_the_page_is_a_letter() -> None:
    page = Context().given("x, y: real").define("e = x - y", closed=False)
    assert outcome("```claims\ne^2 >= 0\n```", page).word is Word.CONFIRMED
    assert outcome("```claims\ne^2 ≥ 7\n```", page).word is Word.REFUTED
    assert judge("`e^2 = 0.04` $e^2 = 0.04$", page).outcomes == ()


WITH_UNITS = {  # of letters
    "entropy(p) ≤ 0.7 bits": Word.REFUTED,
    "entropy(p) <= 0.7 bits": Word.REFUTED,
    r"\mathrm{entropy}(p) \le 0.7 \text{ bits}": Word.REFUTED,
    "entropy(p) ≤ 1 bit": Word.CONFIRMED,
    "0 ≤ entropy(p) ≤ 1 bit": Word.CONFIRMED,
    "-p[1] log2(p[1]) - p[2] log2(p[2]) <= 1 bit": Word.CONFIRMED,
    "log(w) ≤ 0.7 bits": Word.REFUTED,
    r"\ln w \le 1 \text{ bit}": Word.CONFIRMED,
    "log(w) <= 1 bit": Word.CONFIRMED,
    "w ≤ 2 bits": Word.UNREAD,  # nobody says in what w is counted
    "w log(w) + w <= 5 nats": Word.UNREAD,
    "log(w) ≤ 1 bit = 0.694": Word.UNREAD,
    "w ≤ 2.000…": Word.UNREAD,
    r"w \le 2.000\ldots": Word.UNREAD,
    "w ≤ 200%": Word.CONFIRMED,
    "w ≤ 199 %": Word.REFUTED,
}


@pytest.mark.parametrize("claim", WITH_UNITS)
def test_units_and_digits_that_go_on_are_no_less_beside_letters(claim: str) -> None:
    assert fence("given p: simplex[2]; w: positive; w <= 2", claim) == [WITH_UNITS[claim]]


BEHIND = {
    "`entropy([0.5, 0.5]) = 0.69` bits": Word.REFUTED,
    "`entropy([0.5, 0.5]) = 1` bit": Word.CONFIRMED,
    "엔트로피는 `entropy([0.5, 0.5]) = 1` 비트이다": Word.CONFIRMED,
    "`log2(8) = 3` nats": Word.REFUTED,
    r"$-\ln 0.5 = 0.693$ bits": Word.REFUTED,
    r"$-\ln 0.5 = 1$ bit": Word.CONFIRMED,
    "`1/3 = 0.33` %": Word.REFUTED,
    "`45/60 = 75`%": Word.CONFIRMED,
    "$1/3 = 33$ %": Word.CONFIRMED,
    "`1/2 = 50` percent": Word.CONFIRMED,
    "정확도는 `45/60 = 75`퍼센트이다": Word.CONFIRMED,
    "`1 = 1, 0.5 = 50` %": Word.UNREAD,
    "`15 = 25`% of 60": Word.UNREAD,
    "`15 = 25`% of the class": Word.UNREAD,
    "`45/60 = 75`% of the class": Word.CONFIRMED,
    "`2/3 = 0.666`...": Word.CONFIRMED,
    "`2/3 = 0.667`...": Word.UNREAD,  # rounded, and the end of a thought?
    "`2/3 = 0.668`...": Word.REFUTED,
    "`10^6 = 1` million": Word.UNREAD,
    "`10^6 = 1000000` million": Word.UNREAD,
    "`300 = 5` minutes": Word.UNREAD,
    "`60 * 5 = 300` seconds": Word.CONFIRMED,
    "`2^10 = 1024` bytes": Word.CONFIRMED,
    "`2^10 = 1` KB": Word.UNREAD,
    "`7 + 8 = 3` mod 12": Word.UNREAD,
    "`24 = 4`!": Word.UNREAD,
    "`0.05 = 5` in 100": Word.UNREAD,
    "`3/4 = 75` out of 100": Word.UNREAD,
    "`1000 = 1` k": Word.UNREAD,
    "`1500 = 1.5`E3": Word.UNREAD,
    "`2/3 = 0.6` (recurring)": Word.UNREAD,
    "`1 = 3` - 2": Word.UNREAD,
    "`3/4 = 0.75` in 100 cases": Word.CONFIRMED,
    "`1 + 1 = 3` in all cases": Word.REFUTED,
    "`1 + 1 = 2`!": Word.CONFIRMED,
}


@pytest.mark.parametrize("text", BEHIND)
def test_what_stands_right_behind_a_span_is_read_or_nothing_is_said(text: str) -> None:
    assert outcome(text).word is BEHIND[text]


def test_what_stands_behind_a_relation_with_free_letters_does_not_make_it_a_claim() -> None:
    assert judge("`x = 3` thousand, `x = 3` bits, `a = 1, b = 2` %").typeset == 3


FIXED = {  # beside letters of which hypotheses are known
    "log(x) = 0.693": Word.CONFIRMED,
    "log(x) = 0.694": Word.REFUTED,
    "0.693 = log(x)": Word.CONFIRMED,
    "log(x) = 0.693 = 0.69": Word.CONFIRMED,
    "log(x) = 0.693 = 693/1000": Word.REFUTED,
    "log(x) = 0.693 < 0.7": Word.CONFIRMED,
    "log(x) = 0.693 < log(x)": Word.UNREAD,
    "3 y = 1 => y = 0.33": Word.CONFIRMED,
    "3 y = 1 => y = 0.34": Word.REFUTED,
    "3 y = 1 <=> y = 0.33": Word.UNREAD,
    "1 / (1000 + y^2) = 0.00": Word.UNREAD,  # y is not fixed
    "y = 0.33": Word.REFUTED,
    "x / 4 = 0.5": Word.CONFIRMED,
}


@pytest.mark.parametrize("claim", FIXED)
def test_a_rounded_decimal_beside_letters_is_true_where_they_have_one_value(claim: str) -> None:
    assert fence("given x, y: real; x = 2", claim) == [FIXED[claim]]


# as a reader sees the page: the numbers are true, or false, with what stands around them
TRUE_WITH_WHAT_IS_AROUND = (
    "`1/2 = 50`&nbsp;%",
    "$\\ln 8 = 3$&nbsp;bits",
    "`20 = 2` &times; 10",
    "`1/2 = 50` <b>%</b>",
    "`1/2 = 50` $\\%$",
    "`1/2 = 50`&#37;",
    "$\\frac12 = 50$\\,\\%",
    "`1/2 = 50`~%",
    "`log(8) = 3` `bits`",
    "`1/2 = 50` `%`",
    "`0.5 = 1`&frasl;2",
    "`0.5 = 1`⁄2",
    "`200 = 2` &times; 10<sup>2</sup>",
    "10 - `2 + 3 = 11`",
    "1 + `2 + 2 = 5`",
    "2 `+ 2 = 4`",
    "5 - `2 = 3`",
    "`10` + `1 + 1 = 12`",
    "$10$ + $1 + 1 = 12$",
    "10 × `1 + 1 = 20`",
    "10 * `1 + 1 = 20`",
    "10/`1 + 1 = 5`",
    "10−`1 + 1 = 8`",
    "e^`1 + 1 = 7.389`",
    "`1/2 = 50`, in percent",
    "`1/2 = 50`, as a percentage",
    "`1/2 = 50` if counted in percent",
    "`2/3 = 0.66`, truncated",
    "`2/3 = 0.66`, rounded down",
    "`7/2 = 3`, remainder 1",
    "`7/2 = 3` and remainder 1",
    "`7/2 = 3` and ½",
    "`7/2 = 3` and 1/2",
    "`7 = 1`, mod 3",
    "`log(100) = 2`, base 10",
    "`log(100) = 2` with base 10",
    "`log(8) = 3` to base 2",
    "`8 = 2` to the third",
    "`8 = 2` to the power 3",
    "`0.001 = 10` to the minus three",
    "`1/4 = 1` in four",
    "`1/4 = 1` out of four",
    "`1/2 = 50` in a hundred",
    "three more than `2 + 1 = 6`",
    "5 less than `10 + 2 = 7`",
    "two thirds of `2 + 4 = 4`",
    "a fifth of `10 + 5 = 3`",
    "twice as much as `2 + 1 = 6`",
    "squaring `2 + 1 = 9`",
    "10 % von `40 + 10 = 5`",
    "die Hälfte von `4 + 4 = 4`",
    "der Logarithmus von `1 + 1 = 0.693`",
    "두 배 `2 + 1 = 6`",
)
FALSE_WITH_WHAT_IS_AROUND = (
    "`1/2 = 0.5`&nbsp;%",
    "`log(8) = 2.08`&nbsp;bits",
    "`3 + 4 = 7`&times;10",
    "$1/2 = 0.5$~%",
    "$1/2 = 0.5$\\,\\%",
    "2 `+ 2 = 2`",
    "3 `- 2 = -2`",
    "$3$ $- 2 = -2$",
    "10 + `2 + 2 = 4`",
    "3 × `1 + 1 = 2`",
    "`1/2 = 0.5`, in percent",
    "`log(8) = 2.08`, base 2",
    "`2^3 = 8` to the power 3",
)
TRUE_BESIDE_WORDS = (
    "It is `1 + 1 = 2`, and 3 is more.",
    "* `1 + 1 = 2`",
    "+ `1 + 1 = 2`",
    "- `1 + 1 = 2`",
    "Exercise 3 - `1 + 1 = 2`",
    "1. `-1 + 1 = 0`",
    "(2) `-1 + 1 = 0`",
    "**Result:** `1 + 1 = 2`",
    "so x + y with `1 + 1 = 2`",
    "We see `1 + 1 = 2`, base cases first.",
    "It is `1 + 1 = 2` <b>always</b>.",
    "`1/2 = 0.5` as a number",
    "`1 + 1 = 2` to the letter",
    "`1/2 = 50` %",
    "true/false: `1 + 1 = 2`",
    "`1 + 1 = 2`, rounded or not",
)
FALSE_BESIDE_WORDS = (
    "It is `1 + 1 = 3`, and so on.",
    "* `1 + 1 = 3`",
    "- `1 + 1 = 3`",
    "1. `-1 + 1 = 1`",
    "Result: `1 + 1 = 3`, which is known",
    "It is `1 + 1 = 3` <b>always</b>.",
    "we know that `1 + 1 = 3`",
)


@pytest.mark.parametrize("text", TRUE_WITH_WHAT_IS_AROUND)
def test_what_is_true_with_what_stands_around_it_is_not_refuted(text: str) -> None:
    assert outcome(text).word is not Word.REFUTED


@pytest.mark.parametrize("text", FALSE_WITH_WHAT_IS_AROUND)
def test_what_is_false_with_what_stands_around_it_is_not_confirmed(text: str) -> None:
    assert outcome(text).word is not Word.CONFIRMED


@pytest.mark.parametrize("text", TRUE_BESIDE_WORDS)
def test_marks_and_words_that_go_on_take_no_verdict_away(text: str) -> None:
    assert outcome(text).word is Word.CONFIRMED


@pytest.mark.parametrize("text", FALSE_BESIDE_WORDS)
def test_marks_and_words_that_go_on_hide_no_mistake(text: str) -> None:
    assert outcome(text).word is Word.REFUTED


def test_the_rest_that_digits_hide_is_told() -> None:
    assert outcome("`1 - 1e-20 = 1`").detail == "so many digits are those of floating point: exactly, the value is 1 - 1e-20"


def test_the_largest_entry_of_a_declared_vector_has_a_form() -> None:
    (found,) = judge("```claims\ngiven n: size; z: real[n]\nmax(z) = 3\n```\n").outcomes
    assert "max(k: z[k])" in found.detail


IN_OTHER_WORDS = (  # what stands elsewhere in the sentence, or as a mark of another kind, is no part of the formula
    "The entropy is `log(8) = 2.079`, in bits it is 3.",
    "The share is `1/2 = 0.5`, in percent it is 50.",
    "In percent: `1/2 = 50`",
    "The entropy in bits is `log(8) = 3`",
    "| value in bits |\n| --- |\n| `log(8) = 3` |",
    "Modulo 5: `3 + 4 = 2`",
    "In binary, `1 + 1 = 10`",
    "With integer division, `7/2 = 3`",
    "In float16, `2049 = 2048`",
    "As uint8, `255 + 1 = 0`",
    "비트로는 `log(8) = 3`",
    "As versions, `3.10 > 3.9`",
    "`1/2 = 50` `percent`",
    "`log(8) = 2.08` measured in bits",
    "`log(8) = 2.08` (base 2)",
    "`log(8) = 2.08` Bits",
    "`1/2 = 0.5` as a percentage, pct",
    "`(91 + 93)/2 = 92%`",
    r"$\frac{3}{4} \cdot 100 = 75\%$",
    r"4 \* `1 + 1 = 8`",
    r"$2 \cdot$ `2 + 4 = 12`",
    "`2 *` `2 + 4 = 12`",
    "`log2` `2 + 4 = 2.585`",
    "2(`2 + 4 = 12`)",
    "(`2 + 4 = 36`)²",
    "[2](x.md) × `2 + 4 = 12`",
    "`2 + 4 = 3` `* 2`",
    "`2 + 4 = 3` $\\times 2$",
    "`2 + 4 = 6`.5",
    "3 더하기 `2 + 4 = 9`",
    "`2 + 4 = 3`의 두 배",
    r"$\ln 8 = 2.08 \quad\text{(in bits)}$",
    "`log(8) = 2.08, in bits`",
    r"$3 + 4 = 2 \quad\text{(mod 5)}$",
    "`7/2 = 3, remainder 1`",
    r"$\text{not} \quad 7 = 7$",
    r"$1 = 2 \quad\text{if } 1 = 3$",
    r"$3 + 4 = 1 \tag{mod 6}$",
    "`2 ½ = 1`",
    "`31/12/2023 < 1/1/2024`",
    "`2024-1-2 < 2024-1-10`",
)
STILL_JUDGED = {
    "The entropy in nats is `log(8) = 2.079`": Word.CONFIRMED,
    "The entropy in bits is `log2(8) = 4`": Word.REFUTED,
    "Half is 50 %, and `log(8) = 2.08`": Word.CONFIRMED,
    "The binary crossentropy is `-log(1/2) = 0.694`": Word.REFUTED,
    "[See](x.md): `1/2 = 0.6`": Word.REFUTED,
    "- `1/2 = 0.6`": Word.REFUTED,
    "| a | `1/2 = 0.6` | b |": Word.REFUTED,
    "(`1/2 = 0.6`)": Word.REFUTED,
    "`1/2 = 50`％": Word.CONFIRMED,
    "`1/2 = 0.5`<!-- c --> %": Word.REFUTED,
    "`1/2 = 0.5%`": Word.REFUTED,
    "`1/2 = 0.6`[^1]": Word.REFUTED,
}


@pytest.mark.parametrize("text", IN_OTHER_WORDS)
def test_nothing_is_said_where_words_around_a_number_may_say_how_it_is_counted(text: str) -> None:
    assert {outcome.word for outcome in judge(text).outcomes} <= {Word.UNREAD}


@pytest.mark.parametrize("text", STILL_JUDGED)
def test_words_that_say_nothing_else_leave_a_number_to_be_judged(text: str) -> None:
    assert [outcome.word for outcome in judge(text).outcomes] == [STILL_JUDGED[text]]


OBEYED = {  # what a hint asks for is judged
    "The entropy in bits is `entropy([1/2, 1/2]) = 1 bit`": Word.CONFIRMED,
    "The entropy in bits is `entropy([1/2, 1/2]) = 0.693 bits`": Word.REFUTED,
    "We count in binary there. And `1 + 1 = 2` here": Word.CONFIRMED,
    "`1 / 2 / 2024 < 1 / 10 / 2024`": Word.REFUTED,
}


@pytest.mark.parametrize("text", OBEYED)
def test_what_is_asked_for_where_nothing_is_said_is_judged(text: str) -> None:
    assert [outcome.word for outcome in judge(text).outcomes] == [OBEYED[text]]


@pytest.mark.parametrize("text", ["It is false that `1 + 1 = 3`", "Is `1 + 1 = 3`?", "`1 + 1 = 3` is wrong", "~~`1 + 1 = 3`~~"])
def test_what_a_text_itself_denies_is_not_put_right(text: str) -> None:
    assert fixes(text, judge(text).outcomes) == text


def test_many_spans_in_one_paragraph_take_no_longer_each() -> None:
    began = time.process_time()
    statements("`1 + 1 = 3` " * 800)
    assert time.process_time() - began < 5

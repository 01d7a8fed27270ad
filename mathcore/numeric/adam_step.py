"""One step of Adam."""

from __future__ import annotations

import functools
import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import _core
from ._arrays import anywhere, floats, foreign, real_number, result_format, whole_number
from ._blend import (
    TINY,
    UPPER,
    Factor,
    Stack,
    add,
    bitwise_and,
    blend,
    factor,
    few,
    multiply,
    parts,
    step_of_few,
    subtract,
    sum_and_rest,
)
from ._blocks import NATIVE
from ._elementwise import HALF, PIECE, blockwise, room
from ._sums import complement, dot, two_product, two_sum
from .momentum_step import moved, rate_of, state

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

BITS = 256  # behind the point in corrections: 1 - beta^t is at least 2^-53, and loses at most that many
ONE = 1 << BITS
NEAR = 64  # steps whose corrections are close to one another


def adam_step(
    w: ArrayLike,
    gradient: ArrayLike,
    m: ArrayLike,
    v: ArrayLike,
    t: int,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Any, Any, Any]:
    """The weights and both moments after step number t: w within 4 u (|w| + |step|), m and v within 1 ULP.

    m' = beta1 m + (1 - beta1) gradient and v' = beta2 v + (1 - beta2) gradient^2; with m_hat = m' / (1 - beta1^t) and v_hat
    = v' / (1 - beta2^t) the step is -learning_rate m_hat / (sqrt(v_hat) + epsilon). u is the unit roundoff of the format of
    `w`. For any finite input: the step uses m' and v' before they are rounded, and squares that leave the range of floats.

    Parameters
    ----------
    w, gradient : array_like
        Weights and the gradient of the loss at them, of one shape: float16, float32, float64, integers or booleans.
    m, v : array_like
        The moments that the step before returned, zeros at first, of the shape of `w`; v >= 0. Each keeps its own format:
        keep them in float32 or float64, because in float16 the square of a gradient below 2e-4 vanishes, whatever the
        format of `w`. In float64 v' is +inf for gradients beyond 1e154 or so, by its own exact value.
    t : int
        Which step this is, from 1.
    learning_rate : float
        About the size of a step, finite and not negative.
    beta1, beta2 : float
        The shares of the moments that are kept, each >= 0 and < 1.
    epsilon : float
        What keeps a weight without gradients where it is; positive and finite.

    Returns
    -------
    w : numpy.ndarray or numpy scalar
        New weights, in the float format of `w` (float64 for integers).
    m, v : numpy.ndarray or numpy scalar
        New moments, in the float formats of `m` and `v`. The arguments are unchanged.

    Raises
    ------
    ValueError
        If the shapes differ, an entry of `v` is negative, `t` is below 1, or a parameter is out of its range.
    TypeError
        If an array holds anything but real numbers, `t` is no integer, or a parameter is not one number.

    Notes
    -----
    Kingma and Ba, Adam: a method for stochastic optimization (2015), algorithm 1, in the order of the end of section 2: the
    learning rate and epsilon take the corrections 1 - beta^t, which are computed to 60 digits and rounded once.

    Examples
    --------
    >>> w, m, v = adam_step([0.5], [4.0], [0.0], [0.0], 1, 0.25)
    >>> w.tolist()
    [0.25000000062499994]
    """
    name = "adam_step"
    plain = type(t) is int and all([type(x) is float for x in (learning_rate, beta1, beta2, epsilon)])
    if plain and _core.runs() and (options := options_of(t, learning_rate, beta1, beta2, epsilon)):
        found = _core.adam_step(w, gradient, m, v, *options)
        if found is not NotImplemented:
            return found  # type: ignore[no-any-return]  # three
    if foreign(w, gradient, m, v):
        return anywhere(name, w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon)  # type: ignore[no-any-return]  # as typed there
    arrays = few(w, gradient, m, v)
    w, gradient, m, v = arrays or state(name, w=w, gradient=gradient, m=m, v=v)
    _not_negative(name, v)
    rate, (share1, share2) = rate_of(name, learning_rate), (_share(name, "beta1", beta1), _share(name, "beta2", beta2))
    small = epsilon if type(epsilon) is float else real_number(name, "epsilon", epsilon)
    if not 0 < small < math.inf:
        raise ValueError(f"{name}: epsilon must be positive and finite, got {small!r}. Use 1e-8, or a smaller number.")
    count = _count(name, t)
    constants = constants_of(rate, share1, share2, small, count)
    if _core.runs() and (options := options_of(count, rate, share1, share2, small)):
        found = _core.adam_step(floats(w), floats(gradient), floats(m), floats(v), *options)
        if found is not NotImplemented:
            return found  # type: ignore[no-any-return]  # three
    if arrays is not None:
        stepped = step_of_few(FewMoments, *arrays, constants)
        if stepped is not None:
            return stepped  # type: ignore[no-any-return]  # three
    formats = [result_format(x) for x in (w, m, v)]
    careful = NATIVE in formats

    def step(w: Floats, gradient: Floats, m: Floats, v: Floats) -> tuple[Floats, ...]:
        *results, trusted = (_step if careful else _narrow_step)(w, gradient, m, v, constants)
        if trusted is not True or constants.extreme:
            at = np.flatnonzero(~np.broadcast_to(trusted, w.shape) | constants.extreme)
            exact = _exactly(w[at], gradient[at], m[at], v[at], constants)
            for result, values in zip(results, exact, strict=True):
                result[at] = values
        return tuple(results)

    return blockwise(step, [w, gradient, m, v], formats, PIECE)


class Shares(NamedTuple):
    """The shares of the moments that are kept, and those of what is new, as factors."""

    kept1: Factor
    kept2: Factor
    new1: Factor
    new2: Factor


class Constants(NamedTuple):
    """What a step takes from its parameters: the shares of the moments and of what is new, the corrected rate and epsilon."""

    shares: Shares
    rate: Factor
    epsilon: tuple[float, float]  # and its error
    extreme: bool  # whether products with the rate or with epsilon might leave the range of floats
    corrections: tuple[tuple[float, int], tuple[float, int]]  # rate and epsilon as given, and 2^BITS times what corrects them


@functools.lru_cache(maxsize=16)
def shares(share1: float, share2: float) -> Shares:
    """Both shares, and what they leave, as factors."""
    return Shares(factor(share1), factor(share2), factor(*complement(share1)), factor(*complement(share2)))


@functools.lru_cache(maxsize=16)  # the same for all arrays of weights
def constants_of(rate: float, share1: float, share2: float, epsilon: float, count: int) -> Constants:
    """What step number `count` takes from its parameters."""
    root = math.isqrt(_left(share2, count) << BITS)
    quotient = (root << BITS) // _left(share1, count)
    (rounded_rate, rate_error), (rounded_epsilon, epsilon_error) = _corrected(rate, quotient), _corrected(epsilon, root)
    ordinary = (rate == 0 or 2.0**-200 < rounded_rate < 2.0**100) and 2.0**-900 < rounded_epsilon < 2.0**200
    return Constants(
        shares(share1, share2),
        factor(rounded_rate, rate_error) if ordinary else factor(1.0),
        (rounded_epsilon, epsilon_error if ordinary else 0.0),
        not ordinary,
        ((rate, quotient), (epsilon, root)),
    )


@functools.lru_cache(maxsize=16)
def options_of(count: int, rate: float, share1: float, share2: float, epsilon: float) -> tuple[float, ...]:
    """The same for the compiled core, in pairs of floats; nothing for what is wrong or out of its range."""
    if not (count >= 1 and 0 <= rate < math.inf and 0 <= share1 < 1 and 0 <= share2 < 1 and 0 < epsilon < math.inf):
        return ()
    c = constants_of(rate, share1, share2, epsilon, count)
    if c.extreme:
        return ()
    return (share1, share2, *complement(share1), *complement(share2), c.rate.value, _rest(c.rate), *c.epsilon)


def _rest(x: Factor) -> float:
    """What rounding took of a factor."""
    return (x.upper - x.value) + x.lower


def _left(beta: float, count: int) -> int:
    """1 - beta^count, times 2^BITS."""
    few = count % NEAR
    return ONE - (_power(beta, count - few) * _near_powers(beta)[few] >> BITS)


@functools.lru_cache(maxsize=16)
def _near_powers(beta: float) -> list[int]:
    """The powers of beta from 0 to NEAR - 1, times 2^BITS."""
    numerator, denominator = beta.as_integer_ratio()
    return list(itertools.accumulate(range(1, NEAR), lambda power, _: (power * numerator) // denominator, initial=ONE))


@functools.lru_cache(maxsize=16)
def _power(beta: float, count: int) -> int:
    """beta^count, times 2^BITS."""
    numerator, denominator = beta.as_integer_ratio()
    square, power = (numerator << BITS) // denominator, ONE
    while count and square:
        if count & 1:
            power = power * square >> BITS
        square, count = square * square >> BITS, count >> 1
    return 0 if count else power


def _corrected(x: float, correction: int) -> tuple[float, float]:
    """x correction / 2^BITS, rounded, and what rounding took, rounded too; (inf, 0) beyond the largest float."""
    numerator, denominator = x.as_integer_ratio()
    numerator, denominator = numerator * correction, denominator << BITS
    try:
        rounded = numerator / denominator
    except OverflowError:
        return math.inf, 0.0
    over, under = rounded.as_integer_ratio()
    return rounded, (numerator * under - over * denominator) / (denominator * under)


class FewMoments(Stack):
    """The step of few weights: the terms are both moments, the gradient and its square."""

    pairs = 2

    def __init__(self, shape: tuple[int, ...]) -> None:
        super().__init__(shape)
        self.numbers = [np.array(0.0) for _ in range(5)]
        bits, upper_bits = self.bits
        self.of_square = self.upper[2], self.lower[2], bits[3], upper_bits[3], self.terms[3], self.upper[3], self.lower[3]
        roots, upper, lower = self.above[:2], *np.empty((2, 2, *shape))  # the root of v comes to lie above m
        self.of_roots = roots, roots.view(np.int64), upper.view(np.int64), upper, lower, *upper, *lower
        self.results = *self.above, *self.rest

    def step(self, w: Floats, gradient: Floats, m: Floats, v: Floats, c: Constants) -> tuple[Floats, Floats, Floats] | None:
        """Unchecked; None where an entry is not to be trusted. The operations are those of `_step`."""
        if c.extreme:
            return None
        self.fill(c.shares)
        terms = self.terms
        terms[0], terms[1], terms[2] = m, v, gradient
        self.split()
        head, rest, bits, upper_bits, square, upper, lower = self.of_square
        multiply(head, head, square)
        bitwise_and(bits, UPPER, upper_bits)
        subtract(square, upper, lower)
        spare = gradient + head
        multiply(spare, rest, spare)
        add(lower, spare, lower)
        if not self.blend():
            moments, squares = self.found
            if not ((moments & squares) | ((gradient == 0) & (m == 0) & (squares | (v == 0)))).all():
                return None

        for number, value in zip(self.numbers, (*c.rate, *c.epsilon), strict=True):
            number.fill(value)
        rate, rate_upper, rate_lower, epsilon, epsilon_error = self.numbers
        root, first, second, rest, excess = self.results
        np.sqrt(second, root)
        roots, bits, upper_bits, upper, lower, square, move, tail, small = self.of_roots
        bitwise_and(bits, UPPER, upper_bits)
        subtract(roots, upper, lower)
        add(small, rest, small)
        multiply(small, rate, small)
        add(small, multiply(move, rate_lower, rest), small)
        multiply(move, rate_upper, move)
        add(move, small, move)

        multiply(tail, add(root, square, spare), tail)
        multiply(square, square, square)
        subtract(second, square, square)
        subtract(square, tail, square)
        add(square, excess, excess)
        np.divide(excess, np.maximum(root, TINY, out=tail), excess)
        multiply(excess, HALF, excess)
        divisor = add(root, epsilon, spare)
        part = subtract(divisor, root, tail)
        error = subtract(divisor, part, small)
        subtract(root, error, error)
        add(error, subtract(epsilon, part, part), error)
        add(error, excess, error)
        add(error, epsilon_error, error)
        add(divisor, error, divisor)
        np.divide(move, divisor, move)
        return w - move, first + 0.0, second.copy()  # -0.0 becomes 0.0


def _step(w: Floats, gradient: Floats, m: Floats, v: Floats, c: Constants) -> tuple[Any, ...]:
    """Weights and moments, and which of them are to be trusted: numerator, divisor and quotient are rounded once each."""
    upper, lower = parts(gradient)
    lower *= np.add(gradient, upper, out=room(w))
    upper *= upper  # the square is upper + lower
    first, first_rest, trusted = blend(c.shares.kept1, m, c.shares.new1, gradient, careful=True)
    second, second_rest, certain = blend(c.shares.kept2, v, c.shares.new2, upper, lower, careful=True)
    trusted = _or_at_rest(trusted, certain, gradient, m, v)

    move, lower = parts(first)
    lower += first_rest
    lower *= c.rate.value
    lower += np.multiply(move, c.rate.lower, out=first_rest)
    move *= c.rate.upper
    move += lower

    root = np.sqrt(second, out=room(w))
    upper, lower = parts(root)
    lower *= np.add(root, upper, out=room(w))
    upper *= upper
    excess = np.subtract(second, upper, out=upper)
    excess -= lower
    excess += second_rest  # second - root^2: what rounding took of the root is about this over 2 root
    excess /= np.maximum(root, TINY, out=lower)
    excess *= 0.5
    divisor, error = sum_and_rest(root, c.epsilon[0], second_rest)
    error += excess
    error += c.epsilon[1]
    divisor += error
    move /= divisor
    first += 0.0  # -0.0 becomes 0.0
    return np.subtract(w, move, out=move), first, second, trusted


def _narrow_step(w: Floats, gradient: Floats, m: Floats, v: Floats, c: Constants) -> tuple[Any, ...]:
    """The same for results that are all rounded from float64 to a narrower format."""
    first, _, trusted = blend(c.shares.kept1, m, c.shares.new1, gradient, careful=False)
    second, _, certain = blend(c.shares.kept2, v, c.shares.new2, np.square(gradient, out=room(w)), careful=False)
    divisor = np.sqrt(second, out=room(w))
    divisor += c.epsilon[0]
    move = np.multiply(first, c.rate.value, out=room(w))
    move /= divisor
    first += 0.0
    return np.subtract(w, move, out=move), first, second, _or_at_rest(trusted, certain, gradient, m, v)


def _or_at_rest(trusted: Any, certain: Any, gradient: Floats, m: Floats, v: Floats) -> Any:
    """Both are to be trusted, or the weight stays: its gradient is 0, and so was any before."""
    if trusted is True and certain is True:
        return True
    at_rest = (gradient == 0) & (m == 0) & (certain | (v == 0))
    found = at_rest | (trusted & certain)
    return True if found.all() else found


def _exactly(w: Floats, gradient: Floats, m: Floats, v: Floats, c: Constants) -> tuple[Floats, Floats, Floats]:
    """Weights and moments where terms cancel, or are near the ends of the range of floats."""
    (rate_scale, rate_exponent), (small_scale, small_exponent) = [_scaled(*pair) for pair in c.corrections]
    new, new_error = complement(c.shares.kept1.value)
    first, first_tail, exponent = dot((c.shares.kept1.value, m, 0), (new, gradient, 0), (new_error, gradient, 0))
    m = np.ldexp(first, exponent) + 0.0

    new, new_error = complement(c.shares.kept2.value)
    mantissa, k = np.frexp(gradient)
    square, tail = two_product(mantissa, mantissa)
    terms = (c.shares.kept2.value, v, 0), (new, square, 2 * k), (new, tail, 2 * k), (new_error, square, 2 * k)
    second, second_tail, twice = dot(*terms)
    v = np.ldexp(second, twice)

    half = np.maximum(twice >> 1, small_exponent)
    root = np.ldexp(np.sqrt(np.ldexp(second, twice & 1)), (twice >> 1) - half)
    divisor, error = two_sum(root, np.ldexp(small_scale, small_exponent - half))
    # what rounding takes is carried along: sqrt(x + e) is about sqrt(x) + e / (2 sqrt(x))
    error = error + np.where(second == 0, 0.0, root * (second_tail / second) / 2)
    ratio = first / divisor
    back, back_error = two_product(ratio, divisor)
    remainder = ((first - back) - back_error) + (first_tail - ratio * error)
    step, low = two_product(-rate_scale, ratio)
    return moved(w, step, low - rate_scale * (remainder / divisor), rate_exponent + exponent - half), m, v


def _not_negative(function: str, v: NDArray[Any]) -> None:
    if v.size and not v.min() >= 0 and (v < 0).any():
        index = tuple(int(i) for i in np.argwhere(v < 0)[0])
        place = f"v[{', '.join(map(str, index))}]" if index else "v"
        raise ValueError(
            f"{function}: v, a mean of squares, must be >= 0; {place} is {float(v[index])!r}. "
            f"Pass the v that the step before returned, zeros at first; m comes before v."
        )


def _count(function: str, t: int) -> int:
    try:
        count = whole_number(t)
    except TypeError as error:
        raise TypeError(f"{function}: t must be an integer, got {t!r}. Count the steps from 1.") from error
    if count < 1:
        raise ValueError(f"{function}: t must be at least 1, got {count}. Count the steps from 1.")
    return count


def _share(function: str, argument: str, beta: float) -> float:
    number = beta if type(beta) is float else real_number(function, argument, beta)
    if not 0 <= number < 1:
        raise ValueError(f"{function}: {argument} must be >= 0 and < 1, got {number!r}. Use 0.9 for beta1, 0.999 for beta2.")
    return number


def _scaled(x: float, correction: int) -> tuple[float, int]:
    """x correction / 2^BITS as a number near 1 to 2^54, rounded once, and an exponent: no subnormal comes between."""
    mantissa, exponent = math.frexp(x)
    return _corrected(mantissa, correction)[0], exponent

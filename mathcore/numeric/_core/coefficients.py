"""`python coefficients.py > coefficients.h`: polynomials and constants of the kernels, computed to 120 digits, with their errors.

A polynomial meets its function at Chebyshev points, which is within a factor of about two of the best possible one. What
the rest of a formula adds exactly (1 + r, for example) is taken out first, so that the polynomial is a small correction.
Needs mpmath, which sympy brings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[[Any], Any]

mp.prec = 400

LOG_2 = mp.log(2)
HALF_LOG_2 = LOG_2 / 2 * mpf("1.0001")  # what is left of an argument once a multiple of log 2 is taken away, and a little more
# t = 2 f / (2 + f) of a number 1 + f from sqrt(1/2) to sqrt(2); its square and a little more
MOST_W = (2 * (mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)) ** 2 * mpf("1.002")
CENTRE = 3  # of the map s = (a - 3) / (a + 3), which takes 0 to infinity to -1 to 1
MILLS_COUNT = 26
FAR = 39  # beyond, a (1 - Phi(a)) is below the floats


def interpolated(function: Function, low: Any, high: Any, count: int) -> list[Any]:
    """The `count` coefficients, the constant first, of the polynomial that meets `function` at Chebyshev points."""
    points = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * k + 1) / (2 * count)) for k in range(count)]
    table = [function(x) for x in points]
    coefficients, basis = [mpf(0)] * count, [mpf(1)] + [mpf(0)] * count
    for k in range(count):  # Newton's divided differences, expanded as they come
        coefficients = [c + table[0] * b for c, b in zip(coefficients, basis, strict=False)]
        basis = [(basis[j - 1] if j else mpf(0)) - points[k] * basis[j] for j in range(count)] + [mpf(0)]
        table = [(table[j + 1] - table[j]) / (points[j + k + 1] - points[j]) for j in range(len(table) - 1)]
    return coefficients


def error(function: Function, weight: Function, coefficients: list[Any], low: Any, high: Any) -> str:
    """log2 of the largest |p - function| weight on a grid, of the coefficients as they are rounded."""
    rounded = [mpf(float(c)) for c in coefficients]
    grid = [low + (high - low) * (2 * k + 1) / 802 for k in range(401)]
    worst = max(abs(mp.polyval(rounded[::-1], x) - function(x)) * weight(x) for x in grid)
    return f"2^{float(mp.log(worst, 2)):.1f}"


def array(name: str, meaning: str, function: Function, weight: Function, low: Any, high: Any, count: int) -> str:
    coefficients = interpolated(function, low, high, count)
    values = "".join(f"    {float(c).hex()},\n" for c in coefficients)
    within = error(function, weight, coefficients, low, high)
    return f"/* {meaning}; degree {count - 1}, error {within} */\nstatic const double {name}[{count}] = {{\n{values}}};\n"


def constant(name: str, meaning: str, value: Any) -> str:
    return f"static const double {name} = {float(value).hex()}; /* {meaning} */\n"


def expansion(name: str, meaning: str, value: Any, digits: int) -> str:
    """A number as a sum of doubles, the first one of so many binary digits."""
    high = mp.floor(value * 2**digits) / 2**digits
    middle = mpf(float(value - high))
    parts = {"HIGH": high, "LOW": middle}
    return "".join(constant(f"{name}_{part}", f"{meaning}, {part.lower()} part", x) for part, x in parts.items())


def exp_tail(r: Any) -> Any:
    return mp.fsum(r**k / mp.factorial(k + 3) for k in range(60))


def exp_short_tail(r: Any) -> Any:
    return mp.fsum(r**k / mp.factorial(k + 2) for k in range(60))


def log_tail(w: Any) -> Any:
    return mp.fsum(w**k / mpf((2 * k + 3) * 4 ** (k + 1)) for k in range(160))


def mills(s: Any) -> Any:
    """(a + 3) exp(a^2 / 2) (1 - Phi(a)) for s = (a - 3) / (a + 3): smooth, and never far from .4 and 1.5."""
    a = CENTRE * (1 + s) / (1 - s)
    return (a + CENTRE) * mp.exp(a * a / 2) * mp.erfc(a / mp.sqrt(2)) / 2


def rest_of(value: Any) -> Any:
    return value - mpf(float(value))


def header() -> str:
    most = (mpf(FAR) - CENTRE) / (FAR + CENTRE)
    first = interpolated(mills, mpf(-1), most, MILLS_COUNT)[0]
    log_weight = lambda w: w  # noqa: E731  # of t + t w P(w) to t
    return "\n".join(
        [
            "/* Written by coefficients.py. Errors are relative to the value of the function that is asked for. */",
            constant("LOG2_E", "1 / log 2", 1 / LOG_2)
            + expansion("LN2", "log 2", LOG_2, 40)
            + constant("SQRT_2", "", mp.sqrt(2)).replace(" /*  */", ""),
            array(
                "EXP_TAIL",
                "(exp(r) - 1 - r - r^2/2) / r^3 for |r| <= log(2)/2",
                exp_tail,
                lambda r: abs(r) ** 3 / mp.exp(r),
                -HALF_LOG_2,
                HALF_LOG_2,
                10,
            ),
            array(
                "EXP_SHORT_TAIL",
                "(exp(r) - 1 - r) / r^2 for |r| <= log(2)/2, for results in float32",
                exp_short_tail,
                lambda r: r**2 / mp.exp(r),
                -HALF_LOG_2,
                HALF_LOG_2,
                7,
            ),
            array(
                "LOG_TAIL",
                "log(1 + f) = t + t w P(w) with t = 2 f / (2 + f), w = t^2, from sqrt(1/2) to sqrt(2)",
                log_tail,
                log_weight,
                mpf(10) ** -30,
                MOST_W,
                8,
            ),
            array(
                "LOG_SHORT_TAIL",
                "the same for results in float32",
                log_tail,
                log_weight,
                mpf(10) ** -30,
                MOST_W,
                5,
            ),
            array(
                "MILLS",
                "(a + 3) exp(a^2/2) (1 - Phi(a)) in s = (a - 3) / (a + 3) for 0 <= a <= 39",
                mills,
                lambda s: 1 / mills(s),
                mpf(-1),
                most,
                MILLS_COUNT,
            )
            + constant("MILLS_0_LOW", "what rounding took of the first", rest_of(first)),
        ]
    )


if __name__ == "__main__":
    print(header(), end="")

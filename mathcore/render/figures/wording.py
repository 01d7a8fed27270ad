"""What a figure says at a state: places in braces filled in, of several cases the first that holds."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from mathcore.render.figures.programs import State, state
from mathcore.render.figures.value import Figure, Sentence


def described(figure: Figure) -> str:
    """What is to be seen where the sliders start, for who does not see it."""
    return f"{figure.sees} {told(state(figure))}".strip()


def told(at: State) -> str:
    """The sentences that follow the reader."""
    return " ".join(filter(None, (filled(_chosen(sentence, at), at) for sentence in at.figure.says)))


def _chosen(sentence: Sentence, at: State) -> str:
    if isinstance(sentence, str):
        return sentence
    return next((words for condition, words in sentence if holds(condition, at)), "")


def holds(condition: str, at: State) -> bool:
    if not condition:
        return True
    left, relation, right = condition.split(" ")
    a, b = at.at(left), at.at(right)
    return bool({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b}[relation])


def filled(words: str, at: State) -> str:
    def value(found: re.Match[str]) -> str:
        place, how = found[1], found[2] or "g3"
        if how != "name":
            return number(at.at(place), how)
        slider = next(s for s in at.figure.sliders if s.letter == place)
        return slider.names[int(at.at(place)) - 1]

    return re.sub(r"\{([^{}:]+)(?::([^{}]+))?\}", value, words)


def number(x: Any, how: str = "g3") -> str:
    """As the runtime in the browser writes it: `2` decimals, `%1` per cent, `g3` digits."""
    if math.isnan(x):
        return "undefined"
    if math.isinf(x):
        return "−∞" if x < 0 else "∞"
    digits = int(re.sub(r"\D", "", how) or 0)
    if how.startswith("g"):
        long = x != 0 and (abs(x) >= 1e6 or abs(x) < 1e-4)
        text = _exponential(x, digits) if long else _plain(float(_rounded(x, digits)))
    else:
        text = _exponential(x, 3) if abs(x) >= 1e9 else _fixed(100 * x if how.startswith("%") else x, digits)
    if float(text) == 0:
        text = text.replace("-", "")
    return text.replace("-", "−") + ("%" if how.startswith("%") else "")


def _fixed(x: float, digits: int) -> str:
    return str(Decimal(x).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def _rounded(x: float, digits: int) -> Decimal:
    """To significant digits; a tie goes away from 0, as in JavaScript."""
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal_from_float(float(x))


def _plain(x: float) -> str:
    return str(int(x)) if x == int(x) else repr(x)


def _exponential(x: float, digits: int) -> str:
    mantissa, _, exponent = f"{_rounded(x, digits):.{digits - 1}e}".partition("e")
    return f"{mantissa}e{int(exponent):+d}"

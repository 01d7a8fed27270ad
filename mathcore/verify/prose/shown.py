"""Values as digits."""

from __future__ import annotations

import re
from typing import Any

from flint import arb, fmpq

from mathcore.conformance.examples import BITS
from mathcore.conformance.ulp import special
from mathcore.proof.balls import extended as x

TOO_FAR = "too large or too small to be written"
DIGITS = 8  # that are printed, or two more than are claimed


def shown(value: Any, digits: int = DIGITS) -> str:
    """Digits of a ball, all of them right; or the number itself where it is short."""
    if isinstance(value, list):
        return f"[{', '.join(shown(v, digits) for v in value)}]"
    value = x.plain(value)
    if special(value) is not None:
        return str(value)
    if isinstance(value, fmpq) and value.q == 1 and abs(value.p) < 10**12:
        return str(value.p)
    with x.working(BITS[0]):
        text = str(arb(value).str(digits, radius=False))
    if "inf" in text or len(text) > 30 + digits:
        return TOO_FAR
    if re.match(r"-?0(\.0*)?e", text):
        return "0"
    if "e" in text:
        return re.sub(r"\.?0*(?=e)", "", text)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text

"""What sympy assumes of a symbol, in declarations and relations of the formula language; what has no word there is refused.

The numbers of the language are real. An integer is written by natural numbers: m as m_ or as -m_, an even one as 2 m_ or -2 m_.
A symbol, an array or a function of which nothing is assumed is read as real, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from mathcore.language import tree as t
from mathcore.language.sympy_bridge.conversion import ASSUMPTIONS
from mathcore.proof.prover.error import WrongUse

Facts = Mapping[str, bool]  # of sympy: {"positive": True, "zero": False, ...}
SIGNS = ("zero", "positive", "negative", "nonnegative", "nonpositive", "nonzero")  # the first that holds says it all
AGAINST_ZERO = {"zero": "=", "positive": ">", "negative": "<", "nonnegative": ">=", "nonpositive": "<=", "nonzero": "!="}
ANY_REAL = ("real", "positive", "nonnegative")  # declarations that assumptions may sharpen
PARTS = "the language speaks of real numbers: state the claim of its real and its imaginary part, as real symbols"
MATRICES = "products of numbers commute: write the entries of matrices, as MatrixSymbol('A', n, n) or IndexedBase('A')[i, j]"


@dataclass(frozen=True)
class Reading:
    """A number by a letter of the language: `step * letter + start`, where the letter stands in `relation` to 0."""

    declaration: str
    relation: str = ""
    step: int = 1
    start: int = 0

    @property
    def plain(self) -> bool:
        return (self.step, self.start) == (1, 0)

    def tree(self, letter: t.Symbol) -> t.Expr:
        if self.plain:
            return letter
        size = abs(self.step)
        scaled: t.Expr = letter if size == 1 else t.Mul(t.number(size), letter)
        if not self.step:
            return t.number(self.start)
        if self.step < 0:
            scaled = t.Neg(scaled)
        if not self.start:
            return scaled
        return t.Add(scaled, t.number(self.start)) if self.start > 0 else t.Sub(scaled, t.number(-self.start))


def unsaid(facts: Facts) -> bool:
    """Whether sympy assumes nothing: its own default would be any complex number."""
    return not {k for k in facts if k != "commutative"} and facts.get("commutative") is not False


def read_number(name: str, facts: Facts, domain: str | None) -> tuple[Reading, ...]:
    """The ways in which a number with these assumptions, and this declared domain, is written: together they are all of it."""
    known = _joined(name, facts, domain)
    if known.get("integer") and domain in (None, "natural", *ANY_REAL):
        _nothing_else(name, facts, known, ("integer", "even", "odd", *SIGNS))
        return _integers(known)
    _nothing_else(name, facts, known, SIGNS, domain)
    sign = _sign(known)
    if domain not in (None, *ANY_REAL):
        return (Reading(domain, "" if sign in _closure(ASSUMPTIONS[domain]) else AGAINST_ZERO[sign]),)
    if sign in ("positive", "nonnegative", ""):
        return (Reading(sign or "real"),)
    return (Reading("real", AGAINST_ZERO[sign]),)


def read_entries(name: str, facts: Facts, domain: str | None) -> Reading:
    """The domain of the entries of an array, and their relation to 0 where the domain does not say it."""
    known = _joined(name, facts, domain)
    _nothing_else(name, facts, known, SIGNS, domain)
    sign = _sign(known)
    if domain not in (None, *ANY_REAL):
        return Reading(domain, "" if not sign or sign in _closure(ASSUMPTIONS[domain]) else AGAINST_ZERO[sign])
    return Reading(sign or "real") if sign in ("positive", "nonnegative", "") else Reading("real", AGAINST_ZERO[sign])


def require_whole(name: str, facts: Facts, least: int) -> None:
    """Refuse what is assumed of a letter that counts, beyond that it is a whole number from `least`."""
    values = _closure({"integer": True, ("positive" if least else "nonnegative"): True})
    rest = {k: v for k, v in facts.items() if values.get(k) is not v}
    if rest:
        _refuse(name, _least(rest), f"it runs over all whole numbers from {least}: assume integer=True, or nothing")


def require_real(name: str, facts: Facts) -> None:
    """Refuse what is assumed of the values of a function, beyond that they are real."""
    if not unsaid(facts):
        known = _joined(name, facts, None)
        _nothing_else(name, facts, known, ())


def _closure(facts: Facts) -> dict[str, bool]:
    """With all that follows."""
    import sympy

    return dict(sympy.Symbol("x", **facts).assumptions0)


def _joined(name: str, facts: Facts, domain: str | None) -> dict[str, bool]:
    """What is assumed and declared of a real number, together."""
    from sympy.core.facts import InconsistentAssumptions

    if facts.get("commutative") is False:
        _refuse(name, {"commutative": False}, MATRICES)
    if facts.get("infinite"):
        _refuse(name, {"infinite": True}, f"state a limit, Limit(..., {name}, oo), with {name} real")
    declared = {"real": True} if domain is None else ASSUMPTIONS[domain]
    try:
        if all(facts.get(k, v) is v for k, v in declared.items()):
            return _closure({**declared, **facts})
    except InconsistentAssumptions:
        pass
    if domain is None or facts.get("real") is False:
        _refuse(name, _least(facts), PARTS)
    raise WrongUse(f"domains: {name!r} is declared {domain!r}, and sympy assumes {_shown(_least(facts))}: keep one of the two")


def _nothing_else(name: str, facts: Facts, known: Facts, read: tuple[str, ...], domain: str | None = None) -> None:
    """Refuse what is known beyond what the assumptions named in `read`, and the domain, say."""
    kept = {k: known[k] for k in read if k in known}
    said = _closure({"real": True, **(ASSUMPTIONS[domain] if domain is not None else {}), **kept})
    rest = {k: v for k, v in known.items() if said.get(k) is not v}
    if rest:
        least = _least({k: v for k, v in rest.items() if k in facts} or rest)
        word = "integer" if "integer" in read and known.get("integer") else "real"
        _refuse(name, least, f"assume only {word}=True, if the claim is meant for all {word} values")
    if domain is None and not unsaid(facts) and not facts.get("real"):
        _refuse(name, _least(facts), "it need not be a real number: assume real=True as well")


def _refuse(name: str, facts: Facts, remedy: str) -> NoReturn:
    raise WrongUse(f"{name}: the language has no word for what sympy assumes of it, {_shown(facts)}; {remedy}")


def _shown(facts: Facts) -> str:
    return ", ".join(f"{k}={v}" for k, v in facts.items())


def _least(facts: Facts) -> dict[str, bool]:
    """Few assumptions from which all of these follow."""
    told = {k: v for k, v in facts.items() if k != "commutative" or not v}
    follows = {k: {o for o, w in _closure({k: v}).items() if facts.get(o) is w} for k, v in told.items()}
    left, chosen = set(follows), {}
    while left:
        best = max(sorted(left), key=lambda k: len(follows[k] & left))
        chosen[best] = facts[best]
        left -= follows[best] | {best}
    return chosen


def _sign(known: Facts) -> str:
    return next((s for s in SIGNS if known.get(s)), "")


def _integers(known: Facts) -> tuple[Reading, ...]:
    """An integer as a natural number or the opposite of one; even ones by their halves."""
    sign = _sign(known)
    if sign == "zero":
        return (Reading("natural", step=0),)
    up, down = sign in ("", "nonzero", "positive", "nonnegative"), sign in ("", "nonzero", "negative", "nonpositive")
    if known.get("odd"):
        return (*(Reading("natural", step=2, start=1),) * up, *(Reading("natural", step=-2, start=-1),) * down)
    step = 2 if known.get("even") else 1
    from_zero = "natural" if sign in ("", "nonnegative") else "natural >= 1"
    to_zero = "natural" if sign == "nonpositive" else "natural >= 1"
    return (*(Reading(from_zero, step=step),) * up, *(Reading(to_zero, step=-step),) * down)

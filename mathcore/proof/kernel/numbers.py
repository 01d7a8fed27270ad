"""The sign of a number such as log(1001) - log(1000) - 1 / 1001: a ball that excludes 0 proves it."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from mathcore.proof.kernel.atom import Absolute, Denominator, Erfc, Exp, Log, Pi, Prime
from mathcore.proof.kernel.polynomial import Atom, Poly

FIRST, LAST = 64, 2048  # bits


def sign_of_number(p: Poly) -> int | None:
    """1 or -1; None for what has letters, is 0 or comes too near to it."""
    if (value := p.constant()) is not None:
        return (value > 0) - (value < 0) or None
    if p.free:
        return None
    before, precision = ctx.prec, FIRST
    try:
        while precision <= LAST:
            ctx.prec = precision
            ball = _enclosed(p)
            if ball is None:
                return None
            if ball > 0 or ball < 0:
                return 1 if ball > 0 else -1
            precision *= 2
    finally:
        ctx.prec = before
    return None


def _enclosed(p: Poly) -> arb | None:
    total = arb(0)
    for m, c in p.terms.items():
        term = arb(fmpq(c.numerator, c.denominator))
        for atom, exponent in m:
            base = _atom(atom)
            if base is None:
                return None
            if exponent.denominator == 1:
                term *= base ** int(exponent)
            else:
                term *= base ** arb(fmpq(exponent.numerator, exponent.denominator))
        total += term
    return total


def _atom(atom: Atom) -> arb | None:
    if isinstance(atom, Prime):
        return arb(atom.value)
    if isinstance(atom, Pi):
        return arb.pi()
    if not isinstance(atom, (Denominator, Exp, Log, Absolute, Erfc)) or (ball := _enclosed(*atom.polynomials())) is None:
        return None
    match atom:
        case Denominator():
            return ball
        case Exp():
            return ball.exp()
        case Log():
            return ball.log()
        case Absolute():
            return abs(ball)
        case _:
            return ball.erfc()

"""Where functions are defined: what is no distribution has no entropy. Printed probabilities may be rounded."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from mathcore.conformance.exact import flat
from mathcore.conformance.examples import BITS, claims_of
from mathcore.conformance.rounding import ball
from mathcore.conformance.ulp import special
from mathcore.document.chain import Unread
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import Point
from mathcore.verify.prose.shown import shown

SAID = {
    "simplex": "probabilities", "onehot": "labels 0 and 1", "unit": "numbers from 0 to 1", "positive": "positive numbers",
    "nonnegative": "numbers that are not negative", "natural": "natural numbers", "size": "sizes",
}  # fmt: skip

COUNTED = ("natural", "size")


def check_domains(node: t.Expr, context: Context) -> None:
    """Arguments lie where the function is defined: what is no distribution has no entropy."""
    for part in t.walk(node):
        if not isinstance(part, t.Apply) or part.head not in context.definitions:
            continue
        for argument, parameter in zip(part.args, context.definitions[part.head].parameters, strict=True):
            if parameter.type.domain == "index":
                raise Unread(f"{part.head} takes a place, which counts from 1 here and from 0 in Python: say it in words")
            if not t.free_symbols(argument):
                _check_domain(part.head, parameter, argument, context)


def _check_domain(head: str, parameter: t.Symbol, argument: t.Expr, context: Context) -> None:
    low, attained, high, top = t.DOMAINS[parameter.type.domain]
    if low is None and high is None:
        return
    value = evaluate(argument, Point(), context.definitions, BITS[0])
    with x.working(BITS[0]):
        for v in map(x.plain, flat(value)):
            whole = isinstance(v, fmpq) and v.q == 1
            if special(v) is not None and parameter.type.domain not in COUNTED:
                continue
            broken = parameter.type.domain in COUNTED and not whole
            below = not broken and low is not None and (v < low or (v == low and not attained))
            above = not broken and high is not None and (v > high or (v == high and not top))
            if broken or below or above:
                raise Unread(f"{head} is of {SAID[parameter.type.domain]}, and {shown(v)} is none")
        if parameter.type.domain in ("simplex", "onehot"):
            for row in _rows(value):
                if any(special(v) is not None for v in map(x.plain, row)):
                    raise Unread(f"{head} is of probabilities, and these are not all numbers")
                total = sum(map(x.plain, row), fmpq(0))
                if total != 1 and not (isinstance(total, arb) and total.overlaps(arb(1))):
                    if not _rounded(argument, total):
                        raise Unread(f"{head} is of probabilities, and these sum to {shown(total)}")


def _rows(value: Any) -> list[Any]:
    return [r for v in value for r in _rows(v)] if isinstance(value[0], list) else [value]


def _rounded(argument: t.Expr, total: Any) -> bool:
    """Whether printed decimals, of two places or more, miss a sum of 1 by no more than their rounding."""
    claims = claims_of(argument)
    if claims is None or not isinstance(total, fmpq) or max(c.high - c.low for c in claims) > Fraction(1, 100):
        return False
    return sum(c.low for c in claims) < 1 < sum(c.high for c in claims)


def loosened(node: t.Expr, context: Context) -> tuple[t.Expr, dict[str, Any]]:
    """The tree with letters in the place of rounded probabilities, and what is known of these."""
    values: dict[str, Any] = {}

    def loosen(part: t.Expr) -> t.Expr:
        part = t.map_children(part, loosen)
        if not isinstance(part, t.Apply) or part.head not in context.definitions:
            return part
        pairs = zip(part.args, context.definitions[part.head].parameters, strict=True)
        return t.Apply(part.head, tuple(letter(a) if p.type.domain == "simplex" else a for a, p in pairs), part.shape)

    def letter(argument: t.Expr) -> t.Expr:
        claims = claims_of(argument)
        if claims is None or len(t.shape_of(argument)) != 1 or sum(c.middle for c in claims) == 1:
            return argument
        name = f"rounded{len(values)}~"
        values[name] = tuple(ball(c.low, c.high) for c in claims)
        return t.Symbol(name, t.Type("real", t.shape_of(argument)))

    return loosen(node), values

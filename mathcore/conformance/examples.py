"""Worked values: a printed decimal claims its rounding interval, everything else is exact.

Each example is checked twice: the formula by balls at the exact numbers as written, and the numeric function at the
nearest floats (its output widened by the declared accuracy and moved by what rounding the inputs did to the exact value).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, fmpq

from mathcore.card import Card, Example, Law
from mathcore.conformance.accuracy import bar_of
from mathcore.conformance.conventions import accepted
from mathcore.conformance.derived import Prepared, Skipped, calls, prepare, silent, widened_outputs
from mathcore.conformance.exact import compare, flat, reference
from mathcore.conformance.subject import Broken, Standard, Subject, show, subject
from mathcore.conformance.ulp import FIRST, rational, special
from mathcore.evidence import Check, Standing
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.strategies.declared import Draw

BITS = (256, 2048)
CLOSE = arb("1e-40")


@dataclass(frozen=True)
class Claim:
    """What a literal says: every value from `low` to `high`, or one extended value."""

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    word: str = ""  # inf, -inf, nan

    def meets(self, value: Any, certainly: bool) -> bool | None:
        """Does the ball lie inside (`certainly`), or at least not outside? None where it is not known yet."""
        kind = special(value)
        if self.word or kind is not None:
            return self.word == {"undefined": "nan", "pole": "inf"}.get(kind or "", kind or "number")
        if not x.known(value):
            return None
        low, high = arb(rational(self.low)), arb(rational(self.high))
        ball = arb(value)
        if ball < low or ball > high:
            return False
        if self.low == self.high and abs(ball - low) <= CLOSE * (1 + abs(low)):
            return True  # an exact claim about an irrational formula: equal as far as balls can see
        inside = bool(ball >= low and ball <= high) or (
            isinstance(value, fmpq) and rational(self.low) <= value <= rational(self.high)
        )
        return True if inside or not certainly else None


def rounding_interval(text: str) -> tuple[Fraction, Fraction]:
    """0.3289 means 0.32885 to 0.32895; 8.5e-18 half a unit of its last digit; an integer means itself."""
    value = Fraction(text)
    mantissa, _, exponent = text.lower().partition("e")
    if "." not in mantissa and not exponent:
        return value, value
    half = Fraction(1, 2) * Fraction(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return value - half, value + half


def claims_of(node: t.Expr) -> list[Claim] | None:
    """The claims of a side made of literals alone, in C order; None for any other side."""
    if isinstance(node, t.Paren):
        return claims_of(node.body)
    if isinstance(node, t.List):
        parts = [claims_of(item) for item in node.items]
        return None if None in parts else [c for p in parts if p is not None for c in p]
    if isinstance(node, t.Constant) and node != t.PI:
        return [Claim(word=node.name)]
    if isinstance(node, t.Number):
        return [Claim(*rounding_interval(node.text))]
    if isinstance(node, t.Neg):
        inside = claims_of(node.body)
        turned = {"inf": "-inf", "-inf": "inf"}
        return None if inside is None else [Claim(-c.high, -c.low, turned.get(c.word, c.word)) for c in inside]
    if isinstance(node, t.Div) and isinstance(node.left, t.Number) and isinstance(node.right, t.Number) and node.right.value:
        ratio = node.left.value / node.right.value
        return [Claim(ratio, ratio)]
    return None


def _sizes(node: t.Expr, context: Context) -> Draw:
    """Sizes that no array fixes, from the longest literal: `one_hot(2) = [0, 1, 0]` has n = 3."""
    if not isinstance(node, t.Relation):
        return {}
    lengths = [len(a.items) for a in node.args if isinstance(a, t.List)]
    free = {s for s in t.free_symbols(node) if s.type.domain == "size"}
    for apply in t.walk(node):
        if isinstance(apply, t.Apply):
            free |= {s for s in apply.shape if isinstance(s, t.Symbol)}
    return dict.fromkeys(free, max(lengths)) if lengths else {}


def _relation(node: t.Expr, value: Callable[[t.Expr, int], Any], certainly: bool) -> bool | None:
    """A chain of relations with literals read as claims."""
    if isinstance(node, t.Paren):
        return _relation(node.body, value, certainly)
    if isinstance(node, t.And):
        parts = [_relation(p, value, certainly) for p in node.parts]
        return False if False in parts else None if None in parts else True
    if not isinstance(node, t.Relation):
        raise CannotEvaluate("an example is a relation, e.g. entropy([0.5, 0.5]) = 0.6931")
    verdict: bool | None = True
    for left, op, right in zip(node.args, node.ops, node.args[1:], strict=False):
        found: bool | None = None
        for bits in BITS:
            found = _pair(left, op, right, lambda tree, bits=bits: value(tree, bits), certainly, bits)  # type: ignore[misc]  # binds bits
            if found is not None:
                break
        if found is False:
            return False
        verdict = verdict if found else None
    return verdict


def _pair(left: t.Expr, op: str, right: t.Expr, value: Callable[[t.Expr], Any], certainly: bool, bits: int) -> bool | None:
    if op == "=":
        for literal, other in ((right, left), (left, right)):
            claims = claims_of(literal)
            if claims is None or claims_of(other) is not None:
                continue
            values = flat(value(other))
            if len(values) != len(claims):
                return False
            with x.working(bits):
                met = [c.meets(x.plain(v), certainly) for c, v in zip(claims, values, strict=True)]
            return False if False in met else None if None in met else True
    a, b = value(left), value(right)
    with x.working(bits):
        holds, known = compare(a, op, b)
        if holds is None and known and op == "=" and certainly:  # two formulas: equal as far as one can see
            apart = [abs(arb(x.plain(p)) - arb(x.plain(q))) for p, q in zip(flat(a), flat(b), strict=True)]
            return all(d <= CLOSE * (1 + abs(arb(x.plain(q))).abs_upper()) for d, q in zip(apart, flat(b), strict=True)) or None
    return True if holds is None and known and not certainly else holds


def example_checks(
    card: Card, function: Callable[..., Any] | str | Subject | None = None, *, exact: bool = True
) -> tuple[Check, ...]:
    """One check an example for the formula, and one for the numeric function where there is one."""
    found: list[Check] = []
    for example in card.examples:
        if exact:
            found.append(_exactly(card, example))
        if card.numeric or function is not None:
            tested = subject(card, function)
            check = numeric_example(tested, example, tested.working)
            if check is not None:
                found.append(check)
    return tuple(found)


def exactly(context: Context, node: t.Expr) -> tuple[bool | None, str]:
    """Whether a statement of numbers holds, by balls; None if undecided. With the reason, or the actual value."""
    sizes = {s.name: n for s, n in _sizes(node, context).items()}
    try:
        held = _relation(node, lambda tree, bits: evaluate(tree, Point(sizes=sizes), context.definitions, bits), certainly=True)
        return held, "" if held else _actual(node, lambda tree: evaluate(tree, Point(sizes=sizes), context.definitions, FIRST))
    except CannotEvaluate as error:
        return None, str(error)


def _exactly(card: Card, example: Example) -> Check:
    context = card.context.given(example.given)
    held, reason = exactly(context, context.parse(example.statement))
    if held:
        return Check("example", example.statement, True, "the formula, by balls", cases=1)
    word = "false" if held is False else "undecided"
    return Check("example", example.statement, False, f"{word}: {reason}", cases=1, counterexample=reason)


def _digits(node: t.Relation) -> int:
    """Two more than the longest literal claims, and 12 at least."""
    claims = [c for side in node.args for c in claims_of(side) or () if c.high > c.low]
    ratios = [max(abs(c.low), abs(c.high)) / (c.high - c.low) for c in claims]
    return max([12, *(len(str(int(ratio))) + 2 for ratio in ratios)])


def _actual(node: t.Expr, value: Callable[[t.Expr], Any]) -> str:
    """What the sides that are no literals come to."""
    if not isinstance(node, t.Relation):
        return "the statement does not hold"
    shown, digits = [], _digits(node)
    for side in node.args:
        if claims_of(side) is None:
            with x.working(FIRST):
                values = [
                    arb(v).str(digits, radius=False) if special(v) is None else special(v) or ""
                    for v in map(x.plain, flat(value(side)))
                ]
            shown.append(values[0] if len(values) == 1 else f"[{', '.join(values)}]")
    return "the value is " + " and ".join(shown)


def numeric_example(tested: Subject, example: Example, dtype: str = "float64") -> Check | None:
    """The function's own result for an example; None where the example does not speak of the function."""
    card, name = tested.card, f"{example.statement} on floats"
    try:
        prepared = prepare(card, Law(example.statement, example.statement, example.given))
    except ValueError:
        return None
    if prepared.drawn and any(s.type.domain != "size" for s in prepared.drawn):
        return None  # it speaks of unknowns: a law, not a worked value
    if bar_of(card, dtype) is None:
        return None
    node = prepared.context.parse(example.statement)
    sizes = _sizes(node, prepared.context)
    try:
        return _on_floats(tested, prepared, example, sizes, name, dtype)
    except Skipped:
        return None  # no number of the format
    except Broken as error:
        return Check("example", name, False, str(error), cases=1, counterexample=str(error))
    except CannotEvaluate as error:
        return Check("example", name, False, f"cannot be evaluated: {error}", cases=1)


def _on_floats(tested: Subject, prepared: Prepared, example: Example, sizes: Draw, name: str, dtype: str) -> Check:
    card, shown, values = tested.card, [], {}
    for occurrence, places, arguments in calls(prepared, tested, sizes, dtype, nearest=True):
        if silent(tested, arguments, dtype):
            return Check("example", name, True, "not judged: no ordinary input", standing=Standing.UNSUPPORTED)
        if places:
            raise CannotEvaluate("an example has no free indices")
        try:
            out = tested.call(arguments).astype(dtype, copy=False)
        except Broken as error:
            raise Broken(f"{tested.shown(arguments)} {error}") from None
        shown.append(f"{tested.shown(arguments)} gives {show(out)}")
        if tested.held_to is Standard.ORDINARY and (convention := accepted(tested, arguments, dtype, out)):
            return Check("example", name, True, f"by convention: {convention}", standing=Standing.CONVENTION)
        if np.isnan(out).any() and tested.held_to is Standard.ORDINARY and _only_infinite(tested, out, arguments):
            return Check("example", name, True, "not judged: nan for an infinite result", standing=Standing.CONVENTION)
        if np.isnan(out).any():
            balls: Any = [x.UNDEFINED if np.isnan(v) else x.rational(float(v)) for v in out.reshape(-1)]
        else:
            balls = flat(widened_outputs(tested, out, arguments, dtype))
        written = t.Apply(card.definition.head, occurrence.arguments, occurrence.symbol.type.shape)
        point = Point(sizes={s.name: n for s, n in sizes.items()})
        there = flat(evaluate(written, point, card.context.definitions, 256))
        here = [e.at(256) for e in reference(card).outputs(arguments)]
        with x.working(256):
            moved = [
                b if special(b) or special(p) or special(q) else b + (p - q) for b, p, q in zip(balls, there, here, strict=True)
            ]
        values[occurrence.symbol.name] = tuple(moved) if out.ndim else moved[0]
    point = Point(sizes={s.name: n for s, n in sizes.items()}, values=values)
    held = _relation(
        prepared.statement, lambda tree, bits: evaluate(tree, point, prepared.context.definitions, bits), certainly=False
    )
    text = "; ".join(shown)
    if held is None and tested.held_to is Standard.ORDINARY:
        return Check("example", name, True, f"not judged: {text}", standing=Standing.UNSUPPORTED)
    return Check("example", name, held is True, f"{text}", cases=1, counterexample="" if held else text)


def _only_infinite(tested: Subject, out: np.ndarray, arguments: Draw) -> bool:
    """Whether nan stands where the exact result is infinite, and nowhere else."""
    exact = tested.reference.outputs(arguments)
    return all(special(exact[j].at(FIRST)) in ("inf", "-inf") for j in np.flatnonzero(np.isnan(out)))


__all__ = ["Claim", "claims_of", "example_checks", "numeric_example", "rounding_interval"]

"""Worked values: a printed decimal claims its rounding interval, everything else is exact.

Each example is checked twice: the formula by balls at the exact numbers as written, and the numeric function at the
nearest floats (its output widened by the declared accuracy and moved by what rounding the inputs did to the exact value).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import numpy as np
from flint import arb, fmpq

from mathcore.card import Card, Example, Law
from mathcore.conformance.accuracy import bar_of
from mathcore.conformance.derived import Prepared, Skipped, by_convention, calls, prepare, silent, widened_outputs
from mathcore.conformance.exact import compare, flat, reference
from mathcore.conformance.rounding import Sides, Unsaid, Walk, rounding_interval, together, with_rounding
from mathcore.conformance.subject import Broken, Standard, Subject, show, subject
from mathcore.conformance.ulp import FIRST, rational, special
from mathcore.evidence import Check, Level, Standing
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.ties import equal_at
from mathcore.strategies.declared import Draw

BITS = (256, 2048)
ROUNDED = "whether the digits are exact or rounded decides, and is not said"
SECONDS = 2.0  # of processor time for the proof of what balls do not tell apart


@dataclass(frozen=True)
class Claim:
    """What a literal says: every value from `low` to `high`, or one extended value."""

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    word: str = ""  # inf, -inf, nan
    fraction: bool = False  # 1 / 3, which is computed where digits stand on the other side

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2

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
        inside = bool(ball >= low and ball <= high) or (
            isinstance(value, fmpq) and rational(self.low) <= value <= rational(self.high)
        )
        return True if inside or not certainly else None

    def is_met_by(self, other: Claim) -> bool | None:
        """Are two literals equal: 1 / 3 = 0.33? None where both are digits, and one may be the other, rounded."""
        if self.word or other.word:
            return self.word == other.word
        mine, others = self.middle, other.middle
        if mine == others:
            return True
        rounded = self.low <= others <= self.high or other.low <= mine <= other.high
        return (True if self.fraction != other.fraction else None) if rounded else False

    def said_of(self, node: t.Expr) -> t.Expr:
        """The claim of a number as a statement."""
        low, high = t.number(self.low), t.number(self.high)
        return t.Relation((node, low), ("=",)) if self.low == self.high else t.Relation((low, node, high), ("<=", "<="))


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
        return None if inside is None else [replace(c, low=-c.high, high=-c.low, word=turned.get(c.word, c.word)) for c in inside]
    if (exponent := _power_of_ten(node)) is not None and isinstance(node, t.Mul):
        return [Claim(*rounding_interval(f"{node.left.text}e{exponent}"))] if isinstance(node.left, t.Number) else None
    if isinstance(node, t.Div) and isinstance(node.left, t.Number) and isinstance(node.right, t.Number) and node.right.value:
        ratio = node.left.value / node.right.value
        return [Claim(ratio, ratio, fraction=True)]
    return None


def _power_of_ten(node: t.Expr) -> int | None:
    """The exponent of a decimal number times a power of ten, `1.23 * 10^-2`."""
    if not (isinstance(node, t.Mul) and isinstance(node.left, t.Number) and "." in node.left.text and "e" not in node.left.text):
        return None
    power = t.bare(node.right)
    if not isinstance(power, t.Pow) or t.bare(power.base) != t.Number(Fraction(10), "10"):
        return None
    exponent = t.bare(power.exponent)
    sign, size = (-1, t.bare(exponent.body)) if isinstance(exponent, t.Neg) else (1, exponent)
    return sign * int(size.value) if isinstance(size, t.Number) and size.value.denominator == 1 and size.value < 1000 else None


def _sizes(node: t.Expr, context: Context) -> dict[t.Symbol, int]:
    """Sizes that no array fixes, from the longest literal: `one_hot(2) = [0, 1, 0]` has n = 3."""
    if not isinstance(node, t.Relation):
        return {}
    lengths = [len(a.items) for a in node.args if isinstance(a, t.List)]
    free = {s for s in t.free_symbols(node) if s.type.domain == "size"}
    for apply in t.walk(node):
        if isinstance(apply, t.Apply):
            free |= {s for s in apply.shape if isinstance(s, t.Symbol)}
    return dict.fromkeys(free, max(lengths)) if lengths else {}


def entries(node: t.Expr, count: int) -> list[t.Expr]:
    """The numbers of an array in C order, or the number itself."""
    sizes = [int(n.value) for n in t.shape_of(node) if isinstance(n, t.Number)]
    if prod(sizes) != count:
        raise CannotEvaluate("its entries cannot be told one by one: write the list out")
    return [_entry(node, places) for places in product(*(range(1, n + 1) for n in sizes))]


def _entry(node: t.Expr, places: tuple[int, ...]) -> t.Expr:
    if isinstance(node, t.Paren):
        return _entry(node.body, places)
    if isinstance(node, t.Neg):
        return t.Neg(_entry(node.body, places))
    if isinstance(node, t.List):
        return _entry(node.items[places[0] - 1], places[1:])
    return t.Index(node, tuple(map(t.number, places))) if places else node


def proved(context: Context, claim: t.Expr, clock: Clock) -> bool:
    """Whether a statement of numbers is proved in the time that is left."""
    from mathcore.proof.prover.decide import decide  # it loads the provers

    try:
        with limited(clock.left()):
            if isinstance(claim, t.Relation) and claim.ops == ("=",) and equal_at(context, claim, Point()):
                return True
            return decide(replace(context, hypotheses=()), claim, clock).level is Level.PROVED
    except OutOfTime:
        return False


@dataclass(frozen=True)
class _Judge:
    """Relations with literals read as claims, of values that are known to so many bits.

    `prove` is asked where balls leave open whether a relation holds; without it, it holds if it may hold.
    """

    point: Point
    definitions: Mapping[str, t.Definition]
    prove: Callable[[t.Expr], bool] | None = None
    rounded: list[t.Expr] = field(default_factory=list)  # right sides that are equal only within the rounding of their decimals

    def value(self, node: t.Expr, bits: int) -> Any:
        return evaluate(node, self.point, self.definitions, bits)

    def holds(self, node: t.Expr) -> bool | None:
        if isinstance(node, t.Paren):
            return self.holds(node.body)
        if isinstance(node, t.And):
            return _all(self.holds(p) for p in node.parts)
        if not isinstance(node, t.Relation):
            raise CannotEvaluate("an example is a relation, e.g. entropy([0.5, 0.5]) = 0.6931")
        return self.chain(node)

    def chain(self, node: t.Relation) -> bool | None:
        """Each relation of a chain, with what digits in it stand for."""
        walk, doubt, verdicts = (
            Walk(node.ops, [width(side) if _is_digits(side) else None for side in node.args]),
            False,
            list[bool | None](),
        )
        for place, op in enumerate(node.ops):
            self.rounded.clear()
            found = [self.link(node.args[one], op, node.args[other]) for one, other in walk.pairs(place)]
            try:
                verdicts.append(together(op, found))
            except Unsaid:
                doubt = True
            walk.passed(place, bool(self.rounded))
        if doubt and False not in verdicts:
            raise CannotEvaluate(ROUNDED)
        return _all(verdicts)

    def link(self, left: t.Expr, op: str, right: t.Expr) -> bool | None:
        if op != "!=":
            return self.pair(left, op, right)
        held = self.pair(left, "=", right)
        if held and any(c.low < c.high for side in (left, right) for c in claims_of(side) or ()):
            raise CannotEvaluate(ROUNDED)
        return None if held is None else not held

    def pair(self, left: t.Expr, op: str, right: t.Expr) -> bool | None:
        one, other = (None if is_quotient_of_decimals(side) else claims_of(side) for side in (left, right))
        if op == "=" and one is not None and other is not None:
            held = len(one) == len(other) and _all(c.is_met_by(d) for c, d in zip(one, other, strict=True))
            if held is None:
                raise CannotEvaluate(ROUNDED)
            return held
        claims, computed = (other, left) if other is not None else (one, right)
        if op != "=" or claims is None:
            return self.formulas(left, op, right)
        for bits in BITS:
            values = [x.plain(v) for v in flat(self.value(computed, bits))]
            if len(values) != len(claims):
                return False
            with x.working(bits):
                met = [c.meets(v, certainly=self.prove is not None) for c, v in zip(claims, values, strict=True)]
            if (held := _all(met)) is not None:
                return held
        goals = [c.said_of(e) for c, e, m in zip(claims, entries(computed, len(met)), met, strict=True) if m is None]
        return self.shown(goals, values)

    def formulas(self, left: t.Expr, op: str, right: t.Expr) -> bool | None:
        for bits in BITS:
            a, b = (flat(self.value(side, bits)) for side in (left, right))
            if len(a) != len(b):
                return False
            with x.working(bits):
                found = [compare(p, op, q) for p, q in zip(a, b, strict=True)]
            if (held := _all(h for h, _ in found)) is not None:
                return held or (op == "=" and self.within_rounding(left, right, a, b))
            if self.prove is None and all(known for _, known in found):
                return True
        pairs = zip(entries(left, len(a)), entries(right, len(b)), found, strict=True)
        return self.shown([t.Relation((p, q), (op,)) for p, q, (h, _) in pairs if h is None], [*a, *b])

    def within_rounding(self, left: t.Expr, right: t.Expr, one: list[Any], other: list[Any]) -> bool:
        """Whether two sides differ by no more than the rounding of decimals on the right: `log(6) = 1.0986 + 0.6931`."""
        try:
            sides = Sides(left, right, self.point, self.definitions)
            held = sides.within_rounding(list(map(x.plain, one)), list(map(x.plain, other)))
        except Unsaid:
            raise CannotEvaluate(ROUNDED) from None
        if held:
            self.rounded.append(right)
        return held

    def shown(self, goals: list[t.Expr], values: list[Any]) -> bool | None:
        """Whether all of this is proved, of values that are known."""
        if self.prove is None or not all(x.known(x.plain(v)) for v in values):
            return None
        if any(x.undefined(v) for v in values):
            raise CannotEvaluate("a side has no value: a logarithm of a negative number, or a division by 0")
        return True if all(map(self.prove, goals)) else None


def is_quotient_of_decimals(node: t.Expr) -> bool:
    """Whether a fraction somewhere in it has decimals, which may be rounded: 0.6931/1.0986."""
    return any(isinstance(n, t.Div) and with_rounding(n)[1] for n in t.walk(node))


def width(digits: t.Expr) -> Fraction:
    """How wide the rounding interval of digits is, of a list the widest of its entries."""
    return max((claim.high - claim.low for claim in claims_of(digits) or ()), default=Fraction(0))


def _is_digits(node: t.Expr) -> bool:
    """Whether a side is made of digits alone, which may be rounded; a fraction is computed."""
    claims = claims_of(node)
    return claims is not None and not any(claim.fraction for claim in claims)


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    found = list(verdicts)
    return False if False in found else None if None in found else True


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
    sizes = _sizes(node, context)
    node, point = substitute(node, {s: t.number(n) for s, n in sizes.items()}), Point(sizes={s.name: n for s, n in sizes.items()})

    def value(tree: t.Expr, bits: int) -> Any:
        return evaluate(tree, point, context.definitions, bits)

    try:
        clock = Clock(SECONDS)
        held = _Judge(point, context.definitions, lambda claim: proved(context, claim, clock)).holds(node)
        told = "" if held else _actual(node, lambda tree: value(tree, BITS[-1]))
        return held, told if held is not None else f"{told}: equal as far as {BITS[-1]} bits tell, and not proved"
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
    """What the sides that are no digits come to, and how little they are apart where these numbers do not tell."""
    if not isinstance(node, t.Relation):
        return "the statement does not hold"
    shown, digits = [], _digits(node)
    for part in node.args:
        claims = claims_of(part)
        if claims is None or any(c.fraction for c in claims):
            with x.working(BITS[-1]):
                values = [
                    arb(v).str(digits, radius=False) if special(v) is None else special(v) or ""
                    for v in map(x.plain, flat(value(part)))
                ]
            shown.append(values[0] if len(values) == 1 else f"[{', '.join(values)}]")
    if not shown:
        return "the statement does not hold"
    side = " and ".join(shown)
    return f"the value is {side}" + (near(value(node.args[0]), value(node.args[1]), digits) if len(node.args) == 2 else "")


def near(one: Any, other: Any, digits: int) -> str:
    """How little two numbers differ that look alike to so many digits; empty where they do not."""
    with x.working(BITS[-1]):
        for a, b in zip(map(x.plain, flat(one)), map(x.plain, flat(other)), strict=False):
            if special(a) is None and special(b) is None and 0 < abs(arb(a) - arb(b)) < abs(arb(b)) / 10 ** (digits - 1):
                apart = (arb(a) - arb(b)).str(3, radius=False)
                return f", but not exactly: it differs by {apart}"
    return ""


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
        if convention := by_convention(tested, arguments, dtype, out):
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
    held = _Judge(point, prepared.context.definitions).holds(prepared.statement)
    text = "; ".join(shown)
    if held is None and tested.held_to is Standard.ORDINARY:
        return Check("example", name, True, f"not judged: {text}", standing=Standing.UNSUPPORTED)
    return Check("example", name, held is True, f"{text}", cases=1, counterexample="" if held else text)


def _only_infinite(tested: Subject, out: np.ndarray, arguments: Draw) -> bool:
    """Whether nan stands where the exact result is infinite, and nowhere else."""
    exact = tested.reference.outputs(arguments)
    return all(special(exact[j].at(FIRST)) in ("inf", "-inf") for j in np.flatnonzero(np.isnan(out)))


__all__ = ["Claim", "claims_of", "example_checks", "numeric_example", "rounding_interval"]

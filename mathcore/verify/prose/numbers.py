"""Two sides of a relation between numbers: whether it holds, by balls, by digits, and where these cannot tell, by proof."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb, fmpq

from mathcore.conformance.exact import compare, flat
from mathcore.conformance.examples import BITS, Claim, claims_of, entries, is_quotient_of_decimals, near, proved
from mathcore.conformance.rounding import Sides, Unsaid, rounding_interval, with_rounding
from mathcore.conformance.ulp import rational, special
from mathcore.document.chain import ABOUT, Chain, Rounded, Side, Unit, Unread
from mathcore.formulas import LIBRARY
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import Point
from mathcore.proof.deadline import Clock
from mathcore.verify.prose.domains import loosened
from mathcore.verify.prose.readings import AMBIGUOUS
from mathcore.verify.prose.shown import DIGITS, TOO_FAR, shown


@dataclass(frozen=True)
class Link:
    """Two neighbouring sides of a chain that does not hold, with what the computed one comes to.

    `sure`: there is no other reading, of which the values would be others.
    """

    computed: t.Expr
    claimed: Side
    claims: tuple[Claim, ...]
    values: tuple[Any, ...]
    context: Context
    sure: bool = True


def is_literal(node: t.Expr) -> bool:
    """Digits, or lists of them: what claims an interval. A fraction alone is computed."""
    if claims_of(node) is None or is_quotient_of_decimals(node):
        return False
    return not isinstance(t.bare(node), t.Div) and not _is_fraction(node)


def _is_fraction(node: t.Expr) -> bool:
    node = t.bare(node)
    return isinstance(node, t.Neg) and isinstance(t.bare(node.body), t.Div)


@cache
def is_in_nats(head: str) -> bool:
    """Whether a card says so of its formula."""
    return head in LIBRARY and LIBRARY[head].units == "nats"


ROUNDED = "within the rounding of the decimals on the right"
PER_UNIT = {Unit.BIT: 2, Unit.HARTLEY: 10, Unit.BYTE: 256}
CONVERSIONS = (1 / 8, *(math.log(b) ** sign for b in (2, 10) for sign in (1, -1)), math.log2(10), math.log10(2))
LOGARITHMS = {"log": Unit.NAT, "log2": Unit.BIT, "log10": Unit.HARTLEY}


@dataclass(frozen=True)
class Pair:
    """Two sides and a relation between them."""

    left: Side
    a: t.Expr
    relation: str
    right: Side
    b: t.Expr
    context: Context
    clock: Clock

    def judged(self) -> tuple[bool | None, str, Link | None]:
        """Whether it holds; what the computed side comes to, or why nothing is known; and what is wrong."""
        found = self._judged()
        if found[0] is False and self.relation == "=" and self.right.scientific and not self.right.rounded:
            self._check_power()
        return found

    def _check_power(self) -> None:
        """`exp(10) = 2 * 10^4`: false of that whole number, and true of its one digit."""
        digit = Claim(*rounding_interval(self.right.scientific))
        value = evaluate(self._in_unit(self.left, self.a, self.right.unit), Point(), self.context.definitions, BITS[0])
        with x.working(BITS[0]):
            met = not isinstance(value, list) and digit.meets(x.plain(value), certainly=True)
        if met and not self.left.scientific and re.fullmatch(r"-?[0-9]e.*", self.right.scientific):
            raise Rounded(f"whether {self.right.raw} is exact or rounded decides, and is not said")

    def _judged(self) -> tuple[bool | None, str, Link | None]:
        for side, node in ((self.left, self.a), (self.right, self.b)):
            _check_unit(side, node, self.context)
        literal_left, literal_right = (self._is_literal(side, node) for side, node in ((self.left, self.a), (self.right, self.b)))
        if literal_left and literal_right:
            if self.relation != ABOUT and self.left.scientific and not self.right.scientific:  # 1.5 * 10^2 = 150: computed
                literal_left = False
            if self.left.unit != self.right.unit:
                if Unit.NONE in (self.left.unit, self.right.unit):
                    raise Unread("one number has a unit, and the other has none")
                exact = with_rounding(self.b)[1] == {} != with_rounding(self.a)[1]  # `1.386 nats = 2 bits`
                literal_left, literal_right = exact, not exact  # the other one is converted
        if self.relation in ("=", ABOUT) and (literal_left or literal_right):
            if literal_left and literal_right:
                return self._of_digits()
            if literal_right:
                return self._of_literal(self.left, self.a, self.right, self.b)
            return self._of_literal(self.right, self.b, self.left, self.a)
        for side in (self.left, self.right):
            if side.unit not in (Unit.NONE, Unit.NAT):
                raise Unread(f"{side.unit}s are read where a number stands after = or ~")
            if side.cut:
                raise Unread("digits that go on are read after = or ~")
        counted = replace(
            self, a=self._in_unit(self.left, self.a, self.right.unit), b=self._in_unit(self.right, self.b, self.left.unit)
        )
        if self.relation == ABOUT:
            return counted._nearly()
        if self.relation == "!=":
            return counted._unequal()
        return counted._compared(self.relation)

    # digits ---------------------------------------------------------------------------------------------------------

    def _is_literal(self, side: Side, node: t.Expr) -> bool:
        """Whether a side claims what its digits say; a whole number times a power of ten does where it is said to be near."""
        return is_literal(node) or (self.relation == ABOUT and bool(side.scientific))

    def _claims(self, side: Side, node: t.Expr) -> list[Claim]:
        """What the digits of a side claim."""
        literal = _scientific(side.scientific) if side.rounded or (side.scientific and self.relation == ABOUT) else node
        claims = claims_of(literal)
        assert claims is not None  # asked of literals only
        if side.cut:
            claims = [c if c.word or c.low == c.high else cut_off(c) for c in claims]
        return claims

    def _about(self, claims: list[Claim], coarse: bool = False) -> list[Claim]:
        """One unit of the last place to both sides; `coarse`: of the last digit that is not 0."""
        found = []
        for c in claims:
            middle, unit = c.middle, _unit(c)
            if c.word or not unit:
                found.append(c)
                continue
            while coarse and c.low == c.high and middle and middle % (10 * unit) == 0:
                unit *= 10
            found.append(Claim(middle - unit, middle + unit))
        return found

    def _tenths(self, claims: list[Claim]) -> list[Claim]:
        """`70%` as a round number."""
        return [Claim(c.low - Fraction(9, 200), c.high + Fraction(9, 200)) if c.low < c.high else c for c in claims]

    def _is_one_digit(self, claims: list[Claim]) -> bool:
        """Whether one unit of the last place reaches as far as 0."""
        return any(c.low <= 0 <= c.high for c in self._about(claims) if not c.word)

    def _rounds(self, claims: list[Claim]) -> list[Claim]:
        """What rounds to these numbers where only their digits up to the last that is not 0 count: half a unit to both sides."""
        wide = self._about(claims, coarse=True)
        return [c if c.word else Claim((3 * c.low + c.high) / 4, (c.low + 3 * c.high) / 4) for c in wide]

    def _of_digits(self) -> tuple[bool | None, str, Link | None]:
        """0.667 = 66.7%: the one with fewer places is the other one, rounded."""
        one, other = self._claims(self.left, self.a), self._claims(self.right, self.b)
        if len(one) != len(other):
            return False, f"{len(one)} numbers against {len(other)}", None
        if any(p.word != q.word for p, q in zip(one, other, strict=True)):
            return False, "the two differ", None
        if all(p.is_met_by(q) for p, q in zip(one, other, strict=True)):
            return True, "", None
        if self.relation == ABOUT:
            if all(_holds(q, p) for p, q in zip(self._about(one), self._about(other), strict=True)):
                pairs = [sorted(pair, key=_unit) for pair in zip(one, other, strict=True)]
                if any(_ends_beside(coarse, fine.middle) for fine, coarse in pairs):
                    raise Unread(f"how near {self.right.raw} is meant is not said: nothing was rounded")
                for side, claims, met in ((self.right, other, one), (self.left, one, other)):
                    if self._is_one_digit(claims) and not all(
                        _holds(p, q) for p, q in zip(self._rounds(claims), met, strict=True)
                    ):
                        raise Unread(f"how near {side.raw} is meant is not said: its one digit is not the rounded value")
                return True, "", None
            for side, claims, met in ((self.right, other, one), (self.left, one, other)):
                if all(_holds(p, q) for p, q in zip(self._rounds(claims), met, strict=True)):
                    raise Unread(f"how near {side.raw} is meant is not said: write it with the digits that count")
            one, other = self._about(one), self._about(other)
        if all(_holds(p, q) or _holds(q, p) for p, q in zip(one, other, strict=True)):
            raise Rounded("the two numbers differ, and one may be the other, rounded: write ~, or what they are computed from")
        return False, "the two numbers differ", None

    def _of_literal(self, one: Side, computed: t.Expr, side: Side, node: t.Expr) -> tuple[bool | None, str, Link | None]:
        claims, counted = self._claims(side, node), self._in_unit(one, computed, side.unit)
        if self.relation == ABOUT:
            if any(c.low == c.high and c.low.denominator != 1 for c in claims if not c.word):
                return self._nearly()
            fine, detail, link = self._met(counted, side, self._about(claims))
            if fine and self._is_one_digit(claims) and not self._met(counted, side, self._rounds(claims))[0]:
                raise Unread(f"how near {side.raw} is meant is not said: its one digit is not the rounded value; {detail}")
            if fine and self._ends_beside(counted, claims):
                raise Unread(f"how near {side.raw} is meant is not said: nothing was rounded; {detail}")
            if fine is False and self._met(counted, side, self._about(claims, coarse=True))[0]:
                raise Unread(f"how near {side.raw} is meant is not said: write it with the digits that count; {detail}")
            if (
                fine is False
                and re.search(r"0\s*(?:\\[,;! ])?\\?%$", side.raw)
                and self._met(counted, side, self._tenths(claims))[0]
            ):
                raise Unread(f"how near {side.raw} is meant is not said: write it with the digits that count; {detail}")
            if fine is False and (one.scientific or _is_power_of_ten(computed)) and self._is_rounded_by(counted, claims):
                raise Unread(f"how near {one.raw} is meant is not said: write it with the digits that count")
            return fine, detail, link and replace(link, claims=tuple(claims))
        found = self._met(counted, side, claims)
        if found[0] is False and one.unit and one.unit is not side.unit and self._may_meet(*with_rounding(counted), claims):
            raise Rounded(f"whether the decimals of {one.raw} are exact or rounded decides, and is not said; {found[1]}")
        return found

    def _ends_beside(self, node: t.Expr, claims: list[Claim]) -> bool:
        """Whether a value with no more places than what it is said to be near is another number: `2 + 2 ~ 5`."""
        values = flat(evaluate(node, Point(), self.context.definitions, BITS[0]))
        exact = [(c, Fraction(int(v.p), int(v.q))) for c, v in zip(claims, values, strict=True) if isinstance(v, fmpq)]
        return any(_ends_beside(claim, value) for claim, value in exact if not claim.word)

    def _is_rounded_by(self, node: t.Expr, claims: list[Claim]) -> bool:
        """Whether a number such as 10^3 or 4.3 * 10^9 may be meant as a round one for what stands beside it."""
        value = evaluate(node, Point(), self.context.definitions, BITS[0])
        if not isinstance(value, fmpq) or value == 0 or len(claims) != 1 or claims[0].word:
            return False
        about, unit = Fraction(int(value.p), int(value.q)), Fraction(1)
        while (about / unit).denominator != 1 and unit > Fraction(1, 10**30):
            unit /= 10
        while about % (10 * unit) == 0:
            unit *= 10
        return _holds(Claim(about - unit / 2, about + unit / 2), claims[0])

    def _met(self, node: t.Expr, side: Side, claims: list[Claim]) -> tuple[bool | None, str, Link | None]:
        values: list[Any] = []
        for bits in BITS:
            value = evaluate(node, Point(), self.context.definitions, bits)
            if isinstance(value, list) != (len(claims) > 1 or side.text.startswith("[")):
                raise Unread("a list stands on one side and a number on the other")
            values = self._defined(value)
            if len(values) != len(claims):
                return False, f"there are {len(values)} values, and {len(claims)} are claimed", None
            with x.working(bits):
                met = [c.meets(v, certainly=True) for c, v in zip(claims, values, strict=True)]
            if False in met or None not in met:
                break
        told = f"the value is {shown(value, max(DIGITS, *(len(d) + 2 for d in re.findall(r'[0-9.]+', side.text)), 0))}"
        if side.unit:
            told += f" {side.unit}" + "s" * (told[-2:] != " 1")
        if False in met:
            if self._within_rounding(node, claims):
                raise Unread(f"these probabilities are rounded, for they do not sum to 1, and the digits depend on it; {told}")
            hidden = told.endswith(f" {side.text}") or bits > BITS[0]  # by all the digits that are told
            apart = _difference(claims, values, bits) if hidden else ""
            if all(c.meets(v, certainly=False) is not False for c, v in zip(map(_of_floats, claims), values, strict=True)):
                told += apart and f" {'-' if apart[0] == '-' else '+'} {apart.lstrip('-')}"
                raise Unread(f"so many digits are those of floating point: exactly, {told}")
            told += apart and f", but not exactly: it differs by {apart}"
            return False, told, Link(node, side, tuple(claims), tuple(values), self.context)
        if None not in met:
            return True, told, None
        return self._open(told, [(c, e) for c, e, m in zip(claims, entries(node, len(met)), met, strict=True) if m is None])

    def _open(self, told: str, among: list[tuple[Claim, t.Expr]]) -> tuple[bool | None, str, Link | None]:
        """Numbers that balls tell neither from an integer, a fraction or an end of what digits claim: only proof decides."""
        if TOO_FAR in told:
            return None, told, None
        if all(proved(self.context, claim.said_of(number), self.clock) for claim, number in among):
            return True, told, None
        if any(claim.low == claim.high for claim, _ in among):
            return None, f"{told}: equal as far as {BITS[-1]} bits tell, and not proved", None
        return None, f"{told}; {BITS[-1]} bits do not tell on which side of an end of what the digits claim", None

    def _within_rounding(self, node: t.Expr, claims: list[Claim]) -> bool:
        """Whether rounded probabilities among the arguments may be such that the claims hold."""
        return self._may_meet(*loosened(node, self.context), claims)

    def _may_meet(self, loose: t.Expr, values: Mapping[str, Any], claims: list[Claim]) -> bool:
        """Whether the claims may hold where these letters stand for rounded decimals."""
        if not values:
            return False
        found = flat(evaluate(loose, Point(values=values), self.context.definitions, BITS[0]))
        with x.working(BITS[0]):
            return False not in [c.meets(x.plain(v), certainly=False) for c, v in zip(claims, found, strict=True)]

    def _in_unit(self, side: Side, computed: t.Expr, unit: Unit) -> t.Expr:
        """The computed side counted in a unit: functions of information give nats, log2 gives bits; other numbers stay."""
        if unit in (side.unit, Unit.NONE):
            return computed
        if side.unit:
            return _converted(computed, side.unit, unit)
        core = t.bare(computed)
        core = t.bare(core.body) if isinstance(core, t.Neg) else core
        heads = {n.head for n in t.walk(computed) if isinstance(n, t.Apply) and _of_a_card(n.head, self.context)}
        if not heads:
            found = _units(computed, self.context)
            if found <= {unit, Unit.NONE}:
                return computed
            if len(found) == 1:
                return _converted(computed, found.pop(), unit)
            raise Unread(_unsaid(unit))
        if not any(is_in_nats(head) for head in heads):
            raise Unread(f"{', '.join(sorted(heads))} is no amount of information, and is not counted in {unit}s")
        if (isinstance(core, t.Apply) and is_in_nats(core.head)) or (
            unit is Unit.NAT and _units(computed, self.context) <= {Unit.NAT, Unit.NONE}
        ):
            return _converted(computed, Unit.NAT, unit)
        raise Unread(_unsaid(unit))

    def _defined(self, value: Any) -> list[Any]:
        values = [x.plain(v) for v in flat(value)]
        if any(special(v) not in (None, "inf", "-inf") for v in values):
            raise Unread("a side has no value: a logarithm of a negative number, or a division by 0")
        return values

    # formulas -------------------------------------------------------------------------------------------------------

    def _nearly(self) -> tuple[bool | None, str, Link | None]:
        held, detail, _ = self._compared("=")
        if held is True:
            return True, detail, None
        raise Unread("how near two sides are meant to be is said by decimals: write the second as one, ~ 0.693")

    def _unequal(self) -> tuple[bool | None, str, Link | None]:
        """Unequal to a decimal: outside its rounding interval; inside it nothing is said."""
        for side, node, other in ((self.right, self.b, self.a), (self.left, self.a, self.b)):
            claims = claims_of(node) if is_literal(node) else None
            if claims and not any(c.low == c.high for c in claims):
                values = self._defined(evaluate(other, Point(), self.context.definitions, BITS[0]))
                with x.working(BITS[0]):
                    met = [c.meets(v, certainly=True) for c, v in zip(claims, values, strict=False)]
                if False in met:
                    return True, f"the value is {shown(values if len(values) > 1 else values[0])}", None
                raise Rounded(f"whether {side.raw} is exact or rounded decides, and is not said")
        held, detail, _ = self._compared("=")
        if held and ROUNDED in detail:
            raise Rounded(f"whether {self.right.raw} is exact or rounded decides, and is not said")
        if held:
            detail = detail or f"both are {self.left.raw}"
        return (None if held is None else not held), detail, None

    def _compared(self, op: str) -> tuple[bool | None, str, Link | None]:
        holds: bool | None = None
        for bits in BITS:
            one, other = (evaluate(node, Point(), self.context.definitions, bits) for node in (self.a, self.b))
            if isinstance(one, list) != isinstance(other, list) or (isinstance(one, list) and op != "="):
                raise Unread("a list stands where a number is needed")
            if len(self._defined(one)) != len(self._defined(other)):
                return False, f"there are {len(flat(one))} values on the left and {len(flat(other))} on the right", None
            with x.working(bits):
                holds, _ = compare(one, op, other)
            if holds is not None:
                break
        sides = ((self.left, shown(one)), (self.right, shown(other)))
        told = " and ".join(dict.fromkeys(f"{side.raw} is {digits}" for side, digits in sides if side.raw != digits))
        if holds is None:
            return self._proved(op, len(flat(one)), told)
        told += near(one, other, DIGITS)
        if not holds and op == "=":
            return self._rounded(one, other, told)
        return holds, told, None

    def _rounded(self, one: Any, other: Any, told: str) -> tuple[bool | None, str, Link | None]:
        """`log(6) = 1.0986 + 0.6931`: unequal, and perhaps within the rounding of decimals that the right side is made of."""
        try:
            rounded = Sides(self.a, self.b, Point(), self.context.definitions).within_rounding(*map(self._defined, (one, other)))
        except Unsaid:
            raise Rounded(
                f"the sides differ by no more than rounding, and nothing says that {self.right.raw} is rounded; {told}"
            ) from None
        if not rounded and not with_rounding(self.b)[1]:
            self._check_magnitude(one)
        return (True, f"{told}, {ROUNDED}", None) if rounded else (False, told, None)

    def _check_magnitude(self, one: Any) -> None:
        """A power of ten very near the value is one, or says how large it is."""
        found = re.fullmatch(r"\(?10\)?\^\(?(-?[0-9]+)\)?", self.right.text)
        if found and not isinstance(one, (list, fmpq)) and special(one) is None:
            with x.working(BITS[0]):
                if abs(arb(x.plain(one)) / arb(10) ** int(found[1]) - 1) < arb("1e-3"):
                    raise Rounded(f"whether {self.right.raw} is exact, or says how large the left side is, is not said")

    def _proved(self, op: str, count: int, told: str) -> tuple[bool | None, str, Link | None]:
        """Two numbers that balls cannot tell apart: equal only if it is proved."""
        pairs = zip(entries(self.a, count), entries(self.b, count), strict=True)
        if all(proved(self.context, t.Relation(pair, (op,)), self.clock) for pair in pairs):
            return True, told, None
        return None, f"{told}: equal as far as {BITS[-1]} bits tell, and not proved", None


def _of_a_card(head: str, context: Context) -> bool:
    """Whether it is the function of a card, and not one that the text defines under its name."""
    return head in LIBRARY and (head in AMBIGUOUS or context.definitions.get(head) == LIBRARY[head].definition)


def _units(node: t.Expr, context: Context) -> set[Unit]:
    """In what the logarithms that a number is made of are counted; NONE is a term without any; all units: it is not known."""
    logs = {n.name for n in t.walk(context.unfold(node)) if isinstance(n, t.Call)} & LOGARITHMS.keys()
    if not logs:
        return {Unit.NONE}
    match node:
        case t.Apply(head) if _of_a_card(head, context) and is_in_nats(head):
            return {Unit.NAT}
        case t.Apply():
            return _units(context.unfold(node), context)
        case t.Paren(body) | t.Neg(body) | t.Big("sum" | "vector" | "max" | "min", _, body):
            return _units(body, context)
        case t.Index(body, _):
            return _units(body, context)
        case t.Call("log" | "log2" | "log10" as name, (body,)) if _units(body, context) == {Unit.NONE}:
            return {LOGARITHMS[name]}
        case t.Add(a, b) | t.Sub(a, b):
            return _units(a, context) | _units(b, context)
        case t.List(items) | t.Call("max" | "min" | "abs", items):
            return set().union(*(_units(item, context) for item in items))
        case t.Mul(a, b) if _units(a, context) == {Unit.NONE}:
            return set(Unit) if _converts(a, times=True) else _units(b, context)
        case t.Mul(_, b) | t.Div(_, b) if _units(b, context) == {Unit.NONE}:
            return set(Unit) if _converts(b, times=isinstance(node, t.Mul)) else _units(node.left, context)
        case t.Div(a, t.Call(name, (t.Number(base),))) if _units(a, context) == {LOGARITHMS.get(name)}:
            return {unit for unit, per in PER_UNIT.items() if per == base} or set(Unit)
    return set(Unit)


def _converts(factor: t.Expr, times: bool) -> bool:
    """Whether a factor or divisor may be what one unit is in another: `log2(256) / 8 = 1 byte`, `log(8) * 1.4427 = 3.00 bits`."""
    core = t.bare(factor)
    if not isinstance(core, t.Number) or core.value <= 0:
        return False
    value = float(core.value if times else 1 / core.value)
    return any(abs(value / known - 1) < 0.005 for known in CONVERSIONS)


def counted_alike(chain: Chain, nodes: list[t.Expr], context: Context) -> Chain:
    """`2 * 8 = 16 bits = 2 bytes`: a number without logarithms, before one with a unit, is counted in that unit."""
    place = next((place for place, side in enumerate(chain.sides) if side.unit), 0)
    before = zip(chain.sides[:place], nodes, strict=False)
    plain = (replace(s, unit=chain.sides[place].unit) if _units(n, context) == {Unit.NONE} else s for s, n in before)
    return replace(chain, sides=(*plain, *chain.sides[place:]))


def _check_unit(side: Side, node: t.Expr, context: Context) -> None:
    """What a unit stands behind is not counted in another one: `log(4) bits`."""
    if side.unit and claims_of(node) is None and not _units(node, context) <= {Unit.NONE, side.unit}:
        raise Unread(f"{side.raw} is not counted in {side.unit}s as it stands: a unit belongs to the number on the other side")


def in_nats(side: Side, node: t.Expr, context: Context) -> str:
    """The text of a side, counted in nats: for a relation with letters in which a number has a unit."""
    found = {side.unit} if side.unit else set() if node == t.number(0) else _units(node, context)
    _check_unit(side, node, context)
    if len(found) > 1 or found == {Unit.NONE}:
        raise Unread(f"in which unit {side.raw} is counted is not said")
    factors = [f" * log({PER_UNIT[unit]})" for unit in found if unit in PER_UNIT]
    return f"({side.text}){factors[0]}" if factors else side.text


def _is_power_of_ten(node: t.Expr) -> bool:
    core = t.bare(node)
    return isinstance(core, t.Pow) and t.bare(core.base) == t.Number(Fraction(10), "10")


def _holds(wide: Claim, fine: Claim) -> bool:
    """Whether one number, rounded, may be another."""
    return wide.low <= fine.middle <= wide.high


def _unit(claim: Claim) -> Fraction:
    """What the last place of a number counts; 0 where it has no last place: 1/3."""
    return claim.high - claim.low or Fraction(claim.middle.denominator == 1)


def _ends_beside(claim: Claim, value: Fraction) -> bool:
    """Whether a number is another one than the claimed digits, and has no more places than they."""
    return value != claim.middle and _unit(claim) > 0 and (value / _unit(claim)).denominator == 1


def _difference(claims: list[Claim], values: list[Any], bits: int) -> str:
    """How far the first value that is told apart is from its exact claim."""
    with x.working(bits):
        for claim, value in zip(claims, values, strict=True):
            if claim.low == claim.high != 0 and not claim.word and not (apart := arb(value) - rational(claim.low)).contains(0):
                return shown(apart, 3)
    return ""


def _unsaid(unit: Unit) -> str:
    if unit is Unit.NAT:
        return "whether the other side is counted in nats is not said"
    remedy = f"leave the unit out, and write n log({PER_UNIT[unit]}) for n {unit}s"
    return f"whether the other side is counted in nats or in {unit}s is not said: {remedy}"


def _converted(node: t.Expr, unit: Unit, other: Unit) -> t.Expr:
    """From one unit of information to another."""
    if unit in PER_UNIT:
        node = t.Mul(t.Paren(node), t.Call("log", (t.number(PER_UNIT[unit]),)), star=True)
    if other in PER_UNIT:
        node = t.Div(t.Paren(node), t.Call("log", (t.number(PER_UNIT[other]),)))
    return node


def _of_floats(claim: Claim) -> Claim:
    """Sixteen digits or more, with what rounding in floating point may do to them; fewer as they are."""
    size, unit = abs(claim.middle), claim.high - claim.low
    if claim.word or not unit or size < unit * 10**15:
        return claim
    return Claim(claim.low - size / 10**14, claim.high + size / 10**14)


def _scientific(text: str) -> t.Expr:
    return t.Neg(_scientific(text[1:])) if text.startswith("-") else t.Number(Fraction(text), text)


def cut_off(claim: Claim) -> Claim:
    """What the digits would claim if the rest of them had been cut off."""
    middle, unit = claim.middle, claim.high - claim.low
    return Claim(middle, middle + unit) if middle >= 0 else Claim(middle - unit, middle)

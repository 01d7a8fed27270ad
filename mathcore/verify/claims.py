"""Judges the numbers and claims of a text: confirmed, refuted with the true value, undecided, or not understood.

What decimals mean: those that something is computed from are exact (`0.4` is 2/5), and so are bounds (`< 0.7`). A decimal
after `=` claims its rounding interval (`0.50` more than `0.5`), an integer or a fraction itself; `~` allows one unit in the
last place. Functions are those of the cards, `log` is the natural logarithm and information is counted in nats. What
can be read in two ways is confirmed or refuted where both give the same, or where the digits tell which was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

from flint import arb, fmpq

from mathcore.document import latex, spelling
from mathcore.document.chain import ABOUT, Chain, Side, Unit, Unread
from mathcore.document.prose import Kind, Statement, notebook_statements, statements
from mathcore.evidence import Level
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError, is_proposition
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.door.decide import decide
from mathcore.proof.door.declared import card_names, with_heads
from mathcore.proof.door.search import speaking_of
from mathcore.verify.examples import BITS, Claim, claims_of
from mathcore.verify.exact import compare, flat
from mathcore.verify.hints import cut_off, hint
from mathcore.verify.ulp import rational, special

SECONDS = 2.0  # of processor time for one statement
TOTAL = 120.0  # for a text


class Word(StrEnum):
    """What became of a statement."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    UNREAD = "not understood"


@dataclass(frozen=True)
class Link:
    """Two neighbouring sides of a chain that does not hold, with what the computed one comes to."""

    computed: t.Expr
    claimed: Side
    claims: tuple[Claim, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Outcome:
    """What is said of one statement; `hint` names the slip that explains it, `link` is what is wrong in it."""

    statement: Statement
    word: Word
    detail: str = ""
    hint: str = ""
    link: Link | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        said = "; ".join(filter(None, (self.detail, self.hint)))
        shown = " ".join(self.statement.text.split())
        return f"{self.statement.line}:{self.statement.column}: {self.word}: {shown}" + (f" ({said})" if said else "")


@dataclass(frozen=True)
class Judged:
    """A text: what was judged, and how many relations with free letters were only typeset."""

    outcomes: tuple[Outcome, ...]
    typeset: int

    def count(self, word: Word) -> int:
        return sum(o.word is word for o in self.outcomes)


def judge(text: str, context: Context | None = None, *, notebook: bool = False, total: float = TOTAL) -> Judged:
    """Every statement of a Markdown text, or of the Markdown cells of a notebook; `context` holds what the text defines.

    Raises RefusedText where the text exceeds a limit.
    """
    clock, outcomes, typeset = Clock(total), list[Outcome](), 0
    for statement in notebook_statements(text) if notebook else statements(text):
        if not clock.left():
            outcome: Outcome | None = Outcome(statement, Word.UNDECIDED, f"the {total:g} s for the whole text are over")
        else:
            outcome = judged(statement, context or Context(), min(SECONDS, clock.left()))
        if outcome is None:
            typeset += 1
        else:
            outcomes.append(outcome)
    return Judged(tuple(outcomes), typeset)


def judged(statement: Statement, context: Context, seconds: float = SECONDS) -> Outcome | None:
    """The outcome for one statement; None where it is no claim: it has letters that nothing declares."""
    clock = Clock(seconds)
    try:
        with limited(seconds):
            return _judged(statement, context, clock)
    except OutOfTime:
        return Outcome(statement, Word.UNDECIDED, f"not decided within {seconds:g} s")
    except RecursionError:
        return Outcome(statement, Word.UNREAD, "nested too deeply")
    except Unread as error:
        return Outcome(statement, Word.UNREAD, str(error))


def _judged(statement: Statement, context: Context, clock: Clock) -> Outcome | None:
    own = _in_latex(statement)
    if statement.given:
        try:
            context = with_heads(context, statement.given).given(statement.given)
        except FormulaError as error:
            return Outcome(statement, Word.UNREAD, f"given: {error.message}")
    names = known_names() | set(context.definitions)
    if own:
        arrays = {s.name for s in context.symbols.values() if s.type.shape}
        chains = latex.chains(statement.text, names, arrays)
    else:
        chains = spelling.chains(statement.text, names)
    if statement.kind is Kind.CLAIM and (not chains or any(side.letters for c in chains for side in c.sides)):
        return _symbolic(statement, chains, context, clock)
    stretches = [stretch for chain in chains for stretch in chain.without_letters()]
    if not stretches:
        return None
    for side in (side for stretch in stretches for side in stretch.sides):
        if side.trouble:
            return Outcome(statement, Word.UNREAD, side.trouble)
    return _numeric(statement, stretches, context, clock)


def _in_latex(statement: Statement) -> bool:
    return statement.kind is Kind.LATEX or (statement.kind is Kind.CLAIM and "\\" in statement.text)


@cache
def known_names() -> frozenset[str]:
    """The functions of which numbers can be asked."""
    words = {"sum", "prod", "vector", "forall", "D", "lim", "at", "mean", "covariance"}
    return frozenset({*t.FUNCTIONS, *card_names(), *_prelude().definitions, *words})


# symbolic claims ------------------------------------------------------------------------------------------------


def _symbolic(statement: Statement, chains: list[Chain], context: Context, clock: Clock) -> Outcome:
    """A claim with letters that are declared: for the prover."""
    if any(ABOUT in chain.relations for chain in chains):
        return Outcome(statement, Word.UNREAD, "~ is said of numbers: with letters, write how near, abs(a - b) <= 1 / 100")
    text, context = _text(statement, chains), with_heads(context, statement.text)
    try:
        claim = context.parse(text)
    except FormulaError as error:
        return Outcome(statement, Word.UNREAD, error.message)
    if not is_proposition(claim):
        return Outcome(statement, Word.UNREAD, "it is no relation: write a = b, a <= b or a < b")
    verdict = decide(speaking_of(context, claim), claim, clock)
    if verdict.level is Level.PROVED:
        return Outcome(statement, Word.CONFIRMED, "proved" + (" for every n" if _sized(context, claim) else ""))
    if verdict.level is Level.REFUTED:
        return Outcome(statement, Word.REFUTED, verdict.reason)
    return Outcome(statement, Word.UNDECIDED, verdict.reason or f"{verdict.level}: {'; '.join(verdict.conditions)}")


def _text(statement: Statement, chains: list[Chain]) -> str:
    """The claim in the formula language: as it stands, unless it is in LaTeX or holds signs that the language has not."""
    if not chains or (not _in_latex(statement) and statement.text.isascii()):
        return statement.text
    for side in (side for chain in chains for side in chain.sides):
        if side.trouble:
            raise Unread(side.trouble)
    joined = (
        " ".join([chain.sides[0].text, *(f"{op} {s.text}" for op, s in zip(chain.relations, chain.sides[1:], strict=True))])
        for chain in chains
    )
    return " and ".join(joined).replace(f"{latex.BARE_LOG}(", "log(")


def _sized(context: Context, claim: t.Expr) -> bool:
    return any(s.type.domain == "size" for s in t.free_symbols(context.unfold(claim)))


# readings -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ambiguity:
    """A name that is read in several ways: definitions, with what to say of each.

    `first`: the first is the one of our pages, and the digits may tell no other.
    """

    readings: tuple[tuple[str, str], ...]
    advice: str
    first: bool = False


AMBIGUOUS: Mapping[str, Ambiguity] = {
    latex.BARE_LOG: Ambiguity(
        (("natural", "log_(u) = log(u)"), ("base 10", "log_(u) = log10(u)"), ("base 2", "log_(u) = log2(u)")),
        r"\log has no base: write \ln, \log_2 or \log_{10}",
        first=True,
    ),
    "variance_or_estimate": Ambiguity(
        (
            ("divided by n", "variance_or_estimate(x) = sum(k: (x[k] - sum(l: x[l]) / n)^2) / n"),
            ("divided by n - 1", "variance_or_estimate(x) = sum(k: (x[k] - sum(l: x[l]) / n)^2) / (n - 1)"),
        ),
        "it may be divided by n or by n - 1",
    ),
    "deviation_or_estimate": Ambiguity(
        (
            ("divided by n", "deviation_or_estimate(x) = sqrt(sum(k: (x[k] - sum(l: x[l]) / n)^2) / n)"),
            ("divided by n - 1", "deviation_or_estimate(x) = sqrt(sum(k: (x[k] - sum(l: x[l]) / n)^2) / (n - 1))"),
        ),
        "it may be divided by n or by n - 1",
    ),
    "binary_crossentropy": Ambiguity(
        (
            ("of probabilities", "binary_crossentropy(v, w) = -v log(w) - (1 - v) log(1 - w)"),
            ("of logits", "binary_crossentropy(v, u) = -v log(1 / (1 + exp(-u))) - (1 - v) log(1 / (1 + exp(u)))"),
        ),
        "the prediction may be a probability or a logit",
    ),
    "categorical_crossentropy": Ambiguity(
        (
            ("of probabilities", "categorical_crossentropy(p, q) = -sum(k: p[k] log(q[k]))"),
            ("of logits", "categorical_crossentropy(p, x) = -sum(k: p[k] log(exp(x[k]) / sum(l: exp(x[l]))))"),
        ),
        "the prediction may be probabilities or logits",
    ),
}
LETTERS = "n: size; x, y: real[n]; p, q: simplex[n]; u: real; v, w: unit; k, l: index[n]"
PRELUDE = (
    "sum_of(x) = sum(k: x[k])",
    "product_of(x) = prod(k: x[k])",
    "largest(x) = max(k: x[k])",
    "smallest(x) = min(k: x[k])",
    "square(u) = u^2",
    "root_mean_squared_error(x, y) = sqrt(sum(k: (x[k] - y[k])^2) / n)",
)


@cache
def _prelude() -> Context:
    """What people write and no card defines."""
    context = Context().given(LETTERS)
    for text in (*PRELUDE, *(ambiguity.readings[0][1] for ambiguity in AMBIGUOUS.values())):
        context = context.define(text)
    return context


@cache
def _reading(definition: str) -> t.Definition:
    (found,) = Context().given(LETTERS).define(definition).definitions.values()
    return found


def _numeric(statement: Statement, stretches: list[Chain], context: Context, clock: Clock) -> Outcome:
    """The outcome where all readings agree, or the digits tell which is meant."""
    text = " ".join(side.text for stretch in stretches for side in stretch.sides)
    called = set(re.findall(r"([A-Za-z_]\w*)\(", text))
    own = called & set(context.definitions)
    context = with_heads(context, f"{text} variance(" if called & {"mean", "covariance"} else text)
    context = replace(context, symbols={}, definitions={**_prelude().definitions, **context.definitions})
    names = sorted((called & set(AMBIGUOUS)) - own)
    if not names:
        return _of_reading(statement, stretches, context, clock)
    outcomes: list[tuple[str, Outcome]] = []
    for choice in product(*(AMBIGUOUS[name].readings for name in names)):
        read = {name: _reading(definition) for name, (_, definition) in zip(names, choice, strict=True)}
        narrowed = replace(context, definitions={**context.definitions, **read})
        try:
            outcomes.append((", ".join(word for word, _ in choice), _of_reading(statement, stretches, narrowed, clock)))
        except Unread as error:
            outcomes.append(("", Outcome(statement, Word.UNREAD, str(error))))
    return _of_readings(statement, stretches, outcomes, [AMBIGUOUS[name] for name in names])


def _of_readings(
    statement: Statement, stretches: list[Chain], outcomes: list[tuple[str, Outcome]], ambiguities: list[Ambiguity]
) -> Outcome:
    words = [o.word for _, o in outcomes if o.word is not Word.UNREAD]
    possible = [(said, o) for said, o in outcomes if o.word is not Word.UNREAD]
    if not possible:
        return outcomes[0][1]
    if len(set(words)) == 1:
        return possible[0][1]
    if _telling(stretches):
        for place, (said, outcome) in enumerate(possible):
            if outcome.word is Word.CONFIRMED and (place == 0 or not any(a.first for a in ambiguities)):
                return replace(outcome, detail="; ".join(filter(None, (outcome.detail, f"read as {said}"))))
    held = ", ".join(said for said, o in possible if o.word is Word.CONFIRMED)
    other = next((o.detail for _, o in possible if o.word is Word.REFUTED), "")
    reason = "; ".join(filter(None, (ambiguities[0].advice, held and f"it holds read as {held}", other and f"otherwise {other}")))
    return Outcome(statement, Word.UNREAD, reason)


def _telling(stretches: list[Chain]) -> bool:
    """Whether digits tell the reading: a decimal of two places or more is claimed, and no bound."""
    ops = {op for stretch in stretches for op in stretch.relations}
    claimed = " ".join(side.text for stretch in stretches for side in stretch.sides[1:])
    return ops <= {"=", ABOUT} and re.search(r"[0-9]\.[0-9]{2}", claimed) is not None


# numbers --------------------------------------------------------------------------------------------------------


def _of_reading(statement: Statement, stretches: list[Chain], context: Context, clock: Clock) -> Outcome:
    """All links of all chains hold, or the first one that does not."""
    details: list[str] = []
    waiting: Outcome | None = None
    for stretch in stretches:
        nodes = [_parsed(side, context) for side in stretch.sides]
        value: int | None = None  # the side that decimals further on speak of
        for place, relation in enumerate(stretch.relations):
            one, other = place, place + 1
            if relation == "=" and _is_literal(stretch.sides[one], nodes[one]) and value is not None:
                one = value
            pair = _Pair(stretch.sides[one], nodes[one], relation, stretch.sides[other], nodes[other], context, clock)
            held, detail, link = pair.judged()
            if held is False:
                slip = hint(link.computed, link.claims, link.values, context) if link is not None else ""
                return Outcome(statement, Word.REFUTED, detail, slip, link)
            if held is None:
                waiting = waiting or Outcome(statement, Word.UNDECIDED, detail)
            elif detail:
                details.append(detail)
            computed = [k for k in (one, other) if not _is_literal(stretch.sides[k], nodes[k])]
            value = computed[-1] if computed and relation == "=" else None
    return waiting or Outcome(statement, Word.CONFIRMED, "; ".join(dict.fromkeys(details)))


def _parsed(side: Side, context: Context) -> t.Expr:
    try:
        node = context.parse(_bundled(side.text, context))
    except FormulaError as error:
        raise Unread(error.message) from None
    if is_proposition(node):
        raise Unread("a relation stands inside a side of another")
    _check_domains(node, context)
    return node


def _bundled(text: str, context: Context) -> str:
    """`softmax(1, 2, 3)` as `softmax([1, 2, 3])`: numbers where one vector is taken."""
    for m in reversed(list(re.finditer(r"([A-Za-z_]\w*)\(", text))):
        definition = context.definitions.get(m[1])
        if definition is None or len(definition.parameters) != 1 or len(definition.parameters[0].type.shape) != 1:
            continue
        depth, end, commas = 1, m.end(), 0
        while end < len(text) and depth:
            depth += (text[end] in "([") - (text[end] in ")]")
            commas += text[end] == "," and depth == 1
            end += 1
        if commas and not depth:
            text = f"{text[: m.end()]}[{text[m.end() : end - 1]}]{text[end - 1 :]}"
    return text


def _is_literal(side: Side, node: t.Expr) -> bool:
    """Digits, or lists of them: what claims an interval. A fraction alone is computed."""
    return bool(side.scientific) or (claims_of(node) is not None and not isinstance(_bare(node), t.Div) and not _is_fraction(node))


def _is_fraction(node: t.Expr) -> bool:
    node = _bare(node)
    return isinstance(node, t.Neg) and isinstance(_bare(node.body), t.Div)


def _bare(node: t.Expr) -> t.Expr:
    while isinstance(node, t.Paren):
        node = node.body
    return node


def _check_domains(node: t.Expr, context: Context) -> None:
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
            if special(v) is not None:
                continue
            if (low is not None and (v < low or (v == low and not attained))) or (high is not None and (v > high or (v == high and not top))):  # fmt: skip
                raise Unread(f"{shown(v)} is outside the domain of {head}: {parameter.name} is {parameter.type.domain}")
        if parameter.type.domain in ("simplex", "onehot"):
            for row in _rows(value):
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


def _loosened(node: t.Expr, context: Context) -> tuple[t.Expr, dict[str, Any]]:
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
        if claims is None or sum((c.low + c.high) / 2 for c in claims) == 1:
            return argument
        name = f"rounded{len(values)}~"
        values[name] = tuple(arb(rational((c.low + c.high) / 2), rational((c.high - c.low) / 2)) for c in claims)
        return t.Symbol(name, t.Type("real", t.shape_of(argument)))

    return loosen(node), values


def shown(value: Any, digits: int = 8) -> str:
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
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


PER_UNIT = {Unit.BIT: 2, Unit.HARTLEY: 10}


@dataclass(frozen=True)
class _Pair:
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
        literal_left, literal_right = _is_literal(self.left, self.a), _is_literal(self.right, self.b)
        if literal_left and literal_right:
            if self.left.scientific or self.right.scientific:  # 1.5 * 10^2 = 150: computed
                literal_left, literal_right = not self.left.scientific, not self.right.scientific
            if self.left.unit != self.right.unit:
                literal_left = False
        if self.relation in ("=", ABOUT) and (literal_left or literal_right):
            if literal_left and literal_right:
                return self._of_digits()
            if literal_right:
                return self._of_literal(self.a, self.right, self.b)
            return self._of_literal(self.b, self.left, self.a)
        for side in (self.left, self.right):
            if side.unit not in (Unit.NONE, Unit.NAT):
                raise Unread(f"a number of {side.unit}s is read after = or ~ only")
        if self.relation == ABOUT:
            return self._nearly()
        if self.relation == "!=":
            return self._unequal()
        return self._compared(self.relation)

    # digits ---------------------------------------------------------------------------------------------------------

    def _claims(self, side: Side, node: t.Expr) -> list[Claim]:
        """What the digits of a side claim."""
        literal = _scientific(side.scientific) if side.scientific else node
        claims = claims_of(literal)
        assert claims is not None  # asked of literals only
        if side.cut:
            claims = [c if c.word or c.low == c.high else cut_off(c) for c in claims]
        return claims

    def _about(self, claims: list[Claim], coarse: bool = False) -> list[Claim]:
        """One unit of the last place to both sides; `coarse`: of the last digit that is not 0."""
        found = []
        for c in claims:
            middle = (c.low + c.high) / 2
            if c.word or (c.low == c.high and middle.denominator != 1):
                found.append(c)
                continue
            unit = c.high - c.low or Fraction(1)
            while coarse and c.low == c.high and middle and middle % (10 * unit) == 0:
                unit *= 10
            found.append(Claim(middle - unit, middle + unit))
        return found

    def _of_digits(self) -> tuple[bool | None, str, Link | None]:
        """0.667 = 66.7%: the one with fewer places is the other one, rounded."""
        one, other = self._claims(self.left, self.a), self._claims(self.right, self.b)
        if len(one) != len(other):
            return False, f"{len(one)} numbers against {len(other)}", None
        if self.relation == ABOUT:
            one, other = self._about(one), self._about(other)
        for p, q in zip(one, other, strict=True):
            wide, fine = (p, q) if p.high - p.low >= q.high - q.low else (q, p)
            if p.word != q.word or not wide.low <= (fine.low + fine.high) / 2 <= wide.high:
                return False, "the two numbers differ", None
        return True, "", None

    def _of_literal(self, computed: t.Expr, side: Side, node: t.Expr) -> tuple[bool | None, str, Link | None]:
        claims = self._claims(side, node)
        if self.relation == ABOUT:
            if any(c.low == c.high and c.low.denominator != 1 for c in claims if not c.word):
                return self._nearly()
            fine, detail, link = self._met(computed, side, self._about(claims))
            if fine is False and self._met(computed, side, self._about(claims, coarse=True))[0]:
                raise Unread(f"how near {side.raw} is meant is not said: write it with the digits that count; {detail}")
            return fine, detail, link
        return self._met(computed, side, claims)

    def _met(self, computed: t.Expr, side: Side, claims: list[Claim]) -> tuple[bool | None, str, Link | None]:
        node = self._in_unit(computed, side.unit)
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
        told = f"the value is {shown(value)}"
        if side.unit:
            told += f" {side.unit}" + "s" * (told[-2:] != " 1")
        if False in met:
            if self._within_rounding(node, claims):
                raise Unread(f"these probabilities are rounded, for they do not sum to 1, and the digits depend on it; {told}")
            return False, told, Link(node, side, tuple(claims), tuple(values))
        if None in met:
            return None, f"{told}: at the edge of what the digits claim", None
        irrational = [c for c, v in zip(claims, values, strict=True) if c.low == c.high and not c.word and not isinstance(v, fmpq)]
        if irrational:
            return self._proved(node, self.b if side is self.right else self.a, told)
        return True, told, None

    def _within_rounding(self, node: t.Expr, claims: list[Claim]) -> bool:
        """Whether rounded probabilities among the arguments may be such that the claims hold."""
        loose, values = _loosened(node, self.context)
        if not values:
            return False
        found = flat(evaluate(loose, Point(values=values), self.context.definitions, BITS[0]))
        with x.working(BITS[0]):
            return False not in [c.meets(x.plain(v), certainly=False) for c, v in zip(claims, found, strict=True)]

    def _in_unit(self, computed: t.Expr, unit: Unit) -> t.Expr:
        """The computed side counted in a unit: what functions of information give is in nats, other numbers as they are."""
        if unit in (Unit.NONE, Unit.NAT):
            return computed
        core = _bare(computed)
        core = _bare(core.body) if isinstance(core, t.Neg) else core
        heads = {n.head for n in t.walk(computed) if isinstance(n, t.Apply)} & set(card_names())
        if not heads:
            return computed
        if not isinstance(core, t.Apply):
            raise Unread(f"whether the left side is counted in nats or in {unit}s is not said: divide by log({PER_UNIT[unit]})")
        return t.Div(t.Paren(computed), t.Call("log", (t.number(PER_UNIT[unit]),)))

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
            claims = claims_of(node) if _is_literal(side, node) else None
            if claims and not any(c.low == c.high for c in claims):
                values = self._defined(evaluate(other, Point(), self.context.definitions, BITS[0]))
                with x.working(BITS[0]):
                    met = [c.meets(v, certainly=True) for c, v in zip(claims, values, strict=False)]
                if False in met:
                    return True, f"the value is {shown(values if len(values) > 1 else values[0])}", None
                raise Unread(f"whether {side.raw} is exact or rounded decides, and is not said")
        held, detail, _ = self._compared("=")
        return (None if held is None else not held), detail or f"both are {self.left.raw}", None

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
        told = " and ".join(dict.fromkeys(f"{s.raw} is {shown(v)}" for s, v in ((self.left, one), (self.right, other)) if s.raw != shown(v)))  # fmt: skip
        if holds is not None:
            return holds, told, None
        return self._proved(self.a, self.b, told, op)

    def _proved(self, a: t.Expr, b: t.Expr, told: str, op: str = "=") -> tuple[bool | None, str, Link | None]:
        """Two numbers that balls cannot tell apart: equal only if it is proved."""
        pairs = [(a, b)]
        if shape := t.shape_of(a):
            if len(shape) > 1 or not isinstance(shape[0], t.Number):
                return None, f"{told}: equal as far as {BITS[-1]} bits tell, and not proved", None
            pairs = [(_entry(a, k), _entry(b, k)) for k in range(1, int(shape[0].value) + 1)]
        for left, right in pairs:
            claim = t.Relation((left, right), (op,))
            if decide(self.context, claim, self.clock).level is not Level.PROVED:
                return None, f"{told}: equal as far as {BITS[-1]} bits tell, and not proved", None
        return True, told, None


def _entry(node: t.Expr, place: int) -> t.Expr:
    node = _bare(node)
    if isinstance(node, t.List):
        return node.items[place - 1]
    if isinstance(node, t.Neg):
        return t.Neg(_entry(node.body, place))
    return t.Index(node, (t.number(place),))


def _scientific(text: str) -> t.Expr:
    return t.Neg(_scientific(text[1:])) if text.startswith("-") else t.Number(Fraction(text), text)



__all__ = ["Judged", "Link", "Outcome", "Word", "judge", "judged", "known_names", "shown"]

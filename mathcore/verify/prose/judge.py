"""Judges the numbers and claims of a text: confirmed, refuted with the true value, undecided, or not understood.

What decimals mean: those that something is computed from are exact (`0.4` is 2/5), and so are bounds (`< 0.7`). A decimal
after `=` claims its rounding interval (`0.50` more than `0.5`), an integer or a fraction itself; `~` allows one unit in the
last place. Functions are those of the cards, `log` is the natural logarithm and information is counted in nats. What
can be read in two ways is confirmed or refuted where both give the same, or where the digits tell which was meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import product

from mathcore.conformance.examples import width
from mathcore.conformance.rounding import Unsaid, Walk, together
from mathcore.document import latex, spelling
from mathcore.document.around import Begun, Ended
from mathcore.document.chain import ABOUT, Chain, Names, Rounded, Side, Unread, alone
from mathcore.document.prose import Kind, Statement, notebook_statements, statements
from mathcore.evidence import Level
from mathcore.formulas import LIBRARY
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError, is_proposition
from mathcore.proof.balls.point import CannotEvaluate
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.prover.decide import decide
from mathcore.proof.prover.search import speaking_of
from mathcore.translation import N_
from mathcore.verify.prose.domains import check_domains
from mathcore.verify.prose.hints import hint
from mathcore.verify.prose.letters import with_rounding
from mathcore.verify.prose.numbers import ROUNDED, Link, Pair, counted_alike, in_nats, is_literal
from mathcore.verify.prose.readings import AMBIGUOUS, OF_LOGITS, Ambiguity, prelude, reading

SECONDS = 2.0  # of processor time for one statement
SECONDS_OF_HINTS = 0.5  # besides, for the slip that explains it
TOTAL = 120.0  # for a text


BEGUN = N_("its left side begins in the words before it: write all of it as one formula")
ASSERTED = N_("it follows from what does not hold, or is not known to hold: is it asserted?")
AS_LISTS = N_("lists are added and multiplied as vectors here, and joined and repeated in Python")
FROM_0 = N_("entries count from 1 here; counted from 0, as in Python, it holds")
COUNTED = N_("'{words}' may say how its numbers are counted: write the unit in the formula, or the words in another sentence")
DATE = re.compile(r"\b[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\b|\b[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b")
DATES = N_("these may be dates: put blanks around the signs of what is computed, 1 / 2 / 2024")
ENDED = N_("its right side goes on in the words behind it: write all of it as one formula")


REPEATING = re.compile(r"[0-9]\.[0-9]*\([0-9]+\)")  # `0.1(6)`
OF_A_LETTER = N_("a bound beside digits that are a letter's value, rounded: write which number is meant")
REPEATED = N_("digits in brackets behind a decimal may repeat, or be multiplied: write a fraction, or a product with *")
SET = r"(?:^|[=,;&(<>]\s*|\bgiven\s+)(?:{})\s*&?\s*(?:=|:=|\\approx|≈)(?!\s*(?:{}))"
MADE_LETTERS = {  # where a text gives the name of a number another value, or means one between 0 and 1
    "e": re.compile(SET.format("e", r"2\.7|exp\(1|\\(?:exp|lim|sum)|lim|sum|np\.e|math\.e") + r"|\|\s*e\s*\|\s*="),
    "pi": re.compile(
        SET.format(r"\\pi|π|pi", r"3|4\b|22|\\(?:d?frac\{22|int|lim|sum)|np\.pi|math\.pi|lim|sum")
        + r"|(?:\\pi|π)\s*_|<\s*(?:\\pi|π)\s*<\s*1\b|\b1\s*-\s*(?:\\pi|π)"
    ),
}
ADDED = re.compile(r"[\w)\]}]\s*[-+−]\s*[0-9.]+\s*\\?%")  # `100 + 10%`, and not `50% + 10%`
OF_1 = re.compile(r"\(\s*1\s*[-+−]\s*[0-9.]+\s*\\?%\s*(?:\\right)?\s*\)")  # `(1 - 5%)`: a share of 1 both ways
SHARES = N_("a percentage that is added may be one of what stands before it, or a share of 1: write 100 * 1.1, or 100 + 0.1")


class Word(StrEnum):
    """What became of a statement."""

    CONFIRMED = N_("confirmed")
    REFUTED = N_("refuted")
    UNDECIDED = N_("undecided")
    UNREAD = N_("not understood")


@dataclass(frozen=True)
class Outcome:
    """What is said of one statement; `hint` names the slip that explains it, `link` is what is wrong in it.

    `rounding`: it is not understood because digits may be exact or rounded; `reading`: how hypotheses and decimals were read.
    """

    statement: Statement
    word: Word
    detail: str = ""
    hint: str = ""
    link: Link | None = field(default=None, repr=False, compare=False)
    rounding: bool = field(default=False, repr=False, compare=False)
    reading: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = "; ".join(filter(None, (self.detail, self.hint)))
        shown = " ".join(self.statement.whole.split())
        return f"{self.statement.line}:{self.statement.column}: {self.word}: {shown}" + (f" ({said})" if said else "")


@dataclass(frozen=True)
class Judged:
    """A text: what was judged, and how many relations with free letters were only typeset."""

    outcomes: tuple[Outcome, ...]
    typeset: int

    def count(self, word: Word) -> int:
        return sum(o.word is word for o in self.outcomes)


def judge(
    text: str,
    context: Context | None = None,
    *,
    notebook: bool = False,
    total: float = TOTAL,
    only: Collection[Kind] = tuple(Kind),
) -> Judged:
    """Every statement of these kinds in a Markdown text, or in the Markdown cells of a notebook.

    `context` holds what the text defines.

    Raises RefusedText where the text exceeds a limit.
    """
    clock, outcomes, typeset, context = Clock(total), list[Outcome](), 0, context or Context()
    found = notebook_statements(text) if notebook else statements(text)
    of_prose = context  # a claim has declarations of its own
    for name in MADE_LETTERS:
        if name not in context.symbols and any(_makes_a_letter(name, statement) for statement in found):
            of_prose = of_prose.given(f"{name}: real")
    for statement in found:
        if statement.kind not in only:
            continue
        if not clock.left():
            outcome: Outcome | None = Outcome(statement, Word.UNDECIDED, f"the {total:g} s for the whole text are over")
        else:
            own = context if statement.kind is Kind.CLAIM else of_prose
            outcome = judged(statement, own, min(SECONDS, clock.left()))
        if outcome is None:
            typeset += 1
        else:
            outcomes.append(outcome)
    return Judged(tuple(outcomes), typeset)


def _makes_a_letter(name: str, statement: Statement) -> bool:
    """Whether it declares the name of a number, or gives it another value: `given e: real`, `e = y - t`, `0 < \\pi < 1`."""
    declared = (part.partition(":") for part in statement.given.split(";"))
    return MADE_LETTERS[name].search(statement.text) is not None or any(
        colon and name in re.split(r"\s*,\s*", names.strip()) for names, colon, _ in declared
    )


def judged(statement: Statement, context: Context, seconds: float = SECONDS) -> Outcome | None:
    """The outcome for one statement; None where it is no claim: it has letters that nothing declares."""
    try:
        with limited(seconds):
            outcome = _judged(statement, context, Clock(seconds))
    except OutOfTime:
        return Outcome(statement, Word.UNDECIDED, f"not decided within {seconds:g} s")
    except RecursionError:
        return Outcome(statement, Word.UNREAD, "nested too deeply")
    except (Unread, CannotEvaluate) as error:
        return Outcome(statement, Word.UNREAD, str(error), rounding=isinstance(error, Rounded))
    if outcome is not None and (link := outcome.link) is not None:
        with suppress(OutOfTime, RecursionError), limited(SECONDS_OF_HINTS):
            return replace(outcome, hint=hint(link.computed, link.claims, link.values, link.context))
    return outcome


def _judged(statement: Statement, context: Context, clock: Clock) -> Outcome | None:
    if statement.given:
        try:
            context = LIBRARY.with_heads(context, statement.given).given(statement.given)
        except FormulaError as error:
            return Outcome(statement, Word.UNREAD, f"given: {error.message}")
    chains = _chains(statement, context)
    if statement.kind is Kind.CLAIM and (not chains or any(side.letters for c in chains for side in c.sides)):
        return _symbolic(statement, chains, context, clock)
    stretches = [stretch for chain in chains for stretch in chain.without_letters()]
    if not stretches:
        return _with_e(statement, chains, context, clock)
    if REPEATING.search(statement.whole):
        return Outcome(statement, Word.UNREAD, REPEATED)
    if statement.begun is Begun.BEFORE:
        return Outcome(statement, Word.UNREAD, BEGUN)
    if statement.ended is Ended.BEHIND:
        return Outcome(statement, Word.UNREAD, ENDED)
    if statement.counted:
        return Outcome(statement, Word.UNREAD, COUNTED.format(words=statement.counted))
    if DATE.search(statement.text):
        return Outcome(statement, Word.UNREAD, DATES)
    for side in (side for stretch in stretches for side in stretch.sides):
        if side.trouble:
            return Outcome(statement, Word.UNREAD, side.trouble)
    outcome = _numeric(statement, stretches, context, clock)
    if any(_adds_a_share(side) for stretch in stretches for side in stretch.sides):
        other = _numeric(statement, [_of_what_stands_before(stretch) for stretch in stretches], context, clock)
        if other.word is not outcome.word:
            return Outcome(statement, Word.UNREAD, SHARES)
    if outcome.word is Word.REFUTED and (doubt := _doubted(statement, chains, stretches, context, clock)):
        return Outcome(statement, Word.UNREAD, doubt)
    return outcome


def _doubted(statement: Statement, chains: list[Chain], stretches: list[Chain], context: Context, clock: Clock) -> str:
    """How what is false as it stands may be meant otherwise; empty where nothing speaks for that."""
    if statement.begun is Begun.PERHAPS:
        return BEGUN
    if any(chain.bounds_digits_of_letters for chain in chains):
        return OF_A_LETTER
    if statement.ended is Ended.PERHAPS or _holds_without_the_mark(statement, context, clock):
        return ENDED
    if not _holds(statement, _premises(chains), context, clock):
        return ASSERTED
    if statement.kind is Kind.CODE and re.search(
        r"(?<![\w)\]])\[[^\[\]]*\]\s*\*\s*[0-9]|[0-9]\s*\*\s*\[|\]\s*\+\s*\[", statement.text
    ):
        return AS_LISTS
    return FROM_0 if statement.kind is Kind.CODE and _holds_from_0(statement, stretches, context, clock) else ""


def _chains(statement: Statement, context: Context) -> list[Chain]:
    read = latex.chains if _in_latex(statement) else spelling.chains
    found = read(statement.whole, _names(context))
    if statement.behind and len(found) > 1 and not any(side.letters for chain in found for side in chain.sides):
        raise Unread(f"whether {statement.behind.strip()} is of all these numbers is not said")
    return found


def _holds_without_the_mark(statement: Statement, context: Context, clock: Clock) -> bool:
    """`2/3 = 0.667`... at the end of a thought: the dots may be of the words; in `10 + 20 = 30`% each number is a percentage,
    and so it may be in `(91 + 93)/2 = 92%`."""
    inside = re.search(r"(?<![.0-9])([0-9]+(?:\.[0-9]+)?)\s*\\?%\s*$", statement.text)
    if inside and not statement.behind and statement.text.count("%") == 1 and float(inside[1]) > 1:
        plain = _judged(replace(statement, text=statement.text[: inside.end(1)]), context, clock)
        return plain is not None and plain.word is Word.CONFIRMED
    percent = statement.behind.strip() in ("%", r"\%") and re.search(
        r"(?<![.0-9])(?:[0-9]+|[1-9][0-9]*\.[0-9]+)\s*$", statement.text
    )
    if not percent and statement.behind not in ("...", r"\ldots"):
        return False
    plain = _judged(replace(statement, behind=""), context, clock)
    return plain is not None and plain.word is not Word.REFUTED


def _names(context: Context) -> Names:
    """What a text may speak of in this context: what it declares and defines, and the functions of which numbers can be asked."""
    own = {head for head, d in context.definitions.items() if head not in LIBRARY or d != LIBRARY[head].definition}
    notations = {head for head in own if not context.definitions[head].parameters}
    called = {s.name for s in context.symbols.values() if s.type.domain == "function"}
    arrays = {s.name: len(s.type.shape) for s in context.symbols.values() if s.type.shape}
    functions = known_names() | set(context.definitions) | called
    return Names(functions, own | called, {*context.symbols, *notations}, arrays)


def in_the_language(statement: Statement, context: Context) -> str:
    """A claim in the formula language, in the letters of `context`. Raises Unread where it cannot be told."""
    chains = _chains(statement, context)
    return _text(statement, chains, _with_heads(context, statement, chains))


def _premises(chains: list[Chain]) -> list[Chain]:
    """What stands before the last `=>`: where it does not hold, nothing is said of what stands behind."""
    arrows = [place for place, chain in enumerate(chains, 1) if chain.joint == "=>"]
    return chains[: arrows[-1]] if arrows else []


def _holds(statement: Statement, chains: list[Chain], context: Context, clock: Clock) -> bool:
    if any(side.letters for chain in chains for side in chain.sides):
        return False
    return not chains or _numeric(statement, chains, context, clock).word is Word.CONFIRMED


def _with_e(statement: Statement, chains: list[Chain], context: Context, clock: Clock) -> Outcome | None:
    """`1 - 1/e = 0.632`: the letter e is a letter like others, unless the digits tell that it is the number."""
    if "e" in context.symbols:
        return None

    def number(side: Side) -> Side:
        return replace(side, text=re.sub(r"\be\b", "exp(1)", side.text), letters=frozenset()) if side.letters == {"e"} else side

    read = [Chain(tuple(map(number, chain.sides)), chain.relations) for chain in chains]
    stretches = [stretch for chain in read for stretch in chain.without_letters()]
    if not stretches or not _telling(stretches) or any(side.trouble for stretch in stretches for side in stretch.sides):
        return None
    outcome = _numeric(statement, stretches, context, clock)
    return outcome if outcome.word is Word.CONFIRMED else None


def _adds_a_share(side: Side) -> bool:
    return ADDED.search(OF_1.sub("", side.raw)) is not None


def _of_what_stands_before(chain: Chain) -> Chain:
    """`100 + 10% = 110` as calculators have it, with the percentage at the end taken of what stands before it."""

    def read(side: Side) -> Side:
        if not _adds_a_share(side):
            return side
        found = re.fullmatch(r"(.*\S)\s*([-+])\s*([0-9.]+)", side.text, re.DOTALL)
        if found is None or side.raw.count("%") > 1 or not side.raw.rstrip().endswith("%"):
            raise Unread(SHARES)
        return replace(side, text=f"({found[1]}) * (1 {found[2]} {found[3]})")

    return Chain(tuple(map(read, chain.sides)), chain.relations)


def _holds_from_0(statement: Statement, stretches: list[Chain], context: Context, clock: Clock) -> bool:
    """`softmax([1, 2, 3])[2] = 0.665`, as Python counts."""

    def later(side: Side) -> Side:
        return replace(side, text=re.sub(r"(?<=[\])])\[([0-9]{1,3})\]", lambda m: f"[{int(m[1]) + 1}]", side.text))

    read = [Chain(tuple(map(later, stretch.sides)), stretch.relations) for stretch in stretches]
    if read == stretches:
        return False
    with suppress(Unread, CannotEvaluate):
        return _numeric(statement, read, context, clock).word is Word.CONFIRMED
    return False


def _in_latex(statement: Statement) -> bool:
    return statement.kind is Kind.LATEX or (statement.kind is Kind.CLAIM and "\\" in statement.text)


@cache
def known_names() -> frozenset[str]:
    """The functions of which numbers can be asked."""
    words = {"sum", "prod", "vector", "forall", "D", "lim", "at", "mean", "covariance"}
    return frozenset({*t.FUNCTIONS, *LIBRARY, *prelude().definitions, *words})


# symbolic claims ------------------------------------------------------------------------------------------------


def _symbolic(statement: Statement, chains: list[Chain], context: Context, clock: Clock) -> Outcome:
    """A claim with letters that are declared: for the prover."""
    if any(ABOUT in chain.relations for chain in chains):
        return Outcome(statement, Word.UNREAD, "~ is said of numbers: with letters, write how near, abs(a - b) <= 1 / 100")
    context = _with_heads(context, statement, chains)
    text = _text(statement, chains, context)
    try:
        claim = context.parse(text)
    except FormulaError as error:
        return Outcome(statement, Word.UNREAD, error.message)
    if not is_proposition(claim):
        return Outcome(statement, Word.UNREAD, "it is no relation: write a = b, a <= b or a < b")
    verdict = with_rounding(context, claim, decide(speaking_of(context, claim), claim, clock), clock)
    if verdict.level is Level.PROVED:
        word, detail = Word.CONFIRMED, "proved" + (" for every n" if _sized(context, claim) else "")
    elif verdict.level is Level.REFUTED:
        word, detail = Word.REFUTED, verdict.reason
    else:
        word, detail = Word.UNDECIDED, verdict.reason or f"{verdict.level}: {'; '.join(verdict.conditions)}"
    return Outcome(statement, word, detail, reading=verdict.reading)


def _with_heads(context: Context, statement: Statement, chains: list[Chain]) -> Context:
    return LIBRARY.with_heads(context, " ".join([statement.text, *(side.text for chain in chains for side in chain.sides)]))


def _text(statement: Statement, chains: list[Chain], context: Context) -> str:
    """The claim in the formula language: as it stands, unless it is in LaTeX or holds what the language has not."""
    if not chains or (not _in_latex(statement) and _is_formula(statement.text, context)):
        return statement.text
    for chain in chains:
        if not chain.relations:
            raise Unread(alone(chain.sides[0]))
        for side in chain.sides:
            if side.trouble or _adds_a_share(side):
                raise Unread(side.trouble or SHARES)
    joints = [chain.joint for chain in chains]
    if joints[-1] != "and" or (set(joints) != {"and"} and joints != ["=>", "and"]):
        raise Unread("what follows from what is unclear: write two statements with one arrow between them")
    joined = (" ".join(_counted(chain, context)) for chain in chains)
    return f" {joints[0]} ".join(joined)


def _counted(chain: Chain, context: Context) -> list[str]:
    """The sides of a chain, in one unit if a number has one, with the relations between them."""
    if any(side.cut for side in chain.sides):
        raise Unread("digits that go on are read of numbers: with letters, write two bounds, 0.333 <= x <= 0.334")
    sides = [replace(side, text=side.text.replace(f"{latex.BARE_LOG}(", "log(")) for side in chain.sides]
    units = any(side.unit for side in sides)
    texts = [in_nats(side, _parsed(side, context), context) if units else side.text for side in sides]
    return [texts[0], *(f"{op} {text}" for op, text in zip(chain.relations, texts[1:], strict=True))]


def _is_formula(text: str, context: Context) -> bool:
    with suppress(FormulaError):
        return context.parse(text) is not None
    return False


def _sized(context: Context, claim: t.Expr) -> bool:
    return any(s.type.domain == "size" for s in t.free_symbols(context.unfold(claim)))


# numbers --------------------------------------------------------------------------------------------------------


def _numeric(statement: Statement, stretches: list[Chain], context: Context, clock: Clock) -> Outcome:
    """The outcome where all readings agree, or the digits tell which is meant."""
    text = " ".join(side.text for stretch in stretches for side in stretch.sides)
    called = set(re.findall(r"([A-Za-z_]\w*)\(", text))
    own = called & set(context.definitions)
    context = LIBRARY.with_heads(context, f"{text} variance(" if called & {"mean", "covariance"} else text)
    context = replace(context, symbols={}, definitions={**prelude().definitions, **context.definitions})
    if logits := sorted((called & OF_LOGITS) - own):
        raise Unread(f"{logits[0]} takes logits here, and probabilities where NumPy computes it: write out which is meant")
    names = sorted((called & set(AMBIGUOUS)) - own)
    if not names:
        return _of_reading(statement, stretches, context, clock)
    outcomes: list[tuple[str, Outcome]] = []
    for choice in product(*(AMBIGUOUS[name].readings for name in names)):
        read = {name: reading(definition) for name, (_, definition) in zip(names, choice, strict=True)}
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
        outcome, others = possible[0][1], ", ".join(said for said, _ in possible[1:])
        if outcome.word is not Word.REFUTED or not others:
            return outcome
        link = outcome.link and replace(outcome.link, sure=False)
        return replace(outcome, detail=f"{outcome.detail}; it is false read as {others}, too", link=link)
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


def _of_reading(statement: Statement, stretches: list[Chain], context: Context, clock: Clock) -> Outcome:
    """All links of all chains hold, or the first one that does not."""
    details: list[str] = []
    waiting: Outcome | None = None
    for stretch in stretches:
        for held, detail, link in _links(stretch, context, clock):
            if held is False:
                return Outcome(statement, Word.REFUTED, detail, link=link)
            if held is None:
                waiting = waiting or Outcome(statement, Word.UNDECIDED, detail)
            elif detail:
                details.append(detail)
    return waiting or Outcome(statement, Word.CONFIRMED, "; ".join(dict.fromkeys(details)))


def _links(chain: Chain, context: Context, clock: Clock) -> list[tuple[bool | None, str, Link | None]]:
    """The relations of a chain, judged up to the first that does not hold.

    Digits speak of what was computed before them, in whatever form it is repeated.
    """
    nodes = [_parsed(side, context) for side in chain.sides]
    chain = counted_alike(chain, nodes, context)
    digits = [*map(is_literal, nodes)]
    if any(side.cut and not literal for side, literal in zip(chain.sides, digits, strict=True)):
        raise Unread("digits that go on are a whole side, 0.333...: to compute with them, write the number that they are of")

    def judged(one: int, other: int, relation: str) -> tuple[bool | None, str, Link | None]:
        return Pair(chain.sides[one], nodes[one], relation, chain.sides[other], nodes[other], context, clock).judged()

    widths = [width(node) if literal else None for node, literal in zip(nodes, digits, strict=True)]
    walk, doubt = Walk(chain.relations, widths), ""
    links: list[tuple[bool | None, str, Link | None]] = []
    for place, relation in enumerate(chain.relations):
        found = [judged(one, other, relation) for one, other in walk.pairs(place)]
        try:
            held = together(relation, [each[0] for each in found])
        except Unsaid:
            doubt, held = doubt or _doubt(chain, place, [detail for _, detail, _ in found]), True
        links.append(next(each for each in reversed(found) if each[0] is held or doubt))
        if held is False:
            return links
        walk.passed(place, ROUNDED in found[0][1])
    if doubt:
        raise Rounded(doubt)
    return links


def _doubt(chain: Chain, place: int, details: list[str]) -> str:
    """Why nothing is said of a relation beside a number that was rounded on the way."""
    relation, told = chain.relations[place], next((detail for detail in reversed(details) if detail), "")
    if relation == ABOUT:
        why = f"{chain.sides[place + 1].raw} is near what stands beside it or what stands at the beginning, and not near both"
    elif relation == "=":
        why = "what was rounded on the way is meant, or what stands at the beginning"
    else:
        why = f"it is true or false by whether the rounded number beside {relation} is meant, or what it is rounded from"
    return "; ".join(filter(None, (why, told)))


def _parsed(side: Side, context: Context) -> t.Expr:
    try:
        node = context.parse(_bundled(side.text, context))
    except FormulaError as error:
        raise Unread(re.sub(r"( here)?; there are .*| \(declared: .*\)$", "", error.message)) from None
    if is_proposition(node):
        raise Unread("a relation stands inside a side of another")
    if t.NAN in t.walk(node):
        raise Unread("nan is no number, and neither equal nor unequal to one")
    check_domains(node, context)
    return node


def _bundled(text: str, context: Context) -> str:
    """Calls as the language has them: `softmax(1, 2, 3)` of one vector, `sigmoid([0, 1])` of each number."""
    for m in reversed(list(re.finditer(r"([A-Za-z_]\w*)\(", text))):
        end, commas = _closing(text, m.end())
        if end is None:
            continue
        inside = text[m.end() : end]
        if commas and _takes(m[1], context) == 1:
            text = f"{text[: m.end()]}[{inside}]{text[end:]}"
        elif not commas and _takes(m[1], context) == 0 and (items := _items(inside)):
            text = f"{text[: m.start()]}[{', '.join(f'{m[1]}({item})' for item in items)}]{text[end + 1 :]}"
    return text


def _takes(name: str, context: Context) -> int | None:
    """Of functions of one argument: 1 if it is a vector, 0 if it is a number; None of others."""
    if name in context.definitions:
        parameters = context.definitions[name].parameters
        return len(parameters[0].type.shape) if len(parameters) == 1 else None
    return 0 if t.FUNCTIONS.get(name) == 1 and name != "transpose" else None


def _items(inside: str) -> list[str]:
    """The items of a flat list that is the whole argument."""
    inside = inside.strip()
    if not (inside.startswith("[") and inside.endswith("]")) or set(inside[1:-1]) & set("[]"):
        return []
    items, start = [], 1
    while (end := _closing(inside, start, ",]")[0]) is not None:
        items.append(inside[start:end].strip())
        start = end + 1
    return items


def _closing(text: str, start: int, ends: str = ")]") -> tuple[int | None, int]:
    """Where the bracket that is open before `start` closes (or what else `ends` it), and the commas between."""
    depth, commas = 0, 0
    for place in range(start, len(text)):
        if not depth and text[place] in ends:
            return place, commas
        depth += (text[place] in "([") - (text[place] in ")]")
        commas += text[place] == "," and not depth
    return None, commas

"""What a formula's card holds: statement, derivations, laws, accuracy, mistakes, examples. Data only, no checking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from mathcore.language.parser import Context
from mathcore.language.tree import Definition, Expr, free_symbols
from mathcore.rules import RULES
from mathcore.rules.rule import Rule

if TYPE_CHECKING:
    from mathcore.document.value import Block
    from mathcore.language.sympy_bridge import Chain
    from mathcore.library import Library


class WrongCard(ValueError):
    """A card that cannot be read as it stands: says what to correct."""


WORDS = {"words": True}  # of a field that only people read: another wording of it proves nothing anew


@dataclass(frozen=True)
class Step:
    """`text` begins with a relation: "= ...", "<= ...", "<=> ..."; `why` is one sentence for the reader."""

    text: str
    by: Rule | None = None  # left out: the engine finds one
    why: str = field(metadata=WORDS, default="")

    def __post_init__(self) -> None:
        if self.by is not None and type(self.by) not in RULES.values():
            rules = ", ".join(f"{rule.__name__}(...)" for rule in RULES.values())
            raise TypeError(f"step {self.text!r}: by={self.by!r} is no rule; choose one of {rules}")


@dataclass(frozen=True)
class Derivation:
    """Steps that compose to `claim`. `given` adds to the card's; `equality` says when <= holds with =."""

    title: str
    claim: str
    steps: tuple[Step, ...]
    key: str = ""  # how other derivations name it
    given: str = ""
    equality: str = ""
    instance: str = ""  # concrete functions for the check at points, where the claim speaks of any function
    card: Card | None = field(default=None, compare=False, repr=False)  # whose letters it speaks, where a card was asked for it

    def sympy(self, **sizes: int | None) -> Chain:
        """Each step as a sympy relation, and `claim`: for symbolic sizes, or written out with `n=3` (and `i=1`, if you like)."""
        from mathcore.language.sympy_bridge import chain_to_sympy

        if self.card is None:
            raise TypeError(
                f"a derivation alone does not know its letters: load(...).derivation({self.key or self.title!r}).sympy()"
            )
        return chain_to_sympy(self.context(self.card), self.claim, (step.text for step in self.steps), _known(sizes))

    def context(self, card: Card) -> Context:
        """What it may speak of on this card: the card's letters, and its own."""
        return card.context.given(self.given) if self.given else card.context


def _known(sizes: dict[str, int | None]) -> dict[str, int] | None:
    return {name: value for name, value in sizes.items() if value is not None} or None


@dataclass(frozen=True)
class Law:
    """An invariant: checked on any implementation over floats, on its widened outputs."""

    name: str
    statement: str
    given: str = ""
    why: str = field(metadata=WORDS, default="")  # what a violation means


CONVENTIONS = (  # other readings of a formula that a card may accept
    "clipping", "least length", "nan for masks", "nan hidden", "renormalised", "threshold", "velocity sign",
)  # fmt: skip


@dataclass(frozen=True)
class Accuracy:
    """Bars in ULP per format; or `bound`, an absolute bar in the formula language with u the unit roundoff."""

    float64: float | None = None
    float32: float | None = None
    float16: float | None = None
    readable: float | None = None  # float64 of mathcore's own function where the compiled core does not run
    bound: str = ""
    ordinary: str = ""  # an absolute bar for others: what textbook-correct code reaches in its own format
    within: str = ""  # the inputs of which `ordinary` speaks: elsewhere such code may overflow, and is not judged
    conventions: str = ""  # "clipping; velocity sign": other readings of the formula that are accepted, and reported
    domain: str = field(metadata=WORDS, default="every finite input")
    masks: bool = False  # -inf entries of real vectors belong to the domain
    form: str = ""  # equal to the definition, with narrow enclosures where its own are wide: for `verify --exhaustive`
    either_zero: str = ""  # why a result that is 0 may have either sign
    refuses: str = ""  # "slope: -1, nan; alpha: 2": options that are errors, beside what the domains of the letters exclude

    @property
    def accepted(self) -> tuple[str, ...]:
        """`conventions` by name."""
        return tuple(name.strip() for name in self.conventions.split(";") if name.strip())

    @property
    def refused(self) -> dict[str, tuple[float, ...]]:
        """`refuses` by option."""
        parts = [part.split(":") for part in self.refuses.split(";") if part.strip()]
        return {name.strip(): tuple(float(value) for value in values.split(",")) for name, values in parts}


@dataclass(frozen=True)
class Example:
    """A worked value; decimals claim their rounding interval."""

    statement: str
    source: str = field(metadata=WORDS, default="")
    given: str = ""


@dataclass(frozen=True)
class Claim:
    """A statement that is said to hold for every n."""

    statement: str
    given: str = ""


@dataclass(frozen=True)
class Exercise:
    question: str
    answer: str


@dataclass(frozen=True)
class Reference:
    text: str


@dataclass(frozen=True)
class Card:
    """One formula. `define` is the textbook form; `on_bits` what floats compute where inputs leave the domain."""

    name: str
    title: str = field(metadata=WORDS)
    summary: str = field(metadata=WORDS)
    given: str
    define: str
    notation: tuple[str, ...] = ()
    auxiliary: tuple[str, ...] = ()  # further definitions that the derivations speak of
    on_bits: str = ""
    numeric: str = ""
    about: str = field(metadata=WORDS, default="")  # as in "no function: this card is about ..."
    units: str = field(metadata=WORDS, default="")
    uses: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = field(metadata=WORDS, default=())
    derivations: tuple[Derivation, ...] = ()
    invariants: tuple[Law, ...] = ()
    accuracy: Accuracy = Accuracy()
    examples: tuple[Example, ...] = ()
    mistakes: tuple[str, ...] = ()
    false_claims: tuple[FalseClaim, ...] = ()
    exercises: tuple[Exercise, ...] = field(metadata=WORDS, default=())
    not_verified: tuple[str, ...] = field(metadata=WORDS, default=())
    references: tuple[Reference, ...] = field(metadata=WORDS, default=())
    topic: str = field(metadata=WORDS, default="")
    claims: tuple[Claim, ...] = ()  # of a lecture or a note: judged there, no part of a formula's evidence
    library: Library | None = field(metadata=WORDS, default=None, repr=False)  # the cards that this one may use
    page: tuple[Block, ...] = field(metadata=WORDS, default=(), compare=False, repr=False)  # in the author's order

    @cached_property
    def context(self) -> Context:
        """Symbols, hypotheses and definitions of this card and of the cards that it uses."""
        require_order(self)
        context = Context()
        for name in self.uses:
            context = context.extend(self.other(name).exported)
        context = context.given(self.given)
        for text in self.definitions:
            context = context.define(text)
        if self.accuracy.bound or self.accuracy.ordinary:
            letters_of_bound(self, context)
        return context

    @property
    def definitions(self) -> tuple[str, ...]:
        """`define`, helpers and short names, each after those that it speaks of."""
        return (*_helpers_first((*filter(None, (self.define,)), *self.auxiliary)), *self.notation)

    def other(self, name: str) -> Card:
        """The card of that name, out of the library of this one."""
        if self.library is None:
            raise WrongCard(f"{self.name} has no library in which {name} is found: write library=mathcore.formulas.LIBRARY")
        return self.library[name]

    @property
    def exported(self) -> tuple[Definition, ...]:
        """The definitions that other cards may use: those with parameters."""
        return tuple(d for d in self.context.definitions.values() if d.parameters)

    @property
    def definition(self) -> Definition:
        return self.context.definitions[self.define.split("(")[0].strip()]

    @property
    def statement(self) -> Expr:
        """`define` as a relation between trees."""
        return self.context.parse(self.define)

    def sympy(self, **sizes: int | None) -> Any:
        """`define` as a sympy `Eq`: `card.sympy()` for symbolic sizes, `card.sympy(n=3)` written out, ready for lambdify."""
        from mathcore.language.sympy_bridge import definition_to_sympy

        return definition_to_sympy(self.definition, self.context.definitions, _known(sizes))

    def derivation(self, key: str) -> Derivation:
        """The derivation of that key or title, with this card beside it."""
        for d in self.derivations:
            if key in (d.key, d.title):
                return replace(d, card=self)
        raise KeyError(f"{self.name} has no derivation {key!r}; it has {', '.join(d.key or d.title for d in self.derivations)}")

    def plot(self, name: str = "") -> Any:
        """The first figure of the page as a matplotlib figure, or the one of that name; needs the extra `plot`."""
        from mathcore.render.notebook import card_plot

        return card_plot(self, name)

    def __repr__(self) -> str:
        define = shorten(self.define, 70, placeholder=" ...")
        return f"<Card {self.name}: {define}; {len(self.derivations)} derivations>"

    def _repr_html_(self) -> str:
        from mathcore.render.notebook import card_html

        return card_html(self)


def _helpers_first(definitions: Sequence[str]) -> list[str]:
    """In the author's order, but that what a definition speaks of is defined before it."""
    heads = {text: text.split("(")[0].strip() for text in definitions}
    found = dict[str, None]()

    def enter(text: str, path: tuple[str, ...]) -> None:
        for other, head in heads.items():
            if other not in (*path, text) and re.search(rf"\b{re.escape(head)}\(", text.partition("=")[2]):
                enter(other, (*path, text))
        found.setdefault(text)

    for text in heads:
        enter(text, ())
    return list(found)


def require_order(card: Card) -> None:
    """Raise WrongCard where a card uses itself, by way of others."""
    done: set[str] = set()

    def enter(name: str, uses: tuple[str, ...], path: tuple[str, ...]) -> None:
        if name in path:
            circle = " uses ".join([*path[path.index(name) :], name])
            raise WrongCard(f"{circle}: cards cannot use each other in a circle; take one of these names out of `uses`")
        if name not in done:
            for other in uses:
                enter(other, card.other(other).uses, (*path, name))
            done.add(name)

    enter(card.name, card.uses, ())


@dataclass(frozen=True)
class FalseClaim:
    """A claim that people believe and that is false: the checks must refute it with a point."""

    statement: str
    given: str = ""
    why: str = field(metadata=WORDS, default="")
    instance: str = ""  # concrete functions where the claim speaks of any function


@dataclass(frozen=True)
class Letters:
    """What a bar calls the unit roundoff, the exact output, and the largest and smallest normal number of the format."""

    roundoff: str
    output: str
    largest: str
    tiny: str


def letters_of_bound(card: Card, context: Context) -> Letters:
    """The letters of `bound`, `ordinary` and `within`: u, y (or `exact` beside a y of the card's own), largest, tiny.

    Raises ValueError where the card gives one of these letters to an input or a definition: a bound could mean either.
    """
    definition = context.definitions[card.define.split("(")[0].strip()]
    inputs = {s.name for p in (*definition.parameters, *definition.indices) for s in (p, *free_symbols(p))}
    output = "exact" if "y" in context.symbols or "y" in context.definitions else "y"
    meanings = {"u": "unit roundoff", output: "exact output", "largest": "largest number", "tiny": "smallest normal number"}
    for letter, meaning in meanings.items():
        if letter in inputs or letter in context.definitions:
            remedy = f"call the {letter} of the card something else, in given, define and notation"
            raise ValueError(f"{card.name}: accuracy: in a bound {letter} is the {meaning}: {remedy}")
    return Letters(*meanings)

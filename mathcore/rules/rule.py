"""What a rule is: the data of a reason, how it is written between brackets, and how a page speaks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple


class Part(NamedTuple):
    """A line of the list below a rule, `- LABEL EXPRESSION: [rule]`, and the fields that hold its rule and its expression."""

    label: str
    rule: str
    expression: str = ""


class Example(NamedTuple):
    """A step that the rule shows, as a page has it; with `twin` for its right side it is false, and no rule shows it."""

    given: str
    left: str
    right: str  #: with the relation before it
    reason: str
    twin: str
    define: str = ""
    uses: str = ""


class Form(NamedTuple):
    """How a rule is written: its word, the field that follows it, the fields after a keyword each, and the list below it."""

    word: str
    first: str = ""
    keywords: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Rule:
    """Why a step holds. What checks it has the same name in `mathcore.proof.rules`."""

    form: ClassVar[Form]
    title: ClassVar[str]  #: how the engine names it
    example: ClassVar[Example]
    spoken: ClassVar[str]  #: what a step by it does, in the words of a reader

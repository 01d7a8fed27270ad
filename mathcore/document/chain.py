"""A statement in parts: sides in the formula language, with the relations between them, and where each side stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

ABOUT = "~"  # the relation of `log(2) ~ 0.69`


class Unread(ValueError):
    """A statement that is not understood: says what in it, and how it would be."""


class Rounded(Unread):
    """Whether digits are exact or rounded decides, and is not said."""


class Unit(StrEnum):
    """A unit of information after a number."""

    NONE = ""
    NAT = "nat"
    BIT = "bit"
    HARTLEY = "hartley"
    BYTE = "byte"  # eight bits


UNITS = {
    **dict.fromkeys(("nat", "nats", "나트"), Unit.NAT),
    **dict.fromkeys(("bit", "bits", "shannon", "shannons", "Sh", "비트"), Unit.BIT),
    **dict.fromkeys(("byte", "bytes", "바이트"), Unit.BYTE),
    **dict.fromkeys(("hartley", "hartleys", "dit", "dits", "하틀리"), Unit.HARTLEY),
}


@dataclass(frozen=True)
class Names:
    """What a text may speak of: `functions`, and the letters that it has `declared`, some of them `arrays`, with their axes.

    Of the functions those are `own` that the text defines itself: they are called by their own names only, and ours also by
    others, `Softmax` or `np.exp`. A declared letter is that letter before anything else: a constant, a unit, a function.
    """

    functions: Collection[str]
    own: Collection[str] = ()
    declared: Collection[str] = ()
    arrays: Mapping[str, int] = field(default_factory=dict)

    def is_letter(self, word: str, called: bool = False) -> bool:
        """Whether this text gives a name, with or without an argument, a meaning of its own that is no number."""
        return word in self.declared or (word in self.own and not called)

    def ours(self, name: str) -> bool:
        """Whether other spellings of a name mean this function."""
        return name in self.functions and name not in self.own and name not in self.declared


@dataclass(frozen=True)
class Side:
    """One side: its text in the formula language, and from where to where it stands in the statement.

    `raw` is what stands there, `letters` are the names in it that nothing binds or knows. `cut` says that its digits go on
    (`0.333...`); `scientific` is `1.5e-7` for a side written `1.5 * 10^-7`, also where its mantissa is whole; `trouble` what is
    not understood in it.
    """

    text: str
    start: int
    end: int
    raw: str
    letters: frozenset[str] = frozenset()
    cut: bool = False
    unit: Unit = Unit.NONE
    scientific: str = ""
    trouble: str = ""

    @property
    def rounded(self) -> bool:
        """Whether it is written with a power of ten and decimals, which claim their rounding interval."""
        return "." in self.scientific


@dataclass(frozen=True)
class Chain:
    """`a = b <= c`: one more side than relations, each of `= != < <= > >= ~`; one side alone is no relation that is read.

    `joint` is what joins it to the next chain of its statement: "and", "=>", or a sign of a reason, `\\therefore`.
    """

    sides: tuple[Side, ...]
    relations: tuple[str, ...]
    joint: str = "and"

    def without_letters(self) -> list[Chain]:
        """The stretches of the chain all of whose sides are free of letters: of `L = -log(1/4) = 1.386` the last two sides."""
        found, stretch = [], list[int]()
        for place in range(len(self.sides) + 1):
            if place < len(self.sides) and not self.sides[place].letters:
                stretch.append(place)
                continue
            if len(stretch) > 1:
                found.append(Chain(self.sides[stretch[0] : stretch[-1] + 1], self.relations[stretch[0] : stretch[-1]]))
            stretch = []
        return found

    @property
    def bounds_digits_of_letters(self) -> bool:
        """Whether a bound stands beside digits that are a letter's value, rounded: `H = 0.693 > 0.6931`."""
        return any(
            self.sides[place - 1].letters and self.relations[place - 1] in ("=", ABOUT)
            and re.fullmatch(r"\s*-?[0-9]*\.[0-9]+\s*", side.text) and self.relations[place] not in ("=", ABOUT)
            for place, side in enumerate(self.sides[:-1]) if place
        )  # fmt: skip


def check_alone(found: list[Chain]) -> list[Chain]:
    """The chains of a statement, none where no relation is read.

    Raises Unread where numbers stand beside a relation between numbers, `10^3 = 1, 000`: nobody knows what they are part of;
    and for `(0, 1) = [0, 1]`, which is true of lists and false of intervals.
    """
    for chain in found:
        for one, other in pairwise(chain.sides):
            if {_bracket_of_pair(one), _bracket_of_pair(other)} == {"(", "["}:
                raise Unread("two numbers in ( ) beside two in [ ] may be intervals or lists: write lists in square brackets")
    if any(chain.without_letters() for chain in found):
        for chain in found:
            if not chain.relations or any(CONDITION.match(side.raw) for side in chain.sides):
                raise Unread(alone(chain.sides[0]))
    return found if any(chain.relations for chain in found) else []


CONDITION = re.compile(r"\s*\\(?:text|mathrm|textrm)\{\s*(?:if|when|unless|provided|not|where|mod)\b")


def _bracket_of_pair(side: Side) -> str:
    """The bracket of two numbers, which may be an interval or a list; empty for anything else."""
    found = re.match(r"(?:\\(?:left|[bB]igg?l?))?\s*([(\[])", side.raw)
    return found[1] if found and not side.letters and re.fullmatch(r"\[[^,\[\]]*,[^,\[\]]*\]", side.text) else ""


def alone(side: Side) -> str:
    return f"{side.raw} stands beside a relation and is part of none: lists stand in brackets, and a decimal has a point"


def digits_in_lists(text: str) -> str:
    """`[1.5 * 10^-7, 2]` as `[1.5e-7, 2]`: in a list such a product is one printed number."""
    if not text.startswith("["):
        return text
    return re.sub(r"([0-9]+\.[0-9]+) \* \(?10\)?\^\(?(-?[0-9]+)\)?", r"\1e\2", text)


LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТХаеорсухіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνικυχ", "ABEKMHOPCTXaeopcyxijsdqwABEZHIKMNOPTYXaopvikux"
)  # fmt: skip


def alike(word: str) -> str:
    """The word in plain letters that look like its own."""
    return unicodedata.normalize("NFKC", word).translate(LOOK_ALIKES)


def strange_letter(word: str) -> str:
    """The first letter of a word that is no plain one, for a message."""
    letter = next(c for c in word if not c.isascii())
    return f"{letter!r} ({unicodedata.name(letter, 'without a name').lower()}) in {word!r} only looks like {alike(letter)!r}"


def hidden(text: str) -> str:
    """What is wrong with characters that are not seen, or with digits of another script; empty where nothing is."""
    for c in text:
        kind = unicodedata.category(c)
        if (kind in ("Cc", "Cf", "Co", "Cs", "Cn") and c not in "\t\n\r") or c == "\ufffd":
            return f"a control character, U+{ord(c):04X}, stands in it: delete it"
        if kind in ("Nd", "Nl") and not c.isascii():
            return f"{c!r} is no plain digit: write 0 to 9"
        if c in "＝＜＞＋－＊／（）［］，．":
            return f"{c!r} is a wide character: write {unicodedata.normalize('NFKC', c)!r}"
    return ""

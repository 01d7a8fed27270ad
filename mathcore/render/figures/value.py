"""What a figure is: letters that a reader moves, formulas of them, and marks that show the values. Frozen values only.

A place is text: a number (`"0.5"`), a letter (`"p"`) or an entry of it (`"z[2]"`). Words may name places in braces,
`{p:2}` with two decimals, `{p:%1}` as a percentage with one, `{p:g3}` with three digits, `{label:name}` by its name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mathcore.card import WORDS


def words(default: str = "") -> Any:
    """A field that only people read."""
    return field(metadata=WORDS, default=default)


# what is moved and what is computed -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slider:
    """A letter, or an entry of a list, that the reader moves. `logarithmic`: equal ways are equal factors.

    With `names` it is a choice among them, and its values are 1, 2, ...
    """

    letter: str
    words: str = field(metadata=WORDS)
    low: float = 1
    high: float = 1
    start: float = 1
    step: float = 1
    logarithmic: bool = False
    names: tuple[str, ...] = field(metadata=WORDS, default=())


@dataclass(frozen=True)
class Fixed:
    """Numbers that stay: data of an example."""

    letter: str
    value: Any  # a number, or nested tuples of numbers


@dataclass(frozen=True)
class Value:
    """`letter` is `formula` of the letters before it."""

    letter: str
    formula: str


@dataclass(frozen=True)
class Moving:
    """A letter of a walk: where it starts, and how each step changes it; `path` holds all its values, the start first."""

    letter: str
    start: str
    then: str
    path: str


@dataclass(frozen=True)
class Walk:
    """A number of equal steps, such as those of an optimiser. `count` is the letter for the number of the step, from 1."""

    moving: tuple[Moving, ...]
    steps: int
    count: str = ""


@dataclass(frozen=True)
class Function:
    """`letter` of `arguments`, to be drawn as a curve or as a map; `at` are arguments where its exact values are compared."""

    letter: str
    arguments: tuple[str, ...]
    formula: str
    at: tuple[tuple[float, ...], ...] = ()


# what is shown --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Axis:
    """`ticks`: numbers, or pairs of a number and its name; without them round numbers are chosen."""

    low: float
    high: float
    words: str = words()
    ticks: tuple[float | tuple[float, str], ...] | None = field(metadata=WORDS, default=None)


@dataclass(frozen=True)
class Curve:
    function: str
    ink: int = 1
    words: str = words()
    dashed: bool = False
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Bars:
    """A bar for each entry at 1, 2, ...; `place` of `groups` where several stand side by side."""

    values: str
    ink: int = 1
    words: str = words()
    place: int = 0
    groups: int = 1
    digits: int = 2


@dataclass(frozen=True)
class Dots:
    """`label`: the entry by which dots differ in shape and ink (0: ink, 1: the next ink)."""

    x: str
    y: str
    ink: int = 1
    words: str = words()
    size: float = 4
    label: str = ""


@dataclass(frozen=True)
class Path:
    """Points joined in order, up to the one of number `upto` (from 0)."""

    x: str
    y: str
    ink: int = 1
    words: str = words()
    dots: bool = True
    dashed: bool = False
    upto: str = ""


@dataclass(frozen=True)
class Segment:
    """From one place to another; from lists, one segment for each entry."""

    x: str
    y: str
    to_x: str
    to_y: str
    ink: int = 0
    words: str = words()
    dashed: bool = False
    arrow: bool = False


@dataclass(frozen=True)
class Heat:
    """A function of two arguments by shades from low to high, with lines at equal heights; `corners` cut it to a triangle."""

    function: str
    low: float
    high: float
    ink: int = 1
    words: str = words()
    bands: int = 10
    corners: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Handle:
    """A dot that is dragged: `moves` are the sliders for its two coordinates, empty where it does not move."""

    x: str
    y: str
    moves: tuple[str, str] = ("", "")
    ink: int = 2


@dataclass(frozen=True)
class Note:
    x: str
    y: str
    words: str = field(metadata=WORDS)
    ink: int = 0
    anchor: str = "middle"  # start, middle, end


@dataclass(frozen=True)
class Cells:
    """A matrix as a table of numbers, shaded by their size."""

    values: str
    rows: tuple[str, ...] = field(metadata=WORDS, default=())
    columns: tuple[str, ...] = field(metadata=WORDS, default=())
    digits: int = 0
    ink: int = 1


@dataclass(frozen=True)
class Node:
    x: float
    y: float
    words: str = field(metadata=WORDS)
    value: str = ""
    ink: int = 0
    above: bool = False  # where its name stands


@dataclass(frozen=True)
class Link:
    """Between two nodes, by their numbers from 0; as thick as its weight is large, dashed where it is negative."""

    start: int
    end: int
    weight: str = "1"
    words: str = words()
    at: float = 0.4


@dataclass(frozen=True)
class Network:
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Box:
    """A box with as many balls of each colour as `counts` says; their letters are in the balls."""

    counts: str
    letters: tuple[str, ...] = field(metadata=WORDS)
    inks: tuple[int, ...] = (2, 1, 3)


Mark = Curve | Bars | Dots | Path | Segment | Heat | Handle | Note | Cells | Network | Box


@dataclass(frozen=True)
class Panel:
    """One drawing. `bare`: without axes. `tall`: its height over its width."""

    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    words: str = words()
    bare: bool = False
    tall: float = 0.7


Case = tuple[str, str]  # a condition between two places ("p < 0.5", empty: always), and words

Sentence = str | tuple[Case, ...]  # of several cases the first that holds


@dataclass(frozen=True)
class Figure:
    """`sees` says what is to be seen whatever the reader does; `says` follows what the reader moves.

    `cards` lend their definitions, `given` declares the letters, `sizes` gives a number to sizes that are letters.
    """

    name: str
    title: str = field(metadata=WORDS)
    sees: str = field(metadata=WORDS)
    cards: tuple[str, ...]
    given: str
    panels: tuple[Panel, ...]
    says: tuple[Sentence, ...] = field(metadata=WORDS)
    sliders: tuple[Slider, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    values: tuple[Value | Walk, ...] = ()
    functions: tuple[Function, ...] = ()
    sizes: tuple[tuple[str, int], ...] = ()
    again: str = words("Start again")  # on the button that puts the sliders back

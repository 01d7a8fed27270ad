"""What a note holds: remarks in our own words, each with the formula that it means. Data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """One statement of a note.

    `formula` is what it says; `holds` whether it should. A false one carries what is true instead (`truth`) and
    `why`. `proof` names the derivation that settles it for every n, "softmax.sum". `call` is a call of a numeric
    function with what it gives, for what happens in floats. A remark without formula and call is words only.
    """

    says: str
    formula: str = ""
    holds: bool = True
    truth: str = ""
    why: str = ""
    proof: str = ""
    given: str = ""
    call: str = ""


@dataclass(frozen=True)
class Note:
    """A note under judgement; `uses` are the cards whose definitions its formulas speak of."""

    name: str
    title: str
    summary: str
    given: str
    uses: tuple[str, ...]
    remarks: tuple[Remark, ...]
    sections: tuple[tuple[str, int], ...] = ()  # heading, number of remarks under it

"""How well faults are named: `python -m tests.conformance.diagnosis [--card NAME] [--every N]` prints named / total.

Three lists: each card's own mistakes, each shared slip applied to each card's numeric function, and the wrong
implementations of the catalogue whose fault is a known slip. A slip that another name describes as well (both give the same
results) counts as named; one that gives right results is left out.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import mathcore
from mathcore.card import Card
from mathcore.conformance.diagnosis import named
from mathcore.conformance.mistakes import mistaken
from mathcore.conformance.subject import Standard
from mathcore.formulas import load
from tests.conformance.implementations import Implementation, entries
from tests.conformance.slipped import looked_at, slips_of, verdict

KNOWN = {  # the kind of an implementation in the catalogue -> words of which one stands in the name of the slip
    "bits": ("base 2",),
    "sign of the result": ("sign",),
    "arguments swapped": ("exchanged", "swapped", "reversed"),
    "reversed": ("exchanged", "reversed", "sign", "1 minus"),
    "mean for sum": ("mean over", "mean"),
    "sum for mean": ("sum over", "sum"),
    "root": ("root",),
    "half too much": ("half",),
    "complement": ("1 minus", "complement"),
    "clipped at 1e-3": ("clipped at 1e-3", "clipped below at 1e-3"),
    "clipped at 1e-6": ("clipped at 1e-6", "clipped below at 1e-6"),
    "clipped at 1e-7": ("clipped at 1e-7", "clipped below at 1e-7"),
    "clipped at 1e-12": ("clipped at 1e-12", "clipped below at 1e-12"),
    "sign of the argument": ("sign", "mirrored"),
    "temperature 1.001": ("scaled by 1.001", "slightly warm"),
    "base two": ("scaled by 0.693", "base two"),
    "last by the rest": ("last entry is 1 minus",),
    "input sorted": ("sorted",),
    "float16 inside": ("float16",),
    "float32 inside": ("float32",),
    "float32 for float64": ("float32",),
    "seven decimals": ("7 decimals",),
    "twelve digits": ("12 decimals",),
    "epsilon inside the logarithm": ("added", "epsilon"),
    "labels off by one": ("labels",),
    "n - 1": ("- 1",),
    "overflow": ("overflow", "shift", "naive"),
    "logarithm missing": ("exponential of the result", "logarithm"),
    "negative values cut": ("cut off at 0",),
    "size of the gradient lost": ("sign",),
    "divided by n": ("mean over",),
    "1 / n missing": ("sum over",),
    "factor 2 missing": ("half",),
    "half missing": ("twice",),
    "soft labels hardened": ("hard", "largest", "whole"),
    "symmetrised": ("symmetr",),
}


def of_mistakes(card: Card) -> Iterator[tuple[str, str]]:
    """(each mistake of the card that digits refute, the name that is found)."""
    for dotted in card.mistakes:
        tested = replace(mistaken(card, dotted), held_to=Standard.ORDINARY)
        found = looked_at(tested)
        if not found.check.passed:
            yield tested.name.replace("_", " "), named(tested, found)[0]


def of_slips(card: Card, every: int = 1) -> Iterator[tuple[str, str, str]]:
    """(verdict, slip, the name that is found) for every shared slip that gives wrong results."""
    for slip in slips_of(card)[::every]:
        said, name = verdict(card, slip)
        if said != "right":
            yield said, slip.name, name


def of_catalogue(card: str = "") -> Iterator[tuple[Implementation, str]]:
    """(each wrong implementation whose fault is a known slip, the name that is found)."""
    for _, entry in entries(card):
        if entry.verdict == "wrong" and entry.kind in KNOWN and not {"exits", "hangs"} & set(entry.marks):
            report = mathcore.check(entry.function, entry.card, call=entry.call, effort="quick")
            yield entry, next((f.slip for f in report.findings if f.slip), "")


def fits(entry: Implementation, name: str) -> bool:
    """Whether the name that was found tells this fault: a mistake of the card, which gives the same, or the shared slip."""
    mistakes = {dotted.rpartition(".")[2].partition("(")[0].replace("_", " ") for dotted in load(entry.card).mistakes}
    return name in mistakes or any(word in name for word in KNOWN[entry.kind])


def table(cards: list[str], every: int = 1) -> str:
    """A row a card: named / total of its mistakes, of the slips, of the catalogue; then what was not named."""
    lines, missed, totals = [f"{'card':42} {'mistakes':>9} {'slips':>9} {'catalogue':>9}"], list[str](), Counter[str]()
    for name in cards:
        card = load(name)
        counts = Counter[str]()
        for mistake, found in of_mistakes(card):
            counts["mistakes"] += 1
            counts["mistakes named"] += found == mistake
            missed += [] if found == mistake else [f"{name}: mistake {mistake}: {found or 'no name'}"]
        for said, slip, found in of_slips(card, every):
            counts["slips"] += 1
            counts["slips named"] += said in ("named", "same")
            missed += [] if said in ("named", "same") else [f"{name}: slip {slip}: {found or 'no name'}"]
        for entry, found in of_catalogue(name):
            counts["catalogue"] += 1
            counts["catalogue named"] += fits(entry, found)
            missed += [] if fits(entry, found) else [f"{name}: {entry.name} ({entry.kind}): {found or 'no name'}"]
        lines.append(_row(name, counts))
        print(lines[-1], file=sys.stderr, flush=True)
        totals += counts
    return "\n".join([*lines, _row("all", totals), "", *missed])


def _row(name: str, counts: Counter[str]) -> str:
    parts = [f"{counts[f'{what} named']}/{counts[what]}" for what in ("mistakes", "slips", "catalogue")]
    return f"{name:42} " + " ".join(f"{part:>9}" for part in parts)


def main(arguments: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.diagnosis", description=__doc__)
    parser.add_argument("--card", default="", help="only this formula")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th shared slip")
    options = parser.parse_args(arguments)
    cards = [name for name in mathcore.names() if load(name).numeric and options.card in ("", name)]
    print(table(cards, options.every))
    return 0


if __name__ == "__main__":
    sys.exit(main())

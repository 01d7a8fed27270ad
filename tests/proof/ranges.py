"""Sums over ranges with letters at both ends, against brute force: `python -m tests.proof.ranges [--count N] [--seed S]`.

Each claim is made twice, as a formula and as Python, in ways of writing a sum that are right for most letters: split, shifted,
turned round, less its first or last term, telescoped, in equal shares. Ranges may be empty. What a rule accepts without a
condition, by the kernel alone, has no counterexample among small numbers.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from types import CodeType

from mathcore.card import Card
from mathcore.rules.geometric import Geometric
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.telescope import Telescope
from tests.proof.pipeline import card, kernel

DECLARED = "a, b, c: natural; m: natural >= 1; r: real; F, G: real[naturals]; t, s: natural"
RULES = {"rewrite": Rewrite(), "telescope": Telescope(), "geometric": Geometric()}
HYPOTHESES = ("a <= b", "a < b", "b <= c", "a <= b + 1", "a <= b + 2", "b >= 1", "a = b", "c = 2", "a != b", "m <= b")
VALUES = tuple(Fraction(v, d) for v, d in ((-2, 1), (-1, 1), (0, 1), (1, 1), (3, 1), (1, 2)))
POINTS = 80
CARDS: dict[str, Card] = {}


@dataclass(frozen=True)
class Said:
    """The same number in the formula language and in Python."""

    text: str
    code: str

    def __add__(self, other: Said) -> Said:
        return Said(f"{self.text} + {other.text}", f"({self.code} + {other.code})")

    def __sub__(self, other: Said) -> Said:
        return Said(f"{self.text} - {other.text}", f"({self.code} - {other.code})")


def plain(text: str) -> Said:
    return Said(text, text)


ONE = plain("1")
Body = Callable[[Said], Said]  # the summand at a place


def total(low: Said, high: Said, body: Body) -> Said:
    inside = body(plain("t"))
    return Said(f"sum(t = {low.text}..{high.text}: {inside.text})", f"S({low.code}, {high.code}, lambda t: {inside.code})")


def end(dice: random.Random) -> Said:
    kind = dice.random()
    letter = plain(dice.choice("abcmab"))
    if kind < 0.25:
        return plain(dice.choice("012"))
    if kind < 0.6:
        return letter
    return letter + plain(dice.choice("12")) if kind < 0.85 else letter + plain(dice.choice("abc"))


def body(dice: random.Random, depth: int = 1) -> Body:
    kind = dice.random()
    if kind < 0.45:
        name, step = dice.choice("FG"), dice.choice((0, 0, 1))
        return lambda at: Said(f"{name}[{at.text}{' + 1' * step}]", f"{name}({at.code}{' + 1' * step})")
    if kind < 0.65:
        return lambda at: Said(f"r^({at.text})", f"r**({at.code})")
    if kind < 0.75:
        return lambda at: Said(f"({at.text})", f"({at.code})")
    if kind < 0.85 or not depth:
        letter = dice.choice("rab")
        return lambda at: plain(letter)
    first, second, times = body(dice, 0), body(dice, 0), dice.random() < 0.5
    op = "*" if times else "+"
    return lambda at: Said(
        f"({first(at).text} {op} {second(at).text})".replace(" * ", " "), f"({first(at).code} {op} {second(at).code})"
    )


def pair(dice: random.Random) -> tuple[Said, Said]:
    """A sum, and what it is for most letters."""
    low, high, of = end(dice), end(dice), body(dice)
    whole = total(low, high, of)
    kind = dice.randrange(8)
    if kind == 0:
        return whole, of(low) + total(low + ONE, high, of)
    if kind == 1:
        return total(low, high + ONE, of), whole + of(high + ONE)
    if kind == 2:
        middle = end(dice)
        return whole, total(low, middle, of) + total(middle + ONE, high, of)
    if kind == 3:
        by = end(dice)
        return total(low, high, lambda at: of(at + by)), total(low + by, high + by, of)
    if kind == 4:
        turned = Said(f"({low.text}) + ({high.text}) - t", f"({low.code} + {high.code} - t)")
        return whole, Said(
            f"sum(t = {low.text}..{high.text}: {of(turned).text})", f"S({low.code}, {high.code}, lambda t: {of(turned).code})"
        )
    if kind == 5:
        grown = Said("t + 1", "(t + 1)")
        return total(low, high, lambda at: of(grown) - of(at)), of(high + ONE) - of(low)
    if kind == 6:
        low, high = plain(dice.choice("ab")) + ONE, plain(dice.choice("bc"))
    count = Said(f"({high.text} + 1 - ({low.text}))", f"({high.code} + 1 - {low.code})")
    if kind == 6:  # equal shares: where there is no term, they divide by 0, and are not asked for
        apart = dice.choice("0011")
        share = Said(f"{of(plain('a')).text} / ({count.text} + {apart})", f"Q({of(plain('a')).code}, {count.code} + {apart})")
        return total(low, high, lambda _: share), of(plain("a")) if apart == "0" else Said(
            f"{count.text} ({share.text})", f"{count.code} * {share.code}"
        )
    return total(low, high, lambda _: plain("r")), Said(f"{count.text} r", f"{count.code} * r")


def points(dice: random.Random) -> Iterator[dict[str, object]]:
    for _ in range(POINTS):
        tables: dict[str, list[Fraction]] = {name: [dice.choice(VALUES) for _ in range(24)] for name in "FG"}
        yield {
            **{name: dice.randrange(5) for name in "abc"},
            "m": dice.randrange(1, 5),
            "r": dice.choice(VALUES),
            "F": tables["F"].__getitem__,
            "G": tables["G"].__getitem__,
            "Q": lambda above, below: Fraction(above) / below,
            "S": lambda low, high, term: sum((Fraction(term(k)) for k in range(low, high + 1)), Fraction(0)),
        }


def counterexample(claim: tuple[Said, Said], hypotheses: tuple[str, ...], dice: random.Random) -> dict[str, object] | None:
    kept = compile(" and ".join(h.replace(" = ", " == ") for h in hypotheses) or "True", "hypotheses", "eval")
    sides = [compile(side.code, "side", "eval") for side in claim]
    for point in points(dice):
        if eval(kept, point) and not agree(sides, point):
            return {name: value for name, value in point.items() if name in "abcmr"}
    return None


def agree(sides: list[CodeType], point: dict[str, object]) -> bool:
    """Whether both sides have a value, and the same."""
    try:
        return bool(eval(sides[0], point) == eval(sides[1], point))
    except ZeroDivisionError:
        return False


def run(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How many claims were accepted, of false ones and of others, and the false ones that a rule accepts."""
    dice, tally, wrong = random.Random(seed), Counter[str](), list[str]()
    for _ in range(count):
        claim = pair(dice)
        text = f"{claim[0].text} = {claim[1].text}"
        about = [h for h in HYPOTHESES if set(re.findall("[abcm]", h)) <= set(re.findall("[abcm]", text))]
        hypotheses = tuple(dice.sample(about, min(len(about), dice.choice((0, 0, 1, 2)))))
        point = counterexample(claim, hypotheses, dice)
        given = "; ".join((DECLARED, *hypotheses))
        of = CARDS.setdefault(given, card(given))
        tally["false" if point else "not refuted"] += 1
        accepted = [name for name, by in RULES.items() if kernel(text, by, of=of).accepted]
        tally["asked"] += len(RULES)
        if accepted and point is None:
            tally["accepted"] += 1
        if accepted and point is not None:
            wrong.append(f"{text} | {'; '.join(hypotheses)} | {', '.join(accepted)} | {point}")
    return tally, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    tally, wrong = run(chosen.count, chosen.seed)
    print(dict(tally), "accepted and false:", len(wrong))
    print("\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

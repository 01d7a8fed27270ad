# ruff: noqa: E501  # a term is one entry
"""Lines about terms that have values at some places only: `python -m tests.proof.derivations.valued [--count N] [--seed S]`.

Each line is made twice, as a formula and as Python: roots, logarithms, quotients, kinks and powers of what may be 0, sums over
ranges that may be empty, each beside what holds for most letters. A line that is accepted, under conditions or without, must
hold at every place where both of its sides have values.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from mathcore.evidence import Level
from mathcore.language.parser import Context
from mathcore.proof.lines import judge

DECLARED = "x, y: real; v: nonnegative; t, T, s: natural; F: real[naturals]; P: positive[naturals]"
TERMS = (  # text, Python
    ("x", "x"), ("y", "y"), ("v", "v"), ("abs(x)", "abs(x)"), ("max(x, y)", "max(x, y)"), ("min(x, v)", "min(x, v)"),
    ("step(x)", "float(x >= 0)"), ("x step(x)", "max(x, 0)"), ("sqrt(v)", "sqrt(v)"), ("sqrt(x)", "sqrt(x)"), ("sqrt(x)^2", "sqrt(x)**2"),
    ("log(v)", "log(v)"), ("log(abs(x))", "log(abs(x))"), ("exp(log(x))", "exp(log(x))"), ("v^t", "v**t"), ("x^t", "x**t"), ("1 / x", "1 / x"),
    ("x / x", "x / x"), ("x y / x", "x * y / x"), ("F[t]", "F[t]"), ("F[0]", "F[0]"), ("abs(F[t])", "abs(F[t])"), ("sqrt(F[t])", "sqrt(F[t])"),
    ("sum(s = 1..T: sqrt(F[s]))", "S(1, T, lambda s: sqrt(F[s]))"), ("sum(s = 0..t: F[s])", "S(0, t, lambda s: F[s])"),
    ("sum(s = 1..T: log(P[s]))", "S(1, T, lambda s: log(P[s]))"), ("sum(s = 1..t: F[s]^2 / F[s])", "S(1, t, lambda s: F[s]**2 / F[s])"),
    ("sum(s = 1..T: P[s])", "S(1, T, lambda s: P[s])"), ("sum(s = 1..T: v^s)", "S(1, T, lambda s: v**s)"), ("T", "T"), ("0", "0"), ("1", "1"),
)  # fmt: skip
AROUND = (
    ("{}", "{}"), ("abs({})", "abs({})"), ("sqrt(({})^2)", "sqrt(({})**2)"), ("max({}, 0)", "max({}, 0)"), ("({}) + v", "({}) + v"),
    ("({}) v^t", "({}) * v**t"), ("sqrt({})^2", "sqrt({})**2"), ("({})^2 / ({})", "({0})**2 / ({0})"), ("({}) + 1", "({}) + 1"),
)  # fmt: skip
RELATIONS = (("=", "=="), ("<=", "<="), (">=", ">="), ("<", "<"), (">", ">"))
NUMBERS = (-2.0, -1.0, 0.0, 0.5, 1.0, 3.0)
PLACES = 160


@dataclass(frozen=True)
class Valued:
    """A first line, the next, and what the next says, as Python: premises, the two sides and their relation."""

    first: str
    line: str
    sides: tuple[str, ...]
    op: str
    arrow: str = ""


def lines(seed: int) -> Iterator[Valued]:
    dice = random.Random(seed)
    while True:
        (a, one), (b, other), (text, code) = dice.choice(TERMS), dice.choice(TERMS), dice.choice(AROUND)
        (op, sign), kind = dice.choice(RELATIONS), dice.randrange(4)
        changed = text.replace("{}", b), code.replace("{}", other).replace("{0}", other)
        if kind == 0:
            yield Valued(b, f"{op} {changed[0]}", (other, changed[1]), sign)
        elif kind == 1:
            yield Valued(f"{a} + {b}", f"{op} {a} + {changed[0]}", (f"{one} + {other}", f"{one} + {changed[1]}"), sign)
        elif kind == 2:
            yield Valued(b, f"{op} {a}", (other, one), sign)
        else:
            arrow, (more, last) = dice.choice(("=>", "<=>")), dice.choice(RELATIONS)
            yield Valued(f"{b} = {changed[0]}", f"{arrow} {a} {more} {b}", (other, changed[1], one, other), last, arrow)


def places(dice: random.Random) -> Iterator[dict[str, Any]]:
    for _ in range(PLACES):
        yield {
            "x": dice.choice(NUMBERS),
            "y": dice.choice(NUMBERS),
            "v": abs(dice.choice(NUMBERS)),
            "t": dice.randrange(4),
            "T": dice.randrange(4),
            "F": dice.choices(NUMBERS, k=8),
            "P": dice.choices((0.5, 1.0, 3.0), k=8),
            "sqrt": math.sqrt,
            "log": math.log,
            "exp": math.exp,
            "S": lambda low, high, term: sum(term(k) for k in range(low, high + 1)),
        }


def related(one: float, op: str, other: float) -> bool:
    if math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9):
        return op in ("==", "<=", ">=")
    return one < other if "<" in op else one > other if ">" in op else False


def fails(line: Valued, dice: random.Random) -> dict[str, Any] | None:
    """A place where both sides have values and the line is false."""
    codes = [compile(side, "side", "eval") for side in line.sides]
    for place in places(dice):
        with suppress(ValueError, ZeroDivisionError, OverflowError):
            values = [eval(code, place) for code in codes]
            holds = related(values[-2], line.op, values[-1])
            if line.arrow:
                before = related(values[0], "==", values[1])
                holds = before == holds if line.arrow == "<=>" else not before or holds
            if not holds:
                return {name: value for name, value in place.items() if name in "xyvtTFP"}
    return None


def run(count: int, seed: int, seconds: float = 0.8) -> tuple[Counter[str], list[str]]:
    """How many lines got each verdict, and those that were accepted and fail."""
    dice, tally, wrong = random.Random(seed), Counter[str](), list[str]()
    for line, _ in zip(lines(seed), range(count), strict=False):
        (judged,) = judge(Context().given(DECLARED), line.first, [line.line], timeout=seconds).lines
        tally[str(judged.verdict.level)] += 1
        place = fails(line, dice) if judged.verdict.held or judged.verdict.level is Level.CONDITIONAL else None
        if place is not None:
            wrong.append(f"{line.first} {line.line}: {judged.verdict.level} {judged.verdict.conditions}, and false at {place}")
    return tally, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    tally, wrong = run(chosen.count, chosen.seed)
    print(dict(tally), "accepted and false:", len(wrong))
    print("\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

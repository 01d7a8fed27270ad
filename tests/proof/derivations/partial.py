# ruff: noqa: E501  # an identity is one entry
"""Lines that hold wherever both sides have values: `python -m tests.proof.derivations.partial [--count N] [--seed S]`.

Powers with fractions and letters for exponents, roots, logarithms, quotients, values put in by `at` and limits, of what may be
negative or 0. None of these lines may be refuted, whatever side has no value somewhere; each has a twin that is false at every
place where both sides have values, and that has to be.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mathcore.evidence import Level
from mathcore.language.parser import Context
from mathcore.proof.lines import judge

DECLARED = "x, y, s, q: real; v: nonnegative; t: natural; n: size; z: real[n]; k: index[n]"
PARTS = ("x", "y", "x - 1", "x y", "x + y", "2 x", "x - y", "v - 1", "t - 1", "x^3", "3 - x", "x / 2")
EQUAL = (  # of any u where both sides have values
    ("(u^(1/3))^3", "u"), ("u^(1/2) u^(1/2)", "u"), ("u^0.5 u^1.5", "u^2"), ("u^(-1/2) u^(1/2)", "1"), ("u^(3/2) / u^(1/2)", "u"),
    ("(u^(1/4))^2", "u^(1/2)"), ("u^y u^(-y)", "1"), ("(u^y)^2", "u^(2 y)"), ("u^2.5", "u^2 sqrt(u)"), ("u^(-2) u^2", "1"),
    ("at(s = u: 1 / s) u", "1"), ("at(s = u: sqrt(s))^2", "u"), ("at(s = u: s^(1/2))^2", "u"), ("at(s = u: log(s))", "log(u)"),
    ("lim(q -> inf: (u + 1 / q) / u)", "1"), ("exp(log(u))", "u"), ("exp(log(u) / 2)", "sqrt(u)"), ("-log(u)", "log(1 / u)"),
    ("log(u^(1/2))", "log(u) / 2"), ("u / u", "1"), ("sqrt(u) / u", "1 / sqrt(u)"), ("exp(y log(u))", "u^y"),
    ("sum(k: z[k]^(1/2) z[k]^(1/2))", "sum(k: z[k])"), ("sum(k: u z[k] / u)", "sum(k: z[k])"), ("sum(k: exp(log(z[k])))", "sum(k: z[k])"),
)  # fmt: skip
LESS = (  # by less than 1, or by any amount: the twin is turned round
    ("log(u) - 1", "log(u)"), ("log(u)", "log(2 u)"), ("0", "exp(log(u))"), ("0", "1 / (1 + log(u)^2)"), ("-1", "u^(1/2)"), ("-1", "u^(1/4)"),
    ("0", "u^(-1/2)"), ("-log(u) - 2", "1 - log(u)"), ("y log(u) - 1", "y log(u)"), ("0", "exp(y log(u))"), ("0", "at(s = u: s^(-1/2))"),
)  # fmt: skip
AROUND = ("{}", "({}) + y", "2 ({})", "({}) + sqrt(v)", "({}) - x^(1/3)", "({}) + 1 / x")
SECONDS = 1.0


@dataclass(frozen=True)
class Partial:
    first: str
    line: str
    true: bool


def lines(seed: int) -> Iterator[Partial]:
    """A line and its twin, in turn."""
    dice = random.Random(seed)
    while True:
        equal = dice.random() < 0.7
        pair = dice.choice(EQUAL if equal else LESS)
        part, around = dice.choice(PARTS), dice.choice(AROUND)
        a, b = (around.format(_put(side, part)) for side in pair)
        turned = dice.random() < 0.3
        if equal:
            a, b = (b, a) if turned else (a, b)
            yield Partial(a, f"= {b}", True)
            yield Partial(a, f"= {b} + 1", False)
        else:
            a, b, op, wrong = (b, a, ">", "<=") if turned else (a, b, "<", ">=")
            yield Partial(a, f"{op} {b}", True)
            yield Partial(a, f"{wrong} {b}", False)


def _put(text: str, part: str) -> str:
    return "".join(f"({part})" if c == "u" and text[max(0, p - 1) : p + 2] != "sum" else c for p, c in enumerate(text))


def run(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How many lines got each verdict, and those that are judged wrongly: true and refuted, or false and accepted."""
    context, tally, wrong = Context().given(DECLARED), Counter[str](), list[str]()
    for line, _ in zip(lines(seed), range(2 * count), strict=False):
        (judged,) = judge(context, line.first, [line.line], timeout=SECONDS).lines
        level = judged.verdict.level
        tally[f"{'true' if line.true else 'false'}, {level}"] += 1
        if level is Level.REFUTED if line.true else level in (Level.PROVED, Level.CONDITIONAL):
            wrong.append(f"{line.first} {line.line}: {level} {judged.verdict.counterexample}")
    return tally, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    tally, wrong = run(chosen.count, chosen.seed)
    print(dict(tally), "judged wrongly:", len(wrong))
    print("\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

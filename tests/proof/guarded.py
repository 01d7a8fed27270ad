"""Zero times a logarithm, in many spellings: `python -m tests.proof.guarded [--count N] [--seed S]`.

A factor that may be 0 stands beside a logarithm of what is made of it by sums, products, quotients and functions; the same is
claimed with one of its quotients cancelled or written out. What the kernel accepts without a condition has a value, and the
same one, wherever the factor is 0: the balls, which know of no normal form, do not contradict it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter

from mathcore.evidence import Level
from mathcore.proof.at_points import at_points
from mathcore.rules.rewrite import Rewrite
from tests.proof.pipeline import card, kernel

DECLARED = "v, w: nonnegative; u: unit; x: real; r: positive; n: size; p, q: simplex[n]; i, k: index[n]"
FACTORS = ("v", "u", "(1 - u)", "p[i]", "(v + w)", "(v w)")
ONE = (
    "{0} / {0}",
    "({0} + w) / ({0} + w)",
    "{0}^2 / ({0} {0})",
    "r {0} / ({0} r)",
    "{0}^(-1) {0}",
    "0 / {0} + 1",
    "q[i] / q[i]",
    "log({0}) - log({0}) + 1",
    "at(x = {0}: x / x)",
    "0 log({0}) + 1",
    "D(x + log({0}) - log({0}), x)",
)
AROUND = ("exp({})", "abs({})", "sqrt({})", "max({}, 0)", "({})^2", "step({})", "log(1 + {})", "1 / ({})", "({})", "({})", "({})")
WHOLE = ("1 + {}", "2 - {}", "{}", "{} / (1 + w)", "r {}", "({} + r) / r", "sum(k: {})", "v + {}", "1 / ({} + w)")


def claim(dice: random.Random) -> str:
    """factor log(... 1 ...) on both sides, the 1 as a quotient on the left."""
    factor, around, whole = dice.choice(FACTORS), dice.choice(AROUND), dice.choice(WHOLE)
    if dice.random() < 0.3:
        around = around.format(f"({dice.choice(AROUND)})")
    quotient = dice.choice(ONE).format(factor)
    left, right = (whole.format(f"({around.format(one)})") for one in (f"({quotient})", "1"))
    return f"{factor} log({left}) = {factor} log({right})"


def run(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    dice, tally, wrong = random.Random(seed), Counter[str](), list[str]()
    of = card(DECLARED)
    for _ in range(count):
        text = claim(dice)
        accepted = kernel(text, Rewrite(), of=of).accepted
        tally["accepted" if accepted else "not accepted"] += 1
        if accepted and (found := at_points(of.context, of.context.parse(text))).level is Level.REFUTED:
            wrong.append(f"{text}: {found.counterexample}")
    return tally, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    tally, wrong = run(chosen.count, chosen.seed)
    print(dict(tally), "accepted and contradicted:", len(wrong))
    print("\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

"""Random bounds under hypotheses about every natural number, labelled by hand: `python -m tests.proof.balls.endless [--count N]`.

Each form says what the largest c is that keeps the hypotheses for ever; some leave no c at all, and then every claim holds.
A claim that holds is not refuted, however long the hypotheses hold of others; one that fails is not proved.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from mathcore.evidence import Level
from mathcore.proving import prove

GIVEN = "w: real[naturals]; c: real; t: natural; "
SECONDS = 0.15
HALF = Fraction(1, 2)


def growing(a: int, b: int) -> int | None:
    """The largest start of c, c + b, ... that stays below a."""
    return None if b > 0 else a


def scaled(a: int, q: Fraction | int) -> int | None:
    """The largest start of c, q c, q^2 c, ... that stays below a."""
    if a < 0:
        return None if q == HALF else a
    return 0 if q == 2 else a


Form = tuple[str, Callable[[int, int], int | None]]
FORMS: tuple[Form, ...] = (
    ("c <= {a} + ({b}) / (t + 1)", lambda a, b: a + min(b, 0)),
    ("c <= {a} + ({b}) / 2^t", lambda a, b: a + min(b, 0)),
    ("c <= {a} + ({b}) t", lambda a, b: None if b < 0 else a),
    ("c <= w[t]; w[t + 1] = w[t] / 2; w[0] = {a}", lambda a, b: min(a, 0)),
    ("c <= w[t]; w[t] <= {a} + ({b}) / (t + 1)", lambda a, b: a + min(b, 0)),
    ("w[0] = c; w[t + 1] = w[t] + ({b}); w[t] <= {a}", growing),
    ("w[0] = c; w[t + 1] >= w[t] + ({b}); w[t] <= {a}", growing),
    ("w[0] = c; w[t + 1] = 2 w[t]; w[t] <= {a}", lambda a, b: scaled(a, 2)),
    ("w[0] = c; w[t + 1] = w[t] / 2; w[t] <= {a}", lambda a, b: scaled(a, HALF)),
    ("w[0] = c; w[t] <= {a}", lambda a, b: a),
    ("w[0] = c; w[t + 1] = w[t]; w[11] <= {a}", lambda a, b: a),
    ("w[t] <= {a}; w[14] = c", lambda a, b: a),
)


def run(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How many answers of each kind, and those that are lies."""
    dice, levels, lies = random.Random(seed), Counter[str](), list[str]()
    for number in range(count):
        said, largest = FORMS[number % len(FORMS)]
        a, b = dice.randint(-2, 3), dice.randint(-2, 2)
        most = largest(a, b)
        bound = dice.choice((-1, -HALF, -Fraction(1, 20), 0, HALF)) + (most if most is not None else a)
        holds = most is None or most <= bound
        claim, given = f"c <= {bound}", GIVEN + said.format(a=a, b=b)
        level = prove(claim, given=given, timeout=SECONDS).level
        levels[f"{'true' if holds else 'false'}, {level}"] += 1
        if level in ((Level.REFUTED, Level.CONFLICT) if holds else (Level.PROVED, Level.CONDITIONAL, Level.CONFLICT)):
            lies.append(f"{claim}  given {given}: {level}")
    return levels, lies


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.balls.endless", description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=240, help="claims")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    levels, lies = run(chosen.count, chosen.seed)
    print("\n".join(lies))
    print(f"{sum(levels.values())} claims: {dict(sorted(levels.items()))}; {len(lies)} lies")
    return int(bool(lies) or not levels)


if __name__ == "__main__":
    sys.exit(main())

"""Random assumptions of sympy and simple claims about what is assumed: `python -m tests.proof.prover.assumptions --count N`.

The truth comes from sympy's own meaning of the assumptions: exact numbers of which sympy says that they satisfy them all. A
claim that is false of one such number must not be proved; a claim is refuted only at a number that satisfies them.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter

import sympy as S
from sympy.core.assumptions import _assume_defined
from sympy.core.facts import InconsistentAssumptions

from mathcore.evidence import Level
from mathcore.proof.prover.error import WrongUse
from mathcore.proving import prove

ASSUMPTIONS = sorted(_assume_defined)
READ = ("real", "integer", "even", "odd", "zero", "nonzero", "positive", "negative", "nonnegative", "nonpositive")
NUMBERS = [
    *map(S.Integer, range(-9, 10)),
    *(S.Rational(p, q) for p, q in ((1, 2), (-1, 2), (1, 3), (-1, 3), (2, 3), (3, 2), (-3, 2), (-7, 3), (7, 2))),
    *(S.sqrt(2), -S.sqrt(2), S.pi, -S.E, S.sqrt(2) / 2),
    *(S.I, -S.I, 2 * S.I, 1 + S.I),
    *(S.oo, -S.oo),
]  # fmt: skip

CLAIMS = (
    (lambda s: s, ">=", lambda s: 0),
    (lambda s: s, ">", lambda s: 0),
    (lambda s: s, "<=", lambda s: 0),
    (lambda s: s, "<", lambda s: 0),
    (lambda s: s, "!=", lambda s: 0),
    (lambda s: s, "=", lambda s: 0),
    (lambda s: s, "=", lambda s: 2),
    (lambda s: s, ">=", lambda s: 1),
    (lambda s: s, "<=", lambda s: -1),
    (lambda s: 2 * s, "!=", lambda s: 1),
    (lambda s: s, "!=", lambda s: 3),
    (lambda s: s**2, ">=", lambda s: 0),
    (lambda s: s**2, ">", lambda s: 0),
    (lambda s: s**2, ">=", lambda s: s),
    (lambda s: s**2, ">=", lambda s: 1),
    (lambda s: s**3, ">=", lambda s: s),
    (lambda s: s**2, "!=", lambda s: 2),
    (lambda s: s**2, "=", lambda s: 1),
    (lambda s: s * (s - 1), ">=", lambda s: 0),
    (lambda s: (s - 2) * (s - 3), ">=", lambda s: 0),
    (lambda s: S.Abs(s), "=", lambda s: s),
    (lambda s: S.Abs(s), "=", lambda s: -s),
    (lambda s: S.sqrt(s**2), "=", lambda s: s),
    (lambda s: s, "<", lambda s: s + 1),
    (lambda s: S.exp(s), ">", lambda s: 0),
    (lambda s: S.exp(s), ">=", lambda s: 1),
    (lambda s: (-1) ** (2 * s), "=", lambda s: 1),
    (lambda s: (-1) ** s, "=", lambda s: 1),
    (lambda s: s * (s + 1) * (s + 2), "!=", lambda s: 1),
)
SIGNS = {"=": S.Eq, "!=": S.Ne, "<=": S.Le, "<": S.Lt, ">=": S.Ge, ">": S.Gt}


def assumed(pick: random.Random) -> dict[str, bool]:
    """One to three assumptions that do not contradict each other."""
    while True:
        words = READ if pick.random() < 0.6 else ASSUMPTIONS
        said = {pick.choice(words): pick.random() < 0.7 for _ in range(pick.choice((1, 1, 2, 2, 3)))}
        if pick.random() < 0.4:
            said[pick.choice(("real", "integer"))] = True
        try:
            S.Symbol("s", **said)
        except InconsistentAssumptions:
            continue
        return said


def member(number, said: dict[str, bool]) -> bool:
    """Whether sympy says so; of a symbol of which nothing is assumed the prover says that it is read as real."""
    if not set(said) - {"commutative"}:
        return bool(number.is_real)
    return all(getattr(number, f"is_{k}") is v for k, v in said.items())


def holds(claim, number) -> bool | None:
    """Whether the claim is true of a number; None where it has no truth value (a side without a value, or none decided)."""
    left, op, right = claim
    try:
        sides = S.sympify(left(number)), S.sympify(right(number))
        if S.nan in sides or S.zoo in sides:
            return None
        found = SIGNS[op](*(S.simplify(side) for side in sides))
    except TypeError:  # an order of numbers that are not real: not true
        return False
    return bool(found) if found in (True, False) else None


def point(verdict, shape: bool):
    """The number at which the claim was refuted."""
    given = dict(re.findall(r"(\w+) = (\[[^\]]*\]|[^,;]+)", verdict.counterexample.rpartition(" at ")[2]))
    if shape and "s" in given:
        return S.sympify(given["s"].strip("[]").split(",")[int(given["i"]) - 1])
    if "s" in given:
        return S.sympify(given["s"])
    written = re.search(r"\bs is written ([^;]+)", verdict.reason)
    if written is None:  # nothing is said of it: any number will do
        return None
    return S.sympify(re.sub(r"(\d) s_", r"\1*s_", written[1])).subs("s_", S.sympify(given.get("s_", "0")))


def judged(seed: int) -> tuple[str, str]:
    """The outcome of one draw, and what is wrong with it."""
    pick = random.Random(seed)
    said, claim, shape = assumed(pick), pick.choice(CLAIMS), pick.random() < 0.25
    if shape:
        array, i = S.IndexedBase("s", **said), S.Symbol("i", integer=True)
        letter, options = array[i], {"shapes": {"s": ("n",)}, "indices": {"i": "n"}}
    else:
        letter, options = S.Symbol("s", **said), {}
    left, op, right = claim
    shown = f"seed {seed}: {left(S.Symbol('s'))} {op} {right(S.Symbol('s'))}, {said}{' of an array' * shape}"
    try:
        verdict = prove(S.sympify(left(letter)), op, S.sympify(right(letter)), timeout=0.5, **options)
    except WrongUse as error:
        named = str(error).startswith(("s: ", "lhs", "rhs")) or "has no form" in str(error)
        return "refused", "" if named else f"{shown}: {error}"
    except ValueError as error:
        return "not read", f"{shown}: {error}"
    if verdict.level is Level.CONFLICT:
        return "CONFLICT", shown
    if verdict.level in (Level.PROVED, Level.CONDITIONAL):
        against = [v for v in NUMBERS if member(v, said) and holds(claim, v) is False] if verdict.level is Level.PROVED else []
        return str(verdict.level), f"{shown}: false at {against[0]}" if against else ""
    if verdict.level is Level.REFUTED:
        number = point(verdict, shape)
        if number is None:
            return "refuted", ""
        inside = member(number, said) and holds(claim, number) is False
        return "refuted", "" if inside else f"{shown}: refuted at {number}: {verdict.reason}"
    return str(verdict.level), ""


def run(seeds: range) -> tuple[Counter, list[str]]:
    outcomes: Counter = Counter()
    wrong = []
    for seed in seeds:
        outcome, what = judged(seed)
        outcomes[outcome] += 1
        wrong += [what] if what else []
    return outcomes, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--start", type=int, default=0)
    options = parser.parse_args()
    outcomes, wrong = run(range(options.start, options.start + options.count))
    for line in wrong:
        print(line)
    counts = ", ".join(f"{v} {k}" for k, v in outcomes.most_common())
    print(f"{sum(outcomes.values())} claims: {counts}; {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

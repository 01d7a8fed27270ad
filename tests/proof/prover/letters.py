"""Claims and hypotheses that speak of several letters: `python -m tests.proof.prover.letters [--count N] [--seed S]`.

What is said of i is asked of j, in conjunctions, implications and equivalences, shifted so far that no point which the
engine draws refutes it. What is proved is tried at far points, with an evaluation and a reading of its own: a letter that the
claim lacks stands for every value, `k != i` about such letters says for which values the other hypotheses hold.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from fractions import Fraction
from itertools import product

from mathcore.evidence import Level
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proving import prove

GIVEN = (
    "n: size; x, y: real[n]; N: nonnegative[n]; X: real[n, n]; i, j, k, l: index[n]; a, b: real; v: nonnegative; "
    "t, s, T: natural; F, H: real[naturals]"
)
FAR = 1000000
SAID = (
    ("x[@]", "0"), ("x[@]", "y[@]"), ("X[@, #]", "0"), ("X[@, #]", "X[#, @]"), ("F[~]", "0"), ("F[~ + 1]", "F[~]"),
    ("x[@]", "a"), ("v", "N[@]"), ("x[@]", "y[#]"), ("F[~]", "H[~]"), ("x[@] + y[@]", "b"), ("F[~]", "a"), ("X[@, @]", "a"),
)  # fmt: skip
FEW = ("i != j", "k != i", "k != l", "j != l", "i = j", "k != j", "t >= 2", "s != t", "s <= t", "T >= 3", "n >= 2", "s >= 1")
BESIDE = ("x[i]^2 >= 0", "0 x[j] = 0", "y[k] <= y[k] + v", "F[t]^2 >= 0", "X[i, j]^2 >= 0", "N[l] >= 0", "T >= 0", "n >= 1")
VALUES = [Fraction(v) for v in (-(10**9), -(10**7), -2, -1, 0, 1, 3, 10**7)]


def written(pick: random.Random) -> tuple[str, list[str]]:
    """A claim and its hypotheses."""

    def lettered(pair: tuple[str, str], indices: str, naturals: str) -> tuple[str, str]:
        put = {"@": pick.choice(indices), "#": pick.choice(indices), "~": pick.choice(naturals)}
        left, right = ("".join(put.get(c, c) for c in side) for side in pair)
        return left, right

    said = [(pick.choice(SAID), pick.choice((">=", ">", "=", "<="))) for _ in range(pick.choice((1, 1, 2)))]
    hypotheses = [f" {op} ".join(lettered(pair, "ijkl", "tsT")) for pair, op in said]
    hypotheses += pick.sample(FEW, pick.choice((0, 0, 1, 1, 2)))
    pick.shuffle(hypotheses)

    def follows() -> str:
        pair, op = pick.choice(said)
        large, small = lettered(pair, "ijkl", "tsT0")[:: -1 if op == "<=" else 1]
        return f"{large} - ({small}) + v + {FAR} >= 0"

    beside = pick.choice(BESIDE)
    form = pick.choice(("{0}", "{0}", "{0} and {2}", "{2} and {0}", "{3} => {0}", "{3} => ({0} and {2})", "{3} => ({0} <=> {1})"))
    premise = hypotheses.pop(0) if "{3}" in form else ""
    return form.format(follows(), follows(), beside, premise), hypotheses


# points and what holds there, read anew ---------------------------------------------------------------------------


def point(pick: random.Random) -> dict[str, object]:
    n = pick.choice((1, 2, 2, 3))

    def array(length: int) -> list[Fraction]:
        values = [pick.choice(VALUES) for _ in range(length)]
        if pick.random() < 0.5:  # all but one keep a bound
            values = [max(v, Fraction(0)) for v in values]
            values[pick.randrange(length)] = pick.choice(VALUES)
        return [values[0]] * length if pick.random() < 0.2 else values

    found: dict[str, object] = {"n": n, "x": array(n), "y": array(n), "X": [array(n) for _ in range(n)]}
    found |= {"N": [abs(v) for v in array(n)], "F": array(9), "H": array(9)}
    found |= {name: pick.choice(VALUES) for name in "ab"} | {"v": abs(pick.choice(VALUES))}
    return found | {name: pick.randint(1, n) for name in "ijkl"} | {name: pick.randint(0, 4) for name in "tsT"}


def value(node: t.Expr, at: dict[str, object]) -> Fraction:
    match node:
        case t.Paren(body):
            return value(body, at)
        case t.Number(number, _):
            return number
        case t.Symbol(name, _):
            return Fraction(at[name])  # type: ignore[arg-type]  # numbers and lists stand side by side
        case t.Neg(body):
            return -value(body, at)
        case t.Add(a, b):
            return value(a, at) + value(b, at)
        case t.Sub(a, b):
            return value(a, at) - value(b, at)
        case t.Mul(a, b):
            return value(a, at) * value(b, at)
        case t.Pow(base, exponent):
            return value(base, at) ** int(value(exponent, at))
        case t.Index(t.Symbol(name, kind), indices):
            entry = at[name]
            for size, index in zip(kind.shape, indices, strict=True):
                entry = entry[int(value(index, at)) - (size != t.NATURALS)]  # type: ignore[index]  # numbers and lists stand side by side
            return entry  # type: ignore[return-value]  # numbers and lists stand side by side
    raise ValueError(node)


def holds(node: t.Expr, at: dict[str, object]) -> bool:
    match node:
        case t.Paren(body):
            return holds(body, at)
        case t.And(parts):
            return all(holds(part, at) for part in parts)
        case t.Implies(a, b):
            return not holds(a, at) or holds(b, at)
        case t.Iff(a, b):
            return holds(a, at) is holds(b, at)
        case t.Relation((a, b), (op,)):
            gap = value(a, at) - value(b, at)
            return {"<": gap < 0, "<=": gap <= 0, ">": gap > 0, ">=": gap >= 0, "=": gap == 0, "!=": gap != 0}[op]
    raise ValueError(node)


def kept(hypotheses: tuple[t.Expr, ...], spoken: frozenset[t.Symbol], at: dict[str, object]) -> bool:
    """Whether all hypotheses hold, each for all values of the letters that the claim lacks."""
    counts = {h: {s for s in t.free_symbols(h) if s.type.domain in ("index", "natural") and not s.type.shape} for h in hypotheses}
    loose = {h: letters - spoken for h, letters in counts.items()}
    few = {h for h in hypotheses if loose[h] and all(s in counts[h] or s.type.domain == "size" for s in t.free_symbols(h))}
    for h in (h for h in hypotheses if h not in few):
        letters = sorted(loose[h], key=lambda s: s.name)
        ranges = [range(1, at["n"] + 1) if s.type.domain == "index" else range(6) for s in letters]  # type: ignore[operator]  # numbers and lists stand side by side
        for chosen in product(*ranges):
            here = at | {s.name: v for s, v in zip(letters, chosen, strict=True)}
            if all(holds(c, here) for c in few if loose[c] <= loose[h]) and not holds(h, here):
                return False
    return True


def false_at(claim: str, given: str, pick: random.Random, count: int = 1500) -> dict[str, object] | None:
    """A point at which the hypotheses hold and the claim does not."""
    context = Context().given(given)
    node = context.parse(claim)
    points = (point(pick) for _ in range(count))
    spoken = t.free_symbols(node)
    return next((at for at in points if not holds(node, at) and kept(context.hypotheses, spoken, at)), None)


def run(seeds: range, timeout: float = 0.5) -> tuple[Counter[str], list[str]]:
    """How often each verdict came out; and what was proved though it is false at a point."""
    levels: Counter[str] = Counter()
    wrong: list[str] = []
    for seed in seeds:
        pick = random.Random(seed)
        claim, hypotheses = written(pick)
        given = "; ".join((GIVEN, *hypotheses))
        level = prove(claim, given=given, timeout=timeout).level
        levels[str(level)] += 1
        if level in (Level.PROVED, Level.CONFLICT) and (at := false_at(claim, given, pick)) is not None:
            wrong.append(f"{claim}, given {'; '.join(hypotheses)}: {level}, false at {at}")
    return levels, wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    levels, wrong = run(range(1000 * chosen.seed, 1000 * chosen.seed + chosen.count))
    print("\n".join(wrong))
    print(
        f"{sum(levels.values())} claims: {', '.join(f'{v} {k}' for k, v in sorted(levels.items()))}; wrongly proved: {len(wrong)}"
    )
    return int(bool(wrong) or not levels[str(Level.PROVED)])


if __name__ == "__main__":
    sys.exit(main())

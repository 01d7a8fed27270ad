"""Random limits whose answer is known by how they are made: `python -m tests.proof.growing [--count 2000] [--seed 1]`.

Sums of terms c exp(a x^2) exp(b x) x^p log(x)^q log(log(x))^r are put together; of two terms the one whose (a, b, p, q, r)
comes later in the dictionary grows faster, which is all that the answers rest on. Functions f that grow that way stand in
patterns with a known limit, such as f (exp(1 / f) - 1) -> 1, and x is then replaced by what tends to infinity in other ways.
Each limit is told with its answer and with wrong ones: the first are proved and never refuted, the others never proved.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from mathcore.proving import FormulaError, prove

HALF = Fraction(1, 2)
INFINITE = ("inf", "-inf")


@dataclass(frozen=True)
class Growing:
    """A function of x as text, the exponents (a, b, p, q, r) of its largest term and the coefficient of that."""

    text: str
    size: tuple[Fraction, ...]
    coefficient: Fraction


@dataclass(frozen=True)
class Known:
    """A claim, what is declared, and whether it is true."""

    claim: str
    given: str
    true: bool


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    # functions that grow ------------------------------------------------------------------------------------

    def size(self) -> tuple[Fraction, ...]:
        pick = self.random.choice
        a = pick((0, 0, 0, 0, 1, -1))
        b = pick((0, 0, 1, -1, 2, HALF))
        p = pick((0, 1, 2, 3, -1, -2, HALF, Fraction(1, 100), 20))
        q = pick((0, 0, 0, 1, 2, -1, 5))
        r = pick((0, 0, 0, 0, 1, -1))
        return tuple(map(Fraction, (a, b, p, q, r)))

    def coefficient(self) -> Fraction:
        return self.random.choice((1, 1, 1, -1, 2, -3, Fraction(1, 2), Fraction(5, 3), 10**6, Fraction(-1, 10**5))) * Fraction(1)

    def sum(self, leading: tuple[Fraction, ...] | None = None) -> Growing:
        """A sum of one to four terms of different sizes; the largest as asked for."""
        sizes = {self.size() for _ in range(self.random.randint(1, 4))}
        if leading is not None:
            sizes = {s for s in sizes if s < leading} | {leading}
        terms = [(s, self.coefficient()) for s in sizes]
        self.random.shuffle(terms)
        largest = max(terms)
        return Growing(" + ".join(f"({c}) * {_term(s)}" for s, c in terms), *largest)

    def large(self) -> Growing:
        """A sum that tends to inf."""
        while True:
            found = self.sum()
            if found.size > (0, 0, 0, 0, 0):
                return found if found.coefficient > 0 else Growing(f"-({found.text})", found.size, -found.coefficient)

    # limits -------------------------------------------------------------------------------------------------

    def limit(self) -> tuple[str, str]:
        """A function of x and its limit as x -> inf, as texts."""
        kind = self.random.choice((self.quotient, self.quotient, self.pattern, self.pattern, self.both, self.inside))
        return kind()

    def quotient(self) -> tuple[str, str]:
        above = self.sum()
        below = self.sum(above.size if self.random.random() < 0.5 else None)
        value = above.coefficient / below.coefficient
        if above.size == below.size:
            limit = str(value)
        else:
            limit = "0" if above.size < below.size else "inf" if value > 0 else "-inf"
        return f"({above.text}) / ({below.text})", limit

    def pattern(self) -> tuple[str, str]:
        f, a = self.large().text, Fraction(self.random.choice((1, 2, 3, HALF, Fraction(-1, 3), -2)))
        positive = abs(a)
        return self.random.choice((
            (f"({f}) * (exp(({a}) / ({f})) - 1)", f"{a}"),
            (f"({f}) log(1 + ({a}) / ({f}))", f"{a}"),
            (f"exp(({f}) log(1 + ({a}) / ({f})))", f"exp({a})"),
            (f"sqrt(({f})^2 + ({a}) ({f})) - ({f})", f"{a / 2}"),
            (f"exp(log({f}) / ({f}))", "1"),
            (f"log({f}) / ({f})", "0"),
            (f"({positive}) / ({f}) * log({f})^3", "0"),
            (f"exp(-({positive}) ({f})) ({f})^4", "0"),
            (f"log(1 + exp({f})) - ({f})", "0"),
            (f"1 / (1 + exp(-({f})))", "1"),
            (f"1 / (1 + exp({f}))", "0"),
            (f"({f}) - log({f})^2", "inf"),
            (f"abs(-({f})) / ({f})", "1"),
            (f"max({f}, 1) - max(-({f}), {positive})", "inf"),
            (f"min({f}, {positive})", f"{positive}"),
            (f"({f})^2 (exp(1 / ({f})) + exp(-1 / ({f})) - 2)", "1"),
            (f"log(2 ({f})) - log({f})", "log(2)"),
        ))  # fmt: skip

    def both(self) -> tuple[str, str]:
        (f, a), (g, b) = self.limit(), self.limit()
        if a in INFINITE or b in INFINITE:
            return (f, a)
        return (f"({f}) + ({g})", f"({a}) + ({b})") if self.random.random() < 0.5 else (f"({f}) * ({g})", f"({a}) * ({b})")

    def inside(self) -> tuple[str, str]:
        f, a = self.quotient()
        if a in INFINITE:
            return (f"exp({f})", "inf" if a == "inf" else "0")
        return (f"exp({f})", f"exp({a})") if abs(Fraction(a)) < 100 else (f, a)

    # claims -------------------------------------------------------------------------------------------------

    def claim(self, true: bool) -> Known:
        text, limit = self.limit()
        if not true:
            limit = self.wrong(limit)
        way, given, x = self.random.choice((
            ("x -> inf", "x: real", "x"),
            ("x -> -inf", "x: real", "(-x)"),
            ("v -> 0+", "v: positive", "(1 / v)"),
            ("x -> 2-", "x: real", "(1 / (2 - x))"),
            ("x -> 1+", "x: real", "(1 / (x - 1))"),
            ("n -> inf", "n: natural", "n"),
        ))  # fmt: skip
        return Known(f"lim({way}: {text.replace('@', x)}) = {limit}", given, true)

    def wrong(self, limit: str) -> str:
        if limit in INFINITE:
            return self.random.choice(("0", "1", INFINITE[limit == "inf"]))
        return self.random.choice((f"({limit}) + 1", f"({limit}) + 1 / 1000", "inf", "-inf", f"({limit}) - 10^(-60)"))


def _term(size: tuple[Fraction, ...]) -> str:
    """The text of a term; @ stands for x."""
    a, b, p, q, r = size
    shown = [f"exp(({a}) @^2)" if a else "", f"exp(({b}) @)" if b else "", f"@^({p})" if p else ""]
    shown += [f"log(@)^({q})" if q else "", f"log(log(@))^({r})" if r else ""]
    return " * ".join(filter(None, shown)) or "1"


def judged(count: int, seed: int, timeout: float = 2.0) -> tuple[Counter[str], list[str]]:
    """How often which level came out, and what must not have: a true limit refuted, a false one proved."""
    maker, levels, bad = Maker(seed), Counter[str](), list[str]()
    for turn in range(count):
        known = maker.claim(turn % 2 == 0)
        try:
            level = str(prove(known.claim, given=known.given, timeout=timeout).level)
        except FormulaError:  # its powers are too large to be written
            continue
        levels[f"{'true' if known.true else 'false'} {level}"] += 1
        if level in (("refuted", "CONFLICT") if known.true else ("proved", "conditional", "CONFLICT")):
            bad.append(f"{level}: {known.claim}  given {known.given}")
    return levels, bad


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--timeout", type=float, default=2.0)
    chosen = options.parse_args()
    levels, bad = judged(chosen.count, chosen.seed, chosen.timeout)
    print(*bad, sep="\n")
    print(f"{chosen.count} limits, seed {chosen.seed}: {dict(sorted(levels.items()))}; wrong: {len(bad)}")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())

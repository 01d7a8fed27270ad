# ruff: noqa: E501  # a form is one line
"""Random claims under hypotheses of each form, against brute force: `python -m tests.proof.given [--count N] [--seed S]`.

What a hypothesis means is said here a second time, as a Python expression that quantifies its letters explicitly. A claim
that is proved has no counterexample among small exact points; at a point that refutes one, every hypothesis holds as it is
read and the claim is false; and a claim about what a hypothesis defines gets the verdict of the claim with that written out.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

from mathcore.evidence import Level
from mathcore.proving import prove

DECLARED = "n: size; x, y, d: real[n]; A: real[n, n]; i, j, k, l, m, r: index[n]; c, e: real; "
VALUES = tuple(map(Fraction, (-1, 0, 2)))
LETTERS = ("i", "j", "m")  # that claims name
SECONDS = 1.5
CANDIDATES = 60


@dataclass(frozen=True)
class Form:
    """Hypotheses, what they mean, and what they define: `d[i]` by `defines`, a function of the index in Python and in text."""

    name: str
    given: str
    means: str  # Python; R is the range of indices
    defines: tuple[str, str] | None = None  # d[@] as Python and as text
    every: str = ""  # what they mean if every entry is meant, where that is a second reading
    fixed: tuple[str, ...] = ()  # letters that are one each though no claim names them
    arrays: tuple[str, ...] = ("x", "y")
    told: dict[str, str] = field(default_factory=dict)  # letters that hypotheses give, in Python


FORMS = (
    Form("a bound on every entry", "x[r] >= 0", "all(x[r] >= 0 for r in R)"),
    Form("two arrays, entry by entry", "y[r] <= x[r]", "all(y[r] <= x[r] for r in R)"),
    Form("entries that a number bounds", "x[r] <= c; c <= 0", "all(x[r] <= c for r in R) and c <= 0"),
    Form("all but one are 0", "x[r] = 0; r != j", "all(x[r] == 0 for r in R if r != j)"),
    Form("all but one are below it", "r != j; x[r] <= x[j]", "all(x[r] <= x[j] for r in R if r != j)"),
    Form("a largest entry", "x[r] <= x[m]", "all(x[r] <= x[m] for r in R)"),
    Form("a tie", "x[i] = x[j]", "x[i] == x[j]"),
    Form("an order", "x[i] <= x[j]", "x[i] <= x[j]"),
    Form("two places", "i != j", "i != j"),
    Form("two places and a tie", "i != j; x[i] = x[j]", "i != j and x[i] == x[j]"),
    Form("two arrays are one", "y[r] = x[r]", "all(y[r] == x[r] for r in R)", told={"y": "x"}),
    Form("two arrays are one, with a letter of the claim", "y[i] = x[i]", "all(y[r] == x[r] for r in R)", told={"y": "x"}),
    Form("a definition", "d[r] = 2 x[r] + y[r]", "True", ("2 * x[@] + y[@]", "(2 x[@] + y[@])")),
    Form("a definition with a letter of the claim", "d[i] = 2 x[i] + y[i]", "True", ("2 * x[@] + y[@]", "(2 x[@] + y[@])")),
    Form("a definition at one place", "d[i] = x[i] - x[j]", "True", ("x[@] - x[j]", "(x[@] - x[j])")),
    Form("a mean", "c = sum(r: x[r]) / n; d[i] = x[i] - c", "c == sum(x[r] for r in R) / n", ("x[@] - sum(x[r] for r in R) / n", "(x[@] - sum(k: x[k]) / n)"), told={"c": "sum(x[r] for r in R) / n"}),
    Form("a definition and two places", "d[i] = x[i] y[i]; i != j", "i != j", ("x[@] * y[@]", "(x[@] y[@])")),
    Form("a definition with a sign", "d[r] = x[r] - y[r]; d[r] >= 0", "all(x[r] - y[r] >= 0 for r in R)", ("x[@] - y[@]", "(x[@] - y[@])")),
    Form("one number everywhere", "x[r] = c", "all(x[r] == c for r in R)", told={"x": "[None] + [c] * n"}),
    Form("a diagonal matrix", "A[k, l] = 0; k != l", "all(A[k][l] == 0 for k in R for l in R if k != l)", arrays=("A", "x")),
    Form("a symmetric matrix", "A[i, j] = A[j, i]", "all(A[k][l] == A[l][k] for k in R for l in R)", arrays=("A", "x")),
    Form("rows that sum to 1", "sum(l: A[k, l]) = 1", "all(sum(A[k][l] for l in R) == 1 for k in R)", arrays=("A", "x")),
    Form("one entry, or every one", "x[i] >= 0", "x[i] >= 0", every="all(x[r] >= 0 for r in R)"),
    Form("one entry is a number, or every one", "x[i] = c", "x[i] == c", every="all(x[r] == c for r in R)"),
    Form("a tie of two, or of all", "x[k] = x[l]", "x[k] == x[l]", every="all(x[k] == x[l] for k in R for l in R)", fixed=("k", "l")),
)  # fmt: skip

# terms of claims: text and Python; k is bound in them
VECTOR = (
    ("x[i]", "x[i]"), ("x[j]", "x[j]"), ("x[m]", "x[m]"), ("y[i]", "y[i]"), ("y[j]", "y[j]"), ("n", "n"), ("0", "0"), ("1", "1"), ("c", "c"),
    ("sum(k: x[k])", "sum(x[k] for k in R)"), ("sum(k: y[k])", "sum(y[k] for k in R)"), ("sum(k: x[k]^2)", "sum(x[k]**2 for k in R)"),
    ("n x[i]", "n * x[i]"), ("n x[j]", "n * x[j]"), ("x[i] x[j]", "x[i] * x[j]"), ("n c", "n * c"), ("sum(k: x[k] y[k])", "sum(x[k] * y[k] for k in R)"),
    ("max(k: x[k])", "max(x[k] for k in R)"), ("x[i]^2", "x[i]**2"), ("sum(k: y[k]^2)", "sum(y[k]**2 for k in R)"), ("2", "2"),
)  # fmt: skip
MATRIX = (
    ("A[i, j]", "A[i][j]"), ("A[j, i]", "A[j][i]"), ("A[i, i]", "A[i][i]"), ("sum(k: A[i, k])", "sum(A[i][k] for k in R)"), ("n", "n"), ("1", "1"),
    ("sum(k: A[k, k])", "sum(A[k][k] for k in R)"), ("sum(k, l: A[k, l])", "sum(A[k][l] for k in R for l in R)"), ("x[i]", "x[i]"), ("0", "0"),
    ("sum(k: A[k, j])", "sum(A[k][j] for k in R)"), ("sum(k: A[i, k] x[k])", "sum(A[i][k] * x[k] for k in R)"), ("A[i, i] x[i]", "A[i][i] * x[i]"),
    ("sum(k: A[k, i] x[k])", "sum(A[k][i] * x[k] for k in R)"),
)  # fmt: skip
RELATIONS = (("=", "=="), ("<=", "<="), (">=", ">="), ("<", "<"), ("!=", "!="))


def terms(form: Form) -> list[tuple[str, str, str]]:
    """(text, Python, text with what is defined written out)."""
    found = [(t, p, t) for t, p in (MATRIX if "A" in form.arrays else VECTOR)]
    if form.defines is None:
        return found
    code, text = form.defines

    def at(place: str) -> tuple[str, str]:
        return f"({code.replace('@', place)})", text.replace("@", place)

    (pi, ti), (pj, tj) = at("i"), at("j")
    pk, tk = at("q")[0], text.replace("@", "k").replace("sum(k: x[k])", "sum(l: x[l])")
    found += [
        ("d[i]", pi, ti),
        ("d[j]", pj, tj),
        ("sum(k: d[k])", f"sum({pk} for q in R)", f"sum(k: {tk})"),
        ("n d[i]", f"n * {pi}", f"n {ti}"),
        ("sum(k: d[k] x[k])", f"sum({pk} * x[q] for q in R)", f"sum(k: {tk} x[k])"),
    ] * 3
    return found


@dataclass(frozen=True)
class Case:
    form: Form
    claim: str
    code: str  # the claim in Python
    unfolded: str


def case(form: Form, dice: random.Random) -> Case:
    """A claim that speaks of what the hypotheses speak of."""
    pool = terms(form)
    while True:
        chosen = [dice.choice(pool) for _ in range(dice.choice((2, 2, 3)))]
        op, python = dice.choice(RELATIONS)
        left, *rest = chosen
        claim, code, unfolded = (
            f"{left[p]} {sign} {rest[0][p]}" + (f" + {rest[1][p]}" if len(rest) > 1 else "")
            for p, sign in ((0, op), (1, python), (2, op))
        )
        if "" not in (claim, code) and left != rest[0] and _names_enough(form, claim):
            return Case(form, claim, code, unfolded)


def _names_enough(form: Form, claim: str) -> bool:
    """Letters of the hypotheses that a claim has to name, so that they are those letters."""
    named = {letter for letter in LETTERS if re.search(rf"[\[ ,]{letter}[\],]", claim)}
    spoken = {letter for letter in LETTERS if re.search(rf"\b{letter}\b", form.given)}
    if form.defines is not None and "x[j]" not in form.defines[0]:
        spoken -= {"i", "j"} if "!=" not in form.given else set()
    if (form.every and not form.fixed) or form.name in ("a tie", "an order", "two places and a tie"):
        return spoken <= named
    if "!=" in form.given and form.defines is None and form.name != "two places":
        return spoken <= named
    return "m" not in spoken or "m" in named


# brute force ------------------------------------------------------------------------------------------------------------


def points(form: Form, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Small exact points, all or many."""
    for n in (1, 2, 3):
        r = range(1, n + 1)
        if "A" in form.arrays:
            shapes = [[Fraction(v) for v in dice.choices((-1, 0, 0, 1, 2), k=n * n + n)] for _ in range(150)]
            shapes += [[Fraction(a == b) for a in r for b in r] + [Fraction(2)] * n]
        else:
            shapes = (
                [list(v) for v in product(VALUES, repeat=2 * n)] if n < 3 else [dice.choices(VALUES, k=2 * n) for _ in range(250)]
            )
        for values in shapes:
            point: dict[str, Any] = {"n": n, "R": r}
            if "A" in form.arrays:
                made = [values[a * n : (a + 1) * n] for a in range(n)]
                if "symmetric" in form.name:
                    made = [[made[min(a, b)][max(a, b)] for b in range(n)] for a in range(n)]
                if "diagonal" in form.name:
                    made = [[made[a][b] if a == b else Fraction(0) for b in range(n)] for a in range(n)]
                if "rows" in form.name:
                    made = [[*row[:-1], 1 - sum(row[:-1])] for row in made]
                point |= {"A": [[], *([None, *row] for row in made)], "x": [None, *values[n * n :]]}
            else:
                point |= {"x": [None, *values[:n]], "y": [None, *values[n:]]}
            for places in product(r, repeat=len(LETTERS) + len(form.fixed)):
                for c in (Fraction(0), Fraction(2), sum(point["x"][1:], Fraction(0)) / n):
                    yield point | dict(zip((*LETTERS, *form.fixed), places, strict=True)) | {"c": c}


def counterexample(one: Case, means: str, dice: random.Random) -> dict[str, Any] | None:
    held, said = compile(means, "reading", "eval"), compile(one.code, "claim", "eval")
    for point in points(one.form, dice):
        if eval(held, point) and not eval(said, point):
            return point
    return None


def _holds(code: str, point: dict[str, Any]) -> bool:
    return bool(eval(code, dict(point)))


def parsed(text: str) -> dict[str, Any]:
    """The point of a counterexample: `... is false at n = 2, x = [1, 2], i = 1`."""
    point: dict[str, Any] = {}
    where = text.rpartition(" at ")[2].split(";")[0]
    told = re.findall(r"((?:\w+ = )+)(\[\[.*?\]\]|\[.*?\]|-?[\d/]+)", where)  # also `n = j = 2`
    for name, value in ((name, value) for names, value in told for name in names.split(" = ")[:-1]):
        if value.startswith("[["):
            rows = [[Fraction(v) for v in row.split(",")] for row in re.findall(r"\[([^\[\]]+)\]", value)]
            point[name] = [[], *([None, *row] for row in rows)]
        elif value.startswith("["):
            point[name] = [None, *(Fraction(v) for v in value[1:-1].split(","))]
        else:
            point[name] = int(value) if name in ("n", *LETTERS, "k", "l") else Fraction(value)
    return point


# judging ----------------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    levels: Counter[str] = field(default_factory=Counter)
    lies: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    compared: int = 0


def judge(one: Case, tally: Tally, dice: random.Random, seconds: float = SECONDS) -> None:
    given = DECLARED + one.form.given
    verdict = prove(one.claim, given=given, timeout=seconds)
    tally.levels[str(verdict.level)] += 1
    told = f"{one.claim}  given {one.form.given}: {verdict.level}"
    if verdict.level in (Level.PROVED, Level.CONDITIONAL):
        means = one.form.every if one.form.every and any(" for every " in r for r in verdict.reading) else one.form.means
        if (found := counterexample(one, means, dice)) is not None:
            tally.lies.append(f"{told}, but false at {found}")
    if verdict.level is Level.REFUTED and "sqrt" not in verdict.counterexample:  # such numbers are no fractions
        point = parsed(verdict.counterexample)
        n = point.setdefault("n", 2)
        untold = [letter for letter in LETTERS if letter not in point]  # the claim does not depend on them
        zeros = [None, *[Fraction(0)] * n]
        point = (
            {"x": zeros, "y": zeros, "c": Fraction(0), "A": [zeros] * (n + 1)} | dict.fromkeys((*LETTERS, "k", "l"), 1) | point
        )
        point["R"] = range(1, n + 1)
        for name, code in one.form.told.items():  # what a point need not say
            point[name] = eval(code, dict(point))
        places = (dict(zip(untold, chosen, strict=True)) for chosen in product(point["R"], repeat=len(untold)))
        means = one.form.every or one.form.means
        if not any(_holds(means, point | place) for place in places) or _holds(one.code, point):
            tally.lies.append(f"{told} at {verdict.counterexample}, where a hypothesis fails or the claim holds")
    if verdict.level is Level.CONFLICT:
        tally.lies.append(told)
    if one.form.defines is not None and not one.form.every:
        rest = "; ".join(h for h in one.form.given.split("; ") if not h.startswith(("d[", "c =")))
        signs = "; x[r] - y[r] >= 0" if "sign" in one.form.name else ""
        unfolded = re.sub(r"\bc\b", "(sum(l: x[l]) / n)", one.unfolded) if one.form.name == "a mean" else one.unfolded
        other = prove(unfolded, given=DECLARED + rest + signs, timeout=seconds)
        tally.compared += 1
        if other.level is not verdict.level:
            tally.differing.append(f"{told}, and {unfolded} is {other.level}")


def run(count: int, seed: int, only: str = "", seconds: float = SECONDS) -> Tally:
    dice, tally = random.Random(seed), Tally()
    chosen = [form for form in FORMS if only in form.name]
    for place in range(count):
        form = chosen[place % len(chosen)]
        one = case(form, dice)
        for _ in range(
            CANDIDATES if (place // len(chosen)) % 2 == 0 else 0
        ):  # every second time one that is true of small points
            if counterexample(one, form.every or form.means, dice) is None:
                break
            one = case(form, dice)
        judge(one, tally, dice, seconds)
    return tally


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.given", description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=250, help="claims")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="forms whose name holds this")
    chosen = parser.parse_args(arguments)
    started = time.perf_counter()
    tally = run(chosen.count, chosen.seed, chosen.only)
    for line in (*tally.lies, *(f"not alike: {d}" for d in tally.differing)):
        print(line)
    levels = ", ".join(f"{n} {level}" for level, n in sorted(tally.levels.items()))
    print(f"{sum(tally.levels.values())} claims under {len(FORMS)} forms of hypotheses: {levels}; {len(tally.lies)} lies")
    print(f"{tally.compared} claims also with their definitions written out: {len(tally.differing)} with another verdict")
    print(f"{time.perf_counter() - started:.0f} s")
    return int(bool(tally.lies or tally.differing) or not tally.levels)


if __name__ == "__main__":
    sys.exit(main())

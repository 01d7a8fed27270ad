# ruff: noqa: E501  # tables of pieces
"""Formulas as students type them, mangled at random: `python -m tests.language.notations --count N`.

Each is read, or refused in one line with the place and a remedy: never a traceback, never a word of the parser's own.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from contextlib import suppress

from mathcore.language.parser import Context, FormulaError

G = "n, m: size; x, y: real; a: positive; z: real[n]; X: real[n, m]; p: simplex[n]; i, k: index[n]; j: index[m]; f: function; t: natural"
WHOLE = (
    "sum(k: p[k]) = 1", "exp(x) > 0", "z[i] / sum(k: exp(z[k])) <= 1", "D(x^2, x) = 2 x", "lim(x -> 0: x / (1 + x)) = 0", "X[i, j] z[i] = 0",
    "sum(k = 1..n: k) = n (n + 1) / 2", "forall(k: p[k] >= 0)", "max(k: z[k]) >= z[i]", "delta(i, k) <= 1", "abs(x y) = abs(x) abs(y)",
    "log(a) <= a - 1", "f(x + y) = f(y + x)", "a^t >= 0", "sum(i, k: delta(i, k) z[i] z[k]) >= 0", "at(x = 1: x y) = y", "X[i, 1]^2 >= 0",
    "x > 0 and y > 0 => x y > 0", "vector(k: z[k] + x) = vector(k: x + z[k])", "sqrt(x^2) = abs(x)", "prod(k: p[k]) <= 1", "z[t + 1] = z[t + 1]",
)  # fmt: skip
PIECES = (
    "e^x", "ln(x)", "ln x", "E", "pi", "inf", "oo", "|x|", "x_i", "z_i", "z_1", "2x", "x2", "x**2", "x^2", "==", ">=", "<=", "=>", "->", "=",
    "sum_k", "sum(k:", "sum(", "sum_{k=1}^n", "\\frac{x}{2}", "\\sum", "d/dx", "dx", "f'(x)", "f(x)", "f", "D(x^2, x)", "D(", "∂", "α", "x²",
    "√x", "∑", "integral(x)", "∫", "sqrt x", "sqrt(", "lim(x -> 0:", "lim x->0", "lim_{x->0}", "forall x:", "forall(k:", "(", ")", "[", "]",
    "{", "}", "z[k]", "z[0]", "z[k + 1]", "X[i, j]", "X^T", "z'", "X @ z", "·", "×", "/", "//", "*", "+", "-", "^", ",", ";", ":", ":=", "..",
    "1..n", ".5", "5.", "3,5", "1e3", "%", "!", "&&", "||", "or", "and", "not", "if", "in", "x", "y", "p", "q", "n", "k", "delta(i, k)",
    "delta(", "max(z)", "max(", "vector(k:", "at(x = 1:", "mean(", "real", "size", "softmax(z)", "log", "exp", "u[t + 1]", "1/2x", "a b",
    "x(1 - x)", "<>", "≈", "∈", "…", "\t", "\n", "'", '"', "#", "@", "~", "?", "٣", "½", "⟨z, z⟩", "∞", "norm(z)", "given", "where",
)  # fmt: skip
OWN_WORDS = re.compile(r"[A-Z]{3,}_|__ANON|Token\(|lark|Tree\(|\bNAME\b|\bRPAR\b|\bCALL\b")


def mangled(pick: random.Random) -> str:
    """Pieces side by side, with a letter dropped, doubled or swapped now and then."""
    if pick.random() < 0.5:
        text = pick.choice(WHOLE)
        if pick.random() < 0.5:
            place = pick.randrange(len(text) + 1)
            text = text[:place] + pick.choice(PIECES) + text[place:]
        return _misspelt(text, pick)
    text = pick.choice(("", " ")).join(pick.choice(PIECES) for _ in range(pick.randrange(1, 9)))
    if pick.random() < 0.5:
        text += pick.choice((" = 0", " >= 0", " = x", " <= 1", ""))
    return _misspelt(text, pick)


def known(pick: random.Random) -> Context:
    """A context from which some declarations are missing; those whose sizes are missing go with them."""
    context = Context()
    for item in G.split("; "):
        if pick.random() < 0.75:
            with suppress(FormulaError):
                context = context.given(item)
    return context


def _misspelt(text: str, pick: random.Random) -> str:
    for _ in range(pick.randrange(3)):
        place = pick.randrange(len(text) + 1)
        text = pick.choice(
            (
                text[:place] + text[place + 1 :],
                text[:place] + text[place : place + 1] * 2 + text[place + 1 :],
                text[:place] + " " + text[place:],
            )
        )
    return text


def judged(text: str, context: Context) -> tuple[str, str]:
    """How it was taken, and what is wrong with that."""
    try:
        context.parse(text)
    except FormulaError as error:
        message, *place = str(error).split("\n")
        if len(place) != 2 or place[1].strip() != "^":
            return "refused", f"{text!r}: no place: {error}"
        if not 0 <= error.position <= len(text):
            return "refused", f"{text!r}: the place {error.position} is outside"
        if len(message) > 300 or OWN_WORDS.search(message):
            return "refused", f"{text!r}: {message}"
        return "refused", ""
    except Exception as error:
        return "broken", f"{text!r}: {type(error).__name__}: {error}"
    return "read", ""


def obeyed(text: str, context: Context) -> str:
    """What is wrong where the declarations that are suggested are added, one after the other."""
    tried: list[str] = []
    for _ in range(8):
        try:
            context.parse(text)
            return ""
        except FormulaError as error:
            found = re.search(r"^(\w+) is not declared: add it to given, e\.g\. `([^`]*)`", error.message)
            if found is None:
                named = next(
                    (n for n in tried if re.match(rf"{n} (is declared|is a number|is an array|runs over)", error.message)), None
                )
                return f"{text!r}: {named} was declared as suggested: {error.message}" if named else ""
            if found[1] in tried:
                return f"{text!r}: {found[1]} was declared as suggested and is asked for again: {error.message}"
            tried.append(found[1])
            context = context.given(found[2])
    return ""


def run(seeds: range) -> tuple[Counter, list[str]]:
    outcomes: Counter = Counter()
    wrong: list[str] = []
    for seed in seeds:
        pick = random.Random(seed)
        text, context = mangled(pick), known(pick)
        outcome, what = judged(text, context)
        outcomes[outcome] += 1
        wrong += [w for w in (what, obeyed(text, context) if not what else "") if w]
    return outcomes, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--start", type=int, default=0)
    options = parser.parse_args()
    outcomes, wrong = run(range(options.start, options.start + options.count))
    for line in wrong[:40]:
        print(line)
    print(
        f"{sum(outcomes.values())} formulas: "
        + ", ".join(f"{v} {k}" for k, v in outcomes.most_common())
        + f"; {len(wrong)} wrong"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

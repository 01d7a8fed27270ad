"""A claim of the language and the same claim in sympy get one verdict: `python -m tests.proof.prover.bridged [--every K]`.

Every statement of the corpora that is written in the language is turned into sympy objects and judged both ways. Where sympy
changes the claim as it is built (x / x is 1 there), what came back is judged in the language as well, and that verdict counts.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass

import sympy as S

from mathcore.evidence import Level
from mathcore.formulas import LIBRARY
from mathcore.language import tree as t
from mathcore.language.printers import to_text
from mathcore.language.sympy_bridge import SympyError, from_sympy, to_sympy
from mathcore.proof.prover.declared import Question, from_text
from mathcore.proving import prove
from tests.proof.prover import corpus

DECIDED = (Level.PROVED, Level.REFUTED)


@dataclass(frozen=True)
class Objects:
    """A relation of sympy objects, with the declarations of its names."""

    left: object
    op: str
    right: object
    options: dict


def objects(question: Question) -> Objects:
    """The claim and its hypotheses in sympy; SympyError where sympy has no such object."""
    context, claim = question.context, question.claim
    if not isinstance(claim, t.Relation) or len(claim.ops) != 1:
        raise SympyError("no single relation")
    least: dict[S.Symbol, S.Symbol] = {}
    options: dict = {"domains": {}, "shapes": {}, "indices": {}, "min_sizes": {}}
    spoken = {s for node in (claim, *context.hypotheses) for s in t.free_symbols(context.unfold(node))}
    bound = {s for node in (claim, *context.hypotheses) for n in t.walk(context.unfold(node)) for s in t.bound_symbols(n)}
    for symbol in sorted(spoken | {s for s in bound if s.type.domain == "real"}, key=lambda s: s.name):
        kind = symbol.type
        if kind.domain == "function":
            continue
        if kind.domain == "index":
            options["indices"][symbol.name] = to_text(kind.over)
            continue
        options["domains"][symbol.name] = kind.domain
        if kind.shape:
            options["shapes"][symbol.name] = tuple(map(to_text, kind.shape))
        if kind.domain == "size" and kind.minimum > 1:
            options["min_sizes"][symbol.name] = kind.minimum
        if kind.domain == "natural" and kind.minimum:
            if kind.minimum > 1:
                raise SympyError("a natural number from 2")
            least[to_sympy(symbol)] = S.Symbol(symbol.name, integer=True, positive=True)

    def there(node: t.Expr):
        return to_sympy(node, context.definitions).xreplace(least)

    options["hypotheses"] = [there(h) for h in context.hypotheses]
    return Objects(there(claim.args[0]), claim.ops[0], there(claim.args[1]), options)


def told(statement: corpus.Statement) -> tuple[Level, Level, str] | None:
    """The verdicts in the language and in sympy, and what sympy was given; None where sympy has no such objects."""
    question = from_text(statement.claim[0], statement.given["given"], LIBRARY)
    try:
        asked = objects(question)
    except SympyError:
        return None
    here = prove(statement.claim[0], timeout=10, **statement.given)
    there = prove(asked.left, asked.op, asked.right, timeout=10, **asked.options)
    if here.level is not there.level:  # sympy may have changed the claim as it was built
        sides = [to_text(from_sympy(side, question.context)) for side in (asked.left, asked.right)]
        here = prove(f"{sides[0]} {asked.op} {sides[1]}", timeout=10, **statement.given)
    return here.level, there.level, f"{asked.left} {asked.op} {asked.right}"


def run(chosen: list[corpus.Statement]) -> tuple[Counter, list[str]]:
    """How often each pair of levels was met, and the statements with two different ones."""
    pairs: Counter = Counter()
    apart: list[str] = []
    for statement in chosen:
        try:
            found = told(statement)
        except ValueError as error:
            apart.append(f"{statement}  [{statement.given}]: refused: {error}")
            continue
        if found is None:
            pairs["no such object"] += 1
            continue
        here, there, said = found
        pairs[str(here), str(there)] += 1
        if here is not there:
            apart.append(f"{statement}  [{statement.given}]: {here}; in sympy {there}: {said}")
    return pairs, apart


def texts() -> list[corpus.Statement]:
    return [s for s in corpus.statements() if s.form == "text"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="of so many statements one")
    options = parser.parse_args()
    pairs, apart = run(texts()[:: options.every])
    for line in apart:
        print(line)
    print(f"{sum(pairs.values())} statements: " + ", ".join(f"{k}: {v}" for k, v in pairs.most_common()))
    return 1 if apart else 0


if __name__ == "__main__":
    sys.exit(main())

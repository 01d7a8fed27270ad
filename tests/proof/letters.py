"""Letters renamed to every name that the engine uses itself: `python -m tests.proof.letters [--count 2000] [--seed 0]`.

A statement with another letter is the same statement: its verdict is the same, or the name is refused with a remedy.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass, replace

from mathcore.card import Card
from mathcore.evidence import Verdict
from mathcore.formulas import load, names
from mathcore.language.parser import RESERVED
from mathcore.proof.derive import judge_false_claim, verify_derivation
from mathcore.proving import prove
from mathcore.rules.certificate import Term
from mathcore.rules.lemma import Lemma
from tests.proof.prover.corpus import statements

NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
# what the search calls its own letters, what cards and bounds call theirs, what sympy and Python know
OWN = (
    *("u", "u1", "u2", "u3", "u4", "x", "x1", "m", "m1", "k", "k1", "h", "every", "every1", "v", "v1", "v_", "same_", "t", "a"),
    *("y", "exact", "t_", "N", "M", "N_", "delta_", "one", "softmax", "entropy", "mean", "E", "I", "S", "Q", "O", "pi", "e"),
    *("lambda", "None", "True", "beta", "gamma", "zeta", "oo", "zoo", "least", "value", "index", "_", "__"),
)
NAMES = tuple(dict.fromkeys((*OWN, *sorted(RESERVED))))
SPOKEN = {"given", "define", "on_bits", "claim", "text", "equality", "instance", "statement", "bound", "hypothesis", "at", "new"}
SPOKEN |= {"notation", "auxiliary", "index", "over", "weight", "condition", "of", "function", "variable", "inner", "turning"}
SPOKEN |= {"slope", "smaller", "larger", "lower", "upper", "near", "curvature"}


def renamed(text: str, old: str, new: str) -> str:
    return NAME.sub(lambda m: new if m[0] == old else m[0], text)


def declared(given: str) -> list[str]:
    """The letters that a text of declarations declares."""
    found: list[str] = []
    for item in given.split(";"):
        if match := re.match(r"\s*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*:", item):
            found += [name.strip() for name in match[1].split(",")]
    return found


def respelt(value: object, old: str, new: str, spoken: bool = False) -> object:
    """A card, or a part of one, with one letter renamed in everything that is written in the formula language."""
    if isinstance(value, str):
        return renamed(value, old, new) if spoken else value
    if isinstance(value, tuple):
        return tuple(respelt(v, old, new, spoken) for v in value)
    if not is_dataclass(value):
        return value
    changed = {f.name: respelt(getattr(value, f.name), old, new, f.name in SPOKEN) for f in fields(value)}
    cited = value.name if isinstance(value, Lemma) else value.lemma if isinstance(value, Term) else ""
    if "." in cited:  # on the left of each `=` stands a letter of the other card
        pieces = [piece.partition("=") for piece in value.at.split(";") if piece.strip()]  # type: ignore[attr-defined]  # both have it
        changed["at"] = ";".join(left + sign + renamed(right, old, new) for left, sign, right in pieces)
    return replace(value, **changed)  # type: ignore[type-var]  # a dataclass


@dataclass(frozen=True)
class Outcome:
    what: str
    before: str
    after: str  # a level, `refused: ...`, or `crashed: ...`

    @property
    def right(self) -> bool:
        return self.after == self.before or self.after.startswith("refused")


def said(run: Callable[[], Verdict]) -> str:
    """The level; a refusal points at the place, or says in a sentence what to do."""
    try:
        verdict = run()
        refused = verdict.reason.endswith(("^", "say what it is"))  # a lemma's letter of another name wants to be told
        return f"refused: {verdict.reason}" if refused else str(verdict.level)
    except ValueError as error:
        return f"refused: {error}" if len(str(error)) > 20 else f"crashed: {error!r}"
    except Exception as error:
        return f"crashed: {error!r}"


def of_statement(claim: str, given: str, old: str, new: str, timeout: float = 4.0) -> Outcome:
    before = said(lambda: prove(claim, given=given, timeout=timeout))
    after = said(lambda: prove(renamed(claim, old, new), given=renamed(given, old, new), timeout=timeout))
    return Outcome(f"{claim} | {given} | {old} as {new}", before, after)


def of_card(card: Card, old: str, new: str, chosen: random.Random) -> Outcome:
    """One derivation or false claim of the card."""
    place = chosen.randrange(len(card.derivations) + len(card.false_claims))
    other = respelt(replace(card, numeric=""), old, new)

    def verdict(of: Card) -> Verdict:
        if place < len(of.derivations):
            return verify_derivation(of, of.derivations[place])
        return judge_false_claim(of, of.false_claims[place - len(of.derivations)])

    return Outcome(f"{card.name} {place}: {old} as {new}", said(lambda: verdict(card)), said(lambda: verdict(other)))


def trials(seed: int) -> Iterator[Outcome]:
    """Statements of the prover and parts of cards in turn, each with one letter renamed."""
    chosen = random.Random(seed)
    texts = [(s.claim[0], s.given["given"]) for s in statements() if s.form == "text"]
    while True:
        claim, given = chosen.choice(texts)
        letters = declared(given)
        free = [n for n in NAMES if not re.search(rf"(?<!\w){n}(?!\w)", f"{claim} {given}")]
        if letters:
            yield of_statement(claim, given, chosen.choice(letters), chosen.choice(free))
        card = load(chosen.choice(names()))
        known = {*card.context.symbols, *card.context.definitions}
        everything = str(asdict(card))
        fresh = [n for n in NAMES if n not in known and not re.search(rf"(?<!\w){n}(?!\w)", everything)]
        if letters := declared(card.given):
            yield of_card(card, chosen.choice(letters), chosen.choice(fresh + sorted(RESERVED)[:3]), chosen)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    wrong = []
    for outcome, _ in zip(trials(asked.seed), range(asked.count), strict=False):
        counts["refused" if outcome.after.startswith("refused") else "same" if outcome.right else "another"] += 1
        if not outcome.right:
            wrong.append(outcome)
            print(f"{outcome.what}: {outcome.before}, then {outcome.after}", flush=True)
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

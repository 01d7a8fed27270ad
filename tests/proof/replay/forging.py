"""Forged certificates: `python -m tests.proof.replay.forging [--card NAME ...] [--count N] [--seed S]`.

Every step of every true certificate becomes a claim of its own, and that claim is made false where no point is drawn: what is
added to one side is 0 but for y near 37/41, where it is huge. Whether the claim is false there is asked of the balls alone, with
37/41 in the place of y. Then the fields of its certificate are replaced, one at a time, by the values of such fields anywhere in
the certificates, and by values made to deceive: roots and logarithms of what is negative near 37/41, numbers for sizes,
hypotheses behind a declaration. Replay must call none of them proved, neither everywhere nor inside.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mathcore import formulas
from mathcore.language import tree as t
from mathcore.language.parser import FormulaError
from mathcore.proof import certificates
from mathcore.proof.balls import compare
from mathcore.proof.derive import verify_derivation
from mathcore.proof.replay import INSIDE, PROVED, REJECTED, Replayed, check

Y = "y_"
NEAR = f"({Y} - 37/41)"
SMALL = f"({NEAR}^2 - 1/1000000000)"  # > 0 at every point that is drawn, < 0 near 37/41
HILL = f"10^30 max(0, 1/1000000000 - {NEAR}^2)"  # 0 at every point that is drawn, huge near 37/41
POINTS = 12

# what deceives where it is taken on trust, by the kind of field
HOSTILE: dict[str, tuple[str, ...]] = {
    "weight": (HILL, f"-{HILL}", f"sqrt({SMALL})^2", f"exp(log({SMALL}))", "-1", f"{HILL} + 1"),
    "at": (
        "n = {y}",
        "n = 0",
        "m = {y}",
        "i = n + 1",
        "k = 1 / 2",
        "n = 1; n = 2",
        "x = {hill}",
        "t = -{hill}",
        "p = z",
        "f = exp",
    ),
    "variable": (f"z_: real; {Y} = 0", f"z_: real; {HILL} <= -1", f"{Y}: real", "z_: natural", "z_: real[3]"),
    "function": (f"{HILL} z_", f"-{HILL} z_", f"z_ / {NEAR}", f"sqrt({SMALL}) z_"),
    "inner": (f"{HILL} <= 0", f"0 <= -{HILL}", f"{Y} <= {Y} - 1"),
    "condition": (f"sqrt({SMALL}) >= 0", f"{HILL} <= 0", f"{SMALL} > 0", f"log({SMALL}) = log({SMALL})"),
    "of": (Y, f"1 - {Y}", "n", "i"),
    "hypothesis": (f"{HILL} = 0", f"{HILL} <= 0", f"{SMALL} >= 0"),
    "index": (Y, "n", "i", "j", "k"),
    "over": (Y, "n", "i", "k", "i, i"),
    "smaller": (f"-{HILL}", HILL),
    "larger": (HILL, f"-{HILL}"),
    "lower": (f"-{HILL}",),
    "upper": (HILL,),
    "turning": (Y, "37/41"),
    "slope": (HILL, f"-{HILL}"),
}
RULES = ("rule", "by", "sign", "start", "step", "below", "above", "forward", "backward")


# documents --------------------------------------------------------------------------------------------------------


def proved(names: Iterable[str]) -> dict[str, Any]:
    """The certificates of some cards and of all that these rest on."""
    judged, queue = {}, list(names)
    while queue:
        card = formulas.load(queue.pop())
        if card.name not in judged:
            judged[card.name] = [(card, d, verify_derivation(card, d)) for d in card.derivations]
            lemmas = {lemma for _, _, v in judged[card.name] for s in v.steps for lemma in s.lemmas}
            queue += [lemma.rpartition(".")[0] for lemma in lemmas]
    return certificates.document(one for card in sorted(judged) for one in judged[card])


def written(*claims: dict[str, Any], given: str = "a, b: real", define: tuple[str, ...] = ("same_(v_) = v_",)) -> dict[str, Any]:
    """A document of one card `trial`."""
    cards = {"trial": {"given": f"v_: real; {given}", "define": list(define), "uses": []}}
    return {"format": check.FORMAT, "versions": {}, "cards": cards, "claims": list(claims)}


def claim(name: str, text: str, rule: Mapping[str, Any], *lemmas: str, given: str = "") -> dict[str, Any]:
    """A claim of one step, `left op right`."""
    place = min(m.start() for m in re.finditer(r" (<=>|=>|<=|>=|=|<|>) ", text)) + 1
    step = {
        "text": text[place:], "rule": dict(rule), "level": "proved", "conditions": [], "hypotheses": [],
        "lemmas": [f"trial.{lemma}" for lemma in lemmas], "axioms": [],
    }  # fmt: skip
    fields = {"name": f"trial.{name}", "card": "trial", "given": given, "claim": text, "instance": "", "level": "proved"}
    return {**fields, "steps": [step]}


# labels -----------------------------------------------------------------------------------------------------------


@cache
def _read(cards: str) -> Any:
    return json.loads(cards)


@cache
def _false(cards: str, card: str, given: str, text: str, instance: str) -> bool:
    try:
        context = check.context_of(_read(cards), card)
        context = context.given(given) if given else context
        goal = context.parse(re.sub(rf"\b{Y}(?!\w)", "(37/41)", text))
        return compare(context, goal, count=POINTS, seed=7, instance=instance).refuted is not None
    except (FormulaError, ValueError, TypeError, check.Bad):
        return False


def false(document: Mapping[str, Any], one: Mapping[str, Any], cards: str = "") -> bool:
    """Whether the balls refute a claim at y = 37/41; `cards` are those of the document as a text."""
    parts = (one["card"], one["given"], one["claim"], one["instance"])
    if not all(isinstance(part, str) for part in parts) or one["card"] not in document["cards"]:
        return False
    return _false(cards or json.dumps(document["cards"]), *parts)


# forgeries --------------------------------------------------------------------------------------------------------


def made_false(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every step as a claim of its own that is false near y = 37/41."""
    for one in document["claims"]:
        _, goal, chain, ops = check._opened(document["cards"], one)
        premise = ""
        core = t.bare(goal)
        while isinstance(core, t.Implies):
            premise, core = f"{premise}{check._text(core.premise)}; ", t.bare(core.conclusion)
        for place, (entry, left, op, right) in enumerate(zip(one["steps"], chain, ops, chain[1:], strict=False)):
            if op in ("<=>", "=>") or t.shape_of(left):
                continue
            a, b = check._text(left), check._text(right)
            text = f"({a}) {'-' if op in ('>', '>=') else '+'} {HILL} {op} {b}"
            step = {**entry, "text": f"{op} {b}"}
            given = "; ".join(filter(None, (one["given"], premise.strip("; "), f"{Y}: real")))
            yield {**one, "name": f"{one['name']}[{place + 1}]", "given": given, "claim": text, "steps": [step]}


def fields_of(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    """(kind, path, value) of everything in a certificate that may be replaced: texts, lists of texts, rules, terms."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name not in ("claim", "text", "name") or path[-2:-1] == ("rule",) or "rule" in part:
                if name == "rule" and isinstance(value, str):
                    continue
                yield name, (*path, name), value
                yield from fields_of(value, (*path, name))
    elif isinstance(part, list):
        for place, value in enumerate(part):
            yield from fields_of(value, (*path, place))


def put(one: Mapping[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    made = deepcopy(dict(one))
    inner: Any = made
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = deepcopy(value)
    for step in made["steps"]:  # a lemma that is cited has to be named
        cited = {name for name, _ in check._cited(step["rule"], made["card"])} if isinstance(made["card"], str) else set()
        if path[-1] != "lemmas" and isinstance(step["lemmas"], list):
            step["lemmas"] = sorted({*step["lemmas"], *cited})
    return made


def pools(document: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Every value of every kind of field."""
    found: dict[str, dict[str, Any]] = {}
    for one in document["claims"]:
        for kind, _, value in fields_of(one):
            found.setdefault("rule" if kind in RULES and isinstance(value, Mapping) else kind, {})[repr(value)] = value
    return {kind: list(values.values()) for kind, values in found.items()}


def values(kind: str, value: Any, pool: Mapping[str, list[Any]]) -> list[Any]:
    """What may stand in the place of a value: those made to deceive first."""
    hostile = [v.replace("{y}", Y).replace("{hill}", HILL) for v in HOSTILE.get(kind, ())]
    hostile = [[v] for v in hostile] if isinstance(value, list) else hostile
    others = pool.get("rule" if kind in RULES and isinstance(value, (Mapping, type(None))) else kind, [])
    return hostile + [v for v in others if v != value]


@dataclass
class Run:
    tried: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    unlabelled: int = 0
    accepted: list[str] = field(default_factory=list)


def run(document: Mapping[str, Any], count: int, seed: int = 1) -> Run:
    """`count` forgeries, spread over the kinds of fields and the certificates."""
    rand, result, pool = random.Random(seed), Run(), pools(document)
    claims = {one["name"]: one for one in document["claims"]}
    found: dict[str, Replayed] = {}
    for name in check._lemmas_first(claims):
        found[name] = check._claim(document["cards"], claims, found, claims[name])
    wrong, cards = list(made_false(document)), json.dumps(document["cards"])
    places = [(kind, one, path, value) for one in wrong for kind, path, value in fields_of(one)]
    by_kind: dict[str, list[Any]] = {}
    for one_place in places:
        by_kind.setdefault(one_place[0], []).append(one_place)
    while wrong and result.tried.total() < count:
        for kind in sorted(by_kind):
            _, one, path, value = rand.choice(by_kind[kind])
            choices = values(kind, value, pool)
            if not choices:
                continue
            hostile = len(HOSTILE.get(kind, ()))
            forged = put(one, path, choices[rand.randrange(hostile)] if hostile and rand.random() < 0.5 else rand.choice(choices))
            if not false(document, forged, cards):
                result.unlabelled += 1
                continue
            judged = check._claim(document["cards"], claims, found, forged)
            result.tried[kind] += 1
            result.outcomes.setdefault(kind, Counter())[judged.outcome] += 1
            if judged.outcome in (PROVED, INSIDE):
                result.accepted.append(f"{kind} of {forged['name']}: {forged['steps']}: {judged}")
    return result


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.replay.forging", description=__doc__.partition("\n")[0])
    parser.add_argument("--card", nargs="*", default=[], help="these cards only")
    parser.add_argument("--count", type=int, default=5000, help="how many forgeries")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    started = time.perf_counter()
    result = run(proved(chosen.card or formulas.names()), chosen.count, chosen.seed)
    print(f"{'field':12} {'forged':>7} {'rejected':>9} {'points':>7} {'not replayed':>13} {'accepted':>9}")
    for kind, n in sorted(result.tried.items()):
        of = result.outcomes[kind]
        accepted = of[PROVED] + of[INSIDE]
        print(f"{kind:12} {n:7} {of[REJECTED]:9} {of['points']:7} {of['not replayed']:13} {accepted:9}")
    for what in result.accepted[:20]:
        print(f"ACCEPTED {what[:400]}")
    print(
        f"{result.tried.total()} forgeries of false claims, {len(result.accepted)} accepted; {result.unlabelled} more that the "
        f"balls do not refute; {time.perf_counter() - started:.0f} s"
    )
    return 1 if result.accepted or not result.tried else 0


if __name__ == "__main__":
    sys.exit(main())

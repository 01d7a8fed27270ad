"""What is printed of false claims, read again and judged: `python -m tests.proof.counterexamples [--every K]`.

The point is read from the printed words, the claim is unfolded, and both are evaluated without the search that found them.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from mathcore.evidence import Level
from mathcore.formulas import LIBRARY, load, names
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.at_points import _with_instance
from mathcore.proof.balls import evaluate
from mathcore.proof.balls.extended import Special, plain, undefined
from mathcore.proof.balls.point import CannotEvaluate, Point, Table
from mathcore.proof.balls.truth import FALSE, ONE_SIDED, relate
from mathcore.proof.derive import judge_false_claim
from mathcore.proof.prover.declared import from_text
from mathcore.proving import prove

SIMPLER = tuple(map(Fraction, ("0", "1", "2", "1/2", "-1")))  # the first of the ladder
UNSEEN = 6  # a hypothesis about every natural number is tried below this


@dataclass(frozen=True)
class False_:
    """A false claim in its context, and what was printed."""

    name: str
    context: Context
    claim: t.Expr
    said: str
    seconds: float


def of_cards(every: int = 1) -> Iterator[False_]:
    for name in names()[::every]:
        card = load(name)
        for claim in card.false_claims:
            context = card.context.given(claim.given) if claim.given else card.context
            start = time.process_time()
            said = judge_false_claim(card, claim).counterexample
            spent = time.process_time() - start
            whole, relation = _with_instance(context, claim.instance, context.parse(claim.statement))
            yield False_(f"{name}: {claim.statement}", whole, relation, said, spent)


def of_the_prover(every: int = 1) -> Iterator[False_]:
    from tests.proof.prover.corpus import statements

    texts = [s for s in statements() if s.form == "text" and s.kind == "false" and "lim(" not in s.claim[0]]
    for s in texts[::every]:
        start = time.process_time()
        verdict = prove(*s.claim, **s.given)
        question = from_text(s.claim[0], s.given["given"], LIBRARY)
        spent = time.process_time() - start
        if verdict.level is Level.REFUTED and "function" not in s.given["given"]:
            yield False_(f"{s.claim[0]} | {s.given['given']}", question.context, question.claim, verdict.counterexample, spent)


# reading ---------------------------------------------------------------------------------------------------------


def told(said: str) -> dict[str, str]:
    """Letter by letter what is said after `at`: `d = n = 1, z = [0, 1/2]`."""
    words = said.split("; ")[0].rpartition(" at ")[2] if " at " in said else ""
    pieces = re.split(r", (?=[A-Za-z_]\w* = )", words)
    found = {}
    for piece in pieces if " = " in words else []:
        *letters, value = piece.split(" = ")
        found |= dict.fromkeys(letters, value)
    return found


def value_of(text: str) -> Any:
    if text.startswith("{"):
        entries = re.findall(r"(\d+): ([-\d/]+)", text)
        return Table({int(k): Fraction(v) for k, v in entries})
    if text.startswith("["):
        depth, parts, start = 0, [], 1
        for place, character in enumerate(text):
            depth += (character == "[") - (character == "]")
            if (character == "," and depth == 1) or depth == 0:
                parts.append(text[start:place].strip())
                start = place + 1
        return tuple(value_of(p) for p in parts if p)
    return Fraction(text)


def point_of(context: Context, claim: t.Expr, said: str) -> Point:
    kinds: dict[str, dict[str, Any]] = {"size": {}, "natural": {}, "index": {}, "value": {}}
    for name, text in told(said).items():
        symbol = context.symbols[name]
        kind = symbol.type.domain if symbol.type.domain in kinds and not symbol.type.shape else "value"
        value = value_of(text)
        kinds[kind][name] = int(value) if kind != "value" else value
    return Point(kinds["size"], kinds["value"], kinds["index"], kinds["natural"])


# judging -----------------------------------------------------------------------------------------------------------


def core_of(claim: t.Expr) -> tuple[t.Expr, list[t.Expr]]:
    """The relation without brackets and outer quantifiers, and its premises."""
    premises = []
    while True:
        if isinstance(claim, t.Implies):
            premises.append(claim.premise)
            claim = claim.conclusion
        elif isinstance(claim, t.Paren) or (isinstance(claim, t.Big) and claim.op == "forall"):
            claim = claim.body
        else:
            return claim, premises


def fails(context: Context, claim: t.Expr, point: Point) -> bool:
    """A relation is certainly false, by balls, of the formula with every definition opened."""
    core = core_of(claim)[0]
    if isinstance(core, t.And):
        return any(fails(context, part, point) for part in core.parts)
    if isinstance(core, t.Iff):
        one, other = ((fails(context, side, point), has_values(context, side, point)) for side in (core.left, core.right))
        return one != other
    if not isinstance(core, t.Relation):
        return False
    sides = [evaluate(context.unfold(side), point, {}, 256) for side in core.args]
    pairs = zip(sides, core.ops, sides[1:], strict=False)
    return any(relate(op, a, b) in (FALSE, ONE_SIDED) for a, op, b in pairs)


def sides_of(context: Context, claim: t.Expr, point: Point) -> list[Any]:
    core = core_of(claim)[0]
    sides = core.args if isinstance(core, t.Relation) else ()
    return [plain(evaluate(context.unfold(s), point, {}, 256)) for s in sides]


def has_values(context: Context, claim: t.Expr, point: Point) -> bool:
    """All sides of a relation are numbers, or infinite as log(0) is."""
    return not any(map(undefined, sides_of(context, claim, point)))


def finite(context: Context, claim: t.Expr, point: Point) -> bool:
    """All sides of a relation are numbers."""
    return all(side.__class__ is not Special for side in sides_of(context, claim, point))


def kept(context: Context, claim: t.Expr, point: Point) -> bool:
    """Every hypothesis that speaks of the point's letters alone holds there, for each of the indices that the claim lacks."""
    fixed = {*point.indices, *point.naturals}
    for hypothesis in (*context.hypotheses, *core_of(claim)[1]):
        core, premises = core_of(hypothesis)
        spoken = t.free_symbols(context.unfold(hypothesis)) | t.free_symbols(context.unfold(core))
        known = {*point.sizes, *point.values, *fixed}
        loose = [s for s in spoken if s.type.domain in ("index", "natural") and not s.type.shape and s.name not in fixed]
        if not {s.name for s in spoken} - {s.name for s in loose} <= known:
            continue  # about letters that are not told: on them the claim cannot depend
        ranges = [range(1, size(s, point) + 1) if s.type.domain == "index" else range(s.type.minimum, UNSEEN) for s in loose]
        for places in product(*ranges):
            at = dict(zip(loose, places, strict=True))
            here = replace(
                point,
                indices={**point.indices, **{s.name: k for s, k in at.items() if s.type.domain == "index"}},
                naturals={**point.naturals, **{s.name: k for s, k in at.items() if s.type.domain == "natural"}},
            )
            try:
                if not any(fails(context, p, here) for p in premises) and fails(context, core, here):
                    return False
            except CannotEvaluate:
                break  # an entry of a sequence that is not told
    return True


def size(index: t.Symbol, point: Point) -> int:
    over = index.type.over
    return int(over.value) if isinstance(over, t.Number) else point.sizes[over.name]  # type: ignore[union-attr]  # a symbol


def in_domain(context: Context, point: Point) -> bool:
    def inside(value: Any, domain: str) -> bool:
        if isinstance(value, Table):
            return all(inside(v, domain) for v in value.entries.values())
        if isinstance(value, tuple):
            if domain in ("simplex", "onehot") and not isinstance(value[0], tuple):
                return sum(value) == 1 and all(v >= 0 for v in value) and (domain == "simplex" or set(value) <= {0, 1})
            return all(inside(v, domain) for v in value)
        low, attained, high, reached = t.DOMAINS[domain]
        above = low is None or value > low or (attained and value == low)
        return above and (high is None or value < high or (reached and value == high))

    return all(inside(value, context.symbols[name].type.domain) for name, value in point.values.items())


def refutes(one: False_, point: Point) -> bool:
    return in_domain(one.context, point) and fails(one.context, one.claim, point) and kept(one.context, one.claim, point)


def simplified(value: Any) -> Iterator[Any]:
    """The value with one number replaced by a simpler one of the short list."""
    if isinstance(value, tuple):
        for place, entry in enumerate(value):
            for other in simplified(entry):
                yield (*value[:place], other, *value[place + 1 :])
    elif not isinstance(value, Table):
        yield from SIMPLER[: SIMPLER.index(value)] if value in SIMPLER else SIMPLER


def simpler(one: False_, point: Point) -> Point | None:
    """A point with one number simpler that refutes as well, both sides numbers; None if the point is minimal so far."""
    for name, value in point.values.items():
        if one.context.symbols[name].type.domain in ("simplex", "onehot"):
            continue
        for other in simplified(value):
            candidate = replace(point, values={**point.values, name: other})
            if refutes(one, candidate) and finite(one.context, one.claim, candidate):
                return candidate
    return None


def idle(one: False_, point: Point) -> set[str]:
    """Letters that are told and on which neither the claim nor a hypothesis depends."""
    spoken = {s for f in (one.claim, *one.context.hypotheses) for s in t.free_symbols(one.context.unfold(f))}
    spoken |= {size for s in spoken for size in t.free_symbols(s)}
    return {*point.sizes, *point.values, *point.indices, *point.naturals} - {s.name for s in spoken}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args(arguments)
    wrong = 0
    for name, found in (("cards", list(of_cards())), ("prover", list(of_the_prover(asked.every)))):
        lengths, seconds = sorted(len(one.said) for one in found), sorted(one.seconds for one in found)
        judged = refuted = minimal = 0
        for one in found:
            if "both sides are equal" in one.said:
                continue
            point = point_of(one.context, one.claim, one.said)
            judged += 1
            if not refutes(one, point) or idle(one, point):
                print(f"{one.name}: {one.said}", flush=True)
                continue
            refuted += 1
            better = simpler(one, point)
            minimal += better is None
            if better is not None:
                print(f"{one.name}: {one.said}; simpler: {better}")
        wrong += judged - refuted
        print(
            f"{name}: {len(found)} false claims; {refuted} of {judged} printed points refute anew, {minimal} are minimal; "
            f"characters: median {lengths[len(lengths) // 2]}, longest {lengths[-1]}, {sum(n > 100 for n in lengths)} above 100; "
            f"median {1000 * seconds[len(seconds) // 2]:.1f} ms"
        )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

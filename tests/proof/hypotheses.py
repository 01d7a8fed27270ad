"""Is every hypothesis needed? `python -m tests.proof.hypotheses [--card NAME] [--domains]`.

For every claim of every card each hypothesis that speaks of it is taken away: a relation of the declarations, a premise of
the claim, a least size; with --domains also a part of a domain (the sign of a positive letter, the sum of a distribution).
Then points are asked for one where the claim fails (the hypothesis is needed), and the verifier for a proof without it (it
is not). Where neither answers, that is said.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from mathcore.card import Card, Derivation
from mathcore.evidence import Level
from mathcore.formulas import load, names
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.proof import at_points
from mathcore.proof.balls import symbols_of
from mathcore.proof.derive import verify_derivation
from mathcore.proof.scope import NEGATED, NotShown, text_of

NEEDED, NOT_NEEDED, OPEN, UNREADABLE = "needed", "not needed", "open", "not readable without it"
SEEDS, COUNT = (0, 1), 48
WEAKER = {
    "positive": ("real",),
    "nonnegative": ("real",),
    "unit": ("nonnegative", "real; {x} <= 1"),
    "simplex": ("nonnegative", "real; sum(k_: {x}[k_]) = 1"),
    "onehot": ("simplex",),
}
DECLARATION = re.compile(r"\s*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*:\s*(.*\S)\s*")


@dataclass(frozen=True)
class Answer:
    claim: str
    hypothesis: str
    kind: str  # relation | premise | least size | domain
    outcome: str
    detail: str

    @property
    def row(self) -> str:
        return f"{self.outcome:12}  {self.kind:10}  {self.claim:38}  {self.hypothesis:44}  {self.detail[:90]}"


# one hypothesis less --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Weaker:
    hypothesis: str
    kind: str
    card: Card
    derivation: Derivation


def items(given: str) -> list[str]:
    return [item.strip() for item in given.split(";") if item.strip()]


def weaker(card: Card, derivation: Derivation, domains: bool = False) -> Iterator[Weaker]:
    """The claim with one hypothesis less, in every way."""
    context = card.context.given(derivation.given) if derivation.given else card.context
    claim = context.parse(derivation.claim)
    spoken = symbols_of(claim, context.definitions)
    if derivation.equality:
        spoken |= symbols_of(context.parse(derivation.equality), context.definitions)
    for where in ("card", "derivation"):
        of = card if where == "card" else derivation
        for place, item in enumerate(own := items(of.given)):

            def put(text: str, own: list[str] = own, place: int = place, where: str = where) -> tuple[Card, Derivation]:
                changed = "; ".join([*own[:place], *([text] if text else []), *own[place + 1 :]])
                if where == "card":
                    return replace(card, given=changed), derivation
                return card, replace(derivation, given=changed)

            declared = DECLARATION.fullmatch(item)
            if declared is None:
                about = symbols_of(context.parse(item), context.definitions)
                if ({s for s in about if s.type.domain != "size"} or about) & spoken:  # n of sum(k: x[k]) = 1 says nothing of n
                    yield Weaker(item, "relation", *put(""))
                continue
            letters, kind = [x.strip() for x in declared.group(1).split(",")], declared.group(2)
            least = re.fullmatch(r"size\s*>=\s*\d+", kind)
            if least:
                yield Weaker(item, "least size", *put(f"{declared.group(1)}: size"))
            domain, shape = re.match(r"(\w*)(.*)", kind).groups()  # type: ignore[union-attr]  # it matches anything
            for letter in letters if domains and domain in WEAKER else ():
                if not any(s.name == letter and s == context.symbols.get(letter) for s in spoken):
                    continue
                if where == "card" and re.search(rf"\b{letter}\b[^;]*:", derivation.given):  # declared anew
                    continue
                for other in WEAKER[domain]:
                    new, _, extra = other.partition(";")
                    if domain == "simplex" and "," in shape:
                        continue
                    rest = [x for x in letters if x != letter]
                    parts = [f"{', '.join(rest)}: {kind}"] if rest else []
                    parts += [f"{letter}: {new}{shape}"]
                    if extra and domain == "simplex":
                        parts += [f"k_: index{shape}", extra.strip().format(x=letter)]
                    elif extra and not shape:
                        parts += [extra.strip().format(x=letter)]
                    elif extra:
                        continue
                    yield Weaker(f"{letter}: {domain} -> {other.format(x=letter)}", "domain", *put("; ".join(parts)))
    core, premises = t.bare(claim), []
    while isinstance(core, t.Implies):
        premises.append(core.premise)
        core = t.bare(core.conclusion)
    parts = [
        part for premise in premises for part in (t.bare(premise).parts if isinstance(t.bare(premise), t.And) else [premise])
    ]
    for part in parts:
        made: t.Expr = core
        for other in reversed([p for p in parts if p is not part]):
            made = t.Implies(other, made)
        yield Weaker(text_of(part), "premise", card, replace(derivation, claim=text_of(made)))


# asking -----------------------------------------------------------------------------------------------------------


def judge(one: Weaker) -> tuple[str, str]:
    """NEEDED with a point where the claim fails, NOT_NEEDED if it is proved all the same, or OPEN."""
    try:
        context = one.card.context.given(one.derivation.given) if one.derivation.given else one.card.context
        claim = context.parse(one.derivation.claim)
    except FormulaError as error:
        return UNREADABLE, str(error).splitlines()[0]
    against = negated(context, one.hypothesis, claim)
    tie = when_equal(context, one.derivation, claim)
    for instance, asked in product(instances(one.derivation.instance), [claim, tie] if tie else [claim]):
        for seed, place in ((s, c) for s in SEEDS for c in ([context.assuming(against)] if against else []) + [context]):
            try:
                found = at_points.compared(place, asked, instance=instance, subject=asked, seed=seed, count=COUNT)
            except (FormulaError, NotShown) as error:
                return OPEN, str(error).splitlines()[0]
            about = "" if asked is claim else "the equality case: "
            if found.refuted is not None:
                return NEEDED, about + found.detail
            if place is not context and found.skipped > found.points:
                return NEEDED, f"{about}where {text_of(against)} both sides are undefined, at {found.skipped} points"
            if place is not context and found.detail.startswith("the limit seems to hold also"):  # one side of <=> alone
                return NEEDED, f"{about}where {text_of(against)}: {found.detail}"
    verdict = verify_derivation(one.card, one.derivation)
    if verdict.level is Level.PROVED:
        return NOT_NEEDED, "proved without it"
    return OPEN, f"no point of {len(SEEDS)} x {COUNT} refutes it, and it is {verdict.level}: {verdict.reason}"


def when_equal(context: Context, derivation: Derivation, claim: t.Expr) -> t.Expr | None:
    """What a card says of the case of equality: both sides are equal exactly where it says so."""
    core, premises = t.bare(claim), []
    while isinstance(core, t.Implies):
        premises.append(core.premise)
        core = t.bare(core.conclusion)
    if not derivation.equality or not isinstance(core, t.Relation):
        return None
    said: t.Expr = t.Iff(t.Relation(core.args, ("=",)), context.parse(derivation.equality))
    for premise in reversed(premises):
        said = t.Implies(premise, said)
    return said


def negated(context: Context, hypothesis: str, claim: t.Expr) -> t.Expr | None:
    """Where a hypothesis about numbers fails: there a counterexample is looked for first.

    An index that the claim speaks of is that one; a hypothesis meant for every index fails in more ways than one.
    """
    try:
        core = t.bare(context.parse(hypothesis))
    except FormulaError:
        return None
    if not isinstance(core, t.Relation) or len(core.ops) != 1:
        return None
    loose = t.free_symbols(core) - t.free_symbols(context.unfold(claim))
    if any(s.type.domain == "function" or (s in loose and s.type.domain in ("index", "natural")) for s in t.free_symbols(core)):
        return None
    return t.Relation(core.args, (NEGATED[core.ops[0]],))


def instances(text: str) -> list[str]:
    """The functions at which a claim about any function is tried, and steeper and turned ones, which keep no hypothesis."""
    pieces = [piece.partition("=") for piece in text.split(";") if piece.strip()]
    if not pieces:
        return [text]
    return [text, *("; ".join(f"{head} = {sign}({body.strip()})" for head, _, body in pieces) for sign in ("9 ", "-", "-9 "))]


def run(card: str = "", domains: bool = False) -> list[Answer]:
    found = []
    for name in names():
        if card and name != card:
            continue
        of = load(name)
        for derivation in of.derivations:
            for one in weaker(of, derivation, domains):
                outcome, detail = judge(one)
                found.append(Answer(f"{name}.{derivation.key or derivation.title}", one.hypothesis, one.kind, outcome, detail))
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.hypotheses", description=__doc__.partition("\n")[0])
    parser.add_argument("--card", default="", help="one card only")
    parser.add_argument("--domains", action="store_true", help="parts of domains as well")
    chosen = parser.parse_args(arguments)
    started = time.perf_counter()
    found = run(chosen.card, chosen.domains)
    for answer in sorted(found, key=lambda a: (a.kind == "domain", a.outcome, a.claim)):
        print(answer.row)
    counts = Counter((a.kind == "domain", a.outcome) for a in found)
    for domain, what in ((False, "hypotheses"), (True, "parts of domains")):
        shown = ", ".join(f"{n} {outcome}" for (d, outcome), n in sorted(counts.items()) if d == domain)
        if shown:
            print(f"{what}: {shown}")
    print(f"{time.perf_counter() - started:.1f} s")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())

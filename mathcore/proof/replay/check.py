"""Certificates checked again, without the prover and without search.

Shared with the prover: the language room (grammar, tree, unfolding of definitions) and, where nothing better is to be had,
the balls. Not shared: the kernel's normal form, its signs, the checkers of rules, scopes and derivations. What is asked
here, step by step:

* the document has the fields that it should have and no others (`fields`); the text can be read under the declarations that
  stand in the certificate; the steps compose to the claim; what a hypothesis defines is a notation where a derivative meets
  it (`notations`);
* every hypothesis that a step names is one; every lemma is in the document, was proved, and the lemmas form no circle; what a
  lemma is used for is of the kind, shape, size and domain of its letters (`arguments`, `steps.lemma`);
* an equation holds for every n: by finite-n transfer where both sides are defined, or in the replayer's own normal form
  (`forms`, `given`);
* the data of a rule do what they say (`steps`): larger - smaller = sum of weight * lemma, the weights >= 0; the cases cover
  the domain and each is shown; a derivative keeps its sign; what holds at the start passes from t to t + 1. `proved` says that
  all this was found for the whole domain, `inside` that it was found where every number and entry that is declared
  nonnegative, unit or simplex lies strictly inside its domain, and that there are such points;
* a limit is the value that putting the point in gives, where every part is continuous there (`limits`);
* what these routes do not speak of (other limits, averages over batches ...) is evaluated at exact points that the prover did not
  use: evidence (`points`), not a proof. So are, always, all other steps. Nothing at all to say is `not replayed`;
* a step is no stronger than the weakest lemma that it names, a claim no stronger than its weakest step.

A certificate that fails anywhere is `rejected`, with the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.language.reading import read
from mathcore.language.substitution import substitute, unfold
from mathcore.proof.balls.approach import approach
from mathcore.proof.balls.compare import compare
from mathcore.proof.deadline import OutOfTime, limited
from mathcore.proof.replay import data, fields, limits, steps
from mathcore.proof.replay.letters import Bad, Outside
from mathcore.proof.replay.notations import written
from mathcore.proof.transfer import transfer, two_of_one_name

FORMAT = "mathcore certificates 1"
PROVED, INSIDE, POINTS, NOT_REPLAYED, REJECTED = "proved", "inside", "points", "not replayed", "rejected"
ORDER = (PROVED, INSIDE, POINTS, NOT_REPLAYED, REJECTED)  # from best to worst: a claim is as good as its worst step
WORDS = {PROVED: "proved anew", INSIDE: "proved inside", POINTS: "confirmed at points only", NOT_REPLAYED: "not replayed"}
SEED, COUNT = 90_001, 30  # points of its own
SECONDS = 60  # of processor time, for one claim: true ones take a few
ENOUGH = 8
OPERATORS = ("<=>", "=>", "<=", ">=", "!=", "=", "<", ">")


@dataclass(frozen=True)
class Step:
    """`inside`: the letters that lie strictly inside their domains where the step was proved."""

    text: str
    outcome: str
    how: str
    inside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Replayed:
    """One claim of the document."""

    name: str
    claim: str
    outcome: str
    reason: str = ""
    steps: tuple[Step, ...] = ()


def replay(content: str | Mapping[str, Any]) -> tuple[Replayed, ...]:
    """Every claim of a document; raises Bad if it is no document of certificates at all."""
    try:
        document = json.loads(content) if isinstance(content, str) else content
        if document.get("certificate"):  # what `mathcore prove --json` printed
            return (_decided(document["claim"], document["axioms"]),)
        if document["format"] != FORMAT:
            raise Bad(f"the format is {document['format']!r}, not {FORMAT!r}")
        cards, claims = document["cards"], {c["name"]: c for c in document["claims"]}
        if len(claims) != len(document["claims"]):
            raise Bad("two claims have one name")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Bad(f"this is no document of certificates ({type(error).__name__}: {error})") from None
    if not claims:
        raise Bad("there is no claim in it")
    found: dict[str, Replayed] = {}
    for name in _lemmas_first(claims):
        try:
            with limited(SECONDS):
                found[name] = _claim(cards, claims, found, claims[name])
        except OutOfTime:
            found[name] = Replayed(name, str(claims[name].get("claim")), NOT_REPLAYED, f"it takes more than {SECONDS} s")
    return tuple(found[name] for name in claims)


def _lemmas(claim: Any) -> set[str]:
    try:
        return {name for step in claim["steps"] for name in step["lemmas"]}
    except (KeyError, TypeError):
        return set()  # damaged, which is said where it is checked


def _lemmas_first(claims: Mapping[str, Any]) -> Iterator[str]:
    """Every claim after its lemmas; at the end those that rest on lemmas in a circle."""
    waiting = {name: _lemmas(claim) & claims.keys() for name, claim in claims.items()}
    while ready := [name for name, needs in waiting.items() if not needs & waiting.keys()]:
        yield from ready
        for name in ready:
            del waiting[name]
    yield from waiting


def _decided(claim: str, by: Iterable[str]) -> Replayed:
    """A script for another solver shows nothing here: that it is about this claim is not checked."""
    how = f"decided by {', '.join(by)}: no solver is trusted here, run the SMT-LIB text of its certificate in one"
    return Replayed("prove", claim, NOT_REPLAYED, how, (Step(claim, NOT_REPLAYED, how),))


def _claim(cards: Mapping[str, Any], claims: Mapping[str, Any], found: Mapping[str, Replayed], one: Any) -> Replayed:
    name, text = (str(one.get(field)) if isinstance(one, Mapping) else "?" for field in ("name", "claim"))
    try:
        fields.check("the claim", one, fields.CLAIM)
        for lemma in sorted(_lemmas(one)):
            if lemma not in found:
                raise Bad(f"{'lemmas in a circle: at' if lemma in claims else 'not in this document is'} the lemma {lemma}")
            if found[lemma].outcome == REJECTED:
                raise Bad(f"it rests on the lemma {lemma}, which is rejected")
        context, goal, chain, ops = _opened(cards, one)
        place = _Place(cards, claims, found, one, context, goal)
        done = tuple(map(partial(_step, place), one["steps"], chain, ops, chain[1:]))
        bad = next((s for s in done if s.outcome == REJECTED), None)
        if bad is not None:
            return Replayed(name, text, REJECTED, f"step {bad.text}: {bad.how}", done)
        whole, how = place.points(goal)
        if whole == REJECTED:
            return Replayed(name, text, REJECTED, f"the claim itself: {how}", done)
        if one["level"] != "proved":
            return Replayed(name, text, NOT_REPLAYED, f"the certificate itself says {one['level']}", done)
        if not _witnessed(context, goal, one["instance"]):
            return Replayed(name, text, NOT_REPLAYED, "no point satisfies the hypotheses: it may be about nothing", done)
        inner = sorted({letter for s in done for letter in s.inside})
        within = context.assuming(*data.positive(_ends(context, inner)))
        if inner and not _witnessed(within, goal, one["instance"]):  # then what was found inside is about nothing
            how = f"; no point has {', '.join(inner)} inside"
            done = tuple(replace(s, outcome=POINTS, how=s.how + how, inside=()) if s.outcome == INSIDE else s for s in done)
        return Replayed(name, text, max((s.outcome for s in done), key=ORDER.index), "", done)
    except (Bad, FormulaError) as error:
        return Replayed(name, text, REJECTED, str(error).splitlines()[0])
    except Outside as error:
        return Replayed(name, text, NOT_REPLAYED, str(error))
    except RecursionError:
        return Replayed(name, text, REJECTED, "it is nested too deeply")
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        return Replayed(name, text, REJECTED, f"the certificate is damaged ({type(error).__name__}: {error})")


def _ends(context: Context, names: Iterable[str]) -> Iterator[tuple[t.Symbol, bool]]:
    """At which end each letter is kept from: 0, or also 1."""
    for symbol in (context.symbols[name] for name in names):
        yield from ((symbol, above) for above in ((True, False) if symbol.type.domain == "unit" else (True,)))


# the statement and its steps --------------------------------------------------------------------------------------


def context_of(cards: Mapping[str, Any], name: str, path: tuple[str, ...] = ()) -> Context:
    """The declarations and definitions of a card, those of the cards that it uses first."""
    if name in path:
        raise Bad(f"cards that use each other: {' -> '.join([*path, name])}")
    card, context = cards[name], Context()
    fields.check(f"the card {name}", card, fields.CARD)
    for used in card["uses"]:
        below = context_of(cards, used, (*path, name))
        context = context.extend(d for d in below.definitions.values() if d.parameters)
    context = context.given(card["given"])
    for text in card["define"]:
        context = context.define(text)
    return context


def _opened(cards: Mapping[str, Any], one: Mapping[str, Any]) -> tuple[Context, t.Expr, list[t.Expr], list[str]]:
    """Context with the premises, the claim, the sides of its steps and the relations between them."""
    context = context_of(cards, one["card"])
    if one["given"]:
        context = context.given(one["given"])
    claim = context.parse(one["claim"])
    texts = [_taken_apart(step["text"]) for step in one["steps"]]
    lines = [context.parse(text) for _, text in texts]
    context, claim = written(read(context, claim, functions=False), claim, lines)
    core = t.bare(claim)
    while isinstance(core, t.Implies):
        context, core = context.assuming(core.premise), t.bare(core.conclusion)
    if isinstance(core, t.Iff):
        start, wanted, end = core.left, "<=>", core.right
    elif isinstance(core, t.Relation) and len(core.ops) == 1:
        start, wanted, end = core.args[0], core.ops[0], core.args[1]
    else:
        raise Bad("a claim is one relation")
    chain, ops = [start], []
    for op, text in texts:
        ops.append(op)
        chain.append(context.parse(text))
    if not ops:
        raise Bad("there are no steps")
    if not t.same(chain[-1], end):
        raise Bad("the steps end elsewhere than the claim")
    if not _composes(ops, wanted):
        raise Bad(f"the relations {' '.join(ops)} do not give {wanted}")
    formulas = [context.unfold(formula) for formula in (claim, *chain, *context.hypotheses)]
    if said := two_of_one_name(s for formula in formulas for s in {*t.free_symbols(formula), *_tending(formula)}):
        raise Bad(said)
    return context, claim, chain, ops


def _tending(formula: t.Expr) -> Iterator[t.Symbol]:
    return (n.variable for n in t.walk(formula) if isinstance(n, t.Limit))


def _taken_apart(text: str) -> tuple[str, str]:
    """A step as its relation and its side."""
    op = next((o for o in OPERATORS if text.strip().startswith(o)), None)
    if op is None:
        raise Bad(f"the step {text!r} begins with no relation")
    return op, text.strip()[len(op) :]


def _composes(ops: list[str], wanted: str) -> bool:
    kinds = set(ops) - {"="}
    if wanted == "=":
        return not kinds
    if wanted in ("<=", ">="):
        return kinds <= {wanted, wanted[0]}
    if wanted in ("<", ">"):
        return kinds <= {wanted, f"{wanted}="} and wanted in kinds
    if wanted == "!=":
        return kinds in ({"<"}, {">"}, {"<", "<="}, {">", ">="}) or (kinds == {"!="} and ops.count("!=") == 1)
    return kinds <= {"<=>"} if wanted == "<=>" else kinds <= {"<=>", "=>"}


# one step ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """Where a step stands: the document, what was found of the claims before, the claim and what it may speak of."""

    cards: Mapping[str, Any]
    claims: Mapping[str, Any]
    found: Mapping[str, Replayed]
    one: Mapping[str, Any]
    context: Context
    goal: t.Expr

    @property
    def env(self) -> steps.Environment:
        return steps.Environment(self.context, self.goal, self._lemma, self.one["card"])

    def _lemma(self, name: str) -> tuple[Context, t.Expr, bool]:
        if name not in self.found:
            raise Bad(f"the lemma {name} is not in this document")
        own, claim, _, _ = _opened(self.cards, self.claims[name])
        return own, claim, self.found[name].outcome != PROVED

    def points(self, relation: t.Expr) -> tuple[str, str]:
        return _points(self.context, relation, self.one["instance"], self.goal)


def _step(place: _Place, entry: Mapping[str, Any], left: t.Expr, op: str, right: t.Expr) -> Step:
    """One step, no stronger than what it rests on."""
    text = entry["text"]
    if entry["conditions"]:
        return Step(text, NOT_REPLAYED, f"conditions are left: {', '.join(entry['conditions'])}")
    problem = _named(place, entry, left, right)
    if problem:
        return Step(text, REJECTED, problem)
    try:
        step = _judged(place, entry, left, op, right)
    except Bad as error:
        return Step(text, REJECTED, str(error))
    weakest = max((place.found[name] for name in entry["lemmas"]), key=lambda r: ORDER.index(r.outcome), default=None)
    if weakest is None or ORDER.index(weakest.outcome) <= ORDER.index(step.outcome):
        return step
    how = f"it rests on the lemma {weakest.name}, which is {WORDS[weakest.outcome]}"
    return replace(step, outcome=weakest.outcome, how=f"{step.how}; {how}")


def _judged(place: _Place, entry: Mapping[str, Any], left: t.Expr, op: str, right: t.Expr) -> Step:
    text = entry["text"]
    env = place.env
    for name, at in _cited(entry["rule"], place.one["card"]):
        data.kinds(env, name, at)
    outcome, how = place.points(_relation(left, op, right))
    if outcome == REJECTED:
        return Step(text, REJECTED, how)
    shown: list[tuple[steps.Shown, str]] = []
    reasons = [how]
    ends = [place.context.unfold(side) for side in (left, right)]
    exists = not any(map(_has_limit, ends))
    if op == "=":
        ends = [limits.settled(env.given(), side) for side in ends]
        if any(map(_has_limit, ends)):  # bodies that are equal have equal limits, if one of the two has a limit
            bodies = _without_limits(place.context, left, right)
            exists = bodies is not None and not all(map(_has_limit, ends))
            sides = bodies or t.Relation((left, right), ("=",))
        else:
            exists, (left, right) = True, ends
            sides = t.Relation((left, right), ("=",))
        carried = transfer(place.context, sides)
        if carried.holds is False:
            return Step(text, REJECTED, carried.reason)
        with _spoken(reasons):
            shown.append((steps.transferred(env, carried, *sides.args), f"for every n, from {carried.checked} cases"))
    if not shown or shown[0][0].open:
        with _spoken(reasons):
            shown.append((steps.show(env, entry["rule"], left, op, right), "for every n, in a normal form"))
    if shown and not exists:
        return Step(text, POINTS, f"equal {shown[0][1]}, if these limits exist, which is not shown")
    for one_way, way in shown:
        if not one_way.open:
            return Step(text, PROVED, way)
    for one_way, way in shown:
        letters = steps.inside(env, one_way.open)
        if letters is not None:
            named = tuple(sorted({s.name for s in letters}))
            return Step(text, INSIDE, f"{way}, for {', '.join(named) or 'all letters'} strictly inside the domain", named)
        reasons.append(_where(one_way))
    wrong = _wrong(place, entry["rule"], left, op, right)
    return Step(text, REJECTED, wrong) if wrong else Step(text, outcome, "; ".join(dict.fromkeys(reasons)))


@contextmanager
def _spoken(reasons: list[str]) -> Iterator[None]:
    """Why a route says nothing is kept."""
    try:
        yield
    except Outside as error:
        reasons.append(str(error))
    except RecursionError:
        reasons.append("too deeply nested")


def _wrong(place: _Place, rule: Mapping[str, Any], left: t.Expr, op: str, right: t.Expr) -> str:
    """What the data of a rule say and a point refutes; empty if there is no such point."""
    for one in data.said(place.env, rule, left, op, right):
        there = replace(place, context=one.context)
        outcome, how = there.points(one.relation)
        if outcome != REJECTED or ("undefined" in how and not one.defined):
            continue  # a step that is undefined where its data are is shown at other points
        if one.either is None or there.points(one.either)[0] == REJECTED:
            return f"not so: {one.text}: {how}"
    return ""


def _where(found: steps.Shown) -> str:
    kinds = {relation for _, relation in found.open}
    said = {"!=": "a divisor is not 0", ">": "what stands under a logarithm is positive", ">=": "a root is of no negative number"}
    return f"it is not shown that {' and '.join(said[k] for k in said if k in kinds)}"


def _named(place: _Place, entry: Mapping[str, Any], left: t.Expr, right: t.Expr) -> str:
    """Empty if every hypothesis named is one here and every lemma named was proved."""
    context = place.context
    own = [*context.hypotheses, *_carried(context), *_assumed(context, entry["rule"], left, right)]
    own += [core.body for h in context.hypotheses if isinstance(core := t.bare(h), t.Big)]  # as the author wrote it
    texts = {_text(h) for h in own}
    for text in entry["hypotheses"]:
        if text not in texts and not _carried_as(context, text) and not any(t.same(context.parse(text), h) for h in own):
            return f"{text} is no hypothesis"
    for lemma in entry["lemmas"]:
        if place.claims[lemma]["level"] != "proved":
            return f"the lemma {lemma} is {place.claims[lemma]['level']}"
    cited = {name for name, _ in _cited(entry["rule"], place.one["card"])}
    missing = sorted(cited - set(entry["lemmas"]))
    return f"the lemma {missing[0]} is used and not named" if missing else ""


def _cited(rule: Any, card: str) -> Iterator[tuple[str, str]]:
    """Every lemma that a rule names, with its arguments."""
    if isinstance(rule, list):
        for item in rule:
            yield from _cited(item, card)
    elif isinstance(rule, Mapping):
        name = rule.get("lemma") or (rule.get("name") if rule.get("rule") == "Lemma" else "")
        if name:
            yield name if "." in name else f"{card}.{name}", rule["at"]
        for value in rule.values():
            yield from _cited(value, card)


def _carried_as(context: Context, text: str) -> bool:
    """sum(k: S[a, k]) = 1 of a declared distribution, whatever its letters."""
    found = re.fullmatch(r"sum\((\w+): (\w+)\[(?:[\w, ]*, )?\1\]\) = 1", text)
    symbol = context.symbols.get(found.group(2)) if found else None
    return symbol is not None and symbol.type.domain in ("simplex", "onehot")


def _carried(context: Context) -> list[t.Expr]:
    """sum(k: p[k]) = 1 for every distribution."""
    found: list[t.Expr] = []
    for symbol in context.symbols.values():
        if symbol.type.domain in ("simplex", "onehot") and len(symbol.type.shape) == 1:
            k = t.Symbol("k", t.Type("index", over=symbol.type.shape[0]))
            found.append(t.Relation((t.Big("sum", (t.Binder(k),), t.Index(symbol, (k,))), t.number(1)), ("=",)))
    return found


def _assumed(context: Context, rule: Any, left: t.Expr, right: t.Expr) -> Iterator[t.Expr]:
    """What a rule may assume on its way: the case at hand, the other side of <=>, that the maximum is at m, that x is near."""
    if isinstance(rule, list):
        for item in rule:
            yield from _assumed(context, item, left, right)
    if not isinstance(rule, Mapping):
        return
    if rule["rule"] == "Case":
        yield context.parse(rule["condition"])
    if rule["rule"] == "Squeeze" and rule["near"]:
        yield context.parse(rule["near"])
    if rule["rule"] == "Directions":
        yield from (left, right)
    if rule["rule"] == "Support":
        for symbol, above in steps.supported(context, rule["of"]):
            end = t.number(0 if above else 1)
            yield from (t.Relation((symbol, end), (op,)) for op in (">" if above else "<", "="))
    if rule["rule"] == "Attained":
        for big in (n for side in (left, right) for n in t.walk(context.unfold(side)) if isinstance(n, t.Big) and n.op == "max"):
            k = big.binders[0].symbol
            top = substitute(big.body, {k: t.Symbol(rule["index"], k.type)})
            yield t.Big("forall", big.binders, t.Relation((big.body, top), ("<=",)))
    for limit in (n for side in (left, right) for n in t.walk(context.unfold(side)) if isinstance(n, t.Limit)):
        yield t.Relation((t.number(0), limit.variable), ("<",))  # on the way to 0+ and to inf
    for value in rule.values():
        yield from _assumed(context, value, left, right)


def _text(node: t.Expr) -> str:
    from mathcore.language.printers import parenthesise, readable, to_text

    return to_text(parenthesise(readable(node)))


def _relation(left: t.Expr, op: str, right: t.Expr) -> t.Expr:
    if op == "<=>":
        return t.Iff(left, right)
    return t.Implies(left, right) if op == "=>" else t.Relation((left, right), (op,))


def _has_limit(node: t.Expr) -> bool:
    return any(isinstance(n, t.Limit) for n in t.walk(node))


def _without_limits(context: Context, left: t.Expr, right: t.Expr) -> t.Relation | None:
    """The bodies of two limits towards one point (x = 1 / y exchanges inf and 0+): equal bodies have equal limits, or none."""
    one, two = (t.bare(side) if isinstance(t.bare(side), t.Limit) else t.bare(context.unfold(side)) for side in (left, right))
    if not (isinstance(one, t.Limit) and isinstance(two, t.Limit) and one.variable.type == two.variable.type):
        return None
    ends = [(n.point, n.side) for n in (one, two)]
    x = t.fresh(one.variable)  # what is said of a letter of that name is not said of this
    value: t.Expr = x
    if _points_of(ends) == {"inf", "0+"} and one.variable.type.domain == "positive":
        value = t.Paren(t.Div(t.number(1), x))
    elif ends[0] != ends[1]:
        return None
    bodies = (substitute(context.unfold(n.body), {n.variable: v}) for n, v in ((one, x), (two, value)))
    return t.Relation(tuple(bodies), ("=",))


def _points_of(ends: list[tuple[t.Expr, str]]) -> set[str]:
    return {
        "inf" if point == t.INFINITY else f"{point.value}{side}" if isinstance(point, t.Number) else "?" for point, side in ends
    }


# points -----------------------------------------------------------------------------------------------------------


def _points(context: Context, relation: t.Expr, instance: str, subject: t.Expr) -> tuple[str, str]:
    """At points of its own: REJECTED with the point, POINTS with their number, or NOT_REPLAYED."""
    context, relation, subject = _concrete(context, instance, relation, subject)
    core = t.bare(relation)
    if any(isinstance(n, t.Limit) for n in t.walk(context.unfold(core))):
        return _sequences(context, core, subject)
    found = compare(context, relation, count=COUNT, seed=SEED, subject=subject)
    if found.refuted is not None:
        return REJECTED, found.detail
    if found.points >= ENOUGH or (found.points and found.complete):
        return POINTS, f"at {found.points} points"
    return NOT_REPLAYED, found.detail or f"only {found.points} points"


def _witnessed(context: Context, claim: t.Expr, instance: str) -> bool:
    """Whether the hypotheses hold anywhere."""
    if not context.hypotheses:
        return True
    context, claim, always = _concrete(context, instance, claim, t.Relation((t.number(0), t.number(0)), ("=",)))
    return compare(context, always, count=COUNT, seed=SEED, subject=claim).points > 0


def _concrete(context: Context, instance: str, one: t.Expr, other: t.Expr) -> tuple[Context, t.Expr, t.Expr]:
    """With concrete functions in the place of declared ones."""
    put = _functions(context, instance)
    if not put:
        return context, one, other
    letters: dict[t.Symbol, t.Expr] = {}  # what an instance speaks of is held: it does not vary with what a formula binds
    for name, own in put.items():
        held = {s: t.fresh(s) for s in t.free_symbols(own.body) - {*own.parameters} if s.type.domain != "size"}
        put[name], letters = replace(own, body=substitute(own.body, held)), {**letters, **{new: s for s, new in held.items()}}

    def made(node: t.Expr) -> t.Expr:
        return substitute(unfold(node, put), letters)

    context = replace(
        context,
        hypotheses=tuple(map(made, context.hypotheses)),
        definitions={
            n: replace(d, body=unfold(d.body, put) if d.parameters else made(d.body)) for n, d in context.definitions.items()
        },
    )
    return context, made(one), made(other)


def _functions(context: Context, instance: str) -> dict[str, t.Definition]:
    """Concrete functions for declared ones."""
    found: dict[str, t.Definition] = {}
    for piece in filter(str.strip, instance.split(";")):
        name = piece.split("(")[0].strip()
        others = {k: v for k, v in context.symbols.items() if k != name}
        found[name] = replace(context, symbols=others).define(piece, closed=False).definitions[name]
    return found


def _sequences(context: Context, core: t.Expr, subject: t.Expr) -> tuple[str, str]:
    """lim(...) = value along sequences towards the point."""
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return NOT_REPLAYED, "a limit in such a statement"
    left, right = (t.bare(side) for side in core.args)
    if isinstance(right, t.Limit) and not isinstance(left, t.Limit):
        left, right = right, left
    bodies = _without_limits(context, left, right)
    if bodies is not None:
        found = compare(context, bodies, count=COUNT, seed=SEED, subject=subject)
        if found.points >= ENOUGH and found.refuted is None:
            return POINTS, f"the bodies agree at {found.points} points"
        return NOT_REPLAYED, "two limits of bodies that differ"
    if not isinstance(left, t.Limit) or any(isinstance(n, t.Limit) for n in t.walk(context.unfold(right))):
        return NOT_REPLAYED, "two limits"
    seen = approach(context, left, right, seed=SEED, subject=subject)
    away = next((look.seen for look in seen.looks if not look.near), seen.detail)
    return (POINTS, f"at {seen.places} places on the way") if seen.places >= 3 else (NOT_REPLAYED, away)

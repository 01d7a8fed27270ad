"""Certificates checked again, without the prover and without search.

Shared with the prover: the language room (grammar, tree, unfolding of definitions) and, where nothing better is to be had,
the balls. Not shared: the kernel's normal form, its signs, the checkers of rules, scopes and derivations. What is asked
here, step by step:

* the text can be read under the declarations that stand in the certificate; the steps compose to the claim;
* every hypothesis that a step names is one; every lemma is in the document, was proved, and the lemmas form no circle;
* an equation holds for every n: by finite-n transfer, or in the replayer's own normal form (`forms`, `given`);
* the data of a rule do what they say (`steps`): larger - smaller = sum of weight * lemma, the weights >= 0 and the lemma's
  arguments in its domain; the cases cover the domain and each is shown; a derivative keeps its sign; what holds at the
  start passes from t to t + 1. `proved` says that all this was found for the whole domain, `inside` that it was found where
  no divisor and no probability is 0, every logarithm and root is of something positive, and derivatives exist;
* what these routes do not speak of (limits, averages over batches ...) is evaluated at exact points that the prover did not
  use: evidence (`points`), not a proof. So are, always, all other steps. Nothing at all to say is `not replayed`.

A certificate that fails anywhere is `rejected`, with the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.language.reading import read
from mathcore.proof.balls.compare import approach, compare
from mathcore.proof.replay import data, steps
from mathcore.proof.replay.letters import Outside
from mathcore.proof.transfer import Transfer, positive, transfer

FORMAT = "mathcore certificates 1"
PROVED, INSIDE, POINTS, NOT_REPLAYED, REJECTED = "proved", "inside", "points", "not replayed", "rejected"
ORDER = (PROVED, INSIDE, POINTS, NOT_REPLAYED, REJECTED)  # from best to worst: a claim is as good as its worst step
SEED, COUNT = 90_001, 30  # points of its own
ENOUGH = 8
OPERATORS = ("<=>", "=>", "<=", ">=", "=", "<", ">")


class Bad(Exception):
    """The certificate does not show what it claims."""


@dataclass(frozen=True)
class Step:
    text: str
    outcome: str
    how: str


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
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Bad(f"this is no document of certificates ({type(error).__name__}: {error})") from None
    if not claims:
        raise Bad("there is no claim in it")
    return _without_rejected_lemmas(claims, {name: _claim(cards, claims, c) for name, c in claims.items()})


def _without_rejected_lemmas(claims: Mapping[str, Any], found: dict[str, Replayed]) -> tuple[Replayed, ...]:
    """What rests on a lemma that is rejected is rejected with it."""
    while True:
        for name, one in found.items():
            if one.outcome == REJECTED:
                continue
            lemmas = (n for step in claims[name]["steps"] for n in step["lemmas"])
            bad = next((n for n in lemmas if found[n].outcome == REJECTED), None)
            if bad is not None:
                found[name] = replace(one, outcome=REJECTED, reason=f"it rests on the lemma {bad}, which is rejected")
                break
        else:
            return tuple(found.values())


def _decided(claim: str, by: Iterable[str]) -> Replayed:
    """A script for another solver shows nothing here: that it is about this claim is not checked."""
    how = f"decided by {', '.join(by)}: no solver is trusted here, run the SMT-LIB text of its certificate in one"
    return Replayed("prove", claim, NOT_REPLAYED, how, (Step(claim, NOT_REPLAYED, how),))


def _claim(cards: Mapping[str, Any], claims: Mapping[str, Any], one: Mapping[str, Any]) -> Replayed:
    name, text = str(one.get("name")), str(one.get("claim"))
    try:
        context, goal, chain, ops = _opened(cards, one)
        _no_circle(claims, name, ())
        found_steps = []
        for entry, left, op, right in zip(one["steps"], chain, ops, chain[1:], strict=False):
            found = _step(cards, claims, context, one, entry, left, op, right, goal)
            found_steps.append(Step(entry["text"], *found))
        done = tuple(found_steps)
        bad = next((s for s in done if s.outcome == REJECTED), None)
        if bad is not None:
            return Replayed(name, text, REJECTED, f"step {bad.text}: {bad.how}", done)
        outcome = max((s.outcome for s in done), key=ORDER.index)
        whole, how = _points(context, goal, one["instance"], goal)
        if whole == REJECTED:
            return Replayed(name, text, REJECTED, f"the claim itself: {how}", done)
        if one["level"] != "proved":
            return Replayed(name, text, NOT_REPLAYED, f"the certificate itself says {one['level']}", done)
        if not _witnessed(context, goal, one["instance"]):
            return Replayed(name, text, NOT_REPLAYED, "no point satisfies the hypotheses: it may be about nothing", done)
        return Replayed(name, text, outcome, "", done)
    except (Bad, FormulaError) as error:
        return Replayed(name, text, REJECTED, str(error).splitlines()[0])
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        return Replayed(name, text, REJECTED, f"the certificate is damaged ({type(error).__name__}: {error})")


# the statement and its steps --------------------------------------------------------------------------------------


def context_of(cards: Mapping[str, Any], name: str, path: tuple[str, ...] = ()) -> Context:
    """The declarations and definitions of a card, those of the cards that it uses first."""
    if name in path:
        raise Bad(f"cards that use each other: {' -> '.join([*path, name])}")
    card, context = cards[name], Context()
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
    context = read(context, claim, functions=False).context
    core = _bare(claim)
    while isinstance(core, t.Implies):
        context, core = context.assuming(core.premise), _bare(core.conclusion)
    if isinstance(core, t.Iff):
        start, wanted, end = core.left, "<=>", core.right
    elif isinstance(core, t.Relation) and len(core.ops) == 1:
        start, wanted, end = core.args[0], core.ops[0], core.args[1]
    else:
        raise Bad("a claim is one relation")
    chain, ops = [start], []
    for step in one["steps"]:
        op = next((o for o in OPERATORS if step["text"].strip().startswith(o)), None)
        if op is None:
            raise Bad(f"the step {step['text']!r} begins with no relation")
        ops.append(op)
        chain.append(context.parse(step["text"].strip()[len(op) :]))
    if not ops:
        raise Bad("there are no steps")
    if not t.same(chain[-1], end):
        raise Bad("the steps end elsewhere than the claim")
    if not _composes(ops, wanted):
        raise Bad(f"the relations {' '.join(ops)} do not give {wanted}")
    return context, claim, chain, ops


def _composes(ops: list[str], wanted: str) -> bool:
    kinds = set(ops) - {"="}
    if wanted == "=":
        return not kinds
    if wanted in ("<=", ">="):
        return kinds <= {wanted, wanted[0]}
    if wanted in ("<", ">"):
        return kinds <= {wanted, f"{wanted}="} and wanted in kinds
    if wanted == "!=":
        return kinds in ({"<"}, {">"}, {"<", "<="}, {">", ">="})
    return kinds <= {"<=>"} if wanted == "<=>" else kinds <= {"<=>", "=>"}


def _no_circle(claims: Mapping[str, Any], name: str, path: tuple[str, ...]) -> None:
    if name in path:
        raise Bad(f"lemmas in a circle: {' -> '.join([*path, name])}")
    if name not in claims:
        raise Bad(f"the lemma {name} is not in this document")
    for step in claims[name]["steps"]:
        for lemma in step["lemmas"]:
            _no_circle(claims, lemma, (*path, name))


def _bare(node: t.Expr) -> t.Expr:
    while isinstance(node, t.Paren):
        node = node.body
    return node


# one step ---------------------------------------------------------------------------------------------------------


def _step(
    cards: Mapping[str, Any],
    claims: Mapping[str, Any],
    context: Context,
    one: Mapping[str, Any],
    entry: Mapping[str, Any],
    left: t.Expr,
    op: str,
    right: t.Expr,
    goal: t.Expr,
) -> tuple[str, str]:
    if entry["conditions"]:
        return NOT_REPLAYED, f"conditions are left: {', '.join(entry['conditions'])}"
    problem = _named(claims, context, one, entry, left, right)
    if problem:
        return REJECTED, problem
    relation = _relation(left, op, right)
    outcome, how = _points(context, relation, one["instance"], goal)
    if outcome == REJECTED:
        return REJECTED, how
    try:
        better = _proof(_Replay(cards, claims, context, one), entry["rule"], left, op, right)
    except Bad as error:
        return REJECTED, str(error)
    if better is not None and better.holds is False:
        return REJECTED, better.reason
    if better is not None and better.holds and not better.interior:
        return PROVED, better.reason or f"for every n, from {better.checked} cases"
    found, reason = _shown(cards, claims, context, one, entry["rule"], left, op, right, goal)
    if found is not None and (not found.open or not (better is not None and better.holds)):
        return (INSIDE, _where(found)) if found.open else (PROVED, "for every n, in a normal form")
    if better is not None and better.holds:
        return INSIDE, better.reason or f"for every n, from {better.checked} cases"
    wrong = _wrong(_bench(cards, claims, context, one, goal), entry["rule"], left, op, right, one["instance"])
    if wrong:
        return REJECTED, wrong
    return outcome, f"{how}; {reason}" if better is None else f"{how}; {better.reason}; {reason}"


def _shown(
    cards: Mapping[str, Any],
    claims: Mapping[str, Any],
    context: Context,
    one: Mapping[str, Any],
    rule: Mapping[str, Any],
    left: t.Expr,
    op: str,
    right: t.Expr,
    goal: t.Expr,
) -> tuple[steps.Shown | None, str]:
    """The step in the replayer's normal form, by the data of its rule."""
    try:
        return steps.show(_bench(cards, claims, context, one, goal), rule, left, op, right), ""
    except Outside as error:
        return None, str(error)
    except RecursionError:
        return None, "too deeply nested"


def _bench(
    cards: Mapping[str, Any], claims: Mapping[str, Any], context: Context, one: Mapping[str, Any], goal: t.Expr
) -> steps.Bench:
    def opened(name: str) -> tuple[Context, t.Expr]:
        if name not in claims:
            raise Bad(f"the lemma {name} is not in this document")
        own, claim, _, _ = _opened(cards, claims[name])
        return own, claim

    return steps.Bench(context, goal, opened, one["card"])


def _wrong(bench: steps.Bench, rule: Mapping[str, Any], left: t.Expr, op: str, right: t.Expr, instance: str) -> str:
    """What the data of a rule say and a point refutes; empty if there is no such point."""
    for one in data.said(bench, rule, left, op, right):
        found = _refuted(one.context, one.relation, instance, bench.goal)
        if "undefined" in found and not one.defined:
            found = ""  # a step that is undefined where its data are is shown at other points
        if found and one.either is not None and not _refuted(one.context, one.either, instance, bench.goal):
            found = ""
        if found:
            return f"not so: {one.text}: {found}"
    return ""


def _refuted(context: Context, relation: t.Expr, instance: str, goal: t.Expr) -> str:
    outcome, how = _points(context, relation, instance, goal)
    return how if outcome == REJECTED else ""


def _where(found: steps.Shown) -> str:
    kinds = {relation for _, relation in found.open}
    said = {"!=": "no divisor is 0", ">": "what stands under a logarithm is positive", ">=": "no root is of a negative number"}
    return f"for every n, in a normal form, where {' and '.join(said[k] for k in said if k in kinds)}"


def _named(
    claims: Mapping[str, Any], context: Context, one: Mapping[str, Any], entry: Mapping[str, Any], left: t.Expr, right: t.Expr
) -> str:
    """Empty if every hypothesis named is one here and every lemma named was proved."""
    own = [*context.hypotheses, *_carried(context), *_assumed(context, entry["rule"], left, right)]
    own += [core.body for h in context.hypotheses if isinstance(core := _bare(h), t.Big)]  # as the author wrote it
    texts = {_text(h) for h in own}
    for text in entry["hypotheses"]:
        if text not in texts and not _carried_as(context, text) and not any(t.same(context.parse(text), h) for h in own):
            return f"{text} is no hypothesis"
    for lemma in entry["lemmas"]:
        if claims[lemma]["level"] != "proved":
            return f"the lemma {lemma} is {claims[lemma]['level']}"
    cited = set(_cited(entry["rule"], one["card"]))
    missing = sorted(cited - set(entry["lemmas"]))
    return f"the lemma {missing[0]} is used and not named" if missing else ""


def _cited(rule: Any, card: str) -> Iterator[str]:
    if isinstance(rule, list):
        for item in rule:
            yield from _cited(item, card)
    elif isinstance(rule, Mapping):
        name = rule.get("lemma") or (rule.get("name") if rule.get("rule") == "Lemma" else "")
        if name:
            yield name if "." in name else f"{card}.{name}"
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
        for name in rule["of"]:
            yield from (t.Relation((context.symbols[name], t.number(0)), (op,)) for op in (">", "="))
    if rule["rule"] == "Attained":
        for big in (n for side in (left, right) for n in t.walk(context.unfold(side)) if isinstance(n, t.Big) and n.op == "max"):
            k = big.binders[0].symbol
            top = t.substitute(big.body, {k: t.Symbol(rule["index"], k.type)})
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


@dataclass(frozen=True)
class _Replay:
    cards: Mapping[str, Any]
    claims: Mapping[str, Any]
    context: Context
    one: Mapping[str, Any]

    def lemma(self, name: str, at: str) -> t.Relation:
        """The statement of a lemma at its arguments, which lie in the domains by their form."""
        full = name if "." in name else f"{self.one['card']}.{name}"
        if full not in self.claims:
            raise Bad(f"the lemma {full} is not in this document")
        own, claim, _, _ = _opened(self.cards, self.claims[full])
        mapping: dict[t.Symbol, t.Expr] = {}
        sizes: dict[t.Symbol, t.Expr] = {}
        for item in filter(None, (part.strip() for part in at.split(";"))):
            name, _, text = item.partition("=")
            symbol, value = own.symbols[name.strip()], self.context.unfold(self.context.parse(text))
            if len(symbol.type.shape) != len(t.shape_of(value)):
                raise _Unspoken(f"whether {symbol.name} has the right shape")
            for size, actual in zip(symbol.type.shape, t.shape_of(value), strict=True):
                if (sizes.setdefault(size, actual) if isinstance(size, t.Symbol) else size) != actual:
                    raise _Unspoken(f"whether {symbol.name} has the right size")
            mapping[symbol] = t.Paren(value)
        mapping = {s: v for s, v in sizes.items() if s != v} | mapping
        core = _bare(own.unfold(claim))
        if not isinstance(core, t.Relation) or len(core.ops) != 1 or own.hypotheses:
            raise _Unspoken("a lemma with hypotheses")
        for symbol in t.free_symbols(core) - set(sizes):
            if symbol in mapping and symbol.type.domain == "positive" and not positive(mapping[symbol]):
                raise _Unspoken(f"whether {symbol.name} lies in its domain")
            if symbol in mapping and symbol.type.domain not in ("positive", "real"):
                raise _Unspoken(f"whether {symbol.name} lies in its domain")
            if symbol not in mapping and self.context.symbols.get(symbol.name) != symbol:
                raise _Unspoken(f"what {symbol.name} of the lemma is")
        return t.substitute(core, mapping)  # type: ignore[return-value]  # a relation stays one


def _without_limits(context: Context, left: t.Expr, right: t.Expr) -> t.Relation | None:
    """The bodies of two limits towards one point (x = 1 / y exchanges inf and 0+): equal bodies have equal limits."""
    one, two = (_bare(side) if isinstance(_bare(side), t.Limit) else _bare(context.unfold(side)) for side in (left, right))
    if not (isinstance(one, t.Limit) and isinstance(two, t.Limit) and one.variable.type == two.variable.type):
        return None
    ends = [(n.point, n.side) for n in (one, two)]
    value: t.Expr = one.variable
    if _ends(ends) == {"inf", "0+"} and one.variable.type.domain == "positive":
        value = t.Paren(t.Div(t.number(1), one.variable))
    elif ends[0] != ends[1]:
        return None
    body = t.substitute(context.unfold(two.body), {two.variable: value})
    return t.Relation((context.unfold(one.body), body), ("=",))


def _ends(ends: list[tuple[t.Expr, str]]) -> set[str]:
    return {
        "inf" if point == t.INFINITY else f"{point.value}{side}" if isinstance(point, t.Number) else "?" for point, side in ends
    }


class _Unspoken(Exception):
    """Nothing is wrong, but this route does not say so."""


def _gap(relation: t.Relation) -> t.Expr:
    """Larger minus smaller."""
    a, b = relation.args if relation.ops[0] in (">", ">=") else relation.args[::-1]
    return t.Sub(t.Paren(a), t.Paren(b))


def _proof(of: _Replay, rule: Mapping[str, Any], left: t.Expr, op: str, right: t.Expr) -> Transfer | None:
    """A proof of the step for every n by the data of its rule; None where there is none to be had."""
    try:
        if op == "=":
            return transfer(of.context, _without_limits(of.context, left, right) or t.Relation((left, right), ("=",)))
        if op not in ("<", "<=", ">", ">="):
            return None
        wanted = _gap(t.Relation((left, right), (op,)))
        if rule["rule"] == "Certificate":
            return _certificate(of, rule, wanted, op)
        if rule["rule"] == "SumOver":
            a, b = (_bare(side) if isinstance(_bare(side), t.Big) else _bare(of.context.unfold(side)) for side in (left, right))
            if not (
                isinstance(a, t.Big) and isinstance(b, t.Big) and a.op == b.op == "sum" and len(a.binders) == len(b.binders) == 1
            ):
                return None
            name = of.context.symbols[rule["index"]]
            bodies = (t.substitute(side.body, {side.binders[0].symbol: name}) for side in (a, b))
            return _proof(of, rule["by"], next(bodies), op, next(bodies))
        if rule["rule"] == "Lemma":
            known = of.lemma(rule["name"], rule["at"])
            if known.ops[0] not in ("<", "<=", ">", ">=") or (len(op) == 1 and len(known.ops[0]) == 2):
                return None
            found = transfer(of.context, t.Relation((wanted, _gap(known)), ("=",)))
            return found if found.holds else replace(found, holds=None, reason="no plain instance of the lemma")
    except _Unspoken as error:
        return Transfer(None, str(error))
    return None


def _certificate(of: _Replay, rule: Mapping[str, Any], wanted: t.Expr, op: str) -> Transfer:
    """larger - smaller = sum of weight * (larger - smaller of a lemma), the weights >= 0 by their form."""
    total: t.Expr = t.number(0)
    doubtful, strict = "", False
    for term in rule["terms"]:
        weight = of.context.unfold(of.context.parse(term["weight"]))
        if not not_negative(weight):
            doubtful = f"the weight {term['weight']} is not >= 0 by its form"
        value: t.Expr = t.Paren(weight)
        if term["lemma"]:
            value = t.Mul(value, t.Paren(_gap(of.lemma(term["lemma"], term["at"]))))
        strict |= positive(weight) and not term["lemma"]
        if term["over"]:
            index = of.context.symbols[term["over"]]
            bound = t.fresh(index)
            value = t.Big("sum", (t.Binder(bound),), t.substitute(value, {index: bound}))
        total = t.Add(total, t.Paren(value))
    found = transfer(of.context, t.Relation((wanted, total), ("=",)))
    if found.holds and doubtful:
        return replace(found, holds=None, reason=doubtful)
    if found.holds and op in ("<", ">") and not strict:
        return replace(found, holds=None, reason="no term is positive by its form")
    return found


def not_negative(node: t.Expr) -> bool:
    """>= 0 by its form alone."""
    node = _bare(node)
    if positive(node) or (isinstance(node, t.Number) and node.value == 0):
        return True
    match node:
        case t.Symbol(_, kind):
            return kind.domain in ("nonnegative", "unit", "natural", "positive", "size")
        case t.Index(t.Symbol(_, kind), _):
            return kind.domain in ("nonnegative", "unit", "simplex", "onehot", "positive")
        case t.Call("delta" | "abs" | "sqrt" | "exp", _):
            return True
        case t.Sub(one, part) if isinstance(_bare(one), t.Number) and _bare(one).value == 1:  # type: ignore[attr-defined]  # a number
            inner = _bare(part)
            base = inner.base if isinstance(inner, t.Index) else inner
            return isinstance(base, t.Symbol) and base.type.domain in ("unit", "simplex", "onehot")
        case t.Sub(big, part) if isinstance(big, t.Symbol) and big.type.domain == "size":
            return isinstance(_bare(part), t.Number) and _bare(part).value <= max(big.type.minimum, 1)  # type: ignore[attr-defined]  # a number
        case t.Add(a, b) | t.Mul(a, b) | t.Div(a, b):
            return not_negative(a) and not_negative(b)
        case t.Pow(base, exponent):
            even = isinstance(_bare(exponent), t.Number) and _bare(exponent).value % 2 == 0  # type: ignore[attr-defined]  # a number
            return even or not_negative(base)
        case t.Big("sum" | "prod", _, body):
            return not_negative(body)
        case t.Call("max", args):
            return any(map(not_negative, args))
    return False


# points -----------------------------------------------------------------------------------------------------------


def _points(context: Context, relation: t.Expr, instance: str, subject: t.Expr) -> tuple[str, str]:
    """At points of its own: REJECTED with the point, POINTS with their number, or NOT_REPLAYED."""
    context, relation, subject = _concrete(context, instance, relation, subject)
    core = _bare(relation)
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
    context = replace(
        context,
        hypotheses=tuple(t.unfold(h, put) for h in context.hypotheses),
        definitions={name: replace(d, body=t.unfold(d.body, put)) for name, d in context.definitions.items()},
    )
    return context, t.unfold(one, put), t.unfold(other, put)


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
    left, right = (_bare(side) for side in core.args)
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
    found = approach(context, left, right, seed=SEED, subject=subject)
    if found.refuted is not None:
        return REJECTED, found.detail
    return (POINTS, f"at {found.points} places of sequences") if found.points >= 3 else (NOT_REPLAYED, found.detail)

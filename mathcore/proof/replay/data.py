"""What the data of a rule claim beside the step itself, as relations: where a point refutes one, the certificate is wrong.

A weight is >= 0, the terms add up to the difference, the arguments of a lemma lie in its domain and its hypotheses hold,
the cases cover the domain, a function moves as it is said to. A step may be true and its certificate not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.language.substitution import reduce_index, substitute
from mathcore.proof.replay.arguments import arguments
from mathcore.proof.replay.letters import SIGNS, Outside
from mathcore.proof.replay.steps import DOWN, UP, Environment, of_variable, relations, supported

NEGATED = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
PATTERNS = 16  # ways of lying outside all cases
NEVER = t.Relation((t.number(0), t.number(1)), ("=",))


@dataclass(frozen=True)
class Said:
    """One relation that has to hold in a context, or else `either`; `text` says what it is for.

    `defined`: where one side is undefined it does not hold.
    """

    text: str
    context: Context
    relation: t.Expr
    either: t.Expr | None = None
    defined: bool = False


def said(env: Environment, rule: Any, left: t.Expr, op: str, right: t.Expr) -> Iterator[Said]:
    """Every relation that the data of a rule need, as far as the language can say it."""
    try:
        yield from _said(env, rule, left, op, right)
    except (Outside, FormulaError):
        return


def kinds(env: Environment, name: str, at: str) -> None:
    """Raises Bad if the arguments of a lemma are not of the kinds that it declares, as far as its letters are known here."""
    try:
        arguments(env.opened(name)[0], env.parse, at)
    except FormulaError:
        return  # letters that a rule declares on its way: asked where it is followed


def _said(env: Environment, rule: Any, left: t.Expr, op: str, right: t.Expr) -> Iterator[Said]:
    kind = rule["rule"] if isinstance(rule, Mapping) else ""
    if kind == "Certificate" and op in (*UP, *DOWN):
        yield from _certificate(env, rule, left, op, right)
    elif kind == "Lemma":
        yield from _lemma(env, rule["name"], rule["at"])
    elif kind == "SumOver":
        sides = [t.bare(side) if isinstance(t.bare(side), t.Big) else t.bare(env.context.unfold(side)) for side in (left, right)]
        name = env.context.symbols[rule["index"]]
        sums = [s for s in sides if isinstance(s, t.Big) and s.op == "sum" and len(s.binders) == 1 and s.binders[0].lower is None]
        if len(sums) == len(sides):
            one, two = (substitute(env.context.unfold(s.body), {s.binders[0].symbol: name}) for s in sums)
            yield Said("the step term by term", env.context, t.Relation((one, two), (op,)))
            yield from said(env, rule["by"], one, op, two)
    elif kind == "Split":
        yield from _split(env, rule, left, op, right)
    elif kind == "Support":
        yield from said(
            env.assuming(*positive(supported(env.context, rule["of"]))),
            rule["by"],
            left,
            op,
            right,
        )
    elif kind == "Monotone" and rule["turning"] and op in (*UP, *DOWN):
        own, x = of_variable(env, rule["variable"])
        f = own.parse(rule["function"])
        there = substitute(f, {x: t.Paren(own.parse(rule["turning"]))})
        small, large = (left, right) if op in UP else (right, left)
        equal = t.Relation((_less(large, small), _less(f, there)), ("=",))
        yield Said("the function at its turning point", own.context, equal)
    elif kind == "Monotone" and rule["inner"] and op in (*UP, *DOWN):
        yield from _monotone(env, rule, left, op, right)
    elif kind == "Squared" and op in (*UP, *DOWN):
        small, large = (left, right) if op in UP else (right, left)
        a, b = env.parse(rule["smaller"]), env.parse(rule["larger"])
        yield Said(f"{rule['larger']} is not negative", env.context, t.Relation((b, t.number(0)), (">=",)))
        yield Said("the sides that are squared", env.context, t.Relation((_less(large, small), _less(b, a)), ("=",)))


def _less(a: t.Expr, b: t.Expr) -> t.Expr:
    return t.Paren(t.Sub(t.Paren(a), t.Paren(b)))


def positive(letters: Iterable[tuple[t.Symbol, bool]]) -> Iterator[t.Expr]:
    """That letters are > 0, or < 1, in every entry."""
    for symbol, above in letters:
        places = tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in symbol.type.shape)
        entry = t.Index(symbol, places) if places else symbol
        relation = t.Relation((t.number(0), entry) if above else (entry, t.number(1)), ("<",))
        yield t.Big("forall", tuple(map(t.Binder, places)), relation) if places else relation


def _certificate(env: Environment, rule: Mapping[str, Any], left: t.Expr, op: str, right: t.Expr) -> Iterator[Said]:
    small, large = (left, right) if op in UP else (right, left)
    total: t.Expr = t.number(0)
    for term in rule["terms"]:
        weight = env.parse(term["weight"])
        yield Said(f"the weight {term['weight']} is not negative", env.context, t.Relation((weight, t.number(0)), (">=",)))
        value: t.Expr = t.Paren(weight)
        if term["lemma"]:
            yield from _lemma(env, term["lemma"], term["at"])
            known = _instance(env, term["lemma"], term["at"])[0]
            a, b = known.args if known.ops[0] in UP else known.args[::-1]
            value = t.Mul(value, _less(b, a))
        for name in filter(None, map(str.strip, term["over"].split(","))):
            index = env.context.symbols.get(name)
            if index is None or index.type.domain != "index":
                raise Outside("a sum over no index")
            bound = t.fresh(index)
            value = t.Big("sum", (t.Binder(bound),), substitute(value, {index: bound}))
        total = t.Add(total, t.Paren(value))
    yield Said("the terms add up to the difference", env.context, t.Relation((_less(large, small), total), ("=",)))


def _instance(env: Environment, name: str, at: str) -> tuple[t.Relation, list[t.Expr], Mapping[t.Symbol, t.Expr]]:
    """A lemma at its arguments, its hypotheses there, and the arguments."""
    own, claim, _ = env.opened(name if "." in name else f"{env.card}.{name}")
    given = arguments(own, env.parse, at)
    core = t.bare(own.unfold(claim))
    while isinstance(core, t.Implies):
        core = t.bare(core.conclusion)
    if not isinstance(core, t.Relation) or len(core.ops) != 1:
        raise Outside("a lemma that is no relation")
    about = t.free_symbols(core)
    fixed = [h for h in map(own.unfold, own.hypotheses) if t.free_symbols(h) <= about]
    put = given.put
    return substitute(core, put), [substitute(h, put) for h in fixed], given.values


def _lemma(env: Environment, name: str, at: str) -> Iterator[Said]:
    _, hypotheses, mapping = _instance(env, name, at)
    for symbol, value in mapping.items():
        if symbol.type.domain in ("positive", "nonnegative", "unit"):
            places = tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in t.shape_of(value))
            entry = reduce_index(t.Index(value, places)) if places else value
            lower = ">" if SIGNS[symbol.type.domain] == "+" else ">="
            text = f"{symbol.name} lies in the domain of the lemma"
            yield Said(text, env.context, t.Relation((entry, t.number(0)), (lower,)), defined=True)
            if symbol.type.domain == "unit":
                yield Said(text, env.context, t.Relation((entry, t.number(1)), ("<=",)))
    for hypothesis in hypotheses:
        if isinstance(t.bare(hypothesis), t.Relation):
            yield Said("a hypothesis of the lemma holds", env.context, hypothesis)


def _split(env: Environment, rule: Mapping[str, Any], left: t.Expr, op: str, right: t.Expr) -> Iterator[Said]:
    conditions = [env.context.parse(case["condition"]) for case in rule["cases"]]
    for chosen in islice(product(*([*relations(c)] for c in conditions)), PATTERNS):
        outside = [t.Relation(r.args, (NEGATED[r.ops[0]],)) for r in chosen]
        yield Said("the cases cover the domain", env.context.assuming(*outside), NEVER)
    for case, condition in zip(rule["cases"], conditions, strict=True):
        inner = env.assuming(condition)
        yield Said(f"the step where {case['condition']}", inner.context, t.Relation((left, right), (op,)))
        yield from said(inner, case["by"], left, op, right)


def _monotone(env: Environment, rule: Mapping[str, Any], left: t.Expr, op: str, right: t.Expr) -> Iterator[Said]:
    own, x = of_variable(env, rule["variable"])
    f = own.parse(rule["function"])
    inner = t.bare(env.context.parse(rule["inner"]))
    if not isinstance(inner, t.Relation) or len(inner.ops) != 1:
        raise Outside("the arguments are compared by one relation")
    small, large = (left, right) if op in UP else (right, left)
    a, b = inner.args if inner.ops[0] in UP else inner.args[::-1]
    yield Said("the arguments are compared", env.context, inner)
    low, high = (t.Paren(substitute(f, {x: t.Paren(env.context.unfold(v))})) for v in (a, b))
    rising = t.Relation((_less(large, small), _less(high, low)), ("=",))
    falling = t.Relation((_less(large, small), _less(low, high)), ("=",))
    yield Said("the function at the arguments is the difference", env.context, rising, falling)

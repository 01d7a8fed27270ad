"""A step shown by the replayer's normal form and the data that its rule carries; `Shown.open` is what remains to be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import reduce_index, substitute, with_part
from mathcore.proof.replay.arguments import Arguments, arguments
from mathcore.proof.replay.forms import Forms
from mathcore.proof.replay.given import COUNTS, Equation, Given, given, replaced, summed, vanishes
from mathcore.proof.replay.letters import (
    ENDED,
    ONE,
    SIGNS,
    Bad,
    Fact,
    Frozen,
    Outside,
    Poly,
    constant,
    frozen,
    minus,
    number,
    of,
    plus,
    symbols,
)
from mathcore.proof.transfer import Transfer, positive, transfer

UP, DOWN = ("<", "<="), (">", ">=")
Opened = Callable[
    [str], tuple[Context, t.Expr, bool]
]  # a lemma's name -> its context with premises, its claim, is it shown inside only


@dataclass(frozen=True)
class Shown:
    """Shown for every n; `open`: only where these values are > 0, >= 0 or not 0."""

    open: frozenset[tuple[Frozen, str]] = frozenset()

    def also(self, other: Shown) -> Shown:
        return Shown(self.open | other.open)


@dataclass(frozen=True)
class Environment:
    """Where a step is shown: the hypotheses, the claim that says which letters are fixed, the lemmas."""

    context: Context
    goal: t.Expr
    opened: Opened
    card: str
    positive: tuple[tuple[t.Symbol, bool], ...] = ()  # arrays and letters taken to be > 0 (or < 1): rule Support
    fixed: tuple[t.Symbol, ...] = ()  # of these nothing is known but their domain

    def given(self, extra: Iterable[t.Expr] = ()) -> Given:
        found = given(self.context, self.goal, extra)
        found.facts += [_apart(symbol, above) for symbol, above in self.positive]
        if self.fixed:
            gone = frozenset(self.fixed)
            found.facts = [f for f in found.facts if not symbols(f.value) & gone]
            found.equations = [e for e in found.equations if not symbols(e.value) & gone]
            found.apart = [a for a in found.apart if not symbols(a) & gone]
        return found

    def parse(self, text: str) -> t.Expr:
        return self.context.unfold(self.context.parse(text))

    def assuming(self, *formulas: t.Expr) -> Environment:
        return replace(self, context=self.context.assuming(*formulas))


def show(env: Environment, rule: Any, left: t.Expr, op: str, right: t.Expr) -> Shown:
    """The relation, by its rule; raises Outside if it is not shown."""
    kind = rule["rule"] if isinstance(rule, Mapping) else ""
    if kind == "Split":
        return _split(env, rule, left, op, right)
    if kind == "Support":
        below = supported(env.context, rule["of"])
        found = show(replace(env, positive=(*env.positive, *below)), rule["by"], left, op, right)
        return found.also(Shown(frozenset((_apart(symbol, above).value, ">") for symbol, above in below)))
    if kind == "Attained":
        return _attained(env, rule, left, op, right)
    if kind == "SumOver":
        return _sum_over(env, rule, left, op, right)
    if op == "=":
        return _equation(env, rule, left, right)
    if op in (*UP, *DOWN):
        small, large = (left, right) if op in UP else (right, left)
        strict = len(op) == 1
        ways: dict[str, Callable[..., Shown]] = {
            "Certificate": _certificate,
            "Lemma": _lemma,
            "Monotone": _monotone,
            "Squared": _squared,
        }
        if kind in ways:
            return ways[kind](env, rule, small, large, strict)
        return _signed(env, small, large, strict)
    raise Outside(f"the relation {op}")


def supported(context: Context, names: Iterable[str]) -> tuple[tuple[t.Symbol, bool], ...]:
    """What rule Support takes to be > 0, or < 1 where `1 - p` is named: what is declared as something that may be 0, or 1."""
    found = list[tuple[t.Symbol, bool]]()
    for spelt in names:
        name, above = spelt.removeprefix("1 - "), not spelt.startswith("1 - ")
        symbol = context.symbols.get(name)
        if symbol is None or symbol.type.domain not in ((*ENDED, "onehot") if above else ("unit",)):
            raise Bad(f"{name} is not declared as something that may be {0 if above else 1}")
        found.append((symbol, above))
    return tuple(found)


def _apart(symbol: t.Symbol, above: bool = True) -> Fact:
    """Every entry is > 0, or < 1."""
    places = tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in symbol.type.shape)
    value = of(("e", symbol, places) if places else ("s", symbol))
    return Fact(frozen(value if above else minus(ONE, value)), True, frozenset(places))


def inside(env: Environment, conditions: frozenset[tuple[Frozen, str]]) -> frozenset[t.Symbol] | None:
    """The letters for which conditions ask to lie inside their domains; None if they ask for more."""
    own = env.given()
    letters = frozenset(s for p, _ in conditions for s in symbols(p) if s.type.domain in ENDED)
    facts = [_apart(s, above) for s in letters for above in ((True, False) if s.type.domain == "unit" else (True,))]
    forms = Forms([*own.facts, *facts], own.apart, own.distinct)
    for p, relation in conditions:
        sign = forms.sign(dict(p))
        if not (sign == "+" or (relation == ">=" and sign) or (relation == "!=" and forms.nonzero(dict(p)))):
            return None
    return letters


def defined(env: Environment, *nodes: t.Expr) -> Shown:
    """What sides need to be defined, part by part: that values are equal says nothing of it."""
    forms = env.given().forms()
    for node in nodes:
        need(forms, env.context.unfold(node))
    return Shown(frozenset(forms.open))


def need(forms: Forms, node: t.Expr) -> None:
    """Adds to `forms.open` what each part needs to be defined and what is not shown."""
    match node:
        case t.Div(_, below) if not positive(below):
            forms.need(forms.read(below), "!=")
        case t.Call("log" | "log2" | "log10" | "sqrt" | "xlogy", (*_, inner)) if not positive(inner):
            forms.need(forms.read(inner), ">")
        case t.Pow(base, exponent) if not positive(base):
            power = t.bare(exponent)
            if not (isinstance(power, t.Number) and power.value.denominator == 1):
                forms.need(forms.read(base), ">")
        case t.Big(_, binders, body):
            if any(b.lower is not None for b in binders):
                raise Outside("a sum over a range")
            need(forms, substitute(body, {b.symbol: t.fresh(b.symbol) for b in binders}))
            return
        case t.Index(base, places):
            for place, size in zip(places, t.shape_of(base), strict=False):
                forms.within(forms.read(place), size)
        case t.At() | t.Limit():
            raise Outside("a value that is put in, or a limit")
    for child in t.children(node):
        need(forms, child)


# equations --------------------------------------------------------------------------------------------------------


def _entries(left: t.Expr, right: t.Expr) -> tuple[t.Expr, t.Expr]:
    """Arrays are equal if all entries are."""
    shape = t.shape_of(left)
    if shape != t.shape_of(right):
        raise Outside("the sides have different shapes")
    if not shape:
        return left, right
    names = tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in shape)
    return reduce_index(t.Index(left, names)), reduce_index(t.Index(right, names))


def _zero(own: Given, gap: Callable[[Forms], Poly], extra: Iterable[Equation] = ()) -> Shown:
    forms = own.forms()
    if not vanishes(forms, gap(forms), [*own.equations, *extra]):
        raise Outside("the sides do not come out as equal")
    return Shown(frozenset(forms.open))


def _difference(left: t.Expr, right: t.Expr) -> Callable[[Forms], Poly]:
    return lambda forms: minus(forms.read(left), forms.read(right))


def transferred(env: Environment, found: Transfer, left: t.Expr, right: t.Expr) -> Shown:
    """An identity by finite-n transfer, where both sides are defined."""
    if not found.holds:
        raise Outside(found.reason)
    shown = defined(env, left, right)
    if found.interior:
        letters = {s for side in (left, right) for s in t.free_symbols(env.context.unfold(side)) if s.type.domain == "simplex"}
        shown = shown.also(Shown(frozenset((_apart(s).value, ">") for s in letters)))
    return shown


def _equation(env: Environment, rule: Any, left: t.Expr, right: t.Expr) -> Shown:
    left, right = _entries(env.context.unfold(left), env.context.unfold(right))
    own = env.given()

    def gap(forms: Forms) -> Poly:
        return minus(forms.read(left), forms.read(right))

    try:
        return _zero(own, gap)
    except Outside as error:
        kind = rule["rule"] if isinstance(rule, Mapping) else ""
        if kind == "Lemma":
            known, more = lemma(env, rule["name"], rule["at"])
            if known.ops == ("=",):
                return _zero(own, gap, [_equation_of(own, known)]).also(more)
        if kind in ("Telescope", "Geometric", "Induction"):
            return _induction(env, left, right)
        raise error


def _equation_of(own: Given, relation: t.Relation) -> Equation:
    a, b = _entries(*relation.args)
    forms = own.forms()
    loose = t.free_symbols(a) | t.free_symbols(b)
    new = frozenset(s for s in loose if s.type.domain == "index" and "~" in s.name)
    return Equation(frozen(minus(forms.read(a), forms.read(b))), new)


def _induction(env: Environment, left: t.Expr, right: t.Expr) -> Shown:
    """At the least value of a natural number, and from it to the next, the equation itself being known."""
    free = t.free_symbols(left) | t.free_symbols(right)
    problem = Outside("there is no natural number to count")
    for over in sorted((s for s in free if s.type.domain == "natural" and not s.type.shape), key=lambda s: s.name):
        own = replace(env, fixed=(*env.fixed, over)).given()
        try:
            start = {over: t.number(over.type.minimum)}
            first = _zero(own, _difference(substitute(left, start), substitute(right, start)))
            forms = own.forms()
            now = minus(forms.read(left), forms.read(right))
            after = forms.put(now, {over: plus(of(("s", over)), ONE)})
            after = forms.unrolled(after, now)
            if not vanishes(forms, after, [*own.equations, Equation(frozen(now))]):
                raise Outside(f"from {over.name} to {over.name} + 1 it is not seen")
            return first.also(Shown(frozenset(forms.open)))
        except Outside as error:
            problem = error
    raise problem


# inequalities -----------------------------------------------------------------------------------------------------


def _gap(own: Given, forms: Forms, small: t.Expr, large: t.Expr) -> Poly:
    return minus(own.read(forms, large), own.read(forms, small))


def _sign(own: Given, forms: Forms, p: Poly, strict: bool) -> bool:
    """Whether p > 0 (>= 0), also after the equations that hold have been used."""
    for value in (p, *_rewritten(own, forms, p)):
        sign = forms.sign(value)
        if sign and (sign == "+" or not strict):
            return True
    return False


def _weight(own: Given, forms: Forms, node: t.Expr) -> str:
    """The sign of an expression, factor by factor and term by term as it is written: "+", "0+" or ""."""
    node = t.bare(node)
    value = forms.read(node)
    for strict in (True, False):
        if _sign(own, forms, value, strict):
            return "+" if strict else "0+"
    match node:
        case t.Mul(a, b) | t.Div(a, b):
            signs = (_weight(own, forms, a), _weight(own, forms, b))
            return "" if not all(signs) else "0+" if signs[0] == "0+" or (signs[1] == "0+" and isinstance(node, t.Mul)) else "+"
        case t.Add(a, b):
            signs = (_weight(own, forms, a), _weight(own, forms, b))
            return "" if not all(signs) else "+" if "+" in signs else "0+"
        case t.Pow(base, exponent):
            even = isinstance(n := t.bare(exponent), t.Number) and n.value % 2 == 0
            return "0+" if even or _weight(own, forms, base) else ""
        case t.Call("abs" | "sqrt", _):
            return "0+"
        case t.Big("sum", binders, body) if all(b.lower is None for b in binders):
            fresh = {b.symbol: t.fresh(b.symbol) for b in binders}
            return _weight(own, forms, substitute(body, fresh))
    return ""


def _rewritten(own: Given, forms: Forms, p: Poly) -> Iterable[Poly]:
    for equation in own.equations:
        for way in (summed, replaced):
            q = way(forms, p, equation)
            if q != p:
                yield q
                p = q


def _signed(env: Environment, small: t.Expr, large: t.Expr, strict: bool) -> Shown:
    own = env.given()
    forms = own.forms()
    if not _sign(own, forms, _gap(own, forms, small, large), strict):
        raise Outside("the sign of the difference is not seen")
    return Shown(frozenset(forms.open))


def _over(env: Environment, text: str, *sides: t.Expr) -> list[t.Symbol]:
    """Indices over which is summed: of these nothing else may be known, and they stand for no other in the sides."""
    given = [name.strip() for name in text.split(",") if name.strip()]
    if len(set(given)) != len(given) or not set(given) <= env.context.symbols.keys():
        raise Bad(f"{text} does not name declared indices, each once")
    names = [env.context.symbols[name] for name in given]
    spoken = frozenset().union(*(t.free_symbols(env.context.unfold(formula)) for formula in (env.goal, *sides)))
    if any(s in spoken | env.context.fixed or s.type.domain != "index" for s in names):
        raise Outside("a sum over an index of which the claim speaks or that a hypothesis fixes, or over no index")
    return names


def _certificate(env: Environment, rule: Any, small: t.Expr, large: t.Expr, strict: bool) -> Shown:
    """larger - smaller = sum of weight * (larger - smaller of a lemma), the weights >= 0."""
    own, shown, positive = env.given(), Shown(), False
    total: t.Expr = t.number(0)
    forms = own.forms()
    for term in rule["terms"]:
        names = _over(env, term["over"], small, large)
        weight = env.parse(term["weight"])
        sign = _weight(own, forms, weight)
        if not sign:
            raise Outside(f"the weight {term['weight']} is not shown to be >= 0")
        strictly = sign == "+"
        value: t.Expr = t.Paren(weight)
        if term["lemma"]:
            known, more = lemma(env, term["lemma"], term["at"])
            if known.ops[0] not in (*UP, *DOWN):
                raise Outside("a lemma that is no inequality")
            a, b = known.args if known.ops[0] in UP else known.args[::-1]
            value = t.Mul(value, t.Paren(t.Sub(t.Paren(b), t.Paren(a))))
            shown = shown.also(more)
            strictly = strictly and known.ops[0] in ("<", ">")
        positive |= strictly
        for index in names:
            bound = t.fresh(index)
            value = t.Big("sum", (t.Binder(bound),), substitute(value, {index: bound}))
        total = t.Add(total, t.Paren(value))
    if strict and not positive:
        raise Outside("no term is shown to be positive")
    shown = shown.also(Shown(frozenset(forms.open)))
    try:
        return shown.also(_zero(own, lambda f: minus(_gap(own, f, small, large), f.read(total))))
    except Outside:
        sides = t.Sub(t.Paren(large), t.Paren(small)), total
        return shown.also(transferred(env, transfer(env.context, t.Relation(sides, ("=",))), *sides))


def _lemma(env: Environment, rule: Any, small: t.Expr, large: t.Expr, strict: bool) -> Shown:
    known, more = lemma(env, rule["name"], rule["at"])
    if known.ops[0] not in (*UP, *DOWN):
        raise Outside("a lemma that is no inequality")
    a, b = known.args if known.ops[0] in UP else known.args[::-1]
    own = env.given()
    if len(known.ops[0]) == 1 or not strict:
        try:
            return more.also(_zero(own, lambda f: minus(_gap(own, f, small, large), minus(f.read(b), f.read(a)))))
        except Outside:
            pass
    forms = own.forms()
    rest = minus(_gap(own, forms, small, large), minus(forms.read(b), forms.read(a)))
    if not _sign(own, forms, rest, strict and len(known.ops[0]) == 2):
        raise Outside("what the lemma leaves is not shown to be >= 0")
    return more.also(Shown(frozenset(forms.open)))


def _sum_over(env: Environment, rule: Any, left: t.Expr, op: str, right: t.Expr) -> Shown:
    sides = [t.bare(x) if isinstance(t.bare(x), t.Big) else t.bare(env.context.unfold(x)) for x in (left, right)]
    name = env.context.symbols.get(rule["index"])
    if name is None or not _over(env, name.name, *sides):
        raise Outside("the letter of a range")
    bodies = []
    for side in sides:
        if not (isinstance(side, t.Big) and side.op == "sum" and len(side.binders) == 1 and side.binders[0].lower is None):
            raise Outside("the sides are no sums over one index")
        if side.binders[0].symbol.type.over != name.type.over:
            raise Outside("the sums run over other sizes")
        bodies.append(substitute(env.context.unfold(side.body), {side.binders[0].symbol: name}))
    return show(env, rule["by"], bodies[0], op, bodies[1])


def _squared(env: Environment, rule: Any, small: t.Expr, large: t.Expr, strict: bool) -> Shown:
    """a <= b from b >= 0 and a^2 <= b^2."""
    a, b = env.parse(rule["smaller"]), env.parse(rule["larger"])
    own = env.given()
    forms = own.forms()
    if not _sign(own, forms, forms.read(b), False):
        raise Outside("the larger side is not shown to be >= 0")
    found = Shown(frozenset(forms.open)).also(
        _zero(own, lambda f: minus(_gap(own, f, small, large), minus(f.read(b), f.read(a))))
    )
    two = t.number(2)
    return found.also(show(env, rule["by"], t.Pow(t.Paren(a), two), "<" if strict else "<=", t.Pow(t.Paren(b), two)))


def _monotone(env: Environment, rule: Any, small: t.Expr, large: t.Expr, strict: bool) -> Shown:
    """large - small = F(b) - F(a) with a <= b and F' >= 0 on the whole domain of the variable, or with both turned round."""
    if not rule["turning"] and (not rule["inner"] or rule["by"] is None):
        raise Outside("a monotone function without arguments that are compared")
    own_bench, x = of_variable(env, rule["variable"])
    if x.type.shape or x.type.domain not in ("real", "positive", "nonnegative", "unit"):
        raise Outside("a monotone function of something else than a number")
    own_bench = replace(own_bench, fixed=(*env.fixed, x))
    f = own_bench.parse(rule["function"])
    ends = {"nonnegative": [of(("s", x))], "unit": [of(("s", x)), minus(ONE, of(("s", x)))]}.get(x.type.domain, [])
    own = own_bench.given()
    closed = own.forms()
    whole = closed.read(f)
    own.facts += [Fact(frozen(p), True) for p in ends]
    forms = own.forms()
    slope = forms.derivative(f, x)
    allowed = {(frozen(p), ">") for p in (of(("s", x)), minus(ONE, of(("s", x))))}  # between the ends
    if "step" in str(frozen(whole)) or closed.open or forms.open - allowed:
        raise Outside("the function is not shown to be defined and smooth on the whole interval")
    if rule["turning"]:
        return _turning(env, own, x, f, own_bench.parse(rule["turning"]), slope, small, large, strict)
    inner = t.bare(env.context.parse(rule["inner"]))
    if not isinstance(inner, t.Relation) or len(inner.ops) != 1 or inner.ops[0] not in (*UP, *DOWN):
        raise Outside("the arguments are compared by one relation")
    a, b = inner.args if inner.ops[0] in UP else inner.args[::-1]
    more = Shown()
    if rule["sign"] is not None:
        spelt = t.bare(own_bench.parse(rule["slope"]))
        edge: list[t.Expr] = [t.Relation((t.number(0), x), ("<",))] if ends else []
        edge += [t.Relation((x, t.number(1)), ("<",))] if len(ends) == 2 else []
        kept = tuple(h for h in env.context.hypotheses if x not in t.free_symbols(env.context.unfold(h)))
        about = replace(own_bench.context, hypotheses=kept)
        within = replace(own_bench, context=about, fixed=env.fixed).assuming(*edge)
        more = _zero(own, lambda g: minus(slope, g.read(spelt)))
        if isinstance(spelt, t.Div) and own.forms().sign(own.forms().read(spelt.right)) == "+":
            spelt = spelt.left
        more = more.also(show(within, rule["sign"], spelt, ">" if strict else ">=", t.number(0)))
        if any(x in symbols(p) for p, _ in more.open):
            raise Outside("the derivative is not shown to keep its sign on the whole interval")
        rising, strictly = True, strict
    else:
        rising, falling = _sign(own, forms, slope, False), _sign(own, forms, {m: -c for m, c in slope.items()}, False)
        if not rising and not falling:
            raise Outside("the derivative is not shown to keep its sign")
        strictly = _sign(own, forms, slope if rising else {m: -c for m, c in slope.items()}, True)
    if strict and not (strictly and len(inner.ops[0]) == 1):
        raise Outside("the function is not shown to move strictly")
    outside = env.given()
    ready = outside.forms()
    for value in (a, b):
        ready.require_domain(x, outside.read(ready, value))
    low, high = (t.Paren(substitute(f, {x: t.Paren(env.context.unfold(v))})) for v in (a, b))
    if not rising:
        low, high = high, low
    more = more.also(Shown(frozenset(ready.open)))
    more = more.also(_zero(outside, lambda g: minus(_gap(outside, g, small, large), minus(g.read(high), g.read(low)))))
    return more.also(show(env, rule["by"], inner.args[0], inner.ops[0], inner.args[1]))


def of_variable(env: Environment, text: str) -> tuple[Environment, t.Symbol]:
    """With the variable of a monotone function declared, and nothing else."""
    name, colon, _ = text.partition(":")
    if not colon or not name.strip().isidentifier() or ";" in text:
        raise Bad(f"{text!r} does not declare one variable")
    context, x = env.context.declaring(text), name.strip()
    known = tuple((symbol, above) for symbol, above in env.positive if symbol.name != x)
    return replace(env, context=context, positive=known), context.symbols[x]


def _turning(
    env: Environment,
    own: Given,
    x: t.Symbol,
    f: t.Expr,
    point: t.Expr,
    slope: Poly,
    small: t.Expr,
    large: t.Expr,
    strict: bool,
) -> Shown:
    """large - small = F(x) - F(turning), F' >= 0 beyond the turning point and <= 0 before it."""
    if strict or x in t.free_symbols(point) or env.context.symbols.get(x.name) != x:
        raise Outside("a turning point of another kind")
    for direction in (1, -1):
        forms = own.forms()
        forms.require_domain(x, forms.read(point))
        beyond = minus(of(("s", x)), forms.read(point))
        beyond = beyond if direction > 0 else minus(number(0), beyond)
        around = Forms([*own.facts, Fact(frozen(beyond), True)], own.apart, own.distinct)
        if not around.sign(slope if direction > 0 else minus(number(0), slope)):
            raise Outside("the derivative is not shown to change its sign there")
        if forms.open:
            raise Outside("the turning point is not shown to be defined")
    there = t.Paren(substitute(f, {x: t.Paren(point)}))
    outside = env.given()
    return _zero(outside, lambda g: minus(_gap(outside, g, small, large), minus(g.read(f), g.read(there))))


# cases ------------------------------------------------------------------------------------------------------------

PATTERNS = 10_000
ALLOWED = {"<": "-", "<=": "-0", ">": "+", ">=": "+0", "=": "0", "!=": "-+"}
TURNED = {"+": "-", "-": "+", "0": "0"}


def _split(env: Environment, rule: Any, left: t.Expr, op: str, right: t.Expr) -> Shown:
    conditions = [env.context.parse(case["condition"]) for case in rule["cases"]]
    spoken = t.free_symbols(env.context.unfold(env.goal))
    for condition in conditions:
        free = t.free_symbols(env.context.unfold(condition))
        if any(s.type.domain in ("index", "natural") and s not in spoken for s in free):
            raise Outside("a case about an index of which the claim does not speak")
    found = _cover(env, conditions)
    for case, condition in zip(rule["cases"], conditions, strict=True):
        inner, put = env.assuming(condition), dict[t.Symbol, t.Expr]()
        for part in relations(condition):
            i, j = map(t.index_in, part.args)
            if part.ops == ("=",) and i is not None and j is not None:
                put[i] = j
        sides = (substitute(env.context.unfold(side), put) for side in (left, right))
        found = found.also(show(inner, case["by"], next(sides), op, next(sides)))
    return found


def _attained(env: Environment, rule: Any, left: t.Expr, op: str, right: t.Expr) -> Shown:
    """max(k: z[k]) is z[m] for an m of which is known that z[k] <= z[m] for every k."""
    sides = [env.context.unfold(side) for side in (left, right)]
    parts = [n for side in sides for n in t.walk(side)]
    big = next((n for n in parts if isinstance(n, t.Big) and n.op == "max" and len(n.binders) == 1), None)
    if big is None:
        raise Outside("there is no maximum over one index")
    if not rule["index"].isidentifier():
        raise Bad(f"{rule['index']!r} is no name of an index")
    (k,) = t.bound_symbols(big)
    m = t.Symbol(rule["index"], k.type)
    others = (n for h in (env.goal, *env.context.hypotheses) for n in t.walk(env.context.unfold(h)))
    taken = {n.name for n in (*parts, *others) if isinstance(n, t.Symbol)} | env.context.definitions.keys()
    if m.name in taken or env.context.symbols.get(m.name, m).type.domain != "index":
        raise Outside(f"{m.name} is not free to name where the maximum is attained")

    def holds(node: t.Expr) -> bool:
        return any(isinstance(n, t.Big) and t.same(n, big) for n in t.walk(node))

    if any(holds(side) and not t.free_symbols(big) <= t.free_symbols(side) for side in sides):
        raise Outside("a maximum for each value of a bound index")
    if any(isinstance(n, (t.Derivative, t.Limit, t.At, t.Mean)) and holds(n) for n in parts):
        raise Outside("a maximum is attained at one m at one point, not all around it")
    top = t.Paren(substitute(big.body, {k: m}))
    sides = [with_part(side, big, top) for side in sides]  # not below what binds a letter of the maximum
    context = replace(env.context, symbols={**env.context.symbols, m.name: m})
    below = t.Big("forall", big.binders, t.Relation((big.body, top), ("<=",)))
    return show(replace(env, context=context).assuming(below), rule["by"], sides[0], op, sides[1])


def relations(node: t.Expr) -> Iterable[t.Relation]:
    """The single relations of a case."""
    core = t.bare(node)
    if isinstance(core, t.And):
        for part in core.parts:
            yield from relations(part)
    elif isinstance(core, t.Relation):
        yield from (t.Relation((a, b), (op,)) for a, op, b in zip(core.args[:-1], core.ops, core.args[1:], strict=True))
    else:
        raise Outside("a case is made of relations")


def _cover(env: Environment, conditions: list[t.Expr]) -> Shown:
    """Every pattern of signs that may occur lies in a case."""
    own = env.given()
    forms = own.forms()
    quantities: list[Frozen | frozenset[t.Expr]] = []  # what is compared with 0, or two indices
    cases: list[list[tuple[int, str]]] = []
    for condition in conditions:
        atoms = []
        for part in relations(condition):
            a, b = t.bare(part.args[0]), t.bare(part.args[1])
            allowed = ALLOWED[part.ops[0]]
            if all(isinstance(s, t.Symbol) and s.type.domain == "index" for s in (a, b)):
                if part.ops[0] not in ("=", "!="):
                    raise Outside("an order of indices")
                what: Frozen | frozenset[t.Expr] = frozenset((a, b))
                allowed = {"=": "0", "!=": "+"}[part.ops[0]]
            else:
                gap = minus(own.read(forms, a), own.read(forms, b))
                if not gap or constant(gap) is not None:
                    raise Outside("a case about a number")
                content, common, rest = forms.content(gap)
                if common and rest == ONE:
                    content, rest = content, {common: Fraction(1)}
                elif common:
                    content, rest = Fraction(1), gap
                if content < 0:
                    allowed = "".join(TURNED[s] for s in allowed)
                what = frozen(rest)
            if what not in quantities:
                quantities.append(what)
            atoms.append((quantities.index(what), allowed))
        cases.append(atoms)
    choices = []
    for what in quantities:
        if isinstance(what, frozenset):
            choices.append("0+")
            continue
        p = dict(what)
        up, down = forms.sign(p), forms.sign({m: -c for m, c in p.items()})
        choices.append("+" if up == "+" else "-" if down == "+" else "+0" if up else "-0" if down else "+-0")
    if prod(map(len, choices)) > PATTERNS:
        raise Outside("too many patterns of signs")
    for pattern in product(*choices):
        if not any(all(pattern[i] in allowed for i, allowed in atoms) for atoms in cases):
            raise Outside("the cases do not cover the domain")
    return Shown(frozenset(forms.open))


# lemmas -----------------------------------------------------------------------------------------------------------


def lemma(env: Environment, name: str, at: str) -> tuple[t.Relation, Shown]:
    """The statement of a lemma at its arguments: these lie in its domains, and its hypotheses hold for them."""
    own, claim, inner = env.opened(name if "." in name else f"{env.card}.{name}")
    given = arguments(own, env.parse, at)
    core = t.bare(own.unfold(claim))
    while isinstance(core, t.Implies):
        core = t.bare(core.conclusion)
    if not isinstance(core, t.Relation) or len(core.ops) != 1:
        raise Outside("a lemma that is no relation")
    here = env.given()
    forms = here.forms()
    hypotheses = [own.unfold(h) for h in own.hypotheses]
    said = t.free_symbols(core)
    loose = {
        s
        for h in hypotheses
        for s in t.free_symbols(h)
        if s.type.domain in ("index", "natural") and not s.type.shape and s not in said
    }
    if named := loose & given.values.keys():
        raise Outside(f"one {min(s.name for s in named)}, where a hypothesis of the lemma is meant for every one")
    for symbol in said.union(*map(t.free_symbols, hypotheses)) - loose:
        _stands(env, here, forms, given, symbol)
        if inner and symbol.type.domain in ENDED:
            _interior(forms, symbol, given.values.get(symbol, symbol))
    for head in (n.head for part in (core, *hypotheses) for n in t.walk(part) if isinstance(n, t.Apply)):
        if env.context.symbols.get(head) != own.symbols.get(head) or not given.kept(own.symbols[head]):
            raise Outside(f"what the function {head} of the lemma is")
    for hypothesis in hypotheses:
        _holds(env, here, forms, given, hypothesis, loose & t.free_symbols(hypothesis))
    return substitute(core, given.put), Shown(frozenset(forms.open))


def _stands(env: Environment, here: Given, forms: Forms, given: Arguments, symbol: t.Symbol) -> None:
    """What stands for a letter of a lemma lies in its domain; a letter that is not named is the one of this name here."""
    if symbol in given.values:
        _domain(env, here, forms, symbol, given.values[symbol], given.sizes)
    elif symbol not in given.sizes and (env.context.symbols.get(symbol.name) != symbol or not given.kept(symbol)):
        raise Outside(f"what {symbol.name} of the lemma is")


def _interior(forms: Forms, symbol: t.Symbol, value: t.Expr) -> None:
    """A lemma that is shown inside only says nothing of the ends of its domains."""
    names = tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in t.shape_of(value))
    entry = forms.read(reduce_index(t.Index(value, names)) if names else value)
    forms.need(entry, ">")
    if symbol.type.domain == "unit":
        forms.need(minus(ONE, entry), ">")


def _domain(
    env: Environment, here: Given, forms: Forms, symbol: t.Symbol, value: t.Expr, sizes: Mapping[t.Symbol, t.Expr]
) -> None:
    kind, core = symbol.type, t.bare(value)
    doubt = Outside(f"whether {symbol.name} lies in its domain")
    if kind.domain == "real":
        return
    if isinstance(core, t.Symbol) and core.type.domain == kind.domain and core.type.minimum >= kind.minimum:
        over = kind.over if not isinstance(kind.over, t.Symbol) else sizes.get(kind.over, kind.over)
        if kind.domain != "index" or core.type.over == over:
            return
        raise doubt
    if kind.domain == "natural" and not kind.shape:
        p = forms.read(value)
        whole = all(
            c.denominator == 1 and all(a[0] == "s" and a[1].type.domain in ("natural", "size") and e > 0 for a, e in m)
            for m, c in p.items()
        )
        if not (whole and forms.sign(minus(p, number(kind.minimum)))):
            raise doubt
        return
    names = tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in t.shape_of(value))
    entry = forms.read(reduce_index(t.Index(value, names)) if names else value)
    if kind.domain not in ("positive", "nonnegative", "unit", "simplex"):
        raise doubt
    sign = forms.sign(entry)
    if not sign or (SIGNS[kind.domain] == "+" and sign != "+"):
        raise doubt
    if kind.domain == "unit" and not forms.sign(minus(ONE, entry)):
        raise doubt
    if kind.domain == "simplex" and not vanishes(forms, minus(forms.sum(names[-1], entry), ONE), here.equations):
        raise doubt


def _holds(
    env: Environment,
    here: Given,
    forms: Forms,
    given: Arguments,
    hypothesis: t.Expr,
    loose: frozenset[t.Symbol] | set[t.Symbol],
) -> None:
    """A hypothesis of a lemma holds here, for every value of its loose letters: it is one here, or it is shown."""
    counts = (*COUNTS, "size")
    if loose and all(s.type.domain in counts for s in t.free_symbols(hypothesis)):
        raise Outside("a hypothesis of the lemma about indices of which it does not speak")
    plain = substitute(hypothesis, given.put)
    free, letters = t.free_symbols(plain), {substitute(s, given.put) for s in loose}
    one = here.spoken.union(*map(t.free_symbols, given.values.values()))  # a letter of these is one value, not every one
    narrowed = all(s.type.domain in counts for s in free) and any(s.type.domain != "size" and s not in here.spoken for s in free)
    if not letters & one and not narrowed and not free & set(env.fixed):
        if any(t.same(plain, env.context.unfold(h)) for h in env.context.hypotheses):
            return
    core = t.bare(substitute(substitute(hypothesis, {s: t.fresh(s) for s in loose}), given.put))
    parts = core.parts if isinstance(core, t.And) else (core,)
    for part in map(t.bare, parts):
        if not isinstance(part, t.Relation):
            raise Outside("a hypothesis of the lemma that is no relation")
        for a, op, b in zip(part.args[:-1], part.ops, part.args[1:], strict=True):
            if op == "!=" and (i := t.index_in(a)) is not None and (j := t.index_in(b)) is not None:
                ok = frozenset((i, j)) in forms.distinct
            elif op in ("=", "!="):
                p = minus(forms.read(a), forms.read(b))
                ok = vanishes(forms, p, here.equations) if op == "=" else forms.nonzero(p)
            else:
                small, large = (a, b) if op in UP else (b, a)
                ok = _sign(here, forms, minus(forms.read(large), forms.read(small)), len(op) == 1)
            if not ok:
                raise Outside("a hypothesis of the lemma is not shown")

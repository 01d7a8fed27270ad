"""Rules for inequalities (and lemmas): use, lemma, sum over, certificate, monotone, squared, stationary."""

from __future__ import annotations

from dataclasses import replace

from mathcore.card import Derivation
from mathcore.language import tree as t
from mathcore.language.substitution import reduce_index, substitute
from mathcore.proof.checking import check, prove
from mathcore.proof.kernel.atom import Exp, Step
from mathcore.proof.kernel.normal import Normal, counting
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Poly, of
from mathcore.proof.kernel.show import show, tree_of
from mathcore.proof.kernel.signs import Fact, is_one_of
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.scope import NotShown, Scope, in_real_exponent, pairs, text_of
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.lemma import Lemma
from mathcore.rules.monotone import Monotone
from mathcore.rules.squared import Squared
from mathcore.rules.stationary import Stationary
from mathcore.rules.sum_over import SumOver
from mathcore.rules.use import Use

UP, DOWN = ("<", "<="), (">", ">=")


def gap_of(scope: Scope, normal: Normal, left: t.Expr, op: str, right: t.Expr) -> Poly:
    """The larger side minus the smaller."""
    a, b = normal.read(scope.unfold(left)), normal.read(scope.unfold(right))
    return b - a if op in UP else a - b


def use(rule: Use, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """A hypothesis: an equality rewrites, an inequality bounds."""
    if ";" in rule.hypothesis:
        expect(op, "=")
        equal(scope, left, right, hypotheses=True, only=rule.hypothesis)
        return ()
    hypothesis = scope.parse(rule.hypothesis)
    if op == "=" and scope.is_notation(hypothesis):
        equal(scope, left, right)
        return ()
    if scope.narrowed(hypothesis):
        raise NotShown(f"{rule.hypothesis} is meant for some indices only")
    if rule.at:
        mapping = scope.arguments(scope.context, rule.at)
        general = [h for h in scope.context.hypotheses if t.same(h, hypothesis)]
        if not general:
            raise NotShown(f"{rule.hypothesis} is no hypothesis here")
        for symbol, value in mapping.items():
            scope.require_domain(value, symbol.type)
            if symbol not in scope.general(hypothesis):
                raise NotShown(f"{symbol.name} is one number here: the hypothesis is not meant for every {symbol.name}")
        scope.trace.hypotheses.add(text_of(hypothesis))
        return _follows(scope, substitute(scope.unfold(hypothesis), mapping), left, op, right, None)
    if op == "=":
        put = _as_substitution(scope, hypothesis)
        local = (t.Derivative, t.Limit, t.At)  # what is equal at one point is not equal around it
        sides = scope.unfold(left), scope.unfold(right)
        fixed = any(isinstance(n, local) for side in sides for n in t.walk(side))
        if put and not fixed and not any(in_real_exponent(side, s) for side in sides for s in put):
            scope.trace.hypotheses.add(text_of(hypothesis))
            equal(scope, *(substitute(side, put) for side in sides), hypotheses=True)
        else:
            equal(scope, left, right, hypotheses=True, only=rule.hypothesis)
        return ()
    if not any(t.same(h, hypothesis) or _is_instance(scope, h, hypothesis) for h in scope.context.hypotheses):
        raise NotShown(f"{rule.hypothesis} is no hypothesis here")
    scope.trace.hypotheses.add(text_of(hypothesis))
    return _follows(scope, scope.unfold(hypothesis), left, op, right, None)


def _is_instance(scope: Scope, general: t.Expr, wanted: t.Expr) -> bool:
    """Whether a hypothesis meant for every k says this of the k that is bound around here."""
    known = scope.context.symbols
    put = {
        s: known[s.name] for s in scope.loose(general) if s.name in known and s != known[s.name] and is_one_of(known[s.name], s)
    }
    return bool(put) and not scope.narrowed(general) and t.same(substitute(scope.unfold(general), put), scope.unfold(wanted))


def _as_substitution(scope: Scope, hypothesis: t.Expr) -> dict[t.Symbol, t.Expr]:
    """x = a, or forall(k: x[k] = a) for a whole array, as a replacement of x; empty if it is neither."""
    if not any(t.same(h, hypothesis) for h in scope.context.hypotheses):
        return {}
    core = t.bare(hypothesis)
    binders: tuple[t.Binder, ...] = ()
    if isinstance(core, t.Big) and core.op == "forall":
        binders, core = core.binders, t.bare(core.body)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return {}
    target, value = t.bare(core.args[0]), scope.unfold(core.args[1])
    if (
        isinstance(target, t.Symbol)
        and not binders
        and target not in t.free_symbols(value)
        and target.type.domain not in ("index", "size")
    ):
        return {target: t.Paren(value)}
    if isinstance(target, t.Index) and isinstance(target.base, t.Symbol) and target.indices == tuple(b.symbol for b in binders):
        return {target.base: t.Big("vector", binders, value)} if target.base not in t.free_symbols(value) else {}
    return {}


def lemma(rule: Lemma, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """An earlier derivation at a substitution; premises of an implication must hold here."""
    _, claim, derivation, mapping = scope.lemma(rule.name, rule.at)
    claim = t.bare(claim)
    while isinstance(claim, t.Implies):
        premise = t.bare(claim.premise)
        if not isinstance(premise, t.Relation):
            raise NotShown("the lemma's premise is no relation")
        for a, rel, b in pairs(premise):
            scope.require_relation(a, rel, b)
        claim = t.bare(claim.conclusion)
    equality = _equality_of(scope, rule.name, derivation, mapping)
    return _follows(scope, claim, left, op, right, equality)


def _equality_of(scope: Scope, name: str, derivation: Derivation, mapping: dict[t.Symbol, t.Expr]) -> tuple[t.Expr, ...] | None:
    """When the lemma holds with equality, at this substitution."""
    if not derivation.equality:
        return None

    owner = name.rpartition(".")[0]
    card = scope.card.other(owner) if owner not in ("", scope.card.name) else scope.card
    own = derivation.context(card)
    return (substitute(own.unfold(own.parse(derivation.equality)), mapping),)


def _follows(
    scope: Scope, known: t.Expr, left: t.Expr, op: str, right: t.Expr, equality: tuple[t.Expr, ...] | None
) -> tuple[t.Expr, ...] | None:
    """left op right is a positive multiple of one relation of `known`, up to the equalities that hold here."""
    known = t.bare(known)
    if not isinstance(known, t.Relation):
        raise NotShown("only a relation can be applied")
    normal = scope.normal()
    for a, rel, b in pairs(known):
        if rel == op and t.same(a, scope.unfold(left)) and t.same(b, scope.unfold(right)):
            return () if op == "=" else equality  # the very statement, also where a side is infinite
        if scope.formal and scope.infinite(a, b):
            continue
        if op == "=":
            if rel != "=":
                continue
            target = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
            fact = normal.read(a) - normal.read(b)
            if _proportional(normal, scope, target, fact, positive=False):
                scope.take(normal)
                return ()
            continue
        if rel not in (*UP, *DOWN) or (op in ("<", ">", "!=") and rel not in ("<", ">")):
            continue
        target = gap_of(scope, normal, left, op, right)
        x, y = normal.read(a), normal.read(b)
        fact = y - x if rel in UP else x - y
        if _proportional(normal, scope, target, fact, positive=True):
            scope.take(normal)
            scope.trace.axioms.add("order")
            return equality
    raise NotShown(f"the step is no positive multiple of {text_of(known)}")


def _proportional(normal: Normal, scope: Scope, target: Poly, fact: Poly, *, positive: bool) -> bool:
    """target = w * fact with w a monomial (shown positive where asked), modulo the equalities that hold here."""
    if normal.is_zero(target - fact) or (not positive and normal.is_zero(target + fact)):
        return True
    if scope.vanishes(target - fact, normal, hypotheses=True):
        return True
    return any(not positive or normal.facts.positive(w) for w in _ratios(normal, target, fact))


def _ratios(normal: Normal, target: Poly, fact: Poly) -> list[Poly]:
    """Monomials w with target = w * fact, defined wherever target is: what w divides by is not 0."""
    if not target or not fact:
        return []
    found = []
    first = next(target.sorted())
    for one in fact.sorted():
        w = normal.quotient(first, one)
        if w is not None and normal.is_zero(target - normal.multiply(w, fact)):
            found.append(w)
    return found


def sum_over(rule: SumOver, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """A relation between summands, summed over an index or over one range."""
    expect(op, "=", *UP, *DOWN)  # terms that differ may have equal sums
    (a, body), (b, other) = _as_sum(scope, left), _as_sum(scope, right)
    facts: tuple[t.Expr, ...] = ()
    if a.lower is None:
        wanted = scope.context.symbols.get(rule.index)
        if b.lower is not None or wanted is None or not t.size_of(a.symbol) == t.size_of(b.symbol) == t.size_of(wanted):
            raise NotShown("the sums run over other sizes")
        index = t.fresh(wanted)
    else:
        index, facts = _one_range(scope, a, b, op)
    inner = replace(scope, context=replace(scope.context, symbols={**scope.context.symbols, rule.index: index}))
    inner = inner.assuming(*facts)
    sides = substitute(body, {a.symbol: index}), substitute(other, {b.symbol: index})
    equality = check(rule.by, inner, sides[0], op, sides[1])
    readers = inner.normal(), inner.normal()
    for normal, side in zip(readers, sides, strict=True):
        normal.read(scope.unfold(side))
    if all(normal.conditions for normal in readers):  # infinite terms on both sides: those of either sign have no sum
        for normal in readers:
            inner.take(normal)
    scope.trace.axioms |= {"finite sums", "order"}
    scope.trace.hypotheses -= set(map(text_of, facts))
    if equality is None or a.lower is not None:
        return () if op == "=" else None
    return tuple(t.Big("forall", (t.Binder(index),), e) for e in equality)


def _one_range(scope: Scope, a: t.Binder, b: t.Binder, op: str) -> tuple[t.Symbol, tuple[t.Expr, ...]]:
    """The letter that counts two equal ranges, and where it runs; an empty sum is not less than another."""
    if b.lower is None:
        raise NotShown("one sum runs over a range, the other over an index")
    normal = scope.normal()
    low, high, first, last = (normal.read(scope.unfold(e)) for e in (a.lower, a.upper, b.lower, b.upper))  # type: ignore[arg-type]  # ranges have ends
    if not normal.is_zero(low - first) or not normal.is_zero(high - last):
        raise NotShown("the sums run over different ranges")
    if op in ("<", ">") and not normal.facts.nonnegative(high - low):
        raise NotShown("the range may be empty: then neither sum is less")
    normal.require(low, ">=", "a range counts natural numbers")
    scope.take(normal)
    index = counting(a)
    return index, (t.Relation((a.lower, index), ("<=",)), t.Relation((index, a.upper), ("<=",)))  # type: ignore[arg-type]  # ranges have ends


def _as_sum(scope: Scope, node: t.Expr) -> tuple[t.Binder, t.Expr]:
    core = t.bare(node)
    if not (isinstance(core, t.Big) and core.op == "sum"):
        core = t.bare(scope.unfold(core))
    if isinstance(core, t.Big) and core.op == "sum" and len(core.binders) == 1:
        return core.binders[0], core.body
    raise NotShown(f"{text_of(node)} is no sum over one index")


def certificate(rule: Certificate, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """larger - smaller = sum of weight * (what a lemma shows >= 0), every weight shown >= 0."""
    expect(op, *UP, *DOWN)
    if not rule.terms:
        raise NotShown("a certificate has at least one term")
    normal = scope.normal()
    total, strict = ZERO, False
    equality: list[t.Expr] | None = []
    for term in rule.terms:
        value, positive, cases = _term(scope, normal, term)
        total, strict = total + value, strict or positive
        equality = None if equality is None or cases is None else [*equality, *cases]
    gap = gap_of(scope, normal, left, op, right)
    if not scope.vanishes(gap - total, normal, hypotheses=True):
        raise NotShown(f"larger - smaller - certificate = {show(gap - total)}, which is not shown to be 0")
    if op in ("<", ">") and not strict:
        raise NotShown("no term of the certificate is shown to be positive, so < does not follow")
    scope.take(normal)
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta", "order"}
    return None if equality is None else tuple(equality)


def _term(scope: Scope, normal: Normal, term: Term) -> tuple[Poly, bool, list[t.Expr] | None]:
    """One term: its value, whether it is shown > 0, and when it is 0."""
    over = {name.strip(): t.fresh(_index(scope, name.strip())) for name in term.over.split(",")} if term.over else {}
    inner = replace(scope, context=replace(scope.context, symbols={**scope.context.symbols, **over}))
    weight_tree = inner.unfold(inner.parse(term.weight))
    weight = normal.read(weight_tree)
    facts = normal.facts
    if not nonnegative(normal, weight_tree):
        raise NotShown(f"the weight {term.weight} is not shown to be >= 0")
    value, positive = weight, facts.positive(weight)
    cases: list[t.Expr] | None = None
    if term.lemma:
        _, claim, derivation, mapping = inner.lemma(term.lemma, term.at)
        relation = t.bare(claim)
        if not isinstance(relation, t.Relation) or len(relation.ops) != 1 or relation.ops[0] not in (*UP, *DOWN):
            raise NotShown(f"the lemma {term.lemma} is no single inequality")
        a, b = (normal.read(x) for x in relation.args)
        value = normal.multiply(weight, b - a if relation.ops[0] in UP else a - b)
        found = _equality_of(inner, term.lemma, derivation, mapping)
        cases = [cleared(normal, case) for case in found] if found is not None and positive else None
        positive = positive and relation.ops[0] in ("<", ">")
    elif positive:
        cases = [t.Relation((t.number(0), t.number(1)), ("=",))]  # a positive term is never 0
    else:
        root = _root_of_square(weight_tree)
        cases = [t.Relation((root, t.number(0)), ("=",))] if root is not None and _rest_positive(normal, weight_tree) else None
    for index in over.values():
        value = normal.sum(index, value)
    if over:
        cases = None if cases is None else [t.Big("forall", tuple(map(t.Binder, over.values())), e) for e in cases]
    return value, positive, cases


def _index(scope: Scope, name: str) -> t.Symbol:
    symbol = scope.context.symbols.get(name)
    if symbol is None or symbol.type.domain != "index":
        raise NotShown(f"{name} is no declared index to sum over")
    return symbol


def cleared(normal: Normal, case: t.Expr) -> t.Expr:
    """An equation without the divisors and factors that are known not to be 0: y / x = 1 as y = x."""
    core = t.bare(case)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return case
    p = normal.read(core.args[0]) - normal.read(core.args[1])
    if not p:
        return case
    primitive = normal.content(p, lambda atom: normal.facts.nonzero(of(atom)))[2]
    left = tree_of(Poly({m: k for m, k in primitive.terms.items() if k > 0}))
    right = tree_of(Poly({m: -k for m, k in primitive.terms.items() if k < 0}))
    return case if left is None or right is None else t.Relation((left, right), ("=",))


def nonnegative(normal: Normal, node: t.Expr) -> bool:
    """>= 0 as written: products and sums of squares and of what the signs show (expanding would hide the squares)."""
    core = t.bare(node)
    if isinstance(core, t.Pow) and isinstance(core.exponent, t.Number) and core.exponent.value % 2 == 0:
        return True
    if isinstance(core, t.Big) and core.op in ("sum", "prod") and len(core.binders) == 1 and core.binders[0].lower is not None:
        (binder,) = core.binders
        place = counting(binder)
        low, high, here = normal.read(binder.lower), normal.read(binder.upper), normal.symbol(place)  # type: ignore[arg-type]  # both ends
        with normal.facts.assuming(nonnegative=[here - low, high - here]):
            return nonnegative(normal, substitute(core.body, {binder.symbol: place}))
    if isinstance(core, t.Big) and core.op in ("sum", "prod") and all(b.lower is None for b in core.binders):
        return nonnegative(normal, substitute(core.body, {b.symbol: t.fresh(b.symbol) for b in core.binders}))
    if isinstance(core, (t.Mul, t.Div)) and nonnegative(normal, core.left) and nonnegative(normal, core.right):
        return True
    if normal.facts.nonnegative(normal.read(core)):
        return True
    return isinstance(core, t.Add) and nonnegative(normal, core.left) and nonnegative(normal, core.right)


def _root_of_square(node: t.Expr) -> t.Expr | None:
    """x of a product with one factor x^2."""
    core = t.bare(node)
    if isinstance(core, t.Pow) and isinstance(core.exponent, t.Number) and core.exponent.value == 2:
        return t.bare(core.base)
    if isinstance(core, (t.Mul, t.Div)):
        left = _root_of_square(core.left)
        return left if left is not None else _root_of_square(core.right) if isinstance(core, t.Mul) else None
    return None


def _rest_positive(normal: Normal, node: t.Expr) -> bool:
    """All factors but the one square whose root is taken are positive."""
    core = t.bare(node)
    if isinstance(core, t.Pow):
        return True
    if not isinstance(core, (t.Mul, t.Div)):
        return False
    square, other = (core.left, core.right) if _root_of_square(core.left) is not None else (core.right, core.left)
    return _rest_positive(normal, square) and normal.facts.positive(normal.read(other))


def monotone(rule: Monotone, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """f(a) against f(b) from a against b and the sign of f'; or f(x) >= f(turning) where f' changes sign."""
    own = scope.given(rule.variable)
    name = rule.variable.partition(":")[0].strip()
    if own.context.hypotheses != scope.context.hypotheses or name not in own.context.symbols:
        raise NotShown(f"{rule.variable} does not declare one variable: a hypothesis there would be one that nobody gave")
    x = own.context.symbols[name]
    if x.type.shape or x.type.domain not in ("real", "positive", "nonnegative", "unit"):
        raise NotShown(f"{rule.variable}: a monotone function has one real variable on an interval")
    f = own.unfold(own.parse(rule.function))
    own = own.without(x)  # the sign is needed on the whole interval, not only where a hypothesis puts x
    normal = own.normal()
    body = normal.read(f)
    slope = _slope(normal, body, x)
    scope.trace.axioms |= {"derivative table", "sign of the derivative", "order", "field"}
    if rule.turning:
        return _turning(rule, own, normal, x, f, slope, left, op, right)
    if not rule.inner or rule.by is None:
        raise NotShown("say which arguments are compared and by which rule: [monotone F for x: real from A <= B] [given A <= B]")
    inner = t.bare(scope.parse(rule.inner))
    if not isinstance(inner, t.Relation) or len(inner.ops) != 1 or inner.ops[0] not in (*UP, *DOWN):
        raise NotShown("inner is one relation between the arguments")
    a, b = inner.args
    if rule.sign is not None:
        rising, strictly = True, _rising(rule, own, normal, x, slope, strict=inner.ops[0] in ("<", ">") and op in ("<", ">"))
    else:
        rising = normal.facts.nonnegative(slope)
        if not rising and not normal.facts.nonnegative(-slope):
            raise NotShown(f"the derivative {show(slope)} is not shown to keep its sign")
        strictly = normal.facts.positive(slope if rising else -slope)
    _require_all_along(normal, x)
    own.take(normal)
    inner_op = inner.ops[0]
    outer = inner_op if rising else {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(inner_op, inner_op)
    if inner_op in ("<", ">") and not strictly:
        outer += "="
    if not (op == outer or (op in ("<=", ">=") and outer == op[0])):
        raise NotShown(f"monotonicity gives {outer} here, not {op}")
    for value in (a, b):
        scope.require_domain(scope.unfold(value), x.type)
    at_a, at_b = (t.Paren(substitute(f, {x: t.Paren(scope.unfold(value))})) for value in (a, b))
    equal(scope, t.Sub(t.Paren(left), t.Paren(right)), t.Sub(at_a, at_b), hypotheses=True)
    equality = prove(rule.by, scope, inner)
    return equality if strictly else None


def _rising(rule: Monotone, scope: Scope, normal: Normal, x: t.Symbol, slope: Poly, strict: bool) -> bool:
    """The rule `sign` shows that the derivative, which `slope` spells, is >= 0 (> 0 if `strict`) between the ends."""
    zero, one = t.number(0), t.number(1)
    ends: dict[str, list[t.Expr]] = {
        "nonnegative": [t.Relation((zero, x), ("<",))],
        "unit": [t.Relation((zero, x), ("<",)), t.Relation((x, one), ("<",))],
    }
    inside = scope.assuming(*ends.get(x.type.domain, [])).trying()
    spelt = t.bare(inside.parse(rule.slope))
    with normal.facts.assuming([normal.read(r.args[1]) - normal.read(r.args[0]) for r in ends.get(x.type.domain, [])]):  # type: ignore[attr-defined]  # relations
        if not normal.is_zero(slope - normal.read(inside.unfold(spelt))):
            raise NotShown(f"the derivative is {show(slope)}")
        if isinstance(spelt, t.Div) and normal.facts.positive(normal.read(inside.unfold(spelt.right))):
            spelt = t.bare(spelt.left)
    assert rule.sign is not None
    check(rule.sign, inside, spelt, ">" if strict else ">=", zero)
    said = set(map(text_of, scope.context.hypotheses))
    inside.trace.hypotheses -= {text_of(r) for r in ends.get(x.type.domain, [])} - said  # what is meant by `between`
    scope.include(inside, x)
    return strict


def squared(rule: Squared, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """a <= b from b >= 0 and a^2 <= b^2 (a < b from a^2 < b^2): otherwise a > b >= 0 would give a^2 > b^2."""
    expect(op, *UP, *DOWN)
    smaller, larger = (t.Paren(scope.unfold(scope.parse(side))) for side in (rule.smaller, rule.larger))
    a, b = (left, right) if op in UP else (right, left)
    equal(scope, t.Sub(t.Paren(b), t.Paren(a)), t.Sub(larger, smaller), hypotheses=True)
    normal = scope.normal()
    if not nonnegative(normal, larger):
        raise NotShown(f"{rule.larger} is not shown to be >= 0")
    scope.take(normal)
    scope.trace.axioms |= {"order", "field"}
    two = t.number(2)
    check(rule.by, scope, t.Pow(smaller, two), "<" if op in ("<", ">") else "<=", t.Pow(larger, two))
    return None


def _require_all_along(normal: Normal, x: t.Symbol) -> None:
    """What a derivative asks of its variable has to hold at every value, not only at those that are compared."""
    for condition in normal.conditions.values():
        if x in condition.value.free:
            raise NotShown(f"{show(condition.value)} {condition.relation} 0 is not shown for every {x.name}")


def _slope(normal: Normal, body: Poly, x: t.Symbol) -> Poly:
    """The derivative between the ends of the interval; at the ends f is continuous, which is enough."""
    if t.DOMAINS[x.type.domain][1] and any(x in a.free and Step in a.kinds() for a in body.atoms()):
        raise NotShown("a step may jump at an end of the interval")
    ends = {"real": [], "positive": [], "nonnegative": [normal.symbol(x)], "unit": [normal.symbol(x), UNIT - normal.symbol(x)]}
    with normal.facts.assuming(ends[x.type.domain]):
        return normal.derivative(body, x, [])


def _turning(
    rule: Monotone, scope: Scope, normal: Normal, x: t.Symbol, f: t.Expr, slope: Poly, left: t.Expr, op: str, right: t.Expr
) -> tuple[t.Expr, ...]:
    """f' = (x - turning) * positive, so f is least at the turning point: larger - smaller = f(x) - f(turning)."""
    expect(op, ">=", "<=")
    point = scope.parse(rule.turning)
    scope.require_domain(point, x.type)
    if x in t.free_symbols(scope.unfold(point)):
        raise NotShown("the turning point is one point, whatever the variable is")
    distance = normal.symbol(x) - normal.read(scope.unfold(point))
    content, common, primitive = normal.content(slope, lambda _: True)
    weight = normal.combine(common).scale(content)
    found = False
    for factor, exponent in normal.factors(primitive):
        ratio = _ratios(normal, factor, distance)
        if ratio and exponent == 1 and not found:
            found, weight = True, normal.multiply(weight, ratio[0])
        else:
            weight = normal.multiply(weight, normal.power(factor, exponent))
    if not found and len(primitive.terms) <= 1 and distance == normal.symbol(x):
        found, weight = True, normal.combine((*common, *((a, -e) for m in distance.terms for a, e in m))).scale(content)
    rising = found and normal.facts.positive(weight)
    if not rising and not _sign_by_sides(scope, x, distance, slope):
        raise NotShown(f"the derivative {show(slope)} is not shown to have the sign of {x.name} - {rule.turning}")
    _require_all_along(normal, x)
    scope.take(normal)
    least = t.Paren(substitute(f, {x: t.Paren(scope.unfold(point))}))
    larger, smaller = (left, right) if op == ">=" else (right, left)
    sides = t.Sub(t.Paren(larger), t.Paren(smaller)), t.Sub(t.Paren(f), least)
    equal(scope, *sides)
    return (t.Relation((x, point), ("=",)),)


def _sign_by_sides(scope: Scope, x: t.Symbol, distance: Poly, slope: Poly) -> bool:
    """slope > 0 where x > turning and slope < 0 where x < turning, each from the facts there."""
    for side in (1, -1):
        normal = scope.without(x).normal()
        normal.facts.add(Fact(distance.scale(side), True))
        if not _positive_by_exp(normal, slope.scale(side), x):
            return False
    return True


def _positive_by_exp(normal: Normal, p: Poly, x: t.Symbol) -> bool:
    """c (exp(u) - 1) > 0 if u > 0 (exp is increasing), or the sign prover's word."""
    if normal.facts.positive(p):
        return True
    terms = list(p.terms.items())
    if len(terms) != 2 or p.terms.get(()) is None:
        return False
    (m, c1) = next(item for item in terms if item[0] != ())
    if len(m) != 1 or not isinstance(m[0][0], Exp) or c1 != -p.terms[()]:
        return False
    u = m[0][0].exponent.scale(m[0][1])
    return normal.facts.positive(u if c1 > 0 else -u)


def stationary(rule: Stationary, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """F(v) >= F(v*) where F is convex (Hessian positive semidefinite on a convex domain) and the gradient at v* vanishes.

    Where equations bind v, it is enough that the gradient vanishes along v - v*: F(v) >= F(v*) + <gradient, v - v*>.
    """
    expect(op, ">=")
    name, _, value = rule.variable.partition("=")
    v = scope.context.symbols.get(name.strip())
    if v is None or v.type.domain not in ("real", "positive") or len(v.type.shape) > 1:
        raise NotShown("the variable is a declared real or positive number or vector: its domain is then open and convex")
    point = scope.unfold(scope.parse(value))
    scope.require_domain(point, v.type)
    f = scope.unfold(left)
    equal(scope, right, substitute(f, {v: point}))
    sizes = v.type.shape
    i, j = (tuple(t.fresh(t.Symbol(letter, t.Type("index", over=s))) for s in sizes) for letter in "ij")
    bound, scope = scope, scope.without(v)  # f is convex on the whole domain, not only where a hypothesis puts v
    normal = scope.normal()
    body = normal.read(f)
    slope = normal.derivative(body, v, list(i))
    entries = normal.read_array(point) if sizes else ((), normal.read(point))
    at = (lambda *idx: normal.substitute(entries[1], dict(zip(entries[0], idx, strict=True)))) if sizes else entries[1]
    there = normal.substitute(slope, {v: at})
    interior = scope.vanishes(there, normal, hypotheses=True)
    if not interior:
        step = normal.entry(v, list(i)) - at(*i) if sizes else normal.symbol(v) - at  # type: ignore[operator]  # as made above
        along = normal.sum_all(list(i), normal.multiply(there, step))
        tied = bound.normal()
        if not bound.vanishes(along, tied, hypotheses=True):
            raise NotShown(
                f"the gradient at the point is {show(there)}, neither shown to be 0 nor to vanish along v - v*: {show(along)}"
            )
        bound.take(tied)
    second = normal.derivative(slope, v, list(j))
    curved = _psd(scope, normal, rule, second, i, j)
    _require_all_along(normal, v)
    scope.take(normal)
    scope.trace.axioms |= {"derivative table", "convexity", "order"}
    if not curved:
        return None
    relation = t.Relation((t.Index(v, i), reduce_index(t.Index(point, i))) if sizes else (v, point), ("=",))
    return (t.Big("forall", tuple(t.Binder(x) for x in i), relation) if sizes else relation,)


def _psd(scope: Scope, normal: Normal, rule: Stationary, second: Poly, i: tuple[t.Symbol, ...], j: tuple[t.Symbol, ...]) -> bool:
    """The Hessian is positive semidefinite; True if it is positive definite."""
    if not i:
        if not normal.facts.nonnegative(second):
            raise NotShown(f"the second derivative {show(second)} is not shown to be >= 0")
        return normal.facts.positive(second)
    diagonal = normal.substitute(second, {j[0]: i[0]})
    if normal.is_zero(second - normal.multiply(normal.delta(i[0], j[0]), diagonal)):
        if not normal.facts.nonnegative(diagonal):
            raise NotShown(f"the diagonal {show(diagonal)} of the Hessian is not shown to be >= 0")
        return normal.facts.positive(diagonal)
    if not rule.curvature:
        raise NotShown("the Hessian is not diagonal: give u' H u as a sum of squares (curvature=...)")
    u = t.fresh(t.Symbol("u", t.Type("real", (t.size_of(i[0]),))))
    form = normal.sum(
        i[0], normal.sum(j[0], normal.multiply(normal.multiply(normal.entry(u, [i[0]]), second), normal.entry(u, [j[0]])))
    )
    named = scope.given("")
    named = replace(scope, context=replace(scope.context, symbols={**scope.context.symbols, "u": u}))
    squares = normal.read(named.unfold(named.parse(rule.curvature)))
    if not normal.is_zero(form - squares):
        raise NotShown(f"u' H u - curvature = {show(form - squares)}, which is not shown to be 0")
    if not nonnegative(normal, named.unfold(named.parse(rule.curvature))):
        raise NotShown(f"{rule.curvature} is not shown to be >= 0")
    return False

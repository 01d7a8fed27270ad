"""What a hypothesis defines, `b = a^2`, written as a notation where a derivative meets it: D(b, a) is then 2 a."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from math import prod
from random import Random

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.reading import Defined, Reading
from mathcore.language.substitution import substitute, with_part
from mathcore.proof.replay.forms import Forms
from mathcore.proof.replay.letters import ONE, SIGNS, Atom, Mono, Outside, Poly, frozen, key, minus, mono_key, of, plus, scaled

Ties = dict[t.Symbol, set[t.Symbol]]
CONSTANT = ("index", "natural", "size")
BOUNDS = {"real": (), "positive": ((">", 0),), "nonnegative": ((">=", 0),), "unit": ((">=", 0), ("<=", 1))}


def written(reading: Reading, claim: t.Expr, lines: Sequence[t.Expr]) -> tuple[Context, t.Expr]:
    """Context and claim; raises Outside where the body of a derivative, a limit or a value put in depends on its variable by a
    hypothesis, and not by a definition that can be written out."""
    context = reading.context
    local = [n for f in (claim, *lines) for n in t.walk(context.unfold(f)) if isinstance(n, (t.Derivative, t.Limit, t.At))]
    if not local or not any(_depending(local, _ties(context, claim, []))):
        return context, claim
    if any(_depending((n for n in local if not isinstance(n, t.Derivative)), _ties(context, claim, reading.defined))):
        raise Outside("a limit or a value put in, whose variable a hypothesis ties to another letter")
    put: dict[t.Symbol, t.Expr] = {}
    by_value = _closed({d.symbol: {*_letters(context.unfold(d.value))} for d in reading.defined})
    for one in reading.defined:
        if one.symbol not in by_value[one.symbol] and _is_definition(context, one, reading.defined, (claim, *lines)):
            put[one.symbol] = t.Apply(one.symbol.name, (), one.symbol.type.shape)
    own = [d for d in reading.defined if d.symbol in put]
    rest = [h for h in context.hypotheses if not any(h is d.hypothesis for d in own)]
    context = replace(
        context,
        symbols={name: s for name, s in context.symbols.items() if s not in put},
        definitions={
            **{head: d if d.parameters else replace(d, body=substitute(d.body, put)) for head, d in context.definitions.items()},
            **{d.symbol.name: t.Definition(d.symbol.name, (), d.letters, t.Paren(substitute(d.value, put))) for d in own},
        },
        hypotheses=(
            *(substitute(_for_all(context, h, put), put) for h in rest),
            *(h for d in own for h in _domain(d, t.Paren(substitute(d.value, put)))),
        ),
    )
    claim = substitute(claim, put)
    opened = [context.unfold(substitute(f, put)) for f in (claim, *lines)]
    local = [n for f in opened for n in t.walk(f) if isinstance(n, (t.Derivative, t.Limit, t.At))]
    if any(_depending(local, _ties(context, claim, []))):
        raise Outside("a derivative by what a hypothesis ties to another letter or entry")
    return context, claim


def _depending(local: Iterable[t.Derivative | t.Limit | t.At], ties: Ties) -> Iterator[bool]:
    """Of each body whether other letters in it, or other entries of an array, are tied to what moves."""
    for node in local:
        by = frozenset(node.targets) if isinstance(node, t.At) else t.free_symbols(node.variable)
        others = t.free_symbols(node.body) - by
        if isinstance(node, t.Derivative) and isinstance(node.variable, t.Index):
            others |= by & t.free_symbols(with_part(node.body, node.variable, t.number(0)))
        yield any(ties.get(s, set()) & by for s in others) or any(ties.get(s, set()) & others for s in by)


def _ties(context: Context, claim: t.Expr, defined: Sequence[Defined]) -> Ties:
    """By which others each letter is given: by the value of its definition, or by all others of another equation.

    A letter that is among its own stands for an array of which entries are given by others.
    """
    found: Ties = {}
    told = [*context.hypotheses]
    while isinstance(claim, (t.Paren, t.Implies)):
        told += [claim.premise] if isinstance(claim, t.Implies) else []
        claim = claim.body if isinstance(claim, t.Paren) else claim.conclusion
    gaps = _squeezed(list(map(context.unfold, told)))
    for h in told:
        one = next((d for d in defined if d.hypothesis is h), None)
        whole = context.unfold(h)
        if one is None:
            gaps += list(_gaps(whole, ("=",)))
        else:
            found.setdefault(one.symbol, set()).update(_letters(context.unfold(one.value)))
            gaps += [gap for gap in _gaps(whole, ("=",)) if _recurring(gap)]
    recurring = frozenset().union(*map(_recurring, gaps), _by_another(gaps))
    for gap in gaps:
        letters = _letters(gap)
        for s in letters:
            found.setdefault(s, set()).update(letters - {s} if s not in recurring else letters)
    return {s: others if s in recurring else others - {s} for s, others in _closed(found).items()}


def _closed(ties: Ties) -> Ties:
    for _ in ties:
        for s, others in ties.items():
            ties[s] = others.union(*(ties[o] for o in others if o in ties))
    return ties


def _letters(node: t.Expr) -> frozenset[t.Symbol]:
    return frozenset(s for s in t.free_symbols(node) if s.type.domain not in CONSTANT)


def _recurring(gap: t.Expr) -> frozenset[t.Symbol]:
    """Arrays of which one entry is given by others: `F[s + 1] = b F[s]`."""
    found = Counter(base for base, _ in {*_entries(gap)})
    return frozenset(base for base, count in found.items() if count > 1)


def _by_another(gaps: Sequence[t.Expr]) -> frozenset[t.Symbol]:
    """Arrays of which several entries are given by way of other letters: `x[1] = a; x[2] = a`."""
    entries = {one for gap in gaps if len(_letters(gap)) > 1 for one in _entries(gap)}
    several = Counter(base for base, _ in entries)
    every = {base for base, entry in entries if any(s.type.domain in ("index", "natural") for s in t.free_symbols(entry))}
    return frozenset(every | {base for base, count in several.items() if count > 1})


def _entries(node: t.Expr) -> Iterator[tuple[t.Symbol, t.Expr]]:
    """The arrays of a formula, each with an entry of it, or with all of them."""
    if isinstance(node, t.Index) and isinstance(base := t.bare(node.base), t.Symbol):
        yield base, node
        for place in node.indices:
            yield from _entries(place)
    elif isinstance(node, t.Symbol):
        yield from [(node, node)] if node.type.shape else []
    else:
        for child in t.children(node):
            yield from _entries(child)


def _gaps(node: t.Expr, ops: Sequence[str]) -> Iterator[t.Expr]:
    """What relations by one of these say to be 0, or >= 0."""
    for n in t.walk(node):
        for a, op, b in zip(n.args, n.ops, n.args[1:], strict=False) if isinstance(n, t.Relation) else ():
            if op in ops:
                yield t.Sub(t.Paren(b), t.Paren(a)) if op == "<=" else t.Sub(t.Paren(a), t.Paren(b))


# bounds that leave an equation only -------------------------------------------------------------------------------

Row = tuple[Poly, bool]  # what is >= 0, or > 0
ROWS, DRAWS = 400, 300


def _squeezed(told: Sequence[t.Expr]) -> list[t.Expr]:
    """The bounds, <= and >=, of several letters that are not seen to leave more than an equation."""
    gaps = [gap for h in told for gap in _gaps(h, ("<=", ">="))]
    about = [gap for gap in gaps if len(_letters(gap)) > 1 or _recurring(gap)]
    rows: list[Row] = [({(): Fraction(1)}, True)]
    for gap in (*gaps, *(g for h in told for equal in _gaps(h, ("=",)) for g in (equal, t.Neg(t.Paren(equal))))):
        with suppress(Outside):
            rows.append((Forms([], [], []).read(gap), False))
    atoms = {a for p, _ in rows for m in p for a, _ in m if a[0] in ("s", "e")}
    rows += [(of(a), False) for a in atoms if a[1].type.domain in SIGNS]
    rows += [(minus(ONE, of(a)), False) for a in atoms if a[1].type.domain == "unit"]
    return [gap for gap in about if not _has_room(gap, rows)]


def _has_room(gap: t.Expr, rows: Sequence[Row]) -> bool:
    """Whether a bound is seen to hold strictly somewhere: with products as letters of their own, and, if there are some, at a
    point inside all of them."""
    try:
        p = Forms([], [], []).read(gap)
        if not _is_met([*rows, (p, True)]):
            return False
    except Outside:
        return False
    bounds = [q for q, strict in rows if not strict]
    linear = all(len(m) < 2 and all(e == 1 and a[0] in ("s", "e") for a, e in m) for q in (p, *bounds) for m in q)
    return linear or _is_inside([p, *bounds])


def _is_met(rows: Sequence[Row]) -> bool:
    """Whether some values of the products keep all rows: these are eliminated one after the other, as Fourier and Motzkin did."""
    left = {(frozen(p), strict) for p, strict in rows}
    while left:
        if (frozen({}), True) in left:
            return False
        left = {row for row in left if row[0]}
        signs = Counter[tuple[Mono, bool]]((m, c > 0) for p, _ in left for m, c in p)
        if not left or len(left) > ROWS:
            break
        one = min((m for m, _ in signs), key=lambda m: (signs[m, True] * signs[m, False], mono_key(m)))
        with_it = [(dict(p), strict) for p, strict in left if one in dict(p)]
        left = {row for row in left if one not in dict(row[0])}
        for high, first in with_it:
            for low, second in with_it:
                if high[one] > 0 > low[one]:
                    total = plus(scaled(high, 1 / high[one]), scaled(low, -1 / low[one]))
                    left.add((frozen(_of_one_size(total)), first or second))
    return len(left) <= ROWS


def _of_one_size(p: Poly) -> Poly:
    return scaled(p, 1 / max(map(abs, p.values()))) if p else p


def _is_inside(gaps: Sequence[Poly]) -> bool:
    """Whether all are > 0 at a point that is drawn: a neighbourhood of it is left by the bounds."""
    atoms = sorted({a for p in gaps for m in p for a, _ in m}, key=key)
    if any(a[0] not in ("s", "e") for a in atoms):
        return False
    draw = Random(0)
    for _ in range(DRAWS):
        values = {a: Fraction(draw.randint(-12, 12), draw.choice((1, 2, 4))) for a in atoms}
        with suppress(ZeroDivisionError):
            if all(e.denominator == 1 for p in gaps for m in p for _, e in m) and all(_value(p, values) > 0 for p in gaps):
                return True
    return False


def _value(p: Poly, values: Mapping[Atom, Fraction]) -> Fraction:
    return sum((c * prod(values[a] ** int(e) for a, e in m) for m, c in p.items()), Fraction(0))


def _is_definition(context: Context, one: Defined, defined: Sequence[Defined], formulas: Sequence[t.Expr]) -> bool:
    """Whether a letter can be written out: given once, by a formula, in its domain, and nothing moves it."""
    s, value = one.symbol, context.unfold(one.value)
    if s.type.domain not in BOUNDS or sum(d.symbol == s for d in defined) > 1:
        return False
    if isinstance(t.bare(value), (t.Symbol, t.Index, t.Number)):  # equal here, and no function of it
        return False
    if any(i.type.domain != "index" for i in one.letters) or tuple(map(t.size_of, one.letters)) != s.type.shape:
        return False
    if not t.free_symbols(value) <= {*context.symbols.values(), *one.letters, *context.fixed}:
        return False
    nodes = [n for f in (*formulas, *context.hypotheses) for n in t.walk(context.unfold(f))]
    moved = [n.variable for n in nodes if isinstance(n, t.Derivative)] + [
        x for n in nodes if isinstance(n, t.At) for x in n.targets
    ]
    exponents = [n.exponent for n in nodes if isinstance(n, t.Pow)]
    return not any(s in t.free_symbols(n) for n in (*moved, *exponents))


def _for_all(context: Context, hypothesis: t.Expr, put: dict[t.Symbol, t.Expr]) -> t.Expr:
    """A hypothesis about entries that become a notation, with its indices bound: `s[i] >= 2` is no condition on i alone."""
    free = t.free_symbols(context.unfold(hypothesis))
    every = sorted((i for i in free - context.fixed if i.type.domain in ("index", "natural")), key=lambda i: i.name)
    return t.Big("forall", tuple(map(t.Binder, every)), hypothesis) if every and free & set(put) else hypothesis


def _domain(one: Defined, entry: t.Expr) -> Iterator[t.Expr]:
    """That the value is a number, and what its declaration says of it."""
    number = t.Relation((entry, t.Add(entry, t.number(1))), ("<",))
    bounds = [t.Relation((entry, t.number(end)), (op,)) for op, end in BOUNDS[one.symbol.type.domain]]
    binders = tuple(map(t.Binder, one.letters))
    yield from (t.Big("forall", binders, h) if binders else h for h in (number, *bounds))

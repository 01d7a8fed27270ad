"""The hypotheses of a claim as the replayer's normal form uses them: signs, differences, equations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute
from mathcore.proof.replay.forms import Forms
from mathcore.proof.replay.letters import (
    ONE,
    Atom,
    Fact,
    Frozen,
    Outside,
    Poly,
    frozen,
    key,
    minus,
    number,
    of,
    one_of,
    plus,
    scaled,
    symbols,
)

COUNTS = ("index", "natural")
ROUNDS = 6
Place = t.Symbol | int | Frozen  # in an array: an index, a number, or what is worked out


@dataclass(frozen=True)
class Equation:
    """value = 0 for every value of the loose symbols."""

    value: Frozen
    loose: frozenset[t.Symbol] = frozenset()


@dataclass
class Given:
    """What holds beside a step."""

    context: Context
    spoken: frozenset[t.Symbol]
    facts: list[Fact] = field(default_factory=list)
    apart: list[Frozen] = field(default_factory=list)
    distinct: list[frozenset[t.Symbol]] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)

    def forms(self) -> Forms:
        return Forms(self.facts, self.apart, self.distinct)

    def read(self, forms: Forms, node: t.Expr) -> Poly:
        return forms.read(self.context.unfold(node))


def given(context: Context, goal: t.Expr, extra: Iterable[t.Expr] = ()) -> Given:
    """The hypotheses of a context, read for a claim: letters of the claim are those, other indices stand for every value."""
    own = Given(context, t.free_symbols(context.unfold(goal)) | context.fixed)
    hypotheses = [*context.hypotheses, *extra]
    loose = {s for h in hypotheses if _counts_only(h) for s in _loose(own, h)}
    parts = [p for h in hypotheses for p in _parts(h) if not loose & _loose(own, p)]
    again: list[tuple[t.Expr, str, t.Expr, frozenset[t.Symbol]]] = []
    for part in sorted(parts, key=lambda p: "=" in p.ops):  # signs first: equations are read with them
        for left, op, right in zip(part.args[:-1], part.ops, part.args[1:], strict=True):
            if not _take(own, left, op, right, every := _loose(own, part)):
                again.append((left, op, right, every))
    for left, op, right, every in again:  # by now it may be known that its logarithms are finite
        _take(own, left, op, right, every)
    _distributions(own)
    return own


def _parts(node: t.Expr) -> Iterator[t.Relation]:
    core = t.bare(node)
    if isinstance(core, t.And):
        for part in core.parts:
            yield from _parts(part)
    elif isinstance(core, t.Big) and core.op == "forall" and all(b.lower is None for b in core.binders):
        fresh = {b.symbol: t.fresh(b.symbol) for b in core.binders}
        yield from _parts(substitute(core.body, fresh))
    elif isinstance(core, t.Relation):
        yield core


def _loose(own: Given, node: t.Expr) -> frozenset[t.Symbol]:
    free = t.free_symbols(own.context.unfold(node)) - own.spoken
    return frozenset(s for s in free if s.type.domain in COUNTS and not s.type.shape)


def _counts_only(node: t.Expr) -> bool:
    return all(s.type.domain in (*COUNTS, "size") for s in t.free_symbols(node))


def _take(own: Given, left: t.Expr, op: str, right: t.Expr, loose: frozenset[t.Symbol]) -> bool:
    """Whether a relation could be read: what may be infinite on both sides holds there and says nothing."""
    forms, infinite = own.forms(), 0
    try:
        if op == "!=" and (i := t.index_in(left)) is not None and (j := t.index_in(right)) is not None:
            if not loose:
                own.distinct.append(frozenset((i, j)))
            return True
        if t.shape_of(left):
            return True
        sides = list[Poly]()
        for side in (right, left):
            reader = own.forms()
            sides.append(own.read(reader, side))
            forms.elsewhere |= reader.elsewhere
            infinite += bool(reader.open) and _holds_logarithm(own.context.unfold(side))
        gap = minus(*sides)
    except (Outside, RecursionError):
        return True
    if infinite > 1:
        return False
    if forms.elsewhere:  # what is needed for the hypothesis to have a value holds; this need not
        return True
    if op in ("<", "<="):
        own.facts.append(Fact(frozen(gap), op == "<", loose))
    elif op in (">", ">="):
        own.facts.append(Fact(frozen(scaled(gap, -1)), op == ">", loose))
    elif op == "!=" and gap and not loose:
        own.apart += [frozen(x) for x in (gap, scaled(gap, -1), forms.content(gap)[2])]
    elif op == "=" and gap:
        own.equations.append(Equation(frozen(gap), loose))
        if not loose:
            own.facts += [Fact(frozen(gap), False), Fact(frozen(scaled(gap, -1)), False)]
    return True


def _holds_logarithm(node: t.Expr) -> bool:
    return any(isinstance(n, t.Call) and n.name in ("log", "log2", "log10", "xlogy") for n in t.walk(node))


def _distributions(own: Given) -> None:
    """What a distribution sums to, along its last axis."""
    for symbol in own.context.symbols.values():
        if symbol.type.domain in ("simplex", "onehot") and symbol.type.shape:
            places = tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in symbol.type.shape)
            total = Forms().sum(places[-1], of(("e", symbol, places)))
            own.equations.append(Equation(frozen(minus(total, ONE)), frozenset(places[:-1])))


# zero by equations ------------------------------------------------------------------------------------------------


def vanishes(forms: Forms, p: Poly, equations: Iterable[Equation]) -> bool:
    """Whether p is 0 where the equations hold; what is divided by is multiplied away first."""
    p = forms.cleared(p)
    known = list(equations)
    for _ in range(ROUNDS):
        if not p:
            return True
        before = p
        for equation in known:
            for way in (summed, replaced, _taken_away):
                p = forms.cleared(way(forms, p, equation))
                if not p:
                    return True
        if p == before:
            return False
    return not p


def summed(forms: Forms, p: Poly, equation: Equation) -> Poly:
    """A sum that an equation gives, also as a part of sums over more indices and inside other letters."""
    for m, c in equation.value:
        if len(m) == 1 and m[0][0][0] == "sum" and m[0][1] == 1 and len(m[0][0][1]) == 1:
            atom = m[0][0]
            value = scaled(minus({n: d for n, d in equation.value if n != m}, {}), -1 / c)
            if not any(_holds(n, atom) for n in value):
                p = _walk(forms, p, atom, value, equation.loose)
    return p


def _holds(part: object, atom: Atom) -> bool:
    return part == atom or (isinstance(part, tuple) and any(_holds(x, atom) for x in part))


def _walk(forms: Forms, p: Poly, atom: Atom, value: Poly, loose: frozenset[t.Symbol]) -> Poly:
    total: list[Poly] = []
    for m, c in p.items():
        total.append(scaled(forms.product(_letter(forms, a, e, atom, value, loose) for a, e in m), c))
    return plus(*total)


def _letter(forms: Forms, a: Atom, e: Fraction, atom: Atom, value: Poly, loose: frozenset[t.Symbol]) -> Poly:
    def inner(part: Frozen) -> Poly:
        return _walk(forms, dict(part), atom, value, loose)

    match a[0]:
        case "sum":
            found = _part_of(forms, a, atom, value, loose)
            if found is not None:
                return forms.power(_walk(forms, found, atom, value, loose), e)
            fresh, factors = forms.opened(a)
            body = forms.product(_letter(forms, b, f, atom, value, loose) for b, f in factors)
            for k in fresh:
                body = forms.sum(k, body)
            return forms.power(body, e)
        case "exp":
            return forms.exp(scaled(inner(((a[1], Fraction(1)),)), e))
        case "log":
            return forms.power(forms.log(inner(a[1])), e)
        case "P":
            return forms.power(inner(a[1]), e)
        case "abs":
            return forms.power(forms.absolute(inner(a[1])), e)
    return of(a, e)


def _part_of(forms: Forms, a: Atom, atom: Atom, value: Poly, loose: frozenset[t.Symbol]) -> Poly | None:
    """sum(i, j: f[i] W[i, j]) where sum(j: W[i, j]) is given."""
    fresh, factors = forms.opened(a)
    for k in fresh:
        inside = [f for f in factors if k in symbols(f[0])]
        other = [b for b in fresh if b != k]
        part = forms.sum(k, {tuple(sorted(inside, key=lambda f: key(f[0]))): Fraction(1)})
        for put in _fits(part, atom, loose):
            known = forms.put(of(atom), put)
            if known == part:
                rest = forms.times(forms.mono(f for f in factors if f not in inside), forms.put(value, put))
                for b in other:
                    rest = forms.sum(b, rest)
                return rest
    return None


def _fits(part: Poly, atom: Atom, loose: frozenset[t.Symbol]) -> Iterator[dict[t.Symbol, t.Symbol]]:
    """Values of the loose indices among those that occur."""
    names = sorted(loose & symbols(atom), key=key)
    inside = sorted((s for s in symbols(frozen(part)) if s.type.domain in COUNTS and not s.name.startswith("#")), key=key)

    def go(rest: list[t.Symbol], have: dict[t.Symbol, t.Symbol]) -> Iterator[dict[t.Symbol, t.Symbol]]:
        if not rest:
            yield have
            return
        for s in inside:
            if one_of(s, rest[0]):
                yield from go(rest[1:], {**have, rest[0]: s})

    yield from go(names, {})


def replaced(forms: Forms, p: Poly, equation: Equation) -> Poly:
    """A letter that an equation gives by the others, everywhere."""
    for m, c in equation.value:
        if len(m) != 1 or m[0][1] != 1 or m[0][0][0] not in ("s", "e"):
            continue
        atom = m[0][0]
        rest = [(n, d) for n, d in equation.value if n != m]
        if any(_holds(n, atom) for n, _ in rest) or (atom[0] == "e" and atom[1].type.domain in ("simplex", "onehot")):
            continue
        value = scaled(dict(rest), -1 / c)
        if atom[0] == "s" and not equation.loose and atom[1].type.domain not in (*COUNTS, "size"):
            return forms.put(p, {atom[1]: value}) if atom[1] in symbols(frozen(p)) else p
        if atom[0] == "e" and (equation.loose & symbols(atom)) == equation.loose:
            return _entries(forms, p, atom, value, equation.loose)
    return p


def _entries(forms: Forms, p: Poly, atom: Atom, value: Poly, loose: frozenset[t.Symbol]) -> Poly:
    """Entries u[T + 1] at top level, or u[k], by their value, at the places that fit."""
    total: list[Poly] = []
    for m, c in p.items():
        parts: list[Poly] = []
        for a, e in m:
            put = _placed(forms, a, atom, loose) if a[0] == "e" and a[1] == atom[1] and e.denominator == 1 and e > 0 else None
            parts.append(of(a, e) if put is None else forms.power(forms.put(value, put), e))
        total.append(scaled(forms.product(parts), c))
    return plus(*total)


def _placed(forms: Forms, a: Atom, atom: Atom, loose: frozenset[t.Symbol]) -> dict[t.Symbol, object] | None:
    """What the loose letters are for the entry `a` to be the one that the equation speaks of."""
    put: dict[t.Symbol, object] = {}
    for mine, general in zip(a[2], atom[2], strict=True):
        if isinstance(general, t.Symbol) and general in loose:
            value = dict(mine) if isinstance(mine, tuple) else mine
            if put.setdefault(general, value) != value or not _may_be(forms, general, mine):
                return None
        elif isinstance(general, tuple) and (inside := symbols(general) & loose):
            (name,) = inside if len(inside) == 1 else (None,)
            if name is None or name.type.domain != "natural":
                return None
            shift = minus(_value(mine), minus(dict(general), of(("s", name))))  # T = place - (general - T)
            if not forms.sign(minus(shift, number(name.type.minimum))) or name in symbols(frozen(shift)):
                return None
            put[name] = shift
        elif mine != general:
            return None
    return put


def _value(place: Place) -> Poly:
    return of(("s", place)) if isinstance(place, t.Symbol) else dict(place) if isinstance(place, tuple) else number(place)


def _may_be(forms: Forms, every: t.Symbol, place: Place) -> bool:
    """Whether a place is among those for which a natural number stands; that an index exists is asked where an entry is read."""
    return every.type.domain != "natural" or bool(forms.sign(minus(_value(place), number(every.type.minimum))))


def _taken_away(forms: Forms, p: Poly, equation: Equation) -> Poly:
    """p less a multiple of what is 0, if fewer terms are left."""
    inside = symbols(frozen(p))
    for value in list(forms.instances(dict(equation.value), equation.loose, inside)):
        for m, c in p.items():
            for n, d in value.items():
                have = dict(m)
                for a, e in n:
                    have[a] = have.get(a, Fraction(0)) - e
                if any(e < 0 and have[a] < 0 for a, e in have.items()) and not all(
                    e >= 0 or a[0] == "exp" for a, e in have.items()
                ):
                    continue
                weight = {tuple(sorted(((a, e) for a, e in have.items() if e), key=lambda f: key(f[0]))): c / d}
                rest = minus(p, forms.times(weight, value))
                if len(rest) < len(p):
                    return rest
    return p

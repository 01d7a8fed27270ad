"""What a hypothesis defines, `s[i] = exp(z[i]) / sum(k: exp(z[k]))`, as the notation that it is meant to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from mathcore.card import Card, Derivation
from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import Context
from mathcore.language.reading import Defined, counts
from mathcore.language.substitution import substitute, with_part
from mathcore.proof.at_points import at_points, compared
from mathcore.proof.faults import FAILS
from mathcore.proof.scope import Checkers, NotShown, Scope, Trace, in_real_exponent, pairs, text_of

MOVING = (t.Derivative, t.Limit, t.At)
NO_PAGE = Card("", "", "", given="", define="")  # to which what is read belongs
LEAST = {"positive": (">", None), "nonnegative": (">=", None), "unit": (">=", "<=")}


@dataclass(frozen=True)
class Notation:
    """A letter that a hypothesis defines, the hypothesis as it was said, and the letters of which it speaks."""

    name: str
    hypothesis: str
    letters: frozenset[str]


@dataclass(frozen=True)
class Written:
    """A claim with notations in place of the letters that hypotheses define, and these hypotheses."""

    context: Context
    claim: t.Expr
    spoken: frozenset[str] = frozenset()  # letters of the claim as it was said
    notations: tuple[Notation, ...] = ()
    unclear: str = ""  # a derivative whose body depends on its variable by a hypothesis, and which cannot be written out
    joined: tuple[Context, t.Expr] | None = None  # unclear by `b = a` alone: the claim where b is a, and moves with it

    def resting_on(self, hypotheses: Iterable[str] = ()) -> tuple[str, ...]:
        """The hypotheses by which letters of the claim, of these hypotheses, or of each other are notations."""
        spoken = self.spoken.union(*(re.findall(r"[A-Za-z_]\w*", text) for text in hypotheses))
        found: list[Notation] = []
        while more := [n for n in self.notations if n.name in spoken and n not in found]:
            found += more
            spoken = spoken.union(*(n.letters for n in more))
        return tuple(n.hypothesis for n in found)


def written(context: Context, claim: t.Expr, defined: Sequence[Defined]) -> Written:
    """The claim with what is defined as notations: derivatives go through them, and balls evaluate them anywhere."""
    hidden = _hidden([context.unfold(f) for f in (claim, *context.hypotheses)], defined)
    if unclear := hidden or _given_twice(context, claim, defined):
        return Written(context, claim, unclear=unclear)
    spoken, notations = _names(context.unfold(claim)), list[Notation]()
    kept: list[Defined] = []
    left = list(defined)
    while left:
        one = left.pop(0)
        put = None if one.symbol not in context.symbols.values() else _put(context, claim, one)
        if put is None:
            kept.append(one)
            continue
        made = t.Apply(one.symbol.name, (), one.symbol.type.shape)
        claim = substitute(claim, {one.symbol: made})
        rest, said = _without(context, one), {one.symbol: made}
        left = [
            replace(d, value=substitute(d.value, said), hypothesis=put.hypotheses[rest.index(d.hypothesis)])
            for d in left
            if d.hypothesis in rest
        ]
        notations.append(Notation(one.symbol.name, text_of(_as_said(one)), _names(_as_said(one))))
        context = put
    unclear = _unclear(context, claim, kept)
    joined = _joined(context, claim, kept) if unclear else None
    return Written(context, claim, spoken, tuple(notations), unclear, joined)


def _names(node: t.Expr) -> frozenset[str]:
    """The letters that stand free, and the names that are applied."""
    applied = (n.head for n in t.walk(node) if isinstance(n, t.Apply))
    return frozenset(s.name for s in t.free_symbols(node)).union(applied)


def false_either_way(form: Written, instance: str = "") -> str:
    """A point at which a claim is false whether `b = a` says that b moves with a or only that two numbers are equal here."""
    if form.joined is None:
        return ""
    found = [
        at_points(context, claim, instance=instance).counterexample
        for context, claim in ((form.context, form.claim), form.joined)
    ]
    return found[0] if all(found) else ""


def _joined(context: Context, claim: t.Expr, kept: Sequence[Defined]) -> tuple[Context, t.Expr] | None:
    """The claim with one letter for two that a single hypothesis calls equal, the one by which nothing is differentiated."""
    ties = [one for one in kept if is_tie(one) and not isinstance(t.bare(one.value), t.Number)]
    if len(ties) != 1:
        return None
    pair = (ties[0].symbol, t.bare(ties[0].value))
    gone = [s for s in pair if isinstance(s, t.Symbol) and not _is_moved(context.unfold(claim), s)]
    if not gone or not isinstance(pair[1], t.Symbol) or pair[1].type != pair[0].type:
        return None
    told = (*_without(context, ties[0]), claim)
    *hypotheses, claim = (_renamed(context.unfold(f), gone[0], pair[pair[0] == gone[0]]) for f in told)
    context = replace(context, hypotheses=tuple(hypotheses))
    return None if _unclear(context, claim, ()) else (context, claim)


def _renamed(node: t.Expr, old: t.Symbol, new: t.Expr) -> t.Expr:
    """With one letter for another, also where a derivative by it begins to see it: D(a b, a) becomes D(a a, a)."""
    return new if node == old else t.map_children(node, lambda child: _renamed(child, old, new))


def _hidden(formulas: Sequence[t.Expr], defined: Sequence[Defined]) -> str:
    """A limit, or a value put in, whose letter stands in what is defined: there a notation would hide it."""
    depends = {one.symbol: set(t.free_symbols(one.value)) for one in defined}
    for _ in depends:
        for symbol, inside in depends.items():
            depends[symbol] = inside.union(*(depends[s] for s in inside if s in depends))
    for node in (n for f in formulas for n in t.walk(f) if isinstance(n, (t.Limit, t.At))):
        for symbol in t.free_symbols(node.body) & set(depends):
            if moved := depends[symbol] & set(t.bound_symbols(node)):
                return said_to_depend(symbol, moved)
    return ""


def said_to_depend(symbol: t.Symbol, moved: Iterable[t.Symbol]) -> str:
    others = (f"other entries of {s.name}" if s == symbol else s.name for s in sorted(moved, key=lambda s: s.name))
    return f"{symbol.name} depends on {', '.join(others)} by a hypothesis: write it out"


def _as_said(one: Defined) -> t.Expr:
    core = t.bare(one.hypothesis)
    return core.body if isinstance(core, t.Big) else core


def _put(context: Context, claim: t.Expr, one: Defined) -> Context | None:
    """The context with the notation, or None where the letter has to stay a letter."""
    s, value = one.symbol, substitute(one.value, {one.symbol: one.symbol})
    rest = _without(context, one)
    if len(rest) == len(context.hypotheses) or s.type.domain not in ("real", "simplex", *LEAST):
        return None
    if any(i.type.domain != "index" for i in one.letters) or tuple(t.size_of(i) for i in one.letters) != s.type.shape:
        return None
    if s in t.free_symbols(context.unfold(value)) or not t.free_symbols(value) | {s} <= _declared(context, one):
        return None
    formulas = [claim, *rest]
    if is_tie(one) and any(_local(context.unfold(f), s) for f in formulas):
        return None
    if any(_is_moved(context.unfold(f), s) or in_real_exponent(context.unfold(f), s) for f in formulas):
        return None
    entry = t.Paren(value)
    left = context.without([h for h in context.hypotheses if not any(h is other for other in rest)])
    context = replace(left, fixed=context.fixed | (left.fixed - set(one.letters)))  # it is said of every such entry
    more = _in_domain(context, claim, one, entry)
    if more is None:
        return None
    made: dict[t.Symbol, t.Expr] = {s: t.Apply(s.name, (), s.type.shape)}
    return replace(
        context,
        symbols={name: x for name, x in context.symbols.items() if x != s},
        hypotheses=tuple(substitute(_for_all(context, h, s), made) for h in rest) + more,
        definitions={
            **{  # a parameter of that name is no such letter
                head: d if d.parameters else replace(d, body=substitute(d.body, made)) for head, d in context.definitions.items()
            },
            s.name: t.Definition(s.name, (), one.letters, value),
        },
    )


def _without(context: Context, one: Defined) -> tuple[t.Expr, ...]:
    return tuple(h for h in context.hypotheses if h != one.hypothesis)


def _for_all(context: Context, hypothesis: t.Expr, symbol: t.Symbol) -> t.Expr:
    """A hypothesis about a letter that becomes a notation, with its indices bound: `s[i] = 2` is no condition on i alone."""
    free = t.free_symbols(context.unfold(hypothesis))
    every = sorted((i for i in free - context.fixed if counts(i)), key=lambda i: i.name) if symbol in free else []
    return t.Big("forall", tuple(map(t.Binder, every)), hypothesis) if every else hypothesis


def _declared(context: Context, one: Defined) -> frozenset[t.Symbol]:
    return frozenset(context.symbols.values()) | frozenset(one.letters) | context.fixed


def is_tie(one: Defined) -> bool:
    """`x = y`, `x = 3`: two numbers are equal here, and x is no function of y."""
    return isinstance(t.bare(one.value), (t.Symbol, t.Index, t.Number))


def _local(node: t.Expr, symbol: t.Symbol) -> bool:
    """Whether a letter stands in a derivative or a limit."""
    return any(isinstance(n, MOVING) and symbol in t.free_symbols(n).union(t.bound_symbols(n)) for n in t.walk(node))


def _is_moved(node: t.Expr, symbol: t.Symbol) -> bool:
    """Whether a formula differentiates by a letter, or puts another value in its place."""
    return any(
        (isinstance(n, t.Derivative) and symbol in t.free_symbols(n.variable)) or (isinstance(n, t.At) and symbol in n.targets)
        for n in t.walk(node)
    )


def _reading(context: Context, claim: t.Expr) -> Scope:
    """Where the values of a claim are read: no rule is applied, and nothing is cited."""
    return Scope(NO_PAGE, context, Trace(), Checkers({}, {}), _cites_nothing, subject=claim)


def _cites_nothing(_: Scope, name: str) -> tuple[Context, t.Expr, Derivation]:
    raise NotShown(f"{name} is not cited where a claim is only read")


def has_value(scope: Scope, entry: t.Expr, letters: Iterable[t.Symbol]) -> bool:
    """Whether the kernel reads it without a condition, for all values of the letters: a hypothesis may be about one of them."""
    every: dict[t.Symbol, t.Expr] = {s: t.fresh(s) for s in letters}
    try:
        normal = scope.normal()
        normal.read(scope.unfold(substitute(entry, every)))
    except FAILS:
        return False
    return not normal.conditions


def finite(value: t.Expr) -> t.Relation:
    """That there is such a number, in words that balls see to be true beyond doubt: v < v + 1."""
    return t.Relation((value, t.Add(value, t.number(1))), ("<",))


def _in_domain(context: Context, claim: t.Expr, one: Defined, entry: t.Expr) -> tuple[t.Expr, ...] | None:
    """What the declaration says of the value, where it is not seen; None if it cannot be said."""
    kind = one.symbol.type
    binders = tuple(map(t.Binder, one.letters))
    scope = _reading(context, claim)
    if kind.domain == "real":  # there is such a number: `b = 1 / a` says that a is not 0
        if has_value(scope, entry, one.letters):
            return ()
        return (t.Big("forall", binders, finite(entry)) if binders else finite(entry),)
    try:
        scope.require_domain(t.Big("vector", binders, entry) if binders else entry, kind)
    except FAILS:
        if kind.domain == "simplex":
            return None
    else:
        if not scope.trace.conditions:
            return ()
    if kind.domain == "simplex":
        return None
    low, high = LEAST[kind.domain]
    said = [t.Relation((entry, t.number(0)), (low,))] + ([t.Relation((entry, t.number(1)), (high,))] if high else [])
    return tuple(t.Big("forall", binders, h) if binders else h for h in said)


def _unclear(context: Context, claim: t.Expr, kept: Sequence[Defined]) -> str:
    """A derivative or a limit of what a hypothesis makes depend on its variable: no check knows which is meant."""
    if not any(isinstance(n, MOVING) for n in t.walk(context.unfold(claim))):
        return ""
    equal = [(one.symbol, one.value) for one in kept]
    equal += [(base, value) for base, _, value in _equalities(context, claim)]
    recurring = frozenset(symbol for symbol, value in equal if symbol in t.free_symbols(context.unfold(value)))
    related = [*_related(context, claim)]
    recurring |= {symbol for symbol, whole in related if _has_entries(whole, symbol)} | _by_another(context, claim)
    return _moving(context, claim, [*equal, *related], recurring)


def _given_twice(context: Context, claim: t.Expr, defined: Sequence[Defined]) -> str:
    """A derivative or a limit of what two hypotheses define, `b = a + 1` and `b = 2 a`: it may be meant of either."""
    equal: list[tuple[t.Symbol, t.Expr]] = []
    for one in defined if any(isinstance(n, MOVING) for n in t.walk(context.unfold(claim))) else ():
        values = [
            value
            for base, places, value in _equalities(context, claim)
            if base == one.symbol and not any(isinstance(p, t.Number) for p in places) and not is_tie(replace(one, value=value))
        ]
        equal += [(one.symbol, value) for value in values] if len(values) > 1 else []
    for _ in defined if equal else ():  # and what is defined by them
        about = {symbol for symbol, _ in equal}
        equal += [(d.symbol, d.value) for d in defined if d.symbol not in about and t.free_symbols(d.value) & about]
    return _moving(context, claim, equal, frozenset())


def _equalities(context: Context, claim: t.Expr) -> Iterator[tuple[t.Symbol, tuple[t.Expr, ...], t.Expr]]:
    """The letter, its places, and what it is equal to, of what stands alone on a side of a hypothesis."""
    for one, other, _ in _equations(context, claim):
        for side, value in ((one, other), (other, one)):
            if (entry := _alone(side)) is not None:
                yield *entry, value


def _related(context: Context, claim: t.Expr) -> Iterator[tuple[t.Symbol, t.Expr]]:
    """Each letter of an equation that gives none, `s^2 = x + 1` or `v = a + b` beside `v = 0`: it depends on all others there."""
    named = Counter(s for told in _told(context, claim) for s in t.free_symbols(told))
    for one, other, about in _equations(context, claim):
        if not any(entry is not None and named[entry[0]] == 1 for entry in map(_alone, (one, other))):
            whole = t.Sub(one, other)
            letters = (s for s in t.free_symbols(whole) & about if s.type.domain != "size" and not counts(s))
            yield from ((symbol, whole) for symbol in sorted(letters, key=lambda s: s.name))


def _by_another(context: Context, claim: t.Expr) -> frozenset[t.Symbol]:
    """Arrays of which several entries are equal to something by way of other letters: `x[1] = a; x[2] = a`."""
    found: dict[t.Symbol, set[t.Index]] = {}
    for one, other, about in _equations(context, claim):
        letters = {s for s in t.free_symbols(t.Sub(one, other)) & about if s.type.domain != "size" and not counts(s)}
        for n in t.walk(t.Sub(one, other)) if len(letters) > 1 else ():
            if isinstance(n, t.Index) and isinstance(base := t.bare(n.base), t.Symbol):
                found.setdefault(base, set()).add(n)
    return frozenset(base for base, entries in found.items() if len(entries) > 1 or _counts_on(entries))


def _counts_on(entries: Iterable[t.Expr]) -> bool:
    """Whether one entry of them stands for several: `x[i]`."""
    return any(counts(s) for entry in entries for s in t.free_symbols(entry))


def _has_entries(node: t.Expr, symbol: t.Symbol) -> bool:
    """Whether more than one entry of an array is named: an equation ties one to the other."""
    return len({n for n in t.walk(node) if isinstance(n, t.Index) and t.bare(n.base) == symbol}) > 1


def _alone(side: t.Expr) -> tuple[t.Symbol, tuple[t.Expr, ...]] | None:
    side = t.bare(side)
    base, places = (t.bare(side.base), side.indices) if isinstance(side, t.Index) else (side, ())
    return (base, places) if isinstance(base, t.Symbol) else None


def _told(context: Context, claim: t.Expr) -> Iterator[t.Expr]:
    """Hypotheses and premises, unfolded."""
    return map(context.unfold, (*context.hypotheses, *core_of(claim)[1]))


def _equations(context: Context, claim: t.Expr) -> Iterator[tuple[t.Expr, t.Expr, frozenset[t.Symbol]]]:
    """Two sides that hypotheses make equal, also by <= and >=, and of which letters these speak."""
    bounds: list[tuple[t.Relation, frozenset[t.Symbol]]] = []
    for told in _told(context, claim):
        about = t.free_symbols(told)
        for a, op, b in (pair for n in t.walk(told) if isinstance(n, t.Relation) for pair in pairs(n)):
            if op == "=":
                yield a, b, about
            elif op in ("<=", ">="):
                bounds.append((t.Relation((a, b) if op == "<=" else (b, a), ("<=",)), about))
    for place, (bound, about) in enumerate(bounds):
        letters = [s for s in t.free_symbols(bound) & about if s.type.domain != "size" and not counts(s)]
        others = tuple(other for other, _ in (*bounds[:place], *bounds[place + 1 :]))
        several = len(letters) > 1 or any(_has_entries(bound, s) for s in letters)
        if several and _is_never_strict(context, bound, others):
            low, high = bound.args
            yield low, high, about


def _is_never_strict(context: Context, bound: t.Relation, others: tuple[t.Expr, ...]) -> bool:
    """Whether `low <= high` is an equation: `high <= low` follows from other bounds, or holds wherever one looks."""
    low, high = bound.args
    back = t.Relation((high, low), ("<=",))
    scope = _reading(replace(context, hypotheses=others), back)
    with suppress(*FAILS):
        normal = scope.normal()
        if normal.facts.nonnegative(normal.read(low) - normal.read(high)):
            return True
    for told in dict.fromkeys(((), others)):
        with suppress(*FAILS, ArithmeticError):
            found = compared(replace(context, hypotheses=told), back)
            if found.refuted is None and found.points > 0:
                return True
    return False


def _moving(context: Context, claim: t.Expr, equal: Sequence[tuple[t.Symbol, t.Expr]], recurring: frozenset[t.Symbol]) -> str:
    """What varies in a derivative or a limit of the claim, by what its letters are equal to."""
    moving = [n for n in t.walk(context.unfold(claim)) if isinstance(n, MOVING)] if equal else []
    depends: dict[t.Symbol, set[t.Symbol]] = {}
    for symbol, value in equal:
        free = t.free_symbols(context.unfold(value))
        depends.setdefault(symbol, set()).update(s for s in free if s.type.domain not in ("index", "size"))
    for _ in depends:
        for symbol, others in depends.items():
            depends[symbol] = others.union(*(depends[s] for s in others if s in depends))
    for node in moving:
        by = frozenset(node.targets) if isinstance(node, t.At) else t.free_symbols(node.variable)
        for symbol in sorted(depends, key=by.__contains__):  # what is differentiated first
            others = depends[symbol]
            body = t.free_symbols(node.body)
            moved = by & others if symbol in body and symbol not in by else frozenset()
            if symbol in by:
                moved |= body & others - by
                moved |= {symbol} if symbol in recurring and _has_others(context, node, symbol) else set()
            if moved:
                return said_to_depend(symbol, moved)
    return ""


def _has_others(context: Context, node: t.Expr, symbol: t.Symbol) -> bool:
    """Whether what moves in a derivative, a limit or a value put in stands beside other entries of its array."""
    if not isinstance(node, t.Derivative):
        return True
    return symbol in t.free_symbols(with_part(context.unfold(node.body), node.variable, t.number(0)))

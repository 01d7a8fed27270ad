"""What a hypothesis defines, `b = a^2`, written as a notation where a derivative meets it: D(b, a) is then 2 a."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.reading import Defined, Reading
from mathcore.language.substitution import substitute, with_part
from mathcore.proof.replay.forms import Forms
from mathcore.proof.replay.letters import Outside, plus, symbols

Ties = dict[t.Symbol, set[t.Symbol]]
CONSTANT = ("index", "natural", "size")
BOUNDS = {"real": (), "positive": ((">", 0),), "nonnegative": ((">=", 0),), "unit": ((">=", 0), ("<=", 1))}


def written(reading: Reading, claim: t.Expr, lines: Sequence[t.Expr]) -> tuple[Context, t.Expr]:
    """Context and claim; raises Outside where the body of a derivative, a limit or a value put in depends on its variable by a
    hypothesis, and not by a definition that can be written out."""
    context = reading.context
    local = [n for f in (claim, *lines) for n in t.walk(context.unfold(f)) if isinstance(n, (t.Derivative, t.Limit, t.At))]
    if not any(_depending(local, _ties(context, claim, reading.defined))):
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
    """By which others each letter is given: by the value of its definition, or by all others of another equation."""
    found: Ties = {}
    told = [*context.hypotheses]
    while isinstance(claim, (t.Paren, t.Implies)):
        told += [claim.premise] if isinstance(claim, t.Implies) else []
        claim = claim.body if isinstance(claim, t.Paren) else claim.conclusion
    for h in told:
        one = next((d for d in defined if d.hypothesis is h), None)
        if one is not None:
            found.setdefault(one.symbol, set()).update(_letters(context.unfold(one.value)))
            continue
        whole = context.unfold(h)
        for group in _equations(whole):
            letters = group & t.free_symbols(whole)
            for s in letters:
                found.setdefault(s, set()).update(letters - {s})
    for letters in _squeezed(list(map(context.unfold, told))):
        for s in letters:
            found.setdefault(s, set()).update(letters - {s})
    recurring = {s for h in told for s in _recurring(context.unfold(h))}
    for s in recurring:
        found.setdefault(s, set()).add(s)
    return {s: others if s in recurring else others - {s} for s, others in _closed(found).items()}


def _closed(ties: Ties) -> Ties:
    for _ in ties:
        for s, others in ties.items():
            ties[s] = others.union(*(ties[o] for o in others if o in ties))
    return ties


def _letters(node: t.Expr) -> frozenset[t.Symbol]:
    return frozenset(s for s in t.free_symbols(node) if s.type.domain not in CONSTANT)


def _recurring(node: t.Expr) -> Iterator[t.Symbol]:
    """Arrays of which one entry is given by others: `F[s + 1] = b F[s]`."""
    for a, op, b in (
        pair for n in t.walk(node) if isinstance(n, t.Relation) for pair in zip(n.args, n.ops, n.args[1:], strict=False)
    ):
        for side, value in ((t.bare(a), b), (t.bare(b), a)):
            if op == "=" and isinstance(side, t.Index) and isinstance(side.base, t.Symbol) and side.base in t.free_symbols(value):
                yield side.base


def _equations(node: t.Expr) -> Iterator[frozenset[t.Symbol]]:
    for n in t.walk(node):
        if isinstance(n, t.Relation):
            yield from (_letters(a) | _letters(b) for a, op, b in zip(n.args, n.ops, n.args[1:], strict=False) if op == "=")


def _squeezed(told: Sequence[t.Expr]) -> Iterator[frozenset[t.Symbol]]:
    """The letters of bounds, <= and >=, that may leave an equation only: up to three together, or one alone."""
    gaps: list[t.Expr] = []
    for n in (n for h in told for n in t.walk(h) if isinstance(n, t.Relation)):
        for a, op, b in zip(n.args, n.ops, n.args[1:], strict=False):
            if op in ("<=", ">="):
                gaps.append(t.Sub(t.Paren(b), t.Paren(a)) if op == "<=" else t.Sub(t.Paren(a), t.Paren(b)))
    for count in (1, 2, 3):
        for some in combinations(gaps, count):
            letters = frozenset().union(*map(_letters, some))
            if len(letters) > 1 and (_never_above(some[0]) if count == 1 else _opposite(some)):
                yield letters


def _opposite(gaps: Sequence[t.Expr]) -> bool:
    """Whether gaps add up to 0, none of them left out."""
    forms = Forms([], [], [])
    if any(not _letters(g) & frozenset().union(*(_letters(o) for o in gaps if o is not g)) for g in gaps):
        return False
    try:
        return not plus(*map(forms.read, gaps))
    except Outside:
        return len({_letters(g) for g in gaps}) == 1  # as long as it is not seen to be otherwise


def _never_above(gap: t.Expr) -> bool:
    """Whether a gap may be 0 wherever it is not negative, as -(b - a^2)^2 is: no letter is seen by which it grows."""
    try:
        p = Forms([], [], []).read(gap)
    except Outside:
        return True
    found = Counter(s for m in p for a, _ in m for s in symbols(a))
    return not any(len(m) == 1 and m[0][1] == 1 and m[0][0][0] in ("s", "e") and found[m[0][0][1]] == 1 for m in p)


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

"""Whether two statements are the same one, up to how they are written: definitions, brackets, order, names of letters.

What is true of one value is true of its equal: so no prover is asked here. `1 = 1` is not what `sum(i: s[i]) = 1` says.
Letters are renamed in a claim and its hypotheses together: under `a >= 0`, `sqrt(a^2) = abs(a)` is not `sqrt(b^2) = abs(b)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import Context

MIRRORED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}
SYMMETRIC = ("delta", "max", "min", "dot")


def same(one: t.Expr, two: t.Expr) -> bool:
    """As they stand, in the same letters: up to brackets, bound names, the order of sums, products and equal sides."""
    return any(_ordered(turned) == _ordered(two) for turned in _turned(one))


def same_statement(own: Context, claim: t.Expr, base: Context, asked: t.Expr) -> bool:
    """Whether a claim says what is asked, each with the definitions and hypotheses of its own context."""
    return same_statements(own, base, _parts(claim, asked))


def same_statements(own: Context, base: Context, pairs: Sequence[tuple[t.Expr, t.Expr]]) -> bool:
    """Whether one renaming makes each first the second of its pair, and every hypothesis of `own` one of `base`."""
    return any(_beyond(own, base, names) is None for names in _renamings(own, base, pairs))


def assumed(own: Context, claim: t.Expr, base: Context, asked: t.Expr) -> t.Expr | None:
    """What a claim assumes beyond what is given; None too where it assumes just that, and is not what is asked."""
    if any(_beyond(own, base, names) is None for names in _renamings(own, base, _parts(claim, asked)) or [{}]):
        return None
    given = [base.unfold(h) for h in base.hypotheses]
    return next((h for h in own.hypotheses if not any(same(own.unfold(h), g) for g in given)), None)


def _parts(claim: t.Expr, asked: t.Expr) -> list[tuple[t.Expr, t.Expr]]:
    """Premise by premise, and what follows from them."""
    (mine, premises), (theirs, demanded) = core_of(claim), core_of(asked)
    if len(premises) != len(demanded):
        return [(claim, asked)]
    return [*zip(premises, demanded, strict=True), (mine, theirs)]


def _renamings(own: Context, base: Context, pairs: Sequence[tuple[t.Expr, t.Expr]]) -> list[dict[str, str]]:
    """The names of free letters under which each first of a pair is the second; different letters stay different."""
    found: list[dict[str, str]] = [{}]
    for one, two in pairs:
        found = [more for names in found for more in _ways(own.unfold(one), base.unfold(two), names)]
    return [names for names in found if len(set(names.values())) == len(names)]


def _beyond(own: Context, base: Context, names: dict[str, str]) -> t.Expr | None:
    """The first hypothesis of `own` that under these names is none of `base`; letters that have no name yet get one."""
    given = [base.unfold(h) for h in base.hypotheses]
    for hypothesis in own.hypotheses:
        ways = [way for g in given for way in _ways(own.unfold(hypothesis), g, names)]
        if not ways:
            return hypothesis
        names = min(ways, key=lambda way: sum(letter != name for letter, name in way.items()))
    return None


def _ways(one: t.Expr, two: t.Expr, names: dict[str, str]) -> Iterator[dict[str, str]]:
    """`names` with those of further letters under which `one` is `two`: the letters themselves, or others in their places."""
    shape, letters = _shape(two)
    for turned in _turned(one):
        mine, own = _shape(turned)
        kept = {**dict(zip(own, own, strict=True)), **names}
        if _ordered(turned, kept) == _ordered(two):
            yield kept
        if mine == shape:
            changed = dict(names)
            if all(changed.setdefault(letter, name) == name for letter, name in zip(own, letters, strict=True)):
                yield changed


def _turned(node: t.Expr) -> list[t.Expr]:
    """A statement, and for `a <= b` also `b >= a`."""
    bare = t.bare(node)
    if isinstance(bare, t.Relation) and len(bare.ops) == 1:
        return [node, t.Relation((bare.args[1], bare.args[0]), (MIRRORED.get(bare.ops[0], bare.ops[0]),))]
    return [node]


def _ordered(node: t.Expr, names: dict[str, str] | None = None) -> str:
    node = _levels(t.strip(node), {}, 0)
    return repr(_sorted(_called(node, names.__getitem__) if names else node))


def _shape(node: t.Expr) -> tuple[t.Expr, list[str]]:
    """A formula without the names of its free letters, and those as they appear; their kinds are kept."""
    letters: list[str] = []

    def taken(name: str) -> str:
        letters.append(name)
        return ""

    return _called(_levels(t.strip(node), {}, 0), taken), letters


def _called(node: t.Expr, name: Callable[[str], str]) -> t.Expr:
    """With every free letter called by another name, those in types too."""
    if not isinstance(node, t.Symbol):
        return t.map_children(node, lambda child: _called(child, name))
    called = node.name if node.name[0] == "~" else name(node.name)
    of = node.type
    over = None if of.over is None else _called(of.over, name)
    return t.Symbol(called, t.Type(of.domain, tuple(_called(n, name) for n in of.shape), over, of.minimum))


def _levels(node: t.Expr, names: dict[t.Symbol, t.Symbol], depth: int) -> t.Expr:
    """Bound letters called by how deep they are bound, so that no order of writing shows."""
    if isinstance(node, t.Symbol):
        return names.get(node, node)
    bound = t.bound_symbols(node)
    if not bound:
        return t.map_children(node, lambda child: _levels(child, names, depth))
    inner = dict(names)
    for place, symbol in enumerate(bound):
        inner[symbol] = t.Symbol(f"~{depth + place}", symbol.type)
    deeper = depth + len(bound)
    if isinstance(node, t.At):
        values = tuple(_levels(value, names, depth) for value in node.values)
        return t.At(tuple(inner[s] for s in bound), values, _levels(node.body, inner, deeper))
    return t.map_children(node, lambda child: _levels(child, inner, deeper))


def _sorted(node: t.Expr) -> t.Expr:
    """Sums and products of each other in one order; `a - b` as `a + (-b)`."""
    node = t.map_children(node, _sorted)
    if isinstance(node, t.Sub):
        node = t.Add(node.left, t.Neg(node.right))
    if isinstance(node, t.Call) and node.name in SYMMETRIC:
        return t.Call(node.name, tuple(sorted(node.args, key=repr)))
    for kind in (t.Add, t.Mul):
        if isinstance(node, kind):
            first, *rest = sorted(_flat(node, kind), key=repr)
            for part in rest:
                first = kind(first, part)
            return first
    return node


def _flat(node: t.Expr, kind: type[t.Add] | type[t.Mul]) -> list[t.Expr]:
    if isinstance(node, kind):
        return [*_flat(node.left, kind), *_flat(node.right, kind)]
    return [node]


__all__ = ["assumed", "same", "same_statement", "same_statements"]

"""Whether two statements are the same one, up to how they are written: definitions, brackets, order, names of letters.

What is true of one value is true of its equal: so no prover is asked here. `1 = 1` is not what `sum(i: s[i]) = 1` says.
"""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.language.parser import Context

MIRRORED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}
SYMMETRIC = ("delta", "max", "min", "dot")


def same_statement(context: Context, claim: t.Expr, other: Context, asked: t.Expr) -> bool:
    """Whether a claim says what is asked, each with the definitions of its own context opened."""
    return same(context.unfold(claim), other.unfold(asked))


def same(one: t.Expr, two: t.Expr) -> bool:
    """As they stand: up to brackets, bound names, the order of sums, products and equal sides; or with other letters."""
    if _ordered(one) == _ordered(two) or _renamed(one) == _renamed(two):
        return True
    a, b = _bare(one), _bare(two)
    if isinstance(a, t.Relation) and len(a.ops) == 1:
        turned = t.Relation((a.args[1], a.args[0]), (MIRRORED.get(a.ops[0], a.ops[0]),))
        return _ordered(turned) == _ordered(b) or _renamed(turned) == _renamed(b)
    return False


def _bare(node: t.Expr) -> t.Expr:
    while isinstance(node, t.Paren):
        node = node.body
    return node


def _ordered(node: t.Expr) -> str:
    return repr(_sorted(_levels(t.strip(node), {}, 0)))


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


def _renamed(node: t.Expr) -> t.Expr:
    """With every letter, free or bound, called by the order in which it appears; its kind is kept."""
    names: dict[str, str] = {}

    def put(part: t.Expr) -> t.Expr:
        if not isinstance(part, t.Symbol):
            return t.map_children(part, put)
        name = names.setdefault(part.name, f"x{len(names)}")
        of = part.type
        over = None if of.over is None else put(of.over)
        return t.Symbol(name, t.Type(of.domain, tuple(map(put, of.shape)), over, of.minimum))

    return put(_levels(t.strip(node), {}, 0))


__all__ = ["same", "same_statement"]

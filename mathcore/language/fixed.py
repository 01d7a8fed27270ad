"""What stays as it is where the variable of a derivative moves, although hypotheses speak of both.

`D(a b, a)` is a partial derivative, whatever is known of a and b together: only a definition, `b = a^2`, moves b with a.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers import text_of
from mathcore.language.substitution import with_part

Symbols = frozenset[t.Symbol]
CONSTANT = ("index", "natural", "size", "function")
SMOOTH = ("exp", "log", "log2", "log10", "abs", "max", "min")  # continuous, and where they have a value there is room


def held_fixed(context: Context, claim: t.Expr, hypotheses: Sequence[t.Expr], defined: Symbols) -> Iterator[str]:
    """Each derivative, limit and value put in of a claim beside whose variable letters or entries stay that hypotheses connect
    with it, in words; `defined` are the letters that a definition moves."""
    told = [h for h in map(context.unfold, hypotheses) if not _leaves_room(h)]
    groups = _connected(told)
    for node in t.walk(context.unfold(claim)):
        if not isinstance(node, (t.Derivative, t.Limit, t.At)) or not groups:
            continue
        by = frozenset(node.targets) if isinstance(node, t.At) else t.free_symbols(node.variable)
        beside = frozenset().union(*(group for group in groups if group & by))
        staying = [s.name for s in _letters(node.body) & beside - by - defined]
        if isinstance(node, t.Derivative) and isinstance(node.variable, t.Index):
            others = t.free_symbols(with_part(node.body, node.variable, t.number(0)))
            staying += [f"other entries of {s.name}" for s in by & others & beside if _ties_entries(told, s)]
        if staying:
            yield f"{text_of(node)} with {', '.join(sorted(staying))} held fixed"


def _leaves_room(hypothesis: t.Expr) -> bool:
    """Whether it holds all around a point if it holds there: strict bounds of continuous functions, each one bound."""
    core = t.bare(hypothesis)
    return (
        isinstance(core, t.Relation)
        and {*core.ops} <= {"<", ">", "!="}
        and not any(s.type.domain in ("index", "natural") for s in t.free_symbols(core))
        and not any(isinstance(n, (t.Derivative, t.Limit, t.At, t.Apply)) for n in t.walk(core))
        and all(n.name in SMOOTH for n in t.walk(core) if isinstance(n, t.Call))
        and all(_is_whole(n.exponent) for n in t.walk(core) if isinstance(n, t.Pow))
    )


def _letters(node: t.Expr) -> Symbols:
    return frozenset(s for s in t.free_symbols(node) if s.type.domain not in CONSTANT)


def _connected(told: Sequence[t.Expr]) -> list[Symbols]:
    """The letters of which hypotheses speak together, one by one or by way of others."""
    groups: list[Symbols] = []
    for letters in map(_letters, told):
        joined = letters.union(*(group for group in groups if group & letters))
        groups = [group for group in groups if not group & letters] + ([joined] if joined else [])
    return groups


def _ties_entries(told: Sequence[t.Expr], array: t.Symbol) -> bool:
    """Whether hypotheses speak of several entries of an array, or of some of them and another letter."""
    about = [h for h in told if array in t.free_symbols(h)]
    entries = {n for h in about for n in t.walk(h) if isinstance(n, t.Index) and t.bare(n.base) == array}
    return len(_letters_of(about)) > 1 or len(entries) > 1 or any(_has_whole(h, array) for h in about)


def _is_whole(exponent: t.Expr) -> bool:
    core = t.bare(exponent)
    return isinstance(core, t.Number) and core.value.denominator == 1


def _letters_of(formulas: Sequence[t.Expr]) -> Symbols:
    return frozenset().union(*map(_letters, formulas))


def _has_whole(node: t.Expr, array: t.Symbol) -> bool:
    """Whether an array stands as a whole, or below a sum over its entries."""
    if isinstance(node, t.Index) and t.bare(node.base) == array:
        return any(_has_whole(place, array) for place in node.indices)
    if isinstance(node, t.Big) and node.op != "forall":
        return array in t.free_symbols(node)
    return node == array or any(_has_whole(child, array) for child in t.children(node))

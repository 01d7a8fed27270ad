"""Of every value of which letters the hypotheses of a sympy call are said, where sums run up to those letters.

`Sum(x[k], (k, 1, n)) = 1` speaks of the one length n of x. `x[m] = Sum(y[k], (k, 1, m))`, or what is said of sums up to m and
up to m + 1, is said of every m.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mathcore.language.sympy_bridge.standing import free_symbols


def of_every(claim: Sequence[Any], told: Sequence[Any], shapes: Mapping[str, Sequence[str]], widely: bool) -> set[str]:
    """Letters up to which sums run in hypotheses that are said of every value of theirs: no claim names them, and they are
    places or arguments besides, or the length of no array. `widely` so too are lengths of which more is said, as in
    `Sum(x[k], (k, 1, n)) = n^2`."""
    import sympy
    from sympy.core.function import AppliedUndef

    claimed = {s for side in claim for s in free_symbols(side)}
    taken = {s for item in told for e in item.atoms(sympy.Indexed) for place in e.indices for s in place.free_symbols}
    taken |= {s for item in told for node in item.atoms(AppliedUndef) for s in node.free_symbols}
    sums = [(node, free_symbols(item)) for item in told for node in item.atoms(sympy.Sum, sympy.Product)]
    ends = {s for node, free in sums for limit in node.limits for s in limit[-1].free_symbols & free - claimed}
    reached = _reached([*claim, *told], shapes)
    lengths = {s for tops in reached for s in ends if s in tops and not any(_is_beyond(top, s) for top in tops)}
    said = {s for item in told for s in _beside_sums(item)} if widely else set()
    return {s.name for s in ends if s in taken or s not in lengths or s in said}


def _reached(items: Sequence[Any], shapes: Mapping[str, Sequence[str]]) -> list[set[Any]]:
    """For each axis of an array how many entries there are up to where sums run."""
    import sympy

    tops: dict[tuple[str, int], set[Any]] = {}
    for node in {n for item in items for n in item.atoms(sympy.Sum, sympy.Product)}:
        for letter, low, high in (limit for limit in node.limits if len(limit) == 3):
            for entry in node.function.atoms(sympy.Indexed):
                for axis, place in enumerate(entry.indices):
                    if place.has(letter) and shapes.get(name := str(entry.base.label)) != ("naturals",):
                        first = int(place.subs(letter, low) == 0)
                        tops.setdefault((name, axis), set()).add(place.subs(letter, high) + first)
    return list(tops.values())


def _is_beyond(top: Any, length: Any) -> bool:
    more = top - length
    return bool(more.is_positive) if more.is_number else True


def _beside_sums(item: Any) -> set[Any]:
    import sympy

    if isinstance(item, (sympy.Sum, sympy.Product)):
        return set()
    return {item} if item.is_Symbol else {s for part in item.args for s in _beside_sums(part)}

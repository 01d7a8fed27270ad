"""An equation used inside a polynomial: for an atom, as a multiple taken away, and under sums over its free indices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import permutations, product

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import (
    Absolute,
    Apply,
    Delta,
    Denominator,
    Entry,
    Exp,
    Letter,
    Limit,
    Log,
    Partial,
    Pi,
    Power,
    Prime,
    Range,
    Sum,
)
from mathcore.proof.kernel.normal import Normal, whole
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, Poly, number, of

REPEATED = 12  # places of a sequence that are written out one after the other
TRIES = 600  # ways of laying an equation over a term


def subtract_multiple(normal: Normal, p: Poly, gap: Poly) -> Poly | None:
    """p with a multiple of gap = 0 taken away that leaves fewer terms."""
    for m, c in p.terms.items():
        for n, d in gap.terms.items():
            weight = normal.quotient((m, c), (n, d))
            if weight is None:
                continue
            rest = p - normal.multiply(weight, gap)
            if len(rest.terms) < len(p.terms):
                return rest
    return None


def subtract_summed(normal: Normal, p: Poly, gap: Poly, pattern: frozenset[t.Symbol]) -> Poly | None:
    """p with sum(weight * gap) taken away, summed over indices for each of which gap = 0, if that leaves less.

    A term of gap is laid over a term of p, both with their sums opened: its binders on binders of p, its pattern on
    other binders or on free indices of p. What is left over is the weight; it must not hold the binders of the term.
    """
    if not any(isinstance(a, Sum) for a in gap.atoms()) and not pattern:
        return None
    tries = 0
    for m, c in p.terms.items():
        binders, factors = normal.opened(m)
        free = sorted((s for s in Poly({m: c}).free if s.type.domain == "index"), key=lambda s: s.name)
        for n, d in gap.terms.items():
            inner, part = normal.opened(n)
            if not part:
                continue
            for mapping in _ways(inner, sorted(pattern & Poly({n: d}).free, key=lambda s: s.name), binders, free):
                tries += 1
                if tries > TRIES:
                    return None
                rest = _left_over(normal, factors, part, mapping)
                used = {mapping[b] for b in inner}
                if rest is None or any(used & a.free for a, _ in rest):
                    continue
                put = {s: i for s, i in mapping.items() if s in pattern}
                if not pattern.issuperset(gap.free & pattern) or (pattern & gap.free) - set(put):
                    continue
                one = normal.multiply(normal.combine(rest), normal.substitute(gap, put))
                taken = normal.sum_all([b for b in binders if b not in used], one).scale(c / d)
                better = p - taken
                if (len(better.terms), len(better.key)) < (len(p.terms), len(p.key)):
                    return better
    return None


def _ways(
    inner: list[t.Symbol], pattern: list[t.Symbol], binders: list[t.Symbol], free: list[t.Symbol]
) -> Iterator[dict[t.Symbol, t.Symbol]]:
    """Binders of the equation on different binders of the term, its pattern on other binders or on free indices."""
    for chosen in permutations(binders, len(inner)):
        if any(a.type.over != b.type.over for a, b in zip(inner, chosen, strict=True)):
            continue
        places = [b for b in binders if b not in chosen] + free
        for values in product(places, repeat=len(pattern)):
            if all(a.type == b.type for a, b in zip(pattern, values, strict=True)):
                yield dict(zip((*inner, *pattern), (*chosen, *values), strict=True))


def _left_over(
    normal: Normal, factors: Mapping[Atom, Fraction], part: Mapping[Atom, Fraction], mapping: Mapping[t.Symbol, t.Symbol]
) -> list[tuple[Atom, Fraction]] | None:
    """The factors without those of `part` under the mapping; None if they are not all among them."""
    rest = dict(factors)
    for atom, exponent in part.items():
        one = normal.substitute(of(atom), dict(mapping)).single()
        if one is None or one[1] != 1 or len(one[0]) != 1:
            return None
        moved, power = one[0][0][0], one[0][0][1] * exponent
        have = rest.get(moved, Fraction(0))
        if not (have >= power > 0 or have <= power < 0):
            return None
        rest[moved] = have - power
    return [(a, e) for a, e in rest.items() if e]


def align_ranges(normal: Normal, p: Poly, gap: Poly) -> Poly:
    """p with its sums over ranges written by those of gap, where they differ by a shift, a reversal or end terms."""
    known = sorted(a for a in gap.atoms() if isinstance(a, Range))
    for one in sorted(a for a in p.atoms() if isinstance(a, Range) and a not in known):
        found = next((way for other in known for way in normal.aligned(one, other)), None)
        if found is not None:
            value, own = found
            normal.include(own)
            p = replace_atom(normal, p, one, value)
    return p


def rewrite_sequence(normal: Normal, p: Poly, atom: Entry, value: Poly, pattern: frozenset[t.Symbol]) -> Poly:
    """p with u[T + c] = value, meant for every natural T, used at each entry u[r] of p for which r - c is shown >= 0."""
    (place,) = atom.polynomials()
    if len(atom.indices) != 1:
        return p
    (every, *others) = pattern & place.free
    shift = place - normal.symbol(every)
    if others or every in shift.free or every.type.domain != "natural":
        return p
    for _ in range(REPEATED):
        for found in sorted(a for a in p.atoms() if isinstance(a, Entry) and a.symbol == atom.symbol):
            (here,) = found.indices
            if isinstance(here, t.Symbol):  # an index, which the pattern does not take
                continue
            at = (number(here) if isinstance(here, int) else here) - shift
            if whole(at) and normal.facts.nonnegative(at - UNIT.scale(every.type.minimum)):
                p = replace_atom(normal, p, found, normal.substitute(value, {every: at}))
                break
        else:
            break
    return p


def replace_atom(normal: Normal, p: Poly, atom: Atom, value: Poly) -> Poly:
    """Every occurrence of an atom, also inside other atoms, becomes `value`."""
    if not p.is_made_with(atom):
        return p
    result = ZERO
    for m, c in p.terms.items():
        term = Poly({(): Fraction(c)})
        for a, e in m:
            if a is atom:
                part = normal.raise_to(value, Poly({(): e}))
            elif a.is_made_with(atom):
                inside = rebuilt(normal, a, lambda q: replace_atom(normal, q, atom, value))
                part = normal.raise_to(inside, Poly({(): e}))
            else:
                part = of(a, e)
            term = normal.multiply(term, part)
        result = result + term
    return result


def rebuilt(normal: Normal, a: Atom, put: Callable[[Poly], Poly]) -> Poly:
    """An atom made again with the polynomials inside it changed."""
    match a:
        case Range():
            new = t.fresh(a.variable)
            moved = normal.substitute(a.body, {a.variable: normal.symbol(new)})
            return normal.range_sum(new, put(a.low), put(a.high), put(moved))
        case Apply():
            return normal.apply(a.head, [put(x) if isinstance(x, Poly) else (x[0], put(x[1])) for x in a.arguments])
        case Letter() | Delta() | Prime() | Pi() | Limit() | Partial():
            return of(a)
    return normal.made_again(a, put)


def everywhere(normal: Normal, p: Poly, better: Callable[[Poly], Poly], depth: int = 3) -> Poly:
    """p with `better` applied to the polynomials inside logs, exponentials, divisors and sums, innermost first."""
    result = ZERO
    for m, c in p.terms.items():
        term = Poly({(): Fraction(c)})
        for a, e in m:
            part = of(a, e)
            if depth and isinstance(a, (Log, Exp, Denominator, Absolute, Power, Sum)):
                new = rebuilt(normal, a, lambda q: better(everywhere(normal, q, better, depth - 1)))
                if new != of(a):
                    part = normal.raise_to(new, Poly({(): e}))
            term = normal.multiply(term, part)
        result = result + term
    return result

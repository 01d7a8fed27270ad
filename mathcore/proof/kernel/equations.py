"""An equation used inside a polynomial: for an atom, as a multiple taken away, and under sums over its free indices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import permutations, product

from mathcore.language import tree as t
from mathcore.proof.kernel.normal import Normal, whole
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, Monomial, Poly, monomial, of

REPEATED = 4  # uses of a recurrence, one after the other
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
    """p with sum(weight * gap) taken away, summed over indices for each of which gap = 0, if that leaves fewer terms.

    A term of gap is laid over a term of p, both with their sums opened: its binders on binders of p, its pattern on
    other binders or on free indices of p. What is left over is the weight; it must not hold the binders of the term.
    """
    if not any(a.kind == "sum" for a in gap.atoms()) and not pattern:
        return None
    tries = 0
    for m, c in p.terms.items():
        binders, factors = opened(normal, m)
        free = sorted((s for s in Poly({m: c}).free if s.type.domain == "index"), key=lambda s: s.name)
        for n, d in gap.terms.items():
            inner, part = opened(normal, n)
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
                one = normal.multiply(normal.combine(rest), normal.substitute(gap, put))  # type: ignore[arg-type]  # indices
                taken = normal.sum_all([b for b in binders if b not in used], one).scale(c / d)
                better = p - taken
                if len(better.terms) < len(p.terms):
                    return better
    return None


def opened(normal: Normal, m: Monomial) -> tuple[list[t.Symbol], dict[Atom, Fraction]]:
    """A monomial as binders and factors: its sums opened, each copy with fresh binders."""
    binders: list[t.Symbol] = []
    factors: list[tuple[Atom, Fraction]] = []
    for atom, exponent in m:
        if atom.kind == "sum" and exponent.denominator == 1 and exponent > 0:
            for _ in range(int(exponent)):
                fresh, body = normal.open(atom)
                binders += fresh
                factors += body
        else:
            factors.append((atom, exponent))
    return binders, dict(monomial(factors))


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
    known = sorted(a for a in gap.atoms() if a.kind == "range")
    for one in sorted(a for a in p.atoms() if a.kind == "range" and a not in known):
        value = next((v for other in known for v in normal.aligned(one, other)), None)
        if value is not None:
            p = replace_atom(normal, p, one, value)
    return p


def rewrite_sequence(normal: Normal, p: Poly, atom: Atom, value: Poly, pattern: frozenset[t.Symbol]) -> Poly:
    """p with u[T + c] = value, meant for every natural T, used at each entry u[r] of p for which r - c is shown >= 0."""
    base, place = atom.parts
    (every, *others) = pattern & place.free  # type: ignore[attr-defined]  # a polynomial
    shift = place - normal.symbol(every)  # type: ignore[operator]  # a polynomial
    if others or every in shift.free or every.type.domain != "natural":
        return p
    for _ in range(REPEATED):
        for found in sorted(a for a in p.atoms() if a.kind == "entry" and a.parts[0] == base):
            at = found.parts[1] - shift  # type: ignore[operator]  # a polynomial
            if whole(at) and normal.facts.nonnegative(at - UNIT.scale(every.type.minimum)):
                p = replace_atom(normal, p, found, normal.substitute(value, {every: at}))
                break
        else:
            break
    return p


def replace_atom(normal: Normal, p: Poly, atom: Atom, value: Poly) -> Poly:
    """Every occurrence of an atom, also inside exp, log, sums and denominators, becomes `value`."""
    result = ZERO
    for m, c in p.terms.items():
        term = Poly({(): Fraction(c)})
        for a, e in m:
            if a is atom:
                part = normal.raise_to(value, Poly({(): e}))
            elif a.kind in ("exp", "log", "den", "abs") and _holds(a.parts[0], atom):
                inner = replace_atom(normal, a.parts[0], atom, value)  # type: ignore[arg-type]  # a polynomial
                built = {"exp": normal.exp, "log": normal.log, "abs": normal.absolute, "den": lambda q: q}[a.kind](inner)
                part = normal.raise_to(built, Poly({(): e}))
            elif a.kind == "sum" and _holds(Poly({a.parts[1]: Fraction(1)}), atom):  # type: ignore[dict-item]  # a monomial
                fresh, body = normal.open(a)
                inner = replace_atom(normal, Poly({body: Fraction(1)}), atom, value)
                part = normal.raise_to(normal.sum_all(fresh, inner), Poly({(): e}))
            else:
                part = of(a, e)
            term = normal.multiply(term, part)
        result = result + term
    return result


def _holds(p: object, atom: object) -> bool:
    if not isinstance(p, Poly):
        return False
    for a in p.atoms():
        if a is atom:
            return True
        inner = (
            a.parts[0] if a.kind in ("exp", "log", "den", "abs") else Poly({a.parts[1]: Fraction(1)}) if a.kind == "sum" else None
        )  # type: ignore[dict-item]  # a monomial
        if inner is not None and _holds(inner, atom):
            return True
    return False

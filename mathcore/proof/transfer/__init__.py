"""Finite-n transfer: an identity in n is proved by proving it for a few n, exactly. A route of its own, beside the kernel.

The theorem, with its proof, stands in docs/finite-n-transfer.md. In short: an expression that is made of local functions
(of numbers and of the entries at the indices at hand) by sums over indices, products and powers of n is 0 for every n if
it is 0, as a function, for n = 1..D + F: D counts the sums and explicit n of a product, F the free indices.

Nothing of the kernel is used here: definitions are unfolded and letters renamed by the language room, derivatives, the
taking apart of sums and the exact arithmetic at each n are written anew, and dumber.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import reduce_index
from mathcore.proof.transfer.forms import TERMS, Outside, indices_of, length, positive, rational
from mathcore.proof.transfer.preparing import prepared, total_of
from mathcore.proof.transfer.products import Expander, Product, merged
from mathcore.proof.transfer.values import Arithmetic

__all__ = ["Arithmetic", "Outside", "Transfer", "positive", "rational", "transfer"]

WORK = 6_000  # evaluated summands; beyond it a claim is too large for this route


@dataclass(frozen=True)
class Transfer:
    """`holds` is True if the identity is proved for every n, False if it fails at one n, None if this route says nothing."""

    holds: bool | None
    reason: str = ""
    checked: int = 0  # sizes and patterns of the free indices
    largest: int = 0  # n that was needed
    interior: bool = False  # about distributions without zeros only


def transfer(context: Context, relation: t.Expr) -> Transfer:
    """The identity `left = right` under the declarations of a context."""
    core = t.bare(relation)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return Transfer(None, "only equations are transferred")
    if any(isinstance(n, t.Limit) for side in core.args for n in t.walk(side) if n is not t.bare(side)):
        return Transfer(None, "a limit inside an expression need not be a number")
    try:
        left, right = (prepared(context, side) for side in core.args)
        if said := two_of_one_name(t.free_symbols(left) | t.free_symbols(right)):
            raise Outside(said)
        names = _axes(left, right)
        if names is not None:
            left, right = (reduce_index(t.Index(side, names)) for side in (left, right))
        found = _check(t.Sub(t.Paren(left), t.Paren(right)))
        letters = [n for side in (left, right) for n in t.walk(side) if isinstance(n, t.Symbol)]
        inside = any(s.name.endswith("~") and s.type.domain == "positive" for s in letters)
        used = {s.name.removesuffix("~") for s in letters if s.name.endswith("~")}
        left_over = [h for h in context.hypotheses if (total := total_of(context.unfold(h))) is None or total[0].name not in used]
        if found.holds is False and left_over:  # perhaps not where the other hypotheses hold
            return replace(found, holds=None, reason=f"{found.reason}, but not all hypotheses are used here")
        return replace(found, interior=inside)
    except Outside as error:
        return Transfer(None, str(error))
    except RecursionError:
        return Transfer(None, "too deeply nested")


def two_of_one_name(letters: Iterable[t.Symbol]) -> str:
    """What is said of a letter that is declared in two ways: what stands for a number is known by its name here."""
    known = dict[str, t.Symbol]()
    for symbol in letters:
        if known.setdefault(symbol.name, symbol) != symbol:
            domains = sorted((known[symbol.name].type.domain, symbol.type.domain))
            return f"{symbol.name} has two declarations here: {' and '.join(domains)}"
    return ""


def _axes(left: t.Expr, right: t.Expr) -> tuple[t.Symbol, ...] | None:
    shapes = t.shape_of(left), t.shape_of(right)
    if shapes[0] != shapes[1]:
        raise Outside("the sides have different shapes")
    return tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in shapes[0]) or None


def _check(gap: t.Expr) -> Transfer:
    expander = Expander()
    terms = expander.expand(gap)
    terms = _cleared(expander, terms)
    free = sorted({s for x in terms for f in x.factors for s in indices_of(f) if s not in x.binders}, key=lambda s: s.name)
    bounds: dict[t.Symbol, int] = {}
    sizes = {t.size_of(s) for x in terms for s in x.binders} | {t.size_of(s) for s in free}
    for size in sorted(
        (s for s in sizes | {s for x in terms for s, _ in x.powers} if isinstance(s, t.Symbol)), key=lambda s: s.name
    ):
        lowest = min((dict(x.powers).get(size, 0) for x in terms), default=0)
        terms = [replace(x, powers=merged(x.powers, ((size, -lowest),) if lowest < 0 else ())) for x in terms]
        degree = max((dict(x.powers).get(size, 0) + sum(t.size_of(b) == size for b in x.binders) for x in terms), default=0)
        bounds[size] = degree + max(sum(t.size_of(s) == size for s in free), 1)
    work = sum(_work(x, bounds) for x in terms)
    if work > WORK:
        raise Outside(f"{work} summands are too many for this route")
    checked = 0
    for values in product(*(range(1, bound + 1) for bound in bounds.values())):
        concrete = dict(zip(bounds, values, strict=True))
        for place in _patterns(free, concrete):
            checked += 1
            arithmetic = Arithmetic()
            value = arithmetic.total(terms, concrete, place)
            if value.top:
                shown = ", ".join(f"{s.name} = {v}" for s, v in {**concrete, **place}.items())
                sure = (
                    all(g[0] in ("entry", "exp") for m in value.top for g, _ in m)
                    and not expander.opaque
                    and not arithmetic.vague
                )
                reason = f"at {shown} the two sides differ" if sure else f"at {shown} the two sides are not seen to agree"
                return Transfer(False if sure else None, reason, checked, max(concrete.values(), default=0))
    return Transfer(True, "", checked, max(bounds.values(), default=0))


def _cleared(expander: Expander, terms: list[Product]) -> list[Product]:
    """Multiplied by the sums that were divided by, until none is left: a divisor may hold quotients itself."""
    while divisors := {place for x in terms for place, _ in x.divisors}:
        place = max(divisors)  # the outermost first: what it holds was met before it
        highest = max(dict(x.divisors).get(place, 0) for x in terms)
        result: list[Product] = []
        for x in terms:
            have = dict(x.divisors).get(place, 0)
            new = [replace(x, divisors=tuple((k, v) for k, v in x.divisors if k != place))]
            for _ in range(highest - have):
                new = [a.times(b) for a in new for b in expander.expand(expander.divisors[place])]
            result += new
            if len(result) > 4 * TERMS:
                raise Outside("too many terms")
        terms = result
    return terms


def _work(x: Product, bounds: Mapping[t.Symbol, int]) -> int:
    total = 1
    for b in x.binders:
        size = t.size_of(b)
        total *= bounds.get(size, 3) if isinstance(size, t.Symbol) else 3
    return 2 * total


def _patterns(free: list[t.Symbol], sizes: Mapping[t.Symbol, int]) -> Iterator[dict[t.Symbol, int]]:
    """Free indices in every pattern of coincidence; which values they take does not matter, by symmetry."""

    def go(rest: list[t.Symbol], chosen: dict[t.Symbol, int]) -> Iterator[dict[t.Symbol, int]]:
        if not rest:
            yield chosen
            return
        over = t.size_of(rest[0])
        most = length(rest[0], sizes)
        used = max((v for s, v in chosen.items() if t.size_of(s) == over), default=0)
        for value in range(1, min(used + 1, most) + 1) if isinstance(over, t.Symbol) else range(1, most + 1):
            yield from go(rest[1:], {**chosen, rest[0]: value})

    yield from go(free, {})

"""Checks the rule `Split`: a rule for each case, and cases that cover the domain."""

from __future__ import annotations

from itertools import product

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import Poly
from mathcore.proof.scope import NotShown, Scope, conjuncts, in_real_exponent, is_index, pairs, text_of
from mathcore.rules.split import Split

Quantity = Poly | tuple[str, ...]  # the difference of two numbers, or the names of two indices
HOLDS = {"<": "-", "<=": "-0", ">": "+", ">=": "0+", "=": "0", "!=": "-+"}


def split(rule: Split, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """Each case by its own rule; the cases cover every sign of the quantities compared."""
    conditions, before = [scope.parse(case.condition) for case in rule.cases], set(scope.trace.hypotheses)
    for condition in conditions:
        if loose := scope.loose(condition):
            raise NotShown(f"a case is about one {', '.join(sorted(s.name for s in loose))}, but the claim speaks of none")
    sides = scope.unfold(left), scope.unfold(right)
    local = any(isinstance(n, (t.Derivative, t.Limit, t.At)) for side in sides for n in t.walk(side))
    _covers(scope, conditions)
    scope.trace.axioms.add("case distinction")
    for case, condition in zip(rule.cases, conditions, strict=True):
        inner, mapping = scope.assuming(condition), {}
        for part, _ in conjuncts(condition):
            if isinstance(part, t.Relation) and part.ops == ("=",):
                a, b = part.args
                if is_index(a) and is_index(b):
                    mapping[t.bare(a)] = t.bare(b)
                elif isinstance(x := t.bare(a), t.Symbol) and not local and not any(in_real_exponent(s, x) for s in sides):
                    mapping[x] = scope.unfold(b)  # not where it is `local`: what is equal at one point is not equal around it
        own_left, own_right = (substitute(side, mapping) for side in sides)  # type: ignore[arg-type]  # symbols
        try:
            check(case.by, inner, own_left, op, own_right)
        except NotShown as error:
            raise NotShown(f"case {case.condition}: {error}") from None
    assumed = {text_of(condition) for condition in conditions}
    scope.trace.hypotheses -= assumed - before - set(map(text_of, scope.context.hypotheses))  # they held in their case only
    return None


def _covers(scope: Scope, conditions: list[t.Expr]) -> None:
    """No sign pattern that the declarations admit escapes all cases."""
    normal = scope.normal()
    quantities: list[Quantity] = []
    cases = [_signs(scope, normal, condition, quantities) for condition in conditions]
    for pattern in product(*(_admitted(normal, quantity) for quantity in quantities)):
        if not any(all(pattern[i] in signs for i, signs in case) for case in cases):
            raise NotShown(f"the cases do not cover the domain: nothing is said where the signs are {' '.join(pattern)}")
    scope.take(normal)


def _signs(scope: Scope, normal: Normal, condition: t.Expr, quantities: list[Quantity]) -> list[tuple[int, str]]:
    """Which signs a case asks of which quantities, by their places; those that are new are added to the list."""
    found: list[tuple[int, str]] = []
    for part, pattern in conjuncts(condition):
        if pattern or not isinstance(part, t.Relation):
            raise NotShown("a case is made of relations")
        for a, op, b in pairs(part):
            if is_index(a):
                quantity, signs = _of_indices(a, op, b), HOLDS[op]
            else:
                gap = normal.read(scope.unfold(a)) - normal.read(scope.unfold(b))
                quantity, signs = _known(gap, HOLDS[op], quantities)
            if quantity not in quantities:
                quantities.append(quantity)
            found.append((quantities.index(quantity), signs))
    return found


def _of_indices(a: t.Expr, op: str, b: t.Expr) -> Quantity:
    if op not in ("=", "!="):
        raise NotShown("indices are only compared by = and !=")
    if not is_index(b):
        raise NotShown("an index is compared with another index")
    return tuple(sorted((t.bare(a).name, t.bare(b).name)))  # type: ignore[attr-defined]  # symbols


def _known(gap: Poly, signs: str, quantities: list[Quantity]) -> tuple[Quantity, str]:
    """The difference as one that was met before, if it is its opposite: with the opposite signs."""
    for known in quantities:
        if isinstance(known, Poly) and known == -gap:
            return known, signs.translate(str.maketrans("+-", "-+"))
    return gap, signs


def _admitted(normal: Normal, quantity: Quantity) -> str:
    """The signs that the declarations admit; that of two indices is 0 where they are the same."""
    if not isinstance(quantity, Poly):
        return "0+"
    facts = normal.facts
    signs = "+" if facts.nonnegative(quantity) else "-" if facts.nonnegative(-quantity) else "-+"
    return signs if facts.nonzero(quantity) else signs + "0"

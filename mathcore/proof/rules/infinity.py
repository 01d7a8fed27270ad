"""Where a side of a step may be infinite: logarithms of entries that may be 0, the weights before them, and inf - inf."""

from __future__ import annotations

from fractions import Fraction

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import Entry, Log, Sum
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import Monomial, Poly, of
from mathcore.proof.scope import NotShown, Scope, text_of


def infinity(scope: Scope, node: t.Expr) -> str:
    """ "finite", or "may be +inf"; raises where a side may be -inf or inf - inf."""
    kind = "finite"
    for sign, term in summands(scope.unfold(node), 1):
        for _, weight in log_weights(scope, term, sign):
            if not scope.asked(lambda normal, weight=weight: normal.facts.nonnegative(-weight)):  # type: ignore[misc]  # a lambda
                raise NotShown(f"{text_of(term)} may be infinite with either sign")
            kind = "may be +inf"
    return kind


def log_weights(scope: Scope, term: t.Expr, sign: int) -> list[tuple[Poly, Poly]]:
    """(q[k], weight) for every weight * log(q[k]) of a formal array in a summand, but those weighted by q[k] itself."""
    found = []
    if not _plain(scope, term):
        raise NotShown(f"{text_of(term)} may hide inf - inf")
    normal = scope.normal()
    value = normal.read(term).scale(sign)
    for m, coefficient in value.terms.items():
        for place, (atom, exponent) in enumerate(m):
            if not atom.free & scope.formal or isinstance(atom, Entry):
                continue
            outside = Poly({tuple(f for i, f in enumerate(m) if i != place): coefficient})
            inner = atom.body if isinstance(atom, Sum) else ((atom, exponent),)
            logs = [(a, e) for a, e in inner if isinstance(a, Log) and a.free & scope.formal]
            if not logs:
                if isinstance(atom, Sum):
                    continue
                raise NotShown(f"{text_of(term)} holds the array otherwise than in sums and logarithms")
            about = logs[0][0].argument
            rest = tuple(f for f in inner if f[0] is not logs[0][0])
            if len(logs) == 1 and logs[0][1] == exponent == 1 and _part_of(normal, about, rest):
                continue
            if len(logs) != 1 or logs[0][1] != 1 or exponent != 1 or about.single() is None:
                raise NotShown(f"{text_of(term)} is not linear in the logarithms")
            if any(of(a) == about and e > 0 for a, e in rest):
                continue  # q log(q) is finite
            found.append((about, normal.multiply(outside, Poly({rest: Fraction(1)}))))
    return found


def _part_of(normal: Normal, about: Poly, weight: Monomial) -> bool:
    """Whether p log(c p + v) stands here with c > 0 and v >= 0: finite, and 0 where p is 0."""
    for entry, power in weight:
        for m, v in about.terms.items() if isinstance(entry, Entry) and power >= 1 and len(about.terms) > 1 else ():
            beside = Poly({tuple(f for f in m if f[0] is not entry): v})
            if dict(m).get(entry) == 1 and normal.facts.positive(beside) and normal.facts.nonnegative(about - Poly({m: v})):
                return normal.facts.nonnegative(of(entry))
    return False


def _plain(scope: Scope, term: t.Expr) -> bool:
    """The logarithms of formal arrays are factors of the term or of a sum in it, not hidden inside brackets."""
    core = t.bare(term)
    if isinstance(core, t.Big):
        return _plain(scope, core.body) and not isinstance(t.bare(core.body), (t.Add, t.Sub))
    if isinstance(core, t.Neg):
        return _plain(scope, core.body)
    if isinstance(core, (t.Mul, t.Div)):
        return _plain(scope, core.left) and _plain(scope, core.right)
    if isinstance(core, t.Call) and core.name == "log":
        return True
    logs = (n for n in t.walk(core) if isinstance(n, t.Call) and n.name.startswith("log"))
    return not any(t.free_symbols(n) & scope.formal for n in logs)


def summands(node: t.Expr, sign: int) -> list[tuple[int, t.Expr]]:
    """The terms of a sum, signs applied; a sum over an index and a multiple of a sum are taken apart as well."""
    core = t.bare(node)
    if isinstance(core, t.Add):
        return summands(core.left, sign) + summands(core.right, sign)
    if isinstance(core, t.Sub):
        return summands(core.left, sign) + summands(core.right, -sign)
    if isinstance(core, t.Neg):
        return summands(core.body, -sign)
    if isinstance(core, t.Big) and core.op == "sum":
        return [(s, t.Big("sum", core.binders, part)) for s, part in summands(core.body, sign)]
    if isinstance(core, t.Div) and len(parts := summands(core.left, sign)) > 1:
        return [(s, t.Div(t.Paren(part), core.right)) for s, part in parts]
    if isinstance(core, t.Mul):
        for factor, other in ((core.left, core.right), (core.right, core.left)):
            if len(parts := summands(other, sign)) > 1:
                return [(s, t.Mul(t.Paren(factor), t.Paren(part))) for s, part in parts]
    return [(sign, core)]

"""A function of a sum was taken term by term: log(a + b) is not log(a) + log(b), (a + b)^2 is not a^2 + b^2."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.parts import factors, product_of, summands, total
from mathcore.proof.slips import Case, Undone, text_of

RANK = 20
SPLIT = ("log", "log2", "log10", "exp", "sqrt", "abs")
NAMES = {"exp": "exp", "sqrt": "the root", "abs": "the absolute value", "log": "log", "log2": "log2", "log10": "log10"}


def undone(case: Case) -> Iterator[Undone]:
    yield from _taken_apart(case)
    yield from _taken_together(case)


def _taken_apart(case: Case) -> Iterator[Undone]:
    for place in case.earlier:
        for name, inside, made in _functions(place.part):
            said = f"{name} of a sum was split: {text_of(place.part)} was taken term by term"
            if len(parts := summands(inside)) > 1:
                yield case.with_slip(said, place.put(t.Paren(total([(sign, made(p)) for sign, p in parts]))))
                yield case.with_slip(
                    said, place.put(t.Paren(total([(1, made(p if sign > 0 else t.Neg(p))) for sign, p in parts])))
                )
            core = inside.body if isinstance(inside, t.Paren) else inside
            if isinstance(core, t.Big) and core.op == "sum":
                yield case.with_slip(said, place.put(t.Big("sum", core.binders, made(core.body))))
            for k, (power, inner) in enumerate(parts := factors(inside)):
                if len(parts) > 1 and isinstance(inner, t.Big) and inner.op == "sum" and isinstance(place.part, t.Pow):
                    rest = [(p, made(x)) for p, x in (*parts[:k], *parts[k + 1 :])]
                    split = t.Big("sum", inner.binders, made(inner.body))
                    yield case.with_slip(said, place.put(product_of([(power, split), *rest])))
            if isinstance(place.part, t.Call) and len(multiplied := factors(inside)) > 1:
                said = f"{name} of a product was taken factor by factor: {text_of(place.part)}"
                yield case.with_slip(said, place.put(product_of([(power, made(p)) for power, p in multiplied])))
        match place.part:
            case t.Call("exp", (inside,)) if isinstance(core := inside.body if isinstance(inside, t.Paren) else inside, t.Mul):
                said = f"exp of a product was split: {text_of(place.part)}"
                yield case.with_slip(said, place.put(t.Mul(t.Call("exp", (core.left,)), t.Call("exp", (core.right,)))))


def _taken_together(case: Case) -> Iterator[Undone]:
    """The other way: log(a) log(b) for log(a + b), log(a + b) for log(a) + log(b)."""
    for place in case.places:
        match place.part:
            case t.Add(t.Call(f, (a,)), t.Call(g, (b,))) | t.Sub(t.Call(f, (a,)), t.Call(g, (b,))) if f == g and f in SPLIT:
                inside = t.Add(a, b) if isinstance(place.part, t.Add) else t.Sub(a, b)
                said = f"{NAMES[f]} of a sum was split: it is {f}({text_of(inside)})"
                yield case.with_line(said, place.put(t.Call(f, (inside,))))
            case t.Big("sum", binders, t.Call(f, (a,))) if f in SPLIT:
                said = f"{NAMES[f]} of a sum was split: {f} stands outside the sum"
                yield case.with_line(said, place.put(t.Call(f, (t.Big("sum", binders, a),))))
            case t.Call(f, (a,)) if f in SPLIT and isinstance(core := a.body if isinstance(a, t.Paren) else a, t.Big):
                said = f"{f} stands outside the {core.op} and belongs inside"
                yield case.with_line(said, place.put(t.Big(core.op, core.binders, t.Call(f, (core.body,)))))


def _functions(node: t.Expr) -> Iterator[tuple[str, t.Expr, Callable[[t.Expr], t.Expr]]]:
    match node:
        case t.Call(f, (a,)) if f in SPLIT:
            yield NAMES[f], a, lambda part: t.Call(f, (part,))
        case t.Pow(base, exponent):
            said = "the square" if isinstance(exponent, t.Number) and exponent.value == 2 else "the power"
            yield said, base, lambda part: t.Pow(t.Paren(part), exponent)

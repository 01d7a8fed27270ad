"""Random trees over one context, and a small interpreter for concrete sizes that shares no code with the engine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import strategies as st

from mathcore.language import tree as t
from mathcore.language.parser import Context

GIVEN = """n, m: size; z, x: real[n]; W: real[n, m]; c, y: real; T, tau: positive; lam, w_new, w0: real; p, p2: simplex[n];
i, j, k, l: index[n]; a, b: index[m]; r, v: natural; u: real[naturals]; f: function; g: function[n]"""
CONTEXT = (
    Context()
    .given(GIVEN)
    .define("softmax(z)[i] = exp(z[i]) / sum(k: exp(z[k]))")
    .define("total(z) = sum(k: z[k])")
    .define("q[i] = softmax(z)[i]")
)
S = CONTEXT.symbols
FREE = {"n": ("i", "j"), "m": ("a",)}
BOUND = {"n": ("k", "l"), "m": ("b",)}
LITERALS = ("0", "1", "2", "3", "10", "0.5", "0.50", "2.25", "1e-3", "7E2")


def literal(text: str) -> t.Number:
    return t.Number(Fraction(text), text)


@st.composite
def indices(draw: Any, size: str, bound: frozenset[str]) -> t.Expr:
    names = [*FREE[size], *(name for name in BOUND[size] if name in bound)]
    return draw(st.one_of(st.sampled_from([S[n] for n in names]), st.just(t.number(1))))


@st.composite
def scalars(draw: Any, depth: int = 4, bound: frozenset[str] = frozenset(), ring: bool = False) -> t.Expr:
    """A scalar in the form that the parser gives, except for brackets; `ring`: only what whole numbers are closed under."""

    def inner(more: frozenset[str] = bound) -> t.Expr:
        return draw(scalars(depth=depth - 1, bound=more, ring=ring))

    def at(size: str) -> t.Expr:
        return draw(indices(size, bound))

    leaf = ["number", "symbol", "entry", "matrix", "delta"]
    branch = ["add", "sub", "mul", "star", "neg", "pow", "paren", "sum", "prod", "range", "max call", "max", "pick"]
    rich = ["div", "call", "head", "notation", "function", "limit", "at", "derivative", "power", "sequence", "constant"]
    kinds = leaf if depth == 0 else leaf[2:] + branch + ([] if ring else rich)
    kind = draw(st.sampled_from(kinds))
    letters = [(size, name) for size in BOUND for name in BOUND[size] if name not in bound]
    if kind in ("sum", "prod", "max", "pick") and not letters:
        kind = "neg"
    if kind == "range" and "r" in bound:
        kind = "add"
    match kind:
        case "number":
            return literal(draw(st.sampled_from(LITERALS[:5] if ring else LITERALS)))
        case "symbol":
            return S[draw(st.sampled_from(["c", "y"] if ring else ["c", "y", "T", "lam", "w_new", "w0"]))]
        case "entry":
            return t.Index(S[draw(st.sampled_from(["z", "x"]))], (at("n"),))
        case "matrix":
            return t.Index(S["W"], (at("n"), at("m")))
        case "delta":
            return t.Call("delta", (at("n"), at("n")))
        case "add":
            return t.Add(inner(), inner())
        case "sub":
            return t.Sub(inner(), inner())
        case "mul" | "star":
            return t.Mul(inner(), inner(), star=kind == "star")
        case "neg":
            return t.Neg(inner())
        case "pow":
            return t.Pow(inner(), literal("2"))
        case "paren":
            return t.Paren(inner())
        case "sum" | "prod" | "max":
            size, name = draw(st.sampled_from(letters))
            return t.Big(kind, (t.Binder(S[name]),), inner(bound | {name}))
        case "pick":
            size, name = draw(st.sampled_from(letters))
            return t.Index(t.Big("vector", (t.Binder(S[name]),), inner(bound | {name})), (at(size),))
        case "range":
            ends = t.number(draw(st.integers(0, 1))), draw(st.sampled_from([t.number(2), S["n"], t.Add(S["v"], t.number(1))]))
            return t.Big("sum", (t.Binder(S["r"], *ends),), inner(bound | {"r"}))
        case "max call":
            return t.Call(draw(st.sampled_from(["max", "min"])), (inner(), inner()))
        case "div":
            return t.Div(inner(), inner())
        case "call":
            name = draw(st.sampled_from(["exp", "log", "log2", "log10", "sqrt", "erfc", "step", "abs", "xlogy"]))
            return t.Call(name, tuple(inner() for _ in range(2 if name == "xlogy" else 1)))
        case "head":
            return t.Index(t.Apply("softmax", (S["z"],), (S["n"],)), (at("n"),))
        case "notation":
            return t.Index(t.Apply("q", (), (S["n"],)), (at("n"),))
        case "function":
            return t.Apply("f", (inner(),))
        case "limit":
            return t.Paren(t.Limit(S["tau"], literal("0"), draw(st.sampled_from(["", "+", "-"])), S["c"]))
        case "at":
            return t.At((S["p"],), (t.Apply("q", (), (S["n"],)),), t.Neg(t.Index(S["p"], (t.number(1),))))
        case "derivative":
            variables = draw(st.lists(st.sampled_from([S["c"], t.Index(S["z"], (S["i"],))]), min_size=1, max_size=2))
            result = inner()
            for variable in variables:
                result = t.Derivative(result, variable)
            return result
        case "power":
            return t.Pow(inner(), draw(st.sampled_from([literal("3"), t.Neg(literal("1")), S["c"], t.Add(S["c"], literal("1"))])))
        case "sequence":
            return t.Index(S["u"], (t.Add(S["v"], t.number(1)),))
    return t.INFINITY


@st.composite
def formulas(draw: Any, depth: int = 3) -> t.Expr:
    """Scalars, chains of relations and compound statements."""
    kind = draw(st.sampled_from(["scalar", "relation", "and", "implies", "iff", "forall"]))
    if kind == "scalar":
        return draw(scalars(depth=depth))
    if kind == "relation":
        sides = draw(st.lists(scalars(depth=depth - 1), min_size=2, max_size=3))
        ops = draw(st.lists(st.sampled_from(["=", "<=", "<", ">=", ">", "!="]), min_size=len(sides) - 1, max_size=len(sides) - 1))
        return t.Relation(tuple(sides), tuple(ops))
    claim = st.one_of(scalars(depth=1), scalars(depth=2)).map(lambda s: t.Relation((s, t.number(0)), ("=",)))
    parts = st.one_of(claim, formulas(depth=depth - 1).filter(lambda g: isinstance(g, t.PROPOSITIONS))) if depth > 1 else claim
    if kind == "forall":
        inner = scalars(depth=1, bound=frozenset({"k", "l", "b"}))
        return t.Big("forall", (t.Binder(S["k"]), t.Binder(S["l"])), t.Relation((draw(inner), S["c"]), ("<=",)))
    left, right = draw(parts), draw(parts)
    return t.And((left, right)) if kind == "and" else t.Implies(left, right) if kind == "implies" else t.Iff(left, right)


# an interpreter ----------------------------------------------------------------------------------------------


def evaluate(node: t.Expr, env: Mapping[str, Any], sizes: Mapping[str, int]) -> Any:
    """The value for concrete sizes; whole numbers and fractions stay exact. `env` maps names to numbers, lists, functions."""

    def ev(part: t.Expr, more: Mapping[str, Any] | None = None) -> Any:
        return evaluate(part, {**env, **(more or {})}, sizes)

    match node:
        case t.Number(value):
            return value
        case t.Symbol(name):
            return env[name] if name in env else sizes[name]
        case t.Paren(body):
            return ev(body)
        case t.Neg(body):
            return -ev(body)
        case t.Add(left, right):
            return ev(left) + ev(right)
        case t.Sub(left, right):
            return ev(left) - ev(right)
        case t.Mul(left, right):
            return ev(left) * ev(right)
        case t.Div(left, right):
            return ev(left) / ev(right)
        case t.Pow(base, exponent):
            return ev(base) ** ev(exponent)
        case t.List(items):
            return [ev(item) for item in items]
        case t.Index(base, places):
            value = ev(base)
            for place in places:
                value = value[int(ev(place)) - 1]
            return value
        case t.Call(name, args):
            values = [ev(a) for a in args]
            if name == "delta":
                return int(values[0] == values[1])
            if name == "xlogy":
                return 0 if values[0] == 0 else values[0] * math.log(values[1])
            known: dict[str, Any] = {"abs": abs, "step": lambda x: int(x >= 0), "max": max, "min": min} | {
                f: getattr(math, f) for f in ("exp", "log", "log2", "log10", "sqrt", "erfc")
            }
            return known[name](*values)
        case t.Big(op, binders, body):
            spans = []
            for b in binders:
                low, high = (t.number(1) if b.lower is None else b.lower), (b.upper or t.size_of(b.symbol))
                spans.append(range(int(ev(low)), int(ev(high)) + 1))
            names = [b.symbol.name for b in binders]
            if op == "vector":
                assert len(names) == 1
                return [ev(body, {names[0]: v}) for v in spans[0]]
            values = [ev(body, dict(zip(names, place, strict=True))) for place in product(*spans)]
            return {"sum": sum, "prod": math.prod, "max": max, "min": min}[op](values)
        case t.At(targets, values, body):
            return ev(body, {s.name: ev(v) for s, v in zip(targets, values, strict=True)})
    raise NotImplementedError(type(node).__name__)

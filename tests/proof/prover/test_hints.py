# ruff: noqa: E501  # a case is one line
"""Every hint of the prover is obeyed: what it leads to is accepted, and is the true statement that was meant."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sympy as S

from mathcore import cli
from mathcore.card import Accuracy, Step, require_order
from mathcore.evidence import Level
from mathcore.formulas import LIBRARY, load
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers import to_text
from mathcore.language.sympy_bridge import from_sympy, limit, to_sympy
from mathcore.proving import prove
from mathcore.rules.rewrite import Rewrite
from tests.conformance.trial import card
from tests.sampling import sampled

ROOT = Path(__file__).resolve().parents[3] / "mathcore"
ANY = "…"  # in a template: what the message says of the case


def ask(*arguments: Any, **options: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return arguments, options


@dataclass(frozen=True)
class Hint:
    """`wrong` is answered with `says`; each of `obeyed` follows that, and is proved, or not decided."""

    says: str
    wrong: Any
    obeyed: tuple[Any, ...]
    level: Level = Level.PROVED


def hint(says: str, wrong: Any, *obeyed: Any) -> Hint:
    return Hint(says, wrong, obeyed)


n, m = S.symbols("n m", integer=True, positive=True)
i, j, k, r = S.symbols("i j k r", integer=True)
later = S.Symbol("t", integer=True, positive=True)
x, y = S.symbols("x y", real=True)
v = S.Symbol("v", real=True)
c = S.Symbol("c", real=True)
maybe = S.Symbol("n", integer=True, nonnegative=True)
u, s = S.Symbol("u"), S.Symbol("u", integer=True, nonnegative=True)
z, f = S.IndexedBase("z"), S.Function("f")
A, B = S.MatrixSymbol("A", n, m), S.MatrixSymbol("B", m, n)
Z = {"shapes": {"z": ("n",)}}
GEOMETRIC = S.Sum(v**r, (r, 0, S.oo))
UNIT = {"domains": {"v": "unit"}, "hypotheses": [v < 1]}
MANY = S.symbols("a b d e", integer=True)
FEWER = [S.symbols("a b d e", integer=True, **{sign: True}) for sign in ("nonnegative", "positive")]
BIG = S.MatrixSymbol("B", 9, 9)
WRITTEN = S.Matrix(9, 9, lambda a, b: x * a * b)


def one_sign(**assumed: bool) -> Any:
    return S.Eq(f(S.Symbol("m", **assumed)), 1)


def squares(numbers: Any) -> Any:
    return sum(numbers) ** 2


DECLARED = [
    hint("is no relation; write a = b", ask("x + x", given="x: real"), ask("x + x = 2 x", given="x: real")),
    hint("softmax is a function: write softmax(...)", ask("softmax > 0", given="n: size; z: real[n]; i: index[n]"),
         ask("softmax(z)[i] > 0", given="n: size; z: real[n]; i: index[n]")),
    hint("softMax is no function here: write softmax", ask("softMax(z)[i] > 0", given="n: size; z: real[n]; i: index[n]"),
         ask("softmax(z)[i] > 0", given="n: size; z: real[n]; i: index[n]")),
    hint("assume nonnegative=True or positive=True of some", ask(squares(MANY), ">=", 0),
         *(ask(squares(few), ">=", 0) for few in FEWER), *(ask(squares([*few[:1], *MANY[1:]]), ">=", 0) for few in FEWER)),
    hint("both sides need the same shape", ask(A * B, "=", B * A), ask(A * B, "=", (B.T * A.T).T)),
    hint("compare entries, A[i, j] <= B[i, j]", ask(A, "<=", A + A - A + S.OneMatrix(n, m)), ask(A[i, j], "<=", A[i, j] + 1)),
    hint("compare entries one by one, prove(A[0, 0], '=', B[0, 0])", ask(2 * WRITTEN, "=", WRITTEN + WRITTEN),
         ask((2 * WRITTEN)[1, 1], "=", (WRITTEN + WRITTEN)[1, 1])),
    hint("compare entries one by one, prove(A[0, 0], '=', B[0, 0])", ask(BIG, "=", BIG.T.T), ask(BIG[0, 0], "=", BIG.T.T[0, 0])),
    hint("read where it is one side of an equation, with a factor at most: prove(Sum(f, (s, 0, oo)), '=', value)",
         ask(GEOMETRIC - 1, "=", v / (1 - v), **UNIT), ask(GEOMETRIC, "=", 1 / (1 - v), **UNIT)),
    hint("may be 0: add a hypothesis, or write prove(Sum(f, (s, 0, oo)), '=', value)",
         ask(c * GEOMETRIC, "=", c / (1 - v), **UNIT), ask(GEOMETRIC, "=", 1 / (1 - v), **UNIT),
         ask(c * GEOMETRIC, "=", c / (1 - v), domains={"v": "unit"}, hypotheses=[v < 1, S.Ne(c, 0)])),
    hint("hypotheses[0]: sympy evaluated it to False: nothing satisfies it; correct it, or leave it out",
         ask(y**2, ">=", 0, hypotheses=[S.Abs(x) < 0]), ask(y**2, ">=", 0, hypotheses=[S.Abs(x) > 0]), ask(y**2, ">=", 0)),
    hint("Python evaluated it to False; write Eq(a, b) for a == b", ask(x, "<=", 3, hypotheses=[x == 3]),
         ask(x, "<=", 3, hypotheses=[S.Eq(x, 3)])),
    hint("Python evaluated it to True; write Eq(a, b) for a == b, Ne(a, b) for a != b", ask(x**2, ">", 0, hypotheses=[x != 0]),
         ask(x**2, ">", 0, hypotheses=[S.Ne(x, 0)])),
    hint("write Eq(a, b), a <= b, (a, '=', b), or text of the formula language", ask(x, "<=", 3, hypotheses=["x", 3]),
         *(ask(x, "<=", 3, hypotheses=[h]) for h in (S.Eq(x, 3), x <= 3, (x, "=", 3), "x = 3"))),
    hint("write Eq(a, b), a <= b, (a, '=', b), or text of the formula language", ask(x, "<=", 3, hypotheses=[("x", "=", 3)]),
         ask(x, "<=", 3, hypotheses=[(x, "=", 3)])),
    hint("nothing is assumed but positive=True or nonnegative=True",
         ask(S.IndexedBase("z", nonzero=True)[later + 1] ** 2, ">=", 0, shapes={"z": ("naturals",)}),
         *(ask(S.IndexedBase("z", **{s: True})[later + 1] ** 2, ">=", 0, shapes={"z": ("naturals",)}) for s in ("positive", "nonnegative"))),
    hint("z is used with two sets of assumptions: use one, or two names",
         ask(S.IndexedBase("z", positive=True)[i] + z[i] ** 2, ">", 0, **Z),
         ask(S.IndexedBase("z", positive=True)[i] * (1 + S.IndexedBase("z", positive=True)[i]), ">", 0, **Z),
         ask(S.IndexedBase("u", positive=True)[i] + z[i] ** 2, ">", 0, shapes={"z": ("n",), "u": ("n",)})),
    hint("a least size is a whole number from 1", ask(S.Sum(1, (k, 1, n)), ">=", 1, min_sizes={"n": 0}),
         ask(S.Sum(1, (k, 1, n)), ">=", 1, min_sizes={"n": 1})),
    hint("assume nonnegative=True or negative=True of m, or only real=True", ask(f(2), "=", 1, hypotheses=[one_sign(integer=True)]),
         ask(f(2), "=", 1, hypotheses=[one_sign(integer=True, nonnegative=True)]),
         ask(f(2), "=", 1, hypotheses=[one_sign(real=True)])),
    Hint("or negative=True of m", ask(f(-later), "=", 1, hypotheses=[one_sign(integer=True)]),
         (ask(f(-later), "=", 1, hypotheses=[one_sign(integer=True, negative=True)]),), Level.UNKNOWN),
    hint("w_ is a Wild, a pattern: write Symbol('w', real=True)", ask(S.Wild("w") ** 2, ">=", 0),
         ask(S.Symbol("w", real=True) ** 2, ">=", 0)),
    hint("k is the name of an Idx and of a symbol: give one of them another name",
         ask(S.Sum(z[S.Idx("k", n)] * z[k], (S.Idx("k", n), 0, n - 1)), "=", z[k] * S.Sum(z[i], (i, 0, n - 1))),
         ask(S.Sum(z[S.Idx("h", n)] * z[k], (S.Idx("h", n), 0, n - 1)), "=", z[k] * S.Sum(z[i], (i, 0, n - 1)))),
    hint("write Idx('i', n), or take Symbol('i', integer=True) and indices={'i': 'n'}", ask(z[S.Idx("i", (2, n))] ** 2, ">=", 0),
         ask(z[S.Idx("i", n)] ** 2, ">=", 0), ask(z[i] ** 2, ">=", 0, indices={"i": "n"})),
    hint("n is a size, and by what sympy assumes of it may be 0: take Symbol('n', integer=True, positive=True)",
         ask(S.IndexedBase("w", shape=(maybe,))[i] ** 2, ">=", 0), ask(S.IndexedBase("w", shape=(n,))[i] ** 2, ">=", 0)),
    hint("w has the shape (n + 1,) in sympy, and a sum goes over n: give it that shape", ask(S.Sum(S.IndexedBase("w", shape=(n + 1,))[k] ** 2, (k, 1, n)), ">=", 0),
         ask(S.Sum(S.IndexedBase("w", shape=(n,))[k] ** 2, (k, 1, n)), ">=", 0)),
    hint("z has an entry at a place that is computed, and is read as a sequence: write a letter for the place, z[i] with indices={'i': 'n'}",
         ask(S.Function("softmax")(z, n - 1), "=", S.exp(z[n - 1]) / S.Sum(S.exp(z[k]), (k, 0, n - 1)), domains={"z": "real"}),
         ask(S.Function("softmax")(z, i), "=", S.exp(z[i]) / S.Sum(S.exp(z[k]), (k, 0, n - 1)), domains={"z": "real"}, indices={"i": "n"})),
    hint("i: two Idx of this name with different ranges: use one, or two names", ask((z[S.Idx("i", n)] - z[S.Idx("i", m)]) ** 2, ">=", 0),
         ask((z[S.Idx("i", n)] - z[S.Idx("j", n)]) ** 2, ">=", 0)),
    hint("u is a place in a sequence: take Symbol('u', integer=True, nonnegative=True)", ask((z[u] - z[u + 1]) ** 2, ">=", 0),
         ask((z[s] - z[s + 1]) ** 2, ">=", 0)),
    hint("leave 'i' out of indices, and assume nonnegative=True of it", ask(z[0] ** 2 + z[i] ** 2 + z[i + 1] ** 2, ">=", 0, indices={"i": "n"}),
         ask(z[0] ** 2 + z[s] ** 2 + z[s + 1] ** 2, ">=", 0)),
    hint("domains: 'x' is declared 'complex'; choose one of", ask(x**2, ">=", 0, domains={"x": "complex"}),
         ask(x**2, ">=", 0, domains={"x": "real"})),
    hint("two symbols of this name: use one, or two names",
         ask(S.Symbol("x", positive=True) + x**2, ">", 0),
         ask(S.Symbol("x", positive=True) * (1 + S.Symbol("x", positive=True)), ">", 0), ask(S.Symbol("w", positive=True) + x**2, ">", 0)),
    hint("which is no name and no number; write e.g. {'z': ('n',)}", ask(S.IndexedBase("z", shape=(n + 1,))[i] ** 2, ">=", 0),
         ask(z[i] ** 2, ">=", 0, shapes={"z": ("n",)})),
    hint("shapes: 'z' is indexed but has no shape; write shapes={'z': ('n',)}", ask(z[k] ** 2, ">=", 0), ask(z[k] ** 2, ">=", 0, **Z)),
    hint("shapes: 'z' has 2 axes and is used with 1 indices", ask(z[k] ** 2, ">=", 0, shapes={"z": ("n", "m")}),
         ask(z[k] ** 2, ">=", 0, **Z)),
    hint("'z' is an array and cannot be declared 'size'", ask(z[k] ** 2, ">=", 0, domains={"z": "size"}, **Z),
         ask(z[k] ** 2, ">=", 0, domains={"z": "real"}, **Z)),
    hint("'i' is an index: say over which size, indices={'i': 'n'}", ask(i, ">=", 1, domains={"i": "index"}), ask(i, ">=", 1, indices={"i": "n"})),
    hint("'p' is declared 'simplex' but is one number; write shapes={'p': ('n',)}",
         ask(S.Symbol("p"), "<=", 1, domains={"p": "simplex"}),
         ask(S.IndexedBase("p")[i], "<=", 1, domains={"p": "simplex"}, shapes={"p": ("n",)})),
    hint("'f' is declared 'function' but is no function; write Function('f')(x)", ask(S.Symbol("f") ** 2, ">=", 0, domains={"f": "function"}),
         ask(S.Function("f")(x) ** 2, ">=", 0), ask(S.Function("f")(x) ** 2, ">=", 0, domains={"f": "function"})),
    hint("say over which size it runs, indices={'i': 'n'}", ask(S.KroneckerDelta(i, j), "<=", 1),
         ask(S.KroneckerDelta(i, j), "<=", 1, indices={"i": "n", "j": "n"})),
    hint("an integer in sympy: write it with sympy, e.g. r > 0", ask(r**3, ">", 0, hypotheses=["r > 0"]), ask(r**3, ">", 0, hypotheses=[r > 0])),
    hint("end with one that always holds: (value, True)", ask(S.Piecewise((1, x > 0), (2, x < 0)), ">", 0),
         ask(S.Piecewise((1, x > 0), (2, x < 0), (3, True)), ">", 0)),
    hint("add what it takes to hypotheses, e.g. x > 0 for log(x), Ne(b, 0) for 1/b", ask(S.Piecewise((1, S.log(x) > 0), (2, True)), ">=", 1),
         ask(S.Piecewise((1, S.log(x) > 0), (2, True)), ">=", 1, hypotheses=[x > 0])),
    hint("shapes: 'A' is declared (n, m), and sympy's A has the shape (n, n): leave it out of shapes",
         ask(S.MatrixSymbol("A", n, n)[0, 0] ** 2, ">=", 0, shapes={"A": ("n", "m")}), ask(S.MatrixSymbol("A", n, n)[0, 0] ** 2, ">=", 0)),
    hint("A: two arrays of this name with different shapes: use one, or two names", ask(A[0, 0] ** 2 + S.MatrixSymbol("A", n, n)[0, 0] ** 2, ">=", 0),
         ask(2 * A[0, 0] ** 2, ">=", 0), ask(A[0, 0] ** 2 + B[0, 0] ** 2, ">=", 0)),
    hint("z is used with 1 and with 2 indices: use two names", ask(z[i, i] ** 2 + z[i] ** 2, ">=", 0, **Z),
         ask(S.IndexedBase("u")[i, i] ** 2 + z[i] ** 2, ">=", 0, shapes={"z": ("n",), "u": ("n", "n")})),
    hint("write each condition as one relation such as x > 0", ask(S.Piecewise((1, (x > 0) & (y > 0)), (2, True)), ">", 0),
         ask(S.Piecewise((S.Piecewise((1, y > 0), (2, True)), x > 0), (2, True)), ">", 0)),
    hint("write each condition as one relation such as x > 0", ask(S.Piecewise((1, ((x > 0) & (y > 0)) | (c > 0)), (2, True)), ">", 0),
         ask(S.Piecewise((1, c > 0), (S.Piecewise((1, y > 0), (2, True)), x > 0), (2, True)), ">", 0)),
    *(hint("take one that is only real=True or positive=True, or integer=True towards oo, and that stands nowhere else",
           ask(S.Limit(1 / wrong, wrong, end), "=", 0), *obeyed)
      for wrong, end, obeyed in [
          (r, -S.oo, [ask(S.Limit(1 / x, x, -S.oo), "=", 0)]),
          (S.Symbol("r", even=True), S.oo, [ask(S.Limit(1 / s, s, S.oo), "=", 0) for s in (x, S.Symbol("r", positive=True), r)]),
      ]),
]  # fmt: skip

N = S.Symbol("A", commutative=False), S.Symbol("B", commutative=False)
IMAGINARY, UNSAID = S.Symbol("s", imaginary=True), S.Symbol("s", complex=True)
Q = "n: size; q: simplex[n]; k: index[n]"
SUMMED = "sum(k: q[k]) = 1"
ASSUMED = [
    hint("keep one of the two", ask(S.Symbol("q", negative=True), "<", 1, domains={"q": "positive"}),
         ask(S.Symbol("q", negative=True), "<", 1), ask(S.Symbol("q"), ">", -1, domains={"q": "positive"})),
    *(hint(f"it runs over all whole numbers from {least}: assume integer=True, or nothing",
           ask(S.Sum(wrong, (wrong, least, n)), ">=", 0), *(ask(S.Sum(s, (s, least, n)), ">=", 0) for s in (k, S.Symbol("k"))))
      for wrong, least in ((S.Symbol("k", even=True), 1), (S.Symbol("k", prime=True), 1), (S.Symbol("k", positive=True), 0))),
    hint("write the entries of matrices, as MatrixSymbol('A', n, n) or IndexedBase('A')[i, j]", ask(N[0] * (N[1] + N[0]), "=", N[0] * N[1] + N[0] ** 2),
         ask(S.MatrixSymbol("A", n, n) * (S.MatrixSymbol("B", n, n) + S.MatrixSymbol("A", n, n)), "=", S.MatrixSymbol("A", n, n) * S.MatrixSymbol("B", n, n) + S.MatrixSymbol("A", n, n) ** 2),
         ask(S.Sum(S.IndexedBase("A")[i, k] * (S.IndexedBase("B")[k, j] + 1), (k, 1, n)), "=", S.Sum(S.IndexedBase("A")[i, k] * S.IndexedBase("B")[k, j], (k, 1, n)) + S.Sum(S.IndexedBase("A")[i, k], (k, 1, n)),
             shapes={"A": ("n", "n"), "B": ("n", "n")})),
    hint("state a limit, Limit(..., s, oo), with s real", ask(1 / (1 + S.Symbol("s", infinite=True)), "=", 0),
         ask(S.Limit(1 / (1 + S.Symbol("s", real=True)), S.Symbol("s", real=True), S.oo), "=", 0)),
    hint("state the claim of its real and its imaginary part, as real symbols", ask(IMAGINARY**2, "<=", 0), ask(-(S.Symbol("s", real=True) ** 2), "<=", 0)),
    hint("state the claim of its real and its imaginary part, as real symbols", ask((S.I * x) ** 2 * IMAGINARY, "<=", 0), ask(-(x**2), "<=", 0)),
    hint("assume only integer=True, if the claim is meant for all integer values", ask(S.Symbol("s", prime=True) ** 2, ">=", 0), ask(S.Symbol("s", integer=True) ** 2, ">=", 0)),
    hint("assume only real=True, if the claim is meant for all real values", ask(S.Symbol("s", rational=True) ** 2, ">=", 0), ask(S.Symbol("s", real=True) ** 2, ">=", 0)),
    hint("assume only real=True, if the claim is meant for all real values", ask(S.IndexedBase("z", integer=True)[i] ** 2, ">=", 0, **Z), ask(S.IndexedBase("z", real=True)[i] ** 2, ">=", 0, **Z)),
    hint("assume only real=True, if the claim is meant for all real values", ask(S.Function("f", positive=True)(x) ** 2, ">=", 0), ask(S.Function("f", real=True)(x) ** 2, ">=", 0)),
    *(hint("it need not be a real number: assume real=True as well", ask(S.Symbol("s", **said) ** 2, ">=", 0), ask(S.Symbol("s", real=True, **said) ** 2, ">=", 0))
      for said in ({"complex": True}, {"extended_positive": True}, {"finite": True}, {"hermitian": True})),
]  # fmt: skip
CALLED = [
    hint("write e.g. timeout=2", ask("x^2 >= 0", given="x: real", timeout=0), ask("x^2 >= 0", given="x: real", timeout=2)),
    hint("write e.g. hypotheses=[Eq(Sum(p[k], (k, 1, n)), 1)]", ask(S.Sum(2 * z[k], (k, 1, n)), "=", 2, hypotheses=S.Eq(S.Sum(z[k], (k, 1, n)), 1)),
         ask(S.Sum(2 * z[k], (k, 1, n)), "=", 2, hypotheses=[S.Eq(S.Sum(z[k], (k, 1, n)), 1)])),
    hint("write decider='z3', or leave it out", ask("x^2 >= 0", given="x: real", decider="cvc5"),
         ask("x^2 >= 0", given="x: real", decider="z3"), ask("x^2 >= 0", given="x: real")),
    hint("hand in the sides: prove(left, '<=', right)", ask(S.Le(S.Abs(x), S.Abs(x))), ask(S.Abs(x), "<=", S.Abs(x))),
    hint("hand in the sides: prove(left, '<=', right)", ask(x == 3), ask(x, "=", 3, hypotheses=[S.Eq(x, 3)])),
    hint("choose one of =, <=, >=, <, >, !=", ask(x, "=>", x), *(ask(x, op, x) for op in ("=", "<=", ">=")), ask(x, "<", x + 1), ask(x, "!=", x + 1)),
    hint("choose one of =, <=, >=, <, >, !=", ask(x), ask(x, "=", x)),
    hint("with sympy objects use domains=, shapes=, indices=", ask(z[i] + x, "<=", z[i] + 1, given="x: unit; z: real[n]; i: index[n]"),
         ask(z[i] + x, "<=", z[i] + 1, domains={"x": "unit"}, shapes={"z": ("n",)}, indices={"i": "n"})),
    hint("write declarations such as 'n: size; p: simplex[n]; k: index[n]'", ask(SUMMED, given={"q": "simplex"}), ask(SUMMED, given=Q)),
    hint("domains, shapes, indices: these belong to sympy objects; with text write them in given='...'",
         ask(SUMMED, domains={"q": "simplex"}, shapes={"q": ("n",)}, indices={"k": "n"}), ask(SUMMED, given=Q)),
    hint("min_sizes: these belong to sympy objects; with text write them in given='...'", ask("n >= 2", given="n: size", min_sizes={"n": 2}), ask("n >= 2", given="n: size >= 2")),
    hint("hypotheses: these belong to sympy objects; with text write them in given='...'", ask("x > 0", given="x: real", hypotheses=["x > 1"]), ask("x > 0", given="x: real; x > 1")),
    *(hint("write both sides in sympy, or the whole claim as text", ask(x, "=", wrong), ask(x, "=", x), ask("x = x", given="x: real")) for wrong in ("x", True)),
    hint("write e.g. sympy.Sum(p[k], (k, 1, n))", ask(S.Sum(z[k], (k, 1, n)), "=", [z]), ask(S.Sum(z[k], (k, 1, n)), "=", S.Sum(z[k], (k, 1, n)))),
    hint("write e.g. sympy.Sum(p[k], (k, 1, n))", ask(x, "="), ask(x, "=", x)),
    hint("hand in the sides of one relation, prove(left, '<=', right), and what is assumed as hypotheses=[...]", ask(x > 1, "<=", x > 0), ask(0, "<=", x, hypotheses=[x > 1])),
    hint("is no dictionary; write domains={'p': ...}", ask(x**2, ">=", 0, domains=["x"]), ask(x**2, ">=", 0, domains={"x": "real"})),
    hint("is no dictionary; write shapes={'p': ...}", ask(z[k] ** 2, ">=", 0, shapes=["z"]), ask(z[k] ** 2, ">=", 0, shapes={"z": "n"})),
    hint("with text write the whole claim as one text, 'a = b'", ask("x", "=>", "x", given="x: real"), ask("x = x", given="x: real")),
]  # fmt: skip

E, SOFTMAX = S.Function("entropy"), S.Function("softmax")
U = S.IndexedBase("u")
UZ = {"shapes": {"u": ("n",), "z": ("n",)}, "indices": {"i": "n"}}
SIMPLEX = {"domains": {"p": "simplex"}, "shapes": {"p": ("n",)}}
LEAKY = S.Piecewise((x, x > 0), (x / 100, True))


def total(of: Any, low: Any, high: Any) -> Any:
    return S.Sum(of[k], (k, low, high))


BRIDGED = [
    hint("z is indexed from 0 in one place and up to its size in another: count its entries from 1, Sum(f, (k, 1, n)), or from 0, Sum(f, (k, 0, n - 1)), everywhere",
         ask(2 * total(z, 0, n - 1), "=", total(z, 1, n) + total(z, 0, n - 1), **Z), ask(2 * total(z, 1, n), "=", S.Sum(2 * z[k], (k, 1, n)), **Z),
         ask(2 * total(z, 0, n - 1), "=", S.Sum(2 * z[k], (k, 0, n - 1)), **Z)),
    hint("write all sums over (k, 1, n), or all over (k, 0, n - 1)", ask(total(z, 0, n - 1) * z[i] + total(U, 1, n) * U[i], ">=", 0, **UZ),
         ask(total(z, 1, n) * U[i], "=", S.Sum(z[k] * U[i], (k, 1, n)), **UZ), ask(total(z, 0, n - 1) * U[i], "=", S.Sum(z[k] * U[i], (k, 0, n - 1)), **UZ)),
    hint("is 1/2 at 0, and step(0) is 1: write Heaviside(x, 1)", ask(S.Heaviside(x), "<=", 1), ask(S.Heaviside(x, 1), "<=", 1)),
    hint("softmax takes z, i; write Function('softmax')(z, i), in prove with indices={'i': 'n'}", ask(SOFTMAX(z), ">", 0, **Z),
         ask(SOFTMAX(z, i), ">", 0, indices={"i": "n"}, **Z)),
    hint("entropy takes p; write Function('entropy')(p)", ask(E(), ">=", 0), ask(E(S.IndexedBase("p")), ">=", 0, **SIMPLEX)),
    hint("p of entropy has 1 axes", ask(E(x), ">=", 0), ask(E(S.IndexedBase("p")), ">=", 0, **SIMPLEX)),
    hint("how often it is differentiated has to be a number, e.g. Derivative(f, (x, 2))", ask(S.Derivative(x**2, (x, n)), "=", 2), ask(S.Derivative(x**2, (x, 2)), "=", 2)),
    hint("state each case under its condition", ask(S.Derivative(LEAKY, x), ">", 0), *(ask(S.Derivative(LEAKY, x), ">", 0, hypotheses=[h]) for h in (x > 0, x < 0))),
    hint("a number as a place, where entries are counted from 0: count from 1 everywhere",
         ask(SOFTMAX(z, 1), "=", S.exp(z[0]) / S.Sum(S.exp(z[k]), (k, 0, n - 1)), **Z), ask(SOFTMAX(z, 1), "=", S.exp(z[1]) / S.Sum(S.exp(z[k]), (k, 1, n)), **Z)),
    hint("in one sum and from 1 in another: count from 1 everywhere", ask(S.Sum(SOFTMAX(z, k), (k, 1, n)), "=", S.Sum(SOFTMAX(z, k), (k, 0, n - 1)), **Z),
         ask(S.Sum(SOFTMAX(z, k), (k, 1, n)), "=", 1, **Z)),
    hint("KroneckerDelta(i, k, (1, 2)) counts from 1 to 2 only: write KroneckerDelta(i, k)", ask(S.KroneckerDelta(i, k, (1, 2)), "<=", 1, indices={"i": "n", "k": "n"}),
         ask(S.KroneckerDelta(i, k), "<=", 1, indices={"i": "n", "k": "n"})),
    hint("z is declared as an array: index it, e.g. IndexedBase('z')[k]", ask(S.Symbol("z") ** 2, ">=", 0, **Z), ask(S.IndexedBase("z")[k] ** 2, ">=", 0, **Z)),
    hint("its digits do not say which number it is; write it as a Rational", ask(x * S.Float(S.pi, 40), "=", S.Float(S.pi, 40) * x), ask(x * S.Rational(22, 7), "=", S.Rational(22, 7) * x)),
]  # fmt: skip


@sampled("hint", [*DECLARED, *ASSUMED, *CALLED, *BRIDGED], ids=lambda h: h.says[:60], keep=24)
def test_a_hint_about_a_claim_is_obeyed(hint):
    assert hint.says in said(hint)
    for arguments, options in hint.obeyed:
        verdict = prove(*arguments, **{"timeout": 20, **options})
        assert verdict.level is hint.level, f"{arguments}, {options}: {verdict}"


def said(hint: Hint) -> str:
    arguments, options = hint.wrong
    with pytest.raises(ValueError) as caught:
        prove(*arguments, **options)
    return str(caught.value)


@pytest.mark.slow
def test_alternatives_with_one_value_are_read_one_by_one():
    either = S.Piecewise((1, (x > 0) | (y > 0)), (0, True))
    assert prove(either, "<=", 1).level is Level.PROVED
    assert prove(either, ">=", 1).level is Level.REFUTED
    assert prove(either, ">=", 1, hypotheses=[x > 0]).level is Level.PROVED
    assert prove(either, ">=", 1, hypotheses=[y > 0]).level is Level.PROVED
    assert prove(either, "<=", 0, hypotheses=[x <= 0, y > 0]).level is Level.REFUTED
    assert prove(either, "<=", 0, hypotheses=[x <= 0, y <= 0]).level is Level.PROVED


# sympy and back, without a claim ------------------------------------------------------------------------------------------

BOOK = (
    Context()
    .given(
        "n, m, N, b: size; z: real[n]; W: real[n, m]; c, z1: real; k, i: index[n]; j: index[m]; f, g: function; B: batch[N, b]; d: real[N]; h: index[N]"
    )
    .define("q(z) = sum(k: z[k])")
    .define("s[i] = z[i]^2")
)
TWICE = Context().given("n: size; y: real[n]; z: real[n]; z1, z_1: real")
c_, positive = BOOK.symbols["c"], Context().given("c: positive").symbols["c"]


def sent(text: str, definitions: Any = None, sizes: Any = None, context: Context = BOOK) -> Any:
    return lambda: to_sympy(context.parse(text), definitions, sizes)


def read(expr: Any, given: str) -> Any:
    return lambda: to_text(from_sympy(expr, Context().given(given)))


def symbols(text: str) -> Any:
    return S.symbols(text, real=True)


# (what is said, the call, what obeys it, what that gives)
DIRECT = [
    ("not declared: w; add to given, e.g. `w: real`", read(S.Symbol("w") + 1, "n: size"), read(S.Symbol("w") + 1, "n: size; w: real"), "w + 1"),
    ("declare z with 1 axes, e.g. `z: real[n]`", read(z[1] ** 2, "n: size; z: real"), read(z[1] ** 2, "n: size; z: real[n]"), "z[1]^2"),
    ("declare z with 2 axes, e.g. `z: real[n, m]`", read(z[1, 1] ** 2, "n, m: size; z: real"), read(z[1, 1] ** 2, "n, m: size; z: real[n, m]"), "z[1, 1]^2"),
    ("f is a function: apply it, e.g. f(x)", lambda: to_sympy(BOOK.symbols["f"]), sent("f(c)"), S.Function("f")(symbols("c"))),
    ("c has two declarations in one formula: use two names", lambda: to_sympy(t.Add(c_, positive)), sent("c + z1"), symbols("c") + symbols("z1")),
    ("z is a whole array: index it, or pass its sizes, e.g. sizes={'n': 3}", sent("z"), sent("z", None, {"n": 3}, Context().given("n: size; z: real[n]")), S.Matrix(symbols("z1:4"))),
    ("e.g. sizes={'m': 3, 'n': 3}", sent("W", None, {"n": 3}), sent("W[1, 1]", None, {"m": 3, "n": 3}), S.Symbol("W1_1", real=True)),
    ("z_1 would stand for two things: rename z", sent("z[1] + z1 + z_1", None, {"n": 1}, TWICE), sent("y[1] + z1 + z_1", None, {"n": 1}, TWICE), sum(symbols("y1 z1 z_1"))),
    ("q(z) of a vector is opaque, and sympy's derivative of it would be silently 0: pass definitions=context.definitions, or sizes={'n': 3}",
     sent("q(z)"), sent("q(z)", BOOK.definitions, {"n": 2}), sum(symbols("z1 z2"))),
    ("s is not defined here: pass definitions=context.definitions", sent("s[i]"), sent("s[i]", BOOK.definitions, {"n": 2, "i": 2}), symbols("z2") ** 2),
    ("max(k: z[k]) has no sympy form for a symbolic size: pass sizes={'n': 3}", sent("max(k: z[k])"), sent("max(k: z[k])", None, {"n": 2}), S.Max(*symbols("z1 z2"))),
    ("pass sizes={'m': 3, 'n': 3}", sent("max(k, j: W[k, j])"), sent("max(k, j: W[k, j])", None, {"n": 1, "m": 2}), S.Max(*symbols("W1_1 W1_2"))),
    ("pass sizes={'N': 3, 'b': 3}", sent("mean(B: sum(h: B[h] d[h]))"), sent("mean(B: sum(h: B[h] d[h]))", None, {"N": 2, "b": 2}), sum(symbols("d1 d2"))),
    ("i has no value; bind it, or pass it with the sizes, e.g. {'i': 1}", sent("z[i]", None, {"n": 3}), sent("c + W[i, 1]", None, {"n": 3, "m": 1, "i": 1}), symbols("c") + symbols("W1_1")),
    ("i has no value; bind it", sent("W[i, 1]", None, {"n": 1, "m": 1}), sent("sum(i: W[i, 1])", None, {"n": 1, "m": 1}), symbols("W1_1")),
    ("n must be a whole number such as 3, got '3'", sent("sum(k: W[k, 1])", None, {"n": "3", "m": 1}), sent("sum(k: W[k, 1])", None, {"n": 3, "m": 1}), sum(symbols("W1_1 W2_1 W3_1"))),
    ("expected lim(x -> a: ...), got c", lambda: limit(BOOK.parse("c")), lambda: to_text(limit(BOOK.parse("lim(c -> 0: c)"))), "0"),
]  # fmt: skip


@pytest.mark.parametrize(("says", "wrong", "obeyed", "gives"), DIRECT, ids=lambda a: a[:60] if isinstance(a, str) else "")
def test_a_hint_of_the_bridge_is_obeyed(says, wrong, obeyed, gives):
    assert says in refused(wrong)
    assert obeyed() == gives


def refused(call: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        call()
    return str(caught.value)


# the command line ---------------------------------------------------------------------------------------------------------

LOOSE = ("prove", "x^4 y^2 + x^2 y^4 + 1 >= 3 x^2 y^2", "--given", "x, y: real")
TRIED = ("verify", "relu", "--exhaustive", "--format", "float16", "--workers", "1")
PAGE = str(ROOT / "formulas" / "relu.md")
COMMANDS = [
    (("list", "poetry"), "no topic 'poetry': choose one of ", ("list",)),
    (("prove", "x^2 >= 0", "--given", "x: real", "--timeout", "0"), "write e.g. --timeout 2", ("prove", "x^2 >= 0", "--given", "x: real", "--timeout", "2")),
    (("prove", "x^2 >= 0", "--given", "x: real", "--decider", "cvc5"), "z3", ("prove", "x^2 >= 0", "--given", "x: real", "--decider", "z3")),
    (("prove", "x^2 >= 0"), "add it to given, e.g. `x: real`", ("prove", "x^2 >= 0", "--given", "x: real")),
    (("prove", "log(x) = log(x)", "x: positive"), "unrecognized arguments: x: positive", ("prove", "log(x) = log(x)", "--given", "x: positive")),
    (("verify", "relu", "--format", "float16"), "go with --exhaustive", TRIED),
    (("verify", "relu", "--exhaustive", "--format", "float16", "--workers", "0"), "--workers must be at least 1", TRIED),
    (("verify", "relu", "--exhaustive", "--format", "float64"), "float16", TRIED),
    (("verify", "relo", "--exhaustive"), "Did you mean relu", TRIED),
    (("show", "rleu"), "Did you mean relu", ("show", "relu")),
    (("verify", "relu", "--fix"), "--annotate and --fix go with a page of your own, FILE.md", ("verify", PAGE, "--fix")),
    (("verify", PAGE, "relu"), "verify formulas and pages of your own one after the other", ("verify", PAGE)),
    (("verify", str(ROOT / "proof")), "there is no page (*.md) in it", ("verify", PAGE)),
    (("verify", "relu.md"), "no such file; formulas are named without .md", ("verify", "relu")),
    (("verify", PAGE, PAGE, "--annotate", "out.md"), "--annotate writes one page: name one FILE.md", ("verify", PAGE)),
    (("show", "relu", "--function", "a:b"), "--function goes with --tests", ("show", "relu", "--tests", "--function", "a:b")),
]  # fmt: skip


def command(capsys: Any, *arguments: str) -> tuple[int, str]:
    try:
        code = cli.main(arguments)
    except SystemExit as end:  # of argparse
        code = int(end.code or 0)
    return code, capsys.readouterr().err


@sampled(("wrong", "says", "obeyed"), COMMANDS, ids=lambda a: " ".join(a)[:60] if isinstance(a, tuple) else "", keep=6)
def test_a_hint_of_the_command_line_is_obeyed(capsys, monkeypatch, tmp_path, wrong, says, obeyed):
    for name in ("MATHCORE_CACHE", "HYPOTHESIS_STORAGE_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path))
    code, printed = command(capsys, *wrong)
    assert code == cli.MISUSED and says in printed
    assert command(capsys, *obeyed)[0] == cli.HELD


def test_a_hint_to_ask_z3_is_an_option_of_the_command_line(capsys):
    assert cli.main(LOOSE) == cli.FAILED
    assert "z3 may decide it (--decider z3, pip install" in capsys.readouterr().out
    assert cli.main((*LOOSE, "--decider", "z3")) == cli.FAILED
    printed = capsys.readouterr().out
    assert printed.startswith("decided") or "z3 is not installed: pip install" in printed


def test_a_hint_to_name_a_directory_is_obeyed(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(cli, "_gather", lambda names: ((), 0, False))
    (tmp_path / "file").write_text("")
    code, printed = command(capsys, "docs", "--to", str(tmp_path / "file"))
    assert code == cli.MISUSED and "file is a file: name a directory for the pages" in printed
    assert command(capsys, "docs", "epoch", "--to", str(tmp_path / "pages"))[0] == cli.HELD


# cards --------------------------------------------------------------------------------------------------------------------

SCALED, RENAMED = ("u: unit; x: real", "scaled(u, x) = u x"), ("r: unit; x: real", "scaled(r, x) = r x")
BAR = Accuracy(bound="4 u abs(y)")
CARDS = [
    ("Rewrite(...)", lambda: Step("= x", by="Rewrite", why=""), lambda: Step("= x", by=Rewrite(), why="")),
    ("Rewrite(...)", lambda: Step("= x", by=Rewrite, why=""), lambda: Step("= x", by=Rewrite(), why="")),
    ("relu uses relu: cards cannot use each other in a circle; take one of these names out of `uses`",
     lambda: require_order(card("relu", *RENAMED, uses=("relu",), library=LIBRARY)), lambda: require_order(card("relu", *RENAMED))),
    ("has no library in which relu is found: write library=mathcore.formulas.LIBRARY", lambda: card("scaled", *RENAMED, uses=("relu",)).context, lambda: card("scaled", *RENAMED, uses=("relu",), library=LIBRARY).context),
    ("call the u of the card something else, in given, define and notation", lambda: card("scaled", *SCALED, accuracy=BAR).context, lambda: card("scaled", *RENAMED, accuracy=BAR).context),
    ("a derivation alone does not know its letters", lambda: load("softmax").derivations[0].sympy(), lambda: load("softmax").derivation("sum").sympy()),
]  # fmt: skip


@pytest.mark.parametrize(("says", "wrong", "obeyed"), CARDS, ids=lambda a: a[:60] if isinstance(a, str) else "")
def test_a_hint_about_a_card_is_obeyed(says, wrong, obeyed):
    assert says in refused(wrong)
    obeyed()


def test_a_derivation_that_is_listed_is_found():
    with pytest.raises(KeyError) as caught:
        load("softmax").derivation("no such")
    for key in str(caught.value.args[0]).split("it has ")[1].split(", "):
        assert load("softmax").derivation(key)


# every message has a case -------------------------------------------------------------------------------------------------

SPEAKERS = {"WrongUse", "FormulaError", "SympyError", "refuse", "_refuse", "WrongCard", "ValueError", "TypeError", "_misused"}
WITHOUT = {
    "no library to compare with is installed: pip install scipy (or torch, jax optax, scikit-learn, keras)": "obeyed by pip",
    f"--jobs must be at least 1, got {ANY}": "a class is graded in tests/grading",
    "--override and --reason go together: say why": "a class is graded in tests/grading",
    f"{ANY}: the expression is too large or too deep to be read (at most {ANY} parts, depth 150)": "a limit",
    f"{ANY}: a number of more than 60 digits is not read": "a limit",
    f"{ANY}: a power of a number above {ANY}, or of a power, is not evaluated": "a limit",
    f"{ANY} has no form in the formula language: {ANY}": "it cannot be said",
    f"{ANY} is no node of the language": "a fault of the caller's code",
    f"{ANY}: {ANY} of {ANY} samples cannot be drawn": "it cannot be meant",
    f"{ANY}: the index is larger than the size": "it cannot be meant",
    f"{ANY}: the index is smaller than that of the first entry": "it cannot be meant",
    "naturals is a shape, not a value": "it cannot be meant",
    f"{ANY}: a name has small letters, digits and _, as in cosine_similarity": "obeyed in tests/document/test_template.py",
    f"{ANY}: there is no mathcore here (no directory formulas); name the package with --to DIR": "obeyed there as well",
    f"{ANY} exists already: choose another name": "obeyed there as well",
    f"no derivation in {ANY}: nothing to write": "it cannot be meant",
    f"{ANY} cannot be written ({ANY})": "a place of the user's",
    f"{ANY} cannot be read ({ANY})": "a file of the user's",
    f"{ANY}: {ANY}": "the message of another room",
    f"{ANY}: give the sum its limits, e.g. Sum(f, (k, 1, n))": "sympy itself refuses such a sum",
    f"lhs, rhs: {ANY}": "the message of the bridge",
    f"domains, shapes, indices: {ANY}": "the message of the parser",
}


def templates(*paths: str) -> dict[str, str]:
    """Each message in these files, with ANY for what differs from case to case, and where it stands."""
    found = {}
    for path in paths:
        module = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        named = {
            n.targets[0].id: n.value for n in module.body if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPEAKERS:
                said = node.args[-1]
                said = named.get(said.id, said) if isinstance(said, ast.Name) else said
                parts = said.values if isinstance(said, ast.JoinedStr) else [said]
                pieces = [str(p.value) if isinstance(p, ast.Constant) else ANY for p in parts]
                if set(pieces) != {ANY}:
                    found["".join(pieces)] = f"{path}:{node.lineno}"
    return found


def without_a_case(spoken: list[str], *paths: str) -> dict[str, str]:
    def has_one(template: str) -> bool:
        pattern = ".*".join(map(re.escape, template.split(ANY)))
        return any(re.search(pattern, message, re.DOTALL) for message in spoken)

    return {template: place for template, place in templates(*paths).items() if template not in WITHOUT and not has_one(template)}


def test_every_message_about_a_claim_has_a_case_whose_hint_is_obeyed():
    spoken = [said(h) for h in (*DECLARED, *ASSUMED, *CALLED)]
    reading = (f"proof/prover/{file}.py" for file in ("declared", "assumptions", "error", "smt"))
    assert not without_a_case(spoken, "proving.py", *reading)


def test_every_message_of_the_bridge_has_a_case_whose_hint_is_obeyed():
    spoken = [said(h) for h in BRIDGED] + [refused(wrong) for _, wrong, *_ in DIRECT]
    bridge = sorted((ROOT / "language" / "sympy_bridge").glob("*.py"))
    assert not without_a_case(spoken, *(str(path.relative_to(ROOT)) for path in bridge))


def test_every_message_of_the_command_line_and_of_a_card_has_a_case_whose_hint_is_obeyed(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    commands = [wrong for wrong, *_ in COMMANDS] + [("docs", "--to", str(tmp_path / "file"))]
    spoken = [command(capsys, *wrong)[1] for wrong in commands] + [refused(wrong) for _, wrong, _ in CARDS]
    assert not without_a_case(spoken, "cli.py", "card.py")


def test_a_message_without_a_case_is_seen():
    assert len(without_a_case([], "proof/prover/declared.py")) > 30

"""Statements with the rule by which somebody would show them: true ones, and false ones that must not be accepted.

False means: false at some point of the stated domain, or undefined there, or resting on a reading of a hypothesis that
the text does not give. Most are mistakes that people make; the rest aim at a weakness that the kernel once had.
"""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.card import Derivation, Step
from mathcore.rules.attained import Attained
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.directions import Directions
from mathcore.rules.equality_case import EqualityCase
from mathcore.rules.geometric import Geometric
from mathcore.rules.lemma import Lemma
from mathcore.rules.limiting import Limiting
from mathcore.rules.monotone import Monotone
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case, Split
from mathcore.rules.squared import Squared
from mathcore.rules.squeeze import Squeeze
from mathcore.rules.stationary import Stationary
from mathcore.rules.substitute import Substitute
from mathcore.rules.sum_over import SumOver
from mathcore.rules.support import Support
from mathcore.rules.telescope import Telescope
from mathcore.rules.unfold import Unfold
from mathcore.rules.use import Use

V = (
    "n, d: size; x, y, z: real[n]; X: real[n, n]; Y: real[n, d]; p, q: simplex[n]; P, Q: positive[n]; a, b, c: real; "
    "r, s, eta: positive; v, w: nonnegative; u: unit; i, j, k, l, m: index[n]; g, h: index[d]; t, T: natural; "
    "F: real[naturals]; f: function"
)


@dataclass(frozen=True)
class Statement:
    claim: str
    by: Rule
    given: str = ""
    define: str = "same_(v_) = v_"
    derivations: tuple[Derivation, ...] = ()
    instance: str = ""

    def __str__(self) -> str:
        return self.claim


def cert(*terms: Term | str) -> Certificate:
    return Certificate(tuple(term if isinstance(term, Term) else Term(term) for term in terms))


def rising(function: str, slope: str, sign: Rule) -> Monotone:
    """The sign of the derivative by a rule of its own."""
    return Monotone(function, "v_: real", "a <= b", Use("a <= b"), slope=slope, sign=sign)


FALSE_ALGEBRA = (
    # the letter of a sum in a sum is not captured where the slope of a function of a vector lies deeper than the function
    Statement(
        "D(sum(t = 0..T: sum(s = 0..T: h(vector(k: F[s] F[t] sum(l: X[k, l] y[l]))))), y[i])"
        " = sum(t = 0..T: F[t]) D(sum(s = 0..T: h(vector(k: F[s]^2 sum(l: X[k, l] y[l]))) / F[s]), y[i])",
        Differentiate(),
        "n: size; y: real[n]; X: real[n, n]; i, k, l: index[n]; t, s, T: natural; F: positive[naturals]; h: function[n]",
        instance="h(y) = sum(k: y[k]^3)",
    ),
    Statement("sqrt(a^2 b^2) = a b", Rewrite(), V),
    Statement("sqrt((a - b)^2) = a - b", Rewrite(), V),
    Statement("abs(a)^3 = a^3", Rewrite(), V),
    Statement("abs(a)^(1/2) = sqrt(a)", Rewrite(), V),
    Statement("(a^2)^(1/4) = sqrt(a)", Rewrite(), V),
    Statement("D(abs(a)^3, a) = 3 a^2", Differentiate(), V),
    Statement("v log(exp(w / v)) = w", Rewrite(), V),
    Statement("sum(k: p[k] log(exp(1 / p[k]))) = n", Rewrite(), V),
    Statement("sum(k: p[k] log(2^(1 / p[k]))) = n log(2)", Rewrite(), V),
    Statement("sum(k: delta(k, i) log(x[k])) = log(x[i])", Rewrite(), V + "; 0 < x[i]"),
    Statement("sum(k: delta(k, i) / x[k]) = 1 / x[i]", Rewrite(), V + "; x[i] != 0"),
    Statement("prod(k: x[k]^(-1)) prod(k: x[k]) = 1", Rewrite(), V),
    Statement("prod(k: delta(k, i)) = 0", Rewrite(), V),
    Statement("(0 a)^t = 0", Rewrite(), V),
    Statement("t^(-1) t = 1", Rewrite(), V),
    Statement("max(a, b)^2 = max(a^2, b^2)", Rewrite(), V),
    Statement("max(k: x[k])^2 = max(k: x[k]^2)", Rewrite(), V),
    Statement("log(sum(k: P[k] Q[k])) = log(sum(k: P[k])) + log(sum(k: Q[k]))", Rewrite(), V),
    Statement("D(sum(k: X[k, i] X[k, j]), X[l, i]) = X[l, j]", Differentiate(), V),
    Statement("D(sum(k: X[k, i] X[k, j]), X[l, m]) = delta(i, m) X[l, j]", Differentiate(), V),
    Statement("D(x[1] x[2], x[i]) = delta(1, i) x[2] + delta(2, i) x[1]", Differentiate(), V),
    Statement("D(x[i], x[1]) = 0", Differentiate(), V),
    Statement("D(F[3]^2, F[3]) = 0", Rewrite(), V),
    Statement("D(F[0], F[3]) = 1", Rewrite(), V),
    Statement("D(y[1 + 1]^2, y[1 + 1]) = 0", Rewrite(), "y: real[2]"),
    Statement("D(y[2]^2, y[(2)]) = 0", Rewrite(), "y: real[2]"),
    Statement("D(x[n]^2, x[n - 1]) = 0", Rewrite(), V),  # for n = 1 there is no x[n - 1]
    Statement("sum(j: D(x[i] x[j], x[j])) = n x[i]", Differentiate(), V),
    Statement("sum(j: D(x[i] x[j], x[i])) = sum(j: x[j])", Differentiate(), V),
    Statement("D(at(a = b: a^2), b) = 0", Differentiate(), V),
    Statement("at(a = b: D(a b, a)) = 2 b", Substitute(), V),
    Statement("sum(t = 1..T: sum(k: x[k])) = T x[i]", Rewrite(), V),
    Statement("sum(t = T..T + 1: t) = 2 T", Rewrite(), V),
    Statement("sum(t = T + 2..T: a) = -a", Rewrite(), V),
    Statement("f(a + b) = f(a) + f(b)", Rewrite(), V),
    Statement("f(2 a) = 2 f(a)", Rewrite(), V),
    Statement("D(f(a), a) = 0", Differentiate(), V),
    Statement("delta(i, j) x[i] = delta(i, j) x[k]", Rewrite(), V),
    Statement("x log(exp(1 / x)) = 1", Rewrite(), "x: nonnegative"),
    Statement("x log(exp(y / x)) = y", Rewrite(), "x: nonnegative; y: real"),
    Statement("x log(y^(1 / x)) = log(y)", Rewrite(), "x: nonnegative; y: positive"),
    Statement("x log(1 + exp(1/x)) = x log(1 + exp(1/x)) ", Rewrite(), "x: nonnegative"),
    Statement("at(x = 0: x / x) = 1", Rewrite(), "x: positive"),
    Statement("at(x = -1: abs(x)) = -1", Rewrite(), "x: positive"),
    Statement("at(x = -1: abs(x)) = -1", Rewrite(), "x: real; 0 < x"),
    Statement("lim(x -> -1: abs(x)) = lim(x -> -1: x)", Rewrite(), "x: positive"),
    Statement("D(lim(x -> a: x^2), a) = 0", Differentiate(), "x: real; a: real"),
    Statement("sum(k: lim(x -> z[k]: x^2)) = n lim(x -> z[i]: x^2)", Rewrite(), "n: size; z: real[n]; i,k: index[n]; x: real"),
    Statement("at(a = 3: lim(x -> a: x)) = lim(x -> b: x)", Rewrite(), "x,a,b: real"),
    Statement("sum(s = 0 - 2..2: abs(s)) = 0", Rewrite(), "t: natural"),
    Statement("sum(k: delta(k, 3)) = 1", Rewrite(), "n: size; k: index[n]"),
    Statement("sum(k: delta(k, 3) x[k]) = x[3]", Rewrite(), "n: size; k: index[n]; x: real[n]"),
    Statement("x[1] + x[2] - x[2] = x[1]", Rewrite(), "n: size; k: index[n]; x: real[n]"),
    Statement("D(sqrt(x^2), x) sqrt(x^2) = x", Differentiate(), "x: real"),
    Statement("D(sum(k: p[k]), p[j]) = 1", Rewrite(), "n: size; p: simplex[n]; j,k: index[n]"),
    Statement("D(abs(x), x) = 1", Rewrite(), "x: real; 0 <= x"),
    Statement("0 log(x) = 0", Rewrite(), "x: real"),
    Statement("0 log(-v) = 0", Rewrite(), V),
    Statement("0 log(-(u - 1) (-2)) = 0", Rewrite(), V),
    Statement("0 log(-(1 - u) (-v) (-1)) = 0", Rewrite(), V),
    Statement("0 log(a / 0) = 0", Rewrite(), V),
    Statement("ones(x)[5] = 1", Rewrite(), V + "; z_: real[n]; k_: index[n]", define="ones(z_)[k_] = 1"),
    Statement("sum(t = 1..5: ones(x)[t]) = 5", Rewrite(), V + "; z_: real[n]; k_: index[n]", define="ones(z_)[k_] = 1"),
    Statement("vector(k: 1)[5] = 1", Rewrite(), V),
    Statement("0 log(-v / 0) = 0", Rewrite(), V),
    Statement("0 log((-r) / 0 * (-1)) = 0", Rewrite(), V),
    Statement("0 log(-((-r) / 0)) = 0", Rewrite(), V),
    Statement("sqrt(x^2) = x", Rewrite(), "x: real"),
    Statement("(0 - 8)^(1/3) = 0 - 2", Rewrite(), "x: real"),
    Statement("x^t = x x^(t - 1)", Rewrite(), "x: real; t: natural"),
    Statement("foo(x) = log(x)", Unfold(), "x: real", define="foo(x) = log(x)"),
    Statement("foo(x) = 1 / x", Unfold(), "x: real", define="foo(x) = 1/x"),
    Statement("foo(a) = 0^a", Unfold(), "a: real", define="foo(a) = 0^a"),
    Statement("max(i, k: 1 / z[k]) = max(i, k: 1 / z[k])", Unfold(), "n: size; z: real[n]; i, k: index[n]"),
    Statement("prod(t = 1..a: 1 / (t - 2)) = prod(t = 1..a: 1 / (t - 2))", Unfold(), "a, t: natural"),
    Statement("x/x = 1", Rewrite(), "x: real"),
    Statement("log(x^2) = 2 log(x)", Rewrite(), "x: real"),
    Statement("log(x y) = log(x) + log(y)", Rewrite(), "x, y: real"),
    Statement("log((-x) (-y)) = log(x) + log(y)", Rewrite(), "x, y: real; 0 < x y"),
    Statement("sum(k: x[k] y[k]) = sum(k: x[k]) sum(k: y[k])", Rewrite(), "n: size; x,y: real[n]; k: index[n]"),
    Statement("lim(a -> 0: c) = lim(b -> 0: b c)", Rewrite(), V),
    Statement("lim(r -> inf: 1 / r) = lim(s -> 0+: s^2)", Substitute("r = 1 / s"), V),
    Statement("lim(r -> inf: r) = lim(s -> inf: 1 / s)", Substitute("r = 1 / s"), V),
    # a number of the unit interval does not tend to inf, a natural one not to 0; what holds along 1 / t need not hold along r
    Statement("lim(u -> inf: 1 / u) = lim(r -> 0+: r)", Substitute("u = 1 / r"), V),
    Statement("lim(r -> 0+: r) = lim(u -> inf: 1 / u)", Substitute("r = 1 / u"), V),
    Statement("lim(t -> 0+: t) = lim(r -> inf: 1 / r)", Substitute("t = 1 / r"), V),
    Statement("lim(r -> inf: 1 / r) = lim(n -> 0+: n)", Substitute("r = 1 / n"), V),
    Statement("lim(r -> 0+: f(1 / r)) = lim(t -> inf: f(t))", Substitute("r = 1 / t"), V),
    Statement("sum(t = 2..T: 1) = T - 1", Rewrite(), V),
    Statement("0^t = 0", Rewrite(), V),
    Statement("(a b)^(1/2) = a^(1/2) b^(1/2)", Rewrite(), V + "; 0 <= a b"),
    Statement("(a^2)^(3/2) = a^3", Rewrite(), V),
    Statement("a^(t - t) = 0", Rewrite(), V),
    Statement("(-1)^t = 1", Rewrite(), V),
    Statement("r^(a b) = r^a r^b", Rewrite(), V),
    Statement("exp(a b) = exp(a) exp(b)", Rewrite(), V),
    Statement("exp(a)^2 = exp(a^2)", Rewrite(), V),
    Statement("log(r + s) = log(r) + log(s)", Rewrite(), V),
    Statement("log(r) / log(s) = log(r / s)", Rewrite(), V),
    Statement("log(abs(a)) = log(a)", Rewrite(), V),
    Statement("log(prod(k: x[k])) = sum(k: log(x[k]))", Rewrite(), V + "; 0 < prod(k: x[k])"),
    Statement("abs(a + b) = abs(a) + abs(b)", Rewrite(), V),
    Statement("max(a, b) = a", Rewrite(), V),
    Statement("max(k: c x[k]) = c max(k: x[k])", Rewrite(), V),
    Statement("max(k: -x[k]) = -max(k: x[k])", Rewrite(), V),
    Statement("prod(k: x[k] + y[k]) = prod(k: x[k]) + prod(k: y[k])", Rewrite(), V),
    Statement("prod(k: c x[k]) = c prod(k: x[k])", Rewrite(), V),
    Statement("sum(k: x[k]^2) = sum(k: x[k])^2", Rewrite(), V),
    Statement("sum(k: 1 / P[k]) = 1 / sum(k: P[k])", Rewrite(), V),
    Statement("sum(i, j: x[i] x[j]) = sum(k: x[k]^2)", Rewrite(), V),
    Statement("sum(k: c) = c", Rewrite(), V),
    Statement("sum(k: k) = n", Rewrite(), V),
    Statement("sum(k: k x[k]) = n sum(k: x[k])", Rewrite(), V),
    Statement("sum(k: delta(k, i)) = delta(i, j)", Rewrite(), V),
    Statement("sum(i, j: delta(i, j)) = n^2", Rewrite(), V),
    Statement("D(x[i]^2, x[j]) = 2 x[i]", Differentiate(), V),
    Statement("D(sum(k: exp(x[k])), x[j]) = sum(k: exp(x[k]))", Differentiate(), V),
    Statement(
        "D(sum(i: x[i]^2), x[i]) = 2 sum(i: x[i])" if False else "D(sum(k: x[k]^2), x[i]) = 2 sum(k: x[k])", Differentiate(), V
    ),
    Statement("D(f(2 a), a) = at(b = 2 a: D(f(b), b))", Differentiate(), V),
    Statement("D(f(a) f(b), a) = f(b)", Differentiate(), V),
    Statement("D(a^t, a) = t a^(t - 1)", Differentiate(), V),
    Statement("D(abs(a), a) = 1", Differentiate(), V),
    Statement("D(max(a, 0), a) = 1", Differentiate(), V),
    Statement("D(max(a, b), b) = 1", Rewrite(), V + "; a <= b"),
    Statement("D(log(a), a) = 1 / a", Differentiate(), V),
    Statement("a / a = 1", Rewrite(), V),
    Statement("t / t = 1", Rewrite(), V),
    Statement("(n - 1) / (n - 1) = 1", Rewrite(), V),
    Statement("0 / (a - b) = 0", Rewrite(), V),
    Statement("0 sqrt(a) = 0", Rewrite(), V),
    Statement("0 log(a) = 0", Rewrite(), V),
    Statement("sqrt(a)^2 = a", Rewrite(), V),
    Statement("exp(log(a)) = a", Rewrite(), V),
    Statement("exp(log(v) - log(v)) = 1", Rewrite(), V),
    Statement("exp(-log(v)) = 1 / v", Rewrite(), V),
    Statement("exp(log(v / w)) = v / w", Rewrite(), V),
    Statement("log(exp(a)) = abs(a)", Rewrite(), V),
    Statement("log(a^2) = 2 log(abs(a))", Rewrite(), V),
)

CROSS = "-sum(k: p[k] log(q[k]))"
FALSE_ORDER = (
    # where both sides are infinite the hypothesis holds and says nothing
    Statement("c <= 0", cert("-c"), V + "; c + log(v) <= log(v)"),
    Statement("c + log(v) <= log(v) => c <= 0", cert("-c"), V),
    Statement("c <= 0", cert("-c"), V + "; c + log(1 / v) <= log(1 / v)"),
    Statement("c <= 0", cert("-c"), V + f"; c + ({CROSS}) <= {CROSS}"),
    Statement("a / a = 1", Rewrite(), V + "; a + log(v) = 1 + log(v)"),
    Statement("exp(log(a)) = a", Rewrite(), V + "; a + log(v) = 1 + log(v)"),
    Statement(
        "sum(j: X[i, j]) / sum(j: X[i, j]) = 1",
        Rewrite(),
        "n: size; X: real[n, n]; v: nonnegative; i, j, k: index[n]; sum(j: X[k, j]) + log(v) = 1 + log(v)",
    ),
    # of terms that are infinite with either sign there is no sum, whatever holds of each of them
    Statement(
        "sum(k: x[k] log(v)) <= sum(k: y[k] log(v))",
        SumOver("k", Use("x[k] log(v) <= y[k] log(v)")),
        V + "; x[k] log(v) <= y[k] log(v)",
    ),
    Statement(
        "sum(k: x[k] log(v)) <= sum(k: x[k] log(v) + 1)",
        SumOver("k", Use("x[k] log(v) <= x[k] log(v) + 1")),
        V + "; x[k] log(v) <= x[k] log(v) + 1",
    ),
    # the letter of a sum runs over its range, whatever is declared of a letter of that name
    Statement("sum(t = 0..T: t - 1) >= 0", cert("sum(t = 0..T: t - 1)"), "T: natural; t: natural >= 1"),
    Statement("sum(t = 0..T: abs(t - 1)) = sum(t = 0..T: t - 1)", Rewrite(), "T: natural; t: natural >= 1"),
    Statement("sum(t = 0..T: abs(t - 1)) = T (T + 1) / 2 - T - 1", Telescope(), "T: natural; t: natural >= 1"),
    Statement("sum(t = 0..T: a^(t - 1)) a = sum(t = 0..T: a^t)", Rewrite(), "T: natural; t: natural >= 1; a: real"),
    # the first few weights may all be 0, together they are 1
    Statement("sum(t = 1..n: Q[t]) > 0", cert("sum(t = 1..n: Q[t])"), "n, m: size; n <= m; Q: simplex[m]; t: natural"),
    Statement("sum(t = 1..n: o[t]) > 0", cert("sum(t = 1..n: o[t])"), "n, m: size; n <= m; o: onehot[m]; t: natural"),
    # a step has no slope between the ends of an interval, and jumps at one
    Statement("step(-w) >= 1", Monotone("step(-x)", "x: nonnegative", "w >= 0", cert("w")), "w: nonnegative"),
    Statement("step(u - 1) >= 1", Monotone("step(-x)", "x: unit", "1 - u >= 0", cert("1 - u")), "u: unit"),
    Statement("a = 0 => D(a^2, a) = 2", Use("a = 0"), V),
    Statement("forall(k: x[k] = 0) => D(sum(k: x[k]), x[i]) = 0", Use("forall(k: x[k] = 0)"), V),
    Statement(
        "sum(a: X[a, i]) (1 - delta(i, j)) = 0",
        Use("X[a, j] = 0"),
        "n, d: size; X: real[n, d]; a: index[n]; i, j: index[d]; X[a, j] = 0",
    ),
    Statement("X[i, j] = 1", Use("X[k, k] = 1"), "n: size; X: real[n, n]; i,j,k: index[n]; X[k, k] = 1"),
    Statement("X[i, j] = 0", Use("X[1, k] = 0"), "n: size; X: real[n, n]; i,j,k: index[n]; X[1, k] = 0"),
    Statement("F[5] = F[3]", Use("F[T + 1] = 2 F[T]"), "F: real[naturals]; T: natural; F[T + 1] = 2 F[T]"),
    Statement("x = y", Use("z x = z y"), "x, y, z: real; z x = z y"),
    Statement(
        "x = y",
        Lemma("L"),
        "x,y,z: real; z x = z y",
        derivations=(Derivation("L", key="L", claim="z x = z y", steps=(Step("= z y", by=Use("z x = z y"), why=""),)),),
    ),
    Statement("a <= b", Use("x^2 a <= x^2 b"), "a, b, x: real; x^2 a <= x^2 b"),
    Statement("a <= b", Use("x a <= x b"), "a, b: real; x: nonnegative; x a <= x b"),
    Statement("a <= b", cert("b - a"), "a, b: real; x: nonnegative; x a <= x b"),
    Statement("sum(s = t - 5..t: s) >= 0", cert("sum(s = t - 5..t: s)"), "t: natural"),
    Statement(
        "z[k] sum(i: z[i]) >= 0",
        Lemma("L"),
        "n: size; z: real[n]; i, k: index[n]; 0 <= z[k]",
        derivations=(
            Derivation("L", key="L", claim="sum(i: z[i]) >= 0", steps=(Step(">= 0", by=cert(Term("z[i]", over="i")), why=""),)),
        ),
    ),
    Statement(
        "sum(i: z[i]) + z[k] - z[k] >= 0",
        Lemma("L"),
        "n: size; z: real[n]; i, k: index[n]; 0 <= z[k]",
        derivations=(
            Derivation("L", key="L", claim="sum(i: z[i]) >= 0", steps=(Step(">= 0", by=cert(Term("z[i]", over="i")), why=""),)),
        ),
    ),
    Statement(
        "y^3 >= 0",
        Lemma("L", at="x = y"),
        "x, y: real; 0 <= x",
        derivations=(Derivation("L", key="L", claim="x^3 >= 0", steps=(Step(">= 0", by=cert("x^3"), why=""),)),),
    ),
    Statement(
        "x >= 0",
        Lemma("L", at="t = x"),
        "x: real; t: natural",
        derivations=(Derivation("L", key="L", claim="t >= 0", steps=(Step(">= 0", by=cert("t"), why=""),)),),
    ),
    Statement(
        "0 >= 1",
        Lemma("L", at="n = 0"),
        "n: size; x: real",
        derivations=(Derivation("L", key="L", claim="n >= 1", steps=(Step(">= 1", by=cert("n - 1"), why=""),)),),
    ),
    Statement(
        "m >= 2",
        Lemma("L", at="n = m"),
        "n, m: size",
        derivations=(
            Derivation("L", key="L", given="n: size >= 2", claim="n >= 2", steps=(Step(">= 2", by=cert("n - 2"), why=""),)),
        ),
    ),
    Statement("D(x y, y) = 2 y", Use("x = y"), "x, y: real; x = y"),
    Statement(
        "D(sum(k: x[k] y[k]), y[j]) = 2 y[j]",
        Use("forall(k: x[k] = y[k])"),
        "n: size; x, y: real[n]; j,k: index[n]; forall(k: x[k] = y[k])",
    ),
    Statement("z[k] + sum(i: z[i]) >= z[k]", cert("sum(k: z[k])"), "n: size; z: real[n]; i,k: index[n]; 0 <= z[k]"),
    Statement("9 <= 1", Monotone("x^2", "x: real", inner="-3 <= 1", by=cert("4")), "x: real; 1 <= x"),
    Statement(
        "x^3 / 3 - 39 x^2 / 20 + 29 x / 10 >= 1/3 - 39 / 20 + 29/10",
        Monotone("x^3 / 3 - 39 x^2 / 20 + 29 x / 10", "x: real", turning="1"),
        "x: real; 3 <= x",
    ),
    Statement("v^3 - 3 v >= 2", Stationary("v = -1"), "v: real; 1 <= v"),
    Statement("a >= b", Use("a != b"), "a, b: real; a != b"),
    Statement("sum(k: X[k, k]) = 0", Use("X[i, j] = 0"), "n: size; X: real[n, n]; i,j,k: index[n]; i != j; X[i, j] = 0"),
    Statement("sum(k: X[k, k]) >= 0", cert("sum(k: X[k, k])"), "n: size; X: real[n, n]; i,j,k: index[n]; i != j; X[i, j] >= 0"),
    Statement("x <= 0", Use("v >= x", at="v = 0"), "x, v: real; v >= x"),
    Statement("a >= b", Use("b < a", at=""), V + "; a < b"),
    Statement("b <= a", Use("a <= b"), V + "; a <= b"),
    Statement("a < b", Use("a <= b"), V + "; a <= b"),
    Statement("a c <= b c", Use("a <= b"), V + "; a <= b"),
    Statement("a^2 > 0", cert("a^2"), V),
    Statement("abs(a) > 0", cert("abs(a)"), V),
    Statement("c >= 0", cert("c"), V),
    Statement("log(a) <= a - 1", Lemma("entropy.tangent", at="x = a"), V),
    Statement("log(v) <= v - 1", Lemma("entropy.tangent", at="x = v"), V),
    Statement("log(r) < r - 1", Lemma("entropy.tangent", at="x = r"), V),
    Statement("a^4 - a^2 >= 0", Stationary("a = 0"), V),
    Statement("-a^2 >= 0", Stationary("a = 0"), V),
    Statement("a^3 >= 0", Stationary("a = 0"), V),
    Statement("exp(a) >= 0", Stationary("a = 0"), V),
    Statement("a^3 >= 0", Monotone("a^3", "a: real", turning="0"), V),
    Statement("r^2 >= 0", Monotone("r^2", "r: positive", turning="0"), V),
    Statement("a <= b => a^2 <= b^2", Monotone("x0^2", "x0: real", inner="a <= b", by=Use("a <= b")), V),
    Statement("a <= b => 1 / b <= 1 / a", Monotone("1 / x0", "x0: real", inner="a <= b", by=Use("a <= b")), V),
    Statement("a <= b => a^2 <= b^2", Monotone("x0^2", "x0: nonnegative", inner="a <= b", by=Use("a <= b")), V),
    Statement("r < s => r^0 < s^0", Monotone("x0^0", "x0: positive", inner="r < s", by=Use("r < s")), V),
    Statement("a < b => abs(a) <= abs(b)", Monotone("abs(x0)", "x0: real", inner="a < b", by=Use("a < b")), V),
    Statement("a <= b => a <= b + 1", Monotone("-x0", "x0: real", inner="b + 1 <= a", by=Use("a <= b")), V),
    Statement("a^2 >= (a - a^3 + a)^2 ", Monotone("a^4 / 4 - a^2 / 2", "a: real", turning="2 a - a^3"), V),
    Statement(
        "a^4 / 4 - a^2 / 2 >= (2 a - a^3)^4 / 4 - (2 a - a^3)^2 / 2",
        Monotone("a^4 / 4 - a^2 / 2", "a: real", turning="2 a - a^3"),
        V,
    ),
    Statement("sum(k: p[k] x[k]) = sum(k: x[k])", Use("sum(k: p[k]) = 1"), V),
    Statement("sum(k: p[k]^2) = 1", Use("sum(k: p[k]) = 1"), V),
    Statement("sum(k: x[k]) + x[i] = 0", Use("x[i] = 0"), V + "; x[i] = 0"),
    Statement("sum(k, l: X[k, l]) + x[i] - x[i] = n", Use("sum(l: X[i, l]) = 1"), V + "; sum(l: X[i, l]) = 1"),
    Statement("D(sum(k: p[k]), p[j]) = 1", Use("sum(k: p[k]) = 1"), V),
    Statement("D(sum(k: x[k]), x[j]) = 0", Use("sum(k: x[k]) = 1"), V + "; sum(k: x[k]) = 1"),
    Statement("n >= 2", cert("n - 2"), V),
    Statement("t >= 1", cert("t - 1"), V),
    Statement("p[i] + p[j] <= 1", cert("1 - p[i] - p[j]"), V),
    Statement("p[i] < 1", cert("1 - p[i]"), V),
    Statement("X[k, k] >= 0", Use("X[i, j] >= 0", at="i = k; j = k"), V + "; i != j; X[i, j] >= 0"),
    Statement("a >= 0", Use("f(b) >= b", at="b = a"), V + "; f(b) >= b; b >= 3; f(a) <= 0"),
    Statement("f(a) >= a", Use("f(b) >= b", at="b = a"), V + "; f(b) >= b; b >= 3", instance="f(b) = 2 b"),
    Statement("u >= 1 / 2", cert("u - 1 / 2"), V),
    Statement("v < w => w >= 1", cert("w - 1"), V),
    Statement("a <= b", Squared("a", "b", Use("a^2 <= b^2")), V + "; a^2 <= b^2"),
    Statement("v < w", Squared("v", "w", Use("v^2 <= w^2")), V + "; v^2 <= w^2"),
    Statement("v <= w / 2", Squared("v", "w", Use("v^2 <= w^2")), V + "; v^2 <= w^2"),
    Statement("a <= b => a^2 <= b^2", rising("v_^2", "2 v_", cert("2 v_")), V),
    Statement("a <= b => a^2 <= b^2", rising("v_^2", "2 v_^2", cert("2 v_^2")), V),
    Statement("a <= b => -a <= -b", rising("-v_", "1 / (-1)", cert("1")), V),
    Statement("a <= b => -a^3 <= -b^3", rising("-v_^3", "-3 v_^2", cert("3 v_^2")), V),
    Statement("a <= b => a^2 <= b^2", rising("v_^2", "2 v_", Use("v_ >= 0")), V + "; v_: real; v_ >= 0"),
)

FALSE_CASES = (
    # where both sides are infinite the hypothesis holds and says nothing
    Statement("c = 0", Support(("p", "q"), Use(f"c + ({CROSS}) = {CROSS}")), V + f"; c + ({CROSS}) = {CROSS}"),
    Statement("c <= 0", Support(("p", "q"), Use(f"c + ({CROSS}) <= {CROSS}")), V + f"; c + ({CROSS}) <= {CROSS}"),
    Statement("c <= 0", Support(("p", "q"), cert("-c")), V + f"; c + ({CROSS}) <= {CROSS}"),
    Statement(f"{CROSS} = 0", Support(("p", "q"), Use(f"2 ({CROSS}) = {CROSS}")), V + f"; 2 ({CROSS}) = {CROSS}"),
    Statement("c = 0", Support(("v",), Use("c + log(v) = log(v)")), V + "; c + log(v) = log(v)"),
    Statement("c = 0", Support(("w",), Use("c + log(v) = log(v)")), V + "; c + log(v) = log(v)"),
    # beside an infinite term stands one that has no value everywhere
    Statement("-sum(k: p[k] log(q[k])) + 1 / a = inf", Support(("q",), Rewrite()), V + "; q[i] = 0; p[i] > 0"),
    Statement("-log(q[i]) + log(a) = inf", Support(("q",), Rewrite()), V + "; q[i] = 0"),
    # a number in the place of a real exponent is no natural exponent: 0^0 is 1, w^w at 0 is undefined
    Statement("w^w > 0", Split((Case("w = 0", cert("1")), Case("w > 0", cert("w^w")))), V),
    Statement("u^u > 0", Support(("u",), cert("u^u")), V),
    Statement("a = 0 => b^a = 1", Use("a = 0"), V),
    Statement("T = 0 => w^(T / 2) = 1", Use("T = 0"), V),
    Statement("a = 0 => b^a = 1", Split((Case("a = 0", Rewrite()), Case("a != 0", Use("a = 0")))), V),
    Statement("sum(k: w^x[k]) = n", Use("forall(k: x[k] = 0)"), V + "; forall(k: x[k] = 0)"),
    Statement("x[i] <= max(k: x[k]) - 1", Attained("l", cert("x[l] - x[i] - 1")), V),
    Statement("i = j => x[i] = x[k]", Split((Case("i = j", Rewrite()), Case("i != j", Rewrite()))), V),
    Statement("sum(k: p[k] log(p[k] / q[k])) = inf", Support(("p", "q"), Rewrite()), V),
    Statement("q[j] = 0 => sum(k: p[k] log(p[k] / q[k])) = inf", Support(("p", "q"), Rewrite()), V),
    Statement("0 < p[j] and q[j] = 0 => sum(k: q[k] log(q[k] / p[k])) = inf", Support(("p", "q"), Rewrite()), V),
    Statement("-log(p[i] / q[j]) = log(q[j]) - log(p[i])", Support(("p", "q"), Rewrite()), V),
    Statement("exp(-log(q[i])) q[i] = 1", Support(("q",), Rewrite()), V),
    Statement("log(q[i]) / log(q[i]) = 1", Support(("q",), Rewrite()), V),
    Statement("D(x y, y) = x + y", Split((Case("x = y", Rewrite()), Case("x != y", Rewrite()))), "x, y: real"),
    Statement(
        "sum(i: z[i]) sum(i: z[i]^3) >= 0",
        Split(
            (Case("z[k] > 0", cert("sum(i: z[i]) sum(j: z[j]^3)")), Case("z[k] <= 0", cert("(-sum(i: z[i])) (-sum(j: z[j]^3))")))
        ),
        "n: size; z: real[n]; i,j,k: index[n]",
    ),
    Statement(
        "sum(i: max(k: X[i, k])) <= max(k: sum(i: X[i, k]))",
        Attained("m", Attained("l", cert("sum(i: X[i, l] - X[i, m])"))),
        "n: size; X: real[n, n]; i,k,l,m: index[n]",
    ),
    Statement("sum(j: D(max(k: z[k]), z[j])) = 1", Attained("m", Differentiate()), "n: size; z: real[n]; j,k,m: index[n]"),
    Statement("sum(k: p[k] log(q[k] / q[k])) = 0", Support(("q",), Rewrite()), "n: size; p, q: simplex[n]; k: index[n]"),
    Statement(
        "0 < p[j] and q[j] x = 0 => -sum(k: p[k] log(q[k])) = inf",
        Support(("p", "q"), Rewrite()),
        "n: size; p, q: simplex[n]; j,k: index[n]; x: real",
    ),
    Statement("q[j] = 0 => -log(q[i]) = inf", Support(("q",), Rewrite()), "n: size; q: simplex[n]; i,j,k: index[n]"),
    Statement("q[j] = 0 => -log(q[1]) = inf", Support(("q",), Rewrite()), "n: size; q: simplex[n]; i,j,k: index[n]"),
    Statement("log(v) - log(v) = 0", Support(("v",), Rewrite()), V),
    Statement("log(v / w) = log(v) - log(w)", Support(("v", "w"), Rewrite()), V),
    Statement("log(v / w) + log(w / v) = 0", Support(("v", "w"), Rewrite()), V),
    Statement("v / v = 1", Support(("v",), Rewrite()), V),
    Statement("-sum(k: p[k] log(q[k])) - (-sum(k: p[k] log(q[k]))) = 0", Support(("p", "q"), Rewrite()), V),
    Statement(
        "sum(k: p[k] log(q[k])) - sum(k: q[k] log(q[k])) = sum(k: (p[k] - q[k]) log(q[k]))", Support(("p", "q"), Rewrite()), V
    ),
    Statement("exp(-sum(k: p[k] log(q[k]))) = exp(-sum(k: p[k] log(q[k])))", Support(("p", "q"), Rewrite()), V),
    Statement(
        "sum(k: p[k] log(p[k] / q[k])) <= sum(k: p[k]^2 / q[k]) - 1",
        Support(("p", "q"), cert(Term("p[k]", lemma="entropy.tangent", at="x = p[k] / q[k]", over="k"))),
        V,
    ),
    Statement("-c sum(k: p[k] log(q[k])) = -sum(k: c p[k] log(q[k]))", Support(("p", "q"), Rewrite()), V),
    Statement(
        "sum(k: p[k] log(q[k] / p[k])) <= 0",
        Support(("p", "q"), cert(Term("p[k]", lemma="entropy.tangent", at="x = q[k] / p[k]", over="k"))),
        V,
    ),
    Statement("sum(k: log(q[k] / p[k])) = sum(k: log(q[k])) - sum(k: log(p[k]))", Support(("p", "q"), Rewrite()), V),
    Statement("-log(q[j]) + log(q[j]) = 0", Support(("q",), Rewrite()), V),
    Statement("q[j] = 0 => sum(k: delta(k, j) p[k]) = p[j] + log(q[j]) - log(q[j])", Support(("p", "q"), Use("q[j] = 0")), V),
    Statement("log(1 - u) - log(1 - u) = 0", Support(("1 - u",), Rewrite()), V),
    Statement("-log(1 - u) = u", Support(("1 - u",), Rewrite()), V),
    Statement("log(1 - v) = log(1 - v)", Support(("1 - v",), Rewrite()), V),
    Statement("-log(1 - u) - log(u) >= 2", Support(("u", "1 - u"), cert("-log(1 - u) - log(u) - 2")), V),
    Statement("log(1 - u) >= -u", Support(("1 - u",), cert(Term("1", lemma="entropy.tangent", at="x = 1 - u"))), V),
    Statement("abs(a) = a", Split((Case("a >= 0", Rewrite()),)), V),
    Statement("abs(a) = -a", Split((Case("a < 0", Rewrite()), Case("a = 0", Rewrite()))), V),
    Statement("abs(a) / a = 1", Split((Case("a > 0", Rewrite()), Case("a = 0", Rewrite()), Case("a < 0", Rewrite()))), V),
    Statement("delta(i, j) = 1", Split((Case("i = j", Rewrite()),)), V),
    Statement("delta(i, j) = delta(j, k)", Split((Case("i = j", Rewrite()), Case("i != j", Rewrite()))), V),
    Statement("max(k: x[k] + y[k]) = max(k: x[k]) + max(k: y[k])", Attained("l", Attained("m", Rewrite())), V),
    Statement("max(k: x[k]) = x[i]", Attained("l", Rewrite()), V),
    Statement("max(k: x[k]) <= sum(k: x[k])", Attained("l", cert(Term("(1 - delta(k, l)) x[k]", over="k"))), V),
    Statement(
        "sum(i: max(k: X[i, k])) <= max(k: sum(i: X[i, k]))",
        Attained("m", Attained("l", cert(Term("X[i, l] - X[i, m]", over="i")))),
        V,
    ),
)

RANGE = "w: real[naturals]; c: real; a, b, s: natural"
FALSE_SEQUENCES = (
    Statement("sum(s = 0 - 2..t: abs(s)) = t (t + 1) / 2 - 3", Telescope(), "t: natural"),
    Statement("sum(s = 1..T: T) = T (T - 1) / 2", Telescope(), "T, s: natural"),
    Statement("u[t]^2 = u[0]^2", Geometric(), "u: real[naturals]; t, s: natural; u[s + 1]^2 = u[s]"),
    Statement("sum(s = 0..T - 1: (s - 3) - abs(s - 4)) = abs(T - 4) - 4", Telescope(), "T, s: natural; 3 <= T"),
    Statement("lim(t -> inf: sqrt(r^t) c^t) = 0", Geometric(), "t: natural; r: nonnegative; c: real; c < 1; -1 < c"),
    Statement("lim(x -> 0: (exp(a x) - 1 + b) / x) = a", Limiting(), "x, a, b: real"),
    Statement(
        "lim(x -> 0: (sum(k: exp(x z[k])) - b) / x) = sum(k: z[k])", Limiting(), "x, b: real; n: size; z: real[n]; k: index[n]"
    ),
    Statement("sum(s = 1..T T + T: c) = c T", Telescope(), "T, s: natural; c: real"),
    Statement("u[t] = r^t u[0]", Geometric(), "u, w: real[naturals]; t, s: natural; r: real; u[s + 1] <= r u[s] = w[s]"),
    Statement(
        "sum(s = b..a: u[s]) = sum(s = b..0: u[s]) + sum(s = 1..a: u[s])", Telescope(), "u: real[naturals]; a, b, s: natural"
    ),
    Statement("sum(s = b..a + 2: c^s) = sum(s = b..2: c^s) + sum(s = 3..a + 2: c^s)", Geometric(), RANGE),
    # a ratio that is another one at every t: the limits are exp(-1) / 3000, and exp(-1) where F[t] is 1 - 1 / t
    Statement("lim(t -> inf: (1 - 1 / (t + 1))^t / 3000) = 0", Geometric(), "t: natural"),
    Statement("lim(t -> inf: u (1 - 1 / (t + 1))^t / 3000) = 0", Geometric(), "t: natural; u: unit"),
    Statement("lim(t -> inf: F[t]^t) = 0", Geometric(), "t, s: natural; F: unit[naturals]; F[s] < 1"),
    Statement("lim(t -> inf: F[t]^t) = inf", Geometric(), "t, s: natural; F: positive[naturals]; F[s] > 1"),
    Statement("lim(t -> inf: (-1)^t) = 0", Geometric(), V),
    Statement("lim(t -> inf: a^t) = 0", Geometric(), V),
    Statement("lim(t -> inf: c (1 / 2)^t) = inf", Geometric(), V),
    Statement("lim(t -> inf: t (1 / 2)^t) = 1", Geometric(), V),
    Statement("lim(t -> inf: 2^t / 2^t) = 0", Geometric(), V),
    Statement("sum(t = 2..T: 1) = T - 1", Telescope(), V),
    Statement("sum(t = 1..T: t) = T^2 / 2", Telescope(), V),
    Statement("sum(t = 0..T: 1) = T", Telescope(), V),
    Statement("sum(t = 0..T - 1: a^t) = (1 - a^T) / (1 - a)", Telescope(), V),
    Statement("sum(t = 0..T: F[t + 1] - F[t]) = F[T] - F[0]", Telescope(), V),
    Statement("sum(t = 1..n: t) = n (n - 1) / 2", Telescope(), V),
    Statement("F[t] = 2^t F[0]", Geometric(), V + "; F[T + 1] = 3 F[T]"),
    Statement("F[t] = 2^t", Geometric(), V + "; F[T + 1] = 2 F[T]"),
    Statement("F[T] = 2^T F[0]", Geometric(), V + "; F[T + 1] <= 2 F[T]"),
    Statement("F[t] = F[0] + t", Geometric(), V + "; F[T + 1] = F[T] + 2"),
    Statement("F[t] = u^t F[0] / u", Geometric(), V + "; F[T + 1] = u F[T]"),
    Statement("F[t] = u^t F[0] - u^t / u^t + 1", Geometric(), V + "; F[T + 1] = u F[T]"),  # 0 / 0 at u = 0
    Statement("F[t] = u^(t - 1) u F[0]", Geometric(), V + "; F[T + 1] = u F[T]"),  # 0^(-1) at t = 0
)

ENDLESS, TURNING = "lim(r -> inf: r)", "lim(t -> inf: (-1)^t)"
FALSE_LIMITS = (
    # a limit inside an expression is a number only if it exists and is finite
    Statement(f"{ENDLESS} - {ENDLESS} = 0", Rewrite(), V),
    Statement(f"{TURNING} - {TURNING} = 0", Rewrite(), V),
    Statement(f"0 {ENDLESS} = 0", Rewrite(), V),
    Statement(f"exp({TURNING}) > 0", cert(f"exp({TURNING})"), V),
    Statement(f"abs({TURNING}) >= {TURNING}", cert(f"abs({TURNING}) - {TURNING}"), V),
    Statement("c = 0", Use(f"c + {ENDLESS} = {ENDLESS}"), V + f"; c + {ENDLESS} = {ENDLESS}"),
    Statement("c <= 0", cert("-c"), V + f"; c + {ENDLESS} <= {ENDLESS}"),
    Statement(f"lim(s -> inf: {TURNING} / s) = 0", Limiting(), V),
    # what a limit needs to be meant: entry 3 exists, the other side has a value
    Statement("lim(r -> inf: sum(k: delta(k, 3) (1 + 1 / r))) = 1", Limiting(), V),
    Statement("lim(r -> inf: r / r) = a / a", Squeeze("1", cert("0"), "1", cert("0")), V),
    Statement("lim(v -> -1: v) = -1", Limiting(), V),
    Statement("lim(u -> 2: u) = 2", Limiting(), V),
    Statement("lim(t -> 3: t) = 3", Limiting(), V),
    Statement("lim(a -> -inf: exp(a)) = inf", Limiting(), V),
    Statement("lim(x -> -1+: 1 / (x (x + 1))) = inf", Limiting(), "x: real"),
    Statement(
        "lim(x -> 0+: 1 / x) = 1",
        Squeeze("1", cert(Term("(1 - x) / x")), "1", cert(Term("(x - 1) / x")), near="x <= 1"),
        "x: positive; 1 <= x",
    ),
    Statement("lim(x -> 0+: 1 / (x (x - 1))) = inf", Limiting(), "x: real; 2 <= x"),
    Statement("lim(x -> 0+: sqrt(-x)) = 0", Limiting(), "x: real"),
    Statement("lim(x -> inf: sqrt(-x)) = -inf", Limiting(), "x: real"),
    Statement("lim(x -> 0+: 0 / (x - x)) = 0", Limiting(), "x: real"),
    Statement("lim(n -> inf: sum(k: 1 / n)) = 0", Limiting(), "n: size; k: index[n]"),
    Statement(
        "lim(t -> inf: abs(T - 1) + 0 t) = T - 1", Squeeze("T - 1", Rewrite() and cert("0"), "T - 1", cert("0")), "t, T: natural"
    ),
    Statement(
        "lim(T -> 0+: exp((z[i] - z[j]) / T)) = delta(i, j) delta(k, k)",
        Limiting(),
        "n: size; z: real[n]; i,j,k: index[n]; T: positive; k != j => z[k] < z[j]",
    ),
    Statement("lim(x -> inf: x^0) = inf", Limiting(), "x: real"),
    Statement("lim(a -> 0: 1 / a) = inf", Limiting(), V),
    Statement("lim(a -> 0: abs(a) / a) = 1", Limiting(), V),
    Statement("lim(a -> inf: a - a) = inf", Limiting(), V),
    Statement("lim(a -> inf: (a + 1) - a) = 0", Limiting(), V),
    Statement("lim(r -> 0+: r log(r)) = 1", Limiting(), V),
    Statement("lim(r -> inf: exp(-r) exp(r)) = 0", Limiting(), V),
    Statement("lim(r -> inf: b / r) = b", Limiting(), V),
    Statement("lim(r -> inf: b r) = inf", Limiting(), V),
    Statement("lim(r -> inf: log(b + 1 / r)) = log(b)", Limiting(), V),
    Statement("lim(r -> 0+: log(b r)) = -inf", Limiting(), V),
    Statement("lim(r -> 0-: 1 / r) = -inf", Limiting(), V),
    Statement(
        "lim(r -> inf: exp(-r) + 1) = 0",
        Squeeze("0", cert("exp(-r) + 1"), "2 / r", cert("2 / r - exp(-r) - 1"), near="r >= 1"),
        V,
    ),
)

EVERYWHERE = "forall(k: p[k] = q[k])"
FALSE_EQUIVALENCE = (
    # where both sides are infinite they are equal, whatever the divergence is
    Statement(
        f"sum(k: p[k] log(p[k] / q[k])) - sum(k: p[k] log(e[k])) = -sum(k: p[k] log(e[k])) <=> {EVERYWHERE}",
        Directions(EqualityCase("entropy.gap", at="x = p[k]; y = q[k]"), Support(("p", "q", "e"), Use(EVERYWHERE))),
        V + "; e: simplex[n]",
    ),
    Statement("x a <= x b <=> a <= b", Rewrite(), "a, b: real; x: nonnegative"),
    Statement("x^2 a < x^2 b <=> a < b", Rewrite(), "a, b,x: real"),
    Statement("lim(t -> inf: c a^t) = 0 <=> abs(a) < 1", Geometric(), V),
    Statement("lim(t -> inf: a^t) = 0 <=> abs(a) <= 1", Geometric(), V),
    Statement("x[i] = x[j] <=> i = j" if False else "x[i]^2 = 1 <=> x[i] = 1", Directions(Use("x[i]^2 = 1"), Use("x[i] = 1")), V),
    Statement("a b = 0 <=> a = 0", Directions(Use("a b = 0"), Use("a = 0")), V),
    Statement("a < b <=> a <= b", Rewrite(), V),
    Statement("-1 < a <=> abs(a) < 1", Rewrite(), V),
    Statement("a^2 < 1 <=> a < 1", Rewrite(), V),
    Statement("1 / a < 1 <=> 1 < a", Rewrite(), V),
    Statement("a b > 0 <=> a > 0", Rewrite(), V),
    Statement("a < b <=> b < a", Rewrite(), V),
    Statement("c a < c b <=> a < b", Rewrite(), V),
    Statement("exp(a) = exp(b) <=> a = b + 1", Rewrite(), V),
    Statement("sum(k: x[k]) = 0 <=> forall(k: x[k] = 0)", Directions(Use("sum(k: x[k]) = 0"), Use("forall(k: x[k] = 0)")), V),
    Statement(
        "sum(k: P[k] log(P[k] / Q[k])) = 0 <=> forall(k: P[k] = Q[k])",
        Directions(EqualityCase("entropy.gap", at="x = P[k]; y = Q[k]"), Use("forall(k: P[k] = Q[k])")),
        V,
    ),
    Statement(
        "sum(k: p[k] log(p[k] / q[k])) = 0 <=> forall(k: p[k] = 1 / n)",
        Directions(EqualityCase("entropy.gap", at="x = p[k]; y = q[k]"), Use("forall(k: p[k] = 1 / n)")),
        V,
    ),
)

TRUE_ALGEBRA = (
    Statement("D(F[3]^2 F[0], F[3]) = 2 F[3] F[0]", Differentiate(), V),
    Statement("D(y[1 + 1]^2, y[1 + 1]) = 2 y[2]", Differentiate(), "y: real[2]"),
    Statement("D(F[n + 2] F[n], F[n]) = F[n + 2]", Differentiate(), V),
    Statement("D(sqrt(a^4), a) = 2 a", Differentiate(), V),
    Statement("D(abs(a)^2, a) = 2 a", Differentiate(), V),
    Statement("v log(sqrt(v)) = v log(v) / 2", Rewrite(), V),
    Statement("v log(1 / (v + 1 / v)) = -v log(v + 1 / v)", Rewrite(), V),
    Statement("v w log(1 / (v w)) = -v w log(v) - v w log(w)", Rewrite(), V),
    Statement("(0 a)^0 = 1", Rewrite(), V),
    Statement("n^(-t) n^t = 1", Rewrite(), V),
    Statement("D(at(a = b^2: a^2), b) = 4 b^3", Differentiate(), V),
    Statement("sum(t = T + 1..T: a) = 0", Rewrite(), V),
    Statement("x log(1 + 1/x) = x log(1 + x) - x log(x)", Rewrite(), "x: nonnegative"),
    Statement("x log(x / x) = 0", Rewrite(), "x: nonnegative"),
    Statement("(a^t)^2 = a^(2 t) + 0^(t + 1)", Rewrite(), V),
    Statement("sum(k: x[k] + y[k]) = sum(k: x[k]) + sum(k: y[k])", Rewrite(), V),
    Statement("sum(k: c x[k]) = c sum(k: x[k])", Rewrite(), V),
    Statement("sum(i, j: x[i] y[j]) = sum(i: x[i]) sum(j: y[j])", Rewrite(), V),
    Statement("sum(k: x[k])^2 = sum(i, j: x[i] x[j])", Rewrite(), V),
    Statement("sum(i, j: (x[i] - x[j])^2) = 2 n sum(k: x[k]^2) - 2 sum(k: x[k])^2", Rewrite(), V),
    Statement("sum(k: (x[k] - sum(j: x[j]) / n)^2) = sum(k: x[k]^2) - sum(k: x[k])^2 / n", Rewrite(), V),
    Statement("sum(k: (x[k] - sum(j: x[j]) / n)) = 0", Rewrite(), V),
    Statement("sum(k: (x[k] - c)^2) = sum(k: (x[k] - sum(j: x[j]) / n)^2) + n (sum(j: x[j]) / n - c)^2", Rewrite(), V),
    Statement("sum(i, g: Y[i, g]) = sum(g, i: Y[i, g])", Rewrite(), V),
    Statement("sum(i: sum(g: Y[i, g]) x[i]) = sum(g: sum(i: Y[i, g] x[i]))", Rewrite(), V),
    Statement("sum(k: delta(k, i) x[k]) = x[i]", Rewrite(), V),
    Statement("sum(i, j: delta(i, j) x[i] y[j]) = sum(k: x[k] y[k])", Rewrite(), V),
    Statement("log(r s) = log(r) + log(s)", Rewrite(), V),
    Statement("log(r / s) = log(r) - log(s)", Rewrite(), V),
    Statement("log(r^3) = 3 log(r)", Rewrite(), V),
    Statement("log(8) = 3 log(2)", Rewrite(), V),
    Statement("log(1 / r) = -log(r)", Rewrite(), V),
    Statement("log(sqrt(r)) = log(r) / 2", Rewrite(), V),
    Statement("exp(a + b) = exp(a) exp(b)", Rewrite(), V),
    Statement("exp(a)^3 = exp(3 a)", Rewrite(), V),
    Statement("exp(log(r) + a) = r exp(a)", Rewrite(), V),
    Statement("log(exp(a) + exp(b)) = a + log(1 + exp(b - a))", Rewrite(), V),
    Statement("1 / (1 + exp(-a)) = exp(a) / (1 + exp(a))", Rewrite(), V),
    Statement("1 / (1 + exp(-a)) + 1 / (1 + exp(a)) = 1", Rewrite(), V),
    Statement("log(1 + exp(a)) - log(1 + exp(-a)) = a", Rewrite(), V),
    Statement("(exp(a) - exp(-a)) / (exp(a) + exp(-a)) = 2 / (1 + exp(-2 a)) - 1", Rewrite(), V),
    Statement("sqrt(r) sqrt(s) = sqrt(r s)", Rewrite(), V),
    Statement("sqrt(v)^2 = v", Rewrite(), V),
    Statement("sqrt(a^2) = abs(a)", Rewrite(), V),
    Statement("abs(a)^2 = a^2", Rewrite(), V),
    Statement("abs(a b) = abs(a) abs(b)", Rewrite(), V),
    Statement("max(a, b) = (a + b + abs(a - b)) / 2", Split((Case("a <= b", Rewrite()), Case("a > b", Rewrite()))), V),
    Statement("r^(a + b) = r^a r^b", Rewrite(), V),
    Statement("(r s)^a = r^a s^a", Rewrite(), V),
    Statement("r^(-a) = 1 / r^a", Rewrite(), V),
    Statement("a^(t + 1) = a a^t", Rewrite(), V),
    Statement("(a b)^t = a^t b^t", Rewrite(), V),
    Statement("sum(k: log(P[k])) = log(prod(k: P[k]))", Rewrite(), V),
    Statement("prod(k: exp(x[k])) = exp(sum(k: x[k]))", Rewrite(), V),
    Statement("prod(k: r P[k]) = r^n prod(k: P[k])", Rewrite(), V),
    Statement("prod(k: c) = c^n", Rewrite(), V),
    Statement("exp(-sum(k: p[k] log(p[k]))) = prod(k: exp(-p[k] log(p[k])))", Rewrite(), V),
    Statement("sum(k: p[k] log(1 / p[k])) = -sum(k: p[k] log(p[k]))", Rewrite(), V),
    Statement("sum(k: P[k] log(P[k] / Q[k])) = sum(k: P[k] log(P[k])) - sum(k: P[k] log(Q[k]))", Rewrite(), V),
    Statement("sum(t = 1..T: c) = c T", Rewrite(), V),
    Statement("D(sum(k: x[k]^2), x[j]) = 2 x[j]", Differentiate(), V),
    Statement("D(sum(k: x[k] y[k]), x[j]) = y[j]", Differentiate(), V),
    Statement("D(log(sum(k: exp(x[k]))), x[j]) = exp(x[j]) / sum(k: exp(x[k]))", Differentiate(), V),
    Statement("D(1 / (1 + exp(-a)), a) = (1 / (1 + exp(-a))) (1 - 1 / (1 + exp(-a)))", Differentiate(), V),
    Statement("D(log(1 + exp(a)), a) = 1 / (1 + exp(-a))", Differentiate(), V),
    Statement("D(r^3, r) = 3 r^2", Differentiate(), V),
    Statement("D(r log(r) - r, r) = log(r)", Differentiate(), V),
    Statement("D(sqrt(r), r) = 1 / (2 sqrt(r))", Differentiate(), V),
    Statement("D(sum(i, j: x[i] x[j]), x[k]) = 2 sum(i: x[i])", Differentiate(), V),
    Statement("D(r^a, r) = a r^(a - 1)", Differentiate(), V),
    Statement("D(a^t, a) a = t a^t", Differentiate(), V + "; a != 0"),
    Statement("max(k: x[k] + c) = max(k: x[k]) + c", Rewrite(), V),
    Statement("at(a = 2: a^2 + b) = 4 + b", Substitute(), V),
    Statement("at(x = vector(k: 1 / n): sum(k: x[k])) = 1", Substitute(), V),
    Statement("sum(i, j, k: x[i] x[j] x[k]) = sum(k: x[k])^3", Rewrite(), V),
    Statement("sum(i, j: x[i] x[j] (1 - delta(i, j))) = sum(k: x[k])^2 - sum(k: x[k]^2)", Rewrite(), V),
    Statement("sum(k: x[k] / n) = sum(k: x[k]) / n", Rewrite(), V),
    Statement("sum(k: 1) = n", Rewrite(), V),
    Statement("sum(i, j: 1) = n^2", Rewrite(), V),
    Statement("sum(k: exp(x[k]) / sum(j: exp(x[j]))) = 1", Rewrite(), V),
    Statement("sum(k: P[k] / (P[k] + Q[k])) + sum(k: Q[k] / (P[k] + Q[k])) = n", Rewrite(), V),
    Statement("log2(r) = log(r) / log(2)", Rewrite(), V),
    Statement("log10(100) = 2", Rewrite(), V),
    Statement("a^4 - b^4 = (a - b) (a + b) (a^2 + b^2)", Rewrite(), V),
    Statement("(a^2 - b^2) / (a - b) = a + b", Rewrite(), V + "; a != b"),
    Statement("v log(v / r) = v log(v) - v log(r)", Rewrite(), V),
    Statement("xlogy(v, r) = v log(r)", Rewrite(), V),
)

TRUE_ORDER = (
    Statement("a <= w", Squared("a", "w", Use("a^2 <= w^2")), V + "; a^2 <= w^2"),
    Statement("a - c < w - c", Squared("a", "w", Use("a^2 < w^2")), V + "; a^2 < w^2"),
    Statement("a <= b => a^3 <= b^3", rising("v_^3", "3 v_^2", cert("3 v_^2")), V),
    Statement("a <= b => a + a^3 / 3 <= b + b^3 / 3", rising("v_ + v_^3 / 3", "(2 + 2 v_^2) / 2", cert("2 + 2 v_^2")), V),
    Statement("sum(k: x[k]) = 0", Use("x[i] = 0"), V + "; x[i] = 0"),
    Statement("sum(k: p[k] (x[k] + c)) = sum(k: p[k] x[k]) + c", Use("sum(k: p[k]) = 1"), V),
    Statement(
        "sum(k: p[k] (x[k] - sum(j: p[j] x[j]))^2) = sum(k: p[k] x[k]^2) - sum(k: p[k] x[k])^2", Use("sum(k: p[k]) = 1"), V
    ),
    Statement("sum(i, j: p[i] p[j] (x[i] - x[j])^2) / 2 = sum(k: p[k] x[k]^2) - sum(k: p[k] x[k])^2", Use("sum(k: p[k]) = 1"), V),
    Statement("sum(k: p[k] c) = c", Use("sum(k: p[k]) = 1"), V),
    Statement("1 - sum(k: p[k]^2) = sum(k: p[k] (1 - p[k]))", Use("sum(k: p[k]) = 1"), V),
    Statement("sum(k: p[k] log(n p[k])) = log(n) + sum(k: p[k] log(p[k]))", Use("sum(k: p[k]) = 1"), V),
    Statement("a^2 + b^2 >= 2 a b", cert("(a - b)^2"), V),
    Statement("sum(k: x[k]^2) >= 0", cert(Term("x[k]^2", over="k")), V),
    Statement("sum(k: x[k])^2 <= n sum(k: x[k]^2)", cert("sum(i, j: (x[i] - x[j])^2) / 2"), V),
    Statement("(r + s)^2 >= 4 r s", cert("(r - s)^2"), V),
    Statement("r / s + s / r >= 2", cert("(r - s)^2 / (r s)"), V),
    Statement("sum(k: p[k]^2) <= 1", cert(Term("p[k] (1 - p[k])", over="k")), V),
    Statement("p[k] <= 1", cert("1 - p[k]"), V),
    Statement("sum(k: p[k] x[k])^2 <= sum(k: p[k] x[k]^2)", cert(Term("p[k] (x[k] - sum(j: p[j] x[j]))^2", over="k")), V),
    Statement("sum(k: p[k]^2) >= 1 / n", cert(Term("(p[k] - 1 / n)^2", over="k")), V),
    Statement("exp(a) >= 0", cert("exp(a)"), V),
    Statement("log(1 + exp(a)) > 0", cert("log(1 + exp(a))"), V),
    Statement("log(1 + exp(a)) >= a", cert("log(1 + exp(-a))"), V),
    Statement("exp(a) >= 1 + a", Monotone("exp(a) - 1 - a", "a: real", turning="0"), V),
    Statement("b <= 3 => exp(b) <= exp(3)", Monotone("exp(x0)", "x0: real", inner="b <= 3", by=Use("b <= 3")), V),
    Statement("a < b => a^3 + a < b^3 + b", Monotone("x0^3 + x0", "x0: real", inner="a < b", by=Use("a < b")), V),
    Statement("r < s => sqrt(r) < sqrt(s)", Monotone("sqrt(x0)", "x0: nonnegative", inner="r < s", by=Use("r < s")), V),
    Statement("a^2 >= 0", Monotone("a^2", "a: real", turning="0"), V),
    Statement("sum(k: max(x[k], 0)) >= 0", cert(Term("max(x[k], 0)", over="k")), V),
)

TRUE_CASES = (
    Statement("-log(q[i]) + log(r) = inf", Support(("q",), Rewrite()), V + "; q[i] = 0"),
    Statement("T = 0 => w^T = 1", Use("T = 0"), V),
    Statement("a = 2 => r^a = r^2", Use("a = 2"), V),
    Statement("0 < p[j] and q[j] = 0 => sum(k: p[k] log(p[k] / q[k])) = inf", Support(("p", "q"), Rewrite()), V),
    Statement(
        "sum(k: p[k] log(p[k] / q[k])) = sum(k: p[k] log(p[k])) - sum(k: p[k] log(q[k]))", Support(("p", "q"), Rewrite()), V
    ),
    Statement("-log(p[i] q[j]) = -log(p[i]) - log(q[j])", Support(("p", "q"), Rewrite()), V),
    Statement("v log(v / w) = v log(v) - v log(w)", Support(("v", "w"), Rewrite()), V),
    Statement("w log(v / w) = w log(v) - w log(w)", Support(("v", "w"), Rewrite()), V),
    Statement("log(v w) = log(v) + log(w)", Support(("v", "w"), Rewrite()), V),
    Statement("-log(1 - u) >= u", Support(("1 - u",), cert(Term("1", lemma="entropy.tangent", at="x = 1 - u"))), V),
    Statement("-log(u (1 - u)) = -log(u) - log(1 - u)", Support(("u", "1 - u"), Rewrite()), V),
    Statement("-log(q[j]) = -log(q[j]) sum(k: p[k])", Support(("q",), Use("sum(k: p[k]) = 1")), V),
    Statement("-log(q[j]) delta(i, j) = -log(q[i]) delta(i, j)", Support(("q",), Rewrite()), V),
    Statement("x[j] <= max(k: x[k])", Attained("l", cert("x[l] - x[j]")), V),
)

TRUE_SEQUENCES = (
    Statement("sum(t = 1..T: t) = T (T + 1) / 2", Telescope(), V),
    Statement("sum(t = 1..T: t^2) = T (T + 1) (2 T + 1) / 6", Telescope(), V),
    Statement("sum(t = 1..T: t^3) = (T (T + 1) / 2)^2", Telescope(), V),
    Statement("sum(t = 0..T: 2^t) = 2^(T + 1) - 1", Telescope(), V),
    Statement("sum(t = 0..T - 1: a^t) = (1 - a^T) / (1 - a)", Telescope(), V + "; a != 1"),
    Statement("sum(t = 1..T: 1 / (t (t + 1))) = 1 - 1 / (T + 1)", Telescope(), V),
    Statement("sum(t = 1..T: 2 t - 1) = T^2", Telescope(), V),
    Statement("F[t] = u^t F[0]", Geometric(), V + "; F[T + 1] = u F[T]"),
    Statement("F[T] = 2^T F[0]", Geometric(), V + "; F[T + 1] = 2 F[T]"),
    Statement(
        "F[t] = u^t F[0] + a sum(s = 0..t - 1: u^s G[t - 1 - s])",
        Geometric(),
        V.replace("r, s, eta", "r, eta") + "; G: real[naturals]; s: natural; F[T + 1] = u F[T] + a G[T]",
    ),
    Statement("lim(T -> inf: (1 / 2)^T) = 0", Geometric(), V),
)

TRUE_LIMITS = (
    Statement("lim(r -> inf: sum(k: x[k] / r)) = 0", Limiting(), V),
    Statement("lim(t -> inf: 1 / t) = 0", Limiting(), V),
    Statement("lim(a -> 1: log(a)) = 0", Limiting(), V),
    Statement(
        "lim(r -> 0+: abs(r - 1)) = 1",
        Squeeze("1 - r", cert("abs(r - 1) - 1 + r"), "1 + r", cert("1 + r - abs(r - 1)"), near="r <= 1"),
        V,
    ),
    Statement("lim(r -> inf: (2 r + 1) / r) = 2", Limiting(), V),
    Statement("lim(r -> inf: 1 / (1 + exp(-r))) = 1", Limiting(), V),
    Statement("lim(a -> 0: (1 + a)^2) = 1", Limiting(), V),
    Statement("lim(r -> 0+: 1 / r) = inf", Limiting(), V),
)

TRUE_EQUIVALENCE = (
    Statement("2 a < 2 b <=> a < b", Rewrite(), V),
    Statement("a / r <= b <=> a <= b r", Rewrite(), V),
)

FALSE = (*FALSE_ALGEBRA, *FALSE_ORDER, *FALSE_CASES, *FALSE_SEQUENCES, *FALSE_LIMITS, *FALSE_EQUIVALENCE)
TRUE = (*TRUE_ALGEBRA, *TRUE_ORDER, *TRUE_CASES, *TRUE_SEQUENCES, *TRUE_LIMITS, *TRUE_EQUIVALENCE)

"""Statements of a first course, as people write them: what the kernel proves in one step, and what is false near it."""
# ruff: noqa: E501 - one statement, one line

from __future__ import annotations

from mathcore.rules.certificate import Term
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.entrywise import Entrywise
from mathcore.rules.expectation import Expectation
from mathcore.rules.geometric import Geometric
from mathcore.rules.induction import Induction
from mathcore.rules.limiting import Limiting
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.split import Case, Split
from mathcore.rules.stationary import Stationary
from mathcore.rules.sum_over import SumOver
from mathcore.rules.support import Support
from mathcore.rules.telescope import Telescope
from mathcore.rules.use import Use
from tests.proof.statements import Statement, V, cert

TRUE = (
    Statement("(1 - a) sum(t = 1..T: a^(T - t)) = 1 - a^T", Telescope(), V),
    Statement(
        "sum(a, k: q[a, k]) = N",
        Use("sum(k: q[a, k]) = 1"),
        "N, n: size; a, b: index[N]; k, i, j, l: index[n]; q: nonnegative[N, n]; x: real[N]; z: real[n]; sum(k: q[a, k]) = 1",
    ),
    Statement(
        "sum(a, k: x[a] q[a, k]) = sum(a: x[a])",
        Use("sum(k: q[a, k]) = 1"),
        "N, n: size; a, b: index[N]; k, i, j, l: index[n]; q: nonnegative[N, n]; x: real[N]; z: real[n]; sum(k: q[a, k]) = 1",
    ),
    Statement(
        "sum(b, k: q[b, k]) = N",
        Use("sum(k: q[a, k]) = 1"),
        "N, n: size; a, b: index[N]; k, i, j, l: index[n]; q: nonnegative[N, n]; x: real[N]; z: real[n]; sum(k: q[a, k]) = 1",
    ),
    Statement(
        "sum(k: q[b, k]) = 1",
        Use("sum(k: q[a, k]) = 1"),
        "N, n: size; a, b: index[N]; k, i, j, l: index[n]; q: nonnegative[N, n]; x: real[N]; z: real[n]; sum(k: q[a, k]) = 1",
    ),
    Statement("sum(a, k: q[a, k]) = N", Use("sum(k: q[a, k]) = 1"), "N, n: size; a: index[N]; k: index[n]; q: simplex[N, n]"),
    Statement(
        "sum(B, i: u[B, i] x[i]) = M b sum(i: x[i]) / N",
        Use("sum(B: u[B, i]) = M b / N"),
        "M, N, b: size; B: index[M]; i, j: index[N]; u: real[M, N]; x: real[N]; sum(B: u[B, i]) = M b / N",
    ),
    Statement(
        "sum(B, i, j: u[B, i] u[B, j] x[i] x[j]) = c sum(i: x[i])^2",
        Use("sum(B: u[B, i] u[B, j]) = c"),
        "M, N: size; c: real; B: index[M]; i, j: index[N]; u: real[M, N]; x: real[N]; sum(B: u[B, i] u[B, j]) = c",
    ),
    Statement(
        "sum(a: X[a, i] (sum(l: X[a, l] v[l]) - y[a])) = 0",
        Use("sum(a: X[a, k] (sum(l: X[a, l] v[l]) - y[a])) = 0"),
        "n, d: size; a: index[n]; k, l, i: index[d]; X: real[n, d]; v, u, w: real[d]; y: real[n]; sum(a: X[a, k] (sum(l: X[a, l] v[l]) - y[a])) = 0",
    ),
    Statement(
        "sum(k: u[k] sum(a: X[a, k] (sum(l: X[a, l] v[l]) - y[a]))) = 0",
        Use("sum(a: X[a, k] (sum(l: X[a, l] v[l]) - y[a])) = 0"),
        "n, d: size; a: index[n]; k, l, i: index[d]; X: real[n, d]; v, u, w: real[d]; y: real[n]; sum(a: X[a, k] (sum(l: X[a, l] v[l]) - y[a])) = 0",
    ),
    Statement(
        "sum(a: (sum(l: X[a, l] w[l]) - y[a])^2) >= sum(a: (sum(l: X[a, l] v[l]) - y[a])^2)",
        Stationary("w = v", "2 sum(a: sum(l: X[a, l] u[l])^2)"),
        "n, d: size; a: index[n]; k, l, i: index[d]; X: real[n, d]; v, u, w: real[d]; y: real[n]; sum(a: X[a, k] (sum(l: X[a, l] v[l]) - y[a])) = 0",
    ),
    Statement("a^(t - t + 2) = a^2", Rewrite(), "a: real; t: natural"),
    Statement("log(prod(a: q[a])) = sum(a: log(q[a]))", Rewrite(), "N: size; a: index[N]; q: unit[N]; 0 < q[a]"),
    Statement("log((1/(1+exp(-x))) / (1 - 1/(1+exp(-x)))) = x", Rewrite(), "x: real"),
    Statement(
        "(exp(x + y) - exp(-(x + y))) / (exp(x + y) + exp(-(x + y))) = ((exp(x) - exp(-(x))) / (exp(x) + exp(-(x))) + (exp(y) - exp(-(y))) / (exp(y) + exp(-(y)))) / (1 + ((exp(x) - exp(-(x))) / (exp(x) + exp(-(x)))) * ((exp(y) - exp(-(y))) / (exp(y) + exp(-(y)))))",
        Rewrite(),
        "x, y: real",
    ),
    Statement("1 - 1 / (1 + exp(-z)) > 0", cert("1 - 1 / (1 + exp(-z))"), "z: real"),
    Statement("exp(v)/(1+exp(v)) - exp(2 v)/((1+exp(v))^2) > 0", cert("exp(v)/(1+exp(v)) - exp(2 v)/((1+exp(v))^2)"), "v: real"),
    Statement("log(1 - 1/(1+exp(-z))) = -z - log(1 + exp(-z))", Rewrite(), "z: real"),
    Statement("D(log(P / (1 - P)), P) = 1 / P + 1 / (1 - P)", Differentiate(), "P: positive; P < 1"),
    Statement(
        "D(x erfc(-x / sqrt(2)) / 2, x) = erfc(-x / sqrt(2)) / 2 + x exp(-x^2 / 2) / sqrt(2 pi)", Differentiate(), "x: real"
    ),
    Statement(
        "2 eta t (F[t] - s) + G[t] <= G[0]",
        Induction("t", cert("0"), cert("G[0] - 2 eta (t + 1) (F[t + 1] - s) - G[t + 1]")),
        "G, F: real[naturals]; s: real; eta: positive; t, T: natural; F[T + 1] <= F[T]; 2 eta (F[T + 1] - s) <= G[T] - G[T + 1]; 0 <= G[T]",
    ),
    Statement(
        "E[t] <= r^t E[0]",
        Induction("t", cert("0"), cert("r^(t + 1) E[0] - E[t + 1]")),
        "E: real[naturals]; r: positive; t, T: natural; E[T + 1] <= r E[T]",
    ),
    Statement(
        "E[t] <= r^t E[0]",
        Induction("t", cert("0"), cert("r^(t + 1) E[0] - E[t + 1]")),
        "E: real[naturals]; r: unit; t, T: natural; E[T + 1] <= r E[T]",
    ),
    Statement(
        "m[t] = (1 - b^t) c",
        Induction("t", Use("m[0] = 0"), Use("m[T + 1] = b m[T] + (1 - b) c; m[t] = (1 - b^t) c")),
        "m: real[naturals]; b, c: real; t, T: natural; m[0] = 0; m[T + 1] = b m[T] + (1 - b) c",
    ),
    Statement(
        "m[t] = sum(s = 1..t: b^(t - s) g[s])",
        Induction("t", Use("m[0] = 0"), Use("m[T + 1] = b m[T] + g[T + 1]; m[t] = sum(s = 1..t: b^(t - s) g[s])")),
        "m, g: real[naturals]; b: positive; s, t, T: natural; m[0] = 0; m[T + 1] = b m[T] + g[T + 1]",
    ),
    Statement(
        "m[t] = (1 - b) sum(s = 1..t: b^(t - s) g[s])",
        Induction(
            "t", Use("m[0] = 0"), Use("m[T + 1] = b m[T] + (1 - b) g[T + 1]; m[t] = (1 - b) sum(s = 1..t: b^(t - s) g[s])")
        ),
        "m, g: real[naturals]; b: positive; s, t, T: natural; m[0] = 0; m[T + 1] = b m[T] + (1 - b) g[T + 1]",
    ),
    Statement(
        "sum(t = 0..T - 1: F[t + 1] - s) <= sum(t = 0..T - 1: (G[t] - G[t + 1]) / (2 eta))",
        SumOver("t", Use("2 eta (F[t + 1] - s) <= G[t] - G[t + 1]")),
        "F, G: real[naturals]; s, c: real; eta: positive; T: natural >= 1; t: natural; 2 eta (F[t + 1] - s) <= G[t] - G[t + 1]",
    ),
    Statement("sum(t = 1..T: t) < sum(t = 1..T: t + 1)", SumOver("t", cert("1")), "t: natural; T: natural >= 1"),
    Statement(
        "sum(t = 0..T - 1: F[t]) <= sum(t = 0..T - 1: F[t] + (T - t))",
        SumOver("t", cert("T - t")),
        "F: real[naturals]; T: natural >= 1; t: natural",
    ),
    Statement(
        "sum(t = 1..T: r^(T - t) F[t]) r + F[T + 1] = sum(t = 1..T + 1: r^(T + 1 - t) F[t])",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(t = 1..T + 1: F[t]) = sum(t = 1..T: F[t]) + F[T + 1]",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(t = 0..T: F[t]) = F[0] + sum(t = 1..T: F[t])",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(t = 1..T: F[t + 1]) = sum(t = 2..T + 1: F[t])",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(t = 0..T: F[T - t]) = sum(t = 0..T: F[t])",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(t = 0..T: r^(T - t)) = sum(t = 0..T: r^t)",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(t = 0..T: F[T - t] r^t) = sum(t = 0..T: F[t] r^(T - t))",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(s1 = 0..n - 1: r^(n - 1 - s1)) = sum(s1 = 0..n - 1: r^s1)",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(i: r^(i - 1)) = (1 - r^n) / (1 - r)",
        Geometric(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]; r != 1",
    ),
    Statement(
        "sum(i: i) = n (n + 1) / 2",
        Telescope(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(i, k: i k) = sum(i: i)^2",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "(1 - r) sum(t = 1..T: r^(T - t)) = 1 - r^T",
        Induction("T", Rewrite(), Use("(1 - r) sum(t = 1..T: r^(T - t)) = 1 - r^T")),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "prod(t = 1..T: r) = r^T",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "log(prod(t = 1..T: exp(F[t]))) = sum(t = 1..T: F[t])",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "i != l => delta(k, i) delta(k, l) = 0",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "i != l => delta(i, l) = 0",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "(a - b)^2 / abs(a - b) = abs(a - b)",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]; a != b",
    ),
    Statement("t >= 0", Induction("t", cert("0"), cert("t + 1")), "t: natural"),
    Statement("b / sum(k: p[k]) = b", Use("sum(k: p[k]) = 1"), V),
    Statement("log((P[j] + r)^2) = 2 log(P[j] + r)", Rewrite(), V),
    Statement("sqrt((p[j] + x[j])^2) = abs(p[j] + x[j])", Rewrite(), V),
    Statement("sqrt((X[i, i] - 1)^2) = abs(X[i, i] - 1)", Rewrite(), V),
    Statement("sqrt((a + b)^2 (r + s)) = abs(a + b) sqrt(r + s)", Rewrite(), V),
    Statement("sqrt(delta(i, j)) = delta(i, j)", Rewrite(), V),
    Statement("sqrt(delta(i, j)^2) = abs(delta(i, j))", Rewrite(), V),
    Statement("log(sqrt(2)) = log(2) / 2", Rewrite(), V),
    Statement("(sum(k: p[k]))^t = 1", Use("sum(k: p[k]) = 1"), V),
    Statement("sqrt(sum(k: p[k])) = 1", Use("sum(k: p[k]) = 1"), V),
    Statement("f(sum(k: p[k])) = f(1)", Use("sum(k: p[k]) = 1"), V),
    Statement("max(i: x[i] sum(k: p[k])) = max(i: x[i])", Use("sum(k: p[k]) = 1"), V),
    Statement(
        "sum(i, g: A[i, g] log(A[i, g] / (sum(h: A[i, h]) sum(j: A[j, g])))) = sum(i, g: A[i, g] log(A[i, g])) - sum(i: sum(g: A[i, g]) log(sum(g: A[i, g]))) - sum(g: sum(i: A[i, g]) log(sum(i: A[i, g])))",
        Rewrite(),
        V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]",
    ),
    Statement(
        "sum(k: (p[k] + q[k]) log((p[k] + q[k]) / 2)) = sum(k: p[k] log((p[k] + q[k]) / 2)) + sum(k: q[k] log((p[k] + q[k]) / 2))",
        Rewrite(),
        V,
    ),
    Statement("(v + w) log(1 / (v + w)) = -(v + w) log(v + w)", Rewrite(), V),
    Statement("sum(k: o[k]^2 x[k]) = sum(k: o[k] x[k])", Rewrite(), V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]"),
    Statement("o[i] o[j] = o[i] delta(i, j)", Rewrite(), V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]"),
    Statement(
        "F1[i, g] F1[i, h] = F1[i, g] delta(g, h)", Rewrite(), V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]"
    ),
    Statement("sum(i, j: (x[i] - x[j])^2) >= 0", cert(Term("(x[i] - x[j])^2", over="i, j")), V),
    Statement("(1 - r) sum(t = 0..T: r^t) = 1 - r^(T + 1)", Telescope(), V),
    Statement("(1 - r) sum(t = 1..T: r^(T - t)) = 1 - r^T", Geometric(), V),
    Statement("(1 - r)^2 sum(t = 1..T: t r^(t - 1)) = 1 - (T + 1) r^T + T r^(T + 1)", Telescope(), V),
    Statement("sum(k: p[k] exp(x[k])) > 0", cert("sum(k: p[k] exp(x[k]))"), V),
    Statement(
        "sum(k: (1 - delta(k, i)) exp(x[k])) > 0",
        cert("sum(k: (1 - delta(k, i)) exp(x[k]))"),
        "n: size >= 2; k, i: index[n]; x: real[n]",
    ),
    Statement(
        "exp(x[i]) / sum(k: exp(x[k])) < 1", cert("1 - exp(x[i]) / sum(k: exp(x[k]))"), "n: size >= 2; k, i: index[n]; x: real[n]"
    ),
    Statement(
        "exp(x[i]) / sum(k: exp(x[k])) <= 1", cert("1 - exp(x[i]) / sum(k: exp(x[k]))"), "n: size; k, i: index[n]; x: real[n]"
    ),
    Statement("sqrt(r^2 + 2 r s + s^2) = r + s", Rewrite(), V),
    Statement("sqrt(a^2 - 2 a b + b^2) = abs(a - b)", Rewrite(), V),
    Statement(
        "-sum(k: P[k] log(W[k])) >= -sum(k: P[k] log(P[k]))",
        Stationary("W = P"),
        V + "; b1: positive; W: positive[n]; sum(k: P[k]) = 1; sum(k: W[k]) = 1",
    ),
    Statement("sum(k: P[k] log(P[k])) >= -log(n)", Stationary("P = vector(k: 1 / n)"), V + "; sum(k: P[k]) = 1"),
    Statement("sum(k: x[k]^2) >= 1 / n", Stationary("x = vector(k: 1 / n)"), V + "; sum(k: x[k]) = 1"),
    Statement("a^2 + 1 >= 2", Stationary("a = 1"), V + "; a = 1"),
    Statement("log(1 - b1^n) <= 0", cert("-log(1 - b1^n)"), V + "; b1: positive; b1 < 1"),
    Statement("exp(v) >= 1", cert("exp(v) - 1"), V),
    Statement("exp(-v) <= 1", cert("1 - exp(-v)"), V),
    Statement("x / (1 + exp(-x)) >= x / 2", cert("x / (1 + exp(-x)) - x / 2"), "x: real; x >= 0"),
    Statement(
        "D(f(vector(i: sum(k: W[i, k] x[k]))), W[j, l]) = at(v = vector(i: sum(k: W[i, k] x[k])): D(f(v), v[j])) x[l]",
        Differentiate(),
        "m, d: size; i: index[m]; j: index[m]; k, l: index[d]; f: function[m]; W: real[m, d]; x: real[d]; v: real[m]",
    ),
    Statement(
        "D(f(vector(i: sum(k: W[i, k] x[k]))), x[l]) = sum(j: at(v = vector(i: sum(k: W[i, k] x[k])): D(f(v), v[j])) W[j, l])",
        Differentiate(),
        "m, d: size; i: index[m]; j: index[m]; k, l: index[d]; f: function[m]; W: real[m, d]; x: real[d]; v: real[m]",
    ),
    Statement(
        "sum(s1 = 0..T: r^s1) = (1 - r^(T + 1)) / (1 - r)",
        Telescope(),
        "n, d: size; x, y, z: real[n]; X: real[n, n]; Y: real[n, d]; p, q: simplex[n]; P, Q: positive[n]; a, b, c: real; r, s, eta: positive; v, w: nonnegative; u: unit; i, j, k, l, m: index[n]; g, h: index[d]; t, T, s1: natural; F: real[naturals]; f: function; r != 1",
    ),
    Statement("(1 - u) sum(t = 1..T: u^(T - t)) = 1 - u^T", Telescope(), V + "; 0 < u"),
    Statement("sum(t = 1..T: t r^t) = r (1 - (T + 1) r^T + T r^(T + 1)) / (1 - r)^2", Telescope(), V + "; r != 1"),
    Statement("r^(2 t) = (r^2)^t", Rewrite(), V),
    Statement("(r^t)^2 = (r^2)^t", Rewrite(), V),
    Statement("(a^t)^2 = (a^2)^t", Rewrite(), V),
    Statement("a^(2 t) = (a^2)^t", Rewrite(), V),
    Statement("(1 - eta)^(t + 1) = (1 - eta) (1 - eta)^t", Rewrite(), V),
    Statement("2^(t + 1) - 2^t = 2^t", Rewrite(), V),
    Statement("r^(t + 1) / r^t = r", Rewrite(), V),
    Statement("sum(t = 1..T: r^(T - t) F[t]) r + F[T + 1] = sum(t = 1..T + 1: r^(T + 1 - t) F[t])", Rewrite(), V),
    Statement("sum(t = 1..T + 1: F[t]) = sum(t = 1..T: F[t]) + F[T + 1]", Rewrite(), V),
    Statement("sum(t = 0..T: F[t]) = F[0] + sum(t = 1..T: F[t])", Rewrite(), V),
    Statement("sum(t = 1..T: F[t + 1]) = sum(t = 2..T + 1: F[t])", Rewrite(), V),
    Statement("exp(2 a) = exp(a)^2", Rewrite(), V),
    Statement("((exp(a) - exp(-a)) / (exp(a) + exp(-a)))^2 + (2 / (exp(a) + exp(-a)))^2 = 1", Rewrite(), V),
    Statement(
        "D((exp(a) - exp(-a)) / (exp(a) + exp(-a)), a) = 1 - ((exp(a) - exp(-a)) / (exp(a) + exp(-a)))^2", Differentiate(), V
    ),
    Statement("((exp(a) + exp(-a)) / 2)^2 - ((exp(a) - exp(-a)) / 2)^2 = 1", Rewrite(), V),
    Statement("sum(i, j: (x[i] - x[j])^2) / (2 n^2) = sum(k: (x[k] - sum(j: x[j]) / n)^2) / n", Rewrite(), V),
    Statement("sum(i, j: p[i] p[j] (x[i] - x[j])^2) = 2 sum(i: p[i] (x[i] - sum(j: p[j] x[j]))^2)", Use("sum(k: p[k]) = 1"), V),
    Statement("sum(k: p[k] c) = c", Use("sum(k: p[k]) = 1"), V),
    Statement("log(sum(k: p[k] r)) = log(r)", Use("sum(k: p[k]) = 1"), V),
    Statement("exp(sum(k: p[k] c)) = exp(c)", Use("sum(k: p[k]) = 1"), V),
    Statement("max(k: x[k] + sum(j: p[j])) = max(k: x[k]) + 1", Use("sum(k: p[k]) = 1"), V),
    Statement("sum(k: p[k] log(p[k] / sum(j: p[j] P[k]))) = sum(k: p[k] log(p[k] / P[k]))", Use("sum(k: p[k]) = 1"), V),
    Statement("exp(log(P[i])) / sum(k: exp(log(P[k]))) = P[i] / sum(k: P[k])", Rewrite(), V),
    Statement("exp(log(P[i]) / r) / sum(k: exp(log(P[k]) / r)) = P[i]^(1 / r) / sum(k: P[k]^(1 / r))", Rewrite(), V),
    Statement("exp(sum(k: log(P[k]))) = prod(k: P[k])", Rewrite(), V),
    Statement("exp(-sum(k: log(P[k])) / n) = prod(k: P[k])^(-1 / n)", Rewrite(), V),
    Statement("exp(sum(k: log(P[k])) / n) = prod(k: P[k]^(1 / n))", Rewrite(), V),
    Statement("exp(-sum(k: p[k] log(P[k]))) = prod(k: P[k]^(-p[k]))", Rewrite(), V),
    Statement("log(prod(k: P[k]^p[k])) = sum(k: p[k] log(P[k]))", Rewrite(), V),
    Statement("log(prod(k: 1 / P[k])) = -sum(k: log(P[k]))", Rewrite(), V),
    Statement("log(prod(k: exp(-(x[k] - c)^2 / 2))) = -sum(k: (x[k] - c)^2) / 2", Rewrite(), V),
    Statement("log(prod(i: prod(j: P[i] Q[j]))) = n sum(k: log(P[k])) + n sum(k: log(Q[k]))", Rewrite(), V),
    Statement(
        "log(prod(k: exp(-(x[k] - y[k])^2 / (2 r)) / sqrt(2 r))) = -sum(k: (x[k] - y[k])^2) / (2 r) - n log(2 r) / 2",
        Rewrite(),
        V,
    ),
    Statement("prod(k: P[k] Q[k]) = prod(k: P[k]) prod(k: Q[k])", Rewrite(), V),
    Statement("prod(k: sqrt(P[k])) = sqrt(prod(k: P[k]))", Rewrite(), V),
    Statement("prod(k: P[k] / Q[k]) = prod(k: P[k]) / prod(k: Q[k])", Rewrite(), V),
    Statement("sum(k: exp(x[k]) / (1 + exp(x[k]))) = n - sum(k: 1 / (1 + exp(x[k])))", Rewrite(), V),
    Statement("sum(k: 1 / (1 + exp(-x[k]))) = n - sum(k: 1 / (1 + exp(x[k])))", Rewrite(), V),
    Statement("sum(k: y[k] / (1 + exp(-x[k])) + y[k] / (1 + exp(x[k]))) = sum(k: y[k])", Rewrite(), V),
    Statement("D(sum(k: log(1 + exp(-x[k])) + (1 - y[k]) x[k]), x[j]) = 1 / (1 + exp(-x[j])) - y[j]", Differentiate(), V),
    Statement(
        "D(sum(k: log(1 + exp(sum(g: Y[k, g] W[g]))) - y[k] sum(g: Y[k, g] W[g])), W[h]) = sum(k: (1 / (1 + exp(-sum(g: Y[k, g] W[g]))) - y[k]) Y[k, h])",
        Differentiate(),
        V + "; W: real[d]",
    ),
    Statement("-log(1 / (1 + exp(-a))) = log(1 + exp(-a))", Rewrite(), V),
    Statement("max(a, b) + min(a, b) = a + b", Split((Case("a <= b", Rewrite()), Case("a > b", Rewrite()))), V),
    Statement("max(a, 0) - max(-a, 0) = a", Rewrite(), V),
    Statement("max(a, 0) + max(-a, 0) = abs(a)", Rewrite(), V),
    Statement("max(a, b) = (a + b + abs(a - b)) / 2", Rewrite(), V),
    Statement("max(r a, r b) = r max(a, b)", Rewrite(), V),
    Statement("max(a + c, b + c) = max(a, b) + c", Rewrite(), V),
    Statement("-max(a, b) = min(-a, -b)", Rewrite(), V),
    Statement("max(k: -x[k]) = -min(k: x[k])", Rewrite(), V),
    Statement("max(k: r x[k]) = r max(k: x[k])", Rewrite(), V),
    Statement("abs(-a) = abs(a)", Rewrite(), V),
    Statement(
        "abs(a + b) <= abs(a) + abs(b)",
        Split(
            (Case("a + b >= 0", cert("abs(a) + abs(b) - abs(a + b)")), Case("a + b < 0", cert("abs(a) + abs(b) - abs(a + b)")))
        ),
        V,
    ),
    Statement("a <= abs(a)", cert("abs(a) - a"), V),
    Statement("max(a, 0) >= a", cert("max(a, 0) - a"), V),
    Statement("sum(k: x[k]) <= sum(k: abs(x[k]))", cert(Term("abs(x[k]) - x[k]", over="k")), V),
    Statement("log(sum(k: exp(x[k]))) >= x[i]", cert("log(sum(k: exp(x[k] - x[i])))"), V),
    Statement(
        "log(1 + exp(a)) = max(a, 0) + log(1 + exp(-abs(a)))", Split((Case("a >= 0", Rewrite()), Case("a < 0", Rewrite()))), V
    ),
    Statement("a step(a) = max(a, 0)", Split((Case("a >= 0", Rewrite()), Case("a < 0", Rewrite()))), V),
    Statement("step(r a) = step(a)", Split((Case("a >= 0", Rewrite()), Case("a < 0", Rewrite()))), V),
    Statement(
        "D(max(a, 0), a) = step(a)", Split((Case("a > 0", Differentiate()), Case("a < 0", Differentiate()))), V + "; a != 0"
    ),
    Statement("D(abs(a), a) = 1", Differentiate(), V + "; a > 0"),
)

FALSE = (
    Statement(
        "sum(a, k: x[a] q[a, k] z[k]) = sum(a: x[a])",
        Use("sum(k: q[a, k]) = 1"),
        "N, n: size; a, b: index[N]; k, i, j, l: index[n]; q: nonnegative[N, n]; x: real[N]; z: real[n]; sum(k: q[a, k]) = 1",
    ),
    Statement(
        "sum(a, k: q[a, k]^2) = N",
        Use("sum(k: q[a, k]) = 1"),
        "N, n: size; a, b: index[N]; k, i, j, l: index[n]; q: nonnegative[N, n]; x: real[N]; z: real[n]; sum(k: q[a, k]) = 1",
    ),
    Statement(
        "sum(a: q[a, k]) = 1",
        Use("sum(k: q[a, k]) = 1"),
        "n: size; a, b: index[n]; k, i, j, l: index[n]; q: nonnegative[n, n]; x: real[n]; z: real[n]; sum(k: q[a, k]) = 1",
    ),
    Statement(
        "sum(a: (sum(l: X[a, l] v[l]) - y[a])) = 0",
        Use("sum(a: X[a, k] (sum(l: X[a, l] v[l]) - y[a])) = 0"),
        "n, d: size; a: index[n]; k, l, i: index[d]; X: real[n, d]; v, u, w: real[d]; y: real[n]; sum(a: X[a, k] (sum(l: X[a, l] v[l]) - y[a])) = 0",
    ),
    Statement("v^(a - a) = 1", Rewrite(), "v: nonnegative; a: real"),
    Statement("0^(b - b) = 1", Rewrite(), "b: real"),
    Statement("a^(b - b + 2) = a^2", Rewrite(), "a, b: real"),
    Statement("D(log(P / (1 - P)), P) = 1 / P + 1 / (1 - P)", Differentiate(), "P: positive; P <= 1"),
    Statement(
        "E[t] < r^t E[0]",
        Induction("t", cert("0"), cert("r^(t + 1) E[0] - E[t + 1]")),
        "E: real[naturals]; r: unit; t, T: natural; E[T + 1] <= r E[T]",
    ),
    Statement(
        "E[t] <= r^t E[0]",
        Induction("t", cert("0"), cert("r^(t + 1) E[0] - E[t + 1]")),
        "E: real[naturals]; r: real; t, T: natural; E[T + 1] <= r E[T]",
    ),
    Statement(
        "E[t] <= E[0]", Induction("t", cert("0"), cert("E[0] - E[t + 1]")), "E: real[naturals]; t, T: natural; E[t + 1] <= E[t]"
    ),
    Statement(
        "m[t] = (1 - b^t) a",
        Induction("t", Use("m[0] = 0"), Use("m[T + 1] = b m[T] + (1 - b) c; m[t] = (1 - b^t) a")),
        "m: real[naturals]; a, b, c: real; t, T: natural; m[0] = 0; m[T + 1] = b m[T] + (1 - b) c",
    ),
    Statement(
        "sum(t = 0..T - 1: F[t + 1] - s) <= sum(t = 0..T: (G[t] - G[t + 1]) / (2 eta))",
        SumOver("t", Use("2 eta (F[t + 1] - s) <= G[t] - G[t + 1]")),
        "F, G: real[naturals]; s, c: real; eta: positive; T: natural >= 1; t: natural; 2 eta (F[t + 1] - s) <= G[t] - G[t + 1]",
    ),
    Statement("sum(t = 1..T: t) < sum(t = 1..T: t + 1)", SumOver("t", cert("1")), "t, T: natural"),
    Statement(
        "sum(t = 2..T: F[t]) = sum(t = 1..T: F[t]) - F[1]",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(t = 0..T: F[t]) = F[0] + sum(t = 1..T: F[t + 1])",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(i: i) = n (n - 1) / 2",
        Telescope(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "sum(k: k x[k]) = n sum(k: x[k])",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "i != l => delta(k, i) = 0",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement(
        "(a - b)^2 / abs(a - b) = abs(a - b)",
        Rewrite(),
        "F, E, m, g: real[naturals]; s, a, b: real; eta, r: positive; t, T, s1: natural; c: real; n: size; i, k, l: index[n]; x: real[n]",
    ),
    Statement("t >= 1", Induction("t", cert("0"), cert("t")), "t: natural"),
    Statement("c >= t", Induction("t", cert("c"), cert("c - t - 1")), "t: natural; c: real; c >= t; c >= 0"),
    Statement("log((a + b)^2) = 2 log(a + b)", Rewrite(), V + "; a + b != 0"),
    Statement("sqrt((p[j] + x[j])^2) = p[j] + x[j]", Rewrite(), V),
    Statement("sqrt((a + b)^2 (a + c)) = abs(a + b) sqrt(a + c)", Rewrite(), V),
    Statement("delta(i, j)^(-1/2) = delta(i, j)", Rewrite(), V),
    Statement(
        "A[i, g] log(exp(1 / sum(h: A[i, h]))) = A[i, g] / sum(h: A[i, h])",
        Rewrite(),
        V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]",
    ),
    Statement(
        "(A[i, g] / sum(h: A[i, h])) sum(h: A[i, h]) = A[i, g]",
        Rewrite(),
        V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]",
    ),
    Statement(
        "sum(h: A[i, h]) log(exp(1 / sum(h: A[i, h]))) = 1",
        Rewrite(),
        V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]",
    ),
    Statement("sum(k: v log(v x[k]^2 + v)) = n v log(v)", Rewrite(), V),
    Statement("(v + w) log(exp(1 / (v + w))) = 1", Rewrite(), V),
    Statement("(v + w) log(exp(1 / v)) = 1 + w / v", Rewrite(), V),
    Statement("(v - w) log(v - w) = v log(v - w) - w log(v - w)", Rewrite(), V),
    Statement("(v + w) log(v) = v log(v) + w log(v)", Rewrite(), V),
    Statement("sum(k: o[k] x[k])^2 = sum(k: o[k] x[k])", Rewrite(), V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]"),
    Statement(
        "F1[i, g] F1[j, g] = F1[i, g] delta(i, j)", Rewrite(), V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]"
    ),
    Statement("1 / o[i] = o[i]", Rewrite(), V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]"),
    Statement("sum(i, j: x[i] x[j]) >= 1", cert("sum(i, j: x[i] x[j]) - 1"), V),
    Statement("(1 - r) sum(t = 1..T: r^(T - t)) = 1 - r^(T + 1)", Geometric(), V),
    Statement("(1 - r) sum(t = 0..T: r^t) = 1 - r^T", Geometric(), V),
    Statement("sum(k: p[k] x[k]^2) > 0", cert("sum(k: p[k] x[k]^2)"), V),
    Statement("sum(k: p[k] q[k]) > 0", cert("sum(k: p[k] q[k])"), V),
    Statement("sum(i, j: X[i, j]^2 p[i]) > 0", cert("sum(i, j: X[i, j]^2 p[i])"), V),
    Statement("sum(k: (1 - delta(k, i)) exp(x[k])) > 0", cert("sum(k: (1 - delta(k, i)) exp(x[k]))"), V),
    Statement(
        "sum(k: (1 - delta(k, i)) x[k]^2) > 0",
        cert("sum(k: (1 - delta(k, i)) x[k]^2)"),
        "n: size >= 2; k, i: index[n]; x: real[n]",
    ),
    Statement(
        "exp(x[i]) / sum(k: exp(x[k])) < 1", cert("1 - exp(x[i]) / sum(k: exp(x[k]))"), "n: size; k, i: index[n]; x: real[n]"
    ),
    Statement("sqrt(a^2 - 2 a b + b^2) = a - b", Rewrite(), V),
    Statement("-sum(k: P[k] log(W[k])) >= -sum(k: P[k] log(P[k]))", Stationary("W = P"), V + "; W: positive[n]"),
    Statement(
        "-sum(k: P[k] log(W[k])) >= -sum(k: P[k] log(P[k]))", Stationary("W = P"), V + "; W: positive[n]; sum(k: W[k]) = 1"
    ),
    Statement("sum(k: P[k] log(P[k])) >= -log(n)", Stationary("P = vector(k: 1 / n)"), V),
    Statement("sum(k: x[k]^2) >= 1 / n", Stationary("x = vector(k: 1 / n)"), V + "; sum(k: x[k]^3) = 1"),
    Statement("a^2 >= 1", Stationary("a = 1"), V + "; a^2 = 1"),
    Statement("exp(a) >= 1", cert("exp(a) - 1"), V),
    Statement("x / (1 + exp(-x)) >= x / 2 + 1/1000", cert("x / (1 + exp(-x)) - x / 2 - 1/1000"), "x: real"),
    Statement("r^t < 1", cert("1 - r^t"), V + "; r < 1"),
    Statement(
        "D(f(vector(i: sum(k: W[i, k] x[k]))), x[l]) = at(v = vector(i: sum(k: W[i, k] x[k])): D(f(v), v[j])) W[j, l]",
        Differentiate(),
        "m, d: size; i: index[m]; j: index[m]; k, l: index[d]; f: function[m]; W: real[m, d]; x: real[d]; v: real[m]",
    ),
    Statement(
        "D(f(v), v[i]) = D(f(v), v[j])",
        Differentiate(),
        "m, d: size; i: index[m]; j: index[m]; k, l: index[d]; f: function[m]; W: real[m, d]; x: real[d]; v: real[m]",
    ),
    Statement(
        "D(f(vector(i: 2 v[i])), v[j]) = 2 D(f(v), v[j])",
        Differentiate(),
        "m, d: size; i: index[m]; j: index[m]; k, l: index[d]; f: function[m]; W: real[m, d]; x: real[d]; v: real[m]",
    ),
)

TRUE_LIMITS = (
    Statement("lim(a -> inf: log(1 + exp(c a)) / a) = max(c, 0)", Limiting(), V),
    Statement("lim(r -> inf: erfc(r)) = 0", Limiting(), V),
    Statement("lim(a -> 0: (exp(a) - 1 - a) / a^2) = 1 / 2", Limiting(), V),
    Statement("lim(r -> inf: r (exp(1 / r) - 1)) = 1", Limiting(), V),
    Statement("lim(r -> 0+: r log(r)) = 0", Limiting(), V),
    Statement("lim(r -> inf: log(r) / r) = 0", Limiting(), V),
    Statement("lim(a -> inf: log(1 + exp(a)) - a) = 0", Limiting(), V),
    Statement("lim(a -> -inf: log(1 + exp(a))) = 0", Limiting(), V),
    Statement("lim(a -> inf: exp(a) / (1 + exp(a))) = 1", Limiting(), V),
    Statement("lim(a -> inf: (exp(a) - exp(-a)) / (exp(a) + exp(-a))) = 1", Limiting(), V),
    Statement("lim(t -> inf: (2 t + 1) / (t + 3)) = 2", Limiting(), V),
    Statement("lim(a -> -inf: a / (1 + exp(-a))) = 0", Limiting(), V),
    Statement("lim(a -> inf: a / (1 + exp(-a)) - a) = 0", Limiting(), V),
    Statement("lim(a -> 0: (exp(a) - 1) / a) = 1", Limiting(), V),
    Statement("lim(r -> 0+: log(1 + r) / r) = 1", Limiting(), V),
    Statement("lim(r -> inf: r log(1 + 1 / r)) = 1", Limiting(), V),
    Statement("lim(r -> inf: r^2 exp(-r)) = 0", Limiting(), V),
    Statement("lim(r -> inf: exp(r) / r^5) = inf", Limiting(), V),
    Statement("lim(r -> 0+: r^2 log(r)) = 0", Limiting(), V),
    Statement("lim(r -> 0+: log(r) / r) = -inf", Limiting(), V),
    Statement("lim(r -> 0+: -r log(r) - (1 - r) log(1 - r)) = 0", Limiting(), V),
    Statement("lim(r -> inf: log(r)^3 / r) = 0", Limiting(), V),
    Statement("lim(r -> inf: (r + 1) / r^2) = 0", Limiting(), V),
    Statement("lim(r -> inf: (c r + 1) / (r + 2)) = c", Limiting(), V),
    Statement("lim(r -> inf: (c r + 1) / (r + 2)) = c", Limiting(), V + "; c != 0"),
    Statement("lim(r -> inf: sum(k: exp(x[k] / r)) / n) = 1", Limiting(), V),
    Statement("lim(r -> inf: exp(z[i] / r) / sum(k: exp(z[k] / r))) = 1 / n", Limiting(), V),
    Statement("lim(t -> inf: s^t / t) = 0", Limiting(), V + "; s < 1"),
    Statement("lim(t -> inf: t s^t) = 0", Limiting(), V + "; s < 1"),
    Statement("lim(t -> inf: (1 - s^t)) = 1", Limiting(), V + "; s < 1"),
    Statement("lim(a -> 0+: abs(a) / a) = 1", Limiting(), "a: real"),
    Statement("lim(a -> 0-: abs(a) / a) = -1", Limiting(), "a: real"),
    Statement("lim(a -> 1: (a^2 - 1) / (a - 1)) = 2", Limiting(), V),
    Statement("lim(a -> b: (a^2 - b^2) / (a - b)) = 2 b", Limiting(), V),
    Statement("lim(a -> b: (exp(a) - exp(b)) / (a - b)) = exp(b)", Limiting(), V),
    Statement("lim(a -> 0: 1 / a^2) = inf", Limiting(), V),
    Statement("lim(r -> inf: log(1 + exp(s r)) / r) = s", Limiting(), V),
    Statement("lim(r -> 0+: r log(1 + exp(s / r))) = s", Limiting(), V),
    Statement("lim(r -> 0+: (1 - r)^2 / r) = inf", Limiting(), V),
    Statement("lim(r -> 0+: (1 - r)^2 log(1 / r)) = inf", Limiting(), V),
    Statement("lim(r -> inf: sqrt(r) / r) = 0", Limiting(), V),
    Statement("lim(r -> inf: log(log(r))) = inf", Limiting(), V),
    Statement("lim(a -> 2: log(a - 1) / (a - 2)) = 1", Limiting(), V),
    Statement("lim(a -> 0: a log(a^2)) = 0", Limiting(), V),
    Statement("lim(r -> inf: (r^2 + r) / (r^2 - r)) = 1", Limiting(), V),
    Statement("lim(a -> -inf: exp(a) a) = 0", Limiting(), V),
    Statement("lim(a -> inf: (exp(2 a) - 1) / (exp(2 a) + 1)) = 1", Limiting(), V),
)

FALSE_SIGNS = (
    Statement("sum(k: x[k]) >= x[i]", cert("sum(k: x[k]) - x[i]"), V + "; 0 <= sum(k: x[k])"),
    Statement("sum(k: x[k]) >= x[i]", cert("sum(k: x[k]) - x[i]"), V + "; 0 < sum(k: x[k])"),
    Statement("sum(k: x[k] y[k]) >= x[i] y[i]", cert("sum(k: x[k] y[k]) - x[i] y[i]"), V + "; 0 < sum(k: x[k] y[k])"),
    Statement("log(sum(k: x[k])) >= log(x[i])", cert("log(sum(k: x[k])) - log(x[i])"), V + "; 0 < sum(k: x[k]); 0 < x[i]"),
    Statement("max(k: x[k]) >= max(k: x[k] + y[k])", cert("max(k: x[k]) - max(k: x[k] + y[k])"), V + "; 0 <= y[i]"),
)

FALSE_LIMITS = (
    Statement("lim(r -> inf: r log(1 + 1 / r)) = 0", Limiting(), V),
    Statement("lim(r -> inf: exp(r) / r^5) = 0", Limiting(), V),
    Statement("lim(t -> inf: t s^t) = 0", Limiting(), V),
    Statement("lim(a -> 0: abs(a) / a) = 1", Limiting(), V),
    Statement("lim(a -> 0: 1 / a) = inf", Limiting(), V),
    Statement("lim(a -> inf: log(1 + exp(c a)) / a) = c", Limiting(), V),
    Statement("lim(a -> inf: exp(-a) + 1) = 0", Limiting(), V),
    Statement("lim(a -> 0: log(a) a) = 0", Limiting(), V),
    Statement("lim(r -> inf: erfc(-r)) = 0", Limiting(), V),
    Statement("lim(a -> 0: (exp(a) - 1) / a^2) = 1 / 2", Limiting(), V),
    Statement("lim(a -> 0: (exp(c a) - 1) / (exp(c a) - 1 + 0 a^2)) = 1", Limiting(), V),
    Statement("lim(a -> 0: (exp(c a) - 1) / log(1 + c a)) = 1", Limiting(), V),
)

MATRICES_AND_BATCHES = (
    Statement(
        "sum(i: a^(i - 1) g[i])^2 <= sum(i: (a^2 / b)^(i - 1)) sum(i: b^(i - 1) g[i]^2)",
        cert("sum(i, j: ((a / sqrt(b))^(i - 1) sqrt(b)^(j - 1) g[j] - (a / sqrt(b))^(j - 1) sqrt(b)^(i - 1) g[i])^2) / 2"),
        "t: size; i, j: index[t]; g: real[t]; a, b: positive",
    ),
    Statement("(1 - beta^t) c / (1 - beta^t) = c", Rewrite(), "c: real; beta: positive; beta < 1; t: natural >= 1"),
    Statement(
        "sum(i, j: p[i] W[i, j] log(W[i, j] sum(k: p[k] sum(l: W[k, l])) / (sum(l: W[i, l]) sum(k: p[k] W[k, j])))) = sum(i, j: p[i] W[i, j] log(W[i, j] / sum(k: p[k] W[k, j])))",
        Use("sum(l: W[i, l]) = 1; sum(k: p[k]) = 1"),
        "n, m: size; i, k: index[n]; j, l: index[m]; p: simplex[n]; W: simplex[n, m]",
    ),
    Statement(
        "sum(i: log(sum(l: W[i, l]))) = 0",
        Use("sum(l: W[i, l]) = 1"),
        "n, m: size; i, k: index[n]; j, l: index[m]; p: simplex[n]; W: simplex[n, m]",
    ),
    Statement("sum(k: delta(k, i) log((delta(k, i) + delta(k, i)) / 2)) = 0", Rewrite(), V),
    Statement("sum(k: delta(k, i) log(delta(k, i) / delta(k, i))) = 0", Rewrite(), V),
    Statement("sum(k: F[k] )= sum(t = 1..n: F[t])", Rewrite(), "n: size; k: index[n]; t: natural; F: real[naturals]"),
    Statement("sum(k: k^2) = n (n + 1) (2 n + 1) / 6", Telescope(), V),
    Statement(
        "(X w)[a] = sum(k: X[a, k] w[k])",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "(transpose(X) (X w - y))[j] = sum(a: X[a, j] (sum(k: X[a, k] w[k]) - y[a]))",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "transpose(X A) = transpose(A) transpose(X)",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "((X A))[a, i] = sum(k: X[a, k] A[k, i])",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "dot(X w, y) = dot(w, transpose(X) y)",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "dot(X w - y, X w - y) = sum(a: (sum(k: X[a, k] w[k]) - y[a])^2)",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "D(dot(X w - y, X w - y) / N, w[j]) = (2 / N) (transpose(X) (X w - y))[j]",
        Differentiate(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "D(D(dot(X w - y, X w - y), w[j]), w[k]) = 2 (transpose(X) X)[j, k]",
        Differentiate(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "X (w + v) = X w + X v",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "X (c w) = c (X w)",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "dot(w, v) = dot(v, w)",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "dot(w, w) >= 0",
        cert(Term("w[k]^2", over="k")),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "dot(w + v, w + v) + dot(w - v, w - v) = 2 dot(w, w) + 2 dot(v, v)",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "(X (A (transpose(A) w)))[a] = ((X A) (transpose(A) w))[a]",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "transpose(transpose(X)) = X",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "(w / c)[k] = w[k] / c",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real; c != 0",
    ),
    Statement(
        "sum(a: (sum(l: X[a, l] w[l]) - y[a])^2) >= dot(X v - y, X v - y)",
        Stationary("w = v", "2 dot(X u, X u)"),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real; (transpose(X) (X v - y))[k] = 0",
    ),
    Statement(
        "mean(c: sum(i: c[i] x[i]) / b) = sum(i: x[i]) / N",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: c[i]) = b / N", Expectation(), "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N"
    ),
    Statement(
        "mean(c: a) = a", Expectation(), "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N"
    ),
    Statement(
        "mean(c: sum(i: c[i])) = b",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: c[i] c[j]) = b (b - 1) / (N (N - 1)) + delta(i, j) (b / N - b (b - 1) / (N (N - 1)))",
        Expectation(),
        "N: size >= 2; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: c[i]^2) = b / N",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: (sum(i: c[i] x[i]) / b - sum(j: x[j]) / N)^2) = ((N - b) / (b (N - 1))) (sum(i: x[i]^2) / N - (sum(i: x[i]) / N)^2)",
        Expectation(),
        "N: size >= 2; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: sum(i: c[i] (x[i] + a)) / b) = a + sum(i: x[i]) / N",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: sum(i: c[i] x[i]) / b) mean(c: sum(i: c[i] y[i]) / b) = sum(i: x[i]) sum(j: y[j]) / N^2",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "D(mean(c: sum(i: c[i] x[i]^2) / b), x[j]) = 2 x[j] / N",
        Differentiate(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: c[i] c[j] x[i] c[i]) = mean(c: c[i] c[j]) x[i]",
        Expectation(),
        "N: size >= 2; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement("v log(v exp(v)) = v log(v) + v^2", Rewrite(), V),
)

FALSE_MATRICES_AND_BATCHES = (
    Statement("((1 - beta^t) c) / (1 - beta^t) = c", Rewrite(), "c: real; beta: positive; beta < 1; t: natural"),
    Statement(
        "sum(j: log(sum(i: W[i, j]))) = 0",
        Use("sum(l: W[i, l]) = 1"),
        "n, m: size; i, k: index[n]; j, l: index[m]; p: simplex[n]; W: positive[n, m]; sum(l: W[i, l]) = 1",
    ),
    Statement("1 / delta(i, j) = 1", Rewrite(), V),
    Statement("sum(i, j: i j) = (n (n + 1) / 2)^2", Telescope(), V),
    Statement(
        "(X w)[a] = sum(k: X[a, k] v[k])",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "D(dot(X w - y, X w - y) / N, w[j]) = (1 / N) (transpose(X) (X w - y))[j]",
        Differentiate(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "X (w - v) = X w + X v",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "sum(k: w[k]) = sum(j: w[j])",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "(w / c)[k] c = w[k]",
        Entrywise(),
        "N, d, m: size; a, b: index[N]; k, l, j: index[d]; i: index[m]; X: real[N, d]; A: real[d, m]; w, v, u: real[d]; y, r: real[N]; c: real",
    ),
    Statement(
        "mean(c: sum(i: c[i] x[i]) / b) = sum(i: x[i]) / b",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: sum(i: c[i] x[i]) / b) = sum(i: x[i]) / N",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real",
    ),
    Statement(
        "mean(c: c[i] c[j]) = b^2 / N^2",
        Expectation(),
        "N: size >= 2; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: c[i]^2) = b^2 / N^2",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: (sum(i: c[i] x[i]) / b - sum(j: x[j]) / N)^2) = (1 / b) (sum(i: x[i]^2) / N - (sum(i: x[i]) / N)^2)",
        Expectation(),
        "N: size >= 2; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: (sum(i: c[i] x[i]) / b - sum(j: x[j]) / N)^2) = ((N - b) / (b (N - 1))) (sum(i: x[i]^2) / N - (sum(i: x[i]) / N)^2)",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: exp(c[i])) = 1",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: 1 / (1 + c[i])) = 1",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "mean(c: sum(i: c[i] x[i]) sum(j: c[j] y[j])) = mean(c: sum(i: c[i] x[i])) mean(c: sum(i: c[i] y[i]))",
        Expectation(),
        "N: size >= 2; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement(
        "sum(i: x[i]) = N a", Expectation(), "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N"
    ),
    Statement(
        "mean(c: max(i: c[i] x[i])) = 0",
        Expectation(),
        "N: size; b: size; i, j: index[N]; c: batch[N, b]; x, y: real[N]; a: real; b <= N",
    ),
    Statement("v log(v exp(1 / v)) = v log(v) + 1", Rewrite(), V),
    Statement("v log(v exp(log(v)^2)) = v log(v) + v log(v)^2", Rewrite(), V),
    Statement("v log(w exp(v)) = v log(w) + v^2", Rewrite(), V),
    Statement("v log(exp(exp(1 / v))) = v exp(1 / v)", Rewrite(), V),
    Statement("v log(exp(abs(1 / v))) = 1", Rewrite(), V),
    Statement("v log(exp(sqrt(v)^(-1))) = sqrt(v)", Rewrite(), V),
)

SIGNS_AND_POWERS = (
    Statement("exp(a) > exp(b)", cert("exp(a) - exp(b)"), V + "; a > b"),
    Statement("exp(a) >= exp(b)", cert("exp(a) - exp(b)"), V + "; a >= b"),
    Statement("r^t <= 1", cert("1 - r^t"), V + "; r <= 1"),
    Statement("max(k: exp(x[k])) = exp(max(k: x[k]))", Rewrite(), V),
    Statement("max(k: exp(-x[k])) = exp(-min(k: x[k]))", Rewrite(), V),
    Statement("min(k: exp(x[k])) = exp(min(k: x[k]))", Rewrite(), V),
    Statement("max(k: exp(x[k]) / sum(j: exp(x[j]))) = exp(max(k: x[k])) / sum(j: exp(x[j]))", Rewrite(), V),
    Statement("step(exp(a) - exp(b)) = step(a - b)", Rewrite(), V),
    Statement("step(exp(a) - 1) = step(a)", Rewrite(), V),
    Statement(
        "step(exp(x[i]) / sum(k: exp(x[k])) - max(k: exp(x[k]) / sum(j: exp(x[j])))) = step(x[i] - max(k: x[k]))", Rewrite(), V
    ),
    Statement("u r + (1 - u) s > 0", cert("u r + (1 - u) s"), V),
    Statement("u r + (1 - u) v >= 0", cert("u r + (1 - u) v"), V),
    Statement("p[i] r + (1 - p[i]) s > 0", cert("p[i] r + (1 - p[i]) s"), V),
    Statement("a <= u a + (1 - u) b", cert("u a + (1 - u) b - a"), V + "; a <= b"),
    Statement("p[i] + p[j] - 2 p[i] p[j] >= 0", cert("p[i] + p[j] - 2 p[i] p[j]"), V),
    Statement("x log(1 + 1 / x) = x log(1 + x) - x log(x)", Support(("x",), Rewrite()), "x: nonnegative"),
    Statement("x log(x / y) = x log(x) - x log(y)", Support(("x",), Rewrite()), "x: nonnegative; y: positive"),
    Statement("1 - beta^t > 0", cert("1 - beta^t"), "beta: unit; beta < 1; t: natural >= 1"),
    Statement("1 - beta^(2 t) >= 0", cert("1 - beta^(2 t)"), "beta: unit; t: natural"),
    Statement("abs((1 - a) y) = (1 - a) abs(y)", Rewrite(), "a: unit; y: real"),
    Statement("abs(a^2 - b^2) = abs(a - b) abs(a + b)", Rewrite(), V),
    Statement("abs((a - b)^3) = (a - b)^2 abs(a - b)", Rewrite(), V),
    Statement("0^n = 0", Rewrite(), "n: size"),
    Statement("0^t = 0", Rewrite(), "t: natural >= 1"),
    Statement("sum(s = 1..T: beta^(T - s)) = (1 - beta^T) / (1 - beta)", Geometric(), "beta: real; beta != 1; s, T: natural"),
    Statement("sum(k: (1 - beta) beta^(n - k)) = 1 - beta^n", Geometric(), "beta: real; n: size; k: index[n]"),
    Statement("sum(s = 0..T: beta^(T - s)) = sum(s = 0..T: beta^s)", Rewrite(), "beta: real; s, T: natural"),
    Statement(
        "sum(s = 0..T: beta^(T - s) g[s]) = sum(s = 0..T: beta^s g[T - s])",
        Rewrite(),
        "beta: real; s, T: natural; g: real[naturals]",
    ),
    Statement(
        "max(abs(1 - (2 / (L + mu)) mu), abs(1 - (2 / (L + mu)) L)) = (L - mu) / (L + mu)", Rewrite(), "L, mu: positive; mu <= L"
    ),
    Statement(
        "x log(x / y) >= 2 x - 2 sqrt(x y)",
        Support(("x", "y"), cert(Term("2 x", lemma="entropy.tangent", at="x = sqrt(y / x)"))),
        "x, y: nonnegative",
    ),
)

FALSE_SIGNS_AND_POWERS = (
    Statement("exp(a) > exp(b)", cert("exp(a) - exp(b)"), V + "; a >= b"),
    Statement("exp(a) >= exp(b)", cert("exp(a) - exp(b)"), V + "; b >= a"),
    Statement("r^t < 1", cert("1 - r^t"), V + "; r <= 1"),
    Statement("r^t <= 1", cert("1 - r^t"), V),
    Statement("max(k: exp(-x[k])) = exp(-max(k: x[k]))", Rewrite(), V),
    Statement("max(k: -exp(x[k])) = -exp(max(k: x[k]))", Rewrite(), V),
    Statement("max(k: exp(a x[k])) = exp(a max(k: x[k]))", Rewrite(), V),
    Statement("step(exp(a) - exp(b)) = step(b - a)", Rewrite(), V),
    Statement("step(exp(a) - 2) = step(a)", Rewrite(), V),
    Statement("u r + (1 - u) v > 0", cert("u r + (1 - u) v"), V),
    Statement("u a + (1 - u) r >= 0", cert("u a + (1 - u) r"), V),
    Statement("u r + (1 - u) s - u^2 s >= 0", cert("u r + (1 - u) s - u^2 s"), V),
    Statement("u exp(u) + 1 - 3 u >= 0", cert("u exp(u) + 1 - 3 u"), V),
    Statement("p[i] + p[j] <= 1", cert("1 - p[i] - p[j]"), V),
    Statement("x log(1 + exp(1 / x)) = x log(1 + exp(1 / x))", Support(("x",), Rewrite()), "x: nonnegative"),
    Statement("x log(x - 1) = x log(x - 1)", Support(("x",), Rewrite()), "x: nonnegative"),
    Statement("x log(0 - y) = 0", Support(("x",), Rewrite()), "x: nonnegative; y: positive"),
    Statement("1 - beta^t > 0", cert("1 - beta^t"), "beta: unit; beta < 1; t: natural"),
    Statement("1 - beta^t >= 0", cert("1 - beta^t"), "beta: real; beta <= 1; t: natural"),
    Statement("abs((1 - a) y) = (1 - a) abs(y)", Rewrite(), "a: real; y: real"),
    Statement("0^t = 0", Rewrite(), "t: natural"),
    Statement(
        "sum(s = 1..T: beta^(T - s)) = (1 - beta^(T + 1)) / (1 - beta)", Geometric(), "beta: real; beta != 1; s, T: natural"
    ),
    Statement("sum(k: (1 - beta) beta^(n - k)) = 1 - beta^n", Rewrite(), "beta: real; n: size; k: index[n]"),
    Statement(
        "sum(s = 0..T: beta^(T - s) g[s]) = sum(s = 0..T: beta^s g[s])", Rewrite(), "beta: real; s, T: natural; g: real[naturals]"
    ),
)

PLACES = (
    Statement(
        "sum(s = 1..n - 1: z[s + 1] - z[s]) = z[n] - z[1]",
        Telescope(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n - 1: z[s + 1] - z[s]) = z[n] - z[1]",
        Telescope(),
        "n: size; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n: z[s]) = sum(k: z[k])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n: z[s]^2 + exp(z[s])) = sum(k: z[k]^2) + sum(k: exp(z[k]))",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n - 1: z[s]) + z[n] = sum(k: z[k])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n - 1: z[s + 1]) + z[1] = sum(k: z[k])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 2..n: z[s]) = sum(k: z[k]) - z[1]",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n: z[n + 1 - s]) = sum(k: z[k])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n: s z[s]) = sum(k: k z[k])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "z[n] - z[n] = 0", Rewrite(), "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive"
    ),
    Statement(
        "z[n - 1] - z[n - 1] = 0",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n - 1: (z[s + 1] - z[s])^2) >= 0",
        cert("sum(s = 1..n - 1: (z[s + 1] - z[s])^2)"),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n - 1: z[s + 1] z[s]) = sum(s = 2..n: z[s] z[s - 1])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "prod(s = 1..n: exp(z[s])) = exp(sum(k: z[k]))",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n: sum(k: z[k])) = n sum(k: z[k])",
        Telescope(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement("b / (2 sum(k: p[k]) - 1) = b", Use("sum(k: p[k]) = 1"), V),
    Statement("log(2 sum(k: p[k]) - 1) = 0", Use("sum(k: p[k]) = 1"), V),
    Statement("(a - c) / (a - c) = 1", Rewrite(), V + "; a = c + 1"),
    Statement("abs(delta(i, j) x[i]) = delta(i, j) abs(x[j])", Rewrite(), V),
    Statement("sqrt((X[j, i] - delta(i, j))^2) = abs(X[j, i] - delta(i, j))", Rewrite(), V),
)

FALSE_PLACES = (
    Statement(
        "sum(s = 1..n - 1: z[s + 1] - z[s]) = z[n] + z[1]",
        Telescope(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n: z[s + 1] - z[s]) = z[n] - z[1]",
        Telescope(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n - 1: z[s + 1]) + z[n] = sum(k: z[k])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..n - 1: z[s]) = sum(k: z[k])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 0..n: z[s]) = sum(k: z[k])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "z[T] - z[T] = 0", Rewrite(), "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive"
    ),
    Statement(
        "z[n - 1] - z[n - 1] = 0", Rewrite(), "n: size; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive"
    ),
    Statement(
        "sum(k: z[k + 1]) = sum(k: z[k])",
        Rewrite(),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "D(z[n], z[1]) = 0", Differentiate(), "n: size; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive"
    ),
    Statement(
        "sum(s = 1..n - 1: z[s + 1] - z[s]) >= 0",
        cert("sum(s = 1..n - 1: z[s + 1] - z[s])"),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement(
        "sum(s = 1..T: z[s]^2) >= 0",
        cert("sum(s = 1..T: z[s]^2)"),
        "n: size >= 2; k, i, j: index[n]; z, x: real[n]; s, T: natural; c: real; b: positive",
    ),
    Statement("b / (sum(k: p[k]) - 1) = b", Use("sum(k: p[k]) = 1"), V),
    Statement("(a - c) / (a - c) = 1", Rewrite(), V + "; a = c"),
    Statement("sqrt((a)^2) = a", Rewrite(), V),
    Statement("D(sqrt(a^2), a) = 1", Differentiate(), V),
    Statement("D(log(sum(k: x[k])), x[j]) = 1", Differentiate(), V + "; sum(k: x[k]) = 1"),
)

# true, and not yet shown in one step: an honest `unknown`
NOT_YET = (
    Statement(
        "max(abs(1 - eta mu), abs(1 - eta L)) >= (L - mu) / (L + mu)",
        cert("max(abs(1 - eta mu), abs(1 - eta L)) - (L - mu) / (L + mu)"),
        "L, mu: positive; eta: real; mu <= L",
    ),
    Statement(
        "sum(k: o[k] x[k])^2 = sum(k: o[k] x[k]^2)", Rewrite(), V + "; A: nonnegative[n, d]; F1: onehot[n, d]; o: onehot[n]"
    ),
    Statement("x / (1 + exp(-x)) >= x / 2", cert("x / (1 + exp(-x)) - x / 2"), "x: real"),
)

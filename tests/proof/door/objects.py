"""Statements as sympy objects: (area, left, relation, right, declarations). False ones are made from true ones, or written."""

import sympy as S
from sympy import (
    Abs,
    Derivative,
    Eq,
    Function,
    IndexedBase,
    KroneckerDelta,
    Limit,
    Max,
    Min,
    Piecewise,
    Rational,
    Sum,
    exp,
    log,
    oo,
    sqrt,
    tanh,
)

n, m, N, d = S.symbols("n m N d", integer=True, positive=True)
i, j, k, l, s, t_ = S.symbols("i j k l s t", integer=True)
p, q, r, z, x, y, w, t, X, P, Q, g, u, e = map(
    IndexedBase, ["p", "q", "r", "z", "x", "y", "w", "t", "X", "P", "Q", "g", "u", "e"]
)
a, b, c, v, x1, x2, mu, eta, L, T, lam, beta, eps = S.symbols("a b c v x1 x2 mu eta L T lambda beta epsilon")
sigma = Function("sigmoid")


def Sk(f, index=k, size=n):
    return Sum(f, (index, 1, size))


def lse(of=z, index=k):
    return log(Sk(exp(of[index]), index))


def soft(at, of=z, index=k):
    return exp(of[at]) / Sk(exp(of[index]), index)


def logistic(at):
    return 1 / (1 + exp(-at))


H = -Sk(p[k] * log(p[k]))
KL = Sk(p[k] * log(p[k] / q[k]))
CE = -Sk(p[k] * log(q[k]))
mean = Sk(x[l], l) / n
mean_y = Sk(y[l], l) / n
residual = Sk(X[i, j] * w[j], j, d) - y[i]

REAL = {"domains": {"z": "real", "c": "real"}, "shapes": {"z": ("n",)}, "indices": {"i": "n", "j": "n"}}
HOT = {"domains": {"z": "real", "T": "positive"}, "shapes": {"z": ("n",)}, "indices": {"i": "n", "j": "n"}}
PMF = {"domains": {"p": "simplex", "q": "simplex"}, "shapes": {"p": ("n",), "q": ("n",)}, "indices": {"i": "n"}}
PQ = {"domains": {"P": "positive", "Q": "positive"}, "shapes": {"P": ("n",), "Q": ("n",)}, "indices": {"i": "n"}}
SUMS = {"hypotheses": [Eq(Sk(P[k]), 1), Eq(Sk(Q[k]), 1)], **PQ}
LAB = {"domains": {"t": "simplex", "z": "real"}, "shapes": {"t": ("n",), "z": ("n",)}, "indices": {"j": "n"}}
HARD = {"domains": {"t": "onehot", "z": "real"}, "shapes": {"t": ("n",), "z": ("n",)}, "indices": {"j": "n"}}
VEC = {
    "domains": dict.fromkeys(("x", "y", "a", "b", "c"), "real"),
    "shapes": {"x": ("n",), "y": ("n",)},
    "indices": {"i": "n", "j": "n"},
}
WEI = {"domains": {"p": "simplex", "x": "real"}, "shapes": {"p": ("n",), "x": ("n",)}}
ONE = {"domains": {"x1": "real", "x2": "real", "a": "real", "b": "real", "v": "positive", "c": "positive"}}
BIN = {"domains": {"a": "unit", "x1": "real"}}
REG = {
    "domains": dict.fromkeys(("X", "y", "w"), "real") | {"lambda": "positive"},
    "shapes": {"X": ("N", "d"), "y": ("N",), "w": ("d",)},
    "indices": {"l": "d"},
}
OPT = {"domains": {"eta": "positive", "L": "positive", "x1": "real", "beta": "positive"}}
SEQ = {"domains": {"beta": "positive", "g": "real", "T": "size"}, "shapes": {"g": ("T",)}, "hypotheses": [beta < 1]}
GD = {"domains": {"w": "real", "g": "real", "eta": "positive", "u": "real"}, "shapes": {"w": ("d",), "g": ("d",), "u": ("d",)}}

TRUE_IDENTITIES = [
    ("softmax", Sk(soft(i), i), "=", 1, REAL),
    ("softmax", exp(z[i] + c) / Sk(exp(z[k] + c)), "=", soft(i), REAL),
    ("softmax", Derivative(lse(), z[j]), "=", soft(j), REAL),
    ("softmax", Derivative(soft(i), z[j]), "=", soft(i) * (KroneckerDelta(i, j) - soft(j)), REAL),
    ("softmax", Derivative(lse(), z[i], z[j]), "=", KroneckerDelta(i, j) * soft(i) - soft(i) * soft(j), REAL),
    ("softmax", log(soft(i)), "=", z[i] - lse(), REAL),
    ("softmax", log(Sk(exp(z[k] + c))), "=", c + lse(), REAL),
    ("softmax", lse(), "=", c + log(Sk(exp(z[k] - c))), REAL),
    ("softmax", exp(z[i] / T) / Sk(exp(z[k] / T)), "=", 1 / Sk(exp((z[k] - z[i]) / T)), HOT),
    ("softmax", Derivative(T * log(Sk(exp(z[k] / T))), z[j]), "=", exp(z[j] / T) / Sk(exp(z[k] / T)), HOT),
    ("softmax", exp(log(P[i])) / Sk(exp(log(P[k]))), "=", P[i] / Sk(P[k]), PQ),
    ("softmax", Sk(soft(i) * log(soft(i)), i), "=", Sk(soft(i) * z[i], i) - lse(), REAL),
    ("softmax", soft(i) * (1 - soft(i)), "=", soft(i) - soft(i) ** 2, REAL),
    ("softmax", exp(a) / (exp(a) + exp(b)), "=", logistic(a - b), ONE),
    ("softmax", Limit(exp(z[i] / T) / Sk(exp(z[k] / T)), T, oo), "=", 1 / n, HOT),
    ("entropy", CE, "=", H + KL, PMF),
    ("entropy", Sk(p[k] * log(p[k] * n)), "=", log(n) - H, PMF),
    ("entropy", -Sk(log(1 / n) / n), "=", log(n), PMF),
    ("entropy", -Sk(p[k] * log(p[k]) / log(2)), "=", H / log(2), PMF),
    ("entropy", Sk(p[k] * log(q[k])) - Sk(p[k] * log(p[k])), "=", -KL, PMF),
    ("entropy", Sk(p[k] * log(1 / n)), "=", -log(n), PMF),
    ("entropy", Sk((p[k] + q[k]) / 2), "=", 1, PMF),
    ("entropy", Sk(P[k] * log(P[k] / Q[k])) + Sk(Q[k] * log(Q[k] / P[k])), "=", Sk((P[k] - Q[k]) * log(P[k] / Q[k])), PQ),
    ("entropy", Sk(P[k] * log(c * P[k])), "=", log(c) + Sk(P[k] * log(P[k])), {**SUMS, "domains": {**PQ["domains"], "c": "positive"}}),
    ("entropy", Derivative(-Sk(P[k] * log(P[k])), P[i]), "=", -log(P[i]) - 1, PQ),
    ("entropy", Derivative(Sk(P[k] * log(P[k] / Q[k])), P[i]), "=", log(P[i] / Q[i]) + 1, PQ),
    ("entropy", Derivative(Sk(P[k] * log(P[k] / Q[k])), Q[i]), "=", -P[i] / Q[i], PQ),
    ("entropy", Sk(Sum(p[i] * q[j] * log(p[i] * q[j]), (j, 1, n)), i), "=", Sk(p[k] * log(p[k])) + Sk(q[k] * log(q[k])), PMF),
    ("losses", -Sk(t[k] * log(soft(k, index=l))), "=", lse() - Sk(t[k] * z[k]), LAB),
    ("losses", Derivative(-Sk(t[k] * log(soft(k, index=l))), z[j]), "=", soft(j) - t[j], LAB),
    ("losses", Derivative(lse() - Sk(t[k] * z[k]), z[j]), "=", soft(j) - t[j], HARD),
    ("losses", Sk(t[k] ** 2), "=", 1, HARD),
    ("losses", Sk(soft(j) - t[j], j), "=", 0, LAB),
    ("losses", -a * log(logistic(x1)) - (1 - a) * log(1 - logistic(x1)), "=", log(1 + exp(x1)) - a * x1, BIN),
    ("losses", Derivative(log(1 + exp(x1)) - a * x1, x1), "=", logistic(x1) - a, BIN),
    ("losses", Derivative(-a * log(logistic(x1)) - (1 - a) * log(1 - logistic(x1)), x1), "=", logistic(x1) - a, BIN),
    ("losses", Derivative(Sk((x[k] - y[k]) ** 2) / n, x[i]), "=", 2 * (x[i] - y[i]) / n, VEC),
    ("losses", Sk((x[k] - y[k]) ** 2) / n, "=", Sk(x[k] ** 2) / n - 2 * Sk(x[k] * y[k]) / n + Sk(y[k] ** 2) / n, VEC),
    ("losses", Sk((1 - a) * p[k] + a / n), "=", 1, {**PMF, "domains": {**PMF["domains"], "a": "unit"}}),
    ("losses", Piecewise((x1**2 / 2, Abs(x1) <= c), (c * (Abs(x1) - c / 2), True)), "=", Min(Abs(x1), c) * (Abs(x1) - Min(Abs(x1), c) / 2), ONE),
    ("activations", sigma(x1) + sigma(-x1), "=", 1, ONE),
    ("activations", Derivative(logistic(x1), x1), "=", logistic(x1) * (1 - logistic(x1)), ONE),
    ("activations", tanh(x1), "=", 2 * logistic(2 * x1) - 1, ONE),
    ("activations", Derivative(tanh(x1), x1), "=", 1 - tanh(x1) ** 2, ONE),
    ("activations", Derivative(log(1 + exp(x1)), x1), "=", logistic(x1), ONE),
    ("activations", log(1 + exp(x1)) - log(1 + exp(-x1)), "=", x1, ONE),
    ("activations", Max(x1, 0) + Max(-x1, 0), "=", Abs(x1), ONE),
    ("activations", Piecewise((x1, x1 > 0), (0, True)), "=", Max(x1, 0), ONE),
    ("activations", Piecewise((x1, x1 > 0), (x1 / 10, True)), "=", Max(x1, x1 / 10), ONE),
    ("activations", Max(x1, x2) + Min(x1, x2), "=", x1 + x2, ONE),
    ("activations", log(logistic(x1) / (1 - logistic(x1))), "=", x1, ONE),
    ("activations", Derivative(x1 * logistic(x1), x1), "=", logistic(x1) * (1 + x1 * (1 - logistic(x1))), ONE),
    ("activations", Limit(log(1 + exp(x1)) - x1, x1, oo), "=", 0, ONE),
    ("variance", Sk((x[k] - mean) ** 2), "=", Sk(x[k] ** 2) - Sk(x[k]) ** 2 / n, VEC),
    ("variance", Sk(x[k] - mean), "=", 0, VEC),
    ("variance", Sk(Sum((x[i] - x[j]) ** 2, (j, 1, n)), i), "=", 2 * n * Sk(x[k] ** 2) - 2 * Sk(x[k]) ** 2, VEC),
    ("variance", Sk((x[k] - mean) * (y[k] - mean_y)), "=", Sk(x[k] * y[k]) - n * mean * mean_y, VEC),
    ("variance", Sk((x[k] - c) ** 2), "=", Sk((x[k] - mean) ** 2) + n * (mean - c) ** 2, VEC),
    ("variance", Sk(p[k] * (x[k] - Sk(p[l] * x[l], l)) ** 2), "=", Sk(p[k] * x[k] ** 2) - Sk(p[k] * x[k]) ** 2, WEI),
    ("variance", Derivative(Sk((x[k] - c) ** 2), c), "=", -2 * Sk(x[k] - c), VEC),
    ("regression", Derivative(Sk(residual**2, i, N) / N, w[l]), "=", 2 * Sk(X[i, l] * residual, i, N) / N, REG),
    ("regression", Derivative(Sk(residual**2, i, N) / 2 + lam * Sk(w[j] ** 2, j, d) / 2, w[l]), "=", Sk(X[i, l] * residual, i, N) + lam * w[l], REG),
    ("sums", Sk(a * x[k] + b * y[k]), "=", a * Sk(x[k]) + b * Sk(y[k]), VEC),
    ("sums", Sk(KroneckerDelta(k, i) * x[k]), "=", x[i], VEC),
    ("sums", Sum(2 * x[k], (k, 0, n - 1)), "=", 2 * Sum(x[j], (j, 0, n - 1)), VEC),
    ("sums", Sk(k), "=", n * (n + 1) / 2, {}),
    ("sums", Sk(k**2), "=", n * (n + 1) * (2 * n + 1) / 6, {}),
    ("sums", Sk(Sum(x[i] * y[j], (j, 1, n)), i), "=", Sk(x[k]) * Sk(y[k]), VEC),
    ("sums", Sum(beta**s, (s, 0, n - 1)), "=", (1 - beta**n) / (1 - beta), {"domains": {"beta": "positive"}, "hypotheses": [beta < 1]}),
    ("optimisers", (1 - beta) * Sum(beta ** (T - s), (s, 1, T)), "=", 1 - beta**T, SEQ),
    ("optimisers", beta * (1 - beta) * Sum(beta ** (T - s) * g[s], (s, 1, T)), "=", (1 - beta) * Sum(beta ** (T - s + 1) * g[s], (s, 1, T)), SEQ),
    ("optimisers", x1 - eta * Derivative(L * x1**2 / 2, x1), "=", (1 - eta * L) * x1, OPT),
    ("optimisers", Sk((w[k] - eta * g[k] - u[k]) ** 2, k, d), "=", Sk((w[k] - u[k]) ** 2, k, d) - 2 * eta * Sk(g[k] * (w[k] - u[k]), k, d) + eta**2 * Sk(g[k] ** 2, k, d), GD),
    ("limits", Limit(x1 * log(x1), x1, 0, "+"), "=", 0, {"domains": {"x1": "positive"}}),
    ("limits", Limit(logistic(x1), x1, oo), "=", 1, ONE),
]  # fmt: skip

# the last entry: whether both sides can meet, so that the claim tightened by 1 % is false
TRUE_INEQUALITIES = [
    ("softmax", soft(i), ">", 0, REAL, False),
    ("softmax", soft(i), "<=", 1, REAL, True),
    ("softmax", lse(), ">=", z[i], REAL, False),
    ("softmax", lse(), ">=", Sk(z[k]) / n + log(n), REAL, False),
    ("softmax", log(soft(i)), "<=", 0, REAL, False),
    ("softmax", T * log(Sk(exp(z[k] / T))), ">=", z[i], HOT, False),
    ("softmax", soft(i) * (1 - soft(i)), "<=", Rational(1, 4), REAL, True),
    ("entropy", H, ">=", 0, PMF, False),
    ("entropy", H, "<=", log(n), PMF, True),
    ("entropy", KL, ">=", 0, PMF, False),
    ("entropy", CE, ">=", H, PMF, False),
    ("entropy", Sk(p[k] ** 2), ">=", 1 / n, PMF, False),
    ("entropy", Sk(p[k] ** 2), "<=", 1, PMF, True),
    ("entropy", Sk(p[k] * (1 - p[k])), "<=", 1 - 1 / n, PMF, True),
    ("entropy", Sk(P[k] * log(P[k] / Q[k])), ">=", 0, SUMS, False),
    ("entropy", Sk(P[k] * log(P[k] / Q[k]) - P[k] + Q[k]), ">=", 0, PQ, False),
    ("entropy", Sk(P[k] * log(P[k] / Q[k])), "<=", Sk((P[k] - Q[k]) ** 2 / Q[k]), SUMS, False),
    ("entropy", -a * log(a) - (1 - a) * log(1 - a), "<=", log(2), BIN, True),
    ("entropy", log(Sk(P[k] * Q[k])), ">=", Sk(P[k] * log(Q[k])), {**PQ, "hypotheses": [Eq(Sk(P[k]), 1)]}, False),
    ("losses", lse() - Sk(t[k] * z[k]), ">=", 0, LAB, False),
    ("losses", -Sk(t[k] * log(soft(k, index=l))), ">=", -Sk(t[k] * log(t[k])), LAB, False),
    ("losses", Sk((x[k] - y[k]) ** 2) / n, ">=", 0, VEC, False),
    ("losses", (Sk(Abs(x[k] - y[k])) / n) ** 2, "<=", Sk((x[k] - y[k]) ** 2) / n, VEC, True),
    ("losses", Sk((x[k] - y[k]) ** 2), "<=", 2 * Sk(x[k] ** 2) + 2 * Sk(y[k] ** 2), VEC, True),
    ("losses", log(1 + exp(x1)) - a * x1, ">=", 0, BIN, False),
    ("losses", log(1 + exp(-x1)), ">", 0, ONE, False),
    ("activations", logistic(x1), "<", 1, ONE, True),
    ("activations", logistic(x1) * (1 - logistic(x1)), "<=", Rational(1, 4), ONE, True),
    ("activations", log(1 + exp(x1)), ">=", Max(x1, 0), ONE, False),
    ("activations", log(1 + exp(x1)), "<=", Max(x1, 0) + log(2), ONE, True),
    ("activations", tanh(x1), "<", 1, ONE, True),
    ("activations", Abs(tanh(x1)), "<", 1, ONE, True),
    ("activations", exp(x1), ">=", 1 + x1, ONE, False),
    ("activations", log(v), "<=", v - 1, ONE, False),
    ("activations", log(1 + v), "<=", v, ONE, True),
    ("activations", Abs(Max(x1, 0) - Max(x2, 0)), "<=", Abs(x1 - x2), ONE, True),
    ("activations", Max(x1, x2), ">=", (x1 + x2) / 2, ONE, False),
    ("activations", Piecewise((x1**2 / 2, Abs(x1) <= c), (c * (Abs(x1) - c / 2), True)), "<=", x1**2 / 2, ONE, True),
    ("variance", Sk(x[k]) ** 2, "<=", n * Sk(x[k] ** 2), VEC, True),
    ("variance", Sk(x[k] * y[k]) ** 2, "<=", Sk(x[k] ** 2) * Sk(y[k] ** 2), VEC, True),
    ("variance", Sk((x[k] - c) ** 2), ">=", Sk((x[k] - mean) ** 2), VEC, False),
    ("variance", Sk(p[k] * x[k]) ** 2, "<=", Sk(p[k] * x[k] ** 2), WEI, True),
    ("variance", Sk((x[k] - mean) ** 2), "<=", Sk(x[k] ** 2), VEC, True),
    ("variance", a * b, "<=", a**2 / 2 + b**2 / 2, ONE, True),
    ("variance", a * b, "<=", v * a**2 / 2 + b**2 / (2 * v), ONE, True),
    ("sums", Abs(Sk(x[k])), "<=", Sk(Abs(x[k])), VEC, True),
    ("sums", Sk(x[k] * y[k]), "<=", (Sk(x[k] ** 2) + Sk(y[k] ** 2)) / 2, VEC, True),
    ("sums", Sk(log(P[k])) / n, "<=", log(Sk(P[k]) / n), PQ, False),
    ("sums", x[i] ** 2, "<=", Sk(x[k] ** 2), VEC, True),
    ("sums", Sk(P[k]) * Sk(1 / P[k]), ">=", n**2, PQ, False),
    ("sums", sqrt(Sk(x[k] ** 2)), "<=", Sk(Abs(x[k])), VEC, True),
    ("optimisers", (1 - eta * L) ** 2, "<", 1, {**OPT, "hypotheses": [eta * L < 2]}, False),
    ("optimisers", Abs(1 - eta * L), "<=", 1, {**OPT, "hypotheses": [eta * L <= 2]}, True),
    ("optimisers", -eta * x1**2 + L * eta**2 * x1**2 / 2, "<=", -eta * x1**2 / 2, {**OPT, "hypotheses": [eta <= 1 / L]}, False),
    ("optimisers", 1 - beta**n, ">", 0, {"domains": {"beta": "positive"}, "hypotheses": [beta < 1]}, False),
    ("convexity", (a * x1 + (1 - a) * x2) ** 2, "<=", a * x1**2 + (1 - a) * x2**2, {"domains": {"a": "unit", "x1": "real", "x2": "real"}}, True),
    ("convexity", sqrt(v * c), "<=", (v + c) / 2, ONE, True),
    ("convexity", v + 1 / v, ">=", 2, ONE, False),
    ("convexity", a * (1 - a), "<=", Rational(1, 4), BIN, True),
]  # fmt: skip

FALSE = [
    ("softmax", Derivative(soft(i), z[j]), "=", soft(i) * (1 - soft(j)), REAL),
    ("softmax", Derivative(soft(i), z[j]), "=", -soft(i) * soft(j), REAL),
    ("softmax", exp(c * z[i]) / Sk(exp(c * z[k])), "=", soft(i), REAL),
    ("softmax", Sk(soft(i) ** 2, i), "=", 1, REAL),
    ("softmax", log(Sk(exp(c * z[k]))), "=", c * lse(), REAL),
    ("softmax", soft(i), "<", 1, REAL),
    ("softmax", lse(), ">", z[i], REAL),
    ("softmax", lse(), "<=", Sk(z[k]) / n + log(n), REAL),
    ("softmax", Limit(exp(z[i] / T) / Sk(exp(z[k] / T)), T, oo), "=", 1, HOT),
    ("entropy", CE, "=", H - KL, PMF),
    ("entropy", CE, "=", -Sk(q[k] * log(p[k])), PMF),
    ("entropy", H, "<=", 1, PMF),
    ("entropy", H, ">=", log(n), PMF),
    ("entropy", KL, "=", Sk(q[k] * log(q[k] / p[k])), PMF),
    ("entropy", KL, ">", 0, PMF),
    ("entropy", Sk(P[k] * log(P[k] / Q[k])), ">=", 0, PQ),
    ("entropy", Sk(P[k] * log(P[k] / Q[k])), "<=", Sk((P[k] - Q[k]) ** 2 / Q[k]), PQ),
    ("entropy", Sk(P[k] * log(c * P[k])), "=", log(c) + Sk(P[k] * log(P[k])), {**PQ, "domains": {**PQ["domains"], "c": "positive"}}),
    ("entropy", log(Sk(P[k] * Q[k])), ">=", Sk(P[k] * log(Q[k])), PQ),
    ("entropy", Derivative(-Sk(P[k] * log(P[k])), P[i]), "=", -log(P[i]), PQ),
    ("entropy", Derivative(-Sk(P[k] * log(P[k])), P[i]), "=", log(P[i]) + 1, PQ),
    ("losses", Derivative(-Sk(t[k] * log(soft(k, index=l))), z[j]), "=", t[j] - soft(j), LAB),
    ("losses", Derivative(-Sk(t[k] * log(soft(k, index=l))), z[j]), "=", soft(j) - t[j], {**LAB, "domains": {"t": "real", "z": "real"}}),
    ("losses", Sk(t[k] ** 2), "=", 1, LAB),
    ("losses", Derivative(Sk((x[k] - y[k]) ** 2) / n, x[i]), "=", 2 * (x[i] - y[i]), VEC),
    ("losses", Derivative(Sk((x[k] - y[k]) ** 2) / n, x[i]), "=", (x[i] - y[i]) / n, VEC),
    ("losses", Sk(Abs(x[k] - y[k])) / n, "<=", Sk((x[k] - y[k]) ** 2) / n, VEC),
    ("losses", -a * log(logistic(x1)) - (1 - a) * log(1 - logistic(x1)), "=", log(1 + exp(x1)) + a * x1, BIN),
    ("activations", Derivative(tanh(x1), x1), "=", (1 - tanh(x1)) ** 2, ONE),
    ("activations", tanh(x1), "=", 2 * logistic(x1) - 1, ONE),
    ("activations", Max(x1 + x2, 0), "=", Max(x1, 0) + Max(x2, 0), ONE),
    ("activations", Piecewise((x1, x1 > 0), (0, True)), "=", Abs(x1), ONE),
    ("activations", Piecewise((x1, x1 > 0), (x1 / 10, True)), "=", Max(x1, 0), ONE),
    ("activations", log(1 + exp(x1)), "<=", Max(x1, 0), ONE),
    ("activations", logistic(x1), ">", logistic(x2), ONE),
    ("variance", Sk((x[k] - mean) ** 2), "=", Sk(x[k] ** 2) - n * Sk(x[k]) ** 2, VEC),
    ("variance", Sk(x[k]) ** 2, "=", Sk(x[k] ** 2), VEC),
    ("variance", Sk(p[k] * x[k]) ** 2, "<=", Sk(p[k] * x[k] ** 2), {**WEI, "domains": {"p": "positive", "x": "real"}}),
    ("variance", Sk(x[k] * y[k]), "=", Sk(x[k]) * Sk(y[k]), VEC),
    ("variance", Sk(x[k] * y[k]) ** 2, "<=", Sk(x[k] ** 2) + Sk(y[k] ** 2), VEC),
    ("regression", Derivative(Sk(residual**2, i, N) / N, w[l]), "=", Sk(X[i, l] * residual, i, N) / N, REG),
    ("regression", Derivative(Sk(residual**2, i, N) / N, w[l]), "=", 2 * Sk(X[i, l] * residual, i, N), REG),
    ("sums", Sk(k), "=", n * (n - 1) / 2, {}),
    ("sums", Sum(x[k], (k, 1, n)) + c, "=", Sk(x[k] + c), VEC),
    ("sums", Sk(KroneckerDelta(k, i) * x[k]), "=", x[i] / n, VEC),
    ("sums", Sum(beta**s, (s, 0, n - 1)), "=", (1 - beta ** (n - 1)) / (1 - beta), {"domains": {"beta": "positive"}, "hypotheses": [beta < 1]}),
    ("optimisers", (1 - beta) * Sum(beta ** (T - s), (s, 1, T)), "=", 1 - beta ** (T + 1), SEQ),
    ("optimisers", (1 - eta * L) ** 2, "<", 1, OPT),
    ("optimisers", Abs(1 - eta * L), "<", 1, {**OPT, "hypotheses": [eta * L <= 2]}),
    ("optimisers", x1 - eta * Derivative(L * x1**2 / 2, x1), "=", (1 - eta) * x1, OPT),
    ("convexity", (a * x1 + (1 - a) * x2) ** 2, "<=", a * x1**2 + (1 - a) * x2**2, {"domains": {"a": "real", "x1": "real", "x2": "real"}}),
    ("limits", Limit(x1 * log(x1), x1, 0, "+"), "=", -1, {"domains": {"x1": "positive"}}),
]  # fmt: skip

AREA = {
    "domains": {"t": "simplex", "z": "real", "a": "unit"},
    "shapes": {"t": ("n",), "z": ("n",)},
    "indices": {"i": "n", "j": "n"},
}
MAT = {"domains": {"P": "positive"}, "shapes": {"P": ("n", "m")}, "hypotheses": [Eq(Sum(P[i, j], (i, 1, n), (j, 1, m)), 1)]}
ADAM = {
    "domains": {"a": "real", "g": "real", "beta": "positive", "eta": "positive", "v": "nonnegative", "epsilon": "positive"},
    "shapes": {"g": ("T",)},
}
row = Sum(P[i, l], (l, 1, m))
col = Sum(P[k, j], (k, 1, n))
both = ((i, 1, n), (j, 1, m))
centred = x[k] - mean

TRUE_IDENTITIES += [
    ("softmax", Derivative(-log(soft(i)), z[j]), "=", soft(j) - KroneckerDelta(i, j), REAL),
    ("softmax", Sk(soft(k, index=l) * (KroneckerDelta(k, j) - soft(j)), k), "=", 0, REAL),
    ("softmax", Sum(Derivative(soft(i), z[j]), (i, 1, n)), "=", 0, REAL),
    ("softmax", soft(i) / soft(j), "=", exp(z[i] - z[j]), REAL),
    ("softmax", exp(z[i] - lse()), "=", soft(i), REAL),
    ("softmax", Derivative(exp(z[i] / T) / Sk(exp(z[k] / T)), z[j]), "=", (exp(z[i] / T) / Sk(exp(z[k] / T))) * (KroneckerDelta(i, j) - exp(z[j] / T) / Sk(exp(z[k] / T))) / T, HOT),
    ("softmax", Sum(soft(i) * soft(j), (i, 1, n), (j, 1, n)), "=", 1, REAL),
    ("softmax", -Sk(soft(i) * log(soft(i)), i), "=", lse() - Sk(soft(i) * z[i], i), REAL),
    ("softmax", exp(c * 0 + z[i]) * exp(-lse()), "=", soft(i), REAL),
    ("softmax", Function("softmax")(z, i), "=", soft(i), REAL),
    ("softmax", Function("logsumexp")(z), "=", lse(), REAL),
    ("softmax", Derivative(Function("logsumexp")(z), z[j]), "=", Function("softmax")(z, j), REAL),
    ("entropy", Function("entropy")(p), "=", H, PMF),
    ("entropy", Function("kl_divergence")(p, q), "=", CE - H, {**PMF, "domains": {"p": "simplex", "q": "positive"}, "hypotheses": [Eq(Sk(q[k]), 1)]}),
    ("entropy", Sk(p[k] * log(p[k] / (1 / n))), "=", log(n) - H, PMF),
    ("entropy", -Sk(q[k] * log(1 / n)), "=", log(n), PMF),
    ("entropy", -log(1 / n), "=", log(n), PMF),
    ("entropy", exp(-Sk(1 / n * log(1 / n))), "=", n, PMF),
    ("entropy", Sk(p[k] * (log(p[k]) - log(2))), "=", -H - log(2), PMF),
    ("entropy", Sk(P[k] * log(P[k])) - Sk(P[k] * log(Q[k])), "=", Sk(P[k] * log(P[k] / Q[k])), PQ),
    ("entropy", Sk(P[k] * log(P[k] / ((P[k] + Q[k]) / 2))), "=", log(2) * Sk(P[k]) + Sk(P[k] * log(P[k] / (P[k] + Q[k]))), PQ),
    ("entropy", Derivative(-Sk(P[k] * log(Q[k])), Q[i]), "=", -P[i] / Q[i], PQ),
    ("entropy", Sum(P[i, j] * log(P[i, j] / (row * col)), *both), "=", Sum(P[i, j] * log(P[i, j]), *both) - Sum(row * log(row), (i, 1, n)) - Sum(col * log(col), (j, 1, m)), MAT),
    ("entropy", Sum(P[i, j] * log(P[i, j] / row), *both), "=", Sum(P[i, j] * log(P[i, j]), *both) - Sum(row * log(row), (i, 1, n)), MAT),
    ("losses", -Sk(t[k] * log(soft(k, index=l))), "=", Sk(t[k] * (lse(index=l) - z[k])), LAB),
    ("losses", -Sk(((1 - a) * t[k] + a / n) * log(soft(k, index=l))), "=", lse() - (1 - a) * Sk(t[k] * z[k]) - a * Sk(z[k]) / n, AREA),
    ("losses", Derivative(Sk((1 - a) * t[k] + a / n) * lse() - Sk(((1 - a) * t[k] + a / n) * z[k]), z[j]), "=", soft(j) - ((1 - a) * t[j] + a / n), AREA),
    ("losses", -Sk(KroneckerDelta(k, j) * log(soft(k, index=l))), "=", -log(soft(j)), REAL),
    ("losses", -a * log(logistic(x1)) - (1 - a) * log(logistic(-x1)), "=", Max(x1, 0) - a * x1 + log(1 + exp(-Abs(x1))), BIN),
    ("losses", log(1 + exp(x1)), "=", Max(x1, 0) + log(1 + exp(-Abs(x1))), ONE),
    ("losses", Derivative((x1 - x2) ** 2 / 2, x1), "=", x1 - x2, ONE),
    ("losses", Derivative(sqrt((x1 - x2) ** 2 + v), x1), "=", (x1 - x2) / sqrt((x1 - x2) ** 2 + v), ONE),
    ("losses", (Sk((x[k] - y[k]) ** 2) / n), "=", Sk((y[k] - x[k]) ** 2) / n, VEC),
    ("losses", Sk(x[k] - y[k]) / n, "=", Sk(x[k]) / n - Sk(y[k]) / n, VEC),
    ("losses", Derivative(Sk((a * x[k] + b - y[k]) ** 2) / n, a), "=", 2 * Sk(x[k] * (a * x[k] + b - y[k])) / n, VEC),
    ("losses", Derivative(Sk((a * x[k] + b - y[k]) ** 2) / n, b), "=", 2 * Sk(a * x[k] + b - y[k]) / n, VEC),
    ("losses", Sk((x[k] - mean) ** 2) + n * (mean - c) ** 2, "=", Sk((x[k] - c) ** 2), VEC),
    ("activations", Derivative(logistic(x1), x1), "=", exp(-x1) / (1 + exp(-x1)) ** 2, ONE),
    ("activations", Derivative(logistic(x1), x1, 2), "=", logistic(x1) * (1 - logistic(x1)) * (1 - 2 * logistic(x1)), ONE),
    ("activations", 1 - logistic(x1), "=", logistic(-x1), ONE),
    ("activations", logistic(x1), "=", exp(x1) / (1 + exp(x1)), ONE),
    ("activations", logistic(x1), "=", (1 + tanh(x1 / 2)) / 2, ONE),
    ("activations", log(1 - logistic(x1)), "=", -x1 - log(1 + exp(-x1)), ONE),
    ("activations", Derivative(log(logistic(x1)), x1), "=", 1 - logistic(x1), ONE),
    ("activations", tanh(x1) ** 2 + 1 / S.cosh(x1) ** 2, "=", 1, ONE),
    ("activations", tanh(-x1), "=", -tanh(x1), ONE),
    ("activations", tanh(2 * x1), "=", 2 * tanh(x1) / (1 + tanh(x1) ** 2), ONE),
    ("activations", Max(x1, 0), "=", (x1 + Abs(x1)) / 2, ONE),
    ("activations", Max(a, b) - Min(a, b), "=", Abs(a - b), ONE),
    ("activations", Max(c * x1, 0), "=", c * Max(x1, 0), ONE),
    ("activations", x1 * logistic(x1) - x1, "=", -x1 * logistic(-x1), ONE),
    ("activations", Derivative(log(v), v), "=", 1 / v, ONE),
    ("activations", Derivative(v * log(v), v), "=", log(v) + 1, ONE),
    ("activations", log(exp(x1) / v), "=", x1 - log(v), ONE),
    ("activations", sqrt(x1**2), "=", Abs(x1), ONE),
    ("activations", log(sqrt(v)), "=", log(v) / 2, ONE),
    ("activations", Piecewise((x1, x1 >= 0), (-x1, True)), "=", Abs(x1), ONE),
    ("activations", Function("relu")(x1) + Function("relu")(-x1), "=", Abs(x1), ONE),
    ("variance", Sk(centred**2) / n, "=", Sk(x[k] ** 2) / n - (Sk(x[k]) / n) ** 2, VEC),
    ("variance", Sk((x[k] + c - Sk(x[l] + c, l) / n) ** 2), "=", Sk(centred**2), VEC),
    ("variance", Sk((a * x[k] - Sk(a * x[l], l) / n) ** 2), "=", a**2 * Sk(centred**2), VEC),
    ("variance", Sk((x[k] + y[k] - mean - mean_y) ** 2), "=", Sk(centred**2) + Sk((y[k] - mean_y) ** 2) + 2 * Sk(centred * (y[k] - mean_y)), VEC),
    ("variance", Sum((x[i] - x[j]) ** 2, (i, 1, n), (j, 1, n)) / (2 * n**2), "=", Sk(x[k] ** 2) / n - (Sk(x[k]) / n) ** 2, VEC),
    ("variance", Sk(centred * y[k]), "=", Sk(x[k] * y[k]) - Sk(x[k]) * Sk(y[k]) / n, VEC),
    ("variance", Sum((x[i] * y[j] - x[j] * y[i]) ** 2, (i, 1, n), (j, 1, n)) / 2, "=", Sk(x[k] ** 2) * Sk(y[k] ** 2) - Sk(x[k] * y[k]) ** 2, VEC),
    ("regression", Derivative(Sk(y[i] * log(logistic(Sk(X[i, j] * w[j], j, d))), i, N), w[l]), "=", Sk(y[i] * X[i, l] * (1 - logistic(Sk(X[i, j] * w[j], j, d))), i, N), REG),
    ("regression", Sk(residual**2, i, N), "=", Sk(Sk(X[i, j] * w[j], j, d) ** 2, i, N) - 2 * Sk(y[i] * Sk(X[i, j] * w[j], j, d), i, N) + Sk(y[i] ** 2, i, N), REG),
    ("regression", Derivative(Sk(w[j] ** 2, j, d), w[l]), "=", 2 * w[l], REG),
    ("regression", Derivative(Sk(Sk(X[i, j] * w[j], j, d) * y[i], i, N), w[l]), "=", Sk(X[i, l] * y[i], i, N), REG),
    ("sums", Sk(c), "=", n * c, VEC),
    ("sums", Sk(x[k] * Sk(y[l], l)), "=", Sk(x[k]) * Sk(y[k]), VEC),
    ("sums", Sum(KroneckerDelta(i, j), (i, 1, n), (j, 1, n)), "=", n, VEC),
    ("sums", Sum(KroneckerDelta(i, j) * x[i] * y[j], (i, 1, n), (j, 1, n)), "=", Sk(x[k] * y[k]), VEC),
    ("sums", Derivative(Sk(x[k]) ** 2, x[i]), "=", 2 * Sk(x[k]), VEC),
    ("sums", Derivative(Sk(x[k] * y[k]), x[i]), "=", y[i], VEC),
    ("sums", S.Product(exp(x[k]), (k, 1, n)), "=", exp(Sk(x[k])), VEC),
    ("sums", log(S.Product(P[k], (k, 1, n))), "=", Sk(log(P[k])), PQ),
    ("sums", Sk(2 * k - 1), "=", n**2, {}),
    ("sums", Sk(k**3), "=", (n * (n + 1) / 2) ** 2, {}),
    ("optimisers", beta * a + (1 - beta) * a, "=", a, ADAM),
    ("optimisers", a - eta * (a - b), "=", (1 - eta) * a + eta * b, {"domains": {"a": "real", "b": "real", "eta": "positive"}}),
    ("optimisers", (1 - beta) * Sum(beta ** (T - s) * c, (s, 1, T)), "=", c * (1 - beta**T), {"domains": {"beta": "positive", "c": "real"}, "hypotheses": [beta < 1]}),
    ("optimisers", Sum(beta**s, (s, 0, T - 1)), "=", (1 - beta**T) / (1 - beta), {"domains": {"beta": "positive"}, "hypotheses": [beta < 1]}),
    ("optimisers", a - eta * (2 * c * a + lam * a), "=", (1 - 2 * eta * c - eta * lam) * a, {"domains": {"a": "real", "c": "real", "lambda": "positive", "eta": "positive"}}),
    ("limits", Limit((1 - beta**v), v, oo), "=", 1, {"domains": {"beta": "positive", "v": "positive"}, "hypotheses": [beta < 1]}),
    ("limits", Limit(-log(v), v, 0, "+"), "=", oo, ONE),
    ("limits", Limit(log(1 + exp(x1)), x1, -oo), "=", 0, ONE),
    ("limits", Limit(tanh(x1), x1, oo), "=", 1, ONE),
    ("limits", Limit((exp(x1) - 1) / x1, x1, 0), "=", 1, ONE),
    ("limits", Limit(log(1 + v) / v, v, 0, "+"), "=", 1, ONE),
]  # fmt: skip

TRUE_INEQUALITIES += [
    ("softmax", soft(i) * soft(j), "<=", 1, REAL, True),
    ("softmax", Sk(soft(k, index=l) ** 2), "<=", 1, REAL, True),
    ("softmax", Sk(soft(k, index=l) ** 2), ">=", 1 / n, REAL, False),
    ("softmax", -Sk(soft(k, index=l) * log(soft(k, index=l))), "<=", log(n), REAL, True),
    ("softmax", -Sk(soft(k, index=l) * log(soft(k, index=l))), ">=", 0, REAL, False),
    ("softmax", lse(), ">", z[i] - 1, REAL, False),
    ("softmax", Sk(soft(k, index=l) * z[k] ** 2), ">=", Sk(soft(k, index=l) * z[k]) ** 2, REAL, False),
    ("softmax", lse(), ">=", Sk(t[k] * z[k]), LAB, False),
    ("softmax", Function("logsumexp")(z), ">=", z[i], REAL, False),
    ("entropy", Function("entropy")(p), "<=", log(n), PMF, True),
    ("entropy", Function("kl_divergence")(p, q), ">=", 0, PMF, False),
    ("entropy", -p[i] * log(p[i]), ">=", 0, PMF, False),
    ("entropy", p[i], "<=", 1, PMF, True),
    ("entropy", p[i] * p[j], "<=", Rational(1, 4) + 0 * p[i], {"domains": {"p": "simplex"}, "shapes": {"p": ("n",)}, "indices": {"i": "n", "j": "n"}, "hypotheses": [S.Ne(i, j)]}, True),
    ("entropy", Sk(p[k] * q[k]), "<=", 1, PMF, True),
    ("entropy", Sk(sqrt(p[k] * q[k])), "<=", 1, PMF, True),
    ("entropy", Sk(Abs(p[k] - q[k])), "<=", 2, PMF, True),
    ("entropy", Sum(P[i, j] * log(P[i, j] / (row * col)), *both), ">=", 0, MAT, False),
    ("entropy", -Sum(P[i, j] * log(P[i, j]), *both), "<=", -Sum(row * log(row), (i, 1, n)) - Sum(col * log(col), (j, 1, m)), MAT, False),
    ("entropy", -Sum(P[i, j] * log(P[i, j]), *both), "<=", log(n) + log(m), MAT, True),
    ("entropy", exp(H), "<=", n, PMF, True),
    ("entropy", -log(Sk(p[k] ** 2)), "<=", H, PMF, True),
    ("entropy", Sk((p[k] - 1 / n) ** 2), "<=", 1, PMF, False),
    ("entropy", -a * log(b) - (1 - a) * log(1 - b), ">=", -a * log(a) - (1 - a) * log(1 - a), {"domains": {"a": "unit", "b": "unit"}}, False),
    ("losses", (x1 - x2) ** 2, ">=", 0, ONE, False),
    ("losses", Sk((x[k] - y[k]) ** 2) / n, ">=", (Sk(x[k] - y[k]) / n) ** 2, VEC, False),
    ("losses", -log(logistic(x1)), ">", 0, ONE, False),
    ("losses", -log(soft(j)), ">=", 0, REAL, False),
    ("losses", sqrt(Sk((x[k] - y[k]) ** 2) / n), ">=", Sk(Abs(x[k] - y[k])) / n, VEC, False),
    ("losses", Min(Abs(x1), c) * (Abs(x1) - Min(Abs(x1), c) / 2), "<=", c * Abs(x1), ONE, True),
    ("losses", (1 - logistic(x1)) ** 2 * -log(logistic(x1)), "<=", -log(logistic(x1)), ONE, True),
    ("activations", Derivative(logistic(x1), x1), "<=", Rational(1, 4), ONE, True),
    ("activations", Derivative(logistic(x1), x1), ">", 0, ONE, False),
    ("activations", Derivative(tanh(x1), x1), "<=", 1, ONE, True),
    ("activations", Derivative(log(1 + exp(x1)), x1, 2), "<=", Rational(1, 4), ONE, True),
    ("activations", log(1 + exp(x1)), ">=", x1, ONE, False),
    ("activations", log(1 + exp(x1)), ">", 0, ONE, False),
    ("activations", log(1 + exp(x1)), ">=", log(2) + x1 / 2, ONE, False),
    ("activations", tanh(v), "<=", v, ONE, True),
    ("activations", Abs(x1) - Abs(x2), "<=", Abs(x1 - x2), ONE, True),
    ("activations", Max(x1, x2), ">=", x1, ONE, False),
    ("activations", Max(x1 + x2, 0), "<=", Max(x1, 0) + Max(x2, 0), ONE, True),
    ("activations", x1 * logistic(x1), "<=", Max(x1, 0), ONE, True),
    ("activations", x1 * logistic(x1), ">=", -1, ONE, False),
    ("activations", exp(-v), "<", 1, ONE, True),
    ("activations", 1 - exp(-v), "<=", v, ONE, True),
    ("activations", exp(x1) + exp(-x1), ">=", 2, ONE, False),
    ("activations", log(v), "<", v, ONE, False),
    ("activations", log(v), ">=", 1 - 1 / v, ONE, False),
    ("activations", sqrt(v), "<=", (1 + v) / 2, ONE, True),
    ("activations", (exp(x1) + exp(x2)) / 2, ">=", exp((x1 + x2) / 2), ONE, False),
    ("variance", Sk((x[k] - mean) ** 2) / n, ">=", 0, VEC, False),
    ("variance", (Sk(x[k]) / n) ** 2, "<=", Sk(x[k] ** 2) / n, VEC, True),
    ("variance", Sk(centred * (y[k] - mean_y)) ** 2, "<=", Sk(centred**2) * Sk((y[k] - mean_y) ** 2), VEC, True),
    ("variance", Sk((x[k] + y[k]) ** 2), "<=", 2 * Sk(x[k] ** 2) + 2 * Sk(y[k] ** 2), VEC, True),
    ("variance", a**2 + b**2 + c**2, ">=", a * b + b * c + a * c, ONE, False),
    ("variance", (a + b + c) ** 2, "<=", 3 * (a**2 + b**2 + c**2), ONE, True),
    ("sums", Sk(x[k] * y[k]), "<=", sqrt(Sk(x[k] ** 2)) * sqrt(Sk(y[k] ** 2)), VEC, True),
    ("sums", Abs(Sk(x[k] * y[k])), "<=", sqrt(Sk(x[k] ** 2) * Sk(y[k] ** 2)), VEC, True),
    ("sums", Abs(Sk(p[k] * x[k])), "<=", Sk(p[k] * Abs(x[k])), WEI, True),
    ("sums", Sk(P[k] ** 2), "<=", Sk(P[k]) ** 2, PQ, True),
    ("sums", Sk(P[k] / Q[k]) * Sk(P[k] * Q[k]), ">=", Sk(P[k]) ** 2, PQ, False),
    ("sums", exp(Sk(p[k] * x[k])), "<=", Sk(p[k] * exp(x[k])), WEI, True),
    ("sums", Sk(Abs(x[k] + y[k])), "<=", Sk(Abs(x[k])) + Sk(Abs(y[k])), VEC, True),
    ("sums", n, "<=", n**2, {}, True),
    ("optimisers", eta * x1**2 * (1 - L * eta / 2), ">=", 0, {**OPT, "hypotheses": [eta * L <= 2]}, False),
    ("optimisers", (1 - eta * L) ** 2 * x1**2, "<=", x1**2, {**OPT, "hypotheses": [eta * L <= 2]}, True),
    ("optimisers", beta * a**2 + (1 - beta) * b**2, ">=", (beta * a + (1 - beta) * b) ** 2, {"domains": {"beta": "unit", "a": "real", "b": "real"}}, False),
    ("optimisers", a / (sqrt(v) + eps), "<=", Abs(a) / eps, ADAM, True),
    ("convexity", Derivative(v * log(v), v, 2), ">", 0, ONE, False),
    ("convexity", Derivative(log(1 + exp(x1)), x1, 2), ">", 0, ONE, False),
    ("convexity", Derivative(-log(v), v, 2), ">=", 0, ONE, False),
    ("convexity", x1**4 + 1, ">=", 2 * x1**2, ONE, False),
    ("convexity", x1**2 - x1 + 1, ">", 0, ONE, False),
    ("convexity", (a * v + (1 - a) * c) * (a / v + (1 - a) / c), ">=", 1, {"domains": {"a": "unit", "v": "positive", "c": "positive"}}, False),
    ("convexity", log(a * v + (1 - a) * c), ">=", a * log(v) + (1 - a) * log(c), {"domains": {"a": "unit", "v": "positive", "c": "positive"}}, False),
]  # fmt: skip


def varied():
    """False statements made from the true ones: sign flipped, a constant changed by 1 %, a direction turned."""
    for place, (area, left, _, right, given) in enumerate(TRUE_IDENTITIES):
        if right == 0:
            yield (area, left, "=", Rational(1, 100), given)
        elif isinstance(right, Limit) or isinstance(left, Limit):
            yield (area, left, "=", 0 if right == oo else right + Rational(1, 100), given)
        else:
            yield (area, left, "=", right * Rational(101, 100) if place % 2 else -right, given)
    for area, left, op, right, given, tight in TRUE_INEQUALITIES:
        if tight:
            yield (area, left, op, right * Rational(99, 100), given)
        else:
            yield (area, left, {"<": ">", "<=": ">", ">": "<", ">=": "<"}[op], right, given)

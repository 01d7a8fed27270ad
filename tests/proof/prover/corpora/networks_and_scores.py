"""Layers, scores of a classifier, matrices and derivatives under conditions: text, and sympy objects."""

import sympy as S
from sympy import (
    Abs,
    Derivative,
    KroneckerDelta,
    Limit,
    Max,
    Min,
    Piecewise,
    Product,
    Rational,
    Sum,
    diff,
    exp,
    log,
    oo,
    sqrt,
    symbols,
    tanh,
)

from tests.proof.prover.corpora.symbols import N, X, d, i, j, k, l, m, n, w, x, y, z

V = "n: size; i, j, k, l: index[n]; "
Z_ = V + "z: real[n]; "
DATA = "N, d, C: size; i, m: index[N]; j, l: index[d]; c, k, r: index[C]; X: real[N, d]; W: real[d, C]; T: onehot[N, C]"
POS = "TP, FP, FN: positive"

IDENTITIES = [
    ("D(-sum(i, c: T[i, c] log(softmax(vector(r: sum(j: X[i, j] W[j, r])))[c])) / N, W[l, k]) = "
     "sum(i: X[i, l] (softmax(vector(c: sum(j: X[i, j] W[j, c])))[k] - T[i, k])) / N", DATA),
    ("2 (TP / (TP + FP)) (TP / (TP + FN)) / (TP / (TP + FP) + TP / (TP + FN)) = 2 TP / (2 TP + FP + FN)", POS),
    ("1 - sum(k: p[k]^2) = sum(k: p[k] (1 - p[k]))", V + "p: simplex[n]"),
    ("sum(k, l: p[k] p[l] (1 - delta(k, l))) = 1 - sum(k: p[k]^2)", V + "p: simplex[n]"),
    ("sum(k: (p[k] - t[k])^2) = sum(k: p[k]^2) - 2 sum(k: p[k] t[k]) + 1", V + "p: simplex[n]; t: onehot[n]"),
    ("log(p / (1 - p)) - log(q / (1 - q)) = log(p (1 - q) / (q (1 - p)))", "p, q: positive; p < 1; q < 1"),
    ("D(max(a (y - x), (a - 1) (y - x)), x) = -a", "a: unit; x, y: real; x < y"),
    ("D(max(0, 1 - y x), x) = -y", "x, y: real; y x < 1"),
    ("D(max(0, 1 - y x), x) = 0", "x, y: real; y x > 1"),
    ("x / (1 + abs(x)) = x / (1 + x)", "x: nonnegative"),
    ("D(x / (1 + abs(x)), x) = 1 / (1 + abs(x))^2", "x: real; x != 0"),
    ("log(exp(z[i] / T) / sum(k: exp(z[k] / T))) = z[i] / T - log(sum(k: exp(z[k] / T)))", Z_ + "T: positive"),
    ("D(log(exp(z[i] / T) / sum(k: exp(z[k] / T))), T) = (sum(k: z[k] softmax(vector(l: z[l] / T))[k]) - z[i]) / T^2", Z_ + "T: positive"),
    ("D(sum(i: (y[i] - sum(j: X[i, j] w[j]))^2) / (2 s) + sum(j: w[j]^2) / (2 t), w[l]) = "
     "-sum(i: X[i, l] (y[i] - sum(j: X[i, j] w[j]))) / s + w[l] / t",
     "N, d: size; i: index[N]; j, l: index[d]; X: real[N, d]; w: real[d]; y: real[N]; s, t: positive"),
    ("log(a / b) + (b^2 + (m - r)^2) / (2 a^2) - 1 / 2 = (b / a)^2 / 2 - 1 / 2 - log(b / a) + (m - r)^2 / (2 a^2)", "a, b: positive; m, r: real"),
    ("D(log(a) + (1 + m^2) / (2 a^2) - 1 / 2, a) = 1 / a - (1 + m^2) / a^3", "a: positive; m: real"),
    ("sum(k: (m[k]^2 + s[k]^2 - log(s[k]^2) - 1)) / 2 = sum(k: m[k]^2 + s[k]^2) / 2 - sum(k: log(s[k])) - n / 2", V + "m: real[n]; s: positive[n]"),
    ("-log(exp(a) / (exp(a) + sum(k: exp(b[k])))) = log(1 + sum(k: exp(b[k] - a)))", V + "a: real; b: real[n]"),
    ("(x[i] - sum(k: x[k]) / n) + sum(k: x[k]) / n = x[i]", V + "x: real[n]"),
    ("D((x[i] - sum(k: x[k]) / n)^2, x[j]) = 2 (x[i] - sum(k: x[k]) / n) (delta(i, j) - 1 / n)", V + "x: real[n]"),
    ("D(sum(k: (x[k] - sum(l: x[l]) / n)^2) / n, x[j]) = 2 (x[j] - sum(l: x[l]) / n) / n", V + "x: real[n]"),
    ("sum(j: D(softmax(z)[i], z[j]) z[j]) = softmax(z)[i] (z[i] - sum(k: softmax(z)[k] z[k]))", Z_),
    ("m[t] = (1 - b) sum(s = 1..t: b^(t - s) g[s])", "m, g: real[naturals]; s, t: natural; b: unit; m[0] = 0; m[s + 1] = b m[s] + (1 - b) g[s + 1]"),
    ("w[t] = (1 - eta lam)^t w[0]", "w: real[naturals]; s, t: natural; eta, lam: positive; w[s + 1] = w[s] - eta lam w[s]"),
    ("lim(t -> inf: a / (1 - b^t)) = a", "a, b: real; abs(b) < 1; t: natural >= 1"),
    ("lim(T -> 0+: T log((exp(a / T) + exp(b / T)) / 2)) = max(a, b)", "a, b: real; T: positive"),
    ("lim(x -> 0: (softplus(x) - softplus(-x)) / x) = 1", "x: real"),
    ("lim(g -> 0+: (1 - p)^g log(p)) = log(p)", "p: positive; p < 1; g: positive"),
]  # fmt: skip

FALSE = [
    ("D(-sum(i, c: T[i, c] log(softmax(vector(r: sum(j: X[i, j] W[j, r])))[c])) / N, W[l, k]) = "
     "sum(i: X[i, l] (T[i, k] - softmax(vector(c: sum(j: X[i, j] W[j, c])))[k])) / N", DATA),
    ("2 (TP / (TP + FP)) (TP / (TP + FN)) / (TP / (TP + FP) + TP / (TP + FN)) = TP / (TP + FP + FN)", POS),
    ("1 - sum(k: p[k]^2) = sum(k: p[k] (1 + p[k]))", V + "p: simplex[n]"),
    ("sum(k: (p[k] - t[k])^2) = sum(k: p[k]^2) - 2 sum(k: p[k] t[k]) + 1", V + "p: simplex[n]; t: simplex[n]"),
    ("log(p / (1 - p)) - log(q / (1 - q)) = log(p (1 - p) / (q (1 - q)))", "p, q: positive; p < 1; q < 1"),
    ("D(max(a (y - x), (a - 1) (y - x)), x) = a", "a: unit; x, y: real; x < y"),
    ("D(max(0, 1 - y x), x) = -y", "x, y: real; y x > 1"),
    ("x / (1 + abs(x)) = x / (1 + x)", "x: real; x != -1"),
    ("D(log(exp(z[i] / T) / sum(k: exp(z[k] / T))), T) = (z[i] - sum(k: z[k] softmax(vector(l: z[l] / T))[k])) / T^2", Z_ + "T: positive"),
    ("D(log(a) + (1 + m^2) / (2 a^2) - 1 / 2, a) = 1 / a + (1 + m^2) / a^3", "a: positive; m: real"),
    ("-log(exp(a) / (exp(a) + sum(k: exp(b[k])))) = log(1 + sum(k: exp(a - b[k])))", V + "a: real; b: real[n]"),
    ("D((x[i] - sum(k: x[k]) / n)^2, x[j]) = 2 (x[i] - sum(k: x[k]) / n) delta(i, j)", V + "x: real[n]"),
    ("D(sum(k: (x[k] - sum(l: x[l]) / n)^2) / n, x[j]) = 2 x[j] / n", V + "x: real[n]"),
    ("m[t] = (1 - b) sum(s = 1..t: b^(t - s + 1) g[s])", "m, g: real[naturals]; s, t: natural; b: unit; m[0] = 0; m[s + 1] = b m[s] + (1 - b) g[s + 1]"),
    ("w[t] = (1 - eta lam)^(t - 1) w[0]", "w: real[naturals]; s: natural; t: natural >= 1; eta, lam: positive; w[s + 1] = w[s] - eta lam w[s]"),
    ("lim(T -> 0+: T log((exp(a / T) + exp(b / T)) / 2)) = (a + b) / 2", "a, b: real; T: positive"),
    ("lim(x -> 0: (softplus(x) - softplus(-x)) / x) = 1 / 2", "x: real"),
    ("lim(t -> inf: a / (1 - b^t)) = a", "a, b: real; b != 1; b != -1; t: natural >= 1"),
]  # fmt: skip

# sympy objects ------------------------------------------------------------------------------------------------------
x_, y_, m_ = symbols("x y mu", real=True)
s_, v_, tmp = symbols("sigma v tau", positive=True)


ARR = {"domains": {"x": "real", "y": "real"}, "shapes": {"x": ("n",), "y": ("n",)}, "indices": {"i": "n", "j": "n"}}
ZED = {"domains": {"z": "real"}, "shapes": {"z": ("n",)}, "indices": {"i": "n", "j": "n"}}
zsum = Sum(exp(z[k]), (k, 0, n - 1))
xbar = Sum(x[l], (l, 1, n)) / n
A_, B_, C_ = S.MatrixSymbol("A", n, m), S.MatrixSymbol("B", m, n), S.MatrixSymbol("C", n, m)
u_ = S.MatrixSymbol("u", n, 1)
LOGI = {
    "domains": dict.fromkeys(("X", "w", "y"), "real"),
    "shapes": {"X": ("N", "d"), "w": ("d",), "y": ("N",)},
    "indices": {"l": "d", "k": "d"},
}
score = Sum(X[i, j] * w[j], (j, 1, d))
sig = 1 / (1 + exp(-score))

OBJECT_IDENTITIES = [
    (Derivative(exp(x_) / (1 + exp(x_)), x_), "=", exp(x_) / (1 + exp(x_)) ** 2, {}),
    (diff(log(S.cosh(x_)), x_), "=", tanh(x_), {}),
    (Derivative(log(S.cosh(x_)), x_, x_), "=", 1 / S.cosh(x_) ** 2, {}),
    (Derivative(Piecewise((x_, x_ > 0), (exp(x_) - 1, True)), x_), "=", exp(x_), {"hypotheses": [x_ < 0]}),
    (Derivative(Piecewise((x_, x_ > 0), (exp(x_) - 1, True)), x_), "=", 1, {"hypotheses": [x_ > 0]}),
    (Piecewise((0, x_ < -1), (1, x_ > 1), ((x_ + 1) / 2, True)), "=", Min(Max((x_ + 1) / 2, 0), 1), {}),
    (exp(z[0]) / zsum, "=", 1 / Sum(exp(z[k] - z[0]), (k, 0, n - 1)), ZED),
    (Sum(exp(z[k]) / zsum.subs(k, l), (k, 0, n - 1)), "=", 1, ZED),
    (Derivative(exp(z[i]) / zsum, z[j]), "=", exp(z[i]) / zsum * (KroneckerDelta(i, j) - exp(z[j]) / zsum), {"domains": {"z": "real"}, "shapes": {"z": ("n",)}}),
    (Sum(x[k], (k, 0, n - 1)), "=", x[0] + Sum(x[k], (k, 1, n - 1)), {"shapes": {"x": ("n",)}}),
    (Sum(x[k] - x[k - 1], (k, 1, n - 1)), "=", x[n - 1] - x[0], {}),
    (Sum(KroneckerDelta(k, i) * x[k], (k, 0, n - 1)), "=", x[i], {"shapes": {"x": ("n",)}}),
    (Sum((2 * k + 1) ** 2, (k, 0, n - 1)), "=", n * (2 * n - 1) * (2 * n + 1) / 3, {}),
    (Sum(0.5**k, (k, 0, n - 1)), "=", 2 - 2 * 0.5**n, {}),
    (Sum(1.5 * x[k], (k, 1, n)), "=", Rational(3, 2) * Sum(x[k], (k, 1, n)), ARR),
    (S.Add(x_, S.Mul(2, x_, evaluate=False), evaluate=False), "=", 3 * x_, {}),
    (S.log(S.Mul(exp(x_), exp(y_), evaluate=False)), "=", x_ + y_, {}),
    (log(v_, 10), "=", log(v_) / log(10), {}),
    (log(v_**2, 2), "=", 2 * log(v_, 2), {}),
    (S.cbrt(v_) ** 3, "=", v_, {}),
    (S.sign(x_) * Abs(x_), "=", x_, {}),
    (S.Heaviside(x_, 1) * x_, "=", Max(x_, 0), {}),
    (Product(v_, (k, 1, n)), "=", v_**n, {}),
    (log(Product(1 / (s_ * sqrt(2 * S.pi)) * exp(-((x[k] - m_) ** 2) / (2 * s_**2)), (k, 1, n))), "=",
     -n * log(s_) - n * log(2 * S.pi) / 2 - Sum((x[k] - m_) ** 2, (k, 1, n)) / (2 * s_**2), ARR),
    (Derivative(-n * log(s_) - Sum((x[k] - m_) ** 2, (k, 1, n)) / (2 * s_**2), s_), "=", -n / s_ + Sum((x[k] - m_) ** 2, (k, 1, n)) / s_**3, ARR),
    (Derivative(-Sum(y[i] * log(sig) + (1 - y[i]) * log(1 - sig), (i, 1, N)), w[l]), "=", Sum((sig - y[i]) * X[i, l], (i, 1, N)), LOGI),
    (Derivative(Sum(log(1 + exp(score)), (i, 1, N)), w[k], w[l]), "=", Sum(X[i, k] * X[i, l] * sig * (1 - sig), (i, 1, N)), LOGI),
    ((A_ * B_).T, "=", B_.T * A_.T, {}),
    ((A_ + C_) * B_, "=", A_ * B_ + C_ * B_, {}),
    (S.Trace(A_ * B_), "=", S.Trace(B_ * A_), {}),
    (S.Trace(A_.T * A_), "=", Sum(A_[i, j] ** 2, (i, 0, n - 1), (j, 0, m - 1)), {}),
    ((u_.T * (u_ + u_))[0, 0], "=", 2 * Sum(u_[i, 0] ** 2, (i, 0, n - 1)), {}),
    (S.Eq(Sum((x[k] - xbar) ** 2, (k, 1, n)), Sum(x[k] ** 2, (k, 1, n)) - n * xbar**2, evaluate=False), None, None, ARR),
    (Limit(s_ * log(1 + exp(x_ / s_)), s_, 0, "+"), "=", Max(x_, 0), {}),
    (Limit(tanh(x_ / s_), s_, 0, "+"), "=", 1, {"hypotheses": [x_ > 0]}),
    (Limit(x_ * (1 + S.erf(x_ / sqrt(2))) / 2, x_, -oo), "=", 0, {}),
    (Limit((v_**y_ - 1) / y_, y_, 0), "=", log(v_), {}),
]  # fmt: skip

OBJECT_FALSE = [
    (Derivative(log(S.cosh(x_)), x_, x_), "=", 1 / S.cosh(x_), {}),
    (Derivative(Piecewise((x_, x_ > 0), (exp(x_) - 1, True)), x_), "=", 1, {"hypotheses": [x_ < 0]}),
    (Piecewise((0, x_ < -1), (1, x_ > 1), ((x_ + 1) / 2, True)), "=", Min(Max(x_ + Rational(1, 2), 0), 1), {}),
    (Derivative(exp(z[i]) / zsum, z[j]), "=", exp(z[i]) / zsum * (KroneckerDelta(i, j) - exp(z[i]) / zsum), {"domains": {"z": "real"}, "shapes": {"z": ("n",)}}),
    (Sum(x[k], (k, 0, n - 1)), "=", x[0] + Sum(x[k], (k, 0, n - 2)), {"shapes": {"x": ("n",)}, "min_sizes": {"n": 2}}),
    (Sum(x[k], (k, 0, n - 1)), "=", Sum(x[k + 1], (k, 0, n - 1)), {}),
    (Sum(KroneckerDelta(k, i) * x[k], (k, 0, n - 1)), "=", x[0], {"shapes": {"x": ("n",)}, "indices": {"i": "n"}}),
    (Sum(k * x[k], (k, 0, n - 1)), "=", Sum((k + 1) * x[k], (k, 0, n - 1)), {"shapes": {"x": ("n",)}}),
    (Sum((2 * k + 1) ** 2, (k, 0, n - 1)), "=", n * (2 * n + 1) * (2 * n + 3) / 3, {}),
    (Sum(0.5**k, (k, 0, n - 1)), "=", 2 - 0.5**n, {}),
    (log(v_**2, 2), "=", log(v_, 2) ** 2, {}),
    (S.sign(x_) * x_, "=", x_, {}),
    (Product(v_, (k, 1, n)), "=", n * v_, {}),
    (Derivative(-n * log(s_) - Sum((x[k] - m_) ** 2, (k, 1, n)) / (2 * s_**2), s_), "=", -n / s_ + Sum((x[k] - m_) ** 2, (k, 1, n)) / (2 * s_**3), ARR),
    (Derivative(Sum(log(1 + exp(score)), (i, 1, N)), w[k], w[l]), "=", Sum(X[i, k] * X[i, l] * sig, (i, 1, N)), LOGI),
    (A_ * B_, "=", 2 * A_ * B_, {}),
    (S.MatrixSymbol("P", 2, 2) * S.MatrixSymbol("Q", 2, 2), "=", S.MatrixSymbol("Q", 2, 2) * S.MatrixSymbol("P", 2, 2), {}),
    (S.Trace(A_.T * A_), "=", Sum(A_[i, j], (i, 0, n - 1), (j, 0, m - 1)) ** 2, {}),
    (S.Eq(Sum((x[k] - xbar) ** 2, (k, 1, n)), Sum(x[k] ** 2, (k, 1, n)) - xbar**2, evaluate=False), None, None, ARR),
    (Limit(s_ * log(1 + exp(x_ / s_)), s_, 0, "+"), "=", x_, {}),
    (Limit(tanh(x_ / s_), s_, 0, "+"), "=", 1, {}),
    (Limit((v_**y_ - 1) / y_, y_, 0), "=", v_, {}),
]  # fmt: skip

TEXTS = (IDENTITIES, [], FALSE)
OBJECTS = (OBJECT_IDENTITIES, [], OBJECT_FALSE)

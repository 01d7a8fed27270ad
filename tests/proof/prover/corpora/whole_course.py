"""Statements over the whole first course, half as text, half as sympy objects."""

import sympy as S
from sympy import (
    Abs,
    Derivative,
    Eq,
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
    symbols,
    tanh,
)

from tests.proof.prover.corpora.symbols import (
    PMF,
    PQ,
    SUMS,
    WEI,
    N,
    P,
    Q,
    T,
    X,
    a,
    b,
    beta,
    c,
    d,
    eta,
    g,
    i,
    j,
    k,
    l,
    lam,
    lse,
    m,
    mean,
    mu,
    n,
    p,
    q,
    s,
    soft,
    t,
    u,
    v,
    w,
    x,
    x1,
    x2,
    y,
    z,
)

V = "n: size; k, i, j, l: index[n]; "
PV = V + "p, q: simplex[n]; "
PQV = V + "p, q: positive[n]; sum(k: p[k]) = 1; sum(k: q[k]) = 1"
ZV = V + "z, u: real[n]; "
XV = V + "x, y: real[n]; "
JOINT_TEXT = "n, m: size; i, k: index[n]; j, l: index[m]; R: positive[n, m]; sum(i, j: R[i, j]) = 1"
LINEAR = "N, d: size; i, k: index[N]; j, l: index[d]; X: real[N, d]; w, v: real[d]; y: real[N]; lam, eta: positive"
RATE = "b: positive; b < 1; T: natural >= 1"

IDENTITIES = [
    (
        "D(softmax(vector(k: z[k] / T))[i], T) = softmax(vector(k: z[k] / T))[i] "
        "(sum(j: softmax(vector(k: z[k] / T))[j] z[j]) - z[i]) / T^2",
        ZV + "T: positive",
    ),
    ("D(T logsumexp(vector(k: z[k] / T)), T) = entropy(softmax(vector(k: z[k] / T)))", ZV + "T: positive"),
    ("D(entropy(softmax(z)), z[j]) = -softmax(z)[j] (log(softmax(z)[j]) + entropy(softmax(z)))", ZV),
    ("D(D(log(softmax(z)[i]), z[j]), z[k]) = -softmax(z)[j] (delta(j, k) - softmax(z)[k])", ZV),
    ("sum(i: u[i] D(log(softmax(z)[i]), z[j])) = u[j] - softmax(z)[j] sum(i: u[i])", ZV),
    ("kl_divergence(softmax(z), softmax(u)) = sum(k: softmax(z)[k] (z[k] - u[k])) - logsumexp(z) + logsumexp(u)", ZV),
    (
        "-sum(i, j: R[i, j] log(R[i, j])) = -sum(i: sum(j: R[i, j]) log(sum(l: R[i, l]))) "
        "- sum(i, j: R[i, j] log(R[i, j] / sum(l: R[i, l])))",
        JOINT_TEXT,
    ),
    (
        "sum(i, j: R[i, j] log(R[i, j] / (sum(l: R[i, l]) sum(k: R[k, j])))) = sum(i, j: R[i, j] log(R[i, j])) "
        "- sum(i: sum(j: R[i, j]) log(sum(l: R[i, l]))) - sum(j: sum(i: R[i, j]) log(sum(k: R[k, j])))",
        JOINT_TEXT,
    ),
    (
        "-sum(k: ((1 - a) t[k] + a / n) log(q[k])) = (1 - a) crossentropy(t, q) - (a / n) sum(k: log(q[k]))",
        V + "t: onehot[n]; q: positive[n]; a: unit",
    ),
    (
        "D(-sum(k: ((1 - a) t[k] + a / n) log(softmax(z)[k])), z[j]) = softmax(z)[j] - (1 - a) t[j] - a / n",
        ZV + "t: onehot[n]; a: unit",
    ),
    ("sum(k: p[k] (delta(i, k) - p[i]) (delta(j, k) - p[j])) = p[i] (delta(i, j) - p[j])", PV),
    ("sum(k: p[k] sum(i: (delta(i, k) - p[i])^2)) = 1 - sum(i: p[i]^2)", PV),
    ("sum(k: (q[k] - t[k])^2) = 1 + sum(k: q[k]^2) - 2 sum(k: t[k] q[k])", V + "t: onehot[n]; q: real[n]"),
    ("D(log_sigmoid(x), x) = sigmoid(-x)", "x: real"),
    ("tanh(x + y) = (tanh(x) + tanh(y)) / (1 + tanh(x) tanh(y))", "x, y: real"),
    ("D(D(tanh(x), x), x) = -2 tanh(x) (1 - tanh(x)^2)", "x: real"),
    ("relu(x)^2 + relu(-x)^2 = x^2", "x: real"),
    ("min(x, y) = y - relu(y - x)", "x, y: real"),
    ("silu(x) - silu(-x) = x", "x: real"),
    ("sum(s = 1..T: (1 - b) b^(T - s) c) + b^T c = c", RATE + "; c: real"),
    ("sum(s = 1..T: 1 / (s (s + 1))) = T / (T + 1)", "T: natural >= 1"),
    ("sum(s = 1..T: 2 s - 1) = T^2", "T: natural >= 1"),
    ("sum(s = 1..T: log((s + 1) / s)) = log(T + 1)", "T: natural >= 1"),
    (
        "D(dot(X w - y, X w - y) / (2 N) + lam dot(w, w) / 2, w[l]) = sum(i: X[i, l] (sum(j: X[i, j] w[j]) - y[i])) / N + lam w[l]",
        LINEAR,
    ),
    ("dot(X w - y, X w - y) = dot(w, transpose(X) (X w)) - 2 dot(y, X w) + dot(y, y)", LINEAR),
    (
        "D(sum(k: (sum(h: A[k, h] tanh(sum(j: W[h, j] x[j]))) - y[k])^2) / 2, W[i, l]) = "
        "sum(k: (sum(h: A[k, h] tanh(sum(j: W[h, j] x[j]))) - y[k]) A[k, i]) (1 - tanh(sum(j: W[i, j] x[j]))^2) x[l]",
        "n, m, d: size; k: index[n]; h, i: index[m]; j, l: index[d]; A: real[n, m]; W: real[m, d]; x: real[d]; y: real[n]",
    ),
    (
        "D(sum(i: -y[i] log(sigmoid(sum(j: X[i, j] w[j]))) - (1 - y[i]) log(1 - sigmoid(sum(j: X[i, j] w[j])))) / N, w[l]) = "
        "sum(i: (sigmoid(sum(j: X[i, j] w[j])) - y[i]) X[i, l]) / N",
        LINEAR,
    ),
    ("lim(x -> -inf: x sigmoid(x)) = 0", "x: real"),
    ("lim(x -> 0: (softplus(x) - log(2)) / x) = 1 / 2", "x: real"),
    ("sum(i: (x[i] - sum(k: x[k]) / n)^2) / n = sum(i, j: (x[i] - x[j])^2) / (2 n^2)", XV),
]

INEQUALITIES = [
    ("logsumexp(vector(k: (z[k] + u[k]) / 2)) <= (logsumexp(z) + logsumexp(u)) / 2", ZV),
    ("z[i] - z[j] <= logsumexp(z) - z[j]", ZV),
    ("softmax(z)[i] <= exp(z[i] - z[j])", ZV),
    ("max(k: z[k]) <= sum(k: exp(z[k]))", ZV),
    ("sum(k: softmax(z)[k]^2) >= 1 / n", ZV),
    ("sum(i: p[i] x[i]^2) - sum(i: p[i] x[i])^2 >= 0", PV + "x: real[n]"),
    ("sum(k: p[k] log(p[k])) + sum(k: q[k] log(q[k])) >= sum(k: p[k] log(q[k])) + sum(k: q[k] log(p[k]))", PQV),
    ("2 (a - b)^2 <= a log(a / b) + (1 - a) log((1 - a) / (1 - b))", "a, b: positive; a < 1; b < 1"),
    ("sum(i, j: R[i, j] log(R[i, j] / (sum(l: R[i, l]) sum(k: R[k, j])))) >= 0", JOINT_TEXT),
    ("-sum(i, j: R[i, j] log(R[i, j])) >= -sum(i: sum(j: R[i, j]) log(sum(l: R[i, l])))", JOINT_TEXT),
    ("abs(sigmoid(x) - 1 / 2) < 1 / 2", "x: real"),
    ("softplus((x + y) / 2) <= (softplus(x) + softplus(y)) / 2", "x, y: real"),
    ("silu(x) <= max(x, 0)", "x: real"),
    ("max(0, 1 - x) >= max(0, -x)", "x: real"),
    ("max(0, 1 - x) <= 1 + abs(x)", "x: real"),
    ("log(x) / x <= exp(-1)", "x: positive"),
    ("(a + b + c)^2 <= 3 (a^2 + b^2 + c^2)", "a, b, c: real"),
    ("sum(k: x[k] y[k]) / n - sum(k: x[k]) sum(k: y[k]) / n^2 <= sum(k: (x[k] - sum(l: x[l]) / n)^2) / (2 n) "
     "+ sum(k: (y[k] - sum(l: y[l]) / n)^2) / (2 n)", XV),
    ("sum(k: (x[k] - eta g[k])^2) <= sum(k: x[k]^2) - eta (2 mu - eta L^2) sum(k: x[k]^2)",
     V + "x, g: real[n]; eta, mu, L: positive; sum(k: x[k] g[k]) >= mu sum(k: x[k]^2); sum(k: g[k]^2) <= L^2 sum(k: x[k]^2)"),
    ("abs(1 - eta lam) <= max(abs(1 - eta mu), abs(1 - eta L))", "eta, lam, mu, L: positive; mu <= lam; lam <= L"),
    ("(1 - 2 eta mu)^T <= 1", "eta, mu: positive; 2 eta mu <= 1; T: natural"),
    ("sum(s = 1..T: b^(T - s)) < 1 / (1 - b)", RATE),
    ("sum(i: (sum(j: X[i, j] w[j]) - y[i])^2) + lam sum(j: w[j]^2) >= 0", LINEAR),
    ("p[i] log(p[i]) >= -exp(-1)", PV),
    ("sum(k: abs(x[k] + y[k])) <= sum(k: abs(x[k])) + sum(k: abs(y[k]))", XV),
]  # fmt: skip

FALSE = [
    ("D(softmax(vector(k: z[k] / T))[i], T) = softmax(vector(k: z[k] / T))[i] (z[i] - sum(j: softmax(vector(k: z[k] / T))[j] z[j])) / T^2",
     ZV + "T: positive"),
    ("D(T logsumexp(vector(k: z[k] / T)), T) = -entropy(softmax(vector(k: z[k] / T)))", ZV + "T: positive"),
    ("D(D(log(softmax(z)[i]), z[j]), z[k]) = softmax(z)[j] (delta(j, k) - softmax(z)[k])", ZV),
    ("sum(i: u[i] D(log(softmax(z)[i]), z[j])) = u[j] - softmax(z)[j]", ZV),
    ("kl_divergence(softmax(z), softmax(u)) = sum(k: softmax(z)[k] (z[k] - u[k]))", ZV),
    ("-sum(i, j: R[i, j] log(R[i, j])) = -sum(i: sum(j: R[i, j]) log(sum(l: R[i, l]))) - sum(j: sum(i: R[i, j]) log(sum(k: R[k, j])))", JOINT_TEXT),
    ("-sum(i, j: R[i, j] log(R[i, j])) <= -sum(i: sum(j: R[i, j]) log(sum(l: R[i, l])))", JOINT_TEXT),
    ("D(-sum(k: ((1 - a) t[k] + a / n) log(softmax(z)[k])), z[j]) = softmax(z)[j] - (1 - a) t[j] - a", ZV + "t: onehot[n]; a: unit"),
    ("sum(k: (q[k] - t[k])^2) = 1 + sum(k: q[k]^2) - 2 sum(k: t[k] q[k])", V + "t: simplex[n]; q: real[n]"),
    ("D(log_sigmoid(x), x) = sigmoid(x)", "x: real"),
    ("D(D(tanh(x), x), x) = 2 tanh(x) (1 - tanh(x)^2)", "x: real"),
    ("sum(s = 1..T: 2 s - 1) = T (T + 1)", "T: natural >= 1"),
    ("sum(s = 1..T: 1 / (s (s + 1))) = 1 - 1 / T", "T: natural >= 1"),
    ("D(dot(X w - y, X w - y) / (2 N) + lam dot(w, w) / 2, w[l]) = sum(i: X[i, l] (sum(j: X[i, j] w[j]) - y[i])) / N + 2 lam w[l]", LINEAR),
    ("D(sum(i: -y[i] log(sigmoid(sum(j: X[i, j] w[j]))) - (1 - y[i]) log(1 - sigmoid(sum(j: X[i, j] w[j])))), w[l]) = "
     "sum(i: (sigmoid(sum(j: X[i, j] w[j])) - y[i]) X[i, l]) / N", LINEAR),
    ("lim(x -> 0: (softplus(x) - log(2)) / x) = 1 / 4", "x: real"),
    ("x log(x) > -exp(-1)", "x: positive"),
    ("p[i] log(p[i]) > -exp(-1)", PV),
    ("a log(a / b) + (1 - a) log((1 - a) / (1 - b)) >= (21 / 10) (a - b)^2", "a, b: positive; a < 1; b < 1"),
    ("softplus((x + y) / 2) < (softplus(x) + softplus(y)) / 2", "x, y: real"),
    ("max(0, 1 - x) >= 1 + abs(x)", "x: real"),
    ("abs(1 - eta lam) <= abs(1 - eta mu)", "eta, lam, mu, L: positive; mu <= lam; lam <= L"),
    ("sum(s = 1..T: b^(T - s)) < b / (1 - b)", RATE),
    ("softmax(z)[i] <= exp(z[j] - z[i])", ZV),
    ("sum(k: (x[k] - eta g[k])^2) <= sum(k: x[k]^2) - 2 eta mu sum(k: x[k]^2)",
     V + "x, g: real[n]; eta, mu, L: positive; sum(k: x[k] g[k]) >= mu sum(k: x[k]^2)"),
]  # fmt: skip

# sympy objects
h = symbols("h", integer=True)
A_, W, B = map(IndexedBase, ["A", "W", "B"])
s1, s2, m1, m2 = symbols("sigma1 sigma2 m1 m2")
tau = symbols("tau", integer=True, positive=True)
X0 = {"domains": {"x": "real", "y": "real", "c": "real"}, "shapes": {"x": ("n",), "y": ("n",)}, "indices": {"i": "n", "j": "n"}}
RV = {"domains": {"x1": "real", "x2": "real", "v": "positive", "c": "positive", "a": "unit"}}
TEMP = {"domains": {"z": "real", "T": "positive"}, "shapes": {"z": ("n",)}, "indices": {"i": "n", "j": "n"}}
LSM = {"domains": {"z": "real"}, "shapes": {"z": ("n",)}, "indices": {"i": "n", "j": "n", "l": "n"}}
BERN = {"domains": {"a": "positive", "b": "positive"}, "hypotheses": [a < 1, b < 1]}
TWO = {
    "domains": dict.fromkeys(("W", "A", "x", "y", "B"), "real"),
    "shapes": {"W": ("m", "d"), "A": ("n", "m"), "x": ("d",), "y": ("n",), "B": ("m",)},
    "indices": {"i": "m", "j": "d", "l": "n"},
}
DATA = {
    "domains": dict.fromkeys(("X", "w", "y", "u"), "real") | {"lambda": "positive"},
    "shapes": {"X": ("N", "d"), "w": ("d",), "y": ("N",), "u": ("d",)},
    "indices": {"l": "d"},
}
JOINT = {"domains": {"X": "positive"}, "shapes": {"X": ("n", "m")}, "hypotheses": [Eq(Sum(X[i, j], (i, 1, n), (j, 1, m)), 1)]}
DECAY = {"domains": {"beta": "positive", "g": "real", "c": "real"}, "hypotheses": [beta < 1]}
SUMDEC = {"domains": {"beta": "positive"}, "hypotheses": [beta < 1]}
row, col = Sum(X[i, l], (l, 1, m)), Sum(X[l, j], (l, 1, n))


def st(at, of=z):
    return exp(of[at] / T) / Sum(exp(of[k] / T), (k, 1, n))


def pred(at):
    return Sum(X[at, j] * w[j], (j, 1, d))


hidden = Sum(W[h, k] * x[k], (k, 1, d))
out = Sum(A_[s, h] * tanh(hidden), (h, 1, m))

OBJECT_IDENTITIES = [
    (Derivative(z[i] - lse(), z[j]), "=", KroneckerDelta(i, j) - soft(j), LSM),
    (Derivative(soft(i), z[j], z[l]), "=", soft(i) * ((KroneckerDelta(i, l) - soft(l)) * (KroneckerDelta(i, j) - soft(j))
     - soft(j) * (KroneckerDelta(j, l) - soft(l))), LSM),
    (Derivative(st(i), z[j]), "=", st(i) * (KroneckerDelta(i, j) - st(j)) / T, TEMP),
    (Derivative(T * log(Sum(exp(z[k] / T), (k, 1, n))), T), "=", -Sum(st(l) * log(st(l)), (l, 1, n)), TEMP),
    (Sum(soft(i) * (z[i] - Sum(soft(l) * z[l], (l, 1, n))), (i, 1, n)), "=", 0, LSM),
    (log(1 + exp(z[i] - z[j])), "=", log(exp(z[i]) + exp(z[j])) - z[j], LSM),
    (Sum(X[i, j] * log(X[i, j] / (row * col)), (i, 1, n), (j, 1, m)), "=",
     Sum(X[i, j] * log(X[i, j] / row), (i, 1, n), (j, 1, m)) - Sum(X[i, j] * log(col), (i, 1, n), (j, 1, m)), JOINT),
    (a * log(a / b) + (1 - a) * log((1 - a) / (1 - b)), "=",
     -a * log(b) - (1 - a) * log(1 - b) + a * log(a) + (1 - a) * log(1 - a), BERN),
    (Derivative(a * log(a / b) + (1 - a) * log((1 - a) / (1 - b)), b), "=", (b - a) / (b * (1 - b)), BERN),
    (Derivative(a * log(a / b) + (1 - a) * log((1 - a) / (1 - b)), a), "=", log(a / (1 - a)) - log(b / (1 - b)), BERN),
    (-((x1 - m1) ** 2) / (2 * s1**2) + (x1 - m2) ** 2 / (2 * s2**2), "=",
     (1 / s2**2 - 1 / s1**2) * x1**2 / 2 + (m1 / s1**2 - m2 / s2**2) * x1 + m2**2 / (2 * s2**2) - m1**2 / (2 * s1**2),
     {"domains": {"x1": "real", "m1": "real", "m2": "real", "sigma1": "positive", "sigma2": "positive"}}),
    (Derivative(Sum((pred(i) - y[i]) ** 2, (i, 1, N)) / N, w[l]), "=", 2 * Sum((pred(i) - y[i]) * X[i, l], (i, 1, N)) / N, DATA),
    (Sum((pred(i) - y[i]) ** 2, (i, 1, N)), "=", Sum(w[j] * w[k] * Sum(X[i, j] * X[i, k], (i, 1, N)), (j, 1, d), (k, 1, d))
     - 2 * Sum(w[j] * Sum(X[i, j] * y[i], (i, 1, N)), (j, 1, d)) + Sum(y[i] ** 2, (i, 1, N)), DATA),
    (Derivative(Sum(log(1 + exp(-y[i] * pred(i))), (i, 1, N)), w[l]), "=",
     -Sum(y[i] * X[i, l] / (1 + exp(y[i] * pred(i))), (i, 1, N)), DATA),
    (Derivative(Sum((out - y[s]) ** 2, (s, 1, n)) / 2, A_[l, i]), "=",
     (out.subs(s, l) - y[l]) * tanh(Sum(W[i, k] * x[k], (k, 1, d))), TWO),
    (Derivative(Sum(log(1 + exp(Sum(W[h, k] * x[k], (k, 1, d)) + B[h])), (h, 1, m)), x[j]), "=",
     Sum(W[h, j] / (1 + exp(-Sum(W[h, k] * x[k], (k, 1, d)) - B[h])), (h, 1, m)), TWO),
    (Sum(t[k] * log(Q[k]), (k, 1, n)), "=", log(Sum(t[k] * Q[k], (k, 1, n))),
     {"domains": {"t": "onehot", "Q": "positive"}, "shapes": {"t": ("n",), "Q": ("n",)}}),
    (Sum(p[k] * (KroneckerDelta(i, k) - p[i]) ** 2, (k, 1, n)), "=", p[i] * (1 - p[i]), PMF),
    (Sum(p[k] * (x[k] - c) ** 2, (k, 1, n)), "=", Sum(p[k] * x[k] ** 2, (k, 1, n)) - 2 * c * Sum(p[k] * x[k], (k, 1, n)) + c**2,
     {**WEI, "domains": {"p": "simplex", "x": "real", "c": "real"}}),
    ((1 - beta) * Sum(beta ** (tau - s) * c, (s, 1, tau)) / (1 - beta**tau), "=", c, DECAY),
    (Sum(beta ** (2 * s), (s, 0, tau - 1)), "=", (1 - beta ** (2 * tau)) / (1 - beta**2), SUMDEC),
    (Sum(x[s + 1] - x[s], (s, 1, n)), "=", x[n + 1] - x[1], {"domains": {"x": "real"}}),
    (Sum(beta**s - beta ** (s + 1), (s, 0, tau)), "=", 1 - beta ** (tau + 1), SUMDEC),
    (Sum(s**3, (s, 1, n)), "=", n**2 * (n + 1) ** 2 / 4, {}),
    (Piecewise((x1**2 / 2, Abs(x1) <= 1), (Abs(x1) - Rational(1, 2), True)), "=", Min(Abs(x1), 1) * Abs(x1) - Min(Abs(x1), 1) ** 2 / 2, RV),
    (Max(0, 1 - x1), "=", (1 - x1 + Abs(1 - x1)) / 2, RV),
    (Derivative(x1 / (1 + exp(-x1)), x1), "=", (1 + exp(-x1) + x1 * exp(-x1)) / (1 + exp(-x1)) ** 2, RV),
    (1 - tanh(x1) ** 2, "=", 4 / (exp(x1) + exp(-x1)) ** 2, RV),
    (Limit((tanh(x1)) / x1, x1, 0), "=", 1, RV),
    (Limit(T * log((exp(a / T) + exp(b / T)) / 2), T, oo), "=", (a + b) / 2, {"domains": {"a": "real", "b": "real", "T": "positive"}}),
]  # fmt: skip

OBJECT_INEQUALITIES = [
    (z[i], "<=", Sum(exp(z[k]), (k, 1, n)), LSM),
    (Sum(soft(i) * z[i], (i, 1, n)), ">=", Sum(z[k], (k, 1, n)) / n, LSM),
    (-Sum(P[k] * log(P[k]), (k, 1, n)), "<=", -Sum(P[k] * log(Q[k]), (k, 1, n)), SUMS),
    (-Sum(X[i, j] * log(X[i, j]), (i, 1, n), (j, 1, m)), "<=",
     -Sum(row * log(row), (i, 1, n)) - Sum(col * log(col), (j, 1, m)), JOINT),
    (a * log(a / b) + (1 - a) * log((1 - a) / (1 - b)), ">=", 0, BERN),
    (Sum(p[k] * log(p[k] / q[k]), (k, 1, n)), ">=", Sum(Abs(p[k] - q[k]), (k, 1, n)) ** 2 / 2,
     {"domains": {"p": "positive", "q": "positive"}, "shapes": {"p": ("n",), "q": ("n",)},
      "hypotheses": [Eq(Sum(p[k], (k, 1, n)), 1), Eq(Sum(q[k], (k, 1, n)), 1)]}),
    (Sum(P[k] * log(P[k] / Q[k]), (k, 1, n)), ">=", Sum(P[k], (k, 1, n)) * log(Sum(P[k], (k, 1, n)) / Sum(Q[k], (k, 1, n))), PQ),
    ((x1 + x2) ** 2 / (a * v + c), "<=", (x1**2 / v + x2**2 / c) * (v + c) / (a * v + c), RV),
    (Abs(x1 * x2), "<=", c * x1**2 / 2 + x2**2 / (2 * c), RV),
    ((v * c) ** Rational(1, 2), ">=", 2 * v * c / (v + c), RV),
    (S.cosh(x1), ">=", 1, RV),
    (log(1 + exp(-x1)), ">=", Max(0, -x1), RV),
    (log(1 + exp(-x1)), ">=", log(2) - x1 / 2, RV),
    (Max(0, 1 - x1), "<=", log(1 + exp(1 - x1)), RV),
    (Abs(Max(x1, x2) - x2), "<=", Abs(x1 - x2), RV),
    (Abs(tanh(x1)) , "<=", 1, RV),
    (Abs(Abs(x1) - Abs(x2)), "<=", Abs(x1 - x2), RV),
    (Sum((x[k] - mean) ** 2, (k, 1, n)) / n, "<=", Sum(x[k] ** 2, (k, 1, n)) / n, X0),
    (Sum((x[k] - c) * (y[k] - c), (k, 1, n)) ** 2, "<=", Sum((x[k] - c) ** 2, (k, 1, n)) * Sum((y[k] - c) ** 2, (k, 1, n)), X0),
    (Sum(w[j] * u[j], (j, 1, d)), "<=", Sum(w[j] ** 2, (j, 1, d)) / 2 + Sum(u[j] ** 2, (j, 1, d)) / 2, DATA),
    (Sum(u[j] * u[k] * (Sum(X[i, j] * X[i, k], (i, 1, N)) / N + lam * KroneckerDelta(j, k)), (j, 1, d), (k, 1, d)), ">=",
     lam * Sum(u[j] ** 2, (j, 1, d)), DATA),
    ((1 - eta * mu) ** 2, "<=", 1 - eta * mu,
     {"domains": {"eta": "positive", "mu": "positive"}, "hypotheses": [eta * mu <= 1]}),
    ((1 - beta) * Sum(beta ** (tau - s), (s, 1, tau)), "<=", 1, SUMDEC),
    (((1 - beta) * Sum(beta ** (tau - s) * g[s], (s, 1, tau))) ** 2, "<=", (1 - beta**tau) * (1 - beta) * Sum(beta ** (tau - s) * g[s] ** 2, (s, 1, tau)), DECAY),
    (a * exp(x1) + (1 - a) * exp(x2), ">=", exp(a * x1 + (1 - a) * x2), RV),
]  # fmt: skip

OBJECT_FALSE = [
    (Derivative(z[i] - lse(), z[j]), "=", KroneckerDelta(i, j) - soft(i), LSM),
    (Derivative(st(i), z[j]), "=", st(i) * (KroneckerDelta(i, j) - st(j)), TEMP),
    (Derivative(T * log(Sum(exp(z[k] / T), (k, 1, n))), T), "=", Sum(st(l) * log(st(l)), (l, 1, n)), TEMP),
    (Derivative(a * log(a / b) + (1 - a) * log((1 - a) / (1 - b)), b), "=", (a - b) / (b * (1 - b)), BERN),
    (a * log(a / b) + (1 - a) * log((1 - a) / (1 - b)), ">", 0, BERN),
    (Derivative(Sum((pred(i) - y[i]) ** 2, (i, 1, N)) / N, w[l]), "=", 2 * Sum((pred(i) - y[i]) * X[i, l], (i, 1, N)), DATA),
    (Derivative(Sum(log(1 + exp(-y[i] * pred(i))), (i, 1, N)), w[l]), "=",
     -Sum(y[i] * X[i, l] / (1 + exp(-y[i] * pred(i))), (i, 1, N)), DATA),
    (Derivative(Sum((out - y[s]) ** 2, (s, 1, n)) / 2, A_[l, i]), "=", (out.subs(s, l) - y[l]) * tanh(Sum(W[i, k] * x[k], (k, 1, d))) ** 2, TWO),
    (Sum(Sum(W[h, k] * x[k], (k, 1, d)) * B[h], (h, 1, m)), "=", Sum(W[h, k] * x[k], (h, 1, m), (k, 1, d)) * Sum(B[h], (h, 1, m)), TWO),
    (Sum(t[k] * log(Q[k]), (k, 1, n)), "=", log(Sum(t[k] * Q[k], (k, 1, n))),
     {"domains": {"t": "simplex", "Q": "positive"}, "shapes": {"t": ("n",), "Q": ("n",)}}),
    ((1 - beta) * Sum(beta ** (tau - s) * c, (s, 0, tau)), "=", c * (1 - beta**tau), DECAY),
    (Sum(beta ** (2 * s), (s, 0, tau)), "=", (1 - beta ** (2 * tau)) / (1 - beta**2), SUMDEC),
    (Sum(x[s + 1] - x[s], (s, 1, n)), "=", x[n] - x[1], {"domains": {"x": "real"}}),
    (Sum(s**3, (s, 1, n)), "=", n**2 * (n - 1) ** 2 / 4, {}),
    (1 - tanh(x1) ** 2, "=", 2 / (exp(x1) + exp(-x1)) ** 2, RV),
    (Limit((tanh(x1)) / x1, x1, 0), "=", 0, RV),
    (Sum(p[k] * log(p[k] / q[k]), (k, 1, n)), ">=", Sum(Abs(p[k] - q[k]), (k, 1, n)) ** 2,
     {"domains": {"p": "positive", "q": "positive"}, "shapes": {"p": ("n",), "q": ("n",)},
      "hypotheses": [Eq(Sum(p[k], (k, 1, n)), 1), Eq(Sum(q[k], (k, 1, n)), 1)]}),
    (Sum(P[k] * log(P[k] / Q[k]), (k, 1, n)), ">=", Sum(P[k], (k, 1, n)) * log(Sum(Q[k], (k, 1, n)) / Sum(P[k], (k, 1, n))) + 1, PQ),
    (S.cosh(x1), ">", 1, RV),
    (log(1 + exp(-x1)), ">=", log(2) + x1 / 2, RV),
    (log(v) / v, "<", exp(-1), RV),
    (Sum((x[k] - mean) ** 2, (k, 1, n)) / n, "<", Sum(x[k] ** 2, (k, 1, n)) / n, X0),
    (((1 - beta) * Sum(beta ** (tau - s) * g[s], (s, 1, tau))) ** 2, "<=", (1 - beta) ** 2 * Sum(beta ** (tau - s) * g[s] ** 2, (s, 1, tau)), DECAY),
    ((1 - eta * mu) ** 2, "<=", 1 - eta * mu, {"domains": {"eta": "positive", "mu": "positive"}, "hypotheses": [eta * mu <= 2]}),
    (a * exp(x1) + (1 - a) * exp(x2), "<=", exp(a * x1 + (1 - a) * x2), RV),
]  # fmt: skip

TEXTS = (IDENTITIES, INEQUALITIES, FALSE)
OBJECTS = (OBJECT_IDENTITIES, OBJECT_INEQUALITIES, OBJECT_FALSE)

"""Questions of an examiner of a first course: text, and sympy objects."""

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
    Product,
    Rational,
    Sum,
    exp,
    log,
    oo,
    sqrt,
    symbols,
    tanh,
)

from tests.proof.prover.corpora.symbols import (
    HARD,
    HOT,
    LAB,
    PMF,
    PQ,
    REAL,
    VEC,
    WEI,
    L,
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
    logistic,
    m,
    mean,
    mean_y,
    mu,
    n,
    p,
    q,
    s,
    soft,
    t,
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
ZV = V + "z: real[n]; "
XV = V + "x, y: real[n]; "


IDENTITIES = [
    ("softmax(vector(k: z[k] + c))[i] = softmax(z)[i]", ZV + "c: real"),
    ("softmax(vector(k: z[k] / T))[i] / softmax(vector(k: z[k] / T))[j] = exp((z[i] - z[j]) / T)", ZV + "T: positive"),
    ("log(softmax(z)[i]) = z[i] - log(sum(k: exp(z[k])))", ZV),
    ("D(softmax(z)[i], z[i]) = softmax(z)[i] - softmax(z)[i]^2", ZV),
    ("sum(i: D(softmax(z)[i], z[j])) = 0", ZV),
    ("D(D(logsumexp(z), z[i]), z[j]) = softmax(z)[i] (delta(i, j) - softmax(z)[j])", ZV),
    ("D(-log(softmax(z)[i]), z[j]) = softmax(z)[j] - delta(i, j)", ZV),
    ("logsumexp(vector(k: z[k] + c)) = logsumexp(z) + c", ZV + "c: real"),
    ("sigmoid(x) (1 - sigmoid(x)) = exp(-x) / (1 + exp(-x))^2", "x: real"),
    ("sigmoid(-x) = 1 - sigmoid(x)", "x: real"),
    ("D(log(1 + exp(-y x)), x) = -y sigmoid(-y x)", "x, y: real"),
    ("tanh(x) = (1 - exp(-2 x)) / (1 + exp(-2 x))", "x: real"),
    ("D(x sigmoid(x), x) = sigmoid(x) (1 + x (1 - sigmoid(x)))", "x: real"),
    ("softplus(x) = x + softplus(-x)", "x: real"),
    ("crossentropy(p, q) = entropy(p) + kl_divergence(p, q)", V + "p: simplex[n]; q: positive[n]; sum(k: q[k]) = 1"),
    ("entropy(vector(k: 1 / n)) = log(n)", V),
    ("sum(k: p[k] (log(p[k]) + log(n))) = log(n) - entropy(p)", PV),
    (
        "D(sum(i: (sum(j: X[i, j] w[j]) - y[i])^2) / (2 N), w[l]) = sum(i: X[i, l] (sum(j: X[i, j] w[j]) - y[i])) / N",
        "N, d: size; i: index[N]; j, l: index[d]; X: real[N, d]; w: real[d]; y: real[N]",
    ),
    ("D(-t log(sigmoid(x)) - (1 - t) log(1 - sigmoid(x)), x) = sigmoid(x) - t", "t, x: real"),
    ("sum(t = 0..T - 1: beta^t) = (1 - beta^T) / (1 - beta)", "beta: unit; beta < 1; T: natural >= 1"),
    ("(1 - beta) sum(i = 1..t: beta^(t - i) g) = (1 - beta^t) g", "beta: real; g: real; t: natural >= 1"),
    ("sum(k: (x[k] - m)^2) / n = sum(k: (x[k] - sum(i: x[i]) / n)^2) / n + (sum(k: x[k]) / n - m)^2", XV + "m: real"),
    ("lim(T -> inf: exp(z[i] / T) / sum(k: exp(z[k] / T))) = 1 / n", ZV + "T: positive"),
    ("lim(x -> inf: softplus(x) - x) = 0", "x: real"),
    ("sum(k: p[k] (1 - p[k])) = 1 - sum(k: p[k]^2)", PV),
    ("sum(k: t[k] log(q[k])) = log(prod(k: q[k]^t[k]))", V + "t: onehot[n]; q: positive[n]"),
]

INEQUALITIES = [
    ("max(k: z[k]) <= logsumexp(z)", ZV),
    ("T log(sum(k: exp(z[k] / T))) <= max(k: z[k]) + T log(n)", ZV + "T: positive"),
    ("softmax(z)[i] <= 1", ZV),
    ("D(softmax(z)[i], z[i]) <= 1 / 4", ZV),
    ("entropy(p) <= log(n)", PV),
    ("crossentropy(p, q) >= entropy(p)", PV),
    ("kl_divergence(p, q) <= sum(k: p[k]^2 / q[k]) - 1", V + "p: simplex[n]; q: positive[n]; sum(k: q[k]) = 1"),
    ("sum(k: p[k]^2) >= 1 / n", PV),
    ("abs(sum(k: x[k] y[k])) <= sqrt(sum(k: x[k]^2)) sqrt(sum(k: y[k]^2))", XV),
    ("sum(k: abs(x[k])) <= sqrt(n) sqrt(sum(k: x[k]^2))", XV),
    ("exp(sum(k: p[k] x[k])) <= sum(k: p[k] exp(x[k]))", PV + "x: real[n]"),
    ("sqrt(a b) <= (a + b) / 2", "a, b: nonnegative"),
    ("sigmoid(x) (1 - sigmoid(x)) <= 1 / 4", "x: real"),
    ("softplus(x) >= max(x, 0)", "x: real"),
    ("softplus(x) <= max(x, 0) + log(2)", "x: real"),
    ("tanh(x)^2 < 1", "x: real"),
    ("(1 - eta L)^2 <= 1", "eta, L: positive; eta <= 2 / L"),
    ("abs(1 - eta lam) <= 1 - eta mu", "eta, lam, mu, L: positive; mu <= lam; lam <= L; eta <= 1 / L"),
    ("-t log(s) - (1 - t) log(1 - s) >= -t log(t) - (1 - t) log(1 - t)", "t, s: unit; s > 0; s < 1"),
    ("sum(k: p[k] x[k]) <= max(k: x[k])", PV + "x: real[n]"),
    ("abs(max(x, 0) - max(y, 0)) <= abs(x - y)", "x, y: real"),
]

FALSE = [
    ("softmax(vector(k: c z[k]))[i] = softmax(z)[i]", ZV + "c: positive"),
    ("D(softmax(z)[i], z[j]) = softmax(z)[i] (softmax(z)[j] - delta(i, j))", ZV),
    ("D(softmax(z)[i], z[j]) = -softmax(z)[i] softmax(z)[j]", ZV),
    ("D(-log(softmax(z)[i]), z[j]) = delta(i, j) - softmax(z)[j]", ZV),
    ("logsumexp(vector(k: 2 z[k])) = 2 logsumexp(z)", ZV),
    ("logsumexp(z) <= max(k: z[k]) + log(n) / 2", ZV),
    ("logsumexp(z) < max(k: z[k]) + log(n)", ZV),
    ("D(softplus(x), x) = sigmoid(x) (1 - sigmoid(x))", "x: real"),
    ("sigmoid(x) (1 - sigmoid(x)) <= 99 / 400", "x: real"),
    ("D(tanh(x), x) = 1 - tanh(x)", "x: real"),
    ("tanh(x) = 2 sigmoid(x) - 1", "x: real"),
    ("sigmoid(x + y) = sigmoid(x) sigmoid(y)", "x, y: real"),
    ("kl_divergence(p, q) = kl_divergence(q, p)", PV),
    ("kl_divergence(p, q) >= 1 / 100", PV),
    ("crossentropy(p, q) >= entropy(q)", PV),
    ("entropy(p) >= log(n)", PV),
    ("entropy(p) > 0", PV),
    ("sum(k: p[k]^2) > 1 / n", PV),
    ("entropy(vector(k: (p[k] + q[k]) / 2)) <= entropy(p) / 2 + entropy(q) / 2", PV),
    (
        "D(sum(i: (sum(j: X[i, j] w[j]) - y[i])^2) / N, w[l]) = sum(i: X[i, l] (sum(j: X[i, j] w[j]) - y[i])) / N",
        "N, d: size; i: index[N]; j, l: index[d]; X: real[N, d]; w: real[d]; y: real[N]",
    ),
    ("X transpose(X) w = transpose(X) X w", "n: size; X: real[n, n]; w: real[n]"),
    ("D(-t log(sigmoid(x)) - (1 - t) log(1 - sigmoid(x)), x) = t - sigmoid(x)", "t, x: real"),
    ("sum(t = 1..T: beta^t) = (1 - beta^T) / (1 - beta)", "beta: unit; beta < 1; T: natural >= 1"),
    ("(1 - beta) sum(i = 1..t: beta^(t - i) g) = g", "beta: unit; g: real; t: natural >= 1"),
    ("(1 - eta L)^2 < 1", "eta, L: positive; eta <= 2 / L"),
    ("sum(k: (x[k] - sum(i: x[i]) / n)^2) = sum(k: x[k]^2) - (sum(k: x[k]))^2", XV),
    ("sum(k: x[k] y[k]) = sum(k: x[k]) sum(k: y[k])", XV),
    ("sum(k: x[k])^2 <= (n - 1) sum(k: x[k]^2)", XV),
    ("lim(T -> 0+: exp(z[i] / T) / sum(k: exp(z[k] / T))) = 1 / n", ZV + "T: positive"),
    ("lim(x -> inf: softplus(x) - x) = log(2)", "x: real"),
    ("sqrt(x^2) = x", "x: real"),
    ("log(a + b) = log(a) + log(b)", "a, b: positive"),
    ("max(x, y) = (x + y - abs(x - y)) / 2", "x, y: real"),
    ("D(max(x, 0)^2, x) = max(x, 0)", "x: real"),
    ("softplus(x) <= max(x, 0) + 69 / 100", "x: real"),
    ("sum(k: x[k]^2 / n) >= 101 / 100 * (sum(k: x[k]) / n)^2", XV),
    ("-t log(s) - (1 - t) log(1 - s) >= 1 / 100", "t, s: unit; s > 0; s < 1"),
]

# sympy
D1 = {"domains": {"x1": "real", "x2": "real", "v": "positive", "c": "positive", "a": "unit"}}
JS = {
    "domains": {"P": "positive", "Q": "positive"},
    "shapes": {"P": ("n",), "Q": ("n",)},
    "hypotheses": [Eq(Sum(P[k], (k, 1, n)), 1), Eq(Sum(Q[k], (k, 1, n)), 1)],
}
middle = (P[k] + Q[k]) / 2
b1, b2 = symbols("beta1 beta2")
tau = symbols("tau", integer=True, positive=True)
W, B = IndexedBase("W"), IndexedBase("B")
NET = {
    "domains": dict.fromkeys(("W", "x", "B", "g"), "real"),
    "shapes": {"W": ("m", "n"), "x": ("n",), "B": ("m",), "g": ("m",)},
    "indices": {"i": "m", "j": "n"},
}
JOINT = {"domains": {"X": "nonnegative"}, "shapes": {"X": ("n", "m")}, "hypotheses": [Eq(Sum(X[i, j], (i, 1, n), (j, 1, m)), 1)]}
ZERO = {"domains": {"z": "real"}, "shapes": {"z": ("n",)}}
z0 = exp(z[i]) / Sum(exp(z[k]), (k, 0, n - 1))
ADAM = {"domains": {"beta": "positive", "g": "real", "c": "real"}, "shapes": {"g": ("naturals",)}, "hypotheses": [beta < 1]}

OBJECT_IDENTITIES = [
    (Derivative(log(Sum(exp(z[k] / T), (k, 1, n))), z[j]), "=", exp(z[j] / T) / (T * Sum(exp(z[k] / T), (k, 1, n))), HOT),
    (Sum(Derivative(soft(i), z[i]), (i, 1, n)), "=", 1 - Sum(soft(i) ** 2, (i, 1, n)), REAL),
    (Derivative(-Sum(t[k] * log(soft(k, index=l)), (k, 1, n)), z[j]), "=", soft(j) - t[j], LAB),
    (Sum(z0, (i, 0, n - 1)), "=", 1, ZERO),
    (Derivative(1 / (1 + exp(-x1)), x1), "=", exp(x1) / (1 + exp(x1)) ** 2, D1),
    (Derivative(log(1 + exp(x1)), x1, x1), "=", 1 / (2 + exp(x1) + exp(-x1)), D1),
    (Derivative(tanh(x1), x1), "=", 1 - tanh(x1) ** 2, D1),
    (Derivative(Max(x1, 0), x1), "=", 1, {**D1, "hypotheses": [x1 > 0]}),
    (
        Sum(P[k] * log(P[k] / middle), (k, 1, n)) / 2 + Sum(Q[k] * log(Q[k] / middle), (k, 1, n)) / 2,
        "=",
        -Sum(middle * log(middle), (k, 1, n)) + Sum(P[k] * log(P[k]), (k, 1, n)) / 2 + Sum(Q[k] * log(Q[k]), (k, 1, n)) / 2,
        JS,
    ),
    (
        Derivative(Sum(g[i] * (Sum(W[i, k] * x[k], (k, 1, n)) + B[i]), (i, 1, m)), x[j]),
        "=",
        Sum(W[i, j] * g[i], (i, 1, m)),
        {**NET, "indices": {"j": "n"}},
    ),
    (Derivative(Sum(g[l] * (Sum(W[l, k] * x[k], (k, 1, n)) + B[l]), (l, 1, m)), W[i, j]), "=", g[i] * x[j], NET),
    (
        Derivative(Sum((tanh(Sum(W[l, k] * x[k], (k, 1, n))) - B[l]) ** 2, (l, 1, m)) / 2, W[i, j]),
        "=",
        (tanh(Sum(W[i, k] * x[k], (k, 1, n))) - B[i]) * (1 - tanh(Sum(W[i, k] * x[k], (k, 1, n))) ** 2) * x[j],
        NET,
    ),
    (Sum(beta ** (tau - s), (s, 1, tau)) * (1 - beta), "=", 1 - beta**tau, ADAM),
    (Sum(beta**s * (1 - beta), (s, 0, oo)), "=", 1, ADAM),
    (Sum(s * v**s, (s, 0, oo)), "=", v / (1 - v) ** 2, {**D1, "hypotheses": [v < 1]}),
    (Limit(v * log(v), v, 0, "+"), "=", 0, D1),
    (Limit((1 - exp(-v)) / v, v, 0, "+"), "=", 1, D1),
    (Limit(log(1 + exp(x1)) - x1, x1, oo), "=", 0, D1),
    (Sum((x[k] - mean) * (y[k] - mean_y), (k, 1, n)), "=", Sum(x[k] * y[k], (k, 1, n)) - n * mean * mean_y, VEC),
    (Sum(x[k] ** 2, (k, 1, n)) / n - mean**2, "=", Sum((x[i] - x[j]) ** 2, (i, 1, n), (j, 1, n)) / (2 * n**2), VEC),
    (
        log(Product(exp(-((y[k] - mu) ** 2) / (2 * v)) / sqrt(2 * S.pi * v), (k, 1, n))),
        "=",
        -n * log(2 * S.pi * v) / 2 - Sum((y[k] - mu) ** 2, (k, 1, n)) / (2 * v),
        {"domains": {"y": "real", "mu": "real", "v": "positive"}, "shapes": {"y": ("n",)}},
    ),
    (Sum(KroneckerDelta(i, k) * z[k], (k, 1, n)), "=", z[i], REAL),
    (Abs(x1), "=", Max(x1, 0) + Max(-x1, 0), D1),
    (Max(x1, x2) + Min(x1, x2), "=", x1 + x2, D1),
    (Sum(t[k] * z[k], (k, 1, n)) ** 2, "=", Sum(t[k] * z[k] ** 2, (k, 1, n)), HARD),
    (
        Derivative(Sum(w[k] ** 2, (k, 1, d)) * lam / 2, w[l]),
        "=",
        lam * w[l],
        {"domains": {"w": "real", "lambda": "positive"}, "shapes": {"w": ("d",)}, "indices": {"l": "d"}},
    ),
]

OBJECT_INEQUALITIES = [
    (log(Sum(exp(z[k]), (k, 1, n))), ">=", Sum(z[k], (k, 1, n)) / n + log(n), REAL),
    (Sum(P[k] * log(P[k] / Q[k]), (k, 1, n)), ">=", 0, JS),
    (Sum(P[k] * log(P[k] / middle), (k, 1, n)), "<=", log(2), JS),
    (Sum(P[k] * log(P[k] / middle), (k, 1, n)) / 2 + Sum(Q[k] * log(Q[k] / middle), (k, 1, n)) / 2, "<=", log(2), JS),
    (Sum(p[k] * x[k] ** 2, (k, 1, n)), ">=", Sum(p[k] * x[k], (k, 1, n)) ** 2, WEI),
    (Sum((x[k] - mean) ** 2, (k, 1, n)), "<=", Sum((x[k] - c) ** 2, (k, 1, n)), VEC),
    (Sum(x[k] * y[k], (k, 1, n)) ** 2, "<=", Sum(x[k] ** 2, (k, 1, n)) * Sum(y[k] ** 2, (k, 1, n)), VEC),
    (
        2 * Sum(x[k] * y[k], (k, 1, n)),
        "<=",
        Sum(x[k] ** 2, (k, 1, n)) / c + c * Sum(y[k] ** 2, (k, 1, n)),
        {**VEC, "domains": {"x": "real", "y": "real", "c": "positive"}},
    ),
    (Derivative(log(1 + exp(x1)), x1, x1), "<=", Rational(1, 4), D1),
    (Abs(tanh(x1)), "<=", Abs(x1), D1),
    (log(v), "<=", v / c + log(c) - 1, D1),
    (v * log(v), ">=", v - 1, D1),
    (Abs(x1 + x2), "<=", Abs(x1) + Abs(x2), D1),
    (Abs(Sum(x[k], (k, 1, n))), "<=", Sum(Abs(x[k]), (k, 1, n)), VEC),
    (Max(a * x1 + (1 - a) * x2, 0), "<=", a * Max(x1, 0) + (1 - a) * Max(x2, 0), D1),
    (log(1 + exp(a * x1 + (1 - a) * x2)), "<=", a * log(1 + exp(x1)) + (1 - a) * log(1 + exp(x2)), D1),
    (1 - beta**tau, ">", 0, ADAM),
    (sqrt(Sum(x[k] ** 2, (k, 1, n))), "<=", Sum(Abs(x[k]), (k, 1, n)), VEC),
    (-Sum(p[k] * log(p[k]), (k, 1, n)), ">=", 1 - Sum(p[k] ** 2, (k, 1, n)), WEI),
    (
        Sum(g[k] ** 2, (k, 1, d)) * (L * eta**2 / 2 - eta),
        "<=",
        0,
        {"domains": {"g": "real", "L": "positive", "eta": "positive"}, "shapes": {"g": ("d",)}, "hypotheses": [eta <= 2 / L]},
    ),
]

OBJECT_FALSE = [
    (Derivative(log(Sum(exp(z[k] / T), (k, 1, n))), z[j]), "=", exp(z[j] / T) / Sum(exp(z[k] / T), (k, 1, n)), HOT),
    (Derivative(-Sum(t[k] * log(soft(k, index=l)), (k, 1, n)), z[j]), "=", t[j] - soft(j), LAB),
    (
        Derivative(-Sum(t[k] * log(soft(k, index=l)), (k, 1, n)), z[j]),
        "=",
        soft(j) - t[j],
        {**LAB, "domains": {"t": "unit", "z": "real"}},
    ),
    (Sum(exp(z[i]) / Sum(exp(z[k]), (k, 0, n - 2)), (i, 0, n - 1)), "=", 1, {**ZERO, "min_sizes": {"n": 2}}),
    (Derivative(1 / (1 + exp(-x1)), x1), "=", -exp(-x1) / (1 + exp(-x1)) ** 2, D1),
    (Derivative(log(1 + exp(x1)), x1, x1), "=", 1 / (1 + exp(x1) + exp(-x1)), D1),
    (Derivative(tanh(x1), x1), "=", 1 - tanh(x1 / 2) ** 2, D1),
    (Derivative(Max(x1, 0), x1), "=", 1, {**D1, "hypotheses": [x1 >= -1]}),
    (Sum(P[k] * log(P[k] / middle), (k, 1, n)), "<=", log(2) * Rational(1, 2), JS),
    (Sum(P[k] * log(P[k] / Q[k]), (k, 1, n)), "<=", Sum((P[k] - Q[k]) ** 2 / Q[k], (k, 1, n)) / 2, JS),
    (Derivative(Sum(g[l] * (Sum(W[l, k] * x[k], (k, 1, n)) + B[l]), (l, 1, m)), W[i, j]), "=", g[i] * x[j] + B[i], NET),
    (
        Derivative(Sum((Sum(W[l, k] * x[k], (k, 1, n)) - B[l]) ** 2, (l, 1, m)) / 2, W[i, j]),
        "=",
        Sum(W[i, k] * x[k], (k, 1, n)) * x[j],
        NET,
    ),
    (Sum(beta ** (tau - s), (s, 1, tau)) * (1 - beta), "=", 1 - beta ** (tau + 1), ADAM),
    (Sum(beta**s * (1 - beta), (s, 1, oo)), "=", 1, ADAM),
    (Sum(s * v**s, (s, 0, oo)), "=", 1 / (1 - v) ** 2, {**D1, "hypotheses": [v < 1]}),
    (Limit(v * log(v), v, 0, "+"), "=", 1, D1),
    (Limit((exp(v) - 1) / v**2, v, 0, "+"), "=", Rational(1, 2), D1),
    (Limit(tanh(x1), x1, -oo), "=", 1, D1),
    (Sum((x[k] - mean) * (y[k] - mean_y), (k, 1, n)), "=", Sum(x[k] * y[k], (k, 1, n)) - mean * mean_y, VEC),
    (Sum(x[k] ** 2, (k, 1, n)) / n - mean**2, "=", Sum((x[i] - x[j]) ** 2, (i, 1, n), (j, 1, n)) / n**2, VEC),
    (
        Sum((x[k] - mean) ** 2, (k, 1, n)) / (n - 1),
        "=",
        Sum(x[k] ** 2, (k, 1, n)) / (n - 1) - mean**2,
        {**VEC, "min_sizes": {"n": 2}},
    ),
    (
        log(Product(exp(-((y[k] - mu) ** 2) / (2 * v)) / sqrt(2 * S.pi * v), (k, 1, n))),
        "=",
        -log(2 * S.pi * v) / 2 - Sum((y[k] - mu) ** 2, (k, 1, n)) / (2 * v),
        {"domains": {"y": "real", "mu": "real", "v": "positive"}, "shapes": {"y": ("n",)}},
    ),
    (Sum(KroneckerDelta(i, j) * z[k], (k, 1, n)), "=", z[i], REAL),
    (Abs(x1), "=", Max(x1, 0) - Max(-x1, 0), D1),
    (Max(x1, x2) * Min(x1, x2), "=", x1 + x2, D1),
    (Sum(t[k] * z[k], (k, 1, n)) ** 2, "=", Sum(t[k] * z[k] ** 2, (k, 1, n)), LAB),
    (log(Sum(exp(z[k]), (k, 1, n))), ">=", Sum(z[k], (k, 1, n)) / n + log(n) + Rational(1, 100), REAL),
    (
        Sum(p[k] * x[k] ** 2, (k, 1, n)),
        ">=",
        Sum(p[k] * x[k], (k, 1, n)) ** 2,
        {**WEI, "domains": {"p": "nonnegative", "x": "real"}},
    ),
    (Derivative(log(1 + exp(x1)), x1, x1), "<=", Rational(99, 400), D1),
    (log(v), "<", v - 1, D1),
    (v * log(v), ">=", -Rational(36, 100), D1),
    (1 - beta**tau, ">", 0, {**ADAM, "hypotheses": []}),
    (-Sum(p[k] * log(p[k]), (k, 1, n)), "<=", 1 - Sum(p[k] ** 2, (k, 1, n)), WEI),
    (
        Sum(g[k] ** 2, (k, 1, d)) * (L * eta**2 / 2 - eta),
        "<",
        0,
        {"domains": {"g": "real", "L": "positive", "eta": "positive"}, "shapes": {"g": ("d",)}, "hypotheses": [eta <= 2 / L]},
    ),
    (Sum(Abs(x[k]), (k, 1, n)), "<=", sqrt(Sum(x[k] ** 2, (k, 1, n))), VEC),
]


MORE_IDENTITIES = [
    ("softmax(vector(k: log(p[k])))[i] = p[i]", V + "p: positive[n]; sum(k: p[k]) = 1"),
    ("sum(j: D(softmax(z)[i], z[j]) u[j]) = softmax(z)[i] (u[i] - sum(j: softmax(z)[j] u[j]))", ZV + "u: real[n]"),
    (
        "D(-sum(k: t[k] log(softmax(vector(l: z[l] / T))[k])), z[j]) = (softmax(vector(l: z[l] / T))[j] - t[j]) / T",
        ZV + "t: simplex[n]; T: positive",
    ),
    ("sigmoid(log(p / (1 - p))) = p", "p: positive; p < 1"),
    ("D(sigmoid(w x + b), w) = x sigmoid(w x + b) (1 - sigmoid(w x + b))", "w, x, b: real"),
    ("D((sigmoid(w x + b) - y)^2 / 2, w) = (sigmoid(w x + b) - y) sigmoid(w x + b) (1 - sigmoid(w x + b)) x", "w, x, b, y: real"),
    (
        "sum(i: (y[i] - a x[i] - b)^2) = sum(i: y[i]^2) - 2 a sum(i: x[i] y[i]) - 2 b sum(i: y[i]) + a^2 sum(i: x[i]^2) "
        "+ 2 a b sum(i: x[i]) + n b^2",
        XV + "a, b: real",
    ),
    ("transpose(X) (X w - y) = transpose(X) X w - transpose(X) y", "N, d: size; X: real[N, d]; w: real[d]; y: real[N]"),
    ("dot(X w, y) = dot(w, transpose(X) y)", "N, d: size; X: real[N, d]; w: real[d]; y: real[N]"),
    ("w - eta (lam w + g) = (1 - eta lam) w - eta g", "eta, lam: positive; w, g: real"),
    ("sum(s = 1..t: (1 - b) b^(t - s)) / (1 - b^t) = 1", "b: positive; b < 1; t: natural >= 1"),
    ("sum(s = 0..t: 2^s) = 2^(t + 1) - 1", "t: natural"),
    ("lim(x -> inf: sigmoid(x)) = 1", "x: real"),
    ("lim(t -> inf: (1 - eta lam)^t) = 0", "eta, lam: positive; eta lam < 1; t: natural"),
    ("max(x, 0) = (x + abs(x)) / 2", "x: real"),
]

MORE_INEQUALITIES = [
    ("entropy(p) + log(sum(k: p[k]^2)) >= 0", V + "p: positive[n]; sum(k: p[k]) = 1"),
    ("sum(k: softmax(z)[k] z[k]) <= logsumexp(z)", ZV),
    ("kl_divergence(p, vector(k: 1 / n)) <= log(n)", PV),
    ("sum(k: abs(p[k] - q[k])) <= 2", PV),
    ("softplus(x) <= log(2) + abs(x)", "x: real"),
    ("abs(x sigmoid(x)) <= abs(x)", "x: real"),
    ("sigmoid(x) >= x / 4 + 1 / 2", "x: real; x <= 0"),
    ("(sum(k: x[k]) / n)^2 <= max(k: x[k]^2)", XV),
    ("(a + b)^2 <= 2 a^2 + 2 b^2", "a, b: real"),
    ("-log(p) >= 1 - p", "p: positive"),
    ("prod(k: p[k]) <= 1", PV),
    ("abs(a - b) >= abs(a) - abs(b)", "a, b: real"),
    ("(1 - eta mu)^t <= exp(-eta mu t)", "eta, mu: positive; eta mu <= 1; t: natural"),
    ("log(1 + a b) <= log(1 + a) + log(1 + b)", "a, b: nonnegative"),
]

MORE_FALSE = [
    ("softmax(vector(k: log(p[k])))[i] = exp(p[i])", V + "p: positive[n]; sum(k: p[k]) = 1"),
    (
        "D(-sum(k: t[k] log(softmax(vector(l: z[l] / T))[k])), z[j]) = softmax(vector(l: z[l] / T))[j] - t[j]",
        ZV + "t: simplex[n]; T: positive",
    ),
    ("sigmoid(log(p)) = p", "p: positive; p < 1"),
    ("D(sigmoid(w x + b), w) = sigmoid(w x + b) (1 - sigmoid(w x + b))", "w, x, b: real"),
    ("transpose(X) (X w - y) = transpose(X) X w + transpose(X) y", "N, d: size; X: real[N, d]; w: real[d]; y: real[N]"),
    ("dot(X w, u) = dot(w, X u)", "n: size; X: real[n, n]; w, u: real[n]"),
    ("w - eta (lam w + g) = (1 - lam) w - eta g", "eta, lam: positive; w, g: real"),
    ("sum(s = 1..t: (1 - b) b^(t - s)) = 1 - b^(t - 1)", "b: positive; b < 1; t: natural >= 1"),
    ("sum(s = 0..t: 2^s) = 2^t - 1", "t: natural"),
    ("lim(x -> -inf: sigmoid(x)) = 1", "x: real"),
    ("lim(t -> inf: (1 - eta lam)^t) = 0", "eta, lam: positive; eta lam < 3; t: natural"),
    ("entropy(p) <= sum(k: p[k]^2)", PV),
    ("sum(k: softmax(z)[k] z[k]) >= max(k: z[k])", ZV),
    ("sum(k: abs(p[k] - q[k])) <= 1", PV),
    ("sigmoid(x) >= x / 4 + 1 / 2", "x: real"),
    ("(a + b)^2 <= 2 a^2 + 199 / 100 * b^2", "a, b: real"),
    ("-log(p) >= 2 (1 - p)", "p: positive"),
    ("(1 - eta mu)^t <= exp(-2 eta mu t)", "eta, mu: positive; eta mu <= 1; t: natural"),
    ("abs(a + b) = abs(a) + abs(b)", "a, b: real"),
    ("prod(k: p[k]) >= 1 / n", PV),
]

R2 = {"domains": {"x": "real", "y": "real", "w": "real"}, "shapes": {"x": ("n",), "y": ("n",)}}
COV = Sum((x[k] - mean) * (y[k] - mean_y), (k, 1, n)) / n
VAR = Sum((x[k] - mean) ** 2, (k, 1, n)) / n
margin = y[k] * Sum(w[j] * X[k, j], (j, 1, d))
LOGI = {
    "domains": dict.fromkeys(("X", "y", "w"), "real"),
    "shapes": {"X": ("n", "d"), "y": ("n",), "w": ("d",)},
    "indices": {"l": "d"},
}
PJ = IndexedBase("R")
BOTH = {"domains": {"R": "positive"}, "shapes": {"R": ("n", "m")}, "hypotheses": [Eq(Sum(PJ[i, j], (i, 1, n), (j, 1, m)), 1)]}
row, column = Sum(PJ[i, l], (l, 1, m)), Sum(PJ[l, j], (l, 1, n))
MUTUAL = Sum(PJ[i, j] * log(PJ[i, j] / (row * column)), (i, 1, n), (j, 1, m))
LAP = {"domains": {"x": "real", "mu": "real", "b": "positive"}, "shapes": {"x": ("n",)}}

MORE_OBJECT_IDENTITIES = [
    (Sum((x[k] + y[k] - mean - mean_y) ** 2, (k, 1, n)) / n, "=", VAR + 2 * COV + Sum((y[k] - mean_y) ** 2, (k, 1, n)) / n, R2),
    (
        Derivative(Sum(log(1 + exp(-margin)), (k, 1, n)) / n, w[l]),
        "=",
        -Sum(y[k] * X[k, l] / (1 + exp(margin)), (k, 1, n)) / n,
        LOGI,
    ),
    (
        MUTUAL,
        "=",
        Sum(PJ[i, j] * log(PJ[i, j]), (i, 1, n), (j, 1, m))
        - Sum(row * log(row), (i, 1, n))
        - Sum(column * log(column), (j, 1, m)),
        BOTH,
    ),
    (Derivative(Sum(Abs(x[k] - mu), (k, 1, n)) / b + n * log(2 * b), b), "=", n / b - Sum(Abs(x[k] - mu), (k, 1, n)) / b**2, LAP),
    (Sum(Sum(KroneckerDelta(i, j) * x[i] * y[j], (i, 1, n)), (j, 1, n)), "=", Sum(x[k] * y[k], (k, 1, n)), R2),
    (
        Piecewise((x1**2 / 2, Abs(x1) <= v), (v * (Abs(x1) - v / 2), True)),
        "=",
        Min(Abs(x1), v) ** 2 / 2 + v * (Abs(x1) - Min(Abs(x1), v)),
        D1,
    ),
    (Derivative(x1 / (1 + Abs(x1)), x1), "=", 1 / (1 + Abs(x1)) ** 2, {**D1, "hypotheses": [x1 > 0]}),
    (
        Sum((1 - eta * lam) ** s, (s, 0, tau - 1)),
        "=",
        (1 - (1 - eta * lam) ** tau) / (eta * lam),
        {"domains": {"eta": "positive", "lambda": "positive"}},
    ),
    (Sum(v**s, (s, 1, oo)), "=", v / (1 - v), {**D1, "hypotheses": [v < 1]}),
    (Product(exp(x[k]), (k, 1, n)), "=", exp(Sum(x[k], (k, 1, n))), R2),
    (Limit((v**c - 1) / c, c, 0, "+"), "=", log(v), D1),
]

MORE_OBJECT_INEQUALITIES = [
    (COV**2, "<=", VAR * Sum((y[k] - mean_y) ** 2, (k, 1, n)) / n, R2),
    (MUTUAL, ">=", 0, BOTH),
    (Sum(p[k] * q[k], (k, 1, n)), "<=", 1, PMF),
    (
        log(Sum(P[k] * exp(x[k]), (k, 1, n))),
        ">=",
        Sum(P[k] * x[k], (k, 1, n)),
        {"domains": {"P": "simplex", "x": "real"}, "shapes": {"P": ("n",), "x": ("n",)}},
    ),
    (Sum(1 / P[k], (k, 1, n)), ">=", n**2, {**PQ, "hypotheses": [Eq(Sum(P[k], (k, 1, n)), 1)]}),
    (Sum(P[k], (k, 1, n)) * Sum(1 / P[k], (k, 1, n)), ">=", n**2, PQ),
    (Abs(logistic(x1) - Rational(1, 2)), "<=", Abs(x1) / 4, D1),
    (Max(x1, 0) + Max(x2, 0), ">=", Max(x1 + x2, 0), D1),
    (
        (1 - eta * lam) ** 2,
        "<=",
        1 - eta * lam,
        {"domains": {"eta": "positive", "lambda": "positive"}, "hypotheses": [eta * lam <= 1]},
    ),
    (log(v), "<=", (v - 1) / sqrt(v), {**D1, "hypotheses": [v >= 1]}),
]

MORE_OBJECT_FALSE = [
    (Sum((x[k] + y[k] - mean - mean_y) ** 2, (k, 1, n)) / n, "=", VAR + Sum((y[k] - mean_y) ** 2, (k, 1, n)) / n, R2),
    (
        Derivative(Sum(log(1 + exp(-margin)), (k, 1, n)) / n, w[l]),
        "=",
        Sum(y[k] * X[k, l] / (1 + exp(margin)), (k, 1, n)) / n,
        LOGI,
    ),
    (
        MUTUAL,
        "=",
        Sum(row * log(row), (i, 1, n))
        + Sum(column * log(column), (j, 1, m))
        - Sum(PJ[i, j] * log(PJ[i, j]), (i, 1, n), (j, 1, m)),
        BOTH,
    ),
    (Derivative(Sum(Abs(x[k] - mu), (k, 1, n)) / b + n * log(2 * b), b), "=", 1 / b - Sum(Abs(x[k] - mu), (k, 1, n)) / b**2, LAP),
    (
        Piecewise((x1**2 / 2, Abs(x1) <= v), (v * (Abs(x1) - v), True)),
        "=",
        Min(Abs(x1), v) ** 2 / 2 + v * (Abs(x1) - Min(Abs(x1), v)),
        D1,
    ),
    (Derivative(x1 / (1 + Abs(x1)), x1), "=", 1 / (1 + Abs(x1)), {**D1, "hypotheses": [x1 > 0]}),
    (
        Sum((1 - eta * lam) ** s, (s, 0, tau)),
        "=",
        (1 - (1 - eta * lam) ** tau) / (eta * lam),
        {"domains": {"eta": "positive", "lambda": "positive"}},
    ),
    (Sum(v**s, (s, 0, oo)), "=", v / (1 - v), {**D1, "hypotheses": [v < 1]}),
    (COV**2, "<=", Rational(99, 100) * VAR * Sum((y[k] - mean_y) ** 2, (k, 1, n)) / n, R2),
    (Sum(1 / P[k], (k, 1, n)), ">", n**2, {**PQ, "hypotheses": [Eq(Sum(P[k], (k, 1, n)), 1)]}),
    (Sum(P[k], (k, 1, n)) * Sum(1 / P[k], (k, 1, n)), "<=", n**2, PQ),
    (Abs(logistic(x1) - Rational(1, 2)), "<=", Abs(x1) / 5, D1),
    (Max(x1, 0) + Max(x2, 0), "=", Max(x1 + x2, 0), D1),
    ((1 - eta * lam) ** 2, "<=", 1 - eta * lam, {"domains": {"eta": "positive", "lambda": "positive"}}),
]

TEXTS = (
    [*IDENTITIES, *MORE_IDENTITIES],
    [*INEQUALITIES, *MORE_INEQUALITIES],
    [*FALSE, *MORE_FALSE],
)
OBJECTS = (
    [*OBJECT_IDENTITIES, *MORE_OBJECT_IDENTITIES],
    [*OBJECT_INEQUALITIES, *MORE_OBJECT_INEQUALITIES],
    [*OBJECT_FALSE, *MORE_OBJECT_FALSE],
)

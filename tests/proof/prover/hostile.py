"""False claims aimed at single mechanisms of the search, sharp constants moved by little, and true ones that are nearly false."""

from itertools import product

KL = "n: size; p, q: positive[n]; k: index[n]; sum(k: p[k]) = 1; sum(k: q[k]) = 1"
PQ = "n: size; p, q: simplex[n]; k: index[n]"
PM = "n: size; P, Q: positive[n]; k: index[n]"
XY = "n: size; x, y: real[n]; k: index[n]; t: unit"
PX = "n: size; p: simplex[n]; x: real[n]; k: index[n]"
RS = "r, s: positive; r < 1; s < 1"
GEO = "b: positive; b < 1; T: natural >= 1"
SEQ = "b: positive; b < 1; T: natural >= 1; g: real[naturals]"

FALSE = [
    ("kl_divergence(p, q) <= sum(k: abs(p[k] - q[k]))^2 / 2", KL),
    ("kl_divergence(P, Q) >= sum(k: abs(P[k] - Q[k]))^2 / 2", PM),
    ("2 (r - s)^2 <= r log(r / s) + (1 - r) log((1 - r) / (1 - s))", "r, s: positive; r < 1"),
    ("r log(r) - r + 1 >= 3 (r - 1)^2 / (2 (r + 1))", "r: positive"),
    ("softplus(c a + (1 - c) b) <= c softplus(a) + (1 - c) softplus(b)", "a, b, c: real"),
    ("softplus(t a + (1 - t) b) >= t softplus(a) + (1 - t) softplus(b)", "a, b: real; t: unit"),
    ("logsumexp(vector(k: x[k] + y[k])) <= logsumexp(x) + logsumexp(y) - 1", XY),
    ("logsumexp(vector(k: (x[k] + y[k]) / 2)) < (logsumexp(x) + logsumexp(y)) / 2", XY),
    ("logsumexp(vector(k: c x[k] + (1 - c) y[k])) <= c logsumexp(x) + (1 - c) logsumexp(y)", XY + "; c: real"),
    ("logsumexp(vector(k: t x[k] + (1 - t) y[k])) >= t logsumexp(x) + (1 - t) logsumexp(y)", XY),
    ("entropy(p) > -log(max(k: p[k]))", PQ),
    ("entropy(p) <= -log(max(k: p[k]))", PQ),
    ("entropy(P) >= -log(max(k: P[k]))", PM),
    ("x[i] + 1 < sum(k: exp(x[k]))", XY + "; i: index[n]"),
    ("sum(s = 1..T: b^(T - s)) >= 1 / (1 - b)", GEO),
    ("sum(s = 1..T: b^(T - s)) < 1 / (1 - b) - 1", GEO),
    ("((1 - b) sum(s = 1..T: b^(T - s) g[s]))^2 < (1 - b) sum(s = 1..T: b^(T - s) g[s]^2)", SEQ),
    ("((1 - b) sum(s = 1..T: b^(T - s) g[s]))^2 <= (1 - b)^2 sum(s = 1..T: b^(T - s) g[s]^2)", SEQ),
    (
        "((1 - b) sum(s = 1..T: b^(T - s) g[s]))^2 <= (1 - b) sum(s = 1..T: b^(T - s) g[s]^2)",
        "b: positive; T: natural >= 1; g: real[naturals]",
    ),
    ("(sum(s = 1..T: g[s]) / T)^2 <= sum(s = 1..T: g[s]^2) / T^2", SEQ),
    ("(sum(s = 1..T: g[s]) / T)^2 < sum(s = 1..T: g[s]^2) / T", SEQ),
    ("(sum(s = 0..T: g[s]) / T)^2 <= sum(s = 0..T: g[s]^2) / T", SEQ),
    ("(1 + a)^T >= 1 + T a", "a: real; T: natural >= 1"),
    ("(1 + r)^T <= 1 + T r", "r: positive; T: natural >= 1"),
    ("(1 + r)^T > 1 + T r", "r: positive; T: natural >= 1"),
    ("(1 - r)^T >= 1 - T r", "r: positive; T: natural >= 1"),
    ("(1 - b^T) / (1 - b) < T", GEO),
    ("(1 - b^T) / (1 - b) <= T", "b: positive; b != 1; T: natural >= 1"),
    ("(1 - b^T) / (1 - b) >= 1", "b: positive; b < 1; T: natural"),
    ("a^4 + b^4 > a^3 b + a b^3", "a, b: real"),
    ("a^3 + b^3 >= a^2 b + a b^2", "a, b: real"),
    ("(a - b)^2 (a + b) >= 0", "a, b: real"),
    ("sum(k: p[k] log(1 + exp(x[k]))) > log(1 + exp(sum(k: p[k] x[k])))", PX),
    ("sum(k: p[k] log(1 + exp(x[k]))) <= log(1 + exp(sum(k: p[k] x[k])))", PX),
    ("sum(k: P[k] log(1 + exp(x[k]))) >= log(1 + exp(sum(k: P[k] x[k])))", PM + "; x: real[n]"),
    ("log(a) / a <= exp(-1)", "a: real"),
    ("sum(s = 0..T: b^s) >= 1", "b: real; T: natural"),
    ("sum(s = 0..T: b^s) > 1", "b: nonnegative; T: natural"),
    ("sum(s = 1..T: b^s) >= 1", "b: nonnegative; T: natural"),
    ("abs(1 - r s) <= max(abs(1 - r c), abs(1 - r a))", "r, s: positive; a, c: real; c <= s"),
    # equal at one point that is no fraction
    ("r log(r) > -exp(-1)", "r: positive"),
    ("p[i] log(p[i]) > -exp(-1)", PQ + "; i: index[n]"),
    ("log(r) / r < exp(-1)", "r: positive"),
    ("r + 2 / r > 2 sqrt(2)", "r: positive"),
    ("x exp(-x^2) < 1 / sqrt(2 exp(1))", "x: real"),
    ("sigmoid(x) (1 - sigmoid(x))^2 < 4 / 27", "x: real"),
    ("t (1 - t^2) < 2 / (3 sqrt(3))", "t: unit"),
    ("r^2 log(r) > -exp(-1) / 2", "r: positive"),
    ("r log(r) + s log(s) > -2 exp(-1)", "r, s: positive"),
    ("exp(x) > 2 x + 2 - 2 log(2)", "x: real"),
    ("r log(r) != -exp(-1)", "r: positive"),
    # logarithms beside factors and inside mixtures that may be 0
    ("sum(k: p[k] log((p[k] + q[k]) / q[k])) <= 100", "n: size; k: index[n]; p, q: simplex[n]"),
    ("sum(k: (a p[k] + (1 - a) q[k]) log(p[k])) >= -1000", "n: size; k: index[n]; p, q: simplex[n]; a: positive; a < 1"),
    ("sum(k: (p[k] - a q[k]) log(p[k] - a q[k])) <= 0", "n: size; k: index[n]; p, q: simplex[n]; a: positive; a < 1"),
    ("(x - y) log(x - 1) >= -1000", "x, y: nonnegative; x >= y"),
    ("(1 - x) log(x) >= -1000", "x: unit"),
    ("kl_divergence(p, q) <= kl_divergence(p, vector(k: (p[k] + q[k]) / 2))", "n: size; k: index[n]; p, q: simplex[n]"),
    ("sum(k: p[k] log(p[k] + q[k])) <= log(1999 / 1000)", "n: size; k: index[n]; p, q: simplex[n]"),
]

# a claim with {c}, false for each of the constants: sharp bounds, overstated
PATTERNS = [
    ("kl_divergence(p, q) >= {c} sum(k: abs(p[k] - q[k]))^2", PQ, ("(51 / 100)", "(11 / 20)", "(3 / 5)", "1", "(501 / 1000)")),
    (
        "{c} (r - s)^2 <= r log(r / s) + (1 - r) log((1 - r) / (1 - s))",
        RS,
        ("(201 / 100)", "(21 / 10)", "(5 / 2)", "3", "(2001 / 1000)"),
    ),
    ("r log(r) - r + 1 >= {c} (r - 1)^2 / (2 (r + 2))", "r: positive", ("(301 / 100)", "(31 / 10)", "4", "(16 / 5)")),
    ("log(r) / r <= exp(-1) - {c}", "r: positive", ("1 / 1000", "1 / 100", "1 / 10", "1 / 10000")),
    ("logsumexp(vector(k: (x[k] + y[k]) / 2)) <= (logsumexp(x) + logsumexp(y)) / 2 - {c}", XY, ("1 / 1000", "1 / 100", "1")),
    ("softplus((a + b) / 2) <= (softplus(a) + softplus(b)) / 2 - {c}", "a, b: real", ("1 / 1000", "1 / 100", "1", "1 / 7")),
    ("entropy(p) >= -log(max(k: p[k])) + {c}", PQ, ("1 / 1000", "1 / 100", "1", "1 / 7")),
    ("x[i] + {c} <= sum(k: exp(x[k]))", XY + "; i: index[n]", ("(11 / 10)", "(101 / 100)", "(1001 / 1000)", "2")),
    ("max(k: x[k]) + {c} <= sum(k: exp(x[k]))", XY, ("(11 / 10)", "(101 / 100)", "(1001 / 1000)", "2")),
    ("sum(s = 1..T: b^(T - s)) <= {c} / (1 - b)", GEO, ("(99 / 100)", "(9 / 10)", "(1 / 2)", "(999 / 1000)")),
    (
        "((1 - b) sum(s = 1..T: b^(T - s) g[s]))^2 <= {c} (1 - b) sum(s = 1..T: b^(T - s) g[s]^2)",
        SEQ,
        ("(99 / 100)", "(9 / 10)", "(1 / 2)", "(1 - b)"),
    ),
    ("(1 + r)^T >= 1 + {c} T r", "r: positive; T: natural >= 1", ("(101 / 100)", "(11 / 10)", "2", "(1001 / 1000)")),
    ("(1 - b^T) / (1 - b) >= 1 + {c}", GEO, ("1 / 1000", "1 / 100", "1", "1 / 7")),
    ("a^4 + b^4 >= a^3 b + a b^3 + {c}", "a, b: real", ("1 / 1000", "1 / 100", "1", "1 / 7")),
    ("sum(k: p[k] log(1 + exp(x[k]))) >= log(1 + exp(sum(k: p[k] x[k]))) + {c}", PX, ("1 / 1000", "1 / 100", "1", "1 / 7")),
    ("sum(k: p[k] x[k]^2) >= {c} sum(k: p[k] x[k])^2", PX, ("(101 / 100)", "(11 / 10)", "2", "(1001 / 1000)")),
    ("(sum(s = 1..T: g[s]) / T)^2 <= {c} sum(s = 1..T: g[s]^2) / T", SEQ, ("(99 / 100)", "(9 / 10)", "(1 / 2)", "(999 / 1000)")),
]  # fmt: skip


def varied() -> list[tuple[str, str]]:
    return [(claim.replace("{c}", c), given) for claim, given, constants in PATTERNS for claim, c in product((claim,), constants)]


# strict and true: the sides nearly meet, or meet where the claim does not speak
NEARLY_FALSE = [
    ("r log(r) > -exp(-1) - 1 / 10^14", "r: positive"),
    ("r log(r) > -exp(-1) - 1 / 10^40", "r: positive"),
    ("r log(r) > -exp(-1)", "r: positive; r <= 1 / 3"),
    ("r log(r) > -exp(-1)", "r: positive; r > 2 / 5"),
    ("r log(r) > -exp(-1)", "r: positive; r = 1 / 2"),
    ("x exp(-x^2) < 1 / sqrt(2 exp(1))", "x: real; x < 0"),
    ("log(r) / r < exp(-1)", "r: unit; r > 0"),
    ("p[i] log(p[i]) > -exp(-1)", PQ + "; i: index[n]; p[i] >= 1 / 2"),
    ("P[i] log(P[i]) > -exp(-1)", PM + "; i: index[n]; P[k] >= 1 / 2"),
    ("exp(x) > 2 x + 2 - 2 log(2)", "x: nonnegative; x <= 1 / 2"),
    ("r + 2 / r > 2 sqrt(2)", "r: positive; r >= 2"),
    ("t + 2 / t > 2 sqrt(2)", "t: natural >= 1"),
]

"""Spellings of a first course: what each needs, with a false twin, and calls that are refused."""

# ruff: noqa: E501

import pytest

from mathcore.evidence import Level
from mathcore.proving import prove
from tests.proof.prover.corpora import spellings
from tests.sampling import sampled

V = "n: size; i, j, k, l: index[n]; "
Z = V + "z: real[n]; T, b: positive; "
HOT = V + "o: onehot[n]; x: real[n]; "
SEQ = "v, g: real[naturals]; s, t: natural; "
JOINT = "n, m: size; i, l: index[n]; j, k: index[m]; p: positive[n]; q: positive[m]; R: positive[n, m]; sum(i: p[i]) = 1; sum(j: q[j]) = 1; "

PAIRS = [  # true, false, given
    # the largest exponential
    ("lim(T -> 0+: T logsumexp(vector(k: z[k] / T))) = max(k: z[k])", "lim(T -> 0+: T logsumexp(vector(k: z[k] / T))) = min(k: z[k])", Z),
    ("lim(b -> inf: logsumexp(vector(k: -b z[k])) / b) = -min(k: z[k])", "lim(b -> inf: logsumexp(vector(k: -b z[k])) / b) = max(k: z[k])", Z),
    ("lim(b -> inf: log(exp(b x) + exp(b y)) / b) = max(x, y)", "lim(b -> inf: log(exp(b x) + exp(b y)) - b max(x, y)) = 0", "x, y: real; b: positive"),
    ("lim(b -> inf: softplus(b x) / b) = relu(x)", "lim(b -> inf: softplus(b x) / b) = x", "x: real; b: positive"),
    (
        "lim(T -> 0+: softmax(vector(k: z[k] / T))[i]) = 1",
        "lim(T -> 0+: softmax(vector(k: z[k] / T))[i]) = 0",
        Z + "forall(k: k != i => z[k] < z[i])",
    ),
    (
        "lim(T -> 0+: softmax(vector(k: z[k] / T))[j]) = delta(i, j)",
        "lim(T -> 0+: softmax(vector(k: z[k] / T))[j]) = 1 - delta(i, j)",
        Z + "forall(k: k != i => z[k] < z[i])",
    ),
    (
        "lim(T -> 0+: softmax(vector(k: z[k] / T))[i]) = 1",
        "lim(T -> 0+: softmax(vector(k: z[k] / T))[i]) = 0",
        Z + "k != i; z[k] < z[i]",
    ),
    (
        "lim(T -> 0+: softmax(vector(k: z[k] / T))[j]) = delta(i, j)",
        "lim(T -> 0+: softmax(vector(k: z[k] / T))[j]) = 1 - delta(i, j)",
        Z + "k != i; z[k] < z[i]",
    ),
    # 0 over 0, times infinity
    ("lim(T -> inf: T logsumexp(vector(k: z[k] / T)) - T log(n)) = sum(k: z[k]) / n", "lim(T -> inf: T logsumexp(vector(k: z[k] / T)) - T log(n)) = sum(k: z[k])", Z),
    ("lim(x -> 0: (exp(x) - 1 - x) / x^2) = 1 / 2", "lim(x -> 0: (exp(x) - 1 - x) / x^2) = 1", "x: real"),
    ("lim(x -> 0: (tanh(x) - x) / x^3) = -1 / 3", "lim(x -> 0: (tanh(x) - x) / x^3) = 1 / 3", "x: real"),
    ("lim(a -> 1: log(sum(k: p[k]^a)) / (1 - a)) = entropy(p)", "lim(a -> 1: log(sum(k: p[k]^a)) / (1 - a)) = 0", V + "a: real; p: positive[n]; sum(k: p[k]) = 1"),
    ("lim(n -> inf: (1 + x / n)^n) = exp(x)", "lim(n -> inf: (1 + x / n)^n) = 1 + x", "x: real; n: natural >= 1"),
    ("lim(q -> inf: sum(k: x[k]^q)^(1 / q)) = max(k: x[k])", "lim(q -> inf: sum(k: x[k]^q)^(1 / q)) = min(k: x[k])", V + "x: positive[n]; q: positive"),
    # the error function
    ("lim(x -> inf: gelu(x) - x) = 0", "lim(x -> -inf: gelu(x) - x) = 0", "x: real"),
    ("lim(x -> inf: erfc(x) exp(x^2) x) = 1 / sqrt(pi)", "lim(x -> inf: erfc(x) exp(x^2) x) = 1", "x: real"),
    # cases by a sign
    ("lim(e -> 0+: sqrt(x^2 + e)) = abs(x)", "lim(e -> 0+: sqrt(x^2 + e)) = x", "x: real; e: positive"),
    ("lim(b -> inf: x tanh(b x)) = abs(x)", "lim(b -> inf: x tanh(b x)) = x", "x: real; b: positive"),
    ("x (step(x) - step(-x)) = abs(x)", "x step(x) = abs(x)", "x: real"),
    ("D(sum(k: abs(x[k])), x[i]) = x[i] / abs(x[i])", "D(sum(k: abs(x[k])), x[i]) = 1", V + "x: real[n]; x[i] != 0"),
    ("D(sum(k: max(x[k], 0)), x[i]) = step(x[i])", "D(sum(k: max(x[k], 0)), x[i]) = 1", V + "x: real[n]; x[i] != 0"),
    # one-hot
    ("sum(k: o[k] x[k]) = x[i]", "sum(k: o[k] x[k]) = x[j]", HOT + "o[i] = 1"),
    ("D(categorical_crossentropy(o, x), x[j]) = softmax(x)[j] - delta(i, j)", "D(categorical_crossentropy(o, x), x[j]) = softmax(x)[j] - delta(i, j) / 2", HOT + "1 = o[i]"),
    # sequences
    ("v[t] = sum(s = 1..t: b^(t - s) g[s])", "v[t] = sum(s = 1..t: b^(t - s + 1) g[s])", SEQ + "b: real; v[0] = 0; v[s + 1] = b v[s] + g[s + 1]"),
    ("v[t] = (1 - b) sum(s = 1..t: b^(t - s) g[s])", "v[t] = sum(s = 1..t: b^(t - s) g[s])", SEQ + "b: unit; v[0] = 0; v[s + 1] = b v[s] + (1 - b) g[s + 1]"),
    ("v[t] / (1 - b^t) = c", "v[t] = c", "v: real[naturals]; s: natural; t: natural >= 1; b: positive; b < 1; c: real; v[0] = 0; v[s + 1] = b v[s] + (1 - b) c"),
    ("v[t] - c = (1 - b)^t (v[0] - c)", "v[t] - c = (1 - b)^t v[0]", SEQ + "b, c: real; v[s + 1] = v[s] - b (v[s] - c)"),
    (
        "sum(s = 1..T: s r^(s - 1)) = (1 - (T + 1) r^T + T r^(T + 1)) / (1 - r)^2",
        "sum(s = 1..T: s r^(s - 1)) = (1 - T r^T + T r^(T + 1)) / (1 - r)^2",
        "r: real; r != 1; T: natural >= 1",
    ),
    ("prod(s = 2..T: r) = r^(T - 1)", "prod(s = 2..T: r) = r^T", "r: real; T: natural >= 1"),
    ("D(x^n, x) = n x^(n - 1)", "D(x^n, x) = n x^n", "x: real; n: natural >= 1"),
    # arrays by their entries
    (
        "sum(i, j: R[i, j] log(R[i, j] / (sum(k: R[i, k]) sum(l: R[l, j])))) = 0",
        "sum(i, j: R[i, j] log(R[i, j])) = 0",
        JOINT + "forall(i, j: R[i, j] = p[i] q[j])",
    ),
    ("sum(k: x[k]^2) = a^2 sum(k: y[k]^2) + 2 a b sum(k: y[k]) + n b^2", "sum(k: x[k]^2) = a^2 sum(k: y[k]^2) + n b^2", V + "x, y: real[n]; a, b: real; x[k] = a y[k] + b"),
    # the unit interval
    ("entropy(p) = binary_entropy(p[1])", "entropy(p) = 2 binary_entropy(p[1])", "p: simplex[2]"),
    ("D(-t log(p) - (1 - t) log(1 - p), p) = (p - t) / (p (1 - p))", "D(-t log(p) - (1 - t) log(1 - p), p) = (t - p) / (p (1 - p))", "t, p: unit; 0 < p; p < 1"),
    # heads that are no cards
    ("covariance(x, y) = sum(k: x[k] y[k]) / n - mean(x) mean(y)", "covariance(x, y) = sum(k: x[k] y[k]) - mean(x) mean(y)", V + "x, y: real[n]"),
    ("x + y = 3", "x + y = 4", "x, y: real; x + y = 3; x - y = 1"),
]  # fmt: skip


@sampled("claim, false, given", PAIRS, keep=5)
def test_a_true_claim_is_proved_and_its_false_twin_refuted(claim, false, given):
    assert prove(claim, given=given, timeout=20).level is Level.PROVED
    assert prove(false, given=given, timeout=20).level is Level.REFUTED


@pytest.mark.parametrize("left, op, right, given", spellings.REFUSED)
def test_a_call_that_means_nothing_is_refused_with_what_to_write(left, op, right, given):
    with pytest.raises(ValueError, match=r".{20}"):
        if prove(left, op, right, **given).level is Level.UNKNOWN:
            raise ValueError("it is not refused, and nothing is said of it either")


def test_what_the_kernel_shows_alone_is_no_doubt():
    verdict = prove("lim(T -> 0+: T logsumexp(vector(k: z[k] / T))) = max(k: z[k])", given=Z)
    assert verdict.level is Level.PROVED and verdict.reason.startswith("shown by the kernel alone")

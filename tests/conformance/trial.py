"""Small cards of every kind of signature, for the tests of the checks themselves (independent of the corpus)."""

from mathcore.card import Accuracy, Card, Example, Law


def card(name: str, given: str, define: str, **fields: object) -> Card:
    return Card(name=name, title=name, summary="", given=given, define=define, **fields)  # type: ignore[arg-type]  # fields of the card, by name


SOFTMAX = card(
    "softmax",
    "n: size; z: real[n]; c: real; i, j, k: index[n]",
    "softmax(z)[i] = exp(z[i]) / sum(k: exp(z[k]))",
    notation=("s[i] = softmax(z)[i]",),
    numeric="mathcore.numeric.softmax",
    accuracy=Accuracy(float64=6, float32=0.51, float16=0.51, ordinary="(n + 4 + 2 max(k: abs(z[k]))) u y", masks=True),
    invariants=(
        Law("sums to one", "sum(i: s[i]) = 1"),
        Law("keeps the order", "z[i] <= z[j] => s[i] <= s[j]"),
        Law("range", "0 <= s[i] <= 1"),
        Law("shift", "softmax(vector(k: z[k] + c))[i] = s[i]"),
        Law("ratio", "s[i] exp(z[j]) = s[j] exp(z[i])"),
    ),
    examples=(
        Example("softmax([0.4, 0.6, 0.2]) = [0.32893292, 0.40175958, 0.2693075]"),
        Example("softmax([1000, 0]) = [1.000, 0.000]"),
    ),
)
LOGSUMEXP = card(
    "logsumexp",
    "n: size; z: real[n]; c: real; i, k: index[n]",
    "logsumexp(z) = log(sum(k: exp(z[k])))",
    numeric="mathcore.numeric.logsumexp",
    accuracy=Accuracy(bound="2 u (abs(y) + max(k: abs(z[k])))"),
    invariants=(
        Law("between", "max(k: z[k]) <= logsumexp(z) <= max(k: z[k]) + log(n)"),
        Law("shift", "logsumexp(vector(k: z[k] + c)) = logsumexp(z) + c"),
    ),
    examples=(Example("logsumexp([0, 0]) = log(2)"), Example("logsumexp([1000, 1000]) = 1000.6931")),
)
ENTROPY = card(
    "entropy",
    "n: size; p: simplex[n]; k: index[n]",
    "entropy(p) = -sum(k: p[k] log(p[k]))",
    numeric="mathcore.numeric.entropy",
    accuracy=Accuracy(float64=6, float32=0.51, float16=0.51),
    invariants=(Law("range", "0 <= entropy(p) <= log(n)"),),
    examples=(
        Example("entropy([1/2, 1/2]) / log(2) = 1"),
        Example("entropy([0.1, 0.2, 0.7]) = 0.801819"),
        Example("entropy([1, 0]) = 0"),
    ),
)
CROSSENTROPY = card(
    "crossentropy",
    "n: size; p, q: simplex[n]; k: index[n]",
    "crossentropy(p, q) = -sum(k: p[k] log(q[k]))",
    numeric="mathcore.numeric.crossentropy",
    accuracy=Accuracy(float64=6, float32=0.51, float16=0.51),
    invariants=(Law("at least the entropy", "crossentropy(p, q) >= crossentropy(p, p)"),),
    examples=(Example("crossentropy([1, 0], [0, 1]) = inf"), Example("crossentropy([0, 1], [0, 1]) = 0")),
)
KL = card(
    "kl_divergence",
    "n: size; p, q: simplex[n]; k: index[n]",
    "kl_divergence(p, q) = sum(k: p[k] log(p[k] / q[k]))",
    on_bits="kl_divergence(p, q) = sum(k: p[k] log(p[k] / q[k]) - p[k] + q[k])",
    numeric="mathcore.numeric.kl_divergence",
    accuracy=Accuracy(float64=8, float32=0.51, float16=0.51),
    invariants=(Law("not negative", "kl_divergence(p, q) >= 0"), Law("zero on itself", "kl_divergence(p, p) = 0")),
    examples=(Example("kl_divergence([1, 0], [0, 1]) = inf"), Example("kl_divergence([1/2, 1/2], [1/4, 3/4]) = 0.1438")),
)
SPARSE = card(
    "sparse_categorical_crossentropy",
    "n: size; t: index[n]; z: real[n]; k: index[n]",
    "sparse_categorical_crossentropy(t, z) = log(sum(k: exp(z[k] - z[t])))",
    numeric="mathcore.numeric.sparse_categorical_crossentropy(from_logits=True)",
    accuracy=Accuracy(float64=6, float32=0.51, float16=0.51),
    invariants=(Law("not negative", "sparse_categorical_crossentropy(t, z) >= 0"),),
    examples=(Example("sparse_categorical_crossentropy(1, [40, 0, 0]) = 8.5e-18"),),
)
GRADIENT = card(
    "crossentropy_gradient",
    "n: size; t: simplex[n]; z: real[n]; i, k: index[n]",
    "crossentropy_gradient(t, z)[i] = sum(k: t[k]) exp(z[i]) / sum(k: exp(z[k])) - t[i]",
    numeric="mathcore.numeric.categorical_crossentropy_value_and_grad(from_logits=True)[1]",
    accuracy=Accuracy(bound="4 u (sum(k: t[k]) exp(z[i]) / sum(k: exp(z[k])) + t[i])"),
    invariants=(Law("sums to zero", "sum(i: crossentropy_gradient(t, z)[i]) = 0"),),
    examples=(Example("crossentropy_gradient([1, 0], [0, 0]) = [-1/2, 1/2]"),),
)
STEP = card(
    "gradient_descent_step",
    "n: size; w, g: real[n]; eta: positive; i: index[n]",
    "gradient_descent_step(w, g, eta)[i] = w[i] - eta g[i]",
    numeric="mathcore.numeric.gradient_descent_step",
    accuracy=Accuracy(bound="4 u (abs(w[i]) + eta abs(g[i]))"),
    invariants=(Law("goes down", "g[i] >= 0 => gradient_descent_step(w, g, eta)[i] <= w[i]"),),
    examples=(Example("gradient_descent_step([1, 2], [10, -10], 0.1) = [0, 3]"),),
)
MSE = card(
    "mean_squared_error",
    "n: size; t, y: real[n]; k: index[n]",
    "mean_squared_error(t, y) = sum(k: (t[k] - y[k])^2) / n",
    numeric="mathcore.numeric.mean_squared_error",
    accuracy=Accuracy(float64=6, float32=0.51, float16=0.51),
    invariants=(
        Law("symmetric", "mean_squared_error(t, y) = mean_squared_error(y, t)"),
        Law("zero", "mean_squared_error(t, t) = 0"),
    ),
    examples=(Example("mean_squared_error([1, 2], [1, 4]) = 2"),),
)
ONE_HOT = card(
    "one_hot",
    "n: size; t, i, k: index[n]",
    "one_hot(t)[k] = delta(t, k)",
    numeric="mathcore.numeric.one_hot",
    accuracy=Accuracy(float64=0),
    invariants=(Law("one", "sum(k: one_hot(t)[k]) = 1"), Law("place", "one_hot(t)[t] = 1")),
    examples=(Example("one_hot(2) = [0, 1, 0]"),),
)
SIGMOID = card(
    "sigmoid",
    "x: real",
    "sigmoid(x) = 1 / (1 + exp(-x))",
    numeric="tests.conformance.trial.sigmoid",
    accuracy=Accuracy(float64=6, float32=6, float16=6),
    invariants=(Law("range", "0 <= sigmoid(x) <= 1"), Law("mirrored", "sigmoid(-x) = 1 - sigmoid(x)")),
    examples=(Example("sigmoid(0) = 1/2"),),
)
ALL = (SOFTMAX, LOGSUMEXP, ENTROPY, CROSSENTROPY, KL, SPARSE, GRADIENT, STEP, MSE, ONE_HOT, SIGMOID)


def sigmoid(x):  # type: ignore[no-untyped-def]  # as people write it
    """Right to a few ULP everywhere: both branches use an exponential of something negative."""
    import numpy as np

    x = np.asarray(x)
    wide = x.astype(np.float64)
    e = np.exp(-np.abs(wide))
    return (np.where(wide >= 0, 1.0, e) / (1 + e)).astype(x.dtype if x.dtype.kind == "f" else np.float64)[()]

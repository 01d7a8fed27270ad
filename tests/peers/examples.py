"""Where the libraries lose digits: inputs that anyone can replay, and what is lost on them and why.

`exact` is evaluated in balls on the very bits of the inputs: there every name of `given` is exact, and `exp`, `log`,
`log1p`, `sqrt` and `erfc` are those of arb. `bar` is what mathcore promises for the call, in ULP.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.peers.calls import Call

LOST, CONVENTION = "lost digits", "convention"
THREADS = {"scipy": "scipy/scipy", "torch": "pytorch/pytorch", "jax": "jax-ml/jax", "optax": "google-deepmind/optax",
           "scikit-learn": "scikit-learn/scikit-learn"}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """One input on which some library is far from the exact value."""

    name: str  # what the table shows: the call in mathematical shorthand
    given: str
    calls: tuple[Call, ...]
    exact: str
    ours: str
    why: str
    bar: float = 0
    threads: tuple[str, ...] = ()  # "library#number"
    kind: str = LOST


@dataclass(frozen=True)
class Cause:
    """Examples that lose their digits in the same way."""

    title: str
    text: str
    examples: tuple[Example, ...]


SCIPY, TORCH, JAX, OPTAX, SKLEARN = "scipy", "torch", "jax", "optax", "scikit-learn"

NEAR_ONE = Cause(
    "The logarithm of something near 1",
    "1 + 1e-17 is 1 in float64, so its logarithm is 0. `log1p` takes the 1e-17 itself; it needs the sum without its largest "
    "term.",
    (
        Example(
            "log_softmax([40, 0, 0])[0]",
            "z = np.array([40.0, 0.0, 0.0])",
            (
                Call(SCIPY, "special.log_softmax(z)[0]"),
                Call(TORCH, "F.log_softmax(torch.from_numpy(z), -1)[0]"),
                Call(JAX, "jax.nn.log_softmax(jnp.asarray(z))[0]"),
            ),
            "-log1p(exp(z[1] - z[0]) + exp(z[2] - z[0]))",
            "mathcore.log_softmax(z)[0]",
            "The shifted sum is 1 + 8.5e-18. Its logarithm is taken after the sum was rounded to 1.",
            3.5,
            ("scipy#19521", "torch#113708"),
        ),
        Example(
            "crossentropy of label 0, float32 logits [18, 0, 0]",
            "z = np.array([18, 0, 0], dtype=np.float32)",
            (
                Call(TORCH, "F.cross_entropy(torch.from_numpy(z), torch.tensor(0))"),
                Call(OPTAX, "optax.softmax_cross_entropy_with_integer_labels(jnp.asarray(z), 0)"),
            ),
            "log1p(exp(z[1] - z[0]) + exp(z[2] - z[0]))",
            "mathcore.sparse_categorical_crossentropy(0, z, from_logits=True)",
            "The same, in the format that networks are trained in: from a lead of about 17 on, the loss of a right answer is "
            "exactly 0.",
            0.51,
            ("torch#113708",),
        ),
        Example(
            "logit(0.5 + 1e-10)",
            "p = np.float64(0.5 + 1e-10)",
            (
                Call(TORCH, "torch.logit(torch.tensor(p))"),
                Call(JAX, "jax.scipy.special.logit(jnp.asarray(p))"),
                Call(SCIPY, "special.logit(p)"),
            ),
            "log(p / (1 - p))",
            "mathcore.logit(p)",
            "p / (1 - p) is near 1 and is rounded before its logarithm is taken. Near 1/2, log1p((2 p - 1) / (1 - p)) keeps "
            "every digit; "
            "scipy goes another way there, too.",
            2,
        ),
    ),
)

CANCELLING = Cause(
    "Terms that cancel",
    "Each term is right to its last digit; their sum is smaller than the rounding of the terms. A form with terms of one sign "
    "has no such sum.",
    (
        Example(
            "gradient of the crossentropy at the label, logits [40, 0, 0]",
            "z = np.array([40.0, 0.0, 0.0])",
            (
                Call(TORCH, "torch.func.grad(lambda z: F.cross_entropy(z, torch.tensor(0)))(torch.from_numpy(z))[0]"),
                Call(OPTAX, "jax.grad(lambda z: optax.softmax_cross_entropy_with_integer_labels(z, 0))(jnp.asarray(z))[0]"),
            ),
            "-(exp(z[1]) + exp(z[2])) / (exp(z[0]) + exp(z[1]) + exp(z[2]))",
            "mathcore.sparse_categorical_crossentropy_value_and_grad(0, z, from_logits=True)[1][0]",
            "p - 1 with p rounded to 1. The other two entries of the gradient are 4.2e-18, so the three no longer sum to 0. "
            "Minus the sum of the other probabilities is the same number and keeps its digits.",
            4,
            ("torch#195678",),
        ),
        Example(
            "binary crossentropy of the logit -45.748 with label 0",
            "z, t = np.float64(-45.748), np.float64(0)",
            (
                Call(
                    TORCH,
                    "F.binary_cross_entropy_with_logits(torch.tensor(z), torch.tensor(t))",
                ),
                Call(OPTAX, "optax.sigmoid_binary_cross_entropy(jnp.asarray(z), jnp.asarray(t))"),
            ),
            "log1p(exp(z))",
            "mathcore.binary_crossentropy(t, z, from_logits=True)",
            "(1 - t) z - log_sigmoid(z) is -45.748 + 45.748 here; in the mirrored case, logit 45.748 with label 1, nothing "
            "cancels. "
            "optax adds two terms of one sign.",
            2,
        ),
        Example(
            "gelu(-9)",
            "x = np.float64(-9)",
            (
                Call(TORCH, "F.gelu(torch.tensor(x))"),
                Call(JAX, "jax.nn.gelu(jnp.asarray(x), approximate=False)"),
            ),
            "x / 2 * erfc(-x / sqrt(2))",
            "mathcore.gelu(x)",
            "x/2 (1 + erf(x / sqrt 2)): the error function is rounded to -1. erfc, which jax takes, gives the small side "
            "directly.",
            4,
            ("torch#187806",),
        ),
        Example(
            "gelu(-5.5) in float32",
            "x = np.float32(-5.5)",
            (Call(TORCH, "F.gelu(torch.tensor(x))"),),
            "x / 2 * erfc(-x / sqrt(2))",
            "mathcore.gelu(x)",
            "In float32 the same form loses its digits at ordinary inputs.",
            0.51,
            ("torch#187806",),
        ),
        Example(
            "KL(p || q), p = [5/8, 3/8] and q = p + [2^-29, -2^-29]",
            "p = np.array([5 / 8, 3 / 8])\nq = np.array([5 / 8 + 2**-29, 3 / 8 - 2**-29])",
            (
                Call(TORCH, 'F.kl_div(torch.from_numpy(q).log(), torch.from_numpy(p), reduction="sum")'),
                Call(JAX, "jax.scipy.special.rel_entr(jnp.asarray(p), jnp.asarray(q)).sum()"),
                Call(SCIPY, "special.rel_entr(p, q).sum()"),
            ),
            "p[0] * log(p[0] / q[0]) + p[1] * log(p[1] / q[1])",
            "mathcore.kl_divergence(p, q)",
            "The terms are about 1.9e-9 and -1.9e-9. scipy takes log1p per term and keeps about 8 digits; "
            "sum(p log(p/q) - p + q) has terms that are never negative and keeps them all.",
            6,
            ("torch#80488",),
        ),
        Example(
            "Jensen-Shannon divergence of [.1, .2, .7] and [.1 + 1e-9, .2 - 1e-9, .7]",
            "p = np.array([0.1, 0.2, 0.7])\nq = np.array([0.1 + 1e-9, 0.2 - 1e-9, 0.7])",
            (Call(SCIPY, "distance.jensenshannon(p, q) ** 2"),),
            "sum(a * log(2 * a / (a + b)) + b * log(2 * b / (a + b)) for a, b in zip(p, q)) / 2",
            "mathcore.js_divergence(p, q)",
            "The cancelled sum comes out negative, and the square root of it is nan. Pairs this close appear when a fit has "
            "converged.",
            6,
            ("scipy#20083",),
        ),
    ),
)

ROUNDED = Cause(
    "A subtraction that is rounded",
    "x - max(x) may be off by half a ULP of the difference, and exp turns that into a relative error: 700 has a ULP of 1.1e-13, "
    "512 times the ULP of 1. The rounding error of a subtraction is itself a float, and exp(d) (1 + c) repairs the result.",
    (
        Example(
            "softmax([604.5443925878075, 0.118, 2.72])[1]",
            "z = np.array([604.5443925878075, 0.118, 2.72])",
            (
                Call(SCIPY, "special.softmax(z)[1]"),
                Call(TORCH, "F.softmax(torch.from_numpy(z), -1)[1]"),
                Call(JAX, "jax.nn.softmax(jnp.asarray(z))[1]"),
                Call(SKLEARN, "extmath.softmax(z[None])[0, 1]"),
            ),
            "exp(z[1]) / (exp(z[0]) + exp(z[1]) + exp(z[2]))",
            "mathcore.softmax(z)[1]",
            "About 3 of the 16 digits are gone. In float32 the same happens at differences of 80, with up to about 60 ULP.",
            5,
        ),
    ),
)

OUT_OF_RANGE = Cause(
    "A step on the way leaves the range",
    "The result is an ordinary number, a square or an exponential or a sum on the way is not. Scaling first, or a wider format "
    "inside, avoids it.",
    (
        Example(
            "one step of Adam from 0.667 with gradient -0.001, in float16",
            "w, g = np.array([0.667], np.float16), np.array([-0.001], np.float16)",
            (
                Call(
                    TORCH,
                    "weight = torch.nn.Parameter(torch.from_numpy(w.copy()))\n"
                    "weight.grad = torch.from_numpy(g)\n"
                    "torch.optim.Adam([weight]).step()\n"
                    "weight[0]",
                ),
                Call(
                    OPTAX,
                    "adam, weight = optax.adam(1e-3), jnp.asarray(w)\n"
                    "step, state = adam.update(jnp.asarray(g), adam.init(weight))\n"
                    "optax.apply_updates(weight, step)[0]",
                ),
            ),
            "w[0] - exact(0.001) * g[0] / (-g[0] + exact(1e-8))",
            "mathcore.adam_step(w, g, np.zeros(1), np.zeros(1), 1)[0][0]",
            "0.001 g^2 = 1e-9 and epsilon = 1e-8 are both below the smallest float16, 6e-8: the step is divided by 0. "
            "Weights and state in float32 are the usual remedy; mathcore computes inside in float64.",
            2.7,
        ),
        Example(
            "one step of Adam from 1 with gradient 1e21, in float32",
            "w, g = np.array([1], np.float32), np.array([1e21], np.float32)",
            (
                Call(
                    TORCH,
                    "weight = torch.nn.Parameter(torch.from_numpy(w.copy()))\n"
                    "weight.grad = torch.from_numpy(g)\n"
                    "torch.optim.Adam([weight]).step()\n"
                    "weight[0]",
                ),
                Call(
                    OPTAX,
                    "adam, weight = optax.adam(1e-3), jnp.asarray(w)\n"
                    "step, state = adam.update(jnp.asarray(g), adam.init(weight))\n"
                    "optax.apply_updates(weight, step)[0]",
                ),
            ),
            "w[0] - exact(0.001) * g[0] / (g[0] + exact(1e-8))",
            "mathcore.adam_step(w, g, np.zeros(1), np.zeros(1), 1)[0][0]",
            "g^2 overflows, and a step divided by infinity is 0: the weight stands still, without a warning.",
            4,
        ),
        Example(
            "mean squared error of three residuals 1.2e154",
            "t, y = np.zeros(3), np.full(3, 1.2e154)",
            (
                Call(TORCH, "F.mse_loss(torch.from_numpy(y), torch.from_numpy(t))"),
                Call(SKLEARN, "metrics.mean_squared_error(t, y)"),
            ),
            "sum((a - b) * (a - b) for a, b in zip(t, y)) / 3",
            "mathcore.mean_squared_error(t, y)",
            "Each square fits, their sum does not, their mean does.",
            4,
        ),
        Example(
            "softmax of 70,000 equal float16 scores, first entry",
            "z = np.zeros(70_000, np.float16)",
            (
                Call(SCIPY, "special.softmax(z)[0]"),
                Call(JAX, "jax.nn.softmax(jnp.asarray(z))[0]"),
                Call(TORCH, "F.softmax(torch.from_numpy(z), -1)[0]"),
            ),
            "exact(1) / 70_000",
            "mathcore.softmax(z)[0]",
            "The sum of 70,000 ones is more than 65,504, the largest float16: every probability becomes 0. torch sums in "
            "float32 inside.",
            0.51,
        ),
        Example(
            "sigmoid(-710.3)",
            "x = np.float64(-710.3)",
            (
                Call(SCIPY, "special.expit(x)"),
                Call(TORCH, "torch.sigmoid(torch.tensor(x))"),
                Call(JAX, "jax.nn.sigmoid(jnp.asarray(x))"),
            ),
            "1 / (1 + exp(-x))",
            "mathcore.sigmoid(x)",
            "1 / (1 + exp(710.3)): the exponential overflows, although the result is a (subnormal) float64. exp(x) / (1 + "
            "exp(x)) does not overflow.",
            2,
        ),
        Example(
            "softmax([0, -720])[1]",
            "z = np.array([0.0, -720.0])",
            (
                Call(JAX, "jax.nn.softmax(jnp.asarray(z))[1]"),
                Call(SCIPY, "special.softmax(z)[1]"),
                Call(TORCH, "F.softmax(torch.from_numpy(z), -1)[1]"),
            ),
            "exp(z[1]) / (exp(z[0]) + exp(z[1]))",
            "mathcore.softmax(z)[1]",
            "XLA computes with subnormal numbers flushed to 0, by design, for speed: in float64 what is below 2.2e-308, in "
            "float32 below 1.2e-38.",
            5,
            ("jax#16200",),
        ),
    ),
)

THRESHOLD = Cause(
    "A threshold",
    "Beyond a constant the formula is replaced by a simpler one. In float32 the constant is well chosen; in float64 it comes "
    "too early.",
    (
        Example(
            "softplus(20.5)",
            "x = np.float64(20.5)",
            (
                Call(TORCH, "F.softplus(torch.tensor(x))"),
                Call(JAX, "jax.nn.softplus(jnp.asarray(x))"),
                Call(SCIPY, "special.softplus(x)"),
            ),
            "x + log1p(exp(-x))",
            "mathcore.softplus(x)",
            "The documented parameter threshold=20: above it, softplus(x) is x. threshold=40 gives the digits back.",
            3,
        ),
    ),
)

INTEGERS = Cause(
    "Integer formats wrap around",
    "z - max(z) is computed in the format that came in. 1 - 3 is 254 in uint8, and -128 - 127 is 1 in int8. Quantised scores "
    "come in these formats. "
    "mathcore takes integers as float64; torch and scikit-learn raise an error.",
    (
        Example(
            "softmax(uint8 [1, 2, 3])",
            "z = np.array([1, 2, 3], np.uint8)",
            (Call(SCIPY, "special.softmax(z)"), Call(JAX, "jax.nn.softmax(jnp.asarray(z))")),
            "[exp(v) / (exp(z[0]) + exp(z[1]) + exp(z[2])) for v in z]",
            "mathcore.softmax(z)",
            "exp(254) and exp(255) overflow to inf in float16 and float32, and inf / inf is nan.",
            5,
        ),
        Example(
            "softmax(int8 [-128, 127])",
            "z = np.array([-128, 127], np.int8)",
            (Call(SCIPY, "special.softmax(z)"), Call(JAX, "jax.nn.softmax(jnp.asarray(z))")),
            "[exp(v) / (exp(z[0]) + exp(z[1])) for v in z]",
            "mathcore.softmax(z)",
            "exp(1) and exp(0): plausible probabilities, and the smallest score gets the larger one.",
            5,
        ),
    ),
)

INFINITIES = Cause(
    "0 times infinity",
    "A logit of -inf is the usual mask: this class is impossible. Its label is 0, and 0 (-inf) is nan, although the term is "
    "absent.",
    (
        Example(
            "crossentropy, labels [.5, .5, 0], logits [0, 1, -inf]",
            "z, t = np.array([0, 1, -inf]), np.array([0.5, 0.5, 0])",
            (
                Call(TORCH, "F.cross_entropy(torch.from_numpy(z), torch.from_numpy(t))"),
                Call(OPTAX, "optax.softmax_cross_entropy(jnp.asarray(z), jnp.asarray(t))"),
            ),
            "log(1 + exp(exact(1))) - exact(1) / 2",
            "mathcore.categorical_crossentropy(t, z, from_logits=True)",
            "The terms with label 0 have to be left out. With class indices instead of soft labels no such term is formed.",
            3.5,
            ("optax#896",),
        ),
        Example(
            "softmax([inf, 0, 1])",
            "z = np.array([inf, 0, 1])",
            (
                Call(SCIPY, "special.softmax(z)"),
                Call(TORCH, "F.softmax(torch.from_numpy(z), -1)"),
                Call(JAX, "jax.nn.softmax(jnp.asarray(z))"),
                Call(SKLEARN, "extmath.softmax(z[None])[0]"),
            ),
            "[exact(1), exact(0), exact(0)]",
            "mathcore.softmax(z)",
            "inf - inf. The limit is one-hot, and mathcore returns it; two infinite scores have no limit and give nan here too. "
            "jax documents nan for infinite inputs, a respectable choice.",
            0,
            ("scipy#23225", "jax#21495"),
            CONVENTION,
        ),
    ),
)

CONVENTIONS = Cause(
    "Conventions",
    "Nothing is lost by accident here: the libraries decided to answer another question. It helps to know which. "
    "The exact value is that of the plain formula.",
    (
        Example(
            "binary crossentropy of the probability 1e-300 with label 1",
            "p, t = np.float64(1e-300), np.float64(1)",
            (
                Call(TORCH, "F.binary_cross_entropy(torch.tensor(p), torch.tensor(t))"),
                Call(SKLEARN, "metrics.log_loss([1], [p], labels=[0, 1])"),
            ),
            "-log(p)",
            "mathcore.binary_crossentropy(t, p)",
            "torch clamps each logarithm at -100, so that a loss stays finite; scikit-learn clips probabilities at the machine "
            "epsilon of their format.",
            2,
            ("torch#103316", "scikit-learn#24354"),
            CONVENTION,
        ),
        Example(
            "log loss of the float32 probability 1e-10 with label 1",
            "p, t = np.array([1e-10], np.float32), np.array([1.0])",
            (Call(SKLEARN, "metrics.log_loss([1], p, labels=[0, 1])"),),
            "-log(p[0])",
            "mathcore.binary_crossentropy(t, p)[0]",
            "The clipping follows the format: 1.2e-7 in float32. The same probabilities in float64 give 23.03.",
            2,
            ("scikit-learn#24354",),
            CONVENTION,
        ),
        Example(
            "gelu(-3) by default",
            "x = np.float64(-3)",
            (Call(JAX, "jax.nn.gelu(jnp.asarray(x))"), Call(TORCH, "F.gelu(torch.tensor(x))")),
            "x / 2 * erfc(-x / sqrt(2))",
            "mathcore.gelu(x)",
            "The default is the tanh approximation (approximate=True); torch's default is the exact form.",
            4,
            (),
            CONVENTION,
        ),
        Example(
            "entropy([2, 2])",
            "p = np.array([2.0, 2.0])",
            (Call(SCIPY, "stats.entropy(p)"),),
            "-sum(v * log(v) for v in p)",
            "mathcore.entropy(p, validate=False)",
            "scipy divides by the sum first, so counts may be passed. mathcore raises a ValueError that names the sum, "
            "and takes the numbers as they are with validate=False.",
            3,
            (),
            CONVENTION,
        ),
    ),
)

DRAWN = "x = np.random.default_rng(1).normal(size=2000) * 3"
DRAWN_32 = f"{DRAWN}\nx = x.astype(np.float32)"
# What the libraries do well: their worst error over ordinary inputs.
HELD_UP = (
    Example(
        "sigmoid",
        DRAWN,
        (
            Call(SCIPY, "special.expit(x)"),
            Call(TORCH, "torch.sigmoid(torch.from_numpy(x))"),
            Call(JAX, "jax.nn.sigmoid(jnp.asarray(x))"),
        ),
        "[1 / (1 + exp(-v)) for v in x]",
        "mathcore.sigmoid(x)",
        "",
        2,
    ),
    Example(
        "log_sigmoid",
        DRAWN,
        (
            Call(SCIPY, "special.log_expit(x)"),
            Call(TORCH, "F.logsigmoid(torch.from_numpy(x))"),
            Call(JAX, "jax.nn.log_sigmoid(jnp.asarray(x))"),
        ),
        "[-log1p(exp(-v)) for v in x]",
        "mathcore.log_sigmoid(x)",
        "",
        2,
    ),
    Example(
        "softplus",
        DRAWN,
        (
            Call(SCIPY, "special.softplus(x)"),
            Call(TORCH, "F.softplus(torch.from_numpy(x))"),
            Call(JAX, "jax.nn.softplus(jnp.asarray(x))"),
        ),
        "[log1p(exp(v)) for v in x]",
        "mathcore.softplus(x)",
        "",
        3,
    ),
    Example(
        "silu",
        DRAWN,
        (Call(TORCH, "F.silu(torch.from_numpy(x))"), Call(JAX, "jax.nn.silu(jnp.asarray(x))")),
        "[v / (1 + exp(-v)) for v in x]",
        "mathcore.silu(x)",
        "",
        3,
    ),
    Example(
        "sigmoid, float32",
        DRAWN_32,
        (
            Call(SCIPY, "special.expit(x)"),
            Call(TORCH, "torch.sigmoid(torch.from_numpy(x))"),
            Call(JAX, "jax.nn.sigmoid(jnp.asarray(x))"),
        ),
        "[1 / (1 + exp(-v)) for v in x]",
        "mathcore.sigmoid(x)",
        "",
        0.51,
    ),
    Example(
        "softplus, float32",
        DRAWN_32,
        (
            Call(SCIPY, "special.softplus(x)"),
            Call(TORCH, "F.softplus(torch.from_numpy(x))"),
            Call(JAX, "jax.nn.softplus(jnp.asarray(x))"),
        ),
        "[log1p(exp(v)) for v in x]",
        "mathcore.softplus(x)",
        "",
        0.51,
    ),
)
CAUSES = (NEAR_ONE, CANCELLING, ROUNDED, OUT_OF_RANGE, THRESHOLD, INTEGERS, INFINITIES, CONVENTIONS)


def every_example() -> Iterator[Example]:
    for cause in CAUSES:
        yield from cause.examples

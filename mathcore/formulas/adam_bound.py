"""How long a step of Adam can be: a bound for every gradient, and the gradients that reach it."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Reference,
    Step,
    Term,
    fold,
    geometric,
    rewrite,
    unfold,
)

CARD = Card(
    name="adam_bound",
    title="How long a step of Adam can be",
    summary=(
        "Adam divides an average of the gradients by the root of an average of their squares. By Cauchy and Schwarz the quotient "
        "is bounded, whatever the gradients: by (1 - beta1)/sqrt(1 - beta2), times the root of a geometric sum, times what the "
        "bias corrections do. Gradients that fade in a certain way reach the bound, so the shorter one that is often quoted is "
        "false."
    ),
    given=(
        "t: size; i, j: index[t]; g: real[t]; p, q: positive[t]; a, b: positive; a < 1; b < 1; r: positive; s: natural; "
        "n: natural >= 1"
    ),
    define=("adam_bound(a, b, n) = ((1 - a) / sqrt(1 - b)) sqrt(sum(s = 0..n - 1: (a^2 / b)^s)) sqrt(1 - b^n) / (1 - a^n)"),
    auxiliary=(
        "first(g, a) = (1 - a) sum(i: a^(i - 1) g[i])",
        "second(g, b) = (1 - b) sum(i: b^(i - 1) g[i]^2)",
        "total(g, r) = sum(i: r^(i - 1))",
    ),
    about="how far a weight can move in one step",
    uses=("adam_moments", "gradient_descent"),
    prerequisites=("adam_moments",),
    derivations=(
        Derivation(
            "Cauchy and Schwarz for weighted sums",
            key="cauchy_schwarz",
            claim="sum(i: p[i] g[i])^2 <= sum(i: p[i]^2 / q[i]) sum(i: q[i] g[i]^2)",
            steps=(
                Step(
                    "<= sum(i: p[i]^2 / q[i]) sum(i: q[i] g[i]^2)",
                    by=Certificate(
                        (Term("sum(i, j: q[i] q[j] (p[i] g[j] / q[i] - p[j] g[i] / q[j])^2) / 2"),),
                    ),
                    why="the difference is half a sum over all pairs of positive weights times squares",
                ),
            ),
            note="It holds for any positive weights p and q; Adam's are powers of beta1 and beta2.",
        ),
        Derivation(
            "... for weights that fade",
            key="fading",
            claim="sum(i: a^(i - 1) g[i])^2 <= sum(i: (a^2 / b)^(i - 1)) sum(i: b^(i - 1) g[i]^2)",
            steps=(
                Step(
                    "<= sum(i: (a^(i - 1))^2 / b^(i - 1)) sum(i: b^(i - 1) g[i]^2)",
                    by=Lemma("cauchy_schwarz", at="p = vector(j: a^(j - 1)); q = vector(j: b^(j - 1))"),
                    why="g[1] is the newest gradient, g[2] the one before: the gradient of age i - 1 has the weights a^(i-1) and b^(i-1)",
                ),
                Step(
                    "= sum(i: (a^2 / b)^(i - 1)) sum(i: b^(i - 1) g[i]^2)",
                    by=rewrite,
                    why="powers of equal exponents multiply and divide",
                ),
            ),
        ),
        Derivation(
            "The bound for the moments",
            key="moments",
            claim="first(g, a)^2 <= ((1 - a)^2 / (1 - b)) total(g, a^2 / b) second(g, b)",
            steps=(
                Step("= (1 - a)^2 sum(i: a^(i - 1) g[i])^2", by=unfold, why="the first moment, squared"),
                Step(
                    "<= (1 - a)^2 (sum(i: (a^2 / b)^(i - 1)) sum(i: b^(i - 1) g[i]^2))",
                    by=Certificate((Term("(1 - a)^2", lemma="fading"),)),
                    why="Cauchy and Schwarz",
                ),
                Step(
                    "= ((1 - a)^2 / (1 - b)) total(g, a^2 / b) second(g, b)",
                    by=rewrite,
                    why="multiplied and divided by 1 - b, to have the second moment",
                ),
            ),
        ),
        Derivation(
            "The geometric sum",
            key="total",
            given="r != 1",
            claim="total(g, r) = (1 - r^t) / (1 - r)",
            steps=(
                Step("= sum(i: r^(i - 1))", by=unfold, why="the definition"),
                Step(
                    "= (1 - r^t) / (1 - r)",
                    by=geometric,
                    why="one more term r^t turns (1 - r^t)/(1 - r) into (1 - r^(t+1))/(1 - r)",
                ),
            ),
        ),
        Derivation(
            "The gradients that reach the bound: the first moment",
            key="worst_first",
            claim="first(vector(j: (a / b)^(j - 1)), a) = (1 - a) total(g, a^2 / b)",
            steps=(
                Step(
                    "= (1 - a) sum(i: a^(i - 1) (a / b)^(i - 1))",
                    by=unfold,
                    why="gradients that shrink by a/b from step to step backwards",
                ),
                Step("= (1 - a) sum(i: (a^2 / b)^(i - 1))", by=rewrite, why="powers of equal exponents multiply"),
                Step("= (1 - a) total(g, a^2 / b)", by=fold, why="the definition"),
            ),
        ),
        Derivation(
            "... and the second",
            key="worst_second",
            claim="second(vector(j: (a / b)^(j - 1)), b) = (1 - b) total(g, a^2 / b)",
            steps=(
                Step("= (1 - b) sum(i: b^(i - 1) ((a / b)^(i - 1))^2)", by=unfold, why="the same gradients, squared"),
                Step("= (1 - b) sum(i: (a^2 / b)^(i - 1))", by=rewrite, why="b times (a/b)^2 is a^2/b"),
                Step("= (1 - b) total(g, a^2 / b)", by=fold, why="the definition"),
            ),
        ),
        Derivation(
            "So the bound is reached",
            key="attained",
            claim=(
                "first(vector(j: (a / b)^(j - 1)), a)^2 "
                "= ((1 - a)^2 / (1 - b)) total(g, a^2 / b) second(vector(j: (a / b)^(j - 1)), b)"
            ),
            steps=(
                Step(
                    "= (1 - a)^2 total(g, a^2 / b)^2",
                    by=rewrite,
                    why="the first moment of these gradients, squared",
                ),
                Step(
                    "= ((1 - a)^2 / (1 - b)) total(g, a^2 / b) ((1 - b) total(g, a^2 / b))",
                    by=rewrite,
                    why="multiplied and divided by 1 - b",
                ),
                Step(
                    "= ((1 - a)^2 / (1 - b)) total(g, a^2 / b) second(vector(j: (a / b)^(j - 1)), b)",
                    by=rewrite,
                    why="which is the second moment of these gradients",
                ),
            ),
            note="No smaller bound can hold for all gradients.",
        ),
        Derivation(
            "The bound, squared",
            key="squared",
            claim=("adam_bound(a, b, n)^2 = ((1 - a)^2 / (1 - b)) sum(s = 0..n - 1: (a^2 / b)^s) (1 - b^n) / (1 - a^n)^2"),
            steps=(
                Step(
                    "= (((1 - a) / sqrt(1 - b)) sqrt(sum(s = 0..n - 1: (a^2 / b)^s)) sqrt(1 - b^n) / (1 - a^n))^2",
                    by=unfold,
                    why="the definition",
                ),
                Step(
                    "= ((1 - a)^2 / (1 - b)) sum(s = 0..n - 1: (a^2 / b)^s) (1 - b^n) / (1 - a^n)^2",
                    by=rewrite,
                    why="the square of a root of something that is not negative is that number",
                ),
            ),
        ),
        Derivation(
            "With the bias corrections: no step is longer than the bound",
            key="bound",
            claim="(first(g, a) / (1 - a^t))^2 <= adam_bound(a, b, t)^2 (second(g, b) / (1 - b^t))",
            steps=(
                Step("= first(g, a)^2 / (1 - a^t)^2", by=rewrite, why="the first moment, divided by what it lacks"),
                Step(
                    "<= ((1 - a)^2 / (1 - b)) total(g, a^2 / b) second(g, b) / (1 - a^t)^2",
                    by=Certificate((Term("1 / (1 - a^t)^2", lemma="moments"),)),
                    why="the bound for the moments themselves",
                ),
                Step(
                    "= adam_bound(a, b, t)^2 (second(g, b) / (1 - b^t))",
                    by=rewrite,
                    why="multiplied and divided by 1 - b^t, to have the corrected second moment",
                ),
            ),
            note=(
                "Take roots: the step, first over root second, both corrected, is at most adam_bound learning rates. epsilon in the "
                "denominator makes it only shorter."
            ),
        ),
    ),
    examples=(
        Example("adam_bound(0.9, 0.999, 1) = 1", source="the first step is at most one learning rate"),
        Example(
            "adam_bound(0.9, 0.999, 5000) = 7.246", source="after 5000 steps: more than twice (1 - 0.9)/sqrt(1 - 0.999) = 3.162"
        ),
    ),
    false_claims=(
        FalseClaim(
            "adam_bound(0.9, 0.999, 5000) <= (1 - 0.9) / sqrt(1 - 0.999)",
            why="the bound (1 - beta1)/sqrt(1 - beta2) is often quoted; fading gradients exceed it",
        ),
        FalseClaim(
            "first(g, a)^2 <= ((1 - a)^2 / (1 - b)) second(g, b)",
            why="the geometric sum is missing: for two or more gradients it is larger than 1",
        ),
        FalseClaim("adam_bound(a, b, n) <= 1", why="a step may be longer than the learning rate"),
        FalseClaim("first(g, a)^2 <= second(g, a)^2", why="a small gradient is larger than its square"),
    ),
    exercises=(
        Exercise(
            "With beta1 = 0 and any beta2, what is the bound after one step, and in the long run?",
            "1 after one step; 1/sqrt(1 - beta2) in the long run: a single gradient after a long silence.",
        ),
        Exercise(
            "Which gradients give steps of exactly one learning rate for ever?",
            "Constant ones: both corrected averages are then c and c^2.",
        ),
    ),
    not_verified=("Rounding, and epsilon beyond that it shortens the step.",),
    references=(Reference("Kingma, Ba, Adam: a method for stochastic optimization (2015), section 2.1: the shorter bound"),),
)

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
        "How far can a single step of Adam move a weight? Adam divides an average of the gradients by the root of an "
        "average of their squares. By Cauchy and Schwarz the quotient is bounded, whatever the gradients: by (1 - "
        "beta1)/sqrt(1 - beta2), times the root of a geometric sum, times what the bias corrections do. Gradients that "
        "fade in a certain way reach the bound, so the smaller bound that is often quoted is false."
    ),
    given=(
        "t: size; i, j: index[t]; g: real[t]; p: real[t]; q: positive[t]; beta1, beta2: positive; r: positive; s: natural; n: natural >= 1"
    ),
    define=(
        "adam_bound(beta1, beta2, n) "
        "= ((1 - beta1) / sqrt(1 - beta2)) sqrt(sum(s = 0..n - 1: (beta1^2 / beta2)^s)) sqrt(1 - beta2^n) / (1 - beta1^n)"
    ),
    auxiliary=(
        "first(g, beta1) = (1 - beta1) sum(i: beta1^(i - 1) g[i])",
        "second(g, beta2) = (1 - beta2) sum(i: beta2^(i - 1) g[i]^2)",
        "total(g, r) = sum(i: r^(i - 1))",
    ),
    about="how far a weight can move in one step",
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
                    why="right side less left side is half a sum over all pairs i, j of a positive weight times a square: it is not negative",
                ),
            ),
            note="It holds for any p and any positive q; Adam's are powers of beta1 and beta2.",
        ),
        Derivation(
            "... for weights that fade",
            key="fading",
            claim="sum(i: beta1^(i - 1) g[i])^2 <= sum(i: (beta1^2 / beta2)^(i - 1)) sum(i: beta2^(i - 1) g[i]^2)",
            steps=(
                Step(
                    "<= sum(i: (beta1^(i - 1))^2 / beta2^(i - 1)) sum(i: beta2^(i - 1) g[i]^2)",
                    by=Lemma("cauchy_schwarz", at="p = vector(j: beta1^(j - 1)); q = vector(j: beta2^(j - 1))"),
                    why="Cauchy and Schwarz with the weights beta1^(i-1) and beta2^(i-1), those of a gradient that is i - 1 steps old: g[1] is the newest, g[2] the one before",
                ),
                Step(
                    "= sum(i: (beta1^2 / beta2)^(i - 1)) sum(i: beta2^(i - 1) g[i]^2)",
                    by=rewrite,
                    why="a quotient of powers with the same exponent is that power of the quotient, and the square of a power is the power of the square",
                ),
            ),
        ),
        Derivation(
            "The bound for the moments",
            key="moments",
            given="beta2 < 1",
            claim="first(g, beta1)^2 <= ((1 - beta1)^2 / (1 - beta2)) total(g, beta1^2 / beta2) second(g, beta2)",
            steps=(
                Step(
                    "= (1 - beta1)^2 sum(i: beta1^(i - 1) g[i])^2",
                    by=unfold,
                    why="the first moment is 1 - beta1 times the weighted sum; both factors are squared",
                ),
                Step(
                    "<= (1 - beta1)^2 (sum(i: (beta1^2 / beta2)^(i - 1)) sum(i: beta2^(i - 1) g[i]^2))",
                    by=Certificate((Term("(1 - beta1)^2", lemma="fading"),)),
                    why="Cauchy and Schwarz for the weighted sum, as just shown",
                ),
                Step(
                    "= ((1 - beta1)^2 / (1 - beta2)) total(g, beta1^2 / beta2) second(g, beta2)",
                    by=rewrite,
                    why="the last sum, times 1 - beta2, is the second moment; so the first factor is divided by 1 - beta2",
                ),
            ),
        ),
        Derivation(
            "The geometric sum",
            key="total",
            given="r != 1",
            claim="total(g, r) = (1 - r^t) / (1 - r)",
            steps=(
                Step("= sum(i: r^(i - 1))", by=unfold, why="the definition of total, written out"),
                Step(
                    "= (1 - r^t) / (1 - r)",
                    by=geometric,
                    why="by induction: one more term r^t turns (1 - r^t)/(1 - r) into (1 - r^(t+1))/(1 - r)",
                ),
            ),
        ),
        Derivation(
            "The gradients that reach the bound: the first moment",
            key="worst_first",
            claim="first(vector(j: (beta1 / beta2)^(j - 1)), beta1) = (1 - beta1) total(g, beta1^2 / beta2)",
            steps=(
                Step(
                    "= (1 - beta1) sum(i: beta1^(i - 1) (beta1 / beta2)^(i - 1))",
                    by=unfold,
                    why="the definition of first, for gradients that shrink by beta1/beta2 with every step back",
                ),
                Step(
                    "= (1 - beta1) sum(i: (beta1^2 / beta2)^(i - 1))",
                    by=rewrite,
                    why=(
                        "a product of powers with the same exponent is that power of the product, and beta1 times beta1/beta2 is "
                        "beta1^2/beta2"
                    ),
                ),
                Step("= (1 - beta1) total(g, beta1^2 / beta2)", by=fold, why="the definition of total, read backwards"),
            ),
        ),
        Derivation(
            "... and the second",
            key="worst_second",
            claim="second(vector(j: (beta1 / beta2)^(j - 1)), beta2) = (1 - beta2) total(g, beta1^2 / beta2)",
            steps=(
                Step(
                    "= (1 - beta2) sum(i: beta2^(i - 1) ((beta1 / beta2)^(i - 1))^2)",
                    by=unfold,
                    why="the definition of second, for gradients that shrink by beta1/beta2 with every step back",
                ),
                Step(
                    "= (1 - beta2) sum(i: (beta1^2 / beta2)^(i - 1))",
                    by=rewrite,
                    why="the square of a power is the power of the square, and beta2 times (beta1/beta2)^2 is beta1^2/beta2",
                ),
                Step("= (1 - beta2) total(g, beta1^2 / beta2)", by=fold, why="the definition of total, read backwards"),
            ),
        ),
        Derivation(
            "So the bound is reached",
            key="attained",
            given="beta2 < 1",
            claim=(
                "first(vector(j: (beta1 / beta2)^(j - 1)), beta1)^2 "
                "= ((1 - beta1)^2 / (1 - beta2)) total(g, beta1^2 / beta2) second(vector(j: (beta1 / beta2)^(j - 1)), beta2)"
            ),
            steps=(
                Step(
                    "= (1 - beta1)^2 total(g, beta1^2 / beta2)^2",
                    by=rewrite,
                    why="the first moment of these gradients, found above, squared: a square of a product is the product of the squares",
                ),
                Step(
                    "= ((1 - beta1)^2 / (1 - beta2)) total(g, beta1^2 / beta2) ((1 - beta2) total(g, beta1^2 / beta2))",
                    by=rewrite,
                    why="one factor total is multiplied and divided by 1 - beta2",
                ),
                Step(
                    "= ((1 - beta1)^2 / (1 - beta2)) total(g, beta1^2 / beta2) second(vector(j: (beta1 / beta2)^(j - 1)), beta2)",
                    by=rewrite,
                    why="the last bracket is the second moment of these gradients, found above",
                ),
            ),
            note="No smaller bound can hold for all gradients.",
        ),
        Derivation(
            "The bound, squared",
            key="squared",
            given="beta1 != 1; beta2 < 1",
            claim=(
                "adam_bound(beta1, beta2, n)^2 "
                "= ((1 - beta1)^2 / (1 - beta2)) sum(s = 0..n - 1: (beta1^2 / beta2)^s) (1 - beta2^n) / (1 - beta1^n)^2"
            ),
            steps=(
                Step(
                    "= (((1 - beta1) / sqrt(1 - beta2)) sqrt(sum(s = 0..n - 1: (beta1^2 / beta2)^s)) "
                    "sqrt(1 - beta2^n) / (1 - beta1^n))^2",
                    by=unfold,
                    why="the definition of the bound, written out",
                ),
                Step(
                    "= ((1 - beta1)^2 / (1 - beta2)) sum(s = 0..n - 1: (beta1^2 / beta2)^s) (1 - beta2^n) / (1 - beta1^n)^2",
                    by=rewrite,
                    why="the square of a root of something that is not negative is that number",
                ),
            ),
        ),
        Derivation(
            "With the bias corrections: no step is longer than the bound",
            key="bound",
            given="beta1 != 1; beta2 < 1",
            claim="(first(g, beta1) / (1 - beta1^t))^2 <= adam_bound(beta1, beta2, t)^2 (second(g, beta2) / (1 - beta2^t))",
            steps=(
                Step(
                    "= first(g, beta1)^2 / (1 - beta1^t)^2",
                    by=rewrite,
                    why="the square of a quotient is the quotient of the squares",
                ),
                Step(
                    "<= ((1 - beta1)^2 / (1 - beta2)) total(g, beta1^2 / beta2) second(g, beta2) / (1 - beta1^t)^2",
                    by=Certificate((Term("1 / (1 - beta1^t)^2", lemma="moments"),)),
                    why="the bound for the moments, shown above, divided by the positive number (1 - beta1^t)^2",
                ),
                Step(
                    "= adam_bound(beta1, beta2, t)^2 (second(g, beta2) / (1 - beta2^t))",
                    by=rewrite,
                    why="multiplied and divided by 1 - beta2^t: one part is the corrected second moment, the rest is the squared bound",
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
            why="the right side, 3.162, is often quoted as a bound; fading gradients reach 7.246",
        ),
        FalseClaim(
            "first(g, beta1)^2 <= ((1 - beta1)^2 / (1 - beta2)) second(g, beta2)",
            given="beta1 < 1; beta2 < 1",
            why="the geometric sum is missing: for two or more gradients it is larger than 1",
        ),
        FalseClaim(
            "adam_bound(beta1, beta2, n) <= 1",
            given="beta1 < 1; beta2 < 1",
            why="a step may be longer than the learning rate: after 5000 steps up to 7.2 times as long",
        ),
        FalseClaim(
            "first(g, beta1)^2 <= second(g, beta1)^2",
            given="beta1 < 1",
            why="the second moment averages squares, and a small number is larger than its square: 0.1^2 is above 0.01^2",
        ),
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

"""Softmax twice: what a second softmax does to a prediction."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Monotone,
    Reference,
    Step,
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="double_softmax",
    title="Softmax twice",
    summary=(
        "What happens if softmax is applied twice? A network whose last layer is a softmax is trained with a loss that "
        "applies softmax again. The prediction keeps its order, so the accuracy looks right; but no class can get more "
        "than e / (e + n - 1), however sure the network is, and the loss never comes near 0. With log-softmax twice "
        "nothing happens at all."
    ),
    given="n: size; z: real[n]; c, x: real; i, j, k: index[n]",
    define="double_softmax(z)[i] = softmax(softmax(z))[i]",
    notation=("s[i] = softmax(z)[i]", "d[i] = double_softmax(z)[i]"),
    about="a softmax too many",
    units="probability",
    uses=("softmax", "log_softmax"),
    prerequisites=("softmax", "log_softmax"),
    derivations=(
        Derivation(
            "Still a distribution",
            key="sum",
            claim="sum(i: d[i]) = 1",
            steps=(
                Step(
                    "= sum(i: exp(s[i])) / sum(k: exp(s[k]))",
                    by=unfold,
                    why="the definition of softmax twice, added up; the denominator does not depend on i and leaves the sum",
                ),
                Step(
                    "= 1",
                    by=rewrite,
                    why="both sums are the same, with the index named differently, and a positive number over itself is 1",
                ),
            ),
        ),
        Derivation(
            "A shift still changes nothing",
            key="shift",
            claim="double_softmax(vector(k: z[k] + c))[i] = d[i]",
            steps=(
                Step(
                    "= softmax(softmax(vector(k: z[k] + c)))[i]",
                    by=unfold,
                    why="the definition of softmax twice, for the shifted scores",
                ),
                Step("= d[i]", by=unfold, why="the inner softmax does not feel a shift, so nothing reaches the outer one"),
            ),
        ),
        Derivation(
            "The order is kept",
            key="order",
            claim="z[i] <= z[j] => d[i] <= d[j]",
            steps=(
                Step("= exp(s[i]) / sum(k: exp(s[k]))", by=unfold, why="the definition of d[i], written out"),
                Step(
                    "<= exp(s[j]) / sum(k: exp(s[k]))",
                    by=Monotone(
                        "exp(x) / sum(k: exp(s[k]))", variable="x: real", inner="s[i] <= s[j]", by=Lemma("softmax.order")
                    ),
                    why="the first softmax keeps the order, the exponential keeps it again, and the denominator is the same",
                ),
                Step("= d[j]", by=fold, why="the definition of d[j], read backwards"),
            ),
            note="So the predicted class and the accuracy stay the same: nobody who looks at them alone notices the mistake.",
        ),
        Derivation(
            "Every other class adds at least 1 to the denominator",
            key="others",
            claim="sum(k: (1 - delta(k, i)) exp(s[k])) >= n - 1",
            steps=(
                Step(
                    ">= sum(k: 1 - delta(k, i))",
                    by=Certificate(
                        (
                            Term("1 - delta(k, i)", lemma="softmax.tangent", at="c = s[k]", over="k"),
                            Term("(1 - delta(k, i)) s[k]", over="k"),
                        )
                    ),
                    why="exp(s) is at least 1 + s, and a probability s is not negative: every exponential is at least 1",
                ),
                Step("= n - 1", by=rewrite, why="of n ones the one at k = i is taken away"),
            ),
        ),
        Derivation(
            "No class gets more than e / (e + n - 1)",
            key="top",
            claim="d[i] <= exp(1) / (exp(1) + n - 1)",
            steps=(
                Step(
                    "= exp(s[i]) / (exp(s[i]) + sum(k: (1 - delta(k, i)) exp(s[k])))",
                    by=unfold,
                    why="the definition of softmax twice; the term k = i of the denominator is written apart",
                ),
                Step(
                    "<= exp(s[i]) / (exp(s[i]) + (n - 1))",
                    by=Monotone(
                        "exp(s[i]) / (exp(s[i]) + x)",
                        variable="x: nonnegative",
                        inner="sum(k: (1 - delta(k, i)) exp(s[k])) >= n - 1",
                        by=Lemma("others"),
                    ),
                    why=(
                        "the n - 1 others add at least n - 1 to the denominator, as just shown, and a smaller denominator makes the "
                        "quotient larger"
                    ),
                ),
                Step(
                    "<= exp(1) / (exp(1) + n - 1)",
                    by=Monotone(
                        "x / (x + n - 1)",
                        variable="x: positive",
                        inner="exp(s[i]) <= exp(1)",
                        by=Monotone(
                            "exp(x)",
                            variable="x: real",
                            inner="s[i] <= 1",
                            by=Certificate((Term("(1 - delta(i, k)) s[k]", over="k"),)),
                        ),
                    ),
                    why="a probability s[i] is at most 1, so exp(s[i]) is at most exp(1), and x / (x + n - 1) grows with x",
                ),
            ),
            note="0.731 for two classes, 0.576 for three, 0.232 for ten, 0.0027 for a thousand.",
        ),
        Derivation(
            "All classes lie within a factor e",
            key="factor",
            claim="d[i] <= exp(1) d[j]",
            steps=(
                Step("= exp(s[i]) / sum(k: exp(s[k]))", by=unfold, why="the definition of d[i], written out"),
                Step(
                    "<= exp(1 + s[j]) / sum(k: exp(s[k]))",
                    by=Monotone(
                        "exp(x) / sum(k: exp(s[k]))",
                        variable="x: real",
                        inner="s[i] <= 1 + s[j]",
                        by=Certificate((Term("(1 - delta(i, k)) s[k]", over="k"), Term("s[j]"))),
                    ),
                    why="probabilities lie between 0 and 1, so s[i] is at most 1 + s[j], and the exponential keeps the order",
                ),
                Step(
                    "= exp(1) d[j]",
                    by=rewrite,
                    why="exp(1 + s[j]) is exp(1) exp(s[j]), and what is left is the definition of d[j]",
                ),
            ),
            note="A class that the network has ruled out still gets more than a third of what the winner gets.",
        ),
        Derivation(
            "The loss stays away from 0",
            key="loss",
            claim="-log(d[i]) >= log(1 + (n - 1) exp(-1))",
            steps=(
                Step(
                    ">= -log(exp(1) / (exp(1) + n - 1))",
                    by=Monotone("-log(x)", variable="x: positive", inner="d[i] <= exp(1) / (exp(1) + n - 1)", by=Lemma("top")),
                    why=(
                        "no class gets more than e / (e + n - 1), as shown above, and -log falls: the larger argument has the smaller "
                        "value"
                    ),
                ),
                Step(
                    "= log(1 + (n - 1) exp(-1))",
                    by=rewrite,
                    why="the minus sign turns the quotient over, and (e + n - 1) / e is 1 + (n - 1)/e",
                ),
            ),
            note="With ten classes a perfect network shows a loss of 1.46 and cannot lower it.",
        ),
        Derivation(
            "The slope by the probabilities of the first softmax",
            key="slope",
            given="S: real[n]",
            claim="D(-log(softmax(S)[j]), S[i]) = softmax(S)[i] - delta(i, j)",
            steps=(
                Step("= D(-log_softmax(S)[j], S[i])", by=unfold, why="the logarithm of softmax is log-softmax, by definition"),
                Step(
                    "= softmax(S)[i] - delta(i, j)",
                    by=differentiate,
                    why=(
                        "log-softmax is S[j] less log-sum-exp; the score has the slope delta(i, j), log-sum-exp the slope softmax, and "
                        "the minus sign turns both"
                    ),
                ),
            ),
        ),
        Derivation(
            "A sure mistake is hardly corrected",
            key="vanishing",
            claim="D(-log(d[j]), z[i]) = s[i] (d[i] - delta(i, j) - sum(k: (d[k] - delta(k, j)) s[k]))",
            steps=(
                Step(
                    "= sum(k: (d[k] - delta(k, j)) s[k] (delta(k, i) - s[i]))",
                    by=differentiate,
                    why="the chain rule: prediction minus label of the second softmax, times the slopes of the first (its Jacobian)",
                ),
                Step(
                    "= s[i] (d[i] - delta(i, j) - sum(k: (d[k] - delta(k, j)) s[k]))",
                    by=rewrite,
                    why="delta keeps the term k = i, and s[i] leaves the sum",
                ),
            ),
            note=(
                "The factor s[i] is what the single softmax cancels. Where the network is sure, of right or wrong, s[i] or the "
                "bracket is almost 0: learning stops."
            ),
        ),
        Derivation(
            "Log-softmax twice is harmless",
            key="log",
            claim="log_softmax(log_softmax(z))[i] = log_softmax(z)[i]",
            steps=(
                Step(
                    "= log_softmax(z)[i]",
                    by=Lemma("log_softmax.twice"),
                    why="log-softmax takes the log-sum-exp away, and that of log probabilities is log(1) = 0",
                ),
            ),
        ),
    ),
    examples=(
        Example("softmax(softmax([0, 0])) = [1/2, 1/2]", source="equal scores stay equal"),
        Example("softmax(softmax([100, 0])) = [0.7310586, 0.2689414]", source="as sure as two classes can be"),
        Example(
            "softmax(softmax([100, 0, 0])) = [0.5761169, 0.2119416, 0.2119416]",
            source="e / (e + 2) for the winner of three classes",
        ),
        Example("exp(1) / (exp(1) + 9) = 0.2319693", source="the most that one of ten classes can get"),
    ),
    false_claims=(
        FalseClaim("d[i] = s[i]", why="softmax of probabilities flattens them: [1, 0] becomes [0.731, 0.269]"),
        FalseClaim("d[i] <= 1 / 2", given="n >= 2", why="with two classes the top probability can come near to 0.731"),
        FalseClaim(
            "D(-log(d[j]), z[i]) = s[i] - delta(i, j)",
            why="that is the gradient after one softmax; a second one multiplies by its own slope",
        ),
    ),
    exercises=(
        Exercise(
            "A classifier of ten classes is trained for days and its loss stands still at 1.47. What do you look for?",
            "A softmax layer before a loss that applies softmax itself: log(1 + 9/e) = 1.461 is the least loss it can show.",
        ),
        Exercise(
            "What does a third softmax do?",
            "It flattens again: all probabilities then lie within a factor exp(exp(1)/(exp(1) + n - 1)) of each other.",
        ),
    ),
    not_verified=("How much slower a network learns so: that depends on the network.",),
    references=(Reference("PyTorch, CrossEntropyLoss: the input is expected to contain unnormalized logits"),),
)

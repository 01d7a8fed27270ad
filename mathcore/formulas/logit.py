"""The logit: the score of a probability, the inverse of the sigmoid."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Lemma,
    Reference,
    Step,
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="logit",
    title="Logit",
    summary=(
        "The inverse of the sigmoid: the logarithm of the odds p : (1 - p), the probability of yes over that of no. It "
        "turns a probability back into the score of which it is the sigmoid. Near 1 it needs 1 - p itself, which a "
        "rounded p no longer holds."
    ),
    given="p: unit; x: real",
    define="logit(p) = log(p / (1 - p))",
    numeric="mathcore.numeric.logit",
    units="nats",
    uses=("sigmoid",),
    prerequisites=("logarithms", "odds", "sigmoid"),
    derivations=(
        Derivation(
            "The sigmoid of the logit is the probability",
            key="inverse",
            given="P: positive; P < 1",
            claim="sigmoid(logit(P)) = P",
            steps=(
                Step(
                    "= 1 / (1 + exp(-log(P / (1 - P))))",
                    by=unfold,
                    why="the definitions of the sigmoid and of the logit, written out",
                ),
                Step(
                    "= 1 / (1 + (1 - P) / P)",
                    by=rewrite,
                    why="exp undoes log, and the minus sign turns the fraction over",
                ),
                Step("= P", by=rewrite, why="1 + (1 - P)/P is 1/P, and one over that is P"),
            ),
        ),
        Derivation(
            "The logit of the sigmoid is the score",
            key="undoes",
            claim="logit(sigmoid(x)) = x",
            steps=(
                Step(
                    "= log((1 / (1 + exp(-x))) / (1 - 1 / (1 + exp(-x))))",
                    by=unfold,
                    why="the definitions of the logit and of the sigmoid, written out",
                ),
                Step(
                    "= log(exp(x))",
                    by=rewrite,
                    why="the numerators are 1 and exp(-x) over one denominator, which cancels; 1/exp(-x) is exp(x)",
                ),
                Step("= x", by=rewrite, why="log undoes exp, and x is left"),
            ),
            note="So each is the inverse of the other: no score and no probability strictly between 0 and 1 is left out.",
        ),
        Derivation(
            "A difference of two logarithms",
            key="difference",
            given="P: positive; P < 1",
            claim="logit(P) = log(P) - log(1 - P)",
            steps=(
                Step("= log(P / (1 - P))", by=unfold, why="the definition of the logit, written out"),
                Step("= log(P) - log(1 - P)", by=rewrite, why="the logarithm of a quotient of positive numbers is a difference"),
            ),
        ),
        Derivation(
            "Yes and no have opposite scores",
            key="symmetry",
            given="P: positive; P < 1",
            claim="logit(1 - P) = -logit(P)",
            steps=(
                Step("= log((1 - P) / (1 - (1 - P)))", by=unfold, why="the definition of the logit, at 1 - P"),
                Step(
                    "= -log(P / (1 - P))",
                    by=rewrite,
                    why="1 - (1 - P) is P, and turning a fraction over changes the sign of its logarithm",
                ),
                Step("= -logit(P)", by=fold, why="the definition of the logit, read backwards"),
            ),
        ),
        Derivation(
            "A fair coin has the score 0",
            key="fair",
            claim="logit(1 / 2) = 0",
            steps=(
                Step("= log((1 / 2) / (1 - 1 / 2))", by=unfold, why="the definition of the logit, at 1/2"),
                Step("= 0", by=rewrite, why="one half against one half is 1, and log(1) = 0"),
            ),
        ),
        Derivation(
            "The slope",
            key="slope",
            given="P: positive; P < 1",
            claim="D(log(P / (1 - P)), P) = 1 / (P (1 - P))",
            steps=(
                Step(
                    "= 1 / P + 1 / (1 - P)",
                    by=differentiate,
                    why="log(P) has the slope 1/P, and -log(1 - P) the slope 1/(1 - P): two minus signs cancel",
                ),
                Step(
                    "= 1 / (P (1 - P))", by=rewrite, why="over the common denominator P (1 - P) the numerators 1 - P and P make 1"
                ),
            ),
            note="It is one over the slope s (1 - s) of the sigmoid, as for every inverse function.",
        ),
        Derivation(
            "The slope is at least 4",
            key="flattest",
            given="P: positive; P < 1",
            claim="D(log(P / (1 - P)), P) >= 4",
            equality="2 P = 1",
            steps=(
                Step("= 1 / (P (1 - P))", by=Lemma("slope"), why="the slope, just found"),
                Step(
                    ">= 4",
                    by=Certificate((Term("(1 - 2 P)^2 / (P (1 - P))"),)),
                    why="1 - 4 P (1 - P) is the square of 1 - 2 P, so P (1 - P) is at most 1/4, and one over it at least 4",
                ),
            ),
        ),
    ),
    invariants=(
        Law("changes its sign at 1 - p", "logit(1 - p) = -logit(p)", why="yes and no do not have opposite scores"),
        Law("undoes the sigmoid", "1 / (1 + exp(-logit(p))) = p", why="the sigmoid of the result is not p"),
        Law("grows", "p <= q => logit(p) <= logit(q)", given="q: unit", why="a larger probability gave a smaller score"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51, domain="every p from 0 to 1"),
    examples=(
        Example("logit(0.5) = 0", source="even odds"),
        Example("logit(0.75) = 1.098612", source="log 3"),
        Example("logit(0.25) = -1.098612", source="the odds are 1 : 3, so -log 3"),
        Example("logit(1e-300) = -690.775528", source="-300 log 10, nearly"),
        Example("logit(0) = -inf", source="an impossible yes"),
        Example("logit(1) = inf", source="a certain yes"),
    ),
    mistakes=(
        "mathcore.mistakes.logit.of_the_quotient",
        "mathcore.mistakes.logit.as_a_difference",
        "mathcore.mistakes.logit.clipped",
        "mathcore.mistakes.logit.base_two",
        "mathcore.mistakes.logit.log_probability",
    ),
    false_claims=(
        FalseClaim(
            "sigmoid(x) = logit(x)",
            given="0 < x; x < 1",
            why="one undoes the other, and they are not the same: at 1/2 the sigmoid is 0.622, the logit 0",
        ),
        FalseClaim("logit(p) = log(p)", why="true only in the limit of small p: at p = 1/2 the logit is 0, the logarithm -0.693"),
        FalseClaim("logit(p) >= 0", given="p > 0", why="it is negative for p < 1/2: at 1/4 it is -1.099"),
        FalseClaim("D(logit(p), p) = 1 / p", given="p > 0; p < 1", why="the slope is 1 / (p (1 - p)): at 1/2 it is 4, not 2"),
    ),
    exercises=(
        Exercise("What are the odds and the logit of p = 0.8?", "0.8 : 0.2 = 4, and log 4 = 1.386."),
        Exercise("By how much does the logit change if the odds double?", "By log 2 = 0.693, whatever p is."),
    ),
    not_verified=(
        (
            "Probabilities that were rounded near 1: 1 - p keeps only the digits that p has. Whoever knows 1 - p itself "
            "passes that and changes the sign of the result."
        ),
    ),
    references=(Reference("Berkson, Application of the logistic function to bio-assay, JASA 39 (1944)"),),
)

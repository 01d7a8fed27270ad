"""One against the rest: a sigmoid for each class. Its scores are no distribution, and its choice is right all the same."""

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
    Use,
    rewrite,
    unfold,
)

CARD = Card(
    name="one_vs_rest",
    title="One against the rest",
    summary=(
        "How to choose among several classes with yes-or-no classifiers: train one for each class and let each give its "
        "own probability. They were never made to agree, so they need not sum to 1: 0.4, 0.6 and 0.2 sum to 1.2. The "
        "class with the largest value is still the class with the largest score, because the sigmoid keeps order."
    ),
    given="n: size; z: real[n]; i, j, k, m: index[n]; x, y: real; q: positive[n]",
    define="one_vs_rest(z)[k] = sigmoid(z[k])",
    auxiliary=("shares(q)[k] = q[k] / sum(j: q[j])",),
    about="several yes-or-no classifiers, and what their values mean",
    uses=("sigmoid", "softmax"),
    prerequisites=("sigmoid", "softmax"),
    derivations=(
        Derivation(
            "A larger score has the larger value",
            key="order",
            claim="z[i] <= z[j] => one_vs_rest(z)[i] <= one_vs_rest(z)[j]",
            steps=(
                Step(
                    "<= one_vs_rest(z)[j]",
                    by=Monotone("sigmoid(u)", variable="u: real", inner="z[i] <= z[j]", by=Use("z[i] <= z[j]")),
                    why="the sigmoid grows, as its slope is positive everywhere, and z[i] is at most z[j]",
                ),
            ),
        ),
        Derivation(
            "... and a strictly larger one a strictly larger value",
            key="strict",
            claim="x < y => sigmoid(x) < sigmoid(y)",
            steps=(
                Step(
                    "< sigmoid(y)",
                    by=Monotone("sigmoid(u)", variable="u: real", inner="x < y", by=Use("x < y")),
                    why="the slope of the sigmoid is positive everywhere, so it grows strictly: no two scores share a value",
                ),
            ),
            note="Both together: the classes stand in one order, by score or by value. So the largest is the same class.",
        ),
        Derivation(
            "The winner among the scores wins",
            key="argmax",
            given="z[k] <= z[m]",
            claim="one_vs_rest(z)[k] <= one_vs_rest(z)[m]",
            steps=(
                Step(
                    "<= one_vs_rest(z)[m]",
                    by=Lemma("order", at="i = k; j = m"),
                    why="no class has a larger score than m, so none has a larger value",
                ),
            ),
        ),
        Derivation(
            "Softmax would choose the same class",
            key="softmax",
            given="z[k] <= z[m]",
            claim="softmax(z)[k] <= softmax(z)[m]",
            steps=(
                Step(
                    "<= softmax(z)[m]",
                    by=Lemma("softmax.order", at="i = k; j = m"),
                    why="softmax keeps the order of the scores as well",
                ),
            ),
            note="Choosing is not the difference. The difference is whether the numbers can be read as probabilities.",
        ),
        Derivation(
            "The values sum to more than 0",
            key="above",
            claim="sum(k: one_vs_rest(z)[k]) > 0",
            steps=(
                Step(
                    "> 0",
                    by=Certificate((Term("sigmoid(z[k])", over="k"),)),
                    why="every sigmoid is positive, and so is their sum",
                ),
            ),
        ),
        Derivation(
            "... and to less than n",
            key="below",
            claim="sum(k: one_vs_rest(z)[k]) < n",
            steps=(
                Step(
                    "< n",
                    by=Certificate((Term("sigmoid(-z[k])", over="k"),)),
                    why="what each sigmoid lacks to 1 is sigmoid(-z), which is positive; so n of them make less than n",
                ),
            ),
            note="Nothing more can be said: any sum between 0 and n occurs.",
        ),
        Derivation(
            "Any values between 0 and 1 can occur",
            key="any",
            given="q[k] < 1",
            claim="sum(k: one_vs_rest(vector(j: log(q[j] / (1 - q[j]))))[k]) = sum(k: q[k])",
            steps=(
                Step(
                    "= sum(k: sigmoid(log(q[k] / (1 - q[k]))))",
                    by=unfold,
                    why="the definition of one against the rest, written out",
                ),
                Step(
                    "= sum(k: q[k])",
                    by=rewrite,
                    why="log(q / (1 - q)) is the logit of q, and the sigmoid undoes it",
                ),
            ),
        ),
        Derivation(
            "Two classes with opposite scores do sum to 1",
            key="two",
            claim="sigmoid(x) + sigmoid(-x) = 1",
            steps=(
                Step("= 1 / (1 + exp(-x)) + 1 / (1 + exp(x))", by=unfold, why="the definition of the sigmoid, twice"),
                Step(
                    "= 1",
                    by=rewrite,
                    why="above and below times exp(-x), the second is exp(-x) / (1 + exp(-x)); the numerators then add up to the denominator",
                ),
            ),
            note="That is why one sigmoid is enough for two classes.",
        ),
        Derivation(
            "Divided by their sum they are a distribution",
            key="shares",
            claim="sum(k: shares(q)[k]) = 1",
            steps=(
                Step(
                    "= sum(k: q[k] / sum(j: q[j]))",
                    by=unfold,
                    why="the definition of shares: each value divided by the sum of all",
                ),
                Step(
                    "= 1",
                    by=rewrite,
                    why="the denominator does not depend on k: it leaves the sum, and a positive number over itself is 1",
                ),
            ),
        ),
        Derivation(
            "... in the same order",
            key="shares_order",
            claim="q[i] <= q[j] => shares(q)[i] <= shares(q)[j]",
            steps=(
                Step(
                    "<= shares(q)[j]",
                    by=Certificate((Term("(q[j] - q[i]) / sum(k: q[k])"),)),
                    why="both are divided by the same positive number, the sum of all",
                ),
            ),
            note="It repairs the sum, not the meaning: the values were learned one by one. Softmax learns them together.",
        ),
    ),
    examples=(
        Example("0.4 + 0.6 + 0.2 = 1.2", source="the values of the student's note: no distribution"),
        Example("one_vs_rest([0, 0, 0]) = [1/2, 1/2, 1/2]", source="knowing nothing, the values sum to 3/2"),
        Example("shares([0.4, 0.6, 0.2]) = [1/3, 1/2, 1/6]", source="each value divided by 1.2"),
        Example(
            "softmax([0.4, 0.6, 0.2]) = [0.32893292, 0.40175958, 0.2693075]",
            source="the student's note: softmax of values, not of scores",
        ),
    ),
    false_claims=(
        FalseClaim(
            "sum(k: one_vs_rest(z)[k]) = 1",
            given="n >= 3",
            why="the classifiers were not made to agree: with three scores of 0 they sum to 3/2",
        ),
        FalseClaim("sum(k: one_vs_rest(z)[k]) <= 1", given="n >= 3", why="three classes at 1/2 sum to 3/2"),
        FalseClaim(
            "one_vs_rest(z)[k] = softmax(z)[k]",
            given="n >= 3",
            why="softmax looks at all scores, the sigmoid at one: for three scores of 0 they are 1/3 and 1/2",
        ),
        FalseClaim(
            "shares(vector(k: sigmoid(z[k])))[i] = softmax(z)[i]", why="softmax divides exponentials of the scores, not sigmoids"
        ),
        FalseClaim(
            "softmax(vector(k: sigmoid(z[k])))[i] = softmax(z)[i]",
            why="softmax on top of sigmoids is not the model of several classes: it acts on scores",
        ),
    ),
    exercises=(
        Exercise(
            (
                "Three yes-or-no classifiers give 0.4, 0.6 and 0.2. Why can these not be the probabilities of three classes, and "
                "what may they be used for?"
            ),
            (
                "They sum to 1.2, and probabilities of classes that exclude each other sum to 1. They serve to choose: the "
                "second class has the largest value."
            ),
        ),
        Exercise(
            "When is one against the rest the right model?",
            "When classes do not exclude each other: a picture may show a cat and a dog. Then the sum should not be 1.",
        ),
    ),
    not_verified=("Which of the two models predicts better on which data.",),
    references=(Reference("Rifkin, Klautau, In defense of one-vs-all classification (2004)"),),
)

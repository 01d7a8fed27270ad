"""Softmax: probabilities from scores."""

from mathcore.card import Accuracy, Card, Derivation, Example, Law, Step, differentiate, fold, rewrite, unfold

CARD = Card(
    name="softmax",
    title="Softmax",
    summary="Turns scores of any size into probabilities: positive, summing to one, in the order of the scores.",
    given="n: size; z: real[n]; c: real; i, j, k: index[n]",
    define="softmax(z)[i] = exp(z[i]) / sum(k: exp(z[k]))",
    notation=("s[i] = softmax(z)[i]",),
    numeric="mathcore.numeric.softmax",
    units="probability",
    derivations=(
        Derivation(
            "The parts make a whole",
            claim="sum(i: s[i]) = 1",
            steps=(
                Step("= sum(i: exp(z[i]) / sum(k: exp(z[k])))", by=unfold, why="the definition"),
                Step("= sum(i: exp(z[i])) / sum(k: exp(z[k]))", by=rewrite, why="the denominator does not depend on i: it leaves the sum"),
                Step("= 1", by=rewrite, why="a positive number divided by itself"),
            ),
        ),
        Derivation(
            "A shift changes nothing",
            claim="exp(z[i] + c) / sum(k: exp(z[k] + c)) = s[i]",
            steps=(
                Step("= exp(z[i]) exp(c) / sum(k: exp(z[k]) exp(c))", by=rewrite, why="the exponential of a sum is a product"),
                Step("= exp(z[i]) / sum(k: exp(z[k]))", by=rewrite, why="exp(c) does not depend on k: it leaves the sum and cancels"),
                Step("= s[i]", by=fold, why="the definition"),
            ),
        ),
        Derivation(
            "The Jacobian",
            claim="D(s[i], z[j]) = s[i] (delta(i, j) - s[j])",
            steps=(
                Step("= D(exp(z[i]) / sum(k: exp(z[k])), z[j])", by=unfold, why="the definition"),
                Step(
                    "= (delta(i, j) exp(z[i]) sum(k: exp(z[k])) - exp(z[i]) exp(z[j])) / sum(k: exp(z[k]))^2",
                    by=differentiate,
                    why="the quotient rule",
                ),
                Step("= s[i] (delta(i, j) - s[j])", by=fold, why="the definition, twice"),
            ),
        ),
    ),
    invariants=(
        Law("sums to one", "sum(i: s[i]) = 1"),
        Law("keeps the order", "z[i] <= z[j] => s[i] <= s[j]"),
    ),
    accuracy=Accuracy(float64=6, float32=0.51, float16=0.51),
    examples=(Example("softmax([0.4, 0.6, 0.2]) = [0.32893292, 0.40175958, 0.2693075]", source="the note of 2023-02-27"),),
    mistakes=("mathcore.mistakes.softmax.without_shift", "mathcore.mistakes.softmax.base_two"),
)

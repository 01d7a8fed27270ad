"""Why a network starts from random weights: neurons that start equal stay equal."""

from mathcore.card import (
    Card,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Induction,
    Reference,
    Step,
    Use,
    differentiate,
    fold,
    unfold,
)

INSTANCE = "phi(u) = u^3 - u; slope(u) = 3 u^2 - 1"

CARD = Card(
    name="random_start",
    title="Random start",
    summary=(
        "Why does a network not start with all weights equal? Two neurons of a layer with the same weights compute the "
        "same number, get the same gradient and take the same step. They stay equal for ever, so a layer that starts "
        "with equal neurons is worth one neuron. Random weights break the symmetry; biases may start at 0."
    ),
    given=(
        "d: size; x, w, v: real[d]; b, B, P, Q, rest, t, u, a, e, g, s: real; eta: positive; phi, slope, pull: function; "
        "l, f: index[d]; T, n: natural; one, two: real[naturals]"
    ),
    define="random_start(w, g, eta)[l] = gradient_descent(w, vector(f: g), eta)[l]",
    auxiliary=("score(w, b, x) = sum(l: w[l] x[l]) + b",),
    notation=("error = P phi(score(w, b, x)) + Q phi(score(v, B, x)) + rest - t",),
    about="why equal weights stay equal",
    uses=("gradient_descent",),
    prerequisites=("backpropagation", "gradient_descent"),
    derivations=(
        Derivation(
            "Equal weights compute the same",
            key="forward",
            given="forall(l: w[l] = v[l]); b = B",
            claim="score(w, b, x) = score(v, B, x)",
            steps=(
                Step("= sum(l: w[l] x[l]) + b", by=unfold, why="the definition of score, written out for the first neuron"),
                Step(
                    "= sum(l: v[l] x[l]) + b",
                    by=Use("forall(l: w[l] = v[l])"),
                    why="weight by weight the second neuron has the same number: v[l] may stand for w[l]",
                ),
                Step("= sum(l: v[l] x[l]) + B", by=Use("b = B"), why="the biases are the same as well: B may stand for b"),
                Step("= score(v, B, x)", by=fold, why="that is the definition of the score of the second neuron"),
            ),
        ),
        Derivation(
            "The gradient by a lower weight",
            key="lower",
            instance=INSTANCE,
            claim="D(error^2 / 2, w[f]) = error P at(u = score(w, b, x): D(phi(u), u)) x[f]",
            steps=(
                Step(
                    "= error D(error, w[f])",
                    by=differentiate,
                    why="the chain rule: half a square changes by its base times the slope of the base",
                ),
                Step(
                    "= error P at(u = score(w, b, x): D(phi(u), u)) x[f]",
                    by=differentiate,
                    why="w[f] moves the score by x[f]; the activation answers with its slope there, and P weighs it",
                ),
            ),
            note="All other neurons of the layer are in `rest`: they do not depend on this weight.",
        ),
        Derivation(
            "... by a bias",
            key="bias",
            instance=INSTANCE,
            claim="D(error^2 / 2, b) = error P at(u = score(w, b, x): D(phi(u), u))",
            steps=(
                Step(
                    "= error D(error, b)",
                    by=differentiate,
                    why="the chain rule: half a square changes by its base times the slope of the base",
                ),
                Step(
                    "= error P at(u = score(w, b, x): D(phi(u), u))",
                    by=differentiate,
                    why="b moves the score by 1; the activation answers with its slope there, and P weighs it",
                ),
            ),
        ),
        Derivation(
            "... by an upper weight",
            key="upper",
            instance=INSTANCE,
            claim="D(error^2 / 2, P) = error phi(score(w, b, x))",
            steps=(
                Step(
                    "= error D(error, P)",
                    by=differentiate,
                    why="the chain rule: half a square changes by its base times the slope of the base",
                ),
                Step(
                    "= error phi(score(w, b, x))",
                    by=differentiate,
                    why="P multiplies the activation of its neuron, and nothing else depends on P",
                ),
            ),
        ),
        Derivation(
            "Equal neurons get equal gradients: lower weights",
            key="equal_lower",
            instance=INSTANCE,
            given="forall(l: w[l] = v[l]); b = B; P = Q",
            claim="error P slope(score(w, b, x)) x[f] = error Q slope(score(v, B, x)) x[f]",
            steps=(
                Step("= error Q slope(score(w, b, x)) x[f]", by=Use("P = Q"), why="the upper weights agree: P is Q"),
                Step(
                    "= error Q slope(score(v, b, x)) x[f]",
                    by=Use("forall(l: w[l] = v[l])"),
                    why="the lower weights agree: v[l] may stand for w[l]",
                ),
                Step(
                    "= error Q slope(score(v, B, x)) x[f]",
                    by=Use("b = B"),
                    why="the biases agree: so the scores do, and the slopes there, whatever function gives them",
                ),
            ),
        ),
        Derivation(
            "Equal neurons get equal gradients: upper weights",
            key="equal_upper",
            instance=INSTANCE,
            given="forall(l: w[l] = v[l]); b = B",
            claim="error phi(score(w, b, x)) = error phi(score(v, B, x))",
            steps=(
                Step(
                    "= error phi(score(v, b, x))",
                    by=Use("forall(l: w[l] = v[l])"),
                    why="the lower weights agree: v[l] may stand for w[l]",
                ),
                Step("= error phi(score(v, B, x))", by=Use("b = B"), why="the biases agree: so the activations do"),
            ),
        ),
        Derivation(
            "Equal weights with equal gradients stay equal",
            key="step",
            given="a = e; g = s",
            claim="a - eta g = e - eta s",
            steps=(
                Step("= e - eta g", by=Use("a = e"), why="they start at the same place: a = e"),
                Step("= e - eta s", by=Use("g = s"), why="they have the same gradient, g = s, so they end at the same place"),
            ),
            note="So after every step the two neurons are equal again, and the argument starts over: it holds for ever.",
        ),
        Derivation(
            "Two weights that start equal are equal after any number of steps",
            key="for_ever",
            instance="pull(u) = u / 2 + 1",
            given="one[T + 1] = one[T] - eta pull(one[T]); two[T + 1] = two[T] - eta pull(two[T]); one[0] = two[0]",
            claim="one[n] = two[n]",
            steps=(
                Step(
                    "= two[n]",
                    by=Induction(
                        "n",
                        start=Use("one[0] = two[0]"),
                        step=Use(
                            "one[T + 1] = one[T] - eta pull(one[T]); two[T + 1] = two[T] - eta pull(two[T]); one[n] = two[n]"
                        ),
                    ),
                    why="they start equal, and equal weights have equal gradients, so each step leaves them equal",
                ),
            ),
            note="`pull` is the gradient as a function of the weight, whatever function it is: the same for both neurons.",
        ),
        Derivation(
            "All zero is worse: nothing moves at all below",
            key="zero",
            instance=INSTANCE,
            given="P = 0",
            claim="error P slope(score(w, b, x)) x[f] = 0",
            steps=(Step("= 0", by=Use("P = 0"), why="what reaches the neuron from above is weighed by P, which is 0"),),
        ),
    ),
    examples=(Example("random_start([1, 1], 2, 1/4) = [1/2, 1/2]", source="one step with equal gradients"),),
    false_claims=(
        FalseClaim(
            "error P slope(score(w, b, x)) = error Q slope(score(v, B, x))",
            instance=INSTANCE,
            why="neurons with different weights get different gradients: that is the way out",
        ),
        FalseClaim(
            "error P slope(score(w, b, x)) = error Q slope(score(v, B, x))",
            given="P = Q; b = B",
            instance=INSTANCE,
            why="it is not enough that bias and upper weight agree: the lower weights must, too",
        ),
        FalseClaim(
            "D(error^2 / 2, P) = 0",
            instance=INSTANCE,
            why="an upper weight learns as long as its activation is not 0",
        ),
    ),
    exercises=(
        Exercise(
            "A layer of 100 neurons starts with all weights 0.1. How many different neurons does it have after training?",
            "One: the 100 are equal after every step.",
        ),
        Exercise(
            "May the biases start at 0?",
            "Yes. Random weights already make the scores differ, so the gradients differ.",
        ),
    ),
    not_verified=("Which spread of the random weights is best (Glorot, He): it depends on sizes and activations.",),
    references=(Reference("Goodfellow, Bengio, Courville, Deep Learning, section 8.4"),),
)

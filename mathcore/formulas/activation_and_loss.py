"""Which activation goes with which loss: in three pairs the gradient is prediction minus target."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Reference,
    Step,
    Term,
    Use,
    differentiate,
    limit,
    rewrite,
    unfold,
)

CARD = Card(
    name="activation_and_loss",
    title="Activation and loss",
    summary=(
        "Which loss belongs to which last activation of a network? Regression: linear with the squared error. Two "
        "classes: sigmoid with the binary crossentropy. Several classes: softmax with the categorical crossentropy. In "
        "these three pairs the gradient by the score is the same, prediction minus target, and it is large where the "
        "mistake is. Other pairs lose that."
    ),
    given="n: size; z, x: real; y: real; t: unit; Z: real[n]; T: simplex[n]; A: function; k, j: index[n]; u: real",
    define="activation_and_loss(y, z) = (z - y)^2 / 2",
    auxiliary=("squared_sigmoid(t, z) = (sigmoid(z) - t)^2 / 2",),
    about="why linear, sigmoid and softmax each have a loss of their own",
    uses=("softplus", "sigmoid", "softmax", "logsumexp", "binary_crossentropy", "categorical_crossentropy", "crossentropy"),
    prerequisites=("binary_crossentropy", "categorical_crossentropy", "mean_squared_error"),
    derivations=(
        Derivation(
            "Linear with the squared error",
            key="linear",
            claim="D(activation_and_loss(y, z), z) = z - y",
            steps=(
                Step(
                    "= D((z - y)^2 / 2, z)",
                    by=unfold,
                    why="the definition: with a linear activation the prediction is the score z itself",
                ),
                Step(
                    "= z - y",
                    by=differentiate,
                    why="the 2 of the square cancels the 1/2, and z - y has the slope 1: prediction minus target",
                ),
            ),
        ),
        Derivation(
            "Sigmoid with the binary crossentropy",
            key="sigmoid",
            claim="D(binary_crossentropy(t, z), z) = sigmoid(z) - t",
            steps=(
                Step(
                    "= D(t softplus(-z) + (1 - t) softplus(z), z)",
                    by=rewrite,
                    why="minus the log of the sigmoid is softplus, with the sign of the score turned",
                ),
                Step(
                    "= -t sigmoid(-z) + (1 - t) sigmoid(z)",
                    by=differentiate,
                    why="softplus(z) has the slope sigmoid(z), so softplus(-z) has the slope -sigmoid(-z), by the chain rule",
                ),
                Step(
                    "= sigmoid(z) - t",
                    by=rewrite,
                    why="sigmoid(-z) is 1 - sigmoid(z), and t sigmoid(z) cancels: prediction minus target",
                ),
            ),
        ),
        Derivation(
            "Softmax with the categorical crossentropy",
            key="softmax",
            claim="D(categorical_crossentropy(T, Z), Z[j]) = softmax(Z)[j] - T[j]",
            steps=(
                Step("= D(crossentropy(T, softmax(Z)), Z[j])", by=unfold, why="the loss is the crossentropy with softmax"),
                Step(
                    "= D(logsumexp(Z) - sum(k: T[k] Z[k]), Z[j])",
                    by=Use("sum(k: T[k]) = 1"),
                    why="the log of softmax is the score less log-sum-exp; the labels sum to 1, so log-sum-exp counts once",
                ),
                Step(
                    "= softmax(Z)[j] - T[j]",
                    by=differentiate,
                    why="the gradient of log-sum-exp is softmax: prediction minus target",
                ),
            ),
        ),
        Derivation(
            "Why all three agree",
            key="canonical",
            instance="A(u) = u^2 / 2 + u^3",
            claim="D(A(z) - y z, z) = at(u = z: D(A(u), u)) - y",
            steps=(
                Step(
                    "= at(u = z: D(A(u), u)) - y",
                    by=differentiate,
                    why="term by term: A(z) has the slope of A at z, and y z has the slope y, as y does not depend on the score",
                ),
            ),
            note=(
                "Read A(z) - y z as a loss with the target y. Up to what does not depend on the score the three losses are of "
                "this form: A is z^2/2, softplus or log-sum-exp, and its slope is the activation: z itself, sigmoid or softmax."
            ),
        ),
        Derivation(
            "The squared error in that form",
            key="linear_form",
            claim="activation_and_loss(y, z) = z^2 / 2 - y z + y^2 / 2",
            steps=(
                Step(
                    "= z^2 / 2 - y z + y^2 / 2",
                    by=rewrite,
                    why="the square is multiplied out; y^2/2 does not depend on the score",
                ),
            ),
        ),
        Derivation(
            "The binary crossentropy in that form",
            key="sigmoid_form",
            claim="binary_crossentropy(t, z) = softplus(z) - t z",
            steps=(
                Step(
                    "= t softplus(-z) + (1 - t) softplus(z)",
                    by=rewrite,
                    why="minus the log of the sigmoid is softplus, with the sign of the score turned",
                ),
                Step(
                    "= t (softplus(z) - z) + (1 - t) softplus(z)",
                    by=rewrite,
                    why="left and right of 0 softplus differs by its argument: softplus(-z) is softplus(z) - z",
                ),
                Step(
                    "= softplus(z) - t z",
                    by=rewrite,
                    why="the shares t and 1 - t of softplus(z) make all of it, and -t z is left",
                ),
            ),
        ),
        Derivation(
            "A pair that does not fit: sigmoid with the squared error",
            key="mismatch",
            claim="D(squared_sigmoid(t, z), z) = (sigmoid(z) - t) sigmoid(z) sigmoid(-z)",
            steps=(
                Step("= D((sigmoid(z) - t)^2 / 2, z)", by=unfold, why="the definition of this loss, written out"),
                Step(
                    "= (sigmoid(z) - t) D(sigmoid(z), z)",
                    by=differentiate,
                    why="the chain rule: half a square changes by its base times the slope of the base",
                ),
                Step(
                    "= (sigmoid(z) - t) sigmoid(z) sigmoid(-z)",
                    by=differentiate,
                    why="the sigmoid has the slope sigmoid(z) sigmoid(-z), and nothing here cancels it",
                ),
            ),
        ),
        Derivation(
            "... its gradient is at most a quarter of the other",
            key="quarter",
            claim="(sigmoid(z) sigmoid(-z))^2 (sigmoid(z) - t)^2 <= (sigmoid(z) - t)^2 / 16",
            steps=(
                Step(
                    "<= (sigmoid(z) - t)^2 / 16",
                    by=Certificate(
                        (Term("(1 / 4 + sigmoid(z) sigmoid(-z)) ((sigmoid(z) - sigmoid(-z)) (sigmoid(z) - t) / 2)^2"),)
                    ),
                    why="1/4 - s (1 - s) is the square of s - 1/2, so the slope of the sigmoid is at most 1/4, and its square at most 1/16",
                ),
            ),
        ),
        Derivation(
            "... and it vanishes for a sure mistake",
            key="stuck",
            claim="lim(x -> inf: (sigmoid(x) - 0) sigmoid(x) (1 / (1 + exp(x)))) = 0",
            steps=(
                Step(
                    "= 0",
                    by=limit,
                    why="the label is 0 and the score grows: sigmoid(x) tends to 1, sigmoid(-x) = 1/(1 + exp(x)) to 0",
                ),
            ),
            note="The worst mistakes are hardly corrected. With the binary crossentropy the gradient tends to 1 instead.",
        ),
    ),
    examples=(
        Example("binary_crossentropy(0, 10) = 10.000045", source="a sure mistake costs much ..."),
        Example("squared_sigmoid(0, 10) = 0.4999546", source="... or hardly more than a doubtful one"),
    ),
    false_claims=(
        FalseClaim(
            "D(binary_crossentropy(t, z), z) = (sigmoid(z) - t) sigmoid(z) sigmoid(-z)",
            why="with the crossentropy the slope of the sigmoid cancels, and prediction minus target is left",
        ),
        FalseClaim(
            "D(squared_sigmoid(t, z), z) = sigmoid(z) - t",
            why="with the squared error the slope of the sigmoid does not cancel: at z = 0 it is a factor 1/4",
        ),
        FalseClaim(
            "D(activation_and_loss(y, z), z) = y - z",
            why="the sign: the gradient points uphill, and target minus prediction points downhill",
        ),
        FalseClaim(
            "D(D(squared_sigmoid(t, z), z), z) >= 0",
            why="sigmoid with the squared error is not convex: far from the label the curve bends downwards",
        ),
    ),
    exercises=(
        Exercise(
            "Which activation and which loss belong to a problem with ten classes?",
            "Softmax and the categorical crossentropy; the gradient by the scores is softmax minus one-hot.",
        ),
        Exercise(
            "A sample with the label 0 has the score 40. What are the two gradients?",
            "sigmoid(40) - 0 = 1 for the crossentropy; about 4e-18 for the squared error.",
        ),
    ),
    not_verified=("Which pair learns best on which data.",),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, section 4.3.6: canonical link functions"),),
)

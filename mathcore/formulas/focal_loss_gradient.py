"""The gradient of the focal loss by the logit."""

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
    rewrite,
    unfold,
)

CARD = Card(
    name="focal_loss_gradient",
    title="Gradient of the focal loss",
    summary=(
        "The slope of the focal loss by each logit. By the product rule it has two terms: the weight times prediction "
        "minus label, and the crossentropy times the slope of the weight. For the labels 0 and 1 both pull in the same "
        "direction."
    ),
    given="n: size; t: unit[n]; z: real[n]; gamma: nonnegative; gamma <= 5; a: unit; x: real; k: index[n]",
    define=(
        "focal_loss_gradient(t, z, gamma)[k] = miss(t[k], z[k])^gamma (sigmoid(z[k]) - t[k]"
        " + gamma (1 - 2 t[k]) sigmoid(z[k]) sigmoid(-z[k]) binary_crossentropy(t[k], z[k]) / miss(t[k], z[k]))"
    ),
    numeric="mathcore.numeric.focal_loss_value_and_grad(from_logits=True)[1]",
    units="nats per unit of the logit",
    uses=("sigmoid", "softplus", "binary_crossentropy", "focal_loss"),
    prerequisites=("focal_loss", "binary_crossentropy_gradient"),
    derivations=(
        Derivation(
            "The slope of what is missed",
            key="miss",
            claim="D(miss(a, x), x) = (1 - 2 a) sigmoid(x) sigmoid(-x)",
            steps=(
                Step("= D(a sigmoid(-x) + (1 - a) sigmoid(x), x)", by=unfold, why="the definition of the miss, written out"),
                Step(
                    "= -a sigmoid(-x) (1 - sigmoid(-x)) + (1 - a) sigmoid(x) (1 - sigmoid(x))",
                    by=differentiate,
                    why="the sigmoid has the slope sigmoid(x) (1 - sigmoid(x)); at -x the chain rule brings a factor -1",
                ),
                Step(
                    "= (1 - 2 a) sigmoid(x) sigmoid(-x)",
                    by=rewrite,
                    why="1 - sigmoid(x) is sigmoid(-x), so both products are sigmoid(x) sigmoid(-x), with the factors -a and 1 - a",
                ),
            ),
        ),
        Derivation(
            "The product rule",
            key="gradient",
            given="g: nonnegative",
            claim=(
                "D(miss(a, x)^g binary_crossentropy(a, x), x) = miss(a, x)^g (sigmoid(x) - a"
                " + g (1 - 2 a) sigmoid(x) sigmoid(-x) binary_crossentropy(a, x) / miss(a, x))"
            ),
            steps=(
                Step(
                    "= g miss(a, x)^g (D(miss(a, x), x) / miss(a, x)) binary_crossentropy(a, x)"
                    " + miss(a, x)^g D(binary_crossentropy(a, x), x)",
                    by=differentiate,
                    why="the product rule; a power u^g has the slope g u^g / u times the slope of u",
                ),
                Step(
                    "= miss(a, x)^g (sigmoid(x) - a + g (1 - 2 a) sigmoid(x) sigmoid(-x) binary_crossentropy(a, x) / miss(a, x))",
                    by=differentiate,
                    why="the crossentropy has the slope sigmoid(x) - a, the miss has the slope just found, and the power is taken out",
                ),
            ),
        ),
        Derivation(
            "The gradient of the loss",
            key="loss",
            given="g: nonnegative",
            claim="D(focal_loss(t, z, g)[k], z[k]) = focal_loss_gradient(t, z, g)[k]",
            steps=(
                Step(
                    "= D(miss(t[k], z[k])^g binary_crossentropy(t[k], z[k]), z[k])",
                    by=unfold,
                    why="the definition of the focal loss, written out",
                ),
                Step(
                    "= focal_loss_gradient(t, z, g)[k]",
                    by=differentiate,
                    why=(
                        "the product rule above, for the label t[k] and the logit z[k]; what stands there is the definition of the "
                        "gradient"
                    ),
                ),
            ),
        ),
        Derivation(
            "The label 0",
            key="no",
            given="g: nonnegative",
            claim="D(sigmoid(x)^g softplus(x), x) = sigmoid(x)^g (sigmoid(x) + g sigmoid(-x) softplus(x))",
            steps=(
                Step(
                    "= g sigmoid(x)^g (D(sigmoid(x), x) / sigmoid(x)) softplus(x) + sigmoid(x)^g D(softplus(x), x)",
                    by=differentiate,
                    why="the product rule; a power u^g has the slope g u^g / u times the slope of u",
                ),
                Step(
                    "= sigmoid(x)^g (sigmoid(x) + g sigmoid(-x) softplus(x))",
                    by=differentiate,
                    why="the slope of the sigmoid over the sigmoid is sigmoid(-x), and softplus has the slope sigmoid(x)",
                ),
            ),
        ),
        Derivation(
            "It pushes the logit of the label 0 down",
            key="down",
            given="g: nonnegative",
            claim="D(sigmoid(x)^g softplus(x), x) > 0",
            steps=(
                Step(
                    "= sigmoid(x)^g (sigmoid(x) + g sigmoid(-x) softplus(x))",
                    by=Lemma("no"),
                    why="the gradient at the label 0, just found",
                ),
                Step(
                    "> 0",
                    by=Certificate(
                        (
                            Term("sigmoid(x)^g sigmoid(x)"),
                            Term("sigmoid(x)^g g sigmoid(-x)", lemma="softplus.positive"),
                        )
                    ),
                    why="a sigmoid, its powers and softplus are positive, and g is not negative",
                ),
            ),
        ),
        Derivation(
            "No focus: prediction minus label",
            key="crossentropy",
            claim="focal_loss_gradient(t, z, 0)[k] = sigmoid(z[k]) - t[k]",
            steps=(
                Step(
                    "= miss(t[k], z[k])^0 (sigmoid(z[k]) - t[k]"
                    " + 0 (1 - 2 t[k]) sigmoid(z[k]) sigmoid(-z[k]) binary_crossentropy(t[k], z[k]) / miss(t[k], z[k]))",
                    by=unfold,
                    why="the definition of the gradient, for gamma = 0",
                ),
                Step(
                    "= sigmoid(z[k]) - t[k]",
                    by=rewrite,
                    why="anything to the power 0 is 1, and the second term vanishes",
                ),
            ),
        ),
    ),
    invariants=(
        Law(
            "is prediction minus label for gamma = 0",
            "focal_loss_gradient(t, z, 0)[k] = sigmoid(z[k]) - t[k]",
            why="without focus it is not the gradient of the binary crossentropy",
        ),
        Law(
            "changes sign with the classes",
            "focal_loss_gradient(t, z, gamma)[k] = -focal_loss_gradient(vector(j: 1 - t[j]), vector(j: -z[j]), gamma)[k]",
            given="j: index[n]",
            why="renaming the classes did not turn the sign",
        ),
        Law(
            "pushes the logit of the label 0 down",
            "focal_loss_gradient(vector(j: 0), z, gamma)[k] >= 0",
            given="j: index[n]",
            why="a step against it raises the score of the wrong class",
        ),
        Law(
            "is 0 for equal odds on both sides",
            "focal_loss_gradient(vector(j: 1/2), vector(j: 0), gamma)[k] = 0",
            given="j: index[n]",
            why="a label of one half pulls a perfect prediction away",
        ),
    ),
    accuracy=Accuracy(
        bound=(
            "12 u miss(t[k], z[k])^gamma ((1 - t[k]) sigmoid(z[k]) + t[k] sigmoid(-z[k])"
            " + gamma abs(1 - 2 t[k]) sigmoid(z[k]) sigmoid(-z[k]) binary_crossentropy(t[k], z[k]) / miss(t[k], z[k]))"
        ),
        domain="every label from 0 to 1, every finite logit, gamma from 0 to 5",
    ),
    examples=(
        Example("focal_loss_gradient([1], [0], 2) = [-0.298287]", source="-(1/8) - log(2)/4"),
        Example("focal_loss_gradient([0, 1], [2, 2], 0) = [0.880797, -0.119203]", source="gamma = 0: sigmoid(2) less the label"),
        Example("focal_loss_gradient([1/2], [0], 3) = [0]", source="a label of 1/2 predicted with 1/2"),
    ),
    mistakes=(
        "mathcore.mistakes.focal_loss.gradient_of_a_fixed_weight",
        "mathcore.mistakes.focal_loss.gradient_of_the_weight_alone",
        "mathcore.mistakes.focal_loss.gradient_of_the_crossentropy",
        "mathcore.mistakes.focal_loss.gradient_uphill",
    ),
    false_claims=(
        FalseClaim(
            "focal_loss_gradient(t, z, gamma)[k] = miss(t[k], z[k])^gamma (sigmoid(z[k]) - t[k])",
            why="the weight depends on the logit as well: the product rule has a second term",
        ),
    ),
    exercises=(
        Exercise(
            "Compare the pull of an easy sample (label 1, z = 4) at gamma = 0 and gamma = 2.",
            "-0.018 at gamma = 0 and about -0.000017 at gamma = 2: a thousand times less.",
        ),
    ),
    not_verified=(
        "That for the labels 0 and 1 the error stays within 8 ULP: tests measure it.",
        "The gradient by a probability: tests measure it.",
    ),
    references=(Reference("Lin, Goyal, Girshick, He, Dollár, Focal loss for dense object detection (2017), appendix B"),),
)

"""The gradient of the Huber loss by the predictions: the residual, cut off."""

from mathcore.card import (
    Accuracy,
    Card,
    Case,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Reference,
    Split,
    Step,
    Term,
    differentiate,
    rewrite,
    unfold,
)

CARD = Card(
    name="huber_gradient",
    title="Gradient of the Huber loss",
    summary=(
        "The slope of the Huber loss by each prediction: its error y - t, cut off at -c and c. So an outlier pulls no "
        "harder than an error of c."
    ),
    given="n: size; t, y: real[n]; c: positive; k: index[n]",
    define="huber_gradient(t, y, c)[k] = max(-c, min(c, y[k] - t[k]))",
    numeric="mathcore.numeric.huber_value_and_grad[1]",
    units="the unit of the labels",
    uses=("huber",),
    prerequisites=("huber",),
    derivations=(
        Derivation(
            "Near the truth: the error itself",
            key="near",
            claim="-c <= y[k] - t[k] and y[k] - t[k] <= c => huber_gradient(t, y, c)[k] = y[k] - t[k]",
            steps=(
                Step("= max(-c, min(c, y[k] - t[k]))", by=unfold, why="the definition of the gradient, written out"),
                Step("= y[k] - t[k]", by=rewrite, why="it is not above c and not below -c: neither cut touches it"),
            ),
        ),
        Derivation(
            "Far above: c",
            key="above",
            claim="y[k] - t[k] >= c => huber_gradient(t, y, c)[k] = c",
            steps=(
                Step("= max(-c, min(c, y[k] - t[k]))", by=unfold, why="the definition of the gradient, written out"),
                Step("= c", by=rewrite, why="the error is at least c, so the smaller of the two is c; and c is above -c"),
            ),
        ),
        Derivation(
            "Far below: -c",
            key="below",
            claim="y[k] - t[k] <= -c => huber_gradient(t, y, c)[k] = -c",
            steps=(
                Step("= max(-c, min(c, y[k] - t[k]))", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= -c",
                    by=rewrite,
                    why="the error is at most -c, so the smaller of c and the error is the error, and the larger of -c and that is -c",
                ),
            ),
        ),
        Derivation(
            "The gradient of the loss: small errors",
            key="loss_near",
            claim="abs(y[k] - t[k]) < c => D(huber(t, y, c)[k], y[k]) = y[k] - t[k]",
            steps=(
                Step(
                    "= D((y[k] - t[k])^2 / 2, y[k])",
                    by=differentiate,
                    why="|y - t| is below c, and such an error costs half its square",
                ),
                Step(
                    "= huber_gradient(t, y, c)[k]",
                    by=differentiate,
                    why="half a square has its base as slope: y - t, which is not cut off, so it is the gradient",
                ),
                Step("= y[k] - t[k]", by=unfold, why="the definition of the gradient: neither cut touches so small an error"),
            ),
        ),
        Derivation(
            "... large errors above",
            key="loss_above",
            claim="y[k] - t[k] > c => D(huber(t, y, c)[k], y[k]) = c",
            steps=(
                Step(
                    "= D(c (y[k] - t[k] - c / 2), y[k])",
                    by=differentiate,
                    why="an error above c costs the straight line c (|y - t| - c/2), and it is its own absolute value",
                ),
                Step(
                    "= huber_gradient(t, y, c)[k]",
                    by=unfold,
                    why="the line rises by c for every unit of y[k], and c is what the gradient is for such an error",
                ),
                Step("= c", by=unfold, why="the definition of the gradient: so large an error is cut off"),
            ),
        ),
        Derivation(
            "... large errors below",
            key="loss_below",
            claim="y[k] - t[k] < -c => D(huber(t, y, c)[k], y[k]) = -c",
            steps=(
                Step(
                    "= D(c (t[k] - y[k] - c / 2), y[k])",
                    by=differentiate,
                    why="an error below -c costs the straight line as well, and t - y is its absolute value",
                ),
                Step(
                    "= huber_gradient(t, y, c)[k]",
                    by=differentiate,
                    why=(
                        "y[k] stands there with a minus sign: the line falls by c for every unit, and -c is what the gradient is for "
                        "such an error"
                    ),
                ),
                Step("= -c", by=unfold, why="the definition of the gradient: so large an error is cut off"),
            ),
            note="Where two pieces meet, at c and -c, they have one slope: see the Huber loss.",
        ),
        Derivation(
            "Never more than c",
            key="upper",
            claim="huber_gradient(t, y, c)[k] <= c",
            steps=(
                Step(
                    "<= c",
                    by=Split(
                        (
                            Case("y[k] - t[k] >= c", Certificate((Term("0"),))),
                            Case("y[k] - t[k] <= c and y[k] - t[k] >= -c", Certificate((Term("c - (y[k] - t[k])"),))),
                            Case("y[k] - t[k] <= -c", Certificate((Term("2 c"),))),
                        )
                    ),
                    why="the larger of -c and something that is at most c is at most c",
                ),
            ),
        ),
        Derivation(
            "It changes sign with the error",
            key="odd",
            claim="huber_gradient(t, y, c)[k] = -huber_gradient(y, t, c)[k]",
            steps=(
                Step(
                    "= -huber_gradient(y, t, c)[k]",
                    by=Split(
                        (
                            Case("y[k] - t[k] >= c", rewrite),
                            Case("y[k] - t[k] <= c and y[k] - t[k] >= -c", rewrite),
                            Case("y[k] - t[k] <= -c", rewrite),
                        )
                    ),
                    why="if the error changes its sign, near stays near, and far above becomes far below: in each piece the sign turns",
                ),
            ),
        ),
        Derivation(
            "The loss from its gradient",
            key="loss",
            claim="huber(t, y, c)[k] = huber_gradient(t, y, c)[k] (y[k] - t[k]) - huber_gradient(t, y, c)[k]^2 / 2",
            steps=(
                Step(
                    "= huber_gradient(t, y, c)[k] (y[k] - t[k]) - huber_gradient(t, y, c)[k]^2 / 2",
                    by=Split(
                        (
                            Case("y[k] - t[k] >= c", rewrite),
                            Case("y[k] - t[k] <= c and y[k] - t[k] >= 0", rewrite),
                            Case("y[k] - t[k] <= 0 and y[k] - t[k] >= -c", rewrite),
                            Case("y[k] - t[k] <= -c", rewrite),
                        )
                    ),
                    why="near the truth e e - e^2/2 is e^2/2, with e the error; far from it c |e| - c^2/2 is the line",
                ),
            ),
        ),
    ),
    invariants=(
        Law("is 0 for a perfect prediction", "huber_gradient(t, t, c)[k] = 0", why="a perfect prediction is pulled away"),
        Law(
            "changes sign with the error",
            "huber_gradient(t, y, c)[k] = -huber_gradient(y, t, c)[k]",
            why="swapping labels and predictions did not turn the sign",
        ),
        Law("is never more than c", "abs(huber_gradient(t, y, c)[k]) <= c", why="an outlier pulls without bound"),
        Law(
            "is the error near the truth",
            "abs(y[k] - t[k]) <= c => huber_gradient(t, y, c)[k] = y[k] - t[k]",
            why="a small error is not its own gradient",
        ),
    ),
    accuracy=Accuracy(float64=0.51, float32=0.51, float16=0.51, domain="every finite input and every positive c"),
    examples=(
        Example("huber_gradient([0, 0, 0], [1/2, 1, -3], 1) = [0.5, 1, -1]", source="the third error, -3, is cut off at -1"),
        Example("huber_gradient([0], [10], 2) = [2]", source="the error 10 is cut off at 2"),
        Example("huber_gradient([1, 2], [1, 2], 1) = [0, 0]", source="a perfect prediction"),
    ),
    mistakes=(
        "mathcore.mistakes.huber.gradient_not_cut_off",
        "mathcore.mistakes.huber.gradient_cut_off_at_1",
        "mathcore.mistakes.huber.gradient_of_the_line_alone",
        "mathcore.mistakes.huber.gradient_uphill",
    ),
    false_claims=(FalseClaim("huber_gradient(t, y, c)[k] = y[k] - t[k]", why="beyond c the gradient is cut off"),),
    exercises=(
        Exercise(
            "Somebody trains with half the squared error and cuts off its gradient at -c and c. Which loss is that?",
            "The Huber loss, if each sample's own error is cut off; cutting off the mean gradient is something else.",
        ),
    ),
    references=(Reference("Huber, Robust estimation of a location parameter (1964)"),),
)

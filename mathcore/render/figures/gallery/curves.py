"""Activations with their slopes."""

from mathcore.render.figures.programs import last_line
from mathcore.render.figures.value import Axis, Curve, Figure, Function, Handle, Panel, Segment, Slider, Value


def activation(
    name: str,
    title: str,
    slope: str,
    low: float,
    high: float,
    says: tuple[tuple[str, str], ...],
    cards: tuple[str, ...] = (),
    sees: str = "",
) -> Figure:
    """A function of one number, its slope, and the tangent at a point that moves."""
    return Figure(
        name=f"{name}_slope",
        title=title,
        sees=f"First: {title[0].lower()}{title[1:]} and its tangent at a point. Then: the slope of the tangent at every "
        f"point. {sees}".strip(),
        cards=(name, *cards),
        given="x, v, y, d, left, right, below, above: real",
        sliders=(Slider("x", "x", -6, 6, 1, 0.05),),
        values=(
            Value("y", f"{name}(x)"),
            Value("d", slope),
            Value("left", "x - 2"),
            Value("right", "x + 2"),
            Value("below", "y - 2 d"),
            Value("above", "y + 2 d"),
        ),
        functions=(
            Function("f", ("x",), f"{name}(x)", ((-3,), (0.5,))),
            Function("g", ("x",), slope, ((-3,), (0.5,))),
        ),
        panels=(
            Panel(
                Axis(-6, 6, "x"),
                Axis(low, high),
                (Curve("f", words=name.replace("_", " ")), Segment("left", "below", "right", "above", 2, "tangent"),
                 Handle("x", "y", ("x", ""))),
                "The function",
            ),
            Panel(Axis(-6, 6, "x"), Axis(-0.25, 1.25), (Curve("g", 3, "slope"), Handle("x", "d", ("x", ""))), "Its slope"),
        ),
        says=("At x = {x:2} the value is {y:3} and the slope {d:3}.", says),
    )  # fmt: skip


SIGMOID = activation(
    "sigmoid", "The sigmoid", last_line("sigmoid", "slope"), -0.25, 1.25,
    (
        ("x < -4", "Far left the curve is flat: hardly any slope is left to learn from."),
        ("x > 4", "Far right the curve is flat: hardly any slope is left to learn from."),
        ("d > 0.24", "Here it is steepest: the slope is never above 1/4."),
        ("", "The slope is the value times 1 minus the value."),
    ),
)  # fmt: skip

TANH = activation(
    "tanh", "The hyperbolic tangent", last_line("tanh", "slope"), -1.25, 1.25,
    (
        ("x < -3", "Far left the curve is flat, close to -1."),
        ("x > 3", "Far right the curve is flat, close to 1."),
        ("d > 0.97", "Here it is steepest: at 0 the slope is 1, four times that of the sigmoid."),
        ("", "The slope is 1 minus the square of the value."),
    ),
)  # fmt: skip

RELU = activation(
    "relu", "The rectifier", "step(x)", -1, 6,
    (
        ("x < 0", "Negative numbers give 0, and the slope is 0: nothing is learned from them."),
        ("x == 0", "At 0 there is a corner: the slope jumps from 0 to 1."),
        ("", "Positive numbers stay as they are, and the slope is 1 however large they get."),
    ),
    sees="The slope jumps from 0 to 1.",
)  # fmt: skip

GELU = activation(
    "gelu", "The Gaussian error linear unit", last_line("gelu", "slope"), -1, 6,
    (
        ("d < 0", "Here the curve falls: it dips below 0 before it rises."),
        ("x > 3", "Far right it is almost x itself."),
        ("x < -3", "Far left almost nothing is let through."),
        ("", "Between, a smooth bend takes the place of the corner of the rectifier."),
    ),
)  # fmt: skip

HUBER_LOSSES = Figure(
    name="huber_losses",
    title="Three losses of one error",
    sees="The squared error, the absolute error and the Huber loss against prediction minus label.",
    cards=("huber", "mean_squared_error", "mean_absolute_error"),
    given="r, S, A, H, left: real; c: positive; huge: real",
    sliders=(Slider("c", "Threshold c", 0.2, 3, 1, 0.1), Slider("r", "Error", -4, 4, 2, 0.1)),
    values=(
        Value("S", "mean_squared_error([0], [r])"),
        Value("A", "mean_absolute_error([0], [r])"),
        Value("H", "huber([0], [r], c)[1]"),
        Value("left", "-c"),
        Value("huge", "A - c"),
    ),
    functions=(
        Function("square", ("r",), "mean_squared_error([0], [r])", ((-1.5,),)),
        Function("size", ("r",), "mean_absolute_error([0], [r])", ((-1.5,),)),
        Function("both", ("r",), "huber([0], [r], c)[1]", ((-1.5,), (0.125,))),
    ),
    panels=(
        Panel(
            Axis(-4, 4, "error: prediction minus label"),
            Axis(0, 8, "loss"),
            (
                Curve("square", 6, "squared", dashed=True),
                Curve("size", 3, "absolute", dashed=True),
                Curve("both", 1, "Huber"),
                Segment("c", "0", "c", "8", 6),
                Segment("left", "0", "left", "8", 6),
                Handle("r", "H", ("r", "")),
            ),
        ),
    ),
    says=(
        "An error of {r:1} costs {S:2} squared, {A:2} absolute and {H:2} with the Huber loss.",
        (
            (
                "huge > 0",
                "It is beyond the threshold {c:1}: the Huber loss goes on as a straight line, and one outlier cannot rule.",
            ),
            ("", "It is within the threshold {c:1}: the Huber loss is half the square, round at the bottom."),
        ),
    ),
)

BINARY_CROSSENTROPY_CURVE = Figure(
    name="binary_crossentropy_curve",
    title="The loss of a yes-or-no classifier",
    sees="The binary crossentropy against the score, for the label that is chosen, and its tangent at a point.",
    cards=("binary_crossentropy", "activation_and_loss"),
    given="t: unit; z, C, p, d, left, right, below, above: real",
    sliders=(Slider("t", "Label", 0, 1, 1, 0.05), Slider("z", "Score", -5, 5, -2, 0.1)),
    values=(
        Value("C", "binary_crossentropy(t, z)"),
        Value("p", "sigmoid(z)"),
        Value("d", last_line("activation_and_loss", "sigmoid")),
        Value("left", "z - 1.5"),
        Value("right", "z + 1.5"),
        Value("below", "C - 1.5 d"),
        Value("above", "C + 1.5 d"),
    ),
    functions=(Function("f", ("z",), "binary_crossentropy(t, z)", ((-3,), (0.5,))),),
    panels=(
        Panel(
            Axis(-5, 5, "score"),
            Axis(0, 5, "nats"),
            (
                Curve("f", words="binary crossentropy"),
                Segment("left", "below", "right", "above", 2, "tangent"),
                Handle("z", "C", ("z", "")),
            ),
        ),
    ),
    says=(
        "Score {z:1}: the predicted probability of yes is {p:3}, the loss {C:3}, its slope {d:3}, prediction minus label.",
        (
            ("C > 3", "A confident mistake is expensive, and the slope is close to 1 in size: it is corrected."),
            ("C < 0.1", "A confident right answer costs almost nothing, and hardly moves the weights."),
            ("", "The slope tells the way: with a negative one the score should rise, with a positive one fall."),
        ),
    ),
)

ACTIVATION_GRADIENTS = Figure(
    name="activation_gradients",
    title="Which loss lets a confident mistake learn",
    sees="The gradient with respect to the score, for a prediction by the sigmoid: with the binary crossentropy and with "
    "the squared error.",
    cards=("activation_and_loss",),
    given="t: unit; z, p, good, bad: real",
    sliders=(Slider("t", "Label", 0, 1, 1, 1), Slider("z", "Score", -8, 8, -5, 0.1)),
    values=(
        Value("p", "sigmoid(z)"),
        Value("good", last_line("activation_and_loss", "sigmoid")),
        Value("bad", last_line("activation_and_loss", "mismatch")),
    ),
    functions=(
        Function("f", ("z",), last_line("activation_and_loss", "sigmoid"), ((-3,), (0.5,))),
        Function("g", ("z",), last_line("activation_and_loss", "mismatch"), ((-3,), (0.5,))),
    ),
    panels=(
        Panel(
            Axis(-8, 8, "score"),
            Axis(-1.1, 1.1, "gradient"),
            (
                Curve("f", 1, "binary crossentropy"),
                Curve("g", 2, "squared error", dashed=True),
                Handle("z", "good", ("z", ""), 1),
                Handle("z", "bad", ("z", ""), 2),
            ),
        ),
    ),
    says=(
        "Label {t:0}, predicted probability {p:3}: the gradient is {good:3} with the binary crossentropy and {bad:3} with the "
        "squared error.",
        (
            ("z < -4", "On the far left a label 1 is missed badly; the squared error has no gradient left to correct it."),
            ("z > 4", "On the far right a label 0 is missed badly; the squared error has no gradient left to correct it."),
            ("", "In the middle both point the same way; the squared error is never more than a quarter of the other."),
        ),
    ),
)

ACCURACY_AND_LOSS = Figure(
    name="accuracy_and_loss",
    title="Accuracy jumps, the loss slides",
    sees="Three classes, the first is right. Accuracy and crossentropy against the score of the right class; "
    "a dashed line marks the best of the other scores.",
    cards=("accuracy", "sparse_categorical_crossentropy"),
    given="x, r, A, C, gap: real",
    sliders=(Slider("x", "Score of the right class", -4, 6, 0.5, 0.1), Slider("r", "Best other score", 0, 3, 1, 0.1)),
    values=(
        Value("A", "accuracy(1, [x, r, 0])"),
        Value("C", "sparse_categorical_crossentropy(1, [x, r, 0])"),
        Value("gap", "x - r"),
    ),
    functions=(
        Function("f", ("x",), "accuracy(1, [x, r, 0])", ((-3,), (3.5,))),
        Function("g", ("x",), "sparse_categorical_crossentropy(1, [x, r, 0])", ((-3,), (3.5,))),
    ),
    panels=(
        Panel(
            Axis(-4, 6, "score of the right class"),
            Axis(0, 5),
            (
                Curve("f", 3, "accuracy"),
                Curve("g", 1, "crossentropy in nats"),
                Segment("r", "0", "r", "5", 6, dashed=True),
                Handle("x", "C", ("x", ""), 1),
                Handle("x", "A", ("x", ""), 3),
            ),
        ),
    ),
    says=(
        "The right class has the score {x:1}, the best other {r:1}: accuracy {A:0}, crossentropy {C:3}.",
        (
            ("gap < 0", "Wrong, and accuracy says no more; the crossentropy falls with every step towards the other score."),
            ("gap < 1", "Just right: accuracy is at its best already, and the loss still asks for a clearer lead."),
            ("", "Clearly right: accuracy cannot rise, the loss tends to 0."),
        ),
    ),
)

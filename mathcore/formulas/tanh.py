"""The hyperbolic tangent: a sigmoid from -1 to 1."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="tanh",
    title="Hyperbolic tangent",
    summary="A sigmoid that climbs from -1 to 1: odd, almost x near 0, flat far from it.",
    given="x: real",
    define="tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))",
    numeric="mathcore.numeric.tanh",
    units="a number without unit, like x",
    prerequisites=("the exponential function",),
    invariants=(
        Law("lies between -1 and 1", "-1 <= tanh(x) <= 1", why="the result is outside of [-1, 1]"),
        Law("is odd", "tanh(-x) = -tanh(x)", why="left and right are not mirror images"),
        Law("grows", "tanh(x) <= tanh(x + y)", given="y: nonnegative", why="a larger input gave a smaller result"),
        Law("is a stretched sigmoid", "tanh(x) = 2 / (1 + exp(-2 x)) - 1", why="it is not 2 sigmoid(2 x) - 1"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("tanh(0) = 0"),
        Example("tanh(0.5) = 0.46211715726"),
        Example("tanh(1) = 0.76159415595576"),
        Example("tanh(1e-10) = 1e-10", source="not 1.00000008274e-10"),
        Example("tanh(1000) = 1", source="no overflow"),
        Example("tanh(-2) = -0.96402758"),
    ),
    mistakes=(
        "mathcore.mistakes.tanh.as_written",
        "mathcore.mistakes.tanh.by_the_sigmoid",
        "mathcore.mistakes.tanh.half_as_steep",
        "mathcore.mistakes.tanh.hard",
    ),
    false_claims=(
        FalseClaim("tanh(x) = 2 / (1 + exp(-x)) - 1", why="that is tanh(x / 2)"),
        FalseClaim("D(tanh(x), x) = 1 - tanh(x)", why="the slope is 1 - tanh(x)^2"),
        FalseClaim("tanh(2 x) = 2 tanh(x)", why="true only in the limit of small x"),
    ),
    exercises=(
        Exercise("What is its slope at 0?", "1 - tanh(0)^2 = 1: near 0 it is x."),
        Exercise("Which x has tanh(x) = y?", "x = log((1 + y) / (1 - y)) / 2, half of the logit of (1 + y) / 2."),
    ),
    not_verified=(
        "The 2 ULP of float64 where NumPy takes tanh from the C library (x86 processors without AVX2): 2.06 was seen there.",
    ),
    references=(Reference("LeCun, Bottou, Orr, Müller, Efficient BackProp, section 4.4 (1998)"),),
)

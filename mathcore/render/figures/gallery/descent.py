"""Steps downhill: learning rates, momentum, Adam, batches, starts."""

from random import Random

from mathcore.render.figures.programs import last_line
from mathcore.render.figures.value import (
    Axis,
    Curve,
    Dots,
    Figure,
    Fixed,
    Function,
    Handle,
    Heat,
    Moving,
    Note,
    Panel,
    Path,
    Segment,
    Slider,
    Value,
    Walk,
)

STEPS = 20

LEARNING_RATE_BOWL = Figure(
    name="learning_rate_bowl",
    title="The learning rate on a bowl",
    sees="First: the loss of one weight, a bowl of curvature L, and the steps of gradient descent on it. "
    "Then: the weight after every step; the bottom is at 0.",
    cards=("gradient_descent",),
    given="w, x, r, last: real; eta, L: positive; steps: natural; xs, ys, ts: real[21]; a: index[21]; start: real",
    fixed=(Fixed("start", 3.0),),
    sliders=(
        Slider("eta", "Learning rate", 0.02, 2.4, 1.7, 0.02),
        Slider("L", "Curvature L", 0.5, 2, 1, 0.1),
        Slider("steps", "Steps", 0, STEPS, 10, 1),
    ),
    values=(
        Walk((Moving("w", "start", "gradient_descent([w], [L w], eta)[1]", "xs"),), STEPS),
        Value("ys", "vector(a: L xs[a]^2 / 2)"),
        Value("ts", "vector(a: a - 1)"),
        Value("r", "eta L"),
        Value("last", "abs(xs[21])"),
    ),
    functions=(Function("f", ("x",), "L x^2 / 2", ((-3,), (0.5,))),),
    panels=(
        Panel(Axis(-4, 4, "weight"), Axis(0, 12, "loss"), (Curve("f", 6), Path("xs", "ys", 1, upto="steps")), "On the bowl"),
        Panel(Axis(0, STEPS, "step"), Axis(-6, 6, "weight"), (Path("ts", "xs", 1, upto="steps"),), "Step by step"),
    ),
    says=(
        "The learning rate times the curvature is {r:2}.",
        (
            ("r < 0.1", "It converges slowly: each step takes away only a small part of the error."),
            ("r <= 1", "It converges: every step goes part of the way to the bottom, and never past it."),
            ("r < 2", "It oscillates: every step goes past the bottom, to a point that is closer; it converges all the same."),
            ("r == 2", "It bounces for ever: every step ends as far from the bottom as it began, on the other side."),
            ("", "It diverges: above 2/L every step ends farther away than it began."),
        ),
    ),
)

DAYS = ((-3, 2), (-1, 2), (0, -1), (1, 0), (1, -3), (2, 0))  # temperature and humidity, from their means, six days
SALES = tuple(10 * x - 2 * y for x, y in DAYS)  # as the shop's formula has them, from their mean

LEARNING_RATE_ICE_CREAM = Figure(
    name="learning_rate_ice_cream",
    title="The learning rate in the ice-cream shop",
    sees="First: the mean squared error for every weight of temperature and of humidity, and the steps of gradient descent "
    "towards "
    "10 and −2, where it is 0. Then: the loss after every step.",
    cards=("linear_regression", "linear_regression_gradient", "gradient_descent"),
    given="X: real[6, 2]; y: real[6]; w: real[2]; ws: real[21, 2]; us, vs, losses, ts: real[21]; eta, L: positive; "
    "a: index[21]; i: index[6]; k: index[2]; u, x, h, p, q, r, b, c, end, bound: real; steps: natural",
    fixed=(Fixed("X", DAYS), Fixed("y", SALES)),
    sliders=(
        Slider("eta", "Learning rate", 0.005, 0.26, 0.2, 0.005),
        Slider("steps", "Steps", 0, STEPS, STEPS, 1),
        Slider("b", "First weight of temperature", -3, 23, 0, 1),
        Slider("c", "First weight of humidity", -14, 10, 8, 1),
    ),
    values=(
        Walk((Moving("w", "[b, c]", "gradient_descent(w, linear_regression_gradient(X, y, w), eta)", "ws"),), STEPS),
        Value("us", "vector(a: ws[a, 1])"),
        Value("vs", "vector(a: ws[a, 2])"),
        Value("losses", "vector(a: linear_regression(X, y, vector(k: ws[a, k])))"),
        Value("ts", "vector(a: a - 1)"),
        Value("p", "2 sum(i: X[i, 1]^2) / 6"),
        Value("q", "2 sum(i: X[i, 2]^2) / 6"),
        Value("r", "2 sum(i: X[i, 1] X[i, 2]) / 6"),
        Value("L", "(p + q) / 2 + sqrt((p - q)^2 / 4 + r^2)"),
        Value("h", "eta L"),
        Value("bound", "2 / L"),
        Value("end", "losses[21]"),
    ),
    functions=(Function("f", ("u", "x"), "sqrt(linear_regression(X, y, [u, x]))", ((1, 2), (10, -2))),),
    panels=(
        Panel(
            Axis(-4, 24, "weight of temperature"),
            Axis(-16, 12, "weight of humidity"),
            (
                Heat("f", 0, 45, 4, bands=9),
                Path("us", "vs", 2, upto="steps"),
                Note("10", "-2", "+"),
                Handle("b", "c", ("b", "c")),
            ),
            "The steps",
            tall=0.9,
        ),
        Panel(Axis(0, STEPS, "step"), Axis(0, 600, "loss"), (Path("ts", "losses", 2, upto="steps"),), "The loss", tall=0.9),
    ),
    says=(
        "The largest curvature L is {L:2}, so 2/L is {bound:3}. With the learning rate {eta:3} the loss after 20 steps is "
        "{end:g3}.",
        (
            ("h <= 1", "It converges: every step lowers the loss, along the steep side first."),
            ("h < 2", "It converges, and oscillates across the valley: the rate is near its bound."),
            ("", "It diverges: across the valley every step goes farther than it came."),
        ),
    ),
)  # fmt: skip

VALLEY_STEPS = 40

VALLEY = Figure(
    name="valley",
    title="Three ways through a valley",
    sees="A long narrow valley: the loss is x²/2 + h y²/2, its lines are ellipses. From the same start go gradient descent, "
    "momentum and Adam, 40 steps each.",
    cards=("gradient_descent", "momentum_step", "momentum_velocity", "adam_step"),
    given="w, v, g, o, m: real[2]; W, M, V: real[1, 2]; h, eta, rate: positive; beta: unit; t: natural >= 1; a: index[41]; "
    "ps, qs: real[41, 2]; rs: real[41, 1, 2]; p1, p2, q1, q2, r1, r2: real[41]; x, y: real; near, close, by: real",
    sliders=(
        Slider("eta", "Learning rate of gradient descent and momentum", 0.005, 0.12, 0.06, 0.005),
        Slider("beta", "Momentum", 0, 0.95, 0.7, 0.05),
        Slider("rate", "Learning rate of Adam", 0.05, 0.8, 0.3, 0.05),
        Slider("h", "Steepness h", 1, 20, 16, 1),
    ),
    values=(
        Walk((Moving("w", "[4, 1.2]", "gradient_descent(w, [w[1], h w[2]], eta)", "ps"),), VALLEY_STEPS),
        Walk(
            (
                Moving("o", "[4, 1.2]", "momentum_step(o, [o[1], h o[2]], m, eta, beta)", "qs"),
                Moving("m", "[0, 0]", "momentum_velocity(o, [o[1], h o[2]], m, eta, beta)", "os"),
            ),
            VALLEY_STEPS,
        ),
        Walk(
            (
                Moving("W", "[[4, 1.2]]", "adam_step(W, [[W[1, 1], h W[1, 2]]], M, V, t, rate, 0.9, 0.999, 1e-8)", "rs"),
                Moving("M", "[[0, 0]]", "adam_first_moment(W, [[W[1, 1], h W[1, 2]]], M, V, t, rate, 0.9, 0.999, 1e-8)", "ms"),
                Moving("V", "[[0, 0]]", "adam_second_moment(W, [[W[1, 1], h W[1, 2]]], M, V, t, rate, 0.9, 0.999, 1e-8)", "ns"),
            ),
            VALLEY_STEPS,
            "t",
        ),
        Value("p1", "vector(a: ps[a, 1])"),
        Value("p2", "vector(a: ps[a, 2])"),
        Value("q1", "vector(a: qs[a, 1])"),
        Value("q2", "vector(a: qs[a, 2])"),
        Value("r1", "vector(a: rs[a, 1, 1])"),
        Value("r2", "vector(a: rs[a, 1, 2])"),
        Value("near", "sqrt(ps[41, 1]^2 + ps[41, 2]^2)"),
        Value("close", "sqrt(qs[41, 1]^2 + qs[41, 2]^2)"),
        Value("by", "sqrt(rs[41, 1, 1]^2 + rs[41, 1, 2]^2)"),
    ),
    functions=(Function("f", ("x", "y"), "sqrt((x^2 + h y^2) / 2)", ((1, 0.5),)),),
    panels=(
        Panel(
            Axis(-2, 5, "x"),
            Axis(-2, 2, "y"),
            (
                Heat("f", 0, 6, 6, bands=6),
                Path("p1", "p2", 1, "gradient descent"),
                Path("q1", "q2", 2, "momentum", dashed=True),
                Path("r1", "r2", 3, "Adam"),
            ),
        ),
    ),
    says=(
        "After 40 steps the distance to the bottom is {near:2} for gradient descent, {close:2} with momentum and {by:2} "
        "for Adam.",
        (
            ("near > 4", "The learning rate is above 2/h: gradient descent leaves the valley."),
            ("close < near", "Momentum keeps its way along the valley, where plain gradient descent takes small steps."),
            ("", "Here plain gradient descent is nearer: momentum swings past the bottom and comes back."),
        ),
        "Adam's first step is equally long in both directions, however steep one of them is.",
    ),
)

SAMPLES, DRAWS = 24, 40
_random = Random(1)
GRADIENTS = tuple(round(_random.gauss(1, 2), 1) for _ in range(SAMPLES))
RANKS = tuple(tuple(_random.sample(range(1, SAMPLES + 1), SAMPLES)) for _ in range(DRAWS))

MINI_BATCH_NOISE = Figure(
    name="mini_batch_noise",
    title="The noise of a batch",
    sees="First: the mean gradients of forty batches, drawn from 24 samples; the full line is the mean of all samples, "
    "between the "
    "dashed lines lies one standard deviation to each side. Then: that standard deviation for every size of a batch.",
    cards=("mini_batch",),
    given="N: size; i: index[N]; x: real[N]; R: real[40, N]; a: index[40]; m, b: positive; means, draws: real[40]; "
    "mean_of_all, sd, high, "
    "low: real",
    sizes=(("N", SAMPLES),),
    fixed=(Fixed("x", GRADIENTS), Fixed("R", RANKS)),
    sliders=(Slider("m", "Size of a batch", 1, SAMPLES, 4, 1),),
    values=(
        Value("means", "vector(a: mini_batch(x, vector(i: step(m - R[a, i])), m))"),
        Value("draws", "vector(a: a)"),
        Value("mean_of_all", "mean(x)"),
        Value("sd", "sqrt(variance(x) (N - m) / (m (N - 1)))"),
        Value("high", "mean_of_all + sd"),
        Value("low", "mean_of_all - sd"),
    ),
    functions=(Function("f", ("b",), "sqrt(variance(x) (N - b) / (b (N - 1)))", ((2,), (12,), (24,))),),
    panels=(
        Panel(
            Axis(0, 41, "batch"),
            Axis(-4, 6, "mean gradient"),
            (
                Segment("0", "mean_of_all", "41", "mean_of_all", 0),
                Segment("0", "high", "41", "high", 6, dashed=True),
                Segment("0", "low", "41", "low", 6, dashed=True),
                Dots("draws", "means", 1),
            ),
            "Forty batches",
        ),
        Panel(
            Axis(1, SAMPLES, "size of a batch"),
            Axis(0, 2.5, "standard deviation"),
            (Curve("f"), Handle("m", "sd", ("m", ""))),
            "Noise",
        ),
    ),
    says=(
        "Batches of {m:0}: their means scatter around {mean_of_all:2} with a standard deviation of {sd:3}.",
        (
            ("m == 24", "The batch is the whole data set, and no noise is left."),
            ("m == 1", "One sample at a time: as noisy as the samples are."),
            (
                "",
                "They are right on average. Four times the batch is half the noise, and a little less, as no sample is "
                "drawn twice.",
            ),
        ),
    ),
)

LOCAL_MINIMA = Figure(
    name="local_minima",
    title="Where one starts decides where one ends",
    sees="The loss of one weight with two valleys, the left one deeper, and thirty steps of gradient descent from the "
    "chosen start.",
    cards=("gradient_descent",),
    given="w, x, s, end: real; eta: positive; xs, ys: real[31]; a: index[31]",
    sliders=(Slider("s", "Start", -3, 3, 0.4, 0.1), Slider("eta", "Learning rate", 0.01, 0.16, 0.1, 0.01)),
    values=(
        Walk((Moving("w", "s", "gradient_descent([w], [(4 w^3 - 16 w + 3) / 8], eta)[1]", "xs"),), 30),
        Value("ys", "vector(a: (xs[a]^4 - 8 xs[a]^2 + 3 xs[a]) / 8 + 2)"),
        Value("end", "xs[31]"),
    ),
    functions=(Function("f", ("x",), "(x^4 - 8 x^2 + 3 x) / 8 + 2", ((-2,), (0.5,))),),
    panels=(
        Panel(
            Axis(-3.2, 3.2, "weight"),
            Axis(-2, 6, "loss"),
            (Curve("f", 6), Path("xs", "ys", 1), Handle("s", "ys[1]", ("s", ""))),
        ),
    ),
    says=(
        "From {s:1} the steps come to {end:2}.",
        (
            ("end < -2", "That is the deeper valley, the best there is."),
            ("end > 1.8", "That is a local minimum: every small step goes up, and yet the other valley is deeper."),
            ("", "They are still on their way: the start is near the top between the valleys, or the rate is small."),
        ),
    ),
)

SLOPE = last_line("tanh", "slope")

SYMMETRIC_START = Figure(
    name="symmetric_start",
    title="Equal weights stay equal",
    sees="A network of two neurons, tanh of w x plus tanh of v x, learns four points. The map is its loss for every pair "
    "of weights; "
    "the dashed line holds the pairs of equal weights.",
    cards=("tanh", "mean_squared_error", "mean_squared_error_gradient", "gradient_descent", "random_start"),
    given="N: size; X, y: real[N]; i, j: index[N]; k: index[2]; w, v, c, p, q, x, e, gap, loss: real; eta: positive; a: "
    "index[31]; ws: real[31, 2]; "
    "us, vs: real[31]; W: real[2]",
    sizes=(("N", 4),),
    fixed=(Fixed("X", (0.5, 1.0, 2.0, 4.0)), Fixed("y", (1.1, 1.4, 1.6, 1.9))),
    sliders=(Slider("p", "Start of w", -1, 4, 2, 0.1), Slider("q", "Start of v", -1, 4, 2, 0.1)),
    values=(
        Walk(
            (
                Moving(
                    "W",
                    "[p, q]",
                    "gradient_descent(W, vector(k: sum(i: mean_squared_error_gradient(y, vector(j: tanh(W[1] X[j]) + "
                    "tanh(W[2] X[j])))[i] "
                    f"at(x = W[k] X[i]: {SLOPE}) X[i])), 0.4)",
                    "ws",
                ),
            ),
            30,
        ),
        Value("us", "vector(a: ws[a, 1])"),
        Value("vs", "vector(a: ws[a, 2])"),
        Value("gap", "abs(ws[31, 1] - ws[31, 2])"),
        Value("loss", "mean_squared_error(y, vector(i: tanh(ws[31, 1] X[i]) + tanh(ws[31, 2] X[i])))"),
    ),
    functions=(
        Function("f", ("w", "v"), "sqrt(mean_squared_error(y, vector(i: tanh(w X[i]) + tanh(v X[i]))))", ((1, 0.5),)),
    ),
    panels=(
        Panel(
            Axis(-1, 4, "weight w"),
            Axis(-1, 4, "weight v"),
            (
                Heat("f", 0, 1.6, 4, bands=10),
                Segment("-1", "-1", "4", "4", 0, "equal weights", dashed=True),
                Path("us", "vs", 2, "steps"),
                Handle("p", "q", ("p", "q")),
            ),
            tall=0.9,
        ),
    ),
    says=(
        "From w = {p:1} and v = {q:1} the weights end {gap:2} apart, with a mean squared error of {loss:g2}.",
        (
            ("p == q", "They started equal, got equal gradients, and stay equal: two neurons are worth one."),
            ("gap > 0.5", "They started apart and part ways: each neuron learns something of its own."),
            ("", "They started close, and part only slowly."),
        ),
    ),
)  # fmt: skip

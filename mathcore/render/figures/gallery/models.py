"""Models: lines, boundaries, and networks of nodes and links."""

from mathcore.render.figures.value import (
    Axis,
    Dots,
    Figure,
    Fixed,
    Function,
    Handle,
    Heat,
    Link,
    Network,
    Node,
    Panel,
    Segment,
    Slider,
    Value,
)

LINE_FIT = Figure(
    name="line_fit",
    title="A line through data",
    sees="First: seven points, a line, and the error of every point as an upright stroke. Then: the mean squared error of "
    "every line; "
    "the dot is that line.",
    cards=("linear_regression",),
    given="x, y, line: real[7]; m, b, u, v, left, right, loss, best, more: real; i: index[7]",
    fixed=(Fixed("x", (1, 2, 3, 4, 5, 6, 7)), Fixed("y", (1.5, 1.2, 3.1, 2.9, 4.6, 4.1, 5.6))),
    sliders=(Slider("m", "Slope", -1, 2, 0.3, 0.05), Slider("b", "Bias", -3, 5, 2.5, 0.1)),
    values=(
        Value("line", "vector(i: m x[i] + b)"),
        Value("loss", "line_error(x, y, m, b)"),
        Value("best", "line_error(x, y, covariance(x, y) / variance(x), mean(y) - (covariance(x, y) / variance(x)) mean(x))"),
        Value("more", "loss - best"),
        Value("left", "b"),
        Value("right", "8 m + b"),
    ),
    functions=(Function("f", ("u", "v"), "sqrt(line_error(x, y, u, v))", ((0.5, 1), (0, 0))),),
    panels=(
        Panel(
            Axis(0, 8),
            Axis(-1, 8),
            (
                Segment("x", "y", "x", "line", 2, "errors"),
                Segment("0", "left", "8", "right", 1, "the line"),
                Dots("x", "y", 0),
            ),
            "The line",
        ),
        Panel(
            Axis(-1, 2, "slope"), Axis(-3, 5, "bias"), (Heat("f", 0, 8, 4, bands=6), Handle("m", "b", ("m", "b"))), "Every line"
        ),
    ),
    says=(
        "Slope {m:2}, bias {b:1}: the mean squared error is {loss:3}; the best line has {best:3}.",
        (
            ("more < 0.01", "No line is noticeably better: the dot lies at the bottom of the bowl."),
            ("more < 1", "Close to the bottom; slope and bias make up for each other along the valley."),
            ("", "Move the dot to where the map is lightest, and the strokes get short."),
        ),
    ),
)

ICE_CREAM_LINKS = Figure(
    name="ice_cream_links",
    title="A linear regression as nodes and links",
    sees="The ice-cream shop: three inputs and a 1 for the bias, each linked to the sales. A thick link is a large weight, "
    "a dashed one is negative.",
    cards=("dense",),
    given="t, h, c: real; W: real[3, 1]; b: real[1]; out: real[1, 1]; f, g, e, thick: real; links: real[4]",
    fixed=(Fixed("W", ((10,), (-2,), (20,))), Fixed("b", (4,)), Fixed("links", (2, -0.7, 4, 0.9))),
    sliders=(
        Slider("t", "Temperature, degrees", 0, 40, 30, 1),
        Slider("h", "Humidity, per cent", 0, 100, 50, 1),
        Slider("c", "Discount", 0, 0.5, 0.1, 0.05),
    ),
    values=(
        Value("out", "dense([[t, h, c]], W, b)"),
        Value("f", "10 t"),
        Value("g", "-2 h"),
        Value("e", "20 c"),
    ),
    panels=(
        Panel(
            Axis(0, 10),
            Axis(0, 10),
            (
                Network(
                    (
                        Node(1.6, 8.8, "temperature", "{t:0}"),
                        Node(1.6, 6.3, "humidity", "{h:0}"),
                        Node(1.6, 3.8, "discount", "{c:2}"),
                        Node(1.6, 1.3, "bias", "1", 6),
                        Node(8, 5.5, "sales", "{out[1,1]:0}", 1),
                    ),
                    (
                        Link(0, 4, "links[1]", "10"),
                        Link(1, 4, "links[2]", "−2"),
                        Link(2, 4, "links[3]", "20"),
                        Link(3, 4, "links[4]", "4"),
                    ),
                ),
            ),
            bare=True,
            tall=0.95,
        ),
    ),
    says=(
        "Sales: {f:0} from the temperature, {g:0} from the humidity, {e:0} from the discount, and 4: together {out[1,1]:0}.",
        (
            ("out[1,1] < 0", "Fewer than none: outside the days it was made for, a straight line says what it likes."),
            ("", "One degree more sells ten more, whatever the other inputs are."),
        ),
    ),
)

LOGISTIC_LINKS = Figure(
    name="logistic_links",
    title="A logistic regression as nodes and links",
    sees="Two inputs and a 1 for the bias are linked to a score, and the sigmoid makes a probability of it.",
    cards=("dense", "sigmoid"),
    given="x, y, u, v, b, z, p: real",
    sliders=(
        Slider("x", "First input", -2, 2, 1, 0.1),
        Slider("y", "Second input", -2, 2, 0.5, 0.1),
        Slider("u", "First weight", -3, 3, 2, 0.1),
        Slider("v", "Second weight", -3, 3, -1, 0.1),
        Slider("b", "Bias", -3, 3, 0.5, 0.1),
    ),
    values=(Value("z", "dense([[x, y]], [[u], [v]], [b])[1, 1]"), Value("p", "sigmoid(z)")),
    panels=(
        Panel(
            Axis(0, 10),
            Axis(0, 10),
            (
                Network(
                    (
                        Node(1.3, 8.6, "first input", "{x:1}"),
                        Node(1.3, 5.3, "second input", "{y:1}"),
                        Node(1.3, 2, "bias", "1", 6),
                        Node(5.4, 5.3, "score", "{z:2}"),
                        Node(8.7, 5.3, "probability", "{p:3}", 1),
                    ),
                    (
                        Link(0, 3, "u", "{u:1}"),
                        Link(1, 3, "v", "{v:1}"),
                        Link(2, 3, "b", "{b:1}"),
                        Link(3, 4, "1", "sigmoid", 0.5),
                    ),
                ),
            ),
            bare=True,
            tall=0.8,
        ),
    ),
    says=(
        "The score is {z:2}, so the probability of yes is {p:3}.",
        (
            ("p > 0.5", "More than one half: the classifier says yes."),
            ("p < 0.5", "Less than one half: the classifier says no."),
            ("", "Exactly one half: undecided."),
        ),
    ),
)

SOFTMAX_LINKS = Figure(
    name="softmax_links",
    title="A softmax regression as nodes and links",
    sees="Two inputs, each linked to the scores of three classes; softmax makes probabilities of the three scores together.",
    cards=("dense", "softmax"),
    given="x, y: real; W: real[2, 3]; b, z, s: real[3]; k: index[3]; most: real",
    fixed=(Fixed("W", ((1.5, -0.5, -1), (0.5, 1, -1.5))), Fixed("b", (0, 0, 0))),
    sliders=(Slider("x", "First input", -2, 2, 1, 0.1), Slider("y", "Second input", -2, 2, 0.5, 0.1)),
    values=(
        Value("z", "vector(k: dense([[x, y]], W, b)[1, k])"),
        Value("s", "softmax(z)"),
        Value("most", "max(k: s[k])"),
    ),
    panels=(
        Panel(
            Axis(0, 10),
            Axis(0, 10),
            (
                Network(
                    (
                        Node(1.2, 7, "first input", "{x:1}", above=True),
                        Node(1.2, 3.4, "second input", "{y:1}"),
                        Node(5.2, 8.6, "score A", "{z[1]:2}"),
                        Node(5.2, 5.3, "score B", "{z[2]:2}"),
                        Node(5.2, 2, "score C", "{z[3]:2}"),
                        Node(8.8, 8.6, "chance of A", "{s[1]:2}", 1),
                        Node(8.8, 5.3, "chance of B", "{s[2]:2}", 1),
                        Node(8.8, 2, "chance of C", "{s[3]:2}", 1),
                    ),
                    (
                        *(Link(0, 2 + k, f"W[1,{k + 1}]", f"{{W[1,{k + 1}]:1}}", (0.62, 0.45, 0.28)[k]) for k in range(3)),
                        *(Link(1, 2 + k, f"W[2,{k + 1}]", f"{{W[2,{k + 1}]:1}}", (0.28, 0.45, 0.62)[k]) for k in range(3)),
                        *(Link(2 + k, 5 + j, "0.1") for k in range(3) for j in range(3)),
                    ),
                ),
            ),
            bare=True,
            tall=0.85,
        ),
    ),
    says=(
        "The scores are {z[1]:2}, {z[2]:2} and {z[3]:2}; the probabilities {s[1]:2}, {s[2]:2} and {s[3]:2}.",
        "Every probability depends on all three scores: that is why softmax is linked to all of them.",
    ),
)

POINTS = (
    (-1.6, -0.9, 0), (-1.2, 0.6, 0), (-0.8, -1.5, 0), (-0.5, -0.2, 0), (0.1, -0.9, 0), (0.3, 0.4, 0), (-1.4, 1.5, 0),
    (-0.4, 1.4, 1), (0.5, 1.6, 1), (0.9, -0.3, 1), (1.2, 0.8, 1), (1.6, -0.8, 1), (1.7, 1.4, 1), (0.2, 0.9, 1),
)  # fmt: skip

LOGISTIC_BOUNDARY = Figure(
    name="logistic_boundary",
    title="The boundary of a logistic regression",
    sees="Two kinds of points, circles and squares, and for every place the probability of a square: the darker, the surer. "
    "On the full line it is one half.",
    cards=("logistic_regression", "sigmoid"),
    given="X: real[14, 3]; P, Q, T: real[14]; i: index[14]; u, v, b, x, y, loss, n, x1, y1, x2, y2, right: real",
    fixed=(
        Fixed("X", tuple((x, y, 1) for x, y, _ in POINTS)),
        Fixed("P", tuple(p[0] for p in POINTS)),
        Fixed("Q", tuple(p[1] for p in POINTS)),
        Fixed("T", tuple(p[2] for p in POINTS)),
    ),
    sliders=(
        Slider("u", "Weight across", -6, 6, 2, 0.1),
        Slider("v", "Weight upwards", -6, 6, 1.5, 0.1),
        Slider("b", "Bias", -6, 6, -0.7, 0.1),
    ),
    values=(
        Value("loss", "logistic_regression(X, T, [u, v, b])"),
        Value("right", "sum(i: abs(T[i] - step(-(u P[i] + v Q[i] + b))))"),
        Value("n", "u^2 + v^2"),
        Value("x1", "(-b u - 9 v) / n"),
        Value("y1", "(-b v + 9 u) / n"),
        Value("x2", "(-b u + 9 v) / n"),
        Value("y2", "(-b v - 9 u) / n"),
    ),
    functions=(Function("f", ("x", "y"), "sigmoid(u x + v y + b)", ((1, 0.5), (-1, 1))),),
    panels=(
        Panel(
            Axis(-2, 2),
            Axis(-2, 2),
            (
                Heat("f", 0, 1, 2),
                Segment("x1", "y1", "x2", "y2", 0, "probability one half"),
                Dots("P", "Q", 1, size=5, label="T"),
            ),
            tall=0.9,
        ),
    ),
    says=(
        "The loss is {loss:3} nats; {right:0} of 14 points lie on their own side.",
        (
            ("n == 0", "With both weights 0 every point gets the same probability."),
            ("n > 25", "Large weights: a sharp boundary, sure of itself, and points on the wrong side cost much."),
            ("n < 1", "Small weights: a soft boundary, nowhere sure."),
            ("", "The weights turn the line, the bias shifts it, and their size says how sharp it is."),
        ),
    ),
)

NETWORK_LINKS = Figure(
    name="network_links",
    title="Forwards and backwards through a small network",
    sees="One input, two hidden neurons with the rectifier, one output. Above each link its weight; below the nodes the deltas, "
    "computed from the output back.",
    cards=("dense", "relu", "backpropagation"),
    given="x, t, p, q, u, v, y, e: real; z, a, s, g: real[2]; k: index[2]; dp, dq, du, dv, loss: real",
    sliders=(
        Slider("x", "Input", -3, 3, 3, 0.5),
        Slider("t", "Target", 0, 10, 5, 0.5),
        Slider("p", "Weight to the first neuron", -2, 2, 1, 0.1),
        Slider("q", "Weight to the second neuron", -2, 2, -1, 0.1),
        Slider("u", "Weight from the first neuron", -3, 3, 2, 0.1),
        Slider("v", "Weight from the second neuron", -3, 3, 3, 0.1),
    ),
    values=(
        Value("z", "vector(k: dense([[x]], [[p, q]], [0, 0])[1, k])"),
        Value("a", "vector(k: relu(z[k]))"),
        Value("s", "vector(k: 1 - step(-z[k]))"),
        Value("y", "dense([[a[1], a[2]]], [[u], [v]], [0])[1, 1]"),
        Value("e", "y - t"),
        Value("loss", "half_squared_error([t], [y])"),
        Value("g", "backpropagation([[u], [v]], [e], s)"),
        Value("du", "a[1] e"),
        Value("dv", "a[2] e"),
        Value("dp", "x g[1]"),
        Value("dq", "x g[2]"),
    ),
    panels=(
        Panel(
            Axis(0, 10), Axis(0, 10),
            (
                Network(
                    (
                        Node(1, 5.3, "input", "{x:1}"),
                        Node(5, 8.3, "delta {g[1]:1}", "{a[1]:1}"),
                        Node(5, 2.6, "delta {g[2]:1}", "{a[2]:1}"),
                        Node(8.9, 5.3, "delta {e:1}", "{y:1}", 1),
                    ),
                    (
                        Link(0, 1, "p", "{p:1}"),
                        Link(0, 2, "q", "{q:1}"),
                        Link(1, 3, "u", "{u:1}", 0.6),
                        Link(2, 3, "v", "{v:1}", 0.6),
                    ),
                ),
            ),
            "Outputs in the nodes, weights on the links", bare=True, tall=0.75,
        ),
    ),
    says=(
        "The output is {y:1}, the target {t:1}, so the delta at the output is {e:1} and the loss {loss:2}. "
        "The derivatives for the four weights are {dp:1}, {dq:1}, {du:1} and {dv:1}.",
        (
            ("s[1] < s[2]", "The first neuron has a score that is not positive: its slope is 0, and no delta passes through it."),
            ("s[1] > s[2]", "The second neuron has a score that is not positive: its slope is 0, and no delta passes "
            "through it."),
            ("s[1] == 0", "Both neurons are silent: no delta passes, and nothing below the output learns."),
            ("", "Both neurons are active: each passes the delta on, times its weight."),
        ),
    ),
)  # fmt: skip

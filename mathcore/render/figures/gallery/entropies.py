"""Entropy, crossentropy and divergence."""

from mathcore.render.figures.value import Axis, Box, Curve, Figure, Function, Handle, Heat, Note, Panel, Segment, Slider, Value

ENTROPY_CURVE = Figure(
    name="entropy_curve",
    title="Entropy of a box with two colours",
    sees="First: a box of red and blue balls; one ball is drawn unseen. Then: the entropy of its colour, for every share of red.",
    cards=("entropy", "binary_entropy"),
    given="p: unit; H, bits, x: real; red, blue: nonnegative; counts: real[2]",
    sliders=(Slider("red", "Red balls", 0, 10, 3), Slider("blue", "Blue balls", 1, 10, 3)),
    values=(
        Value("counts", "[red, blue]"),
        Value("p", "red / (red + blue)"),
        Value("H", "entropy([p, 1 - p])"),
        Value("bits", "H / log(2)"),
    ),
    functions=(Function("h", ("x",), "binary_entropy(x) / log(2)", ((0,), (0.125,), (0.5,), (1,))),),
    panels=(
        Panel(Axis(0, 1), Axis(0, 1), (Box("counts", ("R", "B")),), "The box", bare=True, tall=0.5),
        Panel(
            Axis(0, 1, "share of red"),
            Axis(0, 1.1, "bits", (0, 0.25, 0.5, 0.75, 1)),
            (Curve("h"), Segment("p", "0", "p", "bits", 2, dashed=True), Handle("p", "bits")),
            "Entropy",
        ),
    ),
    says=(
        "With {red:0} red and {blue:0} blue balls the entropy is {bits:3} bits, which is {H:3} nats.",
        (
            ("red == blue", "Both colours are equally likely: no box with two colours is harder to guess."),
            ("red == 0", "All balls are blue: nothing is uncertain."),
            ("p < 0.2", "Red would be a surprise; most draws are blue, so there is little to guess."),
            ("p > 0.8", "Blue would be a surprise; most draws are red, so there is little to guess."),
            ("", "One colour is likelier, so the colour is easier to guess than with equal numbers."),
        ),
    ),
)

ROOT = "sqrt(3)"

ENTROPY_SIMPLEX = Figure(
    name="entropy_simplex",
    title="Entropy of three colours",
    sees="Every point of the triangle is a distribution of three colours; at a corner one of them is certain. "
    "The darker the shade, the larger the entropy.",
    cards=("entropy",),
    given="counts, p: real[3]; red, blue, green: nonnegative; H, bits, x, y, X, Y, up: real; k: index[3]",
    sliders=(
        Slider("red", "Red balls", 0, 8, 3),
        Slider("blue", "Blue balls", 0, 8, 3),
        Slider("green", "Green balls", 1, 8, 1),
    ),
    values=(
        Value("counts", "[red, blue, green]"),
        Value("p", "vector(k: counts[k] / (red + blue + green))"),
        Value("H", "entropy(p)"),
        Value("bits", "H / log(2)"),
        Value("X", "p[2] + p[3] / 2"),
        Value("Y", f"p[3] {ROOT} / 2"),
        Value("up", f"{ROOT} / 2"),
    ),
    functions=(
        Function(
            "h",
            ("x", "y"),
            f"entropy([max(1 - x - y / {ROOT}, 0), max(x - y / {ROOT}, 0), max(2 y / {ROOT}, 0)]) / log(2)",
            ((0.5, 0.25), (0.25, 0.125)),
        ),
    ),
    panels=(
        Panel(Axis(0, 1), Axis(0, 1), (Box("counts", ("R", "B", "G")),), "The box", bare=True, tall=0.5),
        Panel(
            Axis(-0.1, 1.1),
            Axis(-0.14, 1.0),
            (
                Heat("h", 0, 1.585, 4, bands=8, corners=((0, 0), (1, 0), (0.5, 0.8660254))),
                Note("-0.02", "-0.07", "all red"),
                Note("1.02", "-0.07", "all blue"),
                Note("0.5", "0.93", "all green"),
                Handle("X", "Y"),
            ),
            "Entropy of every distribution",
            bare=True,
            tall=0.9,
        ),
    ),
    says=(
        "The shares are {p[1]:2}, {p[2]:2} and {p[3]:2}; the entropy is {bits:3} bits, which is {H:3} nats.",
        (
            ("bits > 1.58", "Equal numbers: the most that three colours can have, the middle of the triangle."),
            ("bits > 1", "That is more than the one bit of two equally likely colours."),
            ("bits == 0", "One colour is certain: a corner of the triangle, where the entropy is 0."),
            ("", "The point lies near an edge or a corner, where the draw is easier to guess."),
        ),
    ),
)

CROSSENTROPY_CURVE = Figure(
    name="crossentropy_curve",
    title="Crossentropy of a prediction",
    sees="Two classes. The curve is the crossentropy of every prediction for the first class, with a fixed true probability; "
    "the dashed line is the entropy of the truth, which no prediction falls below.",
    cards=("crossentropy", "entropy"),
    given="p, q, x: unit; C, H, gap: real",
    sliders=(
        Slider("p", "True probability of class 1", 0, 1, 0.7, 0.01),
        Slider("q", "Predicted probability", 0.01, 0.99, 0.3, 0.01),
    ),
    values=(
        Value("C", "crossentropy([p, 1 - p], [q, 1 - q])"),
        Value("H", "entropy([p, 1 - p])"),
        Value("gap", "C - H"),
    ),
    functions=(Function("f", ("x",), "crossentropy([p, 1 - p], [x, 1 - x])", ((0.25,), (0.9,))),),
    panels=(
        Panel(
            Axis(0, 1, "predicted probability of class 1"),
            Axis(0, 4, "nats"),
            (
                Curve("f", words="crossentropy"),
                Segment("0", "H", "1", "H", 3, "entropy of the truth", dashed=True),
                Segment("q", "H", "q", "C", 2, "divergence"),
                Handle("q", "C", ("q", "")),
            ),
        ),
    ),
    says=(
        "Truth {p:2}, prediction {q:2}: the crossentropy is {C:3} nats. Of that {H:3} is the entropy of the truth, "
        "and {gap:3} the price of predicting something else.",
        (
            ("gap < 0.001", "The prediction is the truth: the curve is at its lowest."),
            ("C > 2", "A confident mistake costs much, and there is no bound to it."),
            ("", "Move the prediction towards the truth, and the crossentropy falls."),
        ),
    ),
)

KL_ASYMMETRY = Figure(
    name="kl_asymmetry",
    title="Divergence has a direction",
    sees="Two coins, p and q. The two curves are the divergences from p to every q and from every q to p; they touch 0 where "
    "the coins are the same.",
    cards=("kl_divergence",),
    given="p, q, x: unit; there, back, gap: real",
    sliders=(Slider("p", "Coin p, probability of heads", 0.02, 0.98, 0.1, 0.01), Slider("q", "Coin q", 0.01, 0.99, 0.5, 0.01)),
    values=(
        Value("there", "kl_divergence([p, 1 - p], [q, 1 - q])"),
        Value("back", "kl_divergence([q, 1 - q], [p, 1 - p])"),
        Value("gap", "abs(there - back)"),
    ),
    functions=(
        Function("f", ("x",), "kl_divergence([p, 1 - p], [x, 1 - x])", ((0.25,), (0.9,))),
        Function("g", ("x",), "kl_divergence([x, 1 - x], [p, 1 - p])", ((0.25,), (1,))),
    ),
    panels=(
        Panel(
            Axis(0, 1, "coin q"),
            Axis(0, 2.5, "nats"),
            (
                Curve("f", 1, "from p to q"),
                Curve("g", 2, "from q to p", dashed=True),
                Segment("p", "0", "p", "2.5", 6, dashed=True),
                Handle("q", "there", ("q", ""), 1),
                Handle("q", "back", ("q", ""), 2),
            ),
        ),
    ),
    says=(
        "From p = {p:2} to q = {q:2} the divergence is {there:3}, from q to p it is {back:3}.",
        (
            ("there < 0.0001", "The coins are the same: both divergences are 0."),
            ("gap < 0.01", "Here the two are almost the same; in general they are not, so a divergence is no distance."),
            ("", "The two differ: which coin is the truth matters, so a divergence is no distance."),
        ),
    ),
)

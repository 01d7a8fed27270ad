"""Softmax: bars, temperature, twice, one against the rest."""

from mathcore.render.figures.value import Axis, Bars, Cells, Figure, Panel, Slider, Value

CLASSES = ((1, "A"), (2, "B"), (3, "C"), (4, "D"))
SCORES = (1.0, 2.0, 3.0, 0.0)


def scores(count: int, starts: tuple[float, ...], low: float = -4, high: float = 4) -> tuple[Slider, ...]:
    return tuple(Slider(f"z[{k + 1}]", f"Score of class {'ABCD'[k]}", low, high, starts[k], 0.1) for k in range(count))


SOFTMAX_BARS = Figure(
    name="softmax_bars",
    title="Softmax of four scores",
    sees="First: the scores of four classes, with one number added to all. Then: the probabilities that softmax gives.",
    cards=("tempered_softmax",),
    given="n: size; z, y, s: real[n]; c, most, total: real; T: positive; k: index[n]",
    sizes=(("n", 4),),
    sliders=(
        *scores(4, SCORES),
        Slider("c", "Shift: added to all scores", -3, 3, 0, 0.1),
        Slider("T", "Temperature T", 0.1, 10, 1, logarithmic=True),
    ),
    values=(
        Value("y", "vector(k: z[k] + c)"),
        Value("s", "tempered_softmax(y, T)"),
        Value("most", "max(k: s[k])"),
        Value("total", "sum(k: s[k])"),
    ),
    panels=(
        Panel(Axis(0.5, 4.5, ticks=CLASSES), Axis(-7, 7), (Bars("y", 6, digits=1),), "Scores"),
        Panel(Axis(0.5, 4.5, ticks=CLASSES), Axis(0, 1.1, ticks=(0, 0.25, 0.5, 0.75, 1)), (Bars("s", 1),), "Probabilities"),
    ),
    says=(
        (
            ("z[1] == z[2]", "The probabilities are {s[1]:3}, {s[2]:3}, {s[3]:3} and {s[4]:3}; equal scores get equal shares."),
            ("", "The probabilities are {s[1]:3}, {s[2]:3}, {s[3]:3} and {s[4]:3}; together they are {total:2}."),
        ),
        (
            ("T < 0.5", "It is cold: the largest score takes {most:%0} of all."),
            ("T > 2.5", "It is hot: the shares come close to each other, the largest is {most:%0}."),
            ("", "The largest score has the largest share, {most:%0}."),
        ),
        (
            ("c == 0", "Add one number to all scores, and see that no share moves."),
            ("", "All scores moved by {c:1}: no share did."),
        ),
    ),
)

DOUBLE_SOFTMAX = Figure(
    name="double_softmax_bars",
    title="Softmax, and softmax of softmax",
    sees="For three scores the probabilities of softmax, and beside them what softmax makes of these probabilities once more.",
    cards=("double_softmax",),
    given="n: size; z, s, d: real[n]; once, twice: real; k: index[n]",
    sizes=(("n", 3),),
    sliders=scores(3, (0.0, 1.0, 4.0), -8, 8),
    values=(
        Value("s", "softmax(z)"),
        Value("d", "double_softmax(z)"),
        Value("once", "max(k: s[k])"),
        Value("twice", "max(k: d[k])"),
    ),
    panels=(
        Panel(
            Axis(0.5, 3.5, ticks=CLASSES[:3]),
            Axis(0, 1.1, ticks=(0, 0.25, 0.5, 0.75, 1)),
            (Bars("s", 1, "softmax", 0, 2), Bars("d", 2, "softmax twice", 1, 2)),
        ),
    ),
    says=(
        "The winner gets {once:3} from softmax and {twice:3} from softmax twice.",
        (
            ("once > 0.99", "However sure the scores are, twice gives at most 0.576 to one of three classes."),
            ("", "Twice is flatter: numbers between 0 and 1 are scores that hardly differ."),
        ),
    ),
)

ONE_VS_REST = Figure(
    name="one_vs_rest_bars",
    title="Three sigmoids are no distribution",
    sees="For three scores the value of a sigmoid of each, and beside it the probability by softmax.",
    cards=("one_vs_rest",),
    given="n: size; z, o, s: real[n]; total, whole: real; k: index[n]",
    sizes=(("n", 3),),
    sliders=scores(3, (-0.4, 0.4, -1.4)),
    values=(
        Value("o", "one_vs_rest(z)"),
        Value("s", "softmax(z)"),
        Value("total", "sum(k: o[k])"),
        Value("whole", "sum(k: s[k])"),
    ),
    panels=(
        Panel(
            Axis(0.5, 3.5, ticks=CLASSES[:3]),
            Axis(0, 1.1, ticks=(0, 0.25, 0.5, 0.75, 1)),
            (Bars("o", 2, "sigmoid of each score", 0, 2), Bars("s", 1, "softmax of all scores", 1, 2)),
        ),
    ),
    says=(
        "The sigmoids are {o[1]:2}, {o[2]:2} and {o[3]:2}, together {total:2}; the probabilities of softmax make {whole:2}.",
        (
            (
                "total > 1.05",
                "Together more than 1: each says how likely its own class is against the rest, not against the others.",
            ),
            ("total < 0.95", "Together less than 1: every classifier may say no at once."),
            ("", "That they make about 1 here is chance: move one score, and the others stay."),
        ),
    ),
)

ANIMALS = ("cat", "dog", "bird")

ONE_HOT_GRID = Figure(
    name="one_hot_grid",
    title="Labels as one-hot rows",
    sees="Four labels, each as a row of three numbers: 1 in the column of its class, 0 elsewhere.",
    cards=("one_hot",),
    given="n: size; a, b, c, d, k: index[n]; rows: real[4, n]; sums: real[n]; i: index[4]",
    sizes=(("n", 3),),
    sliders=tuple(
        Slider(letter, f"Label of sample {number}", start=start, names=ANIMALS)
        for number, (letter, start) in enumerate(zip("abcd", (1, 2, 3, 2), strict=True), 1)
    ),
    values=(
        Value("rows", f"[{', '.join(f'vector(k: one_hot({letter})[k])' for letter in 'abcd')}]"),
        Value("sums", "vector(k: sum(i: rows[i, k]))"),
    ),
    panels=(
        Panel(
            Axis(0, 1), Axis(0, 1),
            (Cells("rows", ("{a:name}", "{b:name}", "{c:name}", "{d:name}"), ANIMALS),),
            bare=True,
        ),
    ),
    says=(
        "Each row has exactly one 1. The columns add up to {sums[1]:0}, {sums[2]:0} and {sums[3]:0}: how often each label "
        "occurs.",
        (
            ("sums[1] == 4", "All four labels are the same, and so are their rows."),
            ("sums[2] == 4", "All four labels are the same, and so are their rows."),
            ("sums[3] == 4", "All four labels are the same, and so are their rows."),
            ("", "No class is greater than another: that is why labels are not simply numbered."),
        ),
    ),
)  # fmt: skip

CROSSENTROPY_GRADIENT = Figure(
    name="crossentropy_gradient",
    title="Prediction minus label",
    sees="First: the probabilities of three classes and the label. Then: the gradient of the loss with respect to each score; "
    "learning moves the scores the other way.",
    cards=("categorical_crossentropy", "categorical_crossentropy_gradient", "one_hot"),
    given="n: size; t: index[n]; k: index[n]; z, s, y, g: real[n]; C, p: real",
    sizes=(("n", 3),),
    sliders=(*scores(3, (1.0, 2.0, 0.0)), Slider("t", "The right class", start=1, names=("A", "B", "C"))),
    values=(
        Value("s", "softmax(z)"),
        Value("y", "vector(k: one_hot(t)[k])"),
        Value("C", "categorical_crossentropy(y, z)"),
        Value("g", "categorical_crossentropy_gradient(y, z)"),
        Value("p", "s[t]"),
    ),
    panels=(
        Panel(
            Axis(0.5, 3.5, ticks=CLASSES[:3]),
            Axis(0, 1.1, ticks=(0, 0.25, 0.5, 0.75, 1)),
            (Bars("s", 1, "prediction", 0, 2), Bars("y", 6, "label", 1, 2, -1)),
            "Probabilities",
        ),
        Panel(Axis(0.5, 3.5, ticks=CLASSES[:3]), Axis(-1.15, 1.15, ticks=(-1, -0.5, 0, 0.5, 1)), (Bars("g", 2),), "Gradient"),
    ),
    says=(
        "The right class {t:name} has the probability {p:3}: the loss is {C:3} nats, the gradient {g[1]:2}, {g[2]:2} and "
        "{g[3]:2}.",
        (
            ("p > 0.95", "The prediction is almost the label, and almost nothing is left to learn here."),
            ("p < 0.1", "The right class is nearly ruled out: its score is pushed up with almost full force."),
            (
                "",
                "Only the score of the right class is pushed up, the others down, each by its probability; the pushes sum to 0.",
            ),
        ),
    ),
)

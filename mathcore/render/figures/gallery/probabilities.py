"""Softmax: bars, temperature, twice, one against the rest."""

from mathcore.render.figures.value import Axis, Bars, Figure, Panel, Slider, Value

CLASSES = ((1, "A"), (2, "B"), (3, "C"), (4, "D"))
SCORES = (1.0, 2.0, 3.0, 0.0)


def scores(count: int, starts: tuple[float, ...], low: float = -4, high: float = 4) -> tuple[Slider, ...]:
    return tuple(Slider(f"z[{k + 1}]", f"Score of class {'ABCD'[k]}", low, high, starts[k], 0.1) for k in range(count))


SOFTMAX_BARS = Figure(
    name="softmax_bars",
    title="Softmax of four scores",
    sees="Left: the scores of four classes, with one number added to all. Right: the probabilities that softmax gives.",
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

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
        sees=f"Left: {title.lower()} and its tangent at a point. Right: the slope of the tangent at every point. {sees}".strip(),
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

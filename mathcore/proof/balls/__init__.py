"""The second leg of every proof: rigorous evaluation at exact points. Shares no unfolding with the kernel."""

from mathcore.proof.balls.compare import Comparison, approach, compare
from mathcore.proof.balls.evaluate import CannotEvaluate, Enclosure, FloatValue, Point, Table, enclose, evaluate, float_value
from mathcore.proof.balls.points import instances, points, symbols_of, witness

__all__ = [
    "CannotEvaluate",
    "Comparison",
    "Enclosure",
    "FloatValue",
    "Point",
    "Table",
    "approach",
    "compare",
    "enclose",
    "evaluate",
    "float_value",
    "instances",
    "points",
    "symbols_of",
    "witness",
]

"""The second check of every step: rigorous evaluation at exact points. Shares no unfolding with the kernel."""

from mathcore.proof.balls.approach import approach
from mathcore.proof.balls.compare import Comparison, compare
from mathcore.proof.balls.evaluate import Enclosure, FloatValue, enclose, evaluate, float_value
from mathcore.proof.balls.hypotheses import symbols_of
from mathcore.proof.balls.point import CannotEvaluate, Point, Table
from mathcore.proof.balls.points import instances, points, witness

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

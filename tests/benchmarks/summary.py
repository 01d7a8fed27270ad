"""From a measurement to ratios and verdicts. A ratio is the time of mathcore over that of the other: below 1 is faster.

A row is plain values, as `measure.measured` yields them and as they are stored.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tests.benchmarks.cases import Case

Row = dict[str, Any]

MEANS = {  # the geometric mean over all cases of a format, beside a candidate: limit, goal
    ("float64", "textbook"): (0.7, 0.6),
    ("float64", "scipy"): (0.5, 0.42),
    ("float64", "torch"): (0.75, 0.6),
    ("float32", "textbook"): (0.55, 0.45),
    ("float32", "scipy"): (0.35, 0.28),
    ("float32", "torch"): (0.65, 0.5),
}
CAREFUL = ("entropy", "kl_divergence")  # the textbook line has no digit where p is near q, or is wrong at 0
SLOWEST = {  # the slowest case beside the textbook: limit, and the cases that it is about
    "entropy and divergences": (1.4, lambda c: c.function in CAREFUL),
    "others, along the last axis": (1.0, lambda c: c.function not in CAREFUL and c.axis != 0),
    "others, along axis 0": (1.0, lambda c: c.function not in CAREFUL and c.axis == 0),
}


class Bar(NamedTuple):
    """A promise about speed and what was found; `found` is None where nothing was measured."""

    about: str
    limit: float
    goal: float
    found: float | None
    where: str = ""

    @property
    def held(self) -> bool:
        return self.found is None or self.found <= self.limit

    @property
    def verdict(self) -> str:
        if self.found is None:
            return "not measured"
        if self.found > self.limit:
            return "NOT HELD"
        return "held" if self.found <= self.goal else "held, short of the goal"


def case_of(row: Row) -> Case:
    return Case(row["function"], tuple(row["shape"]), row["axis"], row["kind"], row["dtype"])


def ratio(row: Row, other: str, ours: str = "mathcore") -> float | None:
    """Time of `ours` over time of `other`; None if one of them was not measured."""
    times = row["seconds"]
    return times[ours] / times[other] if ours in times and other in times else None


def geometric_mean(ratios: Iterable[float | None]) -> float | None:
    logs = [math.log(r) for r in ratios if r is not None]
    return math.exp(math.fsum(logs) / len(logs)) if logs else None


def slowest(rows: Iterable[Row], other: str) -> list[Row]:
    """The rows measured beside `other`, the worst ratio first."""
    return sorted((row for row in rows if other in row["seconds"]), key=lambda row: -ratio(row, other))


def bars(rows: Sequence[Row]) -> list[Bar]:
    """Every bar, judged on these rows."""
    judged = []
    for (dtype, other), (limit, goal) in MEANS.items():
        mean = geometric_mean(ratio(row, other) for row in rows if row["dtype"] == dtype)
        judged.append(Bar(f"{dtype} / {other}, geometric mean", limit, goal, mean))
    for about, (limit, concerns) in SLOWEST.items():
        found = slowest((row for row in rows if concerns(case_of(row))), "textbook")
        worst = ratio(found[0], "textbook") if found else None
        above = sum(ratio(row, "textbook") > limit for row in found)
        where = f"{case_of(found[0])}; {above} of {len(found)} cases above" if found else ""
        judged.append(Bar(f"textbook, slowest of {about}", limit, limit, worst, where))
    return judged

"""How the points of a function are split over what is asked of it, and what is given where some of it fails.

The shares of a card's function are the same for every submission: a question that cannot be asked of the card leaves
its share to the others. Points are whole numbers (hundredths), and always add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SPLIT = {  # per cent of the points of a function
    "simple": 25,  # float64: small inputs of simple numbers, and worked examples
    "hard": 15,  # float64: large and tiny numbers, close ones, masks, long inputs
    "lengths": 10,  # every length from 1 to 64, and some beyond
    "formats": 10,  # float32 and float16, an equal share each
    "batches": 10,  # many inputs at once, axes
    "edges": 5,  # nan, infinities, nothing at all, labels that name no class
    "manners": 5,  # its input is kept, results repeat, layouts of memory, whole numbers
    "laws": 20,  # an equal share each
}
CORE = ("simple", "hard", "lengths")  # wrong for single inputs: then only these and laws count, up to half

BATCHES = {
    "a row depends on that row alone",
    "takes a batch",
    "a batch of one row",
    "a batch of two axes",
    "a batch gives the mean of its rows",
    "a large batch is a batch",
    "every axis of three",
    "axis=None takes all entries",
    "several axes at once",
}
EDGES = {
    "shows a nan",
    "infinite input",
    "empty input",
    "a single entry",
    "labels that name no class",
    "refuses labels that name no class",
}


@dataclass(frozen=True)
class Share:
    """What one question is worth: its group, its name in the group (a format, a law), hundredths."""

    group: str
    name: str
    points: int


def group_of(kind: str, name: str, working: str = "float64") -> tuple[str, str]:
    """The group of a check and its name there; what is new to the judge counts as manners."""
    match kind:
        case "accuracy":
            return ("simple", "") if name == working else ("formats", name)
        case "law":
            return "laws", name
        case "example":
            return "simple", ""
        case _ if name in BATCHES:
            return "batches", ""
        case _ if name in EDGES:
            return "edges", ""
    return "manners", ""


def divided(points: int, weights: Sequence[float]) -> list[int]:
    """The points by weight, in whole numbers that add up: what rounding leaves goes to the largest remainders."""
    total = sum(weights)
    if total <= 0:
        return [0] * len(weights)
    exact = [points * w / total for w in weights]
    found = [int(x) for x in exact]
    order = sorted(range(len(weights)), key=lambda k: (found[k] - exact[k], k))
    for k in order[: points - sum(found)]:
        found[k] += 1
    return found


def shares(points: int, asked: Mapping[str, Sequence[str]], split: Mapping[str, int] = SPLIT) -> tuple[Share, ...]:
    """The points of a function over the groups that can be asked: by name where a group has several."""
    places = [(group, name, split[group] / len(names)) for group in SPLIT if (names := asked.get(group, ())) for name in names]
    given = divided(points, [weight for _, _, weight in places])
    return tuple(Share(group, name, one) for (group, name, _), one in zip(places, given, strict=True))


def earned(all_shares: Iterable[Share], held: Iterable[Share], wrong: bool) -> dict[Share, int]:
    """What each share brings. `wrong` for single inputs: only core and laws that hold, and never more than half in all."""
    listed, good = list(all_shares), set(held)
    if not wrong:
        return {share: share.points if share in good else 0 for share in listed}
    left = sum(share.points for share in listed) // 2
    found = dict.fromkeys(listed, 0)
    for share in listed:
        if share in good and share.group in (*CORE, "laws"):
            found[share] = min(share.points, left)
            left -= found[share]
    return found


def shown(points: int) -> str:
    """Hundredths as people write points: 7, 7.5, 7.25."""
    return f"{points / 100:.2f}".rstrip("0").rstrip(".")

"""What was found of one item of one submission: values that the gradebook keeps as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mathcore.evidence import plain
from mathcore.grading.feedback import Message
from mathcore.translation import N_


class State(StrEnum):
    """Whether there are points at all: what was not judged is never 0 without saying so."""

    JUDGED = "judged"
    MISSING = N_("nothing handed in")
    UNJUDGED = N_("not judged")


@dataclass(frozen=True)
class Part:
    """One thing that points are given for: a group of checks, a law, a line."""

    title: Message
    points: int  # hundredths
    most: int
    told: Message | None = None
    look: bool = False  # a teacher should look at it

    @property
    def lost(self) -> int:
        return self.most - self.points

    def to_json(self) -> dict[str, Any]:
        told = self.told.to_json() if self.told else None
        return {"title": self.title.to_json(), "points": self.points, "most": self.most, "told": told, "look": self.look}

    @staticmethod
    def from_json(data: dict[str, Any]) -> Part:
        told = Message.from_json(data["told"]) if data["told"] else None
        return Part(Message.from_json(data["title"]), data["points"], data["most"], told, data["look"])


@dataclass(frozen=True)
class Result:
    """One item: its points are those of its parts. `detail` is for the teacher, and may hold the answer."""

    item: str
    kind: str
    most: int
    parts: tuple[Part, ...] = ()
    told: tuple[Message, ...] = ()
    state: State = State.JUDGED
    level: str = ""  # of isolation; empty where nothing foreign ran
    slips: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()
    timed_out: bool = False
    notes: tuple[str, ...] = ()  # what is not supported, conventions: costs nothing
    seconds: float = field(default=0.0, compare=False)

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts) if self.state is State.JUDGED else 0

    @property
    def look(self) -> bool:
        """Whether a teacher should look at it: something was not judged, or not decided."""
        return self.state is State.UNJUDGED or any(part.look for part in self.parts)

    def to_json(self) -> dict[str, Any]:
        kept: dict[str, Any] = plain({name: getattr(self, name) for name in PLAIN})
        return {**kept, "parts": [p.to_json() for p in self.parts], "told": [m.to_json() for m in self.told]}

    @staticmethod
    def from_json(data: dict[str, Any]) -> Result:
        lists = {name: tuple(data[name]) for name in ("slips", "detail", "notes")}
        parts, told = tuple(map(Part.from_json, data["parts"])), tuple(map(Message.from_json, data["told"]))
        return Result(**{**data, **lists, "parts": parts, "told": told, "state": State(data["state"])})


PLAIN = ("item", "kind", "most", "state", "level", "slips", "detail", "timed_out", "notes", "seconds")


def missing(item: str, kind: str, most: int, *told: Message) -> Result:
    return Result(item, kind, most, told=told, state=State.MISSING)


def unjudged(item: str, kind: str, most: int, *told: Message, detail: tuple[str, ...] = (), level: str = "") -> Result:
    return Result(item, kind, most, told=told, state=State.UNJUDGED, detail=detail, level=level)


def refused(item: str, kind: str, most: int, *told: Message, level: str = "") -> Result:
    """Something was handed in, and nothing in it can count."""
    return Result(item, kind, most, (Part(Message("title_whole"), 0, most, told[-1]),), told, level=level)

"""An exact point: values for the free symbols of a formula."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mathcore.language import tree as t
from mathcore.proof.balls import extended as x

Value = Any  # Number, or nested lists of them


class CannotEvaluate(ValueError):
    """The formula has no value by evaluation at a point: a limit, a function without an instance, a missing value."""


class Table:
    """A sequence `u: real[naturals]`: rationals by natural index, made on demand by `make` and then fixed."""

    def __init__(self, entries: Mapping[int, Any] | None = None, make: Callable[[int], Any] | None = None) -> None:
        self.entries, self.make = dict(entries or {}), make

    def __getitem__(self, index: int) -> Any:
        if index not in self.entries:
            if self.make is None or index < 0:
                raise CannotEvaluate(f"the sequence has no entry {index}")
            self.entries[index] = self.make(index)
        return self.entries[index]

    def __eq__(self, other: object) -> bool:  # and no hash: entries are added
        return isinstance(other, Table) and self.entries == other.entries


class Watched(Table):
    """A sequence, and which of its entries were read."""

    def __init__(self, table: Table) -> None:
        self.entries, self.make, self.read = table.entries, table.make, set[int]()

    def __getitem__(self, index: int) -> Any:
        self.read.add(index)
        return super().__getitem__(index)


@dataclass(frozen=True)
class Point:
    """Exact values for the free symbols: arrays are nested tuples, indices count from 1."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    indices: Mapping[str, int] = field(default_factory=dict)
    naturals: Mapping[str, int] = field(default_factory=dict)
    functions: Mapping[str, t.Definition] = field(default_factory=dict)
    read: frozenset[int] = frozenset()  # places in sequences at which a claim looks: they are told

    @cached_property
    def names(self) -> dict[str, Value]:
        """What a frame starts from: role and name to value, so that an index and a scalar may share a letter."""
        names: dict[str, Value] = {f"size:{k}": v for k, v in self.sizes.items()}
        names |= {f"index:{k}": v for k, v in self.indices.items()}
        names |= {f"natural:{k}": v for k, v in self.naturals.items()}
        names |= {f"value:{k}": _exact(v) for k, v in self.values.items()}
        return names

    def only(self, roles: Collection[str]) -> Point:
        """The point without the letters whose role and name (`value:z`) are not given."""

        def kept(kind: str, found: Mapping[str, Any]) -> dict[str, Any]:
            return {k: v for k, v in found.items() if f"{kind}:{k}" in roles}

        return Point(
            kept("size", self.sizes), kept("value", self.values), kept("index", self.indices), kept("natural", self.naturals)
        )

    def __str__(self) -> str:
        """Letter by letter; where that is long, letters of one value together: `d = n = 1`."""
        last = max(self.naturals.values(), default=0) + 1  # of a sequence nothing later is told but what is read
        before = [(k, str(v)) for k, v in (*self.sizes.items(), *self.naturals.items())]
        values = [(k, _show(v, self.read.union(range(last + 1)))) for k, v in self.values.items()]
        after = [(k, str(v)) for k, v in self.indices.items()]
        after += [(k, "instance") for k in self.functions]
        before, values, after = _plainly(before, values, after)
        told = ", ".join(f"{k} = {v}" for k, v in (*before, *values, *after))
        if len(told) > LONG:
            told = ", ".join((*_together([*before, *after]), *_together(values)))
        return told or "the only point"


LONG = 60  # characters


def _plainly(*told: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Letters that were made new, i~3, by the names that they had, where no other letter has that name."""
    names = [k.partition("~")[0] for part in told for k, _ in part]
    return [[(plain if names.count(plain := k.partition("~")[0]) == 1 else k, v) for k, v in part] for part in told]


def _together(told: list[tuple[str, str]]) -> list[str]:
    names: dict[str, list[str]] = {}
    for name, value in told:
        names.setdefault(value, []).append(name)
    return [" = ".join((*those, value)) for value, those in names.items()]


def _exact(value: Any) -> Value:
    if isinstance(value, Table):
        make = value.__getitem__
        return Table(make=lambda i: _exact(make(i)))
    if isinstance(value, (tuple, list)):
        return [_exact(v) for v in value]
    return x.rational(value)


def _show(value: Any, told: frozenset[int]) -> str:
    if isinstance(value, Table):
        return "{" + ", ".join([*(f"{i}: {_show(v, told)}" for i, v in sorted(value.entries.items()) if i in told), "..."]) + "}"
    if isinstance(value, (tuple, list)):
        shown = [_show(v, told) for v in value[:12]]
        return "[" + ", ".join(shown + ["..."] * (len(value) > 12)) + "]"
    return str(value)

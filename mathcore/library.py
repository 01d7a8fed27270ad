"""Cards by name: those that a page may use, and the functions that a claim may call. Handed to whoever reads or proves."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mathcore.card import Card
from mathcore.language.parser import Context


class Library(Mapping[str, Card]):
    """Cards by name. Two libraries of the same content are two: a card belongs to one."""

    @abstractmethod
    def __getitem__(self, name: str) -> Card: ...

    @abstractmethod
    def __iter__(self) -> Iterator[str]: ...

    def __len__(self) -> int:
        return len(list(iter(self)))

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def with_heads(self, context: Context, text: str) -> Context:
        """The definitions of cards whose names are called in the text, `softmax(`, beside what is defined and declared there."""
        called = set(re.findall(r"([A-Za-z_]\w*)\s*\(", text))
        for name in sorted(called & set(self) - set(context.symbols)):
            exported = [d for d in self[name].exported if d.head not in context.definitions]
            context = replace(context, definitions={**context.definitions, **{d.head: d for d in exported}})
        return context

    def owner(self, head: str) -> str | None:
        """The card that defines a function which is no card itself, `mean` or `covariance`: the one that brings least besides."""
        found = [(len(self[name].exported), name) for name in self if any(d.head == head for d in self[name].exported)]
        return min(found)[1] if found else None

    def advice(self, message: str) -> str:
        """What an error on a page says; of a function that a card has it says how the page comes to use that card."""
        name = re.match(r"(\w+) is no function here", message)
        card = None if name is None else name[1] if name[1] in self else self.owner(name[1])
        return (
            message if name is None or card is None else f"{name[1]} is no function here: add `uses {card}` to the formula fence"
        )

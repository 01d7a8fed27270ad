"""The formulas of a figure: read over the definitions of its cards, computed in floats, printed as JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mathcore.formulas import load
from mathcore.language import tree as t
from mathcore.language.floats import compute
from mathcore.language.parser import Context
from mathcore.language.printers.javascript import to_javascript_function
from mathcore.language.written_out import written_out
from mathcore.render.figures.value import Figure, Value, Walk


def last_line(card: str, key: str) -> str:
    """What a derivation arrives at, as its card says it."""
    text = load(card).derivation(key).steps[-1].text
    return re.sub(r"^\s*(<=>|=>|<=|>=|=|<|>)\s*", "", text)


def context(figure: Figure) -> Context:
    """The letters of a figure, and the definitions of its cards."""
    found = Context()
    for name in figure.cards:
        found = found.extend(load(name).exported)
    return found.given(figure.given)


@dataclass(frozen=True)
class Program:
    """The read formulas of a figure, by what they give: letters, `start w` and `then w` of walks, functions."""

    figure: Figure
    trees: Mapping[str, t.Expr]
    definitions: Mapping[str, t.Definition]

    @property
    def sizes(self) -> dict[str, int]:
        return dict(self.figure.sizes)

    def javascript(self, name: str) -> str:
        return to_javascript_function(self.trees[name], self.definitions, self.sizes, self.arguments(name))

    def arguments(self, name: str) -> tuple[str, ...]:
        return next((f.arguments for f in self.figure.functions if f.letter == name), ())

    def uses(self, name: str) -> list[str]:
        """The letters that a formula depends on, its arguments apart."""
        free = t.free_symbols(written_out(self.trees[name], self.definitions, self.sizes))
        return sorted({s.name for s in free} - set(self.arguments(name)))


@cache
def program(figure: Figure) -> Program:
    known = context(figure)
    trees = {name: known.parse(text) for name, text in _formulas(figure)}
    return Program(figure, trees, known.definitions)


def _formulas(figure: Figure) -> Iterator[tuple[str, str]]:
    for step in figure.values:
        if isinstance(step, Value):
            yield step.letter, step.formula
        else:
            for moving in step.moving:
                yield f"start {moving.letter}", moving.start
                yield f"then {moving.letter}", moving.then
    for function in figure.functions:
        yield function.letter, function.formula


Letters = Mapping[str, Any]  # to numbers and nested lists, of whatever kind
Compute = Callable[[str, Letters], Any]  # the formula of that name for these letters


@cache
def in_floats(figure: Figure) -> Compute:
    made = program(figure)
    of = {name: compute(tree, made.definitions, made.sizes) for name, tree in made.trees.items()}
    return lambda name, letters: of[name](letters)


@dataclass(frozen=True)
class State:
    """All letters of a figure at one place of its sliders, in floats."""

    figure: Figure
    letters: Letters

    def at(self, place: str) -> Any:
        """A number, a letter, or an entry of a letter."""
        try:
            return float(place)
        except ValueError:
            base, _, entries = place.rstrip("]").partition("[")
            value = self.letters[base]
            for entry in filter(None, entries.split(",")):
                value = value[int(entry) - 1]
            return value

    def function(self, letter: str) -> Callable[..., float]:
        of, arguments = in_floats(self.figure), program(self.figure).arguments(letter)
        return lambda *args: float(of(letter, {**self.letters, **dict(zip(arguments, args, strict=True))}))


def state(figure: Figure, moved: Mapping[str, float] | None = None) -> State:
    """Every value, with the sliders where they start or where `moved` says."""
    return State(figure, computed(figure, started(figure, moved), in_floats(figure)))


def computed(figure: Figure, letters: dict[str, Any], of: Compute) -> dict[str, Any]:
    """The letters that the reader gives, and all that follow from them, by any arithmetic."""
    for step in figure.values:
        if isinstance(step, Value):
            letters[step.letter] = of(step.letter, letters)
        else:
            _walk(step, of, letters)
    return letters


def started(figure: Figure, moved: Mapping[str, float] | None = None) -> dict[str, Any]:
    """What the reader gives: data and sliders, as nested lists."""
    letters: dict[str, Any] = {f.letter: _lists(f.value) for f in figure.fixed}
    for slider in figure.sliders:
        base, _, entry = slider.letter.rstrip("]").partition("[")
        value = (moved or {}).get(slider.letter, slider.start)
        if entry:
            array = letters.setdefault(base, [])
            array.extend([0.0] * (int(entry) - len(array)))
            array[int(entry) - 1] = value
        else:
            letters[base] = value
    return letters


def _lists(value: Any) -> Any:
    return [_lists(v) for v in value] if isinstance(value, tuple) else value


def _walk(walk: Walk, of: Compute, letters: dict[str, Any]) -> None:
    inner = dict(letters)
    for m in walk.moving:  # a start may speak of the starts before it
        inner[m.letter] = of(f"start {m.letter}", inner)
        letters[m.path] = [inner[m.letter]]
    for number in range(1, walk.steps + 1):
        if walk.count:
            inner[walk.count] = number
        inner |= {m.letter: of(f"then {m.letter}", inner) for m in walk.moving}
        for m in walk.moving:
            letters[m.path].append(inner[m.letter])

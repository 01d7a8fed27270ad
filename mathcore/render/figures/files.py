"""The files of the figures beside the pages: DIR/figures/NAME.svg, and the exact values that they are compared with."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from mathcore.language.tree import Definition, Expr
from mathcore.render.figures import drawing, load, names
from mathcore.render.figures.live import embedded as element
from mathcore.render.figures.programs import Letters, computed, program, started
from mathcore.render.figures.value import Figure, Slider
from mathcore.render.figures.words import mapped

FOLDER, EXACT = "figures", "exact.json"

# a formula with its definitions and sizes, for given letters, in exact arithmetic; and such a value in decimals
Exactly = Callable[[Expr, Mapping[str, Definition], Mapping[str, int], Letters], Any]
Decimals = Callable[[Any], Any]


def embedded(name: str, directory: Path, words: Callable[[str], str] = str) -> str:
    """HTML of a figure with its picture and exact values as they lie in `directory`; `words` translates what people read."""
    figure, path = mapped(load(name), words), directory / FOLDER / f"{name}.svg"
    static = path.read_text(encoding="utf-8") if path.exists() else ""
    return element(figure, static, _stored(directory / FOLDER / EXACT).get(name, ()))


@cache
def _stored(path: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def write_figures(directory: Path, write: Callable[[Path, str], None], exactly: Exactly, decimals: Decimals) -> list[Path]:
    """Write what has changed; pictures only where matplotlib is installed. Returns the files written."""
    exact = exact_text({name: exact_points(load(name), exactly, decimals) for name in names()})
    written = _written(directory, write, {EXACT: exact, **_drawn(names())})
    for path in (directory / FOLDER).glob("*.svg"):
        if path.stem not in names():
            path.unlink()
    return written


def write_pictures(directory: Path, write: Callable[[Path, str], None], wanted: Collection[str]) -> list[Path]:
    """The same of some figures, without their exact values."""
    return _written(directory, write, _drawn(wanted))


def _drawn(wanted: Iterable[str]) -> dict[str, str]:
    try:
        return {f"{name}.svg": drawing.svg(load(name)) for name in wanted}
    except ImportError:  # those that are there stay
        return {}


def _written(directory: Path, write: Callable[[Path, str], None], texts: Mapping[str, str]) -> list[Path]:
    written = []
    for name, text in texts.items():
        path = directory / FOLDER / name
        if not path.exists() or path.read_bytes() != text.encode():
            write(path, text)
            written.append(path)
    return written


def exact_text(points: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Line by line, so that a change shows where it is."""
    rows = ",\n".join(
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(p, ensure_ascii=False, allow_nan=False) for p in of) + "\n]"
        for name, of in sorted(points.items())
    )
    return f"{{\n{rows}\n}}\n"


def exact_points(figure: Figure, exactly: Exactly, decimals: Decimals) -> list[dict[str, Any]]:
    """Every value of a figure at a few places of its sliders, and its functions at theirs, as decimals."""
    made = program(figure)

    def of(name: str, letters: Letters) -> Any:
        return exactly(made.trees[name], made.definitions, made.sizes, letters)

    points = []
    for moved in places(figure):
        letters = computed(figure, started(figure, moved), of)
        given = set(started(figure))
        functions = [
            (f.letter, at, decimals(of(f.letter, {**letters, **dict(zip(f.arguments, at, strict=True))})))
            for f in figure.functions
            for at in f.at
        ]
        values = {place: decimals(v) for name, value in letters.items() if name not in given for place, v in _few(name, value)}
        points.append({"at": moved, "values": values, "functions": functions})
    return points


LONG = 8  # entries of a list of which all are compared


def _few(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The value; of a long list its first entry, one in the middle, and the last, on which a walk's others have worked."""
    if not isinstance(value, list) or len(value) <= LONG:
        yield name, value
        return
    for place in (1, len(value) // 2, len(value)):
        yield f"{name}[{place}]", value[place - 1]


def places(figure: Figure) -> Iterator[dict[str, float]]:
    """Where the sliders start, at both ends, and at three places between."""
    yield {s.letter: s.start for s in figure.sliders}
    if figure.sliders:
        yield {s.letter: s.low if not s.names else 1 for s in figure.sliders}
        yield {s.letter: s.high if not s.names else len(s.names) for s in figure.sliders}
        for number in (1, 2, 3):
            yield {s.letter: _between(s, number * 0.618 + k * 0.382) for k, s in enumerate(figure.sliders)}


def _between(slider: Slider, part: float) -> float:
    share = part % 1
    if slider.names:
        return 1 + int(share * len(slider.names))
    if slider.logarithmic:
        return float(f"{slider.low * (slider.high / slider.low) ** share:.3g}")
    steps = round(share * (slider.high - slider.low) / slider.step)
    return float(f"{slider.low + steps * slider.step:.12g}")

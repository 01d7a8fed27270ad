"""Errors over the domain as a picture: what was measured of ours and of others (JSON), drawn as SVG that follows the theme."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from mathcore.translation import N_, _, drawn

FOLDER = "accuracy"
LOST = 4.5e15  # ULP of a float64, about 2^52: from here on no digit is right
LEAST = 0.1  # ULP: below it nothing is told apart
NAMES = {"mathcore": "mathcore", "textbook": N_("plain NumPy"), "scipy": "SciPy", "torch": "torch"}
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 330, 60, 14, 14, 74


@dataclass(frozen=True)
class Errors:
    """The largest error in ULP at each place of the domain, for everybody who has the function; None: it gave no number."""

    card: str
    along: str  # what changes from left to right
    scale: str  # linear, log, or symlog: log on both sides of 0, and linear between `near` and -near
    near: float
    at: tuple[float, ...]
    ulps: dict[str, tuple[float | None, ...]]
    inputs: str  # how the inputs at one place were made
    versions: dict[str, str]

    @property
    def said(self) -> str:
        """What is to be seen, for who does not see it."""
        worst = "; ".join(f"{_(NAMES[who])}: {_worst(self, who)}" for who in self.ulps)
        told = _("Errors in ULP along {along}. Largest error of {worst}.")
        return told.format(along=drawn(self.along), worst=worst)


def _worst(errors: Errors, who: str) -> str:
    found = errors.ulps[who]
    place = max(range(len(found)), key=lambda i: math.inf if found[i] is None else found[i] or 0.0)
    top, at = found[place], f"{errors.at[place]:.3g}"
    if top is None:
        return _("no number at {place}").format(place=at)
    if top >= LOST:
        return _("no digit right at {place}").format(place=at)
    return _("{error} ULP at {place}").format(error=f"{top:.2g}" if top < 100 else f"{top:,.0f}", place=at)


def load(docs: Path, card: str) -> Errors | None:
    """What is stored beside the pages."""
    path = docs / FOLDER / f"{card}.json"
    return read(path.read_text(encoding="utf-8")) if path.exists() else None


def stored(docs: Path) -> dict[str, Errors]:
    """All that is stored, by card."""
    return {path.stem: read(path.read_text(encoding="utf-8")) for path in sorted((docs / FOLDER).glob("*.json"))}


def read(text: str) -> Errors:
    data = json.loads(text)
    ulps = {who: tuple(found) for who, found in data["ulps"].items()}
    return Errors(**{**data, "at": tuple(data["at"]), "ulps": ulps})


def written(errors: Errors) -> str:
    """One list a line: a change of one number is one line."""
    head = {"card": errors.card, "along": errors.along, "scale": errors.scale, "near": errors.near}
    head |= {"inputs": errors.inputs, "versions": errors.versions}
    lines = [f' "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in head.items()]
    lines.append(f' "at": {json.dumps(errors.at)}')
    found = ",\n".join(f'  "{who}": {json.dumps(ulps)}' for who, ulps in errors.ulps.items())
    return "{\n" + ",\n".join(lines) + ',\n "ulps": {\n' + found + "\n }\n}\n"


# the picture ----------------------------------------------------------------------------------------------------------

COLOURS = {  # a colour for light and one for dark, and a mark of its own: no colour is needed to tell them apart
    "mathcore": ("#0b57a4", "#7db8ff"),
    "textbook": ("#8a5a00", "#e3b341"),
    "scipy": ("#9b2c5e", "#ff9ecb"),
    "torch": ("#256029", "#7fd48a"),
}
MARKS: dict[str, Callable[[float, float], str]] = {
    "mathcore": lambda x, y: f"M{x - 2:.1f} {y:.1f}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z",
    "textbook": lambda x, y: f"M{x - 3:.1f} {y - 3:.1f}h6v6h-6z",
    "scipy": lambda x, y: f"M{x:.1f} {y - 4.2:.1f}l4 7h-8z",
    "torch": lambda x, y: f"M{x:.1f} {y - 4.6:.1f}l4.6 4.6l-4.6 4.6l-4.6 -4.6z",
}


def _style(of: str, dark: bool) -> str:
    ink, grid, axis = ("#ddd", "#444", "#aaa") if dark else ("#222", "#ccc", "#555")
    others = "".join(f"{of} .{who}{{stroke:{pair[dark]}}}" for who, pair in COLOURS.items())
    ours = f"{of} .mathcore{{fill:{COLOURS['mathcore'][dark]}}}"
    return f"{of} text{{fill:{ink}}}{of} .grid{{stroke:{grid}}}{of} .axis{{stroke:{axis}}}{others}{ours}"


SHAPES = ".errors text{font:13px sans-serif}.errors path{fill:none}.errors .whose{stroke-width:1.2}"
SYSTEM = f"<style>{SHAPES}{_style('.errors', False)}@media(prefers-color-scheme:dark){{{_style('.errors', True)}}}</style>"
THEME = (  # a page may have a choice of its own
    f"<style>{SHAPES}{_style('.errors', False)}@media(prefers-color-scheme:dark){{"
    f"{_style('body:not([data-theme=light]) .errors', True)}}}{_style('body[data-theme=dark] .errors', True)}</style>"
)


def drawing(errors: Errors) -> str:
    """The picture as a file of its own: light or dark as the system has it."""
    return _svg(errors, f' xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"', SYSTEM) + "\n"


def inline(errors: Errors) -> str:
    """The picture inside a page: light or dark as the page has it."""
    return _svg(errors, f' role="img" aria-label="{escape(errors.said, quote=True)}"', THEME)


def _svg(errors: Errors, more: str, style: str) -> str:
    return f'<svg class="errors"{more} viewBox="0 0 {WIDTH} {HEIGHT}">{style}{"".join(_parts(errors))}</svg>'


def _parts(errors: Errors) -> Iterator[str]:
    bottom, top = HEIGHT - BOTTOM, _top(errors)
    for power in range(0, round(math.log10(top)) + 1, 3 if top > FEW else 1):
        y = _y(10.0**power, top)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_power(power)}</text>'
    across = _across(errors)
    for value in _ticks(errors):
        x = across(value)
        yield f'<path class="axis" d="M{x:.1f} {bottom}v5"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 19}" text-anchor="middle">{value:g}</text>'
    yield f'<path class="axis" d="M{LEFT} {TOP}V{bottom}H{WIDTH - RIGHT}"/>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2:g}" y="{bottom + 38}" text-anchor="middle">{escape(drawn(errors.along))}</text>'
    for who in reversed(tuple(errors.ulps)):  # ours on top
        yield f'<path class="whose {who}" d="{"".join(_marks(errors, who, across, top))}"/>'
    step = (WIDTH - LEFT) / len(errors.ulps)
    for place, who in enumerate(errors.ulps):
        x, y = LEFT + place * step + 6, HEIGHT - 12
        yield f'<path class="whose {who}" d="{MARKS[who](x, y - 4)}"/><text x="{x + 10:.1f}" y="{y}">{_(NAMES[who])}</text>'


FEW = 10.0**4


def _top(errors: Errors) -> float:
    """Of the axis: all digits, or a few of them where nobody loses more."""
    everybody = [LOST if ulps is None else ulps for found in errors.ulps.values() for ulps in found]
    return FEW if max(everybody) < FEW / 3 else LOST


def _power(power: int) -> str:
    return "1 ULP" if power == 0 else str(10**power) if power < 4 else f"1e{power}"


def _marks(errors: Errors, who: str, across: Callable[[float], float], top: float) -> Iterable[str]:
    for at, ulps in zip(errors.at, errors.ulps[who], strict=True):
        yield MARKS[who](across(at), _y(LOST if ulps is None else ulps, top))


def _y(ulps: float, top: float) -> float:
    low, high = math.log10(LEAST), math.log10(top)
    share = (math.log10(min(max(ulps, LEAST), top)) - low) / (high - low)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP - 4)


def _across(errors: Errors) -> Callable[[float], float]:
    along = _along(errors)
    first, last = along(errors.at[0]), along(errors.at[-1])
    return lambda value: LEFT + 8 + (along(value) - first) / (last - first) * (WIDTH - LEFT - RIGHT - 16)


def _along(errors: Errors) -> Callable[[float], float]:
    if errors.scale == "linear":
        return lambda value: value
    if errors.scale == "log":
        return math.log10
    return lambda value: math.copysign(math.log10(1 + abs(value) / errors.near), value)


def _ticks(errors: Errors) -> Iterable[float]:
    first, last = errors.at[0], errors.at[-1]
    if errors.scale == "linear":
        return [first + (last - first) * part / 5 for part in range(6)] if last - first != 1 else [0.0, 0.25, 0.5, 0.75, 1.0]
    if errors.scale == "log":
        powers = range(math.ceil(math.log10(first)), math.floor(math.log10(last)) + 1)
        return [10.0**power for power in powers][:: max(1, len(powers) // 6)]
    powers = range(math.ceil(math.log10(errors.near)) + 1, math.floor(math.log10(last)) + 1)
    outside = [10.0**power for power in powers][::-1][:: max(1, len(powers) // 3)][::-1]
    return [*(-value for value in reversed(outside)), 0.0, *outside]

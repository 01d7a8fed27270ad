"""Which formula rests on which, as a picture whose every formula is a link: SVG in the page, in the colours of its theme."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from html import escape

from mathcore.evidence import Evidence
from mathcore.formulas import load
from mathcore.render import summary as s
from mathcore.translation import _, words

WIDTH, HEIGHT, ACROSS, DOWN = 172, 38, 208, 46  # a box, and from one box to the next
EDGE = 8


def picture(judged: Mapping[str, Evidence]) -> str:
    """The whole graph. A line that other lines imply is left out; a formula without lines is not drawn."""
    uses = {name: {used for used in load(name).uses if used in judged} for name in judged}
    lines = reduced(uses)
    drawn = {name for name in lines if lines[name] or any(name in rests for rests in lines.values())}
    lines = {name: rests for name, rests in lines.items() if name in drawn}
    columns = ordered(lines)
    places = {name: (x, y) for x, column in enumerate(columns) for y, name in enumerate(column)}
    tallest = max(map(len, columns))
    offsets = [(tallest - len(column)) * DOWN / 2 for column in columns]

    def corner(name: str) -> tuple[float, float]:
        x, y = places[name]
        return EDGE + x * ACROSS, EDGE + y * DOWN + offsets[x]

    width, height = 2 * EDGE + (len(columns) - 1) * ACROSS + WIDTH, 2 * EDGE + (tallest - 1) * DOWN + HEIGHT
    drawn_lines = [_line(used, name, corner(used), corner(name)) for name in sorted(lines) for used in sorted(lines[name])]
    boxes = [_box(name, *corner(name), s.row(judged[name]).status, lines) for column in columns for name in column]
    svg = (
        f'<svg class="rests-on" viewBox="0 0 {width} {height:g}" width="{width}" height="{height:g}" role="group" '
        f'aria-label="{escape(_("Each formula with the formulas that it rests on to its left"), quote=True)}">'
        f'<g class="lines" aria-hidden="true">{"".join(drawn_lines)}</g>{"".join(boxes)}</svg>'
    )
    return f'```{{raw}} html\n<div class="graph scrolls">{svg}</div>\n```'


def reduced(uses: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Without what already follows: where b rests on a, and c on both, c is drawn beside b alone."""
    below: dict[str, set[str]] = {}

    def under(name: str) -> set[str]:
        if name not in below:
            below[name] = set().union(*({used} | under(used) for used in uses[name]))
        return below[name]

    return {name: {one for one in uses[name] if not any(one in under(other) for other in uses[name])} for name in uses}


def ordered(lines: Mapping[str, set[str]]) -> list[list[str]]:
    """Columns from left to right, each formula right of all that it rests on and near to them: a few sweeps of means."""
    depth: dict[str, int] = {}

    def column_of(name: str) -> int:
        if name not in depth:
            depth[name] = 1 + max(map(column_of, lines[name]), default=-1)
        return depth[name]

    columns: list[list[str]] = [[] for _ in range(1 + max(map(column_of, lines)))]
    for name in sorted(lines):
        columns[column_of(name)].append(name)
    above: dict[str, set[str]] = {name: {user for user in lines if name in lines[user]} for name in lines}
    for _sweep in range(12):
        for neighbours in (lines, above):
            place = {name: y - len(column) / 2 for column in columns for y, name in enumerate(column)}
            for column in columns:
                means = {
                    n: sum(place[o] for o in neighbours[n]) / len(neighbours[n]) if neighbours[n] else place[n] for n in column
                }
                column.sort(key=lambda name: (means[name], name))
    return columns


def _line(used: str, name: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    x, y, to_x, to_y = start[0] + WIDTH, start[1] + HEIGHT / 2, end[0], end[1] + HEIGHT / 2
    bend = (to_x - x) / 2
    path = f"M{x:g} {y:g}C{x + bend:g} {y:g} {to_x - bend:g} {to_y:g} {to_x:g} {to_y:g}"
    return f'<path d="{path}" data-from="{used}" data-to="{name}"/>'


def _box(name: str, x: float, y: float, status: str, lines: Mapping[str, set[str]]) -> str:
    title, mark = words(load(name).title), "✓" if status == "proved" else "?"
    rests = ", ".join(words(load(used).title) for used in sorted(lines[name]))
    said = _("{title}: {status}; rests on {rests}") if rests else _("{title}: {status}")
    said = said.format(title=f"{mark} {title}", status=_(status), rests=rests)
    written = textwrap.wrap(f"{mark} {title}", SIGNS)
    top = y + (HEIGHT - LINE * len(written)) / 2 + 11.5
    rows = " ".join(f'<tspan x="{x + 8:g}" y="{top + LINE * n:g}">{escape(one)}</tspan>' for n, one in enumerate(written))
    return (
        f'<a href="formulas/{name}.html" data-name="{name}" class="{"proved" if status == "proved" else "open"}" '
        f'aria-label="{escape(said, quote=True)}">'
        f'<rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="5"/><text>{rows}</text></a>'
    )


SIGNS, LINE = 26, 15  # of a title that fit into a line, and from line to line

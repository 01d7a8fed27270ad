"""A figure for a browser: its description and printed functions for the one runtime, and the element that holds it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from mathcore.language.printers.javascript import PRELUDE
from mathcore.render.figures.programs import Program, program, state
from mathcore.render.figures.value import Figure, Heat, Mark, Value
from mathcore.render.figures.wording import told

SCRIPT, STYLE = "mathcore-figures.js", "mathcore-figures.css"


@cache
def runtime() -> str:
    """The one script that all figures share."""
    own = (Path(__file__).parent / "figures.js").read_text(encoding="utf-8")
    return f'(() => {{\n"use strict";\n{PRELUDE}{own}}})();\n'


@cache
def style() -> str:
    """The one style sheet: its colours are variables that a theme may set."""
    return (Path(__file__).parent / "figures.css").read_text(encoding="utf-8")


def assets() -> dict[str, str]:
    """The files that a page with figures loads, by name."""
    return {SCRIPT: runtime(), STYLE: style()}


def embedded(figure: Figure, static: str = "", exact: Sequence[Mapping[str, Any]] = ()) -> str:
    """HTML of a figure: `static`, an SVG, until the script runs; what it says; its description for the script."""
    picture = f'<div class="mathcore-static">{inline(static)}</div>' if static else ""
    return (
        f'<figure class="mathcore-figure" id="figure-{figure.name}" data-figure="{figure.name}">{picture}'
        f'<p class="mathcore-says">{escape(told(state(figure)))}</p>'
        f"<figcaption><strong>{escape(figure.title)}.</strong> {escape(figure.sees)}</figcaption>"
        f"<script>{pushed(figure, exact)}</script></figure>"
    )


def inline(svg: str) -> str:
    """A picture inside a page: its own style, which speaks of light and dark, gives way to that of the page."""
    return re.sub(r"<style>.*?</style>", "", svg, count=1, flags=re.DOTALL).strip()


def pushed(figure: Figure, exact: Sequence[Mapping[str, Any]] = ()) -> str:
    """The description of a figure as a script, which may run before or after the runtime."""
    made = program(figure)
    data = json.dumps(description(figure, exact), ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    functions = ",".join(f"{json.dumps(name)}:{made.javascript(name)}" for name in made.trees)
    return f"(globalThis.mathcoreFigures=globalThis.mathcoreFigures||[]).push({{...{data},functions:(_)=>({{{functions}}})}})"


def description(figure: Figure, exact: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """All of a figure but its functions, as JSON."""
    made = program(figure)
    return {
        "name": figure.name,
        "title": figure.title,
        "sees": figure.sees,
        "says": figure.says,
        "again": figure.again,
        "fixed": {f.letter: f.value for f in figure.fixed},
        "sliders": [asdict(s) for s in figure.sliders],
        "steps": [
            s.letter
            if isinstance(s, Value)
            else {"steps": s.steps, "count": s.count, "moving": [(m.letter, m.path) for m in s.moving]}
            for s in figure.values
        ],
        "uses": _uses(made),
        "panels": [{**asdict(p), "marks": [_mark(m) for m in p.marks]} for p in figure.panels],
        "range": spread(figure),
        "exact": list(exact),
    }


def spread(figure: Figure) -> float:
    """The range of a figure: its shortest axis with values."""
    return min((p.y.high - p.y.low for p in figure.panels if not p.bare), default=1.0)


def _uses(made: Program) -> dict[str, list[str]]:
    """Of functions that are maps: what they depend on, so that a map is drawn again only where it changes."""
    maps = {m.function for p in made.figure.panels for m in p.marks if isinstance(m, Heat)}
    return {name: made.uses(name) for name in sorted(maps)}


def _mark(mark: Mark) -> dict[str, Any]:
    return {"kind": type(mark).__name__.lower(), **asdict(mark)}

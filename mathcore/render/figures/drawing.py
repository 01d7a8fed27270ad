"""A figure drawn by matplotlib, with its sliders where they start: `card.plot()`, and the SVG files of the pages."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from typing import Any

from mathcore.render.figures import value as f
from mathcore.render.figures.programs import State, state
from mathcore.render.figures.wording import described, filled, number

INKS = ("#24292f", "#1f5fbf", "#b93815", "#04704f", "#6d3bc7", "#8a5a00", "#59636e")
IN_THE_DARK = ("#e6edf3", "#7ab0ff", "#ff9b73", "#4fd1a5", "#c4a5ff", "#e6c35c", "#9aa4ae")
PAPER, DARK_PAPER = "#fefefe", "#131416"  # behind labels; no ink has these values
WIDTH = 4.7  # inches of a panel, at 72 points
POINTS = 161  # of a curve
GRID = 31  # of a map, in each direction


def draw(figure: f.Figure) -> Any:
    """A matplotlib figure. Raises ImportError, which names the extra, where matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure as Canvas
    except ImportError as error:
        raise ImportError('A figure is drawn by matplotlib. Install it with pip install "mathcore[plot]".') from error
    at = state(figure)
    columns = min(2, len(figure.panels))
    rows = [figure.panels[k : k + columns] for k in range(0, len(figure.panels), columns)]
    heights = [max(p.tall for p in row) * WIDTH + 0.35 for row in rows]
    canvas: Any = Canvas(figsize=(WIDTH * max(columns, 1.15), sum(heights)), layout="constrained")
    canvas.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
    canvas.patch.set_alpha(0)
    grid = canvas.add_gridspec(len(rows), columns, height_ratios=heights)
    for j, row in enumerate(rows):
        for k, panel in enumerate(row):
            _Panel(canvas.add_subplot(grid[j, k]), panel, at).draw()
    return canvas


class _Panel:
    def __init__(self, axes: Any, panel: f.Panel, at: State) -> None:
        self.axes, self.panel, self.at = axes, panel, at
        self.labels: list[tuple[Any, str]] = []

    def draw(self) -> None:
        axes, panel = self.axes, self.panel
        axes.set_xlim(panel.x.low, panel.x.high)
        axes.set_ylim(panel.y.low, panel.y.high)
        axes.set_box_aspect(panel.tall if panel.bare or panel.tall >= 0.9 else None)
        axes.set_facecolor("none")
        if panel.bare:
            axes.set_axis_off()
        else:
            self.frame()
        for number_, mark in enumerate(panel.marks):
            _DRAWN[type(mark)](self, mark, number_ + 3)
        if panel.words:
            axes.set_title(panel.words, loc="left", pad=24 if self.labels else 6)
        if self.labels:
            signs, words = zip(*self.labels, strict=True)
            columns = 3 if sum(map(len, words)) < 34 else 2
            axes.legend(signs, words, loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, frameon=False, borderaxespad=0.2,
                        columnspacing=1.2, handlelength=1.6)  # fmt: skip

    def frame(self) -> None:
        axes, panel = self.axes, self.panel
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_color(INKS[6])
        axes.tick_params(length=0)
        axes.grid(True, color=INKS[6], alpha=0.25, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(panel.x.words)
        axes.set_ylabel(panel.y.words)
        for axis, place in ((panel.x, axes.xaxis), (panel.y, axes.yaxis)):
            if axis.ticks is not None:
                pairs = [tick if isinstance(tick, tuple) else (tick, number(tick, "g4")) for tick in axis.ticks]
                place.set_ticks([p[0] for p in pairs], labels=[p[1] for p in pairs])

    def places(self, *places: str) -> list[Any]:
        return [self.at.at(place) for place in places]

    def labelled(self, sign: Any, words: str) -> None:
        if words:
            self.labels.append((sign, words))


def _curve(p: _Panel, m: f.Curve, layer: int) -> None:
    low = p.at.at(m.low) if m.low else p.panel.x.low
    high = p.at.at(m.high) if m.high else p.panel.x.high
    of, room = p.at.function(m.function), 3 * (p.panel.y.high - p.panel.y.low)
    xs = [low + k / (POINTS - 1) * (high - low) for k in range(POINTS)]
    ys = [y if abs(y) < abs(p.panel.y.high) + room else math.nan for y in map(of, xs)]
    (line,) = p.axes.plot(xs, ys, color=INKS[m.ink], linewidth=2, linestyle=(0, (4, 3)) if m.dashed else "-", zorder=layer)
    p.labelled(line, m.words)


def _bars(p: _Panel, m: f.Bars, layer: int) -> None:
    values, wide = p.at.at(m.values), 0.72 / m.groups
    places = [k + 1 - 0.36 + (m.place + 0.5) * wide for k in range(len(values))]
    bars = p.axes.bar(places, values, wide * 0.94, color=INKS[m.ink], alpha=0.8, zorder=layer)
    p.labelled(bars, m.words)
    if m.digits >= 0:
        for x, y in zip(places, values, strict=True):
            end = max(p.panel.y.low, min(p.panel.y.high, y))
            up = y >= 0
            p.axes.annotate(number(y, str(m.digits)), (x, end), (0, 3 if up else -3), textcoords="offset points", ha="center",
                            va="bottom" if up else "top", annotation_clip=False, fontsize=10, zorder=20)  # fmt: skip


def _dots(p: _Panel, m: f.Dots, layer: int) -> None:
    xs, ys = (_listed(v) for v in p.places(m.x, m.y))
    labels = _listed(p.at.at(m.label)) if m.label else [0] * len(xs)
    for label, marker in ((0, "o"), (1, "s")):
        chosen = [(x, y) for x, y, own in zip(xs, ys, labels, strict=True) if own == label]
        if chosen:
            (line,) = p.axes.plot(*zip(*chosen, strict=True), marker, color=INKS[m.ink + label], markersize=1.5 * m.size,
                                  markeredgecolor=PAPER, markeredgewidth=0.7, zorder=layer)  # fmt: skip
            p.labelled(line, m.words if label == 0 else "")


def _path(p: _Panel, m: f.Path, layer: int) -> None:
    xs, ys = p.places(m.x, m.y)
    end = int(p.at.at(m.upto)) + 1 if m.upto else len(xs)
    (line,) = p.axes.plot(xs[:end], ys[:end], color=INKS[m.ink], linewidth=1.5, linestyle=(0, (4, 3)) if m.dashed else "-",
                          marker="o" if m.dots else "", markersize=4, markeredgewidth=0, zorder=layer)  # fmt: skip
    p.labelled(line, m.words)


def _segment(p: _Panel, m: f.Segment, layer: int) -> None:
    ends = [_listed(v) for v in p.places(m.x, m.y, m.to_x, m.to_y)]
    style = (0, (4, 3)) if m.dashed else "-"
    line = None
    for k in range(max(map(len, ends))):
        x, y, u, w = (e[k if len(e) > 1 else 0] for e in ends)
        if m.arrow:
            arrow = {"arrowstyle": "->", "color": INKS[m.ink], "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
            p.axes.annotate("", (u, w), (x, y), zorder=layer, arrowprops=arrow)
        (line,) = p.axes.plot([x, u], [y, w], color=INKS[m.ink], linewidth=1.5, linestyle=style, zorder=layer)
    p.labelled(line, m.words)


def _heat(p: _Panel, m: f.Heat, layer: int) -> None:
    from matplotlib.patches import Polygon, Rectangle

    x, y, of = p.panel.x, p.panel.y, p.at.function(m.function)
    xs = [x.low + k / (GRID - 1) * (x.high - x.low) for k in range(GRID)]
    ys = [y.low + k / (GRID - 1) * (y.high - y.low) for k in range(GRID)]
    inside = m.low + 1e-9 * (m.high - m.low)  # what is lowest belongs to the lowest band
    values = [[min(max(v, inside), m.high) if not math.isnan(v := of(a, b)) else m.low for a in xs] for b in ys]
    levels = [m.low + k / m.bands * (m.high - m.low) for k in range(m.bands + 1)]
    shades = [(*_rgb(INKS[m.ink]), 0.04 + 0.72 * k / m.bands) for k in range(m.bands)]
    filled_ = p.axes.contourf(xs, ys, values, levels=levels, colors=shades, zorder=1)
    lines = p.axes.contour(xs, ys, values, levels=levels[1:-1], colors=[INKS[0]], linewidths=0.5, alpha=0.45, zorder=2)
    if m.corners:
        triangle = Polygon(m.corners, closed=True, fill=False, edgecolor=INKS[6], zorder=3)
        p.axes.add_patch(triangle)
        for drawn in (filled_, lines):
            drawn.set_clip_path(triangle)
    p.labelled(Rectangle((0, 0), 1, 1, color=INKS[m.ink], alpha=0.7), m.words)


def _handle(p: _Panel, m: f.Handle, layer: int) -> None:
    x, y = p.places(m.x, m.y)
    p.axes.plot([x], [y], "o", color=INKS[m.ink], markersize=9, markeredgecolor=PAPER, clip_on=False, zorder=19)


def _note(p: _Panel, m: f.Note, layer: int) -> None:
    x, y = p.places(m.x, m.y)
    side = {"start": "left", "middle": "center", "end": "right"}[m.anchor]
    p.axes.text(x, y, filled(m.words, p.at), ha=side, va="center", color=INKS[m.ink], zorder=20)


def _cells(p: _Panel, m: f.Cells, layer: int) -> None:
    from matplotlib.patches import Rectangle

    rows = p.at.at(m.values)
    most = max([1e-9, *(abs(v) for row in rows for v in row)])
    wide = 1 / len(rows[0])
    tall = 1 / len(rows)
    place = p.axes.transAxes
    for k, words in enumerate(m.columns):
        p.axes.text((k + 0.5) * wide, 1.02, words, ha="center", va="bottom", transform=place)
    for j, row in enumerate(rows):
        low = 1 - (j + 1) * tall
        if m.rows:
            p.axes.text(-0.02, low + tall / 2, filled(m.rows[j], p.at), ha="right", va="center", transform=place)
        for k, v in enumerate(row):
            shade = (*_rgb(INKS[m.ink + (v < 0)]), 0.05 + 0.5 * abs(v) / most)
            box = Rectangle((k * wide, low), wide, tall, facecolor=shade, edgecolor=INKS[6], linewidth=0.6, transform=place)
            p.axes.add_patch(box)
            p.axes.text((k + 0.5) * wide, low + tall / 2, number(v, str(m.digits)), ha="center", va="center", transform=place)


def _network(p: _Panel, m: f.Network, layer: int) -> None:
    for link in m.links:
        a, b, weight = m.nodes[link.start], m.nodes[link.end], p.at.at(link.weight)
        style = (0, (4, 3)) if weight < 0 else "-"
        p.axes.plot([a.x, b.x], [a.y, b.y], color=INKS[2 if weight < 0 else 1], linewidth=min(6, 0.6 + 1.3 * abs(weight)),
                    linestyle=style, zorder=3, solid_capstyle="round")  # fmt: skip
        if link.words:
            at = (a.x + link.at * (b.x - a.x), a.y + link.at * (b.y - a.y))
            p.axes.text(*at, filled(link.words, p.at), ha="center", va="center", fontsize=9.5, zorder=6, bbox=_PATCH)
    for n in m.nodes:
        p.axes.plot([n.x], [n.y], "o", markersize=34, markerfacecolor=PAPER, markeredgecolor=INKS[n.ink], zorder=7)
        if n.value:
            p.axes.text(n.x, n.y, filled(n.value, p.at), ha="center", va="center", fontsize=9.5, zorder=8)
        place, side = ((0, 20), "bottom") if n.above else ((0, -20), "top")
        p.axes.annotate(filled(n.words, p.at), (n.x, n.y), place, textcoords="offset points", ha="center", va=side,
                        fontsize=9.5, zorder=8, annotation_clip=False)  # fmt: skip


def _box(p: _Panel, m: f.Box, layer: int) -> None:
    from matplotlib.patches import Circle

    each, counts = 6, p.at.at(m.counts)
    p.axes.set_xlim(-0.2, each + 0.2)
    p.axes.set_ylim(-0.2, (each + 0.4) * p.panel.tall - 0.2)
    p.axes.plot([-0.1, -0.1, each + 0.1, each + 0.1], [4, -0.1, -0.1, 4], color=INKS[6], zorder=2)
    balls = [k for k, n in enumerate(counts) for _ in range(round(n))]
    for place, k in enumerate(balls):
        x, y = place % each + 0.5, place // each + 0.5
        ink = m.inks[k]
        p.axes.add_patch(Circle((x, y), 0.44, facecolor=(*_rgb(INKS[ink]), 0.35), edgecolor=INKS[ink], linewidth=1.3))
        p.axes.text(x, y, m.letters[k], ha="center", va="center")


_PATCH = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}

_DRAWN: dict[type, Callable[[_Panel, Any, int], None]] = {
    f.Curve: _curve, f.Bars: _bars, f.Dots: _dots, f.Path: _path, f.Segment: _segment, f.Heat: _heat, f.Handle: _handle,
    f.Note: _note, f.Cells: _cells, f.Network: _network, f.Box: _box,
}  # fmt: skip


def _listed(value: Any) -> list[float]:
    return value if isinstance(value, list) else [value]


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return red, green, blue


# the files of the pages -----------------------------------------------------------------------------------------------

SETTINGS = {
    "svg.hashsalt": "mathcore",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.labelsize": 10.5,
    "legend.fontsize": 10,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "text.color": INKS[0],
    "axes.labelcolor": INKS[0],
    "xtick.labelcolor": INKS[0],
    "ytick.labelcolor": INKS[0],
    "path.simplify_threshold": 0.3,
}


def svg(figure: f.Figure) -> str:
    """The picture as a file: small, the same bytes every time, its colours those of light or dark as the reader has it."""
    import matplotlib

    with matplotlib.rc_context(SETTINGS):
        canvas = draw(figure)
        file = io.StringIO()
        canvas.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _small(file.getvalue(), figure, matplotlib.__version__)


def _small(text: str, figure: f.Figure, version: str) -> str:
    """Without what no reader sees, numbers to a tenth of a point, colours by name."""
    from html import escape

    body = text[text.index("<svg") :]
    body = re.sub(r"\s*<metadata>.*?</metadata>", "", body, flags=re.S)
    body = re.sub(r"\s*<!--.*?-->", "", body, flags=re.S)
    body = re.sub(r'\s*<style type="text/css">.*?</style>', "", body, flags=re.S)
    body = re.sub(r' d="[^"]*"', lambda m: _path_in_short(m[0]), body)
    body = re.sub(r"-?\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}", body)
    body = _few_names(body, figure.name)
    for ink, colour in enumerate(INKS):
        body = _named(body, colour, f"--fig-{ink}")
    body = _named(body, PAPER, "--fig-paper")
    body = body.replace("font: ", "font:").replace(" 'DejaVu Sans', sans-serif", " system-ui,'DejaVu Sans',sans-serif")
    body = re.sub(r">\s+<", "><", body)
    light = ";".join(f"--fig-{k}:{c}" for k, c in enumerate(INKS)) + f";--fig-paper:{PAPER}"
    dark = ";".join(f"--fig-{k}:{c}" for k, c in enumerate(IN_THE_DARK)) + f";--fig-paper:{DARK_PAPER}"
    style = f"<style>svg{{{light}}}@media(prefers-color-scheme:dark){{svg{{{dark}}}}}</style>"
    head, rest = body.split(">", 1)
    head = re.sub(r' (width|height)="[^"]*"', "", head)
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', head)
    wide, high = (math.ceil(float(s)) for s in size.groups()) if size else (340, 240)
    words = f'role="img" aria-label="{escape(described(figure), quote=True)}"'
    head = f'{head} width="{wide}" height="{high}" stroke-linejoin="round" {words}'
    drawn = f"<!-- matplotlib {version} -->"
    return f"{head}><title>{escape(figure.title)}</title>{drawn}{style}{rest}\n"


def _path_in_short(path: str) -> str:
    """To a tenth of a point, without blanks that nothing needs."""
    path = re.sub(r"-?\d+\.\d+", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), path)
    return re.sub(r"\s*([MLCQZz])\s*", r"\1", path).replace("\n", " ")


def _few_names(text: str, figure: str) -> str:
    """Names only where something refers to them, and other ones in every figure: several may stand on one page."""
    used = list(dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', text)))
    text = re.sub(r' id="([^"]+)"', lambda m: m[0] if m[1] in used else "", text)
    for number_, name in enumerate(used):
        text = re.sub(rf'(id="|"#|url\(#){name}\b', rf"\g<1>{figure}{number_}", text)
    return text


def _named(text: str, colour: str, name: str) -> str:
    """The colour for programs that know no variables, and its name for those that do."""
    return re.sub(rf"(fill|stroke): {colour}", rf"\1:{colour};\1:var({name})", text)

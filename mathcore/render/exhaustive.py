"""What was found by trying every value of a format: the table of `mathcore verify --exhaustive`, and a part of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mathcore.evidence import Exhaustive
from mathcore.render.document import Block, Bullets, Code, Document, Inline, Line, Section, Strong, Table, filled, paragraph
from mathcore.translation import _, ngettext, sentence


def report(found: Sequence[Exhaustive], seconds: float, where: str) -> Document:
    """What the command prints: a row per function and format, where the largest error is, then every failure."""
    rows = tuple(((e.card,), *_cells(e)) for e in found)
    failed = [e for e in found if not e.held]
    tried = sum(e.inputs for e in found)
    verdict = "all held" if not failed else f"{len(failed)} of {len(found)} failed"
    blocks: list[Block] = [
        Table(("function", *HEADER), rows, "ll" + "r" * (len(HEADER) - 1)),
        paragraph(
            Strong(verdict),
            f": {tried:,} values tried, none left out; {sum(e.balls for e in found):,} judged by the exact value there.",
        ),
        Section("Largest errors", (Bullets(tuple((_largest(e), Code(e.where)) for e in found)),)),
        paragraph(f"In {seconds:.1f} s.", *((" Finished shards: ", Code(where)) if where else ())),
    ]
    notes = [(f"{e.card} {e.format}: {e.other_zeros:,} zeros have the other sign; {e.note}",) for e in found if e.note]
    if notes:
        blocks.insert(3, Bullets(tuple(dict.fromkeys(notes))))
    for e in failed:
        items: tuple[Line, ...] = tuple((Code(text),) for text in e.first)
        title = f"{e.card} {e.format}: {e.failures:,} of {e.inputs:,} values are beyond {e.bar:g} ULP or wrong in kind"
        blocks.append(Section(title, (Bullets(items),)))
    return Document("", tuple(blocks))


HEADER = ("format", "<= 0.5 ULP", "to bar", "beyond", "nan as due", "largest")


def _cells(e: Exhaustive) -> tuple[Line, ...]:
    rounded = sum(n for label, n in e.classes if _edge(label) <= 0.5)
    inside = sum(n for label, n in e.classes if 0.5 < _edge(label) <= e.bar)
    beyond = sum(n for _, n in e.classes) - rounded - inside
    return (
        (e.format,),
        (f"{rounded:,}",),
        (f"{inside:,}",),
        (f"{beyond:,}",) if not beyond else (Strong(f"{beyond:,}"),),
        (f"{e.nan:,}",),
        (f"{e.largest:.6g}",),
    )


def _edge(label: str) -> float:
    """The end of a class; beyond the last one there is none."""
    relation, _, edge = label.partition(" ")
    return float(edge) if relation == "<=" else float("inf")


def _largest(e: Exhaustive) -> Inline:
    return f"{e.card} {e.format}, {e.largest:.9g} ULP: "


def on_a_page(found: Iterable[Exhaustive]) -> tuple[Block, ...]:
    """The exhaustive part of a card's accuracy; nothing without results."""
    found = tuple(found)
    if not found:
        return ()
    first = found[0]
    classes = [label for label, _ in first.classes]
    for e in found[1:]:
        classes += [label for label, _ in e.classes if label not in classes]
    classes.sort(key=_edge)
    ends = [label.partition(" ")[2] for label in classes[:-1]]
    step = _("{low} to {high} ULP")
    between = [
        _("exact") if high == "0" else step.format(low=low, high=high) for low, high in zip(["0", *ends], ends, strict=False)
    ]
    beyond = _("beyond {bar} ULP").format(bar=ends[-1])
    header = (_("format"), _("values"), *between, beyond, _("nan, as due"), _("largest error"), _("outcome"))
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (
            (e.format,),
            (f"{e.inputs:,}",),
            *((f"{dict(e.classes).get(label, 0):,}",) for label in classes),
            (f"{e.nan:,}",),
            (f"{e.largest:.9g} ULP",),
            (Strong(_("exhaustive")),) if e.held else (Strong(_("failed")),),
        )
        for e in found
    )
    where: tuple[Line, ...] = tuple(
        filled(
            ngettext(
                "{format}: the largest error is at {input}; {count} result was judged by the exact value at that very input.",
                "{format}: the largest error is at {input}; {count} results were judged by the exact value at that very input.",
                e.balls,
            ),
            format=e.format,
            input=Code(e.where),
            count=f"{e.balls:,}",
        )
        for e in found
    )
    zeros = _("{format}: {count} zeros have the other sign; {reason}.")
    notes: tuple[Line, ...] = tuple(
        (zeros.format(format=e.format, count=f"{e.other_zeros:,}", reason=sentence(e.note)),) for e in found if e.note
    )
    failures: tuple[Line, ...] = tuple((Code(text),) for e in found for text in e.first)
    lead = _(
        "Every value of the format was tried, and every result judged: by polynomials with a proved bound, and exactly where "
        "these do not decide. This is no sample: on this platform it is so for every input."
    )
    return (
        paragraph(f"{lead} {_platform(first)}"),
        Table(header, rows, "l" + "r" * (len(header) - 2) + "l"),
        Bullets((*where, *notes, *failures)),
    )


def _platform(e: Exhaustive) -> str:
    found = e.environment
    places = {"numpy": found.get("numpy", "?"), "platform": found.get("platform", "?"), "cpu": found.get("cpu", "?")}
    return _("NumPy {numpy} on {platform}, with {cpu}.").format_map(places)

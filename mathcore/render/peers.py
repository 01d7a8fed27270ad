"""The grades of other libraries' functions as a table, for a terminal and for a page."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mathcore.evidence import Grade
from mathcore.render.document import Block, Bullets, Code, Document, Line, Table, paragraph


def grades(results: dict[str, Any]) -> Document:
    """A row a function, then what was found of those that are wrong."""
    functions = results["functions"]
    rows = tuple(
        ((Code(one["card"]),), (Code(one["function"]),), (one["grade"],), (_beyond(one),))
        for one in sorted(functions, key=_place)
    )
    blocks: list[Block] = [Table(("formula", "function", "grade", "beyond this card's bar"), rows)] if rows else []
    wrong: tuple[Line, ...] = tuple(
        (Code(one["function"]), f" as {one['card']}: {shown}") for one in functions for shown in one["findings"]
    )
    blocks += [Bullets(wrong)] if wrong else []
    counted = Counter(one["grade"] for one in functions)
    versions = ", ".join(f"{name} {number}" for name, number in sorted(results["versions"].items()))
    total = "; ".join(f"{counted[str(grade)]} {grade}" for grade in reversed(Grade) if counted[str(grade)])
    blocks.append(paragraph(f"{len(functions)} functions: {total}. {versions}, {results['machine']}."))
    return Document("", tuple(blocks))


def _place(one: dict[str, Any]) -> tuple[str, str]:
    return one["card"], one["function"]


def _beyond(one: dict[str, Any]) -> str:
    """The share of the outputs in float64 that are right, and beyond the bar of mathcore's own function."""
    parts = [
        f"{100 * one['beyond'][form] / one['outputs'][form]:.0f} % of {form}"
        for form in ("float64", "float32", "float16")
        if one["beyond"].get(form)
    ]
    return ", ".join(parts) or "none"

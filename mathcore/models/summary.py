"""A model's layers as a table: what goes in, what comes out, how many numbers are learned."""

from __future__ import annotations

from typing import Any, NamedTuple


class Layer(NamedTuple):
    """A dense layer: its outputs and how many weights and biases it learns."""

    name: str
    outputs: int
    weights: int
    biases: int


def summary(model: Any, layers: list[Layer]) -> str:
    """The table, as text."""
    rows = [("Layer", "Output shape", "Parameters")]
    rows += [("input", f"(N, {model.n_features_in_})", "0")]
    for layer in layers:
        parts = f"{layer.weights} + {layer.biases}" if layer.biases else f"{layer.weights}"
        total = layer.weights + layer.biases
        rows.append((layer.name, f"(N, {layer.outputs})", f"{parts} = {total}" if layer.biases else parts))
    total = sum(layer.weights + layer.biases for layer in layers)
    widths = [max(len(row[k]) for row in rows) for k in range(3)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    rule = "-" * max(map(len, lines))
    title = f"{type(model).__name__}: {total} numbers learned (weights + biases)"
    return "\n".join([title, rule, lines[0], rule, *lines[1:], rule])

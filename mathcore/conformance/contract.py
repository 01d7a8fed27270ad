"""What a numeric function promises besides digits: format and shape kept, input untouched, the same bits again and in a batch.

A row's result depends on that row alone: inside a batch, along the last axis or the first, it has the bits that it has
alone. Labels that name no class are refused, not wrapped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from mathcore.card import Card
from mathcore.conformance.accuracy import SEED, Case, cases, formats_of
from mathcore.conformance.subject import WHOLE, Broken, Subject, show, subject
from mathcore.evidence import Check
from mathcore.strategies.declared import Draw

ROWS = 5  # of a batch


def contract_checks(
    card: Card, function: Callable[..., Any] | str | Subject | None = None, *, own: bool = False, seed: int = SEED
) -> tuple[Check, ...]:
    """Format and shape, input, repetition; batches where the function takes an axis.

    Of mathcore's `own` functions also: batches without an axis, and labels that are refused.
    """
    tested = subject(card, function)
    own = own or function is None
    checks = [_single_calls(tested, seed)]
    if tested.has_axis or own:
        batch = batch_check(tested, seed)
        checks += [batch] if batch is not None else []
    if own:
        refused = refusal_check(tested, seed)
        checks += [refused] if refused is not None else []
    return tuple(checks)


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    """Equal bit for bit; any nan equals any nan."""
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    unsigned = f"u{a.dtype.itemsize}"
    bits = np.ascontiguousarray(a).view(unsigned) == np.ascontiguousarray(b).view(unsigned)
    return bool((bits | (np.isnan(a) & np.isnan(b))).all())


def _bits(values: list[Any]) -> list[bytes]:
    return [np.asarray(v).tobytes() for v in values]


def _sample(tested: Subject, dtype: str, seed: int) -> list[Case]:
    """A few cases of every family."""
    found: dict[str, list[Case]] = {}
    for case in cases(tested.card, dtype, "verify", seed):
        found.setdefault(case.family, []).append(case)
    return [c for family in found.values() for c in family[:2]]


def _single_calls(tested: Subject, seed: int) -> Check:
    name, count = "keeps format, shape and input; repeats its bits", 0
    for dtype in formats_of(tested):
        for case in _sample(tested, dtype, seed):
            arguments = tested.arguments(case.values)
            before = _bits(arguments)
            try:
                first = tested.apply(arguments)
                again = tested.call(case.values)
            except Broken as error:
                return _failed(name, f"{tested.shown(case.values)} {error}", count)
            count += 1
            if tested.floats and not tested.lists and first.dtype != np.dtype(dtype):
                return _failed(name, f"{tested.shown(case.values)} in {dtype} gives {first.dtype}", count)
            if _bits(arguments) != before:
                return _failed(name, f"{tested.shown(case.values)} changes its argument to {show(arguments[0])}", count)
            if not same_bits(first.reshape(again.shape), again):
                return _failed(name, f"{tested.shown(case.values)} gives {show(first)}, and called again {show(again)}", count)
    return Check("contract", name, bool(count), f"{count} calls" if count else "0 calls: nothing was checked", cases=count)


def _failed(name: str, what: str, count: int, **figures: Any) -> Check:
    return Check("contract", name, False, what, cases=count, counterexample=what, figures=figures)


# batches ----------------------------------------------------------------------------------------------------


def _batches(tested: Subject, dtype: str, seed: int) -> Iterator[list[Draw]]:
    """Inputs of one size, from different families, that differ only in what may differ between rows."""
    shared = [p for p in tested.parameters if not p.type.shape and p.type.domain not in WHOLE]
    elementwise = all(not p.type.shape for p in tested.parameters)
    groups: dict[Any, list[Draw]] = {}
    listed = cases(tested.card, dtype, "verify", seed)
    for case in [*listed[1::7], *listed[::5]]:
        sizes = tuple(v for s, v in case.values.items() if s.type.domain == "size")
        groups.setdefault(sizes, []).append(case.values)
    for rows in sorted(groups.values(), key=lambda g: sum(np.size(v) for v in g[0].values())):
        if len(rows) < 2:
            continue
        chosen = rows[:ROWS]
        if shared and not elementwise:
            chosen = [{**r, **{p: chosen[0][p] for p in shared}} for r in chosen]
        yield chosen


def _stacked(tested: Subject, rows: list[Draw], axis: int) -> list[Any]:
    elementwise = all(not p.type.shape for p in tested.parameters)
    arguments: list[Any] = []
    for p, *values in zip(tested.parameters, *[tested.arguments(r)[: len(tested.parameters)] for r in rows], strict=True):
        if p.type.shape:
            arguments.append(np.stack(values, axis=0 if axis == -1 else -1))
        else:
            together = elementwise or p.type.domain in WHOLE
            arguments.append(np.array(values) if together else values[0])
    return arguments + [int(rows[0][s]) for s in tested.free_sizes]


def batch_check(tested: Subject, seed: int = SEED) -> Check | None:
    """Rows of a batch against the same rows alone, bit for bit; None where the function reduces a batch as a whole.

    Where mathcore's own function has an axis and gives one value for a batch nevertheless, as accuracy does, that must be
    the mean of the rows' values.
    """
    name, count = "a row depends on that row alone, bit for bit", 0
    means = 0
    ranks = {len(p.type.shape) for p in tested.parameters}
    if tested.lists or max(ranks, default=0) > 1:
        return None
    for dtype in formats_of(tested):
        for rows in _batches(tested, dtype, seed):
            try:
                alone = np.stack([tested.call(r) for r in rows])
            except Broken:
                continue  # what breaks on a row is found elsewhere
            for axis in (-1, 0) if tested.has_axis else (-1,):
                arguments = _stacked(tested, rows, axis)
                call = f"{tested.name}({', '.join(show(a) for a in arguments)}{f', axis={axis}' if tested.has_axis else ''})"
                try:
                    together = tested.apply(arguments, **({"axis": axis} if tested.has_axis else {}))
                except Broken as error:
                    return _failed(name, f"{call} {error}", count)
                if axis == 0 and together.ndim == 2:
                    together = together.T
                if not tested.has_axis and together.shape != alone.shape:
                    return None
                count += 1
                if together.shape == () != alone.shape and _averages(tested.card, arguments, axis):
                    mean = alone.mean()
                    if not np.isclose(together, mean, rtol=1e-3, equal_nan=True):
                        return _failed(name, f"{call} gives {show(together)}; the mean of its rows is {show(mean)}", count)
                    means += 1
                    continue
                if together.shape != alone.shape:
                    return _failed(name, f"{call} gives shape {together.shape}, expected {alone.shape}", count)
                for row, one, other in zip(rows, alone, together, strict=True):
                    if not same_bits(np.asarray(one), np.asarray(other, dtype=other.dtype)):
                        what = f"{tested.shown(row)} gives {show(one)}; in a batch, with axis={axis}, it gives {show(other)}"
                        return _failed(name, what, count, far=not np.allclose(one, other, rtol=1e-3, equal_nan=True))
    if means:
        return Check("contract", "a batch gives the mean of its rows", True, f"{means} batches; no value a row", cases=means)
    return Check("contract", name, True, f"{count} batches", cases=count) if count else None


def _averages(card: Card, arguments: list[Any], axis: int) -> bool:
    """Whether mathcore's own function gives one value for this batch."""
    own = subject(card)
    return own.has_axis and own.apply(arguments, axis=axis).shape == ()


# refusals ---------------------------------------------------------------------------------------------------


def refusal_check(tested: Subject, seed: int = SEED) -> Check | None:
    """Labels that name no class must raise; None where there are no labels."""
    labels = [p for p in tested.parameters if p.type.domain == "index" and not p.type.shape]
    name, count = "refuses labels that name no class", 0
    if not labels:
        return None
    for case in _sample(tested, formats_of(tested)[0], seed)[:6]:
        for label in labels:
            size = case.values[label.type.over]  # type: ignore[index]  # a declared size
            for wrong in (0, size + 1):
                values = {**case.values, label: wrong}
                try:
                    result = tested.apply(tested.arguments(values))
                except Broken:
                    count += 1
                    continue
                return _failed(name, f"{tested.shown(values)} gives {show(result)}", count)
    return Check("contract", name, bool(count), f"{count} refused", cases=count)

"""Many inputs at once: batches of any size, and every axis that a function takes.

A row's result depends on that row alone. Of mathcore's own functions that is asked bit for bit, of others within what
they are held to. Where a function has no axis it may take a batch as one long input, or give the mean or the sum of
the rows' values: that is reported as a convention.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mathcore.conformance.accuracy import SEED, Case, bar_of, cases, first_failure, formats_of, length_cases, plain_case, seen
from mathcore.conformance.calls import Form
from mathcore.conformance.guard import TimedOut
from mathcore.conformance.outcomes import failed, held, said, same_bits
from mathcore.conformance.subject import ABSENT, OURS, WHOLE, Broken, Subject, observed, show, subject
from mathcore.evidence import Check, Standing
from mathcore.language import tree as t
from mathcore.strategies.declared import Draw

ROWS = 5  # of a batch
OFTEN = (3, 7, 40, 1003)  # rows of further batches, where one value comes of all
FEW = 3  # sizes of rows, where each is compiled anew
ENTRIES_APART = 31  # of a large array whose entries stand alone: both signs, small and large
MANY = 40_001  # rows of a large one
# of batches: a loop may go wrong at any one
SIZES = (1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 16, 20, 32, 33, 50, 64, 100, 128, 256, 1000, 20_000, MANY)
ENTRIES = 6  # that several axes hold together
TAKEN: tuple[tuple[tuple[int, int] | None, tuple[tuple[int, ...], ...]], ...] = (  # several axes, and the shapes of the arrays
    (None, ((2, 3), (3, 1, 2))),
    ((1, 2), ((1, 2, 3), (2, 2, 3))),
    ((0, 1), ((2, 3, 2),)),
)
ALONE = "a row depends on that row alone"


def _stackable(tested: Subject) -> bool:
    """Whether a batch can be made: of numbers or of vectors, as arrays."""
    return (
        tested.form in (Form.ARRAYS, Form.ROWS, Form.BATCH)
        and max((len(p.type.shape) for p in tested.parameters), default=0) <= 1
    )


def _batches(tested: Subject, dtype: str, seed: int, most: int = ROWS) -> Iterator[list[Draw]]:
    """Inputs of one size, from different families, that differ only in what may differ between rows."""
    shared = [p for p in tested.parameters if not p.type.shape and p.type.domain not in WHOLE]
    groups: dict[Any, list[Draw]] = {}
    listed = cases(tested.card, dtype, "normal", seed)
    for case in [*listed[1::7], *listed[::5]]:
        sizes = tuple(v for s, v in case.values.items() if s.type.domain == "size")
        groups.setdefault(sizes, []).append(case.values)
    for rows in sorted(groups.values(), key=lambda g: sum(np.size(v) for v in g[0].values())):
        if len(rows) < 3:
            continue  # of two rows the sum is the mean by one row less
        chosen = rows[:most]
        if shared and not tested.pointwise:
            chosen = [{**r, **{p: chosen[0][p] for p in shared}} for r in chosen]
        yield chosen
    for case in [c for c in listed if c.family == "long"][:2]:
        yield [_rolled(case.values, by) for by in range(3)]


def _rolled(row: Draw, by: int) -> Draw:
    """The same entries in another order: a long row beside itself."""
    return {s: np.roll(v, by, axis=-1) if isinstance(v, np.ndarray) and v.ndim else v for s, v in row.items()}


def stacked(tested: Subject, rows: list[Draw], axis: int) -> list[Any]:
    """The rows as one batch, along the last axis or the first."""
    arguments: list[Any] = []
    single = replace(tested, form=Form.ARRAYS) if tested.form is Form.BATCH else tested
    plain = [single.arguments(r)[: len(tested.parameters)] for r in rows]
    for p, *values in zip(tested.parameters, *plain, strict=True):
        if p.type.shape:
            arguments.append(np.stack(values, axis=0 if axis == -1 else -1))
        elif tested.pointwise or p.type.domain in WHOLE:
            arguments.append(np.array(values).reshape(len(rows)))
        else:
            arguments.append(values[0])
    return arguments + [int(rows[0][s]) for s in tested.free_sizes]


def some_batches(tested: Subject, seed: int = SEED) -> Iterator[list[Any]]:
    """The arguments of a batch, where one can be made."""
    if _stackable(tested):
        yield from (stacked(tested, rows, -1) for rows in itertools.islice(_batches(tested, tested.working, seed), 1))


def batch_check(tested: Subject, own: bool, seed: int = SEED) -> Check | None:
    """Rows of a batch against the same rows alone, along the last axis and the first; None where no batch can be made."""
    if not _stackable(tested):
        return None
    if not own and _of_sequences(tested, seed):
        return _no_batch("it returns Python's own lists or numbers").check
    compared = _Compared(tested, own)
    asked = list[tuple[str, list[Draw], np.ndarray]]()
    for dtype, rows, alone in _rows_alone(tested, own, seed):
        asked.append((dtype, rows, alone))
        for axis in (-1, 0, -2) if tested.has_axis else (-1,):
            if (final := compared.batch(rows, alone, axis, dtype)) is not None:
                return final.check
    if (compared.ways or compared.means) and not tested.each_shape:  # of many rows as well
        dtype, rows, alone = asked[0]
        for size in OFTEN:
            more = list(itertools.islice(itertools.cycle(rows), size))
            if (final := compared.batch(more, _repeated(alone, size), -1, dtype)) is not None:
                return final.check
    if compared.ways:
        return said("takes a batch", f"a batch {next(way for way in WAYS if way in compared.ways)}", Standing.CONVENTION)
    other = _as_a_table(tested, seed) if tested.pointwise else _columns_first(tested, own, seed)
    if other is not None:
        return other
    if means := compared.means:
        return Check("contract", "a batch gives the mean of its rows", True, f"{means} batches; no value a row", cases=means)
    return held(compared.name, compared.count, "batches") if compared.count else None


def _rows_alone(tested: Subject, own: bool, seed: int) -> Iterator[tuple[str, list[Draw], np.ndarray]]:
    """Rows for batches, with their format and what each gives alone."""
    for dtype in formats_of(tested):
        if not own and dtype != tested.working and (tested.each_shape or tested.narrow):
            continue
        groups = sorted(_batches(tested, dtype, seed), key=lambda rows: not own and _of_one(rows[0]))
        for rows in groups[: FEW if tested.each_shape else None if own or dtype == tested.working else 1]:
            try:
                alone = np.stack([tested.call(r) for r in rows])
            except Broken:
                continue  # what breaks on a row is found elsewhere
            yield dtype, rows, alone


@dataclass(frozen=True)
class _Final:
    """What ends the comparison; no check where no batch can be made."""

    check: Check | None


def _no_batch(why: str) -> _Final:
    return _Final(said("takes a batch", f"not a batch: {why}", Standing.UNSUPPORTED))


@dataclass
class _Compared:
    """What the batches of a function have shown so far."""

    tested: Subject
    own: bool
    count: int = 0
    means: int = 0
    ways: frozenset[str] | None = None  # to take a batch without an axis that all batches show

    @property
    def name(self) -> str:
        return f"{ALONE}, bit for bit" if self.own else ALONE

    def wrong(self, what: str, **figures: bool) -> _Final:
        return _Final(failed(self.name, what, self.count, **figures))

    def batch(self, rows: list[Draw], alone: np.ndarray, axis: int, dtype: str) -> _Final | None:
        if axis != -1 and self.ways:
            return None  # a value for all rows, whatever the axis
        tested, own = self.tested, self.own
        arguments = stacked(tested, rows, axis)
        call = _shown(tested, arguments, axis if tested.has_axis else ABSENT)
        try:
            together = tested.apply(arguments, axis if tested.has_axis else ABSENT)
        except Broken as error:
            return self.wrong(f"{call} {error}") if own or (self.count and tested.has_axis) else _no_batch(str(error))
        if axis != -1 and together.ndim == 2 and (together.shape != alone.shape or together.shape == alone.T.shape):
            together = together.T
        self.count += 1
        if axis == -1 and tested.has_axis and not own and _other_axis(tested, arguments, together):
            what = f"{call} gives {show(together)}; with axis=1, which is the same axis, it gives something else"
            return self.wrong(what, far=True)
        if together.shape != alone.shape:
            return self.of_other_shape(rows, alone, together, arguments, axis)
        return self.row_by_row(rows, alone, together, axis, dtype)

    def of_other_shape(
        self, rows: list[Draw], alone: np.ndarray, together: np.ndarray, arguments: list[Any], axis: int
    ) -> _Final | None:
        tested, own = self.tested, self.own
        call = _shown(tested, arguments, axis if tested.has_axis else ABSENT)
        if not own and np.isfinite(together).all() and not np.isfinite(alone).all():
            return None  # a row alone overflowed on the way: it shows nothing of a mean
        if not own and axis == -1:
            self.ways = _ways(tested, rows, together, alone) & (self.ways or frozenset(WAYS))
            if self.ways:
                return None
            if _of_vectors(tested, together, alone):
                return _no_batch(f"it gives shape {together.shape}")
            if not tested.has_axis and _takes_a_matrix_norm(tested, arguments):
                return _no_batch(f"{call} gives {show(together)}")
            return self.wrong(f"{call} gives {show(together)}: neither a value a row, nor their mean or sum", far=True)
        if together.shape == () and _averages(tested, arguments, axis):
            mean, overflowed = _means(alone)
            if not np.isclose(together, [mean, overflowed], rtol=1e-3, equal_nan=True).any():
                return self.wrong(f"{call} gives {show(together)}; the mean of its rows is {show(mean)}")
            self.means += 1
            return None
        if own and not tested.has_axis:
            return _Final(None)
        return self.wrong(f"{call} gives shape {together.shape}, expected {alone.shape}")

    def row_by_row(self, rows: list[Draw], alone: np.ndarray, together: np.ndarray, axis: int, dtype: str) -> _Final | None:
        tested, own = self.tested, self.own
        for row, one, other in zip(rows, alone, together, strict=True):
            if same_bits(np.asarray(one), np.asarray(other)) or (not own and _row_right(tested, row, one, other, dtype)):
                continue
            self.ways = (frozenset() if own else _ways(tested, rows, together, alone)) & (self.ways or frozenset(WAYS))
            if self.ways:
                return None
            near = np.allclose(one, other, rtol=1e-3, equal_nan=True)  # a row it is, with fewer digits
            if not (own or near or tested.has_axis or tested.pointwise or _of_rows(tested, rows, dtype)):
                there = f"not a batch of rows: {tested.shown(row)} gives {show(other)} there"
                return _Final(said("takes a batch", there, Standing.UNSUPPORTED))
            where = f", with axis={axis}," if tested.has_axis else ""
            return self.wrong(f"{tested.shown(row)} gives {show(one)}; in a batch{where} it gives {show(other)}", far=not near)
        return None


def _other_axis(tested: Subject, arguments: list[Any], along_last: np.ndarray) -> bool:
    """Whether axis=1 of a table, its last axis, is taken for another one."""
    if any(np.ndim(a) != 2 for a in arguments if isinstance(a, np.ndarray)):
        return False
    try:
        found = tested.apply(arguments, 1)
    except Broken:
        return False
    return found.shape != along_last.shape or not np.allclose(found, along_last, rtol=1e-3, equal_nan=True)


def _of_rows(tested: Subject, rows: list[Draw], dtype: str) -> bool:
    """Whether it takes rows, though not these: a batch of one row, repeated, comes out right, for two rows that differ."""
    right = list[np.ndarray]()
    for row in rows:
        length = max(np.size(v) for v in row.values())
        if length == 1 or any(np.array_equal(tested.call(row), one) for one in right):
            continue
        repeated = (_repeatedly(tested, row, times, dtype) for times in (3, 4, 7) if times != length)  # not as many as entries
        together = next((output for output in repeated if output is not None), None)
        if together is None:
            return False
        right.append(together[0])
    return len(right) > 1


def _takes_a_matrix_norm(tested: Subject, arguments: list[Any]) -> bool:
    """Whether np.linalg.norm is asked for a norm of the batch with no axis, as it is of vectors: of tables it is another one."""
    met = list[bool]()

    def look(frame: Any, event: str, argument: Any) -> None:
        if event == "call" and frame.f_code.co_name == "norm" and frame.f_globals.get("__name__", "").startswith("numpy.linalg"):
            given = frame.f_locals
            met.append(given.get("axis") is None and given.get("ord") is not None and np.ndim(given.get("x")) == 2)

    observed(tested, arguments, look)
    return any(met)


def _repeatedly(tested: Subject, row: Draw, times: int, dtype: str) -> np.ndarray | None:
    """The batch of so many times the row, if all of its rows are right."""
    try:
        together = tested.apply(stacked(tested, [row] * times, -1))
    except Broken:
        return None
    right = together.shape[:1] == (times,) and all(_right_there(tested, row, one, dtype) for one in together)
    return together if right else None


def _right_there(tested: Subject, row: Draw, output: np.ndarray, dtype: str) -> bool:
    if output.shape != tested.shape(row):
        return False
    return seen(tested, Case("batch", row, dtype, tested.reference), output, bar_of(tested.card, dtype) or 0.0).failure is None


def small_batch_checks(tested: Subject, seed: int = SEED) -> Iterator[Check]:
    """Of a function that takes a batch: the batch is left as it was, and one of a single row gives that row."""
    rows = next(_batches(tested, tested.working, seed), None)
    if rows is None:
        return
    axis = -1 if tested.has_axis else ABSENT
    arguments = stacked(tested, rows, -1)
    before = [np.asarray(a).tobytes() for a in arguments]
    call = _shown(tested, arguments, axis)
    try:
        tested.apply(arguments, axis)
        if any(np.asarray(a).tobytes() != bits for a, bits in zip(arguments, before, strict=True)):
            yield failed("takes a batch", f"{call} changes its argument", 1)
        alone, together = tested.call(rows[0]), tested.apply(stacked(tested, rows[:1], -1), axis)
    except Broken as error:
        yield said("a batch of one row", f"not a batch of one row: {error}", Standing.UNSUPPORTED)
        return
    yield from _spoiled(tested, rows, axis)
    call = _shown(tested, stacked(tested, rows[:1], -1), axis)
    if together.size != alone.size or not _row_right(tested, rows[0], alone, together.reshape(alone.shape), tested.working):
        yield failed("a batch of one row", f"{call} gives {show(together)}; the row alone gives {show(alone)}", 1)
    elif together.shape != (1, *alone.shape):
        yield said("a batch of one row", f"{call} gives shape {together.shape}", Standing.CONVENTION)


def _spoiled(tested: Subject, rows: list[Draw], axis: Any) -> Iterator[Check]:
    """What is said if a nan in the first row shows in others, as it does where all rows are moved by one maximum."""
    for p in tested.parameters:
        if p.type.domain in WHOLE or not (p.type.shape or tested.pointwise):
            continue
        lost = np.array(rows[0][p])
        lost[(0,) * lost.ndim] = np.nan
        arguments = stacked(tested, [{**rows[0], p: lost if lost.ndim else lost[()]}, *rows[1:]], -1)
        try:
            output, alone = tested.apply(arguments, axis), [tested.call(row) for row in rows]
        except Broken:
            continue
        if output.shape != (len(rows), *alone[0].shape):
            continue
        for row, one, other in list(zip(rows, alone, output, strict=True))[1:]:
            if not _row_right(tested, row, one, other, tested.working):
                call = _shown(tested, arguments, axis)
                told = f"{call} gives {show(other)} for a row without nan, which alone gives {show(one)}"
                yield said("a nan stays in its row", told, Standing.CONVENTION)
                return


def table_check(tested: Subject, seed: int = SEED) -> Check | None:
    """A batch of two axes, of a function that takes a batch and no axis: rows along the last one, or another by convention."""
    name = "a batch of two axes"
    rows = next((r for r in _batches(tested, tested.working, seed) if len(r) >= 4), None)
    if tested.has_axis or rows is None or len(tested.card.definition.shape) > 1:
        return None
    vectors = [p for p in tested.parameters if p.type.shape]
    if not vectors or tested.form is Form.BATCH:
        return None
    flat = stacked(tested, rows[:4], -1)
    arguments = [a.reshape(2, 2, *a.shape[1:]) if isinstance(a, np.ndarray) and a.ndim else a for a in flat]
    call = _shown(tested, arguments, ABSENT)
    try:
        output, alone = tested.apply(arguments), [tested.call(row) for row in rows[:4]]
    except Broken as error:
        return said(name, f"not a batch of two axes: {error}", Standing.UNSUPPORTED)
    if output.shape == (2, 2, *alone[0].shape):
        found = output.reshape(4, *alone[0].shape)
        if all(_row_right(tested, row, one, other, tested.working) for row, one, other in zip(rows, alone, found, strict=False)):
            return held(name, 1, "batches")
    for axis in (0, 1) if len(vectors) == len(tested.parameters) else ():
        if _along(tested, arguments, output, axis):
            return said(name, f"an array with three axes is taken along axis {axis}: it has no axis", Standing.CONVENTION)
    return said(name, f"not a batch of two axes: {call} gives {show(output)}", Standing.UNSUPPORTED)


def _along(tested: Subject, arguments: list[Any], output: np.ndarray, axis: int) -> bool:
    """Whether the output is what the vectors along that axis give."""
    turned = [np.moveaxis(a, axis, -1) for a in arguments]
    try:
        single = [
            [tested.apply([a[j, k].copy() for a in turned]) for k in range(turned[0].shape[1])] for j in range(len(turned[0]))
        ]
    except Broken:
        return False
    wanted = np.array(single)
    found = np.moveaxis(output, axis, -1) if output.ndim == 3 else output
    return wanted.shape == found.shape and _alike(wanted, found)


def _of_vectors(tested: Subject, together: np.ndarray, alone: np.ndarray) -> bool:
    """Whether it may be a function of single vectors: it has no axis, and promises nothing of arrays with two."""
    vectors = tested.card.definition.shape or any(p.type.shape for p in tested.parameters)
    return bool(vectors) and not tested.has_axis and together.size > 1 and together.shape != alone.T.shape


def _columns_first(tested: Subject, own: bool, seed: int) -> Check | None:
    """A batch that lies column by column in memory, and one with gaps: the check if it failed."""
    rows = next((r for r in _batches(tested, tested.working, seed) if r[0] and np.size(_first(tested, r[0])) > 1), None)
    if rows is None:
        return None
    axis = -1 if tested.has_axis else ABSENT
    plain = stacked(tested, rows, -1)
    try:
        wanted = tested.apply(plain, axis)
        for what, laid in (("columns first", np.asfortranarray), ("with gaps", _gaps)):
            arguments = [laid(a) if isinstance(a, np.ndarray) and a.ndim > 1 else a for a in plain]
            output = tested.apply(arguments, axis)
            rounding = 1e-9 * float(np.max(np.abs(wanted), where=np.isfinite(wanted), initial=0))
            if output.shape == wanted.shape and np.allclose(output, wanted, rtol=1e-6, atol=rounding, equal_nan=True):
                continue
            call = _shown(tested, arguments, axis)
            return failed(ALONE, f"{call}, in memory {what}, gives {show(output)}, else {show(wanted)}", 1, far=True)
    except Broken:
        return None
    return None


def _gaps(a: np.ndarray) -> np.ndarray:
    wide = np.full((2 * a.shape[0], *a.shape[1:]), 7, dtype=a.dtype)
    wide[::2] = a
    return np.asarray(wide[::2])


def _as_a_table(tested: Subject, seed: int) -> Check | None:
    """Numbers in arrays with two and three axes, each judged alone: the check if it failed."""
    rows = [c.values for c in cases(tested.card, tested.working, "normal", seed) if c.family == "plain"][:12]
    if len(rows) < 12 or tested.free_sizes or tested.card.definition.shape:
        return None
    for shape in ((3, 4), (2, 3, 2)):
        arguments = [a.reshape(shape) if isinstance(a, np.ndarray) else a for a in stacked(tested, rows, -1)]
        call = _shown(tested, arguments, ABSENT)
        try:
            output, alone = tested.apply(arguments), [tested.call(r) for r in rows]
        except Broken:
            return None  # fewer axes are all that it takes
        if output.shape != shape:
            return failed(ALONE, f"{call} gives shape {output.shape}", 1)
        for row, one, other in zip(rows, alone, output.reshape(-1), strict=False):
            if not _row_right(tested, row, one, other, tested.working):
                return failed(ALONE, f"{call} gives {show(output)}; {tested.shown(row)} gives {show(one)}", 1, far=True)
    return None


def _of_one(row: Draw) -> bool:
    """Whether a row has one entry: it shows least of how rows are told apart."""
    return all(np.size(v) == 1 for v in row.values())


def _of_sequences(tested: Subject, seed: int) -> bool:
    """Whether it gives no array for an array: it is a function of single lists then. A number may be that of a whole batch."""
    case = plain_case(tested, seed)
    try:
        result = tested.raw(tested.arguments(case.values)) if case is not None else None
    except OURS:
        raise
    except BaseException:
        return False
    number = isinstance(result, (float, int)) and not hasattr(result, "dtype")
    return isinstance(result, list) or (number and bool(tested.card.definition.shape))


def _shown(tested: Subject, arguments: list[Any], axis: Any) -> str:
    more = "" if axis is ABSENT else f", {tested.axis_name}={axis}"
    return f"{tested.name}({', '.join(show(a) for a in arguments)}{more})"


def _row_right(tested: Subject, row: Draw, one: np.ndarray, other: np.ndarray, dtype: str) -> bool:
    """Whether the row's result in the batch is right; or as wrong as alone, where the row alone is to blame."""
    case, bar = Case("batch", row, dtype, tested.reference), bar_of(tested.card, dtype) or 0.0
    return seen(tested, case, other, bar).failure is None or seen(tested, case, one, bar).failure is not None


def _averages(tested: Subject, arguments: list[Any], axis: int) -> bool:
    """Whether mathcore's own function gives one value for this batch."""
    if not tested.card.numeric:
        return False
    own = subject(tested.card)
    return own.has_axis and own.apply(arguments, axis).shape == ()


def _is_mean(tested: Subject) -> bool:
    """Whether the card divides by the number of entries."""
    found = (t.bare(n.right) for n in t.walk(tested.card.definition.body) if isinstance(n, t.Div))
    return any(isinstance(below, t.Symbol) and below.type.domain == "size" for below in found)


WAYS = (
    "gives the mean of its rows",
    "gives the sum of its rows",
    "gives the sum of all its entries by the number of its rows",
    "is taken as one long input: it has no axis",
    "is taken column by column: it has no axis",
)


def _ways(tested: Subject, rows: list[Draw], together: np.ndarray, alone: np.ndarray) -> frozenset[str]:
    """In which of the usual ways that give no value a row a function may have come to this result."""
    met = set[str]()
    if together.shape == alone.shape[1:] or together.size == 1:
        means = _means(alone, 0)
        totals = [(WAYS[0], mean) for mean in means]
        with np.errstate(all="ignore"):
            if not _averages(tested, stacked(tested, rows, -1), -1):  # the card does not speak of the mean
                totals.append((WAYS[1], alone.sum(axis=0)))
            if _is_mean(tested):  # sum(...) / len(t)
                totals += [(WAYS[2], mean * max(np.size(v) for v in rows[0].values())) for mean in means]
        rounding = 1e-6 * float(np.max(np.abs(alone), where=np.isfinite(alone), initial=0))
        for way, value in totals:
            flat = together.reshape(-1)
            if flat.size == np.size(value) and np.allclose(flat, np.ravel(value), rtol=1e-5, atol=rounding, equal_nan=True):
                met.add(way)
    if not tested.has_axis and _whole(tested, rows, together):
        met.add(WAYS[3])
    if not tested.has_axis and _by_columns(tested, rows, together):
        met.add(WAYS[4])
    return frozenset(met)


def _means(alone: np.ndarray, axis: int | None = None) -> tuple[Any, Any]:
    """The mean of the rows, and what comes of it where their sum overflows."""
    with np.errstate(all="ignore"):
        return (alone / (alone.size if axis is None else len(alone))).sum(axis=axis), alone.mean(axis=axis)


def _whole(tested: Subject, rows: list[Draw], together: np.ndarray) -> bool:
    """Whether the batch gives what all its entries give as one vector."""
    if not any(p.type.shape for p in tested.parameters):
        return False
    given = zip((*tested.parameters, *tested.free_sizes), stacked(tested, rows, -1), strict=True)  # labels stay one a row
    arguments = [a.reshape(-1) if isinstance(a, np.ndarray) and p.type.domain not in WHOLE else a for p, a in given]
    try:
        flat = tested.apply(arguments)
    except Broken:
        return False
    return flat.size == together.size and _alike(flat.reshape(-1), together.reshape(-1))


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two results of one function agree to half of their digits: summed in another order they do."""
    digits = float(np.sqrt(max(np.finfo(a.dtype).eps for a in (one, other))))
    return np.allclose(one, other, rtol=digits, atol=1e-3 * digits, equal_nan=True)


def _by_columns(tested: Subject, rows: list[Draw], together: np.ndarray) -> bool:
    """Whether the batch gives a value a column, as a function of one vector does that goes along the first axis."""
    if any(len(p.type.shape) != 1 for p in tested.parameters) or tested.card.definition.shape:
        return False
    arguments = stacked(tested, rows, -1)
    try:
        columns = [tested.apply([a[:, k].copy() for a in arguments]) for k in range(arguments[0].shape[1])]
    except Broken:
        return False
    return together.shape == np.shape(columns) and _alike(together, np.array(columns))


def large_batch_check(tested: Subject, seed: int = SEED) -> Check | None:
    """Any number of rows gives what each row gives alone, up to tens of thousands."""
    name = "a large batch is a batch"
    most = ENTRIES_APART if tested.pointwise else ROWS
    full = [rows for rows in _batches(tested, tested.working, seed, most) if len(rows) == most] if _stackable(tested) else []
    if not full:
        return None
    rows = next((rows for rows in full if not _of_one(rows[0])), full[0])  # of one entry alone softmax is 1, whatever is done
    few = stacked(tested, rows, -1)
    axis = -1 if tested.has_axis else ABSENT
    sizes = (MANY,) if tested.each_shape else SIZES
    try:
        alone = np.stack([tested.call(row) for row in rows])
        if tested.apply(few, axis).shape != alone.shape:  # what is wrong with a small batch may fill the memory
            return None
        for size in sizes:
            given = [_repeated(a, size) if isinstance(a, np.ndarray) and _grows(p, tested) else a
                     for p, a in zip((*tested.parameters, *tested.free_sizes), few, strict=True)]  # fmt: skip
            output, wanted = tested.apply(given, axis), _repeated(alone, size)
            if output.shape != wanted.shape:
                return failed(name, f"{tested.name} of {size} rows gives shape {output.shape}, expected {wanted.shape}", 1)
            near = np.isclose(output, wanted, rtol=1e-6, atol=0, equal_nan=True).reshape(size, -1).all(axis=1)
            off = np.flatnonzero(~near)
            for place in off[np.unique(off % most, return_index=True)[1]]:  # of each row that differs, once
                row = rows[int(place) % most]
                if not _row_right(tested, row, wanted[place], output[place], tested.working):
                    told = f"row {place + 1} of {size} rows gives {show(output[place])}"
                    return failed(name, f"{told}; {tested.shown(row)} gives {show(wanted[place])}", 1, far=True)
    except (Broken, TimedOut) as error:
        return said(name, str(error), Standing.UNSUPPORTED)
    return held(name, len(sizes), f"batches of up to {MANY} rows")


def _repeated(few: np.ndarray, size: int) -> np.ndarray:
    return np.concatenate([few] * -(-size // len(few)))[:size]


def _grows(parameter: Any, tested: Subject) -> bool:
    return bool(parameter.type.shape) or parameter.type.domain == "index" or tested.pointwise


# axes -----------------------------------------------------------------------------------------------------------------


def axis_checks(tested: Subject, own: bool, seed: int = SEED) -> Iterator[Check]:
    """Axes of arrays with three, and several axes at once, where the function takes an axis."""
    vectors = [p for p in tested.parameters if p.type.shape]
    if not tested.has_axis or not _stackable(tested) or not vectors:
        return
    yield from filter(None, (_middle(tested, own, seed), *(_together(tested, axis, shapes, seed) for axis, shapes in TAKEN)))


def _middle(tested: Subject, own: bool, seed: int) -> Check | None:
    """Rows along each axis of an array with three."""
    name, count = "every axis of three", 0
    rows = next(
        (r for r in _batches(tested, tested.working, seed) if len(r) >= 4 and len(np.ravel(_first(tested, r[0]))) > 1), None
    )
    if rows is None or len(tested.card.definition.shape) > 1:
        return None
    rows = rows[:4]
    flat = stacked(tested, rows, -1)
    try:
        alone = np.stack([tested.call(r) for r in rows])
    except Broken:
        return None
    for axis in (0, 1, 2, -2, -3):
        arguments = [
            (np.moveaxis(a.reshape(2, 2, -1), -1, axis) if p.type.shape else a.reshape(2, 2)) if isinstance(a, np.ndarray) else a
            for p, a in zip((*tested.parameters, *tested.free_sizes), flat, strict=True)
        ]
        call = _shown(tested, arguments, axis)
        try:
            output = tested.apply(arguments, axis)
        except Broken as error:
            return failed(name, f"{call} {error}", count) if own else said(name, f"axis={axis}: {error}", Standing.UNSUPPORTED)
        count += 1
        if output.ndim == 3:
            output = np.moveaxis(output, axis, -1)
        if output.size == 1 != alone.size and np.isclose(output, _means(alone), rtol=1e-3).any():
            return said(name, "several axes give the mean of all rows", Standing.CONVENTION)
        if output.size != alone.size:
            return failed(name, f"{call} gives shape {output.shape}", count)
        for row, one, other in zip(rows, alone, output.reshape(alone.shape), strict=True):
            if not same_bits(np.asarray(one), np.asarray(other)) and (
                own or not _row_right(tested, row, one, other, tested.working)
            ):
                what = f"{tested.shown(row)} gives {show(one)}; along axis {axis} of an array with three it gives {show(other)}"
                return failed(name, what, count, far=not np.allclose(one, other, rtol=1e-3, equal_nan=True))
    return held(name, count)


def _first(tested: Subject, row: Draw) -> Any:
    return row[next(p for p in tested.parameters if p.type.shape)]


def _together(tested: Subject, axis: tuple[int, int] | None, shapes: tuple[tuple[int, ...], ...], seed: int) -> Check | None:
    """Several axes taken as one, of arrays of these shapes: axis=None takes all."""
    name = "axis=None takes all entries" if axis is None else "several axes at once"
    if any(p.type.domain in WHOLE for p in tested.parameters) or len(tested.card.definition.shape) > 1:
        return None
    if tested.template is not None:
        return None  # its author says where one axis goes, and no more
    sizes = {s for p in tested.parameters for s in p.type.shape}
    listed = length_cases(tested.card, tested.working, seed) if len(sizes) == 1 else ()
    case = next((c for c in listed for size in sizes if c.values[size] == ENTRIES), None)  # type: ignore[index]  # a declared size
    if case is None:
        return None
    bar, wanted = bar_of(tested.card, tested.working) or 0.0, tested.shape(case.values)
    for shape in shapes:
        taken = tuple(range(len(shape))) if axis is None else axis
        inner, front = tuple(shape[k] for k in taken), tuple(range(-len(taken), 0))
        rows = [_rolled(case.values, by) for by in range(int(np.prod(shape)) // ENTRIES)]
        plain = zip(*(tested.arguments(row) for row in rows), strict=True)
        arguments = [
            np.moveaxis(np.stack(a).reshape(-1, *inner), front, taken).reshape(shape) if np.ndim(a[0]) else a[0] for a in plain
        ]
        call = _shown(tested, arguments, axis)
        try:
            output, alone = tested.apply(arguments, axis), np.stack([tested.call(row) for row in rows])
        except Broken as error:
            return said(name, f"{tested.axis_name}={axis}: {error}", Standing.UNSUPPORTED)
        if output.size == 1 != alone.size and np.isclose(output, _means(alone), rtol=1e-3).any():
            return said(name, "several axes give the mean of all rows", Standing.CONVENTION)
        if output.size != alone.size:
            return failed(name, f"{call} gives shape {output.shape}", 1)
        found = np.moveaxis(output, taken, front) if output.shape == shape and wanted else output
        for row, out in zip(rows, found.reshape(alone.shape), strict=True):
            one = Case("axes", row, case.dtype, case.reference)
            failure = seen(tested, one, out, bar).failure
            if failure is not None and first_failure(tested, one, bar).failure is None:
                where = f"entry {failure.place + 1}: " if out.size > 1 else ""
                return failed(name, f"{call} gives {show(output)}; {where}exact {one.exact[failure.place].decimal()}", 1)
    return held(name, len(shapes))

"""What is asked of every function besides digits on one input, whatever its signature says.

Repetition, its input left alone, layouts of memory, whole numbers, nan and infinities, empty input, labels out of range,
batches and axes, formats and shapes, nothing changed behind the caller's back. What a function does not support is
said, and is no failure; where people do it in several ways, the way is reported as a convention.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from mathcore.card import Card
from mathcore.conformance.accuracy import (
    SEED,
    Case,
    bar_of,
    cases,
    formats_of,
    plain_case,
    sample,
    seen,
    simple_cases,
    whole_cases,
)
from mathcore.conformance.batches import (
    ALONE,
    axis_checks,
    batch_check,
    large_batch_check,
    small_batch_checks,
    some_batches,
    table_check,
)
from mathcore.conformance.calls import Form
from mathcore.conformance.outcomes import failed, held, said, same_bits
from mathcore.conformance.subject import OURS, WHOLE, Broken, Standard, Subject, observed, show, subject
from mathcore.conformance.world import changed, rare_world, world_kept
from mathcore.evidence import Check, Standing
from mathcore.strategies.declared import Draw

KEEPS = "keeps its input; repeats its results"
NAMES = (  # of the questions, in the order in which they are asked; they are stable
    "does its own work", "answers", KEEPS, "leaves the program as it was",
    "reads arrays of any layout", "takes whole numbers", "shows a nan", "infinite input", "empty input", "a single entry",
    "a row depends on that row alone", "takes a batch", "a batch of one row", "a batch of two axes", "a large batch is a batch",
    "every axis of three", "axis=None takes all entries", "several axes at once", "probabilities that do not sum to 1",
    "labels that name no class", "a result of its own",
)  # fmt: skip


def contract_checks(
    card: Card, function: Callable[..., Any] | str | Subject | None = None, *, own: bool = False, seed: int = SEED
) -> tuple[Check, ...]:
    """Every question of this room; of mathcore's `own` functions more is asked: bits, and labels that are refused."""
    tested = subject(card, function)
    own = own or function is None
    rows = replace(tested, form=Form.ROWS) if _takes_rows(tested, seed) else tested  # arrays, where it takes any
    asked = [single_calls(rows, own, seed), leaves_the_world(tested, seed), layouts(rows, seed)]
    asked += [whole_numbers(rows, seed), not_numbers(tested, seed), infinities(tested, seed), empty(tested, seed)]
    batch = batch_check(tested, own, seed)
    rows_held = batch is not None and batch.passed and batch.name.startswith(ALONE)
    asked += [batch, *((*small_batch_checks(tested, seed), table_check(tested, seed)) if rows_held and not own else ())]
    # what is wrong with a few rows may fill the memory with many
    asked += [large_batch_check(tested, seed) if rows_held else None, *axis_checks(tested, own, seed)]
    asked += [sums(tested, seed), *(() if own else (one_entry(tested, seed), shared_memory(rows, seed)))]
    asked.append(refused_labels(tested, seed) if own else labels_out_of_range(tested, seed))
    return tuple(check for check in asked if check is not None)


# the same again, and nothing else changed -----------------------------------------------------------------------------


def single_calls(tested: Subject, own: bool, seed: int) -> Check | None:
    """Format and shape kept, the input untouched, the same result again, earlier results left as they were."""
    name = "keeps format, shape and input; repeats its bits" if own else KEEPS
    count, kept = 0, list[tuple[str, np.ndarray, np.ndarray]]()
    given: list[tuple[str, list[Any], list[bytes]]] = []
    for dtype in formats_of(tested):
        for case in sample(tested, dtype, seed):
            arguments = tested.arguments(case.values)
            before = [np.asarray(v).tobytes() for v in arguments]
            try:
                first = tested.apply(arguments)
                again = tested.call(case.values)
            except Broken:
                if own:
                    return failed(name, f"{tested.shown(case.values)} does not answer", count)
                continue  # what breaks is found elsewhere
            count += 1
            call = tested.shown(case.values)
            if own and tested.floats and not tested.lists and first.dtype != np.dtype(dtype):
                return failed(name, f"{call} in {dtype} gives {first.dtype}", count)
            changed = [a for a, bits in zip(arguments, before, strict=True) if np.asarray(a).tobytes() != bits]
            if changed:
                return failed(name, f"{call} changes its argument to {show(changed[0])}", count)
            if not _repeats(tested, own, case, dtype, first.reshape(again.shape), again):
                return failed(name, f"{call} gives {show(first)}, and called again {show(again)}", count)
            kept.append((call, again, again.copy()))
            given.append((call, arguments, before))
    if not count and (not own or not formats_of(tested)):
        return None  # the card admits no float, or does not say how exact a result is to be: its accuracy is not judged
    remembered = (
        _by_later_calls(kept, given)
        or _by_address(tested, seed)
        or _nearly_alike(tested, seed)
        or ("" if own else _written_into(tested, seed))
    )
    return failed(name, remembered, count) if remembered else held(name, count)


def _repeats(tested: Subject, own: bool, case: Case, dtype: str, first: np.ndarray, again: np.ndarray) -> bool:
    """Whether a second call gives the same bits, or of a function of others at least no wrong result after a right one."""
    if same_bits(first, again):
        return True
    if own:
        return False
    bar = bar_of(tested.card, dtype) or 0.0
    one, other = (seen(tested, case, out, bar).failure for out in (first, again))
    return one is not None or other is None


def _by_later_calls(kept: list[tuple[str, np.ndarray, np.ndarray]], given: list[tuple[str, list[Any], list[bytes]]]) -> str:
    """What later calls change of an earlier result or of its arguments."""
    for call, result, copy in kept:
        if not same_bits(result, copy):
            return f"{call} gives {show(copy)}, which later calls turn into {show(result)}"
    for call, arguments, before in given:
        if any(np.asarray(a).tobytes() != bits for a, bits in zip(arguments, before, strict=True)):
            return f"the arguments of {call} are changed by a later call"
    return ""


def _by_address(tested: Subject, seed: int) -> str:
    """What a function gives for an array whose numbers changed since the last call, where that is the old result."""
    found = simple_cases(tested.card, tested.working, seed)
    listed = [c for c in found if all(n == 2 for s, n in c.values.items() if s.type.domain == "size")][:12]
    bar = bar_of(tested.card, tested.working) or 0.0
    for one, other in itertools.pairwise(listed):
        first, second = tested.arguments(one.values), tested.arguments(other.values)
        arrays = [isinstance(a, np.ndarray) and a.ndim > 0 for a in first]
        if not any(arrays) or any(np.shape(a) != np.shape(b) for a, b in zip(first, second, strict=True)):
            continue
        try:
            tested.apply(first)
            for a, b in zip(first, second, strict=True):
                if isinstance(a, np.ndarray) and a.ndim:
                    a[...] = b
            mixed = [a if is_array else b for a, b, is_array in zip(first, second, arrays, strict=True)]
            output = tested.apply(mixed).reshape(tested.shape(other.values))
        except (Broken, ValueError):
            continue
        if seen(tested, other, output, bar).failure is not None and _right(tested, other):
            return f"{tested.shown(other.values)}, in an array that held other numbers before, gives {show(output)}"
    return ""


def _nearly_alike(tested: Subject, seed: int) -> str:
    """What a function gives for numbers that differ a little from those before, where that is the old result."""
    bar = bar_of(tested.card, tested.working) or 0.0
    for case in [c for c in sample(tested, tested.working, seed, 1) if c.family == "plain"]:
        near = {s: v * (1 + v.dtype.type(1e-6)) if s.type.domain == "real" and isinstance(v, np.ndarray) else v
                for s, v in case.values.items()}  # fmt: skip
        twin = Case("near", near, case.dtype, case.reference)
        try:
            tested.call(case.values)
            output = tested.call(near)
        except Broken:
            continue
        if seen(tested, twin, output, bar).failure is not None and _right(tested, case):
            return f"{tested.shown(near)}, called after {tested.shown(case.values)}, gives {show(output)}"
    return ""


def _written_into(tested: Subject, seed: int) -> str:
    """What a function gives after its caller wrote into an earlier result, where that is wrong: results are its caller's."""
    case = plain_case(tested, seed)
    if case is None:
        return ""
    part = tested.template.part if tested.template is not None and tested.template.part is not None else tested.part
    try:
        result = tested.raw(tested.arguments(case.values))
        array = result if part is None else result[part]
        if not (isinstance(array, np.ndarray) and array.flags.writeable and array.dtype.kind == "f"):
            return ""
        before = array.copy()
        array += 1
        output = tested.call(case.values).copy()
        array[...] = before  # a table that it may be a part of
    except OURS:
        raise
    except BaseException:
        return ""  # what breaks is found elsewhere
    if seen(tested, case, output, _bar(tested)).failure is None or not _right(tested, case):
        return ""
    return f"{tested.shown(case.values)}, after 1 was added to its earlier result, gives {show(output)}"


def leaves_the_world(tested: Subject, seed: int) -> Check | None:
    """What belongs to the whole program stays as it was: error state, random numbers, printing, warnings."""
    name, case = "leaves the program as it was", plain_case(tested, seed)
    if case is None or tested.form is Form.LISTS:
        return None
    inputs = [tested.arguments(one.values) for one in (case, *sample(tested, tested.working, seed, 1))]
    with world_kept():
        before, count = rare_world(), 0
        for arguments in (*inputs, *some_batches(tested, seed)):
            shown = ", ".join(show(a) for a in arguments)
            try:
                tested.raw(arguments, guarded=False)
            except OURS:
                raise
            except BaseException:
                continue
            count += 1
            if found := changed(before):
                return failed(name, f"{tested.name}({shown}) changes {' and '.join(found)} for the whole program", count)
    return held(name, count) if count else None


# forms of input -------------------------------------------------------------------------------------------------------


def layouts(tested: Subject, seed: int) -> Check | None:
    """The same numbers in other layouts of memory: every second entry, read backwards, columns first, not writable."""
    name, count, lacking = "reads arrays of any layout", 0, set[str]()
    if tested.form in (Form.LISTS,) or (tested.pointwise and tested.form is not Form.ROWS):
        return None
    for case in sample(tested, tested.working, seed, 1)[:8]:
        for what, laid in LAYOUTS.items():
            arguments = [laid(a) if isinstance(a, np.ndarray) and a.ndim else a for a in tested.arguments(case.values)]
            bases = [(a.base, a.base.copy()) for a in arguments if isinstance(a, np.ndarray) and isinstance(a.base, np.ndarray)]
            try:
                output = tested.apply(arguments).reshape(tested.shape(case.values))
            except (Broken, ValueError) as error:
                if _answers(tested, case):
                    lacking.add(f"{what} ({error})")
                continue
            count += 1
            if any(base.tobytes() != copy.tobytes() for base, copy in bases):
                return failed(name, f"{tested.shown(case.values)} changes the array that its argument is a part of", count)
            if seen(tested, case, output, _bar(tested)).failure is not None and _right(tested, case):
                return failed(name, f"{tested.shown(case.values)} with arrays {what} gives {show(output)}", count)
    if lacking:
        return said(name, f"not arrays {'; not arrays '.join(sorted(lacking)[:2])}", Standing.UNSUPPORTED)
    return held(name, count) if count else None


def _spaced(a: np.ndarray) -> np.ndarray:
    wide = np.full((*a.shape[:-1], 2 * a.shape[-1]), 7, dtype=a.dtype)
    wide[..., ::2] = a
    return np.asarray(wide[..., ::2])


def _frozen(a: np.ndarray) -> np.ndarray:
    copy = a.copy()
    copy.flags.writeable = False
    return copy


LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "of every second entry": _spaced,
    "read backwards": lambda a: np.flip(np.flip(a).copy()),
    "with columns first": np.asfortranarray,
    "that are not writable": _frozen,
}


def _bar(tested: Subject) -> float:
    return bar_of(tested.card, tested.working) or 0.0


def _answers(tested: Subject, case: Case) -> bool:
    try:
        tested.call(case.values)
    except Broken:
        return False
    return True


def _right(tested: Subject, case: Case) -> bool:
    """Whether the plain call is right: only then is something else to blame."""
    try:
        return seen(tested, case, tested.call(case.values), _bar(tested)).failure is None
    except Broken:
        return False


def whole_numbers(tested: Subject, seed: int) -> Check | None:
    """Integers and bools for arrays of floats."""
    name, count, lacking = "takes whole numbers", 0, list[str]()
    arrays = [p for p in tested.parameters if (p.type.shape or tested.pointwise) and p.type.domain not in WHOLE]
    if tested.form is Form.LISTS or not arrays:
        return None
    for dtype in ("int64", "int32", "bool", *(("uint8",) if tested.held_to is Standard.ORDINARY else ())):
        answered, refused, wrong = _given_as(tested, dtype, len(arrays) > 1, seed)
        count += answered
        if wrong:
            return failed(name, wrong, count)
        lacking += [refused] if refused else []
        if lacking and dtype != "bool":
            break  # who refuses integers is asked no more
    for p in arrays if len(arrays) > 1 and tested.held_to is Standard.ORDINARY else ():
        if (mixed := _beside_floats(tested, p, seed)) and mixed[1]:
            return failed(name, mixed[0], count)
        lacking += [mixed[0]] if mixed else []
    if lacking:
        return said(name, "; ".join(lacking), Standing.UNSUPPORTED)
    return held(name, count) if count else None


def _given_as(tested: Subject, dtype: str, several: bool, seed: int) -> tuple[int, str, str]:
    """How many inputs of that format are answered, why they are not taken, and what is wrong."""
    answered = 0
    for listed in (simple_cases(tested.card, tested.working, seed), whole_cases(tested.card, tested.working)):
        enough = answered + 12
        for case in listed:
            arguments = tested.arguments(case.values)
            if not all(_fits(a, dtype) for a in arguments if _floats(a)):
                continue
            given = [a.astype(dtype) if _floats(a) else a for a in arguments]
            if not any(_floats(a) for a in arguments):
                break
            try:
                output = tested.apply(given).reshape(tested.shape(case.values))
            except (Broken, ValueError) as error:
                if _answers(tested, case):
                    return answered, f"not {dtype}: {error}", ""
                continue
            answered += 1
            if not _as_good(tested, case, output) and _right(tested, case):
                return answered, *_of_whole_numbers(tested, case, given, output, dtype, several)
            if answered >= enough:
                break
    return answered, "", ""


def _of_whole_numbers(
    tested: Subject, case: Case, given: list[Any], output: np.ndarray, dtype: str, several: bool
) -> tuple[str, str]:
    """Why that format is not taken, and what is wrong, of a result that is not right."""
    call = f"{tested.name}({', '.join(show(a) for a in given)})"
    if (few := _few(tested, case, output, dtype, several)) is not None:
        lacking = f"not {dtype}: {call} gives {show(output)}"
        return (f"not {dtype}: {call} gives {show(output)}, a number of {few}" if few else lacking), ""
    exact = ", ".join(e.decimal(6) for e in case.exact[:4])
    return "", f"{call}, given {dtype}, gives {show(output)}; exact {exact}"


def _few(tested: Subject, case: Case, output: np.ndarray, dtype: str, several: bool) -> str | None:
    """Of which smaller format a result is a right number; empty if it wraps around; None if the format is no excuse."""
    few = next((f for f in ("float16", "float32") if _a_number_of(f, tested, case, output)), "")
    if few:  # NumPy makes float16 of bools, torch float32 of integers
        return few
    added = dtype == "bool" and tested.held_to is Standard.ORDINARY  # p + q is "or" then
    added = added and (several or (tested.pointwise and _right_where_bools_add(tested, case)))
    return "" if dtype == "uint8" or added else None  # differences wrap around


def _beside_floats(tested: Subject, parameter: Any, seed: int) -> tuple[str, bool] | None:
    """What comes of whole numbers for one argument beside fractions for another, and whether it is wrong; None if it is right."""
    place, asked = tested.parameters.index(parameter), 0
    for case in cases(tested.card, tested.working, "normal", seed):
        given = tested.arguments(case.values)
        others = [a for k, a in enumerate(given) if k != place and _floats(a) and np.isfinite(a).all()]
        if not (_floats(given[place]) and _fits(given[place], "int64") and any((a != np.rint(a)).any() for a in others)):
            continue
        if np.abs(given[place]).max(initial=0) > 2**53:
            continue
        given[place] = given[place].astype(np.int64)
        call = f"{tested.name}({', '.join(show(a) for a in given)}), {parameter.name} given as int64 beside floats,"
        try:
            output = tested.apply([a.copy() if isinstance(a, np.ndarray) else a for a in given]).reshape(
                tested.shape(case.values)
            )
        except (Broken, ValueError) as error:
            return (f"not int64 for {parameter.name} beside floats: {error}", False) if _answers(tested, case) else None
        if not _as_good(tested, case, output) and _right(tested, case):
            exact = ", ".join(e.decimal(6) for e in case.exact[:4])
            return f"{call} gives {show(output)}; exact {exact}", True
        asked += 1
        if asked >= 4:
            return None
    return None


def _takes_rows(tested: Subject, seed: int) -> bool:
    case = plain_case(tested, seed) if tested.pointwise and tested.form is Form.ARRAYS else None
    return case is not None and _answers(replace(tested, form=Form.ROWS), case)


def _as_good(tested: Subject, case: Case, output: np.ndarray) -> bool:
    """Right in the format of the result, or in which it works: whole numbers have none of their own."""
    form = output.dtype.name if output.dtype.name in ("float32", "float16") else tested.working
    return (
        seen(tested, Case(case.family, case.values, form, case.reference), output, bar_of(tested.card, form) or 0.0).failure
        is None
    )


def _a_number_of(form: str, tested: Subject, case: Case, output: np.ndarray) -> bool:
    """Whether the output is a number of that format, and right as one, whatever became of it since."""
    with np.errstate(all="ignore"):
        rounded = output.astype(form)
    return np.array_equal(rounded, output) and _as_good(tested, case, rounded)


def _right_where_bools_add(tested: Subject, case: Case) -> bool:
    """Whether it is right of Python's own bools, of which True + True is 2: in NumPy it is True."""
    given = [a.astype(bool).astype(object) if _floats(a) else a for a in tested.arguments(case.values)]
    try:
        output = np.array(tested.raw(given), dtype=np.float64).reshape(tested.shape(case.values))
    except OURS:
        raise
    except BaseException:
        return False
    return _as_good(tested, case, output)


def _floats(a: Any) -> bool:
    return isinstance(a, np.ndarray) and a.dtype.kind == "f"


def _fits(a: np.ndarray, dtype: str) -> bool:
    if not (np.isfinite(a).all() and (a == np.rint(a)).all()):
        return False
    return bool(np.isin(a, (0, 1)).all() if dtype == "bool" else (a.min() >= 0 and a.max() <= 255) if dtype == "uint8" else True)


def not_numbers(tested: Subject, seed: int) -> Check | None:
    """A nan among the numbers shows in the result, or is refused. Where the card speaks of probabilities it need not."""
    name, case, count = "shows a nan", plain_case(tested, seed), 0
    if case is None:
        return None
    for p in tested.parameters:
        if p.type.domain in WHOLE or not (p.type.shape or tested.pointwise):
            continue
        lost, places = list[str](), [(case, place) for place in ((0, -1) if np.size(case.values[p]) > 1 else (0,))]
        longer = next((c for c in cases(tested.card, tested.working, "normal", seed) if np.shape(c.values[p])[-1:] > (2,)), None)
        places += [(longer, 1)] if longer is not None and np.ndim(longer.values[p]) == 1 else []
        for one, place in places:
            values = _with(one, p, np.nan, place)
            count += 1
            try:
                output = tested.apply(tested.arguments(values))
            except Broken:
                continue
            # mathcore's own function may have a reason not to look
            if not np.isnan(output).any() and np.isnan(_own(tested, values)).any():
                lost.append(f"{tested.shown(values)} gives {show(output)}: the nan is lost")
        if lost:  # a comparison loses it at some places, a program that hides it at all
            accepted = p.type.domain != "real" or "nan hidden" in tested.card.accuracy.accepted or len(lost) < len(places)
            return said(name, lost[0], Standing.CONVENTION) if accepted else failed(name, lost[0], count)
    return held(name, count) if count else None


def _with(case: Case, parameter: Any, number: float, place: int = 0) -> Draw:
    """The input with that number for its first entry, or its last."""
    value = np.array(case.values[parameter], dtype=case.dtype)
    value[(place,) * value.ndim] = number
    return {**case.values, parameter: value if value.ndim else value[()]}


def _own(tested: Subject, values: Draw) -> np.ndarray:
    """What mathcore's own function gives; nan where it refuses."""
    try:
        return subject(tested.card).apply(subject(tested.card).arguments(values)) if tested.card.numeric else np.array(np.nan)
    except Broken:
        return np.array(np.nan)


def infinities(tested: Subject, seed: int) -> Check | None:
    """An infinite score gives the limit or nan; another number is wrong, and so is infinity of the other sign."""
    name, case, count, met = "infinite input", plain_case(tested, seed), 0, list[str]()
    if case is None:
        return None
    for p in tested.parameters:
        if p.type.domain != "real" or not (p.type.shape or tested.pointwise):
            continue
        for infinite in (np.inf, -np.inf):
            values = _with(case, p, infinite)
            try:
                output, own = tested.apply(tested.arguments(values)), _own(tested, values)
            except Broken as error:
                met.append(f"{infinite:g} in {p.name}: {error}")
                continue
            count += 1
            limit = output.reshape(-1) if output.size != own.size else own.reshape(-1)
            given = output.reshape(-1)
            ends = ~np.isnan(given) & ~np.isnan(limit)
            if not np.allclose(given[ends], limit[ends], rtol=1e-3, atol=1e-3):
                return failed(name, f"{tested.shown(values)} gives {show(output)}; the limit is {show(own)}", count)
            if (np.isnan(given) & ~np.isnan(limit)).any():
                met.append(f"nan for {infinite:g} in {p.name}, where the limit is {show(own)}")
    if met:
        return said(name, "; ".join(met[:2]), Standing.CONVENTION)
    return held(name, count) if count else None


def empty(tested: Subject, seed: int) -> Check | None:
    """No entries at all: whatever it does is reported."""
    name, case = "empty input", plain_case(tested, seed)
    arrays = [p for p in tested.parameters if p.type.shape]
    if case is None or not arrays or tested.form is Form.LISTS:
        return None
    values = {s: v[..., :0] if isinstance(v, np.ndarray) and v.ndim else v for s, v in case.values.items()}
    try:
        what = f"gives {show(tested.apply(tested.arguments(values)))}"
    except Broken as error:
        what = str(error)
    return said(name, what, Standing.CONVENTION)


def one_entry(tested: Subject, seed: int) -> Check | None:
    """A number where an array of one entry is meant, as np.squeeze makes it."""
    if not tested.card.definition.shape or tested.form is Form.LISTS:
        return None
    for case in cases(tested.card, tested.working, "normal", seed):
        if set(tested.shape(case.values)) != {1}:
            continue
        try:
            number = tested.apply(tested.arguments(case.values)).shape == ()
        except Broken:
            return None
        what = f"{tested.shown(case.values)} gives a number, not an array of one entry"
        return said("a single entry", what, Standing.CONVENTION) if number else None
    return None


def shared_memory(tested: Subject, seed: int) -> Check | None:
    """A result that is its argument, or lies in its memory, as where nothing is to be computed: a write changes both."""
    for case in (*cases(tested.card, tested.working, "normal", seed)[:12], *sample(tested, tested.working, seed, 1)):
        arguments = tested.arguments(case.values)
        try:
            output = tested.apply(arguments)
        except Broken:
            continue
        if any(isinstance(a, np.ndarray) and a.ndim and np.shares_memory(output, a) for a in arguments):
            what = f"{tested.shown(case.values)} gives an array in the memory of its argument"
            return said("a result of its own", what, Standing.CONVENTION)
    return None


def sums(tested: Subject, seed: int) -> Check | None:
    """Probabilities that do not sum to 1: refused, normalised first, or taken as they are."""
    name, case = "probabilities that do not sum to 1", plain_case(tested, seed)
    rows = [p for p in tested.parameters if p.type.domain == "simplex"]
    if case is None or not rows or tested.form is Form.LISTS:
        return None
    values = {s: 2 * v if s in rows else v for s, v in case.values.items()}
    try:
        output, right = tested.apply(tested.arguments(values)), tested.apply(tested.arguments(case.values))
    except Broken as error:
        return said(name, f"refused: {error}", Standing.CONVENTION)
    normalised = output.shape == right.shape and np.allclose(output, right, rtol=1e-6)
    return said(name, "normalised first" if normalised else "taken as they are", Standing.CONVENTION)


# labels ---------------------------------------------------------------------------------------------------------------


def _out_of_range(tested: Subject, seed: int) -> Iterator[tuple[str, Draw, np.ndarray | None]]:
    """Calls with a label that names no class, and what they give (None: refused)."""
    labels = [p for p in tested.parameters if p.type.domain == "index" and not p.type.shape]
    for case in sample(tested, formats_of(tested)[0], seed)[:6] if labels else []:
        for label in labels:
            size = case.values[label.type.over]  # type: ignore[index]  # a declared size
            for wrong in (0, size + 1):
                values = {**case.values, label: wrong}
                try:
                    yield tested.shown(values), values, tested.apply(tested.arguments(values))
                except Broken:
                    yield tested.shown(values), values, None


def refused_labels(tested: Subject, seed: int = SEED) -> Check | None:
    """Labels that name no class must raise; None where there are no labels."""
    name, count = "refuses labels that name no class", 0
    for call, _, result in _out_of_range(tested, seed):
        if result is not None:
            return failed(name, f"{call} gives {show(result)}", count)
        count += 1
    return held(name, count, "refused") if count else None


def labels_out_of_range(tested: Subject, seed: int = SEED) -> Check | None:
    """What is done with labels that name no class: an error, nan, or silently something else."""
    name, told = "labels that name no class", dict[str, str]()
    for call, _, result in _out_of_range(tested, seed):
        way = "are refused" if result is None else "give nan or inf" if not np.isfinite(result).any() else "give a number"
        told.setdefault(way, call if result is None else f"{call} gives {show(result)}")
    if not told:
        return None
    what = "; ".join(f"{way}" if way == "are refused" else f"{way}: {call}" for way, call in told.items())
    return said(name, what, Standing.CONVENTION)


# its own work ---------------------------------------------------------------------------------------------------------


def libraries_used(tested: Subject, seed: int) -> frozenset[str]:
    """The top-level modules whose code runs in one call, as the interpreter sees it; those of mathcore by their full name."""
    case, met = plain_case(tested, seed), set[str]()
    if case is None:
        return frozenset()

    def look(frame: Any, event: str, argument: Any) -> None:
        name = frame.f_globals.get("__name__") or ""
        met.add(name if name.startswith("mathcore.") else name.partition(".")[0])
        if event == "c_call":
            met.add((getattr(argument, "__module__", "") or "").partition(".")[0])

    observed(tested, tested.arguments(case.values), look)
    return frozenset(met)


__all__ = ["contract_checks", "libraries_used", "refused_labels", "same_bits"]

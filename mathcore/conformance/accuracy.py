"""Every output of a function against the exact value for the very bits it was given, in each declared format.

Inputs are seeded and come by families, the simple ones first; the exact values are computed once and serve every
function that is judged (the right one and all mistakes). A failure is shrunk to a small input that a person can replay.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from mathcore.card import Card
from mathcore.conformance.conventions import accepted
from mathcore.conformance.exact import Reference, holding, reference
from mathcore.conformance.families import FAMILIES, drawn_by_family, drawn_by_scale, simple
from mathcore.conformance.hunt import climbed
from mathcore.conformance.subject import Broken, Standard, Subject, show
from mathcore.conformance.ulp import FIRST, Exact, Judged, format_of, judge, judge_within, special
from mathcore.evidence import Check, Standing
from mathcore.language import tree as t
from mathcore.strategies.declared import Draw, simple_hypotheses
from mathcore.strategies.floats import FORMATS

SEED = 20230227
SCALAR = 16
FEW_OUTPUTS = 17
WHOLE_INPUTS = 60  # of whole numbers, in arrays of some entries
QUICK_LENGTH = 64  # outputs of the longest inputs where few are drawn
COMPILED = (*range(1, 10), 16, 17, 32, 33, 64, 100, 257, 1000)  # lengths, where each is compiled anew
COUNTS = {"quick": (30, 2, 1), "normal": (60, 6, 3), "thorough": (400, 150, 12)}  # simple inputs, inputs a family, long inputs


@dataclass
class Case:
    """An input, and its exact outputs (evaluated when first asked for, then kept)."""

    family: str
    values: Draw
    dtype: str
    reference: Reference = field(repr=False)

    @cached_property
    def exact(self) -> list[Exact]:
        return self.reference.outputs(self.values)

    @cached_property
    def bars(self) -> list[Exact]:
        """The card's own bar of each output, where it is no ULP."""
        assert self.reference.bound is not None
        return self.reference.bars(self.reference.bound, self.values, self.exact, self.dtype)

    @cached_property
    def ordinary(self) -> list[Exact] | None:
        """What ordinary code reaches for each output; None where the card says nothing of this input."""
        if self.reference.ordinary is None or not self.reference.inside(self.values, self.exact, self.dtype):
            return None
        return self.reference.bars(self.reference.ordinary, self.values, self.exact, self.dtype)


@dataclass(frozen=True)
class Failure:
    """One output that is beyond its bar (or a call that broke)."""

    case: Case
    error: float
    output: np.ndarray | None
    place: int = 0
    reason: str = ""

    @property
    def undecided(self) -> bool:
        return self.reason.startswith("undecided")


def bar_of(card: Card, dtype: str) -> float | None:
    """The declared bar in ULP, 1.0 (of `bound`) where an absolute bar is declared, None where nothing is."""
    declared: float | None = getattr(card.accuracy, dtype)
    return 1.0 if card.accuracy.bound else declared


def formats_of(tested: Subject) -> tuple[str, ...]:
    """The formats in which the function is judged: those with a bar; only the working one of lists, and float64 of labels."""
    bound = tuple(f for f in FORMATS if bar_of(tested.card, f) is not None)
    if tested.lists or not tested.floats:
        return tuple(f for f in bound if f in ("float64", tested.working))
    return bound


@lru_cache(maxsize=128)
def cases(card: Card, dtype: str, effort: str = "normal", seed: int = SEED) -> tuple[Case, ...]:
    """The inputs of one format: simple ones, then every family."""
    return tuple(_cases(card, dtype, effort, seed))


def _cases(card: Card, dtype: str, effort: str, seed: int) -> Iterator[Case]:
    symbols, exact = tuple(card.definition.parameters), reference(card)
    hypotheses = _hypotheses(card)
    _, left = simple_hypotheses(hypotheses)
    holds = holding(card.context)
    few, each, long = COUNTS[effort]
    if all(not p.type.shape for p in symbols):  # one output an input: more inputs make up for it
        few, each = SCALAR * few, SCALAR * each
    masks = card.accuracy.masks

    def allowed(values: Draw) -> bool:
        return not left or holds(left, values)

    for values in simple(symbols, hypotheses, dtype, few, masks, allowed):
        yield Case("simple", values, dtype, exact)
    for family in FAMILIES:
        count = long if family == "long" else each
        for values in drawn_by_family(family, symbols, hypotheses, dtype, count, seed, masks):
            if allowed(values):
                yield Case(family, values, dtype, exact)


def simple_cases(card: Card, dtype: str, seed: int = SEED) -> tuple[Case, ...]:
    """What a person would try first."""
    return tuple(case for case in cases(card, dtype, "normal", seed) if case.family == "simple")


@lru_cache(maxsize=64)
def whole_cases(card: Card, dtype: str) -> tuple[Case, ...]:
    """Whole numbers in arrays of some entries: of one the mean is whole, and twice that of two."""

    def whole(values: Draw) -> bool:
        sizes = [v for s, v in values.items() if s.type.domain == "size"]
        arrays = (v for v in values.values() if isinstance(v, np.ndarray))
        several = min(sizes, default=0) > 1 and max(sizes) > 2
        return several and all((v == np.rint(v)).all() for v in arrays) and admitted(card, values)

    drawn = simple(tuple(card.definition.parameters), _hypotheses(card), dtype, WHOLE_INPUTS, allowed=whole)
    return tuple(Case("simple", values, dtype, reference(card)) for values in drawn)


@lru_cache(maxsize=64)
def length_cases(card: Card, dtype: str, seed: int = SEED) -> tuple[Case, ...]:
    """An input of every length from 1 to 64, and some beyond."""
    symbols, exact = tuple(card.definition.parameters), reference(card)
    drawn = drawn_by_family("lengths", symbols, _hypotheses(card), dtype, 1, seed)
    holds, (_, left) = holding(card.context), simple_hypotheses(_hypotheses(card))
    return tuple(Case("lengths", values, dtype, exact) for values in drawn if not left or holds(left, values))


@lru_cache(maxsize=64)
def masks_beside_large(card: Card, dtype: str, seed: int = SEED) -> tuple[Case, ...]:
    """Masked scores beside scores of -1e10: a mask is no number, however small. Asked of others' functions."""
    if not card.accuracy.masks:
        return ()
    masked = [c for c in cases(card, dtype, "quick", seed) if c.family == "masked"]
    return tuple(Case("masked", {s: _lowered(s, v) for s, v in c.values.items()}, dtype, c.reference) for c in masked)


@lru_cache(maxsize=64)
def scale_cases(card: Card, dtype: str, seed: int = SEED) -> tuple[Case, ...]:
    """Numbers of every size with arrays of that size beside them. Asked of others' functions."""
    drawn = drawn_by_scale(tuple(card.definition.parameters), _hypotheses(card), dtype, seed)
    return tuple(Case("scaled", values, dtype, reference(card)) for values in drawn if admitted(card, values))


def _lowered(symbol: Any, value: Any) -> Any:
    if symbol.type.domain != "real" or not isinstance(value, np.ndarray):
        return value
    return np.where(np.isneginf(value), value, -1e10 * (1 + np.abs(value))).astype(value.dtype)


def _hypotheses(card: Card) -> tuple[Any, ...]:
    """Those that speak of the inputs alone."""
    symbols = card.definition.parameters
    known = {*symbols, *(s for p in symbols for s in p.type.shape), *(p.type.over for p in symbols)}
    return tuple(h for h in card.context.hypotheses if _spoken(h) and _spoken(h) <= known)


def admitted(card: Card, values: Draw) -> bool:
    """Whether an input is one of which the card speaks: every hypothesis about inputs holds."""
    hypotheses = _hypotheses(card)
    return not hypotheses or bool(holding(card.context)(hypotheses, values))


def sample(tested: Subject, dtype: str, seed: int, each: int = 2) -> list[Case]:
    """A few cases of every family; of others' functions in the narrower formats those that are judged there."""
    found: dict[str, list[Case]] = {}
    judged = tested.held_to is Standard.ORDINARY and dtype != tested.working
    for case in cases(tested.card, dtype, "quick" if judged else "normal", seed):
        found.setdefault(case.family, []).append(case)
    return [c for listed in found.values() for c in listed[:each]]


def plain_case(tested: Subject, seed: int, family: str = "plain") -> Case | None:
    """A small ordinary input, of more than one entry where the card speaks of arrays."""
    listed = [c for c in cases(tested.card, tested.working, "normal", seed) if c.family in (family, "simple")]
    listed.sort(key=lambda c: (c.family != family, sum(np.size(v) for v in c.values.values())))
    several = [c for c in listed if all(n > 1 for s, n in c.values.items() if s.type.domain == "size")]
    return next(iter(several or listed), None)


def _spoken(node: Any) -> set[Any]:
    from mathcore.language.tree import free_symbols

    return {s for s in free_symbols(node) if s.type.domain != "index"}


@dataclass(frozen=True)
class Seen:
    """What one input shows of a function."""

    failure: Failure | None = None
    error: float = 0.0  # the largest that was within the bar, in its unit
    outputs: int = 0
    ratio: float = 0.0  # the largest of an output beyond the card's bar, as a part of what ordinary code reaches
    beyond: int = 0  # outputs that are right, but beyond the card's own bar
    silent: int = 0  # outputs beyond it of which the card's ordinary bar says nothing: not judged
    convention: str = ""  # the accepted convention by which the outputs are right


def first_failure(tested: Subject, case: Case, bar: float) -> Seen:
    """What one call shows: the worst output that is beyond what the function is held to, or that the call broke."""
    try:
        output = tested.call(case.values)
    except Broken as error:
        if tested.held_to is Standard.ORDINARY and case.reference.within is not None and case.ordinary is None:
            return Seen(outputs=len(case.exact), silent=len(case.exact))  # an overflow may raise as well as give inf
        return Seen(Failure(case, math.nan, None, reason=str(error)), math.nan)
    return seen(tested, case, output, bar)


def seen(tested: Subject, case: Case, output: np.ndarray, bar: float) -> Seen:
    """What these outputs for one input show."""
    worst, ratio, failure, beyond, silent = 0.0, 0.0, None, 0, 0
    with np.errstate(all="ignore"):
        flat = output.astype(case.dtype, copy=False).reshape(-1)
    for place, (out, exact) in enumerate(zip(flat, case.exact, strict=True)):
        verdict = _by_card(case, out, exact, place, bar)
        if verdict.right is True:
            worst = max(worst, verdict.error)
            continue
        if tested.held_to is Standard.ORDINARY:
            ordinary = _ordinarily(case, output.reshape(-1)[place], exact, place)
            if ordinary is None:
                silent += 1
                continue
            if ordinary.right is True:
                beyond, ratio = beyond + 1, max(ratio, ordinary.error)
                continue
        if failure is None or verdict.error > failure.error:
            failure = Failure(case, verdict.error, output, place, verdict.reason)
    shown = Seen(failure, worst, len(flat), ratio, beyond, silent)
    return _excused(tested, case, output, bar, shown) if failure is not None and tested.held_to is Standard.ORDINARY else shown


def _excused(tested: Subject, case: Case, output: np.ndarray, bar: float, shown: Seen) -> Seen:
    """The same without the failure, where it is of a convention or of subnormal numbers that are taken for 0."""
    if convention := accepted(tested, case.values, case.dtype, output):
        return replace(shown, failure=None, convention=convention)
    flushed = _flushed(case)
    if flushed is None:
        return shown
    if any(s.type.domain == "positive" and np.any(v == 0) for s, v in flushed.items()):
        return replace(shown, failure=None, silent=shown.silent + 1)  # of 0 the card does not speak
    zeroed = Case(case.family, flushed, case.dtype, case.reference)
    if not seen(tested, zeroed, output, bar).failure:
        return replace(shown, failure=None, convention="subnormal numbers count as 0")
    if tested.each_shape and not first_failure(tested, zeroed, bar).failure:
        return replace(shown, failure=None, silent=shown.silent + 1)  # JAX has no logarithm of a subnormal number
    return shown


def _flushed(case: Case) -> Draw | None:
    """The input with its subnormal numbers taken for 0, as fast arithmetic does; None where it has none."""
    tiny = np.finfo(case.dtype).tiny
    zeroed = {
        s: np.where(np.abs(v) < tiny, v.dtype.type(0), v)[()] if isinstance(v, (np.ndarray, np.floating)) else v
        for s, v in case.values.items()
    }
    return None if all(np.array_equal(v, case.values[s]) for s, v in zeroed.items()) else zeroed


def _by_card(case: Case, out: Any, exact: Exact, place: int, bar: float) -> Judged:
    """The verdict by the card's own bar, in the format of the inputs."""
    if case.reference.bound is not None:
        return judge_within(out, exact, case.bars[place], case.dtype)
    return judge(out, exact, bar, case.dtype)


def _ordinarily(case: Case, out: Any, exact: Exact, place: int) -> Judged | None:
    """The verdict by what ordinary code reaches; None where the card does not say, or nan stands for an infinite result."""
    if np.isnan(out) and special(exact.at(FIRST)) in ("inf", "-inf"):
        return None
    allowed = case.ordinary
    return None if allowed is None else judge_within(out, exact, allowed[place], case.dtype, format_of(case.dtype).tiny)


def accuracy_check(tested: Subject, dtype: str, effort: str = "normal", seed: int = SEED, stop: bool = False) -> Check:
    """One format."""
    return examined(tested, dtype, effort, seed, stop).check


@dataclass(frozen=True)
class Examined:
    """One format: the check, the smallest failure, and some inputs that fail."""

    check: Check
    failure: Failure | None = None
    failing: tuple[Failure, ...] = ()


KEPT = 12  # failures that are kept for a diagnosis


def examined(tested: Subject, dtype: str, effort: str = "normal", seed: int = SEED, stop: bool = False) -> Examined:
    """Every output for the inputs of one format; every length besides, in the widest."""
    card = tested.card
    bar = bar_of(card, dtype) or 0.0
    worst, where, outputs, beyond, silent, ratio = -1.0, "", 0, 0, 0, 0.0
    failing: list[Failure] = []
    failed = 0
    families: dict[str, int] = {}
    conventions = set[str]()
    found = _asked(tested, dtype, effort, seed)
    hunted = effort == "thorough" and not stop
    errors: list[tuple[float, Draw]] = []
    for case in itertools.chain(found, _worst(tested, dtype, bar, errors, seed) if hunted else ()):
        shown = first_failure(tested, case, bar)
        outputs, beyond, silent = outputs + shown.outputs, beyond + shown.beyond, silent + shown.silent
        families[case.family] = families.get(case.family, 0) + 1
        conventions |= {shown.convention} - {""}
        if shown.failure is not None:
            failed += 1
            if len(failing) < KEPT or (severe(shown.failure, bar) and not any(severe(f, bar) for f in failing)):
                failing.append(shown.failure)
            if stop:
                break
        else:
            ratio = max(ratio, shown.ratio)
            errors.append((max(shown.error, shown.ratio * bar), case.values))
            if shown.error > worst:
                worst, where = shown.error, tested.shown(case.values)
    ordinary = tested.held_to is Standard.ORDINARY
    unit = "of the bar" if card.accuracy.bound else "ULP"
    figures: dict[str, Any] = {
        "format": dtype,
        "bar": card.accuracy.bound or bar,
        "unit": unit,
        "max": max(worst, 0.0),
        "where": where,
        "outputs": outputs,
        **({"beyond": beyond, "not judged": silent, "ordinary": ratio} if ordinary else {}),
        "families": families,
        "seed": seed,
        "level": "observed max",
        "numpy": np.__version__,
    }
    if not found or not (outputs or failed):
        detail = "no inputs were judged: an empty check proves nothing"
        standing = Standing.UNSUPPORTED if ordinary else None  # of a card that admits no float nothing is known of others
        return Examined(Check("accuracy", dtype, ordinary, detail, figures=figures, standing=standing))
    if not failing:
        limit = f"|error| <= {card.accuracy.bound}" if card.accuracy.bound else f"{bar:g} ULP"
        detail = f"at most {max(worst, 0.0):.3g} {unit} at {outputs} outputs, bar {limit}"
        if beyond or silent:
            parts = [f"{beyond} beyond this card's bar ({limit}), within what textbook code reaches"] if beyond else []
            parts += [f"{silent} not judged"] if silent else []
            detail = f"{outputs} outputs: {'; '.join(parts)}"
        if conventions:
            figures["conventions"] = sorted(conventions)
            detail += f"; by convention: {', '.join(sorted(conventions))}"
        standing = None
        if silent and (silent == outputs or not card.accuracy.ordinary):
            standing = Standing.UNSUPPORTED
            detail += "" if card.accuracy.ordinary else ": the card does not say what `ordinary` code reaches"
        return Examined(Check("accuracy", dtype, True, detail, cases=len(found), figures=figures, standing=standing))
    # the simplest, unless it is off by the last digits alone and another by more
    first = next((f for f in failing if severe(f, bar)), failing[0])
    small = shrink(tested, first, bar)
    figures["failed"] = failed
    figures["severe"] = severe(small, bar)
    example = counterexample(tested, small, unit)
    detail = f"{failed} of {sum(families.values())} inputs are beyond the bar; {example}"
    check = Check("accuracy", dtype, False, detail, sum(families.values()), example, figures)
    return Examined(check, small, tuple(failing))


def _short(tested: Subject, dtype: str, seed: int) -> tuple[Case, ...]:
    """The lengths to 64 in a narrower format, of others' functions: a loop may go wrong in that alone.

    In float16 the outputs of one input are at most 17, which keeps the time.
    """
    if tested.held_to is not Standard.ORDINARY or tested.each_shape:
        return ()
    counts = ("size", "natural")
    listed = length_cases(tested.card, dtype, seed)
    if dtype == "float16":
        listed = tuple(c for c in listed if math.prod(tested.shape(c.values)) <= FEW_OUTPUTS)
    return tuple(c for c in listed if all(n <= QUICK_LENGTH for s, n in c.values.items() if s.type.domain in counts))


def _asked(tested: Subject, dtype: str, effort: str, seed: int) -> tuple[Case, ...]:
    """The inputs of one format: the families, and lengths besides."""
    lengths = length_cases(tested.card, dtype, seed) if dtype == tested.working else _short(tested, dtype, seed)
    if effort == "quick":
        lengths = tuple(c for c in lengths if math.prod(tested.shape(c.values)) <= QUICK_LENGTH)
    if tested.each_shape and effort != "thorough":
        lengths = tuple(c for c in lengths if all(n in COMPILED for s, n in c.values.items() if s.type.domain == "size"))
    found = cases(tested.card, dtype, effort, seed) + lengths
    if tested.held_to is Standard.ORDINARY and dtype == "float64":
        found += masks_beside_large(tested.card, dtype, seed) + scale_cases(tested.card, dtype, seed)
    return found


def _worst(tested: Subject, dtype: str, bar: float, errors: list[tuple[float, Draw]], seed: int) -> Iterator[Case]:
    """The worst input that a climb from the worst of `errors` reaches, which are known when this is asked for."""

    def error(values: Draw) -> float:
        if not admitted(tested.card, values):
            return math.nan
        shown = first_failure(tested, Case("hunted", values, dtype, tested.reference), bar)
        if shown.failure is not None:
            return math.inf if math.isnan(shown.failure.error) else bar + shown.failure.error
        return max(shown.error, shown.ratio * bar)

    small = [pair for pair in errors if sum(np.size(v) for v in pair[1].values()) <= 64]  # long inputs take long
    reached = climbed(small, error, seed)
    if reached is not None:
        yield Case("hunted", reached[1], dtype, tested.reference)


def severe(failure: Failure, bar: float) -> bool:
    """Wrong by more than the last digits: broken, nan, or a thousand times the bar."""
    return not failure.error <= 1000 * max(bar, 1.0)


def counterexample(tested: Subject, failure: Failure, unit: str = "ULP") -> str:
    """The call, what it gives, what is exact, and by how much it is off."""
    call = tested.shown(failure.case.values)
    if failure.output is None:
        return f"{call} {failure.reason}"
    with np.errstate(all="ignore"):
        output = failure.output.astype(failure.case.dtype, copy=False)
    many = output.size > 1
    exact = failure.case.exact[failure.place].decimal()
    here = f"; entry {failure.place + 1}: exact {exact}" if many else f"; exact {exact}"
    off = "undecided" if failure.undecided else "nan" if math.isnan(failure.error) else f"{failure.error:.3g} {unit}"
    return f"{call} gives {show(output)}{here}; off by {off}"


# shrinking --------------------------------------------------------------------------------------------------


def shrink(tested: Subject, failure: Failure, bar: float, budget: int = 120, numbers: int = 6000) -> Failure:
    """A smaller input that fails as well: fewer entries, then simpler numbers. Simple inputs are small already.

    At most `budget` inputs are tried, of so many `numbers` in all: long ones take long.
    """
    if failure.case.family == "simple" or failure.undecided:
        return failure
    best, improved = failure, True
    while improved and budget > 0 and numbers > 0:
        improved = False
        for values in smaller(best.case.values):
            if not admitted(tested.card, values):
                continue
            budget, numbers = budget - 1, numbers - sum(np.size(v) for v in values.values())
            case = Case("shrunk", values, best.case.dtype, best.case.reference)
            if _undefined(case) and not _undefined(best.case):
                continue  # all is masked: of that the card does not speak
            found = first_failure(tested, case, bar).failure
            same_kind = found is not None and (found.output is None) == (best.output is None) and not found.undecided
            if found is not None and same_kind:
                best, improved = found, True
                break
            if budget <= 0 or numbers <= 0:
                break
    return best


def _undefined(case: Case) -> bool:
    return any(special(e.at(FIRST)) == "undefined" for e in case.exact)


def smaller(values: Draw) -> Iterator[Draw]:
    """Simpler inputs of the same domain, the boldest first."""
    for size, n in values.items():
        if size.type.domain == "size" and n > size.type.minimum:
            yield from _shorter(values, size, n)
    for symbol, value in values.items():
        if symbol.type.domain in ("size", "index", "natural", "simplex", "onehot"):
            continue
        array = np.asarray(value)
        for place in np.ndindex(array.shape):
            for simpler in _simpler(array[place], symbol.type.domain):
                changed = array.copy()
                changed[place] = simpler
                yield {**values, symbol: changed if array.ndim else changed[()]}


def _shorter(values: Draw, size: t.Symbol, n: int) -> Iterator[Draw]:
    """Without some of the n entries over a size: half of them, then one."""
    arrays = {s: v for s, v in values.items() if isinstance(v, np.ndarray)}
    pmfs = {s for s in arrays if s.type.domain in ("simplex", "onehot")}
    whole = [s for s in values if s.type.domain in ("index", "natural")]
    axes = {s: [k for k, over in enumerate(s.type.shape) if over == size] for s in arrays}
    chunks = [range(n // 2, n), range(n // 2)] if n > 3 else []
    for gone in [*chunks, *[range(i, i + 1) for i in range(n - 1, -1, -1)]]:
        if n - len(gone) < size.type.minimum:
            continue
        if any(values[s] > n - len(gone) for s in whole if s.type.over == size):
            continue
        kept = [i for i in range(n) if i not in gone]
        if any(arrays[s].shape[-1] == n and arrays[s][..., list(gone)].any() for s in pmfs if arrays[s].ndim - 1 in axes[s]):
            continue  # an entry with a probability cannot be left out
        fewer: Draw = {**values, size: len(kept)}
        for s, places in axes.items():
            for axis in places:
                fewer[s] = np.take(fewer[s], kept, axis=axis)
        yield fewer


def _simpler(x: Any, domain: str) -> Iterator[Any]:
    kind = type(x)
    if not np.isfinite(x):
        return
    ladder = [1.0] if domain == "positive" else [0.0, 1.0]
    with np.errstate(all="ignore"):
        ladder += [float(kind(f"{float(x):.{digits}g}")) for digits in (1, 2, 3)]
    for y in ladder:
        if len(str(kind(y))) < len(str(x)) and np.isfinite(kind(y)) and not (domain == "unit" and not 0 <= y <= 1):
            yield kind(y)

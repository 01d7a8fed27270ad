"""Every output of a function against the exact value for the very bits it was given, in each declared format.

Inputs are seeded and come by families, the simple ones first; the exact values are computed once and serve every
function that is judged (the right one and all mistakes). A failure is shrunk to a small input that a person can replay.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from mathcore.card import Card
from mathcore.conformance.exact import Reference, holding, reference
from mathcore.conformance.families import FAMILIES, drawn_by_family, simple
from mathcore.conformance.subject import Broken, Standard, Subject, show, subject
from mathcore.conformance.ulp import Exact, Judged, format_of, judge, judge_within
from mathcore.evidence import Check
from mathcore.strategies.declared import Draw, simple_hypotheses
from mathcore.strategies.floats import FORMATS

SEED = 20230227
SCALAR = 16
COUNTS = {"verify": (60, 6, 3), "intense": (400, 150, 12)}  # simple inputs, inputs a family, long inputs


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
    """The formats in which the function is judged: those with a bar; only float64 if no argument is a float."""
    bound = tuple(f for f in FORMATS if bar_of(tested.card, f) is not None)
    if tested.lists or not tested.floats:
        return tuple(f for f in bound if f == "float64")
    return bound


@lru_cache(maxsize=128)
def cases(card: Card, dtype: str, effort: str = "verify", seed: int = SEED) -> tuple[Case, ...]:
    """The inputs of one format: simple ones, then every family."""
    return tuple(_cases(card, dtype, effort, seed))


def _cases(card: Card, dtype: str, effort: str, seed: int) -> Iterator[Case]:
    symbols, exact = tuple(card.definition.parameters), reference(card)
    sizes = {s for p in symbols for s in p.type.shape} | {p.type.over for p in symbols}
    known = set(symbols) | sizes
    hypotheses = tuple(h for h in card.context.hypotheses if _spoken(h) and _spoken(h) <= known)
    _, left = simple_hypotheses(hypotheses)
    holds = holding(card.context)
    few, each, long = COUNTS[effort]
    if all(not p.type.shape for p in symbols):  # one output an input: more inputs make up for it
        few, each = SCALAR * few, SCALAR * each
    masks = card.accuracy.masks

    def admitted(values: Draw) -> bool:
        return not left or holds(left, values)

    for values in simple(symbols, hypotheses, dtype, few, masks):
        if admitted(values):
            yield Case("simple", values, dtype, exact)
    for family in FAMILIES:
        count = long if family == "long" else each
        for values in drawn_by_family(family, symbols, hypotheses, dtype, count, seed, masks):
            if admitted(values):
                yield Case(family, values, dtype, exact)


def _spoken(node: Any) -> set[Any]:
    from mathcore.language.tree import free_symbols

    return {s for s in free_symbols(node) if s.type.domain != "index"}


@dataclass(frozen=True)
class Seen:
    """What one input shows of a function."""

    failure: Failure | None = None
    error: float = 0.0  # the largest that was within the bar, in its unit
    outputs: int = 0
    beyond: int = 0  # outputs that are right, but beyond the card's own bar
    silent: int = 0  # outputs beyond it of which the card's ordinary bar says nothing: not judged


def first_failure(tested: Subject, case: Case, bar: float) -> Seen:
    """What the outputs for one input show: the worst that is beyond what the function is held to, or the call that broke."""
    try:
        output = tested.call(case.values)
    except Broken as error:
        return Seen(Failure(case, math.nan, None, reason=str(error)), math.nan)
    worst, failure, beyond, silent = 0.0, None, 0, 0
    with np.errstate(all="ignore"):
        flat = output.astype(case.dtype, copy=False).reshape(-1)
    for place, (out, exact) in enumerate(zip(flat, case.exact, strict=True)):
        verdict = _by_card(case, out, exact, place, bar)
        if verdict.right is not True and tested.held_to is Standard.ORDINARY:
            ordinary = _ordinarily(case, output.reshape(-1)[place], exact, place)
            if ordinary is None:
                silent += 1
                continue
            beyond += ordinary.right is True
            verdict = ordinary
        if verdict.right is True:
            worst = max(worst, verdict.error)
        elif failure is None or verdict.error > failure.error:
            failure = Failure(case, verdict.error, output, place, verdict.reason)
    return Seen(failure, worst, len(flat), beyond, silent)


def _by_card(case: Case, out: Any, exact: Exact, place: int, bar: float) -> Judged:
    """The verdict by the card's own bar, in the format of the inputs."""
    if case.reference.bound is not None:
        return judge_within(out, exact, case.bars[place], case.dtype)
    return judge(out, exact, bar, case.dtype)


def _ordinarily(case: Case, out: Any, exact: Exact, place: int) -> Judged | None:
    """The verdict by what ordinary code reaches; None where the card does not say."""
    allowed = case.ordinary
    return None if allowed is None else judge_within(out, exact, allowed[place], case.dtype, format_of(case.dtype).tiny)


def accuracy_checks(
    card: Card,
    function: Callable[..., Any] | str | Subject | None = None,
    *,
    effort: str = "verify",
    seed: int = SEED,
    stop: bool = False,
) -> tuple[Check, ...]:
    """One check per declared format, and the contract's; `stop` ends a format at its first failure (for mistakes)."""
    tested = subject(card, function)
    formats = formats_of(tested)
    if not formats:
        detail = "the page declares no bar for any format: write an accuracy fence with float64  3, or with a bound"
        return (Check("accuracy", "declared bar", False, detail),)
    found = tuple(accuracy_check(tested, dtype, effort, seed, stop) for dtype in formats)
    if stop:
        return found
    from mathcore.conformance.contract import contract_checks

    return found + contract_checks(card, tested, own=function is None, seed=seed)


def accuracy_check(tested: Subject, dtype: str, effort: str = "verify", seed: int = SEED, stop: bool = False) -> Check:
    """One format."""
    card = tested.card
    bar = bar_of(card, dtype) or 0.0
    worst, where, outputs, failed, failure = -1.0, "", 0, 0, None
    families: dict[str, int] = {}
    beyond = silent = 0
    found = cases(card, dtype, effort, seed)
    for case in found:
        seen = first_failure(tested, case, bar)
        broken, error = seen.failure, seen.error
        outputs, beyond, silent = outputs + seen.outputs, beyond + seen.beyond, silent + seen.silent
        families[case.family] = families.get(case.family, 0) + 1
        if broken is not None:
            failed += 1
            if failure is None or (severe(broken, bar) and not severe(failure, bar)):
                failure = broken  # the simplest, unless it is off by the last digits alone and another by more
            if stop:
                break
        elif error > worst:
            worst, where = error, tested.shown(case.values)
    unit = "of the bar" if card.accuracy.bound else "ULP"
    figures: dict[str, Any] = {
        "format": dtype,
        "bar": card.accuracy.bound or bar,
        "unit": unit,
        "max": max(worst, 0.0),
        "where": where,
        "outputs": outputs,
        **({"beyond": beyond, "not judged": silent} if tested.held_to is Standard.ORDINARY else {}),
        "families": families,
        "seed": seed,
        "level": "observed max",
        "numpy": np.__version__,
    }
    if not found or not (outputs or failed):
        return Check("accuracy", dtype, False, "no inputs were judged: an empty check proves nothing", figures=figures)
    if failure is None:
        limit = f"|error| <= {card.accuracy.bound}" if card.accuracy.bound else f"{bar:g} ULP"
        detail = f"at most {worst:.3g} {unit} at {outputs} outputs, bar {limit}"
        return Check("accuracy", dtype, True, detail, cases=len(found), figures=figures)
    small = shrink(tested, failure, bar)
    figures["failed"] = failed
    figures["severe"] = severe(small, bar)
    example = counterexample(tested, small, unit)
    detail = f"{failed} of {sum(families.values())} inputs are beyond the bar; {example}"
    return Check("accuracy", dtype, False, detail, cases=sum(families.values()), counterexample=example, figures=figures)


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


def shrink(tested: Subject, failure: Failure, bar: float, budget: int = 120) -> Failure:
    """A smaller input that fails as well: fewer entries, then simpler numbers. Simple inputs are small already."""
    if failure.case.family == "simple" or failure.undecided:
        return failure
    best, improved = failure, True
    while improved and budget > 0:
        improved = False
        for values in smaller(best.case.values):
            budget -= 1
            case = Case("shrunk", values, best.case.dtype, best.case.reference)
            found = first_failure(tested, case, bar).failure
            same_kind = found is not None and (found.output is None) == (best.output is None) and not found.undecided
            if found is not None and same_kind:
                best, improved = found, True
                break
            if budget <= 0:
                break
    return best


def smaller(values: Draw) -> Iterator[Draw]:
    """Simpler inputs of the same domain, the boldest first."""
    arrays = {s: v for s, v in values.items() if isinstance(v, np.ndarray)}
    pmfs = {s for s in arrays if s.type.domain in ("simplex", "onehot")}
    whole = [s for s in values if s.type.domain in ("index", "natural")]
    for size, n in values.items():
        if size.type.domain != "size" or n <= size.type.minimum:
            continue
        chunks = [range(n // 2, n), range(n // 2)] if n > 3 else []
        for gone in [*chunks, *[range(i, i + 1) for i in range(n - 1, -1, -1)]]:
            if n - len(gone) < size.type.minimum:
                continue
            if any(values[s] > n - len(gone) for s in whole if s.type.over == size):
                continue
            kept = [i for i in range(n) if i not in gone]
            axes = {s: [k for k, over in enumerate(s.type.shape) if over == size] for s in arrays}
            if any(arrays[s].shape[-1] == n and arrays[s][..., list(gone)].any() for s in pmfs if arrays[s].ndim - 1 in axes[s]):
                continue  # an entry with a probability cannot be left out
            fewer: Draw = {**values, size: len(kept)}
            for s, places in axes.items():
                for axis in places:
                    fewer[s] = np.take(fewer[s], kept, axis=axis)
            yield fewer
    for symbol, value in values.items():
        if symbol in pmfs or symbol.type.domain in ("size", "index", "natural"):
            continue
        array = np.asarray(value)
        for place in np.ndindex(array.shape):
            for simpler in _simpler(array[place], symbol.type.domain):
                changed = array.copy()
                changed[place] = simpler
                yield {**values, symbol: changed if array.ndim else changed[()]}


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

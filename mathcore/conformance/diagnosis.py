"""From checks that failed to findings: one for each cause, with the slip that gives the same results.

The failing inputs are given to every known mistake of the card and to the shared slips; the one that gives what the
function gave, at all of them, is named, with what to do instead. Then the law and the line of a derivation that the
outputs contradict, and which inputs do not matter.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from flint import fmpq

from mathcore.card import Card, Law
from mathcore.conformance.accuracy import SEED, Case, Examined, Failure, admitted, bar_of, cases, first_failure, seen
from mathcore.conformance.laws import law_check
from mathcore.conformance.mistakes import mistaken
from mathcore.conformance.slips import attempt, slips
from mathcore.conformance.subject import WHOLE, Broken, Subject, resolve, show
from mathcore.conformance.ulp import Exact, special
from mathcore.evidence import Check, Finding
from mathcore.strategies.declared import Draw

BATCHES = (
    "a row depends on that row alone", "a large batch is a batch", "every axis of three", "axis=None takes all entries",
    "several axes at once",
)  # fmt: skip
CLOSE = 1e-9  # two results that are wrong in the same way
ROUNDED = 2.0**-50  # between them, where a number near 1 was rounded on the way: what is named must explain the error besides


def findings(tested: Subject, checks: tuple[Check, ...], failing: tuple[Examined, ...], seed: int = SEED) -> tuple[Finding, ...]:
    """One finding for each cause. What is wrong for single inputs is the cause of all that fails after it."""
    failed = [c for c in checks if not c.passed]
    if not failed:
        return ()
    core = [c for c in failed if c.kind == "accuracy"]
    laws = [c for c in failed if c.kind == "law" and not c.figures.get("conflict")]
    if core and failing:
        return (_of_values(tested, core[0], failing[0], laws, [c for c in failed if c is not core[0]], seed),)
    found, rest = list[Finding](), [c for c in failed if c.kind != "law"] or failed
    of_batches = [c for c in rest if c.name in BATCHES]
    for check in rest:
        if check in of_batches[1:]:
            continue  # many inputs at once go wrong in many ways for one cause
        link = f"formulas/{tested.card.name}.html"
        also = tuple(c.name for c in of_batches[1:]) if check in of_batches else ()
        found.append(Finding(check.name, check.kind, check.counterexample or check.detail, link=link, also=also))
    if found and laws and rest is not failed:
        found[0] = replace(found[0], also=(*found[0].also, *(c.name for c in laws)))
    return tuple(found)


def _of_values(tested: Subject, check: Check, examined: Examined, laws: list[Check], rest: list[Check], seed: int) -> Finding:
    card, failure = tested.card, examined.failure
    assert failure is not None or examined.failing == ()
    slip = named(tested, examined, seed)
    spoken = [c for c in laws if not c.figures.get("silent")]
    law = next((c for c in spoken if not c.figures.get("broken")), next(iter(spoken), None))
    stated = next((one for one in card.invariants if law is not None and one.name == law.name), None)
    return Finding(
        check=check.name,
        kind=check.kind,
        shown=check.counterexample or check.detail,
        slip=slip[0],
        words=slip[1],
        law=stated.statement if stated else "",
        meaning=stated.why if stated else "",
        line=contradicted(tested),
        link=f"formulas/{card.name}.html" + ("#what-people-get-wrong" if slip[0] and card.mistakes else ""),
        free=free_inputs(tested, failure) if failure is not None else (),
        also=tuple(c.name for c in rest),
        **(_replayed(tested, failure) if failure is not None else {}),
    )


def _replayed(tested: Subject, failure: Failure) -> dict[str, str]:
    """The failing call, the exact results and how far from them a result may be, as expressions with np."""
    case = failure.case
    ulp = [np.spacing(np.abs(_float(e)).astype(case.dtype)) * (bar_of(tested.card, case.dtype) or 0.0) for e in case.exact]
    allowed = [_float(e) for e in case.ordinary or (case.bars if tested.card.accuracy.bound else [])] or ulp
    tiny = float(np.finfo(case.dtype).tiny)
    shape = tested.shape(case.values)
    exact, room = (
        np.array(v, dtype=float).reshape(shape) for v in ([_float(e) for e in case.exact], [a + tiny for a in allowed])
    )
    words = [", ".join(_literal(a) for a in tested.arguments(case.values)), repr(exact.tolist()), repr(room.tolist())]
    named = [re.sub(r"\b(inf|nan)\b", r"np.\1", text) for text in words[1:]]
    return {"code": words[0], "exact": named[0], "allowed": named[1]}


def _float(exact: Exact) -> Any:
    value = exact.at(128)
    kind = special(value)
    if kind is not None:
        return np.float64({"inf": np.inf, "-inf": -np.inf}.get(kind, np.nan))
    if not isinstance(value, fmpq):
        return np.float64(float(value.mid()))
    try:
        return np.float64(int(value.p) / int(value.q))
    except OverflowError:
        return np.float64(np.inf if value > 0 else -np.inf)


def _literal(a: Any) -> str:
    if isinstance(a, np.ndarray):
        return re.sub(r"\b(inf|nan)\b", r"np.\1", f"np.array({a.tolist()!r}, dtype={a.dtype.name!r})")
    if isinstance(a, np.generic):
        return re.sub(r"\b(inf|nan)\b", r"np.\1", f"np.{a.dtype.name}({a.item()!r})")
    return re.sub(r"\b(inf|nan)\b", r"np.\1", repr(a))


# slips ----------------------------------------------------------------------------------------------------------------


def named(tested: Subject, examined: Examined, seed: int = SEED) -> tuple[str, str]:
    """(the slip that gives what the function gave at every failing input, what to do instead); empty where none does."""
    met = [f for f in (examined.failure, *examined.failing) if f is not None]
    outputs = [(f.case, f.output) for f in met if f.output is not None]
    if not outputs:
        broken = [f for f in met if "math range error" in f.reason]
        return _overflowing(tested.card) if broken else _of_another_shape(tested, [f.case for f in met])
    best, score = ("", ""), 0
    right = [attempt(_lenient(tested.card).call, case.values) for case, _ in outputs] if tested.card.numeric else []
    for name, words, gives, rtol in _candidates(tested.card):
        tried = [attempt(gives, case.values) for case, _ in outputs[:1]]  # most candidates differ at the first
        if not _same(tried[0], outputs[0][1], rtol, ROUNDED):
            continue
        tried += [attempt(gives, case.values) for case, _ in outputs[1:]]
        if not all(_same(one, output, rtol, ROUNDED) for one, (_, output) in zip(tried, outputs, strict=True)):
            continue
        if not all(_explains(one, output, due) for one, (_, output), due in zip(tried, outputs, right, strict=False)):
            continue
        agreed = _agreed(tested, gives, rtol, seed)
        if agreed > score:
            best, score = (name, words), agreed
    if best[0]:
        return best
    if _in_float32(tested, outputs):
        return "it computes in float32 inside", "compute in the format of the input"
    if _in_float16(outputs):
        return "it computes in float16 inside", "compute in the format of the input"
    return _by_the_rest(outputs, right)


def _of_another_shape(tested: Subject, failing: list[Case]) -> tuple[str, str]:
    """The mistake of the card that returns the same arrays of a wrong shape."""
    given = [(case, result) for case in failing if (result := _misshapen(tested, case)) is not None]
    if len(given) == len(failing) > 0:
        for wrong in (mistaken(tested.card, dotted) for dotted in tested.card.mistakes):
            if all(_same(_misshapen(wrong, case), result, CLOSE) for case, result in given):
                return _described(wrong)
    return "", ""


def _misshapen(tested: Subject, case: Case) -> np.ndarray | None:
    try:
        tested.call(case.values)
    except Broken as error:
        return error.result
    return None


def _described(wrong: Subject) -> tuple[str, str]:
    """The name of a mistake, and what to do instead."""
    return wrong.name.replace("_", " "), " ".join((inspect.getdoc(wrong.function) or "").partition("\n\n")[0].split())


def _candidates(card: Card) -> Iterator[tuple[str, str, Callable[[Draw], np.ndarray], float]]:
    for dotted in card.mistakes:
        wrong = mistaken(card, dotted)
        yield *_described(wrong), wrong.call, CLOSE
    if card.numeric:
        for slip in slips(_lenient(card)):
            yield slip.name, slip.remedy, slip.gives, slip.rtol


def _lenient(card: Card) -> Subject:
    """mathcore's own function without the checks of values: a slip may leave the domain."""
    own = resolve(card.numeric, card)
    taken = inspect.signature(own.function).parameters
    return replace(own, options={**own.options, **({"validate": False} if "validate" in taken else {})})


def _same(one: np.ndarray | None, other: np.ndarray | None, rtol: float, atol: float = 1e-300) -> bool:
    if one is None or other is None or one.shape != other.shape:
        return False
    with np.errstate(all="ignore"):
        return bool(np.allclose(one, other.astype(np.float64), rtol=rtol, atol=atol, equal_nan=True))


def _explains(candidate: np.ndarray | None, output: np.ndarray, right: np.ndarray | None) -> bool:
    """Whether the slip accounts for the error, not only for the digits that are right."""
    if candidate is None or right is None or right.shape != output.shape:
        return True
    with np.errstate(all="ignore"):
        out = output.astype(np.float64)
        if (np.isfinite(out) != np.isfinite(right)).any():
            return bool((np.isfinite(candidate) == np.isfinite(out)).all())
        off, error = (np.nan_to_num(np.abs(x - out), nan=0.0, posinf=0.0) for x in (candidate, right))
        return bool(off.max(initial=0) <= 1e-2 * error.max(initial=0))


def _agreed(tested: Subject, gives: Callable[[Draw], np.ndarray], rtol: float, seed: int) -> int:
    """At how many of some inputs the slip gives what the function gives; 0 if it is wrong where the function is right."""
    count, bar = 1, bar_of(tested.card, tested.working) or 0.0
    for case in cases(tested.card, tested.working, "quick", seed)[:24]:
        try:
            output, given = tested.call(case.values), attempt(gives, case.values)
        except Broken:
            continue
        near = _same(given, output, max(rtol, 1e-6), ROUNDED)
        if given is not None and not near and seen(tested, case, output, bar).failure is None:
            return 0
        count += _same(given, output, max(rtol, 1e-6))
    return count


def _in_float32(tested: Subject, outputs: list[tuple[Case, np.ndarray]]) -> bool:
    """Whether every failing result in float64 is right as a result of float32, and as far off as one is."""
    bar, narrow, sizes = bar_of(tested.card, "float32"), True, list[float]()
    if bar is None:
        return False
    for case, output in outputs:
        if case.dtype != "float64" or not np.isfinite(output).all():
            return False
        exact = [e.at(128) for e in case.exact]
        for out, y in zip(output.reshape(-1), exact, strict=True):
            try:
                off, size = abs(float(out) - float(y)), abs(float(y))
            except (TypeError, ValueError):
                return False
            if not off <= 2.0**-18 * size + 2.0**-100:
                return False
            narrow &= bool(np.float32(out) == out)
            sizes += [off / size] if off > 2.0**-50 * size > 0 else []
    return narrow or (bool(sizes) and float(np.median(sizes)) >= 2.0**-29)


def _in_float16(outputs: list[tuple[Case, np.ndarray]]) -> bool:
    """Whether every failing result is a number of float16 and right as one, some of them no simple fraction."""
    odd = False
    for case, output in outputs:
        out = output.astype(np.float64).reshape(-1)
        exact = np.array([_float(e) for e in case.exact])
        with np.errstate(all="ignore"):
            if case.dtype == "float16" or not np.array_equal(out, out.astype(np.float16)):
                return False
            if not (np.abs(out - exact) <= 2.0**-6 * np.abs(exact) + 2.0**-14).all():
                return False
        odd |= bool((out * 64 != np.rint(out * 64)).any())
    return odd


def _by_the_rest(outputs: list[tuple[Case, np.ndarray]], right: list[np.ndarray | None]) -> tuple[str, str]:
    """The slip whose digits depend on the order of a sum: the last entry completes the others, which are right, to 1.

    It is a difference of numbers near 1, so a multiple of 2^-53.
    """
    for (case, output), due in zip(outputs, right, strict=False):
        if due is None or output.ndim == 0 or output.shape != due.shape or output.shape[-1] < 2 or case.dtype != "float64":
            return "", ""
        out = output.astype(np.float64)
        steps = out[..., -1] * 2.0**53
        summed = np.abs(1 - out.sum(axis=-1)) <= 2.0**-52 * out.shape[-1]
        if not (summed.all() and (steps == np.rint(steps)).all() and np.allclose(out[..., :-1], due[..., :-1], rtol=CLOSE)):
            return "", ""
    return (
        ("the last entry is 1 minus the others", "compute every entry by the formula: the difference cancels")
        if right
        else ("", "")
    )


def _overflowing(card: Card) -> tuple[str, str]:
    return "an exponential overflows", "subtract the largest exponent first, or branch on the sign, so that exp never grows"


# what it contradicts --------------------------------------------------------------------------------------------------


def contradicted(tested: Subject) -> str:
    """The first derivation of the card whose claim the outputs contradict, by its key and claim."""
    for derivation in tested.card.derivations:
        if tested.card.definition.head not in derivation.claim or derivation.instance:
            continue
        law = Law(derivation.key, derivation.claim, getattr(derivation, "given", ""))
        try:
            found = law_check(tested, law, tested.working, "quick", hypothesis=False)
        except (ValueError, TypeError, KeyError, Broken):
            continue
        if not found.passed and found.counterexample and not found.figures.get("conflict") and not found.figures.get("broken"):
            return f"{derivation.key}: {derivation.claim}"
    return ""


def free_inputs(tested: Subject, failure: Failure) -> tuple[str, ...]:
    """Inputs that may be anything: the call stays wrong for three other values of each."""
    if len(tested.parameters) < 3:
        return ()
    sizes = {s: n for s, n in failure.case.values.items() if s.type.domain == "size"}
    others = [
        c.values for c in cases(tested.card, failure.case.dtype, "quick") if all(c.values.get(s) == n for s, n in sizes.items())
    ]
    bar, free = bar_of(tested.card, failure.case.dtype) or 0.0, list[str]()
    for p in tested.parameters:
        if p.type.domain in WHOLE:
            continue
        tried = [{**failure.case.values, p: values[p]} for values in others if show(values[p]) != show(failure.case.values[p])]
        tried = [values for values in tried[:6] if admitted(tested.card, values)][:3]
        if len(tried) == 3 and all(_wrong(tested, values, failure, bar) for values in tried):
            free.append(p.name)
    return tuple(free)


def _wrong(tested: Subject, values: Draw, failure: Failure, bar: float) -> bool:
    return first_failure(tested, Case("free", values, failure.case.dtype, tested.reference), bar).failure is not None

"""The main job: every card through every check, in parallel, each stored as soon as it is done."""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from mathcore.card import Card, WrongCard, require_order
from mathcore.evidence import Check, Evidence, Level, Verdict, Witness
from mathcore.formulas import UnknownFormula, unknown
from mathcore.language.parser import FormulaError
from mathcore.verify.store import PACKAGE, Store, digest, environment

STOPPED = "stopped"  # the method of a verdict, or the name of a check, that an error of the engine cut short


@dataclass(frozen=True)
class Event:
    """What a progress display hears: a card is "read" from the store, "begun" or "done"; `note` is for the reader.

    `stored` says of what is read or done that the store has it.
    """

    card: str
    state: str
    evidence: Evidence | None = None
    note: str = ""
    stored: bool = False


Progress = Callable[[Event], None]


def verify(
    names: str | Iterable[str] | None = None,
    *,
    fresh: bool = False,
    progress: Progress | None = None,
    workers: int | None = None,
    store: Store | None = None,
) -> tuple[Evidence, ...]:
    """The evidence of the cards named (all without names), in their order; what is already known is read back.

    Parameters
    ----------
    names : str or iterable of str, optional
        Cards, such as "softmax". Without it every card.
    fresh : bool
        Forget what is stored of these cards, then check them: a run without it goes on where a stopped one ended.
    progress : callable, optional
        Called with an `Event` whenever a card is read, begun or done.
    workers : int, optional
        Processes. Without it one per core, or one in a script whose main module cannot be imported a second time.
    store : Store, optional
        Where evidence is kept; the user's cache directory without it.

    Raises
    ------
    UnknownFormula
        If a name is no card's, or there is no card at all.
    """
    from mathcore.formulas import load
    from mathcore.formulas import names as card_names

    wanted = resolve(names)
    tell = _each_note_once(progress) if progress else (lambda event: None)
    store = store or Store()
    found: dict[str, Evidence] = {}
    open_cards: dict[str, str] = {}
    for name in wanted:
        try:
            if name in card_names():
                require_order(load(name))
            key = digest(name)
        except Exception as error:  # a card that cannot even be loaded is a failed card, not a crash of the others
            found[name] = Evidence(name, "", derivations=(_stopped(name, error),))
            tell(Event(name, "done", found[name]))
            continue
        known, note = (None, store.forget(name, key)) if fresh else store.read(name, key)
        if known is None:
            open_cards[name] = key
            if note:
                tell(Event(name, "note", note=note))
        else:
            found[name] = known
            tell(Event(name, "read", known, stored=True))
    for evidence in _examined(tuple(open_cards), workers, tell):
        evidence = replace(evidence, digest=open_cards[evidence.card])
        # an outcome that an error cut short says nothing about the formula: it is tried again next time
        stopped = was_stopped(evidence)
        note = "" if stopped else store.write(evidence)
        found[evidence.card] = evidence
        tell(Event(evidence.card, "done", evidence, note, stored=not (stopped or note)))
    return tuple(found[name] for name in wanted)


def _each_note_once(progress: Progress) -> Progress:
    """A full disk concerns every card, and is said once."""
    told: set[str] = set()

    def tell(event: Event) -> None:
        progress(replace(event, note="") if event.note in told else event)
        told.add(event.note)

    return tell


def resolve(names: str | Iterable[str] | None) -> tuple[str, ...]:
    """The cards meant, each once; raises UnknownFormula with the nearest names."""
    from mathcore import formulas

    if not formulas.names():
        raise UnknownFormula("there is no card in mathcore/formulas: nothing to verify")
    known = formulas.names()
    if names is None:
        return known
    chosen = tuple(dict.fromkeys([names] if isinstance(names, str) else names))
    if not chosen:
        raise UnknownFormula("no formula named: `mathcore list` shows all")
    for name in chosen:
        if name not in known:
            raise unknown(name, known)
    return chosen


def examine(name: str) -> Evidence:
    """One card through every check, in this process. An error of the engine becomes a failed check that names it."""
    start = time.perf_counter()
    return replace(_examined_card(name), environment=environment(), seconds=round(time.perf_counter() - start, 3))


def _examined_card(name: str) -> Evidence:
    from mathcore.formulas import load

    card = load(name)
    try:
        _ = card.context
    except (FormulaError, WrongCard) as error:  # what the page states cannot be read: no check has anything to say
        return Evidence(name, "", derivations=(Verdict(card.define, Level.UNKNOWN, method="card", reason=str(error)),))
    return Evidence(
        card=name,
        digest="",
        derivations=tuple(_derivations(card)),
        false_claims=tuple(_false_claims(card)),
        checks=tuple(_checks(card)),
        witness=_witness(card),
    )


def _witness(card: Card) -> Witness:
    from mathcore.verify.witness import witness

    try:
        return witness(card)
    except (FormulaError, WrongCard) as error:  # of which the derivations say more
        return Witness(1, 0, 0, silent=(Verdict(card.define, Level.UNKNOWN, reason=str(error)),))
    except Exception as error:
        return Witness(1, 0, 0, conflicts=(Verdict(card.define, Level.CONFLICT, STOPPED, _what_happened(error)),))


def _derivations(card: Card) -> Iterator[Verdict]:
    for derivation in card.derivations:
        try:
            from mathcore.proof.derive import verify_derivation

            yield verify_derivation(card, derivation)
        except Exception as error:
            yield _stopped(derivation.claim, error)


def _false_claims(card: Card) -> Iterator[Verdict]:
    for false_claim in card.false_claims:
        try:
            from mathcore.proof.derive import judge_false_claim

            yield judge_false_claim(card, false_claim)
        except Exception as error:
            yield _stopped(false_claim.statement, error)


def _checks(card: Card) -> Iterator[Check]:
    for kind, declared in (
        ("accuracy", bool(card.numeric)),
        ("law", bool(card.invariants)),
        ("mistake", bool(card.mistakes)),
        ("example", bool(card.examples)),
        ("claim", bool(card.claims)),
    ):
        if not declared:
            continue
        try:
            found = _checker(kind)(card)
        except Exception as error:
            yield Check(kind, STOPPED, False, detail=_what_happened(error))
            continue
        if not found:  # declared on the card and not one check made of it: never a success
            yield Check(kind, "nothing was checked", False, detail=f"the card declares it, but no {kind} check was made")
        yield from found if kind != "mistake" else (_with_promise(card, c) for c in found)


def _with_promise(card: Card, check: Check) -> Check:
    """What the mistake does, from its docstring, so that pages can say it without the function."""
    from mathcore.conformance.subject import resolve as function_named

    promise = (function_named(check.name, card).function.__doc__ or "").strip().partition("\n\n")[0]
    return replace(check, figures=check.figures | {"promise": " ".join(promise.split())})


def _checker(kind: str) -> Callable[[Card], tuple[Check, ...]]:
    if kind == "accuracy":
        from mathcore.conformance.check import accuracy_checks

        return accuracy_checks
    if kind == "law":
        from mathcore.conformance.laws import law_checks

        return law_checks
    if kind == "mistake":
        from mathcore.conformance.mistakes import mistake_checks

        return mistake_checks
    if kind == "claim":
        from mathcore.verify.documents import claim_checks

        return claim_checks
    from mathcore.conformance.examples import example_checks

    return example_checks


def was_stopped(evidence: Evidence) -> bool:
    """Whether an error of the engine cut a check short."""
    verdicts = (*evidence.derivations, *evidence.false_claims)
    conflicts = evidence.witness.conflicts if evidence.witness else ()
    return any(v.method == STOPPED for v in (*verdicts, *conflicts)) or any(c.name == STOPPED for c in evidence.checks)


def _stopped(claim: str, error: Exception) -> Verdict:
    if isinstance(error, FormulaError | WrongCard):
        return Verdict(claim, Level.UNKNOWN, method="card", reason=str(error))
    return Verdict(claim, Level.UNKNOWN, method=STOPPED, reason=_what_happened(error))


def _what_happened(error: Exception) -> str:
    """The error and the place in this package where it came up."""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).is_relative_to(PACKAGE):
            place = f" (in {Path(frame.filename).relative_to(PACKAGE.parent).as_posix()}, line {frame.lineno})"
    return f"{type(error).__name__}: {error}{place}"


# processes ------------------------------------------------------------------------------------------------------------


def _examined(names: tuple[str, ...], workers: int | None, tell: Progress) -> Iterator[Evidence]:
    """Evidence in the order in which it is found: in processes where that pays and works, otherwise one after the other."""
    workers = min(len(names), (cores() if main_can_be_imported_again() else 1) if workers is None else workers)
    left = list(names)
    if workers > 1:
        try:
            for evidence in _in_processes(names, workers, tell):
                left.remove(evidence.card)
                yield evidence
        except (BrokenProcessPool, OSError) as error:
            tell(Event("", "note", note=f"worker processes do not run here ({type(error).__name__}): one card after the other"))
    for name in left:
        tell(Event(name, "begun"))
        yield examine(name)


def _in_processes(names: tuple[str, ...], workers: int, tell: Progress) -> Iterator[Evidence]:
    from mathcore import formulas

    # spawned, not forked: the same on every platform, and safe beside the threads of a progress display
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=start_worker)
    before = set(multiprocessing.active_children())
    try:
        weight = {name: len(formulas.load(name).derivations) for name in formulas.names()}
        heaviest_first = sorted(names, key=lambda name: -weight.get(name, 0))
        futures = []
        for name in heaviest_first:
            futures.append(pool.submit(examine, name))
            tell(Event(name, "begun"))
        for future in as_completed(futures):
            yield future.result()
    except BaseException:  # Ctrl-C, or a caller that stops listening: nobody waits for what is still running
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise
    pool.shutdown()


def start_worker() -> None:
    """What a process that verifies does first."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C reaches every process of the terminal: workers end without a word
    end_with_the_parent()
    # proofs make millions of small objects and hardly a cycle: collecting rarely saves an eighth of the time for 20 MB
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)  # the end of a process looks through all that lives several times: a second in vain


def end_with_the_parent() -> None:
    """From here on this process ends when its parent does: one that is killed cannot end its workers."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def main_can_be_imported_again() -> bool:
    """Whether spawned processes may import the main module: `python -m`, a notebook, a prompt; a bare script need not."""
    main = sys.modules.get("__main__")
    return main is None or getattr(main, "__spec__", None) is not None or getattr(main, "__file__", None) is None

"""The implementations that judge the judge are what they claim: the wrong ones wrong on their witness, the right ones right."""

import importlib
import warnings
from dataclasses import replace

import numpy as np
import pytest

import mathcore
from mathcore.conformance.accuracy import cases
from mathcore.formulas import load
from tests.conformance.adequacy import AGREED, Outcome, alone, judged, summary
from tests.conformance.implementations import FAULTS, MARKS, entries, modules
from tests.conformance.implementations._textbook import softmax
from tests.conformance.implementations._witness import FAULTS as HOW
from tests.conformance.implementations._witness import callable_of, distance, own, quietly, shows
from tests.conformance.implementations.right_conventions import TOLD, uphill_velocity
from tests.sampling import sampled

ENTRIES = [entry for _, entry in entries()]
WRONG = [entry for entry in ENTRIES if entry.verdict == "wrong"]
RIGHT = [entry for entry in ENTRIES if entry.verdict == "right"]
CARDS = [name for name in mathcore.names() if load(name).numeric]


def title(entry):
    return f"{entry.card}-{entry.kind}".replace(" ", "_")


def test_each_card_has_a_right_one_and_two_wrong_ones():
    for card in CARDS:
        assert sum(e.card == card for e in RIGHT) >= 1, card
        assert sum(e.card == card for e in WRONG) >= 2, card
    assert {e.card for e in ENTRIES} == set(CARDS)


def test_there_are_many_and_of_many_kinds():
    assert len(RIGHT) >= 70
    assert len(WRONG) >= 150
    assert len({e.kind for e in WRONG}) >= 100
    for verdict in (RIGHT, WRONG):
        named = [(e.card, e.kind) for e in verdict]
        assert len(named) == len(set(named))


def test_entries_are_described_in_known_words():
    for entry in ENTRIES:
        assert entry.verdict in ("right", "wrong")
        assert set(entry.marks) <= MARKS
        assert (entry.fault in FAULTS) == (entry.verdict == "wrong")
        assert bool(entry.witness) == (entry.verdict == "wrong")
        assert entry.needs in ("", "torch", "jax", "scipy", "sklearn")
    assert set(HOW) == set(FAULTS)


def test_wrong_functions_stand_in_their_module_and_say_what_is_wrong():
    for module, entry in entries():
        found = importlib.import_module(f"tests.conformance.implementations.{module}")
        if entry.verdict == "wrong":
            assert entry.function in vars(found).values(), entry
            assert entry.function.__doc__, entry


def test_no_optional_package_is_imported_with_the_entries(python):
    program = (
        "import sys; from tests.conformance.implementations import entries; list(entries());"
        "print({'torch', 'jax', 'scipy', 'sklearn'} & set(sys.modules))"
    )
    assert python("-c", program).stdout.strip() == "set()"


@pytest.mark.parametrize("entry", WRONG, ids=title)
def test_the_fault_shows_on_the_witness(entry):
    assert shows(entry)


def test_a_right_function_shows_no_fault_on_the_witness():
    """The twin: with a right function in the place of the wrong one the witnesses show nothing."""
    kept = [e for e in WRONG if e.card == "softmax" and e.fault in ("value", "input", "state", "effect", "type", "dtype")]
    shown = [e.kind for e in kept if shows(replace(e, function=softmax))]
    assert shown == []
    assert len(kept) > 20


def _arguments(entry, tested, case):
    arguments = tested.arguments(case.values)
    if "lists" in entry.marks:
        return [a.tolist() if isinstance(a, np.ndarray | np.generic) else a for a in arguments]
    if "tensors" in entry.marks:
        import torch

        return [torch.from_numpy(a) if isinstance(a, np.ndarray) else a for a in arguments]
    return arguments


def downhill(w, g, v, eta, beta):
    """The velocity of the other sign in the sign of the card."""
    return -uphill_velocity(w, g, -v, eta, beta)


@sampled("entry", RIGHT, ids=title, keep=40)
def test_a_right_one_agrees_with_mathcore(entry):
    if entry.needs:
        pytest.importorskip(entry.needs)
    tested, function = own(entry.card), callable_of(entry)
    if entry.name == "uphill_velocity":
        function = downhill
    drawn = [c for c in cases(load(entry.card), "float64") if c.family in ("plain", "confident")][:20]
    assert drawn
    coarse, noise = (1e-3, 1e-4) if "single" in entry.marks else (1e-6, 1e-12)
    for case in drawn:
        expected = tested.call(case.values)
        if entry.name == "smallest_number_for_0" and np.isinf(expected).any():
            continue  # where it is no infinity by convention
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = quietly(function, (_arguments(entry, tested, case), {}))
        found = np.asarray(result.detach() if hasattr(result, "detach") else result, dtype=float)
        near = np.allclose(found, expected, rtol=0, atol=noise)  # what is left of terms of size 1 that cancel
        assert near or distance(found, expected) <= coarse, tested.shown(case.values)


PROGRAM = """
from tests.conformance.adequacy import outcomes, summary
from tests.conformance.implementations import entries
kinds = ("textbook", "mean for sum", "exits on one size")
found = list(outcomes((m, e) for m, e in entries("log_softmax") if e.kind in kinds))
print(*(f"{o.entry.kind}: {o.said}" for o in found), summary(found), sep="\\n")
"""


@pytest.mark.slow
def test_the_judge_is_measured_in_processes_that_may_end(python):
    """Whatever it says of it: an entry that ends its process leaves an answer, and the others are judged as well."""
    told = python("-c", PROGRAM).stdout.splitlines()  # a process of its own: JAX, which other tests load, forbids to fork
    assert "mean for sum: refuted" in told
    assert {"textbook: passed", "textbook: refuted"} & set(told)
    assert {f"exits on one size: {said}" for said in ("died", "refuted", "passed")} & set(told)
    assert any(line.startswith("log_softmax ") for line in told)


DIFFERS = {  # where the judge says otherwise, and why: (card, function)
    ("softmax", "knows_its_judge"): "it asks who calls it: no check of values can see that",
}
SAMPLE = [e for k, e in enumerate(ENTRIES) if k % 8 == 0 or (e.card, e.name) in DIFFERS]
IN_PROCESS = [e for e in SAMPLE if not {"exits", "hangs"} & set(e.marks)]


def test_what_the_judge_says_otherwise_is_about_functions_that_there_are():
    there = {(entry.card, entry.name) for entry in ENTRIES}
    assert set(DIFFERS) <= there
    assert len(IN_PROCESS) > 50


@pytest.mark.hours
@pytest.mark.parametrize("entry", IN_PROCESS, ids=title)
def test_the_judge_passes_right_ones_and_refutes_wrong_ones(entry):
    if entry.needs:
        pytest.importorskip(entry.needs)
    said, why, _ = judged(entry)
    agrees = said in AGREED[entry.verdict]
    reason = DIFFERS.get((entry.card, entry.name))
    assert agrees == (reason is None), (said, why, reason)


@pytest.mark.slow
@pytest.mark.peers("jax", "scipy", "torch")
@pytest.mark.parametrize(
    ("card", "name"),
    [
        ("softmax", "of_tensors"),  # takes tensors, though `call` says how
        ("log_softmax", "log_softmax_by_jax"),  # compiled code that calls compiled code: no call is seen
        ("cosine_similarity", "cosine_by_scipy"),  # the product of the squared lengths may overflow
    ],
)
def test_usual_code_of_a_library_is_right(card, name):
    (entry,) = (e for e in ENTRIES if (e.card, e.name) == (card, name))
    report = mathcore.check(entry.function, card, call=entry.call)
    assert report.passed, report


CONVENTIONS = [e for e in RIGHT if e.name in TOLD]


def test_every_convention_has_its_words():
    assert {e.name for e in CONVENTIONS} == set(TOLD)
    assert all("convention" in e.marks for e in CONVENTIONS)


@sampled("entry", CONVENTIONS, ids=title, keep=3)
def test_a_convention_passes_and_is_told(entry):
    report = mathcore.check(entry.function, entry.card, call=entry.call, effort="quick")
    assert report.passed, report
    assert TOLD[entry.name] in str(report)


def test_a_summary_counts_what_agrees():
    module, entry = next(pair for pair in entries("relu") if pair[1].verdict == "wrong")
    told = summary(
        [Outcome(module, entry, "passed", "why"), Outcome(module, entry, "refuted"), Outcome(module, entry, "not run")]
    )
    assert "wrong refuted 1/2" in told
    assert "not run 1" in told
    assert "Wrong, but not refuted: 1" in told
    assert modules() == sorted(modules())


def test_what_a_law_and_a_question_add_is_counted():
    module, entry = next(pair for pair in entries("relu") if pair[1].verdict == "wrong")

    def refuted(*by):
        return Outcome(module, entry, "refuted", by=by)

    both = refuted(("law", "b"), ("contract", "q"))
    told = alone([refuted(("law", "a")), refuted(("law", "a")), refuted(("contract", "q")), both])
    assert "without law relu: a, 2 fewer are refuted" in told
    assert not any("relu: b" in line for line in told)
    assert "without question 'q', 1 fewer are refuted, of 2 that it refutes" in told
    assert "without checks of the kind law, 2 fewer are refuted" in told

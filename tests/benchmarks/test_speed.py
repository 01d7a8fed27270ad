"""Each function beside the textbook: `pytest -n0 --benchmark-enable tests/benchmarks` times, the ordinary run calls each once.

The whole table, with SciPy and torch: `python -m tests.benchmarks`.
"""

import json

import numpy as np
import pytest

from tests.benchmarks import measure, page, summary
from tests.benchmarks.cases import DTYPES, FUNCTIONS, Case, calls, cases, inputs
from tests.benchmarks.measure import Effort, disagreements, measured, seconds, surroundings

SMALL = [case for case in cases(quick=True) if case.size <= 10_000]
TIMED = [case for case in SMALL if case.kind == "plain" and case.axis != 0]
ONCE = Effort(sample=1e-9, rounds=(2, 2), seconds=0)


@pytest.mark.parametrize("who", ["mathcore", "textbook"])
@pytest.mark.parametrize("case", TIMED, ids=str)
def test_time_of(benchmark, case, who):
    benchmark.group = str(case)
    with np.errstate(all="ignore"):
        benchmark(calls(case, inputs(case))[who])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_all_candidates_compute_the_same(function):
    judged = [case for case in SMALL if case.function == function]
    assert judged
    for case in judged:
        with np.errstate(all="ignore"):
            results = {who: call() for who, call in calls(case, inputs(case)).items()}
        assert disagreements(case, results) == [], case


def test_a_candidate_that_computes_something_else_is_named():
    case = Case("softmax", (32, 10), -1)
    results = {who: call() for who, call in calls(case, inputs(case)).items()}
    assert disagreements(case, results | {"slow": results["textbook"] * 1.001}) == ["slow"]
    assert disagreements(case, results | {"other format": results["textbook"].astype(np.float32)}) == ["other format"]


def test_a_case_has_the_same_arrays_in_every_run():
    for case in SMALL:
        for a, b in zip(inputs(case), inputs(case), strict=True):
            assert np.array_equal(a, b)


def test_the_table_spans_10_to_10_million_elements_both_axes_and_both_formats():
    table = list(cases())
    assert len(set(table)) == len(table)
    assert {case.size for case in table} >= {10**k for k in range(1, 8)}
    assert {case.axis for case in table} == {-1, 0, None}
    assert {case.dtype for case in table} == set(DTYPES)
    assert {case.function for case in table} == set(FUNCTIONS)
    assert set(cases(quick=True)) < set(table)


def test_candidates_take_turns():
    calls = []
    seconds({name: lambda name=name: calls.append(name) for name in "abc"}, ONCE._replace(rounds=(3, 3)))
    assert "".join(calls) == "abc" + "abc" + "bca" + "cab"  # once to see how long a call takes, then three rounds


def test_rounds_go_on_until_the_figures_settle(monkeypatch):
    naps = iter([0, 4e-3, 1e-3, 6e-3, 2e-3, 1e-3, 1e-3])  # the first one sets the loop; two close ones end it
    now = [0.0]
    monkeypatch.setattr(measure, "CLOCK", lambda: now[0])  # of a real one a busy machine decides

    def work():
        now[0] += next(naps)

    assert len(seconds({"a": work}, Effort(sample=1e-9, rounds=(3, 6), seconds=1))["a"]) == 5


def table(ratio, others=("textbook", "scipy", "torch")):
    """A row for each case, in which mathcore takes `ratio` times as long as everybody else."""
    return [
        {
            "function": case.function,
            "shape": list(case.shape),
            "axis": case.axis,
            "kind": case.kind,
            "dtype": case.dtype,
            "seconds": {"mathcore": ratio * 1e-3} | dict.fromkeys(others, 1e-3),
            "spread": dict.fromkeys(("mathcore", *others), 0.02),
        }
        for case in cases(quick=True)
    ]


def test_a_fast_table_holds_every_bar():
    assert {bar.verdict for bar in summary.bars(table(0.25))} == {"held"}


def test_a_slow_table_holds_none():
    assert {bar.verdict for bar in summary.bars(table(2.1))} == {"NOT HELD"}


def test_between_limit_and_goal_the_verdict_says_so():
    assert summary.bars(table(0.65))[0].verdict == "held, short of the goal"


def test_one_slow_case_is_found_and_named():
    rows = table(0.25)
    slow = next(row for row in rows if row["function"] == "entropy" and row["shape"] == [1000, 10] and row["axis"] == -1)
    slow["seconds"]["mathcore"] = 1.5e-3
    (bar,) = [bar for bar in summary.bars(rows) if not bar.held]
    assert bar.found == pytest.approx(1.5)
    assert bar.where.startswith("entropy 1000 x 10 plain float64; 1 of ")


def test_a_peer_that_was_not_measured_is_not_judged():
    verdicts = {bar.about: bar.verdict for bar in summary.bars(table(0.5, others=("textbook",)))}
    assert verdicts["float64 / torch, geometric mean"] == "not measured"
    assert verdicts["float64 / textbook, geometric mean"] == "held"


def test_the_geometric_mean_of_2_and_8_is_4():
    assert summary.geometric_mean([2, None, 8]) == pytest.approx(4)
    assert summary.geometric_mean([None]) is None


def test_a_measurement_gives_the_same_page_after_it_was_stored():
    few = [case for case in SMALL if case.shape == (64, 10) and case.function in ("softmax", "entropy")]
    measurement = surroundings(["--quick"], ()) | {"rows": list(measured(few, (), ONCE))}
    again = json.loads(page.stored(measurement))
    assert again == measurement
    text = page.page(again, "speed.json")
    assert text == page.page(measurement, "speed.json")
    assert "torch was not installed for this measurement." in text
    assert "| softmax | float64 | 2 |" in text


def test_the_page_says_where_torch_is_faster_and_where_not():
    rows = table(0.5)
    for row in rows:
        if (row["function"], row["dtype"]) == ("sigmoid", "float32"):
            row["seconds"]["torch"] = 1e-4
    text = page.page(surroundings([], ()) | {"rows": rows}, "speed.json")
    assert "They win, in the geometric mean, on sigmoid in float32 (5.00)." in text.replace("\n", " ")
    assert "softmax in float64 (0.50)" in text

"""Known failures as data: what is written is read again, and what is no baseline is told with the remedy."""

import json
from pathlib import Path

import pytest

from mathcore.conformance import baseline
from mathcore.evidence import Check, Report

REPORT = Report(
    "f", "softmax", (Check("law", "sums to one", False), Check("accuracy", "float64", False), Check("contract", "answers", True))
)


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "known.json"
    path.write_text(baseline.text(REPORT, "theirs:f"), encoding="utf-8")
    assert baseline.read(path, "theirs:f", "softmax") == {"sums to one", "float64"}


def test_other_functions_and_other_formulas_have_no_known_failures(tmp_path):
    path = tmp_path / "known.json"
    path.write_text(baseline.text(REPORT, "theirs:f"), encoding="utf-8")
    assert baseline.read(path, "theirs:g", "softmax") == frozenset()
    assert baseline.read(path, "theirs:f", "log_softmax") == frozenset()


def test_the_same_failures_are_the_same_bytes():
    turned = Report("f", "softmax", REPORT.checks[::-1])
    assert baseline.text(REPORT, "theirs:f") == baseline.text(turned, "theirs:f")
    assert json.loads(baseline.text(REPORT, "theirs:f")) == {"theirs:f": {"softmax": ["float64", "sums to one"]}}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", '{"theirs:f": []}', '{"theirs:f": {"softmax": 3}}', '{"theirs:f": {"softmax": [3]}}',
     '{"theirs:f": {"softmax": {"float64": 1}}}', "\udcff", "null", '{"theirs:f": null}'],
)  # fmt: skip
def test_what_is_no_baseline_is_told_with_the_remedy(tmp_path, text):
    path = tmp_path / "known.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ValueError, match=r"known\.json .*delete it, and it is written anew"):
        baseline.read(path, "theirs:f", "softmax")


def test_a_baseline_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ValueError, match="is no baseline"):
        baseline.read(Path(tmp_path), "theirs:f", "softmax")

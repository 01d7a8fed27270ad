"""Reports as JUnit XML: well-formed whatever is in them, and counted as services count."""

from xml.etree import ElementTree as xml

import pytest

from mathcore.evidence import Check, Finding, Report, Standing
from mathcore.render.junit import junit

CHECKS = (
    Check("accuracy", "float64", False, "1 of 3 inputs", 3, "f(1) gives 2"),
    Check("law", "sums to one", False, "violates"),
    Check("contract", "answers", True, "3 calls", 3),
    Check("contract", "takes a batch", True, "not a batch", standing=Standing.UNSUPPORTED),
    Check("contract", "shows a nan", True, "the nan is lost", standing=Standing.CONVENTION),
)
CAUSE = Finding("float64", "accuracy", "f(1) gives 2; exact 1", slip="twice the result", words="halve it", also=("sums to one",))
REPORT = Report("f", "softmax", CHECKS, seconds=1.25, findings=(CAUSE,))


def read(*reports, known=()):
    return xml.fromstring(junit(reports, known))


def test_every_check_is_a_test_case_and_the_counts_are_theirs():
    (suite,) = read(REPORT)
    assert suite.attrib == {
        "name": "f as softmax", "tests": "5", "failures": "2", "skipped": "1", "time": "1.25",
    }  # fmt: skip
    assert [(c.get("classname"), c.get("name")) for c in suite] == [("mathcore.softmax", f"{c.kind}: {c.name}") for c in CHECKS]
    assert len(list(suite.iter("failure"))) == 2
    assert len(list(suite.iter("skipped"))) == 1


def test_a_failure_is_told_with_its_cause():
    (suite,) = read(REPORT)
    for failure, detail in zip(suite.iter("failure"), ("1 of 3 inputs", "violates"), strict=True):
        assert failure.get("message") == detail
        assert failure.text.startswith("f(1) gives 2; exact 1\nlooks like: twice the result: halve it")


def test_known_failures_are_skipped_and_new_ones_are_not():
    (suite,) = read(REPORT, known={"float64"})
    assert (suite.get("failures"), suite.get("skipped")) == ("1", "2")
    case = suite[0]
    assert case.find("skipped").get("message") == "known: 1 of 3 inputs"
    assert case.find("failure") is None
    assert suite[1].find("failure") is not None


def test_a_known_failure_that_holds_by_now_passes():
    (suite,) = read(REPORT, known={"answers"})
    assert len(suite[2]) == 0
    assert suite.get("failures") == "2"


def test_a_convention_passes_and_is_told():
    (suite,) = read(REPORT)
    assert [child.tag for child in suite[4]] == ["system-out"]
    assert suite[4][0].text == "the nan is lost"


@pytest.mark.parametrize("text", ["<&>\"'", "\0\x1b[31m\x0b", "\ud800", "\uffff\ufffe", "]]>", "é 漢 \U0001f600", "a\nb\tc\rd"])
def test_whatever_is_shown_the_document_is_well_formed(text):
    checks = (Check("law", text, False, text), Check("law", text, True, text, standing=Standing.CONVENTION))
    document = junit([Report(text, text, checks, findings=(Finding(text, "law", text),))], [])
    root = xml.fromstring(document.encode("utf-8"))
    assert len(list(root.iter("testcase"))) == 2


def test_several_reports_are_several_suites():
    assert [s.get("name") for s in read(REPORT, Report("g", "relu"))] == ["f as softmax", "g as relu"]
    assert list(read()) == []

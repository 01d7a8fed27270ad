"""Reports as JUnit XML, which every service of continuous integration reads: a test case for each check."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from xml.etree import ElementTree as xml

from mathcore.evidence import Check, Report, Standing


def junit(reports: Sequence[Report], known: Collection[str] = ()) -> str:
    """All checks as test cases; a known failure is skipped, and so is what is not supported."""
    root = xml.Element("testsuites", name="mathcore")
    for report in reports:
        suite = xml.SubElement(
            root, "testsuite", name=_clean(f"{report.function} as {report.card}"), tests=str(len(report.checks))
        )
        suite.set("time", f"{report.seconds:g}")
        counts = {"failures": 0, "skipped": 0}
        for check in report.checks:
            of, name = _clean(f"mathcore.{report.card}"), _clean(f"{check.kind}: {check.name}")
            case = xml.SubElement(suite, "testcase", classname=of, name=name)
            _outcome(case, check, report, known, counts)
        for name, count in counts.items():
            suite.set(name, str(count))
    xml.indent(root)
    return xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _outcome(case: xml.Element, check: Check, report: Report, known: Collection[str], counts: dict[str, int]) -> None:
    if not check.passed and check.name in known:
        counts["skipped"] += 1
        xml.SubElement(case, "skipped", message=f"known: {_clean(check.detail)}")
    elif not check.passed:
        counts["failures"] += 1
        cause = next((f for f in report.findings if check.name == f.check or check.name in f.also), None)
        failure = xml.SubElement(case, "failure", message=_clean(check.detail[:300]))
        failure.text = _clean("\n".join(cause.lines) if cause else check.detail)
    elif check.standing is Standing.UNSUPPORTED:
        counts["skipped"] += 1
        xml.SubElement(case, "skipped", message=_clean(check.detail))
    elif check.standing:
        xml.SubElement(case, "system-out").text = _clean(check.detail)


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff")

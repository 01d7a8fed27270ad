"""Findings as code: the tests fail with the function that was judged, and pass when it is right."""

import json
from dataclasses import replace

import numpy as np
import pytest

from mathcore.conformance.check import check
from mathcore.conformance.contained import imported
from mathcore.conformance.reproduce import code, notebook
from mathcore.evidence import Finding, Report
from tests.sampling import sampled

HEAD = "import numpy as np\n"
SOFTMAX = """
def f(z, axis=-1):
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
"""
NAIVE = SOFTMAX.replace("np.exp(z - z.max(axis=axis, keepdims=True))", "np.exp(z)")
ENTROPY = """
def f(p):
    p = np.array(p)
    with np.errstate(all="ignore"):
        return -np.sum(np.where(p > 0, p * np.log(p), 0))
"""
WRITES = (
    ENTROPY.replace("np.array(p)\n", "np.asarray(p)\n")
    .replace("return -", "p *= -np.log(p)\n        return ")
    .replace("np.where(p > 0, p * np.log(p), 0)", "np.nan_to_num(p)")
)
LISTS = """
import math
def f(z):
    e = [math.exp(v - max(z)) for v in z + []]
    return [v / sum(e) for v in e]
"""
WRONG = {
    "overflows": (NAIVE, SOFTMAX, "softmax"),
    "changes its input": (WRITES, ENTROPY, "entropy"),
    "lists": (LISTS.replace(" - max(z)", ""), LISTS, "softmax"),
    "a number": ("def f(x):\n    return np.abs(x)\n", "def f(x):\n    return np.maximum(x, 0)\n", "relu"),
    "labels": ("def f(t, n):\n    return np.eye(n)[t - 1]\n", "def f(t, n):\n    return np.eye(n)[t]\n", "one_hot"),
    "raises": ("def f(z):\n    raise KeyError('no \"answer\" \\\\\\\\')\n", SOFTMAX, "softmax"),
}


def ran(text, names=None):
    """Runs the tests of a file; the names of those that failed."""
    space = {}
    exec(compile(text, "reproduced", "exec"), space)
    tests = {name: f for name, f in space.items() if name.startswith("test_")}
    assert tests
    failed = []
    for name, f in tests.items():
        try:
            f()
        except Exception:
            failed.append(name)
    assert all(f.__doc__ for f in tests.values())
    return list(tests), failed


def written(tmp_path, text):
    (tmp_path / "theirs.py").write_text(HEAD + text, encoding="utf-8")
    return f"{tmp_path / 'theirs.py'}:f"


@sampled("kind", WRONG, keep=2)
def test_the_tests_fail_for_the_wrong_function_and_pass_for_the_right_one(tmp_path, kind):
    text, right, card = WRONG[kind]
    target = written(tmp_path, text)
    report = check(imported(target), card, effort="quick")
    assert report.findings
    reproduced = code(report, target)
    names, failed = ran(reproduced)
    assert names == failed
    assert len(names) == len(report.findings)
    written(tmp_path, right)
    assert ran(reproduced)[1] == [], reproduced


def test_a_call_and_a_seed_are_those_of_the_judgement(tmp_path):
    text = "def f(*, classes, labels):\n    return np.eye(classes)[labels - 1]\n"
    target, call = written(tmp_path, text), "f(labels=t, classes=n)"
    report = check(imported(target), "one_hot", effort="quick", call=call, seed=5)
    reproduced = code(report, target, call, 5)
    assert "seed 5" in reproduced.splitlines()[0]
    assert "mathcore.check(f, 'one_hot', call='f(labels=t, classes=n)', seed=5)" in reproduced
    names, failed = ran(reproduced)
    assert names == failed
    written(tmp_path, text.replace(" - 1", ""))
    assert ran(reproduced)[1] == []


def test_arrays_of_another_library_are_judged_again():
    report = Report("f", "softmax", findings=(Finding("float64", "accuracy", "f", code="1", exact="1", allowed="0"),))
    assert "mathcore.check(f, 'softmax', backend='torch')" in code(report, "theirs:f", backend="torch")
    assert "mathcore.check" not in code(report, "theirs:f")


def test_a_module_is_imported_by_its_name():
    report = Report("g", "softmax", findings=(Finding("a", "contract", "g"),))
    assert "\nfrom package.theirs import Their\n" in code(report, "package.theirs:Their.g")
    assert "mathcore.check(Their.g, 'softmax')" in code(report, "package.theirs:Their.g")


def test_a_file_may_import_what_lies_next_to_it(tmp_path):
    (tmp_path / "lies_next_to_it.py").write_text(HEAD + NAIVE, encoding="utf-8")
    target = written(tmp_path, "from lies_next_to_it import f\n")
    report = check(imported(target), "softmax", effort="quick")
    import sys

    sys.path.remove(str(tmp_path))
    del sys.modules["lies_next_to_it"]
    names, failed = ran(code(report, target))
    assert names == failed


@pytest.mark.parametrize("shown", ['says "so"', "\\", 'f("""', "x" * 299 + "\\\\", "é\n\n'", "a" * 299 + '"'])
def test_whatever_is_shown_the_file_is_python(shown):
    report = Report("f", "softmax", findings=(Finding("a", "contract", shown), Finding("b c-d", "law", shown, slip="$%")))
    compile(code(report, "theirs:f"), "reproduced", "exec")


def test_infinities_in_lists_are_written_for_python():
    from mathcore.conformance.diagnosis import _literal

    for value in ([np.inf, 1.0], np.array([np.nan, -np.inf]), np.float32(np.inf), float("inf"), 3, [0.1]):
        again = eval(_literal(value), {"np": np})
        assert np.array_equal(np.asarray(again), np.asarray(value), equal_nan=True)
        assert type(again) is type(value)


def test_a_notebook_holds_the_tests_and_their_calls(tmp_path):
    target = written(tmp_path, NAIVE)
    report = check(imported(target), "softmax", effort="quick")
    read = json.loads(notebook(report, target))
    assert (read["nbformat"], read["nbformat_minor"]) == (4, 5)
    assert set(read) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    for cell in read["cells"]:
        assert set(cell) == {"cell_type", "id", "metadata", "execution_count", "outputs", "source"}
        assert cell["cell_type"] == "code"
    assert len({cell["id"] for cell in read["cells"]}) == len(read["cells"])

    def run():
        space = {}
        for cell in read["cells"]:
            exec(cell["source"], space)

    with pytest.raises(AssertionError, match="nan"):
        run()
    written(tmp_path, SOFTMAX)
    run()


def test_a_report_without_findings_is_a_file_without_tests():
    report = replace(Report("f", "softmax"), findings=())
    assert "def test_" not in code(report, "theirs:f")

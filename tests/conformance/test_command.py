"""`mathcore check`: what it prints where, its exit codes, and the files that it writes."""

import json
import re
from xml.etree import ElementTree as xml

import pytest

from mathcore import cli
from mathcore.conformance import contained
from mathcore.conformance.check import check
from mathcore.evidence import Grade, Report

THEIRS = """
import numpy as np

def right(z, axis=-1):
    z = np.asarray(z)
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

def naive(z, axis=-1):
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)

def classes_first(classes, labels):
    return np.eye(classes)[labels]

def shifted(t, n):
    return np.eye(n)[t - 1]

def two_faults(t, n):
    return np.eye(n)[t - 1] * 2
"""


@pytest.fixture
def here(monkeypatch):
    """The judgement is made in this process: what it costs to start another is spared."""

    def instead(target, card, seconds=None, compiled=None, **options):
        return check(contained.imported(target), card, **options)

    monkeypatch.setattr(contained, "contained", instead)


@pytest.fixture
def judged(tmp_path, capsys):
    """Runs `mathcore check` on a function of the file; the code, what is printed, what is said beside it."""
    (tmp_path / "theirs.py").write_text(THEIRS, encoding="utf-8")

    def run(name, *more, card="one_hot", quick=True):
        target = name if ":" in name else f"{tmp_path / 'theirs.py'}:{name}"
        code = cli.main(["check", target, "--as", card, *(["--quick"] if quick else []), *more])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def one_line(told):
    assert told.startswith("mathcore: ")
    assert len(told.splitlines()) == 1
    return told


def test_a_right_function_is_exit_code_0_and_a_wrong_one_1(judged):
    code, told, beside = judged("mathcore.numeric:one_hot")
    assert (code, beside) == (0, "")
    assert "one_hot as one_hot: right, this card's accuracy" in told
    code, told, beside = judged("shifted")
    assert (code, beside) == (1, "")
    assert "shifted as one_hot: wrong" in told
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere",), "has no nowhere: it has classes_first, naive, right, shifted, two_faults"),
        (("no_such_module:f",), "no_such_module cannot be imported: ModuleNotFoundError"),
        (("softmax:",), "write MODULE:FUNCTION or FILE.py:FUNCTION"),
        (("shifted", "--call", "f(*t)"), "* and ** are not understood"),
        (("shifted", "--call", "__import__('os').system('x')"), "write one call of f"),
    ],
)
def test_wrong_use_is_exit_code_2_and_one_line(here, judged, arguments, told):
    code, printed, beside = judged(*arguments)
    assert (code, printed) == (2, "")
    assert told in one_line(beside)


def test_an_unknown_formula_is_exit_code_2(here, judged):
    code, printed, beside = judged("shifted", card="one_hto")
    assert (code, printed) == (2, "")
    assert "no formula 'one_hto'. Did you mean one_hot" in one_line(beside)


@pytest.mark.parametrize("arguments", [("--backend", "cupy"), ("--accuracy", "any"), ("--quick", "--thorough"), ("--seed", "x")])
def test_options_that_do_not_exist_are_exit_code_2(judged, arguments):
    with pytest.raises(SystemExit) as ended:
        judged("shifted", *arguments, quick=False)
    assert ended.value.code == 2


def test_an_array_library_that_is_absent_is_told_with_the_line_that_installs_it(here, judged, monkeypatch):
    import importlib.util

    if importlib.util.find_spec("jax"):
        pytest.skip("it is installed")
    code, _, beside = judged("shifted", "--backend", "jax")
    assert code == 2
    assert one_line(beside).endswith("pip install jax\n")


def test_a_call_is_made_as_its_author_writes_it(here, judged):
    assert judged("classes_first")[0] == 1
    assert judged("classes_first", "--call", "f(n, t)")[0] == 0
    assert judged("classes_first", "--call", "f(labels=t, classes=n)")[0] == 0


def test_the_report_is_one_json_document(here, judged):
    code, told, beside = judged("shifted", "--json")
    assert (code, beside) == (1, "")
    report = Report.from_json(json.loads(told))
    assert report.grade is Grade.WRONG
    assert report.findings
    assert json.loads(told)["passed"] is False


def test_the_accuracy_of_the_card_may_be_asked_for(here, judged):
    assert judged("right", card="softmax")[0] == 0
    code, told, _ = judged("right", "--accuracy", "card", card="softmax")
    assert code == 1
    assert "right, ordinary accuracy; asked for: right, this card's accuracy" in " ".join(told.split())


def test_a_seed_draws_other_inputs_and_the_same_seed_the_same(here, judged):
    def outputs(*more):
        data = json.loads(judged("mathcore.numeric:one_hot", "--json", *more)[1])
        del data["seconds"]
        return data

    assert outputs("--seed", "5") == outputs("--seed", "5")


def test_known_failures_are_written_then_read_and_a_new_one_fails(here, judged, tmp_path):
    known = ("--baseline", str(tmp_path / "known.json"))
    code, _, beside = judged("shifted", *known)
    assert code == 0
    assert re.search(r"known\.json is written: \d+ known failures\nnew failures: none\n$", beside)
    code, _, beside = judged("shifted", *known)
    assert (code, beside) == (0, "new failures: none\n")
    text = json.loads((tmp_path / "known.json").read_text())
    (listed,) = text.values()
    left = listed["one_hot"].pop()
    (tmp_path / "known.json").write_text(json.dumps(text))
    code, _, beside = judged("shifted", *known)
    assert (code, beside) == (1, f"new failures: {left}\n")
    (tmp_path / "known.json").write_text("no baseline")
    code, printed, beside = judged("shifted", *known)
    assert (code, printed) == (2, "")
    assert "delete it, and it is written anew" in one_line(beside)


def test_known_failures_are_skipped_in_the_xml(here, judged, tmp_path):
    file = tmp_path / "checks.xml"
    code, _, _ = judged("shifted", "--junit", str(file))
    (suite,) = xml.parse(file).getroot()
    assert code == 1
    assert int(suite.get("failures")) > 0
    judged("shifted", "--baseline", str(tmp_path / "known.json"))
    code, _, _ = judged("shifted", "--baseline", str(tmp_path / "known.json"), "--junit", str(file))
    (again,) = xml.parse(file).getroot()
    assert code == 0
    assert again.get("failures") == "0"
    assert again.get("tests") == suite.get("tests")
    assert int(again.get("skipped")) == int(suite.get("skipped")) + int(suite.get("failures"))


@pytest.mark.parametrize("name", ["test_it.py", "it.ipynb"])
def test_failures_are_written_as_code(here, judged, tmp_path, name):
    file = tmp_path / name
    assert judged("shifted", "--reproduce", str(file))[0] == 1
    text = file.read_text(encoding="utf-8")
    if name.endswith("ipynb"):
        text = "".join(json.loads(text)["cells"][0]["source"])
    assert "def test_one_hot_1_" in text
    space = {}
    exec(text, space)
    tests = [f for key, f in space.items() if key.startswith("test_")]
    for test in tests:
        with pytest.raises(AssertionError):
            test()
    assert tests


def test_help_names_check_and_peers(mathcore):
    told = mathcore("--help").stdout
    assert re.search(r"^    check +judge a function of yours", told, re.M)
    assert re.search(r"^    peers +what SciPy", told, re.M)
    assert "--baseline" in mathcore("check", "--help").stdout


def test_libraries_that_are_not_known_are_exit_code_2(capsys):
    assert cli.main(["peers", "nonsense"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "nonsense" in one_line(printed.err)

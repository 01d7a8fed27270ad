"""`pytest --mathcore softmax=mypkg:my_softmax`: tests without a test file, and nothing where it is not asked for."""

import re

import pytest

from tests.sampling import sampled

THEIRS = """
import numpy as np

def right(x):
    return np.maximum(x, 0)

def size(x):
    return np.abs(x)
"""


SCALED = """
import numpy as np

def softmax(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
"""


@pytest.fixture
def run(python, tmp_path):
    """Runs pytest in a directory with the module `theirs`; the plugin is named, as no installed package names it."""
    (tmp_path / "theirs.py").write_text(THEIRS, encoding="utf-8")

    (tmp_path / "scaled.py").write_text(SCALED, encoding="utf-8")

    def start(*arguments, code=0):
        plain = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:benchmark", "-rsf", "--rootdir", str(tmp_path))
        more = ("-c", "/dev/null", *plain, "-p", "no:mathcore", "-p", "mathcore.conformance.plugin", *arguments)
        program = f"import sys, os; sys.path.insert(0, {str(tmp_path)!r}); os.chdir({str(tmp_path)!r}); import pytest; "
        return python("-c", f"{program}sys.exit(pytest.main({list(more)!r}))", code=code)

    return start


def counted(answer):
    """How many tests failed, passed, were skipped."""
    last = answer.stdout.strip().splitlines()[-1]
    return {word: int(number) for number, word in re.findall(r"(\d+) (failed|passed|skipped)", last)}


def test_a_right_function_passes_and_a_wrong_one_fails_with_its_cause(run):
    answer = run("--mathcore", "relu=theirs:right", "--mathcore", "relu=theirs:size", code=1)
    counts = counted(answer)
    assert counts["passed"] > 20
    assert counts["failed"] >= 3
    assert "relu=theirs:size[accuracy: float64]" in answer.stdout
    assert not re.search(r"^FAILED .*theirs:right", answer.stdout, re.M)
    assert "size(-1.0) gives 1.0; exact 0" in answer.stdout
    assert "Traceback" not in answer.stdout
    assert "not asked of this function" in answer.stdout  # an axis, for example: skipped with that reason


@pytest.mark.slow
def test_the_accuracy_of_the_card_can_be_asked_for(run):
    answer = run("--mathcore", "softmax=scaled:softmax", "--mathcore-accuracy", "card", code=1)
    assert "beyond this card's accuracy" in answer.stdout


@sampled(
    ("text", "told"),
    [
        ("softmax", "write NAME=MODULE:FUNCTION, e.g. softmax=scipy.special:softmax"),
        ("sotfmax=theirs:right", "no formula 'sotfmax'. Did you mean softmax, "),
        ("softmax=theirs:none", "theirs has no none: it has right, size"),
        pytest.param("softmax=no_such_module:f", "no_such_module cannot be imported", marks=pytest.mark.slow),
        pytest.param("softmax=theirs", "write MODULE:FUNCTION or FILE.py:FUNCTION", marks=pytest.mark.slow),
    ],
    keep=2,
)
def test_wrong_use_is_told_in_one_line_and_nothing_is_run(run, text, told):
    answer = run("--mathcore", text, code=4)
    (line,) = [line for line in answer.stderr.splitlines() if line.startswith("ERROR: ")]
    assert line.startswith(f"ERROR: --mathcore {text}: ")
    assert told in line


def test_the_plugin_loads_neither_numpy_nor_the_checks(python):
    heavy = "{'numpy', 'hypothesis', 'sympy', 'flint', 'lark', 'mathcore.evidence', 'mathcore.card'}"
    program = f"import sys, mathcore.conformance.plugin; print({heavy} & set(sys.modules))"
    assert python("-c", program).stdout.strip() == "set()"
    loaded = python("-c", program.replace("mathcore.conformance.plugin", "mathcore.conformance.suite")).stdout
    assert "numpy" in loaded


def test_the_package_names_the_plugin_for_pytest():
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["entry-points"]["pytest11"] == {"mathcore": "mathcore.conformance.plugin"}

"""The repository itself: what stands at the top, what the wheel carries, one version, no names of machines, types that agree."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

import mathcore

ROOT = Path(__file__).resolve().parents[1]
NUMPY = tuple(map(int, version("numpy").split(".")[:2]))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def tracked() -> list[str]:
    """The files that git knows or would take; without git (a source archive), nothing to say."""
    if not (ROOT / ".git").exists():
        pytest.skip("a source archive has no .git to ask")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def test_the_top_level_holds_exactly_what_a_newcomer_expects():
    top = {name.split("/")[0] for name in tracked()}
    visible = {name for name in top if not name.startswith(".")}
    assert visible == {
        "mathcore", "tests", "docs", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff",
    }  # fmt: skip


def test_the_version_is_written_once_and_cited():
    assert f"version: {mathcore.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert PROJECT["project"]["dynamic"] == ["version"]


def test_the_tests_run_on_the_tree_that_they_stand_in():
    assert Path(mathcore.__file__).resolve() == ROOT / "mathcore" / "__init__.py"


def test_the_readme_gives_the_two_commands_on_one_line_each():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "python -m pip install . && mathcore verify" in lines
    assert 'python -m pip install ".[test]" && pytest' in lines


def test_continuous_integration_runs_the_test_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert 'python -m pip install --quiet ".[test]" && pytest' in script
    assert "mathcore verify" in script


def test_no_file_names_a_machine_path_or_a_package_index():
    index = "pypi" + r"\.org|files\.python" + r"hosted"
    forbidden = re.compile(rf"(^|[^A-Za-z0-9_.~])/(work|farm|root|home/\w+|tmp/\w+|Users/\w+)/|{index}")
    found = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match[0]}" for match in forbidden.finditer(text)]
    assert not found


@pytest.mark.slow
def test_the_wheel_carries_the_grammar_and_the_typing_marker(tmp_path):
    from hatchling.builders.wheel import WheelBuilder

    wheel = next(iter(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"mathcore/py.typed", "mathcore/language/grammar.lark", "mathcore/formulas/softmax.md"} <= names
    assert not [n for n in names if n.startswith(("tests/", "docs/"))]


def test_the_tour_of_the_readme_is_real():
    import doctest

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tour = "\n".join(re.findall(r"```pycon\n(.*?)```", text, re.S))
    test = doctest.DocTestParser().get_doctest(tour, {}, "README.md", None, 0)
    assert len(test.examples) > 3
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


EXEMPTION = re.compile(r"  # (?:type: ignore(?!\[[a-z-]+(, ?[a-z-]+)*\]  # \S)|noqa(?!: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*  # \S))")


def unexplained(text: str) -> list[str]:
    """Exemptions from the type checker or the linter without a code or a reason."""
    return [line for line in text.splitlines() if EXEMPTION.search(line)]


def test_every_exemption_says_which_and_why():
    files = [file for room in ("mathcore", "tests", "docs") for file in (ROOT / room).rglob("*.py") if file != Path(__file__)]
    found = {str(file): unexplained(file.read_text(encoding="utf-8")) for file in files}
    assert len(found) > 700 and not any(found.values()), {file: lines for file, lines in found.items() if lines}
    assert not unexplained("f(x)  # type: ignore[arg-type, index]  # a symbol")
    assert not unexplained("import x  # noqa: E402, F401  # for its names")
    for bare in (
        "f(x)  # type: ignore", "f(x)  # type: ignore[arg-type]", "f(x)  # type: ignore  # a symbol",
        "import x  # noqa", "import x  # noqa: E402", "import x  # noqa: E402 - late",
    ):  # fmt: skip
        assert unexplained(bare) == [bare]


def checked_types(tree: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", "--no-color-output", "--no-error-summary", "--cache-dir", str(cache)]
    return subprocess.run(command, cwd=tree, capture_output=True, encoding="utf-8", timeout=600)


@pytest.mark.slow
@pytest.mark.skipif(NUMPY < (2, 4), reason="the stubs of an older NumPy say other things of the same code")
def test_the_types_of_the_package_agree_and_a_wrong_one_is_seen(tmp_path):
    """One test, so that the second run starts from what the first one read."""
    right = checked_types(ROOT, tmp_path / "cache")
    assert right.returncode == 0, right.stdout[-5000:] + right.stderr[-1000:]
    shutil.copytree(ROOT / "mathcore", tmp_path / "mathcore", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "mathcore" / "cli.py").open("a", encoding="utf-8") as file:
        file.write('\nwrong: int = "text"\n')
    wrong = checked_types(tmp_path, tmp_path / "cache")
    assert wrong.returncode == 1
    (line,) = wrong.stdout.splitlines()
    assert line.startswith(f"mathcore{os.sep}cli.py:") and line.endswith("[assignment]")

"""The commands of the README: each starts with what the README says to install, or says in one line what is missing."""

import doctest
import re
from pathlib import Path

from tests.optional import missing
from tests.sampling import sampled

TEXT = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"python -m (tests\.[\w.]+)", TEXT)
PEERS = ("torch", "jax", "dask", "sklearn", "scipy", "optax")
WITHOUT = f"""
import runpy, sys
sys.modules |= dict.fromkeys({PEERS}, None)  # as if they were not installed
sys.argv = [sys.argv[1]]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def test_what_the_tour_shows_of_sympy_is_what_sympy_prints():
    (shown,) = [block for block in re.findall(r"```pycon\n(.*?)```", TEXT, re.DOTALL) if ".sympy(" in block]
    told: list[str] = []
    doctest.DocTestRunner().run(doctest.DocTestParser().get_doctest(shown, {}, "README", None, 0), out=told.append)
    assert told == []


def test_the_tables_of_the_readme_are_found():
    assert len(COMMANDS) >= 9


@sampled("command", COMMANDS, keep=3)
def test_a_table_starts_and_says_what_it_is(python, command):
    assert python("-m", command, "--help").stdout.startswith(f"usage: python -m {command}")


@sampled(
    ("command", "absent"), [("tests.models.table", "sklearn"), ("tests.numeric.libraries", "torch, jax, dask.array")], keep=1
)
def test_a_table_whose_peers_are_missing_says_so_in_one_line(python, command, absent):
    answer = python("-c", WITHOUT, command, code=2)
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert answer.stderr.startswith(f"{absent}: not installed; python -m pip install")


def test_a_package_that_is_there_is_not_called_missing():
    assert missing("numpy") == ""
    assert missing("numpy", "no_such_package").startswith("no_such_package: not installed")

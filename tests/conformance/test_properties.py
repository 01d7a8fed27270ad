"""The pytest file that a card prints: it runs on its own, is green for ours and red for a mistake."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from unittest import SkipTest

import numpy as np
import pytest

from mathcore.cli import HELD, MISUSED, main
from mathcore.conformance.properties import Properties, pytest_file
from mathcore.formulas import load, names

NUMERIC = [name for name in names() if load(name).numeric]
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", NUMERIC)
def test_the_file_of_every_card_is_python_with_a_test_for_every_law(name):
    text = pytest_file(load(name))
    functions = [f for f in ast.parse(text).body if isinstance(f, ast.FunctionDef)]
    tests = [f.name for f in functions if f.name.startswith("test_")]
    assert len(set(tests)) == len(tests)
    assert all(f'.law("{law.name}", values)' in text for law in load(name).invariants)
    assert all(ast.get_docstring(f) for f in functions if f.name in tests)
    assert max(map(len, text.splitlines())) <= 160


def outcomes(directory, **files):
    """What pytest says of these files, run together: {file: (passed, failed)} and all that it printed."""
    for name, text in files.items():
        (directory / f"test_{name}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "--rootdir", str(directory)]
    command += [f"test_{name}.py" for name in files]
    around = {"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(directory)}
    run = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False, env=around)
    lines = re.findall(r"^(PASSED|FAILED) test_(\w+)\.py::(\w+)", run.stdout, re.M)
    assert lines, run.stdout + run.stderr
    return {n: [(word, test) for word, file, test in lines if file == n] for n in files}, run.stdout


def test_textbook_code_is_held_to_what_textbook_code_reaches_and_more_is_asked_by_a_word():
    def textbook(z):
        e = np.exp2(z - np.max(z)) if z.dtype == np.float64 else np.exp(z - np.max(z))  # seen: its sum differs from 1 by an ULP
        return e / e.sum()

    symbols = load("softmax").context.symbols
    drawn = {symbols["n"]: 2, symbols["z"]: np.array([0.0, 7.875])}
    Properties.of("softmax", textbook).law("sums to one", drawn)
    with pytest.raises(AssertionError, match="do not add up to 1"):
        Properties.of("softmax", textbook, accuracy="card").law("sums to one", drawn)
    with pytest.raises(ValueError, match="'ordinary' or 'card', got 'own'"):
        Properties.of("softmax", textbook, accuracy="own")


def test_a_format_that_the_function_refuses_is_skipped():
    def only_float64(z):
        if z.dtype != np.float64:
            raise TypeError("float64, please")
        return np.exp(z - z.max()) / np.exp(z - z.max()).sum()

    symbols = load("softmax").context.symbols
    with pytest.raises(SkipTest, match="float64, please"):
        Properties.of("softmax", only_float64).near({symbols["n"]: 2, symbols["z"]: np.zeros(2, np.float32)}, "float32")


@pytest.mark.slow
def test_the_files_are_green_for_our_functions_and_red_for_mistakes(tmp_path):
    softmax, huber = load("softmax"), load("huber_gradient")
    found, told = outcomes(
        tmp_path,
        softmax=pytest_file(softmax),
        base_two=pytest_file(softmax, "mathcore.mistakes.softmax:base_two"),
        huber=pytest_file(huber),
        one_hot=pytest_file(load("one_hot")),
        wrong_one_hot=pytest_file(load("one_hot"), "mathcore.mistakes.one_hot:twice"),
    )
    for name in ("softmax", "huber", "one_hot"):
        assert {word for word, _ in found[name]} == {"PASSED"}, told
    failed = {test for word, test in found["base_two"] if word == "FAILED"}
    assert {"test_ratio_of_two", "test_float64_is_near_the_exact_value", "test_example_1"} <= failed
    assert ("PASSED", "test_sums_to_one") in found["base_two"]  # to base two they do sum to one
    assert "two probabilities do not differ by the factor exp(difference of scores)" in told
    assert any(word == "FAILED" for word, _ in found["wrong_one_hot"])


def test_an_assertion_says_what_the_function_gives_and_what_is_due():
    wrong, letters = Properties.of("softmax", lambda z: np.ones_like(z)), load("softmax").context.symbols
    with pytest.raises(AssertionError, match=r"gives \[1\.0, 1\.0\].*exact 0\.5"):
        wrong.near({letters["n"]: 2, letters["z"]: np.zeros(2)})
    with pytest.raises(AssertionError, match=r"gives \[1\.0, 1\.0\]"):
        wrong.example("softmax([0, 0]) = [1/2, 1/2]")
    with pytest.raises(AssertionError, match="do not add up to 1"):
        wrong.law("sums to one", {letters["n"]: 2, letters["z"]: np.zeros(2)})


def test_the_command_prints_the_file_and_refuses_what_it_cannot_write(capsys):
    assert main(["show", "softmax", "--tests"]) == HELD
    assert capsys.readouterr().out == pytest_file(load("softmax"))
    assert main(["show", "softmax", "--tests", "--function", "my.losses:soft"]) == HELD
    assert "function = my.losses.soft" in capsys.readouterr().out
    for wrong, said in (
        (["softmax", "--function", "a:b"], "--function goes with --tests"),
        (["softmax", "--tests", "--function", "os;x"], "--function is module:name"),
        (["dense", "--tests"], "names no numeric function"),
        (["the_note", "--tests"], "no formula"),
    ):
        assert main(["show", *wrong]) == MISUSED
        assert said in capsys.readouterr().err

"""What verbose=1 and verbose=2 print, on a terminal and into a pipe."""

import io
import re
import sys

import pytest

from mathcore.models import DenseNetwork, DivergenceError, LinearRegression, LogisticRegression
from tests.models.data import drawn

PROBLEM = drawn("two classes")


class Wordless:
    """A stream of a notebook or a service, that knows no more than to write."""

    def write(self, text):
        return len(text)

    def flush(self):
        pass


def test_by_default_nothing_is_printed(capsys):
    LogisticRegression(l2=0.1).fit(PROBLEM.X, PROBLEM.y)
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_verbose_2_prints_a_line_an_epoch(capsys):
    LogisticRegression(batch_size=32, epochs=3, validation_share=0.2, verbose=2, random_state=0).fit(PROBLEM.X, PROBLEM.y)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    number = r"[\d.]+"
    pattern = rf"- 5/5 - {number}m?s - loss: {number} - accuracy: {number} - val_loss: {number} - val_accuracy: {number}"
    for k, line in enumerate(lines, 1):
        assert re.fullmatch(rf"Epoch {k}/3 {pattern}", line)


def test_a_model_of_numbers_has_no_accuracy(capsys):
    LinearRegression(batch_size=32, epochs=1, verbose=2).fit(PROBLEM.X, PROBLEM.X[:, 0])
    assert "accuracy" not in capsys.readouterr().out


@pytest.mark.parametrize("verbose", [1, True])
def test_verbose_1_is_one_plain_line_in_a_pipe(python, verbose):
    program = (
        "from tests.models.data import drawn; from mathcore.models import DenseNetwork; p = drawn('two classes'); "
        f"DenseNetwork(epochs=4, verbose={verbose}, random_state=0).fit(p.X, p.y)"
    )
    answer = python("-c", program)
    assert answer.stderr == ""
    assert re.fullmatch(r"epoch 4/4 - [\d.]+m?s - loss: [\d.]+ - accuracy: [\d.]+\n", answer.stdout)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_verbose_1_is_a_bar_on_a_terminal(monkeypatch):
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("sys.stdout", terminal)
    DenseNetwork(epochs=4, verbose=1, random_state=0).fit(PROBLEM.X, PROBLEM.y)
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())
    assert "4/4" in shown
    assert "accuracy: " in shown


def test_the_bar_is_closed_when_training_diverges(monkeypatch):
    """The cursor, hidden while the bar runs, comes back."""
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("sys.stdout", terminal)
    with pytest.raises(DivergenceError):
        LinearRegression(optimizer="gradient_descent", learning_rate=50, verbose=1).fit(PROBLEM.X, PROBLEM.X[:, 0])
    assert terminal.getvalue().rfind("\x1b[?25h") > terminal.getvalue().rfind("\x1b[?25l") >= 0


@pytest.mark.parametrize("verbose", [1, 2])
@pytest.mark.parametrize("stdout", [None, Wordless()], ids=["none", "without isatty"])
def test_a_program_without_a_console_trains_all_the_same(monkeypatch, verbose, stdout):
    monkeypatch.setattr(sys, "stdout", stdout)
    model = LogisticRegression(l2=0.1, verbose=verbose).fit([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1])
    assert model.converged_

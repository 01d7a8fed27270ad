"""What training leaves behind: a sequence of epochs, its table and its picture."""

import numpy as np
import pytest

from mathcore.models import Epoch, History, LinearRegression, LogisticRegression
from tests.models.data import drawn

PROBLEM = drawn("two classes")


@pytest.fixture(scope="module")
def history():
    model = LogisticRegression(l2=0.1, validation_share=0.25, random_state=0, epochs=30, patience=30, tolerance=0)
    return model.fit(PROBLEM.X, PROBLEM.y).history_


def test_a_history_is_a_sequence_of_epochs(history):
    assert len(history) == 30
    assert isinstance(history[0], Epoch)
    assert history[0].loss == history.loss[0] == pytest.approx(np.log(2))
    assert history[-1].validation_accuracy == history.validation_accuracy[-1]
    assert [epoch.loss for epoch in history] == history.loss.tolist()
    assert isinstance(history[2:4], History)
    assert history[2:4].loss.tolist() == history.loss[2:4].tolist()
    with pytest.raises(IndexError):
        history[30]


def test_a_history_cannot_be_changed(history):
    with pytest.raises(ValueError, match="read-only"):
        history.loss[0] = 0
    with pytest.raises(AttributeError):
        history.loss = []


def test_what_was_not_measured_is_nan():
    history = LinearRegression().fit(PROBLEM.X, PROBLEM.X[:, 0]).history_
    assert np.isnan(history.accuracy).all()
    assert np.isnan(history.validation_loss).all()
    assert history.measured() == ["loss", "learning_rate", "step_size"]


def test_the_loss_and_the_step_are_those_of_the_weights():
    """Two steps of gradient descent at a known rate: how far the weights went is the rate times the gradient."""
    rate = 0.5
    with pytest.warns(match="after 2 epochs"):
        history = (
            LogisticRegression(optimizer="gradient_descent", learning_rate=rate, epochs=2).fit(PROBLEM.X, PROBLEM.y).history_
        )
    X = np.column_stack((PROBLEM.X, np.ones(len(PROBLEM.y))))
    gradient = X.T @ (0.5 - PROBLEM.y) / len(X)
    assert history.step_size[0] == pytest.approx(rate * np.linalg.norm(gradient))
    z = X @ (-rate * gradient)
    assert history.loss[1] == pytest.approx(np.mean(np.logaddexp(0, z) - PROBLEM.y * z))
    assert history.accuracy[1] == np.mean((z > 0) == PROBLEM.y)
    assert history.learning_rate.tolist() == [rate, rate]


def test_the_table_shows_the_first_and_the_last_epochs(history):
    table = history._repr_html_()
    assert table.count("<tr>") == 1 + 5 + 1 + 4
    assert "<th>validation loss</th>" in table
    assert f"<td>{history.loss[-1]:.6g}</td>" in table
    assert history[:3]._repr_html_().count("<tr>") == 4
    assert repr(history).startswith("History of 30 epochs: loss 0.693147 -> ")
    assert repr(history[:0]) == "History of 0 epochs"


@pytest.mark.peers("matplotlib")
def test_a_history_plots_itself(history):
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    figure = history.plot()
    assert [axis.get_title() for axis in figure.axes] == ["loss", "accuracy", "step size"]
    assert [len(axis.lines) for axis in figure.axes] == [2, 2, 1]
    assert figure.axes[0].lines[0].get_ydata().tolist() == history.loss.tolist()
    own, axes = plt.subplots(1, 3)
    assert history.plot(axes) is own
    with pytest.raises(ValueError, match=r"3 curves .* need as many axes, got 1"):
        history.plot(axes[:1])
    plt.close("all")


def test_without_matplotlib_the_plot_says_what_to_install(history, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match=r'pip install "mathcore\[plot\]"'):
        history.plot()

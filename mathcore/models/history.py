"""What happened in training, epoch by epoch: to be read, tabulated and plotted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Epoch(NamedTuple):
    """One pass through the training samples. What was not measured is nan."""

    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    learning_rate: float
    step_size: float


@dataclass(frozen=True, eq=False)
class History(Sequence[Epoch]):
    """A sequence of epochs; each measure is also a read-only array of its own, nan where it was not measured.

    Attributes
    ----------
    loss : numpy.ndarray
        Mean loss of the training samples plus the penalty, at the weights that the epoch met: of one step, before the step;
        of many, weighed by the sizes of the batches.
    accuracy : numpy.ndarray
        The share of training samples that were classified rightly at the same weights.
    validation_loss, validation_accuracy : numpy.ndarray
        The same of the samples that were set aside, after the epoch.
    learning_rate : numpy.ndarray
        The rate of the epoch.
    step_size : numpy.ndarray
        How far the weights moved in the epoch's last step: the Euclidean norm.
    """

    loss: Floats
    accuracy: Floats
    validation_loss: Floats
    validation_accuracy: Floats
    learning_rate: Floats
    step_size: Floats

    def __post_init__(self) -> None:
        for field in fields(self):
            column = np.asarray(getattr(self, field.name), np.float64)
            column.setflags(write=False)
            object.__setattr__(self, field.name, column)

    def __len__(self) -> int:
        return len(self.loss)

    @overload
    def __getitem__(self, index: int) -> Epoch: ...
    @overload
    def __getitem__(self, index: slice) -> History: ...
    def __getitem__(self, index: int | slice) -> Epoch | History:
        columns = [getattr(self, field.name)[index] for field in fields(self)]
        return History(*columns) if isinstance(index, slice) else Epoch(*map(float, columns))

    def __repr__(self) -> str:
        if not len(self):
            return "History of 0 epochs"
        return f"History of {len(self)} epoch{'s' * (len(self) > 1)}: loss {self.loss[0]:.6g} -> {self.loss[-1]:.6g}"

    def measured(self) -> list[str]:
        """The names of the measures that hold numbers."""
        return [field.name for field in fields(self) if not np.isnan(getattr(self, field.name)).all()]

    def _repr_html_(self) -> str:
        """The first and last epochs as a table, for a notebook."""
        names = self.measured()
        shown = range(len(self)) if len(self) <= 10 else [*range(5), -1, *range(len(self) - 4, len(self))]
        rows = [
            f"<tr><td colspan='{len(names) + 1}'>...</td></tr>"
            if k < 0
            else f"<tr><td>{k + 1}</td>{''.join(f'<td>{getattr(self, n)[k]:.6g}</td>' for n in names)}</tr>"
            for k in shown
        ]
        head = "".join(f"<th>{n.replace('_', ' ')}</th>" for n in ["epoch", *names])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def plot(self, axes: Any = None) -> Any:
        """Draw loss, accuracy (if there is one) and step size against the epochs; needs matplotlib.

        Parameters
        ----------
        axes : sequence of matplotlib.axes.Axes, optional
            Where to draw, one for each of the two or three curves; None makes a new figure.

        Returns
        -------
        matplotlib.figure.Figure

        Raises
        ------
        ImportError
            If matplotlib is not installed.
        ValueError
            If there are too few axes.
        """
        panels = [name for name in ("loss", "accuracy", "step_size") if name in self.measured()]
        if axes is None:
            try:
                import matplotlib.pyplot as plt
            except ImportError as error:
                raise ImportError('History.plot needs matplotlib. Install it with pip install "mathcore[plot]".') from error
            _, axes = plt.subplots(1, len(panels), figsize=(3.6 * len(panels), 3), layout="constrained", squeeze=False)
        axes = np.ravel(axes)
        if len(axes) < len(panels):
            raise ValueError(f"History.plot: {len(panels)} curves ({', '.join(panels)}) need as many axes, got {len(axes)}.")
        epochs = np.arange(1, len(self) + 1)
        marker = "o" if len(self) == 1 else None
        for panel, axis in zip(panels, axes, strict=False):
            axis.plot(epochs, getattr(self, panel), marker=marker, label="training")
            if f"validation_{panel}" in self.measured():
                axis.plot(epochs, getattr(self, f"validation_{panel}"), marker=marker, label="validation", linestyle="--")
                axis.legend(frameon=False)
            axis.set(title=panel.replace("_", " "), xlabel="epoch")
            positive = getattr(self, panel)[getattr(self, panel) > 0]
            if len(self) > 200:
                axis.set_xscale("log")  # most happens at the beginning
            if panel != "accuracy" and len(positive) and positive.max() > 100 * positive.min():
                axis.set_yscale("log")
        return axes[0].figure

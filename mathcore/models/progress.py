"""How training shows itself: a bar on a terminal (verbose=1), a line an epoch (verbose=2), nothing (verbose=0)."""

from __future__ import annotations

import sys
import time
from typing import Any, Self

EVERY = 0.1  # seconds between two looks at the bar


class Silent:
    """Shows nothing; also what the others begin from. Used in a `with` block, so that a bar is closed whatever happens."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def epoch(self, number: int, epochs: int, batches: int, measures: dict[str, float]) -> None:
        """After an epoch, counted from 1, of `batches` batches."""


class Lines(Silent):
    """One line an epoch, as Keras prints them."""

    def __init__(self) -> None:
        self.start = time.perf_counter()

    def epoch(self, number: int, epochs: int, batches: int, measures: dict[str, float]) -> None:
        now = time.perf_counter()
        print(
            f"Epoch {number}/{epochs} - {batches}/{batches} - {_duration(now - self.start)} - {_measures(measures)}", flush=True
        )
        self.start = now


class Bar(Silent):
    """A bar on a terminal; into a pipe or a file one line at the end, of plain text."""

    def __init__(self) -> None:
        self.start = self.shown = time.perf_counter()
        self.bar: Any = None
        self.last: tuple[int, int, str] | None = None

    def __enter__(self) -> Self:
        is_terminal = getattr(sys.stdout, "isatty", None)  # there is no stdout in a program without a console
        if is_terminal is not None and is_terminal():
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (
                TextColumn("epoch"),
                MofNCompleteColumn(),
                BarColumn(),
                TimeRemainingColumn(),
                TextColumn("{task.description}"),
            )
            self.bar = Progress(*columns)
            self.bar.start()
            self.task = self.bar.add_task("")
        return self

    def epoch(self, number: int, epochs: int, batches: int, measures: dict[str, float]) -> None:
        self.last = number, epochs, _measures(measures)
        now = time.perf_counter()
        if self.bar is not None and now - self.shown > EVERY:
            self.shown = now
            self._show(*self.last)

    def _show(self, number: int, epochs: int, measures: str) -> None:
        self.bar.update(self.task, total=epochs, completed=number, description=measures)

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            if self.last is not None:
                self._show(*self.last)
            self.bar.stop()
        elif self.last is not None:
            number, epochs, measures = self.last
            print(f"epoch {number}/{epochs} - {_duration(time.perf_counter() - self.start)} - {measures}", flush=True)


def progress(verbose: int) -> Silent:
    """What shows the progress at this level."""
    return (Silent, Bar, Lines)[verbose]()


def _measures(measures: dict[str, float]) -> str:
    return " - ".join(f"{name}: {value:.4g}" for name, value in measures.items())


def _duration(seconds: float) -> str:
    return f"{seconds:.0f}s" if seconds >= 10 else f"{seconds * 1000:.0f}ms" if seconds < 1 else f"{seconds:.1f}s"

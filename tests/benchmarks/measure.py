"""Candidates timed side by side in one run: A B C, B C A, C A B, ... so that a busy moment hits them all."""

from __future__ import annotations

import math
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib import metadata
from pathlib import Path
from timeit import Timer
from typing import Any, NamedTuple

import numpy as np

from tests.benchmarks.cases import PEERS, Case, calls, inputs

TOLERANCE = {"float64": 1e-9, "float32": 1e-3}  # of the largest entry: this is about the same formula, not about digits

# The time that the processor worked for this process: a busy machine lengthens it far less than the time on the wall.
CLOCK = time.process_time if time.get_clock_info("process_time").resolution < 1e-5 else time.perf_counter
SETTLED = 1.03  # a figure is believed once a second round comes this close to the fastest one


class Effort(NamedTuple):
    """How long to measure one case."""

    sample: float  # seconds that one sample lasts at least, by looping
    rounds: tuple[int, int]  # at least, at most
    seconds: float  # then no further round is begun, settled or not


FULL = Effort(sample=0.006, rounds=(5, 20), seconds=0.5)
QUICK = Effort(sample=0.003, rounds=(3, 10), seconds=0.1)


def seconds(candidates: dict[str, Callable[[], Any]], effort: Effort) -> dict[str, list[float]]:
    """Seconds a call: of each candidate, one figure a round. Each was called before: a first call pays for imports."""
    once = {name: Timer(call, timer=CLOCK).timeit(1) for name, call in candidates.items()}
    loops = {name: math.ceil(effort.sample / max(one, 1e-7)) for name, one in once.items()}
    least, most = effort.rounds
    found: dict[str, list[float]] = {name: [] for name in candidates}
    order, spent = list(candidates), 0.0
    for done in range(most):
        if done >= least and (spent > effort.seconds or all(map(_settled, found.values()))):
            break
        for name in order:
            sample = Timer(candidates[name], timer=CLOCK).timeit(loops[name])
            found[name].append(sample / loops[name])
            spent += sample
        order.append(order.pop(0))
    return found


def _settled(times: list[float]) -> bool:
    fastest, second = sorted(times)[:2]
    return second <= SETTLED * fastest


def disagreements(case: Case, results: dict[str, Any]) -> list[str]:
    """The candidates whose results are not close to those of the textbook."""
    expected = _arrays(results["textbook"])
    close = TOLERANCE[case.dtype]
    return [
        name
        for name, result in results.items()
        if not all(_close(a, b, close, case.dtype) for a, b in zip(_arrays(result), expected, strict=True))
    ]


def _arrays(result: Any) -> tuple[np.ndarray, ...]:
    return tuple(np.asarray(r) for r in (result if isinstance(result, tuple) else (result,)))


def _close(a: np.ndarray, b: np.ndarray, tolerance: float, dtype: str) -> bool:
    largest = np.abs(b, where=np.isfinite(b), out=np.zeros_like(b)).max()
    return (
        a.dtype == dtype and a.shape == b.shape and np.allclose(a, b, rtol=0, atol=tolerance * largest + 8 * np.finfo(dtype).eps)
    )


def measured(cases: Iterable[Case], peers: Iterable[str], effort: Effort) -> Iterator[dict[str, Any]]:
    """One row of the table a case, as plain values: the fastest round, and by how much the median round is slower."""
    peers = tuple(peers)
    for case in cases:
        with np.errstate(all="ignore"):
            candidates = calls(case, inputs(case), peers)
            wrong = disagreements(case, {name: call() for name, call in candidates.items()})
            if wrong:
                raise AssertionError(f"{case}: {', '.join(wrong)} and the textbook do not compute the same")
            rounds = seconds(candidates, effort)
        yield {
            "function": case.function,
            "shape": list(case.shape),
            "axis": case.axis,
            "kind": case.kind,
            "dtype": case.dtype,
            "seconds": {name: float(f"{min(times):.4g}") for name, times in rounds.items()},
            "spread": {name: round(float(np.median(times)) / min(times) - 1, 3) for name, times in rounds.items()},
        }


def surroundings(arguments: list[str], peers: Iterable[str]) -> dict[str, Any]:
    """What a figure means nothing without: date, command, machine and versions."""
    peers = tuple(peers)
    return {
        "date": date.today().isoformat(),
        "command": " ".join(["python -m tests.benchmarks", *arguments]),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "system": _system(),
            "simd": ", ".join(np.show_config(mode="dicts")["SIMD Extensions"]["found"]),
        },
        "versions": {"Python": platform.python_version(), "NumPy": np.__version__}
        | {peer: metadata.version(peer) if peer in peers else "not installed" for peer in PEERS},
    }


def _processor() -> str:
    """The name of the processor, as the operating system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _system() -> str:
    if sys.platform == "linux":
        return f"{platform.freedesktop_os_release().get('PRETTY_NAME', 'Linux')}, {platform.machine()}"
    return f"{platform.system()} {platform.release()}, {platform.machine()}"

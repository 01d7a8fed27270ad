"""`python -m tests.benchmarks`: times of mathcore.numeric as ratios to plain NumPy, SciPy and torch, on one thread."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from pathlib import Path

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def main() -> int:
    os.environ.update(dict.fromkeys(THREADS, "1"))  # read when NumPy, SciPy and torch are imported: so not earlier
    from tests.benchmarks import cases, measure, page, summary

    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--peers", nargs="*", default=[], choices=cases.PEERS, help="libraries to measure beside plain NumPy")
    parser.add_argument("--quick", action="store_true", help="a few shapes, in half a minute")
    parser.add_argument("--dtype", nargs="+", default=cases.DTYPES, choices=cases.DTYPES)
    parser.add_argument("--only", nargs="+", default=list(cases.FUNCTIONS), choices=cases.FUNCTIONS, metavar="FUNCTION")
    parser.add_argument("--page", type=Path, metavar="FILE.md", help="write a page, and the measurement beside it as FILE.json")
    parser.add_argument("--stored", type=Path, metavar="FILE.json", help="take this measurement and measure nothing")
    asked = parser.parse_args()

    if asked.stored:
        measurement = json.loads(asked.stored.read_text(encoding="utf-8"))
    else:
        peers = [peer for peer in asked.peers if _ready(peer)]
        measurement = measure.surroundings(sys.argv[1:], peers) | {"rows": []}
        effort = measure.QUICK if asked.quick else measure.FULL
        for row in measure.measured(cases.cases(asked.only, asked.dtype, quick=asked.quick), peers, effort):
            print(page.line(row), flush=True)
            measurement["rows"].append(row)

    print("\n" + page.report(measurement["rows"]))
    if asked.page:
        beside = asked.page.with_suffix(".json")
        beside.write_text(page.stored(measurement), encoding="utf-8", newline="\n")
        asked.page.write_text(page.page(measurement, beside.name), encoding="utf-8", newline="\n")
    return 0 if all(bar.held for bar in summary.bars(measurement["rows"])) else 1


def _ready(peer: str) -> bool:
    """Whether a peer is installed; torch is told to use one thread."""
    if importlib.util.find_spec(peer) is None:
        print(f"{peer}: not installed, its columns stay empty", file=sys.stderr)
        return False
    if peer == "torch":
        import torch

        torch.set_num_threads(1)
    return True


if __name__ == "__main__":
    sys.exit(main())

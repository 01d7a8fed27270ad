"""Processor time of a judgement, card by card: `python -m tests.benchmarks.judging [NAME ...]`.

The import of mathcore is not counted, nor is the first card's grammar; the exact values are.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace

from mathcore.conformance.accuracy import cases, length_cases
from mathcore.conformance.check import judge, prepared
from mathcore.conformance.subject import resolve
from mathcore.formulas import load, names

BARS = {"quick": 1.0, "normal": 3.0}  # seconds


def seconds(name: str, effort: str) -> float:
    """For mathcore's own function, with nothing remembered of earlier judgements."""
    card = load(name)
    _ = card.context
    own = resolve(card.numeric, card)
    tested = prepared(own.function, card)
    tested = replace(tested, options=own.options, part=own.part)
    for memory in (cases, length_cases):
        memory.cache_clear()
    start = time.process_time()
    judge(tested, effort)
    return time.process_time() - start


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.judging", description=__doc__.partition("\n")[0] if __doc__ else ""
    )
    parser.add_argument("names", nargs="*", help="cards (default: all with a function)")
    chosen = parser.parse_args(arguments).names or [name for name in names() if load(name).numeric]
    over = 0
    for name in chosen:
        found = {effort: seconds(name, effort) for effort in BARS}
        late = [effort for effort, taken in found.items() if taken > BARS[effort]]
        over += bool(late)
        shown = "  ".join(f"{effort} {taken:5.2f} s" for effort, taken in found.items())
        print(f"{name:45}{shown}{'  above the bar: ' + ', '.join(late) if late else ''}", flush=True)
    print(f"{len(chosen) - over} of {len(chosen)} cards within {BARS['quick']:g} s and {BARS['normal']:g} s")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())

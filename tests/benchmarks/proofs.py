"""`python -m tests.benchmarks.proofs`: how long the proof of the whole catalogue takes from nothing, and its longest steps.

Nothing is read from the store. The time of a step is processor time in its worker; the first step of a card pays for what
the card's steps share (parsing, facts, points).
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from mathcore.evidence import Level
from mathcore.formulas import load, names
from mathcore.proof import derive, judging
from mathcore.verify.run import cores, start_worker

Step = tuple[float, str, str]  # seconds, the derivation, the step


def proved(card: str) -> tuple[int, int, float, list[Step]]:
    """(claims proved, claims, processor time, steps) of one card, judged in this process."""
    start, steps, judge = time.process_time(), [], judging.judge_step

    def timed(claim, step, *rest):  # type: ignore[no-untyped-def]  # as judging.judge_step
        begun = time.process_time()
        found = judge(claim, step, *rest)
        steps.append((time.process_time() - begun, claim.path[-1], step.text))
        return found

    judging.judge_step = timed
    try:
        levels = [derive.verify_derivation(load(card), d).level for d in load(card).derivations]
    finally:
        judging.judge_step = judge
    return levels.count(Level.PROVED), len(levels), time.process_time() - start, steps


def catalogue(workers: int, tell: Callable[[str], None]) -> bool:
    heaviest_first = sorted(names(), key=lambda name: -len(load(name).derivations))
    start, found = time.perf_counter(), []
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=start_worker) as pool:
        found = list(pool.map(proved, heaviest_first))
    wall = time.perf_counter() - start
    done, claims = sum(f[0] for f in found), sum(f[1] for f in found)
    steps = sorted((step for f in found for step in f[3]), reverse=True)
    tell(f"{done}/{claims} claims of {len(found)} cards proved in {wall:.1f} s by {workers} processes")
    tell(f"processor time {sum(f[2] for f in found):.1f} s; steps above .5 s: {sum(s[0] > 0.5 for s in steps)} of {len(steps)}")
    for seconds, path, text in steps[:8]:
        tell(f"  {seconds:.2f} s  {path}: {text[:70]}")
    return 0 < done == claims


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.proofs", description=__doc__)
    parser.add_argument("--workers", type=int, default=cores(), metavar="N", help="processes; one per core without it")
    asked = parser.parse_args()
    return 0 if catalogue(asked.workers, lambda line: print(line, flush=True)) else 1


if __name__ == "__main__":
    raise SystemExit(main())

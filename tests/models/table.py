"""The models beside scikit-learn and beside a loop written by hand: `python -m tests.models.table`.

The loss is mean loss + l2/2 |w|^2, here with l2 = 1/N, which is scikit-learn's C = 1. The time is processor time of one
thread, ours over that of the loop in by_hand.py with the same steps; the median of interleaved rounds.
"""

import os

if __name__ == "__main__":
    for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(_variable, "1")

import argparse
import statistics
import sys
import time
import warnings

import numpy as np

from mathcore.models import LinearRegression, LogisticRegression
from tests.models import by_hand
from tests.models.data import NAMES, bundled, loss, theirs
from tests.optional import missing

ROUNDS = 7


def by_hand_of(problem):
    """The loss by hand, and the shape of the scores of one sample."""
    kind = {LinearRegression: by_hand.squared, LogisticRegression: by_hand.binary}.get(problem.model, by_hand.categorical)
    return kind, (problem.y.max() + 1,) if kind is by_hand.categorical else ()


def ratio(problem, l2, rounds=ROUNDS):
    """Our time over that of the loop by hand, and whether both did the same."""
    model = problem.model(l2=l2).fit(problem.X, problem.y)
    kind, shape = by_hand_of(problem)
    arguments = problem.X, problem.y, kind, shape, model.history_.learning_rate[0], l2, model.n_iter_
    ratios = []
    for _ in range(rounds):
        start = time.process_time()
        problem.model(l2=l2).fit(problem.X, problem.y)
        middle = time.process_time()
        losses = by_hand.train(*arguments)[2]
        ratios.append((middle - start) / (time.process_time() - middle))
    assert np.allclose(losses, model.history_.loss, rtol=1e-9, atol=0), "the loop by hand took other steps"
    return statistics.median(ratios)


def ratio_of_steps(problem, optimizer, size, rounds=ROUNDS, epochs=20, rate=0.001):
    """The same for another optimizer, at a fixed rate, in batches of `size`."""
    kind, shape = by_hand_of(problem)
    model = problem.model(
        optimizer=optimizer, batch_size=size, learning_rate=rate, epochs=epochs, patience=epochs, tolerance=0, random_state=0
    )
    ratios = []
    for _ in range(rounds):
        start = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it does not arrive in so few epochs, and says so
            model.fit(problem.X, problem.y)
        middle = time.process_time()
        losses = by_hand.descend(problem.X, problem.y, kind, shape, rate, optimizer, size, epochs, 0)
        ratios.append((middle - start) / (time.process_time() - middle))
    assert np.allclose(losses, model.history_.loss, rtol=1e-9, atol=0), "the loop by hand took other steps"
    return statistics.median(ratios)


def row(name, penalty=True, rounds=ROUNDS):
    """One line of the table, as a dict."""
    problem = bundled(name)
    l2 = problem.l2 if penalty else 0.0
    model, peer = problem.model(l2=l2).fit(problem.X, problem.y), theirs(problem, l2)
    ours, least = loss(problem, model.coef_, model.intercept_, l2), loss(problem, peer.coef_, peer.intercept_, l2)
    return {
        "data": name,
        "model": problem.model.__name__,
        "l2": "1/N" if penalty else "0",
        "loss": f"{ours:.9g}",
        "scikit-learn": f"{least:.9g}",
        "relative difference": f"{(ours - least) / least:+.1e}",
        "largest weight off": f"{np.abs(model.coef_ - peer.coef_).max() / np.abs(peer.coef_).max():.1e}",
        "score": f"{model.score(problem.X, problem.y):.4f}",
        "epochs": str(model.n_iter_),
        "time / by hand": f"{ratio(problem, l2, rounds):.2f}",
    }


def steps(name, rounds=ROUNDS):
    """One line of the second table: time over that of a loop by hand, of the other optimizers."""
    problem = bundled(name)
    line = {"data": name, "model": problem.model.__name__}
    for optimizer in ("gradient_descent", "momentum", "adam"):
        for size, title in ((len(problem.y), "all"), (32, "32")):
            line[f"{optimizer}, {title}"] = f"{ratio_of_steps(problem, optimizer, size, rounds):.2f}"
    return line


def show(rows):
    """Rows as a table in Markdown."""
    titles = list(rows[0])
    print(f"| {' | '.join(titles)} |")
    print(f"|{'|'.join([' :-- '] * 2 + [' --: '] * (len(titles) - 2))}|")
    for line in rows:
        print(f"| {' | '.join(line.values())} |")


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m tests.models.table", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="interleaved rounds of which the median counts")
    rounds = parser.parse_args(arguments).rounds
    if absent := missing("sklearn"):
        parser.exit(2, f"{absent}\n")
    show([row(name, rounds=rounds) for name in NAMES] + [row("diabetes", penalty=False, rounds=rounds)])
    print(
        "\nTime over that of a loop by hand, of the other optimizers, on all samples and in batches of 32. numeric's steps keep"
    )
    print("every digit (momentum and Adam to 1 ULP where terms cancel), which takes Adam sixty operations instead of thirteen.\n")
    show([steps(name, rounds) for name in NAMES])
    return 0


if __name__ == "__main__":
    sys.exit(main())

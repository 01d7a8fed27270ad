"""`python -m tests.benchmarks.errors [NAME ...]`: errors over the domain of ours, the textbook, SciPy and torch, measured
against exact values, stored in docs/accuracy and drawn. `--draw` draws again what is stored."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np

from mathcore.conformance.calls import backend, template
from mathcore.conformance.contained import imported
from mathcore.conformance.peers import Peer, peers
from mathcore.conformance.subject import Subject, subject
from mathcore.conformance.ulp import judge
from mathcore.formulas import load
from mathcore.render import errors as e
from tests.benchmarks import textbook

SEED, PLACES, EACH = 20230227, 121, 12  # places of the domain, and inputs at each
BITS = 2048  # log(1 + exp(-745)) is a float64 once 1 + exp(-745) has 1,130 bits


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


PLAIN: dict[str, Callable] = {  # as the definition stands on the page
    "log_sigmoid": lambda x: np.log(_sigmoid(x)),
    "tanh": lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)),
    "silu": lambda x: x * _sigmoid(x),
    "mish": lambda x: x * np.tanh(np.log(1 + np.exp(x))),
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "gelu": lambda x: x * (1 + math.erf(x / math.sqrt(2))) / 2,
    "logit": lambda p: np.log(p / (1 - p)),
    "binary_entropy": lambda p: -p * np.log(p) - (1 - p) * np.log(1 - p),
    "binary_crossentropy": lambda t, z: -t * np.log(_sigmoid(z)) - (1 - t) * np.log(_sigmoid(-z)),
}


@dataclass(frozen=True)
class Sweep:
    """Along what the error is shown: `make` gives the arguments at a place, `places` from where to where."""

    along: str
    inputs: str
    scale: str
    first: float
    last: float
    make: Callable
    near: float = 1.0


def _number(letter: str, near: float, last: float) -> Sweep:
    return Sweep(letter, f"{letter} itself", "symlog", -last, last, lambda at, draw: (np.float64(at),), near)


def _row(at, draw):
    """Five scores from 0 to `at`."""
    middle = draw.uniform(0, at, 3)
    return draw.permutation(np.array([0.0, *middle, at]))


def _rare(at, draw):
    return (np.array([1 - at, at]),)


def _near(at, draw):
    """Two distributions of four outcomes that are `at` apart."""
    p = draw.dirichlet(np.ones(4))
    moved = p * (1 + at * draw.uniform(-1, 1, 4))
    return p, moved / moved.sum()


def _right_label(at, draw):
    z = _row(at, draw)
    return np.eye(5)[z.argmax()], z


SCORES = "five scores, the smallest 0 and the largest that far above it"
SWEEPS = {
    "sigmoid": _number("x", 1e-2, 745),
    "log_sigmoid": _number("x", 1e-2, 745),
    "softplus": _number("x", 1e-2, 745),
    "silu": _number("x", 1e-2, 745),
    "mish": _number("x", 1e-2, 370),
    "tanh": _number("x", 1e-6, 20),
    "gelu": _number("x", 1e-2, 38),
    "binary_crossentropy": Sweep(
        "z", "the label 1, and the score z", "symlog", -745, 745, lambda at, draw: (np.float64(1), np.float64(at)), 1e-2
    ),
    "logit": Sweep("p", "p itself", "linear", 0.0, 1.0, lambda at, draw: (np.float64(at),)),
    "binary_entropy": Sweep("p", "p itself", "linear", 0.0, 1.0, lambda at, draw: (np.float64(at),)),
    "softmax": Sweep("largest score minus smallest", SCORES, "log", 1e-3, 1500, lambda at, draw: (_row(at, draw),)),
    "log_softmax": Sweep("largest score minus smallest", SCORES, "log", 1e-3, 1500, lambda at, draw: (_row(at, draw),)),
    "categorical_crossentropy": Sweep(
        "largest score minus smallest", f"{SCORES}; the largest has the label", "log", 1e-3, 700, _right_label
    ),
    "entropy": Sweep("probability of the rarer outcome", "two outcomes", "log", 1e-18, 0.5, _rare),
    "kl_divergence": Sweep("relative distance of q from p", "four outcomes, each q near its p", "log", 1e-15, 0.5, _near),
}


def places(sweep: Sweep) -> list[float]:
    if sweep.scale == "linear":
        step = (sweep.last - sweep.first) / (PLACES + 1)
        return [sweep.first + step * (i + 1) for i in range(PLACES)]
    if sweep.scale == "log":
        return np.geomspace(sweep.first, sweep.last, PLACES).tolist()
    half = np.expm1(np.linspace(0, np.log1p(sweep.last / sweep.near), PLACES // 2 + 1)) * sweep.near
    return [*(-half[:0:-1]).tolist(), *half.tolist()]


def candidates(name: str) -> Iterator[tuple[str, Subject]]:
    card = load(name)
    yield "mathcore", subject(card)
    yield "textbook", subject(card, PLAIN.get(name) or getattr(textbook, name))
    for peer in peers(("scipy", "torch")):
        if peer.card == name:
            yield peer.library, of_a_peer(peer)


def of_a_peer(peer: Peer) -> Subject:
    """A function of a library, called as its authors would."""
    one = subject(load(peer.card), imported(peer.target))
    letters = tuple(parameter.name for parameter in one.parameters)
    call = template(peer.call, letters) if peer.call else None
    return replace(one, template=call, convert=backend(peer.backend))


def inputs(sweep: Sweep, at: list[float], place: int, draw) -> Iterator[tuple]:
    """Inputs around one place, the place itself among them."""
    low = at[max(place - 1, 0)]
    high = at[min(place + 1, len(at) - 1)]
    yield sweep.make(at[place], draw)
    for _ in range(EACH - 1):
        yield sweep.make(draw.uniform((at[place] + low) / 2, (at[place] + high) / 2), draw)


def error(one: Subject, values, exact) -> float | None:
    """The largest error of the outputs in ULP; None where there is no number."""
    outs = one.call(values).ravel()
    for y in exact:
        y.at(BITS)
    found = [judge(out, y, 1e17, "float64").error for out, y in zip(outs, exact, strict=True)]
    return None if any(math.isnan(f) for f in found) else max(found)


def measured(name: str) -> e.Errors:
    sweep, card, draw = SWEEPS[name], load(name), np.random.default_rng(SEED)
    at, asked = places(sweep), dict(candidates(name))
    ulps: dict[str, list[float | None]] = {who: [] for who in asked}
    for place in range(len(at)):
        worst: dict[str, float | None] = dict.fromkeys(asked, 0.0)
        for arguments in inputs(sweep, at, place, draw):
            values = dict(zip(card.definition.parameters, arguments, strict=True))
            values |= {size: len(a) for p, a in list(values.items()) for size in p.type.shape}
            exact = asked["mathcore"].reference.outputs(values)
            for who, one in asked.items():
                found, before = error(one, values, exact), worst[who]
                worst[who] = None if found is None or before is None else max(before, found)
        for who, found in worst.items():
            ulps[who].append(found if found is None else float(f"{min(found, e.LOST):.3g}"))
    versions = {who: version({"mathcore": "numpy", "textbook": "numpy"}.get(who, who)) for who in asked if who != "textbook"}
    versions = {"numpy" if who == "mathcore" else who: v for who, v in versions.items()}
    shown = tuple(float(f"{value:.6g}") for value in at)
    found = {who: tuple(errors) for who, errors in ulps.items()}
    return e.Errors(name, sweep.along, sweep.scale, sweep.near, shown, found, sweep.inputs, versions)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.errors", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *SWEEPS], metavar="NAME", help=f"of {', '.join(SWEEPS)} (default: all)")
    parser.add_argument("--to", type=Path, default=Path("docs"), metavar="DIR", help="the folder of the pages (default: docs)")
    parser.add_argument("--draw", action="store_true", help="measure nothing, draw what is stored")
    asked = parser.parse_args()
    folder = asked.to / e.FOLDER
    folder.mkdir(exist_ok=True)
    for name in asked.names or SWEEPS:
        if not asked.draw:
            (folder / f"{name}.json").write_text(e.written(measured(name)), encoding="utf-8", newline="\n")
        found = e.load(asked.to, name)
        if found is not None:
            (folder / f"{name}.svg").write_text(e.drawing(found), encoding="utf-8", newline="\n")
            print(f"{name}: {found.said}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

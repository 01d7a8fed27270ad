"""What belongs to the whole program and not to a function: watched while a function is judged, and put back behind it."""

from __future__ import annotations

import decimal
import gc
import logging
import os
import random
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from mathcore.translation import N_

SEED = 20230227


@dataclass(frozen=True)
class Part:
    """One thing that all of a program shares: how it is read and set, and a state that no program leaves behind by chance."""

    name: str
    read: Callable[[], Any]
    put: Callable[[Any], object]
    rare: Callable[[], Any]


def _put_filters(filters: list[Any]) -> None:
    warnings.filters[:] = filters  # type: ignore[index]  # a list


def _put_environment(names: dict[str, str]) -> None:
    for name in os.environ.keys() - names.keys():
        del os.environ[name]
    os.environ.update(names)


def _decimal() -> tuple[int, str]:
    return decimal.getcontext().prec, decimal.getcontext().rounding


def _put_decimal(state: tuple[int, str]) -> None:
    decimal.getcontext().prec, decimal.getcontext().rounding = state


PARTS = (
    Part(
        N_("the error state of NumPy"),
        np.geterr,
        lambda old: np.seterr(**old),
        lambda: dict.fromkeys(np.geterr(), "ignore") | {"under": "warn"},
    ),
    Part(
        N_("NumPy's random numbers"),
        np.random.get_state,  # the global state is meant
        np.random.set_state,  # as above
        lambda: np.random.RandomState(SEED).get_state(),  # as above
    ),
    Part(N_("Python's random numbers"), random.getstate, random.setstate, lambda: random.Random(SEED).getstate()),
    Part(
        N_("the print options of NumPy"),
        np.get_printoptions,
        lambda old: np.set_printoptions(**old),
        lambda: {**np.get_printoptions(), "precision": 11, "linewidth": 79},
    ),
    Part(
        N_("the filters of warnings"), lambda: list(warnings.filters), _put_filters, lambda: [("ignore", None, Warning, None, 0)]
    ),
    Part(N_("the recursion limit"), sys.getrecursionlimit, sys.setrecursionlimit, lambda: sys.getrecursionlimit() + 1),
    Part(N_("the working directory"), os.getcwd, os.chdir, tempfile.gettempdir),
    Part(
        N_("the environment variables"),
        lambda: dict(os.environ),
        _put_environment,
        lambda: {**os.environ, "MATHCORE_WATCHES": "1"},
    ),
    Part(N_("the precision of decimals"), _decimal, _put_decimal, lambda: (27, decimal.ROUND_HALF_EVEN)),
    Part(N_("the collection of garbage"), gc.isenabled, lambda on: gc.enable() if on else gc.disable(), lambda: True),
    Part(N_("the level of logging"), lambda: logging.root.manager.disable, logging.disable, lambda: 1),
)


def parts() -> tuple[Part, ...]:
    """Also what torch keeps, where it is loaded."""
    if (torch := sys.modules.get("torch")) is None or not hasattr(torch, "get_rng_state"):
        return PARTS
    return (
        *PARTS,
        Part(
            N_("torch's random numbers"),
            torch.get_rng_state,
            torch.set_rng_state,
            lambda: torch.Generator().manual_seed(SEED).get_state(),
        ),
        Part(N_("the default dtype of torch"), torch.get_default_dtype, torch.set_default_dtype, lambda: torch.float32),
        Part(N_("the gradients of torch"), torch.is_grad_enabled, torch.set_grad_enabled, lambda: True),
    )


@contextmanager
def world_kept() -> Iterator[None]:
    """All of it is put back at the end, whatever a function did to it."""
    before = [(part, part.read()) for part in parts()]
    try:
        yield
    finally:
        for part, state in before:
            if not _same(part.read(), state):
                part.put(state)


def rare_world() -> dict[str, Any]:
    """A state of each part that no program leaves behind by chance; it is put, inside `world_kept`."""
    for part in parts():
        part.put(part.rare())
    return world()


def world() -> dict[str, Any]:
    """The state of each part now."""
    return {part.name: part.read() for part in parts()}


def changed(before: dict[str, Any]) -> list[str]:
    """What is another than it was."""
    after = world()
    return [name for name, state in before.items() if not _same(after[name], state)]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(np.all(np.asarray(one == other)))  # states of random numbers are arrays, or tensors

"""Calls as text, run on the libraries that are installed: what came back, printed the same way for every library.

The texts are this folder's own; the same text is printed on the page, so that a reader can paste it.
"""

from __future__ import annotations

import ast
import importlib
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType
from typing import Any

import numpy as np

# What a text may name, by library; the page prints it as the imports.
NAMES = {
    "mathcore": {"mathcore": "mathcore.numeric"},
    "scipy": {"special": "scipy.special", "stats": "scipy.stats", "distance": "scipy.spatial.distance"},
    "torch": {"torch": "torch", "F": "torch.nn.functional"},
    "jax": {"jax": "jax", "jnp": "jax.numpy"},
    "optax": {"optax": "optax", "jax": "jax", "jnp": "jax.numpy"},
    "scikit-learn": {"metrics": "sklearn.metrics", "extmath": "sklearn.utils.extmath"},
}
LIBRARIES = tuple(name for name in NAMES if name != "mathcore")
IMPORTS = """\
import numpy as np
from mathcore import numeric as mathcore
from scipy import special, stats
from scipy.spatial import distance
import torch, torch.nn.functional as F
import jax, jax.numpy as jnp
import optax
from sklearn import metrics
from sklearn.utils import extmath

jax.config.update("jax_enable_x64", True)  # without it jax computes in float32"""


@dataclass(frozen=True)
class Call:
    """A library, and what to type: statements, one a line, the last one an expression. The inputs stand in `given`."""

    library: str
    text: str


@dataclass(frozen=True)
class Answer:
    """What a call gave: a NumPy array or number, or the exception that it raised; and the warnings on the way."""

    value: Any = None
    raised: str = ""
    warned: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        notes = f" (with a {', '.join(self.warned)})" if self.warned else ""
        return (f"raises {self.raised}" if self.raised else shown(self.value)) + notes


@cache
def names_of(library: str) -> dict[str, ModuleType] | str:
    """The modules that texts of this library may name, or why there are none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return {name: importlib.import_module(module) for name, module in NAMES[library].items()}
    except ImportError as error:
        return f"{library} is not installed ({error.name} is missing)"


def missing(library: str) -> str:
    """Why calls of this library cannot run here; empty if they can."""
    found = names_of(library)
    return found if isinstance(found, str) else ""


def versions() -> dict[str, str]:
    """The installed versions, of NumPy and of the libraries of the page."""
    found = {}
    for package in ("numpy", *LIBRARIES):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def run(given: str, call: Call) -> Answer:
    """What the call gives on the inputs that `given` names."""
    names = names_of(call.library)
    if isinstance(names, str):
        raise ImportError(names)
    space: dict[str, Any] = {"np": np, "inf": np.inf, "nan": np.nan, **names}
    *statements, last = ast.parse(f"{given}\n{call.text}").body
    assert isinstance(last, ast.Expr), f"{call.text!r} must end with an expression"
    with warnings.catch_warnings(record=True) as caught, double_precision(call.library):
        warnings.simplefilter("always")
        try:
            exec(compile(ast.Module(statements, []), "<given>", "exec"), space)
            value = plain(eval(compile(ast.Expression(last.value), "<call>", "eval"), space))
        except Exception as error:
            return Answer(raised=type(error).__name__, warned=kinds(caught))
    return Answer(value, warned=kinds(caught))


def kinds(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    return tuple(sorted({w.category.__name__ for w in caught}))


@contextmanager
def double_precision(library: str):
    """jax with float64, and as it was before afterwards."""
    if library not in ("jax", "optax"):
        yield
        return
    import jax

    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    try:
        yield
    finally:
        jax.config.update("jax_enable_x64", before)


def plain(value: Any) -> Any:
    """A result of any library as a NumPy array or number."""
    return np.asarray(value.detach() if hasattr(value, "detach") else value)[()]


def numbers(value: Any) -> list[Any]:
    """The entries of a result in C order."""
    return list(np.ravel(value))


def shown(value: Any) -> str:
    """A result as its shortest exact digits: `0.1`, `[0.5, nan]`."""
    if np.ndim(value):
        return f"[{', '.join(shown(v) for v in value)}]"
    return str(value)

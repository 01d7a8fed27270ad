"""The compiled core: kernels in C that have the digits and the speed, for NumPy arrays of floats.

Its functions answer NotImplemented for what they do not take (lists, integers, arrays of other libraries, wrong calls), and
for everything where it was not built or MATHCORE_CORE=0 keeps it out: then NumPy computes.
"""

from __future__ import annotations

import os
import platform
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    compiled: Any = None if os.environ.get("MATHCORE_CORE") == "0" else import_module(f"{__name__}._compiled")
except ImportError:
    compiled = None


def not_mine(*arguments: Any) -> Any:
    """What a function of the core answers where there is none."""
    return NotImplemented


def __getattr__(name: str) -> Callable[..., Any]:
    if name.startswith("_") or name in ("build", "coefficients"):  # modules, which are imported by their names
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return not_mine


if compiled is not None:
    globals().update({name: f for name, f in vars(compiled).items() if not name.startswith("_")})


def runs() -> bool:
    """Whether there is a compiled core, and it is not kept out."""
    return compiled is not None and compiled.used() is not None


def core() -> str | None:
    """The kernels that compute for NumPy arrays: the machine and the instruction set; None where NumPy itself does.

    With these kernels results are more accurate than each function's first line says. In float64, in ULP: 0.65 for softmax,
    log_softmax, losses of logits and their gradients of hard labels, entropy, crossentropy, mean errors and functions of one
    entry (gelu: 1.5 where its condition number is below 10), 1 for divergences, perplexity, focal_loss and label_smoothing;
    1.25 where a result is within 2^60 of the smallest normal number. Of float32 and float16 0.501. Bits are the same for every
    instruction set, layout and number of threads, and on other machines.

    Returns
    -------
    str or None
        For example "x86_64 v4" (AVX-512), "x86_64 v3" (AVX2), "x86_64 baseline", "aarch64 baseline". None without a compiled
        core, or with MATHCORE_CORE=0 in the environment when it was imported.

    Examples
    --------
    >>> core() is None or core().startswith(platform.machine())
    True
    """
    return f"{platform.machine()} {compiled.used()}" if runs() else None

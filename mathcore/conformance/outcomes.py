"""The answers of the questions that are asked of every function: it held, it failed, or it is said what was met."""

from __future__ import annotations

from typing import Any

import numpy as np

from mathcore.evidence import Check, Standing

ONE = {"calls": "call", "batches": "batch"}


def held(name: str, count: int, what: str = "calls") -> Check:
    what = ONE.get(what, what) if count == 1 else what
    return Check("contract", name, bool(count), f"{count} {what}" if count else "0 calls: nothing was checked", cases=count)


def failed(name: str, what: str, count: int, **figures: Any) -> Check:
    return Check("contract", name, False, what, cases=count, counterexample=what, figures=figures)


def said(name: str, what: str, standing: Standing) -> Check:
    return Check("contract", name, True, what, cases=1, standing=standing)


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    """Equal bit for bit; any nan equals any nan."""
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    unsigned = f"u{a.dtype.itemsize}"
    bits = np.ascontiguousarray(a).view(unsigned) == np.ascontiguousarray(b).view(unsigned)
    return bool((bits | (np.isnan(a) & np.isnan(b))).all())

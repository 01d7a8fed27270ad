"""A case for every kind in every run, and all of them where there is time: `-m slow`, as .ci/run does."""

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(names: str | tuple[str, ...], cases: Iterable[Any], keep: int = 12, **options: Any) -> pytest.MarkDecorator:
    """`parametrize` over all cases, of which those are slow that are not among `keep` evenly spread ones.

    Parameters
    ----------
    names : str or tuple of str
        What `parametrize` calls them.
    cases : iterable
        A value each, or a tuple of them where there are several names; those of `pytest.param` keep their marks.
    keep : int
        How many stay in every run, the first and the last among them.
    """
    cases = list(cases)
    several = not isinstance(names, str) or "," in names
    kept = spread(len(cases), keep)
    return pytest.mark.parametrize(
        names, [case if place in kept else _slow(case, several) for place, case in enumerate(cases)], **options
    )


def spread(count: int, keep: int) -> set[int]:
    """`keep` places among `count`, evenly spread, the first and the last among them; every one where there are no more."""
    if keep >= count:
        return set(range(count))
    return {round(k * (count - 1) / (keep - 1)) for k in range(keep)} if keep > 1 else set(range(keep))


def _slow(case: Any, several: bool) -> Any:
    if isinstance(case, type(pytest.param())):
        return pytest.param(*case.values, marks=[*case.marks, pytest.mark.slow], id=case.id)
    return pytest.param(*case, marks=pytest.mark.slow) if several else pytest.param(case, marks=pytest.mark.slow)

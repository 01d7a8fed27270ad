"""A case for every kind in every run, and all of them where there is time: `-m slow`, as .ci/run does."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings


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


def counted(few: int, many: int, name: str = "count") -> pytest.MarkDecorator:
    """A test of which `few` are in every run, and `many` are slow: a number of cases, or every how many of them."""
    return pytest.mark.parametrize(name, [few, pytest.param(many, marks=pytest.mark.slow)])


def tried(few: int, many: int, *strategies: Any) -> Callable[[Callable[..., None]], Callable[[int], None]]:
    """`given` of Hypothesis with `few` examples in every run, and with `many`, slow."""

    def decorate(function: Callable[..., None]) -> Callable[[int], None]:
        @counted(few, many, name="examples")
        def test(examples: int) -> None:
            settings(max_examples=examples, deadline=None)(given(*strategies)(function))()

        test.__name__, test.__qualname__ = function.__name__, function.__qualname__
        test.__module__, test.__doc__ = function.__module__, function.__doc__
        return test

    return decorate


def spread(count: int, keep: int) -> set[int]:
    """`keep` places among `count`, evenly spread, the first and the last among them; every one where there are no more."""
    if keep >= count:
        return set(range(count))
    return {round(k * (count - 1) / (keep - 1)) for k in range(keep)} if keep > 1 else set(range(keep))


def _slow(case: Any, several: bool) -> Any:
    if isinstance(case, type(pytest.param())):
        return pytest.param(*case.values, marks=[*case.marks, pytest.mark.slow], id=case.id)
    return pytest.param(*case, marks=pytest.mark.slow) if several else pytest.param(case, marks=pytest.mark.slow)

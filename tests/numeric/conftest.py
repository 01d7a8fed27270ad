"""Every test of this folder runs both ways: with the compiled core, and without it."""

from collections import Counter
from pathlib import Path

import pytest

from mathcore.numeric import _core

EVERY = 3  # of the cases of a test, every third runs without the core in every run, the others where there is time


def pytest_collection_modifyitems(items):
    seen = Counter()
    for item in items:
        here = Path(__file__).parent in item.path.parents and hasattr(item, "callspec")
        if here and item.callspec.params.get("way") == "numpy" and not item.get_closest_marker("slow"):
            if seen[item.function] % EVERY:
                item.add_marker(pytest.mark.slow)
            seen[item.function] += 1


@pytest.fixture
def without_core(way):
    """For what only NumPy's way has: its kernels, its blocks."""
    if way == "core":
        pytest.skip("about the way without the core")


@pytest.fixture(scope="module", autouse=True, params=["core", "numpy"])
def way(request):
    if request.param == "core":
        if _core.core() is None:
            pytest.skip("there is no compiled core here")
        yield "core"
        return
    before = _core.use(None)
    yield "numpy"
    _core.use(before)

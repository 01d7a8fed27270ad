"""Every test of this folder runs both ways, with the compiled core and without it; what takes long, for a part of its cases."""

from collections import Counter
from pathlib import Path

import pytest

from mathcore.numeric import _core

EVERY = 3  # of the cases of a test, every third runs without the core in every run, the others where there is time
COMPILING = ("jax", "dask")  # they compile or plan for every shape anew: every third case of a test, the others with `hours`


def pytest_collection_modifyitems(items):
    seen = Counter()

    def is_next(item, of):
        seen[item.function, of] += 1
        return seen[item.function, of] % EVERY == 1

    for item in items:
        if Path(__file__).parent not in item.path.parents or not hasattr(item, "callspec"):
            continue
        given = item.callspec.params
        library = next((given[one] for one in ("library", "differentiable", "name") if one in given), None)
        if given.get("way") == "numpy" and not item.get_closest_marker("slow") and not is_next(item, "numpy"):
            item.add_marker(pytest.mark.slow)
        if library in COMPILING and not is_next(item, library):
            item.add_marker(pytest.mark.hours)


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

"""Every test of this folder runs both ways: with the compiled core, and without it."""

import pytest

from mathcore.numeric import _core


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

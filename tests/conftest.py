"""Profiles for Hypothesis: `dev` by default, `ci` where CI is set, HYPOTHESIS_PROFILE chooses."""

import gc
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.optional import missing

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("intense", max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A fixture that has the name of a package is the package."""
    for item in items:
        for package in {"torch", "jax", "distributed"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.peers(package))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without its packages a comparison or a build is skipped; in CI, which installs them, it fails."""
    if absent := missing(*sorted({package for mark in item.iter_markers("peers") for package in mark.args})):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(absent)
    if item.get_closest_marker("docs") and (absent := missing("sphinx", "myst_parser", "furo", extra="docs")):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(absent)


def pytest_configure(config: pytest.Config) -> None:
    """As in `verify`: proofs make hardly a cycle, nor does finding the tests, so that collecting rarely saves time."""
    gc.set_threshold(100_000, 20, 20)
    if not hasattr(config, "workerinput"):  # once, before the processes start
        _build_the_core()


def _build_the_core() -> None:
    """Tests test the tree that they stand in: a core of other sources is built again; one that cannot be built is a failure."""
    place = ROOT / "mathcore" / "numeric" / "_core" / "build.py"
    spec = importlib.util.spec_from_file_location("build_of_core", place)
    assert spec and spec.loader
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    if os.environ.get("MATHCORE_CORE") == "0" or build.built() == build.digest():
        return
    try:
        build.compiler()
        build.headers()
    except build.Impossible:  # without a compiler, or what it reads, the readable forms compute, and they are tested
        return
    try:
        build.build()
    except build.Impossible as error:
        pytest.exit(f"there is a compiler, and no core could be built: {error}", returncode=1)


def pytest_collection_finish() -> None:
    """Ten thousand tests stay until the end."""
    gc.freeze()


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evidence store of this run, shared by its processes: nobody's own is read or written, and a card is checked once."""
    return _shared(tmp_path_factory) / "store"


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its processes see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where Python writes no compiled files, those of started processes stand beside the store: compiled once, not every time."""
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patch.setenv("PYTHONPYCACHEPREFIX", str(_shared(tmp_path_factory) / "compiled"))
        yield


@pytest.fixture(scope="session")
def python(store: Path) -> Run:
    """Runs this Python on the tree that the tests stand in (or on `tree`) as a subprocess; returns what it printed.

    The exit code is part of every run: one that is not `code` fails the test, so that nothing is asked of a crash.
    """

    def run(
        *arguments: str, tree: Path = ROOT, code: int = 0, timeout: float = 300, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        variables = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONWARNINGS")}
        variables |= {"PYTHONPATH": str(tree), "MATHCORE_CACHE": str(store), "PYTHONIOENCODING": "utf-8"} | environment
        answer = subprocess.run(
            [sys.executable, *arguments],
            cwd=tree,
            env=variables,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=timeout,
            stdin=subprocess.DEVNULL,
        )
        assert answer.returncode == code, f"exit code {answer.returncode}, not {code}:\n{answer.stdout}{answer.stderr}"
        return answer

    return run


@pytest.fixture(scope="session")
def mathcore(python: Run) -> Run:
    """Runs the command, as `python -m mathcore`."""

    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return python("-m", "mathcore", *arguments, **options)

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium, started once: Playwright runs once in a process."""
    from tests.site.browser import chromium

    with chromium() as found:
        yield found

"""The site is built once for all workers of a run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.site.browser import opened

ROOT = Path(__file__).resolve().parents[2]


def build(target: Path, *more: str) -> str:
    command = [sys.executable, "-m", "mathcore", "site", str(target), "--from", str(ROOT / "docs"), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id) -> Path:
    given = os.environ.get("MATHCORE_SITE")
    if given:
        return Path(given)  # one that stands already, for who works on the pages
    if shutil.which("npm") is None and not os.environ.get("CI"):
        pytest.skip("MathJax comes from npm: install Node.js with npm")
    room = tmp_path_factory.getbasetemp()
    target = (room if worker_id == "master" else room.parent) / "site"
    ready, building = target.with_suffix(".ready"), target.with_suffix(".building")
    try:
        building.mkdir()
    except FileExistsError:
        while not ready.exists():
            assert building.exists(), "the site could not be built"
            time.sleep(0.2)
        return target
    try:
        build(target)
        ready.touch()
    except BaseException:
        building.rmdir()
        raise
    return target


@pytest.fixture(scope="session")
def reader(browser, site):
    """One window for all pages that are only read: what MathJax is has been compiled then."""
    with opened(browser, site) as found:
        yield found

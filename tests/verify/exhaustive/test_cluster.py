"""Whole formats on a dask.distributed cluster: the report of one process, also where a worker is lost on the way."""

import json
import os
import signal
import sys
import time

import pytest

from mathcore.verify.exhaustive import cluster as c
from mathcore.verify.exhaustive.judge import CHUNK
from mathcore.verify.exhaustive.run import exhaust
from mathcore.verify.exhaustive.shards import Shards
from tests.verify.exhaustive import planted

SLOW = "tests.verify.exhaustive.planted.slow"


@pytest.fixture
def distributed():
    import distributed

    return distributed


@pytest.fixture
def address(distributed, monkeypatch, tmp_path):
    """A scheduler and two worker processes on this machine."""
    import dask

    (tmp_path / "log").mkdir()
    monkeypatch.setenv(planted.SLOW, "0.3")
    monkeypatch.setenv(f"{planted.SLOW}_LOG", str(tmp_path / "log"))
    settings = {"temporary-directory": str(tmp_path / "dask"), "distributed.worker.daemon": False}
    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as found,
    ):
        yield found.scheduler_address


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # what dask says of a worker that is lost, and of its own event loop
@pytest.mark.skipif(sys.platform == "win32", reason="a worker is killed by a signal")
def test_a_cluster_that_loses_a_worker_gives_the_report_of_one_process(address, tmp_path):
    killed = []

    def listen(step):
        if step.patterns and not killed:
            time.sleep(0.1)  # both workers are in the middle of a shard
            killed.append(int(next((tmp_path / "log").iterdir()).name.partition("-")[0]))
            os.kill(killed[0], signal.SIGKILL)

    def report(store, **options):
        found = exhaust("relu", ["float16"], function=SLOW, store=Shards(tmp_path / store), **options)
        return json.dumps([e.to_json() for e in found])

    with c.cluster(address) as executor:
        lost = report("cluster", length=CHUNK, executor=executor, progress=listen)
    pids = {path.name.partition("-")[0] for path in (tmp_path / "log").iterdir()}
    assert killed
    assert len(pids) >= 2
    assert lost == report("alone", workers=1)
    assert json.loads(lost)[0]["held"]


def test_a_scheduler_that_does_not_answer_is_named_with_the_remedy(distributed, monkeypatch):
    monkeypatch.setattr(c, "PATIENCE", "0.3s")
    with (
        pytest.raises(c.NoCluster, match=r"no scheduler answers at tcp://127.0.0.1:9 .*dask scheduler"),
        c.cluster("tcp://127.0.0.1:9"),
    ):
        pass


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(c.NoCluster, match=r"pip install 'mathcore\[dask\]'"), c.cluster("tcp://127.0.0.1:8786"):
        pass

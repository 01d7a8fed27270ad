"""A dask.distributed cluster as an executor; dask is imported only here."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

RETRIES = 3  # of a shard whose worker is lost
PATIENCE = "10s"  # until a scheduler must have answered


class NoCluster(RuntimeError):
    """dask.distributed is not installed, or nothing answers at the address; says what to do."""


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the scheduler at `address`, e.g. "tcp://host:8786"; shards of a lost worker go to another one."""
    try:
        import distributed
    except ImportError as error:
        raise NoCluster("--scheduler needs dask.distributed: pip install 'mathcore[dask]', on every machine") from error
    try:
        client = distributed.Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise NoCluster(
            f"no scheduler answers at {address} ({type(error).__name__}): start one with `dask scheduler`, "
            f"workers with `dask worker {address}`, and pass the address it prints"
        ) from error
    with client:
        yield client.get_executor(pure=False, retries=RETRIES)

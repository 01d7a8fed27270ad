"""Bubblewrap: namespaces with a file system that holds an interpreter, NumPy and one small folder in memory."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

from mathcore.grading.isolation.runtime import DEVICES, INSIDE, Runtime

FOLDER, PROGRAM = "/box", "/program"


@cache
def program() -> str | None:
    return shutil.which("bwrap")


@cache
def can_size(bwrap: str) -> bool:
    """Whether this version bounds a folder in memory (0.8 and later)."""
    told = subprocess.run([bwrap, "--help"], capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL)
    return "--size" in told.stdout + told.stderr


def command(bwrap: str, runtime: Runtime, inner: list[str], folder: str, folder_bytes: int) -> list[str]:
    """Runs `inner` in namespaces of its own: no processes, network or files of this machine but the named ones."""
    spaces = ["user", "pid", "net", "ipc", "uts"]
    arguments = [bwrap, *(f"--unshare-{space}" for space in spaces), "--unshare-cgroup-try"]
    arguments += ["--uid", "65534", "--gid", "65534", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    for path in (runtime.executable, *runtime.standard):
        arguments += ["--ro-bind", path, path]
    for path in runtime.hidden:
        arguments += ["--tmpfs", path]
    for path in runtime.numpy:
        arguments += ["--ro-bind", path, path]
    arguments += ["--ro-bind", str(INSIDE), f"{PROGRAM}/{INSIDE.name}"]  # not where mathcore lies: its folders are not there
    for path in (*runtime.libraries, *runtime.tables):
        if not path.startswith((*runtime.standard, *runtime.numpy)):
            arguments += ["--ro-bind", path, path]
    for path in runtime.hidden:
        arguments += ["--remount-ro", path]
    for path in DEVICES:
        arguments += ["--dev-bind-try", path, path]
    sized = can_size(bwrap)
    arguments += ["--size", str(folder_bytes), "--tmpfs", FOLDER] if sized else ["--bind", folder, FOLDER]
    return [*arguments, "--chdir", FOLDER, "--remount-ro", "/", "--hostname", "box", "--", *inner]

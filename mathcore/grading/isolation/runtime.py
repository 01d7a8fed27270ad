"""What another interpreter needs to see: itself, the standard library, NumPy and the C libraries of both, found by asking one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

INSIDE = Path(__file__).parent / "inside"
FLAGS = ("-I", "-S", "-B", "-X", "utf8")  # no site-packages, no user folder, no variables, nothing written
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
SYSTEM_PROBE = """
import json, os, sys
sys.path.append(sys.argv[1])
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy, numpy.random, numpy.fft, numpy.polynomial, ctypes, inspect, traceback, ast, socket
try:
    size = int(open("/proc/self/statm").read().split()[0]) * os.sysconf("SC_PAGESIZE")
except (OSError, ValueError):
    size = 0
libraries = []
if sys.platform.startswith("linux"):
    for folder in sys.path:
        if folder.endswith("lib-dynload") and os.path.isdir(folder):
            for name in sorted(os.listdir(folder)):
                if name.endswith(".so") and not name.startswith(("_test", "_tkinter", "xx", "_ctypes_test")):
                    try:
                        ctypes.CDLL(os.path.join(folder, name))
                    except OSError:
                        pass
    try:
        ctypes.CDLL("libgcc_s.so.1")
    except OSError:
        pass
    class Info(ctypes.Structure):
        _fields_ = [("address", ctypes.c_void_p), ("name", ctypes.c_char_p)]
    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Info), ctypes.c_size_t, ctypes.c_void_p)
    def seen(info, size, data):
        name = os.fsdecode(info.contents.name or b"")
        if name.startswith("/"):
            libraries.append(os.path.normpath(name))
        return 0
    ctypes.CDLL(None).dl_iterate_phdr(seen, None)
print(json.dumps({"path": sys.path[:-1], "libraries": libraries, "size": size}))
"""


@dataclass(frozen=True)
class Runtime:
    """Paths as this machine has them."""

    executable: str
    standard: tuple[str, ...]  # folders and archives of the standard library, in the order of sys.path
    packages: str  # the folder that NumPy lies in, of which only `numpy` is shown
    numpy: tuple[str, ...]
    libraries: tuple[str, ...]
    size: int  # bytes of address space of an interpreter with NumPy

    @property
    def hidden(self) -> tuple[str, ...]:
        """Folders of installed packages that lie inside the standard library's."""
        found = [os.path.join(folder, name) for folder in self.standard for name in ("site-packages", "dist-packages")]
        return tuple(path for path in found if os.path.isdir(path))

    @property
    def readable(self) -> tuple[str, ...]:
        """Every file and folder to be read, none of which holds another package."""
        parts: list[str] = []
        for folder in self.standard:
            if os.path.isdir(folder):
                parts += [entry.path for entry in os.scandir(folder) if entry.path not in self.hidden]
            else:
                parts.append(folder)
        return (*parts, *self.numpy, *self.libraries, *self.tables)

    @property
    def tables(self) -> tuple[str, ...]:
        """The loader's table of where libraries lie."""
        return ("/etc/ld.so.cache",) if os.path.exists("/etc/ld.so.cache") else ()

    def command(self, mode: str, address: int, lifeline: int, folder: str = str(INSIDE.parent)) -> list[str]:
        """Starts the other interpreter, which finds its program in the folder."""
        added = [folder, self.packages]
        path, call = f"import sys; sys.path[:0] = {added!r}", f"boot({mode!r}, {address}, {lifeline}, {added!r})"
        boot = f"{path}; from inside.supervisor import boot; {call}"
        return [self.executable, *FLAGS, "-c", boot]


@cache
def runtime() -> Runtime:
    """Asks once. Raises RuntimeError where no second interpreter can be started."""
    executable = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
    package = Path(np.__file__).resolve().parent
    command = [executable, *FLAGS, "-c", SYSTEM_PROBE, str(package.parent)]
    try:
        answer = subprocess.run(
            command, capture_output=True, timeout=120, stdin=subprocess.DEVNULL, check=True, env=environment()
        )
    except (OSError, subprocess.SubprocessError) as error:
        told = getattr(error, "stderr", None) or b""
        raise RuntimeError(
            f"isolation: {executable} does not run NumPy: {error} {told[-500:].decode(errors='replace')}"
        ) from error
    found = json.loads(answer.stdout)
    shown = (package, package.parent / "numpy.libs")
    return Runtime(
        executable,
        tuple(path for path in found["path"] if os.path.exists(path)),
        str(package.parent),
        tuple(str(path) for path in shown if path.exists()),
        tuple(dict.fromkeys(found["libraries"])),
        found["size"],
    )


def environment() -> dict[str, str]:
    """Nothing; on Windows the one variable without which no process starts."""
    return {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}

"""What a process gives up before it reads foreign code: its environment, resources, capabilities, then files and calls."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

LINUX = sys.platform.startswith("linux")
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
CAPABILITY_VERSION_3 = 0x20080522


class Refused(Exception):
    """The kernel does not grant the level that was asked for."""


def libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def no_new_privileges() -> None:
    """No program that it starts gets more rights; asked for first by Landlock and seccomp."""
    if libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise Refused(f"no_new_privs: {os.strerror(ctypes.get_errno())}")


def die_with_parent(signal: int) -> None:
    """The kernel sends the signal when the thread that started this process ends."""
    if LINUX:
        libc().prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)


def drop_capabilities() -> None:
    """Of root only its name is left; a user who is not root has none to drop."""
    call = libc()
    for capability in range(64):
        call.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    call.capset(header, (ctypes.c_uint32 * 6)())


def resources(limits: dict[str, int]) -> None:
    """Hard limits, so that they cannot be raised again; what a platform does not know is passed over."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    cpu = limits["cpu"]
    wanted = {
        "RLIMIT_CPU": (cpu, cpu + 2),  # a signal that has a name, then one that cannot be caught
        "RLIMIT_AS": (limits["memory"], limits["memory"]),
        "RLIMIT_FSIZE": (limits["file_bytes"], limits["file_bytes"]),
        "RLIMIT_NOFILE": (limits["open_files"], limits["open_files"]),
        "RLIMIT_NPROC": (0, 0),  # binds everybody but root
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_MEMLOCK": (0, 0),
        "RLIMIT_MSGQUEUE": (0, 0),
        "RLIMIT_SIGPENDING": (64, 64),
    }
    for name, (soft, hard) in wanted.items():
        which = getattr(resource, name, None)
        if which is None:
            continue
        ceiling = resource.getrlimit(which)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        try:
            resource.setrlimit(which, (soft, hard))
        except (ValueError, OSError) as error:
            if LINUX:
                raise Refused(f"{name}: {error}") from error  # macOS knows RLIMIT_AS and does not take it

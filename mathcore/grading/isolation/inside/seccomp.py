"""seccomp: from here on this process makes only the system calls of a list; no privilege is needed.

No second process or thread, no program, no socket, no signal to anybody else, no change of limits or of other files' modes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

from .confine import Refused, libc, no_new_privileges
from .syscalls import ALLOWED, CONDITIONAL, REFUSED

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column of the tables, AUDIT_ARCH
PR_SET_SECCOMP, MODE_FILTER = 22, 2
LOAD, EQUAL, ABOVE, ANSWER = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JEQ, BPF_JGE, BPF_RET
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
X32 = 0x40000000
IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
PRCTLS = (3, 15, 16)  # GET_DUMPABLE, SET_NAME, GET_NAME
FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 1030, 1031, 1032, 1033, 1034)  # not F_SETOWN, F_SETSIG: they send signals

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, operand


def program() -> list[Instruction]:
    """The filter for this machine and this process. Raises Refused for a processor whose numbers are not known."""
    if platform.machine() not in MACHINES:
        raise Refused(f"no table of system calls for {platform.machine()}")
    column, architecture = MACHINES[platform.machine()]
    refuse, absent = (ANSWER, 0, 0, ERROR | errno.EPERM), (ANSWER, 0, 0, ERROR | errno.ENOSYS)
    lines: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, architecture),
        (ANSWER, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (ABOVE, 0, 1, X32),
        (ANSWER, 0, 0, KILL),
    ]
    for table, answer in ((ALLOWED, (ANSWER, 0, 0, ALLOW)), (REFUSED, refuse)):
        for numbers in table.values():
            if (number := numbers[column]) is not None:
                lines += [(EQUAL, 0, 1, number), answer]
    own = os.getpid()
    values = {"kill": (0, (own,)), "tgkill": (0, (own,)), "ioctl": (1, IOCTLS), "prctl": (0, PRCTLS), "fcntl": (1, FCNTLS)}
    for name, (argument, wanted) in values.items():
        number = CONDITIONAL[name][column]
        assert number is not None
        test = [(LOAD, 0, 0, ARGUMENTS + 8 * argument)]  # the low half: each of these is an int
        for value in wanted:
            test += [(EQUAL, 0, 1, value), (ANSWER, 0, 0, ALLOW)]
        lines += [(EQUAL, 0, len(test) + 1, number), *test, refuse]
    number = CONDITIONAL["prlimit64"][column]  # may ask for its own limit, not set one: the pointer to new ones is null
    assert number is not None
    low, high = ARGUMENTS + 8 * 2, ARGUMENTS + 8 * 2 + 4
    ask = [(LOAD, 0, 0, ARGUMENTS), (EQUAL, 1, 0, 0), (EQUAL, 0, 5, own), (LOAD, 0, 0, low), (EQUAL, 0, 3, 0)]
    ask += [(LOAD, 0, 0, high), (EQUAL, 0, 1, 0), (ANSWER, 0, 0, ALLOW), refuse]
    return [*lines, (EQUAL, 0, len(ask), number), *ask, absent]


def restrict() -> None:
    """Installs the filter. Raises Refused."""
    lines = program()
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    wanted = struct.pack("HxxxxxxP", len(lines), ctypes.addressof(code))
    no_new_privileges()
    if libc().prctl(PR_SET_SECCOMP, MODE_FILTER, wanted, 0, 0) != 0:
        raise Refused(f"seccomp: {os.strerror(ctypes.get_errno())}")

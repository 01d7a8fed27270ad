"""Landlock: from here on this process opens only the named files and folders. No privilege is needed."""

from __future__ import annotations

import ctypes
import os
import struct

from .confine import Refused, libc, no_new_privileges

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
VERSION_FLAG, PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_FILE, MAKE_REG, TRUNCATE = 1, 2, 4, 8, 1 << 5, 1 << 8, 1 << 14
READ = READ_FILE | READ_DIR
OWN_FOLDER = READ | WRITE_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE  # no folders, links, sockets, devices
NETWORK = 3  # bind and connect TCP
SCOPED = 3  # abstract sockets, signals


def version() -> int:
    """The version of the kernel's Landlock; 0 where there is none."""
    return max(0, int(libc().syscall(CREATE_RULESET, None, 0, VERSION_FLAG)))


def restrict(readable: list[str], devices: list[str], own: str) -> None:
    """Only `readable` can be read, `devices` be used and `own` be written in. Raises Refused."""
    abi = version()
    if abi < 1:
        raise Refused("the kernel has no Landlock (Linux 5.13 and later have it, unless it is switched off)")
    handled = (1 << (13 if abi < 2 else 14 if abi < 3 else 15 if abi < 5 else 16)) - 1
    attributes = struct.pack("QQQ", handled, NETWORK if abi >= 4 else 0, SCOPED if abi >= 6 else 0)
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    call = libc().syscall
    ruleset = call(CREATE_RULESET, attributes, size, 0)
    if ruleset < 0:
        raise Refused(f"landlock_create_ruleset: {os.strerror(ctypes.get_errno())}")
    rules = [(path, READ) for path in readable] + [(path, READ_FILE | WRITE_FILE) for path in devices] + [(own, OWN_FOLDER)]
    for path, rights in rules:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what is not there needs no rule
        if not os.path.isdir(path):
            rights &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
        done = call(ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", rights & handled, place), 0)
        os.close(place)
        if done != 0:
            raise Refused(f"landlock_add_rule for {path}: {os.strerror(ctypes.get_errno())}")
    no_new_privileges()
    if call(RESTRICT_SELF, ruleset, 0) != 0:
        raise Refused(f"landlock_restrict_self: {os.strerror(ctypes.get_errno())}")
    os.close(ruleset)

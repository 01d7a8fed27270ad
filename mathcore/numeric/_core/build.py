"""Builds the compiled core in place: a C compiler, Python.h and NumPy's headers are all it needs.

    python mathcore/numeric/_core/build.py

hatchling runs it when the package is installed (`BuildHook` below), and the tests when the core is not that of its sources.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MODULE = HERE / "_compiled.abi3.so"
KERNELS = ("entries.c", "of_logits.c", "of_probabilities.c", "set.c")

# No contraction, no reassociation: the same operations in the same order, whatever the compiler and the machine.
FLAGS = (
    "-std=c11",
    "-O3",
    "-fPIC",
    "-fvisibility=hidden",
    "-ffp-contract=off",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-Wno-psabi",
)
X86 = {
    "baseline": ("-march=x86-64",),
    "v3": ("-march=x86-64-v3", "-mprefer-vector-width=256"),
    "v4": ("-march=x86-64-v4", "-mprefer-vector-width=512"),
}
OTHER: dict[str, tuple[str, ...]] = {"baseline": ()}


class Impossible(Exception):
    """What is missing for a build."""


def instruction_sets(machine: str = "") -> dict[str, tuple[str, ...]]:
    """The flags of each set of kernels for this kind of machine."""
    return X86 if (machine or platform.machine()) in ("x86_64", "AMD64") else OTHER


def digest() -> str:
    """One number for the sources and the flags, which the module carries."""
    state = hashlib.sha256(repr((FLAGS, instruction_sets())).encode())
    for file in sorted([*HERE.glob("*.c"), *HERE.glob("*.h")]):
        state.update(file.name.encode() + b"\0" + file.read_bytes())
    return state.hexdigest()[:16]


def built() -> str | None:
    """The digest in the module as it lies here, which is not loaded; None if there is no module."""
    found = re.search(rb"mathcore-core-([0-9a-f]{16})", MODULE.read_bytes()) if MODULE.exists() else None
    return found[1].decode() if found else None


def compiler() -> list[str]:
    """The command of the C compiler: that of CC, or the first of cc, gcc and clang."""
    if chosen := os.environ.get("CC"):
        return shlex.split(chosen)
    for name in ("cc", "gcc", "clang"):
        if found := shutil.which(name):
            return [found]
    raise Impossible("there is no C compiler")


def headers() -> list[str]:
    """The folders of Python.h and of NumPy's headers."""
    folders = [Path(sysconfig.get_path("include"))]
    if not (folders[0] / "Python.h").exists():
        raise Impossible(f"there is no Python.h in {folders[0]}")
    if find_spec("numpy") is None:
        raise Impossible("there are no headers of NumPy")
    import numpy as np

    return [f"-I{folder}" for folder in [*folders, np.get_include()]]


def build(target: Path = MODULE) -> Path:
    """Compile all kernels and link the module; raises `Impossible` with what is missing."""
    if sys.platform != "linux":
        raise Impossible(f"{sys.platform} is not a system it was tried on")
    command, include = compiler(), headers()
    with tempfile.TemporaryDirectory() as name:
        folder, objects = Path(name), []

        def compiled(source: str, out: str, *flags: str) -> None:
            run([*command, *FLAGS, *flags, "-c", str(HERE / source), "-o", str(folder / out)])
            objects.append(str(folder / out))

        for isa, flags in instruction_sets().items():
            for source in KERNELS:
                compiled(source, f"{source}.{isa}.o", *flags, f"-DISA={isa}")
        compiled("module.c", "module.o", *include, f'-DDIGEST="mathcore-core-{digest()}"')
        linked = folder / target.name
        run([*command, "-shared", *objects, "-o", str(linked), "-lm", "-pthread"])
        fresh = target.with_name(f"{target.name}.{os.getpid()}")  # nobody sees half a module
        shutil.copyfile(linked, fresh)
        fresh.replace(target)
    return target


def run(command: list[str]) -> None:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Impossible(f"{' '.join(command[:1])} failed: {answer.stderr.strip()}")


def get_build_hook() -> type[Any]:
    """What hatchling asks for: a hook that builds the core in place and puts it into the wheel, if it can."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class BuildHook(BuildHookInterface):  # type: ignore[misc, type-arg, unused-ignore]  # hatchling has its own types
        def dependencies(self) -> list[str]:
            return [] if is_pure() else ["numpy>=2"]  # headers; what is built with them runs with NumPy 1.26 as well

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            if is_pure():
                return
            try:
                module = build()
            except Impossible as error:
                self.app.display_warning(f"mathcore is installed without its compiled core: {error}")
                return
            build_data["pure_python"] = False
            build_data["tag"] = tag()
            build_data["artifacts"].append(f"/{module.relative_to(self.root).as_posix()}")

    return BuildHook


def is_pure() -> bool:
    """Whether MATHCORE_PURE=1 asks for a wheel without the core."""
    return os.environ.get("MATHCORE_PURE") == "1"


def tag() -> str:
    """That of the wheel: one for every Python from 3.11 on, of this platform."""
    return f"cp311-abi3-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"


if __name__ == "__main__":
    try:
        print(build())
    except Impossible as error:
        sys.exit(f"no core was built: {error}")

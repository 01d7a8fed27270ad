"""The prover for the reader's own browser: Pyodide and what mathcore needs, served from the site itself.

`install(DIR/_static/tryit)` writes everything. Pyodide comes from npm and wheels from PyPI, each in one version; what is made
of them is kept in the user's cache directory.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import mathcore
from mathcore.site.packages import Unavailable, package
from mathcore.verify.store import cache_directory

PYODIDE = ("pyodide", "314.0.7")
PLATFORM = ("pyemscripten_2026_0_wasm32", "3.14", "cp", "cp314")  # of this Pyodide
HERE = Path(__file__).parent
OWN = ("tryit.js", "tryit.css", "worker.js")
NOT_THERE = ("conformance", "grading", "mistakes", "models", "numeric", "render", "site", "sphinxext", "strategies", "verify")
KEPT = (".py", ".md", ".lark", ".mo")


def install(directory: Path | str) -> int:
    """Write the folder; the number of bytes that a reader's browser loads when it starts the prover."""
    target = Path(directory)
    target.mkdir(parents=True, exist_ok=True)
    pyodide = package(*PYODIDE)
    for name in OWN:
        shutil.copyfile(HERE / name, target / name)
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "python_stdlib.zip"):
        shutil.copyfile(pyodide / name, target / name)
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    _write(target / "pyodide-lock.json", json.dumps({**lock, "packages": {}}, sort_keys=True).encode())
    _write(target / "pyodide.asm.wasm.gz", gzip.compress((pyodide / "pyodide.asm.wasm").read_bytes(), 9, mtime=0))
    libraries = _packed(pyodide, "libraries", _wheels)
    own = _packed(pyodide, "mathcore", _sources)
    for source in (*sorted(libraries.iterdir()), *sorted(own.iterdir())):
        shutil.copyfile(source, target / source.name)
    files = ("pyodide.asm.mjs", "pyodide.asm.wasm.gz", "python_stdlib.zip", "libraries.zip", "flint.zip", "mathcore.zip")
    parts = [{"file": name, "key": _digest((target / name).read_bytes()), "bytes": (target / name).stat().st_size} for name in files]
    version = _digest(*(str(part["key"]).encode() for part in parts))
    _write(target / "parts.js", f"window.mathcoreParts = {json.dumps({'version': version, 'parts': parts})};\n".encode())
    return sum((target / name).stat().st_size for name in files)


def _packed(pyodide: Path, name: str, gather: Callable[[Path], None]) -> Path:
    """A folder of archives with the byte code of what is gathered, made by Pyodide in Node.js."""
    fresh = Path(mkdtemp())
    try:
        source, made = fresh / "in", fresh / "out"
        source.mkdir()
        made.mkdir()
        if name == "mathcore":
            gather(source)
            key = _digest(*(f.read_bytes() for f in sorted(source.iterdir())), *_makers())
        else:
            key = _digest((HERE / "requirements.txt").read_bytes(), *_makers())
        room = cache_directory() / "tryit" / f"{name}-{key}"
        if room.is_dir():
            return room
        if name != "mathcore":
            gather(source)
        node = shutil.which("node")
        if node is None:
            raise Unavailable("the prover for the browser is made with Node.js, and there is no command node; install Node.js")
        done = subprocess.run([node, HERE / "pack.mjs", pyodide, source, made, HERE / "pack.py"], capture_output=True, text=True)
        if done.returncode:
            raise Unavailable(f"Node.js could not compile the prover: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
        room.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # another build was quicker
            shutil.move(made, room)
        return room
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _makers() -> Iterator[bytes]:
    yield "@".join(PYODIDE).encode()
    yield (HERE / "pack.py").read_bytes()


def _wheels(directory: Path) -> None:
    platform, python, implementation, abi = PLATFORM
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    command += ["--platform", platform, "--python-version", python, "--implementation", implementation, "--abi", abi]
    done = subprocess.run([*command, "-r", HERE / "requirements.txt", "-d", directory], capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(f"pip could not bring the wheels: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")


def _sources(directory: Path) -> None:
    """Our own package without what needs NumPy, or is for a terminal."""
    root = Path(mathcore.__file__).parent
    with zipfile.ZipFile(directory / "mathcore.zip", "w") as archive:
        for source in sorted(root.rglob("*")):
            inside = source.relative_to(root)
            if source.suffix in KEPT and inside.parts[0] not in NOT_THERE and "__pycache__" not in inside.parts:
                archive.writestr(zipfile.ZipInfo(f"mathcore/{inside.as_posix()}", (1980, 1, 1, 0, 0, 0)), source.read_bytes())


def _digest(*parts: bytes) -> str:
    made = hashlib.sha256()
    for part in parts:
        made.update(hashlib.sha256(part).digest())
    return made.hexdigest()[:16]


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)

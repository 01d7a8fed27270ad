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
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import mathcore
from mathcore.site.packages import Unavailable, made, package
from mathcore.site.tryit.words import said
from mathcore.verify.store import cache_directory

PYODIDE = ("pyodide", "314.0.7")
PLATFORM = ("pyemscripten_2026_0_wasm32", "3.14", "cp", "cp314")  # of this Pyodide
HERE = Path(__file__).parent
PARTS = ("pyodide.asm.mjs.gz", "pyodide.asm.wasm.gz", "python_stdlib.zip", "libraries.zip", "flint.zip", "mathcore.zip")
NOT_THERE = ("conformance", "grading", "mistakes", "models", "numeric", "render", "site", "sphinxext", "strategies", "verify")
THERE = ("grading/__init__.py", "grading/statements.py")
KEPT = (".py", ".md", ".lark", ".mo")


def install(directory: Path | str, *, whole: bool = True) -> None:
    """Write the folder, in the language that is chosen.

    `whole=False`: the page's script alone, where another language of the site has the prover already.
    """
    target = Path(directory)
    target.mkdir(parents=True, exist_ok=True)
    files = prover()
    if whole:
        for name, source in files.items():
            shutil.copyfile(source, target / name)
    parts = [{"file": name, "key": _digest(files[name].read_bytes()), "bytes": files[name].stat().st_size} for name in PARTS]
    settings = json.dumps({"parts": parts, "words": said()}, ensure_ascii=False)
    script = (HERE / "tryit.js").read_text(encoding="utf-8")
    (target / "tryit.js").write_text(f"window.mathcoreTryit = {settings};\n{script}", encoding="utf-8", newline="\n")
    shutil.copyfile(HERE / "tryit.css", target / "tryit.css")


def prover() -> dict[str, Path]:
    """Where each file lies that a browser needs for the prover."""
    pyodide = package(*PYODIDE)
    room = cache_directory() / "tryit" / f"pyodide-{PYODIDE[1]}"
    with made(room) as fresh:
        if fresh is not None:
            lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
            (fresh / "pyodide-lock.json").write_text(json.dumps({**lock, "packages": {}}, sort_keys=True), encoding="utf-8")
            for name in ("pyodide.asm.mjs", "pyodide.asm.wasm"):
                (fresh / f"{name}.gz").write_bytes(gzip.compress((pyodide / name).read_bytes(), 9, mtime=0))
    found = {name: pyodide / name for name in ("pyodide.mjs", "python_stdlib.zip")}
    for folder in (room, _libraries(pyodide), _own(pyodide)):
        found |= {source.name: source for source in sorted(folder.iterdir())}
    return {**found, "worker.js": HERE / "worker.js"}


def _libraries(pyodide: Path) -> Path:
    room = cache_directory() / "tryit" / f"libraries-{_digest((HERE / 'requirements.txt').read_bytes(), *_makers())}"
    with made(room) as fresh, TemporaryDirectory() as source:
        if fresh is not None:
            _wheels(Path(source))
            _packed(pyodide, Path(source), fresh)
    return room


def _own(pyodide: Path) -> Path:
    with TemporaryDirectory() as source:
        archive = Path(source) / "mathcore.zip"
        _sources(archive)
        room = cache_directory() / "tryit" / f"mathcore-{_digest(archive.read_bytes(), *_makers())}"
        with made(room) as fresh:
            if fresh is not None:
                _packed(pyodide, Path(source), fresh)
    return room


def _packed(pyodide: Path, source: Path, target: Path) -> None:
    """Archives with the byte code of what lies in a folder, made by Pyodide in Node.js."""
    node = shutil.which("node")
    if node is None:
        raise Unavailable("the prover for the browser is made with Node.js, and there is no command node; install Node.js")
    done = subprocess.run([node, HERE / "pack.mjs", pyodide, source, target, HERE / "pack.py"], capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(f"Node.js could not compile the prover: {_last(done.stderr)}")


def _last(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]


def _makers() -> Iterator[bytes]:
    yield "@".join(PYODIDE).encode()
    yield (HERE / "pack.py").read_bytes()


def _wheels(directory: Path) -> None:
    platform, python, implementation, abi = PLATFORM
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    command += ["--platform", platform, "--python-version", python, "--implementation", implementation, "--abi", abi]
    done = subprocess.run([*command, "-r", HERE / "requirements.txt", "-d", directory], capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(f"pip could not bring the wheels: {_last(done.stderr)}")


def _sources(target: Path) -> None:
    """Our own package without what needs NumPy, or is for a terminal."""
    root = Path(mathcore.__file__).parent
    with zipfile.ZipFile(target, "w") as archive:
        for source in sorted(root.rglob("*")):
            inside = source.relative_to(root)
            away = inside.parts[0] in NOT_THERE and inside.as_posix() not in THERE
            if source.suffix in KEPT and not away and "__pycache__" not in inside.parts:
                archive.writestr(zipfile.ZipInfo(f"mathcore/{inside.as_posix()}", (1980, 1, 1, 0, 0, 0)), source.read_bytes())


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]

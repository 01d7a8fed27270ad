"""MathJax and its font, which the site serves itself: brought once by the npm client into the user's cache directory."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from mathcore.verify.store import cache_directory

MATHJAX, FONT = ("mathjax", "4.1.3"), ("@mathjax/mathjax-newcm-font", "4.1.3")


class Unavailable(RuntimeError):
    """A package that could not be brought; the message says what to do."""


@contextmanager
def made(room: Path) -> Iterator[Path | None]:
    """A fresh folder that becomes `room` in one piece; None where it is there already.

    Of two builds at once one makes it and the other waits; neither reads half of it.
    """
    room.parent.mkdir(parents=True, exist_ok=True)
    with (room.parent / f".{room.name}.lock").open("w") as lock:
        with suppress(ImportError):  # not on Windows: there both make it
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        if room.is_dir():
            yield None
            return
        fresh = Path(mkdtemp(dir=room.parent))
        try:
            yield fresh
            with suppress(OSError):  # another build was quicker
                fresh.rename(room)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def package(name: str, version: str) -> Path:
    """The folder of an npm package in exactly this version."""
    room = cache_directory() / "npm" / f"{name.replace('/', '+')}@{version}"
    found = room / "node_modules" / name
    if (found / "package.json").exists():
        return found
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable(f"{name} {version} comes from npm, and there is no command npm; install Node.js with npm")
    with made(room) as fresh:
        if fresh is not None:
            command = [npm, "install", "--no-package-lock", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
            done = subprocess.run([*command, f"{name}@{version}"], cwd=fresh, capture_output=True, text=True)
            if done.returncode:
                said = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
                raise Unavailable(f"npm could not install {name}@{version}: {said[0]}")
    return found


PIECES = (
    "startup",
    "core",
    "input/tex-base",
    "input/tex/extensions/ams",
    "input/tex/extensions/newcommand",
    "output/chtml",
    "a11y/assistive-mml",
)


def mathjax(directory: Path) -> None:
    """What a page with formulas loads: the program, and the font in pieces that are read as they are needed."""
    program, font = package(*MATHJAX), package(*FONT)
    for piece in PIECES:
        _copied(program / f"{piece}.js", directory / f"{piece}.js")
    _copied(program / "LICENSE", directory / "LICENSE")
    _copied(font / "chtml.js", directory / "font" / "chtml.js")
    for source in sorted((font / "chtml").rglob("*")):
        if source.is_file():
            _copied(source, directory / "font" / source.relative_to(font))


def _copied(source: Path, target: Path) -> None:
    if not target.exists() or target.stat().st_size != source.stat().st_size:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)

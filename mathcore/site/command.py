"""What `mathcore site` does: every language in a process of its own, written afresh; what was read is kept for next time."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

from mathcore.site import tryit
from mathcore.site.languages import LANGUAGES
from mathcore.site.packages import FONT, MATHJAX, Unavailable, package
from mathcore.verify.store import PACKAGE, cache_directory

TOOLS = ("sphinx", "docutils", "furo", "myst-parser", "sphinx-copybutton", "sphinx-design", "numpydoc", "pygments", "sympy")
MADE = ".mathcore-site"  # lies in what the command made, and may therefore replace


@dataclass(frozen=True)
class Made:
    language: str
    pages: int
    directory: Path


class Failed(RuntimeError):
    """Sphinx said something: what it said."""


def build(docs: Path, target: Path, languages: Iterable[str], repository: str = "") -> Iterator[Made]:
    """The site in `target`, the first language at its top; the same sources give the same bytes."""
    wanted = tuple(languages)
    _ready(docs, target)
    room = cache_directory() / "site" / _digest_of_the_program(docs)
    fresh = room / f"output-{os.getpid()}"
    bringing = Thread(target=_bring, daemon=True)
    bringing.start()
    try:
        running = [(language, _sphinx(docs, room, fresh, language, wanted, repository)) for language in wanted]
        for _, process in running:
            said = process.communicate()[0]
            if process.returncode:
                raise Failed(said.strip() or f"Sphinx ended with {process.returncode}")
        _moved(fresh, target)
        bringing.join()
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        _forget_others(room)
    for language in wanted:
        place = target / LANGUAGES[language].folder
        others = {target / LANGUAGES[other].folder for other in wanted} - {place}
        pages = [
            page
            for page in place.rglob("*.html")
            if not any(other in page.parents and place in other.parents for other in others)
        ]
        yield Made(language, len(pages), place)


def _bring() -> None:
    """What comes from elsewhere is brought while Sphinx reads; what could not be brought says so where it is needed."""
    with suppress(Unavailable):
        for one in (MATHJAX, FONT):
            package(*one)
        tryit.prover()


def _ready(docs: Path, target: Path) -> None:
    if not (docs / "conf.py").is_file():
        raise Unavailable(f"{docs}: there is no conf.py here; name the folder of the pages with --from DIR")
    if target.exists() and not target.is_dir():
        raise Unavailable(f"{target} is a file: name a directory for the site")
    if target.is_dir() and any(target.iterdir()) and not (target / MADE).exists():
        raise Unavailable(f"{target} holds something else: name an empty directory, or one that this command has made")
    if find_spec("sphinx") is None:
        raise Unavailable('the site is built by Sphinx, which is not installed: python -m pip install "mathcore[docs]"')


def _sphinx(
    docs: Path, room: Path, fresh: Path, language: str, wanted: tuple[str, ...], repository: str
) -> subprocess.Popen[str]:
    out = fresh / LANGUAGES[language].folder
    shared = "../" * LANGUAGES[language].folder.count("/") + "../_static/" if LANGUAGES[language].folder else ""
    options = {
        "language": language,
        "mathcore_languages": ",".join(wanted),
        "mathcore_repository": repository,
        "mathcore_shared": shared,
    }
    command = [
        sys.executable,
        "-m",
        "mathcore.site.run",
        "-b",
        "html",
        "-q",
        "-W",
        "--keep-going",
        "-n",
        "-a",
        "-d",
        str(room / language),
    ]
    command += [f"-D{name}={value}" for name, value in options.items()]
    # One order of sets and no date: the same bytes every time.
    environment = os.environ | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "MATHCORE_LANGUAGE": language}
    out.mkdir(parents=True)
    return subprocess.Popen(
        [*command, str(docs), str(out)], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def _digest_of_the_program(docs: Path) -> str:
    """Of all that makes pages besides the files that Sphinx watches: what was read by another program is not used."""
    digest = hashlib.sha256(f"{docs.resolve()} {sys.version_info[:3]}".encode())
    for tool in TOOLS:
        try:
            digest.update(f"{tool} {version(tool)}".encode())
        except PackageNotFoundError:
            digest.update(tool.encode())
    for path in sorted(p for p in PACKAGE.rglob("*") if p.suffix in (".py", ".md", ".mo", ".lark", ".js", ".css")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    digest.update((docs / "conf.py").read_bytes())
    for path in sorted(docs.rglob("*.json")):
        digest.update(path.relative_to(docs).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _moved(fresh: Path, target: Path) -> None:
    """Only when all is built: a site that is being read is not half a site."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    for junk in (*fresh.rglob(".buildinfo"), *fresh.rglob(".doctrees")):
        shutil.rmtree(junk) if junk.is_dir() else junk.unlink()
    shutil.copytree(fresh, target, dirs_exist_ok=True)
    (target / MADE).write_text("made by `mathcore site`; the next run replaces everything here\n", encoding="utf-8")


KEPT = 2  # programs whose reading is kept: two branches side by side


def _forget_others(room: Path) -> None:
    os.utime(room)
    rooms = sorted((p for p in room.parent.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in rooms[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)

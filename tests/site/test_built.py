"""What was built: every link leads somewhere, and the same sources give the same bytes."""

from __future__ import annotations

import re
import resource
import time
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from tests.site.conftest import build

pytestmark = [pytest.mark.docs, pytest.mark.xdist_group("site")]
LEAST = 270  # pages of two languages
MOST = 60  # seconds of a processor, of which a machine has two: a second build takes half


class _Read(HTMLParser):
    """The names and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("id"):
            assert given["id"] not in self.names, f"{given['id']} twice"
            self.names.add(given["id"])
        self.links += [given[name] for name in ("href", "src") if given.get(name)]


def test_every_link_and_every_anchor_leads_somewhere(site):
    read = {}
    for path in site.rglob("*.html"):
        read[path] = _Read()
        read[path].feed(path.read_text(encoding="utf-8"))
    broken = []
    for path, page in read.items():
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = unquote(link).partition("#")
            target = (path.parent / name.partition("?")[0]).resolve() if name else path
            if not target.exists() or (anchor and target in read and anchor not in read[target].names):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert len(read) > LEAST
    assert broken == []


def test_a_second_build_has_the_same_bytes_and_takes_little_time(site, tmp_path):
    started, used = time.monotonic(), _used()
    build(tmp_path / "again")
    print(f"built again in {time.monotonic() - started:.0f} s, {_used() - used:.0f} s of a processor")
    first, second = ({path.relative_to(room): path.read_bytes() for path in room.rglob("*") if path.is_file()}
                     for room in (site, tmp_path / "again"))  # fmt: skip
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []
    assert _used() - used <= MOST


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime

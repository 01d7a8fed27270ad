"""A submitted file as text: a Python file or a notebook, read with every length checked and nothing compiled."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass

from mathcore.grading.isolation.outcomes import Failed

CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # PEP 263
TEXT_CODINGS = ("utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252")  # as Python calls them; none that computes


@dataclass(frozen=True)
class Source:
    cells: tuple[str, ...]
    filename: str
    notebook: bool = False


def display_name(filename: str) -> str:
    """A file's last name as text that is safe to print and to compile under."""
    last = re.split(r"[/\\]", filename)[-1]
    return "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else "?" for c in last)[:100] or "submission.py"


def read(source: str | bytes, filename: str, most: int) -> Source | Failed:
    """The source of a file, or why it is none."""
    name = display_name(filename)
    size = len(source)
    if size > most:
        return Failed(f"the file has {size:,} bytes; at most {most:,} are read")
    notebook = name.lower().endswith(".ipynb")
    text = source if isinstance(source, str) else text_of(source, "utf-8" if notebook else None)
    if isinstance(text, Failed):
        return text
    if not notebook:
        if "\0" in text:
            return Failed("the file holds a NUL byte, so it is no Python source")
        return Source((text,), name)
    try:
        document = json.loads(text)
        cells = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
        sources = tuple("".join(c["source"]) if isinstance(c["source"], list) else str(c["source"]) for c in cells)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return Failed(f"the file is no notebook ({type(error).__name__})")
    if any("\0" in cell for cell in sources):
        return Failed("the notebook holds a NUL byte, so it is no Python source")
    return Source(sources, name, True)


def text_of(source: bytes, coding: str | None) -> str | Failed:
    """Bytes as text, in UTF-8 or in what the first two lines declare."""
    if coding is None:
        declared = [m[1].decode() for line in source.splitlines()[:2] if (m := CODING.match(line))]
        coding = declared[0] if declared else "utf-8"
        try:
            coding = codecs.lookup(coding).name
        except LookupError:
            return Failed(f"the file declares the encoding {coding!r}, which is none; save it as UTF-8")
        if coding not in TEXT_CODINGS:
            return Failed(f"the file declares the encoding {coding!r}; save it as UTF-8")
    try:
        return source.decode("utf-8-sig" if coding == "utf-8" else coding)
    except UnicodeDecodeError as error:
        return Failed(f"the file is not in {coding}: byte {error.start}; save it as UTF-8")

"""Derivations as students of a first course write them, in the Markdown documents beside this file.

Under each heading stands the label, `Right.` or `Wrong in line 2: sign or bracket.` (line 1 is the first that begins with a
relation; the slips are the names of files in `mathcore/proof/slips/`), then what is given and defined, then the chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mathcore.language.parser import Context

HERE = Path(__file__).parent
LABEL = re.compile(r"Right\.|Wrong in line (\d+): ([a-z_]+(?: or [a-z_]+)*)\.")


@dataclass(frozen=True)
class Written:
    """One derivation with its label; `wrong` is 0 where every line is right."""

    student: str
    title: str
    given: str
    define: str
    first: str
    lines: tuple[str, ...]
    wrong: int = 0
    slips: tuple[str, ...] = ()  # any of them names what happened

    @property
    def context(self) -> Context:
        context = Context().given(self.given)
        for definition in filter(str.strip, self.define.split(";")):
            context = context.define(definition.strip())
        return context


def derivations() -> list[Written]:
    found = [one for path in sorted(HERE.glob("*.md")) for one in _of_document(path.stem, path.read_text(encoding="utf-8"))]
    if not found:
        raise FileNotFoundError(f"no derivation stands in {HERE}")
    return found


def _of_document(student: str, text: str) -> Iterator[Written]:
    for section in text.split("\n## ")[1:]:
        title, _, rest = section.partition("\n")
        label = LABEL.search(rest)
        if label is None:
            raise ValueError(f"{student}, {title}: no label; write `Right.` or `Wrong in line 2: sign.`")
        fences = dict(re.findall(r"```(\w+)\n(.*?)```", rest, re.S))
        words = dict(re.findall(r"^(given|define) (.*)$", fences.get("formula", ""), re.M))
        first, *lines = fences["derivation"].strip().splitlines()
        yield Written(
            student,
            title,
            words.get("given", ""),
            words.get("define", ""),
            first,
            tuple(lines),
            int(label[1] or 0),
            tuple(label[2].split(" or ")) if label[2] else (),
        )

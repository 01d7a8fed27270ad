"""Markdown as a code host reads it: CommonMark with tables, mathematics in ```math fences and between $` and `$."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

HOST = MarkdownIt("commonmark").enable("table")


class Misread(AssertionError):
    """What a code host would not show as it is meant."""


def mathematics(text: str) -> list[str]:
    """The LaTeX that a code host sets, in order; Misread where a dollar is left over or a formula is not recognised."""
    found: list[str] = []
    for token in HOST.parse(text):
        if token.type == "fence" and token.info == "math":
            found.append(token.content.rstrip("\n"))
        elif token.type == "inline" and token.children:
            found += _inline(token.children)
    return found


def _inline(tokens: list[Token]) -> list[str]:
    found = []
    for place, token in enumerate(tokens):
        before = _text(tokens, place - 1)
        after = _text(tokens, place + 1)
        if token.type == "code_inline" and before.endswith("$") and after.startswith("$"):
            if re.search(r"[\w\-]\$$", before) or re.match(r"\$\w", after):
                raise Misread(f"a letter, digit or hyphen touches {token.content}: it is not set as mathematics")
            found.append(token.content)
    written = "".join(t.content if t.type == "text" else "`" if t.type == "code_inline" else " " for t in tokens)
    if "$" in written.replace("$`$", ""):
        raise Misread(f"a dollar that begins or ends no mathematics: {written}")
    return found


def _text(tokens: list[Token], place: int) -> str:
    return tokens[place].content if 0 <= place < len(tokens) and tokens[place].type == "text" else ""

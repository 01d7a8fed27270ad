"""A text in the form becomes a document: honest CommonMark, and in it fences that are checked.

Nothing that looks like mathematics is silently prose: a line outside a fence that begins with a relation, an indented
block that reads as a derivation and a rule in brackets are refused with a remedy, or read with a note (`lenient`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mathcore.card import Exercise
from mathcore.document import value as v
from mathcore.document.error import Problem, Unreadable, WrongDocument
from mathcore.document.fences import READERS
from mathcore.document.reason import WORDS

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LARGEST = 1 << 20  # characters: a long book of lecture notes
LONGEST = 100_000  # characters of a line
LINES = 50_000

RELATION = re.compile(r"\s*(?!<[A-Za-z/!][^<>]*>)(<=>|=>|<=|>=|=|<)\s*[^\s=]")  # `>` begins a quotation
RULE = re.compile(rf"\s*\[({'|'.join(WORDS)})\b")
OPENS = re.compile(r"\s*(?:`{3,}|~{3,})(.*)")  # a fence
FENCED = "put it into a fence, ```derivation NAME, its first line above the others"
STRAY = f"looks like a line of a derivation and stands outside of a fence: {FENCED}"


def decoded(path: Path | str, largest: int = LARGEST, *, name: str = "") -> str:
    """The characters of a file, with its line ends; no more of it is read than `largest` characters and one."""
    with Path(path).open("rb") as opened:
        data = opened.read(4 * largest + 4)
    if len(data) > 4 * largest:
        said = f"the document has more than {largest:,} characters: split it into several"
        raise WrongDocument(name or str(path), (Problem(1, 1, said),))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise WrongDocument(name or str(path), (Problem(line, 1, "is not UTF-8: save the file as UTF-8"),)) from None


def load(path: Path | str, *, name: str = "", lenient: bool = False) -> v.Document:
    """The document in a file; `WrongDocument` says everything that is to be corrected, of the file as `name` calls it."""
    text = decoded(path, name=name)
    return read(text, name or str(path), lenient=lenient)


def read(text: str, file: str = "document", *, lenient: bool = False) -> v.Document:
    """The document of a text. `lenient`: derivations outside of fences are read, each with a note."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problems = list(_unbounded(text, lines))
    if problems:
        raise WrongDocument(file, tuple(problems[:20]))
    blocks: list[v.Block] = []
    notes: list[str] = []
    for block in _blocks(lines):
        try:
            for found in _read(block, lines, lenient):
                blocks.append(found)
                if isinstance(found, v.Chain) and not isinstance(block, _Fence):
                    notes.append(f"line {found.line} is read as a derivation: {FENCED}")
        except Unreadable as error:
            problems.append(error.problem)
    if problems:
        raise WrongDocument(file, tuple(problems))
    title = next((b.text for b in blocks if isinstance(b, v.Heading)), "")
    return v.Document(file, title, tuple(blocks), tuple(notes))


def _unbounded(text: str, lines: Sequence[str]) -> Iterator[Problem]:
    """What no page of a textbook has: a size beyond all bounds, characters that cannot be seen."""
    if len(text) > LARGEST:
        yield Problem(1, 1, f"the document has {len(text):,} characters, more than {LARGEST:,}: split it into several")
        return
    if len(lines) > LINES:
        yield Problem(1, 1, f"the document has {len(lines):,} lines, more than {LINES:,}: split it into several")
        return
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST:
            yield Problem(number, 1, f"this line has {len(line):,} characters, more than {LONGEST:,}: break it")
        unseen = re.search(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", line)
        if unseen:
            yield Problem(number, unseen.start() + 1, f"the control character U+{ord(unseen[0]):04X} cannot be seen: take it out")


# Markdown -------------------------------------------------------------------------------------------------------------


@cache
def markdown() -> MarkdownIt:
    """CommonMark with tables, blocks alone; where links are defined is a block as well."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"inline_definitions": True}).enable("table").disable("inline")


class _Markdown:
    """A block of Markdown outside of fences: its tokens, and its lines from `first` up to `last`."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.first, self.last = tokens[0].map or [0, 0]
        self.kind = tokens[0].type


class _Fence(_Markdown):
    """A fenced block."""


def _blocks(lines: Sequence[str]) -> Iterator[_Markdown]:
    """The blocks at the top level, in order."""
    depth, group = 0, list["Token"]()
    for token in markdown().parse("\n".join(lines)):
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield _Fence(group) if token.type == "fence" else _Markdown(group)
            group = []


def ends(text: str) -> list[int]:
    """The last line of each block at the top level, counted from 1."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [_last(block, lines) for block in _blocks(lines)]


def _last(block: _Markdown, lines: Sequence[str]) -> int:
    last = block.last
    while last > block.first + 1 and not lines[last - 1].strip():
        last -= 1
    return last


def _read(block: _Markdown, lines: Sequence[str], lenient: bool) -> Iterator[v.Block]:
    number = block.first + 1
    if isinstance(block, _Fence):
        yield _fence(block, lines)
    elif block.kind == "heading_open":
        yield v.Heading(int(block.tokens[0].tag[1:]), _heading(block.tokens), number)
    elif block.kind == "ordered_list_open" and (exercises := _exercises(block, lines)):
        _check_inside(block, lines)
        yield v.Exercises(exercises, number)
    else:
        own = lines[block.first : _last(block, lines)]
        _check_inside(block, lines)
        stray = _stray(block, own, lines)
        if stray is None:
            yield v.Prose("\n".join(own), number)
        elif lenient and block.kind in ("code_block", "paragraph_open") and stray > 0:
            yield _outside(own, number, stray)
        else:
            at = own[stray].strip()[:40]
            raise Unreadable(number + stray, f"`{at}` {STRAY}")


def _fence(block: _Fence, lines: Sequence[str]) -> v.Block:
    (token,) = block.tokens
    number = block.first + 1
    language, _, key = token.info.strip().partition(" ")
    content = token.content.split("\n")[:-1]
    closed = re.match(r" {0,3}(`{3,}|~{3,})\s*$", lines[block.last - 1]) and block.last - block.first == len(content) + 2
    if not closed:
        raise Unreadable(number, f"the fence that opens here with {token.markup}{token.info.strip()} is never closed")
    if language not in READERS:
        if meant := checked(token.info):
            raise Unreadable(number, f"{token.markup}{token.info.strip()} is checked by nothing: write {token.markup}{meant}")
        return v.Code(token.info.strip(), token.content, number)
    if language == "derivation" and not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", key.strip()):
        raise Unreadable(number, f"```derivation needs a name, one word, for what uses it later: ```derivation {_word(key)}")
    for place, line in enumerate(content):
        if "\t" in line:
            raise Unreadable(number + 1 + place, "a tab: indent with spaces", line.index("\t") + 1)
    return READERS[language](key.strip(), [(number + 1 + place, line) for place, line in enumerate(content)], number)


def _heading(tokens: Sequence[Token]) -> str:
    """Its text in one line, as it stands behind `#`."""
    text = re.sub(r"(?<!\\)((?:\\\\)*)\\\n", r"\1 ", tokens[1].content)
    text = re.sub(r"[ \t\n]+", " ", text).strip()
    return text if tokens[0].markup.startswith("#") else re.sub(r"(^| )(#+)$", r"\1\\\2", text)


def checked(info: str) -> str:
    """The name of a checked fence that this one is, but for capitals, braces and one or many; empty of other fences."""
    word = re.match(r"[{.\s]*(\w*)", info)[1].lower()  # type: ignore[index]  # it always matches
    return next((name for name in READERS if word.removesuffix("s") == name.removesuffix("s")), "")


def _check_inside(block: _Markdown, lines: Sequence[str]) -> None:
    """In lists, quotations, HTML and indented blocks nothing is checked, so nothing may look as if it were."""
    for token in block.tokens:
        first, last = token.map or [0, 0]
        place: int | None = None
        if token.type == "fence" and checked(token.info):
            place, remedy = first, "is a fence inside a list or a quotation"
        elif token.type in ("code_block", "html_block") and not token.content.startswith("<!--"):
            place = next((n for n in range(first, last) if (m := OPENS.match(lines[n])) and checked(m[1])), None)
            remedy = "is indented, or inside HTML (leave a blank line between them)"
        elif token.type == "inline" and token.level > 1 and not token.content.startswith("|"):
            looks = (n for n, line in enumerate(token.content.split("\n"), first) if RELATION.match(line) or RULE.match(line))
            if (found := next(looks, None)) is not None:
                raise Unreadable(found + 1, f"`{lines[found].strip()[:40]}` {STRAY}")
        if place is not None:
            at = lines[place].strip()[:40]
            raise Unreadable(place + 1, f"{at} {remedy} and is not checked: begin the fence in the first column")


def _word(text: str) -> str:
    return "_".join(re.findall(r"[A-Za-z0-9]+", text)).lower().lstrip("0123456789_") or "gradient"


def _stray(block: _Markdown, own: Sequence[str], lines: Sequence[str]) -> int | None:
    """The place of the first line that looks like one of a derivation."""
    if block.kind == "blockquote_open" and block.first and lines[block.first - 1].strip():
        return 0  # `> 0` right below a line is no quotation
    if block.kind not in ("paragraph_open", "code_block"):
        return None
    return next((place for place, line in enumerate(own) if RELATION.match(line) or RULE.match(line)), None)


def _outside(own: Sequence[str], number: int, stray: int) -> v.Block:
    """A derivation that stands in no fence: the line above the first relation is where it begins."""
    first = len(own[0]) - len(own[0].lstrip())
    lines = [(number + place, line[min(first, len(line) - len(line.lstrip())) :]) for place, line in enumerate(own)]
    return READERS["derivation"](f"line_{number}", lines[stray - 1 :], number)


def _exercises(block: _Markdown, lines: Sequence[str]) -> tuple[Exercise, ...]:
    """Numbered questions with quoted answers; nothing where an item has no answer."""
    found: list[Exercise] = []
    for token in block.tokens:
        if token.type == "list_item_open" and token.level == block.tokens[0].level + 1:
            inside = [t for t in block.tokens if t.map and t.level == token.level + 1 and _within(t, token)]
            quote = inside[-1] if inside and inside[-1].type == "blockquote_open" else None
            if quote is None or len(inside) < 2:
                return ()
            question = " ".join(
                t.content for t in block.tokens if t.type == "inline" and _within(t, token) and not _within(t, quote)
            )
            answer = " ".join(t.content for t in block.tokens if t.type == "inline" and _within(t, quote))
            found.append(Exercise(" ".join(question.split()), " ".join(answer.split())))
    return tuple(found)


def _within(inner: Token, outer: Token) -> bool:
    return bool(inner.map and outer.map and outer.map[0] <= inner.map[0] and inner.map[1] <= outer.map[1])

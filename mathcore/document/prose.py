"""The statements of a Markdown text, each with its place: code spans, lines of `claims` fences, LaTeX. Nothing is judged here.

A span in two backticks is code, as everywhere in the form. A statement is any of these that holds a relation (`=`, `<`, `≈`).
Whether it is a claim or only typeset is told by its letters, and for that the names of functions are needed: see
`mathcore.verify.prose`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.backticks import backtick
from markdown_it.token import Token

from mathcore.document.around import Begun, Ended, begun_at, behind_it, counted_by, is_denied, sentence_around

MAX_TEXT = 1_000_000  # characters of a text
MAX_LINE = 20_000  # characters of a line
MAX_LINES = 50_000
MAX_STATEMENTS = 5_000
LINE_END = re.compile(r"\r\n?|\n")  # as Markdown has them


class RefusedText(ValueError):
    """A text that is not read: says which limit it exceeds, and what to do."""


class Kind(StrEnum):
    """How a statement is written."""

    CODE = "code span"
    CLAIM = "claims fence"
    LATEX = "LaTeX"


@dataclass(frozen=True)
class Statement:
    """What holds a relation, as it is written. `places` are line and column, from 1, where each line of `text` begins.

    `behind` is what stands behind a span and belongs to its last number, a unit, % or dots, as it would stand inside.
    """

    text: str
    kind: Kind
    places: tuple[tuple[int, int], ...]
    given: str = ""  # what a `claims` fence declares before it
    cell: int | None = None  # of a notebook, from 1; lines are counted in the cell then
    begun: Begun = field(default=Begun.HERE, compare=False)
    ended: Ended = field(default=Ended.HERE, compare=False)
    behind: str = field(default="", compare=False)
    counted: str = field(default="", compare=False)  # words of its sentence that may say how its numbers are counted
    denied: bool = field(default=False, compare=False)  # its sentence may say that it is false

    @property
    def whole(self) -> str:
        """The text with what stands behind it and belongs to it."""
        return self.text + self.behind

    @property
    def line(self) -> int:
        return self.places[0][0]

    @property
    def column(self) -> int:
        return self.places[0][1]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character of the text."""
        before = self.text[:offset].split("\n")
        line, column = self.places[len(before) - 1]
        return line, column + len(before[-1])


RELATION = re.compile(
    r"[=<>≈≃≅≒≐∼≤≥≠~＝＜＞]|\\(le|ge|leq|geq|leqslant|geqslant|ne|neq|lt|gt|approx|simeq|cong|doteq|fallingdotseq|thickapprox)(?![A-Za-z])"
)


def statements(text: str) -> list[Statement]:
    """All statements of a Markdown text, in its order. Raises RefusedText where a limit is exceeded."""
    lines = LINE_END.split(text)
    _check_sizes(text, lines)
    found: list[Statement] = []
    for statement in _found(_parser().parse(text), lines):
        found.append(statement)
        if len(found) > MAX_STATEMENTS:
            raise RefusedText(f"line {statement.line}: more than {MAX_STATEMENTS} statements: divide the text into several")
    return found


def notebook_statements(text: str) -> list[Statement]:
    """Those of the Markdown cells of a notebook (`.ipynb`); its code is not read, and nothing is executed."""
    found: list[Statement] = []
    for number, source in markdown_cells(text):
        found += [replace(s, cell=number) for s in statements(source)]
        if len(found) > MAX_STATEMENTS:
            raise RefusedText(f"cell {number}: more than {MAX_STATEMENTS} statements: divide the notebook into several")
    return found


MAX_NOTEBOOK = 50_000_000  # characters: pictures are stored in it


def markdown_cells(text: str) -> Iterator[tuple[int, str]]:
    """Number, from 1, and source of each Markdown cell."""
    for number, cell in enumerate(cells_of(read_notebook(text)), 1):
        if isinstance(cell, dict) and cell.get("cell_type") == "markdown":
            source = cell.get("source", "")
            if isinstance(source, list) and all(isinstance(part, str) for part in source):
                source = "".join(source)
            if not isinstance(source, str):
                raise RefusedText(f"cell {number}: its source is neither a text nor a list of texts")
            yield number, source


def read_notebook(text: str) -> Any:
    """The JSON of a notebook."""
    if len(text) > MAX_NOTEBOOK:
        raise RefusedText(f"notebook of {len(text)} characters: at most {MAX_NOTEBOOK} are read; clear its outputs")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise RefusedText(
            f"line {error.lineno}, column {error.colno}: no notebook, its JSON cannot be read: {error.msg}"
        ) from None
    except (RecursionError, ValueError):
        raise RefusedText("no notebook: its JSON is nested too deeply, or holds a number that is too long") from None


def cells_of(book: Any) -> list[Any]:
    """The cells of a notebook, those of older ones in sheets."""
    sheets = book.get("worksheets", [book]) if isinstance(book, dict) else None
    if not isinstance(sheets, list):
        raise RefusedText("no notebook: it has no list of cells")
    found: list[Any] = []
    for sheet in sheets:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        if not isinstance(cells, list):
            raise RefusedText("no notebook: it has no list of cells")
        found += cells
    return found


def _check_sizes(text: str, lines: list[str]) -> None:
    if len(text) > MAX_TEXT:
        raise RefusedText(f"text of {len(text)} characters: at most {MAX_TEXT} are read; divide it into several")
    if len(lines) > MAX_LINES:
        raise RefusedText(f"text of {len(lines)} lines: at most {MAX_LINES} are read; divide it into several")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise RefusedText(f"line {number}: {len(line)} characters: at most {MAX_LINE} are read; break the line")


# Markdown -------------------------------------------------------------------------------------------------------


@cache
def _parser() -> MarkdownIt:
    """CommonMark without what holds no statements (emphasis, links), and with `$...$`."""
    parser = MarkdownIt("zero", {"html": True})
    parser.enable(["blockquote", "code", "fence", "heading", "hr", "html_block", "lheading", "list"])
    parser.enable(["autolink", "backticks", "escape", "html_inline", "newline"])
    parser.inline.ruler.at("backticks", _code_span)
    parser.inline.ruler.before("escape", "dollars", _dollars)
    parser.block.ruler.before("fence", "dollars", _dollar_block, {"alt": ["paragraph", "blockquote", "list"]})
    return parser


def _code_span(state: StateInline, silent: bool) -> bool:
    """A code span that remembers where it stands."""
    start, before = state.pos, len(state.tokens)
    found = backtick(state, silent)
    if found and len(state.tokens) > before and state.tokens[-1].type == "code_inline":
        marks = len(state.tokens[-1].markup)
        state.tokens[-1].meta = {"span": (start + marks, state.pos - marks)}
    return found


def _dollars(state: StateInline, silent: bool) -> bool:
    r"""`$...$` and `$$...$$`: no space inside the marks of `$`, no digit after them, so that prices are none."""
    source, start = state.src, state.pos
    if source[start] != "$":
        return False
    marks = 2 if source.startswith("$$", start) else 1
    begin = start + marks
    end = _closing(source, begin, state.posMax, marks)
    if end is None or not source[begin:end].strip():
        state.pos = begin
        if not silent:
            state.pending += "$" * marks
        return True
    if not silent:
        token = state.push("math", "math", 0)
        token.content = source[begin:end]
        token.meta = {"span": (begin, end)}
    state.pos = end + marks
    return True


def _closing(source: str, begin: int, last: int, marks: int) -> int | None:
    if marks == 1 and (begin >= last or source[begin].isspace()):
        return None
    end = begin
    while (end := source.find("$" * marks, end, last)) >= 0:
        escaped = (len(source[begin:end]) - len(source[begin:end].rstrip("\\"))) % 2
        after = source[end + marks : end + marks + 1]
        if not escaped and (marks == 2 or not (source[end - 1].isspace() or after.isdecimal())):
            return end
        if marks == 1 and not escaped:
            return None
        end += 1
    return None


def _dollar_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A block from a line that begins with `$$` to one that ends so: lines that begin with `-` are no list in it."""
    begin, end = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    if state.is_code_block(first) or not state.src.startswith("$$", begin):
        return False
    if state.src[begin + 2 : end].count("$$"):
        return False  # it ends on its line: part of a paragraph
    line = first
    while True:
        line += 1
        if line >= last or state.sCount[line] < state.blkIndent:
            return False
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
        if not text:
            return False
        if text.endswith("$$"):
            break
    if silent:
        return True
    state.line = line + 1
    token = state.push("math_block", "math", 0)
    token.map = [first, line + 1]
    return True


# places ---------------------------------------------------------------------------------------------------------


def _found(tokens: list[Token], lines: list[str]) -> Iterator[Statement]:
    for token in tokens:
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "inline":
            spans = [c for c in token.children or () if c.type == "math" or (c.type == "code_inline" and c.markup == "`")]
            if spans:
                block = _Block(token.content, _starts(token.content.split("\n"), lines, first))
                for child in spans:
                    begin, end = _without_backticks(token.content, *child.meta["span"])
                    if relation := RELATION.search(token.content, begin, end):
                        found = block.cut(begin, end, Kind.CODE if child.type == "code_inline" else Kind.LATEX)
                        begun = begun_at(token.content, begin, token.content[begin : relation.start()])
                        behind, ended = behind_it(token.content[end:], found.kind is Kind.LATEX)
                        sentence = sentence_around(token.content, begin, end)
                        counted, denied = counted_by(sentence, found.text + behind), is_denied(sentence)
                        yield replace(found, begun=begun, ended=ended, behind=behind, counted=counted, denied=denied)
        elif token.type == "fence":
            inside = token.content.split("\n")[:-1]
            starts = _starts(inside, lines, first + 1)
            words = token.info.split()
            if words[:1] == ["claims"]:
                yield from _claims(inside, starts)
            elif words[:1] == ["math"] and RELATION.search(token.content):
                yield _Block(token.content, starts).cut(0, len(token.content), Kind.LATEX)
        elif token.type == "math_block":
            inside = [line.strip() for line in lines[first:last]]
            text = "\n".join(inside)
            if RELATION.search(text):
                yield _Block(text, _starts(inside, lines, first)).cut(2, len(text) - 2, Kind.LATEX)


def _without_backticks(text: str, begin: int, end: int) -> tuple[int, int]:
    """What stands inside $`...`$, as GitLab has it."""
    return (begin + 1, end - 1) if text[begin] == text[end - 1] == "`" and end - begin > 2 else (begin, end)


def _starts(inside: list[str], lines: list[str], first: int) -> list[tuple[int, int]]:
    """Where the lines of a block begin in the text: each is the end of its line there, but for spaces and marks."""
    return [
        (number + 1, max(lines[number].rfind(line.replace("\ufffd", "\0").strip()), 0) + 1 - (len(line) - len(line.lstrip())))
        for number, line in enumerate(inside, first)
        if number < len(lines)
    ]


class _Block:
    """The text of a block, and where its lines begin in the whole text."""

    def __init__(self, content: str, starts: list[tuple[int, int]]) -> None:
        self.content, self.starts = content, starts
        self.begins = [0, *(m.end() for m in re.finditer("\n", content))]

    def cut(self, begin: int, end: int, kind: Kind) -> Statement:
        """The statement from `begin` to `end`, without the spaces around it."""
        text = self.content[begin:end]
        begin += len(text) - len(text.lstrip())
        text = text.strip()
        number = bisect_right(self.begins, begin) - 1
        line, column = self.starts[number]
        after = self.starts[number + 1 : number + 1 + text.count("\n")]
        return Statement(text, kind, ((line, column + begin - self.begins[number]), *after))


def _claims(inside: list[str], starts: list[tuple[int, int]]) -> Iterator[Statement]:
    """A statement begins in the first column; indented by 2 it goes on, by 4 stand `given ...` of its own and `# words`.

    A `given ...` in the first column is of all statements below it.
    """
    shared, begins = "", [number for number, line in enumerate(inside) if line[:1].strip()]
    for begin, end in pairwise([*begins, len(inside)]):
        rows = [n for n in range(begin, end) if inside[n].strip() and (n == begin or _indent(inside[n]) < 4)]
        below = [inside[n].strip() for n in range(begin, end) if n not in rows]
        text = "\n".join(inside[n].partition("  # ")[0].rstrip() for n in rows)
        if text.startswith("given "):
            shared = _joined(shared, text.removeprefix("given "))
        elif not text.startswith("#"):
            found = _Block(text, [starts[n] for n in rows]).cut(0, len(text), Kind.CLAIM)
            own = (line.removeprefix("given ") for line in below if line.startswith("given "))
            yield Statement(found.text, found.kind, found.places, _joined(shared, *own))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _joined(*given: str) -> str:
    return "; ".join(filter(None, map(str.strip, given)))

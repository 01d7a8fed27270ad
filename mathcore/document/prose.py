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
from enum import Enum, StrEnum
from functools import cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.backticks import backtick
from markdown_it.token import Token

from mathcore.document.chain import UNITS

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


class Begun(Enum):
    """Whether the left side of a relation begins in the words before it."""

    HERE = 0
    PERHAPS = 1  # "twice `3 = 6`", "ln `2 = 0.693`": a bare number behind words
    BEFORE = 2  # "5 % of `60 = 3`", "the sum of `3` and `4 = 7`"


class Ended(Enum):
    """Whether the right side of a relation goes on in the words behind it."""

    HERE = 0
    PERHAPS = 1  # "`300 = 5` minutes", "`24 = 4`!": what is false without them may be true with them
    BEHIND = 2  # "`10^6 = 1` million", "`6 = 2` times `3`"


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
                        begun = _begun(token.content, begin, token.content[begin : relation.start()])
                        behind, ended = _behind(token.content[end:], found.kind)
                        yield replace(found, begun=begun, ended=ended, behind=behind)
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


OPERATION = re.compile(r"(?i)(\S+)\s+(of|times|plus|minus|over|(?:divided|multiplied) by)$")
OPERAND = re.compile(r"(?i)[`$%)]$|[0-9]|^(half|third|quarter|tenth|percent|square|cube|root)$")
COMBINED = re.compile(r"(?i)\b(sum|difference|product|quotient|ratio|total) of\b.*(\band|\bto|,|&)$", re.S)
APPLIED = re.compile(  # what may be done to the left side, whatever it is
    r"(?i)(?:^|\b)(?:ln|lg|logs?|exp|root|minus|negative|plus|half|twice|thrice|double|triple|times|over"
    r"|(?:log(?:arithm)?|exponential|square|cube|root|half|double|third|quarter|tenth|negative|opposite|inverse|reciprocal|sum"
    r"|difference|product|quotient|ratio|mean|average|median|entropy|perplexity|softmax|sigmoid|max(?:imum)?|min(?:imum)?"
    r"|variance|deviation|norm|sine|cosine|factorial|remainder|multiple|fraction|percentage|share|part|floor|ceiling|sign"
    r"|derivative|limit) of(?: the (?:numbers?|list|vector|fraction|quotient|sum|product))?)$"
    r"|(?:로그|루트|제곱근|마이너스|절반)$"
)
BARE = re.compile(r"\s*[-+−]?[0-9][0-9.,]*\s*(\\?%)?\s*")  # the left side is one number
BEFORE_A_CLAIM = re.compile(
    r"(?i)is|are|was|were|be|has|have|had|gives?|gets?|so|then|thus|hence|therefore|that|says|claims|if|where|because|since|not"
    r"|example|writes?|wrote"
)


def _begun(text: str, begin: int, left: str) -> Begun:
    """Where the left side of the relation at `begin` begins."""
    ahead = re.sub(r"[*_]+", "", text[:begin].rstrip("`$")).rstrip()
    sentence = re.split(r"[.!?;:]\s|\n\s*\n", ahead)[-1].strip()
    operation = OPERATION.search(sentence)
    if (operation and OPERAND.search(operation[1])) or COMBINED.search(sentence):
        return Begun.BEFORE
    if APPLIED.search(sentence):
        return Begun.PERHAPS
    last = re.search(r"(\w+|\S)$", sentence)
    alone = last is None or last[1] in ".!?;:,(-–—" or BEFORE_A_CLAIM.fullmatch(last[1]) is not None
    return Begun.HERE if alone or not BARE.fullmatch(left) else Begun.PERHAPS


CLOSED = re.compile(r"(?:`\$|`|\${1,2})[*_]*(\s*)[*_]*")  # the mark behind a span, and what sets it off
PERCENT = re.compile(r"(?i)(?:\\?%|per ?cent\b|퍼센트)")
DOTS = re.compile(r"\.{3}|…")
WORD_END = r"(?![A-Za-z0-9_])"
INFORMATION = re.compile(
    "|".join(f"{word}{WORD_END if word.isascii() else '(?!코인|맵)'}" for word in sorted(UNITS, key=len, reverse=True))
)
FURTHER = re.compile(  # what changes the number before it
    r"(?i)[0-9×·⋅∙÷^±²³‰]|\+/-|[+*]\s*[0-9`$(]|[-−/][0-9`$(]"
    r"|(?:(?:kilo|mega|giga|milli|deci|centi|micro)(?:nats?|hartleys?)|(?:deci)?bans?"
    r"|hundred|thousand|million|billion|trillion|dozen|(?:ten|hundred|thousand|million)ths?|percentage points?|basis points?"
    r"|per mill?e?|squared|cubed|factorial|modulo|mod|repeating|recurring|periodic)"
    + WORD_END
    + r"|\(\s*mod\b|(?:of|times|plus|minus|over|(?:divided|multiplied) by|to the power of)\s+(?:[`$(0-9]|its?\b)|퍼밀|순환"
)
PERHAPS = re.compile(  # what counts in something else, or may
    r"(?i)!|(?:(?:kilo|mega|giga|milli)(?:bits?|bytes?)|seconds?|minutes?|hours?|days?|weeks?|months?|years?|ms|min"
    r"|degrees?|radians?|km|m|cm|mm|kg|g|dollars?|cents?|times|fold|decibels?|db|[kmg]i?b(?:its?|ytes?)?|half|halves|thirds?|quarters?|fourths?|fifths?)"
    + WORD_END
    + r"|°|e[-+]?[0-9]|[-−:]\s*[0-9]|(?:in|out of|per|to|every)\s+[0-9]|(?:k|score|kilo|mega|milli|micro|nano)\b"
    r"|\((?:recurring|repeating|periodic)|\(?(?:in\s+)?(?:base|binary|octal|hex|hexadecimal)\b|[백천만억조](?:만|억)?|할|도|분|시간"
)


GOES_ON = re.compile(  # words that count nothing: the sentence goes on with them, as far as anybody knows with no others
    r"(?i)(?!in\s+(?!(?:a|all|an|any|each|his|its|my|no|our|the|this)\b)(?:[a-z]+s|[a-z]{1,3}|percent|unit|base|binary|hex\w*|octal)\b)"
    r"(?!at (?:most|least)\b|or (?:more|less|so|fewer)\b|and an? (?:half|third|quarter)\b|up to\b|to (?:the )?(?:nearest|next)\b"
    r"|as an? (?:percent|fraction|share|multiple)|with (?:a )?(?:remainder|rest)\b|rounded (?:up|down|off|to the nearest)\b)"
    r"(?:a|about|above|after|again|agree|all|along|already|also|although|always|an|and|any|anyway|appears?|are|as|at|be"
    r"|because|become|been|before|below|beside|between|both|but|by|came|can|catch(?:es)?|claim(?:s|ed)?|come|comes|correct|could"
    r"|did|differs?|do|does|each|either|else|even|ever|every|except|fails?|false|follows?|for|from|gave|get|gets|give[ns]?|gives"
    r"|goes|got|had|has|have|he|hence|her|here|his|hold|holds|how|however|i|if|in|incorrect|indeed|instead|is|it|its|just|know"
    r"|lea(?:d|ds|ve|ves)|let|lies?|like|looks?|made|makes?|matters|may|means?|meant|might|must|my|needs?|neither|never|no|nor|not"
    r"|now|of course|off|often|on|once|only|or|our|out|overall|proved|proves?|rather|remains?|respectively|right|rounded|said|say"
    r"|says|see|seems?|set|she|should|shows?|shown|since|so|stands|states?|still|stays?|takes?|tells?|than|that|the|their|then"
    r"|there|therefore|these|they|this|those|though|thus|to|together|told|too|took|true|turns|under|unless|until|up|use[ds]?|using"
    r"|very|via|vs|was|we|well|went|were|what|when|where|whereas|whether|which|while|who|whose|why|will|with|within|without|works?"
    r"|would|wrong|yes|yet|yields?|you|your|[a-z]+ly)" + WORD_END
)
WORD = re.compile("[A-Za-zµμ]")
COUNTED = re.compile(
    r"(?i)[€£¥₩½⅓¼¾₀-₉]|<su[bp]>|[/x]\s*[`$(0-9]|(?:plus|minus)[`$(0-9]|, in (?:base|binary|octal|hex)"
    r"|\(\s*(?:rounded (?:up|down|off|to the nearest)|truncated|cut off|in [a-z]+s?\)|[a-zµμ]{1,3}\))"
    r"|일(?!\s*[때것수]|[까지반치단정부])|주(?![어의장])|프로|배|번|회(?!귀)|개(?!념)|명(?![제백])|원(?![래소])|달러|초(?![과기])|년|월"
    r"|달(?![라리])|시(?![작도])|킬로|메가|기가|테라|그램|미터|리터|다스|진수|[이십]진|나머지|올림|내림|버림"
)


def _behind(after: str, kind: Kind) -> tuple[str, Ended]:
    """What stands behind a span and belongs to its last number, as it would stand inside; and whether more stands there."""
    closed = CLOSED.match(after)
    rest = after[closed.end() :] if closed else ""
    behind = ""
    if closed and not closed[1] and (found := DOTS.match(rest)):
        behind = r"\ldots" if kind is Kind.LATEX else "..."
    elif found := PERCENT.match(rest):
        behind = r"\%" if kind is Kind.LATEX else "%"
    elif found := INFORMATION.match(rest):
        behind = rf" \text{{ {found[0]}}}" if kind is Kind.LATEX else f" {found[0]}"
    if found:
        rest = rest[found.end() :].lstrip()
        if re.match(r"(?i)(?:points?|p)\b|포인트|(?:of\s|의)\s*[`$(0-9]", rest):
            return behind, Ended.BEHIND
        return behind, Ended.PERHAPS if re.match(r"(?i)of\b", rest) else Ended.HERE
    if FURTHER.match(rest):
        return "", Ended.BEHIND
    near = closed is not None and "\n" not in closed[1]
    counted = not GOES_ON.match(rest) if WORD.match(rest) else COUNTED.match(rest)
    return "", Ended.PERHAPS if PERHAPS.match(rest) or (near and counted) else Ended.HERE


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

"""A document in a terminal, by rich: 80 columns are enough, colours are never needed, ASCII where it must be."""

from __future__ import annotations

from dataclasses import replace

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from mathcore.render import document as d
from mathcore.translation import _

COLOURS = {"proved": "green", "refuted": "red", "CONFLICT": "red"} | dict.fromkeys(
    ("unknown", "conditional", "decided"), "yellow"
)


def write(document: d.Document, console: Console, form: str = "unicode") -> None:
    """Print it; `form` says which form of the mathematics: unicode, text (ASCII) or latex."""
    _Writer(console, form).document(document)


WHOLE = 24  # characters of a formula inside a sentence that are not broken between two lines
JOINED = "\ue000"  # stands for a blank there
NAME = 15  # columns that the first column of a table has at least: the longest word in the name of a card


class _Writer:
    def __init__(self, console: Console, form: str) -> None:
        self.console, self.form = console, form

    def document(self, document: d.Document) -> None:
        if document.title:
            self.heading(document.title, 1)
        for block in document.blocks:
            self.block(block, 2)

    def heading(self, title: str, depth: int) -> None:
        shown = self.plain(title)
        indent = "  " if depth > 2 else ""
        self.console.print(Text(indent + shown, style="bold"))
        self.console.print(indent + ("=", "-", ".")[min(depth, 3) - 1] * cell_len(shown))
        if depth == 1:
            self.console.print()

    def block(self, block: d.Block, depth: int) -> None:
        match block:
            case d.Section():
                self.heading(block.title, depth)
                for inner in block.blocks:
                    self.block(inner, depth + 1)
                return
            case d.Paragraph():
                self.hanging("  ", self.whole(block.parts))
            case d.Display():
                for formula in block.formulas:
                    self.hanging("    ", self.formula(formula), 4)
            case d.Chain(told=True):
                self.hanging("  ", self.whole(block.only_reason.parts))
            case d.Chain():
                self.chain(block)
            case d.Bullets():
                for number, item in enumerate(block.items, 1):
                    self.hanging(f"  {number}. " if block.ordered else "  - ", self.whole(item))
            case d.Quotation():
                for inner in block.blocks:
                    self.block(inner, depth)
                return
            case d.Table():
                self.table(block)
            case d.Details():
                self.hanging("  ", self.whole((f"{block.summary}: ", *block.parts)))
            case d.CodeBlock():
                self.console.print("\n".join("    " + row for row in block.text.rstrip().split("\n")))
        self.console.print()

    def chain(self, chain: d.Chain) -> None:
        self.hanging("    ", self.formula(chain.start), 4)
        for link in chain.links:
            self.hanging(f"    {self.formula(link.relation).plain} ", self.formula(link.formula), 4)
            reason = self.whole(link.why)
            reason.stylize("dim")
            if link.level not in ("", "proved"):
                reason.append(" - ")
                reason.append(_(link.level), style=COLOURS.get(link.level, ""))
            mark = self.plain(d.PROVED) if link.level == "proved" else ""
            self.hanging(f"{mark:>8} ", reason)

    def hanging(self, prefix: str, text: Text, more: int = 0) -> None:
        """The text after its prefix, wrapped lines below its beginning; no blanks at the ends of lines."""
        room = max(20, self.console.width - len(prefix) - more)
        for place, row in enumerate(text.wrap(self.console, room, overflow="fold")):
            row.rstrip()
            row.plain = row.plain.replace(JOINED, " ")
            before = prefix if place == 0 else " " * (len(prefix) + more)
            self.console.print(Text(before).append_text(row), soft_wrap=True)

    def table(self, table: d.Table) -> None:
        first = [self.line(cells[0]) for cells in table.rows]
        unnamed = self.grid(table, [Text() for _ in first])
        widest = self.console.measure(unnamed, options=self.console.options.update(max_width=1000)).maximum
        room = max(NAME, self.console.width - widest + NAME)
        for row in self.console.render_lines(self.grid(table, [broken(name, room) for name in first]), pad=False):
            text = Text.assemble(*((part.text, part.style or "") for part in row))
            text.rstrip()
            self.console.print(text, soft_wrap=True)

    def grid(self, table: d.Table, first: list[Text]) -> Table:
        """The table with this first column."""
        rule = "──" if self.form == "unicode" else "--"
        lines = ("    ", "    ", f" {rule} ", *["    "] * 5)  # below the head
        shown = Table(box=Box("\n".join(lines) + "\n", ascii=self.form != "unicode"), padding=0, pad_edge=False, show_edge=False)
        justify: dict[str, JustifyMethod] = {"l": "left", "r": "right", "c": "center"}
        for place, (title, side) in enumerate(zip(table.heads, table.align or "l" * len(table.header), strict=True)):
            narrowest = NAME if place == 0 else None
            shown.add_column(self.line(title), justify=justify[side], overflow="fold", min_width=narrowest)
        for name, (__, *rest) in zip(first, table.rows, strict=True):
            shown.add_row(name, *(self.line(c) for c in rest))
        return shown

    def line(self, parts: d.Line) -> Text:
        text = Text(overflow="fold")
        for part in parts:
            match part:
                case d.Maths():
                    text.append_text(self.formula(part))
                case d.Strong():
                    text.append(self.plain(part.text), style=f"bold {COLOURS.get(part.text, '')}".strip())
                case d.Emphasis():
                    text.append(self.plain(part.text), style="italic")
                case d.Code() | d.Link() | d.Picture():
                    text.append(self.plain(part.text))
                case str():
                    text.append(self.plain(part), style=COLOURS.get(part, ""))
        return text

    def formula(self, formula: d.Maths) -> Text:
        return Text(getattr(formula, self.form), overflow="fold")

    def whole(self, parts: d.Line) -> Text:
        """The line, with a mark for each blank inside a short formula, which is not to be broken; `hanging` takes it away."""
        return self.line(tuple(self._joined(p) if isinstance(p, d.Maths) else p for p in parts))

    def _joined(self, formula: d.Maths) -> d.Maths:
        shown = getattr(formula, self.form)
        return replace(formula, **{self.form: shown.replace(" ", JOINED)}) if len(shown) <= WHOLE else formula

    def plain(self, text: str) -> str:
        return text if self.form == "unicode" else ascii_only(text)


def broken(text: Text, room: int) -> Text:
    """A long name_of_words, broken between the words."""
    if len(text) <= room or " " in text.plain:
        return text
    rows = [""]
    for word in text.plain.replace("_", "_ ").split(" "):
        rows = [*rows[:-1], rows[-1] + word] if len(rows[-1] + word) <= room else [*rows, word]
    return Text("\n".join(r for r in rows if r), overflow="fold")


REPLACED = {"≤": "<=", "≥": ">=", "≠": "!=", "∞": "inf", "·": "-", "–": "-", "—": "-", "…": "...", "×": "x", "“": '"', "”": '"',
            "‘": "'", "’": "'", "→": "->", "∈": "in", "✓": "[ok]", "é": "e", "ö": "o", "ü": "u", "ä": "a"}  # fmt: skip


def ascii_only(text: str) -> str:
    """The text in ASCII; what has no near spelling becomes a question mark."""
    for sign, spelling in REPLACED.items():
        text = text.replace(sign, spelling)
    return text.encode("ascii", "replace").decode("ascii")

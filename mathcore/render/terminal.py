"""A document in a terminal, by rich: 80 columns are enough, colours are never needed, ASCII where it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mathcore.render import document as d

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod
    from rich.text import Text

COLOURS = {"proved": "green", "refuted": "red", "CONFLICT": "red"} | dict.fromkeys(
    ("unknown", "conditional", "decided"), "yellow"
)


def write(document: d.Document, console: Console, form: str = "unicode") -> None:
    """Print it; `form` says which form of the mathematics: unicode, text (ASCII) or latex."""
    _Writer(console, form).document(document)


NAME = 13  # columns that the first column of a table has at least


class _Writer:
    def __init__(self, console: Console, form: str) -> None:
        self.console, self.form = console, form

    def document(self, document: d.Document) -> None:
        if document.title:
            self.heading(document.title, 1)
        for block in document.blocks:
            self.block(block, 2)

    def heading(self, title: str, depth: int) -> None:
        from rich.text import Text

        shown = self.plain(title)
        indent = "  " if depth > 2 else ""
        self.console.print(Text(indent + shown, style="bold"))
        if depth < 3:
            self.console.print(("=" if depth == 1 else "-") * len(shown))
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
                self.hanging("  ", self.line(block.parts))
            case d.Display():
                for formula in block.formulas:
                    self.hanging("    ", self.formula(formula), 4)
            case d.Chain():
                self.chain(block)
            case d.Bullets():
                for item in block.items:
                    self.hanging("  - ", self.line(item))
            case d.Table():
                self.table(block)
            case d.Details():
                self.hanging("  ", self.line((f"{block.summary}: ", *block.parts)))
            case d.CodeBlock():
                self.console.print("\n".join("    " + row for row in block.text.rstrip().split("\n")))
        self.console.print()

    def chain(self, chain: d.Chain) -> None:
        self.hanging("    ", self.formula(chain.start), 4)
        for link in chain.links:
            self.hanging(f"    {self.formula(link.relation).plain} ", self.formula(link.formula), 4)
            reason = self.line(link.reason)
            reason.stylize("dim")
            if link.level not in ("", "proved"):
                reason.append(" - ")
                reason.append(link.level, style=COLOURS.get(link.level, ""))
            mark = self.plain(d.PROVED) if link.level == "proved" else ""
            self.hanging(f"{mark:>8} ", reason)

    def hanging(self, prefix: str, text: Text, more: int = 0) -> None:
        """The text after its prefix, wrapped lines below its beginning; no blanks at the ends of lines."""
        from rich.text import Text

        room = max(20, self.console.width - len(prefix) - more)
        for place, row in enumerate(text.wrap(self.console, room, overflow="fold")):
            row.rstrip()
            before = prefix if place == 0 else " " * (len(prefix) + more)
            self.console.print(Text(before).append_text(row), soft_wrap=True)

    def table(self, table: d.Table) -> None:
        from rich.box import Box
        from rich.table import Table

        rule = "──" if self.form == "unicode" else "--"
        lines = ("    ", "    ", f" {rule} ", "    ", "    ", f" {rule} ", "    ", "    ")  # above and below: the head, the foot
        box = Box("\n".join(lines) + "\n", ascii=self.form != "unicode")
        shown = Table(box=box, padding=0, pad_edge=False, show_edge=False, show_footer=bool(table.footer))
        justify: dict[str, JustifyMethod] = {"l": "left", "r": "right", "c": "center"}
        align = table.align or "l" * len(table.header)
        footer = table.footer or ((),) * len(table.header)
        for place, (title, side, foot) in enumerate(zip(table.header, align, footer, strict=True)):
            narrowest = NAME if place == 0 else None
            shown.add_column(title, justify=justify[side], overflow="fold", footer=self.line(foot), min_width=narrowest)
        for first, *rest in table.rows:
            shown.add_row(self.name(self.line(first)), *(self.line(c) for c in rest))
        if self.console.measure(shown, options=self.console.options.update(max_width=1000)).maximum > self.console.width:
            shown.show_footer = False  # totals broken over lines are worse than none; the sentence below has them
        self.console.print(shown)

    def name(self, text: Text) -> Text:
        """A long name_of_words in a narrow terminal, broken between the words."""
        from rich.text import Text

        if self.console.width >= 100 or len(text) <= NAME or " " in text.plain:
            return text
        rows = [""]
        for word in text.plain.replace("_", "_ ").split(" "):
            rows = [*rows[:-1], rows[-1] + word] if len(rows[-1] + word) <= NAME else [*rows, word]
        return Text("\n".join(r for r in rows if r), overflow="fold")

    def line(self, parts: d.Line) -> Text:
        from rich.text import Text

        text = Text(overflow="fold")
        for part in parts:
            match part:
                case d.Maths():
                    text.append_text(self.formula(part))
                case d.Strong():
                    text.append(self.plain(part.text), style=f"bold {COLOURS.get(part.text, '')}".strip())
                case d.Code() | d.Link():
                    text.append(self.plain(part.text))
                case str():
                    text.append(self.plain(part), style=COLOURS.get(part, ""))
        return text

    def formula(self, formula: d.Maths) -> Text:
        from rich.text import Text

        return Text(getattr(formula, self.form), overflow="fold")

    def plain(self, text: str) -> str:
        return text if self.form == "unicode" else ascii_only(text)


REPLACED = {"≤": "<=", "≥": ">=", "≠": "!=", "∞": "inf", "·": "-", "–": "-", "—": "-", "…": "...", "×": "x", "“": '"', "”": '"',
            "‘": "'", "’": "'", "→": "->", "∈": "in", "✓": "[ok]", "é": "e", "ö": "o", "ü": "u", "ä": "a"}  # fmt: skip


def ascii_only(text: str) -> str:
    """The text in ASCII; what has no near spelling becomes a question mark."""
    for sign, spelling in REPLACED.items():
        text = text.replace(sign, spelling)
    return text.encode("ascii", "replace").decode("ascii")

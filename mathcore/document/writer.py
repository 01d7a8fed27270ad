"""A document in its canonical text: wrapped at 96 columns, the same text again when it is formatted again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import pairwise

from mathcore import card as c
from mathcore.document import reason
from mathcore.document import value as v
from mathcore.document.reader import RELATION, RULE, markdown
from mathcore.language.chain import arrows, composed, relation_of

WIDTH = 96
# what begins something else where a line begins with it
BEGINS = re.compile(r"([-+*>|]|#{1,6}$|\d{1,9}[.)]$|=+$|-+$|`{3}|~{3})")


def write(document: v.Document) -> str:
    """The text of a document: `read` gives the same document, and `write` of that the same text."""
    return "\n\n".join("\n".join(_block(block)) for block in document.blocks) + "\n"


def _block(block: v.Block) -> list[str]:
    match block:
        case v.Heading():
            return [f"{'#' * block.level} {block.text}"]
        case v.Prose():
            return reflowed(block.text)
        case v.Formula():
            return _fence("formula", table([(row.key, row.value) for row in block.rows]))
        case v.Given():
            return _fence("given", [line for part in _declared(block.text) for line in formula_lines("", part, "  ")])
        case v.Chain():
            return _fence(f"derivation {block.derivation.key}", list(_chain(block.derivation)))
        case v.Items():
            return _fence(block.kind.value, [line for item in block.items for line in _item(item)])
        case v.Mistakes():
            return _fence("mistakes", block.names)
        case v.Bars():
            return _fence("accuracy", table(_bars(block.accuracy)))
        case v.Exercises():
            parts = [_exercise(number, exercise) for number, exercise in enumerate(block.exercises, 1)]
            return [line for place, part in enumerate(parts) for line in ([""] if place else []) + part]
        case v.Code():
            return _fence(block.info, block.text.split("\n")[:-1])


def _fence(info: str, lines: Sequence[str]) -> list[str]:
    sign = "~" if "`" in info else "`"  # CommonMark has no backtick behind backticks
    inside = max((len(found[1]) for line in lines if (found := re.match(rf" {{0,3}}({sign}{{3,}})", line))), default=2)
    mark = sign * (inside + 1)
    return [f"{mark}{info}", *lines, mark]


def table(rows: Sequence[tuple[str, str]]) -> list[str]:
    """`key  value` with the values below each other."""
    column = max((len(key) for key, _ in rows), default=0) + 2
    return [line for key, value in rows for line in formula_lines(f"{key:<{column}}", value, " " * column)]


def _bars(accuracy: c.Accuracy) -> list[tuple[str, str]]:
    said = [(f.name, getattr(accuracy, f.name)) for f in fields(accuracy) if getattr(accuracy, f.name) != f.default]
    return [(name, f"{x:g}" if isinstance(x, float | int) and x is not True else "yes" if x is True else x) for name, x in said]


# derivations and statements -------------------------------------------------------------------------------------------


def _chain(derivation: c.Derivation) -> Iterator[str]:
    premise, first = split_claim(derivation)
    for word, text in (("if", premise), ("given", derivation.given), ("instance", derivation.instance)):
        if text:
            yield from formula_lines(f"{word} ", text, "  ")
    yield from formula_lines("", first, "  ")
    for step in derivation.steps:
        yield from formula_lines("", step.text, "  ")
        yield from _told(step)
    if derivation.equality:
        yield from formula_lines("equality ", derivation.equality, "  ")


def split_claim(derivation: c.Derivation) -> tuple[str, str]:
    """The premise of a claim, and the first line of its derivation: what is left of it without relation and last line."""
    last = derivation.steps[-1].text
    relation = composed(tuple(relation_of(step.text) for step in derivation.steps))
    end = f" {relation} {last[len(relation_of(last)) :].strip()}"
    if not derivation.claim.endswith(end):
        raise ValueError(f"{derivation.key}: the steps end with `{end.strip()}`, and the claim does not: {derivation.claim}")
    *premise, first = arrows(derivation.claim[: -len(end)])
    return " ".join(premise), first.removeprefix("=>").strip() if premise else first


def _told(step: c.Step) -> Iterator[str]:
    brackets, parts = reason.write(step.by) if step.by is not None else ("", ())
    yield from words_lines("    ", f"{brackets} {step.why}".strip(), "    ") if brackets or step.why else ()
    yield from _listed(parts, "    ")


def _listed(parts: Sequence[reason.Part], margin: str) -> Iterator[str]:
    for part in parts:
        yield from formula_lines(f"{margin}- ", part.text, f"{margin}  ")
        yield from _listed(part.parts, f"{margin}  ")


def _item(item: v.Item) -> Iterator[str]:
    head = f"{item.name}: {item.statement}" if item.name else item.statement
    short = f"{head}  # {item.words}"
    if item.words and not (item.given or item.instance) and len(short) <= WIDTH:
        yield short
        return
    yield from formula_lines("", head, "  ")
    for word in ("given", "instance"):
        if getattr(item, word):
            yield from formula_lines(f"    {word} ", getattr(item, word), "      ")
    if item.words:
        yield from words_lines("    # ", item.words, "      ")


def _declared(text: str) -> list[str]:
    return [part.strip() for part in text.split(";")]


# lines ----------------------------------------------------------------------------------------------------------------


def formula_lines(first: str, text: str, rest: str) -> list[str]:
    """A formula in lines, broken where the fewest brackets are open, as late as possible."""
    lines, margin, words = [], first, text.split()
    while words:
        depth, best, length = 0, (0, 0), len(margin) - 1
        for place, word in enumerate(words, 1):
            length += 1 + len(word)
            if length > WIDTH and place > 1:
                break
            depth += sum(word.count(b) for b in "([") - sum(word.count(b) for b in ")]")
            cost = depth - word.endswith(";")  # between two declarations rather than inside one
            if length > WIDTH // 2 and (best[0] == 0 or cost <= best[1]):
                best = (place, cost)
        else:
            best = (len(words), 0)
        taken = best[0] or max(place - 1, 1)
        lines.append(margin + " ".join(words[:taken]))
        words, margin = words[taken:], rest
    return lines


def words_lines(first: str, text: str, rest: str) -> list[str]:
    """Words in lines; what stands in `backticks`, `$..$`, links and brackets stays together where it fits on a line."""
    lines, line = list[str](), first
    for word in atoms(text):
        fresh = line in (first, rest)
        if not fresh and len(line) + 1 + len(word) > WIDTH and not _begins(word):
            lines.append(line)
            line, fresh = rest, True
        line += word if fresh else f" {word}"
    return [*lines, line]


ATOM = re.compile(r"(?:`+[^`]*`+|\$[^$\s][^$]*\$|!?\[[^\]\n]*\]\([^)\s]*\)|[^ \t\n])+")


def atoms(text: str) -> list[str]:
    """The words of a text; a blank at which no line breaks belongs to a word."""
    return [re.sub(r"[ \t\n]+", " ", found[0]) for found in ATOM.finditer(text)]


def _begins(word: str) -> bool:
    return bool(BEGINS.match(word) or RELATION.match(f"{word} x") or RULE.match(word))


# prose ----------------------------------------------------------------------------------------------------------------


def _exercise(number: int, exercise: c.Exercise) -> list[str]:
    mark = f"{number}. "
    margin = " " * len(mark)
    return [*words_lines(mark, exercise.question, margin), "", *words_lines(f"{margin}> ", exercise.answer, f"{margin}> ")]


def reflowed(text: str) -> list[str]:
    """Markdown with its paragraphs wrapped; nothing but white space changes, and nothing that it means."""
    lines = [line.rstrip() if not line.endswith("  ") else line for line in text.split("\n")]
    found: list[str] = []
    done = 0
    for opening, inline in _paragraphs(text):
        first, last = opening
        content = inline.split("\n")
        source = lines[first:last]
        prefix = source[0][: len(source[0]) - len(content[0].rstrip())]
        hard = any(line.endswith(("  ", "\\")) for line in content[:-1])
        kept = hard or len(inline) > 20_000 or not source[0].endswith(content[0].rstrip())
        found += lines[done:first]
        found += source if kept else words_lines(prefix, inline, re.sub(r"[^>\t]", " ", prefix))
        done = last
    return [line.rstrip() if not line.endswith("  ") else line for line in found + lines[done:]]


def _paragraphs(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """First and last line of each paragraph, and what it says."""
    tokens = markdown().parse(text)
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open" and opening.map:
            yield (opening.map[0], opening.map[1]), inline.content

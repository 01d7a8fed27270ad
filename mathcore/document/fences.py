"""What stands in each kind of fence, read line by line: a formula, a derivation, a list of statements, names, bars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import takewhile

from mathcore import card as c
from mathcore.document import reason
from mathcore.document.error import Unreadable
from mathcore.document.value import Bars, Block, Chain, Formula, Given, Item, Items, Kind, Mistakes, Row
from mathcore.language.chain import arrows, composed, relation_of
from mathcore.language.parser.error import INSTEAD
from mathcore.rules.rule import Rule

Line = tuple[int, str]  # its number in the document, its text

FORMULA = (
    "given", "define", "write", "on_bits", "numeric", "about", "units", "uses", "prerequisites", "topic",
)  # fmt: skip
HEADERS = ("given", "if", "instance")
GO_ON = "a line of a derivation begins with a relation; indent by 2 to go on with the line above, by 4 for a reason"


def indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def gathered(lines: Sequence[Line], column: int = 1) -> Iterator[list[Line]]:
    """Each line that begins before `column`, with the lines below it that do not."""
    group: list[Line] = []
    for number, text in lines:
        if not text.strip():
            continue
        if indent(text) < column and group:
            yield group
            group = []
        group.append((number, text))
    if group:
        yield group


def joined(lines: Sequence[Line]) -> str:
    return " ".join(word for _, text in lines for word in text.split())


# formula, given, accuracy, mistakes -----------------------------------------------------------------------------------


def formula(key: str, lines: Sequence[Line], start: int) -> Formula:
    _no_key("formula", key, start)
    rows = []
    for group in gathered(lines):
        number = group[0][0]
        name, _, value = joined(group).partition(" ")
        if name not in FORMULA:
            raise Unreadable(number, f"`{name}` is nothing that a formula has: begin with one of {', '.join(FORMULA)}")
        if not value.strip():
            raise Unreadable(number, f"nothing stands behind `{name}`")
        for below, text in group[1:]:
            if re.match(rf"\s+({'|'.join(FORMULA)})\s\s", text):
                raise Unreadable(below, f"`{text.split()[0]}` is indented: each row begins in the first column")
        rows.append(Row(name, value.strip(), number))
    for name in ("define", "on_bits", "numeric", "about", "units", "topic"):
        of_name = [row for row in rows if row.key == name]
        if len(of_name) > 1 and name != "define":
            raise Unreadable(of_name[1].line, f"`{name}` stands here twice")
    return Formula(tuple(rows), start)


def given(key: str, lines: Sequence[Line], start: int) -> Given:
    _no_key("given", key, start)
    text = "; ".join(joined(group) for group in gathered(lines))
    if not text:
        raise Unreadable(start, "nothing is given: write n: size; z: real[n]")
    return Given(text, start)


def accuracy(key: str, lines: Sequence[Line], start: int) -> Bars:
    _no_key("accuracy", key, start)
    kinds = {f.name: str(f.type) for f in fields(c.Accuracy)}
    values: dict[str, float | str | bool] = {}
    for group in gathered(lines):
        number = group[0][0]
        name, _, value = joined(group).partition(" ")
        value = value.strip()
        if name not in kinds or not value:
            raise Unreadable(number, f"`{name}`: write one of {', '.join(kinds)}, and behind it its value")
        if name in values:
            raise Unreadable(number, f"`{name}` stands here twice")
        if name == "refuses":
            try:
                _ = c.Accuracy(refuses=value).refused
            except ValueError:
                raise Unreadable(number, f"`{value}`: write options with numbers, as in slope: -1, nan; alpha: 2") from None
        if name == "conventions" and (unknown := set(c.Accuracy(conventions=value).accepted) - set(c.CONVENTIONS)):
            raise Unreadable(number, f"`{min(unknown)}` is no convention: write one of {', '.join(c.CONVENTIONS)}")
        if name.startswith("float") or name == "readable":
            if not re.fullmatch(r"\d+(\.\d+)?", value):
                raise Unreadable(number, f"`{value}` is no bar: write a number of ULP, as in {name}  5")
            values[name] = float(value)
        elif name == "masks":
            if value != "yes":
                raise Unreadable(number, f"`masks {value}`: write masks  yes, or leave the line out")
            values[name] = True
        else:
            values[name] = value
    return Bars(c.Accuracy(**values), start)  # type: ignore[arg-type]  # as declared, one by one


def mistakes(key: str, lines: Sequence[Line], start: int) -> Mistakes:
    _no_key("mistakes", key, start)
    return Mistakes(tuple(joined(group) for group in gathered(lines)), start)


def _no_key(language: str, key: str, start: int) -> None:
    if key:
        raise Unreadable(start, f"```{language} takes no key: leave out `{key}`")


# statements -----------------------------------------------------------------------------------------------------------


def items(kind: Kind) -> Callable[[str, Sequence[Line], int], Items]:
    def read(key: str, lines: Sequence[Line], start: int) -> Items:
        _no_key(kind.value, key, start)
        found, shared = list[Item](), ""
        for group in gathered(lines):
            if group[0][1].startswith("given "):  # of all statements below
                shared = "; ".join(filter(None, (shared, joined(group).removeprefix("given "))))
                continue
            item = _item(kind, group)
            found.append(replace(item, given="; ".join(filter(None, (shared, item.given)))))
        return Items(kind, tuple(found), start)

    return read


def _item(kind: Kind, group: Sequence[Line]) -> Item:
    number = group[0][0]
    head = " ".join(text.strip() for _, text in group if indent(text) < 4)
    text, remark = (" ".join(part.split()) for part in (head.partition("  # ")[0], head.partition("  # ")[2]))
    if not text or text.startswith("# "):
        raise Unreadable(number, "words, and no statement above them: a statement begins in the first column")
    name, values, words = "", {"given": "", "instance": ""}, [remark] if remark else []
    if kind is Kind.LAWS:
        name, separator, text = text.partition(": ")
        if not separator:
            raise Unreadable(number, f"`{name}`: a law has a name, write NAME: STATEMENT")
    for below in gathered([line for line in group if indent(line[1]) >= 4], 5):
        said = joined(below)
        word, _, rest = said.partition(" ")
        if word == "#":
            words.append(rest)
        elif word in values and not values[word]:
            values[word] = rest.strip()
        else:
            raise Unreadable(below[0][0], f"`{said[:40]}`: below a statement stand given ..., instance ... or # and words")
    return Item(text.strip(), name.strip(), words=" ".join(words), line=number, **values)


# derivations ----------------------------------------------------------------------------------------------------------


def chain(key: str, lines: Sequence[Line], start: int) -> Chain:
    """First line, then relation, expression, reason; what holds for all of it stands above."""
    values = dict.fromkeys((*HEADERS, "equality"), "")
    first, steps, places = "", list[c.Step](), list[int]()
    for group in gathered(lines):
        number = group[0][0]
        head = [line for line in group if indent(line[1]) < 4]
        below = [line for line in group if indent(line[1]) >= 4]
        text = re.sub(r"^==(?!=)\s*", "= ", joined(head))
        word, _, rest = text.partition(" ")
        if not first and word in HEADERS:
            values[word] = "; ".join(filter(None, (values[word], rest.strip())))
        elif steps and word == "equality":
            values["equality"] = rest.strip()
        elif not first:
            if relation_of(text):
                raise Unreadable(number, f"`{text[:40]}` is a relation with nothing above it: write the left side first")
            first, *more = arrows(text)
            steps += [c.Step(step) for step in more]
            places += [number] * len(more)
            if below:
                raise Unreadable(below[0][0], "the first line has no reason: a reason stands below the line that it is for")
        elif relation_of(text):
            rule, why = _reason(below)
            steps.append(c.Step(text, rule, why))
            places.append(number)
        else:
            sign = INSTEAD.get(text[0], "")
            told = f"write {sign} for {text[0]}" if relation_of(sign) else GO_ON
            raise Unreadable(number, f"`{text[:40]}`: {told}")
    if not first:
        raise Unreadable(start, "an empty derivation: write the left side, then a line for each step")
    if not steps:
        raise Unreadable(start, "a derivation needs a step: a line that begins with =, !=, <=, <, >=, >, <=> or =>")
    relation = composed(tuple(relation_of(step.text) for step in steps))
    if relation is None:
        ops = [relation_of(step.text) for step in steps]
        why = "point in different directions and show nothing together"
        why = "show nothing together: beside one != only = may stand" if "!=" in ops else why
        raise Unreadable(places[0], f"the relations {' '.join(ops)} {why}")
    last = steps[-1].text
    claim = f"{first} {relation} {last[len(relation_of(last)) :].strip()}"
    if values["if"]:
        premise = values["if"] if len(arrows(values["if"])) == 1 else f"({values['if']})"
        claim = f"{premise} => {claim}"
    derivation = c.Derivation("", claim, tuple(steps), key, values["given"], values["equality"], values["instance"])
    return Chain(derivation, tuple(places), start)


def _reason(lines: Sequence[Line]) -> tuple[Rule | None, str]:
    """The rule and the words below a line; what begins with `- ` is the list of the rule."""
    told: list[tuple[int, str, int]] = []  # column of a part (0 for the reason itself), text, number
    for number, text in lines:
        said = " ".join(text.split())
        if said.startswith("- "):
            told.append((indent(text), said[2:].strip(), number))
        elif told:
            told[-1] = (told[-1][0], f"{told[-1][1]} {said}", told[-1][2])
        else:
            told.append((0, said, number))
    if not told:
        return None, ""
    if told[0][0]:
        raise Unreadable(told[0][2], f"`- {told[0][1]}`: a list belongs below a rule, such as [cases]")
    _, whole, number = told[0]
    if re.match(r"[-+*/^=<>]\s", whole):
        raise Unreadable(number, f"`{whole[:40]}` looks like mathematics in the place of a reason: {GO_ON}")
    return reason.read(whole, _parts(told[1:]), number)


def _parts(told: Sequence[tuple[int, str, int]], depth: int = 0) -> tuple[reason.Part, ...]:
    """A list, each part with the list that stands further to the right below it."""
    if depth > reason.DEEPEST:
        raise Unreadable(told[0][2], f"lists inside each other, more than {reason.DEEPEST}: take the step in several lines")
    found: list[reason.Part] = []
    for place, (column, text, number) in enumerate(told):
        if column <= told[0][0]:
            below = list(takewhile(lambda part: part[0] > told[0][0], told[place + 1 :]))
            found.append(reason.Part(text, number, _parts(below, depth + 1)))
    return tuple(found)


READERS: dict[str, Callable[[str, Sequence[Line], int], Block]] = {
    "formula": formula,
    "given": given,
    "derivation": chain,
    "accuracy": accuracy,
    "mistakes": mistakes,
    **{kind.value: items(kind) for kind in Kind},
}

"""What is asked of a class, as its teacher writes it in TOML: functions, derivations, laws, and what each is worth.

Points are kept in hundredths, so that they add up. An error names file, table, key, value and remedy.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mathcore.grading.isolation.level import Level
from mathcore.grading.points import SPLIT
from mathcore.translation import N_

HUNDRED = 100
MOST = 1 << 20  # bytes of an assignment
EFFORTS, ACCURACIES, BATCHES = ("quick", "normal", "thorough"), ("ordinary", "card"), ("optional", "required")
SEED = 20230227


class WrongAssignment(ValueError):
    """The assignment cannot be used as it stands; the message says what to write."""


@dataclass(frozen=True)
class FunctionItem:
    """A function to be written; `files` are patterns of where it may stand."""

    name: str
    card: str
    points: int
    files: tuple[str, ...] = ("*.py", "*.ipynb")
    call: str = ""
    batches: str = "optional"
    accuracy: str = "ordinary"
    kind = N_("function")


@dataclass(frozen=True)
class DerivationItem:
    """A statement to be derived in at least so many steps."""

    name: str
    card: str
    points: int
    show: str
    given: str = ""
    files: tuple[str, ...] = ("*.md",)
    least_steps: int = 2
    kind = N_("derivation")


@dataclass(frozen=True)
class LawItem:
    """A law of a card's function to be written; `catches` wrong implementations make full points (0: as the card's best law)."""

    name: str
    card: str
    points: int
    files: tuple[str, ...] = ("*.md",)
    catches: int = 0
    kind = N_("law")


Item = FunctionItem | DerivationItem | LawItem


@dataclass(frozen=True)
class Assignment:
    """All of it; two assignments with the same digest give the same points."""

    title: str
    items: tuple[Item, ...]
    level: Level = Level.LIMITS
    seed: int = SEED
    effort: str = "quick"
    deadline: datetime | None = None
    split: Mapping[str, int] = field(default_factory=lambda: dict(SPLIT))

    @property
    def points(self) -> int:
        return sum(item.points for item in self.items)

    def item(self, name: str) -> Item:
        return next(item for item in self.items if item.name == name)

    def digest(self, item: Item) -> str:
        """Of all that decides the points of one item, the submission and the engine apart."""
        said = {"kind": item.kind, **asdict(item), "seed": self.seed, "effort": self.effort, "level": str(self.level)}
        if isinstance(item, FunctionItem):
            said["split"] = sorted(self.split.items())
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


# reading --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """One table of the file, with its keys taken out one by one; what is left over is an error."""

    file: str
    name: str
    values: dict[str, Any]
    known: tuple[str, ...]

    def wrong(self, key: str, what: str) -> WrongAssignment:
        return WrongAssignment(f"{self.file}: [{self.name}] {key}{what}")

    def close(self) -> None:
        for key in self.values:
            if key not in self.known:
                near = get_close_matches(key, self.known, 1, 0.4)
                remedy = f"did you mean {near[0]}?" if near else f"known are {', '.join(self.known)}"
                raise self.wrong(key, f" is no key of this table; {remedy}")

    def text(self, key: str, default: str | None = None, among: tuple[str, ...] = ()) -> str:
        value = self.values.get(key, default)
        if value is None:
            raise self.wrong(key, f' is missing; write {key} = "..."')
        if not isinstance(value, str):
            raise self.wrong(key, f" = {value!r} must be text; put it in quotes")
        if among and value not in among:
            near = get_close_matches(value, among, 1, 0.4)
            remedy = f"did you mean {near[0]!r}?" if near else f"choose one of {', '.join(map(repr, among))}"
            raise self.wrong(key, f" = {value!r} is not known; {remedy}")
        return value

    def whole(self, key: str, default: int, least: int) -> int:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value < 1 << 62:
            raise self.wrong(key, f" = {value!r} must be a whole number, {least} or more")
        return value

    def points(self) -> int:
        value = self.values.get("points")
        if value is None:
            raise self.wrong("points", " is missing; write points = 10")
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 1e6:
            raise self.wrong("points", f" = {value!r} must be a number above 0")
        if round(value * HUNDRED) != round(value * HUNDRED, 6):
            raise self.wrong("points", f" = {value!r} has more than two decimals; round it")
        return round(value * HUNDRED)

    def files(self, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self.values.get("file", list(default))
        found = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
        if not found or not all(isinstance(f, str) and f for f in found):
            raise self.wrong("file", f' = {value!r} must be a pattern or a list of patterns; write file = "*.py"')
        return found


TOP = ("assignment", "function", "derivation", "law", "split")
KEYS = {
    "assignment": ("title", "deadline", "level", "seed", "effort", "batches", "accuracy"),
    "function": ("name", "card", "points", "file", "call", "batches", "accuracy"),
    "derivation": ("name", "card", "points", "file", "show", "claim", "given", "least_steps"),
    "law": ("name", "card", "points", "file", "catches"),
    "split": tuple(SPLIT),
}


def load(path: Path | str) -> Assignment:
    """The assignment in a file. Raises WrongAssignment."""
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise WrongAssignment(f"{path}: cannot be read ({error.strerror or type(error).__name__})") from None
    if len(data) > MOST:
        raise WrongAssignment(f"{path}: has {len(data):,} bytes, and an assignment at most {MOST:,}")
    try:
        return read(data.decode("utf-8"), str(path))
    except UnicodeDecodeError:
        raise WrongAssignment(f"{path}: is not UTF-8; save it as UTF-8") from None


def read(text: str, file: str = "assignment") -> Assignment:
    """The assignment of a text. Raises WrongAssignment."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongAssignment(f"{file}: is not TOML: {error}") from None
    Table(file, "top level", tables, TOP).close()
    for name in TOP:
        plural = name in ("function", "derivation", "law")
        form, shown = (list, f"[[{name}]]") if plural else (dict, f"[{name}]")
        if not isinstance(tables.get(name, form()), form) or (
            plural and not all(isinstance(t, dict) for t in tables.get(name, []))
        ):
            raise WrongAssignment(f"{file}: {name} must be a table; write {shown}")
    top = _table(file, "assignment", tables.get("assignment", {}))
    general = Assignment(
        title=top.text("title", Path(file).stem),
        items=(),
        level=Level(top.text("level", Level.LIMITS.value, tuple(level.value for level in Level))),
        seed=top.whole("seed", SEED, 0),
        effort=top.text("effort", "quick", EFFORTS),
        deadline=_deadline(top),
        split=_split(file, tables.get("split", {})),
    )
    items = tuple(_items(file, tables, top))
    if not items:
        raise WrongAssignment(f"{file}: asks for nothing; write a table [[function]], [[derivation]] or [[law]]")
    names = [item.name for item in items]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise WrongAssignment(f"{file}: two items are named {twice!r}; give one of them another name")
    return replace(general, items=items)


def _table(file: str, name: str, values: dict[str, Any], place: int = 0) -> Table:
    table = Table(file, f"{name} {place}" if place else name, values, KEYS[name])
    table.close()
    return table


def _deadline(top: Table) -> datetime | None:
    value = top.values.get("deadline")
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(23, 59, 59))
    if value is not None and not isinstance(value, datetime):
        raise top.wrong("deadline", f" = {value!r} must be a date; write deadline = 2026-12-24T18:00:00, without quotes")
    return value


def _split(file: str, values: dict[str, Any]) -> dict[str, int]:
    table = _table(file, "split", values)
    found = {name: table.whole(name, share, 0) for name, share in SPLIT.items()}
    if sum(found.values()) != HUNDRED:
        raise WrongAssignment(f"{file}: [split] the shares make {sum(found.values())}; let them make {HUNDRED}")
    return found


def _items(file: str, tables: dict[str, Any], top: Table) -> Iterator[Item]:
    from mathcore.formulas import names

    cards = tuple(names())
    for place, values in enumerate(tables.get("function", []), 1):
        table = _table(file, "function", values, place)
        name = table.text("name")
        if not name.isidentifier():
            raise table.wrong("name", f" = {name!r} must be the name of a Python function")
        yield FunctionItem(
            name,
            _card(table, table.text("card", name, cards), "function"),
            table.points(),
            table.files(("*.py", "*.ipynb")),
            _call(table, table.text("call", ""), table.text("card", name)),
            table.text("batches", top.text("batches", "optional", BATCHES), BATCHES),
            table.text("accuracy", top.text("accuracy", "ordinary", ACCURACIES), ACCURACIES),
        )
    for place, values in enumerate(tables.get("derivation", []), 1):
        yield _derivation(_table(file, "derivation", values, place), cards)
    for place, values in enumerate(tables.get("law", []), 1):
        table = _table(file, "law", values, place)
        card = _card(table, table.text("card", None, cards), "law")
        name = table.text("name", f"law of {card}")
        yield LawItem(name, card, table.points(), table.files(("*.md",)), table.whole("catches", 0, 0))


def _card(table: Table, name: str, kind: str) -> str:
    from mathcore.formulas import load as load_card

    if not load_card(name).numeric:
        raise table.wrong("card", f" = {name!r} is about no function, so there is nothing to judge; choose another card")
    return name


def _call(table: Table, call: str, card: str) -> str:
    from mathcore.conformance.calls import WrongTemplate, template
    from mathcore.formulas import load as load_card

    if call:
        try:
            template(call, tuple(p.name for p in load_card(card).definition.parameters))
        except WrongTemplate as error:
            raise table.wrong("call", f": {str(error).removeprefix('--call ')}") from None
    return call


def _derivation(table: Table, cards: tuple[str, ...]) -> DerivationItem:
    from mathcore.formulas import load as load_card
    from mathcore.language.parser import FormulaError, is_proposition

    card, key = load_card(table.text("card", None, cards)), table.text("claim", "")
    show, given = table.text("show", ""), table.text("given", "")
    if bool(show) == bool(key):
        raise table.wrong(
            "show", ' or claim is needed, and one alone: show = "sum(i: s[i]) = 1", or claim = the card\'s derivation'
        )
    if key:
        known = {d.key: d for d in card.derivations}
        if key not in known:
            near = get_close_matches(key, known, 1, 0.4)
            raise table.wrong(
                "claim",
                f" = {key!r} is no derivation of {card.name}; {f'did you mean {near[0]!r}?' if near else ', '.join(known)}",
            )
        show, given = known[key].claim, "; ".join(filter(None, (known[key].given, given)))
    try:
        context = card.context.given(given) if given else card.context
    except FormulaError as error:
        raise table.wrong("given", f" = {given!r}: {error.message}") from None
    try:
        statement = context.parse(show)
    except FormulaError as error:
        raise table.wrong("show", f" = {show!r}: {error.message}") from None
    if not is_proposition(statement):
        raise table.wrong("show", f" = {show!r} is no statement; write a relation, such as a = b")
    name = table.text("name", f"{card.name}: {key}" if key else show)
    steps = table.whole("least_steps", 2, 1)
    return DerivationItem(name, card.name, table.points(), show, given, table.files(("*.md",)), steps)

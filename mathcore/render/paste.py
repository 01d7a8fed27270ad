"""Lines to paste into Python: a definition in sympy, a derivative by sympy's own diff, the NumPy function at the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from mathcore.card import Card
from mathcore.language import tree as t
from mathcore.language.sympy_bridge import SympyError

SIZE, SIZES = 3, 2  # of the one size of a definition, of each of several
SHOWN = 100  # characters of a formula that is printed
DIGITS = 12
CHOSEN = 2  # where a parameter counts

# plain numbers, exact in floats and none at an edge; distributions by their length, several of them in turn
NUMBERS = {
    "real": (1.0, 2.0, 3.0, 0.5, -1.0, 1.5),
    "positive": (0.5, 2.0, 1.0, 3.0),
    "nonnegative": (0.125, 0.25, 0.375, 0.25),
    "unit": (0.25, 0.75, 0.5),
}
SHARES = {1: ((1.0,),), 2: ((0.25, 0.75), (0.5, 0.5)), 3: ((0.5, 0.25, 0.25), (0.25, 0.25, 0.5))}


def lines_to_paste(card: Card) -> str:
    """A session of Python with what it prints; empty where the definition has no such form."""
    try:
        return "\n".join(_lines(card)) + "\n"
    except (SympyError, TypeError):  # no number comes out, as of a function that is left open
        return ""


def _lines(card: Card) -> Iterator[str]:
    import sympy

    definition, around = card.definition, _sizes(card)
    given = {s.name: max(SIZE if len(around) == 1 else SIZES, s.type.minimum) for s in around}
    given |= {p.name: CHOSEN for p in definition.parameters if p.type.domain in ("index", "natural") and not p.type.shape}
    right = card.sympy(**given).rhs
    many = isinstance(right, sympy.MatrixBase)
    first, name = (right[0] if many else right), card.name
    entry = f"{name}[0]" if many else name
    numbers = {p: _number(p, given, turn) for turn, p in enumerate(definition.parameters)}
    letters = sorted(right.free_symbols, key=str)
    at = {s: value for p in definition.parameters for s, value in _entries(p, numbers[p], letters)}
    values = [round(float(e.subs(at)), DIGITS) for e in (right if many else [right])]
    yield ">>> import mathcore, numpy" if card.numeric else ">>> import mathcore"
    yield f">>> {name} = mathcore.load({name!r}).sympy({', '.join(f'{k}={v}' for k, v in given.items())}).rhs".replace("'", '"')
    if len(str(first)) <= SHOWN:
        yield from (f">>> {entry}", str(first))
    if letters:
        yield f">>> letters = sorted({name}.free_symbols, key=str)"
        yield f">>> numbers = dict(zip(letters, {_tuple(at[s] for s in letters)}))"
    place = next((k for k, s in enumerate(letters) if first.diff(s) != 0), None)
    if place is not None:
        slope = first.diff(letters[place])
        if len(str(slope)) <= SHOWN:
            yield from (f">>> {entry}.diff(letters[{place}])", str(slope))
        else:
            yield f">>> round(float({entry}.diff(letters[{place}]).subs(numbers)), {DIGITS})"
            yield repr(round(float(slope.subs(at)), DIGITS))
    there = ".subs(numbers)" if letters else ""
    yield f">>> [round(float(e{there}), {DIGITS}) for e in {name}]" if many else f">>> round(float({name}{there}), {DIGITS})"
    shown = repr(values if many else values[0])
    yield shown
    if card.numeric:
        flat = ".ravel()" if len(definition.indices) > 1 else ""
        yield f">>> numpy.round({_call(card, numbers, given)}, {DIGITS}){flat}.tolist()"
        yield shown


def _sizes(card: Card) -> tuple[t.Symbol, ...]:
    """The sizes in a definition, in the order in which it names them."""
    parts = (*card.definition.parameters, *card.definition.indices)
    around = [s for p in parts for s in (*p.type.shape, *((p.type.over,) if p.type.over is not None else ()))]
    return tuple(dict.fromkeys(s for s in around if isinstance(s, t.Symbol)))


def _length(size: t.Expr, given: Mapping[str, int]) -> int:
    if isinstance(size, t.Symbol):
        return given[size.name]
    if isinstance(size, t.Number):
        return int(size.value)
    raise SympyError("a sequence has no length")


def _number(p: t.Symbol, given: Mapping[str, int], turn: int) -> Any:
    """A value of a parameter: a number, or nested lists."""
    if p.name in given:
        return given[p.name]
    domain = p.type.domain
    lengths = [_length(s, given) for s in p.type.shape]
    if domain in ("simplex", "onehot"):
        choice = SHARES[lengths[-1]]
        rows = [list(choice[(turn + k) % len(choice)]) for k in range(lengths[0])]
        return rows if len(lengths) > 1 else rows[0]
    choices = NUMBERS[domain] if domain in NUMBERS else NUMBERS["real"]
    start = 0 if domain == "nonnegative" else turn

    def nested(lengths: list[int], before: int) -> Any:
        if not lengths:
            return choices[(start + before) % len(choices)]
        return [nested(lengths[1:], before * lengths[0] + k) for k in range(lengths[0])]

    return nested(lengths, 0)


def _entries(p: t.Symbol, value: Any, letters: list[Any]) -> Iterator[tuple[Any, float]]:
    """The sympy symbols of a parameter, each with its number."""
    by_name = {s.name: s for s in letters}
    lengths, row = [], value
    while isinstance(row, list):
        lengths.append(len(row))
        row = row[0]
    for place in product(*(range(n) for n in lengths)):
        number = value
        for k in place:
            number = number[k]
        digits = "_".join(str(k + 1) for k in place)
        for name in (f"{p.name}{digits}", f"{p.name}_{digits}"):
            if name in by_name:
                yield by_name[name], number


def _tuple(values: Iterator[float]) -> str:
    shown = [f"{v:g}" for v in values]
    return f"({', '.join(shown)}{',' if len(shown) == 1 else ''})"


def _call(card: Card, numbers: Mapping[t.Symbol, Any], given: Mapping[str, int]) -> str:
    """The call of the NumPy function: labels from 0, sizes that no array fixes at the end."""
    match = re.fullmatch(r"([\w.]+)(?:\((.*)\))?(\[\d+\])?", card.numeric)
    assert match is not None, card.numeric
    parameters = card.definition.parameters
    fixed = {s for p in parameters for s in p.type.shape}
    free = dict.fromkeys(s for s in card.definition.shape if isinstance(s, t.Symbol) and s not in fixed)
    arguments = [repr(numbers[p] - 1 if p.type.domain == "index" else numbers[p]) for p in parameters]
    return (
        f"{match[1]}({', '.join([*arguments, *(str(given[s.name]) for s in free), *filter(None, [match[2]])])}){match[3] or ''}"
    )

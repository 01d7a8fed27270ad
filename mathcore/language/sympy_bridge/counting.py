"""From which number sympy objects count the entries of an array: those counted from 0 are counted from 1, as in the language.

`Sum(x[k], (k, 0, n - 1))` speaks of the entries x[0] ... x[n - 1] of an array of length n: the first is x[1] here. All that
is said of such an array is moved together, so that nothing changes its meaning. An array without a declared length of which
both x[0] and x[n] are used is a sequence, and what is said of it stays. Entries of a MatrixSymbol are always counted from 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mathcore.language.sympy_bridge.error import refuse
from mathcore.language.sympy_bridge.standing import as_it_stands, placed

Axis = tuple[str, int]  # of an array by its name
Bound = Mapping[Any, tuple[Any, Any, Any]]  # letter -> least value, greatest value, what is summed


class Counting:
    """What several sympy objects together say of the axes of their arrays."""

    def __init__(
        self,
        items: Sequence[Any],
        shapes: Mapping[str, Sequence[Any]],
        fixed: Collection[str],
        numbers: Collection[str],
        first: Collection[Any],
        indices: Collection[str],
        every: Collection[str],
    ) -> None:
        """`fixed` arrays have a length whatever stands in their brackets (simplex); `numbers` are letters that count nothing;
        letters in `first` count from 0; `indices`, and letters said of `every` number, are no sizes, though sums end there."""
        self.shapes, self.numbers, self.indices = shapes, numbers, indices
        ends = set(map(str, _ends(items))) - {*indices, *every}
        self.sizes = {str(size) for shape in shapes.values() for size in shape} | ends
        self.zero: set[Axis] = set()
        self.one: set[Axis] = set()
        self.rank: dict[str, int] = {}
        self.computed: set[str] = set()
        self.values: set[Any] = set()  # from where the letters run that are places of a function's value
        self.before: dict[Any, int] = {}  # free letters k, and the greatest c of the places k - c
        self.free: dict[Any, set[Axis]] = {}  # free letters, and where they stand
        self.linked: list[tuple[Any, Any, Bound]] = []  # what is compared by a delta
        for item in items:
            self._look(item, {})
        both = {name for name, _ in self.zero & self.one}
        told = {name for name, shape in shapes.items() if tuple(map(str, shape)) == ("naturals",)}
        told |= {name for k, axes in self.free.items() if str(k) in every for name, _ in axes if name not in shapes}
        loose = (both - set(shapes)) | self.computed  # a declared length and both x[0] and x[n] do not fit together
        self.sequences = {n for n in loose - set(fixed) if self.rank[n] == 1} | told
        for name in sorted(both - self.sequences):
            refuse(
                f"{name} is indexed from 0 in one place and up to its size in another: count its entries from 1, "
                "Sum(f, (k, 1, n)), or from 0, Sum(f, (k, 0, n - 1)), everywhere"
            )
        if {0, 1} <= self.values:
            refuse(
                "the places of a function's value are counted from 0 in one sum and from 1 in another: count from 1 everywhere"
            )
        self.begun = {name for name, _ in self.zero} & self.sequences  # of these the entry 0 is spoken of
        self.zero = {axis for axis in self.zero if axis[0] not in self.sequences}
        self.letters: set[Any] = set(first)
        self._spread()

    # what is said --------------------------------------------------------------------------------------------

    def _look(self, node: Any, bound: Bound) -> None:
        import sympy

        if isinstance(node, (sympy.Sum, sympy.Product)):
            inner = dict(bound)
            for letter, *ends in reversed(node.limits):  # sympy writes the innermost first
                low, high = ends if len(ends) == 2 else (letter, letter)
                inner[letter] = (_at_end(low, inner), _at_end(high, inner, -1), node.function)
            self._look(node.function, inner)
            return
        if _is_entry(node):
            name, places = _array(node)
            self.rank.setdefault(name, len(places))
            for axis, place in enumerate(places):
                self._place(name, axis, place, bound)
                if not isinstance(node, sympy.Indexed):
                    self.zero.add((name, axis))
        arrays, places = _value(node)
        self.values |= {bound[a][0] for a in places if a in bound and arrays}
        for axis, place in enumerate(filter(self._may_count, places)):
            self._of_value({(name, axis) for name in arrays}, place, bound)
        if isinstance(node, sympy.KroneckerDelta):
            a, b = node.args[:2]
            self.linked += [(a, b, bound), (b, a, bound)]
        for part in node.args:
            if isinstance(part, sympy.Basic):
                self._look(part, bound)

    def _may_count(self, part: Any) -> bool:
        """Whether this argument of a function of arrays is a place and no parameter, which is a declared or a real number."""
        return part.is_Symbol and str(part) not in self.numbers and (part.is_integer or part.is_real is None)

    def _of_value(self, axes: set[Axis], place: Any, bound: Bound) -> None:
        """The places of a function's value count as those of its arrays do."""
        for name, axis in axes:
            self.rank.setdefault(name, len(self.shapes.get(name, "1")))
            if place not in bound:
                self.free.setdefault(place, set()).add((name, axis))
            elif bound[place][0] == 0:
                self.zero.add((name, axis))

    def _place(self, name: str, axis: int, place: Any, bound: Bound) -> None:
        shape = self.shapes.get(name)
        low, high = _at_end(place, bound), _at_end(place, bound, -1)
        if high.is_infinite:
            self.computed.add(name)
        least = low.subs({s: 1 for s in low.free_symbols if str(s) in self.sizes})
        if low == 0 or (least == 0 and self.rank[name] == 1):
            self.zero.add((name, axis))
        for letter in (low.free_symbols | high.free_symbols) - place.free_symbols:
            if str(letter) in self.indices:  # it ends a sum, and counts as the entries that are summed
                self.free.setdefault(letter, set()).add((name, axis))
        for letter in place.free_symbols - set(bound):
            if (place - letter).is_Integer:
                self.before[letter] = max(self.before.get(letter, 0), -int(place - letter))
        if place.is_Symbol and place not in bound:
            if str(place) in self.sizes:
                self.one.add((name, axis))
            else:
                self.free.setdefault(place, set()).add((name, axis))
        elif not place.is_Symbol and not place.is_Integer:
            self.computed.add(name)
        if shape is not None and axis < len(shape):
            ends = str(high) == str(shape[axis])
        else:
            ends = (
                bool(bound)
                and str(high) not in self.indices
                and place.has(*bound)
                and (high.is_Symbol or bool(place in bound and low == 1 and high.is_Integer))
            )
        if ends:
            self.one.add((name, axis))

    def _spread(self) -> None:
        """Letters that stand in places counted from 0, and the places where those letters stand."""
        before = -1
        while before != len(self.letters) + len(self.zero):
            before = len(self.letters) + len(self.zero)
            for letter, axes in self.free.items():
                if str(letter) in self.numbers or any(name in self.sequences for name, _ in axes):
                    continue
                if letter in self.letters or axes & self.zero:
                    self.letters.add(letter)
                    for name, _ in sorted(axes & self.one):
                        other = next((n for n, _ in sorted(axes & self.zero)), "another array")
                        refuse(
                            f"{letter} counts the entries of {name} from 1 and those of {other} from 0: "
                            "write all sums over (k, 1, n), or all over (k, 0, n - 1)"
                        )
                    self.zero |= axes
            for a, b, bound in self.linked:
                axes = self.free.get(b, set())
                if not b.is_Symbol or b in bound or str(b) in {*self.numbers, *self.sizes} or axes & self.one:
                    continue
                if any(name in self.sequences for name, _ in axes):
                    continue
                if a in self.letters - set(bound) or (a in bound and bound[a][0] == 0 and self._counts(bound[a][2], a)):
                    self.letters.add(b)

    def least(self) -> dict[str, int]:
        """From which number the free letters count that stand in sequences: from 0 where such an entry is spoken of."""
        places = {letter: {name for name, _ in axes} for letter, axes in self.free.items()}
        return {
            str(letter): int(not (names & self.begun or self.free[letter] & self.zero) or self.before.get(letter, 0) > 0)
            for letter, names in places.items()
            if names & self.sequences and letter not in self.letters
        }

    # moved ---------------------------------------------------------------------------------------------------

    def moved(self, item: Any) -> Any:
        """The same statement with every entry counted from 1."""
        with as_it_stands(item):
            return self._moved(item, frozenset(self.letters))

    def _moved(self, node: Any, letters: frozenset[Any]) -> Any:
        import sympy
        from sympy.core.function import AppliedUndef
        from sympy.core.relational import Relational

        if node in letters:
            return placed(node, -1)
        if isinstance(node, (sympy.Sum, sympy.Product)):
            return self._big(node, letters)
        if isinstance(node, sympy.Limit):
            body, letter, point, direction = node.args
            return node.func(self._moved(body, letters - {letter}), letter, self._moved(point, letters), direction)
        if _is_entry(node):
            name, places = _array(node)
            base = node.base if isinstance(node, sympy.Indexed) else sympy.IndexedBase(name)
            return base[tuple(placed(self._moved(p, letters), int((name, a) in self.zero)) for a, p in enumerate(places))]
        if isinstance(node, sympy.Indexed):  # an entry of a function's value: its indices are places
            return node
        if isinstance(node, sympy.KroneckerDelta):
            step = int(any(letters & a.free_symbols for a in node.args[:2]))
            ends = [sympy.Tuple(*(placed(end, step) for end in ends)) for ends in node.args[2:]]
            return sympy.KroneckerDelta(*(placed(self._moved(a, letters), step) for a in node.args[:2]), *ends)
        if isinstance(node, AppliedUndef) and any(isinstance(a, sympy.IndexedBase) for a in node.args):
            arrays = {str(a.label) for a in node.args if isinstance(a, sympy.IndexedBase)}
            if (0 in self.values or arrays & {name for name, _ in self.zero}) and any(a.is_Integer for a in node.args):
                refuse(f"{node}: a number as a place, where entries are counted from 0: count from 1 everywhere")
            return node.func(*(a if a in letters else self._moved(a, letters) for a in node.args))
        if isinstance(node, Relational) and letters & node.free_symbols and not node.has(sympy.Indexed):
            return node.func(*(placed(self._moved(a, letters), 1) for a in node.args))  # i = k - 1 as i + 1 = k
        if not node.args or isinstance(node, (sympy.IndexedBase, sympy.MatrixSymbol)):
            return node
        parts = [self._moved(a, letters) if isinstance(a, sympy.Basic) else a for a in node.args]
        return node if tuple(parts) == node.args else node.func(*parts)  # made anew, sympy would cancel in it

    def _big(self, node: Any, letters: frozenset[Any]) -> Any:
        """With the letters that count from 0 moved; a bound letter is its own, whatever a free one of that name is."""
        limits, inner = [], letters
        for limit in reversed(node.limits):
            if len(limit) != 3:
                return node
            letter, low, high = limit[0], *(self._moved(end, inner) for end in limit[1:])
            counts = self._stands(node.function, letter) or (low == 0 and self._counts(node.function, letter))
            inner = inner | {letter} if counts else inner - {letter}
            limits.append((letter, placed(low, int(counts)), placed(high, int(counts))))
        body = self._moved(node.function, inner)
        same = body is node.function and all(tuple(a) == b for a, b in zip(reversed(node.limits), limits, strict=True))
        return node if same else node.func(body, *reversed(limits))

    def _stands(self, body: Any, letter: Any) -> bool:
        """Whether the letter is a place in an array that is counted from 0."""
        entries = (_array(e) for e in body.atoms(*_kinds()) if _is_entry(e))
        return any(place == letter and (name, axis) in self.zero for name, places in entries for axis, place in enumerate(places))

    def _counts(self, body: Any, letter: Any) -> bool:
        """Whether the letter, which begins at 0, is a place: in such an array, or where no array says from where it counts."""
        import sympy
        from sympy.core.function import AppliedUndef

        if self._stands(body, letter):
            return True
        if any(place.has(letter) for e in body.atoms(*_kinds()) if _is_entry(e) for place in _array(e)[1]):
            return False
        heads = (e for e in body.atoms(AppliedUndef) if any(isinstance(a, sympy.IndexedBase) for a in e.args))
        places = (e.indices for e in body.atoms(sympy.Indexed) if not _is_entry(e))
        return any(letter in e.args for e in (*body.atoms(sympy.KroneckerDelta), *heads)) or any(letter in p for p in places)


def _kinds() -> tuple[Any, ...]:
    import sympy
    from sympy.matrices.expressions.matexpr import MatrixElement

    return (sympy.Indexed, MatrixElement)


def _is_entry(node: Any) -> bool:
    from sympy.core.function import AppliedUndef

    return isinstance(node, _kinds()) and not isinstance(getattr(getattr(node, "base", None), "label", None), AppliedUndef)


def _value(node: Any) -> tuple[list[str], tuple[Any, ...]]:
    """The arrays that a function is taken of, and its other arguments: of softmax(x, i), and of its entry softmax(x)[i]."""
    import sympy
    from sympy.core.function import AppliedUndef

    applied = node.base.label if isinstance(node, sympy.Indexed) else node
    if not isinstance(applied, AppliedUndef):
        return [], ()
    arrays = [str(a.label) for a in applied.args if isinstance(a, sympy.IndexedBase)]
    return arrays, node.indices if isinstance(node, sympy.Indexed) else applied.args


def _ends(items: Iterable[Any]) -> set[Any]:
    """The symbols up to which sums run."""
    import sympy

    sums = {s for item in items for s in item.atoms(sympy.Sum, sympy.Product)}
    return {s for node in sums for limit in node.limits if len(limit) == 3 for s in limit[2].free_symbols if s.is_Symbol} - {
        limit[0] for node in sums for limit in node.limits
    }


def _at_end(place: Any, bound: Bound, sign: int = 1) -> Any:
    """The least (sign 1) or the greatest (-1) value of what is linear in bound letters; elsewhere as it stands."""
    for letter, (low, high, _) in bound.items():
        slope = place.diff(letter) if place.has(letter) else 0
        if slope in (1, -1):
            place = place.subs(letter, low if slope * sign > 0 else high)
    return place


def _array(entry: Any) -> tuple[str, tuple[Any, ...]]:
    import sympy

    if isinstance(entry, sympy.Indexed):
        return str(entry.base.label), entry.indices
    if not isinstance(entry.parent, sympy.MatrixSymbol):
        refuse(f"{type(entry.parent).__name__} has no form in the formula language: {entry}")
    return entry.parent.name, (entry.i, entry.j)


@dataclass(frozen=True)
class Counted:
    """Objects with the entries of every array of a length counted from 1, and from where they were counted."""

    items: list[Any]
    sequences: set[str]
    zero: set[str]  # arrays that were counted from 0
    least: dict[str, int]  # of the free letters that stand in sequences


def from_one(
    items: Iterable[Any],
    shapes: Mapping[str, Sequence[Any]],
    fixed: Collection[str] = (),
    numbers: Collection[str] = (),
    first: Collection[Any] = (),
    indices: Collection[str] = (),
    every: Collection[str] = (),
) -> Counted:
    """Several sympy objects that belong together, counted from 1.

    Raises
    ------
    SympyError
        For an array, or a letter, that counts from 0 in one place and from 1 in another.
    """
    found = list(items)
    counting = Counting(found, shapes, fixed, numbers, first, indices, every)
    moved = [counting.moved(item) for item in found]
    return Counted(moved, counting.sequences, {name for name, _ in counting.zero}, counting.least())

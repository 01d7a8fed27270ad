"""How hypotheses are read: for which values of its letters each one is meant. The checks are handed the reading, written out.

A letter here is an index or a natural number; in a hypothesis about a declared function also a number among its arguments.

* A letter that the claim names is that one; a letter that only hypotheses name stands for every value. One that is one in one
  hypothesis is that one in all of them: `t[m] = 1; y[m] = 7`.
* A hypothesis about letters alone (`k != j`) says for which of them the others are meant. If no other speaks of
  them, there are such letters; if others speak of some of them, the rest are one each. Either way a point at which there
  are none is no counterexample.
* A definition is meant for every entry: `a[i] = value`, where the value does not speak of a (or only of earlier entries) and
  tells i apart or is made of sizes (`p[i] = 1 / n`). A letter that only the value of a definition names is one letter.
* `x[i] >= 0`, of an i that the claim names, may be meant of that entry or of every one: there are two readings. What ties
  entries of one array (`z[i] = z[j]`, `z[m] = max(l: z[l])`) speaks of those; where the claim lacks such letters, of some
  or of all. `d[i] = x[i] y[i]; i != j` defines d, perhaps not at j.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.fixed import held_fixed
from mathcore.language.parser import NUMBERS, Context
from mathcore.language.printers import text_of
from mathcore.language.substitution import substitute

Letters = frozenset[t.Symbol]
NONE: Letters = frozenset()


@dataclass(frozen=True)
class Defined:
    """`symbol[letters] = value` for every value of the letters, as the hypothesis at hand says."""

    symbol: t.Symbol
    letters: tuple[t.Symbol, ...]
    value: t.Expr
    hypothesis: t.Expr


@dataclass(frozen=True)
class Reading:
    """The hypotheses with what they leave unsaid written out, in a context that says which letters are one each."""

    context: Context
    said: tuple[str, ...] = ()  # wherever a hypothesis is not about what it names
    defined: tuple[Defined, ...] = ()
    widened: tuple[t.Expr, ...] = ()  # hypotheses that were taken to be meant for every entry, and could be meant of one
    told: tuple[tuple[t.Expr, t.Expr], ...] = ()  # (as written out, as the author wrote it)
    fixed: tuple[str, ...] = ()  # what stays where the variable of a derivative moves, although hypotheses speak of both


def read(context: Context, claim: t.Expr, *, widely: bool = False, functions: bool = True) -> Reading:
    """The hypotheses as they are meant beside this claim; `widely`: of every entry where that is one of two readings.

    Without `functions` nothing is written out of what a hypothesis assumes of a function at any number.
    """
    found = _Reader(context, claim, widely, functions).reading() if context.hypotheses else Reading(context)
    told = (*context.hypotheses, *core_of(claim)[1])
    fixed = held_fixed(context, claim, told, frozenset(d.symbol for d in found.defined))
    return replace(found, fixed=tuple(dict.fromkeys(fixed)))


def counts(symbol: t.Symbol) -> bool:
    """An index or a natural number."""
    return symbol.type.domain in ("index", "natural") and not symbol.type.shape


class _Reader:
    def __init__(self, context: Context, claim: t.Expr, widely: bool, functions: bool) -> None:
        self.context, self.widely = context, widely
        self.functions = {s.name for s in context.symbols.values() if functions and s.type.domain == "function"}
        self.parts = [part for h in context.hypotheses for part in _parts(h)]
        self.free = [t.free_symbols(context.unfold(part)) for part in self.parts]
        named = t.free_symbols(context.unfold(claim)) | context.fixed
        self.arguments = NONE.union(*map(self._arguments, self.parts)) - named
        self.spoken = named
        self.named = frozenset(filter(counts, named))
        self.conditions = [self._is_condition(k) for k in range(len(self.parts))]
        self.values: dict[t.Symbol, t.Expr] = {}
        numbers = (self._definition(p) for p, c in zip(self.parts, self.conditions, strict=True) if not c)
        self.values = {d.symbol: context.unfold(d.value) for d in numbers if d is not None and not d.letters}
        self.single: dict[int, Letters] = {}
        before = None
        while before != self.named:  # a letter that is found to be one is one in every hypothesis
            before = self.named
            self._tell_letters_apart()

    def _tell_letters_apart(self) -> None:
        """Definitions, ties and shares, with the letters that are known to be one, and the letters that these make one."""
        self.definitions = [None if c else self._definition(p) for p, c in zip(self.parts, self.conditions, strict=True)]
        for found in self.definitions:
            if found is not None:
                self.named |= frozenset(filter(counts, self.free_of(found.value))) - frozenset(found.letters)
        self.groups = self._groups()
        self.shares = [self._is_share(part) and not self._is_narrowed_zero(k) for k, part in enumerate(self.parts)]
        self.ties = [self._is_tie(k) for k in range(len(self.parts))]
        single = {
            k: self.letters(k) - self.named
            for k in range(len(self.parts))
            if (self.ties[k] and not self.widely) or self.shares[k]
        }
        self.single = single | self.single
        self.named = self.named.union(*single.values())
        self.groups = self._groups()
        others = NONE.union(*(self.letters(k) for k, condition in enumerate(self.conditions) if not condition))
        for about, _ in self.groups:
            if about & others:
                self.named |= about - others  # j of `x[k] = 0; k != j`, where nothing else speaks of j
        self.groups = self._groups()

    def _put(self, formula: t.Expr) -> t.Expr:
        """A formula unfolded, numbers by what hypotheses say they are."""
        formula = self.context.unfold(formula)
        for _ in self.values:  # M of `M = K; K = max(k: z[k])`
            formula = substitute(formula, self.values)
        return formula

    def free_of(self, formula: t.Expr) -> Letters:
        return t.free_symbols(self.context.unfold(formula))

    # what a hypothesis is ---------------------------------------------------------------------------------------------

    def _applies(self, part: t.Expr) -> list[t.Apply]:
        """Where a declared function is used."""
        return [n for n in t.walk(self.context.unfold(part)) if isinstance(n, t.Apply) and n.head in self.functions]

    def _arguments(self, part: t.Expr) -> Letters:
        """The numbers that stand among the arguments of declared functions."""
        inside = [t.free_symbols(a) for n in self._applies(part) for a in n.args]
        found = NONE.union(*inside) & self.free_of(part)
        return frozenset(s for s in found if s.type.domain in (*NUMBERS, "natural") and not s.type.shape)

    def letters(self, place: int) -> Letters:
        """The letters of a hypothesis; a number among the arguments of a function is one, unless the claim names it."""
        return frozenset(s for s in self.free[place] if counts(s) or s in self.arguments)

    def _is_condition(self, place: int) -> bool:
        """Whether a hypothesis speaks of letters and sizes alone."""
        about = self.letters(place)
        if not about or self._applies(self.parts[place]):
            return False
        numbers = about & self.arguments
        if all(s in about or s.type.domain == "size" or bool(numbers) for s in self.free[place]):
            return True
        return self._is_range(place, about)

    def _is_range(self, place: int, about: Letters) -> bool:
        """`k > c`, where other hypotheses speak of entries at k: it says of which."""
        core = t.bare(self.parts[place])
        if not isinstance(core, t.Relation) or not any(t.bare(a) in about for a in core.args):
            return False
        if any(s.type.shape or s.type.domain == "function" for s in self.free[place]):
            return False
        others = [self.context.unfold(part) for k, part in enumerate(self.parts) if k != place]
        places = (p for part in others for n in t.walk(part) if isinstance(n, t.Index) for p in n.indices)
        return bool(about & frozenset().union(*map(t.free_symbols, places)))

    def _definition(self, part: t.Expr) -> Defined | None:
        core = t.bare(part)
        if not isinstance(core, t.Relation) or core.ops != ("=",):
            return None
        left, value = t.bare(core.args[0]), core.args[1]
        base = t.bare(left.base) if isinstance(left, t.Index) else left
        if not isinstance(base, t.Symbol) or self.context.symbols.get(base.name) != base or counts(base):
            return None
        if base.type.domain in ("size", "function", "batch"):
            return None
        places = tuple(map(t.bare, left.indices)) if isinstance(left, t.Index) else ()
        letters = tuple(place for p in places if (place := _letter_of(p)) is not None)
        if len(letters) < len(places) or len(set(letters)) < len(letters) or len(places) != len(base.type.shape):
            return None
        inside = self._put(value)
        free = t.free_symbols(inside)
        if base in free and not (letters and _recurs(inside, base, places, letters)):
            return None
        if self._is_share(part):
            return None
        shared = free and all(s.type.domain == "size" for s in free) and not frozenset(letters) & self.named - self.spoken
        told = not letters or free & frozenset(letters) or shared
        if not told and self.named & frozenset(letters):
            return None
        return Defined(base, letters, value, part)

    def _is_share(self, part: t.Expr) -> bool:
        """Whether a hypothesis gives a number to an entry of a distribution that not all entries can have: `t[j] = 1`."""
        core = t.bare(part)
        if not isinstance(core, t.Relation) or core.ops != ("=",):
            return False
        entry, value = t.bare(core.args[0]), core.args[1]
        if not isinstance(entry, t.Index) or not isinstance(base := t.bare(entry.base), t.Symbol):
            return False
        if base.type.domain not in ("simplex", "onehot") or t.free_symbols(value):
            return False
        size = base.type.shape[-1]
        return not (isinstance(size, t.Number) and t.same(value, t.number(1 / size.value)))

    def _is_narrowed_zero(self, place: int) -> bool:
        """`p[k] = 0; k != j`: of every k but j."""
        value = t.bare(self.parts[place].args[1])  # type: ignore[attr-defined]  # an equation
        narrowed = any(self.letters(place) & about for about, _ in self.groups)
        return narrowed and isinstance(value, t.Number) and value.value == 0

    def _is_tie(self, place: int) -> bool:
        """Whether a hypothesis may be about some entries of one array or about all of them, unless the claim names these.

        `z[i] = z[j]`, `z[m] = max(k: z[k])`, but not `p[j] = sum(i: p[i] P[i, j])`: here j is told by P.
        """
        core = t.bare(self._put(self.parts[place]))
        if not isinstance(core, t.Relation) or len(core.ops) != 1 or core.ops == ("!=",) or self.definitions[place] is not None:
            return False
        if core.ops == ("=",):
            terms = [term for side in core.args for term in _terms(side)]
            return any(self._is_one_of(term, terms[:k] + terms[k + 1 :]) for k, term in enumerate(terms))
        if self._is_beside_average(core):
            return True
        ends = [t.bare(a) for a in core.args]
        for one, other in (ends, ends[::-1]):
            if isinstance(other, t.Big) and other.op in ("max", "min"):
                return self._is_one_of(one, [other])
        if not all(isinstance(e, t.Index) for e in ends) or not self._is_one_of(ends[0], ends[1:]):
            return False
        return not self.letters(place) & self.named and not any(about & self.letters(place) for about, _ in self.groups)

    def _is_beside_average(self, bound: t.Relation) -> bool:
        """`z[m] >= sum(k: z[k]) / n`, `n z[m] >= sum(k: z[k])`: of every m it would be an equation."""
        terms = [term for side in bound.args for term in _terms(self.context.unfold(side))]
        for k, term in enumerate(terms):
            rest = terms[:k] + terms[k + 1 :]
            totals = [n for other in rest for n in t.walk(other) if isinstance(n, t.Big) and n.op == "sum"]
            sizes = {b.symbol.type.over if b.upper is None else b.upper for total in totals for b in total.binders}
            counted = {n for node in terms for n in t.walk(node) if isinstance(n, (t.Symbol, t.Number))}
            if sizes & counted and self._is_one_of(term, rest):
                return True
        return False

    def _is_one_of(self, term: t.Expr, rest: list[t.Expr]) -> bool:
        """Whether a term speaks of an entry by letters of its own, and the rest of others of its array."""
        entries, spoken = list(_entries(term)), NONE.union(*map(t.free_symbols, rest))
        letters = frozenset(filter(counts, t.free_symbols(term) & t.free_symbols(entries[0]))) if len(entries) == 1 else NONE
        if not letters - spoken - self.named:
            return False
        others = [e for part in rest for e in _entries(part) if t.bare(e.base) == t.bare(entries[0].base)]
        met = [frozenset(filter(counts, t.free_symbols(e))) for e in others]
        return any(m - spoken or (m and not m & letters) for m in met)

    def _gives_function(self, place: int) -> bool:
        """Whether a hypothesis says what a function is: `f(x) = x^2`."""
        core = t.bare(self.parts[place])
        if not isinstance(core, t.Relation) or core.ops != ("=",) or not isinstance(left := t.bare(core.args[0]), t.Apply):
            return False
        inside = {n.head for n in t.walk(core.args[1]) if isinstance(n, t.Apply)}
        args = [t.bare(a) for a in left.args]
        if (
            left.head not in self.functions - inside
            or len(set(args)) < len(args)
            or not all(isinstance(a, t.Symbol) for a in args)
        ):
            return False
        return bool(set(args) & self.free_of(core.args[1]) or not set(args) & self.spoken)  # f(x) = 0 of one x: it is a root

    def _entries_of_one(self, place: int) -> Letters:
        """Letters at each of which a hypothesis speaks of one entry, and of no other entry of the array (`x[i] >= 0`), or of a
        sequence and its next entries."""
        node = self.context.unfold(self.parts[place])
        spots: dict[t.Symbol, set[tuple[t.Expr, ...]]] = {}
        bases = 0
        for inner in t.walk(node):
            if isinstance(inner, t.Index) and isinstance(base := t.bare(inner.base), t.Symbol):
                spots.setdefault(base, set()).add(tuple(map(t.bare, inner.indices)))
                bases += 1
        arrays = [s for s in t.walk(node) if isinstance(s, t.Symbol) and s.type.shape]
        if len(arrays) != bases:  # an array as a whole
            return NONE
        found: set[t.Symbol] = set()
        for places in spots.values():
            if len(places) == 1:
                found |= {p for p in next(iter(places)) if isinstance(p, t.Symbol) and counts(p)}
        tied: set[t.Symbol] = set()
        for places in (p for p in spots.values() if len(p) > 1):
            moving = {s for one in places for e in one for s in t.free_symbols(e)}
            step = len(moving) == 1 and all(s.type.domain == "natural" for s in moving)  # v[t + 1] = q v[t]
            (found if step else tied).update(moving)
        return frozenset(found) & self.free[place] - tied

    # for which letters it is meant ------------------------------------------------------------------------------------

    def _groups(self) -> list[tuple[Letters, list[int]]]:
        """Letters that conditions bind together, with these conditions."""
        groups: list[tuple[Letters, list[int]]] = []
        for place in (k for k, condition in enumerate(self.conditions) if condition):
            about, members = self.letters(place) - self.named, [place]
            if not about:
                continue
            for other in [g for g in groups if g[0] & about]:
                groups.remove(other)
                about, members = about | other[0], [*other[1], *members]
            groups.append((about, sorted(members)))
        return groups

    def every(self, place: int) -> Letters:
        """The letters for every value of which a hypothesis is meant."""
        found = self.letters(place) - self.named
        if self.widely or self._gives_function(place):
            found |= self._arguments(self.parts[place])
        definition = self.definitions[place]
        if definition is not None:
            return found | frozenset(definition.letters)
        return found | (self._entries_of_one(place) & self.named if self.widely and not self.shares[place] else NONE)

    def narrows(self, about: Letters, members: list[int], place: int) -> bool:
        """Whether conditions say for which letters a hypothesis is meant.

        Of `d[i] = x[i] y[i]; i != j` they may also say nothing: what is defined is defined everywhere.
        """
        if self.widely and self._is_free_of(members, place):
            return False
        return bool(self.every(place) & about)

    def _is_free_of(self, members: list[int], place: int) -> bool:
        """Whether a hypothesis defines entries letter by letter, and lacks letters of the conditions."""
        definition = self.definitions[place]
        if definition is None or not self.free_of(definition.value) & frozenset(definition.letters):
            return False
        return any(self.letters(k) - self.letters(place) for k in members)

    def premises(self, place: int, every: Letters) -> tuple[Letters, list[int]]:
        """Under which conditions it is meant for them, and all letters that these bring."""
        needed: list[int] = []
        for about, members in self.groups:
            if self.narrows(about, members, place):
                every, needed = every | about, [*needed, *members]
        numbers = every & self._arguments(self.parts[place]) & self.spoken
        for k, condition in enumerate(self.conditions):
            if (condition and k not in needed and self.letters(k) & every and self.letters(k) <= self.letters(place)) or (
                self.free[k] & numbers and not self._arguments(self.parts[k])
            ):
                needed.append(k)
        return every, sorted(needed)

    def reading(self) -> Reading:
        hypotheses: list[t.Expr] = []
        somewhere: list[t.Expr] = []
        said: dict[str, None] = {}
        defined: list[Defined] = []
        widened: list[t.Expr] = []
        told: list[tuple[t.Expr, t.Expr]] = []
        others = [k for k, condition in enumerate(self.conditions) if not condition]
        spent: set[int] = set()
        for about, members in self.groups:
            condition = _all([self.parts[k] for k in members])
            if any(self.narrows(about, members, k) for k in others):
                spent |= set(members)
                if all(map(counts, about)):
                    somewhere.append(condition)
            else:
                self.named |= about
                said[f"there are {_names(about)} with {text_of(condition)}"] = None
        for place, part in enumerate(self.parts):
            if place in spent:
                continue
            if self.conditions[place]:
                hypotheses.append(part)
                continue
            every = self.every(place)
            whole, needed = self.premises(place, every)
            made = part
            if needed or every & self.named or (every and self._applies(part)):
                body: t.Expr = part
                for k in reversed(needed):
                    body = t.Implies(self.parts[k], t.Paren(body) if isinstance(body, t.Implies) else body)
                made = t.Big("forall", tuple(map(t.Binder, sorted(whole, key=lambda s: s.name))), body)
            hypotheses.append(made)
            if made is not part:
                told.append((made, part))
            if alone := self.single.get(place):
                said[f"there {'are' if len(alone) > 1 else 'is'} {_names(alone)} with {text_of(part)}"] = None
            if whole:
                said[f"{text_of(part)} for every {self._scope_of(place, whole, needed)}"] = None
            definition = self.definitions[place]
            wider = every & (self.named | self.spoken) and definition is None and not self._gives_function(place)
            wider = wider or any(self.every(place) & about and self._is_free_of(members, place) for about, members in self.groups)
            if (self.widely and wider) or (self.ties[place] and self.widely):
                widened.append(part)
            if definition is not None and not needed and frozenset(definition.letters) == every:
                defined.append(replace(definition, hypothesis=made))
        fixed = self.context.fixed | frozenset(s for s in self.named if any(s in free for free in self.free))
        context = replace(
            self.context, hypotheses=tuple(hypotheses), fixed=fixed, somewhere=(*self.context.somewhere, *somewhere)
        )
        return Reading(context, tuple(said), tuple(defined), tuple(widened), tuple(told))

    def _scope_of(self, place: int, whole: Letters, needed: list[int]) -> str:
        """`k other than j`, `i, j with i != j`."""
        conditions = [t.bare(self.parts[k]) for k in needed]
        if len(whole) == 1 and len(conditions) == 1 and isinstance(one := conditions[0], t.Relation) and one.ops == ("!=",):
            (letter,) = whole
            ends = list(map(t.bare, one.args))
            if letter in ends:
                return f"{letter.name} other than {text_of(ends[1 - ends.index(letter)])}"
        named = sorted(self.letters(place) - whole, key=lambda s: s.name)
        told = [f"with {text_of(_all([self.parts[k] for k in needed]))}"] if needed else []
        told += [f"at this {', '.join(s.name for s in named)}"] if named else []
        return " ".join([_names(whole), *told])


def _parts(node: t.Expr) -> Iterator[t.Expr]:
    """The parts of a conjunction."""
    core = t.bare(node)
    if isinstance(core, t.And):
        for part in core.parts:
            yield from _parts(part)
    else:
        yield node


def _terms(node: t.Expr) -> Iterator[t.Expr]:
    """The terms of a sum, without their signs."""
    core = t.bare(node)
    for part in t.children(core) if isinstance(core, (t.Add, t.Sub, t.Neg)) else ():
        yield from _terms(part)
    if not isinstance(core, (t.Add, t.Sub, t.Neg)):
        yield core


def _entries(node: t.Expr) -> Iterator[t.Index]:
    """The entries of arrays that a formula speaks of."""
    return (n for n in t.walk(node) if isinstance(n, t.Index) and isinstance(t.bare(n.base), t.Symbol))


def _all(parts: list[t.Expr]) -> t.Expr:
    return parts[0] if len(parts) == 1 else t.And(tuple(parts))


def _names(letters: Iterable[t.Symbol]) -> str:
    return ", ".join(sorted(s.name for s in letters))


def _letter_of(place: t.Expr) -> t.Symbol | None:
    """i of a[i], T of a[T + 1]."""
    if isinstance(place, t.Add) and isinstance(t.bare(place.right), t.Number):
        place = t.bare(place.left)
        return place if isinstance(place, t.Symbol) and place.type.domain == "natural" and counts(place) else None
    return place if isinstance(place, t.Symbol) and counts(place) else None


def _recurs(value: t.Expr, base: t.Symbol, places: tuple[t.Expr, ...], letters: tuple[t.Symbol, ...]) -> bool:
    """Whether a value speaks of its own array only at places before or after: m[t - 1] in m[t] = ..."""
    entries = [n for n in t.walk(value) if isinstance(n, t.Index) and t.bare(n.base) == base]
    if len(entries) != sum(1 for n in t.walk(value) if n == base):
        return False
    for entry in entries:
        moved = False
        for mine, here in zip(map(t.bare, entry.indices), places, strict=True):
            if mine != here:
                if not (t.free_symbols(mine) <= t.free_symbols(here) | frozenset(letters)) or isinstance(mine, t.Number):
                    return False
                moved = True
        if not moved:
            return False
    return True

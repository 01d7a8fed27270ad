"""What a user hands in, text or sympy, as a context and a claim. Nothing is evaluated: sympy objects are read, text is parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import RESERVED, Context, FormulaError, is_proposition
from mathcore.language.printers import parenthesise, readable, to_text
from mathcore.language.sympy_bridge.counting import Counted
from mathcore.language.sympy_bridge.standing import LARGE, as_it_stands, free_symbols, is_too_large, is_unevaluated
from mathcore.library import Library
from mathcore.proof.prover.assumptions import Facts, Reading, read_entries, read_number, require_real, require_whole, unsaid
from mathcore.proof.prover.error import WrongUse
from mathcore.proof.prover.every import of_every
from mathcore.proof.prover.trees import lettered

RELATIONS = {"=": "=", "==": "=", "<=": "<=", ">=": ">=", "<": "<", ">": ">", "!=": "!=", "≤": "<=", "≥": ">=", "≠": "!="}
ALIASES = {"probability": "unit", "one-hot": "onehot", "distribution": "simplex", "nonneg": "nonnegative"}
MAX_NODES = 20_000  # of a sympy object
MAX_WAYS = 8  # in which integers are natural numbers or the opposite of some
LETTERS = "klmijhrsuvwabcdefg"
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta_", "ε": "epsilon", "η": "eta", "θ": "theta", "λ": "lam", "μ": "mu",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "Δ": "Delta", "Σ": "Sigma",
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A claim under declarations and hypotheses; a Piecewise makes several questions out of one."""

    context: Context
    claim: t.Expr
    notes: tuple[str, ...] = ()  # what the reader of the answer has to know
    conditions: tuple[t.Expr, ...] = ()  # hypotheses of this question alone
    meanings: tuple[str, ...] = ()  # what its names mean here, of which a reader may think otherwise


def from_text(claim: str, given: str, library: Library) -> Question:
    """The formula language; heads of the cards of the library that the text names are known."""
    text = f"{given} {claim}"
    try:
        context = library.with_heads(Context(), text).given(given)
        parsed = context.parse(claim)
    except FormulaError as error:
        if (name := re.match(r"(\w+) is not declared", error.message)) and name[1] in library:
            raise FormulaError(error.text, error.position, f"{name[1]} is a function: write {name[1]}(...)") from None
        unknown = re.search(r"(\w+) is no function here", str(error))
        card = library.owner(unknown[1]) if unknown else None
        if card is None:
            meant = [n for n in library if unknown and n.replace("_", "") == unknown[1].lower().replace("_", "")]
            if meant:
                raise FormulaError(
                    error.text, error.position, f"{error.message.split(' here')[0]} here: write {meant[0]}"
                ) from None
            raise
        context = library.with_heads(Context(), f"{card}( {text}").given(given)
        parsed = context.parse(claim)
    if not is_proposition(parsed):
        raise WrongUse(f"claim: {claim!r} is no relation; write a = b, a <= b, a < b, a >= b or a > b")
    return Question(context, parsed, meanings=_meanings(context, parsed, library))


def _meanings(context: Context, claim: t.Expr, library: Library) -> tuple[str, ...]:
    """The definitions of those names in a claim that belong to cards."""
    called = {n.head for n in t.walk(claim) if isinstance(n, t.Apply) and n.head in library}
    found = [context.definitions[name] for name in sorted(called) if name in context.definitions]
    heads = [t.Apply(d.head, d.parameters, d.shape) for d in found]
    values = [t.Index(head, d.indices) if d.indices else head for head, d in zip(heads, found, strict=True)]
    return tuple(f"here {to_text(value)} = {to_text(d.body)}" for value, d in zip(values, found, strict=True))


# sympy ----------------------------------------------------------------------------------------------------------


@dataclass
class Names:
    """What the sympy objects speak of, by the user's names."""

    arrays: dict[str, int] = field(default_factory=dict)  # name -> number of axes
    axes: dict[tuple[str, int], Any] = field(default_factory=dict)  # axis -> size of the index seen there
    symbols: dict[str, Any] = field(default_factory=dict)
    functions: dict[str, int] = field(default_factory=dict)
    sizes: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)  # symbols in the upper ends of sums
    shifted: set[str] = field(default_factory=set)  # arrays that are indexed by more than a letter: x[k + 1]
    subscripts: dict[str, tuple[str, int]] = field(default_factory=dict)  # free index -> axis
    zero: set[str] = field(default_factory=set)  # arrays whose entries were counted from 0
    least: dict[str, int] = field(default_factory=dict)  # of the free letters that stand in sequences
    free: set[Any] = field(default_factory=set)
    backward: list[str] = field(
        default_factory=list
    )  # sums and products of which sympy would count terms below 0 if they end early
    compared: set[str] = field(default_factory=set)  # by a delta
    places: set[str] = field(default_factory=set)  # letters that are no sizes, though sums end there
    facts: dict[str, Facts] = field(default_factory=dict)  # what sympy assumes of arrays and functions
    tending: dict[Any, Any] = field(default_factory=dict)  # the variables of limits, and where they tend

    def assume(self, name: str, facts: Facts) -> None:
        if self.facts.setdefault(name, facts) != facts:
            raise WrongUse(f"{name} is used with two sets of assumptions: use one, or two names")


def from_sympy(
    claim: tuple[Any, str, Any],
    domains: Mapping[str, str],
    shapes: Mapping[str, Sequence[str]],
    indices: Mapping[str, str],
    hypotheses: Iterable[Any],
    min_sizes: Mapping[str, int],
    library: Library,
    by_pairs: bool = True,
    widely: bool = False,
) -> list[Question]:
    """Ordinary sympy objects with declarations by name; one question per branch of the Piecewise expressions.

    `widely`, what hypotheses say of the length of an array, as of n in `Sum(x[k], (k, 1, n)) = n^2`, is said of every n.
    """
    import sympy

    left, op, right = claim
    assumed = [h for k, h in enumerate(hypotheses) for h in _hypothesis(k, h)]
    told_by = [("hypotheses", side) for h in assumed if not isinstance(h, str) for side in h[::2]]
    for name, side in (("lhs", left), ("rhs", right), *told_by):
        _check_size(side, name)
    over_ranges = partial(from_sympy, claim, domains, shapes, indices, assumed, min_sizes, library, by_pairs=False, widely=widely)
    shapes = {str(name): _shape(shape) for name, shape in shapes.items()}
    indices = {str(name): str(size) for name, size in indices.items()}
    min_sizes = {str(name): least for name, least in min_sizes.items()}
    domains = _clean("domains", domains)
    if (entries := _entrywise(left, op, right)) is not None:
        sides, over = entries
        for name, size in over.items():
            indices.setdefault(name, size)
        read = partial(from_sympy, library=library, by_pairs=by_pairs, widely=widely)
        return [q for a, b in sides for q in read((a, op, b), domains, shapes, indices, assumed, min_sizes)]
    objects = [left, right, *(side for h in assumed if not isinstance(h, str) for side in h[::2])]
    backward = [said for item in objects for said in _check_letters(item)]
    _require_one_shape(objects, shapes)
    indices, first = _ranges(objects, indices)
    ends = {s for item in objects for idx in item.atoms(sympy.Idx) if idx.upper is not None for s in idx.upper.free_symbols}
    _require_other_names(objects)
    apart = _two_letters(list(map(_letters, objects)), {*domains, *shapes, *indices, *min_sizes})
    sizes = {*min_sizes, *(str(size) for shape in shapes.values() for size in shape)}
    every = of_every(apart[:2], apart[2:], shapes, widely) - sizes
    counted, shapes = _counted_from_one(apart, domains, shapes, first, {*indices} - sizes, every)
    moved = counted.items
    pairs: list[Any] = []  # what is summed, over all pairs
    left, right = (_without_range_checks(_over_pairs(side, pairs) if by_pairs else side, indices) for side in moved[:2])
    told = iter(moved[2:])
    assumed = [h if isinstance(h, str) else (next(told), h[1], next(told)) for h in assumed]
    left, right, factor = _infinite_sums(left, op, right, {s.name for item in moved for s in item.atoms(sympy.Symbol)})
    left, right = (_on_one_branch(side, assumed, domains) for side in (left, right))
    objects = [left, right, factor, *(side for h in assumed if not isinstance(h, str) for side in h[::2])]
    for place, item in enumerate(objects):
        _check_size(item, ("lhs", "rhs", "lhs")[place] if place < 3 else "hypotheses")
    found = Names(
        shifted=counted.sequences,
        zero=counted.zero,
        least=counted.least,
        backward=list(dict.fromkeys(backward)),
        places=({*indices} - sizes) | every,
    )
    for item in objects:
        _collect(item, found)
    for end in ends:
        _name(end, found)
    _require_no_sequence_as_argument(objects, found, domains)
    found.sizes -= {s.name for item in objects for limit in item.atoms(sympy.Limit) for s in limit.args[1].free_symbols}
    for name, minimum in min_sizes.items():
        if not isinstance(minimum, int) or minimum < 1:  # type: ignore[redundant-expr]  # users pass anything
            raise WrongUse(f"min_sizes: {name!r} has {minimum!r}; a least size is a whole number from 1")
    for name, size in indices.items():
        if name in found.subscripts:
            found.axes.setdefault(found.subscripts[name], size)
    naming = Naming(found, domains, shapes, indices, library)
    spoken = {s.name for side in (left, right) for s in free_symbols(side)}
    naming.unspoken = {naming.of[s.name] for s in found.free if s.name not in spoken}
    given, written, more = _declarations(found, naming, domains, shapes, indices, min_sizes)
    more += [note for item in (left, right, *objects[3:]) for note in _rounded(item) if note not in more]
    _require_no_every(written, (left, right), objects[3:])
    questions: list[Question] = []
    letters = naming.letters(written)
    for chosen in _ways(written):
        lines = [given, *(f"{letters[name]}: {reading.declaration}" for name, reading in chosen.items())]
        try:
            context = Context().given("; ".join(filter(None, lines)))
        except FormulaError as error:
            raise WrongUse(f"domains, shapes, indices: {error}") from None
        values = {name: reading.tree(context.symbols[letters[name]]) for name, reading in chosen.items()}
        here = naming.where(values)
        for h in assumed:
            context = _assume(context, here, h)
        _require_factor(context, here, factor)
        if not all(_has_value(context, here)(_tree(context, here, pair), ()) for pair in pairs):
            return over_ranges()
        said = (*more, *(f"{name} is written {to_text(tree)}" for name, tree in values.items()))
        asked = [_question(context, here, branch, op, conditions) for branch, conditions in _branches((left, right))]
        questions += [replace(question, notes=said) for question in asked]
    return questions


def _ways(written: Mapping[str, tuple[Reading, ...]]) -> list[dict[str, Reading]]:
    """One reading of every number, in all combinations."""
    ways = list(product(*written.values()))
    if len(ways) > MAX_WAYS:
        raise WrongUse(
            f"{', '.join(written)}: {len(written)} integers of either sign are too many to be read at once; "
            "assume nonnegative=True or positive=True of some"
        )
    return [dict(zip(written, way, strict=True)) for way in ways]


def _require_no_every(written: Mapping[str, tuple[Reading, ...]], claim: Sequence[Any], hypotheses: Sequence[Any]) -> None:
    """Refuse a hypothesis about f(m) for every integer m where m is one integer in each question."""
    named = {s.name for side in claim for s in free_symbols(side)}
    for name in (name for name, ways in written.items() if len(ways) > 1 and name not in named):
        for node in (n for h in hypotheses for n in _applied(h) if name in {s.name for s in n.free_symbols}):
            raise WrongUse(
                f"hypotheses: {node} is said of every integer {name}, and integers of either sign are read one by one; "
                f"assume nonnegative=True or negative=True of {name}, or only real=True"
            )


def _applied(item: Any) -> set[Any]:
    """The values of functions of which nothing is known but their names."""
    import sympy

    return set(item.atoms(sympy.core.function.AppliedUndef))


def _check_letters(item: Any) -> list[str]:
    """The sums that may end before they begin: by sympy's convention they are sums of opposite terms, where ours are empty.

    The letter of a sum runs over whole numbers, whatever sympy assumes of it, and a pattern stands for no number.
    """
    import sympy

    backward = []

    for node in sympy.preorder_traversal(item):
        if isinstance(node, (sympy.Wild, sympy.WildFunction)):
            raise WrongUse(f"{node} is a {type(node).__name__}, a pattern: write Symbol({node.name!r}, real=True)")
        if isinstance(node, (sympy.Sum, sympy.Product)):
            for letter, *ends in node.limits:
                require_whole(letter.name, letter.assumptions0, int(bool(ends and ends[0].is_positive)))
            inner = {limit[0] for limit in node.limits}
            for place, limit in enumerate(node.limits):
                terms = limit[-1] - limit[1] + 1 if len(limit) == 3 else sympy.Integer(0)
                for letter, low, high in (outer for outer in node.limits[place + 1 :] if len(outer) == 3):
                    slope = terms.diff(letter)
                    terms = terms.subs(letter, low if slope.is_positive else high) if slope.is_number else terms
                least = terms.xreplace(
                    {s: sympy.Dummy(nonnegative=True) + int(s.is_positive is True) for s in terms.free_symbols}
                )
                if inner & terms.free_symbols or not sympy.expand(least).is_extended_nonnegative:
                    backward.append(str(node))
    return backward


def _ranges(items: Sequence[Any], indices: Mapping[str, str]) -> tuple[dict[str, str], set[Any]]:
    """The sizes over which each `Idx` with a range runs, beside the declared ones, and the letters that count from 0."""
    import sympy

    known, first = dict(indices), set()
    labels: dict[str, Any] = {}
    for idx in sorted({i for item in items for i in item.atoms(sympy.Idx)}, key=str):
        if labels.setdefault(str(idx.label), idx) != idx:
            raise WrongUse(f"{idx}: two Idx of this name with different ranges: use one, or two names")
    for idx in sorted({i for item in items for i in item.atoms(sympy.Idx)}, key=str):
        if idx.upper is None:
            continue
        bound = {limit[0] for item in items for total in item.atoms(sympy.Sum, sympy.Product) for limit in total.limits}
        if idx in bound and not any(_is_free(idx, item, frozenset()) for item in items):
            continue
        name, size = str(idx.label), idx.upper + 1 - idx.lower
        if idx.lower not in (0, 1) or not (size.is_Symbol or size.is_Integer) or known.get(name, str(size)) != str(size):
            said = f"{idx} runs from {idx.lower} to {idx.upper}"
            raise WrongUse(
                f"{said}: write Idx({name!r}, n), or take Symbol({name!r}, integer=True) and indices={{{name!r}: 'n'}}"
            )
        known[name] = str(size)
        first |= {idx.label} if idx.lower == 0 else set()
    return known, first


def _is_free(letter: Any, item: Any, bound: frozenset[Any]) -> bool:
    """Whether a letter stands somewhere outside of the sums over it."""
    import sympy

    if item == letter:
        return letter not in bound
    if isinstance(item, (sympy.Sum, sympy.Product)):
        own = {limit[0] for limit in item.limits}
        ends = (end for limit in item.limits for end in limit[1:])
        return _is_free(letter, item.function, bound | own) or any(_is_free(letter, end, bound) for end in ends)
    return any(_is_free(letter, part, bound) for part in item.args if isinstance(part, sympy.Basic))


def _clean(argument: str, domains: Mapping[str, str]) -> dict[str, str]:
    known = {}
    for name, domain in domains.items():
        word = ALIASES.get(str(domain), str(domain))
        if word not in t.DOMAINS:
            raise WrongUse(f"{argument}: {name!r} is declared {domain!r}; choose one of {', '.join(t.DOMAINS)}")
        known[str(name)] = word
    return known


def _check_size(item: Any, argument: str) -> None:
    """Refuse monsters before anything recursive looks at them."""
    import sympy

    stack, count = [(item, 0)], 0
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > MAX_NODES or depth > 150:
            raise WrongUse(
                f"{argument}: the expression is too large or too deep to be read (at most {MAX_NODES} parts, depth 150)"
            )
        if isinstance(node, sympy.Rational) and max(abs(node.p), node.q).bit_length() > 200:
            raise WrongUse(f"{argument}: a number of more than 60 digits is not read")
        if isinstance(node, sympy.Pow) and is_too_large(node):
            raise WrongUse(f"{argument}: a power of a number above {LARGE}, or of a power, is not evaluated")
        stack += [(a, depth + 1) for a in getattr(node, "args", ())]


def _require_other_names(items: Sequence[Any]) -> None:
    """An `Idx` is another letter than the symbol that it wraps."""
    import sympy

    every = {idx: sympy.Dummy(integer=True) for item in items for idx in item.atoms(sympy.Idx)}
    symbols = {s for item in items for s in item.xreplace(every).atoms(sympy.Symbol)}
    if both := symbols & {idx.label for idx in every}:
        raise WrongUse(f"{min(map(str, both))} is the name of an Idx and of a symbol: give one of them another name")


def _letters(item: Any) -> Any:
    """`Idx` as the symbol that it wraps, a trace as the sum that it is."""
    import sympy

    with as_it_stands(item):
        item = item.xreplace({idx: idx.label for idx in item.atoms(sympy.Idx)})
    return _changed(item, lambda e, _: e.rewrite(sympy.Sum) if isinstance(e, sympy.Trace) else None)


LONG = 16  # digits of a float that was computed, and not typed


def _rounded(item: Any) -> list[str]:
    """What to write for floats that Python or sympy rounded: 0.1 + 0.2 is 0.30000000000000004 before it comes here."""
    import sympy

    notes = []
    for number in sorted(item.atoms(sympy.Float), key=str):
        text = repr(float(number))
        if len(re.sub(r"\D", "", text.partition("e")[0]).strip("0")) < LONG:
            continue
        value = Fraction(text)
        near = value.limit_denominator(1000)
        exact = (
            f"Rational({near.numerator}, {near.denominator})" if abs(value - near) * 10**12 < abs(value) else "the exact number"
        )
        notes.append(f"{text} is a float, rounded before it came here: write {exact}")
    return notes


def _two_letters(items: list[Any], taken: Collection[str]) -> list[Any]:
    """With another letter where that of a sum, a product or a limit also stands free: Sum(k, (k, 1, k)) as Sum(l, (l, 1, k))."""
    import sympy

    free = {s for item in items for s in free_symbols(item) if isinstance(s, sympy.Symbol)}
    spoken = {s.name for s in free}
    names = {*taken, *(s.name for item in items for s in item.atoms(sympy.Symbol))}

    def renamed(letter: Any) -> Any:
        name = next(n for n in (f"{a}{d}" for d in ("", *map(str, range(1, 100))) for a in LETTERS) if n not in names)
        names.add(name)
        return sympy.Symbol(name, **letter.assumptions0)

    def apart(part: Any, bound: frozenset[Any]) -> Any:
        if isinstance(part, sympy.Limit) and part.args[1].name in spoken and part.args[1] not in free:
            body, letter, *rest = part.args
            new = renamed(letter)
            with sympy.evaluate(False):
                return sympy.Limit(_changed(body, apart, bound).xreplace({letter: new}), new, *rest)
        if not isinstance(part, (sympy.Sum, sympy.Product)) or not free & {limit[0] for limit in part.limits}:
            return None
        body, *limits = (_changed(a, apart, bound) if isinstance(a, sympy.Basic) else a for a in part.args)
        for place, (letter, *ends) in enumerate(limits):
            if letter not in free:
                continue
            new = renamed(letter)
            with sympy.evaluate(False):
                body = body.xreplace({letter: new})
                inner = [sympy.Tuple(k, *(end.xreplace({letter: new}) for end in own)) for k, *own in limits[:place]]
            limits = [*inner, sympy.Tuple(new, *ends), *limits[place + 1 :]]
        with sympy.evaluate(False):
            return part.func(body, *limits)

    return [_changed(item, apart) for item in items]


def _entrywise(left: Any, op: str, right: Any) -> tuple[list[tuple[Any, Any]], dict[str, str]] | None:
    """An equation of matrices entry by entry: all entries, or one at the letters of any row and column; None of numbers."""
    import sympy

    def shape(side: Any) -> tuple[Any, ...] | None:
        return tuple(side.shape) if isinstance(side, (sympy.MatrixBase, sympy.MatrixExpr, sympy.NDimArray)) else None

    known = [found for found in map(shape, (left, right)) if found is not None]
    if not known:
        return None
    if len(known) == 1 and all(size == 1 for size in known[0]):  # a number
        at = (0,) * len(known[0])
        return [(left[at] if shape(left) else left, right[at] if shape(right) else right)], {}
    if len(known) == 1 or known[0] != known[1]:
        said = " and ".join(str(found or "a number") for found in map(shape, (left, right)))
        raise WrongUse(f"lhs, rhs: {said}: both sides need the same shape")
    if op not in ("=", "=="):
        raise WrongUse(f"relation: {op!r} between matrices; compare entries, A[i, j] {op} B[i, j]")
    sizes = known[0]
    if all(sympy.sympify(size).is_Integer for size in sizes):
        places = list(product(*(range(int(size)) for size in sizes)))
        if len(places) > 64:
            raise WrongUse(f"lhs, rhs: {len(places)} entries; compare entries one by one, prove(A[0, 0], '=', B[0, 0])")
        return [(left[place], right[place]) for place in places], {}
    taken = {s.name for side in (left, right) for s in free_symbols(side) if hasattr(s, "name")}
    free = iter(letter for letter in ("i", "j", "r", "s", "u", "v") if letter not in taken)
    letters: list[Any] = [0 if size == 1 else sympy.Symbol(next(free), integer=True) for size in sizes]
    over = {letter.name: str(size) for letter, size in zip(letters, sizes, strict=True) if letter != 0}
    return [(left[tuple(letters)], right[tuple(letters)])], over


def _require_one_shape(items: Sequence[Any], shapes: Mapping[str, Any]) -> None:
    """Refuse two arrays of one name, for entries are known by the name of their array, and a shape that is not its own."""
    import sympy

    seen: dict[str, Any] = {}
    for array in (a for item in items for a in item.atoms(sympy.IndexedBase, sympy.MatrixSymbol)):
        name, kind = str(getattr(array, "label", array)), (isinstance(array, sympy.MatrixSymbol), array.shape)
        if seen.setdefault(name, kind) != kind:
            raise WrongUse(f"{name}: two arrays of this name with different shapes: use one, or two names")
        own = "" if array.shape is None else ", ".join(map(str, array.shape))
        told = ", ".join(map(str, shapes.get(name, ())))
        if own and told and own.replace(" ", "") != told.replace(" ", ""):
            raise WrongUse(
                f"shapes: {name!r} is declared ({told}), and sympy's {name} has the shape ({own}): leave it out of shapes"
            )


def _counted_from_one(
    items: list[Any],
    domains: Mapping[str, str],
    shapes: Any,
    first: Collection[Any],
    indices: Collection[str],
    every: Collection[str],
) -> tuple[Counted, dict[str, Any]]:
    """The objects with every array counted from 1, and the shapes with those that the arrays have of their own."""
    import sympy

    from mathcore.language.sympy_bridge import SympyError, from_one

    matrices = {m for item in items for m in item.atoms(sympy.MatrixSymbol)}
    for size in (size for m in matrices for size in m.shape if size.is_Symbol):
        _require_positive(size)
    bases = {b for item in items for b in item.atoms(sympy.IndexedBase) if b.shape and all(size.is_Atom for size in b.shape)}
    shapes = {str(getattr(a, "label", a)): tuple(map(str, a.shape)) for a in matrices | bases} | shapes
    fixed = {name for name, domain in domains.items() if domain in ("simplex", "onehot")}
    numbers = {name for name, domain in domains.items() if domain != "index"}
    try:
        return from_one(items, shapes, fixed, numbers, first, indices, every), shapes
    except SympyError as error:
        raise WrongUse(f"lhs, rhs: {error}") from None


def _infinite_sums(left: Any, op: str, right: Any, taken: Collection[str]) -> tuple[Any, Any, Any]:
    """c * (a sum to infinity) = b as the limit of the sums up to N = b / c, and c, which must not be 0."""
    import sympy

    endless = [s for side in (left, right) for s in side.atoms(sympy.Sum) if any(limit[-1] == sympy.oo for limit in s.limits)]
    if not endless:
        return left, right, sympy.Integer(1)
    if right.has(endless[0]):
        left, right = right, left
    factor, whole = (sympy.Integer(1), left) if is_unevaluated(left) else left.as_independent(sympy.Sum, as_Add=False)
    if len(endless) != 1 or op not in ("=", "==") or whole != endless[0] or len(whole.limits) != 1 or right.has(whole):
        raise WrongUse(
            f"lhs, rhs: {endless[0]}: a sum to infinity is read where it is one side of an equation, with a factor at most: "
            "prove(Sum(f, (s, 0, oo)), '=', value)"
        )
    ((index, low, _),) = whole.limits
    name = next(n for n in ("N", "M", "N_", "M_", "N__") if n not in taken)
    end = sympy.Symbol(name, integer=True, nonnegative=True)
    partial = sympy.Sum(whole.function, (index, low, end))
    with as_it_stands(right):
        return sympy.Limit(partial, end, sympy.oo), right if factor == 1 else right / factor, factor


def _require_factor(context: Context, naming: Naming, factor: Any) -> None:
    """A sum to infinity is only divided out of what is not 0: 0 times a sum without a value has none."""
    if factor == 1:
        return
    from mathcore.proof.kernel.polynomial import KernelError
    from mathcore.proof.prover.lemmas import claim_scope

    tree = _tree(context, naming, factor)
    normal = claim_scope(context, tree).normal()
    try:
        shown = normal.facts.nonzero(normal.read(context.unfold(tree)))
    except KernelError:
        shown = False
    if not shown:
        raise WrongUse(
            f"lhs, rhs: {factor} stands before a sum to infinity and may be 0: "
            "add a hypothesis, or write prove(Sum(f, (s, 0, oo)), '=', value)"
        )


def _over_pairs(item: Any, found: list[Any]) -> Any:
    """A sum over i < j of what is symmetric in i and j, as half of the sum over all pairs less the diagonal.

    Those over all pairs are found: the two are equal where every term of them has a value, also on the diagonal.
    """
    import sympy

    def pairs(total: Any) -> Any:
        limits, body, factor = list(total.limits), total.function, sympy.Integer(1)
        if len(limits) == 1:
            factor, inner = body.as_independent(sympy.Sum) if body.is_Mul else (sympy.Integer(1), body)
            if not isinstance(inner, sympy.Sum) or len(inner.limits) != 1:
                return total
            limits, body = [*inner.limits, *limits], inner.function
        if len(limits) != 2 or any(len(limit) != 3 for limit in limits):
            return total
        (j, low, high), (i, first, last) = limits
        above = low == i + 1 and first == 1 and last in (high, high - 1)
        below = low == 1 and high == i - 1 and first in (1, 2)
        size = high if above else last
        if not (above or below) or not size.is_Symbol or factor.has(j):
            return total
        swapped = body.subs({i: j, j: i}, simultaneous=True)
        if body != swapped and sympy.expand(body - swapped) != 0:
            return total
        whole, diagonal = sympy.Sum(factor * body, (j, 1, size), (i, 1, size)), sympy.Sum(factor * body.subs(j, i), (i, 1, size))
        if factor.has(i) or diagonal.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
            return total
        found.append(whole)
        return (whole - diagonal) / 2

    return item if is_unevaluated(item) else item.replace(lambda e: isinstance(e, sympy.Sum), pairs)


def _without_range_checks(item: Any, indices: Mapping[str, str]) -> Any:
    """`Piecewise((x[i], (1 <= i) & (i <= n)), (0, True))`, as sympy sums over a delta: a declared index lies in its range."""
    import sympy

    def always(condition: Any, bound: frozenset[Any]) -> bool:
        if isinstance(condition, sympy.And):
            return all(always(part, bound) for part in condition.args)
        if not isinstance(condition, (sympy.Le, sympy.Ge)) or bound & condition.free_symbols:
            return bool(condition == sympy.true)
        small, large = condition.lts, condition.gts
        return (small == 1 and str(large) in indices) or (str(small) in indices and str(large) == str(indices[str(small)]))

    def chosen(part: Any, bound: frozenset[Any]) -> Any:
        if isinstance(part, sympy.Piecewise) and always(part.args[0][1], bound):
            return _without_range_checks(part.args[0][0], indices)
        return None

    return _changed(item, chosen)


def _changed(item: Any, change: Callable[[Any, frozenset[Any]], Any], bound: frozenset[Any] = frozenset()) -> Any:
    """`change(part, bound)` in place of each part where it is not None; `bound` are the letters bound by what is around it."""
    import sympy

    made = change(item, bound)
    if made is not None:
        return made
    own = {item.args[1]} if isinstance(item, sympy.Limit) else getattr(item, "bound_symbols", ())
    parts = [_changed(a, change, bound.union(own)) if isinstance(a, sympy.Basic) else a for a in item.args]
    if all(a is b for a, b in zip(parts, item.args, strict=True)):
        return item
    with sympy.evaluate(False):  # what it would cancel need not have a value: exp(log(x)), x / x
        return item.func(*parts)


def _hypothesis(place: int, item: Any) -> list[Any]:
    """(left, op, right) for each relation, or text of the formula language."""
    import sympy

    names = {sympy.Eq: "=", sympy.Ne: "!=", sympy.Le: "<=", sympy.Lt: "<", sympy.Ge: ">=", sympy.Gt: ">"}
    if isinstance(item, str):
        return [item]
    if isinstance(item, bool):  # of sympy objects a == b asks whether they are the same object
        raise WrongUse(f"hypotheses[{place}]: Python evaluated it to {item}; write Eq(a, b) for a == b, Ne(a, b) for a != b")
    if item is sympy.true:
        return []
    if item is sympy.false:
        raise WrongUse(f"hypotheses[{place}]: sympy evaluated it to False: nothing satisfies it; correct it, or leave it out")
    if isinstance(item, sympy.And):
        return [h for part in item.args for h in _hypothesis(place, part)]
    if isinstance(item, tuple) and len(item) == 3 and item[1] in RELATIONS and not any(isinstance(a, str) for a in item[::2]):
        return [(sympy.sympify(item[0], strict=True), RELATIONS[item[1]], sympy.sympify(item[2], strict=True))]
    op = names.get(getattr(item, "func", None))
    if op is None:
        said = str(item)[:60]
        raise WrongUse(
            f"hypotheses[{place}]: {said!r} is no relation; write Eq(a, b), a <= b, (a, '=', b), or text of the formula language"
        )
    return [(item.lhs, op, item.rhs)]


def _collect(item: Any, found: Names) -> None:
    """Arrays, symbols, functions and sizes of one sympy object."""
    import sympy

    for node in sympy.preorder_traversal(item):
        _collect_node(node, found)
    for entry, bound in _entries(item, frozenset()):
        for axis, index in enumerate(entry.indices):
            if isinstance(index, sympy.Symbol) and index not in bound:
                found.subscripts.setdefault(index.name, (str(entry.base.label), axis))
    bases = item.atoms(sympy.IndexedBase)
    free = {s for s in free_symbols(item) if isinstance(s, sympy.Symbol)} - {base.label for base in bases}
    found.free |= free
    for symbol in free:
        _name(symbol, found)
    for base in bases:
        _collect_base(base, found)


def _require_no_sequence_as_argument(items: Sequence[Any], found: Names, domains: Mapping[str, str]) -> None:
    """A function takes arrays of a length."""
    import sympy

    for node in (node for item in items for node in _applied(item)):
        for label in (str(a.label) for a in node.args if isinstance(a, sympy.IndexedBase)):
            if label in found.shifted and domains.get(label) not in ("simplex", "onehot"):
                raise WrongUse(
                    f"{node}: {label} has an entry at a place that is computed, and is read as a sequence: "
                    f"write a letter for the place, {label}[i] with indices={{'i': 'n'}}"
                )


def _name(symbol: Any, found: Names) -> None:
    if found.symbols.setdefault(symbol.name, symbol) != symbol:
        raise WrongUse(f"{symbol.name}: two symbols of this name: use one, or two names")


def _collect_node(node: Any, found: Names) -> None:
    """What one node says, whatever stands in it."""
    import sympy
    from sympy.core.function import AppliedUndef

    if isinstance(node, sympy.Indexed):
        _collect_entry(node, found)
    elif isinstance(node, (sympy.Sum, sympy.Product)):
        for limit in node.limits:
            _collect_range(node, limit, found)
    elif isinstance(node, sympy.Limit):
        found.symbols.setdefault(node.args[1].name, node.args[1])
        found.tending[node.args[1]] = node.args[2]
    elif isinstance(node, sympy.Derivative):
        for variable in node._wrt_variables:
            if isinstance(variable, sympy.Symbol):
                found.symbols.setdefault(variable.name, variable)
    elif isinstance(node, sympy.KroneckerDelta):
        found.compared |= {a.name for a in node.args[:2] if isinstance(a, sympy.Symbol)}
    elif isinstance(node, AppliedUndef):
        found.functions.setdefault(str(node.func), len(node.args))
        found.assume(str(node.func), node.func._kwargs)


def _collect_entry(node: Any, found: Names) -> None:
    """The array of an entry, its rank, and whether its places are counted as a sequence's are."""
    import sympy
    from sympy.core.function import AppliedUndef

    name = str(node.base.label)
    if isinstance(node.base.label, AppliedUndef):
        return
    found.assume(name, node.base.assumptions0)
    if found.arrays.setdefault(name, len(node.indices)) != len(node.indices):
        raise WrongUse(f"{name} is used with {found.arrays[name]} and with {len(node.indices)} indices: use two names")
    if len(node.indices) == 1 and not isinstance(node.indices[0], (sympy.Symbol, sympy.Integer)):
        found.shifted.add(name)


def _collect_range(node: Any, limit: Any, found: Names) -> None:
    """What the range of a sum or a product says of its end, and of the arrays whose entries it goes through."""
    import sympy

    if len(limit) != 3:
        raise WrongUse(f"{node}: give the sum its limits, e.g. Sum(f, (k, 1, n))")
    symbol, low, high = limit
    found.ends |= {s.name for s in high.free_symbols if isinstance(s, sympy.Symbol)}
    entries = node.function.atoms(sympy.Indexed)
    sequences = {str(entry.base.label) for entry in entries if entry.indices == (symbol,)}
    if low not in (0, 1) or not (high.is_Symbol or (high + 1).is_Symbol or high.is_Integer):
        found.shifted |= sequences
    indexed = bool(node.function.atoms(sympy.Indexed, sympy.KroneckerDelta))  # else the end may be 0
    over = high if low == 1 else high + 1 if low == 0 else None
    if {s.name for s in high.free_symbols} & found.places:
        found.shifted |= sequences
        return
    if isinstance(over, sympy.Symbol) and not _may_be_zero(over) and (indexed or over.is_positive):
        found.sizes.add(over.name)
    elif low == 1 and (high + 1).is_Symbol and not _may_be_zero(high + 1) and (indexed or (high + 1).is_positive):
        found.sizes.add((high + 1).name)  # sum over 1..n - 1
    if isinstance(over, sympy.Symbol) and _may_be_zero(over):
        found.shifted |= sequences
    elif over is not None and (isinstance(over, sympy.Symbol) or over.is_Integer):
        for label, axis in (
            (str(e.base.label), axis) for e in entries for axis, index in enumerate(e.indices) if index == symbol
        ):
            found.axes.setdefault((label, axis), over)


def _collect_base(base: Any, found: Names) -> None:
    """What an array says of its entries and of its axes."""
    import sympy
    from sympy.core.function import AppliedUndef

    if not isinstance(base.label, AppliedUndef):
        found.assume(str(base.label), base.assumptions0)
    for axis, size in enumerate(base.shape or ()):
        if (over := found.axes.setdefault((str(base.label), axis), size)) != size:
            raise WrongUse(f"{base.label} has the shape {base.shape} in sympy, and a sum goes over {over}: give it that shape")
        if isinstance(size, sympy.Symbol):
            _require_positive(size)
            found.sizes.add(size.name)


def _entries(item: Any, bound: frozenset[Any]) -> Iterator[tuple[Any, frozenset[Any]]]:
    """The entries of arrays, each with the letters that are bound around it."""
    import sympy
    from sympy.core.function import AppliedUndef

    if isinstance(item, sympy.Indexed) and not isinstance(item.base.label, AppliedUndef):
        yield item, bound
    if isinstance(item, (sympy.Sum, sympy.Product)):
        bound |= {limit[0] for limit in item.limits}
    for part in item.args:
        yield from _entries(part, bound)


def _may_be_zero(symbol: Any) -> bool:
    """Whether sympy's assumptions say that it is a whole number from 0: then it is no size."""
    return bool(symbol.is_integer is not False and symbol.is_nonnegative and not symbol.is_positive)


def _require_positive(size: Any) -> None:
    if _may_be_zero(size):
        raise WrongUse(
            f"{size} is a size, and by what sympy assumes of it may be 0: take Symbol({size.name!r}, integer=True, positive=True)"
        )


class Naming:
    """The user's names as names that the language reads, and back."""

    def __init__(self, found: Names, domains: Any, shapes: Any, indices: Any, library: Library) -> None:
        self.library = library
        self.heads = set(found.functions) & set(library)
        users = {*found.arrays, *found.symbols, *found.sizes, *map(str, domains), *map(str, shapes), *map(str, indices)}
        users |= {str(s) for shape in shapes.values() for s in _shape(shape)} | {str(s) for s in indices.values()}
        users |= set(found.functions) - self.heads
        self.of: dict[str, str] = {}
        taken: set[str] = set()
        for name in sorted(users, key=lambda u: (not re.fullmatch(r"[A-Za-z_]\w*", u, re.ASCII) or u in RESERVED, u)):
            plain = "".join(GREEK.get(c, c) for c in name)
            plain = re.sub(r"\W", "_", plain, flags=re.ASCII)
            plain = plain if re.match(r"[A-Za-z_]", plain) else f"x{plain}"
            while plain in RESERVED or plain == "pi" or plain in taken or plain in library:
                plain += "_"
            taken.add(plain)
            self.of[name] = plain
        self.values: dict[str, t.Expr] = {}
        self.unspoken: set[str] = set()  # letters that are free in hypotheses alone

    def letters(self, names: Iterable[str]) -> dict[str, str]:
        """Other names, for the numbers by which these are written."""
        taken, found = set(self.of.values()), dict[str, str]()
        for name in names:
            found[name] = next(new for k in range(1, 100) if (new := self.of[name] + "_" * k) not in taken)
            taken.add(found[name])
        return found

    def own(self, stem: str) -> str:
        """A name for something that the user did not name."""
        new = next(n for k in range(1, 1000) if (n := f"{stem}{k}") not in self.of.values())
        self.of[new] = new
        return new

    def where(self, values: dict[str, t.Expr]) -> Naming:
        """The same names, with these numbers written by others."""
        other = copy(self)
        other.values = values
        return other


def _shape(shape: Any) -> tuple[Any, ...]:
    return tuple(shape) if isinstance(shape, (tuple, list)) else (shape,)


def _is_name(text: str) -> bool:
    """Whether a size is a letter, as sympy may call one: no number, and not computed."""
    return re.fullmatch(r"[^\W\d][^-+*/()\s]*", text) is not None


def _declarations(
    found: Names,
    naming: Naming,
    domains: Mapping[str, str],
    shapes: Mapping[str, Any],
    indices: Mapping[str, str],
    min_sizes: Mapping[str, int],
) -> tuple[str, dict[str, tuple[Reading, ...]], list[str]]:
    """The `given` of the formula language for all names; how the numbers are written that it has no word for; what to know."""
    shapes = {str(k): _shape(v) for k, v in shapes.items()}
    sizes = {s for s in found.sizes if domains.get(s, "size") == "size"} | set(map(str, min_sizes))
    sizes |= {str(s) for shape in shapes.values() for s in shape if _is_name(str(s)) and str(s) != "naturals"}
    sizes |= {str(s) for s in indices.values() if _is_name(str(s))} | {k for k, d in domains.items() if d == "size"}
    sizes -= {str(k) for k in indices} | set(found.arrays)
    lines: list[str] = []
    for name in sorted(sizes):
        least = min_sizes.get(name, 1)
        lines.append(f"{naming.of.setdefault(name, name)}: size" + (f" >= {least}" if least > 1 else ""))

    def size(value: Any, who: str) -> str:
        text = str(value)
        if text.isdecimal() or text == "naturals":
            return text
        if text not in sizes:
            raise WrongUse(f"shapes: {who} has the size {text!r}, which is no name and no number; write e.g. {{'{who}': ('n',)}}")
        return naming.of[text]

    unknown: list[str] = []  # of which nothing is said
    said: list[str] = []  # relations to 0
    for name in sorted({*found.arrays, *shapes}):
        rank = found.arrays.get(name, len(shapes.get(name, ())))
        shape = shapes.get(name)
        if rank == 1 and name in found.shifted and domains.get(name) not in ("simplex", "onehot"):
            shape = ("naturals",)  # any sequence: what holds for its entries holds for those of a finite array
        if shape is None:
            shape = tuple(found.axes.get((name, axis)) for axis in range(rank))
            if None in shape:
                raise WrongUse(f"shapes: {name!r} is indexed but has no shape; write shapes={{'{name}': ('n',)}}")
        if len(shape) != rank:
            raise WrongUse(f"shapes: {name!r} has {len(shape)} axes and is used with {rank} indices")
        if name in found.symbols and name not in found.arrays and not shape:
            continue
        if domains.get(name) in ("size", "index"):
            raise WrongUse(f"domains: {name!r} is an array and cannot be declared {domains[name]!r}")
        facts = found.facts.get(name, {})
        reading = read_entries(name, facts, domains.get(name))
        unknown += [name] * (unsaid(facts) and name not in domains)
        inside = [size(s, name) for s in shape]
        lines.append(f"{naming.of[name]}: {reading.declaration}" + (f"[{', '.join(inside)}]" if shape else ""))
        if reading.relation:
            said.append(_of_all_entries(naming, name, inside, reading.relation))
    arrays = {*found.arrays, *(k for k, v in shapes.items() if v)}
    for name, over in indices.items():
        lines.append(f"{naming.of[str(name)]}: index[{size(over, str(name))}]")
    for name in found.functions:
        if name not in naming.heads:
            lines.append(f"{naming.of.setdefault(name, name)}: function")
            unknown += [name] * unsaid(found.facts[name])
        require_real(name, found.facts[name])
    written: dict[str, tuple[Reading, ...]] = {}
    ending: list[str] = []
    counted: list[str] = []
    tending = {variable.name for variable in found.tending}
    for name, symbol in sorted(found.symbols.items()):
        if name in arrays or name in found.functions or name in shapes:
            continue
        facts = symbol.assumptions0
        least = 0 if name not in sizes and found.subscripts.get(name, ("",))[0] in found.zero else 1
        if name in indices and found.least.get(name) == 0:
            array = found.subscripts.get(name, ("a sequence",))[0]
            raise WrongUse(
                f"indices: {name!r} counts from 1 to {indices[name]}, and of {array} the entry 0 is spoken of: "
                f"leave {name!r} out of indices, and assume nonnegative=True of it"
            )
        if name in indices or name in sizes:
            require_whole(name, facts, least)
            ending += [name] if name in found.sizes and not (symbol.is_integer or unsaid(facts)) else []
            continue
        domain = domains.get(name)
        if domain is None and name in found.subscripts:
            array, axis = found.subscripts[name]
            along = shapes[array][axis] if array in shapes else found.axes.get((array, axis))
            if along is not None and str(along) != "naturals" and array not in found.shifted:
                require_whole(name, facts, least)
                lines.append(f"{naming.of[name]}: index[{size(along, name)}]")
                continue
            domain = "natural"
            if not symbol.is_integer:
                raise WrongUse(f"{name} is a place in a sequence: take Symbol({name!r}, integer=True, nonnegative=True)")
            if not symbol.is_nonnegative:
                facts = {**facts, "positive" if found.least.get(name, 1) else "nonnegative": True}
                counted.append(name)
        if domain is None and name in found.ends:
            domain = "natural"
            ending += [name] if not (symbol.is_integer and symbol.is_nonnegative) else []
        if domain == "index":
            raise WrongUse(f"domains: {name!r} is an index: say over which size, indices={{'{name}': 'n'}}")
        if domain in ("simplex", "onehot"):
            raise WrongUse(f"domains: {name!r} is declared {domain!r} but is one number; write shapes={{'{name}': ('n',)}}")
        if domain == "function":
            raise WrongUse(f"domains: {name!r} is declared 'function' but is no function; write Function({name!r})(x)")
        if name in found.compared:
            over = "n" if name != "n" else "m"
            raise WrongUse(
                f"indices: {name!r} is compared by a delta: say over which size it runs, indices={{{name!r}: {over!r}}}"
            )
        unknown += [name] * (unsaid(facts) and domain is None)
        readings = read_number(name, facts, domain)
        if name in tending and any(not r.plain or r.relation for r in readings):
            readings = (_tending(found, symbol, readings),)
        if len(readings) == 1 and readings[0].plain:
            lines.append(f"{naming.of[name]}: {readings[0].declaration}")
            said += [f"{naming.of[name]} {readings[0].relation} 0"] if readings[0].relation else []
        else:
            written[name] = readings
    notes = []
    if found.backward:
        notes.append(f"a sum that ends before it begins is empty here, and 0, a product 1: {', '.join(found.backward)}")
    if found.zero:
        notes.append(f"entries are counted from 1 here: the first of {', '.join(sorted(found.zero))} has the index 1")
    for name in counted:
        notes.append(f"{name} counts from {found.least.get(name, 1)} here: assume nonnegative=True or positive=True to say it")
    if ending:
        notes.append(f"read as a natural number, for a sum or product ends there: {', '.join(ending)}")
    if unknown:
        notes.append(f"read as real, for sympy assumes nothing of it: {', '.join(unknown)}")
    return "; ".join([*lines, *said]), written, notes


def _of_all_entries(naming: Naming, name: str, shape: Sequence[str], relation: str) -> str:
    """The declarations of letters for the entries of an array, and the relation of all its entries to 0."""
    if "naturals" in shape:
        raise WrongUse(f"{name}: of all entries of a sequence nothing is assumed but positive=True or nonnegative=True")
    letters = [naming.own("k") for _ in shape]
    declared = [f"{letter}: index[{size}]" for letter, size in zip(letters, shape, strict=True)]
    return "; ".join([*declared, f"forall({', '.join(letters)}: {naming.of[name]}[{', '.join(letters)}] {relation} 0)"])


def _tending(found: Names, variable: Any, readings: tuple[Reading, ...]) -> Reading:
    """A variable that tends to infinity runs over the natural numbers if it is an integer."""
    import sympy

    if variable in found.free or not readings[0].plain or readings[0].relation or found.tending[variable] != sympy.oo:
        raise WrongUse(
            f"{variable}: sympy assumes {variable} of some sign or parity, and it is the variable of a limit: "
            "take one that is only real=True or positive=True, or integer=True towards oo, and that stands nowhere else"
        )
    return readings[0]


def _assume(context: Context, naming: Naming, hypothesis: Any) -> Context:
    if isinstance(hypothesis, str):
        if hidden := set(re.findall(r"\w+", hypothesis)) & set(naming.values):
            name = min(hidden)
            raise WrongUse(
                f"hypotheses: {hypothesis!r} speaks of {name}, an integer in sympy: write it with sympy, e.g. {name} > 0"
            )
        return context.given(hypothesis)
    left, op, right = hypothesis
    question = _question(context, naming, (left, right), op, ())
    return question.context.supposing(question.claim)


def _question(context: Context, naming: Naming, sides: tuple[Any, Any], op: str, conditions: Iterable[Any]) -> Question:
    """The relation read from its own text in the formula language, so that every rule of the language is kept."""
    given = context.hypotheses
    for condition in conditions:
        for side in condition[::2]:
            if not _has_value(context, naming)(_tree(context, naming, side), ()):
                raise WrongUse(
                    f"lhs, rhs: {side} is compared in a condition of a Piecewise and may have no value; "
                    "add what it takes to hypotheses, e.g. x > 0 for log(x), Ne(b, 0) for 1/b"
                )
        context = _assume(context, naming, condition)
    heads = naming.library.with_heads(context, " ".join(f"{head}(" for head in naming.heads))
    trees = [_tree(heads, naming, side) for side in sides]
    relation: t.Expr = t.Relation((trees[0], trees[1]), (op,))
    known = lettered(heads, relation)
    near = {s.name: s for n in t.walk(relation) if isinstance(n, t.Limit) for s in t.bound_symbols(n)}
    known = replace(known, symbols={**near, **known.symbols})
    text = to_text(parenthesise(readable(relation, known)))
    asked = known.parse(text)
    symbols = {s.name: s for n in t.walk(asked) for s in t.bound_symbols(n) if s.type.domain != "natural"}
    own = tuple(h for h in context.hypotheses if h not in given)
    return Question(replace(heads, symbols={**symbols, **heads.symbols}), asked, conditions=own)


def _tree(context: Context, naming: Naming, item: Any) -> t.Expr:
    from mathcore.language.sympy_bridge import SympyError, from_sympy

    try:
        return from_sympy(item, context, naming.of, naming.values, _has_value(context, naming))
    except SympyError as error:
        raise WrongUse(str(error)) from None


def _has_value(context: Context, naming: Naming) -> Callable[[t.Expr, Iterable[t.Symbol]], bool]:
    """Whether the hypotheses give a tree a value for all values of some letters; a derivative or a limit may have none."""
    from mathcore.proof.defined import has_value
    from mathcore.proof.prover.lemmas import claim_scope

    spoken = t.List(tuple(s for s in context.symbols.values() if s.name not in naming.unspoken))
    scope = claim_scope(context, spoken)

    def seen(tree: t.Expr, letters: Iterable[t.Symbol]) -> bool:
        return not any(isinstance(n, (t.Derivative, t.Limit)) for n in t.walk(tree)) and has_value(scope, tree, letters)

    return seen


def _branches(sides: tuple[Any, Any]) -> list[tuple[tuple[Any, Any], tuple[Any, ...]]]:
    """Each combination of branches of the Piecewise expressions that depend on no bound index, with its conditions."""
    import sympy

    pending = [(sides, ())]
    done: list[tuple[tuple[Any, Any], tuple[Any, ...]]] = []
    while pending:
        (left, right), conditions = pending.pop()
        pieces = [p for side in (left, right) for p in _open_pieces(side)]
        # the outermost first: a condition inside of it is only asked in its own case
        piece = next((p for p in pieces if not any(q != p and q.has(p) for q in pieces)), None)
        if piece is None or len(done) + len(pending) > 16:
            done.append(((left, right), conditions))
            continue
        if sympy.Or(*(condition for _, condition in piece.args)) != sympy.true:
            raise WrongUse(f"{piece}: not every case is seen to have a value; end with one that always holds: (value, True)")
        before: list[Any] = []
        for value, condition in ((value, c) for value, cond in piece.args for c in sympy.Or.make_args(cond)):
            if isinstance(condition, sympy.logic.boolalg.BooleanFunction):
                raise WrongUse(f"{piece}: write each condition as one relation such as x > 0")
            held = [] if condition == sympy.true else _hypothesis(0, condition)
            # between the alternatives: this condition and none of the earlier ones
            own = (*conditions, *before, *held)
            pending.append(((_on_branches(left, {piece: value}.get), _on_branches(right, {piece: value}.get)), tuple(own)))
            if condition == sympy.true:
                break
            ((a, op, b),) = held
            before.append((a, {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}[op], b))
    return done


def _on_one_branch(item: Any, assumed: Iterable[Any], domains: Mapping[str, str]) -> Any:
    """In a derivative, the branch of a Piecewise on which a strict hypothesis puts the point: it holds all around it."""
    import sympy
    from sympy.core.function import AppliedUndef

    strict = [(a, b) if op == ">" else (b, a) for h in assumed if not isinstance(h, str) for a, op, b in [h] if op in ("<", ">")]
    known = [a - b for a, b in strict]
    known += [s for s in item.free_symbols if domains.get(str(s)) == "positive"]
    jumping = (sympy.Piecewise, sympy.sign, sympy.Heaviside, sympy.floor, sympy.ceiling, sympy.Limit, AppliedUndef)

    def side(condition: Any) -> bool | None:
        if condition == sympy.true:
            return True
        if not isinstance(condition, (sympy.Gt, sympy.Ge, sympy.Lt, sympy.Le)):
            return None
        gap = condition.gts - condition.lts
        if gap.has(*jumping):
            return None  # no continuous function: what holds at a point need not hold around it
        powers = [p.exp for p in condition.atoms(sympy.Pow)]
        if not all(e.is_Integer for e in powers) or condition.has(sympy.log):
            return None  # a root, or a logarithm, may have a value at the point and none beside it
        if any(e < 0 for e in powers) and {condition.gts, condition.lts} not in map(set, strict):
            return None  # a quotient that no hypothesis gives a value
        if any(sympy.expand(gap - other) == 0 for other in known):
            return True
        return False if any(sympy.expand(gap + other) == 0 for other in known) else None

    def chosen(part: Any, bound: frozenset[Any]) -> Any:
        if not isinstance(part, sympy.Piecewise):
            return None
        for value, condition in part.args:
            found = None if bound & condition.free_symbols else side(condition)
            if found is not False:
                return _changed(value, chosen, bound) if found else None
        return None

    def inside(part: Any, bound: frozenset[Any]) -> Any:
        return _changed(part, chosen, bound) if isinstance(part, sympy.Derivative) else None

    return _changed(item, inside) if item.has(sympy.Derivative) else item


def _open_pieces(item: Any) -> list[Any]:
    """Piecewise expressions whose conditions hold no bound symbol and are about numbers."""
    found: list[Any] = []
    _on_branches(item, lambda piece: found.append(piece))
    return sorted(found, key=lambda p: p.sort_key())


def _on_branches(item: Any, value: Callable[[Any], Any]) -> Any:
    """`value(piece)`, where it is not None, for each Piecewise whose case is one case of the whole claim.

    Inside a derivative or a limit a case split would fix the point where the function is to be varied, and a letter that is
    bound around a condition is another one there.
    """
    import sympy

    def change(part: Any, bound: frozenset[Any]) -> Any:
        if isinstance(part, (sympy.Derivative, sympy.Limit)):
            return part
        if not isinstance(part, sympy.Piecewise) or part.atoms(sympy.Derivative, sympy.Limit):
            return None
        return None if any(bound & c.free_symbols for _, c in part.args) else value(part)

    return _changed(item, change)

"""A third witness, that anybody can repeat by hand: sympy alone, written out at n = 1..4, beside every step and every function.

Both sides of each step are written out over plain symbols. sympy carries out derivatives and limits, mpmath evaluates what
is left at exact points with 50 digits. Nothing of the kernel takes part, and balls only say at which points the hypotheses
hold. What sympy cannot compute is listed, and never counts as agreement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property, partial
from itertools import islice, pairwise
from math import prod
from typing import Any

import numpy as np

from mathcore.card import Card, Derivation
from mathcore.conformance.accuracy import Case, cases
from mathcore.conformance.subject import WHOLE, Broken, Subject, show, subject
from mathcore.evidence import Level, Verdict, Witness
from mathcore.language import tree as t
from mathcore.language.chain import core_of, relation, start, step
from mathcore.language.parser import Context
from mathcore.language.printers import to_text
from mathcore.language.printers.names import readable
from mathcore.language.substitution import unfold
from mathcore.language.sympy_bridge import SympyError, differentiate
from mathcore.language.sympy_bridge.conversion import ToSympy, flat
from mathcore.proof.at_points import _with_instance
from mathcore.proof.balls.hypotheses import symbols_of
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.balls.points import Sampler
from mathcore.proof.deadline import OutOfTime, limited
from mathcore.proof.judging import opened_of
from mathcore.proof.transfer import positive
from mathcore.strategies.declared import Draw

DIGITS, CERTAIN = 50, 200  # of a comparison, and of the one that a disagreement has to outlast
NEAR = 30  # digits to which sides agree
LARGEST = 4  # size
AREA = 8  # of several sizes, multiplied
ENOUGH = 4  # points at which a step is heard: n = 1..4
FEW = 3  # where several sizes or a number of steps are written out
DRAWN = 24  # points among which they are sought
INPUTS = {"simple": 2, "plain": 2}  # of each size for a function, by family
ALONE = 8  # of each family where there are no sizes
ALIKE = 1e-12  # how far a function may be off, relative to what is larger than 1
PATIENCE = 1.0  # processor seconds for what sympy may not come to the end of

Values = Sequence[Any]  # of the sides of a cell: numbers of mpmath, or why there is none
Judge = Callable[[Values], bool]


class Silent(Exception):
    """sympy has no value here, or none that says anything; the message is the reason."""


# what sympy is asked ---------------------------------------------------------------------------------------------------


class Cell:
    """Formulas written out at these sizes and places: the sides that are to be computed, and what is said of them."""

    def __init__(self, formulas: Sequence[t.Expr], sizes: Mapping[str, int]) -> None:
        self.converter = ToSympy(t.And(tuple(formulas)), sizes, differentiate)
        self.sides: list[Any] = []  # sympy's, or why there is none
        self.places: dict[Any, int] = {}
        self.single: dict[int, Any] = {}

    def numbers(self, node: t.Expr, at: ToSympy) -> list[int]:
        """Where the values of an expression, or of the entries of an array, stand among the sides."""
        try:
            entries = flat(at.convert(node))
        except (SympyError, *OUT_OF_DEPTH) as error:
            entries = [Silent(_first_line(error))]
        return [self.place(entry) for entry in entries]

    def place(self, side: Any) -> int:
        """What a definition opens is the same to sympy, and computed once."""
        if side not in self.places:
            self.places[side] = len(self.sides)
            self.sides.append(side if isinstance(side, Silent) else _carried_out(side))
        return self.places[side]

    def statement(self, node: t.Expr, at: ToSympy) -> Judge:
        """Whether it holds, of the values of the sides; raises Silent."""
        match node:
            case t.Paren(body):
                return self.statement(body, at)
            case t.And(parts):
                return _all([self.statement(part, at) for part in parts])
            case t.Iff(left, right):
                one, other = self.statement(left, at), self.statement(right, at)
                return lambda values: one(values) == other(values)
            case t.Implies(premise, conclusion):
                given, then = self.statement(premise, at), self.statement(conclusion, at)
                return lambda values: not given(values) or then(values)
            case t.Big("forall", (binder, *more), body):
                inner = t.Big("forall", tuple(more), body) if more else body
                listed = at.values(binder) or ()
                return _all([self.statement(inner, at.at({binder.symbol: value})) for value in listed])
            case t.Relation(args, ops):
                sides = [self.numbers(side, at) for side in args]
                found: list[Judge] = [
                    partial(_holds, a, op, b)
                    for op, (left, right) in zip(ops, pairwise(sides), strict=True)
                    for a, b in zip(left, right, strict=len(left) == len(right))
                ]
                return _all(found)
        return partial(_refuse, f"{type(node).__name__} is no statement")

    def letters(self) -> dict[Any, tuple[t.Symbol, tuple[int, ...]]]:
        """The sympy symbols of the sides, and what each stands for."""
        free = set[Any]().union(*(side.free_symbols for side in self.sides if not isinstance(side, Silent)))
        known = self.converter.entered | {name: (symbol, ()) for name, symbol in self.converter.symbols.items()}
        return {symbol: known[symbol.name] for symbol in sorted(free, key=str)}

    @cached_property
    def compiled(self) -> tuple[dict[Any, tuple[t.Symbol, tuple[int, ...]]], list[int], Any]:
        """The letters, the places of the sides that are computed together, and the function that does it."""
        import sympy

        letters = self.letters()
        plain = [k for k, side in enumerate(self.sides) if not isinstance(side, Silent) and not side.has(sympy.Limit)]
        return letters, plain, _function(letters, [self.sides[k] for k in plain])

    def alone(self, place: int) -> Any:
        """The function of one side."""
        if place not in self.single:
            self.single[place] = _function(self.compiled[0], self.sides[place])
        return self.single[place]

    def at(self, point: Point) -> Callable[[int], Values]:
        """The values of the sides at the point, to a number of digits."""
        import mpmath
        import sympy

        letters, plain, together = self.compiled
        exact = {symbol: _value(point, *meant) for symbol, meant in letters.items()}
        rational = {symbol: sympy.Rational(v.numerator, v.denominator) for symbol, v in exact.items()}
        limits: dict[int, Any] = {}
        for k, side in enumerate(self.sides):
            if k not in plain:
                limits[k] = side if isinstance(side, Silent) else _limits(side, rational)

        def values(digits: int) -> Values:
            with mpmath.workdps(digits):
                numbers = [mpmath.mpf(v.numerator) / v.denominator for v in exact.values()]
                found: list[Any] = [limits.get(k) for k in range(len(self.sides))]
                try:
                    computed = together(*numbers)
                except OUT_OF_DEPTH:  # one of them has no value: which?
                    computed = [_called(self.alone(k), numbers) for k in plain]
                for k, value in zip(plain, computed, strict=True):
                    found[k] = value
                return [v if isinstance(v, Silent) else _real(_called(v, ()) if callable(v) else v) for v in found]

        return values


OUT_OF_DEPTH = (  # out of its depth sympy raises any of these
    NotImplementedError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, KeyError, NameError, IndexError,
)  # fmt: skip


def _carried_out(side: Any) -> Any:
    """Derivatives carried out; their kinks have no value."""
    import sympy

    if side.has(sympy.zoo, sympy.nan):
        return Silent("undefined")
    if side.has(sympy.core.function.AppliedUndef):
        return Silent("a function that is left open")
    if side.has(sympy.Derivative, sympy.Subs) and not side.has(sympy.Limit):
        side = side.xreplace({part: part.doit(deep=False) for part in side.atoms(sympy.Derivative)})
        side = side.doit() if side.has(sympy.Derivative, sympy.Subs) else side
        for kind, name in ((sympy.Heaviside, "kink_step"), (sympy.sign, "kink_sign"), (sympy.DiracDelta, "kink_impulse")):
            side = side.replace(kind, lambda x, *more, name=name: sympy.Function(name)(x))
    return side


def _limits(side: Any, values: Mapping[Any, Any]) -> Any:
    """A side with its limits computed at these numbers, as a function without arguments, or why there is none."""
    import sympy

    try:
        with limited(PATIENCE):
            found = side.xreplace(values).doit()
    except OutOfTime:
        return Silent(f"sympy finds no end of the limit in {PATIENCE:g} s")
    except (*OUT_OF_DEPTH, sympy.PoleError) as error:
        return Silent(f"sympy cannot compute the limit: {_first_line(error)}")
    if found.has(sympy.Limit, sympy.AccumBounds, sympy.nan, sympy.zoo):
        return Silent("sympy cannot compute the limit")
    return _function({}, found)


def _function(letters: Mapping[Any, Any], sides: Any) -> Any:
    import sympy

    return sympy.lambdify(list(letters), sides, modules=[_OWN, "mpmath"], printer=_printer(), docstring_limit=0)


@cache
def _printer() -> Any:
    """lambdify's own for mpmath, except that it does not sort the terms of sums first."""
    from sympy.printing.pycode import MpmathPrinter

    known = {name: name for name in _OWN}
    return MpmathPrinter({"fully_qualified_modules": False, "inline": True, "order": "none", "user_functions": known})


def _called(function: Any, numbers: Sequence[Any]) -> Any:
    try:
        return function(*numbers)
    except OUT_OF_DEPTH as error:
        return Silent(f"no value: {_first_line(error)}")


def _value(point: Point, symbol: t.Symbol, place: tuple[int, ...]) -> Fraction:
    value: Any = point.naturals[symbol.name] if symbol.type.domain == "natural" and not place else point.values[symbol.name]
    for axis, k in enumerate(place):
        value = value[k if symbol.type.shape[axis] == t.NATURALS else k - 1]
    return Fraction(value)


def _log(x: Any) -> Any:
    import mpmath

    if not x > 0:
        raise ValueError("log of a number that is not positive")
    return mpmath.log(x)


def _sqrt(x: Any) -> Any:
    import mpmath

    if not x >= 0:
        raise ValueError("root of a negative number")
    return mpmath.sqrt(x)


def _beside(x: Any, below: int, above: int) -> int:
    if abs(x) < 10**-NEAR:
        raise ValueError("at a kink")
    return above if x > 0 else below


# the language has no value where mpmath has a complex or an infinite one, nor the derivative at a kink
_OWN = {
    "log": _log,
    "sqrt": _sqrt,
    "kink_step": partial(_beside, below=0, above=1),
    "kink_sign": partial(_beside, below=-1, above=1),
    "kink_impulse": partial(_beside, below=0, above=0),
}


def _real(value: Any) -> Any:
    import mpmath

    value = value if isinstance(value, Silent) else mpmath.mpmathify(value)
    if not isinstance(value, (Silent, mpmath.mpf)) or value != value:
        return Silent("no real value")
    return value


# what its values say ---------------------------------------------------------------------------------------------------


def _all(judges: list[Judge]) -> Judge:
    def all_of(values: Values) -> bool:
        told = [_heard(judge, values) for judge in judges]
        if False not in told:
            for why in told:
                if isinstance(why, Silent):
                    raise why
        return False not in told

    return judges[0] if len(judges) == 1 else all_of


def _heard(judge: Judge, values: Values) -> bool | Silent:
    try:
        return judge(values)
    except Silent as silent:
        return silent


def _refuse(why: str, values: Values) -> bool:
    raise Silent(why)


def _holds(left: int, op: str, right: int, values: Values) -> bool:
    """The relation between two sides; sides that agree to 30 digits are equal, and not known to be different."""
    import mpmath

    a, b = values[left], values[right]
    for side in (a, b):
        if isinstance(side, Silent):
            raise side
    near = a == b or bool(
        mpmath.isfinite(a) and mpmath.isfinite(b) and abs(a - b) <= max(1, abs(a), abs(b)) * mpmath.mpf(10) ** -NEAR
    )
    if op == "=":
        return near
    if near and op in ("<", ">", "!="):
        raise Silent("the sides are too near to tell")
    return near or {"<": a < b, "<=": a < b, ">": a > b, ">=": a > b, "!=": True}[op]


def _stands(judge: Judge, compute: Callable[[int], Values], values: Values) -> bool:
    """Whether a disagreement is one with four times the digits, of sides that have kept theirs."""
    import mpmath

    again = compute(CERTAIN)
    for before, after in zip(values, again, strict=True):
        if isinstance(before, Silent) or isinstance(after, Silent) or before == after:
            continue
        if not abs(before - after) <= max(1, abs(after)) * mpmath.mpf(10) ** (5 - NEAR):
            return False
    return _heard(judge, again) is False


def _defined(cell: Cell, statement: t.Expr) -> Judge:
    """Whether all that is divided by is not 0, and all under a logarithm or a root is in its domain."""
    try:
        asked = [(op, cell.place(value)) for op, value in _domains(statement, cell.converter)]
    except (SympyError, *OUT_OF_DEPTH):
        return lambda values: False
    return lambda values: all(_inside(op, values[place]) for op, place in asked)


def _inside(op: str, value: Any) -> bool:
    """Whether a value is > 0, >= 0 or other than 0, up to its last digits."""
    edge = 10.0 ** (5 - DIGITS)
    if isinstance(value, Silent):
        return False
    return bool(abs(value) > edge if op == "!=" else value > edge if op == ">" else value > -edge)


def _domains(node: t.Expr, at: ToSympy) -> Iterator[tuple[str, Any]]:
    """What has to be positive, non-negative or other than 0, at every value of what is bound."""
    match node:
        case t.Call("log" | "log2" | "log10", (argument,)) if not positive(argument):
            yield ">", at.convert(argument)
        case t.Call("sqrt", (argument,)) if not positive(argument):
            yield ">=", at.convert(argument)
        case t.Div(_, divisor) if at.integer(divisor) is None and not positive(divisor):
            yield "!=", at.convert(divisor)
        case t.Pow(base, exponent) if at.integer(exponent) is None:
            yield ">", at.convert(base)
        case t.Big(op, (binder, *more), body):
            inner = t.Big(op, tuple(more), body) if more else body
            for value in at.values(binder) or ():
                yield from _domains(inner, at.at({binder.symbol: value}))
            return
        case t.Limit() | t.Derivative() | t.At() | t.Mean():
            return
    for part in t.children(node):
        yield from _domains(part, at)


# steps ------------------------------------------------------------------------------------------------------------------


class Heard:
    """What was heard of one statement."""

    def __init__(self) -> None:
        self.points, self.why, self.against = 0, "no point was found at n = 1..4", ""


def step_verdicts(card: Card, derivation: Derivation) -> tuple[Verdict, ...]:
    """One verdict a step: ENCLOSED with the number of points, UNKNOWN with what sympy cannot do, or CONFLICT with the point."""
    opened = opened_of(card, derivation)
    claim = opened.claim
    context = opened.context.assuming(*core_of(claim)[1])
    said, side = [], start(claim)
    for op, following in [step(context, s.text) for s in derivation.steps]:
        said.append(relation(side, op, following))
        side = following
    name = derivation.key or derivation.title
    methods = [f"{name}, step {place}" for place in range(1, len(said) + 1)]
    return judged(context, claim, said, methods, derivation.instance)


def judged(
    context: Context, claim: t.Expr, said: Sequence[t.Expr], methods: Sequence[str], instance: str = ""
) -> tuple[Verdict, ...]:
    """One verdict a statement, at the same points; letters of the hypotheses that stand in `claim` are those."""
    heard = [Heard() for _ in said]
    try:
        own, subject, *statements = _with_instance(context, instance, claim, *said)
        opened = [readable(unfold(s, own.definitions)) for s in statements]
        _listen(own, subject, statements, opened, heard)
    except (CannotEvaluate, SympyError, *OUT_OF_DEPTH) as error:
        for one in heard:
            one.why = _first_line(error)
    return tuple(_verdict(to_text(s), method, one) for s, method, one in zip(said, methods, heard, strict=True))


def _verdict(claim: str, method: str, heard: Heard) -> Verdict:
    if heard.against:
        reason = "sympy, written out, contradicts it"
        return Verdict(claim, Level.CONFLICT, method, reason, counterexample=heard.against, points=heard.points)
    if not heard.points:
        return Verdict(claim, Level.UNKNOWN, method, heard.why)
    return Verdict(claim, Level.ENCLOSED, method, points=heard.points)


def _listen(context: Context, claim: t.Expr, said: Sequence[t.Expr], opened: Sequence[t.Expr], heard: Sequence[Heard]) -> None:
    cells: dict[Any, tuple[Cell, list[tuple[Judge, Judge]]]] = {}
    for sampler, names, point in _points(context, (claim, *said)):
        sizes = {**point.sizes, **point.indices, **point.naturals}
        key = tuple(sizes.items())
        enough = FEW if len(point.sizes) > 1 or point.naturals else ENOUGH
        if key not in cells:
            if len(cells) == enough or (point.sizes and any(dict(k).items() >= point.sizes.items() for k in cells)):
                continue
            cell = Cell(opened, sizes)
            cells[key] = cell, [(cell.statement(s, cell.converter), _defined(cell, s)) for s in opened]
        cell, judges = cells[key]
        compute = cell.at(point)
        values = compute(DIGITS)
        for (judge, defined), one in zip(judges, heard, strict=True):
            told = _heard(judge, values)
            if isinstance(told, Silent):
                one.why = str(told)
            elif not defined(values):  # sympy may have cancelled what has no value: exp(log(-5)) is -5 to it
                one.why = "undefined at the point"
            elif told:
                one.points += 1
            elif sampler.certain(names) and _stands(judge, compute, values):
                one.against = one.against or str(point)
            else:
                one.why = "the sides lose their digits"
        if all(one.points >= enough or one.against for one in heard):
            return


def _points(context: Context, formulas: Sequence[t.Expr]) -> Iterator[tuple[Sampler, Any, Point]]:
    """Exact points of these formulas with sizes up to 4."""
    symbols = frozenset().union(*(symbols_of(f, context.definitions) for f in formulas))
    sampler = Sampler(context, symbols, 0, {})
    for names in islice(sampler.samples(DRAWN), 2 * DRAWN):
        point = sampler.finished(names)
        if max(point.sizes.values(), default=1) <= LARGEST and prod(point.sizes.values()) <= AREA:
            yield sampler, names, point


# the definition and the function ----------------------------------------------------------------------------------------


def function_verdict(card: Card, function: Callable[..., Any] | str | Subject | None = None) -> Verdict:
    """The definition by sympy against the function on small exact inputs: to 12 digits, which anybody can look at."""
    import mpmath

    tested, definition = subject(card, function), card.definition
    body = readable(unfold(definition.body, card.context.definitions))
    heard, cells = Heard(), dict[Any, tuple[Cell, list[int]]]()
    for case in _inputs(tested):
        point = _as_point(case.values)
        sizes = {**point.sizes, **point.indices, **point.naturals}
        key = tuple(sizes.items())
        if key not in cells:
            cell = Cell((body,), sizes)
            written = cell.converter.everywhere(definition.indices, lambda at, cell=cell: tuple(cell.numbers(body, at)))  # type: ignore[misc]  # a lambda with a default
            cells[key] = cell, flat(written)
        cell, places = cells[key]
        exact = cell.at(point)(DIGITS)
        try:
            outputs = tested.call(case.values).reshape(-1)
        except Broken as error:
            heard.why = f"{tested.shown(case.values)} {error}"
            continue
        for place, output in zip(places, outputs, strict=True):
            if isinstance(exact[place], Silent):
                heard.why = str(exact[place])
            elif abs(mpmath.mpf(float(output)) - exact[place]) <= ALIKE * max(1, abs(exact[place])):
                heard.points += 1
            else:
                due = mpmath.nstr(exact[place], 15)
                heard.against = heard.against or f"{tested.shown(case.values)} gives {show(outputs)}; sympy has {due} there"
    return _verdict(card.define, tested.name, heard)


def _inputs(tested: Subject) -> Iterator[Case]:
    """A few inputs of every size up to 4, simple ones and such as have no pattern."""
    given: dict[Any, int] = {}
    for case in cases(tested.card, "float64"):
        if case.family not in INPUTS or not all(np.isfinite(v).all() for v in case.values.values()):
            continue
        sizes = tuple(v for s, v in case.values.items() if s.type.domain == "size")
        given[case.family, sizes] = given.get((case.family, sizes), 0) + 1
        if given[case.family, sizes] <= (INPUTS[case.family] if sizes else ALONE) and max(sizes, default=1) <= LARGEST:
            yield case


def _as_point(values: Draw) -> Point:
    """The very bits of floats as exact numbers."""
    parts: dict[str, dict[str, Any]] = {"size": {}, "index": {}, "natural": {}, "value": {}}
    for symbol, value in values.items():
        kind = symbol.type.domain if symbol.type.domain in WHOLE and not symbol.type.shape else "value"
        parts[kind][symbol.name] = int(value) if kind != "value" else _fractions(np.asarray(value).tolist())
    return Point(parts["size"], parts["value"], parts["index"], parts["natural"])


def _fractions(value: Any) -> Any:
    return tuple(map(_fractions, value)) if isinstance(value, list) else Fraction(value)


def witness(card: Card) -> Witness:
    """What sympy says of all steps of a card, and of its function."""
    verdicts = [v for derivation in card.derivations for v in step_verdicts(card, derivation)]
    return Witness.of([*verdicts, *([function_verdict(card)] if card.numeric else [])])


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:160]

"""Substitution against evaluation: `python -m tests.language.substitution --count 20000 [--seed 1]`.

Random trees with derivatives, limits, sums, products, maxima, `vector`, `at`, means and heads inside one another, and random
replacements of their letters. Three readings of each pair have to agree at exact points:

* balls, which never substitute, read the tree where each letter has the value of what replaces it (two letters with one
  value stay two letters);
* balls read the tree in which the letters were replaced, once more with its definitions unfolded, and with its bound letters
  renamed for printing;
* the kernel replaces the letters in its normal form of the tree, and its result is written down and read by balls. Limits
  stay whole in it: there its result is compared with its normal form of the tree in which the letters were replaced (two
  forms of one value are no fault: positive factors, for one, have a form of their own).

A limit has no value by evaluation. Here it is read as the value of its body near the point, in every tree alike: so what its
letter binds is seen, and nothing else is asked of it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.language.printers import readable
from mathcore.language.substitution import substitute, unfold
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.balls.program import Frame, Program, role
from mathcore.proof.kernel.arithmetic import Target
from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.polynomial import KernelError, Poly
from mathcore.proof.prover.trees import Writer, lettered
from mathcore.proof.scope import NotShown, text_of
from tests.proof.fuzz import CARD, Grower, num, sym

CONTEXT = (
    CARD.context.define("slope_(a, b) = D(a b + b^2, b)")
    .define("gap_(x, y)[i] = D(sum(k: x[k]^2 y[k]), x[i])")
    .define("near_(a, r) = max(a, at(b = r: D(a b^2 r, b)))")
)
BATCH = t.Symbol("B", t.Type("batch", (sym("n"),), over=num(1)))
NEAR = t.Div(num(1), num(7))
DEPTH = 4
SMALL = 60  # nodes: larger trees are not given to the kernel


class Nested(Grower):
    """Trees in which what binds or varies a letter stands inside other such nodes."""

    def real(self, depth: int, known: str) -> t.Expr:
        if depth <= 0 or self.random.random() < 0.35:
            return super().real(depth, known)
        return getattr(self, self.random.choice(FORMS))(depth - 1, known)

    def scalar(self) -> t.Symbol:
        return sym(self.random.choice("abr"))

    def variable(self, known: str) -> t.Expr:
        columns = [c for c in known if c in "gh"]
        entries = [t.Index(sym(name), (self.index(known),)) for name in "xyP"]
        entries += [t.Index(sym("Y"), (self.index(known), sym(c))) for c in columns]
        return self.random.choice((self.scalar(), self.scalar(), self.random.choice(entries)))

    def derivative(self, depth: int, known: str) -> t.Expr:
        return t.Derivative(self.real(depth, known), self.variable(known))

    def product_rule(self, depth: int, known: str) -> t.Expr:
        variable = self.variable(known)
        return t.Derivative(t.Mul(variable, t.Paren(self.real(depth, known))), variable)

    def limit(self, depth: int, known: str) -> t.Expr:
        return t.Paren(t.Limit(sym(self.random.choice("ab")), self.real(0, known), "+", self.real(depth, known)))

    def array(self, depth: int, known: str, size: str = "n") -> t.Expr:
        """An array over n, or over d."""
        letter = next((c for c in ("klm" if size == "n" else "gh") if c not in known), None)
        if size == "n" and (letter is None or self.random.random() < 0.4):
            return t.Add(sym("x"), sym("y")) if self.random.random() < 0.3 else sym(self.random.choice("xy"))
        return t.Big("vector", (t.Binder(sym(letter or "h")),), self.real(depth, known + (letter or "h")))

    def at(self, depth: int, known: str) -> t.Expr:
        values = {sym("a"): t.Paren(self.real(depth - 1, known)), sym("b"): self.scalar(), sym("x"): self.array(depth - 1, known)}
        targets = tuple(self.random.sample(list(values), self.random.choice((1, 1, 2))))
        return t.At(targets, tuple(values[s] for s in targets), self.real(depth, known))

    def pick(self, depth: int, known: str) -> t.Expr:
        letter = next((c for c in "klm" if c not in known), None)
        if letter is None:
            return self.real(depth, known)
        vector = t.Big("vector", (t.Binder(sym(letter)),), self.real(depth, known + letter))
        return t.Index(vector, (self.index(known),))

    def big(self, depth: int, known: str) -> t.Expr:
        inside = self.sum(self.real, depth + 1, known, self.random.choice(("klm", "klm", "gh")))
        if not isinstance(inside, t.Big) or inside.binders[0].lower is not None:
            return inside
        return t.Big(self.random.choice(("max", "min", "prod", "sum")), inside.binders, inside.body)

    def count(self, depth: int, known: str) -> t.Expr:
        upper = t.Add(sym("t"), num(1)) if self.random.random() < 0.5 else num(2)
        place = t.Symbol("s", t.Type("natural"))
        return t.Big("sum", (t.Binder(place, num(0), upper),), t.Mul(place, t.Paren(self.real(depth, known))))

    def extreme(self, depth: int, known: str) -> t.Expr:
        return t.Call(self.random.choice(("max", "min")), (self.real(depth, known), self.real(depth, known)))

    def mean(self, depth: int, known: str) -> t.Expr:
        return t.Mean(BATCH, t.Mul(t.Index(BATCH, (self.index(known),)), t.Paren(self.real(depth, known))))

    def head(self, depth: int, known: str) -> t.Expr:
        kind = self.random.choice(("slope_", "gap_", "near_"))
        if kind == "gap_":
            arrays = (self.array(depth - 1, known), self.array(depth - 1, known))
            return t.Index(t.Apply(kind, arrays, (sym("n"),)), (self.index(known),))
        second = self.real(depth - 1, known) if kind == "slope_" else self.positive(0, known)
        return t.Apply(kind, (self.real(depth - 1, known), second))

    # what replaces a letter

    def image(self, symbol: t.Symbol, others: list[t.Symbol]) -> t.Expr:
        kind = symbol.type
        if kind.domain == "index":
            return self.random.choice((sym(self.random.choice("ijkl" if kind.over == sym("n") else "gh")), num(1)))
        if kind.domain == "natural":
            return self.random.choice((num(2), t.Add(symbol, num(1)), symbol))
        alike = [s for s in others if s.type == kind]
        if alike and self.random.random() < 0.4:
            return self.random.choice(alike)
        if not kind.shape:
            if kind.domain == "nonnegative":
                return self.random.choice((sym("v"), sym("r")))
            grow = self.positive if kind.domain == "positive" else self.real
            entry = t.Index(sym("x" if kind.domain == "real" else "P"), (sym(self.random.choice("ij")),))
            return self.random.choice((entry, grow(1, "ij"), grow(1, "ij"), grow(2, "ij")))
        return self.entries(symbol, kind.shape, sym("n"))

    def entries(self, symbol: t.Symbol, shape: tuple[t.Expr, ...], n: t.Expr) -> t.Expr:
        """An array of the shape in the place of `symbol`."""
        free = {"n": list("klm"), "d": list("gh")}
        letters = [sym(free[size.name].pop(0)) for size in shape]  # type: ignore[attr-defined]  # sizes
        if symbol.type.domain == "simplex":
            return t.Big("vector", tuple(map(t.Binder, letters)), t.Div(num(1), shape[0]))
        grow = self.positive if symbol.type.domain == "positive" else self.real
        known = "ij" + "".join(s.name for s in letters)
        return t.Big("vector", tuple(map(t.Binder, letters)), grow(1, known))

    def mapping(self, node: t.Expr) -> dict[t.Symbol, t.Expr]:
        free = sorted(t.free_symbols(node), key=lambda s: s.name)
        others = [s for s in CARD.context.symbols.values() if s.type.domain not in ("size", "function")]
        if sym("n") in free and self.random.random() < 0.15:  # another size: all that is made with the old one moves to it
            put: dict[t.Symbol, t.Expr] = {sym("n"): sym("d")}
            for s in free:
                if s.type.over == sym("n"):
                    put[s] = self.random.choice((sym("g"), sym("h"), num(1)))
                elif sym("n") in s.type.shape:
                    put[s] = self.entries(s, tuple(sym("d") for _ in s.type.shape), sym("d"))
            return put
        letters = [s for s in free if s.type.domain != "size"]
        chosen = self.random.sample(letters, min(len(letters), self.random.randint(1, 4)))
        return {s: self.image(s, others) for s in chosen}


FORMS = (
    *("derivative", "derivative", "product_rule", "product_rule", "product_rule", "limit", "limit", "at", "at", "pick", "pick"),
    *("big", "big", "big", "count", "extreme", "mean", "head"),
)


# readings ---------------------------------------------------------------------------------------------------


def near(node: t.Expr) -> t.Expr:
    """Limits read near their points."""
    node = t.map_children(node, near)
    if isinstance(node, t.Limit):
        return t.At((node.variable,), (t.Add(t.Paren(node.point), NEAR),), node.body)
    return node


def points(seed: str, count: int) -> Iterator[Point]:
    rand = random.Random(seed)

    def number(low: int = -12) -> Fraction:
        return Fraction(rand.randint(low, 12), rand.choice((5, 7, 9)))

    for _ in range(count):
        n, d = rand.choice(((2, 3), (3, 2), (2, 2), (1, 2)))
        values: dict[str, object] = {}
        sizes = {"n": n, "d": d}
        for s in CARD.context.symbols.values():
            if s.type.domain in ("size", "index", "natural", "function"):
                continue
            low = 1 if s.type.domain in ("positive", "nonnegative", "simplex") else -12
            shape = [sizes[size.name] for size in s.type.shape]  # type: ignore[attr-defined]  # sizes
            value: object = number(low)
            if len(shape) == 1:
                value = tuple(number(low) for _ in range(shape[0]))
            elif len(shape) == 2:
                value = tuple(tuple(number(low) for _ in range(shape[1])) for _ in range(shape[0]))
            values[s.name] = value
        values["p"] = tuple(Fraction(1, n) for _ in range(n))
        indices = {name: rand.randint(1, n) for name in "ijklm"} | {name: rand.randint(1, d) for name in "gh"}
        yield Point(sizes=sizes, values=values, indices=indices, naturals={"t": rand.randint(0, 2)})


def value(program: Program, node: t.Expr, names: Mapping[str, object]) -> object:
    """A number or a list of numbers; None where there is none, NotImplemented where that is not known."""
    with x.working(128):
        return program.value(node, Frame(dict(names), 0, False))


def moved(program: Program, mapping: Mapping[t.Symbol, t.Expr], names: Mapping[str, object]) -> dict[str, object]:
    """The environment in which each letter has the value of what replaces it."""
    found: dict[str, object] = {}
    for s, image in mapping.items():
        there = value(program, image, names)
        found[role(s)] = there if role(s).startswith("value:") else int(x.plain(there).p)  # type: ignore[attr-defined]  # a whole number
    return {**names, **found}


def agree(one: object, other: object) -> bool | None:
    """Whether two values are one; None where that is not known."""
    a, b = x.plain(one), x.plain(other)
    if not (x.known(a) and x.known(b)):
        return None
    if x.undefined(a) or x.undefined(b):
        return None if x.EDGE in (a, b) else x.undefined(a) and x.undefined(b)
    with x.working(128):
        if a.__class__ is x.Special or b.__class__ is x.Special:
            return None
        return bool(x.ball(a).overlaps(x.ball(b)))


# the search -------------------------------------------------------------------------------------------------


@dataclass
class Found:
    """What a search saw: pairs, by the kinds of nodes in the tree; how many had a value; and what went wrong."""

    pairs: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    valued: Counter[str] = field(default_factory=Counter)
    compared: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def rows(self) -> list[str]:
        rows = [f"{'kind of node':24}{'pairs':>9}{'with a value':>14}"]
        rows += [f"{kind:24}{count:9}{self.valued[kind]:14}" for kind, count in sorted(self.kinds.items())]
        rows += [f"{name:24}{count:9}" for name, count in sorted(self.compared.items())]
        return [*rows, f"{self.pairs} pairs, {len(self.wrong)} wrong"]


def kinds(node: t.Expr) -> set[str]:
    found = {"any": node}
    for n in t.walk(node):
        name = f"Big {n.op}" if isinstance(n, t.Big) else type(n).__name__
        if isinstance(n, (t.Derivative, t.Limit, t.At, t.Mean, t.Big, t.Apply)) or (
            isinstance(n, t.Call) and n.name in ("max", "min")
        ):
            found[f"Call {n.name}" if isinstance(n, t.Call) else name] = n
    return set(found)


def moved_form(normal: Normal, node: t.Expr, mapping: Mapping[t.Symbol, t.Expr]) -> Poly:
    """The letters replaced in the kernel's normal form."""
    read = normal.read(unfold(node, CONTEXT.definitions))
    put: dict[t.Symbol, Target] = {}
    for s, image in mapping.items():
        image = unfold(image, CONTEXT.definitions)
        if s.type.domain == "index":
            put[s] = int(image.value) if isinstance(image, t.Number) else image  # type: ignore[assignment]  # an index
        else:
            put[s] = normal._entries(*normal.read_array(image)) if s.type.shape else normal.read(image)
    return normal.substitute(read, put)


def by_kernel(node: t.Expr, mapping: Mapping[t.Symbol, t.Expr]) -> t.Expr | None:
    """The letters replaced by the kernel; None where it does not read the tree, or its result is not written down."""
    try:
        return Writer(lettered(CONTEXT, node), node).tree(moved_form(Normal(Facts(), CONTEXT.definitions), node, mapping))
    except (KernelError, NotShown, LookupError):
        return None


def by_forms(node: t.Expr, there: t.Expr, mapping: Mapping[t.Symbol, t.Expr]) -> bool | None:
    """Whether the kernel has one form for its own replacement and for that of the tree; None where it does not read one."""
    normal = Normal(Facts(), CONTEXT.definitions)
    try:
        return normal.is_zero(moved_form(normal, node, mapping) - normal.read(there))
    except KernelError:
        return None


def pair(seed: str) -> tuple[t.Expr, dict[t.Symbol, t.Expr]]:
    grower = Nested(seed)
    node = grower.real(DEPTH, "ij")
    while not t.free_symbols(node) - {sym("n"), sym("d")}:
        node = grower.real(DEPTH, "ij")
    return node, grower.mapping(node)


def search(count: int, seed: int = 1, kernel: int = 1) -> Found:
    """`count` pairs; each `kernel`-th is given to the kernel too."""
    found = Found()
    for place in range(count):
        node, mapping = pair(f"{seed}/{place}")
        try:
            look(node, mapping, f"{seed}/{place}", found, with_kernel=kernel > 0 and place % kernel == 0)
        except Exception as error:  # whatever is raised on the way is a finding
            found.wrong.append(f"{seed}/{place}: {type(error).__name__}: {error}: {text_of(node)} with {shown(mapping)}")
    return found


def look(node: t.Expr, mapping: dict[t.Symbol, t.Expr], seed: str, found: Found, with_kernel: bool = True) -> None:
    found.pairs += 1
    seen = kinds(node)
    found.kinds.update(seen)
    definitions = {name: t.Definition(d.head, d.parameters, d.indices, near(d.body)) for name, d in CONTEXT.definitions.items()}
    program = Program(definitions)
    there = substitute(node, mapping)
    unfolded = unfold(there, CONTEXT.definitions)
    readings = {"substituted": near(there), "unfolded": near(unfolded), "printed": near(readable(unfolded))}
    if with_kernel and sym("n") not in mapping and sum(1 for _ in t.walk(node)) <= SMALL:
        if (written := by_kernel(node, mapping)) is not None:
            readings["kernel"] = written
        elif (one := by_forms(node, unfolded, mapping)) is not None:
            found.compared[f"kernel, limits: {'one form' if one else 'not decided'}"] += 1
    valued = False
    for point in points(seed, 2):
        try:
            expected = value(program, near(node), moved(program, {s: near(image) for s, image in mapping.items()}, point.names))
        except CannotEvaluate:
            continue
        valued |= x.plain(expected).__class__ is not x.Special and x.known(x.plain(expected))
        for name, reading in readings.items():
            got = value(program, reading, point.names)
            same = agree(expected, got)
            if name == "kernel" and (x.undefined(x.plain(expected)) or x.undefined(x.plain(got))):
                continue  # the kernel asks for conditions: here they do not hold
            found.compared[name] += same is not None
            if same is False:
                a, b = x.plain(expected), x.plain(got)
                found.wrong.append(
                    f"{seed} {name}: {a} and {b} at {point}: {text_of(node)} with {shown(mapping)} is {text_of(reading)}"
                )
                return
    if valued:
        found.valued.update(seen)


def shown(mapping: Mapping[t.Symbol, t.Expr]) -> str:
    return "; ".join(f"{s.name} = {text_of(image)}" for s, image in mapping.items())


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.language.substitution", description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    found = search(chosen.count, chosen.seed)
    print("\n".join([*found.wrong[:20], *found.rows()]))
    return int(bool(found.wrong) or not found.pairs)


if __name__ == "__main__":
    sys.exit(main())

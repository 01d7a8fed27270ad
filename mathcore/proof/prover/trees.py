"""The kernel's polynomials as trees of the language again: so that a certificate that was found can be written down."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.language.parser import RESERVED, Context
from mathcore.proof.kernel.atom import (
    Absolute,
    Apply,
    BigMax,
    Call,
    Delta,
    Denominator,
    Entry,
    Exp,
    Extreme,
    Log,
    Power,
    Prime,
    Product,
    Range,
    Scalar,
    Sum,
)
from mathcore.proof.kernel.polynomial import Atom, Monomial, Poly
from mathcore.proof.scope import NotShown

PLENTY = 5  # letters for each size
LETTERS = ("k", "l", "m", "i", "j", "h", "r", "u", "v", "w")


def lettered(context: Context, claim: t.Expr) -> Context:
    """The context with index letters for every size: a certificate speaks of them."""
    symbols = dict(context.symbols)
    sizes: dict[t.Expr, None] = {}
    for node in t.walk(context.unfold(claim)):
        for s in (*t.bound_symbols(node), *((node,) if isinstance(node, t.Symbol) else ())):
            sizes |= dict.fromkeys(size for size in (*s.type.shape, s.type.over) if size is not None and size != t.NATURALS)
    for s in context.symbols.values():
        sizes |= dict.fromkeys(size for size in (*s.type.shape, s.type.over) if size is not None and size != t.NATURALS)
    taken = {*symbols, *context.definitions, *RESERVED}
    for size in sizes:
        known = Writer(replace(context, symbols=symbols), claim).available(size)
        for _ in range(len(known), PLENTY):
            name = next(n for n in (f"{a}{d}" for d in ("", *map(str, range(1, 60))) for a in LETTERS) if n not in taken)
            symbols[name] = t.Symbol(name, t.Type("index", over=size))
            taken.add(name)
    return replace(context, symbols=symbols)


def loose_letter(context: Context, stem: str = "m") -> str:
    """A name that nothing in the context has."""
    taken = {*context.symbols, *context.definitions, *RESERVED}
    return next(n for n in (stem, *(f"{stem}{k}" for k in range(1, 200))) if n not in taken)


class Writer:
    """Writes polynomials in a context that has index letters (`lettered`)."""

    def __init__(self, context: Context, claim: t.Expr | None) -> None:
        self.context = context
        spoken = [claim] if claim is not None else []
        self.taken: set[t.Symbol] = set()
        for node in (*spoken, *context.hypotheses):
            self.taken |= t.free_symbols(context.unfold(node))
        self.own: dict[t.Expr, list[t.Symbol]] = {}

    def available(self, size: t.Expr) -> list[t.Symbol]:
        """Declared indices over a size that neither the claim nor a hypothesis speaks of."""
        if size not in self.own:
            kind = t.Type("index", over=size)
            found = [s for s in self.context.symbols.values() if s.type == kind and s not in self.taken]
            self.own[size] = sorted(
                found, key=lambda s: (LETTERS.index(s.name) if s.name in LETTERS else 99, len(s.name), s.name)
            )
        return self.own[size]

    def letters(self, size: t.Expr, count: int) -> list[t.Symbol]:
        known = self.available(size)
        if len(known) < count:
            raise NotShown("too many indices at once")
        return known[:count]

    def tree(self, p: Poly, names: dict[t.Symbol, t.Expr] | None = None) -> t.Expr:
        names = names or {}
        total: t.Expr | None = None
        for m, c in p.sorted():
            term = self.monomial(m, abs(c), names)
            if total is None:
                total = term if c > 0 else t.Neg(term)
            else:
                total = t.Add(total, term) if c > 0 else t.Sub(total, term)
        return total if total is not None else t.number(0)

    def end(self, p: Poly, names: dict[t.Symbol, t.Expr] | None = None) -> t.Expr:
        """The end of a range: n - 1, for -1 + n is read as no natural number."""
        signed = {sign: Poly({m: abs(c) for m, c in p.terms.items() if (c > 0) is sign}) for sign in (True, False)}
        if not signed[True] or not signed[False]:
            return self.tree(p, names)
        below = self.tree(signed[False], names)
        return t.Sub(self.tree(signed[True], names), below if len(signed[False].terms) == 1 else t.Paren(below))

    def monomial(self, m: Monomial, c: Fraction, names: dict[t.Symbol, t.Expr]) -> t.Expr:
        above: list[t.Expr] = [t.number(c.numerator)] if c.numerator != 1 else []
        below: list[t.Expr] = [t.number(c.denominator)] if c.denominator != 1 else []
        for atom, exponent in m:
            if isinstance(atom, Exp):
                above.append(t.Call("exp", (self.tree(atom.exponent.scale(exponent), names),)))
                continue
            base = self.atom(atom, names)
            size = abs(exponent)
            power = base if size == 1 else t.Pow(base, t.number(size))
            (above if exponent > 0 else below).append(power)
        result = above[0] if above else t.number(1)
        for factor in above[1:]:
            result = t.Mul(result, factor)
        if below:
            bottom = below[0]
            for factor in below[1:]:
                bottom = t.Mul(bottom, factor)
            result = t.Div(result, bottom)
        return result

    def index(self, index: object, names: dict[t.Symbol, t.Expr]) -> t.Expr:
        if isinstance(index, int):
            return t.number(index)
        if isinstance(index, Poly):
            return self.tree(index, names)
        assert isinstance(index, t.Symbol)
        return names.get(index, index)

    def atom(self, atom: Atom, names: dict[t.Symbol, t.Expr]) -> t.Expr:
        match atom:
            case Scalar():
                return names.get(atom.symbol, atom.symbol)
            case Entry():
                return t.Index(atom.symbol, tuple(self.index(i, names) for i in atom.indices))
            case Delta():
                return t.Call("delta", (self.index(atom.keep, names), self.index(atom.drop, names)))
            case Log() | Absolute() | Extreme():
                return t.Call(atom.word, tuple(self.tree(p, names) for p in atom.polynomials()))
            case Denominator():
                return self.tree(atom.value, names)
            case Prime():
                return t.number(atom.value)
            case Power():
                return t.Pow(self.tree(atom.base, names), self.tree(atom.exponent, names))
            case Sum():
                inner, binders = self.opened(atom.binders, names, atom)
                return t.Big("sum", tuple(map(t.Binder, binders)), self.monomial(atom.body, Fraction(1), inner))
            case BigMax() | Product():
                inner, binders = self.opened((atom.index,), names, atom)
                op = "max" if isinstance(atom, BigMax) else "prod"
                return t.Big(op, (t.Binder(binders[0]),), self.tree(atom.body, inner))
            case Range():
                name = atom.variable.name.strip("#").replace(".", "s")
                letter = t.Symbol(f"s{name}", t.Type("natural"))
                ends = (self.end(atom.low, names), self.end(atom.high, names))
                return t.Big("sum", (t.Binder(letter, *ends),), self.tree(atom.body, {**names, atom.variable: letter}))
            case Call():
                return t.Call(atom.name, (self.tree(atom.argument, names),))
            case Apply() if all(isinstance(p, Poly) for p in atom.arguments):
                return t.Apply(atom.head, tuple(self.tree(p, names) for p in atom.polynomials()))
        raise NotShown(f"{atom.word} is not written down again")

    def opened(
        self, bound: tuple[t.Symbol, ...], names: dict[t.Symbol, t.Expr], atom: Atom
    ) -> tuple[dict[t.Symbol, t.Expr], list[t.Symbol]]:
        """Letters for bound indices, other than those of the enclosing sums and those that stand inside."""
        taken = {s for s in (*names.values(), *atom.free) if isinstance(s, t.Symbol) and s.type.domain == "index"}
        inner, chosen = dict(names), []
        for symbol in bound:
            size = t.size_of(symbol)
            letters = [s for s in self.available(size) if s not in taken]
            if not letters:
                raise NotShown("too many indices at once")
            inner[symbol] = letters[0]
            taken.add(letters[0])
            chosen.append(letters[0])
        return inner, chosen

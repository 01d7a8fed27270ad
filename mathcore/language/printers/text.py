"""Plain text that the parser reads back to the very same tree, and the brackets that this needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from mathcore.language import tree as t
from mathcore.language.printers.names import readable

# the rule of the grammar that reads a node; an operand of a lower rule than its place allows needs brackets
IFF, IMPLIES, AND, RELATION, SUM, SIGNED, TERM, PRODUCT, POWER, POSTFIX, ATOM = range(11)


LEVELS: dict[type[t.Expr], int] = {
    t.Iff: IFF, t.Implies: IMPLIES, t.And: AND, t.Relation: RELATION, t.Add: SUM, t.Sub: SUM, t.Neg: SIGNED, t.Div: TERM,
    t.Pow: POWER, t.Number: POSTFIX, t.List: POSTFIX,
}  # fmt: skip


def level(node: t.Expr) -> int:
    """The rule of the grammar that reads this node."""
    if isinstance(node, t.Mul):
        return TERM if node.star else PRODUCT
    return LEVELS.get(type(node), ATOM)


def spelled(number: t.Number) -> t.Expr:
    """A number with digits to print: machines leave the text empty, or the value negative or no decimal at all."""
    if number.text:
        return number
    value = number.value
    if value < 0:
        return t.Neg(spelled(t.Number(-value, "")))
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1 or value.denominator == 1:
        return t.number(value)
    places = next(k for k in range(1, value.denominator) if (value * 10**k).denominator == 1)
    return t.Number(value, format(Decimal(int(value * 10**places)).scaleb(-places), "f"))


# the lowest rule that each part may have without brackets
_OPERANDS: dict[type[t.Expr], dict[str, int]] = {
    t.Iff: {"left": IMPLIES, "right": IMPLIES}, t.Implies: {"premise": AND, "conclusion": IMPLIES}, t.And: {"parts": RELATION},
    t.Add: {"left": SUM, "right": TERM}, t.Sub: {"left": SUM, "right": TERM}, t.Neg: {"body": TERM},
    t.Div: {"left": TERM, "right": POWER}, t.Index: {"base": ATOM, "indices": SUM}, t.At: {"values": SUM, "body": IFF},
}  # fmt: skip


def parenthesise(node: t.Expr) -> t.Expr:
    """Put brackets where a tree built by machine needs them to be read back; a parsed tree comes back unchanged."""
    f = parenthesise
    match node:
        case t.Symbol() | t.Constant():
            return node
        case t.Number():
            return spelled(node)
        case t.Paren():
            return t.map_children(node, f)
        case t.Mul(left, right):
            return _product(f(left), f(right), node.star)
        case t.Pow(base, exponent):
            return t.Pow(at_least(f(base), POSTFIX), _exponent(f(exponent)))
        case t.Big(_, binders, body):
            ends = [t.map_children(b, lambda end: at_least(f(end), SUM)) for b in binders]
            return _with(node, {"binders": tuple(ends), "body": f(body)})
    if type(node) not in _OPERANDS:
        return t.map_children(node, lambda child: at_least(f(child), SUM))
    parts: dict[str, object] = {}
    for name, lowest in _OPERANDS[type(node)].items():
        part = getattr(node, name)
        parts[name] = tuple(at_least(f(p), lowest) for p in part) if isinstance(part, tuple) else at_least(f(part), lowest)
    return _with(node, parts)


def _with(node: t.Expr, parts: dict[str, object]) -> t.Expr:
    return replace(node, **parts)


def at_least(node: t.Expr, wanted: int) -> t.Expr:
    return node if level(node) >= wanted else t.Paren(node)


def _product(left: t.Expr, right: t.Expr, star: bool) -> t.Expr:
    if not star and isinstance(left, t.Number) and "." in left.text and isinstance(t.bare(right), t.Number):
        return t.Mul(left, right, star=True)  # `0.5 (6)` may be a repeating decimal
    if star:
        return t.Mul(at_least(left, TERM), at_least(right, PRODUCT), star=True)
    bare = level(right) == ATOM or (isinstance(right, t.Pow) and level(right.base) == ATOM)
    return t.Mul(at_least(left, PRODUCT), right if bare else t.Paren(right))


def _exponent(node: t.Expr) -> t.Expr:
    bare = level(node) >= POWER or (isinstance(node, t.Neg) and level(node.body) >= POWER)
    return node if bare else t.Paren(node)


def to_text(node: t.Expr) -> str:
    """ASCII in the formula language: parsed again, it is the same tree.

    Trees built by machine get the brackets and the letters that they need first.
    """
    return _text(parenthesise(readable(node)))


def _text(node: t.Expr) -> str:
    f: Callable[[t.Expr], str] = _text
    match node:
        case t.Number():
            return node.text
        case t.Constant(name) | t.Symbol(name):
            return name
        case t.Paren(body):
            return f"({f(body)})"
        case t.Neg(body):
            return f"-{f(body)}"
        case t.Add(left, right):
            return f"{f(left)} + {f(right)}"
        case t.Sub(left, right):
            return f"{f(left)} - {f(right)}"
        case t.Mul(left, right, star):
            return f"{f(left)} * {f(right)}" if star else f"{f(left)} {f(right)}"
        case t.Div(left, right):
            return f"{f(left)} / {f(right)}"
        case t.Pow(base, exponent):
            return f"{f(base)}^{f(exponent)}"
        case t.Call(name, args):
            return f"{name}({', '.join(map(f, args))})"
        case t.Apply(head, args):
            return f"{head}({', '.join(map(f, args))})" if args else head
        case t.Index(base, indices):
            return f"{f(base)}[{', '.join(map(f, indices))}]"
        case t.List(items):
            return f"[{', '.join(map(f, items))}]"
        case t.Derivative():
            body, variables = derivative_parts(node)
            return f"D({', '.join(map(f, (body, *variables)))})"
        case t.Big(op, binders, body):
            return f"{op}({', '.join(map(_binder, binders))}: {f(body)})"
        case t.Limit(variable, point, side, body):
            return f"lim({f(variable)} -> {f(point)}{side}: {f(body)})"
        case t.Mean(batch, body):
            return f"mean({f(batch)}: {f(body)})"
        case t.At(targets, values, body):
            pairs = ", ".join(f"{f(s)} = {f(v)}" for s, v in zip(targets, values, strict=True))
            return f"at({pairs}: {f(body)})"
        case t.Relation(args, ops):
            return f(args[0]) + "".join(f" {op} {f(arg)}" for op, arg in zip(ops, args[1:], strict=True))
        case t.And(parts):
            return " and ".join(map(f, parts))
        case t.Implies(left, right):
            return f"{f(left)} => {f(right)}"
        case t.Iff(left, right):
            return f"{f(left)} <=> {f(right)}"
    raise TypeError(f"{type(node).__name__} is no node of the language")


def _binder(binder: t.Binder) -> str:
    if binder.lower is None or binder.upper is None:
        return binder.symbol.name
    return f"{binder.symbol.name} = {_text(binder.lower)}..{_text(binder.upper)}"


def derivative_parts(node: t.Derivative) -> tuple[t.Expr, tuple[t.Expr, ...]]:
    """`D(f, a, b)` is stored as the derivative by b of the derivative by a: f and (a, b)."""
    variables: list[t.Expr] = []
    body: t.Expr = node
    while isinstance(body, t.Derivative):
        variables.append(body.variable)
        body = body.body
    return body, tuple(reversed(variables))

"""One line of Unicode for a terminal: `exp(zᵢ) / Σₖ exp(zₖ) = sᵢ`."""

from __future__ import annotations

import re

from mathcore.language import tree as t
from mathcore.language.printers.display import ALIASES, GREEK, display, is_short, is_sum, runs
from mathcore.language.printers.text import PRODUCT, TERM, derivative_parts, level
from mathcore.translation import _

SUBSCRIPTS = dict(zip("0123456789aehijklmnoprstuvx+-βγρφχ", "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋ᵦᵧᵨᵩᵪ", strict=True))
SUPERSCRIPTS = dict(zip("0123456789abcdefghijklmnoprstuvwxyz+-", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁺⁻", strict=True))
RELATIONS = {"<=": "≤", ">=": "≥", "!=": "≠"}
CONSTANTS = {"inf": "∞", "nan": "nan", "naturals": "ℕ", "pi": "π"}
SIGNS = {"sum": "Σ", "prod": "∏", "max": "max", "min": "min"}
FUNCTIONS = {"log2": "log₂", "log10": "log₁₀"}


def to_unicode(node: t.Expr) -> str:
    """One line for a terminal, as written; brackets remain where a letter has no subscript in Unicode."""
    return _show(display(node))


def _raised(text: str, letters: dict[str, str]) -> str | None:
    return "".join(letters[c] for c in text) if all(c in letters for c in text) else None


def _show(node: t.Expr, after: str = "") -> str:
    """`after`: what follows on the same line without a delimiter ("+", "*" or nothing)."""
    match node:
        case t.Number(text=text):
            return text
        case t.Constant(name):
            return CONSTANTS[name]
        case t.Symbol(name):
            return _name(name)
        case t.Paren(body):
            return f"({_show(body)})"
        case t.Neg(body):
            return f"-{_show(body, after)}"
        case t.Add(left, right):
            return f"{_show(left, '+')} + {_show(right, after)}"
        case t.Sub(left, right):
            return f"{_show(left, '+')} - {_show(right, after)}"
        case t.Mul(left, right, star):
            return f"{_show(left, '*')} {'· ' if star else ''}{_show(right, after)}"
        case t.Div(left, right):
            return f"{_show(left, '*')} / {_denominator(right, after)}"
        case t.Pow(base, exponent):
            return _power(base, exponent)
        case t.Call():
            return _call(node, after)
        case t.Apply(head, args):
            return f"{_name(head)}({', '.join(_show(a) for a in args)})" if args else _name(head)
        case t.Index(base, indices):
            parts = [_show(i) for i in indices]
            lowered = _lowered(parts)
            inner = _show(base)
            if lowered is None or inner[-1] in SUBSCRIPTS.values():
                return f"{inner}[{', '.join(parts)}]"
            return inner + lowered
        case t.List(items):
            return f"[{', '.join(_show(i) for i in items)}]"
        case t.Derivative():
            return _derivative(node, after)
        case t.Big():
            return _big(node, after)
        case t.Limit(variable, point, side, body):
            place = f"{_name(variable.name)}→{_show(point)}{SUPERSCRIPTS.get(side, '')}"
            return _delimited(f"lim[{place}] {_body(body)}", after)
        case t.Mean(batch, body):
            return f"E[{_show(batch)}]({_show(t.bare(body))})"
        case t.At(targets, values, body):
            places = ", ".join(f"{_show(s)} = {_show(v)}" for s, v in zip(targets, values, strict=True))
            return f"({_show(t.bare(body))})|[{places}]"
        case t.Relation(args, ops):
            pairs = zip(ops, args[1:], strict=True)
            return _show(args[0]) + "".join(f" {RELATIONS.get(op, op)} {_show(arg)}" for op, arg in pairs)
        case t.And(parts):
            return f" {_('and')} ".join(_proposition(p) for p in parts)
        case t.Implies(left, right):
            return f"{_proposition(left)} ⇒ {_show(right)}"
        case t.Iff(left, right):
            return f"{_proposition(left)} ⇔ {_proposition(right)}"
    raise TypeError(f"{type(node).__name__} is no node of the language")


def _proposition(node: t.Expr) -> str:
    """Part of a compound statement: "for all" would reach beyond it."""
    return f"({_show(node)})" if isinstance(node, t.Big) else _show(node)


def _name(name: str) -> str:
    name = ALIASES.get(name, name)
    if match := re.fullmatch(r"([A-Za-z]+)(\d+)", name):
        return GREEK.get(match[1], match[1]) + (_raised(match[2], SUBSCRIPTS) or "")
    core, _, rest = name.partition("_")
    return GREEK.get(core, core) + ("_" + rest if rest else "_" if name.endswith("_") else "")


def _lowered(parts: list[str]) -> str | None:
    """The indices as subscripts; several only where each is one letter, so that nothing runs together."""
    tight = [p.replace(" ", "") for p in parts]
    if len(tight) > 1 and any(len(p) != 1 for p in tight):
        return None
    return _raised("".join(tight), SUBSCRIPTS)


def _delimited(content: str, after: str) -> str:
    return f"({content})" if after else content


def _denominator(node: t.Expr, after: str) -> str:
    long = isinstance(node, t.Derivative) or (isinstance(node, t.Big) and level(node.body) in (TERM, PRODUCT))
    return f"({_show(node)})" if long else _show(node, after)


def _power(base: t.Expr, exponent: t.Expr) -> str:
    core = t.bare(exponent)
    whole = isinstance(core, (t.Number, t.Symbol)) or (isinstance(core, t.Neg) and isinstance(core.body, t.Number))
    high = _raised(_show(core), SUPERSCRIPTS) if whole else None
    wrapped = isinstance(base, (t.Derivative, t.At)) or (isinstance(base, t.Call) and base.name == "sqrt")
    low = f"({_show(base)})" if wrapped else _show(base, "*")
    return low + high if high is not None else f"{low}^{_show(exponent)}"


def _call(node: t.Call, after: str) -> str:
    args = [_show(a) for a in node.args]
    if node.name == "delta" and (lowered := _lowered(args)) is not None:
        return "δ" + lowered
    if node.name == "transpose":
        return f"{args[0]}ᵀ" if isinstance(node.args[0], (t.Symbol, t.Apply)) else f"({args[0]})ᵀ"
    if node.name == "dot":
        u, v = (a if isinstance(n, (t.Symbol, t.Apply)) else f"({a})" for a, n in zip(args, node.args, strict=True))
        return f"{u}·{v}" if after != "*" else f"({u}·{v})"
    if node.name == "abs":
        return f"|{args[0]}|"
    if node.name == "sqrt":
        return f"√{args[0]}" if isinstance(node.args[0], (t.Symbol, t.Index, t.Number)) else f"√({args[0]})"
    if node.name.startswith("log") and isinstance(node.args[0], (t.Symbol, t.Index, t.Number)) and after != "*":
        return f"{FUNCTIONS.get(node.name, 'log')} {args[0]}"
    return f"{FUNCTIONS.get(node.name, 'δ' if node.name == 'delta' else node.name)}({', '.join(args)})"


def _derivative(node: t.Derivative, after: str) -> str:
    body, variables = derivative_parts(node)
    sign = "∂" + (_raised(str(len(variables)), SUPERSCRIPTS) or "" if len(variables) > 1 else "")
    by = "".join(f"∂{_show(v)}{_raised(str(n), SUPERSCRIPTS) if n > 1 else ''}" for v, n in runs(variables))
    if is_short(body):
        return f"({sign}{_show(body)}/{by})" if after == "*" else f"{sign}{_show(body)}/{by}"
    return _delimited(f"{sign}/{by} ({_show(t.bare(body))})", "*" if after == "*" else "")


def _body(node: t.Expr) -> str:
    return f"({_show(node)})" if is_sum(node) else _show(node)


def _big(node: t.Big, after: str) -> str:
    names = [_name(b.symbol.name) for b in node.binders]
    if node.op == "forall":
        return f"∀{', '.join(names)}: {_show(node.body)}"
    if node.op == "vector":
        lowered = _lowered(names)
        return f"({_show(t.bare(node.body))})" + (lowered if lowered is not None else f"[{', '.join(names)}]")
    signs = "".join(SIGNS[node.op] + _range(name, b) for name, b in zip(names, node.binders, strict=True))
    return _delimited(f"{signs} {_body(node.body)}", after)


def _range(name: str, binder: t.Binder) -> str:
    if binder.lower is not None and binder.upper is not None:
        return f"[{name}={_show(binder.lower)}..{_show(binder.upper)}]".replace(" ", "")
    return _raised(name, SUBSCRIPTS) or f"[{name}]"

r"""LaTeX as a textbook sets it, in the author's order: `\frac{e^{z_i}}{\sum_{k=1}^{n} e^{z_k}} = s_i`."""

from __future__ import annotations

import re

from mathcore.language import tree as t
from mathcore.language.printers.display import ALIASES, GREEK, display, is_short, is_sum, leaves, runs
from mathcore.language.printers.text import PRODUCT, SIGNED, derivative_parts, level
from mathcore.translation import _

# heads with a name of their own in the literature: symbol and what stands between the arguments
HEADS: dict[str, tuple[str, str]] = {
    "entropy": ("H", ", "),
    "binary_entropy": (r"H_{\mathrm{b}}", ", "),
    "crossentropy": (r"\mathrm{CE}", ", "),
    "binary_crossentropy": (r"\mathrm{BCE}", ", "),
    "mean_squared_error": (r"\mathrm{MSE}", ", "),
    "kl_divergence": (r"D_{\mathrm{KL}}", r" \,\Vert\, "),
    "js_divergence": (r"D_{\mathrm{JS}}", r" \,\Vert\, "),
    "logsumexp": (r"\mathrm{lse}", ", "),
    "log_softmax": (r"\mathrm{logsoftmax}", ", "),  # set apart from the logarithm of softmax(z)
    "log_sigmoid": (r"\mathrm{logsigmoid}", ", "),
}
RELATIONS = {"<": r"\lt", ">": r"\gt", "<=": r"\le", ">=": r"\ge", "!=": r"\ne"}
CONSTANTS = {"inf": r"\infty", "nan": r"\mathrm{nan}", "naturals": r"\mathbb{N}", "pi": r"\pi"}
FUNCTIONS = {"exp": r"\exp", "log": r"\log", "log2": r"\log_2", "log10": r"\log_{10}", "max": r"\max", "min": r"\min"}
ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde"}


def to_latex(node: t.Expr, inline: bool = False) -> str:
    """LaTeX (amsmath) without dollar signs, as written: nothing reordered, brackets dropped only where a bar replaces them.

    `inline`: small fractions with a slash, for a formula inside a sentence.
    """
    return _latex(display(node), inline=inline)


def _latex(node: t.Expr, after: str = "", inline: bool = False) -> str:
    """`after` says what follows undelimited ("+", "*" or nothing); `inline`: a slash instead of a small fraction."""
    match node:
        case t.Number():
            return _number(node.text)
        case t.Constant(name):
            return CONSTANTS[name]
        case t.Symbol(name):
            return _name(name)
        case t.Paren(body):
            return _group(_latex(t.bare(body), inline=inline))
        case t.Neg(body):
            return "-" + _operand(body, after, inline)
        case t.Add(left, right) | t.Sub(left, right):
            sign = "+" if isinstance(node, t.Add) else "-"
            return f"{_operand(left, '+', inline)} {sign} {_operand(right, after, inline)}"
        case t.Mul(left, right, star):
            a, b = _operand(left, "*", inline), _operand(right, after, inline)
            return a + (r" \cdot " if star or re.match(r"\d", b) else _space(left, b)) + b
        case t.Div(left, right):
            if inline and _slashed(left) and leaves(right) == 1 and level(right) > SIGNED:
                return f"{_latex(left, '*', True)} / {_latex(right, '*', True)}"
            return rf"\frac{{{_latex(t.bare(left))}}}{{{_latex(t.bare(right))}}}"
        case t.Pow(base, exponent):
            return f"{_base(base)}^{_script(_latex(t.bare(exponent), inline=True))}"
        case t.Call():
            return _call(node, after, inline)
        case t.Apply(head, args):
            if not args:
                return _name(head)
            symbol, separator = HEADS.get(head, (_head(head), ", "))
            return symbol + _brackets(separator.join(_latex(t.bare(a)) for a in args))
        case t.Index():
            return _index(node)
        case t.List(items):
            return "[" + ", ".join(map(_latex, items)) + "]"
        case t.Derivative():
            return _derivative(node)
        case t.Big():
            return _big(node, after)
        case t.Limit(variable, point, side, body):
            place = _latex(point) + (f"^{side}" if side else "")
            return _delimited(rf"\lim_{{{_latex(variable)} \to {place}}} {_body(body)}", after)
        case t.Mean(batch, body):
            return rf"\mathbb{{E}}_{{{_latex(batch)}}}\left[ {_latex(t.bare(body))} \right]"
        case t.At(targets, values, body):
            places = ", ".join(_place(s, v) for s, v in zip(targets, values, strict=True))
            return rf"\left. {_latex(t.bare(body))} \right\vert_{{{places}}}"
        case t.Relation(args, ops):
            pairs = zip(ops, args[1:], strict=True)
            return _latex(args[0]) + "".join(f" {RELATIONS.get(op, op)} {_latex(arg)}" for op, arg in pairs)
        case t.And(parts):
            return rf" \;\text{{{_('and')}}}\; ".join(map(_proposition, parts))
        case t.Implies(left, right):
            return rf"{_proposition(left)} \Rightarrow {_latex(right)}"
        case t.Iff(left, right):
            return rf"{_proposition(left)} \Leftrightarrow {_proposition(right)}"
    raise TypeError(f"{type(node).__name__} is no node of the language")


def _operand(node: t.Expr, after: str, inline: bool) -> str:
    """Part of a sum or product: brackets around a fraction alone are the bar's business."""
    if isinstance(node, t.Paren) and isinstance(t.bare(node), t.Div) and not inline:
        return _latex(t.bare(node))
    return _latex(node, after, inline)


def _proposition(node: t.Expr) -> str:
    """Part of a compound statement: "for all" would reach beyond it."""
    return _group(_latex(node)) if isinstance(node, t.Big) else _latex(node)


def _slashed(node: t.Expr) -> bool:
    return leaves(node) <= 2 and level(node) >= PRODUCT and not isinstance(node, (t.Big, t.Limit, t.At, t.Derivative))


def _space(left: t.Expr, right: str) -> str:
    """What stands between two factors: a thin space after a number and beside a name of several letters."""
    while isinstance(left, t.Mul):
        left = left.right
    named = not isinstance(left, t.Apply | t.Call) and _latex(left).startswith(r"\mathrm")
    number = isinstance(left, t.Number) and not right.startswith(r"\left")
    return r"\," if number or named or right.startswith(r"\mathrm") else " "


def _group(content: str) -> str:
    return rf"\left({content}\right)"


def _brackets(content: str) -> str:
    """Round brackets of a call, as tall as what they hold."""
    tall = any(mark in content for mark in (r"\frac", r"\sum", r"\prod", r"\left", r"\max_", r"\min_", r"\lim_"))
    return _group(content) if tall else f"({content})"


def _delimited(content: str, after: str) -> str:
    return _group(content) if after else content


def _compact(content: str) -> str:
    return re.sub(r"(?<=\S) ([+/-]) ", r"\1", content)


def _script(content: str) -> str:
    content = _compact(content)
    return content if len(content) == 1 else f"{{{content}}}"


def _number(text: str) -> str:
    mantissa, _, exponent = text.lower().partition("e")
    if not exponent:
        return text
    power = f"10^{_script(str(int(exponent)))}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"


def _core(name: str) -> str:
    name = ALIASES.get(name, name)
    if name in GREEK:
        return r"\varepsilon" if name == "epsilon" else f"\\{name}"
    escaped = name.replace("_", r"\_")
    return escaped if len(name) == 1 else rf"\mathrm{{{escaped}}}"


def _split(name: str) -> tuple[str, str]:
    r"""Letter and subscript: w0 is ("w", "0"), w_new is ("w", r"\text{new}")."""
    if name in ALIASES:
        return _core(name), ""
    if match := re.fullmatch(r"([A-Za-z]+)(\d+)", name) or re.fullmatch(r"([A-Za-z]+)_(\w*[A-Za-z0-9])", name):
        core, sub = match.groups()
        if sub in ACCENTS:
            return f"{ACCENTS[sub]}{{{_core(core)}}}", ""
        plain = sub.isdigit() or len(sub) == 1
        return _core(core), sub if plain else _core(sub) if sub in GREEK else rf"\text{{{sub.replace('_', ' ')}}}"
    return _core(name), ""


def _name(name: str) -> str:
    core, sub = _split(name)
    return f"{core}_{{{sub}}}" if sub else core


def _head(head: str) -> str:
    if len(head) == 1 or head in GREEK or re.fullmatch(r"[A-Za-z](\d+|_\w)", head):
        return _name(head)
    return _upright(head.replace("_", r"\,"))


def _upright(name: str) -> str:
    """The name of a function. Not by `operatorname`, which code hosts refuse: `_space` puts the space around it."""
    return rf"\mathrm{{{name}}}"


def _index(node: t.Index) -> str:
    base: t.Expr = node.base
    indices = node.indices
    while isinstance(base, t.Index):  # z[i][j]: one subscript, for two are an error in TeX
        indices, base = base.indices + indices, base.base
    sub, parts = "", [_latex(t.bare(i), inline=True) for i in indices]
    if isinstance(base, t.Symbol) or (isinstance(base, t.Apply) and not base.args):
        core, sub = _split(base.name if isinstance(base, t.Symbol) else base.head)
    elif isinstance(base, (t.Apply, t.Paren)):
        core = _latex(base)
    else:
        core = rf"\left[{_latex(base)}\right]"
    joined = "".join(parts) if all(len(p) == 1 and p.isalpha() for p in parts) else ",".join(parts)
    return f"{core}_{_script(f'{sub},{joined}' if sub else joined)}"


def _base(node: t.Expr) -> str:
    simple = isinstance(node, (t.Symbol, t.Index, t.Paren, t.Constant, t.Apply))
    if simple or (isinstance(node, t.Call) and node.name in ("abs", "sqrt", "delta", "max", "min")):
        return _latex(node)
    if isinstance(node, t.Number) and "e" not in node.text.lower():
        return node.text
    return _group(_latex(node))


def _call(node: t.Call, after: str, inline: bool) -> str:
    args = [_latex(t.bare(a), inline=inline) for a in node.args]
    match node.name:
        case "exp":
            tall = any(isinstance(n, (t.Big, t.Derivative, t.Limit, t.At, t.Call, t.List)) for n in t.walk(node.args[0]))
            if tall or leaves(node.args[0]) > (2 if inline else 4):
                return rf"\exp{_group(args[0])}"
            return f"e^{_script(_latex(t.bare(node.args[0]), inline=True))}"
        case "sqrt":
            return rf"\sqrt{{{args[0]}}}"
        case "transpose":
            inner = args[0] if isinstance(node.args[0], (t.Symbol, t.Apply)) else _group(args[0])
            return rf"{inner}^\top"
        case "dot":
            u, v = (a if isinstance(t.bare(n), (t.Symbol, t.Apply)) else _group(a) for a, n in zip(args, node.args, strict=True))
            return rf"{u} \cdot {v}" if after != "*" else rf"({u} \cdot {v})"
        case "abs":
            return rf"\left\vert {args[0]} \right\vert" if len(args[0]) > 12 else rf"\lvert {args[0]} \rvert"
        case "delta":
            one_letter = all(len(a) == 1 and a.isalpha() for a in args)
            return rf"\delta_{{{('' if one_letter else ',').join(args)}}}"
        case "log" | "log2" | "log10":
            arg = t.bare(node.args[0])
            open_ = isinstance(arg, (t.Symbol, t.Index, t.Number)) or (isinstance(arg, t.Div) and not inline)
            if open_ and after != "*":
                return f"{FUNCTIONS[node.name]} {args[0]}"
    return (FUNCTIONS.get(node.name) or _upright(node.name)) + _brackets(", ".join(args))


def _derivative(node: t.Derivative) -> str:
    body, variables = derivative_parts(node)
    order = rf"\partial^{_script(str(len(variables)))}" if len(variables) > 1 else r"\partial"
    powers = ((v, f"^{_script(str(times))}" if times > 1 else "") for v, times in runs(variables))
    by = " ".join(_differential(r"\partial", v) + power for v, power in powers)
    if is_short(body):
        return rf"\frac{{{_differential(order, body)}}}{{{by}}}"
    return rf"\frac{{{order}}}{{{by}}}{_group(_latex(t.bare(body)))}"


def _differential(sign: str, node: t.Expr) -> str:
    shown = _latex(node)
    return rf"{sign}\,{shown}" if shown.startswith(r"\mathrm") else f"{sign} {shown}"


def _body(node: t.Expr) -> str:
    return _group(_latex(node)) if is_sum(node) else _operand(node, "", False)


def _big(node: t.Big, after: str) -> str:
    names = ", ".join(_latex(b.symbol) for b in node.binders)
    if node.op == "forall":
        return rf"\forall {names}:\; {_latex(node.body)}"
    if node.op == "vector":
        return rf"{_group(_latex(t.bare(node.body), inline=True))}_{{{names}}}"
    if node.op in ("max", "min"):
        return _delimited(rf"\{node.op}_{_script(names)} {_body(node.body)}", after)
    signs = " ".join(_sign(node.op, b) for b in node.binders)
    return _delimited(f"{signs} {_body(node.body)}", after)


def _sign(op: str, binder: t.Binder) -> str:
    low, high = binder.lower, binder.upper
    start = "1" if low is None else _latex(low, inline=True)
    end = _latex(t.size_of(binder.symbol) if high is None else high, inline=True)
    return rf"\{op}_{{{_latex(binder.symbol)}={_script(start).strip('{}')}}}^{{{_script(end).strip('{}')}}}"


def _place(target: t.Symbol, value: t.Expr) -> str:
    """`p = vector(k: 1/n)` reads better as p_k = 1 / n."""
    if isinstance(value, t.Big) and value.op == "vector":
        entry = t.Index(target, tuple(b.symbol for b in value.binders))
        return f"{_latex(entry)} = {_compact(_latex(t.bare(value.body), inline=True))}"
    return f"{_latex(target)} = {_compact(_latex(value, inline=True))}"

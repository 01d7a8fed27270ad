"""Trees as JavaScript: expressions in plain arithmetic, and functions of letters.

What JavaScript lacks (sums, erfc, 0 log 0 = 0) stands in `PRELUDE`, an object that the printed text calls `_`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mathcore.language import tree as t
from mathcore.language.written_out import NotComputable, holds_logarithm, written_out

# Logarithms and powers are JavaScript's own. erfc: a series of positive terms near 0, a continued fraction beyond,
# both to the last digits of a float (Abramowitz and Stegun, 7.1.6 and 7.1.14).
PRELUDE = """\
const _ = {
  sum(a, b, f) { let s = 0, c = 0; for (let k = a; k <= b; k++) { const x = f(k), t = s + x;
    c += Math.abs(s) >= Math.abs(x) ? s - t + x : x - t + s; s = t; } return Number.isFinite(s) ? s + c : s; },
  prod(a, b, f) { let p = 1; for (let k = a; k <= b; k++) p *= f(k); return p; },
  max(a, b, f) { let m = -Infinity; for (let k = a; k <= b; k++) m = Math.max(m, f(k)); return m; },
  min(a, b, f) { let m = Infinity; for (let k = a; k <= b; k++) m = Math.min(m, f(k)); return m; },
  vector(n, f) { return Array.from({ length: n }, (x, k) => f(k + 1)); },
  times(a, b) { return a === 0 || b === 0 ? 0 : a * b; },
  step(x) { return x >= 0 ? 1 : x < 0 ? 0 : NaN; },
  erfc(x) {
    if (x < 0) return 2 - _.erfc(-x);
    const e = Math.exp(-x * x) / Math.sqrt(Math.PI);
    if (x < 2.5) { let s = 2 * x, t = s; for (let k = 1; t > s * 1e-17; k++) { t *= 2 * x * x / (2 * k + 1); s += t; }
      return 1 - e * s; }
    let f = x; for (let k = 90; k > 0; k--) f = x + k / 2 / f;
    return e / f;
  },
};
"""

WORDS = """arguments await break case catch class const continue debugger default delete do else enum eval export extends false
finally for function if implements import in instanceof interface let new null package private protected public return static
super switch this throw true try typeof undefined var void while with yield NaN Infinity Math _"""
RESERVED = frozenset(WORDS.split())


def to_javascript(
    node: t.Expr, definitions: Mapping[str, t.Definition] | None = None, sizes: Mapping[str, int] | None = None
) -> str:
    """An expression of its letters; arrays are nested lists. Raises `NotComputable` for limits and derivatives."""
    return _print(written_out(node, definitions, sizes))


def to_javascript_function(
    node: t.Expr,
    definitions: Mapping[str, t.Definition] | None = None,
    sizes: Mapping[str, int] | None = None,
    arguments: Sequence[str] = (),
) -> str:
    """A function of `arguments`, followed by an object that holds the values of the other letters."""
    tree = written_out(node, definitions, sizes)
    letters = sorted({s.name for s in t.free_symbols(tree)} - set(arguments))
    kept = [name(x) if name(x) == x else f"{x}: {name(x)}" for x in letters]
    taken = [*map(name, arguments), *([f"{{ {', '.join(kept)} }}"] if kept else [])]
    return f"({', '.join(taken)}) => {_print(tree)}"


def name(letter: str) -> str:
    """A letter of the language, none of JavaScript's words."""
    return f"{letter}_" if letter in RESERVED else letter


_OPERATORS: dict[type[t.Expr], str] = {t.Add: "+", t.Sub: "-", t.Mul: "*", t.Div: "/"}
_RELATIONS = {"=": "===", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "!=": "!=="}
_CONSTANTS = {"inf": "Infinity", "nan": "NaN", "pi": "Math.PI"}


def _print(node: t.Expr) -> str:
    match node:
        case t.Number(value=value):
            return str(value.numerator) if value.denominator == 1 else repr(float(value))
        case t.Constant(name=constant) if constant in _CONSTANTS:
            return _CONSTANTS[constant]
        case t.Symbol():
            return name(node.name)
        case t.Paren(body):
            return _print(body)
        case t.Neg(body):
            return f"(-{_print(body)})"
        case t.Mul(left, right) if holds_logarithm(node):
            return f"_.times({_print(left)}, {_print(right)})"
        case t.Add(left, right) | t.Sub(left, right) | t.Mul(left, right) | t.Div(left, right):
            return f"({_print(left)} {_OPERATORS[type(node)]} {_print(right)})"
        case t.Pow(base, exponent):
            return f"Math.pow({_print(base)}, {_print(exponent)})"
        case t.Call():
            return _call(node)
        case t.Index(base, indices):
            sizes = t.shape_of(base)
            return _print(base) + "".join(f"[{_place(i, size)}]" for i, size in zip(indices, sizes, strict=False))
        case t.List(items):
            return f"[{', '.join(map(_print, items))}]"
        case t.Big(op, binders, body):
            text = _print(body)
            for binder in reversed(binders):
                letter, (first, last) = name(binder.symbol.name), _ends(binder)
                text = f"_.{op}({'' if op == 'vector' else first + ', '}{last}, ({letter}) => {text})"
            return text
        case t.Relation(args, ops):
            sides = [_print(a) for a in args]
            pairs = [f"{a} {_RELATIONS[op]} {b}" for a, op, b in zip(sides, ops, sides[1:], strict=False)]
            return f"({' && '.join(pairs)})"
        case t.And(parts):
            return f"({' && '.join(map(_print, parts))})"
    raise NotComputable(f"JavaScript has no {type(node).__name__.lower()}")


def _call(node: t.Call) -> str:
    args = [_print(a) for a in node.args]
    match node.name:
        case "delta":
            return f"({args[0]} === {args[1]} ? 1 : 0)"
        case "xlogy":
            return f"_.times({args[0]}, Math.log({args[1]}))"
        case "erfc" | "step":
            return f"_.{node.name}({args[0]})"
        case "exp" | "log" | "log2" | "log10" | "sqrt" | "abs" | "max" | "min":
            return f"Math.{node.name}({', '.join(args)})"
    raise NotComputable(f"JavaScript has no {node.name}")


def _place(index: t.Expr, size: t.Expr) -> str:
    """Arrays of JavaScript begin at 0, as sequences do here; lists begin at 1."""
    if size == t.NATURALS:
        return _print(index)
    return str(int(index.value) - 1) if isinstance(index, t.Number) else f"{_print(index)} - 1"


def _ends(binder: t.Binder) -> tuple[str, str]:
    if binder.lower is not None and binder.upper is not None:
        return _print(binder.lower), _print(binder.upper)
    return "1", _print(t.size_of(binder.symbol))

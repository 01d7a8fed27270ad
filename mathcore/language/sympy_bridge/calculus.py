"""What sympy computes for us: derivatives and limits, from tree to tree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from mathcore.language import tree as t
from mathcore.language.printers.names import letters_of, readable
from mathcore.language.printers.text import to_text
from mathcore.language.substitution import substitute, unfold
from mathcore.language.sympy_bridge.conversion import ToSympy
from mathcore.language.sympy_bridge.sympy_to_tree import from_sympy


def differentiate(node: t.Expr, variable: t.Expr, definitions: Mapping[str, t.Definition] | None = None) -> t.Expr:
    """The derivative by a symbol or an entry, carried out by sympy on the unfolded tree; sums over a delta collapse."""
    unfolded = unfold(t.Derivative(node, variable), definitions or {})
    tree = readable(unfolded)
    assert isinstance(tree, t.Derivative)
    return _named_back(_derivative(tree), unfolded)


@lru_cache(maxsize=256)
def _derivative(tree: t.Derivative) -> t.Expr:
    import sympy

    converter = ToSympy(tree, None, differentiate, total=_quiet_sum())
    body, by = converter.convert(tree.body), converter.convert(tree.variable)
    # only what is to be differentiated is carried out: `doit` would try to close every sum
    body = body.replace(lambda e: isinstance(e, sympy.Derivative), lambda e: e.doit(deep=False))
    derivative = _collapse(sympy.diff(body, by), converter)
    return from_sympy(derivative, converter.context())


def limit(node: t.Expr, definitions: Mapping[str, t.Definition] | None = None) -> t.Expr | None:
    """The value of `lim(x -> a: ...)` by sympy, or None where it cannot decide (any sum over a symbolic n, for one)."""
    import sympy
    from sympy.calculus.accumulationbounds import AccumulationBounds

    unfolded = unfold(node, definitions or {})
    tree = readable(unfolded)
    while isinstance(tree, t.Paren):
        tree = tree.body
    if not isinstance(tree, t.Limit):
        raise TypeError(f"limit: expected lim(x -> a: ...), got {to_text(node)}")
    if tree.point == t.Neg(t.INFINITY):  # sympy 1.14 finds inf for 2^x as x -> -inf, and 0 for 2^(-x) as x -> inf
        tree = t.Limit(tree.variable, t.INFINITY, "", substitute(tree.body, {tree.variable: t.Paren(t.Neg(tree.variable))}))
    converter = ToSympy(tree, None, differentiate)
    try:
        value = converter.convert(tree).doit()
        if value.has(sympy.Limit, AccumulationBounds, sympy.Piecewise, sympy.nan, sympy.zoo):
            return None
        return _named_back(from_sympy(value, converter.context()), unfolded)
    # out of its depth sympy raises any of these: it cannot decide
    except (NotImplementedError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, sympy.PoleError):
        return None


def _named_back(result: t.Expr, original: t.Expr) -> t.Expr:
    """The result in the symbols of the tree that was asked about, where sympy saw letters: i~1 was sent as i."""
    letters = letters_of(original)
    return substitute(result, {letter: symbol for symbol, letter in letters.items()}) if letters else result


@cache
def _quiet_sum() -> Any:
    """Sums whose sign sympy does not ask for: at every product on its way it asks whether the derivative is zero."""
    import sympy

    class QuietSum(sympy.Sum):  # type: ignore[misc]  # sympy has no types
        is_number = False

        def _eval_is_zero(self) -> None:
            """Not known."""

        _eval_is_extended_positive = _eval_is_extended_negative = _eval_is_zero

    return QuietSum


def _collapse(expr: Any, converter: ToSympy) -> Any:
    """Sums over a delta carried out: deltas get the range of their index, without which sympy answers Piecewise."""
    import sympy
    from sympy.concrete.delta import deltasummation

    def ranged(a: Any, b: Any, *_: Any) -> Any:
        upper = converter.over.get(a, converter.over.get(b))
        return sympy.KroneckerDelta(a, b) if upper is None else sympy.KroneckerDelta(a, b, (1, upper))

    def summed(total: Any) -> Any:
        body = total.function
        for bounds in total.limits:
            body = over(body.expand() if isinstance(body, sympy.Mul) else body, bounds)
        return body

    def over(body: Any, bounds: Any) -> Any:
        """One sum: its terms with a delta of its index are carried out, the others (which sympy tries to close) stay."""
        collapsed, rest = [], []
        for term in sympy.Add.make_args(body):
            about = {a for delta in term.atoms(sympy.KroneckerDelta) for a in delta.args[:2]}
            result = deltasummation(term, bounds) if bounds[0] in about else None
            if result is None or result.has(sympy.Piecewise):
                rest.append(term)
            else:
                collapsed.append(result)
        return sympy.Add(*collapsed, sympy.Sum(sympy.Add(*rest), bounds) if rest else 0)

    expr = expr.replace(sympy.KroneckerDelta, ranged)
    return expr.replace(lambda e: isinstance(e, sympy.Sum) and e.has(sympy.KroneckerDelta), summed)

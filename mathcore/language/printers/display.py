"""What the printers for people share: the tree made ready for the page, and what counts as short."""

from __future__ import annotations

from typing import TypeGuard

from mathcore.language import tree as t
from mathcore.language.printers.names import readable
from mathcore.language.printers.text import ATOM, SUM, level, parenthesise

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
ALIASES = {"lam": "lambda", "lambda_": "lambda", "eps": "epsilon"}


def display(node: t.Expr) -> t.Expr:
    """The tree as it is printed for people: letters chosen, `xlogy(x, y)` as x log y, brackets where they are needed."""
    return parenthesise(_logarithms(readable(node)))


def _logarithms(node: t.Expr) -> t.Expr:
    node = t.map_children(node, _logarithms)
    if isinstance(node, t.Mul) and not node.star and _is_xlogy(node.right) and level(node.right.left) == ATOM:
        return t.Mul(t.Mul(node.left, node.right.left), node.right.right)  # a x log y: no bracket
    if isinstance(node, t.Call) and node.name == "xlogy":
        return t.Mul(node.args[0], t.Call("log", (node.args[1],)))
    return node


def _is_xlogy(node: t.Expr) -> TypeGuard[t.Mul]:
    return isinstance(node, t.Mul) and isinstance(node.right, t.Call) and node.right.name == "log"


def is_sum(node: t.Expr) -> bool:
    """Does it need brackets under a big operator?"""
    return level(node) <= SUM or isinstance(node, t.Neg)


def leaves(node: t.Expr) -> int:
    if isinstance(node, t.Index):
        return leaves(node.base)
    parts = list(t.children(node))
    return sum(map(leaves, parts)) if parts else 1


def is_short(node: t.Expr) -> bool:
    """May it stand above a fraction bar after the sign of a derivative? A symbol, an entry, a head on symbols."""
    node = node.base if isinstance(node, t.Index) else node
    return isinstance(node, t.Symbol) or (isinstance(node, t.Apply) and all(isinstance(a, t.Symbol) for a in node.args))


def runs(variables: tuple[t.Expr, ...]) -> list[tuple[t.Expr, int]]:
    """Equal neighbours counted: D(f, x, x, y) is by x twice, then y."""
    counted: list[tuple[t.Expr, int]] = []
    for variable in variables:
        if counted and counted[-1][0] == variable:
            counted[-1] = (variable, counted[-1][1] + 1)
        else:
            counted.append((variable, 1))
    return counted

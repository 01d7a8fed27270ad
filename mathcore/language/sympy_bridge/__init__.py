"""To sympy and back. sympy computes derivatives and limits; it never holds the source of a formula.

sympy reorders and cancels on construction, so a tree that went there and back is equal, not the same. Heads are
unfolded first (sympy's derivative of an opaque array is silently 0) and bound names are made unique (its `diff` and
`subs` capture them). sympy is imported on first use.
"""

from mathcore.language.sympy_bridge.calculus import differentiate, limit
from mathcore.language.sympy_bridge.counting import from_one
from mathcore.language.sympy_bridge.error import SympyError
from mathcore.language.sympy_bridge.sympy_to_tree import from_sympy
from mathcore.language.sympy_bridge.tree_to_sympy import Chain, chain_to_sympy, definition_to_sympy, to_sympy

__all__ = [
    "Chain",
    "SympyError",
    "chain_to_sympy",
    "definition_to_sympy",
    "differentiate",
    "from_one",
    "from_sympy",
    "limit",
    "to_sympy",
]

"""Hypothesis strategies for the domains that formulas declare: floats by their ordinals and edges, exact pmfs, labels.

`for_declarations(context, symbols, dtype)` draws one consistent set of values for declared symbols.
"""

from mathcore.strategies.declared import for_declarations
from mathcore.strategies.floats import from_ordinal, ordinal, reals, rows, vectors
from mathcore.strategies.probabilities import near_pmfs, one_hots, pmfs

__all__ = ["for_declarations", "from_ordinal", "near_pmfs", "one_hots", "ordinal", "pmfs", "reals", "rows", "vectors"]

"""sum(w) sum(w f g) >= sum(w f) sum(w g) for weights w >= 0: `by` shows (f[i] - f[j]) (g[i] - g[j]) >= 0 for any two indices.

`indices` names the two, such as "i, j"; `one`, `other` and `weight` are f, g and w at the first of them. Where `by` shows <= 0,
the sums compare the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Chebyshev(Rule):
    form = Form("chebyshev", "one", (("with", "other"), ("over", "indices"), ("weighted", "weight")))
    title = "chebyshev"
    spoken = N_("pair by pair")
    example = Example(
        given="n: size; x, y: real[n]; i, j, k: index[n]; (x[i] - x[j]) (y[i] - y[j]) >= 0",
        left="n sum(k: x[k] y[k])",
        right=">= sum(k: x[k]) sum(k: y[k])",
        reason="[chebyshev x[i] with y[i] over i, j] [given (x[i] - x[j]) (y[i] - y[j]) >= 0]",
        twin="<= sum(k: x[k]) sum(k: y[k])",
    )

    one: str
    other: str
    indices: str
    by: Rule
    weight: str = "1"

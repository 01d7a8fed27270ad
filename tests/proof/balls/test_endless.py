"""Hypotheses about every natural number refute only where they are seen to hold of all of them."""

import pytest

from mathcore.language.parser import Context
from mathcore.proof.balls.endless import endless
from mathcore.proof.balls.hypotheses import constraints
from tests.proof.balls import endless as random_bounds

SEQUENCES = "n: size; w, g, h: real[naturals]; p: positive[naturals]; W: real[naturals, n]"
GIVEN = f"{SEQUENCES}; x: real[n]; i: index[n]; c: real; s, t: natural"


@pytest.mark.parametrize(
    ("hypotheses", "order", "steady", "settled"),
    [
        ("c <= 1", "", "", True),
        ("w[t] <= c", "w", "", True),
        ("c >= w[t]", "w", "", True),
        ("w[t + 1] = w[t] / 2", "w", "", True),
        ("w[t + 1] = w[t] / 2; w[t] <= c", "", "w", True),
        ("w[t] = g[t]; g[t + 1] = 2 g[t]", "gw", "", True),
        ("w[t + 1] = w[t] - g[t + 1]; g[t + 1] = c g[t] + h[t + 1]", "gw", "", True),
        ("w[t] = g[t]; g[t] = w[t]", "", "gw", True),
        ("w[t] >= w[t + 1]", "w", "", True),
        ("W[t + 1, i] = W[t, i] + x[i]", "W", "", True),
        ("p[t + 1] = p[t] - 1", "", "p", True),
        ("w[t + 1] = 1 / w[t]", "", "w", True),
        ("w[t + 1] = sqrt(w[t])", "", "w", True),
        ("w[s] <= w[t]", "", "w", True),
        ("c <= 1 / (t + 1)", "", "", False),
        ("abs(w[t]) <= t", "", "w", False),
        ("w[2 t] = 0", "", "w", False),
    ],
)
def test_what_goes_on_and_what_has_to_stay(hypotheses, order, steady, settled):
    context = Context().given(f"{GIVEN}; {hypotheses}")
    found = endless(constraints(context.hypotheses, frozenset(), context.definitions), context.definitions)
    assert "".join(f.sequence.name for f in found.following) == order
    assert "".join(sorted(s.name for s in found.steady)) == steady
    assert found.settled is settled


@pytest.mark.slow
def test_random_bounds_that_hold_for_ever_are_not_refuted_nor_others_proved():
    levels, lies = random_bounds.run(12, seed=5)
    assert lies == []
    assert levels["false, refuted"] >= 1

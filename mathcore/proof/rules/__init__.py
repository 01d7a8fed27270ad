"""One checker per rule of `card.py`: each re-executes what a step claims and says what it used.

A checker takes (rule, scope, left, op, right) and returns the conditions under which equality holds (or None where
that is not known); it raises NotShown with the reason. Steps that relate propositions ("<=>") have their own table.
"""

from __future__ import annotations

from mathcore import card as c
from mathcore.proof.rules import algebra, cases, equivalence, limits, order, sequences
from mathcore.proof.scope import Checkers

CHECKERS = Checkers(
    {
        c.Rewrite: algebra.rewrite,
        c.Unfold: algebra.unfold,
        c.Entrywise: algebra.entrywise,
        c.Expectation: algebra.expectation,
        c.Differentiate: algebra.differentiate,
        c.Substitute: algebra.substitute,
        c.Use: order.use,
        c.Lemma: order.lemma,
        c.SumOver: order.sum_over,
        c.Certificate: order.certificate,
        c.Monotone: order.monotone,
        c.Squared: order.squared,
        c.Stationary: order.stationary,
        c.Split: cases.split,
        c.Support: cases.support,
        c.Attained: cases.attained,
        c.Telescope: sequences.telescope,
        c.Geometric: sequences.geometric,
        c.Induction: sequences.induction,
        c.Limiting: limits.limit,
        c.Squeeze: limits.squeeze,
        c.Directions: equivalence.directions,
        c.EqualityCase: equivalence.equality_case,
    },
    relate=equivalence.relate,
)

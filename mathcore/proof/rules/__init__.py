"""One checker per rule of `card.py`: each re-executes what a step claims and says what it used.

A checker takes (rule, scope, left, op, right) and returns the conditions under which equality holds (or None where
that is not known); it raises NotShown with the reason. Steps that relate propositions ("<=>") have their own table.
"""

from __future__ import annotations

from mathcore.proof.rules import algebra, cases, equivalence, limits, order, sequences
from mathcore.proof.scope import Checkers
from mathcore.rules.attained import Attained
from mathcore.rules.certificate import Certificate
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.directions import Directions
from mathcore.rules.entrywise import Entrywise
from mathcore.rules.equality_case import EqualityCase
from mathcore.rules.expectation import Expectation
from mathcore.rules.geometric import Geometric
from mathcore.rules.induction import Induction
from mathcore.rules.lemma import Lemma
from mathcore.rules.limiting import Limiting
from mathcore.rules.monotone import Monotone
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.split import Split
from mathcore.rules.squared import Squared
from mathcore.rules.squeeze import Squeeze
from mathcore.rules.stationary import Stationary
from mathcore.rules.substitute import Substitute
from mathcore.rules.sum_over import SumOver
from mathcore.rules.support import Support
from mathcore.rules.telescope import Telescope
from mathcore.rules.unfold import Unfold
from mathcore.rules.use import Use

CHECKERS = Checkers(
    {
        Rewrite: algebra.rewrite,
        Unfold: algebra.unfold,
        Entrywise: algebra.entrywise,
        Expectation: algebra.expectation,
        Differentiate: algebra.differentiate,
        Substitute: algebra.substitute,
        Use: order.use,
        Lemma: order.lemma,
        SumOver: order.sum_over,
        Certificate: order.certificate,
        Monotone: order.monotone,
        Squared: order.squared,
        Stationary: order.stationary,
        Split: cases.split,
        Support: cases.support,
        Attained: cases.attained,
        Telescope: sequences.telescope,
        Geometric: sequences.geometric,
        Induction: sequences.induction,
        Limiting: limits.limit,
        Squeeze: limits.squeeze,
        Directions: equivalence.directions,
        EqualityCase: equivalence.equality_case,
    },
    relate=equivalence.relate,
)

"""A checker for each rule, found by the name of its file: it executes anew what a step claims and says what it used.

A file named as that of a rule in `mathcore.rules` has a function of that name for a step that relates two expressions, with the
arguments (rule, scope, left, op, right): it returns the conditions under which equality holds, or None where that is not known,
and raises NotShown with the reason. For a step between two propositions it has a function `relate`. A file of another name
holds what several of them share.
"""

from __future__ import annotations

from importlib import import_module

from mathcore.proof.scope import Checkers
from mathcore.rules import RULES

_FOUND = {rule: vars(import_module(f"{__name__}.{name}")) for name, rule in RULES.items()}
CHECKERS = Checkers(
    of={rule: _FOUND[rule][name] for name, rule in RULES.items() if name in _FOUND[rule]},
    between={rule: found["relate"] for rule, found in _FOUND.items() if "relate" in found},
)

"""The files that must be right for `proved` to be right, each with what it is trusted for.

The search is not among them: what it finds is checked anew by the checker of its rule. But what takes a question of somebody's
own apart, before rules are searched for, is trusted there, and listed as `ASKED`. Nor are the balls, which may only
refute; that a false claim is refuted rests on them alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from mathcore.evidence import TrustedBase
from mathcore.proof.axioms import AXIOMS


def _of_rules() -> Iterator[tuple[str, str]]:
    """A checker, and what several of them share, is trusted for what its first line says."""
    for path in sorted((Path(__file__).parent / "rules").glob("*.py")):
        first, *_ = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()
        yield f"proof/rules/{path.name}", first[0].lower() + first[1:].rstrip(".")


FILES: Mapping[str, str] = {
    "proof/axioms.py": "what is taken for true",
    "proof/checking.py": "a rule is judged by its own checker, on every relation of a proposition",
    "proof/judging.py": "steps make the claim that is printed, and a step counts only if no check contradicts",
    "proof/defined.py": "a letter becomes a notation only where a hypothesis defines it, and a derivative goes through it",
    "proof/scope.py": "which hypotheses hold here and for which indices; a lemma's arguments, domains and premises",
    "proof/kernel/arithmetic.py": "products, quotients, powers, exp, log, maxima of polynomials; conditions that are left",
    "proof/kernel/atom.py": "what stands for one number: letters, entries, functions, sums, each told from every other",
    "proof/kernel/derivative.py": "the derivative table",
    "proof/kernel/equations.py": "an equation used in the place of one of its sides",
    "proof/kernel/ledger.py": "hypotheses and conditions are never lost on the way",
    "proof/kernel/normal.py": "a tree and its normal form are equal, under the conditions that are left",
    "proof/kernel/numbers.py": "signs of numbers without letters, by balls",
    "proof/kernel/polynomial.py": "exact sums and products",
    "proof/kernel/show.py": "conditions are printed as they are meant",
    "proof/kernel/signs.py": "what is said to be positive, or not 0, follows from the hypotheses named",
    "proof/kernel/summing.py": "sums over indices and ranges; nothing is captured where something is put in",
    **dict(_of_rules()),
    "language/chain.py": "which relation the steps of a chain show together",
    "language/exponents.py": "which exponents are whole numbers by their form",
    "language/grammar.lark": "what is written is what is read",
    "language/parser/builder.py": "the tree of a text, with domains and shapes",
    "language/parser/context.py": "declarations, definitions and hypotheses of a claim",
    "language/reading.py": "for which indices a hypothesis is meant, and what it defines",
    "language/substitution.py": "substitution without capture, definitions written out",
    "language/tree.py": "what a formula is, and which letters stand free in it",
    "language/printers/text.py": "what is printed is what was judged",
}
ASKED: Mapping[str, str] = {
    "proof/lines.py": "which lines of a derivation show what together, and where the first and the last have values",
    "proof/ties.py": "equal numbers, by exact arithmetic",
    "proof/prover/declared.py": "what a sympy object and its assumptions say",
    "proof/prover/decide.py": "a claim that says the same as a hypothesis, or is proved of the least size, is proved",
    "proof/prover/functions.py": "what is said of a function for every argument is so at the arguments that are named",
    "proof/prover/parts.py": "a claim whose parts are proved is proved: both directions, one term or one case after the other",
    "proof/prover/solved.py": "a hypothesis that is solved for a letter or an entry says the same as before",
    "proof/prover/values.py": "where both sides have values",
}
BASE = TrustedBase(AXIOMS, FILES, ASKED)

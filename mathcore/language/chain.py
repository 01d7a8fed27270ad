"""A derivation is a chain: it begins at a side of its claim, and every step adds a relation and a side."""

from __future__ import annotations

import re
from itertools import pairwise

from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError

OPERATORS = ("<=>", "=>", "<=", ">=", "!=", "=", "<", ">")  # the longer ones first: "<=>" begins with "<="


def relation_of(step: str) -> str:
    """The relation at the start of a step; nothing where there is none."""
    return next((op for op in OPERATORS if step.startswith(op)), "")


def arrows(text: str) -> list[str]:
    """A proposition taken apart at the arrows that stand in no bracket: `a = b => c = d` as `a = b` and `=> c = d`."""
    depth, cuts = 0, [0]
    for found in re.finditer(r"[(\[{]|[)\]}]|<=>|=>", text):
        if "=" not in found[0]:
            depth += 1 if found[0] in "([{" else -1
        elif depth == 0:
            cuts.append(found.start())
    return [text[a:b].strip() for a, b in pairwise([*cuts, len(text)])]


def composed(ops: tuple[str, ...]) -> str | None:
    """The relation that a chain of relations shows: = by = only, <= by = <= <, < if one of them is strict, != by one != and =.

    None where it shows none: of a != b != c nothing follows for a and c.
    """
    kinds = set(ops) - {"="}
    if not kinds:
        return "="
    if kinds == {"!="}:
        return "!=" if ops.count("!=") == 1 else None
    for strict, weak in (("<", "<="), (">", ">=")):
        if kinds <= {strict, weak}:
            return strict if strict in kinds else weak
    if kinds == {"<=>"}:
        return "<=>"
    return "=>" if kinds <= {"<=>", "=>"} else None


def core_of(claim: t.Expr) -> tuple[t.Expr, tuple[t.Expr, ...]]:
    """What a claim says, and the premises under which."""
    premises: list[t.Expr] = []
    while isinstance(claim, (t.Paren, t.Implies)):
        if isinstance(claim, t.Implies):
            premises.append(claim.premise)
        claim = claim.body if isinstance(claim, t.Paren) else claim.conclusion
    return claim, tuple(premises)


def start(claim: t.Expr) -> t.Expr:
    """Where the chain of a derivation begins: the left side of its claim, premises left aside."""
    core, _ = core_of(claim)
    if isinstance(core, t.Iff):
        return core.left
    return core.args[0] if isinstance(core, t.Relation) else core


def step(context: Context, text: str) -> tuple[str, t.Expr]:
    """ "<= log(n)" is ("<=", log(n)). Raises FormulaError for a step without a relation."""
    text = text.strip()
    op = relation_of(text)
    if op:
        return op, context.parse(text[len(op) :])
    raise FormulaError(text, 0, "a step begins with a relation: =, !=, <=, <, >=, >, <=>, =>")


def relation(left: t.Expr, op: str, right: t.Expr) -> t.Expr:
    """Two sides of a chain as one statement."""
    if op == "<=>":
        return t.Iff(left, right)
    if op == "=>":
        return t.Implies(left, right)
    return t.Relation((left, right), (op,))

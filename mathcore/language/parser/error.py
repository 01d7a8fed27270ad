"""What is said of a formula that cannot be read: where, what was found, what to write instead."""

from __future__ import annotations

import re
from typing import Any

# what a person would call the terminals of the grammar
EXPECTED = {
    "NAME": "a name",
    "CALL": "a function",
    "BIG": "sum(...:...)",
    "NUMBER": "a number",
    "REL": "a relation (`=`, `<=`, `<`, ...)",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "LSQB": "`[`",
    "RSQB": "`]`",
    "COLON": "`:`",
    "COMMA": "`,`",
    "PLUS": "`+`",
    "MINUS": "`-`",
    "STAR": "`*`",
    "SLASH": "`/`",
    "CIRCUMFLEX": "`^`",
    "EQUAL": "`=`",
    "CLASS": "a domain (size, index, natural, real, positive, nonnegative, unit, simplex, onehot, batch, function)",
    "$END": "the end",
    "__ANON_0": "`<=>`",
    "__ANON_1": "`=>`",
    "__ANON_2": "`->`",
    "__ANON_3": "`..`",
    "LIM": "lim(x -> a: ...)",
    "AT": "at(x = a: ...)",
    "_AND": "and",
    "SIDE": "a side (0+ or 0-)",
}

# what people type, and what the language writes
INSTEAD = {
    "≤": "<=", "≥": ">=", "≠": "!=", "⇒": "=>", "⇔": "<=>", "→": "->", "−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "÷": "/",
    "²": "^2", "³": "^3", "√": "sqrt(x)", "∞": "inf", "∑": "sum(k: ...)", "Σ": "sum(k: ...)", "∏": "prod(k: ...)",
    "∂": "D(f, x)", "∀": "forall(k: ...)", "δ": "delta(i, j)", "∧": "and", "&": "and", "|": "abs(x)", "{": "( )", "}": "( )",
    "\\": "plain text, not LaTeX: a / b, z[i]", "!": "!= for unequal; there is no factorial sign",
    ".": "0.5 with digits on both sides, or 1..t in a range", "\u00a0": "an ordinary space",
    "₁": "[1]", "ᵢ": "[i]", "ⱼ": "[j]", "ₖ": "[k]", "α": "alpha", "β": "beta", "γ": "gamma", "ε": "epsilon", "η": "eta",
    "θ": "theta", "λ": "lam", "μ": "mu", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega",
}  # fmt: skip


class FormulaError(ValueError):
    """A formula that cannot be read: says where, what was found and what to write instead."""

    def __init__(self, text: str, position: int, message: str) -> None:
        self.text, self.position, self.message = text, position, message
        start = text.rfind("\n", 0, position) + 1
        end = text.find("\n", position)
        line = text[start : end if end >= 0 else len(text)]
        left = max(0, position - start - 60)  # a long line is shown around the place
        shown = line[left : left + 100]
        shown = "".join(c if c.isprintable() else " " for c in shown)  # a tab would move the caret
        super().__init__(f"{message}\n    {shown}\n    {' ' * (position - start - left)}^")


def explained(text: str, position: int, error: Any) -> str:
    """What is wrong at an unexpected token (lark's UnexpectedToken), and what to write instead."""
    found = repr(str(error.token))
    before = text[:position].rstrip()
    starts = error.token.type in ("NAME", "CALL", "BIG", "LPAR", "NUMBER", "LIM", "AT")
    if starts and re.search(r"/\s*(\d+(\.\d+)?|[A-Za-z_]\w*(\[[^\]]*\]|\([^()]*\))*|\([^()]*\)|[^\s/]*\))$", before):
        return f"{found} after a division is ambiguous: write a / (b c) or (a / b) c"
    if error.token.type == "NUMBER" and before and (before[-1].isalnum() or before[-1] in ")]"):
        return f"a number stands left of what it multiplies: write {error.token} x, not x {error.token}"
    if error.token.type == "MINUS" and before and before[-1] in "*/":
        return "a sign after an operator needs brackets: write a * (-b)"
    if error.token.type == "REL" and before.endswith(str(error.token)) and str(error.token) == "=":
        return "one = is enough: write a = b"
    if error.token.type == "STAR" and before.endswith("*"):
        return "a power is written with ^: x^2"
    if str(error.token) == ">" and before.endswith("-"):
        return "-> stands only in a limit: lim(x -> 0: ...); an implication is =>"
    if error.token.type == "COLON" and (word := re.search(r"\b(sum|prod|max|min|vector|forall|lim|at)\s+\([^()]*$", before)):
        return f"write {word[1]}(...: ...) without a space before the bracket"
    if before.endswith(("<", "=")) and str(error.token) in ("<", ">"):
        return "an order is written <= or >=, and unequal !="
    wanted = set(error.accepts or error.expected)
    operand = {"NAME", "NUMBER", "LPAR"} <= wanted
    if operand:  # one word for all the ways in which an expression begins
        wanted -= {"NAME", "NUMBER", "LPAR", "CALL", "BIG", "LIM", "AT", "LSQB", "MINUS"}
    expected = ["an expression"] * operand + sorted({EXPECTED.get(name, name.lower()) for name in wanted})
    problem = "the formula ends too early" if error.token.type == "$END" else f"unexpected {found}"
    return f"{problem}; expected {', '.join(expected[:8])}{' ...' if len(expected) > 8 else ''}"

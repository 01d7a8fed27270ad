"""What is said of a formula that cannot be read: where, what was found, what to write instead."""

from __future__ import annotations

import re
from typing import Any

from mathcore.language import tree as t

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
    "∫": "D(F, x) = f, the derivative of the result", "∂": "D(f, x)", "∇": "D(f, x)", "∀": "forall(k: ...)",
    "δ": "delta(i, j)", "∧": "and", "&": "and", "|": "abs(x)",
    "{": "( )", "}": "( )", "\\": "plain text, not LaTeX: a / b, z[i]", "$": "plain text, not LaTeX: a / b, z[i]",
    "!": "!= for unequal; a factorial is prod(k = 1..n: k)", ".": "0.5 with digits on both sides, or 1..t in a range",
    "\u00a0": "an ordinary space", "'": "D(f(x), x) for a derivative, transpose(X) for a transpose",
    "′": "D(f(x), x) for a derivative, transpose(X) for a transpose", "ᵀ": "transpose(X)", "⊤": "transpose(X)",
    "@": "X w for a product of matrices, dot(u, v) for one of vectors", "%": "x / 100 for percent; there is no remainder",
    "≈": "how near it is, abs(x - y) <= 1 / 100", "~": "how near it is, abs(x - y) <= 1 / 100", "…": "..",
    "∈": "a declaration into given, x: real", "ℝ": "real", "ℕ": "natural", "‖": "sqrt(dot(z, z)) for the norm of a vector z",
    "⟨": "dot(u, v)", "⟩": "dot(u, v)", "½": "1 / 2", "¼": "1 / 4", "ⁿ": "^n", "⁴": "^4", "⁻": "^-", "¹": "^1",
    ";": "and between statements; declarations and hypotheses go into given",
    "₁": "[1]", "₂": "[2]", "ᵢ": "[i]", "ⱼ": "[j]", "ₖ": "[k]",
    "α": "alpha", "β": "beta", "γ": "gamma", "ε": "epsilon", "η": "eta",
    "θ": "theta", "λ": "lam", "μ": "mu", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega",
}  # fmt: skip


# names that people know from elsewhere, and what the language writes; of some it has nothing
EULER = "the number e is written exp(1), and e^x is exp(x)"
LIMIT = "a limit is written lim(x -> a: f), with x declared"
NO_INTEGRAL = "there are no integrals here: state the derivative of the result, D(F, x) = f"
TENDS = "infinity is written inf, and stands in limits: lim(x -> inf: f)"
SLOPE = "a derivative is written D(f, x)"
NATS = "information is counted in nats here: leave the unit out"
BITS = f"{NATS}, and write 3 log(2) for 3 bits"
MEANT = {
    "e": EULER, "E": EULER, "ln": "the natural logarithm is written log(x)", "log_e": "the natural logarithm is written log(x)",
    "lg": "a logarithm of base 10 is written log10(x), one of base 2 log2(x)", "log_10": "write log10(x)",
    "log_2": "write log2(x)", "ld": "write log2(x)", "lb": "write log2(x)", "infinity": TENDS, "infty": TENDS, "oo": TENDS,
    "Infinity": TENDS,
    "integral": NO_INTEGRAL, "integrate": NO_INTEGRAL, "int": NO_INTEGRAL, "Integral": NO_INTEGRAL,
    "diff": SLOPE, "derivative": SLOPE, "Derivative": SLOPE, "grad": SLOPE, "gradient": SLOPE,
    "limit": LIMIT, "Limit": LIMIT, "Sum": "a sum is written sum(k: z[k])", "Product": "a product is written prod(k: z[k])",
    "Abs": "write abs(x)", "Max": "write max(x, y)", "Min": "write min(x, y)", "Exp": "write exp(x)", "Log": "write log(x)",
    "Sqrt": "write sqrt(x)", "erf": "write 1 - erfc(x)", "pow": "a power is written x^2", "sign": "write step(x) - step(-x)",
    "sgn": "write step(x) - step(-x)", "heaviside": "write step(x), which is 1 at 0",
    "norm": "the norm of a vector z is sqrt(dot(z, z))",
    "factorial": "a factorial is prod(k = 1..n: k)", "trace": "a trace is sum(i: A[i, i])",
    "bit": BITS, "bits": BITS, "nat": NATS, "nats": NATS,
    "Pi": "the number is written pi", "PI": "the number is written pi",
    "or": "there is no `or`: ask for each statement alone", "not": "write the opposite relation, x <= 0 for not x > 0",
    "if": "a condition is written x > 0 => y > 0, or goes into given", "in": "what a letter stands for goes into given, x: real",
    "given": "a condition is written x > 0 => y > 0, or goes into given",
    "where": "a condition is written x > 0 => y > 0, or goes into given",
    "implies": "write =>", "iff": "write <=>", "le": "write <=", "geq": "write >=", "leq": "write <=",
}  # fmt: skip

# the words that take more than arguments
FORM = {
    "sum": "sum(k: z[k])", "prod": "prod(k: z[k])", "max": "max(k: z[k])", "min": "min(k: z[k])", "vector": "vector(k: z[k])",
    "forall": "forall(k: z[k] >= 0)", "lim": "lim(x -> 0: f)", "at": "at(x = 1: f)", "D": "D(f, x)", "mean": "mean(c: f)",
}  # fmt: skip


def meant(name: str, text: str = "") -> str | None:
    """What somebody who writes this name has in mind, and how it is written; None where the name says nothing."""
    if name in MEANT:
        return MEANT[name]
    word, _, rest = name.partition("_")
    if rest and word in FORM and word != "D":
        return f"write {FORM[word]}"
    if re.fullmatch(r"d\w?", name) and re.search(r"\bd\w*(\([^()]*\))?(\^\d+)?\s*/\s*d\w", text):
        return SLOPE
    return None


CLOSING = {"(": ")", "[": "]"}


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


def unexpected(text: str, place: int) -> str:
    """What is wrong with a character that the language does not know, and what to write instead."""
    character, before = text[place], text[:place]
    advice = f": write {INSTEAD[character]}" if character in INSTEAD else ""
    if character == "{" and (word := re.search(r"\b(sum|prod|max|min|lim)_$", before)):
        form = {"sum": "sum(k = 1..n: z[k])", "prod": "prod(k = 1..n: z[k])"}.get(word[1], FORM[word[1]])
        return f"plain text, not LaTeX: write {form}"
    if character == "{" and (entry := re.search(r"\b(\w+)_$", before)):
        inside = re.match(r"\{\s*(\w)\s*,?\s*(\w)\s*\}", text[place:])
        places = ", ".join(inside.groups()) if inside else "i"
        return f"plain text, not LaTeX: an entry of {entry[1]} is written {entry[1]}[{places}]"
    if character == "|" and text[place : place + 2] == "||":
        many = text.count("||") > 1
        return f"unexpected '||': {'the norm of a vector z is sqrt(dot(z, z)), of a number abs(x)' if many else MEANT['or']}"
    return f"unexpected character {character!r}{advice}"


def explained(text: str, position: int, error: Any) -> str:
    """What is wrong at an unexpected token (lark's UnexpectedToken), and what to write instead."""
    found = repr(str(error.token))
    before = text[:position].rstrip()
    if notation := _notation(text, before, str(error.token)):
        return notation
    starts = error.token.type in ("NAME", "CALL", "BIG", "LPAR", "NUMBER", "LIM", "AT")
    if starts and re.search(r"/\s*(\d+(\.\d+)?|[A-Za-z_]\w*(\[[^\]]*\]|\([^()]*\))*|\([^()]*\)|[^\s/]*\))$", before):
        return f"{found} after a division is ambiguous: write a / (b c) or (a / b) c"
    if error.token.type == "NUMBER" and (number := re.search(r"(?<![\w.])\d[\d.]*(e[+-]?\d+)?$", before)):
        one = f", {number[0]}{error.token} for one number" if re.fullmatch(r"\d{3}", error.token) else ""
        return f"two numbers stand side by side: write {number[0]} * {error.token} for their product{one}"
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
        wanted -= {"NAME", "NUMBER", "LPAR", "CALL", "BIG", "LIM", "AT", "MEAN", "LSQB", "MINUS"}
    expected = ["an expression"] * operand + sorted({EXPECTED.get(name, name.lower()) for name in wanted})
    problem = "the formula ends too early" if error.token.type == "$END" else f"unexpected {found}"
    return f"{problem}; expected {', '.join(expected[:8])}{' ...' if len(expected) > 8 else ''}"


def _notation(text: str, before: str, token: str) -> str | None:
    """What stands there in another notation than that of the language, and how it is written; None for anything else."""
    word, at = _around(before)
    if re.search(r"\bd(\^?\d)?\s*/\s*d\w*(\^\d)?$", before):
        return SLOPE
    if word in ("sum", "prod", "vector", "forall", "lim", "at") and token in ("[", ")", ",") and ":" not in before[at:]:
        return f"{word} is written {FORM[word]}"
    if word in ("max", "min") and token == "=":
        return f"{word} runs over an index and not over a range: {FORM[word]}"
    if token.isdecimal() and (last := re.search(r"([A-Za-z_]\w*)$", before)):
        if last[1] in t.FUNCTIONS or meant(last[1]):
            return meant(last[1]) or f"{last[1]} is written {last[1]}({token})"
    if re.search(r"\blim\b[^(]*$", before) and token in (">", "->", ":"):
        return LIMIT
    if token == ":" and (after := re.search(r"\bforall\s+\w+$", before)):
        return f"a claim holds for all its letters: leave `{after[0]}:` out, or write {FORM['forall']} of an index"
    if token == ":" and text[len(before) :].lstrip().startswith(":="):
        return "an equation is written a = b"
    if token == "/" and before.endswith("/"):
        return "one / is enough: write a / b"
    if token == "," and re.search(r"\d$", before) and re.match(r"\d", text[len(before) :].lstrip()[1:]):
        return "a decimal number has a point, 3.5, and thousands are not set apart: write 1000"
    if token == "," and not word and at < 0:
        return "statements are joined by and: a = b and c = d"
    return None


def _around(before: str) -> tuple[str, int]:
    """The word before the innermost bracket that is open at the end, and where that bracket stands; -1 where none is open."""
    depth = 0
    for place in range(len(before) - 1, -1, -1):
        depth += (before[place] in ")]") - (before[place] in "([")
        if depth < 0:
            found = re.search(r"([A-Za-z_]\w*)$", before[:place])
            return (found[1] if found else ""), place
    return "", -1


def bracketed(text: str) -> tuple[int, str] | None:
    """The place of a bracket without its partner, and what to do; None where all are closed."""
    opened: list[int] = []
    for place, character in enumerate(text):
        if character in "([":
            opened.append(place)
        elif character in ")]":
            if not opened:
                return place, f"{character!r} closes no bracket: leave it out, or open one before it"
            start = opened.pop()
            if text[start] + character not in ("()", "[]"):
                return place, f"{character!r} closes the bracket {text[start]!r}: write {CLOSING[text[start]]!r}"
    if not opened:
        return None
    return opened[-1], f"this bracket is not closed: add {CLOSING[text[opened[-1]]]!r} where it ends"

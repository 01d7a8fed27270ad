"""Sentences in which formulas stand: what reads as a formula of the card is set as one, the rest stays words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from mathcore.language.parser import Context, FormulaError
from mathcore.render import mathematics as m
from mathcore.render.document import Inline, Line, Maths, prose

FUNCTIONS = {"abs", "delta", "erfc", "exp", "log", "max", "min", "prod", "softplus", "sqrt", "step", "sum", "transpose"}
GREEK = {"alpha", "beta", "beta1", "beta2", "epsilon", "eps", "eta", "gamma", "kappa", "lam", "mu", "pi", "rho", "sigma", "tau"}
TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:-[^\W\d_]+)+|\d{1,3}(?:,\d{3})+)"  # log-sum-exp is a word, not a difference
    r"|(?P<name>[A-Za-z]\w*)"
    r"|(?P<number>\d+(?:\.\d+)?(?:e-?\d+)?)"
    r"|(?P<sign><=>|=>|<=|>=|!=|[-+*/^<>=])"
    r"|(?P<bracket>[()\[\]|])"
    r"|(?P<mark>['’,:])"
    r"|(?P<other>\S)"
)
BEFORE_AN_INDEX = {"sample", "samples", "entry", "row", "column", "index", "neuron", "batch", "output", "score", "label"}
LONGEST = 60  # tokens of a formula inside a sentence


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def sentence(context: Context, text: str) -> Line:
    """Plain words in which formulas of the context and `code` may stand."""
    parts: list[Inline] = []
    for part in prose(text):
        parts += _set(context, part) if isinstance(part, str) else [part]
    return tuple(parts)


def _set(context: Context, text: str) -> list[Inline]:
    tokens = [Token(str(found.lastgroup), found[0], found.start(), found.end()) for found in TOKEN.finditer(text)]
    parts: list[Inline] = []
    done = place = 0
    while place < len(tokens):
        found = _formula_at(context, text, tokens, place)
        if found is None:
            place += 1
            continue
        last, formula = found
        parts += [text[done : tokens[place].start], formula]
        done, place = tokens[last].end, last + 1
    return [p for p in (*parts, text[done:]) if p != ""]


def _formula_at(context: Context, text: str, tokens: list[Token], first: int) -> tuple[int, Maths] | None:
    """The longest formula that begins with this token, and its last token."""
    if not _may_begin(context, text, tokens, first):
        return None
    depth, ends = 0, []
    for place in range(first, min(len(tokens), first + LONGEST)):
        token = tokens[place]
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.text, 0)
        inside = token.kind in ("name", "number", "sign", "bracket") or token.text in "'’" or (token.kind == "mark" and depth > 0)
        if depth < 0 or not inside or (token.kind == "name" and not _known(context, tokens, place)):
            break
        if depth == 0 and _may_end(text, tokens, place):
            ends.append(place)
    for last in reversed(ends):
        if _is_mathematics(context, text, tokens, first, last):
            words = text[tokens[first].start : tokens[last].end]
            formula = _parsed(context, _spelled(words))
            if formula is not None:
                return last, replace(formula, text=words)
    return None


def _spelled(text: str) -> str:
    """|x|, X' and log x as the language writes them."""
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", text)
    text = re.sub(r"\b([A-Z])['’]", r"transpose(\1)", text)
    return re.sub(r"\b(log2?|log10) ((?:[A-Za-z]\b|[\d.]+)(?:\[[^]]*\])?)", r"\1(\2)", text)


def _parsed(context: Context, text: str) -> Maths | None:
    """As the card declares its letters; else with every letter a number: sentences say x^2 for the entries of a vector x."""
    for known in (context, _of_numbers(context, text)):
        try:
            return m.maths(known.parse(text), inline=True)
        except (FormulaError, ValueError):
            continue
    return None


def _of_numbers(context: Context, text: str) -> Context:
    inside = set(re.findall(r"[A-Za-z]\w*", " ".join(re.findall(r"\[([^]]*)\]", text))))
    names = set(re.findall(r"\b(?:[A-Za-z]|[A-Za-z]\w+(?![\w(]))\b", text)) - FUNCTIONS - {"pi"}
    shapes = dict(re.findall(r"\b([A-Za-z]\w*)\[([^]]*)\]", text))
    given = ["n_: size"]
    for name in sorted(names):
        shape = f"[{', '.join(['n_'] * (shapes[name].count(',') + 1))}]" if name in shapes else ""
        given.append(f"{name}: {'index[n_]' if name in inside else 'real' + shape}")
    try:
        return Context(definitions={head: d for head, d in context.definitions.items() if d.parameters}).given("; ".join(given))
    except FormulaError:
        return context


def _known(context: Context, tokens: list[Token], place: int) -> bool:
    """A letter, a name of the card, or a function that is called."""
    token, after = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
    called = after is not None and after.text in ("(", "[") and after.start == token.end
    if token.text in ("log", "log2", "log10") and after is not None and not called:
        return after.kind == "number" or (after.kind == "name" and len(after.text) == 1 and after.text not in "aAI")
    if token.text in context.definitions:
        return called or not context.definitions[token.text].parameters
    if token.text in context.symbols or re.fullmatch(r"[A-Za-z]\d*", token.text) or token.text in GREEK:
        return True
    return called and token.text in FUNCTIONS


def _may_begin(context: Context, text: str, tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    if token.start and not (text[token.start - 1].isspace() or text[token.start - 1] in "(“"):
        return False
    if token.text == "0" and place > 0 and tokens[place - 1].text == "of":
        return False  # right of 0 x is positive: no product
    if token.text == "-":  # a sign, not a dash
        return place + 1 < len(tokens) and tokens[place + 1].start == token.end
    return token.kind == "number" or token.text in "([|" or (token.kind == "name" and _known(context, tokens, place))


def _may_end(text: str, tokens: list[Token], place: int) -> bool:
    end = tokens[place].end
    return end == len(text) or text[end].isspace() or text[end] in ",;:)”?" or bool(re.match(r"\.(\s|$)", text[end:]))


def _is_mathematics(context: Context, text: str, tokens: list[Token], first: int, last: int) -> bool:
    """Not a lone number, and no word of the sentence that is a letter or a name by chance: `a`, `best`, `slope`."""
    span = tokens[first : last + 1]
    if not any(token.kind == "name" for token in span):
        return False
    letters = (first + k for k, token in enumerate(span) if token.kind == "name")
    return all(_is_a_letter(context, text, tokens, first, last, place) for place in letters)


def _is_a_letter(context: Context, text: str, tokens: list[Token], first: int, last: int, place: int) -> bool:
    token = tokens[place]
    neighbours = (tokens[place - 1] if place > first else None, tokens[place + 1] if place < last else None)
    tied = any(n is not None and (n.kind in ("sign", "bracket") or n.text in "'’,") for n in neighbours)
    if tied or token.text in GREEK:
        return True
    if len(token.text) > 1:
        return token.text.startswith("log") or (token.text in context.symbols and not token.text.isalpha())
    if token.text in ("A", "I"):
        return token.text in context.symbols and text[: token.start].rstrip()[-1:] not in (".", "?", "")
    if token.text == "a":
        after = text[token.end :]
        return (place > 0 and tokens[place - 1].text in BEFORE_AN_INDEX) or not after or after[0] in ",.;:)"
    return token.text.islower() or token.text in context.symbols or first < last

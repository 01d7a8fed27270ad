"""The grammar at work: text to lark's tree, within limits, and lark's complaints in words of ours."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from mathcore.language.parser.error import FormulaError, bracketed, explained, unexpected

Node = Any  # a tree or token of lark

MAX_TEXT = 10_000  # characters
MAX_DEPTH = 100  # nested nodes


@cache
def grammar(placed: bool) -> Any:
    """lark's parser, whose nodes know where they stand if `placed`; lark is imported on first use."""
    from lark import Lark

    grammar = files("mathcore.language").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(
        grammar,
        parser="lalr",
        start=["formula", "declaration", "definition"],
        propagate_positions=placed,
        maybe_placeholders=True,
    )


@lru_cache(maxsize=4096)
def read(start: str, text: str, placed: bool = True) -> Node:
    """lark's tree of a formula, a declaration or a definition; without places it takes less time."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

    if len(text) > MAX_TEXT:
        raise FormulaError(text[:80], 0, f"formula of {len(text)} characters: at most {MAX_TEXT} are read")
    if not text.strip():
        raise FormulaError(text, 0, "empty formula: write an expression such as exp(z[i]) or a relation such as a = b")
    depth = deepest = 0
    for place, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            raise FormulaError(text, place, f"nested deeper than {MAX_DEPTH} brackets")
    try:
        return grammar(placed).parse(text, start=start)
    except UnexpectedCharacters as error:
        place = error.pos_in_stream or 0  # type: ignore[redundant-expr]  # lark leaves it out at the end
        character = text[place]
        raise FormulaError(text, place, unexpected(text, place)) from None
    except UnexpectedToken as error:
        if loose := bracketed(text):
            raise FormulaError(text, *loose) from None
        position = error.token.start_pos if error.token.start_pos is not None and error.token.type != "$END" else len(text)
        raise FormulaError(text, position, explained(text, position, error)) from None
    except UnexpectedInput as error:  # pragma: no cover - the two above are all that lark's LALR raises today
        raise FormulaError(text, max(0, error.pos_in_stream or 0), "cannot be read") from None  # type: ignore[redundant-expr]  # as above

"""Formula text to tree. Text is parsed, never evaluated; every error points at the character."""

from mathcore.language.parser.builder import NUMBERS, RESERVED, is_proposition
from mathcore.language.parser.context import Context
from mathcore.language.parser.error import FormulaError
from mathcore.language.parser.grammar import MAX_DEPTH, MAX_TEXT

__all__ = ["MAX_DEPTH", "MAX_TEXT", "NUMBERS", "RESERVED", "Context", "FormulaError", "is_proposition"]

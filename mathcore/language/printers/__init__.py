"""Trees printed as they were written: plain text, LaTeX and Unicode for a terminal; and as JavaScript."""

from functools import lru_cache

from mathcore.language.printers.latex import to_latex
from mathcore.language.printers.names import readable
from mathcore.language.printers.terminal import to_unicode
from mathcore.language.printers.text import parenthesise, to_text
from mathcore.language.tree import Expr


@lru_cache(maxsize=4096)
def text_of(node: Expr) -> str:
    """Any tree as text that can be read back, made-up letters replaced by plain ones."""
    return to_text(parenthesise(readable(node)))


__all__ = ["parenthesise", "readable", "text_of", "to_latex", "to_text", "to_unicode"]

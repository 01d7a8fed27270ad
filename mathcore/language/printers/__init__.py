"""Trees printed as they were written: plain text, LaTeX and Unicode for a terminal."""

from mathcore.language.printers.latex import to_latex
from mathcore.language.printers.names import readable
from mathcore.language.printers.terminal import to_unicode
from mathcore.language.printers.text import parenthesise, to_text

__all__ = ["parenthesise", "readable", "to_latex", "to_text", "to_unicode"]

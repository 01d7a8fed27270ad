"""Colours for the formula language and the fences of a page: on the site, in notebooks, in a terminal.

Pygments finds it by its entry point, under the names of the fences.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text

FUNCTIONS = (
    "abs", "at", "covariance", "D", "delta", "dot", "erfc", "exp", "forall", "lim", "log", "log10", "log2", "max", "mean", "min",
    "prod", "sqrt", "step", "sum", "transpose", "vector", "xlogy",
)  # fmt: skip
DOMAINS = ("batch", "function", "index", "natural", "nonnegative", "onehot", "positive", "real", "simplex", "size", "unit")
KEYS = (
    "about", "define", "domain", "equality", "float16", "float32", "float64", "given", "if", "instance", "masks", "numeric",
    "on_bits", "prerequisites", "topic", "units", "uses", "write",
)  # fmt: skip


class FormulaLexer(RegexLexer):  # type: ignore[misc]  # Pygments has no types
    """The lines of every fence that is checked."""

    name = "mathcore"
    aliases: ClassVar[list[str]] = [
        "mathcore",
        "formula",
        "derivation",
        "laws",
        "examples",
        "claims",
        "false",
        "given",
        "accuracy",
    ]
    filenames: ClassVar[list[str]] = []
    url = ""

    tokens: ClassVar[dict[str, Any]] = {
        "root": [
            (r"(\s+)(\[)([a-z]+)", bygroups(Text, Punctuation, Keyword), "rule"),  # the reason below a line
            (r"^ {4,}- ", Punctuation, "part"),
            (r"^ {4,}(?!given |instance |if )\S.*$", Comment),
            (rf"^(\s*)({'|'.join(KEYS)})(\s)", bygroups(Text, Keyword, Text)),
            (r"\s+# .*$", Comment),
            (r"^(<=>|=>|<=|>=|=|<|>)", Operator.Word),
            (r"^[A-Za-z][^:\n(\[]*: (?!size|real|index)(?=\S)", Name.Label),  # the name of a law
            (words(DOMAINS, prefix=r"(?<=: )", suffix=r"\b"), Keyword.Type),
            (words(FUNCTIONS, suffix=r"(?=\()"), Name.Builtin),
            (r"\binf\b|\bpi\b", Name.Constant),
            (r"[A-Za-z_]\w*(?=\()", Name.Function),
            (r"[A-Za-z_]\w*", Name),
            (r"\d+(\.\d+)?(e[-+]?\d+)?", Number),
            (r"<=>|=>|<=|>=|!=|->|\.\.|[-+*/^=<>~]", Operator),
            (r"[()\[\],:;]", Punctuation),
            (r"\s+", Text),
            (r".", Text),
        ],
        "rule": [
            (r"[^\[\]]+", String),
            (r"\[", String, "inside"),
            (r"\](\s*\[)", Punctuation),
            (r"\](?=[^\n]*$)", Punctuation, "reason"),
        ],
        "inside": [(r"[^\[\]]+", String), (r"\[", String, "#push"), (r"\]", String, "#pop")],
        "reason": [(r"[^\n]*\n(?: {4,}(?!- )[^\n]*\n)*", Comment, "#pop:2")],
        "part": [(r"[^\n]*\n?", String, "#pop")],
    }

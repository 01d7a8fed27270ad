"""Colours: every character of every page stays, and rules, functions, numbers and reasons are told apart."""

import re
from importlib.metadata import entry_points

import pytest
from pygments.token import Comment, Error, Keyword, Name, Number, Operator

from mathcore.document.fences import READERS
from mathcore.formulas import PAGES, names
from mathcore.language.lexer import FormulaLexer

TEXT = """D(s[i], z[j])
= exp(2.5 z[i])
    [lemma sum at x = y[k]] because of `z[i]`
    and more
<= log(n)
    [cases] both
    - x > 0: [algebra]
"""


def tokens(text):
    return list(FormulaLexer(ensurenl=False, stripnl=False).get_tokens(text))


@pytest.mark.parametrize("name", names())
def test_every_character_of_a_page_keeps_its_place(name):
    for fence in re.findall(r"^```\w+.*\n([\s\S]*?)^```$", (PAGES / f"{name}.md").read_text(encoding="utf-8"), re.M):
        found = tokens(fence)
        assert "".join(text for _, text in found) == fence
        assert not any(kind in Error for kind, _ in found)


def test_the_parts_of_a_derivation_have_kinds_of_their_own():
    found = tokens(TEXT)
    assert [text for kind, text in found if kind in Keyword] == ["lemma", "cases"]
    assert [text for kind, text in found if kind in Name.Builtin] == ["D", "exp", "log"]
    assert [text for kind, text in found if kind in Number] == ["2.5"]
    assert [text for kind, text in found if kind is Operator.Word] == ["=", "<="]
    assert [text for kind, text in found if kind in Comment] == [" because of `z[i]`\n    and more\n", " both\n"]


def test_the_lexer_goes_by_the_names_of_the_fences():
    assert set(READERS) - {"mistakes"} <= set(FormulaLexer.aliases)


def test_pygments_finds_it_where_mathcore_is_installed():
    found = [e for e in entry_points(group="pygments.lexers") if e.value == "mathcore.language.lexer:FormulaLexer"]
    if not found:
        pytest.skip("mathcore is not installed here")
    assert found[0].load() is FormulaLexer

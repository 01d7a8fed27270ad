"""The names that the engine uses itself do not meet those of a statement."""

from itertools import islice

import pytest

from mathcore.language.parser import RESERVED, Context, FormulaError
from mathcore.proving import prove
from tests.proof.letters import of_statement, trials
from tests.sampling import sampled


@pytest.mark.slow
def test_a_statement_under_other_letters_has_the_same_verdict_or_is_refused_with_a_remedy():
    outcomes = list(islice(trials(3), 12))
    assert [o for o in outcomes if not o.right] == []
    assert {o.before for o in outcomes} >= {"proved", "refuted"}


def test_the_comparison_notices_another_verdict(monkeypatch):
    monkeypatch.setattr("tests.proof.letters.renamed", lambda text, old, new: text.replace("<=", ">"))
    assert not of_statement("x^2 >= 0 and x <= x", "x: real", "x", "u").right


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_word_of_the_language_is_no_letter(name):
    with pytest.raises(FormulaError, match=r"choose another name|expected"):
        Context().given(f"{name}: real")


SEARCHED = ("u", "u1", "u4", "x", "m", "k", "h", "every", "v", "v_", "same_", "pi", "E", "I", "lambda", "N_", "delta_")


@sampled("name", SEARCHED, keep=5)
def test_a_letter_may_have_every_name_that_the_search_uses(name):
    assert prove(f"exp({name}) >= 1 + {name} + {name}^2 / 2", given=f"{name}: nonnegative").level == "proved"
    assert prove(f"{name}(b) = {name}(2 b)", given=f"{name}: function; b: real").level == "refuted"


def test_a_letter_called_as_a_card_is_refused_where_the_card_is_spoken_of():
    with pytest.raises(FormulaError, match="choose another name for the letter"):
        prove("softmax(softmax)[1] >= 0", given="softmax: real[2]")

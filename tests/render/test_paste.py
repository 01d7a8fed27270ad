"""What a page says to paste prints what the page says."""

import doctest

import numpy as np
import pytest

from mathcore.formulas import load, names
from mathcore.render.paste import lines_to_paste
from tests.sampling import sampled


def run(text: str) -> doctest.TestResults:
    test = doctest.DocTestParser().get_doctest(text, {}, "page", None, 0)
    told: list[str] = []
    found = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert found.failed == 0, "".join(told)
    return found


@sampled("name", names(), keep=12)
def test_the_lines_of_every_card_print_what_stands_there(name):
    card = load(name)
    text = lines_to_paste(card)
    assert run(text).attempted >= 4
    assert text.count("\n") <= 14
    assert ".sympy(" in text
    assert ".diff(" in text or name in ("one_hot", "epoch", "accuracy")
    if card.numeric:
        sympy_says, numpy_says = [line for line in text.splitlines() if not line.startswith(">>>")][-2:]
        assert sympy_says == numpy_says
        assert card.numeric.partition("(")[0].partition("[")[0] in text


def test_a_wrong_function_is_seen(monkeypatch):
    text = lines_to_paste(load("softmax"))
    monkeypatch.setattr("mathcore.numeric.softmax", lambda z: np.exp2(z) / np.exp2(z).sum())
    with pytest.raises(AssertionError, match="Got"):
        run(text)

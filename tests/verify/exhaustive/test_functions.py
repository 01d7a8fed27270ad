"""Which functions are judged at every float: all cards of one number, none forgotten, with their limits."""

import numpy as np
import pytest

from mathcore.formulas import load, names
from mathcore.verify.exhaustive.functions import FUNCTIONS, NUMBERS, NotElementwise, elementwise

INF = np.inf


def of_one_number():
    """The cards whose function takes one float and has a bar for float16 and float32."""
    for name in names():
        card = load(name)
        if card.numeric:
            parameters = card.definition.parameters
            if len(parameters) == 1 and not parameters[0].type.shape and parameters[0].type.domain in NUMBERS:
                yield name


def test_every_card_of_one_number_is_listed_and_no_other():
    found = list(of_one_number())
    assert len(found) >= 10
    assert [entry.name for entry in FUNCTIONS] == found


@pytest.mark.parametrize("entry", FUNCTIONS, ids=lambda e: e.name)
def test_both_infinities_have_a_limit_unless_the_domain_ends_before(entry):
    assert entry.unit or {-INF, INF} <= set(entry.limits)
    assert entry.zero in ("+", "-", "x")


def test_a_name_that_is_no_function_of_one_number_is_answered_with_those_that_are():
    with pytest.raises(NotElementwise, match=r"'sigmod' is no function of one number.* Did you mean sigmoid.*softplus, tanh"):
        elementwise("sigmod")
    with pytest.raises(NotElementwise, match="softmax"):
        elementwise("softmax")

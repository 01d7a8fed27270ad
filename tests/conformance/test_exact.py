"""The exact side of a card: what a bound's letters mean."""

from dataclasses import replace

import numpy as np
import pytest

from mathcore.card import Accuracy
from mathcore.conformance.check import accuracy_checks
from mathcore.conformance.exact import reference
from tests.conformance.trial import card

SCALED = ("u: unit; x: real", "scaled(u, x) = u x")
TOTAL = ("n: size; u: real[n]; k: index[n]", "total(u) = sum(k: u[k])")


def test_an_input_called_as_the_unit_roundoff_is_refused_before_a_wrong_function_can_pass():
    """With u the roundoff this bar is a share of x; with u the input, which the author may mean, it is almost nothing."""
    tested = card("scaled", *SCALED, accuracy=Accuracy(bound="abs(x) / (u * 2^60)"))
    with pytest.raises(ValueError, match="call the u of the card something else"):
        accuracy_checks(tested, lambda u, x: 1.001 * u * x)


def test_a_list_called_as_the_unit_roundoff_is_refused():
    tested = card("total", *TOTAL, notation=("whole = total(u)",), accuracy=Accuracy(bound="4 n u abs(whole)"))
    with pytest.raises(ValueError, match="total: accuracy: in a bound u is the unit roundoff"):
        accuracy_checks(tested, np.sum)


@pytest.mark.parametrize(
    ("given", "define", "more"),
    [
        (*SCALED, {}),
        (*TOTAL, {}),
        ("u: size; z: real[u]; k: index[u]", "total(z) = sum(k: z[k])", {}),
        ("n: size; z: real[n]; u: index[n]", "double(z)[u] = 2 z[u]", {}),
        ("x: real", "double(x) = 2 x", {"auxiliary": ("u(x) = x",)}),
        ("y, exact: real", "together(y, exact) = y + exact", {}),
        ("y: real", "double(y) = 2 y", {"auxiliary": ("exact(y) = y",)}),
    ],
)
def test_a_card_whose_letters_a_bound_would_hide_is_refused_when_it_is_read(given, define, more):
    with pytest.raises(ValueError, match="something else"):
        _ = card("any", given, define, accuracy=Accuracy(bound="4 u abs(1)"), **more).context


def test_a_letter_u_that_no_input_has_keeps_its_meaning_in_what_the_bound_speaks_of():
    """The notation's u is the card's, which no input gives; the bound's u is the roundoff."""
    tested = card("double", "x: real; u: positive", "double(x) = 2 x", accuracy=Accuracy(bound="4 u abs(y)"))
    assert all(check.passed for check in accuracy_checks(tested, lambda x: 2 * x))
    hidden = replace(tested, notation=("w = 1 / u",), accuracy=Accuracy(bound="abs(y) w"))
    with pytest.raises(ValueError, match="the bound speaks of u, which the function is not given"):
        reference(hidden)


def test_the_exact_output_has_another_name_beside_a_definition_called_y():
    tested = card(
        "double", "x: real", "double(x) = 2 x", auxiliary=("y(x) = 3 x",), accuracy=Accuracy(bound="u abs(exact) + 0 y(x)")
    )
    assert all(check.passed for check in accuracy_checks(tested, lambda x: 2 * x))

"""Numbers made of fractions and roots: equal ones are found equal, and no two others are, however near."""

import random
from fractions import Fraction

import pytest
import sympy

from mathcore import prove
from mathcore.language.parser import Context
from mathcore.language.sympy_bridge import to_sympy
from mathcore.proof.algebraic import same_number

EQUAL = [
    "sqrt(3 + 2 sqrt(2)) = 1 + sqrt(2)",
    "sqrt(5 + 2 sqrt(6)) = sqrt(2) + sqrt(3)",
    "(2 + sqrt(5))^(1 / 3) + (sqrt(5) - 2)^(1 / 3) = sqrt(5)",
    "sqrt(112 + 70 sqrt(2) + (46 + 34 sqrt(2)) sqrt(5)) = 5 + 4 sqrt(2) + (3 + sqrt(2)) sqrt(5)",
    "1 / (sqrt(2) - 1) = sqrt(2) + 1",
    "2^(-1 / 2) = sqrt(2) / 2",
    "8^(2 / 3) = 4",
    "0^(1 / 2) = 0",
]
DIFFERENT = [
    "sqrt(3 + 2 sqrt(2)) = 1 + sqrt(2) + 1 / 10^400",
    "sqrt(10^60 + 1) = 10^30",
    "sqrt(2) + sqrt(3) = sqrt(10)",
    "sqrt(-1) = sqrt(-1)",
    "1 / 0 = 1 / 0",
    "exp(1) = exp(1)",  # not algebraic
]


def same(text: str) -> bool:
    left, right = Context().parse(text).args
    return same_number(left, right)


@pytest.mark.parametrize("text", EQUAL)
def test_equal_numbers_are_found_equal(text):
    assert same(text)


@pytest.mark.parametrize("text", DIFFERENT)
def test_other_numbers_are_not(text):
    assert not same(text)


@pytest.mark.slow
def test_of_roots_of_a_minimal_polynomial_only_the_number_itself_is_found():
    """Against sympy's minimal polynomials: whether the difference of two random numbers is 0."""
    dice = random.Random(1)

    def number(depth: int) -> str:
        if depth == 0:
            return str(Fraction(dice.randint(1, 6), dice.choice((1, 1, 2))))
        a, b = number(depth - 1), number(dice.randint(0, depth - 1))
        return dice.choice((f"({a} + {b})", f"({a}) ({b})", f"sqrt({a})", f"sqrt({a} + {b})", f"(({a}) / ({b}))"))

    found = 0
    for _ in range(40):
        a, b = number(2), number(1)
        text = dice.choice(
            (f"sqrt(({a})^2 + 2 ({a}) sqrt({b}) + {b}) = {a} + sqrt({b})", f"({a}) sqrt({b}) = sqrt(({a})^2 ({b}))", f"{a} = {b}")
        )
        left, right = (to_sympy(side) for side in Context().parse(text).args)
        x = sympy.Symbol("x")
        equal = sympy.minimal_polynomial(left - right, x) == x
        assert same(text) == equal, text
        found += equal
    assert 10 < found < 40


@pytest.mark.parametrize(
    "text", [*EQUAL[:3], "max(sqrt(2), 1) = sqrt(2)", "abs(1 - sqrt(2)) = sqrt(2) - 1", "max(exp(1), 2) = exp(1)"]
)
def test_an_equation_of_numbers_is_proved(text):
    assert prove(text).level == "proved"


def test_a_maximum_is_chosen_only_where_it_is_known():
    assert prove("max(sqrt(2), 1) = 1").level == "refuted"
    assert prove("max(sqrt(2), sqrt(8) / 2) = sqrt(2)").level == "proved"
    assert prove("max(exp(1), exp(1) + 1 / 10^90) = exp(1)").level != "proved"

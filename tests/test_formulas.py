"""Every card through every check on floats, with no line for any single card: a new card is tested by being there."""

import pytest

from mathcore.formulas import load, names


def failures(checks):
    assert checks, "nothing was checked"
    return [f"{c.kind} {c.name}: {c.detail}" for c in checks if not c.passed]


def cards(*needed):
    return [n for n in names() if all(getattr(load(n), field) for field in needed)]


def test_there_are_cards():
    assert names()


@pytest.mark.parametrize("name", names())
def test_every_card_has_a_mistake_or_nothing_to_run(name):
    card = load(name)
    assert card.mistakes or not card.numeric, f"{name}: a card with a numeric function needs a mistake that the checks refute"


@pytest.mark.parametrize("name", cards("numeric"))
def test_the_function_is_as_accurate_as_its_card_says(name):
    from mathcore.verify.accuracy import accuracy_checks

    assert failures(accuracy_checks(load(name))) == []


@pytest.mark.parametrize("name", cards("numeric", "invariants"))
def test_the_laws_hold_on_floats(name):
    from mathcore.verify.laws import law_checks

    assert failures(law_checks(load(name))) == []


@pytest.mark.parametrize("name", cards("examples"))
def test_the_examples_hold(name):
    from mathcore.verify.examples import example_checks

    assert failures(example_checks(load(name))) == []


@pytest.mark.parametrize("name", cards("mistakes"))
def test_every_mistake_is_refuted(name):
    from mathcore.verify.mistakes import mistake_checks

    assert failures(mistake_checks(load(name))) == []

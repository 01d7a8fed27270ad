"""Every card through every check on floats, with no line for any single card: a new card is tested by being there."""

from dataclasses import replace

import pytest

from mathcore.card import Card
from mathcore.evidence import Level
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


def says_what_it_is_about(card):
    """A function, or in its place what the card is about, with something proved and something refuted."""
    if card.numeric:
        return not card.about
    return bool(card.about and card.derivations and len(card.false_claims) >= 2)


@pytest.mark.parametrize("name", names())
def test_a_card_has_a_function_or_says_what_it_is_about(name):
    assert says_what_it_is_about(load(name))


def test_a_card_with_neither_function_nor_claims_is_noticed():
    empty = Card(name="empty", title="Empty", summary="", given="x: real", define="empty(x) = x")
    assert not says_what_it_is_about(empty)
    assert not says_what_it_is_about(replace(empty, about="nothing"))
    assert not says_what_it_is_about(replace(load("softmax"), about="learning"))


@pytest.mark.parametrize("name", cards("derivations"))
def test_every_claim_is_proved(name):
    from mathcore.proof.derive import verify_derivation

    card = load(name)
    verdicts = {d.title: verify_derivation(card, d) for d in card.derivations}
    assert {title: v.reason for title, v in verdicts.items() if v.level is not Level.PROVED} == {}


@pytest.mark.parametrize("name", cards("false_claims"))
def test_every_false_claim_is_refuted_with_a_point(name):
    from mathcore.proof.derive import judge_false_claim

    card = load(name)
    assert [c.statement for c in card.false_claims if judge_false_claim(card, c).level is not Level.REFUTED] == []


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

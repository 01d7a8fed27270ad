"""Every card through every check, with no line for any single card: a new card is tested by being there."""

from dataclasses import replace

import pytest

from mathcore.card import Card, Claim
from mathcore.document.prose import Kind
from mathcore.evidence import Evidence, Level
from mathcore.formulas import PAGES, UnknownFormula, load, names, nearest
from mathcore.language.parser import FormulaError
from mathcore.verify.prose import Word, judge
from tests.sampling import sampled


def test_there_are_cards():
    assert names()


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("sofmax", "softmax"),
        ("Soft-Max", "softmax"),
        ("crossentrpy", "crossentropy"),
        ("mse", "mean_squared_error"),
        ("kl", "kl_divergence"),
        ("mini batch", "mini_batch"),
        ("regression", "linear_regression"),
        ("adam", "adam_step"),
    ],
)
def test_a_misspelt_name_is_answered_by_at_most_three_near_ones(wrong, meant):
    near = nearest(wrong, names())
    assert meant in near and len(near) <= 3
    with pytest.raises(UnknownFormula) as caught:
        load(wrong)
    assert all(name in str(caught.value) for name in near)
    assert len(str(caught.value)) < 160 and str(caught.value).startswith("no formula ")


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


CHECKED = {"accuracy": "numeric", "law": "invariants", "example": "examples", "mistake": "mistakes"}  # kind of check -> field


def missing_from(card, found, kinds=tuple(CHECKED)):
    """What the card has, of checks those of these kinds, and the evidence does not speak of."""
    made = {check.kind for check in found.checks}
    asked = {kind for kind in kinds if getattr(card, CHECKED[kind]) and (card.numeric or kind == "example")}
    unjudged = [*card.derivations[len(found.derivations) :], *card.false_claims[len(found.false_claims) :]]
    return [*sorted(asked - made), *unjudged]


EVERY_CHECK = {  # in every run: of each kind one card that goes through every check; the others do where there is time
    "softmax", "relu", "binary_crossentropy", "momentum_velocity", "one_hot", "heavy_ball",
}  # fmt: skip


def assert_settled(found):
    """Every derivation is proved, every false claim refuted, every check passed."""
    assert {v.claim: str(v) for v in found.derivations if v.level is not Level.PROVED} == {}
    assert {v.claim: str(v) for v in found.false_claims if v.level is not Level.REFUTED} == {}
    assert [f"{c.kind} {c.name}: {c.detail}" for c in found.checks if not c.passed] == []
    assert found.held


@pytest.mark.parametrize("name", [n if n in EVERY_CHECK else pytest.param(n, marks=pytest.mark.slow) for n in names()])
def test_every_claim_is_proved_every_lie_refuted_and_every_check_passed(name, store):
    from mathcore.verify.run import verify
    from mathcore.verify.store import Store

    (found,) = verify(name, workers=1, store=Store(store))
    assert missing_from(load(name), found) == []
    assert_settled(found)


@sampled("name", [name for name in names() if name not in EVERY_CHECK], keep=8)
def test_every_claim_is_proved_every_lie_refuted_and_every_example_comes_out(name):
    """What is said for every n, and of numbers; of all cards it is also said by `mathcore verify`."""
    from mathcore.conformance.examples import example_checks
    from mathcore.verify.run import _derivations, _false_claims

    card = load(name)
    found = Evidence(name, "", tuple(_derivations(card)), tuple(_false_claims(card)), checks=tuple(example_checks(card)))
    assert missing_from(card, found, kinds=("example",)) == []
    assert_settled(found)


def test_the_cards_that_go_through_every_check_are_of_every_kind():
    cards = [load(name) for name in EVERY_CHECK]
    assert all(any(getattr(card, field) for card in cards) for field in CHECKED.values())
    assert {bool(card.numeric) for card in cards} == {True, False}


def test_a_card_that_nobody_judged_is_noticed():
    card = load("softmax")
    assert missing_from(card, Evidence("softmax", "")) == [*sorted(CHECKED), *card.derivations, *card.false_claims]


@pytest.mark.parametrize("name", names())
def test_every_number_in_the_sentences_of_a_page_holds(name):
    found = judge((PAGES / f"{name}.md").read_text(encoding="utf-8"), load(name).context, only=(Kind.CODE, Kind.LATEX))
    assert [str(o) for o in found.outcomes if o.word is not Word.CONFIRMED] == []


def test_a_wrong_number_in_a_sentence_is_noticed():
    found = judge("It is `softmax([0, 0]) = [0.4, 0.6]`.", load("softmax").context, only=(Kind.CODE, Kind.LATEX))
    assert [o.word for o in found.outcomes] == [Word.REFUTED]


def test_claims_of_a_page_are_part_of_its_evidence():
    from mathcore.verify.run import _checks

    card = replace(load("sigmoid"), numeric="", examples=(), mistakes=(), invariants=())
    right, wrong = (next(_checks(replace(card, claims=(Claim(text),)))) for text in ("sigmoid(x) < 1", "sigmoid(x) < 1 / 2"))
    assert right.passed and right.kind == "claim"
    assert not wrong.passed and "false at a point" in wrong.counterexample


def test_a_formula_may_speak_of_a_helper_that_stands_below_it():
    card = replace(
        load("relu"), define="relu(x) = half(x) + half(x)", auxiliary=("half(x) = share(x)", "share(x) = max(x, 0) / 2")
    )
    assert [d.head for d in card.context.definitions.values()][-3:] == ["share", "half", "relu"]


def test_helpers_that_speak_of_each_other_are_refused():
    card = replace(load("relu"), define="relu(x) = half(x)", auxiliary=("half(x) = share(x)", "share(x) = half(x)"))
    with pytest.raises(FormulaError, match="half"):
        _ = card.context

"""Formulas inside sentences: what is set as mathematics, and what stays words."""

import pytest

import mathcore
from mathcore.formulas import load
from mathcore.language.parser import Context
from mathcore.render import mathematics as m
from mathcore.render.document import Code, Maths
from mathcore.render.sentence import sentence

CONTEXT = (
    Context()
    .given("n: size; z: real[n]; i, k: index[n]; eta, best, slope: real; a, b: positive; X: real[n, n]; q: real[n]")
    .define("softmax(z)[i] = exp(z[i]) / sum(k: exp(z[k]))")
)


def marked(text):
    shown = {Maths: "<{}>", Code: "`{}`", str: "{}"}
    return "".join(shown[type(p)].format(p if isinstance(p, str) else p.text) for p in sentence(CONTEXT, text))


@pytest.mark.parametrize(
    "text",
    [
        "<exp(z[i])> does not depend on <k>: it leaves the sum",
        "only the term <k = i> is left, so <1 - eta/2> is at least 1/2",
        "the gap <slope - best> is how much the slope is above the best",
        "<softmax(z)[i]> is at most 1 (and <z[i] <= n>)",
        "the logarithm of <1/a> is minus the logarithm of <a>",
        "a number is at most its absolute value: <|b| >= b>",
        "column <k> of <X> times the errors: <X' q>",
        "the mean of the squares <z^2> is said of the entries",
        "it falls by <eta>, the rate, from <-b> to <log 2>",
        "right of 0 <exp(u) - 1> is positive",
        "as <u> grows, so does <1/(1 + u)>; and <0 log 0 = 0>",
    ],
)
def test_formulas_are_set_and_words_are_not(text):
    assert (
        marked(text.replace("<=", "\x00").replace(">=", "\x01").translate({60: None, 62: None}).translate({0: "<=", 1: ">="}))
        == text
    )


@pytest.mark.parametrize(
    "text",
    [
        "a slope is best where a sample has 1/2 of 12,000 shares",
        "log-sum-exp and one-hot are words",
        "I mean that prediction - label is no formula",
        "the C library, Adam's step, Jeffreys' name",
        "A matrix moves to the other side. A vector does not",
    ],
)
def test_a_sentence_without_formulas_stays_as_it_is(text):
    assert sentence(CONTEXT, text) == (text,)


def test_code_stays_code():
    assert marked("the argument `axis` of `softmax(z)`, at <n = 1>".translate({60: None, 62: None})) == (
        "the argument `axis` of `softmax(z)`, at <n = 1>"
    )


@pytest.mark.parametrize("name", mathcore.names())
def test_no_word_of_a_card_is_lost_or_added(name):
    card = load(name)
    sentences = [(card.context, card.summary)]
    for d in card.derivations:
        context = m.derivation_context(card, d)
        sentences += [(context, step.why) for step in d.steps] + [(context, d.note)]
    for exercise in card.exercises:
        sentences += [(card.context, exercise.question), (card.context, exercise.answer)]
    for context, text in sentences:
        assert "".join(p if isinstance(p, str) else p.text for p in sentence(context, text)) == text.replace("`", "")


def test_the_cards_say_much_of_their_mathematics_in_sentences():
    steps = [(m.derivation_context(c, d), s.why) for c in map(load, mathcore.names()) for d in c.derivations for s in d.steps]
    assert sum(any(isinstance(p, Maths) for p in sentence(*step)) for step in steps) > len(steps) / 3

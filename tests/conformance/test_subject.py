"""How a card's definition becomes a call."""

import numpy as np
import pytest

from mathcore.conformance.subject import Broken, resolve, show, subject
from tests.conformance import trial


def test_options_and_parts_are_read_from_the_dotted_name():
    found = resolve("mathcore.numeric.categorical_crossentropy_value_and_grad(from_logits=True)[1]", trial.GRADIENT)
    assert found.options == {"from_logits": True}
    assert found.part == 1


@pytest.mark.parametrize("dotted", ["softmax", "mathcore.numeric.softmax(True)", "mathcore.numeric.none", "a b"])
def test_what_is_no_dotted_name_is_refused(dotted):
    with pytest.raises(ValueError, match="softmax: "):
        resolve(dotted, trial.SOFTMAX)


def test_labels_count_from_zero_and_free_sizes_come_last():
    t = trial.ONE_HOT.definition.parameters[0]
    tested = subject(trial.ONE_HOT)
    values = {t.type.over: 3, t: 2}
    assert tested.arguments(values) == [1, 3]
    assert tested.call(values).tolist() == [0, 1, 0]
    assert tested.shown(values) == "one_hot(1, 3)"


def test_arguments_are_fresh_copies():
    z = trial.SOFTMAX.definition.parameters[0]
    values = {z.type.shape[0]: 2, z: np.array([1.0, 2.0])}
    subject(trial.SOFTMAX).arguments(values)[0][0] = 9
    assert values[z][0] == 1


def test_a_result_that_is_no_number_is_broken():
    z = trial.SOFTMAX.definition.parameters[0]
    with pytest.raises(Broken, match="not numbers"):
        subject(trial.SOFTMAX, lambda z: "five").call({z.type.shape[0]: 1, z: np.zeros(1)})


def test_numbers_are_shown_in_the_digits_of_their_format():
    assert show(np.array([0.1, 1000.0])) == "[0.1, 1000.0]"
    assert show(np.float32(0.1)) == "0.1"
    assert show(np.arange(20.0)).endswith("... 20 entries]")


def test_a_card_without_a_function_needs_one():
    from dataclasses import replace

    with pytest.raises(ValueError, match="names no numeric function"):
        subject(replace(trial.SOFTMAX, numeric=""))

"""`check` on anybody's function: fair to right ones, plain about wrong ones, quiet in between."""

import json
import warnings
from dataclasses import replace

import numpy as np
import pytest

import mathcore.numeric
from mathcore import formulas
from mathcore.card import Accuracy
from mathcore.conformance.accuracy import accuracy_check
from mathcore.conformance.check import check
from mathcore.conformance.subject import subject
from mathcore.evidence import Check, Grade, Report, Standing
from tests.conformance import trial, wrong


def failed(report):
    return [c.name for c in report.failures]


def test_the_right_function_passes():
    from mathcore.numeric import softmax

    report = check(softmax, trial.SOFTMAX)
    assert report.passed, str(report)
    assert {c.kind for c in report.checks} == {"accuracy", "contract", "law", "example"}


def test_a_card_is_found_by_name():
    from mathcore.numeric import softmax

    assert check(softmax, "softmax", effort="quick").passed


def test_a_naive_function_fails_with_an_overflow_that_can_be_replayed():
    report = check(wrong.naive, trial.SOFTMAX)
    assert not report.passed
    assert "float64" in failed(report)
    assert "naive([1000.0]) gives [nan]; exact 1; off by nan" in str(report)


@pytest.mark.peers("scipy")
def test_a_sound_library_passes_a_bar_that_fits_it():
    from dataclasses import replace

    from scipy import special

    fitting = replace(trial.SOFTMAX, accuracy=Accuracy(float64=3000, float32=3000, float16=3000, masks=True))
    report = check(special.softmax, fitting)
    assert failed(report) in ([], ["a row depends on that row alone, bit for bit"]), str(report)


@pytest.mark.peers("scipy")
def test_a_sound_library_is_told_where_it_loses_digits():
    from scipy import special

    report = check(special.softmax, trial.SOFTMAX)
    (float64,) = [c for c in report.checks if c.name == "float64"]
    assert float64.passed and "beyond this card's bar" in float64.detail  # right, to ordinary accuracy
    assert not check(special.softmax, trial.SOFTMAX, accuracy="card").passed
    assert all(c.passed for c in report.checks if c.name in ("sums to one", "keeps the order", "range", "shift"))


def test_a_function_of_lists_is_judged_in_float64():
    report = check(wrong.of_lists, trial.SOFTMAX)
    assert "takes lists" in report.note
    assert [c.name for c in report.checks if c.kind == "accuracy"] == ["float64"]
    assert all(c.passed for c in report.checks if c.kind in ("contract", "example") or c.name == "sums to one"), str(report)


def test_what_raises_is_reported_not_raised():
    report = check(wrong.raises, trial.SOFTMAX)
    assert "raises([0.0]) raises ZeroDivisionError: on purpose" in str(report)


@pytest.mark.parametrize("effort", ["quick", pytest.param("normal", marks=pytest.mark.slow)])
def test_no_warning_of_the_function_is_heard(effort):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert check(wrong.warns, trial.SOFTMAX, effort=effort).passed


def test_what_is_no_function_is_a_wrong_call():
    with pytest.raises(TypeError, match="must be a function"):
        check(3, trial.SOFTMAX)
    with pytest.raises(ValueError, match="effort"):
        check(wrong.naive, trial.SOFTMAX, effort="huge")
    with pytest.raises(formulas.UnknownFormula, match="no formula"):
        check(wrong.naive, "no_such_formula")


def test_a_report_prints_in_ascii_and_survives_json():
    report = check(wrong.naive, trial.SOFTMAX)
    assert str(report).isascii()
    assert "FAIL" in str(report)
    assert Report.from_json(json.loads(json.dumps(report.to_json(), allow_nan=False))).failures[0].name == report.failures[0].name
    assert Report.from_json(json.loads(json.dumps(report.to_json(), allow_nan=False))) == report
    assert "without shift" not in report._repr_html_()  # the card of the trial knows no mistakes
    assert "fails for it too" in report._repr_html_()


def test_a_report_of_nothing_does_not_pass():
    assert not Report("f", "softmax").passed
    assert Report("f", "softmax", (Check("law", "a", True),)).grade is Grade.UNJUDGED
    assert Report("f", "softmax", (Check("accuracy", "float64", True, cases=3),)).grade is Grade.CARD


@pytest.mark.parametrize("wrong_function", [lambda x: np.maximum(x, 0), lambda x: np.asarray(x) * 0 + 7])
def test_a_wrong_function_is_not_judged_where_the_card_does_not_say_what_ordinary_code_reaches(wrong_function):
    softplus = formulas.LIBRARY["softplus"]
    card = replace(softplus, accuracy=replace(softplus.accuracy, ordinary="", within=""))
    report = check(wrong_function, card, effort="quick")
    assert report.grade is Grade.UNJUDGED and not report.passed
    assert check(mathcore.numeric.softplus, card, effort="quick").passed


@pytest.mark.parametrize("function", [lambda x: np.log1p(np.exp(x)), lambda x: np.asarray(x) * np.nan])
def test_nobody_is_wrong_of_whom_a_card_that_admits_no_float_asks_nothing(function):
    softplus = formulas.LIBRARY["softplus"]
    card = replace(softplus, given="x: real; x^2 = 2", derivations=(), invariants=(), examples=())
    report = check(function, card, effort="quick")
    assert report.grade is Grade.UNJUDGED and not report.passed and not report.failures
    assert not accuracy_check(subject(card), "float64").passed  # mathcore's own function has to be asked


def test_a_law_that_is_violated_where_the_accuracy_is_not_judged_is_no_conflict():
    softplus = formulas.LIBRARY["softplus"]
    card = replace(softplus, accuracy=replace(softplus.accuracy, ordinary="", within=""))
    report = check(lambda x: np.asarray(x) * np.nan, card, effort="quick")
    assert report.grade is Grade.WRONG and "CONFLICT" not in str(report)


def test_an_overflow_of_float16_inside_is_told_also_where_it_is_lost_again():
    def of_squares(v, w):
        v, w = 8 * v, 8 * w
        return np.sum(v * w) / np.sqrt(np.sum(v * v) * np.sum(w * w))

    report = check(of_squares, "cosine_similarity", effort="quick")
    told = report.check("float16")
    assert report.passed
    assert told.standing is Standing.UNSUPPORTED
    assert told.detail.startswith("overflows in float16: of_squares(")


def test_a_wrong_number_of_float16_without_an_overflow_is_wrong():
    """The twin."""

    def too_short(v, w):
        result = np.sum(v * w) / np.sqrt(np.sum(v * v) * np.sum(w * w))
        return result * 0.9 if v.dtype == np.float16 else result

    assert not check(too_short, "cosine_similarity", effort="quick").check("float16").passed

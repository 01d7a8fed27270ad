"""Errors over the domain: what is stored is what is drawn, and ours stay within the bar of their card."""

from pathlib import Path

import pytest

from mathcore import formulas
from mathcore.render import errors

DOCS = Path(__file__).resolve().parents[2] / "docs"
STORED = errors.stored(DOCS)


def test_the_main_functions_have_their_errors_measured():
    assert {"softmax", "log_softmax", "sigmoid", "entropy", "kl_divergence", "categorical_crossentropy"} <= set(STORED)


@pytest.mark.parametrize("card", STORED)
def test_what_is_stored_is_drawn(card):
    found = STORED[card]
    assert (DOCS / errors.FOLDER / f"{card}.json").read_text(encoding="utf-8") == errors.written(found)
    again = "run python -m tests.benchmarks.errors --draw"
    assert (DOCS / errors.FOLDER / f"{card}.svg").read_text(encoding="utf-8") == errors.drawing(found), again


@pytest.mark.parametrize("card", STORED)
def test_ours_stay_within_the_bar_of_the_card(card):
    bar = formulas.load(card).accuracy.float64
    assert bar is not None
    assert all(ulps is not None and ulps <= bar for ulps in STORED[card].ulps["mathcore"])


def test_the_text_names_the_worst_of_everybody():
    one = errors.Errors("f", "x", "linear", 1.0, (0.0, 1.0), {"mathcore": (0.5, 1.0), "scipy": (1.0, None)}, "x", {})
    assert one.said == "Errors in ULP along x. Largest error of mathcore: 1 ULP at 1; SciPy: no number at 1."
    assert errors.read(errors.written(one)) == one

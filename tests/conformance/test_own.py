"""mathcore's own functions by the tests that anybody has: every check of every card, to the card's accuracy."""

from functools import partial

import pytest

from mathcore.conformance import conformance_tests
from mathcore.conformance.subject import resolve
from mathcore.formulas import load, names

ALWAYS = ("entropy", "one_hot", "softmax")  # of the others `mathcore verify` asks the same in every run


def own(name):
    """The card's own function, with its options, as a function of the card's letters."""
    tested = resolve(load(name).numeric, load(name))
    if tested.part is None:
        return partial(tested.function, **tested.options) if tested.options else tested.function

    def part(*arguments, **more):
        return tested.function(*arguments, **tested.options, **more)[tested.part]

    part.__module__ = tested.function.__module__  # it does its own work
    return part


for one in names():
    if load(one).numeric:
        tests = conformance_tests(one, own(one), accuracy="card")
        globals()[f"test_{one}"] = tests if one in ALWAYS else pytest.mark.hours(tests)

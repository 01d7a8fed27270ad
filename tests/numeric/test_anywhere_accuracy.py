"""The promise of 8 ULP, against exact values: the inputs that hurt, in every library that has values at once."""

import dataclasses

import numpy as np
import pytest

from mathcore import numeric
from tests.numeric import accuracy
from tests.numeric.libraries import BAR
from tests.numeric.test_anywhere import each, load

SUBJECTS = {subject.name: subject for subject in accuracy.subjects()}
SHAPES = ((60, 2), (30, 10), (6, 129), (1, 1000))
NEGLIGIBLE = 2.0**-100  # of a mutual information below 2^-80, which two parts do not resolve


@pytest.fixture(scope="module", autouse=True)
def way():
    """One is enough: the compiled core has no part in what other libraries compute."""


def by_libraries(subject, library):
    """The subject, computed there. Where numbers below the smallest normal one are taken for 0, none goes in."""

    class Elsewhere(accuracy.Subject):
        def __call__(self, *arrays):
            function = getattr(numeric, self.function or self.name)
            found = function(*[library.array(np.ascontiguousarray(x)) for x in arrays], *self.more, **self.options)
            return library.back(found if self.output is None else found[self.output])

    def draw(*arguments):
        arrays = subject.draw(*arguments)
        arrays = arrays if isinstance(arrays, tuple) else (arrays,)
        return tuple(np.where(np.abs(x) < library.least, np.zeros_like(x), x) if x.dtype.kind == "f" else x for x in arrays)

    fields = {field.name: getattr(subject, field.name) for field in dataclasses.fields(subject)}
    return Elsewhere(**{**fields, "draw": draw if library.least else subject.draw})


@pytest.mark.slow
@pytest.mark.parametrize("library", each(["torch", "jax", "array-api-strict"]))
@pytest.mark.parametrize("function", SUBJECTS)
def test_float64_is_within_8_ulp_of_the_exact_value(function, library, monkeypatch):
    subject, library, judge = SUBJECTS[function], load(library), accuracy.errors

    def errors(out, y, dtype, magnitude=None, units=0):
        error = judge(out, y, dtype, magnitude, units)
        size = np.ldexp(np.abs(y.hi), np.clip(np.broadcast_to(y.e, np.shape(y.hi)), -1100, 1024).astype(int))
        if function == "mutual_information":
            error = np.where((size < 2.0**-80) & (np.abs(out - size) <= NEGLIGIBLE), 0.0, error)
        if library.least:  # sums of parts that were taken for 0
            error = np.where((size < library.least * 2.0**60) & (np.abs(out - size) <= 2.0**10 * library.least), 0.0, error)
        return error

    def sizes(subject, *_):
        yield from [(1000, None)] if subject.shape == "entry" else SHAPES

    monkeypatch.setattr(accuracy, "errors", errors)
    monkeypatch.setattr(accuracy, "sizes", sizes)
    with library.ready(), np.errstate(all="ignore"):
        line = accuracy.examine(by_libraries(subject, library), "float64", 1000, seed=7, samples=0)
    assert line.outputs > 500
    assert line.worst <= BAR / (subject.units or 1), f"\n{line}"


def test_the_judge_of_other_libraries_can_say_no():
    library = load("array-api-strict")

    class Off(type(library)):
        def back(self, x):
            return super().back(x) * (1 + 9 * 2.0**-52)

    off = by_libraries(SUBJECTS["softmax"], Off())
    assert accuracy.examine(off, "float64", 100, samples=0).worst > BAR

"""Every float of a range through a function: nothing is skipped, what is wrong at one value is found and named."""

import numpy as np
import pytest

from mathcore.conformance.accuracy import bar_of
from mathcore.conformance.exact import reference
from mathcore.conformance.ulp import judge
from mathcore.verify.exhaustive.functions import elementwise, functions
from mathcore.verify.exhaustive.judge import CHUNK, Kind, Tally, _Judge, _model, _pieces, tally
from tests.verify.exhaustive import planted

NAMES = [entry.name for entry in functions()]


def whole(name, function=None):
    return tally(name, "float16", 0, 1 << 16, function)


def around(name, x, function=None, dtype="float32"):
    """The chunk that holds x."""
    start = Kind(dtype).pattern(x) // CHUNK * CHUNK
    return tally(name, dtype, start, start + CHUNK, function)


# the functions of mathcore -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_float16_is_within_its_bar_and_of_the_right_kind(name):
    found = whole(name)
    assert found.failures == 0, found.first
    assert sum(found.counts) + found.nan == 1 << 16
    assert found.nan == (50174 if elementwise(name).unit else 2046)
    assert found.worst[0] <= 0.5  # better than the bar of 0.51: correctly rounded
    assert found.counts[1:] == (0,) * (len(found.counts) - 1)


@pytest.mark.parametrize("name", NAMES)
def test_the_errors_are_those_that_balls_give(name):
    """At some hundred float16: the class of the polynomials against the card's definition at that very input."""
    entry, kind = elementwise(name), Kind("float16")
    card, judged, function = entry.card, _Judge(entry, kind, None), entry.function()
    out = function(kind.values(0, kind.size))
    for pattern in np.random.default_rng(1).integers(0, kind.size, 150).tolist():
        for low, high, root, bits in _pieces(name, kind, pattern, pattern + 1):
            if bits <= 0:
                continue
            before = list(judged.counts)
            judged.worst = (-1.0, 0)
            judged._interval(low, out[low:high], _model(name, kind, root, bits), root, bits)
            place = next(k for k, (a, b) in enumerate(zip(before, judged.counts, strict=True)) if a != b)
            exact = reference(card).outputs({card.definition.parameters[0]: kind.value(pattern)})[0]
            found = judge(out[pattern], exact, judged.edges[place], "float16")
            assert found.right
            assert found.error == pytest.approx(judged.worst[0], abs=1e-6) or judged.worst[0] <= 0.25
            assert place == 0 or not judge(out[pattern], exact, judged.edges[place - 1], "float16").right


@pytest.mark.parametrize("name", ["gelu", "silu"])
def test_ties_of_subnormal_numbers_are_decided_as_balls_decide_them(name):
    """x/2 lies between two floats, and the exact value a little beside it."""
    entry, kind = elementwise(name), Kind("float32")
    parameter, classes = entry.card.definition.parameters[0], set()
    for pattern in (2 * np.random.default_rng(2).integers(0, 1 << 23, 30) + 1).tolist():
        for place in (pattern, pattern + kind.sign):
            judged = _Judge(entry, kind, None)
            out = entry.function()(kind.values(place, place + 1))
            for low, _, root, bits in _pieces(name, kind, place, place + 1):
                judged._judged(low, out, root, bits, _model(name, kind, root, bits))
            exact = reference(entry.card).outputs({parameter: kind.value(place)})[0]
            rounded = judge(out[0], exact, 0.5, "float32").right
            assert judged.counts[:2] == ([1, 0] if rounded else [0, 1])
            assert judged.balls == 0
            classes.add(rounded)
    assert classes == {True, False}


# mistakes that were planted ----------------------------------------------------------------------------------------------


def test_one_float32_off_by_one_step_is_found_and_named():
    found = around("sigmoid", planted.NUDGED, planted.nudged)
    assert found.failures == 1
    assert found.worst[1] == Kind("float32").pattern(planted.NUDGED)
    assert 0.51 < found.worst[0] < 1.51
    assert found.first[0][1].startswith("sigmoid(1.2345) gives 0.7746053; off by 0.947")
    assert around("sigmoid", planted.NUDGED).failures == 0


def test_a_wrong_sign_of_zero_is_found_and_named():
    found = whole("silu", planted.signless)
    assert found.failures == 1
    assert found.first == ((Kind("float16").pattern(-np.inf), "silu(-inf) gives 0.0; the zero must be -0.0"),)


def test_a_nan_where_a_number_is_due_is_found_and_named():
    found = whole("softplus", planted.undefined)
    assert (found.failures, found.counts[-1]) == (1, 1)
    assert found.first == ((Kind("float16").pattern(3.0), "softplus(3.0) gives nan; off by inf ULP"),)


def test_a_number_outside_the_domain_is_found_and_named():
    found = whole("logit", planted.defined)
    assert found.failures == 1
    assert found.first == ((Kind("float16").pattern(1.0) + 1, "logit(1.001) gives 7.0; nan is due"),)


def test_an_infinity_where_a_number_is_due_is_found_and_named():
    found = whole("gelu", planted.infinite)
    assert found.failures == 1
    assert found.first[0][1].startswith("gelu(3.0) gives inf; off by inf")


def test_another_format_or_an_exception_fails_every_value_of_the_call():
    assert whole("sigmoid", planted.widened).failures == 1 << 16
    found = whole("sigmoid", planted.broken)
    assert found.failures == CHUNK
    assert "raises ZeroDivisionError: planted" in found.first[0][1]


def test_a_function_that_loses_digits_has_errors_in_every_class():
    found = around("sigmoid", 0.7, planted.naive)
    assert found.failures > 0
    assert sum(found.counts) == CHUNK
    assert found.counts[0] > 0 < found.counts[2]


def test_the_bar_separates_what_holds_from_what_fails():
    bar = bar_of(elementwise("sigmoid").card, "float32")
    found = around("sigmoid", 0.7, planted.naive)
    assert bar == 0.51
    assert found.failures == sum(found.counts[2:])


@pytest.mark.parametrize("mistake", ["gelu.by_tanh", "sigmoid.mirrored", "tanh.as_written"])
def test_a_mistake_of_a_card_fails(mistake):
    name = mistake.split(".")[0]
    found = whole(name, elementwise(name).function(f"mathcore.mistakes.{mistake}"))
    assert found.failures > 0


# counting ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["logit", "gelu"])
def test_the_tally_does_not_depend_on_the_split(name):
    size = 1 << 16
    parts = [tally(name, "float16", k, k + CHUNK) for k in range(0, size, CHUNK)]
    forwards, backwards = parts[0], parts[-1]
    for part in parts[1:]:
        forwards = forwards + part
    for part in parts[-2::-1]:
        backwards = backwards + part
    assert forwards == backwards == whole(name)


def test_the_first_failures_are_kept_whatever_the_order():
    a = Tally((1, 0), failures=3, first=((7, "g"), (8, "h"), (9, "i")), worst=(1.0, 9))
    b = Tally((0, 1), failures=3, first=((1, "a"), (2, "b"), (10, "j")), worst=(1.0, 2))
    assert a + b == b + a
    assert (a + b).first == ((1, "a"), (2, "b"), (7, "g"), (8, "h"), (9, "i"))
    assert (a + b).worst == (1.0, 2)


@pytest.mark.parametrize("name", ["sigmoid", "logit"])
@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_the_pieces_of_a_range_are_the_range(name, dtype):
    kind = Kind(dtype)
    places = [0, kind.pattern(1.0), kind.infinity, kind.sign, kind.size - CHUNK]
    for start in places:
        start = start // CHUNK * CHUNK
        place = start
        for low, high, root, bits in _pieces(name, kind, start, start + CHUNK):
            assert low == place < high
            assert root <= low
            assert bits < 0 or high <= root + (1 << bits)
            place = high
        assert place == start + CHUNK


@pytest.mark.parametrize(("start", "stop"), [(0, 100), (1, CHUNK), (CHUNK, CHUNK), (0, 1 << 17)])
def test_a_range_that_is_no_whole_number_of_chunks_is_refused(start, stop):
    with pytest.raises(ValueError, match="use multiples of 8192"):
        tally("sigmoid", "float16", start, stop)

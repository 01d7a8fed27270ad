"""A limit is refuted only where another one is computed, by the kernel and by sympy."""

import pytest

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof import numbered_limits
from mathcore.proof.balls import approach
from mathcore.proof.balls.point import Point
from mathcore.proof.numbered_limits import Word, judged

GIVEN = "n: natural; x, c, r: real; v, a, b: positive"


def words(claim, given=""):
    """What is said at each of the points at which the body was looked at."""
    context = Context().given(f"{GIVEN}; {given}" if given else GIVEN)
    limit, value = (t.bare(side) for side in context.parse(claim).args)
    return [judged(context, limit, value, look.point) for look in approach(context, limit, value).looks]


@pytest.mark.parametrize("claim", [
    "lim(n -> inf: n / (n + 10^5)) = 1",
    "lim(x -> 0: (exp(a x) - exp(b x)) / x) = a - b",
    "lim(x -> inf: (1 + c / x)^x) = exp(c)",
    "lim(v -> 0+: sqrt(x^2 + v)) = abs(x)",
    "lim(x -> inf: max(x, c) - x) = 0",
    "lim(n -> inf: (-1)^n / (n + 1)) = 0",
    "lim(v -> 0: v log(v)) = 0",
])  # fmt: skip
def test_a_true_limit_is_found_at_exact_points(claim):
    assert all(told.word is Word.AGREES for told in words(claim))


@pytest.mark.parametrize(("claim", "found"), [
    ("lim(n -> inf: n / (n + 10^5)) = 1 / 11", "1"),
    ("lim(n -> inf: 1 / n + 10^(-60)) = 0", f"1/{10**60}"),
    ("lim(x -> 0: abs(x) / x) = 1", "- 1"),  # from the left
    ("lim(x -> 0: 1 / x) = inf", "-inf"),
    ("lim(n -> inf: (-1)^n) = 1", "- 1"),  # along the odd numbers
    ("lim(x -> inf: min(x, 7)) = inf", "7"),
    ("lim(x -> inf: log(x) / x) = 1 / (c - c)", "0"),
    ("lim(n -> inf: r^n / r^n) = 1", ""),  # at r = 0 there is none
    ("lim(x -> 0: (c x) / (c x)) = 1", ""),
])  # fmt: skip
def test_a_false_limit_differs_at_exact_points(claim, found):
    assert (Word.DIFFERS, found) in {(told.word, told.found) for told in words(claim)}


@pytest.mark.parametrize("claim", [
    "lim(x -> r: 1 / x) = 1 / r",
    "lim(x -> r: 1 / x^3) = 1 / r^3",
    "lim(x -> r: abs(x) / x) = abs(r) / r",
    "lim(x -> r: (x + 1) / x) = 1 + 1 / r",
])  # fmt: skip
def test_where_neither_side_is_a_number_nothing_is_said(claim):
    context = Context().given(GIVEN)
    limit, value = (t.bare(side) for side in context.parse(claim).args)
    assert judged(context, limit, value, Point(values={"r": 0})).word is Word.OPEN
    assert judged(context, limit, value, Point(values={"r": 2})).word is Word.AGREES


def test_what_the_letters_decide_is_decided_point_by_point():
    assert {told.word for told in words("lim(x -> inf: x^(a - b)) = inf")} == {Word.AGREES, Word.DIFFERS}


@pytest.mark.parametrize("claim", ["lim(n -> inf: n / (n + 10^5)) = 1 / 11", "lim(n -> inf: n / (n + 10^5)) = 1"])
def test_without_sympy_nothing_is_said(monkeypatch, claim):
    monkeypatch.setattr(numbered_limits, "by_sympy", lambda *_: None)
    assert {told.word for told in words(claim)} == {Word.OPEN}


def test_without_the_kernel_nothing_is_said(monkeypatch):
    def unknown(*_):
        raise numbered_limits.NotShown("no rule")

    monkeypatch.setattr(numbered_limits, "near", unknown)
    assert {told.word for told in words("lim(n -> inf: n / (n + 10^5)) = 1 / 11")} == {Word.OPEN}


def test_sympy_alone_does_not_refute(monkeypatch):
    """sympy 1.14 finds inf for 2^x as x -> -inf when it is asked so."""
    import sympy

    x = sympy.Symbol("x", real=True)
    assert sympy.limit(2**x, x, -sympy.oo) == sympy.oo  # should this fail sympy has mended it
    assert all(told.word is Word.AGREES for told in words("lim(x -> -inf: 2^x) = 0"))


def test_a_hypothesis_about_the_variable_says_from_where_it_comes():
    assert all(told.word is Word.OPEN for told in words("lim(x -> 0: abs(x) / x) = -1", "x > 0") if told.word is not Word.DIFFERS)
    assert Word.DIFFERS not in {told.word for told in words("lim(x -> 0: abs(x) / x) = 1", "x > 0")}


def test_a_body_without_a_value_on_one_side_is_left_open():
    for claim in ("lim(x -> 0: x log(x)) = 0", "lim(x -> 0: sqrt(x)) = 0", "lim(x -> -inf: log(x)) = inf"):
        assert {told.word for told in words(claim)} == {Word.OPEN}

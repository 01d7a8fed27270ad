"""Signs: what follows from declarations and hypotheses, and what only seems to."""

import pytest

from mathcore.proof.judging import scope_of
from mathcore.proof.scope import Trace
from tests.proof.pipeline import card
from tests.proof.statements import V


def sign(text: str, given: str = "", claim: str = "") -> str:
    """The sign that is shown for an expression under hypotheses."""
    context = card(V).context.given(given)
    scope = scope_of(card=card(V), context=context, trace=Trace(), subject=context.parse(claim or f"{text} = 0"))
    reader = scope.normal()
    return reader.facts.sign(reader.read(context.unfold(context.parse(text))))


POSITIVE = (
    ("r", ""), ("n", ""), ("exp(a)", ""), ("r + v", ""), ("r s / (r + s)", ""), ("sum(k: P[k])", ""), ("1 + a^2", ""),
    ("prod(k: P[k])", ""), ("max(r, a)", ""), ("min(r, s)", ""), ("2^t", ""), ("a - b", "b < a"), ("a - c", "b < a; c < b"),
    ("a b", "0 < a; 0 < b"), ("log(1 + r)", ""), ("n + 1 / n", ""), ("max(k: P[k])", ""), ("a^2", "a != 0"),
    ("sum(k: 1 + x[k]^2)", ""), ("x[j]", "0 < x[i]"), ("2 - erfc(a)", ""), ("max(r, a, b)", ""), ("min(r, s, eta)", ""),
    ("sum(i, j, k: X[i, j] X[j, k] X[k, i])", "0 < X[i, j]"),
)  # fmt: skip
NOT_NEGATIVE = (
    ("v", ""), ("a^2", ""), ("abs(a)", ""), ("p[i]", ""), ("1 - p[i]", ""), ("1 - u", ""), ("u (1 - u)", ""), ("t", ""),
    ("n - 1", ""), ("delta(i, j)", ""), ("1 - delta(i, j)", ""), ("sum(k: p[k] x[k]^2)", ""), ("sum(t = 1..T: v^2)", ""),
    ("a^2 - 2 a b + b^2", ""), ("v^t", ""), ("max(a, 0)", ""), ("sqrt(v)", ""), ("r - r p[i]", ""), ("sum(k: x[k])", "0 <= x[i]"),
    ("n - i", ""), ("n^2 - i j", ""), ("(n - i) (i - 1)", ""), ("n v - i v", ""), ("3 - three", "three: index[3]"),
    ("1 - prod(k: p[k])", ""), ("max(v, a, b)", ""), ("min(v, r, s)", ""), ("a / abs(a) + 1", ""),
    ("abs(a - 1) + step(a) / sqrt(abs(a))", ""),
    ("sum(i, j, k: X[i, j]^2 X[j, k]^2 X[k, i]^2)", ""),
)  # fmt: skip
UNKNOWN = (
    ("n - i - 1", ""), ("d - i", ""), ("n a - i a", ""), ("2 - three", "three: index[3]"), ("i - 2", ""), ("n - i - j", ""),
    ("a", ""), ("a^3", ""), ("a b", ""), ("n - 2", ""), ("t - 1", ""), ("v - w", ""), ("1 - r", ""), ("1 - v", ""),
    ("1 - 2 u", ""), ("1 - p[i] - p[j]", ""), ("log(r)", ""), ("log(v)", ""), ("a^t", ""), ("(-1)^t", ""),
    ("sum(k: x[k])", ""), ("max(a, b)", ""), ("max(a, b, c)", ""), ("min(r, a)", ""), ("min(r, s, a)", ""),
    ("step(a) - 1 + v / (1 - step(a))", ""), ("step(a) - 1 + log(1 - step(a))", ""), ("u - 1 - log(1 - u)", ""),
    ("delta(i, j) - 1 + 1 / (1 - delta(i, j))", ""), ("abs(a) - 1 + 1 / a", ""), ("prod(k: x[k])", ""), ("1 - r p[i]", ""),
    ("u r - r^2 u", ""), ("a - b", "v b <= v a"), ("a - b", "c^2 b <= c^2 a"), ("a", "0 <= a b"), ("a + b", "0 < a b"),
    ("n - 2", "i != j"), ("n - 2", "i != j@i"), ("n - 2", "g != h@g h"),
    ("x[j]", "0 < x[i]@i"), ("X[k, k]", "i != j; 0 < X[i, j]"), ("sum(k: x[k])", "0 <= x[i]@i"), ("a", "0 < f(b) + a@a b"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "given"), POSITIVE)
def test_it_is_shown_to_be_positive(text, given):
    assert sign(text, given) == "+"


@pytest.mark.parametrize(("text", "given"), NOT_NEGATIVE)
def test_it_is_shown_to_be_at_least_0(text, given):
    assert sign(text, given) in ("0+", "+")


@pytest.mark.parametrize(("text", "given"), UNKNOWN)
def test_a_sign_that_does_not_follow_is_not_shown(text, given):
    given, _, spoken = given.partition("@")
    claim = " + ".join([text, *(f"0 x[{s}]" if s in "ijk" else f"0 {s}" for s in spoken.split())]) + " = 0"
    assert sign(text, given, claim) == ""


def test_two_different_places_need_a_size_of_two():
    assert sign("n - 2", "i != j", "x[i] + x[j] + n = 0") == "0+"
    assert sign("d - 2", "i != j", "x[i] + x[j] + d = 0") == ""


@pytest.mark.parametrize(
    ("text", "given", "apart"),
    [
        ("1 - r^n", "r != 1", True),
        ("r^(2 n) - 1", "r != 1", True),
        ("1 - exp(a)", "a != 0", True),
        ("1 - r^t", "r != 1", False),  # t may be 0
        ("1 - r^n", "r != 2", False),
        ("2 - r^n", "r != 1", False),
        ("1 - exp(a + b)", "a != 0; b != 0", False),
        ("1 - a^n", "a != 1", False),  # a may be -1
    ],
)
def test_a_power_is_not_1_where_its_base_is_positive_and_not_1(text, given, apart):
    context = card(V).context.given(given)
    scope = scope_of(card=card(V), context=context, trace=Trace(), subject=context.parse(f"{text} = 0"))
    reader = scope.normal()
    assert reader.facts.nonzero(reader.read(context.parse(text))) is apart


def test_an_empty_range_sums_to_0_and_is_not_shown_positive():
    assert sign("sum(t = 1..T: r)") == sign("T r") == "0+"
    assert sign("sum(t = 1..T: exp(a t))") == "0+"


def test_what_may_be_0_is_not_shown_positive():
    for text in (
        "v",
        "a^2",
        "abs(a)",
        "p[i]",
        "delta(i, j)",
        "v + w",
        "t",
        "u",
        "sum(k: p[k] q[k])",
        "sum(k: p[k] x[k]^2)",
        "sqrt(v)",
        "v^t",
        "prod(k: p[k])",
    ):
        assert sign(text) == "0+", text


def test_a_size_is_as_large_as_it_is_declared():
    assert sign("n - 1") == "0+"
    assert sign("n - 2", "n: size >= 2") == "0+"
    assert sign("n - 2", "n: size >= 3") == "+"


def test_within_a_block_more_is_known_and_afterwards_no_longer():
    context = card(V).context
    reader = scope_of(card=card(V), context=context, trace=Trace()).normal()
    v = reader.read(context.parse("v"))
    with reader.facts.assuming([v]):
        assert reader.facts.positive(v)
    assert not reader.facts.positive(v)


def test_around_a_value_a_weak_inequality_is_not_known():
    context = card(V + "; 0 <= a; b < c").context
    reader = scope_of(card=card(V), context=context, trace=Trace(), subject=context.parse("a + b + c = 0")).normal()
    a, gap = reader.read(context.parse("a")), reader.read(context.parse("c - b"))
    assert reader.facts.nonnegative(a) and reader.facts.positive(gap)
    with reader.facts.around(context.symbols["a"]):
        assert not reader.facts.nonnegative(a)
    with reader.facts.around(context.symbols["b"]):
        assert reader.facts.positive(gap)
    assert reader.facts.nonnegative(a)

"""Expansions as y -> inf: sizes are compared, cancellations seen, and nothing is taken for 0 that was not computed."""

import re
from fractions import Fraction

import pytest

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.numbers import sign_of_number
from mathcore.proof.kernel.polynomial import UNIT, KernelError, Poly, number
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.expansion import DEEPEST, ORDERS, Expanding, Size, holds_near, near
from mathcore.proof.scope import NotShown
from mathcore.rules.limiting import Limiting
from tests.proof import growing
from tests.proof.pipeline import kernel
from tests.sampling import counted

Y = t.Symbol("y", t.Type("positive"))
CONTEXT = Context({"y": Y}).given("a, b: real; p: positive; n: size; x: real[n]; k: index[n]")


def engine():
    normal = Normal(Facts(), {})
    return normal, Expanding(normal, Y)


def limit(text):
    normal, expanding = engine()
    value = expanding.limit(normal.read(CONTEXT.parse(text)))
    return value if isinstance(value, str) else show(value)


def size(text):
    normal, expanding = engine()
    (term,) = expanding.of(normal.read(CONTEXT.parse(text))).terms
    return term[0]


RISING = (
    "exp(-exp(y))", "exp(-y^2)", "exp(-y)", "y^(-2)", "1 / y", "1 / log(y)", "1 / log(log(y))", "1", "log(log(log(y)))",
    "log(log(y))", "log(log(y))^5", "sqrt(log(y))", "log(y)", "log(y)^9", "exp(sqrt(log(y)))", "y^(1 / 100)", "y", "y log(y)",
    "y^2", "exp(log(y)^2)", "exp(sqrt(y))", "exp(y / log(y))", "exp(y) / y", "exp(y)", "exp(y) y^3", "exp(2 y)", "exp(y log(y))",
    "exp(y^2)", "exp(exp(y))",
)  # fmt: skip


def test_sizes_have_one_order():
    _, expanding = engine()
    sizes = [size(text) for text in RISING]
    for i, low in enumerate(sizes):
        for j, high in enumerate(sizes):
            assert expanding.compare(low, high) == (i > j) - (i < j), (RISING[i], RISING[j])


@pytest.mark.parametrize(("text", "value"), [
    ("exp(y + exp(-y)) - exp(y)", "1"),
    ("exp(y) (exp(1 / y - exp(-y)) - exp(1 / y))", "- 1"),
    ("y^3 (exp(1 / y) - 1 - 1 / y - 1 / (2 y^2))", "1/6"),
    ("y^7 (exp(1 / y) - 1 - 1 / y - 1 / (2 y^2) - 1 / (6 y^3) - 1 / (24 y^4) - 1 / (120 y^5) - 1 / (720 y^6))", "1/5040"),
    ("sqrt(y^2 + a y) - y", "1/2 a"),
    ("a + 1 / y", "a"),
    ("sum(k: exp(x[k] / y)) / n", "1"),
    ("y (sum(k: exp(x[k] / y)) - n)", "sum(k: x[k])"),
    ("log(y) / y", "0"),
    ("exp(-exp(y)) exp(exp(y + 1 / exp(exp(y))))", "1"),
    ("2 exp(y / (p + 1)) / (exp(y (1 - p / (p + 1))) + y)", "2"),  # one size in two forms
    ("log(y^4 (exp(1 / y) - 1 - 1 / y - 1 / (2 y^2) - 1 / (6 y^3)))", "- 3 log(2) - log(3)"),
])  # fmt: skip
def test_cancellations_are_computed(text, value):
    assert limit(text) == value


@pytest.mark.parametrize(("text", "value"), [
    ("max(y, y^2, a) / y^2", "1"),
    ("min(-y, -y^2, 3) / y^2", "- 1"),
    ("max(1 / y, 2 / y, 1 / y^2) y", "2"),
    ("step(y - 5)", "1"),
    ("step(5 - y)", "0"),
    ("step(1 / y^2 - 1 / y)", "0"),
    ("erfc(1 / y)", "1"),
    ("erfc(p + 1 / y)", "erfc(p)"),
    ("erfc(y)", "0"),
    ("erfc(-y)", "2"),
    ("exp(y^2) y erfc(y)", "1 / (pi^(1/2))"),
    ("exp(y^2) y^2 (y erfc(y) - exp(-y^2) / sqrt(pi))", "- 1/2 / (pi^(1/2))"),
    ("exp(y^2) y (erfc(-y) - 2)", "- 1 / (pi^(1/2))"),
    ("exp((y - a)^2) y (erfc(a - y) - 2)", "- 1 / (pi^(1/2))"),
    ("erfc(y^5 (exp(1 / y) - 1 - 1 / y - 1 / (2 y^2) - 1 / (6 y^3) - 1 / (24 y^4)))", "erfc(1/120)"),
])  # fmt: skip
def test_the_largest_the_unit_step_and_the_error_function_are_followed(text, value):
    assert limit(text) == value


@pytest.mark.parametrize(("text", "words"), [
    ("min(y, 3, a + y)", "the sign of - a is not known"),
    ("step(a + 1 / y)", "the sign of a is not known"),
    ("erfc(a y)", "the sign of a is not known"),
    ("y (erfc(1 / y) - 1)", "the leading terms of erfc(1 / (y)) y - y cancel"),  # only the value at the point is known
    ("y^2 (log(1 + y^(-p)) + log(1 + y^(-p^2)))", "the sign of - 3 p + 3 p^2 is not known"),
])  # fmt: skip
def test_what_they_tend_to_is_not_guessed(text, words):
    with pytest.raises(NotShown, match=re.escape(words)):
        limit(text)


def test_what_is_0_for_a_reason_from_outside_has_no_leading_term():
    normal = Normal(Facts(), {})
    gap = normal.read(CONTEXT.parse("a - b"))
    expanding = Expanding(normal, Y, is_zero=lambda p: p in (gap, -gap))
    with pytest.raises(NotShown, match="0 has no leading term"):
        expanding.eventually(normal.read(CONTEXT.parse("a y - b y")), "!=")


@pytest.mark.parametrize("around", ["sqrt(1 + {})", "exp(1 / (1 + {}))", "erfc(1 + {})"])
def test_what_is_nested_ends_somewhere(around):
    nested = "y"
    for _ in range(DEEPEST + 2):
        nested = around.format(nested)
    with pytest.raises(NotShown, match="too deeply nested"):
        limit(nested)


@pytest.mark.parametrize(("relation", "holds"), [
    ("y^2 > 3 y", True), ("y^2 >= 3 y", True), ("y != 3", True), ("3 y < y^2", True), ("y < 3", False), ("y <= 3", False),
    ("y = 3", False), ("a y > 0", False), ("a <= b", False), ("log(-y) > 0", False), ("y >= y", True),
])  # fmt: skip
def test_a_relation_holds_near_the_point_or_is_not_shown_to(relation, holds):
    y = t.Symbol("y", t.Type("real"))
    told = Context({"y": y}).given("a, b: real").parse(relation)
    assert holds_near(Normal(Facts(), {}), t.Limit(y, t.INFINITY, "", y), told, "+") is holds


def test_a_condition_that_an_expansion_leaves_open_is_no_limit(monkeypatch):
    node = t.Limit(Y, t.INFINITY, "", CONTEXT.parse("1 / y"))

    def careless(self, p):
        self.normal.require(self.place - UNIT, ">", "y > 1")
        return number(0)

    monkeypatch.setattr(Expanding, "limit", careless)
    with pytest.raises(NotShown, match="a condition on the way is not shown"):
        near(Normal(Facts(), {}), node, node.body, "+")


@pytest.mark.parametrize("text", [
    "a y",  # the sign of a is not known
    "exp(a y)",
    "y^a",
    "1 / (1 + a y)",
    "abs(a + 1 / y)",  # where a is 0
    "log(a + 1 / y)",
    "sum(k: exp(x[k] y))",
    "(a - b) y + 1",
])  # fmt: skip
def test_what_depends_on_an_unknown_sign_is_not_shown(text):
    with pytest.raises((NotShown, KernelError)):
        limit(text)


def test_a_logarithm_or_a_root_of_something_negative_is_refused():
    normal, expanding = engine()
    minus = expanding.of(normal.read(CONTEXT.parse("-p y")))
    with pytest.raises(NotShown):
        expanding.log(minus)
    with pytest.raises(NotShown):
        expanding.power(minus, number(Fraction(1, 2)))


def test_an_expansion_that_is_cut_off_is_never_taken_for_0():
    """Terms that agree up to the longest expansion cancel: that says nothing of what comes after."""
    taylor = " - ".join(f"1 / ({_factorial(k)} y^{k})" for k in range(1, max(ORDERS) + 8))
    with pytest.raises(NotShown):
        limit(f"y^{max(ORDERS) + 8} (exp(1 / y) - 1 - {taylor})")


def _factorial(k):
    return 1 if k < 2 else k * _factorial(k - 1)


@pytest.mark.parametrize(("text", "value"), [
    ("(-1)^m", None), ("(-1)^m / m", "0"), ("(-1)^m + m", "inf"), ("(-1 / 2)^m m^9", "0"), ("(-2)^m", None), ("0^m", "0"),
    ("m^((-1)^m)", None), ("(-1)^(m^2)", None),
    ("1 / (2 + (-1)^m)", None), ("(-1)^(2 m)", "1"), ("(1 - 1 / m)^m", "exp(-1)"), ("exp((-1)^m / m)", "1"),
])  # fmt: skip
def test_powers_of_what_is_not_positive_are_counted(text, value):
    m = t.Symbol("m", t.Type("natural"))
    node = t.Limit(m, t.INFINITY, "", Context({"m": m}).parse(text))
    normal = Normal(Facts(), {})
    if value is None:
        with pytest.raises(NotShown):
            near(normal, node, node.body, "+")
        return
    found = near(normal, node, node.body, "+")
    assert not normal.conditions
    assert found == value if isinstance(found, str) else normal.is_zero(found - normal.read(CONTEXT.parse(value)))


@pytest.mark.parametrize("claim", [
    "lim(n -> inf: sum(k: x[k]) / n) = 0",
    "lim(n -> inf: max(k: x[k]) / n) = 0",
    "lim(n -> inf: sum(k: exp(1 / n) / n^2)) = 0",
    "lim(n -> inf: sum(k: p / n)) = 0",
])  # fmt: skip
def test_the_number_of_terms_does_not_change_on_the_way(claim):
    assert not kernel(claim, by=Limiting(), given="p: positive; n: size; x: real[n]; k: index[n]").accepted


def test_one_size_in_two_forms_is_one():
    claim = "lim(q -> inf: q / (p + 1) - log(exp(q / (p + 1)) + exp(q (1 - p / (p + 1))))) = -log(2)"
    assert kernel(claim, by=Limiting(), given="p, q: positive").accepted


LARGEST = "n: size; q: positive; i, k: index[n]; z, w: real[n]; k != i => z[k] < z[i]"


@pytest.mark.parametrize("claim", [
    "lim(q -> inf: exp(q z[i]) / sum(k: exp(q z[k]))) = 1",
    "lim(q -> inf: sum(k: w[k] exp(q z[k])) / sum(k: exp(q z[k]))) = w[i]",
    "lim(q -> inf: log(sum(k: exp(q z[k]))) - q z[i]) = 0",
    "lim(q -> inf: q^3 (sum(k: exp(q (z[k] - z[i]))) - 1)) = 0",
    "lim(q -> inf: q sum(k: exp(q z[k])) exp(-q z[i])) = inf",
])  # fmt: skip
def test_where_a_term_of_a_sum_is_the_largest_it_decides(claim):
    assert kernel(claim, by=Limiting(), given=LARGEST).accepted


@pytest.mark.parametrize(("claim", "accepted"), [
    ("lim(t -> inf: t^3 (r^t + s^t) + 1 / t) = 0", True),  # r^t or s^t is the larger one: both are nothing beside powers of t
    ("lim(t -> inf: t^2 (r^t + s^t + 1 / t^2)) = 1", True),
    ("lim(t -> inf: log(1 + r^t) + log(1 + s^t)) = 0", True),
    ("lim(t -> inf: (r^t + s^t) / r^t) = 1", False),
    ("lim(t -> inf: 3^t (r^t + s^t)) = 0", False),
])  # fmt: skip
def test_which_of_two_falling_powers_is_larger_does_not_matter(claim, accepted):
    given = "r, s: positive; r < 1; s < 1; t: natural"
    assert kernel(claim, by=Limiting(), given=given).accepted is accepted


@pytest.mark.parametrize(("claim", "also"), [
    ("lim(q -> inf: exp(q z[i]) / sum(k: exp(q z[k]))) = 0", ""),
    ("lim(q -> inf: exp(-q z[i]) / sum(k: exp(-q z[k]))) = 1", ""),  # there it is the smallest
    ("lim(q -> inf: sum(k: exp(q w[k])) exp(-q w[i])) = 1", ""),  # of other numbers
    ("lim(q -> inf: sum(k: exp(q z[k]^2)) exp(-q z[i]^2)) = 1", ""),  # z[k] may be negative
    ("lim(q -> inf: sum(k: exp(q w[k] z[k])) exp(-q w[i] z[i])) = 1", ""),
    ("lim(q -> inf: (sum(k: exp(q z[k])) - exp(q z[i])) exp(-q z[i] / 2)) = 0", ""),  # the second largest is not known
    ("lim(q -> inf: sum(k: exp(q w[k])) exp(-q w[i])) = 1", "k != i => w[k]^2 < w[i]^2"),  # w[i] may be negative
    ("lim(q -> inf: sum(k: exp(q z[k]))) = inf", "forall(k: z[k] >= 0)"),  # n = 1 and z = [0]: there is no other
])  # fmt: skip
def test_the_largest_term_of_a_sum_is_not_guessed(claim, also):
    assert not kernel(claim, by=Limiting(), given=f"{LARGEST}; {also}").accepted


@pytest.mark.parametrize(("text", "sign"), [
    ("log(1001) - log(1000) - 1 / 1001", 1), ("sqrt(2) - 3 / 2", -1), ("exp(1) - 3", -1), ("pi - 22 / 7", -1),
    ("log(2) + log(3) - log(6)", None), ("sqrt(2) - 1 - 1 / (1 + sqrt(2))", None), ("a", None), ("exp(10^(-50)) - 1", 1),
    ("0", None), ("erfc(1) - 1 / 6", -1),
])  # fmt: skip
def test_the_sign_of_a_number_is_that_of_a_ball(text, sign):
    assert sign_of_number(Normal(Facts(), {}).read(CONTEXT.parse(text))) == sign


def test_a_size_is_one_without_powers_and_exponent():
    _, expanding = engine()
    assert expanding.sign_of(Size()) == 0 and expanding.sign_of(Size((UNIT,))) == 1
    assert expanding.sign_of(Size((Poly({}), number(-1)))) == -1


@counted(1, 20)
def test_random_limits_with_a_known_answer_are_proved_and_never_wrong(count):
    levels, bad = growing.judged(count, seed=5)
    assert not bad
    assert levels["true proved"] >= max(1, count // 5), levels


def test_the_maker_of_limits_tells_both_kinds():
    maker = growing.Maker(3)
    claims = [maker.claim(turn % 2 == 0) for turn in range(200)]
    assert {claim.true for claim in claims} == {True, False}
    assert len({claim.claim.partition(":")[0] for claim in claims}) == 6

"""The evaluator: exact where it can be, rigorous where it cannot, with the conventions of the edges."""

import time
from fractions import Fraction

import pytest
from flint import arb, fmpq

from mathcore.formulas import load
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.proof.balls import CannotEvaluate, Point, Table, enclose, evaluate, float_value
from mathcore.proof.balls import extended as x

GIVEN = (
    "n: size; i, j, k: index[n]; z, w: real[n]; p, q: simplex[n]; a, b, c, r: real; "
    "m, s: natural; u: real[naturals]; g: nonnegative"
)
CONTEXT = Context().given(GIVEN).define("softmax(z)[i] = exp(z[i]) / sum(k: exp(z[k]))")
HALF = Fraction(1, 2)


def at(text, context=CONTEXT, precision=224, sizes=None, indices=None, naturals=None, **values):
    point = Point(sizes or {}, values, indices or {}, naturals or {})
    return evaluate(context.parse(text), point, context.definitions, precision)


def test_rational_expressions_stay_exact():
    value = at("(a + b)^3 / (a - b) + abs(b)", a=Fraction(1, 3), b=Fraction(-2, 7))
    assert isinstance(value, fmpq)
    assert value == fmpq(1, 21) ** 3 / fmpq(13, 21) + fmpq(2, 7)


@pytest.mark.parametrize(
    ("text", "value"),
    [("log(1)", 0), ("exp(0)", 1), ("sqrt(4/9)", fmpq(2, 3)), ("log2(8)", 3), ("log10(1/100)", -2), ("erfc(0)", 1)],
)
def test_special_arguments_give_exact_values(text, value):
    assert at(text) == value


def test_log10_is_rigorous():
    value = at("log10(a)", a=7)
    assert isinstance(value, arb)
    with x.working(224):
        assert value.overlaps(arb(7).log() / arb(10).log())
        assert value.rad() < arb("1e-60")


@pytest.mark.parametrize(
    "text",
    [
        "a log(b)",
        "2 a log(b)",
        "a log(a/b)",
        "a log(b/a)",
        "a log(a/a)",
        "a (b + 3) log(b)",
        "(a log(b)) / 3",
        "-a * (2 log(b))",
        "xlogy(a, b)",
    ],
)
def test_zero_times_a_logarithm_on_the_boundary_is_zero(text):
    assert at(text, a=0, b=0) == 0


@pytest.mark.parametrize("text", ["a / b", "a (1 / b)", "a * (2 / a)", "log(-1 - a) a", "log(b) - log(a)", "(1 / a) * 0"])
def test_zero_times_anything_else_undefined_stays_undefined(text):
    assert x.undefined(at(text, a=0, b=0))


def test_positive_times_the_logarithm_of_a_pole_is_infinite():
    assert at("a log(a / b)", a=HALF, b=0) == x.INF_LOG
    assert at("-a log(b)", a=HALF, b=0) == x.INF_LOG


def test_erfc_falls_from_2_to_0():
    assert at("erfc(-inf)") == 2
    assert at("erfc(inf)") == 0


def test_the_step_is_taken_at_0():
    assert [at("step(a)", a=a) for a in (-1, 0, 1)] == [0, 1, 1]
    assert at("step(sqrt(2) - a)", a=Fraction(3, 2)) == 0
    assert at("step(-inf)") == 0
    assert at("step(inf)") == 1
    assert not x.known(at("step(sqrt(2)^2 - 2)"))  # a ball around 0 does not tell the side


def test_the_step_is_flat_and_has_no_derivative_at_0():
    assert at("D(step(a), a)", a=2) == 0
    assert at("D(step(a), a)", a=-2) == 0
    assert x.undefined(at("D(step(a), a)", a=0))


def test_erfc_keeps_relative_digits_far_right():
    value = at("erfc(a)", a=1000)
    assert value > 0
    assert value.rad() < value * arb("1e-50")


def test_exp_of_minus_infinity_is_exactly_zero():
    assert at("exp(log(a))", a=0) == 0


def test_natural_powers_of_zero_and_real_ones():
    assert at("a^0", a=0) == 1
    assert at("a^m", a=0, naturals={"m": 0}) == 1
    assert x.undefined(at("a^b", a=0, b=0))
    assert x.undefined(at("a^(1/2)", a=-1))


def test_zero_to_what_is_whole_by_its_form_is_one_and_to_what_may_be_so_is_not_known():
    for exponent in ("m^2", "m (m + 1) / 2", "abs(m)", "sum(s = 1..m: s)"):
        assert at(f"a^({exponent})", a=0, naturals={"m": 0}) == 1
    for exponent in ("m / 2", "m b / b", "sqrt(m)"):
        assert not x.known(at(f"a^({exponent})", a=0, b=1, naturals={"m": 0}))
    assert x.undefined(at("a^max(m - 2, -1)", a=0, naturals={"m": 0}))


def test_an_integer_power_of_a_ball_that_holds_zero_is_multiplied_out():
    value = at("(exp(a) - exp(b))^2", a=1, b=1)
    assert value.is_finite()
    assert value.contains(0)
    assert value.rad() < arb("1e-100")


def test_a_quotient_by_a_ball_that_holds_zero_is_unknown_and_never_decided():
    found = enclose(CONTEXT.parse("1 / (exp(a) - exp(a))"), Point(values={"a": 1}), {})
    assert not found.decided


def test_an_empty_range_sums_to_zero_and_multiplies_to_one():
    assert at("sum(s = 3..m: s)", naturals={"m": 1}) == 0
    assert at("prod(s = 3..m: s)", naturals={"m": 1}) == 1
    assert at("prod(s = 1..m: s)", naturals={"m": 5}) == 120


def test_an_index_may_be_used_as_a_number():
    assert at("sum(k: k z[k])", sizes={"n": 3}, z=(1, 10, 100)) == 321


def test_symbol_and_index_of_one_name_are_kept_apart():
    scalar, index = t.Symbol("b", t.Type("real")), t.Symbol("b", t.Type("index", over=t.number(3)))
    point = Point(values={"b": HALF}, indices={"b": 2})
    assert evaluate(t.Add(scalar, index), point) == fmpq(5, 2)


def test_a_head_is_evaluated_in_its_own_frame():
    value = at("sum(l: softmax([1, 2, 2])[l])", CONTEXT.given("l: index[3]"))
    assert value.overlaps(arb(1))
    one, two = at("softmax(vector(k: 2 z[k]))[i]", sizes={"n": 2}, indices={"i": 1}, z=(1, 3)), at("1 / (1 + exp(4))")
    assert one.overlaps(two)


def test_a_notation_with_a_free_index_is_refused_since_it_would_be_captured():
    with pytest.raises(FormulaError, match="put it in brackets"):
        CONTEXT.define("d[i] = delta(i, j)")


def test_at_reaches_into_notations_and_happens_after_derivatives():
    context = CONTEXT.define("y = a^3")
    assert at("at(a = 2: D(y, a))", context) == 12
    assert at("D(at(a = c^2: a^2 + a), c)", context, c=2) == 36
    assert at("D(at(a = 3: a^2), c)", context, c=2) == 0


def test_sequences_are_indexed_from_zero():
    assert at("u[m + 1] - u[m]", naturals={"m": 0}, u=Table({0: 2, 1: 7})) == 5


DERIVATIVES = [
    "softmax(z)[i] softmax(z)[k]",
    "log(sum(k: exp(z[k])))",
    "prod(k: (z[k]^2 + 1))",
    "sqrt(1 + z[i]^2) / (3 + sum(k: z[k] w[k]))",
    "(2 + abs(z[i]))^(1/3) + max(z[i], z[k] - 10)",
    "(z[j]^2 + 1)^(z[j])",
    "log2(1 + z[j]^2) - log10(2 + exp(-z[j]))",
]


@pytest.mark.parametrize(
    "text", [d if "sum" not in d and "prod" not in d else d.replace("k", "i") if "z[i]" not in d else d for d in DERIVATIVES]
)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_derivatives_agree_with_central_differences(text, place):
    text = (
        text.replace("z[k] - 10", "z[1] - 10")
        .replace("softmax(z)[k]", "softmax(z)[1]")
        .replace("sum(k: z[k] w[k])", "sum(k: z[k] w[k])")
    )
    z, step = [HALF, Fraction(-4, 3), Fraction(2, 5)], Fraction(1, 2**100)
    indices = {"i": 2, "j": place}
    body = CONTEXT.parse(text)

    def value(shift):
        moved = tuple(v + shift if k == place - 1 else v for k, v in enumerate(z))
        return evaluate(body, Point({"n": 3}, {"z": moved, "w": (1, 2, 3)}, indices), CONTEXT.definitions, 640)

    exact = evaluate(
        t.Derivative(body, CONTEXT.parse("z[j]")),
        Point({"n": 3}, {"z": tuple(z), "w": (1, 2, 3)}, indices),
        CONTEXT.definitions,
        640,
    )
    with x.working(640):
        quotient = (value(step) - value(-step)) / (2 * x.rational(step))
        assert abs(quotient - exact) < arb("1e-55")


def test_second_derivatives_are_nested_jets():
    hessian = "D(log(sum(k: exp(z[k]))), z[i], z[j]) - softmax(z)[i] (delta(i, j) - softmax(z)[j])"
    for i in (1, 2, 3):
        for j in (1, 2, 3):
            value = at(hessian, sizes={"n": 3}, indices={"i": i, "j": j}, z=(HALF, 2, -1))
            assert value.contains(0)
            assert value.rad() < arb("1e-60")


def test_differentiating_a_sum_by_an_entry_touches_one_term():
    assert at("D(sum(k: k z[k]^2), z[j])", sizes={"n": 3}, indices={"j": 2}, z=(5, 7, 9)) == 28
    assert at("sum(j: D(sum(k: k z[k]^2), z[j]))", sizes={"n": 3}, z=(5, 7, 9)) == 10 + 28 + 54


def test_derivatives_at_ties_and_kinks_are_undefined():
    assert x.undefined(at("D(abs(a), a)", a=0))
    assert x.undefined(at("D(max(a, 0), a)", a=0))
    assert x.undefined(at("D(max(k: z[k]), z[j])", sizes={"n": 2}, indices={"j": 1}, z=(1, 1)))
    assert at("D(max(k: z[k]), z[j])", sizes={"n": 3}, indices={"j": 3}, z=(1, 1, 4)) == 1
    assert at("D(max(a, a), a)", a=0) == 1


def test_a_derivative_at_the_end_of_a_domain_is_an_edge_not_a_refutation():
    assert at("D(g log(g), g)", g=0) is x.EDGE
    assert at("D(g^2, g)", g=0) == 0


def test_differentiating_something_constant_gives_zero():
    assert at("D(b^2, a)", a=1, b=2) == 0


def test_what_has_no_value_is_said():
    for text in ("lim(a -> 0: a)", "z[i]"):
        with pytest.raises(CannotEvaluate):
            at(text, z=(1, 2), indices={"i": 3})
    with pytest.raises(CannotEvaluate, match="instance"):
        at("f(a)", CONTEXT.given("f: function"), a=1)
    with pytest.raises(CannotEvaluate, match="no value for the value b"):
        at("a + b", a=1)


def test_enclose_reaches_its_tolerance():
    found = enclose(CONTEXT.parse("log(1 + a) - a"), Point(values={"a": Fraction(1, 10**30)}), {}, tolerance=Fraction(1, 10**80))
    assert found.decided
    assert found.value < 0
    with x.working(400):
        assert abs(found.value + arb(10) ** -60 / 2) < arb(10) ** -89


@pytest.mark.parametrize("z", [(1e300, 0.0), (-1e308, 1e308), (5e-324, 1e-310), (700.5, -700.5)])
def test_extreme_float_bits_are_quick_and_decided(z):
    card = load("softmax")
    begin = time.perf_counter()
    for i in (1, 2):
        value = float_value(card.context.parse("softmax(z)[i]"), Point({"n": 2}, {"z": z}, {"i": i}), card.context.definitions)
        last = value.ball(2048)
        assert last.is_finite()
        assert last > 0
        assert last.rel_accuracy_bits() > 500
    assert time.perf_counter() - begin < 0.5


def test_float_infinities_follow_the_extended_conventions():
    node = CONTEXT.parse("softmax(z)[i]")
    masked = [
        float_value(node, Point({"n": 2}, {"z": (float("-inf"), 0.0)}, {"i": i}), CONTEXT.definitions).ball() for i in (1, 2)
    ]
    assert masked[0] == 0
    assert masked[1] == 1
    assert x.undefined(float_value(node, Point({"n": 2}, {"z": (float("inf"), 0.0)}, {"i": 1}), CONTEXT.definitions).ball())
    assert x.undefined(float_value(node, Point({"n": 2}, {"z": (float("nan"), 0.0)}, {"i": 1}), CONTEXT.definitions).ball())


def test_all_entries_of_a_long_softmax_cost_linear_time():
    z = tuple(Fraction(k, 97) for k in range(4000))
    begin = time.perf_counter()
    values = float_value(CONTEXT.parse("vector(i: softmax(z)[i])"), Point({"n": 4000}, {"z": z}), CONTEXT.definitions).ball(128)
    assert time.perf_counter() - begin < 1.5
    assert len(values) == 4000


def test_sums_of_unrelated_denominators_do_not_blow_up():
    z = tuple(Fraction(1, 10_000_019 + 2 * k) for k in range(5000))
    begin = time.perf_counter()
    at("sum(k: z[k])", sizes={"n": 5000}, z=z)
    assert time.perf_counter() - begin < 1


def test_a_point_prints_readably():
    point = Point({"n": 2}, {"z": (HALF, Fraction(3))}, {"i": 1})
    assert str(point) == "n = 2, z = [1/2, 3], i = 1"


def test_an_entry_of_a_formula_at_a_place_that_does_not_exist_has_no_value():
    ones = Context().given(GIVEN).define("ones(z)[i] = 1")
    assert at("ones(z)[2]", ones, z=(HALF, HALF)) == 1
    for text in ("ones(z)[3]", "sum(m = 1..3: ones(z)[m])"):
        with pytest.raises(CannotEvaluate, match=r"index \d on an axis of length 2"):
            at(text, ones, z=(HALF, HALF))


@pytest.mark.parametrize(
    ("argument", "value"), [("3", 6), ("b + 4", 10), ("5/2", None), ("-1", None), ("log(2)", None), ("inf", None), ("r", None)]
)
def test_nothing_else_is_put_in_the_place_of_a_natural_number(argument, value):
    context = CONTEXT.define("up(m) = sum(s = 0..m: s)").define("many(n) = n")
    for text in (f"up({argument})", f"at(m = {argument}: sum(s = 0..m: s))"):
        if value is None:
            with pytest.raises(CannotEvaluate, match="m is declared natural"):
                at(text, context, r=Fraction(1, 3))
        else:
            assert at(text, context, b=0) == value
    with pytest.raises(CannotEvaluate, match="n is declared size"):
        at("many(0)", context)

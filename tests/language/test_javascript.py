"""Formulas printed as JavaScript and computed in floats, against rigorous balls."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from mathcore.formulas import load
from mathcore.language import tree as t
from mathcore.language.floats import compute
from mathcore.language.parser import Context
from mathcore.language.printers.javascript import to_javascript, to_javascript_function
from mathcore.language.written_out import NotComputable, written_out
from mathcore.proof.balls import CannotEvaluate, Table
from mathcore.proof.balls import extended as x
from mathcore.verify.figures import PRECISION, decimals, exactly
from tests.language.node import Node, needs_node
from tests.language.trees import CONTEXT, scalars

SIZES = {"n": 3, "m": 2}
LETTERS: dict[str, Any] = {
    "z": [0.5, -1.25, 2.0], "x": [1.5, 0.25, -0.75], "W": [[0.5, -1.0], [2.0, 0.125], [-0.25, 1.0]], "c": -0.375, "y": 1.75,
    "T": 2.5, "tau": 0.5, "lam": 3.0, "w_new": -2.0, "w0": 0.625, "p": [0.25, 0.5, 0.25], "p2": [0.0, 0.5, 0.5],
    "i": 1, "j": 3, "k": 2, "l": 1, "a": 2, "b": 1, "r": 1, "v": 2, "u": [0.5, -0.5, 1.5, 2.25],
}  # fmt: skip


def plain(name: str, **letters: Any) -> Any:
    """The value of a formula in plain Python, over the cards."""
    context = Context().extend(load("tempered_softmax").exported).extend(load("kl_divergence").exported)
    context = context.given("z: real[3]; p, q: simplex[3]; T: positive; k: index[3]; X: real[2, 3]; W: real[3, 2]; w: real[3]")
    node = context.parse(name)
    return compute(node, context.definitions)(letters), to_javascript(node, context.definitions)


def widened(value: Any) -> Any:
    """Floats as balls that hold all numbers within a relative 2^-40: what a float computation may confuse."""
    if isinstance(value, list):
        return [widened(v) for v in value]
    if isinstance(value, int):
        return value
    return arb(value, abs(value) * 2.0**-40)


def exact(node: t.Expr, change: Callable[[Any], Any] = lambda value: value) -> Any:
    letters = {name: change(value) for name, value in LETTERS.items()}
    sequence = letters["u"]
    return exactly(
        node,
        CONTEXT.definitions,
        SIZES,
        {**letters, "u": Table(make=lambda at: sequence[at] if isinstance(sequence[at], arb) else x.rational(sequence[at]))},
    )


def comparable(node: t.Expr) -> bool:
    """No derivative, limit or unknown function, and every index of the sequence within it."""
    kinds = (t.Derivative, t.Limit)
    return not any(isinstance(n, kinds) or (isinstance(n, t.Apply) and n.head in ("f", "g")) for n in t.walk(node))


@pytest.fixture(scope="module")
def js() -> Any:
    with Node() as node:
        yield node


seen = {"compared": 0, "left": 0}


@needs_node
@given(scalars(depth=3).filter(comparable))
def test_random_formulas_have_their_exact_values(js: Node, node: t.Expr) -> None:
    text = to_javascript(node, CONTEXT.definitions, SIZES)
    got, computed = js.value(text, LETTERS), compute(node, CONTEXT.definitions, SIZES)(LETTERS)
    assert same(got, computed, 1e-9), f"JavaScript has {got}, Python {computed}"
    try:
        true, loose = exact(node), exact(node, widened)
    except (CannotEvaluate, ZeroDivisionError):
        seen["left"] += 1
        return
    true, loose = x.plain(true), x.plain(loose)
    with x.working(PRECISION):
        if any(isinstance(v, x.Special) or not arb(v).is_finite() for v in (true, loose)):
            seen["left"] += 1
            return
        value, room = float(arb(true)), float(arb(loose).rad())
    if math.isfinite(value) and room < 1e-3 * (1 + abs(value)):
        seen["compared"] += 1
        assert abs(got - value) <= 4 * room + 1e-9 * (1 + abs(value))


@needs_node
def test_most_random_formulas_were_compared() -> None:
    """A random test that compares nothing would pass."""
    if seen["compared"] + seen["left"]:  # run after the other one, or alone
        assert seen["compared"] > seen["left"] / 2


def same(a: float, b: float, tolerance: float) -> bool:
    """Close, or special in the same way; what overflows in one may be undefined in the other."""
    if math.isfinite(a) and math.isfinite(b):
        return abs(a - b) <= tolerance * (1 + abs(a)) or max(abs(a), abs(b)) > 1e100
    return True


@needs_node
@pytest.mark.parametrize("value", [0.0, 1e-3, 0.5, 1.0, 2.4999, 2.5, 3.0, 5.0, 10.0, 26.0, -0.5, -3.0, -30.0])
def test_erfc_is_right_to_the_last_digit_of_1(js: Node, value: float) -> None:
    true = math.erfc(value)
    assert js.value("_.erfc(x)", {"x": value}) == pytest.approx(true, rel=1e-14, abs=1e-15 if value < 2.5 else 0)


@needs_node
@pytest.mark.parametrize("formula", ["entropy(p)", "kl_divergence(p, q)", "kl_divergence(q, p)", "crossentropy(p, q)"])
def test_zero_times_a_logarithm_is_zero(js: Node, formula: str) -> None:
    letters = {"p": [0.0, 0.5, 0.5], "q": [0.0, 0.25, 0.75]}
    context = Context().extend(load("crossentropy").exported).extend(load("kl_divergence").exported).given("p, q: simplex[3]")
    node = context.parse(formula)
    true = float(decimals(exactly(node, context.definitions, {}, letters)))
    assert js.value(to_javascript(node, context.definitions), letters) == pytest.approx(true, rel=1e-14)
    assert compute(node, context.definitions)(letters) == pytest.approx(true, rel=1e-14)


@needs_node
def test_what_is_ruled_out_and_happens_costs_infinitely_much(js: Node) -> None:
    value, text = plain("kl_divergence(p, q)", p=[0.5, 0.5, 0.0], q=[1.0, 0.0, 0.0])
    assert value == math.inf == js.value(text, {"p": [0.5, 0.5, 0.0], "q": [1.0, 0.0, 0.0]})


@needs_node
@pytest.mark.parametrize("formula", ["X w", "X W", "transpose(X)", "w / T", "tempered_softmax(w, T)", "X[1]"])
def test_arrays_are_written_entry_by_entry(js: Node, formula: str) -> None:
    letters = {
        "X": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
        "W": [[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]],
        "w": [1.0, 0.0, -1.0],
        "T": 2.0,
    }
    value, text = plain(formula, **letters)
    assert js.value(text, letters) == value
    assert isinstance(value, list)


def test_a_function_takes_its_arguments_first_and_the_other_letters_by_name() -> None:
    context = Context().given("x, new, c: real")
    printed = to_javascript_function(context.parse("c x + new"), arguments=["x"])
    assert printed == "(x, { c, new: new_ }) => ((c * x) + new_)"


@pytest.mark.parametrize("text", ["D(c^2, c)", "lim(tau -> 0: c)", "sum(k: z[k])", "f(c)"])
def test_what_arithmetic_does_not_find_is_refused_with_its_kind(text: str) -> None:
    node = CONTEXT.parse(text)
    with pytest.raises(NotComputable, match=r"derivative|limit|a letter|without a definition"):
        to_javascript(node, CONTEXT.definitions)


def test_sizes_that_are_letters_are_counted() -> None:
    node = CONTEXT.parse("sum(k: z[k])")
    assert to_javascript(node, sizes={"n": 4}) == "_.sum(1, 4, (k) => z[k - 1])"
    assert t.free_symbols(written_out(node, sizes={"n": 4})) == t.free_symbols(written_out(CONTEXT.parse("z[1]"), sizes={"n": 4}))


@needs_node
def test_compensated_sums_keep_what_large_terms_would_swallow(js: Node) -> None:
    assert js.value("_.sum(1, 3, (k) => [1e16, 1, -1e16][k - 1])", {}) == 1


def test_an_answer_of_the_random_test_can_be_wrong() -> None:
    """The comparison refuses a value that is off by more than what floats confuse."""
    node = CONTEXT.parse("exp(z[1]) - exp(z[2])")
    with x.working(PRECISION):
        room = float(arb(exact(node, widened)).rad())
    value = math.exp(0.5) - math.exp(-1.25)
    assert room < 1e-10 < 1e-6 * value


@given(st.floats(-50, 50))
def test_floats_keep_infinite_values(c: float) -> None:
    context = Context().given("c: real; d: real")
    assert compute(context.parse("exp(1000 + c)"))({"c": c}) == math.inf
    assert math.isnan(compute(context.parse("0 / d"))({"d": 0.0}))
    assert compute(context.parse("1 / d"))({"d": 0.0}) == math.inf

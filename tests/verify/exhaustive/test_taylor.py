"""The reference of the whole formats: polynomials that stay within their proved bound of the card's definition."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx

from mathcore.conformance.exact import reference
from mathcore.conformance.ulp import format_of
from mathcore.verify.exhaustive import taylor
from mathcore.verify.exhaustive.functions import elementwise, functions
from mathcore.verify.exhaustive.judge import Kind, _model, _pieces
from tests.sampling import sampled

EDGES = (1e-45, 1e-38, 1e-20, 1e-7, 0.01, 0.24, 0.25, 0.499999, 0.5, 0.500001, 0.75, 0.999, 1.0, 2.0, 17.3, 87.0, 103.5, 104.0)
FAR = (1e4, 3e38)


def intervals(name, dtype, count):
    """Intervals around random floats of a function's domain and around edges, as (polynomial, patterns)."""
    kind, rng = Kind(dtype), np.random.default_rng(7)
    end = kind.pattern(1.0) if elementwise(name).unit else kind.infinity
    patterns = rng.integers(1, end, count).tolist()
    patterns += [p for x in (*EDGES, *FAR) if 0 < (p := kind.pattern(min(x, 6e4) if dtype == "float16" else x)) < end]
    if not elementwise(name).unit:
        patterns += [p + kind.sign for p in patterns]
    for p in patterns:
        for low, high, root, bits in _pieces(name, kind, p, p + 1):
            assert (low, high) == (p, p + 1)
            if bits > 0:
                yield kind, p, root, bits, _model(name, kind, root, bits)


def excess(name, kind, pattern, root, bits, model):
    """By how much the polynomial is off at this pattern, over its bound; rigorously an upper bound."""
    half = 2.0 ** (bits - 1)
    got = float(model(np.array([(pattern - root) / half - 1]), np.empty(1))[0])
    entry = elementwise(name)
    card = entry.card
    if entry.form:  # equal, and narrow where the enclosures of the definition are not
        x = card.definition.parameters[0].name
        card = replace(card, define=f"{name}({x}) = {entry.form}", on_bits="")
    exact = reference(card).outputs({card.definition.parameters[0]: kind.value(pattern)})[0].at(1024)
    with ctx.workprec(1024):
        off = abs(arb(exact) - arb(got)).abs_upper()
        return 0.0 if off.is_zero() else float(off / arb(model.slack)) if model.slack else np.inf


@pytest.mark.parametrize("dtype", ["float16", "float32"])
@sampled("name", [e.name for e in functions()], keep=4)
def test_the_polynomials_are_within_their_bound_at_random_inputs_and_at_edges(name, dtype):
    found = [excess(name, *one) for one in intervals(name, dtype, 40)]
    assert len(found) >= 40
    assert max(found) <= 1


def test_the_bound_is_not_much_larger_than_the_errors_that_happen():
    assert max(excess("gelu", *one) for one in intervals("gelu", "float32", 200)) > 0.02


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_wrong_coefficient_is_caught(place):
    kind, _, root, bits, model = next(one for one in intervals("sigmoid", "float32", 40) if len(one[-1].coefficients) > 3)
    changed = list(model.coefficients)
    changed[place] *= 1 + 2.0**-20
    wrong = replace(model, coefficients=tuple(changed))
    worst = max(excess("sigmoid", kind, p, root, bits, wrong) for p in range(root, root + (1 << bits), 1 << max(bits - 5, 0)))
    assert worst > 1


def test_a_form_that_is_not_the_definition_is_refused(monkeypatch):
    wrong = replace(elementwise("softplus"), form="max(x, 0) + log(1 + exp(-abs(x))) + 1/1000000000000000")
    monkeypatch.setattr(taylor, "elementwise", lambda name: wrong)
    taylor._expansions.cache_clear()
    try:
        with pytest.raises(ArithmeticError, match="disagree"):
            taylor.model("softplus", Fraction(3, 2), Fraction(1, 256), format_of(np.dtype("float32")), 1 << 16)
    finally:
        taylor._expansions.cache_clear()


def test_an_interval_that_is_too_wide_has_no_polynomial():
    assert taylor.model("gelu", Fraction(3, 2), Fraction(1, 2), format_of(np.dtype("float32")), 1 << 22) is None


def test_the_rounding_bound_covers_horner_in_float64():
    rng = np.random.default_rng(3)
    for _ in range(200):
        coefficients = (rng.normal(size=rng.integers(1, 9)) * 10.0 ** rng.integers(-6, 6)).tolist()
        place = rng.uniform(-1, 1, 50)
        model = taylor.Model.of(coefficients, 0.0, 0.0, 1.0, format_of(np.dtype("float32")))
        got = model(place, np.empty(50))
        bound = taylor._rounding(coefficients)
        for t, p in zip(place.tolist(), got.tolist(), strict=True):
            exact = sum(Fraction(c) * Fraction(t) ** k for k, c in enumerate(coefficients))
            assert abs(Fraction(p) - exact) <= Fraction(bound)


def test_relu_is_exact_and_its_bound_is_0():
    form = format_of(np.dtype("float32"))
    for x0 in (Fraction(3, 2), Fraction(-3, 2)):
        assert taylor.model("relu", x0, Fraction(1, 4), form, 1 << 21).slack == 0


def test_spacing_is_that_of_numpy():
    form = format_of(np.dtype("float32"))
    for x in np.array([1.0, 0.999, 3e38, 1e-45, 1e-38, 1.1754944e-38, 2.0**-126 * 0.75], np.float32):
        assert taylor.spacing(float(x), form) == np.spacing(x)


def test_a_formula_without_a_power_series_is_named():
    with pytest.raises(TypeError, match="Pow"):
        card = elementwise("sigmoid").card
        taylor._compiled(card.context.parse("x^(1/2)"), card.definition.parameters[0])(arb(1), 1)

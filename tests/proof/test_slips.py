"""The kinds of slips: each one explains a line that it made, and is found by the name of its file."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.lines import judge
from mathcore.proof.slips import kinds, places
from tests.proof.derivations.corpus import derivations
from tests.sampling import sampled

ARRAYS = "n: size; x, y: real[n]; i, j, k: index[n]"
EXAMPLES = {  # kind -> given, a line, a line that this slip made of it
    "absolute_value": ("x: real", "sqrt(4 x^2)", "= 2 x"),
    "arithmetic": ("x: real", "3 x + 4 x", "= 8 x"),
    "bound_not_given": ("a, b: positive", "a b^2", "<= a b"),
    "bracket": ("a, b, c: real", "a (b + c)", "= a b + c"),
    "carried_over": ("x: real", "3 x = 6", "=> x = 3"),
    "delta_forgotten": (ARRAYS, "D(x[i]^2, x[j])", "= 2 x[i]"),
    "exponents": ("a: positive; m, k: natural", "(a^m)^k", "= a^(m + k)"),
    "factor_lost": ("a, b, c: real", "a b c + 1", "= a b + 1"),
    "function_confused": (ARRAYS, "max(k: x[k] + 1)", "= min(k: x[k]) + 1"),
    "function_split": ("a, b: positive", "log(a + b)", "= log(a) + log(b)"),
    "index_confused": (ARRAYS, "x[i] y[j] + x[j]", "= x[i] y[i] + x[j]"),
    "inner_derivative": ("x, a: real", "D(exp(a x + 1), x)", "= exp(a x + 1)"),
    "inverted": ("a, b: positive", "1 / (a / b)", "= a / b"),
    "letter_confused": (ARRAYS, "sum(k: x[k]^2 y[k])", "= sum(k: x[k] y[k]^2)"),
    "log_base": ("x: positive", "log2(x) + log2(8)", "= log(x) + 3"),
    "mean_forgotten": (ARRAYS, "sum(k: x[k] + 1)", "= sum(k: x[k]) + 1"),
    "not_given": ("n: size; p: positive[n]; k: index[n]; c: real", "sum(k: p[k] c)", "= c"),
    "off_by_one": ("f: real[naturals]; t, T: natural", "sum(t = 0..T: f[t])", "= f[0] + sum(t = 0..T: f[t])"),
    "one_direction": ("x, y: real", "x = y", "<=> abs(x) = abs(y)"),
    "power_dropped": ("a, b: real", "(a b)^2", "= a b^2"),
    "power_rule": ("x, a: real", "D(a x^3 + x, x)", "= a x^2 + 1"),
    "product_rule": ("x: real", "D(x exp(x), x)", "= x exp(x)"),
    "quotient_split": ("a, b, c: positive", "a / (b + c)", "= a / b + a / c"),
    "sign": ("a, b: real", "(a - b) (a + b)", "= a^2 + b^2"),
    "strict": ("x: real", "x^2 + 1", "> 1"),
    "sum_left_out": (ARRAYS, "sum(k: x[k]) y[i]", "= x[k] y[i]"),
    "sums_multiplied": (ARRAYS, "sum(k: x[k] y[k])", "= sum(k: x[k]) sum(k: y[k])"),
    "term_lost": ("a, b, c: real", "(a + b) (a + c)", "= a^2 + a c + b c"),
    "transposed": ("n: size; A: real[n, n]; x: real[n]; i, k: index[n]", "sum(k: A[i, k] x[k])", "= sum(k: A[k, i] x[k])"),
    "turned": ("a, b: real", "a^2 + b^2", "<= 2 a b"),
    "wrong_limit": ("x: real", "lim(x -> inf: (x + 1) / x)", "= 0"),
}


def test_every_kind_has_an_example():
    assert set(EXAMPLES) == set(kinds())


@sampled("kind", EXAMPLES, keep=12)
def test_a_line_is_explained_by_the_slip_that_made_it(kind):
    given, first, line = EXAMPLES[kind]
    judged = judge(Context().given(given), first, [line])
    assert judged.wrong == 1 and judged.slip is not None and judged.slip.kind == kind, judged.slip


def test_every_label_of_the_corpus_is_a_kind():
    assert {slip for one in derivations() for slip in one.slips} <= set(kinds())


def test_every_place_can_be_put_back():
    context = Context().given("n: size; x: real[n]; k: index[n]; a, b: real; t: natural")
    node = context.parse("D(sum(k: x[k]^2 / (1 + exp(-a))), a) - lim(t -> inf: a^t) + sum(t = 1..3: a^t) + at(b = 3: b^2)")
    found = list(places(node))
    assert len(found) > 20 and all(place.put(place.part) == node for place in found)
    numbers = [n for place in found for n in t.walk(place.put(t.number(7))) if isinstance(n, t.At)]
    assert numbers and all(isinstance(target, t.Symbol) for n in numbers for target in n.targets)


def test_a_slip_beside_a_value_that_is_put_in_is_looked_for():
    judged = judge(Context().given("a: real; a = 1"), "at(a = 3: a)", ["= at(a = 3: 1)"])
    assert judged.wrong == 1

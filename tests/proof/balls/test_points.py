"""The generator of points: its spread, and hypotheses that hold exactly."""

import time
from fractions import Fraction
from itertools import pairwise

import pytest
from flint import fmpq

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import CannotEvaluate, instances, points, symbols_of, witness
from mathcore.proof.balls.entries import entries_of, moved
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.point import Point, Table
from mathcore.proof.balls.points import Sampler
from mathcore.proof.balls.truth import TRUTHS, statement


def drawn(given, names, count=60, seed=0):
    context = Context().given(given)
    return context, list(points(context, {context.symbols[n] for n in names.split()}, count, seed))


def held(context, found):
    """Every hypothesis at every point, checked with its universal indices bound by hand."""
    for point in found:
        free = {context.symbols[n] for n in point.indices}
        sampler = Sampler(
            context, free | {s for s in context.symbols.values() if s.type.domain != "index" and s.name in point.naturals}, 0, {}
        )
        assert all(sampler.holds(point.names, p, b) for p, b in sampler.instances(point.names)), str(point)
    return bool(found)


def test_points_are_the_same_for_the_same_seed():
    _, one = drawn("n: size; z: real[n]; i: index[n]", "z i", seed=5)
    _, two = drawn("n: size; z: real[n]; i: index[n]", "z i", seed=5)
    _, three = drawn("n: size; z: real[n]; i: index[n]", "z i", seed=6)
    assert [str(p) for p in one] == [str(p) for p in two] != [str(p) for p in three]


def test_small_sizes_come_with_every_tuple_of_indices():
    _, found = drawn("n: size; z: real[n]; i, j: index[n]", "z i j", 24)
    for n in (1, 2, 3, 4):
        tuples = {(p.indices["i"], p.indices["j"]) for p in found if p.sizes["n"] == n}
        assert tuples == {(i, j) for i in range(1, n + 1) for j in range(1, n + 1)}


def test_large_sizes_come_with_every_coincidence_pattern():
    _, found = drawn("n: size; z: real[n]; i, j, k: index[n]", "z i j k", 60)
    patterns = {tuple(p.indices[a] == p.indices[b] for a, b in ("ij", "ik", "jk")) for p in found if p.sizes["n"] > 4}
    assert len(patterns) == 5
    assert max(p.sizes["n"] for p in found) >= 10


def test_sizes_beyond_four_come_early():
    _, found = drawn("n: size; z: real[n]", "z", 24)
    assert sum(p.sizes["n"] > 4 for p in found) >= 6
    assert any(p.sizes["n"] > 4 for p in found[:4])


def test_a_declared_minimum_is_respected():
    _, found = drawn("n: size >= 2; z: real[n]; m: natural >= 1", "z m")
    assert min(p.sizes["n"] for p in found) == 2
    assert min(p.naturals["m"] for p in found) == 1


def test_real_vectors_have_zeros_ties_both_signs_and_large_entries():
    _, found = drawn("n: size; z: real[n]", "z", 60)
    flat = [v for p in found for v in p.values["z"]]
    assert 0 in flat
    assert min(flat) <= -40
    assert max(flat) >= 11
    long = [p.values["z"] for p in found if p.sizes["n"] > 1]
    assert any(len(set(z)) == 1 for z in long)
    assert any(1 < len(set(z)) < len(z) for z in long)
    assert any(len(set(z)) == len(z) for z in long)


@pytest.mark.parametrize(("domain", "inside", "edges"), [
    ("positive", lambda v: v > 0, ()),
    ("nonnegative", lambda v: v >= 0, (0,)),
    ("unit", lambda v: 0 <= v <= 1, (0, 1)),
])  # fmt: skip
def test_domains_are_kept_and_their_ends_are_reached(domain, inside, edges):
    _, found = drawn(f"n: size; x: {domain}[n]; a: {domain}", "x a", 60)
    flat = [v for p in found for v in (*p.values["x"], p.values["a"])]
    assert all(inside(v) for v in flat)
    assert all(e in flat for e in edges)
    assert all(any(p.values["a"] == e for p in found) for e in edges)


def test_the_simplex_is_exact_with_zeros_corners_and_the_centre():
    _, found = drawn("n: size; p: simplex[n]", "p", 60)
    pmfs = [p.values["p"] for p in found]
    assert all(sum(p) == 1 and min(p) >= 0 for p in pmfs)
    assert any(len(p) > 1 and max(p) == 1 for p in pmfs)
    assert any(len(p) > 1 and set(p) == {Fraction(1, len(p))} for p in pmfs)
    assert any(0 in p and max(p) < 1 for p in pmfs)
    assert any(0 not in p and len(set(p)) > 1 for p in pmfs)


def test_onehot_reaches_every_corner_and_naturals_reach_zero():
    _, found = drawn("n: size; t: onehot[n]; m: natural", "t m", 60)
    assert all(sorted(p.values["t"])[-1] == 1 == sum(p.values["t"]) for p in found)
    assert {p.values["t"].index(1) for p in found if p.sizes["n"] == 3} == {0, 1, 2}
    assert {0, 6} <= {p.naturals["m"] for p in found}


def test_matrices_have_unequal_sides_and_sequences_are_tables():
    _, found = drawn("n, d: size; X: real[n, d]; u: real[naturals]", "X u", 30)
    assert any(p.sizes["n"] > p.sizes["d"] for p in found)
    assert any(p.sizes["n"] < p.sizes["d"] for p in found)
    assert all(len(p.values["X"]) == p.sizes["n"] and len(p.values["X"][0]) == p.sizes["d"] for p in found)
    assert isinstance(found[0].values["u"], Table)


HYPOTHESES = [
    ("n: size; k: index[n]; t: real[n]; sum(k: t[k]) = 1", "t"),
    ("n: size; k: index[n]; t: nonnegative[n]; sum(k: t[k]) = 1", "t"),
    ("n: size; k: index[n]; t: real[n]; t[k] >= 0; sum(k: t[k]) = 1", "t"),
    ("n: size; k: index[n]; t: real[n]; T: real; T = sum(k: t[k]); sum(k: t[k]^2) > T", "t T"),
    ("eta, L: positive; 0 < eta; eta < 2/L", "eta L"),
    ("eta, L: real; 0 < eta < 2/L; L > 0", "eta L"),
    ("n: size; j, k: index[n]; z: real[n]; k != j => z[k] < z[j]", "z j"),
    ("n: size; m, k: index[n]; z: real[n]; z[m] = max(k: z[k])", "z m"),
    ("n: size; m, k: index[n]; z: real[n]; z[k] <= z[m]", "z m"),
    ("n: size; i, j: index[n]; z: real[n]; i != j", "z i j"),
    ("r: real; u: real[naturals]; t: natural; u[t + 1] = r u[t]", "u r"),
    ("b: unit; m, g: real[naturals]; t: natural; m[0] = 0; m[t + 1] = b m[t] + (1 - b) g[t]", "b m g"),
    ("u: real[naturals]; t: natural; u[t + 1] <= u[t]", "u"),
    ("n: size; i, j: index[n]; A: real[n, n]; A[i, j] = A[j, i]", "A"),
    (
        "n, d: size; i: index[n]; j, l: index[d]; X: real[n, d]; w: real[d]; y: real[n]; "
        "sum(i: X[i, l] (sum(j: X[i, j] w[j]) - y[i])) = 0",
        "X w y",
    ),
    ("a: real; exp(a) < 3; exp(a) > 2", "a"),
    ("b1, b2: unit; b1^2 < b2; b2 < 1", "b1 b2"),
    ("a, b: positive; a b = 1", "a b"),
    ("n: size; k: index[n]; p: simplex[n]; p[k] > 0", "p"),
    ("n: size; k: index[n]; p, q: simplex[n]; q[k] = 0 => p[k] = 0", "p q"),
    ("n: size; n > 2; z: real[n]", "z"),
]


@pytest.mark.parametrize(("given", "names"), HYPOTHESES, ids=[g for g, _ in HYPOTHESES])
def test_hypotheses_hold_exactly_at_every_point(given, names):
    context, found = drawn(given, names, 24)
    assert len(found) >= 8
    assert held(context, found)


def test_the_check_of_hypotheses_can_fail():
    context = Context().given("n: size; k: index[n]; t: real[n]")
    found = list(points(context, {context.symbols["t"]}, 8))
    with pytest.raises(AssertionError):
        held(context.given("sum(k: t[k]) = 1"), found)


def test_contradictory_hypotheses_give_no_point_and_no_witness():
    context, found = drawn("a: real; a > 0; a < 0", "a")
    assert found == []
    assert witness(context) == {0: None}


def test_a_witness_is_found_for_several_sizes_or_said_to_be_missing():
    context = Context().given("n: size; j, k: index[n]; z: real[n]; k != j => z[k] < z[j]")
    found = witness(context, formula_symbols={context.symbols["z"], context.symbols["j"]})
    assert set(found) == {1, 2, 3, 5}
    assert all(p is not None for p in found.values())
    needs_two = witness(Context().given("n: size; z: real[n]; n >= 2"))
    assert needs_two[1] is None
    assert needs_two[2] is not None


def test_two_declarations_of_one_letter_are_refused():
    one, two = Context().given("n: size; z: real[n]"), Context().given("z: positive")
    with pytest.raises(CannotEvaluate):
        next(points(one, {one.symbols["z"], two.symbols["z"]}))


def test_notations_show_their_hidden_symbols():
    context = Context().given("n: size; i, k: index[n]; z: real[n]").define("s[i] = exp(z[i]) / sum(k: exp(z[k]))")
    assert {s.name for s in symbols_of(context.parse("sum(k: s[k]) = 1"), context.definitions)} == {"n", "z"}


def test_instances_are_definitions_of_declared_functions():
    context = Context().given("n: size; k: index[n]; w: real[n]; x: real; F: function; G: function[n]")
    made = instances(context, "F(x) = x^2; G(w) = sum(k: w[k]^2)")
    assert set(made) == {"F", "G"}


def test_values_vary_within_one_cell():
    _, found = drawn("a: real; b: real", "a b", 24)
    assert len({(p.values["a"], p.values["b"]) for p in found}) > 15
    assert any(x.values != y.values for x, y in pairwise(found))


def test_no_point_is_given_twice():
    _, found = drawn("n: size; a: unit", "n a", 60)
    assert len({str(p) for p in found}) == len(found)


def test_a_premise_is_one_of_the_truths():
    context = Context().given("a: real")
    judged = statement(program(context.definitions), context.parse("a > 0 => a >= 0"))
    assert all(judged.decided(p.names) in TRUTHS | {"vacuous"} for p in points(context, {context.symbols["a"]}))


def test_repairs_do_not_let_numbers_grow_without_end():
    start = time.process_time()
    _, found = drawn("x: positive; y: real; y / x + 1 / (x y x) > y", "x y", count=24)
    assert len(found) >= 24
    assert time.process_time() - start < 5


def test_a_size_at_which_a_hypothesis_cannot_hold_is_given_up_soon(monkeypatch):
    draws = []
    draw = Sampler.draw
    monkeypatch.setattr(Sampler, "draw", lambda self, cell, plainly: draws.append(cell["size:n"]) or draw(self, cell, plainly))
    _, found = drawn("n: size; x: real[n]; i, k: index[n]; 0 < sum(k: (x[k] - sum(i: x[i]) / n)^2)", "n x", count=24)
    assert len(found) >= 24 and not any(point.sizes["n"] == 1 for point in found)
    assert draws.count(1) <= 8


@pytest.mark.parametrize(("hypothesis", "certain"), [
    ("sqrt(a) >= sqrt(1 / 2) + 10^(-70)", False),
    ("exp(a) = exp(1 / 2) + 10^(-80)", False),
    ("a log(2) >= log(sqrt(2))", True),  # equal, and exact arithmetic says so
    ("a <= 1 / 2", True),
    ("a != 1 / 2 => sqrt(a) >= sqrt(1 / 2) + 10^(-70)", True),  # the premise fails
])  # fmt: skip
def test_what_agrees_to_50_digits_is_certain_only_by_exact_arithmetic(hypothesis, certain):
    context = Context().given("a: positive").given(hypothesis)
    sampler = Sampler(context, {context.symbols["a"]}, 0, {})
    names = Point(values={"a": Fraction(1, 2)}).names
    assert all(sampler.holds(names, p, b) for p, b in sampler.instances(names))
    assert sampler.certain(names) is certain


def test_a_hypothesis_that_fails_is_not_certain():
    context = Context().given("a: positive; a > 1")
    assert not Sampler(context, {context.symbols["a"]}, 0, {}).certain(Point(values={"a": Fraction(1, 2)}).names)


@pytest.mark.parametrize(
    "given",
    [
        "d: size; k: index[d]; t: natural; e: real[naturals, d]; e[t + 1, k] = 2 e[t, k] + e[0, k]",
        "F: real[naturals]; t: natural; F[t + 2] = F[t + 1] + sum(s = 0..t: F[s])",
    ],
)
def test_equalities_that_do_not_read_an_entry_of_a_sequence_stay_as_they_are(given):
    context = Context().given(given)
    name = next(s.name for s in context.symbols.values() if t.NATURALS in s.type.shape)
    sampler = Sampler(context, {context.symbols[name]}, 0, {})
    names = sampler.draw({"size:d": 3}, plainly=False)
    active = [(0, bound) for bound in sampler.live(0, names)]
    read = sampler.reading(names, active, f"value:{name}")
    start = sampler.residuals(names, active)
    for entry in entries_of(names[f"value:{name}"]):
        after = sampler.residuals({**names, f"value:{name}": moved(names[f"value:{name}"], entry, fmpq(1))}, active)
        assert {k for k, (a, b) in enumerate(zip(start, after, strict=True)) if a != b} <= set(read.get(entry[0], []))
    assert any(len(about) < len(active) for about in read.values())


@pytest.mark.slow
def test_a_hypothesis_about_three_letters_is_not_repaired_for_minutes():
    """Of 12 entries there are 12^3 of these relations, and a move that is drawn at random seldom helps."""
    context = Context().given("n: size; q: positive[n]; i, j, k: index[n]; delta(i, j) q[k] < 1")
    started = time.process_time()
    found = list(points(context, {context.symbols["q"]}))
    assert time.process_time() - started < 15  # it took three times as long
    assert len(found) >= 8

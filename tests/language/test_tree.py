"""Trees: nothing is captured, and bound names do not matter."""

import random
from dataclasses import replace

import pytest
from hypothesis import strategies as st

from mathcore.language import tree as t
from mathcore.language.chain import relation
from mathcore.language.substitution import reduce_index, substitute, unfold
from tests.language.trees import CONTEXT, S, evaluate, literal, scalars
from tests.sampling import tried

SIZES = {"n": 3, "m": 2}


def values(seed: int) -> dict[str, object]:
    """Small whole numbers for every free symbol."""
    draw = random.Random(seed)
    whole = lambda: draw.randint(-3, 3)  # noqa: E731  # one word for one number
    vectors = {name: [whole() for _ in range(3)] for name in ("z", "x")}
    places = {name: draw.randint(1, 3) for name in "ijkl"} | {"a": draw.randint(1, 2), "b": 1}
    return {**vectors, "W": [[whole(), whole()] for _ in range(3)], "c": whole(), "y": whole(), "v": 1, **places}


@tried(50, 200, scalars(depth=3, ring=True), scalars(depth=2, bound=frozenset({"k", "l", "b"}), ring=True), st.integers(0, 1000))
def test_substitution_of_a_number_agrees_with_evaluation_and_captures_nothing(tree, value, seed):
    env = values(seed)
    replaced = substitute(tree, {S["c"]: value})  # `value` may speak of a free k while `tree` binds k
    expected = evaluate(tree, {**env, "c": evaluate(value, env, SIZES)}, SIZES)
    assert evaluate(replaced, env, SIZES) == expected


@tried(25, 100, scalars(depth=3, ring=True), scalars(depth=1, bound=frozenset({"k", "l"}), ring=True), st.integers(0, 1000))
def test_substitution_of_a_vector_agrees_with_evaluation(tree, entry, seed):
    env = values(seed)
    vector = t.Big("vector", (t.Binder(S["k"]),), entry)
    replaced = substitute(tree, {S["z"]: vector})
    assert evaluate(replaced, env, SIZES) == evaluate(tree, {**env, "z": evaluate(vector, env, SIZES)}, SIZES)


@tried(25, 100, scalars(depth=3))
def test_a_tree_is_the_same_under_other_bound_names(tree):
    renamed = substitute(tree, {S["x"]: S["x"]})  # every bound symbol becomes fresh
    reduced = unfold(tree, {})  # vector(k: ...)[i] is reduced by both
    assert t.same(reduced, renamed)
    assert t.free_symbols(reduced) == t.free_symbols(renamed)


@tried(25, 100, scalars(depth=3))
def test_a_tree_is_the_same_only_as_itself(tree):
    assert t.same(tree, t.Paren(tree))
    assert not t.same(tree, t.Add(tree, literal("1")))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("sum(k: z[k])", "sum(l: z[l])", True),
        ("sum(k: z[k])", "sum(b: W[1, b])", False),
        ("sum(k: sum(l: z[k] x[l]))", "sum(l: sum(k: z[l] x[k]))", True),
        ("sum(k: sum(l: z[k] x[l]))", "sum(k: sum(l: z[l] x[k]))", False),
        ("sum(r = 1..v: c^r)", "sum(r = 0..v: c^r)", False),
        ("c (y)", "c * y", True),
        ("c y", "y c", False),
        ("0.5", "0.50", True),
        ("lim(T -> 0: T)", "lim(c -> 0: c)", False),  # another domain
    ],
)
def test_same_ignores_brackets_and_bound_names_and_nothing_else(left, right, same):
    assert t.same(CONTEXT.parse(left), CONTEXT.parse(right)) is same


def test_an_index_is_not_captured_by_the_sum_it_enters():
    tree = CONTEXT.parse("sum(k: z[k] z[i])")
    wrong = CONTEXT.parse("sum(k: z[k] z[k])")
    assert not t.same(substitute(tree, {S["i"]: S["k"]}), wrong)


def test_heads_open_to_their_definitions():
    opened = CONTEXT.unfold(CONTEXT.parse("q[i]"))
    assert t.same(opened, CONTEXT.parse("exp(z[i]) / sum(k: exp(z[k]))"))
    assert t.same(CONTEXT.unfold(CONTEXT.parse("total(softmax(x))")), CONTEXT.parse("sum(l: exp(x[l]) / sum(k: exp(x[k])))"))


def test_free_symbols_hold_the_sizes_of_bound_indices():
    assert t.free_symbols(CONTEXT.parse("sum(k: 1)")) == {S["n"]}
    assert S["k"] not in t.free_symbols(CONTEXT.parse("sum(k: z[k])"))


def test_a_number_runs_over_no_size():
    assert t.size_of(S["k"]) == S["n"]
    with pytest.raises(TypeError, match=r"z is declared real, not index"):
        t.size_of(S["z"])


@pytest.mark.parametrize(("op", "text"), [("<=>", "1 = 1 <=> 2 = 2"), ("=>", "1 = 1 => 2 = 2"), ("<", "1 < 2")])
def test_two_sides_of_a_chain_are_one_statement(op, text):
    left, right = ("1", "2") if op == "<" else ("1 = 1", "2 = 2")
    assert t.same(relation(CONTEXT.parse(left), op, CONTEXT.parse(right)), CONTEXT.parse(text))


def test_a_head_means_one_thing():
    known = CONTEXT.definitions.values()
    assert CONTEXT.extend(known).definitions == CONTEXT.definitions
    other = CONTEXT.define("softmax_(x)[i] = x[i]").definitions["softmax_"]
    with pytest.raises(ValueError, match="total is defined in two ways by the cards used here"):
        CONTEXT.extend([replace(other, head="total")])


def test_an_entry_of_a_negative_array_is_negative():
    place = t.Index(t.Neg(CONTEXT.parse("z")), (S["i"],))
    assert t.same(reduce_index(place), CONTEXT.parse("-z[i]"))

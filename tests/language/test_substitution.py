"""Replacing letters keeps the meaning: a small search in every run (python -m tests.language.substitution for a long one)."""

import os
from functools import reduce

import pytest

from mathcore.language import substitution as room
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers import readable, to_latex, to_text
from mathcore.language.substitution import substitute
from mathcore.language.sympy_bridge import to_sympy
from mathcore.proof.kernel.summing import Summing
from tests.language import substitution

COUNT = 4000 if os.environ.get("HYPOTHESIS_PROFILE") == "intense" else 250
LETTERS = Context().given(
    "n, m: size; a, b, c: real; r: positive; u: unit; x, y: real[n]; w: real[m]; i, j, k: index[n]; g: index[m]"
)
S = LETTERS.symbols


@pytest.mark.fuzz
def test_a_tree_with_letters_replaced_has_the_value_that_it_has_where_the_letters_have_those_values():
    found = substitution.search(COUNT, seed=3, kernel=2)
    assert not found.wrong, "\n".join(found.wrong[:5])
    assert found.valued["any"] >= 0.9 * COUNT and min(found.valued[kind] for kind in found.kinds) >= COUNT / 50
    assert found.compared["kernel"] >= COUNT / 4
    # a limit inside an expression need not be a number: the kernel reads none, so that it can compare none
    assert not [name for name in found.compared if name.startswith("kernel, limits")]


def put(text: str, **images: str) -> t.Expr:
    return substitute(LETTERS.parse(text), {S[name]: LETTERS.parse(image) for name, image in images.items()})


@pytest.mark.parametrize(
    ("text", "images", "wanted"),
    [
        ("D(a b, a)", {"a": "b"}, "at(c = b: D(c b, c))"),
        ("D(a b, a)", {"a": "c", "b": "c"}, "at(a = c: D(a c, a))"),
        ("D(a b, a)", {"a": "c"}, "D(c b, c)"),
        ("D(a b, a)", {"b": "a^2"}, "at(c = a: D(c a^2, c))"),
        ("D(a b, a)", {"a": "b", "b": "a"}, "D(b a, b)"),
        ("D(a b, a)", {"a": "2"}, "at(a = 2: D(a b, a))"),
        ("D(a b, a)", {"a": "x[i]"}, "D(x[i] b, x[i])"),
        ("D(a b, a)", {"a": "x[i]", "b": "x[j]"}, "at(a = x[i]: D(a x[j], a))"),
        ("D(a b, a)", {"a": "u"}, "at(a = u: D(a b, a))"),
        ("D(a b, a)", {"a": "r"}, "D(r b, r)"),
        ("D(x[i] y[i], x[i])", {"x": "y"}, "at(x = y: D(x[i] y[i], x[i]))"),
        ("D(x[i] y[i], x[i])", {"i": "j"}, "D(x[j] y[j], x[j])"),
        ("D(x[i] y[i], x[i])", {"y": "vector(k: x[k])"}, "at(y = x: D(y[i] x[i], y[i]))"),
        ("D(x[i] a, x[i])", {"a": "x[j]"}, "at(y = x: D(y[i] x[j], y[i]))"),
        ("D(D(a b, a), b)", {"b": "a"}, "at(b = a: D(D(a b, a), b))"),
        ("lim(a -> b: a c)", {"b": "c"}, "lim(a -> c: a c)"),
        ("lim(a -> 0: a b)", {"b": "a"}, "lim(c -> 0: c a)"),
        ("lim(a -> 0: D(a b, a))", {"b": "a"}, "lim(c -> 0: D(c a, c))"),
        ("at(a = b: a b)", {"b": "a"}, "at(c = a: c a)"),
        ("sum(k: x[k] y[i])", {"i": "k"}, "sum(j: x[j] y[k])"),
        ("sum(k: x[k]) + n", {"n": "m", "x": "w"}, "sum(g: w[g]) + m"),
    ],
)
def test_what_replaces_a_letter_is_neither_bound_nor_varied(text, images, wanted):
    assert t.same(put(text, **images), LETTERS.parse(wanted))


@pytest.mark.parametrize(
    ("text", "part", "wanted"),
    [
        ("exp(x[i]) + sum(k: x[i] x[k])", "(x[i])", "exp(a) + sum(k: a x[k])"),
        ("max(k: x[k]) + sum(j: max(k: x[k]))", "max(i: x[i])", "a + sum(j: a)"),
        ("sum(i: x[i])", "x[i]", "sum(i: x[i])"),
        ("D(b c, b) + b c", "b c", "D(b c, b) + a"),
        ("D(a b c, a) + b c", "b c", "D(a b c, a) + a"),
        ("lim(b -> c: b c) + b c", "b c", "lim(b -> c: b c) + a"),
        ("D(max(k: x[k]), x[i]) + max(k: x[k])", "max(k: x[k])", "D(max(k: x[k]), x[i]) + a"),
    ],
)
def test_a_part_is_replaced_only_where_its_letters_are_those_of_the_whole(text, part, wanted):
    assert t.same(room.with_part(terms(text), terms(part), S["a"]), terms(wanted))


def terms(text: str) -> t.Expr:
    """A sum whose terms may bind the letters of one another."""
    return reduce(t.Add, map(LETTERS.parse, text.split(" + ")))


def test_the_size_in_the_declaration_of_a_letter_follows():
    tree = substitute(LETTERS.parse("sum(k: x[k] y[i])"), {S["n"]: t.number(2)})
    assert {s.type.shape for s in t.free_symbols(tree) if s.type.shape} == {(t.number(2),)}
    assert {b.symbol.type.over for b in tree.binders} == {t.number(2)}
    assert {s.type.over for s in t.free_symbols(tree) if s.type.domain == "index"} == {t.number(2)}


def test_a_derivative_at_a_point_reads_as_such():
    tree = put("D(a b, a)", a="b")
    assert to_text(readable(tree)) == "at(a = b: D(a b, a))"
    assert to_latex(readable(tree)) == r"\left. \frac{\partial}{\partial a}\left(a b\right) \right\vert_{a = b}"
    assert to_text(readable(put("D(a b, a)", b="a^2"))) == "at(a2 = a: D(a2 a^2, a2))"


def test_sympy_takes_the_derivative_before_the_value_is_put_in():
    assert str(to_sympy(put("D(a b, a)", a="b"))) == "b"
    assert str(to_sympy(put("D(a b, a)", b="a^2"))) == "a**2"
    assert str(to_sympy(put("D(x[i] y[i], x[i])", x="y"))) == "y[i]"
    assert str(to_sympy(put("D(x[i] y[i], x[i])", x="y"), sizes={"n": 2, "i": 1})) in ("y1", "y[1]")


# the search sees what it is made for -------------------------------------------------------------------------------


def wrong(kernel: int = 0) -> list[str]:
    return substitution.search(80, seed=5, kernel=kernel).wrong


def test_a_variable_that_is_renamed_is_seen(monkeypatch):
    def renamed(node: t.Expr, mapping: dict[t.Symbol, t.Expr]) -> t.Expr:
        return t.map_children(node, lambda child: room._substitute(child, mapping))

    monkeypatch.setattr(room, "_substitute_derivative", renamed)
    assert wrong()


def test_letters_that_keep_their_names_under_binders_are_seen(monkeypatch):
    monkeypatch.setattr(room, "fresh", lambda symbol: symbol)
    assert wrong()


def test_a_kernel_that_forgets_what_a_maximum_is_taken_over_is_seen(monkeypatch):
    honest = Summing.open_one
    monkeypatch.setattr(Summing, "open_one", lambda self, name, body: (name, honest(self, name, body)[1]))
    assert wrong(kernel=1)

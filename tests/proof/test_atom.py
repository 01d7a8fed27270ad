"""Atoms: one object for one structure, in an order that stays, and what occurs in a polynomial is asked of its structure."""

import pytest

from mathcore.language.parser import Context
from mathcore.proof.kernel.atom import Absolute, BigMax, Entry, Exp, Limit, Log, Scalar, Step, Sum, is_bit, is_onehot
from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.polynomial import Poly, of
from tests.proof.pipeline import card
from tests.proof.statements import V

CONTEXT = card(V).context
SPELT = (
    ("a", "symbol(a:real[|])"),
    ("x[i]", "entry(x:real[n:size[|]1|] @ i:index[|n:size[|]1])"),
    ("exp(2 a)", "exp(1*symbol(a:real[|]))"),
    ("abs(a)", "abs(symbol(a:real[|]))"),
    ("abs(1 + a)", "abs(1* + 1*symbol(a:real[|]))"),
    ("step(a)", "apply(step(1*symbol(a:real[|])))"),
    ("sum(i: exp(x[i]))", "sum(#1.0:index[|n:size[|]1]: 1*exp(1*entry(x:real[n:size[|]1|] @ #1.0:index[|n:size[|]1])))"),
    ("max(i: x[i])", "bigmax(#1.0:index[|n:size[|]1] : 1*entry(x:real[n:size[|]1|] @ #1.0:index[|n:size[|]1]))"),
)
INSIDE = (
    ("log(1 + exp(abs(a)))", {Log, Exp, Absolute, Scalar}),
    ("exp(sum(i: abs(x[i])))", {Exp, Sum, Absolute, Entry}),
    ("max(i: exp(x[i]) + X[i, j]) step(a)", {BigMax, Exp, Entry, Step, Scalar}),
    ("a + b", {Scalar}),
    ("3", set()),
)
WORDS = {
    Absolute: "abs(",
    BigMax: "bigmax(",
    Entry: "entry(",
    Exp: "exp(",
    Log: "log(",
    Scalar: "symbol(",
    Step: "step(",
    Sum: "sum(",
}


def normal(text: str) -> Poly:
    return Normal(Facts(), CONTEXT.definitions).read(CONTEXT.unfold(CONTEXT.parse(text)))


@pytest.mark.parametrize(("text", "key"), SPELT)
def test_the_key_by_which_atoms_are_ordered_stays(text: str, key: str) -> None:
    (atom,) = (a for m in normal(text).terms for a, _ in m)
    assert atom.key == key


@pytest.mark.parametrize("text", [text for text, _ in SPELT])
def test_one_structure_is_one_object(text: str) -> None:
    first, second = normal(text), normal(text)
    assert all(a is b for a, b in zip(sorted(first.atoms()), sorted(second.atoms()), strict=True))


def test_atoms_of_other_classes_differ() -> None:
    inside = normal("a")
    assert len({Exp(inside), Log(inside), Step(inside), Absolute(inside), *inside.atoms()}) == 5


@pytest.mark.parametrize(("text", "kinds"), INSIDE)
def test_what_occurs_however_deep_is_what_the_key_spells_out(text: str, kinds: set[type]) -> None:
    p = normal(text)
    assert {kind for kind in WORDS if p.holds(kind)} == kinds == {kind for kind, word in WORDS.items() if word in p.key}


def test_a_polynomial_is_made_with_what_stands_inside_its_atoms() -> None:
    p, (a,), (b,) = normal("log(1 + exp(a))"), normal("a").atoms(), normal("b").atoms()
    assert p.is_made_with(a) and not p.is_made_with(b) and p.free == {a.symbol}


def test_bits_are_deltas_steps_and_entries_of_onehot_rows() -> None:
    known = Context().given("n: size; y: onehot[n]; i: index[n]").symbols
    entry, scalar = Entry(known["y"], (known["i"],)), Scalar(CONTEXT.symbols["a"])
    assert is_bit(entry) and is_onehot(entry) and entry.acts
    assert not is_bit(scalar) and not is_onehot(scalar) and not scalar.acts
    assert is_bit(Step(of(scalar))) and all(map(is_bit, normal("delta(i, j)").atoms()))


def test_the_bound_letter_of_a_limit_is_never_put_in() -> None:
    context = Context().given("a, b, r: real; f: function")
    normal = Normal(Facts(), {})
    limit, there = (normal.read(context.parse(f"lim(r -> inf: f(r + {letter}))")) for letter in "ba")
    (atom,) = limit.atoms()
    assert isinstance(atom, Limit)
    a = normal.read(context.symbols["a"])
    assert normal.substitute(limit, {atom.variable: a, context.symbols["b"]: a}) == there

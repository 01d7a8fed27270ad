"""What people type in a code span, as the formula language."""

import pytest

from mathcore.document.chain import Names, Unit, Unread
from mathcore.document.spelling import chains

NAMES = Names(
    (
        "log",
        "log2",
        "log10",
        "exp",
        "sqrt",
        "abs",
        "max",
        "min",
        "tanh",
        "softmax",
        "sigmoid",
        "mean_squared_error",
        "sum",
        "prod",
    )
)


def sides(text: str) -> list[str]:
    (chain,) = chains(text, NAMES)
    for side in chain.sides:
        assert not side.trouble, side.trouble
        assert text[side.start : side.end] == side.raw
    return [side.text for side in chain.sides]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("np.log(2)", "log(2)"),
        ("math.log10(2)", "log10(2)"),
        ("2**3", "2^3"),
        ("3 × 4", "3 * 4"),
        ("12 ÷ 5", "12 / 5"),
        ("√2 + √(3)", "sqrt(2) + sqrt(3)"),
        ("2² + 10⁻³", "2^2 + 10^(-3)"),
        ("2²e3", "2^2 e3"),
        ("ln(2)", "log(2)"),
        ("log₂(8)", "log2(8)"),
        ("log 2", "log(2)"),
        ("e^2", "exp(1)^2"),
        ("2π", "2pi"),
        ("5 − 7", "5 - 7"),
        ("2 * -3", "2 * (-3)"),
        ("2 * -10^2 - -3**(-2)", "2 * (-10^2) - (-3^(-2))"),
        ("32.9%", "0.329"),
        ("5%", "0.05"),
        ("50 % + 5 %", "0.50 + 0.05"),
        ("½ + ¼", "(1/2) + (1/4)"),
        ("100%", "1.00"),
        (".5", "0.5"),
        ("1.", "1"),
        ("5!", "(prod(k_ = 1..5: k_))"),
        ("(0.3, 0.7)", "[0.3, 0.7]"),
        ("[0.3 0.4 0.3]", "[0.3, 0.4, 0.3]"),
        ("[0. 0. 1.]", "[0, 0, 1]"),
        ("softmax((1, 2))", "softmax([1, 2])"),
        ("Softmax([1, 2])", "softmax([1, 2])"),
        ("tf.nn.softmax([1, 2])", "softmax([1, 2])"),
        ("mse([1], [2])", "mean_squared_error([1], [2])"),
        ("sum([1, 2])", "sum_of([1, 2])"),
        ("sum(k = 1..3: k)", "sum(k = 1..3: k)"),
        ("max([1, 2])", "largest([1, 2])"),
        ("max(1, 2)", "max(1, 2)"),
        ("1.5 * 10^-7", "1.5 * 10^(-7)"),
    ],
)
def test_common_notations_are_read(typed: str, read: str) -> None:
    assert sides(f"{typed} = 1")[0] == read


@pytest.mark.parametrize("op", ["=", "==", "≈", "≒", "~", "<=", "≤", "!=", "≠", "<", ">", ">="])
def test_relations_divide_a_chain(op: str) -> None:
    assert sides(f"log(2) {op} 3 + 4") == ["log(2)", "3 + 4"]


@pytest.mark.parametrize(
    "text",
    [
        "a", "= 3", "3 =", "0 ~ 1", "0.1 ~ 0.3", "x := 3", "i += 1", "a -> b", "x <- 3", "'a' == 'b'", '"1" == "1"', "a => b",
        ">= 3.11", "f(x=3)",
    ],
)  # fmt: skip
def test_what_is_no_relation_between_formulas_is_no_statement(text: str) -> None:
    assert chains(text, NAMES) == []


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("loss = 0.5", "loss"),
        ("판매량 = 10 * 2", "판매량"),
        ("x.shape = 3", "x.shape"),
        ("f(2) = 4", "f"),
        ("accuracy = 0.9", "accuracy"),
        ("0x10 = 16", "x10"),
        ("2e = 5", "e"),
    ],
)
def test_names_that_nothing_knows_are_letters(text: str, letters: str) -> None:
    (chain,) = chains(text, NAMES)
    assert chain.sides[0].letters == {letters} and not chain.without_letters()


def test_of_a_chain_that_begins_with_a_name_the_rest_has_no_letters() -> None:
    (chain,) = chains("L = -log(1/4) = 1.386", NAMES)
    (rest,) = chain.without_letters()
    assert [side.text for side in rest.sides] == ["-log(1/4)", "1.386"]


def test_a_tuple_that_is_assigned_is_no_claim() -> None:
    assert not [rest for chain in chains("p, q = np.array([1]), np.zeros(2)", NAMES) for rest in chain.without_letters()]


def test_units_of_information_stand_after_a_number() -> None:
    (chain,) = chains("1 bit = 0.693 nats", NAMES)
    assert [side.unit for side in chain.sides] == [Unit.BIT, Unit.NAT]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sоftmax([1, 2]) = 3", "cyrillic"),
        ("ехр(1) = 3", "cyrillic"),
        ("𝐞𝐱𝐩(1) = 3", "bold"),
        ("exp(1)\u200b = 3", "U\\+200B"),
        ("1 = 1\u202e", "U\\+202E"),
        ("１ + 1 = 2", "no plain digit"),
        ("٣ = 3", "no plain digit"),
        ("1 ＋ 1 = 2", "wide"),
        ("02 + 1 = 3", "date"),
        ("3 % 2 = 1", "%"),
        ("3 %2 = 1", "%"),
        ("1½ = 1.5", r"write a sum in brackets, \(1 \+ 1/2\)"),
        ("x! + 3! = 6", "factorial"),
        ("soft_max([1]) = 3", "softmax meant"),
        ("log 2 * 3 = 2.08", "how far log reaches"),
        ("1... = 1", "dots"),
    ],
)
def test_what_is_not_understood_is_named(text: str, reason: str) -> None:
    troubles = " ".join(side.trouble for chain in chains(text, NAMES) for side in chain.sides)
    with pytest.raises(Unread, match=reason):
        raise Unread(troubles)


@pytest.mark.parametrize("text", ["10^3 = 1, 2", "1 + 1 = 2; 3", "9" * 3000 + " = 1"])
def test_what_stands_beside_a_relation_or_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(Unread):
        chains(text, NAMES)


@pytest.mark.parametrize(
    ("text", "read", "letters"),
    [
        ("pi >= 3", "pi", {"pi"}),
        ("π >= 3", "pi", {"pi"}),
        ("e^2 >= 7", "e^2", {"e"}),
        ("e**x >= 7", "e^x", {"e", "x"}),
        ("e² >= 7", "e^2", {"e"}),
        ("3 nat >= 2", "3 nat", {"nat"}),
        ("F(3) = 9", "F(3)", {"F"}),
        ("sum(i: 1) >= 1", "sum(i: 1)", {"i"}),
        ("sum(i = 1..3: i) = 6", "sum(i = 1..3: i)", set()),
        ("f(3) = 9", "f(3)", set()),
        ("2 f = 9", "2 f", {"f"}),
        ("Softmax([1]) = 1", "softmax([1])", set()),
    ],
)
def test_a_declared_name_is_that_letter_before_anything_else(text: str, read: str, letters: set[str]) -> None:
    names = Names(("softmax", "sum", "f", "F"), own=("f", "F"), declared=("pi", "e", "x", "nat", "F", "i"))
    (chain,) = chains(text, names)
    assert (chain.sides[0].text, chain.sides[0].letters, chain.sides[0].unit) == (read, letters, Unit.NONE)


@pytest.mark.parametrize("text", ["F(3) = 9", "H(2) = 5"])
def test_capitals_do_not_call_a_function_of_the_text(text: str) -> None:
    (chain,) = chains(text, Names(("f", "h"), own=("f", "h")))
    assert chain.sides[0].letters == {text[0]}


@pytest.mark.parametrize("text", ["np.pi >= 3", "mse([1], [2]) = 1", "max([1, 2]) = 2"])
def test_another_spelling_of_a_name_that_the_text_defines_is_not_judged(text: str) -> None:
    own = ("mean_squared_error", "largest")
    (chain,) = chains(text, Names(own, own=own, declared=("pi",)))
    assert chain.sides[0].trouble

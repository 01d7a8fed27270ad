"""LaTeX of simple shape is read; what has to be guessed at is refused by name."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from mathcore.document.chain import Names, Unread
from mathcore.document.latex import BARE_LOG, chains

NAMES = Names(("log", "log2", "log10", "log_", "exp", "sqrt", "abs", "max", "min", "tanh", "softmax", "relu"))


def sides(text: str, arrays: Mapping[str, int] | None = None) -> list[str]:
    (chain,) = chains(text, replace(NAMES, arrays=arrays or {}))
    for side in chain.sides:
        assert not side.trouble, side.trouble
        assert text[side.start : side.end] == side.raw
    return [side.text for side in chain.sides]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"\frac{1}{2}", "((1) / (2))"),
        (r"\frac12", "((1) / (2))"),
        (r"\dfrac{1}{2} \ln 3", "((1) / (2)) * log(3)"),
        (r"\sqrt{2}", "sqrt(2)"),
        (r"\sqrt[3]{8}", "((8)^(1 / (3)))"),
        (r"\ln 2", "log(2)"),
        (r"\log_2 8", "log2(8)"),
        (r"\log_{10} 8", "log10(8)"),
        (r"\log_e 8", "log(8)"),
        (r"\log_3 9", "(log(9) / log(3))"),
        (r"\log 8", "log_(8)"),
        (r"\log^2 8", "(log_(8))^(2)"),
        (r"\exp(-1)", "exp(-1)"),
        ("e^{-1}", "exp(-1)"),
        (r"\mathrm{e}^{2}", "(exp(1))^(2)"),
        (r"2 \cdot 3 \times 4", "2 * 3 * 4"),
        (r"2 \times -3", "2 * (-3)"),
        (r"\ln 2 \ln 3", "log(2) * log(3)"),
        (r"2(3 + 4)", "2 * (3 + 4)"),
        (r"2 \frac{7}{2}", "2 * ((7) / (2))"),
        (r"\left(1 + 2\right)^{2}", "((1 + 2))^(2)"),
        (r"\left[1 + 2\right] \cdot 2", "(1 + 2) * 2"),
        (r"\sum_{k=1}^{6} \frac{1}{k}", "sum(k = 1..6: ((1) / (k)))"),
        (r"\sum_{k=1}^6 k + 1", "sum(k = 1..6: k) + 1"),
        (r"\prod_{i=1}^{3} i", "prod(i = 1..3: i)"),
        (r"\left|-3\right|", "abs(-3)"),
        (r"50\%", "0.50"),
        ("5!", "(prod(k_ = 1..5: k_))"),
        (r"\pi", "pi"),
        (r"\mathrm{softmax}(1, 2)", "softmax(1, 2)"),
        (r"\operatorname{softmax}\left([1, 2]\right)", "softmax([1, 2])"),
        (r"\text{ReLU}(-1)", "relu(-1)"),
        (r"\mathrm{softmax}([1, 2])_1", "softmax([1, 2])[1]"),
        ("(0.3, 0.7)", "[0.3, 0.7]"),
        ("[[1], [2]]", "[[1], [2]]"),
        ("{1 + 2}", "(1 + 2)"),
        ("3 + {1 \\cdot 2} - 1", "3 + (1 * 2) - 1"),
        (r"({1 + 2}) \cdot 3", "((1 + 2)) * 3"),
        (r"2 \cdot {3}", "2 * (3)"),
        (r"\ln{2}", "log(2)"),
        (r"\exp{-2}", "exp(-2)"),
        (r"2\,(3 + 4)", "2 * (3 + 4)"),
        ("2(3)", "2 * (3)"),
        (r"1 + \phantom{0} 2 \hspace*{1em} + \kern-3pt 3 \text{ } \notag", "1 + 2 + 3"),
        (r"[1.5 \cdot 10^{-7}, 2]", "[1.5e-7, 2]"),
        (r"\max\{1, 2\}", "max(1, 2)"),
        (r"\displaystyle 1 + \, 2", "1 + 2"),
        (r"1.5 \times 10^{-7}", "1.5 * 10^(-7)"),
    ],
)
def test_simple_shapes_are_read(typed: str, read: str) -> None:
    assert sides(f"{typed} = 1")[0] == read


@pytest.mark.parametrize(
    "text",
    [
        "(0, 1) = [0, 1]",
        "[0, 1] = (0, 1)",
        r"\left(0,1\right) \neq \left[0,1\right]",
        r"\big( 0, 1 \big) = [0, 1]",
        "(-1, 2.5) = [-1, 2.5]",
    ],
)
def test_a_pair_that_may_be_an_interval_or_a_list_is_no_claim(text: str) -> None:
    with pytest.raises(Unread, match="intervals or lists"):
        chains(text, NAMES)


@pytest.mark.parametrize("text", ["(0, 1) = (0, 1)", "[0, 1] = [0, 1]", "(1, 2, 3) = [1, 2, 3]", "1! = 1"])
def test_lists_and_factorials_are_read(text: str) -> None:
    assert [side.trouble for chain in chains(text, NAMES) for side in chain.sides] == ["", ""]


def test_subscripts_of_declared_arrays_are_indices() -> None:
    assert sides(r"\sum_{k} p_k \ln p_{k} \le x_{i, j}", {"p": 1, "x": 2}) == ["sum(k: p[k] * log(p[k]))", "x[i, j]"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (r"1/2 \ln 2", "after a division"),
        (r"\ln 2 \cdot 3", r"how far \\ln reaches"),
        (r"\ln 2 / 3", "how far"),
        (r"\ln(2)^2", "a power after"),
        (r"\ln^{-1} 2", "inverse"),
        ("2^10", "set as a power of 1"),
        ("e^-1", "braces"),
        ("2^{3}^{4}", "power of a power"),
        ("1{,}000", ","),
        (r"1\,000", "two numbers side by side"),
        ("1,5", "comma"),
        (r"\sin(0)", "not read"),
        (r"\lg 2", "not read"),
        (r"1 \frac{1}{2}", "sum or their product"),
        (r"3\tfrac12", "sum or their product"),
        (r"\int 2", "not read"),
        (r"\frac{1}2 3", "number after|two numbers"),
        (r"\sqrt 10", "braces"),
        (r"\foo{3}", r"\\foo"),
        ("(1 + 2", "missing"),
        ("1 +", "missing at the end"),
        (r"\sum_{k=1} k", "one end"),
        (r"{1 + 2} \cdot 3", "braces are not seen"),
        (r"3 \cdot {1 + 2}", "braces are not seen"),
        ("3 - {1 + 2}", "braces are not seen"),
        ("{2 + 3}^2", "braces are not seen"),
        ("{2^3}^2", "braces are not seen"),
        ("{-2}^2", "braces are not seen"),
        (r"\ln{1 + 2}", r"braces are not seen: write \\ln\("),
        (r"\exp{2 / 2}", "braces are not seen"),
        ("2{3}", "two numbers side by side"),
        ("{2}{3}", "two numbers side by side"),
        ("{2}3", "two numbers side by side"),
        (r"1\phantom{0}2", "two numbers side by side"),
        (r"0.9\ (90\%)", "an aside"),
        (r"0.9 (90\%)", "an aside"),
        (r"0.9 \; [0.95]", "an aside"),
        (r"5 \hfill (2)", "an aside"),
        (r"0.667\ (2/3)", "an aside"),
        (r"1024\;(2^{10})", "an aside"),
        (r"{\sum_{k=1}^3 k}^2", "braces are not seen"),
        (r"{\ln 2}^2", "braces are not seen"),
        (r"{\log_2 8} \cdot 2", "braces are not seen"),
        (r"3{\tfrac12}", "sum or their product"),
        (r"3\frac{1}2", "sum or their product"),
        (r"3\cfrac{1}{2}", "sum or their product"),
        ("{" * 60 + "1" + "}" * 60, "deeper"),
        ("٣", "plain digit"),
        ("1\u200b", "U\\+200B"),
    ],
)
def test_what_must_be_guessed_is_refused_by_name(typed: str, reason: str) -> None:
    troubles = " ".join(side.trouble for chain in chains(f"{typed} = 3", NAMES) for side in chain.sides)
    with pytest.raises(Unread, match=reason):
        raise Unread(troubles)


@pytest.mark.parametrize(
    "text",
    [
        r"H(p) = -\sum_k p_k \log p_k", r"\hat{y} = 3", r"\mathcal{L} = 2", r"\theta = 0.1", r"a^2 + b^2 = c^2", r"x_1 = 3",
        r"\sigma(0) = 0.5", r"\mathrm{CE} = 2", r"\text{정확도} = 0.9", r"\|x\| = 1", r"\tanh'(0) = 1",
    ],
)  # fmt: skip
def test_letters_make_a_statement_typeset(text: str) -> None:
    assert not [rest for chain in chains(text, NAMES) for rest in chain.without_letters()]


@pytest.mark.parametrize(
    "text", [r"x \in [0, 1]", r"x \sim \mathcal{N}(0, 1)", r"n \to 3", r"x \leftarrow 3 + 1", "3 =", "= 3", r"\frac12"]
)
def test_what_is_no_relation_between_formulas_is_no_statement(text: str) -> None:
    assert chains(text, NAMES) == []


def test_several_statements_are_joined_by_commas_arrows_and_lines() -> None:
    assert len(chains(r"1 = 1, 2 = 2 \Rightarrow 3 = 3", NAMES)) == 3
    assert len(chains("\\begin{aligned} 1 &= 1 \\\\ 2 &= 2 \\end{aligned}", NAMES)) == 2
    (chain,) = chains("\\begin{aligned} 1 + 1 &= 2 \\\\ &= 4 / 2 \\end{aligned}", NAMES)
    assert [side.text for side in chain.sides] == ["1 + 1", "2", "4 / 2"]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (r"6 &= 1 \cdot 2 \cdot 3 \\ &\phantom{=} \cdot 4", [["6", "1 * 2 * 3 * 4"]]),
        (r"6 &= 1 \cdot 2 \\[4pt] &\hspace{1em} + 4", [["6", "1 * 2 + 4"]]),
        (r"6 &= 1 \\ &\quad + 4 = 5", [["6", "1 + 4", "5"]]),
        (r"6 &= 1 \\ &\text{ } - 4", [["6", "1 - 4"]]),
        (r"6 &= 1 \cdot \\ & 4", [["6", "1 * 4"]]),
        (r"6 &= 1 \\ - 4", [["6", "1 - 4"]]),
        (r"6 &= 8 \\ &- 2 = 6", [["6", "8 - 2", "6"]]),
        (r"1 &= 1 \\ -1 &= 2", [["1", "1"], ["-1", "2"]]),
        (r"1 &= 1 \\[2ex] 3 &= 2", [["1", "1"], ["3", "2"]]),
        (r"1 &= 1 & 3 &= 2 \\ 4 &= 4 & 5 &= 5", [["1", "1"], ["3", "2"], ["4", "4"], ["5", "5"]]),
        (r"1 + 1 &= 2 && (1) \\ 4 &= 4 && (2)", [["1 + 1", "2"], ["4", "4"]]),
        (r"&1 = 1 \\ &-1 = -1 \\ &+1 + 2 = 3", [["1", "1"], ["-1", "-1"], ["1 + 2", "3"]]),
        (r"&6 = 1 \cdot 2 \\ &\quad + 4", [["6", "1 * 2 + 4"]]),
        (r"6 &=& 2 \cdot 3 \\ &=& 6", [["6", "2 * 3", "6"]]),
    ],
)
def test_a_line_that_begins_with_an_operation_goes_on(lines: str, read: list[list[str]]) -> None:
    found = chains(rf"\begin{{aligned}} {lines} \end{{aligned}}", NAMES)
    assert [[side.text for side in chain.sides] for chain in found] == read


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{d}{dx} x^2",
        r"\frac{d x}{d y}",
        r"\frac{\mathrm{d}}{\mathrm{d} x} x",
        r"\dfrac{d^2 y}{d x^2}",
        r"\frac{d (x)}{d{x}}",
    ],
)
def test_a_declared_d_in_a_fraction_may_be_of_a_derivative(text: str) -> None:
    names = replace(NAMES, declared=("d", "x", "y"))
    (chain,) = chains(f"{text} = 1", names)
    assert "derivative" in chain.sides[0].trouble
    for product in (r"\frac{d \cdot x}{d \cdot y}", r"\frac{d}{x}", r"\frac{x}{d y}", r"\frac{d x}{d}"):
        assert not chains(f"{product} = 1", names)[0].sides[0].trouble


def test_two_letters_below_a_matrix_are_two_indices() -> None:
    names = replace(NAMES, arrays={"W": 2, "x": 1}, declared=("W", "x", "i", "j"))
    (chain,) = chains("W_{ij} = W_{12} = W_{i,j} = x_{12} = x_{ij} = W_{i1}", names)
    assert [side.text for side in chain.sides] == ["W[i, j]", "W[1, 2]", "W[i, j]", "x[12]", "x[i * j]", "W[i, 1]"]


def test_equation_numbers_and_full_stops_are_left_out() -> None:
    assert sides(r"1 + 1 = 2. \tag{3}") == ["1 + 1", "2"]
    assert sides(r"1 + 1 = 2, \quad (3)") == ["1 + 1", "2"]


@pytest.mark.parametrize(
    ("text", "read", "letters"),
    [
        (r"\pi \ge 3", "pi", {"pi"}),
        (r"e^{2} \ge 7", "(e)^(2)", {"e"}),
        (r"\mathrm{e} \ge 2", "e", {"e"}),
        (r"\log_e 2 \ge 2", "(log(2) / log(e))", {"e"}),
        (r"F(3) \ge 2", "F(3)", {"F"}),
        (r"\mathrm{F}(3) \ge 2", "F(3)", {"F"}),
        (r"3 \text{ nat} \ge 2", "3 * nat", {"nat"}),
        (r"\mathrm{Softmax}(3) \ge 2", "softmax(3)", set()),
    ],
)
def test_a_declared_name_is_that_letter_before_anything_else(text: str, read: str, letters: set[str]) -> None:
    names = Names(("softmax", "log", "f", "F"), own=("f", "F"), declared=("pi", "e", "nat", "F"))
    (chain,) = chains(text, names)
    side = chain.sides[0]
    assert (side.text.replace(BARE_LOG, "log"), side.letters, side.trouble) == (read, letters, "")


def test_capitals_do_not_call_a_function_of_the_text() -> None:
    (chain,) = chains(r"\mathrm{F}(3) = 9", Names(("f",), own=("f",)))
    assert chain.sides[0].letters == {"F"}

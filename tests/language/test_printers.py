"""What is printed is what was written, and text is read back to the very same tree."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.language.printers import parenthesise, readable, to_latex, to_text, to_unicode
from mathcore.language.printers.display import GREEK
from mathcore.language.printers.latex import ACCENTS, CONSTANTS, FUNCTIONS, HEADS, RELATIONS
from mathcore.language.substitution import substitute
from tests.language.commands import strange
from tests.language.trees import CONTEXT, S, formulas, scalars
from tests.sampling import tried


@tried(100, 400, formulas())
def test_text_of_any_tree_is_read_back_as_that_tree(tree):
    bracketed = parenthesise(tree)
    assert CONTEXT.parse(to_text(tree)) == bracketed


def test_a_decimal_times_a_number_is_no_repeating_decimal():
    half, six = t.Number(Fraction(1, 2), "0.5"), t.number(6)
    for right in (six, t.Paren(six)):
        text = to_text(t.Mul(half, right))
        assert "*" in text and t.strip(CONTEXT.parse(text)) == t.strip(t.Mul(half, six))


@tried(50, 200, formulas())
def test_brackets_are_put_once(tree):
    once = parenthesise(tree)
    assert parenthesise(once) == once
    assert t.strip(once) == t.strip(tree)


@tried(50, 200, formulas())
def test_every_tree_has_balanced_latex_and_one_line_of_unicode(tree):
    latex = to_latex(tree)
    assert not strange(latex)
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left") == latex.count(r"\right")
    assert "\n" not in to_unicode(tree)


def test_every_sign_and_letter_is_a_command_that_pages_may_use():
    signs = [sign for pair in HEADS.values() for sign in pair]
    signs += [sign for table in (RELATIONS, CONSTANTS, FUNCTIONS, ACCENTS) for sign in table.values()]
    names = sorted({*GREEK, "_x", "a_b_c", "x_hat", "w_new", "eps", "lam"})
    letters = [to_latex(t.Symbol(name, t.Type("real"))) for name in names]
    assert strange(" ".join(signs + letters)) == []


def test_what_code_hosts_refuse_and_what_markdown_eats_is_found():
    assert strange(r"\operatorname{softmax}(z)") == [r"\operatorname"]
    assert strange(r"\begin{align} | a < b | \{ \end{align}") == [r"\{", "align", "align", "|", "<", "|"]


@tried(37, 150, scalars(depth=3), scalars(depth=2))
def test_a_substituted_tree_is_printed_so_that_it_is_read_back(tree, value):
    result = substitute(tree, {S["c"]: value})
    shown = readable(result, CONTEXT)
    try:
        again = CONTEXT.parse(to_text(shown))
    except FormulaError as error:  # the context has only so many letters, one formula 100 levels and powers up to 1000
        assert any(reason in error.message for reason in ("not declared", "deeper", "differentiate by", "a power above"))
        return
    assert t.same(again, result)


def test_fresh_letters_avoid_names_in_use():
    tree = substitute(CONTEXT.parse("sum(k: z[k] c)"), {S["c"]: t.Index(S["z"], (S["k"],))})
    assert to_text(tree) == "sum(l: z[l] z[k])"
    assert to_text(substitute(tree, {S["k"]: S["l"]})) == "sum(k: z[k] z[l])"


def test_letters_of_parsed_trees_stay():
    tree = CONTEXT.parse("sum(k: z[k]) + sum(k: x[k])")
    assert readable(tree) is tree


def test_numbers_built_by_machine_are_spelled_out():
    from fractions import Fraction as F

    pairs = [(F(-3, 2), "-1.5"), (F(1, 3), "1 / 3"), (F(5), "5"), (F(1, 8), "0.125")]
    for value, text in pairs:
        assert to_text(t.Number(value, "")) == text
    assert to_text(t.Pow(t.Number(F(-1, 3), ""), t.Number(F(1, 2), ""))) == "(-1 / 3)^0.5"


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (t.Mul(t.Add(S["c"], S["y"]), S["T"]), "(c + y) T"),
        (t.Mul(S["c"], t.number(2)), "c (2)"),
        (t.Mul(S["c"], t.Div(S["y"], S["T"])), "c (y / T)"),
        (t.Div(S["c"], t.Mul(S["y"], S["T"])), "c / (y T)"),
        (t.Sub(S["c"], t.Sub(S["y"], S["T"])), "c - (y - T)"),
        (t.Add(S["c"], t.Neg(S["y"])), "c + (-y)"),
        (t.Pow(t.Neg(S["c"]), t.number(2)), "(-c)^2"),
        (t.Neg(t.Pow(S["c"], t.number(2))), "-c^2"),
        (t.Pow(t.Pow(S["c"], t.number(2)), t.number(3)), "(c^2)^3"),
        (t.Index(t.List((S["c"], S["y"])), (t.number(1),)), "([c, y])[1]"),
    ],
)
def test_brackets_appear_where_the_grammar_needs_them(tree, text):
    assert to_text(tree) == text


LATEX = [
    ("exp(z[i] + c) / sum(k: exp(z[k] + c)) = q[i]", r"\frac{e^{z_i+c}}{\sum_{k=1}^{n} e^{z_k+c}} = q_i"),
    ("D(q[i], z[j]) = q[i] (delta(i, j) - q[j])", r"\frac{\partial q_i}{\partial z_j} = q_i \left(\delta_{ij} - q_j\right)"),
    ("D(c^2 + y, c)", r"\frac{\partial}{\partial c}\left(c^2 + y\right)"),
    ("D(f(c), c, c)", r"\frac{\partial^2 f(c)}{\partial c^2}"),
    ("D(total(z), z[i], z[j])", r"\frac{\partial^2\,\mathrm{total}(z)}{\partial z_i \partial z_j}"),
    ("entropy(p) = -sum(k: xlogy(p[k], p[k]))", r"H(p) = -\sum_{k=1}^{n} p_k \log p_k"),
    ("kl_divergence(p, p2) >= 0", r"D_{\mathrm{KL}}(p \,\Vert\, p_{2}) \ge 0"),
    ("crossentropy(p, p2) != logsumexp(z)", r"\mathrm{CE}(p, p_{2}) \ne \mathrm{lse}(z)"),
    ("mean_of(z)", r"\mathrm{mean\,of}(z)"),
    ("sum(k: p[k]) c", r"\left(\sum_{k=1}^{n} p_k\right) c"),
    ("sum(k: p[k]) + c", r"\left(\sum_{k=1}^{n} p_k\right) + c"),
    ("c + sum(k: z[k] + c)", r"c + \sum_{k=1}^{n} \left(z_k + c\right)"),
    ("sum(r = 0..v - 1: c^r) = prod(k: z[k])", r"\sum_{r=0}^{v-1} c^r = \prod_{k=1}^{n} z_k"),
    ("max(k: z[k]) <= max(c, 0)", r"\max_k z_k \le \max(c, 0)"),
    ("exp(-(c - y)^2 / (2 T^2))", r"\exp\left(-\frac{\left(c - y\right)^2}{2\,T^2}\right)"),
    ("exp(z[i] / T) exp(sum(k: z[k]))", r"e^{z_i/T} \exp\left(\sum_{k=1}^{n} z_k\right)"),
    ("lim(T -> 0+: exp(-1 / T)) = 0", r"\lim_{T \to 0^+} e^{-1/T} = 0"),
    ("at(p = vector(k: 1/n): D(entropy(p), p[i]))", r"\left. \frac{\partial H(p)}{\partial p_i} \right\vert_{p_k = 1/n}"),
    ("softmax(vector(k: z[k]/T))[i]", r"\mathrm{softmax}\left(\left(z_k / T\right)_{k}\right)_i"),
    ("softmax([0.4, 0.6])[1]", r"\mathrm{softmax}([0.4, 0.6])_1"),
    ("w_new = w0 - lam * 2", r"w_{\text{new}} = w_{0} - \lambda \cdot 2"),
    ("(c + 1) / (y) + (c / y) T", r"\frac{c + 1}{y} + \frac{c}{y} T"),
    ("log(c) y + 2 log(p[k] / p2[k])", r"\log(c) y + 2\,\log \frac{p_k}{p_{2,k}}"),
    ("log2(8) = log10(1e3)", r"\log_2 8 = \log_{10} 10^3"),
    ("sqrt((c^2)) = abs(c) and inf > T", r"\sqrt{c^2} = \lvert c \rvert \;\text{and}\; \infty \gt T"),
    ("c erfc(-c / sqrt(2)) / 2", r"\frac{c\,\mathrm{erfc}\left(-\frac{c}{\sqrt{2}}\right)}{2}"),
    ("step(z[i] - max(k: z[k]))", r"\mathrm{step}\left(z_i - \max_k z_k\right)"),
    ("z[i] <= z[j] => q[i] <= q[j]", r"z_i \le z_j \Rightarrow q_i \le q_j"),
    ("forall(k: 0 <= p[k]) <=> c < y", r"\left(\forall k:\; 0 \le p_k\right) \Leftrightarrow c \lt y"),
    ("W[i, a] + W[1, 2] - u[v + 1]", r"W_{ia} + W_{1,2} - u_{v+1}"),
    ("c^(y + 1)^2", r"c^{\left(y+1\right)^2}"),
]
BOOK = (
    CONTEXT.define("entropy(p) = -sum(k: xlogy(p[k], p[k]))")
    .define("kl_divergence(p, p2) = sum(k: p[k] log(p[k] / p2[k]))")
    .define("crossentropy(p, p2) = -sum(k: p[k] log(p2[k]))")
    .define("logsumexp(z) = log(sum(k: exp(z[k])))")
    .define("mean_of(z) = total(z) / n")
)


@pytest.mark.parametrize(("text", "latex"), LATEX)
def test_latex_is_set_as_in_a_textbook(text, latex):
    assert to_latex(BOOK.parse(text)) == latex


def test_a_name_of_several_letters_stands_apart_from_its_neighbours_in_a_product():
    book = Context().given("eta, slope: real")
    assert to_latex(book.parse("eta slope")) == r"\eta\,\mathrm{slope}"
    assert to_latex(book.parse("slope eta")) == r"\mathrm{slope}\,\eta"
    assert to_latex(book.parse("eta erfc(slope) step(eta)")) == r"\eta\,\mathrm{erfc}(\mathrm{slope})\,\mathrm{step}(\eta)"
    assert to_latex(book.parse("D(slope, eta)")) == r"\frac{\partial\,\mathrm{slope}}{\partial \eta}"
    assert to_latex(book.parse("D(eta^2, slope)")) == r"\frac{\partial}{\partial\,\mathrm{slope}}\left(\eta^2\right)"
    assert to_latex(book.parse("(eta + 1) erfc(eta)")) == r"\left(\eta + 1\right)\,\mathrm{erfc}(\eta)"
    assert to_latex(book.parse("slope (eta + 1)")) == r"\mathrm{slope}\,\left(\eta + 1\right)"


UNICODE = [
    ("exp(z[i] + c) / sum(k: exp(z[k] + c)) = q[i]", "exp(zᵢ + c) / Σₖ exp(zₖ + c) = qᵢ"),
    ("D(q[i], z[j]) = q[i] (delta(i, j) - q[j])", "∂qᵢ/∂zⱼ = qᵢ (δᵢⱼ - qⱼ)"),
    ("W[i, b] <= inf", "W[i, b] ≤ ∞"),
    ("sum(k: z[k]) / n != prod(b: W[1, b])", "(Σₖ zₖ) / n ≠ ∏[b] W[1, b]"),
    ("lam^-1 sqrt(c) >= sqrt(c + y) * 2", "λ⁻¹ √c ≥ √(c + y) · 2"),
    ("c erfc(-c / sqrt(2)) / 2", "c erfc(-c / √2) / 2"),
    ("step(c - y) T", "step(c - y) T"),
    ("forall(k: p[k] >= 0) => c = 1", "(∀k: pₖ ≥ 0) ⇒ c = 1"),
    ("lim(T -> 0+: c / T) = sum(r = 0..v: c^r)", "lim[T→0⁺] c / T = Σ[r=0..v] cʳ"),
]


@pytest.mark.parametrize(("text", "line"), UNICODE)
def test_unicode_is_one_readable_line(text, line):
    assert to_unicode(CONTEXT.parse(text)) == line


@pytest.mark.parametrize(
    "pattern", [" + ".join(["c"] * 95), "(" * 45 + "c" + " + 1)" * 45, "exp(" * 90 + "c" + ")" * 90, "^".join(["c"] * 90)]
)
def test_formulas_as_deep_as_the_parser_takes_go_through_every_printer(pattern):
    tree = CONTEXT.parse(pattern)
    for f in (to_latex, to_unicode, readable, t.strip):
        f(tree)
    assert t.same(CONTEXT.parse(to_text(tree)), tree)
    assert substitute(tree, {S["c"]: S["y"]}) != tree


@given(st.sampled_from(["lam", "eta", "w0", "w_new", "x_hat", "loss", "sigma2", "_x", "a_b_c", "K"]))
def test_every_name_has_latex_without_a_second_subscript(name):
    context = Context().given(f"n: size; {name}: real[n]; i: index[n]")
    latex = to_latex(context.parse(f"{name}[i]"))
    assert latex.count("_") - latex.count(r"\_") == 1

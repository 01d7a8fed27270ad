"""Writers: one document, three forms; nothing of the text is taken for markup."""

import io
import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathcore import formulas
from mathcore.conformance.contract import contract_checks
from mathcore.evidence import Check, Evidence, Level, Report, Verdict
from mathcore.render import document as d
from mathcore.render import html, markdown, prose, summary, terminal
from mathcore.render.mathematics import maths
from mathcore.render.page import KEPT, formula_page
from mathcore.render.report import report
from mathcore.rules import RULES
from tests.language.trees import formulas as formulas_of_any_form
from tests.render.reading import Misread, mathematics
from tests.sampling import sampled, tried

X = d.Maths(r"x_1 \lt \lvert y \rvert", "x₁ < |y|", "x[1] < abs(y)")
SAMPLE = d.Document(
    "Sample",
    (
        d.paragraph("a*b_c <b> & ", d.Code("x | y"), " ", X, " ", d.Link("there", "other.md#part")),
        d.Display((X, X)),
        d.Chain(X, (d.ChainLink(d.Maths("=", "=", "="), X, ("because",), "proved"),)),
        d.Table(("a", "b"), ((("1",), (X,)), ((d.Code("p | q"),), ("2",))), "lr"),
        d.Bullets((("one",), ("two",))),
        d.Section("Part", (d.Details("Answer", ("42",)), d.CodeBlock("x = 1\n", "python"))),
    ),
)


def in_terminal(document: d.Document, form: str = "unicode", width: int = 80) -> str:
    from rich.console import Console

    stream = io.StringIO()
    terminal.write(document, Console(file=stream, width=width, highlight=False, markup=False, emoji=False), form)
    return stream.getvalue()


def test_markdown_of_every_kind_of_block():
    assert (
        markdown.write(SAMPLE)
        == r"""# Sample

a\*b\_c \<b> & `x | y` $`x_1 \lt \lvert y \rvert`$ [there](other.md#part)

```math
\begin{aligned}
& x_1 \lt \lvert y \rvert \\
& x_1 \lt \lvert y \rvert
\end{aligned}
```

```math
\begin{aligned}
& x_1 \lt \lvert y \rvert \\
&\quad = x_1 \lt \lvert y \rvert && (1)
\end{aligned}
```

1. because ✓

| a | b |
| :-- | --: |
| 1 | $`x_1 \lt \lvert y \rvert`$ |
| `p \| q` | 2 |

* one
* two

## Part

<details><summary>Answer</summary>

42

</details>

```python
x = 1
```
"""
    )


def test_html_escapes_what_is_text():
    written = html.write(SAMPLE)
    assert "a*b_c &lt;b&gt; &amp; " in written
    assert r"$x_1 \lt \lvert y \rvert$" in written
    assert '<a href="other.md#part">there</a>' in written


def test_the_terminal_prints_text_as_it_is():
    assert "a*b_c <b> & x | y x₁ < |y| there" in in_terminal(SAMPLE)


def test_the_terminal_in_ascii():
    printed = in_terminal(d.Document("A – B", (d.paragraph("“≤” ", X),)), "text")
    assert printed.isascii()
    assert "A - B" in printed
    assert '"<=" x[1] < abs(y)' in printed


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200), st.integers(20, 100))
def test_no_text_breaks_the_terminal_or_the_page(text, width):
    document = d.Document(text, (d.paragraph(text), d.Bullets(((text,),)), d.Table(("a",), (((text,),),))))
    in_terminal(document, width=width)
    assert in_terminal(document, "text", width).isascii() or not text.isascii()
    markdown.write(document)
    html.write(document)


LINES = st.lists(
    st.one_of(
        formulas_of_any_form().map(lambda tree: maths(tree, inline=True)),
        st.sampled_from(["so ", " and ", " (", ") ", "_then_ ", "* ", " 3 ", " | ", " a_b ", "costs 5 dollars ", "<b> "]),
        st.sampled_from(["z[k]", "a | b", "x_1"]).map(d.Code),
    ),
    min_size=1,
    max_size=6,
)


@tried(50, 200, LINES)
def test_code_hosts_set_every_formula_of_a_page_exactly_as_it_was_written(parts):
    line = tuple(piece for part in parts for piece in (part, " "))
    written = [part.latex for part in parts if isinstance(part, d.Maths)]
    blocks = (d.Paragraph(line), d.Bullets((line,)), d.Table(("a", "b"), ((line, ("1",)),)), d.Details("Answer", line))
    shown = (d.Display(tuple(part for part in parts if isinstance(part, d.Maths))),) if written else ()
    for block in blocks:
        assert mathematics(markdown.write(d.Document("Page", (block,)))) == written
    for block in shown:
        (display,) = mathematics(markdown.write(d.Document("Page", (block,))))
        assert all(latex in display for latex in written)


@pytest.mark.parametrize("text", ["3$`x`$", "a-$`x`$", "$`x`$y", "$x$ and $y$", r"\\$`x`$ $"])
def test_a_formula_that_a_code_host_does_not_recognise_is_found(text):
    with pytest.raises(Misread):
        mathematics(text)


@pytest.mark.parametrize(("title", "name"), [("The Jacobian", "the-jacobian"), ("H <= log n, and when", "h--log-n-and-when")])
def test_anchors_are_those_of_the_common_readers(title, name):
    assert d.anchor(title) == name


@cache
def page_of(name: str) -> d.Document:
    return formula_page(formulas.load(name))


@sampled("name", formulas.names(), keep=3)
def test_every_card_can_be_written_without_evidence(name):
    for write in (markdown.write, html.write, in_terminal):
        assert formulas.load(name).title in unescape(write(page_of(name)))


def test_every_rule_has_words_of_its_own_and_the_page_for_readers_explains_them():
    table = (Path(__file__).resolve().parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
    rows = {word.strip() for row in re.findall(r"^\| ([^|]+) \|", table, re.M) for word in row.split(",")}
    assert {rule.spoken for rule in RULES.values()} - rows == {"when both sides are equal"}  # stands beside no step


def test_behind_the_proofs_says_nothing_empty_and_shows_every_hypothesis_as_mathematics():
    found = formulas.load("heavy_ball")
    judged = tuple(Verdict(x.title, Level.PROVED, points=25, lemmas=("energy",)) for x in found.derivations)
    text = in_terminal(formula_page(found, Evidence(found.name, "", derivations=judged), pages=False), width=200)
    assert f"{found.derivations[0].title}: 25 points; builds on “" in text and ": ;" not in text and "; ;" not in text
    assert "- s Xₜ₊₁ Xₜ + b Xₜ² = bᵗ (" in text and "X[t + 1]^2" not in text  # of an induction, several


def test_the_law_that_a_mistake_breaks_is_quoted_in_plain_text():
    name = formulas.load("huber").mistakes[0]
    check = Check("mistake", name, True, "breaks the law `is never negative`", counterexample="f([1]) gives [2]")
    text = in_terminal(formula_page(formulas.load("huber"), Evidence("huber", "", checks=(check,)), pages=False), width=200)
    assert "Refuted: breaks the law “is never negative”: f([1])" in text


def test_a_false_claim_and_a_law_show_what_they_assume():
    text = in_terminal(formula_page(formulas.load("heavy_ball"), pages=False), width=200)
    assert "- p q < 1, given p < 1; q < 1: true only if" in text
    assert ", given c, a non-negative number: " in in_terminal(formula_page(formulas.load("gelu"), pages=False), width=200)
    laws = [(name, law) for name in formulas.names() for law in formulas.load(name).invariants if law.given]
    for name, law in laws[:1]:
        assert ", given " in markdown.write(formula_page(formulas.load(name))).split(f"| {law.name} |")[1].split("\n")[0]


def test_notebooks_show_cards_and_evidence():
    card = formulas.load("softmax")
    assert "<h2>Softmax</h2>" in card._repr_html_()
    evidence = Evidence("softmax", "", derivations=(Verdict("1 = 1", Level.PROVED),))
    assert "<table>" in evidence._repr_html_()
    assert "1 of 1 claims proved for all n" in evidence._repr_html_()


def test_a_prompt_shows_one_line():
    proved = Verdict("1 = 1", Level.PROVED)
    assert repr(proved) == "<Verdict proved: 1 = 1>"
    assert repr(Evidence("softmax", "", (proved,))) == "<Evidence softmax: held, 1 of 1 claims held>"
    assert repr(Evidence("softmax", "")) == "<Evidence softmax: FAILED, nothing was checked>"
    failed = Check("law", "sums to one", False, "gives [0.5]")
    assert repr(Report("mine", "softmax", (failed,))) == "<Report mine as softmax: wrong, 0 of 1 checks held>"
    softmax = repr(formulas.load("softmax"))
    assert softmax.startswith("<Card softmax: softmax(z)[i] = exp(z[i]) / sum(k: exp(z[k])); ") and softmax.endswith(
        " derivations>"
    )
    long = Verdict("a + " * 400 + "a = 0\n", Level.UNKNOWN)
    for value in (long, *map(formulas.load, formulas.names())):
        assert len(repr(value)) < 150 and "\n" not in repr(value)


@pytest.mark.parametrize("reason", ["false at a point: x = 1 < 0 & so", "", "no reason"])
def test_a_notebook_shows_the_reason_of_a_verdict_and_a_counterexample_once(reason):
    shown = unescape(Verdict("x < 0", Level.REFUTED, reason=reason, counterexample="x = 1 < 0 & so")._repr_html_())
    assert shown.count("x = 1 < 0 & so") == 1 and reason in shown and "refuted" in shown
    assert "<b>" not in Verdict("<b>", Level.UNKNOWN, reason="<b>")._repr_html_()


# the report of `mathcore verify` --------------------------------------------------------------------------------------------


def test_the_report_shows_what_failed_with_its_counterexample_and_what_to_do():
    wrong = Verdict("= s[i] + 1", Level.REFUTED, "rewrite", counterexample="n = 2, z = [0, 1]")
    evidence = Evidence(
        "softmax",
        "",
        derivations=(Verdict("s[i] = s[i] + 1", Level.REFUTED, steps=(wrong,)),),
        false_claims=(Verdict("1 = 1", Level.PROVED),),
        checks=(
            Check("law", "sums to one", False, counterexample="softmax([0.0])"),
            Check("mistake", "base_two", False),
            Check("accuracy", "float64", True, figures={"max": 3.14, "bar": 6.0, "unit": "ULP", "outputs": 100}),
        ),
    )
    printed = in_terminal(report([evidence], 0.1, "here"))
    for expected in (
        "step 1 of 1: = s[i] + 1",
        "n = 2, z = [0, 1]",
        "a false claim was not refuted",
        "softmax([0.0])",
        "3.1/6",
        "1 of 1 failed",
    ):
        assert expected in printed
    assert printed.count("next: ") == 4


@pytest.mark.parametrize("reason", ["x = 1 is false at n = 1", "false at a point: x = 1 is false at n = 1", "not shown"])
def test_the_report_shows_a_counterexample_once_and_the_reason(reason):
    wrong = Verdict("= x + 1", Level.REFUTED, "rewrite", reason, counterexample="x = 1 is false at n = 1")
    evidence = Evidence("softmax", "", (Verdict("x = x + 1", Level.REFUTED, "", "the claim is false", steps=(wrong,)),))
    printed = " ".join(in_terminal(report([evidence], 0.1)).split())
    assert printed.count("counterexample: x = 1 is false at n = 1") == printed.count("x = 1 is false at n = 1") == 1
    assert ("not shown" in printed) == (reason == "not shown")


def test_an_empty_card_is_a_failure():
    printed = in_terminal(report([Evidence("softmax", "")], 0.1, "here"))
    assert "1 of 1 failed" in printed
    assert "nothing was checked" in printed


def test_a_statement_card_says_that_it_has_no_derivation_yet():
    from mathcore.render.summary import status

    assert status(Evidence("one_hot", "", checks=(Check("law", "x", True),))) == "no derivation yet"


def test_the_table_of_many_cards_fits_in_80_columns():
    def check(kind: str, name: str) -> Check:
        return Check(kind, name, True, cases=9999, figures={"max": 0.4999, "bar": 0.51, "unit": "ULP"})

    held = tuple(Verdict("1 = 1", Level.PROVED) for _ in range(12))
    wrong = tuple(Verdict("1 = 2", Level.REFUTED) for _ in range(10))
    checks = tuple(check("accuracy", f) for f in ("float64", "float32", "float16"))
    checks += tuple(check(kind, f"{kind} {n}") for kind in ("law", "mistake", "example") for n in range(12))
    found = [Evidence(name, "", held, wrong, checks) for name in ("sparse_categorical_crossentropy", "softmax", "kl_divergence")]
    printed = in_terminal(report(found, 12.3, "here"))
    assert max(len(line) for line in printed.splitlines()) <= 80
    assert "36 of 36 laws held in 359,964 cases" in " ".join(printed.split())
    assert "kl_divergence" in printed
    assert re.search(r"^sparse_categorical_ +12/12", printed, re.M)


def test_what_is_decided_is_counted_apart_and_never_as_proved():
    claims = (Verdict("a", Level.PROVED), Verdict("b", Level.DECIDED, axioms=("z3 5.4.1",)))
    found = Evidence("card", "", derivations=claims)
    total = summary.totals([summary.row(found)])
    assert (total.claims, total.proved, total.conditional, total.decided) == (2, 1, 0, 1)
    assert not found.held and summary.status(found) == "decided"
    said = in_terminal(report([found], 1.0))
    assert "1 of 2 claims proved for all n, 0 conditional, 1 decided by another program" in " ".join(said.split())
    assert "decided" not in in_terminal(report([Evidence("card", "", derivations=claims[:1])], 1.0))


@pytest.mark.parametrize("width", [40, 60, 80, 110])
def test_no_name_of_a_card_takes_more_than_four_lines_and_none_is_broken_inside_a_word(width):
    cells = (("17/17",), ("5/5",), ("7/7",), ("2.8/3.5",), (".50/.51",), (".50/.51",), ("10/10",), ("7/7",))
    header = ("formula", "all n", "false", "laws", "f64", "f32", "f16", "mist.", "ex.")
    for name in formulas.names():
        table = d.Table(header, (((name,), *cells),), "l" + "r" * 8)
        _, rows = re.split("─{9,}", in_terminal(d.Document("", (table,)), width=width))
        parts = [first for line in rows.splitlines() if (first := line.partition(" ")[0])]
        assert "".join(parts) == name and len(parts) <= (4 if width < 80 else 2), parts
        assert all(part.endswith("_") for part in parts[:-1])


@pytest.mark.parametrize("name", ["adam_step", "focal_loss_gradient", "gradient_descent", "logsumexp"])
def test_a_bound_is_typeset_and_its_letters_are_explained(name):
    shown = " ".join(in_terminal(formula_page(formulas.load(name))).split())
    unit = "u is half the distance from 1 to the next number of the format"
    said = re.search(rf"The error may be (.*?), where {unit}(.*?)\.", shown)
    assert said and not re.search(r"abs\(|eta|sum\(", said[1])
    assert ("y is the exact result" in said[2]) == bool(re.search(r"\by\b", said[1]))


def test_what_a_proof_rests_on_has_no_empty_place():
    known = formulas.load("logistic_regression")
    proved = tuple(Verdict("", Level.PROVED, points=25, lemmas=("softplus.left_right",)) for _ in known.derivations)
    _, shown = in_terminal(formula_page(known, Evidence(known.name, "", derivations=proved))).split("Behind the proofs")
    assert "- The gradient: 25 points; builds on " in shown and "; ;" not in shown


@pytest.mark.parametrize("form", ["unicode", "text"])
@pytest.mark.parametrize("width", range(30, 80, 7))
def test_a_short_formula_in_a_sentence_is_not_broken_between_two_lines(form, width):
    short = d.Maths("1 + a", "1 + exp(-z)", "1 + exp(-z)")
    long = d.Maths("x", "a + b + c + d + e + f + g + h + i + j + k", "a + b + c + d + e + f + g + h + i + j + k")
    parts = ("so that ", short, " and again ", short, " but not ", long, " here ", short, ".")
    document = d.Document("", (d.Paragraph(parts), d.Bullets((parts,)), d.Details("Answer", parts)))
    lines = in_terminal(document, form, width).splitlines()
    assert sum(line.count("1 + exp(-z)") for line in lines) == 9
    assert max(map(len, lines)) <= width and not any("\ue000" in line for line in lines)
    assert " ".join(" ".join(lines).split()).count(long.unicode) == 3


def test_what_every_function_promises_is_said_in_a_sentence():
    found = Evidence("softmax", "", (), (), tuple(Check("contract", name, True) for name in KEPT))
    shown = " ".join(in_terminal(formula_page(formulas.load("softmax"), found)).split())
    assert all(said in shown for said in KEPT.values())
    asked = {
        c.name
        for name in ("softmax", "entropy", "one_hot", "accuracy", "relu")
        for c in contract_checks(formulas.load(name), own=True)
    }
    assert set(KEPT) <= asked


def test_a_point_at_which_a_claim_is_false_is_typeset():
    known = formulas.load("gradient_descent")
    where = (
        "2/3 <= 0 is false at d = n = 1, eta = 2, g = [1/2, 1]; phi(u) = u^2",
        "2 = 1 is false at the only point",
        "odd ^ text",
        "1 <= 0 is false at L = odd ]",
    )
    wrong = tuple(Verdict("", Level.REFUTED, counterexample=text) for text in where)
    check = Check("mistake", "mathcore.mistakes.gradient_descent.ascent", True, "breaks the law `never goes uphill`")
    shown = " ".join(in_terminal(formula_page(known, Evidence(known.name, "", false_claims=wrong, checks=(check,)))).split())
    assert "Refuted: 2 / 3 ≤ 0 is false at d = n = 1, η = 2, g = [1 / 2, 1]; " in shown and "; phi(u) = u^2 - " in shown
    assert (
        "Refuted: 2 = 1 is false - " in shown
        and "Refuted: odd ^ text" in shown
        and "Refuted: 1 ≤ 0 is false at L = odd ]" in shown
    )
    assert "breaks the law “never goes uphill”" in shown


def test_a_table_of_an_author_keeps_its_alignment():
    (table,) = prose.blocks(formulas.load("softmax").context, "| a | b | c |\n| :-- | --: | :-: |\n| 1 | 2 | 3 |\n")
    assert table.align == "lrc"

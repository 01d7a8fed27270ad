"""Documents as docutils nodes: every kind of block, nothing of the text lost, ids that are free."""

from pathlib import Path

import pytest

from mathcore import formulas
from mathcore.render import document as d
from mathcore.render import site
from mathcore.render.page import formula_page

pytestmark = pytest.mark.docs
X = d.Maths(r"x_1 \lt 2", "x₁ < 2", "x[1] < 2")
LINK = d.ChainLink(d.Maths("=", "=", "="), X, ("because ", X), "proved", ("algebra",), ("Proved for every n.",))
SAMPLE = d.Document(
    "Sample",
    (
        d.paragraph("a*b_c <b> & ", d.Code("x | y"), d.Strong("s"), d.Emphasis("e"), X, d.Link("there", "other.md#part")),
        d.paragraph(d.Picture("a curve that falls", "curve.svg")),
        d.Display((X, X)),
        d.Chain(X, (LINK, LINK), "A chain", "sample-chain"),
        d.Chain(X, (LINK,), "Told", "sample-told", told=True),
        d.Table(("a", "b"), ((("1",), (X,)),), "lr"),
        d.Bullets((("one",), ("two",)), ordered=True),
        d.Quotation((d.paragraph("quoted"),)),
        d.Section("Part", (d.Details("Answer", ("42",)), d.CodeBlock("x = 1\n", "python"), d.CodeBlock("y", "no such language"))),
        d.Section("Part", ()),
    ),
)


def nodes_of(document: d.Document, **options):
    from mathcore.render.docutils import Writer

    return Writer(**options).section(document)


def test_every_kind_of_block_becomes_nodes():
    from docutils import nodes

    section = nodes_of(SAMPLE)
    kinds = [type(node).__name__ for node in section.children]
    assert kinds == [
        "title",
        "paragraph",
        "paragraph",
        "wide",
        "chain",
        "chain",
        "table",
        "enumerated_list",
        "block_quote",
        "section",
        "section",
    ]
    first = section[1]
    assert [type(node).__name__ for node in first] == ["Text", "literal", "strong", "emphasis", "math", "reference"]
    assert first.astext().startswith("a*b_c <b> & x | y")
    assert section[2][0]["alt"] == "a curve that falls"
    assert section[3][0].astext().count(r"x_1 \lt 2") == 2 and section[3][0]["unicode"] == "x₁ < 2\nx₁ < 2"
    assert [block["language"] for block in section.findall(nodes.literal_block)] == ["python", "text"]
    assert [entry["classes"] for entry in section.findall(nodes.entry)] == [[], ["text-right"]] * 2


def test_the_lines_of_a_chain_have_permanent_names():
    from mathcore.render.docutils import step

    section = nodes_of(SAMPLE)
    assert [node["ids"] for node in section.findall(step)] == [["sample-chain-1"], ["sample-chain-2"], ["sample-told-1"]]
    fields = [[field[0].astext() for field in node[-1][-1]] for node in section.findall(step)]
    assert fields == [["Reason", "Rule", "Evidence", "Link"]] * 2 + [["Rule", "Evidence", "Link"]]


def test_a_chain_that_is_told_shows_its_reason_and_no_formula_again():
    from mathcore.render.docutils import details, summary, wide

    told = nodes_of(SAMPLE)[5]
    assert not list(told.findall(wide))
    assert isinstance(told[0][0], details) and next(told.findall(summary)).astext() == "Why: because x_1 \\lt 2 ✓ proved"


def test_a_heading_that_stands_twice_has_two_ids_and_a_name_that_is_taken_none():
    taken: set[str] = {"sample-chain"}

    def free(name: str) -> bool:
        return name not in taken and not taken.add(name)

    from docutils import nodes

    section = nodes_of(SAMPLE, free=free, prefix="sample")
    assert [node["ids"] for node in section.findall(nodes.section)] == [["sample"], ["sample-part"], ["sample-part-1"]]
    assert section[4]["ids"] == [] and section[4][1]["ids"] == []


@pytest.mark.parametrize("name", ["softmax", "kl_divergence", "gradient_descent", "adam_step", "data_processing"])
def test_of_the_page_of_a_formula_nothing_is_lost(name):
    """Every text of the document is a text of the nodes."""
    evidence = site.accepted(Path(__file__).resolve().parents[2] / "docs")[name]
    page = formula_page(formulas.load(name), evidence)
    text = nodes_of(page).astext()
    missing = [said for said in texts(page) if said not in text]
    assert missing == []


def texts(value):
    """Every text in a document that a reader sees."""
    match value:
        case str():
            yield value
        case d.Maths():
            yield value.latex
        case d.Code() | d.Strong() | d.Emphasis() | d.Link():
            yield value.text
        case d.Chain(told=True):
            yield from texts(value.links[0].reason)
        case d.ChainLink():
            yield from texts((value.reason, value.rule, value.evidence))
        case d.Table():
            yield from texts((value.heads, value.rows))
        case d.Chain():
            yield from texts((value.start, value.links))
        case d.Display():
            yield from texts(value.formulas)
        case d.Section() | d.Document():
            yield from texts((value.title, value.blocks))
        case d.Details():
            yield from texts((value.summary, value.parts))
        case d.CodeBlock():
            yield value.text
        case d.Bullets():
            yield from texts(value.items)
        case d.Quotation():
            yield from texts(value.blocks)
        case d.Paragraph():
            yield from texts(value.parts)
        case tuple():
            for part in value:
                yield from texts(part)

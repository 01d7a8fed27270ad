"""The front door: every page has its place, and the graph says what rests on what."""

from pathlib import Path

from mathcore import formulas
from mathcore.render.site import accepted
from mathcore.site import front, graph

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_page_is_in_the_contents_of_the_site():
    listed = [page for pages in front.groups(DOCS).values() for page in pages]
    sources = [*DOCS.glob("*.md"), *DOCS.glob("*/*.md"), *DOCS.glob("api/*.rst")]
    written = {path.relative_to(DOCS).with_suffix("").as_posix() for path in sources} - {"index"}
    assert len(listed) == len(set(listed))
    assert set(listed) == written


def test_the_front_page_shows_every_formula_under_its_topic():
    text = front.formulas(accepted(DOCS))
    assert all(f"](formulas/{name}.md)" in text for name in formulas.names())


def test_a_line_that_other_lines_imply_is_left_out():
    assert graph.reduced({"a": set(), "b": {"a"}, "c": {"a", "b"}}) == {"a": set(), "b": {"a"}, "c": {"b"}}


def test_a_formula_stands_right_of_all_that_it_rests_on():
    columns = graph.ordered({"a": set(), "b": {"a"}, "c": {"b"}, "d": {"a", "c"}})
    place = {name: x for x, column in enumerate(columns) for name in column}
    assert place == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_the_graph_is_a_link_for_each_formula_with_lines_and_says_its_status():
    judged = accepted(DOCS)
    drawn = graph.picture(judged)
    alone = {n for n in judged if not formulas.load(n).uses and not any(n in formulas.load(o).uses for o in judged)}
    assert drawn.count("<a ") == len(judged) - len(alone)
    assert 'href="formulas/softmax.html"' in drawn
    assert "✓ Crossentropy: proved; rests on" in drawn

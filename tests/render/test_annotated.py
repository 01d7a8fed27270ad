"""A document as a page: each line with its outcome, each statement that does not hold with the reason."""

import pytest

from mathcore.document.course import read
from mathcore.evidence import Level
from mathcore.render import document as d
from mathcore.render import markdown
from mathcore.render.annotated import document_page, one_derivation, outcome
from mathcore.verify.documents import verify_document
from tests.verify.test_asked import PAGE


@pytest.fixture
def judged(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(PAGE.format(uses=""), encoding="utf-8")
    return read(path), verify_document(path)


def test_a_page_says_in_the_beginning_what_was_found(judged):
    assert "**✗ refuted**: 2 numbers, 1 derivation: 1 confirmed, 2 refuted." in markdown.write(document_page(*judged))


def test_a_number_that_is_wrong_is_told_below_its_paragraph(judged):
    text = markdown.write(document_page(*judged))
    assert text.index("> **✗ refuted** `2 + 2 = 5`: ") < text.index("## Squares")
    assert "1 + 1" not in text.partition("## Squares")[0].partition(">")[2]


def test_the_lines_of_a_derivation_have_their_own_outcomes(judged):
    level, blocks = one_derivation(*judged, "squares")
    (chain,) = (block for block in blocks if isinstance(block, d.Chain))
    assert level is Level.REFUTED and [link.level for link in chain.links] == ["proved", "refuted"]
    assert "Refuted" in str(chain.links[1].evidence[0]) and "Line 2 does not follow." in str(blocks[-1])


def test_a_derivation_that_is_not_there_is_refused_with_those_that_are(judged):
    with pytest.raises(ValueError, match="page has no derivation 'cubes'; it has squares"):
        one_derivation(*judged, "cubes")


def test_a_document_in_which_everything_holds_is_proved(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(PAGE.format(uses="").replace("2 + 2 = 5", "2 + 2 = 4").replace("x + 3", "x + 2"), encoding="utf-8")
    found = verify_document(path)
    assert outcome(found) is Level.PROVED
    assert "**✓ proved**" in markdown.write(document_page(read(path), found))

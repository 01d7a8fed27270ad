"""The form: what is read is what was written, and every fault is named with its line and a remedy."""

import random
import re
import time

import pytest
from markdown_it import MarkdownIt

from mathcore.document import value as v
from mathcore.document.cards import card_of, document_of, meanings
from mathcore.document.error import WrongDocument
from mathcore.document.reader import load as read_file
from mathcore.document.reader import read
from mathcore.document.writer import WIDTH, write
from mathcore.formulas import PAGES, load, names
from tests.document.broken import BROKEN, HEAD, chain, page
from tests.sampling import sampled


def test_there_are_sixty_broken_documents():
    assert len({b.name for b in BROKEN}) == len(BROKEN) >= 60


@pytest.mark.parametrize("broken", [b for b in BROKEN if b.said], ids=lambda b: b.name)
def test_every_fault_is_said_with_its_line_and_a_remedy(broken):
    with pytest.raises(WrongDocument) as raised:
        card_of(read(broken.text, "page.md"), "page")
    said = [p for p in raised.value.problems if p.line == broken.line]
    assert any(broken.said in p.message for p in said), str(raised.value)
    assert str(raised.value).startswith("page.md:")
    assert "Traceback" not in str(raised.value)


def test_the_page_that_the_broken_ones_begin_with_is_whole():
    """The twin of the test above."""
    card = card_of(read(HEAD + "\n" + chain("f(z)[i]\n= z[i] + 1\n    [definition]").removeprefix(HEAD)), "page")
    assert [d.claim for d in card.derivations] == ["f(z)[i] = z[i] + 1"]
    assert read(page("A line. Another one with `z[i] = 1` in it.")).blocks


@sampled("name", names(), keep=25)
def test_every_card_is_written_canonically_and_read_back_equal(name):
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    document = read(text, name)
    assert write(document) == text
    card = card_of(document, name)
    again = document_of(card)
    assert card_of(read(write(again)), name) == card
    bare = document_of(type(card)(**{f: getattr(card, f) for f in card.__dataclass_fields__ if f != "page"}))
    assert card_of(read(write(bare)), name) == card  # a card that was made in Python has a page as well
    assert max(map(len, text.split("\n"))) <= WIDTH or "```" in text


@pytest.mark.parametrize("name", names())
def test_a_letter_has_one_meaning_on_a_page(name):
    assert meanings(load(name)) == {}


def test_a_letter_may_be_meant_in_a_part_of_its_domain():
    text = chain("given z: positive[n]; n: size >= 2\nz[i]\n= z[i] + 0\n    [algebra]")
    assert meanings(card_of(read(text), "page")) == {}


def test_letters_with_two_meanings_are_noticed():
    text = chain("given z: real\nz\n= z + 0\n    [algebra]")
    assert meanings(card_of(read(text), "page")) == {"z": ["real[n]", "real"]}


def test_a_section_declares_its_own_letters():
    one = "```derivation a\nx\n= x + 0\n```"
    two = "```derivation b\nz[i]\n= z[i] + 0\n```"
    text = page(f"## One\n\n```given\nx: positive\n```\n\n### Deeper\n\n{one}\n\n## Two\n\n{two}")
    assert [d.given for d in card_of(read(text), "page").derivations] == ["x: positive", ""]


@pytest.mark.parametrize(
    "line", ["<b>Note</b> that all is well.", "<kbd>F5</kbd> runs it.", "<https://example.org> says why.", "<!-- seen -->"]
)
def test_a_line_that_begins_with_a_tag_is_no_line_of_a_derivation(line):
    read(page(f"Words.\n\n{line}"))


def test_homework_outside_of_fences_is_read_with_a_note():
    for body in ("f(z)[i]\n= z[i] + 1\n= 1 + z[i]", "As follows:\n\n    f(z)[i]\n    = z[i] + 1\n    = 1 + z[i]"):
        document = read(page(body), lenient=True)
        (found,) = [b for b in document.blocks if isinstance(b, v.Chain)]
        assert found.derivation.claim == "f(z)[i] = 1 + z[i]"
        assert "is read as a derivation: put it into a fence" in document.notes[0]


def test_wrapping_changes_nothing_that_a_page_says():
    texts = [
        "A paragraph of `code spans with blanks` and $a b$ and [a link](x) " + "word " * 60,
        "* a list " + "word " * 40 + "\n  * inside " + "word " * 30 + "\n* `x`",
        "> quoted " + "word " * 40,
        "1. one\n\n   more " + "word " * 30,
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "a hard break  \nhere and \\\nthere",
        " ".join(["word"] * 14 + ["-", "dash", "1.", "number", "#", "hash", "+", "plus", "=", "sign"] * 6),
        "see [a] and [b]\n\n[a]: x.md\n[b]: y.md\n  'its title'\n[a]: again.md",
        "about C #\n=========",
        "a heading \\\nof two lines\n---",
        "~~~ a`b\n1\n~~~",
        "Fig.\u00a07 and\u2003so " + "word\u00a0" * 40,
    ]
    for text in texts:
        unchanged_by_writing(page(text))


def unchanged_by_writing(text: str) -> None:
    """Written, a text is rendered as before but for line ends, and is the same when it is written again."""
    written = write(read(text))
    assert write(read(written)) == written
    assert rendered(written) == rendered(text)


def rendered(text: str) -> list[str]:
    """What a reader sees; the form has one line for a heading."""
    html = MarkdownIt("commonmark").enable("table").render(text)
    html = re.sub(r"<h\d>.*?</h\d>", lambda heading: heading[0].replace("<br />", ""), html, flags=re.DOTALL)
    return re.split("[ \n\t]+", re.sub(r"(?<=>)\s+|\s+(?=<)", " ", html))


PIECES = [
    "[a]: x.md", "see [a]", "Heading `a = b` #", "====", "----", "- item", "* star", "1. one", "2) two", "> quote", "    code",
    "", "", "", "word word", "word " * 30, "~~~ a`b", "~~~", "```python x", "```", "```claims", "1 = 1", "<div>", "</div>",
    "<!-- x", "-->", "| a | b |", "|---|---|", "| `x|y` | 2 |", "# head #", "## a \\#", "#", "a\\", "line  ", "&nbsp; &amp;",
    "**bold", "text**", "`code", "span`", "``a ` b``", "$a", "- b$", "   - deep", "1986. A year", "***", "***bold***",
    "![x](", "y)", "한국어", "[^1]: note", "\\# x", "-", "- - a", "> - a", "> ```", "> > a", "\tTab", "text\ttab", "(1) = a",
    "- [ ] task", ": def", "<b>", "\u00a0x", "\u3000한국어", "x = 1 and so " * 3,
]  # fmt: skip


@pytest.mark.fuzz
def test_writing_changes_nothing_in_markdown_of_random_pieces():
    draw, written = random.Random(20260102), 0
    for _ in range(800):
        text = "\n".join(draw.choice(PIECES) for _ in range(draw.randint(1, 9))) + "\n"
        try:
            read(text)
        except WrongDocument:
            continue
        written += 1
        unchanged_by_writing(text)
    assert written > 300


# hostile --------------------------------------------------------------------------------------------------------------


HOSTILE = [
    "# a\n" * 49_000, "> " * 40_000 + "a", "[" * 90_000, "`" * 90_000, "* " * 20_000, "```derivation a\n" * 50_000, "(" * 90_000,
    "```derivation a\nx\n= y\n    " + "[each k] " * 5_000 + "\n```",
    "```derivation a\nx\n= y\n    [cases]\n" + "".join(f"{' ' * (4 + k)}- a:\n" for k in range(900)) + "```",
    "|" * 50_000 + "\n" + "|-" * 50_000, "\\" * 90_000, "<div>" * 15_000, "&amp" * 20_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_or_refused_in_bounded_time(text):
    begin = time.process_time()
    try:
        write(read(text))
    except WrongDocument as error:
        assert error.problems
    assert time.process_time() - begin < 20


def test_what_is_no_text_is_refused(tmp_path):
    file = tmp_path / "page.md"
    file.write_bytes(b"# a\n\xff\xfe")
    with pytest.raises(WrongDocument, match=r"page\.md:2:1: is not UTF-8"):
        read_file(file)


def test_of_a_text_beyond_all_bounds_the_size_is_said(tmp_path):
    file = tmp_path / "page.md"
    for text in ("a" * 5_000_000, "가" * 2_000_000):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(WrongDocument, match=r"page\.md:1:1: the document has more than 1,048,576 characters: split it"):
            read_file(file)


def damaged(text: str, draw: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(draw.randint(1, 4)):
        place = draw.randrange(len(lines))
        match draw.randrange(6):
            case 0:
                del lines[place]
                lines = lines or [""]
            case 1:
                lines.insert(place, draw.choice(lines))
            case 2:
                lines[place] = lines[place][: draw.randint(0, len(lines[place]))]
            case 3:
                lines[place] = " " * draw.randint(0, 6) + lines[place].lstrip()
            case 4:
                at = draw.randint(0, len(lines[place]))
                lines[place] = lines[place][:at] + draw.choice("[](){}`#*->=<|:;,$\\\"' \t0aZ") + lines[place][at:]
            case _:
                lines[place] = draw.choice(
                    ["```", "    = 1", "[algebra]", "- a: [terms]", "## x", "> 0", "given", "equality x = 1"]
                )
    return "\n".join(lines)


def said(block):
    """A block without the white space and the marks of quotations that wrapping moves."""
    return re.sub(r"[\s>]+", " ", block.text).strip() if isinstance(block, v.Prose) else block


@pytest.mark.fuzz
def test_a_damaged_page_is_read_or_refused_and_what_is_read_is_written_the_same_each_time():
    draw = random.Random(20260101)
    texts = [(PAGES / f"{name}.md").read_text(encoding="utf-8") for name in names()]
    read_so = 0
    for _ in range(100):
        text = damaged(draw.choice(texts), draw)
        try:
            document = read(text)
            card_of(document, "page")
        except WrongDocument as error:
            assert all(p.line >= 1 and p.message for p in error.problems)
            continue
        read_so += 1
        written = write(document)
        assert write(read(written)) == written
        assert [said(b) for b in read(written).blocks] == [said(b) for b in document.blocks]
    assert read_so > 15

"""What is to be in Korean is in Korean as a whole: nothing missing, nothing stale, and every place and formula kept."""

from __future__ import annotations

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from pathlib import Path

import pytest

babel = pytest.importorskip("babel", reason="catalogues are read by babel (extra `test`)")
from babel.messages.catalog import Catalog, Message  # noqa: E402  # not before what may be missing is asked for
from babel.messages.pofile import read_po  # noqa: E402  # not before what may be missing is asked for
from rich.console import Console  # noqa: E402  # not before what may be missing is asked for

from mathcore import formulas  # noqa: E402  # not before what may be missing is asked for
from mathcore.document.words import mapped, messages, translated, worded  # noqa: E402  # not before what may be missing is asked for
from mathcore.evidence import Check, Evidence, Level, Verdict  # noqa: E402  # not before what may be missing is asked for
from mathcore.language.parser import Context  # noqa: E402  # not before what may be missing is asked for
from mathcore.render import terminal  # noqa: E402  # not before what may be missing is asked for
from mathcore.render.document import Bullets, Paragraph, Quotation, Section, Table, filled  # noqa: E402  # not before what may be missing is asked for
from mathcore.render.page import formula_page  # noqa: E402  # not before what may be missing is asked for
from mathcore.render.prose import blocks  # noqa: E402  # not before what may be missing is asked for
from mathcore.translation import N_, _, language, languages, ngettext, sentence, using, words  # noqa: E402  # not before what may be missing is asked for
from tests.sampling import sampled  # noqa: E402  # not before what may be missing is asked for

ROOT = Path(__file__).parent.parent
REFRESH = "run python docs/translate.py, translate what is new, and commit"


def load_tool():
    spec = spec_from_file_location("translate", ROOT / "docs" / "translate.py")
    assert spec is not None and spec.loader is not None
    tool = module_from_spec(spec)
    sys.modules["translate"] = tool
    spec.loader.exec_module(tool)
    return tool


tool = load_tool()
INSIDE = sorted(tool.LOCALE.glob("*/LC_MESSAGES/*.po"))
PAGES = [tool.PAGES / code / "LC_MESSAGES" / f"{name}.po" for code in tool.LANGUAGES for name in tool.DOCUMENTS]


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="ko")


def texts(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def lacking(found: Catalog) -> list[str]:
    """Messages without a translation, or with one that no longer belongs to them."""
    return [str(m.id) for m in found if m.id and (m.fuzzy or not all(texts(m)))]


KEPT = re.compile(r"(`+[^`]+`+|\{\w+[^{}]*\}|\]\([^)]*\)|\$[^$]+\$)")


def lost(message: Message) -> set[str]:
    """Places, code, formulas and addresses that only one of the two texts has."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    wanted = set(KEPT.findall(ids[-1]))
    return set().union(*(wanted ^ set(KEPT.findall(text)) for text in texts(message)))


def one(text: str, said: str, *flags: str) -> Catalog:
    found = Catalog(locale="ko", fuzzy=False)
    found.add(text, said, flags=flags)
    return found


# the catalogues -------------------------------------------------------------------------------------------------------


def test_there_are_catalogues():
    assert [p.stem for p in INSIDE] == ["cards", "figures", "mathcore"]
    assert PAGES and all(path.exists() for path in PAGES)
    assert languages() == ("en", *tool.LANGUAGES)


@pytest.mark.parametrize("path", [*INSIDE, *PAGES], ids=lambda p: p.stem)
def test_everything_is_translated(path):
    assert lacking(catalogue(path)) == [], REFRESH


def test_what_is_missing_or_stale_is_seen():
    assert lacking(one("Softmax", "")) == ["Softmax"]
    assert lacking(one("Softmax", "소프트맥스", "fuzzy")) == ["Softmax"]
    assert lacking(one("Softmax", "소프트맥스")) == []


@pytest.mark.parametrize("path", [*INSIDE, *PAGES], ids=lambda p: p.stem)
def test_places_code_formulas_and_links_are_kept(path):
    assert {str(m.id): gone for m in catalogue(path) if m.id and (gone := lost(m))} == {}


@pytest.mark.parametrize(
    ("text", "said", "gone"),
    [
        ("{count} points", "점", {"{count}"}),
        ("the sum of `p[k]`", "`q[k]`의 합", {"`p[k]`", "`q[k]`"}),
        ("see [here](a.md)", "[여기](b.md)를 보라", {"](a.md)", "](b.md)"}),
        ("about $x$", "x에 대해", {"$x$"}),
        ("{count} of `n`", "`n` 가운데 {count}", set()),
    ],
)
def test_what_a_translation_loses_is_seen(text, said, gone):
    assert lost(Message(text, said)) == gone


def stale(path: Path, template: Catalog) -> bool:
    return tool.po(tool.updated(path, template, "ko")) != path.read_bytes()


@pytest.mark.slow
def test_catalogues_hold_the_messages_of_cards_figures_and_the_program():
    for path, template in zip(INSIDE, (tool.cards(), tool.figures(), tool.program()), strict=True):
        assert not stale(path, template), REFRESH


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")  # of Sphinx, by its extensions
def test_catalogues_hold_the_messages_of_the_pages():
    pytest.importorskip("sphinx", reason="Sphinx reads the pages (extra `docs`)")
    for name, template in tool.pages().items():
        assert not stale(tool.PAGES / "ko" / "LC_MESSAGES" / f"{name}.po", template), REFRESH


def test_a_message_that_changed_is_stale_and_its_translation_is_to_be_looked_at(tmp_path):
    path = tmp_path / "cards.po"
    path.write_bytes(tool.po(tool.updated(path, one("How uncertain is an outcome?", ""), "ko")))
    kept = catalogue(path)
    kept["How uncertain is an outcome?"].string = "결과는 얼마나 불확실한가?"
    path.write_bytes(tool.po(kept))
    template = one("How uncertain is the outcome?", "")
    assert stale(path, template)
    (changed,) = [m for m in tool.updated(path, template, "ko") if m.id]
    assert changed.fuzzy and changed.string == "결과는 얼마나 불확실한가?"
    assert not stale(path, one("How uncertain is an outcome?", ""))


@pytest.mark.parametrize("path", INSIDE, ids=lambda p: p.stem)
def test_compiled_catalogues_are_fresh(path):
    assert path.with_suffix(".mo").read_bytes() == tool.mo(catalogue(path)), REFRESH


def test_a_compiled_catalogue_that_is_old_is_seen():
    assert tool.mo(one("Softmax", "소프트맥스")) != tool.mo(one("Softmax", "소프트 맥스"))


def marks(text: str) -> list[str]:
    """Marks of Markdown that stand in the text as they are, because no emphasis could be read."""

    def left(parts) -> list[str]:
        return [p for p in parts if isinstance(p, str) and re.search(r"\*\*|\*\w", p)]

    found: list[str] = []
    for block in blocks(Context(), text):
        match block:
            case Paragraph():
                found += left(block.parts)
            case Bullets():
                found += [m for item in block.items for m in left(item)]
            case Quotation(inner) | Section(_, inner):
                found += [m for b in inner if isinstance(b, Paragraph) for m in left(b.parts)]
            case Table():
                found += [m for row in block.rows for cell in row for m in left(cell)]
    return found


def test_emphasis_is_read_beside_korean_particles():
    for path in (tool.LOCALE / "ko" / "LC_MESSAGES" / "cards.po", *PAGES):
        told = [text for m in catalogue(path) if m.id and "*" in str(m.id) for text in texts(m) if marks(text)]
        assert told == []


def test_emphasis_that_cannot_be_read_is_seen():
    assert marks("**정보량(surprisal)**은 크다") != []  # a bracket before the mark and a letter behind it
    assert marks("**정보량**(surprisal)은 크다") == []


@sampled("name", tool.CARDS, keep=4)
def test_titles_are_found_by_their_korean_word(name):
    with using("ko"):
        assert re.match(r"[가-힣]", formula_page(formulas.load(name)).title)


# the door -------------------------------------------------------------------------------------------------------------


def test_the_language_is_english_unless_another_is_asked_for(monkeypatch):
    monkeypatch.delenv("MATHCORE_LANGUAGE", raising=False)
    assert language() == "en" and _("proved") == "proved" and words("Softmax") == "Softmax"
    monkeypatch.setenv("MATHCORE_LANGUAGE", "ko_KR.UTF-8")
    assert language() == "ko" and _("proved") == "증명됨"
    with using("en"):
        assert _("proved") == "proved"
    assert _("proved") == "증명됨"


def test_a_language_without_catalogue_shows_english():
    with using("tlh"):
        assert (
            _("proved") == "proved" and words("Softmax") == "Softmax" and sentence("the term x was lost") == "the term x was lost"
        )


def test_nothing_is_nothing_in_every_language():
    with using("ko"):
        assert _("") == words("") == sentence("") == ""
        assert N_("proved") == "proved"


def test_one_and_many():
    assert ngettext("{count} law", "{count} laws", 1) == "{count} law"
    with using("ko"):
        assert ngettext("{count} law", "{count} laws", 1) == ngettext("{count} law", "{count} laws", 2) == "법칙 {count}개"


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("the term 2 x was lost", "항 2 x이(가) 빠졌다"),
        ("z is sorted", "z의 원소를 정렬했다"),
        ("softmax([0.0]) gives [nan]", "softmax([0.0])의 결과는 [nan]"),
        ("breaks the law `sums to one`", "법칙 `합이 1이다`에 어긋난다"),
        ("raises ValueError: softmax: z is empty", "ValueError 예외가 난다: softmax: z is empty"),  # code stays what it is
        (
            "it takes for granted that x > 0; the line before has values elsewhere",
            "x > 0임을 전제로 한다; 앞줄은 그 밖에서도 값을 가진다",
        ),
        (
            "it takes for granted that a != 0; the claim has values elsewhere",
            "a != 0임을 전제로 한다; 주장은 그 밖에서도 값을 가진다",
        ),
        ("what nobody has translated", "what nobody has translated"),
    ],
)
def test_sentences_are_recognised_by_their_templates(english, korean):
    assert sentence(english) == english
    with using("ko"):
        assert sentence(english) == korean


def test_places_are_filled_in_the_order_of_the_template():
    assert filled("{b} before {a}", a="1", b=("2", "3")) == ("2", "3", " before ", "1")


# cards ----------------------------------------------------------------------------------------------------------------


def test_messages_are_the_words_of_a_card_each_on_one_line():
    found = messages(formulas.load("softmax"))
    assert "Softmax" in found and "the definition of softmax, written out" in found and "sums to one" in found
    assert all("\n" not in m and worded(m) for m in found)
    assert not any("Bridle" in m for m in found)  # references stay as they are printed


def test_other_words_are_another_card_with_the_same_statements():
    card = formulas.load("entropy")
    loud = mapped(card, str.upper)
    assert loud.title == "ENTROPY" and loud.derivations[0].steps[0].why.isupper()
    assert [d.claim for d in loud.derivations] == [d.claim for d in card.derivations]
    assert [x.name for x in loud.invariants] == [x.name for x in card.invariants]
    assert loud.context.definitions == card.context.definitions
    assert mapped(card, lambda text: text).derivations == card.derivations


def test_every_text_of_a_card_is_a_message():
    """What a page says in Latin letters beside code, formulas and references would have been forgotten."""
    card = formulas.load("gradient_descent")
    page = shown(formula_page(mapped(card, lambda _: "낱말")))
    for text in (card.summary, card.derivations[0].title, card.derivations[0].steps[0].why, card.exercises[0].answer):
        assert " ".join(text.split())[:30] not in " ".join(page.split())


def shown(page) -> str:
    out = StringIO()
    terminal.write(page, Console(file=out, width=200, color_system=None))
    return out.getvalue()


def judged(name: str) -> Evidence:
    card = formulas.load(name)
    derivations = tuple(
        Verdict(d.claim, Level.PROVED, axioms=("field",), points=3, steps=tuple(Verdict(s.text, Level.PROVED) for s in d.steps))
        for d in card.derivations
    )
    false = tuple(Verdict(f.statement, Level.REFUTED, counterexample="1 = 0 is false at n = 2") for f in card.false_claims)
    laws = tuple(Check("law", x.name, True, cases=7) for x in card.invariants)
    return Evidence(name, "", derivations, false, laws)


def test_a_page_is_shown_in_korean():
    with using("ko"):
        text = shown(formula_page(formulas.load("softmax"), judged("softmax"), pages=False))
    levels = ("상태: 증명됨", "(기울기의 부호)", "점 3개; 체의 성질")
    for said in ("소프트맥스(softmax)\n====", "법칙", "7가지 경우에 성립", "이유: ", "n = 2에서 1 = 0(거짓)", *levels):
        assert said in text, said
    for english in ("the definition of", "Status", "held", "Given ", "Why: ", "Refuted", "points"):
        assert english not in text, english


def test_what_is_not_translated_says_so():
    note = "이 페이지는 아직 번역되지 않았다."
    with using("ko"):
        assert note in shown(formula_page(formulas.load("mish"))) and note not in shown(formula_page(formulas.load("softmax")))
    assert "translated" not in shown(formula_page(formulas.load("mish")))


def test_a_page_in_another_language_leaves_english_ones_alone():
    before = shown(formula_page(formulas.load("softmax")))
    with using("ko"):
        assert translated(formulas.load("softmax")).title == "소프트맥스(softmax)"
        formula_page(formulas.load("softmax"))
    assert shown(formula_page(formulas.load("softmax"))) == before and formulas.load("softmax").title == "Softmax"


def test_headings_keep_the_anchor_of_their_english_title():
    def names(blocks) -> dict[str, str]:
        found = {}
        for block in blocks:
            if isinstance(block, Section):
                found |= {block.title: block.name} | names(block.blocks)
        return found

    with using("ko"):
        assert names(formula_page(formulas.load("softmax")).blocks)["야코비안"] == "the-jacobian"
    assert names(formula_page(formulas.load("softmax")).blocks)["The Jacobian"] == ""

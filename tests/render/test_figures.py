"""Figures: their values are exact, their words follow them, their files are those of today's figures."""

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathcore import formulas
from mathcore.document.reader import read
from mathcore.document.writer import write
from mathcore.language import tree as t
from mathcore.proof.balls import Point, enclose
from mathcore.render import figures, html, markdown
from mathcore.render.document import Paragraph, Picture
from mathcore.render.figures import drawing, files, live, wording, words
from mathcore.render.figures.programs import context, program, state
from mathcore.render.figures.value import Curve, Figure, Heat, Slider
from mathcore.render.page import formula_page
from mathcore.render.prose import picture
from mathcore.verify.figures import NotKnown, decimals, exactly
from tests.language.node import needs_node, run

DOCS = Path(__file__).resolve().parents[2] / "docs"
STORED: dict[str, list[dict[str, Any]]] = json.loads((DOCS / "figures/exact.json").read_text(encoding="utf-8"))
COURSE = (
    "linear_regression", "gradient_descent", "adam_step", "mini_batch", "sigmoid", "logistic_regression", "binary_crossentropy",
    "one_hot", "one_vs_rest", "softmax", "categorical_crossentropy", "entropy", "crossentropy", "kl_divergence", "accuracy",
    "activation_and_loss", "dense", "backpropagation",
)  # fmt: skip

every_figure = pytest.mark.parametrize("name", figures.names())


def close(got: Any, exact: Any, range_: float) -> bool:
    """Within 1e-12 of the range, or of a value beyond it."""
    if isinstance(exact, list):
        return len(got) == len(exact) and all(close(g, e, range_) for g, e in zip(got, exact, strict=True))
    true = float(exact)
    return got == true or abs(got - true) <= 1e-12 * max(range_, abs(true))


# exact values ---------------------------------------------------------------------------------------------------------


@every_figure
def test_the_values_of_the_drawing_are_exact(name: str) -> None:
    figure = figures.load(name)
    for point in STORED[name]:
        at = state(figure, point["at"])
        for place, exact in point["values"].items():
            assert close(at.at(place), exact, live.spread(figure)), (point["at"], place)
        for letter, arguments, exact in point["functions"]:
            assert close(at.function(letter)(*arguments), exact, live.spread(figure)), (letter, arguments)


@cache
def in_node(change: str = "") -> Any:
    """All figures in the runtime of the browser, without a browser."""
    pushed = "\n".join(live.pushed(figures.load(name), STORED[name]) + ";" for name in figures.names())
    if change:
        pushed = pushed.replace(*change.split(" -> "), 1)
    places = {name: [point["at"] for point in STORED[name]] for name in figures.names()}
    ask = f"const places = {json.dumps(places)}; const told = {{}};"
    ask += "for (const [name, all] of Object.entries(places)) told[name] = all.map((at) => mathcoreFigures.told(name, at));"
    ask += "console.log(JSON.stringify({ failures: mathcoreFigures.selftest(), told, names: mathcoreFigures.names() }));"
    return json.loads(run(f"{live.runtime()}\n{pushed}\n{ask}"))


@needs_node
def test_the_values_in_javascript_are_exact() -> None:
    found = in_node()
    assert found["failures"] == []
    assert tuple(found["names"]) == figures.names()


@needs_node
def test_a_value_that_is_off_by_a_little_is_found() -> None:
    exact = STORED["entropy_curve"][0]["values"]["H"]
    assert exact.startswith("0.69314718055994")
    wrong = f'"H":"{exact} -> "H":"0.693147180557945'
    assert [(f["figure"], f["value"]) for f in in_node(wrong)["failures"]] == [("entropy_curve", "H")]


@needs_node
@every_figure
def test_the_words_are_the_same_in_both_languages(name: str) -> None:
    figure = figures.load(name)
    here = [wording.told(state(figure, point["at"])) for point in STORED[name]]
    assert in_node()["told"][name] == here


@every_figure
def test_every_value_and_every_drawn_function_is_compared(name: str) -> None:
    figure = figures.load(name)
    made = program(figure)
    compared = {place.partition("[")[0] for place in STORED[name][0]["values"]}
    assert {n for n in made.trees if " " not in n} - {f.letter for f in figure.functions} <= compared
    drawn = {m.function for p in figure.panels for m in p.marks if isinstance(m, Curve | Heat)}
    assert drawn == {f.letter for f in figure.functions if f.at}
    assert len(STORED[name]) == (6 if figure.sliders else 1)


def test_the_stored_exact_values_are_todays() -> None:
    for name in ("softmax_bars", "sigmoid_slope", "network_links"):
        assert files.exact_points(figures.load(name), exactly, decimals) == _as_tuples(STORED[name])


@pytest.mark.slow
@every_figure
def test_all_stored_exact_values_are_todays(name: str) -> None:
    assert files.exact_points(figures.load(name), exactly, decimals) == _as_tuples(STORED[name])


def _as_tuples(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**p, "functions": [(f, tuple(args), exact) for f, args, exact in p["functions"]]} for p in points]


def test_a_value_of_which_too_little_is_known_is_refused() -> None:
    from flint import arb

    with pytest.raises(NotKnown, match="raise PRECISION"):
        decimals(arb(1, 1e-9))


def test_the_steps_on_two_valleys_follow_the_slope_of_the_curve() -> None:
    """The one slope that no card derives."""
    figure = figures.load("local_minima")
    known = context(figure)
    (step,) = re.findall(r"\[(\(4 w.*?)\], eta", figure.values[0].moving[0].then)  # type: ignore[union-attr]  # it is a walk
    curve = figure.functions[0].formula
    for x in (-2, 0, 3):
        slope = enclose(known.parse(f"at(x = w: D({curve}, x)) - ({step})"), Point(values={"w": x})).value
        assert slope == 0


# words ----------------------------------------------------------------------------------------------------------------


@every_figure
def test_a_figure_says_what_is_to_be_seen_and_what_the_reader_did(name: str) -> None:
    figure = figures.load(name)
    told = [wording.told(state(figure, point["at"])) for point in STORED[name]]
    assert len(figure.sees) > 60
    assert len(set(told)) > 1
    assert not any("{" in words or "undefined" in words for words in (*told, figure.sees))


@every_figure
def test_a_slider_has_words_and_a_start_that_it_can_show(name: str) -> None:
    for s in figures.load(name).sliders:
        assert s.words
        if s.names:
            assert 1 <= s.start <= len(s.names)
        else:
            assert s.low <= s.start <= s.high
            assert s.logarithmic or abs((s.start - s.low) / s.step - round((s.start - s.low) / s.step)) < 1e-9


@every_figure
def test_what_a_mark_or_a_sentence_refers_to_is_there(name: str) -> None:
    figure = figures.load(name)
    at = state(figure)
    sliders = {s.letter for s in figure.sliders}
    for panel in figure.panels:
        for mark in panel.marks:
            for field in ("x", "y", "to_x", "to_y", "values", "counts", "label", "upto"):
                place = getattr(mark, field, "")
                if isinstance(place, str) and place:
                    at.at(place)
            assert {m for m in getattr(mark, "moves", ()) if m} <= sliders


@given(st.floats(-1e12, 1e12), st.sampled_from(["0", "2", "%0", "%1", "g2", "g3", "g4"]))
def test_numbers_are_written_alike(x: float, how: str) -> None:
    written = wording.number(x, how)
    assert re.fullmatch(r"−?\d+(\.\d+)?(e[+−]?\d+)?%?", written)


@needs_node
def test_numbers_are_written_alike_in_javascript() -> None:
    values = [
        0.0,
        -0.0,
        0.125,
        2.5,
        0.625,
        1234567.5,
        -0.0625,
        -2.5,
        1e-7,
        -1e-5,
        123456.0,
        1.5e7,
        2.34e12,
        -1e9,
        0.05,
        99.95,
        1 / 3,
    ]
    hows = ["0", "2", "%0", "%1", "g2", "g3", "g4"]
    source = live.runtime().replace("const waiting =", "globalThis.number = number;\nconst waiting =", 1)
    ask = f"{json.dumps(values)}.map((x) => {json.dumps(hows)}.map((how) => number(x, how)))"
    got = json.loads(run(f"{source}\nconsole.log(JSON.stringify({ask}))"))
    for x, row in zip(values, got, strict=True):
        for how, text in zip(hows, row, strict=True):
            assert text == wording.number(x, how), (x, how)


@every_figure
def test_a_translation_changes_every_text_and_no_formula(name: str) -> None:
    figure = figures.load(name)
    assert words.mapped(figure, str) == figure
    strange = words.mapped(figure, lambda text: f"<{text}>")
    assert set(words.messages(strange)) == {f"<{text}>" for text in words.messages(figure)}
    assert {figure.title, figure.sees, *(s.words for s in figure.sliders)} <= set(words.messages(figure))
    assert program(strange).trees == program(figure).trees
    assert wording.told(state(strange)).startswith("<")


def test_what_a_figure_says_belongs_to_its_messages() -> None:
    found = words.messages(figures.load("one_hot_grid"))
    assert {"cat", "Start again", "All four labels are the same, and so are their rows."} <= set(found)
    assert not any(re.fullmatch(r"[a-z]\[?\d?\]? [<>=]+ .*", text) for text in found)  # conditions are no words


# pages ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("card", COURSE)
def test_every_card_of_the_course_has_a_figure(card: str) -> None:
    assert figures.on_page(formulas.load(card))


def test_every_figure_stands_on_a_page_and_every_page_names_figures_that_are() -> None:
    shown = {name for card in formulas.names() for name in figures.on_page(formulas.load(card))}
    assert shown == set(figures.names())
    assert len(shown) >= 20


def test_a_figure_in_the_form_is_written_as_it_was_read() -> None:
    text = "# A page\n\nSome words.\n\n![](figure:softmax_bars)\n\n![Own words.](figure:valley)\n"
    assert write(read(text)) == text


def test_a_figure_says_itself_what_is_to_be_seen_unless_the_author_does() -> None:
    own = picture("Own words", "figure:valley")
    assert own == Picture("Own words", "../figures/valley.svg")
    assert picture("", "figure:valley").text == wording.described(figures.load("valley"))
    assert picture("A cat", "cat.png") == Picture("A cat", "cat.png")


def test_a_figure_that_is_not_there_is_refused_with_those_near_it() -> None:
    with pytest.raises(figures.UnknownFigure, match="Did you mean softmax_bars"):
        picture("", "figure:softmax_bar")


def test_a_page_shows_the_file_and_a_terminal_the_words() -> None:
    card = formulas.load("softmax")
    seen = wording.described(figures.load("softmax_bars"))
    assert f"![{seen}](../figures/softmax_bars.svg)" in markdown.write(formula_page(card))
    without = formula_page(card, pages=False)
    parts = [p for b in without.blocks for q in getattr(b, "blocks", (b,)) if isinstance(q, Paragraph) for p in q.parts]
    assert f"Picture: {seen}" in parts
    assert "<img" not in html.write(without)


# files ----------------------------------------------------------------------------------------------------------------


@every_figure
def test_a_picture_is_small_and_is_that_of_todays_figure(name: str) -> None:
    text = (DOCS / f"figures/{name}.svg").read_text(encoding="utf-8")
    assert len(text.encode()) <= 40_000
    assert 'role="img"' in text
    assert "prefers-color-scheme:dark" in text
    assert f'aria-label="{_escaped(wording.described(figures.load(name)))}"' in text
    assert not re.search(r'(href|src)="(?!#)', text)


def _escaped(text: str) -> str:
    from html import escape

    return escape(text, quote=True)


def test_there_is_no_picture_of_a_figure_that_is_no_more() -> None:
    assert {path.stem for path in (DOCS / "figures").glob("*.svg")} == set(figures.names()) == set(STORED)


@pytest.mark.peers("matplotlib")
@every_figure
def test_a_picture_is_drawn_with_the_same_bytes(name: str) -> None:
    """By the matplotlib that drew the file; another one may lay out its letters in another way."""
    import matplotlib

    today, stored = drawing.svg(figures.load(name)), (DOCS / f"figures/{name}.svg").read_text(encoding="utf-8")
    if f"matplotlib {matplotlib.__version__} " in stored:
        assert today == stored
    assert re.findall(r">([^<>]+)</text>", today) == re.findall(r">([^<>]+)</text>", stored)


@pytest.mark.peers("matplotlib")
def test_a_card_is_plotted_by_its_first_figure_or_by_another_one() -> None:
    entropy = formulas.load("entropy")
    assert len(entropy.plot().axes) == 2
    assert len(entropy.plot("crossentropy_curve").axes) == 1
    with pytest.raises(ValueError, match="has no figure"):
        formulas.load("bayes").plot()


def test_without_matplotlib_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r'pip install "mathcore\[plot\]"'):
        formulas.load("softmax").plot()


def test_without_matplotlib_the_pictures_that_are_there_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr(files, "names", lambda: ("one_hot_grid",))
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/one_hot_grid.svg").write_text("drawn before")
    written = files.write_figures(tmp_path, lambda path, text: path.write_text(text), exactly, decimals)  # type: ignore[arg-type,return-value]  # the count of characters is not used
    assert [path.name for path in written] == ["exact.json"]
    assert (tmp_path / "figures/one_hot_grid.svg").read_text() == "drawn before"


def test_the_runtime_is_small_and_asks_for_nothing() -> None:
    assert len(live.runtime().encode()) <= 25_000
    for word in ("fetch(", "import ", "XMLHttpRequest", "http://", "https://", "localStorage", "cookie", "eval("):
        assert word not in live.runtime().replace("http://www.w3.org/2000/svg", "")


@every_figure
def test_a_figure_of_a_page_is_small(name: str) -> None:
    assert len(files.embedded(name, DOCS).encode()) <= 60_000


def test_an_embedded_figure_shows_its_picture_until_the_script_runs() -> None:
    text = files.embedded("softmax_bars", DOCS)
    assert text.index('class="mathcore-figure"') < text.index("<svg") < text.index("<script>")
    assert "<style>" not in text
    assert wording.told(state(figures.load("softmax_bars"))) in text
    assert '"again":"Von vorn"' in files.embedded("softmax_bars", DOCS, lambda t: "Von vorn" if t == "Start again" else t)


def test_marks_and_definitions_come_from_cards() -> None:
    """What a card defines is not typed again: every figure but those of made-up curves speaks of a definition of its cards."""
    for name in figures.names():
        figure = figures.load(name)
        heads = {n.head for tree in program(figure).trees.values() for n in t.walk(tree) if isinstance(n, t.Apply)}
        assert heads & set(context(figure).definitions), name


def test_a_slider_is_a_frozen_value() -> None:
    assert isinstance(hash(figures.load("valley")), int)
    assert isinstance(figures.load("valley"), Figure)
    assert Slider("x", "x") == Slider("x", "x")

"""Results for the pages: the same bytes, and never of a function that has changed since."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mathcore.evidence import Exhaustive
from mathcore.formulas import load
from mathcore.render import markdown
from mathcore.render.page import formula_page
from mathcore.verify.exhaustive.functions import functions
from mathcore.verify.exhaustive.record import record, recorded
from mathcore.verify.exhaustive.run import exhaust
from mathcore.verify.exhaustive.shards import Shards, implementation

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> tuple[Exhaustive, ...]:
    return exhaust(["sigmoid", "relu"], ["float16"], workers=1, store=Shards(tmp_path_factory.mktemp("shards")))


def page(results) -> str:
    return markdown.write(formula_page(load("sigmoid"), exhaustive=results))


def test_what_is_recorded_comes_back_and_is_the_same_bytes(tmp_path, found):
    paths = record(tmp_path, found)
    texts = [path.read_bytes() for path in paths]
    assert recorded(tmp_path) == {e.card: (e,) for e in found}
    assert [path.read_bytes() for path in record(tmp_path, found)] == texts
    assert b"seconds" not in b"".join(texts)


def test_another_format_is_added_to_what_is_there(tmp_path, found):
    record(tmp_path, found)
    other = replace(found[0], format="float32")
    record(tmp_path, [other])
    assert recorded(tmp_path)["sigmoid"] == (found[0], other)


def test_results_of_another_implementation_are_not_shown_and_not_kept(tmp_path, found):
    stale = replace(found[0], digest="0" * 64)
    record(tmp_path, [stale])
    assert recorded(tmp_path) == {}
    record(tmp_path, [replace(found[0], format="float32")])
    data = json.loads((tmp_path / "evidence" / "exhaustive" / "sigmoid.json").read_text(encoding="utf-8"))
    assert [(e["format"], e["digest"]) for e in data["content"]] == [("float32", implementation("sigmoid"))]


@pytest.mark.parametrize("change", [('"failures": 0', '"failures": 1'), ("{", "["), ('"float16"', '"float32"')])
def test_results_that_were_edited_are_left_out_and_that_is_one_line(tmp_path, found, change):
    record(tmp_path, found)
    path = tmp_path / "evidence" / "exhaustive" / "sigmoid.json"
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    notes = []
    assert set(recorded(tmp_path, notes.append)) == {"relu"}
    assert len(notes) == 1
    assert notes[0].endswith(f"mathcore verify --exhaustive sigmoid --record {tmp_path} tries every value again")


def test_a_page_says_that_every_value_was_tried_with_counts_and_the_largest_error(found):
    text = page(found[:1])
    assert "### Every value" in text
    assert "65,536" in text
    assert "63,490" in text
    assert "**exhaustive**" in text
    assert "the largest error is at `sigmoid(-0.0004883) = 0.5, exact 0.49987792968992532`" in text


def test_a_page_without_results_says_nothing_of_it():
    assert "exhaustive" not in page(())


def test_a_page_says_failed_where_a_value_failed(found):
    text = page([replace(found[0], failures=1, first=("sigmoid(1.0) gives 0.0; off by 9 ULP",))])
    assert "**failed**" in text
    assert "**exhaustive**" not in text
    assert "sigmoid(1.0) gives 0.0; off by 9 ULP" in text


@pytest.mark.parametrize("entry", functions(), ids=lambda e: e.name)
def test_the_committed_results_are_whole_and_held(entry):
    """Those of the functions as they are: no page shows others."""
    remedy = f"mathcore verify --exhaustive {entry.name} --record docs"
    path = DOCS / "evidence" / "exhaustive" / f"{entry.name}.json"
    if not path.exists():
        pytest.skip(f"no results yet: {remedy}")
    found = recorded(DOCS).get(entry.name)
    if found is None:
        pytest.skip(f"the function has changed since, and its page says nothing of every value: {remedy}")
    assert {e.format: e.inputs for e in found} == {"float16": 1 << 16, "float32": 1 << 32}
    assert all(e.held for e in found)
    assert all(e.digest == implementation(entry.name) for e in found)

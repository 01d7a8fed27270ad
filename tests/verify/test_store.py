"""The evidence store: what goes in comes out, what is damaged is ignored, what matters is in the digest."""

import json
import os
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathcore.evidence import Check, Evidence, Level, Verdict, plain
from mathcore.rules.substitute import Substitute
from mathcore.verify import store as s
from tests.verify import damage
from tests.verify.damage import broken_evidence, broken_shards

KEY = "0123456789abcdef" * 4


def evidence(card: str = "softmax", digest: str = KEY, seconds: float = 1.5) -> Evidence:
    step = Verdict("= 1", Level.PROVED, "rewrite", points=40)
    return Evidence(
        card,
        digest,
        derivations=(Verdict("sum(i: s[i]) = 1", Level.PROVED, steps=(step,), axioms=("field",)),),
        false_claims=(Verdict("s[i] = 1/n", Level.REFUTED, counterexample="n = 2, z = [0, 1]"),),
        checks=(Check("law", "sums to one", True, cases=200, figures={"excluded": 0}),),
        environment={"python": "3.11"},
        seconds=seconds,
    )


def test_evidence_comes_back_as_it_was_stored(tmp_path):
    store = s.Store(tmp_path)
    assert store.write(evidence()) == ""
    assert store.read("softmax", KEY) == (evidence(), "")


def test_nothing_stored_is_nothing_found_without_a_note(tmp_path):
    assert s.Store(tmp_path / "absent").read("softmax", KEY) == (None, "")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"card": "softmax"}', "\x00\x01", '{"derivations": 3}'])
def test_a_damaged_file_is_ignored_with_a_note(tmp_path, text):
    store = s.Store(tmp_path)
    store.path("softmax", KEY).write_text(text, encoding="utf-8")
    found, note = store.read("softmax", KEY)
    assert found is None
    assert "checked again" in note


def test_a_file_cut_short_anywhere_is_ignored(tmp_path):
    store = s.Store(tmp_path)
    store.write(evidence())
    path = store.path("softmax", KEY)
    whole = path.read_bytes()
    for length in range(0, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        assert store.read("softmax", KEY)[0] is None


def test_evidence_of_another_digest_is_not_used(tmp_path):
    store = s.Store(tmp_path)
    store.write(evidence())
    other = KEY[:16] + "f" * 48  # same file name, another digest
    found, note = store.read("softmax", other)
    assert found is None
    assert "something else" in note


def test_a_place_that_cannot_be_written_is_a_note_and_not_an_error(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert "cannot be written" in s.Store(blocked / "evidence").write(evidence())


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch):
    store = s.Store(tmp_path)
    store.write(evidence())

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert "No space left" in store.write(evidence(seconds=9))
    monkeypatch.undo()
    assert store.read("softmax", KEY)[0] == evidence()
    assert [p.name for p in tmp_path.iterdir()] == [store.path("softmax", KEY).name]


def test_many_writers_and_readers_at_once_never_see_half_a_file(tmp_path):
    store = s.Store(tmp_path)
    store.write(evidence())

    def work(number: int) -> bool:
        store.write(evidence(seconds=float(number)))
        return store.read("softmax", KEY)[0] is not None

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(200)))


def test_only_a_few_files_per_card_are_kept_and_other_cards_are_left_alone(tmp_path):
    store = s.Store(tmp_path)
    store.write(evidence("softmax_other"))
    for number in range(s.KEPT + 4):
        store.write(evidence(digest=f"{number:064x}"[::-1]))
    assert len(list(tmp_path.glob("softmax-*.json"))) == s.KEPT
    assert store.read("softmax_other", KEY)[0] is not None


def test_the_environment_variable_chooses_the_place(monkeypatch, tmp_path):
    monkeypatch.setenv("MATHCORE_CACHE", str(tmp_path / "here"))
    assert s.cache_directory() == tmp_path / "here"
    assert s.Store().directory == tmp_path / "here" / "evidence"


# digests ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path) -> Path:
    copy = tmp_path / "mathcore"
    shutil.copytree(s.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.mark.parametrize(
    "part",
    ["numeric/softmax.py", "mistakes/softmax.py", "language/grammar.lark", "language/tree.py",
     "verify/run.py", "conformance/ulp.py", "proof/axioms.py", "rules/use.py", "card.py", "evidence.py", "library.py"],
)  # fmt: skip
def test_a_change_of_what_the_outcome_depends_on_changes_the_digest(package, part):
    before = s.digest("softmax", package)
    with (package / part).open("a", encoding="utf-8") as file:
        file.write("\n")
    s._shared.cache_clear()
    assert s.digest("softmax", package) != before


@pytest.mark.parametrize("part", ["cli.py", "render/page.py", "__init__.py"])
def test_a_change_of_pages_or_of_the_command_keeps_the_digest(package, part):
    before = s.digest("softmax", package)
    with (package / part).open("a", encoding="utf-8") as file:
        file.write("\n# a remark\n")
    s._shared.cache_clear()
    assert s.digest("softmax", package) == before


@pytest.mark.parametrize("key", ["python", "platform", "numpy", "sympy", "python-flint", "hypothesis", "cpu"])
def test_another_version_or_machine_changes_the_digest(monkeypatch, package, key):
    before = s.digest("softmax", package)
    environment = s.environment() | {key: "another"}
    monkeypatch.setattr(s, "environment", lambda: environment)
    s._shared.cache_clear()
    assert s.digest("softmax", package) != before
    s._shared.cache_clear()


def test_the_digest_is_the_same_from_call_to_call():
    assert s.digest("softmax") == s.digest("softmax")
    assert s.statement_digest("softmax") == s.statement_digest("softmax")


def test_a_card_depends_on_the_cards_it_uses_and_cites():
    from mathcore import formulas

    for name in formulas.names():
        card = formulas.load(name)
        assert {name, *card.uses} <= set(s.closure(name))


def digest_of(monkeypatch, card) -> str:
    """The statement digest where this card stands in the place of the one of its name."""
    from mathcore import formulas

    load = formulas.load
    monkeypatch.setattr(formulas, "load", lambda name: card if name == card.name else load(name))
    found = s.statement_digest(card.name)
    monkeypatch.undo()
    return found


def test_another_wording_keeps_the_digest_and_another_meaning_changes_it(monkeypatch):
    from mathcore.formulas import load

    card = load("softmax")
    first, *others = card.derivations
    step, *rest = first.steps
    before = digest_of(monkeypatch, card)

    def with_first(**changed):
        return replace(card, derivations=(replace(first, **changed), *others))

    for same in (
        replace(card, title="Soft maximum", summary="Other words.", exercises=(), references=()),
        with_first(title="Another heading", steps=(replace(step, why="because"), *rest)),
    ):
        assert digest_of(monkeypatch, same) == before
    for other in (
        replace(card, given=f"{card.given}; w: real"),
        replace(card, numeric="mathcore.numeric.sigmoid"),
        with_first(key="another"),
        with_first(steps=(replace(step, text=step.text + " + 0"), *rest)),
        with_first(steps=(replace(step, by=Substitute()), *rest)),
        with_first(key="", title="Named by its title"),
    ):
        assert digest_of(monkeypatch, other) != before
    assert s.digest("softmax") != s.digest("entropy")


# JSON -------------------------------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_any_figure_becomes_strict_json(value):
    json.loads(json.dumps(plain(value), allow_nan=False))


def test_numpy_scalars_become_numbers():
    import numpy as np

    assert plain({"max": np.float32(0.5), "n": np.int64(3), "held": np.bool_(True), "far": np.inf}) == {
        "max": 0.5, "n": 3, "held": True, "far": "inf",
    }  # fmt: skip


# what was altered ---------------------------------------------------------------------------------------------------------


def altered(path: Path, *change: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.replace(*change) != text
    path.write_text(text.replace(*change), encoding="utf-8")


@pytest.mark.parametrize(
    "change", [('"refuted"', '"proved"'), ('"passed": true', '"passed": false'), ("z = [0, 1]", "z = [0, 2]"), ("200", "2000")]
)
def test_evidence_that_was_edited_is_not_believed_and_that_is_one_line(tmp_path, change):
    store = s.Store(tmp_path)
    store.write(evidence())
    altered(store.path("softmax", KEY), *change)
    found, note = store.read("softmax", KEY)
    assert found is None
    assert note.endswith("is damaged (its content is not what was stored): checked again")
    assert "\n" not in note


def test_files_dated_in_the_future_do_not_cost_the_one_that_was_just_written(tmp_path):
    store = s.Store(tmp_path)
    for number in range(s.KEPT + 4):
        path = store.path("softmax", f"{number:064x}"[::-1])
        path.write_text("{}")
        os.utime(path, (4e9, 4e9))
    for number in range(s.KEPT - 1):  # and not those of the runs before
        store.write(evidence(digest=f"{number + 100:064x}"[::-1]))
        assert all(store.read("softmax", f"{k + 100:064x}"[::-1])[0] for k in range(number + 1))
    assert len(list(tmp_path.glob("softmax-*.json"))) == s.KEPT


def test_folders_of_that_name_do_not_count_as_files(tmp_path):
    store = s.Store(tmp_path)
    for number in range(s.KEPT + 4):
        store.path("softmax", f"{number:064x}"[::-1]).mkdir()
    for digest in (KEY, KEY[::-1]):
        assert store.write(evidence(digest=digest)) == ""
    assert store.read("softmax", KEY)[0]


@pytest.mark.parametrize("damage", damage.portable())
def test_no_damage_is_believed_and_none_is_a_traceback(tmp_path, damage):
    for number in range(3):
        assert not list(broken_evidence(tmp_path / str(number), damage, random.Random(number)))
    assert not list(broken_shards(tmp_path / "shards", damage, random.Random(0)))


def by_date(places, kept, written):
    return sorted(places, key=lambda p: p.stat().st_mtime_ns)[:-kept]


@pytest.mark.parametrize(
    ("name", "planted"),
    [("_seal", lambda content: ""), ("superfluous", by_date), ("DAMAGED", (ValueError,))],
    ids=["the content is not checked", "files go by their dates", "errors escape"],
)
def test_a_mistake_that_is_planted_in_the_store_is_found(monkeypatch, name, planted):
    monkeypatch.setattr(s, name, planted)
    assert list(damage.hunt(2 * len(damage.portable()), seed=1))


@pytest.mark.slow
def test_what_a_killed_run_told_as_done_is_there_and_nothing_is_half_there(tmp_path):
    for number in range(2):
        assert not list(damage.killed(tmp_path / str(number), random.Random(number)))


IN_PLACE = """
from mathcore.verify import store
def in_place(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text[:9])
    time.sleep(0.05)
    path.write_text(text)
store.write_text = in_place
"""


@pytest.mark.slow
def test_files_that_are_written_in_place_are_found(tmp_path):
    """The twin of the test above: it can fail."""
    assert any(list(damage.killed(tmp_path / str(number), random.Random(number), IN_PLACE)) for number in range(8))

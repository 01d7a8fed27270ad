"""Finished shards on disk: whole or not there, of this implementation or not read, and one result whatever they are."""

import json
import os
import random
import shutil

import pytest

from mathcore.verify.exhaustive import shards as s
from mathcore.verify.exhaustive.judge import CHUNK, tally
from mathcore.verify.exhaustive.shards import Gap, Shard, Shards, Task, gaps, implementation, key, meaning, merged
from mathcore.verify.store import PACKAGE

SIZE = 1 << 16
TASK = Task("tanh", "float16")


@pytest.fixture(scope="module")
def parts():
    return [Shard(k, k + CHUNK, tally("tanh", "float16", k, k + CHUNK)) for k in range(0, SIZE, CHUNK)]


@pytest.fixture
def store(tmp_path, parts):
    found = Shards(tmp_path)
    for shard in parts:
        found.write(TASK, shard)
    return found


def test_shards_come_back_as_they_were(store, parts):
    assert store.read(TASK) == (parts, [])


def test_any_order_and_any_split_give_the_same(parts):
    shuffled = random.Random(5).sample(parts, len(parts))
    joined = [Shard(0, SIZE, tally("tanh", "float16", 0, SIZE))]
    assert merged(parts, SIZE) == merged(shuffled, SIZE) == merged(joined, SIZE)


@pytest.mark.parametrize(
    ("change", "what"), [(lambda p: p[1:], "missing"), (lambda p: p[:-1], "missing"), (lambda p: [*p, p[3]], "twice")]
)
def test_a_gap_or_an_overlap_is_no_result(parts, change, what):
    with pytest.raises(Gap, match=what):
        merged(change(parts), SIZE)


def test_what_is_left_is_cut_where_the_shards_are(parts):
    assert list(gaps([parts[0], parts[3]], SIZE, 2 * CHUNK)) == [
        (CHUNK, 2 * CHUNK), (2 * CHUNK, 3 * CHUNK), (4 * CHUNK, 6 * CHUNK), (6 * CHUNK, SIZE),
    ]  # fmt: skip
    assert list(gaps(parts, SIZE, CHUNK)) == []
    assert list(gaps([], SIZE, SIZE)) == [(0, SIZE)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: text.replace('"stop": 8192', '"stop": 16384'),
        lambda text: json.dumps(json.loads(text) | {"key": "0" * 64}),
        lambda text: text.replace('"counts"', '"count"'),
        lambda text: "[1, 2]",
    ],
    ids=["cut", "empty", "another range", "another key", "incomplete", "something else"],
)
def test_a_damaged_shard_is_noted_and_not_used(store, parts, damage):
    path = store.folder(TASK) / f"{0:08x}-{CHUNK:08x}.json"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    found, notes = store.read(TASK)
    assert found == parts[1:]
    assert len(notes) == 1
    assert "damaged" in notes[0]


def test_shards_that_overlap_are_used_once(store, parts):
    store.write(TASK, Shard(0, 2 * CHUNK, tally("tanh", "float16", 0, 2 * CHUNK)))
    found, notes = store.read(TASK)
    assert notes == []
    assert [x.start for x in found] == [0, *(k for k in range(2 * CHUNK, SIZE, CHUNK))]


def test_only_the_newest_keys_are_kept(store, parts):
    for k in range(6):
        (store.directory / f"tanh-float16-{k:016x}").mkdir()
    store.prune(TASK)
    assert len(list(store.directory.glob("tanh-float16-*"))) == s.KEPT


def test_a_shard_that_was_edited_is_not_used(store, parts):
    path = store.folder(TASK) / f"{0:08x}-{CHUNK:08x}.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"balls": 2', '"balls": 1').replace('"failures": 0', '"failures": 1'), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    found, notes = store.read(TASK)
    assert found == parts[1:]
    assert "its content is not what was stored" in notes[0]


def test_a_shard_of_another_format_is_not_used(store):
    other = Task("tanh", "float32")
    shutil.copytree(store.folder(TASK), store.folder(other))
    found, notes = store.read(other)
    assert found == []
    assert len(notes) == SIZE // CHUNK
    assert "about something else" in notes[0]


def test_the_key_in_hand_is_kept_whatever_the_dates_of_others(store):
    for k in range(6):
        folder = store.directory / f"tanh-float16-{k:016x}"
        folder.mkdir()
        os.utime(folder, (4e9, 4e9))
    store.prune(TASK)
    assert store.folder(TASK).is_dir()
    assert len(list(store.directory.glob("tanh-float16-*"))) == s.KEPT


# digests -----------------------------------------------------------------------------------------------------------------


def test_comments_docstrings_and_annotations_are_no_change():
    bare = "def f(x):\n    return x + 1\n"
    dressed = '"""Text."""\n\n\ndef f(x: float) -> float:\n    """Promise."""\n    return x + 1  # why\n'
    assert meaning(bare) == meaning(dressed)


@pytest.mark.parametrize("change", [("1", "2"), ("x +", "x -"), ("f(x)", "g(x)"), ("return x", "return not x")])
def test_everything_else_is(change):
    bare = "def f(x):\n    return x + 1\n"
    assert meaning(bare) != meaning(bare.replace(*change))


def test_the_implementation_is_the_function_and_all_that_it_imports():
    found = {file.name for file in s._sources(PACKAGE / "numeric" / "__init__.py", "leaky_relu")}
    assert found >= {"leaky_relu.py", "relu.py", "_space.py", "_calls.py", "_arrays.py"}
    assert "gelu.py" not in found
    assert "__init__.py" not in found


def test_another_implementation_has_another_digest(tmp_path, monkeypatch):
    numeric = tmp_path / "numeric"
    shutil.copytree(PACKAGE / "numeric", numeric)
    source = s._sources(numeric / "__init__.py", "gelu")
    before = [s._meaning_of(f) for f in source]
    gelu = numeric / "gelu.py"
    gelu.write_text(gelu.read_text(encoding="utf-8").replace("NEAR, FAR = 0.8,", "NEAR, FAR = 0.9,"), encoding="utf-8")
    after = [s._meaning_of(f) for f in source]
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_the_key_depends_on_the_machine_and_the_implementation_does_not(monkeypatch):
    before = key(TASK), implementation("tanh")
    monkeypatch.setattr(s, "environment", lambda: dict.fromkeys(s.CONDITIONS, "another"))
    key.cache_clear()
    implementation.cache_clear()
    try:
        assert key(TASK) != before[0]
        assert implementation("tanh") == before[1]
    finally:
        key.cache_clear()


def test_the_function_that_is_judged_is_part_of_the_key():
    assert key(TASK) != key(Task("tanh", "float16", "mathcore.numeric.sigmoid"))

"""What students read: every text is a template of one table, and none holds the answer."""

import re
from pathlib import Path
from string import Formatter

import pytest

from mathcore.grading import feedback
from mathcore.grading.feedback import ENGLISH, Message, said, without_answer
from mathcore.translation import using

ROOM = Path(feedback.__file__).parent


def used() -> dict[str, set[str]]:
    """Key -> files of the room that name it."""
    found: dict[str, set[str]] = {}
    for file in ROOM.glob("*.py"):
        for key in re.findall(r'Message\(\s*"(\w+)"', file.read_text(encoding="utf-8")):
            found.setdefault(key, set()).add(file.name)
    return found


def test_every_text_that_is_named_is_there():
    assert len(used()) > 40 and set(used()) <= set(ENGLISH)


def test_a_text_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        said(Message("no such text"))
    with pytest.raises(KeyError):
        said(Message("link"))  # and so is a place without a value


def test_places_have_names():
    for text in ENGLISH.values():
        assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(text))


def test_another_language_is_another_catalogue():
    message = Message("link", {"file": "a.py"})
    with using("ko"):
        assert said(message) == "a.py 파일은 링크라서 따라가지 않았다. 파일 자체를 제출한다."
        assert said(Message("looks_like", {"slip": "factor lost"})) == "이런 실수로 보인다: 인수가 빠짐."
    assert said(Message.from_json(message.to_json())) == said(message)


def test_braces_and_lines_of_a_student_do_no_harm():
    assert said(Message("not_loaded", {"file": "{x}\n{0.__class__}", "reason": "ends"})).startswith("{x} {0.__class__} could")
    assert len(said(Message("shows", {"shown": "x" * 10_000}))) < 500


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("f([1.0]) gives [nan]; exact 1; off by nan", "f([1.0]) gives [nan]"),
        ("f([1.0]) gives [0.1]; entry 1: exact 0.09; off by 3e+10 ULP", "f([1.0]) gives [0.1]"),
        ("f([inf]) gives [1.0]; the limit is [0.0]", "f([inf]) gives [1.0]"),
        ("f(x) gives 3; the mean of its rows is 0.5", "f(x) gives 3"),
        ("f(x) gives shape (1,), expected (3,)", "f(x) gives shape (1,)"),
        ("f(x) raises NotRun: was not run: it ended", "f(x) was not run: it ended"),
        ("f(x) raises ValueError: no", "f(x) raises ValueError: no"),
    ],
)
def test_what_it_should_give_is_left_out(shown, told):
    assert without_answer(shown) == told

"""A claim and a document are judged once; what was not decided is asked again, and what changed is judged anew."""

from dataclasses import replace

import pytest

from mathcore.evidence import Level, Verdict
from mathcore.verify import asked
from mathcore.verify.documents import verify_document

PAGE = """# A page

`1 + 1 = 2`, and `2 + 2 = 5`.

```formula
given  x: real
{uses}
```

## Squares

```derivation squares
(x + 1)^2 - 1
= x^2 + 2 x
    the square multiplied out
= x (x + 3)
    `x` in front
```
"""


@pytest.fixture
def counted(monkeypatch, tmp_path):
    """How often the engine was asked."""
    monkeypatch.setenv("MATHCORE_CACHE", str(tmp_path / "cache"))
    calls = list[str]()

    def counting(name, function):
        def called(*arguments, **options):
            calls.append(name)
            return function(*arguments, **options)

        monkeypatch.setattr(asked, name, called)

    counting("prove", asked.prove)
    counting("verify_document", asked.verify_document)
    return calls


def test_a_claim_is_decided_once(counted):
    first, again = (asked.claim("x^2 >= 0", "x: real") for _ in range(2))
    assert first == again and first.level is Level.PROVED
    assert counted == ["prove"]
    assert asked.claim("x^2 >= 0", "x: positive").level is Level.PROVED and counted == ["prove"] * 2


def test_what_was_not_decided_is_asked_again(counted, monkeypatch):
    monkeypatch.setattr(asked, "prove", lambda *_, **__: counted.append("again") or Verdict("x > 0", Level.UNKNOWN))
    for _ in range(2):
        asked.claim("x > 0", "x: real")
    assert counted == ["again"] * 2


def test_an_answer_that_was_altered_is_not_believed(counted, tmp_path):
    asked.claim("x^2 < 0", "x: real")
    (file,) = (tmp_path / "cache" / "claims").iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("refuted", "proved"), encoding="utf-8")
    assert asked.claim("x^2 < 0", "x: real").level is Level.REFUTED
    assert counted == ["prove"] * 2


def test_a_document_is_judged_once_and_read_back_as_it_was_found(counted, tmp_path):
    path = tmp_path / "page.md"
    path.write_text(PAGE.format(uses=""), encoding="utf-8")
    first, again = asked.document(path), asked.document(path)
    assert first == again == verify_document(path)
    assert [str(f.word) for f in first.findings] == ["confirmed", "refuted", "refuted"]
    assert counted == ["verify_document"]


def test_a_document_is_judged_anew_when_a_page_that_it_uses_changes(counted, tmp_path):
    path, other = tmp_path / "page.md", tmp_path / "other.md"
    path.write_text(PAGE.format(uses="uses   other"), encoding="utf-8")
    for constant in "11":
        other.write_text(f"# Other\n\n```formula\ngiven   x: real\ndefine  other(x) = x + {constant}\n```\n", encoding="utf-8")
        asked.document(path)
    assert counted == ["verify_document"]
    other.write_text(other.read_text(encoding="utf-8").replace("x + 1", "x + 2"), encoding="utf-8")
    asked.document(path)
    assert counted == ["verify_document"] * 2


def test_the_answer_names_the_file_that_was_asked_about(counted, tmp_path):
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "page.md").write_text(PAGE.format(uses=""), encoding="utf-8")
    first, second = (asked.document(tmp_path / place / "page.md") for place in ("a", "b"))
    assert counted == ["verify_document"]
    assert second == replace(first, file=str(tmp_path / "b" / "page.md")) != first

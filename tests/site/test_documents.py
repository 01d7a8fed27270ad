"""The note on the site: its claims are typeset, what a claim is given is said in words, and what is false is marked."""

from types import SimpleNamespace

import pytest

nodes = pytest.importorskip("docutils.nodes")
utils = pytest.importorskip("docutils.utils")

pytestmark = pytest.mark.docs

JUDGED = "tutorials/the-note"
NOTE = """# A note

```formula
given n: size; z: real[n]; x: real; i: index[n]
uses  softmax
```

```{word}
softmax(z)[i] >= 0
x log(x) < x^2
    given x: positive
```
"""


def page(tmp_path, word):
    path = tmp_path / f"{JUDGED}.md"
    path.parent.mkdir(parents=True)
    path.write_text(NOTE.format(word=word), encoding="utf-8")
    text = NOTE.format(word=word).split(f"```{word}\n")[1].removesuffix("```\n")
    document = utils.new_document("note")
    document += nodes.literal_block(text, text, language=word)
    app = SimpleNamespace(env=SimpleNamespace(docname=JUDGED), builder=SimpleNamespace(format="html"), srcdir=tmp_path)
    from mathcore.site.documents import typeset

    typeset(app, document)
    return document


def said(document):
    return [paragraph.astext() for paragraph in document.findall(nodes.paragraph)]


@pytest.mark.parametrize("word", ["claims", "false"])
def test_what_a_claim_is_given_stands_below_it_in_words(tmp_path, word):
    document = page(tmp_path, word)
    assert said(document)[0] == "Given x, a positive number."
    assert [len(list(one.findall(nodes.math_block))) for one in document.children[:2]] == [1, 1]


def test_a_false_claim_is_marked(tmp_path):
    assert said(page(tmp_path, "false"))[-1] == "✗ false"


def test_a_claim_that_holds_is_not_marked_false(tmp_path):
    assert not any("false" in line for line in said(page(tmp_path, "claims")))

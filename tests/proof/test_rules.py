"""Each rule shows its example, no rule without data shows it in its place, and nothing shows the false twin of the example."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from mathcore.document.cards import card_of
from mathcore.document.reader import read
from mathcore.document.reason import WORDS, write
from mathcore.evidence import Level
from mathcore.formulas import LIBRARY
from mathcore.proof import judging
from mathcore.proof.derive import verify_derivation
from mathcore.proof.rules import CHECKERS
from mathcore.rules import RULES
from mathcore.rules.rule import Form, Rule

WITHOUT_DATA = [rule for rule in RULES.values() if not vars(rule).get("__annotations__")]
NORMAL = {"rewrite", "unfold"}  # by one normal form, which also knows derivatives, values put in, matrices and means
OTHERS = {  # what else shows an example: such a rule says what happens, and asks for more
    "rewrite": {"unfold"},
    "unfold": {"rewrite"},
    "entrywise": NORMAL,
    "expectation": NORMAL,
    "differentiate": NORMAL,
    "substitute": NORMAL,
    "telescope": {"geometric"},
    "squeeze": {"limiting"},
}


def derived(rule: type[Rule], right: str = "", reason: str = ""):
    """The verdict on the example as a page has it, or with another right side, or for another reason."""
    example = rule.example
    header = [f"given {example.given}"]
    header += [f"{word} {text}" for word, text in (("define", example.define), ("uses", example.uses)) if text]
    lines = [example.left, right or example.right, *(f"    {line}" for line in (reason or example.reason).split("\n"))]
    text = "\n".join(["# A page", "", "```formula", *header, "```", "", "```derivation example", *lines, "```", ""])
    card = card_of(read(text), "page", LIBRARY)
    derivation = card.derivation("example")
    assert type(derivation.steps[0].by) is rule or reason
    return verify_derivation(card, derivation)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_shows_its_example_and_not_the_false_twin(name):
    verdict = derived(RULES[name])
    assert verdict.level is Level.PROVED and not verdict.conditions, verdict
    twin = derived(RULES[name], RULES[name].example.twin)
    assert twin.level is Level.REFUTED, twin


@pytest.mark.parametrize("name", RULES)
def test_no_other_rule_without_data_shows_the_example(name, monkeypatch):
    monkeypatch.setattr(judging, "sought", lambda *_, **__: "")  # examples are true: no point is looked for where a rule fails
    others = {
        other for other, rule in RULES.items()
        if rule in WITHOUT_DATA and other != name and derived(RULES[name], reason=f"[{rule.form.word}]").level is Level.PROVED
    }  # fmt: skip
    assert others == OTHERS.get(name, set())


def test_the_page_about_rules_prints_them_as_they_are():
    root = Path(__file__).resolve().parents[2]
    page = (root / "docs" / "add-a-rule.md").read_text(encoding="utf-8")
    said = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    files = [(root / "mathcore" / room / "squared.py").read_text(encoding="utf-8") for room in ("rules", "proof/rules")]
    assert len(said) == len(files)
    for code, file in zip(said, files, strict=True):
        assert all(part in file for part in re.split(r"\n\n(?=@)", code))


def test_every_rule_has_a_checker_and_a_word_of_its_own():
    assert set(CHECKERS.of) | set(CHECKERS.between) == set(RULES.values())
    assert len(WORDS) == len(RULES) and len(WITHOUT_DATA) == 8


@dataclass(frozen=True)
class Named(Rule):
    form = Form("named", "first", (("over", "names"),))
    first: str
    names: tuple[str, ...] = ()


def test_several_names_behind_a_keyword_are_written_as_they_are_read():
    assert write(Named("x", ("i", "j"))) == ("[named x over i, j]", ())

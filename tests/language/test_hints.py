"""Every hint is obeyed: what it leads to is read, and is the true statement that was meant."""

import ast
import re
from pathlib import Path

import pytest

from mathcore.evidence import Level
from mathcore.formulas import LIBRARY
from mathcore.language.parser import Context, FormulaError
from mathcore.language.parser.builder import Builder
from mathcore.language.parser.error import INSTEAD, MEANT
from mathcore.proof.prover.declared import from_text
from mathcore.proving import WrongUse, prove
from tests.language import notations
from tests.language.hints import DECLARED, DEFINED, GIVEN, MISUSED, NOTATIONS, G, Hint
from tests.sampling import sampled

ROOT = Path(__file__).resolve().parents[2]


def said(claim: str, given: str) -> str:
    with pytest.raises((FormulaError, WrongUse)) as caught:
        from_text(claim, given, LIBRARY)
    message = str(caught.value).split("\n")[0]
    assert len(str(caught.value).split("\n")) in (1, 3)  # the message, the place and the mark under it
    return message


def accepted(claim: str, given: str, proved: bool = True) -> None:
    verdict = prove(claim, given=given, timeout=20)
    assert verdict.level is Level.PROVED or (not proved and verdict.level is Level.UNKNOWN), f"{claim}: {verdict}"


def show(hint: object) -> str:
    return (hint.claim or hint.given)[:40] if isinstance(hint, Hint) else str(hint)[:40]


@sampled("hint", [h for h in (*NOTATIONS, *MISUSED) if h.says], ids=show, keep=64)
def test_a_hint_leads_to_the_statement_that_was_meant(hint):
    assert hint.says in said(hint.claim, hint.given)
    if hint.obeyed:
        accepted(hint.obeyed, hint.then or hint.given, hint.proved)


@pytest.mark.parametrize("hint", DECLARED, ids=show)
def test_a_declaration_that_is_suggested_is_the_one_that_is_needed(hint):
    assert hint.says in said(hint.claim, hint.given)
    given = hint.given
    for _ in range(4):
        try:
            from_text(hint.claim, given, LIBRARY)
        except FormulaError as error:
            new = re.search(r"add it to given, e\.g\. `([^`]*)`", str(error))
            assert new, error
            given = f"{new[1]}; {given}" if "size" in new[1] else f"{given}; {new[1]}"
    if "batch" not in given:
        accepted(hint.claim, given, hint.proved)


@pytest.mark.parametrize("hint", GIVEN, ids=lambda h: h.given[-30:])
def test_a_hint_about_a_declaration_is_obeyed(hint):
    assert hint.says in said(hint.claim, hint.given)
    accepted(hint.obeyed, hint.then)


@pytest.mark.parametrize(("text", "says", "obeyed"), DEFINED)
def test_a_hint_about_a_definition_is_obeyed(text, says, obeyed):
    context = Context().given(G)
    with pytest.raises(FormulaError, match=re.escape(says)):
        context.define(text)
    context.define(obeyed)


# (a step, the same name again, another name): steps on a context in which g is defined
TAKEN = [
    (Context.define, "g(x) = 2 x", "h(x) = 2 x", "g is defined already, here or by a card in use: choose another name"),
    (Context.given, "g: real", "h: real", "g is already defined: choose another name for the letter"),
]


@pytest.mark.parametrize(("step", "again", "other", "says"), TAKEN)
def test_a_hint_about_a_name_that_is_taken_is_obeyed(step, again, other, says):
    assert taken(step, again) == says
    step(Context().given("x: real").define("g(x) = x"), other)


def taken(step, text) -> str:
    with pytest.raises(FormulaError) as caught:
        step(Context().given("x: real").define("g(x) = x"), text)
    return caught.value.message


# random notations: `python -m tests.language.notations` runs more ------------------------------------------------------------


def test_mangled_formulas_are_read_or_refused_in_one_line_and_what_is_suggested_helps():
    outcomes, wrong = notations.run(range(400))
    assert not wrong
    assert outcomes["read"] and outcomes["refused"] and not outcomes["broken"]


def test_a_suggestion_that_does_not_help_is_seen(monkeypatch):
    monkeypatch.setattr(Builder, "index_of", lambda self, token, *_: self.undeclared(token, f"{token}: real"))
    assert "was declared as suggested" in notations.obeyed("sum(k: k) = 1", Context())


# every message has a case -------------------------------------------------------------------------------------------------

RAISED = {"FormulaError", "error", "undeclared"}
WITHOUT = {  # no remedy, or made from others
    "cannot be read",
    "domains, shapes, indices: ",
    " parts with every definition opened",
    " has size ",
    " must agree",
    " is defined by itself: use another name on the left",
    " is already defined: one name has one meaning",
}


def templates() -> dict[str, str]:
    """The longest fixed piece of every message of the parser, and where it stands."""
    found = {}
    for path in sorted((ROOT / "mathcore" / "language" / "parser").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            if isinstance(node, ast.Call) and name in RAISED:
                pieces = [
                    p.value for a in node.args for p in ast.walk(a) if isinstance(p, ast.Constant) and isinstance(p.value, str)
                ]
                if pieces:
                    found[max(pieces, key=len)] = f"{path.name}:{node.lineno}"
    return found


def messages() -> list[str]:
    everything = [(h.claim, h.given) for h in (*NOTATIONS, *MISUSED, *DECLARED, *GIVEN) if h.says]
    found = [said(*one) for one in everything] + [taken(step, again) for step, again, *_ in TAKEN]
    for text, *_ in DEFINED:
        try:
            Context().given(G).define(text)
        except FormulaError as error:
            found.append(error.message)
    return found


def test_every_message_of_the_parser_has_a_case_whose_hint_is_obeyed():
    spoken = messages()
    missing = {
        piece: place for piece, place in templates().items() if piece not in WITHOUT and not any(piece in m for m in spoken)
    }
    assert not missing


def test_every_name_and_sign_from_elsewhere_has_a_case():
    typed = " ".join(h.claim for h in NOTATIONS)
    assert not [sign for sign in INSTEAD if sign not in typed]
    assert not [name for name in MEANT if not re.search(rf"\b{name}\b", typed)]


def test_a_message_without_a_case_is_seen():
    assert not any("no such piece of a message" in m for m in messages())

"""Brings every catalogue up to date and says how much of each is translated: `python docs/translate.py` (extra `docs`).

Strings of the program are read from the marks `_`, `N_` and `ngettext` in mathcore, words of cards from their pages, messages
of the hand-written pages from Sphinx. A translation stays with its message; where a message changed, the old translation is
marked fuzzy, is not shown, and is to be looked at. `--check` changes nothing, and fails where something would change.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from mathcore.card import Card

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "mathcore"
LOCALE = PROGRAM / "locale"
PAGES = ROOT / "docs" / "locale"
LANGUAGES = ("ko",)
CARDS = (  # what a first course needs: translated as a whole
    "linear_regression", "gradient_descent", "adam_step", "mini_batch", "sigmoid", "logistic_regression", "binary_crossentropy",
    "one_hot", "one_vs_rest", "softmax", "categorical_crossentropy", "entropy", "crossentropy", "kl_divergence", "accuracy",
    "activation_and_loss", "dense", "backpropagation",
)  # fmt: skip
DOCUMENTS = (
    "index", "reading", "form", "prove", "judging", "glossary", "prove-it", "check-it", "practice", "tutorials/the-note",
    "tutorials/a-slip-found", "tutorials/grading", "tutorials/train-a-classifier",
)  # fmt: skip
HEADER = "# Translations of mathcore: `python docs/translate.py` keeps them."
WHEN = datetime(2026, 1, 1, tzinfo=UTC)  # the same messages, the same bytes


# the program ----------------------------------------------------------------------------------------------------------

# Here every string of several words that is no docstring and is not raised is part of a sentence that a value holds:
# `mathcore.translation.sentence` translates it where it is shown.
SENTENCES = (
    "proof/slips/*.py", "proof/wrong_derivatives.py", "proof/lines.py", "proof/derive.py", "proof/judging.py",
    "proof/prover/decide.py", "proof/prover/declared.py", "proof/prover/inequalities.py",
    "proof/prover/meeting.py", "proof/prover/parts.py", "proof/prover/search.py",
    "verify/prose/hints.py", "verify/prose/judge.py", "verify/prose/numbers.py", "conformance/slips.py",
    "conformance/diagnosis.py", "conformance/batches.py", "conformance/contract.py", "conformance/accuracy.py",
    "conformance/laws.py", "conformance/derived.py", "conformance/mistakes.py", "conformance/outcomes.py",
    "conformance/conventions.py", "conformance/examples.py", "conformance/check.py", "conformance/ulp.py",
    "conformance/subject.py", "verify/documents.py",
)  # fmt: skip
NO_WORDS = {  # keys and Python
    "observed max", "declared bar", "nan hidden", "exact float law", "output~{found}", "math range error", "off by ",
    "#what-people-get-wrong", " on the floats themselves", "the value is ", "(\\w+) is no function here", " for every n",
}  # fmt: skip
MARKS = {"_": 1, "N_": 1, "ngettext": 2}


def program() -> Catalog:
    found = Catalog(project="mathcore", fuzzy=False)
    whole = {path for pattern in SENTENCES for path in PROGRAM.glob(pattern)}
    for path in sorted(PROGRAM.rglob("*.py")):
        where = [(path.relative_to(ROOT).as_posix(), 1)]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for message in (*_marked(tree), *(_sentences(tree) if path in whole else ())):
            found.add(message, locations=where)
    from mathcore.proof.axioms import AXIOMS

    for path in sorted((PROGRAM / "proof" / "slips").glob("[a-z]*.py")):  # a slip has the name of its file
        found.add(path.stem.replace("_", " "), locations=[(path.relative_to(ROOT).as_posix(), 1)])
    for name in AXIOMS:
        found.add(name, locations=[("mathcore/proof/axioms.py", 1)])
    return found


def _marked(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            texts = [_template(argument) for argument in node.args[: MARKS[node.func.id]]]
            if all(texts):
                yield (texts[0], texts[1]) if len(texts) == 2 else texts[0]  # type: ignore[misc]  # none is None


def _template(node: ast.AST) -> str | None:
    """A string as it stands, an f-string with a named place for each value; None of anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    text, names = "", list[str]()
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value).replace("{", "").replace("}", "")
        elif isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            names.append(name)
            text += f"{{{name}{'' if names.count(name) == 1 else names.count(name)}}}"
    return text


def _name(node: ast.AST) -> str:
    """The last name in an expression."""
    found = [n.id if isinstance(n, ast.Name) else n.attr for n in ast.walk(node) if isinstance(n, (ast.Name, ast.Attribute))]
    return re.sub(r"\W", "", found[-1]) if found else "value"


def _sentences(tree: ast.AST) -> Iterator[str]:
    silent = set[ast.AST]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            silent |= set(ast.walk(node))
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node):
            silent.add(node.body[0].value)  # type: ignore[attr-defined]  # a docstring is an expression
        if isinstance(node, ast.JoinedStr):
            silent |= set(ast.walk(node)) - {node}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            silent |= set(ast.walk(node))
        if isinstance(node, ast.Call) and (_called(node) in ("compile", "sub", "fullmatch", "match", "import_module", "Type")):
            silent |= set(ast.walk(node))
    for node in ast.walk(tree):
        text = _template(node) if node not in silent else None
        if text and text not in NO_WORDS and _speaks(text.strip(" :;")):
            yield text.strip(" :;")


def _speaks(text: str) -> bool:
    """Whether it is a part of a sentence, and neither a formula nor a name."""
    plain = re.sub(r"\{\w*\}", " ", text)
    spoken = re.findall(r"(?<![\w(.])[A-Za-z]{2,}(?![\w(])", plain)
    code = re.search(
        r"[\w\]]\(\{|\[\{|[\\\n|]|^[(]|\.html$|: index|: real|: nonneg|: func|: size|\{\w+\}[\[.(]|\{[01]\}|\($", text
    )
    return len(spoken) > 3 or (not code and (len(spoken) > 1 or (len(spoken) == 1 and " " in text and "{" in text)))


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


# the cards ------------------------------------------------------------------------------------------------------------


def cards() -> Catalog:
    from mathcore.document.words import messages
    from mathcore.formulas import load, names
    from mathcore.render.page import mistake_name

    found = Catalog(project="mathcore", fuzzy=False)
    for name in CARDS:
        card, where = load(name), [(f"mathcore/formulas/{name}.md", 1)]
        for message in messages(card):
            found.add(message, locations=where)
        for dotted in card.mistakes:
            found.add(mistake_name(dotted), locations=where)
            found.add(_promise(dotted), locations=where)
        for lemma in _cited(card):
            owner, _, key = lemma.rpartition(".")
            found.add(load(owner or name).derivation(key).title, locations=where)
    for name in names():  # other pages link to them
        found.add(load(name).title, locations=[(f"mathcore/formulas/{name}.md", 1)])
    return found


def _cited(card: Card) -> tuple[str, ...]:
    """The derivations, of this card and of others, that its page names as reasons."""
    from mathcore.evidence import Evidence
    from mathcore.render.page import strings

    judged = Evidence.from_text((ROOT / "docs" / "evidence" / f"{card.name}.json").read_text(encoding="utf-8")).derivations
    by = (lemma for d in card.derivations for step in d.steps for lemma in strings(step.by, "lemma"))
    return tuple(dict.fromkeys((*by, *(lemma for verdict in judged for lemma in verdict.lemmas))))


def _promise(dotted: str) -> str:
    """What a mistake does: the first paragraph of its docstring."""
    module, _, name = re.sub(r"\(.*", "", dotted).rpartition(".")
    return " ".join((inspect.getdoc(getattr(import_module(module), name)) or "").partition("\n\n")[0].split())


def figures() -> Catalog:
    from mathcore.document.words import worded
    from mathcore.render.errors import stored
    from mathcore.render.figures import load, names
    from mathcore.render.figures.words import messages

    found = Catalog(project="mathcore", fuzzy=False)
    for card, errors in stored(ROOT / "docs").items():
        for message in filter(worded, (errors.along, errors.inputs)):
            found.add(message, locations=[(f"docs/accuracy/{card}.json", 1)])
    for name in names():
        for message in messages(load(name)):
            if worded(re.sub(r"\{[^{}]*\}", " ", message)):
                found.add(message, locations=[(name, 1)])
    return found


# the hand-written pages -----------------------------------------------------------------------------------------------


def pages() -> dict[str, Catalog]:
    """The messages of each page, as Sphinx reads it."""
    from sphinx.application import Sphinx

    source = ROOT / "docs"
    with tempfile.TemporaryDirectory() as folder:
        confined = {"exclude_patterns": ["evidence", "tutorials/grading/*", "formulas", "decisions"], "gettext_compact": False}
        suppressed = {"suppress_warnings": ["myst", "toc", "ref"], "nitpicky": False, "language": "en"}
        app = Sphinx(
            source, source, f"{folder}/out", f"{folder}/trees", "gettext", {**confined, **suppressed}, status=None, warning=None
        )
        app.build(force_all=True)
        found = {}
        for name in DOCUMENTS:
            with (Path(folder) / "out" / f"{name}.pot").open("rb") as pot:
                read = read_po(pot)
            catalogue = Catalog(project="mathcore", fuzzy=False)
            for message in read:
                if message.id:
                    catalogue.add(message.id, locations=[(f"docs/{name}.md", 1)])
            found[name] = catalogue
        return found


# catalogues in files --------------------------------------------------------------------------------------------------


def updated(path: Path, template: Catalog, language: str) -> Catalog:
    """The catalogue in a file with the messages of the template; a translation of a message that changed is fuzzy."""
    kept = Catalog(locale=language, project="mathcore", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            kept = read_po(file, locale=language)
    kept.update(template)
    kept.obsolete.clear()
    kept.fuzzy = False
    kept.project, kept.version, kept.header_comment = "mathcore", "", HEADER
    kept.creation_date = kept.revision_date = WHEN
    kept.last_translator, kept.language_team, kept.msgid_bugs_address = "mathcore contributors", "", ""
    return kept


def po(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
    return b"\n".join(l for l in buffer.getvalue().split(b"\n") if b"Generated-By" not in l)


def mo(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def files(language: str) -> dict[Path, Catalog]:
    inside = LOCALE / language / "LC_MESSAGES"
    found = {inside / "mathcore.po": program(), inside / "cards.po": cards(), inside / "figures.po": figures()}
    found |= {PAGES / language / "LC_MESSAGES" / f"{name}.po": template for name, template in pages().items()}
    return {path: updated(path, template, language) for path, template in found.items()}


def counted(catalogue: Catalog) -> tuple[int, int, int]:
    """Messages, those with a translation, those whose translation is fuzzy."""
    messages = [m for m in catalogue if m.id]
    return len(messages), sum(bool(m.string and all(_texts(m))) and not m.fuzzy for m in messages), sum(m.fuzzy for m in messages)


def _texts(message) -> tuple[str, ...]:  # type: ignore[no-untyped-def]  # babel's Message
    return message.string if isinstance(message.string, tuple) else (message.string,)


def main(arguments: list[str]) -> int:
    check, stale = "--check" in arguments, False
    for language in LANGUAGES:
        for path, catalogue in files(language).items():
            texts = {path: po(catalogue)}
            if path.is_relative_to(LOCALE):  # Sphinx makes those of the pages itself
                texts[path.with_suffix(".mo")] = mo(catalogue)
            for file, text in texts.items():
                if not file.exists() or file.read_bytes() != text:
                    stale = True
                    if not check:
                        file.parent.mkdir(parents=True, exist_ok=True)
                        file.write_bytes(text)
            whole, done, fuzzy = counted(catalogue)
            share = 100 * done // whole if whole else 100
            print(f"{language}  {share:3d} %  {done:4d} of {whole:4d}, {fuzzy} fuzzy  {path.relative_to(ROOT)}")
    if check and stale:
        print("catalogues are not up to date: python docs/translate.py")
    return int(check and stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A card's laws, digits and examples as assertions for anybody's pytest file, and that file written out.

`mathcore show softmax --tests` prints it: Hypothesis draws the inputs by `mathcore.strategies`, the card judges.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from unittest import SkipTest

from mathcore.card import Card, Law
from mathcore.conformance.accuracy import SEED, Case, bar_of, counterexample, first_failure, formats_of
from mathcore.conformance.check import in_its_form, prepared, unsupported
from mathcore.conformance.derived import Prepared, Skipped, prepare, run
from mathcore.conformance.exact import holding, reference
from mathcore.conformance.examples import numeric_example
from mathcore.conformance.precision import narrowed
from mathcore.conformance.subject import Subject, resolve, subject
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.strategies.declared import Draw, simple_hypotheses


@dataclass(frozen=True)
class Properties:
    """What a card asks of one function."""

    card: Card
    tested: Subject

    @staticmethod
    def of(name: str, function: Callable[..., Any], accuracy: str = "ordinary") -> Properties:
        """The card of that name, for a function of the arguments of its definition; `accuracy` as in `mathcore.check`."""
        from mathcore.formulas import load

        if accuracy not in ("ordinary", "card"):
            raise ValueError(f"Properties.of: accuracy must be 'ordinary' or 'card', got {accuracy!r}")
        card = load(name)
        tested = in_its_form(subject(card, function) if accuracy == "card" else prepared(function, card))[0]
        return Properties(card, replace(tested, narrow=narrowed(tested, SEED)))

    def law(self, name: str, values: Draw) -> None:
        """Fail if the outputs for these values, widened by the accuracy to which the function is held, exclude the law."""
        from hypothesis import reject

        (law,) = (law for law in self.card.invariants if law.name == name)
        try:
            found, violation = run(prepare(self.card, law), self.tested, values, _format(self.card))
        except Skipped:  # what stands inside the law is no exact float here
            reject()
        if violation is not None:
            raise AssertionError(f"{law.statement}: {violation.text}" + (f" ({law.why})" if law.why else ""))
        if not found.decided:
            reject()

    def near(self, values: Draw, dtype: str = "float64") -> None:
        """Fail if an output is further from the exact value than the accuracy to which the function is held."""
        if refusal := unsupported(self.tested, dtype, SEED):
            raise SkipTest(refusal)
        failure = first_failure(
            self.tested, Case("drawn", values, dtype, reference(self.card)), bar_of(self.card, dtype) or 0.0
        ).failure
        if failure is not None:
            raise AssertionError(counterexample(self.tested, failure, "of the bound" if self.card.accuracy.bound else "ULP"))

    def example(self, statement: str) -> None:
        """Fail if the function does not give the worked value."""
        (example,) = (e for e in self.card.examples if e.statement == statement)
        check = numeric_example(self.tested, example)
        if check is not None and not check.passed:
            raise AssertionError(check.detail)


def _format(card: Card) -> str:
    return next(f for f in ("float64", "float32", "float16") if bar_of(card, f) is not None)


def admits(context: Context) -> Callable[[tuple[t.Expr, ...], Draw], bool]:
    """For `for_declarations`: whether hypotheses that are not met by construction hold."""
    found: Callable[[tuple[t.Expr, ...], Draw], bool] = holding(context)
    return found


INDENT = "    "


# the file ---------------------------------------------------------------------------------------------------------------


def pytest_file(card: Card, function: str = "") -> str:
    """The property tests of a card as one pytest file, for its own function or for "module:name"."""
    if not card.numeric:
        raise ValueError(f"{card.name} names no numeric function: there is nothing to test (this page is about {card.about})")
    own = resolve(card.numeric, card)
    if _format(card) not in formats_of(own):
        raise ValueError(f"{card.name} declares no accuracy: its laws cannot be judged on floats")
    tests = [*_law_tests(card), *_digits(card, own, not function), *_examples(card, own)]
    needs_admits = any("holds=admits(" in test for test in tests)
    takes = ", ".join([*(p.name for p in own.parameters), *(s.name for s in own.free_sizes)])
    promise = f"Property tests of {card.name}. Another function of {takes} can be put into the line `function = ...`: "
    if function:
        promise += 'it is held to what textbook-correct code reaches, with accuracy="card" to this card\'s accuracy.'
    else:
        promise += 'without accuracy="card" it is held to what textbook-correct code reaches.'
    held = "" if function else ', accuracy="card"'
    head = f'''"""{_wrapped(promise)}

Inputs are drawn by Hypothesis; the exact values, the laws and the examples are those of the card.
Written by `mathcore show {card.name} --tests`. Run it with `pytest FILE`.
"""

import mathcore
from hypothesis import HealthCheck, given, settings
from mathcore.strategies import for_declarations
from mathcore.conformance.properties import Properties{", admits" if needs_admits else ""}

{_function_line(function, own, card)}

{_own(card)} = Properties.of("{card.name}", function{held})
{_wrapped(_one_line(card.given), "# ")}
letters = mathcore.load("{card.name}").context
many = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
'''
    return "\n\n".join([head, *tests])


def _own(card: Card) -> str:
    """The name of the card in the file, where it means nothing else there."""
    return f"{card.name}_" if card.name in ("function", "letters", "many", "given", "settings") else card.name


def _function_line(function: str, own: Subject, card: Card) -> str:
    if function:
        module, _, name = function.partition(":")
        if not re.fullmatch(r"[A-Za-z_][\w.]*", module) or not re.fullmatch(r"[A-Za-z_]\w*", name):
            raise ValueError(f"--function is module:name, e.g. my_package.losses:softmax, got {function!r}")
        return f"import {module}\n\nfunction = {module}.{name}"
    dotted = card.numeric.partition("(")[0].partition("[")[0]
    if not own.options and own.part is None:
        return f"function = {dotted}"
    options = "".join(f", {k}={v!r}" for k, v in own.options.items())
    part = f"[{own.part}]" if own.part is not None else ""
    return f"\ndef function(*arguments):\n    return {dotted}(*arguments{options}){part}\n"


def _law_tests(card: Card) -> Iterator[str]:
    for law in card.invariants:
        try:
            prepared = prepare(card, law)
        except ValueError:  # it cannot be run on floats, which `mathcore verify` says
            continue
        otherwise = f"\n\n{_wrapped(f'Where it fails, {_one_line(law.why)}.', INDENT)}\n{INDENT}" if law.why else ""
        yield (
            f"{_given(card, prepared, law)}\n"
            f"def test_{_slug(law.name)}(values):\n"
            f'{_docstring(law.statement)}{otherwise}"""\n'
            f'    {_own(card)}.law("{law.name}", values)\n'
        )


def _given(card: Card, prepared: Prepared, law: Law) -> str:
    names = ", ".join(f'"{s.name}"' for s in prepared.drawn)
    context, before = "letters", ""
    if law.given:
        context, before = "here", f'here = letters.given("{_one_line(law.given)}")\n\n\n'
    more = f', "{_format(card)}"' if _format(card) != "float64" else ""
    more += ", grid=True" if prepared.grid else ", masks=True" if card.accuracy.masks else ""
    more += f", holds=admits({context})" if _left(prepared.context, set(prepared.drawn)) else ""
    return f"{before}@many\n@given(for_declarations({context}, [{names}]{more}))"


def _left(context: Context, known: set[t.Symbol]) -> bool:
    """Whether a hypothesis about these symbols is not met by construction."""
    free = [(h, {s for s in t.free_symbols(h) if s.type.domain != "index"}) for h in context.hypotheses]
    return bool(simple_hypotheses(h for h, spoken in free if spoken and spoken <= known)[1])


def _digits(card: Card, own: Subject, held_to_card: bool) -> Iterator[str]:
    sizes = {s for p in own.parameters for s in (*p.type.shape, *((p.type.over,) if p.type.over else ()))}
    known = {*own.parameters, *own.free_sizes, *(s for s in sizes if isinstance(s, t.Symbol))}
    names = ", ".join(f'"{s.name}"' for s in (*own.free_sizes, *own.parameters))
    more = ", masks=True" if card.accuracy.masks else ""
    more += ", holds=admits(letters)" if _left(card.context, known) else ""
    for dtype in formats_of(own):
        if not held_to_card:
            what = "As near as textbook-correct code."
        elif card.accuracy.bound:
            what = f"Within |error| <= {card.accuracy.bound}."
        else:
            what = f"Within {bar_of(card, dtype):g} ULP."
        format_, told = ("", "") if dtype == "float64" else (f', "{dtype}"', f', dtype="{dtype}"')
        yield (
            f"@many\n@given(for_declarations(letters, [{names}]{format_}{more}))\n"
            f"def test_{dtype}_is_near_the_exact_value(values):\n"
            f'{_docstring(what)}"""\n'
            f"    {_own(card)}.near(values{told})\n"
        )


def _examples(card: Card, own: Subject) -> Iterator[str]:
    place = 0
    for example in card.examples:
        if numeric_example(own, example) is None:
            continue
        place += 1
        source = f" ({example.source})" if example.source else ""
        yield (
            f"def test_example_{place}():\n"
            f'{_docstring(example.statement + source)}"""\n'
            f"    {_own(card)}.example({_quoted(example.statement)})\n"
        )


def _docstring(text: str) -> str:
    """Its beginning, in lines that fit."""
    return _wrapped(f'"""{_one_line(text)}', INDENT)


def _wrapped(text: str, mark: str = "") -> str:
    return textwrap.fill(text, 100, initial_indent=mark, subsequent_indent=mark)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _slug(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_").lower()


def _one_line(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace('"""', "'''").split())

"""Rules in words: `[each k] [lemma entropy.gap at x = p[k]; y = q[k]] term by term`, read and written.

A rule with one rule inside stands before it; a rule with several has them as a list below, a part a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any

from mathcore.document.error import Unreadable
from mathcore.rules import RULES
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.rule import Form, Rule
from mathcore.rules.split import Case, Split

WORDS = {kind.form.word: kind for kind in RULES.values()}
DEEPEST = 12  # rules inside each other
TERM = (("by", "lemma"), ("at", "at"), ("over", "over"))


@dataclass(frozen=True)
class Part:
    """One `- ` of the list below a rule, with the list below it."""

    text: str
    line: int
    parts: tuple[Part, ...] = ()


# reading --------------------------------------------------------------------------------------------------------------


def read(text: str, parts: Sequence[Part], line: int) -> tuple[Rule | None, str]:
    """The rule at the start of a reason, None where there is none, and the words behind it."""
    found: list[str] = []
    while text.startswith("["):
        end = closing(text, line)
        found.append(" ".join(text[1:end].split()))
        text = text[end + 1 :].strip()
    if len(found) > DEEPEST:
        raise Unreadable(line, f"{len(found)} rules inside each other, more than {DEEPEST}: take the step in several lines")
    if not found:
        if parts:
            raise Unreadable(parts[0].line, "a list belongs below a rule, such as [cases]")
        return None, text
    return _rule(found, parts, line), text


def closing(text: str, line: int) -> int:
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "[") - (char == "]")
        if depth == 0:
            return place
    raise Unreadable(line, f"`{text[:20]}...` has no closing bracket")


def _rule(found: Sequence[str], parts: Sequence[Part], line: int) -> Rule:
    word, _, rest = found[0].partition(" ")
    kind = WORDS.get(word)
    if kind is None:
        raise Unreadable(
            line, f"[{word}] is no rule: choose one of {', '.join(sorted(WORDS))}; mathematics in a reason stands in backticks"
        )
    if kind is Certificate:
        return _certificate(found, parts, line)
    form, of = kind.form, {f.name: f for f in fields(kind)}
    given = _split(rest, form.keywords)
    if given[""] and not form.first:
        raise Unreadable(line, f"[{word}] takes nothing behind the word, not `{given['']}`")
    if form.first and not given[""] and of[form.first].default is MISSING:
        raise Unreadable(line, f"[{word}] needs what it is about: [{word} {form.first.upper()}]")
    values: dict[str, Any] = {form.first or "": given.pop("")} | given
    values = {name: _value(of[name], text) for name, text in values.items() if text}
    for key, name in form.keywords:
        if name not in values and of[name].default is MISSING:
            raise Unreadable(line, f"[{word} ...] needs `{key}` and an expression behind it: [{word} ... {key} {name.upper()}]")
    if "by" in of:  # it stands before the one rule inside it
        own = [p for p in parts if any(p.text.startswith(f"{one.label}:") for one in form.parts)]
        values |= _named_parts(form, own, line) if own else {}
        if len(found) > 1:
            values["by"] = _rule(found[1:], [p for p in parts if p not in own], line)
        elif of["by"].default is MISSING:
            raise Unreadable(line, f"[{word} ...] stands before another rule: [{word} ...] [algebra]")
    elif len(found) > 1:
        raise Unreadable(line, f"nothing follows [{word}]: `[{found[1]}]` has no place here")
    elif kind is Split:
        values["cases"] = tuple(Case(*_labelled(p)) for p in parts)
        if len(parts) < 2:
            raise Unreadable(line, "[cases] needs a list below: - CONDITION: [rule]")
    elif form.parts:
        values |= _named_parts(form, parts, line)
    elif parts:
        raise Unreadable(parts[0].line, f"[{word}] has no list below it")
    return kind(**values)


def _certificate(found: Sequence[str], parts: Sequence[Part], line: int) -> Certificate:
    word, _, rest = found[0].partition(" ")
    if len(found) > 1:
        raise Unreadable(line, f"nothing follows [{word}]: its terms stand in it, or in a list below")
    terms = ([_term(rest)] if rest else []) + [_term(p.text) for p in parts]
    if not terms:
        raise Unreadable(line, "[terms ...] needs the terms: one behind the word, or several in a list below")
    return Certificate(tuple(terms))


def _value(of: Field[Any], text: str) -> str | tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",")) if of.type == "tuple[str, ...]" else text


def _named_parts(form: Form, parts: Sequence[Part], line: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    wanted = ", ".join(f"- {one.label}{' EXPRESSION' if one.expression else ''}: [rule]" for one in form.parts)
    if len(parts) != len(form.parts):
        raise Unreadable(line, f"[{form.word}] needs a list below: {wanted}")
    for part, one in zip(parts, form.parts, strict=True):
        head, values[one.rule] = _labelled(part)
        name, _, expression = head.partition(" ")
        if name != one.label or bool(expression) != bool(one.expression):
            raise Unreadable(part.line, f"`- {part.text}`: [{form.word}] needs {wanted}")
        if expression:
            values[one.expression] = expression
    return values


def _labelled(part: Part) -> tuple[str, Rule]:
    """`LABEL: [rule] ...`."""
    place = next((i for i in _top(part.text) if re.match(r":\s*\[", part.text[i:])), None)
    if place is None:
        raise Unreadable(part.line, f"`- {part.text}`: write - LABEL: [rule]")
    rule, words = read(part.text[place + 1 :].strip(), part.parts, part.line)
    if rule is None or words:
        raise Unreadable(part.line, f"`- {part.text}`: only rules stand behind the colon; words belong above the list")
    return part.text[:place].strip(), rule


def _term(text: str) -> Term:
    values = _split(text, TERM)
    return Term(values.pop(""), **values)


def _split(text: str, keywords: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What stands before the first keyword (under ""), and behind each, outside of brackets."""
    names = dict(keywords)
    found, key, last = {"": text}, "", 0
    for place in _top(text):
        match = re.match(rf"\s({'|'.join(names)})\s", text[place:]) if names else None
        if match:
            found[key] = text[last:place].strip()
            key, last = names[match[1]], place + match.end()
            found[key] = text[last:].strip()
    if not key and names and (match := re.match(rf"({'|'.join(names)})\s", text)):  # nothing before the keyword
        return {"": "", names[match[1]]: text[match.end() :].strip()}
    return found


def _top(text: str) -> Iterator[int]:
    """The places outside of brackets."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char in "([") - (char in ")]")
        if depth == 0:
            yield place


# writing --------------------------------------------------------------------------------------------------------------


def write(rule: Rule) -> tuple[str, tuple[Part, ...]]:
    """The brackets of a rule and the list below it; `read` gives the same rule."""
    if isinstance(rule, Certificate):
        terms = [_spelt(term.weight, term, TERM) for term in rule.terms]
        return (f"[terms {terms[0]}]", ()) if len(terms) == 1 else ("[terms]", tuple(Part(t, 0) for t in terms))
    form = rule.form
    first = getattr(rule, form.first) if form.first else ""
    head = _spelt(_text(first), rule, form.keywords)
    text = f"[{form.word}{' ' if head else ''}{head}]"
    parts: list[Part] = []
    inner = getattr(rule, "by", None)
    if isinstance(inner, Rule):
        inside, below = write(inner)
        text, parts = f"{text} {inside}", list(below)
    if isinstance(rule, Split):
        parts = [_part(case.condition, case.by) for case in rule.cases]
    for one in form.parts:
        if (part := getattr(rule, one.rule)) is not None:
            shown = f"{one.label} {getattr(rule, one.expression)}" if one.expression else one.label
            parts.append(_part(shown, part))
    return text, tuple(parts)


def _part(label: str, rule: Rule) -> Part:
    text, parts = write(rule)
    return Part(f"{label}: {text}", 0, parts)


def _spelt(first: str, value: Any, keywords: Sequence[tuple[str, str]]) -> str:
    defaults = {f.name: f.default for f in fields(value)}
    said = [(word, getattr(value, name)) for word, name in keywords if getattr(value, name) != defaults[name]]
    return " ".join(filter(None, [first, *(f"{word} {_text(data)}" for word, data in said)]))


def _text(data: str | tuple[str, ...]) -> str:
    return data if isinstance(data, str) else ", ".join(data)


__all__ = ["WORDS", "Part", "read", "write"]

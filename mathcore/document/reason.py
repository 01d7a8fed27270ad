"""Rules in words: `[each k] [lemma entropy.gap at x = p[k]; y = q[k]] term by term`, read and written.

A rule with one rule inside stands before it; a rule with several has them as a list below, a part a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from mathcore import card as c
from mathcore.document.error import Unreadable


class Form(NamedTuple):
    """How a rule is written: its word, the field that follows it, and the fields after a keyword of their own."""

    word: str
    first: str = ""
    keywords: tuple[tuple[str, str], ...] = ()


FORMS: dict[type[c.Rule], Form] = {
    c.Rewrite: Form("algebra"),
    c.Unfold: Form("definition"),
    c.Entrywise: Form("entries"),
    c.Expectation: Form("expectation"),
    c.Differentiate: Form("derivative"),
    c.Substitute: Form("substitution", "new"),
    c.Use: Form("given", "hypothesis", (("at", "at"),)),
    c.Lemma: Form("lemma", "name", (("at", "at"),)),
    c.SumOver: Form("each", "index"),
    c.Certificate: Form("terms"),
    c.Split: Form("cases"),
    c.Support: Form("support", "of"),
    c.Attained: Form("maximum", "index"),
    c.Monotone: Form(
        "monotone", "function", (("for", "variable"), ("from", "inner"), ("turning", "turning"), ("slope", "slope"))
    ),
    c.Squared: Form("squares", "smaller", (("under", "larger"),)),
    c.Telescope: Form("telescope"),
    c.Geometric: Form("geometric"),
    c.Induction: Form("induction", "over"),
    c.Limiting: Form("limit"),
    c.Squeeze: Form("squeeze", "", (("near", "near"),)),
    c.Stationary: Form("stationary", "variable", (("curvature", "curvature"),)),
    c.Directions: Form("directions"),
    c.EqualityCase: Form("equality", "lemma", (("at", "at"),)),
}
WORDS = {form.word: kind for kind, form in FORMS.items()}
DEEPEST = 12  # rules inside each other
INSIDE = (c.SumOver, c.Support, c.Attained, c.Monotone, c.Squared)  # stand before the one rule inside them
TERM = (("by", "lemma"), ("at", "at"), ("over", "over"))


@dataclass(frozen=True)
class Part:
    """One `- ` of the list below a rule, with the list below it."""

    text: str
    line: int
    parts: tuple[Part, ...] = ()


# reading --------------------------------------------------------------------------------------------------------------


def read(text: str, parts: Sequence[Part], line: int) -> tuple[c.Rule | None, str]:
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


def _rule(found: Sequence[str], parts: Sequence[Part], line: int) -> c.Rule:
    word, _, rest = found[0].partition(" ")
    kind = WORDS.get(word)
    if kind is None:
        raise Unreadable(
            line, f"[{word}] is no rule: choose one of {', '.join(WORDS)}; mathematics in a reason stands in backticks"
        )
    form = FORMS[kind]
    if kind is c.Certificate:
        if len(found) > 1:
            raise Unreadable(line, f"nothing follows [{word}]: its terms stand in it, or in a list below")
        terms = ([_term(rest)] if rest else []) + [_term(p.text) for p in parts]
        if not terms:
            raise Unreadable(line, "[terms ...] needs the terms: one behind the word, or several in a list below")
        return c.Certificate(tuple(terms))
    given = _split(rest, form.keywords)
    if given[""] and not form.first:
        raise Unreadable(line, f"[{word}] takes nothing behind the word, not `{given['']}`")
    values: dict[str, Any] = {form.first: given.pop("")} if form.first else {}
    given.pop("", None)
    values |= given
    if form.first and not values[form.first]:
        if kind is not c.Substitute:
            raise Unreadable(line, f"[{word}] needs what it is about: [{word} {form.first.upper()}]")
        del values[form.first]
    if kind is c.Support:
        values["of"] = tuple(name.strip() for name in values["of"].split(","))
    own = [p for p in parts if p.text.startswith("sign:")] if kind is c.Monotone else []
    if kind in INSIDE:
        parts = [p for p in parts if p not in own]
        if len(found) > 1:
            values["by"] = _rule(found[1:], parts, line)
        elif kind is not c.Monotone:
            raise Unreadable(line, f"[{word} ...] stands before another rule: [{word} ...] [algebra]")
        if own:
            values["sign"] = _labelled(own[0])[1]
        return kind(**values)
    if len(found) > 1:
        raise Unreadable(line, f"nothing follows [{word}]: `[{found[1]}]` has no place here")
    if kind is c.Split:
        values["cases"] = tuple(c.Case(*_labelled(p)) for p in parts)
        if len(parts) < 2:
            raise Unreadable(line, "[cases] needs a list below: - CONDITION: [rule]")
    elif kind in PARTS:
        values |= _named_parts(kind, parts, line)
    elif parts:
        raise Unreadable(parts[0].line, f"[{word}] has no list below it")
    return kind(**values)


# label, the field of the expression behind it, the field of its rule
PARTS: dict[type[c.Rule], tuple[tuple[str, str, str], ...]] = {
    c.Induction: (("start", "", "start"), ("step", "", "step")),
    c.Directions: (("forward", "", "forward"), ("backward", "", "backward")),
    c.Squeeze: (("below", "lower", "below"), ("above", "upper", "above")),
}


def _named_parts(kind: type[c.Rule], parts: Sequence[Part], line: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    wanted = ", ".join(f"- {label}{' EXPRESSION' if text else ''}: [rule]" for label, text, _ in PARTS[kind])
    if len(parts) != len(PARTS[kind]):
        raise Unreadable(line, f"[{FORMS[kind].word}] needs a list below: {wanted}")
    for part, (label, text, rule) in zip(parts, PARTS[kind], strict=True):
        head, values[rule] = _labelled(part)
        name, _, expression = head.partition(" ")
        if name != label or bool(expression) != bool(text):
            raise Unreadable(part.line, f"`- {part.text}`: [{FORMS[kind].word}] needs {wanted}")
        if text:
            values[text] = expression
    return values


def _labelled(part: Part) -> tuple[str, c.Rule]:
    """`LABEL: [rule] ...`."""
    place = next((i for i in _top(part.text) if re.match(r":\s*\[", part.text[i:])), None)
    if place is None:
        raise Unreadable(part.line, f"`- {part.text}`: write - LABEL: [rule]")
    rule, words = read(part.text[place + 1 :].strip(), part.parts, part.line)
    if rule is None or words:
        raise Unreadable(part.line, f"`- {part.text}`: only rules stand behind the colon; words belong above the list")
    return part.text[:place].strip(), rule


def _term(text: str) -> c.Term:
    values = _split(text, TERM)
    return c.Term(values.pop(""), **values)


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


def write(rule: c.Rule) -> tuple[str, tuple[Part, ...]]:
    """The brackets of a rule and the list below it; `read` gives the same rule."""
    if isinstance(rule, c.Certificate):
        terms = [_spelt(term.weight, term, TERM) for term in rule.terms]
        return (f"[terms {terms[0]}]", ()) if len(terms) == 1 else ("[terms]", tuple(Part(t, 0) for t in terms))
    form = FORMS[type(rule)]
    first = getattr(rule, form.first) if form.first else ""
    head = _spelt(", ".join(first) if isinstance(first, tuple) else first, rule, form.keywords)
    text = f"[{form.word}{' ' if head else ''}{head}]"
    parts: list[Part] = []
    inner = getattr(rule, "by", None)
    if isinstance(inner, c.Rule):
        inside, below = write(inner)
        text, parts = f"{text} {inside}", list(below)
    if isinstance(rule, c.Monotone) and rule.sign is not None:
        parts.append(_part("sign", rule.sign))
    if isinstance(rule, c.Split):
        parts = [_part(case.condition, case.by) for case in rule.cases]
    for label, expression, name in PARTS.get(type(rule), ()):
        shown = f"{label} {getattr(rule, expression)}" if expression else label
        parts.append(_part(shown, getattr(rule, name)))
    return text, tuple(parts)


def _part(label: str, rule: c.Rule) -> Part:
    text, parts = write(rule)
    return Part(f"{label}: {text}", 0, parts)


def _spelt(first: str, value: Any, keywords: Sequence[tuple[str, str]]) -> str:
    defaults = {f.name: f.default for f in fields(value)}
    said = [(word, getattr(value, name)) for word, name in keywords if getattr(value, name) != defaults[name]]
    return " ".join(filter(None, [first, *(f"{word} {text}" for word, text in said)]))


__all__ = ["FORMS", "Part", "read", "write"]

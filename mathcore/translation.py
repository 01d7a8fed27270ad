"""The one door to other languages: gettext of the standard library, and catalogues beside this file.

`_("text")` is a string of the program, `words("text")` one of a card. What is not translated stays English. Values keep their
English sentences, whatever the language: `sentence` translates one where it is shown, by the template that it was made from.
"""

from __future__ import annotations

import gettext as gnu
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
ENGLISH = "en"
CHOSEN: ContextVar[str] = ContextVar("language", default="")


def language() -> str:
    """What is chosen here with `using`, else in the environment variable MATHCORE_LANGUAGE, else English."""
    asked = CHOSEN.get() or os.environ.get("MATHCORE_LANGUAGE", "")
    return re.split(r"[_.@-]", asked.strip().lower())[0] or ENGLISH


@contextmanager
def using(name: str) -> Iterator[None]:
    """Everything inside is said in that language, e.g. "ko"."""
    token = CHOSEN.set(name)
    try:
        yield
    finally:
        CHOSEN.reset(token)


def languages() -> tuple[str, ...]:
    """English, and every language that has a catalogue."""
    return (ENGLISH, *sorted(path.name for path in LOCALE.iterdir() if (path / "LC_MESSAGES").is_dir()))


def _(text: str) -> str:
    """A string of the program."""
    return catalogue("mathcore", language()).gettext(text) if text else text


def N_(text: str) -> str:
    """Marks a string of the program that is translated where it is shown."""
    return text


def ngettext(one: str, many: str, number: int) -> str:
    """`one` or `many`, by the number."""
    return catalogue("mathcore", language()).ngettext(one, many, number)


def words(text: str) -> str:
    """Words of a card, with single blanks between them."""
    text = " ".join(text.split())
    return catalogue("cards", language()).gettext(text) if text else text


def drawn(text: str) -> str:
    """Words of a figure, whose places in braces are filled in later."""
    return catalogue("figures", language()).gettext(text) if text else text


@cache
def catalogue(domain: str, name: str) -> gnu.NullTranslations:
    if name == ENGLISH:
        return gnu.NullTranslations()
    return gnu.translation(domain, LOCALE, [name], fallback=True)


# sentences that values hold ------------------------------------------------------------------------------------------

PLACE = re.compile(r"\{(\w+)[^{}]*\}")


def sentence(text: str) -> str:
    """A sentence of a verdict, check or slip, which was made in English from one of the program's templates."""
    return text if language() == ENGLISH else _sentence(text, language())


@cache
def _sentence(text: str, name: str, part: bool = False) -> str:
    for domain in ("mathcore",) if part and " " not in text else ("mathcore", "cards"):  # a word alone may be code
        found = catalogue(domain, name).gettext(text) if text.strip() else text
        if found != text:
            return found
    for pattern, template in _templates(name):
        if match := pattern.fullmatch(text):
            return template.format_map({place: _sentence(value, name) for place, value in match.groupdict().items()})
    name_of, __, rest = text.partition(" ")
    said = catalogue("mathcore", name).gettext(rest) if rest and name_of.isidentifier() else rest
    if said != rest:  # "x is sorted"
        return name_of + said
    for mark in ("; ", ": "):
        head, found_mark, rest = text.partition(mark)
        if found_mark and (said := _sentence(head, name, True) + mark + _sentence(rest, name, True)) != text:
            return said
    return text


@cache
def _templates(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each template with places, the longest first: how to recognise a sentence made from it, and its translation."""
    messages: Mapping[object, str] = vars(catalogue("mathcore", name)).get("_catalog", {})
    found = [(text, said) for text, said in messages.items() if isinstance(text, str) and PLACE.search(text)]
    found.sort(key=lambda pair: (-len(PLACE.sub("", pair[0])), pair[0]))
    return tuple((_pattern(text), PLACE.sub(r"{\1}", said)) for text, said in found if len(PLACE.sub("", text).strip()) > 3)


def _pattern(text: str) -> re.Pattern[str]:
    parts, last, seen = list[str](), 0, set[str]()
    for place in PLACE.finditer(text):
        parts.append(re.escape(text[last : place.start()]))
        parts.append(f"(?P={place[1]})" if place[1] in seen else f"(?P<{place[1]}>.*?)")
        seen.add(place[1])
        last = place.end()
    return re.compile("".join([*parts, re.escape(text[last:])]), re.DOTALL)


__all__ = ["N_", "_", "drawn", "language", "languages", "ngettext", "sentence", "using", "words"]

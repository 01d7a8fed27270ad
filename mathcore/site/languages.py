"""The languages of the site."""

from typing import NamedTuple


class Language(NamedTuple):
    """`folder`: where its pages lie in the site; `called`: what it calls itself."""

    folder: str
    called: str


LANGUAGES = {"en": Language("", "English"), "ko": Language("ko/", "한국어")}

"""The languages of the site."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`folder`: where its pages lie in the site; `called`: what it calls itself."""

    folder: str
    called: str


LANGUAGES = {"en": Language("", "English"), "ko": Language("ko/", "한국어")}

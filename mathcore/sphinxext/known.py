"""What is known of a formula: accepted evidence beside the documentation, else what the checks find, kept for next time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from mathcore.card import Card
from mathcore.document.course import Course
from mathcore.evidence import Evidence, Exhaustive
from mathcore.formulas import load
from mathcore.render.errors import Errors
from mathcore.render.errors import load as load_errors
from mathcore.render.site import accepted
from mathcore.verify.store import related, statement_digest

LOGGER = logging.getLogger(__name__)


def directory(app: Sphinx) -> Path | None:
    """To which `mathcore docs --to DIR` wrote: `mathcore_evidence`, from the directory of conf.py."""
    chosen = app.config.mathcore_evidence
    return Path(app.confdir, chosen).resolve() if chosen else None


def forget(app: Sphinx) -> None:
    """A new build looks again."""
    _accepted.cache_clear()
    _recorded.cache_clear()


def evidence_of(app: Sphinx, name: str) -> Evidence:
    """Accepted evidence of the card as it stands; without it the card is checked now."""
    place = directory(app)
    found = _accepted(place).get(name) if place is not None else None
    if found is not None:
        if found.digest == statement_digest(name):
            return found
        LOGGER.info("mathcore: the accepted evidence is of another %s: it is checked now", name)
    return _checked(name)


def users(app: Sphinx, name: str) -> tuple[str, ...]:
    """The cards with accepted evidence that use this one."""
    place = directory(app)
    return tuple(card for card in _accepted(place) if name in load(card).uses) if place is not None else ()


def every_value(app: Sphinx, name: str) -> tuple[Exhaustive, ...]:
    """What was found for every value of a format."""
    place = directory(app)
    return _recorded(place).get(name, ()) if place is not None else ()


def files(card: Card) -> list[Path]:
    """The pages of the same course on which a document rests."""
    course = card.library
    if not isinstance(course, Course):
        return []
    return [course.files[name] for name in related(card) if name in course.files]


def errors(app: Sphinx, name: str) -> Errors | None:
    """What was measured of it over its domain."""
    place = directory(app)
    return load_errors(place, name) if place is not None else None


@cache
def _accepted(place: Path) -> dict[str, Evidence]:
    return accepted(place)


@cache
def _recorded(place: Path) -> dict[str, tuple[Exhaustive, ...]]:
    from mathcore.verify.exhaustive.record import recorded

    return recorded(place)


def _checked(name: str) -> Evidence:
    from mathcore.verify.run import Event, verify

    def tell(event: Event) -> None:
        if event.state == "begun":
            LOGGER.info("mathcore: checking %s", event.card)
        if event.note:
            LOGGER.info("mathcore: %s", event.note)

    (found,) = verify(name, progress=tell, workers=1)
    return found

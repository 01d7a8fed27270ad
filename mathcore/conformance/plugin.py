"""`pytest --mathcore softmax=mypkg:my_softmax`: a card's checks as tests, without a test file.

pytest loads this module in every run, so it imports nothing but pytest until the option is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mathcore.evidence import Report


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mathcore", "functions judged by formulas")
    group.addoption(
        "--mathcore", action="append", default=[], metavar="NAME=MODULE:FUNCTION", help="judge a function by a formula"
    )
    group.addoption("--mathcore-accuracy", default="ordinary", choices=("ordinary", "card"), help="what passes")


class Judged(pytest.Item):
    """One check of one function."""

    def __init__(self, *, check: str, judgement: Any, **more: Any) -> None:
        super().__init__(**more)
        self.check, self.judgement = check, judgement

    def runtest(self) -> None:
        from mathcore.conformance.suite import require

        require(self.judgement.report, self.check, self.judgement.accuracy == "card")

    def reportinfo(self) -> tuple[str, None, str]:
        return "mathcore", None, self.name


class Functions(pytest.Collector):
    """All functions that were asked for."""

    def collect(self) -> Iterator[Judged]:
        from mathcore.conformance.contained import NotFound, imported
        from mathcore.conformance.suite import names_of
        from mathcore.formulas import UnknownFormula, load

        asked = self.config.getoption("--mathcore")
        formulas = [text.partition("=")[0] for text in asked]
        for text in asked:
            name, separator, target = text.partition("=")
            if not separator:
                raise pytest.UsageError(f"--mathcore {text}: write NAME=MODULE:FUNCTION, e.g. softmax=scipy.special:softmax")
            try:
                card, function = load(name), imported(target)
            except (UnknownFormula, NotFound) as error:
                raise pytest.UsageError(f"--mathcore {text}: {error}") from error
            judgement = Judgement(function, name, self.config.getoption("--mathcore-accuracy"))
            title = name if formulas.count(name) == 1 else text  # two functions of one formula are told apart
            for check in names_of(card):
                yield Judged.from_parent(self, name=f"{title}[{check}]", check=check, judgement=judgement)


class Judgement:
    """A report that is made when it is first asked for."""

    def __init__(self, function: Callable[..., Any], card: str, accuracy: str) -> None:
        self.function, self.card, self.accuracy = function, card, accuracy

    @cached_property
    def report(self) -> Report:
        from mathcore.conformance.check import check

        return check(self.function, self.card, accuracy=self.accuracy)


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--mathcore"):
        items.extend(Functions.from_parent(session, name="mathcore").collect())

"""`pytest --mathcore softmax=mypkg:my_softmax`: a card's checks as tests, without a test file.

pytest loads this module in every run, so it imports nothing but pytest until the option is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


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

        require(self.judgement.report(), self.check, self.judgement.accuracy == "card")

    def reportinfo(self) -> tuple[str, None, str]:
        return "mathcore", None, self.name


class Functions(pytest.Collector):
    """All functions that were asked for."""

    def collect(self) -> Iterator[Judged]:
        from mathcore.conformance.suite import names_of
        from mathcore.formulas import UnknownFormula, load

        for text in self.config.getoption("--mathcore"):
            name, separator, target = text.partition("=")
            if not separator:
                raise pytest.UsageError(f"--mathcore {text}: write NAME=MODULE:FUNCTION, e.g. softmax=scipy.special:softmax")
            try:
                card = load(name)
            except UnknownFormula as error:
                raise pytest.UsageError(f"--mathcore {text}: {error}") from error
            judgement = Judgement(target, name, self.config.getoption("--mathcore-accuracy"))
            for check in names_of(card):
                yield Judged.from_parent(self, name=f"{name}[{check}]", check=check, judgement=judgement)


class Judgement:
    """A report that is made when it is first asked for."""

    def __init__(self, target: str, card: str, accuracy: str) -> None:
        self.target, self.card, self.accuracy, self._report = target, card, accuracy, None

    def report(self) -> Any:
        from mathcore.conformance.check import check
        from mathcore.conformance.contained import NotFound, imported

        if self._report is None:
            try:
                self._report = check(imported(self.target), self.card, accuracy=self.accuracy)  # type: ignore[assignment]
            except NotFound as error:
                raise pytest.UsageError(f"--mathcore {self.card}={self.target}: {error}") from error
        return self._report


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--mathcore"):
        items.extend(Functions.from_parent(session, name="mathcore").collect())

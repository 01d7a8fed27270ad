"""What the checks found: levels, verdicts, reports. Values with a JSON form; status is computed, never declared."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from textwrap import shorten
from typing import Any

from mathcore.translation import N_, _, sentence


class Level(StrEnum):
    """How sure. Only PROVED counts as proved; UNKNOWN never passes."""

    PROVED = N_("proved")
    CONDITIONAL = N_("conditional")
    DECIDED = N_("decided")  # by a program that the kernel cannot check
    ENCLOSED = N_("enclosed")
    UNKNOWN = N_("unknown")
    REFUTED = N_("refuted")
    CONFLICT = N_("CONFLICT")


# from best to worst: a derivation is as good as its worst step
ORDER = (Level.PROVED, Level.CONDITIONAL, Level.DECIDED, Level.ENCLOSED, Level.UNKNOWN, Level.REFUTED, Level.CONFLICT)


# how a reason begins where nothing could be shown of a claim because nothing satisfies its hypotheses
CONTRADICTORY = "the hypotheses contradict each other"
UNWITNESSED = "no point was found that keeps all hypotheses"
NO_POINT = "no point satisfies the hypotheses"  # the end of what points say then


def worst(levels: list[Level]) -> Level:
    """The level of a whole made of parts; nothing at all is unknown."""
    return max(levels, key=ORDER.index) if levels else Level.UNKNOWN


def brief(text: str) -> str:
    """A value in one line, for a prompt: what it is, cut where it would not fit."""
    return f"<{shorten(text, 110, placeholder=' ...')}>"


def _said(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """The fields of a value for JSON; what is decided has a certificate, what was not plain a reading, a card a witness."""
    return {name: value for name, value in fields if name not in ("certificate", "reading", "witness", "standing") or value}


@dataclass(frozen=True)
class Verdict:
    """The outcome for one claim or one step."""

    claim: str
    level: Level
    method: str = ""
    reason: str = ""
    conditions: tuple[str, ...] = ()  #: side conditions that are left
    hypotheses: tuple[str, ...] = ()  #: used
    lemmas: tuple[str, ...] = ()
    axioms: tuple[str, ...] = ()
    counterexample: str = ""
    points: int = 0  #: exact points at which both sides were evaluated rigorously
    steps: tuple[Verdict, ...] = ()
    certificate: str = ""  #: of what is decided: the questions in SMT-LIB, for any solver
    reading: tuple[str, ...] = ()  #: for which values of their letters hypotheses were meant, where they do not say so

    @property
    def held(self) -> bool:
        """Whether it is shown: proved, or conditional."""
        return self.level in (Level.PROVED, Level.CONDITIONAL)

    @property
    def side_conditions(self) -> tuple[str, ...]:
        """What is left to show: empty unless the level is conditional."""
        return self.conditions

    @property
    def hypotheses_used(self) -> tuple[str, ...]:
        """What of what was given is needed."""
        return self.hypotheses

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What there is to say beside claim and level, under its name; a counterexample once, wherever it stands."""
        true = self.held or self.level is Level.DECIDED
        said = (
            (N_("I read"), "; ".join(self.reading)),
            (N_("how"), self.method if true else ""),
            (N_("note") if self.level in (Level.PROVED, Level.DECIDED) else N_("why"), self.reason),
            (N_("counterexample"), "" if self.counterexample in self.reason else self.counterexample),
            (N_("left to show"), ", ".join(self.conditions)),
            (N_("hypotheses used"), ", ".join(self.hypotheses)),
            (N_("lemmas"), ", ".join(self.lemmas)),
            (N_("axioms"), ", ".join(map(_, self.axioms))),
            (N_("points"), _("{count} exact points agree").format(count=self.points) if true and self.points else ""),
        )
        return tuple((name, text) for name, text in said if text)

    def __str__(self) -> str:
        """The claim, its level and the reason in plain text, in the language in use."""
        told = (f"  {_(name)}: {sentence(text)}" for name, text in self.told)
        return "\n".join([f"{_(self.level)}: {self.claim}", *told])

    def __repr__(self) -> str:
        return brief(f"Verdict {self.level}: {self.claim}")

    def to_json(self) -> dict[str, Any]:
        return asdict(self, dict_factory=_said)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Verdict:
        data = dict(data)
        data["level"] = Level(data["level"])
        data["steps"] = tuple(Verdict.from_json(s) for s in data["steps"])
        for name in ("conditions", "hypotheses", "lemmas", "axioms", "reading"):
            data[name] = tuple(data.get(name, ()))
        return Verdict(**data)

    def _repr_html_(self) -> str:
        from mathcore.render.notebook import verdict_html

        return verdict_html(self)


class Standing(StrEnum):
    """What a check says where it neither held nor failed: both are told, neither is a failure."""

    UNSUPPORTED = N_("not supported")
    CONVENTION = N_("convention")


@dataclass(frozen=True)
class Check:
    """One check of an implementation or of a card: accuracy of a format, a law, a mistake, an example."""

    kind: str  #: accuracy | contract | law | mistake | example | claim
    name: str
    passed: bool
    detail: str = ""
    cases: int = 0
    counterexample: str = ""
    figures: dict[str, Any] = field(default_factory=dict)
    standing: Standing | None = None

    @staticmethod
    def from_json(data: dict[str, Any]) -> Check:
        return Check(**{**data, "standing": Standing(data["standing"]) if data.get("standing") else None})


KINDS = (N_("accuracy"), N_("contract"), N_("law"), N_("mistake"), N_("example"), N_("claim"))  # of checks
MARKS = {Standing.UNSUPPORTED: "-   ", Standing.CONVENTION: "note"}


class Grade(StrEnum):
    """What a report says of a function as a whole; only WRONG is a failure."""

    WRONG = N_("wrong")
    UNJUDGED = N_("not judged")
    ORDINARY = N_("right, ordinary accuracy")
    CARD = N_("right, this card's accuracy")


@dataclass(frozen=True)
class Finding:
    """One cause of failure: the smallest input that shows it, what it breaks, and what it looks like."""

    check: str  #: the check that shows it; names of checks are stable
    kind: str  #: of that check
    shown: str  #: the call, what it gives, what is exact
    slip: str = ""  #: the known mistake that gives the same results
    words: str = ""  #: what that mistake does, and what to do instead
    law: str = ""  #: what is violated, in the formula language
    meaning: str = ""  #: what a violation of it means
    line: str = ""  #: the line of the card's derivations that the outputs contradict
    link: str = ""  #: where the card's page speaks of it
    free: tuple[str, ...] = ()  #: inputs that do not matter
    also: tuple[str, ...] = ()  #: checks that fail for the same cause
    code: str = ""  #: the call's arguments as a Python expression with np
    exact: str = ""  #: the exact results, in the same form
    allowed: str = ""  #: how far from them a result may be, entry by entry

    @property
    def entries(self) -> tuple[tuple[str, str], ...]:
        """What a person should read, the most useful first, each under its word."""
        told = [
            ("", self.shown),
            (N_("looks like"), f"{sentence(self.slip)}: {sentence(self.words)}" if self.slip else ""),
            (N_("violates"), f"{self.law} ({sentence(self.meaning)})" if self.law and self.meaning else self.law),
            (N_("contradicts"), self.line),
            (N_("does not matter"), ", ".join(self.free)),
            (
                N_("fails for it too"),
                ", ".join(map(sentence, self.also[:6]))
                + (_(" and {count} more").format(count=len(self.also) - 6) if len(self.also) > 6 else ""),
            ),
            (N_("read"), self.link),
        ]
        return tuple((word, text) for word, text in told if text)

    @property
    def lines(self) -> tuple[str, ...]:
        """`entries` as text."""
        return tuple(f"{word}: {text}" if word else text for word, text in self.entries)


@dataclass(frozen=True)
class Report:
    """What the checks of a card say about somebody's function."""

    function: str
    card: str
    checks: tuple[Check, ...] = ()
    note: str = ""
    seconds: float = 0.0
    findings: tuple[Finding, ...] = ()
    demanded: Grade = Grade.ORDINARY  #: the least that passes

    @property
    def grade(self) -> Grade:
        """The worst that any check says; nothing judged is no grade."""
        judged = [c for c in self.checks if c.kind == "accuracy" and c.cases and c.standing is None]
        if any(not c.passed for c in self.checks):
            return Grade.WRONG
        if not judged:
            return Grade.UNJUDGED
        beyond = any(c.figures.get("beyond") or c.figures.get("not judged") for c in judged)
        return Grade.ORDINARY if beyond or any(c.kind == "accuracy" and c.standing for c in self.checks) else Grade.CARD

    @property
    def passed(self) -> bool:
        """Right, and to the accuracy that was asked for."""
        return self.grade in ((Grade.CARD,) if self.demanded is Grade.CARD else (Grade.ORDINARY, Grade.CARD))

    def check(self, name: str) -> Check:
        """The check of that name; KeyError names those there are."""
        for one in self.checks:
            if one.name == name:
                return one
        raise KeyError(f"{name!r} is no check of this report: {', '.join(repr(c.name) for c in self.checks)}")

    def told(self, standing: Standing) -> tuple[Check, ...]:
        """What is not supported, or the conventions that were met."""
        return tuple(c for c in self.checks if c.standing is standing)

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(c for c in self.checks if not c.passed)

    @property
    def outcome(self) -> str:
        """Grade and counts in one line."""
        asked = [c for c in self.checks if c.standing is None]
        held = sum(c.passed for c in asked)
        return f"{self.grade}, {held} of {len(asked)} checks held"

    def __repr__(self) -> str:
        return brief(f"Report {self.function} as {self.card}: {self.outcome}")

    def __str__(self) -> str:
        """Grade, findings, and a table of all checks, in plain ASCII."""
        lines = [f"{self.function} as {self.card}: {self.outcome}"]
        if self.grade is Grade.ORDINARY and not self.passed:
            lines.append("  asked for: this card's accuracy")
        lines += [f"  {self.note}"] if self.note else []
        for finding in self.findings:
            lines += ["", *(f"  {line}" for line in finding.lines)]
        lines += [""] if self.findings else []
        kinds = max((len(c.kind) for c in self.checks), default=0)
        names = min(max((len(c.name) for c in self.checks), default=0), 50)
        for c in self.checks:
            mark = MARKS[c.standing] if c.standing else "ok  " if c.passed else "FAIL"
            lines.append(f"  {mark}  {c.kind:<{kinds}}  {c.name:<{names}}  {c.detail}")
        return "\n".join(lines).encode("ascii", "replace").decode()

    def _repr_html_(self) -> str:
        from mathcore.render.notebook import report_html

        return report_html(self)

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = plain({**asdict(self), "grade": self.grade, "passed": self.passed})
        return data

    @staticmethod
    def from_json(data: dict[str, Any]) -> Report:
        kept = {k: v for k, v in data.items() if k not in ("passed", "grade")}
        findings = tuple(Finding(**{**f, "free": tuple(f["free"]), "also": tuple(f["also"])}) for f in data["findings"])
        checks = tuple(Check.from_json(c) for c in data["checks"])
        return Report(**{**kept, "checks": checks, "findings": findings, "demanded": Grade(data["demanded"])})


@dataclass(frozen=True)
class Witness:
    """What sympy alone says, written out at n = 1..4: of every step's two sides, and of the definition and its function."""

    asked: int  #: steps, and the function
    agreed: int
    points: int
    silent: tuple[Verdict, ...] = ()  #: what sympy cannot compute, and why: neither agreement nor disagreement
    conflicts: tuple[Verdict, ...] = ()

    @staticmethod
    def of(verdicts: Sequence[Verdict]) -> Witness:
        agreed = [v for v in verdicts if v.level is Level.ENCLOSED]
        silent, conflicts = (tuple(v for v in verdicts if v.level is level) for level in (Level.UNKNOWN, Level.CONFLICT))
        return Witness(len(verdicts), len(agreed), sum(v.points for v in verdicts), silent, conflicts)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Witness:
        lists = {name: tuple(Verdict.from_json(v) for v in data[name]) for name in ("silent", "conflicts")}
        return Witness(**{**data, **lists})


@dataclass(frozen=True)
class Evidence:
    """All that was found for one card."""

    card: str
    digest: str
    derivations: tuple[Verdict, ...] = ()
    false_claims: tuple[Verdict, ...] = ()  #: each must be refuted
    checks: tuple[Check, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)  #: versions, platform
    seconds: float = 0.0
    witness: Witness | None = None  #: of a card

    @property
    def held(self) -> bool:
        """Every claim held, every false claim and mistake was refuted, every float check passed, sympy contradicts nothing;
        there was something to check."""
        return (
            all(v.held for v in self.derivations)
            and not (self.witness and self.witness.conflicts)
            and all(v.level is Level.REFUTED for v in self.false_claims)
            and all(c.passed for c in self.checks)
            and bool(self.derivations or self.checks)
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self, dict_factory=_said)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Evidence:
        data = dict(data)
        data["derivations"] = tuple(Verdict.from_json(v) for v in data["derivations"])
        data["false_claims"] = tuple(Verdict.from_json(v) for v in data["false_claims"])
        data["checks"] = tuple(Check.from_json(c) for c in data["checks"])
        data["witness"] = Witness.from_json(data["witness"]) if data.get("witness") else None
        return Evidence(**data)

    def to_text(self) -> str:
        """Sorted, indented JSON: the same evidence, the same bytes."""
        return json.dumps(plain(self.to_json()), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"

    @staticmethod
    def from_text(text: str) -> Evidence:
        return Evidence.from_json(json.loads(text))

    def __repr__(self) -> str:
        parts = (
            (self.derivations, sum(v.held for v in self.derivations), "claims held"),
            (self.false_claims, sum(v.level is Level.REFUTED for v in self.false_claims), "false claims refuted"),
            (self.checks, sum(c.passed for c in self.checks), "checks passed"),
        )
        counted = ", ".join(f"{good} of {len(all_)} {what}" for all_, good, what in parts if all_)
        return brief(f"Evidence {self.card}: {'held' if self.held else 'FAILED'}, {counted or 'nothing was checked'}")

    def _repr_html_(self) -> str:
        from mathcore.render.notebook import evidence_html

        return evidence_html(self)


@dataclass(frozen=True)
class Exhaustive:
    """What a function of one number gives for every value of a format: nothing was left out, nothing was drawn."""

    card: str
    function: str
    format: str
    inputs: int  #: all bit patterns
    classes: tuple[tuple[str, int], ...]  #: errors in ULP, and how many results have them
    nan: int  #: where no number was due, and none came
    bar: float
    largest: float  #: an upper bound of all errors, in ULP
    where: str
    balls: int  #: results that balls decided
    other_zeros: int
    failures: int
    first: tuple[str, ...] = ()
    note: str = ""
    digest: str = ""  #: of the implementation and the statement: the same on every machine
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Nothing failed, and every value was judged."""
        return not self.failures and self.inputs > 0 and sum(n for _, n in self.classes) + self.nan == self.inputs

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = plain({**asdict(self), "held": self.held})
        return data

    @staticmethod
    def from_json(data: dict[str, Any]) -> Exhaustive:
        kept = {k: v for k, v in data.items() if k != "held"}
        kept["classes"] = tuple((str(label), int(n)) for label, n in data["classes"])
        kept["first"], kept["largest"] = tuple(data["first"]), float(data["largest"])
        return Exhaustive(**kept)


@dataclass(frozen=True)
class Slip:
    """What went wrong in a line, in words, and what the line says without it."""

    kind: str  #: a file of mathcore/proof/slips
    said: str
    meant: str = ""  #: the relation that holds instead


@dataclass(frozen=True)
class Line:
    """One line of somebody's derivation, judged against the line before it: its verdict says what was read and why.

    It follows for every n if it is `proved`; `conditional`: where both sides have values (the conditions say where).
    """

    text: str
    verdict: Verdict
    lacks: str = ""  #: a hypothesis under which a line that does not follow would follow
    slip: Slip | None = None

    @property
    def follows(self) -> bool:
        """Whether it follows from the line before."""
        return self.verdict.held

    @property
    def wrong(self) -> bool:
        """Whether a point refutes it."""
        return self.verdict.level is Level.REFUTED

    @staticmethod
    def from_json(data: dict[str, Any]) -> Line:
        slip = Slip(**data["slip"]) if data["slip"] else None
        return Line(data["text"], Verdict.from_json(data["verdict"]), data["lacks"], slip)


@dataclass(frozen=True)
class Judged:
    """Somebody's derivation, line by line. The first wrong line has the name of its slip, where one was found."""

    first: str
    lines: tuple[Line, ...]
    start: Verdict | None = None  #: of a first line that is itself a claim, `a = b`, and then goes on with `= c`
    whole: Verdict | None = None  #: of the first line and the last, where lines that follow do not add up to them

    @property
    def accepted(self) -> bool:
        """Whether every line follows, there is one, and they show what the first line and the last say together."""
        others = [verdict for verdict in (self.start, self.whole) if verdict is not None]
        return bool(self.lines) and all(line.follows for line in self.lines) and all(v.held for v in others)

    @property
    def wrong(self) -> int:
        """The number of the first wrong line, counted from 1; 0 if none was found."""
        return next((number for number, line in enumerate(self.lines, 1) if line.wrong), 0)

    @property
    def slip(self) -> Slip | None:
        """What went wrong in the first wrong line, where a known slip explains it."""
        return self.lines[self.wrong - 1].slip if self.wrong else None

    def to_json(self) -> dict[str, Any]:
        return asdict(self, dict_factory=_said)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Judged:
        start, whole = (Verdict.from_json(data[name]) if data[name] else None for name in ("start", "whole"))
        return Judged(data["first"], tuple(map(Line.from_json, data["lines"])), start, whole)


@dataclass(frozen=True)
class TrustedBase:
    """What is taken for true, and the files that must be right, each with what it is trusted for.

    `asked` are those that must be right besides where a claim is asked that no card makes: no step of a card rests on them.
    """

    axioms: Mapping[str, str]
    files: Mapping[str, str]
    asked: Mapping[str, str]


def plain(value: Any) -> Any:
    """A value as JSON knows it: NumPy scalars become Python's, inf and nan become text, keys text."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(value)
    return plain(value.item()) if hasattr(value, "item") else str(value)

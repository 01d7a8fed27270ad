"""What is said today of every step of every card and of every statement of the corpora: `python -m tests.proof.goldens`.

A line is a step or a statement: its name, then its answer, that is its level and what it rests on. Without options the lines
are made anew and compared with those that are stored; a difference is told in words. What was searched until time was up may
come out otherwise on another machine: such a line is marked `by the clock`, and only what contradicts it counts.

    python -m tests.proof.goldens --only 'cards: soft' --jobs 2
    python -m tests.proof.goldens --write tests/proof/goldens.txt
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from mathcore.card import Card, Derivation
from mathcore.evidence import Verdict
from mathcore.formulas import load, names
from mathcore.proof import certificates, deadline, lines
from mathcore.proof.derive import judge_false_claim, verify_derivation
from mathcore.proof.replay import replay
from mathcore.proving import prove
from mathcore.rules.rewrite import Rewrite
from tests.proof import (
    blind,
    course,
    given,
    growing,
    guarded,
    hypotheses,
    letters,
    mutation,
    pipeline,
    ranges,
    rewrites,
    statements,
)
from tests.proof.derivations import corpus as derivations
from tests.proof.derivations import valued
from tests.proof.prover import assumptions, bridged, hostile, limits
from tests.proof.prover import corpus as prover
from tests.proof.prover import given as under
from tests.proof.prover import letters as prover_letters
from tests.proof.prover.corpora import inequalities
from tests.proof.prover.reversed_and_sharpened import turned
from tests.proof.replay import forged

STORED = Path(__file__).with_name("goldens.txt")
LIMIT = 2.0  # seconds of processor time for a statement that is searched
CLOCK = "by the clock"
SHOWN, BROKEN = {"proved", "conditional", "decided"}, {"CONFLICT", "crashed"}

Answer = str  # fields, with tabs between them; the level is the first
Ask = Callable[[], list[tuple[str, Answer]]]


@dataclass(frozen=True)
class Question:
    """A name that says what is asked, and what gives its lines: names beside their answers."""

    name: str
    ask: Ask
    again: str = ""  # of several of one name: which


# answers ----------------------------------------------------------------------------------------------------


def rests(verdict: Verdict) -> Answer:
    """The level, and what the answer rests on."""
    parts = (
        ("left", verdict.conditions),
        ("hypotheses", verdict.hypotheses),
        ("lemmas", verdict.lemmas),
        ("axioms", verdict.axioms),
    )
    return "\t".join([str(verdict.level), *(f"{name}: {'; '.join(sorted(items))}" for name, items in parts if items)])


def in_time(ask: Callable[[], Answer]) -> Answer:
    """The answer; marked where time was up somewhere on the way, or nearly."""
    began, before = time.process_time(), len(_RUNG)
    answer = ask()
    late = len(_RUNG) > before or time.process_time() - began > LIMIT / 2
    return f"{answer}\t{CLOCK}" if late else answer


_RUNG: list[int] = []  # an entry whenever time was up


def _notice(_: BaseException, *__: object) -> None:
    _RUNG.append(1)


def listen() -> None:
    """From here on it is noticed when time is up, in this process."""
    deadline.OutOfTime.__init__ = _notice  # type: ignore[method-assign,assignment]  # every late answer is noticed


def searched(*claim: Any, **options: Any) -> Answer:
    def ask() -> Answer:
        try:
            return rests(prove(*claim, timeout=LIMIT, **options))
        except ValueError as error:
            return f"refused\t{str(error).splitlines()[0]}"

    return in_time(ask)


def digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:8]


def line(name: str, ask: Callable[[], Answer]) -> Question:
    return Question(name, lambda: [(name, ask())])


# corpora ----------------------------------------------------------------------------------------------------


def of_cards() -> Iterator[Question]:
    def steps(card: Card, one: Derivation) -> list[tuple[str, Answer]]:
        name, verdict = f"{card.name}.{one.key or one.title}", verify_derivation(card, one)
        return [(name, rests(verdict)), *((f"{name}[{k:02}]", rests(s)) for k, s in enumerate(verdict.steps, 1))]

    for name in names():
        card = load(name)
        for one in card.derivations:
            yield Question(f"{name}.{one.key or one.title}", partial(steps, card, one))
        for false in card.false_claims:
            yield line(f"{name}, false: {false.statement}", lambda c=card, f=false: rests(judge_false_claim(c, f)))


def of_hypotheses() -> Iterator[Question]:
    def needed(card: Card, one: Derivation) -> list[tuple[str, Answer]]:
        found = [(w, hypotheses.judge(w)[0]) for w in hypotheses.weaker(card, one)]
        return [(f"{card.name}.{one.key or one.title} without {w.hypothesis}", outcome) for w, outcome in found]

    for name in names():
        for one in load(name).derivations:
            yield Question(f"{name}.{one.key or one.title}", partial(needed, load(name), one))


def by_rule(s: statements.Statement) -> Answer:
    """The kernel alone, and the whole."""
    fields = {"by": s.by, "given": s.given, "define": s.define, "derivations": s.derivations}
    try:
        alone = pipeline.kernel(s.claim, **fields)
        left = f" if {'; '.join(sorted(alone.conditions))}" if alone.conditions else ""
        whole = rests(pipeline.pipeline(s.claim, instance=s.instance, **fields))
    except ValueError as error:
        return f"refused\t{str(error).splitlines()[0]}"
    return f"{whole}\tkernel alone: {'accepted' if alone.accepted else 'not shown'}{left}"


def of_statements(module: Any) -> Iterator[Question]:
    for s in dict.fromkeys(
        s
        for name, group in sorted(vars(module).items())
        if name.isupper() and isinstance(group, tuple)
        for s in group
        if isinstance(s, statements.Statement)
    ):
        yield line(f"{s.claim} [{digest(s.by, s.given, s.define, s.derivations, s.instance)}]", lambda s=s: by_rule(s))


def of_blind() -> Iterator[Question]:
    def ask(s: statements.Statement) -> Answer:
        with blind.without_points():
            return rests(pipeline.pipeline(s.claim, s.by, s.given))

    for s in blind.some(seed=1, count=400):
        yield line(f"{s.claim} [{digest(s.by, s.given)}]", lambda s=s: ask(s))


def proved(claims: Iterable[tuple[str, str]]) -> Iterator[Question]:
    for claim, declared in dict.fromkeys(claims):
        yield line(f"{claim} [{digest(declared)}]", partial(searched, claim, given=declared))


def of_prover() -> Iterator[Question]:
    for s in prover.statements():
        yield line(f"{s} [{digest(s.form, s.area, sorted(s.given.items()))}]", partial(searched, *s.claim, **s.given))


def of_bridged() -> Iterator[Question]:
    def ask(s: prover.Statement) -> Answer:
        try:
            told = bridged.told(s)
        except ValueError as error:
            return f"refused\t{str(error).splitlines()[0]}"
        return f"{told[0]}\tin sympy: {told[1]}" if told else "no such object"

    for s in bridged.texts()[::20]:
        yield line(f"{s} [{digest(s.given['given'])}]", lambda s=s: in_time(lambda: ask(s)))


def of_limits() -> Iterator[tuple[str, str]]:
    for group in (limits.TRUE, limits.FALSE, limits.UNDEFINED):
        yield from ((claim, declared) for _, claim, declared in limits.listed(group))


def of_given() -> Iterator[tuple[str, str]]:
    for group in vars(under).values():
        if isinstance(group, (list, tuple)):
            yield from (row[:2] for row in group if isinstance(row, tuple))


def of_hostile() -> Iterator[tuple[str, str]]:
    yield from (*hostile.FALSE, *hostile.varied(), *hostile.NEARLY_FALSE)
    yield from ((other, declared) for claim, declared in inequalities.TEXTS[1][::4] for other in turned(claim))


def of_prover_letters() -> Iterator[tuple[str, str]]:
    for seed in range(300):
        claim, said = prover_letters.written(random.Random(seed))
        yield claim, "; ".join((prover_letters.GIVEN, *said))


def of_forms() -> Iterator[tuple[str, str]]:
    for form in given.FORMS:
        for seed in range(8):
            one = given.case(form, random.Random(seed))
            yield one.claim, given.DECLARED + form.given


def of_growing() -> Iterator[tuple[str, str]]:
    maker = growing.Maker(1)
    for turn in range(200):
        known = maker.claim(turn % 2 == 0)
        yield known.claim, known.given


def of_assumptions() -> Iterator[Question]:
    for seed in range(200):
        yield line(f"seed {seed:03}", lambda s=seed: in_time(lambda: assumptions.judged(s)[0]))


def of_letters() -> Iterator[Question]:
    def ask(seed: int) -> list[tuple[str, Answer]]:
        found = []
        for k, one in enumerate(islice(letters.trials(seed), 8), 1):
            after = one.after.partition(":")[0]
            found.append((f"seed {seed:02}.{k}: {one.what}", f"{one.before}\trenamed: {after}\t{CLOCK}"))
        return found

    for seed in range(12):
        yield Question(f"seed {seed:02}", partial(ask, seed))


def of_ranges() -> Iterator[Question]:
    def ask(claim: str, declared: str) -> Answer:
        of = ranges.CARDS.setdefault(declared, pipeline.card(declared))
        return "; ".join(name for name, by in ranges.RULES.items() if pipeline.kernel(claim, by, of=of).accepted) or "not shown"

    for seed in range(400):
        dice = random.Random(seed)
        left, right = ranges.pair(dice)
        claim, said = f"{left.text} = {right.text}", dice.sample(ranges.HYPOTHESES, dice.choice((0, 0, 1, 2)))
        declared = "; ".join((ranges.DECLARED, *said))
        yield line(f"{claim} given {'; '.join(said)}", lambda c=claim, d=declared: ask(c, d))


def of_guarded() -> Iterator[Question]:
    of = pipeline.card(guarded.DECLARED)
    for seed in range(400):
        claim = guarded.claim(random.Random(seed))
        yield line(claim, lambda c=claim: "accepted" if pipeline.kernel(c, Rewrite(), of=of).accepted else "not shown")


def told(answers: Iterable[tuple[str, str]]) -> Answer:
    """How often each answer came, and a digest of all of them."""
    found = sorted(answers)
    counts = ", ".join(f"{n} {what}" for what, n in sorted(Counter(what for _, what in found).items()))
    return f"{counts}\tdigest: {digest(*found)}"


def of_mutants() -> Iterator[Question]:
    def ask(site: mutation.Site) -> Answer:
        some = sorted(mutation.mutants(site), key=lambda m: m.text)[::12]
        return told((m.text, mutation.by_kernel(site, site.step.by, m.op, m.right)[0]) for m in some)

    for site in mutation.sites():
        if site.step.by is not None:
            yield line(f"mutants of {site.label}", lambda s=site: ask(s))


def of_rewrites() -> Iterator[Question]:
    def ask(site: mutation.Site) -> Answer:
        some = sorted(rewrites.rewritten(site), key=lambda r: r.text)[::12]
        rule = rewrites.rule_of(site)
        return told((r.text, mutation.by_kernel(site, rule, "=", r.right, left=r.left)[0]) for r in some)

    for site in mutation.sites():
        if site.op == "=" and type(site.step.by) in rewrites.RULES:
            yield line(f"rewritings of {site.label}", lambda s=site: ask(s))


def of_derivations() -> Iterator[Question]:
    def ask(one: derivations.Written) -> list[tuple[str, Answer]]:
        found: list[lines.Judged] = []

        def judged() -> Answer:
            found.append(lines.judge(one.context, one.first, one.lines, timeout=LIMIT))
            return ""

        late = in_time(judged)
        name = f"{one.student}, {one.title}"
        return [
            (f"{name}[{k:02}]", rests(said.verdict) + (f"\tslip: {said.slip.kind}" if said.slip else "") + late)
            for k, said in enumerate(found[0].lines, 1)
        ]

    for one in derivations.derivations():
        yield Question(f"{one.student}, {one.title}", partial(ask, one))


def of_valued() -> Iterator[Question]:
    def ask(one: valued.Valued) -> Answer:
        context = lines.Context().given(valued.DECLARED)
        return in_time(lambda: rests(lines.judge(context, one.first, [one.line], timeout=LIMIT).lines[0].verdict))

    for k, one in enumerate(islice(valued.lines(1), 150)):
        yield line(f"{k:03} {one.first} {one.line}", lambda o=one: ask(o))


def of_replay() -> Iterator[Question]:
    def ask(card: Card) -> list[tuple[str, Answer]]:
        judged, queue = {}, [card]
        while queue:
            one = queue.pop()
            if one.name not in judged:
                judged[one.name] = [(one, d, verify_derivation(one, d)) for d in one.derivations]
                cited = {lemma.rpartition(".")[0] for _, _, v in judged[one.name] for s in v.steps for lemma in s.lemmas}
                queue += [load(name) for name in sorted(cited)]
        document = certificates.document(item for name in sorted(judged) for item in judged[name])
        return [
            (r.name, "\t".join([r.outcome, *(f"[{k:02}] {s.outcome}" for k, s in enumerate(r.steps, 1))]))
            for r in replay(document)
            if r.name.startswith(f"{card.name}.")
        ]

    for name in names():
        yield Question(name, partial(ask, load(name)))


def of_forged() -> Iterator[Question]:
    for one in forged.FORGED:
        yield line(one.what, lambda o=one: next(r.outcome for r in replay(o.document) if r.name == "trial.forged"))


CORPORA: dict[str, Callable[[], Iterable[Question]]] = {
    "cards": of_cards,
    "hypotheses": of_hypotheses,
    "statements": partial(of_statements, statements),
    "course": partial(of_statements, course),
    "blind": of_blind,
    "prover": of_prover,
    "bridged": of_bridged,
    "limits": lambda: proved(of_limits()),
    "given": lambda: proved(of_given()),
    "hostile": lambda: proved(of_hostile()),
    "letters of claims": lambda: proved(of_prover_letters()),
    "forms": lambda: proved(of_forms()),
    "growing": lambda: proved(of_growing()),
    "assumptions": of_assumptions,
    "letters renamed": of_letters,
    "ranges": of_ranges,
    "guarded": of_guarded,
    "mutants": of_mutants,
    "rewritings": of_rewrites,
    "derivations": of_derivations,
    "valued": of_valued,
    "replay": of_replay,
    "forged": of_forged,
}


# asking -----------------------------------------------------------------------------------------------------


@cache
def questions(corpus: str) -> tuple[Question, ...]:
    """In their order; of those with one name the second is #2."""
    seen, found = Counter[str](), []
    for one in CORPORA[corpus]():
        seen[one.name] += 1
        found.append(replace(one, again=f" #{seen[one.name]}" if seen[one.name] > 1 else ""))
    return tuple(found)


def asked(task: tuple[str, int]) -> list[tuple[str, Answer]]:
    """The lines of one question, with the name of the corpus before theirs."""
    corpus, place = task
    one = questions(corpus)[place]
    try:
        found = one.ask()
    except Exception as error:  # a question that cannot be asked is an answer too
        found = [(one.name, f"crashed\t{type(error).__name__}")]
    return [(named(corpus, name, one.again), answer) for name, answer in found]


def named(corpus: str, name: str, again: str = "") -> str:
    return " ".join(f"{corpus}: {name}{again}".split())


def tasks(only: str = "") -> list[tuple[str, int]]:
    """Every question whose name, or the name of whose corpus, holds the word; `cards: soft` asks in one corpus alone."""
    corpora = [c for c in CORPORA if only.startswith(f"{c}: ")] or CORPORA
    return [(c, k) for c in corpora for k, q in enumerate(questions(c)) if only in f"{c}: {q.name}"]


def answers(chosen: list[tuple[str, int]], jobs: int = 1, show: Callable[[str], None] = lambda _: None) -> dict[str, Answer]:
    found: dict[str, Answer] = {}

    def take(results: Iterable[list[tuple[str, Answer]]]) -> None:
        for count, lines_ in enumerate(results, 1):
            found.update(lines_)
            show(f"{count} of {len(chosen)} questions, {len(found)} lines: {lines_[0][0][:60] if lines_ else ''}")

    if jobs == 1:
        listen()
        take(map(asked, chosen))
        return found
    with get_context("spawn").Pool(jobs, initializer=listen) as pool:
        take(pool.imap(asked, chosen, chunksize=4))
    return found


# the file ---------------------------------------------------------------------------------------------------


def written(found: dict[str, Answer]) -> str:
    return "".join(f"{name}\t{answer}\n" for name, answer in sorted(found.items()))


def read(text: str) -> dict[str, Answer]:
    """The lines of a file by their names."""
    return dict(one.split("\t", 1) for one in text.splitlines() if one)  # type: ignore[misc]  # two parts each


def of(stored: dict[str, Answer], chosen: list[tuple[str, int]]) -> dict[str, Answer]:
    """Those of the stored lines that belong to the questions: a question's lines begin with its name."""
    asked_for = [(corpus, questions(corpus)[k]) for corpus, k in chosen]
    starts = {named(corpus, one.name, one.again) for corpus, one in asked_for}
    whole = {corpus for corpus in CORPORA if sum(c == corpus for c, _ in chosen) == len(questions(corpus))}

    def belongs(name: str) -> bool:
        if name.partition(": ")[0] in whole or name in starts:
            return True
        return any(
            name[:k] in starts for k in range(len(name)) if name[k : k + 1] == "[" or name[k:].startswith((".", " without"))
        )

    return {name: answer for name, answer in stored.items() if belongs(name)}


def unstored(stored: dict[str, Answer]) -> list[str]:
    """The corpora of which no answer is stored yet."""
    known = {name.partition(": ")[0] for name in stored}
    return [corpus for corpus in CORPORA if corpus not in known]


@dataclass(frozen=True)
class Difference:
    name: str
    before: Answer | None
    after: Answer | None

    @property
    def counts(self) -> bool:
        """Whether it may not be: what the clock decides may come out otherwise, but not against what was shown."""
        if self.before is None or self.after is None or CLOCK not in f"{self.before}\t{self.after}".split("\t"):
            return True
        levels = {one.split("\t")[0] for one in (self.before, self.after)}
        return bool(levels & BROKEN) or ("refuted" in levels and bool(levels & SHOWN))

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.name}\n    is asked only now: {_said(self.after)}"
        if self.after is None:
            return f"{self.name}\n    is not asked any more; it was {_said(self.before)}"
        return f"{self.name}\n    before: {_said(self.before)}\n    after:  {_said(self.after)}"


def _said(answer: Answer | None) -> str:
    return (answer or "").replace("\t", " | ")


def differences(before: dict[str, Answer], after: dict[str, Answer]) -> list[Difference]:
    """By name, in the order of the file."""
    return [
        Difference(name, before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if _plain(before.get(name)) != _plain(after.get(name))
    ]


def _plain(answer: Answer | None) -> Answer | None:
    return answer if answer is None else answer.removesuffix(f"\t{CLOCK}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.goldens", description=__doc__.partition("\n")[0])
    parser.add_argument("--write", type=Path, metavar="FILE", help="the answers, into what the file holds already")
    parser.add_argument("--compare", type=Path, metavar="FILE", default=STORED, help="with the answers in this file")
    parser.add_argument("--only", default="", metavar="WORD", help="questions whose name holds this: a corpus, a card, a claim")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes")
    chosen = parser.parse_args(arguments)
    began, terminal = time.perf_counter(), sys.stderr.isatty()
    asking = tasks(chosen.only)
    if not asking:
        print(f"no question has {chosen.only!r} in its name; the corpora are {', '.join(CORPORA)}", file=sys.stderr)
        return 2

    if not chosen.write:
        stored = read(chosen.compare.read_text(encoding="utf-8"))
        new = unstored(stored)
        asking = [(corpus, place) for corpus, place in asking if corpus not in new]
        if left := [corpus for corpus in new if chosen.only in f"{corpus}: "]:
            print(f"no answers are stored of: {', '.join(left)}; add them with --only and --write", file=sys.stderr)

    def show(words: str) -> None:
        if terminal:
            print(f"\r{words:100.100}", end="", file=sys.stderr, flush=True)

    found = answers(asking, chosen.jobs, show)
    if terminal:
        print(f"\r{'':100}\r", end="", file=sys.stderr)
    clocked = sum(one.endswith(CLOCK) for one in found.values())
    spent = f"{len(found)} lines, {clocked} {CLOCK}, {time.perf_counter() - began:.0f} s"
    if chosen.write:
        before = {}
        with suppress(FileNotFoundError):
            before = read(chosen.write.read_text(encoding="utf-8"))
        gone = of(before, asking)
        kept = {name: answer for name, answer in before.items() if name not in gone}
        chosen.write.write_text(written(kept | found), encoding="utf-8")
        print(spent)
        return 0
    apart = differences(of(stored, asking), found)
    bad = [one for one in apart if one.counts]
    print(*bad, sep="\n", end="\n" if bad else "")
    print(f"{spent}; {len(bad)} different, {len(apart) - len(bad)} more where time decides")
    return int(bool(bad) or not found)


if __name__ == "__main__":
    sys.exit(main())

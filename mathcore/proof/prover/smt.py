"""Claims about finitely many real numbers as questions in SMT-LIB, and what z3 answers: a decision, never a proof.

A claim holds if every question of its script is answered by `unsat`: first, one by one, that what it divides by is not 0 and
what it takes roots of is not negative, wherever the declarations and hypotheses hold; at last, that it is false nowhere.
Quotients and roots are letters of their own with the equation that defines them, so that nothing but polynomials is left.

Nothing is weakened on the way but what may be: whole numbers become real ones, and hypotheses that do not fit are left out.
So `unsat` carries over, and `sat` does not: a point that z3 gives refutes only where the balls find the claim false.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from mathcore.evidence import Level, Verdict
from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import Context
from mathcore.language.substitution import reduce_index
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.entries import inside
from mathcore.proof.balls.hypotheses import counts, is_size
from mathcore.proof.balls.point import CannotEvaluate
from mathcore.proof.balls.points import Sampler
from mathcore.proof.balls.program import role
from mathcore.proof.balls.shrink import smallest
from mathcore.proof.balls.truth import FALSE, ONE_SIDED, statement
from mathcore.proof.scope import pairs, text_of
from mathcore.proof.transfer import rational

NAME, INSTALL = "z3", 'pip install "mathcore[z3]"'
HINT = f'z3 may decide it (decider="z3", {INSTALL})'
COMMAND_HINT = f"z3 may decide it (--decider z3, {INSTALL})"
MEMORY = 1000  # MB that z3 may take
TERMS = 400  # of all sums together
CASES = 16  # values of free indices that are gone through one by one
HIGHEST = 64  # of an exponent
AGAIN = 3  # times the first answer that an answer without a hypothesis may take

Places = Mapping[t.Symbol, int]
Letter = tuple[t.Symbol, tuple[int, ...]]


class Outside(Exception):
    """What is not about finitely many real numbers, sums, products, quotients, roots, maxima; the text says what."""


@dataclass(frozen=True)
class Question:
    """Whether the assertions of a script contradict each other, and what follows if they do."""

    shows: str
    script: str


@dataclass(frozen=True)
class Translation:
    questions: tuple[Question, ...]
    possible: Question  # whether anything satisfies declarations and hypotheses; here `sat` is wanted
    letters: Mapping[str, Letter]
    at: Places

    def text(self, claim: str) -> str:
        """The certificate: any solver can be asked again."""
        parts = [f"; {q.shows}\n(set-logic QF_NRA)\n{q.script}(check-sat)\n" for q in self.questions]
        return f"; claim: {claim}\n; it holds if the answer is unsat, {len(parts)} times\n" + "(reset)\n".join(parts)


# writing --------------------------------------------------------------------------------------------------------------


def translated(context: Context, claim: t.Expr) -> list[Translation]:
    """The questions, for each value of the free indices; raises Outside."""
    core, premises = core_of(claim)
    spoken = t.free_symbols(context.unfold(claim)) | context.fixed
    hypotheses = [context.unfold(h) for h in (*context.hypotheses, *premises)]
    for h in hypotheses:
        free = t.free_symbols(h)
        if all(counts(s) or is_size(s) for s in free) and any(counts(s) and s not in spoken for s in free):
            raise Outside(f"{text_of(h)} says for which indices other hypotheses are meant")
    found = []
    for at in _cases(frozenset(s for s in spoken if counts(s))):
        writer = _Writer()
        for h in hypotheses:
            loose = frozenset(s for s in t.free_symbols(h) - spoken if counts(s))
            for place in _cases(loose, at):
                with suppress(Outside):
                    _Writer().proposition(h, place)  # a trial, so that nothing is left of a hypothesis that does not fit
                    writer.lines.append(f"(assert {writer.proposition(h, place)})")
        possible = Question("something satisfies the hypotheses", writer.script())
        writer.asked = []
        whole = writer.proposition(context.unfold(core), at)
        last = Question(text_of(core), writer.script(f"(not {whole})"))
        found.append(Translation((*writer.asked, last), possible, writer.letters, at))
    return found


def _cases(indices: frozenset[t.Symbol], at: Places | None = None) -> Iterator[Places]:
    """Every value of the indices whose size is a number."""
    sizes = {s: int(s.type.over.value) for s in indices if isinstance(s.type.over, t.Number)}
    ordered = sorted(sizes, key=lambda s: s.name)
    ranges = [range(1, sizes[s] + 1) for s in ordered]
    for count, chosen in enumerate(product(*ranges)):
        if count >= CASES:
            raise Outside(f"more than {CASES} values of free indices")
        yield {**(at or {}), **dict(zip(ordered, chosen, strict=True))}


class _Writer:
    """Terms and propositions as SMT-LIB; declarations, definitions and what is known gather in `lines`."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.letters: dict[str, Letter] = {}
        self.names: dict[Letter, str] = {}
        self.made: dict[str, str] = {}  # what a quotient, root or maximum is -> its name
        self.held: list[str] = []  # conditions that are known, or asked for already
        self.asked: list[Question] | None = None  # None: a hypothesis that holds has a value
        self.terms = 0

    def script(self, assertion: str = "") -> str:
        return "".join(f"{line}\n" for line in (*self.lines, *([f"(assert {assertion})"] if assertion else ())))

    def require(self, condition: str, shows: str) -> None:
        """A term has a value only under this condition: known of a hypothesis, to be shown of the claim."""
        if condition not in self.held:
            if self.asked is not None:
                self.asked.append(Question(shows, self.script(f"(not {condition})")))
            self.held.append(condition)
            self.lines.append(f"(assert {condition})")

    # propositions ---------------------------------------------------------------------------------------------------

    def proposition(self, node: t.Expr, at: Places) -> str:
        """True exactly where the language says so, given that all terms have values."""
        match t.bare(node):
            case t.Relation() as relation:
                return _joined("and", [self.relation(a, op, b, at) for a, op, b in pairs(relation)])
            case t.And(parts):
                return _joined("and", [self.proposition(part, at) for part in parts])
            case t.Iff(a, b):
                return f"(= {self.proposition(a, at)} {self.proposition(b, at)})"
            case t.Implies(a, b):
                before = len(self.held)
                written = f"(=> {self.proposition(a, at)} {self.proposition(b, at)})"
                if len(self.held) > before:
                    raise Outside("an implication of what has no value everywhere")
                return written
            case t.Big("forall", binders, body):
                return _joined("and", [self.proposition(body, place) for place in self.places(binders, at)])
        raise Outside(f"a {type(node).__name__.lower()} is no statement here")

    def relation(self, a: t.Expr, op: str, b: t.Expr, at: Places) -> str:
        return f"({'distinct' if op == '!=' else op} {self.term(a, at)} {self.term(b, at)})"

    # terms ----------------------------------------------------------------------------------------------------------

    def term(self, node: t.Expr, at: Places) -> str:
        match node:
            case t.Paren(body):
                return self.term(body, at)
            case t.Neg(body):
                return f"(- {self.term(body, at)})"
            case t.Add(a, b) | t.Sub(a, b) | t.Mul(a, b) if not t.shape_of(a) and not t.shape_of(b):
                sign = {t.Add: "+", t.Sub: "-", t.Mul: "*"}[type(node)]
                return f"({sign} {self.term(a, at)} {self.term(b, at)})"
            case t.Div(a, b):
                if divisor := rational(b):
                    return f"(* {_number(1 / divisor)} {self.term(a, at)})"
                above, below = self.term(a, at), self.term(b, at)
                self.require(f"(distinct {below} 0.0)", f"{text_of(b)} != 0")
                return self.quotient(above, below)
            case t.Pow(base, exponent):
                return self.power(base, exponent, at)
            case t.Call():
                return self.call(node, at)
            case t.Big("sum" | "prod" as op, binders, body):
                parts = [self.term(body, place) for place in self.places(binders, at)]
                return _joined("+", parts, "0.0") if op == "sum" else _joined("*", parts, "1.0")
            case t.Big("max" | "min" as name, binders, body):
                return self.extreme(name, [self.term(body, place) for place in self.places(binders, at)])
        return self.leaf(node, at)

    def leaf(self, node: t.Expr, at: Places) -> str:
        match node:
            case t.Number(number, _):
                return _number(number)
            case t.Symbol() if node in at:
                return _number(Fraction(at[node]))
            case t.Symbol() if not node.type.shape:
                return self.letter((node, ()), at)
            case t.Index():
                return self.entry(node, at)
        raise Outside(f"a {type(node).__name__.lower()} is no polynomial")

    def call(self, node: t.Call, at: Places) -> str:
        match node:
            case t.Call("sqrt", (a,)):
                return self.root(a, 2, at)
            case t.Call("abs", (a,)):
                value = self.term(a, at)
                return self.chosen("size", f"(>= {value} 0.0)", value, f"(- {value})")
            case t.Call("step", (a,)):
                return self.chosen("step", f"(>= {self.term(a, at)} 0.0)", "1.0", "0.0")
            case t.Call("max" | "min" as name, args):
                return self.extreme(name, [self.term(a, at) for a in args])
            case t.Call("delta", (i, j)):
                return _number(Fraction(int(self.whole(i, at) == self.whole(j, at))))
        raise Outside(f"a {node.name} is no polynomial")

    def quotient(self, a: str, b: str) -> str:
        """q with q b = a, where b is not 0."""
        return self.new("quotient", f"{a} over {b}", lambda q: [f"(declare-const {q} Real)", f"(assert (= (* {q} {b}) {a}))"])

    def root(self, node: t.Expr, degree: int, at: Places) -> str:
        """r >= 0 with r^degree = a, where a >= 0."""
        a = self.term(node, at)
        self.require(f"(>= {a} 0.0)", f"{text_of(node)} >= 0")

        def made(r: str) -> list[str]:
            return [f"(declare-const {r} Real)", f"(assert (>= {r} 0.0))", f"(assert (= {_joined('*', [r] * degree)} {a}))"]

        return self.new("root", f"{degree} of {a}", made)

    def power(self, base: t.Expr, exponent: t.Expr, at: Places) -> str:
        e = rational(exponent)
        if e is None or abs(e.numerator) > HIGHEST or e.denominator > HIGHEST:
            raise Outside(f"the exponent {text_of(exponent)}")
        if not e and not isinstance(t.bare(exponent), t.Number):
            raise Outside("0^0 with an exponent that is computed")
        value = self.term(base, at) if e.denominator == 1 else self.root(base, e.denominator, at)
        if value.startswith("(") and abs(e) > 1:
            value = self.new("base", value, lambda b: [f"(define-fun {b} () Real {value})"])
        whole = _joined("*", [value] * abs(e.numerator), "1.0")
        if e < 0:
            self.require(f"(distinct {value} 0.0)", f"{text_of(base)} != 0")
            return self.quotient("1.0", whole)
        return whole

    def extreme(self, name: str, among: list[str]) -> str:
        if not among:
            raise Outside(f"the {name} of nothing")
        best = among[0]
        for other in among[1:]:
            best = self.chosen(name, f"({'>=' if name == 'max' else '<='} {best} {other})", best, other)
        return best

    def chosen(self, kind: str, condition: str, first: str, second: str) -> str:
        value = f"(ite {condition} {first} {second})"
        return self.new(kind, value, lambda m: [f"(define-fun {m} () Real {value})"])

    def new(self, kind: str, what: str, lines: Any) -> str:
        """A name for a value that is used more than once; no letter of the language has a space in its name."""
        key = f"{kind} {what}"
        if key not in self.made:
            self.made[key] = f"|{kind} {len(self.made) + 1}|"
            self.lines += lines(self.made[key])
        return self.made[key]

    # letters --------------------------------------------------------------------------------------------------------

    def entry(self, node: t.Index, at: Places) -> str:
        places = tuple(self.whole(i, at) for i in node.indices)
        base = t.bare(node.base)
        shape = t.shape_of(base)
        if len(places) != len(shape):
            raise Outside("a row of an array")
        for size, place in zip(shape, places, strict=True):
            if not 1 <= place <= self.whole(size, at):
                raise Outside(f"{text_of(base)} has no entry {place}")
        if isinstance(base, t.Symbol):
            return self.letter((base, places), at)
        reduced = reduce_index(t.Index(base, tuple(map(t.number, places))))
        if isinstance(reduced, t.Index):
            raise Outside("an entry of what is not written out")
        return self.term(reduced, at)

    def letter(self, key: Letter, at: Places) -> str:
        """The name of a real number that is declared, with its domain when it is met first."""
        if key in self.names:
            return self.names[key]
        symbol, places = key
        domain = symbol.type.domain
        if domain in ("batch", "function"):
            raise Outside(f"{symbol.name} is a {domain}")
        name = f"|{symbol.name}{list(places) if places else ''}|"
        while name in self.letters:  # an index and a number of one name
            name = f"{name[:-1]}'|"
        self.names[key], self.letters[name] = name, key
        low, attained, high, reached = t.DOMAINS[domain]
        if domain in ("size", "index", "natural"):  # whole numbers among the real ones
            low = max(symbol.type.minimum, low or 0)
        known = [] if low is None else [f"({'>=' if attained else '>'} {name} {low}.0)"]
        known += [] if high is None else [f"({'<=' if reached else '<'} {name} {high}.0)"]
        if domain == "onehot":
            known = [f"(or (= {name} 0.0) (= {name} 1.0))"]
        self.lines.append(f"(declare-const {name} Real)")
        if domain == "index" and not isinstance(symbol.type.over, t.Number):
            known.append(f"(<= {name} {self.term(t.size_of(symbol), at)})")
        self.lines += [f"(assert {fact})" for fact in known]
        if domain in ("simplex", "onehot") and places[-1] == 1:
            self.row(symbol, places, at)
        elif domain in ("simplex", "onehot"):
            self.letter((symbol, (*places[:-1], 1)), at)
        return name

    def row(self, symbol: t.Symbol, places: tuple[int, ...], at: Places) -> None:
        """The entries along the last axis of a distribution sum to 1."""
        size = self.whole(symbol.type.shape[-1], at)
        entries = [self.letter((symbol, (*places[:-1], k)), at) for k in range(1, size + 1)]
        self.lines.append(f"(assert (= {_joined('+', entries)} 1.0))")

    # whole numbers --------------------------------------------------------------------------------------------------

    def places(self, binders: tuple[t.Binder, ...], at: Places) -> Iterator[Places]:
        if not binders:
            yield at
            return
        first, rest = binders[0], binders[1:]
        low = 1 if first.lower is None else self.whole(first.lower, at)
        last = first.symbol.type.over if first.upper is None else first.upper
        if last is None:
            raise Outside(f"{first.symbol.name} runs over no size")
        high = self.whole(last, at)
        for k in range(low, high + 1):
            self.terms += 1
            if self.terms > TERMS:
                raise Outside(f"more than {TERMS} terms")
            yield from self.places(rest, {**at, first.symbol: k})

    def whole(self, node: t.Expr, at: Places) -> int:
        match node:
            case t.Paren(body):
                return self.whole(body, at)
            case t.Symbol() if node in at:
                return at[node]
            case t.Number(value, _) if value.denominator == 1:
                return int(value)
            case t.Add(a, b):
                return self.whole(a, at) + self.whole(b, at)
            case t.Sub(a, b):
                return self.whole(a, at) - self.whole(b, at)
        raise Outside(f"the place or size {text_of(node)}")


def _number(value: Fraction) -> str:
    size = f"{abs(value.numerator)}.0" if value.denominator == 1 else f"(/ {abs(value.numerator)}.0 {value.denominator}.0)"
    return size if value >= 0 else f"(- {size})"


def _joined(sign: str, parts: list[str], nothing: str = "true") -> str:
    return f"({sign} {' '.join(parts)})" if len(parts) > 1 else parts[0] if parts else nothing


# asking ---------------------------------------------------------------------------------------------------------------


def fits(context: Context, claim: t.Expr) -> bool:
    """Whether the claim can be asked at all; z3 is not needed for that."""
    try:
        return bool(translated(context, claim))
    except (Outside, RecursionError):
        return False


def decide(context: Context, claim: t.Expr, seconds: float, witnessed: bool) -> Verdict:
    """`decided`, `refuted` at a point that the balls confirm, or `unknown` with the reason.

    `witnessed`: exact points satisfy the hypotheses; otherwise z3 has to find one.
    """
    end = time.monotonic() + seconds
    try:
        asked = translated(context, claim)
    except (Outside, RecursionError) as error:
        return _unknown(f"z3 is not asked: {str(error) or 'the claim is nested too deeply'}")
    try:
        solver = _Solver()
    except ImportError:
        return _unknown(f"z3 is not installed: {INSTALL}")
    for one in asked:
        for question in one.questions:
            answer, model = solver.answer(question, end - time.monotonic())
            if answer == "sat":
                counter = _confirmed(context, claim, one, model)
                if counter:
                    return Verdict("", Level.REFUTED, "balls", f"false at a point: {counter}", counterexample=counter)
                return _unknown(f"z3 finds a point where {question.shows} fails, and exact arithmetic refutes nothing there")
            if answer != "unsat":
                return _unknown(f"z3 does not know whether {question.shows} ({answer})")
    if not witnessed and not any(solver.answer(one.possible, end - time.monotonic())[0] == "sat" for one in asked):
        return _unknown("no point was found that satisfies the hypotheses: the claim may be vacuous")
    asked, used = _needed(context, claim, solver, asked, end)
    return Verdict(
        "",
        Level.DECIDED,
        "z3 finds no point where it is false or has no value",
        "decided by z3, not checked by the kernel" + ("" if witnessed else "; that anything satisfies the hypotheses neither"),
        hypotheses=tuple(sorted(map(text_of, used))),
        axioms=(f"z3 {solver.version}",),
        certificate="(reset)\n".join(one.text(text_of(claim)) for one in asked),
    )


def _unknown(reason: str) -> Verdict:
    return Verdict("", Level.UNKNOWN, NAME, reason)


_OWN = threading.local()  # the context of each thread; to make one takes longer than most answers


class _Solver:
    """z3 with limits of its own, in a context that nobody else uses: z3's own one is no place for two threads."""

    def __init__(self) -> None:
        import z3

        self.z3, self.version = z3, z3.get_version_string()
        if not hasattr(_OWN, "context"):
            _OWN.context = z3.Context()

    def answer(self, question: Question, seconds: float) -> tuple[str, dict[str, Fraction]]:
        """`sat` with the numbers of a point, `unsat`, or why there is no answer."""
        if seconds <= 0:
            return "no time is left", {}
        z3 = self.z3
        solver = z3.Solver(ctx=_OWN.context)
        solver.set("timeout", max(1, int(1000 * seconds)))
        solver.set("max_memory", MEMORY)
        try:
            solver.from_string(question.script)
            answer = str(solver.check())
            if answer == "unknown":
                return str(solver.reason_unknown()), {}
            model = solver.model() if answer == "sat" else ()
            found = {f"|{d.name()}|": _fraction(model[d]) for d in model}
            return answer, {name: value for name, value in found.items() if value is not None}
        except z3.Z3Exception as error:
            return str(error), {}


def _fraction(value: Any) -> Fraction | None:
    """A number of z3, to 20 digits where it is irrational; None for what is defined in the script."""
    number = value.approx(20) if hasattr(value, "approx") else value
    return Fraction(number.as_fraction()) if hasattr(number, "as_fraction") else None


def _needed(
    context: Context, claim: t.Expr, solver: _Solver, asked: list[Translation], end: float
) -> tuple[list[Translation], list[t.Expr]]:
    """The questions without the hypotheses that can be spared, and those that cannot."""
    start, spent = time.monotonic(), 0.05
    used = list(context.hypotheses)
    for h in context.hypotheses:
        fewer = [g for g in used if g is not h]
        limit = min(end, time.monotonic() + AGAIN * spent)
        without = translated(replace(context, hypotheses=tuple(fewer)), claim)
        if all(solver.answer(q, limit - time.monotonic())[0] == "unsat" for one in without for q in one.questions):
            asked, used = without, fewer
        spent = max(spent, time.monotonic() - start)
    return asked, used


def _confirmed(context: Context, claim: t.Expr, asked: Translation, model: Mapping[str, Fraction]) -> str:
    """Words for the point, if exact arithmetic finds there that the hypotheses hold and the claim does not."""
    core, premises = core_of(claim)
    try:
        sampler = Sampler(context.assuming(*premises), t.free_symbols(context.unfold(claim)), 1, {})
        names = sampler.draw(sampler.small()[0], True)
        for name, (symbol, places) in asked.letters.items():
            value = x.rational(model.get(name, Fraction(int(symbol.type.domain == "positive"))))
            names[role(symbol)] = _put(names[role(symbol)], places, value)
        names |= {role(index): k for index, k in asked.at.items()}
        values = [(names[role(s)], s.type.domain) for s in sampler.values]
        if not all(inside(value, domain) for value, domain in values):
            return ""
        if not sampler.certain(names):
            return ""
        judged = statement(sampler.program, core).decided(names)
        return smallest(context, claim, sampler.finished(names))[1] if judged in (FALSE, ONE_SIDED) else ""
    except (CannotEvaluate, LookupError, ArithmeticError):
        return ""


def _put(old: Any, places: tuple[int, ...], value: Any) -> Any:
    """The value, or the array with this value at its place; sizes and indices are whole numbers."""
    if places:
        return [_put(entry, places[1:], value) if k == places[0] else entry for k, entry in enumerate(old, 1)]
    if not isinstance(old, int):
        return value
    if value.q != 1:
        raise LookupError("no whole number")
    return int(value.p)

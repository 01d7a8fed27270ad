"""Where a step is judged: declarations, hypotheses, definitions; what was used; lemmas and their statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TypeVar

from mathcore.card import Card, Derivation
from mathcore.language import tree as t
from mathcore.language.exponents import is_whole
from mathcore.language.parser import Context
from mathcore.language.printers import text_of as text_of  # here for all that work in a scope
from mathcore.language.substitution import retyped, substitute
from mathcore.proof.kernel.arithmetic import Target
from mathcore.proof.kernel.atom import Entry, Scalar, Sum
from mathcore.proof.kernel.equations import (
    align_ranges,
    everywhere,
    replace_atom,
    rewrite_sequence,
    subtract_multiple,
    subtract_summed,
)
from mathcore.proof.kernel.ledger import Condition, Key
from mathcore.proof.kernel.normal import Facts, Normal, whole
from mathcore.proof.kernel.polynomial import UNIT, Atom, KernelError, Poly, number
from mathcore.proof.kernel.show import show_for_each
from mathcore.proof.kernel.signs import Fact
from mathcore.rules.rule import Rule

_FACTS: dict[tuple[object, ...], tuple[Mapping[str, t.Definition], Facts]] = {}

LOGARITHMS = ("log", "log2", "log10", "xlogy")
NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


class NotShown(Exception):
    """The rule does not establish the step; the text says why. The step is `unknown` unless balls refute it."""


class Contradicted(Exception):
    """Two checks disagree: an error of the engine."""


@dataclass
class Trace:
    """What a check has used; shared by the scopes of one step."""

    conditions: dict[str, Condition] = field(default_factory=dict)
    hypotheses: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    axioms: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def include(self, more: Trace) -> None:
        self.conditions |= more.conditions
        self.hypotheses |= more.hypotheses
        self.lemmas |= more.lemmas
        self.axioms |= more.axioms
        self.notes += more.notes


Equality = tuple[t.Expr, ...] | None  # the conditions under which a relation holds with equality; None: not known
Checker = Callable[..., Equality]
Told = TypeVar("Told")


@dataclass(frozen=True)
class Checkers:
    """What judges a step by its rule: `of` two expressions, or `between` two propositions."""

    of: Mapping[type[Rule], Checker]
    between: Mapping[type[Rule], Callable[..., None]]


@dataclass(frozen=True)
class Scope:
    """A context to prove in. `path` names the derivations being proved, so that no lemma proves itself."""

    card: Card
    context: Context
    trace: Trace
    checkers: Checkers
    cite: Callable[[Scope, str], tuple[Context, t.Expr, Derivation]]  # of a derivation that is shown: declarations and claim
    path: tuple[str, ...] = ()
    subject: t.Expr | None = None  # the claim: an index free in a hypothesis but not here stands for every index
    formal: frozenset[t.Symbol] = frozenset()  # arrays whose logarithms may be infinite (rule `Support`)
    derived: int = 0  # how often a search has gone over to a derivative on its way here

    def assuming(self, *formulas: t.Expr) -> Scope:
        return replace(self, context=self.context.assuming(*formulas))

    def parse(self, text: str) -> t.Expr:
        return self.context.parse(text)

    def given(self, text: str) -> Scope:
        return replace(self, context=self.context.declaring(text))

    def unfold(self, node: t.Expr) -> t.Expr:
        return self.context.unfold(node)

    # facts --------------------------------------------------------------------------------------------------

    def normal(self) -> Normal:
        """A reader that knows this scope's inequalities."""
        normal = Normal(self._facts.copy(), self.context.definitions)
        normal.formal = self.formal
        return normal

    @property
    def _facts(self) -> Facts:
        """The facts of this context; the steps of a derivation share them."""
        definitions, symbols = self.context.definitions, tuple(self.context.symbols.values())
        key = (id(definitions), symbols, self.context.hypotheses, self.context.fixed, self.subject, self.formal)
        if key not in _FACTS:
            if len(_FACTS) >= 64:
                _FACTS.clear()
            _FACTS[key] = (definitions, self._read_facts())  # held, so that its id stays taken
        return _FACTS[key][1]

    def _read_facts(self) -> Facts:
        """What the hypotheses and the domains say of signs, each with the hypotheses behind it."""
        facts = Facts()
        normal = Normal(facts, self.context.definitions)
        normal.formal = self.formal

        def read(*sides: t.Expr) -> tuple[list[Poly], frozenset[str]] | None:
            """The sides, and the hypotheses by which they are read."""
            if self.formal and self.infinite(*sides):
                return None
            with normal.attempt() as own:
                found = _has_read(normal, *map(self.unfold, sides))
            normal.include(own)  # one name has one declaration in all hypotheses
            return None if found is None else (found, frozenset(own.used))

        bounds = [
            (left, op, right, pattern, source, where)
            for formula, pattern, source, where in (
                *((*one, ()) for one in self._atoms_of_hypotheses()),
                *self._within_ranges(normal),
            )
            for left, op, right in pairs(formula)
            if op in ("<", "<=", ">", ">=")
        ]

        def bounded() -> None:
            """What is not read is tried again: by then it may be known that its logarithms are finite."""
            for bound in tuple(bounds):
                left, op, right, pattern, source, where = bound
                if (found := read(left, right)) is not None:
                    bounds.remove(bound)
                    (a, b), sources = found
                    gap = b - a if op in ("<", "<=") else a - b
                    facts.add(Fact(gap, op in ("<", ">"), sources | {source}, pattern, where))

        bounded()
        bounded()
        self._read_places(facts, normal)
        for formula, _, source in self._atoms_of_hypotheses():
            for left, op, right in pairs(formula):
                if op == "!=" and not is_index(left) and (found := read(left, right)) is not None:
                    (a, b), sources = found
                    facts.set_apart(a - b, sources | {source})
        self._read_equations(facts, read)
        bounded()
        return facts

    def _read_places(self, facts: Facts, normal: Normal) -> None:
        """Which places differ, and what is then said of them."""
        for formula, pattern, source in self._atoms_of_hypotheses():
            for left, op, right in pairs(formula):
                if op == "!=" and not pattern and (i := t.index_in(left)) is not None and (j := t.index_in(right)) is not None:
                    facts.set_distinct(i, j, source)
                    size = i.type.over
                    if isinstance(size, t.Symbol) and size == j.type.over:
                        facts.add(Fact(normal.read(size) - number(2), False, frozenset({source})))  # two places that differ
        for k, j, above, source in self.leaders(normal):  # what is said of every place but j, at those known to differ from j
            for pair, apart in list(facts.distinct.items()):
                if j in pair:
                    (place,) = pair - {j}
                    facts.add(Fact(normal.substitute(above, {k: place}), True, frozenset({source, apart})))

    def _read_equations(self, facts: Facts, read: Callable[..., tuple[list[Poly], frozenset[str]] | None]) -> None:
        """What the signs of one side of an equation say of the other."""
        declared = set(map(text_of, self.context.hypotheses))
        for formula, pattern, source in self.equations():
            for left, op, right in pairs(formula):
                if op != "=" or is_index(left) or t.shape_of(left) or (found := read(left, right)) is None:
                    continue
                (a, b), sources = found
                for side, other in ((a, b), (b, a)):  # what equals something positive is positive
                    if (one := side.single()) is not None and one[0]:
                        with facts.attempt() as own:
                            positive = facts.positive(other)
                        if positive:
                            facts.add(Fact(side, True, sources | own | {source}, pattern))
                if source in declared and not (pattern and any(isinstance(x, Sum) for x in (a - b).atoms())):
                    for gap in (a - b, b - a):
                        facts.add(Fact(gap, False, sources | {source}, pattern))

    def _atoms_of_hypotheses(self) -> Iterable[tuple[t.Relation, frozenset[t.Symbol], str]]:
        """Relations that hold, with the indices over which they are meant for all."""
        for hypothesis in self.context.hypotheses:
            if self.narrowed(hypothesis):
                continue
            source = text_of(hypothesis)
            for part, pattern in conjuncts(hypothesis):
                every = pattern | self.loose(part)
                if isinstance(part, t.Implies):
                    part = _but_for_one(part, every) or part
                if isinstance(part, t.Relation):
                    yield part, every, source

    def _within_ranges(self, normal: Normal) -> Iterable[tuple[t.Relation, frozenset[t.Symbol], str, tuple[Poly, ...]]]:
        """Relations that hold where whole numbers are in order, `1 <= s and s <= T => F[s] >= 0`, and what is >= 0 there."""
        for hypothesis in self.context.hypotheses:
            if self.narrowed(hypothesis):
                continue
            for part, pattern in conjuncts(hypothesis):
                if not isinstance(part, t.Implies) or not isinstance(said := t.bare(part.conclusion), t.Relation):
                    continue
                if (where := self._in_order(normal, part.premise)) is not None:
                    yield said, pattern | self.loose(part), text_of(hypothesis), where

    def _in_order(self, normal: Normal, premise: t.Expr) -> tuple[Poly, ...] | None:
        """What a premise about the order of whole numbers says to be >= 0; None of another premise."""
        found: list[Poly] = []
        for part, pattern in conjuncts(premise):
            if pattern or not isinstance(part, t.Relation) or not set(part.ops) <= {"<=", ">="}:
                return None
            for left, op, right in pairs(part):
                low, high = (self.unfold(side) for side in ((left, right) if op == "<=" else (right, left)))
                if not (is_whole(low) and is_whole(high)) or (sides := _has_read(normal, low, high)) is None:
                    return None
                if not all(map(whole, sides)):
                    return None
                found.append(sides[1] - sides[0])
        return tuple(found)

    def spoken(self) -> frozenset[t.Symbol]:
        """What the claim speaks of: there a letter of a hypothesis is that one, not every one."""
        named = t.free_symbols(self.unfold(self.subject)) if self.subject is not None else frozenset()
        return named | self.context.fixed

    def loose(self, formula: t.Expr) -> frozenset[t.Symbol]:
        """Indices and naturals of a hypothesis for each of which it is meant."""
        return frozenset(s for s in t.free_symbols(self.unfold(formula)) - self.spoken() if _counts(s) and "~" not in s.name)

    def narrowed(self, hypothesis: t.Expr) -> bool:
        """`i != j` about indices that the claim lacks says for which i, j the other hypotheses hold: those are no facts."""
        about = frozenset().union(*(self.loose(h) for h in self.context.hypotheses if _only_counts(h)))
        return bool(about & self.loose(hypothesis))

    def general(self, hypothesis: t.Expr) -> frozenset[t.Symbol]:
        """For which symbols a hypothesis is meant for every value: loose indices, and v in a bound on a function f(v)."""
        if self.narrowed(hypothesis):
            return frozenset()
        node, others = self.unfold(hypothesis), [self.unfold(h) for h in self.context.hypotheses if not t.same(h, hypothesis)]
        functions = {s.name: s.type.shape for s in self.context.symbols.values() if s.type.domain == "function"}
        inside = [
            {s for a in n.args for s in t.free_symbols(a) if s.type.shape in ((), functions[n.head])}  # an entry is of an array
            for n in t.walk(node)
            if isinstance(n, t.Apply) and n.head in functions
        ]
        values = frozenset().union(*inside) - self.spoken() - frozenset().union(*map(t.free_symbols, others))
        return self.loose(hypothesis) | frozenset(
            s for s in values if s.type.domain not in ("size", "index", "natural", "function")
        )

    def without(self, symbol: t.Symbol) -> Scope:
        """Without the hypotheses that speak of a symbol: what is shown here holds for each of its values."""
        gone = [h for h in self.context.hypotheses if symbol in t.free_symbols(self.unfold(h)) and symbol not in self.general(h)]
        return replace(self, context=self.context.without(gone)) if gone else self

    def implications(self) -> list[tuple[t.Relation, t.Relation]]:
        """Hypotheses `k != j => z[k] < z[j]`."""
        found = []
        for hypothesis in self.context.hypotheses:
            core = t.bare(hypothesis)
            if self.narrowed(hypothesis) or not isinstance(core, t.Implies):
                continue
            premise, conclusion = t.bare(core.premise), t.bare(core.conclusion)
            if isinstance(premise, t.Relation) and isinstance(conclusion, t.Relation):
                found.append((premise, conclusion))
        return found

    def leaders(self, normal: Normal) -> list[tuple[t.Symbol, t.Symbol, Poly, str]]:
        """(k, j, what is positive for every k but j, source) of the hypotheses `k != j => z[k] < z[j]` about an index j."""
        found = []
        for premise, conclusion in self.implications():
            every = self.loose(t.Implies(premise, conclusion))
            ends = [t.bare(a) for a in premise.args]
            if premise.ops != ("!=",) or not all(is_index(a) for a in ends) or len(conclusion.ops) != 1:
                continue
            k, j = ends if ends[0] in every else ends[::-1]
            if k not in every or j in every or conclusion.ops[0] not in ("<", ">") or not isinstance(j, t.Symbol):
                continue
            if (sides := _has_read(normal, *map(self.unfold, conclusion.args))) is None:
                continue
            a, b = sides
            source = text_of(t.Implies(premise, conclusion))
            found.append((k, j, b - a if conclusion.ops[0] == "<" else a - b, source))
        return found

    # reading and equality -----------------------------------------------------------------------------------

    def take(self, normal: Normal) -> None:
        """Keep what a reader asked for and used."""
        taken = set[Key]()
        while pending := [key for key in normal.conditions if key not in taken]:  # an equation has conditions of its own
            for key in pending:
                taken.add(key)
                condition = normal.conditions[key]
                if condition.relation != ">=" and self._follows_from_equations(normal, condition):
                    continue
                self.trace.conditions.setdefault(_said(condition, self.context.symbols), condition)
        self.trace.hypotheses |= normal.facts.ledger
        self.trace.axioms |= normal.ledger.axioms

    def trying(self) -> Scope:
        """The same with a trace of its own, for what is shown of a letter that a rule binds."""
        return replace(self, trace=Trace())

    def include(self, inner: Scope, letter: t.Symbol) -> None:
        """What was used there, if nothing that is left to show speaks of the letter."""
        for text, condition in inner.trace.conditions.items():
            if letter in condition.value.free:
                raise NotShown(f"{text} is not shown for every {letter.name.partition('~')[0]}")
        self.trace.include(inner.trace)

    def asked(self, question: Callable[[Normal], Told]) -> Told:
        """What a reader of this scope answers; unless that is False, what it rests on is kept."""
        normal = self.normal()
        answer = question(normal)
        if answer is not False:
            self.take(normal)
        return answer

    def _follows_from_equations(self, normal: Normal, condition: Condition) -> bool:
        """Whether what is left becomes > 0 (or != 0) by the equalities that hold here, such as sum(k: p[k]) = 1."""
        holds = {">": normal.facts.positive, "!=": normal.facts.nonzero}[condition.relation]
        value, used, follows = condition.value, set(), False
        with normal.attempt() as whole:
            for relation, pattern, source in self.equations():
                before = value
                with normal.attempt() as own:
                    try:
                        value = rewrite_by(normal, self, value, relation, pattern)
                    except KernelError:
                        break
                if value == before:
                    continue
                normal.include(own)
                used.add(source)
                if follows := holds(value):
                    break
        if follows:
            normal.include(whole)
            self.trace.hypotheses |= used
        return follows

    def infinite(self, *sides: t.Expr) -> bool:
        """Whether both sides of a relation may be infinite, as far as is known here: then it may hold and say nothing."""
        normal = replace(self, formal=frozenset()).normal()
        return _has_read(normal, *map(self.unfold, sides)) is None

    def equations(
        self, only: str = "", at: dict[t.Symbol, t.Expr] | None = None
    ) -> list[tuple[t.Relation, frozenset[t.Symbol], str]]:
        """Equalities that hold here: hypotheses, and what simplex and one-hot domains carry."""
        found = [(r, p, s) for r, p, s in self._atoms_of_hypotheses() if "=" in r.ops]
        if self.formal:
            found = [(r, p, s) for r, p, s in found if not any(self.infinite(a, b) for a, _, b in pairs(r))]
        found += [(r, rows, text_of(r)) for r, rows in domain_equations(self.context, self.subject)]
        if not only:
            return found
        chosen = []
        for wanted in map(self.parse, filter(str.strip, only.split(";"))):
            these = [(r, p, s) for r, p, s in found if _says(r, p, wanted) or s == text_of(wanted)]
            if not these and not self.is_notation(wanted):
                raise NotShown(f"{text_of(wanted)} is no hypothesis here")
            chosen += these
        return chosen

    def is_notation(self, equation: t.Expr) -> bool:
        """`b = a^2` where b is written for a^2."""
        return isinstance(equation, t.Relation) and equation.ops == ("=",) and t.same(*map(self.unfold, equation.args))

    def vanishes(self, node_or_poly: t.Expr | Poly, normal: Normal, *, hypotheses: bool = False, only: str = "") -> bool:
        """Whether an expression is 0; with `hypotheses`, by using the equalities that hold here: those are named if it is."""
        p = node_or_poly if isinstance(node_or_poly, Poly) else normal.read(self.unfold(node_or_poly))
        if normal.is_zero(p):
            return True
        if not hypotheses:
            return False
        used: set[str] = set()
        with normal.attempt() as whole:
            for relation, pattern, source in self.equations(only):
                with normal.attempt() as own:
                    rest = rewrite_by(normal, self, p, relation, pattern)
                if rest == p:
                    continue
                normal.include(own)
                used.add(source)
                p = rest
                if normal.is_zero(p):
                    break
            else:
                return False
        normal.include(whole)
        self.trace.hypotheses |= used
        return True

    # lemmas -------------------------------------------------------------------------------------------------

    def lemma(self, name: str, at: str) -> tuple[Scope, t.Expr, Derivation, dict[t.Symbol, t.Expr]]:
        """A proved derivation at a substitution: its claim with the arguments put in, domains and premises checked."""
        own, stated, derivation = self.cite(self, name)
        mapping = self.arguments(own, at)
        claim = own.unfold(stated)
        self._check_arguments(own, mapping, claim)
        return self, substitute(claim, mapping), derivation, mapping

    def arguments(self, own: Context, at: str) -> dict[t.Symbol, t.Expr]:
        """`t = n p[k]; q = r` as a substitution for the lemma's symbols; what is not named keeps its name."""
        mapping: dict[t.Symbol, t.Expr] = {}
        sizes: dict[t.Symbol, t.Expr] = {}
        for item in filter(None, (part.strip() for part in at.split(";"))):
            name, _, text = item.partition("=")
            if name.strip() not in own.symbols:
                raise NotShown(f"the lemma has no symbol {name.strip()}")
            mapping[own.symbols[name.strip()]] = self.unfold(self.parse(text))
        for symbol, value in mapping.items():
            if len(symbol.type.shape) != len(t.shape_of(value)):
                raise NotShown(f"{symbol.name} and {text_of(value)} differ in shape")
            for size, actual in zip(symbol.type.shape, t.shape_of(value), strict=True):
                if (sizes.setdefault(size, actual) if isinstance(size, t.Symbol) else size) != actual:
                    raise NotShown(f"{text_of(value)} has another size than the other arguments")
        return {s: v for s, v in sizes.items() if s != v} | mapping

    def _check_arguments(self, own: Context, mapping: dict[t.Symbol, t.Expr], claim: t.Expr) -> None:
        """Each argument lies in the domain of its symbol; the lemma's hypotheses hold here."""
        for symbol in t.free_symbols(claim) | set(mapping):
            if symbol in mapping:
                others = {s: v for s, v in mapping.items() if s != symbol}
                self.require_domain(mapping[symbol], retyped(symbol, others).type)
            elif self.context.symbols.get(symbol.name) != symbol:
                raise NotShown(f"{symbol.name} of the lemma is not {symbol.name} here: say what it is")
        there = replace(self, context=own, subject=claim)
        for hypothesis in own.hypotheses:
            self._require_hypothesis(own.unfold(hypothesis), mapping, there.loose(hypothesis) | there.general(hypothesis))

    def _require_hypothesis(self, hypothesis: t.Expr, mapping: dict[t.Symbol, t.Expr], every: frozenset[t.Symbol]) -> None:
        """A hypothesis of a lemma holds here, for every value of the symbols for which it is meant there.

        These get letters of their own before the arguments are put in, which may speak of symbols of the same names.
        """
        own = {s: t.fresh(s) for s in every}
        for part, letters in conjuncts(substitute(hypothesis, own), frozenset(own.values())):
            wanted = substitute(part, {s: v for s, v in mapping.items() if s not in every})
            if self._is_said(wanted):
                continue
            if not all(map(_counts, letters)) or not isinstance(wanted, t.Relation):
                raise NotShown(f"the lemma's hypothesis {text_of(hypothesis)} is not shown here")
            for left, op, right in pairs(wanted):
                self.require_relation(left, op, right)

    def _is_said(self, wanted: t.Expr) -> bool:
        """Whether it is a hypothesis here, or a part of one, up to the letters for each of which that is meant."""
        for mine in self.context.hypotheses:
            parts = conjuncts(self.unfold(mine), self.loose(mine) | self.general(mine))
            if not self.narrowed(mine) and any(_says(part, letters, wanted) for part, letters in parts):
                self.trace.hypotheses.add(text_of(mine))
                return True
        return False

    def _require_count(self, value: t.Expr, kind: t.Type) -> None:
        """That a value is a size, an index or a natural number of this declaration."""
        core, least = t.bare(value), max(kind.minimum, 0 if kind.domain == "natural" else 1)
        normal = self.normal()
        ok = False
        if kind.domain == "index" and isinstance(core, t.Symbol):
            ok = core.type.domain == "index" and core.type.over == kind.over
        elif kind.domain == "size" and isinstance(core, t.Symbol):
            ok = core.type.domain == "size" and core.type.minimum >= least
        elif kind.domain == "natural" or isinstance(core, t.Number):
            p = normal.read(core)
            ok = whole(p) and normal.facts.nonnegative(p - UNIT.scale(least))
            if kind.domain == "index":
                ok = ok and normal.facts.nonnegative(normal.size(t.Symbol("k", kind)) - p)
        self.take(normal)
        if not ok:
            raise NotShown(f"{text_of(value)} is not shown to be what is declared {kind.domain}")

    def require_domain(self, value: t.Expr, kind: t.Type) -> None:
        """That a value (or every entry of an array) lies in a declared domain."""
        if kind.domain == "real":
            return
        if kind.domain == "function":
            raise NotShown("a function is not put in another's place")
        if kind.domain in ("size", "index", "natural"):
            self._require_count(value, kind)
            return
        normal = self.normal()
        if t.shape_of(value):
            core = t.bare(value)
            if isinstance(core, t.Symbol) and core.type.domain == kind.domain:
                return
            binders, entry = normal.read_array(value)
        else:
            binders, entry = (), normal.read(value)
        low, attained, high, _ = t.DOMAINS[kind.domain]
        facts = normal.facts
        ok = low is None or (facts.positive(entry) if not attained else facts.nonnegative(entry))
        if ok and high is not None and kind.domain == "unit":
            ok = facts.nonnegative(UNIT - entry)
        if ok and kind.domain == "simplex":
            if len(binders) != 1:
                raise NotShown(f"{text_of(value)} is not shown to lie in the domain `simplex` row by row")
            total = normal.sum(binders[0], entry)
            ok = self.vanishes(total - UNIT, normal, hypotheses=True)
        if kind.domain == "onehot":
            ok = False
        self.take(normal)
        if not ok:
            raise NotShown(f"{text_of(value)} is not shown to lie in the domain `{kind.domain}`")

    def require_relation(self, left: t.Expr, op: str, right: t.Expr) -> None:
        normal = self.normal()
        gap = normal.read(self.unfold(right)) - normal.read(self.unfold(left))
        if op in (">", ">="):
            gap = -gap
        if op == "=":
            ok = self.vanishes(gap, normal, hypotheses=True)
        elif op == "!=":
            ok = normal.facts.positive(gap) or normal.facts.positive(-gap)
        else:
            ok = normal.facts.positive(gap) if op in ("<", ">") else normal.facts.nonnegative(gap)
        self.take(normal)
        if not ok:
            raise NotShown(f"{text_of(left)} {op} {text_of(right)} is not shown")


def _has_read(normal: Normal, *sides: t.Expr) -> list[Poly] | None:
    """The sides of a hypothesis; None where one cannot be read, or is something else where what the reader asks for fails,
    or where several may be infinite: c + log(v) <= log(v) holds at v = 0, whatever c is."""
    infinite, elsewhere = 0, False
    values: list[Poly] = []
    for side in sides:
        try:
            with normal.attempt() as own:
                values.append(normal.read(side))
        except KernelError:
            return None
        normal.include(own)
        infinite += bool(own.conditions) and _holds_logarithm(side)
        elsewhere |= any(c.elsewhere for c in own.conditions.values())
    return None if infinite > 1 or elsewhere else values


def _holds_logarithm(node: t.Expr) -> bool:
    return any(isinstance(n, t.Call) and n.name in LOGARITHMS for n in t.walk(node))


def _said(condition: Condition, known: Mapping[str, t.Symbol]) -> str:
    """In words of the language; a letter that a rule has bound stands for each of its values."""
    shown, letters = show_for_each(condition.value, known)
    text = f"{shown} {condition.relation} 0"
    return f"forall({', '.join(letters)}: {text})" if letters else text


def _says(relation: t.Expr, pattern: frozenset[t.Symbol], wanted: t.Expr) -> bool:
    """Whether a relation is the one that is wanted, up to the letters of the indices for each of which it is meant."""
    if t.same(relation, wanted):
        return True
    names = sorted(pattern & t.free_symbols(relation), key=lambda s: s.name)
    letters = sorted(t.free_symbols(wanted), key=lambda s: s.name)
    for chosen in product(letters, repeat=len(names)) if names and len(names) <= 2 else ():
        if all(a.type == b.type for a, b in zip(names, chosen, strict=True)):
            if t.same(substitute(relation, dict(zip(names, chosen, strict=True))), wanted):
                return True
    return False


def in_real_exponent(node: t.Expr, symbol: t.Symbol) -> bool:
    """Whether a number in the symbol's place would make a natural power of a real one: w^w at 0 is undefined, 0^0 is 1."""
    return any(isinstance(n, t.Pow) and t.depends_on(n.exponent, symbol) and not is_whole(n.exponent) for n in t.walk(node))


def _counts(symbol: t.Symbol) -> bool:
    return symbol.type.domain in ("index", "natural") and not symbol.type.shape


def _only_counts(formula: t.Expr) -> bool:
    """A hypothesis about nothing but indices, natural numbers and sizes."""
    return all(_counts(s) or s.type.domain == "size" for s in t.free_symbols(formula))


def is_index(node: t.Expr) -> bool:
    return t.index_in(node) is not None


def pairs(relation: t.Relation) -> list[tuple[t.Expr, str, t.Expr]]:
    """a < b <= c as (a, <, b), (b, <=, c)."""
    return list(zip(relation.args[:-1], relation.ops, relation.args[1:], strict=True))


def within(node: t.Big) -> t.Expr:
    """The body of a `forall`, where the letters of ranges lie in them: `1 <= s and s <= T => ...`."""
    ends = tuple(
        t.Relation(pair, ("<=",))
        for b in node.binders
        if b.lower is not None and b.upper is not None
        for pair in ((b.lower, b.symbol), (b.symbol, b.upper))
    )
    return t.Implies(t.And(ends), node.body) if ends else node.body


def conjuncts(formula: t.Expr, pattern: frozenset[t.Symbol] = frozenset()) -> Iterable[tuple[t.Expr, frozenset[t.Symbol]]]:
    """The parts of a conjunction, with the indices bound by `forall` around each."""
    core = t.bare(formula)
    if isinstance(core, t.And):
        for part in core.parts:
            yield from conjuncts(part, pattern)
    elif isinstance(core, t.Big) and core.op == "forall":
        fresh = {b.symbol: t.fresh(b.symbol) for b in core.binders}
        yield from conjuncts(substitute(within(core), fresh), pattern | frozenset(fresh.values()))
    else:
        yield core, pattern


def _but_for_one(part: t.Implies, every: frozenset[t.Symbol]) -> t.Relation | None:
    """`k != j => a[k] = b[k]` for every k as a[k] = b[k] + delta(k, j) (a[j] - b[j]); a[k] <= b[k] times 1 - delta(k, j)."""
    premise, said = t.bare(part.premise), t.bare(part.conclusion)
    if not isinstance(premise, t.Relation) or premise.ops != ("!=",) or not all(map(is_index, premise.args)):
        return None
    if not isinstance(said, t.Relation) or said.ops not in (("=",), ("<=",), (">=",)) or t.shape_of(said.args[0]):
        return None
    ends = [t.bare(a) for a in premise.args]
    k, j = ends if ends[0] in every else ends[::-1]
    if k not in every or not isinstance(k, t.Symbol):
        return None
    (left, right), same = said.args, t.Call("delta", (k, j))
    if said.ops == ("=",):
        at_j = t.Sub(t.Paren(substitute(left, {k: j})), t.Paren(substitute(right, {k: j})))
        return t.Relation((left, t.Add(t.Paren(right), t.Mul(same, t.Paren(at_j)))), ("=",))
    apart = t.Paren(t.Sub(t.number(1), same))
    return t.Relation((t.Mul(apart, t.Paren(left)), t.Mul(apart, t.Paren(right))), said.ops)


def domain_equations(context: Context, subject: t.Expr | None) -> list[tuple[t.Relation, frozenset[t.Symbol]]]:
    """sum(k: p[k]) = 1 for every simplex and one-hot array along its last axis, with the indices of the rows."""
    found = []
    symbols = t.free_symbols(context.unfold(subject)) if subject is not None else frozenset()
    for symbol in sorted(symbols | frozenset(context.symbols.values()), key=lambda s: s.name):
        if symbol.type.domain in ("simplex", "onehot") and symbol.type.shape:
            letters: list[t.Symbol] = []
            for size in reversed(symbol.type.shape):  # k, or a declared letter, so that people can write the equation
                kind = t.Type("index", over=size)
                plain = t.Symbol("k", kind)
                if plain in letters or context.symbols.get("k", plain) != plain:
                    declared = (s for s in context.symbols.values() if s.type == kind and s not in letters)
                    plain = next(declared, t.fresh(plain))
                letters.append(plain)
            last, *rows = letters
            rows.reverse()
            total = t.Big("sum", (t.Binder(last),), t.Index(symbol, (*rows, last)))
            found.append((t.Relation((total, t.number(1)), ("=",)), frozenset(rows)))
    return found


def _at_places(normal: Normal, value: Poly, names: list[t.Symbol]) -> Target:
    """An array as a function of its indices: the value with the names replaced."""
    return lambda *places: normal.substitute(value, dict(zip(names, places, strict=True)))


def _with_value(normal: Normal, p: Poly, atom: Atom, value: Poly, pattern: frozenset[t.Symbol]) -> Poly:
    """p with an atom replaced; an entry at what the pattern names is replaced at every place."""
    if isinstance(atom, Scalar):
        return normal.substitute(p, {atom.symbol: value})
    if isinstance(atom, Entry):
        names = [i for i in atom.indices if isinstance(i, t.Symbol) and i in pattern]
        if len(set(names)) == len(atom.indices):
            return normal.substitute(p, {atom.symbol: _at_places(normal, value, names)})
        if len(atom.indices) == 1 and any(pattern & q.free for q in atom.polynomials()):
            return rewrite_sequence(normal, p, atom, value, pattern)
    return replace_atom(normal, p, atom, value)


def rewrite_by(normal: Normal, scope: Scope, p: Poly, relation: t.Relation, pattern: frozenset[t.Symbol]) -> Poly:
    """p with an equality used from left to right: an atom is replaced, or a multiple of (left - right) taken away."""
    for left, op, right in pairs(relation):
        if op != "=" or is_index(left):
            continue
        try:
            lhs, rhs = normal.read(scope.unfold(left)), normal.read(scope.unfold(right))
        except KernelError:  # what is not read is not used
            continue
        one = lhs.single()
        if one is not None and len(one[0]) == 1 and one[0][0][1] == 1:
            atom, value = one[0][0][0], rhs.scale(1 / one[1])
            p = _with_value(normal, p, atom, value, pattern)
        gap = lhs - rhs
        p = align_ranges(normal, p, gap)

        def better(q: Poly, gap: Poly = gap) -> Poly:
            for _ in range(4):
                less = subtract_multiple(normal, q, gap)
                if less is None:
                    less = subtract_summed(normal, q, gap, pattern)
                if less is None:
                    break
                q = less
            return q

        p = better(p)
        if pattern and p:
            p = better(everywhere(normal, p, better))
        if any(e.denominator > 1 for m in gap.terms for _, e in m):  # squared it may be without roots
            p = better(p, normal.multiply(lhs, lhs) - normal.multiply(rhs, rhs))
    return p

"""Wrong steps made from right ones: `python -m tests.proof.mutation [--card NAME] [--seed 1] [--every K] [--quick]`.

Every step of every derivation of every card is broken at every place of its right side, in every way of KINDS. Who says
that a mutant is false are the balls alone, at more points and under other seeds than the verifier uses, never the prover;
of limits sympy's Gruntz, at exact points, never the kernel.
Then the kernel alone (the checker of the step's rule, no balls) is asked: a false mutant that it accepts is unsound,
even if balls would catch it later. Last, the whole verifier is asked, which has to refute with a point.

Three attacks on the kernel:

* each mutant by the rule of its step;
* each false mutant by every other rule that needs no data of its own, every hypothesis and every lemma of its card;
* the data of rules (weights, arguments, functions, bounds, points) broken in the same ways. There the step stays true, so
  the balls judge what the data claim (`obligations`): that the identity of a certificate holds, that weights are >= 0, that
  arguments lie in domains. Data that claim something false must not be accepted; nor may any data make a false step pass.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from functools import cache
from itertools import islice

from mathcore import card as c
from mathcore.evidence import Level
from mathcore.formulas import load, names
from mathcore.language import tree as t
from mathcore.language.chain import composed, start
from mathcore.language.chain import relation as chain_relation
from mathcore.language.chain import step as chain_step
from mathcore.language.parser import Context, FormulaError
from mathcore.language.printers import parenthesise, readable, to_text
from mathcore.language.substitution import substitute
from mathcore.proof import at_points, judging
from mathcore.proof.balls import Comparison, Point, evaluate, symbols_of
from mathcore.proof.balls.points import Sampler
from mathcore.proof.balls.truth import FALSE as BALLS_FALSE
from mathcore.proof.balls.truth import TRUTHS, relate
from mathcore.proof.checking import check
from mathcore.proof.judging import scope_of
from mathcore.proof.omitted import candidates
from mathcore.proof.rules.limits import by_sympy
from mathcore.proof.scope import Contradicted, NotShown, Trace, domain_equations, text_of
from mathcore.proof.ties import concrete
from mathcore.proof.transfer import Outside
from mathcore.rules.attained import Attained
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.equality_case import EqualityCase
from mathcore.rules.geometric import Geometric
from mathcore.rules.lemma import Lemma
from mathcore.rules.limiting import Limiting
from mathcore.rules.monotone import Monotone
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case
from mathcore.rules.squeeze import Squeeze
from mathcore.rules.stationary import Stationary
from mathcore.rules.substitute import Substitute
from mathcore.rules.sum_over import SumOver
from mathcore.rules.support import Support
from mathcore.rules.telescope import Telescope
from mathcore.rules.unfold import Unfold
from mathcore.rules.use import Use

POINTS = 48  # the verifier takes 24
GRUNTZ = 4  # points at which sympy is asked for a limit
SEED = 1000  # the verifier takes 0

KINDS = (
    "sign", "dropped term", "dropped factor", "inverted quotient", "wrong index", "wrong letter", "delta -> 0", "delta -> 1",
    "exponent sign", "constant + 1", "dropped sum", "log base", "dropped function", "max <-> min", "dropped derivative",
    "limit point", "relation", "exchanged", "sum <-> product", "square and sum", "log and sum", "transposed", "n - 1", "doubled",
    "1 % tighter",
)  # fmt: skip
RELATIONS = {"=": ("<", ">"), "<=": ("<", ">=", "="), ">=": (">", "<=", "="), "<": ("<=", ">"), ">": (">=", "<")}

TIGHTER = {op: t.Paren(t.number(Fraction(part, 100))) for ops, part in (("<=", 99), (">=", 101)) for op in (ops, ops[0])}

# rules that show nothing but equations: their first line refuses other relations
EQUATIONS = (Rewrite, Unfold, Differentiate, Substitute, Limiting, Squeeze, Telescope, Geometric)


# steps ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Site:
    """One step, in the context in which the verifier judges it."""

    card: c.Card
    derivation: c.Derivation
    place: int
    context: Context
    claim: t.Expr
    left: t.Expr
    op: str
    right: t.Expr

    @property
    def step(self) -> c.Step:
        return self.derivation.steps[self.place]

    @property
    def label(self) -> str:
        return f"{self.card.name}.{self.derivation.key or self.derivation.title}[{self.place + 1}]"

    def __hash__(self) -> int:
        return hash(self.label)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Site) and self.label == other.label


@cache
def sites(card: str = "") -> tuple[Site, ...]:
    """Every step of every derivation (of one card)."""
    found = []
    for name in names():
        if card and name != card:
            continue
        for derivation in load(name).derivations:
            found += sites_of(load(name), derivation)
    return tuple(found)


@cache
def sites_of_statements() -> tuple[Site, ...]:
    """The true statements of the tests, each as a derivation of one step."""
    from tests.proof import course, pipeline, statements

    found: list[Site] = []
    for place, s in enumerate((*statements.TRUE, *course.TRUE, *course.TRUE_LIMITS, *course.MATRICES_AND_BATCHES)):
        of = pipeline.card(s.given, s.derivations, s.define, name=f"statement{place}")
        goal, _ = judging.goal_of(of.context.parse(s.claim))
        op, right = ("<=>", goal.right) if isinstance(goal, t.Iff) else (goal.ops[0], goal.args[1])  # type: ignore[attr-defined]  # a relation
        step = c.Step(f"{op} {text_of(right)}", by=s.by, why="one step")
        found += sites_of(of, c.Derivation(s.claim, claim=s.claim, steps=(step,), key="claim", instance=s.instance))
    return tuple(found)


def sites_of(card: c.Card, derivation: c.Derivation) -> list[Site]:
    context = card.context.given(derivation.given) if derivation.given else card.context
    claim = context.parse(derivation.claim)
    goal, premises = judging.goal_of(claim)
    context = context.assuming(*premises)
    parsed = [chain_step(context, step.text) for step in derivation.steps]
    chain = [start(goal), *(right for _, right in parsed)]
    steps = tuple(
        step if step.by is not None else replace(step, by=candidates(context, left, right)[0])
        for step, left, right in zip(derivation.steps, chain, chain[1:], strict=False)
    )
    named = replace(derivation, steps=steps)
    found = []
    for place, (left, (op, right)) in enumerate(zip(chain, parsed, strict=False)):
        found.append(Site(card, named, place, context, claim, left, op, right))
    return found


# places of a tree and what can be broken there --------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A subtree, the indices bound around it, its parent and how to put something else there."""

    node: t.Expr
    bound: tuple[t.Symbol, ...]
    parent: t.Expr | None
    put: Callable[[t.Expr], t.Expr]


def places(
    node: t.Expr, bound: tuple[t.Symbol, ...] = (), parent: t.Expr | None = None, put: Callable = lambda x: x
) -> Iterator[Place]:
    """Every subtree that is an expression or a proposition: no binders, no index of an array over a size."""
    yield Place(node, bound, parent, put)
    for child, more, rebuild in _slots(node):
        yield from places(child, (*bound, *more), node, lambda x, rebuild=rebuild: put(rebuild(x)))


def _slots(node: t.Expr) -> Iterator[tuple[t.Expr, tuple[t.Symbol, ...], Callable[[t.Expr], t.Expr]]]:
    if isinstance(node, (t.Symbol, t.Number, t.Constant)):
        return
    if isinstance(node, t.Big):
        for i, b in enumerate(node.binders):
            for end in ("lower", "upper"):
                if getattr(b, end) is not None:
                    yield (
                        getattr(b, end),
                        (),
                        lambda x, i=i, b=b, end=end: replace(node, binders=_at(node.binders, i, replace(b, **{end: x}))),
                    )
        yield node.body, tuple(b.symbol for b in node.binders), lambda x: replace(node, body=x)
    elif isinstance(node, t.Limit):
        yield node.body, (node.variable,), lambda x: replace(node, body=x)
    elif isinstance(node, t.Derivative):
        yield node.body, (), lambda x: replace(node, body=x)
    elif isinstance(node, t.At):
        for i, v in enumerate(node.values):
            yield v, (), lambda x, i=i: replace(node, values=_at(node.values, i, x))
        yield node.body, node.targets, lambda x: replace(node, body=x)
    elif isinstance(node, t.Index):
        yield node.base, (), lambda x: replace(node, base=x)
        for i, (size, v) in enumerate(zip(t.shape_of(node.base), node.indices, strict=False)):
            if size == t.NATURALS:
                yield v, (), lambda x, i=i: replace(node, indices=_at(node.indices, i, x))
    elif isinstance(node, t.Call) and node.name == "delta":
        return
    else:
        for f in fields(node):
            value = getattr(node, f.name)
            if f.name == "shape":
                continue
            if isinstance(value, t.Expr):
                yield value, (), lambda x, f=f: replace(node, **{f.name: x})
            elif isinstance(value, tuple):
                for i, item in enumerate(value):
                    if isinstance(item, t.Expr):
                        yield item, (), lambda x, i=i, f=f, value=value: replace(node, **{f.name: _at(value, i, x)})


def _at(items: tuple, place: int, value: object) -> tuple:
    return (*items[:place], value, *items[place + 1 :])


def is_value(node: t.Expr) -> bool:
    """A number, not an array, a proposition or a bare index."""
    core = t.bare(node)
    if isinstance(core, t.PROPOSITIONS) or (isinstance(core, t.Big) and core.op in ("forall", "vector")):
        return False
    return not t.shape_of(core) and not (isinstance(core, t.Symbol) and core.type.domain in ("index", "function"))


def mutations(whole: t.Expr, indices: Iterable[t.Symbol], letters: Iterable[t.Symbol]) -> Iterator[tuple[str, t.Expr]]:
    """(kind, mutant) for every way at every place; `indices` and `letters` may be put in the place of others."""
    seen = {t.strip(whole)}
    for place in places(whole):
        for kind, new in broken(place, tuple(indices), tuple(letters)):
            if t.shape_of(new) != t.shape_of(place.node):  # a matrix where a vector stood: no formula
                continue
            mutant = place.put(t.Paren(new) if isinstance(new, (t.Add, t.Sub, t.Neg, t.Div, t.Mul, t.Pow, t.Relation)) else new)
            if (key := t.strip(mutant)) not in seen:
                seen.add(key)
                yield kind, mutant


ONE = t.number(1)


def broken(place: Place, indices: tuple[t.Symbol, ...], letters: tuple[t.Symbol, ...]) -> Iterator[tuple[str, t.Expr]]:
    node = place.node
    around = (*place.bound, *indices)
    if is_value(node) and (place.parent is None or isinstance(place.parent, (t.Call, t.Big, t.Relation, t.Limit))):
        if not isinstance(node, (t.Neg, t.Paren, t.Limit)) and node != t.number(0):
            yield "sign", t.Neg(node)
    match node:
        case t.Add(left, right):
            yield "sum <-> product", t.Mul(t.Paren(left), t.Paren(right))
            yield "doubled", t.Add(left, t.Mul(t.number(2), t.Paren(right)))
            yield "sign", t.Sub(left, right)
            yield "dropped term", left
            yield "dropped term", right
        case t.Sub(left, right):
            yield "exchanged", t.Sub(right, t.Paren(left))
            yield "doubled", t.Sub(left, t.Mul(t.number(2), t.Paren(right)))
            yield "sign", t.Add(left, right)
            yield "dropped term", left
            yield "dropped term", t.Neg(right)
        case t.Neg(body):
            yield "sign", body
        case t.Mul(left, right):
            if is_value(left) and is_value(right):
                yield "sum <-> product", t.Add(left, t.Paren(right))
            one, two = t.bare(left), t.bare(right)
            if _plain_sum(one) and _plain_sum(two) and one.binders[0].symbol.type == two.binders[0].symbol.type:
                k = one.binders[0].symbol
                yield (
                    "square and sum",
                    t.Big(
                        "sum", one.binders, t.Mul(t.Paren(one.body), t.Paren(substitute(two.body, {two.binders[0].symbol: k})))
                    ),
                )
            yield "dropped factor", left
            yield "dropped factor", right
        case t.Div(left, right):
            yield "dropped factor", left
            yield "dropped factor", t.Div(ONE, right)
            yield "inverted quotient", t.Div(right, t.Paren(left))
        case t.Pow(base, exponent):
            if _plain_sum(t.bare(base)):  # the square of a sum is no sum of squares
                yield "square and sum", replace(t.bare(base), body=t.Pow(t.Paren(t.bare(base).body), exponent))
            yield "exponent sign", t.Pow(base, t.Neg(t.Paren(exponent)))
            yield "dropped function", base
            if not isinstance(t.bare(exponent), t.Number):
                yield "constant + 1", t.Pow(base, t.Paren(t.Add(exponent, ONE)))
        case t.Call("delta", (i, j)):
            yield "delta -> 0", t.number(0)
            yield "delta -> 1", ONE
            for k in _others(i, around):
                yield "wrong index", t.Call("delta", (k, j))
            for k in _others(j, around):
                yield "wrong index", t.Call("delta", (i, k))
        case t.Call(name, args):
            if name == "exp":
                yield "exponent sign", t.Call("exp", (t.Neg(t.Paren(args[0])),))
            if name == "log" and _plain_sum(t.bare(args[0])):
                yield "log and sum", replace(t.bare(args[0]), body=t.Call("log", (t.bare(args[0]).body,)))
            if name in ("log", "log2", "log10"):
                for other in {"log", "log2", "log10"} - {name}:
                    yield "log base", t.Call(other, args)
            if name in ("max", "min"):
                yield "max <-> min", t.Call({"max": "min", "min": "max"}[name], args)
            if len(args) == 1:
                yield "dropped function", args[0]
        case t.Number(value, _):
            yield "constant + 1", t.number(value + 1)
        case t.Symbol(_, kind):
            if kind.domain in ("size", "natural") and not kind.shape:
                yield "constant + 1", t.Add(node, ONE)
                yield "n - 1", t.Sub(node, ONE)
            yield from (("wrong letter", s) for s in letters if s.type == kind and s != node and kind.domain != "index")
        case t.Index(base, own):
            if len(own) == 2 and own[0] != own[1] and all(isinstance(x, t.Symbol) for x in own) and own[0].type == own[1].type:
                yield "transposed", t.Index(base, own[::-1])
            for i, index in enumerate(own):
                for k in _others(index, around):
                    yield "wrong index", t.Index(base, _at(own, i, k))
        case t.Big(op, binders, body) if op in ("max", "min"):
            yield "max <-> min", t.Big({"max": "min", "min": "max"}[op], binders, body)
        case t.Big(op, binders, body) if op in ("sum", "prod"):
            core = t.bare(body)
            if _plain_sum(node) and isinstance(core, t.Pow) and isinstance(t.bare(core.exponent), t.Number):
                yield "square and sum", t.Pow(t.Paren(t.Big("sum", binders, core.base)), core.exponent)
            if _plain_sum(node) and isinstance(core, t.Call) and core.name == "log":
                yield "log and sum", t.Call("log", (t.Big("sum", binders, core.args[0]),))
            for i, b in enumerate(binders):
                rest = binders[:i] + binders[i + 1 :]
                instead = [s for s in around if s.type == b.symbol.type] if b.lower is None else [b.lower]
                for index in [*instead[:1], ONE]:
                    if b.lower is None or index is not ONE:
                        one = substitute(body, {b.symbol: index})
                        yield "dropped sum", t.Big(op, rest, one) if rest else one
                if b.lower is not None:
                    yield "constant + 1", replace(node, binders=_at(binders, i, replace(b, upper=t.Add(t.Paren(b.upper), ONE))))
        case t.Derivative(body, variable):
            yield "dropped derivative", body
            if isinstance(variable, t.Index):
                for i, index in enumerate(variable.indices):
                    for k in _others(index, around):
                        yield "wrong index", t.Derivative(body, t.Index(variable.base, _at(variable.indices, i, k)))
        case t.Limit(variable, point, _, body) if variable.type.domain == "positive":
            if point == t.INFINITY:
                yield "limit point", t.Limit(variable, t.number(0), "+", body)
            else:
                yield "limit point", t.Limit(variable, t.INFINITY, "", body)
        case t.Relation(args, ops):
            for i, op in enumerate(ops):
                for other in RELATIONS.get(op, ()):
                    if op != "=":
                        yield "relation", t.Relation(args, _at(ops, i, other))


def _plain_sum(node: t.Expr) -> bool:
    return isinstance(node, t.Big) and node.op == "sum" and len(node.binders) == 1 and node.binders[0].lower is None


def _others(index: t.Expr, around: Iterable[t.Symbol]) -> list[t.Symbol]:
    index = t.bare(index)
    if not (isinstance(index, t.Symbol) and index.type.domain == "index"):
        return []
    return list(dict.fromkeys(s for s in around if s.type == index.type and s != index))


def replacements(site: Site) -> tuple[list[t.Symbol], list[t.Symbol]]:
    """Free indices and other letters that a mistake could put into this step: those of the step, or one declared more."""
    spoken = set().union(*(t.free_symbols(x) for x in (site.left, site.right, site.claim)))
    bound = {s.name for side in (site.left, site.right, site.claim) for n in t.walk(side) for s in t.bound_symbols(n)}
    hypothetical = set().union(*(t.free_symbols(h) for h in site.context.hypotheses))
    indices = sorted((s for s in spoken if s.type.domain == "index"), key=lambda s: s.name)
    for s in site.context.symbols.values():
        if s.type.domain == "index" and s.name not in bound and s not in hypothetical and all(s.type != i.type for i in indices):
            indices.append(s)
    letters = sorted((s for s in spoken if s.type.domain not in ("index", "function")), key=lambda s: s.name)
    return indices, letters


# mutants and their judges -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutant:
    site: Site
    kind: str
    op: str
    right: t.Expr

    @property
    def relation(self) -> t.Expr:
        return chain_relation(self.site.left, self.op, self.right)

    @property
    def text(self) -> str:
        return f"{self.site.label} {self.kind}: {self.op} {text_of(self.right)}"


@cache
def mutants(site: Site) -> tuple[Mutant, ...]:
    found = []
    if type(site.step.by) not in EQUATIONS and not any(isinstance(n, t.Limit) for n in t.walk(site.left)):
        found = [Mutant(site, "relation", op, site.right) for op in RELATIONS.get(site.op, ())]
    if site.op in TIGHTER and not t.shape_of(site.right):
        found.append(Mutant(site, "1 % tighter", site.op, t.Mul(TIGHTER[site.op], t.Paren(site.right))))
    return (*found, *(Mutant(site, kind, site.op, new) for kind, new in mutations(site.right, *replacements(site))))


FALSE, EQUIVALENT, UNDECIDED = "false", "equivalent", "undecided"
ILL_SHAPED = "not a formula"


def by_balls(
    context: Context, relation: t.Expr, *, subject: t.Expr | None, instance: str, seed: int = SEED, count: int = POINTS
) -> tuple[str, str]:
    """FALSE with a point, EQUIVALENT (true wherever it was evaluated) or UNDECIDED with the reason; the prover has no say."""
    if any(isinstance(n, t.Limit) for n in t.walk(context.unfold(relation))):
        return by_gruntz(context, relation, subject=subject, instance=instance, seed=seed)
    try:
        found: Comparison = at_points.compared(context, relation, instance=instance, subject=subject, seed=seed, count=count)
    except (FormulaError, NotShown) as error:
        return UNDECIDED, str(error)
    except ValueError as error:  # factors of a product of matrices that do not fit
        return UNDECIDED, f"{ILL_SHAPED}: {error}"
    if found.refuted is not None:
        return FALSE, found.detail
    if found.points and not found.undecided:
        return EQUIVALENT, f"{found.points} points"
    return UNDECIDED, found.detail or f"{found.points} points, {found.undecided} undecided"


def by_gruntz(context: Context, relation: t.Expr, *, subject: t.Expr | None, instance: str, seed: int) -> tuple[str, str]:
    """An equation with limits at exact points, where sympy computes each limit and balls compare the numbers."""
    context, relation, subject = at_points._with_instance(context, instance, relation, subject)
    core = t.bare(relation)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return UNDECIDED, "a limit in such a relation"
    symbols = symbols_of(core, context.definitions) | (symbols_of(subject, context.definitions) if subject is not None else set())
    agreed = 0
    try:
        sampler = Sampler(context, symbols, seed, {})
        for names_ in islice(sampler.samples(GRUNTZ), GRUNTZ):
            point = sampler.finished(names_)
            outcome = relate("=", *(_number(context, side, point) for side in core.args))
            if outcome == BALLS_FALSE and sampler.certain(names_):
                return FALSE, f"Gruntz at {point}"
            agreed += outcome in TRUTHS
    except (Outside, LookupError, ArithmeticError, RecursionError, ValueError, FormulaError) as error:
        return UNDECIDED, str(error)
    return (EQUIVALENT, f"Gruntz at {agreed} points") if agreed else (UNDECIDED, "Gruntz has no word")


def _number(context: Context, side: t.Expr, point: Point) -> object:
    core = t.bare(context.unfold(side))
    if not isinstance(core, t.Limit):
        return evaluate(core, point, context.definitions)
    infinite = core.point in (t.INFINITY, t.Neg(t.INFINITY))
    place = core.point if infinite else concrete(context, core.point, point, {})
    limit = t.Limit(core.variable, place, core.side, concrete(context, core.body, point, {}, frozenset({core.variable})))
    found = by_sympy(limit, {}, 5.0)
    if found is None:
        raise Outside("sympy gives no value")
    return evaluate(found, Point(), {})


def label_of(mutant: Mutant, seed: int = SEED) -> tuple[str, str]:
    site = mutant.site
    return by_balls(site.context, mutant.relation, subject=site.claim, instance=site.derivation.instance, seed=seed)


ACCEPTED, CONDITIONAL, REJECTED = "accepted", "conditional", "rejected"
ELSEWHERE = "false elsewhere"  # conditional, and the mutant is false only where a printed condition fails


def by_kernel(site: Site, rule: Rule, op: str, right: t.Expr, left: t.Expr | None = None) -> tuple[str, str]:
    """What the checker of a rule says, without balls. Anything but NotShown and Contradicted is a crash, and raised."""
    trace = Trace()
    path = (f"{site.card.name}.{site.derivation.key or site.derivation.title}",)
    scope = scope_of(card=site.card, context=site.context, trace=trace, path=path, subject=site.claim)
    try:
        check(rule, scope, site.left if left is None else left, op, right)
    except (NotShown, FormulaError) as error:
        return REJECTED, str(error)
    except Contradicted as error:
        return REJECTED, f"sympy: {error}"
    except RecursionError:
        return REJECTED, "too deeply nested"
    return (CONDITIONAL, "; ".join(trace.conditions)) if trace.conditions else (ACCEPTED, "")


def where_meant(mutant: Mutant, conditions: str, seed: int = SEED) -> str:
    """ELSEWHERE if the balls confirm a false mutant wherever the printed conditions hold; otherwise CONDITIONAL."""
    site = mutant.site
    try:
        context = site.context.assuming(*(_condition(site.context, text) for text in conditions.split("; ")))
    except FormulaError:
        return CONDITIONAL
    label, _ = by_balls(context, mutant.relation, subject=site.claim, instance=site.derivation.instance, seed=seed)
    return ELSEWHERE if label == EQUIVALENT else CONDITIONAL


def _condition(context: Context, text: str) -> t.Expr:
    """A condition as the kernel prints it: there k runs over whatever axis it stands on."""
    for size in [s.name for s in context.symbols.values() if s.type.domain == "size"]:
        try:
            return context.given(f"k: index[{size}]").parse(text)
        except FormulaError:
            continue
    return context.parse(text)


def by_verifier(mutant: Mutant, step_only: bool = False) -> tuple[Level, str]:
    """The whole verifier on the derivation up to the mutant, claimed as such; the step alone where the text cannot be read."""
    site = mutant.site
    derivation = None if step_only else _told(mutant)
    path = (f"{site.card.name}.{site.derivation.key or site.derivation.title}",)
    if derivation is not None:
        verdict = judging._verify(site.card, derivation, judging.unexplained, path)
        return verdict.level, verdict.counterexample
    step = replace(site.step, text=f"{mutant.op} ...")
    claim = judging.Claim(site.card, site.context, site.claim, site.derivation.instance, path)
    verdict, _ = judging.judge_step(claim, step, site.left, mutant.op, mutant.right)
    return verdict.level, verdict.counterexample


def _told(mutant: Mutant) -> c.Derivation | None:
    """The derivation that ends with the mutant, as text; None if it cannot be written so that it reads back."""
    site = mutant.site
    goal, premises = judging.goal_of(site.claim)
    try:
        ops = tuple(chain_step(site.context, s.text)[0] for s in site.derivation.steps[: site.place])
        shown = composed((*ops, mutant.op))
        if shown is None:
            return None
        relation = chain_relation(start(goal), shown, mutant.right)
        claim = relation
        for premise in reversed(premises):
            claim = t.Implies(premise, claim)
        text, right = _written(site, claim), _written(site, mutant.right)
        meant = set().union(*(t.free_symbols(h) for h in site.context.hypotheses)) & t.free_symbols(site.claim)
        if not meant <= t.free_symbols(claim):  # an index that the claim no longer speaks of would stand for every index
            return None
    except (NotShown, FormulaError):
        return None
    if not text or not right:
        return None
    steps = (*site.derivation.steps[: site.place], c.Step(f"{mutant.op} {right}", site.step.by, site.step.why))
    return replace(site.derivation, claim=text, steps=steps, equality="")


def _written(site: Site, node: t.Expr) -> str:
    text = to_text(parenthesise(readable(node, site.context)))
    own = site.card.context.given(site.derivation.given) if site.derivation.given else site.card.context
    return text if t.same(own.parse(text), node) else ""


@dataclass(frozen=True)
class Outcome:
    mutant: Mutant
    label: str
    point: str  # where it is false, or why that is not known
    kernel: str
    verified: Level | None = None
    refuted: str = ""  # the verifier's own point

    @property
    def unsound(self) -> bool:
        return self.label == FALSE and (
            self.kernel not in (REJECTED, ELSEWHERE) or self.verified in (Level.PROVED, Level.CONDITIONAL)
        )


# every other rule -------------------------------------------------------------------------------------------


@cache
def rules_at_hand(site: Site) -> tuple[Rule, ...]:
    """Rules that need no data, every hypothesis, the rule of zeros and every lemma of the card at its own letters."""
    context = site.context
    found: list[Rule] = [Rewrite(), Unfold(), Differentiate(), Substitute(), Limiting(), Telescope(), Geometric()]
    equations = [text_of(h) for h in (*context.hypotheses, *(r for r, _ in domain_equations(context, site.claim)))]
    found += [Use(e) for e in equations]
    zero = [
        s for s in t.free_symbols(context.unfold(site.claim)) if s.type.domain in ("nonnegative", "unit", "simplex", "onehot")
    ]
    if zero:
        of = tuple(sorted(s.name for s in zero))
        found += [Support(of, by) for by in (Rewrite(), *(Use(e) for e in equations))]
        found += [Support((name,), Rewrite()) for name in of if len(of) > 1]
    found += [Lemma(d.key) for d in site.card.derivations if d.key and d.key != site.derivation.key]
    found += [Attained("m", Rewrite()), Certificate((Term("0"),)), Certificate((Term("1"),))]
    return tuple(rule for rule in found if rule != site.step.by)


# the data of rules ------------------------------------------------------------------------------------------

EXPRESSIONS = {
    (Term, "weight"),
    (Monotone, "function"),
    (Monotone, "turning"),
    (Squeeze, "lower"),
    (Squeeze, "upper"),
    (Stationary, "curvature"),
}
RELATED = {(Monotone, "inner"), (Squeeze, "near"), (Case, "condition"), (Use, "hypothesis")}
ARGUMENTS = {
    (Term, "at"),
    (Lemma, "at"),
    (Use, "at"),
    (EqualityCase, "at"),
    (Stationary, "variable"),
    (Substitute, "new"),
}


def data_mutants(site: Site) -> Iterator[tuple[str, Rule]]:
    """(kind, rule) with one text of the step's rule, or of a rule inside it, broken."""
    seen: set[Rule] = set()
    for kind, rule in _data(site, site.step.by, site.context):
        if rule not in seen:
            seen.add(rule)
            yield kind, rule


def _data(site: Site, part: object, context: Context) -> Iterator[tuple[str, object]]:
    if isinstance(part, Monotone):
        context = context.given(part.variable)
    if isinstance(part, Stationary) and part.curvature:
        shape = context.symbols[part.variable.split("=")[0].strip()].type.shape
        context = context.given(f"u: real[{', '.join(text_of(size) for size in shape)}]" if shape else "u: real")
    for f in fields(part):  # type: ignore[arg-type]  # rules, terms and cases are dataclasses
        value = getattr(part, f.name)
        where = (type(part), f.name)
        if isinstance(value, (Rule, Term, Case)):
            yield from ((k, replace(part, **{f.name: x})) for k, x in _data(site, value, context))
        elif isinstance(value, tuple) and value and isinstance(value[0], (Term, Case)):
            for i, item in enumerate(value):
                yield from ((k, replace(part, **{f.name: _at(value, i, x)})) for k, x in _data(site, item, context))
                if len(value) > 1:
                    yield "dropped term", replace(part, **{f.name: value[:i] + value[i + 1 :]})
        elif isinstance(value, tuple) and len(value) > 1:  # of=("p", "q")
            yield from (("dropped term", replace(part, **{f.name: value[:i] + value[i + 1 :]})) for i in range(len(value)))
        elif not value:
            continue
        elif where in EXPRESSIONS | RELATED:
            several = tuple(p.strip() for p in value.split(";"))  # several hypotheses at once
            for i, item in enumerate(several):
                for k, x in _texts(site, context, item):
                    yield k, replace(part, **{f.name: "; ".join(_at(several, i, x))})
        elif where in ARGUMENTS:
            items = [p.strip() for p in value.split(";")]
            for i, item in enumerate(items):
                name, _, right = item.partition("=")
                for kind, text in _texts(site, context, right.strip()):
                    yield kind, replace(part, **{f.name: "; ".join(_at(tuple(items), i, f"{name.strip()} = {text}"))})
                if len(items) > 1:
                    yield "dropped term", replace(part, **{f.name: "; ".join(items[:i] + items[i + 1 :])})


def _texts(site: Site, context: Context, text: str) -> Iterator[tuple[str, str]]:
    node = context.parse(text)
    indices, letters = replacements(site)
    indices = [*indices, *(s for s in t.free_symbols(node) if s.type.domain == "index" and s not in indices)]
    letters = [*letters, *(s for s in t.free_symbols(node) if s.type.domain not in ("index", "function") and s not in letters)]
    for kind, mutant in mutations(node, indices, letters):
        yield kind, to_text(parenthesise(readable(mutant, context)))


def obligations(
    site: Site, rule: Rule, context: Context, left: t.Expr, op: str, right: t.Expr
) -> Iterator[tuple[Context, t.Expr]]:
    """What a rule with its data claims, as relations for the balls; written apart from the checkers. Conservative: what is
    not listed is not held against the data."""
    if isinstance(rule, Certificate):
        total: t.Expr = t.number(0)
        for term in rule.terms:
            binders = tuple(t.Binder(context.symbols[name.strip()]) for name in term.over.split(",")) if term.over else ()
            weight: t.Expr = t.Paren(context.parse(term.weight))
            yield context, _for_all(binders, t.Relation((weight, t.number(0)), (">=",)))
            if term.lemma:
                claim, domains = instance_of_lemma(site.card, context, term.lemma, term.at)
                yield from ((context, _for_all(binders, d)) for d in domains)
                weight = t.Mul(weight, t.Paren(_gap(claim)))
            total = t.Add(total, t.Big("sum", binders, weight) if binders else weight)
        yield context, t.Relation((_gap(t.Relation((left, right), (op,))), total), ("=",))
    elif isinstance(rule, Lemma):
        claim, domains = instance_of_lemma(site.card, context, rule.name, rule.at)
        yield from ((context, d) for d in domains)
        yield context, claim
    elif isinstance(rule, Use) and rule.at:
        own = context.parse(rule.hypothesis)
        yield context, substitute(context.unfold(own), _mapping(context, context, rule.at))
    elif isinstance(rule, SumOver):
        (a, x), (b, y) = (_summand(context, side) for side in (left, right))
        index = context.symbols[rule.index]
        yield from obligations(site, rule.by, context, substitute(x, {a: index}), op, substitute(y, {b: index}))
    elif isinstance(rule, Monotone):
        own = context.given(rule.variable)
        x = own.symbols[rule.variable.partition(":")[0].strip()]
        f = own.unfold(own.parse(rule.function))
        if x.type.domain in ("unit", "nonnegative"):  # inside: balls do not differentiate at the edge
            y = t.Symbol(f"{x.name}_inside", t.Type("positive"))
            slope_context = replace(own, symbols={**own.symbols, y.name: y})
            slope_context = slope_context.assuming(t.Relation((y, ONE), ("<",))) if x.type.domain == "unit" else slope_context
        else:
            slope_context, y = own, x
        slope = t.Derivative(substitute(f, {x: y}), y)
        if rule.turning:
            point = context.parse(rule.turning)
            gap = t.Sub(t.Paren(f), t.Paren(substitute(f, {x: t.Paren(point)})))
            yield own, t.Relation((_gap(t.Relation((left, right), (op,))), gap), ("=",))
            yield slope_context, t.Relation((t.Mul(t.Paren(slope), t.Paren(t.Sub(y, t.Paren(point)))), t.number(0)), (">=",))
            return
        inner = t.bare(context.parse(rule.inner))
        a, b = (t.Paren(substitute(f, {x: t.Paren(side)})) for side in inner.args)  # type: ignore[attr-defined]  # a relation
        yield context, t.Relation((t.Sub(t.Paren(left), t.Paren(right)), t.Sub(a, b)), ("=",))
        yield context, inner
        rising = (
            by_balls(
                slope_context, t.Relation((slope, t.number(0)), (">=",)), subject=site.claim, instance=site.derivation.instance
            )[0]
            != FALSE
        )
        yield slope_context, t.Relation((slope, t.number(0)), (">=" if rising else "<=",))
        if rule.by is not None:
            yield from obligations(site, rule.by, context, inner.args[0], inner.ops[0], inner.args[1])  # type: ignore[attr-defined]  # a relation
    elif isinstance(rule, Attained):
        big = next(n for side in (left, right) for n in t.walk(context.unfold(side)) if isinstance(n, t.Big) and n.op == "max")
        m, k = context.symbols[rule.index], big.binders[0].symbol
        top = substitute(big.body, {k: m})
        inner_context = context.assuming(t.Big("forall", big.binders, t.Relation((big.body, top), ("<=",))))

        def put(node: t.Expr) -> t.Expr:
            return t.Paren(top) if isinstance(node, t.Big) and t.same(node, big) else t.map_children(node, put)

        yield from obligations(site, rule.by, inner_context, put(context.unfold(left)), op, put(context.unfold(right)))
    elif isinstance(rule, Support):
        facts = []
        for name in rule.of:
            s = context.symbols[name]
            binders = tuple(t.Binder(t.Symbol(f"k{i}", t.Type("index", over=size))) for i, size in enumerate(s.type.shape))
            entry = t.Index(s, tuple(b.symbol for b in binders)) if binders else s
            facts.append(_for_all(binders, t.Relation((t.number(0), entry), ("<",))))
        yield from obligations(site, rule.by, context.assuming(*facts), left, op, right)
    elif isinstance(rule, Squeeze):
        limit = t.bare(context.unfold(left))
        assert isinstance(limit, t.Limit)
        near = context.assuming(*([context.parse(rule.near)] if rule.near else []))
        for text, relation, by in ((rule.lower, "<=", rule.below), (rule.upper, ">=", rule.above)):
            side = context.parse(text)
            yield near, t.Relation((side, limit.body), (relation,))
            yield context, t.Relation((t.Limit(limit.variable, limit.point, limit.side, side), right), ("=",))
            yield from obligations(site, by, near, side, relation, limit.body)
    elif isinstance(rule, Stationary):
        name, _, value = rule.variable.partition("=")
        v = context.symbols[name.strip()]
        yield context, t.Relation((right, substitute(context.unfold(left), {v: context.unfold(context.parse(value))})), ("=",))


def _for_all(binders: tuple[t.Binder, ...], relation: t.Expr) -> t.Expr:
    return t.Big("forall", binders, relation) if binders else relation


def _gap(relation: t.Expr) -> t.Expr:
    """Larger minus smaller."""
    core = t.bare(relation)
    assert isinstance(core, t.Relation) and len(core.ops) == 1
    a, b = core.args if core.ops[0] in (">", ">=") else core.args[::-1]
    return t.Sub(t.Paren(a), t.Paren(b))


def _summand(context: Context, node: t.Expr) -> tuple[t.Symbol, t.Expr]:
    core = t.bare(node) if isinstance(t.bare(node), t.Big) else t.bare(context.unfold(node))
    assert isinstance(core, t.Big) and len(core.binders) == 1
    return core.binders[0].symbol, core.body


def _mapping(own: Context, context: Context, at: str) -> dict[t.Symbol, t.Expr]:
    mapping: dict[t.Symbol, t.Expr] = {}
    for item in filter(None, (part.strip() for part in at.split(";"))):
        name, _, value = item.partition("=")
        mapping[own.symbols[name.strip()]] = t.Paren(context.unfold(context.parse(value)))
    for symbol, value in list(mapping.items()):
        for size, actual in zip(symbol.type.shape, t.shape_of(value), strict=True):
            if isinstance(size, t.Symbol) and size != actual:
                mapping[size] = actual
    return mapping


def instance_of_lemma(card: c.Card, context: Context, name: str, at: str) -> tuple[t.Expr, list[t.Expr]]:
    """A lemma's claim at its arguments, and what says that they lie in the domains."""
    card_name, _, key = name.rpartition(".")
    other = load(card_name) if card_name else card
    derivation = other.derivation(key)
    own = other.context.given(derivation.given) if derivation.given else other.context
    mapping = _mapping(own, context, at)
    domains: list[t.Expr] = []
    for symbol, value in mapping.items():
        low, attained, high, closed = t.DOMAINS[symbol.type.domain]
        if symbol.type.shape or symbol.type.domain in ("size", "index", "natural"):
            continue
        if low is not None:
            domains.append(t.Relation((value, t.number(low)), (">=" if attained else ">",)))
        if high is not None:
            domains.append(t.Relation((value, t.number(high)), ("<=" if closed else "<",)))
    return t.Paren(substitute(own.unfold(own.parse(derivation.claim)), mapping)), domains


def label_of_data(site: Site, rule: Rule, seed: int = SEED) -> tuple[str, str]:
    """FALSE if the balls refute something that the data claim, EQUIVALENT (still a valid proof) if nothing, or UNDECIDED."""
    result = EQUIVALENT, ""
    try:
        for context, relation in obligations(site, rule, site.context, site.left, site.op, site.right):
            label, detail = by_balls(context, relation, subject=site.claim, instance=site.derivation.instance, seed=seed)
            if label == FALSE:
                return FALSE, f"{text_of(relation)}: {detail}"
            if label == UNDECIDED:
                result = UNDECIDED, f"{text_of(relation)}: {detail}"
    except (FormulaError, NotShown, KeyError) as error:
        return FALSE, f"cannot be read: {error}"
    return result


# the run ----------------------------------------------------------------------------------------------------


@dataclass
class Run:
    """All that a run found."""

    outcomes: list[Outcome] = field(default_factory=list)
    data: list[tuple[Site, str, Rule, str, str, str]] = field(default_factory=list)  # site, kind, rule, label, detail, kernel
    attacks: int = 0  # false mutants x other rules
    crossed: int = 0  # false mutants x broken data
    failures: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: Counter())  # type: ignore[arg-type]  # name -> seconds

    def table(self) -> str:
        titles = ("mutants", "false", "refuted", "accepted", "equivalent", "(proved)", "undecided")  # accepted: by the kernel
        head = f"{'kind':20}" + "".join(f"{title:>12}" for title in titles)
        lines = [head, "-" * len(head)]
        for kind in (*KINDS, ""):
            own = [o for o in self.outcomes if kind in ("", o.mutant.kind)]
            if not own:
                continue
            false = [o for o in own if o.label == FALSE]
            right = [o for o in own if o.label == EQUIVALENT]
            refuted = sum(bool(o.refuted) for o in false) if any(o.verified for o in own) else "-"
            accepted = sum(o.kernel not in (REJECTED, ELSEWHERE) for o in false)
            proved = sum(o.kernel == ACCEPTED for o in right)
            row = (len(own), len(false), refuted, accepted, len(right), proved, sum(o.label == UNDECIDED for o in own))
            lines.append(f"{kind or 'all':20}" + "".join(f"{number:>12}" for number in row))
        labels = Counter(d[3] for d in self.data)
        accepted_data = Counter(d[3] for d in self.data if d[5] != REJECTED)
        lines += ["", f"data of rules: {len(self.data)} mutants"]
        for label, words in ((FALSE, "claim something false"), (EQUIVALENT, "are not refuted"), (UNDECIDED, "undecided")):
            lines.append(f"  {labels[label]} {words}, of these accepted: {accepted_data[label]}")
        lines.append(f"false steps under other rules: {self.attacks} tries; under broken data: {self.crossed} tries")
        elsewhere = [o for o in self.outcomes if o.kernel == ELSEWHERE]
        lines.append(f"false only where a condition fails that the kernel prints: {len(elsewhere)}")
        lines += [f"  {o.mutant.text}   ({o.point})" for o in elsewhere]
        undecided = [o for o in self.outcomes if o.label == UNDECIDED]
        lines += [f"undecided: {o.mutant.text}   ({o.point})" for o in undecided]
        lines += [
            f"undecided data: {s.label} {k}: {r}   ({why})"
            for s, k, r, label, why, kernel in self.data
            if label == UNDECIDED and kernel != REJECTED
        ]
        lines += [f"FALSE BUT NOT REFUTED BY THE VERIFIER: {o.mutant.text}   ({o.point}; {o.verified})" for o in self.unrefuted]
        lines += [f"FAILURE: {f}" for f in self.failures]
        lines.append("seconds: " + ", ".join(f"{k} {v:.1f}" for k, v in self.seconds.items()))
        return "\n".join(lines)

    @property
    def unrefuted(self) -> list[Outcome]:
        return [o for o in self.outcomes if o.label == FALSE and o.verified is not None and not o.refuted]

    @property
    def undecided(self) -> list[Outcome]:
        return [o for o in self.outcomes if o.label == UNDECIDED]


def run(
    card: str = "",
    *,
    seed: int = SEED,
    every: int = 1,
    whole: str = "derivation",
    other_rules: int = 1,
    cross: int = 1,
    among: tuple[Site, ...] = (),
    only: str = "",
) -> Run:
    """Judge each `every`-th mutant (`only` of one kind) of the cards, or of the steps `among`.

    `other_rules` and `cross` thin the further attacks (0: none).

    `whole`: what the verifier is asked about: the "derivation" up to the mutant, the "step" alone, or nothing ("").
    """
    result = Run()
    clock = time.perf_counter
    count = turn = 0
    for site in among or sites(card):
        false: list[Mutant] = []
        for mutant in (m for m in mutants(site) if only in ("", m.kind)):
            count += 1
            if (count + seed) % every:
                continue
            started = clock()
            label, point = label_of(mutant, seed)
            result.seconds["balls"] += clock() - started
            if point.startswith(ILL_SHAPED):
                continue
            started = clock()
            kernel, reason = _guarded(result, mutant.text, lambda m=mutant: by_kernel(m.site, m.site.step.by, m.op, m.right))
            if kernel == CONDITIONAL and label == FALSE:
                kernel = where_meant(mutant, reason, seed)
            result.seconds["kernel"] += clock() - started
            started = clock()
            verified, refuted = by_verifier(mutant, whole == "step") if whole else (None, "")
            result.seconds["verifier"] += clock() - started
            if refuted and label != FALSE and verified is Level.REFUTED:  # the verifier's points are points as well
                label, point = FALSE, refuted
            outcome = Outcome(mutant, label, point, kernel, verified, refuted)
            result.outcomes.append(outcome)
            if outcome.unsound:
                result.failures.append(f"{mutant.text} is false ({point}), kernel: {kernel}, verifier: {verified}")
            elif verified is Level.CONFLICT:
                result.failures.append(f"{mutant.text} is a CONFLICT: {refuted}")
            if label == FALSE:
                false.append(mutant)
        started = clock()
        for mutant in false:
            turn += 1
            if not other_rules or (turn + seed) % other_rules:
                continue
            for rule in rules_at_hand(site):
                result.attacks += 1
                kernel = _of_false(result, mutant, rule, seed)
                if kernel not in (REJECTED, ELSEWHERE):
                    result.failures.append(f"{mutant.text} is false, but {rule} is {kernel}")
        result.seconds["other rules"] += clock() - started
        started = clock()
        broken_rules = [] if only else list(data_mutants(site))
        for place, (kind, rule) in enumerate(broken_rules):
            if (place + seed) % every:
                continue
            label, detail = label_of_data(site, rule, seed)
            kernel, _ = _guarded(result, f"{site.label} {rule}", lambda s=site, r=rule: by_kernel(s, r, s.op, s.right))
            result.data.append((site, kind, rule, label, detail, kernel))
            if label == FALSE and kernel != REJECTED:
                result.failures.append(f"{site.label} data {kind}: {rule} is {kernel}, but {detail}")
        result.seconds["data"] += clock() - started
        started = clock()
        pairs = [(m, r) for m in false for _, r in broken_rules] if cross else []
        for mutant, rule in pairs[seed % (cross or 1) :: cross or 1]:
            result.crossed += 1
            kernel = _of_false(result, mutant, rule, seed)
            if kernel not in (REJECTED, ELSEWHERE):
                result.failures.append(f"{mutant.text} is false, but {rule} is {kernel}")
        result.seconds["crossed"] += clock() - started
    return result


def _of_false(result: Run, mutant: Mutant, rule: Rule, seed: int) -> str:
    """What a rule makes of a false mutant."""
    kernel, reason = _guarded(result, mutant.text, lambda: by_kernel(mutant.site, rule, mutant.op, mutant.right))
    return where_meant(mutant, reason, seed) if kernel == CONDITIONAL else kernel


def _guarded(result: Run, what: str, ask: Callable[[], tuple[str, str]]) -> tuple[str, str]:
    try:
        return ask()
    except Exception as error:
        result.failures.append(f"{what}: the checker crashed with {type(error).__name__}: {error}")
        return REJECTED, "crashed"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.mutation", description=__doc__.partition("\n")[0])
    parser.add_argument("--card", default="", help="one card only")
    parser.add_argument("--seed", type=int, default=SEED, help="of the balls that label")
    parser.add_argument("--every", type=int, default=1, help="judge each k-th mutant")
    parser.add_argument("--kind", default="", choices=KINDS, help="one kind of mutant only, without the further attacks")
    parser.add_argument("--quick", action="store_true", help="no other rules, no crossed data, no whole verifier")
    parser.add_argument("--statements", action="store_true", help="the true statements of the tests instead of the cards")
    parser.add_argument("--rewrites", action="store_true", help="the meaning-preserving rewrites as well")
    chosen = parser.parse_args(arguments)
    further = 0 if chosen.quick or chosen.kind else 1
    quick = {"whole": "" if chosen.quick else "derivation", "other_rules": 4 * further, "cross": 40 * further}
    among = sites_of_statements() if chosen.statements else ()
    result = run(chosen.card, seed=chosen.seed, every=chosen.every, among=among, only=chosen.kind, **quick)
    print(result.table())
    bad = bool(result.failures) or not result.outcomes
    if chosen.rewrites:
        from tests.proof import rewrites

        bad |= rewrites.main(["--card", chosen.card] if chosen.card else []) != 0
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())

"""Hypotheses solved for what they are about: `s^2 = v; s > 0` as s = sqrt(v), `(t + 1) m[t + 1] = ...` as m[t + 1] = ..."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute, with_part
from mathcore.proof.faults import FAILS
from mathcore.proof.prover.lemmas import claim_scope
from mathcore.proof.prover.parts import factors, product_of, solution, summands, total
from mathcore.proof.scope import text_of

ZERO = t.number(0)


FURTHEST = 12  # entries of sequences that are written out one after the other


def solved(context: Context, spoken: frozenset[t.Symbol] = frozenset()) -> tuple[Context, dict[str, tuple[str, ...]]]:
    """The same hypotheses, solved, and how the author wrote each one that is written otherwise.

    What is `spoken` of is one letter, and no letter for every value of which a hypothesis is meant.
    """
    told: dict[str, tuple[str, ...]] = {}
    hypotheses: list[t.Expr] = []
    for hypothesis in context.hypotheses:
        moved = _from_the_first(context, hypothesis, spoken)
        new, signed = _root(context, hypothesis)
        new = new or _entry(context, moved or hypothesis) or ([moved] if moved else [])
        for one in new or [hypothesis]:
            if new:
                told[text_of(one)] = (text_of(hypothesis), *signed)
            hypotheses.append(one)
    return (replace(context, hypotheses=tuple(hypotheses)), told) if told else (context, told)


def _from_the_first(context: Context, hypothesis: t.Expr, spoken: frozenset[t.Symbol]) -> t.Expr | None:
    """a[t + 1] = a[t] + 2 for a[t] = a[t - 1] + 2: there is no entry before the first."""
    core = t.bare(hypothesis)
    if not isinstance(core, t.Relation):
        return None
    places = [t.bare(p) for n in t.walk(core) if isinstance(n, t.Index) for p in n.indices]
    back = [(p.left, int(p.right.value)) for p in places if isinstance(p, t.Sub) and isinstance(p.right, t.Number)]
    letters = {letter for letter, _ in back}
    if len(letters) != 1 or not isinstance(letter := letters.pop(), t.Symbol) or letter.type.minimum:
        return None
    if letter.type.domain != "natural" or not _is_any(context.hypotheses, letter, spoken):
        return None
    by = max(step for _, step in back)

    def moved(node: t.Expr) -> t.Expr:
        match node:
            case t.Sub(a, t.Number(n, _)) if a == letter:
                return letter if n == by else t.Add(letter, t.number(by - n))
            case t.Add(a, t.Number(n, _)) if a == letter:
                return t.Add(letter, t.number(by + n))
            case t.Symbol() if node == letter:
                return t.Add(letter, t.number(by))
        return t.map_children(node, moved if isinstance(node, t.Index) else bracketed)

    def bracketed(child: t.Expr) -> t.Expr:
        new = moved(child)
        return t.Paren(new) if child == letter else new

    return moved(core)


def _root(context: Context, hypothesis: t.Expr) -> tuple[list[t.Expr], list[str]]:
    """s = sqrt(v), what its sign says of v, and the hypotheses about that sign."""
    core = t.bare(hypothesis)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return [], []
    power, value = t.bare(core.args[0]), core.args[1]
    match power:
        case t.Pow(base, t.Number(two, _)) if two == 2 and isinstance(s := t.bare(base), t.Symbol) and not s.type.shape:
            if s in t.free_symbols(context.unfold(value)) or s.type.domain not in ("real", "positive", "nonnegative"):
                return [], []
            signs = {o: text_of(h) for h in context.hypotheses if (o := _bound(t.bare(h), s))}
            strict = s.type.domain == "positive" or ">" in signs
            if strict or s.type.domain == "nonnegative" or ">=" in signs:
                root = t.Relation((s, t.Call("sqrt", (value,))), ("=",))
                declared = s.type.domain == "positive" or (s.type.domain == "nonnegative" and not strict)
                used = [] if declared else [signs[">" if strict else ">="]]
                return [root, t.Relation((value, ZERO), (">" if strict else ">=",))], used
    return [], []


def _bound(node: t.Expr, s: t.Symbol) -> str:
    match node:
        case t.Relation((one, other), (op,)) if t.bare(one) == s and t.bare(other) == ZERO:
            return op
        case t.Relation((one, other), (op,)) if t.bare(other) == s and t.bare(one) == ZERO:
            return {"<": ">", "<=": ">="}.get(op, "")
    return ""


def _entry(context: Context, hypothesis: t.Expr) -> list[t.Expr] | None:
    """u[t + 1] = value where the hypothesis is linear in u[t + 1], the one entry of u that is furthest on."""
    core = t.bare(hypothesis)
    if not isinstance(core, t.Relation) or core.ops != ("=",) or isinstance(t.bare(core.args[0]), t.Index):
        return None
    nodes = [n for side in core.args for n in t.walk(context.unfold(side)) if isinstance(n, t.Index)]
    for entry in nodes:
        if t.shape_of(entry.base)[:1] != (t.NATURALS,) or not isinstance(t.bare(entry.indices[0]), t.Add):
            continue
        if any(t.same(e.base, entry.base) and not t.same(e, entry) and isinstance(t.bare(e.indices[0]), t.Add) for e in nodes):
            continue
        terms = [*summands(core.args[0]), *((-sign, term) for sign, term in summands(core.args[1]))]
        with_entry, others = [], []
        for sign, term in terms:
            parts = factors(term)
            mine = [p for p in parts if t.same(p[1], entry)]
            rest = [p for p in parts if not t.same(p[1], entry)]
            if not mine:
                others.append((-sign, term))
            elif mine != [(1, mine[0][1])] or any(entry in t.walk(p) for _, p in rest):
                return None
            else:
                with_entry.append((sign, product_of(rest)))
        factor = total(with_entry)
        if any(entry in t.walk(p) for _, p in others) or not with_entry:
            return None
        scope = claim_scope(replace(context, hypotheses=()), factor)
        with suppress(*FAILS):
            normal = scope.normal()
            if normal.facts.nonzero(normal.read(context.unfold(factor))):
                return [t.Relation((entry, t.Div(t.Paren(total(others)), t.Paren(factor))), ("=",))]
    return None


@dataclass(frozen=True)
class Rewritten:
    """A claim with what hypotheses give put in its place: what proves it proves the claim as it was."""

    context: Context
    claim: t.Expr
    used: tuple[t.Expr, ...]
    equivalent: bool = True  # what refutes it refutes the claim as it was
    said: Mapping[str, str] = field(default_factory=dict)  # what hypotheses became -> as they were said


def rewritten(context: Context, claim: t.Expr) -> Iterator[Rewritten]:
    """Backward recurrences solved, forward ones written out, letters that an equation gives."""
    if (found := without_defined(context, claim)) is not None:
        yield found
    if (unrolled := _unrolled(context, claim)) is not None:
        yield unrolled
    for place, hypothesis in enumerate(context.hypotheses):
        for letter in sorted(t.free_symbols(hypothesis) & t.free_symbols(context.unfold(claim)), key=lambda s: s.name):
            one = solution(hypothesis, letter) if letter.type == t.Type("real") else None
            if one is not None and not one.nonzero and not any(isinstance(n, LOCAL) for n in t.walk(context.unfold(claim))):
                move: dict[t.Symbol, t.Expr] = {letter: t.Paren(one.value)}
                rest = (*context.hypotheses[:place], *context.hypotheses[place + 1 :])
                kept = tuple(substitute(context.unfold(h), move) for h in rest)
                inside = list(t.walk(context.unfold(hypothesis)))
                linear = not any(isinstance(n, (t.Call, t.Div, t.Pow, t.Index)) for n in inside)
                new = substitute(context.unfold(claim), move)
                said = {text_of(one): text_of(h) for one, h in zip(kept, rest, strict=True)}
                yield Rewritten(replace(context, hypotheses=kept), new, (hypothesis,), linear, said)


def _is_any(hypotheses: Iterable[t.Expr], letter: t.Symbol, spoken: frozenset[t.Symbol]) -> bool:
    """Whether hypotheses are meant of every value of a letter: none of them is about letters alone."""
    about = (t.free_symbols(h) for h in hypotheses if letter in t.free_symbols(h))
    return letter not in spoken and all(any(s.type.shape for s in free) for free in about)


LOCAL = (t.Derivative, t.Limit, t.At)


def _unrolled(context: Context, claim: t.Expr) -> Rewritten | None:
    """With u[T + 1] = f(u[T]) put in for the entries of u as long as there are later ones."""
    rules = []
    for hypothesis in context.hypotheses:
        core = t.bare(hypothesis)
        if not isinstance(core, t.Relation) or core.ops != ("=",) or not isinstance(entry := t.bare(core.args[0]), t.Index):
            continue
        match tuple(map(t.bare, entry.indices)):
            case (t.Add(t.Symbol() as letter, t.Number(step, _)),) if letter.type.domain == "natural" and _is_any(
                context.hypotheses, letter, context.fixed
            ):
                rules.append((entry.base, letter, int(step), core.args[1], hypothesis))
    spoken = frozenset().union(*(t.free_symbols(value) - {letter} for _, letter, _, value, _ in rules))
    node, used = _without_captures(context.unfold(claim), spoken), dict[t.Expr, None]()
    if node is None:
        return None
    for _ in range(FURTHEST):
        for base, letter, least, value, hypothesis in rules:
            found = next(
                (n for n in t.walk(node) if isinstance(n, t.Index) and n.base == base and _beyond(n, least, letter.type.minimum)),
                None,
            )
            if found is not None:
                at = t.bare(found.indices[0])
                assert isinstance(at, t.Add) and isinstance(at.right, t.Number)
                left = int(at.right.value) - least
                place = t.Add(at.left, t.number(left)) if left else at.left
                node = with_part(node, found, t.Paren(_plain(substitute(value, {letter: place}))))
                used[hypothesis] = None
                break
        else:
            break
    return Rewritten(context, node, tuple(used)) if used else None


def _beyond(entry: t.Index, step: int, first: int) -> bool:
    """Whether an entry is `step` places after one that is at `first` or later."""
    match tuple(map(t.bare, entry.indices)):
        case (t.Add(t.Symbol() as letter, t.Number(n, _)) as place,):
            return letter.type.domain == "natural" and n.denominator == 1 and n >= step and _least(place) >= step + first
    return False


def _least(place: t.Expr) -> Fraction:
    """A number below which a place in a sequence is not, by its form."""
    match t.bare(place):
        case t.Number(n, _):
            return n
        case t.Symbol(_, kind):
            return Fraction(max(kind.minimum, int(kind.domain in ("size", "index"))))
        case t.Add(a, b):
            return _least(a) + _least(b)
    return Fraction(0)


def _plain(node: t.Expr) -> t.Expr:
    """Places T + 1 + 1 as T + 2."""
    match node:
        case t.Add(t.Add(a, t.Number(m, _)) | t.Paren(t.Add(a, t.Number(m, _))), t.Number(n, _)) if isinstance(a, t.Symbol):
            return t.Add(a, t.number(m + n))
    return t.map_children(node, _plain)


def without_defined(context: Context, claim: t.Expr) -> Rewritten | None:
    """G[t] = r[t] + q G[t + 1] gives r[t] wherever the claim speaks of it: what is still to come is free."""
    for place, hypothesis in enumerate(context.hypotheses):
        found = _backward(context, hypothesis)
        rest = (*context.hypotheses[:place], *context.hypotheses[place + 1 :])
        if found is None or any(found[0] in t.free_symbols(context.unfold(h)) for h in rest):
            continue
        array, letter, value = found
        node = _without_captures(context.unfold(claim), t.free_symbols(value) - {letter})
        if node is None or array not in t.free_symbols(node):
            continue
        if any(isinstance(n, t.Index) and n.base == array and _least(n.indices[0]) < letter.type.minimum for n in t.walk(node)):
            continue  # what is said begins later
        new = _put(node, *found)
        if _is_any(context.hypotheses, letter, context.fixed) and array not in t.free_symbols(new):
            return Rewritten(replace(context, hypotheses=rest), new, (hypothesis,), _leaves_all_free(context, value, letter))
    return None


def _leaves_all_free(context: Context, value: t.Expr, letter: t.Symbol) -> bool:
    """Whether an array that is free can take this value whatever the other letters are: it always has one, and names no other
    letter that is meant of every value."""
    plain = (t.Add, t.Sub, t.Mul, t.Neg, t.Paren, t.Number, t.Symbol, t.Index)
    others = {s for s in t.free_symbols(value) if s.type.domain in ("index", "natural") and not s.type.shape} - {letter}
    return all(isinstance(n, plain) for n in t.walk(context.unfold(value))) and others <= context.fixed


def _without_captures(node: t.Expr, letters: frozenset[t.Symbol]) -> t.Expr | None:
    """With other names for its bound letters where they are among these, so that what holds these can be put in.

    None where it differentiates by one of them: what is put in would depend on it, and what it stands for does not.
    """
    nodes = list(t.walk(node))
    if any(isinstance(n, t.Derivative) and t.free_symbols(n.variable) & letters for n in nodes):
        return None
    if not letters & {s for n in nodes for s in t.bound_symbols(n)}:
        return node
    letter = min(letters, key=lambda s: s.name)
    return substitute(node, {t.fresh(letter): letter})  # which renames every bound letter


def _put(node: t.Expr, array: t.Symbol, letter: t.Symbol, value: t.Expr) -> t.Expr:
    """With the value in place of every entry of the array."""
    if isinstance(node, t.Index) and node.base == array:
        return t.Paren(substitute(value, {letter: t.Paren(_put(node.indices[0], array, letter, value))}))
    return t.map_children(node, lambda child: _put(child, array, letter, value))


def _backward(context: Context, hypothesis: t.Expr) -> tuple[t.Symbol, t.Symbol, t.Expr] | None:
    """r, t and G[t] - q G[t + 1]."""
    core = t.bare(hypothesis)
    if not isinstance(core, t.Relation) or core.ops != ("=",) or not isinstance(entry := t.bare(core.args[0]), t.Index):
        return None
    inside = [n for n in t.walk(context.unfold(core.args[1])) if isinstance(n, t.Index)]
    if not any(t.same(n.base, entry.base) and isinstance(t.bare(n.indices[0]), t.Add) for n in inside):
        return None
    terms = summands(core.args[1])
    for place, (sign, term) in enumerate(terms):
        one = t.bare(term)
        if not (isinstance(one, t.Index) and one.indices == entry.indices and isinstance(one.base, t.Symbol)):
            continue
        letter = t.bare(one.indices[0])
        if one.base.type != t.Type("real", (t.NATURALS,)) or not isinstance(letter, t.Symbol):
            continue
        if one.base != entry.base and sum(n.base == one.base for n in inside) == 1:
            rest = [(-sign * s, p) for s, p in (*terms[:place], *terms[place + 1 :])]
            return one.base, letter, total([(sign, entry), *rest])
    return None

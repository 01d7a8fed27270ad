"""What is shown before a claim is tried: signs of divisors, shares that are at most 1, sums that close or keep a slack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import comb

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check
from mathcore.proof.faults import FAILS
from mathcore.proof.kernel.atom import Denominator, Entry, Range, Sum
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import UNIT, ZERO, KernelError, Poly, of
from mathcore.proof.prover.certificates import Search
from mathcore.proof.prover.holes import Hole, filled
from mathcore.proof.prover.inductions import by_induction
from mathcore.proof.prover.inequalities import find, searching
from mathcore.proof.prover.lemmas import claim_scope
from mathcore.proof.prover.trees import Writer
from mathcore.proof.rules.order import UP
from mathcore.proof.scope import NotShown, Scope, Trace, text_of
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.geometric import Geometric
from mathcore.rules.split import Case, Split
from mathcore.rules.telescope import Telescope

HIGHEST = 6  # power of a counted number whose sums are closed
Shown = tuple[t.Expr, Trace]


def prepared(context: Context, claim: t.Expr, left: t.Expr, op: str, right: t.Expr) -> list[Shown]:
    """What is shown before the claim is tried: signs of divisors and arguments, shares that are at most 1, closed sums."""
    scope = claim_scope(context, claim)
    shown: list[Shown] = []
    sized = any(isinstance(n, t.Call) and n.name == "abs" for side in (left, right) for n in t.walk(scope.unfold(side)))
    own_shares = () if sized else shares(scope)  # with them, the sign of what stands in |...| is sought in vain for long
    for relation, ways_ in (*own_shares, *two_of_all(scope, left, right), *signs(scope, left, right)):
        trace = Trace()
        own = replace(scope, trace=trace, context=context.assuming(*(r for r, _ in shown)))
        for way in ways_:
            try:
                way(own)
            except FAILS:
                continue
            if not trace.conditions:
                shown.append((relation, trace))
                break
    shown += closed_sums(replace(scope, context=context.assuming(*(r for r, _ in shown))), left, right)
    shown += with_slack(replace(scope, context=context.assuming(*(r for r, _ in shown))), left, op, right)
    for relation in totals(replace(scope, context=context.assuming(*(r for r, _ in shown))), left, op, right):
        trace = Trace()
        own = replace(scope, trace=trace, context=context.assuming(*(r for r, _ in shown)))
        with suppress(*FAILS):
            find(own, relation.args[0], "<=", relation.args[1], 1)
            if not trace.conditions:
                shown.append((relation, trace))
    return shown


Show = Callable[[Scope], object]


def shares(scope: Scope) -> Iterator[tuple[t.Expr, list[Show]]]:
    """P[k] <= 1 where the P[k] >= 0 sum to 1 by a hypothesis."""
    for hypothesis in scope.context.hypotheses:
        core = t.bare(hypothesis)
        if not isinstance(core, t.Relation) or core.ops != ("=",) or core.args[1] != t.number(1):
            continue
        total = t.bare(core.args[0])
        if not isinstance(total, t.Big) or total.op != "sum" or len(total.binders) != 1 or total.binders[0].lower is not None:
            continue
        entry, bound = t.bare(total.body), total.binders[0].symbol
        if isinstance(entry, t.Index) and isinstance(entry.base, t.Symbol) and entry.indices == (bound,):
            if entry.base.type.domain in ("positive", "nonnegative"):
                letter = Writer(scope.context, scope.subject).letters(t.size_of(bound), 1)[0]
                one = t.Index(entry.base, (letter,))
                every = t.Big("forall", (t.Binder(letter),), t.Relation((one, t.number(1)), ("<=",)))
                yield every, [partial(_at_most_one, one=one, letter=letter)]


def _at_most_one(scope: Scope, one: t.Expr, letter: t.Symbol) -> object:
    return find(_about(scope, letter), one, "<=", t.number(1), 0)


def two_of_all(scope: Scope, left: t.Expr, right: t.Expr) -> Iterator[tuple[t.Expr, list[Show]]]:
    """a[i] + a[j] <= sum(k: a[k]) for i != j and terms >= 0; for a distribution the sum is 1."""
    pairs_ = [tuple(sorted(pair, key=lambda s: s.name)) for pair in scope.normal().facts.distinct if len(pair) == 2]
    if not pairs_:
        return
    writer, normal = Writer(scope.context, scope.subject), scope.normal()
    sides, here = [scope.unfold(left), scope.unfold(right)], set(scope.context.symbols.values())
    bodies: dict[t.Expr, t.Expr] = {}  # with the letter k, and what they sum to
    for i, j in pairs_:
        letter = writer.letters(t.size_of(i), 1)[0]
        bodies.update(_totals(sides, here, letter))
        for body, total in list(bodies.items())[:2]:
            try:
                if not normal.facts.nonnegative(normal.read(body)):
                    continue
            except KernelError:
                continue
            both = t.Add(t.Paren(substitute(body, {letter: i})), t.Paren(substitute(body, {letter: j})))
            weight = f"(1 - delta({letter.name}, {i.name})) (1 - delta({letter.name}, {j.name})) ({text_of(body)})"
            rule = Certificate((Term(weight, over=letter.name),))
            yield (
                t.Relation((both, total), ("<=",)),
                [partial(check, rule, left=both, op="<=", right=total)],
            )


def _totals(sides: list[t.Expr], here: set[t.Symbol], letter: t.Symbol) -> Iterator[tuple[t.Expr, t.Expr]]:
    """What is summed over all values of a letter, and the sum."""
    size = t.size_of(letter)
    spoken = {s for side in sides for s in t.free_symbols(side)}
    for array in sorted((s for s in spoken if s.type.shape == (size,)), key=lambda s: s.name):
        if array.type.domain in ("simplex", "onehot"):
            yield t.Index(array, (letter,)), t.number(1)
    for node in (n for side in sides for n in t.walk(side)):
        if isinstance(node, t.Big) and node.op == "sum" and len(node.binders) == 1 and node.binders[0].lower is None:
            if t.size_of(node.binders[0].symbol) == size and t.free_symbols(node) <= here:
                yield substitute(node.body, {node.binders[0].symbol: letter}), node


def _about(scope: Scope, letter: t.Symbol) -> Scope:
    """The same scope for a claim that speaks of one index more."""
    return _besides(scope, t.Relation((letter, letter), ("=",)))


def _besides(scope: Scope, relation: t.Expr) -> Scope:
    """The same scope for a claim that says this as well: what is one letter in the claim is one letter here."""
    return replace(scope, subject=relation if scope.subject is None else t.And((scope.subject, relation)))


def signs(scope: Scope, left: t.Expr, right: t.Expr) -> Iterator[tuple[t.Expr, list[Show]]]:
    """Divisors, and arguments of roots and logarithms, whose sign is not seen at once: > 0, or else >= 0."""
    zero = t.number(0)
    for part in _of_unseen_sign(scope.context, left, right)[:4]:
        try:
            normal = scope.normal()
            known = normal.read(part)
        except KernelError:
            continue
        if normal.facts.positive(known) or not known:
            continue
        ends = [
            s.name for s in sorted(t.free_symbols(part), key=lambda s: s.name) if s.type.domain == "unit" and not s.type.shape
        ]

        def split(s: Scope, part: t.Expr = part, ends: list[str] = ends) -> object:
            if len(ends) != 1:
                raise NotShown("no end to split at")
            inner = Split((Case(f"{ends[0]} = 0", Hole(0)), Case(f"{ends[0]} > 0", Hole(0))))
            return check(filled(inner, searching(s), part, ">", zero), s, part, ">", zero)

        yield t.Relation((part, zero), (">",)), [partial(find, left=part, op=">", right=zero, depth=0), split]
        if not normal.facts.nonnegative(known):
            yield t.Relation((part, zero), (">=",)), [partial(find, left=part, op=">=", right=zero, depth=0)]


def _of_unseen_sign(context: Context, left: t.Expr, right: t.Expr) -> list[t.Expr]:
    """Divisors, bases of computed powers and arguments of roots and logarithms that are more than a letter, each once."""
    wanted: list[t.Expr] = []
    for node in (n for side in (left, right) for n in t.walk(context.unfold(side))):
        match node:
            case t.Call("log" | "sqrt", (part,)) | t.Div(_, part):
                pass
            case t.Pow(part, exponent) if not isinstance(t.bare(exponent), t.Number):
                pass
            case _:
                continue
        if isinstance(t.bare(part), (t.Symbol, t.Number, t.Index)) or any(t.same(part, w) for w in wanted):
            continue
        if all(context.symbols.get(s.name) == s for s in t.free_symbols(part)):
            wanted.append(part)
    return wanted


def closed_sums(scope: Scope, left: t.Expr, right: t.Expr) -> list[tuple[t.Relation, Trace]]:
    """sum(s = a..b: (c + d s) r^s) without a sum, for the sums over ranges in the claim."""
    nodes = (n for side in (left, right) for n in t.walk(scope.unfold(side)))
    if not any(isinstance(n, t.Big) and n.op == "sum" for n in nodes):
        return []
    try:
        normal = scope.normal()
        gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    except KernelError:
        return []
    shown: list[tuple[t.Relation, Trace]] = []
    writer = Writer(scope.context, scope.subject)
    inner = [
        n for side in (left, right) for n in t.walk(scope.unfold(side)) if isinstance(n, t.Big) and n.op == "sum" and _counts(n)
    ]
    for node in inner[:2]:  # also where it is hidden in |...|
        with suppress(KernelError):
            gap = gap + normal.read(node)
    for atom in _ranges(normal, gap)[:4]:
        whole, closed = writer.tree(of(atom)), None
        for find_closed in (_closed, _closed_fractions, _closed_powers):
            with suppress(*FAILS):
                closed = writer.tree(find_closed(normal, atom))
                break
        if closed is None:
            continue
        for rule in (Geometric(), Telescope()):
            trace = Trace()
            try:
                check(rule, replace(scope, trace=trace), whole, "=", closed)
            except FAILS:
                continue
            if not trace.conditions:
                shown.append((t.Relation((whole, closed), ("=",)), trace))
                break
    return shown


def with_slack(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> list[Shown]:
    """sum(k = a..T: f(k)) <= c - 1 / T by induction, where only sum <= c, or < c, is claimed: too little to go on with."""
    small, large = (left, right) if op in UP else (right, left)
    core = t.bare(scope.unfold(small))
    if op == "=" or not (isinstance(core, t.Big) and core.op == "sum" and core.binders[0].upper is not None):
        return []
    last = t.bare(core.binders[0].upper)
    divides = any(
        isinstance(n, t.Div) or (isinstance(n, t.Pow) and isinstance(t.bare(n.exponent), t.Neg)) for n in t.walk(core.body)
    )
    if not isinstance(last, t.Symbol) or last in t.free_symbols(scope.unfold(large)) or not divides:
        return []
    for rest in (last, t.Paren(t.Add(last, t.number(1)))):
        relation = t.Relation((small, t.Sub(t.Paren(large), t.Div(t.number(1), rest))), ("<=",))
        trace = Trace()
        with suppress(*FAILS):
            by_induction(_besides(replace(scope, trace=trace), relation), relation.args[0], "<=", relation.args[1])
            if not trace.conditions:
                return [(relation, trace)]
    return []


def totals(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> list[t.Relation]:
    """B / A sum(w) <= 1 where A sum(w u^2) stands beside B sum(w u)^2, over a range: Jensen's weights are at most 1 together."""
    nodes = (n for side in (left, right) for n in t.walk(scope.unfold(side)))
    if op == "=" or not any(isinstance(n, t.Big) and (n.binders[0].lower is not None or _counts(n)) for n in nodes):
        return []
    try:
        search = Search(scope, left, op, right)
        search.squares_about()
    except FAILS:
        return []
    return [t.Relation((search.writer.tree(UNIT - rest), t.number(1)), ("<=",)) for rest in search.rests[:2]]


def _counts(node: t.Big) -> bool:
    """Whether an index stands as a number in an exponent: sum(k: b^(n - k) g[k])."""
    powers = (n for n in t.walk(node.body) if isinstance(n, t.Pow))
    return any(node.binders[0].symbol in t.free_symbols(p.exponent) for p in powers)


def _ranges(normal: Normal, gap: Poly) -> list[Range]:
    """The sums over ranges in the claim, and the sums of their weights: of what stands beside entries of arrays."""
    found = sorted({a for m in gap.terms for a, _ in m if isinstance(a, Range)})
    weights: dict[Range, None] = {}
    for atom in found:
        one = atom.body.single()
        rest = tuple(f for f in one[0] if not isinstance(f[0], Entry)) if one is not None else ()
        if one is not None and rest and rest != one[0]:
            with suppress(KernelError):
                total = normal.range_sum(atom.variable, atom.low, atom.high, Poly({rest: Fraction(1)}))
                weights |= dict.fromkeys(sorted(a for a in total.atoms() if isinstance(a, Range)))
    for summed in sorted({a for m in gap.terms for a, _ in m if isinstance(a, Sum) and len(a.binders) == 1}):
        (name,) = summed.binders
        rest = tuple(f for f in summed.body if not isinstance(f[0], Entry) and name in f[0].free)
        if rest and rest != summed.body:
            with suppress(KernelError):
                total = normal.sum(name, Poly({rest: Fraction(1)}))
                weights |= dict.fromkeys(sorted(a for a in total.atoms() if isinstance(a, Range)))
    return list(dict.fromkeys((*found, *weights)))


def _closed(normal: Normal, atom: Range) -> Poly:
    """F(b + 1) - F(a) with F(s + 1) - F(s) = (c + d s) r^s, that is F(s) = (A + B s) r^s."""
    variable, body, low, high = atom.variable, atom.body, atom.low, atom.high
    place = normal.symbol(variable)
    (counter,) = place.atoms()
    power, parts = None, {Fraction(0): ZERO, Fraction(1): ZERO}
    for m, v in body.terms.items():
        own = tuple((a, e) for a, e in m if a is not counter and variable in a.free)
        rest = tuple((a, e) for a, e in m if variable not in a.free)
        degree = dict(m).get(counter, Fraction(0))
        if (power is not None and own != power) or degree not in parts or not own:
            raise NotShown("no sum of (c + d s) r^s")
        power, parts[degree] = own, parts[degree] + Poly({rest: v})
    factor = Poly({power or (): Fraction(1)})
    after = normal.substitute(factor, {variable: place + UNIT})
    ratio = normal.multiply(after, normal.inverse(factor))
    small = normal.facts.positive(UNIT - normal.absolute(ratio))
    if variable in ratio.free or not (small or normal.facts.nonzero(UNIT - ratio)):
        raise NotShown("the ratio of the powers may be 1")
    above = normal.facts.positive(ratio - UNIT)  # then what divides is positive as it is written
    down = normal.inverse(ratio - UNIT) if above else -normal.inverse(UNIT - ratio)  # 1 / (r - 1)
    slope = normal.multiply(parts[Fraction(1)], down)
    start = normal.multiply(parts[Fraction(0)] - normal.multiply(slope, ratio), down)
    whole = normal.multiply(start + normal.multiply(slope, place), factor)
    ends = [normal.substitute(whole, {variable: end}) for end in (high + UNIT, low)]
    return ends[0] - ends[1]


def _closed_powers(normal: Normal, atom: Range) -> Poly:
    """c_0 + c_1 s + c_2 s^2 + ..., summed: the sums of s^d over s = 1..x are polynomials in x."""
    variable, body, low, high = atom.variable, atom.body, atom.low, atom.high
    (counter,) = normal.symbol(variable).atoms()
    degrees = {dict(m).get(counter, Fraction(0)) for m in body.terms}
    if not all(d.denominator == 1 and 0 <= d <= HIGHEST for d in degrees):
        raise NotShown("no polynomial in what is counted")

    def up_to(end: Poly, degree: int) -> Poly:
        """1^d + ... + x^d, from (x + 1)^(d + 1) - 1, in which all of them stand."""
        total = normal.power(end + UNIT, degree + 1) - UNIT
        for lower in range(degree):
            total = total - up_to(end, lower).scale(comb(degree + 1, lower))
        return total.scale(Fraction(1, degree + 1))

    total = ZERO
    for m, v in body.terms.items():
        rest = tuple(f for f in m if f[0] is not counter)
        if any(variable in a.free for a, _ in rest):
            raise NotShown("no polynomial in what is counted")
        degree = int(dict(m).get(counter, Fraction(0)))
        whole = up_to(high, degree) - up_to(low - UNIT, degree)
        total = total + normal.multiply(Poly({rest: v}), whole)
    return total


def _closed_fractions(normal: Normal, atom: Range) -> Poly:
    """c / ((s + a) (s + b)) with b - a a natural number, summed: what is left of 1 / (s + a) - 1 / (s + b) at the ends."""
    variable, body, low, high = atom.variable, atom.body, atom.low, atom.high
    one = body.single()
    own = [(a, e) for a, e in one[0] if variable in a.free] if one is not None else []
    if one is None or len(own) != 2 or any(e != -1 for _, e in own):
        raise NotShown("no product of two fractions")
    place, shifts, scale = normal.symbol(variable), [], Fraction(1)
    for a, _ in own:
        below = a.value if isinstance(a, Denominator) else of(a)
        slope: Fraction = below.terms.get(next(iter(place.terms)), Fraction(0))
        shift = below - place.scale(slope)
        if not slope or variable in shift.free:
            raise NotShown("a divisor is not linear in what is counted")
        scale /= slope
        shifts.append(shift.scale(1 / slope))
    apart = (shifts[1] - shifts[0]).constant()
    if apart is None or apart.denominator != 1 or not 0 < abs(apart) <= 8:
        raise NotShown("the divisors are no natural number apart")
    first = shifts[0] if apart > 0 else shifts[1]
    outside = Poly({tuple(f for f in one[0] if f not in own): one[1] * scale / abs(apart)})
    total = ZERO
    for j in range(int(abs(apart))):
        at_ends = [normal.inverse(end + first + UNIT.scale(j)) for end in (low, high + UNIT)]
        total = total + at_ends[0] - at_ends[1]
    return normal.multiply(outside, total)

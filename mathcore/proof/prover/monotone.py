"""Inequalities by functions that only rise or only fall: compared arguments, slopes, what holds at a point and from there on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial, reduce

from flint import fmpz

from mathcore.language import tree as t
from mathcore.language.substitution import substitute, with_part
from mathcore.proof.faults import FAILS
from mathcore.proof.kernel.atom import Absolute, Apply, BigMax, Denominator, Exp, Log, Prime, Range, Sum
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import UNIT, ZERO, KernelError, Poly, number, of
from mathcore.proof.prover.holes import Hole, Make, filled, filled_later, split_filled
from mathcore.proof.prover.trees import Writer, loose_letter
from mathcore.proof.rules.order import UP, gap_of
from mathcore.proof.scope import NotShown, Scope, text_of
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.monotone import Monotone
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case, Split
from mathcore.rules.squared import Squared
from mathcore.rules.use import Use

DEEPEST = 4  # derivatives of derivatives that are looked into
INTERVALS = ("real", "positive", "nonnegative", "unit")


def applied(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Iterator[Make]:
    """f(a) against f(b) where a hypothesis compares a with b."""
    for hypothesis in scope.context.hypotheses:
        core = t.bare(hypothesis)
        if not isinstance(core, t.Relation) or len(core.ops) != 1 or core.ops[0] not in ("<", "<=", ">", ">="):
            continue
        a, b = core.args
        if core.ops[0] in (">", ">="):
            a, b = b, a
        for one, other in ((a, b), (b, a)):
            name = loose_letter(scope.context, "x")
            domains = {s.type.domain for s in t.free_symbols(t.Sub(a, b)) if not s.type.shape}
            domain = domains.pop() if len(domains) == 1 and domains <= {"real", "positive", "nonnegative"} else "real"
            x = t.Symbol(name, t.Type(domain))
            first, second = (_replaced(scope.unfold(side), part, x) for side, part in ((left, one), (right, other)))
            if first is None or second is None or not t.same(first, second):
                continue
            rule = Monotone(text_of(first), f"{name}: {domain}", text_of(hypothesis), Use(text_of(hypothesis)))
            yield partial(replace, rule)


def two_points(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """g(x) - g(y) where a hypothesis compares the numbers x and y and g rises: what is left of a Lipschitz bound."""
    normal, gap = scope.normal(), None
    for hypothesis in scope.context.hypotheses:
        core = t.bare(hypothesis)
        if not isinstance(core, t.Relation) or len(core.ops) != 1 or core.ops[0] not in ("<", "<=", ">", ">="):
            continue
        large, small = (t.bare(a) for a in (core.args if core.ops[0] in (">", ">=") else core.args[::-1]))
        if not all(isinstance(s, t.Symbol) and not s.type.shape and s.type.domain in INTERVALS for s in (large, small)):
            continue
        assert isinstance(large, t.Symbol) and isinstance(small, t.Symbol)
        if not {large, small} <= t.free_symbols(t.Sub(left, right)):
            continue
        try:
            gap = gap_of(scope, normal, left, op, right) if gap is None else gap
            rising = Poly({m: v for m, v in gap.terms.items() if any(large in a.free for a, _ in m)})
            falling = gap - rising
            if small in rising.free or large in falling.free or not rising or not falling:
                continue
            moved = normal.substitute(falling, {small: normal.symbol(large)})
            if (rising + moved).free & {large}:
                continue
        except FAILS:
            continue
        make = partial(_two_points, scope, rising, large, small, core.ops[0], op, depth)
        yield partial(filled_later, make, scope, left, op, right)


def _two_points(scope: Scope, rising: Poly, large: t.Symbol, small: t.Symbol, known: str, op: str, depth: int) -> Rule:
    order = known if op not in UP else {">": "<", ">=": "<="}.get(known, known)
    up = (large.name, small.name) if order in (">", ">=") else (small.name, large.name)
    if known in ("<", "<="):
        order = {"<": ">", "<=": ">="}[known] if op not in UP else known
        up = (large.name, small.name) if op not in UP else (small.name, large.name)
    name = loose_letter(scope.context, "u")
    u = t.Symbol(name, t.Type(large.type.domain))
    function = substitute(Writer(scope.context, scope.subject).tree(rising), {large: u})
    inner = f"{up[0]} {order} {up[1]}"
    by = Use(f"{large.name} {known} {small.name}" if known in (">", ">=") else f"{small.name} {known} {large.name}")
    return _by_slope(scope, Monotone(text_of(function), f"{name}: {large.type.domain}", inner, by), depth)


def lipschitz(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """|f(x) - f(y)| against what speaks of the same two numbers: whichever is larger, and whatever the sign of the difference."""
    if op not in ("<=", ">="):
        return
    smaller = t.bare(scope.unfold(left if op == "<=" else right))
    if not isinstance(smaller, t.Call) or smaller.name != "abs" or any(len(h.args) == 2 for h in _comparisons(scope)):
        return
    numbers = sorted((s for s in t.free_symbols(smaller) if not s.type.shape), key=lambda s: s.name)
    loose = any(s.type.domain not in INTERVALS or scope.context.symbols.get(s.name) != s for s in numbers)
    if len(numbers) != 2 or loose:
        return
    if any(isinstance(n, t.Call) and n.name in ("abs", "max", "min") for n in t.walk(smaller.args[0])):
        return  # piece by piece linear: the signs are enough
    (x, y), inside = (s.name for s in numbers), text_of(smaller.args[0])

    def signs() -> Split:
        return Split(tuple(Case(f"{inside} {sign} 0", Hole(max(1, depth - 2))) for sign in (">=", "<")))

    yield lambda: filled(Split((Case(f"{x} >= {y}", signs()), Case(f"{x} < {y}", signs()))), scope, left, op, right)


def _comparisons(scope: Scope) -> list[t.Relation]:
    """Hypotheses that compare two numbers."""
    found = [h for h in map(t.bare, scope.context.hypotheses) if isinstance(h, t.Relation) and len(h.ops) == 1]
    return [h for h in found if h.ops[0] != "=" and all(isinstance(t.bare(a), t.Symbol) for a in h.args)]


def same_powers(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """a^T against b^T, or exp(T e), by a against b, or exp(e), where all are >= 0 and T counts."""
    bases: list[str] = []
    exponent = next((t.bare(n.exponent) for n in map(t.bare, (left, right)) if isinstance(n, t.Pow)), None)
    if not isinstance(exponent, t.Symbol) or exponent.type.domain not in ("natural", "size") or op not in ("<=", ">="):
        return
    normal, writer = scope.normal(), Writer(scope.context, scope.subject)
    for side in map(t.bare, (left, right)):
        if isinstance(side, t.Pow) and t.bare(side.exponent) == exponent:
            bases.append(text_of(side.base))
        elif isinstance(side, t.Call) and side.name == "exp":
            try:
                part = normal.exact_quotient(normal.read(scope.unfold(side.args[0])), normal.symbol(exponent))
            except KernelError:
                return
            if part is None or exponent in part.free:
                return
            bases.append(f"exp({text_of(writer.tree(part))})")
    if len(bases) == 2:
        name = loose_letter(scope.context, "x")
        rule = Monotone(f"{name}^{exponent.name}", f"{name}: nonnegative", f"{bases[0]} {op} {bases[1]}", Hole(depth - 1))
        yield lambda: filled(rule, scope, left, op, right)


def sizes_of_squares(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """a^2 against b^2 by |a| against |b|."""
    roots, normal = [], scope.normal()
    for side in (left, right):
        core = t.bare(scope.unfold(side))
        if not isinstance(core, t.Pow) or t.bare(core.exponent) != t.number(2):
            return
        try:
            if any(e.denominator != 1 for m in normal.read(core.base).terms for _, e in m):
                return  # the square of a root is simpler than the root
        except KernelError:
            return
        roots.append(text_of(core.base))
    name = loose_letter(scope.context, "x")
    relation = f"abs({roots[0]}) {op} abs({roots[1]})"
    yield lambda: filled(Monotone(f"{name}^2", f"{name}: nonnegative", relation, Hole(depth - 1)), scope, left, op, right)


def cubes(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Iterator[Make]:
    """a^3 against b^3 by a - b, also below 0: b^3 - a^3 = 3/4 (b - a) (a + b)^2 + 1/4 (b - a)^3."""
    roots = [_cube_root(t.bare(scope.unfold(side))) for side in (left, right)]
    if None in roots or all(isinstance(root, t.Number) for root in roots):
        return
    small, large = map(text_of, roots if op in UP else roots[::-1])
    gap = f"(({large}) - ({small}))"
    yield lambda: Certificate((Term(f"3 {gap} (({large}) + ({small}))^2 / 4"), Term(f"{gap} {gap} {gap} / 4")))


def _cube_root(node: t.Expr) -> t.Expr | None:
    match node:
        case t.Pow(base, t.Number(value)) if value == 3:
            return base
        case t.Number(value):
            root = Fraction(*(int(fmpz(part).root(3)) for part in (abs(value.numerator), value.denominator)))
            return t.number(root) if root**3 == value else None
        case t.Neg(t.Number() as number_):
            root_ = _cube_root(number_)
            return None if root_ is None else t.Neg(root_)
    return None


def _replaced(node: t.Expr, part: t.Expr, x: t.Symbol) -> t.Expr | None:
    """The expression with x wherever the part stood; None if the part's symbols stand elsewhere too."""
    result = with_part(node, part, x)
    return (
        result
        if x in t.free_symbols(result)
        and not t.free_symbols(result) & {s for s in t.free_symbols(part) if s.type.domain != "size"}
        else None
    )


def monotone(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """Compare logarithms by their arguments, exponentials by their exponents, roots by their squares, |x| likewise."""
    try:
        normal = scope.normal()
        gap = gap_of(scope, normal, left, op, right)
    except (KernelError, NotShown):
        return
    step = _Compared(scope, left, op, right, depth, normal, gap, Writer(scope.context, scope.subject))
    by_logs: list[Make] = [step.logarithms] if step.has_plain_logarithms() else []
    rooted = any(e.denominator != 1 for m in gap.terms for _, e in m)  # exp(sqrt(x)) is worse than squares
    yield from by_logs if not rooted else ()
    yield from step.exponents()
    for chosen in _rooted(gap):
        yield from step.root_below(chosen)
    for chosen in _rooted(-gap):
        yield from step.where_it_is_negative(chosen)
    for chosen in _rooted(-gap):
        yield from step.root_above(chosen)
    yield from by_logs if rooted else ()


BINDINGS = {"log": ("log", "positive"), "exp": ("exp", "real"), "sqrt": ("sqrt", "nonnegative")}


@dataclass(frozen=True)
class _Compared:
    """A step, shown by what stands inside its logarithms, exponentials, roots and sizes."""

    scope: Scope
    left: t.Expr
    op: str
    right: t.Expr
    depth: int
    normal: Normal
    gap: Poly  # larger - smaller
    writer: Writer

    def text(self, p: Poly) -> str:
        return text_of(self.writer.tree(p))

    def made(self, kind: str, small: Poly, large: Poly, inner: str = "", share: str = "") -> Rule:
        word, domain = BINDINGS[kind]
        inner = inner or ("<" if self.op in ("<", ">") else "<=")
        a, b, name = self.text(small), self.text(large), loose_letter(self.scope.context, "x")
        relation = f"{a} {inner} {b}" if self.op in UP else f"{b} {inner.replace('<', '>')} {a}"
        rule = Monotone(f"{word}({name}){share}", f"{name}: {domain}", relation, Hole(self.depth - 1))
        return filled(rule, self.scope, self.left, self.op, self.right)

    def has_plain_logarithms(self) -> bool:
        """Logarithms that stand alone: x log(x) would become x^x."""
        logs = [m for m in self.gap.terms for a, _ in m if isinstance(a, Log)]
        return bool(logs) and all(len(m) == 1 for m in logs)

    def logarithms(self) -> Rule:
        return self.made("log", *_exponentials(self.normal, self.gap))

    def exponents(self) -> Iterator[Make]:
        two = [Poly({m: abs(v)}) for m, v in self.gap.terms.items()]
        signs = [v > 0 for v in self.gap.terms.values()]
        if len(two) == 2 and signs[0] != signs[1] and any(isinstance(a, (Exp, Prime, Sum)) for p in two for a in p.atoms()):
            large, small = (two[0], two[1]) if signs[0] else (two[1], two[0])
            if self.normal.facts.positive(large) and self.normal.facts.positive(small):
                yield lambda: self.made("exp", self.normal.log(small), self.normal.log(large))

    def roots(self, small: Poly, large: Poly) -> Rule:
        if not self.normal.facts.nonnegative(small) or not self.normal.facts.nonnegative(large):
            raise NotShown("squares compare only what is >= 0")
        return self.made("sqrt", self.normal.power(small, 2), self.normal.power(large, 2))

    def squares(self, small: Poly, large: Poly) -> Make:
        rule = partial(Squared, self.text(small), self.text(large), Hole(self.depth - 1))
        return partial(filled_later, rule, self.scope, self.left, self.op, self.right)

    def root_below(self, chosen: Poly) -> Iterator[Make]:
        rest = self.gap + chosen  # larger - smaller = rest - root
        yield partial(self.roots, chosen, rest)
        if len(rest.terms) > 1 and self.normal.facts.nonnegative(rest):
            if not any(isinstance(a, Absolute) for a in chosen.atoms()):
                yield self.squares(chosen, rest)

    def root_above(self, chosen: Poly) -> Iterator[Make]:
        rest = chosen - self.gap  # larger - smaller = root - rest
        yield partial(self.roots, rest, chosen)
        if len(rest.terms) > 1 and self.normal.facts.nonnegative(chosen):
            yield self.squares(rest, chosen)

    def where_it_is_negative(self, chosen: Poly) -> Iterator[Make]:
        """By the sign of what is below a root and may be negative: then there is nothing to show."""
        rest = chosen - self.gap
        if self.normal.facts.nonnegative(chosen) and rest and not self.normal.facts.nonnegative(rest) and self.depth > 1:
            quantity = self.text(rest)
            cases = Split((Case(f"{quantity} >= 0", Hole(self.depth - 1)), Case(f"{quantity} < 0", Hole(0))))
            yield partial(split_filled, cases, self.scope, self.left, self.op, self.right)


def below_exponential(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """a <= exp(e) as log(a) <= e, where nothing but sums of exponentials stands on the smaller side."""
    small, large = (t.bare(scope.unfold(side)) for side in ((left, right) if op in UP else (right, left)))
    if not isinstance(large, t.Call) or large.name != "exp" or not isinstance(small, (t.Add, t.Div, t.Big)):
        return
    if scope.normal().facts.positive(scope.normal().read(small)):
        name = loose_letter(scope.context, "x")
        sides = (f"log({text_of(small)})", text_of(large.args[0]))
        inner = f"{sides[0]} {op} {sides[1]}" if op in UP else f"{sides[1]} {op} {sides[0]}"
        yield lambda: filled(Monotone(f"exp({name})", f"{name}: real", inner, Hole(depth - 1)), scope, left, op, right)


def _exponentials(normal: Normal, gap: Poly) -> tuple[Poly, Poly, str, str]:
    """small and large with gap = (log(large) - log(small)) / c, for the least c that leaves whole powers."""
    scale = 1
    for m, v in gap.terms.items():
        if len(m) == 1 and isinstance(m[0][0], Log) and m[0][1] == 1:
            scale = max(scale, v.denominator)
    sides = {True: UNIT, False: UNIT}
    for m, v in gap.terms.items():
        power = abs(v) * scale
        if len(m) == 1 and isinstance(m[0][0], Log) and m[0][1] == 1:
            factor = normal.raise_to(m[0][0].argument, number(power))
        else:
            factor = normal.exp(Poly({m: power}))
        sides[v > 0] = normal.multiply(sides[v > 0], factor)
    return sides[False], sides[True], "", "" if scale == 1 else f" / {scale}"


def _rooted(gap: Poly) -> Iterator[Poly]:
    """Negative terms with a root or |x|, without their sign: what is to be compared by its square."""
    for m, v in gap.terms.items():
        if v < 0 and any(isinstance(a, Absolute) or e.denominator != 1 for a, e in m):
            yield Poly({m: -v})


def turning(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Iterator[Make]:
    """f(x) >= f(turning point), the derivative changing its sign there, for f = larger - smaller with f = 0 at the point."""
    if op not in ("<=", ">="):
        return
    larger, smaller = (right, left) if op == "<=" else (left, right)
    gap = t.Sub(t.Paren(larger), t.Paren(smaller))
    symbols = {s for s in t.free_symbols(scope.unfold(gap)) if s.type.domain in ("real", "positive", "nonnegative", "unit")}
    scalars = sorted((s for s in symbols if not s.type.shape and scope.context.symbols.get(s.name) == s), key=lambda s: s.name)
    constants = ["0", "1", "1 / 2", "exp(-1)", "exp(1)", "-1", "2"]
    points = constants + [s.name for s in scalars] + [f"1 / {s.name}" for s in scalars if s.type.domain == "positive"]
    for x in scalars:
        for point in points:
            if point in (x.name, f"1 / {x.name}"):
                continue
            yield partial(_turning, scope, gap, x, point)


def from_zero(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Iterator[Make]:
    """f(x) >= f(0) = 0 for x >= 0 where the derivative is >= 0."""
    if op not in ("<=", ">=", "<", ">"):
        return
    larger, smaller = (right, left) if op in UP else (left, right)
    gap = t.Sub(t.Paren(larger), t.Paren(smaller))
    for x in sorted(t.free_symbols(scope.unfold(gap)), key=lambda s: s.name):
        if x.type.domain not in ("positive", "nonnegative", "real") or x.type.shape or scope.context.symbols.get(x.name) != x:
            continue

        def made(x: t.Symbol, sign: int) -> Rule:
            normal = scope.normal()
            name = loose_letter(scope.context, "x")
            u = t.Symbol(name, t.Type("real"))
            function = substitute(scope.unfold(gap), {x: u if sign > 0 else t.Paren(t.Neg(u))})
            value = substitute(scope.unfold(gap), {x: t.number(0)})
            if not normal.is_zero(normal.read(value)):
                raise NotShown("not 0 at 0")
            at = x.name if sign > 0 else f"-{x.name}"
            order = "<" if op in ("<", ">") else "<="
            inner = f"0 {order} {at}" if op in UP else f"{at} {order.replace('<', '>')} 0"
            return Monotone(text_of(function), f"{name}: nonnegative", inner, Certificate((Term(at),)))

        yield partial(made, x, 1)
        if x.type.domain == "real":
            yield partial(made, x, -1)


def alone(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """P log(x) + Q >= 0 as log(x) + Q / P >= 0 for P > 0: what then has a derivative without logarithms."""
    normal = scope.normal()
    try:
        gap = gap_of(scope, normal, left, op, right)
    except FAILS:
        return
    logs = {a for a in gap.atoms() if isinstance(a, Log)}
    if len(logs) != 1:
        return
    ((log,), factor, rest) = logs, ZERO, ZERO
    for m, v in gap.terms.items():
        exponent = dict(m).get(log, Fraction(0))
        if exponent not in (0, 1) or any(isinstance(a, (Exp, Sum, Range, BigMax)) for a, _ in m):
            return
        part = Poly({tuple(f for f in m if f[0] is not log): v})
        factor, rest = (factor + part, rest) if exponent else (factor, rest + part)
    sign = 1 if normal.facts.positive(factor) else -1
    if factor.constant() is not None or not normal.facts.positive(factor.scale(sign)):
        return
    writer, name = Writer(scope.context, scope.subject), loose_letter(scope.context, "x")
    quotient = text_of(writer.tree(of(log).scale(sign) + normal.multiply(rest, normal.inverse(factor.scale(sign)))))
    up = "<" if op in ("<", ">") else "<="
    inner = f"0 {up} {quotient}" if op in UP else f"{quotient} {up.replace('<', '>')} 0"
    function = f"{name} * ({text_of(writer.tree(factor.scale(sign)))})"
    yield lambda: filled(Monotone(function, f"{name}: real", inner, Hole(depth - 1)), scope, left, op, right)


def from_point(scope: Scope, left: t.Expr, op: str, right: t.Expr, depth: int) -> Iterator[Make]:
    """f(x) >= f(c) = 0 on either side of c, the sign of the derivative shown by a search of its own: Taylor's way."""
    if op not in ("<=", ">=", "<", ">") or scope.derived >= DEEPEST:
        return
    scope = replace(scope, derived=scope.derived + 1)
    larger, smaller = (right, left) if op in UP else (left, right)
    gap = scope.unfold(t.Sub(t.Paren(larger), t.Paren(smaller)))
    normal = scope.normal()
    scalars = [s for s in t.free_symbols(gap) if s.type.domain in ("real", "positive", "nonnegative") and not s.type.shape]
    for x in sorted((s for s in scalars if scope.context.symbols.get(s.name) == s), key=lambda s: s.name):
        for point in ("0", "1") if x.type.domain == "positive" else ("0",):
            try:
                if not normal.is_zero(normal.read(substitute(gap, {x: t.Paren(scope.parse(point))}))):
                    continue
            except FAILS:
                continue
            ways = [False]
            if point == "1" and _grows_like_powers(scope, gap, x):
                ways.insert(0, True)  # x = exp(u): powers of x as exponentials, its logarithm as a number
            for scaled in ways:
                yield from _from_sides(scope, left, op, right, gap, x, point, scaled, depth)


def _from_sides(
    scope: Scope, left: t.Expr, op: str, right: t.Expr, gap: t.Expr, x: t.Symbol, point: str, scaled: bool, depth: int
) -> Iterator[Make]:
    normal = scope.normal()
    away = normal.symbol(x) - normal.read(scope.parse(point))
    make = _from_point_by_powers if scaled else partial(_from_point, point=point)
    rules = [partial(make, scope, gap, op, x, sign=sign, depth=depth) for sign in (1, -1)]
    if normal.facts.nonnegative(away):
        yield partial(filled_later, rules[0], scope, left, op, right)
    elif normal.facts.nonnegative(-away):
        yield partial(filled_later, rules[1], scope, left, op, right)
    elif op in ("<=", ">="):
        yield partial(filled_later, partial(_both_sides, x, point, rules), scope, left, op, right)


def _grows_like_powers(scope: Scope, gap: t.Expr, x: t.Symbol) -> bool:
    """Whether a logarithm and a root of x stand together."""
    try:
        p = scope.normal().read(gap)
    except FAILS:
        return False
    about = [(a, e) for m in p.terms for a, e in m if x in a.free]
    return any(isinstance(a, Log) for a, _ in about) and any(e.denominator != 1 for _, e in about)


def _from_point_by_powers(scope: Scope, gap: t.Expr, op: str, x: t.Symbol, sign: int, depth: int) -> Rule:
    """f(exp(u)), or f(exp(-u)), rises in u >= 0, at u = log(x)."""
    name = loose_letter(scope.context, "u")
    u = t.Symbol(name, t.Type("nonnegative"))
    function = substitute(gap, {x: t.Call("exp", (u if sign > 0 else t.Neg(u),))})
    normal, writer = scope.normal(), Writer(scope.context, scope.subject)
    function = writer.tree(normal.read(function), {u: u})
    at = f"log({x.name})" if sign > 0 else f"-log({x.name})"
    order = "<" if op in ("<", ">") else "<="
    inner = f"0 {order} {at}" if op in UP else f"{at} {order.replace('<', '>')} 0"
    rule = Monotone(text_of(function), f"{name}: nonnegative", inner, Certificate((Term(at),)))
    return _by_slope(scope.without(x), rule, depth)


def _both_sides(x: t.Symbol, point: str, rules: Sequence[Make]) -> Rule:
    conditions = (f"{x.name} >= {point}", f"{x.name} < {point}")
    return Split(tuple(Case(where, rule()) for where, rule in zip(conditions, rules, strict=True)))


def _from_point(scope: Scope, gap: t.Expr, op: str, x: t.Symbol, sign: int, depth: int, point: str) -> Rule:
    """f(c + u), or f(c - u), rises in u >= 0; below 1 a positive number is 1 / (1 + u)."""
    name = loose_letter(scope.context, "u")
    u, place = t.Symbol(name, t.Type("nonnegative")), scope.parse(point)
    moved = t.Add(place, u) if sign > 0 else t.Sub(place, u)
    function = substitute(gap, {x: t.Paren(moved) if point != "0" else u if sign > 0 else t.Paren(t.Neg(u))})
    at = x.name if point == "0" else f"{x.name} - {point}"
    at = at if sign > 0 else f"-{x.name}" if point == "0" else f"{point} - {x.name}"
    if point == "1" and sign < 0 and x.type.domain == "positive":
        function, at = substitute(gap, {x: t.Paren(t.Div(t.number(1), t.Paren(t.Add(place, u))))}), f"(1 - {x.name}) / {x.name}"
    order = "<" if op in ("<", ">") else "<="
    inner = f"0 {order} {at}" if op in UP else f"{at} {order.replace('<', '>')} 0"
    rule = Monotone(text_of(function), f"{name}: nonnegative", inner, Certificate((Term(at),)))
    return _by_slope(scope.without(x), rule, depth)


def _by_slope(scope: Scope, rule: Monotone, depth: int) -> Monotone:
    """The rule with its derivative spelt as one fraction, whose numerator a search is to show >= 0."""
    own = scope.given(rule.variable)
    u = own.context.symbols[rule.variable.partition(":")[0]]
    own = own.without(u)
    normal = own.normal()
    with normal.facts.assuming([normal.symbol(u)] if u.type.domain == "nonnegative" else []):
        slope = normal.derivative(normal.read(own.unfold(own.parse(rule.function))), u, [])
        if any(isinstance(a, Absolute) and u in a.free and e < 0 for m in slope.terms for a, e in m):
            raise NotShown("there is a kink, where the function has no slope")
        if given := [a.head for a in slope.atoms() if isinstance(a, Apply) and a.head.endswith("'")]:
            raise NotShown(f"nothing is known of the slope {given[0]}")
        below: dict[Denominator, Fraction] = {}
        for atom, exponent in ((a, e) for m in slope.terms for a, e in m if isinstance(a, Denominator) and e < 0):
            below[atom] = max(below.get(atom, Fraction(0)), Fraction(-exponent.__floor__()))
        whole = UNIT
        for atom, power in below.items():
            whole = normal.multiply(whole, normal.power(atom.value, int(power)))
        above = sum((normal.combine((*m, *below.items())).scale(v) for m, v in slope.terms.items()), ZERO)
        plain = [
            m for m in slope.terms if any(isinstance(a, Log) for a, _ in m)
        ]  # c log(...) is differentiated away as it stands
        alone = bool(plain) and all(len(m) == 1 for m in plain)
        if alone or any(isinstance(a, Denominator) for a in above.atoms()) or not normal.facts.positive(whole):
            above, below = slope, {}
    writer = Writer(own.context, scope.subject)
    spelt = writer.tree(above)
    if below:
        bottom: list[t.Expr] = [t.Pow(writer.tree(a.value), t.number(e)) for a, e in below.items()]
        spelt = t.Div(spelt, reduce(t.Mul, bottom[1:], bottom[0]))
    return replace(rule, slope=text_of(spelt), sign=Hole(max(1, depth - 1)))


def _turning(scope: Scope, gap: t.Expr, x: t.Symbol, point: str) -> Rule:
    normal = scope.normal()
    value = substitute(scope.unfold(gap), {x: t.Paren(scope.parse(point))})
    if not normal.is_zero(normal.read(value)):
        raise NotShown("not 0 there")
    return Monotone(text_of(gap), f"{x.name}: {x.type.domain}", turning=point)

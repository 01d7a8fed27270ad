"""Rules that show equalities by the normal form: rewrite, unfold, differentiate, substitute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from mathcore.language import substitution
from mathcore.language import tree as t
from mathcore.language.exponents import is_count
from mathcore.proof.kernel.atom import Scalar, Step
from mathcore.proof.kernel.normal import Normal, counting
from mathcore.proof.kernel.polynomial import ZERO, KernelError
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.infinity import infinity
from mathcore.proof.scope import Contradicted, NotShown, Scope, text_of
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.entrywise import Entrywise
from mathcore.rules.expectation import Expectation
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.substitute import Substitute
from mathcore.rules.unfold import Unfold
from mathcore.translation import N_

EMPTY: Mapping[t.Symbol, t.Expr] = MappingProxyType({})


def equal(scope: Scope, left: t.Expr, right: t.Expr, *, hypotheses: bool = False, only: str = "") -> None:
    """Both sides have one normal form; arrays entry by entry."""
    if t.shape_of(left) or t.shape_of(right):
        if t.shape_of(left) != t.shape_of(right):
            raise NotShown("the two sides have different shapes")
        names = tuple(t.fresh(t.Symbol("k", t.Type("index", over=size))) for size in t.shape_of(left))
        left, right = (substitution.reduce_index(t.Index(scope.unfold(side), names)) for side in (left, right))
    normal = scope.normal()
    gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    holds = scope.vanishes(gap, normal, hypotheses=hypotheses, only=only)
    if holds and normal.conditions:
        fill_gaps(normal, scope, scope.unfold(left), scope.unfold(right))
    scope.take(normal)
    if not holds:
        raise NotShown(f"left - right = {show(gap)}, which is not shown to be 0")


def fill_gaps(normal: Normal, scope: Scope, *sides: t.Expr, source: str = "") -> None:
    """What is left as x != 0 is dropped where everything said is a polynomial in x: equal for x != 0, equal at 0.

    No other hypothesis may speak of x: near 0 as well it has to hold.
    """
    others = [scope.unfold(h) for h in scope.context.hypotheses if text_of(h) != source]
    for key, condition in normal.conditions.items():
        one = condition.value.single()
        if condition.relation != "!=" or one is None or len(one[0]) != 1 or not isinstance(one[0][0][0], Scalar):
            continue
        x = one[0][0][0].symbol
        if x.type.domain not in ("real", "nonnegative", "unit"):
            continue
        if all(_is_polynomial_in(side, x) for side in sides) and not any(t.depends_on(h, x) for h in others):
            normal.ledger.settled.add(key)
            scope.trace.axioms.add("limits")


def _is_polynomial_in(node: t.Expr, x: t.Symbol, below: Mapping[t.Symbol, t.Expr] = EMPTY) -> bool:
    """Whether each value of the naturals makes it, by its form, a polynomial in x; `below` are the ends of the sums around it."""
    node = t.bare(node)
    if node == x or not t.depends_on(node, x):
        return True
    match node:
        case t.Neg(body):
            return _is_polynomial_in(body, x, below)
        case t.Add(a, b) | t.Sub(a, b) | t.Mul(a, b):
            return _is_polynomial_in(a, x, below) and _is_polynomial_in(b, x, below)
        case t.Derivative(body, _):
            return _is_polynomial_in(body, x, below)
        case t.Pow(base, exponent):
            return _is_polynomial_in(base, x, below) and not t.depends_on(exponent, x) and is_natural(exponent, below)
        case t.Big("sum", binders, body):
            letters = {b.symbol: counting(b) for b in binders}
            ends = {letters[b.symbol]: b.upper for b in binders if b.upper is not None}
            fixed = not any(t.depends_on(end, x) for b in binders for end in (b.lower, b.upper) if end)
            return fixed and _is_polynomial_in(substitution.substitute(body, letters), x, {**below, **ends})
    return False


def is_natural(node: t.Expr, below: Mapping[t.Symbol, t.Expr] = EMPTY) -> bool:
    """0, 1, 2 ... by its form; an index that counts up from a number does so from 0 or above, and stays below its end."""
    node = t.bare(node)
    match node:
        case t.Number(value, _):
            return value.denominator == 1 and value >= 0
        case t.Symbol(_, kind):
            return kind.domain in ("natural", "size") and not kind.shape
        case t.Add(a, b) | t.Mul(a, b):
            return is_natural(a, below) and is_natural(b, below)
        case t.Sub(a, b):
            end, least = t.bare(b), t.bare(a)
            if isinstance(end, t.Symbol) and end in below:
                return t.same(t.bare(below[end]), least)
            if isinstance(least, t.Symbol) and isinstance(end, t.Number) and end.value.denominator == 1:
                lowest = max(least.type.minimum, int(least.type.domain == "size"))
                return is_natural(least) and lowest >= end.value
    return False


def expect(op: str, *allowed: str) -> None:
    if op not in allowed:
        raise NotShown(f"this rule shows {' and '.join(allowed)}, not {op}")


def rewrite(rule: Rewrite, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    expect(op, "=")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta"}
    equal(scope, left, right)
    return ()


def unfold(rule: Unfold, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    expect(op, "=")
    if t.same(scope.unfold(left), scope.unfold(right)):
        _require_defined(scope, right)
        return ()  # the same expression, whatever its value
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta"}
    equal(scope, left, right)
    return ()


def entrywise(rule: Entrywise, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """Matrices against indices: what stands for arrays on one side is written out over indices on the other."""
    expect(op, "=")
    heads = frozenset(scope.context.definitions)  # opened with their dot products kept
    written = [node for side in (left, right) for node in (side, substitution.unfold(side, scope.context.definitions, heads))]
    if not any(_is_matrix_form(n) for node in written for n in t.walk(node)):
        raise NotShown("there is no matrix product, transpose or dot product in this step")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta", "matrices"}
    equal(scope, left, right)
    return ()


def expectation(rule: Expectation, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """A mean over batches carried out; equations that hold here (also of a simplex) may be used."""
    expect(op, "=")
    if not any(isinstance(n, t.Mean) for side in (left, right) for n in t.walk(scope.unfold(side))):
        raise NotShown("there is no mean over batches in this step")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta", "uniform batches"}
    equal(scope, left, right, hypotheses=True)
    return ()


def _is_matrix_form(node: t.Expr) -> bool:
    """A transpose, a dot product, or a product or sum of arrays."""
    if isinstance(node, t.Call):
        return node.name in ("dot", "transpose")
    return isinstance(node, (t.Mul, t.Add, t.Sub, t.Neg, t.Div)) and bool(t.shape_of(node))


def _require_defined(scope: Scope, node: t.Expr) -> None:
    """Leaves the conditions under which an expression is meant; it may be infinite, by logarithms of 0, but not inf - inf."""
    arrays = (s for s in scope.context.symbols.values() if t.DOMAINS[s.type.domain][:2] == (0, True) and s.type.shape)
    formal = replace(scope, formal=scope.formal | frozenset(arrays))
    normal = formal.normal() if _has_one_sign(formal, node) else scope.normal()
    try:
        normal.read(scope.unfold(node))
    except KernelError as error:
        raise NotShown(f"where this is defined is not read by the kernel: {error}") from None
    scope.take(normal)


def _has_one_sign(scope: Scope, node: t.Expr) -> bool:
    """Whether it is +inf wherever it is infinite, or -inf."""
    for side in (node, t.Neg(t.Paren(node))):
        try:
            infinity(scope, side)
            return True
        except (NotShown, KernelError):
            continue
    return False


def differentiate(rule: Differentiate, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """The kernel's table carries the derivative out; sympy's own result must agree with it."""
    expect(op, "=")
    derivatives = [n for side in (left, right) for n in t.walk(scope.unfold(side)) if isinstance(n, t.Derivative)]
    if not derivatives:
        raise NotShown("there is no derivative in this step")
    for node in derivatives:
        variable = node.variable.base if isinstance(node.variable, t.Index) else node.variable
        if not isinstance(variable, t.Symbol) or variable.type.domain not in ("real", "positive"):
            raise NotShown("a derivative needs an open domain: declare the variable real or positive")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta", "derivative table"}
    before = set(scope.trace.hypotheses)
    equal(scope, left, right)
    variables = {n.variable.base if isinstance(n.variable, t.Index) else n.variable for n in derivatives}
    used = scope.trace.hypotheses - before
    for hypothesis in (h for h in scope.context.hypotheses if text_of(h) in used and not _open(h)):
        if variables & t.free_symbols(scope.unfold(hypothesis)):
            raise NotShown(f"the hypothesis {text_of(hypothesis)} speaks of the variable of differentiation")
    _ask_sympy(scope, left, right)
    return ()


def _open(hypothesis: t.Expr) -> bool:
    """An inequality that is strict at a point holds all around it; an equality does not."""
    return all(op in ("<", ">", "!=") for n in t.walk(hypothesis) if isinstance(n, t.Relation) for op in n.ops)


def _ask_sympy(scope: Scope, left: t.Expr, right: t.Expr) -> None:
    """sympy's derivative, read back, must have the kernel's normal form."""
    from mathcore.language.sympy_bridge import differentiate as by_sympy

    def carried_out(node: t.Expr) -> t.Expr:
        node = t.map_children(node, carried_out)
        if not isinstance(node, t.Derivative):
            return node
        return by_sympy(node.body, node.variable)

    try:
        a, b = (carried_out(scope.unfold(side)) for side in (left, right))
    except Exception as error:
        scope.trace.notes.append(
            N_(f"shown by the kernel alone: sympy gives no derivative to compare with ({type(error).__name__})")
        )
        return
    normal = scope.normal()
    try:
        gap = normal.read(a) - normal.read(b)
        agrees = normal.is_zero(gap)
        if not agrees and gap.holds(Step):
            scope.trace.notes.append(N_("shown by the kernel alone: sympy's derivative has cases, which are not compared"))
            return
    except KernelError as error:
        scope.trace.notes.append(N_(f"shown by the kernel alone: sympy's derivative is not read ({error})"))
        return
    if not agrees:
        raise Contradicted("sympy's derivative differs from the kernel's")
    scope.trace.notes.append(N_("sympy's derivative agrees"))


def substitute(rule: Substitute, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """`at(...)` carried out, or a limit's variable x replaced by 1/y (0+ and inf change places)."""
    expect(op, "=")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta"}
    if not rule.new:
        equal(scope, left, right)
        return ()
    old, new = t.bare(scope.unfold(left)), t.bare(scope.unfold(right))
    if not (isinstance(old, t.Limit) and isinstance(new, t.Limit)):
        raise NotShown("a new variable belongs to a limit on both sides")
    ends = {("inf", "0+"), ("0+", "inf")}
    if (_end(old), _end(new)) not in ends:
        raise NotShown("x = 1/y exchanges the limits 0+ and inf")
    name, _, value = rule.new.partition("=")
    wanted = t.bare(scope.parse(value))
    reader = scope.normal()
    for limit in (old, new):
        reader.require_approach(limit.variable, "inf" if limit.point == t.INFINITY else ZERO, limit.side)
    scope.take(reader)
    if is_count(new.variable):
        raise NotShown(f"{new.variable.name} takes whole numbers only: a limit along those need not be one along {name.strip()}")
    if name.strip() != old.variable.name or t.strip(wanted) != t.strip(t.Div(t.number(1), new.variable)):
        raise NotShown("only x = 1/y is a change of variable here")
    y = t.fresh(t.Symbol("y", t.Type("positive")))
    body = substitution.substitute(old.body, {old.variable: t.Paren(t.Div(t.number(1), y))})
    scope.trace.axioms.add("limits")
    equal(scope, body, substitution.substitute(new.body, {new.variable: y}))
    return ()


def _end(limit: t.Limit) -> str:
    if limit.point == t.INFINITY:
        return "inf"
    return f"{limit.point.text}{limit.side}" if isinstance(limit.point, t.Number) else "?"

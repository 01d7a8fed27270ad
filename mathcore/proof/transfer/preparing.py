"""Before the theorem: definitions are unfolded, derivatives carried out and hypotheses about sums worked in."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import reduce_index, substitute
from mathcore.proof.transfer.forms import Outside

ZERO, ONE = t.number(0), t.number(1)


def prepared(context: Context, node: t.Expr) -> t.Expr:
    """Unfolded, differentiated, hypotheses eliminated: p[k] becomes u[k] / sum(j: u[j]) with u positive."""
    node = _worked_out(context.unfold(node))
    put: dict[t.Symbol, t.Expr] = {}
    for symbol in sorted({n for n in t.walk(node) if isinstance(n, t.Symbol)}, key=lambda s: s.name):
        kind = symbol.type
        if kind.domain == "onehot" or (kind.domain == "simplex" and len(kind.shape) != 1):
            raise Outside(f"{symbol.name} is declared {kind.domain}: its entries do not vary one by one")
        if kind.domain == "simplex":
            put[symbol] = _shares(symbol)
    for hypothesis in context.hypotheses:
        total = total_of(context.unfold(hypothesis))
        if total is not None and total[0] not in put and total[0].type.domain == "real":
            put[total[0]] = _shifted(*total)
    return substitute(node, put) if put else node


def _shares(p: t.Symbol) -> t.Expr:
    over = p.type.shape[0]
    k, j = (t.fresh(t.Symbol("k", t.Type("index", over=over))) for _ in range(2))
    u = t.Symbol(f"{p.name}~", t.Type("positive", (over,)))
    return t.Big("vector", (t.Binder(k),), t.Div(t.Index(u, (k,)), t.Big("sum", (t.Binder(j),), t.Index(u, (j,)))))


def _shifted(x: t.Symbol, value: t.Expr) -> t.Expr:
    """x[k] = u[k] + (value - sum(j: u[j])) / n runs through all x with that sum, u through all real arrays."""
    over = x.type.shape[0]
    k, j = (t.fresh(t.Symbol("k", t.Type("index", over=over))) for _ in range(2))
    u = t.Symbol(f"{x.name}~", x.type)
    rest = t.Sub(t.Paren(value), t.Big("sum", (t.Binder(j),), t.Index(u, (j,))))
    return t.Big("vector", (t.Binder(k),), t.Add(t.Index(u, (k,)), t.Div(t.Paren(rest), over)))


def total_of(hypothesis: t.Expr) -> tuple[t.Symbol, t.Expr] | None:
    """(x, c) of sum(k: x[k]) = c."""
    core = t.bare(hypothesis)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return None
    big, value = t.bare(core.args[0]), core.args[1]
    if not (isinstance(big, t.Big) and big.op == "sum" and len(big.binders) == 1 and big.binders[0].lower is None):
        return None
    entry = t.bare(big.body)
    k = big.binders[0].symbol
    if (
        isinstance(entry, t.Index)
        and isinstance(entry.base, t.Symbol)
        and entry.indices == (k,)
        and isinstance(t.bare(value), t.Number)
    ):
        return entry.base, value
    return None


def _worked_out(node: t.Expr) -> t.Expr:
    """Derivatives carried out and `at` substituted, from the inside out."""
    if isinstance(node, t.At):
        values, body = tuple(_worked_out(v) for v in node.values), _worked_out(node.body)
        if any(isinstance(n, t.Pow) and t.depends_on(n.exponent, x) for n in t.walk(body) for x in node.targets):
            raise Outside("a number in the place of an exponent: w^a at 0 is undefined where w is 0, and w^0 is 1")
        return t.Paren(substitute(body, dict(zip(node.targets, map(t.Paren, values), strict=True))))
    if isinstance(node, t.Derivative):
        variable = node.variable
        base = variable.base if isinstance(variable, t.Index) else variable
        if not isinstance(base, t.Symbol) or base.type.domain not in ("real", "positive"):
            raise Outside("a derivative by something that does not vary freely")
        return t.Paren(_slope(_worked_out(node.body), base, variable.indices if isinstance(variable, t.Index) else ()))
    node = t.map_children(node, _worked_out)
    return reduce_index(node) if isinstance(node, t.Index) else node


def _slope(node: t.Expr, x: t.Symbol, at: tuple[t.Expr, ...]) -> t.Expr:
    """The derivative by x, or by its entry at these indices."""
    if not t.depends_on(node, x):
        return ZERO
    p = t.Paren

    def d(part: t.Expr) -> t.Expr:
        return p(_slope(part, x, at))

    match node:
        case t.Symbol():
            return ONE
        case t.Index(t.Symbol() as base, indices) if base == x:
            result: t.Expr = ONE
            for mine, other in zip(indices, at, strict=True):
                result = t.Mul(result, t.Call("delta", (mine, other)))
            return result
        case t.Paren(body):
            return d(body)
        case t.Neg(body):
            return t.Neg(d(body))
        case t.Add(a, b):
            return t.Add(d(a), d(b))
        case t.Sub(a, b):
            return t.Sub(d(a), d(b))
        case t.Mul(a, b):
            return t.Add(t.Mul(d(a), p(b)), t.Mul(p(a), d(b)))
        case t.Div(a, b):
            return t.Sub(t.Div(d(a), p(b)), t.Div(t.Mul(p(a), d(b)), t.Pow(p(b), t.number(2))))
        case t.Pow(base, exponent) if not t.depends_on(exponent, x):
            return t.Mul(t.Mul(p(exponent), t.Pow(p(base), p(t.Sub(p(exponent), ONE)))), d(base))
        case t.Call("exp", (a,)):
            return t.Mul(node, d(a))
        case t.Call("log", (a,)):
            return t.Div(d(a), p(a))
        case t.Call("sqrt", (a,)):
            return t.Div(d(a), p(t.Mul(t.number(2), node)))
        case t.Big("sum", binders, body) if all(b.lower is None for b in binders):
            fresh = {b.symbol: t.fresh(b.symbol) for b in binders}
            return t.Big("sum", tuple(t.Binder(s) for s in fresh.values()), _slope(substitute(body, fresh), x, at))
    raise Outside(f"no derivative of a {type(node).__name__.lower()} here")

"""Right steps written another way: `python -m tests.proof.rewrites [--card NAME]`. Each must still be accepted.

Every equality step by rewrite, unfold or differentiate: one of its sides is rewritten at one place in a way that changes
nothing (KINDS), and the kernel has to accept the step as it did before. A refusal is an alarm. The balls judge the rewriting
itself, so that a false alarm is not blamed on the kernel.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute, unfold
from mathcore.proof.scope import text_of
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.support import Support
from mathcore.rules.unfold import Unfold
from tests.proof.mutation import ACCEPTED, FALSE, ONE, Place, Site, by_balls, by_kernel, is_value, places, sites

RULES = (Rewrite, Unfold, Differentiate)
KINDS = (
    "commuted terms", "commuted factors", "other brackets", "renamed index", "a - b as -(b - a)", "x / y as x y^-1",
    "exp of a sum as a product", "split sum", "merged sums", "factor taken out", "factor put in", "0 added", "1 multiplied",
    "n / n multiplied", "delta turned", "twice negated", "sums exchanged", "square as a product", "head unfolded",
)  # fmt: skip
LOGS = ("log", "log2", "log10")


@dataclass(frozen=True)
class Rewritten:
    site: Site
    kind: str
    side: str
    left: t.Expr
    right: t.Expr

    @property
    def text(self) -> str:
        return f"{self.site.label} {self.kind} ({self.side}): {text_of(self.left)} = {text_of(self.right)}"

    @property
    def new(self) -> t.Expr:
        return self.left if self.side == "left" else self.right


def rewritten(site: Site) -> Iterator[Rewritten]:
    """Every rewriting of every place of both sides."""
    for side, whole in (("left", site.left), ("right", site.right)):
        seen = {whole}
        exponents = {id(n) for power in t.walk(whole) if isinstance(power, t.Pow) for n in t.walk(power.exponent)}
        for place in places(whole):
            for kind, node in forms(place, site.context):
                if id(place.node) in exponents and kind in ("n / n multiplied", "x / y as x y^-1"):
                    continue  # a quotient is a real exponent, also where it comes out whole: another domain
                new = place.put(t.Paren(node))
                if new not in seen:
                    seen.add(new)
                    left, right = (new, site.right) if side == "left" else (site.left, new)
                    yield Rewritten(site, kind, side, left, right)


@cache
def rule_of(site: Site) -> Rule:
    """The rule that has to accept the rewritings: the step's own. Where `unfold` holds because both sides are one expression,
    infinite or not, a rewriting of it is another rule's matter: the rule of zeros."""
    if isinstance(site.step.by, Unfold) and by_kernel(site, Rewrite(), "=", site.right)[0] != ACCEPTED:
        zero = [
            s.name
            for s in t.free_symbols(site.context.unfold(site.claim))
            if s.type.domain in ("simplex", "onehot", "nonnegative")
        ]
        return Support(tuple(sorted(zero)), Rewrite())
    return site.step.by


def forms(place: Place, context: Context) -> Iterator[tuple[str, t.Expr]]:
    node = place.node
    if isinstance(node, t.Div) and isinstance(place.parent, t.Call) and place.parent.name in LOGS:
        return  # log(p / q) at q = 0 is a convention about this very quotient
    size = next((s for s in context.symbols.values() if s.type.domain == "size"), None)
    if is_value(node) and not isinstance(node, t.Paren):
        # 0 log 0 is a convention about the factors themselves: a logarithm is left as it is
        if not (isinstance(node, t.Call) and node.name in LOGS):
            yield "0 added", t.Add(node, t.number(0))
            yield "1 multiplied", t.Mul(ONE, t.Paren(node))
            yield "twice negated", t.Neg(t.Paren(t.Neg(t.Paren(node))))
            if size is not None:
                yield "n / n multiplied", t.Mul(t.Paren(node), t.Paren(t.Div(size, size)))
    if isinstance(node, t.Apply) and node.head in context.definitions and not t.shape_of(node):
        yield "head unfolded", unfold(node, context.definitions, frozenset({node.head}))
    if isinstance(node, (t.Add, t.Sub)) and _alike(t.bare(node.left), t.bare(node.right)):
        x, y = t.bare(node.left), t.bare(node.right)
        body = substitute(y.body, {y.binders[0].symbol: x.binders[0].symbol})
        yield "merged sums", t.Big("sum", x.binders, type(node)(t.Paren(x.body), t.Paren(body)))
    match node:
        case t.Add(a, b):
            yield "commuted terms", t.Add(b, a)
            first = t.bare(a)
            if isinstance(first, t.Add):
                yield "other brackets", t.Add(first.left, t.Paren(t.Add(first.right, b)))
        case t.Sub(a, b):
            yield "commuted terms", t.Add(t.Neg(t.Paren(b)), a)
            yield "a - b as -(b - a)", t.Neg(t.Paren(t.Sub(b, t.Paren(a))))
        case t.Mul(a, b):
            if is_value(a) and is_value(b):  # matrices do not commute
                yield "commuted factors", t.Mul(t.Paren(b), t.Paren(a))
            if isinstance(t.bare(a), t.Mul):
                yield "other brackets", t.Mul(t.bare(a).left, t.Paren(t.Mul(t.bare(a).right, b)))
            if _sum(t.bare(b)) and not _clash(a, t.bare(b)):
                yield "factor put in", replace(t.bare(b), body=t.Mul(t.Paren(a), t.Paren(t.bare(b).body)))
        case t.Div(a, b):
            yield "x / y as x y^-1", t.Mul(t.Paren(a), t.Pow(t.Paren(b), t.Neg(ONE)))
            if _sum(t.bare(a)) and not _clash(b, t.bare(a)):
                yield "factor put in", replace(t.bare(a), body=t.Div(t.Paren(t.bare(a).body), t.Paren(b)))
        case t.Pow(base, t.Number(value, _)) if value == 2:
            yield "square as a product", t.Mul(t.Paren(base), t.Paren(base))
        case t.Call("exp", (inner,)):
            core = t.bare(inner)
            if isinstance(core, t.Add):
                yield "exp of a sum as a product", t.Mul(t.Call("exp", (core.left,)), t.Call("exp", (core.right,)))
            if isinstance(core, t.Sub):
                yield "exp of a sum as a product", t.Div(t.Call("exp", (core.left,)), t.Call("exp", (core.right,)))
        case t.Call("delta", (i, j)):
            yield "delta turned", t.Call("delta", (j, i))
        case t.Big(op, binders, body):
            for place_, b in enumerate(binders):
                new = t.Symbol(f"{b.symbol.name}q", b.symbol.type)
                renamed = tuple(replace(x, symbol=new) if p == place_ else x for p, x in enumerate(binders))
                yield "renamed index", t.Big(op, renamed, substitute(body, {b.symbol: new}))
            if op != "sum":
                return
            core = t.bare(body)
            if isinstance(core, (t.Add, t.Sub)):
                yield "split sum", type(core)(t.Paren(t.Big(op, binders, core.left)), t.Paren(t.Big(op, binders, core.right)))
            if isinstance(core, t.Mul):
                own = {b.symbol for b in binders}
                for free, rest in ((core.left, core.right), (core.right, core.left)):
                    if not own & t.free_symbols(free):
                        yield "factor taken out", t.Mul(t.Paren(free), t.Paren(t.Big(op, binders, rest)))
            if isinstance(core, t.Div) and not {b.symbol for b in binders} & t.free_symbols(core.right):
                yield "factor taken out", t.Div(t.Paren(t.Big(op, binders, core.left)), t.Paren(core.right))
            if len(binders) == 2:
                yield "sums exchanged", t.Big(op, binders[::-1], body)
                yield "sums exchanged", t.Big(op, binders[1:], t.Big(op, binders[:1], body))
            if len(binders) == 1 and _sum(core) and len(core.binders) == 1:
                yield "sums exchanged", t.Big(op, core.binders, t.Big(op, binders, core.body))


def _sum(node: t.Expr) -> bool:
    return isinstance(node, t.Big) and node.op == "sum"


def _alike(x: t.Expr, y: t.Expr) -> bool:
    """Sums over one index of one size."""
    if not (_sum(x) and _sum(y) and len(x.binders) == len(y.binders) == 1):
        return False
    return x.binders[0].lower is None is y.binders[0].lower and x.binders[0].symbol.type == y.binders[0].symbol.type


def _clash(node: t.Expr, big: t.Big) -> bool:
    return bool({b.symbol.name for b in big.binders} & {s.name for s in t.free_symbols(node)})


@dataclass
class Run:
    counts: dict[str, list[int]] = field(default_factory=lambda: {k: [0, 0] for k in KINDS})
    alarms: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)  # rewritings that the balls refute
    steps: int = 0
    seconds: float = 0.0

    @property
    def total(self) -> int:
        return sum(n for n, _ in self.counts.values())

    def table(self) -> str:
        head = f"{'rewriting':28}{'steps':>8}{'accepted':>10}"
        lines = [head, "-" * len(head)]
        lines += [f"{kind:28}{n:>8}{ok:>10}" for kind, (n, ok) in self.counts.items()]
        lines.append(f"{'all':28}{self.total:>8}{sum(ok for _, ok in self.counts.values()):>10}")
        lines.append(f"{len(self.alarms)} alarms; {self.steps} steps; {self.seconds:.1f} s")
        lines += [f"ALARM: {a}" for a in self.alarms] + [f"NOT A REWRITING: {w}" for w in self.wrong]
        return "\n".join(lines)


def run(card: str = "", *, every: int = 1, seed: int = 0, balls: int = 0, among: tuple[Site, ...] = ()) -> Run:
    """Each `every`-th rewriting; `balls` > 0 has each `balls`-th rewriting itself confirmed at points."""
    result, count, started = Run(), 0, time.perf_counter()
    for site in among or sites(card):
        if site.op != "=" or type(site.step.by) not in RULES:
            continue
        result.steps += 1
        for new in rewritten(site):
            count += 1
            if (count + seed) % every:
                continue
            answer, why = by_kernel(site, rule_of(site), "=", new.right, left=new.left)
            result.counts[new.kind][0] += 1
            result.counts[new.kind][1] += answer == ACCEPTED
            if answer != ACCEPTED:
                result.alarms.append(f"{new.text}   ({answer}: {why})")
            if balls and not count % balls:
                old = site.left if new.side == "left" else site.right
                if not any(isinstance(n, t.Limit) for n in t.walk(old)):
                    equal = t.Relation((old, new.new), ("=",))
                    label, point = by_balls(site.context, equal, subject=site.claim, instance=site.derivation.instance, count=12)
                    if label == FALSE:
                        result.wrong.append(f"{new.text}   ({point})")
    result.seconds = time.perf_counter() - started
    return result


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.rewrites", description=__doc__.partition("\n")[0])
    parser.add_argument("--card", default="", help="one card only")
    parser.add_argument("--every", type=int, default=1, help="each k-th rewriting")
    chosen = parser.parse_args(arguments)
    result = run(chosen.card, every=chosen.every, balls=10)
    print(result.table())
    return int(bool(result.alarms or result.wrong) or not any(tried for tried, _ in result.counts.values()))


if __name__ == "__main__":
    sys.exit(main())

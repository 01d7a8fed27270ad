# ruff: noqa: E501  # a forgery is one line, or two
"""Certificates forged by hand, one or more for every rule: each claim is false near y = 37/41, where no point is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.proof.replay.forging import claim, written

C = "(y_ - 37/41)"
D = f"({C}^2 - 1/1000000000)"  # < 0 near 37/41
G = f"max(0, 1/1000000000 - {C}^2)"  # > 0 near 37/41, 0 elsewhere
GIVEN = (
    "y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; "
    "h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]"
)
REWRITE = {"rule": "Rewrite"}
FAR = "step(y_ - 1000000)"  # 0 at every point that is tried
Rule = dict[str, Any]


def term(weight: str, lemma: str = "", at: str = "", over: str = "") -> Rule:
    return {"rule": "Term", "weight": weight, "lemma": lemma, "at": at, "over": over}


def terms(*found: Rule | str) -> Rule:
    return {"rule": "Certificate", "terms": [term(x) if isinstance(x, str) else x for x in found]}


def lemma(at: str, name: str = "l") -> Rule:
    return {"rule": "Lemma", "name": name, "at": at}


def use(hypothesis: str, at: str = "") -> Rule:
    return {"rule": "Use", "hypothesis": hypothesis, "at": at}


def monotone(function: str, variable: str = "z_: real", inner: str = "", by: Rule | None = None, turning: str = "") -> Rule:
    own = {"function": function, "variable": variable, "inner": inner, "by": by, "turning": turning, "slope": "", "sign": None}
    return {"rule": "Monotone", **own}


def split(**cases: Rule) -> Rule:
    return {"rule": "Split", "cases": [{"rule": "Case", "condition": c, "by": by} for c, by in cases.items()]}


def support(of: str, by: Rule) -> Rule:
    return {"rule": "Support", "of": [of], "by": by}


def over(index: str, by: Rule, rule: str = "SumOver") -> Rule:
    return {"rule": rule, "index": index, "by": by}


def limits(rule: str, **data: Any) -> Rule:
    return {"rule": rule, **data}


@dataclass(frozen=True)
class Forged:
    """A claim by a rule; `true` is a claim `l` that it rests on."""

    what: str
    text: str
    rule: Rule
    given: str = ""
    true: dict[str, Any] | None = None
    define: tuple[str, ...] = ()

    @property
    def document(self) -> dict[str, Any]:
        lemmas = [] if self.true is None else [self.true]
        last = claim("forged", self.text, self.rule, *(["l"] if lemmas else []), given=self.given)
        return written(*lemmas, last, given=GIVEN, define=("same_(v_) = v_", *self.define))


def known(text: str, rule: Rule, given: str) -> dict[str, Any]:
    return claim("l", text, rule, given=given)


ARRAY = known("n >= 1", terms("n - 1"), "P: real[n]")
FIVE = known("N >= 5", terms("N - 5"), "N: size >= 5; P: real[N]")
ABOVE = f"1 + {C}^2 - 1/1000000000"


def at_least_0(domain: str) -> dict[str, Any]:
    return known("g >= 0", terms("g"), f"g: {domain}")


LATE = "T: natural >= 5"
ALL = known("sum(I: P[I]) >= 0", terms(term("P[I]", over="I")), "N: size; I, J: index[N]; P: real[N]; P[J] >= 0")

FORGED = (
    # arguments of lemmas
    Forged("a number for a size that an array gives", f"{ABOVE} >= 1", lemma(f"n = {ABOVE}; P = q"), true=ARRAY),
    Forged("the same in a certificate", f"{ABOVE} >= 1", terms(term("1", "l", f"n = {ABOVE}; P = q")), true=ARRAY),
    Forged("a number for a size", f"{ABOVE} >= 1", lemma(f"n = {ABOVE}"), true=ARRAY),
    Forged("an array that is too short", f"m {G} >= 5 {G}", terms(term(G, "l", "P = q")), true=FIVE),
    Forged("a size that is too small", f"m {G} >= 5 {G}", terms(term(G, "l", "N = m")), true=FIVE),
    Forged("a number that is too small", f"2 {G} >= 5 {G}", terms(term(G, "l", "N = 2")), true=FIVE),
    Forged("a size beside an array of another", f"{G} n >= {G} (m + n)", terms(term(G, "l", "N = m; P = p")), true=FIVE),
    *(
        Forged(f"{way} for something {domain}", f"{D} >= 0", rule, true=at_least_0(domain))
        for domain in ("positive", "nonnegative", "unit", "natural")
        for way, value in (("a number", D), ("a root", f"sqrt({D})^2"))
        for rule in (lemma(f"g = {value}"), terms(term("1", "l", f"g = {value}")))
    ),
    Forged("more than 1 for something unit", f"10^12 {G} <= 1", lemma(f"g = 10^12 {G}"), true=known("g <= 1", terms("1 - g"), "g: unit")),
    Forged(
        "an index beyond the size", f"{G} <= 0", terms(term(G, "l", "I = 5; P = vector(i: 1)")),
        true=known("P[I] <= sum(J: P[J])", REWRITE, "N: size; I, J: index[N]; P: nonnegative[N]"),
    ),
    Forged("an index over another size", f"{G} (i + m) <= {G} m", terms(term(G, "l", "i = i; n = m")), true=known("i <= n", REWRITE, "")),
    Forged(
        "an array kept while its size changes", f"{G} <= 0", terms(term(G, "l", "n = m")),
        true=known("sum(i: p[i]^2) <= n max(i: p[i]^2)", REWRITE, ""),
    ),
    Forged("a function put in a function's place", f"log({D}) - log({D}) = 0", lemma(f"f = log; g = {D}"),
           true=known("f(g) - f(g) = 0", REWRITE, "f: function; g: real")),
    Forged("a hypothesis that holds for one index", f"{G} sum(I: q[I]) >= 0 * q[J]", terms(term(G, "l", "P = q")),
           "I, J: index[m]; q[J] >= 0", ALL),
    Forged("a hypothesis about a captured index", f"{G} sum(I: p[I] - p[J]) >= 0", terms(term(G, "l", "P = vector(I: p[I] - p[J])")),
           "I, J: index[n]", ALL),
    Forged("a hypothesis for every index, at one that is named", f"{G} sum(I: q[I]) >= 0 * q[J]", terms(term(G, "l", "P = q; J = J")),
           "I, J: index[m]; q[J] >= 0", ALL),
    Forged("the same with a bound that speaks of that index", f"{G} n p[j] >= {G} sum(i: p[i])", terms(term(G, "l", "b = p[j]; j = j")),
           true=known("n b >= sum(i: p[i])", terms(term("b - p[i]", over="i")), "p[j] <= b")),
    Forged("a sum over an index that a hypothesis fixes", f"sum(i: {G} S[i]) = sum(i: {G})", over("j", REWRITE), "S: simplex[n]; S[j] = 1"),
    Forged("weights over an index that a hypothesis fixes", f"sum(i: {G} (S[i] - 1)) >= 0", terms(term(f"{G} (S[j] - 1)", over="j")),
           "S: simplex[n]; S[j] = 1"),
    Forged("weights over the place of the maximum", f"sum(i: {G} p[i]) >= n {G} max(i: p[i])",
           terms(term(f"{G} (p[j] - max(i: p[i]))", over="j")), "p[j] = max(i: p[i])"),
    Forged("the place of the maximum is that of the minimum", f"{G} max(i: p[i]) <= {G} min(i: p[i])",
           over("j", terms(f"{G} (min(i: p[i]) - p[j])"), "Attained"), "p[j] = min(i: p[i])"),
    Forged("a sum within a sum over the same index", f"sum(i: sum(j: {G} X[i, j])) <= sum(i: sum(j: {G} X[j, j]))",
           over("i", over("i", REWRITE))),
    Forged("the same as an equation", f"sum(i: sum(j: {G} X[i, j])) = sum(i: sum(j: {G} X[j, j]))", over("i", over("i", REWRITE))),
    Forged("a lemma that holds inside only, at 0", f"{C}^2 > 0", lemma("g = 0"),
           true=known(f"g + {C}^2 > 0", support("g", terms("g", f"{C}^2")), "g: nonnegative")),
    Forged("the same at 0 written otherwise", f"x - x + {C}^2 > 0", lemma("g = x - x"),
           true=known(f"g + {C}^2 > 0", support("g", terms("g", f"{C}^2")), "g: nonnegative")),
    # support
    Forged("a real number taken to be positive", f"a {G} >= 0", support("a", terms(f"a {G}"))),
    Forged("the same by the signs", f"a {G} >= 0", support("a", REWRITE)),
    Forged("something nonnegative taken to be < 1", f"(1 - x) {G} >= 0", support("1 - x", terms(f"(1 - x) {G}"))),
    Forged("one-hot entries taken to be positive", f"h[i] {G} > 0 * h[i]", support("h", terms(f"h[i] {G}"))),
    Forged("what is 0 taken to be positive", f"{D} >= 0", support("x", terms(f"{C}^2", "1/1000000000 * (0 - x) / x")), "x <= 0"),
    # definedness
    Forged("a square of a root", f"{D} >= 0", terms(f"sqrt({D})^2")),
    Forged("a fourth power of a root", f"{D} >= 0", terms(f"({D}^(1/4))^4")),
    Forged("exp of a logarithm", f"{D} >= 0", terms(f"exp(log({D}))")),
    Forged("a quotient", f"{C}/{C} = 1", REWRITE),
    Forged("a quotient in a sum", f"sum(i: p[i] {C}/{C}) = sum(i: p[i])", REWRITE),
    Forged("a quotient of quotients", f"{C}^2 > 0", terms(f"1/(1/{C}^2)")),
    Forged("0 times a logarithm", f"0 * log({D}) = 0", REWRITE),
    Forged("a sum of 0 times a logarithm", f"sum(i: p[i] - p[i]) * sum(i: log({D})) = 0", REWRITE),
    Forged("0 times a sum of logarithms", f"0 * sum(i: log({D} + 0 p[i])) = 0", REWRITE),
    Forged("a logarithm less itself", f"log({D}) - log({D}) = 0", REWRITE),
    Forged("a derivative at a kink", f"D(abs{C}, y_)^2 = 1", REWRITE),
    Forged("a derivative at the end of a domain", "D(sqrt(a - b)^2, a) = 1", REWRITE, "a >= b"),
    Forged("the same with a number", f"D(sqrt{C}^2, y_) = 1", REWRITE, "y_ >= 37/41"),
    Forged("a derivative of a root at 0", f"D(sqrt({C}^2), y_)^2 = 1", REWRITE),
    # sums, weights
    Forged("sums over two sizes", f"sum(i: {G}) <= sum(k: {G})", over("i", terms("0"))),
    Forged("weights summed over a number", f"{G} <= 0", terms(term(G, over="a"))),
    Forged("weights summed over one index twice", f"n {G} <= 0", terms(term(G, over="i, i"))),
    Forged("no terms", f"{G} <= 0", terms()),
    Forged("a negative weight", f"-{G} >= 0", terms(f"-{G}")),
    Forged("a divisor that is 0 where the sum is empty", f"{G} = {G} sum(T = s + 1..r: 1/(r - s))", REWRITE, "s <= r"),
    # monotone functions
    Forged("a hypothesis behind the variable", f"-{G} w <= -{G} (v + 1)",
           monotone(f"-{G} z_", f"z_: real; {G} <= 0", "w <= v + 1", use("w <= v")), "w <= v"),
    Forged("an equation behind the variable", f"-{G} w <= -{G} (v + 1)",
           monotone(f"-{G} z_", f"z_: real; {G} = 0", "w <= v + 1", use("w <= v")), "w <= v"),
    Forged("an argument outside the domain", f"{G} (a - 1)^2 <= {G} (a + 1)^2 - 4 {G} a - {G} + {G} * 0",
           monotone(f"{G} z_^2", "z_: nonnegative", "a - 1 <= a + 1", REWRITE)),
    Forged("a pole between", f"-{G}/(0 - 1 - x) <= -{G}/(1 + x)", monotone(f"-{G}/z_", "z_: real", "-1 - x <= 1 + x", REWRITE)),
    Forged("a jump", f"-{G} step(-1 - x) <= -{G} step(1 + x)", monotone(f"-{G} step(z_)", "z_: real", "-1 - x <= 1 + x", REWRITE)),
    Forged("a turning point outside", f"{G} (u - 2)^2 >= {G} * 0 + 10 * {G}", monotone(f"{G} (u - 2)^2", "u: unit", turning="2")),
    Forged("the other end", f"{G} (u + 1)^2 >= 4 * {G}", monotone(f"{G} (u + 1)^2", "u: unit", turning="1")),
    Forged("squares of negative numbers", f"{G} <= -{G}", {"rule": "Squared", "smaller": G, "larger": f"-{G}", "by": REWRITE}),
    # cases, maxima
    Forged("cases with a gap", f"{D} >= 0", split(**{f"{D} >= 0": REWRITE})),
    Forged("cases of a root", f"{D} >= 0", split(**{f"sqrt({D}) >= 0": REWRITE})),
    Forged("cases of a logarithm", f"{D} >= 0", split(**{f"log({D}) >= 0": REWRITE, f"log({D}) < 0": REWRITE})),
    Forged("no cases", f"{D} >= 0", split()),
    Forged("many cases", f"{D} >= 0", split(**{f"y_ >= {i}": REWRITE for i in range(12)})),
    Forged("cases of a summed index", f"sum(i: {G} p[i]) >= sum(i: 0)",
           over("i", split(**{"p[i] >= 0": REWRITE, "p[i] < 0": REWRITE}))),
    Forged("a maximum at a named index", f"{G} max(j: p[j]) <= {G} p[i]", over("i", terms("0"), "Attained")),
    Forged("a maximum at an index of which something is said", f"{G} max(j: p[j]) <= {G} q[1]",
           over("l", terms(f"{G} (q[1] - p[l])"), "Attained"), "l: index[m]; q[l] <= 0"),
    Forged("a maximum of each row, and what is known at its place of another",
           f"sum(i: {FAR} (max(J: S[i, J]) + S[c, I])) <= sum(i: {FAR} b)", over("i", over("l", REWRITE, "Attained")),
           "c: index[n]; I, J: index[m]; S: real[n, m]; S[i, J] + S[c, J] <= b"),
    Forged("a maximum for each row", f"{G} sum(i: max(j: X[i, j])) <= {G} max(j: sum(i: X[i, j]))", over("l", terms("0"), "Attained")),
    # hypotheses, sequences
    Forged("a hypothesis from 5 on, for its sign", f"{G} (F[s] + 1) >= {G}", terms(f"{G} F[s]"), f"{LATE}; F[T] >= 1"),
    Forged("a hypothesis from 5 on, for its value", f"{G} F[s] = {G}", REWRITE, f"{LATE}; F[T] = 1"),
    Forged("a step from 5 on", f"{G} F[1] = 2 {G} F[0]", REWRITE, f"{LATE}; F[T + 1] = 2 F[T]"),
    Forged("a place that need not exist", f"{G} p[7] = {G}", REWRITE, "p[j] = 1"),
    Forged("a hypothesis about an index that there is", f"{G} S[i] = {G}", REWRITE, "S: simplex[n]; S[j] = 1"),
    Forged("an inequality about an index that there is", f"{G} S[i] >= {G}", terms(f"{G} (S[i] - 1)"), "S: simplex[n]; S[j] = 1"),
    Forged("a hypothesis about one index", f"{G} p[j] >= 0 * p[i]", terms(f"{G} p[j]"), "p[i] >= 0"),
    Forged("induction without a start", f"{G} (r + 1) = {G} r", limits("Induction", over="r", start=REWRITE, step=REWRITE)),
    Forged("induction that starts late", f"{G} F[r] = 0", limits("Induction", over="r", start=REWRITE, step=REWRITE),
           "T: natural >= 3; F[T + 1] = F[T]; F[0] = 0"),
    Forged("a power of 0", f"0^r = 0^r + {G}", REWRITE),
    Forged("an equation that holds where both sides are infinite", f"{G} = 0", use(f"{G} + log(x) = log(x)"), f"{G} + log(x) = log(x)"),
    Forged("the same for its sign", f"{G} <= 0", terms(f"-{G}"), f"{G} + log(x) <= log(x)"),
    Forged("the same for what differs from 0", "a / a = 1", REWRITE, "a + log(x) = 1 + log(x)"),
    Forged("the same inside another domain", f"{G} = 0", support("u", use(f"{G} + log(x) = log(x)")), f"{G} + log(x) = log(x)"),
    # limits
    Forged("limits of what is undefined", f"lim(a -> 0: log({D}) - log({D}) + a) = lim(b -> 0: b)", limits("Limiting")),
    Forged("limits at other points", f"lim(a -> 0: {G} exp(a)) = lim(a -> 1: {G} exp(a))", limits("Limiting")),
    Forged("limits that do not exist", f"{G} lim(a -> 0: step(a)) = 0", limits("Limiting")),
    Forged("a limit that is cancelled", f"{G} lim(a -> 0: 1/a) - {G} lim(a -> 0: 1/a) + {G} = 0", limits("Limiting")),
    Forged("a squeeze of something else", f"lim(a -> 0: {G} + a) = 0",
           limits("Squeeze", lower="0", below=REWRITE, upper="0", above=REWRITE, near="")),
    Forged("a point where nothing is stationary", f"{G} a^2 >= {G} + 0 * a", limits("Stationary", variable="a", curvature="")),
    Forged("an equation by another letter", f"{G} a = {G} b", limits("Substitute", new="a = b")),
    Forged("a geometric sum of another ratio", f"{G} (1 + a) = {G} (1 - a)", limits("Geometric")),
    Forged("a mean of something else", f"{G} a = {G} a + {G}", limits("Expectation")),
)  # fmt: skip

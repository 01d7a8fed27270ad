# ruff: noqa: E501  # a statement is one entry
"""False statements that planted bugs let through: `python -m tests.proof.let_through [--planted] [--only WORD]`.

Beside the name of a seeded bug stands what the engine accepts with it and not without it. No entry needs a text of the engine:
where a part is rebuilt, the bug is planted anew and its statement stays. `--planted` plants each bug in a copy of the engine
and asks its statement there, which has to come through.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sympy as S

from mathcore.card import Derivation, Step
from mathcore.evidence import Level
from mathcore.proof.at_points import at_points
from mathcore.proof.derive import verify_derivation
from mathcore.proof.prover.error import WrongUse
from mathcore.proof.replay import INSIDE, PROVED, replay
from mathcore.proving import prove
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.directions import Directions
from mathcore.rules.equality_case import EqualityCase
from mathcore.rules.expectation import Expectation
from mathcore.rules.geometric import Geometric
from mathcore.rules.induction import Induction
from mathcore.rules.lemma import Lemma
from mathcore.rules.limiting import Limiting
from mathcore.rules.monotone import Monotone
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case, Split
from mathcore.rules.squeeze import Squeeze
from mathcore.rules.stationary import Stationary
from mathcore.rules.substitute import Substitute
from mathcore.rules.sum_over import SumOver
from mathcore.rules.support import Support
from mathcore.rules.telescope import Telescope
from mathcore.rules.unfold import Unfold
from mathcore.rules.use import Use
from tests.proof import pipeline, seeded_bugs
from tests.proof.blind import without_points
from tests.proof.statements import V

SHOWN = (Level.PROVED, Level.DECIDED)
SECONDS = 4.0  # for a statement that is searched
BUSY = 120  # seconds for one bug in a copy of the engine


@dataclass(frozen=True)
class ByRule:
    """A claim and the rule by which it would be shown; the kernel alone, or the whole where `points` look too."""

    bug: str
    claim: str
    by: Rule = Rewrite()
    given: str = ""
    define: str | tuple[str, ...] = pipeline.SAME
    derivations: tuple[Derivation, ...] = ()
    points: bool = False
    instance: str = ""
    equality: str = ""

    def accepted(self) -> bool:
        fields: dict[str, Any] = {"define": self.define, "derivations": self.derivations}
        if not self.points:
            return pipeline.kernel(self.claim, self.by, self.given, **fields).accepted
        return pipeline.pipeline(self.claim, self.by, self.given, self.instance, self.equality, **fields).level in SHOWN


@dataclass(frozen=True)
class BySteps:
    """A derivation, before kernel and balls."""

    bug: str
    derivation: Derivation
    given: str = ""
    define: str | tuple[str, ...] = pipeline.SAME
    derivations: tuple[Derivation, ...] = ()

    def accepted(self) -> bool:
        of = pipeline.card(self.given, self.derivations, self.define)  # type: ignore[arg-type]  # derivations as they are stored
        return verify_derivation(of, self.derivation).level in SHOWN


@dataclass(frozen=True)
class BySearch:
    """A claim without a rule; without `points` nothing refutes what the rules accept."""

    bug: str
    claim: str
    given: str = ""
    points: bool = True
    decider: str | None = None

    def accepted(self) -> bool:
        with nullcontext() if self.points else without_points():
            return prove(self.claim, given=self.given, timeout=SECONDS, decider=self.decider).level in SHOWN


@dataclass(frozen=True)
class BySympy:
    """Left side, relation and right side as objects of sympy; what is refused is not accepted."""

    bug: str
    claim: tuple[Any, ...]
    options: Mapping[str, Any] = field(default_factory=dict)

    def accepted(self) -> bool:
        try:
            return prove(*self.claim, timeout=SECONDS, **self.options).level in SHOWN
        except WrongUse:
            return False


@dataclass(frozen=True)
class Certified:
    """A forged certificate, before the replayer."""

    bug: str
    document: Mapping[str, Any]

    def accepted(self) -> bool:
        return all(r.outcome in (PROVED, INSIDE) for r in replay(self.document))


@dataclass(frozen=True)
class ByPoints:
    """A claim of which the points must say something else: a true one that they refute, or a false one that they confirm."""

    bug: str
    claim: str
    given: str = ""
    true: bool = False

    def accepted(self) -> bool:
        context = pipeline.card(self.given).context
        node = context.parse(self.claim)
        found = at_points(context, node, subject=node).level
        return found is (Level.REFUTED if self.true else Level.ENCLOSED)


Through = ByRule | BySteps | BySearch | BySympy | Certified | ByPoints

THROUGH: tuple[Through, ...] = (
    BySympy("assumed: what the language has no word for is dropped", (S.Pow(S.Symbol("s", prime=True), S.Integer(2)), ">=", 0)),
    BySympy("assumed: an integer of either sign is not negative", (S.Symbol("m", integer=True), ">=", 1), {"hypotheses": ["m >= 1"]}),
    BySympy("assumed: an even number is any integer", (S.Limit(S.Pow(S.Symbol("r", even=True), S.Integer(-1)), S.Symbol("r", even=True), S.oo, S.Symbol("-")), "=", 0)),
    BySympy("assumed: entries that are negative are any real numbers", (S.Pow(S.Indexed(S.IndexedBase(S.Symbol("z", nonzero=True)), S.Add(S.Symbol("t", integer=True, positive=True), S.Integer(1))), S.Integer(2)), ">=", 0), {"shapes": {"z": ("naturals",)}}),
    BySympy("assumed: the letter of a sum may be even", (S.Sum(S.Symbol("k", even=True), S.Tuple(S.Symbol("k", even=True), S.Integer(1), S.Symbol("n", integer=True, positive=True))), ">=", 0)),
    BySympy("assumed: an Idx that counts from 0 counts from 1", (S.Add(S.Idx(S.Symbol("i", integer=True), S.Tuple(S.Integer(0), S.Add(S.Symbol("n", integer=True, positive=True), S.Integer(-1)))), S.Pow(S.Indexed(S.IndexedBase(S.Symbol("z")), S.Idx(S.Symbol("i", integer=True), S.Tuple(S.Integer(0), S.Add(S.Symbol("n", integer=True, positive=True), S.Integer(-1))))), S.Integer(2))), ">=", 1)),
    BySympy("assumed: a symbol named pi is the number", (S.Symbol("pi", real=True), "=", S.pi)),
    BySympy("assumed: an opposite sign of domain and assumption is overlooked", (S.Symbol("q", negative=True), "<", 1), {"domains": {"q": "positive"}}),
    ByRule("capture: a bound letter keeps its name in a substitution", "lim(s -> 0+: s + s) = r + 0", Lemma("L", "a = r"), V, derivations=(Derivation("L", "lim(r -> 0+: a + r) = a + 0", (Step("= a + 0", Limiting(), "the limit of a sum"),), "L"),)),
    ByRule("capture: a derivative is taken by the letter that is put in, whatever else holds it", "2 b^2 <= 1000000", Certificate((Term("1", "L", "a = b^2"),)), V, derivations=(Derivation("L", "D(a b, b) <= a + 1000000", (Step("<=  a + 1000000", Certificate((Term("1000000"),)), "a lemma"),), "L"),)),
    ByRule("capture: what is put in varies with the letter by which is differentiated", "2 b^2 <= 1000000", Certificate((Term("1", "L", "a = b^2"),)), V, derivations=(Derivation("L", "D(a b, b) <= a + 1000000", (Step("<=  a + 1000000", Certificate((Term("1000000"),)), "a lemma"),), "L"),)),
    ByRule("capture: a derivative by the variable is one by what is put in", "2 b^2 <= 1000000", Certificate((Term("1", "L", "a = b^2"),)), V, derivations=(Derivation("L", "D(a b, b) <= a + 1000000", (Step("<=  a + 1000000", Certificate((Term("1000000"),)), "a lemma"),), "L"),)),
    ByRule("capture: the letters of `vector` keep their names", "m1(y[i]) = sum(j: y[j])", Unfold(), V, "m1(a) = dot(vector(i: a), vector(i: 1))"),
    ByRule("the size over which an index runs is not replaced", "lim(n -> inf: sum(k: 1 / n)) = 0", Limiting(), "n: size; k: index[n]"),
    ByRule("the kernel keeps the conditions of `at` about the letter, not about its value", "v log(exp(at(a = v: a / a))) = v", given=V),
    ByRule("(sum)^2 under a sum opened as one copy", "sum(i: sum(k: X[i, k])^2) = sum(i: sum(k: X[i, k]))", given=V),
    ByRule("delta(k, 3) summed is 1 also where there is no entry 3", "sum(k: delta(k, 3)) = 1", given=V),
    ByRule("a sum of 1 is 1", "sum(k: c) = c", given=V),
    ByRule("X[i, j] is X[j, i]", "dot(u_, A w_) = dot(A u_, w_)", given="n: size; A, B: real[n, n]; u_, w_: real[n]; i, j, k: index[n]"),
    ByRule("factors that depend on a bound index move out of the sum", "a^2 >= 1", Stationary("a = 1"), V + "; a^2 = 1"),
    ByRule("sqrt(x^2) = x", "(a^4)^(1/4) = a", given=V),
    ByRule("abs(x) = x", "sqrt(x^2) = x", given="x: real"),
    ByRule("0^t = 0", "0^t = 0", given=V),
    ByRule("log of a product splits whatever the signs", "exp(log(a^2) / 2) = a", given=V + "; a != 0"),
    ByRule("log of anything", "exp(log(a)) = a", given=V),
    ByRule("a divisor leaves no condition", "(n - 1) / (n - 1) = 1", given=V),
    ByRule("a single factor leaves no condition when it is divided by", "x/x = 1", given="x: real"),
    ByRule("something that may be 0 is cancelled in a hypothesis", "sum(k: x[k]) + x[i] = 0", Use("x[i] = 0"), V + "; x[i] = 0"),
    ByRule("a root of anything", "0 sqrt(a) = 0", given=V),
    ByRule("exp forgets the coefficient", "max(k: exp(-x[k])) = exp(-max(k: x[k]))", given=V),
    ByRule("x log(x) is read as if x were positive, whatever its sign", "a log(a) - a log(a) = 0", given=V),
    ByRule("a logarithm that hides a division is guarded", "v log(exp(v / v)) = v", given=V),
    ByRule("a logarithm that may jump is guarded", "v log(1 / 2 - step(-v)) = -v log(2)", given=V),
    ByRule("min is read as max", "min(r, 0) = r", given=V),
    ByRule("a constant factor of a product counts once", "prod(k: 2 P[k]) = 2 prod(k: P[k])", given=V),
    ByRule("a..b has b - a terms", "sum(t = 1..T: 1) = T - 1", given="a, b, t: natural; F: real[naturals]; T: natural; a <= b; T >= 1"),
    ByRule("a range may have a negative number of terms", "sum(t = 2..T: 1) = T - 1", given=V),
    ByRule("an empty sum in a hypothesis is what it is elsewhere", "a = 1", Use("sum(k: delta(k, 3)) = 0"), V + "; sum(k: delta(k, 3)) = 0"),
    ByRule("a hypothesis both sides of which are infinite says something", "c + log(v) <= log(v) => c <= 0", Certificate((Term("-c"),)), V),
    ByRule("an equation has no conditions of its own where one follows from it", "sum(j: X[i, j]) / sum(j: X[i, j]) = 1", given="n: size; X: real[n, n]; v: nonnegative; i, j, k: index[n]; sum(j: X[k, j]) + log(v) = 1 + log(v)"),
    Certified("replay: a hypothesis both sides of which are infinite says something", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "a + log(x) = 1 + log(x)", "claim": "a / a = 1", "instance": "", "level": "proved", "steps": [{"text": "= 1", "rule": {"rule": "Rewrite"}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    ByRule("what is declared of a letter holds of the letter of a range", "sum(t = 0..T: abs(t - 1)) = sum(t = 0..T: t - 1)", given="T: natural; t: natural >= 1"),
    ByRule("infinite terms of either sign have a sum", "sum(k: x[k] log(v)) <= sum(k: y[k] log(v))", SumOver("k", Use("x[k] log(v) <= y[k] log(v)")), V + "; x[k] log(v) <= y[k] log(v)"),
    ByRule("an equality of what is infinite on both sides has an equality case", "sum(k: p[k] log(p[k] / q[k])) - sum(k: p[k] log(e[k])) = -sum(k: p[k] log(e[k])) <=> forall(k: p[k] = q[k])", Directions(EqualityCase("entropy.gap", "x = p[k]; y = q[k]"), Support(("p", "q", "e"), Use("forall(k: p[k] = q[k])"))), V + "; e: simplex[n]"),
    ByRule("a limit inside an expression is a number", "0 lim(r -> inf: r) = 0", given=V),
    ByRule("a limit inside a limit is a number", "lim(s -> inf: lim(t -> inf: (-1)^t) / s) = 0", Limiting(), V),
    ByRule("a ratio may be another one at every step", "lim(t -> inf: u (1 - 1 / (t + 1))^t / 3000) = 0", Geometric(), "t: natural; u: unit", points=True),
    ByRule("a change of variable asks for no domain", "lim(r -> 0+: r) = lim(u -> inf: 1 / u)", Substitute("r = 1 / u"), V),
    Certified("replay: an empty sum in a hypothesis is what it is elsewhere", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]; T: natural; t_: natural; z: real; sum(t_ = 2..T: -1) <= z", "claim": "max(0, 1/1000000000 - (y_ - 37/41)^2) (z - 1 + T) >= 0", "instance": "", "level": "proved", "steps": [{"text": ">= 0", "rule": {"rule": "Certificate", "terms": [{"rule": "Term", "weight": "max(0, 1/1000000000 - (y_ - 37/41)^2) (z - 1 + T)", "lemma": "", "at": "", "over": ""}]}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    ByRule("natural numbers start at 1", "t / t = 1", given=V),
    ByRule("what is >= 0 is > 0", "0^t = 0", given="t: natural"),
    ByRule("every whole power is >= 0", "0 log(x) = 0", given="x: real"),
    ByRule("a negative coefficient is forgotten", "at(x = -1: abs(x)) = -1", given="x: positive"),
    ByRule("a weak hypothesis gives a strict sign", "p[i] < 1", Certificate((Term("1 - p[i]"),)), V),
    ByRule("a derivative is taken at the end of an interval", "D(abs(a), a) = 1", given=V + "; 0 <= a"),
    ByRule("the product rule forgets the other factors", "D(a exp(a), a) = 1 + exp(a)", given=V),
    ByRule("the derivative of a power forgets the exponent", "r < s => 1 / r < 1 / s", Monotone("1 / x0", "x0: positive", "r < s", Use("r < s")), V),
    ByRule("the chain rule is forgotten in a logarithm", "D(log(1 + exp(a)), a) = 1 / (1 + exp(a))", given=V),
    ByRule("D(x[i], x[j]) = 1", "D(sum(k: (exp(1) + sum(l: x[j]))), x[i]) = sum(k: D((exp(1) + sum(l: x[j])), x[j]))", given=V),
    ByRule("a root has a derivative at 0", "sqrt(a^2 + b^2) D(sqrt(a^2 + b^2), a) = a", given=V, points=True),
    ByRule("a hypothesis about one index is used for every index", "sum(k: x[k]) + x[i] = 0", Use("x[i] = 0"), V + "; x[i] = 0"),
    ByRule("a hypothesis is used for the indices that it excludes", "sum(k: X[k, k]) = 0", Use("X[i, j] = 0"), V + "; i != j; X[i, j] = 0"),
    ByRule("what is put in the place of a letter may lie outside its domain", "at(r = 0: r / r) = 1", given=V),
    ByRule("a lemma's arguments may lie outside their domains", "a >= 0", Lemma("L", "t = a"), V, derivations=(Derivation("L", "t >= 0", (Step(">=  0", Certificate((Term("t"),)), "a lemma"),), "L"),)),
    ByRule("a lemma's hypotheses are not asked for", "y^3 >= 0", Lemma("L", "x = y"), "x, y: real; 0 <= x", derivations=(Derivation("L", "x^3 >= 0", (Step(">= 0", Certificate((Term("x^3"),))),), "L"),)),
    ByRule("a lemma's premise is not asked for", "b^3 >= 0", Lemma("cube", "a = b"), V, derivations=(Derivation("cube", "0 <= a => a^3 >= 0", (Step(">= 0", Certificate((Term("a^3"),)), "an odd power of a number >= 0"),), "cube"),)),
    BySearch("k != j is dropped from what is meant for every k but j", "n >= 2 and a[i] = a[i]", "n: size; a, b, R: real[n]; i, j, k: index[n]; x, c: real; r: nonnegative; T, s: natural >= 1; a[k] >= 0; k != i"),
    BySearch("a tie of two entries is a tie of all", "x[k] = x[l]", "n: size; x: real[n]; i, j, k, l: index[n]; x[i] = x[j]"),
    BySearch("one of two readings is enough", "f(x) f(y) = 49", "f, h: function; u, v, x, y, a: real; f(x) = 7"),
    BySearch("what a derivative is taken by is replaced", "D(x, y) = 0", "f, h: function; u, v, x, y, a: real; y = x^2"),
    BySearch("a hypothesis about a function is used outside of its premise", "f(x) <= f(y)", "x, y, u, v: real; f: function; u < v => f(u) <= f(v); x <= y"),
    BySearch("a hypothesis about a function is used outside of its domain", "f(x) >= 0", "f: function; v: nonnegative; x: real; f(v) >= 0", False),
    ByRule("the first few weights are all of them", "sum(t = 1..n: o[t]) > 0", Certificate((Term("sum(t = 1..n: o[t])"),)), "n, m: size; n <= m; o: onehot[m]; t: natural"),
    ByRule("a function that jumps at an end is judged by its slope", "step(u - 1) >= 1", Monotone("step(-x)", "x: unit", "1 - u >= 0", Certificate((Term("1 - u"),))), "u: unit"),
    ByRule("a squeeze asks for nothing that its value needs", "lim(r -> inf: r / r) = a / a", Squeeze("1", Certificate((Term("0"),)), "1", Certificate((Term("0"),))), V),
    ByRule("0^0 by a number in a real exponent", "a = 0 => b^a = 1", Use("a = 0"), V),
    ByRule("the weights of a certificate may be negative", "c >= 0", Certificate((Term("c"),)), V),
    ByRule("a certificate gives < without a positive term", "a^2 > 0", Certificate((Term("a^2"),)), V),
    ByRule("an inequality is multiplied by anything", "b <= a", Use("a <= b"), V + "; a <= b"),
    ByRule("an inequality is used as an equation", "r - 1 = log(r)", Lemma("tangent"), V, derivations=(Derivation("tangent", "log(r) <= r - 1", (Step("<= r - 1", Monotone("r - 1 - log(r)", "r: positive", turning="1"), "the minimum is at 1"),), "tangent"),)),
    ByRule("<= gives <", "a < b", Use("a <= b"), V + "; a <= b"),
    ByRule("a falling function keeps the order", "r < s => 1 / r < 1 / s", Monotone("1 / x0", "x0: positive", "r < s", Use("r < s")), V),
    ByRule("the sign of a derivative rests on a hypothesis about its variable", "9 <= 1", Monotone("a^2", "a: real", "-3 <= 1", Certificate((Term("4"),))), V + "; 1 <= a"),
    ByRule("a function is least where its gradient is not 0", "sum(k: x[k]^2) - x[i] >= 0", Stationary("x = vector(k: 0)"), V),
    ByRule("a function that is not convex is least where its gradient is 0", "a^3 >= 0", Stationary("a = 0"), V),
    ByRule("assuming: a case is known of every letter, not of its own", "f(1) <= 1",
           Split((Case("f(v) <= 1", Use("f(v) <= 1", at="v = 1")), Case("f(v) > 1", Use("f(v) > 1", at="v = 2")))),
           "f: function; v: real; f(1) + f(2) = 2"),
    ByRule("the cases need not cover the domain", "abs(a) = a", Split((Case("a >= 0", Rewrite()),)), V),
    ByRule("inf - inf is hidden in a sum", "-log(q[j]) + log(q[j]) = 0", Support(("q",), Rewrite()), V),
    ByRule("the smaller side may be infinite", "-sum(k: p[k] log(q[k])) < 1 - sum(k: p[k] log(q[k]))", Support(("p", "q"), Certificate((Term("1"),))), V),
    ByRule("induction without a start", "sum(t = 0..T: 1) = T", Telescope(), V),
    BySearch("a size is replaced, and its places stay as they were", "(n - 1) step(y - 1000000) (abs(n - 1 - k) - (n - 1 - k)) sum(s = 1..n: s) = 0", "n: size; k: index[n]; y: real"),
    ByRule("induction where every term depends on the end", "sum(s = 1..T: T) = T (T - 1) / 2", Telescope(), "T, s: natural"),
    ByRule("r^t -> 0 for |r| <= 1", "lim(t -> inf: (-1)^t) = 0", Geometric(), V),
    ByRule("1 / x tends to inf from both sides", "lim(a -> 0: 1 / a) = inf", Limiting(), V),
    ByRule("induction shows the step from t to t", "F[t] <= 1", Induction("t", Use("F[0] <= 1"), Use("F[t] <= 1")), V + "; F[0] <= 1"),
    ByRule("limits: of two sizes the smaller is called the larger", "lim(t -> inf: b^t exp(t)) = 0", Limiting(), V + "; S: natural >= 2; R: simplex[n, n]; e: natural; abs(b) < 1"),
    ByRule("limits: equal sizes are taken for a smaller one", "lim(q -> inf: exp(q z[i]) / sum(k: exp(q z[k]))) = 0", Limiting(), "n: size; q: positive; i, k: index[n]; z, w: real[n]; k != i => z[k] < z[i]; "),
    ByRule("limits: one side stands for both", "lim(a -> 0: 1 / a) = inf", Limiting(), V),
    ByRule("limits: what the body needs near the point is forgotten", "lim(r -> 0+: log(b r)) = -inf", Limiting(), V),
    BySearch("limits: b^n -> 0 for |b| <= 1", "lim(n -> inf: r^n) = 0", "n: natural; r: unit"),
    ByPoints("balls: a hypothesis that holds to 50 digits holds", "a < b", "a, b: positive; sqrt(b) >= sqrt(a) + 10^(-70)", True),
    ByRule("two samples of a batch are drawn one by one, with replacement", "mean(c: sum(k: c[k] x[k])^2) = ((b / N)^2) sum(k: x[k])^2 + ((b / N - (b / N)^2)) sum(k: x[k]^2)", Expectation(), "N: size >= 2; b: size; x: real[N]; i, k: index[N]; c: batch[N, b]; b <= N"),
    ByRule("a number of unknown sign leaves a maximum", "max(k: c x[k]) = c max(k: x[k])", given=V),
    ByRule("a real power of anything", "0^(b - b) = 1", given=V),
    ByRule("the unit step has a derivative at 0", "D(step(a), a) = 0", Differentiate(), V, points=True),
    BySearch("z3: strict relations are weak", "x^2 > 0", "x: real", False, "z3"),
    BySearch("z3: a hypothesis about the index of the claim is about every index", "p[1] + 0 p[i] >= 0", "p: real[3]; i: index[3]; p[i] >= 0", False, "z3"),
    Certified("replay: anything stands for a size", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.l", "card": "trial", "given": "P: real[n]", "claim": "n >= 1", "instance": "", "level": "proved", "steps": [{"text": ">= 1", "rule": {"rule": "Certificate", "terms": [{"rule": "Term", "weight": "n - 1", "lemma": "", "at": "", "over": ""}]}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}, {"name": "trial.forged", "card": "trial", "given": "", "claim": "1 + (y_ - 37/41)^2 - 1/1000000000 >= 1", "instance": "", "level": "proved", "steps": [{"text": ">= 1", "rule": {"rule": "Lemma", "name": "l", "at": "n = 1 + (y_ - 37/41)^2 - 1/1000000000"}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": ["trial.l"], "axioms": []}]}]}),
    Certified("replay: a size may be smaller than a lemma asks for", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.l", "card": "trial", "given": "N: size >= 5; P: real[N]", "claim": "N >= 5", "instance": "", "level": "proved", "steps": [{"text": ">= 5", "rule": {"rule": "Certificate", "terms": [{"rule": "Term", "weight": "N - 5", "lemma": "", "at": "", "over": ""}]}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}, {"name": "trial.forged", "card": "trial", "given": "", "claim": "m max(0, 1/1000000000 - (y_ - 37/41)^2) >= 5 max(0, 1/1000000000 - (y_ - 37/41)^2)", "instance": "", "level": "proved", "steps": [{"text": ">= 5 max(0, 1/1000000000 - (y_ - 37/41)^2)", "rule": {"rule": "Certificate", "terms": [{"rule": "Term", "weight": "max(0, 1/1000000000 - (y_ - 37/41)^2)", "lemma": "l", "at": "N = m", "over": ""}]}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": ["trial.l"], "axioms": []}]}]}),
    Certified("replay: inside means wherever it is defined", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "", "claim": "D(abs(y_ - 37/41), y_)^2 = 1", "instance": "", "level": "proved", "steps": [{"text": "= 1", "rule": {"rule": "Rewrite"}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    Certified("replay: nothing need lie inside", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; a, b: real", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "x: nonnegative; x <= 0", "claim": "x log(x) = log(x) x", "instance": "", "level": "proved", "steps": [{"text": "= log(x) x", "rule": {"rule": "Rewrite"}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    Certified("replay: a lemma shown inside only is used at the ends", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.l", "card": "trial", "given": "g: nonnegative", "claim": "g + (y_ - 37/41)^2 > 0", "instance": "", "level": "proved", "steps": [{"text": "> 0", "rule": {"rule": "Support", "of": ["g"], "by": {"rule": "Certificate", "terms": [{"rule": "Term", "weight": "g", "lemma": "", "at": "", "over": ""}, {"rule": "Term", "weight": "(y_ - 37/41)^2", "lemma": "", "at": "", "over": ""}]}}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}, {"name": "trial.forged", "card": "trial", "given": "", "claim": "(y_ - 37/41)^2 > 0", "instance": "", "level": "proved", "steps": [{"text": "> 0", "rule": {"rule": "Lemma", "name": "l", "at": "g = 0"}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": ["trial.l"], "axioms": []}]}]}),
    Certified("replay: a hypothesis behind the variable of a function", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "w <= v", "claim": "-max(0, 1/1000000000 - (y_ - 37/41)^2) w <= -max(0, 1/1000000000 - (y_ - 37/41)^2) (v + 1)", "instance": "", "level": "proved", "steps": [{"text": "<= -max(0, 1/1000000000 - (y_ - 37/41)^2) (v + 1)", "rule": {"rule": "Monotone", "function": "-max(0, 1/1000000000 - (y_ - 37/41)^2) z_", "variable": "z_: real; max(0, 1/1000000000 - (y_ - 37/41)^2) = 0", "inner": "w <= v + 1", "by": {"rule": "Use", "hypothesis": "w <= v", "at": ""}, "turning": "", "slope": "", "sign": None}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    Certified("replay: an identity holds where its sides are undefined", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "", "claim": "0 * sum(i: log(((y_ - 37/41)^2 - 1/1000000000) + 0 p[i])) = 0", "instance": "", "level": "proved", "steps": [{"text": "= 0", "rule": {"rule": "Rewrite"}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    Certified("replay: what holds from 5 on holds from 0 on", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "T: natural >= 5; F[T] = 1", "claim": "max(0, 1/1000000000 - (y_ - 37/41)^2) F[s] = max(0, 1/1000000000 - (y_ - 37/41)^2)", "instance": "", "level": "proved", "steps": [{"text": "= max(0, 1/1000000000 - (y_ - 37/41)^2)", "rule": {"rule": "Rewrite"}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    Certified("replay: a step from 5 on is one from 0 on", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "T: natural >= 5; F[T] = 1", "claim": "max(0, 1/1000000000 - (y_ - 37/41)^2) F[s] = max(0, 1/1000000000 - (y_ - 37/41)^2)", "instance": "", "level": "proved", "steps": [{"text": "= max(0, 1/1000000000 - (y_ - 37/41)^2)", "rule": {"rule": "Rewrite"}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    Certified("replay: sums over different sizes are compared term by term", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "", "claim": "sum(i: max(0, 1/1000000000 - (y_ - 37/41)^2)) <= sum(k: max(0, 1/1000000000 - (y_ - 37/41)^2))", "instance": "", "level": "proved", "steps": [{"text": "<= sum(k: max(0, 1/1000000000 - (y_ - 37/41)^2))", "rule": {"rule": "SumOver", "index": "i", "by": {"rule": "Certificate", "terms": [{"rule": "Term", "weight": "0", "lemma": "", "at": "", "over": ""}]}}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    Certified("replay: the cases need not cover the domain", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "", "claim": "((y_ - 37/41)^2 - 1/1000000000) >= 0", "instance": "", "level": "proved", "steps": [{"text": ">= 0", "rule": {"rule": "Split", "cases": []}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    Certified("replay: the larger side of squares may be negative", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "", "claim": "max(0, 1/1000000000 - (y_ - 37/41)^2) <= -max(0, 1/1000000000 - (y_ - 37/41)^2)", "instance": "", "level": "proved", "steps": [{"text": "<= -max(0, 1/1000000000 - (y_ - 37/41)^2)", "rule": {"rule": "Squared", "smaller": "max(0, 1/1000000000 - (y_ - 37/41)^2)", "larger": "-max(0, 1/1000000000 - (y_ - 37/41)^2)", "by": {"rule": "Rewrite"}}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    Certified("replay: weights may be negative", {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": {"given": "v_: real; y_: real; n, m: size; i, j: index[n]; k: index[m]; a, b, v, w: real; x: nonnegative; u: unit; p: real[n]; q: real[m]; h: onehot[n]; r, s: natural; X: real[n, n]; F: real[naturals]", "define": [pipeline.SAME], "uses": []}}, "claims": [{"name": "trial.forged", "card": "trial", "given": "", "claim": "-max(0, 1/1000000000 - (y_ - 37/41)^2) >= 0", "instance": "", "level": "proved", "steps": [{"text": ">= 0", "rule": {"rule": "Certificate", "terms": [{"rule": "Term", "weight": "-max(0, 1/1000000000 - (y_ - 37/41)^2)", "lemma": "", "at": "", "over": ""}]}, "level": "proved", "conditions": [], "hypotheses": [], "lemmas": [], "axioms": []}]}]}),
    ByRule("a leader of some indices leads every one", "z[i] < z[j] + 0 z[l]", Certificate((Term("z[j] - z[i]"),)), V + "; k != j => z[k] < z[j]; i != j; k != 1"),
    ByRule("the root of the square of a sum is the sum", "sqrt(a^2 - 2 a b + b^2) = a - b", given=V),
    ByRule("the diagonal of rows that sum to 1 has a positive entry", "sum(k: R[k, k]) > 0", Certificate((Term("sum(k: R[k, k])"),)), V + "; S: natural >= 2; R: simplex[n, n]; e: natural"),
    ByRule("what is at least 0 times something positive is positive", "v > 0", Certificate((Term("v"),)), V + "; S: natural >= 2; R: simplex[n, n]; e: natural; v + w > 0"),
    ByRule("a sum is more than each summand, also of one", "sum(k: (1 - delta(k, i)) exp(x[k])) > 0", Certificate((Term("sum(k: (1 - delta(k, i)) exp(x[k]))"),)), V),
    ByRule("b^E < 1 for b < 1, also where E is 0", "1 - beta^t > 0", Certificate((Term("1 - beta^t"),)), "beta: unit; beta < 1; t: natural"),
    ByRule("ranges that run backwards are made longer by a term", "sum(e = t..T: F[e]) + F[T + 1] = sum(e = t..T + 1: F[e])", given=V + "; S: natural >= 2; R: simplex[n, n]; e: natural"),
    ByRule("a recurrence is used before it begins", "F[0] = 0", Use("F[t + 1] = 0"), V + "; S: natural >= 2; R: simplex[n, n]; e: natural; F[t + 1] = 0"),
    BySearch("a strict premise of a lemma is met by a weak relation", "f(x) <= f(y)", "x, y, u, v: real; f: function; u < v => f(u) <= f(v); x <= y"),
    ByRule("c r^t tends to 0 exactly if |r| < 1, also for c = 0", "lim(t -> inf: c a^t) = 0 <=> abs(a) < 1", Geometric(), V),
    ByRule("|x| is written as (1 / x) x |x| when it is differentiated", "a D(abs(a), a) = abs(a)", Differentiate(), V + "; S: natural >= 2; R: simplex[n, n]; e: natural"),
    ByRule("a power that may divide is a polynomial", "F[t] = u^(t - 1) u F[0]", Geometric(), V + "; F[T + 1] = u F[T]"),
    ByRule("a sum over an empty range is less than another", "sum(t = 1..T: t) < sum(t = 1..T: t + 1)", SumOver("t", Certificate((Term("1"),))), "t, T: natural"),
    ByRule("a slope with a double zero changes its sign there", "(a - 1)^3 >= 0", Monotone("(a - 1)^3", "a: real", turning="1"), V + "; S: natural >= 2; R: simplex[n, n]; e: natural"),
    ByRule("c r^t tends to inf for r > 1, whatever c is", "lim(t -> inf: 2^t a) = inf", Geometric(), V + "; S: natural >= 2; R: simplex[n, n]; e: natural"),
    ByRule("a sequence starts where its recurrence does not", "F[t] = r^t F[0]", Geometric(), V + "; S: natural >= 2; R: simplex[n, n]; e: natural; F[S + 1] = r F[S]"),
    ByRule("a condition that is left counts as shown", "(t - 50) / (t - 50) = 1", given=V, points=True),
    ByRule("hypotheses need no witness", "n^2 = 1", Use("n = 1"), V + "; n = 1", points=True),
    ByPoints("balls: 0^0 = 0", "0^t = 0", V),
    ByPoints("balls: undefined on one side is no refutation", "a / a = 1", V),
    ByPoints("balls: no point is enough", "a = 1", V + "; a > 0; a < 0"),
    ByPoints("balls: only n = 1..4", "n (n - 1) (n - 2) (n - 3) (n - 4) = 0", V),
    ByPoints("balls: the product rule of dual numbers is half", "D(a exp(a), a) = exp(a)", V),
)  # fmt: skip

# why there is none; for a bug that is neither here nor above none was found yet
WITHOUT: dict[str, str] = {
    "small points: what was made small is not checked again": "it alters the point that is told of a false claim, not the answer",
    "small points: a hypothesis is dropped on the way": "it alters the point that is told of a false claim, not the answer",
    "small points: a domain is left on the way": "it alters the point that is told of a false claim, not the answer",
    "small points: the claim may become true on the way": "it alters the point that is told of a false claim, not the answer",
    "small points: a premise is taken to hold": "it alters the point that is told of a false claim, not the answer",
    "small points: equal indices come first": "it alters the point that is told of a false claim, not the answer",
    "small points: idle letters are told": "it alters the point that is told of a false claim, not the answer",
    "small points: both sides look the same": "it alters the point that is told of a false claim, not the answer",
    "letters: an input may be called u beside a bound": "its letters are those of bounds on implementations: no claim is proved with them",
    "letters: the unit roundoff is the card's u": "its letters are those of bounds on implementations: no claim is proved with them",
    "letters: a bound may speak of what the function is not given": "its letters are those of bounds on implementations: no claim is proved with them",
    "limits: the kernel alone refutes": "with it something true is refuted; nothing more is accepted",
    "a point without such indices is a counterexample": "with it something true is refuted; nothing more is accepted",
    "a function need not keep the hypotheses everywhere": "with it something true is refuted; nothing more is accepted",
    "z3: its points refute without the balls": "with it something true is refuted; nothing more is accepted",
    "limits: the sides are both asked where a hypothesis excludes one": "with it something true is refuted; nothing more is accepted",
    "delta of indices of different sizes": "the language refuses such a delta before the kernel reads it",
    "one m for the maxima of all rows": "another guard keeps the same out",
    "a lemma may rest on itself": "the engine does not come back, and accepts nothing",
    "an atom that occurs twice in a divisor is eliminated": "the equation that it uses is true; the kernel only knows less",
}


# planted ----------------------------------------------------------------------------------------------------


def of(bug: str) -> tuple[Through, ...]:
    return tuple(one for one in THROUGH if one.bug == bug)


def held(bug: str, directory: Path) -> list[str]:
    """The statements of a bug that do not come through in a copy of the engine where it is planted."""
    command = [sys.executable, "-m", "tests.proof.let_through", "--here", bug]
    environment = os.environ | {
        "PYTHONPATH": str(directory),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MATHCORE_CACHE": str(directory / "cache"),
    }
    try:
        done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, encoding="utf-8", timeout=BUSY)
    except subprocess.TimeoutExpired:
        return [f"{bug}: no answer in {BUSY} s"]
    return done.stdout.splitlines() if done.returncode == 0 else [f"{bug}: {done.stderr.strip()[-200:]}"]


def planted(bugs: Sequence[seeded_bugs.Bug]) -> list[str]:
    """What does not come through although its bug is planted."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as made:
        directory = seeded_bugs.copied(Path(made))
        for count, bug in enumerate(bugs, 1):
            if sys.stderr.isatty():
                print(f"\r{f'{count} of {len(bugs)}: {bug.name}':100.100}", end="", file=sys.stderr, flush=True)
            try:
                path, text = seeded_bugs.planted(bug, directory)
            except seeded_bugs.Stale as error:
                found.append(f"STALE: {error}")
                continue
            honest = path.read_text(encoding="utf-8")
            path.write_text(text, encoding="utf-8")
            try:
                found += held(bug.name, directory)
            finally:
                path.write_text(honest, encoding="utf-8")
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.let_through", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--planted", action="store_true", help="each bug in a copy of the engine, where its statement comes through"
    )
    parser.add_argument("--only", default="", metavar="WORD", help="bugs whose name holds this")
    parser.add_argument("--here", default="", metavar="BUG", help="the statements of one bug that this engine does not accept")
    chosen = parser.parse_args(arguments)
    if chosen.here:
        print("".join(f"{one}\n" for one in of(chosen.here) if not one.accepted()), end="")
        return 0
    began = time.perf_counter()
    bugs = [b for b in seeded_bugs.BUGS if chosen.only in b.name]
    asked = [b for b in bugs if of(b.name)]
    wrong = [f"accepted without its bug: {one}" for b in asked for one in of(b.name) if one.accepted()]
    wrong += [f"not let through by its bug: {told}" for told in planted(asked)] if chosen.planted else []
    print(*wrong, sep="\n", end="\n" if wrong else "")
    none, sought = sum(b.name in WITHOUT for b in bugs), [b for b in bugs if b not in asked and b.name not in WITHOUT]
    print("".join(f"no statement found yet: {b.name}\n" for b in sought), end="")
    print(
        f"{len(asked)} of {len(bugs)} bugs have a statement; {len(wrong)} wrong; {none} can have none; {len(sought)} are sought",
        end="",
    )
    print(f"; {time.perf_counter() - began:.0f} s")
    return int(bool(wrong) or not asked)


if __name__ == "__main__":
    sys.exit(main())

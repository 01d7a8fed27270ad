"""Certificates found automatically: terms known to be >= 0 are collected, and an exact linear program combines them.

larger - smaller = sum of c_i * term_i with c_i >= 0, modulo the equalities that hold (a simplex sums to 1). The terms
come from the shape of the difference: the tangent of the logarithm where logarithms stand (Gibbs, Jensen, log-sum),
squares where products stand (completing the square, Cauchy-Schwarz), facts times what is >= 0, |x| >= x. What is found
is only proposed: the checker of `Certificate` judges it anew.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import Absolute, Extreme, Log, Range, Scalar
from mathcore.proof.kernel.polynomial import UNIT, KernelError, Poly, monomial, of
from mathcore.proof.prover.certificates.candidates import MANY, ONE
from mathcore.proof.prover.certificates.logarithms import LogarithmCandidates
from mathcore.proof.scope import NotShown, Scope, text_of
from mathcore.rules.certificate import Certificate, Term

MORE = 40  # candidates that each stage may add to those of the stages before


def certificate(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Certificate:
    """A certificate for the inequality; raises NotShown where none was found."""
    return Search(scope, left, op, right).run()


def factored(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Certificate:
    """A certificate for the difference without its factors that are squares or known to be positive."""
    search = Search(scope, left, op, right)
    dens = search.denominators([search.gap])
    content, common, unit = search.normal.content(search.reduced(search.cleared(search.gap, dens)), lambda _: True)
    factors = search.normal.factors(unit) if len(unit.terms) > 1 else []
    outside, rest = [], UNIT.scale(1 if content > 0 else -1)
    for factor, power in factors:
        if power % 2 == 0:
            outside.append((factor, power))
        else:
            rest = search.normal.multiply(rest, search.normal.power(factor, power))
    if not outside or op not in ("<=", ">=") or not search.nonnegative(common):
        raise NotShown("the difference has no square as a factor")
    weight: t.Expr = search.over_dens(search.write(common, (), abs(content)), dens)
    for factor, power in outside:
        weight = t.Mul(weight, t.Pow(search.write(factor), t.number(power)))
    search.gap = rest
    return Certificate(tuple(replace(term, weight=f"{text_of(weight)} * ({term.weight})") for term in search.run().terms))


def divided(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Certificate:
    """A certificate for the difference divided by the positive factor of all its logarithms: T log(...) with exp(z / T)."""
    search = Search(scope, left, op, right)
    logs = [dict(m) for m in search.gap.terms if any(isinstance(a, Log) for a, _ in m)]
    common = [(a, e) for a, e in (logs[0] if logs else {}).items() if isinstance(a, Scalar) and all(m.get(a) == e for m in logs)]
    factor = monomial(f for f in common if search.facts.positive(of(f[0])) and f[0].domain != "size")
    if not factor:
        raise NotShown("the logarithms have no positive factor in common")
    search.gap = search.reduced(search.normal.multiply(search.gap, search.normal.inverse(Poly({factor: ONE}))))
    text = text_of(search.write(factor))
    return Certificate(tuple(replace(term, weight=f"{text} * ({term.weight})") for term in search.run().terms))


def less_known(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Certificate:
    """A certificate for the difference less a hypothesis about the same sum up to a natural number: the step of an induction."""
    search = Search(scope, left, op, right)
    for fact in search.facts.known:
        for m, v in fact.value.terms.items():
            times = search.gap.terms.get(m, Fraction(0)) / v
            if fact.pattern or times <= 0 or not any(isinstance(a, Range) for a, _ in m):
                continue
            search.gap = search.gap - fact.value.scale(times)
            known = Term(text_of(t.Mul(t.number(times), t.Paren(search.write(fact.value)))))
            return Certificate((known, *search.run().terms))
    raise NotShown("no hypothesis speaks of a sum of the difference")


class Patience:
    """A search that is taken up again where it ended without a certificate: it then asks for the sign of the whole difference."""

    def __init__(self, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
        self.relation = (scope, left, op, right)
        self.search: Search | None = None

    def first(self) -> Certificate:
        self.search = Search(*self.relation)
        return self.search.run()

    def second(self) -> Certificate:
        search = self.search or Search(*self.relation)
        search.whole_difference(patient=True)
        found = search.solve()
        if found is None:
            raise NotShown("no certificate was found among the standard patterns")
        return found


class Search(LogarithmCandidates):
    """The terms, from the likely to the desperate, until they combine."""

    def run(self) -> Certificate:
        dens = self.denominators([self.gap])
        if not self.gap or (dens and not self.reduced(self.cleared(self.gap, dens))):
            if self.op in ("<", ">"):
                raise NotShown("both sides are equal")
            return Certificate((Term("0"),))
        found = self.solve()
        stages = (
            self.squares_about,
            self.weighed_by_wholes,
            self.gaps_outside,
            self.gibbs,
            self.shares_of_logs,
            self.shares_of_exponentials,
            self.roots_of_pairs,
            self.by_arguments,
            self.distances_of_logarithms,
            self.tangents,
            self.distances_of_logarithms,
            self.exponentials,
            self.sizes,
            self.below_maxima,
            self.squares,
            self.more_tangents,
            self.tangents_of_powers,
            self.means_of_monomials,
            self.roots_apart,
            self.roots_of_sizes,
            self.parts_below_one,
            self.powers_in_order,
            self.by_facts,
            self.products_of_facts,
            self.half_degrees,
            self.forms_of_the_nonnegative,
            self.squares_beside,
            self.others,
            self.whole_difference,
            self.again,
        )
        for stage in stages:
            if found is not None:
                break
            before = len(self.candidates)
            self.room = max(MANY, before + MORE)
            with suppress(KernelError, NotShown):
                stage()
            if len(self.candidates) > before:
                found = self.solve()
        if found is None:
            raise NotShown("no certificate was found among the standard patterns")
        return found

    def whole_difference(self, patient: bool = False) -> None:
        """The whole difference, where its sign is known from its factors."""
        dens = self.denominators([self.gap])
        cleared = self.reduced(self.cleared(self.gap, dens))
        split = any(isinstance(atom, (Absolute, Extreme)) for atom in cleared.atoms())  # signs would try all cases: slow
        if len(cleared.terms) <= 12 and (patient or not split) and self.facts.nonnegative(cleared):
            self.propose_weight(
                self.gap, lambda: self.over_dens(self.write(cleared), dens), positive=self.facts.positive(cleared)
            )

    def squares_beside(self) -> None:
        """Squares for what is left of the difference less a term that takes away something negative."""
        tried = 0
        for candidate in list(self.candidates.values()):
            if candidate.square or tried >= 4:
                continue
            for m, v in candidate.value.terms.items():
                there = self.gap.terms.get(m, 0)
                if v < 0 and there < 0 and len(candidate.value.terms) < 12:
                    self.squares_of(self.gap - candidate.value.scale(there / v))
                    tried += 1
                    break

    def again(self) -> None:
        """A second round of squares, for the difference less one unit of each square that was proposed first."""
        rest = self.gap
        for candidate in list(self.candidates.values())[:40]:
            if candidate.square and len(rest.terms) < 40:
                rest = rest - candidate.value
        self.squares_of(rest)

"""Terms from powers: their tangents at a mean, powers in one order, and forms that are >= 0 where their letters are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from math import lcm

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import Absolute, Denominator, Entry, Letter, Sum
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, monomial, of
from mathcore.proof.prover.certificates.candidates import HALF, ONE, Flat
from mathcore.proof.prover.certificates.squares import SquareCandidates
from mathcore.proof.scope import text_of
from mathcore.rules.certificate import Term

HIGHEST = 8  # power whose tangent is written down
SMALL = 60  # products that are proposed for a form in few letters


class PowerCandidates(SquareCandidates):
    """What the convexity and the order of x^r give."""

    def tangents_of_powers(self) -> None:
        """w (u^r - m^r - r m^(r - 1) (u - m)) >= 0 with m = sum(w u) / sum(w), where sum(w u^r) stands: means of powers."""
        for flat, weight, base, power in self._powers():
            outside, own = (tuple((a, e) for a, e in weight if (flat.letters[0] in a.free) is inside) for inside in (False, True))
            one = Poly({base: ONE})
            try:
                total = self.summed(flat.letters, Poly({own: ONE}))
                linear = self.summed(flat.letters, self.normal.multiply(Poly({own: ONE}), one))
                mean = self.normal.multiply(linear, self.normal.inverse(total))
            except KernelError:
                continue
            low = self.nonnegative(base)
            if not linear or (power % 2 and not low) or (outside and not self.nonnegative(outside)):
                continue
            self._offer_bend((*outside, *own), one, mean, power, flat.letters, low)

    def _powers(self) -> Iterator[tuple[Flat, Monomial, Monomial, int]]:
        """w u^r, r > 2, in the sums of the difference: what is summed, w, u and r."""
        for flat in self.flats(self.gap):
            if len(flat.letters) != 1 or flat.coefficient < 0:
                continue
            for atom, exponent in flat.body:
                if not isinstance(atom, Entry) or flat.letters[0] not in atom.free or exponent.denominator != 1 or exponent < 2:
                    continue
                for own in range(int(exponent), 2, -1):  # a part of the power may be the weight: p^3 = p p^2
                    weight = monomial((*flat.body, (atom, Fraction(-own))))
                    if own <= HIGHEST and (not weight or self.nonnegative(weight)):
                        yield flat, weight, ((atom, ONE),), own

    def _offer_bend(self, weight: Monomial, u: Poly, m: Poly, power: int, letters: tuple[t.Symbol, ...], low: bool) -> None:
        """(u - m)^2 (u^(r - 2) + 2 m u^(r - 3) + ... + (r - 1) m^(r - 2)), as squares where u may be negative."""
        normal = self.normal
        value = normal.power(u, power) - normal.multiply(normal.power(m, power - 1), u.scale(power) - m.scale(power - 1))
        value = self.summed(letters, normal.multiply(Poly({weight: ONE}), value))

        def written() -> Term:
            at, centre = self.write(u, letters), self.write(m, letters)
            if low:
                parts = [_product(j + 1, (at, power - 2 - j), (centre, j)) for j in range(power - 1)]
            else:
                half = power // 2 - 1
                both = (t.Add(at, centre), 2)
                parts = [_product(j + 1, (centre, 2 * j), (at, 2 * (half - 1 - j)), both) for j in range(half)]
                parts.append(_product(half + 1, (centre, 2 * half)))
            body: t.Expr = t.Mul(t.Pow(t.Paren(t.Sub(at, centre)), t.number(2)), t.Paren(reduce(t.Add, parts)))
            if weight:
                body = t.Mul(self.write(weight, letters), body)
            return Term(text_of(body), over=", ".join(s.name for s in letters))

        self.propose(value, written)

    def powers_in_order(self) -> None:
        """w[k] w[l] (u[k]^a - u[l]^a) (u[k]^b - u[l]^b) >= 0 over pairs, where sum(w) sum(w u^(a + b)) stands: Chebyshev."""
        for m, v in self.gap.terms.items():
            sums = [a for a, e in m if isinstance(a, Sum) and e == 1 and len(a.binders) == 1]
            if v > 0 or len(sums) != 2:
                continue
            size = t.size_of(sums[0].binders[0])
            if size != t.size_of(sums[1].binders[0]):
                continue
            k, l = self.writer.letters(size, 2)
            first, second = (self._body(a, k) for a in sums)
            if first is None or second is None:
                continue
            outside = tuple(f for f in m if f[0] not in sums)
            self._offer_order(first, second, (k, l), outside)

    def _offer_order(self, first: Monomial, second: Monomial, letters: tuple[t.Symbol, t.Symbol], outside: Monomial) -> None:
        """With x^p y^q + x^q y^p given away: x^s y^s (x^a - y^a) (x^b - y^b), a = p - s, b = q - s, for s below both."""
        own, other = dict(first), dict(second)
        powers = [a for a in own if isinstance(a, Entry) and letters[0] in a.free]
        for atom in powers:
            p, q = own[atom], other.get(atom, Fraction(0))
            rest = [monomial(f for f in x if f[0] is not atom) for x in (first, second)]
            if rest[0] != rest[1] or not self.nonnegative((*outside, *rest[0])) or not self.nonnegative(((atom, ONE),)):
                continue
            if p.denominator != 1 or q.denominator != 1:
                continue
            x = of(atom)
            y = self.normal.substitute(x, {letters[0]: letters[1]})
            beside = Poly({monomial((*outside, *rest[0])): ONE})
            beside = self.normal.multiply(beside, self.normal.substitute(Poly({rest[0]: ONE}), {letters[0]: letters[1]}))
            for s in range(int(min(p, q)) + 1):
                a, b = int(p) - s, int(q) - s
                if a and b:
                    self._offer_pair_order(beside, x, y, (s, a, b), letters)

    def _offer_pair_order(
        self, beside: Poly, x: Poly, y: Poly, powers: tuple[int, int, int], letters: tuple[t.Symbol, t.Symbol]
    ) -> None:
        s, a, b = powers
        raised, multiply = self.normal.power, self.normal.multiply
        value = multiply(raised(x, a) - raised(y, a), raised(x, b) - raised(y, b))
        value = multiply(multiply(value, multiply(raised(x, s), raised(y, s))), beside)

        def written() -> Term:
            def quotient(power: int) -> Poly:
                return sum((multiply(raised(x, j), raised(y, power - 1 - j)) for j in range(power)), ZERO)

            factors = multiply(multiply(quotient(a), quotient(b)), multiply(multiply(raised(x, s), raised(y, s)), beside))
            square = t.Pow(t.Paren(self.write(x - y, letters)), t.number(2))
            return Term(text_of(t.Mul(square, t.Paren(self.write(factors, letters)))), over=", ".join(n.name for n in letters))

        self.propose(self.summed(letters, value), written)

    def forms_of_the_nonnegative(self) -> None:
        """w (u - v)^2 for monomials of a polynomial in few numbers >= 0, w among their products: Nesbitt, means."""
        dens = self.denominators([self.gap])
        p = self.reduced(self.cleared(self.gap, dens))
        atoms = sorted(p.atoms())
        whole = all(e > 0 and isinstance(a, Letter) for m in p.terms for a, e in m)
        if not whole or not 2 <= len(atoms) <= 4 or not all(self.nonnegative(((a, ONE),)) for a in atoms):
            return
        units = {a: Fraction(1, lcm(*(e.denominator for m in p.terms for b, e in m if b is a))) for a in atoms}
        degrees = {int(sum(e / units[a] for a, e in m)) for m in p.terms}
        proposed = 0
        for degree in sorted(d for d in degrees if d <= 8):
            for half in range(1, degree // 2 + 1):
                roots = list(_monomials(units, half))
                for u, v in itertools.combinations(roots, 2):
                    if set(dict(u)) & set(dict(v)):
                        continue  # what they share is a weight
                    for w in _monomials(units, degree - 2 * half):
                        if proposed < SMALL:
                            self.propose_square(w, Poly({u: ONE}) - Poly({v: ONE}), (), dens)
                            proposed += 1

    def means_of_monomials(self) -> None:
        """N (M / N - 1 - log(M / N)) >= 0 for positive monomials M against a negative one N: the means of any numbers of them."""
        above = [m for m, v in self.gap.terms.items() if v > 0][:6]
        below = [m for m, v in self.gap.terms.items() if v < 0]
        plain = all(isinstance(a, Letter) for m in self.gap.terms for a, _ in m)
        if (
            not plain
            or len(above) < 2
            or len(below) not in (1, 2)
            or not all(self.facts.positive(of(a)) for a in self.gap.atoms())
        ):
            return
        for n in below:
            for m in above:
                ratio = monomial((*m, *((a, -e) for a, e in n)))
                self.propose_lemma(n, "tangent", {"t": Poly({ratio: ONE})})

    def roots_apart(self) -> None:
        """(sqrt(x) - sqrt(y))^2 for the roots of the difference, also over one of them; a w (1 - sqrt(a))^2 for a <= 1."""
        found = {
            (a, abs(e) % 1) for m in self.gap.terms for a, e in m if e.denominator == 2 and isinstance(a, (Letter, Denominator))
        }
        roots = [a for a, _ in sorted(found) if self.nonnegative(((a, ONE),))]
        for one, other in itertools.combinations(roots[:4], 2):
            if any(s.name.startswith("#") for s in one.free | other.free):
                continue
            apart = of(one, HALF) - of(other, HALF)
            weights: list[Monomial] = [(), *(((root, e),) for root in (one, other) for e in (-HALF, HALF))]
            for weight in weights:
                if not weight or self.facts.positive(Poly({weight: ONE})):
                    self.propose_square(weight, apart, (), {})
        for flat in self.flats(self.gap):
            for atom, e in flat.body:
                if e.denominator == 2 and e > 0 and self.facts.nonnegative(UNIT - of(atom)):
                    self.root_below_one(flat, atom, e)

    def root_below_one(self, flat: Flat, atom: Atom, exponent: Fraction) -> None:
        """a^e w (1 - sqrt(a))^2 and a^e w (1 - a) for a number a <= 1 whose root stands beside w."""
        rest = tuple(f for f in flat.body if f[0] is not atom)
        if rest and not self.nonnegative(rest):
            return
        for own in (exponent - HALF, exponent - 1, exponent):
            if own >= 0:
                weight = monomial((*rest, (atom, own)))
                self.propose_square(weight, UNIT - of(atom, HALF), flat.letters, {})
                whole = self.normal.multiply(Poly({weight: ONE}), UNIT - of(atom))
                self.propose_weight(whole, self.product(weight, UNIT - of(atom), flat.letters, {}), flat.letters)

    def roots_of_sizes(self) -> None:
        """(sqrt(u) - sqrt(v))^2 <= |u - v| where |u - v| stands beside roots."""
        for flat in self.flats(self.gap):
            for atom, _ in flat.body:
                if not isinstance(atom, Absolute) or len(atom.inside.terms) != 2:
                    continue
                (m, v), (n, w) = atom.inside.terms.items()
                if v == -w and self.nonnegative(m) and self.nonnegative(n):
                    at = {"u": Poly({m: abs(v)}), "v": Poly({n: abs(w)})}
                    rest = tuple(f for f in flat.body if f[0] is not atom)
                    if not rest or self.nonnegative(rest):
                        self.propose_lemma(rest, "roots", at, flat.letters)

    def parts_below_one(self) -> None:
        """s^j (1 - s) for the shares s = a[k] / sum(a) whose powers stand: softmax(z)[k]^3 <= softmax(z)[k]."""
        for flat in self.flats(self.gap):
            for below, power in flat.body:
                if not isinstance(below, Sum) or power > -2 or power.denominator != 1 or len(flat.letters) != 1:
                    continue
                inside = self._bodies(below, flat.letters) if len(below.binders) == 1 else None
                if inside is None or not self.nonnegative(inside):
                    continue
                for j in range(1, int(-power)):
                    weight = monomial((*((a, e * j) for a, e in inside), (below, Fraction(-j - 1))))
                    rest = of(below) - Poly({inside: ONE})
                    whole = self.normal.multiply(Poly({weight: ONE}), rest)
                    self.propose_weight(whole, self.product(weight, rest, flat.letters, {}), flat.letters)


def _product(coefficient: int, *powers: tuple[t.Expr, int]) -> t.Expr:
    """c a^i b^j without what is 1."""
    factors: list[t.Expr] = [t.number(coefficient)] if coefficient != 1 else []
    factors += [t.Paren(a) if e == 1 else t.Pow(t.Paren(a), t.number(e)) for a, e in powers if e]
    return reduce(t.Mul, factors) if factors else t.number(1)


def _monomials(units: dict[Atom, Fraction], degree: int) -> Iterator[Monomial]:
    """Products of so many units: of x, or of the root of x where roots stand."""
    for chosen in itertools.combinations_with_replacement(units, degree):
        yield monomial((a, chosen.count(a) * units[a]) for a in dict.fromkeys(chosen))

"""Terms from exponentials: their order, tangents and chords."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import Exp, Letter, Log
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, Monomial, Poly, monomial, of
from mathcore.proof.prover.certificates.candidates import HALF, ONE, Flat, is_size
from mathcore.proof.prover.certificates.sizes import SizeCandidates


class ExponentialCandidates(SizeCandidates):
    """What the growth and the convexity of exp give."""

    def exponentials(self) -> bool:
        """exp(x) >= 1 + x at the exponents that occur and at their differences."""
        found = self.exponents()
        if not found:
            return False
        self.weighted_means(found)
        self.chords(found)
        self.ordered(found)
        for flat in self.flats(self.gap):  # x <= exp(x) - 1 for what stands alone
            for place, (atom, e) in enumerate(flat.body):
                if flat.coefficient < 0 and e == 1 and isinstance(atom, Letter) and not is_size(atom):
                    rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                    if not rest or self.nonnegative(rest):
                        self.propose_lemma(rest, "exponential", {"x": of(atom)}, flat.letters)
        weighed = [f for f in found if not f[1] or self.nonnegative(f[1])]
        self.decays(weighed[:6])
        for flat, rest, exponent in weighed[:8]:
            self.propose_lemma(rest, "exponential", {"x": exponent}, flat.letters)
            self.propose_lemma(rest, "exponential", {"x": -exponent}, flat.letters)
            for other, _, second in found[:3]:
                if other is not flat and other.letters in ((), flat.letters):
                    weight = self.normal.multiply(Poly({rest: ONE}), self.normal.exp(second))
                    self.propose_lemma(weight, "exponential", {"x": exponent - second}, flat.letters)
        return True

    def exponents(self) -> list[tuple[Flat, Monomial, Poly]]:
        """The exponents that occur, each with where it stands and with what stands beside its exponential."""
        found: dict[object, tuple[Flat, Monomial, Poly]] = {}
        dens = self.denominators([self.gap])
        bases = self.bases()
        for p, below in ((self.gap, {}), (self.cleared(self.gap, dens), dens)):
            for flat in self.flats(p):
                exponent, plain = ZERO, []
                for atom, e in flat.body:
                    if isinstance(atom, Exp):
                        exponent = exponent + atom.exponent.scale(e)
                    elif atom in bases:
                        exponent = exponent + self.normal.log(of(atom)).scale(e)
                    else:
                        plain.append((atom, e))
                if not exponent or len(flat.letters) > 2:
                    continue
                rest = monomial((*plain, *((a, -e) for a, e in below.items())))
                sign = 1 if flat.coefficient > 0 else -1
                found.setdefault((exponent, flat.letters, rest, sign), (flat, rest, exponent))
        return list(found.values())

    def bases(self) -> set[Atom]:
        """Positive x whose logarithm stands in an exponent: x itself is exp(log(x)) beside x^w."""
        exponents = [a.exponent for m in self.gap.terms for a, _ in self.inside(m) if isinstance(a, Exp)]
        logs = [a.argument.single() for p in exponents for a in p.atoms() if isinstance(a, Log)]
        single = [one[0][0][0] for one in logs if one is not None and len(one[0]) == 1 and one[0][0][1] == one[1] == 1]
        return {a for a in single if isinstance(a, Letter) and self.facts.positive(of(a))}

    def weighted_means(self, found: list[tuple[Flat, Monomial, Poly]]) -> None:
        """M = x^a y^b with a + b = 1: a M (exp(log(x) - m) - 1 - log(x) + m) and the like, m = log(M): weighted AM-GM."""
        for flat, rest, mean in found[:4]:
            weights: dict[Log, Poly] = {}
            for m, v in mean.terms.items():
                logs = [a for a, e in m if isinstance(a, Log) and e == 1]
                if len(logs) != 1 or not (rest == () or self.nonnegative(rest)):
                    break
                part = Poly({tuple(f for f in m if f[0] is not logs[0]): v})
                weights[logs[0]] = weights.get(logs[0], ZERO) + part
            else:
                parts = [(w, of(a)) if self.facts.nonnegative(w) else (-w, -of(a)) for a, w in weights.items()]
                left = self.reduced(UNIT - sum((w for w, _ in parts), ZERO))
                for w, x in (*parts, (left, ZERO)):
                    if w and self.facts.nonnegative(w):
                        weight = self.normal.multiply(self.normal.multiply(Poly({rest: ONE}), w), self.normal.exp(mean))
                        self.propose_lemma(weight, "exponential", {"x": x - mean}, flat.letters)

    def ordered(self, found: list[tuple[Flat, Monomial, Poly]]) -> None:
        """(exp(x[k]) - exp(x[l])) (x[k] - x[l]) over all pairs, where sum(k: exp(x[k]) x[k]) stands."""
        for flat, rest, exponent in found:
            one = exponent.single()
            if len(flat.letters) != 1 or one is None or len(one[0]) != 1 or one[0][0] not in rest:
                continue
            k, l = self.writer.letters(t.size_of(flat.letters[0]), 2)
            outside = tuple(f for f in rest if f != one[0][0] and flat.letters[0] not in f[0].free)
            weight = self.normal.multiply(Poly({outside: HALF}), self.normal.inverse(self.normal.size(k)))
            first, second = (self.normal.substitute(exponent, {flat.letters[0]: letter}) for letter in (k, l))
            self.propose_lemma(weight, "order", {"a": first, "b": second}, (k, l))

    def chords(self, found: list[tuple[Flat, Monomial, Poly]]) -> None:
        """w (exp(x) - exp(m) (1 + x - m)) with everything that stands beside exp(x) as w, for every other exponent m."""
        weights: dict[tuple[Poly, tuple[t.Symbol, ...]], Poly] = {}
        for flat, rest, exponent in found:
            weights[exponent, flat.letters] = weights.get((exponent, flat.letters), ZERO) + Poly({rest: flat.coefficient})
        for (exponent, letters), weight in list(weights.items())[:6]:
            if not weight or not self.facts.nonnegative(weight):
                continue
            for second, other in list(weights)[:6]:
                if second != exponent and other in ((), letters):
                    full = self.normal.multiply(weight, self.normal.exp(second))
                    self.propose_lemma(full, "exponential", {"x": exponent - second}, letters)

    def decays(self, found: list[tuple[Flat, Monomial, Poly]]) -> None:
        """exp(a) >= exp(b) where a >= b is known, and 1 >= exp(-a) where a >= 0 is."""
        for flat, rest, exponent in found:
            for other, _, second in (*found, (flat, rest, ZERO)):
                letters = flat.letters or other.letters
                if flat.letters and other.letters not in ((), flat.letters):
                    continue
                for up, down in ((exponent, second), (second, exponent)):
                    weight = self.normal.multiply(Poly({rest: ONE}), self.normal.exp(up))
                    if up - down and self.facts.nonnegative(up - down):
                        self.propose_lemma(weight, "decay", {"v": up - down}, letters)
                    elif not second:
                        self.propose_lemma(weight, "exponential", {"x": down - up}, letters)

"""Terms that are squares: where products stand, completed squares, Cauchy-Schwarz, squares about a mean."""

from __future__ import annotations

import itertools
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.kernel.atom import Absolute, Delta, Denominator, Entry, Exp, Letter, Prime, Scalar, Sum
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, monomial, of
from mathcore.proof.prover.certificates.candidates import HALF, ONE, Flat, is_size, weighted_roots
from mathcore.proof.prover.certificates.facts import FactCandidates
from mathcore.proof.scope import NotShown, text_of
from mathcore.rules.certificate import Term


class SquareCandidates(FactCandidates):
    """What is never negative because it is a square."""

    def squares(self) -> bool:
        self.squares_of(self.gap)
        return True

    def squares_of(self, gap: Poly) -> None:
        dens = self.denominators([gap])
        cleared = self.reduced(self.cleared(gap, dens))
        self.dens = dens
        if len(cleared.terms) > 80:
            return
        self.squares_as_written(dens)
        self.squares_of_sums(cleared, dens)
        self.complete_sums(cleared, dens)
        self.sizes_about_mean(cleared, dens)
        self.cauchy(cleared, dens)
        self.complete(cleared, dens)
        self.binomials(cleared, dens)
        self.products(cleared, dens)

    def propose_square(
        self, weight: Monomial, root: Poly, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction], coefficient: Fraction = ONE
    ) -> None:
        """coefficient * weight * root^2, summed over the letters, over what was cleared."""
        value = self.normal.multiply(Poly({weight: coefficient}), self.normal.power(root, 2))
        value = self.normal.multiply(self.summed(letters, value), Poly({monomial((a, -e) for a, e in dens.items()): ONE}))

        def written() -> Term:
            body: t.Expr = t.Pow(self.write(root, letters), t.number(2))
            if weight or coefficient != 1:
                body = t.Mul(self.write(weight, letters, coefficient), body)
            if letters:
                body = t.Big("sum", tuple(map(t.Binder, letters)), body)
            return Term(text_of(self.over_dens(body, dens)))

        self.propose(value, written, square=True)

    def halved(self, atom: Atom, exponent: Fraction) -> bool:
        """Whether atom^exponent is a square: an even power, or any power of what is not negative."""
        return (exponent.denominator == 1 and exponent % 2 == 0) or (
            not isinstance(atom, Denominator) and self.nonnegative(((atom, ONE),)) and (exponent != 1 or isinstance(atom, Exp))
        )

    def squares_of_sums(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """sum(i: w[i] (sum(j: g[i, j]))^2) where sum(i, j, l: w[i] g[i, j] g[i, l]) stands."""
        for flat in self.flats(p):
            for k, one in enumerate(flat.letters):
                for other in flat.letters[k + 1 :]:
                    if t.size_of(one) != t.size_of(other):
                        continue
                    first = tuple((a, e) for a, e in flat.body if one in a.free and other not in a.free)
                    second = tuple((a, e) for a, e in flat.body if other in a.free and one not in a.free)
                    weight = tuple((a, e) for a, e in flat.body if one not in a.free and other not in a.free)
                    both = any(one in a.free and other in a.free for a, _ in flat.body)
                    if both or self._moved(first, {one: other}) != second:
                        continue
                    if flat.coefficient < 0:
                        self.propose_crossed(weight, first, one, other, flat.letters, dens)
                        continue
                    for w, root in weighted_roots(weight, self.nonnegative) if weight else [((), ())]:
                        letters = tuple(x for x in flat.letters if x not in (one, other))
                        inner = self.normal.sum(one, Poly({monomial((*root, *first)): ONE}))
                        self.propose_square(w, inner, letters, dens)
                    if self.nonnegative(weight):
                        letters = tuple(x for x in flat.letters if x not in (one, other))
                        self.propose_square(weight, self.normal.sum(one, Poly({first: ONE})), letters, dens)

    def propose_crossed(
        self,
        weight: Monomial,
        product: Monomial,
        one: t.Symbol,
        other: t.Symbol,
        letters: tuple[t.Symbol, ...],
        dens: dict[Atom, Fraction],
    ) -> None:
        """w (f[k] g[l] - f[l] g[k])^2 / 2, where -w (sum(k: f[k] g[k]))^2 stands within another sum."""
        if len(product) != 2 or (weight and not self.nonnegative(weight)):
            return
        (f, g), moved = product, self._moved(product, {one: other})
        if moved is None or len(moved) != 2:
            return
        far = [self._moved((factor,), {one: other}) for factor in (f, g)]
        if far[0] is not None and far[1] is not None:
            root = Poly({monomial((f, *far[1])): ONE}) - Poly({monomial((*far[0], g)): ONE})
            self.propose_square(weight, root, letters, dens, HALF)

    def size_parts(self) -> list[Monomial]:
        """1, and the powers of sizes that stand in the difference: 1/n, 1/n^2."""
        parts: list[Monomial] = [
            tuple((a, e) for a, e in m if isinstance(a, Scalar) and a.domain == "size") for m in self.gap.terms
        ]
        return list(dict.fromkeys(((), *parts)))[:5]

    def squares_as_written(self, dens: dict[Atom, Fraction]) -> None:
        """Sums of squares and products as the claim writes them: about their mean, and (f[k] g[l] - f[l] g[k])^2 over pairs."""
        for size, roots in self.factors_as_written().items():
            k, l = self.writer.letters(size, 2)
            for place, one in enumerate(roots[:3]):
                for part in self.size_parts():
                    self.propose_centred(part, one, (k,), dens)
                for other in roots[place + 1 : 3]:
                    moved = [self.normal.substitute(p, {k: l}) for p in (one, other)]
                    difference = self.normal.multiply(one, moved[1]) - self.normal.multiply(moved[0], other)
                    for part in self.size_parts():
                        self.propose_square(part, difference, (k, l), dens, HALF)

    def factors_as_written(self) -> dict[t.Expr, list[Poly]]:
        """The factors of several terms in the sums over one index, by the size that these run over."""
        found: dict[t.Expr, list[Poly]] = {}
        for node in (n for side in self.sides for n in t.walk(self.scope.unfold(side))):
            if not (isinstance(node, t.Big) and node.op == "sum" and len(node.binders) == 1 and node.binders[0].lower is None):
                continue
            size = t.size_of(node.binders[0].symbol)
            letter = self.writer.letters(size, 1)[0]
            for factor in _factors(substitute(node.body, {node.binders[0].symbol: letter})):
                try:
                    root = self.normal.read(factor)
                except KernelError:
                    continue
                known = found.setdefault(size, [])
                if 1 < len(root.terms) < 8 and letter in root.free and root not in known and -root not in known:
                    known.append(root)
        return found

    def binomials(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """w (a - b)^2 for monomials w a^2, w b^2 of the difference whose product is the square of a third one."""
        by_letters: dict[tuple[t.Symbol, ...], list[Flat]] = {}
        for flat in self.flats(p):
            by_letters.setdefault(flat.letters, []).append(flat)
        for letters, flats in by_letters.items():
            above = [f for f in flats if f.coefficient > 0][:14]
            known = {f.body: f.coefficient for f in flats}
            for k, one in enumerate(above):
                for other in above[k + 1 :]:
                    product = monomial((*one.body, *other.body))
                    if not all(self.halved(a, e) for a, e in product):
                        continue
                    cross = tuple((a, e / 2) for a, e in product)
                    if cross not in known:
                        continue
                    self.propose_binomial(one, other, known[cross], letters, dens)

    def half_degrees(self) -> None:
        """(u - v)^2 and (u + v)^2 for monomials u, v of half the degree, of a polynomial in few numbers: every diagonally
        dominant form is a sum of those."""
        dens = self.denominators([self.gap])
        p = self.reduced(self.cleared(self.gap, dens))
        atoms = sorted(p.atoms())
        whole = all(e.denominator == 1 and e > 0 and isinstance(a, Letter) for m in p.terms for a, e in m)
        degrees = [sum(int(e) for _, e in m) for m in p.terms]
        if not whole or not 2 <= len(atoms) <= 4 or not 4 <= max(degrees) <= 8:
            return
        highest = [max(int(dict(m).get(a, 0)) for m in p.terms) for a in atoms]
        halves = [
            monomial(zip(atoms, map(Fraction, powers), strict=True))
            for powers in itertools.product(*(range(top // 2 + 1) for top in highest))
            if min(degrees) <= 2 * sum(powers) <= max(degrees)
        ]
        if len(halves) > 10:
            return
        for u, v in itertools.combinations_with_replacement(halves, 2):
            for sign in (1, -1):
                self.propose_square((), Poly({u: ONE}) + Poly({v: ONE}).scale(sign), (), dens)

    def products(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """w (a - b)^2 for a negative term w a b, and (sum a)^2 - sum a^2 = sum over k != l of a[k] a[l]."""
        for flat in self.flats(p):
            real = [(a, e) for a, e in flat.body if e.denominator == 2 or not self.nonnegative(((a, ONE),))]
            weight = tuple(f for f in flat.body if f not in real)
            if flat.coefficient < 0 and len(real) == 2 and len(flat.letters) < 2 and (not weight or self.nonnegative(weight)):
                self.propose_square(weight, Poly({(real[0],): ONE}) - Poly({(real[1],): ONE}), flat.letters, dens)
            pair = [(a, e) for a, e in flat.body if e == 1 and isinstance(a, (Letter, Exp)) and not is_size(a)]
            if flat.coefficient < 0 and len(pair) == 2 and not real and len(flat.letters) < 2:  # 4 a b <= (a + b)^2
                weight = tuple(f for f in flat.body if f not in pair)
                self.propose_square(weight, Poly({(pair[0],): ONE}) - Poly({(pair[1],): ONE}), flat.letters, dens)
        for m in p.terms:
            for atom, exponent in m:
                if isinstance(atom, Sum) and exponent == 2 and len(atom.binders) == 1:
                    self.propose_mixed(atom, tuple(f for f in m if f[0] is not atom), dens)

    def propose_mixed(self, atom: Sum, outside: Monomial, dens: dict[Atom, Fraction]) -> None:
        letters = tuple(self.writer.letters(t.size_of(atom.binders[0]), 2))
        bodies = [self._body(atom, letter) for letter in letters]
        if bodies[0] is None or bodies[1] is None or not self.nonnegative((*outside, *bodies[0])):
            return
        weight = monomial((*outside, *bodies[0], *bodies[1]))
        other = UNIT - self.normal.delta(*letters)
        value = self.under(self.normal.multiply(other, Poly({weight: ONE})), dens)
        self.propose_weight(value, self.product(other, weight, letters, dens), letters)

    def propose_binomial(
        self, one: Flat, other: Flat, cross: Fraction, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction]
    ) -> None:
        weight = tuple((a, ONE if e > 0 or not isinstance(a, Scalar) else -ONE) for a, e in one.body if not self.halved(a, e))
        if weight and not self.nonnegative(weight):
            return
        roots = []
        for body in (one.body, other.body):
            quotient = monomial((*body, *((a, -e) for a, e in weight)))
            roots.append(tuple((a, e / 2) for a, e in quotient))
        if any(not self.halved(a, 2 * e) for root in roots for a, e in root):
            return
        ratios = {abs(cross) / (2 * one.coefficient), ONE}
        if (exact := _root(other.coefficient / one.coefficient)) is not None:
            ratios.add(exact)
        for ratio in ratios:
            root = Poly({roots[0]: ONE}) + Poly({roots[1]: ratio if cross > 0 else -ratio})
            self.propose_square(weight, root, letters, dens)
            if len(letters) == 1:
                self.propose_centred(weight, root, letters, dens)

    def propose_centred(
        self, weight: Monomial, root: Poly, letters: tuple[t.Symbol, ...], dens: dict[Atom, Fraction], outside: Monomial = ()
    ) -> None:
        """sum(k: w[k] (u[k] - mean)^2) with mean = sum(w u) / sum(w)."""
        total = self.summed(letters, Poly({weight: ONE}))
        linear = self.summed(letters, self.normal.multiply(Poly({weight: ONE}), root))
        if total and linear:
            center = self.normal.multiply(linear, self.normal.inverse(total))
            self.propose_square(monomial((*outside, *weight)), root - center, letters, dens)

    def complete_sums(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """sum(k: w[k] (u[k] - mean)^2) with mean = sum(w u) / sum(w), for each sum of w u^2."""
        for flat in self.flats(p):
            if len(flat.letters) != 1 or flat.coefficient < 0:
                continue
            letter = flat.letters[0]
            inside = tuple((a, e) for a, e in flat.body if letter in a.free)
            outside = tuple((a, e) for a, e in flat.body if letter not in a.free)
            if outside and not self.nonnegative(outside):
                continue
            for weight, root in weighted_roots(inside, self.nonnegative):
                total = self.summed(flat.letters, Poly({weight: ONE}))
                linear = self.summed(flat.letters, Poly({monomial((*weight, *root)): ONE}))
                if not total:
                    continue
                centers = []
                try:
                    if linear:
                        centers.append(self.normal.multiply(linear, self.normal.inverse(total)))
                except KernelError:
                    continue
                centers += [UNIT, -UNIT]
                for center in centers:
                    self.propose_square(monomial((*outside, *weight)), Poly({root: ONE}) - center, flat.letters, dens)

    def sizes_about_mean(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """sum(k: w[k] (|u[k]| - mean)^2) where the square of a sum of w |u| stands."""
        for m in p.terms:
            for atom, exponent in m:
                if not isinstance(atom, Sum) or exponent != 2 or len(atom.binders) != 1:
                    continue
                letter = self.letters_for(atom.binders)[0]
                body = self._body(atom, letter)
                roots = [(a, e) for a, e in body or () if isinstance(a, Absolute) and e == 1]
                if body is None or len(roots) != 1:
                    continue
                weight = tuple(f for f in body if f not in roots)
                total = self.summed((letter,), Poly({weight: ONE})).single()
                outside = tuple(f for f in m if f[0] is not atom)
                if total is None or not self.nonnegative(weight):
                    continue
                mean = self.normal.multiply(of(atom), self.normal.inverse(Poly({total[0]: total[1]})))
                full = monomial((*outside, *weight, *total[0]))
                if self.nonnegative(full):
                    self.propose_square(full, of(roots[0][0]) - mean, (letter,), dens)

    def cauchy(self, p: Poly, dens: dict[Atom, Fraction]) -> None:
        """(u[k] v[l] - u[l] v[k])^2 over all pairs, where a product of two sums stands against a square; k may be a pair."""
        squares = [a for m in p.terms for a, e in m if isinstance(a, Sum) and e == 2 and len(a.binders) <= 2]
        products = []
        for m, value in p.terms.items():
            sums = [a for a, e in m if isinstance(a, Sum) and e == 1 and len(a.binders) <= 2]
            if value > 0 and len(sums) == 2:
                products.append((sums, tuple(f for f in m if f[0] not in sums)))
        for atom in squares[:4]:
            for (first, second), outside in products[:4]:
                if not outside or self.nonnegative(outside):
                    self.cauchy_of(atom, first, second, outside, dens)

    def cauchy_of(self, square: Sum, first: Sum, second: Sum, outside: Monomial, dens: dict[Atom, Fraction]) -> None:
        """The terms of `cauchy` for one product of sums against one square."""
        sizes = [t.size_of(name) for name in square.binders]
        if any([t.size_of(name) for name in s.binders] != sizes for s in (first, second)):
            return
        letters = self.letters_for((*square.binders, *square.binders))
        near, far = letters[: len(sizes)], letters[len(sizes) :]
        one, other, both = (self._bodies(s, near) for s in (first, second, square))
        if one is None or other is None or both is None:
            return
        if None in [self._bodies(s, far) for s in (first, second, square)]:
            return
        for weight, root in weighted_roots(other, self.nonnegative):
            move = dict(zip(near, far, strict=True))
            ratio = monomial((*both, *((a, -e) for a, e in (*weight, *root))))
            other_weight, other_root, other_ratio = (self._moved(x, move) for x in (weight, root, ratio))
            if other_weight is None or other_root is None or other_ratio is None:
                continue
            difference = Poly({monomial((*ratio, *other_root)): ONE}) - Poly({monomial((*other_ratio, *root)): ONE})
            self.propose_square(monomial((*outside, *weight, *other_weight)), difference, letters, dens, HALF)

    def complete(self, p: Poly, dens: dict[Atom, Fraction], depth: int = 3) -> None:
        """A x^2 + B x + C = A (x + B / (2 A))^2 + rest, for each x in turn."""
        for atom in sorted(p.atoms(), key=lambda a: (not isinstance(a, Entry), not isinstance(a, Scalar), a.key)):
            if isinstance(atom, (Denominator, Delta, Prime)):
                continue
            parts: dict[Fraction, Poly] = {}
            for m, v in p.terms.items():
                exponent = dict(m).get(atom, Fraction(0))
                rest = tuple(f for f in m if f[0] is not atom)
                parts[exponent] = parts.get(exponent, ZERO) + Poly({rest: v})
            if set(parts) - {Fraction(0), ONE, Fraction(2)} or not parts.get(Fraction(2)):
                continue
            lead, middle = parts[Fraction(2)], parts.get(ONE, ZERO)
            one = lead.single()
            if (
                one is None
                or one[1] <= 0
                or (one[0] and not self.facts.positive(lead))
                or any(isinstance(a, Exp) for a in middle.atoms())
            ):
                continue
            try:
                shift = self.normal.multiply(middle, self.normal.inverse(lead)).scale(HALF)
                root = of(atom) + shift
                self.propose_square(one[0], root, (), dens, one[1])
                left = p - self.normal.multiply(lead, self.normal.power(root, 2))
            except (KernelError, NotShown):
                continue
            if depth and middle and len(left.terms) < 40:
                self.complete(self.reduced(left), dens, depth - 1)


def _factors(node: t.Expr) -> list[t.Expr]:
    """The factors of a product, and the bases of squares among them."""
    core = t.bare(node)
    if isinstance(core, t.Mul):
        return _factors(core.left) + _factors(core.right)
    return _factors(core.base) if isinstance(core, t.Pow) else [core]


def _root(value: Fraction) -> Fraction | None:
    from math import isqrt

    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(top, bottom) if top * top == value.numerator and bottom * bottom == value.denominator else None

"""Terms from |x| >= x, from maxima that are at least each of their entries, and from squares about one atom."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import Absolute, BigMax, Entry, Extreme, Max, Range, Sum
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, monomial, of
from mathcore.proof.prover.certificates.candidates import ONE, Flat, weighted_roots
from mathcore.proof.prover.certificates.powers import PowerCandidates
from mathcore.proof.prover.trees import Writer, loose_letter
from mathcore.proof.scope import text_of
from mathcore.rules.certificate import Term


class SizeCandidates(PowerCandidates):
    """What sizes, maxima and completed quadratic forms give."""

    def sizes(self) -> bool:
        """|x| >= x and -x, max(a, b) >= a and b, a and b >= min(a, b), with what stands beside them."""
        found = False
        for node in (n for side in self.sides for n in t.walk(self.scope.unfold(side))):
            if (
                isinstance(node, t.Call)
                and node.name in ("abs", "max")
                and isinstance(inner := t.bare(node.args[0]), (t.Add, t.Sub))
            ):
                with suppress(KernelError):
                    a, b = self.normal.read(inner.left), self.normal.read(inner.right)
                    self.propose_lemma((), "triangle", {"a": a, "b": b if isinstance(inner, t.Add) else -b})
        for flat in self.flats(self.gap):
            for place, (atom, exponent) in enumerate(flat.body):
                if not isinstance(atom, (Absolute, Extreme)) or exponent != 1 or len(flat.letters) > 2:
                    continue
                rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                if rest and not self.nonnegative(rest):
                    continue
                found = True
                parts = atom.polynomials()
                if isinstance(atom, Absolute) and flat.coefficient < 0 and 1 < len(parts[0].terms) <= 3:
                    first = dict([next(parts[0].sorted())])
                    a = Poly(first)
                    self.propose_lemma(rest, "triangle", {"a": a, "b": parts[0] - a}, flat.letters)
                if isinstance(atom, Absolute):
                    self.propose_lemma(rest, "size", {"x": parts[0]}, flat.letters)
                    self.propose_lemma(rest, "size", {"x": -parts[0]}, flat.letters)
                elif len(parts) == 2:
                    lemma = "maximum" if isinstance(atom, Max) else "minimum"
                    self.propose_lemma(rest, lemma, {"a": parts[0], "b": parts[1]}, flat.letters)
                    self.propose_lemma(rest, lemma, {"a": parts[1], "b": parts[0]}, flat.letters)
        return found

    def below_maxima(self) -> None:
        """sum(k: w[k] (max(l: a[l]) - a[k])) >= 0 with weights that stand beside, and |x[k]| >= x[k] for what is summed."""
        maxima = sorted(a for a in self.gap.atoms() if isinstance(a, BigMax))[:2]
        for atom in maxima:  # the mean of what is below the maximum, and squares about means beside it
            (letter,) = self.writer.letters(t.size_of(atom.index), 1)
            gap = of(atom) - self.normal.substitute(atom.body, {atom.index: letter})
            (share,) = self.normal.inverse(self.normal.size(letter)).terms
            if any(isinstance(a, Sum) and e == 2 for m in self.gap.terms for a, e in m):
                value = self.normal.multiply(Poly({share: ONE}), gap)
                self.propose_weight(value, self.product(share, gap, (letter,), {}), (letter,))
                self.squares_of(self.gap - self.summed((letter,), value))
        for atom in maxima:
            self.each_below(atom)
        for flat in list(self.flats(self.gap)) if maxima else []:
            if len(flat.letters) == 1:
                self.summed_below(maxima, flat)

    def summed_below(self, maxima: list[BigMax], flat: Flat) -> None:
        """The terms of `below_maxima` for one sum."""
        (letter,) = flat.letters
        known = tuple(f for f in flat.body if self.nonnegative((f,)))
        signed = tuple(f for f in flat.body if f not in known)
        for sign in (1, -1):
            self.propose_lemma(known, "size", {"x": Poly({signed: ONE}).scale(sign)}, flat.letters)
        sizes = self.normal.absolute(Poly({signed: ONE})).single() if signed else ((), ONE)
        full = monomial((*known, *sizes[0])) if sizes is not None else known
        for atom in maxima:
            if t.size_of(atom.index) != t.size_of(letter):
                continue
            below = self.normal.substitute(atom.body, {atom.index: letter})
            gap = of(atom) - below
            left = [known, ((atom, ONE),)]
            for m in below.terms:
                rest = monomial((*full, *((a, -e) for a, e in m)))
                left += [rest] if all(e > 0 for _, e in rest) else []
            for weight in dict.fromkeys(left):
                if not weight or self.nonnegative(weight):
                    value = self.normal.multiply(Poly({weight: ONE}), gap)
                    self.propose_weight(value, self.product(weight, gap, flat.letters, {}), flat.letters)

    def coefficient(self, atom: Atom, power: int) -> Poly:
        """What stands beside a power of an atom in the difference."""
        found = ZERO
        for m, v in self.gap.terms.items():
            if dict(m).get(atom) == power:
                found = found + Poly({tuple(f for f in m if f[0] is not atom): v})
        return found

    def squares_about(self) -> None:
        """A sum(w (u - c)^2) for A sum(w u^2) beside B (sum w u)^2, for an index or a range: c = B / A sum(w u), or the mean."""
        squared = {a for m in self.gap.terms for a, e in m if e == 2 and isinstance(a, (Sum, Range))}
        for atom in sorted({a for m in self.gap.terms for a, e in m if e == 1 and isinstance(a, (Sum, Range))})[:4]:
            one = self.summand(atom)
            lead = self.coefficient(atom, 1)
            if one is None or not (squared or isinstance(atom, Range)) or not lead:
                continue
            sum_over, body, big = one
            others = [other for other in sorted(squared) if isinstance(other, Sum)] if isinstance(atom, Sum) else []
            beside = [self.weighed(body, self.summand(other)) for other in others]
            plain = [
                (w, u) for w, u in weighted_roots(body, self.nonnegative_in(atom)) if all(isinstance(a, Entry) for a, _ in u)
            ]
            for weight, root in dict.fromkeys((*(found for found in beside if found is not None), *plain)):
                if isinstance(atom, Range) and not any(self._variable(atom) in a.free for a, _ in root):
                    continue
                total, linear = sum_over(Poly({weight: ONE})), sum_over(Poly({monomial((*weight, *root)): ONE}))
                centers = []
                inside = next((a for m in linear.terms for a, e in m if a in squared), None)
                if inside is not None and len(linear.terms) == 1 and self.facts.nonnegative(lead):
                    with suppress(KernelError):
                        down = -self.coefficient(inside, 2)
                        ratio = self.quotient(down, lead)
                        centers.append(self.normal.multiply(ratio, of(inside)))
                        self.propose_rest(down, inside, UNIT - self.normal.multiply(ratio, total))
                if not centers or isinstance(atom, Sum):
                    with suppress(KernelError):
                        centers.append(self.normal.multiply(linear, self.normal.inverse(total)))
                whole = self.as_product(lead) if centers else None
                for center in centers:
                    factor = (UNIT, t.number(1)) if whole is None else (lead, whole)
                    self.propose_about(factor, weight, Poly({root: ONE}) - center, sum_over, big)

    def weighed(self, body: Monomial, other: tuple[Any, Monomial, Any] | None) -> tuple[Monomial, Monomial] | None:
        """w and u with w u^2 = body and w u = what the other sum adds up: sqrt(P) beside p in sum(p P) and sum(p sqrt(P))."""
        if other is None:
            return None
        root = monomial((*body, *((a, -e) for a, e in other[1])))
        weight = monomial((*other[1], *((a, -e) for a, e in root)))
        divides = any(e < 0 and not self.facts.positive(of(a)) for a, e in (*weight, *root))
        return (weight, root) if root and not divides and (not weight or self.nonnegative(weight)) else None

    def quotient(self, above: Poly, below: Poly) -> Poly:
        """above / below, without the factors that they share."""
        content, common, unit = self.normal.content(below, lambda _: True)
        left = above
        for factor, power in self.normal.factors(unit) if len(unit.terms) > 1 else []:
            for _ in range(power):
                exact = self.normal.exact_quotient(left, factor)
                left = self.normal.multiply(left, self.normal.inverse(factor)) if exact is None else exact
        return self.normal.multiply(left, self.normal.combine((a, -e) for a, e in common)).scale(1 / content)

    def propose_rest(self, down: Poly, inside: Atom, rest: Poly) -> None:
        """What is left of B S^2 beside the square about B / A S: B S^2 (1 - B / A sum(w)), where that is >= 0."""
        self.rests.append(rest)
        if self.facts.nonnegative(rest):
            value = self.reduced(self.normal.multiply(self.normal.multiply(down, of(inside, 2)), rest))
            square = t.Pow(self.writer.atom(inside, {}), t.number(2))
            self.propose_weight(value, lambda: t.Mul(t.Mul(self.write(down), square), self.write(rest)))

    def propose_about(
        self,
        factor: tuple[Poly, t.Expr],
        weight: Monomial,
        root: Poly,
        sum_over: Callable[[Poly], Poly],
        big: Callable[..., t.Expr],
    ) -> None:
        square = self.normal.multiply(Poly({weight: ONE}), self.normal.power(root, 2))
        value = self.reduced(self.normal.multiply(factor[0], sum_over(square)))

        def written() -> Term:
            def body(names: dict[t.Symbol, t.Expr]) -> t.Expr:
                inner: t.Expr = t.Pow(self.writer.tree(root, names), t.number(2))
                return t.Mul(self.writer.monomial(weight, ONE, names), inner) if weight else inner

            return Term(text_of(t.Mul(factor[1], big(self.writer, body))))

        self.propose(value, written, square=True)

    def _variable(self, atom: Sum | Range) -> t.Symbol:
        return atom.variable if isinstance(atom, Range) else atom.binders[0]

    def nonnegative_in(self, atom: Sum | Range) -> Callable[[Monomial], bool]:
        """>= 0 for the letters of a range, which are at least its lower end."""
        if not isinstance(atom, Range):
            return self.nonnegative
        place, low, high = self.normal.symbol(atom.variable), atom.low, atom.high

        def known(m: Monomial) -> bool:
            with self.facts.assuming(nonnegative=[place - low, high - place]):
                return self.nonnegative(m)

        return known

    def summand(self, atom: Sum | Range) -> tuple[Callable[[Poly], Poly], Monomial, Callable[..., t.Expr]] | None:
        """How to sum like this sum over one letter, what it sums, and how such a sum is written."""
        if isinstance(atom, Range):
            variable, low, high = atom.variable, atom.low, atom.high
            one = atom.body.single()
            letter = t.Symbol(loose_letter(self.scope.context, "s"), t.Type("natural"))

            def as_range(writer: Writer, body: Callable[..., t.Expr]) -> t.Expr:
                ends = (writer.end(low), writer.end(high))
                return t.Big("sum", (t.Binder(letter, *ends),), body({variable: letter}))

            if one is None or one[1] != 1:
                return None
            return partial(self.normal.range_sum, variable, low, high), one[0], as_range
        if len(atom.binders) != 1:
            return None
        letter = self.letters_for(atom.binders)[0]
        inside = self._body(atom, letter)

        def as_sum(writer: Writer, body: Callable[..., t.Expr]) -> t.Expr:
            return t.Big("sum", (t.Binder(letter),), body({letter: letter}))

        return None if inside is None else (partial(self.normal.sum, letter), inside, as_sum)

    def each_below(self, atom: BigMax) -> None:
        """max(l: a[l]) >= a[i] at the indices of the claim, and summed with shares as weights; |x| >= x for an a that is |x|."""
        (letter,) = self.writer.letters(t.size_of(atom.index), 1)
        places = [s for s in self.gap.free if s.type.domain == "index" and t.size_of(s) == t.size_of(letter)]
        written = sorted((s for s in places if "#" not in s.name), key=lambda s: s.name)[:2]
        for place, weight in [*((s, UNIT) for s in written), *((letter, w) for w in self.shares[:3])]:
            below = self.normal.substitute(atom.body, {atom.index: place})
            one, letters = below.single(), () if weight == UNIT else (letter,)
            factor = weight.single()
            if factor is None or factor[1] != 1 or not self.nonnegative(factor[0]):
                continue
            rest = of(atom) - below
            whole = self.normal.multiply(weight, rest)
            self.propose_weight(whole, self.product(weight, rest, letters, {}), letters)
            if one is not None and len(one[0]) == 1 and isinstance(one[0][0][0], Absolute):
                inside = one[0][0][0].inside
                for sign in (1, -1):
                    self.propose_lemma(factor[0], "size", {"x": inside.scale(sign)}, letters)

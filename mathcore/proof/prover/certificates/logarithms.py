"""Terms where logarithms stand: the tangent of the logarithm in its many forms (Gibbs, Jensen, log-sum, Pinsker)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import partial

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import Absolute, BigMax, Denominator, Entry, Exp, Letter, Log, Scalar, Sum
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, monomial, number, of
from mathcore.proof.prover.certificates.candidates import HALF, ONE, About
from mathcore.proof.prover.certificates.exponentials import ExponentialCandidates
from mathcore.proof.scope import text_of
from mathcore.rules.certificate import Term

Weighed = tuple[tuple[t.Symbol, ...], Monomial]  # the letters of a sum, and a weight that stands in it
Group = dict[About, Fraction]  # what stands with the weight, and how often
Distance = tuple[tuple[t.Symbol, ...], Poly, Poly, Poly, Fraction]  # letters, u and v, u log(u / v), how often that stands


class LogarithmCandidates(ExponentialCandidates):
    """What log t <= t - 1 gives, and its sharper kin."""

    def gibbs(self) -> bool:
        """w log(w / v) >= w - v with v read off the logarithms that stand with one weight w."""
        groups, loose = self.logarithms_weighed()
        if not any(about[0] == "log" for group in groups.values() for about in group):
            return False
        extra = self.with_loose(groups, loose)
        alone = groups.get(((), ()), {})
        for (letters, weight), group in groups.items():
            if not letters and weight and alone and len(group) <= 2:  # w log a beside log b: w log(a b)
                extra[(letters, weight)] = _joined(group, alone.items())
        for (letters, weight), group in (*extra.items(), *groups.items()):
            self.propose_gap(letters, weight, group)
        # a logarithm of a sum beside no other sum: its own shares are the weights
        for flat in self.flats(self.gap):
            for atom, exponent in flat.body:
                if isinstance(atom, Log) and exponent == 1 and not flat.letters:
                    self.propose_shares(atom.argument)
        return True

    def logarithms_weighed(self) -> tuple[dict[Weighed, Group], list[tuple[Monomial, About, Fraction]]]:
        """The logarithms and exponents of the difference by their weights, and those that stand in no sum."""
        groups: dict[Weighed, Group] = {}
        loose: list[tuple[Monomial, About, Fraction]] = []
        scales = self.scales()
        for flat in self.flats(self.gap):
            for about, weight in _splits(flat.body, scales):
                if weight and not self.nonnegative(weight):
                    continue
                if not flat.letters:
                    loose.append((weight, about, flat.coefficient))
                group = groups.setdefault((flat.letters, weight), {})
                group[about] = group.get(about, Fraction(0)) + flat.coefficient
        return groups, loose

    def with_loose(self, groups: dict[Weighed, Group], loose: list[tuple[Monomial, About, Fraction]]) -> dict[Weighed, Group]:
        """The groups whose weights sum to what stands beside no sum, with that; what several share is proposed."""
        shared: dict[Weighed, list[tuple[About, Fraction]]] = {}
        for letters, weight in groups:
            total = self.summed(letters, Poly({weight: ONE})).single() if letters else None
            if total is None:
                continue
            for rest, about, coefficient in loose:
                if not monomial((*rest, *((a, -e) for a, e in total[0]))):
                    shared.setdefault((letters, weight), []).append((about, coefficient / total[1]))
        if len(shared) > 1:  # several weights of one total share what stands alone
            for key, parts in shared.items():
                self.propose_gap(*key, _joined(groups[key], ((about, v / len(shared)) for about, v in parts)))
        return {key: _joined(groups[key], parts) for key, parts in shared.items()}

    def gaps_outside(self) -> None:
        """W sum(k: u log(u / v)) for a factor W, such as a or 1 - a, that stands beside all logarithms of one weight u[k]."""
        for (letters, inside), group in list(self.logarithms_beside().items())[:6]:
            if not inside or not self.nonnegative(inside):
                continue
            for factor in list(group.values())[:3]:
                whole = factor if self.facts.nonnegative(factor) else -factor
                if whole.constant() is not None or not self.facts.nonnegative(whole):
                    continue
                u = v = Poly({inside: ONE})
                for x, other in group.items():
                    times = _multiple(other, whole)
                    if times is not None:
                        v = self.normal.multiply(v, self.normal.raise_to(x, number(-times)))
                self.propose_lemma(whole, "gap", {"u": u, "v": v}, letters)
                part = self.normal.multiply(whole, u)
                for x in group:
                    if len(x.terms) > 1 and x != part and self.facts.nonnegative(x - part):
                        self.propose_lemma((), "share", {"u": part, "v": x - part}, letters)

    def logarithms_beside(self) -> dict[Weighed, dict[Poly, Poly]]:
        """The arguments of the logarithms in a sum by what stands in it beside them, with what stands outside."""
        beside: dict[Weighed, dict[Poly, Poly]] = {}
        for flat in self.flats(self.gap):
            logs = [a for a, e in flat.body if isinstance(a, Log) and e == 1]
            if len(flat.letters) != 1 or len(logs) != 1:
                continue
            rest = [f for f in flat.body if f[0] is not logs[0]]
            inside = monomial(f for f in rest if flat.letters[0] in f[0].free)
            outside = Poly({monomial(f for f in rest if flat.letters[0] not in f[0].free): flat.coefficient})
            group = beside.setdefault((flat.letters, inside), {})
            x = logs[0].argument
            group[x] = group.get(x, ZERO) + outside
        return beside

    def shares_of_exponentials(self) -> None:
        """u log(u / v) >= u - v for shares u = exp(x[k]) / sum(exp(x)), v = exp(y[k]) / sum(exp(y)): how softmax rises."""
        found: dict[tuple[t.Symbol, ...], dict[Monomial, None]] = {}
        for flat in self.flats(self.gap):
            for below, power in flat.body:
                if isinstance(below, Sum) and power == -1 and len(flat.letters) == 1:
                    inside = self._bodies(below, flat.letters) if len(below.binders) == 1 else None
                    if inside is not None and self.nonnegative(inside) and all(f in flat.body for f in inside):
                        found.setdefault(flat.letters, {})[monomial((*inside, (below, -ONE)))] = None
        for letters, shares in found.items():
            some = list(shares)[:3]
            for one in some:
                for other in some:
                    if one != other:
                        self.propose_lemma((), "gap", {"u": Poly({one: ONE}), "v": Poly({other: ONE})}, letters)

    def weights_of_logs(self) -> list[tuple[Poly, Poly]]:
        """(w, x) for each log(x) of the difference, with everything that stands beside it as its weight w."""
        weights: dict[Poly, Poly] = {}
        for m, v in self.gap.terms.items():
            logs = [a for a, e in m if isinstance(a, Log) and e == 1]
            if len(logs) == 1 and not any(isinstance(a, Sum) for a, _ in m if a is not logs[0]):
                x = logs[0].argument
                rest = tuple(f for f in m if f[0] is not logs[0])
                weights[x] = weights.get(x, ZERO) + Poly({rest: v})
        return [(w, x) for x, w in weights.items()]

    def shares_of_logs(self) -> None:
        """log(sum a) against log(sum b): u log(u / v) >= u - v for the shares u = a / sum a and v = b / sum b."""
        found: list[tuple[Poly, Poly, tuple[t.Symbol, ...]]] = [(w, x, ()) for w, x in self.weights_of_logs()]
        for flat in self.flats(self.gap):  # a logarithm within a sum, beside weights
            logs = [a for a, e in flat.body if isinstance(a, Log) and e == 1]
            if len(flat.letters) == 1 and len(logs) == 1:
                rest = Poly({tuple(f for f in flat.body if f[0] is not logs[0]): flat.coefficient})
                found.append((rest, logs[0].argument, flat.letters))
        found = [(w, x, names) for w, x, names in found if w and x.constant() is None and len(x.terms) <= 3]
        above = [(w, x, names, self.parts_of(x)) for w, x, names in found if self.facts.nonnegative(w)][:3]
        for w, x, outer, parts in [(-w, x, names, self.parts_of(x)) for w, x, names in found if self.facts.nonnegative(-w)][:2]:
            for weight, y, names, others in above:
                for letters, a in parts:
                    for inner, b in others:
                        if inner == letters and not (outer and names) and not ((outer or names) and letters):
                            share, other = (self.normal.multiply(p, self.normal.inverse(q)) for p, q in ((a, x), (b, y)))
                            self.propose_lemma(w if outer else weight, "gap", {"u": share, "v": other}, outer or names or letters)
                            if len(letters) == 1 and share not in self.shares:
                                self.shares.append(share)

    def parts_of(self, p: Poly) -> list[tuple[tuple[t.Symbol, ...], Poly]]:
        """The terms of a polynomial, the sums among them opened."""
        opened = {flat.written: flat for flat in self.flats(p)}  # the last reading of a monomial: its sum opened
        return [(f.letters, Poly({f.body: f.coefficient})) for f in opened.values() if self.nonnegative(f.body) or not f.body]

    def distances_of_logarithms(self) -> None:
        """u log(u / v) >= u - v and more, by how far u and v lie apart, where squares or sizes stand beside: Pinsker."""
        sized = {a for a in self.gap.atoms() if isinstance(a, Sum) and any(isinstance(b, Absolute) for b, _ in a.body)}
        left = self.with_logs(self.gap)
        if len(self.pairs) == self.pairs_seen:
            return
        self.pairs_seen = len(self.pairs)
        if not left or (not sized and left == len(self.gap.terms)):
            return
        chosen, rest = self.distances_in_gap(left)
        tilting = chosen if sized or not any(one[0] for one in chosen) else []  # a sum without sizes beside it needs no |u - v|
        apart = ZERO  # how far they lie apart in all
        for letters, u, v, _, _ in tilting:
            apart = apart + self.summed(letters, self.normal.absolute(u - v))
        for letters, u, v, taken, _ in tilting:
            bend = self.normal.multiply(apart, self.normal.absolute(u - v))
            bend = bend - self.normal.multiply(self.normal.power(apart, 2), u + v.scale(2)).scale(Fraction(1, 6))
            self.propose(taken - self.summed(letters, u - v + bend), self.tilted(letters, u, v, apart))
        if not sized:
            self.sharper_distances(chosen, rest)

    def distances_in_gap(self, left: int) -> tuple[list[Distance], Poly]:
        """The pairs whose u log(u / v) takes logarithms away from the difference, and what is left of it."""
        pairs: list[tuple[int, Distance]] = []
        for letters, u, v in self.pairs[:40]:
            if not any(isinstance(a, (Exp, Denominator)) for p in (u, v) for a in p.atoms()):
                taken = self.summed(letters, self.normal.multiply(u, self.normal.log(u) - self.normal.log(v)))
                times = self.times_in_gap(taken)
                pairs.append((self.with_logs(self.gap - taken.scale(times)) - left, (letters, u, v, taken, times)))
        rest, chosen = self.gap, list[Distance]()
        for change, pair in sorted(pairs, key=lambda pair: pair[0])[:4]:
            *_, taken, times = pair
            if change < 0 and self.with_logs(rest - taken.scale(times)) < self.with_logs(rest):
                rest = rest - taken.scale(times)
                chosen.append(pair)
        if any(isinstance(a, Log) for a in rest.atoms()):  # p and 1 - p against 1/2: only together they take away log(2)
            for both in itertools.combinations((pair for _, pair in pairs[:24]), 2):
                left_over = self.gap - sum((taken.scale(times) for *_, taken, times in both), ZERO)
                if not any(isinstance(a, Log) for a in left_over.atoms()):
                    return list(both), left_over
        return chosen, rest

    def times_in_gap(self, taken: Poly) -> Fraction:
        """How often the logarithms of a gap stand in the difference: 2 in 2 KL."""
        logs = (m for m in taken.terms if m in self.gap.terms and self.with_logs(Poly({m: ONE})))
        times = next((self.gap.terms[m] / taken.terms[m] for m in logs), ONE)
        return times if times > 0 else ONE

    def tilted(self, letters: tuple[t.Symbol, ...], u: Poly, v: Poly, apart: Poly) -> Callable[[], Term]:
        return lambda: self.written((), "tilt", {"u": u, "v": v, "x": apart}, letters)

    def sharper_distances(self, chosen: list[Distance], rest: Poly) -> None:
        """The sharper lemma, and what it leaves of the difference where no logarithm is left."""
        for letters, u, v, taken, times in chosen:
            weight = u + v.scale(2)
            steep = self.normal.multiply(self.normal.power(u - v, 2), self.normal.inverse(weight)).scale(Fraction(3, 2))
            less = self.summed(letters, u - v + steep)  # in lowest terms: v times the lemma at u / v is not
            place = self.normal.multiply(u, self.normal.inverse(v))
            self.propose(taken - less, partial(self.written, v, "bowl", {"t": place}, letters))
            rest = rest + less.scale(times)
        if not self.with_logs(rest):
            dens = self.denominators([rest])
            cleared = self.reduced(self.cleared(rest, dens))
            summed = any(isinstance(a, Sum) for a in cleared.atoms())  # then the sign is asked for in vain, and for long
            if len(cleared.terms) < (8 if summed else 40) and self.facts.nonnegative(cleared):
                self.propose_weight(rest, lambda: self.over_dens(self.write(cleared), dens))

    def with_logs(self, p: Poly) -> int:
        """How many terms hold a logarithm of more than a number."""
        return sum(any(isinstance(a, Log) and a.argument.constant() is None for a, _ in self.inside(m)) for m in p.terms)

    def scales(self) -> list[Monomial]:
        """What stands beside x in the exponents exp(x / T) inside the logarithms; nothing, to begin with."""
        found: list[Monomial] = [()]
        for atom in (a for m in self.gap.terms for a, _ in m):
            inside = [a.body if isinstance(a, Sum) else ((a, ONE),) for q in _polys(atom) for a in q.atoms()]
            for exponential in (a for m in inside for a, _ in m if isinstance(a, Exp)):
                ((m, _),) = exponential.exponent.terms.items()
                rest = tuple((a, e) for a, e in m if not isinstance(a, Entry) and not (isinstance(a, Scalar) and e > 0))
                if rest not in found and len(rest) < len(m):
                    found.append(rest)
        return found[:3]

    def propose_share(self, letters: tuple[t.Symbol, ...], weight: Monomial, group: dict[About, Fraction]) -> None:
        """w log((w + v) / w) >= 0 where log w and log of something larger stand with the weight w."""
        u = Poly({weight: ONE})
        for about in group:
            kind, what = about
            if (
                kind == "log"
                and isinstance(what, Poly)
                and what != u
                and (len(what.terms) > 1 or any(isinstance(a, BigMax) for a in what.atoms()))
                and self.facts.nonnegative(what - u)
            ):
                self.propose_lemma((), "share", {"u": u, "v": what - u}, letters)

    def propose_gap(self, letters: tuple[t.Symbol, ...], weight: Monomial, group: dict[About, Fraction]) -> None:
        self.propose_share(letters, weight, group)
        sizes = sorted({abs(x) for x in group.values() if x})[:3]
        rooted = any(e.denominator == 2 for a in self.gap.atoms() if isinstance(a, Sum) for _, e in a.body)
        for size in dict.fromkeys((*sizes, *(x / 2 for x in sizes if len(group) < 4 and not letters))):
            v = Poly({weight: ONE})
            try:
                for about, coefficient in group.items():
                    kind, what = about
                    power = number(-coefficient / size)
                    if kind == "exp":
                        v = self.normal.multiply(v, self.normal.exp(what.scale(-coefficient / size)))
                    else:
                        v = self.normal.multiply(v, self.normal.raise_to(what, power))
            except KernelError:
                continue
            self.propose_pair(letters, Poly({weight: ONE}), v)
            if rooted:
                self.propose_lemma((), "root", {"u": Poly({weight: ONE}), "v": v}, letters)

    def propose_pair(self, letters: tuple[t.Symbol, ...], u: Poly, v: Poly) -> None:
        """u log(u / v) >= u - v, summed over the letters."""
        self.propose_lemma((), "gap", {"u": u, "v": v}, letters)
        if (letters, u, v) not in self.pairs:
            self.pairs.append((letters, u, v))

    def propose_shares(self, p: Poly) -> None:
        """log of a sum S = sum(k: a[k]) against anything: the shares a[k] / S."""
        one = p.single()
        if one is None:
            return
        sums = [a for a, e in one[0] if isinstance(a, Sum) and e == 1 and len(a.binders) == 1]
        for atom in sums:
            self.deltas_of(atom, ())

    def tangents(self) -> bool:
        """log t <= t - 1 at each logarithm's argument and its inverse, with what stands beside it."""
        found = self.tangents_of(self.gap)
        if found:
            self.pairs_of_logs()
        return found

    def more_tangents(self) -> None:
        """The same for the logarithms that other terms have brought in."""
        for candidate in list(self.candidates.values())[:12]:
            self.tangents_of(candidate.value)

    def tangents_of(self, p: Poly) -> bool:
        found = False
        numbers = {(a, e) for m in self.gap.terms for a, e in m if isinstance(a, Exp) and not a.free}
        constants = [of(a, e) for a, e in sorted(numbers)[:2]]  # exp(-1)
        for flat in self.flats(p):
            for place, (atom, exponent) in enumerate(flat.body):
                if not isinstance(atom, Log) or exponent != 1 or len(flat.letters) > 2:
                    continue
                rest = tuple(f for k, f in enumerate(flat.body) if k != place)
                if not self.nonnegative(rest) and rest:
                    continue
                found = True
                argument = atom.argument
                scaled = [self.normal.multiply(argument, e) for e in constants]
                for at in (argument, self.normal.inverse(argument), *scaled, *map(self.normal.inverse, scaled)):
                    self.propose_lemma(rest, "tangent", {"t": at}, flat.letters)
        return found

    def roots_of_pairs(self) -> None:
        """sum(k: (sqrt(p[k]) - sqrt(q[k]))^2) for the arrays >= 0 of a claim with logarithms: what is left beside sqrt(p q)."""
        spoken = {s for side in self.sides for s in t.free_symbols(self.scope.unfold(side))}
        arrays = [s for s in spoken if len(s.type.shape) == 1 and s.type.domain in ("simplex", "positive", "nonnegative")]
        arrays = sorted(arrays, key=lambda s: s.name)[:3]
        for s in arrays:
            size = s.type.shape[0]
            if s.type.domain == "simplex" and isinstance(size, t.Symbol):  # sum(k: sqrt(p[k])) is largest where p is uniform
                letter, n = self.writer.letters(size, 1)[0], self.normal.symbol(size)
                root = self.normal.raise_to(self.normal.entry(s, [letter]), number(HALF))
                (weight,) = self.normal.raise_to(n, number(HALF)).terms
                self.propose_square(weight, root - self.normal.raise_to(n, number(-HALF)), (letter,), {})
        for place, one in enumerate(arrays):
            for other in arrays[place + 1 :]:
                if one.type.shape == other.type.shape and t.NATURALS not in one.type.shape:
                    letter = self.writer.letters(one.type.shape[0], 1)[0]
                    roots = [self.normal.raise_to(self.normal.entry(s, [letter]), number(HALF)) for s in (one, other)]
                    self.propose_square((), roots[0] - roots[1], (letter,), {})
                    p, q = (self.normal.entry(s, [letter]) for s in (one, other))
                    if self.facts.positive(p + q):  # (p - q)^2 / (p + q) = p + q - 4 p q / (p + q)
                        (share,) = self.normal.inverse(p + q).terms
                        self.propose_square(share, p - q, (letter,), {})

    def by_arguments(self) -> None:
        """With everything that stands beside log(x) as weight w: w log(x / y) against other logarithms, and w log(x) alone."""
        weights = self.weights_of_logs()
        for weight, x in weights[:6]:
            for sign in (1, -1):
                w = weight.scale(sign)
                if len(weights) < 2 or not w or not self.facts.nonnegative(w):
                    continue
                at = x if sign < 0 else self.normal.inverse(x)
                self.propose_lemma(w, "tangent", {"t": at})
                for _, y in weights[:6]:
                    if y != x:
                        self.propose_part(w, *((x, y) if sign > 0 else (y, x)))

    def propose_part(self, w: Poly, x: Poly, y: Poly) -> None:
        """w log(x / y) >= w - w y / x for a weight of several terms: the product stays one as it is written."""
        if w == x:
            self.propose_pair((), w, y)
            return
        normal = self.normal
        v = normal.multiply(w, normal.multiply(y, normal.inverse(x)))
        value = normal.multiply(w, normal.log(x) - normal.log(y)) - w + v

        def written() -> Term:
            share = t.Div(t.Mul(self.write(w), self.write(y)), self.write(x))
            return Term("1", "gap", f"u = {text_of(self.write(w))}; v = {text_of(share)}")

        self.propose(value, written)

    def pairs_of_logs(self) -> None:
        """x log(x / y) for the arguments x, y of the logarithms: p and 1 - p beside 1/2."""
        logs = (a for m in self.gap.terms for a, e in m if isinstance(a, Log) and e == 1)
        values = list(dict.fromkeys(a.argument for a in logs if a.argument.constant() is None))[:5]
        loose = [m for m in self.gap.terms if m and self.nonnegative(m) and not any(isinstance(a, (Log, Sum)) for a, _ in m)]
        constants = [UNIT, number(HALF), number(2), *(Poly({m: ONE}) for m in loose[:3])]
        for p in (q for q in values if len(q.terms) == 2 and any(isinstance(a, Exp) for a in q.atoms())):  # shares: sigmoid(x)
            constants += [self.normal.multiply(Poly({m: c}), self.normal.inverse(p)) for m, c in p.terms.items()]
        for u in values:
            if not self.facts.nonnegative(u):
                continue
            for v in (*constants, *(w for w in values if w is not u)):
                self.propose_pair((), u, v)
                if v.constant() is None:
                    self.propose_pair((), u, v.scale(HALF))


def _multiple(p: Poly, q: Poly) -> Fraction | None:
    """c with p = c q."""
    m, v = next(q.sorted())
    times = p.terms.get(m, Fraction(0)) / v
    return times if times and p == q.scale(times) else None


def _polys(atom: Atom) -> list[Poly]:
    """The argument of a logarithm, one way down."""
    return [atom.argument] if isinstance(atom, Log) else []


def _splits(body: Monomial, scales: Iterable[Monomial]) -> Iterator[tuple[About, Monomial]]:
    """Each logarithm of a product, or number that an exponential may stand for, with the weight beside it."""
    for place, (atom, exponent) in enumerate(body):
        if exponent != 1:
            continue
        rest = tuple(f for k, f in enumerate(body) if k != place)
        if isinstance(atom, Log):
            yield ("log", atom.argument), rest
        elif isinstance(atom, Letter) and atom.domain in ("real", "positive", "nonnegative"):
            for scale in scales:
                left = monomial((*rest, *((a, -e) for a, e in scale)))
                yield ("exp", Poly({monomial(((atom, ONE), *scale)): ONE})), left


def _joined(group: Group, more: Iterable[tuple[About, Fraction]]) -> Group:
    both = dict(group)
    for about, coefficient in more:
        both[about] = both.get(about, Fraction(0)) + coefficient
    return both

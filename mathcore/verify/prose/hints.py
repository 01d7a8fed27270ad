"""Names the slip that explains a wrong number: the known ones are made on purpose, and the one that gives the digits is told.

A hint is a guess and worded as one thing that gives these digits; the verdict does not rest on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from flint import arb, fmpq, fmpz

from mathcore.conformance.exact import flat
from mathcore.conformance.examples import BITS, Claim
from mathcore.conformance.ulp import special
from mathcore.formulas import LIBRARY
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.language.printers import to_text
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.verify.prose.numbers import cut_off, is_in_nats

Values = list[Any]
RELATED = {  # what is taken for what: function -> (formula of its arguments {0}, {1}, in words)
    "mean_squared_error": (
        ("mean_absolute_error({0}, {1})", "that is the mean of the absolute errors"),
        ("sqrt(mean_squared_error({0}, {1}))", "that is the root of the mean squared error"),
        ("sqrt(mean_absolute_error({0}, {1}))", "that is the root of the mean absolute error"),
    ),
    "mean_absolute_error": (
        ("mean_squared_error({0}, {1})", "that is the mean of the squared errors"),
        ("sqrt(mean_squared_error({0}, {1}))", "that is the root of the mean squared error"),
    ),
    "crossentropy": (
        ("kl_divergence({0}, {1})", "that is the Kullback-Leibler divergence: the entropy was left out"),
        ("entropy({0})", "that is the entropy of the first alone"),
    ),
    "kl_divergence": (
        ("crossentropy({0}, {1})", "that is the crossentropy: the entropy was not subtracted"),
        ("js_divergence({0}, {1})", "that is the Jensen-Shannon divergence"),
    ),
    "perplexity": (
        ("entropy({0}) / log(2)", "that is the entropy in bits"),
        ("entropy({0})", "that is the entropy in nats"),
    ),
    "softmax": (
        ("{0}", "that is what it is taken of: softmax was left out"),
        ("log_softmax({0})", "that is its logarithm"),
        ("softmax(softmax({0}))", "softmax was taken twice"),
        ("vector(k: {0}[k] / sum(l: {0}[l]))", "the scores were divided by their sum: exp was left out"),
        ("vector(k: exp({0}[k]))", "exp was taken, and the sum was not divided by"),
        ("vector(k: 1 / (1 + exp(-{0}[k])))", "the sigmoid was taken of each score"),
        ("vector(k: 2^{0}[k] / sum(l: 2^{0}[l]))", "powers of 2 were taken instead of e"),
    ),
    "log_softmax": (("softmax({0})", "the logarithm was left out"),),
    "sigmoid": (
        ("1 / (1 + exp({0}))", "the sign in the exponent was lost"),
        ("tanh({0})", "that is tanh"),
        ("sigmoid({0}) (1 - sigmoid({0}))", "that is its derivative"),
    ),
    "tanh": (
        ("2 * (1 / (1 + exp(-{0}))) - 1", "the factor 2 in tanh(x) = 2 sigmoid(2 x) - 1 was left out"),
        ("1 / (1 + exp(-{0}))", "that is the sigmoid"),
    ),
    "logsumexp": (("max(k: {0}[k])", "that is the largest score"), ("sum(k: {0}[k])", "that is the sum of the scores")),
    "relu": (("abs({0})", "that is the absolute value"),),
    "leaky_relu": (("{0} / 10", "the slope 0.1 was taken: here it is 0.01"),),
    "variance": (("sqrt(variance({0}))", "that is the standard deviation"),),
}


def hint(computed: t.Expr, claims: tuple[Claim, ...], values: tuple[Any, ...], context: Context) -> str:
    """The slip that gives the claimed digits instead of the computed values; empty where none is known."""
    tried = _Tried(computed, claims, list(values), context)
    for words, made in tried.slips():
        if tried.gives(made):
            return words
    return tried.entries()


class _Tried:
    def __init__(self, computed: t.Expr, claims: tuple[Claim, ...], values: Values, context: Context) -> None:
        self.node, self.claims, self.values, self.context = computed, claims, values, context
        self.heads = [n for n in t.walk(computed) if isinstance(n, t.Apply)]
        self.head = self.heads[0].head if self.heads else ""

    @property
    def digits(self) -> int:
        """How many digits the claims have together: few are met by chance."""
        found = 0
        for c in self.claims:
            if not c.word and c.high > c.low:
                middle, unit = abs(c.middle), c.high - c.low
                found += len(str(int(middle / unit))) if middle >= unit else 0
            elif not c.word:
                found += len(str(abs(c.low.numerator)).rstrip("0")) + len(str(c.low.denominator)) - 1
        return found

    def gives(self, made: Values) -> bool:
        if len(made) != len(self.claims):
            return False
        with x.working(BITS[0]):
            return all(special(v) is None and c.meets(v, certainly=False) for c, v in zip(self.claims, made, strict=True))

    def of(self, node: t.Expr, context: Context | None = None) -> Values:
        """The values of another formula; none where it has none."""
        try:
            found = flat(evaluate(node, Point(), (context or self.context).definitions, BITS[0]))
        except (CannotEvaluate, ArithmeticError, ValueError):
            return []
        return [x.plain(v) for v in found]

    def each(self, f: Callable[[Any], Any], values: Values | None = None) -> Values:
        with x.working(BITS[0]):
            return [v if special(v) is not None else f(arb(v)) for v in (self.values if values is None else values)]

    def times(self, factor: Fraction, values: Values | None = None) -> Values:
        return self.each(lambda v: v * fmpq(factor.numerator, factor.denominator), values)

    def entries(self) -> str:
        """Which entries of a list are wrong, that probabilities do not sum to 1, or that a number is finite."""
        if len(self.claims) == 1 and self.claims[0].word in ("inf", "-inf") and special(self.values[0]) is None:
            with x.working(BITS[0]):
                too_large = arb(self.values[0]) * (1 if self.claims[0].word == "inf" else -1) > arb("1.7977e308")
            return "it is finite, though larger than every double" if too_large else ""
        with x.working(BITS[0]):
            wrong = [
                k for k, (c, v) in enumerate(zip(self.claims, self.values, strict=True), 1) if c.meets(v, certainly=True) is False
            ]
        if len(wrong) < len(self.claims):
            return f"only entr{'y' if len(wrong) == 1 else 'ies'} {', '.join(map(str, wrong))} of {len(self.claims)}"
        least, most = sum(c.low for c in self.claims), sum(c.high for c in self.claims)
        if self.head == "softmax" and len(self.claims) > 1 and not least <= 1 <= most:
            return f"these sum to {float((least + most) / 2):g}, and probabilities to 1"
        return ""

    # the slips, from the most to the least particular -----------------------------------------------------------------

    def slips(self) -> Iterator[tuple[str, Values]]:
        yield from self.of_digits()
        if self.gives(self.of(self.node)):  # to the precision of hints
            return
        yield from self.of_logarithms()
        yield from self.of_arguments()
        yield from self.of_functions()
        if self.head in RELATED:
            yield from self.of_means()
        yield from self.of_arithmetic()
        yield from self.of_signs()
        if self.digits >= 2:
            yield from self.of_means()
            yield from self.of_powers()
        if self.digits >= 3:
            yield from self.of_multiples()

    def of_digits(self) -> Iterator[tuple[str, Values]]:
        """The digits themselves: cut off, exchanged, shifted, those of floats. They are moved, and the values stay."""
        inside = [_inside(c) for c in self.claims]
        if self.all(lambda c, v: c.low == c.high and abs(v - _inside(c)) < abs(arb(_inside(c))) / 2**53 + arb("1e-320")):
            yield "that is what floating point gives: the value differs from it by less than a double can tell", inside
        if self.all(lambda c, v: (cut_off(c) if c.high > c.low else c).meets(v, certainly=False) or c.meets(v, certainly=False)):
            yield "the digits were cut off instead of rounded", inside
        if 7 <= self.digits / len(self.claims) <= 9 and self.all(lambda c, v: abs(v - _inside(c)) < abs(v) / 2**23):
            yield "it is right to the digits of single precision, float32", inside
        if len(self.claims) == 1 and self.digits >= 3:
            if self.all(lambda c, v: any(_shift(c, power).meets(v, certainly=False) for power in (1, -1, 2, -2, 3, -3))):
                yield "the decimal point is at the wrong place", inside
            if self.all(lambda c, v: any(other.meets(v, certainly=False) for other in _exchanged(c))):
                yield "two digits were exchanged", inside

    def all(self, holds: Callable[[Claim, Any], Any]) -> bool:
        """Whether something holds of every claim and its value, all being numbers."""
        with x.working(BITS[0]):
            pairs = list(zip(self.claims, self.values, strict=True))
            return all(not c.word and special(v) is None and bool(holds(c, arb(v))) for c, v in pairs)

    def of_logarithms(self) -> Iterator[tuple[str, Values]]:
        """Other bases, and units of information."""
        opened = self.context.unfold(self.node)
        present = {n.name for n in t.walk(opened) if isinstance(n, t.Call)} & {"log", "log2", "log10"}
        named = {"log": "nats, base e", "log2": "bits, base 2", "log10": "hartleys, base 10"}
        for other in ("log10", "log2", "log"):
            if present and present != {other}:
                words = f"that is in {named[other]}" if is_in_nats(self.head) else f"{_base(other)} was taken"
                yield words + self.in_bits(opened, other), self.of(_with_logs(opened, other))

    def in_bits(self, opened: t.Expr, other: str) -> str:
        """What the value is in bits, where that is a short number."""
        if not is_in_nats(self.head) or not isinstance(self.node, t.Apply) or other == "log2":
            return ""
        values = self.of(_with_logs(opened, "log2"))
        if len(values) != 1 or special(values[0]) is not None:
            return ""
        with x.working(BITS[0]):
            nearest = (arb(values[0]) * 4 + arb("0.5")).floor().unique_fmpz()
            if nearest is None or not abs(arb(values[0]) * 4 - nearest) < arb("1e-40"):
                return ""
        number = float(Fraction(int(nearest), 4))
        return f"; the {self.head.replace('_', ' ')} is {number:g} bit{'s' if number != 1 else ''}"

    def of_arguments(self) -> Iterator[tuple[str, Values]]:
        """Two arguments of one kind exchanged; entries in reverse order."""
        for part in self.heads:
            parameters = self.context.definitions[part.head].parameters
            if len(parameters) >= 2 and parameters[0].type == parameters[1].type and part.args[0] != part.args[1]:
                turned = t.Apply(part.head, (part.args[1], part.args[0], *part.args[2:]), part.shape)
                yield "the two arguments were exchanged", self.of(_with(self.node, part, turned))
        if len(self.values) > 1:
            yield "the order is reversed", self.values[::-1]
            if len(self.values) == 2:
                yield "the two entries were exchanged", self.values[::-1]

    def of_functions(self) -> Iterator[tuple[str, Values]]:
        """What is taken for what; nats that were called bits."""
        if isinstance(self.node, t.Div) and isinstance(self.node.right, t.Call) and is_in_nats(self.head):
            yield "that is in nats", self.of(self.node.left)
        for part in self.heads:
            for formula, words in RELATED.get(part.head, ()):
                if any(t.free_symbols(a) for a in part.args):
                    continue
                made = self.written(formula, part)
                if made is not None:
                    yield words, self.of(*made)

    def written(self, formula: str, part: t.Apply) -> tuple[t.Expr, Context] | None:
        """A formula of the arguments of a call, in its place."""
        names = [f"a{place}_" for place in range(len(part.args))]
        context = LIBRARY.with_heads(self.context, formula)
        sizes = {f"n{place}_": t.shape_of(a) for place, a in enumerate(part.args)}
        shapes = [f"real[{', '.join(to_text(s) for s in shape)}]" if shape else "real" for shape in sizes.values()]
        size = next((to_text(shape[0]) for shape in sizes.values() if shape), "1")
        given = "; ".join(f"{name}: {shape}" for name, shape in zip(names, shapes, strict=True)) + f"; k, l: index[{size}]"
        try:
            node = context.given(given).parse(formula.format(*names))
        except (FormulaError, IndexError):
            return None
        definitions = dict(context.definitions)
        for name, a in zip(names, part.args, strict=True):
            node = _replaced(node, name, a)
        return _with(self.node, part, node), Context(definitions=definitions)

    def of_arithmetic(self) -> Iterator[tuple[str, Values]]:
        """Brackets left out, operations from left to right, a power of a negative number."""
        text = to_text(self.node)
        if len(text) > 200:
            return
        if in_turn := _in_turn(text):
            yield "calculated from left to right: products come before sums", self.of_text(in_turn)
        for without in _unbracketed(text):
            yield "as if a pair of brackets were not there", self.of_text(without)
        for within in _bracketed(text):
            yield "as if a sum stood in brackets", self.of_text(within)
        if power := re.sub(r"-\(?([0-9.]+)\)?\^", r"(-\1)^", text):
            if power != text:
                yield "the power was taken of the negative number: -2^2 is -(2^2)", self.of_text(power)
        for one, other in (("^", " * "), ("^-", "^"), (" * ", " + "), (" + ", " * ")):
            if one in text:
                words = {"^": "multiplied instead of raised to the power", "^-": "the sign of the exponent was lost"}
                yield words.get(one, f"{other.strip()} was taken for {one.strip()}"), self.of_text(text.replace(one, other))
        for sign in re.finditer(r" [+-] ", text):
            other = text[: sign.start()] + (" - " if "+" in sign[0] else " + ") + text[sign.end() :]
            yield "a sign was changed", self.of_text(other)
        for part in (n for n in t.walk(self.node) if isinstance(n, t.Div)):
            yield "divided by the wrong one of two", self.of(_with(self.node, part, t.Div(part.right, t.Paren(part.left))))
            yield (
                "multiplied instead of divided",
                self.of(_with(self.node, part, t.Mul(part.left, t.Paren(part.right), star=True))),
            )
        for root in (n for n in t.walk(self.node) if isinstance(n, t.Call) and n.name == "sqrt"):
            (inside,) = root.args
            yield "the root was not taken", self.of(_with(self.node, root, t.Paren(inside)))
            if isinstance(inside, t.Div):
                of_top = t.Div(t.Call("sqrt", (inside.left,)), t.Paren(inside.right))
                yield "the root was taken of the numerator alone", self.of(_with(self.node, root, t.Paren(of_top)))

    def of_text(self, text: str) -> Values:
        try:
            return self.of(self.context.parse(text))
        except FormulaError:
            return []

    def of_signs(self) -> Iterator[tuple[str, Values]]:
        yield "the sign is wrong", self.times(Fraction(-1))
        yield "that is 1 minus the value", self.each(lambda v: 1 - v)
        yield "that is 100 times as much: a percentage", self.times(Fraction(100))
        yield "that is one over the value", self.each(lambda v: 1 / v)

    def of_means(self) -> Iterator[tuple[str, Values]]:
        """The mean forgotten, or taken where none is; n - 1."""
        for n in self.lengths():
            yield f"that is the sum: the division by {n} was left out", self.times(Fraction(n))
            yield f"divided by {n} once too often", self.times(Fraction(1, n))
            if n > 1:
                yield f"divided by n - 1 = {n - 1} instead of n = {n}", self.times(Fraction(n, n - 1))
                yield f"divided by n = {n} instead of n - 1 = {n - 1}", self.times(Fraction(n - 1, n))

    def lengths(self) -> list[int]:
        found = [len(a.items) for part in self.heads for a in part.args if isinstance(a, t.List)]
        counts = (n.right for n in t.walk(self.node) if isinstance(n, t.Div) and isinstance(n.right, t.Number))
        found += [int(c.value) for c in counts if c.value.denominator == 1 and 1 < c.value < 1000]
        return list(dict.fromkeys(found))

    def of_powers(self) -> Iterator[tuple[str, Values]]:
        yield "the root was taken", self.each(lambda v: v.sqrt())
        yield "the root was not taken: that is the square", self.each(lambda v: v * v)

    def of_multiples(self) -> Iterator[tuple[str, Values]]:
        for times in range(2, 11):
            yield f"that is {times} times the value", self.times(Fraction(times))
            yield f"that is 1/{times} of the value", self.times(Fraction(1, times))
        opened = self.context.unfold(self.node)
        for other in ("log10", "log2", "log"):
            values = self.of(_with_logs(opened, other))
            if len(values) == 1 and special(values[0]) is None:
                for times in range(2, 13):
                    words = _as_logarithm(values[0], other, times) or f"that is {times} times the value with {_base(other)}"
                    yield words + self.in_bits(opened, other), self.times(Fraction(times), values)


def _base(name: str) -> str:
    return {"log": "the natural logarithm", "log2": "the logarithm of base 2", "log10": "the logarithm of base 10"}[name]


def _with_logs(node: t.Expr, name: str) -> t.Expr:
    """Every logarithm of one base."""
    if isinstance(node, t.Call) and node.name in ("log", "log2", "log10"):
        node = t.Call(name, node.args)
    return t.map_children(node, lambda part: _with_logs(part, name))


def _as_logarithm(value: Any, name: str, times: int) -> str:
    """`that is 3 log10(2)`, where the value is the logarithm of a whole number."""
    with x.working(BITS[0]):
        number = (arb(value) * {"log": arb(1), "log2": arb(2).log(), "log10": arb(10).log()}[name]).exp()
        whole: fmpz | None = (number + arb("0.5")).floor().unique_fmpz() if number < 1000 else None
        if whole is None or whole < 2 or not abs(number - whole) < arb("1e-40"):
            return ""
    return f"that is {times} {name}({whole})"


def _with(node: t.Expr, part: t.Expr, value: t.Expr) -> t.Expr:
    return value if node is part else t.map_children(node, lambda below: _with(below, part, value))


def _replaced(node: t.Expr, name: str, value: t.Expr) -> t.Expr:
    if isinstance(node, t.Symbol) and node.name == name:
        return t.Paren(value)
    return t.map_children(node, lambda below: _replaced(below, name, value))


def _inside(claim: Claim) -> Any:
    """A value that meets the claim: of slips that move the digits."""
    middle = claim.middle
    return fmpq(middle.numerator, middle.denominator)


def _shift(claim: Claim, power: int) -> Claim:
    factor = Fraction(10) ** power
    return Claim(claim.low * factor, claim.high * factor)


def _exchanged(claim: Claim) -> Iterator[Claim]:
    """The claim with two neighbouring digits exchanged."""
    unit = claim.high - claim.low or Fraction(1)
    middle = claim.middle
    if (middle / unit).denominator != 1:
        return
    digits = str(abs(middle / unit))
    half = (claim.high - claim.low) / 2
    for place in range(len(digits) - 1):
        moved = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        if moved != digits:
            new = int(moved) * unit * (-1 if middle < 0 else 1)
            yield Claim(new - half, new + half)


def _unbracketed(text: str) -> Iterator[str]:
    """The text without one pair of brackets that is no call."""
    opened: list[int] = []
    for place, c in enumerate(text):
        if c == "(":
            opened.append(place)
        elif c == ")" and opened:
            start = opened.pop()
            if not (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
                yield text[:start] + text[start + 1 : place] + text[place + 1 :]


def _bracketed(text: str) -> Iterator[str]:
    """`a + b / c` as `(a + b) / c`, for each flat sum."""
    for m in re.finditer(r"[0-9.]+ [+-] [0-9.]+(?= [*/])", text):
        yield f"{text[: m.start()]}({m[0]}){text[m.end() :]}"
    for m in re.finditer(r"(?<=[*/] )[0-9.]+ [+-] [0-9.]+", text):
        yield f"{text[: m.start()]}({m[0]}){text[m.end() :]}"


def _in_turn(text: str) -> str:
    parts = re.split(r" ([+*/-]) ", text)
    if len(parts) < 5 or not all(re.fullmatch(r"[0-9.]+", p) for p in parts[::2]):
        return ""
    made = parts[0]
    for op, number in zip(parts[1::2], parts[2::2], strict=True):
        made = f"({made}) {op} {number}"
    return made

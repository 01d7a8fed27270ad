"""Random claims about numbers in three spellings, with the truth from mpmath: `python -m tests.verify.prose.random_claims [N]`.

Nothing of the engine makes them or knows the answer. No verdict may be wrong, and few may be missing.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import mpmath as m

from mathcore.document.prose import statements
from mathcore.language.parser import Context
from mathcore.verify.prose import Word, judged

DIGITS = 60  # of mpmath


@dataclass(frozen=True)
class Made:
    """A number in the spelling of the language, of Python and of LaTeX, and its value."""

    plain: str
    python: str
    latex: str
    value: m.mpf
    level: int  # 0 a sum, 1 a product, 2 a power, 3 an atom


def bracketed(made: Made, level: int) -> Made:
    """In brackets where it binds less than `level`."""
    if made.level >= level:
        return made
    return Made(f"({made.plain})", f"({made.python})", rf"\left({made.latex}\right)", made.value, 3)


def literal(random_: random.Random) -> Made:
    kind = random_.randrange(4)
    if kind == 0:
        text = str(random_.randint(1, 20))
    elif kind == 1:
        text = f"{random_.random():.{random_.randint(1, 3)}f}"
    elif kind == 2:
        text = f"{random_.uniform(1, 30):.{random_.randint(1, 2)}f}"
    else:
        text = str(random_.choice((2, 3, 10, 100)))
    return Made(text, text, text, m.mpf(text), 3)


def expression(random_: random.Random, depth: int) -> Made:
    if not depth:
        return literal(random_)
    kind = random_.randrange(9)
    a = expression(random_, depth - 1)
    b = expression(random_, random_.randrange(depth))
    if kind == 0:
        p, q = a, bracketed(b, 1)
        return Made(f"{p.plain} + {q.plain}", f"{p.python}+{q.python}", f"{p.latex} + {q.latex}", p.value + q.value, 0)
    if kind == 1:
        p, q = a, bracketed(b, 1)
        return Made(f"{p.plain} - {q.plain}", f"{p.python} - {q.python}", f"{p.latex} - {q.latex}", p.value - q.value, 0)
    if kind == 2:
        p, q = bracketed(a, 1), bracketed(b, 2)
        times = random_.choice((r"\cdot", r"\times"))
        return Made(
            f"{p.plain} * {q.plain}", f"{p.python}*{q.python}", f"{bracketed(p, 2).latex} {times} {q.latex}", p.value * q.value, 1
        )
    if kind == 3 and b.value:
        p, q = bracketed(a, 1), bracketed(b, 2)
        return Made(
            f"{p.plain} / {q.plain}", f"{p.python} / {q.python}", rf"\frac{{{a.latex}}}{{{b.latex}}}", a.value / b.value, 1
        )
    if kind == 4:
        n = random_.randint(2, 4)
        p = bracketed(a, 3)
        return Made(f"{p.plain}^{n}", f"{p.python}**{n}", rf"{p.latex}^{{{n}}}", p.value**n, 2)
    if kind == 5 and abs(a.value) < 30:
        return Made(f"exp({a.plain})", f"np.exp({a.python})", rf"e^{{{a.latex}}}", m.exp(a.value), 3)
    if kind == 6 and a.value > 0:
        base = random_.choice(("", "2", "10"))
        name = {"": r"\ln", "2": r"\log_2", "10": r"\log_{10}"}[base]
        value = m.log(a.value) / (m.log(int(base)) if base else 1)
        return Made(f"log{base}({a.plain})", f"np.log{base}({a.python})", rf"{name}\left({a.latex}\right)", value, 3)
    if kind == 7 and a.value >= 0:
        return Made(f"sqrt({a.plain})", f"math.sqrt({a.python})", rf"\sqrt{{{a.latex}}}", m.sqrt(a.value), 3)
    if kind == 8 and abs(a.value) < 30:
        return Made(
            f"sigmoid({a.plain})", f"sigmoid({a.python})", rf"\mathrm{{sigmoid}}({a.latex})", 1 / (1 + m.exp(-a.value)), 3
        )
    return a


def claims(random_: random.Random) -> Iterator[tuple[str, bool]]:
    """Texts of Markdown that hold one claim each, and whether it is right."""
    with m.workdps(DIGITS):
        made = expression(random_, random_.randint(1, 3))
        if not (m.mpf(10) ** -3 < abs(made.value) < m.mpf(10) ** 8):
            return
        decimals = random_.randint(1, 4)
        scaled = made.value * 10**decimals
        edge = abs(abs(scaled - m.floor(scaled)) - m.mpf(1) / 2)
        if edge < m.mpf(10) ** -20:  # a tie: either rounding is one
            return
        whole = int(m.nint(scaled))
        off = random_.choice((0, 0, 0, 1, -1, 3, -7, 50))
        shown = (
            f"{'-' if whole + off < 0 else ''}{abs(whole + off) // 10**decimals}.{abs(whole + off) % 10**decimals:0{decimals}d}"
        )
        distance = abs(scaled - (whole + off))
        about = random_.random() < 0.3 and abs(distance - 1) > m.mpf(10) ** -20
        near = distance <= 1
        right = near if about else off == 0
        for opening, body, closing in (("`", made.plain, "`"), ("`", made.python, "`"), ("$", made.latex, "$")):
            relation = (r"\approx" if opening == "$" else random_.choice("~≈" if made.level < 3 else "≈")) if about else "="
            yield f"{opening}{body} {relation} {shown}{closing}", right
        other = m.mpf(whole + off) / 10**decimals
        if abs(made.value - other) > m.mpf(10) ** -30:
            op = random_.choice(("<", "<=", ">", ">="))
            yield f"`{made.plain} {op} {shown}`", (made.value < other) == (op in ("<", "<="))


def functions(random_: random.Random) -> Iterator[tuple[str, bool]]:
    """A function of vectors with the values of its definition, rounded or moved in one place."""
    with m.workdps(DIGITS):
        n = random_.randint(2, 5)
        z, y = ([m.mpf(random_.randint(-60, 60)) / 10 for _ in range(n)] for _ in range(2))
        counts = [random_.randint(0, 6) for _ in range(n)]
        others = [random_.randint(1, 6) for _ in range(n)]
        if not sum(counts):
            return
        p, q = ([m.mpf(k) / sum(group) for k in group] for group in (counts, others))
        exps = [m.exp(v) for v in z]
        total = m.fsum(exps)
        mean = m.fsum(z) / n
        entropy = -m.fsum(v * m.log(v) for v in p if v)
        cross = -m.fsum(a * m.log(b) for a, b in zip(p, q, strict=True))
        zs, ys = (f"[{', '.join(m.nstr(v, 4) for v in vector)}]" for vector in (z, y))
        ps, qs = (f"[{', '.join(f'{k}/{sum(group)}' for k in group)}]" for group in (counts, others))
        square = m.fsum((a - b) ** 2 for a, b in zip(z, y, strict=True)) / n
        call, values = random_.choice(
            [
                (f"softmax({zs})", [e / total for e in exps]),
                (f"log_softmax({zs})", [v - m.log(total) for v in z]),
                (f"logsumexp({zs})", [m.log(total)]),
                (f"mean({zs})", [mean]),
                (f"variance({zs})", [m.fsum((v - mean) ** 2 for v in z) / n]),
                (f"mean_squared_error({zs}, {ys})", [square]),
                (f"rmse({zs}, {ys})", [m.sqrt(square)]),
                (f"mae({zs}, {ys})", [m.fsum(abs(a - b) for a, b in zip(z, y, strict=True)) / n]),
                (f"entropy({ps})", [entropy]),
                (f"entropy({ps}) / log(2)", [entropy / m.log(2)]),
                (f"crossentropy({ps}, {qs})", [cross]),
                (f"kl_divergence({ps}, {qs})", [cross - entropy]),
                (f"perplexity({ps})", [m.exp(entropy)]),
                (f"sum({zs})", [m.fsum(z)]),
                (f"max({zs})", [max(z)]),
                (f"sigmoid({zs})", [1 / (1 + m.exp(-v)) for v in z]),
            ]
        )
        decimals = random_.randint(2, 5)
        scaled = [v * 10**decimals for v in values]
        if any(abs(abs(s - m.floor(s)) - m.mpf(1) / 2) < m.mpf(10) ** -20 for s in scaled):
            return
        digits = [int(m.nint(s)) for s in scaled]
        off = random_.choice((0, 0, 1, -1, 20))
        digits[random_.randrange(len(digits))] += off
        shown = [f"{'-' if d < 0 else ''}{abs(d) // 10**decimals}.{abs(d) % 10**decimals:0{decimals}d}" for d in digits]
        right = (
            shown[0]
            if len(shown) == 1 and not call.startswith(("softmax", "log_softmax", "sigmoid"))
            else f"[{', '.join(shown)}]"
        )
        yield f"`{call} = {right}`", off == 0
        if call.startswith("entropy") and "/ log" not in call:
            bits = entropy / m.log(2) * 1000
            if abs(abs(bits - m.floor(bits)) - m.mpf(1) / 2) > m.mpf(10) ** -20:
                yield f"`{call} = {int(m.nint(bits)) // 1000}.{int(m.nint(bits)) % 1000:03d} bits`", True


def worked(random_: random.Random) -> Iterator[tuple[str, bool]]:
    """A calculation with rounded numbers in the middle, `log(0.3) + 2 * log(0.5) = -1.204 + 2 * (-0.693) = -2.59`."""
    with m.workdps(DIGITS):
        decimals = random_.randint(3, 5)
        exact, rounded, value = list[str](), list[str](), m.mpf(0)
        for _ in range(random_.randint(1, 3)):
            times, text = random_.choice((1, 2, 3)), f"{random_.uniform(0.1, 3):.2f}"
            name, f = random_.choice((("log", m.log), ("exp", m.exp), ("sqrt", m.sqrt)))
            term = f(m.mpf(text))
            if term < 0 or abs(term * 10**decimals - m.nint(term * 10**decimals)) < m.mpf(10) ** -20:
                return
            exact.append(f"{times} * {name}({text})")
            rounded.append(f"{times} * {m.nstr(m.nint(term * 10**decimals) / 10**decimals, 20)}")
            value += times * term
        if value < 5:
            return
        scaled = value * 10 ** (decimals - 1)
        if abs(abs(scaled - m.floor(scaled)) - m.mpf(1) / 2) < m.mpf(10) ** -20:
            return
        off = random_.choice((0, 0, 50, -50, 300))
        whole, unit = int(m.nint(scaled)) + off, 10 ** (decimals - 1)
        shown = f"{whole // unit}.{whole % unit:0{decimals - 1}d}"
        yield f"`{' + '.join(exact)} = {' + '.join(rounded)} = {shown}`", off == 0


@dataclass
class Found:
    words: Counter[tuple[bool, str]]
    wrong: list[str]
    unread: list[str]


def trial(count: int, seed: int = 0) -> Found:
    """What is said of so many random claims."""
    random_, found = random.Random(seed), Found(Counter(), [], [])
    while sum(found.words.values()) < count:
        for text, right in random_.choice((claims, claims, functions, functions, worked))(random_):
            (statement,) = statements(text)
            outcome = judged(statement, Context())
            word = outcome.word if outcome else "no claim"
            found.words[right, word] += 1
            if (right, word) in ((True, Word.REFUTED), (False, Word.CONFIRMED)):
                found.wrong.append(f"{text}: {outcome}")
            elif word not in (Word.CONFIRMED, Word.REFUTED):
                found.unread.append(f"{text}: {outcome}")
    return found


def main(count: int) -> int:
    found = trial(count)
    for (right, word), number in sorted(found.words.items()):
        print(f"{'right' if right else 'wrong':6} {word:16} {number:8}")
    print(*found.wrong, *found.unread[:20], sep="\n")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))

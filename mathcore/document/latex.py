r"""LaTeX of simple shape, read as the formula language: arithmetic, `\frac`, `\sqrt`, logarithms, `e^{...}`, `\sum`, powers.

What a reader has to guess at is refused by name: `1/2 \ln 2`, `\ln 2 \cdot 3`, `2^10`, `1{,}000`. `\log` without a base
becomes `log_`, and who judges the statement asks whether its bases agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mathcore.document.chain import ABOUT, UNITS, Chain, Names, Side, Unit, Unread, check_alone, digits_in_lists, hidden
from mathcore.document.spelling import MAX_STATEMENT

MAX_DEPTH = 40
SET = r"\{ \} hold a set, in which neither order nor number counts: write a list, [1, 2]"
BARE_LOG = "log_"
RELATIONS = {
    "=": "=", "<": "<", ">": ">", r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=",
    r"\geqslant": ">=", r"\ne": "!=", r"\neq": "!=", r"\lt": "<", r"\gt": ">", r"\approx": ABOUT, r"\simeq": ABOUT,
    r"\cong": ABOUT, r"\fallingdotseq": ABOUT, r"\doteq": ABOUT, r"\thickapprox": ABOUT,
    "≈": ABOUT, "≒": ABOUT, "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip
JOINTS = {
    r"\Rightarrow": "=>", r"\implies": "=>", r"\Longrightarrow": "=>", r"\therefore": r"\therefore", r"\because": r"\because",
    r"\quad": "and", r"\qquad": "and", ";": "and",
}  # fmt: skip
NO_RELATION = (
    r"\in", r"\to", r"\sim", r"\leftarrow", r"\rightarrow", r"\gets", r"\mapsto", r"\propto", r"\iff", r"\equiv", r"\coloneqq",
    r"\mid", ":", r"\not", r"\Leftrightarrow", r"\xrightarrow", r"\underset", r"\overset", r"\stackrel",
)  # fmt: skip
SPACES = (r"\,", r"\;", r"\:", r"\!", r"\ ", "~", r"\displaystyle", r"\textstyle", r"\limits", r"\nolimits", r"\hfill", "&")
SIZES = re.compile(r"\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s*")
NUMBERS_OF_LINES = re.compile(r"\\(?:tag|label)\*?\{[^{}]*\}|\\q?quad\s*\([0-9]+\)\s*$")
ENVIRONMENTS = re.compile(r"\\(?:begin|end)\{(?:aligned|align\*?|split|gathered|equation\*?|eqnarray\*?)\}")
NAMED = {r"\ln": "log", r"\exp": "exp", r"\max": "max", r"\min": "min", r"\tanh": "tanh", r"\log": BARE_LOG}
WRITTEN = (r"\mathrm", r"\text", r"\operatorname", r"\mathsf", r"\textrm", r"\mathit", r"\operatorname*")
WORDS = {"ln": "log", "log": BARE_LOG, "ReLU": "relu", "relu": "relu"}
OPEN = {"(": ")", "[": "]", r"\{": r"\}"}
ENDS = (")", "]", "}", r"\}", ",", r"\rvert", "|", "")
TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[0-9]+(?:\.[0-9]+)?|\.[0-9]+|\s+|.", re.DOTALL)
NUMBER = re.compile(r"[0-9]*\.?[0-9]+")
LETTER = re.compile(r"[^\W\d_]")
NO_NUMBER = frozenset(  # beside these a side is typeset and no claim
    re.findall(
        r"\\(?:[A-Za-z]+|.)",
        r"\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\vartheta\iota\kappa\lambda\mu\nu\xi\rho\varrho\sigma\tau"
        r"\upsilon\phi\varphi\chi\psi\omega\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Phi\Psi\Omega\ell\hbar\nabla\partial\prime"
        r"\mathcal\mathbb\mathbf\mathfrak\boldsymbol\bm\hat\widehat\bar\overline\underline\tilde\vec\dot\ddot\star\ast\top"
        r"\perp\dagger\circ\odot\otimes\oplus\cup\cap\subset\subseteq\setminus\emptyset\forall\exists\Vert\|\Re\Im\arg\argmax"
        r"\argmin\lim\sup\inf\det\dim\Pr\mathop\ldots\cdots\dots\color\textcolor\boxed\underbrace\overbrace\phantom",
    )
)
UNSUPPORTED = (r"\sin", r"\cos", r"\tan", r"\sinh", r"\cosh", r"\arctan", r"\arcsin", r"\arccos", r"\int", r"\binom",
               r"\lg", r"\pm", r"\mp", r"\bmod", r"\pmod", r"\mod", r"\gcd")  # fmt: skip


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    end: int
    spaced: bool = False  # a space stands before it


def chains(text: str, names: Names) -> list[Chain]:
    """The chains of a statement in LaTeX; empty where it is none.

    Raises Unread where the relations themselves cannot be told.
    """
    if len(text) > MAX_STATEMENT:
        raise Unread(f"{len(text)} characters: at most {MAX_STATEMENT} are read")
    return check_alone([_chain(text, part, joint, names) for part, joint in _parts(_tokens(text))])


def _tokens(text: str) -> list[Token]:
    """Tokens with their places; spaces and the sizes of brackets are left out."""
    shown = text
    for pattern in (SIZES, ENVIRONMENTS, NUMBERS_OF_LINES):
        shown = pattern.sub(lambda m: " " * len(m[0]), shown)
    shown = re.sub(r"^`|`$", " ", shown)
    found: list[Token] = []
    spaced = False
    for m in TOKEN.finditer(shown):
        if m[0].isspace() or m[0] in SPACES:
            spaced = True
            continue
        found.append(Token(m[0], m.start(), m.end(), spaced))
        spaced = False
    while found and found[-1].text in (".", ",", ";"):
        found.pop()
    return found


def _depths(tokens: list[Token]) -> list[int]:
    depths, depth = [], 0
    for token in tokens:
        depth -= token.text in (")", "]", "}", r"\}")
        depths.append(depth)
        depth += token.text in ("(", "[", "{", r"\{")
    if depth or min(depths, default=0) < 0:  # they do not match: nothing is to hide in them
        return [0] * len(tokens)
    return depths


def _parts(tokens: list[Token]) -> list[tuple[list[Token], str]]:
    r"""Where commas, `\Rightarrow` and line ends join statements, with the joints; a line that begins with a relation goes on."""
    parts: list[tuple[list[Token], str]] = []
    part: list[Token] = []
    for place, (token, depth) in enumerate(zip(tokens, _depths(tokens), strict=True)):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        ends = token.text in JOINTS or (token.text == "," and after is not None and after.spaced)
        if token.text == r"\\":
            ends = after is not None and after.text not in RELATIONS and not (part and part[-1].text in RELATIONS)
            if not ends:
                continue
        if depth or not ends:
            part.append(token)
            continue
        joint = JOINTS.get(token.text, "and")
        if part:
            parts.append((part, joint))
            part = []
        elif parts and joint != "and":  # `a = b, \quad \Rightarrow c = d`
            parts[-1] = (parts[-1][0], joint)
    return [*parts, (part, "and")] if part else parts


def _chain(text: str, tokens: list[Token], joint: str, names: Names) -> Chain:
    outside = [token.text for token, depth in zip(tokens, _depths(tokens), strict=True) if not depth]
    places = [
        p for p, (token, depth) in enumerate(zip(tokens, _depths(tokens), strict=True)) if token.text in RELATIONS and not depth
    ]
    pieces = [tokens[a + 1 : b] for a, b in zip([-1, *places], [*places, len(tokens)], strict=True)]
    if not all(pieces) or any(sign in NO_RELATION for sign in outside):
        pieces, places = [tokens], []
    sides = tuple(_side(text, piece, names) for piece in pieces)
    return Chain(sides, tuple(RELATIONS[tokens[p].text] for p in places), joint)


def _side(text: str, tokens: list[Token], names: Names) -> Side:
    start, end = tokens[0].start, tokens[-1].end
    shown = text[start:end]
    unit, tokens = _unit(tokens, names)
    cut = len(tokens) > 1 and tokens[-1].text in (r"\ldots", r"\dots", r"\cdots", "…") and bool(NUMBER.fullmatch(tokens[-2].text))
    tokens = tokens[:-1] if cut else tokens
    raw = "".join(t.text for t in tokens)
    if found := re.fullmatch(r"(-?)([0-9]+(?:\.[0-9]+)?)(?:\\times|\\cdot)10\^\{?(-?[0-9]+)\}?", raw):
        exponent = found[3]
        if len(exponent) == 1 or raw.endswith("}"):
            mantissa = f"{found[1]}{found[2]}"
            text = f"{mantissa} * 10^({exponent})"
            return Side(text, start, end, shown, unit=unit, scientific=f"{mantissa}e{exponent}")
    reader = _Reader(tokens, names)
    read, trouble = "", ""
    try:
        read = reader.read()
    except Unread as error:
        trouble = str(error)
    except RecursionError:
        trouble = "nested too deeply"
    read = digits_in_lists(read)
    return Side(read, start, end, shown, frozenset(reader.letters()), cut, unit, trouble=hidden(raw) or trouble)


def _unit(tokens: list[Token], names: Names) -> tuple[Unit, list[Token]]:
    r"""`1 \text{ bit}`: the unit, and what stands before it."""
    for place, token in enumerate(tokens):
        if token.text in WRITTEN and tokens[-1].text == "}" and place:
            word = "".join(t.text for t in tokens[place + 1 :]).strip("{}")
            if word not in UNITS or names.is_letter(word):
                continue
            if NUMBER.fullmatch(tokens[place - 1].text) or tokens[place - 1].text in (")", "]", "}"):
                return UNITS[word], tokens[:place]
    return Unit.NONE, tokens


class _Reader:
    """One side. Every part is put out in brackets of its own, so that nothing depends on precedence twice."""

    def __init__(self, tokens: list[Token], names: Names) -> None:
        self.tokens, self.names = tokens, names
        self.place = self.depth = 0
        texts = [t.text for t in tokens]
        self.bound = {
            texts[p + 3]
            for p, text in enumerate(texts[:-4])
            if text in (r"\sum", r"\prod") and texts[p + 1 : p + 3] == ["_", "{"] and texts[p + 4] == "="
        }

    # letters ----------------------------------------------------------------------------------------------------

    def letters(self) -> set[str]:
        """What is no number, no function and bound by no sum."""
        found: set[str] = set()
        place = 0
        while place < len(self.tokens):
            text = self.tokens[place].text
            if text in WRITTEN:
                word, place = self.word_at(place)
                if word in self.names.declared or (self.called(word) is None and word != "e"):
                    found.add(word)
                continue
            if text in (r"\pi", "π") and self.names.is_letter("pi"):
                text = "pi"
            if (
                text in ("'", "pi")
                or text in NO_NUMBER
                or (LETTER.fullmatch(text) and text not in self.bound and not self.is_euler(place))
            ):
                found.add(text)
            place += 1
        return found

    def is_euler(self, place: int) -> bool:
        """e^{...}, and the base of a logarithm."""
        texts = [t.text for t in self.tokens[max(0, place - 3) : place + 2]]
        if self.tokens[place].text != "e" or self.names.is_letter("e"):
            return False
        return texts[-1:] == ["^"] or (r"\log" in texts and "_" in texts[:-1])

    def word_at(self, place: int) -> tuple[str, int]:
        r"""The word of `\mathrm{word}`, and the place after it."""
        if place + 1 >= len(self.tokens) or self.tokens[place + 1].text != "{":
            return "?", place + 1
        end, word = place + 2, ""
        while end < len(self.tokens) and self.tokens[end].text != "}":
            word += (" " if word and self.tokens[end].spaced else "") + self.tokens[end].text
            end += 1
        return word.replace(r"\_", "_"), end + 1

    def called(self, word: str) -> str | None:
        """The function that a word names."""
        if word in self.names.own:
            return word
        name = WORDS.get(word, word)
        for form in (name, name.lower(), name.lower().replace("-", "_").replace(" ", "_")):
            if self.names.ours(form) or form == BARE_LOG:
                return form
        return None

    # grammar ----------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.tokens[self.place].text if self.place < len(self.tokens) else ""

    def take(self) -> str:
        text = self.text
        self.place += 1
        return text

    def expect(self, text: str) -> None:
        if self.take() != text:
            raise Unread(f"{text} is missing")

    def read(self) -> str:
        result = self.sum()
        if self.text == ",":
            raise Unread("a comma in a number, or between two: thousands are not set apart, 1000, and lists stand in brackets")
        if self.text:
            raise Unread(f"{self.text} is not understood here")
        return result

    def sum(self) -> str:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unread(f"nested deeper than {MAX_DEPTH}")
        result = ""
        if self.text in ("-", "+", "−"):
            result = "-" if self.take() != "+" else ""
        result += self.term()
        while self.text in ("+", "-", "−"):
            result += f" {'+' if self.take() == '+' else '-'} {self.term()}"
        self.depth -= 1
        return result

    def term(self) -> str:
        result, slash = self.factor(), False
        while True:
            text = self.text
            if text in (r"\cdot", r"\times", "*", "·", "×"):
                self.take()
                result += f" * {self.factor(signed=True)}"
            elif text in ("/", r"\div", "÷"):
                self.take()
                result = f"{result} / {self.factor(signed=True)}"
                slash = True
                continue
            elif text in ENDS or text in ("+", "-", "−") or text in RELATIONS:
                return result
            else:
                if slash:
                    raise Unread(f"a product after a division, before {text}: write \\frac or brackets")
                if NUMBER.fullmatch(text) and NUMBER.fullmatch(self.tokens[self.place - 1].text):
                    raise Unread(f"two numbers side by side before {text}: write \\cdot, and thousands without a gap")
                if NUMBER.fullmatch(text):
                    raise Unread(f"a number after what it multiplies, {text}: write \\cdot")
                if self.is_mixed():
                    raise Unread("a whole number beside a fraction may be their sum or their product: write + or \\cdot")
                result += f" * {self.factor()}"
            slash = False

    def is_mixed(self) -> bool:
        """`2 \\frac{1}{3}`, two whole numbers and a fraction that is smaller than 1."""
        texts = "".join(t.text for t in self.tokens[self.place - 1 : self.place + 7])
        found = re.match(r"[0-9]+\\[dt]?frac(?:\{([0-9]+)\}\{([0-9]+)\}|([0-9])([0-9]))", texts)
        parts = [int(part) for part in found.groups() if part] if found else []
        return bool(parts) and parts[0] < parts[1]

    def factor(self, signed: bool = False) -> str:
        if signed and self.text in ("-", "−"):
            self.take()
            return f"(-{self.factor()})"
        return self.powered(self.atom())

    def powered(self, base: str) -> str:
        while self.text in ("^", "!", r"\%", "%", "_"):
            mark = self.take()
            if mark == "_":
                if not re.fullmatch(r"[A-Za-z]\w*\(.*\)", base, re.DOTALL):
                    raise Unread("a subscript after what is no array")
                base = f"{base}[{self.script()}]"
            elif mark == "!":
                if not (base.isdecimal() and len(base) < 4):
                    raise Unread("! stands only after a number: a factorial, 5!")
                base = f"(prod(k_ = 1..{base}: k_))"
            elif mark in (r"\%", "%"):
                if not NUMBER.fullmatch(base):
                    raise Unread("% stands only after a number")
                base = _percent(base)
            else:
                exponent = self.script()
                base = f"({base})^({exponent})"
                if self.text == "^":
                    raise Unread("a power of a power: write braces")
        return base

    def script(self) -> str:
        """What a power or a subscript holds: braces, or one sign."""
        if self.text == "{":
            self.take()
            inside = self.sum()
            self.expect("}")
            return inside
        text = self.text
        if NUMBER.fullmatch(text):
            if len(text) > 1:
                raise Unread(f"^{text} is set as a power of {text[0]} and then {text[1:]}: write ^{{{text}}}")
            return self.take()
        if LETTER.fullmatch(text):
            return self.name(self.take())
        raise Unread(f"after ^ or _ stands {text or 'nothing'}: write braces")

    def group(self, closing: str) -> list[str]:
        parts = [self.sum()]
        while self.text == ",":
            self.take()
            parts.append(self.sum())
        self.expect(closing)
        return parts

    def atom(self) -> str:
        text = self.take()
        if NUMBER.fullmatch(text):
            if re.match(r"0[0-9]", text):
                raise Unread(f"{text} begins with 0")
            return f"0{text}" if text.startswith(".") else text
        if text in OPEN:
            start = self.place - 1
            parts = self.group(OPEN[text])
            alone = self.text in ("", ")", ",", "]") and (not start or self.tokens[start - 1].text in ("(", ",", "["))
            if text == r"\{" and (alone or len(parts) > 1):
                raise Unread(SET)
            return f"[{', '.join(parts)}]" if len(parts) > 1 or (text == "[" and alone) else f"({parts[0]})"
        if text == "{":
            parts = self.group("}")
            if len(parts) > 1 or parts[0].startswith(","):
                raise Unread("a comma in braces: thousands are not set apart, write 1000")
            return f"({parts[0]})"
        if text in ("|", r"\lvert"):
            inside = self.sum()
            self.expect("|" if text == "|" else r"\rvert")
            return f"abs({inside})"
        if text in (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"):
            return self.fraction()
        if text == r"\sqrt":
            return self.root()
        if text in (r"\sum", r"\prod"):
            return self.big("sum" if text == r"\sum" else "prod")
        if text in (r"\pi", "π"):
            return "pi"
        if text in (r"\infty", "∞"):
            return "inf"
        if text == "e" and self.text == "^" and not self.names.is_letter("e"):
            self.take()
            return f"exp({self.script()})"
        if text in NAMED:
            return self.function(NAMED[text], text)
        if text in WRITTEN:
            word, self.place = self.word_at(self.place - 1)
            if word in self.names.declared:
                return self.name(word)
            if word == "e":
                return "exp(1)"
            if (name := self.called(word)) is not None:
                return self.function(name, word)
            return self.name(word)
        if text in UNSUPPORTED:
            raise Unread(f"{text} is not read")
        if LETTER.fullmatch(text):
            return self.name(text)
        raise Unread(f"{text or 'the end'} is not understood here" if text else "something is missing at the end")

    def name(self, word: str) -> str:
        r"""A letter, with its subscripts as indices; of a function with what it is of."""
        if self.text == "(" and word in self.names.own:
            return self.argument(word, word)
        if self.text == "_" and word in self.names.arrays:
            self.take()
            if self.text == "{":
                self.take()
                return f"{word}[{', '.join(self.group('}'))}]"
            return f"{word}[{self.script()}]"
        if self.text == "_":
            raise Unread(f"{word} is no declared array, and has a subscript")
        return word

    def fraction(self) -> str:
        parts = []
        for _ in range(2):
            if self.text == "{":
                self.take()
                parts.append(self.sum())
                self.expect("}")
                continue
            digits = self.text
            if NUMBER.fullmatch(digits) and "." not in digits:  # \frac12
                token = self.tokens[self.place]
                if len(digits) == 1:
                    self.take()
                else:
                    self.tokens = [*self.tokens]
                    self.tokens[self.place] = Token(digits[1:], token.start + 1, token.end)
                parts.append(digits[0])
            else:
                raise Unread("\\frac takes two parts in braces")
        return f"(({parts[0]}) / ({parts[1]}))"

    def root(self) -> str:
        degree = ""
        if self.text == "[":
            self.take()
            degree = self.sum()
            self.expect("]")
        inside = self.script() if self.text == "{" or len(self.text) == 1 else ""
        if not inside:
            raise Unread("\\sqrt takes what it is of in braces")
        return f"(({inside})^(1 / ({degree})))" if degree else f"sqrt({inside})"

    def big(self, op: str) -> str:
        index = low = high = ""
        for _ in range(2):
            if self.text == "_":
                self.take()
                braces = self.text == "{"
                if braces:
                    self.take()
                index = self.take()
                if self.text == "=" and braces:
                    self.take()
                    low = self.sum()
                if braces:
                    self.expect("}")
            elif self.text == "^":
                self.take()
                high = self.script()
        if not LETTER.fullmatch(index):
            raise Unread(f"\\{op} needs a letter below it: \\{op}_{{k=1}}^{{n}}")
        if bool(low) != bool(high):
            raise Unread(f"\\{op} has one end only: write \\{op}_{{k=1}}^{{n}}")
        body = self.term()
        return f"{op}({index} = {low}..{high}: {body})" if low else f"{op}({index}: {body})"

    def function(self, name: str, shown: str) -> str:
        power = base = ""
        for _ in range(2):
            if self.text == "_" and name == BARE_LOG:
                self.take()
                base = self.script()
                name = {"2": "log2", "10": "log10"}.get(base, "log")
            elif self.text == "^":
                self.take()
                power = self.script()
                if power.replace(" ", "").strip("()") == "-1":
                    raise Unread(f"{shown}^{{-1}} may be an inverse function or a power")
        written = self.argument(name, shown)
        if base not in ("", "2", "10") and (base != "e" or self.names.is_letter("e")):
            written = f"({written} / log({base}))"
        return f"({written})^({power})" if power else written

    def argument(self, name: str, shown: str) -> str:
        if self.text in OPEN:
            opening = self.take()
            parts = self.group(OPEN[opening])
            if self.text == "^" and name in (BARE_LOG, "log", "log2", "log10", "exp"):
                raise Unread(f"a power after {shown}(...) may be one of the argument: write ({shown}(...))^n or {shown}((...)^n)")
            if opening == r"\{" and len(parts) > 1 and name not in ("max", "min"):
                raise Unread(SET)
            inside = ", ".join(parts)
            return f"{name}({f'[{inside}]' if opening == '[' else inside})"
        if name not in (BARE_LOG, "log", "exp", "log2", "log10", "sqrt", "tanh"):
            raise Unread(f"{shown} takes its argument in brackets")
        if self.text == "{":
            self.take()
            inside = self.sum()
            self.expect("}")
        else:
            inside = self.factor()
        if not (self.text in ENDS or self.text in ("+", "-", "−") or self.text in RELATIONS or self.text in NAMED):
            raise Unread(f"how far {shown} reaches is unclear before {self.text}: write brackets")
        return f"{name}({inside})"


def _percent(number: str) -> str:
    whole, _, decimals = number.partition(".")
    digits = whole.rjust(3, "0")
    return f"{digits[:-2].lstrip('0') or '0'}.{digits[-2:]}{decimals}"

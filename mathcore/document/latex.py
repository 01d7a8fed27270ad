r"""LaTeX of simple shape, read as the formula language: arithmetic, `\frac`, `\sqrt`, logarithms, `e^{...}`, `\sum`, powers.

What a reader has to guess at is refused by name: `1/2 \ln 2`, `\ln 2 \cdot 3`, `2^10`, `1{,}000`. `\log` without a base
becomes `log_`, and who judges the statement asks whether its bases agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, takewhile

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
GAPS = (r"\,", r"\;", r"\:", r"\>", r"\ ", "~", r"\hfill", r"\enspace", r"\thinspace")  # they are seen
WIDE = (r"\;", r"\ ", "~", r"\hfill", r"\enspace")
SPACES = (*GAPS, "&", r"\!", r"\displaystyle", r"\textstyle", r"\limits", r"\nolimits", r"\notag", r"\nonumber")
EMPTY = re.compile(  # what is set as a gap
    r"\\(?:[hv]?phantom|[hv]space\*?)\{[^{}]*\}|\\text\{\s*\}|\\(?:kern|hskip|mkern)\s*-?[0-9.]+\s*[a-z]{2}|\\(?:math)?strut(?![A-Za-z])"
)
BETWEEN_LINES = re.compile(r"(?<=\\\\)\[[^\]]*\]")  # `\\[4pt]`
SIZES = re.compile(r"\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s*")
PERCENT = re.compile(r"\\(?:text|mathrm|textrm)\{\s*(?:per ?cent|Prozent|퍼센트)\s*\}")
NUMBERS_OF_LINES = re.compile(r"\\(?:tag\*?\{[^{}\s]*\}|label\{[^{}]*\})|\\q?quad\s*\([0-9]+\)\s*$|&\s*\([0-9]+\)\s*(?=\\\\|$)")
ENVIRONMENTS = re.compile(r"\\(?:begin|end)\{(?:aligned|align\*?|split|gathered|equation\*?|eqnarray\*?)\}")
NAMED = {r"\ln": "log", r"\exp": "exp", r"\max": "max", r"\min": "min", r"\tanh": "tanh", r"\log": BARE_LOG}
WRITTEN = (r"\mathrm", r"\text", r"\operatorname", r"\mathsf", r"\textrm", r"\mathit", r"\operatorname*")
WORDS = {"ln": "log", "log": BARE_LOG, "ReLU": "relu", "relu": "relu"}
MINUS = ("-", "−")
PRODUCTS = (r"\cdot", r"\times", "*", "·", "×")
QUOTIENTS = ("/", r"\div", "÷")
OPERATIONS = ("+", *MINUS, *PRODUCTS, *QUOTIENTS)
POSTFIX = ("^", "!", r"\%", "%", "_")
OPEN = {"(": ")", "[": "]", r"\{": r"\}"}
ENDS = (")", "]", "}", r"\}", ",", r"\rvert", "|", "")
TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[0-9]+(?:\.[0-9]+)?|\.[0-9]+|\s+|.", re.DOTALL)
NUMBER = re.compile(r"[0-9]*\.?[0-9]+")
LETTER = re.compile(r"[^\W\d_]")
REACHING = (*NAMED, *WRITTEN, r"\sum", r"\prod")  # what stands behind them may be theirs
ASIDE = re.compile(r"[(\[](?:[0-9]*\.)?[0-9]+(\\?%)?[)\]]")  # behind a number: `0.9\ (90\%)`
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
    before: str = ""  # the spaces before it, and other signs that are not set

    @property
    def has_gap(self) -> bool:
        """Whether a space before it is seen: those of the keyboard are not."""
        return any(gap in self.before for gap in GAPS)


def chains(text: str, names: Names) -> list[Chain]:
    """The chains of a statement in LaTeX; empty where it is none.

    Raises Unread where the relations themselves cannot be told.
    """
    if len(text) > MAX_STATEMENT:
        raise Unread(f"{len(text)} characters: at most {MAX_STATEMENT} are read")
    return check_alone([_chain(text, part, joint, names) for part, joint in _parts(_tokens(text))])


def _blanked(text: str, pattern: re.Pattern[str], blank: str) -> str:
    """The text with blanks in the place of a pattern: places stay."""
    return pattern.sub(lambda m: blank * len(m[0]), text)


def _tokens(text: str) -> list[Token]:
    """Tokens with their places; spaces and the sizes of brackets are left out."""
    shown = PERCENT.sub(lambda m: r"\%".rjust(len(m[0])), text)
    for pattern, blank in ((SIZES, " "), (ENVIRONMENTS, " "), (NUMBERS_OF_LINES, " "), (EMPTY, "~"), (BETWEEN_LINES, " ")):
        shown = _blanked(shown, pattern, blank)
    shown = re.sub(r"^`|`$", " ", shown)
    found: list[Token] = []
    before = ""
    for m in TOKEN.finditer(shown):
        begins_line = m[0] in (r"\quad", r"\qquad") and found[-1:] and found[-1].text == r"\\"
        if m[0].isspace() or m[0] in SPACES or begins_line:
            before += "~" if begins_line else m[0]
            continue
        found.append(Token(m[0], m.start(), m.end(), before))
        before = ""
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
    r"""Where commas, `\Rightarrow` and line ends join statements, with the joints."""
    parts: list[tuple[list[Token], str]] = []
    part: list[Token] = []
    column, from_the_left = 0, bool(tokens) and "&" in tokens[0].before and tokens[0].text not in RELATIONS
    for place, (token, depth) in enumerate(zip(tokens, _depths(tokens), strict=True)):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        ends = token.text in JOINTS or (token.text == "," and after is not None and bool(after.before))
        if token.text == r"\\":
            column = 0
            ends = not (_goes_on(tokens[place + 1 :], from_the_left) or (part and part[-1].text in (*RELATIONS, *OPERATIONS)))
            if not ends:
                continue
        before, column = column, column + token.before.count("&")
        if before // 2 < column // 2 and part and token.text not in RELATIONS and part[-1].text not in RELATIONS:
            parts.append((part, "and"))  # the next equation of the line: `a &= b & c &= d`
            part = []
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


def _goes_on(below: list[Token], from_the_left: bool) -> bool:
    """Whether a line that begins with these tokens goes on with the statement of the line above.

    `from_the_left`: & marks where lines begin, `&1 = 1 \\\\ &-1 = -1`, and not their relations.
    """
    if not below or below[0].text in RELATIONS:
        return True
    line = takewhile(lambda token: token.text != r"\\", below)
    if below[0].text in ("+", *MINUS) and any(token.text in RELATIONS for token in line):  # `-x = 3` may begin anew
        return not from_the_left and (below[0].text == "+" or "&" in below[0].before)
    return below[0].text in OPERATIONS


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
            word = word if word in UNITS else word.lower()
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
            word += (" " if word and self.tokens[end].before else "") + self.tokens[end].text
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
        if self.text in ("+", *MINUS):
            result = "-" if self.take() != "+" else ""
        result += self.term()
        while self.text in ("+", *MINUS):
            result += f" {'+' if self.take() == '+' else '-'} {self.term()}"
        self.depth -= 1
        return result

    def term(self) -> str:
        result, slash = self.factor(), False
        while True:
            text = self.text
            if text in PRODUCTS:
                self.take()
                result += f" * {self.factor(signed=True)}"
            elif text in QUOTIENTS:
                self.take()
                result = f"{result} / {self.factor(signed=True)}"
                slash = True
                continue
            elif text in ENDS or text in ("+", *MINUS) or text in RELATIONS:
                return result
            else:
                if slash:
                    raise Unread(f"a product after a division, before {text}: write \\frac or brackets")
                self.check_beside()
                result += f" * {self.factor()}"
            slash = False

    def check_beside(self) -> None:
        """Two factors without a sign between them are a product that is seen as one."""
        seen = (token.text for token in self.tokens[self.place :] if token.text != "{")
        last = (token.text for token in reversed(self.tokens[: self.place]) if token.text != "}")
        if NUMBER.fullmatch(text := next(seen, "")):
            if NUMBER.fullmatch(next(last, "")):
                raise Unread(f"two numbers side by side before {text}: write \\cdot, and thousands without a gap")
            raise Unread(f"a number after what it multiplies, {text}: write \\cdot")
        if self.is_mixed():
            raise Unread("a whole number beside a fraction may be their sum or their product: write + or \\cdot")
        inside = "".join(token.text for token in self.tokens[self.place : self.place + 4])
        token, found = self.tokens[self.place], ASIDE.match(inside)
        wide = token.text in ("(", "[") and any(gap in token.before for gap in WIDE)
        if wide or (found and (found[1] or token.has_gap)):
            said = found[0] if found else f"what stands in {token.text}{OPEN[token.text]} behind a gap"
            raise Unread(f"{said} may be a factor or an aside: write \\cdot, or put it outside of the formula")

    def is_mixed(self) -> bool:
        """`2 \\frac{1}{3}`, two whole numbers and a fraction that is smaller than 1."""
        texts = "".join(t.text for t in self.tokens[self.place - 1 : self.place + 7])
        found = re.match(r"[0-9]+\{*\\[dtc]?frac(?:\{([0-9]+)\}|([0-9]))(?:\{([0-9]+)\}|([0-9]))", texts)
        parts = [int(part) for part in found.groups() if part] if found else []
        return bool(parts) and parts[0] < parts[1]

    def factor(self, signed: bool = False) -> str:
        if signed and self.text in MINUS:
            self.take()
            return f"(-{self.factor()})"
        return self.powered(self.atom())

    def powered(self, base: str) -> str:
        while self.text in POSTFIX:
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
            return self.braces()
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

    def braces(self) -> str:
        """Braces are not set: what stands in them must be one factor, unless nothing beside them would take a part of it."""
        before = self.tokens[self.place - 2].text if self.place > 1 else ""
        first = self.text
        parts = self.group("}")
        if len(parts) > 1:
            raise Unread("a comma in braces: thousands are not set apart, write 1000")
        if first in REACHING and self.text not in (*ENDS, "+", *MINUS):
            raise Unread(f"braces are not seen, and how far {first} reaches is unclear: write brackets, ( )")
        stands_alone = before in ("", "+", ",", "{", *OPEN, "|", r"\lvert") and self.text in ("", *ENDS, "+", *MINUS)
        if not stands_alone and (_is_composed(parts[0]) or (self.text in POSTFIX and "^" in parts[0])):
            raise Unread("braces are not seen: write brackets, ( )")
        return f"({parts[0]})"

    def name(self, word: str) -> str:
        r"""A letter, with its subscripts as indices; of a function with what it is of."""
        if self.text == "(" and word in self.names.own:
            return self.argument(word, word)
        if self.text == "_" and word in self.names.arrays:
            self.take()
            if self.text == "{":
                self.take()
                return f"{word}[{', '.join(self.two_indices(word) or self.group('}'))}]"
            return f"{word}[{self.script()}]"
        if self.text == "_":
            raise Unread(f"{word} is no declared array, and has a subscript")
        return word

    def two_indices(self, word: str) -> list[str]:
        """Those of `W_{ij}` and `W_{12}`, below a matrix."""
        end = next((p for p in range(self.place, len(self.tokens)) if self.tokens[p].text == "}"), self.place)
        inside = "".join(token.text for token in self.tokens[self.place : end])
        if self.names.arrays[word] != 2 or not re.fullmatch(r"(?:[^\W\d_]|[1-9]){2}", inside):
            return []
        self.place = end + 1
        return list(inside)

    def fraction(self) -> str:
        starts, parts = list[int](), list[str]()
        for _ in range(2):
            starts.append(self.place)
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
        above, below = self.seen(*starts), self.seen(starts[1], self.place)
        if above[:1] == ["d"] == below[:1] and below[1:] and below[1] not in (*OPERATIONS, *POSTFIX):
            raise Unread("it may be a derivative: write the product with \\cdot, or give the letter d another name")
        return f"(({parts[0]}) / ({parts[1]}))"

    def seen(self, start: int, end: int) -> list[str]:
        """The signs from one place to another that are set."""
        return [token.text for token in self.tokens[start:end] if token.text not in ("{", "}", *WRITTEN)]

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
            if _is_composed(inside.removeprefix("-")):
                raise Unread(f"braces are not seen: write {shown}( )")
        else:
            inside = self.factor()
        if self.text not in (*ENDS, "+", *MINUS, *RELATIONS, *NAMED):
            raise Unread(f"how far {shown} reaches is unclear before {self.text}: write brackets")
        return f"{name}({inside})"


def _is_composed(read: str) -> bool:
    """Whether what was read is a sum, a product or has a sign, outside of brackets."""
    depths = accumulate((c in "([") - (c in ")]") for c in read)
    return read.startswith("-") or any(c == " " and not depth for c, depth in zip(read, depths, strict=True))


def _percent(number: str) -> str:
    whole, _, decimals = number.partition(".")
    digits = whole.rjust(3, "0")
    return f"{digits[:-2].lstrip('0') or '0'}.{digits[-2:]}{decimals}"

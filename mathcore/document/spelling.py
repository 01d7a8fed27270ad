"""How people type formulas in a code span, read as the formula language: `np.log(2)`, `2**3`, `3 × 4`, `√2`, `32.9%`.

Only what can be meant in one way is read; nothing is evaluated.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import pairwise

from mathcore.document.chain import (
    ABOUT,
    UNITS,
    Chain,
    Names,
    Side,
    Unit,
    Unread,
    alike,
    check_alone,
    digits_in_lists,
    hidden,
    strange_letter,
)  # fmt: skip

MAX_STATEMENT = 2_000  # characters
RELATIONS = {
    "<=": "<=", ">=": ">=", "!=": "!=", "==": "=", "=": "=", "<": "<", ">": ">", "≤": "<=", "≥": ">=", "≠": "!=",
    "＝": "=", "＜": "<", "＞": ">", "≈": ABOUT, "≃": ABOUT, "≒": ABOUT, "≐": ABOUT, "∼": ABOUT, "≅": ABOUT, "~=": ABOUT,
    "~": ABOUT,
}  # fmt: skip
NO_RELATION = re.compile(r"<=>|<->|=>|->|<-\s|:=|[+*/]=|===|!==|<<|>>|=~|≡|←|→|⇒|⇔|∈")
RELATION = re.compile(r"<=|>=|!=|==|~=|[=<>≤≥≠≈≃≅≒≐∼~＝＜＞]")
OPENING, CLOSING = "([{", ")]}"

NUMBER = r"(?:[0-9]+(?:\.(?!\.)[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
TOKEN = re.compile(
    rf"(?P<number>{NUMBER})"
    r"|(?P<power>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<part>[½¼¾])"
    r"|(?P<word>[^\W\d½¼¾⁰¹²³⁴⁵⁶⁷⁸⁹][^\W⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:\.[^\W\d][^\W⁰¹²³⁴⁵⁶⁷⁸⁹]*)*)"
    r"|(?P<more>\.\.\.|…)"
    r"|(?P<range>\.\.)"
    r"|(?P<times>\*\*)"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
CHARACTERS = {
    "×": "*",
    "·": "*",
    "⋅": "*",
    "∙": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "½": "(1/2)",
    "¼": "(1/4)",
    "¾": "(3/4)",
    "∞": "inf",
}
MODULES = ("np", "numpy", "math", "torch", "jnp", "tf", "cp", "tf.math", "jax.numpy")
OF_MODULES = {
    "exp": "exp", "log": "log", "log2": "log2", "log10": "log10", "sqrt": "sqrt", "abs": "abs", "fabs": "abs", "tanh": "tanh",
    "pi": "pi", "e": "exp(1)", "inf": "inf", "dot": "dot", "sum": "sum", "prod": "prod", "mean": "mean", "max": "max",
    "min": "min", "square": "square", "log1p": "log1p", "expm1": "expm1", "pow": "pow", "power": "pow",
}  # fmt: skip
OF_NUMPY = {"var": "variance", "std": "standard_deviation"}
ANYWHERE = {  # what is one thing in every library
    "softmax": "softmax", "log_softmax": "log_softmax", "sigmoid": "sigmoid", "expit": "sigmoid", "relu": "relu", "tanh": "tanh",
    "logsumexp": "logsumexp", "softplus": "softplus",
}  # fmt: skip
OTHER_NAMES = {
    "ln": "log", "π": "pi", "mse": "mean_squared_error", "mae": "mean_absolute_error", "rmse": "root_mean_squared_error",
    "var": "variance_or_estimate", "std": "deviation_or_estimate", "log_2": "log2", "log_10": "log10", "log_e": "log",
}  # fmt: skip
ELEMENTARY = ("log", "log2", "log10", "exp", "sqrt", "tanh")
WHOLE = {"sum": "sum_of", "prod": "product_of", "max": "largest", "min": "smallest"}  # of one vector
BOUND = re.compile(r"\b(?:sum|prod|vector|forall|max|min|lim)\(\s*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*(=|:|->)")
SCIENTIFIC = re.compile(
    r"\s*([-−]?)\s*(?:([0-9]+(?:\.[0-9]+)?)\s*[*×·⋅]\s*10\s*(?:\^|\*\*)\s*[({]?\s*([-−+]?[0-9]+)\s*[)}]?"
    r"|([0-9]+)[eE]([-+]?[0-9]+))\s*"
)
ASIDE = re.compile(rf"[0-9)%]\s+\(\s*{NUMBER}\s*(?:/\s*{NUMBER}\s*)?%?\s*\)\s*$|[0-9]\s*\(\s*{NUMBER}\s*%\s*\)\s*$")
REMAINDER = re.compile(r"%(?:\s*(?:[^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|[(\[√]|\.[0-9])|\s*[-+−](?!\s|[0-9.]+\s*%))")  # `7%3`, `7 % -3`
PLAIN = re.compile(rf"\s*[-−]?\s*{NUMBER}\s*%?\s*")


def chains(text: str, names: Names) -> list[Chain]:
    """The chains of a statement, joined by commas or `and`; empty where it is none.

    Raises Unread where the relations themselves cannot be told.
    """
    if len(text) > MAX_STATEMENT:
        raise Unread(f"{len(text)} characters: at most {MAX_STATEMENT} are read")
    if NO_RELATION.search(text) or re.search(r"[\"'`]", text):
        return []
    return check_alone([_chain(text, start, end, names) for start, end in _parts(text) if text[start:end].strip()])


def without_modules(word: str) -> str:
    """`np.log` as `log`; other names as they are."""
    module, _, name = word.rpartition(".")
    if module in MODULES and name in OF_MODULES:
        return OF_MODULES[name]
    if module in MODULES and name in OF_NUMPY:  # torch divides by n - 1
        return OF_NUMPY[name] if module in ("np", "numpy", "cp", "jnp", "jax.numpy") else OTHER_NAMES[name]
    return ANYWHERE.get(name, word) if module else word


def _depths(text: str) -> list[int]:
    """How many brackets are open at each character; none where they do not match, so that nothing hides in them."""
    depths, depth = [], 0
    for c in text:
        depth -= c in CLOSING
        depths.append(depth)
        depth += c in OPENING
    if depth or min(depths, default=0) < 0:
        return [0] * len(text)
    return depths


def _parts(text: str) -> list[tuple[int, int]]:
    """Where commas (with a space after them), semicolons and `and` join statements."""
    depths = _depths(text)
    joints = [m for m in re.finditer(r",\s+|;\s*|\band\b", text) if depths[m.start()] == 0]
    return list(zip([0, *(m.end() for m in joints)], [*(m.start() for m in joints), len(text)], strict=True))


def _chain(text: str, start: int, end: int, names: Names) -> Chain:
    depths = _depths(text)
    relations = [m for m in RELATION.finditer(text, start, end) if depths[m.start()] == 0]
    places = list(pairwise([start, *(p for m in relations for p in m.span()), end]))[::2]
    if (
        any(not text[a:b].strip() for a, b in places)
        or any(
            m[0] == "~" and PLAIN.fullmatch(text[a:b]) and PLAIN.fullmatch(text[c:d])  # `0 ~ 1` is a range
            for m, (a, b), (c, d) in zip(relations, places, places[1:], strict=False)
        )
    ):
        return Chain((side(text, start, end, names),), ())
    return Chain(tuple(side(text, a, b, names) for a, b in places), tuple(RELATIONS[m[0]] for m in relations))


def side(text: str, start: int, end: int, names: Names) -> Side:
    """One side of a chain, from `start` to `end` of the text."""
    raw = text[start:end]
    start, end = start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))
    raw = text[start:end]
    trouble = hidden(raw)
    unit, shown = _unit("".join(c for c in raw if not hidden(c)), names)
    if not trouble and (scientific := SCIENTIFIC.fullmatch(shown)):
        sign, mantissa, exponent = (part.replace("−", "-") for part in scientific.groups() if part is not None)
        read = f"{sign}{mantissa}e{exponent}"
        return Side(f"{sign}{mantissa} * 10^{_bracketed(exponent)}", start, end, raw, unit=unit, scientific=read)
    reader = _Reader(shown, names)
    try:
        read = reader.read()
    except Unread as error:
        read, trouble = "", trouble or str(error)
    return Side(read, start, end, raw, frozenset(reader.letters), reader.cut, unit, trouble=trouble)


def _unit(raw: str, names: Names) -> tuple[Unit, str]:
    """A unit of information at the end of a number or a bracket, `1 bit`, and what stands before it."""
    found = re.fullmatch(r"(.*[0-9)\]])\s*([^\W\d]+)\s*", raw, re.DOTALL)
    if found is None or names.is_letter(found[2]):
        return Unit.NONE, raw
    unit = UNITS.get(found[2]) or UNITS.get(found[2].lower(), Unit.NONE)
    return unit, found[1] if unit else raw


def _bracketed(number: str) -> str:
    return f"({number})" if number[:1] == "-" else number.lstrip("+")


class _Reader:
    """One side, token by token."""

    def __init__(self, raw: str, names: Names) -> None:
        self.raw, self.names = raw, names
        bound = [(name, m[2]) for m in BOUND.finditer(raw) for name in re.split(r"\s*,\s*", m[1])]
        self.bound = {name for name, mark in bound if mark == "=" or name not in names.declared}  # others run as declared
        self.letters: set[str] = set()
        self.cut = False
        self.unknown = ""

    def read(self) -> str:
        if re.search(r"(?<![\w)\]])\[[^,\[\]]*\]\s*\*\s*[0-9]|[0-9]\s*\*\s*\[[^,\[\]]*\]", self.raw):
            raise Unread("a list of one number times another repeats it in Python: write the list out")
        if ASIDE.search(self.raw):
            raise Unread("a number in brackets at the end may be a factor or an aside: write *, or put it outside of the formula")
        if REMAINDER.search(self.raw):
            raise Unread("% may be a share or a remainder: write 7 / 100")
        raw = re.sub(r"(?<=[0-9.])\s+(?:%|per ?cent\b|퍼센트)", "%", self.raw)  # `50 %`
        tokens = [(m.lastgroup or "", m[0], m.end()) for m in TOKEN.finditer(_with_commas(_without_bars(raw)))]
        out: list[str] = []
        troubles: list[str] = []
        for place, (kind, token, _) in enumerate(tokens):
            after = tokens[place + 1][1] if place + 1 < len(tokens) else ""
            try:
                out.append(self.token(kind, token, after, out, tokens, place))
            except Unread as error:  # the letters are wanted nevertheless
                troubles.append(str(error))
        if troubles:
            raise Unread(troubles[0])
        return digits_in_lists(_lists(_signs("".join(out)).strip().removeprefix("+")))

    def token(self, kind: str, token: str, after: str, out: list[str], tokens: list[tuple[str, str, int]], place: int) -> str:
        before, sign, _ = tokens[place - 1] if place else ("", "", 0)
        if kind in ("number", "word") and before == "more":
            raise Unread(f"{sign}{token}: nothing goes on after the dots")
        if kind == "number":
            if before == "number" and token.startswith("."):
                raise Unread(f"{sign}{token} has two points: a number has one")
            if before in ("number", "power", "part") or sign == "!":
                raise Unread(f"{sign}{token}: write what stands between them, {sign} * {token}")
            return self.number(token, after)
        if kind == "word":
            return f"{' ' if before == 'power' else ''}{self.word(token, tokens, place)}"
        if kind == "power":
            return f"^{_bracketed(token.translate(SUPERSCRIPTS))}"
        if kind == "times":
            return "^"
        if kind == "more":
            if not (place and tokens[place - 1][0] == "number" and "." in tokens[place - 1][1]):
                raise Unread("dots stand only after the digits of a decimal number, 0.333...")
            self.cut = True
            return ""
        if token == "%":
            if not (place and tokens[place - 1][0] == "number"):
                raise Unread("% stands only after a number")
            return ""
        if token == "!":
            if not (out and out[-1].isdecimal() and len(out[-1]) < 4):
                raise Unread("! stands only after a number: a factorial, 5!")
            number = out.pop()
            return f"(prod(k_ = 1..{number}: k_))"
        last = next((one for one in reversed(tokens[:place]) if one[1].strip()), None)
        if token in "½¼¾" and last is not None and last[0] == "number":
            raise Unread(f"{last[1]}{token}: write a sum in brackets, ({last[1]} + {CHARACTERS[token][1:-1]})")
        if token == "√":
            if not re.match(r"[0-9(]", after):
                raise Unread("√ stands before a number or a bracket: √(2)")
            if after == "(":
                return "sqrt"
            _, number, end = tokens[place + 1]
            tokens[place + 1] = ("other", "", end)
            return f"sqrt({self.number(number, '')})"
        return CHARACTERS.get(token, token)

    def number(self, token: str, after: str) -> str:
        mantissa, e, exponent = token.lower().partition("e")
        if re.match(r"0[0-9]", mantissa):
            raise Unread(f"{token} begins with 0: is it a date, or a name? Write the number without it")
        whole, _, decimals = mantissa.partition(".")
        if after != "%":
            return (whole or "0") + (f".{decimals}" if decimals else "") + (f"e{exponent}" if e else "")
        if e:
            raise Unread(f"{token}%: write the share itself")
        digits = whole.rjust(3, "0")
        return f"{digits[:-2].lstrip('0') or '0'}.{digits[-2:]}{decimals}"

    def word(self, token: str, tokens: list[tuple[str, str, int]], place: int) -> str:
        called = place + 1 < len(tokens) and tokens[place + 1][1] == "("
        if (letter := self.declared(token, called)) and letter not in self.bound:
            self.letters.add(letter)
            return letter
        word = without_modules(token).translate(SUBSCRIPTS)
        word = word if called and word in self.names.functions else OTHER_NAMES.get(word, word)
        if word != token and self.names.is_letter(word, called) and word not in self.bound:
            raise Unread(f"{token} is {word}, and {word} is a letter here: give the letter another name")
        if called and word in WHOLE and _single(argument := self.rest(tokens, place + 1), word):
            declared = self.names.is_letter(argument.strip("() "))  # then the language has a form with an index
            word = word if declared else WHOLE[word]
        if called and word != token and word in self.names.own:
            raise Unread(f"{token} may be {word}, which this text defines in its own way: call it {word}")
        if called and word in WHOLE.values():
            return word
        if word in self.bound or word in ("pi", "inf", "nan", "exp(1)"):
            return word
        if not called and word in ELEMENTARY and (number := _argument(tokens, place)):
            _, argument, end = tokens[number]
            tokens[number] = ("other", "", end)
            return f"{word}({self.number(argument, '')})"
        if not called and word in ELEMENTARY and place + 1 < len(tokens) and tokens[place + 1][0] in ("space", "number", "word"):
            if "".join(token for _, token, _ in tokens[place + 1 :]).strip():
                raise Unread(f"how far {token} reaches is unclear: write {word}(...)")
        if word == "e" and place + 1 < len(tokens) and tokens[place + 1][1] in ("^", "**"):
            return "exp(1)"
        if word == "e" and place + 1 < len(tokens) and tokens[place + 1][0] == "power":
            return "exp(1)"
        if called and (word in self.names.functions or self.names.ours(word.lower())):
            return word if word in self.names.functions else word.lower()
        if (
            not word.isascii()
            and alike(word) != word
            and (alike(word) in self.names.functions or alike(word) in ("exp", "pi", "inf"))
        ):
            raise Unread(strange_letter(token))
        if called and len(word) > 1 and word.isascii():
            near = get_close_matches(word.rpartition(".")[2], [n for n in self.names.functions if n[-1] != "_"], 1)
            raise Unread(f"{token} is no function here" + (f": is {near[0]} meant?" if near else ""))
        self.letters.add(word)
        return word

    def declared(self, token: str, called: bool) -> str:
        """The letter of this text that a word is; empty where it is none."""
        letter = "pi" if token == "π" else token
        return next((name for name in (letter, letter.translate(SUBSCRIPTS)) if self.names.is_letter(name, called)), "")

    def rest(self, tokens: list[tuple[str, str, int]], place: int) -> str:
        return "".join(token for _, token, _ in tokens[place:])


def _argument(tokens: list[tuple[str, str, int]], place: int) -> int | None:
    """Where the number stands of `log 2`, if the side ends there or a sum goes on."""
    after = [p for p in range(place + 1, len(tokens)) if tokens[p][0] != "space"]
    if after and tokens[after[0]][0] == "number" and (len(after) == 1 or tokens[after[1]][1] in ("+", "-", "−", ")", "]", ",")):
        return after[0]
    return None


def _single(rest: str, word: str) -> bool:
    """Whether a call, from its bracket on, is of one vector: `sum([1, 2])`, not `sum(k: ...)` or `max(1, 2)`."""
    depth = 0
    for c in rest:
        depth += c in OPENING
        depth -= c in CLOSING
        if depth == 1 and (c == ":" or (c == "," and word in ("max", "min"))):
            return False
        if not depth:
            break
    return True


def _with_commas(raw: str) -> str:
    """`[0.33 0.40 0.27]`, as NumPy prints it, with commas."""

    def commas(m: re.Match[str]) -> str:
        return "[" + re.sub(r"(?<=[0-9.])(\s+)(?=[-−.0-9])", r",\1", m[1]) + "]"

    return re.sub(rf"\[((?:\s*[-−]?{NUMBER})(?:\s+[-−]?{NUMBER})+\s*)\]", commas, raw)


def _without_bars(raw: str) -> str:
    """`|2 - 5|` as abs(2 - 5), where there is one pair of bars."""
    return re.sub(r"\|(.*)\|", r"abs(\1)", raw, flags=re.DOTALL) if raw.count("|") == 2 and "||" not in raw else raw


def _signs(text: str) -> str:
    """`3 * -2` with the bracket that the language wants."""
    return re.sub(rf"([*/+\-]\s*)-\s*({NUMBER}(?:\s*\^\s*(?:{NUMBER}|\(-?{NUMBER}\)))?)(?!\s*\^)", r"\1(-\2)", text)


def _lists(text: str) -> str:
    """`(0.3, 0.7)`, a bracket that is no call, as a list; `softmax(1, 2, 3)` keeps its bracket."""
    out, opened = list(text), list[tuple[int, bool]]()
    for place, c in enumerate(text):
        if c in "([":
            before = text[place - 1] if place else ""
            opened.append((place, c == "(" and not (before.isalnum() or before in ("_", "]"))))
        elif c in ")]" and opened:
            start, bare = opened.pop()
            if bare and _comma(text[start + 1 : place]):
                out[start], out[place] = "[", "]"
    return "".join(out)


def _comma(inside: str) -> bool:
    depths = _depths(inside)
    return any(c == "," and not d for c, d in zip(inside, depths, strict=True))

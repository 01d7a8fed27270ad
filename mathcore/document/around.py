"""Words around a formula in a text: whether they take part of its first number, count its last one, or go on with the sentence.

A relation that is false as it stands may be true with them: "the logarithm of `1/2 = -0.693`", "`5000 = 5` thousands".
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from html import unescape

from mathcore.document.chain import UNITS, Unit

NEAR = 400  # characters to either side that are looked at


class Begun(Enum):
    """Whether the left side of a relation begins in the words before it."""

    HERE = 0
    PERHAPS = 1  # "twice `3 = 6`", "ln `2 = 0.693`": a bare number behind words
    BEFORE = 2  # "5 % of `60 = 3`", "the sum of `3` and `4 = 7`"


class Ended(Enum):
    """Whether the right side of a relation goes on in the words behind it."""

    HERE = 0
    PERHAPS = 1  # "`300 = 5` minutes", "`24 = 4`!": what is false without them may be true with them
    BEHIND = 2  # "`10^6 = 1` million", "`6 = 2` times `3`"


OPERATION = re.compile(
    r"(?i)(\S+)\s+(of|times|plus|minus|over|(?:divided|multiplied) by|(?:more|less|fewer) than|von|mal|hoch|geteilt durch)$"
)
SIGN = re.compile(
    r"(?:(?P<sure>[0-9`$%]|(?<![^\W\d_])[^\W\d_])|[^\W_)])\s*(?:[+×·⋅∙•・*/^÷⁄∕−√∛✕✖⨯➕⌊]|(?P<dash>[-–‒‐﹣]))$"
)  # what it joins, before it
ENUMERATED = re.compile(r"(?:^|\s)(?:[(\[]?[0-9]+[)\]]|[0-9]+\.)$")
OPERAND = re.compile(r"(?i)[`$%)]$|[0-9]|^(half|third|quarter|tenth|percent|square|cube|root)$")
COMBINED = re.compile(r"(?i)\b(sum|difference|product|quotient|ratio|total) of\b.*(\band|\bto|,|&)$", re.S)
APPLIED = re.compile(  # what may be done to the left side, whatever it is
    r"(?i)(?:^|\b)(?:ln|lg|logs?|exp|root|minus|negative|plus|half|twice|thrice|double|triple|times|over"
    r"|(?:log(?:arithm)?|exponential|square|cube|root|half|double|third|quarter|tenth|negative|opposite|inverse|reciprocal|sum"
    r"|difference|product|quotient|ratio|mean|average|median|entropy|perplexity|softmax|sigmoid|max(?:imum)?|min(?:imum)?"
    r"|variance|deviation|norm|sine|cosine|factorial|remainder|multiple|fraction|percentage|share|part|floor|ceiling|sign"
    r"|derivative|limit|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?|percent)"
    r" of(?: the (?:numbers?|list|vector|fraction|quotient|sum|product))?)$"
    r"|\b(?:(?:more|less|fewer|larger|smaller|greater|higher|lower) than|as (?:much|many|large|big|small|high|low|long) as"
    r"|squaring|cubing|doubling|tripling|halving|negating|inverting)$"
    r"|\b(?:von|aus|aus der|mal|hoch|geteilt durch|doppelt so (?:viel|groß) wie|mehr als|weniger als)$"
    r"|\b(?:about|roughly|approximately|around|nearly|almost|circa|ca\.?|absolute value of|ungefähr|etwa|rund)$"
    r"|\bround(?:ed|ing)?\b[^`$]*$|(?:로그|루트|제곱근|마이너스|절반|절댓값|약|대략|배|의)$"
)
BARE = re.compile(r"\s*[-+−]?[0-9][0-9.,]*\s*(\\?%)?\s*")  # the left side is one number
BEFORE_A_CLAIM = re.compile(
    r"(?i)is|are|was|were|be|has|have|had|gives?|gets?|so|then|thus|hence|therefore|that|says|claims|if|where|because|since|not"
    r"|example|writes?|wrote"
)


GLUED = re.compile(r"(?:[\w`$]\(|[0-9·×*+/−-]\s*\(|[√∛])$|(?:(?<=\s)|^)[-−±]$|[⌊√∛⌈]\s*$")  # `2(`, `-`, right before a span
BESIDE = re.compile(r"(`+|\${1,2})([^`$]+)\1$")
OPERATES = re.compile(  # what a span before another one does to it: `2 *`, `log2`
    r"(?:[\w.]+\s*)?(?:[-+*/^×·÷]|\\(?:,\s*\\)?(?:times|cdot|div|pm|sqrt|log|ln|exp)\b.*)|log(?:2|10)?|ln|sqrt|exp|abs"
)
OF = re.compile(r"(?i)\b(?:de|du|des|del|di|van|af|av|의)$")
DONE = re.compile(
    r"(?i)\b(?:doubled|tripled|halved|squared|cubed|negated|inverted|twice|(?:plus|minus) (?:one|two|[0-9]+)"
    r"|times (?:two|three|[0-9]+)"
    r"|(?:multiplied|divided) by [\w.]+)(?: that)?\s*[:,]$"
    r"|\b(?:half|double|twice|triple|ln|log|exp) (?:of )?(?:the|that|this)(?: \w+)?:?$"
    r"|\b(?:ln|log|exp|square|cube|half|double|third|quarter|root) of$|(?:더하기|빼기|곱하기|나누기)$"
)


def begun_at(text: str, begin: int, left: str) -> Begun:
    """Where the left side of the relation at `begin` begins."""
    shown = as_shown(text[max(begin - NEAR, 0) : begin].rstrip("`$"))
    beside = BESIDE.search(shown.rstrip())
    if GLUED.search(shown) or (beside and OPERATES.fullmatch(beside[2].strip())):
        return Begun.BEFORE
    ahead = re.sub(r"(?<![^\S\n])[*_]+|[*_]+(?=\S)", "", shown.rstrip())
    sentence = re.split(r"[.!?;:]\s|\n\s*\n", ahead)[-1].strip()
    operation = OPERATION.search(sentence)
    if (operation and OPERAND.search(operation[1])) or COMBINED.search(sentence) or OF.search(sentence) or DONE.search(ahead):
        return Begun.BEFORE
    if sign := SIGN.search(sentence):
        return Begun.BEFORE if sign["sure"] and not sign["dash"] else Begun.PERHAPS
    if re.match(r"\s*[-+−]", left) and re.search(r"[0-9`$%]$", sentence) and not ENUMERATED.search(sentence):
        return Begun.PERHAPS if re.match(r"\s*[-−]\S", left) else Begun.BEFORE
    if APPLIED.search(sentence):
        return Begun.PERHAPS
    last = re.search(r"(\w+|\S)$", sentence)
    alone = last is None or last[1] in ".!?;:,(-–—" or BEFORE_A_CLAIM.fullmatch(last[1]) is not None
    return Begun.HERE if alone or not BARE.fullmatch(left) else Begun.PERHAPS


TAG = re.compile(
    r"</?(?!su[bp]\b)[A-Za-z][^<>]*>|<!--.*?-->|\]\([^()\s]*\)|\]\[[^\[\]]*\]|\[\^[^\[\]]*\]|\[(?=[^\[\]]*\](?:[(\[]|$))", re.S
)
SPACE = re.compile(r"(?<!~)~(?!~)|\\[,;:! ]|\\\n")
ESCAPE = re.compile(r"\\([*+/^|_-])")


def as_shown(text: str) -> str:
    """Markdown as a reader sees it: entities are characters, tags and links are nothing, spaces of LaTeX are blanks."""
    shown = ESCAPE.sub(r"\1", SPACE.sub(" ", unescape(TAG.sub("", text))))
    return unicodedata.normalize("NFKC", shown)


CLOSED = re.compile(r"(?:`\$|`|\${1,2})[*_]*(\s*)[*_]*")  # the mark behind a span, and what sets it off
PERCENT = re.compile(r"(?i)(?:(?P<open>[(\[]\s*(?:in\s+)?)|,?\s*in\s+)?(?:\\?%|per ?cent\b|퍼센트)(?(open)\s*[)\]])")
DOTS = re.compile(r"\.{3}|…")
WORD_END = r"(?![A-Za-z0-9_])"
UNIT = "|".join(f"{word}{WORD_END if word.isascii() else '(?!코인|맵)'}" for word in sorted(UNITS, key=len, reverse=True))
INFORMATION = re.compile(rf"(?:(?P<open>[(\[]\s*(?:in\s+)?)|,?\s*in\s+)?(?P<unit>{UNIT})(?(open)\s*[)\]])")
FURTHER = re.compile(  # what changes the number before it
    r"(?i)[0-9×·⋅∙•÷^±²³‰∕⁄]|[.,][0-9]|\+/-|[+*]\s*[0-9`$(]|[-−/⁄][0-9`$(]|[-–−]\s*(?:[0-9]|mod)"
    r"|(`+|\${1,2})\s*(?:[-+*/^×·÷]|\\(?:times|cdot|div|[bp]?mod|pm))[^`$=<>≈]*\1|\[\s*mod\b|\(\s*mod"
    r"|(?:times|plus|minus) (?:one|two|three|four|five|ten)\b|(?:twice|doubled|tripled|halved)\b"
    r"|[)\]]\s*(?:[0-9^×·*/]|<sup>)"
    r"|의\s*(?:제곱|세제곱|배|로그|절반|[0-9]|[이두세]\s*배)|에\s*[0-9]|[\u3400-\u9fff]"
    r"|(?:,\s*)?(?:(?:to|with|at|using|for)\s+)?(?:the\s+)?base\s+(?:[0-9`$e]|two\b|ten\b)|(?:,\s*)mod(?:ulo)?\b"
    r"|to the (?:power|minus|(?:second|third|fourth|fifth|sixth|n-?th)(?! (?:decimal|digit|place|significant)))\b"
    r"|(?:(?:kilo|mega|giga|milli|deci|centi|micro)(?:nats?|hartleys?)|(?:deci)?bans?"
    r"|hundred|thousand|million|billion|trillion|dozen|(?:ten|hundred|thousand|million)ths?|percentage points?|basis points?"
    r"|per mill?e?|squared|cubed|factorial|modulo|mod|repeating|recurring|periodic)"
    + WORD_END
    + r"|\(\s*mod\b|(?:of|times|plus|minus|over|(?:divided|multiplied) by|to the power of)\s+(?:[`$(0-9]|its?\b)|퍼밀|순환"
)
PERHAPS = re.compile(  # what counts in something else, or may
    r"(?i)!|(?:(?:kilo|mega|giga|milli)(?:bits?|bytes?)|seconds?|minutes?|hours?|days?|weeks?|months?|years?|ms|min"
    r"|degrees?|radians?|km|m|cm|mm|kg|g|dollars?|cents?|times|fold|decibels?|db|[kmg]i?b(?:its?|ytes?)?|half|halves|thirds?|quarters?|fourths?|fifths?)"
    + WORD_END
    + r"|°|e[-+]?[0-9]|[-−:]\s*[0-9]|(?:k|score|kilo|mega|milli|micro|nano)\b"
    r"|(?:in|out of|per|to|every|by)\s+(?:[0-9]|(?:an? )?(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)\b)"
    r"|(?:,\s*|and\s+)(?:an? )?(?:remainder|rest)\b|and\s+[0-9½⅓¼¾]"
    r"|(?:,|if|when|where)\s+(?:truncated|rounded|cut off|counted|measured|expressed|reduced|squared|cubed|plus|minus|times|over"
    r"|as an? (?:percent|fraction|share|multiple))"
    r"|\((?:recurring|repeating|periodic)|\(?(?:in\s+)?(?:base|binary|octal|hex|hexadecimal)\b|[백천만억조](?:만|억)?|할|도|분|시간"
)


SPAN_OF_A_UNIT = re.compile(rf"\s*(?P<mark>`|\$)\s*(?:\\text\{{\s*)?(\\?%|(?:{UNIT}))\s*\}}?\s*(?P=mark)")
GOES_ON = re.compile(  # words that count nothing: the sentence goes on with them, as far as anybody knows with no others
    r"(?i)(?!in\s+(?!(?:a|all|an|any|each|his|its|my|no|our|the|this)\b)(?:[a-z]+s|[a-z]{1,3}|percent|unit|base|binary|hex\w*|octal)\b)"
    r"(?!at (?:most|least)\b|or (?:more|less|so|fewer)\b|and an? (?:half|third|quarter)\b|up to\b|to (?:the )?(?:nearest|next)\b"
    r"|as an? (?:percent|fraction|share|multiple)|with (?:a )?(?:remainder|rest)\b|rounded (?:up|down|off|to the nearest)\b)"
    r"(?:a|about|above|after|again|agree|all|along|already|also|although|always|an|and|any|anyway|appears?|are|as|at|be"
    r"|because|become|been|before|below|beside|between|both|but|by|came|can|catch(?:es)?|claim(?:s|ed)?|come|comes|correct|could"
    r"|did|differs?|do|does|each|either|else|even|ever|every|except|fails?|false|follows?|for|from|gave|get|gets|give[ns]?|gives"
    r"|goes|got|had|has|have|he|hence|her|here|his|hold|holds|how|however|i|if|in|incorrect|indeed|instead|is|it|its|just|know"
    r"|lea(?:d|ds|ve|ves)|let|lies?|like|looks?|made|makes?|matters|may|means?|meant|might|must|my|needs?|neither|never|no|nor|not"
    r"|now|of course|off|often|on|once|only|or|our|out|overall|proved|proves?|rather|remains?|respectively|right|rounded|said|say"
    r"|says|see|seems?|set|she|should|shows?|shown|since|so|stands|states?|still|stays?|takes?|tells?|than|that|the|their|then"
    r"|there|therefore|these|they|this|those|though|thus|to|together|told|too|took|true|turns|under|unless|until|up|use[ds]?|using"
    r"|very|via|vs|was|we|well|went|were|what|when|where|whereas|whether|which|while|who|whose|why|will|with|within|without|works?"
    r"|would|wrong|yes|yet|yields?|you|your|[a-z]+ly)" + WORD_END
)
WORD = re.compile("[A-Za-zµμ]")
COUNTED = re.compile(
    r"(?i)\(\s*(?:approximately|rounded|about)\b|정도|이상|이하|[€£¥₩½⅓¼¾₀-₉]|<su[bp]>"
    r"|[/x]\s*[`$(0-9]|(?:plus|minus)[`$(0-9]|, in (?:base|binary|octal|hex)"
    r"|\(\s*(?:rounded (?:up|down|off|to the nearest)|truncated|cut off|in [a-z]+s?\)|[a-zµμ]{1,3}\))"
    r"|일(?!\s*[때것수]|[까지반치단정부])|주(?![어의장])|프로|배|번|회(?!귀)|개(?!념)|명(?![제백])|원(?![래소])|달러|초(?![과기])|년|월"
    r"|달(?![라리])|시(?![작도])|킬로|메가|기가|테라|그램|미터|리터|다스|진수|[이십]진|나머지|올림|내림|버림"
)


def _without_marks(rest: str) -> str:
    """A unit that stands in a span of its own, as it would stand without."""
    found = SPAN_OF_A_UNIT.match(rest)
    return f" {found[2]}{rest[found.end() :]}" if found else rest


def behind_it(after: str, latex: bool) -> tuple[str, Ended]:
    """What stands behind a span and belongs to its last number, as it would stand inside; and whether more stands there."""
    closed = CLOSED.match(after)
    rest = _without_marks(as_shown(after[closed.end() : closed.end() + NEAR])) if closed else ""
    set_off = closed is not None and bool(closed[1] or rest[:1].isspace())
    rest, behind = rest.lstrip(), ""
    if closed and not set_off and (found := DOTS.match(rest)):
        behind = r"\ldots" if latex else "..."
    elif found := PERCENT.match(rest):
        behind = r"\%" if latex else "%"
    elif found := INFORMATION.match(rest):
        behind = rf" \text{{ {found['unit']}}}" if latex else f" {found['unit']}"
    if found:
        clause = found[0].lstrip().startswith(",")
        rest = rest[found.end() :].lstrip()
        if (clause and re.match(r"[\w`$]", rest)) or re.match(r"\?|[이가] 아니", rest):  # ", in bits it is 3"
            return "", Ended.BEHIND
        if re.match(r"(?i)(?:points?|p)\b|포인트|(?:of\s|의)\s*[`$(0-9]", rest):
            return behind, Ended.BEHIND
        return behind, Ended.PERHAPS if re.match(r"(?i)of\b", rest) else Ended.HERE
    if FURTHER.match(rest):
        return "", Ended.BEHIND
    near = closed is not None and "\n" not in closed[1]
    counted = not GOES_ON.match(rest) if WORD.match(rest) else COUNTED.match(rest)
    return "", Ended.PERHAPS if PERHAPS.match(rest) or (near and counted) else Ended.HERE


# what is said elsewhere in the sentence -----------------------------------------------------------------------------

COUNTS = {
    Unit.NAT: re.compile(r"(?i)\bnats?\b|나트|log(?:arithm)?s? (?:with |to )?(?:the )?base e\b"),
    Unit.BIT: re.compile(r"(?i)\b(?:whole[ -])?_?bits?_?\b|비트|\bshannons?\b|base[ -]?(?:2|two)\b|log2|\\log_2"),
    Unit.BYTE: re.compile(r"(?i)\bbytes?\b|바이트"),
    Unit.HARTLEY: re.compile(r"(?i)\bhartleys?\b|\bdits?\b|하틀리|base[ -]?(?:10|ten)\b"),
}
PERCENTAGE = re.compile(r"(?i)%|\bper[ -]?cent|\bpct\b|prozent|процент|パーセント|퍼센트|백분율")
SYSTEMS = re.compile(
    r"(?i)\b(?:in|as) (?:binary|octal|hex(?:adecimal)?)\b|\b(?:binary|octal|hexadecimal)(?: (?:number|digit|notation|system)|:)"
    r"|\bbase[ -]?[0-9]+\b|\bmod(?:ulo|ular)?\b|\bremainders?\b|\binteger division\b"
    r"|\b(?:in|with|as|by) (?:float(?:s|[0-9]+)?|floating[ -]point|doubles?|fp[0-9]+|u?int[0-9]+|Python)\b"
    r"|\bwraps? around\b|\bversions?\b|\bdates?\b|\bpages?\b|\bscale:|진수|진법|나머지|버림|(?<!반)올림"
)
DENIED = re.compile(
    r"(?i)\b(?:false|wrong|incorrect|mistaken?|untrue|not|never|instead|nonsense|absurd)\b|n't\b|~~|<del>|<s>|\?|틀[린렸리]|거짓|아니"
)
LOGARITHM = re.compile(
    r"(?i)log2|\\log_\{?2|ld\b|(log10|\\log_\{?10)|(log|ln|entropy|crossentropy|divergence|information|surprisal|nll)"
)
FUNCTION = re.compile(r"(?i)log|\\?ln\b|exp|sqrt|entropy|softmax|sigmoid|\be\b|[a-z]{4,}\(")
STATEMENT = re.compile(r"(`+|\${1,2})[^`$\n]*[=<>≈~][^`$\n]*\1")  # another one, with a unit of its own behind it
ATTACHED = re.compile(
    r"(?i)(?:[0-9)]|[`$] |\bone|\ban?)[ -]*\\?"
    r"(?:bits?|nats?|bytes?|hartleys?|dits?|shannons?|비트|나트|바이트|%|per ?cent\w*|pct|퍼센트)"
)
SENTENCE = re.compile(r"[.!?]\s|\n\s*\n")


def sentence_around(text: str, begin: int, end: int) -> str:
    """The sentence in which a span stands, without it, as a reader sees it."""
    before, behind = text[max(begin - NEAR, 0) : begin].rstrip("`$"), text[end : end + NEAR].lstrip("`$")
    last = [found.end() for found in SENTENCE.finditer(before)]
    ends = SENTENCE.search(behind)
    whole = before[last[-1] if last else 0 :] + " \0 " + (behind[: ends.start() + 1] if ends else behind)
    return ATTACHED.sub(" ", as_shown(STATEMENT.sub("0", whole)))


def counted_by(sentence: str, whole: str) -> str:
    """The words of a sentence that may say how the numbers of a statement are counted, and it is not said in the statement."""
    if found := SYSTEMS.search(sentence):
        return found[0]
    if PERCENTAGE.search(whole) or any(unit.search(whole) for unit in COUNTS.values()):
        return ""
    if (found := PERCENTAGE.search(sentence)) and not FUNCTION.search(whole):
        return found[0]
    if logarithm := LOGARITHM.search(whole):
        own = Unit.HARTLEY if logarithm[1] else Unit.NAT if logarithm[2] else Unit.BIT
        return next((found[0] for unit, words in COUNTS.items() if unit is not own and (found := words.search(sentence))), "")
    return ""


def is_denied(sentence: str) -> bool:
    """Whether a sentence may say that its statement is false."""
    return DENIED.search(sentence) is not None

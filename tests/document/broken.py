"""Documents with one thing to correct: the line, what is said of it, and what to write instead."""

from typing import NamedTuple


class Broken(NamedTuple):
    name: str
    text: str
    line: int
    said: str


HEAD = """# Page

What it is for.

```formula
given    n: size; z: real[n]; i, k: index[n]
define   f(z)[i] = z[i] + 1
```
"""


def page(body: str) -> str:
    return f"{HEAD}\n{body}\n"  # the body begins in line 10


def chain(lines: str, info: str = "derivation one") -> str:
    return page(f"```{info}\n{lines}\n```")  # the lines begin in line 11


BROKEN = [
    # lines of a derivation
    Broken("no first line", chain("= z[i] + 1\n    [definition]"), 11, "write the left side first"),
    Broken("no step", chain("f(z)[i]"), 10, "a line that begins with =, !=, <=, <, >=, >, <=> or =>"),
    Broken("empty", chain(""), 10, "write the left side, then a line for each step"),
    Broken("apart", chain("f(z)[i]\n<= 2\n    [algebra]\n>= 1\n    [algebra]"), 12, "<= >= point in different directions"),
    Broken("unequal twice", chain("f(z)[i]\n!= 2\n!= 1"), 12, "!= != show nothing together: beside one != only = may stand"),
    Broken("unequal and less", chain("f(z)[i]\n<= 2\n!= 3"), 12, "<= != show nothing together: beside one != only = may stand"),
    Broken("another sign", chain("f(z)[i]\n≤ 2"), 12, "write <= for ≤"),
    Broken("no relation", chain("f(z)[i]\nz[i] + 1"), 12, "a line of a derivation begins with a relation"),
    Broken("continued by four", chain("f(z)[i]\n= z[i]\n    + 1"), 13, "looks like mathematics in the place of a reason"),
    Broken("step by four", chain("f(z)[i]\n= z[i] + 1\n    the definition\n    = 1 + z[i]"), 12, ""),
    Broken("reason of the first line", chain("f(z)[i]\n    [definition]\n= z[i] + 1"), 12, "the first line has no reason"),
    Broken("no name", chain("f(z)[i]\n= z[i] + 1", "derivation"), 10, "needs a name, one word"),
    Broken("two words", chain("f(z)[i]\n= z[i] + 1", "derivation The Gradient"), 10, "```derivation the_gradient"),
    Broken("a tab", chain("f(z)[i]\n=\tz[i] + 1"), 12, "a tab: indent with spaces"),
    # rules
    Broken(
        "unknown rule",
        chain("f(z)[i]\n= z[i] + 1\n    [unfold] the definition"),
        13,
        "[unfold] is no rule: choose one of algebra",
    ),
    Broken("a vector", chain("f(z)[i]\n= z[i] + 1\n    [1, 2] becomes 3"), 13, "mathematics in a reason stands in backticks"),
    Broken("open bracket", chain("f(z)[i]\n= z[i] + 1\n    [given sum(k: z[k]) = 1 by it"), 13, "has no closing bracket"),
    Broken("too much", chain("f(z)[i]\n= z[i] + 1\n    [algebra of sums] because"), 13, "takes nothing behind the word"),
    Broken("no square", chain("f(z)[i]\n<= z[i] + 1\n    [squares z[i]] [algebra] it"), 13, "[squares ... under LARGER]"),
    Broken(
        "no other", chain("f(z)[i]\n<= z[i] + 1\n    [chebyshev z[i] over i, j] [algebra] it"), 13, "[chebyshev ... with OTHER]"
    ),
    Broken("given nothing", chain("f(z)[i]\n= z[i] + 1\n    [given] it"), 13, "[given] needs what it is about"),
    Broken("no lemma", chain("f(z)[i]\n= z[i] + 1\n    [lemma] it"), 13, "[lemma] needs what it is about"),
    Broken("alone", chain("f(z)[i]\n<= 1\n    [each k] term by term"), 13, "stands before another rule: [each ...] [algebra]"),
    Broken("support alone", chain("f(z)[i]\n<= 1\n    [support z] zeros apart"), 13, "stands before another rule"),
    Broken("behind a leaf", chain("f(z)[i]\n<= 1\n    [algebra] [definition] both"), 13, "nothing follows [algebra]"),
    Broken("behind terms", chain("f(z)[i]\n<= 1\n    [terms 1] [algebra] both"), 13, "nothing follows [terms]"),
    Broken(
        "no terms",
        chain("f(z)[i]\n<= 1\n    [terms] not negative"),
        13,
        "needs the terms: one behind the word, or several in a list",
    ),
    Broken("no cases", chain("f(z)[i]\n<= 1\n    [cases] both"), 13, "[cases] needs a list below: - CONDITION: [rule]"),
    Broken("one case", chain("f(z)[i]\n<= 1\n    [cases] both\n    - z[i] > 0: [algebra]"), 13, "needs a list below"),
    Broken(
        "case without rule",
        chain("f(z)[i]\n<= 1\n    [cases] both\n    - z[i] > 0\n    - z[i] <= 0: [algebra]"),
        14,
        "- LABEL: [rule]",
    ),
    Broken(
        "words in a case",
        chain("f(z)[i]\n<= 1\n    [cases] both\n    - z[i] > 0: [algebra] because\n    - z[i] <= 0: [algebra]"),
        14,
        "words belong above the list",
    ),
    Broken(
        "list below a leaf", chain("f(z)[i]\n<= 1\n    [algebra] both\n    - z[i] > 0: [algebra]"), 14, "has no list below it"
    ),
    Broken("list below words", chain("f(z)[i]\n<= 1\n    both\n    - z[i] > 0: [algebra]"), 14, "a list belongs below a rule"),
    Broken("list first", chain("f(z)[i]\n<= 1\n    - z[i] > 0: [algebra]"), 13, "a list belongs below a rule"),
    Broken(
        "no start",
        chain("f(z)[i]\n<= 1\n    [induction t] from t to t + 1\n    - step: [algebra]"),
        13,
        "- start: [rule], - step: [rule]",
    ),
    Broken(
        "start twice",
        chain("f(z)[i]\n<= 1\n    [induction t] again\n    - start: [algebra]\n    - start: [algebra]"),
        15,
        "needs - start: [rule], - step: [rule]",
    ),
    Broken(
        "squeeze without bounds",
        chain("f(z)[i]\n= 1\n    [squeeze] between\n    - below: [algebra]\n    - above 2: [algebra]"),
        14,
        "- below EXPRESSION: [rule]",
    ),
    Broken(
        "directions",
        chain("f(z)[i] = 1\n<=> z[i] = 0\n    [directions] both\n    - forward: [algebra]"),
        13,
        "- backward: [rule]",
    ),
    # outside of fences
    Broken("stray line", page("f(z)[i]\n= z[i] + 1"), 11, "stands outside of a fence: put it into a fence, ```derivation NAME"),
    Broken("stray relation", page("Then\n<= 1 follows."), 11, "stands outside of a fence"),
    Broken("stray arrow", page("so\n=> z[i] > 0"), 11, "stands outside of a fence"),
    Broken("a quotation", page("f(z)[i]\n> 0"), 11, "stands outside of a fence"),
    Broken("indented", page("As follows:\n\n    f(z)[i]\n    = z[i] + 1"), 13, "stands outside of a fence"),
    Broken("a rule in prose", page("The next step is\n[algebra] and then done."), 11, "stands outside of a fence"),
    Broken("never closed", page("```derivation one\nf(z)[i]\n= z[i] + 1"), 10, "is never closed"),
    Broken("closed by less", page("````derivation one\nf(z)[i]\n= z[i] + 1\n```"), 10, "is never closed"),
    # other fences
    Broken("unknown key", page("```formula\ngiven  x: real\nname   f\n```"), 12, "begin with one of given, define, write"),
    Broken("empty key", page("```formula\ngiven\n```"), 11, "nothing stands behind `given`"),
    Broken("twice", page("```formula\nnumeric  a.b\nnumeric  c.d\n```"), 12, "`numeric` stands here twice"),
    Broken(
        "formula with a name", page("```formula softmax\ngiven  x: real\n```"), 10, "```formula takes no key: leave out `softmax`"
    ),
    Broken("laws with a name", page("```laws first\na: z[i] = z[i]\n```"), 10, "takes no key"),
    Broken("nothing given", page("```given\n```"), 10, "nothing is given: write n: size; z: real[n]"),
    Broken("law without a name", page("```laws\nz[i] = z[i]\n```"), 11, "a law has a name, write NAME: STATEMENT"),
    Broken(
        "words below",
        page("```false\nz[i] = 0\n    true only at 0\n```"),
        12,
        "below a statement stand given ..., instance ... or # and words",
    ),
    Broken("only words", page("```false\n    # nobody says what\n```"), 11, "words, and no statement above them"),
    Broken("given twice", page("```false\nz[i] = 0\n    given i = 1\n    given k = 1\n```"), 13, "below a statement stand"),
    Broken("no bar", page("```accuracy\nfloat64  five\n```"), 11, "`five` is no bar: write a number of ULP, as in float64  5"),
    Broken("a bar twice", page("```accuracy\nfloat64  5\nfloat64  6\n```"), 12, "`float64` stands here twice"),
    Broken(
        "an unknown convention",
        page("```accuracy\nconventions  clipping; anything\n```"),
        11,
        "`anything` is no convention: write one of clipping",
    ),
    Broken(
        "a second accuracy",
        page("```accuracy\nfloat64  5\n```\n\n```accuracy\nfloat32  5\n```"),
        14,
        "a second accuracy fence: write its lines into the first",
    ),
    Broken(
        "a bar of nan", page("```accuracy\nfloat64  nan\n```"), 11, "`nan` is no bar: write a number of ULP, as in float64  5"
    ),
    Broken(
        "an infinite bar", page("```accuracy\nfloat32  inf\n```"), 11, "`inf` is no bar: write a number of ULP, as in float32  5"
    ),
    Broken(
        "a negative bar", page("```accuracy\nreadable  -1\n```"), 11, "`-1` is no bar: write a number of ULP, as in readable  5"
    ),
    Broken("unknown format", page("```accuracy\nfloat128  5\n```"), 11, "write one of float64, float32, float16"),
    Broken("masks", page("```accuracy\nmasks  true\n```"), 11, "`masks true`: write masks  yes, or leave the line out"),
    Broken("no value", page("```accuracy\ndomain\n```"), 11, "write one of"),
    Broken(
        "no numbers", page("```accuracy\nfloat64  1\nrefuses  slope -1\n```"), 12, "write options with numbers, as in slope: -1"
    ),
    # fences that would not be checked
    Broken("capitals", page("```Claims\nz[i] = z[i] + 1\n```"), 10, "```Claims is checked by nothing: write ```claims"),
    Broken("one claim", page("```claim\nz[i] = z[i] + 1\n```"), 10, "write ```claims"),
    Broken("braces", page("~~~{false}\nz[i] = z[i]\n~~~"), 10, "~~~{false} is checked by nothing: write ~~~false"),
    Broken("in a list", page("- An item:\n\n  ```claims\n  z[i] = z[i] + 1\n  ```"), 12, "begin the fence in the first column"),
    Broken("in a quotation", page("> ```derivation one\n> z[i]\n> = 1\n> ```"), 10, "a fence inside a list or a quotation"),
    Broken(
        "in an exercise",
        page("1. Why?\n\n   - So:\n\n     ~~~derivation one\n     z[i]\n     = 1\n     ~~~\n\n   > Yes."),
        14,
        "begin the",
    ),
    Broken("in HTML", page("<details>\n```claims\nz[i] = z[i] + 1\n```\n</details>"), 11, "leave a blank line between"),
    Broken(
        "an indented fence", page("So:\n\n    ```claims\n    z[i] = z[i] + 1\n    ```"), 12, "begin the fence in the first column"
    ),
    Broken("steps in a list", page("1. We get\n\n   z[i]\n   = z[i] + 1"), 13, "stands outside of a fence"),
    Broken("a rule in a quotation", page("> z[i] is\n> [algebra] by the above"), 11, "stands outside of a fence"),
    # names
    Broken(
        "two of one name",
        chain("f(z)[i]\n= z[i] + 1") + "\n```derivation one\nz[i]\n= z[i]\n```\n",
        15,
        "a second derivation is named one",
    ),
    # characters
    Broken("an escape", page("red \x1b[31m"), 10, "the control character U+001B cannot be seen: take it out"),
    Broken("no width", page("no\u200bthing"), 10, "U+200B cannot be seen"),
    Broken("turned round", page("a \u202e b"), 10, "U+202E cannot be seen"),
    Broken("zero", page("a \x00 b"), 10, "U+0000 cannot be seen"),
    Broken("a long line", page("x" * 100_001), 10, "this line has 100,001 characters, more than 100,000: break it"),
    Broken("a long document", "a b c\n" * 300_000, 1, "the document has 1,800,000 characters, more than 1,048,576: split it"),
    Broken("many lines", "# a\n" * 100_000, 1, "the document has 100,001 lines, more than 50,000: split it"),
    # two at once are both said
    Broken("first of two", chain("f(z)[i]\n= 1\n    [unfold]") + "\n```laws\nz[i] = z[i]\n```\n", 13, "[unfold] is no rule"),
    Broken("second of two", chain("f(z)[i]\n= 1\n    [unfold]") + "\n```laws\nz[i] = z[i]\n```\n", 17, "a law has a name"),
]

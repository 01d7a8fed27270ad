"""`function` (of x) is monotone by the sign of its derivative, and `inner` compares the arguments.

With `turning`, the step is f(x) >= f(turning): the derivative has the sign of x - turning.
With `slope`, the derivative as a text, the rule `sign` shows that it is >= 0: what divides it is left to the signs.
"""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Part, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Monotone(Rule):
    form = Form(
        "monotone",
        "function",
        (("for", "variable"), ("from", "inner"), ("turning", "turning"), ("slope", "slope")),
        (Part("sign", "sign"),),
    )
    title = "monotone"
    spoken = N_("sign of the slope")
    example = Example(
        given="a, b: real; a <= b",
        left="exp(a)",
        right="<= exp(b)",
        reason="[monotone exp(x) from a <= b] [given a <= b]",
        twin="<= exp(a - b)",
    )

    function: str
    variable: str = "x: real"
    inner: str = ""
    by: Rule | None = None
    turning: str = ""
    slope: str = ""
    sign: Rule | None = None

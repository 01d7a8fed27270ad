"""Both directions of an "exactly if": `forward` proves the right from the left, `backward` the left from the right."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Part, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Directions(Rule):
    form = Form("directions", parts=(Part("forward", "forward"), Part("backward", "backward")))
    title = "both directions"
    spoken = N_("both directions")
    example = Example(
        given="n: size; p, q: simplex[n]; k: index[n]",
        left="kl_divergence(p, q) = 0",
        right="<=> forall(k: p[k] = q[k])",
        reason=(
            "[directions]\n- forward: [equality entropy.gap at x = p[k]; y = q[k]]\n- backward: [given forall(k: p[k] = q[k])]"
        ),
        twin="<=> forall(k: p[k] = 0)",
        uses="kl_divergence, entropy",
    )

    forward: Rule
    backward: Rule

r"""The LaTeX that pages may use: what MathJax 4, KaTeX and the MathJax of code hosts all set.

Code hosts refuse `\operatorname`, `\mbox`, `\phantom` and all that defines macros or loads extensions.
"""

import re

GREEK = """alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi
psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"""
ALLOWED = {rf"\{name}" for name in GREEK.split()} | {
    r"\frac", r"\sqrt", r"\sum", r"\prod", r"\int", r"\max", r"\min", r"\lim", r"\exp", r"\log", r"\partial", r"\forall",
    r"\left", r"\right", r"\lvert", r"\rvert", r"\vert", r"\Vert",
    r"\lt", r"\gt", r"\le", r"\ge", r"\ne", r"\approx", r"\to", r"\Rightarrow", r"\Leftrightarrow",
    r"\cdot", r"\times", r"\top", r"\infty", r"\ldots", r"\hat", r"\bar", r"\tilde",
    r"\mathrm", r"\mathbb", r"\text", r"\texttt", r"\begin", r"\end", r"\quad", r"\,", r"\;", r"\_", r"\\",
}  # fmt: skip
ENVIRONMENTS = {"aligned"}
COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)


def strange(latex: str) -> list[str]:
    """What is not allowed: other commands and environments, and what Markdown or a table would take for its own."""
    commands = [c for c in COMMAND.findall(latex) if c not in ALLOWED]
    environments = [e for e in re.findall(r"\\(?:begin|end)\{(.*?)\}", latex) if e not in ENVIRONMENTS]
    return commands + environments + re.findall(r"[|`$<>%#~]", latex)

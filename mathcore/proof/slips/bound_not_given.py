"""A sign or a bound was used that is not given: x >= 0, a <= 1, a b <= 1."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.trees import loose_letter
from mathcore.proof.slips import ONE, ZERO, Case, Undone, text_of

RANK = 60
NUMBERS = ("real", "nonnegative", "positive", "unit")


def undone(case: Case) -> Iterator[Undone]:
    for hypothesis in hypotheses(case):
        said = f"{text_of(hypothesis)} was used and is not given"
        yield Undone(said, case.before, case.op, case.after, given=(hypothesis,))


def hypotheses(case: Case) -> Iterator[t.Expr]:
    for s in (s for s in case.letters if s.type.domain == "real" and s.type.shape and t.NATURALS not in s.type.shape):
        stems = zip("klm", s.type.shape, strict=False)
        letters = tuple(t.Symbol(loose_letter(case.context, stem), t.Type("index", over=size)) for stem, size in stems)
        for op in (">=", ">"):
            yield t.Big("forall", tuple(map(t.Binder, letters)), t.Relation((t.Index(s, letters), ZERO), (op,)))
    numbers = [s for s in case.letters if not s.type.shape and s.type.domain in NUMBERS]
    for s in numbers:
        for op in {"real": (">=", ">", "<=", "!="), "nonnegative": (">",), "unit": (">",)}.get(s.type.domain, ()):
            yield t.Relation((s, ZERO), (op,))
        for op in ("<=", "<", ">=", "!="):
            yield t.Relation((s, ONE), (op,))
    for k, a in enumerate(numbers):
        for b in numbers[k + 1 :]:
            yield from (t.Relation((a, b), (op,)) for op in ("<=", ">=", "!="))
            yield from (t.Relation((t.Mul(a, b), ONE), (op,)) for op in ("<=", "<", ">="))

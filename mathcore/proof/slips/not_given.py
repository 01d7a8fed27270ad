"""An equation was used that is not given: that shares sum to 1, that a matrix is symmetric."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.trees import loose_letter
from mathcore.proof.slips import ONE, ZERO, Case, Undone, text_of

RANK = 27


def undone(case: Case) -> Iterator[Undone]:
    for hypothesis in hypotheses(case):
        said = f"{text_of(hypothesis)} was used and is not given"
        yield Undone(said, case.before, case.op, case.after, given=(hypothesis,))


def hypotheses(case: Case) -> Iterator[t.Expr]:
    """What is often given, and is not given here."""
    for s in case.letters:
        if s.type.domain in ("real", "positive", "nonnegative", "unit") and s.type.shape:
            letters = []
            for number, size in enumerate(s.type.shape):
                letters.append(
                    t.Symbol(loose_letter(case.context, "kl"[number] if number < 2 else "m"), t.Type("index", over=size))
                )
            if t.NATURALS in s.type.shape:
                continue
            if len(letters) == 1:
                body = t.Index(s, tuple(letters))
                yield t.Relation((t.Big("sum", (t.Binder(letters[0]),), body), ONE), ("=",))
                yield t.Relation((t.Big("sum", (t.Binder(letters[0]),), body), ZERO), ("=",))
            if len(letters) == 2:
                k, l = letters
                if k.type == l.type:
                    yield t.Big(
                        "forall", (t.Binder(k), t.Binder(l)), t.Relation((t.Index(s, (k, l)), t.Index(s, (l, k))), ("=",))
                    )
                body = t.Index(s, (k, l))
                yield t.Big("forall", (t.Binder(k),), t.Relation((t.Big("sum", (t.Binder(l),), body), ONE), ("=",)))
    sums = dict.fromkeys(p.part for p in case.earlier if isinstance(p.part, t.Big) and p.part.op == "sum" and not p.bound)
    for one in sums:
        if not any(s.type.domain == "index" for s in t.free_symbols(one)):
            yield from (t.Relation((one, value), ("=",)) for value in (ONE, ZERO))

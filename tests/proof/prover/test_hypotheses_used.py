"""A proof lists every hypothesis that it needs: without the others the claim is not refuted."""

import os
import re
import subprocess
import sys

import pytest

from mathcore.evidence import Level
from mathcore.formulas import LIBRARY
from mathcore.language.parser import Context
from mathcore.proof.lines import judge
from mathcore.proof.scope import text_of
from mathcore.proving import prove
from tests.proof.prover import corpus, given
from tests.sampling import sampled

LISTED = [
    ("lim(t -> inf: exp(-a t)) = 0", "a: real; t: positive; a > 0"),
    ("lim(t -> inf: a t) = inf", "a: real; t: positive; a > 0"),
    ("lim(x -> 0+: a / x) = inf", "a: real; x: positive; a > 0"),
    ("lim(t -> inf: exp(-x^2 t)) = 0", "x: real; t: positive; x != 0"),
    ("lim(t -> inf: 1 / (1 + t abs(x))) = 0", "x: real; t: positive; x != 0"),
    ("lim(t -> inf: erfc(t abs(x))) = 0", "x: real; t: positive; x != 0"),
    ("c >= 2", "a, b, c: real; b = a^2 + 1; c = 2 b"),
    ("c >= 2", "a, b, c: real; c = 2 b; b = a^2 + 1"),
    ("D(z, x) = 4 x^3", "x, y, z: real; y = x^2; z = y^2"),
    ("x >= 2", "x, y: real; y = x + 1; y >= 3"),
    ("a = 1", "a, b: real; b = a + 1; b = 2 a"),
    ("sum(k: t[k] z[k]) = z[i]", "n: size; t: onehot[n]; z: real[n]; i, k: index[n]; t[i] = 1"),
    ("(1 - b)^2 sum(s = 0..T: b^s) <= 1 - b", "b: nonnegative; T: natural; b <= 1"),
    ("lim(t -> inf: step(t x) + step(-t x)) = 1", "x: real; t: positive; x != 0"),
    ("f(x) <= f(y)", "f: function; u, v, x, y: real; u <= v => f(u) <= f(v); x <= y"),
    ("D(p^2, p) = 2 p", "p: unit; p > 0; p < 1"),
    ("abs(x) / x = 1 <=> x > 0", "x: real; x != 0"),
    ("a <= 1", "q: unit; a: real; q = a"),
    ("x[i] > 0", "n: size; i, k: index[n]; x: real[n]; P: positive[n]; P[k] = x[k]"),
    ("x >= 2", "f: function; u, x: real; f(u) = u + 1; f(x) >= 3"),
    ("a >= 0", "f: function; a, u: real; f(u) = a u; f(1) >= 0"),
    ("log(x) = y <=> x = exp(y)", "x: positive; y: real"),
    ("max(x, y) <= a <=> x <= a and y <= a", "x, y, a: real"),
    ("max(k: x[k]) >= a", "n: size; k: index[n]; x: real[n]; a: real; sum(k: x[k]) = n a"),
]
CORPUS = sorted(
    {
        *((claim, declared) for claim, declared in given.TRUE),
        *(
            (s.claim[0], s.given["given"])
            for s in corpus.statements()
            if s.form == "text" and re.search("[=<>]", s.given["given"])
        ),
    }
)


def parts_of(claim: str, declared: str) -> tuple[list[str], dict[str, str]]:
    """The declarations, and the hypotheses by the text in which a proof lists them."""
    pieces = [piece.strip() for piece in declared.split(";") if piece.strip()]
    said = [p for p in pieces if not re.match(r"[\w, ]+:(?!=)", p)]
    kept = [p for p in pieces if p not in said]
    context = LIBRARY.with_heads(Context(), f"{claim} {declared}").given("; ".join(kept))
    return kept, {text_of(context.parse(p)): p for p in said}


@pytest.mark.parametrize(("claim", "declared"), LISTED)
def test_all_that_is_needed_is_listed(claim: str, declared: str) -> None:
    found = prove(claim, given=declared)
    assert found.level is Level.PROVED
    assert set(found.hypotheses) == set(parts_of(claim, declared)[1])


@pytest.mark.parametrize(
    ("first", "line", "declared"),
    [
        ("s", "= sqrt(v)", "s, v: real; s^2 = v; s > 0"),
        ("x", "= 2", "x, y: real; x + y = 3; x - y = 1"),
    ],
)
def test_a_line_lists_all_that_it_needs(first: str, line: str, declared: str) -> None:
    (found,) = judge(Context(), first, [line], declared).lines
    assert found.verdict.level is Level.PROVED
    assert set(found.verdict.hypotheses) == set(parts_of(first, declared)[1])


@pytest.mark.parametrize(
    ("first", "line", "declared"),
    [
        ("b^2", "> 0", "t: natural; b: real; r, G: real[naturals]; G[t] = r[t] + G[t + 1] / b"),
        ("b", ">= 0", "t: natural; b: real; r, G: real[naturals]; G[t] = r[t] + sqrt(b) G[t + 1]"),
        (
            "x[i]",
            "= x[j]",
            "t: natural; n: size; i, j, k: index[n]; x: real[n]; r, G: real[naturals]; G[t] = r[t] + x[k] + G[t + 1]",
        ),
    ],
)
def test_a_hypothesis_that_gives_an_array_and_says_more_is_not_dropped(first: str, line: str, declared: str) -> None:
    (found,) = judge(Context(), first, [line], declared).lines
    assert found.verdict.level is not Level.REFUTED


@sampled(("claim", "declared"), CORPUS, keep=40)
def test_without_what_is_not_listed_nothing_is_refuted(claim: str, declared: str) -> None:
    kept, said = parts_of(claim, declared)
    found = prove(claim, given=declared, timeout=1)
    left = [p for text, p in said.items() if text in found.hypotheses]
    if found.level is Level.PROVED and len(left) < len(said):
        again = prove(claim, given="; ".join([*kept, *left]), timeout=1)
        assert again.level is not Level.REFUTED, (left, again.counterexample)


def test_which_hypotheses_are_named_does_not_depend_on_the_order_of_sets():
    """Of several that would do, every process names the same."""
    source = (
        "from mathcore import prove\n"
        "print(prove('categorical_crossentropy(t, z) >= 0', given='n: size; z: real[n]; t: simplex[n]').hypotheses)\n"
        "print(prove('sum(k: p[k] log(p[k] + q[k])) <= log(2)', given='n: size; k: index[n]; p, q: simplex[n]').hypotheses)\n"
    )
    command = [sys.executable, "-c", source]
    runs = [
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, check=True) for seed in "15"
    ]
    assert runs[0].stdout == runs[1].stdout and b"sum" in runs[0].stdout

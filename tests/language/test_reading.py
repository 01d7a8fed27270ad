"""Readings: for which values of its letters a hypothesis is meant."""

import pytest

from mathcore.language.parser import Context
from mathcore.language.printers import text_of
from mathcore.language.reading import read

V = (
    "n: size; x, y, z, s, d: real[n]; p: simplex[n]; o: onehot[n]; X: real[n, n]; i, j, k, l, m: index[n]; a, b, c, u, v: real; "
    "M: real; f: function; w, g: real[naturals]; t, T: natural; "
)


def reading(claim: str, given: str, widely: bool = False):
    context = Context().given(V + given)
    return read(context, context.parse(claim), widely=widely)


@pytest.mark.parametrize(
    ("claim", "given", "said"),
    [
        # letters that the claim lacks
        ("sum(l: x[l]) = 0", "x[i] >= 0", "x[i] >= 0 for every i"),
        ("sum(l: x[l]) = 0", "y[i] <= x[i] <= 1", "y[i] <= x[i] <= 1 for every i"),
        ("z[m] >= 0", "z[k] <= z[m]", "z[k] <= z[m] for every k at this m"),
        ("sum(l: X[l, l]) = 0", "sum(j: X[i, j]) = 1", "sum(j: X[i, j]) = 1 for every i"),
        # conditions
        ("sum(l: x[l]) = x[j]", "x[k] = 0; k != j", "x[k] = 0 for every k other than j"),
        ("sum(l: x[l]) = x[j]", "k != j; x[k] = 0", "x[k] = 0 for every k other than j"),
        ("sum(l: X[l, l]) = 0", "i != j; X[i, j] = 0", "X[i, j] = 0 for every i, j with i != j"),
        ("sum(l: x[l]) = 0", "i != j; x[i] = 0", "x[i] = 0 for every i other than j"),
        ("sum(l: x[l]) = 0", "i < j; x[i] <= x[j]", "x[i] <= x[j] for every i, j with i < j"),
        ("n >= 2", "i != j", "there are i, j with i != j"),
        # definitions
        ("s[i] > 0", "s[i] = exp(z[i]) / sum(l: exp(z[l]))", "s[i] = exp(z[i]) / sum(l: exp(z[l])) for every i"),
        ("s[j] > 0", "s[i] = exp(z[i])", "s[i] = exp(z[i]) for every i"),
        ("p[i] > 0", "p[i] = 1 / n", "p[i] = 1 / n for every i"),
        ("x[i] > 0", "x[i] = y[i]", "x[i] = y[i] for every i"),
        ("d[i] > 0", "d[i] = z[i] - z[j]", "d[i] = z[i] - z[j] for every i at this j"),
        ("X[i, j] > 0", "X[i, j] = x[i] y[j]; i != j", "X[i, j] = x[i] y[j] for every i, j with i != j"),
        ("s[i] + s[j] > 0", "s[i] = exp(z[i]); i != j", "s[i] = exp(z[i]) for every i"),
        ("X[i, j] = 0", "X[i, j] = X[j, i]", "X[i, j] = X[j, i] for every i, j"),
        ("w[t] = 0", "w[t] = b w[t - 1] + g[t]", "w[t] = b w[t - 1] + g[t] for every t"),
        ("w[T] = 0", "w[T + 1] = b w[T]", "w[T + 1] = b w[T] for every T"),
        # what is about one
        ("o[i] = 0", "o[j] = 1", "there is j with o[j] = 1"),
        ("sum(l: x[l]) = 0", "x[i] = x[j]", "there are i, j with x[i] = x[j]"),
        ("x[i] = 0", "x[i] = x[j]", "there is j with x[i] = x[j]"),
        ("x[i] = 0", "x[i] - x[j] = 0", "there is j with x[i] - x[j] = 0"),
        ("sum(l: z[l]) = 0", "z[m] = max(l: z[l])", "there is m with z[m] = max(l: z[l])"),
        ("sum(l: z[l]) = 0", "min(l: z[l]) - z[m] = 0", "there is m with min(l: z[l]) - z[m] = 0"),
        ("sum(l: z[l]) = 0", "z[m] >= max(l: z[l])", "there is m with z[m] >= max(l: z[l])"),
        ("sum(l: z[l]) = 0", "z[m] = M; M = max(l: z[l])", "there is m with z[m] = M"),
        ("x[j] = 0", "o[m] = 1; x[m] = 7", "there is m with o[m] = 1"),
        ("p[j] = 0", "p[m] = 1 / n; o[m] = 1", "there is m with o[m] = 1"),
        ("x[j] = 0", "x[m] = 0; y[k] = y[m]", "there are k, m with y[k] = y[m]"),
        ("sum(l: x[l]) = 0", "x[m] = y[j]; y[j] = 5", "x[m] = y[j] for every m at this j"),
        # what is about every one
        ("sum(l: x[l]) = 0", "x[j] = sum(i: x[i] X[i, j])", "x[j] = sum(i: x[i] X[i, j]) for every j"),
        ("sum(l: x[l]) = 0", "x[i] x[j] = 0; i != j", "x[i] x[j] = 0 for every i, j with i != j"),
        ("sum(l: x[l]) = 0", "x[i] <= sum(l: x[l])", "x[i] <= sum(l: x[l]) for every i"),
        ("sum(l: x[l]) = 0", "x[i] = x[1]", "x[i] = x[1] for every i"),
        # functions
        ("f(0) = 0", "f(u + v) = f(u) + f(v)", "f(u + v) = f(u) + f(v) for every u, v"),
        ("f(a) = 0", "u <= v; f(u) <= f(v)", "f(u) <= f(v) for every u, v with u <= v"),
        ("f(a) = 0", "f(a) = a^2", "f(a) = a^2 for every a"),
    ],
)
def test_the_reading_is_told(claim, given, said):
    assert reading(claim, given).said == (said,)


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("x[i] + x[j] = 0", "x[i] = 0"),
        ("x[i] >= 0", "x[i] >= 1"),
        ("z[i] - z[j] = 0", "z[i] = z[j]"),
        ("z[i] - z[j] <= 0", "z[i] <= z[j]"),
        ("x[i] - x[j] = 0", "i != j"),
        ("o[j] = 1", "o[j] = 1"),
        ("z[j] = 0", "M = max(l: z[l]); z[j] = M"),
        ("z[m] = 0", "z[m] = max(l: z[l])"),
        ("v = 0", "v = sum(l: x[l]) / n"),
        ("a + b = 1", "a <= b; b <= c"),
        ("f(a) = 0", "f(a) >= 0"),
    ],
)
def test_what_names_its_letters_as_the_claim_does_is_plain(claim, given):
    plain = reading(claim, given)
    assert not plain.said
    assert plain.context.hypotheses == Context().given(V + given).hypotheses


@pytest.mark.parametrize(
    ("claim", "given", "said"),
    [
        ("x[i] <= 1", "x[i] >= 0", "x[i] >= 0 for every i"),
        ("x[i] + x[j] = 0", "x[i] = 0", "x[i] = 0 for every i"),
        ("X[i, i] = 0", "sum(j: X[i, j]) = 1", "sum(j: X[i, j]) = 1 for every i"),
        ("sum(l: x[l]) = 0", "x[i] = x[j]", "x[i] = x[j] for every i, j"),
        ("sum(l: z[l]) = 0", "z[m] = max(l: z[l])", "z[m] = max(l: z[l]) for every m"),
        ("x[j] = 0", "o[m] = 1; x[m] = 7", "x[m] = 7 for every m"),
        ("p[j] = 0", "o[m] = 1; p[m] = 1 / n", "p[m] = 1 / n for every m"),
        ("d[j] = 0", "d[i] = x[i] y[i]; i != j", "d[i] = x[i] y[i] for every i"),
        ("f(a) = 0", "f(a) >= 0", "f(a) >= 0 for every a"),
        ("f(a) = 0", "a > 0; f(a) >= 0", "f(a) >= 0 for every a with a > 0"),
    ],
)
def test_what_could_be_meant_of_every_one_has_a_second_reading(claim, given, said):
    assert not reading(claim, given).widened
    assert reading(claim, given, widely=True).widened
    assert said in reading(claim, given, widely=True).said


@pytest.mark.parametrize(
    "given", ["z[i] = z[j]", "z[i] <= z[j]", "z[i] <= max(l: z[l])", "o[i] = 1", "i != j", "s[i] = exp(z[i])"]
)
def test_what_ties_entries_of_one_array_has_one_reading(given):
    claim = "z[i] + z[j] + o[i] + s[i] = 0"
    assert reading(claim, given, widely=True).context == reading(claim, given).context


def test_what_defines_an_array_entry_by_entry_does_so_for_every_entry():
    for definition in ("s[m] = exp(z[m]) / sum(l: exp(z[l]))", "s[m] = z[m]"):
        assert f"{definition} for every m" in reading("s[j] = 0", f"o[m] = 1; {definition}").said


def test_a_letter_is_one_in_every_part_of_a_claim():
    both = reading("x[i] = 0 and x[j] = 0", "x[i] = 0")
    assert {s.name for s in both.context.fixed} == {"i"}


def test_conditions_say_that_there_are_such_letters():
    narrowed = reading("n >= 1", "X[i, j] = 0; i != j").context
    assert [text_of(h) for h in narrowed.hypotheses] == ["forall(i, j: i != j => X[i, j] = 0)"]
    assert [text_of(h) for h in narrowed.somewhere] == ["i != j"]


def test_what_was_read_once_is_read_the_same_again():
    for claim, given in (("s[i] + x[j] = 0", "s[i] = exp(z[i]); x[k] = 0; k != j; z[k] <= z[m]"), ("n >= 2", "i != j")):
        once = reading(claim, given)
        again = read(once.context, once.context.parse(claim))
        assert again.context.hypotheses == once.context.hypotheses
        assert again.context.fixed == once.context.fixed


@pytest.mark.parametrize("given", ["w[t] = w[t]^2", "w[t] = at(g = w: g[t])"])
def test_what_speaks_of_its_own_entry_or_of_its_whole_array_defines_nothing(given):
    found = reading("w[t] = 0", given)
    assert not found.defined and not found.said


def test_what_ties_whole_arrays_is_of_no_one_entry():
    wide = reading("x[i] = 0", "x = y", widely=True)
    assert not wide.widened and not wide.said and list(map(text_of, wide.context.hypotheses)) == ["x = y"]

"""Hypotheses are read as people read them: what is true under them is not refuted, what is false is, and the reading is told."""

import json

import pytest

from mathcore.evidence import Level, Verdict
from mathcore.language.parser import Context
from mathcore.language.printers import text_of
from mathcore.language.reading import read
from mathcore.proof.prover.functions import at_arguments
from mathcore.proof.replay.given import given as facts
from mathcore.proving import prove
from tests.proof.prover import given
from tests.sampling import counted, sampled

# what stays unknown is searched until time is up: in half of the default time, and with -m slow in all of it
SECONDS = counted(1, 2, name="seconds")


@sampled(("claim", "hypotheses"), given.TRUE, keep=10)
def test_what_follows_from_the_hypotheses_is_proved(claim, hypotheses):
    assert prove(claim, given=hypotheses, timeout=5).level is Level.PROVED


@sampled(("claim", "hypotheses"), given.FALSE, keep=12)
def test_what_does_not_follow_is_refuted(claim, hypotheses):
    assert prove(claim, given=hypotheses, timeout=5).level is Level.REFUTED


@SECONDS
@sampled(("claim", "hypotheses"), given.TRUE_PERHAPS_UNKNOWN, keep=4)
def test_what_follows_is_never_refuted(claim, hypotheses, seconds):
    assert prove(claim, given=hypotheses, timeout=seconds).level in (Level.PROVED, Level.UNKNOWN)


@SECONDS
@sampled(("claim", "hypotheses"), given.ENDLESS, keep=4)
def test_what_holds_as_far_as_was_tried_is_not_taken_to_hold_for_every_natural_number(claim, hypotheses, seconds):
    assert prove(claim, given=hypotheses, timeout=seconds).level in (Level.PROVED, Level.UNKNOWN)


@sampled(("claim", "hypotheses"), given.GOES_ON, keep=4)
def test_sequences_that_can_go_on_refute(claim, hypotheses):
    assert prove(claim, given=hypotheses, timeout=5).level is Level.REFUTED


@pytest.mark.parametrize(("claim", "hypotheses"), given.UNCLEAR)
def test_derivatives_by_what_others_depend_on_are_answered_by_asking_for_them_written_out(claim, hypotheses):
    verdict = prove(claim, given=hypotheses)
    assert verdict.level is Level.UNKNOWN
    assert verdict.reason.endswith("by a hypothesis: write it out")


@pytest.mark.parametrize(("claim", "hypotheses"), given.ELSEWHERE)
def test_what_a_letter_does_not_stand_for_decides_nothing(claim, hypotheses):
    verdict = prove(claim, given=hypotheses)
    assert verdict.level is Level.UNKNOWN and "nothing else is put in its place" in verdict.reason


@pytest.mark.parametrize(("claim", "hypotheses"), given.CLEAR)
def test_derivatives_by_what_the_other_letters_do_not_depend_on_are_proved(claim, hypotheses):
    assert prove(claim, given=hypotheses, timeout=5).level is Level.PROVED


def test_where_one_argument_may_be_meant_or_every_one_a_proof_from_every_one_does_not_count():
    verdict = prove("f(x) = f(y)", given=given.F + "f(x) = 7 + sqrt(2)")
    assert verdict.level is Level.UNKNOWN
    assert verdict.reason.startswith("it depends on how the hypotheses are meant: f(x) = 7 + sqrt(2) for every x")


@sampled(("claim", "hypotheses"), given.DEPENDS, keep=5)
def test_where_two_readings_differ_nothing_is_claimed(claim, hypotheses):
    verdict = prove(claim, given=hypotheses, timeout=5)
    assert verdict.level is Level.UNKNOWN
    assert verdict.reason.startswith("it depends on how the hypotheses are meant: ")
    assert " for every " in verdict.reason
    assert "; otherwise: false at a point" in verdict.reason


@SECONDS
@sampled(("claim", "hypotheses"), given.CONTRADICTORY, keep=3)
def test_under_contradictory_hypotheses_nothing_is_claimed(claim, hypotheses, seconds):
    assert prove(claim, given=hypotheses, timeout=seconds).level is Level.UNKNOWN


def test_the_reading_is_printed_and_kept():
    verdict = prove("sum(k: x[k]) = x[j]", given=given.X + "x[k] = 0; k != j")
    assert "  I read: x[k] = 0 for every k other than j\n" in str(verdict)
    assert verdict.hypotheses_used == ("x[k] = 0",)
    assert "I read: x[k] = 0 for every k other than j" in verdict._repr_html_()
    kept = json.loads(json.dumps(verdict.to_json()))
    assert kept["reading"] == ["x[k] = 0 for every k other than j"]
    assert Verdict.from_json(kept) == verdict
    assert "reading" not in prove("x[j] = x[j]", given=given.X).to_json()


def test_the_letters_of_a_point_have_the_names_that_the_claim_gives_them():
    verdict = prove("forall(i: s[i] > 1)", given=given.Z + "s[i] = exp(z[i])")
    assert verdict.counterexample == "1 > 1 is false at n = 1, z = [0], i = 1"


def used_at(claim: str, hypotheses: str) -> set[str]:
    context = Context().given(hypotheses)
    formula = context.parse(claim)
    before = read(context, formula)
    return {text_of(h) for h in at_arguments(before.context, formula)[0].hypotheses}


def test_a_hypothesis_about_a_function_is_used_where_its_premise_holds():
    monotone = "f: function; u, v, x, y: real; u <= v; f(u) <= f(v)"
    assert "f(x) <= f(y)" not in used_at("f(x) <= f(y)", monotone)
    assert "f(x) <= f(y)" in used_at("f(x) <= f(y)", monotone + "; x <= y")
    positive = "f: function; u: positive; x: real; f(u) = 1"
    assert "f(x) = 1" not in used_at("f(x) = 1", positive)
    assert "f(x) = 1" in used_at("f(x) = 1", positive.replace("x: real", "x: positive"))


def test_that_nothing_is_known_of_a_slope_is_said_in_words():
    verdict = prove("f(x) <= f(y)", given="x, y, u, v: real; f: function; u < v => f(u) <= f(v); x <= y")
    assert verdict.level == "unknown"
    assert "nothing is known of the slope f'" in verdict.reason


def test_an_index_that_is_one_is_one_for_the_replayer_too():
    context = Context().given("n: size; x: real[n]; i, j: index[n]; x[i] = 0")
    whole = read(context, context.parse("x[i] = 0 and x[j] = 0")).context
    assert not facts(whole, whole.parse("x[j] = 0")).equations[0].loose


def test_the_hypotheses_of_sympy_objects_are_read_the_same():
    import sympy as sp

    n, i, j, k = sp.symbols("n i j k", integer=True)
    z, s = sp.IndexedBase("z"), sp.IndexedBase("s")
    softmax = sp.Eq(s[i], sp.exp(z[i]) / sp.Sum(sp.exp(z[k]), (k, 1, n)))
    declared = {"shapes": {"z": ("n",), "s": ("n",)}, "indices": {"i": "n", "j": "n"}, "hypotheses": [softmax]}
    shown = prove(sp.Derivative(sp.log(s[i]), z[j]), "=", sp.KroneckerDelta(i, j) - s[j], **declared)
    assert shown.level is Level.PROVED
    assert shown.reading[0].endswith(" for every i")
    assert prove(sp.Derivative(sp.log(s[i]), z[j]), "=", sp.KroneckerDelta(i, j), **declared).level is Level.REFUTED
    two = {"shapes": {"z": ("n",)}, "indices": {"i": "n", "j": "n"}, "hypotheses": [sp.Ne(i, j)]}
    assert prove(n, ">=", 2, **two).level is Level.PROVED


def test_a_claim_for_every_number_is_the_claim_of_one_of_which_nothing_is_known():
    assert prove("forall(x: x^2 >= 0)", given="x: real").level is Level.PROVED
    assert prove("forall(x: x^2 >= 1)", given="x: real").level is Level.REFUTED
    assert prove("forall(x: x + y >= 1)", given="x, y: real; x >= 1; y >= 0").level is Level.REFUTED
    assert prove("forall(x: x^2 + y >= 1)", given="x, y: real; x >= 5; y >= 1").level is Level.PROVED


def test_what_is_said_beyond_a_number_is_not_said_of_every_index():
    given = "n: size; x: real[n]; c: real; i, k: index[n]; x[k] >= 0; k > c"
    verdict = prove("x[i] >= -1000000", given=given)
    assert verdict.level is not Level.PROVED and verdict.reading == ("x[k] >= 0 for every k with k > c",)


@pytest.mark.parametrize(
    ("claim", "given", "reading"),
    [
        ("D(a b, a) = b", "a, b: real; k: natural; b <= a; a - b < 1 / (k + 1)", "D(a b, a) with b held fixed"),
        ("D(a b, a) = b", "a, b: real; a + b <= 1", "D(a b, a) with b held fixed"),
        ("D(a b c, a) = b c", "a, b, c: real; a <= b; c <= b", "D(a b c, a) with b, c held fixed"),
        ("max(a, b) <= c => D(a b, a) = b", "a, b, c: real", "D(a b, a) with b held fixed"),
        ("at(a = 3: b) = b", "a, b: real; a^2 <= b", "at(a = 3: b) with b held fixed"),
        ("lim(a -> 3: b) = b", "a, b: real; a + b <= 1", "lim(a -> 3: b) with b held fixed"),
        (
            "D(x[1] x[2], x[1]) = x[2]",
            "x: real[2]; k: index[2]; sum(k: x[k]) >= 1",
            "D(x[1] x[2], x[1]) with other entries of x held fixed",
        ),
        ("D(x[1] x[2], x[1]) = x[2]", "x: real[2]; x[1] <= x[2]", "D(x[1] x[2], x[1]) with other entries of x held fixed"),
        ("D(a b, a) = b", "a, b: real; a < b", ""),
        ("D(a b, a) = b", "a, b: real; a != b; a > 0", ""),
        ("D(a b, a) = b", "a, b, c: real; c <= b", ""),
        ("D(x[1] x[2], x[1]) = x[2]", "x: real[2]; k: index[2]; x[k] >= 0", ""),
    ],
)
def test_what_a_derivative_holds_fixed_is_said_where_hypotheses_could_move_it(claim, given, reading):
    verdict = prove(claim, given=given, timeout=10)
    assert verdict.level is Level.PROVED
    assert [one for one in verdict.reading if "held fixed" in one] == ([reading] if reading else [])


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("a != 0", "a, b: real; b = 1 / a"),
        ("a > 0", "a, b: real; b = log(a)"),
        ("b^2 = a", "a, b: real; b = sqrt(a)"),
        ("b - b = 0", "q: unit; b: real; b = log(q)"),
        ("u[j] != 0", "n: size; u, w: real[n]; i, j: index[n]; w[i] = 1 / u[i]"),
    ],
)
def test_what_is_defined_has_a_value_at_a_point_that_refutes(claim, given):
    assert prove(claim, given=given).level is not Level.REFUTED


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("v[t] = q^t v[0]", "v[t + 1] - q v[t] = 0"),
        ("v[t] = v[0]", "v[t + 1] - v[t] = 0"),
        ("v[t] >= v[0]", "v[t + 1] >= v[t]"),
        ("v[t] <= q^t v[0]", "q >= 0; v[t + 1] <= q v[t]"),
        ("v[t] = (t + 1) v[0]", "v[t + 1] = v[t] + v[0]"),
    ],
)
def test_a_step_of_a_sequence_in_the_claim_s_own_letter_may_be_meant_of_every_one(claim, given):
    assert prove(claim, given=f"v: real[naturals]; t: natural; q: real; {given}").level is not Level.REFUTED


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("f(a) a = 1", "1 / x"),
        ("f(f(a)) = a", "1 / x"),
        ("exp(f(a)) = a", "log(x)"),
        ("f(a b)^2 = a b", "sqrt(x)"),
        ("sum(k: f(y[k]) y[k]) = n", "1 / x"),
        ("D(f(a), a) = -1 / a^2", "1 / x"),
        ("lim(a -> 0: a f(a - 1)) = 0", "log(x)"),
    ],
)
def test_a_function_that_a_hypothesis_gives_has_its_values_at_a_point_that_refutes(claim, value):
    given = f"n: size; y: real[n]; k: index[n]; f: function; a, b, x: real; f(x) = {value}"
    assert prove(claim, given=given).level is not Level.REFUTED


def test_a_function_that_a_hypothesis_gives_is_judged_where_it_has_a_value():
    given = "f: function; a, b: positive; x: real; f(x) = log(x)"
    shown = prove("f(a b) = f(a) + f(b)", given=given)
    assert shown.level is Level.PROVED and shown.reading == ("f(x) = log(x) for every x", "log(x) has a value wherever f is used")
    assert prove("f(a b) = f(a) f(b)", given=given).level is Level.REFUTED


@pytest.mark.parametrize(
    "given",
    [
        "b = a + 1; b = 2 a",
        "b = 2 a; b = a + 1",
        "b = a + 1; 2 a = b",
        "c = b^2; b = a + 1; b = 2 a",
        "b = exp(a) and b = a^2 + 1",
    ],
)
@pytest.mark.parametrize("slope", ["1", "2", "2 b", "4 b"])
def test_the_derivative_of_what_is_defined_twice_is_not_decided(given, slope):
    letter = "c" if "c =" in given else "b"
    assert prove(f"D({letter}, a) = {slope}", given=f"a, b, c: real; {given}").level is Level.UNKNOWN


def test_what_is_defined_twice_is_decided_where_nothing_varies():
    assert prove("a = 1", given="a, b: real; b = a + 1; b = 2 a").level is Level.PROVED


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("f(a) a + u = 1 + u", "f: function; a, u: real; forall(u: f(u) = 1 / u); u != 0"),
        ("w[j] u[j] + u[k] = 1 + u[k]", "n: size; u, w: real[n]; j, k: index[n]; w[k] = 1 / u[k]; u[k]^2 = u[k] + 2"),
        ("w[i] u[i] + w[j] u[j] = 2", "n: size; u, w: real[n]; i, j: index[n]; w[i] = 1 / u[i]; u[i] != 0; i != j"),
    ],
)
def test_what_is_known_of_a_letter_of_the_claim_is_not_known_of_every_value_of_a_definition(claim, given):
    verdict = prove(claim, given=given)
    assert verdict.level is not Level.REFUTED and "false at a point" not in verdict.reason


@pytest.mark.parametrize(
    "claim",
    [
        "at(a = 3: f(1) + a) = 6",
        "at(a = 3: f(1) + a) = 8",
        "lim(a -> 0: f(1) + a) = 0",
        "forall(a: f(1) = a) => 1 = 2",
    ],
)
def test_a_letter_of_a_function_that_a_hypothesis_gives_is_not_captured_around_it(claim):
    verdict = prove(claim, given="f: function; a, u: real; f(u) = a u")
    assert verdict.level is Level.UNKNOWN and verdict.reason == "f depends on a by a hypothesis: write it out"


def test_a_function_that_a_hypothesis_gives_is_put_in_below_other_letters():
    given = "f: function; a, u, x: real; f(u) = a u"
    for claim in ("lim(x -> inf: f(1) + x) = inf", "at(u = 3: f(u)) = 3 a", "D(f(x), x) = a"):
        assert prove(claim, given=given).level is Level.PROVED


@pytest.mark.parametrize(
    ("claim", "hypotheses"),
    [
        ("y[j] = 7", "t[m] = 1; y[m] = 7"),
        ("p[j] = 1 / n", "t[m] = 1; p[m] = 1 / n"),
        ("y[j] = 0", "y[m] = 0; p[m] = 1"),
        ("y[j] = 0", "y[m] = 0; z[k] = z[m]"),
        ("sum(k: z[k]) = n max(k: z[k])", "z[m] = max(k: z[k])"),
        ("sum(k: z[k]) = n a", "z[m] = a; a = min(k: z[k])"),
    ],
)
def test_an_entry_that_a_hypothesis_chooses_is_not_taken_for_every_one(claim, hypotheses):
    verdict = prove(claim, given=f"n: size; t: onehot[n]; p: simplex[n]; y, z: real[n]; a: real; j, k, m: index[n]; {hypotheses}")
    assert verdict.level is Level.UNKNOWN
    assert verdict.reason.startswith("it depends on how the hypotheses are meant: ") and "false at a point" in verdict.reason


@pytest.mark.parametrize(
    ("claim", "hypotheses"),
    [
        ("w[t] = 2^t", "w[t + 1] / w[t] = 2; w[0] = 1"),
        ("w[t]^2 = t + 1", "w[t + 1]^2 = w[t]^2 + 1; w[0] = 1"),
        ("w[t] > 0", "w[t + 1] w[t] > 0; w[0] > 0"),
        ("w[t] <= w[0]", "w[t] - w[t + 1] > 0"),
        ("z[i] <= sum(k: z[k])", "(z[i] - 11) (z[i] - 12) = 0"),
    ],
)
def test_a_hypothesis_of_which_no_points_are_found_is_not_taken_for_contradictory(claim, hypotheses):
    """True if it is meant of every entry, which no point that is tried satisfies."""
    verdict = prove(claim, given=f"n: size; z: real[n]; i, k: index[n]; w: real[naturals]; t: natural; {hypotheses}")
    assert verdict.level is Level.UNKNOWN


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("x^2 - 10^30 step(1/10^12 - (x - 37/41)^2) >= 0", "x: real; (x - 37/41)^2 != 1/10^12"),
        ("x^2 + 10^30 step((x - 37/41)^2 - 1/10^12) >= 10^30", "x: real"),
        ("x - 1/(10^30 (41 x - 37)) <= y - 1/(10^30 (41 y - 37))", "x, y: real; x <= y; 41 x - 37 != 0; 41 y - 37 != 0"),
    ],
)
def test_what_a_derivative_asks_of_every_value_is_no_condition_on_one(claim, given):
    assert prove(claim, given=given).level in (Level.UNKNOWN, Level.REFUTED)

"""Points that refute are small, are checked anew, and are told in few words."""

from functools import cache
from itertools import islice

import pytest
from flint import fmpq

from mathcore.language.parser import Context
from mathcore.proof.balls import compare
from mathcore.proof.balls.points import Sampler
from mathcore.proof.balls.shrink import Shrinker, smallest
from mathcore.proving import prove
from tests.proof.counterexamples import False_, idle, of_cards, of_the_prover, point_of, refutes, simpler
from tests.sampling import counted

SOFTMAX = "n: size; z: real[n]; i, j, k: index[n]"


EVERY = counted(8, 1, name="every")  # card


@cache
def false_claims(every: int = 1) -> tuple[False_, ...]:
    return tuple(of_cards(every))


def point(one: False_):
    return point_of(one.context, one.claim, one.said)


def told(claim: str, given: str = "") -> str:
    verdict = prove(claim, given=given)
    assert verdict.level == "refuted", verdict
    return verdict.counterexample


@EVERY
def test_every_point_printed_of_a_card_refutes_anew_in_its_domain_under_its_hypotheses(every):
    assert [one.said for one in false_claims(every) if not refutes(one, point(one))] == []


@EVERY
def test_no_point_printed_of_a_card_has_a_letter_on_which_nothing_depends(every):
    assert [one.said for one in false_claims(every) if idle(one, point(one))] == []


@EVERY
def test_no_number_in_a_point_printed_of_a_card_could_be_simpler(every):
    assert [one.said for one in false_claims(every) if simpler(one, point(one)) is not None] == []


@pytest.mark.slow
def test_points_of_cards_are_short():
    """Measured: median 49, longest 138 (a function of the card is spelt out there), 6 above 100; before, 70, 415 and 54."""
    lengths = sorted(len(one.said) for one in false_claims())
    assert len(lengths) >= 208
    assert lengths[len(lengths) // 2] <= 52
    assert lengths[-1] <= 140
    assert sum(n > 100 for n in lengths) <= 6


@pytest.mark.slow
def test_indices_in_points_of_cards_differ():
    """Where all three differ, both sides of the one exception are 0."""
    met = []
    for one in false_claims():
        kinds = [(one.context.symbols[name].type.over, place) for name, place in point(one).indices.items()]
        met += [one.name] if len(set(kinds)) < len(kinds) else []
    assert met == ["one_hot: one_hot(t)[k] = one_hot(i)[k]"]


def test_points_of_the_prover_refute_anew_and_are_small():
    found = list(islice(of_the_prover(23), 20))
    found = [one for one in found if "both sides are equal" not in one.said]
    assert len(found) >= 15
    assert [one.said for one in found if not refutes(one, point(one)) or idle(one, point(one))] == []
    assert [one.said for one in found if simpler(one, point(one)) is not None] == []


def test_the_judge_of_points_notices_a_wrong_one_and_one_that_could_be_simpler():
    context = Context().given("x: real; y: positive; x >= 3")
    claim = context.parse("x <= y")
    wrong = ["false at x = 1, y = 1/2", "false at x = 3, y = 4", "false at x = 3, y = -1"]  # a hypothesis, the claim, the domain
    assert not any(refutes(False_("", context, claim, said, 0), point_of(context, claim, said)) for said in wrong)
    large = False_("", context, claim, "false at x = 3, y = 5/2", 0)
    assert refutes(large, point(large))
    assert str(simpler(large, point(large))) == "x = 3, y = 1"


# what is preferred ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "given", "said"),
    [
        ("softmax(z)[i] + softmax(z)[j] = 1", SOFTMAX, "2/3 = 1 is false at n = 3, z = [0, 0, 0], i = 1, j = 2"),
        ("D(softmax(z)[i], z[j]) = -softmax(z)[i] softmax(z)[j]", SOFTMAX, "0 = -1 is false at n = 1, z = [0], i = 1, j = 1"),
        (
            "sum(k: -log(P[k])) = entropy(P)",
            "n: size; P: positive[n]; k: index[n]; sum(k: P[k]) = 1",
            "1.386 = 0.6931 is false at n = 2, P = [1/2, 1/2]",
        ),
        ("x^2 <= 4", "x: real; x >= 3", "9 <= 4 is false at x = 3"),
        ("x^2 <= 4", "x: real; x <= -3", "9 <= 4 is false at x = -3"),
        ("x <= 1", "x: real", "2 <= 1 is false at x = 2"),
        ("p log(p) >= -1 / 3", "p: unit", "-0.3466 >= -1/3 is false at p = 1/2"),
        ("sum(k: x[k]) = n x[i]", "n: size; x: real[n]; i, k: index[n]", "1 = 0 is false at n = 2, x = [0, 1], i = 1"),
        ("a b = 1", "a, b: real; a + b = 3", "0 = 1 is false at a = 3, b = 0"),
        ("s x = 1", "n: size; s, x: real; k: index[n]; m: real[n]", "0 = 1 is false at s = 0, x = 0"),
    ],
)
def test_the_point_that_teaches_is_told(claim, given, said):
    assert told(claim, given) == said


def test_letters_that_a_hypothesis_ties_to_the_claim_are_told():
    assert told("x <= 1", "x, y, w: real; x >= y + 1; y >= 1; w = 3") == "2 <= 1 is false at x = 2, y = 1"


def test_what_a_hypothesis_defines_is_told_by_what_it_is_made_of():
    assert told("x <= 1", "x, y, w: real; x = y + 1; w = 3") == "2 <= 1 is false at y = 1"


def test_sides_that_are_close_are_told_in_the_digits_that_keep_them_apart():
    assert told("exp(x) = 1 + x + x^2 / 2", "x: real; x = 1 / 100").startswith("1.01005017 = 20201/20000 is false")


def test_of_a_sequence_only_the_beginning_is_told():
    said = told("A[t] = A[0]", "t, T: natural; A: real[naturals]; A[T + 1] = A[T] / 2")
    assert said == "1/2 = 1 is false at t = 1, A = {0: 1, 1: 1/2, 2: 1/4, ...}"


# what is kept ----------------------------------------------------------------------------------------------------------


def found(given: str, claim: str):
    context = Context().given(given)
    tree = context.parse(claim)
    large = compare(context, tree).refuted
    assert large is not None
    return context, tree, large


def test_without_time_the_given_point_stays():
    context, tree, large = found("n: size; x: real[n]; i: index[n]", "x[i] <= 1")
    assert smallest(context, tree, large, left=lambda: 0.0)[0].values == large.values


def test_a_point_that_does_not_refute_is_made_no_smaller():
    context, tree, large = found("x, y: real; y >= 2", "x <= y")
    names = dict(large.names)
    names["value:y"] = names["value:x"] + 1
    shrinker = Shrinker(context, tree, set(context.symbols.values()))
    assert shrinker.shrunk(dict(names)) == names


@pytest.mark.parametrize(
    "given", ["x, y: real; y >= 2", "x: real; y: positive", "n: size; x: real; y: real; k: index[n]; n >= 2"]
)
def test_a_candidate_counts_only_in_its_domain_and_under_its_hypotheses(given):
    context, tree, large = found(given, "x <= y")
    shrinker = Shrinker(context, tree, set(context.symbols.values()))
    names = dict(large.names)
    assert shrinker.counts(names)
    assert not shrinker.counts({**names, "value:x": names["value:y"]})
    if "y >= 2" in given or "positive" in given:
        assert not shrinker.counts({**names, "value:y": names["value:y"] * 0})
    if "n" in context.symbols:
        assert not shrinker.counts({**names, "size:n": 1})


def test_what_comes_out_is_checked_again(monkeypatch):
    context, tree, large = found("x, y: real; y >= 2", "x <= y")
    monkeypatch.setattr(Shrinker, "shrunk", lambda self, names: {**names, "value:x": names["value:y"]})
    assert smallest(context, tree, large)[0].values == large.values


def test_a_hypothesis_that_holds_to_a_tolerance_only_does_not_count():
    sampler = Sampler(Context().given("x: real; exp(x) = exp(x + 1 / 10^80)"), (), 0, {})
    assert sampler.holds({"value:x": fmpq(2)}, 0, {})
    assert not sampler.certain({"value:x": fmpq(2)})


def test_a_hypothesis_holds_only_where_its_premise_does():
    context = Context().given("n: size; z: real[n]; i, k: index[n]; k != i => z[k] = 0")
    sampler = Sampler(context, {context.symbols["i"]}, 0, {})
    names = {"size:n": 2, "index:i": 1}
    assert sampler.certain({**names, "value:z": [fmpq(1), fmpq(0)]})
    assert not sampler.certain({**names, "value:z": [fmpq(1), fmpq(1)]})


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("A[3] = 0", "1 = 0 is false at A = {0: 0, 1: 0, 3: 1, ...}"),
        ("A[t + 2] = 0", "1 = 0 is false at t = 0, A = {0: 0, 1: 0, 2: 1, ...}"),
        ("sum(k: A[k + 1]) = 0", "1 = 0 is false at n = 1, A = {0: 0, 1: 0, 2: 1, ...}"),
    ],
)
def test_the_entries_of_a_sequence_that_a_claim_reads_are_told(claim, said):
    assert prove(claim, given="A: real[naturals]; t: natural; n: size; k: index[n]").counterexample == said

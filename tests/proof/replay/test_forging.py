"""Forged certificates: of a false claim none is accepted, whichever field is forged; what cannot be read is refused in words."""

import json

import pytest

from mathcore.proof.replay import INSIDE, NOT_REPLAYED, POINTS, PROVED, REJECTED, Bad, check, replay
from mathcore.proof.replay import arguments as of_lemmas
from tests.proof.replay import forging
from tests.proof.replay.forged import FORGED, GIVEN, REWRITE, G, lemma, over, split, support, term, terms
from tests.proof.replay.forging import claim, written
from tests.sampling import sampled

TRUE = claim("forged", "a <= a + b^2", terms("b^2"))


def judged(document: dict):
    return next(r for r in replay(document) if r.name == "trial.forged")


@sampled("one", FORGED, ids=lambda one: one.what, keep=12)
def test_what_is_forged_by_hand_is_false_and_not_accepted(one):
    document = one.document
    assert one.true is None or replay(written(one.true, given=GIVEN))[0].outcome in (PROVED, INSIDE, POINTS)
    found = judged(document)
    assert found.outcome not in (PROVED, INSIDE), found
    assert "damaged" not in found.reason


@pytest.mark.parametrize("one", [f for f in FORGED if "fixes" in f.what or "there is" in f.what], ids=lambda one: one.what)
def test_a_letter_of_which_there_is_one_is_not_every_one(one):
    assert judged(one.document).outcome not in (PROVED, INSIDE)


@pytest.mark.parametrize("variable", ["u: real", "u: unit", "v_: real"])
def test_the_variable_of_a_function_is_another_letter_than_the_one_kept_inside(variable):
    """That the letter u lies strictly inside its domain says nothing of the variable u of a monotone function."""
    name = variable.partition(":")[0]
    rule = {
        "rule": "Monotone",
        "function": f"{name}^2",
        "variable": variable,
        "inner": f"-{G} <= 0",
        "by": REWRITE,
        "turning": "",
    }
    rule |= {"slope": f"2 {name}", "sign": REWRITE}
    assert judged(written(claim("forged", f"{G}^2 <= 0", support("u", rule)), given=GIVEN)).outcome not in (PROVED, INSIDE)


@pytest.mark.parametrize("index", ["#1.0", "i~9", "l m", "1l", ""])
def test_the_index_of_a_maximum_has_a_name_of_the_language(index):
    """`#1.0` is the name of a bound letter in a normal form, and `i~9` one that is made anew."""
    text = f"{G} sum(i: abs(X[i, j])) + max(i: X[i, j]) = {G} sum(i: X[i, j]) + max(i: X[i, j])"
    given = GIVEN + "; X: real[n, n]; X[j, j] >= 0"
    assert judged(written(claim("forged", text, over(index, REWRITE, "Attained")), given=given)).outcome == REJECTED
    text = f"{G} sum(i: p[i] max(j: p[j])) = {G} sum(i: p[i]^2)"
    assert judged(written(claim("forged", text, over(index, REWRITE, "Attained")), given=GIVEN)).outcome == REJECTED


def test_a_maximum_below_a_letter_of_its_name_is_another_one():
    """`m_` binds an i of its own: at n = 2, p = [1, -1], i = 1 the left side is 2 G, the right side 0."""
    text = f"{G} p[i] m_ = {G} max(j: p[i] p[j]) sum(j: p[j])"
    made = ("same_(v_) = v_", "m_ = sum(i: max(j: p[i] p[j]))")
    one = written(claim("forged", text, over("l", REWRITE, "Attained")), given=GIVEN, define=made)
    assert judged(one).outcome not in (PROVED, INSIDE)


@pytest.mark.parametrize("text", ["D(w_, a) = 0", "w_ = a^2", "lim(a -> 3: w_) = w_"])
def test_a_letter_that_is_declared_anew_is_not_that_of_a_notation(text):
    rule = {"rule": "Limiting" if "lim" in text else "Differentiate"} if text != "w_ = a^2" else REWRITE
    found = judged(written(claim("forged", text, rule, given="a: positive"), given="a, b: real", define=("w_ = a^2",)))
    assert found.outcome == REJECTED
    assert "two declarations" in found.reason


def test_a_letter_that_a_rule_brings_is_not_that_of_a_notation():
    """The variable of a function beside a notation of its name; a weight, an argument with a letter that is declared anew."""
    rule = {"rule": "Monotone", "function": "w_ a - a^3 / 3", "variable": "a: positive", "inner": f"1 <= 1 + {G}", "by": REWRITE}
    rule |= {"turning": "", "slope": "w_ - a^2", "sign": terms("0")}
    one = claim("forged", f"0 <= w_ {G} - ((1 + {G})^3 - 1) / 3", rule)
    assert judged(written(one, given=GIVEN, define=("w_ = a^2",))).outcome not in (PROVED, INSIDE)
    weighed = claim("forged", f"{G} c >= 0", terms(f"{G} w_"), given="c: real")
    assert judged(written(weighed, given="y_: real; c: positive", define=("w_ = c",))).outcome not in (PROVED, INSIDE)
    below = claim("l", "g >= 0", REWRITE, given="g: positive")
    cited = claim("forged", f"{G} c >= 0", terms(term(G, "l", "g = w_")), "l", given="c: real")
    assert judged(written(below, cited, given="y_: real; c: positive", define=("w_ = c",))).outcome not in (PROVED, INSIDE)


def test_most_of_what_is_forged_by_hand_is_refuted_by_balls():
    """What holds where nothing is undefined, or speaks of limits, is false without a point that says so."""
    refuted = [one.what for one in FORGED if forging.false(one.document, one.document["claims"][-1])]
    assert len(refuted) >= 0.7 * len(FORGED), [one.what for one in FORGED if one.what not in refuted]


@pytest.mark.parametrize(
    "text",
    [
        "lim(a -> 0: step(a)) = lim(a -> 0: step(a))",
        "lim(a -> 0: step(a)) = lim(b -> 0: step(b) + 0)",
        "lim(r -> inf: (-1)^r) = lim(r -> inf: (-1)^r)",
        "lim(r -> inf: F[r]) = lim(s -> inf: F[s])",
    ],
)
def test_limits_of_one_body_are_not_proved_to_exist(text):
    assert judged(written(claim("forged", text, {"rule": "Limiting"}), given=GIVEN)).outcome in (POINTS, NOT_REPLAYED)


# what hypotheses define -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "given", "outcome"),
    [
        ("D(b, a) = 2 a", "b = a^2", PROVED),
        ("D(a b, a) = 3 b", "b = a^2", PROVED),
        ("D(v, a) = 4 a^3", "b = a^2; v = b^2", PROVED),
        ("D(p[i], a) = i exp(a) + 0", "p[j] = j exp(a)", PROVED),
        ("D(log(c), a) = 1", "c: positive; c = exp(a)", PROVED),
        ("D(a v, a) = v", "b = a^2", PROVED),
        ("D(a v, a) = v", "-v <= a; a <= v", PROVED),
        ("D(p[i]^2, p[i]) = 2 p[i]", "sum(j: p[j]) = 1", PROVED),
        ("D(b, a) = 0", "b = a^2", REJECTED),
        ("D(b, a) = 0", "b = v^2; v = a^2", REJECTED),
        ("D(sum(j: p[j]), w) = 0", "p[j] = exp(w)", REJECTED),
        ("D(b, a) = 0", "b + 0 = a^2", NOT_REPLAYED),
        ("D(b, a) = 0", "a^2 = b", NOT_REPLAYED),
        ("D(b, a) = 0", "b^2 = a + 1", NOT_REPLAYED),
        ("D(b, a) = 0", "b <= a^2; b - a^2 >= 0", NOT_REPLAYED),
        ("D(b, a) = 0", "b <= v; v <= a^2; a^2 <= b", NOT_REPLAYED),
        ("D(a b, a) = b", "(b - a^2)^2 <= 0", NOT_REPLAYED),
        ("D(a b, a) = b", "0 >= abs(b - a^2)", NOT_REPLAYED),
        ("D(a b, a) = b", "max(b, a^2) <= min(b, a^2)", NOT_REPLAYED),
        ("D(a b, a) = b", "b^2 + v^2 <= a", PROVED),
        ("D(b, a) = 0", "b = v + a; v = b^2", NOT_REPLAYED),
        ("D(b, a) = 2", "b = a + 1; b = 2 a", NOT_REPLAYED),
        ("D(F[r + 1], a) = 0", "F[r + 1] = a F[r]", NOT_REPLAYED),
        ("lim(a -> 3: b) = b", "b = a^2", NOT_REPLAYED),
        ("0 = at(a = 3: b) - b", "b = a^2", NOT_REPLAYED),
    ],
)
def test_a_derivative_goes_through_what_a_hypothesis_defines_or_is_not_replayed(text, given, outcome):
    assert judged(written(claim("forged", text, {"rule": "Differentiate"}, given=given), given=GIVEN)).outcome == outcome


def test_a_premise_that_ties_the_variable_is_not_replayed():
    one = claim("forged", "D(b + a, a) = 1", {"rule": "Differentiate"})
    assert judged(written(one | {"claim": f"b = a^2 => {one['claim']}"})).outcome == NOT_REPLAYED


@pytest.mark.parametrize(
    ("text", "given", "at", "outcome"),
    [("D(b, a) + 1 = 2 a + 1", "b = a^2", "", PROVED), ("D(b, a) + 6 = 12", "b = 9", "a = 3", REJECTED)],
)
def test_a_lemma_speaks_of_what_its_hypothesis_defines(text, given, at, outcome):
    slope = claim("slope", "D(b, a) = 2 a", {"rule": "Differentiate"}, given="b = a^2")
    assert judged(written(slope, claim("forged", text, lemma(at, "slope"), "slope", given=given))).outcome == outcome


@pytest.fixture(scope="module")
def document() -> dict:
    return forging.proved(["softplus"])


def test_no_forged_field_makes_a_false_claim_accepted(document):
    found = forging.run(document, count=40, seed=3)
    assert found.accepted == []
    assert found.tried.total() >= 40 and len(found.tried) >= 12


def test_if_arguments_are_taken_as_they_come_a_forgery_is_accepted(monkeypatch):
    (one,) = (f for f in FORGED if f.what == "a number for a size")
    assert judged(one.document).outcome == REJECTED
    monkeypatch.setattr(of_lemmas, "_is_size", lambda *_: True)
    assert judged(one.document).outcome == PROVED


# order of the answers ---------------------------------------------------------------------------------------------


def resting(*below: dict) -> dict:
    """`forged` rests on `middle`, which rests on the lemma `base`."""
    middle = claim("middle", "a <= a + 1", terms("1"), "base")
    top = claim("forged", "a <= a + 2", terms("1", term("1", "middle")), "middle")
    return written(*below, middle, top)


@pytest.mark.parametrize(
    ("base", "outcome"),
    [
        (claim("base", "a <= a + b^2", terms("b^2")), PROVED),
        (claim("base", "x + y <= x + y + x", support("x", terms("x")), given="x, y: nonnegative"), PROVED),
        (claim("base", "x log(x) = log(x) x", REWRITE, given="x: nonnegative"), INSIDE),
        (claim("base", "lim(a -> 0: (exp(a) - 1) / a) = 1", {"rule": "Limiting"}), POINTS),
        (claim("base", "a <= a + 1", terms("1"), given="b >= 1; b <= 0"), NOT_REPLAYED),
        (claim("base", "a <= a - 1", terms("1")), REJECTED),
    ],
)
def test_what_rests_on_a_lemma_is_no_stronger_transitively(base, outcome):
    found = {r.name: r for r in replay(resting(base))}
    assert {r.outcome for r in found.values()} == {outcome} or (
        outcome == PROVED and found["trial.base"].outcome in (PROVED, INSIDE)
    )
    if outcome in (INSIDE, POINTS, NOT_REPLAYED):
        assert "rests on the lemma trial.middle" in found["trial.forged"].steps[0].how


def test_the_level_of_a_certificate_is_not_touched_by_its_lemmas():
    made = resting(claim("base", "lim(a -> 0: (exp(a) - 1) / a) = 1", {"rule": "Limiting"}))
    before = json.dumps(made)
    replay(made)
    assert json.dumps(made) == before


def test_what_holds_inside_only_needs_a_point_inside():
    vacuous = claim("forged", "x log(x) = log(x) x", REWRITE, given="x: nonnegative; x <= 0")
    assert judged(written(vacuous)).outcome not in (PROVED, INSIDE)
    assert judged(written(vacuous | {"given": "x: nonnegative; x <= 1"})).outcome == INSIDE


# what cannot be read ----------------------------------------------------------------------------------------------


def nested(deep: int) -> dict:
    rule = dict(REWRITE)
    for _ in range(deep):
        rule = split(**{"a >= a - 1": rule})
    return rule


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"extra": 1}, "'extra' that is unknown"),
        ({"given": 3}, "given of the claim is not a text"),
        ({"steps": {}}, "steps of the claim is not a list of steps"),
        ({"steps": [{**TRUE["steps"][0], "rule": {"rule": "Trust"}}]}, "no rule that is known"),
        ({"steps": [{**TRUE["steps"][0], "rule": {"rule": "Rewrite", "of": "a"}}]}, "'of' that is unknown"),
        ({"steps": [{**TRUE["steps"][0], "rule": {"rule": "Certificate"}}]}, "lacks the field terms"),
        ({"steps": [{**TRUE["steps"][0], "rule": term("1")}]}, "no rule that is known"),
        ({"steps": [{**TRUE["steps"][0], "rule": nested(60)}]}, "nested deeper"),
        ({"steps": [{**TRUE["steps"][0], "lemmas": ["trial.forged"]}]}, "circle"),
        ({"steps": [{**TRUE["steps"][0], "rule": terms(term("1", over="a, a"))}]}, "each once"),
        ({"steps": [{**TRUE["steps"][0], "rule": support("a", REWRITE)}]}, "not declared as something that may be 0"),
        ({"claim": f"{'(' * 3000}a{')' * 3000} <= a + b^2"}, "nested deeper"),
        ({"claim": "a <= 1e999999999"}, "at most"),
        ({"claim": "2^(2^(2^(2^(2^2)))) <= a + b^2"}, "power"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(change, words):
    assert judged(written(TRUE)).outcome == PROVED
    found = judged(written({**TRUE, **change}))
    assert found.outcome == REJECTED and words in found.reason


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("P = p; Q = q", "another size"),
        ("N = m; P = p", "another size"),
        ("N = a; P = p", "another size"),
        ("N = a", "is a size"),
        ("P = a", "has 1 axes, not 0"),
        ("P = p; P = p", "given twice"),
        ("z = a", "no letter of the lemma"),
        ("a", "no letter of the lemma"),
        ("I = a", "declared index"),
        ("I = k; P = p", "declared index"),
        ("T = a", "declared natural"),
        ("T = 1 / 2", "declared natural"),
        ("f = a", "declared function"),
        ("H = p", "declared onehot"),
    ],
)
def test_arguments_of_another_kind_are_refused_in_words(at, words):
    declared = "N: size; I: index[N]; P, Q: real[N]; T: natural; H: onehot[N]; f: function"
    true = claim("l", "N >= 1", terms("N - 1"), given=declared)
    found = judged(written(true, claim("forged", "a <= a + b^2", lemma(at), "l"), given=GIVEN))
    assert found.outcome == REJECTED and words in found.reason


def test_a_field_that_is_missing_is_named():
    for missing in TRUE.keys() - {"name"}:
        found = replay(written({k: v for k, v in TRUE.items() if k != missing}))[0]
        assert found.outcome == REJECTED and f"lacks the field {missing}" in found.reason


def test_a_document_nested_too_deeply_is_refused():
    with pytest.raises(Bad):
        replay("[" * 100_000)


def test_many_cases_and_long_chains_of_lemmas_end():
    chain = [claim("c0", "a <= a + b^2", terms("b^2"))]
    chain += [claim(f"c{i}", "a <= a + b^2", lemma("", f"c{i - 1}"), f"c{i - 1}") for i in range(1, 60)]
    assert {r.outcome for r in replay(written(*chain))} == {PROVED}
    assert judged(written({**TRUE, "steps": [{**TRUE["steps"][0], "rule": split(**{f"a >= {i}": REWRITE for i in range(40)})}]}))


def test_definitions_in_a_circle_are_refused():
    one = claim("forged", "one_(a) = two_(a) + 1", REWRITE)
    for define in (
        ("one_(v_) = two_(v_)", "two_(v_) = one_(v_)"),
        ("one_(v_) = v_", "two_(v_) = one_(v_)", "one_(v_) = two_(v_)"),
    ):
        assert judged(written(one, define=define)).outcome == REJECTED
    assert judged(written(claim("forged", "exp(a) = a", REWRITE), define=("exp(v_) = v_",))).outcome == REJECTED


def test_a_hypothesis_about_a_sum_that_may_be_empty_does_not_say_what_it_says_elsewhere():
    """At T = 0 the sum is 0, and not 1 - T."""
    given = f"{GIVEN}; T: natural; t_: natural; z: real; sum(t_ = 2..T: -1) <= z"
    text = "max(0, 1/1000000000 - (y_ - 37/41)^2)"
    forged = claim("forged", f"{text} (z - 1 + T) >= 0", terms(f"{text} (z - 1 + T)"), given=given)
    assert judged(written(forged, given=GIVEN)).outcome not in (PROVED, INSIDE)
    later = given.replace("T: natural", "T: natural >= 1")
    true = claim("forged", f"{text} (z - 1 + T) >= 0", terms(f"{text} (z - 1 + T)"), given=later)
    assert judged(written(true, given=GIVEN)).outcome == PROVED


def test_a_claim_that_takes_too_long_is_not_replayed(monkeypatch):
    monkeypatch.setattr(check, "SECONDS", 1)
    letters = [f"i{k}" for k in range(6)]
    given = f"n: size; x: real[n]; {', '.join(letters)}: index[n]; j: index[n]; a: real; a <= -abs(x[j]); "
    one = claim("trial.long", "7 x[j] >= a", {"rule": "Rewrite"}, given="+".join(f"x[{i}]" for i in letters) + " >= 0")
    (found,) = replay(written(one, given=given))
    assert found.outcome == NOT_REPLAYED and found.reason == "it takes more than 1 s"

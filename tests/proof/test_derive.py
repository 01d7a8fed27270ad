"""Derivations: what the steps compose to is what is printed; hypotheses are witnessed; a lie of one check shows."""

import pytest

from mathcore.card import Derivation, FalseClaim, Step
from mathcore.evidence import Level
from mathcore.language.chain import composed
from mathcore.proof import judging
from mathcore.proof.derive import judge_false_claim, verify_derivation
from mathcore.proof.judging import implies
from mathcore.proving import prove
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.lemma import Lemma
from mathcore.rules.limiting import Limiting
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.support import Support
from mathcore.rules.unfold import Unfold
from mathcore.rules.use import Use
from tests.proof.pipeline import card, kernel, pipeline
from tests.proof.statements import V, cert


def judged(claim: str, *steps: tuple[str, object], given: str = V, **fields: object):
    made = Derivation("title", claim=claim, steps=tuple(Step(text, by=by, why="") for text, by in steps), **fields)  # type: ignore[arg-type]  # fields of a derivation, by name
    return verify_derivation(card(given), made)


def test_steps_that_compose_to_the_claim_prove_it():
    verdict = judged("(a + b)^2 >= 2 a b", ("= a^2 + 2 a b + b^2", Rewrite()), (">= 2 a b", cert("a^2", "b^2")))
    assert verdict.level == "proved"
    assert verdict.points >= 8
    assert len(verdict.steps) == 2


@pytest.mark.parametrize(
    ("claim", "steps", "why"),
    [
        ("(a + b)^2 = a^2 + b^2 + 2 a b", [("= a^2 + 2 a b + b^2", Rewrite())], "the steps end at"),
        ("a^2 + 1 > a^2", [(">= a^2", cert("1"))], "the claim says >"),
        ("a^2 + 1 = 1 + a^2", [(">= 1 + a^2", cert("0"))], "the claim says ="),
        ("a^2 <= a^2 + 1", [("<= a^2 + 2", cert("2")), (">= a^2 + 1", cert("1"))], "different directions"),
        ("a^2 <= a^2 + 1", [], "at least one step"),
        ("0 <= a^2 <= a^2 + 1", [("<= a^2 + 1", cert("1"))], "a claim is one relation"),
        ("sum(k: 1) / n = 1", [("= sum(g: 1) / n", Rewrite()), ("= 1", Rewrite())], "left - right"),
        ("a = a", [("b", Rewrite())], "a step begins with a relation"),
    ],
)
def test_steps_that_show_something_else_do_not_prove_the_claim(claim, steps, why):
    verdict = judged(claim, *steps)
    assert verdict.level != "proved"
    assert why in verdict.reason or any(why in s.reason for s in verdict.steps)


def test_a_chain_begins_where_the_claim_begins():
    """`title is not theorem`: the derivative is not what the claim says."""
    verdict = judged("a^2 = 2 a", ("= 2 a", Differentiate()))
    assert verdict.level == "refuted"


def test_the_size_of_a_bound_index_is_part_of_the_statement():
    verdict = judged("sum(k: 1) = sum(k: 1)", ("= sum(g: 1)", Rewrite()))
    assert verdict.level != "proved"


@pytest.mark.parametrize(
    ("ops", "shown"),
    [
        (("=",), "="),
        (("=", "<="), "<="),
        (("<=", "<"), "<"),
        ((">", "="), ">"),
        (("<=>", "<=>"), "<=>"),
        (("<=>", "=>"), "=>"),
        (("=", "!="), "!="),
    ],
)
def test_relations_compose(ops, shown):
    assert composed(ops) == shown


@pytest.mark.parametrize("ops", [("<=", ">="), ("<", "=", ">"), ("<=", "=>"), ("<=>", "<="), ("!=", "!="), ("!=", "<")])
def test_relations_that_point_apart_compose_to_nothing(ops):
    assert composed(ops) is None


def test_a_relation_implies_only_weaker_ones():
    assert implies("<", "<=") and implies("=", ">=") and implies("<=>", "=>")
    for shown, claimed in (("<=", "<"), ("<=", "="), ("<", ">"), ("=", "<"), ("=>", "<=>"), ("<=", "!="), ("=", "!=")):
        assert not implies(shown, claimed)


# definedness and hypotheses -----------------------------------------------------------------------------------


@pytest.mark.parametrize("claim", ["a / a = 1", "log(a) = log(a) + 0", "sqrt(a)^2 = a", "exp(log(a)) = a", "t / t = 1"])
def test_what_holds_only_where_it_is_defined_is_not_proved(claim):
    assert kernel(claim, given=V).conditions
    assert pipeline(claim, given=V).level != "proved"


def test_a_condition_that_is_left_is_printed():
    verdict = pipeline("a / a - b / b = 0 c", given=V)
    assert verdict.level in ("conditional", "refuted")
    assert set(verdict.conditions) == {"a != 0", "b != 0"}


def test_a_definition_that_is_undefined_somewhere_is_not_proved_by_unfolding_it():
    for body in ("log(a)", "1 / a", "sqrt(a)"):
        define = f"root_(a) = {body}"
        assert pipeline(f"root_(a) = {body}", Unfold(), V, define=define).level != "proved"
    assert pipeline("root_(a) = exp(a)", Unfold(), V, define="root_(a) = exp(a)").level == "proved"


def test_a_logarithm_of_what_may_be_0_unfolds():
    surprise = "surprise_(p) = -sum(k: p[k] log(q[k]))"
    assert pipeline("surprise_(p) = -sum(k: p[k] log(p[k]))", Unfold(), V, define=surprise.replace("q", "p")).level == "proved"


@pytest.mark.parametrize("hypotheses", ["a < 0; 0 < a", "a^2 = -1", "a = 1; a = 2", "sum(k: p[k]) = 2"])
def test_hypotheses_that_nothing_satisfies_prove_nothing(hypotheses):
    for claim in ("a = a + 1 - 1", "sum(k: p[k] a) = a sum(k: p[k])"):
        verdict = pipeline(claim, given=f"{V}; {hypotheses}")
        assert verdict.level == "unknown", (claim, verdict)


def test_contradictory_hypotheses_move_the_kernel_alone_but_not_the_verdict():
    given = V + "; a < 0; 0 < a"
    assert kernel("a >= 5", cert("a - 5 + 5 - 5"), given).accepted or kernel("a >= 0", cert("a"), given).accepted
    assert pipeline("a >= 0", cert("a"), given).level != "proved"


def test_a_hypothesis_that_was_used_is_named_and_needed():
    assert "sum(k: x[k]) = 1" in pipeline("sum(k: a x[k]) = a", Use("sum(k: x[k]) = 1"), V + "; sum(k: x[k]) = 1").hypotheses
    without = pipeline("sum(k: a x[k]) = a", Rewrite(), V)
    assert without.level == "refuted" and without.counterexample


def test_one_does_not_differentiate_by_the_variable_of_a_hypothesis_that_was_used():
    given = V + "; sum(k: x[k]) = 1"
    assert not kernel("D(sum(k: x[k]), x[j]) = 0", Differentiate(), given).accepted
    assert not kernel("D(sum(k: x[k]), x[j]) = 0", Use("sum(k: x[k]) = 1"), given).accepted
    assert not kernel("D(abs(a), a) = 1", Differentiate(), V + "; 0 <= a").accepted
    assert not kernel("D(abs(a), a) = 1", Differentiate(), V + "; a = 1").accepted
    assert kernel("D(abs(a), a) = 1", Differentiate(), V + "; 0 < a").accepted  # holds all around a
    assert kernel("D(sum(k: x[k]), x[j]) = 1", Differentiate(), given).accepted


# both checks ------------------------------------------------------------------------------------------------------


def test_a_kernel_that_lies_is_a_conflict(monkeypatch):
    monkeypatch.setattr(judging, "check", lambda *_: ())
    verdict = judged("a = b", ("= b", Rewrite()), key="not_judged_before")
    assert [s.level for s in verdict.steps] == [Level.CONFLICT]
    assert verdict.level == Level.CONFLICT
    assert verdict.counterexample


def test_without_points_nothing_is_proved(monkeypatch):
    from mathcore.evidence import Verdict

    monkeypatch.setattr(judging, "at_points", lambda *_, **__: Verdict("", Level.UNKNOWN, reason="0 points"))
    assert judged("a + b = b + a", ("= b + a", Rewrite()), key="nor_this").level == Level.UNKNOWN


def test_a_false_claim_is_refuted_by_a_point_never_by_a_failed_proof():
    made = card(V)
    assert judge_false_claim(made, FalseClaim("a = b")).level == "refuted"
    assert judge_false_claim(made, FalseClaim("a + b = b + a")).level == "unknown"
    assert judge_false_claim(made, FalseClaim("sum(k: exp(x[k])) > 0")).level == "unknown"


# when <= holds with = ---------------------------------------------------------------------------------------------

SQUARES = Certificate((Term("a^2 b^2"),))


@pytest.mark.parametrize(
    ("claim", "by", "equality", "level"),
    [
        ("(a - b)^2 >= 0", cert("(a - b)^2"), "a = b", "proved"),
        ("(a - b)^2 >= 0", cert("(a - b)^2"), "b = a", "proved"),
        ("(a - b)^2 >= 0", cert("(a - b)^2"), "2 a = 2 b", "proved"),
        ("(a - b)^2 >= 0", cert("(a - b)^2"), "a = 0", "unknown"),
        ("(a - b)^2 >= 0", cert("(a - b)^2"), "c a = c b", "unknown"),
        ("(a - b)^2 >= 0", cert("(a - b)^2"), "a^2 = b^2", "unknown"),
        ("(a - b)^2 >= 0", cert("(a - b)^2"), "a c / c = b", "unknown"),  # undefined at c = 0
        ("(a - b)^2 >= 0", cert("(a - b)^2"), "a + log(c) = b + log(c)", "unknown"),
        ("a^2 b^2 >= 0", SQUARES, "a = 0", "unknown"),
        ("a^2 b^2 >= 0", SQUARES, "b = 0", "unknown"),
        ("v a^2 >= 0", cert("v a^2"), "a = 0", "unknown"),
        ("r a^2 >= 0", cert("r a^2"), "a = 0", "proved"),
        ("a^2 / r >= 0", cert("a^2 / r"), "a = 0", "proved"),
        ("a^2 + b^2 >= 0", cert("a^2", "b^2"), "a = 0", "unknown"),
        ("sum(k: x[k]^2) >= 0", cert(Term("x[k]^2", over="k")), "forall(k: x[k] = 0)", "proved"),
        ("sum(k: x[k]^2) >= 0", cert(Term("x[k]^2", over="k")), "x[i] = 0", "unknown"),
        ("sum(k: (x[k] - y[k])^2) >= 0", cert(Term("(x[k] - y[k])^2", over="k")), "forall(k: x[k] = y[k])", "proved"),
        ("sum(k: p[k] x[k]^2) >= 0", cert(Term("p[k] x[k]^2", over="k")), "forall(k: x[k] = 0)", "unknown"),
    ],
)
def test_the_equality_case_is_neither_too_wide_nor_too_narrow(claim, by, equality, level):
    assert pipeline(claim, by, V, equality=equality).level == level


@pytest.mark.parametrize(
    ("claim", "steps"),
    [
        ("a^2 >= -1", ((">= 0", cert("a^2")), ("> -1", cert("1")))),
        ("-1 <= a^2", (("< 0", cert("1")), ("<= a^2", cert("a^2")))),
        ("a^2 + r >= 0", (("> a^2", cert("r")), (">= 0", cert("a^2")))),
    ],
)
def test_a_strict_step_leaves_no_case_of_equality(claim, steps):
    assert judged(claim, *steps).level == "proved"
    assert judged(claim, *steps, equality="a = 0").level == "unknown"


LETTERS = "n: size; i, j, k: index[n]; a, b, c: real; s, z: real[n]"
SQUARED = f"{LETTERS}; b = a^2"
SOFTMAX = f"{LETTERS}; s[i] = exp(z[i]) / sum(k: exp(z[k]))"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("D(b, a) = 2 a", SQUARED),
        ("D(a b, a) = 3 b", SQUARED),
        ("D(b c, a) = 2 a c", SQUARED),
        ("D(c, a) = 4 a^3", f"{SQUARED}; c = b^2"),
        ("D(log(b), a) = 1", f"{LETTERS}; b = exp(a)"),
        ("D(s[i], z[j]) = s[i] (delta(i, j) - s[j])", SOFTMAX),
    ],
)
def test_a_derivative_goes_through_what_a_hypothesis_defines(claim, given):
    assert pipeline(claim, Differentiate(), given).level is Level.PROVED


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("D(b, a) = 0", SQUARED),
        ("D(a b, a) = b", SQUARED),
        ("D(sum(k: s[k]), z[j]) = 0", f"{LETTERS}; s[i] = exp(z[i])"),
        ("D(s[i], z[j]) = 0", SOFTMAX),
    ],
)
def test_what_a_hypothesis_defines_is_no_constant(claim, given):
    assert pipeline(claim, Differentiate(), given).level is Level.REFUTED
    assert judge_false_claim(card(given), FalseClaim(claim, "", "")).level is Level.REFUTED


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("at(a = 3: b) = b", SQUARED),
        ("b = a^2 => D(b + a, a) = 1", LETTERS),
        ("D(b, a) = 0", f"{LETTERS}; b^2 = a + 1; b > 0"),
        ("D(b, a) = 1 / (2 b)", f"{LETTERS}; b^2 = a + 1; b > 0"),
    ],
)
def test_what_depends_on_the_variable_and_cannot_be_written_out_is_not_judged(claim, given):
    for verdict in (pipeline(claim, Differentiate(), given), judge_false_claim(card(given), FalseClaim(claim, "", ""))):
        assert verdict.level is Level.UNKNOWN and verdict.reason.endswith("by a hypothesis: write it out")


@pytest.mark.parametrize(
    ("claim", "given", "level"),
    [
        ("D(b, a) = 0", "b = a", Level.UNKNOWN),  # if b is only equal to a here
        ("D(b, a) = 1", "b = a", Level.UNKNOWN),  # if it moves with a
        ("D(b, a) = 2", "b = a", Level.REFUTED),
        ("D(a b, a) = b", "b = a", Level.UNKNOWN),
        ("D(a b, a) = 2 a", "b = a", Level.UNKNOWN),
        ("D(a b, a) = 2 a", "a = b", Level.UNKNOWN),
        ("D(a b, a) = 3 a", "b = a", Level.REFUTED),
        ("D(a b, a) = 3 a", "a = b", Level.REFUTED),
        ("a > 0 => D(a b, a) = 3 a", "b = a", Level.REFUTED),
        ("D(a b c, a) = 2 a^2", "b = a; c = b", Level.UNKNOWN),
        ("lim(a -> 0: b) = 0", "b = a", Level.UNKNOWN),
        ("lim(a -> 0: b) = 0", "a = b", Level.UNKNOWN),
        ("D(a^2, a) = 0", "a = 2", Level.REFUTED),
    ],
)
def test_a_derivative_under_two_equal_numbers_is_false_only_if_it_is_in_either_reading(claim, given, level):
    """A page and a call say the same."""
    declared = f"{LETTERS}; {given}"
    assert pipeline(claim, Differentiate(), declared).level is level
    assert judge_false_claim(card(declared), FalseClaim(claim, "", "")).level is level
    assert prove(claim, given=declared).level is level


def test_what_is_written_out_is_still_cited():
    steps = (("= D(a^2, a)", Use("b = a^2")), ("= 2 a", Differentiate()))
    verdict = judged("D(b, a) = 2 a", *steps, given=SQUARED)
    assert verdict.level is Level.PROVED and verdict.hypotheses == ("b = a^2",)
    entry = Use("s[k] = exp(z[k])", at="k = i")
    steps = (("= D(exp(z[i]) c, z[j])", entry), ("= delta(i, j) exp(z[i]) c", Differentiate()))
    assert judged("D(s[i] c, z[j]) = delta(i, j) exp(z[i]) c", *steps, given=f"{LETTERS}; s[k] = exp(z[k])").level is Level.PROVED


def test_a_constant_in_the_middle_of_a_chain_is_none_either():
    steps = (("= D(a^2, a)", Differentiate()), ("= D(b, a)", Use("b = a^2")), ("= 0", Differentiate()))
    assert [s.level for s in judged("2 a = 0", *steps, given=SQUARED).steps] == ["proved", "proved", "refuted"]


def test_a_lemma_speaks_of_what_its_hypothesis_defines():
    """Its `b` is written for a^2: with b = 9 at a = 3, the slope of a constant is not the slope of the square."""
    slope = Derivation(
        "slope", key="slope", claim="D(b, a) = 2 a", steps=(Step("= 2 a", by=Differentiate(), why=""),), given="b = a^2"
    )

    def by(claim: str, given: str, at: str = "") -> Level:
        right = claim.partition(" = ")[2]
        made = Derivation("it", claim=claim, steps=(Step(f"= {right}", by=Lemma("slope", at), why=""),), given=given)
        return verify_derivation(card(LETTERS, derivations=(slope, made)), made).level

    assert by("D(b, a) + 1 = 2 a + 1", "b = a^2") is Level.PROVED
    assert by("D(b, a) + 6 = 12", "b = 9", "a = 3") is Level.REFUTED


def test_both_sides_infinite_together_is_equality():
    assert pipeline("-log(q[j]) delta(i, j) = -log(q[i]) delta(i, j)", Support(("q",), Rewrite()), V).level == "proved"


def test_what_is_left_to_show_spares_no_witness():
    """With a condition as without: hypotheses that hold nowhere show nothing, and points have to confirm."""
    assert pipeline("a / c = 2 a / (2 c)", Rewrite(), V).level == "conditional"
    nowhere = pipeline("a / c = 2 a / (2 c)", Rewrite(), V + "; a = b; a = b + 1")
    assert nowhere.level == "unknown" and not nowhere.held and nowhere.points == 0


@pytest.mark.parametrize("body", ["lim(t -> inf: (-1)^t)", "lim(r -> 0+: 1 / r - 1 / r^2)", "a + lim(t -> inf: (-1)^t)"])
def test_a_limit_that_need_not_exist_is_not_shown_to_equal_itself(body):
    given = "t: natural; r: positive; a: real"
    assert judged(f"{body} = {body}", (f"= {body}", Rewrite()), given=given).level is Level.UNKNOWN


def test_a_limit_on_the_way_to_its_value_is_shown():
    given = "r: positive"
    steps = (("= lim(r -> 0+: 2 r)", Rewrite()), ("= 0", Limiting()))
    assert judged("lim(r -> 0+: r + r) = 0", *steps, given=given).level is Level.PROVED


def test_what_is_nested_too_deeply_for_the_kernel_is_not_known(monkeypatch):
    def deep(*_):
        raise RecursionError

    monkeypatch.setattr(judging, "check", deep)
    verdict = judged("a = a + 0", ("= a + 0", Rewrite()))
    assert verdict.level is Level.UNKNOWN and "too deeply nested for the kernel" in verdict.reason


def test_what_differs_from_what_differs_may_be_the_same():
    verdict = judged("a != c", ("!= b", Use("a != b")), ("!= c", Use("b != c")), given=f"{V}; a != b; b != c")
    assert verdict.level != "proved" and "beside one != only = may stand" in verdict.reason


def test_a_claim_that_no_point_decides_is_not_known_though_its_steps_are_shown():
    verdict = judged("log(2) - log(2) < exp(-1000000)", ("= 0", Rewrite()), ("< exp(-1000000)", cert("exp(-1000000)")))
    assert [step.level for step in verdict.steps] == ["proved", "proved"]
    assert verdict.level is Level.UNKNOWN and "the sides agree to 1e-50" in verdict.reason

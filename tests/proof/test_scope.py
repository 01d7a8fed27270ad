"""Scopes: for which values a hypothesis is meant, what it rewrites, what a lemma needs."""

import pytest

from mathcore import formulas
from mathcore.card import Derivation, Step
from mathcore.evidence import Level
from mathcore.proof.derive import verify_derivation
from mathcore.proof.judging import scope_of
from mathcore.proof.scope import Scope, Trace
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.induction import Induction
from mathcore.rules.lemma import Lemma
from mathcore.rules.limiting import Limiting
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.sum_over import SumOver
from mathcore.rules.use import Use
from tests.proof.pipeline import card, kernel, pipeline
from tests.proof.statements import V, cert


def scope(claim: str, given: str = "") -> Scope:
    made = card(f"{V}; {given}" if given else V)
    return scope_of(card=made, context=made.context, trace=Trace(), subject=made.context.parse(claim))


def names(symbols) -> set[str]:
    return {s.name for s in symbols}


def test_an_index_that_the_claim_lacks_stands_for_every_index():
    assert names(scope("sum(k: x[k]) = 0").loose(card(V).context.parse("x[i] = 0"))) == {"i"}
    assert kernel("sum(k: x[k]) = 0", Use("x[i] = 0"), V + "; x[i] = 0").accepted


def test_an_index_that_the_claim_speaks_of_is_that_index():
    assert not scope("sum(k: x[k]) + x[i] = 0").loose(card(V).context.parse("x[i] = 0"))
    assert not kernel("sum(k: x[k]) + x[i] = 0", Use("x[i] = 0"), V + "; x[i] = 0").accepted


def test_unequal_indices_narrow_the_other_hypotheses():
    here = scope("sum(k: X[k, k]) = 0", "i != j; X[i, j] = 0")
    assert here.narrowed(here.parse("X[i, j] = 0"))
    assert not [r for r, _, _ in here.equations() if "X" in str(r)]


def test_what_holds_of_every_index_but_one_says_nothing_of_that_one():
    here = scope("x[j] = 0", "forall(k: k != j => x[k] = 0)")
    assert not here.vanishes(here.parse("x[j]"), here.normal(), hypotheses=True)
    assert not here.vanishes(here.parse("sum(k: x[k])"), here.normal(), hypotheses=True)
    assert here.vanishes(here.parse("sum(k: x[k]) - x[j]"), here.normal(), hypotheses=True)


def test_an_equality_that_was_tried_in_vain_is_not_named():
    here = scope("a = 2 c", "a = b / u; u = 1; c = 3")
    normal = here.normal()
    assert not here.vanishes(here.parse("a - 2 f(a)"), normal, hypotheses=True)
    assert not here.trace.hypotheses and not normal.conditions and not normal.facts.ledger
    assert here.vanishes(here.parse("c - u - 2"), normal, hypotheses=True)
    assert here.trace.hypotheses == {"u = 1", "c = 3"} and not normal.conditions


def test_a_multiple_of_what_is_used_names_no_other_hypothesis():
    found = pipeline("2 a b <= 2 a c", Use("a b <= a c"), V + "; a b <= a c; c = F[3] + 1")
    assert found.level is Level.PROVED and found.hypotheses == ("a b <= a c",)


@pytest.mark.parametrize(
    ("claim", "by", "given"),
    [
        ("sum(k: x[k] + x[i] - x[i]) <= sum(k: x[i] - x[i])", SumOver("i", Use("x[i] <= 0")), "x[i] <= 0"),
        ("sum(k: x[k] + x[i] - x[i]) <= sum(k: x[i] - x[i])", SumOver("i", Use("x[i] <= 0", "i = i")), "x[i] <= 0"),
        ("sum(k: x[k] + x[i] - x[i]) <= sum(k: x[i] - x[i])", SumOver("k", Use("x[i] <= 0", "i = k")), "x[i] <= 0"),
        ("sum(k: x[k]) <= sum(k: x[j])", SumOver("k", Use("x[k] <= x[l]", "l = k; k = l")), "x[k] <= x[l]; x[j] = 1"),
        ("sum(k: x[k]) <= sum(k: y[k] + y[j] - y[j])", SumOver("j", Use("x[k] <= y[j]", "k = j")), "x[k] <= y[j]"),
        ("sum(t = 1..T: F[t]) <= sum(t = 1..T: a)", SumOver("T", Use("F[T] <= a", "T = T")), "F[T] <= a"),
        ("sum(t = 1..T: F[t]) <= sum(t = 1..T: a)", SumOver("t", Use("F[T] <= a", "T = t")), "F[T] <= a"),
        ("F[T] <= a", Induction("T", Rewrite(), Use("F[T] <= a", "T = T + 1")), "F[0] <= a"),
    ],
)
def test_a_letter_that_a_rule_has_bound_is_given_no_value(claim, by, given):
    assert not kernel(claim, by, f"{V}; {given}").accepted


def test_another_letter_than_the_bound_one_is_given_it_as_its_value():
    assert kernel("sum(k: x[k]) <= sum(k: 0)", SumOver("k", Use("x[i] <= 0", "i = k")), V + "; x[i] <= 0").accepted


def test_only_the_argument_of_a_bounded_function_is_every_number():
    bound = scope("f(a) <= a", "f(b) <= b")
    assert names(bound.general(bound.parse("f(b) <= b"))) == {"b"}
    plain = scope("a <= 0", "b >= a")
    assert not plain.general(plain.parse("b >= a"))
    narrowed = scope("f(a) <= a", "f(b) <= b; b >= 3")
    assert not narrowed.general(narrowed.parse("f(b) <= b"))


def test_without_a_symbol_the_hypotheses_about_it_are_gone():
    here = scope("a + b = 0", "1 <= a; a < b; c = 2")
    assert len(here.context.hypotheses) == 3
    assert [str(h) for h in here.without(here.context.symbols["a"]).context.hypotheses] == [str(here.parse("c = 2"))]


SAID = (Derivation("L", "a^2 >= 0", (Step(">= 0", cert("a^2"), "a square"),), "L"),)
ARRAYS = "R: simplex[n, n]; W: positive[n, n]; o: onehot[n]"


@pytest.mark.parametrize(("at", "also", "words"), [
    ("zz = b", "", "the lemma has no symbol zz"),
    ("x = vector(g: Y[i, g]); y = x", "", "x has another size than the other arguments"),
    ("f = f", "", "a function is not put in another's place"),
    ("i = 3", "", "3 is not shown to be what is declared index"),
    ("o = vector(k: p[k])", "", "vector(k: p[k]) is not shown to lie in the domain `onehot`"),
    ("R = W", "", "W is not shown to lie in the domain `simplex` row by row"),
    ("b = c", "a <= b => a <= 3", "the lemma's hypothesis a <= b => a <= 3 is not shown here"),
])  # fmt: skip
def test_a_lemma_takes_only_what_it_was_said_of(at, also, words):
    given = f"{V}; {ARRAYS}; {also}" if also else f"{V}; {ARRAYS}"
    assert kernel("c^2 >= 0", Lemma("L", "a = c"), given, derivations=SAID).accepted or also
    answer = kernel("c^2 >= 0", Lemma("L", f"{at}; a = c"), given, derivations=SAID)
    assert not answer.accepted
    assert words in answer.reason


@pytest.mark.parametrize(("name", "words"), [("zz", "has no derivation 'zz'"), ("nopage.zz", "no formula 'nopage'")])
def test_a_lemma_is_one_that_there_is(name, words):
    assert words in kernel("c^2 >= 0", Lemma(name), V).reason


def test_only_the_equations_of_a_chain_rewrite():
    assert kernel("exp(b) = exp(c)", Use("a <= b = c"), f"{V}; a <= b = c").accepted
    assert not kernel("exp(a) = exp(b)", Use("a <= b = c"), f"{V}; a <= b = c").accepted


@pytest.mark.parametrize(
    ("claim", "hypothesis"),
    [
        ("X[i, j] = 1", "X[k, k] = 1"),
        ("X[i, j] = 0", "X[1, k] = 0"),
        ("F[5] = F[3]", "F[T + 1] = 2 F[T]"),
        ("sum(k: X[k, i]) (1 - delta(i, j)) = 0", "X[l, j] = 0"),
        ("a = b", "c a = c b"),
        ("a = 2 a", "a = a + b"),
        ("sum(k, l: X[k, l]) + 0 x[i] = n", "sum(l: X[i, l]) = 1"),
    ],
)
def test_a_hypothesis_rewrites_only_what_it_speaks_of(claim, hypothesis):
    assert not kernel(claim, Use(hypothesis), f"{V}; {hypothesis}").accepted


@pytest.mark.parametrize(
    ("claim", "hypothesis"),
    [
        ("X[i, j] = X[j, i]", "X[k, l] = 1"),
        ("sum(k: x[k]^2) = 4 n", "x[i] = 2"),
        ("exp(sum(k: x[k]) + 1) = exp(3)", "sum(k: x[k]) = 2"),
        ("sum(j: y[j] sum(k: x[k])) = 2 sum(j: y[j])", "sum(k: x[k]) = 2"),
        ("a^2 = b^2", "a = -b"),
        ("a c = b c", "a = b"),
        ("sum(l: X[i, l] a) = a", "sum(l: X[i, l]) = 1"),
    ],
)
def test_a_hypothesis_is_found_where_it_stands(claim, hypothesis):
    assert kernel(claim, Use(hypothesis), f"{V}; {hypothesis}").accepted


# lemmas -------------------------------------------------------------------------------------------------------


def lemma(claim: str, by, given: str = "") -> tuple[Derivation, ...]:
    op = ">=" if ">=" in claim else "<=" if "<=" in claim else "="
    return (
        Derivation("L", key="L", claim=claim, given=given, steps=(Step(f"{op} {claim.split(op)[1]}", by=by, why="a lemma"),)),
    )


SQUARE = lemma("a^2 >= 0", cert("a^2"))
NATURAL = lemma("t >= 0", cert("t"))
SIZE = lemma("d >= 2", cert("d - 2"), "d: size >= 2")
POSITIVE = lemma("r + 1 >= 1", cert("r"))
CUBE = lemma("c^3 >= 0", cert("c^3"), "0 <= c")
ALL = lemma("sum(j: x[j]) >= 0", cert("sum(j: x[j])"), "0 <= x[i]")


@pytest.mark.parametrize(
    ("claim", "at", "lemmas", "given"),
    [
        ("(a + b)^2 >= 0", "a = a + b", SQUARE, ""),
        ("t + 3 >= 0", "t = t + 3", NATURAL, ""),
        ("n >= 0", "t = n", NATURAL, ""),
        ("r s + 1 >= 1", "r = r s", POSITIVE, ""),
        ("b^3 >= 0", "c = b", CUBE, "1 <= b"),
        ("sum(k: y[k]^2) >= 0", "x = vector(k: y[k]^2)", ALL, ""),
    ],
)
def test_a_lemma_serves_where_its_arguments_lie_in_its_domain(claim, at, lemmas, given):
    assert kernel(claim, Lemma("L", at=at), f"{V}; {given}" if given else V, derivations=lemmas).accepted


@pytest.mark.parametrize(
    ("claim", "at", "lemmas", "given"),
    [
        ("a >= 0", "t = a", NATURAL, ""),
        ("t - 1 >= 0", "t = t - 1", NATURAL, ""),
        ("n >= 2", "d = n", SIZE, ""),
        ("1 >= 2", "d = 1", SIZE, ""),
        ("a + 1 >= 1", "r = a", POSITIVE, ""),
        ("v + 1 >= 1", "r = v", POSITIVE, ""),
        ("b^3 >= 0", "c = b", CUBE, "0 <= c"),
        ("sum(k: y[k]) >= 0", "x = y", ALL, "0 <= x[i]"),
        ("sum(j: x[j]) + x[i] - x[i] >= 0", "", ALL, "0 <= x[i]"),
        ("a >= 0", "a = x", SQUARE, ""),
    ],
)
def test_a_lemma_outside_its_domain_shows_nothing(claim, at, lemmas, given):
    assert not kernel(claim, Lemma("L", at=at), f"{V}; {given}" if given else V, derivations=lemmas).accepted


def test_a_lemma_that_is_conditional_unknown_or_refuted_shows_nothing():
    for claim, by in (("a / a = 1", Rewrite()), ("a^2 = a a + 0 b^3 c", Rewrite()), ("a = b", Rewrite())):
        derivations = lemma(claim, by)
        held = verify_derivation(card(V, derivations), derivations[0]).level == "proved"
        assert kernel(claim, Lemma("L"), V, derivations=derivations).accepted == held
    assert not kernel("a / a = 1", Lemma("L"), V, derivations=lemma("a / a = 1", Rewrite())).accepted


# what a letter stands for is where a derivative is evaluated, never what it is taken by
SLOPE = lemma("D(a b, a) <= b + 1000000", cert("1000000"))
FREE = lemma("D(a b, b) <= a + 1000000", cert("1000000"))
ENTRY = lemma("D(x[i] y[i], x[i]) <= y[i] + 1000000", cert("1000000"))
LOG = lemma("D(c log(a), a) <= c / a + 1000000", cert("1000000"), "a > 0")
AT = lemma("at(b = c: D(a b, b)) <= a + 1000000", cert("1000000"))


def instance(at: str) -> Certificate:
    return Certificate((Term("1", lemma="L", at=at),))


@pytest.mark.parametrize(
    ("claim", "at", "lemmas"),
    [
        ("b <= 1000000", "a = b", SLOPE),
        ("c <= 1000000", "a = c; b = c", SLOPE),
        ("a^2 <= 1000000", "b = a^2", SLOPE),
        ("2 b^2 <= 1000000", "a = b^2", FREE),
        ("y[i] <= 1000000", "x = y", ENTRY),
        ("x[i] <= 1000000", "y = x", ENTRY),
        ("y[j] <= 1000000", "x = y; i = j", ENTRY),
        ("b <= 1000000", "a = b", AT),
        ("b <= 1000000", "a = b; c = b", AT),
    ],
)
def test_a_letter_put_in_beside_the_variable_of_a_derivative_does_not_vary_with_it(claim, at, lemmas):
    assert not kernel(claim, instance(at), V, derivations=lemmas).accepted
    assert pipeline(claim, instance(at), V, derivations=lemmas).level in ("unknown", "refuted")


@pytest.mark.parametrize(
    ("claim", "at", "lemmas"),
    [
        ("b <= b + 1000000", "a = b", SLOPE),
        ("a^2 <= a^2 + 1000000", "b = a^2", SLOPE),
        ("b^2 <= b^2 + 1000000", "a = b^2", FREE),
        ("y[i] <= y[i] + 1000000", "x = y", ENTRY),
        ("y[j] <= y[j] + 1000000", "x = y; i = j", ENTRY),
        ("x[j] <= x[j] + 1000000", "x = vector(k: y[k]^2); y = x; i = j", ENTRY),
        ("v <= v + 1000000", "a = v; b = v", SLOPE),
        ("2 <= 2 + 1000000", "a = 1; b = 2", SLOPE),
        ("b <= b + 1000000", "a = b; c = b", AT),
        ("a / r^2 <= a / r^2 + 1000000", "a = r^2; c = a", LOG),
    ],
)
def test_a_lemma_about_a_derivative_speaks_of_its_value_at_the_arguments(claim, at, lemmas):
    assert kernel(claim, instance(at), V, derivations=lemmas).accepted


def test_the_letter_of_a_limit_is_no_letter_of_the_lemma():
    approach = Step("= a + 0", by=Limiting(), why="the limit of a sum")
    lemmas = (Derivation("L", key="L", claim="lim(r -> 0+: a + r) = a + 0", steps=(approach,)),)
    assert kernel("lim(s -> 0+: r + s) = r + 0", Lemma("L", at="a = r"), V, derivations=lemmas).accepted
    assert not kernel("lim(s -> 0+: s + s) = r + 0", Lemma("L", at="a = r"), V, derivations=lemmas).accepted


@pytest.mark.parametrize(
    ("claim", "level"),
    [
        ("slope_(b, b) = b", "proved"),
        ("slope_(b, b) = 2 b", "refuted"),
        ("slope_(a^2, a) = a^2", "proved"),
        ("slope_(a^2, a) = 3 a^2", "refuted"),
        ("D(slope_(b, b), b) = 1", "proved"),
        ("D(slope_(a, b), b) = 0", "proved"),
        ("sum(k: slope_(x[k], x[k])) = sum(k: x[k])", "proved"),
    ],
)
def test_a_definition_takes_its_derivative_by_its_parameter_alone(claim, level):
    assert pipeline(claim, Rewrite(), V, define="slope_(a, b) = D(a b, b)").level == level


TRUE_CLAIM = "a^2 + b^2 >= 2 a b"  # so that only the circle speaks against it


def rests_on(key: str, name: str) -> Derivation:
    return Derivation(key, key=key, claim=TRUE_CLAIM, steps=(Step(">= 2 a b", by=Lemma(name), why="an earlier result"),))


def test_two_lemmas_that_rest_on_each_other_show_nothing():
    first, second = rests_on("A", "B"), rests_on("B", "A")
    verdict = verify_derivation(card(V, (first, second)), first)
    assert verdict.level == "unknown"
    assert "circular" in verdict.reason


def test_a_lemma_does_not_show_itself_under_its_title():
    itself = Derivation("Title", key="key", claim=TRUE_CLAIM, steps=(Step(">= 2 a b", by=Lemma("Title"), why="itself"),))
    assert "circular" in verify_derivation(card(V, (itself,)), itself).reason


def test_a_circle_through_two_cards_shows_nothing(monkeypatch):
    one = card(V, (rests_on("A", "two.A"),), name="one")
    two = card(V, (rests_on("A", "one.A"),), name="two")
    monkeypatch.setattr(formulas, "load", {"one": one, "two": two}.__getitem__)
    verdict = verify_derivation(one, one.derivations[0])
    assert verdict.level == "unknown"
    assert "circular" in verdict.reason


FEW = "z[k] >= 0; k != i", "z[k] >= 0; i != k", "z[k] >= 0; k != 1", "i != j; z[i] >= 0"


@pytest.mark.parametrize("here", FEW)
def test_a_lemma_for_every_index_does_not_rest_on_what_is_said_of_some(here):
    lemma = Derivation("L", "sum(k: z[k]) >= 0", (Step(">= 0", cert("sum(k: z[k])"), "a sum"),), key="L", given="z[k] >= 0")

    def said(more: str, claim: str = "sum(k: z[k]) >= 0") -> str:
        one = Derivation("C", claim, (Step(">= 0", Lemma("L"), "the lemma"),), given=more)
        return verify_derivation(card(V, (lemma, one)), one).steps[0].level

    assert said("z[k] >= 0") == "proved"
    assert said(here) in ("unknown", "refuted")
    assert said(here, "sum(k: z[k]) + 0 x[i] >= 0") in ("unknown", "refuted")


def test_a_leader_of_some_indices_leads_no_other():
    leads = "k != j => z[k] < z[j]; i != j"
    assert kernel("z[i] < z[j]", cert("z[j] - z[i]"), f"{V}; {leads}").accepted
    for few in ("k != l", "k != i", "k != 1"):
        assert not kernel("z[i] < z[j] + 0 z[l]", cert("z[j] - z[i]"), f"{V}; {leads}; {few}").accepted


@pytest.mark.parametrize(
    "claim, by, hypothesis",
    [
        ("a >= 1 - T", Use("sum(s_ = 2..T: -1) <= a"), "s_: natural; sum(s_ = 2..T: -1) <= a"),  # T = 0
        ("a = 1", Use("sum(k: delta(k, 3)) = 0"), "sum(k: delta(k, 3)) = 0"),  # n = 2
        ("a = 1", Use("sum(s_ = 2..T: 1) = T"), "s_: natural; sum(s_ = 2..T: 1) = T"),  # T = 0
    ],
)
def test_what_a_sum_comes_to_where_it_is_not_empty_is_not_known_of_the_sum_in_a_hypothesis(claim, by, hypothesis):
    for rule in (by, cert("a - 1 + T"), Rewrite()):
        assert not kernel(claim, rule, f"{V}; {hypothesis}").accepted


def test_where_it_is_known_not_to_be_empty_it_is_used():
    assert kernel(
        "a >= 1 - S_", Use("sum(s_ = 2..S_: -1) <= a"), f"{V}; S_: natural >= 1; s_: natural; sum(s_ = 2..S_: -1) <= a"
    ).accepted


@pytest.mark.parametrize(("claim", "rule", "hypothesis"), [
    ("log(a) = 3", Rewrite(), "a = 0"),
    ("1 / a = 3", Use("a = b - b"), "a = b - b"),
    ("x[k] / a = b", Rewrite(), "a = 0"),
    ("lim(r -> inf: sum(k: exp(r x[k])) exp(-r x[j])) = 1", Limiting(), "k != j => log(-1) < x[j]"),
    ("sum(k: exp(x[k])) = 1", Use("x[k] = 1 / (a - a)"), "x[k] = 1 / (a - a)"),
])  # fmt: skip
def test_what_has_no_value_says_nothing(claim, rule, hypothesis):
    assert not kernel(claim, rule, f"{V}; {hypothesis}").accepted


@pytest.mark.parametrize(("premise", "shown"), [("t <= T", True), ("t (t + 1) / 2 <= T", False), ("max(t, 2) <= T", False)])
def test_a_premise_counts_where_its_sides_are_polynomials_with_whole_coefficients(premise, shown):
    assert kernel("F[T] >= 0", cert("F[T]"), f"{V}; {premise} => F[t] >= 0").accepted is shown


def test_what_holds_but_for_a_letter_that_the_claim_names_is_no_equation():
    said = "k != j => x[k] = 0"
    assert len(scope("x[j] = 0", said).equations()) == len(scope("x[j] = 0").equations()) + 1
    assert len(scope("x[k] = x[j]", said).equations()) == len(scope("x[k] = x[j]").equations())


def test_an_equation_under_which_a_condition_cannot_be_read_does_not_discharge_it():
    large = "a = b + c + r + s + v + w + u + x[i]"
    assert kernel("1 / (a^12 - 3) - 1 / (a^12 - 3) = 0", Rewrite(), f"{V}; {large}").conditions == ("- 3 + a^12 != 0",)


def test_a_lemma_that_holds_under_a_condition_is_not_cited():
    only = (Derivation("L", "(exp(a) - a) / (exp(a) - a) = 1", (Step("= 1", Rewrite(), "cancelled"),), "L"),)
    answer = kernel("(exp(b) - b) / (exp(b) - b) = 1", Lemma("L", "a = b"), V, derivations=only)
    assert not answer.accepted and "holds only under exp(a) - a != 0" in answer.reason

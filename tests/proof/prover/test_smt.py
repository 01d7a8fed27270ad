"""What z3 decides: true claims beyond our search, no false one; the translation against exact values, and broken on purpose."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import chain

import pytest
import sympy as S
from flint import arb, fmpq

from mathcore.evidence import Level, Verdict
from mathcore.formulas import LIBRARY
from mathcore.proof.at_points import at_points
from mathcore.proof.balls import Point, evaluate
from mathcore.proof.deadline import OutOfTime, limited
from mathcore.proof.prover import smt
from mathcore.proof.prover.declared import from_text
from mathcore.proof.replay import NOT_REPLAYED, replay
from mathcore.proving import prove
from tests.sampling import counted

pytest.importorskip("z3", reason='z3 is not installed: pip install "mathcore[z3]"')

MOTZKIN = "x^4 y^2 + x^2 y^4 + 1 >= 3 x^2 y^2"
ROOTS = "a, b, x: real; 0 < b; b < 1; 0 < a; a < 2 (1 + b); x^2 - (1 + b - a) x + b = 0"  # of the heavy ball
RATE = "eta, l, m, L: positive; m <= l; l <= L; eta <= 2 / (L + m)"

TRUE = (
    (MOTZKIN, "x, y: real"),
    ("x^4 y^2 + y^4 z^2 + z^4 x^2 >= 3 x^2 y^2 z^2", "x, y, z: real"),
    ("x (x - y) (x - z) + y (y - x) (y - z) + z (z - x) (z - y) >= 0", "x, y, z: nonnegative"),  # Schur
    ("x / (y + z) + y / (x + z) + z / (x + y) >= 3 / 2", "x, y, z: positive"),  # Nesbitt
    ("(x^2 + y^2 + z^2)^2 >= 3 (x^3 y + y^3 z + z^3 x)", "x, y, z: real"),
    ("x^4 + y^4 + z^4 >= x y z (x + y + z)", "x, y, z: real"),
    ("a^4 + b^4 + c^4 >= 4 a b c - 1", "a, b, c: real"),
    ("t^6 - t^5 + t^2 - t + 1 > 0", "t: real"),
    ("x^5 - x^2 + 3 > 0", "x: nonnegative"),
    ("x^2 < 1", ROOTS),
    ("(1 - eta l)^2 <= (1 - eta m)^2", RATE),
    ("(1 - eta l)^2 <= (L - m)^2 / (L + m)^2", "eta, l, m, L: positive; m <= l; l <= L; eta = 2 / (L + m)"),
    ("abs(1 - eta l) < 1 <=> eta < 2 / l", "eta, l: positive"),
    ("a > 0 and a c > b^2 => a x^2 + 2 b x y + c y^2 >= 0", "a, b, c, x, y: real"),
    ("p[1] p[2] + p[2] p[3] + p[1] p[3] <= 1 / 3", "p: simplex[3]"),
    ("sum(k: p[k]^2) >= 1 / 4", "p: simplex[4]; k: index[4]"),
    ("p[i] p[j] <= 1 / 4", "p: simplex[3]; i, j: index[3]; i != j"),
    ("sum(k: t[k] x[k]) <= max(k: x[k])", "t: onehot[3]; x: real[3]; k: index[3]"),
    ("max(x, y) + min(x, y) = x + y", "x, y: real"),
    ("abs(max(x, 0) - max(y, 0)) <= abs(x - y)", "x, y: real"),
    ("x step(x) = max(x, 0)", "x: real"),
    ("sqrt(x^2 + y^2) <= abs(x) + abs(y)", "x, y: real"),
    ("sqrt(x y) <= (x + y) / 2", "x, y: nonnegative"),
    ("x^(3 / 2) <= (x + x^2) / 2", "x: nonnegative"),
    ("1 / sqrt(1 + x^2) <= 1", "x: real"),
    ("x^(-2) + x^2 >= 2", "x: real; x != 0"),
    ("1 / n - 1 / (n + 1) = 1 / (n (n + 1))", "n: size"),
    ("(1 - u) u <= 1 / 4", "u: unit"),
)

FALSE = (
    # tightened by 1 %
    ("x^4 y^2 + x^2 y^4 + 1 >= 3.03 x^2 y^2", "x, y: real"),
    ("x^4 y^2 + y^4 z^2 + z^4 x^2 >= 3.03 x^2 y^2 z^2", "x, y, z: real"),
    ("x (x - y) (x - z) + y (y - x) (y - z) + z (z - x) (z - y) >= 0.01 x y z", "x, y, z: nonnegative"),
    ("x / (y + z) + y / (x + z) + z / (x + y) >= 1.515", "x, y, z: positive"),
    ("(x^2 + y^2 + z^2)^2 >= 3.03 (x^3 y + y^3 z + z^3 x)", "x, y, z: real"),
    ("x^4 + y^4 + z^4 >= 1.01 x y z (x + y + z)", "x, y, z: real"),
    ("a^4 + b^4 + c^4 >= 4.04 a b c - 1", "a, b, c: real"),
    ("t^6 - t^5 + t^2 - t + 1 > 0.735", "t: real"),
    ("x^5 - x^2 + 3 > 2.7", "x: nonnegative"),
    ("x^2 < 0.99", ROOTS),
    ("(1 - eta l)^2 <= 0.99 (1 - eta m)^2", RATE),
    ("(1 - eta l)^2 <= 0.99 (L - m)^2 / (L + m)^2", "eta, l, m, L: positive; m <= l; l <= L; eta = 2 / (L + m)"),
    ("abs(1 - eta l) < 1 <=> eta < 1.98 / l", "eta, l: positive"),
    ("p[1] p[2] + p[2] p[3] + p[1] p[3] <= 0.33", "p: simplex[3]"),
    ("sum(k: p[k]^2) >= 0.2525", "p: simplex[4]; k: index[4]"),
    ("p[i] p[j] <= 0.2475", "p: simplex[3]; i, j: index[3]; i != j"),
    ("sqrt(x^2 + y^2) <= 0.99 (abs(x) + abs(y))", "x, y: real"),
    ("sqrt(x y) <= 0.495 (x + y)", "x, y: nonnegative"),
    ("x^(3 / 2) <= 0.495 (x + x^2)", "x: nonnegative"),
    ("1 / sqrt(1 + x^2) <= 0.99", "x: real"),
    ("x^(-2) + x^2 >= 2.02", "x: real; x != 0"),
    ("(1 - u) u <= 0.2475", "u: unit"),
    # flipped, or strict where equality occurs
    ("x^4 y^2 + x^2 y^4 + 1 > 3 x^2 y^2", "x, y: real"),
    ("x^4 y^2 + x^2 y^4 + 1 <= 3 x^2 y^2", "x, y: real"),
    ("x (x - y) (x - z) + y (y - x) (y - z) + z (z - x) (z - y) > 0", "x, y, z: nonnegative"),
    ("x / (y + z) + y / (x + z) + z / (x + y) > 3 / 2", "x, y, z: positive"),
    ("x^4 + y^4 + z^4 <= x y z (x + y + z)", "x, y, z: real"),
    ("x^2 > 1", ROOTS),
    ("(1 - eta l)^2 < (1 - eta m)^2", RATE),
    ("abs(1 - eta l) <= 1 <=> eta < 2 / l", "eta, l: positive"),
    ("sum(k: p[k]^2) > 1 / 4", "p: simplex[4]; k: index[4]"),
    ("sum(k: t[k] x[k]) >= max(k: x[k])", "t: onehot[3]; x: real[3]; k: index[3]"),
    ("x step(x) = max(x, 0) - step(-x)", "x: real"),
    ("sqrt(x^2 + y^2) >= abs(x) + abs(y)", "x, y: real"),
    ("x^2 > 0", "x: real"),
    ("max(x, y) = x + y - max(x, y)", "x, y: real"),
    # a hypothesis dropped or weakened
    ("x (x - y) (x - z) + y (y - x) (y - z) + z (z - x) (z - y) >= 0", "x, y, z: real"),
    ("x^5 - x^2 + 3 > 0", "x: real"),
    ("x^2 < 1", "a, b, x: real; 0 < b; b < 1; 0 < a; a <= 2 (1 + b); x^2 - (1 + b - a) x + b = 0"),
    ("x^2 < 1", "a, b, x: real; 0 < b; b <= 1; 0 < a; a < 2 (1 + b) + 1; x^2 - (1 + b - a) x + b = 0"),
    ("(1 - eta l)^2 <= (1 - eta m)^2", "eta, l, m, L: positive; m <= l; l <= L; eta <= 2 / L"),
    ("(1 - eta l)^2 < 1", "eta, l: positive; eta <= 2 / l"),
    ("a > 0 and a c > b^2 - 1 => a x^2 + 2 b x y + c y^2 >= 0", "a, b, c, x, y: real"),
    ("p[i] p[j] <= 1 / 4", "p: simplex[3]; i, j: index[3]"),
    ("p[1] p[2] + p[2] p[3] + p[1] p[3] <= 1 / 3", "p: unit[3]"),
    ("sum(k: t[k] x[k]) <= max(k: x[k])", "t: nonnegative[3]; x: real[3]; k: index[3]"),
    ("sqrt(x y) <= (x + y) / 2", "x, y: real; x y >= 0"),
    ("x^(3 / 2) <= (x + x^2) / 2", "x: real; x >= -1"),
    ("1 / n <= 1 / 2", "n: size"),
    # no value everywhere
    ("x (1 / x) = 1", "x: real"),
    ("x / x = 1", "x: nonnegative"),
    ("sqrt(x)^2 = x", "x: real"),
    ("x^(-1) x = 1", "x: real"),
    ("(x^2 - 1) / (x - 1) = x + 1", "x: real"),
    ("1 / (x - y)^2 > 0", "x, y: real"),
    ("sqrt(1 - x^2) <= 1", "x: real; x <= 1"),
    ("1 / x > 0 <=> x > 0", "x: real"),
    ("max(x, 1 / x) >= 0", "x: nonnegative"),
    ("0 (1 / x) = 0", "x: real"),
    ("sqrt(x)^2 >= 0 => x >= 1 / 100", "x: real"),
    # a bound index is not the one outside, an index of a hypothesis is every index
    ("x[1] <= 3", "x: real[2]; k: index[2]; x[2] <= 3"),
    ("forall(k: x[k] >= 0) => x[1] + x[2] > 0", "x: real[2]; k: index[2]"),
)


def asked(claim: str, given: str, seconds: float = 4.0) -> Verdict:
    question = from_text(claim, given, LIBRARY)
    return smt.decide(question.context, question.claim, seconds, witnessed=False)


def decided(cases, wanted: bool) -> Iterator[str]:
    """The claims that are decided, or those that are not."""
    yield from (f"{claim} | {given}" for claim, given in cases if (asked(claim, given).level is Level.DECIDED) is wanted)


def test_true_claims_are_decided():
    levels = {f"{claim} | {given}": asked(claim, given) for claim, given in TRUE}
    assert not [(c, v.reason) for c, v in levels.items() if v.level is not Level.DECIDED]
    for v in levels.values():
        assert len(v.axioms) == 1 and v.axioms[0].startswith("z3 ") and v.certificate.count("(check-sat)") >= 1


@counted(3, 1, name="every")
def test_no_false_claim_is_decided(every):
    assert len(FALSE) >= 40
    found = [(claim, asked(claim, given)) for claim, given in FALSE[::every]]
    assert not [claim for claim, v in found if v.level is Level.DECIDED]
    assert sum(v.level is Level.REFUTED for _, v in found) >= 0.9 * len(found)  # at a point that balls confirm
    assert all(v.counterexample for _, v in found if v.level is Level.REFUTED)


# the translation --------------------------------------------------------------------------------------------------------

DECK = ("0", "0", "1", "4", "9 / 4", "1 / 4", "-1", "-2 / 3", "5 / 3")
ONE = ("-({})", "({})^2", "({})^3", "({})^(-1)", "({})^(-2)", "sqrt({})", "({})^(3 / 2)", "({})^(1 / 3)", "abs({})", "step({})")
ONE += ("sqrt(-({}))", "1 / (x * y * ({}))")  # often without a value
TWO = ("({}) + ({})", "({}) - ({})", "({}) * ({})", "({}) / ({})", "max({}, {})", "min({}, {})")


def drawn(pick: random.Random, depth: int) -> str:
    """A random term in x and y."""
    if not depth or pick.random() < 0.15:
        return pick.choice(("x", "y", "2", "0.5", "1 / 3"))
    if pick.random() < 0.4:
        return pick.choice(ONE).format(drawn(pick, depth - 1))
    return pick.choice(TWO).format(drawn(pick, depth - 1), drawn(pick, depth - 1))


def differing(count: int, seen: Counter[str]) -> Iterator[str]:
    """Random terms at rational points: where z3 and exact evaluation disagree; `seen` counts them by their kind."""
    pick = random.Random(0)
    for _ in range(count):
        text, x, y = drawn(pick, 3), pick.choice(DECK), pick.choice(DECK)
        given = f"x, y: real; x = {x}; y = {y}"
        node = from_text(f"{text} = 0", "x, y: real", LIBRARY).claim.args[0]
        value = evaluate(node, Point(values={"x": Fraction(x.replace(" ", "")), "y": Fraction(y.replace(" ", ""))}))
        if value.__class__ is fmpq:
            kind, true, false = "exact", [f"{text} = {value}"], [f"{text} = {value} + 1 / 1000", f"{text} < {value}"]
        elif value.__class__ is arb:
            if not value.is_finite():
                continue
            middle = Fraction(float(value.mid()))
            low, high = (middle + k * max(1, abs(middle)) / 10**6 for k in (-1, 1))
            kind, true, false = "irrational", [f"{low} < {text} and {text} < {high}"], [f"{text} <= {low}", f"{text} >= {high}"]
        else:
            kind, true, false = "undefined", [], [f"{text} = {text}", f"{text} >= 0", f"{text} < 0"]
        seen[kind] += 1
        yield from (f"not decided: {one}" for one in decided([(c, given) for c in true], False))
        yield from (f"decided: {one}" for one in decided([(c, given) for c in false], True))


@pytest.mark.slow
def test_terms_have_the_values_that_exact_evaluation_gives():
    seen: Counter[str] = Counter()
    assert not list(differing(120, seen))
    assert min(seen[kind] for kind in ("exact", "irrational", "undefined")) >= 12, seen


DOMAINS = ("real", "positive", "nonnegative", "unit")


def questions(count: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """Random claims under random declarations; most are false, some have no value somewhere, some no point."""
    pick = random.Random(seed)
    for _ in range(count):
        given = f"x: {pick.choice(DOMAINS)}; y: {pick.choice(DOMAINS)}"
        if pick.random() < 0.5:
            given += f"; {drawn(pick, 2)} {pick.choice(('<', '<=', '>=', '>', '!='))} {drawn(pick, 1)}"
        claim = f"{drawn(pick, 2)} {pick.choice(('<', '<=', '>=', '>', '=', '!='))} {drawn(pick, 2)}"
        if pick.random() < 0.2:
            claim = f"{drawn(pick, 1)} > {drawn(pick, 1)} {pick.choice(('=>', '<=>'))} {claim}"
        yield claim, given


@pytest.mark.fuzz
@counted(50, 150)
def test_no_exact_point_refutes_a_random_claim_that_is_decided(count):
    found = list(decided(questions(count), True))
    for text in found:
        question = from_text(*text.split(" | "), LIBRARY)
        with suppress(OutOfTime), limited(2):
            second = at_points(question.context, question.claim)
            assert second.level is not Level.REFUTED, (text, second.counterexample)
    assert len(found) >= count // 10


def known(self, condition, shows):
    self.lines.append(f"(assert {condition})")


def weak(self, a, op, b, at):
    return HONEST["relation"](self, a, op if op in ("=", "!=") else f"{op[0]}=", b, at)


def either(self, node, degree, at):
    name = HONEST["root"](self, node, degree, at)
    self.lines = [line for line in self.lines if line != f"(assert (>= {name} 0.0))"]
    return name


def inside(self, key, at):
    name = HONEST["letter"](self, key, at)
    self.lines = [line.replace(f"(>= {name} 0.0)", f"(> {name} 0.0)") for line in self.lines]
    return name


HONEST = {name: getattr(smt._Writer, name) for name in ("relation", "root", "letter")}
BROKEN = (
    ("what is divided by is not asked for", "require", known),
    ("nothing is asked for", "require", lambda self, condition, shows: None),
    ("strict relations are weak", "relation", weak),
    ("a root may be negative", "root", either),
    ("what is not negative is positive", "letter", inside),
    ("a maximum is a minimum", "extreme", lambda self, name, among: f"(ite (<= {among[0]} {among[1]}) {among[0]} {among[1]})"),
    ("the places of a sum are one", "places", lambda self, binders, at: [{**at, binders[0].symbol: 1}]),
)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "planted"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_broken_translation_is_noticed(monkeypatch, name, planted):
    """The twin of the three tests above: each of these is seen by one of them."""
    monkeypatch.setattr(smt._Writer, name, planted)
    assert next(chain(decided(FALSE, True), decided(TRUE, False), differing(60, Counter())), "")


def test_whole_numbers_may_become_real_ones_and_nothing_is_refuted_for_it():
    assert asked("n^2 >= n", "n: size").level is Level.DECIDED
    assert asked("(n - 1) (n - 2) >= 0", "n: size").level is Level.UNKNOWN  # true of whole numbers, false at 3 / 2


def test_hypotheses_that_do_not_fit_are_left_out_and_those_that_are_not_needed_are_not_named():
    verdict = asked(MOTZKIN, "x, y, z: real; exp(z) <= 1; z <= 0")
    assert verdict.level is Level.DECIDED and verdict.hypotheses == ()
    assert asked("x <= 4", "x, y: real; x <= y; y <= 4; y >= 0").hypotheses == ("x <= y", "y <= 4")


def test_a_hypothesis_holds_only_where_it_has_a_value():
    assert asked("x > 0", "x: real; 1 / x > 0").level is Level.DECIDED
    assert asked("x != 0", "x: real; 1 / x <= 1").level is Level.DECIDED
    assert asked("x > 0", "x: real; 1 / x <= 1").level is Level.REFUTED


def test_an_index_of_a_hypothesis_is_every_index():
    assert asked("x[1] + x[2] <= 2", "x: real[2]; k: index[2]; x[k] <= 1").level is Level.DECIDED
    assert asked("x[j] <= 2", "x: real[2]; j: index[2]; x[j] <= 1").level is Level.DECIDED
    assert asked("x[j] + x[1] <= 2", "x: real[2]; j: index[2]; x[j] <= 1").level is Level.REFUTED  # one j, that of the claim
    assert asked("x[1] < x[2]", "x: real[2]; i, j: index[2]; i != j; x[i] < x[j]").level is Level.UNKNOWN


@pytest.mark.parametrize(
    ("claim", "given", "word"),
    [
        ("exp(x) >= 1 + x", "x: real", "exp"),
        ("sum(k: x[k]^2) >= 0", "n: size; x: real[n]; k: index[n]", "size n"),
        ("x^t >= 0", "x: positive; t: natural", "exponent t"),
        ("f(x) = f(x)", "x: real; f: function", "apply"),
        ("sum(k: x[k]^2) >= 0", "x: real[500]; k: index[500]", "terms"),
        ("pi > 3", "", "constant"),
    ],
)
def test_what_does_not_fit_is_not_asked(claim, given, word):
    verdict = asked(claim, given)
    assert verdict.level is Level.UNKNOWN and "not asked" in verdict.reason and word in verdict.reason


# asking -----------------------------------------------------------------------------------------------------------------


def test_a_solver_that_lies_refutes_nothing(monkeypatch):
    monkeypatch.setattr(smt._Solver, "answer", lambda *_: ("sat", {"|x|": Fraction(3), "|y|": Fraction(2)}))
    assert asked(MOTZKIN, "x, y: real").level is Level.UNKNOWN
    assert asked("x^2 + y^2 <= 12", "x, y: real").counterexample == "13 <= 12 is false at x = 3, y = 2"
    assert asked("x^2 + y^2 <= 12", "x, y: real; x >= 4").level is Level.UNKNOWN  # the point breaks a hypothesis
    assert asked("x^2 + y^2 <= 12", "x: unit; y: real").level is Level.UNKNOWN  # or leaves the domain


def test_points_come_before_a_solver_that_lies(monkeypatch):
    monkeypatch.setattr(smt._Solver, "answer", lambda *_: ("unsat", {}))
    for claim, given in FALSE[::6]:
        assert prove(claim, given=given, decider="z3").level is not Level.PROVED
    assert prove("x^2 > 0", given="x: real", decider="z3").level is Level.REFUTED


def test_hypotheses_that_contradict_each_other_decide_nothing():
    assert asked("x >= 5", "x: real; x^2 + 1 <= 0").level is Level.UNKNOWN
    assert "vacuous" in asked("x >= 5", "x: real; x < 0; x > 1").reason


def test_time_and_memory_are_limited(monkeypatch):
    hard = ("sum(k: x[k]^6) >= 6 prod(k: x[k])", "x: real[6]; k: index[6]")
    assert "timeout" in asked(*hard, seconds=0.3).reason
    monkeypatch.setattr(smt, "MEMORY", 1)
    assert "memory" in asked(MOTZKIN, "x, y: real").reason


def test_the_certificate_can_be_asked_again_and_is_about_this_claim():
    import z3

    for claim, given in (TRUE[3], TRUE[15], TRUE[16], TRUE[23]):
        text = asked(claim, given).certificate
        assert f"; claim: {claim}\n" in text
        for part in text.split("(reset)\n"):
            solver = z3.SolverFor("QF_NRA")
            solver.from_string(part.replace("(check-sat)", ""))
            assert solver.check() == z3.unsat, part


# through the prover -------------------------------------------------------------------------------------------------------


def test_what_is_decided_is_not_proved():
    verdict = prove(MOTZKIN, given="x, y: real", decider="z3")
    if verdict.level is Level.PROVED:
        pytest.skip("our own search proves it by now")
    assert verdict.level is Level.DECIDED and not verdict.held and verdict.points >= 8
    assert str(verdict).startswith("decided: ") and "not checked by the kernel" in str(verdict)
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict
    assert "(check-sat)" in verdict.certificate


def test_what_our_search_proves_or_refutes_is_not_asked(monkeypatch):
    monkeypatch.setattr(smt, "decide", None)
    assert prove("x^2 >= 0", given="x: real", decider="z3").level is Level.PROVED
    assert prove("x^2 > 0", given="x: real", decider="z3").level is Level.REFUTED


def test_a_chain_is_as_good_as_its_worst_part_and_has_every_certificate():
    whole = prove(f"0 <= x^2 + 1 and {MOTZKIN} and t^6 - t^5 + t^2 - t + 1 > 0", given="x, y, t: real", decider="z3", timeout=6)
    assert whole.level is Level.DECIDED
    assert [v.level for v in whole.steps] == [Level.PROVED, Level.DECIDED, Level.DECIDED]
    assert whole.certificate.count("(check-sat)") == 2 and whole.certificate.count("(reset)") == 1


def test_a_piecewise_function_is_decided_case_by_case():
    x = S.Symbol("x", real=True)
    f = S.Piecewise((x**6 - x**5 + x**2 - x + 1, x > -1), (1 - x, True))
    assert prove(f, ">", 0, decider="z3", timeout=4).level is Level.DECIDED
    assert prove(f, ">", S.Rational(9, 10), decider="z3", timeout=4).level is Level.REFUTED


def test_the_command_prints_what_is_decided_and_does_not_call_it_held(mathcore, tmp_path):
    call = ("prove", MOTZKIN, "--given", "x, y: real", "--decider", "z3", "--json")
    answer = mathcore(*call, code=1)
    found = json.loads(answer.stdout)
    assert found["level"] == "decided" and found["axioms"][0].startswith("z3 ")
    (again,) = replay(answer.stdout)
    assert again.outcome == NOT_REPLAYED and "decided by z3" in again.reason
    (tmp_path / "decided.json").write_text(answer.stdout, encoding="utf-8")
    replayed = mathcore("verify", "--replay", str(tmp_path / "decided.json"))
    assert "0 proved anew" in replayed.stdout and "1 not replayed" in replayed.stdout

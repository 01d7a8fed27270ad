"""What sympy assumes of symbols, arrays and functions reaches the claim, or is refused by name with a remedy."""

import random
import re

import pytest
import sympy as S
from sympy.core.facts import InconsistentAssumptions

from mathcore.evidence import Level
from mathcore.proof.prover.assumptions import Reading, read_number
from mathcore.proof.prover.error import WrongUse
from mathcore.proving import prove
from tests.proof.prover import assumptions
from tests.proof.prover.assumptions import ASSUMPTIONS, NUMBERS, member

n = S.Symbol("n", integer=True, positive=True)
i, k = S.symbols("i k", integer=True)
SHAPE = {"shapes": {"z": ("n",)}, "indices": {"i": "n"}}


def level(left, op, right, **options):
    return prove(left, op, right, timeout=20, **options).level


@pytest.mark.parametrize(
    ("left", "op", "right", "words"),
    [
        (S.Symbol("A", commutative=False) * S.Symbol("B", commutative=False), "=", 0, "A: .*commutative=False.*MatrixSymbol"),
        (S.Symbol("s", imaginary=True) ** 2, ">=", 0, "s: .*imaginary=True; the language speaks of real numbers"),
        (S.Symbol("s", infinite=True), "<", S.Symbol("s", infinite=True) + 1, r"s: .*infinite=True; state a limit"),
        (S.Symbol("s", prime=True), ">=", 2, "s: .*prime=True; assume only integer=True"),
        (S.Symbol("s", rational=True) ** 2, "!=", 2, "s: .*rational=True; assume only real=True"),
        (S.Symbol("s", complex=True) ** 2, ">=", 0, "s: .*complex=True; it need not be a real number: assume real=True"),
        (S.Symbol("s", extended_positive=True), ">", 0, "s: .*extended_positive=True; it need not be a real number"),
        (S.IndexedBase("z", integer=True)[i], ">=", 0, "z: .*integer=True; assume only real=True"),
        (S.IndexedBase("z", imaginary=True)[i], ">=", 0, "z: .*imaginary=True"),
        (S.Function("f", positive=True)(S.Symbol("x", real=True)), ">", 0, "f: .*positive=True"),
        (S.Function("f", commutative=False)(S.Symbol("x", real=True)), ">", 0, "f: .*commutative=False"),
        (S.Wild("w") ** 2, ">=", 0, r"w_ is a Wild, a pattern: write Symbol\('w', real=True\)"),
    ],
    ids=str,
)
def test_what_the_language_has_no_word_for_is_refused_by_name_with_a_remedy(left, op, right, words):
    with pytest.raises(WrongUse, match=words):
        prove(left, op, right, **SHAPE)


@pytest.mark.parametrize(
    ("assumed", "op", "right", "expected"),
    [
        ({"negative": True}, "<", 0, Level.PROVED),
        ({"negative": True}, "<", -1, Level.REFUTED),
        ({"nonpositive": True}, "<=", 0, Level.PROVED),
        ({"nonpositive": True}, "<", 0, Level.REFUTED),
        ({"nonzero": True, "nonnegative": True}, ">", 0, Level.PROVED),
        ({"nonzero": True}, ">", 0, Level.REFUTED),
        ({"zero": True}, "=", 0, Level.PROVED),
        ({"zero": True}, "=", 1, Level.REFUTED),
        ({"odd": True}, "!=", 0, Level.PROVED),
        ({"odd": True}, "!=", 3, Level.REFUTED),
        ({"even": True, "positive": True}, ">=", 2, Level.PROVED),
        ({"even": True, "positive": True}, ">=", 4, Level.REFUTED),
        ({"integer": True, "negative": True}, "<=", -1, Level.PROVED),
        ({"integer": True, "negative": True}, "<=", -2, Level.REFUTED),
        ({"integer": True}, ">=", 0, Level.REFUTED),
    ],
    ids=str,
)
def test_a_number_has_the_values_that_sympy_assumes_and_no_others(assumed, op, right, expected):
    assert level(S.Symbol("s", **assumed), op, right) is expected


def test_an_integer_is_not_refuted_at_a_fraction():
    m = S.Symbol("m", integer=True)
    assert level(m**2, ">=", m) is not Level.REFUTED
    assert level(m**2, ">=", 0) is Level.PROVED
    verdict = prove(m**3, ">=", m)
    assert verdict.level is Level.REFUTED and "m_ = " in verdict.counterexample and "m is written -m_" in verdict.reason


def test_the_size_of_a_negative_number_is_not_negative():
    a = S.Symbol("a", negative=True)
    verdict = prove(S.Abs(a), ">=", 0)
    assert verdict.level is Level.PROVED and verdict.hypotheses == ("a < 0",)


def test_what_is_assumed_of_an_array_holds_for_all_its_entries():
    z = S.IndexedBase("z", negative=True)
    assert level(z[i] ** 3, "<=", 0, **SHAPE) is Level.PROVED
    assert level(S.Sum(z[k], (k, 1, n)), "<", 0) is Level.PROVED
    assert level(S.Sum(z[k], (k, 0, n - 1)), "<", -1) is Level.REFUTED
    assert level(S.IndexedBase(S.Symbol("z", positive=True))[i], ">", 0, **SHAPE) is Level.PROVED
    assert level(z[i, k] ** 3, "<=", 0, shapes={"z": ("n", "m")}, indices={"i": "n", "k": "m"}) is Level.PROVED
    assert level(S.IndexedBase("z")[i] ** 2, ">", 0, **SHAPE) is Level.REFUTED
    assert level(S.IndexedBase("z", nonzero=True)[i] ** 2, ">", 0, **SHAPE) is not Level.REFUTED


def test_a_simplex_of_positive_entries_has_no_zeros():
    p = S.IndexedBase("p", positive=True)
    assert level(p[i], ">", 0, domains={"p": "simplex"}, shapes={"p": ("n",)}, indices={"i": "n"}) is Level.PROVED
    p = S.IndexedBase("p")
    assert level(p[i], ">", 0, domains={"p": "simplex"}, shapes={"p": ("n",)}, indices={"i": "n"}) is Level.REFUTED


def test_declared_domain_and_assumption_hold_both():
    q = S.Symbol("q", positive=True)
    assert level(q, ">", 0, domains={"q": "real"}) is Level.PROVED
    assert level(q, ">", 0, domains={"q": "unit"}) is Level.PROVED
    assert level(q, "<=", 1, domains={"q": "unit"}) is Level.PROVED
    with pytest.raises(WrongUse, match="domains: 'q' is declared 'positive', and sympy assumes negative=True: keep one"):
        prove(S.Symbol("q", negative=True), "<", 1, domains={"q": "positive"})


def test_a_bound_letter_runs_over_all_its_values_or_is_refused():
    for assumed, words in (({"even": True}, "even=True"), ({"negative": True}, "negative=True"), ({"prime": True}, "prime=True")):
        letter = S.Symbol("k", **assumed)
        with pytest.raises(WrongUse, match=f"k: .*{words}; it runs over all whole numbers from 1"):
            prove(S.Sum(letter, (letter, 1, n)), ">=", 1)
    positive = S.Symbol("k", integer=True, positive=True)
    assert level(S.Sum(positive, (positive, 1, n)), "=", n * (n + 1) / 2) is Level.PROVED
    with pytest.raises(WrongUse, match=r"k: .*from 0"):
        prove(S.Sum(positive, (positive, 0, n)), "=", n * (n + 1) / 2)


def test_an_index_with_a_range_runs_over_its_range():
    z = S.IndexedBase("z")
    idx = S.Idx("i", n)
    assert level(z[idx], "=", z[0]) is Level.REFUTED
    assert level(S.Sum(z[idx] * idx, idx), "=", S.Sum(z[k] * k, (k, 0, n - 1))) is Level.PROVED
    assert level(z[S.Idx("i", (1, n))], "=", z[1]) is Level.REFUTED
    assert level(z[idx] ** 2 + idx, ">=", 1) is Level.REFUTED
    assert level(z[S.Idx("i", (1, n))] ** 2 + S.Idx("i", (1, n)), ">=", 1) is Level.PROVED
    with pytest.raises(WrongUse, match="i runs from 2 to n"):
        prove(z[S.Idx("i", (2, n))], ">=", 0)
    with pytest.raises(WrongUse, match="i runs from 0 to n - 1"):
        prove(z[idx], ">=", 0, indices={"i": "m"})


def test_the_letter_of_a_limit_keeps_its_assumptions():
    m = S.Symbol("m", integer=True)
    assert level(S.Limit(1 / m, m, S.oo), "=", 0) is Level.PROVED
    with pytest.raises(WrongUse, match=r"m: .*variable of a limit"):
        prove(S.Limit(1 / m, m, -S.oo), "=", 0)


def test_what_is_read_as_real_is_said():
    x, y = S.Symbol("x"), S.Symbol("y", real=True)
    assert prove((x - y) ** 2, ">=", 0).reason.endswith("read as real, for sympy assumes nothing of it: x")
    assert "sympy assumes" not in prove(y**2, ">=", 0).reason
    assert "sympy assumes" not in prove(x**2, ">=", 0, domains={"x": "real"}).reason


def test_two_arrays_or_functions_of_one_name_are_not_taken_for_one():
    z, other = S.IndexedBase("z"), S.IndexedBase("z", positive=True)
    with pytest.raises(WrongUse, match="z is used with two sets of assumptions"):
        prove(z[i] + other[i], ">", z[i], **SHAPE)
    x = S.Symbol("x", real=True)
    with pytest.raises(WrongUse, match="f is used with two sets of assumptions"):
        prove(S.Function("f")(x) + S.Function("f", real=True)(x), ">", 0)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (S.MatrixSymbol("A", 2, 2)[0, 0], S.MatrixSymbol("A", 3, 3)[0, 0]),
        (S.MatrixSymbol("A", n, n)[0, 0], S.IndexedBase("A")[0, 0]),
        (S.IndexedBase("A", shape=(n,))[1], S.IndexedBase("A", shape=(2 * n,))[1]),
        (S.IndexedBase("A", shape=(n,))[1], S.IndexedBase("A")[1]),
    ],
)
def test_two_arrays_of_one_name_and_two_shapes_are_not_taken_for_one(left, right):
    for question in (lambda: prove(left, "=", right), lambda: prove(left, "=", 1, hypotheses=[S.Eq(right, 1)])):
        with pytest.raises(WrongUse, match="A: two arrays of this name with different shapes: use one, or two names"):
            question()


@pytest.mark.parametrize(
    ("array", "told", "own"),
    [
        (S.MatrixSymbol("A", n, n), ("n", "m"), ("n", "n")),
        (S.MatrixSymbol("A", 2, 3), (3, 3), (2, 3)),
        (S.MatrixSymbol("A", n, n), ("n",), ("n", "n")),
        (S.IndexedBase("A", shape=(n, n)), ("m", "n"), ("n", "n")),
    ],
)
def test_a_declared_shape_is_that_of_the_sympy_array(array, told, own):
    with pytest.raises(WrongUse, match=r"shapes: 'A' is declared .*, and sympy's A has the shape .*: leave it out of shapes"):
        prove(array[1, 1] ** 2, ">=", 0, shapes={"A": told})
    assert level(array[1, 1] ** 2, ">=", 0, shapes={"A": own}) is level(array[1, 1] ** 2, ">=", 0)


def test_a_derivative_of_symbolic_order_is_refused_with_a_remedy():
    x = S.Symbol("x", real=True)
    with pytest.raises(WrongUse, match=r"how often it is differentiated has to be a number, e\.g\. Derivative\(f, \(x, 2\)\)"):
        prove(S.Derivative(x**2, (x, n)), "=", 2 * x)
    assert level(S.Derivative(x**2, (x, 2)), "=", 2) is Level.PROVED


def test_a_bound_letter_is_not_the_free_one_of_its_name():
    """Matrix products of sympy bind Dummy("i_1"), which is another letter than Symbol("i_1")."""
    n, k, j, named = S.Symbol("n", integer=True, positive=True), *S.symbols("k j i_1", integer=True)
    a, b = S.MatrixSymbol("A", n, n), S.MatrixSymbol("B", n, n)
    entry = (a * b)[named, j]
    assert prove(entry, "=", S.Sum(a[named, k] * b[k, j], (k, 0, n - 1))).level is Level.PROVED
    assert prove(entry, "=", S.Sum(a[k, k] * b[k, j], (k, 0, n - 1))).level is Level.REFUTED
    z, w, one, two = S.IndexedBase("z"), S.IndexedBase("w"), S.Dummy("k", integer=True), S.Dummy("k", integer=True)
    pairs = S.Sum(z[one] * w[two], (one, 1, n), (two, 1, n))
    assert prove(pairs, "=", S.Sum(z[k], (k, 1, n)) * S.Sum(w[k], (k, 1, n))).level is Level.PROVED
    assert prove(pairs, "=", n * S.Sum(z[k] * w[k], (k, 1, n))).level is Level.REFUTED


def test_a_sum_inside_a_sum_over_the_same_letter_has_its_own():
    n, k = S.Symbol("n", integer=True, positive=True), S.Symbol("k", integer=True)
    total = S.Sum(S.IndexedBase("x")[k], (k, 1, n))
    assert prove(S.Sum(total, (k, 1, n)), "=", n * total).level is Level.PROVED
    assert prove(S.Sum(S.IndexedBase("x")[k] * total, (k, 1, n)), "=", total**2).level is Level.PROVED
    assert prove(S.Sum(total, (k, 1, n)), "=", total).level is Level.REFUTED


def test_too_many_integers_of_either_sign_are_refused_with_a_remedy():
    letters = S.symbols("a:f", integer=True)
    with pytest.raises(WrongUse, match=r"integers of either sign are too many.*nonnegative=True"):
        prove(sum(a**2 for a in letters), ">=", 0)
    assert level(sum(a**2 for a in letters[:3]), ">=", 0) is Level.PROVED


def test_a_sign_that_a_hypothesis_excludes_is_no_case():
    m = S.Symbol("m", integer=True)
    assert level(m**3, ">", 0, hypotheses=[m > 0]) is Level.PROVED
    assert level(m, ">=", 2, hypotheses=[m > 0]) is Level.REFUTED


def test_a_function_of_every_integer_of_either_sign_is_refused_with_a_remedy():
    m, f = S.Symbol("m", integer=True), S.Function("f")
    with pytest.raises(WrongUse, match=r"hypotheses: f\(m\) is said of every integer m.*nonnegative=True"):
        prove(f(3), "=", 3, hypotheses=[S.Eq(f(m), m)])
    h = S.Symbol("h", integer=True, nonnegative=True)
    assert level(f(3), "=", 3, hypotheses=[S.Eq(f(h), h)]) is Level.PROVED
    assert level(f(-3), "=", -3, hypotheses=[S.Eq(f(h), h)]) is Level.REFUTED


def test_hypotheses_about_an_integer_are_read_as_those_about_a_real_number():
    z, m, j = S.IndexedBase("z"), S.Symbol("m", integer=True), S.Symbol("j", integer=True)
    options = {"indices": {"i": "n", "j": "n", "k": "n"}, "shapes": {"z": ("n",)}}
    for c in (m, S.Symbol("c", real=True)):
        assert level(z[j], "<=", c, hypotheses=[S.Le(z[i], c)], **options) is Level.PROVED
        assert level(z[j] * c, "<=", z[k] * c, hypotheses=[S.Eq(z[i] * c, z[j] * c)], **options) is not Level.REFUTED
        others = [S.Eq(z[i], c), S.Ne(i, j)]
        assert level(S.Sum(z[k], (k, 1, n)), "=", z[j] + (n - 1) * c, hypotheses=others, **options) is Level.PROVED


def test_text_about_an_integer_of_sympy_is_refused_with_a_remedy():
    m = S.Symbol("m", integer=True)
    with pytest.raises(WrongUse, match=r"hypotheses: 'm >= 1' speaks of m, an integer in sympy: write it with sympy"):
        prove(m, ">=", 1, hypotheses=["m >= 1"])


# bound names ------------------------------------------------------------------------------------------------------------


def test_a_letter_may_be_free_in_a_hypothesis_and_bound_over_another_size_in_the_claim():
    T, z = S.IndexedBase("T"), S.IndexedBase("z")
    o, h, m = *S.symbols("o h", integer=True), S.Symbol("m", integer=True, positive=True)
    shapes = {"T": ("N", "m"), "z": ("m",)}
    rows = S.Eq(S.Sum(T[o, h], (h, 1, m)), 1)
    for indices in ({}, {"o": "N"}):
        options = {"shapes": shapes, "indices": indices, "hypotheses": [rows]}
        assert level(S.Sum(z[o] ** 2, (o, 1, m)), ">=", 0, **options) is Level.PROVED
        assert level(S.Sum(T[o, h] * z[i], (h, 1, m)), "=", z[i], **options | {"indices": {**indices, "i": "m"}}) is Level.PROVED
        assert level(S.Sum(z[o] + z[h], (o, 1, m), (h, 1, m)), "=", 2 * m * S.Sum(z[o], (o, 1, m)), **options) is Level.PROVED


def test_two_hypotheses_bind_one_letter_over_two_sizes():
    p, q = S.IndexedBase("p"), S.IndexedBase("q")
    m = S.Symbol("m", integer=True, positive=True)
    sums = [S.Eq(S.Sum(p[k], (k, 1, n)), 1), S.Eq(S.Sum(q[k], (k, 1, m)), 1)]
    product = S.Sum(p[i] * q[k], (i, 1, n), (k, 1, m))
    assert level(product, "=", 1, shapes={"p": ("n",), "q": ("m",)}, hypotheses=sums) is Level.PROVED


# sympy objects with a meaning of their own --------------------------------------------------------------------------------


def test_the_number_pi_is_not_a_symbol_of_that_name():
    assert level(S.Symbol("pi", real=True), "=", S.pi) is Level.REFUTED


def test_a_float_is_the_decimal_number_that_it_shows_or_refused():
    long = "0.1234567890123456789012345"
    assert level(S.Float(long, 30), "=", S.Rational(long)) is Level.PROVED
    assert level(S.Float(0.1), "=", S.Rational(1, 10)) is Level.PROVED
    assert level(S.Float(-0.5), "=", -S.Rational(1, 2)) is Level.PROVED
    with pytest.raises(WrongUse, match="write it as a Rational"):
        prove(S.Float("1e400"), ">", 0)


def test_a_derivative_by_a_letter_that_stands_nowhere_is_zero():
    x, y = S.symbols("x y", real=True)
    assert level(S.Derivative(x**2, y), "=", 0) is Level.PROVED


def test_letters_of_a_delta_need_a_size():
    delta = S.KroneckerDelta(i, S.Symbol("j", integer=True))
    with pytest.raises(WrongUse, match="indices: 'i' is compared by a delta: say over which size it runs"):
        prove(delta, "<=", 1)
    assert level(delta, "<=", 1, indices={"i": "n", "j": "n"}) is Level.PROVED


def test_a_sum_that_may_end_before_it_begins_is_said_to_be_empty():
    m = S.Symbol("m", integer=True, positive=True)
    said = prove(S.Sum(k, (k, n, m)), "=", (m * (m + 1) - n * (n - 1)) / 2).reason
    assert "is empty here, and 0, a product 1: Sum(k, (k, n, m))" in said
    assert "empty" not in prove(S.Sum(k, (k, 1, n)), "=", n * (n + 1) / 2).reason
    assert "empty" not in prove(S.Sum(k, (k, 0, n - 1)), "=", n * (n - 1) / 2).reason


def test_statements_are_no_sides():
    x, y = S.symbols("x y", real=True)
    for statement in (x > 0, S.And(x > 0, y > 0), S.Implies(x > 0, y > 0), S.Or(x > 0, y > 0), S.Not(S.And(x > 0, y > 0))):
        with pytest.raises(WrongUse, match="is a statement and no number; hand in the sides"):
            prove(statement, "=", statement)


@pytest.mark.parametrize(
    "strange",
    [
        S.floor(S.Symbol("x", real=True)), S.Mod(S.Symbol("x", real=True), 2), S.factorial(n), S.gamma(S.Symbol("x", real=True)),
        S.re(S.Symbol("x")), S.conjugate(S.Symbol("x")), S.Integral(S.Symbol("x"), S.Symbol("x")), S.I, S.zoo, S.EulerGamma,
        S.Subs(S.Symbol("x", real=True) ** 2, S.Symbol("x", real=True), 1), S.Heaviside(S.Symbol("x", real=True)),
        S.Interval(0, 1), S.Order(S.Symbol("x", real=True)), S.MatrixSymbol("A", n, n).I[0, 0],
    ],
    ids=str,
)  # fmt: skip
def test_what_has_no_form_in_the_language_is_refused_by_name(strange):
    with pytest.raises(ValueError, match=r"has no form in the formula language|write Heaviside"):
        prove(strange, "=", strange)


# the whole list, and random draws ------------------------------------------------------------------------------------------


def every_assumption():
    for word in ASSUMPTIONS:
        for value in (True, False):
            for more in ({}, {"real": True}, {"integer": True}):
                try:
                    yield {**more, word: value}, S.Symbol("s", **{**more, word: value}).assumptions0
                except InconsistentAssumptions:
                    continue


def values_of(reading: Reading):
    """The numbers of the pool that a reading stands for."""
    for number in NUMBERS:
        if not number.is_real:
            continue
        letter = (number - reading.start) / reading.step if reading.step else S.Integer(0)
        if reading.step == 0 and number != reading.start:
            continue
        domain, _, least = reading.declaration.partition(" >= ")
        inside = {
            "real": True,
            "positive": letter > 0,
            "nonnegative": letter >= 0,
            "natural": letter.is_integer and letter >= int(least or 0),
        }[domain]
        relation = {"": True, "<": letter < 0, "<=": letter <= 0, ">": letter > 0, "!=": letter != 0}[reading.relation]
        if inside and relation:
            yield number


def test_every_assumption_is_read_as_exactly_its_numbers_or_refused_with_a_remedy_that_is_accepted():
    read = refused = 0
    for said, facts in every_assumption():
        try:
            readings = read_number("s", facts, None)
        except WrongUse as error:
            refused += 1
            assert re.match(r"s: the language has no word for what sympy assumes of it, \w+=", str(error))
            if only := re.search(r"assume only (\w+)=True", str(error)):
                assert read_number("s", S.Symbol("s", **{only[1]: True}).assumptions0, None)
            elif "assume real=True as well" in str(error):
                assert read_number("s", S.Symbol("s", **{**said, "real": True}).assumptions0, None)
            else:
                assert re.search("state a limit|state the claim of its real|write the entries of matrices", str(error))
        else:
            read += 1
            assert {v for r in readings for v in values_of(r)} == {v for v in NUMBERS if member(v, said)}, said
    assert read >= 50 and refused >= 50


def test_random_assumptions_never_prove_what_a_number_refutes_nor_refute_outside_of_them():
    outcomes, wrong = assumptions.run(range(40))
    assert not wrong
    assert outcomes["proved"] and outcomes["refuted"] and outcomes["refused"]


def test_the_draws_can_tell_a_wrong_verdict(monkeypatch):
    def careless(left, op, right, **_):
        return prove(S.sympify(left).subs(S.Symbol("s", negative=True), S.Symbol("s")), op, right, timeout=0.5)

    monkeypatch.setattr(assumptions, "prove", careless)
    monkeypatch.setattr(assumptions, "assumed", lambda _: {"negative": True})
    monkeypatch.setattr(assumptions, "CLAIMS", [(lambda s: s, "<=", lambda s: 0)])
    seed = next(s for s in range(99) if _plain(s))
    assert assumptions.judged(seed)[1]


def _plain(seed: int) -> bool:
    pick = random.Random(seed)
    pick.choice((1,))
    return pick.random() >= 0.25


def test_the_end_of_a_sum_without_entries_may_be_0():
    k, m = S.symbols("k m", integer=True)
    for whole in (S.Sum(1, (k, 1, m)), S.Sum(1, (k, 0, m - 1)), S.Product(2, (k, 1, m))):
        assert prove(whole, ">=", 2 if isinstance(whole, S.Product) else 1).level is not Level.PROVED
    n = S.Symbol("n", integer=True, positive=True)
    assert prove(S.Sum(1, (k, 1, n)), ">=", 1).level is Level.PROVED


def test_an_integer_of_either_sign_at_the_end_of_a_sum_is_said_to_be_read_as_a_natural_number():
    k, m = S.symbols("k m", integer=True)
    note = "read as a natural number, for a sum or product ends there: m"
    assert note in prove(S.Sum(1, (k, 1, m)), ">=", 0).reason
    assert note in prove(S.Product(2, (k, 1, m)), ">=", 1).reason
    n = S.Symbol("n", integer=True, nonnegative=True)
    assert prove(S.Sum(1, (k, 1, n)), ">=", 0).reason == ""


def test_a_number_with_a_sign_at_the_end_of_a_sum_is_said_to_be_read_as_a_natural_number():
    note, x = "read as a natural number, for a sum or product ends there: s", S.IndexedBase("x", real=True)
    positive, bare = S.Symbol("s", positive=True), S.Symbol("s", nonnegative=True)  # by sympy's formula false at 1/2
    assert note in prove(positive + S.Sum(1, (k, 1, positive)), ">=", 2).reason
    assert note in prove(bare * (bare - 1) + S.Sum(1, (k, 0, bare)), ">=", bare + 1).reason
    for facts in ({"real": True}, {"rational": True}, {"finite": True}, {"nonzero": True}):
        end = S.Symbol("s", **facts)
        assert note in prove(end + S.Sum(x[k] ** 2, (k, 1, end)), ">=", 1).reason, facts


def test_the_letter_of_a_limit_is_its_own_where_arrays_are_counted():
    X, j = S.IndexedBase("X"), S.Symbol("j", integer=True)
    assert level(S.Limit(X[j], j, S.oo), "=", X[0]) is Level.UNKNOWN
    assert level(S.Limit(1 / (j + 1), j, S.oo), "=", 0) is Level.PROVED


def test_the_letter_of_a_sequence_counts_from_where_the_sequence_begins():
    """Integers of unsaid sign in x[k]: from 0 where x[0] is spoken of, else from 1; which of the two is said."""
    n, k, i, x = *S.symbols("n k i", integer=True), S.IndexedBase("x")
    doubled, real = [S.Eq(x[0], 1), S.Eq(x[k + 1], 2 * x[k])], {"domains": {"x": "real"}}
    verdict = prove(x[n], "=", 2**n, hypotheses=doubled, **real)
    assert verdict.level is Level.PROVED and "k counts from 0 here" in verdict.reason
    assert level(x[n], "=", x[1] * 2 ** (n - 1), hypotheses=[S.Eq(x[k + 1], 2 * x[k])], **real) is Level.PROVED
    total = S.Sum(x[k], (k, 0, n))
    assert level(total, ">=", 0, hypotheses=[x[k] >= 0], **real) is Level.PROVED
    for more in (total, x[0] + x[i + 1], S.Sum(x[k], (k, 0, n - 1)) + x[n - 1]):
        assert level(i * x[i] ** 2 + more, ">=", x[i] ** 2 + more, **real) is Level.REFUTED
    last = S.IndexedBase("x", shape=(n,))
    assert level(last[n - 1], ">=", 0, hypotheses=[last[i] >= 0]) is not Level.REFUTED
    with pytest.raises(WrongUse, match="leave 'i' out of indices, and assume nonnegative=True"):
        prove(last[n - 1], ">=", 0, hypotheses=[last[i] >= 0], indices={"i": "n"})
    with pytest.raises(WrongUse, match=r"take Symbol\('u', integer=True, nonnegative=True\)"):
        prove(x[S.Symbol("u")] + x[S.Symbol("u") + 1], ">=", 0)


def test_an_array_has_the_shape_that_sympy_says():
    k, m, n = S.Symbol("k", integer=True), *S.symbols("m n", integer=True, positive=True)
    simplex = {"domains": {"p": "simplex"}}
    three, many = S.IndexedBase("p", shape=(3,)), S.IndexedBase("p", shape=(m,))
    assert level(S.Sum(three[k], (k, 1, 3)), "=", 1, **simplex) is Level.PROVED
    assert level(S.Sum(three[k], (k, 0, 2)), "=", 1, **simplex) is Level.PROVED
    for some in (S.Sum(three[k], (k, 1, 2)), S.Sum(three[k], (k, 0, 1)), S.Sum(many[k], (k, 1, n))):
        with pytest.raises(WrongUse, match=r"has the shape \(.,\) in sympy, and a sum goes over"):
            prove(some, "=", 1, **simplex)
    for longer in ((n + 1,), (2 * n,)):
        for first in (0, 1):
            with pytest.raises(WrongUse, match="give it that shape"):
                prove(S.Sum(S.IndexedBase("p", shape=longer)[k], (k, first, n - 1 + first)), "=", 1, **simplex)


def test_a_size_is_a_letter_or_a_number_and_at_least_1():
    n, may = S.Symbol("n", integer=True, positive=True), S.Symbol("n", integer=True, nonnegative=True)
    i, k, s, x = *S.symbols("i k", integer=True), S.Symbol("s", nonnegative=True), S.IndexedBase("x", shape=(may,))
    for size in (n + 1, 2 * n, "n + 1", 3.0, -3):
        with pytest.raises(WrongUse, match="which is no name and no number"):
            prove(i, "<=", n + 1, indices={"i": size})
    with pytest.raises(WrongUse, match=r"take Symbol\('n', integer=True, positive=True\)"):
        prove(may + S.Sum(x[k] ** 2, (k, 1, may)), ">=", 1)
    with pytest.raises(WrongUse, match=r"take Symbol\('n', integer=True, positive=True\)"):
        prove(may + S.MatrixSymbol("A", may, may)[0, 0] ** 2, ">=", 1)
    assert level(S.Sum(S.IndexedBase("y")[k] ** 2, (k, 1, s)) + s, ">", 0, domains={"y": "real"}) is Level.REFUTED
    with pytest.raises(WrongUse, match="n: two symbols of this name"):
        prove(S.Idx("i", (1, S.Symbol("n", integer=True))), "<=", n)


def test_letters_of_one_name_are_told_apart():
    n, x, i = S.Symbol("n", integer=True, positive=True), S.IndexedBase("x"), S.Symbol("i", integer=True)
    one, other, real = S.Idx("i", (1, 3)), S.Idx("i", (1, n)), {"domains": {"x": "real"}}
    with pytest.raises(WrongUse, match="two Idx of this name with different ranges"):
        prove(S.Sum(one * x[other], (other, 1, n)), "=", S.Sum(other * x[other], (other, 1, n)), **real)
    for left, hypotheses in ((other, ()), (x[n], [S.Eq(x[other], 0)])):
        with pytest.raises(WrongUse, match="i is the name of an Idx and of a symbol"):
            prove(left, "=", i, hypotheses=hypotheses, **real)
    with pytest.raises(WrongUse, match="i runs from 2 to 5"):
        idx = S.Idx("i", (2, 5))
        prove(S.Sum(idx, (idx, 2, idx)), ">=", 2)
    assert level(S.Sum(x[i], (i, 0, n)), "=", x[n], hypotheses=[S.Eq(x[S.Idx("j", n)], 0)], **real) is not Level.REFUTED


def test_a_sum_that_depends_on_a_letter_around_it_may_end_before_it_begins():
    n, i, j = S.Symbol("n", integer=True, positive=True), *S.symbols("i j", integer=True)
    early = "a sum that ends before it begins is empty here"
    assert early in str(prove(S.Sum(S.exp(j), (j, 1, i - 3), (i, 1, n)), ">=", 0))
    assert early in str(prove(S.Sum(1, (j, i + 2, n), (i, 1, n)), "=", n * (n - 1) / 2 - n))
    for whole in (S.Sum(1, (j, i + 1, n), (i, 1, n)), S.Sum(1, (j, 1, i), (i, 1, n))):
        assert early not in str(prove(whole, ">=", 0))


def test_places_of_the_values_of_functions_are_counted_from_1():
    n, k, x, f = (
        S.Symbol("n", integer=True, positive=True),
        S.Symbol("k", integer=True),
        S.IndexedBase("x"),
        S.Function("softmax"),
    )
    shape = {"shapes": {"x": ("n",)}}
    with pytest.raises(WrongUse, match="a number as a place"):
        prove(f(x, 1), "=", S.exp(x[0]) / S.Sum(S.exp(x[k]), (k, 0, n - 1)))
    with pytest.raises(WrongUse, match="a number as a place"):
        prove(S.Sum(S.KroneckerDelta(k, 1) * f(x, k), (k, 0, n - 1)), "=", f(x, 1), min_sizes={"n": 2}, **shape)
    with pytest.raises(WrongUse, match="from 0 in one sum and from 1 in another"):
        prove(S.Sum(f(x, k), (k, 1, n)), "=", S.Sum(f(x, k), (k, 0, n - 1)), **shape)
    assert level(f(x, 1), "=", S.exp(x[1]) / S.Sum(S.exp(x[k]), (k, 1, n))) is Level.PROVED
    assert level(S.Sum(f(x, k), (k, 0, n - 1)), "=", 1, **shape) is Level.PROVED


def test_the_range_of_an_index_and_of_a_delta_is_kept():
    n, k, i = *S.symbols("n k", integer=True), S.Symbol("i", integer=True)
    idx = S.Idx("i", (2, 5))
    with pytest.raises(WrongUse, match="i runs from 2 to 5"):
        prove(idx * S.Sum(idx, (idx, 2, 3)), ">=", 10)
    within = S.Sum(S.KroneckerDelta(i, k, (1, 2)), (k, 1, n))
    with pytest.raises(WrongUse, match=r"counts from 1 to 2 only: write KroneckerDelta\(i, k\)"):
        prove(within, "=", 1, indices={"i": "n"})
    for low, high in ((1, n), (0, n - 1)):
        whole = S.Sum(S.KroneckerDelta(i, k, (low, high)), (k, low, high))
        assert level(whole, "=", 1, indices={"i": "n"}) is Level.PROVED


def test_names_that_are_made_up_are_free():
    m, m_ = S.symbols("m m_", integer=True)
    assert level((m - m_) ** 2, ">=", 0) is Level.PROVED
    n = S.Symbol("n", integer=True)
    with pytest.raises(WrongUse, match=r"indices=\{'n': 'm'\}"):
        prove(S.KroneckerDelta(n, 1), "<=", 1)
    assert level(S.KroneckerDelta(n, 1), "<=", 1, indices={"n": "m"}) is Level.PROVED
    with pytest.raises(WrongUse, match="q: two symbols of this name: use one"):
        prove(S.Dummy("q", real=True) + S.Dummy("q", real=True), ">=", 0)


def test_a_letter_up_to_which_a_sum_runs_may_be_an_index():
    x = S.IndexedBase("x")
    whole, options = S.Sum(x[k], (k, 0, n - 1)), {"indices": {"i": n}, "domains": {"x": "nonnegative"}}
    at_zero = prove(i * x[i] + S.Sum(1, (k, 1, i)) + whole, ">=", x[i] + i + whole, timeout=20, **options)
    assert at_zero.level is Level.REFUTED
    assert level(S.Sum(x[k], (k, 0, i - 1)) + x[i], "<=", whole, **options) is not Level.REFUTED
    start = S.Sum(x[k], (k, 0, i))  # no entry is named i, which counts as k does
    assert level(start, "<=", whole, **options) is not Level.REFUTED
    assert level(start + S.Sum(x[k], (k, i + 1, n - 1)), "=", whole, **options) is not Level.REFUTED
    assert level(i * start, ">=", start, **options) is Level.REFUTED  # at i = 0
    from_one = S.Sum(x[k], (k, 1, i))
    assert level(i * from_one, ">=", from_one, **options) is Level.PROVED


def test_a_place_in_the_value_of_a_function_counts_as_the_entries_of_its_arrays():
    x, softmax = S.IndexedBase("x"), S.Function("softmax")
    options = {"shapes": {"x": ("n",)}, "domains": {"x": "real"}, "indices": {"i": "n"}}
    for value in (lambda place: softmax(x, place), lambda place: S.IndexedBase(softmax(x))[place]):
        mean = S.Sum(k * value(k), (k, 0, n - 1))
        assert level(S.Derivative(mean, x[i]), "=", value(i) * (i - mean), **options) is Level.PROVED
        for rest in (x[0], S.Sum(x[k], (k, 0, n - 1)), S.Sum(value(k), (k, 0, n - 1))):
            assert level(i * value(i) + rest, ">=", value(i) + rest, **options) is Level.REFUTED  # at i = 0
        for rest in (S.Sum(x[k], (k, 1, n)), S.Sum(value(k), (k, 1, n))):
            assert level(i * value(i) + rest, ">=", value(i) + rest, **options) is Level.PROVED
    tempered, t, z = (
        S.Function("tempered_softmax"),
        S.Symbol("t", positive=True),
        S.Sum(S.exp(x[k] / S.Symbol("t", positive=True)), (k, 0, n - 1)),
    )
    assert level(t * tempered(x, t, i) * z, "=", t * S.exp(x[i] / t), **options) is Level.PROVED  # t counts nothing


def test_a_letter_of_hypotheses_alone_may_be_every_number_up_to_which_a_sum_runs():
    x, y, f = S.IndexedBase("x"), S.IndexedBase("y"), S.Function("f")
    j, m = S.symbols("j m", integer=True)
    positive, above = S.Symbol("m", integer=True, positive=True), S.Symbol("a", real=True)
    real = {"domains": {"x": "real", "y": "real"}}
    sums = [S.Eq(x[m], S.Sum(y[k], (k, 1, m)))]
    assert level(x[j + 1] - x[j], "=", y[j + 1], hypotheses=sums, **real) is Level.PROVED
    assert level(x[1], "=", y[1], hypotheses=sums, shapes={"x": ("naturals",), "y": ("naturals",)}) is Level.PROVED
    assert level(x[n], "=", S.Sum(y[k], (k, 1, n)), hypotheses=sums, **real) is Level.PROVED
    assert level(x[0], "=", 0, hypotheses=sums) is Level.PROVED
    from_zero = [S.Eq(x[m], S.Sum(y[k], (k, 0, m)))]
    assert level(x[0], "=", y[0], hypotheses=from_zero) is Level.PROVED
    for claim in ((x[0], y[0]), (S.Sum(x[k], (k, 0, n - 1)), S.Sum((n - k) * y[k], (k, 0, n - 1)))):
        assert level(claim[0], "=", claim[1], hypotheses=from_zero) is not Level.REFUTED
    for told, claim in (
        ([S.Eq(S.Sum(x[k], (k, 0, j)), y[j]), S.Eq(y[0], 0)], (x[0], "=", 0)),
        ([S.Eq(f(positive), S.Sum(k, (k, 1, positive)))], (f(3), "=", 6)),
        ([S.Eq(f(positive), S.Sum(x[k], (k, 1, positive)))], (f(1), "=", x[1])),
        ([f(positive) >= positive, S.Eq(S.Sum(x[k], (k, 1, positive)), 0)], (f(3), ">=", 3)),
        ([above * S.Sum(1, (k, 1, positive)) <= 1], (above, "<=", S.Rational(1, 2))),
    ):
        assert level(*claim, hypotheses=told) is not Level.REFUTED, claim
    length = [S.Eq(S.Sum(x[k], (k, 1, n)), 1)]  # of no other number: n is how many entries x has
    assert level(x[i], "<=", 1, hypotheses=length, domains={"x": "nonnegative"}, indices={"i": n}) is Level.PROVED


def test_a_length_of_which_more_is_said_may_be_meant_of_every_length():
    x = S.IndexedBase("x")
    m = S.Symbol("m", integer=True, positive=True)
    total = S.Sum(x[k], (k, 1, m))
    for told in (S.Eq(total, m**2), total <= m):
        verdict = prove(x[1], "<=", 1, hypotheses=[told], timeout=10)
        assert verdict.level is Level.UNKNOWN
        assert verdict.reason.startswith("it depends on how the hypotheses are meant: sum(k = 1..m: x[k]) ")
        assert level(x[1], "<=", 1, hypotheses=[told], shapes={"x": ("m",)}) is Level.REFUTED
    squares = [S.Eq(total, m**2), S.Eq(S.Sum(x[k], (k, 1, m + 1)), (m + 1) ** 2)]  # no one length is both
    assert level(x[n], "=", 2 * n - 1, hypotheses=squares) is not Level.REFUTED
    naturals = {"shapes": {"x": ("naturals",)}, "domains": {"x": "real"}}
    assert level(x[1], "=", 1, hypotheses=squares[:1], **naturals) is not Level.REFUTED
    steps = [S.Eq(total, 1), S.Sum((x[k + 1] - x[k]) ** 2, (k, 1, m - 1)) <= 1]  # up to x[m], which is the last
    assert level(x[1], "<=", 0, hypotheses=steps) is Level.REFUTED

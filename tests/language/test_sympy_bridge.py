"""sympy agrees with a plain interpreter, and what comes back says the same."""

import math
import random
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy
from hypothesis import strategies as st

from mathcore.formulas import load
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers import to_text
from mathcore.language.sympy_bridge import SympyError, differentiate, from_sympy, limit, to_sympy
from tests.language.test_tree import values
from tests.language.trees import CONTEXT, S, evaluate, scalars
from tests.sampling import tried

CARD = load("softmax").context
BOOK = (
    CONTEXT.define("entropy(p) = -sum(k: xlogy(p[k], p[k]))")
    .define("logsumexp(z) = log(sum(k: exp(z[k])))")
    .define("kl_divergence(p, p2) = sum(k: p[k] log(p[k] / p2[k]))")
)


def at_point(expr, env):
    """A concrete sympy expression at the numbers of the interpreter's environment."""
    points = {}
    for symbol in expr.free_symbols:
        name = symbol.name
        if name in env:
            points[symbol] = env[name]
        elif name[0] == "W":
            row, column = name[1:].split("_")
            points[symbol] = env["W"][int(row) - 1][int(column) - 1]
        else:
            points[symbol] = env[name[0]][int(name[1:]) - 1]
    return expr.xreplace({s: sympy.sympify(v) for s, v in points.items()})


@tried(37, 150, scalars(depth=3, ring=True), st.integers(0, 1000), st.integers(1, 3))
def test_concrete_sympy_agrees_with_the_interpreter(tree, seed, n):
    env = values(seed)
    place = {name: min(env[name], n) for name in ("i", "j", "k", "l")} | {"a": env["a"], "b": 1, "v": 1}
    env |= place
    sizes = {"n": n, "m": 2}
    expected = evaluate(tree, env, sizes)
    assert at_point(to_sympy(tree, sizes={**sizes, **place}), env).doit() == expected


@tried(
    15,
    60,
    scalars(depth=2, ring=True).filter(
        lambda tree: not any(isinstance(n, t.Big) and n.op in ("max", "vector") for n in t.walk(tree))
    ),
)
def test_there_and_back_is_equal_for_concrete_sizes(tree):
    back = from_sympy(to_sympy(tree), CONTEXT)
    sizes, env = {"n": 2, "m": 2}, values(7) | {"i": 1, "j": 2, "k": 1, "l": 2, "a": 2, "b": 1}
    assert evaluate(back, env, sizes) == evaluate(tree, env, sizes)


@pytest.mark.parametrize(
    "text",
    [
        "exp(z[i] + c) / sum(k: exp(z[k] + c))",
        "log(sum(k: exp(z[k]))) - c / 2 + sqrt(T) / (3 y^2)",
        "entropy(p)",
        "kl_divergence(p, p2)",
        "softmax(vector(k: z[k] / T))[i]",
        "abs(c) + max(c, y, 1) - min(c, 0) + log2(T) log10(T)",
        "c erfc(-c / sqrt(2)) / 2",
        "step(c) + 2 step(y) + 3 step(c - c)",
        "sum(k: sum(l: delta(k, l) z[k] x[l]))",
        "sum(r = 0..4: c^r) + prod(k: T + p[k])",
        "([c, y, 3])[2] + total(softmax(z))",
    ],
)
def test_values_of_formulas_agree_for_several_sizes(text):
    tree = BOOK.parse(text)
    draw = random.Random(5)
    for n in (1, 2, 4):
        env = {"z": [draw.uniform(-1, 1) for _ in range(n)], "x": [draw.uniform(-1, 1) for _ in range(n)]}
        env |= {"p": [draw.uniform(0.1, 1) for _ in range(n)], "p2": [draw.uniform(0.1, 1) for _ in range(n)]}
        env |= {"c": 0.3, "y": -0.8, "T": 1.7, "i": 1}
        expected = evaluate(BOOK.unfold(tree), env, {"n": n})
        expr = to_sympy(tree, BOOK.definitions, {"n": n, "i": 1})
        points = {s: _value(s.name, env) for s in expr.free_symbols}
        assert math.isclose(float(expr.subs(points)), expected, rel_tol=1e-12)


def _value(name, env):
    if not name[-1].isdigit():
        return env[name]
    array, _, place = name.rpartition("_") if "_" in name else (name[0], "", name[1:])
    return env[array][int(place) - 1]


@pytest.mark.parametrize(
    ("body", "variable", "derivative"),
    [
        ("q[i]", "z[j]", "exp(z[i]) delta(i, j) / sum(k: exp(z[k])) - exp(z[i]) exp(z[j]) / sum(k: exp(z[k]))^2"),
        ("sum(k: exp(z[k]))", "z[j]", "exp(z[j])"),
        ("logsumexp(z)", "z[j]", "exp(z[j]) / sum(k: exp(z[k]))"),
        ("entropy(p)", "p[j]", "-log(p[j]) - 1"),
        ("sum(k: z[k])", "z[j]", "1"),
        ("c^2 y", "c", "2 c y"),
        ("sum(k: x[k] c^2)", "c", "sum(k: 2 c x[k])"),
        ("q[i]", "c", "0"),
    ],
)
def test_derivatives_are_carried_out_on_the_opened_definition(body, variable, derivative):
    result = differentiate(BOOK.parse(body), BOOK.parse(variable), BOOK.definitions)
    assert t.same(result, BOOK.parse(derivative)), to_text(result)


def test_the_derivative_by_an_entry_named_like_the_bound_index_is_no_sum():
    """diff(Sum(exp(z[k]), (k, 1, n)), z[k]) of sympy is the whole sum: bound names are made unique first."""
    entry = t.Index(S["z"], (S["k"],))
    assert t.same(differentiate(CONTEXT.parse("sum(k: exp(z[k]))"), entry), t.Call("exp", (entry,)))


def test_a_fresh_letter_comes_back_as_itself():
    """sympy sees i for i~1; the derivative must speak of i~1 again."""
    fresh = t.fresh(S["i"])
    derivative = differentiate(t.Index(S["z"], (fresh,)), BOOK.parse("z[j]"))
    assert t.free_symbols(derivative) >= {fresh, S["j"]}
    assert S["i"] not in t.free_symbols(derivative)


def test_an_unopened_head_is_refused_rather_than_differentiated_to_zero():
    with pytest.raises(SympyError, match="definitions"):
        differentiate(CONTEXT.parse("q[i]"), CONTEXT.parse("z[j]"))
    with pytest.raises(SympyError, match="silently 0"):
        differentiate(CONTEXT.parse("g(z)"), CONTEXT.parse("z[j]"))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_symbolic_derivative_agrees_with_the_concrete_one(n):
    symbolic = differentiate(BOOK.parse("q[i]"), BOOK.parse("z[j]"), BOOK.definitions)
    point = {f"z{k}": Fraction(k * k, 3) for k in range(1, n + 1)}
    for i in range(1, n + 1):
        for j in range(1, n + 1):
            sizes = {"n": n, "i": i, "j": j}
            ours = to_sympy(symbolic, BOOK.definitions, sizes)
            theirs = to_sympy(BOOK.parse("D(q[i], z[j])"), BOOK.definitions, sizes).doit()
            numbers = {
                s: sympy.Rational(point[s.name].numerator, point[s.name].denominator) for s in (ours - theirs).free_symbols
            }
            assert abs((ours - theirs).subs(numbers).evalf(30)) < 1e-25


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("lim(T -> 0+: exp(-1 / T))", "0"),
        ("lim(T -> inf: (1 + c / T)^T)", "exp(c)"),
        ("lim(c -> 0: (exp(c) - 1) / c)", "1"),
        ("lim(T -> 0+: T log(T))", "0"),
        ("lim(c -> inf: c)", "inf"),
    ],
)
def test_limits_that_sympy_knows(text, value):
    assert t.same(limit(CONTEXT.parse(text)), CONTEXT.parse(value))


@pytest.mark.parametrize("text", ["lim(c -> 0: 1 / c)", "lim(T -> 0+: T log(sum(k: exp(z[k] / T))))", "lim(c -> 0: abs(c) / c)"])
def test_limits_that_are_undecided_are_none(text):
    assert limit(CONTEXT.parse(text)) is None


def test_at_is_carried_out_after_the_derivative():
    tree = BOOK.parse("at(p = vector(k: 1 / n): D(entropy(p), p[1]))")
    symbolic = to_sympy(tree, BOOK.definitions)
    concrete = to_sympy(tree, BOOK.definitions, {"n": 4})
    assert concrete == sympy.log(4) - 1
    assert sympy.simplify(symbolic.subs(dict.fromkeys(symbolic.free_symbols, 4)) - concrete) == 0


def test_a_card_hands_out_its_definition():
    card = load("softmax")
    symbolic, concrete = card.sympy(), card.sympy(n=3)
    assert isinstance(symbolic, sympy.Eq)
    assert symbolic.rhs.has(sympy.Sum)
    z = sympy.symbols("z1:4", real=True)
    f = sympy.lambdify(z, list(concrete.rhs), modules="math")
    total = sum(map(math.exp, (0.1, 0.2, 0.3)))
    assert f(0.1, 0.2, 0.3) == pytest.approx([math.exp(v) / total for v in (0.1, 0.2, 0.3)], rel=1e-14)
    assert concrete.rhs.jacobian(z).shape == (3, 3)
    assert card.sympy(n=None) == symbolic


def test_a_derivation_hands_out_its_claim_and_steps():
    derivation = load("softmax").derivation("jacobian")
    symbolic, concrete = derivation.sympy(), derivation.sympy(n=2)
    assert len(symbolic) == len(concrete) == len(derivation.steps)
    assert all(a.rhs == b.lhs for a, b in pairwise(symbolic))
    assert (symbolic.claim.lhs, symbolic.claim.rhs) == (symbolic[0].lhs, symbolic[-1].rhs)
    assert symbolic.claim.lhs.has(sympy.Derivative)
    assert symbolic.claim.rhs.has(sympy.Sum)
    z1, z2 = sympy.symbols("z1:3", real=True)
    assert concrete.claim.lhs[0, 1] == sympy.Derivative(sympy.exp(z1) / (sympy.exp(z1) + sympy.exp(z2)), z2)
    assert sympy.simplify(concrete.claim.lhs.doit() - concrete.claim.rhs) == sympy.zeros(2, 2)
    assert derivation.sympy(n=2, i=1, j=2).claim == sympy.Eq(concrete.claim.lhs[0, 1], concrete.claim.rhs[0, 1], evaluate=False)


def test_a_derivation_that_a_card_hands_out_is_the_one_on_the_card():
    card = load("softmax")
    (written,) = (d for d in card.derivations if d.key == "jacobian")
    assert card.derivation("jacobian") == written
    assert hash(card.derivation("jacobian")) == hash(written)
    with pytest.raises(TypeError, match=r"load\(\.\.\.\)\.derivation\('jacobian'\)\.sympy\(\)"):
        written.sympy()


def test_inequalities_limits_premises_and_sequences_of_derivations_are_had_in_sympy():
    softmax = load("softmax")
    order = softmax.derivation("order").sympy(n=2)
    assert isinstance(order[0], sympy.Eq)
    assert isinstance(order[1], sympy.And)
    assert order.claim.has(sympy.Implies)
    assert isinstance(softmax.derivation("hot").sympy(n=2).claim.lhs[0], sympy.Limit)
    assert load("momentum_velocity").derivation("sum").sympy().claim.lhs.has(sympy.Indexed)
    assert load("backpropagation").derivation("delta").sympy().claim.has(sympy.Subs)
    assert load("sigmoid").derivation("two_classes").sympy().claim.lhs.free_symbols == {sympy.Symbol("x", real=True)}
    with pytest.raises(SympyError, match="has no sympy form for a symbolic size: pass sizes"):
        load("logsumexp").derivation("upper").sympy()
    assert load("logsumexp").derivation("upper").sympy(n=2).claim.has(sympy.Max)


def test_assumptions_follow_the_domains():
    expr = to_sympy(CONTEXT.parse("log(exp(c)) + sqrt(T^2) + sqrt(z[i]^2)"))
    c, T = sympy.Symbol("c", real=True), sympy.Symbol("T", positive=True)
    assert expr == c + T + sympy.Abs(sympy.IndexedBase("z", real=True)[sympy.Symbol("i", integer=True, positive=True)])


def test_sums_over_a_delta_need_no_piecewise():
    delta = next(iter(to_sympy(CONTEXT.parse("sum(k: delta(k, j) z[k])")).atoms(sympy.KroneckerDelta)))
    n = sympy.Symbol("n", integer=True, positive=True)
    assert delta.args[2] == sympy.Tuple(1, n)


c, y, w, k = sympy.Symbol("c", real=True), sympy.Symbol("y"), sympy.Symbol("w"), sympy.Symbol("k")
z = sympy.IndexedBase("z")
n = sympy.Symbol("n")


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (c - y, "c - y"),
        (-c - y, "-c - y"),
        (c / 2 - sympy.Rational(2, 3), "c / 2 - 2 / 3"),
        (2 * c / (3 * y), "2 c / (3 y)"),
        (1 / (c * y**2), "1 / (c y^2)"),
        (-c / y, "-c / y"),
        (c ** sympy.Rational(3, 2), "c^(3 / 2)"),
        (1 / sympy.sqrt(y), "1 / sqrt(y)"),
        (sympy.exp(-c) ** 2, "exp(-2 c)"),
        (sympy.Integer(-3) ** y, "(-3)^y"),
        (sympy.Sum(z[k], (k, 1, n)), "sum(k: z[k])"),
        (sympy.Sum(sympy.Sum(z[k] * c ** sympy.Symbol("r"), (sympy.Symbol("r"), 0, 3)), (k, 1, n)), "sum(k, r = 0..3: c^r z[k])"),
        (sympy.Symbol("z3") + sympy.Symbol("W1_2"), "W[1, 2] + z[3]"),
        (sympy.Max(c, 0) + abs(y), "abs(y) + max(0, c)"),
        (sympy.erfc(c) / 2, "erfc(c) / 2"),
        (1 - sympy.Heaviside(c, 1), "1 - step(c)"),
        (sympy.Eq(y, sympy.oo), "y = inf"),
        (sympy.Float("0.25") * c, "0.25 c"),
        (sympy.E * c, "exp(1) c"),
        (sympy.Limit(c / 2, c, 0, "+"), "lim(c -> 0+: c / 2)"),
        (sympy.Derivative(sympy.Function("f")(c), c, c), "D(f(c), c, c)"),
        (sympy.Matrix([c, y]), "[c, y]"),
    ],
)
def test_sympy_objects_become_formulas(expr, text):
    tree = from_sympy(expr, CONTEXT)
    assert to_text(tree) == text
    assert t.same(CONTEXT.parse(text), tree)


@pytest.mark.parametrize(
    ("expr", "message"),
    [
        (c + w + sympy.Symbol("w9"), "not declared: w, w9"),
        (sympy.Function("foo")(c), "not declared: foo"),
        (sympy.Heaviside(c), r"is 1/2 at 0, and step\(0\) is 1: write Heaviside\(c, 1\)"),
        (sympy.Piecewise((1, c > 0), (2, True)), "Piecewise"),
        (sympy.sin(c), "sin has no form"),
        (sympy.I * c, "ImaginaryUnit"),
        (sympy.IndexedBase("c")[k], "declare c with 1 axes"),
        (sympy.true, "no form"),
    ],
)
def test_what_has_no_word_is_refused_by_name(expr, message):
    with pytest.raises(SympyError, match=message):
        from_sympy(expr, CONTEXT)


@pytest.mark.parametrize("power", [1, 2, 0])
def test_a_piecewise_is_read_where_its_branches_have_values_everywhere(power):
    x, v = sympy.symbols("x v", real=True)
    context = Context().given("x, b: real")
    read = from_sympy(sympy.Piecewise((x + v, x > 0), (v, True)), context, values={"v": context.parse(f"b^{power}")})
    assert to_text(read) == f"b^{power} + max(0, x)"


@pytest.mark.parametrize("value", ["1 / b", "b^-1", "b^(-1)", "log(b)", "sqrt(b)", "b^(1 / 2)"])
def test_no_piecewise_is_read_of_which_a_branch_may_have_no_value(value):
    """`b^-1` is a quotient: at b = 0 neither branch has a value, and max(x, 0) has one."""
    x, v = sympy.symbols("x v", real=True)
    context = Context().given("x, b: real")
    tree = t.Pow(context.parse("b"), t.Number(Fraction(-1), "-1")) if value == "b^-1" else context.parse(value)
    with pytest.raises(SympyError, match="Piecewise"):
        from_sympy(sympy.Piecewise((x + v, x > 0), (v, True)), context, values={"v": tree})


def test_text_is_not_evaluated_by_sympy():
    with pytest.raises(sympy.SympifyError):
        from_sympy("__import__('os').getcwd()", CONTEXT)


@pytest.mark.parametrize(
    ("text", "sizes", "message"),
    [
        ("max(k: z[k])", None, "symbolic size"),
        ("z[i]", {"n": 3}, "i has no value"),
        ("z[3]", {"n": 2}, "larger than the size"),
        ("z[i - 1]", {"n": 2, "i": 1}, "smaller than that of the first"),
        ("vector(k: z[k])[i - 1]", {"n": 2, "i": 1}, "smaller than that of the first"),
        ("z", None, "whole array"),
        ("q[i]", None, "pass definitions"),
        ("c", {"n": "3"}, "whole number"),
    ],
)
def test_what_sympy_cannot_hold_is_refused_with_a_remedy(text, sizes, message):
    with pytest.raises(SympyError, match=message):
        to_sympy(CONTEXT.parse(text), sizes=sizes)


def test_a_mean_over_batches_is_written_out_for_known_sizes_and_refused_for_others():
    context = Context().given("N, b: size; c: batch[N, b]; x: real[N]; i: index[N]")
    mean = context.parse("mean(c: sum(i: c[i] x[i])^2) / b")
    x1, x2, x3 = sympy.symbols("x1 x2 x3", real=True)
    expected = ((x1 + x2) ** 2 + (x1 + x3) ** 2 + (x2 + x3) ** 2) / 6
    assert sympy.expand(to_sympy(mean, sizes={"N": 3, "b": 2}) - expected) == 0
    assert sympy.expand(to_sympy(mean, sizes={"N": 2, "b": 2}) - (x1 + x2) ** 2 / 2) == 0
    with pytest.raises(SympyError, match="pass sizes"):
        to_sympy(mean)
    with pytest.raises(SympyError, match="3 of 2 samples cannot be drawn"):
        to_sympy(mean, sizes={"N": 2, "b": 3})


def test_two_declarations_of_one_name_are_refused():
    other = Context().given("c: positive").symbols["c"]
    with pytest.raises(SympyError, match="two declarations"):
        to_sympy(t.Add(S["c"], other))


def test_letters_of_one_name_stay_apart_in_sums_and_limits():
    context = Context().given("n: size; z: real[n]; i: index[n]; x: real")
    n, i, x = sympy.Symbol("n"), sympy.Symbol("i", integer=True), sympy.Symbol("x", real=True)
    z, bound, near = sympy.IndexedBase("z"), sympy.Dummy("i", integer=True), sympy.Dummy("x", real=True)
    total = from_sympy(sympy.Sum(z[bound] * z[i], (bound, 1, n)), context)
    assert t.free_symbols(total) >= {context.symbols["i"]}
    assert t.free_symbols(from_sympy(sympy.Limit(near * x, near, 2), context)) == {context.symbols["x"]}

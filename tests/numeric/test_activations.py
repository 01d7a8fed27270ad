"""sigmoid, log_sigmoid, logit, tanh, relu, leaky_relu, silu and gelu: one number at a time."""

import itertools
import warnings

import mpmath
import numpy as np
import pytest
from flint import arb

from mathcore.numeric import gelu, leaky_relu, log_sigmoid, logit, relu, sigmoid, silu, tanh, threads
from mathcore.numeric._space import CHUNK, polynomial, space
from mathcore.numeric.huber import huber_value_and_grad
from mathcore.numeric.tanh import P, Q
from tests.numeric import families, oracle
from tests.sampling import sampled

FORMATS = ("float64", "float32", "float16")
INF = np.inf


def _sigmoid(v):
    return 1 / (1 + (-arb(v)).exp())


def _left(v, least, value):
    """`value()` for v >= least; left of it the result is not known, but smaller than 2^-1100."""
    return value() if v >= least else arb(0, 1) * arb(2) ** -1100


# name: (function, its value in balls, bar in float64)
ACTIVATIONS = {
    "sigmoid": (sigmoid, lambda v: _sigmoid(max(v, -2000.0)) if v < 1e5 else arb(1), 2),
    "log_sigmoid": (log_sigmoid, lambda v: arb(min(v, 0.0)) - (-abs(arb(v))).exp().log1p(), 2),
    "logit": (logit, lambda v: (arb(v) / (1 - arb(v))).log() if 0 < v < 1 else arb("-inf" if v == 0 else "+inf"), 2),
    "tanh": (tanh, lambda v: arb(v).tanh(), 2),
    "relu": (relu, lambda v: arb(max(v, 0.0)), 0),
    "leaky_relu": (leaky_relu, lambda v: arb(v) if v >= 0 else arb(v) / 100, 2),
    "silu": (silu, lambda v: _left(v, -1e4, lambda: arb(v) * _sigmoid(min(v, 1e5))), 3),
    "gelu": (gelu, lambda v: _left(v, -1e3, lambda: arb(v) * (-arb(min(v, 1e3)) / arb(2).sqrt()).erfc() / 2), 4),
}
X = np.random.default_rng(0).uniform(0.05, 0.95, size=(3, 4, 5))  # in the domain of every one of them
every_activation = pytest.mark.parametrize("name", ACTIVATIONS)


def exact(name, x, dtype):
    return oracle.exact(lambda values: [ACTIVATIONS[name][1](v) for v in values], oracle.floats(x), dtype=dtype)


def worst(name, x, dtype):
    function, _, bar = ACTIVATIONS[name]
    bar = min(bar, 0.51) if dtype != "float64" else bar
    return oracle.worst_ulp(function(x), exact(name, x, dtype), dtype), bar


def inputs(family, rng, size, dtype, name):
    if name == "logit":
        p = {
            "middle": lambda: rng.random(size),
            "worst": lambda: rng.uniform(0.5, 0.51, size),
            "wide": lambda: 1 - 2.0 ** -rng.uniform(1, 53, size),
            "far left": lambda: 2.0 ** -rng.uniform(1, 1074, size),
            "ordinals": lambda: np.abs(families.ordinals(rng, size, -1073, 0)),
            "tiny": lambda: 0.5 + families.ordinals(rng, size, -52, -2),
        }[family]()
        with np.errstate(all="ignore"):
            return np.clip(p, 0, 1).astype(dtype)
    far = {"float64": (-760, -690), "float32": (-110, -80), "float16": (-18, -9)}[dtype]
    x = {
        "middle": lambda: rng.normal(size=size) * 3,
        "worst": lambda: {"gelu": rng.uniform(-0.9, -0.75, size), "silu": rng.uniform(-39, -36, size)}.get(
            name, -np.log(2.0 ** rng.integers(0, 54, size) * (1 + rng.random(size) / 50))
        ),
        "wide": lambda: rng.uniform(-50, 50, size),
        "far left": lambda: rng.uniform(-39, -36, size) if name == "gelu" else rng.uniform(*far, size),
        "ordinals": lambda: families.ordinals(rng, size, -60, 1023),
        "tiny": lambda: families.ordinals(rng, size, -1073, -20),
    }[family]()
    with np.errstate(all="ignore"):
        x = x.astype(dtype)
    return x[np.isfinite(x)]


@sampled("family", ["middle", "worst", "wide", "far left", "ordinals", "tiny"], keep=3)
@pytest.mark.parametrize("dtype", FORMATS)
@every_activation
def test_every_output_is_within_its_bar(name, dtype, family):
    error, bar = worst(name, inputs(family, np.random.default_rng(21), 1000, dtype, name), dtype)
    assert error <= bar


@pytest.mark.slow
@every_activation
def test_every_finite_float16_is_within_its_bar(name):
    x = np.arange(2**16, dtype=np.uint16).view(np.float16)
    x = x[(x >= 0) & (x <= 1)] if name == "logit" else x[np.isfinite(x)]
    error, bar = worst(name, x, "float16")
    assert error <= bar


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        ("sigmoid", 0, 1), ("log_sigmoid", -INF, 0), ("tanh", -1, 1), ("relu", 0, INF), ("leaky_relu", -INF, INF),
        ("silu", 0, INF), ("gelu", 0, INF),
    ],
)  # fmt: skip
def test_at_both_ends_it_is_the_limit(name, left, right):
    function = ACTIVATIONS[name][0]
    assert function([-INF, INF]).tolist() == [left, right]
    if np.isfinite([left, right]).all():
        assert function([-1e308, 1e308]).tolist() == [left, right]


@every_activation
def test_nan_propagates_entry_by_entry(name):
    function = ACTIVATIONS[name][0]
    result = function([np.nan, 0.75])
    assert np.isnan(result[0])
    assert result[1] == function(0.75)


@every_activation
def test_a_float_format_comes_back_in_native_order_rounded_once(name):
    function = ACTIVATIONS[name][0]
    for dtype in ("float16", "float32", "float64", ">f2", ">f4", ">f8"):
        x = X.astype(dtype)
        result = function(x)
        assert result.dtype == x.dtype.newbyteorder("="), dtype
        assert result.dtype.isnative, dtype
        assert np.array_equal(result, function(x.astype(np.float64)).astype(result.dtype)), dtype


@every_activation
def test_integers_and_booleans_give_the_float64_of_their_values(name):
    function = ACTIVATIONS[name][0]
    for dtype in ("bool", "uint8", "int8", "int32", "uint64", ">i8"):
        x = np.array([0, 1, 1, 0]).astype(dtype)
        assert function(x).dtype == np.float64, dtype
        assert np.array_equal(function(x), function(x.astype(np.float64))), dtype


LAYOUTS = {
    "Fortran": np.asfortranarray,
    "reversed": lambda a: np.ascontiguousarray(a[::-1, ::-1, ::-1])[::-1, ::-1, ::-1],
    "strided": lambda a: np.repeat(np.repeat(a, 2, axis=2), 3, axis=0)[::3, :, ::2],
    "big-endian": lambda a: a.astype(">f8"),
    "unaligned": lambda a: np.frombuffer(b"x" + a.tobytes(), dtype=np.uint8)[1:].view(np.float64).reshape(a.shape),
    "nested lists": lambda a: a.tolist(),
}


@every_activation
def test_any_layout_gives_the_same_bits(name):
    function = ACTIVATIONS[name][0]
    for layout, laid in LAYOUTS.items():
        result = function(laid(X))
        assert np.array_equal(result, function(X)), layout
        assert result.flags.c_contiguous, layout
        assert result.flags.writeable, layout


@every_activation
@pytest.mark.parametrize("family", ["middle", "wide", "far left"])
def test_an_entry_has_the_bits_that_it_has_alone(family, name):
    function, x = ACTIVATIONS[name][0], inputs(family, np.random.default_rng(1), 257, "float64", name)
    together = function(x)
    assert together.tolist() == [function(v) for v in x] == [function(x[k : k + 3])[0] for k in range(x.size)]
    assert np.array_equal(together, function(np.append(x, 0.5))[:-1])


LONG = 8 * CHUNK + 4711


@every_activation
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", ">f8", "int8"])
def test_blocks_and_threads_give_the_bits_of_short_pieces(dtype, name):
    function, rng = ACTIVATIONS[name][0], np.random.default_rng(6)
    x = (rng.random(LONG) * (dtype != "int8") if name == "logit" else rng.normal(size=LONG) * 5).astype(dtype)
    pieces = np.concatenate([function(part) for part in np.array_split(x, 20)]).tobytes()
    for n in (1, 2, 5):
        with threads(n):
            assert function(x).tobytes() == pieces, f"{n} threads"


@every_activation
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_long_array_may_lie_in_any_way(dtype, name):
    function, x = ACTIVATIONS[name][0], np.random.default_rng(7).random((600, 500)).astype(dtype)
    straight = function(x)
    for other in (np.asfortranarray(x), np.repeat(x, 2, axis=1)[:, ::2], np.ascontiguousarray(x[::-1])[::-1]):
        result = function(other)
        assert np.array_equal(result, straight)
        assert result.flags.c_contiguous


def test_threads_share_a_function_of_two_arguments_and_two_results():
    t, y = np.random.default_rng(8).normal(size=(2, LONG))
    alone = huber_value_and_grad(t, y)
    with threads(3):
        together = huber_value_and_grad(t, y)
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


def test_an_error_in_a_thread_reaches_the_caller():
    def broken(space, x):
        raise RuntimeError("on purpose")

    for n in (1, 3):
        with threads(n), pytest.raises(RuntimeError, match="on purpose"):
            space("broken", x=np.zeros(LONG)).by_entry(broken, "x")


def test_calls_leave_the_callers_error_state_alone():
    with np.errstate(over="raise", under="warn", invalid="call", divide="print"):
        before = np.geterr()
        seen = space("seen", x=np.zeros(3)).by_entry(lambda space, x: x + (np.geterr()["over"] == "ignore"), "x")
        for size in (3, LONG):
            sigmoid(np.full(size, -1e4))
        assert np.geterr() == before
    assert seen.tolist() == [1, 1, 1]


@every_activation
def test_inputs_are_not_changed_and_may_be_read_only(name):
    x = X.copy()
    x.flags.writeable = False
    assert not np.shares_memory(ACTIVATIONS[name][0](x), x)
    assert np.array_equal(x, X)


@every_activation
def test_a_single_number_gives_a_scalar(name):
    function = ACTIVATIONS[name][0]
    for dtype in (np.float16, np.float32, np.float64):
        assert type(function(dtype(1))) is dtype
        assert type(function(np.array(1, dtype))) is dtype
    assert type(function(1)) is np.float64


@every_activation
def test_nothing_gives_nothing(name):
    for shape, dtype in itertools.product([(0,), (2, 0, 3)], FORMATS):
        result = ACTIVATIONS[name][0](np.zeros(shape, dtype))
        assert (result.shape, result.dtype) == (shape, np.dtype(dtype))


@every_activation
def test_no_call_warns_even_if_numpy_raises_on_every_flag(name):
    edges = [0, 1e-7, 0.5, 1] if name == "logit" else [-INF, -6e4, -745, -38, -17, -1e-7, 0, 17, 700, 6e4, INF, np.nan]
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for dtype in FORMATS:
            for x in (edges, edges[2:9]):
                ACTIVATIONS[name][0](np.array(x, dtype))
            ACTIVATIONS[name][0](np.resize(np.array(edges, dtype), LONG))


@every_activation
def test_what_holds_no_real_numbers_is_a_type_error(name):
    single = [1j, "a", object(), None, np.datetime64(0, "s")]
    for wrong in (*single, *(np.full((2, 3), bad) for bad in single)):
        with pytest.raises(TypeError, match=rf"{name}: [xp] must hold float16, float32, float64, .*Convert"):
            ACTIVATIONS[name][0](wrong)


# sigmoid ----------------------------------------------------------------------------------------------------


def test_the_sigmoid_of_0_is_exactly_a_half():
    assert sigmoid([0.0, -0.0]).tolist() == [0.5, 0.5]


def test_the_sigmoid_keeps_the_smallest_results():
    assert sigmoid(-710.3) == float(mpmath.exp(mpmath.mpf(-710.3)))
    assert sigmoid([-745.13, -745.14]).tolist() == [5e-324, 0]


def test_yes_and_no_sum_to_1():
    x = np.concatenate([np.linspace(-50, 50, 100_001), families.ordinals(np.random.default_rng(2), 100_000, -60, 9)])
    assert np.abs(sigmoid(x) + sigmoid(-x) - 1).max() <= 2.0**-52


def test_the_sigmoid_never_falls_from_float_to_float():
    rng = np.random.default_rng(3)
    carries = -np.log(2.0 ** rng.integers(0, 54, 20_000)) + rng.normal(size=20_000) * 1e-12
    for x in (rng.normal(size=20_000) * 5, carries, -36.7 + np.arange(-500, 500) * 2.0**-48, rng.uniform(-750, 50, 20_000)):
        assert (sigmoid(np.nextafter(x, INF)) >= sigmoid(x)).all()


# logit ------------------------------------------------------------------------------------------------------


def test_the_logit_of_a_half_is_0_and_its_sign_changes_there():
    assert logit(0.5) == 0
    assert not np.signbit(logit(0.5))
    np.testing.assert_array_max_ulp(logit([0.25, 0.75]), np.array([-np.log(3), np.log(3)]), 2)  # the bar of the card
    assert logit(0.25) == -logit(0.75)


def test_the_logit_is_infinite_at_0_and_1():
    assert logit([0.0, -0.0, 1.0]).tolist() == [-INF, -INF, INF]
    assert logit([5e-324])[0] == pytest.approx(-744.4400719213812, rel=1e-15)


@pytest.mark.parametrize(("p", "place"), [(1.25, "p is 1.25"), ([0.5, -1], r"p\[1\] is -1.0"), ([[0], [2]], r"p\[1, 0\] is 2.0")])
def test_what_is_no_probability_is_refused(p, place):
    with pytest.raises(ValueError, match=rf"logit: probabilities must be from 0 to 1; {place}\. .*validate=False"):
        logit(p)


def test_without_validation_what_is_no_probability_gives_nan():
    result = logit([-INF, -1, -1e-320, 0.5, 1.5, 1e308, INF], validate=False)
    assert np.isnan(result).tolist() == [True, True, True, False, True, True, True]


# relu and leaky_relu ----------------------------------------------------------------------------------------


def test_a_zero_of_relu_is_positive():
    assert not np.signbit(relu([-0.0, 0.0, -1.0, -INF])).any()


def test_the_leak_has_the_slope_that_is_asked_for():
    assert leaky_relu([-2.0, 3.0, -INF], slope=0.25).tolist() == [-0.5, 3.0, -INF]
    assert leaky_relu([-2.0, 3.0], slope=1.5).tolist() == [-3.0, 3.0]
    assert leaky_relu([-2.0, 3.0, -INF, INF], slope=0).tolist() == [0, 3.0, 0, INF]


def test_a_float32_leak_is_rounded_once():
    x = np.random.default_rng(4).normal(size=1000).astype(np.float32)
    assert np.array_equal(leaky_relu(x, slope=0.3), np.where(x < 0, 0.3 * x.astype(np.float64), x).astype(np.float32))


@pytest.mark.parametrize("slope", [-0.1, INF, np.nan])
def test_a_slope_that_is_none_is_refused(slope):
    with pytest.raises(ValueError, match=r"leaky_relu: slope must be finite and at least 0, got .*0 for relu"):
        leaky_relu(1.0, slope=slope)


def test_a_slope_per_entry_is_refused():
    with pytest.raises(TypeError, match=r"leaky_relu: slope must be one number"):
        leaky_relu([1.0, 2.0], slope=[0.1, 0.2])


# tanh -------------------------------------------------------------------------------------------------------


def test_the_rational_function_of_tanh_is_within_1_ulp():
    x = np.append(np.random.default_rng(10).uniform(-0.55, 0.55, 3000), [0.55, -0.55, 1e-300, 5e-324])
    z = x * x
    found = x + x * (z * (polynomial(z, P) / polynomial(z, Q)))
    assert oracle.worst_ulp(found, exact("tanh", x, "float64"), "float64") <= 1


def test_the_constants_of_tanh_interpolate_it():
    from mathcore.numeric.tanh import NEAR

    with mpmath.workdps(50):
        end, count = mpmath.mpf(repr(NEAR)) ** 2, len(P) + len(Q) - 1
        points = [end * (1 + mpmath.cos(mpmath.pi * (2 * j + 1) / (2 * count))) / 2 for j in range(count)]
        values = [(mpmath.tanh(mpmath.sqrt(z)) / mpmath.sqrt(z) - 1) / z for z in points]
        rows = [
            [z**k for k in range(len(P))] + [-v * z**k for k in range(len(Q) - 1)] for z, v in zip(points, values, strict=True)
        ]
        ends = [v * z ** (len(Q) - 1) for z, v in zip(points, values, strict=True)]
        assert [float(c) for c in mpmath.lu_solve(mpmath.matrix(rows), mpmath.matrix(ends))] + [1.0] == [*P, *Q]


# gelu -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [gelu, silu])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_a_result_that_underflows_keeps_the_sign_of_its_argument(function, dtype):
    x = np.array([-INF, -6e4, -1e3, -50, -40, -0.0], dtype)
    assert np.signbit(function(x)).all()
    assert not np.signbit(function(-x)).any()


def test_the_constants_of_gelu_interpolate_the_mills_ratio():
    from mathcore.numeric.gelu import CENTRE, FAR, MILLS, NEAR

    with mpmath.workdps(50):
        low, high = ((mpmath.mpf(repr(a)) - CENTRE) / (mpmath.mpf(repr(a)) + CENTRE) for a in (NEAR, FAR))
        count = len(MILLS)
        points = [(low + high + (high - low) * mpmath.cos(mpmath.pi * (2 * j + 1) / (2 * count))) / 2 for j in range(count)]
        arguments = [CENTRE * (1 + s) / (1 - s) for s in points]
        values = [a * mpmath.erfc(a / mpmath.sqrt(2)) * mpmath.exp(a * a / 2) / 2 for a in arguments]
        vandermonde = mpmath.matrix([[s**k for k in range(count)] for s in points])
        assert [float(c) for c in mpmath.lu_solve(vandermonde, mpmath.matrix(values))] == list(MILLS)

import warnings

import numpy as np
import pytest
from flint import arb

from mathcore.numeric import softplus
from tests.numeric import families, oracle

BARS = {"float64": 2, "float32": 0.51, "float16": 0.51}
X = np.random.default_rng(0).normal(size=(3, 4, 5)) * 10


def exact(x, dtype=np.float64):
    """log(1 + exp(x)) in balls; written so that exp(1e300) is not asked for."""
    return oracle.exact(lambda x: [arb(max(v, 0.0)) + (-abs(arb(v))).exp().log1p() for v in x], x, dtype=dtype)


def inputs(family, rng, size, dtype):
    x = {
        "middle": lambda: rng.normal(size=size),
        "worst": lambda: rng.uniform(-4.1589, -4.1510, size),  # softplus is just below 2^-6, exp(x) just above
        "wide": lambda: rng.uniform(-50, 50, size),
        "subnormal": lambda: rng.uniform(*{"float64": (-746, -700), "float32": (-104, -86), "float16": (-18, -9)}[dtype], size),
        "ordinals": lambda: families.ordinals(rng, size),
        "tiny": lambda: families.ordinals(rng, size, -1073, -20),
    }[family]()
    with np.errstate(all="ignore"):
        return x.astype(dtype)


@pytest.mark.parametrize("family", ["middle", "worst", "wide", "subnormal", "ordinals", "tiny"])
@pytest.mark.parametrize("dtype", BARS)
def test_every_output_is_within_its_bar(dtype, family):
    x = inputs(family, np.random.default_rng(21), 5000, dtype)
    assert oracle.worst_ulp(softplus(x), exact(oracle.floats(x), dtype), dtype) <= BARS[dtype]


def test_every_finite_float16_is_within_its_bar():
    x = np.arange(2**16, dtype=np.uint16).view(np.float16)
    x = x[np.isfinite(x)]
    assert oracle.worst_ulp(softplus(x), exact(oracle.floats(x), np.float16), np.float16) <= BARS["float16"]


def test_at_both_ends_it_is_0_and_x():
    assert softplus([-np.inf, -1e308, -746.0]).tolist() == [0, 0, 0]
    assert not np.signbit(softplus(-np.inf))
    assert softplus([40.0, 1000.0, 1e308, np.inf]).tolist() == [40, 1000, 1e308, np.inf]


def test_nan_propagates_entry_by_entry():
    result = softplus([np.nan, 0.0])
    assert np.isnan(result[0])
    assert result[1] == np.log(2)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", ">f2", ">f4", ">f8"])
def test_a_float_format_comes_back_in_native_order_rounded_once(dtype):
    x = X.astype(dtype)
    result = softplus(x)
    assert result.dtype == x.dtype.newbyteorder("=")
    assert result.dtype.isnative
    assert np.array_equal(result, softplus(x.astype(np.float64)).astype(result.dtype))


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int8", "int32", "uint64", ">i8"])
def test_integers_and_booleans_give_the_float64_of_their_values(dtype):
    x = np.array([0, 1, 1, 0]).astype(dtype)
    assert softplus(x).dtype == np.float64
    assert np.array_equal(softplus(x), softplus(x.astype(np.float64)))


LAYOUTS = {
    "Fortran": np.asfortranarray,
    "reversed": lambda a: np.ascontiguousarray(a[::-1, ::-1, ::-1])[::-1, ::-1, ::-1],
    "strided": lambda a: np.repeat(np.repeat(a, 2, axis=2), 3, axis=0)[::3, :, ::2],
    "transposed memory": lambda a: np.ascontiguousarray(a.transpose(1, 2, 0)).transpose(2, 0, 1),
    "big-endian": lambda a: a.astype(">f8"),
    "unaligned": lambda a: np.frombuffer(b"x" + a.tobytes(), dtype=np.uint8)[1:].view(np.float64).reshape(a.shape),
    "nested lists": lambda a: a.tolist(),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_layout_gives_the_same_bits(layout):
    result = softplus(LAYOUTS[layout](X))
    assert np.array_equal(result, softplus(X))
    assert result.flags.c_contiguous
    assert result.flags.writeable


def test_an_entry_has_the_bits_that_it_has_alone():
    x = inputs("wide", np.random.default_rng(1), 257, "float64")
    together = softplus(x)
    assert together.tolist() == [softplus(v) for v in x] == [softplus(x[k : k + 3])[0] for k in range(x.size)]


def test_inputs_are_not_changed_and_may_be_read_only():
    x = X.copy()
    x.flags.writeable = False
    assert not np.shares_memory(softplus(x), x)
    assert np.array_equal(x, X)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_a_single_number_gives_a_scalar(dtype):
    assert type(softplus(dtype(2))) is dtype
    assert type(softplus(np.array(2, dtype))) is dtype
    assert type(softplus(2)) is np.float64


@pytest.mark.parametrize("shape", [(0,), (2, 0, 3)])
def test_nothing_gives_nothing(shape):
    assert softplus(np.zeros(shape, np.float32)).shape == shape


def test_no_call_warns_even_if_numpy_raises_on_every_flag():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for dtype in BARS:
            softplus(np.array([-np.inf, -6e4, -745, -17, -1e-7, 0, 17, 6e4, np.inf, np.nan], dtype))
        assert np.geterr()["under"] == "raise"


@pytest.mark.parametrize("bad", [1j, "a", object(), None, np.longdouble(1), np.datetime64(0, "s")])
def test_what_holds_no_real_numbers_is_a_type_error(bad):
    if isinstance(bad, np.longdouble) and np.dtype(np.longdouble) == np.float64:
        pytest.skip("long double is double here")
    for wrong in (bad, np.full((2, 3), bad)):
        with pytest.raises(
            TypeError, match=r"softplus: x must hold float16, float32, float64, integers or booleans, got .*Convert"
        ):
            softplus(wrong)


def test_ragged_lists_are_an_error():
    with pytest.raises(ValueError, match=r"softplus: x is ragged .*Give every row the same length"):
        softplus([[1.0], [1.0, 2.0]])


def test_left_and_right_differ_by_x():
    x = np.linspace(0, 800, 4001)
    np.testing.assert_array_max_ulp(softplus(x), x + softplus(-x), 2)


def test_it_grows_from_float_to_float():
    x = np.linspace(-745, 40, 100_001)
    assert (np.diff(softplus(x)) >= 0).all()

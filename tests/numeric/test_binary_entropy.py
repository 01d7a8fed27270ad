import warnings

import numpy as np
import pytest
from flint import arb

from mathcore.numeric import binary_entropy, entropy
from tests.numeric import oracle
from tests.sampling import sampled

IN_BASES = 3.5  # in float64, one more rounding and that of the divisor
BARS = {"float64": 2, "float32": 0.51, "float16": 0.51}
BASES = [None, 2, 10, 3.7]


def exact(p, base=None, dtype=np.float64):
    def values(p):
        unit = arb(1) if base is None else arb(base).log()
        terms = [(arb(v), 1 - arb(v), (-arb(v)).log1p()) for v in p if 0 < v < 1]
        inside = iter([-(a * a.log() + b * log_b) / unit for a, b, log_b in terms])
        return [next(inside) if 0 < v < 1 else arb(0) for v in p]

    return oracle.exact(values, p, dtype=dtype)


def inputs(family, rng, size, dtype):
    p = {
        "plain": lambda: rng.random(size),
        "near one half": lambda: 0.5 + rng.normal(size=size) * 10.0 ** rng.uniform(-16, -1, size),
        "where the method changes": lambda: (
            rng.choice([0.375, 0.5, 0.625, 2.0**-900], size) * (1 + rng.normal(size=size) * 1e-15)
        ),
        "just below 1/4": lambda: 0.0686 * (1 - 10.0 ** rng.uniform(-4, -1, size)),  # in nats; the spacing is finest
        "small": lambda: 10.0 ** rng.uniform(-323, 0, size),
        "near 1": lambda: 1 - 10.0 ** rng.uniform(-16, 0, size),
        "subnormal": lambda: rng.integers(0, 2000, size) * float(np.finfo(dtype).smallest_subnormal),
    }[family]()
    with np.errstate(all="ignore"):
        return np.clip(p, 0, 1).astype(dtype)


FAMILIES = ["plain", "near one half", "where the method changes", "just below 1/4", "small", "near 1", "subnormal"]


@sampled("base", BASES, keep=2)
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("dtype", BARS)
def test_every_output_is_within_its_bar(dtype, family, base):
    p = inputs(family, np.random.default_rng([31, FAMILIES.index(family)]), 1500, dtype)
    assert oracle.worst_ulp(binary_entropy(p, base=base), exact(oracle.floats(p), base, dtype), dtype) <= (
        BARS[dtype] if base is None or dtype != "float64" else IN_BASES
    )


def test_every_float16_is_within_its_bar():
    p = np.arange(0x3C00 + 1, dtype=np.uint16).view(np.float16)  # 0 to 1
    assert oracle.worst_ulp(binary_entropy(p), exact(oracle.floats(p), None, np.float16), np.float16) <= BARS["float16"]


def test_a_certain_outcome_has_no_entropy():
    result = binary_entropy([0.0, -0.0, 1.0, 0, 1])
    assert result.tolist() == [0, 0, 0, 0, 0]
    assert not np.signbit(result).any()


def test_a_fair_coin_has_one_bit():
    assert binary_entropy(0.5, base=2) == 1
    assert binary_entropy(0.5) == np.log(2)
    assert binary_entropy([0.5], base=10).tolist() == pytest.approx([np.log10(2)], rel=4e-16, abs=0)


def test_both_sides_of_a_coin_give_the_same_bits():
    p = np.random.default_rng(3).integers(0, 2**52, 2000, endpoint=True) / 2**52  # 1 - p is exact
    assert np.array_equal(binary_entropy(p), binary_entropy(1 - p))


def test_it_is_the_entropy_of_two_outcomes():
    p = np.arange(1025) / 1024
    np.testing.assert_array_max_ulp(binary_entropy(p), entropy(np.stack([p, 1 - p], axis=-1)), 6)


def test_it_never_exceeds_log_2():
    assert binary_entropy(0.5 + np.arange(-5000, 5000) * 2.0**-50).max() == np.log(2)


def test_an_entry_has_the_bits_that_it_has_alone():
    p = np.random.default_rng(4).random((3, 50))
    together = binary_entropy(p)
    assert together.shape == (3, 50)
    assert together.ravel().tolist() == [binary_entropy(v) for v in p.ravel()]
    assert np.array_equal(binary_entropy(np.asfortranarray(p)), together)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_format_is_kept(dtype):
    assert type(binary_entropy(dtype(0.25))) is dtype
    assert binary_entropy(np.full((2, 3), 0.25, dtype)).dtype == dtype
    assert binary_entropy(np.zeros(0, dtype)).shape == (0,)
    assert binary_entropy([True, False]).dtype == np.float64


def test_nan_propagates_and_nothing_warns():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        result = binary_entropy([np.nan, 0.0, 1.0, 5e-324, 0.5])
        assert np.isnan(binary_entropy([-0.1, 1.1, np.inf], validate=False)).all()
    assert np.isnan(result[0])
    assert result[1:3].tolist() == [0, 0]


def test_wrong_input_is_named():
    with pytest.raises(ValueError, match=r"binary_entropy: probabilities must lie from 0 to 1; p\[1, 0\] is 1.5\. Turn scores"):
        binary_entropy([[0.5, 0.5], [1.5, 0.5]])
    with pytest.raises(ValueError, match=r"p is -0.5"):
        binary_entropy(-0.5)
    with pytest.raises(ValueError, match="base must be positive"):
        binary_entropy(0.5, base=1)
    with pytest.raises(TypeError, match="p must hold"):
        binary_entropy("a")

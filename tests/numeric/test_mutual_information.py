import warnings
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq

from mathcore.numeric import binary_entropy, entropy, mutual_information
from tests.numeric import oracle
from tests.sampling import sampled

BARS = {"float64": 8, "float32": 0.51, "float16": 0.51}


def exact(joint, dtype=np.float64):
    """sum(p log(p N / (a b))) with rational ratios, so that log1p sees what independence leaves."""

    def ball(x):
        return arb(fmpq(x.numerator, x.denominator))

    def value(joint):
        p = [[Fraction(float(v)) for v in row] for row in joint]
        total, a, b = sum(map(sum, p)), [sum(row) for row in p], [sum(column) for column in zip(*p, strict=True)]
        result = arb(0)
        for i, row in enumerate(p):
            for j, v in enumerate(row):
                if v:
                    ratio = v * total / (a[i] * b[j])
                    log = ball(ratio - 1).log1p() if abs(ratio - 1) < Fraction(1, 2) else ball(ratio).log()
                    result += ball(v) * log
        return [result]

    return oracle.exact(value, joint, dtype=dtype)


def joint(family, rng, dtype):
    n, m = rng.integers(1, 7, 2)
    independent = np.outer(rng.exponential(size=n), rng.exponential(size=m))
    p = {
        "plain": lambda: rng.exponential(size=(n, m)),
        "spiky": lambda: rng.gamma(0.05, size=(n, m)) + 1e-300,
        "zeros": lambda: rng.random((n, m)) * (rng.random((n, m)) < 0.5) + 1e-9 * (rng.random() < 0.5),
        "independent but for rounding": lambda: independent,
        "nearly independent": lambda: independent * np.abs(1 + rng.normal(size=(n, m)) * 10.0 ** rng.uniform(-16, -1)),
        "where the method changes": lambda: independent * (1 + rng.normal(size=(n, m)) * 10.0 ** rng.uniform(-13.5, -11)),
        "tilted": lambda: independent * np.exp(rng.normal(size=(n, m))),
        "nearly certain": lambda: rng.random((n, m)) * 10.0 ** rng.uniform(-320, -3) + np.eye(n, m, k=int(rng.integers(m))),
        "nearly equal outcomes": lambda: (
            np.eye(n, m) * rng.random(n)[:, None] + rng.random((n, m)) * 10.0 ** rng.uniform(-20, -2)
        ),
        "wide": lambda: 10.0 ** rng.uniform(-323, 0, (n, m)),
    }[family]()
    p[rng.integers(n), rng.integers(m)] += not p.sum()
    with np.errstate(all="ignore"):
        return (p / p.sum()).astype(dtype)


FAMILIES = [
    "plain", "spiky", "zeros", "independent but for rounding", "nearly independent", "where the method changes", "tilted",
    "nearly certain", "nearly equal outcomes", "wide",
]  # fmt: skip


@sampled("family", FAMILIES, keep=4)
@pytest.mark.parametrize("dtype", BARS)
def test_every_output_is_within_its_bar(dtype, family):
    rng = np.random.default_rng([20, FAMILIES.index(family)])
    for _ in range(150):
        p = joint(family, rng, dtype)
        assert oracle.worst_ulp([mutual_information(p)], exact(p, dtype), dtype) <= BARS[dtype], p.tolist()


@pytest.mark.parametrize("smallest", [1, 2, 3, 10])
def test_one_unit_of_dependence_is_seen(smallest):
    k = 2**53 - 1
    p = np.array([[k, k - smallest], [k - 1, k - 1 - smallest]]) * 2.0**-55  # the determinant is -smallest units of 2^-110
    assert oracle.worst_ulp([mutual_information(p)], exact(p), np.float64) <= 8
    assert 0 < mutual_information(p) < 1e-50


@pytest.mark.parametrize("scale", [5e-324, 1e-300, 1e-3, 1.0, 1e3, 1e300])
def test_a_table_of_any_scale_is_read(scale):
    rng = np.random.default_rng(21)
    for _ in range(50):
        p = rng.integers(0, 9, rng.integers(1, 5, 2)) * scale
        assert oracle.worst_ulp([mutual_information(p, validate=False)], exact(p), np.float64) <= 8, p.tolist()


def test_independent_dyadic_outcomes_tell_nothing():
    rng = np.random.default_rng(22)
    for _ in range(100):
        a, b = (np.diff([0, *np.sort(rng.integers(0, 2**20, 4)), 2**20]) / 2**20 for _ in range(2))
        value = mutual_information(np.outer(a, b))
        assert value == 0
        assert not np.signbit(value)


def test_it_is_never_negative():
    rng = np.random.default_rng(23)
    a, b = rng.dirichlet(np.ones(4), size=500), rng.dirichlet(np.ones(3), size=500)
    p = a[:, :, None] * b[:, None, :]
    values = mutual_information(p)
    assert (values >= 0).all()
    margins = p.sum(axis=2, keepdims=True) * p.sum(axis=1, keepdims=True)
    assert ((p * np.log(p / margins)).sum(axis=(1, 2)) < 0).mean() > 0.1  # the textbook form on the same bits


def test_an_outcome_tells_everything_about_itself():
    for p in np.random.default_rng(24).dirichlet(np.ones(5), size=50):
        np.testing.assert_array_max_ulp(mutual_information(np.diag(p)), entropy(p), 16)
    assert mutual_information([[0.5, 0], [0, 0.5]], base=2) == 1


def test_a_line_that_flips_a_bit():
    assert mutual_information([[0.375, 0.125], [0.125, 0.375]]) == pytest.approx(np.log(2) - binary_entropy(0.25), rel=1e-14)


def test_it_is_mutual():
    p = np.random.default_rng(25).dirichlet(np.ones(12), size=20).reshape(20, 3, 4)
    np.testing.assert_array_max_ulp(mutual_information(p), mutual_information(p.transpose(0, 2, 1)), 8)


def test_one_outcome_has_nothing_to_tell():
    assert mutual_information([[1.0]]) == 0
    assert mutual_information([[0.25, 0.75]]) == 0
    assert mutual_information([[0.5, 0.5], [0, 0]]) == 0
    assert mutual_information(np.zeros((2, 2)), validate=False) == 0


def test_a_table_of_counts_gives_half_of_the_statistic_g():
    counts = np.array([[10, 20], [30, 5]])
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    assert mutual_information(counts, validate=False) == pytest.approx((counts * np.log(counts / expected)).sum())


def test_a_joint_has_the_bits_that_it_has_alone_along_any_axes():
    p = np.random.default_rng(26).dirichlet(np.ones(12), size=7).reshape(7, 3, 4)
    p[2] = np.outer(p[2].sum(axis=1), p[2].sum(axis=0))
    values = mutual_information(p)
    assert values.tolist() == [mutual_information(one) for one in p]
    assert np.array_equal(mutual_information(np.moveaxis(p, 0, -1), axis=(0, 1)), values)
    assert np.array_equal(mutual_information(np.moveaxis(p, 0, 1), axis=(0, 2)), values)


def test_formats_nan_and_warnings():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for dtype in (np.float16, np.float32, np.float64):
            assert type(mutual_information(np.eye(2, dtype=dtype) / dtype(2))) is dtype
        assert mutual_information([[1, 0], [0, 0]]).dtype == np.float64
        p = np.array([[[np.nan, 0.5], [0.25, 0.25]], [[0.25, 0.25], [0.25, 0.25]]])
        assert np.isnan(mutual_information(p)).tolist() == [True, False]
        assert np.isnan(mutual_information([[np.inf, 1.0], [1.0, 1.0]], validate=False))
        mutual_information([[1.0, 0.0], [0.0, 5e-324]])
        assert mutual_information(np.zeros((0, 2, 2))).shape == (0,)


def test_wrong_input_is_named():
    with pytest.raises(
        ValueError, match=r"mutual_information: probabilities must sum to 1 along axis \(-2, -1\); the row sums to 2.0"
    ):
        mutual_information([[0.5, 0.5], [0.5, 0.5]])
    with pytest.raises(ValueError, match=r"joint\[0, 1\] is -1.0"):
        mutual_information([[1.0, -1.0], [0.5, 0.5]])
    with pytest.raises(ValueError, match=r"axis must name the two axes of the joint, got -1\. Use"):
        mutual_information(np.eye(2) / 2, axis=-1)
    with pytest.raises(ValueError, match="out of range"):
        mutual_information([0.5, 0.5])
    with pytest.raises(ValueError, match="base"):
        mutual_information(np.eye(2) / 2, base=0)


@pytest.mark.slow
def test_entries_that_lie_far_apart_keep_their_digits_near_the_ends_of_the_format():
    rng = np.random.default_rng(20260107)
    joints = [np.array([[0, 1.797e308], [1.797e308, 1.1e-16]]), np.array([[2.611e258, 3.4167e-26], [39642.765, 0.0]])]
    for _ in range(800):
        shape = rng.integers(1, 4, 2)
        down = rng.choice([0, 0, 1, 30, 300, 900, 1090, 2000], shape) * rng.random(shape)
        exponents = np.clip(rng.uniform(-1000, 1020) - down, -1070, 1023).astype(int)
        joints.append(np.where(rng.random(shape) < 0.25, 0.0, np.ldexp(rng.uniform(0.5, 1, shape), exponents)))
    for joint in joints:
        if joint.any():
            found = mutual_information(joint, validate=False)
            assert oracle.worst_ulp([found], exact(joint), np.float64) <= 8, joint.tolist()

"""The contract that all functions share: formats, layouts, axes, purity, errors."""

import itertools
import subprocess
import sys
import warnings

import numpy as np
import pytest

import mathcore.numeric as numeric
from tests.numeric import families
from tests.sampling import sampled

LOGITS = np.random.default_rng(0).normal(size=(3, 4, 5)) * 5
P, Q = (np.random.default_rng(k).dirichlet(np.ones(5), size=(3, 4)) for k in (1, 2))
LABELS = np.random.default_rng(3).integers(5, size=(3, 4))


def parts(result):
    return result if isinstance(result, tuple) else (result,)


# name -> the call as a function of arrays of one shape, and arrays with classes along the last axis
CALLS = {
    "softmax": (numeric.softmax, (LOGITS,)),
    "log_softmax": (numeric.log_softmax, (LOGITS,)),
    "logsumexp": (numeric.logsumexp, (LOGITS,)),
    "entropy": (numeric.entropy, (P,)),
    "kl_divergence": (numeric.kl_divergence, (P, Q)),
    "crossentropy": (numeric.crossentropy, (P, Q)),
    "categorical_crossentropy": (numeric.categorical_crossentropy, (P, Q)),
    "categorical_crossentropy of logits": (numeric.categorical_crossentropy, (P, LOGITS), {"from_logits": True}),
    "its gradient": (numeric.categorical_crossentropy_value_and_grad, (P, Q)),
    "its gradient of logits": (numeric.categorical_crossentropy_value_and_grad, (P, LOGITS), {"from_logits": True}),
    "sparse": (lambda q, **k: numeric.sparse_categorical_crossentropy(LABELS, q, **k), (Q,)),
    "sparse gradient": (lambda q, **k: numeric.sparse_categorical_crossentropy_value_and_grad(LABELS, q, **k), (Q,)),
    "sparse gradient of logits": (
        lambda z, **k: numeric.sparse_categorical_crossentropy_value_and_grad(LABELS, z, from_logits=True, **k),
        (LOGITS,),
    ),
    "mean_squared_error": (numeric.mean_squared_error, (P, LOGITS), {"axis": -1}),
    "its slope": (numeric.mean_squared_error_value_and_grad, (P, LOGITS), {"axis": -1}),
}


@pytest.fixture(params=CALLS)
def case(request):
    function, arrays, *options = CALLS[request.param]
    fixed = options[0] if options else {}
    return lambda *a, **k: parts(function(*a, **{**fixed, **k})), arrays


def same(a, b):
    return all(np.array_equal(x, y, equal_nan=True) and x.dtype == y.dtype for x, y in zip(a, b, strict=True))


def test_a_float_format_comes_back_in_native_order(case):
    function, arrays = case
    for dtype in ("float16", "float32", "float64", ">f2", ">f4", ">f8"):
        for result in function(*(a.astype(dtype) for a in arrays)):
            assert result.dtype == np.dtype(dtype).newbyteorder("="), dtype
            assert result.dtype.isnative, dtype


def test_integers_and_booleans_give_the_float64_of_their_values(case):
    function, arrays = case
    for dtype in ("bool", "uint8", "int8", "int32", "uint64", ">i8"):
        whole = [np.eye(5)[LABELS].astype(dtype) for _ in arrays]
        assert same(function(*whole), function(*(a.astype(np.float64) for a in whole))), dtype


@pytest.mark.parametrize("narrow", ["float16", "float32"])
def test_narrow_formats_are_the_float64_result_rounded_once(case, narrow):
    function, arrays = case
    narrowed = [a.astype(narrow) for a in arrays]
    wide = [a.astype(np.float64) for a in narrowed]
    options = {} if len(arrays) == 1 and arrays[0] is LOGITS else {"validate": False}
    try:
        exact = function(*wide, **options)
    except TypeError:  # no validate= here
        exact = function(*wide)
    for result, wider in zip(function(*narrowed), exact, strict=True):
        assert np.array_equal(result, wider.astype(narrow))


LAYOUTS = {
    "Fortran": np.asfortranarray,
    "reversed": lambda a: np.ascontiguousarray(a[::-1, ::-1, ::-1])[::-1, ::-1, ::-1],
    "strided": lambda a: np.repeat(np.repeat(a, 2, axis=2), 3, axis=0)[::3, :, ::2],
    "transposed memory": lambda a: np.ascontiguousarray(a.transpose(1, 2, 0)).transpose(2, 0, 1),
    "big-endian": lambda a: a.astype(">f8"),
    "unaligned": lambda a: np.frombuffer(b"x" + a.tobytes(), dtype=np.uint8)[1:].view(np.float64).reshape(a.shape),
    "nested lists": lambda a: a.tolist(),
}


def test_any_layout_gives_the_same_bits(case):
    function, arrays = case
    for name, layout in LAYOUTS.items():
        assert same(function(*map(layout, arrays)), function(*arrays)), name


def test_inputs_are_not_changed_and_may_be_read_only(case):
    function, arrays = case
    copies = [a.copy() for a in arrays]
    for a in copies:
        a.flags.writeable = False
    results = function(*copies)
    assert all(np.array_equal(a, b) for a, b in zip(arrays, copies, strict=True))
    assert not any(np.shares_memory(r, a) for r in results for a in copies)
    assert all(r.flags.c_contiguous and r.flags.writeable for r in results)


def test_any_axis_gives_the_same_bits(case):
    function, arrays = case
    expected = function(*arrays)
    for axis in (0, 1, 2, -2, -3):
        moved = [np.moveaxis(a, -1, axis) for a in arrays]
        for result, value in zip(function(*moved, axis=axis), expected, strict=True):
            assert np.array_equal(result, np.moveaxis(value, -1, axis) if value.ndim == 3 else value), axis


@pytest.mark.parametrize(("axis", "flat"), [((1, 2), (3, 20)), ((2, -2), (3, 20)), (None, (60,)), ((0, 1, 2), (60,))])
@pytest.mark.parametrize(
    "name", ["softmax", "log_softmax", "logsumexp", "mean_squared_error", "mean_squared_error_value_and_grad"]
)
def test_several_axes_are_one_row(name, axis, flat):
    function = getattr(numeric, name)
    arrays = (P, LOGITS) if name.startswith("mean") else (LOGITS,)
    together = parts(function(*arrays, axis=axis))
    for result, value in zip(together, parts(function(*(a.reshape(flat) for a in arrays), axis=-1)), strict=True):
        assert np.array_equal(result.ravel(), value.ravel())
        assert result.shape in (LOGITS.shape, flat[:-1])


@sampled("n", [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 33, 63, 100, 127, 128, 129, 257, 1000], keep=6)
def test_the_bits_of_a_row_depend_on_that_row_alone(n):
    rng = np.random.default_rng(n)
    hard = [f for f in families.LOGITS if n > 1 or f != "masked"]
    z = np.array([families.logits(hard[k % len(hard)], n, rng) for k in range(37)])
    p = np.array([families.pmf(families.PMFS[k % 6], n, rng) for k in range(37)])
    q = np.array([families.pair(families.PAIRS[k % 4], row, rng) for k, row in enumerate(p)])
    label = rng.integers(n, size=37)
    poisoned = z.copy()
    poisoned[-3:] = [[np.nan], [np.inf], [-np.inf]]
    for function, arrays in (
        (numeric.softmax, (z,)),
        (numeric.softmax, (poisoned,)),
        (numeric.log_softmax, (poisoned,)),
        (numeric.logsumexp, (poisoned,)),
        (numeric.entropy, (p,)),
        (numeric.kl_divergence, (p, q)),
        (numeric.crossentropy, (p, q)),
        (lambda *a: numeric.categorical_crossentropy_value_and_grad(*a, from_logits=True), (p, z)),
        (lambda *a: numeric.sparse_categorical_crossentropy_value_and_grad(*a, from_logits=True), (label, z)),
        (lambda *a: numeric.mean_squared_error_value_and_grad(*a, axis=-1), (p, np.where(np.isinf(z), 0, z))),
    ):
        batch = parts(function(*arrays))
        assert same(batch, parts(function(*arrays)))
        for k in range(37):
            for size in (1, 5):
                alone = parts(function(*(a[k : k + size] for a in arrays)))
                assert all(np.array_equal(x[k], y[0], equal_nan=True) for x, y in zip(batch, alone, strict=True))


def test_no_call_warns_even_if_numpy_raises_on_every_flag(case):
    function, arrays = case
    hard = [a * 300 if a is LOGITS else np.eye(5)[LABELS] for a in arrays]
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        function(*arrays)
        function(*hard)
        assert np.geterr()["over"] == "raise"


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_zero_dimensional_results_are_scalars(dtype):
    z, p, q = (a[0, 0].astype(dtype) for a in (LOGITS, P, Q))
    for result in (
        numeric.softmax(dtype(2)),
        numeric.log_softmax(dtype(2), axis=None),
        numeric.logsumexp(z),
        numeric.entropy(p),
        numeric.kl_divergence(p, q),
        numeric.crossentropy(p, q),
        numeric.categorical_crossentropy(p, q),
        numeric.categorical_crossentropy_value_and_grad(p, z, from_logits=True)[0],
        numeric.sparse_categorical_crossentropy(1, q),
        numeric.sparse_categorical_crossentropy_value_and_grad(1, z, from_logits=True)[0],
        numeric.mean_squared_error(p, q),
        *numeric.mean_squared_error_value_and_grad(dtype(1), dtype(2)),
        numeric.gradient_descent_step(dtype(1), dtype(2), 0.1),
    ):
        assert type(result) is dtype


def test_what_holds_no_real_numbers_is_a_type_error(case):
    function, arrays = case
    for bad, k in itertools.product([1j, "a", object(), None, np.longdouble(1), np.datetime64(0, "s")], range(len(arrays))):
        if isinstance(bad, np.longdouble) and np.dtype(np.longdouble) == np.float64:  # it is double here
            continue
        wrong = list(arrays)
        wrong[k] = np.full((3, 4, 5), bad)
        with pytest.raises(TypeError, match=r": \w+ must hold float16, float32, float64, integers or booleans, got .*Convert"):
            function(*wrong)


def test_axes_that_do_not_exist_are_errors(case):
    function, arrays = case
    with pytest.raises(ValueError, match=r": axis 3 is out of range for \w+ of shape \(3, 4, 5\). Use an axis from -3 to 2"):
        function(*arrays, axis=3)
    with pytest.raises(ValueError, match=r": axis \(0, -3\) names an axis of \w+ twice"):
        function(*arrays, axis=(0, -3))
    with pytest.raises(TypeError, match=r": axis must be an integer, a tuple of integers or None, got 1.0"):
        function(*arrays, axis=1.0)


def test_ragged_lists_are_an_error():
    with pytest.raises(ValueError, match=r"softmax: z is ragged .*Give every row the same length"):
        numeric.softmax([[1.0], [1.0, 2.0]])


def test_empty_rows_are_an_error_and_no_rows_are_none():
    for function in (numeric.softmax, numeric.log_softmax):
        with pytest.raises(ValueError, match=r"softmax: z of shape \(2, 0\) is empty along axis -1.*Pass at least one entry"):
            function(np.zeros((2, 0)))
        assert function(np.zeros((0, 3), np.float32)).shape == (0, 3)


def test_every_public_name_is_documented_and_exported():
    for name in numeric.__all__:
        doc = getattr(numeric, name).__doc__
        for section in ("Returns",) if name == "core" else ("Parameters", "Returns", "Raises"):
            assert section in doc, name
        assert doc.split("\n")[0].endswith("."), name
    assert sorted(numeric.__all__) == numeric.__all__


# fresh interpreters: what this one has imported does not count
def imported_by(statement):
    code = f"import sys, numpy; before = set(sys.modules); {statement}; print(*sorted(set(sys.modules) - before))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_the_room_imports_numpy_and_nothing_else():
    extra = [m for m in imported_by("import mathcore.numeric") if m.split(".")[0] not in sys.stdlib_module_names]
    # lazy_loader belongs to the front door, mathcore/__init__.py
    assert [m for m in extra if m not in ("mathcore", "lazy_loader") and not m.startswith("mathcore.numeric")] == []


def test_the_import_check_can_fail():
    assert "flint" in imported_by("import mathcore.numeric, flint")


@pytest.mark.parametrize(("n", "rows"), [(10, 20_000), (100, 3000), (500, 2000), (2500, 100)])
def test_many_rows_along_axis_0_have_the_bits_of_rows_along_the_last_axis(n, rows):
    """So many that they come in several blocks, each a view of the result; confident, so that a lost correction shows."""
    rng = np.random.default_rng(n)
    label, every = rng.integers(n, size=rows), np.arange(rows)
    z, t = rng.normal(size=(n, rows)), np.zeros((n, rows))
    z[label, every] += 40
    t[label, every] = 1
    calls = {
        "softmax": lambda t, z, axis: (numeric.softmax(z, axis=axis),),
        "log_softmax": lambda t, z, axis: (numeric.log_softmax(z, axis=axis),),
        "kl": lambda t, z, axis: (numeric.kl_divergence(t, numeric.softmax(z, axis=axis), axis=axis),),
        "rows": lambda t, z, axis: numeric.categorical_crossentropy_value_and_grad(t, z, from_logits=True, axis=axis),
        "numbers": lambda t, z, axis: numeric.sparse_categorical_crossentropy_value_and_grad(
            label, z, from_logits=True, axis=axis
        ),
        "squares": lambda t, z, axis: numeric.mean_squared_error_value_and_grad(t, z, axis=axis),
        "distances": lambda t, z, axis: numeric.mean_absolute_error_value_and_grad(t, z, axis=axis),
    }
    for name, call in calls.items():
        for down, across in zip(call(t, z, 0), call(t.T.copy(), z.T.copy(), -1), strict=True):
            assert np.array_equal(down, across.T), name

"""Whatever is passed in, out comes an answer by contract, or a ValueError or TypeError that names function and argument."""

import itertools
import re
import sys
import tempfile
import tracemalloc
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from numpy._core import _multiarray_umath as multiarray

import mathcore.numeric as numeric
from mathcore.numeric import _calls
from tests.numeric import surface
from tests.numeric.surface import FLOATS, TABLE, WHOLE
from tests.sampling import sampled

every = pytest.mark.parametrize("subject", TABLE, ids=str)
few = sampled("subject", TABLE, keep=12, ids=str)
ROWS = [s for s in TABLE if s.axis == "row"]
some = settings(max_examples=30, deadline=timedelta(seconds=20), derandomize=True, phases=[Phase.generate])


def outcome(subject, arrays, **options):
    """The results, or the ValueError or TypeError raised instead; anything else, a warning or a changed input fails.

    NumPy is set to raise on every flag, as some users set it.
    """
    before = [x.tobytes() if isinstance(x, np.ndarray) and not x.dtype.hasobject else None for x in arrays]
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        settings_before = np.geterr()
        try:
            found = subject(*arrays, **options)
        except (ValueError, TypeError) as error:
            found = error
        assert np.geterr() == settings_before
    for x, bits in zip(arrays, before, strict=True):
        assert bits is None or x.tobytes() == bits, "an input was changed"
    return found


def format_of(arrays):
    return np.result_type(*[x.dtype.newbyteorder("=") if x.dtype.kind == "f" else np.float64 for x in arrays])


def check_results(subject, found, arrays, shape, axis):
    """Shapes and formats are those that the table says; arrays are new, in C order and native, 0-d ones are scalars."""
    by_name = dict(zip(subject.arguments, map(np.asarray, arrays), strict=True))
    assert len(found) == len(subject.gives)
    for result, (what, formats) in zip(found, subject.gives, strict=True):
        expected = shape if what == "full" else surface.without(shape, axis)
        dtype = format_of([by_name[name] for name in formats])
        assert np.shape(result) == expected
        assert result.dtype == dtype and result.dtype.isnative
        if expected == ():
            assert type(result) is dtype.type
        else:
            assert type(result) is np.ndarray and result.flags.c_contiguous and result.flags.writeable
            assert not any(np.shares_memory(result, x) for x in by_name.values())


def same_bits(a, b):
    return all(x.dtype == y.dtype and np.asarray(x).tobytes() == np.asarray(y).tobytes() for x, y in zip(a, b, strict=True))


def named(subject, error, *arguments):
    """Whether the message starts with the function and names an argument (one of these, if any are given)."""
    text = str(error)
    wanted = "|".join(map(re.escape, arguments or (*subject.arguments, *subject.keyword, "axis", "probabilities")))
    return text.startswith(f"{subject.name}: ") and re.search(rf"\b({wanted})\b", text) is not None


# layouts ----------------------------------------------------------------------------------------------------------


class Tagged(np.ndarray):
    """A subclass, as other libraries make them."""


def _strided(x):
    wide = np.zeros([2 * size for size in x.shape], x.dtype)
    part = wide[(..., *(slice(None, None, 2) for _ in x.shape))]
    part[...] = x
    return part


def _unaligned(x):
    memory = np.zeros(x.nbytes + 1, np.uint8)
    part = np.ndarray(x.shape, x.dtype, memory.data, offset=1)
    part[...] = x
    return part


def _read_only(x):
    part = x.copy()
    part.flags.writeable = False
    return part


def _mapped(x):
    if not x.size:
        return x
    with tempfile.TemporaryFile() as file:
        part = np.memmap(file, x.dtype, "w+", shape=x.shape)
    part[...] = x
    return part


def _matrix(x):
    if x.ndim != 2:
        return x
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return x.view(np.matrix)


def _reversed(x):
    flip = (slice(None, None, -1),) * x.ndim
    return x[flip].copy()[flip]


LAYOUTS = {
    "C": lambda x: x,
    "Fortran": lambda x: x.copy("F"),
    "turned axes": lambda x: np.ascontiguousarray(np.moveaxis(x, 0, -1)).transpose(-1, *range(x.ndim - 1)) if x.ndim > 1 else x,
    "reversed": _reversed,
    "strided": _strided,
    "unaligned": _unaligned,
    "read-only": _read_only,
    "big-endian": lambda x: x.astype(x.dtype.newbyteorder(">")),
    "memory-mapped": _mapped,
    "a subclass": lambda x: x.view(Tagged),
    "np.matrix": _matrix,
    "np.ma without a mask": np.ma.masked_array,
    "nested lists": lambda x: x.tolist() if x.dtype in (np.float64, np.int64, np.bool_) and x.size else x,
}


@st.composite
def calls(draw, subject, largest=3, least=0):
    """Arguments in the domain of a function, of any format, with the axis of its rows."""
    size = st.integers(least, largest)
    fewest = 2 if subject.axis == "pair" else 0
    shape = tuple(draw(st.lists(size, min_size=fewest, max_size=4)))
    if shape and draw(st.integers(0, 3)) == 0:  # rows that are no longer short
        k = draw(st.integers(0, len(shape) - 1))
        shape = (*shape[:k], draw(st.sampled_from([65, 129])), *shape[k + 1 :])
    axes = st.permutations(range(-len(shape), 0)).map(tuple)
    if subject.axis == "pair":
        axis = draw(axes)[:2]
    elif subject.axis == "row":
        single = st.integers(-len(shape), len(shape) - 1) if shape else st.just(-1)
        axis = draw(st.none() | single | axes.flatmap(lambda a: st.integers(0, len(a)).map(lambda k: a[:k])))
    else:
        axis = -1
    assume(not (len(shape) == 2 == len(surface.as_axes(axis, 2) if subject.axis == "row" else ()) and np.prod(shape) > 64))
    dtypes = [draw(st.sampled_from(FLOATS) | st.sampled_from(WHOLE)) for _ in subject.arguments]
    dtypes = [
        "int64" if kind == "labels" and d in FLOATS else d for d, kind in zip(dtypes, subject.arguments.values(), strict=True)
    ]
    classes = np.prod([shape[a] for a in surface.as_axes(axis, len(shape))], dtype=int) if subject.axis else 1
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    if classes == 0:
        return shape, axis, None
    return shape, axis, subject.draw(shape, rng, dtypes, axis, wild=draw(st.booleans()))


def with_axis(subject, axis):
    return {"axis": axis} if subject.axis else {}


def test_every_public_function_stands_in_the_table():
    assert {s.name for s in TABLE} | set(surface.OTHERS) == set(numeric.__all__)


@pytest.mark.slow
@every
@some
@given(st.data())
def test_any_format_shape_axis_and_layout_gives_an_answer_by_contract(subject, data):
    shape, axis, arrays = data.draw(calls(subject))
    if arrays is None:  # rows without entries
        empty = [np.zeros(subject.shape_of(a, shape, axis), int) for a in subject.arguments]
        found = outcome(subject, empty, **with_axis(subject, axis))
        if subject.name == "logsumexp":
            assert (found[0] == -np.inf).all()
        else:
            assert isinstance(found, ValueError) and named(subject, found)
        return
    plain = outcome(subject, arrays, **with_axis(subject, axis))
    assert not isinstance(plain, Exception), plain
    check_results(subject, plain, arrays, shape, axis)
    if subject.name == "cosine_similarity":  # a vector of zeros, and no other, has no direction
        rows = surface.as_axes(axis, len(shape))
        nothing = np.logical_or(*(~np.asarray(x).astype(bool).any(axis=rows) for x in arrays))
        assert np.array_equal(np.isnan(plain[0]), nothing)
    else:
        assert not any(np.isnan(x).any() for x in plain), "finite numbers in, nan out"
    laid = [LAYOUTS[data.draw(st.sampled_from(list(LAYOUTS)))](x) for x in arrays]
    found = outcome(subject, laid, **with_axis(subject, axis))
    assert not isinstance(found, Exception), found
    check_results(subject, found, laid, shape, axis)
    assert same_bits(found, plain)


# what is not by contract ----------------------------------------------------------------------------------------

STRANGE = {
    "complex": lambda x: x.astype(complex),
    "objects": lambda x: x.astype(object),
    "text": lambda x: x.astype(str),
    "bytes": lambda x: x.astype("S"),
    "dates": lambda x: np.zeros(x.shape, "datetime64[s]"),
    "durations": lambda x: np.zeros(x.shape, "timedelta64[s]"),
    "records": lambda x: np.zeros(x.shape, "f8, f8"),
    "raw memory": lambda x: np.zeros(x.shape, "V8"),
    "long double": lambda x: x.astype(np.longdouble),
    "None": lambda x: None,
    "a word": lambda x: "softmax",
    "an object": lambda x: object(),
    "a set": lambda x: {1.0, 2.0},
    "a function": lambda x: abs,
    "a generator": lambda x: (y for y in [1.0, 2.0]),
    "an enormous integer": lambda x: 10**400,
    "ragged lists": lambda x: [[1.0], [1.0, 2.0]],
    "another shape": lambda x: np.zeros((*x.shape, 2), x.dtype),
}
SPECIAL = {
    "nan": np.nan,
    "signalling nan": np.uint64(0x7FF0000000000001).view(np.float64),
    "inf": np.inf,
    "-inf": -np.inf,
    "-1": -1.0,
    "2": 2.0,
    "-0": -0.0,
    "huge": 1.7e308,
    "-huge": -1.7e308,
    "subnormal": 5e-324,
}


@every
def test_what_holds_no_real_numbers_is_an_error_that_names_it(subject):
    axis = (-2, -1) if subject.axis == "pair" else -1
    arrays = subject.draw((2, 3), np.random.default_rng(0), axis=axis)
    for strange, (k, argument) in itertools.product(STRANGE, enumerate(subject.arguments)):
        if argument == "labels" and strange == "ragged lists":
            continue
        if strange == "long double" and np.dtype(np.longdouble) == np.float64:  # it is double here
            continue
        wrong = list(arrays)
        wrong[k] = STRANGE[strange](arrays[k])
        found = outcome(subject, wrong, **with_axis(subject, axis))
        if strange == "another shape" and len(arrays) == 1:
            continue
        expected = ValueError if strange in ("ragged lists", "another shape") else TypeError
        assert isinstance(found, expected), (strange, argument, found)
        assert named(subject, found, *subject.arguments if strange == "another shape" else [argument]), (strange, argument, found)


@pytest.mark.slow
@every
@settings(some, max_examples=40)
@given(st.data())
def test_nan_infinities_and_numbers_out_of_range_give_an_answer_or_a_named_error(subject, data):
    shape, axis, arrays = data.draw(calls(subject, least=1))
    if data.draw(st.booleans()):  # floats only, where there is more to put in
        arrays = [
            x.astype(np.float64) if kind != "labels" else x for x, kind in zip(arrays, subject.arguments.values(), strict=True)
        ]
    arrays = [x.copy() for x in arrays]
    for x in arrays:
        for _ in range(data.draw(st.integers(0, 3))):
            value = SPECIAL[data.draw(st.sampled_from(list(SPECIAL)))]
            if x.dtype.kind == "f":
                with np.errstate(all="ignore"):
                    x.flat[data.draw(st.integers(0, x.size - 1))] = value
    options = with_axis(subject, axis)
    if has(subject, "validate"):
        options["validate"] = data.draw(st.booleans())
    found = outcome(subject, arrays, **options)
    if isinstance(found, Exception):
        assert isinstance(found, ValueError) and named(subject, found), found
        assert options.get("validate", True) or "square" in subject.arguments.values(), "nothing was to be checked"
    else:
        check_results(subject, found, arrays, shape, axis)
        again = outcome(subject, [x.copy("F") for x in arrays], **options)
        assert all(np.array_equal(x, y, equal_nan=True) for x, y in zip(found, again, strict=True))


def has(subject, keyword):
    return keyword in getattr(numeric, subject.name).__annotations__


@pytest.mark.parametrize(("subject", "argument"), [(s, argument) for s in TABLE for argument in s.keyword], ids=str)
def test_a_parameter_out_of_range_or_no_number_is_an_error_that_names_it(subject, argument):
    axis = (-2, -1) if subject.axis == "pair" else -1
    arrays = subject.draw((2, 3), np.random.default_rng(0), axis=axis)
    for value in subject.keyword[argument]:
        found = outcome(subject, arrays, **{argument: value})
        if argument in ("base", "alpha") and value is None:
            assert not isinstance(found, Exception)
        else:
            assert isinstance(found, (ValueError, TypeError)), (value, found)
            assert named(subject, found, argument), (value, found)


NO_AXIS = (1.5, -1.0, 0.0, "0", [0], np.nan, 2j, object(), np.array([0, 1]), (0.0,), 7, -8, 10**30, (0, 0), (0, 0, 0), (None,))


@pytest.mark.parametrize("subject", [s for s in TABLE if s.axis], ids=str)
def test_what_is_no_axis_is_an_error_that_says_so(subject):
    arrays = subject.draw((2, 3, 3), np.random.default_rng(0), axis=(-2, -1) if subject.axis == "pair" else -1)
    for axis in NO_AXIS:
        found = outcome(subject, arrays, axis=axis)
        assert isinstance(found, (ValueError, TypeError)), (axis, found)
        assert named(subject, found, "axis"), (axis, found)


@every
def test_an_unknown_keyword_or_a_missing_argument_is_a_type_error(subject):
    arrays = subject.draw((3, 3), np.random.default_rng(0), axis=(-2, -1) if subject.axis == "pair" else -1)
    for wrong in (lambda: subject(*arrays, axes=-1), lambda: subject(*arrays[:-1]), lambda: subject()):
        with pytest.raises(TypeError, match=rf"{subject.name}\(\)"):
            wrong()


@pytest.mark.parametrize("subject", [s for s in TABLE if "labels" in s.arguments], ids=str)
def test_a_label_out_of_range_or_no_integer_is_an_error_that_names_it(subject):
    _, prediction = subject.draw((2, 5), np.random.default_rng(0))
    for label in (-1, 5, 2**62, 10**30, 1.0, 1.5, np.nan, "1", None, 1j, np.uint64(2**64 - 1)):
        found = outcome(subject, [[0, label], prediction])
        assert isinstance(found, (ValueError, TypeError)) and named(subject, found, "labels"), (label, found)


@pytest.mark.parametrize("labels", [[-1], [0.5], [2**62], [2**63], [2**64 - 1], [10**30], ["1"], None, [1j], []], ids=str)
def test_one_hot_names_labels_that_cannot_be_counted(labels):
    with pytest.raises((ValueError, TypeError), match=r"^one_hot: .*\blabels\b"):
        numeric.one_hot(labels)


@pytest.mark.parametrize("classes", [0, -1, 2.0, "3", np.array([3]), 10**15, 2**62, 10**30, 2j], ids=str)
def test_one_hot_names_classes_that_cannot_be(classes):
    with pytest.raises((ValueError, TypeError), match=r"^one_hot: .*\bclasses\b"):
        numeric.one_hot([0], classes)


@pytest.mark.parametrize(
    "dtype", ["x", "U3", "f8, f8", object, complex, "3f8", "M8[s]", 5, {"names": ["a"], "formats": []}], ids=str
)
def test_one_hot_names_a_dtype_that_holds_no_numbers(dtype):
    with pytest.raises(TypeError, match=r"^one_hot: dtype "):
        numeric.one_hot([0], 2, dtype=dtype)


@pytest.mark.parametrize(
    ("labels", "prediction", "axis"),
    [
        ([0, 3], [[1.0, 2, 3]] * 2, -1),
        ([0.0, 1.0], [[1.0, 2, 3]] * 2, -1),
        ([0], [[1.0, 2, 3]] * 2, -1),
        ([], np.zeros((0, 3)), -1),
        (0, 1.0, -1),
        ([0, 1], [[1.0, 2, 3]] * 2, None),
        ([0, 1], [[1.0, 2, 3]] * 2, (0, 1)),
        ([0, 1], [[1.0, 2, 3]] * 2, 2),
        ([0, 1], [[1j, 2, 3]] * 2, -1),
        ([0, 1], np.zeros((2, 0)), -1),
    ],
)
def test_accuracy_names_what_is_wrong(labels, prediction, axis):
    with pytest.raises((ValueError, TypeError), match=r"^accuracy: .*\b(labels|prediction|axis)\b"):
        numeric.accuracy(labels, prediction, axis=axis)


# long rows --------------------------------------------------------------------------------------------------------
# A row that repeats a short one r times, r a power of two, has the short one's results, or these of them.

LONGER = {  # function -> (value or result of the short row, r) -> that of the long row
    "softmax": lambda y, r: y / r,
    "log_softmax": lambda y, r: y - np.log(r),
    "label_smoothing": lambda y, r: y / r,
    "logsumexp": lambda y, r: y + np.log(r),
    "entropy": lambda y, r: y + np.log(r),
    "crossentropy": lambda y, r: y + np.log(r),
    "categorical_crossentropy": lambda y, r: y + np.log(r),
    "perplexity": lambda y, r: y * r,
    "kl_divergence": lambda y, r: y,
    "js_divergence": lambda y, r: y,
    "cosine_similarity": lambda y, r: y,
    "mean_squared_error": lambda y, r: y,
    "mean_absolute_error": lambda y, r: y,
}
SLOPES = {  # function -> (gradient at the short row, r) -> gradient at the long row
    "mean_squared_error_value_and_grad": lambda g, r: g / r,
    "mean_absolute_error_value_and_grad": lambda g, r: g / r,
    "categorical_crossentropy_value_and_grad": lambda g, r: g,
    "categorical_crossentropy_value_and_grad_of_logits": lambda g, r: g / r,
}
LENGTHS = [(15_625, 64, "float32", -1), (46_875, 32, "float64", -1), (46_875, 32, "float64", 0)]  # a million, and more


@pytest.mark.slow
@pytest.mark.parametrize(("n", "r", "dtype", "axis"), LENGTHS)
@pytest.mark.parametrize("subject", [s for s in ROWS if "labels" not in s.arguments], ids=str)
def test_a_row_of_a_million_columns_gives_what_its_part_gives(subject, n, r, dtype, axis):
    short = subject.draw((2, n), np.random.default_rng(n), [dtype] * len(subject.arguments))
    scaled = [x / r if kind == "pmf" else x for x, kind in zip(short, subject.arguments.values(), strict=True)]
    found = outcome(subject, [np.moveaxis(np.tile(x, r), -1, axis).copy() for x in scaled], axis=axis)
    assert not isinstance(found, Exception), found
    unchecked = {"validate": False} if has(subject, "validate") else {}  # float32 pmfs, as float64 numbers, are none
    value, *gradient = subject(*[x.astype(np.float64) for x in short], axis=-1, **unchecked)
    expected = [LONGER[subject.name.removesuffix("_value_and_grad")](value, r)]
    if gradient:
        expected.append(SLOPES[str(subject)](gradient[0], r))
    for result, (what, _), y in zip(found, subject.gives, expected, strict=True):
        assert result.dtype == dtype
        y = np.moveaxis(np.tile(y, r), -1, axis) if what == "full" else y
        # the float32 bits of a pmf do not sum to 1 exactly
        np.testing.assert_allclose(result, y, rtol=3e-15 if dtype == "float64" else 1e-6, atol=1e-18)


@pytest.mark.slow
@pytest.mark.parametrize(("n", "r", "dtype", "axis"), LENGTHS)
@pytest.mark.parametrize("from_logits", [False, True])
def test_labels_anywhere_in_a_long_row_are_found(from_logits, n, r, dtype, axis):
    rng = np.random.default_rng(n)
    z = (rng.normal(size=(2, n)) * 3).astype(dtype)
    q = numeric.softmax(z)
    row = np.tile(z if from_logits else q / r, r)
    p = numeric.softmax(z.astype(np.float64)) / r
    close = {"rtol": 3e-15 if dtype == "float64" else 1e-6}
    for label in ([0, n * r - 1], [n * r // 2, 1], [2**18, 2**18 - 1], [2**20, 2**20 - 1]):
        label = np.minimum(label, n * r - 1)
        chosen = p[[0, 1], label % n]
        both = numeric.sparse_categorical_crossentropy_value_and_grad(
            label, np.moveaxis(row, -1, axis), from_logits=from_logits, axis=axis
        )
        value, gradient = both[0], np.moveaxis(both[1], axis, -1)
        np.testing.assert_allclose(value, -np.log(chosen), **close)
        np.testing.assert_allclose(gradient[[0, 1], label], chosen - 1 if from_logits else -1 / chosen, **close)
        gradient[[0, 1], label] = 0
        rest = np.tile(p, r) if from_logits else np.zeros((2, n * r))
        rest[[0, 1], label] = 0
        np.testing.assert_allclose(gradient, rest, **close)


MILLION_AND_A_HALF = 3 << 19


@pytest.mark.slow
@pytest.mark.parametrize(("dtype", "axis"), [("float64", -1), ("float64", 0), ("float32", -1)])
def test_masks_infinities_and_nan_work_across_the_strips_of_a_long_row(dtype, axis):
    n = MILLION_AND_A_HALF
    z = np.zeros((5, n), dtype)
    z[0], z[0, n - 7] = -np.inf, 2.0  # all but one entry of the last strip masked
    z[1, 2**20 + 5] = np.inf
    z[2, [3, n - 2]] = np.inf
    z[3, n - 1] = np.nan
    z[4] = -np.inf
    z = np.moveaxis(z, -1, axis).copy()
    p, log, total = (f(z, axis=axis) for f in (numeric.softmax, numeric.log_softmax, numeric.logsumexp))
    p, log = np.moveaxis(p, axis, -1), np.moveaxis(log, axis, -1)
    for row, k in ((0, n - 7), (1, 2**20 + 5)):
        assert p[row, k] == 1 and np.count_nonzero(p[row]) == 1
        assert log[row, k] == 0 and np.count_nonzero(log[row] == -np.inf) == n - 1
    assert np.isnan(p[2:]).all() and np.isnan(log[2:]).all()
    np.testing.assert_array_equal(total, np.array([2, np.inf, np.inf, np.nan, -np.inf], dtype))
    losses = numeric.sparse_categorical_crossentropy([n - 7, 0, 3, 3, 3], z, from_logits=True, axis=axis)
    np.testing.assert_array_equal(losses, np.array([0, np.inf, np.nan, np.nan, np.nan], dtype))


# memory -----------------------------------------------------------------------------------------------------------

LIES = [
    ("float64", "C", (2**8, 2**14), -1),
    ("float64", "F", (2048, 2048), -1),
    ("float32", "C", (2048, 2048), 0),
    ("float32", "F", (2**19, 8), -1),
]

FRUGAL = [s for s in ROWS if not s.name.startswith(("mean_absolute_error", "label_smoothing"))]


def _constant(kind, shape, dtype, order, axis):
    if kind == "labels":
        return np.zeros(surface.without(shape, axis), int)
    return np.full(shape, 1 / shape[axis], dtype, order)


@pytest.mark.slow
@pytest.mark.parametrize(("dtype", "order", "shape", "axis"), LIES)
@pytest.mark.parametrize("subject", FRUGAL, ids=str)
def test_a_call_takes_little_memory_beyond_its_results(subject, dtype, order, shape, axis):
    """24 MB for 4 million entries, less than one float64 copy of them; the promise is 64 MB for 20 million."""
    arrays = [_constant(kind, shape, dtype, order, axis) for kind in subject.arguments.values()]
    tracemalloc.start()
    try:
        found = subject(*arrays, axis=axis)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak - sum(x.nbytes for x in found) <= 24 * 2**20


ENTRIES = [s for s in TABLE if s.axis is None or s.name == "label_smoothing"]


@pytest.mark.slow
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("order", ["C", "F", "mixed"])
@pytest.mark.parametrize("subject", ENTRIES, ids=str)
def test_entry_by_entry_a_call_takes_little_memory_beyond_its_results(subject, order, dtype):
    """12 MB for 2 million entries, less than one float64 copy of them."""
    orders = ["C", "F"] * 2 if order == "mixed" else [order] * 4
    arrays = [np.full((1024, 2048), 1 / 2048, dtype, o) for _, o in zip(subject.arguments, orders, strict=False)]
    tracemalloc.start()
    try:
        found = subject(*arrays)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak - sum(x.nbytes for x in found) <= 12 * 2**20


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(24, 120, 120), (12_000, 4, 4)])
def test_mutual_information_takes_little_memory_also_of_independent_outcomes(shape):
    joint = np.full(shape, 1 / (shape[-2] * shape[-1]))
    tracemalloc.start()
    try:
        assert (numeric.mutual_information(joint) == 0).all()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 8 * 2**20


# other processors -------------------------------------------------------------------------------------------------


def disabled_features():
    """Names for NPY_DISABLE_CPU_FEATURES: all that NumPy found here beyond what it was built to need."""
    features = multiarray.__cpu_features__
    return [name for name in multiarray.__cpu_dispatch__ if features.get(name)]


@pytest.mark.slow
def test_every_accuracy_bar_holds_without_the_processor_s_vector_paths(python):
    names = disabled_features()
    if not names:
        pytest.skip("NumPy uses no feature of this processor that can be switched off")
    environment = {"NPY_DISABLE_CPU_FEATURES": " ".join(names), "PYTHONWARNINGS": "error"}
    left = "from numpy._core import _multiarray_umath as m; print([x for x in m.__cpu_dispatch__ if m.__cpu_features__[x]])"
    assert python("-c", left, **environment).stdout.strip() == "[]"
    python("-m", "tests.numeric.accuracy", "--outputs", "6000", timeout=600, **environment)


# threads ----------------------------------------------------------------------------------------------------------


def batch(subject, seed=0):
    """Arguments of several blocks: rows of 300, of 5 in Fortran order, or entries."""
    rng = np.random.default_rng(seed)
    dtypes = [FLOATS[(seed + k) % 3] if kind != "labels" else "int64" for k, kind in enumerate(subject.arguments.values())]
    if subject.axis == "pair":
        return subject.draw((4, 30, 20), rng, dtypes, (-2, -1)), {}
    if subject.axis is None:
        return subject.draw((90_001,), rng, dtypes), {}
    shape, axis = [((500, 300), -1), ((5, 30_000), 0)][seed % 2]
    return subject.draw(shape, rng, dtypes, axis), {"axis": axis}


@few
def test_threads_change_no_bit(subject):
    for seed in range(3):
        arrays, options = batch(subject, seed)
        alone = subject(*arrays, **options)
        for n in (2, 5):
            with numeric.threads(n):
                assert same_bits(outcome(subject, arrays, **options), alone)


def test_threads_nest_and_end_with_their_block_also_by_an_exception():
    def now():
        return _calls.workers.get()

    with numeric.threads(2):
        with numeric.threads(3):
            assert now() == 3
        assert now() == 2
        with pytest.raises(ZeroDivisionError), numeric.threads(4):
            _ = 1 / 0
        assert now() == 2
        with pytest.raises(ValueError, match="softmax: z"), numeric.threads(5):
            numeric.softmax(np.zeros((2, 0)))
        assert now() == 2
    assert now() == 1


@pytest.mark.parametrize("n", [0, -1, True, 1.0, 2.5, "2", None, np.nan, [2], 2j], ids=str)
def test_a_wrong_number_of_threads_is_an_error_that_names_it(n):
    with pytest.raises((ValueError, TypeError), match=r"^threads: n must be"), numeric.threads(n):
        pass


def test_threads_belong_to_the_python_thread_that_asked_for_them():
    with numeric.threads(3), ThreadPoolExecutor(1) as pool:
        assert pool.submit(_calls.workers.get).result() == 1


@pytest.mark.usefixtures("without_core")
def test_an_error_in_a_kernel_reaches_the_caller_from_any_thread(monkeypatch):
    def broken(*arguments):
        raise RuntimeError("broken on purpose")

    z = np.zeros((500, 1000))
    monkeypatch.setattr(sys.modules["mathcore.numeric.softmax"], "_softmax", broken)
    for n in (1, 2):
        with pytest.raises(RuntimeError, match="on purpose"), numeric.threads(n):
            numeric.softmax(z)
    monkeypatch.undo()
    assert (numeric.softmax(z) == 1 / 1000).all()


@few
def test_four_python_threads_at_once_get_the_bits_of_one(subject):
    batches = [batch(subject, seed) for seed in range(4)]
    alone = [subject(*arrays, **options) for arrays, options in batches]

    def work(k):
        arrays, options = batches[k % 4]
        with numeric.threads(1 + k % 2):
            return same_bits(outcome(subject, arrays, **options), alone[k % 4])

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(8)))


class Nested:
    """An argument that calls the function itself while it is being read."""

    def __init__(self, subject, x, inner, options):
        self.call, self.x = lambda: subject(*inner, **options), x

    def __array__(self, dtype=None, copy=None):
        self.call()
        return self.x


@few
def test_an_argument_that_calls_the_function_when_it_is_read_disturbs_nothing(subject):
    arrays, options = batch(subject)
    other, _ = batch(subject, 4)
    expected = subject(*arrays, **options)
    nested = [Nested(subject, x, other, options) for x in arrays]
    assert same_bits(subject(*nested, **options), expected)

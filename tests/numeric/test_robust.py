"""Whatever is passed in, out comes an answer by contract, or a ValueError or TypeError that names function and argument."""

import re
import tempfile
import warnings
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mathcore.numeric as numeric
from tests.numeric import surface
from tests.numeric.surface import FLOATS, TABLE, WHOLE

every = pytest.mark.parametrize("subject", TABLE, ids=str)
ROWS = [s for s in TABLE if s.axis == "row"]
every_row = pytest.mark.parametrize("subject", ROWS, ids=str)
some = settings(max_examples=40, deadline=timedelta(seconds=20), derandomize=True)


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
    floats = [x.dtype.newbyteorder("=") for x in arrays if x.dtype.kind == "f"]
    return np.result_type(*floats) if floats else np.dtype(np.float64)


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
    part = wide[tuple(slice(None, None, 2) for _ in x.shape)]
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
    part = np.memmap(tempfile.TemporaryFile(), x.dtype, "w+", shape=x.shape)
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
    "Fortran": np.asfortranarray,
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


@pytest.mark.parametrize("strange", STRANGE)
@every
def test_what_holds_no_real_numbers_is_an_error_that_names_it(subject, strange):
    if strange == "long double" and np.dtype(np.longdouble) == np.float64:
        pytest.skip("long double is double here")
    axis = (-2, -1) if subject.axis == "pair" else -1
    arrays = subject.draw((2, 3), np.random.default_rng(0), axis=axis)
    for k, argument in enumerate(subject.arguments):
        wrong = list(arrays)
        wrong[k] = STRANGE[strange](arrays[k])
        found = outcome(subject, wrong, **with_axis(subject, axis))
        if strange == "another shape" and len(arrays) == 1:
            continue
        assert isinstance(found, ValueError if strange in ("ragged lists", "another shape") else TypeError), found
        assert named(subject, found, *subject.arguments) if strange == "another shape" else named(subject, found, argument), found


@every
@settings(some, max_examples=60)
@given(st.data())
def test_nan_infinities_and_numbers_out_of_range_give_an_answer_or_a_named_error(subject, data):
    shape, axis, arrays = data.draw(calls(subject, least=1))
    if data.draw(st.booleans()):  # floats only, where there is more to put in
        arrays = [x.astype(np.float64) if kind != "labels" else x for x, kind in zip(arrays, subject.arguments.values(), strict=True)]
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
        again = outcome(subject, [np.asfortranarray(x) for x in arrays], **options)
        assert all(np.array_equal(x, y, equal_nan=True) for x, y in zip(found, again, strict=True))


def has(subject, keyword):
    return keyword in getattr(numeric, subject.name).__annotations__


WRONG = [(s, argument, value) for s in TABLE for argument, values in s.keyword.items() for value in values]


@pytest.mark.parametrize(("subject", "argument", "value"), WRONG, ids=lambda x: str(x)[:40].replace("object at", ""))
def test_a_parameter_out_of_range_or_no_number_is_an_error_that_names_it(subject, argument, value):
    axis = (-2, -1) if subject.axis == "pair" else -1
    arrays = subject.draw((2, 3), np.random.default_rng(0), axis=axis)
    found = outcome(subject, arrays, **{argument: value})
    if argument in ("base", "alpha") and value is None:
        assert not isinstance(found, Exception)
    else:
        assert isinstance(found, (ValueError, TypeError)), found
        assert named(subject, found, argument), found


NO_AXIS = (1.5, -1.0, 0.0, "0", [0], np.nan, 2j, object(), np.array([0, 1]), (0.0,), 7, -8, 10**30, (0, 0), (0, -3), (None,))


@pytest.mark.parametrize("axis", NO_AXIS, ids=lambda x: str(x)[:12])
@pytest.mark.parametrize("subject", [s for s in TABLE if s.axis], ids=str)
def test_what_is_no_axis_is_an_error_that_says_so(subject, axis):
    arrays = subject.draw((2, 3, 3), np.random.default_rng(0), axis=(-2, -1) if subject.axis == "pair" else -1)
    found = outcome(subject, arrays, axis=axis)
    assert isinstance(found, (ValueError, TypeError)), found
    assert named(subject, found, "axis"), found


@every
def test_an_unknown_keyword_or_a_missing_argument_is_a_type_error(subject):
    arrays = subject.draw((3, 3), np.random.default_rng(0), axis=(-2, -1) if subject.axis == "pair" else -1)
    for wrong in (lambda: subject(*arrays, axes=-1), lambda: subject(*arrays[:-1]), lambda: subject()):
        with pytest.raises(TypeError, match=rf"{subject.name}\(\)"):
            wrong()


@pytest.mark.parametrize("label", [-1, 5, 2**62, 10**30, 1.0, 1.5, np.nan, "1", None, 1j, np.uint64(2**64 - 1)], ids=str)
@pytest.mark.parametrize("subject", [s for s in TABLE if "labels" in s.arguments], ids=str)
def test_a_label_out_of_range_or_no_integer_is_an_error_that_names_it(subject, label):
    _, prediction = subject.draw((2, 5), np.random.default_rng(0))
    found = outcome(subject, [[0, label], prediction])
    assert isinstance(found, (ValueError, TypeError)) and named(subject, found, "labels"), found

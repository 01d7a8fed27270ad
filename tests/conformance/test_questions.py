"""Each question that is asked of every function, and a function that breaks it and nothing else that is asked."""

import random
import sys
import warnings

import numpy as np
import pytest

from mathcore.conformance.check import check, prepared
from mathcore.conformance.contract import NAMES, contract_checks
from mathcore.conformance.world import world_kept
from mathcore.evidence import Standing
from mathcore.formulas import load
from tests.conformance import trial
from tests.conformance.implementations._textbook import softmax

KEEPS, LEAVES, LAYOUTS = "keeps its input; repeats its results", "leaves the program as it was", "reads arrays of any layout"
WHOLE, NAN, INFINITE, EMPTY = "takes whole numbers", "shows a nan", "infinite input", "empty input"
ALONE, BATCH, LARGE = "a row depends on that row alone", "takes a batch", "a large batch is a batch"
THREE, ALL, SEVERAL = "every axis of three", "axis=None takes all entries", "several axes at once"

LOGSUMEXP = load("logsumexp")


def asked(function, card=trial.SOFTMAX):
    with world_kept():
        return {c.name: c for c in contract_checks(card, prepared(function, card))}


def refuted(function, card=trial.SOFTMAX):
    """The question that the function breaks; there must be one alone."""
    (failed,) = [c for c in asked(function, card).values() if not c.passed]
    return failed


def logsumexp(z, axis=-1):
    top = np.max(z, axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0)
    return np.log(np.sum(np.exp(z - top), axis=axis)) + np.squeeze(top, axis)


def one_hot(t, n):
    return np.eye(n)[t]


def test_a_right_function_breaks_none():
    """The twin of all below."""
    found = asked(softmax)
    assert all(c.passed for c in found.values())
    assert {KEEPS, LEAVES, LAYOUTS, WHOLE, NAN, ALONE, LARGE, THREE, ALL, SEVERAL} <= set(found)
    for card, function in ((LOGSUMEXP, logsumexp), (trial.ONE_HOT, one_hot)):
        assert all(c.passed for c in asked(function, card).values())


def test_every_question_has_its_stable_name():
    met = {name for f, card in ((softmax, trial.SOFTMAX), (one_hot, trial.ONE_HOT)) for name in asked(f, card)}
    assert met <= set(NAMES)


# its input, its results, the program ------------------------------------------------------------------------------------------


def shifts_its_input(z, axis=-1):
    z -= z.max(axis=axis, keepdims=True)
    return softmax(z, axis)


class Steps:
    """Wrong with every second call."""

    calls = 0

    def __call__(self, z, axis=-1):
        self.calls += 1
        return softmax(z, axis) * (1 + 0.01 * (self.calls % 2 == 0))


class Buffer:
    """One array for all results of a shape."""

    def __init__(self):
        self.kept = {}

    def __call__(self, z, axis=-1):
        out = self.kept.setdefault((z.shape, z.dtype), np.empty(z.shape, z.dtype if z.dtype.kind == "f" else float))
        out[...] = softmax(z, axis)
        return out


class Meddles:
    """Changes the input of the call before the last."""

    def __init__(self):
        self.given = []

    def __call__(self, z, axis=-1):
        self.given = [*self.given[-2:], z]
        if len(self.given) == 3 and self.given[0].flags.writeable:
            self.given[0][...] = 0
        return softmax(z, axis)


class ByAddress:
    """Remembers results by the array."""

    def __init__(self):
        self.kept = {}

    def __call__(self, z, axis=-1):
        return self.kept.setdefault((id(z), axis), (z, softmax(z, axis)))[1].copy()


class ByRoundedNumbers:
    """Remembers results by the numbers to four places."""

    def __init__(self):
        self.kept = {}

    def __call__(self, z, axis=-1):
        return self.kept.setdefault((np.round(z.astype(float), 4).tobytes(), z.shape, z.dtype, axis), softmax(z, axis)).copy()


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (shifts_its_input, "changes its argument to"),
        (Steps(), "called again"),
        (Buffer(), "which later calls turn into"),
        (Meddles(), "are changed by a later call"),
        (ByAddress(), "in an array that held other numbers before"),
        (ByRoundedNumbers(), "called after"),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__) if callable(value) else "",
)
def test_what_a_call_leaves_behind_is_found(function, told):
    failed = {c.name: c for c in asked(function).values() if not c.passed}
    assert told in failed[KEEPS].detail


def test_a_result_belongs_to_the_caller_who_may_write_into_it():
    kept = {}

    def of_a_table(t, n):
        return kept.setdefault(n, np.eye(n))[t]

    card = load("one_hot")  # of what ordinary code reaches the card of the trial says nothing
    failed = refuted(of_a_table, card)
    assert failed.name == KEEPS
    assert "after 1 was added to its earlier result, gives [2.0, 1.0, " in failed.detail
    assert all(np.array_equal(table, np.eye(n)) for n, table in kept.items())  # what was written there is put back
    assert asked(lambda t, n: of_a_table(t, n).copy(), card)[KEEPS].passed


EFFECTS = {
    "the error state of NumPy": lambda: np.seterr(over="raise"),
    "NumPy's random numbers": lambda: np.random.seed(1),  # noqa: NPY002  # the global one is meant
    "Python's random numbers": lambda: random.random(),
    "the print options of NumPy": lambda: np.set_printoptions(precision=3),
    "the filters of warnings": lambda: warnings.simplefilter("always"),
    "the recursion limit": lambda: sys.setrecursionlimit(sys.getrecursionlimit() + 1),
}


@pytest.mark.parametrize("what", EFFECTS)
def test_what_a_call_changes_for_the_whole_program_is_found_and_put_back(what):
    def changes(z, axis=-1):
        EFFECTS[what]()
        return softmax(z, axis)

    before = (np.geterr(), np.get_printoptions(), list(warnings.filters), random.getstate(), sys.getrecursionlimit())
    failed = refuted(changes)
    assert failed.name == LEAVES
    assert f"changes {what} for the whole program" in failed.detail
    assert before == (np.geterr(), np.get_printoptions(), list(warnings.filters), random.getstate(), sys.getrecursionlimit())


def test_a_function_that_puts_everything_back_changes_nothing():
    def careful(z, axis=-1):
        with np.errstate(all="ignore"), np.printoptions(precision=3), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            np.random.default_rng(1).normal()
            return softmax(z, axis)

    assert asked(careful)[LEAVES].passed


# layouts, whole numbers -------------------------------------------------------------------------------------------------------


def wrong_where(condition):
    def f(z, axis=-1):
        return softmax(z, axis) * (1.01 if z.ndim == 1 and len(z) > 1 and condition(z) else 1)

    return f


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (lambda z: z.strides[0] > z.itemsize, "of every second entry"),
        (lambda z: z.strides[0] < 0, "read backwards"),
        (lambda z: not z.flags.writeable, "that are not writable"),
    ],
)
def test_an_array_in_another_layout_is_read_wrong(condition, told):
    failed = refuted(wrong_where(condition))
    assert failed.name == LAYOUTS
    assert f"with arrays {told} gives" in failed.detail


def test_a_table_with_columns_first_is_read_wrong():
    card = load("mutual_information")

    def in_memory_order(joint):
        p = np.frombuffer(joint.tobytes("A"), joint.dtype).reshape(joint.shape)
        rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
        return np.sum(np.where(p > 0, p * np.log(np.where(p > 0, p / rows * (p.sum() / columns), 1)), 0))

    failed = refuted(in_memory_order, card)
    assert failed.name == LAYOUTS
    assert "with columns first" in failed.detail


def test_the_array_behind_an_argument_is_watched():
    def writes_beside(z, axis=-1):
        result = softmax(z, axis)
        if z.ndim == 1 and isinstance(z.base, np.ndarray) and z.base.flags.writeable:
            z.base[...] = np.where(z.base == 7, 8, z.base)
        return result

    failed = refuted(writes_beside)
    assert failed.name == LAYOUTS
    assert "changes the array that its argument is a part of" in failed.detail


def test_a_layout_that_is_refused_is_no_failure():
    def contiguous_only(z, axis=-1):
        if not z.flags.c_contiguous:
            raise ValueError("contiguous arrays only")
        return softmax(z, axis)

    assert asked(contiguous_only)[LAYOUTS].standing is Standing.UNSUPPORTED


def test_results_in_the_format_of_whole_numbers_are_cut():
    def in_its_format(z, axis=-1):
        return softmax(z, axis).astype(z.dtype)

    failed = refuted(in_its_format)
    assert failed.name == WHOLE
    assert "given int64, gives [" in failed.detail


def test_bools_are_numbers_and_no_mask():
    def masks(z, axis=-1):
        return softmax(np.where(z, 0.0, -np.inf) if z.dtype == bool else z, axis)

    failed = refuted(masks)
    assert failed.name == WHOLE
    assert "given bool" in failed.detail


def test_whole_numbers_that_are_refused_are_no_failure():
    def floats_only(z, axis=-1):
        if z.dtype.kind != "f":
            raise TypeError("floats only")
        return softmax(z, axis)

    assert asked(floats_only)[WHOLE].standing is Standing.UNSUPPORTED


def test_unsigned_numbers_of_8_bits_that_wrap_around_are_not_supported():
    card = load("mean_absolute_error")

    def plain(t, y):
        return np.abs(t - y).mean(axis=-1)

    check = asked(plain, card)[WHOLE]
    assert check.standing is Standing.UNSUPPORTED
    assert "not uint8: plain([0], [1]) gives 255.0" in check.detail
    assert asked(lambda t, y: plain(t.astype(float), y.astype(float)), card)[WHOLE].standing is None


# nan, infinities, nothing -----------------------------------------------------------------------------------------------------


def test_a_nan_that_is_lost_wherever_it_stands_is_hidden():
    def hides(z, axis=-1):
        return softmax(np.nan_to_num(z, posinf=np.inf, neginf=-np.inf), axis)

    failed = refuted(hides)
    assert failed.name == NAN
    assert "the nan is lost" in failed.detail


def test_a_nan_that_a_comparison_loses_at_one_place_is_a_convention():
    def online(z):
        top, total = -np.inf, 0.0
        for x in z:
            if x > top:
                top, total = x, total * np.exp(top - x) + 1
            else:
                total += np.exp(x - top)
        return top + np.log(total)

    check = asked(online, LOGSUMEXP)[NAN]
    assert check.standing in (Standing.CONVENTION, None)
    assert check.passed


@pytest.mark.parametrize("refuses", [True, False])
def test_a_nan_may_be_refused(refuses):
    def f(z, axis=-1):
        if refuses and np.isnan(z).any():
            raise ValueError("nan")
        return softmax(z, axis)

    assert asked(f)[NAN].passed


def test_a_finite_number_where_the_limit_is_infinite_is_wrong():
    def clips(z, axis=-1):
        return logsumexp(np.clip(z, -1e300, 1e300), axis)

    failed = refuted(clips, LOGSUMEXP)
    assert failed.name == INFINITE
    assert "the limit is inf" in failed.detail


def test_nan_for_an_infinite_number_is_a_convention():
    def plain(z, axis=-1):
        top = np.max(z, axis=axis, keepdims=True)
        return np.log(np.sum(np.exp(z - top), axis=axis)) + np.squeeze(top, axis)

    check = asked(plain, LOGSUMEXP)[INFINITE]
    assert check.standing is Standing.CONVENTION
    assert "nan for inf in z, where the limit is inf" in check.detail


def test_whatever_is_done_with_no_entries_is_told():
    def sums(z, axis=-1):
        return np.exp(z) / np.exp(z).sum(axis=axis, keepdims=True)

    for function, told in ((sums, "gives []"), (softmax, "raises ValueError")):
        check = asked(function)[EMPTY]
        assert check.standing is Standing.CONVENTION
        assert told in check.detail


def test_a_number_for_a_single_entry_is_a_convention():
    found = asked(lambda z: np.squeeze(softmax(z)))
    assert all(check.passed for check in found.values())
    assert found["a single entry"].standing is Standing.CONVENTION
    assert "gives a number, not an array of one entry" in found["a single entry"].detail
    assert "a single entry" not in asked(softmax)


# batches ----------------------------------------------------------------------------------------------------------------------


def test_rows_that_depend_on_each_other_are_found():
    def one_shift(z, axis=-1):
        e = np.exp(z - np.max(z))
        return e / e.sum(axis=axis, keepdims=True)

    found = asked(one_shift)
    assert "in a batch" in found[ALONE].detail
    assert {name for name, check in found.items() if not check.passed} <= {ALONE, LARGE, THREE}


@pytest.mark.parametrize("reads", [lambda z: z.tobytes("A"), lambda z: z.ravel("K").tobytes()])
def test_a_batch_that_lies_column_by_column_is_read_wrong(reads):
    def in_memory_order(z, axis=-1):
        return softmax(np.frombuffer(reads(z), z.dtype).reshape(z.shape) if z.ndim == 2 else z, axis)

    failed = refuted(in_memory_order)
    assert failed.name == ALONE
    assert "in memory columns first" in failed.detail


def test_a_table_of_numbers_is_read_entry_by_entry():
    def sigmoid(x):
        result = trial.sigmoid(x)
        return np.cumsum(result, axis=0) if np.ndim(x) == 2 else result

    card = load("sigmoid")  # of what ordinary code reaches the card of the trial says nothing
    assert refuted(sigmoid, card).name == ALONE
    assert asked(trial.sigmoid, card)[ALONE].passed


def test_a_large_batch_that_is_not_finished_is_found():
    def in_chunks(z, axis=-1):
        result = softmax(z, axis)
        if z.ndim == 2 and len(z) > 20_000:
            result[len(z) // 1000 * 1000 :] = 0
        return result

    failed = refuted(in_chunks)
    assert failed.name == LARGE
    assert "row 40001 of 40001 rows gives" in failed.detail


def test_a_batch_may_be_refused():
    def of_vectors(z):
        if z.ndim != 1:
            raise ValueError("one vector")
        return softmax(z)

    check = asked(of_vectors)[BATCH]
    assert check.standing is Standing.UNSUPPORTED
    assert "not a batch: raises ValueError: one vector" in check.detail


def test_rows_that_share_what_is_theirs_are_found_without_an_axis():
    """One row, repeated, comes out right: it takes a batch, and then rows must not depend on each other."""
    card = load("sparse_categorical_crossentropy")

    def loss(t, z, first=False):
        t = np.broadcast_to(np.ravel(t)[0], np.shape(t)) if first else np.asarray(t)
        return logsumexp(z) - np.take_along_axis(z, t[..., None], axis=-1)[..., 0]

    assert refuted(lambda t, z: loss(t, z, first=True), card).name == ALONE
    assert refuted(lambda z: np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum(axis=-1, keepdims=True)).name == ALONE
    assert all(check.passed for check in asked(loss, card).values())
    assert asked(lambda z: np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum())[BATCH].passed  # of vectors


def test_a_batch_that_is_changed_is_found():
    def shifts_rows(z, axis=-1):
        if z.ndim == 2:
            z -= z.max(axis=axis, keepdims=True)
        return softmax(z, axis)

    failed = refuted(shifts_rows)
    assert failed.name == BATCH
    assert failed.detail.endswith("changes its argument")


@pytest.mark.parametrize(("one", "passed"), [(lambda s: s[0], True), (lambda s: 2 * s, False)])
def test_a_batch_of_one_row_gives_the_row(one, passed):
    """Its axis may be lost, as by np.squeeze; its numbers may not."""
    found = asked(lambda z: one(softmax(z)) if z.ndim == 2 and len(z) == 1 else softmax(z))["a batch of one row"]
    assert found.passed == passed
    assert found.standing is (Standing.CONVENTION if passed else None)
    assert "a batch of one row" not in asked(softmax)


TABLE = "a batch of two axes"


def test_another_axis_of_three_is_a_convention_where_no_axis_is_taken():
    second = asked(lambda z: softmax(z, min(1, z.ndim - 1)))[TABLE]
    assert second.standing is Standing.CONVENTION
    assert second.detail == "an array with three axes is taken along axis 1: it has no axis"
    assert asked(lambda z: softmax(z))[TABLE].standing is None
    assert TABLE not in asked(softmax)


def test_three_axes_may_be_refused_where_no_axis_is_taken():
    def of_two(z):
        if z.ndim > 2:
            raise ValueError("a matrix at most")
        return softmax(z)

    assert asked(of_two)[TABLE].standing is Standing.UNSUPPORTED
    assert asked(lambda z: softmax(z) if z.ndim < 3 else 2 * z)[TABLE].standing is Standing.UNSUPPORTED


WAYS = {
    "a batch gives the mean of its rows": lambda z: logsumexp(z).mean(),
    "a batch gives the sum of its rows": lambda z: logsumexp(z).sum(),
    "a batch is taken as one long input: it has no axis": lambda z: logsumexp(z.reshape(-1)),
    "a batch is taken column by column: it has no axis": lambda z: logsumexp(z, axis=0),
}


@pytest.mark.parametrize("way", WAYS)
def test_ways_to_take_a_batch_without_an_axis_are_conventions(way):
    check = asked(WAYS[way], LOGSUMEXP)[BATCH]
    assert check.standing is Standing.CONVENTION
    assert check.detail == way


def test_one_number_of_python_for_a_batch_is_judged_like_any_other():
    card = load("accuracy")

    def share(t, z):
        return float(np.mean(np.argmax(z, axis=-1) == t))

    def count(t, z):
        return float(np.sum(np.argmax(z, axis=-1) == t))

    assert asked(share, card)[BATCH].detail == "a batch gives the mean of its rows"
    assert refuted(count, card).name == ALONE


@pytest.mark.parametrize(
    "wrong",
    [
        lambda z: logsumexp(z).mean() * (1 if z.ndim == 1 else 1.01),
        lambda z: np.max(logsumexp(z)),
    ],
)
def test_any_other_number_for_a_batch_is_wrong(wrong):
    assert refuted(wrong, LOGSUMEXP).name == ALONE


def test_another_shape_along_an_axis_is_wrong():
    def short(z, axis=-1):
        return logsumexp(z, axis)[:-1] if np.ndim(z) == 2 else logsumexp(z, axis)

    found = asked(short, LOGSUMEXP)
    assert not found[ALONE].passed
    assert "neither a value a row" in found[ALONE].detail


def test_a_function_of_vectors_without_an_axis_promises_no_shape_of_a_batch():
    def of_vectors(z):
        return logsumexp(z, axis=0)[:-1] if z.ndim == 2 else logsumexp(z)

    assert asked(of_vectors, LOGSUMEXP)[BATCH].standing is Standing.UNSUPPORTED


# axes -------------------------------------------------------------------------------------------------------------------------


def test_an_axis_of_three_that_is_mistaken_is_found():
    def last_of_three(z, axis=-1):
        return softmax(z, -1 if np.ndim(z) == 3 and axis == 1 else axis)

    found = refuted(last_of_three)
    assert found.name == THREE
    assert "along axis 1 of an array with three" in found.detail


def test_an_axis_that_counts_from_the_end_is_tried():
    def positive_only(z, axis=-1):
        return softmax(z, 0 if axis == -2 and np.ndim(z) == 3 else axis)

    assert refuted(positive_only).name == THREE


@pytest.mark.parametrize(("name", "kind"), [(ALL, type(None)), (SEVERAL, tuple)])
def test_several_axes_that_are_taken_for_one_are_found(name, kind):
    def last(z, axis=-1):
        return softmax(z, -1 if isinstance(axis, kind) else axis)

    assert refuted(last).name == name


@pytest.mark.parametrize("name", [THREE, ALL, SEVERAL])
def test_an_axis_that_is_refused_is_no_failure(name):
    def of_two(z, axis=-1):
        if not isinstance(axis, int) or np.ndim(z) > 2:
            raise ValueError("one axis of two")
        return softmax(z, axis)

    assert asked(of_two)[name].standing is Standing.UNSUPPORTED


# labels -----------------------------------------------------------------------------------------------------------------------


def one_hot_or_nan(t, n):
    return np.eye(n)[t] if np.all((np.asarray(t) >= 0) & (np.asarray(t) < n)) else np.full(n, np.nan)


def one_hot_or_error(t, n):
    if np.any(np.asarray(t) < 0):
        raise IndexError("a label names no class")
    return np.eye(n)[t]


@pytest.mark.parametrize(
    ("function", "told"),
    [(one_hot, "give a number: one_hot(-1, "), (one_hot_or_nan, "give nan or inf: "), (one_hot_or_error, "are refused")],
)
def test_what_is_done_with_labels_that_name_no_class_is_told(function, told):
    check = asked(function, trial.ONE_HOT)["labels that name no class"]
    assert check.standing is Standing.CONVENTION
    assert told in check.detail


# its own work -----------------------------------------------------------------------------------------------------------------


def test_a_function_that_calls_mathcore_does_not_do_its_own_work():
    from mathcore import numeric

    def borrows(z, axis=-1):
        return numeric.softmax(z, axis=axis)

    borrows.__module__ = "theirs"
    failed = check(borrows, trial.SOFTMAX, effort="quick").failures
    assert [c.name for c in failed] == ["does its own work"]
    assert "which is mathcore's own result" in failed[0].detail
    assert check(softmax, trial.SOFTMAX, effort="quick").failures == ()
    assert check(numeric.softmax, trial.SOFTMAX, effort="quick").failures == ()  # the function itself is meant

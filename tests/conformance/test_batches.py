"""Batches of other people's functions: what is wrong in them alone is found, and usual ways to take them are no fault."""

import numpy as np
import pytest

import mathcore
from mathcore.evidence import Grade


def softmax(z, axis=-1):
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def large_batches_are_wrong(z):
    result = softmax(z)
    if np.ndim(z) > 1 and len(z) > 100:
        result[100:] = 1 / np.shape(z)[-1]
    return result


def reversed_where_there_are_many_rows(z):
    return softmax(z)[::-1] if np.ndim(z) > 1 and len(z) > 1000 else softmax(z)


def axis_1_of_a_table_is_axis_0(z, axis=-1):
    return softmax(z, 0 if axis == 1 and np.ndim(z) == 2 else axis)


def float32_in_a_table(z):
    return softmax(np.asarray(z).astype(np.float32)).astype(np.asarray(z).dtype) if np.ndim(z) == 2 else softmax(z)


@pytest.mark.parametrize(
    "function", [large_batches_are_wrong, reversed_where_there_are_many_rows, axis_1_of_a_table_is_axis_0, float32_in_a_table]
)
def test_what_is_wrong_in_batches_alone_is_found(function):
    assert not mathcore.check(function, "softmax", effort="quick").passed


ENTRIES = {
    "none": lambda x: x != x,
    "negative": lambda x: x < 0,
    "above 2": lambda x: x > 2,
    "small": lambda x: abs(x) < 0.01,
    "large": lambda x: abs(x) > 50,
}
POINTWISE = {"relu": lambda x: np.maximum(x, 0), "softplus": lambda x: np.logaddexp(0, x), "tanh": np.tanh}


@pytest.mark.parametrize("kind", ENTRIES)
@pytest.mark.parametrize("name", POINTWISE)
def test_entries_of_one_kind_far_back_in_a_large_array_are_seen(name, kind):
    def wrong(x):
        result, given = np.array(POINTWISE[name](x)), np.asarray(x)
        behind = np.arange(given.size).reshape(given.shape) >= 20_000
        result[behind & ENTRIES[kind](given)] += 1
        return result

    assert mathcore.check(wrong, name, effort="quick").passed == (kind == "none")


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("mean_squared_error", lambda t, y: np.sum((t - y) ** 2) / len(t)),
        ("mean_absolute_error", lambda t, y: np.sum(np.abs(t - y)) / len(t)),
        ("mean_squared_error", lambda t, y: np.linalg.norm(np.asarray(t) - np.asarray(y)) ** 2 / len(t)),
        ("js_divergence", lambda p, q: mean_of_divergences(p, q, (p + q) / 2)),
    ],
    ids=["squares", "sizes", "norm", "bools"],
)
def test_a_usual_way_is_right(name, function):
    report = mathcore.check(function, name, effort="quick")
    assert report.passed, report


def mean_of_divergences(p, q, m):
    def terms(a):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(a > 0, a * np.log(a / m), 0)

    return (terms(p).sum() + terms(q).sum()) / 2


@pytest.mark.parametrize(("name", "function"), [("matmul", np.matmul), ("variance", lambda x: np.var(x, axis=-1))])
def test_of_a_card_without_accuracy_nothing_is_called_wrong(name, function):
    report = mathcore.check(function, name, effort="quick")
    assert report.grade is Grade.UNJUDGED and all(check.passed for check in report.checks)


def test_a_wrong_function_for_a_card_without_accuracy_is_found():
    assert not mathcore.check(lambda x: np.var(x, ddof=1, axis=-1), "variance", effort="quick").passed

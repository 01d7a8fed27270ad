import numpy as np
import pytest

from mathcore.numeric import one_hot


def test_the_one_stands_at_the_class_number():
    labels = np.random.default_rng(0).integers(7, size=(4, 5))
    rows = one_hot(labels, 7)
    assert rows.shape == (4, 5, 7)
    assert (rows.sum(axis=-1) == 1).all()
    assert np.array_equal(rows.argmax(axis=-1), labels)
    assert set(np.unique(rows)) == {0, 1}


def test_classes_are_counted_from_the_largest_label():
    assert one_hot([0, 2]).shape == (2, 3)
    assert one_hot(3).tolist() == [0, 0, 0, 1]
    assert one_hot([], 4).shape == (0, 4)


@pytest.mark.parametrize("dtype", [np.float16, "float32", float, np.uint8, int, bool, ">f8"])
def test_any_real_type_can_be_asked_for(dtype):
    assert one_hot([1, 0], 2, dtype=dtype).dtype == np.dtype(dtype)
    assert one_hot(np.uint8([1, 0]), np.int64(2), dtype=dtype).astype(int).tolist() == [[0, 1], [1, 0]]


def test_float64_is_the_default():
    assert one_hot([0]).dtype == np.float64


@pytest.mark.parametrize(
    ("labels", "options", "error", "message"),
    [
        ([3], {"classes": 3}, ValueError, r"one_hot: labels must be from 0 to 2 for 3 classes; labels\[0\] is 3"),
        ([0, -1], {}, ValueError, r"labels must be at least 0; labels\[1\] is -1"),
        (-1, {}, ValueError, "labels is -1"),
        ([1.0], {}, TypeError, "labels must be integers, got float64"),
        ([], {}, ValueError, "no labels to count classes from. Pass classes="),
        ([0], {"classes": 0}, ValueError, "classes must be at least 1, got 0"),
        ([0], {"classes": 2.0}, TypeError, "classes must be an integer, got 2.0"),
        ([0], {"dtype": complex}, TypeError, "dtype must be a float, integer or boolean type, got complex128"),
        ([0], {"dtype": object}, TypeError, "got object"),
        ([0], {"dtype": str}, TypeError, "dtype must be"),
        ([0], {"dtype": "nonsense"}, TypeError, "dtype 'nonsense' is unknown"),
        (["a"], {}, TypeError, "labels must hold"),
    ],
)
def test_wrong_calls_are_errors_that_name_the_remedy(labels, options, error, message):
    with pytest.raises(error, match=message):
        one_hot(labels, **options)

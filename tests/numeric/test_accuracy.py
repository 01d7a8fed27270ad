import numpy as np
import pytest

from mathcore.numeric import accuracy, softmax

SCORES = np.array([[0.7, 0.2, 0.1], [0.5, 0.4, 0.1], [0.1, 0.2, 0.7]])


def test_it_is_the_share_of_samples_whose_largest_score_is_at_the_label():
    assert accuracy([0, 2, 2], SCORES) == 2 / 3
    assert accuracy([0, 0, 2], SCORES) == 1
    assert accuracy([1, 1, 1], SCORES) == 0
    assert type(accuracy([0, 2, 2], SCORES)) is np.float64


def test_it_is_the_quotient_of_two_counts_rounded_once():
    rng = np.random.default_rng(17)
    for n in rng.integers(1, 200, 50):
        scores, labels = rng.normal(size=(n, 4)), rng.integers(0, 4, n)
        right = sum(max(range(4), key=lambda k, row=row: row[k]) == label for row, label in zip(scores, labels, strict=True))
        assert accuracy(labels, scores) == right / int(n)


def test_logits_and_their_probabilities_are_equally_good():
    rng = np.random.default_rng(18)
    z, labels = rng.normal(size=(500, 5)), rng.integers(0, 5, 500)
    assert accuracy(labels, z) == accuracy(labels, softmax(z))


def test_the_first_of_equal_scores_counts():
    assert accuracy([0, 0], [[1, 1, 0], [2, 2, 2]]) == 1
    assert accuracy([1, 2], [[1, 1, 0], [2, 2, 2]]) == 0


def test_a_sample_with_a_nan_counts_as_wrong():
    assert accuracy([0, 1, 1], [[np.nan, 1.0], [np.nan, 1.0], [0.0, 1.0]]) == 1 / 3


def test_infinite_scores_are_scores():
    assert accuracy([1, 0], [[0.0, np.inf], [-np.inf, -np.inf]]) == 1


def test_classes_lie_along_the_axis_and_all_samples_count_alike():
    labels = np.array([[0, 1], [2, 2], [1, 0]])
    scores = np.random.default_rng(19).normal(size=(3, 2, 3))
    value = accuracy(labels, scores)
    assert value == np.mean(scores.argmax(-1) == labels)
    assert accuracy(labels, np.moveaxis(scores, -1, 0), axis=0) == value
    assert accuracy(labels, np.moveaxis(scores, -1, 1), axis=1) == value


def test_one_sample_needs_no_batch():
    assert accuracy(2, [0.1, 0.2, 0.7]) == 1


@pytest.mark.parametrize("dtype", ["float16", "float32", "int8", "uint8", "bool", ">f8"])
def test_any_format_of_scores_gives_a_float64(dtype):
    assert accuracy([0, 1], np.eye(2).astype(dtype)) == 1
    assert accuracy([0, 1], np.eye(2).astype(dtype)).dtype == np.float64


def test_wrong_input_is_named():
    with pytest.raises(ValueError, match=r"accuracy: labels must be from 0 to 2 for 3 classes; labels\[1\] is 3"):
        accuracy([0, 3, 0], SCORES)
    with pytest.raises(ValueError, match=r"accuracy: labels must be from 0 to 2 .*is -1"):
        accuracy([0, -1, 0], SCORES)
    with pytest.raises(ValueError, match=r"labels must have the shape of prediction without axis -1, \(3,\), got \(2,\)\. Pass"):
        accuracy([0, 1], SCORES)
    with pytest.raises(ValueError, match=r"got \(3, 3\)\. Pass class numbers, for example one_hot_labels\.argmax"):
        accuracy(np.eye(3, dtype=int), SCORES)
    with pytest.raises(ValueError, match="there are no samples"):
        accuracy(np.zeros(0, int), np.zeros((0, 3)))
    with pytest.raises(ValueError, match="empty along axis"):
        accuracy([0], np.zeros((1, 0)))
    with pytest.raises(ValueError, match="prediction must have a class axis"):
        accuracy(0, 1.0)
    with pytest.raises(ValueError, match="axis 2 is out of range"):
        accuracy([0], SCORES, axis=2)
    with pytest.raises(TypeError, match="labels must be integers"):
        accuracy([0.0, 1.0, 2.0], SCORES)
    with pytest.raises(TypeError, match="axis must be one integer"):
        accuracy([0, 1, 2], SCORES, axis=(0, 1))

"""Every mistake is plausible, silent, and refuted by the judge of the right function."""

import importlib
import inspect
import pkgutil

import numpy as np
import pytest

import mathcore.mistakes
from mathcore import numeric

RIGHT = {"gradient_descent": "gradient_descent_step"}
Z = np.array([[1.0, -2.0, 0.5], [40.0, 0.0, 0.0], [800.0, 3.0, -800.0], [-0.3, 604.5443925878075, 2.0]])
P = np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [0.5, 0.5, 0.0]])
Q = np.array([[0.1, 0.6, 0.3], [0.5, 0.25, 0.25], [1.0, 0.0, 0.0]])
NEAR = P[0] * (1 + np.array([1e-9, -1e-9, 2e-10]))
POINTS = {
    "softmax": [(Z,)],
    "log_softmax": [(Z,)],
    "logsumexp": [(Z,)],
    "entropy": [(P,)],
    "kl_divergence": [(P, Q), (P[0], NEAR / NEAR.sum())],
    "crossentropy": [(P, Q)],
    "gradient_descent": [(np.array([1.0, -2.0]), np.array([3.0, 4.0]), 0.1)],
    "categorical_crossentropy": [(P, np.array([[1.0, 2, 3], [40, 0, 0], [3, -50, 1]]), {"from_logits": True})],
    "sparse_categorical_crossentropy": [([2, 0, 1], Q), ([-1, 0, 1], Q)],
    "mean_squared_error": [(np.array([1.0, 2.0]), np.array([3.0, -2.5]))],
    "one_hot": [([2, 0, 1],), ([-1, 0, 2],)],
}


MISTAKES = [
    pytest.param(module.name, function, id=f"{module.name}.{name}")
    for module in pkgutil.iter_modules(mathcore.mistakes.__path__)
    for name, function in vars(importlib.import_module(f"mathcore.mistakes.{module.name}")).items()
    if inspect.isfunction(function)
]


def answer(function, arguments):
    *arrays, options = arguments if isinstance(arguments[-1], dict) else (*arguments, {})
    try:
        return np.asarray(function(*arrays, **options))
    except ValueError:
        return "an error"


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
def test_every_mistake_is_refuted_at_some_point(name, mistake):
    right = getattr(numeric, RIGHT.get(name, name))
    for arguments in POINTS[name]:
        with np.errstate(all="raise"):
            wrong, value = answer(mistake, arguments), answer(right, arguments)
        if isinstance(value, str) or wrong.shape != value.shape:
            return
        with np.errstate(all="ignore"):
            if not np.array_equal(wrong, value) and not (np.abs(wrong - value) <= 6 * np.spacing(np.abs(value))).all():
                return
    pytest.fail("nothing refutes it")


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
def test_every_mistake_says_what_it_is_in_one_sentence_and_takes_the_same_arguments(name, mistake):
    assert "\n" not in mistake.__doc__
    assert mistake.__doc__.endswith(".")
    right = inspect.signature(getattr(numeric, RIGHT.get(name, name))).parameters
    for parameter in inspect.signature(mistake).parameters.values():
        assert (parameter.kind, parameter.default) == (right[parameter.name].kind, right[parameter.name].default)


@pytest.mark.parametrize(
    ("name", "at_least"),
    [("softmax", 8), ("logsumexp", 4), ("entropy", 5), ("kl_divergence", 5), ("crossentropy", 5), ("gradient_descent", 5)],
)
def test_there_are_enough_of_them(name, at_least):
    assert sum(parameter.values[0] == name for parameter in MISTAKES) >= at_least

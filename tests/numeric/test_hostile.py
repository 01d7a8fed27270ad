"""Calls that nobody should make: an answer by contract, or an error that names function, argument and remedy."""

import ast
import inspect
import itertools
import sys
from pathlib import Path

import numpy as np
import pytest
from flint import ctx

import mathcore.numeric as numeric
from mathcore.numeric import _arrays, _space
from tests.numeric import hostile
from tests.numeric.hostile import FLAGS, NO_NUMBERS, SUBJECTS, Call, beyond, failures, parameters, wide
from tests.numeric.oracle import ulp_error
from tests.numeric.surface import FLOATS

crossentropy, perplexity = (sys.modules[f"mathcore.numeric.{name}"] for name in ("crossentropy", "perplexity"))
every = pytest.mark.parametrize("subject", SUBJECTS, ids=str)


def drawn(subject, dtypes=None):
    return subject.draw((2, 3), np.random.default_rng(1), dtypes, (-2, -1) if subject.axis == "pair" else -1)


def test_no_hostile_call_is_answered_against_the_contract():
    assert [f"{call}: {text}" for call, text in hostile.hunt(900, seed=20)] == []


# sums of the bits as they are ---------------------------------------------------------------------------------------------

HUGE = [
    ("entropy", ([1.2e140],)),
    ("entropy", ([1.2e140, 3e-200, 0.0],)),
    ("crossentropy", ([5.7e307, 4.3e307], [2e-3, 1.7e3])),
    ("categorical_crossentropy", ([0.0, 4.8e307], [26.0, 2.0])),
    ("kl_divergence", ([3.3e307, 6.2e307], [3.6e4, 2.8e4])),
    ("kl_divergence", ([1.9e303, 4.7e170], [1.5e-161, 1.3e162])),
    ("kl_divergence", ([7.8e307, 1.2e308], [1.3e308, 9.9e307])),
    ("js_divergence", ([7.8e307, 1.2e308], [1.3e308, 9.9e307])),
    ("js_divergence", ([8.2e275, 1e-310], [8.2e275, 3e-310])),
    ("js_divergence", ([1.6e308, 5.5e307], [6e-3, 0.0])),
    ("perplexity", ([3.1e307, 1.6e307],)),
    ("mutual_information", ([[1e308, 1e300], [1e307, 1e308]],)),
]


@pytest.mark.parametrize(("name", "arguments"), HUGE, ids=[f"{name} {k}" for k, (name, _) in enumerate(HUGE)])
def test_unchecked_huge_and_tiny_sums_are_those_of_the_bits(name, arguments):
    with ctx.workprec(2400):
        (((y, _),),) = hostile.EXACT[name](*arguments)
        assert ulp_error(float(getattr(numeric, name)(*arguments, validate=False)), y, np.float64) <= 6


@pytest.mark.parametrize(
    ("t", "z"),
    [
        ([1.5e307, 1.6e307, 7.9e307, 3.8e307], [-2.9e35, 4.9e34, 1.9e34, -5.6e37]),
        ([1.2e308, 1.2e308], [0.0, 0.0]),
        ([1e308, 0.0], [0.0, -750.0]),
        ([1e200, 8e-314], [0.0, -1e300]),
        ([6e-321, 2.1e-308, 5.9e-321], [69.0, 96.0, 30.0]),
        ([0.0, 1.6e307], [-5.6e307, 2.6e307]),
    ],
)
def test_the_gradient_of_labels_of_any_weight_is_that_of_the_bits(t, z):
    _, gradient = numeric.categorical_crossentropy_value_and_grad(t, z, from_logits=True, validate=False)
    with ctx.workprec(2400):
        _, exact = hostile.categorical_of_logits(t, z)
        assert [beyond(float(out), y, gradient.dtype) for out, y in zip(gradient, exact, strict=True)] == [0.0] * len(t)


def test_a_row_of_ordinary_labels_keeps_its_bits_beside_heavy_ones():
    rng = np.random.default_rng(0)
    z, t = rng.normal(size=(40, 5)) * 300, rng.random((40, 5))
    alone = numeric.categorical_crossentropy_value_and_grad(t, z, from_logits=True, validate=False)
    t[::3] *= 1e306
    beside = numeric.categorical_crossentropy_value_and_grad(t, z, from_logits=True, validate=False)
    for a, b in zip(alone, beside, strict=True):
        assert a[1::3].tobytes() == b[1::3].tobytes()


# formats ------------------------------------------------------------------------------------------------------------------


@every
def test_integers_count_as_float64_beside_any_floats(subject):
    for dtype, whole, whose in itertools.product(FLOATS, ["bool", "uint8", "int32", "int64"], subject.arguments):
        dtypes = [whole if argument == whose else dtype for argument in subject.arguments]
        for result, (_, formats) in zip(subject(*drawn(subject, dtypes)), subject.gives, strict=False):
            assert result.dtype == ("float64" if whose in formats else dtype), (whose, whole, dtype)


@every
def test_an_integer_that_float64_cannot_hold_is_refused_with_its_place(subject):
    for k, (argument, kind) in enumerate(subject.arguments.items()):
        if kind == "labels":
            continue
        for value, dtype in ((2**53 + 1, "int64"), (-(2**62) - 1, ">i8"), (2**64 - 1, "uint64")):
            arrays = [np.abs(x) for x in drawn(subject)]
            arrays[k] = np.zeros((2, 3), dtype)
            arrays[k][1, 2] = value
            with pytest.raises(
                ValueError, match=rf"^{subject.name}: integers count as float64, and {argument}\[1, 2\] is {value},"
            ):
                subject(*arrays)


@pytest.mark.parametrize("value", [2**53, -(2**53), 2**60, -(2**63), 2**54 + 4])
def test_a_large_integer_that_is_a_float64_is_taken(value):
    assert numeric.relu(np.array([value])) == max(value, 0)
    assert numeric.mean_absolute_error([0], [value]) == abs(value)


# switches and other arguments ---------------------------------------------------------------------------------------------

SWITCHES = [(s, name) for s in SUBJECTS for name in FLAGS if name in parameters(s)]


@pytest.mark.parametrize(("subject", "name"), SWITCHES, ids=lambda x: str(x))
def test_a_switch_that_is_no_boolean_is_refused_by_name(subject, name):
    for value in FLAGS[name]:
        with pytest.raises(TypeError, match=rf"^{subject.name}: {name} must be True or False, got .* Pass {name}="):
            subject(*drawn(subject), **{name: value})


@pytest.mark.parametrize(("subject", "name"), SWITCHES, ids=lambda x: str(x))
def test_a_boolean_of_numpy_is_one(subject, name):
    for value in (True, False):
        if name == "from_logits":
            value = subject.options[name]
        a, b = subject(*drawn(subject), **{name: value}), subject(*drawn(subject), **{name: np.bool_(value)})
        assert all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


def test_every_parameter_that_is_annotated_as_a_boolean_is_a_known_switch():
    for name in numeric.__all__:
        for parameter in inspect.signature(getattr(numeric, name)).parameters.values():
            assert (parameter.annotation in ("bool", bool)) == (parameter.name in FLAGS), (name, parameter.name)


@every
def test_what_is_no_array_of_numbers_is_refused_by_name(subject):
    for kind, (k, argument) in itertools.product(NO_NUMBERS, enumerate(subject.arguments)):
        arrays = drawn(subject)
        arrays[k] = NO_NUMBERS[kind](np.asarray(arrays[k], float))
        assert list(failures(Call(subject, arrays, {}, kind, refused=argument))) == [], f"{argument}: {kind}"


@every
def test_arrays_of_as_many_axes_as_numpy_has_are_computed_or_refused_by_name(subject):
    arrays = [x if k == "labels" and subject.axis else wide(x) for k, x in zip(subject.arguments, drawn(subject), strict=True)]
    if "labels" in subject.arguments and subject.axis:
        arrays[0] = arrays[0].reshape((1,) * 62 + arrays[0].shape)
    assert list(failures(Call(subject, arrays))) == []
    if subject.name != "one_hot":
        plain = subject(*drawn(subject))
        assert all(np.array_equal(np.ravel(a), np.ravel(b)) for a, b in zip(subject(*arrays), plain, strict=True))


def test_every_function_at_the_top_of_a_public_file_says_what_it_promises():
    for path in Path(numeric.__file__).parent.glob("[a-z]*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


# mistakes that are planted are found ----------------------------------------------------------------------------------------


def old_format(*arrays):
    floats = [x.dtype for x in arrays if x.dtype.kind == "f"]
    return np.result_type(*floats) if floats else np.dtype(np.float64)


@pytest.mark.parametrize(
    ("module", "name", "planted"),
    [
        (_arrays, "_check_exact", lambda *arguments: None),
        (_space.Space, "two_sum", lambda _, a, b: (a + b, 0.0 * (a + b))),
        (_space.Space, "unit", lambda *arguments: 1.0),
        (_space, "result_format", old_format),
        (crossentropy, "flag", lambda *arguments: None),
        (perplexity, "FAR_ABOVE", np.inf),
    ],
    ids=[
        "integers are rounded",
        "roundings are lost",
        "sums overflow",
        "integers have no say",
        "anything is a switch",
        "squares overflow",
    ],
)
def test_a_planted_mistake_is_found(monkeypatch, module, name, planted):
    monkeypatch.setattr(module, name, planted)
    assert any(hostile.hunt(4000, seed=1))

"""Who chose float32: a library that works so unless told otherwise, or the author, whose float64 input is then judged as such."""

import functools

import numpy as np
import pytest

import mathcore
from tests.conformance.implementations import entries

BY_LIBRARY = "float64: it works in float32"


def by_numpy(z, axis=-1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def asks_for_tensors(z, axis=-1):
    import torch

    if isinstance(z, torch.Tensor):
        z = z.numpy()
    return by_numpy(np.asarray(z, dtype=np.float32), axis)


def torch_for_the_shape(z, axis=-1):
    import torch

    shape = tuple(torch.as_tensor(np.array(z)).shape)
    return by_numpy(np.asarray(z, dtype=np.float32).reshape(shape), axis)


def float_of_torch(z, axis=-1):
    import torch

    return torch.softmax(torch.tensor(z).float(), dim=axis).numpy()


def tensor_of_float32(z, axis=-1):
    import torch

    return torch.softmax(torch.as_tensor(np.array(z), dtype=torch.float32), dim=axis)


def single_by_torch(z, axis=-1):
    import torch

    return torch.softmax(torch.FloatTensor(np.array(z, dtype=np.float32)), dim=axis).tolist()


def asks_for_jax(z, axis=-1):
    import jax

    if isinstance(z, jax.Array):
        return jax.nn.softmax(z, axis=axis)
    return by_numpy(np.asarray(z, dtype=np.float32), axis)


def jax_for_the_shape(z, axis=-1):
    import jax.numpy as jnp

    return by_numpy(np.asarray(z, dtype=np.float32).reshape(jnp.asarray(z).shape), axis)


def rounds_each_number(z, axis=-1):
    import jax

    with jax.ensure_compile_time_eval():
        return by_numpy(np.asarray(z).astype("f4"), axis).astype(float)


BY_AUTHOR = [
    *((f, ("torch",)) for f in (asks_for_tensors, torch_for_the_shape, float_of_torch, tensor_of_float32, single_by_torch)),
    *((f, ("jax",)) for f in (asks_for_jax, jax_for_the_shape, rounds_each_number)),
]


@pytest.mark.peers("jax", "torch")
@pytest.mark.parametrize(("function", "needs"), BY_AUTHOR, ids=lambda given: getattr(given, "__name__", ""))
def test_float64_that_the_author_turns_into_float32_is_wrong(function, needs):
    for package in needs:
        pytest.importorskip(package)
    report = mathcore.check(function, "softmax", effort="quick")
    assert not report.passed
    assert report.findings[0].slip in ("in single precision", "it computes in float32 inside")


@pytest.mark.peers("jax")
def test_float32_is_the_authors_choice_where_jax_was_told_to_work_in_float64():
    jax = pytest.importorskip("jax")

    def narrow(z, axis=-1):
        return jax.nn.softmax(jax.numpy.asarray(z, dtype=np.float32), axis=axis)

    jax.config.update("jax_enable_x64", True)
    try:
        report = mathcore.check(narrow, "softmax", effort="quick")
    finally:
        jax.config.update("jax_enable_x64", False)
    assert not report.passed


def of_a_list(z, axis=-1):
    import torch

    return torch.softmax(torch.tensor(np.asarray(z).tolist()), dim=axis).numpy()


def of_the_old_constructor(z, axis=-1):
    import torch

    return torch.softmax(torch.Tensor(np.array(z)), dim=axis)


def numbers_of_a_list(z):
    import torch

    return torch.softmax(torch.tensor(list(map(float, z))), dim=0).tolist()


def by_jax(z, axis=-1):
    import jax

    return jax.nn.softmax(z, axis=axis)


def jax_then_numpy(z, axis=-1):
    import jax.numpy as jnp

    e = np.asarray(jnp.exp(z - z.max(axis=axis, keepdims=True)))
    return e / e.sum(axis=axis, keepdims=True)


def compiled(z, axis=-1):
    import jax

    return functools.partial(jax.jit, static_argnames="axis")(by_jax)(z, axis=axis)


def of_lists_alone(z):
    import torch

    if not isinstance(z, list):
        raise TypeError("a list is needed")
    return torch.softmax(torch.tensor(z), dim=0).tolist()


BY_DEFAULT = [
    *((f, "torch") for f in (of_a_list, of_the_old_constructor, numbers_of_a_list, of_lists_alone)),
    *((f, "jax") for f in (by_jax, jax_then_numpy, compiled)),
]


def of_float64(z, axis=-1):
    import torch

    return torch.softmax(torch.as_tensor(np.array(z)), dim=axis)


@pytest.mark.slow
@pytest.mark.peers("jax", "torch")
@pytest.mark.parametrize(("function", "package"), BY_DEFAULT, ids=lambda given: getattr(given, "__name__", ""))
def test_what_a_library_does_unless_told_otherwise_is_judged_in_float32(function, package):
    pytest.importorskip(package)
    report = mathcore.check(function, "softmax", effort="quick")
    assert report.passed, report
    assert BY_LIBRARY in told(report)


def told(report):
    return " ".join(f"{check.name}: {check.detail}" for check in report.checks)


@pytest.mark.slow
@pytest.mark.peers("jax")
def test_a_function_that_jax_compiled_is_judged_in_float32_itself():
    """Nothing of it runs in the interpreter after the first call."""
    jax = pytest.importorskip("jax")
    report = mathcore.check(functools.partial(jax.jit, static_argnames="axis")(by_jax), "softmax", effort="quick")
    assert report.passed, report
    assert BY_LIBRARY in told(report)


@pytest.mark.slow
@pytest.mark.peers("jax")
@pytest.mark.parametrize("wide", [False, True], ids=["float32", "float64"])
def test_of_what_jax_compiles_for_each_length_fewer_are_judged_and_that_is_said(wide):
    jax = pytest.importorskip("jax")
    met = set()

    def noted(z, axis=-1):
        met.add(np.shape(z))
        return np.asarray(by_jax(z, axis))

    jax.config.update("jax_enable_x64", wide)
    try:
        report = mathcore.check(functools.wraps(by_jax)(noted), "softmax", effort="quick")
    finally:
        jax.config.update("jax_enable_x64", False)
    assert report.passed and "JAX compiles it for each length" in str(report)
    assert {(n,) for n in (1, 9, 16, 17, 33, 64)} <= met
    assert (41,) not in met


@pytest.mark.slow
def test_functions_of_numpy_are_judged_at_every_length():
    met = set()

    def noted(z, axis=-1):
        met.add(np.shape(z))
        return by_numpy(z, axis)

    report = mathcore.check(noted, "softmax")
    assert report.passed and "JAX" not in str(report)
    assert {(n,) for n in range(1, 65)} <= met


def crossentropy_of_jax(p, q, axis=-1):
    import jax.numpy as jnp

    p, q = jnp.asarray(p), jnp.asarray(q)
    return -jnp.sum(jnp.where(p == 0, 0.0, p * jnp.log(jnp.where(p == 0, 1.0, q))), axis=axis)


def crossentropy_of_jax_clipped(p, q, axis=-1):
    import jax.numpy as jnp

    return crossentropy_of_jax(p, jnp.clip(jnp.asarray(q), 1e-30), axis)


@pytest.mark.slow
@pytest.mark.peers("jax")
@pytest.mark.parametrize(("function", "passes"), [(crossentropy_of_jax, True), (crossentropy_of_jax_clipped, False)])
def test_jax_is_not_asked_for_logarithms_of_subnormal_numbers(function, passes):
    pytest.importorskip("jax")
    assert mathcore.check(function, "crossentropy", effort="quick").passed is passes


@pytest.mark.slow
@pytest.mark.peers("jax")
def test_a_number_of_python_made_of_a_result_of_jax_is_judged_in_float32():
    jnp = pytest.importorskip("jax.numpy")

    def squares(t, y):
        return float(jnp.mean((t - y) ** 2))

    def root(t, y):
        return float(jnp.mean((t - y) ** 2)) ** 0.5

    assert mathcore.check(squares, "mean_squared_error", effort="quick").passed
    report = mathcore.check(root, "mean_squared_error", effort="quick")
    assert "root" in report.findings[0].slip


@pytest.mark.slow
@pytest.mark.peers("jax")
def test_what_is_wrong_in_float32_too_is_refuted_there():
    pytest.importorskip("jax")
    report = mathcore.check(lambda z, axis=-1: by_jax(z, axis) * 1.001, "softmax", effort="quick")
    assert not report.passed
    assert BY_LIBRARY in told(report)
    assert report.findings[0].check == "float32"


@pytest.mark.peers("torch")
def test_tensors_of_float64_are_judged_in_float64():
    torch = pytest.importorskip("torch")
    report = mathcore.check(of_float64, "softmax", effort="quick")
    assert report.passed, report
    assert BY_LIBRARY not in told(report)
    assert torch.get_default_dtype() is torch.float32


@pytest.mark.slow
@pytest.mark.peers("jax")
@pytest.mark.parametrize(("name", "by_length"), [("relu_by_jax", False), ("scce_gradient_by_jax", True)])
def test_float32_that_jax_would_have_made_may_be_said(name, by_length):
    """Rounded before JAX rounds: its float32 is in the result all the same; compiled, it has other last digits than not."""
    pytest.importorskip("jax")
    (entry,) = (e for _, e in entries() if e.name == name)
    report = mathcore.check(entry.function, entry.card, call=entry.call, effort="quick")
    assert report.passed, report
    assert ("JAX compiles it for each length" in str(report)) is by_length

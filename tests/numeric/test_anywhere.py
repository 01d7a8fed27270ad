"""Arrays of other libraries: every function in every library, its edges, its gradients, and what is refused."""

import contextlib
import functools
import math
import warnings
from pathlib import Path

import numpy as np
import pytest

from mathcore import numeric
from mathcore.numeric import _arrays
from tests.numeric import libraries
from tests.numeric.libraries import CASES, COLUMNS, LIBRARIES, asked, compare, never_computing, outcome
from tests.optional import missing

PAGE = Path(__file__).resolve().parents[2] / "docs" / "array-libraries.md"
load = functools.cache(lambda name: LIBRARIES[name]())


@pytest.fixture(scope="module", autouse=True)
def way():
    """One is enough: the compiled core has no part in what other libraries compute."""


def marks(name):
    return [] if name == "array-api-strict" else [pytest.mark.peers(name)]


def each(names):
    return [pytest.param(name, marks=marks(name)) for name in names]


@pytest.fixture(params=each(LIBRARIES))
def library(request):
    found = load(request.param)
    with found.ready():
        yield found


@pytest.fixture(params=each(["torch", "jax"]))
def differentiable(request):
    found = load(request.param)
    with found.ready():
        yield found


@pytest.fixture
def torch():
    return load("torch").module


@pytest.fixture
def jax():
    found = load("jax")
    with found.ready():
        yield found.module


@pytest.fixture
def strict():
    return load("array-api-strict").module


def cells():
    for name in LIBRARIES:
        for column in COLUMNS:
            if not libraries.column_is_asked(column, name):
                continue
            for case in CASES:
                if column == "grad" and case in libraries.NOT_SMOOTH:
                    continue
                yield pytest.param(case, name, column, id=f"{case}-{name}-{column}", marks=marks(name))


@pytest.mark.parametrize(("case", "name", "column"), list(cells()))
def test_a_cell_of_the_table_holds(case, name, column):
    found = load(name)
    assert asked(column, CASES[case], found)
    assert outcome(column, CASES[case], found) is True


# the table itself ------------------------------------------------------------------------------------------------------


def test_every_function_has_a_row_but_one_that_computes_with_numpy_alone():
    assert {case.subject.name for case in CASES.values()} == set(numeric.__all__) - {
        "core",
        "threads",
        "linear_regression_gradient",
    }


def test_an_argument_that_is_read_as_numpy_unasked_is_refused(strict):
    """A function that was written without a thought of other libraries returns no NumPy array for theirs."""
    with pytest.raises(TypeError, match=r"^spread: it computes with NumPy alone"):
        _arrays.real_array("spread", "z", strict.ones((2, 3)))


def test_the_page_has_the_columns_of_the_table_and_no_cell_that_failed():
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert [cell.strip() for cell in lines[0].strip("|").split("|")] == libraries.heads()
    rows, known = [line.split("|")[1].strip() for line in lines[2:]], {libraries.title(name) for name in CASES}
    assert len(rows) == len(set(rows)) >= 45 and set(rows) <= known
    marks = " ".join(" ".join(line.split("|")[2:-1]) for line in lines[2:]).split()
    assert set(marks) <= {"✓", "–"} and len(marks) == len(rows) * sum(len(libraries.asked_of(name)) for name in LIBRARIES)
    if absent := known - set(rows):
        remedy = "python -m tests.numeric.libraries --page docs/array-libraries.md"
        pytest.skip(f"no results yet of {', '.join(sorted(absent))}: {remedy}")


def off(case, factor):
    """The case, its first result off by a factor."""

    class Off(libraries.Case):
        def __call__(self, *arrays, **options):
            first, *more = super().__call__(*arrays, **options)
            return (first * factor if not isinstance(arrays[0], np.ndarray) else first, *more)

    return Off(case.name, case.subject)


def test_a_result_20_ulp_off_is_no_result(library):
    assert "ULP off" in outcome("works", off(CASES["softmax"], 1 + 20 * 2.0**-52), library)


def test_a_wrong_gradient_shows(differentiable):
    assert "slope" in outcome("grad", off(CASES["softplus"], 1.001), differentiable)
    wrong = libraries.Case("huber_value_and_grad", CASES["huber_value_and_grad"].subject)
    library = type(differentiable)()
    library.gradient = lambda function, arrays, at: differentiable.gradient(function, arrays, at) * (1 + 1e-11)
    assert "off" in outcome("grad", wrong, library)


@pytest.mark.peers("dask")
def test_a_call_that_computes_lazy_arrays_shows():
    dask = load("dask")
    with never_computing(), pytest.raises(AssertionError):
        numeric.softmax(dask.array(np.ones((2, 3)))).compute()


def test_a_copy_to_the_host_shows(torch):
    with pytest.raises((NotImplementedError, RuntimeError, TypeError)):
        np.asarray(numeric.softmax(torch.ones((2, 3), device="meta")))


# edges -----------------------------------------------------------------------------------------------------------------

INF, NAN = math.inf, math.nan
LOGITS = np.array(
    [
        [0.0, 0.0, 0.0],
        [1000.0, 0.0, -1000.0],
        [40.0, 0.0, 0.0],
        [-INF, 1.0, 2.0],
        [INF, 1.0, -INF],
        [INF, INF, 1.0],
        [-INF, -INF, -INF],
        [NAN, 1.0, 2.0],
        [604.5443925878075, 0.118, 2.72],
        [1e5, 1e5 - 1e-9, 1e5],
        [700.0, -10.0, -20.0],
        [-1e-300, 1e-300, 0.0],
    ]
)
SCALARS = [0.0, -0.0, 1e-300, -1e-17, 0.55, -0.8, 36.7, -36.8, 700.0, -700.0, 745.0, -708.0, 1e300, -1e300, INF, -INF, NAN]
UNIT = [0.0, 1e-300, 0.25, 0.5, 0.5 + 2.0**-53, 0.75, 1 - 2.0**-53, 1.0, NAN]
PMFS = [[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [1 / 3, 1 / 3, 1 / 3], [1 - 2.0**-53, 2.0**-54, 2.0**-54], [0.2, 0.3, 0.5]]
PAIRS = [(p, q) for p in PMFS for q in PMFS]
OF_LOGITS = ("softmax", "log_softmax", "logsumexp")
OF_SCALARS = ("sigmoid", "log_sigmoid", "softplus", "relu", "leaky_relu", "gelu", "silu", "tanh")


@contextlib.contextmanager
def quiet(library):
    """Of dask NumPy computes when it is asked to, and says what it meets."""
    with warnings.catch_warnings():
        if library.name == "dask":
            warnings.simplefilter("ignore", RuntimeWarning)
        yield


def agrees(name, library, *arrays, **options):
    """The library gives what NumPy gives, at the edges, too."""
    case = CASES[name]
    arrays = [np.asarray(a) for a in arrays]
    with quiet(library):
        found = [library.back(x) for x in case(*map(library.array, arrays), **options)]
    with np.errstate(all="ignore"):
        return compare(case, arrays, found, case(*arrays, **options), least=library.least)


@pytest.mark.parametrize("name", OF_LOGITS)
def test_logits_that_are_masked_infinite_far_or_equal(name, library):
    assert agrees(name, library, LOGITS) is None


FAR_IN_FLOAT32 = [[100.0, 1.0, -100.0], [-100.0, -101.0, -190.0], [-1.0, -95.0, -2.0], [0.0, -95.0, -100.0], [3e38, 1.0, -3e38]]


@pytest.mark.parametrize("name", [*OF_LOGITS, "silu", "mish", "sigmoid", "softplus"])
def test_scores_of_float32_whose_exponentials_leave_its_range(name, library):
    x, case = np.array(FAR_IN_FLOAT32, np.float32), CASES[name]
    with quiet(library):
        found = [library.back(y) for y in case(library.array(x))]
    with np.errstate(all="ignore"):
        assert compare(case, [x], found, case(x), least=1e-37 if library.least else 0.0) is None


def test_losses_of_float32_whose_exponentials_leave_its_range(library):
    z = np.repeat(np.array(FAR_IN_FLOAT32, np.float32), 3, axis=0)
    label = np.tile(np.arange(3), len(FAR_IN_FLOAT32))
    case = CASES["sparse_categorical_crossentropy_value_and_grad_of_logits"]
    with quiet(library):
        found = [library.back(y) for y in case(library.array(label), library.array(z))]
    assert compare(case, [label, z], found, case(label, z), least=1e-37 if library.least else 0.0) is None


@pytest.mark.parametrize("name", OF_SCALARS)
def test_scores_at_the_ends_of_the_range(name, library):
    assert agrees(name, library, SCALARS) is None


@pytest.mark.parametrize("name", ["logit", "binary_entropy"])
def test_probabilities_at_the_ends_of_the_range(name, library):
    assert agrees(name, library, UNIT) is None


@pytest.mark.parametrize("name", ["entropy", "perplexity", "label_smoothing"])
def test_pmfs_with_zeros(name, library):
    assert agrees(name, library, PMFS) is None


@pytest.mark.parametrize("name", ["crossentropy", "kl_divergence", "js_divergence", "categorical_crossentropy"])
def test_pairs_of_pmfs_with_zeros(name, library):
    assert agrees(name, library, *map(np.array, zip(*PAIRS, strict=True))) is None


def test_a_joint_whose_margins_have_a_product_that_underflows(library):
    for tiny in (1e-300, 1e-200, 0.0):
        assert agrees("mutual_information", library, [[1.0, 0.0], [0.0, tiny]]) is None


@pytest.mark.parametrize("grad", ["", "_value_and_grad"])
def test_losses_of_logits_at_the_edges(grad, library):
    rows = np.repeat(LOGITS, 3, axis=0)
    hard = np.tile(np.eye(3), (len(LOGITS), 1))
    label = np.tile(np.arange(3), len(LOGITS))
    assert agrees(f"categorical_crossentropy{grad}_of_logits", library, hard, rows) is None
    assert agrees(f"sparse_categorical_crossentropy{grad}_of_logits", library, label, rows) is None


@pytest.mark.parametrize("name", ["binary_crossentropy", "binary_crossentropy_value_and_grad", "focal_loss"])
def test_binary_losses_at_the_edges(name, library):
    t = np.repeat([0.0, 1.0, 0.25], len(SCALARS))
    assert agrees(f"{name}_of_logits", library, t, np.tile(SCALARS, 3)) is None
    t = np.repeat([0.0, 1.0], len(UNIT))
    assert agrees(name, library, t, np.tile(UNIT, 2)) is None


@pytest.mark.parametrize("name", ["mean_squared_error", "mean_absolute_error", "huber"])
@pytest.mark.parametrize("grad", ["", "_value_and_grad"])
def test_residuals_whose_squares_or_differences_leave_the_range(name, grad, library):
    t = np.array([[0.0, 0.0], [1e200, 1.0], [1e308, -1e308], [1e-200, 0.0], [1.0, 1.0], [NAN, 0.0], [INF, 0.0]])
    y = np.array([[0.0, 1.0], [-1e200, 2.0], [-1e308, 1e308], [0.0, 1e-200], [1.0, 1.0], [0.0, 0.0], [0.0, 0.0]])
    assert agrees(name + grad, library, t, y) is None


def test_adam_at_gradients_whose_squares_leave_the_range(library):
    gradient = np.array([0.0, 1e200, -1e-200, 1.0])
    zeros = np.zeros(4)
    with quiet(library):
        w, m, _ = (library.back(x) for x in numeric.adam_step(*map(library.array, (zeros, gradient, zeros, zeros)), 1))
    wanted = numeric.adam_step(zeros, gradient, zeros, zeros, 1)
    np.testing.assert_allclose(w, wanted[0], rtol=1e-15)
    np.testing.assert_allclose(m, wanted[1], rtol=1e-15)


@pytest.mark.parametrize("shape", [(), (1,), (0, 3), (2, 0, 3), (1, 1)])
def test_single_numbers_and_empty_batches(shape, library):
    for name in ("softmax", "logsumexp", "sigmoid", "mean_squared_error"):
        if name == "mean_squared_error" and 0 in shape:
            continue
        case = CASES[name]
        arrays = case.draw(0, shape=shape)
        found = [library.back(x) for x in case(*map(library.array, arrays))]
        assert compare(case, arrays, found, case(*arrays)) is None


@pytest.mark.parametrize("axis", [0, 1, -2, (0, 2), (2, 1), None])
def test_any_axis(axis, library):
    z = np.random.default_rng(0).normal(size=(3, 4, 5))
    for name in (*OF_LOGITS, "label_smoothing"):
        options = {"validate": False} if name == "label_smoothing" else {}
        found, wanted = [getattr(numeric, name)(x, axis=axis, **options) for x in (library.array(z), z)]
        assert np.allclose(library.back(found), wanted, rtol=1e-14, atol=0)
    shape = np.delete(np.array(z.shape), [] if axis is None else axis)
    label = np.zeros(() if axis is None else shape, dtype=int)
    found = numeric.sparse_categorical_crossentropy(library.array(label), library.array(z), from_logits=True, axis=axis)
    wanted = numeric.sparse_categorical_crossentropy(label, z, from_logits=True, axis=axis)
    assert np.allclose(library.back(found), wanted, rtol=1e-14, atol=0)
    kept = numeric.logsumexp(library.array(z), axis=axis, keepdims=True)
    assert kept.shape == numeric.logsumexp(z, axis=axis, keepdims=True).shape


def test_rows_of_many_classes_are_summed_as_if_exactly(library):
    p = np.random.default_rng(0).exponential(size=(2, 100_000))
    p /= p.sum(axis=1, keepdims=True)
    pair = (p, p[::-1].copy())
    for name, arrays in (("entropy", (p,)), ("perplexity", (p,)), ("softmax", (np.log(p),)), ("kl_divergence", pair)):
        assert agrees(name, library, *arrays) is None


# formats ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int32", "int64"])
def test_integers_and_booleans_give_float64(dtype, library):
    z = np.array([[1, 0, 1], [0, 1, 1]]).astype(dtype)
    for name in ("softmax", "sigmoid", "relu", "logsumexp"):
        assert agrees(name, library, z) is None
    assert agrees("gradient_descent_step", library, z, z) is None


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_halves_are_computed_in_float32_and_come_back(dtype, differentiable):
    xp = differentiable.module if differentiable.name == "torch" else differentiable.numpy
    z = differentiable.array([[10.0, 1.0, -3.0], [0.5, 0.25, -8.0]], dtype=getattr(xp, dtype))
    found = numeric.softmax(z)
    assert found.dtype == z.dtype
    exact = numeric.softmax(np.array([[10.0, 1.0, -3.0], [0.5, 0.25, -8.0]]))
    wide = found.astype(xp.float64) if differentiable.name == "jax" else found.double()
    error = np.abs(differentiable.back(wide) - exact)
    assert (error <= exact * {"float16": 2.0**-11, "bfloat16": 2.0**-8}[dtype] + 2.0**-25).all()


@pytest.mark.peers("jax")
def test_jax_without_x64_has_32_bits():
    jax = load("jax").module
    with jax.enable_x64(False), warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, arrays in (("softmax", ([[1, 2, 3]],)), ("accuracy", ([1], [[0.1, 0.9]])), ("one_hot", ([1, 0],))):
            found = getattr(numeric, name)(*[jax.numpy.asarray(a) for a in arrays])
            assert found.dtype == np.float32


def test_the_widest_format_of_the_arrays_wins_and_numbers_and_lists_take_it(library):
    half, full = library.array(np.zeros(3, np.float32)), library.array(np.zeros(3))
    assert numeric.huber(half, full).dtype == numeric.huber(full, full).dtype
    assert numeric.huber([0.0, 1.0, 2.0], half).dtype == half.dtype
    assert numeric.binary_crossentropy(1, library.array(np.float32(0.5))).dtype == half.dtype
    assert numeric.sparse_categorical_crossentropy(1, half, from_logits=True).dtype == half.dtype


def test_weights_and_moments_keep_their_own_formats(library):
    w, g, m, v = (library.array(np.ones(3, kind)) for kind in ("float32", "float64", "float64", "float32"))
    assert [x.dtype for x in numeric.adam_step(w, g, m, v, 1)] == [x.dtype for x in (w, m, v)]
    assert [x.dtype for x in numeric.momentum_step(w, g, m, 0.1)] == [x.dtype for x in (w, m)]


def test_one_hot_has_the_format_asked_for(library):
    label = library.array(np.array([2, 0]))
    for dtype in ("float32", np.int32, bool):
        assert library.back(numeric.one_hot(label, 3, dtype=dtype)).tolist() == [[0, 0, 1], [1, 0, 0]]
        assert library.back(numeric.one_hot(label, 3, dtype=dtype)).dtype == np.dtype(dtype)
    if library.name != "dask":
        assert numeric.one_hot(label).shape == (2, 3)


@pytest.mark.parametrize("dtype", ["uint8", "int32", "int64"])
def test_labels_of_any_integer_type_and_lists(dtype, library):
    z = np.random.default_rng(0).normal(size=(4, 3))
    label = np.array([0, 2, 1, 1])
    wanted = numeric.sparse_categorical_crossentropy(label, z, from_logits=True)
    for labels in (library.array(label.astype(dtype)), label.tolist()):
        found = library.back(numeric.sparse_categorical_crossentropy(labels, library.array(z), from_logits=True))
        assert np.allclose(found, wanted, rtol=1e-14)
    assert float(library.back(numeric.accuracy(label.tolist(), library.array(z)))) == numeric.accuracy(label, z)


def test_accuracy_takes_the_first_of_equal_scores_and_no_row_with_a_nan(library):
    scores = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [NAN, 0.0, 1.0], [3.0, 2.0, 1.0]])
    for label in ([0, 1, 2, 0], [1, 2, 0, 1]):
        assert float(library.back(numeric.accuracy(label, library.array(scores)))) == numeric.accuracy(label, scores)


def test_any_layout_of_a_tensor(torch):
    z = torch.randn(6, 8, dtype=torch.float64)
    for view in (z.T, z[::2, ::3], z.expand(2, 6, 8), z.unfold(1, 3, 2)):
        wanted = numeric.softmax(view.numpy().copy())
        assert np.allclose(numeric.softmax(view).numpy(), wanted, rtol=1e-15, atol=0)
        assert torch.equal(numeric.softmax(view), numeric.softmax(view.contiguous()))


# what is refused -------------------------------------------------------------------------------------------------------


def message(function, *arguments, **options):
    with pytest.raises((ValueError, TypeError)) as caught:
        function(*arguments, **options)
    return str(caught.value)


BAD = {
    "entropy": ([[0.5, 0.4]],),
    "kl_divergence": ([[0.5, 0.5]], [[-0.5, 1.5]]),
    "logit": ([0.5, 1.5],),
    "binary_entropy": ([-0.25, 0.5],),
    "binary_crossentropy": ([0.0, 2.0], [0.5, 0.5]),
    "categorical_crossentropy": ([[0.0, 1.0]], [[0.3, 0.3]]),
    "sparse_categorical_crossentropy": ([[2]], [[[0.5, 0.5]]]),
    "accuracy": ([0, -1], [[0.5, 0.5], [0.5, 0.5]]),
    "mutual_information": ([[0.5, 0.4], [0.0, 0.0]],),
    "label_smoothing": ([[0.5, 0.4]],),
    "one_hot": ([0, 3], 3),
    "adam_step": ([0.0], [0.0], [0.0], [-1.0], 1),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_values_are_refused_in_the_words_of_the_numpy_path(name, library):
    if library.name == "dask":
        pytest.skip("values of lazy arrays are not looked at")
    arrays = [np.asarray(a) if isinstance(a, list) else a for a in BAD[name]]
    given = [library.array(a) if isinstance(a, np.ndarray) else a for a in arrays]
    function = getattr(numeric, name)
    assert message(function, *given) == message(function, *arrays)


@pytest.mark.parametrize(
    ("name", "arrays", "options"),
    [
        ("softmax", ([[1.0]],), {"axis": 2}),
        ("softmax", ([],), {}),
        ("softmax", ([[1.0, 2.0]],), {"axis": (0, 0)}),
        ("huber", ([1.0, 2.0], [[1.0, 2.0]]), {}),
        ("huber", ([1.0], [1.0]), {"delta": 0}),
        ("leaky_relu", ([1.0],), {"slope": -1}),
        ("focal_loss", ([1.0], [0.5]), {"gamma": -1}),
        ("focal_loss", ([1.0], [0.5]), {"alpha": 2}),
        ("entropy", ([1.0],), {"base": 1}),
        ("mutual_information", ([[1.0]],), {"axis": 0}),
        ("accuracy", ([0, 0], [[0.5, 0.5]]), {}),
        ("sparse_categorical_crossentropy", ([0, 0], [[0.5, 0.5]]), {}),
        ("one_hot", ([0],), {"classes": 0}),
        ("gradient_descent_step", ([0.0], [0.0]), {"learning_rate": -1}),
        ("momentum_step", ([0.0], [0.0], [0.0]), {"learning_rate": 0.1, "momentum": 2}),
        ("adam_step", ([0.0], [0.0], [0.0], [0.0]), {"t": 0}),
        ("adam_step", ([0.0], [0.0], [0.0], [0.0]), {"t": 1, "beta1": 1}),
    ],
)
def test_wrong_calls_are_refused_in_the_words_of_the_numpy_path(name, arrays, options, library):
    arrays = [np.asarray(a) for a in arrays]
    function = getattr(numeric, name)
    assert message(function, *map(library.array, arrays), **options) == message(function, *arrays, **options)


def test_numbers_that_are_not_real_are_refused(library):
    for name in ("softmax", "sigmoid", "entropy"):
        assert f"{name}: " in message(getattr(numeric, name), library.array(np.array([1j, 2.0])))
    with pytest.raises(TypeError, match="labels must be integers"):
        numeric.one_hot(library.array(np.array([0.5])), 2)


def test_arrays_of_two_libraries_are_refused_and_both_are_named(library):
    own = library.array(np.ones(3))
    for first, second in ((own, np.ones(3)), (np.ones(3), own)):
        text = message(numeric.huber, first, second)
        assert "numpy.ndarray" in text and text.startswith("huber: t is a ")
    for name in LIBRARIES.keys() - {library.name}:
        other = LIBRARIES[name]
        if not missing(other.package):
            assert "one library" in message(numeric.huber, own, load(name).array(np.ones(3)))
    label = np.array([0])
    assert "one library" in message(numeric.sparse_categorical_crossentropy, own[:1] > 2, np.ones((1, 2)), from_logits=True)
    assert numeric.sparse_categorical_crossentropy(label, np.ones((1, 2)), from_logits=True).shape == (1,)


@pytest.mark.peers("torch")
def test_arrays_on_two_devices_are_refused(strict):
    here, there = strict.ones(3), strict.ones(3, device=strict.Device("device1"))
    assert "device1" in message(numeric.huber, here, there)
    assert "meta" in message(numeric.huber, *(load("torch").module.ones(3, device=d) for d in ("cpu", "meta")))


def test_without_array_api_compat_the_error_says_what_to_install(monkeypatch, torch):
    from mathcore.numeric import _library

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(_library, "import_module", missing)
    assert "pip install mathcore[arrays]" in message(numeric.softmax, torch.ones(3))


# tracing ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in BAD if name != "one_hot"])
def test_under_a_tracer_no_value_is_looked_at(name, jax):
    arrays = [np.asarray(a) for a in BAD[name] if isinstance(a, list)]
    more = BAD[name][len(arrays) :]
    jax.eval_shape(lambda *a: getattr(numeric, name)(*a, *more), *arrays)


def test_a_label_out_of_range_that_could_not_be_refused_gives_nan(jax):
    z = jax.numpy.zeros((3, 2))
    labels = jax.numpy.asarray([0, 2, -1])
    loss = jax.jit(lambda labels, z: numeric.sparse_categorical_crossentropy(labels, z, from_logits=True))(labels, z)
    assert np.isnan(np.asarray(loss)).tolist() == [False, True, True]
    _, gradient = jax.jit(lambda labels, z: numeric.sparse_categorical_crossentropy_value_and_grad(labels, z, from_logits=True))(
        labels, z
    )
    assert np.isnan(np.asarray(gradient)).any(axis=1).tolist() == [False, True, True]


def test_options_are_static_under_jit(jax):
    z = jax.numpy.asarray(np.random.default_rng(0).normal(size=(3, 4)))
    found = jax.jit(numeric.softmax, static_argnames="axis")(z, axis=0)
    assert np.allclose(found, numeric.softmax(np.asarray(z), axis=0), rtol=1e-15, atol=0)


def test_a_training_loop_is_compiled_whole_with_traced_rate_and_step_number(jax):
    def step(state, _):
        w, m, v, t = state
        gradient = jax.grad(lambda w: numeric.mean_squared_error(jax.numpy.ones(3), w))(w)
        w, m, v = numeric.adam_step(w, gradient, m, v, t, learning_rate=0.1 / t)
        return (w, m, v, t + 1), None

    zeros = jax.numpy.zeros(3)
    (w, *_, t), _ = jax.jit(lambda: jax.lax.scan(step, (zeros, zeros, zeros, jax.numpy.asarray(1)), length=5))()
    ours, m, v = np.zeros(3), np.zeros(3), np.zeros(3)
    for k in range(1, 6):
        gradient = numeric.mean_squared_error_value_and_grad(np.ones(3), ours)[1]
        ours, m, v = numeric.adam_step(ours, gradient, m, v, k, learning_rate=0.1 / k)
    assert int(t) == 6
    np.testing.assert_allclose(w, ours, rtol=1e-14)


@pytest.mark.peers("jax")
def test_results_stay_on_the_second_device_of_jax(python):
    program = (
        "from tests.numeric.libraries import CASES, Jax, outcome\n"
        "library = Jax()\nassert len(library.module.devices()) == 2\n"
        "names = 'softmax', 'kl_divergence', 'sparse_categorical_crossentropy_value_and_grad_of_logits', 'adam_step', 'one_hot'\n"
        "print(*[outcome('device', CASES[name], library) for name in names])"
    )
    answer = python("-c", program, XLA_FLAGS="--xla_force_host_platform_device_count=2", JAX_PLATFORMS="cpu")
    assert answer.stdout.split() == ["True"] * 5


def test_a_weak_type_does_not_narrow(jax):
    assert numeric.sigmoid(jax.numpy.asarray(0.5)).dtype == np.float64
    assert numeric.sigmoid(jax.jit(lambda: 2.0 * jax.numpy.ones(()))()).dtype == np.float64


def test_long_rows_are_summed_as_if_exactly_under_jit_too(jax):
    p = np.random.default_rng(0).exponential(size=(2, 10_000))
    p /= p.sum(axis=1, keepdims=True)
    for name, arrays in (("entropy", (p,)), ("softmax", (np.log(p),)), ("kl_divergence", (p, p[::-1].copy()))):
        compiled = jax.jit(lambda *a, name=name: getattr(numeric, name)(*a, **({} if name == "softmax" else {"validate": False})))
        assert compare(CASES[name], arrays, [np.asarray(compiled(*arrays))], [getattr(numeric, name)(*arrays)]) is None


def test_products_that_a_compiler_may_fuse_lose_no_digit(jax):
    a, b = np.random.default_rng(0).normal(size=(2, 50, 7)) * 20
    for name in OF_LOGITS:
        fused = jax.jit(lambda a, b, name=name: getattr(numeric, name)(a * b))(a, b)
        assert compare(CASES[name], [a * b], [np.asarray(fused)], [getattr(numeric, name)(a * b)], least=2.0**-1022) is None


@pytest.mark.filterwarnings("ignore:Dynamo:UserWarning", "ignore::DeprecationWarning")
def test_torch_compile_sees_through(torch):
    z, label = torch.randn(5, 7, dtype=torch.float64), torch.arange(5)
    loss = torch.compile(lambda z: numeric.sparse_categorical_crossentropy(label, z, from_logits=True).sum(), backend="eager")
    assert torch.allclose(loss(z), numeric.sparse_categorical_crossentropy(label, z, from_logits=True).sum(), rtol=1e-14)


# gradients -------------------------------------------------------------------------------------------------------------


def test_the_graph_of_torch_is_kept_and_inputs_are_not_changed(torch):
    z = torch.randn(4, 3, dtype=torch.float64, requires_grad=True)
    before = z.detach().clone()
    loss = numeric.sparse_categorical_crossentropy([0, 1, 2, 0], z, from_logits=True).mean()
    loss.backward()
    assert torch.equal(z.detach(), before)
    assert torch.isfinite(z.grad).all()


def losses_at_edges():
    """Name, arrays: ties, masks, huge and confident logits, probabilities of 0 and 1, residuals of 0."""
    finite = LOGITS[[0, 1, 2, 3, 8, 9, 10, 11]]
    rows, label = np.repeat(finite, 3, axis=0), np.tile(np.arange(3), len(finite))
    alive = np.isfinite(rows[np.arange(len(rows)), label])  # a masked label has an infinite loss
    rows, label = rows[alive], label[alive]
    yield "sparse_categorical_crossentropy_value_and_grad_of_logits", (label, rows)
    yield "categorical_crossentropy_value_and_grad_of_logits", (np.eye(3)[label], rows)
    yield "categorical_crossentropy_value_and_grad", (np.eye(3), np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.25, 0.5, 0.25]]))
    z = np.array([0.0, -0.0, 1e-300, 36.7, -36.8, 700.0, -700.0, 1000.0, -1000.0, INF, -INF])
    yield "binary_crossentropy_value_and_grad_of_logits", (np.repeat([0.0, 1.0], len(z)), np.tile(z, 2))
    yield "focal_loss_value_and_grad_of_logits", (np.repeat([0.0, 1.0], len(z) - 2), np.tile(z[:-2], 2))
    q = np.array([1e-300, 1e-17, 0.5, 0.75, 1 - 2.0**-53])
    yield "binary_crossentropy_value_and_grad", (np.repeat([0.0, 1.0], len(q)), np.tile(q, 2))
    yield "binary_crossentropy_value_and_grad", (np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    yield "focal_loss_value_and_grad", (np.repeat([0.0, 1.0], 3), np.tile(q[1:-1], 2))
    yield "mean_absolute_error_value_and_grad", (np.array([[0.0, 1.0, 2.0]]), np.array([[0.0, 3.0, 1.0]]))
    yield "mean_squared_error_value_and_grad", (np.array([[0.0, 1e200]]), np.array([[0.0, -1e100]]))
    yield "huber_value_and_grad", (np.zeros(6), np.array([0.0, 1.0, -1.0, 5.0, -5.0, 1e308]))


@pytest.mark.parametrize(("name", "arrays"), list(losses_at_edges()))
def test_gradients_of_losses_are_our_own_at_the_edges_too(name, arrays, differentiable):
    case = CASES[name]
    own = case(*arrays)[1]
    found = differentiable.gradient(case.loss, arrays, case.at)
    assert np.isfinite(own).all()
    least = 0.0 if differentiable.name == "torch" else 1e-290  # XLA takes subnormal numbers for 0
    assert (np.abs(found - own) <= np.maximum(1e-12 * np.abs(own), least)).all(), (found, own)


@pytest.mark.parametrize("n", [2, 10, 1000])
def test_gradients_of_losses_of_many_logits_are_our_own(n, differentiable):
    rng = np.random.default_rng(n)
    for scale in (1.0, 30.0, 300.0):
        z, label = rng.normal(size=(20, n)) * scale, rng.integers(n, size=20)
        case = CASES["sparse_categorical_crossentropy_value_and_grad_of_logits"]
        own, found = case(label, z)[1], differentiable.gradient(case.loss, (label, z), 1)
        least = 1e-290 if differentiable.name == "jax" else 1e-310
        assert (np.abs(found - own) <= np.maximum(1e-12 * np.abs(own), least)).all()


@pytest.mark.parametrize(
    ("name", "arrays"),
    [
        ("entropy", ([[1.0, 0.0], [0.5, 0.5]],)),
        ("perplexity", ([[1.0, 0.0], [0.5, 0.5]],)),
        ("binary_entropy", ([0.0, 0.5, 1.0],)),
        ("kl_divergence", ([[1.0, 0.0], [0.5, 0.5], [1.0, 0.0]], [[0.5, 0.5], [0.5, 0.5], [1.0, 0.0]])),
        ("js_divergence", ([[1.0, 0.0], [0.5, 0.5], [1.0, 0.0]], [[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]])),
        ("kl_divergence", ([[1.0, 1e-200]], [[1.0, 1e-200]])),
        ("mutual_information", ([[0.5, 0.0], [0.0, 0.5]],)),
        ("softmax", ([[-INF, 0.0, 0.0], [1000.0, 0.0, 1.0]],)),
        ("logsumexp", ([[-INF, 0.0, 0.0], [1000.0, 0.0, 1.0]],)),
        ("sigmoid", ([0.0, 1000.0, -1000.0, INF, -INF],)),
        ("softplus", ([0.0, 1000.0, -1000.0, -INF],)),
        ("silu", ([0.0, 1000.0, -1000.0],)),
        ("gelu", ([0.0, 1000.0, -1000.0],)),
        ("tanh", ([0.0, 1000.0, -1000.0, INF],)),
        ("logit", ([0.25, 0.5, 0.75],)),
    ],
)
def test_no_gradient_is_nan_where_the_result_is_finite(name, arrays, differentiable):
    function = functools.partial(getattr(numeric, name), **({"axis": (-2, -1)} if name == "mutual_information" else {}))
    for at in range(len(arrays)):
        assert not np.isnan(differentiable.gradient(function, list(map(np.array, arrays)), at)).any()


def test_the_slope_at_a_corner_of_two_formulas_is_that_of_the_function(differentiable):
    def slope(name, x):
        return float(differentiable.gradient(getattr(numeric, name), [np.array(x)], 0))

    assert slope("softplus", 0.0) == slope("log_sigmoid", 0.0) == 0.5
    assert slope("sigmoid", 0.0) == 0.25
    assert slope("silu", 0.0) == slope("gelu", 0.0) == 0.5
    assert slope("tanh", 0.0) == 1.0
    assert slope("logit", 0.5) == 4.0
    assert slope("relu", 0.0) == 0.0


def test_second_derivatives(jax):
    z = np.array([0.3, -1.0, 2.0])
    s = numeric.softmax(z)
    hessian = jax.hessian(lambda z: numeric.logsumexp(z))(z)
    np.testing.assert_allclose(hessian, np.diag(s) - np.outer(s, s), rtol=1e-13)
    hessian = jax.hessian(lambda z: numeric.sparse_categorical_crossentropy(2, z, from_logits=True))(jax.numpy.asarray(z))
    np.testing.assert_allclose(hessian, np.diag(s) - np.outer(s, s), rtol=1e-12)


# dask ------------------------------------------------------------------------------------------------------------------


@pytest.mark.peers("dask")
@pytest.mark.parametrize("chunks", [(1, 6), (4, 2), (3, 4), (4, 6)])
def test_any_chunks_along_the_classes_too(chunks):
    dask = load("dask")
    z = np.random.default_rng(0).normal(size=(4, 6))
    for name in OF_LOGITS:
        found = getattr(numeric, name)(dask.array(z, chunks=chunks))
        assert compare(CASES[name], [z], [dask.back(found)], [getattr(numeric, name)(z)]) is None


@pytest.mark.peers("dask")
def test_batches_of_unknown_length_work_and_rows_of_unknown_length_are_refused():
    dask = load("dask")
    z = np.random.default_rng(0).normal(size=(6, 3))
    lazy = dask.array(z)
    some = lazy[lazy[:, 0] > 0]
    assert compare(CASES["softmax"], [z], [dask.back(numeric.softmax(some))], [numeric.softmax(z[z[:, 0] > 0])]) is None
    both = numeric.binary_crossentropy(some > 0, some, from_logits=True)
    assert dask.back(both).shape == (int((z[:, 0] > 0).sum()), 3)
    assert "compute_chunk_sizes" in message(numeric.softmax, some, axis=0)


@pytest.mark.peers("dask")
def test_one_hot_of_lazy_labels_wants_the_number_of_classes():
    dask = load("dask")
    assert "classes=" in message(numeric.one_hot, dask.array(np.array([0, 2])))


# the NumPy path --------------------------------------------------------------------------------------------------------


def test_arrays_of_numpy_load_nothing_of_this(python):
    program = (
        "import sys, numpy as np\nfrom mathcore import numeric\n"
        "numeric.softmax(np.ones(3)); numeric.huber([1.0], [2.0]); numeric.adam_step([0.0], [0.0], [0.0], [0.0], 1)\n"
        "print(*[m for m in ('array_api_compat', 'mathcore.numeric._library', 'torch', 'jax', 'dask') if m in sys.modules])"
    )
    answer = python("-c", program)
    assert answer.stdout.split() == []


def test_subclasses_of_numpy_arrays_and_numpy_scalars_stay_on_the_numpy_path():
    class Tagged(np.ndarray):
        pass

    assert type(numeric.softmax(np.ones(3).view(Tagged))) is np.ndarray
    assert type(numeric.sigmoid(np.float64(0.0))) is np.float64

"""Array libraries beside NumPy, every function tried in each, and the page that says how that went.

    python -m tests.numeric.libraries [--page docs/array-libraries.md]

One row a function; for each library: `works` (the kind that went in, in its format, within the bar of the NumPy result), `traced`
(jit and vmap of JAX, vmap of torch; of dask: nothing is computed by the call), `grad` (the gradient is that of the function),
`device` (the result is where the input was). The tests run the same cells, and see that the page has the same rows.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.metadata
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from mathcore import numeric
from mathcore.conformance.exact import reference
from mathcore.formulas import load, names
from tests.numeric import surface
from tests.optional import missing

BAR = 8  # ULP
SHAPE = (5, 7)
COLUMNS = ("works", "traced", "grad", "device")


# ---------------------------------------------------------------- the libraries


class Library:
    """A library of arrays: what it is called, how arrays go in and come out, and what it can be asked."""

    name, package, traces, differentiates = "", "", False, False
    least = 0.0  # what is below may be taken for 0

    def __init__(self):
        self.module = importlib.import_module(self.package)

    @property
    def version(self):
        return importlib.metadata.version(self.package.partition(".")[0].replace("_", "-"))

    def ready(self):
        """A context in which the library has float64."""
        return contextlib.nullcontext()

    def array(self, x, **options):
        return self.module.asarray(np.asarray(x), **options)

    def back(self, x):
        return np.asarray(x)

    def is_own(self, x):
        return isinstance(x, type(self.array(0.0)))

    def traced(self, case, arrays):
        """None, or what went wrong."""
        raise NotImplementedError

    def gradient(self, function, arrays, at):
        """The gradient of the sum of function(*arrays) by argument number `at`."""
        raise NotImplementedError

    def device(self, case, arrays):
        raise NotImplementedError


class Torch(Library):
    name = package = "torch"
    traces = differentiates = True

    def back(self, x):
        return x.detach().resolve_conj().numpy()

    def gradient(self, function, arrays, at):
        inputs = [self.array(x) for x in arrays]
        inputs[at].requires_grad_(True)
        function(*inputs).sum().backward()
        return self.back(inputs[at].grad)

    def traced(self, case, arrays):
        if not case.by_row:
            return None
        inputs = [self.array(x) for x in arrays]
        whole, mapped = case(*inputs), self.module.func.vmap(lambda *a: case(*a))(*inputs)
        return compare(case, arrays, [self.back(x) for x in mapped], [self.back(x) for x in whole], 2)

    def device(self, case, arrays):
        """On the meta device there are no numbers, so that none can have gone through the host."""
        found = case(*[self.array(x).to("meta") for x in arrays])
        return None if all(x.device.type == "meta" for x in found) else "left its device"


class Jax(Library):
    name, package, least = "jax", "jax", 2.0**-1022
    traces = differentiates = True

    def __init__(self):
        super().__init__()
        self.numpy = importlib.import_module("jax.numpy")

    def ready(self):
        return self.module.enable_x64(True)

    def array(self, x, **options):
        return self.numpy.asarray(x, **options)

    def is_own(self, x):
        return isinstance(x, self.module.Array)

    def gradient(self, function, arrays, at):
        inputs = [self.array(x) for x in arrays]
        return self.back(self.module.grad(lambda *a: function(*a).sum(), argnums=at)(*inputs))

    def traced(self, case, arrays):
        inputs = [self.array(x) for x in arrays]
        whole = [self.back(x) for x in case(*inputs)]
        wrong = compare(case, arrays, [self.back(x) for x in self.module.jit(lambda *a: case(*a))(*inputs)], whole, 2)
        if wrong is None and case.by_row:
            mapped = self.module.jit(self.module.vmap(lambda *a: case(*a)))(*inputs)
            wrong = compare(case, arrays, [self.back(x) for x in mapped], whole, 2)
        return wrong

    def device(self, case, arrays):
        last = self.module.devices()[-1]
        found = case(*[self.module.device_put(self.array(x), last) for x in arrays])
        return None if all(x.devices() == {last} for x in found) else "left its device"


class Dask(Library):
    name, package = "dask", "dask.array"
    traces = True

    def array(self, x, chunks=None, **options):
        x = np.asarray(x)
        return self.module.from_array(x, chunks=chunks or tuple(max(1, (n + 1) // 2) for n in x.shape), **options)

    def back(self, x):
        return x.compute(scheduler="synchronous")

    def traced(self, case, arrays):
        with never_computing():
            case(*map(self.array, arrays))


class Strict(Library):
    name, package = "array-api-strict", "array_api_strict"

    def array(self, x, **options):
        return self.module.asarray(np.asarray(x), **options)

    def back(self, x):
        return np.asarray(x.to_device(self.module.Device("CPU_DEVICE")))

    def device(self, case, arrays):
        elsewhere = self.module.Device("device1")
        found = case(*[self.array(x, device=elsewhere) for x in arrays])
        return None if all(x.device == elsewhere for x in found) else "left its device"


LIBRARIES = {kind.name: kind for kind in (Torch, Jax, Dask, Strict)}


@contextlib.contextmanager
def never_computing():
    """dask raises on any computation."""
    import dask

    def refuse(*_, **__):
        raise AssertionError("computed")

    with dask.config.set(scheduler=refuse):
        yield


# ---------------------------------------------------------------- the functions


@dataclass(frozen=True)
class Case:
    """One public function as it is called here: its arguments, drawn, and what it is compared with."""

    name: str
    subject: Any

    @property
    def by_row(self):
        """Whether rows are independent: the first axis is a batch."""
        return self.subject.axis != "pair" and self.name != "accuracy"

    def draw(self, seed=0, shape=SHAPE, dtype="float64", wild=False):
        axis = (-2, -1) if self.subject.axis == "pair" else -1
        return self.subject.draw(shape, np.random.default_rng(seed), [dtype] * len(self.subject.arguments), axis, wild)

    def __call__(self, *arrays, **options):
        return self.subject(*arrays, **options)

    @property
    def loss(self):
        """The function of which this is value and gradient, if it is one."""
        if not self.subject.name.endswith("_value_and_grad"):
            return None
        return partial(getattr(numeric, self.subject.name.removesuffix("_value_and_grad")), **self.subject.options)

    @property
    def bounded(self):
        """The card of a function of rows, where its bar is no ULP of the result."""
        card = load(self.name) if self.name in names() else None
        return card if card is not None and card.accuracy.bound and self.subject.axis == "row" else None

    @property
    def at(self):
        """The argument by which one differentiates: the prediction."""
        return len(self.subject.arguments) - 1 if self.subject.name not in STEPS else 1


STEPS = ("gradient_descent_step", "momentum_step", "adam_step")
NOT_SMOOTH = ("accuracy", "one_hot")


def _others():
    labels = surface.Surface("one_hot", {"labels": "labels"}, (), "row", {"classes": 7})
    yield Case("one_hot", labels)
    yield Case("accuracy", surface.Surface("accuracy", {"labels": "labels", "prediction": "real"}, (), "row"))


CASES = {case.name: case for case in (*(Case(str(s), s) for s in surface.TABLE), *_others())}


def magnitudes(case, arrays, results):
    """What an error is measured by: the result itself, or the terms that cancel in it."""
    sizes = [np.abs(y) for y in results]
    name, logits = case.subject.name, case.subject.options.get("from_logits")
    if name == "logsumexp":
        sizes[0] = sizes[0] + np.abs(arrays[0]).max(axis=-1)
    elif name in STEPS:
        sizes[0] = np.abs(arrays[0]) + np.abs(results[0] - arrays[0])
    elif name == "categorical_crossentropy_value_and_grad" and logits:
        sizes[1] = numeric.softmax(arrays[1]) + arrays[0]
    elif name in ("binary_crossentropy_value_and_grad", "focal_loss_value_and_grad"):
        t, x = arrays
        q = numeric.sigmoid(x) if logits else x
        inside = (q > 0) & (q < 1)
        slope = 1.0 if logits else np.where(inside, 1 / np.where(inside, q * (1 - q), 1.0), 0.0)
        sizes[1] = sizes[1] + ((1 - t) * q + t * (1 - q)) * slope * (3 if "focal" in name else 1)
    elif case.bounded is not None:
        sizes[0] = by_its_bound(case.bounded, arrays, sizes[0].shape)
    return sizes


def by_its_bound(card, arrays, shape):
    """Of each row, what the bar of its page is four roundoffs of."""
    exact, letters = reference(card), card.definition.parameters
    found = []
    for row in zip(*(a.reshape(-1, a.shape[-1]) for a in arrays), strict=True):
        values = dict(zip(letters, row, strict=True)) | {n: row[0].size for letter in letters for n in letter.type.shape}
        bar = exact.bars(exact.bound, values, exact.outputs(values), "float64")[0].at(128)
        found.append(float(bar) / (4 * 2.0**-53))
    return np.reshape(found, shape)


def compare(case, arrays, got, wanted, bar=BAR, least=0.0):
    """None, or what is wrong with the results beside those wanted; an error below `least` does not count."""
    sizes = magnitudes(case, [np.asarray(a, np.float64) for a in arrays], [np.asarray(y, np.float64) for y in wanted])
    for x, y, size in zip(got, wanted, sizes, strict=True):
        if x.shape != np.shape(y) or x.dtype != np.asarray(y).dtype:
            return f"{x.dtype}{x.shape} instead of {np.asarray(y).dtype}{np.shape(y)}"
        finite = np.isfinite(y)
        if not (np.array_equal(np.isnan(x), np.isnan(y)) and np.array_equal(x[~finite], np.asarray(y)[~finite], equal_nan=True)):
            return "another nan or infinity"
        with np.errstate(all="ignore"):
            unit = np.spacing(np.minimum(size, np.finfo(x.dtype).max).astype(x.dtype)) if x.dtype.kind == "f" else 1
            error = np.abs(x.astype(np.float64) - y)[finite]
            error = np.where(error < least, 0.0, error) / np.broadcast_to(unit, x.shape)[finite].astype(np.float64)
        if error.size and not error.max() <= bar:
            return f"{error.max():.3g} ULP off"
    return None


# ---------------------------------------------------------------- the cells


def works(case, library):
    for dtype in ("float64", "float32"):
        for seed in (0, 1):
            arrays = case.draw(seed, dtype=dtype)
            found = case(*map(library.array, arrays))
            if not all(map(library.is_own, found)):
                return "another kind of array"
            wrong = compare(case, arrays, [library.back(x) for x in found], case(*arrays))
            if wrong:
                return f"{dtype}: {wrong}"
    return None


def traced(case, library):
    return library.traced(case, case.draw(2))


def grad(case, library):
    """Against our own gradient, to 1e-12; else against differences, which are good to 1e-6 or so."""
    arrays = case.draw(3)
    if case.loss is not None:
        own = case(*arrays)[1]
        found = library.gradient(case.loss, arrays, case.at)
        size = np.maximum(np.abs(own), magnitudes(case, arrays, case(*arrays))[1])
        worst = float(np.max(np.abs(found - own) / np.where(size == 0, 1.0, size)))
        return None if worst <= 1e-12 else f"{worst:.1e} off"
    options = {"validate": False} if "pmf" in case.subject.arguments.values() else {}
    function = lambda *a: case(*a, **options)[0]  # noqa: E731  # one formula with a name
    found, step = library.gradient(function, arrays, case.at), 1e-6
    rng = np.random.default_rng(0)
    way = rng.uniform(0.5, 1, size=arrays[case.at].shape) * (np.abs(arrays[case.at]) + 1e-3)
    sides = [[a + s * step * way if k == case.at else a for k, a in enumerate(arrays)] for s in (1, -1)]
    slope = float(np.sum(function(*sides[0]) - function(*sides[1]))) / (2 * step)
    along = float((found * way).sum())
    scale = float(np.abs(found * way).sum()) + 1e-3
    return None if abs(slope - along) <= 1e-6 * scale + 1e-7 else f"slope {along:.9g}, by differences {slope:.9g}"


def device(case, library):
    return library.device(case, case.draw(4))


CELLS = {"works": works, "traced": traced, "grad": grad, "device": device}


def asked(column, case, library):
    """Whether this can be asked at all."""
    if column == "traced":
        return library.traces
    if column == "grad":
        return library.differentiates and case.name not in NOT_SMOOTH
    return column != "device" or type(library).device is not Library.device


def outcome(column, case, library):
    """True, None where it cannot be asked, or what went wrong."""
    if not asked(column, case, library):
        return None
    with library.ready():
        try:
            return CELLS[column](case, library) or True
        except Exception as error:  # a page says so
            return f"{type(error).__name__}: {error}"


# ---------------------------------------------------------------- the page


HEAD = """# Array libraries

Every function of `mathcore.numeric` takes arrays of any library of the [array API standard](https://data-apis.org/array-api/)
and returns the same kind, computed there: on its device, in its graph. This page is written by
`python -m tests.numeric.libraries --page docs/array-libraries.md`, which runs each cell; the tests run them again.

"""


def page(results, versions):
    lines = [HEAD + f"Run with {', '.join(versions)}.\n"]
    lines += [
        "* **works**: float64 and float32 arrays give the same kind and format, within 8 ULP of the NumPy path (of the terms",
        "  that cancel, where terms cancel).",
        "* **traced**: under `jax.jit` and `jax.vmap`, under `torch.func.vmap`; of dask: no call computes anything.",
        "* **grad**: `jax.grad` or torch's autograd gives the function's slope. Of a loss it is compared with our own gradient,",
        "  to 1e-12, else with differences.",
        "* **device**: the result stays where the input was: torch's `meta` device, which has no numbers that could be copied;",
        "  the second CPU device of JAX; the `device1` of array-api-strict.",
        "",
        "✓ it holds · ✗ it does not · – there is nothing to ask (dask computes on what its chunks are made of). In each cell the",
        "marks stand in the order of the head of its column.",
        "",
    ]
    lines += ["| " + " | ".join(heads()) + " |", "| :-- |" + " :-: |" * len(LIBRARIES)]
    for name in CASES:
        cells = [[marked(results[name, library, column]) for column in asked_of(library)] for library in LIBRARIES]
        lines.append(f"| {title(name)} | " + " | ".join(map(" ".join, cells)) + " |")
    return "\n".join(lines) + "\n\n" + TAIL


def heads():
    """One column for each library, or the table would be wider than a page."""
    return ["function", *(f"{library}: {', '.join(asked_of(library))}" for library in LIBRARIES)]


def marked(found):
    return {True: "✓", None: "–"}.get(found, "✗")


def asked_of(library):
    return [column for column in COLUMNS if column_is_asked(column, library)]


def title(name):
    return name.replace("_of_logits", " of logits")


def column_is_asked(column, library):
    kind = LIBRARIES[library]
    return {"traced": kind.traces, "grad": kind.differentiates, "device": kind.device is not Library.device}.get(column, True)


TAIL = """## What to know

* Torch and dask need `array-api-compat`, which comes with `pip install mathcore[arrays]`. JAX, array-api-strict and others
  that say themselves which namespace they belong to work without it.
* **Formats.** float32 and float64 are computed in their own format, float16 and bfloat16 in float32 and rounded once.
  Integers and booleans count as float64, also beside narrower floats (in JAX without `jax_enable_x64` as float32). A Python
  number or a list takes the format of the arrays it meets. Arrays of two libraries, or on two devices, are an error: nothing
  is moved unasked.
* **Accuracy.** float64 is within 8 ULP, with the same edges as the NumPy path; where data cancel, the bound is as there, with
  8 u in place of 2 u or 4 u. float32 is within 8 ULP of float32, except where squares or products leave its range (optimiser
  steps, divergences): the NumPy path computes it in float64 and is within 0.51. `mutual_information` keeps digits in two
  parts: values below 2^-80 (float32: 2^-30), where even these cancel, are good to 2^-100 (2^-40) absolute.
  The perplexity of outcomes whose surprisals differ widely loses a few ULP more. XLA takes subnormal numbers for 0: in JAX
  results below 1e-290 (float32: 1e-30) lose digits, and below the smallest normal number are 0.
* **Checks of values** (probabilities, labels) read one flag from the device. They are skipped under a tracer, on a meta
  device, and for dask, where they would compute; `validate=False` skips those that can be skipped. A label out of range that
  could not be refused gives nan.
* **Gradients** are never nan where the result is finite. Of p log p at p = 0, whose slope is infinite, the gradient is 0: a
  mask stays one. Of |y - t| at y = t, and of max(x, 0) at 0, it is 0.
* Parameters such as `learning_rate`, `gamma` or the step number t of `adam_step` may be 0-d arrays, also traced ones.
"""


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m tests.numeric.libraries", description=__doc__.splitlines()[0])
    parser.add_argument("--page", type=Path, help="where to write the page; printed if not given")
    options = parser.parse_args(arguments)
    if absent := missing("array_api_compat", *(kind.package for kind in LIBRARIES.values())):
        parser.exit(2, f"{absent}\n")
    results, versions = {}, [f"numpy {np.__version__}"]
    for name, kind in LIBRARIES.items():
        library = kind()
        versions.append(f"{name} {library.version}")
        for case in CASES.values():
            for column in COLUMNS:
                found = outcome(column, case, library)
                results[case.name, name, column] = found
                if found not in (True, None):
                    print(f"{case.name}, {name}, {column}: {found}", file=sys.stderr)
    text = page(results, versions)
    if options.page:
        options.page.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0 if all(found in (True, None) for found in results.values()) else 1


if __name__ == "__main__":
    import os

    os.environ.setdefault("XLA_FLAGS", "--xla_force_host_platform_device_count=2")
    sys.exit(main())

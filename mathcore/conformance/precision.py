"""Who chose float32: a library whose default it is, or the author of the function.

JAX turns float64 into float32 unless it is told otherwise, torch makes float32 of Python's numbers. Such a function is
judged in float32 alone. It is known by what happens when the library *is* told to work in float64: then the result has
more digits, where an author who rounds gets float32 again. What JAX returns in its default state has no more digits
however it was asked for, so that it counts as well.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import numpy as np

from mathcore.conformance.accuracy import Case, bar_of, cases, plain_case, seen
from mathcore.conformance.calls import as_numpy
from mathcore.conformance.subject import OURS, Broken, Subject

SINGLE = ("jax", "tensorflow")  # whose own float32 results count; torch and keras keep the float64 of an array
TRIED = 3  # inputs
COMPILED = 1e-5  # of a float32, by how much it may change when JAX compiles what makes it


def narrowed(tested: Subject, seed: int) -> bool:
    """Whether its results for float64 are float32 because of a library's default."""
    tried = _tried(tested, seed)
    if not tried or not tested.floats:
        return False
    try:
        shown = [(case, *tested.answer(tested.arguments(case.values))) for case in tried]
        if not any(name in sys.modules for name in (*SINGLE, "torch", "keras")):  # a function may import it in its call
            return False
        if all(array.dtype == np.float64 and _right(tested, case, array) for case, _, array in shown):
            return False
        if all(_made_by_library(tested, case, result, array) for case, result, array in shown):
            return True
        with told_float64():
            wider = [(case, tested.answer(tested.arguments(case.values))[1]) for case in tried]
    except Broken:
        return False
    if all(array.dtype == np.float32 for _, _, array in shown):
        return all(array.dtype == np.float64 for _, array in wider)
    return all(array.dtype == np.float64 and _right(tested, case, array) for case, array in wider)


def compiled_by_shape(tested: Subject, seed: int) -> bool:
    """Whether its results are those of JAX, which compiles what it does for each shape anew."""
    case = plain_case(tested, seed)
    if case is None or "jax" not in sys.modules:
        return False
    try:
        result, array = tested.answer(tested.arguments(case.values))
    except Broken:
        return False
    made = _made(tested, case, lambda value: _library(value) == "jax")  # uncompiled, so that a last digit may differ
    return _library(result) == "jax" or _among(array, made, COMPILED)


def _tried(tested: Subject, seed: int) -> list[Case]:
    """Some plain inputs, of more than one entry where the card speaks of arrays."""
    first = plain_case(tested, seed)
    listed = [c for c in cases(tested.card, tested.working, "normal", seed) if c.family == "plain" and c is not first]
    several = [c for c in listed if all(n > 1 for s, n in c.values.items() if s.type.domain == "size")]
    return [] if first is None else [first, *several][:TRIED]


def _right(tested: Subject, case: Case, array: np.ndarray) -> bool:
    if array.size != int(np.prod(tested.shape(case.values))):
        return False
    return seen(tested, case, array.reshape(tested.shape(case.values)), bar_of(tested.card, "float64") or 0.0).failure is None


# told otherwise -------------------------------------------------------------------------------------------------------


@contextmanager
def told_float64() -> Iterator[None]:
    """Every library that is loaded works in float64 unless a program asks it for float32."""
    with ExitStack() as undone:
        for name, (read, tell, wanted) in DEFAULTS.items():
            module = sys.modules.get(name)
            if module is None:
                continue
            with suppress(AttributeError):  # in the middle of its import, or of a version that has no such default
                before = read(module)
                tell(module, wanted(module))
                undone.callback(tell, module, before)
        yield


Default = tuple[Callable[[Any], Any], Callable[[Any, Any], Any], Callable[[Any], Any]]
DEFAULTS: dict[str, Default] = {  # module -> how its default is read, told, and what means float64
    "jax": (lambda m: m.config.jax_enable_x64, lambda m, value: m.config.update("jax_enable_x64", value), lambda m: True),
    "torch": (lambda m: m.get_default_dtype(), lambda m, value: m.set_default_dtype(value), lambda m: m.float64),
    "keras": (lambda m: m.backend.floatx(), lambda m, value: m.backend.set_floatx(value), lambda m: "float64"),
}


# arrays of a library --------------------------------------------------------------------------------------------------


def _made_by_library(tested: Subject, case: Case, result: Any, array: np.ndarray) -> bool:
    """Whether the result is, or has the numbers of, a float32 array of a library that makes no other."""
    if not any(_single(name) for name in SINGLE):
        return False
    if _owner(result):
        return True
    return _among(array, _made(tested, case, _owner))


def _among(array: np.ndarray, made: list[np.ndarray], rounding: float = 0.0) -> bool:
    numbers = array.astype(np.float64).reshape(-1)
    return any(one.shape == numbers.shape and np.allclose(one, numbers, rtol=rounding, atol=0.0, equal_nan=True) for one in made)


def _library(value: Any) -> str:
    """The library to which an array belongs."""
    return type(value).__module__.partition(".")[0].replace("jaxlib", "jax")


def _owner(value: Any) -> bool:
    library = _library(value)
    return library in SINGLE and _single(library) and "float32" in str(getattr(value, "dtype", ""))


def _single(library: str) -> bool:
    """Whether it is loaded, and makes float32 of what is float64."""
    module: Any = sys.modules.get(library)
    return module is not None and not (library == "jax" and module.config.jax_enable_x64)


def _made(tested: Subject, case: Case, wanted: Callable[[Any], bool]) -> list[np.ndarray]:
    """The numbers of every wanted array that code of such a library returned during one call."""
    found: list[Any] = []

    def look(frame: Any, event: str, value: Any) -> None:
        if event == "return" and (frame.f_globals.get("__name__") or "").partition(".")[0] in SINGLE and wanted(value):
            found.append(value)

    before, jax = sys.getprofile(), sys.modules.get("jax")
    with ExitStack() as undone:
        if jax is not None:
            with suppress(AttributeError):
                undone.enter_context(jax.disable_jit())  # what is compiled shows no calls
        undone.callback(sys.setprofile, before)
        sys.setprofile(look)
        try:
            tested.raw(tested.arguments(case.values))
        except OURS:
            raise
        except BaseException:
            return []
    numbers = []
    for value in found:
        with suppress(Exception), warnings.catch_warnings():  # a tracer, or memory that was given away
            warnings.simplefilter("ignore")
            numbers.append(np.asarray(as_numpy(value)).astype(np.float64).reshape(-1))
    return numbers

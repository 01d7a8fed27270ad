"""The compiled core itself: built from the sources that stand here, the same bits from every build, clean C, installs."""

import itertools
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from mathcore import numeric
from mathcore.numeric import _core
from mathcore.numeric._core import build, coefficients

FOLDER = Path(build.__file__).parent
ROOT = FOLDER.parents[2]
DIGESTS = Path(__file__).with_name("digests.c")
KERNELS = [str(FOLDER / name) for name in build.KERNELS]
FLAGS = [flag for flag in build.FLAGS if flag not in ("-O3", "-fPIC", "-fvisibility=hidden")]
NATIVE = platform.machine() == "x86_64"


@pytest.fixture(scope="module", autouse=True)
def way():
    """These tests say themselves what runs."""


def built_with(folder, compiler, *flags):
    """The command that prints the digests of such a build; None without the compiler."""
    if shutil.which(compiler) is None:
        return None
    program = folder / "_".join([compiler, *flags]).replace("/", "_").replace("-", "_").replace("=", "_")
    answer = subprocess.run(
        [compiler, *FLAGS, *flags, *KERNELS, str(DIGESTS), "-o", str(program), "-lm"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return str(program)


def printed(program, rounds, *runner):
    return subprocess.run([*runner, program, str(rounds)], capture_output=True, text=True, check=True).stdout


needs_core = pytest.mark.skipif(_core.compiled is None, reason="there is no compiled core here")


@needs_core
def test_the_core_is_that_of_the_sources():
    assert build.built() == build.digest() == _core.compiled.DIGEST.removeprefix("mathcore-core-")


@needs_core
def test_core_says_which_kernels_run():
    assert numeric.core() == f"{platform.machine()} {_core.compiled.SETS[0]}"
    before = _core.use(None)
    try:
        assert numeric.core() is None and _core.softmax(np.zeros(3), -1) is NotImplemented
    finally:
        _core.use(before)


def test_an_environment_keeps_the_core_out(python):
    ask = "from mathcore import numeric; print(numeric.core(), numeric.softmax([0.0, 0.0]).tolist())"
    assert python("-c", ask, MATHCORE_CORE="0").stdout == "None [0.5, 0.5]\n"


@needs_core
def test_a_set_of_kernels_that_there_is_not_is_an_error():
    with pytest.raises(ValueError, match="there are no kernels 'v9' for this machine"):
        _core.use("v9")


@pytest.mark.slow
def test_the_coefficients_are_those_of_the_script():
    assert coefficients.header() == (FOLDER / "coefficients.h").read_text(encoding="utf-8")


@needs_core
def test_every_instruction_set_gives_the_same_bits():
    rng = np.random.default_rng(0)
    calls = []
    for shape, dtype in itertools.product(
        [(7,), (40, 10), (5, 100), (3, 2000), (1, 20_000)], [np.float64, np.float32, np.float16]
    ):
        z = (rng.normal(size=shape) * 5).astype(dtype)
        p, labels = numeric.softmax(z), rng.integers(shape[-1], size=shape[:-1])
        for axis in {-1, 0}:
            calls += [(name, (z, axis)) for name in ("softmax", "log_softmax", "logsumexp")]
            calls += [("entropy", (p, axis, 0, 1.0, 0.0)), ("kl_divergence", (p, p[..., ::-1], axis, 0, 1.0, 0.0))]
        calls += [("sparse_crossentropy_of_logits_value_and_grad", (labels, z, -1)), ("mean_squared_error", (p, z, None))]
        calls += [("crossentropy_of_logits_value_and_grad", (p, z, -1, 0))]
        calls += [(name, (z,)) for name in ("sigmoid", "softplus", "tanh", "gelu", "mish", "silu", "log_sigmoid")]
    results = {}
    before = _core.compiled.used()
    for name in _core.compiled.SETS:
        _core.use(name)
        found = [getattr(_core, f)(*arguments) for f, arguments in calls]
        results[name] = [np.asarray(x).tobytes() for one in found for x in (one if isinstance(one, tuple) else (one,))]
    _core.use(before)
    assert len(set(map(tuple, results.values()))) == 1


@pytest.mark.slow
def test_builds_of_all_compilers_and_levels_give_the_same_bits(tmp_path):
    slow = [("-O0", *build.X86["v3"]), ("-O1", *build.X86["baseline"])]  # of which fewer outputs are compared
    fast = [("-O3", *build.X86["v4"]), ("-O2", *build.X86["v3"])]
    compilers = [c for c in ("gcc", "clang", "clang-14") if shutil.which(c)]
    if not NATIVE or not compilers:
        pytest.skip("builds for x86-64 are compared")
    able = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    fast = [level for level in fast if "v4" not in str(level) or "avx512dq" in able]
    programs = [built_with(tmp_path, c, *flags) for c, flags in itertools.product(compilers, fast)]
    found = {printed(program, 13) for program in programs}
    assert len(found) == 1 and int(found.pop().split()[-1]) > 50_000_000
    one = printed(programs[0], 1)
    for c, flags in itertools.product(compilers, slow):
        assert printed(built_with(tmp_path, c, *flags), 1) == one, (c, flags)
    if shutil.which("qemu-aarch64") and (arm := built_with(tmp_path, "aarch64-linux-gnu-gcc", "-O2", "-static")):
        assert printed(arm, 1, "qemu-aarch64") == one


@pytest.mark.slow
@pytest.mark.skipif(not NATIVE or shutil.which("gcc") is None, reason="contraction by GCC for x86-64 is shown")
def test_contraction_would_change_the_bits(tmp_path):
    kept = built_with(tmp_path, "gcc", "-O2", "-march=x86-64-v3")
    contracted = built_with(tmp_path, "gcc", "-O2", "-march=x86-64-v3", "-ffp-contract=fast")
    assert printed(kept, 1) != printed(contracted, 1)


@pytest.mark.slow
@pytest.mark.parametrize("compiler", ["gcc", "clang", "clang-14"])
def test_the_kernels_compile_without_a_warning_and_run_under_sanitizers(tmp_path, compiler):
    if shutil.which(compiler) is None:
        pytest.skip(f"there is no {compiler}")
    strict = ("-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
    found = printed(built_with(tmp_path, compiler, *strict), 1)
    assert found == printed(built_with(tmp_path, compiler, "-O2"), 1)


@pytest.mark.slow
def test_the_module_compiles_without_a_warning(tmp_path):
    try:
        command, include = build.compiler(), build.headers()
    except build.Impossible as error:
        pytest.skip(str(error))
    strict = [*command, *build.FLAGS, "-Wall", "-Wextra", "-Werror", *include, '-DDIGEST="none"']
    answer = subprocess.run(
        [*strict, "-c", str(FOLDER / "module.c"), "-o", str(tmp_path / "m.o")], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("environment", "pure"), [({}, False), ({"CC": "/bin/false"}, True), ({"MATHCORE_PURE": "1"}, True)])
def test_a_wheel_is_built_with_and_without_a_compiler(tmp_path, environment, pure):
    try:
        build.compiler()
    except build.Impossible:
        pure = True
    variables = {k: v for k, v in os.environ.items() if k not in ("CC", "MATHCORE_PURE")} | environment
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, env=variables, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.endswith("-none-any.whl") == pure
    assert ("mathcore/numeric/_core/_compiled.abi3.so" not in zipfile.ZipFile(wheel).namelist()) == pure

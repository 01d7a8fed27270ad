"""A judgement in a process of its own: whatever the function does, there is a report, and the last call is in it."""

import json
import re
import sys
from pathlib import Path

import pytest

import mathcore
from mathcore.conformance.accuracy import SEED
from mathcore.conformance.contained import NotFound, _environment, contained, imported
from mathcore.conformance.guard import Guard
from mathcore.evidence import Grade
from mathcore.formulas import UnknownFormula
from tests.conformance import trial

RIGHT = """
import numpy as np
def f(z, axis=-1):
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
"""


@pytest.fixture
def module(tmp_path):
    """Writes a module and gives the target of its function f."""

    def write(text, name="theirs"):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        return f"{tmp_path / name}.py:f"

    return write


def judged(target, card="softmax", **options):
    return contained(target, card, **{"effort": "quick", "seed": SEED, **options})


def ended(report):
    """The one failure of a function that ended its process."""
    (failure,) = report.failures
    assert failure.name == "answers"
    assert report.grade is Grade.WRONG
    assert [f.shown for f in report.findings] == [failure.detail]
    return failure.detail


@pytest.mark.slow
def test_the_report_is_the_one_that_is_made_in_this_process():
    from mathcore.conformance.check import check
    from tests.conformance.wrong import naive

    here, there = check(naive, "softmax", effort="quick"), judged("tests.conformance.wrong:naive")
    assert there.failures
    for report in (here, there):
        assert report.seconds > 0
    kept = [{k: v for k, v in json.loads(json.dumps(r.to_json())).items() if k != "seconds"} for r in (here, there)]
    assert kept[0] == kept[1]


@pytest.mark.slow
def test_a_file_may_import_what_lies_next_to_it(module):
    module(RIGHT.replace("def f", "def beside"), "beside_it")
    assert judged(module("from beside_it import beside\ndef f(z, axis=-1):\n    return beside(z, axis)\n")).passed


@pytest.mark.slow
def test_what_is_printed_at_import_harms_nothing(module, capfd):
    report = judged(module("import sys\nprint('hello')\nprint('hello', file=sys.stderr)\n" + RIGHT))
    assert report.passed
    assert capfd.readouterr() == ("", "")


ENDS = {
    "os._exit(0)": "exit code 0",
    "ctypes.string_at(0)": "signal 11",
    "os._exit(3)": "exit code 3",
    "os.kill(os.getpid(), 9)": "signal 9",
    "os.abort()": "signal 6",
}


@pytest.mark.skipif(sys.platform == "win32", reason="no signals here")
@pytest.mark.parametrize("call", [*list(ENDS)[:2], *(pytest.param(call, marks=pytest.mark.slow) for call in list(ENDS)[2:])])
def test_a_function_that_ends_its_process_is_wrong_and_its_last_call_is_shown(module, call):
    text = f"import ctypes, os\n{RIGHT}\n_f = f\ndef f(z):\n    if len(z) == 2: {call}\n    return _f(z)\n"
    told = ended(judged(module(text)))
    assert re.match(r"f\(\[-?[\d.]+, -?[\d.]+\]\) ends the process", told)
    assert ENDS[call] in told


def test_sys_exit_is_an_answer_like_any_exception(module):
    """No process is needed for it."""
    target = module("import sys\ndef f(z):\n    sys.exit(4)\n")
    report = mathcore.check(imported(target), trial.SOFTMAX, effort="quick")
    assert "raises SystemExit: 4" in report.check("float64").detail


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signals here")
def test_code_that_cannot_be_interrupted_is_stopped_from_outside(module):
    text = "import signal, threading\ndef f(z):\n    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\n"
    told = ended(judged(module(text + "    threading.Lock().acquire() or None\n    while True: pass\n"), seconds=3))
    assert told == "f([0.0]) gives no answer: stopped after 3 s"


@pytest.mark.slow
def test_a_module_that_does_not_finish_its_import_is_stopped(module):
    told = ended(judged(module("import time\ntime.sleep(600)\ndef f(z): return z\n"), seconds=2))
    assert told == "f gives no answer: stopped after 2 s"


@pytest.mark.slow
def test_a_module_that_ends_its_process_is_wrong(module):
    assert ended(judged(module("import os\nos._exit(7)\ndef f(z): return z\n"))) == "f ends the process, with exit code 7"


@pytest.mark.slow
def test_threads_that_are_left_behind_keep_nobody_waiting(module):
    text = "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()\n"
    assert judged(module(text + RIGHT), seconds=60).passed


# targets ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["softmax", "", ":", "scipy:", ":f", "a b"])
def test_what_is_no_target_is_told_how_to_write_one(target):
    with pytest.raises(NotFound, match=r"write MODULE:FUNCTION or FILE\.py:FUNCTION"):
        imported(target)


@pytest.mark.parametrize("target", ["no_such_module:f", "no/such/file.py:f"])
def test_a_module_that_is_not_found_is_named(target):
    with pytest.raises(NotFound, match=f"{target[:-2]} cannot be imported"):
        imported(target)


def test_a_function_that_is_not_there_brings_the_names_that_are(module):
    target = module("def mine(z): return z\ndef _hidden(z): return z\nNUMBER = 3\n", "names")
    with pytest.raises(NotFound, match=r"has no f: it has mine$"):
        imported(target)
    with pytest.raises(NotFound, match="has no f: it has no functions"):
        imported(module("", "nothing"))


def test_what_cannot_be_called_is_no_function(module):
    with pytest.raises(NotFound, match="is int, no function"):
        imported(module("f = 3\n", "number"))


@pytest.mark.parametrize(
    "text",
    [
        "f = (",
        "import no_such_module",
        "1 / 0",
        "raise KeyError('x')",
        "raise RuntimeError",
        "import sys\nsys.exit(3)",
    ],
)
def test_a_module_that_fails_at_its_import_is_told_with_the_reason(module, text):
    with pytest.raises(NotFound, match="cannot be imported: "):
        imported(module(text, "fails"))


def test_a_module_that_fails_in_its_process_is_told_here(module):
    with pytest.raises(NotFound, match="cannot be imported: ZeroDivisionError: division by zero"):
        judged(module("1 / 0", "fails"))


def test_methods_and_packages_are_found():
    assert imported("pathlib:Path.cwd")() == Path.cwd()
    assert imported("os.path:join")("a", "b")


def test_an_unknown_formula_comes_up_as_it_does_here():
    with pytest.raises(UnknownFormula, match="no formula 'sotfmax'"):
        judged("tests.conformance.wrong:naive", "sotfmax")


@pytest.mark.slow
def test_errors_of_the_caller_come_up_as_they_do_here():
    with pytest.raises(ValueError, match="--call"):
        judged("tests.conformance.wrong:naive", call="f(*z)")
    with pytest.raises(ValueError, match="backend 'cupy' is not known"):
        judged("tests.conformance.wrong:naive", backend="cupy")


@pytest.mark.slow
def test_a_function_is_judged_with_its_call(module):
    text = RIGHT.replace("def f(z, axis=-1)", "def f(*, dim, scores)").replace("axis=axis", "axis=dim")
    assert judged(module(text.replace("(z)", "(scores)")), call="f(dim=axis, scores=z)").passed


def test_a_guard_stands_around_the_function():
    from mathcore.conformance.check import prepared
    from tests.conformance.wrong import naive

    assert isinstance(prepared(naive, trial.SOFTMAX).function, Guard)


@pytest.mark.slow
@pytest.mark.peers("jax")
def test_what_jax_compiles_is_kept_for_the_next_judgement(tmp_path):
    pytest.importorskip("jax")
    file, folder = tmp_path / "mine.py", tmp_path / "jax"
    file.write_text("import jax\ndef f(x):\n    return jax.nn.relu(x)\n")
    first = contained(f"{file}:f", "relu", compiled=folder, effort="quick", seed=1)
    kept = len(list(folder.glob("jit_*")))
    assert first.passed and kept
    assert contained(f"{file}:f", "relu", compiled=folder, effort="quick", seed=1).passed
    assert len(list(folder.glob("jit_*"))) <= kept + 8


def test_a_folder_that_the_user_chose_for_jax_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("JAX_COMPILATION_CACHE_DIR", "chosen")
    assert _environment(tmp_path)["JAX_COMPILATION_CACHE_DIR"] == "chosen"
    monkeypatch.delenv("JAX_COMPILATION_CACHE_DIR")
    assert _environment(tmp_path)["JAX_COMPILATION_CACHE_DIR"] == str(tmp_path)
    assert "JAX_COMPILATION_CACHE_DIR" not in _environment(None)


def test_what_jax_compiled_does_not_grow_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr("mathcore.conformance.contained.MOST", 10)
    monkeypatch.delenv("JAX_COMPILATION_CACHE_DIR", raising=False)
    (tmp_path / "one").write_bytes(b"0" * 10)
    _environment(tmp_path)
    assert (tmp_path / "one").exists()
    (tmp_path / "two").write_bytes(b"0")
    _environment(tmp_path)
    assert not tmp_path.exists()

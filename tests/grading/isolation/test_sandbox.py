"""The door to foreign code: what goes through it and comes back, what a file or a notebook may be, what a person is told."""

import contextlib
import inspect
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from mathcore.grading.isolation import (
    Died,
    Failed,
    ForeignError,
    Level,
    Limits,
    Loaded,
    NotRun,
    Raised,
    Returned,
    Sandbox,
    TimedOut,
    Unavailable,
    best,
    detect,
    missing,
)
from mathcore.grading.isolation.inside import seccomp
from tests.grading.isolation.test_hostile import gone, granted
from tests.sampling import sampled

ROOT = Path(__file__).resolve().parents[3]
HONEST = '''
import random, warnings
import numpy as np
print("loaded")
def same(x): return x
def softmax(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
def told(x): return [type(x).__name__, str(getattr(x, "dtype", "")), list(getattr(x, "strides", ()))]
def spoils(x): x[0] = 7; return 0.0
def empties(x): x.clear(); x.append(object()); return 0.0
def disturbs():
    np.seterr(all="raise"); random.seed(1); np.random.seed(2); warnings.filterwarnings("ignore"); return 0.0
def draws(): return [random.random(), float(np.random.random())]
def logs(x): return np.log(x)
def misses(): import pandas
def raises(): raise ValueError("no\\x1b[31m")
def exits(): import os; os._exit(3)
def waits(): import time; time.sleep(60)
def spends():
    import signal
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True: pass
def keeps(x, seen=[]): seen.append(x); return len(seen)
def leaves(): open("left", "w").close(); return 0.0
def finds(): import os; return len(os.listdir("."))
def no_names(*values, **more): return float(len(values))
class Class: pass
partial = np.vectorize(lambda x: x)
_hidden = lambda: 1.0
from math import sqrt
'''  # fmt: skip


@pytest.fixture(scope="module")
def box():
    with Sandbox() as found:
        assert isinstance(found.load(HONEST, "honest.py"), Loaded)
        yield found


def arrays():
    base = np.arange(24.0).reshape(2, 3, 4)
    yield from (base, np.asfortranarray(base), base[:, ::2], base[..., ::2], base.T, base[::-1], np.array(3.0), np.zeros((0, 3)))
    yield from (np.array([0.0, -0.0, np.nan, np.inf, 5e-324]), np.array([True, False]), np.zeros((2, 0, 3), np.float16))
    for dtype in "?bhilqBHILQefdg":
        yield np.array([0, 1, 1], dtype)
    yield np.array([1.0, 2.0], ">f8")
    locked = np.arange(3.0)
    locked.flags.writeable = False
    yield locked


def equal(a, b):
    """Bit for bit, in type, format, shape and order."""
    if isinstance(a, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, np.ndarray):
        order = (a.flags.c_contiguous, a.flags.f_contiguous, a.flags.writeable)
        same = (a.dtype, a.shape, order) == (b.dtype, b.shape, (b.flags.c_contiguous, b.flags.f_contiguous, b.flags.writeable))
        return type(b) is np.ndarray and same and a.tobytes() == b.tobytes()
    return type(a) is type(b) and repr(a) == repr(b)


@pytest.mark.parametrize("level", Level, ids=lambda level: str(level).replace(" ", "-"))
def test_values_come_back_as_they_went(level):
    values = [
        *arrays(),
        None,
        True,
        3,
        -(10**40),
        0.1,
        -0.0,
        float("nan"),
        float("inf"),
        "text",
        np.float64(0.1),
        np.float32(0.1),
    ]
    values += [np.int8(-3), np.bool_(True), [1, 2.0, [True, None]], (1.0, [np.ones(2)], ()), [np.float64(2.0)], []]
    with Sandbox(level=granted(level)) as found:
        found.load(HONEST)
        for value in values:
            outcome = found.call("same", [value], back=True)
            assert isinstance(outcome, Returned), outcome
            assert equal(value, outcome.value) and equal((value,), outcome.arguments), value
            assert outcome.type == type(value).__name__ and outcome.report.changed == ()


def test_the_comparison_of_values_can_fail():
    for a, b in ((1, True), (1.0, np.float64(1.0)), ([1], (1,)), (np.ones(2), np.ones(2, "f4")), (0.0, -0.0)):
        assert not equal(a, b)
    assert not equal(np.ones((2, 2)), np.asfortranarray(np.ones((2, 2))))


def test_an_array_that_is_not_contiguous_arrives_as_one(box):
    told = box.call("told", [np.ones((4, 6))[:, ::2]]).value
    assert told == ["ndarray", "float64", [48, 16]]
    assert box.call("told", [np.asfortranarray(np.ones((4, 3)))]).value[2] == [8, 32]
    assert box.call("told", [np.float32(1)]).value[:2] == ["float32", "float32"]
    assert box.call("told", [1.0]).value[0] == "float" and box.call("told", [[1.0]]).value[0] == "list"


@pytest.mark.parametrize("value", [object(), {}, np.array([1j]), np.array(["a"]), b"", {1}, lambda: 0])
def test_what_cannot_be_sent_is_a_wrong_call_of_ours(box, value):
    with pytest.raises(TypeError, match=r"Sandbox\.call: same: an argument is .*; pass arrays"):
        box.call("same", [value])


def test_the_functions_of_a_file_are_listed_with_their_parameters(box):
    assert {"same", "softmax", "partial", "_hidden"} <= set(box.loaded.names)
    assert not {"np", "Class", "sqrt", "random"} & set(box.loaded.names)
    found = {f.name: f for f in box.loaded.functions}
    assert [(p.name, p.default) for p in found["softmax"].parameters] == [("z", False), ("axis", True)]
    assert [p.kind for p in found["no_names"].parameters] == ["VAR_POSITIONAL", "VAR_KEYWORD"]
    assert box.loaded.printed == "loaded\n" and box.printed.startswith("loaded\n")


def test_a_proxy_is_called_like_any_function(box):
    softmax = box.function("softmax")
    z = np.array([[1.0, 2.0], [3.0, 5.0]])
    assert np.allclose(softmax(z, axis=0).sum(axis=0), 1)
    assert softmax.__name__ == "softmax" and "axis" in inspect.signature(softmax).parameters
    spoilt, listed = np.ones(3), [1.0, 2.0]
    box.function("spoils")(spoilt)
    box.function("spoils")(listed)
    assert spoilt[0] == 7 and listed == [7, 2.0]
    with pytest.raises(ForeignError, match="no") as caught:
        box.function("raises")()
    assert type(caught.value).__name__ == caught.value.type == "ValueError" and isinstance(caught.value.outcome, Raised)
    with pytest.raises(AttributeError, match=r"has no function 'relu'; it has .*softmax"):
        box.function("relu")


@pytest.mark.hours
def test_the_judge_of_implementations_says_the_same_of_a_proxy_as_of_the_function(box):
    import mathcore

    here: dict = {}
    with contextlib.redirect_stdout(None):
        exec(HONEST, here)
    for name in ("softmax", "same"):
        assert mathcore.check(box.function(name), "softmax").checks == mathcore.check(here[name], "softmax").checks


def test_what_a_call_changes_is_reported(box):
    assert box.call("spoils", [np.ones(2)]).report.changed == (0,)
    assert box.call("spoils", [], {"x": np.ones(2)}).report.changed == ("x",)
    assert box.call("same", [np.array([np.nan])]).report.changed == ()
    assert box.call("empties", [[1.0]], back=True).report.changed == (0,)
    with Sandbox() as other:
        other.load(HONEST)
        assert set(other.call("disturbs").report.state) >= {"np.errstate", "warnings filters", "random"}
        assert other.call("draws").report.state == ("random", "np.random")
        assert other.call("same", [1]).report.state == ()
    assert any("divide by zero" in text for text in box.call("logs", [np.zeros(1)]).report.warned)


def test_nothing_here_changes_with_it(box):
    before = random.getstate(), np.geterr()
    box.call("disturbs")
    assert (random.getstate(), np.geterr()) == before


def test_an_exception_is_told_with_its_line_and_without_controls(box):
    outcome = box.call("raises")
    assert (
        outcome.type == "ValueError"
        and outcome.message == "no\ufffd[31m"
        and outcome.line == HONEST.split("\n").index(next(line for line in HONEST.split("\n") if "def raises" in line)) + 1
    )
    assert box.call("misses").message == "uses pandas, which is not available here; the standard library and NumPy are"
    assert "has no function 'nothing'" in box.call("nothing").words


def test_after_a_death_the_next_call_finds_the_file_loaded_again():
    with Sandbox(limits=Limits(seconds=0.3, restarts=2)) as box:
        box.load(HONEST)
        assert box.call("exits") == Died(3)
        assert box.call("same", [1.0]).value == 1.0
        assert box.call("waits") == TimedOut(0.3)
        assert box.call("same", [2.0]).value == 2.0 and box.restarts == 2
        assert isinstance(box.call("exits"), Died)
        refused = box.call("same", [3.0])
        assert isinstance(refused, NotRun) and "ended its process 3 times; the last time it ends the process" in refused.words
    assert box.call("same", [1.0]) == NotRun("the box is closed")


@pytest.mark.hours
@pytest.mark.parametrize("level", Level, ids=lambda level: str(level).replace(" ", "-"))
def test_processor_time_is_bounded_whatever_is_ignored(level):
    with Sandbox(level=granted(level), limits=Limits(seconds=20, cpu=1)) as box:
        box.load(HONEST)
        assert box.call("spends") in (TimedOut(1.0, "processor"), Died(None, signal.SIGKILL))


def test_nothing_is_left_for_a_renewed_box_or_another():
    with Sandbox() as box, Sandbox() as other:
        box.load(HONEST)
        other.load(HONEST)
        assert box.call("keeps", [1]).value == 1 and box.call("keeps", [1]).value == 2
        box.call("leaves")
        assert box.call("finds").value == 1 and other.call("finds").value == 0
        box.renew()
        assert box.call("keeps", [1]).value == 1 and box.call("finds").value == 0


@sampled(
    ("source", "filename", "words"),
    [
        ("import pandas", "a.py", "uses pandas, which is not available here; the standard library and NumPy are (line 1)"),
        ("import numpy\nimport matplotlib.pyplot as plt", "a.py", "uses matplotlib, which is not available here"),
        ("import torch.nn", "a.py", "uses torch, which is not available here"),
        ("x = input('n? ')", "a.py", "asks for input while it is loaded"),
        ("import sys; sys.exit(0)", "a.py", "ends itself with sys.exit"),
        ("import os; os._exit(0)", "a.py", "ends the process (exit code 0) while it is loaded"),
        ("while True: pass", "a.py", "takes longer than 0.5 s while it is loaded"),
        ("def f(:", "a.py", "is not valid Python: invalid syntax (line 1)"),
        ("x = 1\n1 / 0", "a.py", "raises ZeroDivisionError: division by zero while it is loaded (line 2)"),
        ("x = '\0'", "a.py", "holds a NUL byte"),
        (b"x = '\xff'", "a.py", "is not in utf-8: byte 5; save it as UTF-8"),
        (b"# coding: rot13\nk = 1", "a.py", "declares the encoding 'rot-13'"),
        (b"# coding: nonsense\nk = 1", "a.py", "declares the encoding 'nonsense'"),
        ("#" * 3_000_000, "a.py", "has 3,000,000 bytes; at most 2,000,000 are read"),
        ("(" * 100_000, "a.py", "while it is loaded"),
        ("x = " + "-" * 500_000 + "1", "a.py", "while it is loaded"),
        ("x = " + "[" * 90 + "]" * 90 + "\n" + "if x:\n" * 5, "a.py", "is not valid Python"),
        ("x = [0] * (1 << 40)", "a.py", "needs more memory than it may use while it is loaded"),
        ("x = bytearray(1 << 32)", "a.py", "needs more memory"),
        ("raise KeyboardInterrupt", "a.py", "raises KeyboardInterrupt"),
        ("{", "a.ipynb", "the file is no notebook"),
        ("[" * 100_000, "a.ipynb", "the file is no notebook"),
        ('{"cells": [{"cell_type": "code", "source": ["import pandas"]}]}', "a.ipynb", "uses pandas"),
    ],
    keep=8,
)
def test_a_file_that_cannot_be_loaded_is_told_in_words(source, filename, words):
    start = time.monotonic()
    with Sandbox(limits=Limits(load_seconds=0.5 if "while True" in str(source) else 10)) as box:
        failed = box.load(source, filename)
        assert isinstance(failed, Failed), failed
        assert words in failed.words or words == "while it is loaded", failed
        assert isinstance(box.call("f"), NotRun)
    assert time.monotonic() - start < 15


def test_a_box_takes_another_file_after_one_that_failed():
    with Sandbox() as box:
        for _ in range(2):
            assert isinstance(box.load("1 / 0"), Failed)
            assert box.load("def f(): return 1.0").names == ("f",) and box.call("f").value == 1.0
        assert isinstance(box.load(b"\xff"), Failed) and isinstance(box.call("f"), NotRun)


def test_a_file_may_print_guard_its_main_and_be_in_latin_1():
    source = "# -*- coding: latin-1 -*-\nname = 'é'\nif __name__ == '__main__':\n    input()\ndef f(): return name\nprint(name)\n"
    with Sandbox() as box:
        assert box.load(source.encode("latin-1"), "../../é\n\x1b[31m.py").printed == "é\n"
        assert box.call("f").value == "é"


def test_a_notebook_is_its_code_cells():
    cells = [
        ("markdown", "def not_me(): pass"),
        ("code", "%matplotlib inline\n!pip install x\nimport numpy as np"),
        ("code", ["%%time\n", "def f(x):\n", "    !ls\n", "    return np.exp(x)\n"]),
        ("code", "%%bash\nrm -rf everything"),
        ("code", "np.exp?\nremainder = (7\n  % 4)"),
    ]
    book = json.dumps({"cells": [{"cell_type": kind, "source": text} for kind, text in cells]})
    with Sandbox() as box:
        loaded = box.load(book, "homework.ipynb")
        assert isinstance(loaded, Loaded), loaded
        assert loaded.names == ("f",) and box.call("f", [0.0]).value == 1.0


def test_names_and_signatures_that_lie_are_left_out():
    source = "\n".join(
        [
            "globals()['evil\\x1b[31m name'] = lambda: 0",
            "def f(x): return x",
            "import inspect",
            "f.__signature__ = inspect.Signature([inspect.Parameter('axis', inspect.Parameter.KEYWORD_ONLY)])",
            "class G:\n    __signature__ = 3\n    def __call__(self): return 1.0",
            "g = G()",
        ]
    )
    with Sandbox() as box:
        loaded = box.load(source)
        assert loaded.names == ("f", "g")
        assert str(inspect.signature(box.function("f"))) == "(*, axis)"
        assert box.function("g")() == 1.0


def test_the_level_is_part_of_the_box_and_the_least_one_can_be_asked_for(monkeypatch):
    with Sandbox() as box:
        assert box.level is best() and not missing(box.level)
    with Sandbox(level=Level.LIMITS) as box:
        assert str(box.level) == "limits only"
    monkeypatch.setattr(detect, "missing", lambda level: "" if level is Level.LIMITS else "bwrap is not installed")
    assert detect.best() is Level.LIMITS
    with pytest.raises(Unavailable, match=r"landlock or stricter was asked for; bwrap is not installed\. To have it, use Linux"):
        Sandbox(least=Level.LANDLOCK)
    with pytest.raises(Unavailable, match=r"bubblewrap was asked for; .*or ask for 'limits only', which is granted here"):
        Sandbox(level=Level.BUBBLEWRAP)


@pytest.mark.parametrize("name", ["seconds", "memory", "result"])
def test_limits_that_are_none_are_refused_by_name(name):
    for value in (0, -1, True, "1"):
        with pytest.raises(ValueError, match=f"Limits: {name} "):
            Limits(**{name: value})


@sampled("level", Level, ids=lambda level: str(level).replace(" ", "-"), keep=1)
def test_when_the_judge_is_killed_nothing_goes_on(level, python):
    program = (
        "from mathcore.grading.isolation import *\n"
        f"box = Sandbox(level=Level({str(level)!r}), limits=Limits(seconds=60))\n"
        "box.load('import time\\ndef f(): time.sleep(60)')\n"
        "print(box._process.mark, box._process.folder, flush=True)\n"
        "box.call('f')\n"
    )
    granted(level)
    variables = os.environ | {"PYTHONPATH": str(ROOT)}
    judge = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=variables)
    mark, folder = judge.stdout.readline().split()
    judge.stdout.close()
    time.sleep(0.1)
    judge.kill()
    judge.wait()
    assert gone(mark)
    Path(folder).rmdir()


def test_a_call_costs_little(box):
    """0.3 ms on a machine that does nothing else; a busy one gets ten times that."""
    z = np.arange(6.0)
    box.call("same", [z])
    best_of = []
    for _ in range(10):
        start = time.perf_counter()
        for _ in range(20):
            box.call("same", [z])
        best_of.append((time.perf_counter() - start) / 20)
    assert min(best_of) < 3e-3


def test_many_calls_are_made_one_after_the_other(box):
    assert [o.value for o in box.call_many("same", [[1], [2.0], [None]])] == [1, 2.0, None]


def test_the_room_can_be_imported_where_there_is_no_linux(python):
    program = (
        "import sys, subprocess, socket, selectors, tempfile, multiprocessing\n"
        "sys.platform = 'win32'\n"
        "for name in ('resource', 'fcntl', 'pwd', 'grp'): sys.modules[name] = None\n"
        "from mathcore.grading.isolation import Level, missing, process\n"
        "from mathcore.grading.isolation.inside import border, confine, landlock, seccomp, supervisor, loading\n"
        "confine.resources({'cpu': 1, 'memory': 1, 'file_bytes': 1, 'open_files': 1})\n"
        "assert process.WINDOWS and not confine.LINUX\n"
        "print(missing(Level.BUBBLEWRAP)); print(missing(Level.LANDLOCK))\n"
    )
    told = python("-c", program).stdout
    assert told == "bubblewrap is a part of Linux, and this is win32\nlandlock is a part of Linux, and this is win32\n"


def test_the_connection_of_windows_works_here_too(monkeypatch):
    """The same channel over a connection on this machine, without descriptors, and without what is printed."""
    if missing(Level.LIMITS):
        pytest.skip("no second process can be started")
    from mathcore.grading.isolation import process

    monkeypatch.setattr(process, "WINDOWS", True)
    monkeypatch.setattr(process, "runtime", windows_runtime(process.runtime()))
    with Sandbox(level=Level.LIMITS) as box:
        assert isinstance(box.load(HONEST), Loaded)
        assert box.call("same", [np.ones(3)]).value.sum() == 3
        assert isinstance(box.call("exits"), Died)
        assert box.call("same", [1.0]).value == 1.0


def windows_runtime(real):
    """A runtime whose interpreter thinks that it runs on Windows, as far as the channel goes."""

    class Pretending(type(real)):
        def command(self, *arguments):
            *flags, boot = super().command(*arguments)
            return [*flags, f"import subprocess, socket, random, inspect, sys; sys.platform = 'win32'\n{boot}"]

    pretending = Pretending(**vars(real))
    return lambda: pretending


def test_the_filter_of_system_calls_is_a_program_of_jumps_forward():
    lines = seccomp.program()
    assert 100 < len(lines) < 4096
    for at, (code, true, false, _) in enumerate(lines):
        if code in (seccomp.EQUAL, seccomp.ABOVE):
            assert max(true, false) < 256 and at + 1 + max(true, false) < len(lines)
    assert lines[-1][0] == seccomp.ANSWER

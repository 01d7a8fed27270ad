"""The main job: names, order, processes, what is stored, and what happens when something breaks."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest

import mathcore
from mathcore import formulas
from mathcore.evidence import Check, Evidence, Level, Verdict
from mathcore.render import markdown, report
from mathcore.verify import run
from mathcore.verify.store import Store

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def quick(monkeypatch):
    """Checks nothing, quickly: for tests of everything around the checks. Returns the names examined."""
    examined = []

    def examine(name: str) -> Evidence:
        examined.append(name)
        return Evidence(name, "", derivations=(Verdict("1 = 1", Level.PROVED),), seconds=0.25)

    monkeypatch.setattr(run, "examine", examine)
    return examined


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path)


def test_without_names_every_card_is_verified_in_order(quick, store):
    found = run.verify(store=store, workers=1)
    assert tuple(e.card for e in found) == run.resolve(None)
    assert all(e.digest for e in found)


def test_names_keep_their_order_and_count_once(quick, store):
    wanted = [*reversed(formulas.names()), *formulas.names()]
    assert [e.card for e in run.verify(wanted, store=store, workers=1)] == list(reversed(formulas.names()))


def test_a_single_name_may_be_given_as_text(quick, store):
    assert [e.card for e in run.verify("softmax", store=store)] == ["softmax"]


def test_the_room_itself_can_be_called(quick, store):
    assert [e.card for e in mathcore.verify("softmax", store=store)] == ["softmax"]


@pytest.mark.parametrize("wrong", ["sotfmax", "soft-max", "Softmax"])
def test_an_unknown_name_is_an_error_with_the_nearest_one(wrong):
    with pytest.raises(run.UnknownFormula, match=r"Did you mean softmax.* `mathcore list` shows all"):
        run.verify(wrong)


def test_a_name_like_no_other_is_told_where_all_are_listed():
    with pytest.raises(run.UnknownFormula, match=r"^no formula 'qqqq'\. `mathcore list` shows all\.$"):
        run.verify("qqqq")


def test_an_empty_corpus_is_an_error(monkeypatch):
    monkeypatch.setattr(formulas, "names", lambda: ())
    with pytest.raises(run.UnknownFormula, match="no card"):
        run.verify()


def test_an_empty_choice_is_an_error():
    with pytest.raises(run.UnknownFormula, match="no formula named"):
        run.verify([])


def test_what_is_stored_is_read_back_and_fresh_checks_again(quick, store):
    events = []
    run.verify("softmax", store=store)
    run.verify("softmax", store=store, progress=events.append)
    assert quick == ["softmax"]
    assert [e.state for e in events] == ["read"]
    run.verify("softmax", store=store, fresh=True)
    assert quick == ["softmax", "softmax"]


def test_a_damaged_file_is_checked_again_with_a_note(quick, store):
    run.verify("softmax", store=store)
    (path,) = store.directory.iterdir()
    path.write_text("{")
    events = []
    run.verify("softmax", store=store, progress=events.append)
    assert [e.state for e in events] == ["note", "begun", "done"]
    assert "damaged" in events[0].note
    assert quick == ["softmax", "softmax"]


@pytest.mark.slow
def test_an_interrupted_run_keeps_what_it_finished(quick, store, monkeypatch):
    names = run.resolve(None)
    examine = run.examine

    def interrupted(name: str) -> Evidence:
        if name == names[1]:
            raise KeyboardInterrupt
        return examine(name)

    monkeypatch.setattr(run, "examine", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.verify(store=store, workers=1)
    monkeypatch.setattr(run, "examine", examine)
    quick.clear()
    run.verify(store=store, workers=1)
    assert names[0] not in quick
    assert names[1] in quick


def test_a_card_that_cannot_be_loaded_fails_alone(quick, store, monkeypatch):
    digest = run.digest

    def broken(name: str) -> str:
        if name == "softmax":
            raise SyntaxError("invalid syntax")
        return digest(name)

    monkeypatch.setattr(run, "digest", broken)
    found = {e.card: e for e in run.verify(store=store, workers=1)}
    assert not found["softmax"].held
    assert "SyntaxError: invalid syntax" in found["softmax"].derivations[0].reason
    assert all(e.held for name, e in found.items() if name != "softmax")


@pytest.mark.slow
def test_an_error_inside_a_check_is_a_failure_that_names_it_and_is_not_stored(store, monkeypatch):
    def stopped(kind):
        def check(card):
            raise ZeroDivisionError("by zero")

        return check

    monkeypatch.setattr(run, "_checker", stopped)
    monkeypatch.setattr(run, "_derivations", lambda card: iter(()))
    monkeypatch.setattr(run, "_false_claims", lambda card: iter(()))
    (evidence,) = run.verify("softmax", store=store)
    assert not evidence.held
    assert {c.detail for c in evidence.checks} == {
        f"ZeroDivisionError: by zero (in mathcore/verify/run.py, line {_line_of_call()})"
    }
    assert not list(store.directory.glob("*.json"))


def _line_of_call() -> int:
    lines = (ROOT / "mathcore" / "verify" / "run.py").read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if "_checker(kind)(card)" in line)


UNREADABLE = {
    "define": ("relu(x) = norm(x)", "norm is no function here"),
    "given": ("x: reall", "reall"),
}


@pytest.mark.parametrize("field", UNREADABLE)
def test_a_formula_that_cannot_be_read_is_one_failure_of_the_page_and_none_of_the_engine(monkeypatch, field):
    text, said = UNREADABLE[field]
    card = replace(formulas.load("relu"), **{field: text})
    instead_of_relu(monkeypatch, card)
    found = run.examine("relu")
    assert [v.method for v in found.derivations] == ["card"] and not found.checks and found.witness is None
    assert said in found.derivations[0].reason and "line" not in found.derivations[0].reason
    text = said_of(found)
    assert "correct mathcore/formulas/relu.md" in text and "fault of the engine" not in text


def test_a_line_of_a_derivation_that_cannot_be_read_is_to_be_corrected_on_the_page(monkeypatch):
    card = formulas.load("relu")
    first = card.derivations[0]
    card = replace(card, derivations=(replace(first, steps=(replace(first.steps[0], text="= norm(x)"), *first.steps[1:])),))
    instead_of_relu(monkeypatch, card)
    text = said_of(run.examine("relu"))
    assert "norm is no function here" in text and "correct mathcore/formulas/relu.md" in text


def instead_of_relu(monkeypatch, card) -> None:
    load = formulas.load
    monkeypatch.setattr(formulas, "load", lambda name: card if name == "relu" else load(name))


def said_of(evidence: Evidence) -> str:
    return " ".join(markdown.write(report.report((evidence,), 0.0)).split())


def test_a_declared_law_of_which_no_check_is_made_is_a_failure(monkeypatch):
    monkeypatch.setattr(run, "_checker", lambda kind: lambda card: ())
    checks = tuple(run._checks(formulas.load("softmax")))
    assert {c.kind for c in checks} == {"accuracy", "law", "mistake", "example"}
    assert not any(c.passed for c in checks)


def test_checks_are_taken_as_they_come(monkeypatch):
    monkeypatch.setattr(run, "_checker", lambda kind: lambda card: (Check(kind, card.mistakes[0], True),))
    assert [c.kind for c in run._checks(formulas.load("softmax"))] == ["accuracy", "law", "mistake", "example"]


def test_a_mistake_comes_with_what_it_does(monkeypatch):
    monkeypatch.setattr(run, "_checker", lambda kind: lambda card: (Check(kind, card.mistakes[0], True),))
    (mistake,) = (c for c in run._checks(formulas.load("softmax")) if c.kind == "mistake")
    assert mistake.figures["promise"].startswith("Takes exponentials of the raw scores")


def test_where_processes_do_not_run_the_cards_are_checked_one_by_one(quick, store, monkeypatch):
    def broken(*arguments):
        raise OSError("no semaphores")
        yield

    monkeypatch.setattr(run, "_in_processes", broken)
    events = []
    found = run.verify(store=store, workers=2, progress=events.append)
    assert [e.card for e in found] == list(run.resolve(None))
    if len(found) > 1:
        assert "do not run here" in "".join(e.note for e in events)


def test_a_script_without_a_guard_runs_in_one_process(tmp_path, store):
    """A spawned process would import the script again, and verify again, without end."""
    script = tmp_path / "script.py"
    script.write_text("from mathcore.verify import run\nprint(run.main_can_be_imported_again())\n")
    answer = subprocess.run(
        [sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60
    )
    assert answer.stdout.strip() == "False"


SLOW_TREE = """
import signal, sys, time
from mathcore.verify import run
from mathcore.evidence import Evidence, Level, Verdict
from mathcore.verify.store import Store
from pathlib import Path

def slow(name, path=sys.argv[1]):
    if name == run.resolve(None)[0]:
        return Evidence(name, "", derivations=(Verdict("1 = 1", Level.PROVED),))
    time.sleep(60)

run.examine = slow
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the launcher ignores Ctrl-C, as nohup does
print("begin", flush=True)
run.verify(store=Store(Path(sys.argv[1])), workers=1, progress=lambda e: print(e.state, flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_control_c_ends_at_once_and_leaves_the_finished_card(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SLOW_TREE), str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        while process.stdout.readline().strip() != "done":
            assert process.poll() is None
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) != 0
    assert len(list(tmp_path.glob("*.json"))) == 1


# what is stored -----------------------------------------------------------------------------------------------------------


def test_a_fresh_run_that_is_stopped_goes_on_without_fresh(quick, store, monkeypatch):
    names = run.resolve(None)[:3]
    run.verify(names, store=store, workers=1)
    quick.clear()
    examine = run.examine

    def interrupted(name: str) -> Evidence:
        if name == names[1]:
            raise KeyboardInterrupt
        return examine(name)

    monkeypatch.setattr(run, "examine", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.verify(names, store=store, workers=1, fresh=True)
    monkeypatch.setattr(run, "examine", examine)
    run.verify(names, store=store, workers=1)
    assert quick == list(names)


def test_evidence_from_before_a_fresh_run_that_an_error_stopped_is_not_believed(quick, store, monkeypatch):
    run.verify("softmax", store=store)
    stopped = Evidence("softmax", "", derivations=(Verdict("1 = 1", Level.UNKNOWN, method=run.STOPPED),))
    monkeypatch.setattr(run, "examine", lambda name: stopped)
    run.verify("softmax", store=store, fresh=True)
    events = []
    assert not run.verify("softmax", store=store, progress=events.append)[0].held
    assert [(e.state, e.stored) for e in events] == [("begun", False), ("done", False)]


def test_a_full_disk_is_one_note_and_stops_nothing(quick, store, monkeypatch):
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    events = []
    found = run.verify(store=store, workers=1, progress=events.append)
    assert all(e.held for e in found)
    assert [e.note for e in events if e.note] == [
        f"{store.directory} cannot be written (No space left on device): not every result is kept"
    ]
    assert not any(e.stored for e in events)


WORKERS = """
import multiprocessing, sys
from pathlib import Path
from mathcore.verify import run
from mathcore.verify.store import Store

def tell(event):
    print(event.state, event.card, *(p.pid for p in multiprocessing.active_children()), flush=True)

if __name__ == "__main__":
    run.verify(["adam_step", "softmax", "entropy"], store=Store(Path(sys.argv[1])), workers=2, progress=tell)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="asks for processes by signals")
def test_workers_end_with_a_parent_that_is_killed(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(WORKERS)
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "store")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        workers = {int(pid) for _ in range(3) for pid in process.stdout.readline().split()[2:]}
        assert len(workers) == 2
        time.sleep(1)
        process.kill()
    end = time.monotonic() + 20
    while any(alive(pid) for pid in workers):
        assert time.monotonic() < end, "workers go on without their parent"
        time.sleep(0.05)

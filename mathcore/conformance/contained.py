"""A judgement in a process of its own: a function that hangs, exits or crashes is a verdict, and ends nothing else.

For an author's own code, which is trusted with files and network; submissions of others go through `mathcore.grading`.
The process says in a small file what it calls, so that the last call is known when it ends early.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mathcore.conformance.guard import Guard
from mathcore.evidence import Check, Finding, Grade, Report, plain

SECONDS = {"quick": 60.0, "normal": 300.0, "thorough": 3600.0}  # for a whole judgement, the import of the module included

MOST = 200_000_000  # bytes of what JAX compiled; a card makes some millions
EVERYTHING = {"JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0", "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1"}  # is kept


class NotFound(ValueError):
    """There is no such function; the text says what to write."""


def imported(target: str) -> Callable[..., Any]:
    """The function of MODULE:NAME or FILE.py:NAME; raises NotFound."""
    module, separator, name = target.rpartition(":")
    if not separator or not module or not name:
        raise NotFound(f"{target!r}: write MODULE:FUNCTION or FILE.py:FUNCTION, e.g. scipy.special:softmax")
    try:
        if module.endswith(".py"):
            found: Any = _of_file(Path(module))
        else:
            if "" not in sys.path:
                sys.path.insert(0, "")
            found = importlib.import_module(module)
    except (Exception, SystemExit) as error:  # whatever code runs at its import
        raise NotFound(f"{module} cannot be imported: {type(error).__name__}: {error}") from error
    for part in name.split("."):
        if not hasattr(found, part):
            raise NotFound(f"{module} has no {name}: it has {_some(found)}")
        found = getattr(found, part)
    if not callable(found):
        raise NotFound(f"{target} is {type(found).__name__}, no function")
    function: Callable[..., Any] = found
    return function


def _of_file(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    sys.path.insert(0, str(path.resolve().parent))
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def _some(module: Any) -> str:
    names = [n for n in dir(module) if not n.startswith("_") and callable(getattr(module, n, None))]
    return ", ".join(names[:8]) + (", ..." if len(names) > 8 else "") if names else "no functions"


def contained(target: str, card: str, seconds: float | None = None, compiled: Path | None = None, **options: Any) -> Report:
    """`check(imported(target), card, **options)` in a process of its own; JAX keeps what it compiles in the folder `compiled`.

    Raises NotFound, ValueError or UnknownFormula as they would come up here.
    """
    allowed = seconds if seconds is not None else SECONDS[options.get("effort", "normal")]
    with tempfile.TemporaryDirectory(prefix="mathcore-") as room:
        request = json.dumps({"target": target, "card": card, "room": room, "options": options})
        command = [sys.executable, "-m", "mathcore.conformance.contained", request]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment(compiled)
        )
        try:
            _, errors = process.communicate(timeout=allowed)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return _ended(target, card, Path(room), f"gives no answer: stopped after {allowed:g} s", options)
        except BaseException:
            process.kill()
            raise
        answer = Path(room, "answer")
        if not answer.exists():
            why = _why(process.returncode, errors)
            return _ended(target, card, Path(room), why, options)
        data = json.loads(answer.read_text(encoding="utf-8"))
        if "error" in data:
            _raise(data["kind"], data["error"])
        return Report.from_json(data)


def _environment(compiled: Path | None) -> dict[str, str]:
    """Ours; JAX, which compiles small things by the hundred, finds them again, unless its user says where it looks."""
    if compiled is None or "JAX_COMPILATION_CACHE_DIR" in os.environ:
        return dict(os.environ)
    if sum(file.stat().st_size for file in compiled.glob("*") if file.is_file()) > MOST:
        shutil.rmtree(compiled, ignore_errors=True)
    return {**os.environ, "JAX_COMPILATION_CACHE_DIR": str(compiled), **EVERYTHING}


def _why(code: int, errors: bytes) -> str:
    last = errors.decode(errors="replace").strip().splitlines()[-1:] or [""]
    return f"ends the process, with {f'signal {-code}' if code < 0 else f'exit code {code}'}" + (
        f" ({last[0][:120]})" if last[0] else ""
    )


def _raise(kind: str, text: str) -> None:
    from mathcore.formulas import UnknownFormula

    raise {"NotFound": NotFound, "UnknownFormula": UnknownFormula, "TypeError": TypeError}.get(kind, ValueError)(text)


def _ended(target: str, card: str, room: Path, why: str, options: dict[str, Any]) -> Report:
    """The report on a function that ended its process, with the last call that it was given."""
    name, journal = target.rpartition(":")[2], room / "call"
    last = journal.read_text(encoding="utf-8", errors="replace").strip() if journal.exists() else ""
    shown = f"{last or name} {why}"
    check = Check("contract", "answers", False, shown, 1, shown)
    demanded = Grade.CARD if options.get("accuracy") == "card" else Grade.ORDINARY
    return Report(name, card, (check,), findings=(Finding("answers", "contract", shown),), demanded=demanded)


def main(request: str) -> None:
    """In the process: judge, and leave the report in the room."""
    from mathcore.conformance.check import EFFORTS, judge, prepared
    from mathcore.conformance.subject import show
    from mathcore.formulas import UnknownFormula, load

    asked = json.loads(request)
    room, options = Path(asked["room"]), asked["options"]
    try:
        card = load(asked["card"])
        function = imported(asked["target"])
        assert options.get("effort", "normal") in EFFORTS
        tested = prepared(function, card, options.get("call", ""), options.get("backend", "numpy"))
        guard = tested.function
        assert isinstance(guard, Guard)
        journal = os.open(room / "call", os.O_CREAT | os.O_WRONLY)

        def note(arguments: tuple[Any, ...]) -> None:
            text = f"{tested.name}({', '.join(show(a) for a in arguments)})".encode()[:400].ljust(400)
            os.lseek(journal, 0, os.SEEK_SET)
            os.write(journal, text)

        guard.before = note
        demanded = Grade.CARD if options.get("accuracy") == "card" else Grade.ORDINARY
        data = judge(tested, options.get("effort", "normal"), int(options["seed"]), demanded).to_json()
    except (NotFound, UnknownFormula, ValueError, TypeError) as error:
        data = {"error": str(error), "kind": type(error).__name__}
    unfinished = room / "unfinished"
    unfinished.write_text(json.dumps(plain(data), allow_nan=False), encoding="utf-8")
    unfinished.replace(room / "answer")


if __name__ == "__main__":
    main(sys.argv[1])
    sys.stdout.flush()
    os._exit(0)  # threads that the function left behind keep nobody waiting

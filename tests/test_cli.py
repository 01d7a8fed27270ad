"""The command `mathcore`: what it prints where, its exit codes, and that it fails when something is broken on purpose."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from mathcore import __version__, formulas, numeric
from tests.sampling import sampled

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def inside(capsys, monkeypatch, store):
    """The command in the process of the tests, where nothing is asked about a process of its own."""
    from mathcore import cli

    monkeypatch.setenv("MATHCORE_CACHE", str(store))
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        try:
            found = cli.main(arguments)
        except SystemExit as end:  # of argparse
            found = int(end.code or 0)
        printed = capsys.readouterr()
        assert found == code, f"exit code {found}, not {code}:\n{printed.out}{printed.err}"
        return subprocess.CompletedProcess(arguments, found, printed.out, printed.err)

    return run


# wrong use ----------------------------------------------------------------------------------------------------------------


def test_the_version_is_printed(mathcore):
    way = f"compiled core, {numeric.core()}" if numeric.core() else "NumPy, without a compiled core"
    assert mathcore("--version").stdout == f"mathcore {__version__}\nnumeric: {way}\n"
    assert mathcore("--version", MATHCORE_CORE="0").stdout.endswith("numeric: NumPy, without a compiled core\n")


COMMANDS = ["verify", "show", "list", "prove", "check", "peers", "grade", "new", "format", "docs", "site"]


def test_help_names_the_commands_that_exist_and_no_other(mathcore):
    answer = mathcore("--help")
    assert re.findall(r"^    (\w+) +\w", answer.stdout, re.M) == COMMANDS


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_page_is_said_and_never_waited_for(inside, tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    answer = inside("verify", str(tmp_path / "pipe.md"), code=2)
    assert "pipe.md: no such file" in answer.stderr
    (tmp_path / "page.md").write_text("`1 = 1`\n", encoding="utf-8")
    answer = inside("verify", str(tmp_path / "page.md"), "softmax", code=2)
    assert "softmax is a formula: verify formulas and" in answer.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(inside, command):
    answer = inside(command, "--help")
    assert answer.stdout.startswith("usage: mathcore")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("prove",),
        ("show",),
        ("verify", "--everything"),
        ("verify", "--format", "float16"),
        ("verify", "sigmoid", "--exhaustive", "--format", "float64"),
        ("verify", "sigmoid", "--exhaustive", "--workers", "0"),
        ("show", "softmax", "--ascii", "--latex"),
        ("grade", "."),
    ],
)
def test_wrong_use_is_exit_code_2(inside, arguments):
    inside(*arguments, code=2)


def test_the_command_alone_says_what_can_be_done_and_what_it_says_works(mathcore):
    shown = [line for line in mathcore(code=2).stdout.splitlines() if line.startswith("  mathcore ")]
    assert all(len(line) <= 80 for line in shown) and len(shown) >= 6
    claim = next(shlex.split(line.partition("  decide")[0]) for line in shown if " prove " in line)
    assert "proved" in mathcore(*claim[1:]).stdout


@pytest.mark.parametrize(
    "arguments", [("verify", "sotfmax"), ("verify", "softmax", "sotfmax", "--json"), ("show", "sotfmax"), ("docs", "sotfmax")]
)
def test_an_unknown_formula_is_exit_code_2_and_names_the_nearest(inside, arguments):
    answer = inside(*arguments, code=2)
    assert answer.stdout == ""
    assert answer.stderr.startswith("mathcore: no formula 'sotfmax'. Did you mean softmax, ")
    assert len(answer.stderr.splitlines()) == 1 and len(answer.stderr) < 160


def test_a_file_where_the_pages_should_go_is_exit_code_2(inside, tmp_path):
    (tmp_path / "file").write_text("")
    answer = inside("docs", "--to", str(tmp_path / "file"), code=2)
    assert "is a file" in answer.stderr


@pytest.mark.parametrize(
    ("claim", "given", "code", "word"),
    [
        ("sum(k: p[k] log(p[k] / q[k])) >= 0", "n: size; p, q: simplex[n]; k: index[n]", 0, "proved"),
        ("sum(k: p[k]) = 2", "n: size; p: simplex[n]; k: index[n]", 1, "refuted"),
        ("x^4 y^2 + x^2 y^4 + 1 >= 3 x^2 y^2", "x, y: real", 1, "unknown"),
    ],
)
def test_the_exit_code_of_prove_says_whether_the_claim_is_proved(inside, claim, given, code, word):
    answer = inside("prove", claim, "--given", given, "--timeout", "20", code=code)
    assert answer.stdout.startswith(f"{word}: {claim}")
    assert answer.stderr == ""


def test_a_hint_of_prove_is_an_option_of_the_command(inside):
    motzkin = ("prove", "x^4 y^2 + x^2 y^4 + 1 >= 3 x^2 y^2", "--given", "x, y: real")
    for answer in (inside(*motzkin, code=1), inside(*motzkin, "--json", code=1)):
        assert "(--decider z3, " in answer.stdout and "decider=" not in answer.stdout
    inside(*motzkin, "--decider", "z3", code=1)


def test_prove_prints_one_json_document(inside):
    answer = inside("prove", "2 a b <= a^2 + b^2", "--given", "a, b: real", "--json")
    assert json.loads(answer.stdout)["level"] == "proved"


@pytest.mark.parametrize(
    "arguments", [("x = y",), ("x +",), ("",), ("x = 1", "--given", "x: number"), ("1 = 1", "--timeout", "0")]
)
def test_a_claim_that_cannot_be_read_is_exit_code_2(capsys, arguments):
    from mathcore import cli

    assert cli.main(["prove", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("mathcore: ")


# what is printed ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(mathcore):
    """What a command prints, run once for all the tests that look at it."""
    return cache(mathcore)


def test_verify_holds_and_prints_one_row_with_the_place_of_the_evidence(printed, store):
    answer = printed("verify", "relu")
    assert answer.stderr == ""
    assert len(re.findall(r"^relu +\d+/\d+", answer.stdout, re.M)) == 1
    assert re.search(r"claims\s+proved\s+for\s+all\s+n", answer.stdout)
    assert str(store) in answer.stdout.replace("\n  ", "")


def test_a_second_run_reads_the_store(mathcore, printed):
    printed("verify", "relu")
    answer = mathcore("verify", "relu")
    assert "1 of them read from the store" in answer.stdout


def test_json_is_one_document_and_nothing_else(mathcore):
    answer = mathcore("verify", "relu", "--json")
    assert answer.stderr == ""
    document = json.loads(answer.stdout)
    assert document["held"] is True
    assert [card["card"] for card in document["cards"]] == ["relu"]
    assert document["totals"]["proved"] == document["totals"]["claims"] > 0


@sampled(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"NO_COLOR": "1"},
        {"TERM": "dumb"},
        {"COLUMNS": "80"},
        {"COLUMNS": "40"},
    ],
    ids=lambda e: ",".join(f"{k}={v}" for k, v in e.items()),
    keep=2,
)
@sampled("arguments", [("verify", "relu"), ("show", "softmax")], keep=1, ids=lambda a: a[0])
def test_any_terminal_will_do(mathcore, arguments, environment):
    answer = mathcore(*arguments, **environment)
    assert "Error" not in answer.stderr
    assert "\x1b" not in answer.stdout
    if "PYTHONIOENCODING" in environment:
        assert answer.stdout.isascii()


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "relu"),
        pytest.param(("verify",), marks=pytest.mark.slow),
        ("show", "softmax"),
        ("show", "softmax", "--ascii"),
    ],
)
def test_eighty_columns_are_enough(printed, arguments):
    lines = printed(*arguments).stdout.splitlines()
    assert len(lines) > 5
    assert [line for line in lines if len(line) > 80 and " " in line.strip()] == []


def test_no_line_ends_in_blanks_when_a_formula_is_shown(printed):
    derivations, laws, _ = printed("show", "softmax").stdout.partition("\nLaws\n")
    assert laws and "∂" in derivations
    assert [line for line in derivations.splitlines() if line != line.rstrip()] == []


def test_show_prints_every_derivation_with_reasons_and_levels(printed):
    card = formulas.load("softmax")
    shown = " ".join(printed("show", "softmax", "--ascii").stdout.split())
    closed = shown.replace(" ", "")  # the words as the page has them, whatever the room between their signs
    for derivation in card.derivations:
        assert derivation.title in shown
        for step in derivation.steps:
            assert "".join(step.why.replace("`", "").split()) in closed
    assert shown.count("[ok]") == sum(len(d.steps) for d in card.derivations)
    assert shown.count("proved") == 1 and f"{len(card.derivations)} of {len(card.derivations)} claims for every n" in shown
    assert "Levels and figures were" in shown


def test_show_in_ascii_is_the_language_of_the_cards(printed):
    answer = printed("show", "softmax", "--ascii")
    assert answer.stdout.isascii()
    assert "sum(i: s[i]) = 1" in answer.stdout


def test_show_in_latex(inside):
    assert r"\sum_{i=1}^{n} s_i = 1" in inside("show", "softmax", "--latex").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that closes")
def test_a_reader_that_stops_reading_is_no_traceback(store):
    process = subprocess.Popen(
        [sys.executable, "-m", "mathcore", "show", "softmax"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "MATHCORE_CACHE": str(store)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    printed = process.stderr.read().decode()
    process.stderr.close()
    process.wait(timeout=120)
    assert printed == ""


def test_an_interrupt_is_exit_code_130_without_a_traceback(monkeypatch, capsys):
    from mathcore import cli

    def interrupted(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_verify", interrupted)
    assert cli.main(["verify"]) == 130
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.parametrize(
    ("arguments", "kept", "words"),
    [
        ([], True, "what was finished is stored, the same command goes on from there"),
        (["--fresh"], True, "what was finished is stored, the same command without --fresh goes on from there"),
        ([], False, "nothing is stored"),
    ],
)
def test_what_an_interrupt_says_of_the_store_is_so(monkeypatch, capsys, arguments, kept, words):
    from mathcore import cli
    from mathcore.verify import run

    def interrupted(names, progress, **options):
        progress(run.Event("relu", "done", note="" if kept else "a full disk", stored=kept))
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "verify", interrupted)
    assert cli.main(["verify", *arguments]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == f"interrupted; {words}"


# places that cannot be used -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_store_that_cannot_be_written_is_one_line_and_no_place_is_printed(mathcore, tmp_path):
    (tmp_path / "file").write_text("in the way")
    answer = mathcore("verify", "epoch", "nesterov", MATHCORE_CACHE=str(tmp_path / "file"))
    assert (
        answer.stderr == f"note: {tmp_path / 'file' / 'evidence'} cannot be written (Not a directory): not every result is kept\n"
    )
    assert "Evidence" not in answer.stdout


@pytest.mark.slow
def test_shards_that_cannot_be_written_are_one_line_and_no_place_is_printed(mathcore, tmp_path):
    (tmp_path / "file").write_text("in the way")
    answer = mathcore("verify", "--exhaustive", "relu", "--format", "float16", MATHCORE_CACHE=str(tmp_path / "file"))
    assert len(answer.stderr.splitlines()) == 1
    assert "Finished shards" not in answer.stdout


def test_pages_that_cannot_be_written_are_one_line_before_the_work(mathcore, tmp_path):
    (tmp_path / "file").write_text("in the way")
    answer = mathcore("docs", "--to", str(tmp_path / "file" / "docs"), code=2, timeout=30)
    assert answer.stdout == ""
    assert answer.stderr.startswith("mathcore: ")
    assert answer.stderr.endswith("cannot be written (Not a directory)\n")


def test_a_disk_that_is_full_when_pages_are_written_is_one_line_and_leaves_no_half_page(monkeypatch, capsys, tmp_path):
    from mathcore import cli
    from mathcore.evidence import Evidence, Level, Verdict

    def full(source: object, target: object) -> None:
        if Path(str(target)).suffix == ".md":
            raise OSError(28, "No space left on device")
        replace(source, target)

    replace = os.replace
    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(
        cli, "_gather", lambda names: ((Evidence("relu", "", derivations=(Verdict("1", Level.PROVED),)),), 0, True)
    )
    assert cli.main(["docs", "--to", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"mathcore: {tmp_path} cannot be written (No space left on device)\n"
    assert not list(tmp_path.rglob("*.md"))
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@sampled("arguments", [("prove", "1 = 1"), ("verify", "variance", "--json")], keep=1)
def test_output_to_a_full_device_is_one_line(store, arguments):
    with open("/dev/full", "w") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "mathcore", *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "MATHCORE_CACHE": str(store)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=300,
        )
    assert (answer.returncode, answer.stderr) == (2, "mathcore: output: No space left on device\n")


def test_the_formulas_are_listed_by_topic_each_with_what_it_says(inside):
    answer = inside("list")
    assert all(re.search(rf"^  - {name}[(:]", answer.stdout, re.M) for name in formulas.names())
    assert max(map(len, answer.stdout.splitlines())) <= 80
    topics = re.findall(r"^(\w+)\n-+$", answer.stdout, re.M)
    assert inside("list", topics[0].lower(), "--ascii").stdout.startswith(f"{topics[0]}\n---")
    assert inside("list", "poetry", code=2).stderr.startswith("mathcore: no topic 'poetry': choose one of ")


# pages --------------------------------------------------------------------------------------------------------------------


def test_docs_of_one_formula_writes_its_page_and_says_how_much_was_written(mathcore, tmp_path):
    answer = mathcore("docs", "relu", "--to", str(tmp_path))
    count = sum(path.is_file() for path in tmp_path.rglob("*"))
    assert answer.stdout == f"1 card verified, {count} files written in {tmp_path}\n"
    assert count in (5, 6)  # with the picture, where matplotlib is installed
    assert (tmp_path / "formulas" / "relu.md").exists() and (tmp_path / "evidence" / "relu.json").exists()
    assert mathcore("docs", "relu", "--to", str(tmp_path)).stdout == f"1 card verified, 0 files written in {tmp_path}\n"


@pytest.mark.slow
def test_docs_writes_a_page_and_evidence_per_formula_the_same_each_time(mathcore, tmp_path):
    mathcore("docs", "--to", str(tmp_path / "a"))
    mathcore("docs", "--to", str(tmp_path / "b"))
    pages = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    again = {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file()}
    assert pages == again
    for name in formulas.names():
        assert Path("formulas", f"{name}.md") in pages
        assert Path("evidence", f"{name}.json") in pages


# broken on purpose --------------------------------------------------------------------------------------------------------


SOFTMAX = "formulas/softmax.md"


def copied(place: Path) -> Path:
    """A copy of the package to break."""
    shutil.copytree(ROOT / "mathcore", place / "mathcore", ignore=shutil.ignore_patterns("__pycache__"))
    return place


@pytest.fixture
def tree(tmp_path) -> Path:
    return copied(tmp_path)


def replace_once(tree: Path, file: str, pattern: str, new: str) -> None:
    path = tree / "mathcore" / file
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1)
    assert count == 1, f"{pattern} is not in {file}"
    path.write_text(text, encoding="utf-8")


def failing(mathcore, tree: Path, tmp_path: Path, card: str = "softmax") -> str:
    """What `mathcore verify` prints of a card on the broken tree; it must exit with 1."""
    answer = mathcore("verify", card, tree=tree, code=1, MATHCORE_CACHE=str(tmp_path / "cache"))
    assert "next:" in answer.stdout
    return answer.stdout


BROKEN = {  # card: what stands once on it, and what it becomes
    "variance": ("= sum(k: x[k]) - n mean(x)", "= sum(k: x[k]) + n mean(x)"),
    "matmul": ("= sum(i: u[i] A[i, l])", "= sum(i: u[i] A[i, l]"),
    "leaky_relu": ("leaky_relu(x) <= leaky_relu(x + y)", "leaky_relu(x) >= leaky_relu(x + y)"),
    "mean_squared_error_gradient": ("[2, 2]) = [1, 0]", "[2, 2]) = [1, 1]"),
}


@pytest.fixture(scope="module")
def broken(mathcore, tmp_path_factory) -> dict[str, str]:
    """What is printed of each card in one run on a tree where every one is broken in another way, and one is whole."""
    tree = copied(tmp_path_factory.mktemp("broken"))
    for card, (old, new) in BROKEN.items():
        (path,) = (tree / "mathcore" / "formulas").glob(f"{card}.*")
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old} in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    with (tree / "mathcore" / "numeric" / "perplexity.py").open("a", encoding="utf-8") as file:
        file.write("\n\n_right = perplexity\n\n\ndef perplexity(p, **options):\n    return _right(p, **options) * (1 + 1e-12)\n")
    answer = mathcore("verify", *BROKEN, "perplexity", "dense", tree=tree, code=1, MATHCORE_CACHE=str(tree / "cache"))
    _, *parts = re.split(r"^(\w+): what failed$", answer.stdout, flags=re.M)
    assert set(parts[::2]) == {*BROKEN, "perplexity"}
    assert all("next:" in part for part in parts[1::2])
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_a_broken_step_is_refuted_with_a_counterexample(broken):
    assert re.search(r"step \d of \d: = sum\(k: x\[k\]\) \+ n mean\(x\)", broken["variance"])
    assert "level: refuted" in broken["variance"]
    assert re.search(r"counterexample: .*\w", broken["variance"])


def test_a_broken_numeric_function_fails_with_a_counterexample(broken):
    assert "accuracy “float64”" in broken["perplexity"]
    assert re.search(r"counterexample: .*perplexity\(", broken["perplexity"])


def test_a_broken_law_fails_with_a_counterexample(broken):
    assert "law “" in broken["leaky_relu"]
    assert "counterexample: " in broken["leaky_relu"]


def test_a_broken_example_fails_with_the_value_that_it_should_have(broken):
    assert "example “" in broken["mean_squared_error_gradient"]
    assert "the value is [1.00000000000, 0]" in broken["mean_squared_error_gradient"]


def test_a_step_that_cannot_be_parsed_fails_and_points_at_the_character(broken):
    assert "this bracket is not closed" in broken["matmul"]


def test_a_page_that_cannot_be_read_fails_alone_and_names_the_line(mathcore, tree, tmp_path):
    replace_once(tree, SOFTMAX, r"\[monotone exp", "[monoton exp")
    printed = " ".join(failing(mathcore, tree, tmp_path).split())
    assert re.search(r"softmax\.md:\d+:1: \[monoton\] is no rule: choose one of algebra, ", printed)
    assert "fault of the engine" not in printed


def test_cards_that_use_each_other_in_a_circle_are_named(mathcore, tree, tmp_path):
    for one, other in (("softmax", "entropy"), ("entropy", "softmax")):
        replace_once(tree, f"formulas/{one}.md", r"\ngiven ", f"\nuses {other}\ngiven ")
    printed = " ".join(failing(mathcore, tree, tmp_path).split())
    assert "softmax uses entropy uses softmax: cards cannot use each other in a circle" in printed
    assert "next: correct mathcore/formulas/softmax.md" in printed
    assert "fault of the engine" not in printed and "RecursionError" not in printed
    answer = mathcore("show", "softmax", tree=tree, code=2, MATHCORE_CACHE=str(tmp_path / "cache"))
    assert "Traceback" not in answer.stderr and "in a circle" in answer.stderr


@pytest.mark.slow
def test_hypotheses_that_contradict_each_other_are_said_to(mathcore, tree, tmp_path):
    replace_once(tree, "formulas/relu.md", r"\ngiven ([^\n]*)", r"\ngiven \1; x > 1; x < 0")
    printed = " ".join(failing(mathcore, tree, tmp_path, "relu").split())
    assert "the hypotheses contradict each other: x < 0 is false where x > 1" in printed
    assert "next: correct what is `given` for the claim in mathcore/formulas/relu.md" in printed


@pytest.mark.slow
def test_the_untouched_copy_holds(mathcore, tree):
    """The twin of the tests above: what fails there fails for what was broken."""
    mathcore("verify", *BROKEN, "perplexity", "dense", tree=tree)


@pytest.mark.slow
def test_nothing_is_left_in_the_directory_where_the_command_runs(mathcore, tree, tmp_path_factory):
    mathcore("verify", "leaky_relu", "--fresh", tree=tree, MATHCORE_CACHE=str(tmp_path_factory.mktemp("cache")))
    assert [p.name for p in tree.iterdir()] == ["mathcore"]


# every value of a format --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_exhaustive_tries_every_float16_and_reports_in_80_columns(mathcore, tmp_path):
    arguments = ("verify", "--exhaustive", "sigmoid", "--format", "float16")
    answer = mathcore(*arguments, MATHCORE_CACHE=str(tmp_path))
    assert answer.stderr == ""
    assert re.search(r"^sigmoid +float16 +63,490 +0 +0 +2,046 +0\.5$", answer.stdout, re.M)
    assert "65,536 values tried, none left out" in answer.stdout
    assert max(map(len, answer.stdout.splitlines())) <= 80
    again = mathcore(*arguments, MATHCORE_CACHE=str(tmp_path))
    without_time = re.compile(r"In [\d.]+ s")
    assert without_time.sub("", again.stdout) == without_time.sub("", answer.stdout)


@pytest.mark.slow
def test_exhaustive_results_are_recorded_for_the_pages_and_printed_as_json(mathcore, tmp_path):
    arguments = ("verify", "--exhaustive", "tanh", "--format", "float16", "--json", "--record", str(tmp_path / "docs"))
    answer = mathcore(*arguments, MATHCORE_CACHE=str(tmp_path))
    found = json.loads(answer.stdout)
    assert found["held"] is True
    recorded = json.loads((tmp_path / "docs" / "evidence" / "exhaustive" / "tanh.json").read_text(encoding="utf-8"))
    assert found["exhaustive"] == recorded["content"]
    assert recorded["content"][0]["inputs"] == 65536


def test_a_function_of_many_numbers_cannot_be_tried_at_every_value(inside):
    answer = inside("verify", "--exhaustive", "softmax", code=2)
    assert answer.stdout == ""
    assert "'softmax' is no function of one number" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_function_that_is_wrong_at_one_value_is_exit_code_1(mathcore, tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(ROOT / "mathcore", tree / "mathcore")
    silu = tree / "mathcore" / "numeric" / "silu.py"
    text = silu.read_text(encoding="utf-8")
    wrong = "lambda space, x: space.where(x == -space.xp.inf, 0.0, _silu(space, x))"
    silu.write_text(text.replace("by_entry(_silu,", f"by_entry({wrong},"), encoding="utf-8")
    answer = mathcore(
        "verify",
        "--exhaustive",
        "silu",
        "--format",
        "float16",
        tree=tree,
        code=1,
        MATHCORE_CACHE=str(tmp_path),
        MATHCORE_CORE="0",
    )
    assert "silu(-inf) gives 0.0; the zero must be -0.0" in answer.stdout
    assert "1 of 65,536 values" in answer.stdout


def test_a_long_sweep_that_is_piped_says_now_and_then_how_far_it_is(monkeypatch, capsys):
    from mathcore import cli
    from mathcore.verify.exhaustive.run import Step
    from mathcore.verify.exhaustive.shards import Task

    now = [100.0]
    monkeypatch.setattr(cli.time, "monotonic", lambda: now[0])
    lines, task = cli._Lines(), Task("gelu", "float32")
    for _ in range(8):
        now[0] += 10
        lines.hear(Step(task, 1 << 28, 1 << 32))
    assert capsys.readouterr().err.splitlines() == [
        "gelu float32: 18.8% of the run, 26.8 million values/s, 2.2 min left",
        "gelu float32: 37.5% of the run, 26.8 million values/s, 1.7 min left",
    ]


# the form --------------------------------------------------------------------------------------------------------------


def test_format_notes_a_letter_with_two_meanings_and_changes_no_word_of_it(inside, tmp_path):
    page = tmp_path / "half.md"
    fence = "```formula\ngiven   x: real\ndefine  half(x) = x / 2\nabout   halves\n```"
    claims = "```false\nx[k] >= 0\n    given n: size; k: index[n]; x: real[n]\n```"
    page.write_text(f"# Half\n\nHalf of it.\n\n{fence}\n\n{claims}\n", encoding="utf-8")
    before = page.read_bytes()
    answer = inside("format", "--check", str(page))
    assert answer.stderr == f"note: {page}: x is real and real[n]; give one of them another letter\n"
    assert page.read_bytes() == before

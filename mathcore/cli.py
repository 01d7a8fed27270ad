"""The command `mathcore`. Heavy imports live inside the commands, so that `--help` is quick."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import textwrap
import time
from collections.abc import Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

from mathcore import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rich.console import Console

    from mathcore.document.value import Document
    from mathcore.evidence import Evidence
    from mathcore.verify.documents import Findings
    from mathcore.verify.exhaustive.run import Step
    from mathcore.verify.run import Event

HELD, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


FIRST_STEPS = """\
Formulas of machine learning: every step proved, floats checked.

  mathcore show softmax                               read a formula
  mathcore prove "exp(x) >= 1 + x" --given "x: real"  decide a claim of your own
  mathcore verify                                     check every formula
  mathcore verify lecture.md                          check a page of your own
  mathcore check code.py:f --as softmax               judge your function
  mathcore list                                       see the formulas by topic

All commands: mathcore --help. One of them: mathcore prove --help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code says whether all held."""
    for stream in (sys.stdout, sys.stderr):  # a terminal without a sign prints a question mark, never an error
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = parser().parse_args(arguments)
    from mathcore.card import WrongCard
    from mathcore.formulas import UnknownFormula

    if options.command is None:
        print(FIRST_STEPS)
        return MISUSED
    try:
        code: int = options.command(options)
        sys.stdout.flush()
        return code
    except (WrongCard, UnknownFormula) as error:
        return _misused(str(error))
    except KeyboardInterrupt as error:
        print(f"interrupted{error}", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `mathcore verify | head`: the reader has seen enough
        _discard_output()
        return FAILED
    except OSError as error:  # a full device behind `>`
        _discard_output()
        return _misused(f"{error.filename or 'output'}: {error.strerror or type(error).__name__}")


def _discard_output() -> None:
    """What is still in the buffer cannot be written, and Python would try that again when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, and what is left of the work so far."""

    def __init__(self, stored: bool, fresh: bool) -> None:
        goes_on = f"; what was finished is stored, the same command {'without --fresh ' if fresh else ''}goes on from there"
        super().__init__(goes_on if stored else "; nothing is stored")


class Version(argparse.Action):
    """`--version`: the version, and what computes for NumPy arrays."""

    def __call__(self, top: argparse.ArgumentParser, *_: object) -> None:
        from mathcore.numeric import core

        print(f"mathcore {__version__}\nnumeric: {f'compiled core, {core()}' if core() else 'NumPy, without a compiled core'}")
        top.exit()


def parser() -> argparse.ArgumentParser:
    from mathcore.site.languages import LANGUAGES

    top = argparse.ArgumentParser(prog="mathcore", description="Formulas of machine learning: every step proved, floats checked.")
    top.add_argument("--version", action=Version, nargs=0, help="the version, and what computes for NumPy arrays")
    top.set_defaults(command=None)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")

    verify = commands.add_parser("verify", help="prove and check the formulas, and say what held", description=_verify.__doc__)
    verify.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a formula, e.g. softmax, or your own FILE.md, notebook or directory",
    )
    verify.add_argument("--annotate", metavar="OUT", help="with one FILE.md: write it with what was found below each block")
    verify.add_argument("--fix", action="store_true", help="with files: print a diff that corrects wrong digits")
    verify.add_argument("--json", action="store_true", help="one JSON document on stdout, and nothing else")
    verify.add_argument("--fresh", action="store_true", help="forget what is stored already, and check again")
    verify.add_argument("--certificates", metavar="FILE", help="write the proofs, with the data of every rule, to FILE (JSON)")
    verify.add_argument("--replay", metavar="FILE", help="check the certificates in FILE again, without the prover")
    verify.add_argument("--exhaustive", action="store_true", help="functions of one number: try every float16 and every float32")
    whole = verify.add_argument_group("with --exhaustive")
    whole.add_argument("--format", choices=("float16", "float32"), help="one format only (float16: a second, float32: minutes)")
    whole.add_argument("--workers", type=int, metavar="N", help="processes (default: one per core)")
    whole.add_argument("--scheduler", metavar="ADDRESS", help="a dask.distributed cluster, e.g. tcp://host:8786")
    whole.add_argument("--record", metavar="DIR", help="write the results to DIR/evidence/exhaustive, for the pages")
    verify.set_defaults(command=_verify)

    show = commands.add_parser("show", help="print a formula with its derivations", description=_show.__doc__)
    show.add_argument("name", metavar="NAME", help="a formula, e.g. softmax")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--ascii", action="store_const", const="text", dest="form", help="mathematics as cards write it, in ASCII")
    form.add_argument("--latex", action="store_const", const="latex", dest="form", help="mathematics in LaTeX")
    form.add_argument(
        "--tests", action="store_true", help="instead, print its property tests as a pytest file that runs on its own"
    )
    show.add_argument("--function", default="", metavar="MODULE:NAME", help="with --tests: the function that the file tests")
    show.set_defaults(command=_show, form=None)

    listing = commands.add_parser("list", help="the formulas, by topic", description=_list.__doc__)
    listing.add_argument("topic", nargs="?", metavar="TOPIC", help="one topic only, e.g. losses")
    listing.add_argument(
        "--ascii", action="store_const", const="text", dest="form", help="mathematics as cards write it, in ASCII"
    )
    listing.set_defaults(command=_list)

    prove = commands.add_parser("prove", help="decide a claim of your own, for every n", description=_prove.__doc__)
    prove.add_argument("claim", metavar="CLAIM", help='e.g. "sum(k: p[k] log(p[k] / q[k])) >= 0"')
    prove.add_argument("--given", default="", metavar="TEXT", help='declarations, e.g. "n: size; p, q: simplex[n]; k: index[n]"')
    prove.add_argument("--timeout", type=float, default=2.0, metavar="S", help="processor seconds until unknown (default: 2)")
    prove.add_argument("--decider", choices=("z3",), help="ask z3 where no proof is found: decided, which is not proved")
    prove.add_argument("--json", action="store_true", help="the verdict as one JSON document")
    prove.set_defaults(command=_prove)

    check = commands.add_parser("check", help="judge a function of yours by a formula", description=_check.__doc__)
    check.add_argument("target", metavar="MODULE:FUNCTION", help="e.g. scipy.special:softmax, or FILE.py:FUNCTION")
    check.add_argument("--as", required=True, dest="card", metavar="NAME", help="the formula, e.g. softmax")
    check.add_argument("--call", default="", metavar="TEXT", help='how it is called, e.g. "f(labels, x, dim=axis)"')
    check.add_argument("--backend", default="numpy", choices=("numpy", "torch", "jax", "array-api"), help="whose arrays it takes")
    check.add_argument("--accuracy", default="ordinary", choices=("ordinary", "card"), help="what passes (default: ordinary)")
    effort = check.add_mutually_exclusive_group()
    effort.add_argument("--quick", action="store_const", const="quick", dest="effort", help="fewer inputs, below a second")
    effort.add_argument("--thorough", action="store_const", const="thorough", dest="effort", help="many more inputs, minutes")
    check.add_argument("--seed", type=int, metavar="N", help="of the inputs (default: the one of all pages)")
    check.add_argument("--baseline", metavar="FILE", help="known failures: only new ones fail; written if it is not there")
    check.add_argument("--reproduce", metavar="FILE", help="write the failures as a pytest file (.py) or a notebook (.ipynb)")
    check.add_argument("--junit", metavar="FILE", help="write the checks as JUnit XML")
    check.add_argument("--json", action="store_true", help="the report as one JSON document")
    check.set_defaults(command=_check, effort="normal")

    peers = commands.add_parser("peers", help="what SciPy, torch, JAX and others are judged as", description=_peers.__doc__)
    peers.add_argument(
        "libraries", nargs="*", metavar="LIBRARY", help="scipy, torch, jax, sklearn, keras (default: installed ones)"
    )
    peers.add_argument("--json", action="store_true", help="the results with versions as one JSON document")
    peers.add_argument("--record", metavar="DIR", help="write the results to DIR/evidence/peers/grades.json, for the page")
    peers.set_defaults(command=_peers)

    grade = commands.add_parser("grade", help="judge the submissions of a class", description=_grade.__doc__)
    grade.add_argument("folder", nargs="?", metavar="DIR", help="a folder or a file for each student, or an export of Gradescope")
    grade.add_argument("--assignment", required=True, metavar="FILE", help="what is asked, and for how many points (TOML)")
    grade.add_argument("--gradebook", metavar="FILE", help="where results are kept (default: ASSIGNMENT.gradebook, beside it)")
    grade.add_argument("--jobs", type=int, metavar="N", help="processes (default: one per core)")
    grade.add_argument("--regrade", action="store_true", help="judge again what an older assignment or engine judged")
    grade.add_argument("--dry-run", action="store_true", help="try the assignment on mathcore's own functions and known mistakes")
    grade.add_argument(
        "--override", nargs=3, metavar=("STUDENT", "ITEM", "POINTS"), help="set the points of an item, whatever is judged"
    )
    grade.add_argument("--reason", default="", metavar="TEXT", help="with --override: why; the student reads it")
    grade.add_argument("--names", action="store_true", help="students by name (default: by an id that says nothing)")
    grade.add_argument(
        "--missed", nargs="?", const="", metavar="STUDENT", help="list the points that students missed, or one, with the reasons"
    )
    grade.add_argument("--json", action="store_true", help="one JSON document on stdout, and nothing else")
    grade.add_argument("--csv", metavar="OUT", help="write points.csv, checks.csv and slips.csv to the folder OUT")
    grade.add_argument(
        "--gradescope", metavar="OUT", help="write results for Gradescope, a file for each student, to the folder OUT"
    )
    grade.set_defaults(command=_grade)

    new = commands.add_parser("new", help="begin a formula: its page, numeric function and mistakes", description=_new.__doc__)
    new.add_argument("name", metavar="NAME", help="letters, digits and _, e.g. cosine_similarity")
    new.add_argument("--vector", action="store_true", help="a formula of a list of numbers (default: of one number)")
    new.add_argument("--no-function", action="store_true", help="a page about something that no function computes")
    new.add_argument("--to", metavar="DIR", help="where the package lies (default: the mathcore that runs)")
    new.set_defaults(command=_new)

    formatter = commands.add_parser("format", help="write pages in their canonical text", description=_format.__doc__)
    formatter.add_argument("files", nargs="+", metavar="FILE", help="a page, e.g. lecture.md")
    formatter.add_argument("--rules", action="store_true", help="write the rule that shows a line beside it, where one is found")
    formatter.add_argument("--check", action="store_true", help="change nothing, only say which pages would change")
    formatter.set_defaults(command=_format)

    docs = commands.add_parser("docs", help="write a page per formula, and the evidence behind it", description=_docs.__doc__)
    docs.add_argument("names", nargs="*", metavar="NAME", help="a formula, e.g. softmax (default: all)")
    docs.add_argument("--to", default="docs", metavar="DIR", dest="directory", help="where to (default: docs)")
    docs.add_argument("--figures", action="store_true", help="draw the figures alone")
    docs.set_defaults(command=_docs)

    site = commands.add_parser("site", help="build the pages as a website that needs no network", description=_site.__doc__)
    site.add_argument("directory", nargs="?", default="build/site", metavar="DIR", help="where to (default: build/site)")
    site.add_argument("--from", default="docs", metavar="DIR", dest="docs", help="the folder of the pages (default: docs)")
    site.add_argument("--language", action="append", choices=list(LANGUAGES), help="may be repeated (default: all)")
    site.add_argument(
        "--repository", default="", metavar="URL", help='where "edit this page" leads: URL/mathcore/formulas/NAME.md'
    )
    site.set_defaults(command=_site)
    return top


# commands -------------------------------------------------------------------------------------------------------------


def _verify(options: argparse.Namespace) -> int:
    """Prove every step for every n, check the numeric functions against exact values, run the laws, refute the mistakes."""
    if options.exhaustive:
        return _exhaustive(options)
    if options.format or options.workers is not None or options.scheduler or options.record:
        return _misused("--format, --workers, --scheduler and --record go with --exhaustive")
    if options.replay:
        return _replay(options)
    if options.certificates:
        return _certificates(options)
    if any(map(_is_file, options.names)):
        return _verify_files(options)
    if options.annotate or options.fix:
        return _misused("--annotate and --fix go with a page of your own, FILE.md")
    start = time.perf_counter()
    found, read, stored = _gather(options.names or None, fresh=options.fresh)
    seconds = time.perf_counter() - start
    from mathcore.verify.store import cache_directory

    where = str(cache_directory() / "evidence") if stored else ""
    held = all(e.held for e in found)
    if options.json:
        _print_json(found, held, seconds, where)
    else:
        from mathcore.render import terminal
        from mathcore.render.report import report

        terminal.write(report(found, seconds, where, read), console(sys.stdout), form_for(sys.stdout))
    return HELD if held else FAILED


def _is_file(name: str) -> bool:
    return name.endswith((".md", ".ipynb")) or os.sep in name or os.path.isdir(name)


def _verify_files(options: argparse.Namespace) -> int:
    """Judge pages: every derivation, statement and number in them."""
    from pathlib import Path

    from mathcore.document.reader import decoded
    from mathcore.render import terminal
    from mathcore.render.findings import annotated, findings_page
    from mathcore.verify.documents import proposed, verify_course, verify_document
    from mathcore.verify.store import write_text

    found: list[Findings] = []
    for name in options.names:
        if not _is_file(name):
            return _misused(f"{name} is a formula: verify formulas and pages of your own one after the other")
        if not (os.path.isfile(name) or os.path.isdir(name)):  # a pipe would be waited for
            return _misused(f"{name}: no such file; formulas are named without .md")
        with _status(f"{name} is judged, up to two seconds a line ..."):
            found += verify_course(name) if os.path.isdir(name) else [verify_document(name)]
    if not found:
        return _misused(f"{', '.join(options.names)}: there is no page (*.md) in it")
    if options.annotate:
        if len(found) != 1 or not options.names[0].endswith(".md"):
            return _misused("--annotate writes one page: name one FILE.md")
        write_text(Path(options.annotate), annotated(decoded(options.names[0]), found[0]))
    held = any(one.findings for one in found) and all(one.held for one in found if one.findings)
    if options.json:
        import json

        from mathcore.evidence import plain

        print(json.dumps({"held": held, "files": [plain(one.to_json()) for one in found]}, indent=1, ensure_ascii=False))
    elif options.fix:
        for one in found:
            sys.stdout.write(proposed(one.file))
    else:
        terminal.write(findings_page(found), console(sys.stdout), form_for(sys.stdout))
    return HELD if held else FAILED


def _exhaustive(options: argparse.Namespace) -> int:
    """Every value of float16 and float32 through the functions of one number, judged; what is finished is not done again."""
    from mathcore.verify.exhaustive.functions import FORMATS, NotElementwise, elementwise
    from mathcore.verify.exhaustive.run import OtherWorker, exhaust
    from mathcore.verify.exhaustive.shards import Shards

    if options.workers is not None and options.workers < 1:
        return _misused(f"--workers must be at least 1, got {options.workers}")
    start = time.perf_counter()
    try:
        for name in options.names:
            elementwise(name)
    except NotElementwise as error:
        return _misused(str(error))
    formats = (options.format,) if options.format else FORMATS
    with ExitStack() as open_things:
        executor = None
        if options.scheduler:
            from mathcore.verify.exhaustive.cluster import NoCluster, cluster

            try:
                executor = open_things.enter_context(cluster(options.scheduler))
            except NoCluster as error:
                return _misused(str(error))
        store, stored = Shards(), False
        show = open_things.enter_context(_sweeping())

        def listen(step: Step) -> None:
            nonlocal stored
            stored = stored or step.stored
            show(step)

        try:
            found = exhaust(
                options.names or None,
                formats,
                workers=options.workers,
                executor=executor,
                store=store,
                fresh=options.fresh,
                progress=listen,
            )
        except OtherWorker as error:
            return _misused(str(error))
        except KeyboardInterrupt as error:
            raise Interrupted(stored, options.fresh) from error
    held = all(e.held for e in found)
    if options.record:
        from pathlib import Path

        from mathcore.verify.exhaustive.record import record

        try:
            record(Path(options.record), found, _note)
        except OSError as error:
            return _misused(f"{options.record} cannot be written ({error.strerror or type(error).__name__})")
    if options.json:
        import json

        from mathcore.evidence import plain

        document = {"mathcore": __version__, "held": held, "exhaustive": [e.to_json() for e in found]}
        print(json.dumps(plain(document), indent=1, allow_nan=False))
    else:
        from mathcore.render import terminal
        from mathcore.render.exhaustive import report

        page = report(found, time.perf_counter() - start, str(store.directory) if stored else "")
        terminal.write(page, console(sys.stdout), form_for(sys.stdout))
    return HELD if held else FAILED


def _certificates(options: argparse.Namespace) -> int:
    """Prove the formulas and write what was proved, with the lemmas that are cited, to a file."""
    from mathcore.formulas import load
    from mathcore.proof import certificates
    from mathcore.proof.derive import verify_derivation
    from mathcore.verify.run import resolve
    from mathcore.verify.store import closure, write_text

    names = resolve(options.names or None)
    from mathcore.formulas import names as formulas

    wanted = sorted({other for name in names if name in formulas() for other in closure(name)})
    judged = [(load(n), d, verify_derivation(load(n), d)) for n in wanted for d in load(n).derivations]
    if not judged:
        return _misused(f"no derivation in {', '.join(names)}: nothing to write")
    from pathlib import Path

    try:
        write_text(Path(options.certificates), certificates.text(certificates.document(judged)))
    except OSError as error:
        return _misused(f"{options.certificates} cannot be written ({error.strerror or type(error).__name__})")
    print(f"{len(judged)} certificates in {options.certificates}")
    return HELD if all(v.held for _, _, v in judged) else FAILED


def _replay(options: argparse.Namespace) -> int:
    """Check certificates again, without the prover: which steps are proved anew, which are confirmed at points only."""
    from pathlib import Path

    from mathcore.proof import replay

    try:
        found = replay.replay(Path(options.replay).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return _misused(f"{options.replay} cannot be read ({type(error).__name__})")
    except replay.Bad as error:
        return _misused(f"{options.replay}: {error}")
    if options.json:
        import json
        from dataclasses import asdict

        print(json.dumps([asdict(r) for r in found], indent=1))
    else:
        for one in found:
            print(f"{one.outcome:12}  {one.name}" + (f": {one.reason}" if one.reason else ""))
            for step in one.steps if one.outcome in (replay.REJECTED, replay.NOT_REPLAYED) else ():
                print(f"    {step.outcome:12}  {step.text}   ({step.how})")
        steps = [s.outcome for one in found for s in one.steps]
        words = (
            (replay.PROVED, "proved anew for every n"),
            (replay.INSIDE, "proved inside, away from the ends of the declared domains"),
            (replay.POINTS, "confirmed at points only"),
            (replay.NOT_REPLAYED, "not replayed"),
            (replay.REJECTED, "rejected"),
        )
        counts = ", ".join(f"{steps.count(outcome)} {word}" for outcome, word in words)
        rejected = sum(one.outcome == replay.REJECTED for one in found)  # maybe without a look at its steps
        print(f"{len(found)} claims{f' ({rejected} rejected)' if rejected else ''}, {len(steps)} steps: {counts}")
    return FAILED if any(one.outcome == replay.REJECTED for one in found) else HELD


def _show(options: argparse.Namespace) -> int:
    """Print the statement, the derivations with the reason and the level of every step, the laws and the mistakes."""
    from mathcore.verify.run import resolve

    if options.function and not options.tests:
        return _misused("--function goes with --tests")
    (name,) = resolve([options.name])
    if options.tests:
        return _tests(name, options.function)
    found, read = _gather([name])[:2]
    from dataclasses import replace

    from mathcore.formulas import load
    from mathcore.render import terminal
    from mathcore.render.document import paragraph
    from mathcore.render.page import formula_page
    from mathcore.translation import _

    form = options.form or form_for(sys.stdout)
    page = formula_page(load(name), found[0], pages=False)
    template = (
        _("Levels and figures were read from the store; {command} checks again.")
        if read
        else _("Levels and figures were computed just now; {command} checks again.")
    )
    note = paragraph(template.format(command=f"mathcore verify {name} --fresh"))
    terminal.write(replace(page, blocks=(*page.blocks, note)), console(sys.stdout), form)
    return HELD if found[0].held else FAILED


def _list(options: argparse.Namespace) -> int:
    """Print what each formula says, by topic."""
    from mathcore.formulas import load, names
    from mathcore.render import terminal
    from mathcore.render.contents import listing, topics

    cards = [load(name) for name in names()]
    inside = topics(cards)
    if options.topic not in (None, *inside):
        return _misused(f"no topic {options.topic!r}: choose one of {', '.join(inside)}")
    terminal.write(listing(inside.get(options.topic, cards)), console(sys.stdout), options.form or form_for(sys.stdout))
    return HELD


def _tests(name: str, function: str) -> int:
    """The property tests of a card, as a file for pytest."""
    from mathcore.conformance.properties import pytest_file
    from mathcore.formulas import load

    try:
        print(pytest_file(load(name), function), end="")
    except ValueError as error:
        return _misused(str(error))
    return HELD


def _prove(options: argparse.Namespace) -> int:
    """Decide an identity or an inequality: proved for every n, refuted with an exact point, or unknown, and why."""
    from mathcore.proving import prove

    try:
        verdict = prove(options.claim, given=options.given, timeout=options.timeout, decider=options.decider)
    except ValueError as error:
        return _misused(str(error).replace("timeout=2", "--timeout 2"))
    from dataclasses import replace

    from mathcore.proof.prover.smt import COMMAND_HINT, HINT

    verdict = replace(verdict, reason=verdict.reason.replace(HINT, COMMAND_HINT))
    if options.json:
        import json

        from mathcore.evidence import plain

        print(json.dumps(plain({"mathcore": __version__, **verdict.to_json()}), indent=1, allow_nan=False))
    else:
        print(verdict)
    from mathcore.evidence import Level

    return HELD if verdict.level is Level.PROVED else FAILED


def _check(options: argparse.Namespace) -> int:
    """Judge a function: exact values in every format, laws, batches, axes, edges. Only what is wrong fails."""
    from pathlib import Path

    from mathcore.conformance import baseline
    from mathcore.conformance.accuracy import SEED
    from mathcore.conformance.calls import NoBackend, WrongTemplate
    from mathcore.conformance.contained import NotFound, contained
    from mathcore.conformance.reproduce import code, notebook
    from mathcore.verify.store import cache_directory, write_text

    seed = SEED if options.seed is None else options.seed
    asked = {"effort": options.effort, "accuracy": options.accuracy, "call": options.call, "backend": options.backend}
    try:
        with _status(f"{options.target} is judged as {options.card} ..."):
            report = contained(options.target, options.card, compiled=cache_directory() / "jax", seed=seed, **asked)
    except (NotFound, NoBackend, WrongTemplate, ValueError) as error:
        return _misused(str(error))
    known = frozenset[str]()
    if options.baseline:
        path = Path(options.baseline)
        if not path.exists():
            write_text(path, baseline.text(report, options.target))
            print(f"{options.baseline} is written: {len(report.failures)} known failures", file=sys.stderr)
        try:
            known = baseline.read(path, options.target, options.card)
        except ValueError as error:
            return _misused(str(error))
    if options.reproduce:
        make = notebook if options.reproduce.endswith(".ipynb") else code
        write_text(Path(options.reproduce), make(report, options.target, options.call, seed, options.backend))
    if options.junit:
        from mathcore.render.junit import junit

        write_text(Path(options.junit), junit([report], known))
    if options.json:
        import json

        print(json.dumps(report.to_json(), indent=1, allow_nan=False))
    else:
        from mathcore.render import terminal
        from mathcore.render.judgement import judgement

        terminal.write(judgement(report), console(sys.stdout), form_for(sys.stdout))
    if options.baseline:
        fresh = [c.name for c in report.failures if c.name not in known]
        print(f"new failures: {', '.join(fresh) or 'none'}", file=sys.stderr)
        return FAILED if fresh else HELD
    return HELD if report.passed else FAILED


def _peers(options: argparse.Namespace) -> int:
    """Judge the functions of the libraries that are installed, each by the formula that it computes."""
    from pathlib import Path

    from mathcore.conformance import peers
    from mathcore.verify.store import write_text

    try:
        asked = peers.peers(tuple(options.libraries))
    except ValueError as error:
        return _misused(str(error))
    if not asked:
        return _misused("no library to compare with is installed: pip install scipy (or torch, jax optax, scikit-learn, keras)")
    reports = {}
    for number, peer in enumerate(asked, 1):
        with _status(f"{number} of {len(asked)}: {peer.target} as {peer.card} ..."):
            try:
                reports[peer] = peers.judged(peer)
            except ValueError as error:  # a version that lacks the function
                _note(f"{peer.target}: {error}")
    results = peers.data(reports)
    import json

    if options.record:
        path = Path(options.record) / "evidence" / "peers" / "grades.json"
        write_text(path, json.dumps(results, indent=1, sort_keys=True) + "\n")
    if options.json:
        print(json.dumps(results, indent=1, sort_keys=True))
    else:
        from mathcore.render import terminal
        from mathcore.render.peers import grades

        terminal.write(grades(results), console(sys.stdout), form_for(sys.stdout))
    return HELD if all(report.passed for report in reports.values()) else FAILED


def _grade(options: argparse.Namespace) -> int:
    """Judge functions, derivations and laws, each student apart from the others; what was shown once never drops.

    Without DIR nothing is judged: what the gradebook holds is printed. Exit code 1: something was not judged or not decided.
    """
    from mathcore.grading.assignment import WrongAssignment, load
    from mathcore.grading.command import Wrong, dry_run, judge_class, outputs, set_points
    from mathcore.grading.gradebook import Gradebook, WrongGradebook
    from mathcore.grading.isolation import Unavailable

    if options.jobs is not None and options.jobs < 1:
        return _misused(f"--jobs must be at least 1, got {options.jobs}")
    if bool(options.override) != bool(options.reason):
        return _misused("--override and --reason go together: say why")
    try:
        assignment = load(options.assignment)
        if options.dry_run:
            with _status("the assignment is tried on known functions ..."):
                text, held = dry_run(assignment)
            print(text)
            return HELD if held else FAILED
        with Gradebook(options.gradebook or os.path.splitext(options.assignment)[0] + ".gradebook") as book:
            said = list[str]()
            if options.override:
                said.append(set_points(book, assignment, options.override, options.reason))
            if options.folder:
                with _grading() as show:
                    said += judge_class(options.folder, assignment, book, options.jobs, options.regrade, options.names, show)
            text, held = outputs(book, assignment, options)
    except (WrongAssignment, WrongGradebook, Wrong, Unavailable) as error:
        return _misused(str(error))
    except KeyboardInterrupt as error:
        raise Interrupted(True, False) from error
    for line in said:
        print(line, file=sys.stderr if options.json else sys.stdout)
    print(text)
    return HELD if held else FAILED


def _new(options: argparse.Namespace) -> int:
    """Write a page, a numeric function and mistakes that hold as they stand; change them line by line."""
    from keyword import iskeyword
    from pathlib import Path

    import mathcore
    from mathcore.document.reader import read
    from mathcore.document.template import files
    from mathcore.document.writer import write
    from mathcore.verify.store import write_text

    name = options.name
    if not name.isidentifier() or iskeyword(name) or not name.isascii() or name.lower() != name:
        return _misused(f"{name!r}: a name has small letters, digits and _, as in cosine_similarity")
    package = Path(options.to) if options.to else Path(str(mathcore.__file__)).parent
    if not (package / "formulas").is_dir():
        return _misused(f"{package}: there is no mathcore here (no directory formulas); name the package with --to DIR")
    texts = files(name, vector=options.vector, function=not options.no_function)
    taken = [place for place in texts if (package / place).exists()]
    if taken:
        return _misused(f"{package / taken[0]} exists already: choose another name")
    for place, text in texts.items():
        write_text(package / place, write(read(text)) if place.endswith(".md") else text)
        print(f"written: {package / place}")
    print(f"next: mathcore verify {name}, then change the page line by line (docs/add-a-formula.md, docs/form.md)")
    return HELD


def _format(options: argparse.Namespace) -> int:
    """Wrap pages at 96 columns and lay them out canonically; nothing that they say changes."""
    from pathlib import Path

    from mathcore.document.cards import card_of, meanings
    from mathcore.document.error import WrongDocument
    from mathcore.document.reader import load
    from mathcore.document.writer import write
    from mathcore.formulas import LIBRARY
    from mathcore.verify.store import write_text

    changed = []
    for file in options.files:
        document = _with_rules(file) if options.rules else load(file)
        before, after = Path(file).read_bytes(), write(document)
        with suppress(WrongDocument):  # what is no card of a formula has its letters where it declares them
            for letter, kinds in meanings(card_of(document, Path(file).stem, LIBRARY)).items():
                _note(f"{file}: {letter} is {' and '.join(kinds)}; give one of them another letter")
        if before != after.encode():
            changed.append(file)
            if not options.check:
                write_text(Path(file), after)
    for file in changed:
        print(f"{'would change' if options.check else 'written'}: {file}")
    return FAILED if options.check and changed else HELD


def _with_rules(file: str) -> Document:
    """The page with the rules of its derivations written in."""
    from dataclasses import replace

    from mathcore.document.course import read
    from mathcore.document.reader import load
    from mathcore.document.value import Chain
    from mathcore.proof.derive import with_rules

    document, card = load(file), read(file)
    found = {d.key: with_rules(card, d) for d in card.derivations}
    blocks = (
        replace(b, derivation=replace(b.derivation, steps=found[b.derivation.key].steps)) if isinstance(b, Chain) else b
        for b in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def _docs(options: argparse.Namespace) -> int:
    """Verify the formulas, then write DIR/formulas/NAME.md and DIR/evidence/NAME.json. The same evidence, the same bytes."""
    from pathlib import Path

    directory = Path(options.directory)
    if directory.exists() and not directory.is_dir():
        return _misused(f"{directory} is a file: name a directory for the pages")
    from mathcore.proof.trusted import BASE
    from mathcore.render.site import write_pages
    from mathcore.verify.exhaustive.record import recorded
    from mathcore.verify.run import resolve
    from mathcore.verify.store import statement_digest, write_text

    if options.figures:
        written = _figures(directory)
        print(f"{len(written)} {'file' if len(written) == 1 else 'files'} of figures written in {directory}")
        return HELD
    names = resolve(options.names or None)
    try:
        write_text(directory / ".written", "")  # a place that cannot be written is said before the work, not after it
        (directory / ".written").unlink()
        found, _, _ = _gather(names)
        tried = recorded(directory, _note)
        written = write_pages(directory, found, statement_digest, write_text, BASE, tried)
        written += _figures(directory, options.names)
    except OSError as error:
        return _misused(f"{error.filename or directory} cannot be written ({error.strerror or type(error).__name__})")
    cards = "1 card" if len(found) == 1 else f"{len(found)} cards"
    print(f"{cards} verified, {len(written)} {'file' if len(written) == 1 else 'files'} written in {directory}")
    failed = [e.card for e in found if not e.held]
    if failed:
        print(f"not everything held: {', '.join(failed)}; see mathcore verify {' '.join(failed)}", file=sys.stderr)
    return FAILED if failed else HELD


def _site(options: argparse.Namespace) -> int:
    """Build the pages in every language: English in DIR, Korean in DIR/ko. The same sources, the same bytes.

    MathJax and its font are brought once by npm and served from the site: no page asks another host for anything.
    """
    from pathlib import Path

    from mathcore.site.command import Failed, build
    from mathcore.site.languages import LANGUAGES
    from mathcore.site.packages import Unavailable

    languages = list(dict.fromkeys(options.language or LANGUAGES))
    directory, begun = Path(options.directory), time.monotonic()
    try:
        with _status("the site is being built ..."):
            made = list(build(Path(options.docs), directory, languages, options.repository))
    except Unavailable as error:
        return _misused(str(error))
    except Failed as error:
        print(error, file=sys.stderr)
        return FAILED
    for one in made:
        print(f"{LANGUAGES[one.language].called}: {one.pages} pages in {one.directory}")
    print(f"built in {time.monotonic() - begun:.0f} s; open {directory / 'index.html'}")
    return HELD


def _figures(directory: Path, cards: Sequence[str] = ()) -> list[Path]:
    """Draw the figures where matplotlib is installed, and compute the exact values that they are compared with.

    Of some cards: their pictures alone.
    """
    from mathcore.formulas import load
    from mathcore.render.figures import on_page
    from mathcore.render.figures.files import write_figures, write_pictures
    from mathcore.verify.figures import decimals, exactly
    from mathcore.verify.store import write_text

    if cards:
        return write_pictures(directory, write_text, [figure for name in cards for figure in on_page(load(name))])
    return write_figures(directory, write_text, exactly, decimals)


def _misused(message: str) -> int:
    text = f"mathcore: {message}"
    if sys.stderr.isatty() and "\n" not in text:  # a terminal would break the line inside a word
        text = textwrap.fill(text, shutil.get_terminal_size().columns, subsequent_indent="  ", break_on_hyphens=False)
    print(text, file=sys.stderr)
    return MISUSED


def _note(text: str) -> None:
    print(f"note: {text}", file=sys.stderr, flush=True)


def _gather(names: Sequence[str] | None, *, fresh: bool = False) -> tuple[tuple[Evidence, ...], int, bool]:
    """The evidence, for how many cards it came from the store, and whether the store has any of it; with a progress bar."""
    from mathcore.verify.run import cores, verify
    from mathcore.verify.store import cache_directory

    # Hypothesis keeps notes of its own; without this they would lie in whatever directory the user stands in
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(cache_directory() / "hypothesis"))
    read, stored = 0, False
    with _progress() as show:

        def listen(event: Event) -> None:
            nonlocal read, stored
            read += event.state == "read"
            stored = stored or event.stored
            show(event)

        try:
            found = verify(names, fresh=fresh, progress=listen, workers=cores())
        except KeyboardInterrupt as error:
            raise Interrupted(stored, fresh) from error
    return found, read, stored


def _print_json(found: Sequence[Evidence], held: bool, seconds: float, where: str) -> None:
    import json
    from dataclasses import asdict

    from mathcore.evidence import plain
    from mathcore.render import summary

    document = {
        "mathcore": __version__,
        "held": held,
        "seconds": round(seconds, 3),
        "evidence": where or None,
        "totals": asdict(summary.totals(summary.row(e) for e in found)),
        "cards": [{"held": e.held, "status": summary.status(e), **e.to_json()} for e in found],
    }
    print(json.dumps(plain(document), indent=1, allow_nan=False))


# terminals ------------------------------------------------------------------------------------------------------------


def form_for(stream: TextIO) -> str:
    """Unicode where the stream can carry it."""
    return "unicode" if (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "").startswith("utf") else "text"


def console(stream: TextIO) -> Console:
    """rich on this stream: 80 columns where the width is not known, at most 110 to be readable."""
    from rich.console import Console

    made = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
    width = made.width if made.is_terminal or "COLUMNS" in os.environ else 80
    return Console(file=stream, highlight=False, markup=False, emoji=False, width=max(40, min(width, 110)))


@contextmanager
def _status(text: str) -> Iterator[None]:
    """A word on a terminal's stderr while something takes its time."""
    shown = console(sys.stderr)
    if not shown.is_terminal:
        yield
        return
    with shown.status(text):
        yield


@contextmanager
def _progress() -> Iterator[Callable[[Event], None]]:
    """A bar on a terminal's stderr; notes are printed anywhere; nothing else when piped."""

    def note(event: Event) -> None:
        if event.note:
            _note(event.note)

    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield note
        return
    bar = _Bar()
    try:
        yield bar.hear
    finally:
        bar.stop()


class _Bar:
    """Appears with the first card that is really checked, so that a cached run prints nothing."""

    def __init__(self) -> None:
        self.progress: Any = None
        self.task: Any = None
        self.open: list[str] = []
        self.total = 0

    def hear(self, event: Event) -> None:
        if event.note:
            self.note(event.note)
        if event.state == "begun":
            if self.progress is None:
                self._start()
            self.open.append(event.card)
            self.total += 1
        elif event.state == "done" and event.card in self.open:
            self.open.remove(event.card)
            self.progress.advance(self.task)
        if self.progress is not None:
            shown = self.open[0] + (" ..." if len(self.open) > 1 else "") if self.open else ""
            self.progress.update(self.task, total=self.total, left=shown)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = ("verifying", BarColumn(16), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[left]}"))
        self.progress = Progress(*columns, console=Console(stderr=True, markup=False), transient=True)
        self.task = self.progress.add_task("verifying", total=None, left="")
        self.progress.start()

    def note(self, text: str) -> None:
        if self.progress is not None:
            self.progress.console.print(f"note: {text}")
        else:
            _note(text)

    def stop(self) -> None:
        if self.progress is not None:
            self.progress.stop()


@contextmanager
def _grading() -> Iterator[Callable[[Any], None]]:
    """A bar for a class on a terminal's stderr; nothing when piped."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = ("judging", BarColumn(16), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("left"))
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task("judging", total=None)
        yield lambda heard: bar.update(task, total=heard.total, completed=heard.done)


@contextmanager
def _sweeping() -> Iterator[Callable[[Step], None]]:
    """A bar with rate and time left on a terminal's stderr; a line now and then where it is piped."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _Lines().hear
        return
    sweep = _Sweep()
    try:
        yield sweep.hear
    finally:
        if sweep.progress is not None:
            sweep.progress.stop()


def _rate(patterns: float, seconds: float) -> str:
    return f"{patterns / seconds / 1e6:.1f} million values/s" if seconds > 0 else ""


class _Lines:
    """At most two lines a minute."""

    EVERY = 30.0

    def __init__(self) -> None:
        self.began = self.told = time.monotonic()
        self.done = 0

    def hear(self, step: Step) -> None:
        now = time.monotonic()
        self.done += step.patterns
        if step.note:
            _note(step.note)
        if step.patterns and step.task is not None and now - self.told >= self.EVERY and self.done < step.total:
            self.told, seconds = now, now - self.began
            left = (step.total - self.done) / self.done * seconds
            what = f"{step.task.name} {step.task.format}: {self.done / step.total:.1%} of the run"
            print(f"{what}, {_rate(self.done, seconds)}, {left / 60:.1f} min left", file=sys.stderr, flush=True)


class _Sweep:
    """Appears with the first shard that is really judged, so that a finished run prints nothing."""

    def __init__(self) -> None:
        self.progress: Any = None
        self.task: Any = None
        self.began = time.monotonic()
        self.done = 0

    def hear(self, step: Step) -> None:
        if step.note:
            if self.progress is not None:
                self.progress.console.print(f"note: {step.note}")
            else:
                _note(step.note)
        if not step.patterns or step.task is None:
            return
        if self.progress is None:
            self._start(step.total)
        self.done += step.patterns
        rate = _rate(self.done, time.monotonic() - self.began)
        self.progress.update(self.task, completed=self.done, rate=rate, name=f"{step.task.name} {step.task.format}")

    def _start(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.fields[name]}"),
            BarColumn(16),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("left"),
        )
        self.progress = Progress(*columns, console=Console(stderr=True, markup=False), transient=True)
        self.task = self.progress.add_task("", total=total, rate="", name="")
        self.progress.start()

"""`python -m tests.peers.replay`: every example on the installed libraries, and the page about where they lose digits.

The answers are stored with the versions in docs/evidence/peers/libraries.json, and the page is made from what is stored.
A library that is not installed keeps the answers it has there. With --check nothing is written: the exit code is 1 if the
page is stale, or if mathcore is off by more than its bar; a library that answers otherwise by now is only named.
"""

from __future__ import annotations

import argparse
import ast
import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from flint import arb

from tests.numeric import oracle
from tests.peers import calls
from tests.peers.calls import LIBRARIES, Answer, Call, run
from tests.peers.examples import HELD_UP, Example, every_example
from tests.peers.page import ORDINARY, page

DOCS = Path(__file__).resolve().parents[2] / "docs"
EVIDENCE = DOCS / "evidence" / "peers" / "libraries.json"
PAGE = DOCS / "where-libraries-lose-digits.md"

# the exact value ------------------------------------------------------------------------------------------------------

FUNCTIONS = {
    "exact": lambda x: arb(x),
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "log1p": lambda x: x.log1p(),
    "sqrt": lambda x: arb(x).sqrt(),
    "erfc": lambda x: x.erfc(),
}


def ball(value: Any) -> Any:
    """An input as balls around its very bits."""
    return [ball(v) for v in value] if np.ndim(value) else arb(float(value))


def exact_values(example: Example, dtype: Any = np.float64) -> list[arb]:
    """The exact outputs, tight enough to judge a result of this format."""
    inputs: dict[str, Any] = {"np": np, "inf": np.inf}
    exec(example.given, inputs)
    used = {n.id for n in ast.walk(ast.parse(example.exact)) if isinstance(n, ast.Name)}
    balls = {name: ball(inputs[name]) for name in used & inputs.keys()}

    def outputs() -> list[arb]:
        value = eval(example.exact, FUNCTIONS | balls)
        return value if isinstance(value, list) else [value]

    return oracle.exact(outputs, dtype=dtype)


def decimal(y: arb) -> str:
    """17 digits of a ball, without zeros at the end."""
    mantissa, _, exponent = y.str(17, radius=False).partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def ulps(answer: Answer, example: Example) -> float:
    """How far an answer is off, in ULP of the format it came in; inf for nan, for inf, and for an exception."""
    if answer.raised or any(not math.isfinite(v) for v in calls.numbers(answer.value)):
        return math.inf
    dtype = np.asarray(answer.value).dtype
    return oracle.worst_ulp(calls.numbers(answer.value), exact_values(example, dtype), dtype)


# evidence -------------------------------------------------------------------------------------------------------------


def ours(example: Example) -> Answer:
    return run(example.given, Call("mathcore", example.ours))


def error(answer: Answer, example: Example) -> float | None:
    """The ULP that are stored: three digits, None where there is no number."""
    off = ulps(answer, example)
    return float(f"{off:.3g}") if math.isfinite(off) else None


def record(answer: Answer, example: Example) -> dict[str, Any]:
    return {"returned": answer.text, "ulp": error(answer, example)}


def replayed(stored: dict[str, Any]) -> dict[str, Any]:
    """The evidence of today; what is stored stands where a library is not installed."""
    examples: dict[str, Any] = {}
    for example in every_example():
        entry = {"exact": shown_exact(exact_values(example)), "mathcore": record(ours(example), example)}
        before = stored.get("examples", {}).get(example.name, {}).get("libraries", {})
        examples[example.name] = entry | {"libraries": by_library(example, before, record)}
    held_up: dict[str, Any] = {}
    for example in HELD_UP:
        before = stored.get("held up", {}).get(example.name, {})
        held_up[example.name] = by_library(example, before, error) | {"mathcore": error(ours(example), example)}
    return {"versions": stored.get("versions", {}) | calls.versions(), "examples": examples, "held up": held_up}


def by_library(example: Example, before: dict[str, Any], measure: Callable[[Answer, Example], Any]) -> dict[str, Any]:
    """What is measured of each library, or what was stored before."""
    found = {}
    for call in example.calls:
        if not calls.missing(call.library):
            found[call.library] = measure(run(example.given, call), example)
        elif call.library in before:
            found[call.library] = before[call.library]
    return found


def shown_exact(values: list[arb]) -> str:
    texts = [decimal(y) for y in values]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write(evidence_path: Path, page_path: Path, evidence: dict[str, Any], text: str) -> None:
    """The evidence in its stable form, and the page made from it."""
    stable = json.dumps(evidence, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    for path, content in ((evidence_path, stable), (page_path, text)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


# the command ----------------------------------------------------------------------------------------------------------


def beyond_bar() -> Iterator[str]:
    """The examples on which mathcore misses its own bar."""
    for example in (*every_example(), *HELD_UP):
        answer = ours(example)
        off = ulps(answer, example)
        if not off <= example.bar:
            yield f"mathcore: {example.name} is {off:.3g} ULP off, its bar is {example.bar}"


def changed(library: str, stored: dict[str, Any]) -> Iterator[str]:
    """What the installed version answers otherwise than the stored one; accurate answers are called so."""
    for example in every_example():
        answers = stored["examples"].get(example.name, {}).get("libraries", {})
        for call in example.calls:
            if call.library == library and (before := answers.get(library)):
                after = record(run(example.given, call), example)
                if after != before:
                    fixed = "now fixed" if after["ulp"] is not None and after["ulp"] <= ORDINARY else "changed"
                    yield f"{library}: {example.name}: {fixed}, {before['returned']} became {after['returned']}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.peers.replay", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if the page is stale or mathcore misses a bar"
    )
    check = parser.parse_args(arguments).check
    stored = read(EVIDENCE)
    problems = list(beyond_bar())
    for library in LIBRARIES:
        reason = calls.missing(library)
        news = [reason] if reason else list(changed(library, stored)) if stored else []
        print("\n".join(news or [f"{library}: as stored"]))
    if check:
        if not stored or not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page(stored):
            problems.append(f"docs/{PAGE.name} is stale: run python -m tests.peers.replay")
    else:
        evidence = replayed(stored)
        write(EVIDENCE, PAGE, evidence, page(evidence))
        print(f"docs/{PAGE.name} is written")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

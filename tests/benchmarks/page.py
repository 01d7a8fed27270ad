"""A measurement as it is read: a line a case on the terminal, tables in Markdown, the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from textwrap import fill
from typing import Any

from tests.benchmarks.cases import DTYPES, PEERS, Case
from tests.benchmarks.summary import Row, bars, case_of, geometric_mean, ratio, slowest

OTHERS = ("textbook", *PEERS)
SIZES = ((10, 99), (100, 999), (1000, 9999), (10_000, 999_999), (1_000_000, 10_000_000))
SHOWN = 12  # cases of a format in a list of the slowest

PAGE = """\
<!-- Written by `python -m tests.benchmarks` from the measurement stored beside it: measure again, do not edit. -->

# Speed

A ratio is the time of mathcore divided by the time of the other: below 1, mathcore is the faster one. The textbook is plain
NumPy as people write it, with the maximum subtracted and without the digits. All candidates of a case are timed in one run,
in turns, on the same arrays and on one thread, by the processor time of the process; before that their results are compared.

{surroundings}
mathcore is called with `validate=False` where it would check labels or probabilities, as nobody else checks them; the column
*with checks* is the default call. SciPy's entropy is `special.entr(p).sum()`, since `stats.entropy` normalises first. torch
computes gradients by its autograd. Every case is in [{stored}]({stored}).

{report}
## Where torch is faster, and why mathcore stays with NumPy

{torch}

The functions are readable NumPy and need no compiler. A core written by hand for AVX-512 was measured at 1.3 to 2.8 times the
speed of a NumPy prototype; it would repeat every special case (masks, infinities, ties, subnormal results) where no reader
looks, once for each kind of processor. That is not worth it here.
"""

REPORT = """\
## The bars

{bars}
{count} cases. The fastest round counts. In the noisiest candidate of a case the median round was slower than the fastest one by
{middle:.0%} (the middle case) and {noisy:.0%} (one case in twenty is noisier).

## By function

{functions}
## By kind of input

{kinds}
## By size

Plain input, along the last axis:

{along_last}
Plain input, along axis 0:

{along_first}
## The slowest cases

{slowest}"""


def line(row: Row) -> str:
    """A case as it is printed while the table grows."""
    ratios = "  ".join(f"/ {other} {_number(ratio(row, other)):>5}" for other in OTHERS)
    noise = max(row["spread"].values())
    return f"{case_of(row)!s:<88} {_duration(row['seconds']['mathcore']):>8}  {ratios}  (spread {noise:.0%})"


def stored(measurement: dict[str, Any]) -> str:
    """JSON with one case a line, so that two measurements are easily compared."""
    head = json.dumps(measurement | {"rows": []}, indent=1, ensure_ascii=False).removesuffix("[]\n}")
    return head + "[\n" + ",\n".join("  " + json.dumps(row) for row in measurement["rows"]) + "\n ]\n}\n"


def page(measurement: dict[str, Any], stored_at: str) -> str:
    """The page: how it was measured, the tables, and where torch is faster."""
    machine, rows = measurement["machine"], measurement["rows"]
    facts = {
        "measured": measurement["date"],
        "command": f"`{measurement['command']}`",
        "processor": f"{machine['processor']}, {machine['cores']} cores",
        "NumPy uses": machine["simd"],
        "system": machine["system"],
    }
    surroundings = _table(["", ""], [[k, str(v)] for k, v in (facts | measurement["versions"]).items()])
    return PAGE.format(surroundings=surroundings, stored=stored_at, report=report(rows), torch=_where_torch_is_faster(rows))


def report(rows: Sequence[Row]) -> str:
    """The tables."""
    spreads = sorted(max(row["spread"].values()) for row in rows)
    plain = sorted((row for row in rows if row["kind"] == "plain"), key=lambda row: case_of(row).size)
    return REPORT.format(
        bars=_table(
            ["what", "limit", "goal", "measured", "verdict", "where"],
            [[b.about, _number(b.limit), _number(b.goal), _number(b.found), b.verdict, b.where] for b in bars(rows)],
        ),
        count=len(rows),
        middle=spreads[len(spreads) // 2],
        noisy=spreads[len(spreads) * 19 // 20],
        functions=_means(rows, lambda case: case.function),
        kinds=_means(rows, lambda case: case.kind),
        along_last=_means([row for row in plain if row["axis"] != 0], _size),
        along_first=_means([row for row in plain if row["axis"] == 0], _size),
        slowest="\n".join(_slowest(rows, other) for other in OTHERS if any(other in row["seconds"] for row in rows)),
    )


def _where_torch_is_faster(rows: Sequence[Row]) -> str:
    measured = [row for row in rows if "torch" in row["seconds"]]
    if not measured:
        return "torch was not installed for this measurement."
    means = {
        f"{function} in {dtype}": geometric_mean(
            ratio(row, "torch") for row in measured if (row["function"], row["dtype"]) == (function, dtype)
        )
        for function, dtype in dict.fromkeys((row["function"], row["dtype"]) for row in measured)
    }
    lost = [f"{name} ({_number(mean)})" for name, mean in sorted(means.items(), key=lambda item: -item[1]) if mean > 1]
    won = [f"{name} ({_number(mean)})" for name, mean in sorted(means.items(), key=lambda item: item[1]) if mean <= 1]
    faster = sum(ratio(row, "torch") > 1 for row in measured)
    said = [f"torch's compiled kernels are faster in {faster} of {len(measured)} cases."]
    if lost:
        said.append(f"They win, in the geometric mean, on {', '.join(lost)}.")
    if won:
        said.append(f"mathcore wins on {', '.join(won)}.")
    if faster:
        said.append(
            "A compiled kernel reads a row once or twice where NumPy makes a pass for every operation, and it computes float32"
            " in float32; mathcore computes float32 in float64 and rounds once, for the digits."
        )
    return fill(" ".join(said), 125, break_on_hyphens=False)


def _means(rows: Sequence[Row], key: Callable[[Case], str]) -> str:
    """Geometric means of the ratios, a line for each value of `key` and format."""
    lines = []
    for name in dict.fromkeys(key(case_of(row)) for row in rows):
        for dtype in DTYPES:
            found = [row for row in rows if key(case_of(row)) == name and row["dtype"] == dtype]
            if found:
                means = [geometric_mean(ratio(row, other) for row in found) for other in OTHERS]
                worst = ratio(slowest(found, "textbook")[0], "textbook")
                checked = geometric_mean(ratio(row, "textbook", "checked") for row in found)
                lines.append([name, dtype, str(len(found)), *map(_number, [*means, worst, checked])])
    others = [f"/ {other}" for other in OTHERS]
    return _table(["", "format", "cases", *others, "slowest / textbook", "with checks / textbook"], lines)


def _slowest(rows: Sequence[Row], other: str) -> str:
    lines = [
        [str(case_of(row)), _duration(row["seconds"]["mathcore"]), _duration(row["seconds"][other]), _number(ratio(row, other))]
        for dtype in DTYPES
        for row in slowest((row for row in rows if row["dtype"] == dtype), other)[:SHOWN]
    ]
    return _table([f"beside {other}", "mathcore", other, "ratio"], lines)


def _size(case: Case) -> str:
    return next(f"{least:,} to {most:,} elements" for least, most in SIZES if least <= case.size <= most)


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rule = [":--"] + ["--:" if len(head) > 2 else ":--"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, rule, *lines]) + "\n"


def _number(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.2f}"


def _duration(seconds: float) -> str:
    for unit, name in ((1e-6, "µs"), (1e-3, "ms")):
        if seconds < 999.5 * unit:
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds:.3g} s"

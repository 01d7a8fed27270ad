"""Stored files that somebody or something altered, and runs that are killed: what the store promises, hunted at random.

    python -m tests.verify.damage --count 5000 --kills 40

prints how many files were damaged and how many runs were killed, and every broken promise.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from mathcore.evidence import Check, Evidence, Level, Verdict
from mathcore.verify.exhaustive.judge import CHUNK, tally
from mathcore.verify.exhaustive.shards import Shard, Shards, Task
from mathcore.verify.store import LARGEST, Store

ROOT = Path(__file__).resolve().parents[2]
KEY = "0123456789abcdef" * 4
CARDS = ("softmax", "entropy", "relu")


def evidence(card: str) -> Evidence:
    """Something was refuted, and something did not pass: what a forger would like to turn."""
    step = Verdict("= 1 \u2264 2", Level.UNKNOWN, "rewrite", points=40)
    return Evidence(
        card,
        KEY,
        derivations=(Verdict("sum(i: s[i]) = 1", Level.REFUTED, steps=(step,), counterexample="n = 2"),),
        false_claims=(Verdict("s[i] = 1/n", Level.PROVED),),
        checks=(Check("law", "sums to one", False, cases=200, figures={"excluded": 3, "max": 0.5}),),
        environment={"python": "3.11"},
        seconds=1.5,
    )


def text_of(change: Callable[[str, random.Random], str]) -> Callable[[Path, random.Random, list[Path]], None]:
    def damage(path: Path, draw: random.Random, others: list[Path]) -> None:
        path.write_text(change(path.read_text(encoding="utf-8"), draw), encoding="utf-8")

    return damage


def bytes_of(change: Callable[[bytes, random.Random], bytes]) -> Callable[[Path, random.Random, list[Path]], None]:
    def damage(path: Path, draw: random.Random, others: list[Path]) -> None:
        path.write_bytes(change(path.read_bytes(), draw))

    return damage


def flipped(data: bytes, draw: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(draw.randint(1, 3)):
        found[draw.randrange(len(found))] ^= 1 << draw.randrange(8)
    return bytes(found)


WORDS = (("refuted", "proved"), ("unknown", "proved"), ("false", "true"), ('"failures": 0', '"failures": 1'), ("200", "2"))


def reworded(text: str, draw: random.Random) -> str:
    return text.replace(*draw.choice(WORDS))


VALUES = (None, True, 0, -1, 1e400, 1.5, "", "proved", [], {}, [[]], {"a": 1}, 10**30)


def revalued(text: str, draw: random.Random) -> str:
    """One place of the JSON tree holds something else."""
    data = json.loads(text)
    place = data
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw.choice(keys)
        if isinstance(place[key], (dict, list)) and place[key] and draw.random() < 0.8:
            place = place[key]
            continue
        place[key] = draw.choice(VALUES)
        return json.dumps(data)


def swapped(path: Path, draw: random.Random, others: list[Path]) -> None:
    other = draw.choice(others)
    mine, theirs = path.read_bytes(), other.read_bytes()
    path.write_bytes(theirs)
    other.write_bytes(mine)


def huge(path: Path, draw: random.Random, others: list[Path]) -> None:
    os.truncate(path, draw.choice((LARGEST + 1, 1 << 40)))


def folder(path: Path, draw: random.Random, others: list[Path]) -> None:
    path.unlink()
    path.mkdir()
    if draw.random() < 0.5:
        (path / "inside").write_text("x")


def link(path: Path, draw: random.Random, others: list[Path]) -> None:
    path.unlink()
    path.symlink_to(draw.choice((path, path.parent / "absent", *others, Path("/dev/zero"), Path("/dev/null"))))


def pipe(path: Path, draw: random.Random, others: list[Path]) -> None:
    path.unlink()
    os.mkfifo(path)


def dated(path: Path, draw: random.Random, others: list[Path]) -> None:
    when = draw.choice((0, 4_000_000_000, time.time() + 100 * 86400))
    os.utime(path, (when, when))


def crowd(path: Path, draw: random.Random, others: list[Path]) -> None:
    """Many files of the same card, dated in the future."""
    stem = path.stem[:-16]
    for _ in range(12):
        other = path.with_name(f"{stem}{draw.randrange(1 << 64):016x}.json")
        other.write_bytes(path.read_bytes())
        dated(other, draw, others)


DAMAGES: dict[str, Callable[[Path, random.Random, list[Path]], None]] = {
    "cut": bytes_of(lambda data, draw: data[: draw.randrange(len(data))]),
    "bits flipped": bytes_of(flipped),
    "bytes inserted": bytes_of(lambda data, draw: data[: (k := draw.randrange(len(data)))] + draw.randbytes(3) + data[k:]),
    "words turned": text_of(reworded),
    "a value turned": text_of(revalued),
    "a key twice": text_of(lambda text, draw: text.replace("{", '{"level": "proved", "failures": 0, "sha256": "0", ', 1)),
    "two files swapped": swapped,
    "without its digest": text_of(lambda text, draw: json.dumps(json.loads(text)["content"])),
    "another JSON": text_of(lambda text, draw: json.dumps(draw.choice(VALUES))),
    "nested deeply": text_of(lambda text, draw: "[" * 100_000),
    "a long number": text_of(lambda text, draw: "9" * 100_000),
    "no text": bytes_of(lambda data, draw: draw.randbytes(200)),
    "huge": huge,
    "a directory": folder,
    "a link": link,
    "a pipe": pipe,
    "no permission": lambda path, draw, others: path.chmod(0),
    "dated": dated,
    "a crowd from the future": crowd,
}


def portable() -> list[str]:
    """The damages that this platform has."""
    return [name for name in DAMAGES if sys.platform != "win32" or name not in ("a link", "a pipe")]


def broken_evidence(directory: Path, damage: str, draw: random.Random) -> Iterator[str]:
    """Damages one file of evidence; yields the promises that are broken."""
    store = Store(directory)
    wanted = {card: evidence(card) for card in CARDS}
    for found in wanted.values():
        assert store.write(found) == ""
    paths = [store.path(card, KEY) for card in CARDS]
    DAMAGES[damage](paths[0], draw, paths[1:])
    for card, right in wanted.items():
        found, note = store.read(card, KEY)
        if found not in (None, right):
            yield f"{damage}: believed what was not written: {found}"
        if found is None and ("\n" in note or not (note or damage == "a link")):  # a link to nothing is nothing stored
            yield f"{damage}: no line says that {card} was ignored: {note!r}"
        newer = replace(right, seconds=2.5)
        note = store.write(newer)
        if not note and store.read(card, KEY)[0] != newer:
            yield f"{damage}: {card} was written and is not there"


TASK = Task("relu", "float16")
PARTS = [Shard(k, k + CHUNK, tally("relu", "float16", k, k + CHUNK)) for k in range(0, 1 << 16, CHUNK)]


def broken_shards(directory: Path, damage: str, draw: random.Random) -> Iterator[str]:
    """Damages one shard; yields the promises that are broken."""
    store = Shards(directory)
    for shard in PARTS:
        assert store.write(TASK, shard) == ""
    store.write(Task("relu", "float32"), PARTS[1])
    paths = sorted(store.folder(TASK).glob("*.json"))
    DAMAGES[damage](paths[0], draw, [*paths[1:3], *store.folder(Task("relu", "float32")).glob("*.json")])
    for form in ("float16", "float32"):
        found, notes = store.read(Task("relu", form))
        if any(shard not in (PARTS if form == "float16" else PARTS[1:2]) for shard in found):
            yield f"{damage}: believed a shard that was not written"
        ignored = form == "float16" and len(found) < len(PARTS) and damage != "a link"  # to a shard it is a shard, twice
        if any("\n" in note for note in notes) or (ignored and not notes):
            yield f"{damage}: no line says that a shard was ignored: {notes!r}"
    note = store.write(TASK, PARTS[0])
    if not note and PARTS[0] not in store.read(TASK)[0]:
        yield f"{damage}: a shard was written and is not there"


def hunt(count: int, seed: int = 0) -> Iterator[str]:
    """Broken promises among `count` damaged files."""
    draw, names = random.Random(seed), portable()
    for number in range(count):
        damage = names[number % len(names)]
        with tempfile.TemporaryDirectory() as directory:
            broken = broken_evidence if draw.random() < 0.7 else broken_shards
            try:
                yield from broken(Path(directory), damage, draw)
            except Exception as error:
                yield f"{damage}: raises {error!r}"


# killed -----------------------------------------------------------------------------------------------------------------

RUN = """
import sys, time
from pathlib import Path
from mathcore.evidence import Evidence, Level, Verdict
from mathcore.verify import run
from mathcore.verify.store import Store

def examine(name):
    time.sleep(0.002)
    steps = tuple(Verdict(f"{name} {k}", Level.PROVED) for k in range(300))
    return Evidence(name, "", derivations=(Verdict("1 = 1", Level.PROVED, steps=steps),))

run.examine, run.digest = examine, lambda name: name.ljust(64, "0")
{planted}
tell = lambda e: print(e.state, e.card, e.note, flush=True)
run.verify(run.resolve(None)[:12], store=Store(Path(sys.argv[1])), workers=1, progress=tell)
print("end", flush=True)
"""


def process_of(directory: Path, planted: str = "") -> subprocess.Popen[str]:
    """A run over some cards, each quick and with a large file of evidence, into the store at `directory`."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN.replace("{planted}", planted), str(directory)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def killed(directory: Path, draw: random.Random, planted: str = "") -> Iterator[str]:
    """A run is killed at a random moment and started again; yields the promises that are broken."""
    with process_of(directory, planted) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(draw.uniform(0, 0.3))
        process.kill()
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
    done = {line.split()[1] for line in lines if line.startswith("done ") and line.endswith("\n")}
    with process_of(directory, planted) as process:
        again, _ = process.communicate(timeout=120)
    states: dict[str, list[str]] = {}
    for line in again.splitlines()[:-1]:
        state, card, note = line.split(" ", 2)
        states.setdefault(card, []).append(state)
        if note:
            yield f"after {len(done)} cards: {note}"
    if not again.endswith("end\n"):
        yield "the second run ended early"
    lost = sorted(card for card in done if states.get(card) != ["read"])
    if lost:
        yield f"told as done and checked again: {lost}"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=5000)
    asked.add_argument("--kills", type=int, default=40)
    asked.add_argument("--seed", type=int, default=0)
    options = asked.parse_args()
    found = list(hunt(options.count, options.seed))
    print(f"{options.count} damaged files of {len(portable())} kinds: {len(found)} broken promises")
    draw = random.Random(options.seed)
    for _ in range(options.kills):
        with tempfile.TemporaryDirectory() as directory:
            found += killed(Path(directory), draw)
    print(f"{options.kills} killed runs; broken promises in all: {len(found)}")
    print(*dict.fromkeys(found), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

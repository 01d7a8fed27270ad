"""JavaScript run by node, where there is one: a process that answers line by line."""

import json
import shutil
import subprocess
from types import TracebackType
from typing import Any, Self

import pytest

from mathcore.language.printers.javascript import PRELUDE, name

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed; apt-get install nodejs brings it")

ANSWER = """
const spelled = (x) => Array.isArray(x) ? x.map(spelled) : typeof x === "number" ? String(x) : x;
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [text, names, values] = JSON.parse(line);
  console.log(JSON.stringify(spelled(new Function("_", ...names, "return " + text)(_, ...values))));
});
"""


class Node:
    """`with Node() as js: js.value("z[0] + 1", {"z": [2.0]})`."""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            ["node", "-e", PRELUDE + ANSWER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.communicate()

    def value(self, text: str, letters: dict[str, Any]) -> Any:
        """A number, a bool, or nested lists."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps([text, [name(x) for x in letters], list(letters.values())]) + "\n")
        self.process.stdin.flush()
        return _read(json.loads(self.process.stdout.readline()))


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(v) for v in value]
    return float(value) if isinstance(value, str) else value


def run(script: str) -> str:
    """What a script prints."""
    return subprocess.run(["node", "-"], input=script, capture_output=True, text=True, check=True, timeout=120).stdout

"""The trusted files with their lines: `python -m tests.proof.trusted`."""

from __future__ import annotations

from pathlib import Path

import mathcore
from mathcore.proof.trusted import ASKED, FILES

PACKAGE = Path(mathcore.__file__).parent


def lines(name: str) -> int:
    return len((PACKAGE / name).read_text(encoding="utf-8").splitlines())


def main() -> None:
    for name, purpose in FILES.items():
        print(f"{lines(name):>6}  {name:<32} {purpose}")
    for room in ("proof/", "language/"):
        print(f"{sum(lines(name) for name in FILES if name.startswith(room)):>6}  {room}")
    print(f"{sum(map(lines, ASKED)):>6}  besides, where a claim is asked")


if __name__ == "__main__":
    main()

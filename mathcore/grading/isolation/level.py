"""How strictly foreign code is held: an ordered level that every result carries."""

from __future__ import annotations

from enum import Enum


class Level(Enum):
    """From the weakest to the strictest; docs/judging.md says what each promises."""

    LIMITS = "limits only"  # rlimits, a process group, a supervisor: files and network stay in reach
    LANDLOCK = "landlock"  # Landlock hides files, seccomp takes processes, signals and the network away
    BUBBLEWRAP = "bubblewrap"  # namespaces with a file system of their own, and the same seccomp filter

    @property
    def rank(self) -> int:
        return list(Level).index(self)

    def __lt__(self, other: Level) -> bool:
        return self.rank < other.rank

    def __le__(self, other: Level) -> bool:
        return self.rank <= other.rank

    def __str__(self) -> str:
        return self.value

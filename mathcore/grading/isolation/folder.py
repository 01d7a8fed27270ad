"""The folder of a foreign process, which may hold anything: measured and removed without trust in names, depth or modes."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat


def holds(folder: str, most_files: int, most_bytes: int) -> bool:
    """Whether the folder holds at most so many entries and bytes; one that cannot be measured does not."""
    waiting, count, size = [folder], 0, 0
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    count += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        with contextlib.suppress(FileNotFoundError):
                            found = entry.stat(follow_symlinks=False)
                            size += max(found.st_size, 512 * getattr(found, "st_blocks", 0))
                    if count > most_files or size > most_bytes:
                        return False
        except FileNotFoundError:
            continue
        except OSError:  # a path too long, a mode taken away
            return False
    return True


def remove(folder: str) -> None:
    """Deletes the folder, however deep; links in it are not followed. What cannot be deleted is left."""
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        with contextlib.suppress(OSError):
            os.chmod(place, stat.S_IRWXU)
            for entry in list(os.scandir(place)):
                if entry.is_dir(follow_symlinks=False):
                    above = f"{folder}-{secrets.token_hex(8)}"  # so that no path grows longer
                    os.chmod(entry.path, stat.S_IRWXU)
                    os.rename(entry.path, above)
                    waiting.append(above)
                else:
                    os.unlink(entry.path)
            os.rmdir(place)

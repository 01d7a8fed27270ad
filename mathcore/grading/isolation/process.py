"""One foreign process: started at a level, asked one question at a time against a clock, ended with all it started."""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Any

from mathcore.grading.isolation import bubblewrap, folder
from mathcore.grading.isolation.inside.border import LENGTHS, MOST_HEADER, Body, Malformed, header, pack, printable
from mathcore.grading.isolation.inside.supervisor import STARTED_PROCESSES
from mathcore.grading.isolation.level import Level
from mathcore.grading.isolation.limits import Limits
from mathcore.grading.isolation.outcomes import BadReply, Died, TimedOut
from mathcore.grading.isolation.runtime import DEVICES, environment, runtime

WINDOWS = sys.platform == "win32"
TICK = 0.1  # seconds between two looks at the clock, the process and its folder
SIGXCPU = 24
START_SECONDS = 60.0
CHANNEL = "channel"
MOST_FILES = 1000


class CannotStart(Exception):
    """No process could be started at this level; the message says why."""


@dataclass(frozen=True)
class Reply:
    header: dict[str, Any]
    body: Body


class Process:
    """Started and confined when the constructor returns; raises CannotStart."""

    def __init__(self, level: Level, limits: Limits) -> None:
        self.level, self.limits = level, limits
        self.printed = bytearray()
        self.folder = tempfile.mkdtemp(prefix="mathcore-box-")
        self.touched, self.written = os.stat(self.folder).st_mtime_ns, False
        self.selector = selectors.DefaultSelector()
        self.received = bytearray()
        self.lifeline: int | None = None
        self.mark = secrets.token_hex(8)  # the last word of its command line
        self.ended = False
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self) -> None:
        seen, bwrap = runtime(), None
        if self.level is Level.BUBBLEWRAP and (bwrap := bubblewrap.program()) is None:
            raise CannotStart("bwrap is not installed")
        theirs, lifeline, listener = self._ends()
        address = theirs if theirs is not None else listener.getsockname()[1]
        command, start = seen.command(str(self.level), address, lifeline), self.folder
        if bwrap is not None:
            inner = seen.command(str(self.level), address, lifeline, bubblewrap.PROGRAM)
            command, start = bubblewrap.command(bwrap, seen, inner, self.folder, self.limits.folder_bytes), "/"
        inherited = [fd for fd in (theirs, lifeline) if fd is not None and fd >= 0]
        more: dict[str, Any] = {} if WINDOWS else {"pass_fds": inherited}
        try:
            self.child: subprocess.Popen[bytes] = subprocess.Popen(
                [*command, self.mark],
                cwd=start,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL if WINDOWS else subprocess.PIPE,
                stderr=subprocess.DEVNULL if WINDOWS else subprocess.STDOUT,
                start_new_session=not WINDOWS,
                **more,
            )
        finally:
            for fd in inherited:
                os.close(fd)
        if listener is not None:
            listener.settimeout(START_SECONDS)
            self.socket, _ = listener.accept()
            listener.close()
        self.socket.setblocking(False)
        self.selector.register(self.socket, selectors.EVENT_READ, CHANNEL)
        if self.child.stdout is not None:
            os.set_blocking(self.child.stdout.fileno(), False)
            self.selector.register(self.child.stdout, selectors.EVENT_READ)
        bounds = {name: getattr(self.limits, name) for name in ("cpu", "file_bytes", "open_files", "result")}
        bounds["memory"] = self.limits.memory + seen.size
        question = {
            "level": str(self.level),
            "limits": bounds,
            "readable": seen.readable if self.level is Level.LANDLOCK else (),
            "devices": DEVICES,
            "own": self.folder,
        }
        reply = self.ask(question, [], START_SECONDS)
        if not isinstance(reply, Reply):
            raise CannotStart(f"its process did not start: {self.text().strip()[-500:] or reply.words}")
        if reply.header.get("ready") is not True:
            raise CannotStart(str(reply.header.get("refused"))[:500])

    def _ends(self) -> tuple[int | None, int, Any]:
        """The other process's ends: of the channel, of the lifeline (-1: none), and on Windows where to connect to."""
        if WINDOWS:
            return None, -1, socket.create_server(("127.0.0.1", 0))
        self.socket, theirs = socket.socketpair()
        lifeline = -1
        if self.level is Level.LIMITS:
            lifeline, self.lifeline = os.pipe()
        return theirs.detach(), lifeline, None

    def ask(self, question: dict[str, Any], parts: list[bytes], seconds: float) -> Reply | TimedOut | Died | BadReply:
        """The reply to one question; whatever else comes, the process is ended."""
        nonce = secrets.token_hex(12)
        frame = memoryview(pack(question | {"nonce": nonce}, parts))
        try:
            found = self._exchange(frame, nonce, time.monotonic() + seconds, seconds)
        except BaseException:  # an interrupt: the reply would come to the next question
            self.close()
            raise
        if not isinstance(found, Reply):
            self.close()
        return found

    def _exchange(self, frame: memoryview, nonce: str, deadline: float, seconds: float) -> Reply | TimedOut | Died | BadReply:
        if self.ended:
            return Died(reason="the process has ended")
        if self.received or self._pending():
            return BadReply("an answer came before the question")
        looked = time.monotonic()
        writing = False
        while True:
            if frame:
                try:
                    frame = frame[self.socket.send(frame) :]
                except BlockingIOError:
                    pass
                except OSError:
                    return self._death()
            if bool(frame) != writing:
                writing = bool(frame)
                self.selector.modify(self.socket, selectors.EVENT_READ | (selectors.EVENT_WRITE if writing else 0), CHANNEL)
            now = time.monotonic()
            if now > deadline:
                return TimedOut(seconds)
            if now - looked > TICK:
                looked = now
                if (broken := self._overfull()) is not None:
                    return broken
                if self.child.poll() is not None and not self._pending():
                    return self._death()
            for key, events in self.selector.select(min(deadline - now, TICK)):
                if key.data is not CHANNEL:
                    self._drain()
                elif events & selectors.EVENT_READ:
                    try:
                        data = self.socket.recv(1 << 20)
                    except BlockingIOError:
                        continue
                    except OSError:
                        data = b""
                    if not data:
                        return self._death()
                    self.received += data
                    try:
                        reply = self._reply(nonce, bool(frame))
                    except Malformed as error:
                        return BadReply(str(error))
                    if reply is not None:
                        self._drain()
                        return self._overfull() or reply

    def _reply(self, nonce: str, asking: bool) -> Reply | None:
        """The reply, if all of it has come. Raises Malformed as soon as it can be none."""
        data = self.received
        if asking:
            raise Malformed("an answer came before the question was complete")
        if len(data) < LENGTHS.size:
            return None
        text, buffers = LENGTHS.unpack_from(data)
        if text > MOST_HEADER or buffers > self.limits.result:
            raise Malformed(f"an answer of {text + buffers:,} bytes; at most {self.limits.result:,} of arrays are read")
        end = LENGTHS.size + text + buffers
        if len(data) < end:
            return None
        if len(data) > end:
            raise Malformed("more than one answer came to a question")
        self.received = bytearray()
        found = header(memoryview(data)[LENGTHS.size : LENGTHS.size + text])
        if found.get("nonce") != nonce:
            raise Malformed("an answer that does not repeat the number of its question")
        return Reply(found, Body(memoryview(data)[LENGTHS.size + text :]))

    def _pending(self) -> bool:
        try:
            return bool(self.socket.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def _drain(self) -> None:
        """Takes what was printed; what is over the cap is dropped."""
        stream = self.child.stdout
        if stream is None:
            return
        for _ in range(16):
            try:
                data = os.read(stream.fileno(), 1 << 16)
            except (BlockingIOError, ValueError):
                return
            if not data:
                with contextlib.suppress(KeyError, ValueError):
                    self.selector.unregister(stream)
                return
            self.printed += data[: max(0, self.limits.output - len(self.printed))]

    def text(self) -> str:
        """What was printed so far, cut and made safe to print."""
        return printable(self.printed.decode("utf-8", "replace"))

    def _overfull(self) -> Died | None:
        """Its folder, where it lies on this machine's disk, holds more than it may."""
        try:
            touched = os.stat(self.folder).st_mtime_ns
        except OSError:
            touched = 0
        if touched == self.touched and not self.written:
            return None  # nothing was ever put there
        self.written = True
        if folder.holds(self.folder, MOST_FILES, self.limits.folder_bytes):
            return None
        return Died(reason="fills its folder with more than it may hold")

    def _death(self) -> Died | TimedOut | BadReply:
        """What ended the process, or that it only left the channel."""
        try:
            code = self.child.wait(0.5)
        except subprocess.TimeoutExpired:
            return BadReply("it closed the channel")
        self._drain()
        if self.level is Level.LIMITS and code == STARTED_PROCESSES:
            return Died(reason="starts other processes")
        number = -code if code < 0 else code - 128 if 128 < code < 128 + 65 else None
        if number == SIGXCPU:
            return TimedOut(float(self.limits.cpu), "processor")
        return Died(None, number) if number else Died(code)

    def close(self) -> None:
        """Ends the process and everything it started, and removes its folder; returns when that is done."""
        if self.ended:
            return
        self.ended = True
        if hasattr(self, "child"):
            if self.lifeline is not None:
                os.close(self.lifeline)
                self.lifeline = None
                self.child.terminate()  # a forked copy of this process may hold the lifeline too
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.child.wait(5.0)
            self.child.kill()
            self.child.wait()
            if self.child.stdout is not None:
                self._drain()
                self.child.stdout.close()
        if self.lifeline is not None:
            os.close(self.lifeline)
        if hasattr(self, "socket"):
            self.socket.close()
        self.selector.close()
        folder.remove(self.folder)

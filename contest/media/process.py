"""Files of strangers are opened in a child process only, which is slow to ask for much and quick to be killed."""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from contest.media.facts import Facts, Fault, Piece, UnreadableMediaError

STAY_EVERY_SECONDS = 5
INSPECT_SECONDS = 600
DERIVE_SECONDS = 2 * 3600
PRESS_SECONDS = 900
ANSWER_BYTES = 256 * 1024
KILLED: dict[int, Fault] = {signal.SIGKILL: "too_complex", signal.SIGXCPU: "too_complex"}
"""It asked for more time or memory than any file needs. Every other end by a signal comes from broken content."""
ROOT = Path(__file__).resolve().parents[2]

SHEETS, PICTURES = "sheets.json", "pictures"
"""What a folder holds from which sheets are set."""

Stay = Callable[[], None]

log = logging.getLogger(__name__)


def _nothing() -> None:
    pass


def inspect(path: Path, stay: Stay = _nothing) -> Facts:
    """What the file is. Raises `UnreadableMediaError`, or `OSError` when this machine is at fault.

    `stay` is called every few seconds; what it raises ends the work and comes through.
    """
    return Facts(**_answer(["inspect", str(path)], INSPECT_SECONDS, stay)["facts"])


def derive(path: Path, facts: Facts, folder: Path, stay: Stay = _nothing) -> list[Piece]:
    """Copies for others to see, in order, written to an empty folder; nothing in them tells who made the file.

    Documents of Word become texts, whose paragraphs are split by blank lines, and pictures. Raises as `inspect` does.
    """
    answer = _answer(["derive", str(path), str(folder), json.dumps(asdict(facts))], DERIVE_SECONDS, stay)
    return [Piece(folder / Path(name).name, mime) for name, mime in answer["pieces"]]


def press(folder: Path, stay: Stay = _nothing) -> None:
    """Set each sheet in the folder's `sheets.json`, by file name, as a PDF beside it; pictures lie in `pictures`.

    `stay` as in `inspect`. Raises `ChildProcessError`.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        code = _run(["contest.media.typesetting", str(folder)], PRESS_SECONDS, stay, output, errors)
        if code:
            log.warning("setting sheets failed: %s", _read(errors).decode(errors="replace").strip()[-2000:])
            raise ChildProcessError(f"setting sheets ended with exit code {code}")


def _answer(arguments: list[str], seconds: int, stay: Stay) -> dict[str, Any]:
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        code = _run(["contest.media.child", *arguments], seconds, stay, output, errors)
        complaint = _read(errors).decode(errors="replace").strip()
        if complaint:
            log.warning("a file was hard to read (exit code %s): %s", code, complaint[-2000:])
        if code > 0:
            raise ChildProcessError(f"opening a file ended with exit code {code}")
        answer: dict[str, Any] = json.loads(_read(output)) if code == 0 else {"fault": KILLED.get(-code, "unreadable")}
    if "errno" in answer:
        raise OSError(answer["errno"], os.strerror(answer["errno"]))
    if "fault" in answer:
        raise UnreadableMediaError(answer["fault"])
    return answer


def _run(arguments: list[str], seconds: int, stay: Stay, output: IO[bytes], errors: IO[bytes]) -> int:
    """Its exit code; it and all that it started are gone afterwards. It ends by itself when we are gone."""
    child = subprocess.Popen(  # noqa: S603 # our own program
        [sys.executable, "-P", "-m", *arguments],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=errors,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2", "LC_ALL": "C"},
        start_new_session=True,
    )
    try:
        for _ in range(seconds // STAY_EVERY_SECONDS):
            try:
                return child.wait(STAY_EVERY_SECONDS)
            except subprocess.TimeoutExpired:
                stay()
        return -signal.SIGKILL
    finally:
        assert child.stdin is not None
        child.stdin.close()
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(ANSWER_BYTES)

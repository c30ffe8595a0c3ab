"""The child process that opens a stranger's file: bounded before it reads the first byte, it answers in one JSON line.

It knows nothing of the application: no settings, no keys, no database.
"""

import errno
import json
import logging
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import av.error
import av.logging

from contest.media import bounds, clips, copies, pdf, pictures, word
from contest.media.facts import PDF, WORD, Facts, Piece, UnreadableMediaError
from contest.media.forms import Clip, form_of

GB = 1024**3
MEMORY = 3 * GB // 2
CPU_SECONDS = {"inspect": 300, "derive": 2 * 3600}
FILE_BYTES = {"inspect": GB // 1024, "derive": 4 * GB}
FULL = {errno.ENOSPC, errno.EDQUOT}


def bound(command: str) -> None:
    """What this command may use."""
    bounds.bound(MEMORY, CPU_SECONDS[command], FILE_BYTES[command])


def answer(command: str, arguments: list[str]) -> Mapping[str, Any]:
    """What to say about the file; every failure has a word."""
    try:
        return COMMANDS[command](*arguments)
    except UnreadableMediaError as error:
        return {"fault": error.code}
    except (MemoryError, RecursionError):
        return {"fault": "too_complex"}
    except Exception as error:  # noqa: BLE001 # what breaks here was broken by the file
        number = getattr(error, "errno", None)
        if number == errno.EFBIG:
            return {"fault": "too_complex"}
        if number in FULL or (isinstance(error, OSError) and number and not isinstance(error, av.error.FFmpegError)):
            return {"errno": number}
        traceback.print_exc()
        return {"fault": "unreadable"}


def inspect(path: str) -> Mapping[str, Any]:
    """The facts about a file, by its content."""
    return {"facts": asdict(facts_of(Path(path)))}


def facts_of(path: Path) -> Facts:
    """See `contest.media.inspect`."""
    form = form_of(path)
    if isinstance(form, Clip):
        return clips.facts(path, form)
    if form == PDF:
        return pdf.facts(path)
    if form == WORD:
        return word.facts(path)
    if form in pictures.ALONE:
        return pictures.facts(path, form)
    return Facts("other", form)


def derive(path: str, folder: str, facts: str) -> Mapping[str, Any]:
    """Copies of a file of which the facts are known."""
    pieces = pieces_of(Path(path), Facts(**json.loads(facts)), Path(folder))
    return {"pieces": [(piece.path.name, piece.mime) for piece in pieces]}


def pieces_of(path: Path, facts: Facts, folder: Path) -> list[Piece]:
    """See `contest.media.derive`."""
    form = form_of(path)
    if isinstance(form, Clip):
        return [copies.copy(path, form, facts, folder)]
    if form == PDF:
        return [pdf.copy(path, folder)]
    if form == WORD:
        return word.copy(path, folder)
    if form in pictures.ALONE:
        return [pictures.copy(path, folder)]
    raise UnreadableMediaError("unreadable")


COMMANDS: dict[str, Callable[..., Mapping[str, Any]]] = {"inspect": inspect, "derive": derive}


if __name__ == "__main__":
    bound(sys.argv[1])
    av.logging.set_level(av.logging.PANIC)
    logging.disable()  # libraries tell what they mended; the answer is what counts
    json.dump(answer(sys.argv[1], sys.argv[2:]), sys.stdout)

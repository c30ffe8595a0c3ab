"""Having the pupils' files made, see `contest.samples.files`."""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from contest.samples.texts import SampleEntry

ROOT = Path(__file__).resolve().parents[2]

Files = Sequence[bytes | None]
"""The files of an entry, one for each answer; None for one that is typed."""


def made_files(entries: Sequence[SampleEntry]) -> list[Files]:
    """The files of these entries, all made by one process; each clip is another one."""
    wanted = [
        {"extension": answer.extension, "text": answer.text, "number": number + question}
        for number, entry in enumerate(entries, start=1)
        for question, answer in enumerate(entry.answers, start=1)
        if answer.extension
    ]
    command = [sys.executable, "-m", "contest.samples.files"]
    made = subprocess.run(  # noqa: S603 # our own program
        command, input=json.dumps(wanted), stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    contents = map(base64.b64decode, json.loads(made.stdout))
    return [[next(contents) if answer.extension else None for answer in entry.answers] for entry in entries]

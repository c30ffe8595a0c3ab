"""The pupils' files, made by a process of its own: only there the libraries for clips and documents are loaded.

`python -m contest.samples.files` reads a JSON list of what is wanted and answers with the files in base64.
"""

import base64
import json
import sys
from typing import TypedDict

from contest.samples import clips, papers


class WantedFile(TypedDict):
    """A file with this text, or the clip of this number."""

    extension: str
    text: str
    number: int


def content(wanted: WantedFile) -> bytes:
    """The bytes of a file."""
    match wanted["extension"]:
        case "docx":
            return papers.word_file(wanted["text"])
        case "pdf":
            return papers.pdf_file(wanted["text"])
        case "mp4":
            return clips.video(wanted["number"])
        case _:
            return clips.audio(wanted["number"])


if __name__ == "__main__":
    json.dump([base64.b64encode(content(wanted)).decode() for wanted in json.load(sys.stdin)], sys.stdout)

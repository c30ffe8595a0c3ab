"""Files that are written for one reader."""

from io import BytesIO
from pathlib import PurePath

from flask import send_file
from werkzeug.wrappers import Response

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".gift": "text/plain",
    ".aiken": "text/plain",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".zip": "application/zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(stream: BytesIO, name: str) -> Response:
    """The written stream as a file called `name`, which ends in a known way; kept by no cache on the way."""
    stream.seek(0)
    response = send_file(stream, _TYPES[PurePath(name).suffix], as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response

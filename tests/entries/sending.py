"""Sending files the way a browser's script does: tus 1.0.0 over HTTP."""

from base64 import b64encode
from io import BytesIO, RawIOBase
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from contest.entries.models import Entry, EntryFile
from contest.entries.services import drafts
from tests.entries.world import World, begin
from tests.factories import NOW
from tests.web import csrf_token

KB = 1024
PART_TYPE = "application/offset+octet-stream"


def clip_bytes(size: int) -> bytes:
    """What begins like a movie; no program plays it."""
    start = b"\x00\x00\x00\x18ftypmp42"
    return (start + bytes(range(251)) * (size // 251 + 1))[:size]


def prepared(session: Session, world: World) -> Entry:
    """An entry with its prompt chosen, so that its questions take files."""
    entry = begin(session, world)
    drafts.choose_prompt(session, world.actor, NOW, entry.public_id, world.prompt.id)
    session.commit()
    return entry


def metadata(entry: Entry, **values: Any) -> str:
    said = {"entry": entry.public_id, "question": 1, "form": "video", "filename": "kế hoạch.mp4", **values}
    return ",".join(f"{name} {b64encode(str(value).encode()).decode()}" for name, value in said.items())


class Phone:
    """Requests of one signed-in browser. A header that is None is left out."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = csrf_token(client)

    def speak(self, method: str, url: str, headers: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        said = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token, **(headers or {})}
        kept = {name: str(value) for name, value in said.items() if value is not None}
        return self.client.open(url, method=method, headers=kept, **options)

    def create(self, entry: Entry, size: int, headers: dict[str, Any] | None = None, **values: Any) -> TestResponse:
        said = {"Upload-Length": size, "Upload-Metadata": metadata(entry, **values)}
        return self.speak("POST", "/uploads", {**said, **(headers or {})})

    def begun(self, entry: Entry, size: int, **values: Any) -> str:
        reply = self.create(entry, size, **values)
        assert reply.status_code == 201, reply.text
        return str(reply.headers["Location"])

    def append(
        self, url: str, offset: int, body: bytes | RawIOBase, headers: dict[str, Any] | None = None, length: int = 0
    ) -> TestResponse:
        """The next bytes; of a stream the `length` that its sender announces."""
        said = {"Upload-Offset": offset, "Content-Type": PART_TYPE, **(headers or {})}
        if isinstance(body, bytes):
            return self.speak("PATCH", url, said, input_stream=BytesIO(body))
        return self.speak("PATCH", url, said, environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": str(length)})

    def offset(self, url: str) -> int:
        return int(self.speak("HEAD", url).headers["Upload-Offset"])


def file_at(session: Session, url: str) -> EntryFile:
    session.rollback()  # see what the requests have committed since
    session.expire_all()
    return session.scalars(select(EntryFile).where(EntryFile.public_id == url.rsplit("/", 1)[1])).one()

"""Resumable uploads: tus 1.0.0 (core, creation, termination, expiration). Errors are JSON with a sentence.

The token comes in the header `X-CSRFToken`, so that nothing reads a body before it is checked.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from flask import Response, current_app, jsonify, make_response, request, url_for
from werkzeug.http import http_date

from contest import clock
from contest.db import db, unit_of_work
from contest.entries.domain.limits import AnswerForm
from contest.entries.domain.upload import (
    HEAD_BYTES,
    PART_MAX_BYTES,
    PART_MIN_BYTES,
    expires_at,
    may_be,
    read_length,
    read_metadata,
)
from contest.entries.models import EntryFile, FileState
from contest.entries.services import files
from contest.entries.views.blueprint import bp
from contest.errors import DomainError, NotAllowed
from contest.storage import Storage, StorageFullError, new_key
from contest.web.access import actor, public, signed_in
from contest.web.bodies import heavy, let_go
from contest.web.words import sentence

P = ParamSpec("P")

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
PART_TYPE = "application/offset+octet-stream"
LIVING = frozenset({FileState.RECEIVING, FileState.CHECKING, FileState.READY})


class Malformed(DomainError):
    """The headers are not those of the protocol."""

    def __init__(self, status: int = 400) -> None:
        super().__init__("upload_malformed")
        self.status = status


def storage() -> Storage:
    """Where the bytes go."""
    found: Storage = current_app.extensions["storage"]
    return found


@bp.url_value_preprocessor
def _limit_part(endpoint: str | None, _values: object) -> None:
    if endpoint == "entries.append_part":
        request.max_content_length = PART_MAX_BYTES


def spoken(view: Callable[P, Response]) -> Callable[P, Response]:
    """The view speaks tus: its own file only, then the protocol's version, then errors as JSON."""

    @wraps(view)
    def speaking(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            if "upload_id" in kwargs:
                files.get_own_file(db.session(), actor(), str(kwargs["upload_id"]))
            if request.headers.get("Tus-Resumable") != VERSION:
                raise Malformed(412)
            response = view(*args, **kwargs)
        except DomainError as error:
            response = _refusal(error)
        response.headers.update({"Tus-Resumable": VERSION, "Tus-Version": VERSION, "Cache-Control": "no-store"})
        return response

    return speaking


def _refusal(error: DomainError) -> Response:
    response = jsonify(error=error.code, message=sentence(error))
    response.status_code = error.status
    return response


@bp.route("/uploads", methods=["OPTIONS"])
@bp.route("/uploads/<upload_id>", methods=["OPTIONS"])
@public
def describe_uploads(upload_id: str = "") -> Response:  # noqa: ARG001 # every upload is spoken to alike
    """What this server can do."""
    response = make_response("", 204)
    response.headers.update({"Tus-Resumable": VERSION, "Tus-Version": VERSION, "Tus-Extension": EXTENSIONS})
    return response


@bp.route("/uploads", methods=["POST"], provide_automatic_options=False)
@signed_in
@spoken
def create_upload() -> Response:
    """Begin a file: its length, and what it answers, in the headers."""
    size = read_length(request.headers.get("Upload-Length"))
    if size is None:
        raise Malformed
    try:
        said = read_metadata(request.headers.get("Upload-Metadata", ""))
        wanted = said["entry"], int(said["question"]), AnswerForm(said["form"]), said["filename"]
    except (KeyError, ValueError) as error:
        raise Malformed from error
    with unit_of_work() as session:
        file = files.begin_file(session, actor(), clock.now(), *wanted, size)
        response = _state_of(file, files.closing_of(session, file), 201)
    response.headers["Location"] = url_for("entries.append_part", upload_id=file.public_id)
    return response


@bp.route("/uploads/<upload_id>", methods=["HEAD"], provide_automatic_options=False)
@signed_in
@spoken
def ask_upload(upload_id: str) -> Response:
    """How far the file has come."""
    file = files.get_own_file(db.session(), actor(), upload_id)
    if file.state not in LIVING:
        raise files.FileGone("upload_over")
    return _state_of(file, files.closing_of(db.session(), file), 200)


@bp.route("/uploads/<upload_id>", methods=["PATCH"], provide_automatic_options=False)
@signed_in
@heavy
@spoken
def append_part(upload_id: str) -> Response:
    """Take the next bytes. What came before a connection broke is kept."""
    if request.mimetype != PART_TYPE:
        raise Malformed(415)
    offset = read_length(request.headers.get("Upload-Offset"))
    if offset is None:
        raise Malformed
    file, round_ = files.get_arriving_file(db.session(), actor(), clock.now(), upload_id)
    if offset != file.received:
        raise DomainError("offset_conflict")
    let_go()
    key = new_key(files.AREA)
    size = _stored(key, file.size - offset)
    return _state_of(_kept(file, offset, size, key), round_.closes_at, 204)


def _stored(key: str, left: int) -> int:
    """How many bytes of the body stand under the key now. Raises `FileTooBig` when it has more than are missing."""
    if (request.content_length or 0) > left:
        raise files.FileTooBig("part_too_big")
    limit = min(left, PART_MAX_BYTES)
    try:
        size = storage().write(key, request.stream, limit + 1)  # one more tells a body that goes on
    except StorageFullError as error:
        raise _Full from error
    if size > limit:
        storage().delete(key)
        raise files.FileTooBig("part_too_big")
    return size


class _Full(DomainError):
    status = 507

    def __init__(self) -> None:
        super().__init__("storage_full")


def _kept(file: EntryFile, offset: int, size: int, key: str) -> EntryFile:
    """The file with these bytes. When they may not be added, their object is deleted; an unknown end keeps it."""
    try:
        _ensure_fit(file, offset, size, key)
        with unit_of_work() as session:
            return files.keep_part(session, actor(), clock.now(), file.public_id, offset=offset, size=size, key=key)
    except DomainError:
        storage().delete(key)
        raise


def _ensure_fit(file: EntryFile, offset: int, size: int, key: str) -> None:
    """A file that can't be what it should is refused with its first bytes, not after two gigabytes."""
    if size < PART_MIN_BYTES and offset + size < file.size:
        raise DomainError("part_too_small")
    if offset > 0 or may_be(file.form, _head(key)):
        return
    with unit_of_work() as session:
        files.refuse_unfit_file(session, actor(), clock.now(), file.public_id)
    raise NotAllowed(f"not_{file.form.value}")


def _head(key: str) -> bytes:
    with storage().open(key) as stream:
        return stream.read(HEAD_BYTES)


@bp.route("/uploads/<upload_id>", methods=["DELETE"], provide_automatic_options=False)
@signed_in
@spoken
def end_upload(upload_id: str) -> Response:
    """Give the file up."""
    with unit_of_work() as session:
        files.discard_file(session, actor(), clock.now(), upload_id)
    return make_response("", 204)


def _state_of(file: EntryFile, closes_at: datetime, status: int) -> Response:
    response = make_response("", status)
    if file.state is FileState.RECEIVING:
        response.headers["Upload-Expires"] = http_date(expires_at(file.touched_at, closes_at))
    response.headers["Upload-Offset"] = str(file.received)
    response.headers["Upload-Length"] = str(file.size)
    return response

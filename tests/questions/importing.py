"""Uploading files at the desk, and reading them as the background process does."""

import io
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from contest.questions.models import Bank
from contest.work.worker import run_waiting
from question_bank.formats import FORMATS
from question_bank.formats import Bank as BankFile
from question_bank.question import Question
from tests.questions.desk import Desk, address
from tests.web import post


def upload(client: FlaskClient, desk: Desk, content: bytes, name: str, bank: Bank | None = None) -> TestResponse:
    data = {"file": (io.BytesIO(content), name)}
    place = address(desk, f"banks/{(bank or desk.bank).id}/import")
    reply = post(client, place, data, content_type="multipart/form-data")
    reply.request.environ["wsgi.input"].close()  # the test client leaves its temporary file open
    return reply


def read(app: Flask) -> None:
    with app.app_context():
        run_waiting(lambda: True, "imports")


def uploaded(app: Flask, client: FlaskClient, desk: Desk, content: bytes, name: str, bank: Bank | None = None) -> str:
    """The address of the report on a file that was uploaded and read."""
    reply = upload(client, desk, content, name, bank)
    assert reply.status_code == 303, reply.text
    read(app)
    return reply.location


def decide(client: FlaskClient, page: str, act: str, **values: Any) -> TestResponse:
    return post(client, page, {"act": act, **values})


def file_of(*entries: tuple[str, Question], suffix: str = ".json", **values: Any) -> bytes:
    stream = io.BytesIO()
    FORMATS[suffix].write_questions(stream, BankFile(entries, **values))
    return stream.getvalue()

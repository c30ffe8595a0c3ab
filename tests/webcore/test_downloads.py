from io import BytesIO

import pytest
from flask import Flask

from contest.web.downloads import download


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("cau-hoi.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("cau-hoi.json", "application/json"),
    ],
)
def test_a_written_file_is_sent_whole_and_kept_by_no_cache(app: Flask, name: str, kind: str) -> None:
    stream = BytesIO()
    stream.write(b"written")
    with app.test_request_context():
        reply = download(stream, name)
        reply.direct_passthrough = False
        assert reply.data == b"written"
    assert (reply.mimetype, reply.headers["Cache-Control"]) == (kind, "private, no-store")
    assert name in reply.headers["Content-Disposition"]

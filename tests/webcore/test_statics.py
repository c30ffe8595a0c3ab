from pathlib import Path

import pytest
from flask import Flask, url_for

from contest.web.statics import address

STATIC = Path(__file__).resolve().parents[2] / "contest" / "static"


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_address_changes_with_content_and_name_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    sheet = tmp_path / "css" / "app.css"
    sheet.write_text("a{}")
    first = address(tmp_path)
    assert first == address(tmp_path)
    sheet.write_text("b{}")
    second = address(tmp_path)
    sheet.rename(tmp_path / "css" / "all.css")
    assert len({first, second, address(tmp_path)}) == 3


def test_compressed_copy_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "app.css").write_text("a{}")
    before = address(tmp_path)
    (tmp_path / "app.css.br").write_bytes(b"x")
    assert address(tmp_path) == before


def test_file_is_served_as_it_is_and_kept_for_ever(app: Flask) -> None:
    with app.test_request_context():
        url = url_for("static", filename="css/app.css")
    reply = app.test_client().get(url, buffered=True)
    assert reply.data == (STATIC / "css" / "app.css").read_bytes()
    assert "immutable" in reply.headers["Cache-Control"]
    assert reply.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["../config.py", "css/../../config.py", "%2e%2e/config.py", "nothing.css"])
def test_nothing_else_is_served(app: Flask, path: str) -> None:
    assert app.test_client().get(f"{app.static_url_path}/{path}").status_code == 404

import os
from pathlib import Path

import pytest
from flask import Flask, url_for

from contest.web.statics import address, install

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


@pytest.mark.parametrize(("age", "is_served"), [(-10, False), (0, True), (10, True)])
def test_a_copy_that_is_older_than_its_source_is_not_served(tmp_path: Path, age: int, is_served: bool) -> None:
    sheet, copy = tmp_path / "app.css", tmp_path / "app.css.gz"
    for path in (sheet, copy):
        path.write_bytes(b"a{}")
    os.utime(sheet, (1_000, 1_000))
    os.utime(copy, (1_000 + age, 1_000 + age))
    app = Flask("statics", static_folder=str(tmp_path), static_url_path="/static/x")
    install(app)
    assert copy.exists() is is_served

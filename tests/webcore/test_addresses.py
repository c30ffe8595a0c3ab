from dataclasses import replace

import pytest
from flask import Flask

from contest.web.addresses import find_address, path_to


@pytest.mark.parametrize(
    ("site_url", "address"),
    [
        ("", None),
        ("https://thi.example.vn", "https://thi.example.vn/rounds/tuan-2"),
        ("https://thi.example.vn/", "https://thi.example.vn/rounds/tuan-2"),
    ],
)
def test_letters_of_queued_work_name_the_whole_address_once_it_is_known(
    app: Flask, site_url: str, address: str | None
) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], site_url=site_url)
    with app.app_context():
        path = path_to("quiz.round_page", round_id="tuan-2")
        assert path == "/rounds/tuan-2"
        assert find_address(path) == address

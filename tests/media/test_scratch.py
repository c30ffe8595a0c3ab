import os
from datetime import timedelta
from pathlib import Path

import pytest

from contest.media import forget_scratch, scratch
from tests.factories import NOW

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("name", "age", "is_left"),
    [("copies-dead", DAY + SECOND, False), ("copies-busy", DAY - SECOND, True), ("other", DAY + SECOND, True)],
)
def test_only_old_folders_of_copies_are_deleted(tmp_path: Path, name: str, age: timedelta, is_left: bool) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "piece").touch()
    written = (NOW - age).timestamp()
    os.utime(tmp_path / name, (written, written))
    assert forget_scratch(tmp_path, NOW - DAY) == (not is_left)
    assert (tmp_path / name).exists() is is_left


def test_a_folder_of_copies_goes_with_its_work(tmp_path: Path) -> None:
    with scratch(tmp_path / "new") as name:
        assert Path(name).parent == tmp_path / "new"
    assert list((tmp_path / "new").iterdir()) == []


def test_where_nothing_was_ever_made_nothing_is_left(tmp_path: Path) -> None:
    assert forget_scratch(tmp_path / "absent", NOW) == 0

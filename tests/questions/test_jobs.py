from pathlib import Path

import pytest

from contest.errors import DomainError
from contest.media import UnreadableMediaError
from contest.questions.jobs import MB, MOST_MB, PATIENCE, Patience, prepare_medium


@pytest.mark.parametrize(("size", "code"), [(0, "medium_empty"), (MOST_MB * MB + 1, "medium_large")])
def test_a_file_of_the_wrong_size_is_not_even_opened(tmp_path: Path, size: int, code: str) -> None:
    with (tmp_path / "tep").open("wb") as file:
        file.truncate(size)
    with pytest.raises(DomainError) as refused:
        prepare_medium(tmp_path / "tep", tmp_path)
    assert (refused.value.code, refused.value.field) == (code, "file")


def test_patience_ends() -> None:
    patience = Patience()
    for _ in range(PATIENCE - 1):
        patience()
    with pytest.raises(UnreadableMediaError):
        patience()

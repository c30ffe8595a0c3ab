from contextlib import nullcontext
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from contest.errors import DomainError
from contest.media import UnreadableMediaError
from contest.questions.jobs import AREA, MB, MOST_MB, forget_orphans, prepare_medium
from contest.questions.jobs.media import PATIENCE, Patience
from contest.questions.jobs.reading import Means, read_file
from contest.questions.services.importing import Task
from contest.questions.services.media import NewMedium, add_medium
from contest.storage import new_key
from contest.storage.folder import FolderStorage
from tests.factories import NOW
from tests.question_bank.builders import question
from tests.questions.desk import Desk, Statements
from tests.questions.importing import file_of


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


def test_bytes_that_no_bank_came_to_keep_are_deleted(session: Session, desk: Desk, tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    kept, orphan, foreign = new_key(AREA), new_key(AREA), new_key("entries")
    for key in (kept, orphan, foreign):
        storage.write(key, BytesIO(b"x"), 1)
    add_medium(session, desk.setter, NOW, bank=desk.bank, new=NewMedium("ab" * 32, kept, "Bản đồ", "image/webp", 1))
    written = (tmp_path / orphan).stat().st_mtime
    assert forget_orphans(session, storage, datetime.fromtimestamp(written - 1, UTC)) == 0
    assert forget_orphans(session, storage, datetime.fromtimestamp(written + 1, UTC)) == 1
    assert set(storage.keys()) == {kept, foreign}


def test_a_file_costs_no_statement_for_each_question_that_is_like_none_in_the_banks(
    session: Session, desk: Desk
) -> None:
    def cost(count: int) -> int:
        questions = [(f"N{number}", question(text=f"Điều {number}?")) for number in range(count)]
        means = Means(lambda: session, nullcontext, lambda _percent: None, None, None)  # type: ignore[arg-type]
        task = Task(desk.bank.contest_id, desk.bank.id, None, "tep.json", "khoa")
        with Statements(session) as sent:
            found = read_file(means, task, file_of(*questions))
        assert len(found.good.items) == count
        return sent.count

    assert cost(1) == cost(30)
